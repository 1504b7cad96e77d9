"""
What a record is made of: what was written in each place, actions, decisions, and how people signed.
"""

from __future__ import annotations

import enum

import attrs

from reflect.errors import Refused, cap_doubts, cap_notes
from reflect.questions.rings import Ring
from reflect.questions.sets import LONGEST
from reflect.shown import Brief
from reflect.text.prose import Line, clean_typed, settle_lines

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


class Outcome(enum.StrEnum):
    """
    What became of a planned item.
    """

    AS_PLANNED = "as planned"
    CHANGED = "changed"
    NOT_REACHED = "not reached"


@attrs.frozen(kw_only=True)
class ItemRecord(Brief):
    """
    A planned item, and what became of it; None until somebody says.

    Attributes:
        key: Its name on the paper, such as ``item-3``.
        use: What was planned: the key of a model or part.
        minutes: How long it was planned to be.
        outcome: What became of it.
    """

    key: str
    use: str
    minutes: int = attrs.field(validator=[attrs.validators.ge(1), attrs.validators.le(LONGEST)])
    outcome: Outcome | None = None


@attrs.frozen(kw_only=True)
class Action(Brief):
    """
    Who does what by when.

    Attributes:
        what: What is to be done.
        who: Who does it.
        by: By when, as it was written.
        ring: Who may read it.
    """

    what: str = attrs.field(repr=False, converter=clean_typed)
    who: str = attrs.field(repr=False, converter=clean_typed)
    by: str = attrs.field(repr=False, converter=clean_typed)
    ring: Ring = attrs.field(default=Ring.PERSONAL, converter=Ring, metadata={"said_in_files": True})


@attrs.frozen(kw_only=True)
class Decision(Brief):
    """
    What was decided, why, and by whom.

    Attributes:
        what: What was decided.
        why: The reason.
        who: Who decided.
        ring: Who may read it.
    """

    what: str = attrs.field(repr=False, converter=clean_typed)
    why: str = attrs.field(repr=False, converter=clean_typed)
    who: str = attrs.field(repr=False, converter=clean_typed)
    ring: Ring = attrs.field(converter=Ring)


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
    """

    found: tuple[tuple[str, str], ...] = ()
    doubts: tuple[tuple[str, str], ...] = attrs.field(default=(), converter=cap_doubts)
    notes: tuple[str, ...] = attrs.field(default=(), converter=cap_notes)
    changes: int = 0
    people: int = 0
    fingerprint: str = ""

    @property
    def certain(self) -> bool:
        """
        Whether nothing in it needs checking.
        """
        return not self.doubts and not self.notes


#: The roles of those who sign.
SIGNING = ("supervisee", "supervisor")


class Agreement(enum.StrEnum):
    """
    How somebody signs.
    """

    AGREED = "agreed"
    WITH_COMMENTS = "agreed with comments"
    NOT_AGREED = "not agreed"


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
