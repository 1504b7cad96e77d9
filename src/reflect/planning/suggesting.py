"""
What to use next, and why: variety for a reason, given what the pair has used before.

Nothing here claims that variety has an effect. Each suggestion gives its reasons, and the journal bears each of them
out. "No model today" is always on offer.
"""

from __future__ import annotations

import datetime
import enum
import functools
import hashlib
import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

import attrs

from reflect.errors import UnknownKey
from reflect.pages.catalogues import Catalogue
from reflect.questions.question import Element, Function, Mode, Shape
from reflect.questions.rings import Ring
from reflect.questions.sets import QuestionSet
from reflect.questions.timetable import least
from reflect.sessions.journal import EMPTY, Journal, JournalEntry
from reflect.sessions.series import NO_MODEL, asked_about, varies
from reflect.shown import Brief
from reflect.text.prose import day_in_words

#: Ways that do not rely on words.
_HANDS = ("drawing", "objects", "movement")
#: A note mentions a model that was used this many times in a row, or more.
ROW = 3
#: Look at this many of the last sessions to see what they have asked about.
SERIES = 6


class Medium(enum.StrEnum):
    TALKING = "talking"
    DRAWING = "drawing"
    SILENCE = "silence"
    GROUP = "the group"


class ReasonKind(enum.StrEnum):
    UNFINISHED = "unfinished"
    SHOCK = "shock"
    COVERS = "covers"
    MEDIUM = "medium"
    SHAPE = "shape"
    OTHER = "other"
    NEW = "new"
    AGO = "ago"
    ONLY = "only"
    FITS = "fits"
    OFFER = "offer"


@attrs.frozen
class SuggestionReason(Brief):
    """
    Why something is suggested.

    Attributes:
        about: What it is about: an element, a function, a medium or a shape.
        count: How many sessions it is about.
    """

    kind: ReasonKind
    sentence: str
    about: str = ""
    date: datetime.date | None = None
    count: int = 0


@attrs.frozen(kw_only=True)
class Candidate(Brief):
    """
    What we need to know of a model to choose it.

    Attributes:
        suits: With how many people it works.
        covers: The elements and functions it asks about.
        private: Whether its answers are for the two alone, so that it serves no case.
        wonders: Whether at least one question asks how or why.
    """

    key: str
    title: str
    shape: str
    medium: Medium
    least: int
    suits: frozenset[str]
    covers: frozenset[str]
    questions: frozenset[str]
    private: bool = False
    wonders: bool = True


@attrs.frozen(kw_only=True)
class Suggestion(Brief):
    """
    A model to use, and why.
    """

    key: str
    title: str
    reasons: tuple[SuggestionReason, ...]

    @property
    def why(self) -> str:
        return " ".join(reason.sentence for reason in self.reasons)


@attrs.frozen(kw_only=True)
class Shortlist(Brief):
    """
    What to use, the first choice first, and what else there is to say.

    Attributes:
        notes: What the two should notice, such as a model used three times in a row.
        barred: Models that were used too recently to be offered.
    """

    suggestions: tuple[Suggestion, ...]
    notes: tuple[str, ...] = ()
    barred: tuple[str, ...] = ()


def _medium_of(asks: QuestionSet, suits: frozenset[str]) -> Medium:
    parts = tuple(_all_parts_of(asks))
    if suits == {"group"}:
        return Medium.GROUP
    if any(part.mode is Mode.SILENT for part in parts):
        return Medium.SILENCE
    hands = sum(question.offer in _HANDS for question in asks.asks)
    if asks.shape is Shape.COLUMNS or 10 * hands >= len(asks.asks):  # one drawing among thirty questions is talk
        return Medium.DRAWING
    return Medium.TALKING


def _all_parts_of(whole: QuestionSet) -> Iterator[QuestionSet]:
    for part in whole.parts:
        yield part
        yield from _all_parts_of(part)


@functools.lru_cache(8)
def candidates(models: Catalogue) -> tuple[Candidate, ...]:
    """
    Return the models of a catalogue that may be chosen: all except the frame.
    """
    found = []
    for head in models.heads():
        if not varies(head):
            continue
        model = models.model(head.key)
        suits = frozenset(map(str, head.suits)) or frozenset({"one-to-one"})
        found.append(
            Candidate(
                key=head.key,
                title=head.title,
                shape=str(head.shape),
                medium=_medium_of(model.questions, suits),
                least=least(model),
                suits=suits,
                covers=frozenset(map(str, asked_about(model.asks))),
                questions=frozenset(question.key for question in model.asks),
                wonders=any(tag in ("how", "why") for q in model.asks for tag in q.tags),
                private=head.ring in (Ring.OWN, Ring.PAIR),
            )
        )
    return tuple(found)


