"""Pages of templates: an officer who knows Word changes a paper's words, is told of a mistake, mends and uses it."""

from __future__ import annotations

import io
import re
from typing import Any

from flask.testing import FlaskClient

from procure.demonstration.cast import Cast
from procure.documents.registry import all_documents, document_named
from tests.a_competition import on_the_day
from tests.actions.test_templates import TODAY
from tests.documents.papers import with_words, words_of
from tests.issued_papers import with_papers
from tests.signing_in import sign_in

HERE = "/settings/templates/options-appraisal"


def plain(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.replace("<wbr>", "")))


def page(client: FlaskClient, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return plain(answer.text)


def sent(client: FlaskClient, address: str, **typed: Any) -> tuple[int, str]:
    answer = client.post(address, data=typed, follow_redirects=True, content_type="multipart/form-data")
    return answer.status_code, plain(answer.text)


def upload(client: FlaskClient, content: bytes, name: str = "Ours.docx") -> tuple[int, str]:
    return sent(client, f"{HERE}/new", file=(io.BytesIO(content), name), said="Our own name")


def test_an_officer_changes_the_words_is_told_of_a_mistake_mends_it_and_uses_it(
    cast: Cast, client: FlaskClient
) -> None:
    file = with_papers(cast)
    on_the_day(TODAY)
    sign_in(client, cast["officer"])
    assert "Options appraisal As supplied" in page(client, "/settings/templates")
    supplied = client.get(f"{HERE}/versions/0/word").data
    changed = with_words(supplied, "Options appraisal", "Appraisal &amp; options")
    status, told = upload(client, with_words(changed, "{{ council.name }}", "{{ council.nmae }}"))
    assert status == 422
    assert "One thing has to be put right in it first" in told
    assert "{{ council.nmae }} There is no fact called council.nmae for this paper. {{ council.name }}" in told
    assert (
        "Our own name"
        in client.post(f"{HERE}/new", data={"file": (io.BytesIO(b"no"), "x.docx"), "said": "Our own name"}).text
    ), "nothing typed is lost"
    status, told = upload(client, changed, "Smith & Sons <Ltd>.docx")
    assert status == 200 and "Version 1 is taken in. It isn’t used yet: read it first." in told
    assert "Appraisal & options" in client.get(f"{HERE}/versions/1").text.replace("&amp;", "&")
    assert "New words" in told and "Words that are gone" in told
    assert "With the facts of PRO-2027-014" in page(client, f"{HERE}/versions/1?file={file.reference}")
    assert "has no options appraisal yet" in page(client, f"{HERE}/versions/1?file=PRO-1999-001", 404)
    assert "Appraisal & options" in words_of(client.get(f"{HERE}/versions/1/sample?file={file.reference}").data)
    day = {"from_on-day": "8", "from_on-month": "3", "from_on-year": "2027"}
    status, told = sent(client, f"{HERE}/versions/1/use", **(day | {"from_on-year": "2026"}))
    assert status == 422 and "A template can’t reach back" in told
    status, told = sent(client, f"{HERE}/versions/1/use", **day, because="Ours is clearer")
    assert status == 200 and "Version 1 is in use, from 8 March 2027." in told
    assert "PRO-2027-014 : as supplied" in told, "the file that had begun keeps its own"
    drafted = page(client, f"/procurements/{file.reference}/documents/options-appraisal")
    assert "Made from the template as supplied . Another is in use now. See what differs" in drafted
    moved = f"/procurements/{file.reference}/documents/options-appraisal/template"
    assert "Move it to the one in use" in page(client, moved)
    status, told = sent(client, moved)
    assert status == 200 and "The template version 1, which is the one in use." in told
    assert "Appraisal & options" in words_of(
        client.get(f"/procurements/{file.reference}/documents/options-appraisal/draft.docx").data
    )
    status, told = sent(client, f"{HERE}/versions/0/use", **day)
    assert status == 200 and "The one supplied is in use." in told


def test_a_plan_is_taken_back_with_one_button(cast: Cast, client: FlaskClient) -> None:
    on_the_day(TODAY)
    sign_in(client, cast["administrator"])
    upload(client, with_words(client.get(f"{HERE}/versions/0/word").data, "Options appraisal", "Ours"))
    when = {"from_on-day": "29", "from_on-month": "2", "from_on-year": "2028"}
    assert "To follow Version 1 from 29 February 2028" in sent(client, f"{HERE}/versions/1/use", **when)[1]
    assert "Then version 1, from 29 February 2028" in page(client, "/settings/templates")
    assert "Version 1, taken back" in sent(client, f"{HERE}/choices/1/take-back")[1]


def test_the_dictionary_is_searched_without_scripts(cast: Cast, client: FlaskClient) -> None:
    sign_in(client, cast["officer"])
    every = page(client, f"{HERE}/facts")
    assert "{{ council.name }}" in every and "{%tr for row in" in every
    found = page(client, f"{HERE}/facts?q=whole-life")
    assert re.search(r"\d+ facts? of \d+", found)
    assert "council.address" not in found
    assert "No fact is called that" in page(client, f"{HERE}/facts?q=<zz>")


def test_every_template_has_its_page_and_its_dictionary(cast: Cast, client: FlaskClient) -> None:
    sign_in(client, cast["officer"])
    for document in all_documents():
        if document.template.endswith(".docx"):
            for part in ("", "/facts"):
                assert client.get(f"/settings/templates/{document.name}{part}").status_code == 200, document.name
    assert client.get("/settings/templates/no-such-paper").status_code == 404
    assert client.get(f"{HERE}/versions/7").status_code == 404


def test_only_who_keeps_templates_changes_them(cast: Cast, client: FlaskClient) -> None:
    file = with_papers(cast)
    for key in ("auditor", "manager", "director"):
        sign_in(client, cast[key])
        for address in (f"{HERE}/new", f"{HERE}/versions/0/use", f"{HERE}/choices/1/take-back"):
            assert client.post(address).status_code == 403, (key, address)
    assert client.post(f"/procurements/{file.reference}/documents/options-appraisal/template").status_code in (403, 404)
    sign_in(client, cast["auditor"])
    assert "Bring in a new version" not in page(client, HERE)
    assert document_named("options-appraisal").title in page(client, "/settings/templates")
