"""Pages of the tender papers: one for each subject to fill in, the list of papers, and each paper to read and issue."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from procure import words
from procure.award.facts import standstill_bound_of
from procure.contract.rules import EXERCISE_MONTHS
from procure.council.models import StandingTerms
from procure.documents import actions as kept
from procure.documents.answers import readable, word_answer
from procure.documents.asking import asked_by, unanswered_by
from procure.documents.declare import Document
from procure.documents.gaps import Gap
from procure.extensions import db
from procure.fields.lines import LinesField
from procure.fields.page_form import PageForm
from procure.law.regimes import Bound
from procure.notices.facts import opening_notice
from procure.now import now, today
from procure.people.access import enter, signed_in
from procure.people.models import Post
from procure.people.rules import Role
from procure.procurement.access import lot_for, lot_to_change, may_change
from procure.procurement.models import Lot
from procure.procurement.rules import Route
from procure.rows import Recorded
from procure.saving import save, status_of
from procure.tender import pack_actions as actions
from procure.tender.gathering.said import standing_terms
from procure.tender.gathering.specification import must_publish_kpis
from procure.tender.pack_facts import issued_of, needed_for, still_says_it, subject_of
from procure.tender.pack_forms import HowForm, KpisForm, PricingForm, ServiceForm, TermsForm
from procure.tender.pricing_rules import MODEL_LINES
from procure.tender.starting_facts import start_of
from procure.tender.views import pages

Answer = str | Response | tuple[str, int]
OFFERED_WITH_QUOTES = ("returns", "price_basis", "validity_days", "late_text", "insurance")
"""What the short way asks of how to tender; the rest is for a tender."""

__all__ = ["pages"]


def _page(template: str, lot: Lot, **more: Any) -> str:
    return render_template(
        f"tender/{template}.html", procurement=lot.procurement, lot=lot, page="tender", notice=opening_notice(lot),
        is_quotes=lot.procurement.route is Route.SCHEME, **more,
    )  # fmt: skip


def _to_change(reference: str) -> Lot:
    return lot_to_change(signed_in(), reference, today())


def _typed(form: PageForm) -> dict[str, Any]:
    """What was typed, as the rows keep it: a list as lines, nothing as empty words."""
    found: dict[str, Any] = {}
    for field in form:
        if field.short_name in ("once", "version", "csrf_token", "manager_post_id"):
            continue
        if isinstance(field, LinesField):
            found[field.short_name] = "\n".join(field.data)
        else:
            found[field.short_name] = "" if field.data is None and field.looks in ("text", "words") else field.data
    return found


def _as_typed(row: Recorded | None, form: type[PageForm]) -> dict[str, Any]:
    """A row's facts as its form shows them; empty where there is no row."""
    if row is None:
        return {}
    given: dict[str, Any] = {"version": row.version}
    for field in form():
        if hasattr(row, field.short_name) and field.short_name != "version":
            value = getattr(row, field.short_name)
            given[field.short_name] = value.splitlines() if isinstance(field, LinesField) else value
    return given


def _begun(lot: Lot, name: str, form: type[PageForm]) -> dict[str, Any]:
    """What a page shows first: this lot's row, else that of another lot of the file, to be looked through and kept."""
    own: Recorded | None = getattr(lot, name)
    if own is not None:
        return _as_typed(own, form)
    other = next((row for one in lot.procurement.lots if (row := getattr(one, name)) is not None), None)
    return {key: value for key, value in _as_typed(other, form).items() if key != "version"}


def _filled(
    form: type[PageForm], given: Callable[[], Mapping[str, Any]], leave: tuple[str, ...] = (), **choices: Any
) -> Callable[[bool], Any]:  # fmt: skip
    """Makes the form, as posted or afresh from the rows."""

    def make(posted: bool = True) -> Any:
        made = form(data=given()) if posted else form(formdata=None, data=given())
        for name in leave:
            del made[name]
        for name, values in choices.items():
            made[name].choices = values
        return made

    return make


def _saved(lot: Lot, name: str, said: str) -> Response:
    flash(said)
    return redirect(url_for("tender.papers", reference=lot.reference, _anchor=name))


