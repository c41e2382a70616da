"""Where files are kept: whole or not at all, proved on the way out, and no orphan after a crash; on disk and in an
object store."""

from __future__ import annotations

import hashlib
import io
import multiprocessing
import os
import signal
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from procure.audit.actions import act
from procure.demonstration.cast import Cast, the_cast
from procure.documents import storage
from procure.documents.actions import content_of, keep_upload
from procure.documents.models import Paper
from procure.documents.storage import PIECE, PaperIsDamaged, keep, kept_bytes, kept_pieces, lying_in
from procure.documents.sweeping import LONG_ENOUGH, sweep_files
from procure.extensions import db
from procure.procurement.models import Procurement
from tests.an_object_store import an_object_store
from tests.conftest import lent
from tests.issued_papers import a_paper, with_papers

A_DAY_LATER = LONG_ENOUGH + timedelta(minutes=1)


@pytest.fixture(params=["folder", "object store"])
def files(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """An application whose files lie in a folder, or in an object store."""
    with lent(tmp_path, f"sqlite:///{tmp_path / 'none.db'}") as app:
        if request.param == "folder":
            yield app
            return
        with an_object_store(monkeypatch) as address:
            app.config["FILES"] = address
            yield app


def found_in(folder: str) -> list[str]:
    return [one.key for one in lying_in(folder)]


def test_a_file_of_many_pieces_comes_back_piece_by_piece(files: Flask) -> None:
    content = os.urandom(PIECE) * 9 + b"the end"
    kept = keep("uploads", io.BytesIO(content), ".bin")
    assert (kept.size, kept.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    pieces = list(kept_pieces(kept.key, kept.sha256))
    assert max(map(len, pieces)) == PIECE and b"".join(pieces) == content
    again = keep("uploads", content, ".bin")
    assert again.key != kept.key and sorted(found_in("uploads")) == sorted([kept.key, again.key])


def test_a_damaged_file_never_arrives_whole(files: Flask) -> None:
    kept = keep("papers", os.urandom(PIECE * 2))
    storage.store(kept.key, os.urandom(PIECE * 2))
    arrived = []
    with pytest.raises(PaperIsDamaged):
        arrived.extend(kept_pieces(kept.key, kept.sha256))
    assert sum(map(len, arrived)) < kept.size
    with pytest.raises(FileNotFoundError):
        kept_bytes("papers/ab/never-kept", kept.sha256)


def test_a_write_that_breaks_off_leaves_nothing(files: Flask) -> None:
    def breaks_off() -> Iterator[bytes]:
        yield os.urandom(PIECE * 12)
        raise OSError("The connection is gone")

    with pytest.raises(OSError, match="gone"), storage.writing("uploads/ab/half") as out:
        for piece in breaks_off():
            out.write(piece)
    assert found_in("uploads") == []


@pytest.fixture
def file(app: Flask, cast: Cast) -> Procurement:
    return with_papers(cast)


def test_a_sweep_takes_only_what_no_row_names_and_what_is_a_day_old(app: Flask, cast: Cast, file: Procurement) -> None:
    written = datetime.now(UTC)
    orphan = keep_upload("nobody's.txt", b"nobody names it")
    storage.store("papers/evaluation", b"kept under a name that was chosen")
    assert sweep_files(written) == 0, "an act may still be on its way"
    assert sweep_files(written + A_DAY_LATER) == 1 and sweep_files(written + A_DAY_LATER) == 0
    assert found_in("uploads") == [] and orphan.key.startswith("uploads/")
    papers = list(db.session.scalars(select(Paper)))
    assert len(papers) == 2 and all(content_of(paper) for paper in papers)
    assert kept_bytes("papers/evaluation", hashlib.sha256(b"kept under a name that was chosen").hexdigest())


def killed_in_the_middle(instance: Path, url: str, reference: str) -> None:
    """Issues a paper in a process of its own that dies after the bytes and the row, before the commit."""
    with lent(instance, url):
        procurement = db.session.scalars(select(Procurement).where(Procurement.reference == reference)).one()
        with act("issued a paper", on=procurement, by=the_cast()["officer"], at=datetime.now(UTC)):
            a_paper(procurement, the_cast(), datetime.now(UTC))
            db.session.flush()
            os.kill(os.getpid(), signal.SIGKILL)


def test_a_process_killed_between_bytes_and_row_leaves_an_orphan_that_the_sweep_finds(
    app: Flask, cast: Cast, file: Procurement, database_url: str
) -> None:
    before, reference = set(found_in("papers")), file.reference
    db.session.rollback()
    child = multiprocessing.get_context("spawn").Process(
        target=killed_in_the_middle, args=(Path(app.config["INSTANCE"]), database_url, reference)
    )
    child.start()
    child.join(120)
    assert child.exitcode == -signal.SIGKILL
    assert len(set(found_in("papers")) - before) == 1, "the bytes were written, the row was not"
    assert db.session.scalar(select(func.count(Paper.id))) == len(before)
    assert sweep_files(datetime.now(UTC) + A_DAY_LATER) == 1
    assert set(found_in("papers")) == before and all(content_of(one) for one in db.session.scalars(select(Paper)))
