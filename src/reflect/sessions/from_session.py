"""
Make the record of a session out of what your own form has, under the words that a developer has for its places.

A place is named by its key, by the title of an item, by the title or the id of a topic, or by a question. No message
quotes a title or an answer: a topic is private, so whoever asks for one that is not there is told the key of its place.
"""

from __future__ import annotations

import datetime
import functools
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from reflect.errors import Fault, Faults, ReflectError, add_hint, hint_at_nearest, list_names
from reflect.pages.catalogues import Catalogue, our_catalogue
from reflect.questions.question import Question
from reflect.questions.rings import Reader, Ring, narrowest, narrows
from reflect.questions.wordings import Wording
from reflect.questions.wordings import wording as named
from reflect.sessions.acting import STATES, name_actions, read_line, say_where, write_line
from reflect.sessions.answering import place_of
from reflect.sessions.brought import ALSO_TODAY, BECAUSE, DECIDED, DIFFER, TO_SEE, Brought, Outcome, key_of_topic
from reflect.sessions.frame import is_talk
from reflect.sessions.origin import Origin
from reflect.sessions.parts import SIGNING, Action, ActionState, Agreement, Answered, ItemRecord, SignOff
from reflect.sessions.record import Record
from reflect.sessions.session import NOT_SAID, Item, Session
from reflect.sessions.settling import with_agreed
from reflect.sessions.typed import fold_text, read_day
from reflect.text.kinds_of_answer import PLACES, WrongAnswer
from reflect.text.prose import day_in_words

#: What is written about a talk, by the name that it has here: the end of the key of its place.
ABOUT_A_TALK = {"thought": "", "also": ".also", "decided": DECIDED, "differ": DIFFER, "because": BECAUSE}
#: The places of a record that are about no item, and take words.
OTHER_PLACES = (
    "met.from", "met.to", "interrupted", TO_SEE, "before.decide", "files.today", "files.not", "files.until",
    ALSO_TODAY, "not-safely", "taken-off", "taken-off.from", "support", "support.until", "next-date", "differently",
    "not-reached",
)  # fmt: skip
#: The page of an item that was made in code, and has none.
_OWN_ITEM = "own-item"
_RING = "ring"


@attrs.frozen
class _NamedPlace:
    """
    A place that words lead to.

    Attributes:
        key: Its key on the record.
        ring: Who may read what it is about; None if that is for whoever reads the record.
        question: How it is answered; None for prose.
        talk: Whether it has the several places of a talk.
    """

    key: str
    ring: Ring | None = None
    question: Question | None = None
    talk: bool = False


