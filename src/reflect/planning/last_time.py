"""
What is known of the sessions before the next one: their filled records, and the plans that were kept of them.

A plan knows the words of the two; a record says what became of them. The order in which they are given means nothing,
and each may be given twice.
"""

from __future__ import annotations

import datetime
import functools
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

import attrs

from reflect.errors import Refused
from reflect.interchange.values import to_json
from reflect.papers.passing import PassingOn
from reflect.planning.happened import HeldLine, outcomes_of_brought
from reflect.planning.hour import BEFORE
from reflect.planning.talks import ROOM_TO_THINK
from reflect.questions.rings import Ring, narrowest
from reflect.sessions.acting import join_repeats
from reflect.sessions.attendance import is_filled_in
from reflect.sessions.brought import Brought, Outcome, day_of_id, next_id
from reflect.sessions.carrying import date_of
from reflect.sessions.deciding import CASE_PAPERS, LOGS
from reflect.sessions.kept import KeptPlan
from reflect.sessions.parts import Action, ActionState, Decision, ItemRecord
from reflect.sessions.record import Record, is_of_group
from reflect.sessions.series import NO_MODEL
from reflect.sessions.settling import (
    action_that_cannot_wait,
    actions_before_next,
    to_decide,
    with_agreed,
    without_repeats,
)
from reflect.sessions.support import Support, support_in
from reflect.sessions.themes import RESTORATIVE
from reflect.sessions.typed import key_of_words, read_day
from reflect.shown import Brief
from reflect.text.names import may_be_one_person

#: A copy whose names were replaced: nothing can follow from it.
_OWN_COPY = "own-copy"
#: The page of an item that somebody brought.
_OWN_ITEM = "own-item"
#: Lines that take in what has none of its own that day: next time it may have one.
_FOR_A_DAY = ("depth", "short", "before")
#: A session that is held at most so long before or after its day is still the one that was planned.
_MOVED = datetime.timedelta(days=14)


#: What a paper of a case has of it before anybody writes.
_PRINTED_OF_CASE = frozenset({"about", "plan", "date", "last", "happened", "how"})

_Value = TypeVar("_Value")


def day_of_record(record: Record) -> datetime.date:
    """
    Return the day of a session from its record, or that of a case's paper. A log has none: it says what is so now.

    Raises:
        Refused: It has no day that can be read.
    """
    day = read_day(date_of(record))
    if day is None and record.document in LOGS:
        return datetime.date.max
    if day is None:
        raise Refused(
            "the day of a record cannot be read; write it on the record like 4 March 2026, and try again", "record"
        )
    return day


def actions_after(record: Record) -> tuple[Action, ...]:
    """
    Return the actions of one session as they stand after it, each once: what was looked at, what was agreed, who must
    be seen, what must be decided, and what was not done. What of them is open is what comes back next time.
    """
    # Nothing follows from an own copy, and without a day nobody can say when anything was agreed.
    if record.document == _OWN_COPY or read_day(date_of(record)) is None:
        return (*without_repeats(record), *actions_before_next(record), *record.actions)
    return LastTime(records=(record,)).actions


def _sort_records(records: Iterable[Record]) -> tuple[Record, ...]:
    """
    Return each record once, in an order that is their own.
    """

    def moment(record: Record) -> tuple[datetime.date, str]:
        if record.document == _OWN_COPY:
            raise Refused(
                "names are replaced in an own copy, so no plan can follow from it; name the record itself", "record"
            )
        return day_of_record(record), dict(record.facts).get("start", "")

    known = map(with_agreed, records)
    return tuple(_each_once(known, moment, lambda record: to_json(attrs.evolve(record, reading=None))))


def _sort_plans(plans: Iterable[KeptPlan]) -> tuple[KeptPlan, ...]:
    return tuple(_each_once(plans, lambda plan: (plan.day, plan.session.fact("start")), to_json))


