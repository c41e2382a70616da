"""The papers of this room: the record of a decision, the log of its consultation, the register of powers."""

from __future__ import annotations

from procure.authority.consultation_log_documents import CONSULTATION_LOG
from procure.authority.forward_plan_documents import FORWARD_PLAN_NOTICE
from procure.authority.record_documents import OfficerDecisionRecord
from procure.authority.record_sample import sample_decision
from procure.authority.register_documents import DELEGATION_REGISTER
from procure.documents.declare import Document, gathered_by

OFFICER_DECISION_RECORD = Document(
    name="officer-decision-record",
    title="Record of a decision",
    room="authority",
    template="authority/documents/officer_decision_record.docx",
    facts=OfficerDecisionRecord,
    sample=sample_decision,
    gather=gathered_by("authority", "officer_decision_record"),
)
__all__ = ["CONSULTATION_LOG", "DELEGATION_REGISTER", "FORWARD_PLAN_NOTICE", "OFFICER_DECISION_RECORD", "OF_AUTHORITY"]

OF_AUTHORITY = (OFFICER_DECISION_RECORD, CONSULTATION_LOG, DELEGATION_REGISTER, FORWARD_PLAN_NOTICE)
