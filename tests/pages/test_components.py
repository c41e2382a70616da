"""The parts of a page: each one is drawn with samples, and the forms are held to the GOV.UK library's own markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace as Thing
from typing import Any

import pytest
from flask import Flask, flash, render_template, render_template_string, session
from flask_wtf import CSRFProtect
from govuk_frontend_jinja import __name__ as library
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader
from lxml import etree, html  # type: ignore[import-untyped]
from werkzeug.datastructures import MultiDict
from wtforms import FieldList, FormField, IntegerField, RadioField, StringField
from wtforms.fields.choices import SelectChoice

from procure import words
from procure.fields.choices import PickFrom, PickMany, PickOne, TickField
from procure.fields.days import DayField, MomentField
from procure.fields.files import UploadField, UploadsField
from procure.fields.lines import LineField, LinesField, MailField, SecretField, WordsField
from procure.fields.numbers import MoneyField, PercentField, WholeNumberField
from procure.fields.page_form import PageForm
from procure.pictures.life import life
from procure.pictures.spending import costs, paid
from procure.pictures.switching import Total, switching
from procure.pictures.weeks import weeks
from procure.refusals import Refusal

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "procure" / "static"
FILTERS = ("day", "weekday", "short", "moment", "pounds", "points", "percent")


@pytest.fixture(scope="module")
def pages() -> Iterator[Flask]:
    """Templates and nothing else: no database, no rooms."""
    app = Flask(__name__, template_folder=str(ROOT / "templates"))
    app.config.update(SECRET_KEY="for tests only", TESTING=True)
    CSRFProtect(app)
    assert app.jinja_loader is not None
    app.jinja_loader = ChoiceLoader([app.jinja_loader, PrefixLoader({library: PackageLoader(library)})])
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    for name in FILTERS:
        app.jinja_env.filters[name] = getattr(words, name)
    app.jinja_env.globals["weeks_counted"] = weeks
    with app.test_request_context("/"):
        yield app


class Inner(PageForm):
    class Meta:
        csrf = False

    name = LineField("Name", required="Enter the name")


class Everything(PageForm):
    title = LineField("Title", required="Enter the title", description="As it stands in the report")
    why = WordsField("Why", required="Say why")
    options = LinesField("Options, one to a line")
    ends_on = DayField("End date", required="Enter the end date", description="For example, 31 3 2028")
    due_at = MomentField("Bids due", required="Enter when bids are due")
    value = MoneyField("Value", required="Enter the value")
    share = PercentField("Quality")
    months = WholeNumberField("Months")
    route = PickOne("Route", choices=[("open", "Open"), ("three", "Three quotes")], required="Choose the route")
    post = PickFrom("Post", choices=[("1", "Leader"), ("2", "Director")], required="Choose the post")
    who = PickMany("Consultees", choices=[("1", "Leader"), ("2", "Director")])
    read = TickField("I have read the papers", required="Confirm that you have read the papers")
    paper = UploadField("Paper")
    papers = UploadsField("Papers")
    mail = MailField("Email address")
    secret = SecretField("Your password", required="Enter your password")
    stock = StringField("Stock text")
    number = IntegerField("Stock number")
    colours = RadioField("Stock radios", choices=[SelectChoice("r", "Red")])
    inner = FormField(Inner)
    many = FieldList(FormField(Inner), min_entries=2)


def drawn(imports: str, body: str, **given: Any) -> str:
    return render_template_string(f"{imports}{body}", **given)


def form_part(body: str, **given: Any) -> str:
    names = "field, error_summary, form_start, form_end, hidden, button, post, conflict_notice"
    return drawn(f'{{% from "components/form.html" import {names} %}}', body, **given)


def page_part(body: str, **given: Any) -> str:
    names = (
        "breadcrumbs, back, heading, said, example, cannot, working, empty, summary, tag, details, warning, "
        "pagination, earlier_later, scroll"
    )
    return drawn(f'{{% from "components/page.html" import {names} %}}', body, **given)


# ---------- every part is well made ----------


def check(markup: str) -> html.HtmlElement:
    """Well formed, ids once each, every reference met, nothing the content policy would block."""
    parser = etree.XMLParser(recover=False)
    void = r"<((?:input|br|hr|meta|link|img)\b[^>]*?)/?>"
    xml = re.sub(void, r"<\1/>", markup)
    xml = re.sub(
        r"\s(checked|selected|hidden|novalidate|open|multiple|data-focus|data-what-if)(?=[\s/>])", r' \1=""', xml
    )
    etree.fromstring(f"<root>{xml}</root>", parser)
    tree = html.fragment_fromstring(markup, create_parent="div")
    assert not tree.xpath("//@style | //style | //script"), "no inline style or script"
    assert not [name for node in tree.iter() for name in node.attrib if name.startswith("on")], "no inline handler"
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids)), f"repeated: {sorted(i for i in ids if ids.count(i) > 1)}"
    for attribute in ("for", "aria-describedby", "aria-labelledby", "aria-controls"):
        for names in tree.xpath(f"//@{attribute}"):
            for name in names.split():
                assert name in ids, f"{attribute} leads to {name}, which is not there"
    return tree


class TestForm:
    def test_every_kind_of_field_is_drawn(self, pages: Flask) -> None:
        form = Everything()
        markup = form_part(
            "{{ form_start(upload=True, form=form) }}"
            "{% for f in form if f.type not in skip %}{{ field(f) }}{% endfor %}"
            "{{ button('Save') }}{{ form_end() }}",
            form=form,
            skip=("CSRFTokenField", "OnceField", "VersionField", "FormField", "FieldList"),
        )
        tree = check(markup)
        assert tree.xpath("//form/@enctype") == ["multipart/form-data"]
        assert tree.xpath("//input[@name='csrf_token']/@value")[0]
        assert len(tree.xpath("//input[@name='once']/@value")[0]) == 32
        assert not tree.xpath("//*[@required]")
        for name in ("ends_on-day", "ends_on-month", "ends_on-year", "due_at-time"):
            assert tree.xpath(f"//input[@name='{name}']")

    def test_every_error_leads_to_its_field_and_nothing_typed_is_lost(self, pages: Flask) -> None:
        form = Everything(
            MultiDict(
                {"ends_on-day": "7", "ends_on-month": "Febry", "value": "12,50", "why": "<b>&\x00", "many-0-name": "x"}
            )
        )
        assert not form.validate()
        form.refuse("The route is closed", at="route")
        form.refuse(Refusal("Something wider is wrong."))
        markup = form_part(
            "{{ error_summary(form) }}{% for f in form if f.type not in skip %}{{ field(f) }}{% endfor %}"
            "{{ field(form.inner.form.name) }}{% for e in form.many %}{{ field(e.form.name) }}{% endfor %}",
            form=form,
            skip=("CSRFTokenField", "OnceField", "VersionField", "FormField", "FieldList"),
        )
        markup = markup.replace("\x00", "")
        tree = check(markup)
        targets = tree.xpath("//ul[contains(@class, 'error-summary')]//a/@href")
        ids = tree.xpath("//@id")
        assert all(target[1:] in ids for target in targets)
        for wanted in ("#title", "#ends_on-year", "#due_at-day", "#route", "#inner-name", "#many-1-name", "#read"):
            assert wanted in targets
        assert "#many-0-name" not in targets
        said = tree.text_content()
        assert "Something wider is wrong." in said
        assert "The route is closed" in said
        assert tree.xpath("//input[@id='ends_on-month']/@value") == ["Febry"]
        assert tree.xpath("//input[@id='value']/@value") == ["12,50"]
        assert "&lt;b&gt;&amp;" in markup

    def test_no_error_no_summary(self, pages: Flask) -> None:
        assert form_part("{{ error_summary(form) }}", form=Everything()).strip() == ""

    def test_a_text_that_begins_with_a_new_line_keeps_it(self, pages: Flask) -> None:
        form = Everything()
        form.why.data = "\nSecond line"
        area = check(form_part("{{ field(form.why) }}", form=form)).xpath("//textarea")[0]
        assert area.text == "\n\nSecond line"  # a browser drops the first one

    def test_a_button_that_posts_carries_its_token_and_values(self, pages: Flask) -> None:
        tree = check(form_part("{{ post('/chase', 'Chase', 'the Leader', fields={'reply': 3}) }}"))
        assert tree.xpath("//form/@method") == ["post"]
        assert tree.xpath("//input[@name='csrf_token']")
        assert tree.xpath("//input[@name='reply']/@value") == ["3"]
        assert tree.xpath("//button")[0].text_content() == "Chase the Leader"

    def test_the_second_saver_sees_what_is_different(self, pages: Flask) -> None:
        conflict = Thing(by="B. Officer", at="2:14pm", changes=[("Value", "£5", ""), ("Title", "Old", "<New>")])
        said = check(form_part("{{ conflict_notice(c) }}", c=conflict)).text_content()
        assert "B. Officer changed this while you had it open" in said
        assert "<New>" in said
        assert form_part("{{ conflict_notice(none) }}").strip() == ""


# ---------- the same as the library's ----------


def bare(markup: str) -> list[Any]:
    """The tree without spaces, without classes of our own, and without what differs on purpose."""
    tree = html.fragment_fromstring(markup, create_parent="div")

    def node(one: html.HtmlElement) -> list[Any]:
        kept = {
            name: " ".join(value.split()) for name, value in one.attrib.items() if name != "data-prevent-double-click"
        }
        kept["class"] = " ".join(sorted(c for c in kept.get("class", "").split() if not c.startswith("app-")))
        text = " ".join((one.text or "").split())
        children = [node(child) for child in one]
        tails = [" ".join((child.tail or "").split()) for child in one]
        return [one.tag, sorted(kept.items()), text, children, tails]

    return node(tree)


def theirs(component: str, macro: str, **params: Any) -> str:
    path = f"govuk_frontend_jinja/components/{component}/macro.html"
    return render_template_string(f'{{% from "{path}" import {macro} %}}{{{{ {macro}(params) }}}}', params=params)


LABEL = {"classes": "govuk-label--s"}


@pytest.mark.parametrize("broken", [False, True])
class TestOracle:
    """What govuk-frontend-jinja gives for the same field, which equals GOV.UK Frontend's fixtures."""

    def form(self, broken: bool) -> Everything:
        form = Everything(MultiDict() if broken else None)
        if broken:
            form.validate()
        return form

    def same(self, form: Everything, name: str, component: str, macro: str, **params: Any) -> None:
        field = form._fields[name]
        if field.errors:
            params["errorMessage"] = {"text": field.errors[0]}
        if field.description:
            params["hint"] = {"text": field.description}
        ours = form_part("{{ field(f) }}", f=field)
        assert bare(ours) == bare(theirs(component, macro, id=name, name=name, **params))

    def test_text(self, pages: Flask, broken: bool) -> None:
        self.same(self.form(broken), "title", "input", "govukInput", label={"text": "Title", **LABEL}, value="")

    def test_money(self, pages: Flask, broken: bool) -> None:
        self.same(
            self.form(broken), "value", "input", "govukInput", label={"text": "Value", **LABEL}, value="",
            prefix={"text": "£"}, inputmode="decimal", classes="govuk-input--width-10",
        )  # fmt: skip

    def test_password(self, pages: Flask, broken: bool) -> None:
        self.same(
            self.form(broken), "secret", "password-input", "govukPasswordInput",
            label={"text": "Your password", **LABEL},
        )  # fmt: skip

    def test_words(self, pages: Flask, broken: bool) -> None:
        self.same(self.form(broken), "why", "textarea", "govukTextarea", label={"text": "Why", **LABEL}, rows=5)

    def test_select(self, pages: Flask, broken: bool) -> None:
        items = [{"value": "", "text": ""}, {"value": "1", "text": "Leader"}, {"value": "2", "text": "Director"}]
        self.same(self.form(broken), "post", "select", "govukSelect", label={"text": "Post", **LABEL}, items=items)

    def test_radios(self, pages: Flask, broken: bool) -> None:
        items = [{"value": "open", "text": "Open"}, {"value": "three", "text": "Three quotes"}]
        legend = {"text": "Route", "classes": "govuk-fieldset__legend--s"}
        self.same(
            self.form(broken), "route", "radios", "govukRadios", idPrefix="route", fieldset={"legend": legend},
            items=items,
        )  # fmt: skip

    def test_checkboxes(self, pages: Flask, broken: bool) -> None:
        items = [{"value": "1", "text": "Leader"}, {"value": "2", "text": "Director"}]
        legend = {"text": "Consultees", "classes": "govuk-fieldset__legend--s"}
        self.same(
            self.form(broken), "who", "checkboxes", "govukCheckboxes", idPrefix="who", fieldset={"legend": legend},
            items=items,
        )  # fmt: skip

    def test_day(self, pages: Flask, broken: bool) -> None:
        red = " govuk-input--error" if broken else ""
        items = [
            {"name": part, "classes": f"govuk-input--width-{4 if part == 'year' else 2}{red}", "value": ""}
            for part in ("day", "month", "year")
        ]
        legend = {"text": "End date", "classes": "govuk-fieldset__legend--s"}
        form = self.form(broken)
        ours = form_part("{{ field(f) }}", f=form.ends_on)
        # a month may be typed as a name, so it is the one part that asks for no number pad
        ours = ours.replace('name="ends_on-month" type="text"', 'name="ends_on-month" inputmode="numeric" type="text"')
        params: dict[str, Any] = {"hint": {"text": form.ends_on.description}}
        if broken:
            params["errorMessage"] = {"text": form.ends_on.errors[0]}
        given = {"id": "ends_on", "namePrefix": "ends_on", "fieldset": {"legend": legend}, "items": items, **params}
        assert bare(ours) == bare(theirs("date-input", "govukDateInput", **given).replace(' value=""', ' value=""'))

    def test_file(self, pages: Flask, broken: bool) -> None:
        self.same(self.form(broken), "paper", "file-upload", "govukFileUpload", label={"text": "Paper", **LABEL})

    def test_error_summary(self, pages: Flask, broken: bool) -> None:
        if not broken:
            return
        form = Inner(MultiDict())
        form.validate()
        items = [{"text": "Enter the name", "href": "#name"}]
        assert bare(form_part("{{ error_summary(form) }}", form=form)) == bare(
            theirs("error-summary", "govukErrorSummary", titleText="There is a problem", errorList=items)
        )


