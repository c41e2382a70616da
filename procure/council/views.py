"""Settings: one list of them, the council's particulars, the quote bands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, current_app, flash, g, redirect, render_template, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from procure.council import actions
from procure.council.forms import BandForm, CouncilForm, EndBandForm, TenderPapersForm
from procure.council.models import Council, QuoteBand, StandingTerms
from procure.council.rules import by_day
from procure.extensions import db
from procure.frame import the_council
from procure.now import now, today
from procure.people.access import enter, global_roles_of, signed_in
from procure.people.models import Post
from procure.people.rules import Role
from procure.saving import save, status_of

pages = Blueprint("council", __name__)

READERS = (Role.ADMINISTRATOR, Role.AUDITOR)
Answer = str | Response | tuple[str, int]


@dataclass(frozen=True)
class Setting:
    """One entry of the list of settings. Its page says who may enter, and so who sees it here."""

    label: str
    hint: str
    page: str


SETTINGS = (
    (
        "The council",
        (
            Setting("The council’s particulars", "Name, address, legal and finance officers", "council.particulars"),
            Setting(
                "What our tender papers say",
                "Mailboxes, policies, and what a new tender starts with",
                "council.tender_papers",
            ),
            Setting("Procedure rules", "Key decisions, call-in and sealing, by date", "council.rules"),
            Setting("Figures of the law", "Thresholds, periods and standstill, by date", "council.figures"),
            Setting("Bank holidays", "The official list, and days proclaimed since", "council.bank_holidays"),
            Setting("Light touch services", "The list of CPV codes, by date", "council.light_touch"),
            Setting("Meeting days", "When the executive meets, for timetables", "council.meeting_days"),
            Setting("Quote bands", "How many quotes a purchase needs, by value and date", "council.quote_bands"),
            Setting("Scheme of delegation", "What each post may decide without Cabinet", "scheme.index"),
            Setting("Waiver reasons", "When a rule of the council may be set aside", "council.waiver_reasons"),
            Setting("Grants and ring-fences", "Money with a purpose, and what was taken from it", "budget.index"),
        ),
    ),
    (
        "People",
        (
            Setting("People", "Who may sign in, their posts and roles", "people.index"),
            Setting("Posts", "Who holds each post, and the post next up", "people.posts"),
        ),
    ),
    (
        "Letters and papers",
        (
            Setting("Letters", "What was sent to whom, and what could not be sent", "mail.index"),
            Setting("When reminders go", "How long before its day, by class of contract", "reminder.offsets"),
            Setting("Templates", "The Word papers, and your own versions of them", "documents.templates"),
        ),
    ),
    (
        "Checking",
        (
            Setting("Trail", "Every change: who, when, what it was before", "audit.trail"),
            Setting("Clock", "Whether the daily rounds ran", "reminder.clock"),
        ),
    ),
)
"""Everything under Settings. A page that isn't there, or that the reader may not enter, is left out."""


@pages.get("/settings")
@enter(*READERS, Role.OFFICER, Role.DEMOCRATIC_SERVICES, Role.MONITORING_OFFICER)
def settings() -> str:
    """The list of settings which the reader may open."""
    roles = global_roles_of(signed_in(), today())
    groups = [(heading, [one for one in group if _may_enter(one.page, roles)]) for heading, group in SETTINGS]
    return render_template("council/settings.html", groups=[(heading, group) for heading, group in groups if group])


def _may_enter(page: str, roles: frozenset[Role]) -> bool:
    entry = getattr(current_app.view_functions.get(page), "entry", None)
    return entry is not None and (not entry.roles or bool(entry.roles & roles))


def may_administer() -> bool:
    """Whether the reader may change the council's settings."""
    return Role.ADMINISTRATOR in global_roles_of(signed_in(), today())


def _council() -> Council:
    council = the_council()
    if council is None:
        abort(404)
    return council


@pages.get("/settings/council")
@enter(*READERS)
def particulars() -> str:
    """What the council says of itself."""
    return render_template("council/particulars.html", its=_council(), may_administer=may_administer())


@pages.route("/settings/council/change", methods=["GET", "POST"])
@enter(Role.ADMINISTRATOR)
def change() -> Answer:
    """Correct the council's particulars."""
    council = _council()
    form = _council_form(council)
    if save(
        form,
        lambda: actions.change_particulars(council, by=signed_in(), at=now(), sees=form.version.data, **_typed(form)),
        file="council",
        fresh=lambda: _council_form(council, formdata=None),
    ):
        g.pop("council", None)
        flash("The council’s particulars are changed.")
        return redirect(url_for(".particulars"))
    return render_template("council/change.html", form=form), status_of(form)


def _standing_terms() -> StandingTerms | None:
    return db.session.scalars(select(StandingTerms).order_by(StandingTerms.id)).first()


