"""Long work on pages: asked for on the Documents page, watched, fetched, cancelled, asked for again."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from procure.demonstration.cast import Cast
from procure.documents import jobs as paper_jobs
from procure.documents import views as paper_views
from procure.documents.models import Paper
from procure.extensions import db
from procure.jobs.actions import sweep, work_waiting
from procure.jobs.models import Job
from procure.jobs.rules import KEPT_FOR
from procure.now import now as this_moment
from procure.procurement.models import Procurement
from tests.issued_papers import a_paper, with_papers
from tests.signing_in import sign_in


@pytest.fixture
def file(app: Flask, cast: Cast, client: FlaskClient) -> Procurement:
    """The file with two papers; its officer has signed in."""
    procurement = with_papers(cast)
    sign_in(client, cast["officer"])
    return procurement


def ask_for_the_pack(client: FlaskClient, file: Procurement, room: str = "") -> str:
    answer = client.post(f"/procurements/{file.reference}/documents/pack", data={"room": room})
    assert answer.status_code == 302
    return str(answer.location)


def work() -> None:
    work_waiting(this_moment())


def test_a_pack_is_asked_for_watched_and_saved(client: FlaskClient, file: Procurement) -> None:
    assert "Make a pack of all papers" in client.get(f"/procurements/{file.reference}/documents").text
    job = ask_for_the_pack(client, file)
    page = client.get(job).text
    assert "Waiting" in page and "<progress" in page and "Cancel" in page
    assert '<noscript><meta http-equiv="refresh"' in page and client.get(f"{job}/file").status_code == 404
    work()
    page = client.get(job).text
    assert "It is ready: 1 of 1 paper." in page and 'http-equiv="refresh"' not in page
    answer = client.get(f"{job}/file")
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=PRO-2027-014-papers-")
    assert answer.headers["X-Content-Type-Options"] == "nosniff" and answer.mimetype == "application/zip"
    assert len(zipfile.ZipFile(io.BytesIO(answer.data)).namelist()) == 2
    assert "Save the file" in client.get("/jobs").text


def test_a_double_click_makes_one_job(client: FlaskClient, file: Procurement) -> None:
    assert ask_for_the_pack(client, file) == ask_for_the_pack(client, file)
    work()
    ask_for_the_pack(client, file)
    assert db.session.scalar(select(func.count(Job.id))) == 1


def test_only_those_who_may_read_the_file_fetch_its_pack(
    app: Flask, cast: Cast, client: FlaskClient, file: Procurement
) -> None:
    job = ask_for_the_pack(client, file)
    work()
    for who, status in (("auditor", 200), ("care", 404)):
        sign_in(client, cast[who])
        for path in (job, f"{job}/progress", f"{job}/file"):
            assert client.get(path).status_code == status
        assert client.post(f"{job}/cancel").status_code in (403, 404)
    assert client.get("/jobs/999").status_code == 404
    assert "You have asked for no file yet" in client.get("/jobs").text


def test_a_job_is_cancelled_and_asked_for_again(client: FlaskClient, file: Procurement) -> None:
    job = ask_for_the_pack(client, file)
    client.post(f"{job}/cancel")
    assert "It was cancelled" in client.get(job).text
    assert "This has ended already." in client.post(f"{job}/cancel", follow_redirects=True).text
    new = client.post(f"{job}/again").location
    assert new != job and "Waiting" in client.get(new).text
    assert "There is no need to ask again." in client.post(f"{new}/again", follow_redirects=True).text


def test_what_failed_says_why_and_is_tried_again(
    client: FlaskClient, file: Procurement, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paper_jobs, "to_pdf", lambda _: None)
    paper = db.session.scalar(select(Paper.id).limit(1))
    job = client.post(f"/papers/{paper}/pdf").location
    work()
    page = client.get(job).text
    assert "It could not be made" in page and "LibreOffice isn’t installed" in page and "Try again" in page
    assert "Failed" in client.get("/jobs").text
    monkeypatch.setattr(paper_jobs, "to_pdf", lambda _: b"%PDF-1.7")
    new = client.post(f"{job}/again").location
    work()
    assert client.get(f"{new}/file").data == b"%PDF-1.7"
    assert client.post(f"/papers/{paper}/pdf").location == new


def test_without_libreoffice_the_paper_offers_word_and_itself(
    client: FlaskClient, file: Procurement, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = db.session.scalar(select(Paper.id).limit(1))
    monkeypatch.setattr(paper_views, "office", lambda: "/usr/bin/soffice")
    assert "Make a PDF" in client.get(f"/papers/{paper}").text
    monkeypatch.setattr(paper_views, "office", lambda: None)
    page = client.get(f"/papers/{paper}").text
    assert "Make a PDF" not in page and "This server makes no PDFs" in page and "Word document" in page


def test_a_result_is_gone_after_a_week_and_the_page_says_so(client: FlaskClient, file: Procurement) -> None:
    job = ask_for_the_pack(client, file)
    work()
    sweep(this_moment() + KEPT_FOR + timedelta(minutes=1))
    assert "Files are kept for seven days" in client.get(job).text
    assert client.get(f"{job}/file").status_code == 404 and "no longer kept" in client.get("/jobs").text
    assert client.post(f"{job}/again").location != job


def test_one_stage_is_packed_alone_and_no_other_word_is_taken(client: FlaskClient, file: Procurement) -> None:
    job = ask_for_the_pack(client, file, "appraisal")
    work()
    assert "-appraisal-papers-" in client.get(f"{job}/file").headers["Content-Disposition"]
    assert client.post(f"/procurements/{file.reference}/documents/pack", data={"room": "x"}).status_code == 404
    assert "No paper has been issued here yet." in empty_part(client, file)


def empty_part(client: FlaskClient, file: Procurement) -> str:
    """The page of a pack of a stage that has no paper."""
    job = ask_for_the_pack(client, file, "award")
    work()
    return client.get(job).text


def test_names_cannot_break_out_of_the_pages(client: FlaskClient, cast: Cast, file: Procurement, now: datetime) -> None:
    paper = a_paper(file, cast, now, subject="Smith & Sons <Ltd>")
    assert "Smith &amp; Sons &lt;Ltd&gt;" in client.get(f"/procurements/{file.reference}/documents").text
    job = client.post(f"/papers/{paper.id}/pdf").location
    assert not re.search("<Ltd>", client.get(job).text)


def test_the_command_does_what_waits(app: Flask, client: FlaskClient, file: Procurement) -> None:
    ask_for_the_pack(client, file)
    answer = app.test_cli_runner().invoke(args=["jobs", "run", "--json"])
    assert answer.exit_code == 0 and '"begun": 1' in answer.output and '"done": 1' in answer.output
    answer = app.test_cli_runner().invoke(args=["jobs", "run"])
    assert answer.output == "0 begun, 0 waiting, 0 under way, 0 failed.\n"
