"""
The fingerprint of a record, on the kind of paper it was written on.
"""

from __future__ import annotations

from reflect.documents.templates import shelf
from reflect.errors import UnknownKey
from reflect.questions.rings import Ring
from reflect.sessions.canonical import canonical, fingerprint_of_text
from reflect.sessions.record import Record


def fingerprint(record: Record, ring: Ring | None = None) -> str:
    """
    Return the fingerprint of a record, as it is printed where people sign.

    It covers all that has a place on a paper of that ring: facts, what became of each item, answers with the
    question each stood under, actions and decisions; and not the signatures, which come after. Whoever may read the
    paper gets the same one. Short answers can be guessed from a fingerprint, so it is for nobody else.

    Args:
        record: The record.
        ring: The ring of the paper; that of the kind of paper it was written on, if nothing is said.

    Returns:
        Four groups of four digits.
    """
    return fingerprint_of_text(canonical(record, ring or ring_of(record)))


def ring_of(record: Record) -> Ring:
    """
    Return the ring of the kind of paper a record was written on; the supervision file's, if that is not known.
    """
    try:
        return shelf(()).about(record.document).ring or Ring.PERSONAL
    except UnknownKey:
        return Ring.PERSONAL
