"""
Deal the minutes of a session to its items.

Every minute is given to an item. If not everything fits, we drop a whole item rather than cut them all;
if that is still not enough, the error names the smallest change that would be enough.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs

from reflect.errors import Alternative, ReflectError
from reflect.questions.timetable import share_minutes
from reflect.shown import Brief, count_of


@attrs.frozen(kw_only=True)
class AgendaLine(Brief):
    """
    A line of an agenda, before its minutes are known.

    Attributes:
        key: Its name, which no other line has.
        least: Fewest minutes it makes sense in.
        usual: Its usual minutes, which also set its share of the time.
        most: Most minutes it takes; None if it can take all that is left.
        yields: If time is short, the line with the highest number is dropped first; a line with 0 is never dropped.
    """

    key: str
    title: str = attrs.field(repr=False)
    least: int = attrs.field(validator=attrs.validators.ge(1))
    usual: int
    most: int | None = None
    yields: int = attrs.field(default=0, validator=attrs.validators.ge(0))

    def __attrs_post_init__(self) -> None:
        if not self.least <= self.usual <= (self.most or self.usual):
            raise ValueError("least, usual and most have to come in this order")


@attrs.frozen
class DealtMinutes(Brief):
    """
    The minutes of each line that has a place, and the lines that have none.

    Attributes:
        spare: Minutes that no line can take: the paper calls them open time.
    """

    lines: tuple[AgendaLine, ...]
    minutes: tuple[int, ...]
    dropped: tuple[AgendaLine, ...] = ()
    spare: int = 0


@attrs.frozen
class TooShort(ReflectError, ValueError):
    """
    What has to be in a session does not fit into it.

    Attributes:
        needs: The fewest minutes that would be enough.
        has: The minutes of the session.
        alternatives: What could be put off instead, so that the rest fits: all of it together.
        later: What the message calls them: their words, if the supervision file or the group may have those, else whose
            they are and their place, such as "item 2 of the supervisee".
    """

    needs: int
    has: int
    alternatives: tuple[Alternative, ...] = attrs.field(default=(), repr=False)
    later: tuple[str, ...] = attrs.field(default=(), repr=False)

    def __str__(self) -> str:
        more = self.needs - self.has
        other = f", or put off to next time: {'; '.join(self.later)}" if self.later else ""
        return (
            f"the session has {self.has} minutes, and what has to be in it needs {self.needs}; "
            f"make it {count_of(more, 'minute')} longer{other}"
        )


def deal(lines: Iterable[AgendaLine], minutes: int) -> DealtMinutes:
    """
    Return how many minutes each line has.

    Every line starts at its least. Further minutes bring the lines towards their usual, in proportion; then
    those without a most share what is left or, if there are none, the others grow up to their most. If the least do
    not fit, whole lines are dropped in the order in which they yield; any that then fits after all comes back.

    Raises:
        TooShort: The lines that are never dropped do not fit.
    """
    known = tuple(lines)
    gone = _places_to_drop(known, minutes)
    kept = tuple(line for i, line in enumerate(known) if i not in gone)
    got = [line.least for line in kept]
    left = share_minutes(
        minutes - sum(got), got, {i: line.usual for i, line in enumerate(kept)}, [x.usual for x in kept]
    )
    left = share_minutes(left, got, {i: line.usual for i, line in enumerate(kept) if line.most is None})
    most = [line.most or 0 for line in kept]
    left = share_minutes(left, got, {i: line.usual for i, line in enumerate(kept) if line.most is not None}, most)
    return DealtMinutes(kept, tuple(got), tuple(known[i] for i in sorted(gone)), left)


def _places_to_drop(lines: Sequence[AgendaLine], minutes: int) -> frozenset[int]:
    needs = sum(line.least for line in lines)
    order = sorted((i for i, line in enumerate(lines) if line.yields), key=lambda i: (-lines[i].yields, -i))
    gone: list[int] = []
    for i in order:
        if needs <= minutes:
            break
        gone.append(i)
        needs -= lines[i].least
    if needs > minutes:
        raise TooShort(needs, minutes)
    # The last one dropped yields least, so it comes back first if there is room.
    for i in reversed(gone[:]):
        if needs + lines[i].least <= minutes:
            needs += lines[i].least
            gone.remove(i)
    return frozenset(gone)
