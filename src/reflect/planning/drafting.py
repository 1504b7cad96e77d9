"""
The lines that an agenda wants, before their minutes are known.
"""

from __future__ import annotations

import datetime
import functools
import math
from collections.abc import Iterator

import attrs

from reflect.pages.catalogues import Catalogue
from reflect.planning.caseload import Caseload, Talk, line_for
from reflect.planning.minutes import AgendaLine
from reflect.planning.profiles import Profile, StandingItem
from reflect.planning.session_file import SessionFile, Wish
from reflect.questions.half_hours import least_in_short
from reflect.questions.question import Function
from reflect.questions.rings import Ring
from reflect.questions.timetable import least
from reflect.shown import Brief

#: Least and usual minutes for something that cannot wait, unless somebody says how long it needs.
_TODAY = (10, 20)
#: The supervisor's items are dropped after the talks in depth, but before anything that is always there.
_SUPERVISORS = 3


@attrs.frozen(kw_only=True)
class Draft(Brief):
    """
    A line before its minutes: what it is, and how much time it wants.

    Attributes:
        shows: How many of its questions it shows.
        room_for_cases: How many of its minutes are for touching cases, at most.
        presses: Whether these take time from what people bring.
    """

    kind: str
    line: AgendaLine
    whose: str
    function: Function
    page: str = ""
    talk: Talk | None = None
    wishes: tuple[Wish, ...] = ()
    wish: Wish | None = None
    shows: int = 1
    room_for_cases: int = 0
    presses: bool = False


def hides_owner(wish: Wish) -> bool:
    """
    Tell whether something is between the two, or of a case, so that the supervision file does not say who brought it:
    its time and its place must not show that either.
    """
    return wish.ring in (Ring.PAIR, Ring.CASE)


def model_for(file: SessionFile, talk: Talk | None) -> str:
    """
    Return the model chosen for a family, for one of its cases, or for the talk without a case; empty if none was.
    """
    names = (talk.family, *(case.ref for case in talk.cases)) if talk else ("talk",)
    return next((file.models[name] for name in names if name in file.models), "")


