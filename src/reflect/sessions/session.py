"""
A session: who, when, and what is asked, with its minutes dealt.
"""

from __future__ import annotations

import datetime
import functools
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from reflect.errors import Alternative, DoesNotFit, Refused, UnknownKey, UnknownModels
from reflect.pages.catalogues import Catalogue, our_catalogue
from reflect.questions.outlines import Choose, choose_first, read_outline, uses
from reflect.questions.question import Mode, Topic
from reflect.questions.rings import Reader, Ring
from reflect.questions.rings import reader as reader_of
from reflect.questions.sets import LONGEST, Composable, Outline, QuestionSet
from reflect.questions.timetable import Row, Timetable, least, schedule, stretches_of
from reflect.sessions.acting import actions_seen
from reflect.sessions.brought import Brought, cut_brought
from reflect.sessions.facts import FACTS, SERIES_RINGS, words_of_facts
from reflect.sessions.participants import Participant, apart, participants_seen
from reflect.sessions.parts import Action
from reflect.shown import Brief, Shown
from reflect.text.links import links_in, shorten_links
from reflect.text.prose import Words

#: The page that a talk has for whoever may not know which model was chosen for it.
NOT_SAID = "no-model"


def _settle_facts(given: Mapping[str, Words] | Iterable[tuple[str, Words]]) -> tuple[tuple[str, str], ...]:
    pairs = words_of_facts(dict(given))
    for name in pairs:
        if name not in FACTS:
            raise UnknownKey(name, tuple(FACTS), "fact called")
    return tuple((name, pairs[name]) for name in FACTS if pairs.get(name, "").strip())


def _read_clock(text: str) -> datetime.time | None:
    match = re.fullmatch(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])", text.strip())
    return datetime.time(int(match[1]), int(match[2])) if match else None


@attrs.frozen(kw_only=True)
class Note(Brief):
    """
    A line beside an item, or at the foot of an agenda.

    Attributes:
        text: What it says.
        ring: Who may read it.
    """

    text: str = attrs.field(repr=False)
    ring: Ring = attrs.field(converter=Ring)


def notes_to_join(place: str, ring: Ring) -> Iterator[Note]:
    """
    Give a note for each link in a place: among the facts only its host is named.

    Args:
        place: Where people meet.
        ring: Who may read it.
    """
    for link in links_in(place):
        yield Note(text=f"To join: {link}", ring=ring)


@attrs.frozen(kw_only=True)
class Item(Brief):
    """
    One item of a session.

    Attributes:
        set: What is asked or done.
        begins: Minutes from the start of the session.
        minutes: How long it is.
        stages: Its parts in their order of use, with their minutes.
        notes: What else there is to say about it.
        shows: Keys of the questions an agenda shows; by default, the way in and the way on.
        brought: What people brought that is talked about in it: first what it is about, then what is taken in with it.
        kind: What kind of heading it is, such as "before", "talk" or "short"; empty if nobody said.
        chosen: The ring of those who may know what was chosen for it: a model tells something of the topic, and of what
            the two used before. None if nothing was chosen, or not for this reader.
    """

    _in_line = ("set", "minutes")

    set: QuestionSet
    begins: int = attrs.field(validator=attrs.validators.ge(0))
    minutes: int = attrs.field(validator=attrs.validators.ge(1))
    stages: tuple[tuple[QuestionSet, int], ...] = ()
    notes: tuple[Note, ...] = ()
    shows: tuple[str, ...] = ()
    brought: tuple[Brought, ...] = ()
    kind: str = ""
    chosen: Ring | None = attrs.field(default=None, converter=attrs.converters.optional(Ring))

    @property
    def title(self) -> str:
        """
        The title of its set, or of what the set holds.
        """
        return self.set.title or " and ".join(part.title for part in self.set.parts if part.title)

    @property
    def whose(self) -> str:
        """
        Whose item it is: supervisee, supervisor or both.
        """
        return self.set.whose or next((part.whose for part in self.set.parts if part.whose), "both")

    @property
    def topic(self) -> Topic | None:
        """
        What it is about, if its questions have a topic.
        """
        return next((entry.topic for entry in self.set.entries if entry.topic), None)

    @property
    def about_brought(self) -> bool:
        """
        Whether its questions are about something that was brought, and not only taken in with it.
        """
        topic = self.topic
        return topic is not None and bool(self.brought) and self.brought[0].topic.id == topic.id


