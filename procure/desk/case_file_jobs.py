"""The case file made: a zip with an index to read and a manifest to prove, written piece by piece."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from flask import current_app
from sqlalchemy import select

from procure import words
from procure.council.models import Council
from procure.desk.case_file import Item, case_file_of, open_whole
from procure.documents.storage import PaperIsDamaged
from procure.extensions import db
from procure.jobs.declare import Kind, Made, Work
from procure.law.working_days import legal_day
from procure.now import LONDON
from procure.procurement.models import Procurement

MANIFEST, INDEX = "MANIFEST.txt", "index.html"
PACKED_ALREADY = (".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".pdf", ".png", ".jpg", ".jpeg", ".zip")
SIGN_OF_LIFE = 32
"""After so many pieces of one big file the job says that it lives."""


@dataclass(frozen=True)
class Packed:
    """A file as it lies in the zip."""

    at: datetime
    kind: str
    title: str
    said: str
    path: str
    size: int
    sha256: str


def make_case_file(work: Work) -> Made:
    """Every file in date order, each hashed as it goes by; then the index and the manifest."""
    procurement = db.session.scalars(select(Procurement).where(Procurement.reference == work.about)).one()
    title, is_example, case = procurement.title, procurement.is_example, case_file_of(procurement)
    packed: list[Packed] = []
    with ZipFile(work.result(), "w", allowZip64=True) as into:
        for done, item in enumerate(case.items):
            work.progress(done, len(case.items))
            packed.append(_put(item, into, work, done, len(case.items)))
        work.progress(len(case.items), len(case.items))
        index = _index(title, work, packed, case.left_out, is_example=is_example)
        into.writestr(_entry(INDEX, work.at), index)
        proofs = [(one.sha256, one.path) for one in packed] + [(hashlib.sha256(index).hexdigest(), INDEX)]
        into.writestr(_entry(MANIFEST, work.at), _manifest(work, proofs))
    return Made(
        f"{work.about}-case-file-{legal_day(work.at).isoformat()}.zip", "application/zip",
        f"had the case file of {words.plural(len(packed), 'document')} made",
    )  # fmt: skip


def _put(item: Item, into: ZipFile, work: Work, done: int, of: int) -> Packed:
    digest, size = hashlib.sha256(), 0
    try:
        with into.open(_entry(item.path, item.at), "w", force_zip64=True) as entry:
            for number, piece in enumerate(_whole(item), start=1):
                digest.update(piece)
                size += len(piece)
                entry.write(piece)
                if number % SIGN_OF_LIFE == 0:
                    work.progress(done, of)
    except PaperIsDamaged as damaged:
        raise PaperIsDamaged(f"{item.title}: {damaged.sentence}") from damaged
    return Packed(item.at, item.kind, item.title, item.said, item.path, size, digest.hexdigest())


def _whole(item: Item) -> Iterator[bytes]:
    try:
        yield from item.pieces()
    except OSError as missing:
        raise PaperIsDamaged("The file is missing. Tell the administrator.") from missing


def _entry(path: str, at: datetime) -> ZipInfo:
    entry = ZipInfo(path, at.astimezone(LONDON).timetuple()[:6])
    entry.compress_type = ZIP_STORED if path.lower().endswith(PACKED_ALREADY) else ZIP_DEFLATED
    return entry


def _index(
    title: str, work: Work, packed: list[Packed], left_out: tuple[str, ...], *, is_example: bool
) -> bytes:  # fmt: skip
    """A page that any browser opens, with no need of this installation."""
    page = current_app.jinja_env.get_template("desk/case_file_index.html")
    council = db.session.scalar(select(Council.name).order_by(Council.id)) or "The Council"
    said = page.render(
        title=title, reference=work.about, council=council, made_at=work.at, packed=packed, left_out=left_out,
        manifest=MANIFEST, is_example=is_example,
    )  # fmt: skip
    return said.encode()


def _manifest(work: Work, proofs: list[tuple[str, str]]) -> str:
    made = work.at.astimezone(LONDON).isoformat(timespec="seconds")
    lines = [
        f"# Case file of {work.about}, made {made}",
        f"# To prove it, unpack it and run: sha256sum -c {MANIFEST}",
        *(f"{digest}  {path}" for digest, path in proofs),
    ]
    return "\n".join(lines) + "\n"


CASE_FILE = Kind(
    "case-file", "document", make_case_file, open_to=open_whole, longest=timedelta(hours=1), page="procurement.overview"
)
JOBS = (CASE_FILE,)
