"""
Forty sessions of twelve professions, as people write them down: what each of them must be, and what no paper may say.

The files are in ``scenarios/unseen``. None of them was there when the planner was written.
"""

from __future__ import annotations

import datetime
import functools
import itertools
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from reflect.cli import main
from reflect.planning.agenda import arrange
from reflect.planning.joint import file_of_each
from reflect.planning.minutes import TooShort
from reflect.planning.occasions import occasion_names
from reflect.planning.plan import Plan
from reflect.planning.profiles import Profile, profile
from reflect.planning.session_file import SessionFile, load
from reflect.planning.what_for import SessionFacts

FOLDER = Path(__file__).parent / "scenarios" / "unseen"
NAMES = sorted(path.stem for path in FOLDER.glob("*.yaml"))
#: What somebody brings is as long as the session, or longer: no plan would be true.
TOO_LONG = ("item-of-all-minutes", "longer-than-session")
#: Nothing that a tired person would be hurt by, or that only a planner wants to know.
NEVER = (
    *(
        "overdue",
        "outstanding",
        "its turn",
        "brought along",
        "no model in the last",
        "late by",
        "an item of one of you",
    ),
    *("whatever you bring", "not in writing yet", "score"),
)
#: What is under each heading where it matters: the kinds of headings, and the words of what has the talks.
EXPECTED: dict[str, tuple[str, str]] = {
    "adults-two-talks": (
        "wellbeing before actions talk talk short close",
        "a daughter who will not let the carers in; whether I was too hard on the hospital",
    ),
    "asye-load": ("wellbeing before workload depth talk short close", "B1; the core group"),
    "coaching-carried": ("wellbeing before actions talk short close", "the client who cries"),
    "counselling-brought": ("wellbeing before talk short close", "what a hug means"),
    "child-cases-short": ("before talk close", "C1 tonight"),
    "education-telephone": ("wellbeing before talk close", "a child who hides under the table"),
    "gap-nothing": ("wellbeing frame before talk frame close", "An open talk"),
    "group-brought": ("arrive frame talk short frame close", "the family that thanked nobody"),
    "interpreter-short": ("before talk short close", "a family in one room"),
    "joint-short": ("frame before talk close", "the lift"),
    "nothing": ("wellbeing before talk close", "An open talk"),
    "nothing-counselling": ("wellbeing before talk close", "An open talk"),
    "nothing-group": ("arrive frame talk frame close", "An open talk"),
    "peers": ("wellbeing before talk talk short close", "a client I dread; whether I charge too little"),
    "review": ("wellbeing before frame frame frame talk short close", "whether I want to stay in this team"),
    "review-nothing": ("wellbeing before frame frame frame close", ""),
    "short-no-minutes": ("before talk short close", "the fall in room nine"),
    "today-different-group": ("frame before frame frame frame close", ""),
    "today-different-peers": ("frame before frame frame frame close", ""),
    "twice-and-emergency": ("wellbeing talk before short close", "an eviction at two"),
    "without-everything": ("short", ""),
}


@functools.cache
def planned(name: str) -> tuple[SessionFile, Profile, tuple[Plan, ...]]:
    """
    The session file and its plans: one for each supervisee.
    """
    read, known = load(FOLDER / f"{name}.yaml")
    files = file_of_each(read.file)
    facts = SessionFacts(supervisees=len(files))
    return read.file, known, tuple(arrange(file, known, facts=facts) for file in files)


def names_without(*others: str) -> list[str]:
    return [name for name in NAMES if name not in (*TOO_LONG, *others)]


def test_they_are_many_and_of_many_kinds() -> None:
    """
    Thirty or more, of twelve professions, on nearly every occasion, from ten minutes to three hours.
    """
    found = [planned(name) for name in names_without()]
    occasions = {plan.session.occasion for _, _, plans in found for plan in plans}
    lengths = [plans[0].session.minutes for _, _, plans in found]

    assert len(NAMES) >= 30
    assert len({file.profile for file, _, _ in found}) >= 12
    assert occasions == {*occasion_names()}
    assert (min(lengths), max(lengths)) == (10, 180)