def _each_once(
    values: Iterable[_Value], moment: Callable[[_Value], tuple[datetime.date, str]], words: Callable[[_Value], str]
) -> Iterator[_Value]:
    """
    Give each value once, by its moment; several of one moment by all of their words, which takes time.
    """
    known: dict[tuple[datetime.date, str], list[_Value]] = {}
    for value in values:
        known.setdefault(moment(value), []).append(value)
    for _, some in sorted(known.items()):
        if len(some) == 1:
            yield some[0]
        else:
            keyed = {words(value): value for value in some}
            yield from (keyed[key] for key in sorted(keyed))


def _sort_slips(slips: Iterable[PassingOn]) -> tuple[PassingOn, ...]:
    return tuple(sorted({attrs.astuple(slip): slip for slip in slips}.values(), key=attrs.astuple))


@attrs.frozen(kw_only=True)
class OpenTopic(Brief):
    """
    Something that was brought and comes back.

    Attributes:
        brought: The topic in the words of its bringer, with what was said of it last.
        first: Whether it comes back for the first time, so that its bringer is asked whether they still want it.
    """

    brought: Brought
    first: bool


@attrs.frozen(kw_only=True)
class LastTime(Brief):
    """
    The sessions before the next one.

    Attributes:
        records: Their records, in an order of their own, and papers of cases and logs of actions.
        plans: The plans that were kept of them.
        slips: What groups have let out for the two.
        new_part: Whether the next session begins a new part, in which nothing has been carried over yet.
    """

    records: tuple[Record, ...] = attrs.field(default=(), converter=_sort_records)
    plans: tuple[KeptPlan, ...] = attrs.field(default=(), converter=_sort_plans)
    slips: tuple[PassingOn, ...] = attrs.field(default=(), converter=_sort_slips)
    new_part: bool = False

    @property
    def sessions(self) -> tuple[Record, ...]:
        """
        The records of sessions, without the papers of cases and the logs that are given with them.
        """
        return tuple(each for each in self.records if each.document not in (*CASE_PAPERS, *LOGS))

    @functools.cached_property
    def day(self) -> datetime.date | None:
        """
        The day of the last of them; None if there is none.
        """
        return max((*map(day_of_record, self.sessions), *(plan.day for plan in self.plans)), default=None)

    @property
    def record(self) -> Record | None:
        """
        The record of the last session, if that was given.
        """
        of_day = [each for each in self.sessions if day_of_record(each) == self.day]
        return max(of_day, key=lambda each: (bool(each.items), len(each.facts)), default=None)

    @property
    def plan(self) -> KeptPlan | None:
        """
        The plan of the last session that one was kept of.
        """
        return self.plans[-1] if self.plans else None

    @property
    def series(self) -> tuple[str, ...]:
        """
        The codes of the series that they belong to.
        """
        codes = {*(each.series for each in self.records), *(each.series for each in self.plans)}
        return tuple(sorted({*codes, *(each.series for each in self.slips)} - {""}))

    @property
    def of_group(self) -> bool | None:
        """
        Whether the last session was that of a group; None if nothing is known of that.
        """
        rings = {each.topic.ring for each in self.plan.brought} if self.plan else set()
        if rings & {Ring.OWN, Ring.PAIR, Ring.PERSONAL, Ring.GROUP}:
            return not rings & {Ring.OWN, Ring.PAIR, Ring.PERSONAL}
        record = self.record
        return is_of_group(record.document) if record and record.items and not self.plan else None

    def has_one_supervisee(self, name: str = "", coded: bool = False) -> bool:
        """
        Tell whether all papers are those of one supervisee, as far as they say who that is and no code says it.

        Args:
            name: Who it is now, if that is said.
            coded: Whether who it is now has the code of the series.
        """
        sources = [] if coded and self.series else [frozenset({name})]
        plans = list(self.plans)
        for record in self.sessions:
            plan = self.plan_of(record)
            # What the two wrote over on their record is the same person.
            names = {dict(record.facts).get("supervisee", ""), plan.session.fact("supervisee") if plan else ""}
            plans = [each for each in plans if each is not plan]
            if not record.series:
                sources.append(frozenset(names))
        sources += [frozenset({plan.session.fact("supervisee")}) for plan in plans if not plan.series]
        known = [some for each in sources if (some := {text for text in each if text.strip()})]
        return all(
            any(may_be_one_person(one, other) for one in these for other in those)
            for n, these in enumerate(known)
            for those in known[:n]
        )

    @property
    def without_plan(self) -> tuple[Record, ...]:
        """
        The records whose plan was not given.
        """
        return tuple(each for each in self.records if each.items and self.plan_of(each) is None)

    def plan_of(self, record: Record) -> KeptPlan | None:
        """
        Return the plan that a record was filled in for: of the same day, hour and items. If the two have met on another
        day and wrote that on the record, it is the plan of the nearest day that has the same items.
        """
        day, start = day_of_record(record), dict(record.facts).get("start", "")

        def distance(plan: KeptPlan) -> tuple[bool, datetime.timedelta, bool]:
            return not _have_same_items(plan, record), abs(plan.day - day), plan.session.fact("start") != start

        of_series = (plan for plan in self.plans if not plan.series or record.series in ("", plan.series))
        near = (plan for plan in of_series if abs(plan.day - day) <= _MOVED)
        fits = [plan for plan in near if plan.day == day or _have_same_items(plan, record)]
        return min(fits, key=distance, default=None)

    def sessions_on(self, day: datetime.date) -> int:
        """
        Return how many of the sessions were on a day.
        """
        of_day = [each for each in self.records if each.items and day_of_record(each) == day]
        return len({dict(each.facts).get("start", "") for each in of_day})

    # --- topics

    @functools.cached_property
    def topics(self) -> tuple[Brought, ...]:
        """
        All that was brought, by the words of the two, each with what was said of it last.
        """
        words: dict[str, Brought] = {}
        said: dict[str, list[tuple[_Moment, Outcome, str]]] = {}
        for moment, brought in self._mentions:
            name = brought.topic.id
            known = words.get(name)
            # Nothing widens: the words of the narrowest ring are those of the plan.
            if known is None or narrowest(known.topic.ring, brought.topic.ring) is not known.topic.ring:
                words[name] = brought
            if moment and brought.became:
                said.setdefault(name, []).append((moment, brought.became, brought.until))
        return tuple(_with_last_said(brought, said.get(name, [])) for name, brought in words.items())

    @property
    def _mentions(self) -> Iterator[tuple[_Moment | None, Brought]]:
        """
        Each time that a topic is mentioned: the topic, and if what became of it could be said then, the day and hour.
        """
        for plan in self.plans:
            for each in plan.brought:
                yield None, each
        for record in self.records:
            for n, item in enumerate(record.items):
                for each in self.brought_to(record, n):
                    until = each.until or (item.until if each.became is item.outcome else "")
                    yield _moment_of(record), attrs.evolve(each, until=until)

    def brought_to(self, record: Record, n: int) -> tuple[Brought, ...]:
        """
        Return what was brought to an item of a record, with what was said of each: by a tick, or by words in its box.
        """
        plan, item = self.plan_of(record), record.items[n]
        planned = plan.session.items[n] if plan and _have_same_items(plan, record) else None
        told = {each.topic.id: each for each in (planned.brought if planned else ())}
        about = planned.about_brought if planned else bool(item.brought)
        for each in item.brought:
            if day_of_id(each.topic.id) is not None:
                told[each.topic.id] = each
            elif not told and (name := self.ids_of_named.get((id(record), each.topic.id))):
                # The paper has its name alone; a plan knows its id, and the words of whoever brought it.
                told[name] = attrs.evolve(each, topic=attrs.evolve(each.topic, id=name))
        line = HeldLine(kind=planned.kind if planned else "", use=item.use, brought=tuple(told.values()), about=about)
        became = dict(outcomes_of_brought(line, item, record))
        return tuple(attrs.evolve(each, became=became[each.topic.id] or item.outcome) for each in told.values())

    @functools.cached_property
    def ids_of_named(self) -> Mapping[tuple[int, str], str]:
        """
        New ids for what has only a name, by record and item: somebody wrote it on the record, or the file has lost its
        id.
        """
        known = [each.topic.id for plan in self.plans for each in plan.brought]
        known += [each.topic.id for record in self.records for each in record.brought]
        ids: dict[tuple[int, str], str] = {}
        for record in self.records:
            for item in record.items:
                for each in item.brought:
                    if each.topic.id == item.key:
                        known.append(next_id(day_of_record(record), each.topic.ring, known))
                        ids[id(record), item.key] = known[-1]
        return ids

    @property
    def open_topics(self) -> tuple[OpenTopic, ...]:
        """
        What was put off or never spoken of: the supervisee's before the supervisor's, and what was brought longest ago
        first.
        """
        back = [each for each in self.topics if each.open and not (each.became is None and self.has_its_own_way(each))]
        whose = ("supervisee", "both", "supervisor")
        back.sort(key=lambda each: (whose.index(each.whose), each.since or datetime.date.max))
        days = {self.day, *(plan.day for plan in self.plans if plan is self.plan), None}
        return tuple(OpenTopic(brought=each, first=each.since in days) for each in back)

    def has_its_own_way(self, brought: Brought) -> bool:
        """
        Tell whether something of which the record says nothing comes back some other way: a case whose turn it was has
        its turn again, what was said of a case is on its own paper, and what could not wait is an action.
        """
        case = brought.topic.ring is Ring.CASE and key_of_words(brought.topic.title) in self.cases_written_of
        name = brought.topic.id
        return case or name in self.turns or name in self.unwritten or name in self.could_not_wait

    @functools.cached_property
    def could_not_wait(self) -> frozenset[str]:
        """
        The ids of what could not wait and had no line of its own on a record: what is not written among who must be
        seen and what must be decided comes back as an action. A case has its own papers, and comes back as a topic.
        """
        items = (item for plan in self.plans for item in plan.session.items if item.kind == BEFORE)
        known = (each for item in items for each in item.brought if each.whose == "both" or self.is_urgent(each))
        return frozenset(each.topic.id for each in known if each.topic.ring is not Ring.CASE)

    def is_urgent(self, brought: Brought) -> bool:
        """
        Tell whether somebody said of something that it must not wait.
        """
        return any(brought.topic.id in (plan.urgent or ()) for plan in self.plans)

    @functools.cached_property
    def unwritten(self) -> frozenset[str]:
        """
        The ids of what restorative groups had time for: their records say nothing of it, so that it does not come back.
        """
        held = {day_of_record(each) for each in self.sessions if each.document == RESTORATIVE and is_filled_in(each)}
        items = (item for plan in self.plans if plan.day in held for item in plan.session.items)
        return frozenset(each.topic.id for item in items for each in item.brought)

    @functools.cached_property
    def cases_written_of(self) -> frozenset[str]:
        """
        The cases on whose papers somebody wrote what was thought or decided.
        """
        return frozenset(
            key_of_words(record.answer(f"{record.document}.about"))
            for record in self.records
            if record.document in CASE_PAPERS
            and (record.actions or {each.key.rpartition(".")[2] for each in record.answers} - _PRINTED_OF_CASE)
        )

    @functools.cached_property
    def turns(self) -> frozenset[str]:
        """
        The ids of cases that had a talk because it was their turn: nobody brought them, and their turn comes again.
        """
        items = (pair for plan in self.plans for pair in zip(plan.session.items, plan.lines, strict=False))
        return frozenset(
            item.brought[0].topic.id
            for item, line in items
            if line.kind == "depth" and item.about_brought and item.brought[0].whose == "supervisor"
        )

    @functools.cached_property
    def hosts(self) -> Mapping[str, str]:
        """
        The kinds of standing items that took topics in, by their ids: a topic that comes back has no item of its own
        either. What must not wait does not become a talk because it was put off.
        """
        urgent = {name: BEFORE for plan in self.plans for name in plan.urgent or ()}
        items = (pair for plan in self.plans for pair in zip(plan.session.items, plan.lines, strict=False))
        taken_in = {
            each.topic.id: line.kind
            for item, line in items
            for each in item.brought[item.about_brought :]
            if line.kind not in _FOR_A_DAY
        }
        return {**taken_in, **urgent}

    @functools.cached_property
    def promised(self) -> frozenset[str]:
        """
        The ids of what was to have a talk the last time, or was given a day; if it comes back, nobody has come to it.
        """
        sessions = [plan.session for plan in self.plans if self.plan and plan.day == self.plan.day]
        talks = [item for each in sessions for item in each.items if item.kind == "talk" and item.about_brought]
        with_day = [each for session in sessions for each in session.put_off if read_day(each.until)]
        return frozenset(each.topic.id for each in (*(item.brought[0] for item in talks), *with_day))

    @property
    def lost_words(self) -> Iterator[tuple[datetime.date, ItemRecord]]:
        """
        The items that come back and whose words are in a plan that was not given, each with its day.
        """
        for record in self.without_plan:
            for item in record.items:
                silent = item.outcome is None and not record.shown_by_words(item.key)
                # A record that others may read has neither the topic of a talk nor what was planned for it.
                hidden = item.use == _OWN_ITEM or (item.use == NO_MODEL and item.minutes >= ROOM_TO_THINK)
                comes_back = hidden and (silent or item.outcome is Outcome.NOT_REACHED)
                if not item.brought and (comes_back or item.outcome is Outcome.PUT_OFF):
                    yield day_of_record(record), item

    # --- actions and decisions

    @functools.cached_property
    def actions(self) -> tuple[Action, ...]:
        """
        All that was agreed, each with an id and what was said of it last.
        """
        known: dict[_Named, Action] = {}
        said: dict[_Named, list[tuple[_Moment, ActionState]]] = {}

        def mention(action: Action, moment: _Moment | None = None) -> None:
            name = _name_among(known, action)
            first = known.setdefault(name, action)
            if narrowest(first.ring, action.ring) is not first.ring:
                known[name] = action
            if moment and action.state is not ActionState.OPEN:
                said.setdefault(name, []).append((moment, action.state))

        for plan in self.plans:
            for action in plan.session.before:
                mention(attrs.evolve(action, state=ActionState.OPEN))
        for record in self.records:
            for action in without_repeats(record):
                if action.id:
                    mention(action, _moment_of(record))
            for action in actions_before_next(record):
                mention(action, _moment_of(record))
        new: dict[tuple[datetime.date, Action], None] = {}
        rows: dict[_Named, set[tuple[str, str]]] = {}
        for record in self.records:
            for action in (*without_repeats(record), *record.actions):
                if action.id and not _is_another_row(rows, action, day_of_record(record)):
                    mention(action, _moment_of(record))
                elif action.what.strip():
                    new[day_of_record(record), attrs.evolve(action, id="", state=ActionState.OPEN)] = None
        for day, action in new:
            if not any(_words_of(each) == _words_of(action) and day_of_id(each.id) == day for each in known.values()):
                mention(attrs.evolve(action, id=next_id(day, action.ring, (name for name, _ in known))))
        for each in self.topics:
            if each.became is None and each.topic.id in self.could_not_wait:
                mention(action_that_cannot_wait(each))
        actions = (_with_last_state(action, said.get(name, [])) for name, action in known.items())
        return join_repeats((), sorted(actions, key=lambda each: day_of_id(each.id) or datetime.date.max))

    @property
    def open_actions(self) -> tuple[Action, ...]:
        """
        What is still to be done.
        """
        return tuple(each for each in self.actions if each.open)

    @functools.cached_property
    def counts(self) -> Mapping[str, int]:
        """
        How often each open action will have been carried over, by its id. A session of which there is no record counts
        for nothing: it may not have been held. Nobody gets what was counted with somebody else.
        """
        if self.new_part:
            return {}
        counts: dict[str, int] = {}
        held = {day_of_record(each) for each in self.records if each.items}
        for action in self.open_actions:
            times = max((dict(plan.counts).get(action.id, 0) for plan in self.plans), default=0)
            counts[action.id] = times + (self.day in held)
        return {name: times for name, times in counts.items() if times}

    @property
    def unconfirmed(self) -> tuple[Decision, ...]:
        """
        Decisions made between sessions that one of the two has still to confirm. What has yet to be decided is among
        the actions.
        """
        known: dict[tuple[str, str, str], Decision] = {}
        told = [(each, to_decide(record)) for record in self.records for each in record.decisions]
        for each in (
            *(decision for plan in self.plans for decision in plan.unconfirmed),
            *(decision for decision, of_record in told if decision.confirmed is not None and decision not in of_record),
        ):
            # Each case has its own decisions, so that two may have the same id.
            name = (each.id, key_of_words(each.about), "") if each.id else (each.about, each.when, each.what)
            known[name] = each
        return tuple(each for each in known.values() if not each.confirmed and not each.replaced_by)

    def support_on(self, day: datetime.date) -> tuple[Support, ...]:
        """
        Return the support that was agreed until some time and has not ended before a day, each as it was agreed last.
        If its end is in words and not a day, it comes back once.
        """
        known: dict[str, Support] = {}
        last = max(map(day_of_record, self.sessions), default=None)
        of_plans = ((plan.day, each) for plan in self.plans for each in plan.support if each.ends)
        of_records = (
            (day_of_record(record), each)
            for record in self.sessions
            for each in support_in(record)
            if each.until.strip() and (each.ends or day_of_record(record) == last)
        )
        for _, each in sorted((*of_plans, *of_records), key=lambda pair: pair[0]):
            known[key_of_words(each.what)] = each
        return tuple(each for each in known.values() if each.holds_on(day))


