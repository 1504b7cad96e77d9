"""
The record of a session: what was said about each item, what was agreed, and who agrees with the record.

Its JSON form is frozen: ``docs/reference/json.md``. Nothing counts as having happened
just because it was planned: an item has no outcome until somebody says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import attrs

from reflect.errors import Refused, UnknownKey
from reflect.faces import OfSessions
from reflect.questions.rings import Reader, Ring, narrows
from reflect.questions.rings import reader as reader_of
from reflect.questions.sets import Composable, QuestionSet
from reflect.sessions.acting import actions_seen
from reflect.sessions.answering import read_answers
from reflect.sessions.brought import DECIDED, OF_TALK, Brought, Outcome
from reflect.sessions.deciding import decisions_in_answers
from reflect.sessions.facts import FACTS, SERIES_RINGS
from reflect.sessions.parts import (
    Action,
    ActionState,
    Answered,
    Closing,
    Decision,
    ItemRecord,
    Passing,
    Reading,
    SignedAs,
    SignOff,
)
from reflect.shown import Shown
from reflect.text.prose import Words, clean_typed

if TYPE_CHECKING:
    from reflect.pages.catalogues import Catalogue
    from reflect.questions.wordings import Wording
    from reflect.sessions.session import Session

#: Whoever reads one of these may know the items of a session: the two, their file, and a group.
_RINGS_OF_ITEMS = (Ring.OWN, Ring.PAIR, Ring.PERSONAL, Ring.GROUP)


#: The papers that say what a session is to be about: nothing follows from them, and nobody signs them.
AGENDAS = (
    "agenda",
    "agenda-of-first",
    "agenda-of-several",
    "agenda-of-today",
    "group-agenda",
    "group-agenda-of-today",
)
#: The paper of a day on which something has happened.
RECORD_OF_TODAY = "record-of-today"
#: The papers that a session of two is recorded on.
RECORDS_OF_TWO = ("record", "record-of-several", RECORD_OF_TODAY, "short-record")
#: Those that the session of a group is recorded on: nobody signs them.
RECORDS_OF_GROUPS = ("group-record", "restorative-record")
#: What says on which kind of paper a record was written.
_KINDS_OF_PAPER = ("document", "claimed")


def is_of_group(document: str) -> bool:
    """
    Tell whether a kind of paper is one of a group's session.
    """
    return document in RECORDS_OF_GROUPS or document.startswith("group")


def _usual_kind(document: str) -> str:
    """
    Return the kind of paper that an ordinary session has, instead of that of a special one.
    """
    return document and ("group-record" if is_of_group(document) else "record")


def _settle_facts(pairs: Iterable[tuple[str, Words]]) -> tuple[tuple[str, str], ...]:
    order = {name: n for n, name in enumerate(FACTS)}
    known = ((name, clean_typed(text)) for name, text in pairs)
    return tuple(sorted((pair for pair in known if pair[1]), key=lambda pair: order.get(pair[0], len(order))))


def _answers_with_text(answers: Iterable[Answered]) -> tuple[Answered, ...]:
    return tuple(answered for answered in answers if answered.lines)


def _signatures_that_say_something(signed: Iterable[SignOff]) -> tuple[SignOff, ...]:
    return tuple(sign for sign in signed if sign.says)


@attrs.frozen(kw_only=True)
class Record(Shown):
    """
    What came of a session. Empty places are left out.

    Attributes:
        minutes: How long the session was planned to be.
        facts: What is known about the session, by the names of a session's facts.
        items: What was planned, and what became of each item.
        answers: What was written, each in its ring.
        before: What was agreed before and was still open, with what was said of it.
        actions: Who does what by when, as it was agreed this time.
        decisions: What was decided and why.
        signed: How each person signed, without those who have not yet (see `signature`).
        passed: What was between the two but was passed on.
        document: The kind of paper it was written on.
        wording: The wording of that paper.
        series: The code of the series it belongs to; empty if it has none.
        closed: When its words were closed, and their fingerprint; None if they were not.
        claimed: The kind of paper that somebody said it was read from, because the file did not say so itself.
        asks: What was asked, for answers that a form sent; None for the record of a session.
        reading: How it was read from a file; None if it was not. It is about one file, and not part of the record.
    """

    minutes: int
    items: tuple[ItemRecord, ...]
    facts: tuple[tuple[str, str], ...] = attrs.field(default=(), repr=False, converter=_settle_facts)
    answers: tuple[Answered, ...] = attrs.field(default=(), converter=_answers_with_text)
    actions: tuple[Action, ...] = ()
    decisions: tuple[Decision, ...] = ()
    signed: tuple[SignOff, ...] = attrs.field(default=(), converter=_signatures_that_say_something)
    passed: tuple[Passing, ...] = ()
    document: str = "record"
    wording: str = "general"
    claimed: str = ""
    before: tuple[Action, ...] = ()
    series: str = attrs.field(default="", repr=False)
    closed: Closing | None = None
    asks: QuestionSet | None = attrs.field(default=None, repr=False)
    reading: Reading | None = attrs.field(default=None, eq=False, repr=False)

    @facts.validator
    def _said_once(self, _: object, facts: Iterable[tuple[str, str]]) -> None:
        names = [name for name, _ in facts]
        if len(set(names)) < len(names):
            raise Refused("a record can give each fact only once")

    @classmethod
    def from_answers(
        cls, what: Composable, answers: Mapping[str, object], *, ring: Ring = Ring.OWN, wording: str = "general"
    ) -> Record:
        """
        Return a record of answers by the keys of their questions, as your own form collects them.

        Args:
            what: The model or the set that was asked.
            answers: By the key of a question: a text; for a scale also a number, for a date also a day, for points
                also several texts, and for a tick also true or false. Blank answers and None are left out.
            ring: Who may read them; a question may be for fewer.
            wording: The words of the profession that it was asked in.

        Raises:
            Faults: Everything that is wrong, each with its key; they never quote what was written.
        """
        written, words = read_answers(what, answers, ring=ring, wording=wording)
        return cls(minutes=0, items=(), answers=written, document="answers", wording=words, asks=what.questions)

    @classmethod
    def of(
        cls,
        session: Session,
        writing: Mapping[str, object] | None = None,
        *,
        actions: Iterable[Action | Mapping[str, object] | str] = (),
        outcomes: Mapping[str, Outcome | ActionState | str | None] | None = None,
        signed: Mapping[str, SignedAs] | None = None,
        ring: Ring | str = Ring.PERSONAL,
        wording: str | Wording = "general",
        models: Catalogue | None = None,
    ) -> Record:
        """
        Return the record of a session out of what your own form has.

        A place is named by words that you have: the title of an item, the title or the id of a topic, a question or its
        key; or by its key on the paper, such as ``"item-3"`` or ``"support"``. Blank texts and None are left out.

        Args:
            session: The session, as it was planned.
            writing: What was written, by the place: a text, and for a question whatever `from_answers` takes. What was
                said in a talk may have parts: ``thought``, ``also``, ``decided``, ``differ``, ``because``, ``ring``.
            actions: Who does what by when: a value, a line such as ``"AM: ring the school · Friday"``, or names with
                texts: ``what``, ``who``, ``by``, ``case``, ``ring``.
            outcomes: What became of an item, a topic or an action from last time, by its words, such as ``"decided"``
                or ``"put off until May"``.
            signed: How the two signed, by role: a word such as ``"agreed"``, or names with texts: ``agreement``,
                ``name``, ``date``, ``comments``.
            ring: Who may read what is written, and the actions. What is written under a topic or a question that is for
                fewer is for those, unless its writing names a ring.
            wording: The words of the profession.
            models: Where the pages of the session are found; ours by default.

        Raises:
            Faults: Everything that is wrong, each with the path of its field; they never quote what was written.
        """
        made: Record = OfSessions.module().make_record(
            session,
            writing or {},
            actions=actions,
            outcomes=outcomes or {},
            signed=signed or {},
            ring=Ring(ring),
            wording=wording,
            models=models,
        )
        return made

    def answer(self, key: str) -> str:
        """
        Return what was written in a place, as plain text; an empty text if nothing was.
        """
        return next((answered.text for answered in self.answers if answered.key == key), "")

    @property
    def brought(self) -> tuple[Brought, ...]:
        """
        What people brought, in the order of the items.
        """
        return tuple(each for item in self.items for each in item.brought)

    @property
    def decisions_in_rows(self) -> tuple[Decision, ...]:
        """
        The decisions without those whose words are in its answers, as on the paper of a case or under a talk.
        """
        told = self.decisions_in_answers
        known = {(each.id, each.what) for each in told if each.id}
        # It has neither id nor day while the day of the session is not known.
        without_day = {attrs.evolve(each, id="", when="") for each in told}
        return tuple(
            each
            for each in self.decisions
            if (each.id, each.what) not in known and attrs.evolve(each, when="") not in without_day
        )

    @property
    def decisions_in_answers(self) -> tuple[Decision, ...]:
        """
        The decisions whose words are in its answers, whether or not they are among its decisions.
        """
        return decisions_in_answers(self.document, self.answers, self.facts)

    def outcome(self, key: str) -> str:
        """
        Return what became of an item, or an empty text.
        """
        return next((str(item.outcome or "") for item in self.items if item.key == key), "")

    def shown_by_words(self, key: str) -> Outcome | None:
        """
        Return what the words about an item show of what became of it: a decision, or that it was talked about; None if
        there are none.
        """
        if self.answer(f"{key}{DECIDED}").strip():
            return Outcome.DECIDED
        return Outcome.TALKED if any(self.answer(f"{key}{end}").strip() for end in ("", *OF_TALK)) else None

    def signature(self, role: str) -> Mapping[str, str]:
        """
        Return how somebody signed: value, name, date and comments, each empty if it was not given.
        """
        found = next((sign for sign in self.signed if sign.role == role), SignOff(role=role))
        return {
            "value": str(found.agreement or ""),
            "name": found.name,
            "date": found.date,
            "comments": found.comments,
            "fingerprint": found.fingerprint,
        }

    def pass_on(self, key: str, ring: Ring | str, *, to: str, why: str, told: Words) -> Record:
        """
        Return the record with an answer open to more readers, noting who got it, why, and when the supervisee was told.

        Args:
            key: The place it was written in.
            ring: Who may read it from now on, besides everyone who could read it before.
            to: Who gets it, by name or role.
            why: The reason.
            told: The day the supervisee was told.

        Raises:
            UnknownKey: Nothing was written in that place.
            Refused: One of the three is missing, or the ring is not wider.
        """
        wider = Ring(ring)
        note = Passing(key=key, to=to, why=why, told=told)
        found = next((each for each in self.answers if each.key == key), None)
        if found is None:
            raise UnknownKey(key, tuple(each.key for each in self.answers), "answer")
        if wider is found.ring or not narrows(found.ring, wider):
            raise Refused(f"what is passed on goes from '{found.ring}' to a wider ring, and '{wider}' is not wider")
        answers = tuple(attrs.evolve(each, ring=wider) if each is found else each for each in self.answers)
        return attrs.evolve(self, answers=answers, passed=(*self.passed, note))

    @property
    def outline(self) -> str:
        """
        The outline it was planned from.
        """
        return " + ".join(f"{item.use}@{item.minutes}" for item in self.items)

    def visible_to(self, reader: Reader | str) -> Record:
        """
        Return the record as *reader* may see it, without anything outside their rings.

        Names, and how each person signed, belong to the personal supervision file. Nobody else gets how it was read,
        because that mentions places they may not see. A model tells something of whoever it was chosen for, so that
        those who read a case, or only that the session was held, get none: what is left of an item is a topic of theirs
        and what was written under it. Nobody gets a topic that is not for them as the words over what is.

        Args:
            reader: Who sees it: a reader, or the name of one, such as ``"supervisor"``.

        Raises:
            UnknownKey: No reader has the name.
        """
        reader = reader_of(reader)
        personal = reader.sees(Ring.PERSONAL)
        # A group knows what its own sessions were made of, and nothing of a session of two.
        of_two = self.document in RECORDS_OF_TWO
        knows = any(reader.sees(ring) for ring in _RINGS_OF_ITEMS if ring is not Ring.GROUP or not of_two)
        record = self._with_topics_of(reader, models=knows)
        # So does the kind of paper, where a session of some kinds only has it.
        usual = not knows and (self.items or of_two or self.document in RECORDS_OF_GROUPS)
        kinds = {name: _usual_kind(getattr(self, name)) for name in _KINDS_OF_PAPER} if usual else {}
        return attrs.evolve(
            record,
            **kinds,  # type: ignore[arg-type]  # both are texts
            facts=tuple((name, text) for name, text in self.facts if reader.sees(FACTS.get(name, Ring.OWN))),
            items=tuple(item.visible_to(reader) for item in record.items),
            reading=None,
            asks=self._asks_seen(record.answers, reader) if knows else None,
            before=actions_seen(self.before, reader),
            # Papers of cases, for assurance and for anybody say nothing of the series.
            series=self.series if any(map(reader.sees, SERIES_RINGS)) else "",
            # Short answers can be guessed from a fingerprint.
            closed=self.closed if self.closed and reader.sees(self.closed.ring) else None,
            answers=tuple(answered for answered in record.answers if reader.sees(answered.ring)),
            actions=tuple(action for action in self.actions if reader.sees(action.ring)),
            decisions=tuple(decision for decision in self.decisions if reader.sees(decision.ring)),
            signed=self.signed if personal else (),
            passed=self.passed if reader.sees(Ring.PAIR) else (),
        )

    def _asks_seen(self, answers: Iterable[Answered], reader: Reader) -> QuestionSet | None:
        """
        Return what was asked, without the topics that *reader* may not see; None for whoever may read no answer to it,
        since a model tells something of whoever it was chosen for.
        """
        if self.asks is None or not any(reader.sees(each.ring) for each in answers):
            return None
        return self.asks.without_topics(lambda topic: not reader.sees(topic.ring))

    def _with_topics_of(self, reader: Reader, *, models: bool) -> Record:
        """
        Return the record with the topics that *reader* may see, and no others, as the words over what was written.

        Args:
            models: Whether they may know what was planned; otherwise there are items only for topics of theirs, and no
                other words over what was written about items.
        """
        topics = {item.key: tuple(each for each in item.brought if reader.sees(each.topic.ring)) for item in self.items}
        hidden = {item.key for item in self.items if len(topics[item.key]) < len(item.brought)}
        if models and not hidden:
            return self

        def with_topics(answered: Answered) -> Answered:
            if answered.key not in (hidden if models else topics):
                return answered
            titles = "; ".join(each.topic.title for each in topics[answered.key])
            answered = attrs.evolve(answered, asked=titles)
            return answered if models else attrs.evolve(answered, hint="", version="")

        items = self.items if models else (attrs.evolve(item, use="") for item in self.items if topics[item.key])
        return attrs.evolve(self, items=tuple(items), answers=tuple(map(with_topics, self.answers)))