@attrs.frozen(kw_only=True)
class Session(Shown):
    """
    A planned session. Its minutes are exactly those of its items plus its spare time.

    Attributes:
        minutes: How long it is.
        items: What it consists of, in order.
        dropped: Whole items that there was no time for.
        spare: Minutes that nothing was planned for.
        facts: What is known about it, by the names in `FACTS`.
        notes: What its agenda says at the end, such as what is not discussed today.
        before: What was agreed before and is still open.
        put_off: What people brought that has no room today.
        series: The code of the series it belongs to; empty if it has none.
        occasion: What it is for, by name; empty if that is not known, or not for this reader.
        known: The ring of those who may know the occasion.
        participants: Who is there, where that is known.
        outside: The session as those have it who may not know the occasion; None if everybody may.
    """

    minutes: int = attrs.field(validator=[attrs.validators.ge(1), attrs.validators.le(LONGEST)])
    items: tuple[Item, ...]
    dropped: tuple[QuestionSet, ...] = ()
    spare: int = attrs.field(default=0, validator=attrs.validators.ge(0))
    facts: tuple[tuple[str, str], ...] = attrs.field(
        default=(), converter=_settle_facts, repr=False, metadata={"names": tuple(FACTS)}
    )
    notes: tuple[Note, ...] = ()
    before: tuple[Action, ...] = ()
    put_off: tuple[Brought, ...] = ()
    series: str = attrs.field(default="", repr=False)
    occasion: str = ""
    known: Ring = attrs.field(default=Ring.OPEN, converter=Ring)
    participants: tuple[Participant, ...] = ()
    outside: Session | None = attrs.field(default=None, repr=False)

    def __attrs_post_init__(self) -> None:
        begins = 0
        for item in self.items:
            if item.begins != begins:
                raise Refused("each item of a session must begin when the one before it ends")
            begins += item.minutes
        if begins + self.spare != self.minutes:
            raise Refused("the minutes of a session must be those of its items plus its spare time")

    def fact(self, name: str) -> str:
        """
        Return one fact, or nothing.
        """
        return dict(self.facts).get(name, "")

    @property
    def shortened(self) -> tuple[Item, ...]:
        """
        The items that got fewer minutes than somebody asked for.
        """
        return tuple(item for item in self.items if item.set.minutes is not None and item.minutes < item.set.minutes)

    @property
    def filled(self) -> bool:
        """
        Whether it holds anything that people said, so that its papers need a reader.
        """
        notes = any(item.notes for item in self.items) or bool(self.notes)
        facts = any(FACTS[name] is not Ring.OPEN for name, _ in self.facts)
        topics = any(item.topic or item.brought for item in self.items) or bool(self.put_off)
        return notes or facts or topics or bool(self.before) or bool(self.participants)

    @property
    def apart(self) -> str:
        """
        How those are there who are not in the room: "video", "telephone", or nothing.
        """
        return apart(self.participants)

    @property
    def brought(self) -> tuple[Brought, ...]:
        """
        What people brought, in the order of the items, and at last what has no room today.
        """
        return (*(each for item in self.items for each in item.brought), *self.put_off)

    def clock(self, minutes: int) -> str:
        """
        Return the time *minutes* after the start: ``10:05``, or ``0:05`` if no start is set.
        """
        start = _read_clock(self.fact("start"))
        if start is None:
            return f"{minutes // 60}:{minutes % 60:02}"
        whole = start.hour * 60 + start.minute + minutes
        return f"{whole // 60 % 24:02}:{whole % 60:02}"

    def _without_items(self) -> Session:
        return attrs.evolve(
            self, items=(), dropped=(), notes=(), put_off=(), spare=self.minutes, occasion="", known=Ring.OPEN
        )

    def visible_to(self, reader: Reader | str) -> Session:
        """
        Return the session as *reader* may see it, without any topic outside their rings.

        Whoever may not know what it is for sees the session as it would be without that: it tells them nothing by a
        heading, a length or what is left out.

        Args:
            reader: Who sees it: a reader, or the name of one, such as ``"supervisor"``.

        Raises:
            UnknownKey: No reader has the name.
        """
        reader = reader_of(reader)
        if not reader.sees(self.known):
            return (self.outside or self._without_items()).visible_to(reader)

        def without_hidden_topics(some: QuestionSet) -> QuestionSet:
            return some.without_topics(lambda topic: not reader.sees(topic.ring))

        def notes_seen(notes: tuple[Note, ...]) -> tuple[Note, ...]:
            return tuple(note for note in notes if reader.sees(note.ring))

        def questions_seen(item: Item) -> Item:
            hidden = item.about_brought and not reader.sees(item.brought[0].topic.ring)
            if item.chosen is not None and (hidden or not reader.sees(item.chosen)):
                silent = QuestionSet(key=NOT_SAID, mode=Mode.SAY, minutes=item.set.minutes)
                return attrs.evolve(item, set=silent, stages=(), shows=(), chosen=None)
            if hidden:
                # What somebody wants from it, and whose it is, shows in its heading and in the questions chosen for it.
                silent = attrs.evolve(item.set, title="", whose="", children=(), mode=Mode.SAY)
                return attrs.evolve(item, set=silent, stages=(), shows=())
            stages = tuple((without_hidden_topics(part), time) for part, time in item.stages)
            return attrs.evolve(item, set=without_hidden_topics(item.set), stages=stages)

        return attrs.evolve(
            self,
            items=tuple(
                attrs.evolve(
                    questions_seen(item),
                    notes=notes_seen(item.notes),
                    brought=cut_brought(item.brought, reader, about=item.about_brought),
                )
                for item in self.items
            ),
            notes=notes_seen(self.notes),
            dropped=tuple(map(without_hidden_topics, self.dropped)),
            facts=tuple((name, text) for name, text in self.facts if reader.sees(FACTS[name])),
            before=actions_seen(self.before, reader),
            put_off=cut_brought(self.put_off, reader, about=False),
            series=self.series if any(map(reader.sees, SERIES_RINGS)) else "",
            participants=participants_seen(self.participants, reader),
            outside=self.outside and self.outside.visible_to(reader),
        )


