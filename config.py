"""Settings, read from the environment once. `docs/production.md` lists them."""

from __future__ import annotations

import math
import os
import secrets
from datetime import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent
FEWEST_LETTERS = 8
"""A secret of fewer different characters was typed, not drawn."""

ANSWERS_A_LETTER = 10
"""So many answers of a mail server, each as late as it may be, are waited for at most before one letter is settled."""


class Unsafe(RuntimeError):
    """The settings would make a production server unsafe; the message says which."""


def database_url(given: str | None, instance: Path) -> str:
    """The SQLAlchemy address of the database; SQLite in the instance folder unless one is given."""
    if not given:
        return f"sqlite:///{instance / 'procure.db'}"
    for prefix in ("postgres://", "postgresql://"):
        if given.startswith(prefix):
            return "postgresql+psycopg://" + given.removeprefix(prefix)
    return given


def kept_secret(instance: Path) -> str:
    """The development secret: made once and kept in the instance folder, readable by its owner only."""
    path = instance / "secret.key"
    try:
        made = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(made, "w") as new:
            new.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return path.read_text().strip()


def seconds(env: dict[str, str], name: str, usual: float) -> float:
    """A setting in seconds. Raises `Unsafe` where it is none, or nothing would ever be waited for."""
    given = env.get(name) or str(usual)
    try:
        found = float(given)
    except ValueError:
        found = 0
    if not 0 < found < math.inf:
        raise Unsafe(f"{name} is a number of seconds above 0, not {given}.")
    return found


def time_of_day(env: dict[str, str], name: str, usual: str) -> time:
    """A setting such as 07:30. Raises `Unsafe` where it is no time of day."""
    given = env.get(name) or usual
    try:
        return time.fromisoformat(given)
    except ValueError as wrong:
        raise Unsafe(f"{name} is a time of day such as {usual}, not {given}.") from wrong


def settings(environment: dict[str, str] | None = None) -> dict[str, Any]:
    """Settings for `create_app`.

    Raises `Unsafe` in production without SECRET_KEY or with a short one.
    """
    env = dict(os.environ if environment is None else environment)
    instance = Path(env.get("PROCURE_INSTANCE") or ROOT / "instance").resolve()
    instance.mkdir(parents=True, exist_ok=True)
    kind = env.get("PROCURE_ENV", "development")
    secret = env.get("SECRET_KEY", "")
    if kind == "production" and (len(secret) < 32 or len(set(secret)) < FEWEST_LETTERS):
        raise Unsafe("Set SECRET_KEY to at least 32 random characters before you start in production.")
    port = env.get("PORT", "5000")
    address = env.get("PROCURE_URL", f"http://127.0.0.1:{port}")
    if kind == "production" and "PROCURE_URL" not in env:
        raise Unsafe("Set PROCURE_URL to the address people type, for example https://procure.example.gov.uk.")
    database = database_url(env.get("DATABASE_URL"), instance)
    patience, claim = seconds(env, "SMTP_TIMEOUT", 20), seconds(env, "LETTER_CLAIM", 600)
    if claim < ANSWERS_A_LETTER * patience:
        raise Unsafe(
            f"LETTER_CLAIM is at least {ANSWERS_A_LETTER} times SMTP_TIMEOUT: a letter that is still being handed over "
            "would be taken up by another clock."
        )
    return {
        "PROCURE_ENV": kind,
        "INSTANCE": instance,
        "FILES": env.get("PROCURE_FILES") or str(instance / "files"),
        "CLAMD_URL": env.get("CLAMD_URL", ""),
        "SECRET_KEY": secret or kept_secret(instance),
        "SQLALCHEMY_DATABASE_URI": database,
        "SQLALCHEMY_ENGINE_OPTIONS": {} if database.startswith("sqlite") else {"pool_pre_ping": True},
        "PUBLIC_URL": address.rstrip("/"),
        "TRUSTED_PROXIES": int(env.get("TRUSTED_PROXIES", "0")),
        "SMTP_URL": env.get("SMTP_URL", ""),
        "SMTP_TIMEOUT": patience,
        "LETTER_CLAIM": claim,
        "DAILY_ROUND_AT": time_of_day(env, "DAILY_ROUND_AT", "07:30"),
        "CATCH_UP_EVERY": seconds(env, "CATCH_UP_EVERY", 900),
        "POST_EVERY": seconds(env, "POST_EVERY", 10),
        "WORK_EVERY": seconds(env, "WORK_EVERY", 3),
        "MAIL_FROM": env.get("MAIL_FROM", "procure@example.gov.uk"),
        "MAIL_REPLY_TO": env.get("MAIL_REPLY_TO", ""),
        "MAIL_BOUNCE": env.get("MAIL_BOUNCE", ""),
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": kind == "production" and address.startswith("https://"),
        "MAX_CONTENT_LENGTH": 20 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
        "MAX_FORM_PARTS": 5000,
        "WTF_CSRF_TIME_LIMIT": None,
    }
