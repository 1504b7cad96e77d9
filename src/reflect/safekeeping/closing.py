"""
Closing a record: its words are settled, and people can sign them.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from pathlib import Path

import attrs

from reflect.errors import Refused
from reflect.safekeeping.fingerprint import ring_of
from reflect.sessions.canonical import canonical, fingerprint_of_text, is_fingerprint_of
from reflect.sessions.parts import ActionState, Closing
from reflect.sessions.record import Record
from reflect.sessions.themes import only_agreed
from reflect.text.prose import day_in_words


def close_record(
    record: Record, day: datetime.date, *, again: bool = False, templates: Iterable[str | Path] = ()
) -> Record:
    """
    Return a record whose words are closed on a day: every paper of its own kind that is printed of it has their
    fingerprint, and its file keeps what shows where a word has changed since.

    Signing it, with a name, a date and comments, is no change. The record of a restorative group is closed without what
    the group has not agreed word for word.

    Args:
        record: The record, as it was read or made.
        day: The day of closing.
        again: Whether to close a record that was closed and has changed. Whoever agreed to the earlier words has to
            sign again.
        templates: Folders with your own templates, if it is of a kind of your own.

    Raises:
        Refused: Nothing is written in it; or it was closed, has changed since, and *again* is not said.
    """
    ring = ring_of(record, templates)
    record = only_agreed(record)
    if not says_anything(record):
        if record.reading and record.reading.doubts:
            doubts = "; ".join(f"{key}: {doubt}" for key, doubt in record.reading.doubts)
            raise Refused(f"nothing on it can be read for certain ({doubts}); correct that, and then close it")
        raise Refused("nothing is written on it yet; fill it in, and then close it")
    known = record.closed
    if known and is_fingerprint_of(known.fingerprint, record, ring):
        if known.day:
            return record
    elif known and not again:
        since = f"on {day_in_words(datetime.date.fromisoformat(known.day))}" if known.day else "before"
        raise Refused(
            f"it was closed {since}, and its words have changed since; compare it with the copy that was closed, or "
            "close it again, and then each of the two signs again"
        )
    now = fingerprint_of_text(canonical(record, ring))
    signed = record.signed
    if known and known.fingerprint != now and again:
        signed = tuple(attrs.evolve(sign, agreement=None) for sign in signed)
    signed = tuple(attrs.evolve(sign, fingerprint=now if sign.agreement else "") for sign in signed)
    closing = Closing(day=day.isoformat(), fingerprint=now, ring=ring)
    return attrs.evolve(record, closed=closing, signed=signed, reading=None)


def says_anything(record: Record) -> bool:
    """
    Whether somebody wrote anything, or ticked anything: what was printed for them to tick is nothing they said.
    """
    ticked = any(each.state is not ActionState.OPEN for each in record.before)
    items = any(item.outcome or item.until or any(each.became for each in item.brought) for item in record.items)
    return bool(record.answers or record.actions or record.decisions or ticked or items)
