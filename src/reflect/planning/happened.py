"""
What a record says that happened: which items were talked about, and what became of topics and actions.

Nothing said is nothing said. What nobody ticked and nobody wrote about counts neither as held nor as dropped, whatever
was planned.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator

import attrs

from reflect.sessions.brought import ALSO_TODAY, Brought, Outcome, day_of_id, key_of_topic
from reflect.sessions.journal import TOPIC_STATES, JournalledAction, JournalledTopic
from reflect.sessions.parts import SIGNING, Action, ActionState, ItemRecord
from reflect.sessions.record import Record
from reflect.sessions.settling import has_words_before_next
from reflect.shown import Brief

#: Ticks after which we know that the model was used; after "changed" we know only that there was a talk.
_WITH_MODEL = (Outcome.TALKED, Outcome.DECIDED, Outcome.AS_PLANNED)


class Said(enum.StrEnum):
    """
    What is known of an item.
    """

    USED = "it was talked about, with what was planned for it"
    TALKED = "it was talked about"
    NOT_REACHED = "it was not talked about"
    NOTHING = "nobody said"


@attrs.frozen(kw_only=True)
class HeldLine(Brief):
    """
    An item of a session that was planned.

    Attributes:
        kind: A kind of standing item, or ``today`` or ``item``; empty if it is not known.
        family: The case or family it is about.
        use: The key of the model or page that was planned.
        asked: The keys of the questions that were to be asked.
        brought: What people brought that was to be talked about in it.
        about: Whether it is about the first of them; the others are taken in with it.
    """

    kind: str
    use: str
    family: str = ""
    asked: tuple[str, ...] = ()
    brought: tuple[Brought, ...] = ()
    about: bool = False


def said_of_line(line: HeldLine, item: ItemRecord, record: Record) -> Said:
    """
    Return what a record says of one of its items: by a tick, or by words in its box. A tick goes before words.
    """
    ticks = [tick for tick in (item.outcome, *(each.became for each in item.brought)) if tick]
    if any(tick in _WITH_MODEL for tick in ticks):
        return Said.USED
    if ticks:
        return Said.TALKED if any(tick.happened for tick in ticks) else Said.NOT_REACHED
    looked_at = line.kind == "actions" and any(each.state is not ActionState.OPEN for each in record.before)
    return Said.USED if looked_at or record.shown_by_words(item.key) else Said.NOTHING


def outcomes_of_brought(line: HeldLine, item: ItemRecord, record: Record) -> Iterator[tuple[str, Outcome | None]]:
    """
    Give what became of each thing that was brought to an item, by its id; None if nothing was said.

    A record that others may read has no topic of the two; what was ticked for its item is about that topic. Nor has
    such a short thing a line there: if there is one alone, it is what "also today" is about. What cannot wait is
    settled if its own words are among those of who must be seen and what must be decided, which come back.
    """
    told = {each.topic.id: each.became for each in item.brought}
    no_line = [each.topic.id for each in line.brought if each.topic.id not in told] if line.kind == "short" else []
    also = Outcome.TALKED if len(no_line) == 1 and record.answer(ALSO_TODAY).strip() else None
    for n, each in enumerate(line.brought or item.brought):
        became = told.get(each.topic.id)
        if became is None and n == 0 and (line.about or not line.brought):
            became = item.outcome or record.shown_by_words(item.key)
        if became is None:  # as after Google Docs, where a record no longer says what was brought
            became = record.shown_by_words(key_of_topic(item.key, each.topic.id))
        if became is None and line.kind == "before" and has_words_before_next(record, each.topic.title):
            became = Outcome.TALKED
        yield each.topic.id, became or (also if each.topic.id in no_line else None)


def topics_of(outcomes: Iterable[tuple[str, Outcome | None]]) -> tuple[JournalledTopic, ...]:
    """
    Return what a journal has of topics: those that something was said of, by their ids.
    """
    states = {Outcome.AS_PLANNED: Outcome.TALKED, Outcome.CHANGED: Outcome.TALKED, Outcome.NOT_REACHED: Outcome.PUT_OFF}
    known = {name: states.get(became, became) for name, became in outcomes if became and day_of_id(name)}
    return tuple(JournalledTopic(id=name, state=became) for name, became in known.items() if became in TOPIC_STATES)


def states_of_actions(actions: Iterable[Action]) -> tuple[JournalledAction, ...]:
    """
    Return what a journal has of actions, by their ids.
    """
    known = {each.id: each.state for each in actions if day_of_id(each.id)}
    return tuple(JournalledAction(id=name, state=state) for name, state in known.items())


def roles_signed(record: Record) -> tuple[str, ...]:
    """
    Return who signed a record, whichever way they did.
    """
    signed = {sign.role for sign in record.signed if sign.agreement}
    return tuple(role for role in SIGNING if role in signed)
