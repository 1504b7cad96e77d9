"""
What a trainer takes along, and a method a step at a time: asked as the page asks it.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
from typing import Any

import pytest

import reflect
from reflect.pages.catalogues import our_catalogue
from reflect.planner.desk import Desk
from reflect.planner.room import QUESTIONS, steps_of
from reflect.planner.trainer import DECK, FORMATS, PAPERS
from reflect.questions.question import Mode

KEYS = sorted(head.key for head in our_catalogue().heads())
THREE = ["balint-group", "kolb-cycle", "gibbs-cycle"]
GENERAL = reflect.wording("general")


def deck(**given: Any) -> Any:
    return Desk().answer("deck", {"keys": THREE, "papers": ["handout"], "to": "html", **given})


def inside(made: Any) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(made["bytes"])) as package:
        return {name: package.read(name) for name in package.namelist()}


# --- papers of several models


@pytest.mark.parametrize("to", FORMATS)
def test_a_file_for_each_kind_or_for_each_model(to: str) -> None:
    one = inside(deck(papers=PAPERS, to=to, one=True))
    assert list(one) == [f"{paper}.{to}" for paper in PAPERS]
    each = inside(deck(papers=["cards", "notes"], to=to))
    assert list(each) == [f"{paper}-{key}.{to}" for paper in ("cards", "notes") for key in THREE]


@pytest.mark.parametrize("one", [True, False])
@pytest.mark.parametrize("paper", PAPERS)
def test_one_file_is_no_archive_and_says_of_which_model_it_is(paper: str, one: bool) -> None:
    """
    Five handouts in a folder of downloads were all called "handout": a file of one model has its name.
    """
    alone = deck(keys=["kolb-cycle"], papers=[paper], one=one)
    assert (alone["name"], alone["type"]) == (f"{paper}-kolb-cycle.html", "text/html")
    assert alone["bytes"] == reflect.render("kolb-cycle", paper, to="html")
    several = deck(one=True, papers=[paper])
    assert several["name"] == f"{paper}.html"


@pytest.mark.parametrize("key", ["after-action-review", "kolb-cycle", "bias-checks"])
def test_a_paper_of_the_hour_names_no_model(key: str) -> None:
    """
    Which model two people use tells something of what they talk about: there only the paper itself says it.
    """
    hour = {"minutes": 90, "start": "10:00", "brought": [{"id": "b1", "words": "the school"}]}
    asked = {"hour": {**hour, "chosen": {"about-b1": key}}, "part": "about-b1", "to": "html"}
    for paper in ("handout", "cards"):
        made: Any = Desk().answer("paper", {**asked, "paper": paper})
        assert made["name"] == f"{paper}.html"


# --- what the page shows and prints


@pytest.mark.parametrize("papers", [[paper] for paper in PAPERS] + [[*PAPERS]])
def test_what_is_shown_and_printed_is_what_is_saved(papers: list[str]) -> None:
    """
    Each kind of paper is one thing to print, in which every model is, as in the file of that kind.
    """
    answer: Any = Desk().answer("sheets", {"keys": THREE, "papers": papers, "minutes": 30})
    sheets = answer["sheets"]
    assert len(sheets) == len(papers)
    for paper, sheet in zip(papers, sheets, strict=True):
        saved = deck(papers=[paper], one=True, minutes=30)["bytes"].decode()
        inner = sheet["body"].partition("\n")[2].rpartition("</div>")[0]
        assert inner
        assert inner in saved
        assert "<script" not in sheet["body"]
        assert "@page" in sheet["style"]


@pytest.mark.parametrize("wrong", [{"keys": []}, {"keys": ["of-nobody"]}, {"papers": ["agenda"]}])
def test_what_cannot_be_shown_is_refused(wrong: dict[str, Any]) -> None:
    assert set(Desk().answer("sheets", {"keys": THREE, **wrong})) == {"refused"}  # type: ignore[call-overload]


def test_handouts_in_one_file_have_all_that_each_has() -> None:
    joined = html.unescape(deck(one=True)["bytes"].decode())
    for key in THREE:
        model = our_catalogue().model(key)
        assert model.title in joined
        assert all(part.title in joined for part in model.questions.parts)
    at = [joined.index(our_catalogue().model(key).questions.parts[0].title) for key in THREE]
    assert at == sorted(at)


def test_cards_in_one_file_are_one_deck_without_repeats() -> None:
    made = deck(papers=[DECK], one=True)["bytes"]
    assert made == reflect.render(tuple(map(reflect.load, THREE)), DECK, to="html", wording=GENERAL)


def test_the_same_choice_gives_the_same_bytes_and_looks_count() -> None:
    assert deck(papers=["cards", "handout"], to="docx") == deck(papers=["cards", "handout"], to="docx")
    usual = deck(one=True)["bytes"]
    assert deck(one=True, looks={"large": True})["bytes"] != usual
    assert deck(one=True, looks={"plain": True})["bytes"] != usual
    assert deck(keys=[*THREE, *THREE], one=True)["bytes"] == usual


def text_of(made: Any) -> str:
    """
    What stands on a paper, as somebody reads it.
    """
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", made["bytes"].decode())).split())


@pytest.mark.parametrize(("key", "asked", "has"), [("after-action-review", 30, 30), ("after-action-review", 90, 40)])
def test_whoever_has_half_an_hour_gets_papers_for_half_an_hour(key: str, asked: int, has: int) -> None:
    """
    The minutes that were chosen stand in the deck, on the handout, on the slides and in the notes; no model takes more
    than its page says.
    """
    least, most = our_catalogue().model(key).head.minutes or (0, 0)
    said = {paper: text_of(deck(keys=[key], papers=[paper], minutes=asked)) for paper in PAPERS if paper != "worksheet"}

    assert least < asked != most
    assert f"{has} minutes today" in said["handout"]
    assert f"{has} minutes today" in said["notes"]
    for paper in ("cards", "slide"):
        assert set(re.findall(r"\d of (\d+) min", said[paper])) <= {str(has)}
    assert f"of {has} min" in said["slide"]
    together = text_of(deck(keys=[key, "kolb-cycle"], papers=["handout"], minutes=asked, one=True))
    assert f"{has} minutes today" in together


def test_a_model_without_room_keeps_the_minutes_of_its_page() -> None:
    """
    Nobody is given a deck of five minutes for what takes twenty.
    """
    usual, least = (deck(keys=["after-action-review"], papers=["cards"], minutes=n)["bytes"] for n in (0, 20))

    assert deck(keys=["after-action-review"], papers=["cards"], minutes=5)["bytes"] == least != usual


def test_the_papers_of_a_part_have_its_minutes() -> None:
    """
    What is handed out for a talk in an hour is as long as the talk is.
    """
    hour = {"minutes": 60, "start": "10:00", "brought": [{"id": "b1", "words": "the school"}]}
    hour |= {"chosen": {"about-b1": "after-action-review"}}
    plan: Any = Desk().answer("plan", {"hour": hour})
    [minutes] = [part["minutes"] for part in plan["parts"] if part["id"] == "about-b1"]
    for paper in ("handout", "notes"):
        made: Any = Desk().answer("paper", {"hour": hour, "paper": paper, "part": "about-b1", "to": "html"})

        assert f"{minutes} minutes today" in text_of(made)


@pytest.mark.parametrize(
    "wrong",
    [{"keys": []}, {"keys": ["of-nobody"]}, {"papers": ["agenda"]}, {"to": "exe"}, {"keys": ["../x"]}, {"minutes": -1}],
)
def test_what_cannot_be_made_is_refused(wrong: dict[str, Any]) -> None:
    assert set(deck(**wrong)) == {"refused"}


# --- a step at a time


@pytest.mark.parametrize("key", KEYS)
def test_every_model_has_steps_for_the_room(key: str) -> None:
    method = steps_of(our_catalogue(), key, GENERAL)
    assert method["steps"]
    assert method["title"]
    at: list[int] = []
    for step in method["steps"]:
        assert step["title"]
        assert step["does"] in set(map(str, Mode))
        assert len(step["asks"]) <= QUESTIONS
        at += step["at"]
    assert set(at) <= set(range(len(method["track"])))
    assert "{" not in str([step["title"] + step["text"] + "".join(step["asks"]) for step in method["steps"]])


def test_steps_end_when_the_time_of_today_ends() -> None:
    for key, minutes in (("balint-group", 35), ("kolb-cycle", 25), ("solution-circle", 30)):
        steps = steps_of(our_catalogue(), key, GENERAL, minutes=minutes)["steps"]
        assert max(step["ends"] for step in steps) == minutes
        assert [step["begins"] for step in steps] == sorted(step["begins"] for step in steps)


def test_the_page_is_answered_and_refused() -> None:
    answer: Any = Desk().answer("steps", {"key": "balint-group", "minutes": 35})
    imagines = answer["steps"][4]
    assert (imagines["title"], imagines["does"], imagines["quiet"]) == ("The group imagines", "ask", ["Presenter"])
    assert answer["after"] == "Balint (1957)"
    for wrong in ({"key": "of-nobody"}, {"key": "../x"}, {}):
        assert set(Desk().answer("steps", wrong)) == {"refused"}  # type: ignore[call-overload]


def test_what_is_asked_is_in_the_words_of_the_profile() -> None:
    """
    The words that are named go first, then those of the profile, and then the general ones.
    """

    def asked(**given: Any) -> list[str]:
        answer: Any = Desk().answer("steps", {"key": "balint-group", **given})
        return [text for step in answer["steps"] for text in step["asks"]]

    assert asked(profile="care-home") == asked(wording="care-home") != asked()
    assert asked(profile="care-home", wording="nursing") == asked(wording="nursing")
    kept = deck(keys=["balint-group"], profile="care-home")["bytes"]
    assert kept == reflect.render("balint-group", "handout", to="html", wording="care-home")
