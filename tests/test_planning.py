"""
Plans of sessions: the worked scenario of children's social work, two of other professions, and laws over any file.
"""

from __future__ import annotations

import datetime
import math
import re
from itertools import pairwise
from pathlib import Path

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import reflect
from reflect.planning.agenda import arrange
from reflect.planning.caseload import Case
from reflect.planning.minutes import TooShort
from reflect.planning.plan import Plan
from reflect.planning.profiles import profile, profile_names
from reflect.planning.session_file import InformalDecision, Promise, SessionFile, Wish, load
from reflect.questions.rings import Ring
from reflect.sessions import journal
from reflect.sessions.nations import add_working_days
from reflect.sessions.series import NO_MODEL
from tests.documents import tried

SCENARIOS = Path(__file__).parent / "scenarios"
#: An agency whose agendas have a line for each item.
STANDING = profile(Path(__file__).parent / "data" / "standing-items.yaml")


def scenario(name: str, **changes: object) -> Plan:
    path = SCENARIOS / name
    told, known = load(path)
    log = journal.read(path.parent / "journal") if (path.parent / "journal").is_dir() else None
    return arrange(attrs.evolve(told.file, **changes), known, log)  # type: ignore[arg-type]


def paper(
    plan: Plan, reader: str = "supervisee", wording: str = "general", to: str = "txt", kind: str = "agenda"
) -> str:
    text = reflect.render(plan.session, kind, to=to, reader=reader, wording=wording).decode()
    return " ".join(text.split())


CHILDREN = scenario("children/session.yaml")
AGENDA = paper(CHILDREN, wording="childrens-social-work")


# --- scenario 9.1, by its nine assertions


def test_1_the_minutes_the_order_and_everybodys_items() -> None:
    """
    The agenda of the scenario to the minute; both in-depth items have fifteen; every item is traceable to a line.

    It takes three items of the worker in by ``under:``, as the scenario's own lines do. An item without it has
    a line of its own, because of the issue.
    """
    assert [line.minutes for line in CHILDREN.lines] == [5, 5, 8, 10, 12, 18, 18, 6, 8]
    assert [str(line.function) for line in CHILDREN.lines] == [
        "support", "management", "support", "mediation", "management", "development", "development", "development", "management",
    ]  # fmt: skip
    assert [line.whose for line in CHILDREN.lines] == [
        "both", "both", "supervisee", "supervisee", "both", "supervisee", "supervisor", "both", "both",
    ]  # fmt: skip
    assert [line.kind for line in CHILDREN.lines] == [
        "arrive", "actions", "wellbeing", "workload", "round", "depth", "depth", "learning", "close",
    ]  # fmt: skip
    told, _ = load(SCENARIOS / "children/session.yaml")
    found = [wish for line in CHILDREN.lines for wish in line.wishes]
    assert set(found) == {*told.file.supervisee_items, *told.file.supervisor_items}
    for wish in found:
        assert wish.what in AGENDA
    assert CHILDREN.dropped == ()


def test_2_every_child_is_in_one_list() -> None:
    """
    Eight in the round, two families in depth, seven not discussed, three families waiting.
    """
    found = CHILDREN.caseload
    assert found is not None
    assert [touch.case.ref for touch in found.round] == ["C01", "C02", "C03", "C04", "C05", "C07", "C11", "C16"]
    assert [(talk.family, len(talk.cases), talk.chosen) for talk in found.in_depth] == [
        ("F11", 2, True),
        ("F04", 1, False),
    ]
    assert [case.ref for case in found.written] == ["C08", "C09", "C10", "C12", "C13", "C17", "C18"]
    assert "Not discussed today: C08, C09, C10, C12, C13, C17, C18." in AGENDA
    assert "Exceptions only: C01, C02, C03, C04, C05, C07, C11, C16." in AGENDA