@attrs.frozen
class Drafting(Brief):
    """
    The lines of one session, each with the time it wants.
    """

    file: SessionFile
    settings: Profile
    models: Catalogue
    caseload: Caseload | None
    minutes: int

    def drafts(self) -> Iterator[Draft]:
        items = self.items
        for place, item in enumerate(items):
            if self.file.today and place == (1 if items[0].kind == "arrive" else 0):
                yield _draft_what_cannot_wait(self.file.today)
            yield from self.drafts_of_item(item, place)
        if all(item.kind != "items" for item in items):
            # They must not be lost, even if the profile has no place for them.
            yield from self.drafts_of_wishes(StandingItem(kind="items", page="own-item", least=5, usual=8, most=15))

    def drafts_of_item(self, item: StandingItem, place: int) -> Iterator[Draft]:
        match item.kind:
            case "items":
                yield from self.drafts_of_wishes(item)
            case "depth":
                for n, talk in enumerate(self.caseload.in_depth if self.caseload else (), 1):
                    needs = self.least_of_chosen_model(talk)
                    yield self.draft_of_frame(item, f"depth-{n}", f"In depth: {talk.family}", talk=talk, needs=needs)
            case "round":
                if self.caseload and "round" in self.kinds:
                    yield self.draft_of_round(item, self.caseload)
            case kind if kind in self.kinds:
                needs = self.least_of_chosen_model(None) if kind == "talk" and not item.page else 0
                yield self.draft_of_frame(item, f"{kind}-{place}", self.title(item), needs=needs)

    @functools.cached_property
    def items(self) -> tuple[StandingItem, ...]:
        return tuple(item for item in self.settings.items if item.kind not in self.file.without)

    @functools.cached_property
    def kinds(self) -> frozenset[str]:
        return frozenset(item.kind for item in self.items if self.has_something(item))

    def has_something(self, item: StandingItem) -> bool:
        in_depth = bool(self.caseload and self.caseload.in_depth)
        match item.kind:
            case "round":
                return bool(self.caseload and (self.caseload.round or self.caseload.waiting))
            case "talk":
                return bool(item.page) or not in_depth
            case "depth":
                return in_depth
        return True

    @functools.cached_property
    def brought(self) -> dict[str, list[tuple[str, Wish]]]:
        """
        What each of the two brings, by the line that takes it in; under "", what has a line of its own.
        """
        brought: dict[str, list[tuple[str, Wish]]] = {}
        for whose, wish in self.in_order():
            brought.setdefault(self.host(wish), []).append((whose, wish))
        return brought

    def in_order(self) -> Iterator[tuple[str, Wish]]:
        """
        Everything that is brought to this session, in its order: what was put off before comes first.
        """
        theirs = self.file.supervisor_items
        for whose, wishes in (
            ("supervisee", self.file.supervisee_items),
            ("supervisor", [wish for wish in theirs if hides_owner(wish)]),
            ("supervisor", [wish for wish in theirs if not hides_owner(wish)]),
        ):
            known = (wish for wish in wishes if not wish.when)
            yield from ((whose, wish) for wish in sorted(known, key=lambda each: each.since or datetime.date.max))

    def wishes_in(self, host: str) -> tuple[Wish, ...]:
        return tuple(wish for _, wish in self.brought.get(host, ()))

    @functools.cached_property
    def hosts_of_supervisee(self) -> frozenset[str]:
        """
        The lines that take in what the supervisee brings, or what does not show who brought it.
        """
        others = filter(hides_owner, self.file.supervisor_items)
        return frozenset(self.host(wish) for wish in (*self.file.supervisee_items, *others) if not wish.when)

    def host(self, wish: Wish) -> str:
        """
        The line that takes an item in: a standing item, a family with a talk, or the round; empty if it has its own.
        """
        return line_for(wish.under, self.kinds - {"items", "depth", "frame"}, self.caseload, ("round",))

    def title(self, item: StandingItem) -> str:
        """
        What a standing item is called: by its profile, or else by its page.
        """
        own = self.models.load(item.page).questions.title if item.page else ""
        return item.title or own or ("Time to think" if item.kind == "talk" else item.kind.capitalize())

    def least_of_chosen_model(self, talk: Talk | None) -> int:
        chosen = model_for(self.file, talk)
        if chosen in self.models:
            return least_in_short(self.models.model(chosen))
        return least(self.models.load(chosen)) if chosen else 0

    def drafts_of_wishes(self, item: StandingItem) -> Iterator[Draft]:
        """
        The items that have a line of their own, the supervisee's first.
        """
        for n, (whose, wish) in enumerate(self.brought.get("", ()), 1):
            low, usual, most, yields = item.least, item.usual, item.most, int(self.file.today is not None)
            if whose == "supervisor" and not hides_owner(wish):
                low, usual, yields = min(low, 3), min(usual, 5), _SUPERVISORS
            elif wish.id and wish.since and wish.since < self.file.date:
                # It came back by itself: if there is no room it waits once more, and nobody has to write a file.
                yields = max(yields, 1)
            if wish.minutes:
                low = usual = most = wish.minutes
            yield Draft(
                kind="item",
                line=AgendaLine(key=f"item-{n}", title=wish.what, least=low, usual=usual, most=most, yields=yields),
                whose=whose,
                function=item.function,
                page=item.page,
                wish=wish,
                wishes=(wish,),
            )

    def draft_of_frame(
        self, item: StandingItem, key: str, title: str, *, talk: Talk | None = None, needs: int = 0
    ) -> Draft:
        """
        A line of the frame, or a talk: never dropped if it holds an item that the supervisee brought or chose.
        """
        host = talk.family if talk else item.kind
        wishes = self.wishes_in(host)
        more = math.ceil(item.each * (self.file.people if item.each else 0))
        low = max(item.least + more, sum(wish.minutes or 0 for wish in wishes), needs)
        usual = max(item.usual + more, low)
        most = None if item.most is None else max(item.most + more, usual)
        needed = host in self.hosts_of_supervisee or bool(talk and talk.chosen)
        yields = self.yields_of(item, needed)
        return Draft(
            kind=item.kind,
            line=AgendaLine(key=key, title=title, least=low, usual=usual, most=most, yields=yields),
            whose=("supervisee" if talk.chosen else "supervisor") if talk else item.whose,
            function=item.function,
            page=item.page,
            talk=talk,
            wishes=wishes,
            shows=item.shows,
        )

    def yields_of(self, item: StandingItem, needed: bool) -> int:
        """
        How soon a line is dropped: one that holds an item of the supervisee never is.
        """
        yields = 0 if needed else item.yields
        if self.file.today and item.kind not in ("arrive", "close"):
            # What cannot wait may displace anything: first what yields anyway, and last of all how people are.
            return 1 if item.kind == "wellbeing" else yields + 2
        return yields

    def draft_of_round(self, item: StandingItem, caseload: Caseload) -> Draft:
        """
        A minute or two for each case that has to be touched, but never more than the round's share of the session.
        """
        cap = max(1, self.minutes // self.settings.round_share)
        wants = math.ceil((len(caseload.round) + len(caseload.waiting)) * self.settings.round_minutes)
        most = min(cap, max(item.least, wants))
        low = min(most, item.usual)
        yields = (0 if "round" in self.hosts_of_supervisee else item.yields) + 2 * bool(self.file.today)
        return Draft(
            kind="round",
            line=AgendaLine(key="round", title=self.title(item), least=low, usual=most, most=most, yields=yields),
            whose=item.whose,
            function=item.function,
            page=item.page,
            wishes=self.wishes_in("round"),
            room_for_cases=self.minutes,
        )


def _draft_what_cannot_wait(wish: Wish) -> Draft:
    low, usual = (wish.minutes, wish.minutes) if wish.minutes else _TODAY
    line = AgendaLine(key="today", title=wish.what, least=low, usual=usual, most=wish.minutes)
    return Draft(kind="today", line=line, whose="both", function=Function.MANAGEMENT, page="own-item", wish=wish)
