"""One act, one transaction, one trail: on both databases."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from sqlalchemy import select, text, update
from sqlalchemy.exc import DatabaseError

from procure.audit.actions import AlreadyDone, ChangedMeanwhile, Machine, act, form_mark
from procure.audit.models import TrailEntry, TrailHead
from procure.audit.recording import ChangedOutsideAct
from procure.audit.verifying import verify
from procure.demonstration.cast import Cast
from procure.extensions import db
from procure.people.models import Holding, Person, Post
from procure.refusals import Refusal

SYSTEM = Machine("The daily round")
AT = datetime(2027, 1, 25, 10, tzinfo=UTC)


class Noted(Refusal):
    recorded = True


def entries(file: str = "people") -> list[TrailEntry]:
    return list(db.session.scalars(select(TrailEntry).where(TrailEntry.file == file).order_by(TrailEntry.number)))


def test_a_changed_row_leaves_who_when_why_old_and_new(cast: Cast) -> None:
    person = cast["officer"]
    with act("corrected a name", on=person, by=cast["administrator"], at=AT, note="She married."):
        person.name = "A. Married"
    last = entries()[-1]
    assert (last.said, last.note, last.by_words) == (
        "corrected a name", "She married.", "T. Administrator, System Administrator",
    )  # fmt: skip
    assert last.at == AT
    assert last.payload == '{"new":{"name":"A. Married"},"old":{"name":"A. Officer"}}'


def test_a_recorded_row_cannot_be_changed_outside_an_act(cast: Cast) -> None:
    cast["officer"].name = "Somebody else"
    with pytest.raises(ChangedOutsideAct):
        db.session.commit()
    db.session.rollback()
    assert cast["officer"].name == "A. Officer"


def test_recorded_rows_cannot_be_changed_in_bulk(cast: Cast) -> None:
    with pytest.raises(ChangedOutsideAct), act("changed all", on="people", by=SYSTEM, at=AT):
        db.session.execute(update(Person).values(name="Everybody"))
    assert verify().verified


def test_an_act_that_is_refused_leaves_nothing_behind(cast: Cast) -> None:
    before = len(entries())
    with pytest.raises(Refusal), act("tried", on=cast["officer"], by=SYSTEM, at=AT):
        cast["officer"].name = "Half done"
        db.session.flush()
        raise Refusal("No.")
    assert cast["officer"].name == "A. Officer"
    assert len(entries()) == before


def test_a_refusal_worth_knowing_is_written_after_the_rollback(cast: Cast) -> None:
    with pytest.raises(Noted), act("opened prices", on=cast["officer"], by=cast["evaluator1"], at=AT):
        raise Noted("Prices stay closed until quality is agreed.")
    last = entries()[-1]
    assert (last.kind, last.note) == ("refused", "Prices stay closed until quality is agreed.")
    assert verify().verified


def test_an_act_inside_an_act_joins_it(cast: Cast) -> None:
    with act("did two things", on=cast["officer"], by=SYSTEM, at=AT):
        cast["officer"].name = "One"
        with act("an inner thing", on=cast["manager"], by=SYSTEM, at=AT):
            cast["manager"].name = "Two"
    made = [entry for entry in entries() if entry.said == "did two things"]
    assert len(made) == 2
    assert len({entry.act_id for entry in made}) == 1


def test_the_second_of_two_savers_is_told(cast: Cast) -> None:
    seen = cast["officer"].version
    with act("first", on=cast["officer"], by=SYSTEM, at=AT, sees=seen):
        cast["officer"].name = "First"
    with pytest.raises(ChangedMeanwhile), act("second", on=cast["officer"], by=SYSTEM, at=AT, sees=seen):
        cast["officer"].name = "Second"
    assert cast["officer"].name == "First"


def test_the_same_form_acts_once(cast: Cast) -> None:
    token = form_mark.set("8f14e45fceea167a5a36dedd4bea2543")
    try:
        with act("saved", on=cast["officer"], by=SYSTEM, at=AT):
            cast["officer"].name = "Once"
        with pytest.raises(AlreadyDone), act("saved", on=cast["officer"], by=SYSTEM, at=AT):
            cast["officer"].name = "Twice"
    finally:
        form_mark.reset(token)
    assert cast["officer"].name == "Once"


def test_secrets_are_noted_but_never_kept(cast: Cast) -> None:
    with act("chose a password", on=cast["officer"], by=cast["officer"], at=AT):
        cast["officer"].password_hash = "$argon2id$v=19$secret"
    assert "secret" not in (entries()[-1].payload or "")
    assert "password_hash" in (entries()[-1].payload or "")
    assert verify().verified


def test_entries_can_be_neither_changed_nor_removed(cast: Cast) -> None:
    for words in ("UPDATE trail_entry SET said = 'x'", "DELETE FROM trail_entry"):
        with pytest.raises(DatabaseError):
            db.session.execute(text(words))
        db.session.rollback()


def _without_triggers(words: str) -> None:
    """What somebody with the keys to the database could do."""
    with db.engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            connection.execute(text("DROP TRIGGER trail_entry_is_never_changed"))
            connection.execute(text("DROP TRIGGER trail_entry_is_never_removed"))
        else:
            connection.execute(text("ALTER TABLE trail_entry DISABLE TRIGGER ALL"))
        connection.execute(text(words))
    db.session.rollback()


@pytest.mark.parametrize(
    ("deed", "reason"),
    [
        ("UPDATE trail_entry SET payload = '{}' WHERE file = 'people' AND number = 3", "payload has been changed"),
        ("UPDATE trail_entry SET by_words = 'Nobody' WHERE file = 'people' AND number = 3", "entry has been changed"),
        ("DELETE FROM trail_entry WHERE file = 'people' AND number = 3", "Entry 3 has been removed"),
        ("UPDATE person SET name = 'Changed' WHERE email = 'officer@lbbd.example'", "name is 'Changed'"),
        ("DELETE FROM role_grant WHERE id = (SELECT max(id) FROM role_grant)", "is gone without an entry"),
    ],
)
def test_whatever_is_changed_behind_its_back_is_named(cast: Cast, deed: str, reason: str) -> None:
    _without_triggers(deed)
    found = verify()
    assert not found.verified
    assert any(reason in doubt["reason"] for doubt in found.broken), found.broken


def test_the_removal_of_the_last_entry_is_noticed(cast: Cast) -> None:
    last = entries()[-1].number
    _without_triggers(f"DELETE FROM trail_entry WHERE file = 'people' AND number = {last}")
    assert any("has been removed" in doubt["reason"] for doubt in verify().broken)


def test_a_row_put_in_behind_its_back_is_noticed(cast: Cast) -> None:
    post = cast["officer"].holdings[0].post_id
    _without_triggers(
        "INSERT INTO holding (post_id, person_id, from_on, capacity, version) "
        f"VALUES ({post}, {cast['auditor'].id}, '2027-01-01', 'substantive', 1)"
    )
    assert any("has no entry" in doubt["reason"] for doubt in verify().broken)


def test_a_disposed_payload_leaves_the_chain_whole(cast: Cast) -> None:
    db.session.execute(text("UPDATE trail_entry SET payload = NULL WHERE file = 'people' AND number = 2"))
    db.session.commit()
    assert verify().verified


def test_a_row_added_and_changed_in_one_act_is_one_entry(cast: Cast) -> None:
    with act("added a post", on="people", by=SYSTEM, at=AT):
        post = Post(name="New post", kind="officer")
        db.session.add(post)
        db.session.flush()
        post.name = "Newer post"
        db.session.flush()
        db.session.add(Holding(post=post, person=cast["officer"], from_on=date(2027, 1, 1)))
    added = [entry for entry in entries() if entry.said == "added a post"]
    assert [entry.kind for entry in added] == ["added", "added"]
    assert verify().verified


def test_many_acts_at_once_keep_every_chain_whole(app: Flask, cast: Cast) -> None:
    ids = [cast[key].id for key in ("officer", "manager", "law", "finance")]
    problems: list[BaseException] = []

    def rename(person_id: int) -> None:
        with app.app_context():
            for number in range(5):
                try:
                    person = db.session.get_one(Person, person_id)
                    with act("renamed", on=person, by=SYSTEM, at=AT):
                        person.name = f"Name {number}"
                except BaseException as problem:
                    problems.append(problem)
            db.session.remove()

    threads = [threading.Thread(target=rename, args=(one,)) for one in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()
    assert problems == []
    assert verify().verified
    head = db.session.scalars(select(TrailHead).where(TrailHead.file == "people")).one()
    assert head.count == len(entries())


def test_two_first_acts_at_once_begin_one_chain(app: Flask, cast: Cast, now: datetime) -> None:
    """Nothing can be locked before there is a head: both wait on its unique row in place of failing on it."""
    names = ("PRO-2027-901", "PRO-2027-901", "PRO-2027-902")
    gate, broken = threading.Barrier(len(names)), []

    def acts(file: str, note: str) -> None:
        with app.app_context():
            try:
                gate.wait(5)
                with act("looked at the file", on=file, by=Machine("test"), at=now, note=note):
                    pass
            except Exception as problem:
                broken.append(problem)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=acts, args=(name, str(at))) for at, name in enumerate(names)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert not broken
    db.session.rollback()
    found = db.session.execute(select(TrailEntry.file, TrailEntry.number).where(TrailEntry.file.in_(names))).all()
    assert sorted(tuple(one) for one in found) == [("PRO-2027-901", 1), ("PRO-2027-901", 2), ("PRO-2027-902", 1)]
    assert verify().verified
