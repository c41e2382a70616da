"""Why a letter did not leave. The text of each is what the Letters page shows."""

from __future__ import annotations


class NotDelivered(Exception):
    """The letter did not leave this time."""


class NeverDelivered(NotDelivered):
    """The letter will never leave as it is: the address is wrong, or the server refuses it for good."""


class CannotConnect(NotDelivered):
    """No letter can leave now: the server is not to be reached, does not let us in, or does not answer."""
