"""The room's one set of pages."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

pages = Blueprint("reminder", __name__)

Answer = str | Response | tuple[str, int]