# ---------- the other parts ----------


def state(name: str, now: str, **more: Any) -> Thing:
    return Thing(name=name, href="/x", state=now, **more)


PARTS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "tasks": (
        '{% from "components/tasks.html" import task_list %}',
        "{{ task_list(tasks) }}{{ task_list(tasks, prefix='second') }}",
        {
            "tasks": [
                state("Views", "in progress", hint="3 of 4"),
                state("Letters", "not started", hint=None),
                state("Send", "cannot start", hint="Waits for the views"),
                state("Report", "done", hint=""),
            ]
        },
    ),
    "track": (
        '{% from "components/track.html" import track, track_big %}',
        "{{ track(steps) }}{{ track_big(steps) }}",
        {"steps": [state("Need", "done", note="Done"), Thing(name="Award", href=None, state="now", note="")]},
    ),
    "wait": (
        '{% from "components/wait.html" import wait_list, owed_list, weeks %}',
        "{{ wait_list(items) }}{{ owed_list(items) }}{{ weeks(strip) }}",
        {
            "items": [
                Thing(what="Sign", href="/x", file="PRO-2027-014", when="Late by one day", day=date(2027, 11, 16), late=True, who="Leader", chase_url="/chase"),  # noqa: E501
                Thing(what="Views", href=None, file="", when="Tomorrow", day="Thursday", late=False, who="Leader", chase_url=None),  # noqa: E501
            ],
            "strip": [
                Thing(label="This week", is_now=True, days=[Thing(day=date(2027, 11, 18), what="Views", href="/x")]),
                Thing(label="Next week", is_now=False, days=[]),
            ],
        },
    ),
    "identity": (
        '{% from "components/identity.html" import identity %}',
        "{{ identity('PRO-2027-014', 'Support', facts, pages, 'Overview', True, [('Procurements', '/p')], 'This procurement') }}",  # noqa: E501
        {
            "facts": [
                {"label": "Value", "value": "£5", "example": True, "more_summary": "Net", "more_text": "£4"},
                {"label": "Officer", "value": "A. Officer", "note": "Officer"},
            ],
            "pages": [("Overview", "/o"), ("History", "/h")],
        },
    ),
    "matrix": (
        '{% from "components/matrix.html" import matrix, weights, switching, costs_table %}',
        "{{ matrix(criteria, rows, 'Options', example=True) }}{{ weights(criteria, 100) }}{{ switching(s) }}{{ costs_table(costs) }}",  # noqa: E501
        {
            "criteria": [Thing(key="1", name="Price", weight=60, agreed=60, value="60"), Thing(key="2", name="Quality", weight=40, agreed=40, value="40")],  # noqa: E501
            "rows": [
                Thing(no=1, name="Nothing", note="", preferred=False, total=Decimal(30), cells=[Thing(score=0, reason="None"), Thing(score=5, reason="")]),  # noqa: E501
                Thing(no=2, name="Buy", note="", preferred=True, total=None, cells=[Thing(score=None, reason=None), Thing(score=3, reason="Good")]),  # noqa: E501
            ],
            "s": switching("Price", [Total("1", 0, 90, True), Total("2", 50, 60)], now=20, at=60, leader="2"),
            "costs": costs(["2028/29"], [(1, "Nothing", [None], None, False), (2, "Buy", [Decimal(5)], Decimal(6), True)]),  # noqa: E501
        },
    ),
    "life": (
        '{% from "components/life.html" import life, paid %}',
        "{{ life(line) }}{{ paid(bar, example=True) }}{{ paid(over) }}",
        {
            "line": life(started_on=date(2025, 4, 1), ends_on=date(2028, 3, 31), today=date(2027, 1, 25)),
            "bar": paid(Decimal(5), Decimal(9), time_share=0.5),
            "over": paid(Decimal(12), Decimal(9), name="over"),
        },
    ),
    "views": (
        '{% from "components/views.html" import sums, views_list, papers, decide_card %}',
        "{{ sums(figures) }}{{ views_list(views) }}{{ papers(list) }}{% call decide_card('Award it', '/x', name='a') %}<p>x</p>{% endcall %}{% call decide_card('Extend it', '/x', not_ready=True, name='b') %}<p>x</p>{% endcall %}",  # noqa: E501
        {
            "figures": [{"value": "£5", "label": "a year", "example": True}],
            "views": [
                Thing(who="Finance", said="content", on=date(2027, 11, 15), words="", answer=None),
                Thing(who="Leader", said="objects", on="yesterday", words="No.", answer="It is in."),
                Thing(who="Law", said="no answer", on=None, words=None, answer=None),
            ],
            "list": [{"name": "Report", "href": "/x", "about": "PDF, 9 pages"}],
        },
    ),
    "timeline": (
        '{% from "components/timeline.html" import timeline %}',
        "{{ timeline(days) }}",
        {"days": [Thing(day=date(2027, 11, 23), entries=[Thing(strong="Signed.", rest="", when="2:14pm", by="D. Director", is_act=True, more="Words", more_summary=None)])]},  # noqa: E501
    ),
}  # fmt: skip


