"""
What to use next, and why: variety for a reason, out of what one pair has used before.

Nothing here claims that variety has an effect. Each suggestion says its reasons, and each reason is true of the
journal. "No model today" is always on offer.
"""

from __future__ import annotations

import datetime
import enum
import functools
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

import attrs

from reflect.errors import UnknownKey
from reflect.pages.catalogues import Catalogue
from reflect.questions.question import Element, Function, Mode, Shape
from reflect.questions.rings import Ring
from reflect.questions.sets import QuestionSet
from reflect.questions.timetable import least
from reflect.sessions.journal import EMPTY, Entry, Journal, Used

#: The page on which nobody leads.
NO_MODEL = "no-model"
#: Models of these families are the frame of every session, or a standing item of it.
_FRAME = ("frame",)
_STANDING = ("wellbeing-check-in",)
#: Other ways than words.
_HANDS = ("drawing", "objects", "movement")
#: The third use in a row is said.
ROW = 3
#: What the last sessions have asked about is reckoned over so many.
SERIES = 6


class Medium(enum.StrEnum):
    """
    What people do in it.
    """

    TALKING = "talking"
    DRAWING = "drawing"
    SILENCE = "silence"
    GROUP = "the group"


class Kind(enum.StrEnum):
    """
    A sort of reason.
    """

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


@attrs.frozen(kw_only=True)
class Reason:
    """
    Why something is suggested.

    Attributes:
        kind: What sort of reason it is.
        sentence: The reason, for people.
        about: What it is about: an element, a function, a medium or a shape.
        date: The day it is about.
        count: How many sessions it is about.
    """

    kind: Kind
    sentence: str
    about: str = ""
    date: datetime.date | None = None
    count: int = 0