def test_3_what_is_overdue_and_nothing_private() -> None:
    """
    Two actions are overdue, the older first, by its date alone: how late it is hurts, and helps nobody. The three
    disclosures have no way into the file at all.

    The scenario's audit view is another paper; of it, only the numbers that planning gives are looked at here.
    """
    assert [action.due for action in CHILDREN.actions] == [datetime.date(2025, 4, 25), datetime.date(2025, 4, 30)]
    assert "take worker off duty rota · 25 April 2025." in AGENDA
    assert "F11: one, see its record." in AGENDA
    assert "overdue" not in AGENDA
    assert len(CHILDREN.lines) == 9
    text = (SCENARIOS / "children/session.yaml").read_text()
    with pytest.raises(reflect.Faults):
        load_text(f"{text}\n", "- {what: HERON-LANTERN, ring: own}")


def load_text(text: str, wish: str) -> None:
    from reflect.planning.session_file import parse

    parse(text.replace("supervisor-items:", f"{wish}\nsupervisor-items:"))


def test_4_and_5_cases_by_reference_and_what_is_to_be_confirmed() -> None:
    """
    The decision in the corridor is in the round until the other person confirms it; nobody is named.
    """
    assert "To confirm: the decision of 28 April 2025 on F08, corridor." in AGENDA
    for initials in ("AK", "RO", "FQ", "GQ"):
        assert initials not in AGENDA
    assert "etween the two of you" in AGENDA
    assert not any(f"C{n:02}" in paper(CHILDREN, "supervision-file") for n in range(1, 19))


def test_6_the_load_goes_up_the_ladder() -> None:
    """
    107 of 100, said and not in writing: to the service manager, with an answer by 21 May.
    """
    assert CHILDREN.raised is not None
    assert (CHILDREN.raised.level, CHILDREN.raised.to, CHILDREN.raised.by) == (
        2,
        "service manager",
        datetime.date(2025, 5, 21),
    )
    assert (
        "107 of 100 points; said on 16 April 2025, not yet in writing. To the service manager, for an answer by 21 May 2025."
        in AGENDA
    )
    assert scenario("children/session.yaml", workload=None).raised is None


def test_7_the_backlog_is_honest() -> None:
    """
    Three families are named; two slots cannot cover five due; group, peer and an extra session are proposed.
    """
    assert "Due in depth, and no slot today: F02, F06, F12. Two slots cannot cover five due: " in AGENDA
    assert "a group, a peer or a short extra session" in AGENDA
    assert "time for about 21 talks in depth" in CHILDREN.remarks[-1]


def test_8_who_regulates() -> None:
    """
    The same session in May 2019 was under another regulator.
    """
    then = scenario("children/session.yaml", date=datetime.date(2019, 5, 14), next=datetime.date(2019, 6, 11))

    assert CHILDREN.regulator == "Social Work England"
    assert then.regulator == "HCPC"


def test_9_something_else_than_last_time() -> None:
    """
    Neither family gets what is barred for it, and three in a row are said.
    """
    first, second = (line for line in CHILDREN.lines if line.kind == "depth")

    assert second.advice is not None
    assert first.advice is not None
    assert {"morrison-444", "gibbs-cycle"} <= set(second.advice.barred)
    assert "morrison-444" in first.advice.barred
    assert second.use not in ("morrison-444", "gibbs-cycle", first.use)
    assert any("was used in each of the last 3 sessions held" in note for note in second.advice.notes)


# --- other professions


def test_a_group_of_nurses_without_cases() -> None:
    """
    A restorative group has no cases, no points and no overdue list; its rounds grow with numbers, its talk is about what
    somebody brought, and a group's model fits.
    """
    plan = scenario("nursing-group.yaml")
    text = paper(plan, "group", "nursing")

    assert sum(line.minutes for line in plan.lines) == 75
    assert [line.kind for line in plan.lines] == ["arrive", "frame", "talk", "short", "frame", "close"]
    assert plan.lines[1].minutes >= 2 + math.ceil(7 / 2)
    assert plan.lines[2].title == "what we do with the calls after five"
    assert "group" in reflect.load(plan.lines[2].use).head.suits
    assert plan.caseload is None
    assert "What we do with the calls after five" in text
    assert "Nursing and Midwifery Council" in plan.regulator
    assert not any(word in text.lower() for word in ("overdue", "points", "case round", "not discussed"))


