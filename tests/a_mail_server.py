"""A mail server of our own that answers as it is told: for tests of what the post does about it."""

from __future__ import annotations

import asyncio
import email
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class Box:
    """What the server took in, and what it answers to the letters to come: "250 OK" where nothing is said."""

    received: list[Envelope] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    before_answer: Callable[[Message], None] | None = None
    """Called when a letter is whole and not answered yet."""
    mood: str = "250 OK"
    """What it answers to every letter while nothing else is said."""
    connections: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def letters(self) -> list[Message]:
        """The letters taken in, read."""
        with self.lock:
            return [email.message_from_bytes(one.content) for one in self.received]  # type: ignore[arg-type]

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: Any
    ) -> Any:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        for start, answer in (("nobody", "550 No such person"), ("full", "452 The mailbox is full")):
            if address.startswith(start):
                return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        answer = self.answers.pop(0) if self.answers else self.mood
        if answer == "drop":
            assert server.transport is not None
            server.transport.close()
            return "421 Gone"
        if answer.startswith("stall"):
            await asyncio.sleep(float(answer.partition(" ")[2]))
            return "250 OK"
        if answer.startswith("250"):
            with self.lock:
                self.received.append(envelope)
            if self.before_answer is not None:
                self.before_answer(email.message_from_bytes(envelope.content))  # type: ignore[arg-type]
        return answer


@contextmanager
def mail_server(box: Box | None = None, **more: Any) -> Iterator[tuple[Box, int]]:
    """The server on a free port; `more` goes to aiosmtpd, such as its certificate."""
    box = box or Box()
    controller = Controller(box, hostname="127.0.0.1", port=_free_port(), **more)
    controller.start()
    try:
        yield box, controller.port
    finally:
        controller.stop()


def _free_port() -> int:
    import socket

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
