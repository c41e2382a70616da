"""The letter of this room: the answer to a question, to every supplier that was asked for a quote."""

from __future__ import annotations

from datetime import UTC, datetime

from procure.mail.declare import Email

EMAILS = (
    Email(
        "answer_to_all",
        "tender",
        {
            "title": "Printing of leaflets",
            "supplier": "Example Print Shop",
            "contact": "P. Contact",
            "number": 2,
            "question": "Must proofs be sent on paper?",
            "answer": "No. A proof by email is enough.",
            "changed": "",
            "closes_at": datetime(2027, 10, 11, 13, tzinfo=UTC),
            "officer": "A. Officer",
            "officer_email": "procurement@lbbd.example",
        },
    ),
)
