"""Three people in a real browser: the director on a phone, the officer at a desk, and who gets the reminder."""

from __future__ import annotations

import re
from collections.abc import Callable

import pyotp
import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select

from procure.audit.models import TrailEntry
from procure.authority.models import Decision
from procure.authority.rules import DecisionState
from procure.contract.models import Contract
from procure.demonstration.cast import email_of
from procure.demonstration.loading import people_of
from procure.demonstration.walk import the_contract
from procure.extensions import db
from procure.procurement.models import Procurement
from procure.reminder.models import Reminder
from tests.conftest import POSTGRESQL, SQLITE
from tests.journeys.conftest import NARROW, WIDE, Screens, Visitor

At = Callable[..., Screens]

OLD, FILE, DECISION = "/contracts/CON-2025-007", "/procurements/PRO-2027-014", "/decisions/ODR-2027-118"
WHY = "Both places are in the bid, and the contract asks for four sessions a year in each."


def acts_of(screens: Screens, said: str) -> int:
    """How many acts of that name the trail knows."""
    with screens.house.rows():
        return db.session.scalar(select(func.count(TrailEntry.act_id.distinct())).where(TrailEntry.said == said)) or 0


# ── the director, on a phone ──


def test_the_director_signs_in_reads_one_page_and_signs(screens_at: At) -> None:
    screens = screens_at("signing")
    phone = screens.stranger(NARROW)
    phone.goes_to("/")
    signs_in(phone, screens, "director")
    phone.sees("One decision waits for you.")
    phone.page.get_by_role("button", name="Read and decide").click()
    phone.checks()
    phone.sees("£540,000", "I see no outreach in Marks Gate or Thames View")

    phone.presses("Go to sign")
    assert phone.page.get_by_role("heading", name="Sign", exact=True).is_visible()
    phone.page.get_by_label("No interest to declare").check()
    phone.fills("Why you go ahead despite the objection", WHY)
    phone.fills("Your password", "not my password")
    phone.presses("Sign")
    phone.sees(
        "This isn’t your password, nor a code from your phone. Nothing is signed, and what you typed is still here."
    )
    assert phone.page.title().startswith("Error:")
    assert phone.page.get_by_label("Why you go ahead despite the objection").input_value() == WHY
    assert phone.page.get_by_label("No interest to declare").is_checked()
    assert phone.page.get_by_label("Your password").input_value() == ""

    phone.fills("Your password", screens.house.password_of("director"))
    phone.presses("Sign")
    phone.sees("You awarded the contract to Example Alliance", "What happens next")
    phone.goes_to(DECISION)
    assert not phone.page.get_by_role("button", name="Sign", exact=True).count(), "there is nothing left to sign"
    with screens.house.rows():
        assert db.session.scalars(select(Decision.state).where(Decision.reference == DECISION[11:])).one() is (
            DecisionState.SIGNED
        )


def signs_in(visitor: Visitor, screens: Screens, key: str) -> None:
    """With the password, and the one-time code where one is asked for."""
    one = next(one for one in people_of(screens.house.app.config["INSTANCE"]) if one.email == email_of(key))
    visitor.fills("Email address", one.email)
    visitor.fills("Password", one.password)
    visitor.presses("Sign in")
    if one.code_key:
        visitor.fills("Code", pyotp.TOTP(one.code_key).now())
        visitor.presses("Continue")


SEND_TWICE = """async () => {
    const form = document.querySelector("#sign form");
    const send = () => fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    return (await Promise.all([send(), send()])).map((answer) => answer.status);
}"""


@pytest.mark.parametrize("kind", [SQLITE, POSTGRESQL])
def test_a_form_that_is_sent_twice_at_once_signs_once(screens_at: At, kind: str) -> None:
    screens = screens_at("signing", kind)
    phone = screens.of("director", NARROW)
    phone.goes_to(DECISION)
    phone.page.get_by_label("No interest to declare").check()
    phone.fills("Why you go ahead despite the objection", WHY)
    phone.fills("Your password", screens.house.password_of("director"))
    assert phone.page.evaluate(SEND_TWICE) == [200, 200]
    phone.goes_to(DECISION)
    phone.sees("You awarded the contract to Example Alliance")
    assert acts_of(screens, "signed the decision") == 1


