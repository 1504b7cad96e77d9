"""
What a series of sessions has covered: as a chart, in Word and as text, for the annual review.

It shows elements and functions, but never answers, and never two pairs side by side.
"""

from __future__ import annotations

import datetime
from collections import Counter
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
    asked = _Asked(None)
    return next((entry.date for entry in reversed(journal.held) if function in asked.functions_of(entry)), None)


#: A model serves a function if at least this part of its questions serves it first.
_FIFTH = 0.2


@attrs.define
class _Asked:
    """
    What models ask about first; each is looked up once, however often it was used.
    """

    models: Catalogue | None
    _shares: dict[str, dict[Element | Function, float]] = attrs.field(factory=dict, init=False)
    _known: frozenset[str] = attrs.field(default=frozenset(), init=False)

    def elements_of(self, entry: JournalEntry) -> frozenset[Element]:
        """
        The elements that any question of its models asks about first.
        """
        shares = (self.shares_of(used.model) for used in entry.used)
        return frozenset(value for share in shares for value in share if isinstance(value, Element))

    def functions_of(self, entry: JournalEntry) -> frozenset[Function]:
        """
        The functions of the items that were reached, and those that a fifth of a model's questions serve first.
        """
        found = {SERVES[kind] for kind in entry.items if kind in SERVES}
        for used in entry.used:
            shares = self.shares_of(used.model).items()
            found |= {value for value, share in shares if isinstance(value, Function) and share >= _FIFTH}
        return frozenset(found)

    def shares_of(self, key: str) -> Mapping[Element | Function, float]:
        """
        The shares of a model's questions that ask about each thing first; nothing if there is no such model.
        """
        if key not in self._shares:
            self._shares[key] = {} if self._known and key not in self._known else self._count(key)
        return self._shares[key]

    def _count(self, key: str) -> dict[Element | Function, float]:
        try:
            asks = tuple((our_catalogue() if self.models is None else self.models).model(key).asks)
        except UnknownKey as error:
            self._known = frozenset(error.known)
            return {}
        first: Counter[Element | Function] = Counter()
        for question in asks:
            first.update(question.elements[:1])
            first.update(question.functions[:1])
        return {value: times / len(asks) for value, times in first.items()}


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

    asked = _Asked(models)
    days: dict[Element | Function, list[datetime.date]] = {value: [] for value in (*Element, *Function)}
    for entry in held:
        covered: frozenset[Element | Function] = asked.elements_of(entry) | asked.functions_of(entry)
        for value in covered:
            days[value].append(entry.date)
    bars = [Bar(name=str(value), sessions=len(on), last=on[-1] if on else None) for value, on in days.items()]
    return Series(
        held=len(held),
        cancelled=len(journal.entries) - len(held),
        first=held[0].date if held else None,
        last=held[-1].date if held else None,
        bars=tuple(bars),
        models=tuple(sorted(journal.times.items(), key=lambda pair: (-pair[1], pair[0]))),
    )
