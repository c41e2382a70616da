"""From an entry of the forward plan to the facts of its notice. What is missing is a gap."""

from __future__ import annotations

from datetime import date, datetime

from procure import words
from procure.authority.forward_plan_documents import ForwardPlanNotice, NoticeFacts
from procure.authority.forward_plan_facts import notice_state
from procure.authority.forward_plan_models import ForwardPlanEntry
from procure.authority.gathering import council_facts
from procure.authority.rules import NoticeRoute
from procure.documents.gaps import Gap
from procure.documents.shared_facts import lines
from procure.now import legal_day


def forward_plan_notice(entry: ForwardPlanEntry, at: datetime) -> ForwardPlanNotice:
    """Everything the notice of one key decision prints."""
    here = f"/forward-plan/{entry.reference}"

    def said(text: str, meaning: str) -> str | Gap:
        return text.strip() or Gap(meaning, "The notice", f"{here}/change")

    documents = [line for line in entry.documents.splitlines() if line.strip()]
    until = entry.decision_until_on
    when = words.weekday(entry.decision_on) + (f" to {words.weekday(until)}" if until else "")
    return ForwardPlanNotice(
        council=council_facts(),
        notice=NoticeFacts(
            reference=entry.reference.replace("-", "/"),
            published_text=_published(entry, legal_day(at)),
            matter=said(entry.matter, "what is to be decided"),
            about=entry.about or None,
            key_reason=said(entry.key_reason, "why the decision is key"),
            decision_maker=said(_maker(entry, at), "who decides"),
            decision_when=when,
            wards_label=said(entry.wards_label, "wards affected"),
            documents=lines(*documents)
            if documents
            else Gap("documents to be considered", "The notice", f"{here}/change"),
            copies_at=said(entry.copies_at, "where copies are available"),
            contact=said(entry.contact, "whom to ask, and where to send other documents"),
            exception_text=_exception(entry),
            private_text=f"Paragraph {entry.private_paragraph}: {entry.private_reason}" if entry.is_private else None,
        ),
    )


def _published(entry: ForwardPlanEntry, today: date) -> str:
    """The day of publication; with the last day for it, where 28 clear days are to be kept."""
    said = words.day(entry.published_on) if entry.published_on else "Not published yet"
    if entry.route is not NoticeRoute.FORWARD_PLAN:
        return said
    last = notice_state(entry, today).latest_on
    return f"{said}. The latest lawful day {'was' if last < today else 'is'} {words.day(last)}."


def _maker(entry: ForwardPlanEntry, at: datetime) -> str:
    """The body; or the post with its holder's name, as regulation 9(1)(c) asks."""
    if entry.post is None:
        return f"{entry.body}, whose members are listed on the Council’s website" if entry.body else ""
    holder = entry.post.holder_on(legal_day(at))
    return f"{entry.post.name} ({holder.name})" if holder else entry.post.name


def _exception(entry: ForwardPlanEntry) -> str | None:
    if entry.route is NoticeRoute.FORWARD_PLAN:
        return None
    chair = entry.chair_name or "The chair of scrutiny"
    day = entry.told_on or entry.agreed_on
    did = "was told" if entry.route is NoticeRoute.GENERAL_EXCEPTION else "agreed"
    number = "10" if entry.route is NoticeRoute.GENERAL_EXCEPTION else "11"
    when = f" {chair} {did} on {words.day(day)}." if day else ""
    if entry.exception_published_on:
        when += f" These reasons were published on {words.day(entry.exception_published_on)}."
    return f"{entry.route.label} (regulation {number}). {entry.exception_reason}{when}"
