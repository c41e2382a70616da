"""What a template may not hold, whatever it says: what runs, what fetches, what hides, what is too big to read.

Two links are taken out rather than refused, since Word leaves them behind unasked: to the template that a document was
begun from, and to the mailing list that a letter was merged with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from procure.documents.paragraphs import W, parser
from procure.documents.problems import THE_FILE, Problem

Element = Any

SAFE_LINKS = ("https://", "http://", "mailto:")
UNSAFE_PARTS = re.compile(r"vbaproject|vbadata|activex|oleobject|afchunk|attachedtoolbars|customui", re.I)
EMBEDDED = re.compile(r"/embeddings/", re.I)
UNSAFE_RELATIONS = re.compile(r"/(aFChunk|subDocument|oleObject|frame|package|control|attachedToolbars)$", re.I)
LEFT_BEHIND = {
    "attachedtemplate": "The link to the template it was begun from was taken out.",
    "mailmergesource": "The link to its mailing list was taken out.",
    "mailmergeheadersource": "The link to its mailing list was taken out.",
    "recipientdata": "The link to its mailing list was taken out.",
}
"""Relationships that are taken out with a note, by the last word of their kind."""
PICTURE_OF_ITSELF = "thumbnail"
"""The kind of relationship to a small picture of the first page, which would show an old one."""
LEAVES_MARKS = (f"{W}attachedTemplate", f"{W}mailMerge")
"""Elements of the settings that name such a relationship."""

LARGEST_XML = 8 * 1024 * 1024
MOST_MARKUP = 150_000
"""Tags of XML and their attributes, in all parts: twenty times what the longest of our own papers has."""
MOST_TAGS = 3_000

STEADY = frozenset(
    {"PAGE", "NUMPAGES", "SECTIONPAGES", "REF", "PAGEREF", "STYLEREF", "NOTEREF", "SEQ", "TOC", "TC", "XE", "LISTNUM",
     "SYMBOL", "FORMTEXT", "FORMCHECKBOX", "FORMDROPDOWN", "HYPERLINK", "MERGEFIELD"}
)  # fmt: skip
"""Fields that say the same whenever the paper is opened."""
CHANGING = frozenset(
    {"DATE", "TIME", "CREATEDATE", "SAVEDATE", "PRINTDATE", "EDITTIME", "AUTHOR", "LASTSAVEDBY", "TITLE", "SUBJECT",
     "KEYWORDS", "COMMENTS", "FILENAME", "FILESIZE", "NUMWORDS", "NUMCHARS", "REVNUM", "TEMPLATE", "DOCPROPERTY",
     "DOCVARIABLE", "INFO", "USERNAME", "USERINITIALS", "USERADDRESS", "SECTION", "INDEX", "TOA", "TA", "QUOTE", "=",
     "IF", "COMPARE", "NEXT", "NEXTIF", "SKIPIF", "MERGEREC", "MERGESEQ", "SET", "ASK", "FILLIN", "ADVANCE", "EQ",
     "BARCODE", "GREETINGLINE", "ADDRESSBLOCK", "AUTONUM", "AUTONUMLGL", "AUTONUMOUT", "BIDIOUTLINE", "CITATION",
     "BIBLIOGRAPHY"}
)  # fmt: skip
"""Harmless fields that work something out anew: no paper that was issued may hold one."""
LINK_TARGET = re.compile(r'HYPERLINK\s+(?:\\\w\s+)*"?\s*([^"\s\\]*)', re.I)


@dataclass
class Examined:
    """A document without what was left behind in it, and what else is wrong with it."""

    parts: dict[str, bytes]
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    codes: list[tuple[str, str]] = field(default_factory=list)
    """Each field code with the part it stands in."""


def examine(parts: Mapping[str, bytes]) -> Examined:
    """Looks through all parts for what could do harm. Reads nothing but the document itself."""
    found = Examined(dict(parts))
    found.problems += _odd_parts(parts)
    found.problems += _too_much(parts)
    if found.problems:
        return found
    _links(found)
    for name, content in list(found.parts.items()):
        if name.startswith("word/") and name.endswith(".xml"):
            _look_into(found, name, content)
    return found


def _odd_parts(parts: Mapping[str, bytes]) -> Iterator[Problem]:
    for name, content in parts.items():
        if UNSAFE_PARTS.search(name):
            yield Problem(THE_FILE, f"It holds a macro or a control ({name}). Save it as a plain .docx.")
        elif EMBEDDED.search(name):
            yield Problem(THE_FILE, f"It holds an embedded object ({name}). Paste a picture of it instead.")
        elif name.endswith((".xml", ".rels")):
            if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
                yield Problem(THE_FILE, f"The part {name} defines its own entities.")
            elif b"\x00" in content[:400] or not _is_utf8(content):
                yield Problem(THE_FILE, f"The part {name} is damaged: it is not written in UTF-8.")
    types = parts["[Content_Types].xml"]
    if b"macroEnabled" in types:
        yield Problem(THE_FILE, "It is a macro-enabled document. Save it as a plain .docx.")
    if b"wordprocessingml.template.main+xml" in types:
        yield Problem(THE_FILE, "It is a Word template (.dotx). Save it as a Word document (.docx).")


def _is_utf8(content: bytes) -> bool:
    declared = re.match(rb"""\s*<\?xml[^>]*?encoding=["']([\w-]+)""", content.removeprefix(b"\xef\xbb\xbf"))
    if declared and declared[1].lower() not in (b"utf-8", b"us-ascii", b"ascii"):
        return False
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _too_much(parts: Mapping[str, bytes]) -> Iterator[Problem]:
    xml = {name: content for name, content in parts.items() if name.endswith((".xml", ".rels"))}
    markup = sum(content.count(b"<") + content.count(b"=") for content in xml.values())
    if markup > MOST_MARKUP or any(len(content) > LARGEST_XML for content in xml.values()):
        yield Problem(THE_FILE, "It is too long and too intricate for a template.")
    if sum(content.count(b"{{") + content.count(b"{%") for content in xml.values()) > MOST_TAGS:
        yield Problem(THE_FILE, f"It holds more than {MOST_TAGS:,} tags.")