def suggest(
    known: Iterable[Candidate],
    journal: Journal = EMPTY,
    *,
    minutes: int = 20,
    suits: str = "one-to-one",
    family: str = "",
    purpose: str = "",
    instead_of: str = "",
    shock: bool = False,
    avoid: int = 2,
    seed: int = 0,
    among: Iterable[str] | None = None,
    taken: Iterable[str] = (),
    most: int = 3,
) -> Shortlist:
    """
    Return what to use next, and why.

    Args:
        known: The models to choose from, as `candidates` gives them.
        journal: What the two have used.
        minutes: How long there is.
        suits: How many people: ``one-to-one``, ``group`` or ``self``.
        family: The family or case it is for.
        purpose: An element or function it is to serve.
        instead_of: A model that is not working at the moment: something different is wanted.
        shock: Whether something has happened that comes before any model.
        avoid: A model is not offered if it was used in this many of the last sessions held.
        seed: Another number gives another order among models that are equally good.
        among: Only these models, by key.
        taken: Models that already have a place in the session.
        most: How many models to suggest, not counting "no model today".

    Raises:
        UnknownKey: There is no model *instead_of*.
    """
    models = {each.key: each for each in known}
    if instead_of and instead_of not in models:
        raise UnknownKey(instead_of, tuple(models), "model")
    series = _Series(models, journal)
    keys, given = None if among is None else frozenset(among), frozenset(taken)
    fitting = [
        each
        for each in models.values()
        if each.key not in (NO_MODEL, instead_of)
        and each.least <= minutes
        and suits in each.suits
        and not (family and each.private)
        and (not purpose or purpose in each.covers)
        and (keys is None or each.key in keys)
    ]
    barred = series.used_too_recently(avoid, family) | given
    stuck = models.get(instead_of)

    def rank(each: Candidate) -> tuple[object, ...]:
        return (
            not each.wonders,
            stuck is not None and (each.shape, each.medium) == (stuck.shape, stuck.medium),
            series.sorts[each.shape, each.medium],
            -len(each.covers & series.lacking),
            # If all else is equal, prefer what is made for groups.
            suits == "group" and each.medium is not Medium.GROUP,
            journal.times[each.key],
            sum(journal.asked[key] for key in each.questions),
            # Nobody can tell from a model which case it was chosen for.
            hashlib.sha256(f"{seed}  {each.key}".encode()).digest(),
        )

    begun = series.unfinished_of(family)
    begun = "" if begun in (instead_of, *given) else begun
    first = next((each for each in fitting if each.key == begun), None)
    notes = list(series.notes())
    if first is None and begun in models:
        notes.append(f"{models[begun].title} is not finished, but does not fit here.")
    suggestions = [] if first is None else [series.go_on_with(first)]
    free = (each for each in fitting if each.key not in barred and each is not first)
    for each in sorted(free, key=rank)[: most - len(suggestions)]:
        suggestions.append(_suggest_for(each, *series.reasons_for(each, stuck)))
    if not suggestions and fitting:
        notes.append("Everything that fits was used recently; this is what was used longest ago.")
        oldest = min(fitting, key=lambda each: (journal.last.get(each.key, datetime.date.min), rank(each)))
        suggestions.append(_suggest_for(oldest, series.reason_of_last_use(oldest, ReasonKind.ONLY)))
    elif not suggestions:
        notes.append(f"No model fits {minutes} minutes and what you asked for.")
    nothing = models.get(NO_MODEL)
    if nothing is not None and suits in nothing.suits and nothing.key != instead_of:
        suggestions.insert(0 if shock else len(suggestions), _suggest_for(nothing, _SHOCK if shock else _OFFER))
    return Shortlist(suggestions=tuple(suggestions), notes=tuple(notes), barred=tuple(sorted(barred)))


_SHOCK = SuggestionReason(ReasonKind.SHOCK, "Something has happened, and that comes before any model.")
_OFFER = SuggestionReason(ReasonKind.OFFER, "It is always on offer.")


def _suggest_for(each: Candidate, *reasons: SuggestionReason) -> Suggestion:
    return Suggestion(key=each.key, title=each.title, reasons=reasons)


