"""How much one criterion would have to count before another option came first."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

from procure import words
from procure.appraisal.rules.comparing import Comparison, Weighed, as_decimal, leaders, named, total_of, totals


@dataclass(frozen=True)
class Run:
    """From one whole per cent to another, both included, the same options come first."""

    from_: int
    until: int
    first: tuple[int, ...]


@dataclass(frozen=True)
class Switching:
    """What changes as one criterion counts for more or less while the others keep their shares of the rest."""

    criterion: Weighed
    ends: tuple[tuple[int, Decimal, Decimal], ...]
    """Number of each option, its total where the criterion counts for nothing, and where it counts for everything."""
    runs: tuple[Run, ...]

    @property
    def now(self) -> int:
        return self.criterion.weight

    @property
    def _at(self) -> int:
        return next(index for index, run in enumerate(self.runs) if run.from_ <= self.now <= run.until)

    @property
    def current(self) -> Run:
        """The run in which the agreed weight lies."""
        return self.runs[self._at]

    @property
    def above(self) -> tuple[Run, ...]:
        return self.runs[self._at + 1 :]

    @property
    def below(self) -> tuple[Run, ...]:
        """Runs at smaller weights, nearest first."""
        return self.runs[: self._at][::-1]

    @property
    def switch(self) -> Run | None:
        """The nearest run in which one other option leads alone; None where the answer never changes."""
        ways_out = (_to_the_next_leader(self.above), _to_the_next_leader(self.below))
        found = [run for way in ways_out for run in way[-1:] if len(run.first) == 1]
        ways = sorted(found, key=lambda run: min(abs(run.from_ - self.now), abs(run.until - self.now)))
        return ways[0] if ways else None

    @property
    def switches_below(self) -> bool:
        """Whether the nearest switch lies at a smaller weight than the agreed one."""
        return self.switch is not None and self.switch.until < self.now

    @property
    def rows(self) -> tuple[tuple[int, dict[int, Decimal]], ...]:
        """For the table: the agreed weight and the weights on both sides of each switch, with every total."""
        marks = {self.now}
        for run in _to_the_next_leader(self.above):
            marks |= {run.from_ - 1, run.from_}
        for run in _to_the_next_leader(self.below):
            marks |= {run.until, run.until + 1}
        return tuple((weight, self.totals_at(weight)) for weight in sorted(marks))

    def totals_at(self, weight: int) -> dict[int, Decimal]:
        """Every total where the criterion counts for that much."""
        return {no: at0 + (at100 - at0) * weight / 100 for no, at0, at100 in self.ends}

    @property
    def stays(self) -> str:
        """How long the first stays first: "It stays first while cost counts for 62% or less." """
        subject = "It stays" if len(self.current.first) == 1 else "They stay"
        return self._stays(subject)

    @property
    def sentence(self) -> str:
        """The same with what happens beyond, as the paper prints it."""
        first = self.current.first
        name = words.sentence(named(first))
        said = [self._stays(f"{name} stays" if len(first) == 1 else f"{name} stay")]
        said += _beyond(self.above, up=True)
        said += _beyond(self.below, up=False)
        return " ".join(said)

    def _stays(self, subject: str) -> str:
        run, word = self.current, self.criterion.word
        place = "first" if len(run.first) == 1 else "level"
        if len(self.runs) == 1:
            return f"{subject} {place} whatever {word} counts for."
        if run.from_ == run.until:
            return f"{subject} {place} only while {word} counts for exactly {run.from_}%."
        if run.from_ == 0:
            return f"{subject} {place} while {word} counts for {run.until}% or less."
        if run.until == 100:
            return f"{subject} {place} while {word} counts for {run.from_}% or more."
        return f"{subject} {place} while {word} counts for {run.from_}% to {run.until}%."


def _to_the_next_leader(way: tuple[Run, ...]) -> tuple[Run, ...]:
    """The next run on one side and, where that is a tie, the one behind it."""
    return way[:2] if way and len(way[0].first) > 1 else way[:1]


def _beyond(way: tuple[Run, ...], *, up: bool) -> list[str]:
    """What comes next on one side: who would lead, after a tie where there is one."""
    if not way:
        return []
    said, run = [], way[0]
    if len(run.first) > 1 and len(way) > 1:
        at = f"{run.from_}%" if run.from_ == run.until else f"{run.from_}% to {run.until}%"
        said.append(f"At {at}, {named(run.first)} would be level.")
        run = way[1]
    would = "would lead" if len(run.first) == 1 else "would be level"
    where = f"From {run.from_}%" if up else f"At {run.until}% or less"
    if not up and run.until == 0:
        where = "At 0%"
    if up and run.from_ == 100:
        where = "At 100%"
    said.append(f"{where}, {named(run.first)} {would}.")
    return said


def switching(comparison: Comparison, key: int) -> Switching | None:
    """Who comes first at every whole per cent of one criterion; None where nothing else shares the weight.

    The totals run straight between 0% and 100%, so it is enough to know both ends. Whole per cents only: "62% or
    less; from 63%" says all that a council decides by.
    """
    criterion = next(one for one in comparison.criteria if one.key == key)
    if not comparison.is_ready or criterion.weight >= 100:
        return None
    nothing, everything = _ends(comparison, criterion)
    first_at = []
    for weight in range(101):
        by_no = {no: nothing[no] + (everything[no] - nothing[no]) * weight / 100 for no in nothing}
        first_at.append((weight, leaders(by_no)))
    runs = []
    for first, members in groupby(first_at, key=lambda at: at[1]):
        weights = [weight for weight, _ in members]
        runs.append(Run(weights[0], weights[-1], first))
    ends = tuple((no, as_decimal(nothing[no]), as_decimal(everything[no])) for no in nothing)
    return Switching(criterion, ends, tuple(runs))


def _ends(comparison: Comparison, criterion: Weighed) -> tuple[dict[int, Fraction], dict[int, Fraction]]:
    """Totals where the criterion counts for nothing, and where it counts for everything."""
    rest = 100 - criterion.weight
    nothing = with_weight(comparison, criterion, 0)
    everything = [Fraction(100 if one.key == criterion.key else 0) for one in comparison.criteria]
    assert rest > 0
    return totals(comparison, nothing), {option.no: total_of(option, everything) for option in comparison.scored}


def with_weight(comparison: Comparison, criterion: Weighed, weight: int) -> list[Fraction]:
    """All weights where one criterion counts for that much and the others keep their shares of the rest."""
    rest = 100 - criterion.weight
    return [
        Fraction(weight) if one.key == criterion.key else Fraction(one.weight * (100 - weight), rest)
        for one in comparison.criteria
    ]
