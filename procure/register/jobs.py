"""Long work of the register: a list as a file, where it is too long to be waited for; the publication of a quarter."""

from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import parse_qs

from flask import abort

from procure.extensions import db
from procure.jobs.declare import Kind, Made, Work
from procure.law.working_days import legal_day
from procure.people.models import Person
from procure.register.actions.publishing import may_publish, publish_quarter
from procure.register.facts.exporting import HEADS, rows_of
from procure.register.facts.listing import count_of, reach_of
from procure.register.rules.listing import asked_by, quarter_named
from procure.register.rules.spreadsheets import FileKind, write_file
from procure.words import plural

MADE_AT_ONCE = 5000
"""A list of so many contracts is made while one waits; a longer one is a job."""

MOST = 10_000_000


def about_list_of(person: Person) -> str:
    """What a job with a list is about: nobody but who asked for it may open it."""
    return f"list-{person.id}"


def own_list(person: Person, about: str, day: date) -> str:
    """A list somebody asked for, if they are the one."""
    if about != about_list_of(person):
        abort(404)
    return about


def make_list(work: Work) -> Made:
    """The list as it stands when the job runs, as far as whoever asked for it may read it then."""
    person = db.session.get_one(Person, int(work.about.rpartition("-")[2]))
    asked, kind = asked_by(parse_qs(str(work.facts["asked"]))), FileKind(work.facts["kind"])
    day = legal_day(work.at)
    reach = reach_of(person, day)
    whole = count_of(asked, reach, most=MOST).number
    written = 0

    def tell(number: int) -> None:
        nonlocal written
        written = number
        db.session.rollback()
        work.progress(number, whole)

    write_file(work.result(), kind, "Contracts", HEADS, rows_of(asked, reach, day), tell)
    work.progress(whole, whole)
    name = f"contracts-{day.isoformat()}.{kind.ending}"
    return Made(name, kind.media_type, f"had a list of {plural(whole, 'contract')} made")


def make_publication(work: Work) -> Made:
    """A quarter published, its contracts counted through; what comes of it is the file of contracts that went out."""
    person = db.session.get_one(Person, int(str(work.facts["person"])))
    quarter = quarter_named(str(work.facts["quarter"]))
    assert quarter is not None
    made = publish_quarter(
        quarter,
        because=str(work.facts.get("because", "")),
        by=person,
        at=work.at,
        tell=lambda done: work.progress(done),
    )
    work.result().write(made.content)
    return Made(f"contracts-{quarter}.csv", "text/csv", f"published {quarter.label}")


def publication_open_to(person: Person, about: str, day: date) -> str:
    """Whoever may publish may see how far it is."""
    if not may_publish(person, day):
        abort(404)
    return about


LIST = Kind("contract-list", "contract", make_list, open_to=own_list, longest=timedelta(minutes=30))
PUBLICATION = Kind(
    "publication", "contract", make_publication, open_to=publication_open_to, longest=timedelta(minutes=30)
)
JOBS = (LIST, PUBLICATION)
