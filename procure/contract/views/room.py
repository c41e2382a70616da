"""The room's one set of pages, and what its pages share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response
from wtforms import Field

from procure.contract.access import contract_to_change
from procure.contract.models import Contract
from procure.contract.picture import contract_frame
from procure.extensions import db
from procure.fields.lines import LineField, WordsField
from procure.fields.page_form import PageForm
from procure.now import now, today
from procure.people.access import signed_in
from procure.people.models import Post
from procure.people.rules import Role
from procure.saving import save, status_of
from procure.suppliers.models import Supplier

pages = Blueprint("contract", __name__)

Answer = str | Response | tuple[str, int]

RUNS_CONTRACTS = (Role.OFFICER, Role.CONTRACT_MANAGER, Role.BUDGET_HOLDER)
"""Who may record a contract that was entered into before this system."""


@pages.app_template_global("contract_frame")
def frame(contract: Contract, page: str) -> Any:
    """The identity band, for the template around every page of a contract."""
    return contract_frame(contract, page, today())


def page(template: str, form: PageForm | None = None, **around: Any) -> Answer:
    """A page with its form: 422 where it is wrong, 409 where somebody saved first."""
    shown = render_template(f"contract/{template}.html", form=form, **around)
    return (shown, status_of(form)) if form is not None else shown


def posts() -> list[tuple[str, str]]:
    """The posts one may choose from."""
    rows = db.session.scalars(select(Post).where(Post.ended_on.is_(None)).order_by(Post.name))
    return [(str(post.id), post.name) for post in rows]


def supplier_named(name: str) -> Supplier:
    """The supplier of that name, known already or new; written with the contract."""
    found = db.session.scalars(select(Supplier).where(Supplier.name == name).order_by(Supplier.id)).first()
    return found or Supplier(name=name)


def ask(form: PageForm, contract: Contract, page_of: str, h1: str, does: str, **more: Any) -> Answer:
    """A page of a contract that asks one thing: its fields in order, its button, and a way to take the thing out."""
    shown = page("ask", form, contract=contract, page=page_of, h1=h1, does=does, **more)
    away = more.get("away")
    return (shown[0], status_of(away)) if away is not None and away.errors and isinstance(shown, tuple) else shown


def contract_of(reference: str) -> Contract:
    """The contract, for whoever may change it."""
    return contract_to_change(signed_in(), reference, today())


def row_of(rows: Sequence[Any], number: int) -> Any:
    """The row of a contract with this number; 404 where it belongs to another."""
    return next((one for one in rows if one.id == number), None) or abort(404)


def to(page_of: str, reference: str, said: str, anchor: str | None = None) -> Response:
    """Back to a page of the contract, saying what was done."""
    flash(said, "message")
    return redirect(url_for(f".{page_of}", reference=reference, _anchor=anchor))


def by_and_at() -> dict[str, Any]:
    """Who acts, and when."""
    return {"by": signed_in(), "at": now()}


def given(form: PageForm, *names: str) -> dict[str, Any]:
    """What was answered, by the names an action knows it under; words that were left empty are empty words."""
    return {name: form[name].data if form[name].data is not None else _nothing(form[name]) for name in names}


def _nothing(field: Field) -> str | None:
    return "" if isinstance(field, LineField | WordsField) else None


def taken_out(away: PageForm, verb: Callable[[str], object], reference: str) -> bool:
    """Whether the second form of a page, which takes the thing out with a reason, was sent and is done."""
    if f"{away.because.name}" not in request.form:
        return False
    return save(away, lambda: verb(away.because.data), file=reference)
