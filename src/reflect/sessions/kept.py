"""
What is kept of a plan until its session is closed: it is between the two, or with the group, and no paper.

It is how words that stand on no record come back next time, and how a session that moves keeps its calendar entry.
"""

from __future__ import annotations

import datetime

import attrs

from reflect.errors import Refused
from reflect.questions.rings import Reader, Ring
from reflect.questions.rings import reader as reader_of
from reflect.sessions.brought import Brought, day_of_id
from reflect.sessions.parts import Decision
from reflect.sessions.session import Session
from reflect.sessions.support import Support
from reflect.shown import Brief, Shown
from reflect.text.links import shorten_links


@attrs.frozen(kw_only=True)
class KeptLine(Brief):
    """
    What an item of a plan is.

    Attributes:
        kind: A kind of standing item, or ``today`` or ``item``.
        family: The case or family that it is about, if it is a talk in depth.
    """

    kind: str
    family: str = attrs.field(default="", repr=False)


@attrs.frozen(kw_only=True)
class KeptPlan(Shown):
    """
    A session as it was planned, and what the next plan has to know of it.

    Attributes:
        date: The day it was planned for, such as ``2026-03-04``.
        session: What was planned.
        profile: The name of the profile it was planned with.
        wording: The words of the profession, if they are not those of the profile: a name, or a file.
        nation: Where the two work, if it was said.
        people: How many were to be in the room.
        place: Where, as it was given: papers may have it shortened.
        part: Which part of the series it is in: a new supervisor begins a new one.
        calendar: The random id of its calendar entry.
        revision: How many times it was moved since that entry was first made.
        counts: How often each action that is still open was carried over, by its id. No paper has it.
        unconfirmed: Decisions made between sessions that one of the two has still to confirm.
        support: Support that was agreed before and has not ended.
        lines: What each of its items is, in order; empty if that is not known.
        urgent: The ids of what must not wait, in order; None if that is not known, as of an earlier plan.
        left_out: The kinds of headings, and the ids of topics, that somebody left out of it; None if that is not known.
    """

    _in_line = ("date", "session")

    date: str = attrs.field(validator=attrs.validators.matches_re(r"\d{4}-\d\d-\d\d"))
    session: Session
    profile: str = "general"
    wording: str = ""
    nation: str = ""
    people: int = attrs.field(default=2, validator=attrs.validators.ge(2))
    place: str = ""
    part: int = attrs.field(default=1, validator=attrs.validators.ge(1))
    calendar: str = attrs.field(default="", repr=False)
    revision: int = attrs.field(default=0, validator=attrs.validators.ge(0))
    counts: tuple[tuple[str, int], ...] = attrs.field(default=(), repr=False)
    unconfirmed: tuple[Decision, ...] = ()
    support: tuple[Support, ...] = ()
    lines: tuple[KeptLine, ...] = ()
    urgent: tuple[str, ...] | None = attrs.field(default=None, repr=False)
    left_out: tuple[str, ...] | None = attrs.field(default=None, repr=False)

    def __attrs_post_init__(self) -> None:
        try:
            datetime.date.fromisoformat(self.date)
        except ValueError:
            raise Refused("there is no such day as that of this plan; write it like 2026-03-04") from None

    @property
    def day(self) -> datetime.date:
        """
        The day it was planned for.
        """
        return datetime.date.fromisoformat(self.date)

    @property
    def series(self) -> str:
        """
        The code of the series it belongs to; empty if it has none.
        """
        return self.session.series

    @property
    def brought(self) -> tuple[Brought, ...]:
        """
        What people brought, whether it had room or not.
        """
        return self.session.brought

    def visible_to(self, reader: Reader | str) -> KeptPlan:
        """
        Return the plan as *reader* may see it; how often anything was carried over is for those who were there alone.

        Args:
            reader: Who sees it: a reader, or the name of one, such as ``"supervisor"``.

        Raises:
            UnknownKey: No reader has the name.
        """
        reader = reader_of(reader)
        were_there = reader.sees(Ring.PAIR) or reader.sees(Ring.GROUP)
        known = {action.id for action in self.session.before if were_there and reader.sees(action.ring)}
        session = self.session.visible_to(reader)
        topics = {each.topic.id for each in session.brought}
        # A heading that is out tells what the session is for: only some occasions have it.
        known_for = were_there and reader.sees(self.session.known)
        return attrs.evolve(
            self,
            session=session,
            counts=tuple((name, times) for name, times in self.counts if name in known),
            unconfirmed=tuple(each for each in self.unconfirmed if reader.sees(each.ring)),
            support=tuple(each for each in self.support if reader.sees(each.ring)),
            lines=self._lines_for(reader),
            urgent=self.urgent and tuple(each for each in self.urgent if each in topics),
            left_out=self.left_out
            and tuple(each for each in self.left_out if each in topics or (known_for and day_of_id(each) is None)),
            # A link lets people in.
            place=self.place if were_there or reader.sees(Ring.PERSONAL) else shorten_links(self.place),
        )

    def _lines_for(self, reader: Reader) -> tuple[KeptLine, ...]:
        """
        What each item is that a reader sees; a group learns of no case that is not its own.
        """
        if reader.sees(Ring.PAIR) or not reader.sees(Ring.GROUP):
            return self.lines if reader.sees(Ring.PAIR) else ()
        items = self.session.visible_to(reader).items
        if not all(item.kind for item in items):
            return self.lines
        return tuple(
            KeptLine(
                kind=item.kind, family=item.brought[0].topic.title if item.kind == "depth" and item.brought else ""
            )
            for item in items
        )