@pytest.mark.parametrize("part", PARTS)
def test_a_part_is_well_made(pages: Flask, part: str) -> None:
    imports, body, given = PARTS[part]
    assert check(drawn(imports, body, **given)).text_content().strip()


def test_the_small_parts_are_well_made(pages: Flask) -> None:
    tree = check(
        page_part(
            "{{ breadcrumbs([('A', '/a')]) }}{{ back('/b', 'My work') }}{{ heading('Title', 'Caption') }}"
            "{{ said('So.') }}{{ example() }}"
            "{% call cannot('You can’t sign', 'Why') %}<a href='/x'>Chase</a>{% endcall %}"
            "{{ empty('Nothing', 'Later', '/x', 'Start') }}"
            "{{ summary([('One', 'x'), {'key': 'Two', 'value': 'y', 'href': '/x'}]) }}"
            "{{ tag('Late', 'red') }}{{ tag('Not started', 'none') }}{{ tag('Done') }}"
            "{% call details('Show') %}Words{% endcall %}{{ warning('Mind') }}{{ earlier_later('/e', '/l') }}"
            "{{ pagination(5, 20, url_of) }}{% call scroll('Wide') %}x{% endcall %}",
            url_of=lambda number: f"?page={number}",
        )
    )
    assert tree.xpath("//nav[@aria-label='Pagination']//a[@aria-current='page']")[0].text == "5"
    assert tree.xpath("//dd[contains(@class, 'actions')]/a")[0].text_content() == "Change two"


