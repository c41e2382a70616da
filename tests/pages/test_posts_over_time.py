"""The pages of a post: its names, who covers it, and who took over from it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from procure.audit.actions import Machine, act
from procure.demonstration.cast import COMMISSIONING, DIRECTOR, ENGAGEMENT, Cast
from procure.extensions import db
from procure.now import legal_day
from procure.people.models import Cover, Post, PostName, RoleGrant
from procure.people.rules import Role
from procure.words import weekday
from tests.signing_in import sign_in

TODAY = legal_day(datetime.now(UTC))
SOON = TODAY + timedelta(days=14)


def day(name: str, on: date) -> dict[str, str]:
    return {f"{name}-day": str(on.day), f"{name}-month": str(on.month), f"{name}-year": str(on.year)}


def test_a_renamed_post_is_found_by_its_former_and_other_names(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast["administrator"])
    post = cast.post(COMMISSIONING)
    path, told = f"/people/posts/{post.id}", {"name": "Head of Buying & <Care>", "version": post.version}
    early = client.post(f"{path}/rename", data={**told, **day("from_on", SOON)})
    assert early.status_code == 422
    assert "Come back on the day it changes" in early.text and "Buying &amp; &lt;Care&gt;" in early.text
    done = client.post(f"{path}/rename", data={**told, **day("from_on", TODAY)})
    assert done.location == path
    second = client.post(f"{path}/rename", data={**told, "name": "Head of Care", **day("from_on", TODAY)})
    assert second.status_code == 409
    client.post(f"{path}/names/new", data={"name": "Portfolio Lead, Buying"})
    page = client.get(path).text
    assert "Head of Buying &amp; &lt;Care&gt;" in page and "Portfolio Lead, Buying" in page
    assert f"Until {(TODAY - timedelta(days=1)).day} " in page
    for asked in ("head commis", "portfolio lead", "buying and care"):
        found = client.get("/people/posts", query_string={"q": asked}).text
        assert "1 post found" in found and f'href="{path}"' in found, asked
    assert "No post is found for “astronaut”" in client.get("/people/posts?q=astronaut").text
    alias = db.session.scalars(select(PostName).where(PostName.name == "Portfolio Lead, Buying")).one()
    client.post(f"{path}/names/{alias.id}/remove")
    assert "Portfolio Lead" not in client.get(path).text.split("<h2")[-1]
    assert client.post(f"/people/posts/{post.id + 1}/names/{alias.id}/remove").status_code == 404


def test_a_holder_sets_cover_from_the_account_and_ends_it_early(client: FlaskClient, cast: Cast, app: Flask) -> None:
    post = cast.post(COMMISSIONING)
    path = f"/people/posts/{post.id}"
    sign_in(client, cast["commissioning"])
    assert f'href="{path}/cover"' in client.get("/account").text
    told = {
        "person_id": str(cast["engagement"].id), "reason": "Annual leave", "authority": "",
        **day("from_on", TODAY), **day("until_on", SOON),
    }  # fmt: skip
    refused = client.post(f"{path}/cover", data=told)
    assert refused.status_code == 422
    assert "Name the written authority" in refused.text and 'value="Annual leave"' in refused.text
    done = client.post(f"{path}/cover", data={**told, "authority": "Memo of 1 May"})
    assert done.location == "/account"
    again = client.post(f"{path}/cover", data={**told, "authority": "Memo of 1 May"})
    assert again.status_code == 422 and "S. Lead covers this post" in again.text
    assert "S. Lead covers you as Head of Commissioning" in client.get("/account").text
    cover = db.session.scalars(select(Cover)).one()
    theirs = app.test_client()
    sign_in(theirs, cast["engagement"])
    assert f"You cover the Head of Commissioning until {weekday(SOON)}, for R. Reviewer." in theirs.get("/my-work").text
    assert "You cover the Head of Commissioning" in theirs.get("/account").text
    assert theirs.get(path).status_code == 200
    for closed in (f"{path}/cover", f"{path}/cover/{cover.id}/end"):
        assert theirs.get(closed).status_code == 403, "whoever covers doesn't pass it on"
    late = client.post(f"{path}/cover/{cover.id}/end", data=day("until_on", TODAY - timedelta(days=1)))
    assert late.status_code == 422 and "What was done by cover stands" in late.text
    client.post(f"{path}/cover/{cover.id}/end", data={**day("until_on", TODAY), "version": cover.version})
    assert db.session.scalars(select(Cover.until_on)).one() == TODAY


def test_only_those_concerned_open_a_post_and_the_auditor_changes_nothing(client: FlaskClient, cast: Cast) -> None:
    path = f"/people/posts/{cast.post(DIRECTOR).id}"
    sign_in(client, cast["officer"])
    assert client.get(path).status_code == 403
    sign_in(client, cast["auditor"])
    page = client.get(path)
    assert page.status_code == 200
    main = page.text.split("<main")[1].split("</main>")[0]
    assert 'method="post"' not in main and not any(f"{path}/{word}" in main for word in ("cover", "rename", "change"))
    assert client.post(f"{path}/cover", data={}).status_code == 403
    own = client.get("/account").text
    assert "/cover" not in own


def test_a_post_that_ended_says_who_has_its_powers(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast["administrator"])
    client.post("/people/posts/new", data={"name": "Head of Parks", "kind": "officer"})
    post = db.session.scalars(select(Post).where(Post.name == "Head of Parks")).one()
    path, yesterday = f"/people/posts/{post.id}", TODAY - timedelta(days=1)
    assert "Nobody holds this post today" in client.get(path).text
    told = {**day("ended_on", yesterday), "successor_id": str(cast.post(ENGAGEMENT).id), "version": post.version}
    refused = client.post(f"{path}/end", data=told)
    assert refused.status_code == 422 and "where it is written" in refused.text
    client.post(f"{path}/end", data={**told, "successor_id": ""})
    page = client.get(path).text
    assert "Nobody holds the powers of this post" in page and "Name the post that takes over" in page
    assert "Nobody has them" in client.get("/people/posts").text
    named = {"successor_id": str(cast.post(ENGAGEMENT).id), "authority": "Minute 12", "version": post.version}
    assert client.post(f"{path}/successor", data=named).location == path
    page = client.get(path).text
    assert f"{ENGAGEMENT} (Minute 12)" in page and "S. Lead" in page
    assert "Took over from" in client.get(f"/people/posts/{cast.post(ENGAGEMENT).id}").text


def test_only_people_who_could_cover_a_post_are_offered(client: FlaskClient, cast: Cast) -> None:
    path = f"/people/posts/{cast.post(DIRECTOR).id}/cover"
    sign_in(client, cast["administrator"])
    page = client.get(path).text
    assert "Nobody can cover this post yet" in page and "An administrator gives the role first." in page
    assert 'href="/people">See the people</a>' in page and "Set the cover" not in page
    with act("gave the role", on="people", by=Machine("test"), at=datetime.now(UTC)):
        for key, first in (("engagement", TODAY), ("commissioning", SOON)):
            db.session.add(RoleGrant(person=cast[key], role=Role.DECIDER, from_on=first))
    page = client.get(path).text
    assert "S. Lead</option>" in page and "R. Reviewer</option>" in page, "a role given from a later day counts"
    assert "P. Clerk</option>" not in page and "D. Director</option>" not in page
