"""
What a record is made of: what was written in each place, actions, decisions, and how people signed.
"""

from __future__ import annotations

import datetime
import enum
import re
from collections.abc import Mapping

import attrs

from reflect.errors import Refused, cap_doubts, cap_notes
from reflect.questions.rings import Reader, Ring
from reflect.questions.rings import reader as reader_of
from reflect.questions.sets import LONGEST
from reflect.sessions.brought import PIECE_OF_WORK, Brought, Outcome, cut_brought
from reflect.sessions.next_time import read_until
from reflect.sessions.typed import read_day
from reflect.shown import Brief
from reflect.text.prose import Line, clean_typed, day_in_words, settle_lines

#: Until when something holds, at the end of what was written.
_UNTIL = re.compile(r".*\b(?:until|till)\s+(\S.*?)[.\s]*", re.DOTALL | re.IGNORECASE)
#: The place in a record for text under no question; it is kept there until somebody moves it.
UNPLACED = "unplaced"


@attrs.frozen(kw_only=True)
class Answered(Brief):
    """
    What was written in one place.

    Attributes:
        key: The place: ``item-3``, or a question's key.
        ring: Who may read it.
        lines: What was written.
        asked: The wording as it was shown then.
        hint: The hint as it was shown then.
        version: The version of the page it came from.
    """

    key: str
    ring: Ring = attrs.field(converter=Ring)
    lines: tuple[Line, ...] = attrs.field(repr=False, converter=settle_lines)
    asked: str = attrs.field(default="", converter=clean_typed)
    hint: str = attrs.field(default="", converter=clean_typed)
    version: str = ""

    @property
    def text(self) -> str:
        """
        What was written, as plain text, line by line.
        """
        return "\n".join(line.text for line in self.lines)


@attrs.frozen(kw_only=True)
class ItemRecord(Brief):
    """
    A planned item, and what became of it; None until somebody says.

    Attributes:
        key: Its name on the paper, such as ``item-3``.
        use: What was planned: the key of a model or part; empty for a reader who may not know it.
        minutes: How long it was planned to be; 0 if that is not known.
        outcome: What became of it, as it was ticked on the paper.
        until: Until when it was put off, as it was written on the paper.
        brought: What people brought that was to be talked about in it, each in its ring.
    """

    key: str
    use: str
    minutes: int = attrs.field(validator=[attrs.validators.ge(0), attrs.validators.le(LONGEST)])
    outcome: Outcome | None = None
    until: str = attrs.field(default="", repr=False, converter=clean_typed)
    brought: tuple[Brought, ...] = ()

    def visible_to(self, reader: Reader | str) -> ItemRecord:
        """
        Return the item without the topics that *reader* may not see, and without what became of it unless they may read
        the supervision file or are of the group, and its first topic: what people reached is their own business.

        Args:
            reader: Who sees it: a reader, or the name of one, such as ``"supervisor"``.

        Raises:
            UnknownKey: No reader has the name.
        """
        reader = reader_of(reader)
        theirs = reader.sees(Ring.PERSONAL) or reader.sees(Ring.GROUP) or reader.sees(Ring.PAIR)
        brought = cut_brought(self.brought, reader)
        whole = theirs and all(reader.sees(each.topic.ring) for each in self.brought[:1])
        # A piece of work is asked about in the supervision file too, though not by its name.
        known = whole or (theirs and any(each.topic.id == PIECE_OF_WORK for each in brought[:1]))
        return attrs.evolve(
            self, outcome=self.outcome if known else None, until=self.until if whole else "", brought=brought
        )


class ActionState(enum.StrEnum):
    """
    What has become of an action.
    """

    OPEN = "open"
    NOT_YET = "not yet"
    DONE = "done"
    CHANGED = "changed"
    DROPPED = "dropped"