#: The day and the hour of a session: two may be on one day.
_Moment = tuple[datetime.date, str]
#: The id of an action, and the case it is about: each case has its own, so that two of them may have the same id.
_Named = tuple[str, str]


def _name_among(known: Iterable[_Named], action: Action) -> _Named:
    """
    Return the name of an action among others. Where a paper has lost which case it is about, the id is enough.
    """
    case = key_of_words(action.case) if action.ring is Ring.CASE else ""
    same = [name for name in known if name[0] == action.id]
    if len(same) == 1 and "" in (case, same[0][1]):
        return same[0]
    return action.id, case


def _is_another_row(rows: dict[_Named, set[tuple[str, str]]], action: Action, day: datetime.date) -> bool:
    """
    Tell whether a record of a day calls an action as another record of that day calls one with other words: each of the
    two has filled one in.
    """
    if day_of_id(action.id) != day:
        return False
    words = rows.setdefault(_name_among(rows, action), set())
    if not words:
        words.add(_words_of(action))
    return _words_of(action) not in words


def _words_of(action: Action) -> tuple[str, str]:
    return key_of_words(action.what), key_of_words(action.who)


def _have_same_items(plan: KeptPlan, record: Record) -> bool:
    return [item.minutes for item in plan.session.items] == [item.minutes for item in record.items]


def _moment_of(record: Record) -> _Moment:
    return day_of_record(record), dict(record.facts).get("start", "")


def _with_last_said(brought: Brought, said: list[tuple[_Moment, Outcome, str]]) -> Brought:
    """
    Return a topic with what was said of it in the last session in which anything was: if two records of that differ, it
    is open.
    """
    if not said:
        return attrs.evolve(brought, became=None, until="")
    last = max(moment for moment, _, _ in said)
    _, became, until = min((each for each in said if each[0] == last), key=lambda each: (each[1].settled, each[1:]))
    return attrs.evolve(brought, became=became, until=until if not became.settled else "")


def _with_last_state(action: Action, said: list[tuple[_Moment, ActionState]]) -> Action:
    if not said:
        return attrs.evolve(action, state=ActionState.OPEN)
    last = max(moment for moment, _ in said)
    states = [state for moment, state in said if moment == last]
    return attrs.evolve(action, state=ActionState.NOT_YET if ActionState.NOT_YET in states else min(states))
