"""
The laws of ``docs/explanation/laws.md``, each a function of the operation it is about.

The same law runs on the real operation (``test_questions.py``, ``test_outline.py``) and on wrong
ones (``test_impostors.py``), where it has to fail.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import attrs
from hypothesis import assume, event

from reflect.errors import DoesNotFit, KeyClash, Refused
from reflect.questions.question import By, Element, Function, Mode, Question, Step, Topic
from reflect.questions.sets import EMPTY, Entry, QuestionSet
from reflect.questions.timetable import Timetable
from tests.strategies import attempt

Ids = list[tuple[str, str]]
Make = Callable[..., QuestionSet]
Join = Callable[..., QuestionSet]
Where = Callable[[QuestionSet, Callable[[Question], bool]], QuestionSet]
Two = Callable[[QuestionSet, QuestionSet], QuestionSet]
About = Callable[[QuestionSet, str], QuestionSet]
Pick = Callable[..., QuestionSet]
Regroup = Callable[[QuestionSet, By], QuestionSet]


def ids(entries: Iterable[Entry]) -> Ids:
    return [entry.id for entry in entries]


def parts_of(some: QuestionSet) -> list[QuestionSet]:
    """
    The set itself and every set in it, as they are met.
    """
    return [some, *itertools.chain.from_iterable(map(parts_of, some.parts))]


def joined(join: Join, *sets: QuestionSet) -> QuestionSet:
    """
    The sets joined, where joining does not refuse.
    """
    try:
        whole = join(*sets)
    except KeyClash:
        event("refused")
        assume(False)
    event("joined")
    return whole


def clashing(a: Iterable[Entry], b: Iterable[Entry]) -> bool:
    known = {entry.id: entry for entry in a}
    return any(known.get(entry.id, entry) != entry for entry in b)


def walked(some: QuestionSet) -> list[Entry]:
    """
    The questions and steps of a set, as one meets them.
    """
    return [e for child in some.children for e in (walked(child) if isinstance(child, QuestionSet) else [child])]


def staying(some: QuestionSet, belongs: Callable[[Question], bool]) -> list[Entry]:
    """
    What a filter of questions leaves: those that pass, and the steps of what keeps one or never had one.
    """
    if not any(isinstance(entry, Question) for entry in walked(some)):
        return walked(some)
    left: list[Entry] = []
    for child in some.children:
        if isinstance(child, QuestionSet):
            left += staying(child, belongs)
        elif isinstance(child, Question) and belongs(child):
            left.append(child)
    return left if some.loose or any(isinstance(entry, Question) for entry in left) else []


# --- making


def law_set_is_settled_when_made(make: Make, given: Mapping[str, Any]) -> None:
    """
    A set that anybody makes keeps the laws as one does that operations made.
    """
    whole = make(**given)
    event(f"loose {whole.loose}, empty {not whole}")

    assert whole + EMPTY == whole == EMPTY + whole
    assert whole + whole == whole - EMPTY == whole
    assert whole.where(lambda _: True) == whole
    assert make(children=[QuestionSet(**given)]) == QuestionSet(**given)
    assert whole or whole == EMPTY


def law_parts_do_not_mix(make: Make, entries: Sequence[Entry], mode: Mode) -> None:
    """
    A part holds questions, or steps if something is done in it; what would mix them is refused.
    """
    here = Question if mode is Mode.ASK else Step
    fits = all(isinstance(entry, here) for entry in entries)
    event(f"fits {fits}")
    try:
        whole = make(children=entries, title="T", mode=mode)
    except Refused:
        assert not fits
    else:
        assert fits
        assert whole.entries == tuple(entries)


Views = Callable[[QuestionSet], tuple[Sequence[Entry], Sequence[Question], Sequence[Step], bool]]


def law_entries_are_questions_and_steps(views: Views, a: QuestionSet) -> None:
    """
    The entries are both in reading order, no two with one id; a set with steps alone is not empty.
    """
    entries, asks, steps, full = views(a)

    assert list(entries) == walked(a)
    assert len(set(ids(entries))) == len(entries)
    assert list(asks) == [entry for entry in entries if isinstance(entry, Question)]
    assert list(steps) == [entry for entry in entries if isinstance(entry, Step)]
    assert full == bool(entries)


# --- joining


def law_join_is_associative(join: Join, a: QuestionSet, b: QuestionSet, c: QuestionSet) -> None:
    left = attempt(lambda: join(join(a, b), c))
    event("refused" if left == "refused" else "joined")

    assert left == attempt(lambda: join(a, join(b, c))) == attempt(lambda: join(a, b, c))


def law_join_refuses_two_wordings(join: Join, a: QuestionSet, b: QuestionSet) -> None:
    assert (attempt(lambda: join(a, b)) == "refused") == clashing(a.entries, b.entries)


def law_join_has_an_identity(join: Join, a: QuestionSet) -> None:
    assert join(a, EMPTY) == a
    assert join(EMPTY, a) == a


def law_join_twice_is_once(join: Join, a: QuestionSet) -> None:
    assert attempt(lambda: join(a, a)) == a


def law_join_asks_all_in_order(join: Join, a: QuestionSet, b: QuestionSet) -> None:
    assert joined(join, a, b).entries == tuple(dict.fromkeys((*a.entries, *b.entries)))


def law_what_holds_nothing_is_nothing(join: Join, a: QuestionSet, silence: QuestionSet) -> None:
    """
    A part in which something is done, without a step, adds nothing to a set, and is nothing by itself.
    """
    assert join(a, silence) == join(silence, a) == a
    assert join(silence) == join(silence, silence) == EMPTY


def law_join_changes_no_operand(join: Join, a: QuestionSet, b: QuestionSet) -> None:
    before = (hash(a), hash(b), attrs.astuple(a), attrs.astuple(b))
    attempt(lambda: join(a, b))

    assert (hash(a), hash(b), attrs.astuple(a), attrs.astuple(b)) == before


# --- where, minus, about


def law_where_is_exact(where: Where, a: QuestionSet, keys: str) -> None:
    assert where(a, lambda q: q.key in keys).asks == tuple(q for q in a.asks if q.key in keys)


def law_where_keeps_steps_with_their_questions(where: Where, a: QuestionSet, keys: str) -> None:
    """
    The steps of a part stay if it keeps a question or never had one, and go with the last of its questions.
    """
    assert list(where(a, lambda q: q.key in keys).entries) == staying(a, lambda q: q.key in keys)


def law_where_twice_is_once(where: Where, a: QuestionSet, keys: str) -> None:
    def belongs(question: Question) -> bool:
        return question.key in keys

    assert where(where(a, belongs), belongs) == where(a, belongs)


def law_where_distributes(where: Where, a: QuestionSet, b: QuestionSet, keys: str) -> None:
    def belongs(question: Question) -> bool:
        return question.key in keys

    whole = joined(QuestionSet.__add__, a, b)
    apart = where(a, belongs) + where(b, belongs)

    assert where(whole, belongs).asks == apart.asks
    # Joining takes from b what is in a, so that a part of b may keep steps and lose the questions they belong to.
    if not (a.steps or b.steps) or not set(a.entries) & set(b.entries):
        event(f"steps {bool(a.steps or b.steps)}")
        assert where(whole, belongs) == apart


def law_where_keeps_parts(where: Where, a: QuestionSet) -> None:
    """
    What everything passes changes nothing; of what nothing passes, only what never had a question is left.
    """
    left = [part for part in (a.parts if a.loose else [a]) if not part.asks]
    event(f"left {bool(left)}")

    assert where(a, lambda _: True) == a
    assert where(a, lambda _: False) == QuestionSet(children=left)


Bare = Callable[[QuestionSet], QuestionSet]


def law_without_steps_is_what_is_asked(bare: Bare, a: QuestionSet, b: QuestionSet) -> None:
    assert bare(a).entries == a.asks
    assert bare(bare(a)) == bare(a)
    if not a.steps:
        assert bare(a) == a
    assert bare(joined(QuestionSet.__add__, a, b)) == bare(a) + bare(b)


def paths_of(a: QuestionSet) -> dict[str, list[QuestionSet]]:
    """
    The parts of a set by their paths in it.
    """
    start = f"{a.key}." if a.key else ""
    found: dict[str, list[QuestionSet]] = {}
    for part in parts_of(a)[1:]:
        if part.key:
            found.setdefault(part.key.removeprefix(start), []).append(part)
    return found


def law_only_is_the_named_parts(only: Callable[..., QuestionSet], a: QuestionSet, choice: Sequence[int]) -> None:
    """
    It holds exactly what the named parts hold, in order, wherever they are nested.
    """
    paths = paths_of(a)
    names = [sorted(paths)[n % len(paths)] for n in choice] if paths else []
    wanted = {entry.id for name in names for part in paths[name] for entry in part.entries}
    event(f"steps {any(part.steps for name in names for part in paths[name])}")

    assert only(a, *names).entries == tuple(entry for entry in a.entries if entry.id in wanted)
    assert bool(only(a, *names)) == bool(wanted)


def law_minus_is_exact(minus: Two, a: QuestionSet, b: QuestionSet) -> None:
    gone = {entry.id for entry in b.entries}

    assert minus(a, b).entries == tuple(e for e in a.entries if e.id not in gone and ("", e.key) not in gone)


def law_minus_itself_is_empty(minus: Two, a: QuestionSet) -> None:
    assert minus(a, a) == EMPTY
    assert minus(a, EMPTY) == a


def law_minus_distributes(minus: Two, a: QuestionSet, b: QuestionSet, c: QuestionSet) -> None:
    whole = joined(QuestionSet.__add__, a, b)

    assert minus(whole, c) == minus(a, c) + minus(b, c)


def law_minus_topicless_matches_every_topic(minus: Two, a: QuestionSet) -> None:
    about = attempt(lambda: a.about("t1", "Sam", "case"))
    assume(isinstance(about, QuestionSet))

    assert minus(about, a) == EMPTY  # type: ignore[arg-type]


def law_about_sets_what_is_unset(about: About, a: QuestionSet) -> None:
    topics = [entry.topic.id if entry.topic else "x" for entry in a.entries]

    assert [entry.topic and entry.topic.id for entry in about(a, "x").entries] == topics
    assert [entry.key for entry in about(a, "x").entries] == [entry.key for entry in a.entries]


def law_about_the_inner_wins(about: About, a: QuestionSet) -> None:
    assert about(about(a, "x"), "y") == about(a, "x")


def law_about_passes_through_join(about: About, a: QuestionSet, b: QuestionSet, id: str) -> None:
    whole = joined(QuestionSet.__add__, a, b)

    assert attempt(lambda: about(whole, id)) == attempt(lambda: about(a, id) + about(b, id))


def law_about_keeps_topics_apart(about: About, a: QuestionSet, b: QuestionSet) -> None:
    both = about(a, "x") + about(b, "y")

    assert ids(both.entries) == [("x", e.key) for e in a.entries] + [("y", e.key) for e in b.entries]


def law_topics_taken_off_are_not_there(without: Callable[..., QuestionSet], a: QuestionSet, id: str) -> None:
    """
    Hidden topics are gone from questions and steps, others stay, and each is there once, in order; twice is once.
    """

    def hidden(topic: Topic) -> bool:
        return topic.id == id

    bare = without(a, hidden)
    left = [("", e.key) if e.topic and hidden(e.topic) else e.id for e in a.entries]

    assert not any(e.topic and hidden(e.topic) for e in bare.entries)
    assert ids(bare.entries) == list(dict.fromkeys(left))
    assert without(bare, hidden) == bare


# --- pick and limited


def law_pick_has_n_in_order(pick: Pick, a: QuestionSet, n: int, seed: int | str) -> None:
    picked = pick(a, n, seed=seed)

    assert len(picked.asks) == min(n, len(a.asks))
    assert picked.asks == tuple(q for q in a.asks if q in picked.asks)


def law_pick_grows(pick: Pick, a: QuestionSet, n: int, seed: int | str) -> None:
    assert set(pick(a, n, seed=seed).entries) <= set(pick(a, n + 1, seed=seed).entries)


def law_pick_keeps_steps_with_their_questions(pick: Pick, a: QuestionSet, n: int, seed: int | str) -> None:
    picked = pick(a, n, seed=seed)

    assert list(picked.entries) == staying(a, set(picked.asks).__contains__)


def law_pick_repeats(pick: Pick, a: QuestionSet, n: int, seed: int | str) -> None:
    random.seed(1)
    once = pick(a, n, seed=seed)
    random.seed(2)

    assert pick(a, n, seed=seed) == once


def law_pick_prefers(pick: Pick, a: QuestionSet, n: int, seed: int | str, used: Mapping[str, int]) -> None:
    picked = pick(a, n, seed=seed, used=used)
    left = [q for q in a.asks if q not in picked.asks]

    assert all(
        (used.get(yes.key, 0), not yes.core) <= (used.get(no.key, 0), not no.core) for yes in picked.asks for no in left
    )


def law_pick_heeds_the_seed(pick: Pick, a: QuestionSet) -> None:
    """
    Out of eight equals, twenty seeds do not always pick the same four.
    """
    assert len({pick(a, 4, seed=seed) for seed in range(20)}) > 5
    assert {q for seed in range(20) for q in pick(a, 4, seed=seed).asks} == set(a.asks)


def law_limited(limited: Callable[..., QuestionSet], a: QuestionSet, seed: int | str) -> None:
    cut = limited(a, seed=seed)

    assert all(len(part.asks) <= part.at_most for part in parts_of(cut) if part.at_most)
    assert cut.entries == tuple(e for e in a.entries if e in cut.entries)
    assert limited(cut, seed=seed) == cut
    if not any(part.at_most for part in parts_of(a)):
        assert cut == a


def law_limited_cuts_no_more_than_it_must(limited: Callable[..., QuestionSet], a: QuestionSet, seed: int | str) -> None:
    def most(some: QuestionSet) -> int:
        inner = sum(
            most(child) if isinstance(child, QuestionSet) else isinstance(child, Question) for child in some.children
        )
        return min(inner, some.at_most or inner)

    assert len(limited(a, seed=seed).asks) == most(a)


# --- weave and regroup


def weavable(base: QuestionSet, lens: QuestionSet) -> tuple[Question, ...]:
    """
    The questions of a lens that are not in the base, if the two do not clash.
    """
    threads = lens.limited().asks
    assume(not clashing(base.asks, threads))
    event("woven")
    return tuple(q for q in threads if q not in base.asks)


def law_weave_keeps_the_base(weave: Two, base: QuestionSet, lens: QuestionSet) -> None:
    weavable(base, lens)
    mine = set(ids(base.asks))

    assert [q for q in weave(base, lens).asks if q.id in mine] == list(base.asks)


def law_weave_loses_nothing(weave: Two, base: QuestionSet, lens: QuestionSet) -> None:
    threads = weavable(base, lens)

    assert sorted(ids(weave(base, lens).asks)) == sorted(ids((*base.asks, *threads)))


def law_weave_of_nothing_and_itself(weave: Two, base: QuestionSet) -> None:
    assert weave(base, EMPTY) == base
    assert weave(base, base) == base
    assert set(weave(EMPTY, base).asks) == set(base.limited().asks)


def law_weave_twice_is_once(weave: Two, base: QuestionSet, lens: QuestionSet) -> None:
    weavable(base, lens)
    woven = weave(base, lens)

    assert weave(woven, lens) == woven


def law_weave_refuses_two_wordings(weave: Two, base: QuestionSet, lens: QuestionSet) -> None:
    clash = clashing(base.asks, lens.limited().asks)
    event(f"clash {clash}")

    assert (attempt(lambda: weave(base, lens)) == "refused") == clash


def law_weave_refuses_steps(weave: Two, base: QuestionSet, lens: QuestionSet) -> None:
    refuses_steps(lambda: weave(base, lens), base, lens)


def refuses_steps(make: Callable[[], object], *sets: QuestionSet) -> None:
    """
    Steps do not turn: a sentence says so if, and only if, there are some.
    """
    there = any(some.steps for some in sets)
    event(f"steps {there}")
    said = ""
    try:
        make()
    except KeyClash:
        pass
    except Refused as error:
        said = str(error)

    assert ("steps do not turn" in said) == there
    assert bool(said) == there


def law_regroup_refuses_steps(regroup: Regroup, a: QuestionSet, by: By) -> None:
    refuses_steps(lambda: regroup(a, by), a)


def law_weave_finds_the_place(weave: Two, base: QuestionSet, lens: QuestionSet) -> None:
    threads = weavable(base, lens)
    known = {element for part in parts_of(base) if part.asks for element in part.elements}
    woven = weave(base, lens)
    for question in threads:
        element = next((e for e in question.elements if e in known), None)
        event(f"has a place: {element is not None}")
        (host,) = [part for part in parts_of(woven) if question in part.children]
        after = host.children[host.children.index(question) :]
        assert all(child in threads for child in after if isinstance(child, Question))
        assert all(set(child.asks) <= set(threads) for child in after if isinstance(child, QuestionSet))
        if element is None:
            assert host.key == "also"
            assert host in (woven, woven.children[-1])
        else:
            assert host is [part for part in parts_of(woven) if part.asks and element in part.elements][-1]


def law_regroup_keeps_the_questions(regroup: Regroup, a: QuestionSet, by: By) -> None:
    assert sorted(ids(regroup(a, by).asks)) == sorted(ids(a.asks))
    assert set(regroup(a, by).asks) == set(a.asks)


def law_regroup_groups_by_the_first(regroup: Regroup, a: QuestionSet, by: By) -> None:
    values: Sequence[str] = [*(Element if by == "element" else Function), "also"]
    grouped = regroup(a, by)
    groups = (grouped,) if grouped.key in values else grouped.parts

    assert sum(len(group.asks) for group in groups) == len(a.asks)
    for group in groups:
        assert not group.parts
        assert {next(iter(q.values(by)), "also") for q in group.asks} == {group.key}
        assert group.asks == tuple(q for q in a.asks if q in group.asks)
    assert [group.key for group in groups] == [v for v in values if v in {group.key for group in groups}]


def law_regroup_twice_is_once(regroup: Regroup, a: QuestionSet, by: By) -> None:
    assert regroup(regroup(a, by), by) == regroup(a, by)


def law_missing_of_a_join(missing: Callable[..., frozenset[str]], a: QuestionSet, b: QuestionSet, by: By) -> None:
    whole = joined(QuestionSet.__add__, a, b)

    assert missing(whole, by) == missing(a, by) & missing(b, by)


def law_missing_is_what_is_not_there(missing: Callable[..., frozenset[str]], a: QuestionSet, by: By) -> None:
    there = {value for q in a.asks for value in q.values(by)}

    assert missing(a, by) | there == set(Element if by == "element" else Function)
    assert not missing(a, by) & there


# --- time

Schedule = Callable[[QuestionSet, int], Timetable]


def fitting(schedule: Schedule, a: QuestionSet, minutes: int) -> Timetable:
    try:
        table = schedule(a, minutes)
    except DoesNotFit:
        event("does not fit")
        assume(False)
    event(f"fits, drops {len(table.dropped)}")
    return table


def stretches(some: QuestionSet) -> list[QuestionSet]:
    """
    The parts of a set in their order of use, and each run of questions between them; nothing for a set without parts.
    """
    if not some.parts:
        return []
    parts = list(some.parts_in_use)
    found: list[QuestionSet] = []
    for is_run, children in itertools.groupby(some.children, lambda child: isinstance(child, Question)):
        kids = list(children)
        found += [QuestionSet(children=kids)] if is_run else [parts.pop(0) for _ in kids]
    return found


def in_use(some: QuestionSet) -> list[Entry]:
    """
    The questions and steps of a set in the order in which they are used.
    """
    inner = stretches(some)
    return list(itertools.chain.from_iterable(map(in_use, inner))) if inner else list(some.entries)


def items_of(a: QuestionSet) -> list[QuestionSet]:
    """
    What a session consists of.
    """
    return stretches(a) if a.loose and a.parts else [a] if a else []


def needs(some: QuestionSet) -> int:
    """
    The fewest minutes of a set, if nothing was wished shorter than it needs.
    """
    steps = some.rounds * sum(child.minutes or 0 for child in some.children if isinstance(child, Step))
    lasts = 0 if some.least or some.usual else steps
    return max(some.least, lasts, sum(map(needs, stretches(some))) if some.parts else len(some.entries[:1]))


def start(some: QuestionSet) -> int:
    """
    The minutes a set gets if there are enough for all.
    """
    return some.minutes if some.minutes is not None else max(needs(some), sum(map(start, stretches(some))))


def tight(some: QuestionSet) -> bool:
    """
    Whether a wish in it is too short for the wishes within that.
    """
    inner = stretches(some)
    return (some.minutes is not None and sum(map(start, inner)) > some.minutes) or any(map(tight, inner))


def law_schedule_adds_up(schedule: Schedule, a: QuestionSet, minutes: int) -> None:
    table = fitting(schedule, a, minutes)

    assert sum(row.minutes for row in table.rows) + table.spare == minutes
    assert table.spare >= 0


def law_schedule_gives_each_its_least(schedule: Schedule, a: QuestionSet, minutes: int) -> None:
    for row in fitting(schedule, a, minutes).rows:
        assert row.minutes >= needs(row.part)


def law_schedule_meets_wishes_first(schedule: Schedule, a: QuestionSet, minutes: int) -> None:
    """
    Wishes are met exactly if there are minutes for all, and before anything else gets more than its least.
    """
    table = fitting(schedule, a, minutes)
    starts = [start(item) for item in table.items]
    enough = sum(starts) <= minutes
    event("every wish is met" if enough else "wishes yield")

    for item, first, time in zip(table.items, starts, table.times, strict=True):
        assert time >= first if enough else time <= first
        assert item.minutes is None or time <= item.minutes
    for row in table.rows:
        if row.part.minutes is not None:
            assert row.minutes <= row.part.minutes
            assert row.minutes == row.part.minutes or not enough or tight(table.items[row.item])


def law_schedule_wishes_yield_alike(schedule: Schedule, wishes: Sequence[int], minutes: int) -> None:
    """
    Of two wishes that are not met, the one that got a minute more than another is short of more.
    """
    a = QuestionSet(
        children=[
            QuestionSet(children=[Question(key=str(i), text="q")], title=str(i), minutes=wish)
            for i, wish in enumerate(wishes)
        ]
    )
    table = fitting(schedule, a, minutes)
    assume(not table.dropped)
    got = [row.minutes for row in table.rows]

    for i, mine in enumerate(wishes):
        for j, other in enumerate(wishes):
            if got[i] > 1 and got[j] < other:
                assert mine * (got[j] + 1) >= other * got[i]


def law_schedule_never_shrinks(schedule: Schedule, a: QuestionSet, minutes: int, more: int) -> None:
    short, long = fitting(schedule, a, minutes), fitting(schedule, a, minutes + more)
    assume(short.items == long.items)

    assert all(s.minutes <= g.minutes for s, g in zip(short.rows, long.rows, strict=True))


def law_schedule_drops_the_fewest(schedule: Schedule, a: QuestionSet, minutes: int) -> None:
    items = items_of(a)
    table = fitting(schedule, a, minutes)
    fewest = next(
        n
        for n in range(len(items) + 1)
        for gone in itertools.combinations(range(len(items)), n)
        if sum(needs(item) for i, item in enumerate(items) if i not in gone) <= minutes
    )

    assert len(table.dropped) == fewest
    assert len(table.items) == len(table.times) == len(items) - fewest


def law_schedule_asks_all_that_is_kept(schedule: Schedule, a: QuestionSet, minutes: int) -> None:
    table = fitting(schedule, a, minutes)
    rows = [entry for row in table.rows for entry in row.part.entries]
    dropped = [entry for item in table.dropped for entry in item.entries]

    assert rows == [entry for item in table.items for entry in in_use(item)]
    assert sorted(ids([*rows, *dropped])) == sorted(ids(a.entries))
    assert all(set(row.part.entries) <= set(table.items[row.item].entries) for row in table.rows)


def law_schedule_keeps_rounds_whole(schedule: Schedule, a: QuestionSet, minutes: int) -> None:
    """
    What goes round several times has whole minutes for each round, unless its least or a wish says otherwise.
    """
    for row in fitting(schedule, a, minutes).rows:
        if row.part.rounds > 1:
            event("goes round")
            assert not row.minutes % row.part.rounds or row.minutes in (needs(row.part), start(row.part))


def law_schedule_is_fair(schedule: Schedule, shares: Sequence[int], minutes: int) -> None:
    """
    Of two flexible items, the one that got a minute more than another could have used it better.
    """
    a = QuestionSet(
        children=[
            QuestionSet(children=[Question(key=str(i), text="q")], title=str(i), usual=share)
            for i, share in enumerate(shares)
        ]
    )
    table = fitting(schedule, a, minutes)
    assume(not table.dropped)
    got = {row.part.title: row.minutes for row in table.rows}

    for i, mine in enumerate(shares):
        for j, other in enumerate(shares):
            if got[str(i)] > 1:
                assert mine * (got[str(j)] + 1) >= other * got[str(i)]


def law_schedule_leaves_no_time_open(schedule: Schedule, a: QuestionSet, minutes: int) -> None:
    """
    Time is left open only where everything has the minutes that were wished for it, or where it would be a fraction of
    a round.
    """
    table = fitting(schedule, a, minutes)
    fraction = sum(part.rounds - 1 for item in table.items for part in parts_of(item))
    event(f"rounds {bool(fraction)}")

    if table.items and all(part.minutes is None for item in table.items for part in parts_of(item)):
        assert table.spare <= fraction
    if table.items and all(item.minutes is not None for item in table.items):
        over = minutes - sum(table.times) - max(minutes - sum(item.minutes or 0 for item in table.items), 0)
        assert 0 <= over <= fraction
