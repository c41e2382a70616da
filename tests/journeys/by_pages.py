"""Somebody who only reads pages: follows the links that are there, and fills the forms as they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from email import message_from_bytes, policy
from io import BytesIO
from pathlib import Path
from typing import Any

from flask import Flask
from lxml import html
from sqlalchemy import select

from procure.demonstration.cast import email_of, the_cast
from procure.demonstration.contract import run_the_clock
from procure.demonstration.loading import move_today, people_of
from procure.extensions import db
from procure.people.models import Person
from tests.signing_in import sign_in

Answers = Mapping[str, Any]
FEWEST_LETTERS, MOST_LETTERS = 20, 3_000


def table(name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> dict[str, Any]:
    """Answers for a form that repeats: `rows-0-score`, `rows-0-reason` and on."""
    return {
        f"{name}-{place}-{column}": value
        for place, row in enumerate(rows)
        for column, value in zip(columns, row, strict=True)
    }


def said(element: Any) -> str:
    """What an element says, in one line."""
    return " ".join(element.text_content().replace("\u00a0", " ").split())


class House:
    """The council at work: its application, its today, and its people at their screens."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        app.config["WTF_CSRF_ENABLED"] = True
        self._readers: dict[str, Reader] = {}

    def is_on(self, day: date, *, has_morning: bool = False) -> None:
        """Move the demonstration's today; where the day has its morning, the clock sends its letters first."""
        with self.rows():
            move_today(day)
            if has_morning:
                run_the_clock(day)

    @contextmanager
    def rows(self) -> Iterator[None]:
        """A look at the database, in a context of its own as every request has."""
        with self.app.app_context():
            yield
            db.session.remove()

    def __getitem__(self, key: str) -> Reader:
        """Somebody at a screen, signed in: `house["officer"]`."""
        if key not in self._readers:
            reader = Reader(self.app, key)
            with self.rows():
                sign_in(reader.client, the_cast()[key])
            self._readers[key] = reader
        return self._readers[key]

    def stranger(self) -> Reader:
        """Somebody who isn't signed in."""
        return Reader(self.app, "stranger")

    def password_of(self, key: str) -> str:
        """What that person types where a signature asks for it."""
        found = people_of(self.app.config["INSTANCE"])
        return next(one.password for one in found if one.email == email_of(key))

    def key_of(self, key: str) -> str:
        """The number by which forms know that person."""
        with self.rows():
            return str(db.session.scalars(select(Person.id).where(Person.email == email_of(key))).one())

    def letter_to(self, key: str, about: str) -> str:
        """The words of the last letter to somebody whose subject begins with these words, as their post box has it."""
        for kept in sorted((Path(self.app.config["INSTANCE"]) / "letters").glob("*.eml"), reverse=True):
            letter = message_from_bytes(kept.read_bytes(), policy=policy.default)
            if email_of(key) in str(letter["To"]) and str(letter["Subject"]).strip().startswith(about):
                body = letter.get_body(("plain",))
                assert body is not None
                return str(body.get_content())
        raise AssertionError(f"{key} has no letter “{about}”")

    def close(self) -> None:
        """Let the database go."""
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()


