"""By what right a decision was taken, what it was used for, and the end of one that nobody signed."""

from __future__ import annotations

from flask import abort, flash, redirect, url_for

from procure.authority import ending_actions
from procure.authority.access import decision_for, decision_to_run, runs
from procure.authority.facts import OPEN
from procure.authority.forms import ReasonForm
from procure.authority.mandate import mandate_of
from procure.authority.models import Decision
from procure.authority.power import effect_said
from procure.authority.preparing_facts import CALLED
from procure.authority.preparing_forms import UseForm
from procure.authority.question import answer_about
from procure.authority.rules import DecisionState
from procure.authority.use_actions import USES_WITHOUT_A_ROOM, say_use
from procure.authority.use_facts import why_not_usable
from procure.authority.views.room import Answer, pages, show
from procure.now import now, today
from procure.people.access import enter, signed_in
from procure.people.rules import Role
from procure.saving import save


@pages.get("/decisions/<reference>/by-what-right")
@enter()
def by_what_right(reference: str) -> Answer:
    """The whole chain: one sentence, a picture, its links, and everything the authority rests on."""
    person, day = signed_in(), today()
    found = decision_for(person, reference, day)
    answer = answer_about(found, day)
    return show(
        "by_what_right", found, mandate=mandate_of(found, day), grounds=answer.grounds,
        reasons=answer.reasons if found.state is not DecisionState.SIGNED else (), who_could=answer.who_could,
        effect=effect_said(found.delegation, day) if found.delegation else "",
        may_say_use=runs(person, found, day) and _says_its_use(found),
    )  # fmt: skip


@pages.route("/decisions/<reference>/use", methods=["GET", "POST"])
@enter(Role.OFFICER)
def use(reference: str) -> Answer:
    """Record what a decision was used for, where no other page of the house does."""
    found = decision_to_run(signed_in(), reference, today())
    if not _says_its_use(found):
        abort(404)
    form = UseForm(version=found.version)

    def say() -> None:
        say_use(
            found, what=form.what.data, about="", on=form.on.data, by=signed_in(), at=now(), sees=form.version.data
        )  # fmt: skip

    if save(form, say, file=found.trail_file(), fresh=lambda: UseForm(None, version=found.version)):
        flash("Recorded. It stands in the chain of authority.")
        return redirect(url_for(".by_what_right", reference=reference))
    return show("use", found, form, stop=why_not_usable(found, today()))


def _says_its_use(found: Decision) -> bool:
    return found.state is DecisionState.SIGNED and found.act in USES_WITHOUT_A_ROOM


@pages.route("/decisions/<reference>/withdraw", methods=["GET", "POST"])
@enter(Role.OFFICER)
def withdraw(reference: str) -> Answer:
    """Withdraw a decision that nobody has signed, as when a figure is wrong. An award goes back in its own room."""
    found = decision_to_run(signed_in(), reference, today())
    if found.state not in OPEN or found.act not in CALLED:
        abort(404)
    form = ReasonForm(version=found.version)

    def end_it() -> None:
        ending_actions.withdraw(found, form.reason.data or "", by=signed_in(), at=now())

    if save(form, end_it, file=found.trail_file()):
        flash("The decision is withdrawn. You can prepare another.")
        if found.contract is not None:
            return redirect(url_for(".new_contract_decision", reference=found.contract.reference))
        return redirect(url_for(".new_decision", reference=found.trail_file()))
    return show("withdraw", found, form)
