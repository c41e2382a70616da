"""What the council of the demonstration says in every tender paper. Example."""

from __future__ import annotations

from typing import Any

STANDING: dict[str, Any] = {
    "invoice_email": "invoices@lbbd.example",
    "data_protection_email": "dpo@lbbd.example",
    "whistleblowing_email": "concerns@lbbd.example",
    "other_formats": "Ask us for this paper in large print, in another format or in another language.",
    "policies": "Safeguarding policy | lbbd.example/safeguarding\n"
    "Equality and diversity policy | lbbd.example/equality",
    "pays_living_wage": True,
    "payment_days": 30,
    "validity_days": 180,
    "insurance": "Public liability | 5,000,000 | each claim\nEmployer’s liability | 10,000,000 | each claim\n"
    "Professional indemnity | 1,000,000 | each claim, and in all",
    "returns": "Form of tender | PDF, signed\nAnswers to the quality questions | Word or PDF | 1,500 words a question\n"
    "Pricing schedule | The workbook that we send, as .xlsx",
    "late_text": "They are not opened, unless the portal failed.",
    "correction_text": "Unit rates stand; the total is worked out again and confirmed with the bidder.",
}
"""What this council's papers usually say."""
