"""
Why a model is offered: what is true of it, and of none of the others that are offered beside it.
"""

from __future__ import annotations

import datetime
import enum
from collections.abc import Iterable, Iterator, Mapping

import attrs

from reflect.planning.candidates import Candidate, Medium
from reflect.questions.question import Element, Function
from reflect.shown import Brief
from reflect.text.prose import day_in_words

#: An offer gives at most so many reasons.
MOST_REASONS = 2


class ReasonKind(enum.StrEnum):
    UNFINISHED = "unfinished"
    SHOCK = "shock"
    AIM = "aim"
    COVERS = "covers"
    MEDIUM = "medium"
    SHAPE = "shape"
    SHORTEST = "shortest"
    NEW = "new"
    AGO = "ago"
    ONLY = "only"
    OFFER = "offer"


@attrs.frozen
class SuggestionReason(Brief):
    """
    Why something is suggested.

    Attributes:
        about: What it is about: an aim, an element, a function, a way of working or a shape.
        count: How many sessions, or minutes, it is about.
    """

    kind: ReasonKind
    sentence: str
    about: str = ""
    date: datetime.date | None = None
    count: int = 0


#: What doing a model is like, by its way of working.
_WORK = {
    Medium.TALKING: "It is talked through",
    Medium.DRAWING: "There is something to draw or to lay out",
    Medium.WRITING: "Some of it is written",
    Medium.MOVING: "You get up for some of it",
    Medium.NUMBERS: "It puts a number on something",
    Medium.BOTH: "Whoever asks answers too",
    Medium.SILENCE: "It has a silence in it",
    Medium.DOING: "It is done step by step",
    Medium.GROUP: "The group does the work",
}
#: How a model is built, by its shape.
_BUILT = {
    "cycle": "It goes all the way round one event",
    "sequence": "It goes forward, stage by stage",
    "columns": "It puts what you know into columns",
    "matrix": "It lays two things across each other",
    "corners": "It looks at one thing from each of its corners",
    "lenses": "It looks at one thing through several lenses",
    "nested": "It begins close by, and goes further out",
    "sets": "It has sets of questions to choose from",
    "scale": "It works along a scale",
    "ladder": "It climbs a ladder, rung by rung",
    "steps": "It has steps, one behind the other",
    "list": "It is a short list of questions",
}


@attrs.frozen(kw_only=True)
class Grounds(Brief):
    """
    What reasons are given from.

    Attributes:
        aim: What the topic is for, if somebody said so.
        lacking: The elements and functions that no model of the last sessions has asked about, as far as we know.
        lately: The models of the last sessions.
        sessions: How many these sessions are.
        last: When each model was used last.
        held: Whether any session is known.
        stuck: A model that something different is wanted from.
    """

    aim: str = ""
    lacking: frozenset[str] = frozenset()
    lately: tuple[Candidate, ...] = ()
    sessions: int = 0
    last: Mapping[str, datetime.date] = attrs.Factory(dict)
    held: bool = False
    stuck: Candidate | None = None

    def reasons_for(self, each: Candidate, others: Iterable[Candidate]) -> tuple[SuggestionReason, ...]:
        """
        Return what speaks for a model and is true of none of the others; if there are no others, what is true of it.
        """
        return tuple(self._give(each, tuple(others)))[:MOST_REASONS]

    def _give(self, each: Candidate, others: tuple[Candidate, ...]) -> Iterator[SuggestionReason]:
        if self.aim in each.aims and not any(self.aim in other.aims for other in others):
            yield SuggestionReason(ReasonKind.AIM, f"Its page says that it is for this: {self.aim}.", about=self.aim)
        fills = (self.lacking & each.covers).difference(*(other.covers for other in others))
        if first := next((str(value) for value in (*Element, *Function) if value in fills), ""):
            sessions = "session" if self.sessions == 1 else f"{self.sessions} sessions"
            verb = "works on" if first in each.does else "asks about"
            sentence = f"It {verb} {first}, which no model in the last {sessions} has."
            yield SuggestionReason(ReasonKind.COVERS, sentence, about=first, count=self.sessions)
        if all(other.medium != each.medium for other in others):
            # As a whole, or as it may have been used in half an hour.
            known = [form.medium for before in self.lately for form in (before, before.brief) if form]
            stuck = self.stuck.medium if self.stuck else None
            end = self._unlike(each.medium, known, stuck)
            yield SuggestionReason(ReasonKind.MEDIUM, f"{_WORK[each.medium]}{end}.", about=str(each.medium))
        if all(other.shape != each.shape for other in others):
            known_shapes = (before.shape for before in self.lately)
            end = self._unlike(each.shape, known_shapes, self.stuck.shape if self.stuck else None)
            yield SuggestionReason(ReasonKind.SHAPE, f"{_BUILT[each.shape]}{end}.", about=each.shape)
        when = self.last.get(each.key)
        if when is not None and all(self.last.get(other.key) != when for other in others):
            yield SuggestionReason(ReasonKind.AGO, f"You last used it on {day_in_words(when)}.", date=when)
        if when is None and self.held and all(other.key in self.last for other in others):
            yield SuggestionReason(ReasonKind.NEW, "You have not used it together yet.")
        if others and all(each.least < other.least for other in others):
            minutes = "one minute" if each.least == 1 else f"{each.least} minutes"
            sentence = f"It needs the least time of these: {minutes}."
            yield SuggestionReason(ReasonKind.SHORTEST, sentence, count=each.least)

    def _unlike(self, mine: str, lately: Iterable[str], stuck: str | None) -> str:
        if self.stuck is not None and stuck != mine:
            return f", unlike '{self.stuck.title}'"
        return ", unlike what you used lately" if self.lately and mine not in lately else ""


def are_of_different_kinds(some: Iterable[Candidate]) -> bool:
    """
    Tell whether no two models are done in one way, or else no two are built in one way.
    """
    them = tuple(some)
    return any(len(set(kinds)) == len(them) for kinds in ([m.medium for m in them], [m.shape for m in them]))


def choose_kinds(ranked: Iterable[Candidate], most: int, given: tuple[Candidate, ...] = ()) -> tuple[Candidate, ...]:
    """
    Return models of different kinds, the best first: after the first each is done and built in another way than those
    before it, if there is one; else it is built in another way, or else done in another.

    Args:
        ranked: The models, the best first.
        most: How many to choose.
        given: Models that are offered already.
    """
    chosen, rest = list(given), [each for each in ranked if each not in given]
    while len(chosen) < most + len(given):
        fitting = [each for each in rest if are_of_different_kinds((*chosen, each))]
        if not fitting:
            break
        best = max(fitting, key=lambda each: _count_differences(each, chosen))
        chosen.append(best)
        rest.remove(best)
    return tuple(chosen[len(given) :])


def _count_differences(each: Candidate, others: list[Candidate]) -> int:
    return all(each.medium != other.medium for other in others) + all(each.shape != other.shape for other in others)
