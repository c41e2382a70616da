"""While it lives: indicators rated, promises kept, papers renewed, notices published, files kept."""

from __future__ import annotations

from typing import Any

from flask import abort
from werkzeug.wrappers import Response

from procure.contract import life_actions
from procure.contract.access import contract_for
from procure.contract.life_facts import watched
from procure.contract.life_forms import (
    BecauseForm,
    ChangeIndicatorForm,
    FileForm,
    IndicatorForm,
    KeptForm,
    MoneyAheadForm,
    NoIndicatorsForm,
    PaperForm,
    PromiseForm,
    PublishedForm,
    RateForm,
    RenewForm,
)
from procure.contract.life_rules import ExpiringKind, Rating
from procure.contract.views.room import Answer, ask, by_and_at, contract_of, given, pages, row_of, taken_out, to
from procure.contract.views.terms import known, sent, shown
from procure.documents.actions import keep_upload
from procure.documents.door import UploadRefused
from procure.now import today
from procure.people.access import enter, signed_in
from procure.saving import save

MEASURED = ("name", "measure", "target", "every_months", "first_due_on", "is_published")


@pages.route("/contracts/<reference>/indicators/new", methods=["GET", "POST"])
@enter()
def add_indicator(reference: str) -> Answer:
    """Set a key performance indicator."""
    contract, form = contract_of(reference), IndicatorForm()

    def add() -> None:
        life_actions.add_indicator(contract, **given(form, *MEASURED), **by_and_at())

    if save(form, add, file=reference):
        return to("performance", reference, "The indicator is set. Its ratings are asked for.", "indicators")
    return ask(form, contract, "performance", "Set an indicator", "Set the indicator")


@pages.route("/contracts/<reference>/indicators/<int:number>", methods=["GET", "POST"])
@enter()
def indicator(reference: str, number: int) -> Answer:
    """Change an indicator, or stop measuring it."""
    contract = contract_of(reference)
    found = row_of(contract.indicators, number)

    def fresh(**more: Any) -> ChangeIndicatorForm:
        return ChangeIndicatorForm(data=known(found, *MEASURED), **more)

    form, away = fresh(), BecauseForm(prefix="away-")

    def change() -> None:
        life_actions.change_indicator(found, sees=form.version.data, **given(form, *MEASURED, "because"), **by_and_at())

    def stop(because: str) -> None:
        life_actions.end_indicator(found, because=because, **by_and_at())

    if taken_out(away, stop, reference):
        return to("performance", reference, f"{found.name} isn’t measured any more.", "indicators")
    if not sent(away) and save(form, change, file=reference, fresh=lambda: fresh(formdata=None)):
        return to("performance", reference, "The indicator is changed.", "indicators")
    return ask(
        shown(form, away, fresh), contract, "performance", f"Change an indicator: {found.name}", "Save the indicator",
        away=away, away_said="Stop measuring it", away_lead="What was rated stays on record.",
    )  # fmt: skip


@pages.route("/contracts/<reference>/indicators/<int:number>/rate", methods=["GET", "POST"])
@enter()
def rate(reference: str, number: int) -> Answer:
    """Rate an indicator over a period, in the words of the regulations."""
    contract = contract_of(reference)
    found = row_of(contract.indicators, number)
    row = next(one for one in watched(contract, today()) if one.indicator is found)
    form = RateForm(data={"from_on": row.from_on, "until_on": row.due_on})

    def put() -> None:
        life_actions.rate(
            found, rating=Rating(form.rating.data), **given(form, "from_on", "until_on", "result", "because"),
            **by_and_at(),
        )  # fmt: skip

    if save(form, put, file=reference):
        return to("performance", reference, f"{found.name} is rated.", "indicators")
    facts = [("What is measured", found.measure or "Not stated"), ("Target", found.target or "Not stated")]
    if row.last is not None:
        facts.append(("Last time", f"{row.last.rating.label}, {row.last.result}".rstrip(", ")))
    return ask(form, contract, "performance", f"Rate: {found.name}", "Record the rating", facts=facts)


@pages.route("/contracts/<reference>/indicators/none", methods=["GET", "POST"])
@enter()
def no_indicators(reference: str) -> Answer:
    """Say why a contract over £5 million has fewer than three indicators."""
    contract = contract_of(reference)
    form = NoIndicatorsForm(data={"because": contract.no_indicators_because, "version": contract.version})

    def say() -> None:
        life_actions.do_without_indicators(contract, form.because.data, sees=form.version.data, **by_and_at())

    if save(form, say, file=reference, fresh=lambda: NoIndicatorsForm(None, version=contract.version)):
        return to("performance", reference, "The reason is recorded.", "indicators")
    lead = "The contract details notice says so too (Procurement Act 2023, section 52(3))."
    return ask(form, contract, "performance", "Do without indicators", "Record the reason", lead=lead)


@pages.route("/contracts/<reference>/promises/new", methods=["GET", "POST"])
@enter()
def add_promise(reference: str) -> Answer:
    """Record something the supplier promised."""
    contract, form = contract_of(reference), PromiseForm()

    def add() -> None:
        life_actions.add_promise(contract, **given(form, "what", "source", "due_on"), **by_and_at())

    if save(form, add, file=reference):
        return to("performance", reference, "The promise is recorded.", "promises")
    return ask(form, contract, "performance", "Record a promise", "Record the promise")