@pages.get("/settings/tender-papers")
@enter(*READERS, Role.OFFICER)
def tender_papers() -> str:
    """What every tender paper says, and what a new tender is first filled with."""
    return render_template("council/tender_papers.html", its=_standing_terms(), may_administer=may_administer())


@pages.route("/settings/tender-papers/change", methods=["GET", "POST"])
@enter(Role.ADMINISTRATOR)
def change_tender_papers() -> Answer:
    """Change what every tender paper says."""
    row = _standing_terms()
    form = _papers_form(row)

    def keep() -> None:
        actions.say_standing_terms(row, by=signed_in(), at=now(), sees=form.version.data, **_papers_typed(form))

    if save(form, keep, file="council", fresh=lambda: _papers_form(row, formdata=None)):
        flash("What our tender papers say is saved.")
        return redirect(url_for(".tender_papers"))
    return render_template("council/change_tender_papers.html", form=form), status_of(form)


LISTS_OF_TERMS = ("policies", "insurance", "returns")


def _papers_form(row: StandingTerms | None, **more: Any) -> TenderPapersForm:
    given = {field.short_name: getattr(row, field.short_name, None) for field in TenderPapersForm()} if row else {}
    lists = {name: getattr(row, name).splitlines() for name in LISTS_OF_TERMS} if row else {}
    usual = {} if row else {"payment_days": 30, "validity_days": 180}
    return TenderPapersForm(data=given | lists | usual, **more)


def _papers_typed(form: TenderPapersForm) -> dict[str, Any]:
    own = ("once", "version", "csrf_token")
    found = {field.short_name: field.data for field in form if field.short_name not in own}
    return found | {name: "\n".join(found[name]) for name in LISTS_OF_TERMS}


def _council_form(council: Council, **more: Any) -> CouncilForm:
    form = CouncilForm(obj=council, **more)
    posts = db.session.scalars(select(Post).where(Post.ended_on.is_(None)).order_by(Post.name))
    choices = [(str(post.id), post.name) for post in posts]
    form.monitoring_officer_post_id.choices = form.finance_officer_post_id.choices = choices
    return form


def _typed(form: CouncilForm) -> dict[str, Any]:
    lines = ("name", "address", "procurement_email", "executive_name", "portal_name", "portal_url")
    posts = ("monitoring_officer_post_id", "finance_officer_post_id")
    return {
        **{name: form[name].data or "" for name in lines},
        **{name: int(form[name].data) if form[name].data else None for name in posts},
    }


@pages.get("/settings/quote-bands")
@enter(*READERS, Role.OFFICER)
def quote_bands() -> str:
    """The bands of the contract procedure rules: in force, to come, past."""
    day = today()
    bands = list(db.session.scalars(select(QuoteBand).order_by(QuoteBand.from_net, QuoteBand.from_on)))
    in_force, to_come, over = by_day(bands, day)
    return render_template(
        "council/quote_bands.html",
        in_force=in_force,
        to_come=to_come,
        over=over,
        gap=actions.gap_on(day) if bands else None,
        may_administer=may_administer(),
    )


@pages.route("/settings/quote-bands/new", methods=["GET", "POST"])
@enter(Role.ADMINISTRATOR)
def add_band() -> Answer:
    """Add a band from a day on."""
    form = BandForm(from_on=today())
    if save(
        form,
        lambda: actions.add_band(
            from_net=form.from_net.data,
            below_net=form.below_net.data,
            quotes_needed=form.quotes_needed.data,
            words=form.words.data or "",
            approver=form.approver.data or "",
            must_advertise=form.must_advertise.data,
            source=form.source.data or "",
            from_on=form.from_on.data,
            by=signed_in(),
            at=now(),
        ),
        file="council",
    ):
        flash("The quote band is added.")
        return redirect(url_for(".quote_bands"))
    return render_template("council/band.html", form=form), status_of(form)


@pages.route("/settings/quote-bands/<int:number>/end", methods=["GET", "POST"])
@enter(Role.ADMINISTRATOR)
def end_band(number: int) -> Answer:
    """Say which day is the last of a band."""
    band = db.session.get(QuoteBand, number)
    if band is None:
        abort(404)
    form = EndBandForm(obj=band) if band.until_on else EndBandForm(until_on=today(), version=band.version)
    if save(
        form,
        lambda: actions.end_band(band, until_on=form.until_on.data, by=signed_in(), at=now(), sees=form.version.data),
        file="council",
        fresh=lambda: EndBandForm(formdata=None, obj=band),
    ):
        flash("The last day of the quote band is set.")
        return redirect(url_for(".quote_bands"))
    return render_template("council/end_band.html", form=form, band=band), status_of(form)
