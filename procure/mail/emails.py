"""The one letter that belongs to no room: a trial, to see whether letters arrive."""

from __future__ import annotations

from procure.mail.declare import Email

EMAILS = (Email("trial", "mail", {"asked_by": "T. Administrator"}),)
