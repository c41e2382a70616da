"""The verb of a resolution: what the body does. A noun is no verb: «the resulting awards be approved» approves."""
# ruff: noqa: E501 - a pattern is read as a whole

from __future__ import annotations

import re

from procure.authority.reading.facts import Said, Stretch

FORMS: dict[str, str] = {
    "Agree": r"agree(?:s|d)?|agreement\s+(?:be|is)\s+given",
    "Approve": r"approve[sd]?|approval\s+(?:be|is)\s+(?:given|granted)|gives?\s+approval",
    "Note": r"notes?d?",
    "Authorise": r"authori[sz]e[sd]?|authori[sz]ation\s+(?:be|is)\s+given",
    "Accept": r"accept(?:s|ed)?",
    "Award": r"award(?:s|ed)?",
    "Grant": r"grant(?:s|ed)?",
    "Recommend": r"recommend(?:s|ed)?",
    "Request": r"request(?:s|ed)?",
    "Instruct": r"instruct(?:s|ed)?",
    "Waive": r"waive[sd]?",
    "Confirm": r"confirm(?:s|ed)?",
    "Consider": r"consider(?:s|ed)?",
    "Identify": r"identif(?:y|ies|ied)",
    "Issue": r"issue[sd]?",
    "Extend": r"extend(?:s|ed)?",
    "Enter": r"enter(?:s|ed)?(?=\s+into\b)",
}
_VERB = re.compile(r"\b(?:" + "|".join(f"(?P<{name}>{form})" for name, form in FORMS.items()) + r")\b", re.IGNORECASE)
_ADVERBS = r"(?:(?:also|hereby|further|therefore|now|then|unanimously|formally|retrospectively|accordingly|has|have|had|and|in\s+principle|after\s+the\s+event)\s+)*"
_OPENS = re.compile(rf"^\W*(?:that\W+)?(?:to\s+)?{_ADVERBS}$", re.IGNORECASE)
_PASSIVE = re.compile(rf"\b(?:be|is|are|was|were|been)\s+(?:\w+ly\s+)?{_ADVERBS}$", re.IGNORECASE)
_SUBJECT = re.compile(
    rf"(?:\b(?:cabinet|members|executive|committee|council|board|panel|leader|mayor|holder|director|officer|member|commissioner|chief\s+\w+|head|manager|services?)\b(?:[^.;:]{{0,90}}?)?,?\s+{_ADVERBS}(?:to\s+)?"
    rf"|\b(?:to|I)\s+{_ADVERBS})$",
    re.IGNORECASE,
)
_BODY_LEAD = re.compile(
    r"^\W*(?:that\W+)?(?:the\s+)?(?:[\w&/-]+[\s,]+){0,5}?(?:cabinet|members|executive|committee|council|board|panel|leader|mayor|director|head|officer|holder|member|manager|commissioner|deputy|chief)\b",
    re.IGNORECASE,
)
_NOUNS = frozenset({"Award", "Grant", "Request", "Issue", "Note", "Extend", "Enter"})
_THEN = re.compile(r"\s+to\s+(?=(?:\w+ly\s+)?(?P<next>\w+))")


def verb(text: str, start: int, end: int) -> Said[str] | None:
    """The first verb that the body itself does in a stretch; None where the stretch has none."""
    said = text[start:end].replace("\n", " ")
    led = bool(_BODY_LEAD.match(said))
    for found in _VERB.finditer(said):
        before = said[: found.start()]
        near = before[-160:]
        passive = bool(_PASSIVE.search(near))
        opens = bool(_OPENS.match(before)) if len(before) < 90 else False
        subject = led and bool(_SUBJECT.search(near)) and not _follows_to(near)
        given = " given" in found.group().lower() or " granted" in found.group().lower()
        name = str(found.lastgroup)
        if (
            opens
            and name in _NOUNS
            and re.match(r"s?\s+(?:from|for|of|to|in)\b", said[found.end() - (found.group()[-1] in "sS") :])
        ):
            continue
        if (
            passive
            or opens
            or given
            or (subject and name not in _NOUNS - {"Award"})
            or (subject and name in _NOUNS and found.group()[-1] in "sd" and name not in ("Grant",))
        ):
            return _then(said, start, found, name)
    return None


def _follows_to(near: str) -> bool:
    """«to award» inside a clause of another verb is no verb of the body's."""
    return bool(re.search(r"\bto\s+$", near)) and bool(re.search(r"\b(?:to|for|of|with)\b.*\bto\s+$", near[:-1]))


def _then(said: str, start: int, found: re.Match[str], name: str) -> Said[str]:
    """«agree to extend» extends; «agree that» and «agrees to lend» agree."""
    at = Stretch(start + found.start(), start + found.end())
    if name == "Agree" and (to := _THEN.match(said, found.end())):
        following = _VERB.match(said, to.end())
        if following and following.lastgroup:
            return Said(following.lastgroup, Stretch(at.start, start + following.end()))
    return Said(name, at)
