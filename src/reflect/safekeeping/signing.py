"""
Which words somebody signed, according to the paper.
"""

from __future__ import annotations

from collections.abc import Callable

import attrs

from reflect.safekeeping.fingerprint import fingerprint
from reflect.sessions.canonical import SHAPE
from reflect.sessions.parts import SignOff
from reflect.sessions.record import Record

#: The places where fingerprints are printed, alone and followed by a role. They are not answers.
FINGERPRINT = "fingerprint"

#: Returns the text of a place; None if there is no such place, or nothing in it.
TextOfPlace = Callable[[str], str | None]


def printed_fingerprint(stands: TextOfPlace, role: str = "") -> str | None:
    """
    Return the fingerprint printed for one role, or for all; empty if the paper says that it is not known, None if there
    is no place for it.
    """
    text = stands(f"{FINGERPRINT}.{role}" if role else FINGERPRINT)
    if not text:
        return None
    shown = SHAPE.search(text)
    return shown[0] if shown else ""


def add_fingerprints(record: Record, stands: TextOfPlace) -> Record:
    """
    Return a record with the fingerprint of the words that each person signed: the printed one, or otherwise that of
    what was read.
    """
    known = printed_fingerprint(stands)
    now = fingerprint(record) if known is None else known

    def signing(sign: SignOff) -> SignOff:
        own = printed_fingerprint(stands, sign.role)
        return attrs.evolve(sign, fingerprint=now if own is None else own) if sign.agreement else sign

    return attrs.evolve(record, signed=tuple(map(signing, record.signed)))
