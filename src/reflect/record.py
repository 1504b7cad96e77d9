"""
The record of a session: what was said about each item, what was agreed, and who agrees with the record.

Its JSON form is frozen: ``docs/reference/json.md``. Nothing planned counts
as having happened: an item that says nothing has no outcome.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping

import attrs

from reflect.errors import Refused
from reflect.outlines import LONGEST
from reflect.rings import Reader, Ring


class LineKind(enum.StrEnum):
    """
    What a line of an answer is.
    """

    PARAGRAPH = "paragraph"
    BULLET = "bullet"
    NUMBER = "number"


@attrs.frozen(kw_only=True)
class Run:
    """
    Words of one look.

    Attributes:
        text: The words.
        bold: Whether they are bold.
        italic: Whether they are italic.
    """

    text: str = attrs.field(repr=False)
    bold: bool = False
    italic: bool = False


@attrs.frozen(kw_only=True)
class Line:
    """
    One line of an answer.

    Attributes:
        runs: Its words, look by look.
        kind: A paragraph, or an entry of a list.
        level: How deep in lists it stands, from 0.
    """

    runs: tuple[Run, ...] = attrs.field(repr=False)
    kind: LineKind = LineKind.PARAGRAPH
    level: int = attrs.field(default=0, validator=[attrs.validators.ge(0), attrs.validators.le(8)])


@attrs.frozen(kw_only=True)
class Answered:
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
    ring: Ring
    lines: tuple[Line, ...] = attrs.field(repr=False)
    asked: str = ""
    hint: str = ""
    version: str = ""

    @property
    def text(self) -> str:
        """
        What was written, as plain text: a line each.
        """
        return "\n".join("".join(run.text for run in line.runs) for line in self.lines)


class Outcome(enum.StrEnum):
    """
    What became of a planned item.
    """

    AS_PLANNED = "as planned"
    CHANGED = "changed"
    NOT_REACHED = "not reached"


@attrs.frozen(kw_only=True)
class ItemRecord:
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
class Action:
    """
    Who does what by when.

    Attributes:
        what: What is to be done.
        who: Who does it.
        by: By when, as it was written.
        ring: Who may read it.
    """

    what: str = attrs.field(repr=False)
    who: str = attrs.field(repr=False)
    by: str = attrs.field(repr=False)
    ring: Ring = Ring.PERSONAL


@attrs.frozen(kw_only=True)
class Decision:
    """
    What was decided, why, and by whom.

    Attributes:
        what: What was decided.
        why: The reason.
        who: Who decided.
        ring: Who may read it.
    """

    what: str = attrs.field(repr=False)
    why: str = attrs.field(repr=False)
    who: str = attrs.field(repr=False)
    ring: Ring


class Agreement(enum.StrEnum):
    """
    How somebody signs.
    """

    AGREED = "agreed"
    WITH_COMMENTS = "agreed with comments"
    NOT_AGREED = "not agreed"


@attrs.frozen(kw_only=True)
class SignOff:
    """
    One person's word on the record. Comments stand beside it always, never only when it is a no.

    Attributes:
        role: Whose word it is: supervisee or supervisor.
        agreement: How they sign; None until they do.
        name: Their name.
        date: When they signed, as it was written.
        comments: What they add.
    """

    role: str
    agreement: Agreement | None = None
    name: str = attrs.field(default="", repr=False)
    date: str = ""
    comments: str = attrs.field(default="", repr=False)


@attrs.frozen(kw_only=True)
class Record:
    """
    What a session came to.

    Attributes:
        minutes: How long the session was planned to be.
        facts: What is said about the session, by the names of a session's facts.
        items: What was planned, and what became of each item.
        answers: What was written, each in its ring.
        actions: Who does what by when.
        decisions: What was decided and why.
        signed: How each person signed.
        document: The kind of paper it was written on.
        wording: The wording of that paper.
    """

    minutes: int
    items: tuple[ItemRecord, ...]
    facts: tuple[tuple[str, str], ...] = attrs.field(default=(), repr=False)
    answers: tuple[Answered, ...] = ()
    actions: tuple[Action, ...] = ()
    decisions: tuple[Decision, ...] = ()
    signed: tuple[SignOff, ...] = ()
    document: str = "record"
    wording: str = "general"

    @facts.validator
    def _said_once(self, _: object, facts: Iterable[tuple[str, str]]) -> None:
        names = [name for name, _ in facts]
        if len(set(names)) < len(names):
            raise Refused("a record says each fact once")

    def answer(self, key: str) -> str:
        """
        Return what was written in a place, as plain text; nothing if nothing was.
        """
        return next((answered.text for answered in self.answers if answered.key == key), "")

    def outcome(self, key: str) -> str:
        """
        Return what became of an item, or nothing.
        """
        return next((str(item.outcome or "") for item in self.items if item.key == key), "")

    def signature(self, role: str) -> Mapping[str, str]:
        """
        Return how somebody signed: value, name, date and comments, empty where nothing is.
        """
        found = next((sign for sign in self.signed if sign.role == role), SignOff(role=role))
        return {
            "value": str(found.agreement or ""),
            "name": found.name,
            "date": found.date,
            "comments": found.comments,
        }

    @property
    def outline(self) -> str:
        """
        The outline it was planned from.
        """
        return " + ".join(f"{item.use}@{item.minutes}" for item in self.items)

    def visible_to(self, reader: Reader) -> Record:
        """
        Return the record as *reader* may see it: what is out of their rings is not there.

        Names, and how each person signed, belong to the personal supervision file.
        """
        personal = reader.sees(Ring.PERSONAL)
        return attrs.evolve(
            self,
            answers=tuple(answered for answered in self.answers if reader.sees(answered.ring)),
            actions=tuple(action for action in self.actions if reader.sees(action.ring)),
            decisions=tuple(decision for decision in self.decisions if reader.sees(decision.ring)),
            signed=self.signed if personal else (),
        )


def dump(record: Record) -> str:
    """
    Write a record as JSON; `load` reads it back to the same.
    """
    from reflect.interchange import to_json  # it knows every kind of value, this one too

    return to_json(record)


def load(text: str, where: str = "record.json") -> Record:
    """
    Read a record from JSON.

    Raises:
        Faults: All that is wrong with it, by path; never quoting what was written.
    """
    from reflect.interchange import read_record

    return read_record(text, where)
