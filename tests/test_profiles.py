"""
Profiles: the settings of agencies and professions are data, and a wrong file says all that is wrong.
"""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import reflect
from reflect.errors import Faults, UnknownKey
from reflect.files import objects
from reflect.planning import profiles
from reflect.planning.occasions import ORDINARY, occasion
from reflect.planning.profiles import Profile, profile
from reflect.planning.what_for import with_headings

NAMES = profiles.profile_names()
FOLDER = Path(profiles.__file__).parents[1] / "profiles"


@pytest.mark.parametrize("name", NAMES)
def test_what_comes_with_the_library_can_be_used(name: str) -> None:
    """
    Every profile reads, keeps its own published schema, and names pages and a wording that are there.
    """
    found = profile(name)

    jsonschema.validate(yaml.safe_load(_quoted((FOLDER / f"{name}.yaml").read_text())), reflect.json_schema("profile"))
    assert reflect.wording(found.wording)
    assert all(reflect.load(item.page) for item in found.items if item.page)
    assert sum(item.least for item in found.items if not item.yields) <= found.length


def _quoted(text: str) -> str:
    """
    Dates as texts, as our own reader takes them.
    """
    return re.sub(r"(\d{4}-\d\d-\d\d)", r"'\1'", text)


@pytest.mark.parametrize("name", NAMES)
def test_no_session_has_the_cases_before_the_person(name: str) -> None:
    """
    Wellbeing and workload come before the round, the close is last, and it has five minutes at least.
    """
    items = with_headings(profile(name), occasion(ORDINARY)).items
    kinds = [item.kind for item in items]

    assert all(
        kinds.index(kind) < kinds.index("round")
        for kind in ("wellbeing", "workload")
        if "round" in kinds and kind in kinds
    )
    assert kinds[-1] == "close"
    assert items[-1].least >= 5


def test_who_regulates_depends_on_the_date_and_the_nation() -> None:
    """
    Social workers in England changed regulator on 2 December 2019; nurses and other nations did not.
    """
    children = profile("childrens-social-work")
    before, after = datetime.date(2019, 12, 1), datetime.date(2019, 12, 2)

    assert children.regulated_by(before) == "HCPC"
    assert children.regulated_by(after) == "Social Work England"
    assert children.regulated_by(after, "Wales") == "Social Care Wales"
    assert profile("restorative-nursing-group").regulated_by(before) == "Nursing and Midwifery Council"
    assert profile("general").regulated_by(after) == ""


def test_nothing_national_is_in_the_code() -> None:
    """
    No nation, regulator or kind of plan is in the Python of planning and of sessions, but for a default.
    """
    rooms = Path(profiles.__file__).parents[1]
    code = "".join(file.read_text() for room in ("planning", "sessions") for file in (rooms / room).glob("*.py"))
    code = re.sub(r'= "England"|``"[^`]*``', "", code)  # a default, and examples in docstrings

    assert not re.findall(r"\b(England|Wales|Scotland|HCPC|NMC|Ofsted|CQC|CLA|PLO|CIN)\b", code)


def test_all_that_is_wrong_is_told_at_once() -> None:
    """
    Five faults in one file are five, each with its line and what to do.
    """
    with pytest.raises(Faults) as wrong:
        objects.read(
            "titel: Ours\nlength: long\nitems:\n- {kind: arive}\n- {kind: close, least: 3}\nworry: 11\n",
            Profile,
            "ours.yaml",
        )

    told = str(wrong.value).split("\n")
    assert [int(line.split(":")[1]) for line in told] == [1, 1, 2, 4, 6]
    assert "'titel' is not known here; write another. Did you mean 'title'?" in told[0]
    assert all("; " in line for line in told)


def test_a_profile_that_would_harm_is_told() -> None:
    """
    A close of three minutes, a talk in depth of ten, and cases before the person are faults.
    """
    text = "title: Ours\nitems:\n- {kind: round}\n- {kind: wellbeing}\n- {kind: depth, least: 10, usual: 12}\n- {kind: close, least: 3}\n"

    with pytest.raises(Faults) as wrong:
        objects.read(text, Profile, "p.yaml")

    assert [fault.line for fault in wrong.value.faults] == [4, 5, 6]


def test_a_folder_of_an_agency_goes_first(tmp_path: Path) -> None:
    """
    A profile in a folder of one's own is found, and goes before ours of the same name.
    """
    (tmp_path / "general.yaml").write_text("title: Ours\nitems: [{kind: close, least: 5}]\n")
    (tmp_path / "night-shift.yaml").write_text("title: Nights\nitems: [{kind: close, least: 5}]\n")

    assert profile("general", [tmp_path]).title == "Ours"
    assert profile("night-shift", [tmp_path]).title == "Nights"
    assert profile("general").title != "Ours"
    with pytest.raises(UnknownKey):
        profile("night-shift")


_LINES = st.sampled_from(
    ["title: T", "items:", "- {kind: arrive}", "- {kind: close, least: 5}", "length: 60", "slots: {60: 1}", "slots: {x: 1}",
     "touch: {CP: 31}", "regulator: [X]", "  - 3", "columns: {ref: No}", "escalation: {days: 5}", "? [a]", "items: 3", "&a"]
)  # fmt: skip


@given(st.lists(_LINES | st.text(max_size=12), max_size=8))
def test_only_our_own_errors_come_out(lines: list[str]) -> None:
    """
    Whatever a file holds, it is a profile or it is told what is wrong, with a remedy.
    """
    text = "\n".join(lines)
    try:
        found = objects.read(text, Profile, "p.yaml")
    except Faults as error:
        told = error.faults
    else:
        told = ()
        assert found.title
        assert found.talks(60) >= 0

    assert all(fault.remedy for fault in told)