@attrs.define
class _Places:
    """
    The places of a session, and the faults that were met while they were filled.
    """

    session: Session
    words: Wording
    models: Catalogue
    faults: list[Fault] = attrs.field(factory=list)

    def item_is_talk(self, item: Item) -> bool:
        return is_talk(item.set.key, self.models) and item.kind != "short"

    def topics(self) -> Iterator[tuple[str, Brought]]:
        """
        Give everything that was brought, with the key of the place for what is said about it.
        """
        for number, item in enumerate(self.session.items, 1):
            for n, each in enumerate(item.brought):
                own = n == 0 and self.item_is_talk(item)
                yield f"item-{number}" if own else key_of_topic(f"item-{number}", each.topic.id), each

    @functools.cached_property
    def by_key(self) -> Mapping[str, _NamedPlace]:
        topics = {key: _NamedPlace(key, each.topic.ring, talk="." not in key) for key, each in self.topics()}
        items = {f"item-{n}": item for n, item in enumerate(self.session.items, 1)}
        found = {
            key: _NamedPlace(key, item.topic.ring if item.topic else None, talk=self.item_is_talk(item))
            for key, item in items.items()
        }
        return {**found, **topics, **{key: _NamedPlace(key) for key in OTHER_PLACES}}

    def _names(self) -> Iterator[tuple[str, _NamedPlace, bool]]:
        """
        Give every name but the keys: with its place, and whether anybody may read it.
        """
        for key, each in self.topics():
            yield each.topic.id, self.by_key[key], True
            yield each.topic.title, self.by_key[key], False
        for number, item in enumerate(self.session.items, 1):
            place = self.by_key[f"item-{number}"]
            for name in (item.title, item.set.key):
                yield self.words.fill(name), place, True
            if item.topic is not None:
                yield item.topic.title, place, False
            for entry in item.set.entries:
                question = place_of(entry)
                if question is not None:
                    rings = (place.ring, item.chosen, entry.topic.ring if entry.topic else None)
                    ring = narrowest(Ring.OPEN, *(each for each in rings if each))
                    asked = _NamedPlace(question.key, ring, question)
                    yield question.key, asked, True
                    yield self.words.fill(self.words.stage(question).text), asked, True

    @functools.cached_property
    def by_words(self) -> Mapping[str, tuple[_NamedPlace, ...]]:
        found: dict[str, dict[str, _NamedPlace]] = {}
        for name, place, _ in self._names():
            if folded := fold_text(name):
                there = found.setdefault(folded, {})
                known = there.get(place.key, place)
                # Asked about two topics, it is for those who may read both.
                rings = [ring for ring in (known.ring, place.ring) if ring]
                there[place.key] = attrs.evolve(known, ring=narrowest(*rings) if rings else None)
        return {name: tuple(places.values()) for name, places in found.items()}

    @functools.cached_property
    def _open_names(self) -> tuple[str, ...]:
        names = (name for name, _, anybody in self._names() if anybody and name)
        return tuple(dict.fromkeys((*self.by_key, *names)))

    def find(self, name: str, *path: str) -> _NamedPlace | None:
        """
        Return the place that words name; None, with a fault, if it is none or several.
        """
        if name in self.by_key:
            return self.by_key[name]
        found = self.by_words.get(fold_text(name), ())
        if len(found) == 1:
            return found[0]
        if found:
            keys = ", ".join(each.key for each in found)
            self.fault((*path, name), f"a name is that of several places: {keys}", "write the key of one of them")
            return None
        hint = hint_at_nearest(name, self._open_names) or self._hint_at_topic(name)
        what = "a name is not that of an item, a topic or a question of this session"
        items = tuple(f"item-{n}" for n in range(1, len(self.session.items) + 1))
        self.fault((*path, name), what, f"write another.{hint or list_names((*items, *OTHER_PLACES))}")
        return None

    def _hint_at_topic(self, name: str) -> str:
        """
        Return the key of the topic whose title is nearest, as a hint: nobody is told the title.
        """
        titles = {each.topic.title: key for key, each in self.topics() if each.topic.title}
        near = hint_at_nearest(name, titles)
        return next((f" Did you mean the topic of '{titles[each]}'?" for each in titles if f"'{each}'" in near), "")

    def fault(self, path: Iterable[str], what: str, remedy: str) -> None:
        self.faults.append(Fault("record", None, what, remedy, path=tuple(path)))


def make_record(
    session: Session,
    writing: Mapping[str, object],
    *,
    actions: Iterable[object],
    outcomes: Mapping[str, object],
    signed: Mapping[str, object],
    ring: Ring,
    wording: str | Wording,
    models: Catalogue | None,
) -> Record:
    """
    Return the record of a session. `Record.of` explains the arguments, and what is raised.
    """
    words = wording if isinstance(wording, Wording) else named(wording)
    readers = Reader("record", frozenset(each for each in Ring if narrows(ring, each)))
    if not readers.sees(session.known):  # its items would tell them what it was for
        session = session.outside or session.visible_to(readers)
    places = _Places(session, words, our_catalogue() if models is None else models)
    answers = tuple(each for name, given in writing.items() for each in _answers(places, name, given, Ring(ring)))
    became, states = _outcomes(places, outcomes)
    rows = [row for n, given in enumerate(actions) if (row := _action(places, n, given, Ring(ring))) is not None]
    signs = [sign for role, given in signed.items() if (sign := _sign_off(places, role, given)) is not None]
    if places.faults:
        raise Faults(tuple(places.faults))
    day = read_day(session.fact("date"))
    before = tuple(attrs.evolve(each, state=states.get(each, each.state)) for each in session.before)
    named_rows = name_actions(rows, day, [each.id for each in before])
    where = say_where(words.word("session"), day) if day else ""
    record = Record(
        minutes=session.minutes,
        items=(),
        facts=session.facts,
        answers=answers,
        before=before,
        actions=tuple(attrs.evolve(each, agreed=each.agreed or where) for each in named_rows),
        signed=tuple(signs),
        wording=words.key,
        series=session.series,
    )
    items = tuple(_item(places, n, item, became, record, readers) for n, item in enumerate(session.items, 1))
    return with_agreed(attrs.evolve(record, items=items))


