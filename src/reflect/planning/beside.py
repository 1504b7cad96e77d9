"""
Items of a session file that have no minutes of the hour: leave, time owed, checks and training have a sheet of their
own, which is for the two and for whoever keeps these things.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import Protocol

from reflect.papers.beside import BESIDE_THE_HOUR, SICKNESS, BesideTheHour
from reflect.questions.rings import Ring


class SaidOfItem(Protocol):
    """
    What is asked of an item of a session file.
    """

    @property
    def what(self) -> str: ...
    @property
    def under(self) -> str: ...
    @property
    def when(self) -> str: ...
    @property
    def ring(self) -> Ring | None: ...
    @property
    def line(self) -> int: ...


def is_beside(wish: SaidOfItem) -> bool:
    """
    Tell whether an item belongs on the sheet beside the hour: it says so with ``under``.
    """
    return wish.under in BESIDE_THE_HOUR


def faults_of_beside(
    wishes: Iterable[SaidOfItem], *, several: bool, group: bool = False
) -> Iterator[tuple[int, str, str]]:
    """
    What is wrong with items for the sheet: the line, what, and what to do. None of it repeats what they say.

    Args:
        wishes: All that people bring.
        several: Whether more than one is supervised.
        group: Whether it is a group.
    """
    for wish in wishes:
        if wish.under == SICKNESS:
            remedy = "leave it out, and write the days on the sheet: reflect make beside-the-hour"
            yield wish.line, "of sickness nothing but days is written, and never in a session file", remedy
        elif is_beside(wish) and (several or group):
            who = "a group" if group else "a joint session"
            yield wish.line, f"'under: {wish.under}' is one person's own affair, and this is {who}", "leave it out"
        elif is_beside(wish) and wish.ring is not None:
            what = f"'under: {wish.under}' is for the sheet beside the hour, which has readers of its own"
            yield wish.line, what, "leave 'ring' out; or leave 'under' out, and it is a part of the hour"


def remark_on_beside(wishes: Iterable[SaidOfItem]) -> Iterator[str]:
    """
    What whoever plans is told of items that have no minutes, without their words.
    """
    about = dict.fromkeys(wish.under.replace("-", " ") for wish in wishes)
    if about:
        yield f"{', '.join(about)}: on the sheet beside the hour (beside-the-hour), and not in its minutes"


def sheet_beside(wishes: Iterable[SaidOfItem], who: str, day: datetime.date) -> BesideTheHour:
    """
    Return the sheet with what people bring for it; where they bring nothing, it has a blank line.

    Args:
        wishes: What belongs on it.
        who: Whose it is.
        day: The day that stands on it.
    """
    lines: dict[str, list[str]] = {}
    for wish in wishes:
        until = f" ({wish.when})" if wish.when else ""
        lines.setdefault(BESIDE_THE_HOUR[wish.under], []).append(wish.what + until)
    said = {name: "; ".join(words) for name, words in lines.items()}
    return BesideTheHour(who=who, date=day, **said)  # type: ignore[arg-type]  # each is a line of words