@pages.route("/contracts/<reference>/promises/<int:number>", methods=["GET", "POST"])
@enter()
def promise(reference: str, number: int) -> Answer:
    """Say that a promise was kept, or by when it is to be."""
    contract = contract_of(reference)
    found = row_of(contract.obligations, number)

    def fresh(**more: Any) -> KeptForm:
        return KeptForm(data=known(found, "due_on", "kept_on", "evidence"), **more)

    form = fresh()

    def keep() -> None:
        life_actions.keep_promise(
            found, sees=form.version.data, **given(form, "due_on", "kept_on", "evidence"), **by_and_at()
        )

    if save(form, keep, file=reference, fresh=lambda: fresh(formdata=None)):
        return to("performance", reference, "The promise is saved.", "promises")
    facts = [("The promise", found.what), ("Where it stands", found.source or "Not stated")]
    return ask(form, contract, "performance", "Was it kept?", "Save", facts=facts)


@pages.route("/contracts/<reference>/expiring/new", methods=["GET", "POST"])
@enter()
def add_paper(reference: str) -> Answer:
    """Record an insurance or policy and the day it runs out."""
    contract, form = contract_of(reference), PaperForm()

    def add() -> None:
        life_actions.add_paper(
            contract, kind=ExpiringKind(form.kind.data), **given(form, "name", "cover", "expires_on"), **by_and_at()
        )

    if save(form, add, file=reference):
        return to("terms", reference, "The paper is recorded. You get a letter before it runs out.", "papers")
    return ask(form, contract, "terms", "Record a paper that runs out", "Record the paper")


@pages.route("/contracts/<reference>/expiring/<int:number>", methods=["GET", "POST"])
@enter()
def paper(reference: str, number: int) -> Answer:
    """Record the paper that takes the place of one that runs out."""
    contract = contract_of(reference)
    found = row_of(contract.expiring_papers, number)
    form = RenewForm(data={"cover": found.cover, "version": found.version})

    def renew() -> None:
        life_actions.renew_paper(found, sees=form.version.data, **given(form, "expires_on", "cover"), **by_and_at())

    if save(form, renew, file=reference, fresh=lambda: RenewForm(None, version=found.version)):
        return to("terms", reference, "The new paper is recorded.", "papers")
    return ask(form, contract, "terms", f"Renew: {found.said}", "Record the new paper")


@pages.route("/contracts/<reference>/notices/<int:number>", methods=["GET", "POST"])
@enter()
def notice(reference: str, number: int) -> Answer:
    """Record that a notice was published."""
    contract = contract_of(reference)
    found = row_of(contract.life_notices, number)

    def fresh(**more: Any) -> PublishedForm:
        return PublishedForm(data=known(found, "published_on", "reference"), **more)

    form = fresh()

    def publish() -> None:
        life_actions.publish_notice(
            found, sees=form.version.data, **given(form, "published_on", "reference"), **by_and_at()
        )

    if save(form, publish, file=reference, fresh=lambda: fresh(formdata=None)):
        return to("performance", reference, f"{found.duty.label}: recorded as published.", "notices")
    lead = "Publish it on the central digital platform, then record here that it stands there."
    return ask(form, contract, "performance", found.duty.label, "Record the publication", lead=lead)


@pages.route("/contracts/<reference>/documents/new", methods=["GET", "POST"])
@enter()
def add_file(reference: str) -> Answer:
    """Keep the signed copy, or another file."""
    contract, form = contract_of(reference), FileForm()
    taken = []
    if form.validate_on_submit():
        try:
            taken.append(keep_upload(form.file.data.filename or "", form.file.data.read()))
        except UploadRefused as refusal:
            form.file.refuse(refusal.sentence)

    def keep() -> None:
        life_actions.keep_file(contract, taken[0], is_signed_copy=bool(form.is_signed_copy.data), **by_and_at())

    if taken and save(form, keep, file=reference):
        return to("documents", reference, f"{taken[0].name} is kept.")
    return ask(form, contract, "documents", "Keep a file", "Keep the file", upload=True)


@pages.route("/contracts/<reference>/documents/<int:number>", methods=["GET", "POST"])
@enter()
def file(reference: str, number: int) -> Answer:
    """Withdraw a file that was put in by mistake."""
    contract = contract_of(reference)
    found = row_of([one for one in contract.files if not one.withdrawn_because], number)
    form = BecauseForm(version=found.version)

    def withdraw() -> None:
        life_actions.withdraw_file(found, because=form.because.data, sees=form.version.data, **by_and_at())

    if save(form, withdraw, file=reference, fresh=lambda: BecauseForm(None, version=found.version)):
        return to("documents", reference, f"{found.name} is withdrawn.")
    return ask(form, contract, "documents", f"Withdraw {found.name}", "Withdraw it", lead="Its bytes stay on record.")


@pages.get("/contracts/<reference>/documents/<int:number>/content")
@enter()
def download(reference: str, number: int) -> Response:
    """A kept file. Never shown in the browser: it came from outside."""
    contract = contract_for(signed_in(), reference, today())
    found = row_of(contract.files, number)
    if found.withdrawn_because:
        abort(404)
    answer = Response(life_actions.read_file(found), mimetype=found.media_type)
    answer.headers.set("Content-Disposition", "attachment", filename=found.name)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer.headers["Cache-Control"] = "no-store"
    return answer


@pages.route("/contracts/<reference>/money/ahead", methods=["GET", "POST"])
@enter()
def money_ahead(reference: str) -> Answer:
    """Say what is committed, and what it is expected to come to."""
    contract = contract_of(reference)

    def fresh(**more: Any) -> MoneyAheadForm:
        return MoneyAheadForm(data=known(contract, "committed_gross", "forecast_gross"), **more)

    form = fresh()

    def say() -> None:
        life_actions.say_money_ahead(
            contract, sees=form.version.data, **given(form, "committed_gross", "forecast_gross"), **by_and_at()
        )

    if save(form, say, file=reference, fresh=lambda: fresh(formdata=None)):
        return to("money", reference, "Saved.")
    return ask(form, contract, "money", "Committed and forecast", "Save")
