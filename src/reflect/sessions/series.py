"""
What a series of sessions has covered: as a chart, in Word and as text, for the annual review.

It shows what varied, the models and what they asked about, but never answers, and never two pairs side by side.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping

import attrs

from reflect.errors import UnknownKey
from reflect.pages.catalogues import Catalogue, our_catalogue
from reflect.questions.choosing import values_worked_on
from reflect.questions.model import Head
from reflect.questions.question import Element, Function
from reflect.sessions.journal import Journal, JournalEntry
from reflect.shown import Brief

#: The page on which nobody leads.
NO_MODEL = "no-model"
#: Models of these families belong to the frame of a session, and this one to its standing items.
_FRAME, _STANDING = ("frame",), ("wellbeing-check-in",)
#: The kinds of items that a model is chosen for.
_TALKS = ("depth", "talk")
#: The function that each kind of item serves.
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


def varies(head: Head) -> bool:
    """
    Tell whether a model can be chosen for a session; the others are its frame. To have none today is a choice too.
    """
    return head.key == NO_MODEL or (head.family not in _FRAME and head.key not in _STANDING)


def find_untouched(
    journal: Journal, *, models: Catalogue | None = None
) -> Iterator[tuple[Function, datetime.date | None, tuple[JournalEntry, ...]]]:
    """
    Give each function with the last day that an item or a model served it, and the sessions held since.

    If it is not written down what one of these was about, we cannot know that it did not serve the function, so the
    function is not given.

    Args:
        models: Where models are found; ours if nothing is said.
    """
    asked = _Asked(models)
    for function in Function:
        last = next((entry.date for entry in reversed(journal.held) if function in asked.served_by(entry)), None)
        since = tuple(entry for entry in journal.held if last is None or entry.date > last)
        if all(map(asked.tells_all, since)):
            yield function, last, since


@attrs.frozen
class _KnownModel:
    """
    What we know of a model.

    Attributes:
        serves: What it asks about, or works on.
        varies: Whether it is chosen for a session, and not of its frame.
        tells: Whether its page says what it serves. What is only done, and says nothing of that, may serve anything.
    """

    serves: frozenset[Element | Function]
    varies: bool
    tells: bool


@attrs.define
class _Asked:
    """
    What models ask about and work on; each is looked up once, however often it was used.
    """

    models: Catalogue | None
    _models: dict[str, _KnownModel | None] = attrs.field(factory=dict, init=False)
    _known: frozenset[str] = attrs.field(default=frozenset(), init=False)

    def varied_in(self, entry: JournalEntry) -> frozenset[Element | Function]:
        """
        What the models chosen for a session ask about or work on.
        """
        models = (self.model(used.model) for used in entry.used)
        return frozenset(value for model in models if model and model.varies for value in model.serves)

    def served_by(self, entry: JournalEntry) -> frozenset[Element | Function]:
        """
        What a session served: by the items that were reached, of the frame too, and by its models.
        """
        models = (self.model(used.model) for used in entry.used)
        asked = frozenset(value for model in models if model for value in model.serves)
        return asked | {SERVES[kind] for kind in entry.items if kind in SERVES}

    def tells_all(self, entry: JournalEntry) -> bool:
        """
        Whether it is written down what a session was about: its items, and a model that we know for its talks.
        """
        open_talk = not entry.used and any(kind in _TALKS for kind in entry.items)
        models = (None if used.model == NO_MODEL else self.model(used.model) for used in entry.used)
        known = all(model is not None and model.tells for model in models)
        return bool(entry.items) and known and not open_talk

    def model(self, key: str) -> _KnownModel | None:
        """
        What we know of a model; None if there is no such model.
        """
        if key not in self._models:
            self._models[key] = None if self._known and key not in self._known else self._look_up(key)
        return self._models[key]

    def _look_up(self, key: str) -> _KnownModel | None:
        try:
            found = (our_catalogue() if self.models is None else self.models).model(key)
        except UnknownKey as error:
            self._known = frozenset(error.known)
            return None
        serves = values_worked_on(found)
        return _KnownModel(serves, varies(found.head), tells=bool(found.asks or serves))


@attrs.frozen(kw_only=True)
class Bar(Brief):
    """
    One bar of the chart: an element or a function.

    Attributes:
        sessions: In how many sessions a model asked about it or worked on it.
        last: The last day on which one did; None if none has.
    """

    name: str
    sessions: int
    last: datetime.date | None


@attrs.frozen(kw_only=True)
class ModelCount(Brief):
    """
    How often a model was used.

    Attributes:
        model: Its key.
        times: How many times; twice in one session counts twice.
        last: The day it was last used.
        known: Whether we know what it asks about or works on; otherwise no bar counts it.
    """

    model: str
    times: int
    last: datetime.date
    known: bool = True


@attrs.frozen(kw_only=True)
class Series(Brief):
    """
    What the models of a series of sessions have covered. The frame, which every session has, is left out.

    Attributes:
        held: How many sessions were held.
        cancelled: How many were not.
        first: The day of the first that was held.
        last: The day of the last that was held.
        bars: First the elements, then the functions.
        models: The models used, the most used first.
    """

    held: int
    cancelled: int
    first: datetime.date | None
    last: datetime.date | None
    bars: tuple[Bar, ...]
    models: tuple[ModelCount, ...]


def series(journal: Journal, *, models: Catalogue | None = None) -> Series:
    """
    Return what the sessions of a journal have covered.

    It goes by what the journal says was used, as `suggest` does: what one calls new or not asked about, the other does
    not count.

    Args:
        journal: The sessions.
        models: Where models are found; ours if nothing is said.
    """
    held = journal.held
    asked = _Asked(models)
    days: dict[Element | Function, list[datetime.date]] = {value: [] for value in (*Element, *Function)}
    for entry in held:
        for value in asked.varied_in(entry):
            days[value].append(entry.date)
    used = (
        ModelCount(model=key, times=times, last=journal.last[key], known=model is not None and model.tells)
        for key, times in journal.times.items()
        if (model := asked.model(key)) is None or model.varies
    )
    return Series(
        held=len(held),
        cancelled=len(journal.entries) - len(held),
        first=held[0].date if held else None,
        last=held[-1].date if held else None,
        bars=tuple(Bar(name=str(value), sessions=len(on), last=on[-1] if on else None) for value, on in days.items()),
        models=tuple(sorted(used, key=lambda each: (-each.times, each.model))),
    )
