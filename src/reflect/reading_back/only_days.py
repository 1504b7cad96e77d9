"""
Places that take a day and nothing else, whatever was written there: of sickness nobody keeps a reason.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from reflect.sessions.parts import Answered
from reflect.sessions.record import Record
from reflect.sessions.typed import read_day
from reflect.text.prose import day_in_words, lines_of

_DAYS_ONLY = ("beside-the-hour.away", "beside-the-hour.back")
_DOUBT = "only a day belongs here, so what else was written is left out"


def only_days(record: Record) -> Record:
    """
    Return a record with nothing but the day in each place that takes only one, and a doubt where more was written.
    """
    doubts: list[tuple[str, str]] = []

    def cut() -> Iterator[Answered]:
        for each in record.answers:
            if each.key not in _DAYS_ONLY:
                yield each
                continue
            day = read_day(each.text)
            words = day_in_words(day) if day else ""
            if words != " ".join(each.text.split()):
                doubts.append((each.key, _DOUBT))
            yield attrs.evolve(each, lines=lines_of(words))

    answers = tuple(cut())
    if not doubts:
        return record
    reading = record.reading and attrs.evolve(record.reading, doubts=(*record.reading.doubts, *doubts))
    return attrs.evolve(record, answers=answers, reading=reading)