def _item(
    places: _Places,
    number: int,
    item: Item,
    became: Mapping[str, tuple[Outcome, str]],
    record: Record,
    readers: Reader,
) -> ItemRecord:
    key = f"item-{number}"
    brought = []
    for n, each in enumerate(item.brought):
        own = n == 0 and places.item_is_talk(item)
        place = key if own else key_of_topic(key, each.topic.id)
        outcome, until = became.get(place, (record.shown_by_words(place), ""))
        brought.append(attrs.evolve(each, became=outcome, until=until))
    its, until = became.get(key, (None, "")) if not brought else (None, "")
    # What was chosen tells something of the topic.
    use = item.set.key or _OWN_ITEM if item.chosen is None or readers.sees(item.chosen) else NOT_SAID
    return ItemRecord(key=key, use=use, minutes=item.minutes, outcome=its, until=until, brought=tuple(brought))


# --- what is written


def _answers(places: _Places, name: str, given: object, ring: Ring) -> Iterator[Answered]:
    place = places.find(name, "writing")
    if place is None or given is None:
        return
    if not isinstance(given, Mapping):
        yield from _answer(places, place, place.key, given, _ring_of(place, ring), ("writing", name))
        return
    known = (*(ABOUT_A_TALK if place.talk else ("thought",)), _RING)
    for part in given:
        if part not in known:
            what = f"'{place.key}' has no such part"
            remedy = add_hint(f"write one of: {', '.join(known)}", str(part), known)
            places.fault(("writing", name, str(part)), what, remedy)
    try:
        # Whoever names a ring has decided that, as whoever writes on a paper does.
        of = Ring(given[_RING]) if given.get(_RING) is not None else _ring_of(place, ring)
    except (ReflectError, ValueError):
        what = f"'{place.key}' has a ring that is none"
        places.fault(("writing", name, _RING), what, f"write one of: {', '.join(map(str, Ring))}")
        return
    for part, end in ABOUT_A_TALK.items():
        if part in known and given.get(part) is not None:
            path = ("writing", name, part)
            yield from _answer(places, place, f"{place.key}{end}", given[part], of, path)


def _ring_of(place: _NamedPlace, ring: Ring) -> Ring:
    """
    Return who may read what is written in a place, on a record of this ring.
    """
    usual = Origin(ring=ring).ring_of_new_place(place.key)
    return narrowest(usual, place.ring) if place.ring else usual


def _answer(
    places: _Places, place: _NamedPlace, key: str, given: object, ring: Ring, path: tuple[str, ...]
) -> Iterator[Answered]:
    question = place.question or Question(key=key, text=key)
    fill = places.words.fill
    try:
        lines = tuple(PLACES[question.answering.kind].read(given, question, fill))
    except WrongAnswer as wrong:
        places.fault(path, f"'{key}' {wrong.args[0]}", wrong.args[1])
        return
    asked = places.words.stage(question) if place.question else None
    yield Answered(
        key=key,
        ring=narrowest(ring, question.ring or ring),
        lines=lines,
        asked=fill(asked.text) if asked else "",
        hint=fill(asked.hint) if asked else "",
    )


# --- what became of it