@pages.route("/procurements/<reference>/tender/what-we-buy", methods=["GET", "POST"])
@enter(Role.OFFICER)
def specification(reference: str) -> Answer:
    """Say what is bought: outcomes, scope, what the supplier must do."""
    lot = _to_change(reference)
    make = _filled(ServiceForm, lambda: _begun(lot, "specification", ServiceForm))
    form = make(True)

    def keep() -> None:
        actions.describe_service(lot, _typed(form), by=signed_in(), at=now(), sees=form.version.data)

    if save(form, keep, file=lot.procurement.reference, fresh=lambda: make(False)):
        return _saved(lot, "specification", "What we are buying is saved.")
    return _page("specification", lot, form=form, is_task=True), status_of(form)


@pages.route("/procurements/<reference>/tender/indicators", methods=["GET", "POST"])
@enter(Role.OFFICER)
def kpis(reference: str) -> Answer:
    """Set the key performance indicators."""
    lot = _to_change(reference)

    def given() -> dict[str, Any]:
        names = ("name", "measure", "target", "tolerance", "frequency", "source")
        return {
            "version": lot.version,
            "kpis": [{name: getattr(one, name) for name in names} for one in lot.kpis],
        }

    make = _filled(KpisForm, given)
    form = make(True)
    three = must_publish_kpis(lot)
    if request.method == "POST" and "another" in request.form:
        form.offer_another()
        return _page("kpis", lot, form=form, is_task=True, three=three)

    def keep() -> None:
        actions.set_kpis(lot, form.lines, by=signed_in(), at=now(), sees=form.version.data)

    if save(form, keep, file=lot.procurement.reference, fresh=lambda: make(False)):
        return _saved(lot, "specification", "The indicators are saved.")
    return _page("kpis", lot, form=form, is_task=True, three=three), status_of(form)


@pages.route("/procurements/<reference>/tender/how-to-tender", methods=["GET", "POST"])
@enter(Role.OFFICER)
def how_to_tender(reference: str) -> Answer:
    """Say how bidders tender, first filled with what the council's papers usually say."""
    lot = _to_change(reference)
    leave: tuple[str, ...] = ()
    if lot.procurement.route is Route.SCHEME:
        all_of_it = (field.short_name for field in HowForm())
        own = ("once", "version", "csrf_token")
        leave = tuple(name for name in all_of_it if name not in (*OFFERED_WITH_QUOTES, *own))
    elif standstill_bound_of(lot) is Bound.MANDATORY:
        leave = ("offers_standstill",)
    make = _filled(HowForm, lambda: _begun(lot, "how_to_tender", HowForm) or _usual(lot, standing_terms()), leave)
    form = make(True)

    def keep() -> None:
        actions.say_how_to_tender(lot, _typed(form), by=signed_in(), at=now(), sees=form.version.data)

    if save(form, keep, file=lot.procurement.reference, fresh=lambda: make(False)):
        return _saved(lot, "how", "How to tender is saved.")
    return _page("how_to_tender", lot, form=form, is_task=True), status_of(form)


def _usual(lot: Lot, standing: StandingTerms | None) -> dict[str, Any]:
    """What the page starts with; quotes come without a form of tender."""
    quotes = lot.procurement.route is Route.SCHEME
    usual: dict[str, Any] = {"offers_standstill": True, "price_basis": "the total for the longest term, without VAT"}
    if standing is None:
        return usual
    return usual | {
        "validity_days": standing.validity_days,
        "returns": [
            line for line in standing.returns.splitlines() if not (quotes and line.startswith("Form of tender"))
        ],
        "insurance": standing.insurance.splitlines(),
        "late_text": standing.late_text,
        "correction_text": standing.correction_text,
    }


@pages.route("/procurements/<reference>/tender/pricing", methods=["GET", "POST"])
@enter(Role.OFFICER)
def pricing(reference: str) -> Answer:
    """Say what bidders price, first filled with the lines that most contracts have."""
    lot = _to_change(reference)
    make = _filled(PricingForm, lambda: _begun(lot, "pricing", PricingForm) or {"lines": MODEL_LINES, "own_lines": 5})
    form = make(True)

    def keep() -> None:
        actions.set_pricing(lot, _typed(form), by=signed_in(), at=now(), sees=form.version.data)

    if save(form, keep, file=lot.procurement.reference, fresh=lambda: make(False)):
        return _saved(lot, "pricing", "The lines of the pricing schedule are saved.")
    return _page("pricing", lot, form=form, is_task=True), status_of(form)


