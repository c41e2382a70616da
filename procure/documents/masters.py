"""Builds a Word master from its words in Markdown: `python -m procure.documents.masters templates/…/x.md`.

The .md beside each master is its source, and this is all that it can say:

    ---                          the kind of paper, right in the band; the short title, in the header;
    kind: Report to Cabinet      `form: letter` for a letter, which has a letterhead instead
    short: Cabinet report
    ---
    # Title      ## 1. Section      ## Section without number      ## Annex A. Annex
    ### 8.n Numbered heading        ### Heading
    1.1 or 4.n   a clause           (a) a sub-clause       (i) a recommendation       - a bullet
    | a | b |    a table; dashes under the head give widths, `--:` sets a column right, an empty head makes a table of
                 facts; a row all in bold stands out
    Table: …     a title for the table that follows        Figures:   the table that follows shows key figures
    > GUIDANCE:  > ASK:  > EXAMPLE:  > MODEL:   notes that vanish on issue
    > QUOTE:     words as they were resolved               > KEY:     what matters most
    ::: landscape    ::: together    :::        a turned section; paragraphs that stay on one page
    {%p … %}     alone on its line; {%tr … %} alone in a row; {%tc … %} alone in a cell
    **bold**  *italic*; a paragraph all in italics is small. Lines of one paragraph stay lines.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from procure.documents import house_style as style
from procure.documents.package import Packed, write_package

TAG = re.compile(r"(\{\{.*?\}\}|\{%.*?%\})")
BOLD_OR_ITALIC = re.compile(r"\*\*(.+?)\*\*|\*(.+?)\*")
NOTE_LABELS = {
    "GUIDANCE": ("Guidance", "Guidance: "),
    "ASK": ("Ask", "Ask and record: "),
    "EXAMPLE": ("Example", "Example: "),
    "MODEL": ("Model", "Model words: "),
    "QUOTE": ("QuotedWords", ""),
    "KEY": ("Callout", ""),
}
AFTER_TABLE = 180
"""Space above a paragraph that follows a table; a table has none of its own."""
AFTER_LIST = 60
HAIR = '<w:spacing w:line="20" w:lineRule="exact"/>'
CELL_MARGINS = "".join(
    f'<w:{side} w:w="{width}" w:type="dxa"/>'
    for side, width in (("top", 60), ("left", 85), ("bottom", 60), ("right", 85))
)
NOTES = frozenset({"Guidance", "Ask", "Example", "Model"})
SPACED = frozenset({"Normal", "Clause", "ListBullet", "Cleared"})


class BadMaster(ValueError):
    """A line that the dialect of masters does not know."""


def build(markdown: str) -> bytes:
    """The master as a .docx. The same words always give the same bytes."""
    head, text = _front_matter(markdown)
    body = _Body(letter=head.get("form") == "letter")
    body.open(head)
    body.read(text.split("\n"))
    short = _smart(head["short"])
    parts = {
        "[Content_Types].xml": style.content_types(),
        "_rels/.rels": style.package_relations(),
        "docProps/core.xml": style.core_properties(head["short"]),
        "word/document.xml": body.xml(),
        "word/_rels/document.xml.rels": style.document_relations(),
        "word/styles.xml": style.styles(),
        "word/numbering.xml": style.numbering(),
        "word/settings.xml": style.settings(),
        "word/header1.xml": style.header(short, landscape=False),
        "word/header2.xml": style.empty_header(),
        "word/header3.xml": style.header(short, landscape=True),
        "word/footer1.xml": style.footer(landscape=False),
        "word/footer2.xml": style.footer(landscape=False),
        "word/footer3.xml": style.footer(landscape=True),
    }
    return write_package(Packed.of(name, content.encode()) for name, content in parts.items())


def rebuild(source: Path) -> Path:
    """Writes the .docx beside its source and says where."""
    made = source.with_suffix(".docx")
    made.write_bytes(build(source.read_text(encoding="utf-8")))
    return made


def _front_matter(markdown: str) -> tuple[dict[str, str], str]:
    match = re.match(r"---\n(.*?)\n---\n", markdown, re.S)
    if match is None:
        raise BadMaster("a master begins with its kind and short title between lines of ---")
    told = dict(line.split(": ", 1) for line in match[1].split("\n"))
    return told, markdown[match.end() :]


# ── letters and runs ──


def _smart(text: str) -> str:
    """Straight quotes as printers set them, outside tags."""
    pieces = TAG.split(text)
    for place in range(0, len(pieces), 2):
        piece = pieces[place].replace("'", "’")
        opens = r'(^|[\s(–-])"' if place == 0 else r'([\s(–-])"'  # a quote that follows a tag closes
        pieces[place] = re.sub(opens, r"\1“", piece).replace('"', "”")
    return "".join(pieces)


def _runs(text: str, *, bold: bool = False, italic: bool = False) -> str:
    """Marked-up text as runs. Tags keep the look of the words round them."""
    made: list[str] = []
    place = 0
    for match in BOLD_OR_ITALIC.finditer(text):
        made.append(_run(text[place : match.start()], bold, italic))
        made.append(_run(match[1] or match[2], bold or match[1] is not None, italic or match[2] is not None))
        place = match.end()
    made.append(_run(text[place:], bold, italic))
    return "".join(made)


def _run(text: str, bold: bool, italic: bool) -> str:
    if not text:
        return ""
    marks = ("<w:b/><w:bCs/>" if bold else "") + ("<w:i/><w:iCs/>" if italic else "")
    look = f"<w:rPr>{marks}</w:rPr>" if marks else ""
    lines = text.split("\n")
    inside = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in lines)
    return f"<w:r>{look}{inside}</w:r>"


def _paragraph(ident: str, runs: str, *, before: int | None = None, extra: str = "", keep: bool = False) -> str:
    named = "" if ident == "Normal" else f'<w:pStyle w:val="{ident}"/>'
    kept = "<w:keepNext/><w:keepLines/>" if keep else ""
    spaced = f'<w:spacing w:before="{before}"/>' if before is not None else ""
    inside = f"{named}{kept}{extra}{spaced}"
    return f"<w:p>{f'<w:pPr>{inside}</w:pPr>' if inside else ''}{runs}</w:p>"


def _kept_with_next(paragraph: str) -> str:
    if "<w:keepNext/>" in paragraph:
        return paragraph
    if "<w:pPr>" not in paragraph:
        return paragraph.replace("<w:p>", "<w:p><w:pPr><w:keepNext/></w:pPr>", 1)
    return re.sub(r'<w:pPr>(<w:pStyle w:val="\w+"/>)?', lambda start: f"{start[0]}<w:keepNext/>", paragraph, count=1)


# ── tables ──


@dataclass
class _Table:
    """A table as the words give it: the first row is its head."""

    rows: list[list[str]]
    rule: list[str]
    title: str
    figures: bool

    @property
    def facts(self) -> bool:
        """A table of facts has labels in its first column and no head."""
        return not any(self.rows[0])

    def xml(self, wide: int) -> str:
        widths = self._widths(wide)
        right = [cell.endswith(":") for cell in self.rule]
        made = []
        for place, row in enumerate(self.rows):
            if place == 0:
                made.append("" if self.facts else self._row(row, widths, right, "head"))
            else:
                made.append(self._row(row, widths, right, "body"))
        look = (
            'w:val="0080" w:firstRow="0" w:lastRow="0" w:firstColumn="1"'
            if self.facts
            else 'w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0"'
        )
        caption = f'<w:tblCaption w:val="{escape(_smart(self.title), {chr(34): "&quot;"})}"/>' if self.title else ""
        grid = "".join(f'<w:gridCol w:w="{each}"/>' for each in widths)
        edge = f'w:val="single" w:sz="4" w:space="0" w:color="{style.HAIRLINE}"'
        return (
            f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
            f"<w:tblBorders><w:top {edge}/><w:bottom {edge}/><w:insideH {edge}/></w:tblBorders>"
            f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{CELL_MARGINS}</w:tblCellMar>'
            f'<w:tblLook {look} w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>{caption}</w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid>{''.join(made)}</w:tbl>"
        )

    def _widths(self, wide: int) -> list[int]:
        dashes = [cell.count("-") for cell in self.rule]
        widths = [wide * each // sum(dashes) for each in dashes]
        widths[-1] += wide - sum(widths)
        return widths

    def _row(self, row: list[str], widths: Sequence[int], right: Sequence[bool], kind: str) -> str:
        if len(row) == 1 and row[0].startswith("{%tr"):
            tag = [row[0], *[""] * (len(widths) - 1)]
            cells = "".join(
                _cell(width, _paragraph("TableText", _run(text, False, False)))
                for width, text in zip(widths, tag, strict=True)
            )
            return f"<w:tr>{cells}</w:tr>"
        strong = kind == "body" and not self.figures and _is_strong(row)
        shade = style.TINT if strong or kind == "head" else ""
        rule = (style.COLOUR, 8) if kind == "head" else None
        made: list[str] = []
        place = 0
        for text in row:
            if text.startswith("{%tc"):
                spot = min(place, len(widths) - 1)
                made.append(_cell(widths[spot], _paragraph("TableText", _run(text, False, False))))
                continue
            label = kind == "body" and self.facts and place == 0
            content = self._content(text, kind, right[min(place, len(right) - 1)], label)
            spot = min(place, len(widths) - 1)
            apart = spot > 0 and right[spot - 1] and not right[spot]
            made.append(_cell(widths[spot], content, style.TINT if label else shade, rule, apart=apart))
            # Between {%tc for %} and {%tc endfor %} stands the one cell that is repeated: it takes a column of its own.
            place += 1
        repeated = "<w:tblHeader/>" if kind == "head" else ""
        return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{''.join(made)}</w:tr>"

    def _content(self, text: str, kind: str, right: bool, label: bool) -> str:
        if kind == "head":
            return _paragraph("TableHeadFigure" if right else "TableHead", _runs(_smart(text)))
        if label:
            return _paragraph("FactLabel", _runs(_smart(text)))
        if self.figures:
            value, _, note = text.partition("<br>")
            return _paragraph("FigureValue", _runs(_smart(value))) + _paragraph("FigureNote", _runs(_smart(note)))
        if not text:
            raise BadMaster(f"an empty cell in the table {self.rows[0]}")
        return _paragraph("TableFigure" if right else "TableText", _runs(_smart(text)))


def _is_strong(row: list[str]) -> bool:
    spoken = [cell for cell in row if cell and cell != "–"]
    return len(spoken) > 1 and all(re.fullmatch(r"\*\*(?:(?!\*\*).)+\*\*", cell) for cell in spoken)


def _cell(width: int, content: str, fill: str = "", rule: tuple[str, int] | None = None, *, apart: bool = False) -> str:
    """A cell; `apart` keeps words away from the figures that end the column before."""
    line = f'<w:bottom w:val="single" w:sz="{rule[1]}" w:space="0" w:color="{rule[0]}"/>' if rule else ""
    edge = f"<w:tcBorders>{line}</w:tcBorders>" if line else ""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    margin = '<w:tcMar><w:left w:w="240" w:type="dxa"/></w:tcMar>' if apart else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{edge}{shade}{margin}</w:tcPr>{content}</w:tc>'


def _cells(line: str) -> list[str]:
    """The cells of a row; the bar of a filter inside a tag parts nothing."""
    pieces = TAG.split(line.strip()[1:-1])
    cells = [""]
    for place, piece in enumerate(pieces):
        if place % 2:
            cells[-1] += piece
            continue
        first, *rest = piece.split("|")
        cells[-1] += first
        cells += rest
    return [cell.strip() for cell in cells]


# ── the body ──


class _Body:
    """Reads the words of a master line by line and writes the body of the document."""

    def __init__(self, *, letter: bool) -> None:
        self.letter = letter
        self.made: list[str] = []
        self.wide = style.TEXT_WIDE
        self.landscape = False
        self.first_section = True
        self.together = False
        self.after_table = False
        self.title = ""
        self.figures = False
        self.branches: list[list[bool]] = []
        self.last = ""

    def open(self, head: dict[str, str]) -> None:
        """The band, and the line that marks a paper made of invented figures."""
        if self.letter:
            self.made.append(_paragraph("Letterhead", _runs("{{ council.name }}")))
        else:
            kind = _runs(_smart(head["kind"]))
            self.made.append(_paragraph("Band", f"{_runs('{{ council.name }}')}<w:r><w:tab/></w:r>{kind}"))
        self.made.append(_paragraph("Normal", _run("{%p if document.is_example %}", False, False)))
        example = "Example figures: this paper was made from demonstration data."
        self.made.append(_paragraph("Small", _runs(example)))
        self.made.append(_paragraph("Normal", _run("{%p endif %}", False, False)))

    def read(self, lines: Sequence[str]) -> None:
        """All blocks of the text."""
        waiting: list[str] = []
        table: list[str] = []
        for line in [*lines, ""]:
            if line.startswith("|"):
                self._flush(waiting)
                table.append(line)
                continue
            if table:
                self._table(table)
                table = []
            if not line.strip():
                self._flush(waiting)
            elif self._alone(line.strip()):
                self._flush(waiting)
                self._block(line.strip())
            else:
                waiting.append(line.strip())
        self._flush(waiting)

    def xml(self) -> str:
        """word/document.xml."""
        if self.after_table:
            # Word wants a paragraph after the last table; a hair's breadth, lest it take a page of its own.
            self.made.append(_paragraph("Spacer", "", extra=HAIR))
        last = style.section(landscape=self.landscape, first=self.first_section, breaks=not self.first_section)
        body = f"<w:body>{''.join(self.made)}{last}</w:body>"
        return f'{style.DECLARATION}<w:document xmlns:w="{style.W_NS}">{body}</w:document>'

    @staticmethod
    def _alone(line: str) -> bool:
        return bool(re.match(r"(#|>|- |:::|\{%p|Table: |Figures:$|\((?:i|a)\) |\d+\.(?:\d+|n) )", line))

    def _flush(self, waiting: list[str]) -> None:
        if waiting:
            self._plain("\n".join(waiting))
            waiting.clear()

    def _plain(self, text: str) -> None:
        small = re.fullmatch(r"\*(?!\*)([^*\n]+)\*", text)
        if small:
            self._add("Cleared", _runs(_smart(small[1])))
        else:
            self._add("Normal", _runs(_smart(text)))

    def _block(self, line: str) -> None:
        if line.startswith("{%p"):
            self._branch(line)
        elif line.startswith(":::"):
            self._fence(line.removeprefix(":::").strip())
        elif line.startswith("#"):
            self._heading(line)
        elif line.startswith(">"):
            self._boxed(line)
        elif line.startswith("Table: "):
            self.title = line.removeprefix("Table: ")
        elif line == "Figures:":
            self.figures = True
        else:
            self._listed(line)

    def _listed(self, line: str) -> None:
        mark, words = line.split(" ", 1)
        ident = {"-": "ListBullet", "(i)": "Recommendation", "(a)": "SubClause"}.get(mark, "Clause")
        if ident == "ListBullet" == self.last and '"ListBullet"' in self.made[-1]:
            # Points written out one after another stay on one page; those that a list repeats may part.
            self.made[-1] = _kept_with_next(self.made[-1])
        self._add(ident, _runs(_smart(words)))

    def _branch(self, line: str) -> None:
        """A tag alone. What follows it may come after a table in one branch and not in the other: then it is spaced."""
        self.made.append(_paragraph("Normal", _run(line, False, False)))
        word = line.removeprefix("{%p").split()[0]
        if word in ("if", "for"):
            self.branches.append([self.after_table])
        elif word == "else":
            self.branches[-1].append(self.after_table)
            self.after_table = self.branches[-1][0]
        else:
            # With an else, what stood before the if is not an outcome; without one it is.
            self.after_table = self.branches.pop()[-1] or self.after_table

    def _heading(self, line: str) -> None:
        marks, text = line.split(" ", 1)
        numbered = re.match(r"\d+\.(n|\d+)? ?", text)
        annex = re.match(r"Annex [A-Z]\. ", text)
        plain = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'
        if len(marks) == 1:
            self._add("LetterTitle" if self.letter else "Title", _runs(_smart(text)))
        elif annex:
            self._add("AnnexHeading", _runs(_smart(text[annex.end() :])))
        elif len(marks) == 2:
            words = _runs(_smart(text[numbered.end() :] if numbered else text))
            self._add("Heading1", words, extra="" if numbered else plain)
        elif numbered:
            number = f'<w:numPr><w:ilvl w:val="1"/><w:numId w:val="{style.NUMBERED}"/></w:numPr>'
            self._add("Heading2", _runs(_smart(text[numbered.end() :])), extra=number)
        else:
            self._add("Heading2", _runs(_smart(text)))

    def _boxed(self, line: str) -> None:
        match = re.match(r"> ([A-Z]+): (.*)", line)
        if match is None or match[1] not in NOTE_LABELS:
            raise BadMaster(f"not a note: {line}")
        ident, label = NOTE_LABELS[match[1]]
        self._add(ident, (_run(label, True, False) if label else "") + _runs(_smart(match[2])))

    def _fence(self, name: str) -> None:
        if name == "together":
            self.together = True
        elif name == "landscape":
            self._end_section()
            self.landscape, self.wide = True, style.TEXT_WIDE_LANDSCAPE
        elif self.together:
            self.together = False
        elif self.landscape:
            self._end_section()
            self.landscape, self.wide = False, style.TEXT_WIDE
        else:
            raise BadMaster("::: closes nothing")

    def _end_section(self) -> None:
        page = style.section(landscape=self.landscape, first=self.first_section, breaks=not self.first_section)
        self.made.append(_paragraph("Spacer", "", extra=HAIR + page))
        self.first_section, self.after_table = False, False

    def _table(self, lines: Sequence[str]) -> None:
        head, rule, *body = (_cells(line) for line in lines)
        table = _Table([head, *body], rule, self.title, self.figures)
        if self.last in ("Normal", "Clause") and not re.search(r"{%p|Guidance|Ask|Example|Model", self.made[-1]):
            self.made[-1] = _kept_with_next(self.made[-1])
        if self.title:
            self._add("TableTitle", _runs(_smart(self.title)))
        elif self.after_table:
            # Two tables with nothing between them would become one.
            self.made.append(_paragraph("Spacer", ""))
        made = table.xml(self.wide)
        if self.together:
            made = re.sub(r"(<w:pStyle w:val=\"\w+\"/>)(?!<w:keepNext/>)", r"\1<w:keepNext/>", made)
        self.made.append(made)
        self.title, self.figures, self.after_table, self.last = "", False, True, "table"

    def _add(self, ident: str, runs: str, *, extra: str = "") -> None:
        before = None
        if ident in SPACED and self.after_table:
            before = AFTER_TABLE
        elif ident in SPACED and self.last == "ListBullet" != ident:
            before = AFTER_LIST
        leads_in = re.sub(r"<[^>]*>", "", runs).endswith(":")
        self.made.append(_paragraph(ident, runs, before=before, extra=extra, keep=self.together or leads_in))
        if ident not in NOTES:
            # A note vanishes on issue, so what comes after it must look as if it came after what stands before.
            self.after_table, self.last = False, ident


def main(arguments: Sequence[str]) -> None:
    """Rebuilds each master named, or all of them."""
    templates = Path(__file__).resolve().parents[2] / "templates"
    for source in [Path(each) for each in arguments] or sorted(templates.glob("*/documents/*.md")):
        print(rebuild(source))


if __name__ == "__main__":
    main(sys.argv[1:])