def _outcomes(
    places: _Places, outcomes: Mapping[str, object]
) -> tuple[dict[str, tuple[Outcome, str]], dict[Action, ActionState]]:
    """
    Return what became of items and topics, by the key of their place, and of the actions from before.
    """
    became: dict[str, tuple[Outcome, str]] = {}
    states: dict[Action, ActionState] = {}
    before = {fold_text(name): each for each in places.session.before for name in _names_of_action(each)}
    for name, given in outcomes.items():
        if given is None:
            continue
        said, _, until = str(given).partition(" until ")
        if action := before.get(fold_text(name)):
            if said in STATES:
                states[action] = ActionState(said)
            else:
                _refuse_word(places, ("outcomes", name), said, STATES)
            continue
        place = places.find(name, "outcomes")
        if place is None:
            continue
        if place.key in OTHER_PLACES or place.question is not None:
            what = f"nothing becomes of '{place.key}', which is neither an item nor a topic"
            places.fault(("outcomes", name), what, "name the item that it is in")
        elif said not in tuple(Outcome):
            _refuse_word(places, ("outcomes", name), said, tuple(Outcome))
        else:
            became[place.key] = (Outcome(said), until.strip())
    return became, states


def _names_of_action(action: Action) -> tuple[str, ...]:
    return tuple(filter(None, (action.id, action.what, write_line(action))))


def _refuse_word(places: _Places, path: tuple[str, ...], said: str, known: Iterable[str]) -> None:
    names = tuple(map(str, known))
    places.fault(
        path,
        f"{path[0]}: something is not one of the words",
        add_hint(f"write one of: {', '.join(names)}", said, names),
    )


# --- who does what, and who signs


def _cells(
    places: _Places, given: Mapping[Any, object], known: tuple[str, ...], path: tuple[str, ...]
) -> dict[str, str]:
    """
    Return texts by name, with a day in words; a fault for each that is something else.
    """
    cells: dict[str, str] = {}
    for name, value in given.items():
        if name not in known:
            remedy = add_hint(f"write one of: {', '.join(known)}", str(name), known)
            places.fault((*path, str(name)), f"'{'.'.join(path)}' has no such part", remedy)
        elif isinstance(value, datetime.date):
            cells[name] = day_in_words(value)
        elif isinstance(value, str):
            cells[name] = value
        elif value is not None:
            places.fault((*path, name), f"'{'.'.join((*path, name))}' is not a text", "write a text, or a day")
    return cells


def _action(places: _Places, number: int, given: object, ring: Ring) -> Action | None:
    path = ("actions", str(number))
    if isinstance(given, Action):
        return given
    if isinstance(given, str):
        return attrs.evolve(read_line(given), ring=ring) if given.strip() else None
    if not isinstance(given, Mapping):
        places.fault(path, f"'{'.'.join(path)}' is not an action", "write a line, or names with texts: what, who, by")
        return None
    cells = _cells(places, given, ("what", "who", "by", "case", _RING), path)
    of = cells.pop(_RING, str(ring))
    if of not in tuple(Ring):
        places.fault((*path, _RING), f"'{'.'.join(path)}' has a ring that is none", f"write one of: {', '.join(Ring)}")
        return None
    if not "".join(cells.values()).strip():
        return None
    return Action(**{"what": "", "who": "", "by": "", **cells}, ring=Ring(of))


def _sign_off(places: _Places, role: str, given: object) -> SignOff | None:
    path = ("signed", str(role))
    if role not in SIGNING:
        places.fault(
            path,
            "'signed' names somebody who does not sign",
            add_hint("write one of: supervisee, supervisor", str(role), SIGNING),
        )
        return None
    if given is None:
        return None
    if isinstance(given, SignOff):
        return attrs.evolve(given, role=role)
    cells = {"agreement": str(given)} if isinstance(given, str) else None
    if isinstance(given, Mapping):
        cells = _cells(places, given, ("agreement", "name", "date", "comments"), path)
    if cells is None:
        places.fault(
            path, f"'{'.'.join(path)}' is not how somebody signs", "write a word such as agreed, or names with texts"
        )
        return None
    said = cells.pop("agreement", "").strip()
    if said and Agreement.of_option(said) is None:
        _refuse_word(places, (*path, "agreement"), said, tuple(Agreement))
        return None
    return SignOff(role=role, agreement=Agreement.of_option(said) if said else None, **cells)
