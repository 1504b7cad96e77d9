"""
What to use next, and why: three models that differ in kind, beside "same again" and "no model today".

Nothing here claims that variety has an effect, and what people use is never judged. Variety is in what is offered: each
offer has a reason that is true of it, that the journal bears out, and that would not be true of the other two.
"""

from __future__ import annotations

import datetime
import functools
import hashlib
import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

import attrs

from reflect.errors import Refused, UnknownKey
from reflect.planning.candidates import Candidate, Medium
from reflect.planning.reasons import Grounds, ReasonKind, SuggestionReason, choose_kinds
from reflect.questions.model import Aim, Offered, Suits
from reflect.questions.question import Element, Function
from reflect.questions.sets import LONGEST
from reflect.sessions.journal import EMPTY, Journal, JournalEntry
from reflect.sessions.series import NO_MODEL
from reflect.shown import Brief
from reflect.text.prose import day_in_words

#: A note mentions a model that was used this many times in a row, or more.
ROW = 3
#: Look at this many of the last sessions to see what they have asked about, and how they were done.
SERIES = 6
#: A model used in this many of the last sessions is not offered again, unless somebody says another number.
AVOID = 6
#: For a topic that is for this, nothing is offered whose page does not say the same.
_ALONE = frozenset({Aim.LOSS})
#: Talking is usual: it counts as one in so many.
_USUAL = 3


@attrs.frozen(kw_only=True)
class Suggestion(Brief):
    """
    A model to use, and why.
    """

    key: str
    title: str
    reasons: tuple[SuggestionReason, ...] = ()

    @property
    def why(self) -> str:
        return " ".join(reason.sentence for reason in self.reasons)


@attrs.frozen(kw_only=True)
class Shortlist(Brief):
    """
    What to use, the first choice first, and what else there is to say.

    Attributes:
        suggestions: Models of different kinds, and at last "no model today".
        again: What was used last time, which may always be used again and needs no reason; None if nothing was.
        notes: What the two should notice, such as a model used three times in a row.
        barred: Models that were used too recently to be offered.
    """

    suggestions: tuple[Suggestion, ...]
    again: Suggestion | None = None
    notes: tuple[str, ...] = ()
    barred: tuple[str, ...] = ()

    @property
    def offers(self) -> tuple[Suggestion, ...]:
        """
        All that is offered: first the same again, and then the suggestions.
        """
        return (*((self.again,) if self.again else ()), *self.suggestions)


