"""The bytes of a bid's file, whether it was put in after the opening or lay under seal before it."""

from __future__ import annotations

from collections.abc import Iterator

from procure.documents.storage import kept_pieces, pieces_in, proved, reading
from procure.tender.sealing import opened_pieces


def pieces_of(key: str, sha256: str, opens_with: str | None) -> Iterator[bytes]:
    """Piece by piece, proved by the digest of the file as the bidder sent it."""
    if opens_with is None:
        yield from kept_pieces(key, sha256)
        return
    with reading(key) as kept:
        yield from proved(opened_pieces(bytes.fromhex(opens_with), pieces_in(kept)), sha256)