# ── links to the outside ──


def _links(found: Examined) -> None:
    for name, content in list(found.parts.items()):
        if name.endswith(".rels") and (root := _read(found, name, content)) is not None:
            relations = [one for one in root if isinstance(one.tag, str)]
            leaving = [one for one in relations if _leaves(found, one)]
            for relation in leaving:
                root.remove(relation)
            if leaving:
                found.parts[name] = _written(root)
    if found.notes:
        _forget_what_was_taken(found)


def _leaves(found: Examined, relation: Element) -> bool:
    """Whether a relationship is taken out; what is wrong with one that stays is noted."""
    kind = relation.get("Type", "").rpartition("/")[2].lower()
    if kind == PICTURE_OF_ITSELF:
        found.parts.pop(relation.get("Target", "").lstrip("/"), None)
        return True
    note = LEFT_BEHIND.get(kind)
    if note is None:
        found.problems += _link(relation)
    elif note not in found.notes:
        found.notes.append(note)
    return note is not None


def _link(relation: Element) -> Iterator[Problem]:
    kind, target = relation.get("Type", ""), relation.get("Target", "")
    outside = relation.get("TargetMode", "").lower() == "external"
    if outside and kind.endswith("/hyperlink") and target.strip().lower().startswith(SAFE_LINKS):
        return
    if outside and kind.endswith("/image"):
        yield Problem(THE_FILE, f"It shows a picture from outside ({target[:80]}). Insert the picture itself.")
    elif outside and kind.endswith("/hyperlink"):
        yield Problem(THE_FILE, f"A link leads to {target[:80]}, outside the web. Links start with http or mailto.")
    elif outside:
        yield Problem(THE_FILE, f"It fetches something from outside when it is opened ({target[:80]}).")
    elif UNSAFE_RELATIONS.search(kind):
        yield Problem(
            THE_FILE, f"It holds an object of another program ({target[:80]}). Paste a picture of it instead."
        )


def _forget_what_was_taken(found: Examined) -> None:
    name = "word/settings.xml"
    root = _read(found, name, found.parts.get(name, b""))
    if root is None:
        return
    for mark in LEAVES_MARKS:
        for element in root.findall(mark):
            root.remove(element)
    found.parts[name] = _written(root)


def _written(root: Element) -> bytes:
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written