@pages.route("/procurements/<reference>/tender/contract-particulars", methods=["GET", "POST"])
@enter(Role.OFFICER)
def contract_terms(reference: str) -> Answer:
    """Set the particulars of the contract on which tenders are asked for."""
    lot = _to_change(reference)
    posts = db.session.scalars(select(Post).where(Post.ended_on.is_(None)).order_by(Post.name))
    choices = [(str(post.id), post.name) for post in posts]

    def given() -> dict[str, Any]:
        found = _begun(lot, "contract_terms", TermsForm)
        if not found:
            standing, ending = standing_terms(), lot.procurement.ending_contract
            found = {
                "payment_days": standing.payment_days if standing else 30,
                "payment_frequency": "monthly in arrears",
                "manager_post_id": ending.manager_post_id if ending else None,
                "notice_months": ending.notice_months if ending and ending.notice_months else None,
                "exercise_months": EXERCISE_MONTHS,
            }
        found["manager_post_id"] = str(found["manager_post_id"]) if found.get("manager_post_id") else None
        return found

    make = _filled(TermsForm, given, manager_post_id=choices)
    form = make(True)

    def keep() -> None:
        actions.set_contract_terms(
            lot, db.session.get_one(Post, int(form.manager_post_id.data)), _typed(form), by=signed_in(), at=now(),
            sees=form.version.data,
        )  # fmt: skip

    if save(form, keep, file=lot.procurement.reference, fresh=lambda: make(False)):
        return _saved(lot, "terms", "The contract particulars are saved.")
    return _page("contract_terms", lot, form=form, is_task=True), status_of(form)


@dataclass(frozen=True)
class Subject:
    """One thing to fill in for the papers."""

    name: str
    label: str
    verb: str
    page: str
    hint: str
    is_there: bool
    href: str = ""
    """Where it isn't a page of this lot."""


def _questions(lot: Lot) -> list[Subject]:
    """What papers ask where the law leaves a choice: the officer's to say, and kept with the file."""
    return [
        Subject(
            f"asked-{document.name}", f"What the {words.within(document.title)} asks",
            f"Answer what the {words.within(document.title)} asks", "", words.plural(len(asked), "question"),
            all(one.answer for one in asked),
            url_for("documents.questions", reference=lot.procurement.reference, name=document.name),
        )
        for document in needed_for(lot)
        if (asked := asked_by(document, lot.trail_file(), today()))
    ]  # fmt: skip


def _subjects(lot: Lot) -> list[Subject]:
    """What has to be said for the papers of a lot; for quotes only what a request needs."""
    how, plan, method = bool(lot.how_to_tender), bool(lot.timetable), bool(lot.method)
    timetable = Subject("timetable", "Timetable", "Plan the timetable", ".plan_timetable",
                        "The day of the notice, questions, the deadline", plan)  # fmt: skip
    judged = Subject("method", "How bids will be judged", "Say how bids will be judged", ".method",
                     "Criteria, weights and the price formula", method)  # fmt: skip
    if lot.procurement.route is Route.SCHEME:
        return [
            Subject("how", "How to quote", "Say how to quote", ".how_to_tender",
                    "What suppliers send, insurance, how long quotes stay open", how),
            timetable,
            judged,
        ]  # fmt: skip
    return [
        Subject("specification", "What we are buying", "Say what we are buying", ".specification",
                "Outcomes, scope, what the supplier must do, reports, the end", bool(lot.specification)),
        Subject("kpis", "Key performance indicators", "Set the indicators", ".kpis",
                "What is measured, and how far it may fall", bool(lot.kpis)),
        Subject("how", "How to tender", "Say how to tender", ".how_to_tender",
                "What bidders send, conditions, insurance, how long tenders stay open", how),
        timetable,
        judged,
        Subject("pricing", "Pricing schedule", "Say what bidders price", ".pricing",
                "Lines of cost, day rates, the most that you can pay", bool(lot.pricing)),
        Subject("terms", "Contract particulars", "Set the contract particulars", ".contract_terms",
                "Payment, notice, liability, personal data", bool(lot.contract_terms)),
    ]  # fmt: skip