def test_objections_come_first(pages: Flask) -> None:
    imports, body, given = PARTS["views"]
    said = check(drawn(imports, body, **given)).xpath("//p[@class='app-views__who']/text()")
    assert said == ["Leader", "Law", "Finance"]


def test_a_task_that_cannot_start_is_no_link(pages: Flask) -> None:
    imports, _, given = PARTS["tasks"]
    names = check(drawn(imports, "{{ task_list(tasks) }}", **given)).xpath("//a/text()")
    assert names == ["Views", "Letters", "Report"]


def test_a_working_takes_rows_of_three_or_rows_with_names(pages: Flask) -> None:
    days = [
        (date(2027, 11, 26), 1, "Published"),
        (date(2027, 11, 27), None, "Weekend"),
        (date(2027, 11, 28), None, "Weekend"),
    ]
    by_rows = Thing(rule="Count.", rows=days, source="The Act", calendar="GOV.UK")
    by_days = Thing(
        rule="Count.", days=[Thing(day=a, counted=b, why=c) for a, b, c in days], source="The Act", calendar=""
    )
    tree = check(page_part("{{ working(a, name='a') }}{{ working(b, name='b') }}", a=by_rows, b=by_days))
    assert tree.text_content().count("Saturday 27 and Sunday 28 November") == 2
    assert len(tree.xpath("//*[local-name()='svg']")) == 4


