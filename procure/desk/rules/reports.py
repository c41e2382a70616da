"""Standing reports: what each asks, and its answer in one line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from procure import words
from procure.desk.rules.search import COUNTED_TO


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
        number = f"{COUNTED_TO:,}+" if count > COUNTED_TO else words.sentence(words.number_word(count))
        return self.one if count == 1 else self.many.format(number)


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
    Report(
        "contracts-past-their-end", "Contracts past their end",
        "Which contracts have passed their last day without anybody recording how they ended, and are they still paid?",
        ("Contract", "Last day", "Looked after by", "Paid since", "Next step"),
        "No live contract is past its end.", "One live contract is past its end.",
        "{} live contracts are past their end.",
    ),
    Report(
        "contracts-too-late", "Start buying by: passed",
        "Which contracts end so soon that buying again can’t be done in time, with nobody on it?",
        ("Contract", "Ends", "Start buying by", "Looked after by", "Next step"),
        "Nobody is late in starting to buy again.", "For one contract the day to start buying again has passed.",
        "For {} contracts the day to start buying again has passed.",
    ),
    Report(
        "contracts-without-owner", "Contracts nobody looks after",
        "Which live contracts have no post that looks after them?",
        ("Contract", "Ends", "Value", "Department", "Next step"),
        "Somebody looks after every live contract.", "One live contract has nobody to look after it.",
        "{} live contracts have nobody to look after them.",
    ),
    Report(
        "contracts-without-file", "Contracts without a signed file",
        "Of which live contracts is no signed file kept?",
        ("Contract", "Signed", "Value", "Looked after by", "Next step"),
        "Every live contract has its signed file.", "One live contract has no signed file.",
        "{} live contracts have no signed file.",
    ),
    Report(
        "contracts-over-value", "Contracts over their value",
        "On which live contracts was more paid than they are worth?",
        ("Contract", "Value", "Paid", "Over by", "Next step"),
        "No live contract is over its value.", "One live contract is over its value.",
        "{} live contracts are over their value.",
    ),
    Report(
        "contracts-without-return", "Indicators without a return",
        "On which contracts was nothing recorded of an indicator whose period is over?",
        ("Contract", "Indicators", "Last recorded", "Looked after by", "Next step"),
        "Every indicator that is due has been recorded.", "One contract has an indicator with nothing recorded.",
        "{} contracts have indicators with nothing recorded.",
    ),
)  # fmt: skip


def report_named(name: str) -> Report | None:
    """The report at this address."""
    return next((one for one in REPORTS if one.name == name), None)
