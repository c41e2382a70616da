"""How the web server runs. PORT, WEB_WORKERS, WEB_THREADS and WEB_BIND change it."""

from __future__ import annotations

import os
import sys
from typing import Any

bind = os.environ.get("WEB_BIND", f"127.0.0.1:{os.environ.get('PORT', '5000')}")
workers = int(os.environ.get("WEB_WORKERS", "2"))
worker_class = "gthread"
threads = int(os.environ.get("WEB_THREADS", "4"))
timeout = 30
graceful_timeout = 10
keepalive = 5
limit_request_line = 4094
limit_request_fields = 60
loglevel = "warning"


def on_starting(server: Any) -> None:
    """Refuse to serve on a database that is not at the head of the migrations; compile what papers are made from.

    The workers are copies of this process, so they share what it has compiled.
    """
    from procure.databases import NotCurrent, refuse_unless_current
    from procure.documents.actions import make_ready
    from procure.extensions import db
    from procure.now import today
    from wsgi import app

    try:
        refuse_unless_current(app)
    except NotCurrent as behind:
        sys.exit(str(behind))
    with app.app_context():
        make_ready(today())
        db.session.remove()
        db.engine.dispose()  # the workers must not share its connection


def when_ready(server: Any) -> None:
    """Say where to look."""
    print(f"Procure is at {os.environ.get('PROCURE_URL', f'http://{bind}')}", flush=True)
