"""Pages of publication: which papers the public may read, and the day a decision was published."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from procure.authority.access import decision_for
from procure.authority.after_signing import Shown, papers_shown
from procure.authority.decision_effect import published_decision
from procure.authority.following import following
from procure.authority.meeting_room import meeting_of
from procure.authority.models import Decision, Meeting
from procure.authority.publishing_actions import decide_papers, may_publish, publish
from procure.authority.publishing_facts import papers_of, published_late, said_of, undecided
from procure.authority.publishing_forms import PapersForm, PublishDecisionForm
from procure.authority.rules import DecisionState, PaperStanding
from procure.authority.views.room import Answer, show
from procure.authority.views.room import pages as decisions
from procure.council.facts import call_in_days_on
from procure.documents.models import Paper
from procure.now import now, today
from procure.people.access import enter, signed_in
from procure.people.rules import Role
from procure.saving import save, status_of

pages = Blueprint("publishing", __name__)

WHO = (Role.OFFICER, Role.DEMOCRATIC_SERVICES)


def _found(kind: str, reference: str) -> Decision | Meeting:
    """What the papers belong to, for those who may publish it. 403 for who only reads it."""
    found = meeting_of(reference) if kind == "meetings" else decision_for(signed_in(), reference, today())
    if not may_publish(signed_in(), found, today()):
        abort(403)
    return found


@pages.route("/meetings/<reference>/papers", methods=["GET", "POST"], defaults={"kind": "meetings"})
@pages.route("/decisions/<reference>/papers", methods=["GET", "POST"], defaults={"kind": "decisions"})
@enter(*WHO)
def papers(kind: str, reference: str) -> Answer:
    """Say of the papers before a decision whether the public may read them."""
    of = _found(kind, reference)
    left, before = undecided(of), papers_of(of)
    form = PapersForm(**({} if request.method == "POST" else {"version": of.version, **_again(before, of)}))
    again = request.args.get("paper", type=int)
    offered = [paper for paper in before if request.method == "POST" or paper in left or paper.id == again]
    form.papers.choices = [(str(paper.id), f"{paper.title}, {paper.reference}") for paper in offered]
    by_key = {str(paper.id): paper for paper in before}

    def keep() -> None:
        decide_papers(
            of, [by_key[key] for key in form.papers.data], PaperStanding(form.standing.data), by=signed_in(), at=now(),
            paragraph=form.paragraph.data or "", public_interest=form.public_interest.data or "",
            review_on=form.review_on.data, sees=form.version.data,
        )  # fmt: skip

    if save(form, keep, file=of.trail_file()):
        return _onward(of, kind)
    said = said_of(of)
    answer = render_template(
        "authority/publishing/papers.html", form=form, of=of, kind=kind, is_meeting=isinstance(of, Meeting),
        left=left, shown=[Shown(paper, said.get(paper.id)) for paper in before], standings=PaperStanding,
    )  # fmt: skip
    return answer, status_of(form)


def _again(before: list[Paper], of: Decision | Meeting) -> dict[str, object]:
    """A paper to decide about again, with what stands of it: asked for by `?paper=`."""
    said = said_of(of)
    row = said.get(request.args.get("paper", type=int) or 0)
    if row is None:
        return {}
    return {
        "papers": [str(row.paper_id)], "standing": row.standing.value, "paragraph": row.paragraph,
        "public_interest": row.public_interest, "review_on": row.review_on,
    }  # fmt: skip


def _onward(of: Decision | Meeting, kind: str) -> Response:
    """The same page while papers are left, else on to the publication."""
    left = len(undecided(of))
    if left:
        flash(f"Saved. {left} {'is' if left == 1 else 'are'} left.", "message")
        return redirect(url_for(".papers", kind=kind, reference=of.reference))
    flash("Saved. Every paper is decided about.", "message")
    if isinstance(of, Meeting):
        return redirect(url_for("meetings.meeting", reference=of.reference))
    on = "authority.read" if of.published_on or of.state is not DecisionState.SIGNED else "authority.publish"
    return redirect(url_for(on, reference=of.reference))


@decisions.route("/decisions/<reference>/publish", methods=["GET", "POST"], endpoint="publish")
@enter(*WHO)
def publish_decision(reference: str) -> Answer:
    """Record the day the decision was published, once its papers are decided about."""
    found = decision_for(signed_in(), reference, today())
    day = today()
    form = PublishDecisionForm(
        **({} if request.method == "POST" else {"version": found.version, "on": day if found.signed_at else None})
    )

    def keep() -> None:
        publish(found, form.on.data, by=signed_in(), at=now(), sees=form.version.data)

    if save(form, keep, file=found.trail_file()):
        flash("The day of publication is recorded.")
        return redirect(url_for("authority.read", reference=reference))
    signed_on = found.signed_on
    return show(
        "publishing/publish", found, form, planned=following(found, signed_on).published_on if signed_on else None,
        is_signed=found.state is DecisionState.SIGNED, left=undecided(found), late=published_late(found, day),
        shown=papers_shown(found),
        days=call_in_days_on(day) if found.is_key else 0, record=published_decision(found),
        may_publish=may_publish(signed_in(), found, day),
        may_exempt=Role.DEMOCRATIC_SERVICES in {grant.role for grant in signed_in().grants if grant.covers(day)},
    )  # fmt: skip
