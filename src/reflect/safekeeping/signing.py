"""
Which words somebody signed, according to the paper.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import attrs

from reflect.questions.rings import Ring
from reflect.sessions.canonical import SHAPE, words_as_seen
from reflect.sessions.closed import KeptDigests
from reflect.sessions.parts import Closing, SignOff
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
    shown = SHAPE.search(words_as_seen(text))
    return shown[0] if shown else ""


def closing_on_paper(about: Mapping[str, str], stands: TextOfPlace, ring: Ring) -> Closing | None:
    """
    Return when a paper was closed: the fingerprint that is printed on it, with the day in its file if that is still
    there; None if it has no fingerprint.

    Args:
        about: What the file says about itself.
        ring: Who may read the paper.
    """
    kept = KeptDigests.of_about(about, ring)
    printed = printed_fingerprint(stands)
    if kept is not None:
        return attrs.evolve(kept.closing, fingerprint=printed or kept.closing.fingerprint)
    return Closing(fingerprint=printed, ring=ring) if printed else None


def add_fingerprints(record: Record, stands: TextOfPlace) -> Record:
    """
    Return a record with the fingerprint of the words that each person signed: that of the closed paper, and none on a
    paper that was not closed, which proves nothing.
    """
    known = printed_fingerprint(stands)
    if known is None:
        known = record.closed.fingerprint if record.closed else ""

    def signing(sign: SignOff) -> SignOff:
        own = printed_fingerprint(stands, sign.role)
        return attrs.evolve(sign, fingerprint=known if own is None else own) if sign.agreement else sign

    return attrs.evolve(record, signed=tuple(map(signing, record.signed)))
