"""The room's one set of pages, and what its pages share."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template
from sqlalchemy import select
from werkzeug.wrappers import Response

from procure.contract.models import Contract
from procure.contract.picture import contract_frame
from procure.extensions import db
from procure.fields import PageForm
from procure.now import today
from procure.people.models import Post
from procure.people.rules import Role
from procure.saving import status_of
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