@attrs.frozen(kw_only=True)
class Action(Brief):
    """
    Who does what by when.

    Attributes:
        what: What is to be done.
        who: Who does it.
        by: By when, as it was written.
        ring: Who may read it.
        id: Its name all the way round, such as ``2026-03-04.s1``; empty if it has none yet.
        agreed: Where and when it was agreed, as it was written.
        state: What has become of it; "open" if nothing was said.
        case: The case it is about, by reference.
    """

    what: str = attrs.field(repr=False, converter=clean_typed)
    who: str = attrs.field(repr=False, converter=clean_typed)
    by: str = attrs.field(repr=False, converter=clean_typed)
    ring: Ring = attrs.field(default=Ring.PERSONAL, converter=Ring, metadata={"said_in_files": True})
    id: str = ""
    agreed: str = attrs.field(default="", repr=False, converter=clean_typed)
    state: ActionState = attrs.field(default=ActionState.OPEN, converter=ActionState)
    case: str = attrs.field(default="", repr=False, converter=clean_typed)

    @property
    def open(self) -> bool:
        """
        Whether it is still to be done.
        """
        return self.state in (ActionState.OPEN, ActionState.NOT_YET)


@attrs.frozen(kw_only=True)
class Decision(Brief):
    """
    What was decided, why, and by whom. One about a case belongs to the case, also when neither of the two made it.

    Attributes:
        what: What was decided.
        why: The reason.
        who: Who decided.
        ring: Who may read it.
        id: Its name all the way round; empty if it has none yet.
        about: The case it is about, by reference.
        when: When it was decided, as it was written.
        rather_than: What was not done instead.
        replaced_by: The id of the decision that replaced it.
        confirmed: Whether both have confirmed it; None if nobody has to.
    """

    what: str = attrs.field(repr=False, converter=clean_typed)
    why: str = attrs.field(repr=False, converter=clean_typed)
    who: str = attrs.field(repr=False, converter=clean_typed)
    ring: Ring = attrs.field(converter=Ring)
    id: str = ""
    about: str = attrs.field(default="", repr=False, converter=clean_typed)
    when: str = attrs.field(default="", repr=False, converter=clean_typed)
    rather_than: str = attrs.field(default="", repr=False, converter=clean_typed)
    replaced_by: str = ""
    confirmed: bool | None = None

    @property
    def until(self) -> str:
        """
        Until when it holds, as it was written at its end: "20 March" of "no new work until 20 March".
        """
        found = _UNTIL.fullmatch(self.what)
        return found[1] if found else ""

    @property
    def ends(self) -> datetime.date | None:
        """
        The last day on which it holds; None if no day was written, or more than a day.
        """
        day = read_day(self.when)
        return read_until(self.until, day) if day and self.until else None


@attrs.frozen(kw_only=True)
class Reading(Brief):
    """
    How a record was read from a file.

    Attributes:
        found: How each answer was found, by its key: tag, bookmark or words.
        doubts: What is uncertain, by key, without quoting what was written: the first hundred, and how many more.
        notes: What to know about the file as a whole, up to a hundred too.
        changes: How many tracked changes it has; all were read as accepted.
        people: How many people made those changes.
        fingerprint: The fingerprint printed on it; empty if there is none.
        state: Whether it is closed, and what on it has changed since.
    """

    found: tuple[tuple[str, str], ...] = ()
    doubts: tuple[tuple[str, str], ...] = attrs.field(default=(), converter=cap_doubts)
    notes: tuple[str, ...] = attrs.field(default=(), converter=cap_notes)
    changes: int = 0
    people: int = 0
    fingerprint: str = ""
    state: PaperState = attrs.field(factory=lambda: PaperState())

    @property
    def certain(self) -> bool:
        """
        Whether nothing in it needs checking.
        """
        return not self.doubts and not self.notes


@attrs.frozen(kw_only=True)
class Closing(Brief):
    """
    That the words of a record were closed, so that people can sign them.

    Attributes:
        day: The day they were closed, such as ``2026-03-05``; empty if the paper does not say, as one of an earlier
            version, which has a fingerprint only.
        fingerprint: The fingerprint that they had, as `reflect.fingerprint` gives it.
        ring: Who may read the paper that was closed, and so its fingerprint.
    """

    day: str = ""
    fingerprint: str = attrs.field(default="", repr=False)
    ring: Ring = attrs.field(default=Ring.PERSONAL, converter=Ring)


@attrs.frozen(kw_only=True)
class Change(Brief):
    """
    Something on a paper that is not as it was closed, in words that people see on it. What was written is never quoted.

    Attributes:
        where: The place: a question, such as ``"What to say to the school"``, or ``row 2 of the actions: by when``.
        what: What happened to it, in a few words, such as ``was changed``.
    """

    _in_line = ("where", "what")

    where: str
    what: str = "was changed"

    def __str__(self) -> str:
        return f"{self.where} {self.what}"