def _deal_stages(item: QuestionSet, rows: Iterator[Row]) -> Iterator[tuple[QuestionSet, int]]:
    """
    The parts directly in an item in their order of use, each with the minutes of its stretches.
    """

    def leaves(some: QuestionSet) -> int:
        return sum(map(leaves, stretches_of(some))) if some.parts else 1

    own = set(map(id, item.parts))
    for stretch in stretches_of(item):
        minutes = sum(next(rows).minutes for _ in range(leaves(stretch)))
        yield stretch if id(stretch) in own else QuestionSet(children=stretch.children), minutes


def _make_items(timetable: Timetable) -> Iterator[Item]:
    begins = 0
    rows = iter(timetable.rows)
    for some, minutes in zip(timetable.items, timetable.times, strict=True):
        stages = tuple(_deal_stages(some, rows)) if some.parts else ()
        if not stages:
            next(rows)
        yield Item(set=some, begins=begins, minutes=minutes, stages=stages)
        begins += minutes


def make_item(
    some: QuestionSet, begins: int, minutes: int, notes: Iterable[Note] = (), shows: Iterable[str] = ()
) -> Item:
    """
    Return a set as an item of a session, with its minutes dealt to its parts.

    Raises:
        DoesNotFit: The set needs more minutes.
    """
    timetable = schedule(some.within(minutes), minutes)
    rows = iter(timetable.rows)
    return Item(
        set=some.within(minutes),
        begins=begins,
        minutes=minutes,
        stages=tuple(_deal_stages(some, rows)) if some.parts else (),
        notes=tuple(notes),
        shows=tuple(shows),
    )


