"""Those at a decision: asked in the mode of the power, chased by itself, told what became of it, one signature."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from procure.audit.actions import ChangedMeanwhile, Machine, act
from procure.audit.models import TrailEntry
from procure.audit.verifying import verify
from procure.authority import consulting_actions, signing_actions
from procure.authority.access import has_stepped_aside, views_of
from procure.authority.chasing import chase_round
from procure.authority.models import Decision
from procure.authority.rules import ConsultationMode, DecisionState, Interest, View
from procure.authority.signature import broken, signed_as
from procure.demonstration import authority as demonstration
from procure.demonstration import days
from procure.demonstration.cast import CARE, COMMUNITY, DIRECTOR, LAW, Cast
from procure.demonstration.days import at
from procure.documents.models import Paper
from procure.documents.storage import store
from procure.extensions import db
from procure.mail.models import Letter
from procure.people.models import Cover, Holding
from procure.procurement.rules import Stage
from tests.an_award import a_lot_to_award

TEST = Machine("test")
SIGNING = at(days.SIGNING, 14, 14)


def drafted(cast: Cast) -> Decision:
    return demonstration.prepare_award_decision(a_lot_to_award(cast), cast)


def asked(cast: Cast) -> Decision:
    decision = drafted(cast)
    demonstration.advise(decision, cast)
    demonstration.ask(decision, cast)
    return decision


def with_the_director(cast: Cast) -> Decision:
    decision = asked(cast)
    demonstration.early_answers(decision, cast)
    demonstration.last_answer(decision, cast)
    return decision


def letters(name: str) -> list[Letter]:
    return list(db.session.scalars(select(Letter).where(Letter.name == name).order_by(Letter.id)))


def acts(said: str) -> list[TrailEntry]:
    return list(db.session.scalars(select(TrailEntry).where(TrailEntry.said == said)))


def cover(cast: Cast, post: str, key: str, authority: str = "constitution, part 3.4") -> None:
    with act("set a cover", on="people", by=TEST, at=SIGNING):
        found = cast.post(post)
        db.session.add(
            Cover(
                post=found, person=cast[key], away=found.holding_on(days.SIGNING).person, from_on=days.SIGNING,
                until_on=date(2027, 12, 3), reason="Leave", authority=authority, set_by=cast["administrator"],
            )
        )  # fmt: skip


def a_paper(decision: Decision, cast: Cast) -> Paper:
    """A paper before the director, kept as it was issued."""
    content = b"The evaluation, as it was."
    store("papers/evaluation", content)
    with act("issued a paper", on=decision.procurement, by=TEST, at=SIGNING):
        paper = Paper(
            about=decision.trail_file(), name="evaluation-report", number=1, title="Evaluation report", reference="E-1",
            template_sha256="0" * 64, facts="{}", file_key="papers/evaluation", size=len(content),
            sha256=hashlib.sha256(content).hexdigest(), author=cast["officer"], author_post="Procurement Officer",
            issued_at=SIGNING,
        )  # fmt: skip
        db.session.add(paper)
    return paper


# ── asked ──


def test_each_is_asked_in_the_mode_of_the_power(cast: Cast) -> None:
    decision = drafted(cast)
    with act("read the words again", on=decision.delegation, by=TEST, at=at(days.PREPARED, 12)):
        decision.delegation.consultees[0].mode = ConsultationMode.AGREE
    demonstration.ask(decision, cast)
    first = decision.delegation.consultees[0].post
    modes = {view.post.name: view.mode for view in decision.views}
    assert modes.pop(first.name) is ConsultationMode.AGREE and set(modes.values()) == {ConsultationMode.CONSULT}
    letter = next(one for one in letters("asked_for_view") if one.to_post == first.name)
    assert letter.subject.startswith("Say whether you agree by") and "may decide this only if you agree" in letter.text
    others = [one for one in letters("asked_for_view") if one is not letter]
    assert all(one.subject.startswith("Give your view by") for one in others)


def test_who_holds_two_posts_answers_for_each(cast: Cast) -> None:
    decision = asked(cast)
    with act("gave a second post", on="people", by=TEST, at=at(days.ASKED, 12)):
        cast.post(COMMUNITY).holding_on(days.ASKED).until_on = days.ASKED
        db.session.add(Holding(post=cast.post(COMMUNITY), person=cast["care"], from_on=date(2027, 11, 13)))
    mine = views_of(cast["care"], decision, days.WAITING)
    assert {view.post.name for view in mine} == {CARE, COMMUNITY}
    consulting_actions.answer(
        mine[0], said=View.CONTENT, text="", interest=Interest.NONE, by=cast["care"], at=at(days.WAITING)
    )
    assert mine[1].answered_at is None, "one answer is not two"


def test_who_declared_an_interest_steps_aside_until_there_is_a_dispensation(cast: Cast) -> None:
    decision = asked(cast)
    view = demonstration.view_of(decision, CARE)
    assert not has_stepped_aside(cast["care"], decision, days.WAITING)
    consulting_actions.answer(
        view, said=View.CONTENT, text="", interest=Interest.DECLARED, interest_text="My sister works there.",
        by=cast["care"], at=at(days.WAITING),
    )  # fmt: skip
    assert has_stepped_aside(cast["care"], decision, days.WAITING)
    assert not has_stepped_aside(cast["community"], decision, days.WAITING)
    consulting_actions.record_dispensation(view, "Chief Executive", by=cast["officer"], at=at(days.WAITING, 12))
    assert not has_stepped_aside(cast["care"], decision, days.WAITING)


# ── chased ──


def test_the_round_chases_once_on_the_working_day_before(cast: Cast) -> None:
    decision = asked(cast)
    assert chase_round(date(2027, 11, 16), at=at(date(2027, 11, 16), 7, 30)).chased == 0
    consulting_actions.chase(demonstration.view_of(decision, LAW), by=cast["officer"], at=at(date(2027, 11, 16)))
    done = chase_round(days.WAITING, at=at(days.WAITING, 7, 30))
    assert done.chased == 3 and done.words == "3 views chased" and done.problems == []
    assert chase_round(days.WAITING, at=at(days.WAITING, 7, 45)).words == "nobody had to be chased"
    assert len(letters("chased")) == 4 and all(view.chased_at for view in decision.views)
    assert acts(f"chased the {CARE}")[0].by_words == "The daily round"


def test_a_round_that_slept_catches_up_and_a_vacant_post_is_named_to_the_officer(cast: Cast) -> None:
    decision = asked(cast)
    with act("left the post vacant", on="people", by=TEST, at=at(days.WAITING)):
        cast.post(CARE).holding_on(days.WAITING).until_on = days.WAITING
    done = chase_round(days.SIGNING, at=at(days.SIGNING, 7, 30))
    assert (done.chased, done.told) == (3, 1)
    assert demonstration.view_of(decision, CARE).chased_at is None, "there is nobody to write to"
    (told,) = letters("views_late")
    assert told.to_id == cast["officer"].id and f"Nobody holds the post of the {CARE}" in told.text
    assert "Silence isn’t consent." in told.text and "Monitoring Officer" in told.text
    assert chase_round(days.SIGNING, at=at(days.SIGNING, 7, 45)).told == 0


def test_the_director_is_reminded_before_the_day_to_sign_and_once_after_it(cast: Cast) -> None:
    decision = with_the_director(cast)
    assert decision.sign_by_on == days.PUBLISHED  # a Monday
    assert chase_round(days.VIEWS_DUE, at=at(days.VIEWS_DUE, 16)).reminded == 0, "it was sent today"
    assert chase_round(days.SIGNING, at=at(days.SIGNING, 7, 30)).reminded == 1
    assert chase_round(date(2027, 11, 20), at=at(date(2027, 11, 20), 7, 30)).reminded == 0
    assert chase_round(date(2027, 11, 23), at=at(date(2027, 11, 23), 7, 30)).reminded == 1
    soon, late = letters("sign_reminder")
    assert soon.to_id == late.to_id == cast["director"].id
    assert soon.subject.startswith("Decide by 22 November") and late.subject.startswith("The day to decide was")


@pytest.mark.parametrize("stage", [Stage.PAUSED, Stage.ABANDONED])
def test_a_file_at_rest_is_left_alone(cast: Cast, stage: Stage) -> None:
    decision = asked(cast)
    with act("moved the file", on=decision.procurement, by=TEST, at=at(days.WAITING)):
        decision.lot.stage = decision.procurement.stage = stage
    assert chase_round(days.SIGNING, at=at(days.SIGNING, 7, 30)).words == "nobody had to be chased"


def test_two_clocks_at_once_chase_each_once(app: Flask, cast: Cast) -> None:
    decision_id = asked(cast).id
    db.session.remove()

    def go(_: int) -> int:
        with app.app_context():
            done = chase_round(days.SIGNING, at=at(days.SIGNING, 7, 30))
            db.session.remove()
            return done.chased + done.told

    with ThreadPoolExecutor(3) as pool:
        assert sum(pool.map(go, range(3))) == 5
    assert len(letters("chased")) == 4 and len(letters("views_late")) == 1
    assert all(view.chased_at for view in db.session.get_one(Decision, decision_id).views)
    assert verify().verified


def test_the_officer_chases_all_who_have_not_answered(cast: Cast) -> None:
    decision = asked(cast)
    demonstration.early_answers(decision, cast)
    chased = consulting_actions.chase_all(decision, by=cast["officer"], at=at(days.WAITING))
    assert [view.post.name for view in chased] == [CARE]
    demonstration.last_answer(decision, cast)
    with pytest.raises(consulting_actions.NotNow, match="Everybody who was asked has answered"):
        consulting_actions.chase_all(decision, by=cast["officer"], at=at(days.VIEWS_DUE, 15))


def test_the_silence_of_one_is_not_that_of_a_substitute(cast: Cast) -> None:
    decision = asked(cast)
    demonstration.early_answers(decision, cast)
    view = demonstration.view_of(decision, CARE)
    assert consulting_actions.silent_views(decision, days.SIGNING) == [view]
    with pytest.raises(consulting_actions.BadDay):
        consulting_actions.record_substitute(
            view, cast.post("Contract Manager"), "Part 2", "Away.", due_on=days.SIGNING, by=cast["officer"], at=SIGNING
        )
    consulting_actions.record_substitute(
        view, cast.post("Contract Manager"), "Part 2", "Away.", due_on=date(2027, 11, 24), by=cast["officer"],
        at=SIGNING,
    )  # fmt: skip
    assert view.chased_at is None and view.due_on == date(2027, 11, 24)
    assert consulting_actions.silent_views(decision, date(2027, 11, 25)) == []


# ── decided ──


@pytest.mark.parametrize("said", ["returned", "refused"])
def test_all_who_acted_are_told_what_the_director_did(cast: Cast, said: str) -> None:
    decision = with_the_director(cast)
    verb = signing_actions.return_to_officer if said == "returned" else signing_actions.refuse
    verb(decision, "Name <both> estates.", by=cast["director"], at=SIGNING)
    assert [one.to_id for one in letters("decision_returned")] == [cast["officer"].id]
    told = letters("decision_given_back")
    assert {one.to_id for one in told} == {cast[key].id for key in ("community", "care", "finance", "law")}
    assert all(one.subject.startswith(said.capitalize()) and "Name <both> estates." in one.text for one in told)


def test_a_signature_by_cover_is_kept_as_one(cast: Cast) -> None:
    decision = with_the_director(cast)
    cover(cast, DIRECTOR, "commissioning")
    signing_actions.sign(
        decision, interest=Interest.NONE, objection_reason="Noted.", by=cast["commissioning"], at=SIGNING
    )
    assert decision.signed_cover is not None and decision.signed_cover.person is cast["commissioning"]
    said = "R. Reviewer, covering for D. Director (constitution, part 3.4)"
    assert signed_as(decision) == said
    assert said in letters("decision_signed")[0].text
    with act("ended the cover", on="people", by=TEST, at=SIGNING):
        decision.signed_cover.until_on = days.SIGNING
    assert signed_as(decision) == said, "the signature itself says it"


def test_a_stale_page_and_a_second_press_sign_once(cast: Cast) -> None:
    decision = with_the_director(cast)
    seen = decision.version
    demonstration.sign(decision, cast)
    digest = decision.digest
    with pytest.raises(ChangedMeanwhile):
        signing_actions.sign(
            decision, interest=Interest.NONE, objection_reason="Noted.", by=cast["director"], at=SIGNING, sees=seen
        )
    with pytest.raises(signing_actions.SignatureRefused, match="is signed already"):
        demonstration.sign(decision, cast)
    assert decision.digest == digest and len(acts("signed the decision")) > 0


def test_two_at_once_sign_once(app: Flask, cast: Cast) -> None:
    decision_id, director_id = with_the_director(cast).id, cast["director"].id
    db.session.remove()

    def go(_: int) -> str:
        from procure.people.models import Person

        with app.app_context():
            try:
                signing_actions.sign(
                    db.session.get_one(Decision, decision_id), interest=Interest.NONE, objection_reason="Noted.",
                    by=db.session.get_one(Person, director_id), at=SIGNING,
                )  # fmt: skip
                return "signed"
            except (signing_actions.SignatureRefused, ChangedMeanwhile):
                return "refused"
            finally:
                db.session.remove()

    with ThreadPoolExecutor(3) as pool:
        assert sorted(pool.map(go, range(3))) == ["refused", "refused", "signed"]
    decision = db.session.get_one(Decision, decision_id)
    assert decision.state is DecisionState.SIGNED and broken(decision) == []
    records = select(Paper).where(Paper.name == "officer-decision-record")
    assert len(db.session.scalars(records).all()) == 1
    assert len({letter.to_id for letter in letters("decision_signed")}) == len(letters("decision_signed"))
    assert verify().verified


@pytest.mark.parametrize("what", ["figure", "view", "comment", "paper", "file"])
def test_whatever_changes_after_the_signature_is_seen(cast: Cast, what: str) -> None:
    decision = with_the_director(cast)
    paper = a_paper(decision, cast)
    demonstration.sign(decision, cast)
    assert broken(decision) == [] and signing_actions.damaged(decision) == []
    with act("tampered", on=decision, by=TEST, at=SIGNING):
        if what == "figure":
            decision.max_months = 61
        elif what == "view":
            decision.views[0].mode = ConsultationMode.AGREE
        elif what == "comment":
            decision.clearances[0].text = "Never said."
        elif what == "paper":
            paper.sha256 = "0" * 64
        else:
            paper.file_key = "papers/gone"
    assert broken(decision) or signing_actions.damaged(decision)
