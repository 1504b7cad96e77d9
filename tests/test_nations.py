"""
Nations are data: who regulates whom, whose bank holidays count, and what may be kept of a group.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import reflect
from reflect.checks import check
from reflect.errors import Fault, Faults, Refused, UnknownKey
from reflect.files import objects
from reflect.papers import Escalation
from reflect.planning.agenda import arrange
from reflect.planning.profiles import Profile, profile
from reflect.planning.session_file import Load, SessionFile, load
from reflect.rendering import planned_papers
from reflect.sessions import nations
from reflect.sessions.nations import Nation, NationalRegulator, add_working_days, nation, our_titles

D = datetime.date
FOLDER = Path(nations.__file__).parents[1] / "nations"
NAMES = nations.nation_names()
PROFESSIONS = sorted({each.profession for name in NAMES for each in nation(name).regulators})
ISLAND = """title: The Island
holidays: IE
regulators:
- {profession: social-work, name: Island Board, since: 2020-01-01, source: island.example/board}
keeps:
- {profession: nursing, what: whoever leads keeps a number}
"""


@pytest.mark.parametrize("name", NAMES)
def test_what_comes_with_the_library_can_be_looked_up(name: str) -> None:
    """
    Each fact has its source, and the file keeps the schema that we publish; it is known by its name and by its title.
    """
    found = nation(name)
    text = re.sub(r"(\d{4}-\d\d-\d\d)", r"'\1'", (FOLDER / f"{name}.yaml").read_text())

    jsonschema.validate(yaml.safe_load(text), reflect.json_schema("nation"))
    assert all(
        re.match(r"[a-z.]+\.(?:uk|com|info|org|net|wales)/", each.source) for each in (*found.regulators, *found.keeps)
    )
    assert nation(found.title) is found
    assert found.title in our_titles()


def law_of_dates(rules: Callable[[Nation, str, D], str], found: Nation, profession: str, day: D) -> None:
    """
    Whoever regulates a profession on a day is the last that began on that day or before; nobody before the first.
    """
    begun = sorted((each.since, each.name) for each in found.regulators if each.profession == profession)
    said = rules(found, profession, day)
    assert said == max(((since, name) for since, name in begun if since <= day), default=(day, ""))[1]


@given(st.sampled_from(NAMES), st.sampled_from([*PROFESSIONS, "none"]), st.dates(D(1990, 1, 1), D(2035, 1, 1)))
def test_who_regulates_is_that_of_the_day(name: str, profession: str, day: D) -> None:
    law_of_dates(Nation.regulated_by, nation(name), profession, day)


def test_the_law_of_dates_catches_who_came_first_and_who_is_of_another_profession() -> None:
    england = nation("england")
    day = D(2020, 1, 1)

    def first(found: Nation, profession: str, on: D) -> str:
        return next((r.name for r in found.regulators if r.profession == profession and r.since <= on), "")

    def any_profession(found: Nation, profession: str, on: D) -> str:
        return max((r for r in found.regulators if r.since <= on), key=lambda r: r.since).name

    for impostor, profession in ((first, "social-work"), (any_profession, "nursing")):
        with pytest.raises(AssertionError):
            law_of_dates(impostor, england, profession, day)


def test_a_profile_says_it_itself_or_leaves_it_to_its_nation() -> None:
    """
    What a profile states goes before the nation's file; a session in another nation has that one's regulator.
    """
    day = D(2026, 3, 4)
    left = objects.read("title: Ours\nprofession: social-work\nnation: Wales\n", Profile, "p.yaml")
    stated = objects.read(
        "title: Ours\nprofession: social-work\nnation: Wales\nregulator:\n- {name: Ours, since: 2026-01-01, nation: Wales}\n",
        Profile,
        "p.yaml",
    )

    assert (left.regulated_by(day), left.regulated_by(day, "Scotland")) == (
        "Social Care Wales",
        "Scottish Social Services Council",
    )
    assert stated.regulated_by(day) == "Ours"
    assert stated.regulated_by(D(2025, 12, 31)) == "Social Care Wales"
    assert Profile(title="x", nation="Wales").regulated_by(day) == ""
    assert Profile(title="x", profession="social-work").regulated_by(day) == ""
    assert Profile(title="x", profession="social-work", nation="nowhere").regulated_by(day) == ""


def test_an_agency_brings_a_nation_beside_its_profiles(tmp_path: Path) -> None:
    """
    A file beside a profile, or a folder beside the folder of profiles: its regulator, and its own bank holidays.
    """
    (tmp_path / "nations").mkdir()
    (tmp_path / "profiles").mkdir()
    (tmp_path / "nations" / "the-island.yaml").write_text(ISLAND)
    text = "title: Ours\nprofession: social-work\nlimit: 10\nescalation: {ladder: [manager, director], days: 1}\n"
    text += "items: [{kind: workload, page: workload, least: 5}, {kind: close, page: close, least: 5}]\n"
    for name, where in (("by-file", "../nations/the-island.yaml"), ("by-name", "The Island")):
        (tmp_path / "profiles" / f"{name}.yaml").write_text(f"{text}nation: {where}\n")
        for found in (profile(name, [tmp_path / "profiles"]), profile(tmp_path / "profiles" / f"{name}.yaml")):
            # The sixteenth of March 2026 is a day like others in England; the seventeenth is none in Ireland.
            file = SessionFile(date=D(2026, 3, 16), minutes=60, workload=Load(points=12))
            plan = arrange(file, found)
            assert plan.regulator == "Island Board"
            assert plan.raised is not None
            assert plan.raised.by == D(2026, 3, 18)
            escalation = planned_papers.escalation(plan, file, found)
            assert (escalation.nation, escalation.respond_by) == ("IE", plan.raised.by)
            assert found.regulated_by(file.date, "England") == "Social Work England"
    assert profile("general", [tmp_path / "profiles"]).regulated_by(D(2026, 3, 4)) == ""
    assert list(reflect.extension(tmp_path).nations) == ["the-island"]
    assert nations.nation_names([tmp_path / "nations"]) == tuple(sorted((*NAMES, "the-island")))
    assert nation("The Island", [tmp_path / "nations"]).holidays == "IE"


def test_a_file_is_checked_as_what_it_is(tmp_path: Path) -> None:
    """
    In order, or with all its faults; and the calendar that nobody has is one.
    """
    path = tmp_path / "x.yaml"
    path.write_text(ISLAND)
    (good,) = check(path)
    assert (good.faults, good.taken_for) == ((), "a nation")

    path.write_text("title: Ours\nholidays: GB-XX\nregulators:\n- {profession: nursing, since: today}\n")
    (bad,) = check(path)
    assert sorted({fault.line for fault in bad.faults}) == [2, 4]
    assert {each.taken_for for file in FOLDER.glob("*.yaml") for each in check(file)} == {"a nation"}


@given(st.text(max_size=60))
def test_only_our_own_errors_come_out(text: str) -> None:
    """
    Whatever stands for a calendar, it is one that counts days, or it is told.
    """
    told: tuple[Fault, ...] = ()
    try:
        assert objects.read(f"title: x\nholidays: {text}\n", nations.Nation, "n.yaml").add_working_days(
            D(2026, 3, 4), 1
        ) > D(2026, 3, 4)
    except Faults as error:
        told = error.faults

    assert all(fault.remedy for fault in told)


def test_a_nation_that_is_not_there_is_told() -> None:
    with pytest.raises(UnknownKey, match="Atlantis"):
        nation("Atlantis")
    with pytest.raises(Refused, match="pathlib"):
        nation("ours.yaml")
    with pytest.raises(Refused, match="no bank holidays"):
        add_working_days(D(2026, 3, 4), 1, "Atlantis")
    assert Escalation(raised=D(2026, 5, 1), days=1, nation="England").respond_by == D(2026, 5, 5)


def test_a_nation_of_which_nothing_is_known_is_asked_about(tmp_path: Path) -> None:
    """
    It is no fault, since people may work anywhere; but a slip of the pen loses the regulator, so that it is told.
    """
    path = tmp_path / "s.yaml"
    doubts = {}
    for name in ("Wales", "wales", "Northern Ireland", "Wels", "Kernow"):
        path.write_text(f"date: 2026-03-04\nprofile: care-home\nnation: {name}\n")
        doubts[name] = [str(each) for each in load(path)[0].doubts]

    assert [name for name, said in doubts.items() if said] == ["Wels", "Kernow"]
    assert "Wales" in doubts["Wels"][0]
    assert ":3: " in doubts["Wels"][0]


def test_what_may_be_kept_of_a_group_is_said_to_whoever_plans() -> None:
    """
    Where a nation says what may be kept, whoever plans a group is told; no paper says it, and no other group is told.
    """
    told = {
        (name, where): [
            remark
            for remark in arrange(SessionFile(date=D(2026, 3, 4), nation=where, people=6), profile(name)).remarks
            if "keeps only" in remark
        ]
        for name in ("restorative-nursing-group", "general")
        for where in ("Northern Ireland", "England")
    }

    assert [place for place, said in told.items() if said] == [("restorative-nursing-group", "Northern Ireland")]
    assert told["restorative-nursing-group", "Northern Ireland"][0].startswith("in Northern Ireland, whoever leads")


def test_regulators_are_ordered_by_nothing_but_their_day() -> None:
    """
    The order in which a file lists them does not matter.
    """
    rows = (
        NationalRegulator(profession="p", name="new", since=D(2020, 1, 1)),
        NationalRegulator(profession="p", name="old", since=D(2010, 1, 1)),
    )
    both = {Nation(title="x", regulators=order).regulated_by("p", D(2021, 1, 1)) for order in (rows, rows[::-1])}

    assert both == {"new"}
