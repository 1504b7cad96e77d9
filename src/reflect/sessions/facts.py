"""
What can be said about a session, and who may read it.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from reflect.questions.rings import Ring
from reflect.text.prose import Words, words_of

#: What can be said about a session, and who may read it.
FACTS: dict[str, Ring] = {
    "title": Ring.OPEN,
    "organisation": Ring.OPEN,
    "marking": Ring.OPEN,
    "date": Ring.OPEN,
    "start": Ring.OPEN,
    "place": Ring.OPEN,
    "supervisor": Ring.PERSONAL,
    "supervisee": Ring.PERSONAL,
    "topic": Ring.PERSONAL,
    "situation": Ring.OPEN,
}

#: The signs after which a sentence has ended.
ENDS_OF_SENTENCES = (".", "?", "!", "…")

#: Whoever may read one of these may know which series a paper belongs to: papers of cases, of assurance and open ones
#: do not say it.
SERIES_RINGS = (Ring.OWN, Ring.PAIR, Ring.PERSONAL, Ring.GROUP)


def words_of_facts(given: Mapping[str, Words]) -> dict[str, str]:
    """
    Return facts as texts: a day and a time of day as people write them, and nothing for None.

    Raises:
        WrongKind: One is something else, such as a number.
    """
    return {name: words_of(_of_its_kind(name, each)) for name, each in given.items()}


def _of_its_kind(name: str, given: Words) -> Words:
    return given.time() if name == "start" and isinstance(given, datetime.datetime) else given
