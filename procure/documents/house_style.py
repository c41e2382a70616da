"""How a council's papers look: the fixed parts of every master, as the XML that Word keeps them in.

A4, Arial, one colour. Numbers come from lists tied to styles, so that an optional clause takes its number with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import escape

COLOUR = "4F1B40"
TINT = "F8F3F6"
INK = "111111"
GREY = "484949"
HAIRLINE = "BFBFBF"
NOTE_TINT = "EEF3F8"
NOTE_BAR = "3A5F8A"

W_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R_NS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

PAGE_WIDE, PAGE_HIGH = 11906, 16838
SIDE, TOP = 1417, 1247
"""25 mm and 22 mm, in twentieths of a point like every measure here."""
TEXT_WIDE = PAGE_WIDE - 2 * SIDE
TEXT_WIDE_LANDSCAPE = PAGE_HIGH - 2 * SIDE
HANG = 680
"""How far clauses hang from their numbers: 12 mm."""

NUMBERED, BULLETED, RESOLVED, ANNEXED = 1, 2, 3, 4


@dataclass(frozen=True)
class Style:
    """One paragraph style. Sizes in half points, spaces in twentieths of a point."""

    ident: str
    name: str
    size: int = 22
    bold: bool = False
    italic: bool = False
    colour: str = INK
    before: int = 0
    after: int = 120
    line: int = 276
    keep_next: bool = False
    keep_lines: bool = False
    number: tuple[int, int] | None = None
    left: int = 0
    right: int = 0
    hanging: int = 0
    fill: str = ""
    bar: tuple[str, int] | None = None
    box: str = ""
    under: str = ""
    over: str = ""
    tabs: tuple[int, ...] = ()
    align: str = "left"
    level: int | None = None
    based_on: str = "Normal"
    following: str = ""
    exact: bool = False

    def xml(self) -> str:
        """The style as Word keeps it; the order of the tags is the schema's."""
        custom = "" if self.name[0].islower() or self.ident in ("Title", "Normal") else ' w:customStyle="1"'
        default = ' w:default="1"' if self.ident == "Normal" else ""
        based = "" if self.ident == "Normal" else f'<w:basedOn w:val="{self.based_on}"/>'
        following = f'<w:next w:val="{self.following}"/>' if self.following else ""
        return (
            f'<w:style w:type="paragraph"{default}{custom} w:styleId="{self.ident}"><w:name w:val="{self.name}"/>'
            f"{based}{following}<w:qFormat/><w:pPr>{self._paragraph()}</w:pPr><w:rPr>{self._letters()}</w:rPr></w:style>"
        )

    def _paragraph(self) -> str:
        parts = ["<w:keepNext/>" if self.keep_next else "", "<w:keepLines/>" if self.keep_lines else ""]
        parts.append("<w:widowControl/>")
        if self.number:
            parts.append(f'<w:numPr><w:ilvl w:val="{self.number[1]}"/><w:numId w:val="{self.number[0]}"/></w:numPr>')
        parts.append(self._borders())
        if self.fill:
            parts.append(f'<w:shd w:val="clear" w:color="auto" w:fill="{self.fill}"/>')
        if self.tabs:
            stops = "".join(f'<w:tab w:val="right" w:pos="{stop}"/>' for stop in self.tabs)
            parts.append(f"<w:tabs>{stops}</w:tabs>")
        rule = "exact" if self.exact else "auto"
        parts.append("<w:suppressAutoHyphens/>")
        space = f'w:before="{self.before}" w:after="{self.after}" w:line="{self.line}" w:lineRule="{rule}"'
        parts.append(f"<w:spacing {space}/>")
        if self.left or self.right:
            hanging = f' w:hanging="{self.hanging}"' if self.hanging else ""
            parts.append(f'<w:ind w:left="{self.left}" w:right="{self.right}"{hanging}/>')
        parts.append(f'<w:jc w:val="{self.align}"/>')
        if self.level is not None:
            parts.append(f'<w:outlineLvl w:val="{self.level}"/>')
        return "".join(parts)

    def _borders(self) -> str:
        sides: dict[str, tuple[str, int, int]] = {}
        if self.box:
            sides = dict.fromkeys(("top", "left", "bottom", "right"), (self.box, 6, 6))
        if self.over:
            sides["top"] = (self.over, 4, 4)
        if self.bar:
            sides["left"] = (self.bar[0], self.bar[1], 8)
        if self.under:
            sides["bottom"] = (self.under, 4, 4)
        drawn = "".join(
            f'<w:{side} w:val="single" w:sz="{sides[side][1]}" w:space="{sides[side][2]}" w:color="{sides[side][0]}"/>'
            for side in ("top", "left", "bottom", "right")
            if side in sides
        )
        return f"<w:pBdr>{drawn}</w:pBdr>" if drawn else ""

    def _letters(self) -> str:
        bold = "<w:b/><w:bCs/>" if self.bold else ""
        italic = "<w:i/><w:iCs/>" if self.italic else ""
        return f'{bold}{italic}<w:color w:val="{self.colour}"/><w:sz w:val="{self.size}"/><w:szCs w:val="{self.size}"/>'


