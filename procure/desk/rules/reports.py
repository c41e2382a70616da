"""Standing reports: what each asks, and its answer in one line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from procure import words


@dataclass(frozen=True)
class Cell:
    """What stands in one place of a report: words, perhaps a link, perhaps a quieter line below."""

    text: str
    href: str = ""
    quiet: str = ""
    is_example: bool = False


@dataclass(frozen=True)
class Report:
    """A standing report: its address, its question, its columns, and its answers for none, one and many."""

    name: str
    title: str
    asks: str
    heads: tuple[str, ...]
    none: str
    one: str
    many: str
    """With {} for the number."""

    def answer(self, count: int) -> str:
        """The answer in one line: "Nothing is late.", "Three decisions wait."."""
        if count == 0:
            return self.none
        return self.one if count == 1 else self.many.format(words.sentence(words.number_word(count)))


Row = Sequence[Cell]

REPORTS = (
    Report(
        "powers-in-force", "Powers in force", "Which powers may be used today, and by whom?",
        ("Power", "Post", "Consulted", "Limits", "Until"),
        "No power is in force.", "One power is in force.", "{} powers are in force.",
    ),
    Report(
        "powers-expiring", "Powers that end soon", "Which powers end within three months?",
        ("Power", "Post", "Consulted", "Limits", "Until"),
        "No power ends within three months.", "One power ends within three months.",
        "{} powers end within three months.",
    ),
    Report(
        "powers-unused", "Powers never used", "Under which powers in force was nothing ever signed?",
        ("Power", "Post", "Consulted", "Limits", "Until"),
        "Every power in force has been used.", "One power in force was never used.",
        "{} powers in force were never used.",
    ),
    Report(
        "decisions-waiting", "Decisions that wait", "Which decisions wait, for whom, and for how long?",
        ("Decision", "Waits for", "Since", "Days"),
        "No decision waits.", "One decision waits.", "{} decisions wait.",
    ),
    Report(
        "published-late", "Published late",
        "Which decisions were, or are, published more than two working days after they were signed?",
        ("Decision", "Signed", "Published", "Working days late"),
        "Nothing is late.", "One decision was published late, or still isn’t published.",
        "{} decisions were published late, or still aren’t published.",
    ),
    Report(
        "signed-by-cover", "Signed by cover", "Which decisions were signed by somebody covering the post?",
        ("Decision", "Signed by", "For", "Signed", "Authority to cover"),
        "No decision was signed by cover.", "One decision was signed by cover.", "{} decisions were signed by cover.",
    ),
    Report(
        "waivers-after-the-event", "Waivers after the event",
        "Which rules were waived only after the work had begun?",
        ("Waiver", "Rule", "Work began", "Signed"),
        "No waiver came after the event.", "One waiver came after the event.", "{} waivers came after the event.",
    ),
    Report(
        "no-limit", "Awards under a power without a limit",
        "Which awards and changes rest on a power that states no limit on value or on length, and who confirmed them?",
        ("Decision", "Power", "Not stated", "Confirmed by"),
        "No signed award rests on a power without a limit.", "One award rests on a power without a limit.",
        "{} awards rest on a power without a limit.",
    ),
)  # fmt: skip


def report_named(name: str) -> Report | None:
    """The report at this address."""
    return next((one for one in REPORTS if one.name == name), None)