def _put_to_topic(items: tuple[Item, ...], title: str) -> tuple[Item, ...]:
    """
    Give the supervisee's longest item the topic that they bring.
    """
    theirs = [i for i, item in enumerate(items) if item.whose == "supervisee" and not item.topic]
    if not theirs:
        return items
    chosen = max(theirs, key=lambda i: (items[i].minutes, -i))
    item = items[chosen]
    about = item.set.about("topic", title, FACTS["topic"])
    stages = tuple((part.about("topic", title, FACTS["topic"]), time) for part, time in item.stages)
    return (*items[:chosen], attrs.evolve(item, set=about, stages=stages), *items[chosen + 1 :])


def plan(
    outline: Outline | Composable | str,
    minutes: int = 60,
    *,
    models: Catalogue | None = None,
    choose: Choose = choose_first,
    facts: Mapping[str, Words] | None = None,
) -> Session:
    """
    Plan a session: settle an outline and deal its minutes.

    Args:
        outline: What to ask, as an outline, its text, a model or a set.
        minutes: How long the session is, in minutes.
        models: Where to look for models; by default our own.
        choose: Picks one of several ways; the first by default.
        facts: What is known about the session: title, organisation, marking, date, start (``10:00``), place,
            supervisor, supervisee, topic; each a text, a day or a time.

    Raises:
        DoesNotFit: A wish is shorter than its model needs, or nothing fits; the error names models that do.
        UnknownKey: The outline names a model or part that does not exist.
        OutlineFault: Its text cannot be read.
        Refused: A fact is wrong.
    """
    if not 1 <= minutes <= LONGEST:
        raise Refused(f"a session cannot last {minutes} minutes; give a number from 1 to {LONGEST}", "minutes")
    models = our_catalogue() if models is None else models
    known = _settle_facts(facts or {})
    start = dict(known).get("start", "")
    if start and _read_clock(start) is None:
        raise Refused("the start is not a time of day; write it like 10:00", "start")
    if isinstance(outline, str) and choose is choose_first:
        items, dropped = _plan_text(outline, minutes, models)
    else:
        items, dropped = _plan_outline(
            read_outline(outline, models.find_nearest) if isinstance(outline, str) else outline,
            minutes,
            models,
            choose,
        )
    return _make_session(items, dropped, minutes, known)


def plan_again(
    uses: Sequence[tuple[str, int]],
    minutes: int,
    *,
    models: Catalogue | None = None,
    facts: Mapping[str, str] | None = None,
) -> Session:
    """
    Return a session as it was planned before: its items by the keys of their pages, each with its minutes.

    The same page may come several times, about several things; an outline would ask it once. What a page needs today
    does not count, since the session was held.

    Raises:
        DoesNotFit, UnknownKey, OutlineFault, Refused: As `plan` raises them.
    """
    total = sum(each for _, each in uses)
    if uses and (len({use for use, _ in uses}) == len(uses) or total > minutes):
        try:
            return plan(" + ".join(f"{use}@{each}" for use, each in uses), minutes, models=models, facts=facts)
        except (DoesNotFit, UnknownKey, UnknownModels):
            if total > minutes:
                raise
            # It was held: a page that asks for more time today, or has lost a part, takes nothing away from that.
    known = our_catalogue() if models is None else models
    begins = itertools.accumulate((each for _, each in uses), initial=0)
    items = tuple(
        _item_as_held(_load_as_held(known, use), start, each) for (use, each), start in zip(uses, begins, strict=False)
    )
    return _make_session(items, (), minutes, _settle_facts(facts or {}))


