"""The letters of this room: an answer to all who were asked for a quote, a bid's receipt, and to who opens bids."""

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
    Email(
        "bid_receipt",
        "tender",
        {
            "title": "Social infrastructure support",
            "bidder": "Example Trust",
            "receipt": "R-7F3K-9QXA",
            "received_at": datetime(2027, 10, 11, 10, 42, tzinfo=UTC),
            "files": [("Example Trust - tender.pdf", 1_204_000, "9f86d081884c7d65" * 4)],
            "is_sealed": True,
            "is_late": False,
            "officer": "A. Officer",
            "officer_email": "procurement@lbbd.example",
        },
    ),
    Email(
        "opener_named",
        "tender",
        {
            "title": "Social infrastructure support",
            "file": "Social infrastructure support, PRO-2027-014",
            "officer": "A. Officer",
            "closes_at": datetime(2027, 10, 11, 13, tzinfo=UTC),
            "is_outside": True,
            "url": "https://procure.example/procurements/PRO-2027-014/tender/openers",
        },
    ),
)