NOTE = {"size": 17, "line": 252, "before": 40, "after": 100, "left": 170, "right": 170, "keep_lines": True}

STYLES = (
    Style("Normal", "Normal"),
    Style("Title", "Title", 44, True, colour=COLOUR, before=280, after=200, line=264, keep_next=True, keep_lines=True,
          following="Normal"),
    Style("LetterTitle", "Letter title", 28, True, colour=COLOUR, before=160, after=120, line=264, keep_next=True,
          keep_lines=True, based_on="Title", following="Normal"),
    Style("Letterhead", "Letterhead", 32, True, colour=COLOUR, after=160, line=264, under=COLOUR),
    Style("Heading1", "heading 1", 28, True, colour=COLOUR, before=320, after=120, line=264, keep_next=True,
          keep_lines=True, number=(NUMBERED, 0), level=0, following="Normal"),
    Style("Heading2", "heading 2", 24, True, before=240, after=80, line=264, keep_next=True, keep_lines=True, level=1,
          following="Normal"),
    Style("Heading3", "heading 3", 22, True, before=160, after=60, line=264, keep_next=True, keep_lines=True, level=2,
          following="Normal"),
    Style("AnnexHeading", "Annex heading", 28, True, colour=COLOUR, before=320, after=120, line=264, keep_next=True,
          keep_lines=True, number=(ANNEXED, 0), level=0, following="Normal"),
    Style("Clause", "Clause", number=(NUMBERED, 1)),
    Style("SubClause", "Sub-clause", after=60, number=(NUMBERED, 2)),
    Style("ListBullet", "List Bullet", after=80, number=(BULLETED, 0)),
    Style("Recommendation", "Recommendation", after=80, number=(RESOLVED, 0), fill=TINT, bar=(COLOUR, 24)),
    Style("QuotedWords", "Quoted words", 21, before=40, after=160, left=907, bar=("8F4D7C", 18)),
    Style("Callout", "Callout", before=200, after=200, left=227, right=227, fill=TINT, bar=(COLOUR, 24),
          keep_lines=True),
    Style("Band", "Band", bold=True, colour="FFFFFF", before=80, after=0, line=240, left=113, right=113, fill=COLOUR,
          box=COLOUR, tabs=(TEXT_WIDE - 113,)),
    Style("Small", "Small", 17, colour=GREY, before=80, after=80, line=264),
    Style("Cleared", "Cleared", 19, italic=True, colour=GREY, after=160, line=264),
    Style("TableTitle", "Table title", 19, True, before=200, after=80, line=264, keep_next=True),
    Style("TableText", "Table text", 19, after=0, line=259),
    Style("TableFigure", "Table figure", 19, after=0, line=259, align="right"),
    Style("TableHead", "Table head", 19, True, after=0, line=259, keep_next=True),
    Style("TableHeadFigure", "Table head, figures", 19, True, after=0, line=259, keep_next=True, align="right"),
    Style("FactLabel", "Fact label", 19, True, after=0, line=259),
    Style("FigureValue", "Figure value", 25, True, colour=COLOUR, after=20, line=252, keep_next=True),
    Style("FigureNote", "Figure note", 19, after=0, line=252),
    Style("Spacer", "Spacer", 8, after=0, line=160, exact=True),
    Style("Guidance", "Guidance", fill=NOTE_TINT, box=NOTE_TINT, **NOTE),  # type: ignore[arg-type]
    Style("Ask", "Ask", fill=NOTE_TINT, box=NOTE_TINT, bar=(NOTE_BAR, 24), **NOTE),  # type: ignore[arg-type]
    Style("Example", "Example", italic=True, fill=NOTE_TINT, box=NOTE_TINT, **NOTE),  # type: ignore[arg-type]
    Style("Model", "Model", fill=NOTE_TINT, box=NOTE_TINT, **NOTE),  # type: ignore[arg-type]
    Style("Header", "header", 17, colour=GREY, after=0, line=240, under=HAIRLINE, tabs=(TEXT_WIDE,)),
    Style("Footer", "footer", 17, colour=GREY, after=0, line=240, over=HAIRLINE, tabs=(TEXT_WIDE,)),
)  # fmt: skip
NUMBERED_STYLES = frozenset(style.ident for style in STYLES if style.number)