def test_a_first_session_without_any_agreement_or_history() -> None:
    """
    Two people who have never met begin with how they want to work together; nothing is asked about last time.
    """
    plan = scenario("first-session.yaml")
    text = paper(plan, "supervisee", "housing")

    assert sum(line.minutes for line in plan.lines) == 60
    assert "How we want to work together" in text
    assert "last time" not in text.lower()
    assert "Whom I ask when you are on leave" in text
    assert plan.actions == ()
    assert max(plan.lines, key=lambda line: line.minutes).kind == "talk"


def test_the_smallest_file_gives_a_whole_session() -> None:
    """
    A day, minutes and one item are enough; cases are not mentioned, because none are wanted.
    """
    plan = arrange(
        SessionFile(date=datetime.date(2026, 3, 4), minutes=60, supervisee_items=(Wish(what="the school"),)),
        profile("general"),
    )

    assert sum(line.minutes for line in plan.lines) == 60
    assert [line.kind for line in plan.lines][-1] == "close"
    assert any(line.kind == "talk" for line in plan.lines)
    assert "discussed" not in paper(plan)


# --- single rules


def small(**changes: object) -> SessionFile:
    return SessionFile(**{"date": datetime.date(2026, 3, 4), "minutes": 60, **changes})  # type: ignore[arg-type]


def test_an_action_carried_three_times_asks() -> None:
    """
    What stopped it is asked from the third time on, and not before; no paper says how often it was.
    """

    def text(times: int) -> str:
        action = Promise(what="ring the school", who="supervisee", carried=times)
        return paper(arrange(small(previous_actions=(action,)), profile("general")))

    asked = "One action comes back every time. What stops it?"
    assert asked in text(3)
    assert asked not in text(2)
    assert text(3) == text(7)
    assert not re.search(r"\bcarried\b|\b3 times", text(3))


def test_a_session_has_what_was_agreed_before() -> None:
    """
    Each open action has an id and a ring, the supervisor's first; what was done, changed or dropped has its end.
    """
    plan = arrange(
        small(
            previous_actions=(
                Promise(what="ring the school", who="supervisee", due=datetime.date(2026, 1, 1)),
                Promise(what="close the file", who="Team admin"),
                Promise(what="see the baby", who="supervisee", case="F11"),
                Promise(what="hidden", who="supervisee", status="changed"),
                Promise(what="ask the panel", who="J.T.", due=datetime.date(2026, 3, 1), id="2026-02-04.s3"),
                Promise(what="weigh the baby", who="nurse", case="F11"),
            ),
            supervisor="JT",
        ),
        profile("general"),
    )

    assert [(each.id, each.who, each.what, each.by, str(each.ring), each.case) for each in plan.session.before] == [
        ("2026-02-04.s3", "J.T.", "ask the panel", "1 March 2026", "personal", ""),
        ("2026-03-04.s1", "Worker", "ring the school", "1 January 2026", "personal", ""),
        ("2026-03-04.s2", "Team admin", "close the file", "", "personal", ""),
        ("2026-03-04.c1", "Worker", "see the baby", "", "case", "F11"),
        ("2026-03-04.c2", "nurse", "weigh the baby", "", "case", "F11"),
    ]
    assert [each.what for each in plan.actions] == [each.what for each in plan.session.before]
    text = paper(plan)
    assert "J.T.: ask the panel · 1 March 2026. Worker: ring the school · 1 January 2026." in text
    assert "F11: two, see its record." in text
    assert "baby" not in text


