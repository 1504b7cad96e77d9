"""
For which words somebody signed, as the paper says.
"""

from __future__ import annotations

from collections.abc import Callable

import attrs

from reflect.safekeeping.fingerprint import fingerprint
from reflect.sessions.canonical import SHAPE
from reflect.sessions.parts import SignOff
from reflect.sessions.record import Record

#: The places where fingerprints are printed, alone and with a role behind; what stands there is no answer.
FINGERPRINT = "fingerprint"

#: Gives what stands in a place; None if there is none of that name, or nothing in it.
Stands = Callable[[str], str | None]


def printed(stands: Stands, role: str = "") -> str | None:
    """
    Return the fingerprint printed for somebody, or for all: nothing if it is said not to be known, None without one.
    """
    text = stands(f"{FINGERPRINT}.{role}" if role else FINGERPRINT)
    if not text:
        return None
    shown = SHAPE.search(text)
    return shown[0] if shown else ""


def signed_for(record: Record, stands: Stands) -> Record:
    """
    Return a record with the fingerprint of the words each signed: as it is printed, or else of what was read.
    """
    known = printed(stands)
    now = fingerprint(record) if known is None else known

    def signing(sign: SignOff) -> SignOff:
        own = printed(stands, sign.role)
        return attrs.evolve(sign, fingerprint=now if own is None else own) if sign.agreement else sign

    return attrs.evolve(record, signed=tuple(map(signing, record.signed)))