@attrs.frozen
class _Series:
    """
    What the two have used, among the models there are.
    """

    models: Mapping[str, Candidate]
    journal: Journal

    def used_too_recently(self, avoid: int, family: str) -> frozenset[str]:
        last = self.journal.held[-avoid:] if avoid else ()
        lately = {used.model for entry in last for used in entry.used}
        if family and family in self.journal.by_family:
            lately.add(self.journal.by_family[family][1].model)
        return (frozenset(lately) - {NO_MODEL}) | ({self.row[0]} if self.row else set())

    def unfinished_of(self, family: str) -> str:
        _, used = self.journal.by_family.get(family, (None, None))
        return used.model if used and used.unfinished else ""

    @functools.cached_property
    def row(self) -> tuple[str, int] | None:
        """
        The model used in each of the last sessions, and how many in a row; None if fewer than three.
        """
        held = self.journal.held
        best: tuple[str, int] | None = None
        for model in {used.model for entry in held[-1:] for used in entry.used} - {NO_MODEL}:
            count = sum(1 for _ in itertools.takewhile(functools.partial(_uses, model), reversed(held)))
            if count >= ROW and (best is None or (count, model) > (best[1], best[0])):
                best = (model, count)
        return best

    @property
    def recent(self) -> tuple[JournalEntry, ...]:
        return self.journal.held[-SERIES:]

    @functools.cached_property
    def lately(self) -> tuple[Candidate, ...]:
        """
        The models of the last sessions; empty if one no longer exists, since we cannot know what it asked about.
        """
        models = [self.models.get(used.model) for entry in self.recent for used in entry.used]
        known = tuple(each for each in models if each is not None)
        return known if len(known) == len(models) else ()

    @functools.cached_property
    def lacking(self) -> frozenset[str]:
        """
        The elements and functions that no model of the last sessions has asked about.
        """
        covered = frozenset(value for each in self.lately for value in each.covers)
        return frozenset(map(str, (*Element, *Function))) - covered if self.lately else frozenset()

    @functools.cached_property
    def sorts(self) -> Counter[tuple[str, Medium]]:
        return Counter((each.shape, each.medium) for each in self.lately)

    def notes(self) -> Iterator[str]:
        if self.row:
            model, count = self.row
            name = self.models[model].title if model in self.models else model
            yield f"{name} was used in each of the last {count} sessions held."

    def go_on_with(self, each: Candidate) -> Suggestion:
        when = self.journal.last[each.key]
        sentence = f"It is not finished since {day_in_words(when)}; it goes on before anything new begins."
        return _suggest_for(each, SuggestionReason(ReasonKind.UNFINISHED, sentence, date=when))

    def reasons_for(self, each: Candidate, stuck: Candidate | None) -> Iterator[SuggestionReason]:
        if stuck is not None and (each.medium, each.shape) != (stuck.medium, stuck.shape):
            way = "done" if each.medium != stuck.medium else "built"
            yield SuggestionReason(ReasonKind.OTHER, f"It is {way} another way than '{stuck.title}'.", about=stuck.key)
        if not self.journal.held:
            yield SuggestionReason(ReasonKind.FITS, "It fits the time, and we know nothing of earlier sessions.")
            return
        count = len(self.recent)
        if fills := self.lacking & each.covers:
            first = next(str(value) for value in (*Element, *Function) if value in fills)
            sessions = "session" if count == 1 else f"{count} sessions"
            sentence = f"It asks about {first}, which no model in the last {sessions} has."
            yield SuggestionReason(ReasonKind.COVERS, sentence, about=first, count=count)
        if self.lately and all(other.medium != each.medium for other in self.lately):
            sentence = f"{_WORK[each.medium]}, unlike what you used lately."
            yield SuggestionReason(ReasonKind.MEDIUM, sentence, about=str(each.medium), count=count)
        elif self.lately and all(other.shape != each.shape for other in self.lately):
            sentence = "It is built another way than what you used lately."
            yield SuggestionReason(ReasonKind.SHAPE, sentence, about=each.shape, count=count)
        yield self.reason_of_last_use(each, ReasonKind.AGO)

    def reason_of_last_use(self, each: Candidate, kind: ReasonKind) -> SuggestionReason:
        when = self.journal.last.get(each.key)
        if when is None:
            return SuggestionReason(ReasonKind.NEW, "You have not used it together yet.")
        return SuggestionReason(kind, f"You last used it on {day_in_words(when)}.", date=when)


#: What doing a model is like, by its medium.
_WORK = {
    Medium.TALKING: "It is done by talking",
    Medium.DRAWING: "There is something to draw, to lay out or to move",
    Medium.SILENCE: "It has a silence in it",
    Medium.GROUP: "The group does the work",
}


def _uses(model: str, entry: JournalEntry) -> bool:
    return any(used.model == model for used in entry.used)
