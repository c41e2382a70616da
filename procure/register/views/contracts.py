"""Public pages: contracts, each at its permanent address; what ends soon; what was published of each quarter."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Response, abort, render_template, request, url_for

from procure.contract.rules import ContractState
from procure.documents.storage import kept_bytes
from procure.now import today
from procure.people.access import enter
from procure.register.facts.listing import count_of, page_of
from procure.register.facts.public import (
    EVERYBODY,
    SOON_MONTHS,
    ending_soon,
    entries_at,
    public_contract,
    public_only,
)
from procure.register.facts.publication import publication_of, publications
from procure.register.rules.listing import ON_A_PAGE, Asked, asked_by, place_typed, quarter_named
from procure.register.views.room import arguments, outside, pages

LIVE, ENDED = ContractState.LIVE, ContractState.ENDED
STATES = {"": (LIVE,), "ended": (ENDED,), "all": (LIVE, ENDED)}


def _asked() -> tuple[Asked, str, bool]:
    """What a visitor looks for: words, whether it runs, whether it ends soon. Nothing kept back can be asked."""
    given = asked_by({"q": arguments().get("q", [])})
    which = request.args.get("which", "")
    which = which if which in STATES else ""
    soon = request.args.get("soon") == "yes"
    asked = replace(given, states=STATES[which])
    return (ending_soon(asked, today()) if soon else asked), which, soon


@pages.get("/public/contracts")
@enter(signed_in=False)
def contracts() -> tuple[str, int]:
    """The council's contracts, the first to end first; by words, and those that end soon."""
    asked, which, soon = _asked()
    after = request.args.get("after", "")
    more = public_only(asked)
    found = page_of(asked, EVERYBODY, *more, after=place_typed(after))
    given: dict[str, Any] = {
        name: value for name, value in (("q", asked.typed), ("which", which), ("soon", "yes" if soon else "")) if value
    }
    answer = render_template(
        "register/contracts.html", asked=asked, which=which, soon=soon, count=count_of(asked, EVERYBODY, *more),
        shown=entries_at(found.places), given=given, is_later=bool(after), months=SOON_MONTHS, on_a_page=ON_A_PAGE,
        next_href=url_for(".contracts", **given, after=found.next_after) if found.next_after else "",
    )  # fmt: skip
    return answer, 422 if asked.problems else 200


@pages.get("/public/contracts/<reference>")
@enter(signed_in=False)
def contract(reference: str) -> str:
    """One contract, for good at this address."""
    found = public_contract(reference)
    if found is None:
        abort(404)
    return render_template(
        "register/contract.html", entry=found[1], permanent=outside(url_for(".contract", reference=reference))
    )


@pages.get("/public/contracts/published")
@enter(signed_in=False)
def published() -> str:
    """The files published of each quarter."""
    told = [(quarter_named(one.quarter), one) for one in publications()]
    return render_template("register/published.html", told=told)


@pages.get("/public/contracts/published/<name>-<int:number>/<any(contracts, invitations):part>.csv")
@enter(signed_in=False)
def published_file(name: str, number: int, part: str) -> Response:
    """A file as it went out, checked against its digest."""
    found = publication_of(name, number)
    if found is None:
        abort(404)
    key, digest = (
        (found.contracts_key, found.contracts_sha256) if part == "contracts"
        else (found.invitations_key, found.invitations_sha256)
    )  # fmt: skip
    answer = Response(kept_bytes(key, digest), mimetype="text/csv")
    answer.headers.set("Content-Disposition", "attachment", filename=f"{part}-{name}-{number}.csv")
    return answer
