"""
The laws of an hour that is planned by what it is for, each a function of the operation that plans it.

The same law runs on the real operation (``test_hours.py``) and on wrong ones (``hour_impostors.py``), where it fails.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable

import attrs
from hypothesis import event

import reflect
from reflect.planning.caseload import TouchReason, divide
from reflect.planning.minutes import TooShort
from reflect.planning.occasions import ORDINARY, occasion
from reflect.planning.plan import Plan
from reflect.planning.profiles import Profile
from reflect.planning.session_file import SessionFile, Wish
from reflect.questions.rings import READERS, Ring
from reflect.sessions.days import working_days_after
from reflect.sessions.series import NO_MODEL
from reflect.sessions.session import Item
from reflect.text.prose import day_in_words

Arrange = Callable[..., Plan]

ROOM_TO_THINK = 15
HEADINGS = tuple(item.kind for item in occasion(ORDINARY).headings)
#: The shortest hour that has a talk.
HOUR = 26


def arranged(arrange: Arrange, file: SessionFile, settings: Profile, **options: object) -> Plan | None:
    """
    The plan of an ordinary session, or of another; None if what has to be in it does not fit.
    """
    try:
        return arrange(file, settings, **{"occasion": ORDINARY, **options})
    except TooShort:
        event("does not fit")
        return None


def is_talk(item: Item) -> bool:
    return item.kind in ("talk", "depth") and item.minutes >= ROOM_TO_THINK


def is_hidden(wish: Wish, theirs: bool) -> bool:
    return wish.ring in (Ring.PAIR, Ring.CASE) or (wish.ring is None and not theirs)


def wishes_of(file: SessionFile) -> list[tuple[bool, Wish]]:
    """
    What each of the two brings, and whether it is the supervisor's.
    """
    return [*((False, wish) for wish in file.supervisee_items), *((True, wish) for wish in file.supervisor_items)]


def touched(file: SessionFile, settings: Profile) -> set[str]:
    """
    The cases that have to be touched before the next session.
    """
    everything = divide(
        file.case_list, settings.intervals, on=file.date, until=file.until(settings), slots=0, minutes=10_000
    )
    return {touch.case.ref for touch in everything.round}


def law_every_minute_is_given_once(arrange: Arrange, file: SessionFile, settings: Profile) -> None:
    """
    The headings follow each other from the first minute to the last, and nothing is left open.
    """
    plan = arranged(arrange, file, settings)
    if plan is None:
        return
    begins = 0
    for item in plan.session.items:
        assert item.begins == begins
        begins += item.minutes
    assert begins == plan.session.minutes == (file.minutes or settings.length)
    assert not plan.session.spare
    assert [line.minutes for line in plan.lines] == [item.minutes for item in plan.session.items]
    assert [line.kind for line in plan.lines] == [item.kind for item in plan.session.items]
    assert reflect.from_json(reflect.to_json(plan.session)) == plan.session


def law_headings_are_in_their_order(arrange: Arrange, file: SessionFile, settings: Profile) -> None:
    """
    How you are, what must not wait, what was agreed, and then the talks; what cannot wait stands right after arriving,
    and the session ends by writing down.
    """
    plan = arranged(arrange, file, settings)
    if plan is None:
        return
    lines = [line for line in plan.lines if line.key != "today"]
    places = [HEADINGS.index(line.kind) for line in lines]

    assert places == sorted(places)
    assert "close" in file.without or plan.lines[-1].kind == "close"
    assert "before" in file.without or any(line.kind == "before" for line in lines)
    at = [n for n, line in enumerate(plan.lines) if line.key == "today"]
    assert at in ([], [0], [1])
    assert not at or at[0] == (plan.lines[0].kind == "wellbeing")


def law_thinking_together_has_its_part(arrange: Arrange, file: SessionFile, settings: Profile) -> None:
    """
    Talks of fifteen minutes or more have two fifths of a session that is not a short one, and a talk is one of them.
    """
    plan = arranged(arrange, file, settings)
    if plan is None or plan.session.minutes < HOUR or "talk" in file.without:
        return
    talks = [item for item in plan.session.items if is_talk(item)]
    event(f"{len(talks)} talks")

    assert all(is_talk(item) for item in plan.session.items if item.kind in ("talk", "depth"))
    assert 5 * sum(item.minutes for item in talks) >= 2 * plan.session.minutes


def law_headings_are_few(arrange: Arrange, file: SessionFile, settings: Profile) -> None:
    """
    There is at most one heading for each ten minutes, and three in a short session.
    """
    plan = arranged(arrange, file, settings)
    if plan is not None:
        assert len(plan.session.items) <= max(3, plan.session.minutes // 10)


def law_nothing_that_is_brought_is_lost(arrange: Arrange, file: SessionFile, settings: Profile) -> None:
    """
    Everything that somebody brings is under one heading, or stands under "not today" with a date or a way, and never
    in both; what the file has a way for has that.
    """
    plan = arranged(arrange, file, settings)
    if plan is None:
        return
    placed = [each.topic.title for item in plan.session.items for each in item.brought]
    put_off = {each.topic.title: each.until for each in plan.session.put_off}
    titles = [wish.what[:1].upper() + wish.what[1:] for wish in file.wishes]
    families = {case.together for case in file.case_list}

    assert sorted(title for title in (*placed, *put_off) if title not in families) == sorted(titles)
    assert all(put_off.values())
    for wish in file.wishes:
        if wish.when and wish is not file.today:
            assert put_off[wish.what[:1].upper() + wish.what[1:]] == wish.when
    event("something is put off" if put_off else "all has room")


def law_what_cannot_wait_is_there(arrange: Arrange, file: SessionFile, settings: Profile) -> None:
    """
    What cannot wait has the time it needs; and each case that has to be seen to before the next session is touched or
    talked about, or it is named and minutes are missing. What the supervisee brings and has to yield to that has a date
    within five working days.
    """
    plan = arranged(arrange, file, settings)
    if plan is None:
        return
    session = plan.session
    if file.today is not None:
        item = next(each for each in session.items if any(b.topic.title == "Crisis" for b in each.brought))
        assert item.minutes >= (file.today.minutes or 1)
        rules = settings.rules(file.nation)
        until = working_days_after(file.date, 5, rules.holidays if rules else "")
        mine = [each for each in session.put_off if each.whose != "supervisor"]
        ways = {wish.when for wish in file.supervisee_items} - {""}
        assert all(each.until in ways or day_in_words(until) in each.until for each in mine)
    load = plan.caseload
    if load is None or "before" in file.without:
        return
    there = {case.ref for talk in load.in_depth for case in talk.cases} | {touch.case.ref for touch in load.round}
    left = touched(file, settings) - there
    assert left == {touch.case.ref for touch in load.waiting}
    assert bool(left) is bool(plan.missing)
    notes = " ".join(note.text for note in session.notes)
    assert not left or (f"{plan.missing} more minutes" in notes and day_in_words(file.until(settings)) in notes)
    assert all(TouchReason(reason) for touch in load.round for reason in touch.reasons)


def law_neither_side_is_thinned(arrange: Arrange, file: SessionFile, settings: Profile) -> None:
    """
    The cases that are touched have their minutes each, and at most a third of the session; those that then have none
    make up the minutes that are missing.
    """
    plan = arranged(arrange, file, settings)
    if plan is None or plan.caseload is None or "before" in file.without:
        return
    third = plan.session.minutes // settings.round_share
    needs = len(plan.caseload.round) * settings.round_minutes
    before = next(item for item in plan.session.items if item.kind == "before")

    assert needs <= third
    assert before.minutes >= needs
    assert plan.missing == math.ceil(len(plan.caseload.waiting) * settings.round_minutes)
    assert not plan.caseload.waiting or needs + settings.round_minutes > third
    event("minutes are missing" if plan.missing else "no minutes are missing")


def law_what_was_put_off_twice_leads(arrange: Arrange, file: SessionFile, settings: Profile) -> None:
    """
    It has the first talk, if it may be one; and no other short thing has room while it has none, unless that takes less
    time.
    """
    plan = arranged(arrange, file, settings)
    if plan is None:
        return
    free = [(theirs, wish) for theirs, wish in wishes_of(file) if not (wish.when or wish.under)]
    mine = [wish for theirs, wish in free if not theirs and wish.put_off >= 2]
    able = [wish for wish in mine if (wish.minutes or 99) >= ROOM_TO_THINK and wish.purpose in ("", "think")]
    if any(is_hidden(wish, False) and wish.purpose in ("decide", "tell") for wish in mine):
        # What the two want to say in a word leaves its place to what they want to think about: nobody else sees that.
        able = [wish for wish in able if is_hidden(wish, False)]
    talks = [line for line in plan.lines if line.kind == "talk" and line.wishes and line.key != "today"]
    if able and talks:
        assert talks[0].wishes[0].put_off >= 2
        event("what was put off twice has the talk")
    short = [wish for line in plan.lines if line.kind == "short" for wish in line.wishes]
    there = {id(wish) for line in plan.lines for wish in line.wishes} | {id(w) for w in plan.next_time}
    waits = [wish for wish in plan.next_time if wish.put_off >= 2 and not (wish.when or wish.under)]
    if waits and not file.today:
        least = min(wish.minutes or 2 for wish in waits)
        assert all(wish.put_off >= 2 or (wish.minutes or 2) < least for wish in short)
        event("what was put off twice waits once more")
    assert there or not file.wishes


def law_what_waits_leaves_the_talk_to_what_is_new(arrange: Arrange, file: SessionFile, settings: Profile) -> None:
    """
    What was put off once is short again, where something new wants thinking; of two with as many readers.
    """
    plan = arranged(arrange, file, settings)
    if plan is None:
        return
    talks = [wish for line in plan.lines if line.kind == "talk" and line.key != "today" for wish in line.wishes]

    def is_free(wish: Wish) -> bool:
        return wish.ring in (None, Ring.PAIR) and not (wish.minutes or wish.when or wish.under)

    mine = [wish for wish in file.supervisee_items if is_free(wish)]
    waits = [wish for wish in mine if wish.put_off == 1 or (wish.since and not wish.put_off)]
    new = [wish for wish in mine if not (wish.put_off or wish.since) and wish.purpose in ("", "think")]
    if any(wish in talks for wish in waits):
        event("what waits has a talk")
        assert all(wish in talks for wish in new)


def law_no_occasion_loses_anything(arrange: Arrange, file: SessionFile, settings: Profile, name: str) -> None:
    """
    Whatever a session is for: its minutes are given once; what somebody brings has a place, or a day or a way; and each
    case that has to be seen to is touched, talked about or named. A quiet one names nothing, and keeps all of it.
    """
    if name == "group" and settings.setting != "group":
        return  # refused
    plan = arranged(arrange, file, settings, occasion=name)
    if plan is None:
        return
    event(name)
    session, quiet = plan.whole, occasion(name).quiet
    assert sum(item.minutes for item in session.items) + session.spare == session.minutes
    placed = [each.topic.title for item in session.items for each in item.brought]
    put_off = {each.topic.title: each.until for each in session.put_off}
    # What cannot wait is what a quiet session is for; it has no heading.
    titles = {wish.what[:1].upper() + wish.what[1:] for wish in file.wishes if not (quiet and wish is file.today)}
    assert titles <= {*placed, *put_off}
    assert not {*placed} & {*put_off}
    assert all(put_off.values())
    chosen = {case.together for case in file.case_list if {case.ref, case.together} & {*file.choose}}
    if not quiet:
        families = {line.family for line in plan.lines}
        assert chosen <= {*put_off, *families}
    has_place = any(item.kind in ("before", "round", "depth") for item in session.items)
    if quiet or not has_place or "before" in file.without:
        return
    assert plan.caseload is not None or not file.case_list
    if plan.caseload is not None:
        there = {case.ref for talk in plan.caseload.in_depth for case in talk.cases}
        there |= {touch.case.ref for touch in (*plan.caseload.round, *plan.caseload.waiting)}
        assert touched(file, settings) <= there


def law_a_refusal_has_nobodys_words(arrange: Arrange, file: SessionFile, settings: Profile) -> None:
    """
    What does not fit is named by whose it is, unless the supervision file may have its words.
    """
    file = attrs.evolve(
        file, minutes=min(file.minutes or 60, 30), supervisee_items=tuple(map(_long, file.supervisee_items))
    )
    try:
        arrange(file, settings, occasion=ORDINARY)
    except TooShort as short:
        event("does not fit")
        said = f"{short} {short!r} {' '.join(short.later)}"
        hidden = [wish.what for theirs, wish in wishes_of(file) if is_hidden(wish, theirs)]
        assert not any(words in said for words in (*hidden, *([file.today.what] if file.today else [])))


def _long(wish: Wish) -> Wish:
    return attrs.evolve(wish, what=f"HERON {wish.what}", minutes=25)


def law_a_talk_has_its_topic_and_its_questions(arrange: Arrange, file: SessionFile, settings: Profile) -> None:
    """
    A talk is headed by what it is about, and shows a way in and a way on; no two use the same model. An open one is
    there only if there is nothing else to talk about.
    """
    plan = arranged(arrange, file, settings)
    if plan is None:
        return
    pairs = [(item, line) for item, line in zip(plan.session.items, plan.lines, strict=True) if is_talk(item)]
    for item, line in pairs:
        asks = item.set.asks
        assert len(item.shows) == min(2, len(asks))
        if line.wishes or line.family:
            assert item.about_brought
            assert item.topic is not None
            assert item.topic.title.casefold() == line.title.casefold()
    opened = [line for item, line in pairs if not item.about_brought]
    assert len(opened) <= 1
    assert not opened or len(pairs) == 1
    models = [line.use for _, line in pairs if line.advice and line.use != NO_MODEL]
    assert len(set(models)) == len(models)
    before = [item for item in plan.session.items if item.kind == "before"]
    assert all(len(item.shows) == 2 for item in before)


def law_what_is_between_the_two_shapes_nothing_for_others(
    arrange: Arrange, file: SessionFile, settings: Profile, purposes: list[str], words: str
) -> None:
    """
    What a topic of the two is for, its words, and what the two alone want to remember, change nothing for anybody else:
    not a heading, not a minute, and not the model of another talk.
    """
    n = iter(purposes * 20)

    def other(wish: Wish, theirs: bool) -> Wish:
        hidden = wish.ring is Ring.PAIR or (wish.ring is None and not theirs)
        if not hidden:
            return wish
        purpose = next(n)
        aim = {"think": "loss", "decide": "conflict"}.get(purpose, "")
        return attrs.evolve(wish, purpose=purpose, aim=aim, what=f"{words} {wish.what}")

    changed = attrs.evolve(
        file,
        supervisee_items=tuple(other(wish, False) for wish in file.supervisee_items),
        supervisor_items=tuple(other(wish, True) for wish in file.supervisor_items),
    )
    one, two = arranged(arrange, file, settings), arranged(arrange, changed, settings, private=[words])
    assert (one is None) is (two is None)
    if one is None or two is None:
        return
    for who in READERS:
        if not who.sees(Ring.PAIR):
            assert reflect.to_json(one.session.visible_to(who)) == reflect.to_json(two.session.visible_to(who)), (
                who.name
            )


def is_within_five_working_days(text: str, day: datetime.date) -> bool:
    return any(day_in_words(day + datetime.timedelta(days=n)) in text for n in range(1, 12))
