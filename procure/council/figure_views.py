"""Settings: the dated figures of the law with the council's later rows, and bank holidays proclaimed since."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from sqlalchemy import select

from procure.council import figure_actions as actions
from procure.council.figure_forms import HolidayForm, WithdrawForm, later_form
from procure.council.law import added_figures, planning_uk_any, uk_any
from procure.council.models import AddedHoliday, LaterFigure
from procure.council.procedure_views import READ_RULES
from procure.council.views import Answer, may_administer, pages
from procure.extensions import db
from procure.law.figures import FIGURES, Figure, FigureRow, rows_of
from procure.law.thresholds import Comparison
from procure.now import now, today
from procure.people.access import enter, signed_in
from procure.people.rules import Role
from procure.saving import save, status_of

ONE_FIGURE = f"<any({', '.join(repr(key) for key in FIGURES)}):figure>"


@dataclass(frozen=True)
class Shown:
    """A figure with its rows: in force today, to come, past; and the recorded row behind each later one."""

    figure: Figure
    in_force: FigureRow | None
    to_come: tuple[FigureRow, ...]
    over: tuple[FigureRow, ...]
    recorded: dict[Any, LaterFigure]


def _shown() -> Iterator[tuple[str, list[Shown]]]:
    day, added = today(), added_figures()
    rows = db.session.scalars(select(LaterFigure).where(LaterFigure.withdrawn_on.is_(None)))
    recorded: dict[str, dict[Any, LaterFigure]] = {}
    for row in rows:
        recorded.setdefault(row.figure, {})[row.from_on] = row
    groups: dict[str, list[Shown]] = {}
    for figure in FIGURES.values():
        dated = rows_of(figure, added)
        groups.setdefault(figure.group, []).append(
            Shown(
                figure, next((one for one in dated if one.covers(day)), None),
                tuple(one for one in dated if one.from_on > day),
                tuple(one for one in dated[::-1] if one.until_on is not None and one.until_on < day),
                recorded.get(figure.key, {}),
            )
        )  # fmt: skip
    yield from groups.items()


@pages.get("/settings/figures")
@enter(*READ_RULES)
def figures() -> str:
    """Every figure of the law: what holds today, what is to come, what went before, and by what source."""
    withdrawn = db.session.scalars(
        select(LaterFigure).where(LaterFigure.withdrawn_on.is_not(None)).order_by(LaterFigure.id.desc())
    ).all()
    return render_template(
        "council/figures.html", groups=list(_shown()), withdrawn=withdrawn, named=FIGURES,
        may_administer=may_administer(),
    )  # fmt: skip


@pages.route(f"/settings/figures/{ONE_FIGURE}/new", methods=["GET", "POST"])
@enter(Role.ADMINISTRATOR)
def add_figure(figure: str) -> Answer:
    """Say what a figure is from a later day on."""
    named = FIGURES[figure]
    last = rows_of(named, added_figures())[-1]
    form = later_form(named)(comparison=last.comparison.value if last.comparison else None)

    def keep() -> None:
        actions.add_figure(
            figure, amount=Decimal(form.amount.data), from_on=form.from_on.data, source=form.source.data or "",
            comparison=Comparison(form.comparison.data) if "comparison" in form else None,
            is_unchecked=form.is_unchecked.data, by=signed_in(), at=now(),
        )  # fmt: skip

    if save(form, keep, file="council"):
        flash("The later figure is added.")
        return redirect(url_for(".figures"))
    return render_template("council/figure.html", form=form, figure=named, last=last), status_of(form)


@pages.route("/settings/figures/<int:number>/withdraw", methods=["GET", "POST"])
@enter(Role.ADMINISTRATOR)
def withdraw_figure(number: int) -> Answer:
    """Take back a later figure that hasn't begun."""
    row = db.session.get(LaterFigure, number) or abort(404)
    form = WithdrawForm(version=row.version)
    if save(
        form,
        lambda: actions.withdraw_figure(
            row, because=form.reason.data or "", by=signed_in(), at=now(), sees=form.version.data
        ),
        file="council",
        fresh=lambda: WithdrawForm(formdata=None, version=row.version),
    ):
        flash("The later figure is withdrawn.")
        return redirect(url_for(".figures"))
    return render_template(
        "council/withdraw.html", form=form, what=row.trail_name(), back_to=url_for(".figures"), back_name="Figures"
    ), status_of(form)


@pages.get("/settings/bank-holidays")
@enter(*READ_RULES)
def bank_holidays() -> str:
    """The bank holidays that days are counted by, and those added since the official list."""
    calendar, day = uk_any(), today()
    listed = sorted((on, why) for on, why in calendar.holidays.items() if on >= day)[:24]
    standing = select(AddedHoliday).order_by(AddedHoliday.day.desc(), AddedHoliday.id.desc())
    return render_template(
        "council/bank_holidays.html", calendar=calendar, planning=planning_uk_any(), listed=listed,
        added=db.session.scalars(standing).all(), may_administer=may_administer(),
    )  # fmt: skip


@pages.route("/settings/bank-holidays/new", methods=["GET", "POST"])
@enter(Role.ADMINISTRATOR)
def add_holiday() -> Answer:
    """Add a bank holiday that was proclaimed since."""
    form = HolidayForm()
    if save(
        form,
        lambda: actions.add_holiday(
            form.day.data, name=form.name.data or "", nations=form.nations.data or [], source=form.source.data or "",
            by=signed_in(), at=now(),
        ),
        file="council",
    ):  # fmt: skip
        flash("The bank holiday is added. Days that are still to be counted leave it out.")
        return redirect(url_for(".bank_holidays"))
    return render_template("council/bank_holiday.html", form=form), status_of(form)


@pages.route("/settings/bank-holidays/<int:number>/withdraw", methods=["GET", "POST"])
@enter(Role.ADMINISTRATOR)
def withdraw_holiday(number: int) -> Answer:
    """Take back a bank holiday before it comes."""
    row = db.session.get(AddedHoliday, number) or abort(404)
    form = WithdrawForm(version=row.version)
    if save(
        form,
        lambda: actions.withdraw_holiday(
            row, because=form.reason.data or "", by=signed_in(), at=now(), sees=form.version.data
        ),
        file="council",
        fresh=lambda: WithdrawForm(formdata=None, version=row.version),
    ):
        flash("The bank holiday is withdrawn.")
        return redirect(url_for(".bank_holidays"))
    return render_template(
        "council/withdraw.html", form=form, what=row.trail_name(), back_to=url_for(".bank_holidays"),
        back_name="Bank holidays",
    ), status_of(form)  # fmt: skip
