"""
What an agency has of its own in the planner: its models, profiles, occasions, wordings and look come before ours.
"""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path
from typing import Any

import attrs
import pytest

import reflect
from reflect.formats.word.brand import Brand
from reflect.planner.desk import Desk
from reflect.planner.first_second import first_second
from reflect.planner.own import LOOK, read_look, read_own, write_look
from reflect.testing import contents

AGENCY = Path(__file__).parents[1] / "examples" / "agency" / "src" / "reflect_agency"
DAY = datetime.date(2026, 4, 1)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """
    The folder of the agency of the examples, as it lies in the page.
    """
    folder = tmp_path_factory.mktemp("own")
    for part in ("models", "profiles", "wordings"):
        shutil.copytree(AGENCY / part, folder / part)
    (folder / LOOK).write_bytes(write_look(reflect.brand(AGENCY / "brand.docx")))
    return folder


def ask(folder: Path | None, name: str, **given: Any) -> Any:
    own = {} if folder is None else {"own": read_own(folder)}
    return Desk(today=DAY, **own).answer(name, given)


def test_a_look_is_the_same_after_json(folder: Path) -> None:
    """
    What papers wear goes through JSON and comes back as it was.
    """
    look = reflect.brand(AGENCY / "brand.docx")
    again = read_look(write_look(look))

    assert attrs.asdict(again) == attrs.asdict(look)
    assert isinstance(again, Brand)
    assert again.parts


def test_an_agencys_own_are_offered_before_ours(folder: Path) -> None:
    """
    Its models, profiles and wordings can be chosen; without the folder they cannot.
    """
    theirs, ours = ask(folder, "choices"), ask(None, "choices")
    models, plain = (ask(each, "models")["models"] for each in (folder, None))

    assert {each["name"] for each in theirs["profiles"]} - {each["name"] for each in ours["profiles"]} == {
        "home-support"
    }
    assert {each["name"] for each in theirs["wordings"]} - {each["name"] for each in ours["wordings"]} == {
        "home-support"
    }
    assert {each["key"] for each in models} - {each["key"] for each in plain} == {
        "doorstep",
        "kitchen-table",
        "next-pair-of-hands",
    }


def test_an_hour_is_planned_and_printed_as_the_agency_has_it(folder: Path) -> None:
    """
    A plan follows the agency's profile and model, and its papers wear its look and its words.
    """
    hour = {"who": "supervisor", "profile": "home-support", "minutes": 60, "chosen": {"talk": "doorstep"}}
    plan = ask(folder, "plan", hour=hour)
    made, plain = (
        ask(each, "paper", hour={**hour, "profile": name}, paper="agenda", to="docx")
        for each, name in ((folder, "home-support"), (folder, "general"))
    )
    word = dict(contents(made["bytes"], "docx"))
    bare = ask(None, "paper", hour={"who": "supervisor", "minutes": 60}, paper="agenda", to="docx")

    assert "doorstep" in {part["key"] for part in plan["parts"]}
    assert "refused" not in made, made
    assert "refused" not in plain
    assert any("Tideway" in text for text in word.values())
    assert not any("Tideway" in text for text in dict(contents(bare["bytes"], "docx")).values())


def test_the_first_second_has_what_the_desk_would_say(folder: Path) -> None:
    """
    What is baked in for an agency are its own usual hours and models, and its page begins with its profile.
    """
    baked = first_second(read_own(folder))
    hours = baked["usual"]["home-support"]["ordinary"]["45"]
    plan = ask(folder, "plan", hour={"who": "supervisor", "profile": "home-support", "minutes": 45})

    assert [(part["title"], part["minutes"]) for part in hours] == [
        (part["title"], part["minutes"]) for part in plan["parts"]
    ]
    assert baked["first"] == {"profile": "home-support"}
    assert "doorstep" in {model["key"] for model in baked["gallery"]["models"]}
