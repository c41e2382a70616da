"""Settings: the dated figures of the law with the council's later rows, and bank holidays proclaimed since."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from procure.council import figure_actions as actions
from procure.council.figure_forms import HolidayForm, LightTouchForm, MeetingDaysForm, WithdrawForm, later_form
from procure.council.law import added_figures, light_touch_list, planning_uk_any, uk_any
from procure.council.models import AddedHoliday, LaterFigure, LightTouchList, MeetingDay
from procure.council.procedure_views import READ_RULES
from procure.council.rules import days_in
from procure.council.views import Answer, may_administer, pages
from procure.extensions import db
from procure.frame import the_council
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


@pages.get("/settings/light-touch")
@enter(*READ_RULES)
def light_touch() -> str:
    """The list of light touch services as it is held, and its editions."""
    editions = db.session.scalars(select(LightTouchList).order_by(LightTouchList.from_on.desc())).all()
    return render_template(
        "council/light_touch.html", held=light_touch_list(today()), editions=editions, may_administer=may_administer()
    )


@pages.route("/settings/light-touch/new", methods=["GET", "POST"])
@enter(Role.ADMINISTRATOR)
def load_light_touch() -> Answer:
    """Load the official list."""
    form = LightTouchForm(from_on=today())
    if save(
        form,
        lambda: actions.load_light_touch(
            (form.lines.data or "").splitlines(), from_on=form.from_on.data, source=form.source.data or "",
            by=signed_in(), at=now(),
        ),
        file="council",
    ):  # fmt: skip
        flash("The list is loaded.")
        return redirect(url_for(".light_touch"))
    return render_template("council/load_light_touch.html", form=form), status_of(form)


@pages.get("/settings/meeting-days")
@enter(*READ_RULES)
def meeting_days() -> str:
    """The calendar of meetings: days to come, and those of the last year."""
    since = today() - timedelta(days=365)
    rows = db.session.scalars(
        select(MeetingDay).where(MeetingDay.meets_on >= since).order_by(MeetingDay.meets_on, MeetingDay.body)
    ).all()
    return render_template(
        "council/meeting_days.html", rows=[row for row in rows if row.meets_on >= today()],
        past=[row for row in rows if row.meets_on < today()], may_administer=may_administer(),
    )  # fmt: skip


@pages.route("/settings/meeting-days/new", methods=["GET", "POST"])
@enter(Role.ADMINISTRATOR)
def add_meeting_days() -> Answer:
    """Enter days on which the executive meets."""
    council = the_council()
    form = MeetingDaysForm(body=council.executive_name if council else "Cabinet")
    if save(
        form,
        lambda: actions.add_meeting_days(
            form.body.data or "", days_in((form.days.data or "").splitlines()), by=signed_in(), at=now()
        ),
        file="council",
    ):
        flash("The meeting days are saved. Plans reserve them.")
        return redirect(url_for(".meeting_days"))
    return render_template("council/add_meeting_days.html", form=form), status_of(form)


@pages.post("/settings/meeting-days/<int:number>/cancel")
@enter(Role.ADMINISTRATOR)
def cancel_meeting_day(number: int) -> Response:
    """Say that a meeting is not held."""
    row = db.session.get(MeetingDay, number) or abort(404)
    actions.cancel_meeting_day(row, by=signed_in(), at=now())
    flash("The meeting is cancelled. Plans look for the next one.")
    return redirect(url_for(".meeting_days"))