def styles() -> str:
    """word/styles.xml."""
    return (
        f'{DECLARATION}<w:styles xmlns:w="{W_NS}"><w:docDefaults><w:rPrDefault><w:rPr>'
        '<w:rFonts w:ascii="Arial" w:eastAsia="Arial" w:hAnsi="Arial" w:cs="Arial"/>'
        '<w:sz w:val="22"/><w:szCs w:val="22"/><w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
        + "".join(style.xml() for style in STYLES)
        + '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr>'
        '<w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style></w:styles>'
    )


def numbering() -> str:
    """word/numbering.xml: sections and clauses, bullets, resolutions, annexes."""
    return (
        f'{DECLARATION}<w:numbering xmlns:w="{W_NS}">'
        + _list(
            NUMBERED,
            _level(0, "decimal", "%1", HANG, HANG, "Heading1"),
            _level(1, "decimal", "%1.%2", HANG, HANG, "Clause"),
            _level(2, "lowerLetter", "(%3)", HANG + 567, 567, "SubClause"),
            _level(3, "lowerRoman", "(%4)", HANG + 1134, 567),
        )
        + _list(BULLETED, _level(0, "bullet", "•", HANG + 340, 340, "ListBullet"))
        + _list(RESOLVED, _level(0, "lowerRoman", "(%1)", 794, 567, "Recommendation"))
        + _list(ANNEXED, _level(0, "upperLetter", "Annex %1.", 0, 0, "AnnexHeading"))
        + "".join(
            f'<w:num w:numId="{ident}"><w:abstractNumId w:val="{ident}"/></w:num>'
            for ident in (NUMBERED, BULLETED, RESOLVED, ANNEXED)
        )
        + "</w:numbering>"
    )


def _list(ident: int, *levels: str) -> str:
    kind = "multilevel" if len(levels) > 1 else "singleLevel"
    return (
        f'<w:abstractNum w:abstractNumId="{ident}"><w:multiLevelType w:val="{kind}"/>{"".join(levels)}</w:abstractNum>'
    )


def _level(place: int, form: str, text: str, left: int, hanging: int, style: str = "") -> str:
    tied = f'<w:pStyle w:val="{style}"/>' if style else ""
    follows = "" if hanging else '<w:suff w:val="space"/>'
    return (
        f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{tied}{follows}'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{left}" w:hanging="{hanging}"/></w:pPr></w:lvl>'
    )


def settings() -> str:
    """word/settings.xml."""
    return (
        f'{DECLARATION}<w:settings xmlns:w="{W_NS}"><w:defaultTabStop w:val="720"/><w:autoHyphenation w:val="false"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        '<w:themeFontLang w:val="en-GB"/></w:settings>'
    )


def section(*, landscape: bool, first: bool, breaks: bool) -> str:
    """A section's page. `first` is the opening section, whose first page has a footer and no header."""
    side = "Landscape" if landscape else "Portrait"
    references = [
        f'<w:headerReference w:type="default" r:id="rIdHeader{side}"/>',
        f'<w:footerReference w:type="default" r:id="rIdFooter{side}"/>',
    ]
    if first:
        references += [
            '<w:headerReference w:type="first" r:id="rIdHeaderFirst"/>',
            '<w:footerReference w:type="first" r:id="rIdFooterFirst"/>',
        ]
    wide, high = (PAGE_HIGH, PAGE_WIDE) if landscape else (PAGE_WIDE, PAGE_HIGH)
    turned = ' w:orient="landscape"' if landscape else ""
    begins = '<w:type w:val="nextPage"/>' if breaks else ""
    return (
        f'<w:sectPr xmlns:r="{R_NS}">{"".join(references)}{begins}'
        f'<w:pgSz w:w="{wide}" w:h="{high}"{turned}/>'
        f'<w:pgMar w:top="{TOP}" w:right="{SIDE}" w:bottom="{TOP}" w:left="{SIDE}" w:header="680" w:footer="567" '
        f'w:gutter="0"/><w:cols w:space="708"/>{"<w:titlePg/>" if first else ""}</w:sectPr>'
    )


