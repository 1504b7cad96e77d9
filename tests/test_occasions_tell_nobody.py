"""
What a session is for, and why somebody brings something, changes nothing that is given to whoever may not know it.

Twins that differ in the occasion or in a reason alone give everybody else the same bytes: every paper in every format,
the names of files, the calendar entry, the data and the kept plan.
"""

from __future__ import annotations

import datetime
import functools
import itertools
from collections.abc import Callable
from pathlib import Path

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import reflect
from reflect.errors import ReflectError
from reflect.interchange.values import to_json
from reflect.planning import outside
from reflect.planning.agenda import arrange
from reflect.planning.caseload import Case
from reflect.planning.kept_plans import calendar_entry, keep_plan
from reflect.planning.occasions import Occasion, occasion, occasion_names
from reflect.planning.plan import Plan
from reflect.planning.profiles import Profile, profile
from reflect.planning.session_file import Promise, SessionFile, Wish, parse
from reflect.questions.rings import READERS, Reader, Ring, reader
from reflect.rendering.rendering import render
from reflect.rendering.session_papers import papers
from reflect.sessions.record import RECORDS_OF_TWO, Record
from reflect.sessions.session import Session
from tests.documents import FORMATS, SESSION_PAPERS, everything_in, of_the_day

DAY = datetime.date(2026, 3, 4)
HIDDEN = [name for name in occasion_names() if occasion(name).known is not Ring.OPEN]
#: One of an agency, of which the two alone may know.
OF_THE_TWO = attrs.evolve(occasion("today-is-different"), known=Ring.PAIR, name="loss")
ONE_TO_ONE = profile("general")


def file_of(minutes: int, brought: int, urgent: bool, cases: bool) -> SessionFile:
    return SessionFile(
        date=DAY,
        start="10:00",
        minutes=minutes,
        supervisee="AB",
        supervisor="CD",
        today=Wish(what="HERON at the door") if urgent else None,
        supervisee_items=tuple(Wish(what=f"HERON {n}") for n in range(brought)),
        supervisor_items=(Wish(what="leave in August"),) * (brought % 2),
        previous_actions=(Promise(what="ring the school", who="supervisee"),),
        cases=(Case(ref="F11", kind="", touched=DAY - datetime.timedelta(90)),) if cases else (),
    )


files = st.builds(
    file_of, minutes=st.sampled_from([20, 45, 60, 90]), brought=st.integers(0, 3), urgent=st.booleans(),
    cases=st.booleans(),
)  # fmt: skip
private = st.sampled_from([*HIDDEN, OF_THE_TWO])


@st.composite
def with_reasons(draw: st.DrawFn, file: SessionFile, ring: Ring | None = None) -> SessionFile:
    """
    The same file with other reasons, and nothing else changed.
    """
    purposes, aims = st.sampled_from(["", "decide", "think", "tell"]), st.sampled_from(["", "loss", "conflict", "risk"])

    def other(wish: Wish) -> Wish:
        return attrs.evolve(wish, purpose=draw(purposes), aim=draw(aims))

    return attrs.evolve(
        file,
        after_shock=draw(st.booleans()),
        aim=draw(aims),
        supervisee_items=tuple(map(other, file.supervisee_items)),
    )


def planned(file: SessionFile, known: Profile = ONE_TO_ONE, of: str | Occasion = "") -> Plan | None:
    try:
        return arrange(file, known, occasion=of)
    except ReflectError:
        return None


def all_for(plan: Plan, file: SessionFile, known: Profile, who: Reader) -> dict[str, bytes]:
    """
    Everything that is given to a reader, but for papers in formats that take long: these are in a law of their own.
    """
    kept = attrs.evolve(keep_plan(plan, file, known), calendar="2f8a")
    given = {
        "session": to_json(plan.session.visible_to(who)).encode(),
        "kept": to_json(kept.visible_to(who)).encode(),
        "calendar": calendar_entry(kept) or b"",
        "link": plan.session.fact("place").encode(),
    }
    if who.name == "case-file":
        more = ("case-record", "informal", "action-log")
        made = papers(plan, file, known, more=more, kept=kept, to="txt")
        given |= {f"{each.folder}/{each.name}": each.data for each in made if each.folder == who.name}
    for kind in ("agenda", "record"):
        given[kind] = render(plan.session, kind, to="md", reader=who)
    return given


def unaware(ring: Ring) -> list[Reader]:
    return [each for each in READERS if not each.sees(ring)]


@given(file=files, of=private)
@settings(max_examples=10)
def test_an_occasion_tells_nothing_to_whoever_may_not_know(file: SessionFile, of: str | Occasion) -> None:
    """
    The session with an occasion of its own is the ordinary one to them, to the byte; and to the two it is another.
    """
    plain, special = planned(file), planned(file, of=of)
    if plain is None or special is None:
        return
    ring = occasion(of).known

    for who in unaware(ring):
        assert all_for(special, file, ONE_TO_ONE, who) == all_for(plain, file, ONE_TO_ONE, who)
    both = [plan.session.visible_to(reader("supervisee")) for plan in (plain, special)]
    assert both[0].occasion != both[1].occasion == occasion(of).name
    assert [item.title for item in both[0].items] != [item.title for item in both[1].items]


