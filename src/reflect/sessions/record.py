"""
The record of a session: what was said about each item, what was agreed, and who agrees with the record.

Its JSON form is frozen: ``docs/reference/json.md``. Nothing planned counts
as having happened: an item that says nothing has no outcome.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping

import attrs

from reflect.errors import Refused, UnknownKey
from reflect.questions.rings import Reader, Ring, narrows
from reflect.questions.sets import LONGEST, Composable
from reflect.sessions.session import FACTS
from reflect.shown import Shown
from reflect.text.prose import Line as Line
from reflect.text.prose import LineKind as LineKind
from reflect.text.prose import Run as Run
from reflect.text.prose import settled, typed

#: Where what belongs to no question stands in a record: kept, until somebody places it.
UNPLACED = "unplaced"


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
    ring: Ring = attrs.field(converter=Ring)
    lines: tuple[Line, ...] = attrs.field(repr=False, converter=settled)
    asked: str = attrs.field(default="", converter=typed)
    hint: str = attrs.field(default="", converter=typed)
    version: str = ""

    @property
    def text(self) -> str:
        """
        What was written, as plain text: a line each.
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

    what: str = attrs.field(repr=False, converter=typed)
    who: str = attrs.field(repr=False, converter=typed)
    by: str = attrs.field(repr=False, converter=typed)
    ring: Ring = attrs.field(default=Ring.PERSONAL, converter=Ring)


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

    what: str = attrs.field(repr=False, converter=typed)
    why: str = attrs.field(repr=False, converter=typed)
    who: str = attrs.field(repr=False, converter=typed)
    ring: Ring = attrs.field(converter=Ring)


@attrs.frozen(kw_only=True)
class Reading:
    """
    How a record was read from a file.

    Attributes:
        found: How each answer was found, by its key: tag, bookmark or words.
        doubts: What is uncertain, by key; nothing of what was written is in it.
        notes: What is to be known about the file as a whole.
        changes: How many changes were tracked in it, all read as accepted.
        people: By how many people.
        fingerprint: The fingerprint that is printed on it; nothing if there is none.
    """

    found: tuple[tuple[str, str], ...] = ()
    doubts: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    changes: int = 0
    people: int = 0
    fingerprint: str = ""

    @property
    def certain(self) -> bool:
        """
        Whether nothing needs looking at.
        """
        return not self.doubts and not self.notes


