"""
What a series of sessions has covered: as a chart, in Word and as text, for the annual review.

It shows elements and functions, but never answers, and never two pairs side by side.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping

import attrs

from reflect.errors import UnknownKey
from reflect.pages.catalogues import Catalogue, our_catalogue
from reflect.questions.question import Element, Function
from reflect.sessions.journal import Journal, JournalEntry
from reflect.shown import Brief

#: The function each item of the frame serves.
SERVES: Mapping[str, Function] = {
    "arrive": Function.SUPPORT,
    "actions": Function.MANAGEMENT,
    "wellbeing": Function.SUPPORT,
    "workload": Function.MEDIATION,
    "round": Function.MANAGEMENT,
    "depth": Function.DEVELOPMENT,
    "talk": Function.DEVELOPMENT,
    "learning": Function.DEVELOPMENT,
    "close": Function.MANAGEMENT,
}


def day_last_served(journal: Journal, function: Function) -> datetime.date | None:
    """
    Return the last day an item or a model served a function; None if none did.
    """
    days = [entry.date for entry in journal.held if function in _functions_served(entry, None)]
    return days[-1] if days else None


def _functions_served(entry: JournalEntry, models: Catalogue | None) -> frozenset[Function]:
    """
    The functions of the items that were reached, and those that a fifth of a model's questions serve first.
    """
    found = {SERVES[kind] for kind in entry.items if kind in SERVES}
    for used in entry.used:
        found |= {function for function in Function if _share_of_model(used.model, function, models) >= 0.2}
    return frozenset(found)


def _share_of_model(key: str, value: Element | Function, models: Catalogue | None) -> float:
    """
    The share of a model's questions that ask about something first; 0 if there is no such model.
    """
    try:
        asks = (our_catalogue() if models is None else models).model(key).asks
    except UnknownKey:
        return 0.0
    first = [(q.elements if isinstance(value, Element) else q.functions)[:1] for q in asks]
    return sum(value in each for each in first) / len(first) if first else 0.0


@attrs.frozen(kw_only=True)
class Bar(Brief):
    """
    One bar of the chart.

    Attributes:
        last: The last day it was touched.
    """

    name: str
    sessions: int
    last: datetime.date | None


@attrs.frozen(kw_only=True)
class Series(Brief):
    """
    What a series of sessions has covered.

    Attributes:
        bars: First the elements, then the functions.
        models: The models used, and how often, the most used first.
    """

    held: int
    cancelled: int
    first: datetime.date | None
    last: datetime.date | None
    bars: tuple[Bar, ...]
    models: tuple[tuple[str, int], ...]


def series(journal: Journal, *, models: Catalogue | None = None) -> Series:
    """
    Return what the sessions of a journal have covered.

    Args:
        journal: The sessions.
        models: Where models are found; ours if nothing is said.
    """
    held = journal.held

    def covers(entry: JournalEntry, value: Element | Function) -> bool:
        if isinstance(value, Function):
            return value in _functions_served(entry, models)
        return any(_share_of_model(used.model, value, models) > 0 for used in entry.used)

    bars = []
    for value in (*Element, *Function):
        days = [entry.date for entry in held if covers(entry, value)]
        bars.append(Bar(name=str(value), sessions=len(days), last=days[-1] if days else None))
    return Series(
        held=len(held),
        cancelled=len(journal.entries) - len(held),
        first=held[0].date if held else None,
        last=held[-1].date if held else None,
        bars=tuple(bars),
        models=tuple(sorted(journal.times.items(), key=lambda pair: (-pair[1], pair[0]))),
    )
