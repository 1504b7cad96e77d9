"""
The fingerprint of a record, on the kind of paper it was written on.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from reflect.documents.templates import shelf
from reflect.errors import UnknownKey
from reflect.questions.rings import Ring
from reflect.sessions.canonical import canonical, fingerprint_of_text
from reflect.sessions.record import Record


def fingerprint(record: Record, ring: Ring | None = None) -> str:
    """
    Return the fingerprint of a record, as it is printed where people sign.

    It covers everything that belongs on a paper of that ring: facts, what became of each item, answers with their
    questions, actions and decisions. It leaves out the signatures, which come later. Everyone who may read the paper
    gets the same one. Nobody else should: short answers can be guessed from a fingerprint.

    Args:
        record: The record.
        ring: The ring of the paper; by default, that of the kind of paper it was written on.

    Returns:
        Four groups of four digits.
    """
    return fingerprint_of_text(canonical(record, ring or ring_of(record)))


def ring_of(record: Record, templates: Iterable[str | Path] = ()) -> Ring:
    """
    Return the ring of the kind of paper that a record was written on; the supervision file's if that is not known.

    Args:
        record: The record.
        templates: Folders of templates of your own; they go first.
    """
    try:
        return shelf(tuple(templates)).about(record.document).ring or Ring.PERSONAL
    except UnknownKey:
        return Ring.PERSONAL
