"""
Views of models and sessions, in the words of a profession.

The wording is settled once, when a `Viewer` is made, as the ring is settled before a view is asked for. Only what a
page says is put into those words; what somebody typed, such as a topic, a note or an answer, stays as it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

import attrs

from reflect.documents.model_viewing import RECORD_ASKS, WHOSE
from reflect.documents.turn_viewing import TurnViewer
from reflect.documents.views import (
    BeforeView,
    ItemView,
    PutOffView,
    SessionView,
    TopicView,
)
from reflect.pages.catalogues import Catalogue
from reflect.questions.choosing import opening_questions
from reflect.questions.half_hours import parts_used
from reflect.questions.rings import Ring
from reflect.sessions.acting import STATES, key_of, with_ids, write_line
from reflect.sessions.brought import (
    ALSO_TODAY,
    ASKED,
    BOXES,
    DECIDED,
    EARLIER,
    EARLIER_OUTCOMES,
    PIECE_OF_WORK,
    SHORT,
    Brought,
    Outcome,
    key_of_topic,
)
from reflect.sessions.facts import ENDS_OF_SENTENCES, FACTS
from reflect.sessions.frame import is_talk, names_a_model
from reflect.sessions.participants import LISTENING, Role
from reflect.sessions.parts import SIGNING, UNPLACED, Action, ActionState, Answered
from reflect.sessions.record import Record
from reflect.sessions.session import Item as SessionItem
from reflect.sessions.session import Session
from reflect.text.filling import Prose
from reflect.text.prose import number_in_words

#: A record has at most this many places to write about items; what is too many shares the last one.
PLACES_A_RECORD = 4
#: The page of an item that has none of ours.
NO_PAGE = "own-item"
#: A talk has room to think from this many minutes on.
ROOM_TO_THINK = 15
#: The kinds of headings that are talks, and that of several short things.
_TALKS, _SHORT = ("depth", "talk"), "short"
#: The places of notes between the two.
PLACES_OF_TWO = ("pair.said", "pair.support")
#: The page that is asked where two people meet for the first time, and that occasion.
_FIRST_MEETING, _FIRST = "first-meeting", "first"
#: The places of a record that are about no item.
_OTHER_PLACES = ("anything", "useful", "change", "next-date", "not-reached", UNPLACED)
#: Roles of those who are there besides the two, or the group.
_OTHERS = (*LISTENING, Role.OUTSIDE)


@attrs.frozen
class Viewer(TurnViewer):
    """
    Makes views of models and sessions in the words of one profession.

    Attributes:
        models: Where the pages of items are found; ours if None.
        plain: Whether questions are in their plain form.
    """

    def _title_of(self, item: SessionItem) -> str:
        """
        Return the title of an item, or that of its page if its own would tell of a topic that the reader may not see.
        """
        if item.title:
            return self._fill(item.title)
        key = item.set.key.partition(".")[0]
        return self._fill(self._catalogue.model(key if key in self._catalogue else NO_PAGE).head.title)

    # sessions

    def view_session(self, session: Session, record: Record | None = None, also: Iterable[str] = ()) -> SessionView:
        """
        Return a session, or the record of one, as templates see it; both already cut to their reader.

        Args:
            record: What came of it.
            also: The keys of items that have a place in a record, whatever their length.
        """
        also = frozenset(also)
        filled = attrs.evolve(_Filled.of_record(record) if record else _Filled(), marks=also)
        items = tuple(self._view_item(item, n, session, filled) for n, item in enumerate(session.items, 1))
        places = _items_with_places(session, items, also)
        talks = _talks_among(places)
        before = with_ids(record.before if record else session.before)
        facts = dict(session.facts)
        return SessionView(
            minutes=session.minutes,
            begins=session.clock(0),
            ends=session.clock(session.minutes),
            timed=bool(session.fact("start")),
            items=items,
            spare=session.spare,
            open=session.clock(session.minutes - session.spare),
            dropped=self._fill_all(item.title for item in session.dropped),
            shortened=tuple(
                f"{self._title_of(item)}, {item.minutes} of {item.set.minutes} minutes" for item in session.shortened
            ),
            places=places,
            talks=talks,
            short=tuple(_short_things(places, talks, also=bool(talks and filled.answers.get(ALSO_TODAY)))),
            anything=sum(1 for item in items if item.record) > sum(1 for item in places if item.record),
            facts={name: facts.get(name, "") for name in FACTS},
            stops={name: "" if facts.get(name, "").endswith(ENDS_OF_SENTENCES) else "." for name in FACTS},
            others=tuple(
                (str(each.role), each.who, str(each.by)) for each in session.participants if each.role in _OTHERS
            ),
            apart=session.apart,
            answers={key: filled.answers.get(key, "") for key in _OTHER_PLACES},
            before=tuple(view_before(action) for action in before if action.ring is not Ring.CASE),
            before_cases=count_cases(before),
            actions=tuple((a.what, a.who, a.by) for a in record.actions) if record else (),
            decisions=tuple((d.what, d.why, d.who) for d in record.decisions_in_rows) if record else (),
            signed={who: record.signature(who) for who in SIGNING} if record else {},
            private=tuple(_between_the_two(session, items, record)),
            notes=tuple(note.text for note in session.notes),
            put_off=tuple(
                PutOffView(title=each.topic.title, whose=self._role(each.whose), when=each.until)
                for each in session.put_off
            ),
            occasion=session.occasion or _occasion_shown(session),
        )

    def _view_item(self, item: SessionItem, number: int, session: Session, filled: _Filled) -> ItemView:
        title = self._title_of(item)
        topic = item.topic.title if item.topic else ""
        stages = [(part.title, time) for part, time in item.stages if part.title and item.set.shape.whole]
        asks = item.set.record or next((part.record for part in item.set.parts if part.record), "") or RECORD_ASKS
        key = f"item-{number}"
        # What was answered stays under the words it was answered under, whatever the page says today.
        asked, hint = filled.asked.get(key, (title, ""))
        known = self._catalogue
        used = parts_used(known.model(item.set.key), item.set) if item.chosen and item.set.key in known else ()
        short = item.kind == _SHORT or f"{SHORT}{key}" in filled.marks or _was_short(item, key, filled)
        talk = is_talk(item.set.key, known) and EARLIER not in filled.marks and not short
        about = ""
        if talk and (item.brought or key not in filled.asked):
            own = item.brought[0].topic.id if item.brought else ""
            about = "case" if own == PIECE_OF_WORK else "topic" if own or topic else "talk"
        if talk and not item.brought and (key in filled.asked or f"{ASKED}{key}" in filled.marks):
            about = "asked"
        headed = about not in ("", "asked")
        if headed and names_a_model(item.set.key, known):
            asks = f"{title}{'' if title.endswith(('?', '!')) else '.'} {asks}" if asks != "none" else title
        name = item.brought[0].topic.title if about and item.brought else topic
        shown = opening_questions(item.set, item.shows)
        turns, needs = self.view_turns(item, session, shown)
        outcome, until = filled.outcomes.get(key, ("", ""))
        if about and item.brought:
            outcome = outcome or str(item.brought[0].became or "")
            until = until or item.brought[0].until
        return ItemView(
            key=key,
            kind=_SHORT if short else item.kind,
            talk=item.minutes >= ROOM_TO_THINK and (item.kind in _TALKS or (not item.kind and talk)),
            begins=session.clock(item.begins),
            minutes=item.minutes,
            title=topic or title,
            model=title
            if (topic or about in ("topic", "case"))
            and (names_a_model(item.set.key, known) or (item.title and _is_own(item, known)))
            else "",
            whose=self._whose(item),
            stages=", ".join(f"{self._fill(name)} {time}" for name, time in stages) if len(stages) > 1 else "",
            way=tuple(map(self._fill, used or ([name for name, _ in stages] if len(stages) > 1 else []))),
            questions=tuple(map(self.view_question, shown)),
            turns=turns,
            needs=needs,
            record=("" if headed else hint) or ("" if asks == "none" else self._fill(asks)),
            outcome=outcome,
            until=until,
            answer=filled.answers.get(key, ""),
            notes=tuple(note.text for note in item.notes),
            asked=name if headed else topic or asked,
            about=about,
            brought=() if EARLIER in filled.marks else tuple(self._topics_taken_in(key, item.brought[talk:], filled)),
        )

    def _whose(self, item: SessionItem) -> str:
        """
        Return whose item it is, as in the middle of a sentence.
        """
        return self._role(item.whose)

    def _role(self, whose: str) -> str:
        word = {"supervisee": "worker", "supervisor": "supervisor"}.get(whose)
        return self.wording.word(word) if word else WHOSE["both"]

    def _topics_taken_in(self, key: str, brought: Iterable[Brought], filled: _Filled) -> Iterator[TopicView]:
        """
        Give what was taken in with an item, without cases that the reader may not know.
        """
        for each in brought:
            if each.topic.id == PIECE_OF_WORK:
                continue
            place = key_of_topic(key, each.topic.id)
            yield TopicView(
                key=place,
                title=each.topic.title,
                whose=self._role(each.whose),
                purpose=each.purpose,
                outcome=str(each.became or ""),
                until=each.until,
                answer=filled.answers.get(place, ""),
            )

    def name_questions(self, record: Record, session: Session, *, entries: bool = False) -> Record:
        """
        Return a record with the words that each answer was written under, where it does not say: as it is printed, and
        read back.

        Args:
            entries: Whether it is printed in entries, where a talk has no other words over it than what it is about.
        """
        items = {item.key: item for item in self.view_session(session).items}

        def with_question(each: Answered) -> Answered:
            item = items.get(each.key)
            if item is None or (entries and item.about) or (each.asked and item.about not in ("topic", "case")):
                return each
            # What people brought is in the record itself, and a talk without a name has none.
            return attrs.evolve(each, asked=item.asked if item.about in ("", "asked") else "", hint=item.record)

        return attrs.evolve(record, answers=tuple(map(with_question, record.answers)))


def view_before(action: Action) -> BeforeView:
    """
    Return an action from last time as templates see it.
    """
    state = "" if action.state is ActionState.OPEN else str(action.state)
    return BeforeView(
        key=key_of(action), line=write_line(action).strip(), named=bool(action.what), state=state, options=STATES
    )


def count_cases(actions: Iterable[Action]) -> tuple[tuple[str, str], ...]:
    """
    Return the reference of each case with actions among these, and in words how many.
    """
    counts = Counter(action.case for action in actions if action.ring is Ring.CASE)
    return tuple((case, number_in_words(count)) for case, count in counts.items())


def was_ticked_before(record: Record) -> bool:
    """
    Return whether a record was ticked on a paper of an earlier version, which asked of every item what became of it.
    """
    return any(item.outcome in EARLIER_OUTCOMES for item in record.items)


#: What was asked at the end of records with boxes.
_ASKED_IN_BOXES = re.compile(r"useful|change")
_ITEM = re.compile(r"item-\d+")


def was_in_boxes(record: Record) -> bool:
    """
    Return whether a record was made on a paper from before there were entries: what became of its items was ticked, or
    each answer had its question over it. What an item is about stands over it on either paper.
    """
    titles = {item.key: "; ".join(each.topic.title for each in item.brought) for item in record.items}
    ticked = any(
        item.outcome
        or item.until
        or any(each.until or each.became in (Outcome.PUT_OFF, Outcome.DROPPED) for each in item.brought)
        for item in record.items
    )
    return ticked or any(
        _ASKED_IN_BOXES.fullmatch(each.key)
        or (_ITEM.fullmatch(each.key) and (each.hint or each.asked not in ("", titles.get(each.key, ""))))
        for each in record.answers
    )


@attrs.frozen
class _Filled:
    """
    What is filled in on a record, by the keys of its items and places.

    Attributes:
        printed: Whether it is that of a record, which was printed before.
    """

    outcomes: Mapping[str, tuple[str, str]] = attrs.field(factory=dict)
    answers: Mapping[str, str] = attrs.field(factory=dict)
    asked: Mapping[str, tuple[str, str]] = attrs.field(factory=dict)
    marks: frozenset[str] = frozenset()
    printed: bool = False

    @classmethod
    def of_record(cls, record: Record) -> _Filled:
        """
        Return what a record has; the first of a key counts, as it does for `Record.answer`.
        """
        return cls(
            {item.key: (str(item.outcome or ""), item.until) for item in reversed(record.items)},
            {each.key: Prose.of(each.text, each.lines, each) for each in reversed(record.answers)},
            {each.key: (each.asked, each.hint) for each in reversed(record.answers) if each.asked},
            printed=True,
        )


def _between_the_two(session: Session, items: Iterable[ItemView], record: Record | None) -> Iterator[tuple[str, str]]:
    """
    Give what stays between the two, notes to remember and answers, each with what it is under.
    """
    for item, shown in zip(session.items, items, strict=True):
        yield from ((shown.title, note.text) for note in item.notes if note.ring is Ring.PAIR)
    for each in record.answers if record else ():
        if each.ring is Ring.PAIR and each.key not in PLACES_OF_TWO:
            yield each.asked or each.key, Prose.of(each.text, each.lines, each)


#: The least minutes of a talk that has room to think.
_TALK = 15


def _was_short(item: SessionItem, key: str, filled: _Filled) -> bool:
    """
    Return whether an item was printed as several short things, each with a line of its own: a record does not say so,
    and its lines do.
    """
    if not filled.printed or not item.brought or BOXES in filled.marks or EARLIER in filled.marks:
        return False
    own = key_of_topic(key, item.brought[0].topic.id)
    return own in filled.answers or (item.minutes < _TALK and not {key, f"{key}{DECIDED}"} & {*filled.answers})


def _is_own(item: SessionItem, models: Catalogue) -> bool:
    """
    Return whether the page of an item is somebody's own, which no catalogue has.
    """
    return bool(item.set.key) and item.set.key.partition(".")[0] not in models


def _occasion_shown(session: Session) -> str:
    """
    Return the occasion that the pages of a session show, which is not on its papers; empty if they show none.
    """
    return _FIRST if any(item.set.key.partition(".")[0] == _FIRST_MEETING for item in session.items) else ""


def _talks_among(places: Iterable[ItemView]) -> tuple[ItemView, ...]:
    """
    Return the items that are talks, or the longest of what somebody brought if none of it has that much time.
    """
    brought = [item for item in places if item.about]
    long = tuple(item for item in brought if item.minutes >= _TALK)
    return long or tuple(sorted(brought, key=lambda item: -item.minutes)[:1])


def _short_things(
    places: Iterable[ItemView], talks: Iterable[ItemView], *, also: bool
) -> Iterator[tuple[str, str, str, str]]:
    """
    Give what was brought besides the talks: its place, its title, what was written there, and what it is about.

    Args:
        also: Whether something was written on the line for what else there was today: the paper had that line, and none
            for what has no name.
    """
    keys = {item.key for item in talks}
    for item in places:
        nameless = also and item.about == "talk" and not item.answer
        if item.about and item.key not in keys and not nameless:
            yield item.key, item.asked, item.answer, item.about
        yield from ((topic.key, topic.title, topic.answer, "topic") for topic in item.brought)


def _items_with_places(session: Session, items: tuple[ItemView, ...], also: Iterable[str]) -> tuple[ItemView, ...]:
    """
    Return the items that get a place of their own in a record, in the order of the session.

    Each talk has one. Then what was answered, so that nothing written is left out; what is talked about between the two
    alone, such as how somebody is, since the line on the record is all that stays of it; and the longest. Where not all
    can, the last place is for the rest together. An item without one may have something that was taken in with it.
    """
    written = {*also, *(item.key for item in items if item.answer or item.about)}
    private = {
        shown.key
        for item, shown in zip(session.items, items, strict=True)
        # On some days nothing is asked about how somebody is, and the line for it stays.
        if any(entry.ring is Ring.PAIR for entry in item.set.entries) or (item.set.record and not item.set.entries)
    }
    asked = [item for item in items if item.record or item.about]
    most = PLACES_A_RECORD if len(asked) <= PLACES_A_RECORD else PLACES_A_RECORD - 1
    most = max(most, len({item.key for item in asked} & (written | private)))
    chosen = sorted(asked, key=lambda item: (item.key not in written, item.key not in private, -item.minutes))[:most]
    return tuple(
        item if item in chosen else attrs.evolve(item, record="") for item in items if item in chosen or item.brought
    )
