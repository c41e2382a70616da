"""What happens while a contract lives: ratings, promises kept, papers renewed, notices published, files kept."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from procure import words
from procure.audit.actions import Actor, act
from procure.contract.life_facts import is_over_five_million, owes
from procure.contract.life_models import (
    ContractFile,
    ContractNotice,
    ExpiringPaper,
    Indicator,
    IndicatorReturn,
    Obligation,
)
from procure.contract.life_rules import RATED_EVERY_MONTHS, ExpiringKind, NoticeDuty, Rating
from procure.contract.models import Contract
from procure.council.law import contract_copy_due, termination_notice_due
from procure.documents.actions import Kept
from procure.documents.storage import PaperIsDamaged, kept_bytes
from procure.extensions import db
from procure.law.regimes import Duty
from procure.law.working_days import last_day_of_months_beginning
from procure.now import legal_day
from procure.people.models import Person
from procure.refusals import Refusal


class LifeRefused(Refusal):
    """What is said of the contract’s life can’t be right."""


# ── indicators ──


def add_indicator(
    contract: Contract,
    *,
    name: str,
    measure: str,
    target: str,
    every_months: int,
    first_due_on: date,
    is_published: bool,
    by: Actor,
    at: datetime,
) -> Indicator:
    """Set a key performance indicator. A published one brings the yearly contract performance notice (UK9)."""
    with act(f"set an indicator: {name}", on=contract, by=by, at=at):
        _refuse_indicator(contract, None, name, every_months)
        indicator = Indicator(
            contract=contract, name=name.strip(), measure=measure.strip(), target=target.strip(),
            every_months=every_months, first_due_on=first_due_on, is_published=is_published,
            is_example=contract.is_example,
        )  # fmt: skip
        db.session.add(indicator)
        db.session.flush()
        owe_performance(contract)
    return indicator


def change_indicator(
    indicator: Indicator,
    *,
    name: str,
    measure: str,
    target: str,
    every_months: int,
    first_due_on: date,
    is_published: bool,
    because: str,
    by: Actor,
    at: datetime,
    sees: int | None = None,
) -> None:
    """Change an indicator, with the reason. What was rated stays as it was rated."""
    contract = indicator.contract
    with act(f"changed an indicator: {indicator.name}", on=indicator, by=by, at=at, note=because, sees=sees):
        if not because.strip():
            raise LifeRefused("Say why it changes.", field="because")
        _refuse_indicator(contract, indicator, name, every_months)
        indicator.name, indicator.measure, indicator.target = name.strip(), measure.strip(), target.strip()
        indicator.every_months, indicator.first_due_on, indicator.is_published = (
            every_months,
            first_due_on,
            is_published,
        )
        owe_performance(contract)


def end_indicator(indicator: Indicator, *, because: str, by: Actor, at: datetime) -> None:
    """Stop measuring an indicator. What was rated stays."""
    with act(f"stopped measuring: {indicator.name}", on=indicator, by=by, at=at, note=because):
        if not because.strip():
            raise LifeRefused("Say why it isn’t measured any more.", field="because")
        if indicator.ended_on is not None:
            raise LifeRefused("This indicator has ended already.")
        indicator.ended_on = legal_day(at)


def _refuse_indicator(contract: Contract, own: Indicator | None, name: str, every_months: int) -> None:
    if any(one is not own and one.name.casefold() == name.strip().casefold() for one in contract.indicators):
        raise LifeRefused("An indicator of this name is set already.", field="name")
    if every_months > RATED_EVERY_MONTHS:
        raise LifeRefused(
            "Performance is assessed at least every 12 months (Procurement Act 2023, section 71).", field="every_months"
        )


def do_without_indicators(
    contract: Contract, because: str, *, by: Actor, at: datetime, sees: int | None = None
) -> None:
    """Say why a contract over £5 million has no indicators, or fewer than three. Procurement Act 2023 s.52(3)."""
    with act("said why there are no indicators", on=contract, by=by, at=at, note=because, sees=sees):
        contract.no_indicators_because = because.strip()


def rate(
    indicator: Indicator,
    *,
    from_on: date,
    until_on: date,
    rating: Rating,
    result: str = "",
    because: str = "",
    by: Person,
    at: datetime,
) -> IndicatorReturn:
    """Rate an indicator over a period in the words of the regulations. Procurement Regulations 2024 reg 39."""
    contract = indicator.contract
    with act(f"rated {indicator.name}: {rating.label.lower()}", on=contract, by=by, at=at):
        if until_on < from_on:
            raise LifeRefused("The period can’t end before it begins.", field="until_on")
        if until_on > legal_day(at):
            raise LifeRefused("The period has to be over. Enter a last day that has come.", field="until_on")
        if contract.starts_on is not None and from_on < contract.starts_on:
            raise LifeRefused(f"The contract starts on {words.day(contract.starts_on)}.", field="from_on")
        over = next((one for one in indicator.returns if one.from_on <= until_on and from_on <= one.until_on), None)
        if over is not None:
            period = f"{words.day(over.from_on)} to {words.day(over.until_on)}"
            raise LifeRefused(f"It was rated from {period} already.", field="from_on")
        if rating is not Rating.GOOD and not because.strip():
            raise LifeRefused("Say why it isn’t Good, and what is being done.", field="because")
        found = IndicatorReturn(
            indicator=indicator, from_on=from_on, until_on=until_on, rating=rating, result=result.strip(),
            because=because.strip(), rated_by=by, rated_at=at, is_example=indicator.is_example,
        )  # fmt: skip
        db.session.add(found)
        db.session.flush()
    return found


def owe_performance(contract: Contract) -> None:
    """Plan the next contract performance notice (UK9), once a contract has published indicators."""
    began = contract.signed_on or contract.starts_on
    published = any(one.is_published and one.ended_on is None for one in contract.indicators)
    if began is None or not published or not owes(contract, Duty.KPIS):
        return
    notices = [one for one in contract.life_notices if one.duty is NoticeDuty.PERFORMANCE]
    if any(one.published_on is None for one in notices):
        return
    from_on = max((one.due_on for one in notices), default=began - timedelta(days=1)) + timedelta(days=1)
    due_on = last_day_of_months_beginning(from_on, RATED_EVERY_MONTHS)
    owe_notice(contract, NoticeDuty.PERFORMANCE, about_on=from_on, due_on=due_on)


# ── notices ──


def owe_notice(contract: Contract, duty: NoticeDuty, *, about_on: date, due_on: date) -> ContractNotice:
    """Write down a notice that a contract owes, once for each thing it is about, inside the act that causes it."""
    known = next((one for one in contract.life_notices if (one.duty, one.about_on) == (duty, about_on)), None)
    if known is not None:
        return known
    found = ContractNotice(
        contract=contract, duty=duty, about_on=about_on, due_on=due_on, owner_post=contract.manager_post,
        is_example=contract.is_example,
    )  # fmt: skip
    db.session.add(found)
    return found


def owe_copy(contract: Contract, entered_on: date) -> None:
    """The copy of a contract over £5 million, 90 days after it is entered into, 180 if light touch. s.53(3)."""
    if is_over_five_million(contract) and owes(contract, Duty.CONTRACT_COPY):
        due = contract_copy_due(entered_on, light_touch=contract.is_light_touch).answer
        owe_notice(contract, NoticeDuty.COPY, about_on=entered_on, due_on=due)


def owe_termination(contract: Contract, ended_on: date) -> None:
    """The contract termination notice (UK11), 30 days beginning with the last day; expiry counts too. s.80."""
    if owes(contract, Duty.TERMINATION_NOTICE):
        due = termination_notice_due(ended_on).answer
        owe_notice(contract, NoticeDuty.TERMINATION, about_on=ended_on, due_on=due)


def publish_notice(
    notice: ContractNotice, *, published_on: date, reference: str, by: Actor, at: datetime, sees: int | None = None
) -> None:
    """Record that a notice was published. A yearly one brings the next."""
    with act(f"recorded a notice as published: {notice.duty.label}", on=notice, by=by, at=at, sees=sees):
        if notice.published_on is not None:
            raise LifeRefused(f"It was published on {words.day(notice.published_on)} already.")
        if published_on > legal_day(at):
            raise LifeRefused("It can’t be published on a day that hasn’t come.", field="published_on")
        if not reference.strip():
            raise LifeRefused("Enter the reference it has on the central platform.", field="reference")
        notice.published_on, notice.reference = published_on, reference.strip()
        if notice.duty is NoticeDuty.PERFORMANCE and notice.contract.ended_on is None:
            owe_performance(notice.contract)


# ── promises ──


def add_promise(
    contract: Contract, *, what: str, source: str, due_on: date | None, by: Actor, at: datetime
) -> Obligation:
    """Record something the supplier promised."""
    with act("recorded a promise of the supplier’s", on=contract, by=by, at=at):
        found = Obligation(
            contract=contract, what=what.strip(), source=source.strip(), due_on=due_on, is_example=contract.is_example
        )
        db.session.add(found)
        db.session.flush()
    return found


def keep_promise(
    found: Obligation,
    *,
    due_on: date | None,
    kept_on: date | None,
    evidence: str,
    by: Actor,
    at: datetime,
    sees: int | None = None,
) -> None:
    """Say by when a promise is due, or that it was kept, with what shows it."""
    said = "recorded a promise as kept" if kept_on else "changed a promise"
    with act(said, on=found, by=by, at=at, sees=sees):
        if kept_on is not None and kept_on > legal_day(at):
            raise LifeRefused("It can’t be kept on a day that hasn’t come.", field="kept_on")
        if kept_on is not None and not evidence.strip():
            raise LifeRefused("Say what shows that it was kept.", field="evidence")
        found.due_on, found.kept_on, found.evidence = due_on, kept_on, evidence.strip()


# ── papers that run out ──


def add_paper(
    contract: Contract,
    *,
    kind: ExpiringKind,
    expires_on: date,
    by: Actor,
    at: datetime,
    name: str = "",
    cover: Decimal | None = None,
) -> ExpiringPaper:
    """Record an insurance or policy of the supplier’s and the day it runs out."""
    with act(f"recorded a paper: {name.strip() or kind.label}", on=contract, by=by, at=at):
        found = ExpiringPaper(
            contract=contract, kind=kind, name=name.strip(), cover=cover, expires_on=expires_on,
            is_example=contract.is_example,
        )  # fmt: skip
        db.session.add(found)
        db.session.flush()
    return found


def renew_paper(
    paper: ExpiringPaper, *, expires_on: date, cover: Decimal | None, by: Actor, at: datetime, sees: int | None = None
) -> ExpiringPaper:
    """Record the new paper that takes the place of one that runs out. The old one stays on record."""
    contract = paper.contract
    with act(f"recorded a renewed paper: {paper.said}", on=paper, by=by, at=at, sees=sees):
        if paper.renewed_on is not None:
            raise LifeRefused("A newer one is recorded already.")
        if expires_on <= paper.expires_on:
            raise LifeRefused(f"The new one runs longer than {words.day(paper.expires_on)}.", field="expires_on")
        paper.renewed_on = legal_day(at)
        found = ExpiringPaper(
            contract=contract, kind=paper.kind, name=paper.name, cover=cover, expires_on=expires_on,
            is_example=paper.is_example,
        )  # fmt: skip
        db.session.add(found)
        db.session.flush()
    return found


# ── files ──


def keep_file(contract: Contract, kept: Kept, *, is_signed_copy: bool, by: Actor, at: datetime) -> ContractFile:
    """Keep a file with a contract: its signed copy, or another paper."""
    said = "kept the signed copy" if is_signed_copy else "kept a file"
    with act(said, on=contract, by=by, at=at):
        found = ContractFile(
            contract=contract, is_signed_copy=is_signed_copy, name=kept.name, media_type=kept.media_type,
            size=kept.size, sha256=kept.sha256, file_key=kept.key, added_at=at, is_example=contract.is_example,
        )  # fmt: skip
        db.session.add(found)
        db.session.flush()
    return found


def withdraw_file(found: ContractFile, *, because: str, by: Actor, at: datetime, sees: int | None = None) -> None:
    """Withdraw a file that was put in by mistake. Its bytes stay."""
    with act(f"withdrew a file: {found.name}", on=found, by=by, at=at, note=because, sees=sees):
        if not because.strip():
            raise LifeRefused("Say why it is withdrawn.", field="because")
        found.withdrawn_because = because.strip()


def read_file(found: ContractFile) -> bytes:
    """The bytes of a kept file, proved by their digest. `PaperIsDamaged` where they are not the ones kept."""
    if found.withdrawn_because:
        raise PaperIsDamaged("This file was withdrawn.")
    return kept_bytes(found.file_key, found.sha256)


# ── money ──


def say_money_ahead(
    contract: Contract,
    *,
    committed_gross: Decimal | None,
    forecast_gross: Decimal | None,
    by: Actor,
    at: datetime,
    sees: int | None = None,
) -> None:
    """Say what is ordered and not paid yet, and what the contract is expected to come to at its end."""
    with act("said what is committed and forecast", on=contract, by=by, at=at, sees=sees):
        contract.committed_gross, contract.forecast_gross = committed_gross, forecast_gross
