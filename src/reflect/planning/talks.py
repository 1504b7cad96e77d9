"""
What the talks of a session are about, of all that people bring and of the cases that have their turn.

What is for fewer than the supervision file may have a talk whatever it is for, since the hour must not show that.
"""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterable, Sequence

import attrs

from reflect.planning.session_file import SessionFile, Wish
from reflect.questions.rings import Ring
from reflect.shown import Brief

#: A talk has at least so many minutes.
ROOM_TO_THINK = 15
#: Whoever brought something was told twice that there is no room.
_TWICE = 2


def has_room_of_its_own(wish: Wish) -> bool:
    """
    Tell whether something may be a talk by the time that was asked for it.
    """
    return wish.minutes is None or wish.minutes >= ROOM_TO_THINK


@attrs.frozen
class Thing(Brief):
    """
    Something that is brought, and who brings it.

    Attributes:
        ring: Who may read it.
    """

    whose: str
    wish: Wish
    ring: Ring

    @property
    def hidden(self) -> bool:
        """
        Whether the supervision file has neither its words, nor what it is for, nor who brought it.
        """
        return self.ring in (Ring.PAIR, Ring.CASE)

    @property
    def hers(self) -> bool:
        """
        Whether it has the place of something that the supervisee brings.
        """
        return self.whose != "supervisor" or self.hidden

    @property
    def wants_thinking(self) -> bool:
        """
        Whether it may be a talk. What is for fewer than the supervision file may be one whatever it is for, since the
        hour must not show that.
        """
        if self.wish.under == "short" or not has_room_of_its_own(self.wish):
            return False
        if self.wish.under == "talk" or self.hidden or self.wish.minutes is not None:
            return True
        return self.wish.purpose == "think" or (self.hers and not self.wish.purpose)

    @property
    def leads(self) -> bool:
        """
        Whether it was put off twice.
        """
        return self.wish.put_off >= _TWICE

    @property
    def waits(self) -> bool:
        """
        Whether it was put off once, and nobody gave it a day.
        """
        carried = self.wish.put_off > 0 or self.wish.since is not None
        return carried and not (self.leads or self.wish.promised)

    @property
    def is_said_in_a_word(self) -> bool:
        """
        Whether somebody says that it is to decide or to tell.
        """
        return self.wish.purpose in ("decide", "tell")

    @property
    def place_of_talk(self) -> tuple[bool, bool, bool, datetime.date]:
        """
        Its place among what may be a talk: what was put off twice, what has a day, what is new, and what waits.
        """
        return (not self.leads, not self.wish.promised, self.waits, self.wish.since or datetime.date.max)

    @property
    def place_in_short(self) -> tuple[bool, bool, bool]:
        """
        Its place among what is short: what was put off twice, what has a day, what waits, and what is new.
        """
        return (not self.leads, not self.wish.promised, not self.waits)


def things_in_order(file: SessionFile, *, group: bool = False, peers: bool = False) -> tuple[Thing, ...]:
    """
    Return what is brought in the order in which it may have a talk: what was put off twice leads, and what waits for
    the first time comes after what is new; the supervisee's comes before the supervisor's, and of what the two alone
    may read that which wants thinking.

    Args:
        group: Whether all of it is for a group.
        peers: Whether the two bring things in turn, because neither supervises the other.
    """
    usual = {"supervisee": Ring.PAIR, "supervisor": Ring.PERSONAL}

    def things(whose: str, wishes: Iterable[Wish]) -> list[Thing]:
        known = (Thing(whose, wish, wish.ring or (Ring.GROUP if group else usual[whose])) for wish in wishes)
        return sorted(known, key=lambda each: each.place_of_talk)

    theirs = things("supervisor", file.supervisor_items)
    own, hidden = things("supervisee", file.supervisee_items), [each for each in theirs if each.hidden]
    first = _in_turn(own, hidden) if peers else own + hidden
    for ring in (Ring.PAIR, Ring.CASE):
        # Nobody else can tell these from each other, so that they may change places.
        places = [n for n, each in enumerate(first) if each.ring is ring and each.wish.minutes is None]
        known = [first[n] for n in places if not first[n].wish.under]
        places = [n for n in places if not first[n].wish.under]
        known.sort(key=lambda each: (each.is_said_in_a_word, each.place_of_talk))
        for n, each in zip(places, known, strict=True):
            first[n] = each
    return (*first, *(each for each in theirs if not each.hidden))


def _in_turn(one: Sequence[Thing], other: Sequence[Thing]) -> list[Thing]:
    pairs = itertools.zip_longest(one, other)
    return [each for pair in pairs for each in pair if each is not None]


@attrs.frozen(kw_only=True)
class TalksToday(Brief):
    """
    What a session's talks are about.

    Attributes:
        today: Whether one is about what cannot wait.
        cases: How many are about cases.
        wishes: How many are about something that was brought.
        open: Whether there is one about nothing that is known beforehand.
        yielded: How many about something that was brought have yielded to what cannot wait.
    """

    today: bool = False
    cases: int = 0
    wishes: int = 0
    open: bool = False
    yielded: int = 0


def choose_talks(
    file: SessionFile, count: int, *, chosen: int, due: int, families: int, topics: Iterable[Thing], most_cases: int
) -> TalksToday:
    """
    Return what the talks are about: what cannot wait, what the supervisee chose, what they bring first, what is due,
    what else was brought, and then whose turn it is.

    Args:
        count: How many talks there are.
        chosen: How many families the supervisee chose.
        due: How many families are due in depth, without those.
        families: How many there are.
        topics: What was brought and may be a talk, in order.
        most_cases: How many talks may be about cases.
    """
    known = tuple(topics)
    own = sum(each.hers for each in known)
    order = (
        *("case",) * min(chosen, 1),
        *("wish",) * min(own, 1),
        *("case",) * (max(chosen - 1, 0) + due),
        *("wish",) * (len(known) - min(own, 1)),
        *("case",) * (families - chosen - due),
    )

    def count_in(free: int) -> tuple[int, int]:
        cases = wishes = 0
        for what in order:
            if cases + wishes < free:
                cases += what == "case" and cases < most_cases
                wishes += what == "wish"
        return cases, wishes

    today = file.today is not None and has_room_of_its_own(file.today) and count > 0
    cases, wishes = count_in(count - today)
    return TalksToday(
        today=today,
        cases=cases,
        wishes=wishes,
        open=count > 0 and not (today or cases or wishes),
        yielded=count_in(count)[1] - wishes,
    )
