"""Pages of a competition's papers: each thing is said once, each paper is read and issued, each closed one stays so."""

from __future__ import annotations

from datetime import date

from flask.testing import FlaskClient
from sqlalchemy import select

from procure.audit.actions import act
from procure.demonstration import days, evaluation, settled
from procure.demonstration.cast import COMMISSIONING, Cast
from procure.documents.asking_models import PaperAnswer
from procure.documents.models import Paper
from procure.evaluation.actions.papers import issue_paper
from procure.evaluation.documents import DECLARATION, MODERATION_RECORD
from procure.evaluation.facts import member_for
from procure.evaluation.models import ConflictDeclaration, PanelMember
from procure.evaluation.rules import EvaluatorRole
from procure.extensions import db
from procure.people.actions import grant_role
from procure.people.rules import Role
from tests.a_competition import (
    REFERENCE,
    a_file_to_tender,
    evaluated,
    evaluating,
    on_the_day,
    open_to_bids,
    page_of,
    sent,
)
from tests.signing_in import sign_in
from tests.two_lots import two_lots

ODD = "Smith & Sons <Ltd>"
SHOWN = "Smith &amp; Sons &lt;Ltd&gt;"


def day(name: str, on: date) -> dict[str, object]:
    return {f"{name}-day": on.day, f"{name}-month": on.month, f"{name}-year": on.year}


def test_the_lines_of_the_pricing_schedule_are_typed_once_and_the_workbook_is_fetched(
    cast: Cast, client: FlaskClient
) -> None:
    a_file_to_tender(cast)
    on_the_day(days.PAPERS_WRITTEN)
    sign_in(client, cast["officer"])
    assert "Management | Staff who lead the contract" in page_of(client, "tender/pricing")
    wrong = f"{ODD} | Costs | year | many"
    status, page = sent(client, "tender/pricing", lines=wrong, own_lines="3", rates="")
    assert status == 422 and "Line 1: the quantity must be a number above 0" in page and SHOWN in page
    status, page = sent(client, "tender/pricing", lines=f"{ODD} | Costs | year", own_lines="3", rates="")
    assert status == 200 and "The lines of the pricing schedule are saved." in page
    page = page_of(client, "tender/papers/pricing-schedule")
    assert SHOWN in page and "which price is scored" in page and "to fill in" in page
    answer = client.get(f"/procurements/{REFERENCE}/tender/papers/pricing-schedule/draft.docx")
    assert answer.mimetype.endswith("spreadsheetml.sheet") and answer.data[:2] == b"PK"
    assert "pricing-schedule-vdraft.xlsx" in answer.headers["Content-Disposition"]


def test_the_conflicts_assessment_is_prepared_filled_and_issued_by_its_pages(cast: Cast, client: FlaskClient) -> None:
    a_file_to_tender(cast)
    on_the_day(days.PAPERS_ISSUED)
    sign_in(client, cast["officer"])
    assert "No assessment is prepared yet" in page_of(client, "tender/conflicts")
    whole = day("prepared_on", settled.PREPARED) | day("approved_on", settled.APPROVED)
    status, page = sent(client, "tender/conflicts/prepared", approver_post_id="", **whole)
    assert status == 422 and "Choose the post that approves it" in page and 'value="2027"' in page
    status, page = sent(client, "tender/conflicts/prepared", approver_post_id=cast.post(COMMISSIONING).id, **whole)
    assert status == 200 and "Add somebody" in page
    somebody = {"name": ODD, "post": "Adviser", "role": "Wrote the specification"} | day(
        "declared_on", settled.DECLARED
    )
    status, page = sent(client, "tender/conflicts/people", has_interest="yes", interest="A share.", **somebody)
    assert status == 422 and "Say what was done about it" in page and SHOWN in page
    status, page = sent(client, "tender/conflicts/people", has_interest="no", interest="A share.", **somebody)
    assert status == 200 and f"{SHOWN} is on the list." in page and "No conflict was found" in page
    status, page = sent(client, "tender/conflicts/people/1/declaration")
    assert status == 200 and "Declaration of interests, version 1, is issued and kept." in page
    assert "I have no interest to declare." in page and "Before the tender notice" in page
    status, page = sent(client, "documents/conflicts-assessment/issue")
    assert status == 200 and "Conflicts assessment, version 1, is issued and kept." in page
    assert "conflicts" in page_of(client, "history")


def test_an_addendum_is_written_read_and_issued_and_then_stays(cast: Cast, client: FlaskClient) -> None:
    open_to_bids(cast)
    on_the_day(days.BRIEFING)
    sign_in(client, cast["officer"])
    assert "The papers stand as they went out" in page_of(client, "tender/addenda")
    said = {"reason": "A figure was wrong.", "deadline_reason": "It is small.", "may_be_made": "No criterion changes."}
    status, page = sent(client, "tender/addenda/write", **said)
    assert status == 422 and "Say what changes" in page and "A figure was wrong." in page
    change = {"changes-0-place": ODD, "changes-0-old": "18", "changes-0-new": ""}
    status, page = sent(client, "tender/addenda/write", **(said | change))
    assert status == 422 and "Enter “is now” of this change" in page and SHOWN in page
    status, page = sent(client, "tender/addenda/write", **(said | change | {"changes-0-new": "19"}))
    assert status == 200 and "Addendum 1 is written. Read it, then issue it." in page and SHOWN in page
    assert "No criterion changes." not in page
    status, page = sent(client, "tender/addenda/1/issue")
    assert status == 200 and "Send it to every bidder today." in page
    status, page = sent(client, "tender/addenda/1", **(said | change | {"changes-0-new": "20"}))
    assert status == 422 and "stays as it is" in page


