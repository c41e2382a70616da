"""On which grounds a bidder must or may be excluded, what is decided about one, and by when the minister is told."""

from __future__ import annotations

from datetime import date, timedelta

from procure.choices import Labelled

MINISTER_DAYS = 30
"""The minister is told within so many days, the day of the exclusion counted. Procurement Act 2023 s.59."""


class Ground(Labelled):
    """A ground for exclusion, as Schedules 6 and 7 of the Procurement Act 2023 head them."""

    MANSLAUGHTER = "manslaughter", "Corporate manslaughter or homicide"
    TERRORISM = "terrorism", "Terrorism"
    FRAUD = "fraud", "Theft, fraud, bribery and the like"
    SLAVERY = "slavery", "Labour market, slavery and human trafficking offences"
    ORGANISED_CRIME = "organised_crime", "Organised crime"
    TAX_OFFENCE = "tax_offence", "Tax offences"
    CARTEL = "cartel", "Cartel offence"
    OTHER_OFFENCE = "other_offence", "An attempt at one of these, help with it, or its like abroad"
    TAX_MISCONDUCT = "tax_misconduct", "Misconduct over tax"
    COMPETITION = "competition", "Infringement of competition law"
    NO_COOPERATION = "no_cooperation", "Failure to cooperate with an investigation"
    DEBARRED = "debarred", "On the debarment list for a mandatory ground"
    UNFAIR_ADVANTAGE = (
        "unfair_advantage",
        "An unfair advantage, by a conflict of interest or improper behaviour",
    )
    LABOUR_MISCONDUCT = "labour_misconduct", "Labour market misconduct"
    ENVIRONMENT = "environment", "Environmental misconduct"
    INSOLVENCY = "insolvency", "Insolvency or bankruptcy"
    POSSIBLE_COMPETITION = "possible_competition", "Possible infringement of competition law"
    PROFESSIONAL = "professional", "Professional misconduct"
    POOR_PERFORMANCE = "poor_performance", "Breach of contract or poor performance"
    IMPROPER = "improper", "Acting improperly in procurement"
    NATIONAL_SECURITY = "national_security", "National security"
    MAY_BE_DEBARRED = "may_be_debarred", "On the debarment list for a discretionary ground"

    @property
    def is_mandatory(self) -> bool:
        """Whether a bidder to whom it applies must be excluded, where it is likely to occur again."""
        return self not in DISCRETIONARY

    @property
    def source(self) -> str:
        """Where the Procurement Act 2023 has it."""
        if self is Ground.UNFAIR_ADVANTAGE:
            return "sections 30 and 82"
        if self in (Ground.DEBARRED, Ground.MAY_BE_DEBARRED):
            return "section 57"
        return "Schedule 6" if self.is_mandatory else "Schedule 7"

    @property
    def full_label(self) -> str:
        """With whether it is mandatory, and its source."""
        kind = "mandatory" if self.is_mandatory else "discretionary"
        return f"{self.label} ({kind}, {self.source})"


DISCRETIONARY = frozenset(
    {
        Ground.LABOUR_MISCONDUCT, Ground.ENVIRONMENT, Ground.INSOLVENCY, Ground.POSSIBLE_COMPETITION,
        Ground.PROFESSIONAL, Ground.POOR_PERFORMANCE, Ground.IMPROPER, Ground.NATIONAL_SECURITY,
        Ground.MAY_BE_DEBARRED,
    }
)  # fmt: skip


class About(Labelled):
    """Whom a ground is about."""

    BIDDER = "bidder", "The bidder"
    CONNECTED = "connected", "Somebody connected with it, such as a director or a parent company"
    ASSOCIATED = "associated", "A supplier it relies on to meet the conditions"
    SUBCONTRACTOR = "subcontractor", "A subcontractor it means to use"

    @property
    def may_be_replaced(self) -> bool:
        """Whether the bidder must be given the chance to put another in their place. s.26 and s.28."""
        return self in (About.ASSOCIATED, About.SUBCONTRACTOR)


class Outcome(Labelled):
    """What was decided about a ground."""

    DOES_NOT_APPLY = "does_not_apply", "The ground doesn’t apply"
    NOT_AGAIN = "not_again", "It applies, and isn’t likely to occur again: the bidder stays in"
    REPLACED = "replaced", "Who it is about was replaced: the bidder stays in"
    STAYS_IN = "stays_in", "It applies, and the bidder stays in all the same"
    EXCLUDED = "excluded", "The bidder is excluded"


def outcome_problem(
    ground: Ground, about: About, outcome: Outcome, *, asked_on: date | None, self_cleaning: str
) -> tuple[str, str]:
    """The field and the sentence for why an outcome can't stand; both empty where it can. s.26, s.28, s.57, s.58."""
    if outcome is Outcome.STAYS_IN and ground.is_mandatory:
        return "outcome", "Under a mandatory ground the bidder must be excluded, unless it isn’t likely to occur again."
    if outcome is Outcome.REPLACED and not about.may_be_replaced:
        return "outcome", "Only a supplier that the bidder relies on, or a subcontractor, can be replaced."
    if outcome is Outcome.NOT_AGAIN and not self_cleaning.strip():
        return "self_cleaning", "Say what the bidder has done so that it isn’t likely to occur again."
    if outcome is Outcome.EXCLUDED and asked_on is None:
        return "asked_on", "Enter the day on which the bidder was asked to answer. It must have the chance to."
    return "", ""


def minister_told_by(excluded_on: date) -> date:
    """The last day for telling the minister of an exclusion: 30 days, of which the day itself is the first. s.59."""
    return excluded_on + timedelta(days=MINISTER_DAYS - 1)
