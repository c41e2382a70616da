"""Keeping bids under seal until two people open them: keys, their halves, and files encrypted piece by piece.

Each opener has a pair of keys. The private one is locked with a phrase that only they know and that is kept nowhere. A
bid gets a key of its own, split in two halves of which neither says anything alone: one half is sealed to each opener
from the service, the other to each from outside it. So it takes one of either side, each with their phrase.

What it protects against: whoever reads pages, the database, the files or a copy of them before the opening, however
high their role; one opener alone; a bid or file changed under seal, which no longer opens. What it doesn't: whoever
watches the server itself at the moment a bid is handed in or opened; two openers who act together before the deadline
with a program of their own; an opener whose phrase was guessed. A phrase that is lost can't be recovered by anybody,
which is what stand-ins are for.

X25519, HKDF-SHA256, AES-256-GCM and Argon2id, by the `cryptography` and `argon2-cffi` libraries; nothing home-made
beyond the order in which they are used.
"""

from __future__ import annotations

import json
import secrets
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from unicodedata import normalize

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from procure.refusals import Refusal

KEY_BYTES = 32
NONCE = 12
TAG = 16
PIECE = 1024 * 1024
"""So much of a file is sealed at once."""

ARGON = {"time_cost": 3, "memory_cost": 64 * 1024, "parallelism": 4}
"""About a tenth of a second and 64 MB a try: what makes guessing a phrase dear."""


class WrongPhrase(Refusal):
    """The phrase doesn't open this key."""


class SealBroken(Refusal):
    """What lies under seal isn't what was put there."""


@dataclass(frozen=True)
class OpenerKeys:
    """An opener's pair of keys as it is kept: the public one, and the private one locked with the phrase."""

    public: str
    locked: str


def new_key() -> bytes:
    """A key for one bid or one file."""
    return secrets.token_bytes(KEY_BYTES)


# ── an opener's keys ──


def make_keys(phrase: str) -> OpenerKeys:
    """A new pair of keys whose private one only this phrase unlocks."""
    private = X25519PrivateKey.generate()
    public = _text(private.public_key().public_bytes_raw())
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(NONCE)
    locked = AESGCM(_from_phrase(phrase, salt, ARGON)).encrypt(nonce, private.private_bytes_raw(), public.encode())
    kept = {"salt": _text(salt), "nonce": _text(nonce), "locked": _text(locked), "argon": ARGON}
    return OpenerKeys(public, json.dumps(kept))


def unlock(keys: OpenerKeys, phrase: str) -> bytes:
    """The private key. `WrongPhrase` where this phrase didn't lock it."""
    kept = json.loads(keys.locked)
    try:
        return AESGCM(_from_phrase(phrase, b64decode(kept["salt"]), kept["argon"])).decrypt(
            b64decode(kept["nonce"]), b64decode(kept["locked"]), keys.public.encode()
        )
    except InvalidTag:
        raise WrongPhrase("That isn’t the opening phrase you chose.", field="phrase") from None


def _from_phrase(phrase: str, salt: bytes, cost: dict[str, int]) -> bytes:
    same = normalize("NFKC", phrase.strip())
    return hash_secret_raw(same.encode(), salt, hash_len=KEY_BYTES, type=Type.ID, **cost)


# ── sealing a few bytes to somebody ──


def seal_to(public: str, secret: bytes, about: str) -> str:
    """Something only the holder of the private key can read, and only as what it is about."""
    once = X25519PrivateKey.generate()
    shared = once.exchange(X25519PublicKey.from_public_bytes(b64decode(public)))
    sender = once.public_key().public_bytes_raw()
    sealed = AESGCM(_derived(shared, sender, public)).encrypt(bytes(NONCE), secret, about.encode())
    return _text(sender + sealed)


def open_with(private: bytes, sealed: str, about: str) -> bytes:
    """What was sealed to the holder of this key. `SealBroken` where it was sealed to another, or changed since."""
    key, kept = X25519PrivateKey.from_private_bytes(private), b64decode(sealed)
    sender = kept[:KEY_BYTES]
    public = _text(key.public_key().public_bytes_raw())
    shared = key.exchange(X25519PublicKey.from_public_bytes(sender))
    try:
        return AESGCM(_derived(shared, sender, public)).decrypt(bytes(NONCE), kept[KEY_BYTES:], about.encode())
    except InvalidTag:
        raise SealBroken("What lies under seal isn’t what was put there.") from None


def _derived(shared: bytes, sender: bytes, public: str) -> bytes:
    """A key for this one message: sender's key is used once, so the nonce may stay nought."""
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=b"procure seal" + sender + b64decode(public)).derive(shared)


# ── two halves ──


def split(key: bytes) -> tuple[bytes, bytes]:
    """Two halves that make the key together; either alone is noise."""
    first = secrets.token_bytes(len(key))
    return first, joined(key, first)


def joined(one: bytes, other: bytes) -> bytes:
    """The key of two halves, or the second half of a key and its first."""
    return bytes(a ^ b for a, b in zip(one, other, strict=True))


# ── words and files under a key ──


def seal_words(key: bytes, words: str, about: str) -> str:
    """Words under a key that is used for nothing else."""
    return _text(AESGCM(key).encrypt(bytes(NONCE), words.encode(), about.encode()))


def open_words(key: bytes, sealed: str, about: str) -> str:
    """The words again. `SealBroken` where the key is another or they were changed."""
    try:
        return AESGCM(key).decrypt(bytes(NONCE), b64decode(sealed), about.encode()).decode()
    except InvalidTag:
        raise SealBroken("What lies under seal isn’t what was put there.") from None


def sealed_pieces(key: bytes, pieces: Iterable[bytes]) -> Iterator[bytes]:
    """A file encrypted piece by piece, under a key that is used for nothing else.

    Each piece carries its place and whether it is the last, so that none can be moved, left out or cut off.
    """
    cipher, place, held = AESGCM(key), 0, b""
    for piece in _even(pieces, PIECE):
        if held:
            yield cipher.encrypt(_nonce(place, is_last=False), held, None)
            place += 1
        held = piece
    yield cipher.encrypt(_nonce(place, is_last=True), held, None)


def opened_pieces(key: bytes, pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The file again. `SealBroken` where a piece was changed, moved, or is missing."""
    cipher, place, held = AESGCM(key), 0, b""
    try:
        for piece in _even(pieces, PIECE + TAG):
            if held:
                yield cipher.decrypt(_nonce(place, is_last=False), held, None)
                place += 1
            held = piece
        yield cipher.decrypt(_nonce(place, is_last=True), held, None)
    except (InvalidTag, ValueError):
        raise SealBroken("A file under seal isn’t what was put there.") from None


def _nonce(place: int, *, is_last: bool) -> bytes:
    return place.to_bytes(NONCE - 1, "big") + bytes([is_last])


def _even(pieces: Iterable[bytes], size: int) -> Iterator[bytes]:
    """The same bytes in pieces of one size, the last perhaps shorter."""
    held = bytearray()
    for piece in pieces:
        held += piece
        while len(held) >= size:
            yield bytes(held[:size])
            del held[:size]
    if held:
        yield bytes(held)


def _text(content: bytes) -> str:
    return b64encode(content).decode()