# ---------- the page around ----------


def page(**given: Any) -> html.HtmlElement:
    return html.document_fromstring(whole(**given))


def whole(**given: Any) -> str:
    return render_template_string(
        '{% extends "base.html" %}{% block title %}Letters{% endblock %}{% block body_class %}'
        '{{ tempo or "app-doing" }}{% endblock %}{% block main %}<h1>Letters</h1>{% endblock %}',
        **{"tempo": None, **given},
    )


FRAME: dict[str, Any] = {
    "council": Thing(name="Example Council", procurement_email="buy@council.example"),
    "person": Thing(name="A. Officer"),
    "person_post": "Procurement Officer",
    "menu": [("My work", "/", True), ("Settings", "/settings", False)],
    "demonstration": Thing(today=date(2027, 1, 25)),
    "today": date(2027, 1, 25),
}


def test_a_page_has_its_frame(pages: Flask) -> None:
    tree = page(**FRAME)
    assert tree.get("lang") == "en-GB"
    assert tree.findtext(".//title") == "Letters – Procure, Example Council"
    assert tree.xpath("//a[@class='govuk-skip-link']/@href") == ["#main"]
    assert tree.xpath("//nav[@aria-label='Main']//a[@aria-current='page']/text()")[0] == "My work"
    assert "Today is Monday 25 January 2027 here." in " ".join(tree.text_content().split())
    for way_out in tree.xpath("//form[@action='/sign-out']"):
        assert way_out.get("method") == "post"
        assert way_out.xpath(".//input[@name='csrf_token']")
    assert all(not script.text for script in tree.xpath("//script"))
    assert not tree.xpath("//@style | //style")