def _read(found: Examined, name: str, content: bytes) -> Element | None:
    if not content:
        return None
    try:
        return etree.fromstring(content, parser())
    except etree.XMLSyntaxError:
        found.problems.append(Problem(THE_FILE, f"The part {name} is damaged."))
        return None


# ── inside one part ──


def _look_into(found: Examined, name: str, content: bytes) -> None:
    root = _read(found, name, content)
    if root is None:
        return
    if name == "word/document.xml":
        found.problems += _not_a_body(root)
    elif name == "word/settings.xml":
        found.problems += _protected(root)
    for tags, sentence in NOT_ALLOWED:
        if any(root.find(f".//{W}{tag}") is not None for tag in tags):
            found.problems.append(Problem(name, sentence))
    if b"src=" in content and any(element.get("src") for element in root.iter("{urn:schemas-microsoft-com:vml}*")):
        found.problems.append(Problem(name, OUTSIDE_PICTURE))
    if b"instr" in content:
        found.problems += _fields(found, name, root)


OUTSIDE_PICTURE = "It shows a picture from outside. Insert the picture itself."
NOT_ALLOWED = (
    (("ins", "del", "moveFrom", "moveTo"), "It holds tracked changes. Accept or reject them all, then save."),
    (("commentReference",), "It holds comments. Delete them, then save."),
    (("altChunk", "subDoc"), "It pulls in another file."),
    (("object", "control"), "It holds an object of another program. Paste a picture of it instead."),
)


def _not_a_body(root: Element) -> Iterator[Problem]:
    if root.tag != f"{W}document":
        yield Problem(THE_FILE, "It is saved as Strict Open XML. Save it as a Word document (.docx).")
    elif len(root.findall(f"{W}body")) != 1:
        yield Problem(THE_FILE, "The file is damaged: a document has one body.")


def _protected(root: Element) -> Iterator[Problem]:
    lock = root.find(f"{W}documentProtection")
    if lock is not None and lock.get(f"{W}enforcement") in ("1", "true", "on"):
        yield Problem(THE_FILE, "It is protected against editing. In Word choose Review, Restrict Editing, Stop.")


def _fields(found: Examined, name: str, root: Element) -> Iterator[Problem]:
    told: set[str] = set()
    for code, is_hidden in field_codes(root):
        word = word_of(code)
        found.codes.append((name, code))
        if is_hidden and not word:
            sentence = "A field’s code is worked out by another field."
        elif word == "HYPERLINK" and not _is_safe_link(code):
            sentence = "A link leads outside the web. Links start with http or mailto."
        elif word and word not in STEADY and word not in CHANGING:
            sentence = f"The field {word[:40]} is not allowed: it can fetch or run something."
        else:
            continue
        if sentence not in told:
            told.add(sentence)
            yield Problem(name, sentence, tag=" ".join(code.split())[:80])


def _is_safe_link(code: str) -> bool:
    found = LINK_TARGET.match(code.strip())
    target = found[1].lower() if found else ""
    return not target or target.startswith(SAFE_LINKS)


def word_of(code: str) -> str:
    """The word a field code begins with, in capitals: MERGEFIELD."""
    words = code.replace("=", "= ", 1).split() if code.lstrip().startswith("=") else code.split()
    return words[0].upper() if words else ""


def field_codes(root: Element) -> Iterator[tuple[str, bool]]:
    """Every field code of a part, and whether another field stands inside that code."""
    open_fields: list[list[Any]] = []  # [pieces of the code, in its code yet?, holds a field?]
    for element in root.iter(f"{W}fldChar", f"{W}instrText", f"{W}fldSimple"):
        if element.tag == f"{W}fldSimple":
            yield element.get(f"{W}instr", ""), False
        elif element.tag == f"{W}instrText":
            if open_fields:
                open_fields[-1][0].append(element.text or "")
            else:
                yield element.text or "", False
        elif element.get(f"{W}fldCharType") == "begin":
            if open_fields and open_fields[-1][1]:
                open_fields[-1][2] = True
            open_fields.append([[], True, False])
        elif open_fields and element.get(f"{W}fldCharType") == "separate":
            open_fields[-1][1] = False
        elif open_fields:
            pieces, _, holds = open_fields.pop()
            yield "".join(pieces), holds
    for pieces, _, holds in open_fields:
        yield "".join(pieces), holds