class Reader:
    """One person's browser: the page that is open, and what can be done on it."""

    def __init__(self, app: Flask, name: str) -> None:
        self.client = app.test_client()
        self.name = name
        self.path = ""
        self.status = 0
        self.page: Any = None

    # ── going about ──

    def opens(self, path: str, status: int = 200) -> Reader:
        """Go to an address; it answers with that status and a whole page."""
        return self._takes(self.client.get(path), path, status)

    def follows(self, words: str) -> Reader:
        """Follow the link that says these words."""
        return self.opens(self.link(words))

    def link(self, words: str) -> str:
        """Where the link with these words leads, whether its whole words or the beginning of them."""
        links = [one for one in self.page.iter("a") if one.get("href")]
        for fits in (said_exactly, said_first):
            for one in links:
                if fits(one, words):
                    return str(one.get("href"))
        raise AssertionError(f"{self._here()} has no link “{words}”. It has {[said(one) for one in links]}")

    def presses(
        self,
        button: str,
        answers: Answers | None = None,
        *,
        files: Mapping[str, Sequence[tuple[str, bytes]]] | None = None,
        status: int = 200,
    ) -> Reader:
        """Fill the form that has this button, and send it. What isn't answered goes as the page has it.

        `files`: by the field's name, each file's name and content.
        """
        form, pressed = self._form_with(button)
        sheet = Sheet(form, self._here())
        for asked, answer in (answers or {}).items():
            sheet.answer(asked, answer)
        posted = sheet.posted()
        if pressed.get("name"):
            posted.append((pressed.get("name"), pressed.get("value") or ""))
        path = pressed.get("formaction") or form.get("action") or self.path
        if (form.get("method") or "get").lower() == "get":
            return self._takes(self.client.get(path, query_string=posted), path, status)
        sent: dict[str, list[Any]] = {}
        for name, value in posted:
            sent.setdefault(name, []).append(value)
        for name, chosen in (files or {}).items():
            sent[name] = [(BytesIO(content), called) for called, content in chosen]
        return self._takes(self.client.post(path, data=sent), path, status)

    def is_refused(self, button: str, sentence: str, answers: Answers | None = None, *, status: int = 422) -> Reader:
        """Send the form; the page comes back with the sentence, and with what was typed."""
        return self.presses(button, answers, status=status).sees(sentence)

    def sends(self, path: str, answers: Mapping[str, str], *, status: int = 200) -> Reader:
        """Post what no form of this page would post, as one left open since yesterday does."""
        token = self.page.xpath("//input[@name='csrf_token']")[0].get("value")
        return self._takes(self.client.post(path, data={"csrf_token": token, **answers}), path, status)

    # ── reading ──

    def sees(self, *words: str) -> Reader:
        """Expect words on the page."""
        text = said(self.page.body)
        for one in words:
            assert one in text, f"{self._here()} doesn’t say “{one}”. It says: {self.main()}"
        return self

    def sees_no(self, *words: str) -> Reader:
        """Expect words not to be on the page."""
        text = said(self.page.body)
        for one in words:
            assert one not in text, f"{self._here()} says “{one}”: {self.main()}"
        return self

    def main(self) -> str:
        """What the page says between its head and its foot."""
        found = self.page.xpath("//main")
        return said(found[0] if found else self.page.body)[:MOST_LETTERS]

    def value(self, name: str) -> str:
        """What stands in a field."""
        for form in self.page.forms:
            if name in form.fields:
                return str(form.fields[name] or "").removeprefix("\n")
        raise AssertionError(f"{self._here()} has no field {name}")

    def numbers(self, begins: str) -> list[str]:
        """What ends the names of the fields that begin like this, in the order of the page, each once."""
        names = self.page.xpath(f"//main//*[starts-with(@name, '{begins}')]/@name")
        return list(dict.fromkeys(str(name).removeprefix(begins) for name in names))

    def offered(self, asked: str) -> list[str]:
        """The answers from which a question lets one choose."""
        for form in self.page.forms:
            sheet = Sheet(form, self._here())
            if found := sheet.asked(asked):
                return [sheet.labels[one.get("id")] for one in found]
        raise AssertionError(f"{self._here()} doesn’t ask “{asked}”")

    def goes_on(self) -> Reader:
        """Follow the first task that can be done now, or the button that leads on: there is always one."""
        rows = self.page.xpath("//main//li[contains(@class, 'govuk-task-list__item')]")
        still_open = [one for one in rows if not said(one).endswith(("Done", "Can’t start yet"))]
        links = (
            still_open[0].xpath(".//a[@href]") if still_open else self.page.xpath("//main//a[@class='govuk-button']")
        )
        assert links, f"{self._here()} leads nowhere: {self.main()}"
        return self.opens(str(links[0].get("href")))

    # ── inside ──

    def _takes(self, response: Any, path: str, status: int) -> Reader:
        hops = 0
        while response.status_code in (301, 302, 303, 307):
            path, hops = response.headers["Location"], hops + 1
            assert hops < 6, f"{self.name} is sent round in circles at {path}"
            response = self.client.get(path)
        self.path, self.status = path, response.status_code
        self.page = html.document_fromstring(response.get_data(as_text=True) or "<p>Nothing</p>")
        assert response.status_code < 500, f"{self._here()} broke"
        assert response.status_code == status, f"{self._here()} is {response.status_code}: {self.main()}"
        assert len(self.main()) > FEWEST_LETTERS and self.page.xpath("//h1"), f"{self._here()} says nothing"
        assert self.page.xpath("//nav//a[@href]|//main//a[@href]|//main//form"), f"{self._here()} is a dead end"
        return self

    def _form_with(self, button: str) -> tuple[Any, Any]:
        for fits in (said_exactly, said_first):
            for form in self.page.forms:
                for one in form.iter("button"):
                    if one.get("type", "submit") == "submit" and fits(one, button):
                        return form, one
        buttons = [said(one) for form in self.page.forms for one in form.iter("button")]
        raise AssertionError(f"{self._here()} has no button “{button}”. It has {buttons}: {self.main()}")

    def _here(self) -> str:
        return f"{self.path} ({self.name})"