@given(data=st.data(), file=files)
@settings(max_examples=10)
def test_a_reason_tells_nothing_to_whoever_may_not_know(data: st.DataObject, file: SessionFile) -> None:
    """
    What something is for, and whether something has happened, are between the two: to everybody else it is one session.
    """
    one, other = data.draw(with_reasons(file)), data.draw(with_reasons(file))
    plans = planned(one), planned(other)
    if None in plans:
        return

    for who in unaware(Ring.PAIR):
        first, second = (all_for(plan, each, ONE_TO_ONE, who) for plan, each in zip(plans, (one, other), strict=True))
        assert first == second


@pytest.mark.parametrize(("paper", "to"), of_the_day(itertools.product(SESSION_PAPERS, FORMATS), 6))
@given(of=private, name=st.sampled_from([each.name for each in READERS]))
@settings(max_examples=3)
def test_every_paper_in_every_format_is_that_of_the_ordinary_session(
    paper: str, to: str, of: str | Occasion, name: str
) -> None:
    who = reader(name)
    if who.sees(occasion(of).known):
        return
    file = file_of(60, 2, False, True)
    plain, special = planned(file), planned(file, of=of)
    assert plain is not None
    assert special is not None

    assert render(special.session, paper, to=to, reader=who) == render(plain.session, paper, to=to, reader=who)


#: What the two have agreed between them, as their session file says it; the second chooses what is asked.
OF_THE_PAIR = """
previous-actions:
- {what: see the QUARTZ doctor, who: supervisee, ring: pair}
- {what: tell her QUARTZ, who: supervisor, due: 2026-03-01, case: F11, carried: 4, ring: pair}
"""


@functools.cache
def with_and_without_agreed(minutes: int, more: str = "") -> tuple[SessionFile, SessionFile]:
    """
    A session file with what the two have agreed between them, and the same without it.
    """
    file = file_of(minutes, 2, False, True)
    agreed = parse(f"date: 2026-03-04\ncases: [{{ref: F11}}]\n{OF_THE_PAIR}{more}").file.previous_actions
    kept = tuple(each for each in agreed if each.ring is None)
    return tuple(attrs.evolve(file, previous_actions=each) for each in (agreed, kept))  # type: ignore[return-value]


@pytest.mark.parametrize("more", ["", "- {what: ring the school, who: supervisee}\n"])
@pytest.mark.parametrize("minutes", [45, 60, 90])
def test_what_two_agreed_between_them_changes_nothing_for_others(minutes: int, more: str) -> None:
    """
    Neither its words nor a heading for it, whether anything else comes from last time or not; the two have both.
    """
    files_of_two = with_and_without_agreed(minutes, more)
    one, other = map(planned, files_of_two)
    assert one is not None
    assert other is not None

    for who in unaware(Ring.PAIR):
        assert all_for(one, files_of_two[0], ONE_TO_ONE, who) == all_for(other, files_of_two[1], ONE_TO_ONE, who)
    mine = all_for(one, files_of_two[0], ONE_TO_ONE, reader("supervisee"))
    assert b"see the QUARTZ doctor" in mine["agenda"]


@pytest.mark.parametrize(("paper", "to"), of_the_day(itertools.product(SESSION_PAPERS, FORMATS), 6))
@given(name=st.sampled_from([each.name for each in unaware(Ring.PAIR)]), minutes=st.sampled_from([45, 60]))
@settings(max_examples=3)
def test_no_paper_in_any_format_has_what_two_agreed_between_them(paper: str, to: str, name: str, minutes: int) -> None:
    one, other = map(planned, with_and_without_agreed(minutes))
    assert one is not None
    assert other is not None

    made = render(one.session, paper, to=to, reader=reader(name))
    assert made == render(other.session, paper, to=to, reader=reader(name))
    assert "QUARTZ" not in everything_in(made, to)