def test_the_director_signs_by_keyboard_alone(screens_at: At) -> None:
    screens = screens_at("signing")
    director = screens.of("director")
    director.goes_to(DECISION)
    presses_tab_until(director, "Go to sign")
    director.page.keyboard.press("Enter")
    presses_tab_until(director, "none")
    director.page.keyboard.press("Space")
    presses_tab_until(director, "objection_reason")
    director.page.keyboard.type(WHY)
    presses_tab_until(director, "password")
    director.page.keyboard.type(screens.house.password_of("director"))
    with director.page.expect_navigation():
        director.page.keyboard.press("Enter")
    director.checks()
    director.sees("You awarded the contract to Example Alliance")


def presses_tab_until(visitor: Visitor, name: str) -> None:
    """Go on by the Tab key to the thing of that name; each stop on the way shows where the focus is."""
    for _ in range(40):
        visitor.page.keyboard.press("Tab")
        here = visitor.page.evaluate(FOCUS)
        assert here["shown"], f"{visitor.page.url}: the focus can’t be seen on {here}"
        if name in (here["words"], here["value"], here["name"]):
            return
    raise AssertionError(f"{visitor.page.url}: the Tab key doesn’t reach {name}")


FOCUS = """() => {
    const it = document.activeElement, style = getComputedStyle(it), label = it.labels?.[0];
    const after = label ? getComputedStyle(label, "::before") : style;
    const marks = (one) => one.outlineStyle !== "none" || one.boxShadow !== "none";
    const shown = marks(style) || marks(after);
    return { words: it.textContent.trim(), value: it.value ?? "", name: it.name ?? "", shown };
}"""


# ── who gets the reminder ──


def test_who_gets_the_letter_reads_acknowledges_and_decides(screens_at: At) -> None:
    screens = screens_at("letter")
    found = re.search(r"/r/[\w-]+", screens.house.letter_to("manager", "Decide by"))
    assert found is not None
    key, phone = found.group(), screens.stranger(NARROW)
    for _ in range(3):
        for path in (key, f"{key}/ack"):
            assert screens.house.app.test_client().get(path).status_code == 200
    with screens.house.rows():
        asked = db.session.scalars(select(Reminder).where(Reminder.ahead == "12m")).one()
        assert asked.acknowledged_at is None, "a mail program that opens every link acknowledges nothing"

    phone.goes_to(key)
    phone.presses("Acknowledge this letter")
    phone.sees("You acknowledged the letter.")
    assert not phone.page.get_by_role("button", name="Acknowledge this letter").count()
    phone.presses("Decide what follows")
    phone.sees("Sign in")
    signs_in(phone, screens, "manager")
    phone.sees("Decide what follows", "It ends on Friday 31 March 2028.")
    phone.page.get_by_label("Let it end", exact=True).check()
    phone.fills("Why?", "The groups have grown and go on by themselves.")
    phone.presses("Record the decision")
    phone.sees("Your decision is recorded.")
    with screens.house.rows():
        assert the_contract().what_follows is not None


def test_the_letter_about_the_end_leads_round_to_the_next_appraisal(screens_at: At) -> None:
    screens = screens_at("letter")
    found = re.search(r"/r/[\w-]+", screens.house.letter_to("manager", "Decide by"))
    assert found is not None
    phone = screens.stranger(NARROW)
    phone.goes_to(found.group())
    phone.presses("Decide what follows")
    signs_in(phone, screens, "manager")
    phone.page.get_by_label("Buy again", exact=True).check()
    phone.fills("Why?", "The groups still ask for it.")
    phone.presses("Record the decision")
    phone.sees("You decided to buy again.")
    file = phone.page.url.removeprefix(screens.at)

    officer = screens.of("officer")
    officer.goes_to(file)
    officer.presses("What came before: spend, performance, changes and lessons of CON-2025-007")
    officer.sees("What came before", "2025/26", "A lead named for each ward reaches more groups than one office.")
    officer.goes_to(f"{file}/need")
    officer.fills("Why is it needed?", "140 groups rely on it.")
    officer.fills("What is to be bought?", "Support for voluntary groups.")
    officer.fills("Wards affected", "All wards")
    for label, post in (("Service lead", "Head of Commissioning"), ("Accountable director", None)):
        choice = officer.page.get_by_label(label, exact=True)
        if not choice.input_value():
            choice.select_option(label=post) if post else choice.select_option(index=1)
    officer.presses("Save")
    officer.goes_to(f"{file}/appraisal")
    officer.sees("What is known of CON-2025-007 is copied in.")
    officer.presses("Begin the appraisal")
    officer.goes_to(f"{file}/appraisal/current-contract")
    assert "Eleven of twelve measures" in officer.page.get_by_label("How does it perform?").input_value()
    with screens.house.rows():
        assert the_contract().ended_on is None, "the contract stays live until the next one takes over"


