"""
The lines of a session that is planned by what it is for: its talks, and the few headings around them.

Each talk is headed by its topic. What else people bring is a short thing, or has another day. What others may not read
of a topic, such as what it is for, changes no heading and no minute.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable, Iterator

import attrs

from reflect.planning.caseload import line_for
from reflect.planning.drafting import Draft, Drafting
from reflect.planning.minutes import AgendaLine
from reflect.planning.occasions import Limits
from reflect.planning.profiles import StandingItem
from reflect.planning.session_file import Wish
from reflect.planning.talks import ROOM_TO_THINK, TalksToday, Thing, things_in_order
from reflect.questions.question import Function
from reflect.sessions.journal import Journal

#: The heading under which stands what must not wait.
BEFORE = "before"
#: Kinds of headings that take in what is under no other.
NO_HOSTS = frozenset(("items", "depth", "talk", "short", "frame"))
#: However short a session is, it has so many headings.
_FEWEST = 3


def is_planned_by_topics(items: Iterable[StandingItem], own: bool) -> bool:
    """
    Tell whether what people bring becomes talks and short things; in a profile's own list it has lines of its own.

    Args:
        own: Whether the items are those of a profile.
    """
    kinds = {item.kind for item in items}
    return "short" in kinds or not (own or "items" in kinds)


def headings_whose_turn_it_is(items: Iterable[StandingItem], log: Journal) -> Iterator[str]:
    """
    Give the kinds of headings that the last sessions did not have, though it would be their turn.
    """
    held = log.held
    for item in items:
        lately = held[-item.turn :] if item.turn else ()
        if item.turn and len(lately) == item.turn and all(item.kind not in entry.items for entry in lately):
            yield item.kind


def most_headings(limits: Limits, minutes: int) -> float:
    """
    Return how many headings a session has at most.
    """
    return max(_FEWEST, minutes // limits.heading) if limits.heading else math.inf


@attrs.frozen
class HourDrafting(Drafting):
    """
    The lines of a session that is planned by what it is for, each with the time it wants.
    """

    limits: Limits
    talks: TalksToday
    #: The kinds of headings that have their turn, though nobody asks for them.
    turns: frozenset[str] = frozenset()

    def drafts(self) -> Iterator[Draft]:
        things = self.things_with_room
        for item in self.headings:
            if item.kind == "short":
                if things:
                    yield self.draft_of_short(item, things)
            else:
                folded = things if item is self.taker else ()
                yield from self.drafts_of_heading(item, folded)

    def drafts_of_heading(self, item: StandingItem, things: tuple[Thing, ...] = ()) -> Iterator[Draft]:
        """
        The lines of a heading; what cannot wait stands after the first, or before it if that is about the work.
        """
        is_first = item is self.headings[0]
        begins = item.kind in ("arrive", "wellbeing")
        if is_first and not begins:
            yield from self.drafts_of_today()
        match item.kind:
            case "depth":
                for n, talk in enumerate(self.caseload.in_depth if self.caseload else (), 1):
                    needs = max(self.share, self.least_of_chosen_model(talk))
                    yield self.draft_of_frame(item, f"depth-{n}", talk.family, talk=talk, needs=needs)
            case "talk" if item is self.heading_of_talks:
                yield from self.drafts_of_talks(item)
            case "round" if self.caseload:
                yield self.draft_of_round(item, self.caseload)
            case "before":
                yield self.draft_of_before(item, things)
            case kind:
                yield self.draft_of_frame(item, f"{kind}-{self.items.index(item)}", self.title(item))
        if is_first and begins:
            yield from self.drafts_of_today()

    # --- what people bring

    @functools.cached_property
    def things(self) -> tuple[Thing, ...]:
        """
        What is brought to this session, in order.
        """
        known = things_in_order(self.file, group=self.settings.setting == "group", peers=self.settings.peers)
        return tuple(each for each in known if not each.wish.when)

    def in_order(self) -> Iterator[tuple[str, Wish]]:
        return ((each.whose, each.wish) for each in self.things)

    def things_under(self, host: str) -> tuple[Thing, ...]:
        """
        What a heading takes in; under "", what has a talk or is short.
        """
        return tuple(each for each in self.things if self.host(each.wish) == host)

    def host(self, wish: Wish) -> str:
        """
        The heading or the family that takes something in; empty if it is a talk or a short thing.
        """
        known = {item.kind for item in self.items} - NO_HOSTS
        return line_for(wish.under, known, self.caseload, ("round", "before"))

    @functools.cached_property
    def topics(self) -> tuple[Thing, ...]:
        """
        What may have a talk of its own.
        """
        return tuple(each for each in self.things_under("") if each.wants_thinking)

    def short_things(self, folded: Iterable[StandingItem] = ()) -> tuple[Thing, ...]:
        """
        All that has no talk and no heading, without what yields to something that cannot wait.

        Args:
            folded: The headings for which there are too many.
        """
        others = self.topics[: self.talks.wishes + self.talks.yielded]
        known = [each for each in self.things_under("") if not any(each is other for other in others)]
        known += [each for item in folded if item.kind != "before" for each in self.things_under(item.kind)]
        return tuple(sorted(known, key=lambda each: each.place_in_short))

    # --- the headings

    def has_something(self, item: StandingItem) -> bool:
        if item.kind in ("depth", "round", "talk"):
            if item.kind == "round":
                return bool(self.caseload and (self.caseload.round or self.caseload.waiting))
            return bool(self.lines_of(item))
        if item.when == "always" or self.brought.get(item.kind):
            return True
        match item.kind:
            case "actions":
                open_ones = any(each.open for each in self.file.previous_actions)
                return open_ones or any(not each.confirmed and not each.replaced_by for each in self.file.informal)
            case "workload":
                load = self.file.workload
                limit = (load.limit if load else None) or self.settings.limit
                return bool(load and limit and load.points > limit)
        return item.kind in self.turns

    def lines_of(self, item: StandingItem) -> int:
        """
        How many lines a heading makes.
        """
        if item.kind == "depth":
            return len(self.caseload.in_depth) if self.caseload else 0
        return self.talks.wishes + self.talks.open if item is self.heading_of_talks else 1

    @functools.cached_property
    def heading_of_talks(self) -> StandingItem | None:
        return next((item for item in self.items if item.kind == "talk" and not item.page), None)

    @functools.cached_property
    def folded(self) -> tuple[StandingItem, ...]:
        """
        The headings that are too many: what belongs under them is a short thing, or is said before we meet again.
        """
        most = most_headings(self.limits, self.minutes)
        folded: list[StandingItem] = []
        while True:
            things = self.short_things(folded)
            known = [
                item
                for item in self.items
                if item not in folded and (bool(things) if item.kind == "short" else self.has_something(item))
            ]
            movable = [item for item in known if item.yields and item.kind not in ("depth", "talk")]
            if sum(map(self.lines_of, known)) + self.has_line_of_today <= most or not movable:
                return tuple(folded)
            folded.append(max(movable, key=lambda item: item.yields))

    @functools.cached_property
    def headings(self) -> tuple[StandingItem, ...]:
        known = (item for item in self.items if item not in self.folded)
        return tuple(item for item in known if item.kind == "short" or self.has_something(item))

    @functools.cached_property
    def taker(self) -> StandingItem | None:
        """
        The heading that takes in what is short; None if this session has none for it.
        """
        kinds = ("short",) if any(item.kind == "short" for item in self.headings) else ("before",)
        if all(item.kind != "short" for item in self.items):
            return None
        return next((item for item in self.headings if item.kind in kinds), None)

    # --- what is short

    @functools.cached_property
    def things_with_room(self) -> tuple[Thing, ...]:
        """
        The short things for which there is time: what the supervisee brings has it before how people arrive.
        """
        short = next((item for item in self.items if item.kind == "short"), None)
        if short is None or self.taker is None:
            return ()
        others = [each.line for item in self.headings if item.kind != "short" for each in self.drafts_of_heading(item)]
        every, needed = sum(line.least for line in others), sum(line.least for line in others if not line.yields)
        placed: list[Thing] = []
        used = 0
        for thing in self.short_things(self.folded):
            more = used + self.minutes_of_thing(short, thing.wish)
            least = max(more, short.least) if self.taker is short else more
            if more <= (short.most or self.minutes) and least + (needed if thing.hers else every) <= self.minutes:
                placed.append(thing)
                used = more
        return tuple(placed)

    def minutes_of_thing(self, short: StandingItem, wish: Wish) -> int:
        usual = max(1, short.usual // 2)
        return min(wish.minutes or usual, short.most or self.minutes)

    def minutes_of_things(self, things: Iterable[Thing]) -> int:
        short = next(item for item in self.items if item.kind == "short")
        return sum(self.minutes_of_thing(short, each.wish) for each in things)

    def draft_of_short(self, item: StandingItem, things: tuple[Thing, ...]) -> Draft:
        low = max(item.least, self.minutes_of_things(things))
        usual = max(item.usual, low)
        most = None if item.most is None else max(item.most, usual)
        return Draft(
            kind=item.kind,
            line=AgendaLine(key=item.kind, title=self.title(item), least=low, usual=usual, most=most),
            whose=item.whose,
            function=item.function,
            page=item.page,
            wishes=tuple(each.wish for each in things),
            shows=item.shows,
        )

    # --- what has to be touched before the next session

    def draft_of_before(self, item: StandingItem, things: tuple[Thing, ...]) -> Draft:
        """
        What cannot be put off: the cases that have to be touched, at most their share of the session, and what is said
        in a word because there are few headings.
        """
        frame = self.draft_of_frame(item, "before", self.title(item))
        today = self.file.today if self.file.today and not self.talks.today and not self.has_line_of_today else None
        told = (today.minutes or 0 if today else 0) + (self.minutes_of_things(things) if things else 0)
        touched = self.minutes_of_round if all(each.kind != "round" for each in self.items) else 0
        low = max(frame.line.least, touched) + told
        usual = (
            max(frame.line.usual, touched) + told + sum(each.usual for each in self.folded if each.kind == "actions")
        )
        most = None if item.most is None else max(item.most, usual)
        line = attrs.evolve(frame.line, least=low, usual=usual, most=most, yields=0)
        wishes = (*((today,) if today else ()), *frame.wishes, *(each.wish for each in things))
        return attrs.evolve(frame, line=line, wishes=wishes, room_for_cases=touched, presses=touched > item.usual)

    @functools.cached_property
    def minutes_of_round(self) -> int:
        """
        What the cases that have to be touched need, at most the round's share of the session.
        """
        if self.caseload is None:
            return 0
        touches = len(self.caseload.round) + len(self.caseload.waiting)
        needs = math.ceil(touches * self.settings.round_minutes)
        return min(needs, self.minutes // self.settings.round_share)

    # --- the talks

    @functools.cached_property
    def share(self) -> int:
        """
        The fewest minutes of each talk: all of them have their part of the session together.
        """
        together = math.ceil(self.limits.talk * self.minutes / 100)
        cases = len(self.caseload.in_depth) if self.caseload else 0
        count = cases + self.talks.wishes + self.talks.open + self.talks.today
        room = min(ROOM_TO_THINK, self.heading_of_talks.least if self.heading_of_talks else ROOM_TO_THINK)
        return max(room, math.ceil(together / count)) if count else room

    def drafts_of_talks(self, item: StandingItem) -> Iterator[Draft]:
        if self.talks.open:
            needs = max(self.share, self.least_of_chosen_model(None))
            yield self.draft_of_frame(item, "talk", self.title(item), needs=needs)
        for n, thing in enumerate(self.topics[: self.talks.wishes], 1):
            wish = thing.wish
            chosen = self.least_of_chosen_model(None) if n == 1 else 0
            low = max(item.least, self.share, wish.minutes or 0, chosen)
            yield Draft(
                kind="talk",
                line=AgendaLine(key=f"talk-{n}", title=wish.what, least=low, usual=max(item.usual, low)),
                whose=thing.whose,
                function=item.function,
                wish=wish,
                wishes=(wish,),
                shows=item.shows,
            )

    @property
    def has_line_of_today(self) -> bool:
        """
        Whether what cannot wait has a line: it is a talk, unless it is short and there is a heading for what must be.
        """
        if self.file.today is None:
            return False
        return self.talks.today or all(item.kind != "before" for item in self.items)

    def drafts_of_today(self) -> Iterator[Draft]:
        wish = self.file.today
        if wish is None or not self.has_line_of_today:
            return
        low = max(wish.minutes or 5, self.share if self.talks.today else 1)
        usual = max(low, 0 if wish.minutes else 20)
        # The only talk of a session takes whatever time there is.
        alone = self.talks.today and not (self.talks.cases or self.talks.wishes)
        yield Draft(
            kind="talk" if self.talks.today else "today",
            line=AgendaLine(key="today", title=wish.what, least=low, usual=usual, most=None if alone else usual),
            whose="both",
            function=Function.MANAGEMENT,
            page="own-item",
            wish=wish,
            wishes=(wish,),
            shows=2,
        )

    def yields_of(self, item: StandingItem, needed: bool) -> int:
        return 0 if needed and not self.file.today else item.yields