def said_exactly(element: Any, words: str) -> bool:
    """Whether an element says just these words."""
    return said(element) == words


def said_first(element: Any, words: str) -> bool:
    """Whether an element begins with these words."""
    return said(element).startswith(words)


class Sheet:
    """One form on a page: its own fields with what stands in them, and the answers written over."""

    def __init__(self, form: Any, where: str) -> None:
        self.form, self.where = form, where
        self.controls = [
            one for one in form.iter("input", "select", "textarea") if one.get("name") and one.get("type") != "submit"
        ]
        self.labels: dict[str, str] = {one.get("for"): said(one) for one in form.iter("label") if one.get("for")}

    def answer(self, asked: str, given: Any) -> None:
        """Answer by what the page asks (a label or a legend) or by the field's name."""
        found = self.asked(asked)
        assert found, f"{self.where} doesn’t ask “{asked}”. It asks: {self._asks()}"
        if isinstance(given, date):
            self._write_day(found, given)
        elif found[0].get("type") in ("radio", "checkbox"):
            self._tick(found, given)
        elif found[0].tag == "select":
            self._pick(found[0], str(given))
        else:
            self._write(found[0], "" if given is None else str(given))

    def posted(self) -> list[tuple[str, str]]:
        """What a browser would send."""
        sent: list[tuple[str, str]] = []
        for one in self.controls:
            if one.get("disabled") is not None:
                continue
            if one.tag == "select":
                chosen = [
                    option.get("value", "") for option in one.iter("option") if option.get("selected") is not None
                ]
                first = [option.get("value", "") for option in one.iter("option")][:1]
                sent += [(one.get("name"), value) for value in chosen or first]
            elif one.get("type") in ("radio", "checkbox"):
                if one.get("checked") is not None:
                    sent.append((one.get("name"), one.get("value", "on")))
            elif one.tag == "textarea":
                sent.append((one.get("name"), (one.text or "").removeprefix("\n")))
            elif one.get("type") not in ("button", "file"):
                sent.append((one.get("name"), one.get("value", "")))
        return sent

    def asked(self, asked: str) -> list[Any]:
        """The controls of a question: by name, by label, by legend, by the name that parts share."""
        ways: tuple[Callable[[Any], bool], ...] = (
            lambda one: one.get("name") == asked,
            lambda one: self.labels.get(one.get("id", ""), "") == asked,
            lambda one: self._legend_of(one) == asked,
            lambda one: one.get("name").rsplit("-", 1)[0] == asked,
        )
        return next((found for way in ways if (found := [one for one in self.controls if way(one)])), [])

    def _legend_of(self, control: Any) -> str:
        around = next(control.iterancestors("fieldset"), None)
        legend = around.find(".//legend") if around is not None else None
        return said(legend) if legend is not None else ""

    def _asks(self) -> list[str]:
        return [
            f"{one.get('name')}: {self._legend_of(one)} {self.labels.get(one.get('id', ''), '')}"
            for one in self.controls if one.get("type") != "hidden"
        ]  # fmt: skip

    def _write(self, control: Any, words: str) -> None:
        if control.tag == "textarea":
            control.text = words
        else:
            control.set("value", words)

    def _write_day(self, controls: list[Any], day: date) -> None:
        parts = {"day": day.day, "month": day.month, "year": day.year}
        if isinstance(day, datetime):
            parts["time"] = f"{day:%H:%M}"  # type: ignore[assignment]
        for one in controls:
            part = one.get("name").rsplit("-", 1)[-1]
            if part in parts:
                self._write(one, str(parts[part]))

    def _tick(self, controls: list[Any], given: Any) -> None:
        if isinstance(given, bool):
            given = [controls[0].get("value", "on")] if given else []
        wanted = [str(given)] if isinstance(given, str | int) else list(given)
        for one in controls:
            one.attrib.pop("checked", None)
        for words in wanted:
            fits = [one for one in controls if words in (self.labels.get(one.get("id", "")), one.get("value"))]
            assert fits, (
                f"{self.where} doesn’t offer “{words}”: {[self.labels.get(one.get('id', '')) for one in controls]}"
            )
            fits[0].set("checked", "checked")

    def _pick(self, control: Any, words: str) -> None:
        options = list(control.iter("option"))
        fits = [one for one in options if words in (said(one), one.get("value"))]
        assert fits, f"{self.where} doesn’t offer “{words}”: {[said(one) for one in options]}"
        for one in options:
            one.attrib.pop("selected", None)
        fits[0].set("selected", "selected")