def test_the_actions_of_a_case_are_in_no_personal_record() -> None:
    """
    Their words and their number are the case's: two sessions that differ in nothing else give the same record.
    """

    def record(*words: str) -> bytes:
        ours = Promise(what="ring the school", who="supervisee")
        theirs = (Promise(what=each, who="supervisee", case="F11") for each in words)
        plan = arrange(small(previous_actions=(ours, *theirs)), profile("general"))
        readers = ("supervisee", "supervision-file")
        return b"".join(reflect.render(plan.session, "record", reader=each) for each in readers)

    assert record("see the baby", "weigh the baby") == record()


@pytest.mark.parametrize("name", profile_names())
def test_what_was_agreed_before_is_on_every_agenda(name: str) -> None:
    """
    In every profile, also of a group and of a first session: open actions, and decisions nobody has confirmed.
    """
    known = profile(name)
    file = small(
        previous_actions=(
            Promise(what="ring the school", who="supervisee", due=datetime.date(2026, 1, 1)),
            Promise(what="close the file", who="supervisor", case="C1", carried=3),
        ),
        informal=(InformalDecision(about="the rota", happened=datetime.datetime(2026, 2, 3, 16, 10), how="corridor"),),
    )
    group = known.setting == "group"
    text = paper(arrange(file, known), "group" if group else "supervisee", kind="group-agenda" if group else "agenda")

    assert ("close the file [C1]." if group else "C1: one, see its record.") in text
    assert "ring the school · 1 January 2026." in text
    assert "To confirm: the decision of 3 February 2026 on the rota, corridor." in text
    if known.items and not known.item("actions"):
        return
    assert "ring the school" not in paper(arrange(attrs.evolve(file, without=("actions",)), known), "supervisee")


def test_what_cannot_wait_displaces_openly() -> None:
    """
    Where each item has its line, a crisis puts the worker's off; the paper says so, and it leads next time.
    """
    mine, theirs = Wish(what="the training day"), Wish(what="the audit")
    crisis = Wish(what="the hearing is tomorrow", minutes=45)
    plan = arrange(small(today=crisis, supervisee_items=(mine,), supervisor_items=(theirs,)), STANDING)
    text = paper(plan)

    assert plan.lines[1].kind == "today"
    assert plan.lines[1].minutes == 45
    assert plan.next_time == (mine,)
    assert "First next time: the training day" in text
    assert "Put off to next time: the audit" in text
    again = attrs.evolve(mine, since=datetime.date(2026, 3, 4))
    after = arrange(small(supervisee_items=(Wish(what="new"), again)), STANDING)
    assert [line.title for line in after.lines if line.kind == "item"] == ["the training day", "new"]


def test_what_cannot_fit_says_the_smallest_change() -> None:
    """
    Six items of the worker's do not fit in forty minutes: so much longer would do, and one less would not.
    """
    file = small(minutes=40, supervisee_items=tuple(Wish(what=f"thing {n}", minutes=8) for n in range(5)))
    with pytest.raises(TooShort) as short:
        arrange(file, STANDING)

    assert arrange(attrs.evolve(file, minutes=short.value.needs), STANDING)
    with pytest.raises(TooShort):
        arrange(attrs.evolve(file, minutes=short.value.needs - 1), STANDING)
    later = short.value.later
    others = [w for n, w in enumerate(file.supervisee_items, 1) if f"item {n} of the supervisee" not in later]
    assert len(others) == len(file.supervisee_items) - len(later)
    assert arrange(attrs.evolve(file, supervisee_items=tuple(others)), STANDING)
    assert "minutes longer, or put off to next time: item" in str(short.value)


def test_what_does_not_fit_is_named_if_the_supervision_file_may_have_it() -> None:
    """
    A line of the supervisee's is between the two, and an error is read by whoever looks at the screen.
    """
    mine = (Wish(what="HERON", minutes=30, purpose="think"),)
    known = (attrs.evolve(mine[0], what="the rota", ring=Ring.PERSONAL),)
    said = []
    for wishes in (mine, known):
        with pytest.raises(TooShort) as short:
            arrange(small(minutes=30, supervisee_items=wishes), profile("general"))
        said.append(str(short.value))

    assert "item 1 of the supervisee" in said[0]
    assert "HERON" not in said[0]
    assert "the rota" in said[1]


