"""Long work of this room: its issued papers in one pack, for those who read bids."""

from __future__ import annotations

from datetime import timedelta

from procure.documents.jobs import DOCUMENTS, make_pack
from procure.evaluation.access import file_of_bids_for
from procure.jobs.declare import Kind

PACK_OF_BIDS = Kind(
    "pack_of_bids", "paper", make_pack, open_to=file_of_bids_for, longest=timedelta(minutes=10), page=DOCUMENTS
)