def test_a_page_stands_without_anything_given(pages: Flask) -> None:
    tree = page()
    assert tree.findtext(".//title") == "Letters – Procure"
    assert not tree.xpath("//nav | //form")


def test_deciding_has_no_menu_but_a_way_out(pages: Flask) -> None:
    tree = page(**FRAME, tempo="app-deciding")
    assert not tree.xpath("//nav[@aria-label='Main']")
    assert tree.xpath("//form[@action='/sign-out']")


def test_a_page_with_an_error_says_so_first(pages: Flask) -> None:
    form = Inner(MultiDict())
    form.validate()
    assert page(**FRAME, form=form).findtext(".//title").startswith("Error: Letters")


def test_what_was_done_is_said_once_at_the_top(pages: Flask) -> None:
    with pages.test_request_context("/"):
        flash("The letter <b>went</b>.")
        tree = page(**FRAME)
        session.clear()
    banner = tree.xpath("//main//*[@role='alert']")[0]
    assert "The letter <b>went</b>." in banner.text_content()


@pytest.mark.parametrize("name", ["help", "accessibility", "privacy"])
def test_the_pages_at_the_foot_are_real(pages: Flask, name: str) -> None:
    tree = html.document_fromstring(render_template(f"{name}.html", **FRAME))
    assert len(tree.xpath("//main//h1")) == 1
    assert len(tree.xpath("//main")[0].text_content().split()) > 250
    assert "buy@council.example" in tree.text_content()
    assert "undefined" not in tree.text_content().lower()