def test_what_a_paper_asks_is_answered_once_and_a_second_writer_is_told(cast: Cast, client: FlaskClient) -> None:
    a_file_to_tender(cast)
    on_the_day(days.PAPERS_ISSUED)
    sign_in(client, cast["officer"])
    path = "documents/procurement-strategy/questions"
    assert "1 question, none answered yet" in page_of(client, "documents/procurement-strategy")
    key = page_of(client, path).split('name="answer_')[1].split('"')[0]
    status, page = sent(client, path, **{f"answer_{key}": f"Yes, says {ODD}.", "version": "0"})
    assert status == 200 and "The answers are kept with the file." in page and SHOWN in page
    status, page = sent(client, path, **{f"answer_{key}": "No.", "version": "0"})
    assert status == 409 and "No." in page
    status, page = sent(client, path, **{f"answer_{key}": "", "version": "1"})
    assert status == 422 and "not taken away" in page
    (row,) = db.session.scalars(select(PaperAnswer))
    assert row.answer == f"Yes, says {ODD}." and row.question.startswith("Is every CPV code")
    sign_in(client, cast["auditor"])
    assert SHOWN in page_of(client, path)
    assert client.get(f"/procurements/{REFERENCE}/documents/form-of-tender/questions").status_code == 404


def test_checks_and_the_account_are_said_and_the_report_is_issued(cast: Cast, client: FlaskClient) -> None:
    file = evaluating(cast)
    evaluation.receive(file, cast)
    evaluation.score_alone(file, cast)
    on_the_day(days.EVALUATED)
    sign_in(client, cast["officer"])
    assert "Closed until every score is agreed" in page_of(client, "evaluation/papers")
    assert client.get(f"/procurements/{REFERENCE}/evaluation/papers/evaluation-report").status_code == 422
    evaluation.agree(file, cast)
    found = {
        f"{name}_{bid.id}": "Nothing" for bid in file.only_lot.bids for name in ("missing", "anomaly", "conditions")
    }
    found |= {f"conditions_{bid.id}": ODD for bid in file.only_lot.bids}
    evaluation.look_everybody_up(file, cast)
    status, page = sent(client, "evaluation/checks", **found)
    assert status == 200 and "The checks are saved." in page
    said = {"due_diligence": "Accounts.", "events": "", "lessons": "", "checker_post_id": cast.post(COMMISSIONING).id}
    status, page = sent(client, "evaluation/account", **said, **day("checked_on", date(2028, 1, 1)))
    assert status == 422 and "on a day to come" in page and "Accounts." in page
    status, page = sent(client, "evaluation/account", **said, **day("checked_on", days.EVALUATED))
    assert status == 200 and "What the report says is saved." in page
    assert "Nothing unusual happened" in page_of(client, "evaluation/papers/evaluation-report")
    status, page = sent(client, "evaluation/papers/evaluation-report/issue")
    assert status == 200 and "Evaluation report, version 1, is issued and kept." in page and SHOWN in page


def test_a_working_paper_of_one_lot_opens_to_that_lot_s_panel(cast: Cast, client: FlaskClient) -> None:
    file = two_lots(cast)
    for lot, key in zip(file.lots, ("evaluator1", "evaluator2"), strict=True):
        with act("put somebody on the panel", on=lot, by=cast["officer"], at=days.at(days.EVALUATED)):
            assert lot.evaluation is not None
            said = [ConflictDeclaration(bid=bid, made_at=days.at(days.EVALUATED)) for bid in lot.bids]
            own = PanelMember(
                evaluation=lot.evaluation, person=cast[key], role=EvaluatorRole.EVALUATOR, declarations=said
            )
            db.session.add(own)
        grant_role(cast[key], Role.EVALUATOR, procurement=file, by=cast["officer"], at=days.at(days.EVALUATED))
    papers = [
        issue_paper(lot, DECLARATION, member_for(lot, cast[key]), by=cast["officer"], at=days.at(days.EVALUATED))
        for lot, key in zip(file.lots, ("evaluator1", "evaluator2"), strict=True)
    ]
    own, other = papers[0].id, papers[1].id
    on_the_day(days.EVALUATED)
    sign_in(client, cast["evaluator1"])
    assert [client.get(f"/papers/{number}").status_code for number in (own, other)] == [200, 403]
    listed = page_of(client, "documents")
    assert f"/papers/{own}" in listed and f"/papers/{other}" not in listed


def test_issued_working_papers_open_to_those_who_read_bids_alone(cast: Cast, client: FlaskClient) -> None:
    file = evaluated(cast)
    paper = issue_paper(file.only_lot, MODERATION_RECORD, None, by=cast["officer"], at=days.at(days.EVALUATED, 16))
    key = db.session.scalars(select(Paper.id).where(Paper.name == paper.name)).one()
    on_the_day(days.PREPARED)
    for who, status in (("officer", 200), ("auditor", 200), ("evaluator1", 200), ("director", 403)):
        sign_in(client, cast[who])
        assert client.get(f"/papers/{key}").status_code == status, who
        assert ("Moderation record" in page_of(client, "documents")) == (status == 200), who
        assert client.get(f"/papers/{key}/word").status_code == status, who
    answer = client.post(f"/procurements/{REFERENCE}/documents/pack", data={"room": "evaluation"})
    assert answer.status_code == 403