def header(short: str, *, landscape: bool) -> str:
    """Reference and short title left, handling mark right."""
    return (
        f'{DECLARATION}<w:hdr xmlns:w="{W_NS}"><w:p><w:pPr><w:pStyle w:val="Header"/>{_tabs(landscape)}</w:pPr>'
        f"{_run('{{ document.reference }}')}{_run('   ' + short)}"
        f"{_run('{% if document.marking %}')}<w:r><w:tab/></w:r>{_run('{{ document.marking }}')}{_run('{% endif %}')}"
        "</w:p></w:hdr>"
    )


def empty_header() -> str:
    """The first page has the band instead."""
    return f'{DECLARATION}<w:hdr xmlns:w="{W_NS}"><w:p><w:pPr><w:pStyle w:val="Spacer"/></w:pPr></w:p></w:hdr>'


def footer(*, landscape: bool) -> str:
    """Version and day of issue left, page of pages right."""
    told = (
        "{% if document.is_draft %}Draft of version {{ document.version }}, not issued{% else %}"
        "Version {{ document.version }}{% if document.issued_on %}, issued {{ document.issued_on|day }}{% endif %}"
        "{% endif %}{% if document.is_example %}. Demonstration data{% endif %}"
    )
    return (
        f'{DECLARATION}<w:ftr xmlns:w="{W_NS}"><w:p><w:pPr><w:pStyle w:val="Footer"/>{_tabs(landscape)}</w:pPr>'
        f"{_run(told)}<w:r><w:tab/></w:r>"
        f"{_run('Page ')}{_field('PAGE')}{_run(' of ')}{_field('NUMPAGES')}</w:p></w:ftr>"
    )


def _tabs(landscape: bool) -> str:
    if not landscape:
        return ""
    near, far = TEXT_WIDE, TEXT_WIDE_LANDSCAPE
    return f'<w:tabs><w:tab w:val="clear" w:pos="{near}"/><w:tab w:val="right" w:pos="{far}"/></w:tabs>'


def _run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _field(code: str) -> str:
    return f'<w:fldSimple w:instr=" {code} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


PARTS = (
    ("word/styles.xml", "styles", "rIdStyles"),
    ("word/numbering.xml", "numbering", "rIdNumbering"),
    ("word/settings.xml", "settings", "rIdSettings"),
    ("word/header1.xml", "header", "rIdHeaderPortrait"),
    ("word/header2.xml", "header", "rIdHeaderFirst"),
    ("word/header3.xml", "header", "rIdHeaderLandscape"),
    ("word/footer1.xml", "footer", "rIdFooterPortrait"),
    ("word/footer2.xml", "footer", "rIdFooterFirst"),
    ("word/footer3.xml", "footer", "rIdFooterLandscape"),
)


def content_types() -> str:
    """[Content_Types].xml."""
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{word}.{kind}+xml"/>'
        for name, kind in (("word/document.xml", "document.main"), *((name, kind) for name, kind, _ in PARTS))
    )
    return (
        f'{DECLARATION}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}'
        '<Override PartName="/docProps/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
    )


def package_relations() -> str:
    """_rels/.rels."""
    return (
        f'{DECLARATION}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rIdDocument" Type="{R_NS}/officeDocument" Target="word/document.xml"/>'
        '<Relationship Id="rIdProperties" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/'
        'core-properties" Target="docProps/core.xml"/></Relationships>'
    )


def document_relations() -> str:
    """word/_rels/document.xml.rels."""
    relations = "".join(
        f'<Relationship Id="{ident}" Type="{R_NS}/{kind}" Target="{name.removeprefix("word/")}"/>'
        for name, kind, ident in PARTS
    )
    return (
        f'{DECLARATION}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{relations}</Relationships>"
    )


def core_properties(title: str) -> str:
    """docProps/core.xml of a master; a paper made from it has its own."""
    return (
        f"{DECLARATION}<cp:coreProperties"
        ' xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        f' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escape(title)}</dc:title>'
        "<dc:language>en-GB</dc:language></cp:coreProperties>"
    )