@attrs.frozen(kw_only=True)
class Candidate:
    """
    What matters of a model for the choice.

    Attributes:
        key: Its key.
        title: What people call it.
        shape: How its parts stand to one another.
        medium: What people do in it.
        least: Its least minutes.
        suits: With how many people it works.
        covers: The elements and functions it asks about.
        questions: Keys of its questions.
        private: Whether its answers are for the two alone, so that it serves no case.
        wonders: Whether any of its questions asks how or why.
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
class Suggestion:
    """
    A model to use, and why.
    """

    key: str
    title: str
    reasons: tuple[Reason, ...]

    @property
    def why(self) -> str:
        """
        Its reasons, as sentences.
        """
        return " ".join(reason.sentence for reason in self.reasons)


@attrs.frozen(kw_only=True)
class Advice:
    """
    What to use, the first choice first, and what else there is to say.

    Attributes:
        suggestions: Models, each with its reasons.
        notes: What stands out in the series: a model used three times in a row, or that nothing else is left.
        barred: Models that were used too lately to be offered.
    """

    suggestions: tuple[Suggestion, ...]
    notes: tuple[str, ...] = ()
    barred: tuple[str, ...] = ()


def _medium(some: QuestionSet, suits: frozenset[str]) -> Medium:
    parts = tuple(_all_parts(some))
    if suits == {"group"}:
        return Medium.GROUP
    if any(part.mode is Mode.SILENT for part in parts):
        return Medium.SILENCE
    hands = sum(question.offer in _HANDS for question in some.asks)
    if some.shape is Shape.COLUMNS or 10 * hands >= len(some.asks):  # one drawing among thirty questions is talk
        return Medium.DRAWING
    return Medium.TALKING


def _all_parts(some: QuestionSet) -> Iterator[QuestionSet]:
    for part in some.parts:
        yield part
        yield from _all_parts(part)


@functools.lru_cache(8)
def candidates(models: Catalogue) -> tuple[Candidate, ...]:
    """
    Return what may be chosen of a catalogue: every model that is not a part of the frame.
    """
    found = []
    for head in models.heads():
        if (head.family in _FRAME and head.key != NO_MODEL) or head.key in _STANDING:
            continue
        model = models.model(head.key)
        suits = frozenset(map(str, head.suits)) or frozenset({"one-to-one"})
        found.append(
            Candidate(
                key=head.key,
                title=head.title,
                shape=str(head.shape),
                medium=_medium(model.questions, suits),
                least=least(model),
                suits=suits,
                covers=frozenset(str(each) for q in model.asks for each in (*q.elements, *q.functions)),
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
) -> Advice:
    """
    Return what to use next, and why.

    Args:
        known: What there is, as `candidates` gives it.
        journal: What the two have used.
        minutes: How long there is.
        suits: How many people: ``one-to-one``, ``group`` or ``self``.
        family: The family or case it is for.
        purpose: An element or function it is to serve.
        instead_of: The model that does not work just now: another of another sort is wanted.
        shock: Whether something has happened that comes before any model.
        avoid: What was used in so many of the last sessions held is not offered.
        seed: Another number, another order among what is as good.
        among: Only these models, by key.
        taken: What has a place in the session already.
        most: How many models, without "no model today".

    Raises:
        UnknownKey: There is no model *instead_of*.
    """
    every = {each.key: each for each in known}
    if instead_of and instead_of not in every:
        raise UnknownKey(instead_of, tuple(every), "model")
    only = None if among is None else frozenset(among)
    held = journal.held
    theirs = journal.by_family.get(family) if family else None
    fitting = [
        each
        for each in every.values()
        if each.key not in (NO_MODEL, instead_of)
        and each.least <= minutes
        and suits in each.suits
        and not (family and each.private)
        and (not purpose or purpose in each.covers)
        and (only is None or each.key in only)
    ]
    row = _row(held)
    barred = _barred(held, theirs, avoid) | frozenset(taken) | ({row[0]} if row else frozenset())
    free = [each for each in fitting if each.key not in barred]
    notes: list[str] = []
    if row:
        name = every[row[0]].title if row[0] in every else row[0]
        notes.append(f"{name} was used in each of the last {row[1]} sessions held.")
    stay: Candidate | None = None
    before = journal.by_family.get(family)
    if before is not None and before[1].unfinished and before[1].model not in (instead_of, *taken):
        stay = next((each for each in fitting if each.key == before[1].model), None)
        if stay is None and before[1].model in every:
            notes.append(f"{every[before[1].model].title} is not finished, and does not fit here.")
    recent = held[-SERIES:]
    lately = [every.get(used.model) for entry in recent for used in entry.used]
    # Of a model that is not there any more nobody can say what it asked about, so nothing is said.
    sure = [] if None in lately else [each for each in lately if each is not None]
    covered = frozenset(value for each in sure for value in each.covers)
    lacking = frozenset(map(str, (*Element, *Function))) - covered if sure else frozenset[str]()
    sorts = Counter((each.shape, each.medium) for each in sure)
    stuck = every.get(instead_of)

    def rank(each: Candidate) -> tuple[object, ...]:
        return (
            not each.wonders,
            stuck is not None and (each.shape, each.medium) == (stuck.shape, stuck.medium),
            sorts[each.shape, each.medium],
            -len(each.covers & lacking),
            suits == "group" and each.medium is not Medium.GROUP,  # what is made for groups, where all else is equal
            journal.times[each.key],
            sum(journal.asked[key] for key in each.questions),
            hashlib.sha256(f"{seed} {family} {each.key}".encode()).digest(),
        )

    def why(each: Candidate) -> tuple[Reason, ...]:
        return (*other(each), *known_of(each))

    def other(each: Candidate) -> Iterator[Reason]:
        if stuck is not None and (each.medium, each.shape) != (stuck.medium, stuck.shape):
            way = "done" if each.medium != stuck.medium else "built"
            yield Reason(kind=Kind.OTHER, sentence=f"It is {way} another way than '{stuck.title}'.", about=stuck.key)

    def known_of(each: Candidate) -> tuple[Reason, ...]:
        if not held:
            said = "It fits the time, and nothing is known of earlier sessions."
            return (Reason(kind=Kind.FITS, sentence=said),)
        return tuple(_reasons(each, journal.last, lacking & each.covers, sure, recent))

    found: list[Suggestion] = []
    if stay is not None:
        when = journal.last[stay.key]
        sentence = f"It is not finished since {_date(when)}; it goes on before anything new begins."
        reason = Reason(kind=Kind.UNFINISHED, sentence=sentence, date=when)
        found.append(Suggestion(key=stay.key, title=stay.title, reasons=(reason,)))
    ranked = sorted((each for each in free if stay is None or each.key != stay.key), key=rank)
    found += [Suggestion(key=each.key, title=each.title, reasons=why(each)) for each in ranked[: most - len(found)]]
    if not found and fitting:
        each = min(fitting, key=lambda one: (journal.last.get(one.key, datetime.date.min), rank(one)))
        notes.append("Everything that fits was used lately; this is what was used longest ago.")
        found.append(Suggestion(key=each.key, title=each.title, reasons=_longest_ago(each, journal.last)))
    elif not found:
        notes.append(f"No model fits {minutes} minutes and what was asked for.")
    nothing = every.get(NO_MODEL)
    if nothing is not None and suits in nothing.suits and nothing.key != instead_of:
        kind = Kind.SHOCK if shock else Kind.OFFER
        said = "Something has happened, and that comes before any model." if shock else "It is always on offer."
        offer = Suggestion(key=nothing.key, title=nothing.title, reasons=(Reason(kind=kind, sentence=said),))
        found = [offer, *found] if shock else [*found, offer]
    return Advice(suggestions=tuple(found), notes=tuple(notes), barred=tuple(sorted(barred)))


def _barred(held: tuple[Entry, ...], theirs: tuple[Entry, Used] | None, avoid: int) -> frozenset[str]:
    lately = {used.model for entry in (held[-avoid:] if avoid else ()) for used in entry.used}
    return frozenset(lately | ({theirs[1].model} if theirs else set())) - {NO_MODEL}


def _row(held: tuple[Entry, ...]) -> tuple[str, int] | None:
    """
    The model used in each of the last sessions, and in how many, from the third on.
    """
    best: tuple[str, int] | None = None
    for model in {used.model for entry in held[-1:] for used in entry.used} - {NO_MODEL}:
        count = 0
        for entry in reversed(held):
            if all(used.model != model for used in entry.used):
                break
            count += 1
        if count >= ROW and (best is None or (count, model) > (best[1], best[0])):
            best = (model, count)
    return best


def _reasons(
    each: Candidate,
    last: Mapping[str, datetime.date],
    fills: frozenset[str],
    lately: list[Candidate],
    recent: tuple[Entry, ...],
) -> Iterator[Reason]:
    if fills:
        first = next(str(value) for value in (*Element, *Function) if value in fills)
        sessions = "session" if len(recent) == 1 else f"{len(recent)} sessions"
        sentence = f"It asks about {first}, which no model in the last {sessions} has."
        yield Reason(kind=Kind.COVERS, sentence=sentence, about=first, count=len(recent))
    if lately and all(other.medium != each.medium for other in lately):
        work = {
            Medium.TALKING: "It is done by talking",
            Medium.DRAWING: "There is something to draw, to lay out or to move",
            Medium.SILENCE: "It has a silence in it",
            Medium.GROUP: "The group does the work",
        }[each.medium]
        sentence = f"{work}, unlike what you used lately."
        yield Reason(kind=Kind.MEDIUM, sentence=sentence, about=str(each.medium), count=len(recent))
    elif lately and all(other.shape != each.shape for other in lately):
        sentence = "It is built another way than what you used lately."
        yield Reason(kind=Kind.SHAPE, sentence=sentence, about=each.shape, count=len(recent))
    if each.key in last:
        when = last[each.key]
        yield Reason(kind=Kind.AGO, sentence=f"You last used it on {_date(when)}.", date=when)
    else:
        yield Reason(kind=Kind.NEW, sentence="You have not used it together yet.")


def _longest_ago(each: Candidate, last: Mapping[str, datetime.date]) -> tuple[Reason, ...]:
    when = last.get(each.key)
    if when is None:
        return (Reason(kind=Kind.NEW, sentence="You have not used it together yet."),)
    return (Reason(kind=Kind.ONLY, sentence=f"You last used it on {_date(when)}.", date=when),)


def _date(day: datetime.date) -> str:
    return f"{day.day} {day:%B %Y}"