def test_an_item_of_the_workers_keeps_the_round_it_stands_in() -> None:
    """
    Where time is short, the round that takes in an item of the worker's is not the one to go.
    """
    known = (Case(ref="C0", kind="client"), Case(ref="C1", kind="client", risk=True))
    mine = (Wish(what="a", under="round"), Wish(what="b", under="C0"))
    file = small(minutes=30, cases=known, supervisee_items=mine, slots=1)
    with pytest.raises(TooShort):
        arrange(file, profile("counselling"))

    plan = arrange(attrs.evolve(file, minutes=40), profile("counselling"))
    assert [line.kind for line in plan.lines if line.wishes] == ["round", "depth"]


@pytest.mark.parametrize("name", ["F11", "C14"])
def test_a_model_that_was_chosen_has_the_minutes_it_needs(name: str) -> None:
    """
    A model of half an hour, chosen for a family or for a case of it, makes its line that long; a session too short for
    it says so.
    """
    plan = scenario("children/session.yaml", models={name: "gibbs-cycle"})
    line = next(line for line in plan.lines if line.family == "F11")

    assert line.use == "gibbs-cycle"
    assert line.minutes >= 30
    assert line.advice is None
    with pytest.raises(TooShort):
        arrange(
            small(minutes=30, models={"talk": "gibbs-cycle"}, without=("learning",)),
            attrs.evolve(STANDING, items=tuple(attrs.evolve(item, yields=0) for item in STANDING.items)),
        )


def test_after_a_shock_there_is_no_model() -> None:
    """
    The slot that varies is for listening first.
    """
    plan = arrange(small(after_shock=True), profile("general"))

    assert next(line for line in plan.lines if line.kind == "talk").use == NO_MODEL


def test_what_is_private_has_no_minutes_of_its_own() -> None:
    """
    Two sessions that differ in what is between the two alone give the file the same bytes, and the pair two lines.
    """
    with_it = arrange(small(), profile("general"), private=["COPPER-TIDE", "QUARTZ"])
    without = arrange(small(), profile("general"))

    for to in ("txt", "html", "docx"):
        assert reflect.render(with_it.session, "agenda", to=to, reader="supervision-file") == reflect.render(
            without.session, "agenda", to=to, reader="supervision-file"
        )
    assert "COPPER-TIDE" in paper(with_it)
    assert with_it.lines == without.lines


def test_scores_are_dropped_once_the_plan_is_made() -> None:
    """
    No score is left in a plan, however it is looked at; that two see a case differently is.
    """
    cases = (Case(ref="C1", worker=9, supervisor=1), Case(ref="C2", worker=2, supervisor=2))
    plan = arrange(small(cases=cases, slots=0), profile("general"))

    assert plan.caseload is not None
    left = [touch.case for touch in (*plan.caseload.round, *plan.caseload.waiting)] + list(plan.caseload.written)
    assert {(case.worker, case.supervisor) for case in left} == {(None, None)}
    assert "You see this differently: C1." in paper(plan)


def test_working_days_skip_the_week_end() -> None:
    """
    Five working days from a Wednesday end on the next Wednesday; from a Friday one ends on Monday.
    """
    assert add_working_days(datetime.date(2025, 5, 14), 5) == datetime.date(2025, 5, 21)
    assert add_working_days(datetime.date(2025, 5, 16), 1) == datetime.date(2025, 5, 19)


# --- laws

_DAYS = st.dates(datetime.date(2024, 1, 1), datetime.date(2026, 3, 4))
_SCORES = st.none() | st.integers(0, 10)