#: Who signs: their roles.
SIGNING = ("supervisee", "supervisor")


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
        fingerprint: Of the words they signed, as `reflect.fingerprint` gives it; nothing if it is not known.
    """

    role: str
    agreement: Agreement | None = None
    name: str = attrs.field(default="", repr=False, converter=typed)
    date: str = attrs.field(default="", converter=typed)
    comments: str = attrs.field(default="", repr=False, converter=typed)
    fingerprint: str = attrs.field(default="", repr=False)

    @property
    def says(self) -> bool:
        """
        Whether anything stands there.
        """
        return bool(self.agreement or self.name or self.date or self.comments)


@attrs.frozen(kw_only=True)
class Passing:
    """
    Something that was between the two and was passed on: to whom, why, and that the supervisee was told.

    Attributes:
        key: The place it was written in.
        to: Who it was passed on to, by name or role.
        why: For what reason.
        told: The day the supervisee was told, as it was written.
    """

    key: str
    to: str = attrs.field(repr=False, converter=typed)
    why: str = attrs.field(repr=False, converter=typed)
    told: str = attrs.field(converter=typed)

    def __attrs_post_init__(self) -> None:
        if not (self.to.strip() and self.why.strip() and self.told.strip()):
            three = "somebody's name, a reason and the day the supervisee was told"
            raise Refused(f"nothing is passed on without {three}; say all three")


def _facts(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    order = {name: n for n, name in enumerate(FACTS)}
    known = ((name, typed(text)) for name, text in pairs)
    return tuple(sorted((pair for pair in known if pair[1]), key=lambda pair: order.get(pair[0], len(order))))


def _written(answers: Iterable[Answered]) -> tuple[Answered, ...]:
    return tuple(answered for answered in answers if answered.lines)


def _signing(signed: Iterable[SignOff]) -> tuple[SignOff, ...]:
    return tuple(sign for sign in signed if sign.says)


@attrs.frozen(kw_only=True)
class Record(Shown):
    """
    What a session came to. A place that says nothing is not in it.

    Attributes:
        minutes: How long the session was planned to be.
        facts: What is said about the session, by the names of a session's facts.
        items: What was planned, and what became of each item.
        answers: What was written, each in its ring.
        actions: Who does what by when.
        decisions: What was decided and why.
        signed: How each person signed; who has not said anything is not among them (see `signature`).
        passed: What was passed on of what was between the two.
        document: The kind of paper it was written on.
        wording: The wording of that paper.
        reading: How it was read from a file; None if it was not. It is about one file, and no part of the record.
    """

    minutes: int
    items: tuple[ItemRecord, ...]
    facts: tuple[tuple[str, str], ...] = attrs.field(default=(), repr=False, converter=_facts)
    answers: tuple[Answered, ...] = attrs.field(default=(), converter=_written)
    actions: tuple[Action, ...] = ()
    decisions: tuple[Decision, ...] = ()
    signed: tuple[SignOff, ...] = attrs.field(default=(), converter=_signing)
    passed: tuple[Passing, ...] = ()
    document: str = "record"
    wording: str = "general"
    reading: Reading | None = attrs.field(default=None, eq=False, repr=False)

    @facts.validator
    def _said_once(self, _: object, facts: Iterable[tuple[str, str]]) -> None:
        names = [name for name, _ in facts]
        if len(set(names)) < len(names):
            raise Refused("a record says each fact once")

    @classmethod
    def from_answers(
        cls, what: Composable, answers: Mapping[str, object], *, ring: Ring = Ring.OWN, wording: str = "general"
    ) -> Record:
        """
        Return the record of answers by the keys of their questions, as a form of yours gives them.

        Args:
            what: The model or the set that was asked.
            answers: By the key of a question: a text; for a scale also a number, for a date also a day, for points
                also several texts, and for a tick also true or false. What is blank or None is left out.
            ring: Who may read them; a question may be for fewer.
            wording: The words of the profession that it was asked in.

        Raises:
            Faults: All that is wrong, each with its key; never quoting what was written.
        """
        from reflect.sessions.answering import of_answers  # it makes records, so it needs this module first

        return of_answers(what, answers, ring=ring, wording=wording)

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
            "fingerprint": found.fingerprint,
        }

    def pass_on(self, key: str, ring: Ring | str, *, to: str, why: str, told: str) -> Record:
        """
        Return the record with an answer open to more readers, and with who got it, why, and that its owner was told.

        Args:
            key: The place it was written in.
            ring: Who may read it from now on; everyone who could read it before still can.
            to: Who it is passed on to, by name or role.
            why: For what reason.
            told: The day the supervisee was told.

        Raises:
            UnknownKey: Nothing was written in such a place.
            Refused: One of the three is not said, or the ring is no wider.
        """
        wider = Ring(ring)
        note = Passing(key=key, to=to, why=why, told=told)
        found = next((each for each in self.answers if each.key == key), None)
        if found is None:
            raise UnknownKey(key, tuple(each.key for each in self.answers), "answer")
        if wider is found.ring or not narrows(found.ring, wider):
            raise Refused(f"what is passed on goes from '{found.ring}' to a wider ring, and '{wider}' is none")
        answers = tuple(attrs.evolve(each, ring=wider) if each is found else each for each in self.answers)
        return attrs.evolve(self, answers=answers, passed=(*self.passed, note))

    @property
    def outline(self) -> str:
        """
        The outline it was planned from.
        """
        return " + ".join(f"{item.use}@{item.minutes}" for item in self.items)

    def visible_to(self, reader: Reader) -> Record:
        """
        Return the record as *reader* may see it: what is out of their rings is not there.

        Names, and how each person signed, belong to the personal supervision file. How it was read goes to nobody
        else: it tells of places they may not see.
        """
        personal = reader.sees(Ring.PERSONAL)
        return attrs.evolve(
            self,
            facts=tuple((name, text) for name, text in self.facts if reader.sees(FACTS.get(name, Ring.PERSONAL))),
            reading=None,
            answers=tuple(answered for answered in self.answers if reader.sees(answered.ring)),
            actions=tuple(action for action in self.actions if reader.sees(action.ring)),
            decisions=tuple(decision for decision in self.decisions if reader.sees(decision.ring)),
            signed=self.signed if personal else (),
            passed=self.passed if reader.sees(Ring.PAIR) else (),
        )


def dump(record: Record) -> str:
    """
    Write a record as JSON; `load` reads it back to the same.
    """
    from reflect.interchange.values import to_json  # it knows every kind of value, this one too

    return to_json(record)


def load(text: str, where: str = "record.json") -> Record:
    """
    Read a record from JSON.

    Args:
        text: The JSON.
        where: What to call it in faults: its file name.

    Raises:
        Faults: All that is wrong with it, by path; never quoting what was written.
    """
    from reflect.interchange.values import read_record

    return read_record(text, where)
