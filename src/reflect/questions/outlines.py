"""
Outlines: sets with minutes, joined, with alternatives. And the time they take.

An outline is what may be asked; settling its choices gives a set, and
`schedule` deals the minutes of a session to its parts.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Callable, Iterator

import attrs

from reflect.errors import DoesNotFit, NoTextForm, ReflectError, Refused
from reflect.questions.sets import EMPTY, Composable, Mode, Question, QuestionSet, sequence
from reflect.shown import Shown

#: The longest session an outline may wish for, in minutes: one day.
LONGEST = 24 * 60


class Outline(Shown):
    """
    What may be asked in a session, before its choices are made.
    """

    __slots__ = ()

    def __add__(self, other: Outline | Composable) -> Outline:
        return both(self, other) if isinstance(other, (Outline, Composable)) else NotImplemented

    def __radd__(self, other: Composable) -> Outline:
        return both(other, self) if isinstance(other, Composable) else NotImplemented

    def __or__(self, other: Outline | Composable) -> Outline:
        return either(self, other) if isinstance(other, (Outline, Composable)) else NotImplemented

    def __matmul__(self, minutes: int) -> Outline:
        return at(self, minutes) if isinstance(minutes, int) and not isinstance(minutes, bool) else NotImplemented

    def __str__(self) -> str:
        return show(self)


@attrs.frozen
class Use(Outline):
    """
    A model, or a part of one, by its dotted path.
    """

    path: str = attrs.field(validator=attrs.validators.matches_re(r"[a-z0-9]+(?:[.-][a-z0-9]+)*"))


@attrs.frozen
class Given(Outline):
    """
    A set made in code; it has no text form.
    """

    set: QuestionSet


@attrs.frozen
class Both(Outline):
    """
    One after the other.
    """

    steps: tuple[Outline, ...] = attrs.field(validator=attrs.validators.min_len(2))


@attrs.frozen
class Either(Outline):
    """
    One of several.
    """

    ways: tuple[Outline, ...] = attrs.field(validator=attrs.validators.min_len(2))


@attrs.frozen
class At(Outline):
    """
    A wish of minutes.
    """

    outline: Outline
    minutes: int = attrs.field(validator=[attrs.validators.ge(1), attrs.validators.le(LONGEST)])


def _outline(some: Outline | Composable) -> Outline:
    return some if isinstance(some, Outline) else Given(some.questions)


def both(*steps: Outline | Composable) -> Outline:
    """
    Join outlines one after the other; ``a + b`` is ``both(a, b)``. Brackets do not matter.
    """
    flat: list[Outline] = []
    for step in map(_outline, steps):
        flat.extend(step.steps if isinstance(step, Both) else (step,))
    if not flat:
        return Given(EMPTY)
    return flat[0] if len(flat) == 1 else Both(tuple(flat))


def either(*ways: Outline | Composable) -> Outline:
    """
    Offer outlines to choose from; ``a | b`` is ``either(a, b)``. Brackets and repeats do not matter.
    """
    flat: dict[Outline, None] = {}
    for way in map(_outline, ways):
        flat.update(dict.fromkeys(way.ways if isinstance(way, Either) else (way,)))
    only = tuple(flat)
    if not only:
        return Given(EMPTY)
    return only[0] if len(only) == 1 else Either(only)


def at(some: Outline | Composable, minutes: int) -> Outline:
    """
    Give an outline a wish of minutes; ``a @ 40`` is ``at(a, 40)``. A second wish replaces the first.

    Args:
        some: An outline, a model or a set.
        minutes: How long it should be, from 1 to 1,440.

    Raises:
        Refused: The minutes are not between 1 and a day's.
    """
    if not 1 <= minutes <= LONGEST:
        raise Refused(f"{minutes} minutes cannot be held; write a number from 1 to {LONGEST} after @")
    whole = _outline(some)
    return At(whole.outline if isinstance(whole, At) else whole, minutes)


def show(outline: Outline, _level: int = 0) -> str:
    """
    Write an outline as text; `parse` reads it back to the same.

    Args:
        outline: The outline.

    Raises:
        NoTextForm: It holds a set made in code.
    """
    match outline:
        case Use(path):
            return path
        case At(inner, minutes):
            return f"{show(inner, 2)}@{minutes}"
        case Either(ways):
            text, level = " | ".join(show(way, 1) for way in ways), 0
        case Both(steps):
            text, level = " + ".join(show(step, 2) for step in steps), 1
        case Given(some):
            raise NoTextForm(_name(some))
        case _:
            raise TypeError(f"not an outline: {type(outline).__name__}")
    return f"({text})" if _level > level else text


@attrs.frozen
class OutlineFault(ReflectError, ValueError):
    """
    An outline's text cannot be read.

    Attributes:
        text: The outline.
        at: Where reading stopped, in characters from the start.
        what: What is wrong there.
    """

    text: str
    at: int
    what: str

    def __str__(self) -> str:
        return (
            f"the outline cannot be read at character {self.at + 1}: {self.what}\n"
            f"  {self.text}\n  {' ' * self.at}^\n"
            "  write it like this: arrive@3 + (kolb-cycle | gibbs-cycle)@40 + close@7"
        )


_TOKEN = re.compile(r"\s*(?:(?P<path>[a-z0-9]+(?:[.-][a-z0-9]+)*)|(?P<sign>[@()|+])|(?P<other>\S))")


@attrs.define
class _Reading:
    """
    One pass over an outline's text.
    """

    text: str
    tokens: list[tuple[str, int]] = attrs.field(init=False)
    i: int = 0
    depth: int = 0

    def __attrs_post_init__(self) -> None:
        self.tokens = []
        for match in _TOKEN.finditer(self.text):
            if match["other"]:
                raise OutlineFault(self.text, match.start("other"), f"'{match['other']}' has no meaning here")
            name = "path" if match["path"] else "sign"
            self.tokens.append((match[name], match.start(name)))
        self.tokens.append(("", len(self.text.rstrip())))

    @property
    def next(self) -> str:
        return self.tokens[self.i][0]

    def fault(self, what: str) -> OutlineFault:
        return OutlineFault(self.text, self.tokens[self.i][1], what)

    def take(self) -> str:
        token = self.next
        self.i += 1
        return token

    def ways(self) -> Outline:
        found = [self.steps()]
        while self.next == "|":
            self.take()
            found.append(self.steps())
        return either(*found)

    def steps(self) -> Outline:
        found = [self.use()]
        while self.next == "+":
            self.take()
            found.append(self.use())
        return both(*found)

    def use(self) -> Outline:
        found: Outline
        if self.next == "(":
            self.depth += 1
            if self.depth > 50:
                raise self.fault("brackets are nested more than 50 deep")
            self.take()
            found = self.ways()
            if self.next != ")":
                raise self.fault("a bracket is still open; close it with )")
            self.take()
            self.depth -= 1
        elif self.next and self.next not in "@()|+":
            found = Use(self.take())
        else:
            raise self.fault("the key of a model is missing")
        while self.next == "@":
            self.take()
            if not re.fullmatch(r"[0-9]{1,5}", self.next):
                raise self.fault("minutes are missing; write a whole number after @")
            if not 1 <= int(self.next) <= LONGEST:
                raise self.fault(f"minutes are from 1 to {LONGEST}")
            found = at(found, int(self.take()))
        return found


def parse(text: str) -> Outline:
    """
    Read an outline from text such as ``"arrive@3 + (kolb-cycle | gibbs-cycle)@40 + close@7"``.

    ``@`` binds tightest, then ``+``, then ``|``.

    Raises:
        OutlineFault: The text is not an outline; the error points at the place.
    """
    reading = _Reading(text)
    found = reading.ways()
    if reading.next:
        raise reading.fault("something is missing before this: + or |")
    return found


def uses(outline: Outline) -> Iterator[str]:
    """
    Give the paths of all models and parts that an outline names, in their order.
    """
    match outline:
        case Use(path):
            yield path
        case At(inner, _):
            yield from uses(inner)
        case Both(many) | Either(many):
            for each in many:
                yield from uses(each)


#: Chooses one of several ways.
Choose = Callable[[tuple[Outline, ...]], Outline]


def first(ways: tuple[Outline, ...]) -> Outline:
    """
    Choose the first way.
    """
    return ways[0]


def _no_library(path: str) -> Composable:
    raise Refused(f"'{path}' is only a name here; say where models are loaded from, load=catalogue.load")


def settle(
    outline: Outline | Composable, load: Callable[[str], Composable] = _no_library, choose: Choose = first
) -> QuestionSet:
    """
    Make the choices of an outline and return the set it then is.

    Args:
        outline: What may be asked.
        load: Gives the model or part for a path.
        choose: Picks one of several ways.
    """
    match outline:
        case Use(path):
            return load(path).questions
        case At(inner, minutes):
            return settle(inner, load, choose).within(minutes)
        case Both(steps):
            return sequence(*(settle(step, load, choose) for step in steps))
        case Either(ways):
            return settle(choose(ways), load, choose)
        case Given(some):
            return some
        case Composable():
            return outline.questions
    raise TypeError(f"not an outline: {type(outline).__name__}")


@attrs.frozen
class Row:
    """
    A stretch of a session.

    Attributes:
        item: Which item of the session it belongs to, counted from 0.
        part: What is asked in it.
        minutes: How long it takes.
    """

    item: int
    part: QuestionSet
    minutes: int


@attrs.frozen
class Timetable:
    """
    How the minutes of a session are dealt.

    Attributes:
        items: What the session consists of, in order.
        times: The minutes of each item; what its rows leave of them is open time within it.
        rows: Its stretches; their minutes and *spare* add up to the session's exactly.
        dropped: Whole items for which there was no time, in order.
        spare: Minutes nothing was planned for: open time.
    """

    items: tuple[QuestionSet, ...]
    times: tuple[int, ...]
    rows: tuple[Row, ...]
    dropped: tuple[QuestionSet, ...] = ()
    spare: int = 0


def _stretches(whole: QuestionSet) -> tuple[QuestionSet, ...]:
    """
    What time is dealt to: the parts, and each run of questions between parts as one.
    """
    if not whole.parts:
        return ()
    found: list[QuestionSet] = []
    run: list[Question] = []
    for child in whole.children:
        if isinstance(child, Question):
            run.append(child)
            continue
        if run:
            found.append(QuestionSet(children=run, title=whole.title))
            run = []
        found.append(child)
    if run:
        found.append(QuestionSet(children=run, title=whole.title))
    return tuple(found)


def least(some: Composable) -> int:
    """
    Return the fewest minutes a set makes sense in: its own least, or its parts' together.

    Raises:
        DoesNotFit: Something in it is wished shorter than it makes sense in.
    """
    whole = some.questions
    needs = max(whole.least, sum(map(least, _stretches(whole))) if whole.parts else int(whole.mode is Mode.ASK))
    if whole.minutes is not None and whole.minutes < needs:
        raise DoesNotFit(_name(whole), needs, whole.minutes)
    return needs


def _start(some: QuestionSet) -> int:
    """
    The minutes a set starts at: its wish, or its least and its parts' wishes.
    """
    return some.minutes if some.minutes is not None else max(least(some), sum(map(_start, _stretches(some))))


def _name(some: QuestionSet) -> str:
    return some.key or some.title or " + ".join(_name(part) for part in some.parts) or "these questions"


def _dealt(minutes: int, parts: tuple[QuestionSet, ...]) -> tuple[list[int], int]:
    """
    Deal minutes: every part has its least, then wishes are met, then the flexible parts share what is left.

    Returns the minutes of each part, and those that nothing wants.
    """
    got = [least(part) for part in parts]
    starts = [_start(part) for part in parts]
    left = shared(minutes - sum(got), got, dict(enumerate(starts)), starts)
    known = [part.usual for part in parts if part.minutes is None and part.usual]
    mean = sum(known) / len(known) if known else 1.0
    return got, shared(left, got, {i: part.usual or mean for i, part in enumerate(parts) if part.minutes is None})


def shared(minutes: int, got: list[int], share: dict[int, float], most: list[int] | None = None) -> int:
    """
    Add minutes to *got*: each goes to what is furthest below its share, and nothing passes its *most*.

    This is the divisor method of Jefferson (D'Hondt): no part loses by a longer session.
    Returns what nothing wants.

    Args:
        minutes: How many there are to add.
        got: What each has, in minutes; it is added to here.
        share: What each should have in proportion, by its place.
        most: What each may have at most, in minutes; no bound if nothing is said.
    """
    queue = [(-some / (got[i] + 1), i) for i, some in share.items() if most is None or got[i] < most[i]]
    heapq.heapify(queue)
    while minutes and queue:
        minutes -= 1
        i = queue[0][1]
        got[i] += 1
        if most is None or got[i] < most[i]:
            heapq.heapreplace(queue, (-share[i] / (got[i] + 1), i))
        else:
            heapq.heappop(queue)
    return minutes


def _too_much(items: tuple[QuestionSet, ...], minutes: int) -> frozenset[int]:
    """
    Which items to drop so that the least minutes fit: as few as can be.

    The longest go first; the last to go is as short, and then as late, as will do.
    """
    needs = [least(item) for item in items]
    over = sum(needs) - minutes
    gone: list[int] = []
    longest = sorted(range(len(items)), key=lambda i: (-needs[i], -i))
    for place, i in enumerate(longest):
        if over <= 0:
            break
        if needs[i] >= over:
            enough = (j for j in longest[place:] if needs[j] >= over)
            i = min(enough, key=lambda j: (needs[j], -j))
        over -= needs[i]
        gone.append(i)
    return frozenset(gone)


def schedule(
    outline: Outline | Composable,
    minutes: int,
    *,
    load: Callable[[str], Composable] = _no_library,
    choose: Choose = first,
) -> Timetable:
    """
    Deal the minutes of a session to the parts of an outline.

    Parts start at their least or wished minutes. Each further minute goes to the flexible part
    furthest below its usual share. Where the wishes do not all fit, each yields in proportion, but
    never below its least. Whole items are dropped only when the least minutes do not fit, and then
    as few as can be. As a session grows, and with the same items, no part shrinks.

    Args:
        outline: What is to be asked.
        minutes: The length of the session, in minutes.
        load: Gives the model or part for a path, if the outline names any.
        choose: Picks one of several ways.

    Raises:
        DoesNotFit: Something was wished shorter than its least, or nothing fits.
    """
    whole = settle(outline, load, choose)
    if not whole:
        return Timetable((), (), (), (), minutes)
    items = _stretches(whole) if whole.loose and whole.parts else (whole,)
    gone = _too_much(items, minutes)
    if len(gone) == len(items):
        shortest = min(items, key=least)
        raise DoesNotFit(_name(shortest), least(shortest), minutes)
    kept = tuple(item for i, item in enumerate(items) if i not in gone)
    rows: list[Row] = []
    times, spare = _dealt(minutes, kept)

    def deal(item: int, some: QuestionSet, time: int) -> None:
        nonlocal spare
        parts = _stretches(some)
        if not parts:
            rows.append(Row(item, some, time))
            return
        got, left = _dealt(time, parts)
        spare += left
        for part, share in zip(parts, got, strict=True):
            deal(item, part, share)

    for i, (item, time) in enumerate(zip(kept, times, strict=True)):
        deal(i, item, time)
    return Timetable(kept, tuple(times), tuple(rows), tuple(items[i] for i in sorted(gone)), spare)