@st.composite
def cases(draw: st.DrawFn, most: int = 40) -> tuple[Case, ...]:
    return tuple(
        Case(
            ref=f"C{n}",
            family=draw(st.sampled_from(["", "F1", "F2", "F3"])),
            kind=draw(st.sampled_from(["CP", "CIN", ""])),
            touched=draw(st.none() | _DAYS),
            in_depth=draw(st.none() | _DAYS),
            risk=draw(st.booleans()),
            worker=draw(_SCORES),
            supervisor=draw(_SCORES),
        )
        for n in range(draw(st.integers(0, most)))
    )


@st.composite
def files(draw: st.DrawFn, *, today: bool = False) -> SessionFile:
    known = draw(cases())
    names = ["", "", "workload", "learning", "round", *(case.ref for case in known), *(case.together for case in known)]

    def wishes(letter: str) -> tuple[Wish, ...]:
        return tuple(
            Wish(what=f"{letter}{n}", under=draw(st.sampled_from(names)), ring=Ring.PERSONAL)
            for n in range(draw(st.integers(0, 3)))
        )

    return SessionFile(
        date=datetime.date(2026, 3, 4),
        minutes=draw(st.integers(30, 180)),
        people=draw(st.integers(2, 9)),
        today=Wish(what="crisis", minutes=draw(st.none() | st.integers(5, 60))) if today else None,
        supervisee_items=wishes("mine"),
        supervisor_items=wishes("theirs"),
        cases=known,
        slots=draw(st.none() | st.integers(0, 4)),
        choose=tuple(draw(st.lists(st.sampled_from([case.ref for case in known]), max_size=3))) if known else (),
        without=tuple(draw(st.lists(st.sampled_from(["learning", "round", "depth", "talk", "workload"]), max_size=2))),
        seed=draw(st.integers(0, 9)),
    )


def planned(file: SessionFile, name: str) -> Plan | None:
    try:
        return arrange(file, attrs.evolve(profile(name), items_with_cases=False))
    except TooShort:
        return None


_PROFILES = st.sampled_from(profile_names())
#: Those with a line for each item that is brought.
_STANDING = st.sampled_from([name for name in profile_names() if profile(name).item("items")])
_FEW = settings(max_examples=tried(50), deadline=None)


@_FEW
@given(files(), _PROFILES)
def test_minutes_sum_and_lists_partition(file: SessionFile, name: str) -> None:
    """
    Over any file the minutes are the session's, every case is in exactly one list, and rules of thumb hold.
    """
    plan = planned(file, name)
    if plan is None:
        return
    kinds = [line.kind for line in plan.lines]

    assert sum(line.minutes for line in plan.lines) + plan.session.spare == file.minutes
    assert not plan.session.spare
    if profile(name).setting == "group":
        assert plan.caseload is None  # cases are for those whose they are
    elif file.cases:
        assert plan.caseload is not None
        lists = [
            *(case.ref for talk in plan.caseload.in_depth for case in talk.cases),
            *(touch.case.ref for touch in (*plan.caseload.round, *plan.caseload.waiting)),
            *(case.ref for case in plan.caseload.written),
        ]
        assert sorted(lists) == sorted(case.ref for case in file.cases)  # type: ignore[union-attr]
        assert kinds.count("depth") == len(plan.caseload.in_depth)
    for line in plan.lines:
        closing = 3 if profile(name).setting == "group" else 5  # a round, or what is written down together
        assert line.minutes >= {"depth": 15, "close": closing}.get(line.kind, 1)
        assert line.kind != "round" or line.minutes <= file.minutes / 3  # type: ignore[operator]
    if "round" in kinds:
        before = kinds[: kinds.index("round")]
        assert all(kind in before for kind in ("wellbeing", "workload") if kind in kinds)