@pytest.mark.parametrize("name", names_without())
def test_minutes_and_order_and_headings(name: str) -> None:
    """
    Every minute is given once; it ends by writing down; no heading stands there twice; and an ordinary hour has few
    headings and two fifths for talks.
    """
    file, known, plans = planned(name)
    for plan in plans:
        session = plan.session
        begins = [*itertools.accumulate((item.minutes for item in session.items), initial=0)]
        assert [item.begins for item in session.items] == begins[:-1]
        assert begins[-1] + session.spare == session.minutes
        assert "close" in file.without or plan.lines[-1].kind == "close"
        assert all(line.minutes >= 1 for line in plan.lines)
        assert max(Counter(line.title for line in plan.lines).values()) == 1
        has_own = bool(known.without_unused_items(cases=bool(file.case_list or file.choose)).items)
        if session.occasion == "ordinary" and not has_own and not file.without:
            talks = [item.minutes for item in session.items if item.kind in ("talk", "depth")]
            assert min(talks) >= 15
            assert 5 * sum(talks) >= 2 * session.minutes
            assert len(session.items) <= max(3, session.minutes // 10)


@pytest.mark.parametrize("name", list(EXPECTED))
def test_what_it_consists_of_and_what_it_is_about(name: str) -> None:
    _, _, plans = planned(name)
    kinds, talks = EXPECTED[name]

    for plan in plans:
        assert " ".join(line.kind for line in plan.lines) == kinds
        assert "; ".join(line.title for line in plan.lines if line.kind in ("talk", "depth")) == talks


@pytest.mark.parametrize("name", names_without())
def test_all_that_is_brought_is_somewhere(name: str) -> None:
    """
    Under one heading, or with a day or a way; on a day that is different it is kept. A case that has to be touched is
    named.
    """
    for file, (_, known, plans) in zip(file_of_each(planned(name)[0]), itertools.repeat(planned(name)), strict=False):
        plan = plans[0]
        whole = plan.whole
        assert plan.occasion is not None
        placed = [each.topic.title for item in whole.items for each in item.brought]
        put_off = {each.topic.title: each.until for each in whole.put_off}
        for wish in file.wishes:
            title = wish.what[:1].upper() + wish.what[1:]
            if wish is file.today and plan.occasion.quiet:
                continue
            assert (title in placed) is not (title in put_off), title
            assert put_off.get(title, "-"), title
        if plan.caseload is not None:
            refs = {touch.case.ref for touch in (*plan.caseload.round, *plan.caseload.waiting)}
            refs |= {case.ref for talk in plan.caseload.in_depth for case in talk.cases}
            assert {case.ref for case in file.case_list if case.risk} <= refs
            assert bool(plan.missing) is bool(plan.caseload.waiting)
        assert known.title


@pytest.mark.parametrize("name", NAMES)
def test_its_papers_and_their_words(name: str, tmp_path: Path) -> None:
    """
    Each reader has an agenda, a record and the plan; an agenda has each heading with its minute, in their order; no
    paper says what would hurt, and none has what is somebody else's. What cannot be planned is refused in one sentence
    without anybody's words.
    """
    file, count = load(FOLDER / f"{name}.yaml")[0].file, len(file_of_each(load(FOLDER / f"{name}.yaml")[0].file))
    folders = [tmp_path / str(n) for n in range(count)]
    call = ["plan", str(FOLDER / f"{name}.yaml"), "--to", "txt", *(x for each in folders for x in ("-o", str(each)))]
    made = CliRunner().invoke(main, call)
    if name in TOO_LONG:
        assert made.exit_code == 1
        assert "minutes longer, or put off to next time: item 1 of the supervisee" in made.output
        assert "park" not in made.output
        assert not [*tmp_path.rglob("*.txt")]
        return
    assert made.exit_code == 0, made.output
    plans = planned(name)[2]
    for folder, plan, own in zip(folders, plans, file_of_each(file), strict=True):
        readers = {path.parent.name for path in folder.rglob("agenda-*.txt")}
        assert readers in ({"group"}, {"supervisee", "supervisor"})
        for reader in readers:
            kinds = {path.name.partition("-2026")[0] for path in (folder / reader).iterdir()}
            assert {"agenda", "record", "plan"} <= kinds
            assert ("supervision" in kinds) is bool(file.start)
            agenda = next((folder / reader).glob("agenda-*.txt")).read_text("utf-8")
            at = -1
            for item in plan.session.items:
                title = item.topic.title if item.topic else item.title
                here = agenda.casefold().find(title.casefold()[:20], at + 1)
                assert here > at or item.kind == "short", title
                at = max(at, here)
            for path in (folder / reader).glob("*.txt"):
                said = " ".join(path.read_text("utf-8").casefold().split())
                assert not [word for word in NEVER if word in said], path.name
            for action in file.previous_actions:
                if action not in own.previous_actions:
                    assert action.what not in agenda


def test_a_plan_that_says_something_hurtful_is_found_out() -> None:
    """
    The words that must not be there are looked for where they can be.
    """
    assert any(word in "12 days overdue" for word in NEVER)


def test_what_is_longer_than_its_session_says_how_many_minutes_would_do() -> None:
    for name in TOO_LONG:
        read, known = load(FOLDER / f"{name}.yaml")
        with pytest.raises(TooShort) as short:
            arrange(read.file, known)
        longer = SessionFile(
            date=datetime.date(2026, 5, 18), minutes=short.value.needs, supervisee_items=read.file.supervisee_items
        )
        assert arrange(longer, profile("youth-work"))