# ── the officer, at a desk ──


def test_the_officer_decides_to_buy_again_and_mends_a_page_of_the_appraisal(screens_at: At) -> None:
    screens = screens_at("letter")
    officer = screens.of("officer")
    officer.goes_to(OLD)
    officer.presses("Decide what follows")
    officer.fills("Why?", "Groups ask for something else.")
    officer.presses("Record the decision")
    officer.sees("Choose what should follow")
    assert officer.page.get_by_label("Why?").input_value() == "Groups ask for something else."
    officer.page.get_by_label("Buy again", exact=True).check()
    officer.page.get_by_role("button", name="Record the decision").dblclick()
    officer.page.wait_for_url("**/procurements/**")
    officer.checks()
    with screens.house.rows():
        contract = db.session.scalars(select(Contract).where(Contract.reference == OLD[11:])).one()
        assert db.session.scalar(select(func.count()).where(Procurement.ending_contract_id == contract.id)) == 1


def test_the_back_button_shows_things_as_they_are_now(screens_at: At) -> None:
    screens = screens_at("letter")
    manager = screens.of("manager", NARROW)
    manager.goes_to(f"{OLD}/decide")
    manager.page.get_by_label("Buy again", exact=True).check()
    manager.fills("Why?", "Groups ask for something else.")
    manager.presses("Record the decision")
    manager.sees("You decided to buy again.")
    manager.page.go_back()
    manager.checks()
    manager.sees("A purchase follows it already:")


def test_an_error_keeps_what_was_typed_and_is_mended(screens_at: At) -> None:
    screens = screens_at("appraisal")
    officer = screens.of("officer")
    officer.goes_to(f"{FILE}/appraisal/costs")
    first = officer.page.locator("main input[type=text]").first
    kept = first.input_value()
    first.fill("eighteen thousand")
    officer.presses("Save")
    assert officer.page.title().startswith("Error:")
    assert officer.page.evaluate("document.activeElement.className").startswith("govuk-error-summary")
    link = officer.page.locator(".govuk-error-summary a").first
    link.click()
    assert officer.page.evaluate("document.activeElement.value") == "eighteen thousand"
    officer.page.evaluate("document.activeElement.value = ''")
    officer.page.keyboard.type(kept)
    officer.presses("Save")
    assert not officer.page.title().startswith("Error:")


@pytest.mark.parametrize("scripts", [True, False])
def test_the_officer_asks_what_if_with_and_without_scripts(screens_at: At, scripts: bool) -> None:
    screens = screens_at("appraisal")
    officer = screens.of("officer", WIDE, scripts)
    officer.goes_to(f"{FILE}/appraisal")
    officer.sees("Option 4 comes first with 84 of 100.")
    for button, weight, now in (("5 more for Cost", "Cost", "25"), ("5 less for Stronger", "Stronger", "25")):
        officer.page.get_by_role("button", name=re.compile(button)).click()
        expects_value(officer, weight, now)
    officer.checks()
    officer.sees("A what-if is never saved as the appraisal.")
    officer.presses("Go back to the agreed weights")
    officer.sees("The ranking with the agreed weights")


def expects_value(visitor: Visitor, label: str, value: str) -> None:
    """Wait until the weight that begins with a label has that value."""
    expect(visitor.page.get_by_label(re.compile(f"^{label}")).first).to_have_value(value)


# ── everybody ──


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_keyboard_alone_reaches_the_page_and_the_menu(screens_at: At, width: int) -> None:
    screens = screens_at("contract")
    manager = screens.of("manager", width)
    manager.goes_to("/my-work")
    manager.page.keyboard.press("Tab")
    assert manager.page.evaluate(FOCUS)["words"] == "Skip to main content"
    manager.page.keyboard.press("Enter")
    assert manager.page.evaluate("document.activeElement.id") == "main"
    manager.goes_to("/my-work")
    if width == NARROW:
        presses_tab_until(manager, "Menu")
        manager.page.keyboard.press("Enter")
    presses_tab_until(manager, "Contracts")
    manager.page.keyboard.press("Enter")
    manager.page.wait_for_url("**/contracts")
    manager.checks()
