"""How a paragraph that decides begins, where no numeral tells that it is a resolution."""
# ruff: noqa: E501 - a pattern is read as a whole

from __future__ import annotations

import re

from procure.authority.reading.layout import Zone

DECISIVE = re.compile(
    r"(?:That\b|APPROVED|AGREED|NOTED|DELEGATED|AUTHORISED|ACCEPTED|AWARDED|RESOLVED"
    r"|(?:Approved|Agreed|Noted|Delegated|Authorised|Accepted|Awarded|Granted|Waived|Endorsed|Recommended|Approves?|Agrees?|Authorises?|Delegates?)\b"
    r"|To\s+(?:agree|approve|authorise|delegate|note|award|accept|grant|waive|extend|enter|recommend)\b"
    r"|(?:The\s+|That\s+the\s+)?(?:Cabinet|Executive|Council|Committee|Members|Leader|Mayor|Board|Panel|[A-Z][^.:;\n]{0,90}?(?:Director|Officer|Head|Holder|Member|Leader|Manager|Services|Committee)"
    r"[^.:;\n]{0,90}?)\s+"
    r"(?:(?:has|have|also|hereby|therefore|then|unanimously)\s+)*(?<!authority )(?<!powers )(?<!power )(?:approve[sd]|agree[sd]|authorise[sd]|delegate[sd]|accept(?:s|ed)|award(?:s|ed)|granted|resolve[sd]|waive[sd])\b)"
)
PASSIVELY = re.compile(
    r"\b(?:be|is|are)\s+(?:\w+ly\s+)?(?:approved|agreed|noted|authorised|accepted|awarded|granted|issued|delegated|waived|extended|endorsed)\b",
    re.IGNORECASE,
)
_SOMEBODY_DECIDED = re.compile(
    r"(?:The\s+)?[A-Z][^.:;\n]{2,160}?\b(?:has\s+|have\s+|hereby\s+)*(?:APPROVED|AGREED|AUTHORISED|approved|agreed|decided|authorised|waived|accepted|awarded)\s+"
    r"(?:the|that|a|an|to|use|awards?|waiving|awarding|extending|entering)\b"
)
"""«The Commissioner, under delegated powers, APPROVED the award …»: whoever it is, under a heading of decisions."""
_EITHER = re.compile(f"(?:{DECISIVE.pattern})|(?:{_SOMEBODY_DECIDED.pattern})")
OPEN_ENDED = re.compile(r"(?:\bto\s*|:\s*-?\s*|\bthat\s*|;\s*to\s*)$", re.IGNORECASE)
BARE = re.compile(
    r"(?:to\s+)?(?!that\b|the\b|authority\b|note|approv|agree|delegat|authoris|cabinet\b|recommend|endorse)[a-z]+",
    re.IGNORECASE,
)
NOTICE = re.compile(
    r"\bforthcoming\s+decisions?\b|\bdecision\s+due\b|\bnotice\s+of\s+(?:proposed\s+)?(?:key\s+)?decision\b",
    re.IGNORECASE,
)
"""A notice says what is to be decided; its purpose decides nothing."""


def decides(zone: Zone) -> re.Pattern[str]:
    """How a paragraph that decides begins; under a heading of decisions whoever it is may have decided."""
    return _EITHER if zone == Zone.DECISION else DECISIVE