def suggest(
    known: Iterable[Candidate],
    journal: Journal = EMPTY,
    *,
    minutes: int = 20,
    suits: str = "one-to-one",
    people: int = 0,
    family: str = "",
    aim: str = "",
    purpose: str = "",
    instead_of: str = "",
    shock: bool = False,
    avoid: int = AVOID,
    seed: int | str = 0,
    among: Iterable[str] | None = None,
    without: Iterable[str] = (),
    on_screen: bool = False,
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
        people: How many there will be, if that is known.
        family: The family or case it is for.
        aim: What the topic is for, in one word: models whose pages say the same come first.
        purpose: An element or function it is to serve.
        instead_of: A model that is not working at the moment: something different is wanted.
        shock: Whether something has happened that comes before any model.
        avoid: A model is not offered if it was used in this many of the last sessions held.
        seed: Another seed gives another order among models that are equally good.
        among: Only these models, by key, also those that are only offered by name.
        without: Models that are not for this work, by key.
        on_screen: Whether somebody is there by video or telephone: nothing is offered that needs a room.
        taken: Models that already have a place in the session.
        most: How many models to suggest, not counting "same again" and "no model today".

    Raises:
        UnknownKey: There is no model *instead_of*, or no such aim, purpose or setting.
        Refused: A number cannot be.
    """
    words = (("aim", aim, Aim), ("purpose", purpose, (*Element, *Function)), ("setting", suits, Suits))
    for sort, word, there_are in words:
        if word and word not in tuple(there_are):
            raise UnknownKey(str(word), tuple(map(str, there_are)), sort)
    for name, number in (("minutes", minutes), ("people", people), ("avoid", avoid), ("most", most)):
        if not 0 <= number <= LONGEST:
            raise Refused(f"'{name}' cannot be {number}; give a number from 0 to {LONGEST}", name)
    models = {each.key: each for each in known}
    if instead_of and instead_of not in models:
        raise UnknownKey(instead_of, tuple(models), "model")
    series = _Series(models, journal)
    keys, given, left_out = None if among is None else frozenset(among), frozenset(taken), frozenset(without)
    serving = [
        each
        for whole in models.values()
        if whole.key not in (NO_MODEL, instead_of)
        and (each := whole.in_minutes(minutes)) is not None
        and suits in each.suits
        and each.holds(people)
        and not (family and each.private)
        and not (on_screen and each.room)
    ]
    fitting = [
        each
        for each in serving
        if (not purpose or purpose in each.covers or (aim and aim in each.aims))
        and (keys is None or each.key in keys)
        and each.key not in given | left_out
        and (aim not in _ALONE or aim in each.aims)
        and (_may_be_offered(each, aim) or keys is not None or each.key == series.unfinished_of(family))
    ]
    barred = series.used_too_recently(avoid, family) | given
    stuck = models.get(instead_of)
    for_aim = [each for each in fitting if aim in each.aims and each.key not in barred] if aim else []

    def rank(each: Candidate) -> tuple[object, ...]:
        return (
            bool(for_aim) and aim not in each.aims,
            stuck is not None and (each.shape, each.medium) == (stuck.shape, stuck.medium),
            series.ways[each.medium] // (_USUAL if each.medium is Medium.TALKING else 1),
            series.sorts[each.shape, each.medium],
            not each.wonders,
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
    last = next((key for key in series.last_used(family) if key not in given), "")
    again = next((each for each in serving if each.key == last and each is not first), None)
    free = sorted((each for each in fitting if each.key not in barred and each not in (first, again)), key=rank)
    begins = () if first is None else (first,)
    # What is for the topic comes first in any case; the others are of other kinds.
    chosen = choose_kinds(free, most - len(begins), begins)
    grounds = series.grounds(aim, stuck)
    suggestions = [] if first is None else [series.go_on_with(first)]
    suggestions += [
        _suggest_for(each, *grounds.reasons_for(each, [other for other in (*begins, *chosen) if other is not each]))
        for each in chosen
    ]
    if aim and fitting and not for_aim:
        notes.append(f"No page that fits says that it is for this: {aim}.")
    elif aim and len(chosen) > 1 and all(aim in each.aims for each in chosen):
        notes.append(f"The pages of all of these say that they are for this: {aim}.")
    if not suggestions and fitting:
        notes.append("Everything that fits was used recently; this is what was used longest ago.")
        oldest = min(fitting, key=lambda each: (journal.last.get(each.key, datetime.date.min), rank(each)))
        suggestions.append(_suggest_for(oldest, _reason_of_last_use(journal.last.get(oldest.key))))
    elif not suggestions:
        notes.append(f"No model fits {minutes} minutes and what you asked for.")
    nothing = models.get(NO_MODEL)
    if nothing is not None and suits in nothing.suits and nothing.key != instead_of:
        suggestions.insert(0 if shock else len(suggestions), _suggest_for(nothing, _SHOCK if shock else _OFFER))
    return Shortlist(
        suggestions=tuple(suggestions),
        again=None if again is None or again.key in (each.key for each in suggestions) else _suggest_for(again),
        notes=tuple(notes),
        barred=tuple(sorted(barred)),
    )


_SHOCK = SuggestionReason(ReasonKind.SHOCK, "Something has happened, and that comes before any model.")
_OFFER = SuggestionReason(ReasonKind.OFFER, "It is always on offer.")


def _may_be_offered(each: Candidate, aim: str) -> bool:
    """
    Whether a model is offered to a topic that is for this, or that says nothing of itself.
    """
    return each.offered is Offered.ALWAYS or (each.offered is Offered.FOR_AIM and aim in each.aims)


def _suggest_for(each: Candidate, *reasons: SuggestionReason) -> Suggestion:
    return Suggestion(key=each.key, title=each.title, reasons=reasons)


def _reason_of_last_use(when: datetime.date | None) -> SuggestionReason:
    if when is None:
        return SuggestionReason(ReasonKind.NEW, "You have not used it together yet.")
    return SuggestionReason(ReasonKind.ONLY, f"You last used it on {day_in_words(when)}.", date=when)


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

    def last_used(self, family: str) -> tuple[str, ...]:
        """
        The models of the last session, or the one that was used last for a family.
        """
        if family:
            _, used = self.journal.by_family.get(family, (None, None))
            return (used.model,) if used else ()
        return tuple(used.model for entry in self.journal.held[-1:] for used in entry.used)

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
        The elements and functions that no model of the last sessions has asked about or worked on, as far as we know.
        """
        if not all(each.tells for each in self.lately):
            return frozenset()
        covered = frozenset(value for each in self.lately for value in each.covers)
        return frozenset(map(str, (*Element, *Function))) - covered if self.lately else frozenset()

    @functools.cached_property
    def sorts(self) -> Counter[tuple[str, Medium]]:
        return Counter((each.shape, each.medium) for each in self.lately)

    @functools.cached_property
    def ways(self) -> Counter[Medium]:
        return Counter(each.medium for each in self.lately)

    def grounds(self, aim: str, stuck: Candidate | None) -> Grounds:
        return Grounds(
            aim=aim,
            lacking=self.lacking,
            lately=self.lately,
            sessions=len(self.recent),
            last=self.journal.last,
            held=bool(self.journal.held),
            stuck=stuck,
        )

    def notes(self) -> Iterator[str]:
        if self.row:
            model, count = self.row
            name = self.models[model].title if model in self.models else model
            yield f"{name} was used in each of the last {count} sessions held."

    def go_on_with(self, each: Candidate) -> Suggestion:
        when = self.journal.last[each.key]
        sentence = f"It is not finished since {day_in_words(when)}; it goes on before anything new begins."
        return _suggest_for(each, SuggestionReason(ReasonKind.UNFINISHED, sentence, date=when))


def _uses(model: str, entry: JournalEntry) -> bool:
    return any(used.model == model for used in entry.used)