def test_a_heading_for_what_two_agreed_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    The law fails where a plan for others keeps it.
    """
    with_it, without = with_and_without_agreed(60)
    monkeypatch.setattr("reflect.planning.agenda.without_reasons", lambda file, ring: file)
    one, other = planned(with_it), planned(without)
    assert one is not None
    assert other is not None

    assert one.session.visible_to(reader("auditor")) != other.session.visible_to(reader("auditor"))


def test_a_group_knows_its_own_occasion_and_nobody_else_does() -> None:
    """
    In a group nothing is between two people: whoever was there knows, and the case file, an auditor or anybody do not.
    """
    known = attrs.evolve(profile("restorative-nursing-group"), items=())
    file = SessionFile(date=DAY, people=6)
    plain, special = planned(file, known), planned(file, known, "ending")
    assert plain is not None
    assert special is not None

    for who in READERS:
        same = special.session.visible_to(who) == plain.session.visible_to(who)
        assert same is not who.sees(Ring.GROUP)


def _names_it(session: Session, who: Reader) -> Session:
    """
    Wrong: it leaves out the name alone.
    """
    return session if who.sees(session.known) else attrs.evolve(session, occasion="", known=Ring.OPEN, outside=None)


def _takes_out_headings(session: Session, who: Reader) -> Session:
    """
    Wrong: what is left is shorter than an ordinary session.
    """
    items = () if not who.sees(session.known) else session.items
    return attrs.evolve(session, items=items, spare=0 if items else session.minutes, occasion="", outside=None)


@pytest.mark.parametrize("wrong", [_names_it, _takes_out_headings])
def test_whoever_hides_only_half_is_found_out(wrong: Callable[[Session, Reader], Session]) -> None:
    file, who = file_of(60, 1, False, False), reader("auditor")
    plain, special = planned(file), planned(file, of="today-is-different")
    assert plain is not None
    assert special is not None

    assert wrong(special.session, who) != plain.session.visible_to(who)
    assert special.session.visible_to(who) == plain.session.visible_to(who)


def test_reasons_that_nobody_takes_out_are_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    The law of reasons fails where a plan for others keeps them.
    """
    file = SessionFile(date=DAY, minutes=60)
    shocked = attrs.evolve(file, after_shock=True)
    who = reader("auditor")

    def seen(each: SessionFile) -> Session:
        return arrange(each, ONE_TO_ONE).session.visible_to(who)

    assert seen(shocked) == seen(file)
    monkeypatch.setattr("reflect.planning.agenda.without_reasons", lambda file, ring: file)
    assert seen(shocked) != seen(file)
    assert outside.without_reasons(shocked, Ring.PAIR) == file


def test_a_session_that_could_not_be_planned_otherwise_shows_nobody_else_a_heading() -> None:
    """
    Five minutes are too few for a chosen model: there is no ordinary twin, so nothing is shown rather than something.
    """
    file = SessionFile(date=DAY, minutes=8, models={"talk": "kolb-cycle"}, occasion="ending")
    special = planned(attrs.evolve(file, minutes=40, models={"talk": "seven-eyed"}), of="ending")
    if special is not None and special.outside is None:
        assert special.session.visible_to(reader("anyone")).items == ()


def test_the_round_of_data_keeps_what_each_reader_sees(tmp_path: Path) -> None:
    """
    Written as JSON and read again, the two have all of it; the JSON of anybody else has no trace of it.
    """
    file = file_of(60, 2, False, False)
    special = planned(file, of="today-is-different")
    assert special

    assert reflect.from_json(to_json(special.session)) == special.session
    assert "today" not in to_json(special.session.visible_to(reader("auditor"))).casefold()
    assert '"occasion": ""' not in to_json(special.session.visible_to(reader("supervisee")))


def test_papers_that_an_occasion_adds_are_for_those_who_know_of_it() -> None:
    """
    The two get their notes; the folder of the case file is as it would be.
    """
    file = file_of(60, 1, False, True)
    its = attrs.evolve(occasion("ending"), papers=("pair-notes", "action-log", "case-record"))
    plain, special = planned(file), planned(file, of=its)
    assert plain is not None
    assert special is not None

    def names(plan: Plan) -> set[str]:
        return {f"{each.folder}/{each.name}" for each in papers(plan, file, ONE_TO_ONE, to="txt")}

    added = names(special) - names(plain)
    assert "supervisee/pair-notes-2026-03-04.txt" in added
    assert all(name.startswith(("supervisee/", "supervisor/")) for name in added)


@pytest.mark.parametrize("of", HIDDEN)
def test_a_record_that_comes_back_tells_nothing_to_whoever_may_not_know(of: str) -> None:
    """
    Neither its kind of paper nor the pages of its items tell a group, the case file or an auditor what it was for.
    """
    file = file_of(60, 1, False, False)
    plain, special = planned(file), planned(file, of=of)
    assert plain is not None
    assert special is not None
    records = [
        reflect.read(render(plan.session, kind, to="docx", reader="supervisor"))
        for plan, kind in ((plain, "record"), (special, occasion(of).record))
    ]
    assert records[0].items != records[1].items

    for who in unaware(Ring.PERSONAL):
        one, other = (record.visible_to(who) for record in records)
        assert one == other
        assert one.visible_to(who) == one


@pytest.mark.parametrize("kind", RECORDS_OF_TWO)
def test_a_record_without_items_does_not_say_by_its_kind_what_it_was_for(kind: str) -> None:
    record = Record(document=kind, claimed=kind, minutes=60, items=())

    for who in READERS:
        seen = record.visible_to(who)
        assert {seen.document, seen.claimed} == {kind if who.sees(Ring.PERSONAL) else "record"}
