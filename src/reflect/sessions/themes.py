"""
The themes of a restorative group. Its record is a number and a date; a theme is on it only in words that all agreed.
"""

from __future__ import annotations

import attrs

from reflect.sessions.parts import UNPLACED
from reflect.sessions.record import Record

#: The record of a restorative group.
RESTORATIVE = "restorative-record"
#: Its places for themes; beside each is a tick that all agree to its words.
THEMES = ("group.theme-1", "group.theme-2", "group.theme-3")
AGREED = "all of us agree to these words"


def only_agreed(record: Record) -> Record:
    """
    Return the record of a restorative group without what the group has not agreed word for word: themes that are not
    ticked, ticks beside nothing, and what stands under no question. Any other record stays as it is.
    """
    if record.document != RESTORATIVE:
        return record
    gone = {UNPLACED}
    for place in THEMES:
        if not record.answer(place).strip() or record.answer(f"{place}.agreed").strip() != AGREED:
            gone |= {place, f"{place}.agreed"}
    return attrs.evolve(record, answers=tuple(each for each in record.answers if each.key not in gone))
