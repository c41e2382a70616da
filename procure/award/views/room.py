"""The blueprint of this room, and what its pages share."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from procure.award.models import Award
from procure.now import today
from procure.people.access import signed_in
from procure.procurement.access import lot_to_change
from procure.procurement.models import Lot

pages = Blueprint("award", __name__)

Answer = str | Response | tuple[str, int]


def page(template: str, lot: Lot, **more: Any) -> str:
    """A page about the award of a lot."""
    return render_template(f"award/{template}.html", procurement=lot.procurement, lot=lot, page="award", **more)


def award_of(reference: str) -> Award:
    """The award of a lot which the reader may change; 404 where nobody is recommended yet."""
    award = lot_to_change(signed_in(), reference, today()).award
    if award is None:
        abort(404)
    return award


def home(reference: str) -> Response:
    """Back to the award's own page."""
    return redirect(url_for("award.index", reference=reference))