@_FEW
@given(files(), _STANDING)
def test_an_item_of_the_workers_is_always_there(file: SessionFile, name: str) -> None:
    """
    Whatever the supervisor brings and however many cases there are, each item of the worker's has a line,
    with five minutes at least if it is its own, and before the cases.
    """
    plan = planned(file, name)
    if plan is None:
        return
    kinds = [line.kind for line in plan.lines]

    for wish in file.supervisee_items:
        (place,) = [n for n, line in enumerate(plan.lines) if wish in line.wishes]
        assert plan.lines[place].minutes >= (5 if plan.lines[place].kind == "item" else 3)
        assert plan.lines[place].kind != "item" or "round" not in kinds or place < kinds.index("round")
    more = planned(attrs.evolve(file, supervisor_items=()), name)
    assert more is not None


@_FEW
@given(files(today=True), _STANDING)
def test_what_is_displaced_today_is_not_lost(file: SessionFile, name: str) -> None:
    """
    With a crisis on the agenda, each item of the worker's is there or leads next time, and never both.
    """
    plan = planned(file, name)
    if plan is None:
        return
    there = [wish for line in plan.lines for wish in line.wishes if wish in file.supervisee_items]

    assert sorted(wish.what for wish in (*there, *plan.next_time)) == sorted(
        wish.what for wish in file.supervisee_items
    )
    assert [line.kind for line in plan.lines].count("today") == 1


@_FEW
@given(files(), _PROFILES)
def test_the_same_seed_gives_the_same_plan(file: SessionFile, name: str) -> None:
    """
    Nothing but the file, the profile and the journal decides.
    """
    assert planned(file, name) == planned(attrs.evolve(file), name)


