"""
The minutes of a session, dealt to the parts of an outline.
"""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable, Sequence

import attrs

from reflect.errors import DoesNotFit
from reflect.questions.outlines import Choose, choose_first, refuse_names, settle
from reflect.questions.question import Step
from reflect.questions.sets import Composable, Outline, QuestionSet, name_of_set, title_of_set
from reflect.shown import Brief


@attrs.frozen
class Row(Brief):
    """
    A stretch of a session.

    Attributes:
        item: Which item of the session it belongs to, counted from 0.
        part: What is asked or done in it.
        minutes: How long it takes.
    """

    item: int
    part: QuestionSet
    minutes: int


@attrs.frozen
class Timetable(Brief):
    """
    How the minutes of a session are dealt.

    Attributes:
        items: What the session consists of, in order.
        times: The minutes of each item; what its rows leave of them is open time within it.
        rows: Its stretches in the order of use; their minutes and *spare* add up to the session's exactly.
        dropped: Whole items for which there was no time, in order.
        spare: Minutes nothing was planned for: open time.
    """

    items: tuple[QuestionSet, ...]
    times: tuple[int, ...]
    rows: tuple[Row, ...]
    dropped: tuple[QuestionSet, ...] = ()
    spare: int = 0


def stretches_of(whole: QuestionSet) -> tuple[QuestionSet, ...]:
    """
    What time is dealt to: the parts in their order of use, and each run of questions between parts as one.
    """
    if not whole.parts:
        return ()
    stretches: list[QuestionSet] = []
    used = iter(whole.parts_in_use)
    for is_part, children in itertools.groupby(whole.children, lambda child: isinstance(child, QuestionSet)):
        if is_part:
            stretches += itertools.islice(used, len(list(children)))
        else:
            stretches.append(QuestionSet(children=children, title=whole.title))
    return tuple(stretches)


def _minutes_of_steps(part: QuestionSet) -> int:
    """
    The minutes that the steps of a part say, each as often as the part goes round; 0 if it says its own.
    """
    if part.least or part.usual:
        return 0
    return part.rounds * sum(step.minutes or 0 for step in part.children if isinstance(step, Step))


def least(some: Composable) -> int:
    """
    Return the fewest minutes a set makes sense in: its own least, or its parts' together.

    A part in which something is done, and which says no minutes, takes those of its steps, as often as it goes round.

    Raises:
        DoesNotFit: Something in it is wished shorter than it makes sense in.
    """
    whole = some.questions
    inner = sum(map(least, stretches_of(whole))) if whole.parts else int(bool(whole.entries))
    needs = max(whole.least, inner, _minutes_of_steps(whole))
    if whole.minutes is not None and whole.minutes < needs:
        raise _too_few(whole, needs, whole.minutes)
    return needs


def _too_few(some: QuestionSet, needs: int, has: int) -> DoesNotFit:
    return DoesNotFit(name_of_set(some), needs, has, key=some.key, title=title_of_set(some))


def _starting_minutes(some: QuestionSet) -> int:
    """
    The minutes a set starts at: its wish, or its least and its parts' wishes.
    """
    return (
        some.minutes if some.minutes is not None else max(least(some), sum(map(_starting_minutes, stretches_of(some))))
    )


def _deal_minutes(minutes: int, parts: tuple[QuestionSet, ...]) -> tuple[list[int], int]:
    """
    Deal minutes: every part has its least, then wishes are met, then the flexible parts share what is left.

    Returns the minutes of each part, and those that nothing wants or that would not make a round longer.
    """
    got = [least(part) for part in parts]
    starts = [_starting_minutes(part) for part in parts]
    rounds = [part.rounds for part in parts]
    left = share_minutes(minutes - sum(got), got, dict(enumerate(starts)), starts, rounds)
    if any(mine < start for mine, start in zip(got, starts, strict=True)):
        return got, left
    free = {i: part.usual or _minutes_of_steps(part) for i, part in enumerate(parts) if part.minutes is None}
    known = [usual for usual in free.values() if usual]
    mean = sum(known) / len(known) if known else 1.0
    return got, share_minutes(left, got, {i: usual or mean for i, usual in free.items()}, rounds=rounds)


def share_minutes(
    minutes: int,
    got: list[int],
    share: dict[int, float],
    most: list[int] | None = None,
    rounds: Sequence[int] | None = None,
) -> int:
    """
    Add minutes to *got*: each goes to what is furthest below its share, and nothing passes its *most*.

    This is the divisor method of Jefferson (D'Hondt): no part loses by a longer session.
    What goes round several times takes a minute for each round at once. If there are not as many left when it is its
    turn, they stay: given to another, they would be taken from it by a longer session.
    Returns what nothing wants or can take.

    Args:
        got: What each has, in minutes; it is added to here.
        share: What each should have in proportion, by its place.
        most: What each may have at most, in minutes; without a limit by default.
        rounds: How often each goes round; once by default.
    """

    def next_minutes(i: int) -> int:
        more = rounds[i] - got[i] % rounds[i] if rounds else 1
        return more if most is None else min(more, most[i] - got[i])

    queue = [(-some / (got[i] + next_minutes(i)), i) for i, some in share.items() if next_minutes(i)]
    heapq.heapify(queue)
    while minutes and queue:
        i = queue[0][1]
        if (more := next_minutes(i)) > minutes:
            break
        minutes -= more
        got[i] += more
        if next_minutes(i):
            heapq.heapreplace(queue, (-share[i] / (got[i] + next_minutes(i)), i))
        else:
            heapq.heappop(queue)
    return minutes


def _items_to_drop(items: tuple[QuestionSet, ...], minutes: int) -> frozenset[int]:
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
    load: Callable[[str], Composable] = refuse_names,
    choose: Choose = choose_first,
) -> Timetable:
    """
    Deal the minutes of a session to the parts of an outline.

    Parts start at their least or wished minutes. Each further minute goes to the flexible part
    furthest below its usual share. Where the wishes do not all fit, each yields in proportion, but
    never below its least. Whole items are dropped only when the least minutes do not fit, and then
    as few as can be. As a session grows, and with the same items, no part shrinks. What goes round several
    times gets whole minutes for each round, unless its least or its wish says otherwise.

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
    items = stretches_of(whole) if whole.loose and whole.parts else (whole,)
    gone = _items_to_drop(items, minutes)
    if len(gone) == len(items):
        shortest = min(items, key=least)
        raise _too_few(shortest, least(shortest), minutes)
    kept = tuple(item for i, item in enumerate(items) if i not in gone)
    rows: list[Row] = []
    times, spare = _deal_minutes(minutes, kept)

    def deal(item: int, some: QuestionSet, time: int) -> None:
        nonlocal spare
        parts = stretches_of(some)
        if not parts:
            rows.append(Row(item, some, time))
            return
        got, left = _deal_minutes(time, parts)
        spare += left
        for part, share in zip(parts, got, strict=True):
            deal(item, part, share)

    for i, (item, time) in enumerate(zip(kept, times, strict=True)):
        deal(i, item, time)
    return Timetable(kept, tuple(times), tuple(rows), tuple(items[i] for i in sorted(gone)), spare)