class Standing(enum.StrEnum):
    """
    What a paper says of whether its words are settled.
    """

    #: It was not closed: it proves nothing, and nothing is wrong with that.
    OPEN = "not closed"
    CLOSED = "closed"
    #: An earlier version printed a fingerprint on it, and nothing else.
    EARLIER = "has a fingerprint of an earlier version"
    #: A program kept the fingerprint that is printed on it, and dropped what its file said.
    LOST = "no longer says that it was closed"


@attrs.frozen(kw_only=True)
class PaperState(Brief):
    """
    Whether a paper is closed, and what on it has changed since.

    Attributes:
        standing: What it says of that.
        day: The day it was closed; None if it does not say.
        changes: What is not as it was closed.
        matches: Whether its words are those of its fingerprint; None if there is none, or too much was lost to say so.
    """

    _in_line = ("standing", "changes")

    standing: Standing = Standing.OPEN
    day: datetime.date | None = None
    changes: tuple[Change, ...] = ()
    matches: bool | None = None

    @property
    def closed(self) -> bool:
        """
        Whether it was closed, and can show whether it is as it was then.
        """
        return self.standing in (Standing.CLOSED, Standing.EARLIER)

    @property
    def unchanged(self) -> bool:
        """
        Whether it was closed, and is as it was then.
        """
        return self.closed and not self.changes

    @property
    def since(self) -> str:
        """
        Since when its words are settled, in words.
        """
        return f"it was closed on {day_in_words(self.day)}" if self.day else "its fingerprint was printed"

    def __str__(self) -> str:
        match self.standing:
            case Standing.OPEN:
                return "not closed"
            case Standing.LOST if self.matches:
                return "it no longer says that it was closed; its words are those of the fingerprint printed on it"
            case Standing.LOST:
                return "it no longer says that it was closed"
            case _:
                return f"{'unchanged' if self.unchanged else 'changed'} since {self.since}"


#: The roles of those who sign.
SIGNING = ("supervisee", "supervisor")


class Agreement(enum.StrEnum):
    """
    How somebody signs.
    """

    AGREED = "agreed"
    WITH_COMMENTS = "agreed with comments"
    NOT_AGREED = "not agreed"

    @classmethod
    def of_option(cls, option: str) -> Agreement | None:
        """
        Return how somebody signs who ticked an option, as papers have it; None if it is not one of these.
        """
        brief = {"signed": cls.AGREED, "with comments": cls.WITH_COMMENTS, "not signed": cls.NOT_AGREED}
        return brief.get(option) or (cls(option) if option in tuple(cls) else None)


@attrs.frozen(kw_only=True)
class SignOff(Brief):
    """
    One person's word on the record. There is always room for comments, and not only for a no.

    Attributes:
        role: Whose word it is: supervisee or supervisor.
        agreement: How they sign; None until they do.
        name: Their name.
        date: When they signed, as it was written.
        comments: What they add.
        fingerprint: That of the words they signed, as `reflect.fingerprint` gives it; empty if it is not known.
    """

    role: str
    agreement: Agreement | None = None
    name: str = attrs.field(default="", repr=False, converter=clean_typed)
    date: str = attrs.field(default="", converter=clean_typed)
    comments: str = attrs.field(default="", repr=False, converter=clean_typed)
    fingerprint: str = attrs.field(default="", repr=False)

    @property
    def says(self) -> bool:
        """
        Whether anything was filled in.
        """
        return bool(self.agreement or self.name or self.date or self.comments)


#: How somebody signed, as a program may say it.
SignedAs = SignOff | Mapping[str, object] | Agreement | str | None


@attrs.frozen(kw_only=True)
class Passing(Brief):
    """
    Something that was between the two and was passed on: to whom, why, and that the supervisee was told.

    Attributes:
        key: The place it was written in.
        to: Who it was passed on to, by name or role.
        why: For what reason.
        told: The day the supervisee was told, as it was written.
    """

    key: str
    to: str = attrs.field(repr=False, converter=clean_typed)
    why: str = attrs.field(repr=False, converter=clean_typed)
    told: str = attrs.field(converter=clean_typed)

    def __attrs_post_init__(self) -> None:
        if not (self.to.strip() and self.why.strip() and self.told.strip()):
            three = "somebody's name, a reason and the day the supervisee was told"
            raise Refused(f"nothing is passed on without {three}; say all three")
