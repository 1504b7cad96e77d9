"""
What is written on a record in words, as values: its decisions, and what the two wrote in of last time.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable

import attrs

from reflect.questions.rings import Ring, narrowest
from reflect.sessions.acting import STATES, name_actions, name_of_words, read_line, say_where
from reflect.sessions.brought import (
    NOT_DONE,
    TAKEN_OFF,
    TO_SEE,
    Brought,
    day_of_id,
    last_number,
    number_that_cannot_wait,
    write_id,
)
from reflect.sessions.carrying import date_of
from reflect.sessions.deciding import CASE_PAPERS, TO_DECIDE
from reflect.sessions.parts import Action, ActionState, Answered, Decision
from reflect.sessions.record import Record
from reflect.sessions.typed import key_of_words, read_day

_LINE = re.compile(r"last-[1-9]\d?")
_WORD = re.compile(r"\w+")
#: Where one line of several ends, and where what it is about ends in a line.
_LINE_ENDS, _HEAD_ENDS = re.compile(r"[\n;]"), re.compile(r"[,:(]")
#: Words that say when, and not what.
_DAYS = frozenset(each.casefold() for each in (*calendar.day_name, *calendar.month_name, "today", "tomorrow"))
#: The number of who must be seen; what has to be decided has the one before.
_NUMBER_TO_SEE = 1001
#: The number of what was not done, or not safely.
_NUMBER_NOT_DONE = 1002


def with_agreed(record: Record) -> Record:
    """
    Return a record with the decisions that are written on it, and with each line that the two wrote in of last time as
    an action. What is so already stays as it is.
    """
    return with_decisions(with_lines_of_last_time(record))


def with_decisions(record: Record) -> Record:
    """
    Return a record with the decisions whose words are in its answers among its decisions.
    """
    told = record.decisions_in_answers
    if set(told) <= set(record.decisions):
        return record
    return attrs.evolve(record, decisions=(*record.decisions_in_rows, *told))


def with_lines_of_last_time(record: Record, printed: Iterable[str] = (), room: int = 0) -> Record:
    """
    Return a record on which each line that was written in by hand of last time is an action from before, with what was
    ticked behind it; nothing else is known of it, and it has no more words than were written.

    Nothing changes if the day of the session cannot be read, since an action has its id from that. A line without words
    stays as it is, whatever is ticked there.

    Args:
        printed: The ids that its paper had when it was made.
        room: How many rows for new actions its paper has. They keep their numbers.
    """
    day = read_day(date_of(record))
    answers = {each.key: each for each in reversed(record.answers)}
    written = {key: each for key, each in answers.items() if _LINE.fullmatch(key) and each.text.strip()}
    if day is None or not written:
        return record
    lines: list[Action] = []
    taken = {*printed, *(each.id for each in (*record.before, *record.actions))} - {""}
    for key in sorted(written, key=lambda key: int(key.partition("-")[2])):
        action = _action_of(written[key], answers.get(f"{key}.state"))
        base = last_number(day, action.ring, printed)
        name = write_id(day, action.ring, base + room + int(key.partition("-")[2])) if room else ""
        if name and name not in taken:
            action = attrs.evolve(action, id=name)
            taken.add(name)
        lines.append(action)
    named = name_actions(lines, day, taken)
    gone = {*written, *(f"{key}.state" for key in written if _is_state(answers.get(f"{key}.state")))}
    return attrs.evolve(
        record,
        before=(*record.before, *named),
        answers=tuple(each for each in record.answers if each.key not in gone),
    )


def _is_state(ticked: Answered | None) -> bool:
    return ticked is not None and ticked.text.strip() in STATES


def _action_of(line: Answered, ticked: Answered | None) -> Action:
    rings: list[Ring] = [line.ring]
    state = ActionState.OPEN
    if ticked is not None and _is_state(ticked):
        rings.append(ticked.ring)
        state = ActionState(ticked.text.strip())
    return attrs.evolve(read_line(line.text), ring=narrowest(*rings), state=state)


def to_decide(record: Record) -> tuple[Decision, ...]:
    """
    Return what the record of a session says must be decided before the two meet again.
    """
    if record.document in CASE_PAPERS:
        return ()
    return tuple(each for each in record.decisions_in_answers if each.confirmed is False)


def actions_before_next(record: Record) -> tuple[Action, ...]:
    """
    Return who must be seen, what must be decided and what was not done, or not safely, as actions, so that the next
    record asks what has become of each; nobody is named for it, and no reason. What somebody has taken off is theirs.
    """
    day = read_day(date_of(record))
    told = {each.key: each for each in reversed(record.answers)}
    known = [(TO_DECIDE, each.what, each.ring, each.id) for each in to_decide(record)]
    seen = told.get(TO_SEE)
    if seen is not None and seen.text.strip() and record.document not in CASE_PAPERS:
        name = write_id(day, seen.ring, _NUMBER_TO_SEE) if day else ""
        known.insert(0, (TO_SEE, seen.text, seen.ring, name))
    undone = told.get(NOT_DONE)
    if undone is not None and undone.text.strip() and not record.answer(TAKEN_OFF).strip():
        name = write_id(day, undone.ring, _NUMBER_NOT_DONE) if day else ""
        known.append((NOT_DONE, " ".join(undone.text.split()), undone.ring, name))
    return tuple(
        Action(
            what=what,
            who="",
            by="",
            ring=ring,
            id=name,
            agreed=say_where(_question_in_sentence(told[key]), day) if day else "",
        )
        for key, what, ring, name in known
    )


def _question_in_sentence(answered: Answered) -> str:
    """
    Return what was asked, as it stands within a sentence.
    """
    return f"{answered.asked[:1].lower()}{answered.asked[1:]}"


def action_that_cannot_wait(brought: Brought) -> Action:
    """
    Return something that could not wait, and of which nothing was written, as an action: the next record asks what has
    become of it. Where only the two may read it, the file has that line without its words.
    """
    topic, day = brought.topic, brought.since
    name = write_id(day, topic.ring, number_that_cannot_wait(topic.id)) if day else topic.id
    agreed = say_where("", day) if day else ""
    return Action(what=topic.title, who="", by="", ring=topic.ring, id=name, agreed=agreed)


def has_words_before_next(record: Record, words: str) -> bool:
    """
    Tell whether something is among what a record says of who must be seen, what must be decided and what was not done:
    by its own words, or by a line that begins with what it is about, such as "M., Thursday" for "See M. by Friday".
    """
    own = _words_apart(words)
    texts = [record.answer(key) for key in (TO_SEE, TO_DECIDE, NOT_DONE)]
    heads = [_HEAD_ENDS.split(line)[0] for text in texts for line in _LINE_ENDS.split(text)]
    return bool(own.strip()) and (
        any(own in _words_apart(text) for text in texts) or any(_is_named(head, words) for head in heads)
    )


def _words_apart(text: str) -> str:
    return f" {' '.join(_WORD.findall(key_of_words(text)))} "


def _is_named(head: str, words: str) -> bool:
    """
    Tell whether what a line begins with says of something which it is. A day is not enough, and a letter by itself is
    somebody's initial only if it stands there as one.
    """
    named = _WORD.findall(key_of_words(head))
    if not named or _DAYS.issuperset(named):
        return False
    if all(len(each) == 1 for each in named):
        initials = r"\W+".join(each.upper() for each in named)
        return re.search(rf"(?<!\w){initials}\.", words) is not None
    return _words_apart(head) in _words_apart(words)


def without_repeats(record: Record) -> tuple[Action, ...]:
    """
    Return the actions from before without those that the two wrote in by hand, not done yet, and agreed on anew in the
    same words: that is one action, and the new row has it.
    """
    day = read_day(date_of(record))
    agreed = {name_of_words(each) for each in record.actions}
    return tuple(
        each
        for each in record.before
        if not (each.open and day and day_of_id(each.id) == day and name_of_words(each) in agreed)
    )