@pytest.mark.parametrize("name", ["400", "403", "404", "409", "413", "429", "500", "refused"])
def test_an_error_says_what_and_what_next(pages: Flask, name: str) -> None:
    refusal = Refusal("The Leader hasn’t replied.", who_can="The case officer can chase.")
    given = {**FRAME, "reason": None, "refusal": refusal, "back": "//elsewhere.example"}
    tree = html.document_fromstring(render_template(f"errors/{name}.html", **given))
    assert tree.xpath("//main//h1")
    assert tree.xpath("//main//a[@href='/']")
    assert "elsewhere.example" not in html.tostring(tree, encoding="unicode")
    if name in ("409", "refused"):
        assert "The Leader hasn’t replied." in tree.text_content()


# ---------- what is shipped ----------


def test_no_crown_no_crest_no_font_of_another(pages: Flask) -> None:
    css = (STATIC / "app.css").read_text()
    assert "url(" not in css
    for word in ("GDS Transport", "crest", "crown"):
        assert word.lower() not in css.lower()
    assert not [path for path in STATIC.rglob("*") if path.suffix in (".woff", ".woff2", ".ttf", ".png", ".ico")]


def test_the_sums_are_those_of_what_is_shipped() -> None:
    for line in (STATIC / "SHA256SUMS").read_text().splitlines():
        digest, _, name = line.partition("  ")
        assert sha256((STATIC / name).read_bytes()).hexdigest() == digest, f"{name}: run make assets"


def test_moments_in_a_conflict_are_written_by_the_house(pages: Flask) -> None:
    conflict = Thing(by="B. Officer", at=datetime(2027, 1, 25, 14, 14, tzinfo=UTC), changes=[])
    assert "2:14pm on Monday 25 January 2027" in form_part("{{ conflict_notice(c) }}", c=conflict)
