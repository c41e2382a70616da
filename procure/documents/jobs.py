"""Long work with papers: all of a file in one pack, and a paper as PDF."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from sqlalchemy import select

from procure.contract.access import contract_for
from procure.documents.actions import content_of
from procure.documents.models import Paper
from procure.documents.pdf import to_pdf
from procure.documents.registry import all_documents
from procure.documents.render import sha256
from procure.documents.storage import PaperIsDamaged
from procure.extensions import db
from procure.jobs.declare import Kind, Made, Work
from procure.law.working_days import legal_day
from procure.now import LONDON
from procure.procurement.access import procurement_for
from procure.refusals import Refusal
from procure.words import plural

MANIFEST = "MANIFEST.txt"


class NothingToPack(Refusal):
    """No paper of that part of the file has been issued."""


class NoOffice(Refusal):
    """The server that makes PDFs has no LibreOffice."""


def file_stem(paper: Paper) -> str:
    """PRO-2027-014-cabinet-report-v2: what a paper is saved as, without its ending."""
    parts = (paper.about, paper.name, paper.subject, f"v{paper.number}")
    told = "-".join(part for part in parts if part)
    return "".join(letter if letter.isalnum() or letter in "-.&()_" else "-" for letter in told).strip("-.")


def rooms_of(papers: Sequence[Paper]) -> set[str]:
    """The stages from which papers come."""
    room = {document.name: document.room for document in all_documents()}
    return {room[paper.name] for paper in papers if paper.name in room}


def papers_with_lots(about: str) -> list[Paper]:
    """Every issued paper of a file and of its lots, in the order of issue."""
    of_a_lot = Paper.about.startswith(f"{about}-L", autoescape=True)
    return list(
        db.session.scalars(select(Paper).where((Paper.about == about) | of_a_lot).order_by(Paper.issued_at, Paper.id))
    )


def newest_of(papers: Sequence[Paper]) -> dict[tuple[str, str, str], int]:
    """The number of the newest version of each paper."""
    newest: dict[tuple[str, str, str], int] = {}
    for paper in papers:
        key = (paper.about, paper.name, paper.subject)
        newest[key] = max(paper.number, newest.get(key, 0))
    return newest


def to_be_packed(about: str, room: str = "") -> list[Paper]:
    """The newest version of each paper of a file and of its lots; of one stage where `room` names it.

    Working papers are packed by themselves, for those who do the work.
    """
    wanted = [one for one in all_documents() if (one.room == room if room else not one.is_working)]
    names = {document.name for document in wanted}
    newest: dict[tuple[str, str, str], Paper] = {}
    for paper in papers_with_lots(about):
        if paper.name in names:
            key = (paper.about, paper.name, paper.subject)
            newest[key] = max(paper, newest.get(key, paper), key=lambda version: version.number)
    return sorted(newest.values(), key=lambda paper: (paper.issued_at, paper.id))


def pack_facts(about: str, room: str = "") -> dict[str, str]:
    """What a pack is asked for with. The digest stands for its papers: the same papers make the same pack."""
    proofs = "".join(paper.sha256 for paper in to_be_packed(about, room))
    return {"room": room, "papers": sha256(proofs.encode())}


def make_pack(work: Work) -> Made:
    """The papers in one zip, each checked against the digest under which it was issued, with a manifest.

    One paper is in memory at a time; the zip goes piece by piece to where files are kept.
    """
    room = str(work.facts.get("room", ""))
    papers = to_be_packed(work.about, room)
    if not papers:
        raise NothingToPack("No paper has been issued here yet.")
    names = [f"{number:03}-{file_stem(paper)}.{paper.ending}" for number, paper in enumerate(papers, start=1)]
    manifest = _manifest(list(zip(names, papers, strict=True)), work)
    with ZipFile(work.result(), "w") as pack:
        for done, (name, paper) in enumerate(zip(names, papers, strict=True)):
            work.progress(done, len(papers))
            pack.writestr(_entry(name, paper), _whole(paper))
        work.progress(len(papers), len(papers))
        pack.writestr(ZipInfo(MANIFEST, work.at.astimezone(LONDON).timetuple()[:6]), manifest)
    part = f"-{room}" if room else ""
    return Made(
        f"{work.about}{part}-papers-{legal_day(work.at).isoformat()}.zip", "application/zip",
        f"had a pack of {plural(len(papers), 'paper')} made",
    )  # fmt: skip


def _entry(name: str, paper: Paper) -> ZipInfo:
    entry = ZipInfo(name, paper.issued_at.astimezone(LONDON).timetuple()[:6])
    entry.compress_type = ZIP_STORED  # a Word file is a zip already
    return entry


def _whole(paper: Paper) -> bytes:
    try:
        return content_of(paper)
    except OSError as missing:
        raise PaperIsDamaged(f"{paper.title}, version {paper.number}, is missing. Tell the administrator.") from missing
    except PaperIsDamaged as damaged:
        raise PaperIsDamaged(f"{paper.title}, version {paper.number}: {damaged.sentence}") from damaged


def _manifest(packed: Sequence[tuple[str, Paper]], work: Work) -> str:
    """What is in the pack, to read and to prove: `sha256sum -c MANIFEST.txt` checks every paper."""
    made = work.at.astimezone(LONDON).isoformat(timespec="seconds")
    lines = [
        f"# Papers of {work.about}: {plural(len(packed), 'paper')}, packed {made}",
        "# To prove them, unpack them and run: sha256sum -c MANIFEST.txt",
    ]
    for name, paper in packed:
        concerns = f", {paper.subject}" if paper.subject else ""
        issued = paper.issued_at.astimezone(LONDON).isoformat(timespec="seconds")
        told = f"{paper.title}{concerns}, version {paper.number} ({paper.reference})"
        by = f"Issued {issued} by {paper.author.name}, {paper.author_post}; {paper.size} bytes"
        lines += ["#", f"# {_one_line(told)}", f"# {_one_line(by)}", f"{paper.sha256}  {name}"]
    return "\n".join(lines) + "\n"


def _one_line(words: str) -> str:
    """Words that cannot begin a line of their own, whatever a name holds."""
    return " ".join(words.split())


def make_pdf(work: Work) -> Made:
    """An issued paper as PDF, by LibreOffice with a profile of its own and a time limit."""
    paper = db.session.get_one(Paper, int(work.facts["paper"]))
    name, said, content = file_stem(paper), f"{paper.title}, version {paper.number}", _whole(paper)
    db.session.rollback()
    work.progress(0, 1)
    made = to_pdf(content)
    if made is None:
        raise NoOffice("This server can’t make PDFs: LibreOffice isn’t installed on it. Use the Word document.")
    work.result().write(made)
    work.progress(1, 1)
    return Made(f"{name}.pdf", "application/pdf", f"had a PDF made of {said}")


DOCUMENTS = "documents.of_file"
PACK = Kind("pack", "paper", make_pack, open_to=procurement_for, longest=timedelta(minutes=10), page=DOCUMENTS)
PDF = Kind("pdf", "paper", make_pdf, open_to=procurement_for, longest=timedelta(minutes=2), page=DOCUMENTS)
PDF_OF_A_CONTRACT = Kind(
    "pdf-of-a-contract", "paper", make_pdf, open_to=contract_for, longest=timedelta(minutes=2),
    page="contract.documents",
)  # fmt: skip
JOBS = (PACK, PDF, PDF_OF_A_CONTRACT)
