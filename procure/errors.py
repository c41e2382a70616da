"""Refusals and HTTP errors as pages: what happened, why, what to do."""

from __future__ import annotations

from flask import Flask, current_app, flash, redirect, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.wrappers import Response

from procure.audit.actions import AlreadyDone, ChangedMeanwhile
from procure.extensions import db
from procure.refusals import Refusal

PAGES = (400, 403, 404, 413, 429, 500)


def page_above(path: str) -> str:
    """The nearest page above an address that only takes forms; empty where that is the first page."""
    places = current_app.create_url_adapter(request)
    assert places is not None
    while path := path.rpartition("/")[0]:
        if places.test(path, method="GET"):
            return path
    return ""


def catch(app: Flask) -> None:
    """Give the application its error pages."""

    @app.errorhandler(AlreadyDone)
    def already_done(refusal: AlreadyDone) -> Response:
        flash(refusal.sentence)
        return redirect(request.path)

    @app.errorhandler(ChangedMeanwhile)
    def changed_meanwhile(refusal: ChangedMeanwhile) -> tuple[str, int]:
        return render_template("errors/409.html", refusal=refusal, back=request.path), 409

    @app.errorhandler(Refusal)
    def refused(refusal: Refusal) -> tuple[str, int]:
        return render_template("errors/refused.html", refusal=refusal, back=request.referrer), 422

    @app.errorhandler(CSRFError)
    def stale_form(error: CSRFError) -> tuple[str, int]:
        return render_template("errors/400.html", reason="The page had been open too long. Go back and try again."), 400

    @app.errorhandler(MethodNotAllowed)
    def only_posted(error: MethodNotAllowed) -> Response | tuple[str, int] | HTTPException:
        """Somebody comes back to where a form was sent: after a second click, a reload, or signing in again."""
        page = page_above(request.path) if request.method == "GET" else ""
        return redirect(page) if page else http_error(error)

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> tuple[str, int] | HTTPException:
        code = error.code or 500
        if code < 400:
            return error
        page = code if code in PAGES else 400 if code < 500 else 500
        return render_template(f"errors/{page}.html", reason=None), code

    @app.errorhandler(Exception)
    def broken(error: Exception) -> tuple[str, int]:
        db.session.rollback()
        app.logger.exception("Something broke on %s %s", request.method, request.path)
        if app.config.get("TESTING"):
            raise error
        # Without the page context: what broke may be the database that the context asks.
        return app.jinja_env.get_template("errors/500.html").render(reason=None), 500