@pages.get("/procurements/<reference>/tender/papers")
@enter()
def papers(reference: str) -> str:
    """The tender papers: what each still lacks, which are issued, and whether they still say what the file says."""
    lot = lot_for(signed_in(), reference, today())
    needed, at, by = needed_for(lot), now(), signed_in()
    issued = issued_of(lot, needed)
    rows = []
    for document in needed:
        paper = issued.get(document.name)
        is_out = opening_notice(lot) is not None
        rows.append(
            {
                "document": document,
                "paper": paper,
                "changed": paper is not None and not is_out and not still_says_it(paper, document, lot, at),
                "gaps": [] if is_out else kept.missing_from(document, lot, subject=subject_of(lot), by=by, at=at),
                "unanswered": [] if is_out else unanswered_by(document, lot.trail_file(), today()),
            }
        )
    to_issue = [row for row in rows if row["paper"] is None or row["changed"]]
    return _page(
        "papers", lot, rows=rows, to_issue=to_issue, changes=may_change(signed_in(), lot.procurement, today()),
        may_issue=bool(to_issue) and not any(row["gaps"] or row["unanswered"] for row in rows), start=start_of(lot),
        subjects=[*_subjects(lot), *_questions(lot)],
    )  # fmt: skip


@pages.post("/procurements/<reference>/tender/papers")
@enter(Role.OFFICER)
def issue_pack(reference: str) -> Response:
    """Issue every paper that is due."""
    lot = _to_change(reference)
    made = actions.issue_pack(lot, by=signed_in(), at=now())
    count = f"{words.sentence(words.number_word(len(made)))} {'paper is' if len(made) == 1 else 'papers are'}"
    flash(f"{count} issued and kept." if made else "Nothing was left to issue.")
    return redirect(url_for(".papers", reference=lot.reference))


@pages.get("/procurements/<reference>/tender/papers/<name>")
@enter()
def paper(reference: str, name: str) -> str:
    """One of the papers as it stands, to read on any screen, with what it still lacks."""
    lot = lot_for(signed_in(), reference, today())
    document, by, at = _document(lot, name), signed_in(), now()
    content = kept.draft(document, lot, subject=subject_of(lot), by=by, at=at)
    issued = issued_of(lot, (document,)).get(name)
    changes = may_change(by, lot.procurement, today()) and opening_notice(lot) is None
    gaps = kept.missing_from(document, lot, subject=subject_of(lot), by=by, at=at)
    if changes and unanswered_by(document, lot.trail_file(), today()):
        asks = url_for("documents.questions", reference=lot.procurement.reference, name=name)
        gaps.append(Gap("answers to what it asks, which are kept with the file and not printed", href=asks))
    return render_template(
        "documents/draft.html", procurement=lot.procurement, lot=lot, page="tender", document=document, is_task=True,
        gaps=gaps, body=readable(content),
        issued=[issued] if issued else [],
        issue_href=url_for(".issue_paper", reference=lot.reference, name=name)
        if changes and (issued is None or not still_says_it(issued, document, lot, at))
        else None,
        draft_href=url_for(".paper_file", reference=lot.reference, name=name),
    )  # fmt: skip


@pages.get("/procurements/<reference>/tender/papers/<name>/draft.docx")
@enter()
def paper_file(reference: str, name: str) -> Response:
    """The draft as a Word file."""
    lot = lot_for(signed_in(), reference, today())
    document = _document(lot, name)
    content = kept.draft(document, lot, subject=subject_of(lot), by=signed_in(), at=now())
    return word_answer(content, document.file_name(lot.reference, "draft"))


@pages.post("/procurements/<reference>/tender/papers/<name>")
@enter(Role.OFFICER)
def issue_paper(reference: str, name: str) -> Response:
    """Issue one paper."""
    lot = _to_change(reference)
    made = actions.issue_paper(lot, _document(lot, name), by=signed_in(), at=now())
    flash(f"{made.title}, version {made.number}, is issued and kept.")
    return redirect(url_for(".papers", reference=lot.reference))


def _document(lot: Lot, name: str) -> Document:
    return next((one for one in needed_for(lot) if one.name == name), None) or abort(404)