def _make_session(
    items: tuple[Item, ...], dropped: tuple[QuestionSet, ...], minutes: int, facts: tuple[tuple[str, str], ...]
) -> Session:
    if title := dict(facts).get("topic", ""):
        items = _put_to_topic(items, title)
    spare = minutes - sum(item.minutes for item in items)
    return with_facts(Session(minutes=minutes, items=items, dropped=dropped, spare=spare), dict(facts))


def with_facts(session: Session, facts: Mapping[str, str]) -> Session:
    """
    Return a session of which more is known. A link as its place is named among its facts, and stands whole at its
    first item, where people join.

    Args:
        facts: What is known, by the names in `FACTS`; it goes before what was known.
    """
    known = {**dict(session.facts), **facts}
    place = known.get("place", "")
    joins = tuple(note for note in notes_to_join(place, FACTS["place"]) if session.items)
    if joins:
        known["place"] = shorten_links(place)
        first = session.items[0]
        others = tuple(note for note in first.notes if note not in joins)
        session = attrs.evolve(session, items=(attrs.evolve(first, notes=(*joins, *others)), *session.items[1:]))
    return attrs.evolve(session, facts=known)


def _load_as_held(models: Catalogue, use: str) -> QuestionSet:
    """
    Return what was used, or its model under the same key if the page has lost that part since.
    """
    key = use.partition(".")[0]
    try:
        return models.load(use).questions
    except UnknownKey:
        if key not in models or key == use:
            raise
        return attrs.evolve(models.load(key).questions, key=use)


def _item_as_held(some: QuestionSet, begins: int, minutes: int) -> Item:
    """
    Return a set as an item, without minutes for its parts if it needs more today than it had.
    """
    try:
        return make_item(some, begins, minutes)
    except DoesNotFit:
        return Item(set=some.within(minutes), begins=begins, minutes=minutes)


@functools.lru_cache(64)
def _plan_text(text: str, minutes: int, models: Catalogue) -> tuple[tuple[Item, ...], tuple[QuestionSet, ...]]:
    """
    The items of an outline's text, and the dropped ones. Equal plans share one result.
    """
    return _plan_outline(read_outline(text, models.find_nearest), minutes, models, choose_first)


def _plan_outline(
    what: Outline | Composable, minutes: int, models: Catalogue, choose: Choose
) -> tuple[tuple[Item, ...], tuple[QuestionSet, ...]]:
    _check_uses(what, models)
    try:
        timetable = schedule(what, minutes, load=models.load, choose=choose)
    except DoesNotFit as error:
        raise with_alternatives(error, models) from None
    return tuple(_make_items(timetable)), timetable.dropped


def _check_uses(what: Outline | Composable, models: Catalogue) -> None:
    """
    Look up every name that an outline uses, and report all missing ones at once.
    """
    missing: list[UnknownKey] = []
    for path in dict.fromkeys(uses(what)) if isinstance(what, Outline) else ():
        try:
            models.load(path)
        except UnknownKey as error:
            missing.append(UnknownKey(path, error.known, "model or part", error.meant))
    if missing:
        raise UnknownModels(tuple(missing))


def with_alternatives(error: DoesNotFit, models: Catalogue) -> DoesNotFit:
    """
    Return an error that names up to three models that do fit, of the same shape first, the longest first.
    """
    what, minutes = error.what, error.has
    heads = {head.key: head for head in models.heads()}
    shape = heads[what].shape if what in heads else None
    fits = [
        h for h in heads.values() if h.minutes and h.minutes[0] <= minutes and h.key != what and h.family != "frame"
    ]
    fits.sort(key=lambda h: (h.shape is not shape, -(h.minutes or (0, 0))[0], h.key))
    needs = ((head, least(models.model(head.key))) for head in fits[:3])
    fitting = tuple(Alternative(head.key, head.title, fewest) for head, fewest in needs if fewest <= minutes)
    return attrs.evolve(error, alternatives=fitting)
