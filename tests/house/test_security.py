"""What every answer carries, what cookies carry, and what no page may hold."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from config import ROOT, Unsafe, settings
from procure.app import create_app
from procure.demonstration.cast import set_up_council
from procure.extensions import db
from procure.people import actions, keys
from procure.people.rules import TokenPurpose
from tests.conftest import settings_for
from tests.signing_in import sign_in

GOOD = "plum seventeen otter"


@pytest.fixture
def guarded(sqlite_template: Path, tmp_path: Path) -> Iterator[Flask]:
    """The application with its guard against forged forms, as in production over HTTPS."""
    shutil.copy(sqlite_template, tmp_path / "procure.db")
    over = {"WTF_CSRF_ENABLED": True, "SESSION_COOKIE_SECURE": True, "SESSION_COOKIE_SAMESITE": "Lax"}
    app = create_app(settings_for(tmp_path, f"sqlite:///{tmp_path / 'procure.db'}") | over)
    with app.app_context():
        set_up_council(at=datetime(2025, 4, 1, 9, tzinfo=UTC))
        yield app
        db.session.remove()
        db.engine.dispose()


def officer_with_password():
    officer = actions.person_at("officer@lbbd.example")
    now = datetime.now(UTC)
    actions.set_password(keys.make_key(TokenPurpose.NEW_PASSWORD, officer.id, at=now), GOOD, at=now)
    return officer


@pytest.mark.parametrize("path", ["/sign-in", "/account", "/nowhere", "/static/app.css"])
def test_every_answer_carries_a_strict_policy(guarded: Flask, path: str) -> None:
    answer = guarded.test_client().get(path)
    policy = answer.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "*" not in policy
    for said in ("default-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action"):
        assert said in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]


def test_pages_are_not_kept_by_browsers(guarded: Flask) -> None:
    client = guarded.test_client()
    sign_in(client, officer_with_password())
    assert client.get("/account").headers["Cache-Control"] == "no-store"
    assert client.get("/static/app.css").headers.get("Cache-Control") != "no-store"


def test_cookies_are_for_this_site_and_no_script(guarded: Flask) -> None:
    cookie = guarded.test_client().get("/sign-in", base_url="https://procure.test").headers["Set-Cookie"]
    for said in ("Secure", "HttpOnly", "SameSite=Lax"):
        assert said in cookie
    assert "Domain" not in cookie


def token_on(page: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found is not None
    return found.group(1)


def test_a_forged_form_is_refused(guarded: Flask) -> None:
    officer = officer_with_password()
    client = guarded.test_client()
    sent = {"email": officer.email, "password": GOOD}
    base = "https://procure.test"
    forged = client.post("/sign-in", data=sent, base_url=base, headers={"Referer": f"{base}/sign-in"})
    assert forged.status_code == 400
    assert "open too long" in forged.text
    token = token_on(client.get("/sign-in", base_url=base).text)
    from_elsewhere = client.post(
        "/sign-in", data={**sent, "csrf_token": token}, base_url=base, headers={"Referer": "https://evil.example/"}
    )
    assert from_elsewhere.status_code == 400
    done = client.post(
        "/sign-in", data={**sent, "csrf_token": token}, base_url=base, headers={"Referer": f"{base}/sign-in"}
    )
    assert done.status_code == 302
    assert client.post("/sign-out", base_url=base, headers={"Referer": base}).status_code == 400


def test_a_new_session_begins_with_every_sign_in(guarded: Flask) -> None:
    officer = officer_with_password()
    client = guarded.test_client()
    base = "https://procure.test"
    with client.session_transaction(base_url=base) as planted:
        planted["left_by_somebody"] = "x"
    token = token_on(client.get("/sign-in", base_url=base).text)
    client.post(
        "/sign-in", data={"email": officer.email, "password": GOOD, "csrf_token": token}, base_url=base,
        headers={"Referer": f"{base}/sign-in"},
    )  # fmt: skip
    with client.session_transaction(base_url=base) as kept:
        assert "left_by_somebody" not in kept
        assert len(kept["sign_in"]) > 40


def test_production_asks_for_a_real_secret_and_address(tmp_path: Path) -> None:
    kind = {"PROCURE_ENV": "production", "PROCURE_INSTANCE": str(tmp_path)}
    for weak in ("short", "x" * 40):
        with pytest.raises(Unsafe):
            settings(kind | {"SECRET_KEY": weak, "PROCURE_URL": "https://procure.example.gov.uk"})
    with pytest.raises(Unsafe):
        settings(kind | {"SECRET_KEY": "0123456789abcdef" * 3})
    safe = settings(kind | {"SECRET_KEY": "0123456789abcdef" * 3, "PROCURE_URL": "https://procure.example.gov.uk"})
    assert safe["SESSION_COOKIE_SECURE"]
    assert safe["SESSION_COOKIE_HTTPONLY"]


def test_no_page_holds_what_the_policy_forbids() -> None:
    wrong = []
    for path in sorted((ROOT / "templates").rglob("*.html")):
        if "emails" in path.parts or "mail" in path.parts or path.name == "case_file_index.html":
            continue  # a letter, or a page of a zip, knows no style sheet; a letter is shown under a policy of its own
        words = re.sub(r"\{#.*?#\}", "", path.read_text(), flags=re.S)
        if re.search(r"\sstyle=|<style|\son[a-z]+=\"|<script(?![^>]*\ssrc=)|javascript:", words):
            wrong.append(str(path.relative_to(ROOT)))
    assert wrong == []