@settings(max_examples=tried(25), deadline=None)
@given(st.integers(1, 30), st.integers(1, 3), st.integers(0, 5))
def test_over_a_series_every_case_gets_its_talk(families: int, slots: int, seed: int) -> None:
    """
    With this many slots a session, nobody waits longer than it takes to go round once.
    """
    settings_ = attrs.evolve(profile("childrens-social-work"), slots={"60": slots})
    known = {f"C{n}": Case(ref=f"C{n}", kind="CP", since=datetime.date(2025, 1, 1)) for n in range(families)}
    times: dict[str, list[int]] = {ref: [0] for ref in known}
    day = datetime.date(2025, 2, 5)
    for n in range(1, 40):
        file = SessionFile(date=day, minutes=150, cases=tuple(known.values()), seed=seed)
        plan = arrange(file, settings_)
        assert plan.caseload is not None
        for talk in plan.caseload.in_depth:
            known[talk.family] = attrs.evolve(known[talk.family], in_depth=day)
            times[talk.family].append(n)
        day += datetime.timedelta(days=28)

    longest = -(-families // slots)
    assert all(b - a <= longest for each in times.values() for a, b in pairwise([*each, 40]))


@pytest.mark.parametrize("many", [0, 1, 20, 200])
def test_twenty_two_hundred_and_no_cases(many: int) -> None:
    """
    Any number of cases makes an agenda; with two hundred the round is a third and the rest is said.
    """
    known = tuple(Case(ref=f"C{n}", kind="CP", risk=True) for n in range(many))
    plan = arrange(small(minutes=90, cases=known), profile("childrens-social-work"))

    assert sum(line.minutes for line in plan.lines) == 90
    assert (plan.caseload is None) == (many == 0)
    if many == 200:
        assert plan.caseload is not None
        assert 15 <= len(plan.caseload.round) <= 20
        assert len(plan.caseload.round) + len(plan.caseload.waiting) == 198
        assert "Should be touched, and there is no time" in paper(plan)


# --- two scenarios of our own


def test_a_housing_worker_with_a_list_from_the_case_system() -> None:
    """
    An association's own profile beside the file, a list as Excel saves it, one slot, and a model that was just used.
    """
    plan = scenario("housing/session.yaml")
    found = plan.caseload
    assert found is not None
    text = paper(plan, wording="housing")

    assert [line.kind for line in plan.lines] == [
        "arrive", "wellbeing", "actions", "item", "item", "round", "depth", "close",
    ]  # fmt: skip
    assert sum(line.minutes for line in plan.lines) == 75
    assert [touch.case.ref for touch in found.round] == ["T02", "T03", "T05", "T10"]
    assert [(talk.family, talk.chosen) for talk in found.in_depth] == [("T07", True)]
    assert [case.ref for case in found.written] == ["T01", "T04", "T06", "T08", "T09", "T11", "T12"]
    assert [talk.family for talk in found.backlog] == ["T11", "T06", "T03", "T01", "T02"]
    assert "One slot cannot cover six due: it would take five more sessions like this" in text
    assert "ask the council for the key safe · 1 July 2026." in text
    assert "overdue" not in text
    assert "To confirm: the decision of 28 August 2026 on T10, on the phone." in text
    assert next(line.use for line in plan.lines if line.kind == "depth") != "kolb-cycle"
    assert "900" not in text
    assert plan.regulator == ""


@pytest.mark.parametrize("name", sorted(path.name for path in SCENARIOS.glob("*.yaml")))
def test_each_line_of_a_plan_is_headed_by_its_title(name: str) -> None:
    """
    Every line has its heading on the agenda and its row in the record, also a line under which nothing is asked.
    """
    plan = scenario(name)

    for line, item in zip(plan.lines, plan.session.items, strict=True):
        headings = [item.title, item.topic.title if item.topic else ""]
        assert line.advice or line.title.casefold() in [each.casefold() for each in headings]
        assert item.title
    assert all(each.title for each in plan.session.dropped)


def test_a_counsellor_after_a_death() -> None:
    """
    What cannot wait comes first, has half of the hour, and nobody asks who does what about it; no model leads; what the
    counsellor wanted to think about has a day within five working days.
    """
    plan = scenario("counselling-after-shock.yaml")
    text = paper(plan, wording="counselling")

    assert [(line.kind, line.minutes) for line in plan.lines] == [
        ("wellbeing", 5), ("talk", 34), ("before", 8), ("short", 5), ("close", 8),
    ]  # fmt: skip
    assert plan.lines[1].title == "the death of a client last night"
    assert "The death of a client last night" in text
    assert "What do you want from me about this" in text
    assert not any(line.advice for line in plan.lines)
    assert "Who does what" not in text
    assert "weather" not in text
    assert [wish.what for wish in plan.lines[3].wishes] == ["renewal of the insurance"]
    assert [(each.topic.title, each.until) for each in plan.session.put_off] == [
        ("Whether I go on with the Thursday group", "by Tuesday 10 November 2026")
    ]


@pytest.mark.parametrize("name", ["childrens-social-work", "counselling", "restorative-nursing-group"])
def test_where_nothing_was_brought_nothing_is_made_of_it(name: str) -> None:
    """
    No line for items that nobody has, and one talk, which is called open; what somebody brings has that talk.
    """
    kinds = [line.kind for line in arrange(small(), profile(name)).lines]
    brought = arrange(small(supervisee_items=(Wish(what="the stairs"),)), profile(name))

    assert not {"item", "items", "short"} & {*kinds}
    assert kinds.count("talk") == 1
    assert [line.title for line in brought.lines if line.kind == "talk"] == ["the stairs"]


def test_items_for_cases_are_those_of_a_session_with_cases() -> None:
    """
    A profile's lines for a caseload serve a session that looks at one; any other is an ordinary hour, about what is
    brought.
    """
    settings_ = profile("childrens-social-work")
    with_cases = arrange(small(minutes=90, cases=(Case(ref="C1"),)), settings_)
    without = arrange(small(minutes=60, supervisee_items=(Wish(what="what to say to the school"),)), settings_)

    assert settings_.items_with_cases
    assert "items" in {item.kind for item in settings_.without_unused_items(cases=True).items}
    assert {line.kind for line in with_cases.lines} >= {"arrive", "wellbeing", "workload"}
    assert [line.kind for line in without.lines] == ["wellbeing", "before", "talk", "close"]
    assert without.lines[2].title == "what to say to the school"
