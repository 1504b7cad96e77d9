"""
Wrong operations that a careless law would let pass. `test_impostors.py` shows that ours do not.

Each is wrong in one way, and right in as many others as possible.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import attrs

from reflect.errors import Refused
from reflect.questions.question import By, Element, Function, Mode, Question, Step, Topic
from reflect.questions.rings import Ring
from reflect.questions.sets import EMPTY, Composable, Entry, QuestionSet, regroup, sequence, weave, without
from reflect.questions.timetable import Row, Timetable, least, schedule
from tests.laws import items_of, needs, start

Belongs = Callable[[Question], bool]


def flat(asks: Iterable[Question]) -> QuestionSet:
    """
    A set of questions without parts, each once.
    """
    return QuestionSet(children=list({question.id: question for question in asks}.values()))


def renamed(a: QuestionSet, topic: Topic) -> QuestionSet:
    children = [renamed(c, topic) if isinstance(c, QuestionSet) else attrs.evolve(c, topic=topic) for c in a.children]
    return attrs.evolve(a, children=children)


# --- make


def make_as_given(**given: Any) -> QuestionSet:
    """
    Keeps what it is given, even if it belongs nowhere.
    """
    made = QuestionSet(**{**given, "title": given.get("title") or "To be taken away"})
    object.__setattr__(made, "title", given.get("title", ""))
    return made


def make_flat(**given: Any) -> QuestionSet:
    """
    Dissolves a single set as well.
    """
    return flat(QuestionSet(**given).asks)


def make_with_nothing_in_it(**given: Any) -> QuestionSet:
    """
    Keeps a title that nothing is asked under.
    """
    made = QuestionSet(**given)
    if not made and given.get("title"):
        made = attrs.evolve(made)
        object.__setattr__(made, "title", given["title"])
    return made


def make_leaves_out_strangers(**given: Any) -> QuestionSet:
    """
    Says nothing where questions and steps are mixed, and keeps those that fit.
    """
    try:
        return QuestionSet(**given)
    except Refused:
        fitting = Question if given.get("mode", Mode.ASK) is Mode.ASK else Step
        return QuestionSet(**{**given, "children": [c for c in given["children"] if isinstance(c, fitting)]})


def make_refuses_steps(**given: Any) -> QuestionSet:
    made = QuestionSet(**given)
    if made.steps:
        raise Refused("a set asks")
    return made


# --- entries


def views_of_questions_alone(a: QuestionSet) -> tuple[Sequence[Entry], Sequence[Question], Sequence[Step], bool]:
    """
    Takes what is asked for all there is.
    """
    return a.asks, a.asks, a.steps, bool(a.asks)


def views_with_steps_last(a: QuestionSet) -> tuple[Sequence[Entry], Sequence[Question], Sequence[Step], bool]:
    return (*a.asks, *a.steps), a.asks, a.steps, bool(a)


def views_with_steps_as_questions(a: QuestionSet) -> tuple[Sequence[Entry], Sequence[Any], Sequence[Step], bool]:
    return a.entries, a.entries, a.steps, bool(a)


# --- join


def join_overlooks_steps(*sets: Composable) -> QuestionSet:
    """
    Joins what is asked alone.
    """
    return sequence(*(each.without_steps() for each in sets))


def join_drops_parts_without_questions(*sets: Composable) -> QuestionSet:
    """
    Takes a part that lost its questions to another for empty.
    """
    whole = sequence(*sets)
    return _asking_parts(whole) if whole.asks else whole


def _asking_parts(a: QuestionSet) -> QuestionSet:
    kids = [_asking_parts(c) if isinstance(c, QuestionSet) and c.asks else c for c in a.children]
    return attrs.evolve(a, children=[c for c in kids if not isinstance(c, QuestionSet) or c.asks or c.mode != "ask"])


def join_keeps_silences(*sets: Composable) -> QuestionSet:
    """
    Takes a part in which nothing is done for something.
    """
    full = [each.questions for each in sets if each.questions != EMPTY]
    return full[0] if len(set(full)) == 1 else sequence(*sets)


def join_last_wins(*sets: Composable) -> QuestionSet:
    """
    Keeps the last occurrence of each question.
    """
    kept = EMPTY
    for each in sets:
        kept = sequence(without(kept, each), each)
    return kept


def join_overlooks_clashes(*sets: Composable) -> QuestionSet:
    """
    Keeps the first wording and says nothing.
    """
    whole = EMPTY
    for each in sets:
        have = {question.id for question in whole.asks}
        whole = sequence(whole, each.where(lambda q, have=have: q.id not in have))  # type: ignore[misc]
    return whole


def join_refuses_repeats(*sets: Composable) -> QuestionSet:
    """
    Refuses every question that is met twice.
    """
    return QuestionSet(children=[each.questions for each in sets])


def join_forgets_topics(*sets: Composable) -> QuestionSet:
    """
    Takes a question to two topics for one.
    """
    seen: set[str] = set()
    whole = sequence(*sets)
    return whole.where(lambda q: not (q.key in seen or seen.add(q.key)))  # type: ignore[func-returns-value]


def join_wraps(*sets: Composable) -> QuestionSet:
    """
    Makes a part of what was joined.
    """
    return attrs.evolve(sequence(*sets), title="Joined")


def join_sorts(*sets: Composable) -> QuestionSet:
    """
    Puts the questions in the order of their keys.
    """
    return flat(sorted(sequence(*sets).asks, key=lambda q: q.id))


# --- where


def where_gives_nothing(a: QuestionSet, belongs: Belongs) -> QuestionSet:
    return EMPTY


def where_gives_all(a: QuestionSet, belongs: Belongs) -> QuestionSet:
    return a


def where_gives_the_first(a: QuestionSet, belongs: Belongs) -> QuestionSet:
    some = a.where(belongs)
    return some.where(lambda q: q == some.asks[0])


def where_dissolves_parts(a: QuestionSet, belongs: Belongs) -> QuestionSet:
    return flat(filter(belongs, a.asks))


def where_keeps_all_steps(a: QuestionSet, belongs: Belongs) -> QuestionSet:
    """
    Leaves the steps of a part that has lost all its questions.
    """
    return a - flat(q for q in a.asks if not belongs(q))


def where_loses_steps(a: QuestionSet, belongs: Belongs) -> QuestionSet:
    return a.without_steps().where(belongs)


def where_loses_parts_that_never_asked(a: QuestionSet, belongs: Belongs) -> QuestionSet:
    """
    Takes what is done alone for something that has lost its questions.
    """
    some = a.where(belongs)
    return some if some.asks else EMPTY


def without_steps_loses_what_is_beside_them(a: QuestionSet) -> QuestionSet:
    """
    Takes whole parts away in which something is done.
    """
    return sequence(*(part for part in a.parts if not part.steps)) if a.steps else a


def without_steps_keeps_them(a: QuestionSet) -> QuestionSet:
    return a


def only_what_is_asked(a: QuestionSet, *paths: str) -> QuestionSet:
    return a.only(*paths).without_steps()


def only_the_first(a: QuestionSet, *paths: str) -> QuestionSet:
    return a.only(*paths[:1])


# --- minus


def minus_leaves_steps(a: QuestionSet, b: QuestionSet) -> QuestionSet:
    """
    Takes questions away alone.
    """
    return a - b.without_steps()


def minus_gives_nothing(a: QuestionSet, b: QuestionSet) -> QuestionSet:
    return EMPTY


def minus_gives_all(a: QuestionSet, b: QuestionSet) -> QuestionSet:
    return a


def minus_heeds_topics_only(a: QuestionSet, b: QuestionSet) -> QuestionSet:
    """
    A question to no topic takes away only itself.
    """
    gone = {question.id for question in b.asks}
    return a.where(lambda q: q.id not in gone)


def minus_overlooks_topics(a: QuestionSet, b: QuestionSet) -> QuestionSet:
    """
    A question to one topic takes itself away under every other.
    """
    gone = {question.key for question in b.asks}
    return a.where(lambda q: q.key not in gone)


def minus_compares_wordings(a: QuestionSet, b: QuestionSet) -> QuestionSet:
    """
    Takes away what is worded alike and leaves what has the same id.
    """
    return a.where(lambda q: q not in b.asks and attrs.evolve(q, topic=None) not in b.asks)


# --- about


def about_does_nothing(a: QuestionSet, id: str) -> QuestionSet:
    return a


def about_overwrites(a: QuestionSet, id: str) -> QuestionSet:
    return renamed(a, Topic(id, "Sam", Ring.CASE))


def about_names_by_title(a: QuestionSet, id: str) -> QuestionSet:
    """
    Makes the id of the title, so that two people called Sam are one.
    """
    return a.about("sam", "Sam", "case")


def about_puts_questions_alone(a: QuestionSet, id: str) -> QuestionSet:
    """
    Leaves steps without a topic, and drops those that have one.
    """
    topic = Topic(id, "Sam", Ring.CASE)

    def put(some: QuestionSet) -> QuestionSet:
        kids = [
            put(c)
            if isinstance(c, QuestionSet)
            else attrs.evolve(c, topic=c.topic or topic)
            if isinstance(c, Question)
            else c
            for c in some.children
        ]
        return attrs.evolve(some, children=kids)

    return put(a)


def topics_stay_on_steps(a: QuestionSet, hidden: Callable[[Topic], bool]) -> QuestionSet:
    asks = {q.topic.id for q in a.asks if q.topic}
    return a.without_topics(lambda topic: topic.id in asks and hidden(topic))


# --- pick


def pick_leaves_no_steps(a: QuestionSet, n: int, **more: object) -> QuestionSet:
    return a.pick(n, **more).without_steps()  # type: ignore[arg-type]


def pick_leaves_all_steps(a: QuestionSet, n: int, **more: object) -> QuestionSet:
    gone = a.without_steps() - a.pick(n, **more)  # type: ignore[arg-type]
    return a - gone


def pick_ignores_the_seed(a: QuestionSet, n: int, **more: object) -> QuestionSet:
    return a.pick(n, used=more.get("used", {}))  # type: ignore[arg-type]


def pick_by_random_sample(
    a: QuestionSet, n: int, *, seed: object, used: Mapping[str, int] | None = None
) -> QuestionSet:
    ids = random.Random(repr(seed)).sample([q.id for q in a.asks], min(n, len(a.asks)))
    return a.where(lambda q: q.id in ids)


def pick_anew_for_each_n(a: QuestionSet, n: int, *, seed: object, used: Mapping[str, int] | None = None) -> QuestionSet:
    return a.pick(n, seed=f"{seed} {n}", used=used)


def pick_by_global_random(
    a: QuestionSet, n: int, *, seed: object, used: Mapping[str, int] | None = None
) -> QuestionSet:
    order = {q.id: random.random() for q in a.asks}
    chosen = sorted(a.asks, key=lambda q: (not q.core, order[q.id]))[:n]
    return a.where(lambda q: q in chosen)


def pick_one_too_many(a: QuestionSet, n: int, **more: object) -> QuestionSet:
    return a.pick(n + 1, **more)  # type: ignore[arg-type]


def pick_ignores_use(a: QuestionSet, n: int, *, seed: int | str, used: object = None) -> QuestionSet:
    return a.pick(n, seed=seed)


def pick_core_before_use(
    a: QuestionSet, n: int, *, seed: int | str, used: Mapping[str, int] | None = None
) -> QuestionSet:
    core = a.core()
    chosen = {*core.pick(n, seed=seed, used=used).asks, *(a - core).pick(n - len(core.asks), seed=seed, used=used).asks}
    return a.where(lambda q: q in chosen)


def pick_in_the_order_chosen(a: QuestionSet, n: int, **more: object) -> QuestionSet:
    asks = a.pick(n, **more).asks  # type: ignore[arg-type]
    return flat(sorted(asks, key=lambda q: not q.core))


# --- limited


def limited_does_nothing(a: QuestionSet, **more: object) -> QuestionSet:
    return a


def limited_cuts_the_outer_only(a: QuestionSet, **more: object) -> QuestionSet:
    return a.pick(a.at_most, **more) if a.at_most else a  # type: ignore[arg-type]


def limited_asks_one(a: QuestionSet, **more: object) -> QuestionSet:
    return a.pick(1)


# --- weave


def weave_is_plus(base: QuestionSet, lens: QuestionSet) -> QuestionSet:
    return base + lens.limited()


def weave_begins_with_the_lens(base: QuestionSet, lens: QuestionSet) -> QuestionSet:
    return lens.limited() + base


def weave_loses_the_rest(base: QuestionSet, lens: QuestionSet) -> QuestionSet:
    """
    What finds no part is gone.
    """
    known = {element for part in _all(base) for element in part.elements}
    return weave(base, lens.where(lambda q: bool(known.intersection(q.elements))))


def _all(some: QuestionSet) -> Iterable[QuestionSet]:
    yield some
    for part in some.parts:
        yield from _all(part)


def _placed(base: QuestionSet, lens: QuestionSet, take: int, *, at_start: bool = False) -> QuestionSet:
    """
    Weave, with another choice among the parts that share an element.
    """
    have = {q.id for q in base.asks}
    hosts = [part for part in _all(base) if part.asks]
    mine: dict[int, list[Question]] = {}
    rest: list[Question] = []
    for question in sequence(base, lens.limited()).asks:
        if question.id in have:
            continue
        places = [i for e in question.elements for i, part in enumerate(hosts) if e in part.elements]
        first = [i for i, part in enumerate(hosts) if question.elements and question.elements[0] in part.elements]
        found = (places if take else first or places)[-1 if take < 2 else 0 :][:1]
        (mine.setdefault(found[0], []) if found else rest).append(question)

    def put(some: QuestionSet) -> QuestionSet:
        here = next((i for i, part in enumerate(hosts) if part is some), -1)
        kids = [put(c) if isinstance(c, QuestionSet) else c for c in some.children]
        new = mine.get(here, [])
        return attrs.evolve(some, children=[*new, *kids] if at_start else [*kids, *new])

    also = QuestionSet(key="also", title="Also", children=rest)
    woven = put(base)
    return sequence(attrs.evolve(woven, children=[*woven.children, also]))


def weave_by_any_element(base: QuestionSet, lens: QuestionSet) -> QuestionSet:
    """
    Puts a question to the last part that shares any of its elements.
    """
    return _placed(base, lens, 1)


def weave_to_the_first_part(base: QuestionSet, lens: QuestionSet) -> QuestionSet:
    return _placed(base, lens, 2)


def weave_to_the_start(base: QuestionSet, lens: QuestionSet) -> QuestionSet:
    return _placed(base, lens, 0, at_start=True)


def weave_ignores_at_most(base: QuestionSet, lens: QuestionSet) -> QuestionSet:
    return weave(base, flat(lens.asks))


def weave_drops_steps(base: QuestionSet, lens: QuestionSet) -> QuestionSet:
    return weave(base.without_steps(), lens.without_steps())


def weave_refuses_steps_in_the_base_alone(base: QuestionSet, lens: QuestionSet) -> QuestionSet:
    return weave(base, lens.without_steps())


def regroup_drops_steps(a: QuestionSet, by: By) -> QuestionSet:
    return regroup(a.without_steps(), by)


# --- regroup, missing


def regroup_is_identity(a: QuestionSet, by: By) -> QuestionSet:
    return a


def regroup_in_order_met(a: QuestionSet, by: By) -> QuestionSet:
    groups: dict[str, list[Question]] = {}
    for question in a.asks:
        groups.setdefault(next(iter(question.values(by)), "also"), []).append(question)
    return sequence(*(QuestionSet(key=name, title=name, children=asks) for name, asks in groups.items()))


def regroup_by_the_last(a: QuestionSet, by: By) -> QuestionSet:
    turned = [attrs.evolve(q, elements=q.elements[::-1], functions=q.functions[::-1]) for q in a.asks]
    back = {q.id: q for q in a.asks}
    groups = regroup(flat(turned), by)
    parts = (groups,) if not groups.loose else groups.parts
    return sequence(*(attrs.evolve(part, children=[back[q.id] for q in part.asks]) for part in parts))


def regroup_drops_the_rest(a: QuestionSet, by: By) -> QuestionSet:
    return regroup(a.where(lambda q: bool(q.values(by))), by)


def missing_is_nothing(a: QuestionSet, by: By) -> frozenset[str]:
    return frozenset()


def missing_unless_all_serve(a: QuestionSet, by: By) -> frozenset[str]:
    """
    Counts only what every question serves.
    """
    every: frozenset[str] = frozenset(Element if by == "element" else Function)
    return every - frozenset.intersection(every, *(frozenset(q.values(by)) for q in a.asks))


def missing_looks_at_the_first(a: QuestionSet, by: By) -> frozenset[str]:
    return frozenset(Element if by == "element" else Function) - {v for q in a.asks for v in q.values(by)[:1]}


# --- schedule


def schedule_drops_all_but_one(a: QuestionSet, minutes: int) -> Timetable:
    table = schedule(a, minutes)
    if len(table.items) < 2:
        return table
    kept = schedule(table.items[0], minutes)
    return attrs.evolve(kept, dropped=(*table.items[1:], *table.dropped))


def schedule_drops_the_last_first(a: QuestionSet, minutes: int) -> Timetable:
    items = items_of(a)
    n = len(items)
    while n > 1 and sum(map(least, items[:n])) > minutes:
        n -= 1
    return attrs.evolve(schedule(QuestionSet(children=items[:n]), minutes), dropped=tuple(items[n:]))


def schedule_loses_a_minute(a: QuestionSet, minutes: int) -> Timetable:
    table = schedule(a, minutes)
    return attrs.evolve(table, spare=max(table.spare - 1, 0))


def schedule_in_equal_shares(a: QuestionSet, minutes: int) -> Timetable:
    """
    Gives every row the same, whatever it needs.
    """
    table = schedule(a, minutes)
    each, left = divmod(minutes, max(len(table.rows), 1))
    rows = tuple(attrs.evolve(row, minutes=each + (i < left)) for i, row in enumerate(table.rows))
    return attrs.evolve(table, rows=rows, spare=0 if rows else left)


def schedule_by_largest_remainder(a: QuestionSet, minutes: int) -> Timetable:
    """
    Rounds shares by the method of Hamilton, by which a longer session may shrink a part.
    """
    items = items_of(a)
    shares = [item.usual or 1 for item in items]
    exact = [share * minutes / sum(shares) for share in shares]
    got = [int(x) for x in exact]
    for i in sorted(range(len(items)), key=lambda i: got[i] - exact[i])[: minutes - sum(got)]:
        got[i] += 1
    rows = tuple(Row(i, item, n) for i, (item, n) in enumerate(zip(items, got, strict=True)))
    return Timetable(tuple(items), tuple(got), rows)


def schedule_keeps_all_as_spare(a: QuestionSet, minutes: int) -> Timetable:
    """
    Gives everything its least and leaves the rest open.
    """
    table = schedule(a, sum(map(least, schedule(a, minutes).items)))
    return attrs.evolve(table, spare=table.spare + minutes - sum(map(least, table.items)))


def schedule_drops_what_is_wished_too_long(a: QuestionSet, minutes: int) -> Timetable:
    """
    Treats a wish as the least, so that an item is dropped that only needed to be shorter.
    """
    table = schedule(a, minutes)
    over = [item for item, time in zip(table.items, table.times, strict=True) if time < start(item)]
    if not over or len(table.items) < 2:
        return table
    kept = schedule(QuestionSet(children=[item for item in table.items if item is not over[0]]), minutes)
    return attrs.evolve(kept, dropped=(over[0], *table.dropped))


def schedule_serves_the_flexible_first(a: QuestionSet, minutes: int) -> Timetable:
    """
    Gives wishes their least, and everything else to items without a wish.
    """
    table = schedule(a, minutes)
    free = [i for i, item in enumerate(table.items) if item.minutes is None]
    if not free or len(free) == len(table.items):
        return table
    times = [needs(item) for item in table.items]
    times[free[0]] += minutes - sum(times)
    return attrs.evolve(table, times=tuple(times))


def schedule_cuts_the_last_wish(a: QuestionSet, minutes: int) -> Timetable:
    """
    Meets wishes in order, and lets only the last ones yield.
    """
    table = schedule(a, minutes)
    got = [needs(row.part) for row in table.rows]
    left = minutes - sum(got)
    for i, row in enumerate(table.rows):
        more = min(left, max((row.part.minutes or 0) - got[i], 0))
        got[i] += more
        left -= more
    rows = tuple(attrs.evolve(row, minutes=n) for row, n in zip(table.rows, got, strict=True))
    return attrs.evolve(table, rows=rows)


def schedule_forgets_rounds(a: QuestionSet, minutes: int) -> Timetable:
    """
    Takes what goes round several times for what is done once.
    """

    def once(some: QuestionSet) -> QuestionSet:
        kids = [once(c) if isinstance(c, QuestionSet) else c for c in some.children]
        return attrs.evolve(some, children=kids, rounds=1)

    table = schedule(once(a), minutes)
    rounds = {part.entries: part for part in _all(a)}
    rows = tuple(attrs.evolve(row, part=rounds.get(row.part.entries, row.part)) for row in table.rows)
    return attrs.evolve(table, rows=rows)


def schedule_cuts_a_round(a: QuestionSet, minutes: int) -> Timetable:
    """
    Gives what goes round the minutes that are over.
    """
    table = schedule(a, minutes)
    going = next((i for i, row in enumerate(table.rows) if row.part.rounds > 1 and row.part.minutes is None), None)
    if going is None or not table.spare:
        return table
    rows = list(table.rows)
    rows[going] = attrs.evolve(rows[going], minutes=rows[going].minutes + table.spare)
    return attrs.evolve(table, rows=tuple(rows), spare=0)


def schedule_in_the_order_of_the_page(a: QuestionSet, minutes: int) -> Timetable:
    places = {entry.id: place for place, entry in enumerate(a.entries)}
    table = schedule(a, minutes)

    def place(row: Row) -> tuple[int, int]:
        return row.item, min((places[entry.id] for entry in row.part.entries), default=0)

    return attrs.evolve(table, rows=tuple(sorted(table.rows, key=place)))


def schedule_leaves_steps_out(a: QuestionSet, minutes: int) -> Timetable:
    table = schedule(a, minutes)
    return attrs.evolve(table, rows=tuple(attrs.evolve(row, part=row.part.without_steps()) for row in table.rows))


def schedule_loses_questions(a: QuestionSet, minutes: int) -> Timetable:
    """
    Cuts each row to its first question.
    """
    table = schedule(a, minutes)
    rows = tuple(attrs.evolve(r, part=r.part.where(lambda q, r=r: q == r.part.asks[0])) for r in table.rows)  # type: ignore[misc]
    return attrs.evolve(table, rows=rows)
