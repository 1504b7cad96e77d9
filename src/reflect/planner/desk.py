"""
What the page may ask: one object, and a table of questions by name.

Each answer is a value that JSON can hold, with the bytes of files. What cannot be done is an answer, too.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any

import attrs

from reflect.errors import ReflectError, UnknownKey
from reflect.pages.catalogues import Catalogue
from reflect.planner import choosing, hours, offering, printing, showing
from reflect.planner.given import Hour, name, read_hour, sequence, text
from reflect.planner.journals import JOURNAL_ANSWERS
from reflect.planner.opened import OpenedPapers
from reflect.planner.own import Own
from reflect.planner.records import RECORD_ANSWERS
from reflect.planner.refusals import fault_of_ours, refusal_of

#: At most so many models are in a deck.
MOST_IN_A_DECK = 12


@attrs.define
class Desk:
    """
    Answers the page. It knows nothing but what was opened on it.

    Attributes:
        own: What an agency has of its own.
        today: The day it is; None to ask the clock each time.
        opened: The papers and the journal that a person has opened.
    """

    own: Own = attrs.field(factory=Own, repr=False)
    today: datetime.date | None = None
    opened: OpenedPapers = attrs.field(init=False, repr=False)
    _planned: tuple[Hour, hours.PlannedHour] | None = attrs.field(default=None, init=False, repr=False)

    @opened.default
    def _nothing_opened(self) -> OpenedPapers:
        return OpenedPapers(models=self.own.models)

    @property
    def models(self) -> Catalogue:
        """
        Where models are found.
        """
        return self.own.models

    def answer(self, name: str, given: Mapping[str, object]) -> object:
        """
        Return the answer to a question of the page, as JSON has it, with bytes where there is a file.

        What cannot be done is ``{"refused": …}``, as `shapes.Refused` has it.
        """
        try:
            ask = ASKED.get(name)
            if ask is None:
                raise UnknownKey(str(name)[:60], tuple(ASKED), "question")
            return ask(self, given if isinstance(given, Mapping) else {})
        except ReflectError as error:
            return {"refused": refusal_of(error)}
        except Exception:
            # Whatever was given, and whatever we did wrong: the page says a sentence, and nothing of it is printed.
            return {"refused": fault_of_ours()}

    def planned(self, given: Mapping[str, object]) -> hours.PlannedHour:
        """
        Return the hour that is given, planned; the last one is kept, since its papers are asked for one after another.
        """
        hour = read_hour(given.get("hour"))
        if self._planned is None or self._planned[0] != hour:
            self._planned = hour, hours.plan_hour(hour, hours.NOTHING, today=self.today, own=self.own)
        return self._planned[1]


def _plan(desk: Desk, given: Mapping[str, Any]) -> object:
    hour = read_hour(given.get("hour"))
    try:
        return hours.plan_for_page(desk.planned(given), desk.models)
    except ReflectError as error:
        return {"refused": hours.refusal_for(error, hour)}


def _fit(desk: Desk, given: Mapping[str, Any]) -> object:
    fitting = hours.fit(desk.planned(given), desk.models)
    parts = [{"id": part, "key": key, "minutes": minutes} for part, key, minutes in fitting]
    return {"hour": {**dict(given["hour"]), "parts": parts}}


def _offers(desk: Desk, given: Mapping[str, Any]) -> object:
    return offering.offers_for(desk.planned(given), text(given, "part", 60), desk.models)


def _papers(desk: Desk, given: Mapping[str, Any]) -> object:
    return {"papers": printing.papers_of(desk.planned(given))}


def _paper(desk: Desk, given: Mapping[str, Any]) -> object:
    return printing.paper_of(
        desk.planned(given),
        name(given, "paper") or "agenda",
        name(given, "to") or "docx",
        name(given, "reader"),
        text(given, "part", 60),
        desk.models,
    )


def _agenda(desk: Desk, given: Mapping[str, Any]) -> object:
    return hours.agenda(desk.planned(given), name(given, "reader"))


def _choices(desk: Desk, given: Mapping[str, Any]) -> object:
    return choosing.choices(desk.own)


def _models(desk: Desk, given: Mapping[str, Any]) -> object:
    return {"models": showing.model_heads(desk.models)}


def _model(desk: Desk, given: Mapping[str, Any]) -> object:
    return showing.model_shown(name(given, "key"), desk.models)


def _model_paper(desk: Desk, given: Mapping[str, Any]) -> object:
    keys = [name({"keys": each}, "keys") for each in sequence(given, "keys", MOST_IN_A_DECK)]
    return printing.model_paper(
        keys or [name(given, "key")],
        name(given, "paper") or "handout",
        name(given, "to") or "docx",
        models=desk.models,
        brand=desk.own.brand,
    )


#: The questions that the page may ask, by name.
ASKED: dict[str, Callable[[Desk, Mapping[str, Any]], object]] = {
    "plan": _plan,
    "fit": _fit,
    "offers": _offers,
    "papers": _papers,
    "paper": _paper,
    "agenda": _agenda,
    "choices": _choices,
    "models": _models,
    "model": _model,
    "model-paper": _model_paper,
}


def _about_opened(
    ask: Callable[[OpenedPapers, Mapping[str, Any]], object],
) -> Callable[[Desk, Mapping[str, Any]], object]:
    """
    Return a question about what was opened as a question to the desk.
    """

    def ask_desk(desk: Desk, given: Mapping[str, Any]) -> object:
        desk.opened.models = desk.models
        return ask(desk.opened, given)

    return ask_desk


ASKED |= {name: _about_opened(ask) for name, ask in {**RECORD_ANSWERS, **JOURNAL_ANSWERS}.items()}
