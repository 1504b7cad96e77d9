"""
The gallery, the room and the trainer's table in the built planner: driven in Chromium from a file and offline.

What is driven is in ``browser/gallery.cjs``; here stands what has to be seen.
"""

from __future__ import annotations

import re
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest

from reflect.testing import contents
from tests.built_planner import drive, told_in_sight
from tests.test_planner_gallery import KEYS, ours
from tests.test_word import tool

DRIVER = Path(__file__).parent / "browser" / "gallery.cjs"
#: What is typed as something to bring, and must not stand in the room.
CANARY = "What to say to the school"
STATES = {
    *("gallery", "searched", "peek", "door", "room", "room-question", "room-end", "trainer", "looked", "taken"),
    *("1280-noticed", "390-noticed"),
    *(f"{size}-{part}" for size in ("390-light", "320-dark") for part in ("gallery", "peek", "room")),
}


@pytest.fixture(scope="module")
def driven(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """
    Where the driver has saved, and what it saw.
    """
    folder = tmp_path_factory.mktemp("gallery")
    return folder, drive(DRIVER, folder)


@pytest.fixture(scope="module")
def seen(driven: tuple[Path, dict[str, Any]]) -> dict[str, Any]:
    return driven[1]


def test_cards_and_handout_of_a_peek_are_told_and_have_the_minutes_that_were_asked_for(
    driven: tuple[Path, dict[str, Any]],
) -> None:
    """
    Whoever looks for half an hour is told so in the peek, and prints half an hour; on a screen and on a phone.
    """
    folder, seen = driven
    told_in_sight(seen, "cards-1280", "handout-390", "one.zip")

    assert "30 minutes" in seen["peekSays"]
    assert seen["hushed"] == [False, False]
    assert seen["stillOpen"] == [True] * 4
    for width in (1280, 390):
        said = " ".join(text for _, text in contents((folder / f"cards-{width}.docx").read_bytes(), "docx"))
        assert set(re.findall(r"of (\d+) min", said)) == {"30"}


# --- the gallery


def test_every_model_is_in_sight_before_python_is_there(seen: dict[str, Any]) -> None:
    assert seen["state"] in ("", "starting")
    assert set(seen["first"]) == set(KEYS)
    assert seen["lines"] == [1] * len(ours()["needs"])
    # However many rows there are: each is as high as its tiles, and no higher.
    assert seen["bottom"] <= 150 * len(ours()["needs"])


def test_a_row_shows_all_that_stand_in_it_and_keeps_the_focus(seen: dict[str, Any]) -> None:
    [stuck] = [need for need in ours()["needs"] if need["name"] == "stuck"]
    assert seen["opened"] == [len(stuck["first"]) + len(stuck["more"]), "true", "need-all"]
    assert seen["closed"] == 11


def test_search_finds_a_model_nearest_and_under_all_its_needs(seen: dict[str, Any]) -> None:
    found = seen["found"]
    assert "restorative-supervision" in found["burnt out"]["best"][:3]
    assert "restorative-questions" in found["row with a parent"]["best"][:3]
    assert "three-column-mapping" in found["drawing"]["best"][:3]
    assert found["kolb"]["best"] == ["kolb-cycle"]
    titles = {need["name"]: need["title"] for need in ours()["needs"]}
    for text, key in (("kolb", "kolb-cycle"), ("drawing", "gibbs-cycle")):
        [model] = [model for model in ours()["models"] if model["key"] == key]
        assert set(found[text]["rows"]) == {titles[name] for name in model["needs"]}
    assert seen["said"] == [f"1 of {len(KEYS)}"]


def test_what_finds_nothing_says_so_and_is_mended_by_one_press(seen: dict[str, Any]) -> None:
    assert "Nothing here" in seen["nothing"]
    assert seen["cleared"][0] == ""
    assert seen["cleared"][1] > len(KEYS)


def test_filters_hold(seen: dict[str, Any]) -> None:
    fit = {model["key"] for model in ours()["models"] if model["least"] <= 10 and "group" in model["who"]}
    assert set(seen["filtered"]) == fit
    assert seen["count"] == f"{len(fit)} of {len(KEYS)}"


def test_the_keys_go_from_tile_to_tile_and_into_the_peek(seen: dict[str, Any]) -> None:
    needs = {need["name"]: [*need["first"], *need["more"]][:11] for need in ours()["needs"]}
    stuck, decide = needs["stuck"], needs["decide"]
    assert seen["keyed"] == [stuck[0], stuck[1], decide[1], decide[0], decide[0], stuck[0], stuck[10]]
    assert seen["deed"] == "Put into my hour"
    assert seen["escaped"] == [stuck[10], None]


@pytest.mark.parametrize("where", ["edge", "last", "pointed"])
def test_the_peek_turns_at_the_edges_and_never_covers_its_tile(seen: dict[str, Any], where: str) -> None:
    peek = seen[where]
    assert min(peek["left"], peek["right"], peek["top"], peek["bottom"]) >= 0
    assert not peek["covers"]


def test_the_peek_says_when_how_long_and_one_question(seen: dict[str, Any]) -> None:
    [model] = [model for model in ours()["models"] if model["key"] == "seven-eyed"]
    text = seen["pointed"]["text"]
    for part in (model["title"], f"{model['least']} to {model['most']} minutes", model["when"], model["asks"][0]):
        assert part in text
    assert model["asks"][1] not in text
    assert seen["stays"] is True


def test_a_model_is_put_into_the_hour(seen: dict[str, Any]) -> None:
    at_the_plan, heard = seen["put"]
    assert at_the_plan
    assert heard[-1] == "Ladder of inference is in your hour."


# --- in the room


def test_the_room_shows_no_topic_until_somebody_asks_each_time(seen: dict[str, Any]) -> None:
    assert len(seen["steps"]) > 4
    assert not [text for text in seen["steps"] if CANARY in text or "school" in text]
    asked, after = seen["shown"][::2], seen["shown"][1::2]
    assert asked
    assert all(CANARY in text for text in asked)
    assert not [text for text in after if CANARY in text]


def test_the_room_has_the_focus_and_gives_it_back(seen: dict[str, Any]) -> None:
    assert seen["inside"] == [True, True]
    assert seen["outside"] == [False, True, ""]
    assert seen["trapped"] is True
    assert seen["left"] == "Show its steps"


def test_the_time_and_one_question_are_shown_when_asked_for(seen: dict[str, Any]) -> None:
    first, asked, after = seen["method"]
    assert first["title"] == "The group imagines"
    assert "Silent" in first["doing"]
    assert (first["question"], first["time"]) == ([], [])
    assert re.match(r"Step 5 of 7\. Ask, Group\. Silent: Presenter\. The group imagines\. Speak", first["status"])
    assert len(asked["question"]) == 1
    assert asked["time"] == ["25minutes"]
    assert after["question"] == []
    assert seen["waited"] == first["title"]  # nothing goes on by itself


def test_one_key_blanks_the_screen_and_brings_it_back(seen: dict[str, Any]) -> None:
    black, back, again, over = seen["blank"]
    assert black == again == ["stage-blank", "rgb(0, 0, 0)", False]
    assert back[2] is over[2] is True


def test_any_key_brings_a_black_screen_back_and_goes_no_step_on(seen: dict[str, Any]) -> None:
    """
    Whoever stands before it presses what lies under the hand: → did nothing, and so seemed broken.
    """
    stays = {"Shift", "Tab"}
    title = seen["anyKey"]["x"][1]

    assert {key for key, (back, _) in seen["anyKey"].items() if not back} == stays
    assert {where for _, where in seen["anyKey"].values()} == {title}


def test_a_question_is_offered_where_there_is_one(seen: dict[str, Any]) -> None:
    """
    A step without a question has no button for one; the key says why there is none.
    """
    *steps, end = seen["asks"]

    assert {offered for _, offered, *_ in steps} == {True, False}
    for _, offered, shown, none, said, _ in steps:
        assert (shown, none) == ((1, 0) if offered else (0, 1))
        assert offered != ("no question" in said)
    assert end[:4] == ["The end", False, 0, 0]


def test_the_room_says_where_one_is_and_when_it_ends(seen: dict[str, Any]) -> None:
    """
    "Part 3 of 4" said neither of what; and nobody knew that nothing more comes.
    """
    title, said, deeds = seen["end"]
    feet = [foot for *_, foot in seen["asks"][:-1]]

    assert (title, said) == ("The end", "This is the end. Nothing comes after it.")
    assert [deeds[0], deeds[-1]] == ["Back", "Leave the room"]
    assert [foot.partition(" · ")[0] for foot in feet] == [f"Balint group, step {n} of 7" for n in range(1, 8)]
    assert any("Your hour, part 1 of " in step for step in seen["steps"])
    assert "That was the last part of your hour." in seen["steps"][-1]


def test_what_was_cleared_while_it_was_on_its_way_is_shown_to_nobody(seen: dict[str, Any]) -> None:
    assert seen["late"] == [True, False, False]


def test_a_step_is_not_covered_while_it_shows_nothing_of_anybodys(seen: dict[str, Any]) -> None:
    assert seen["covered"] == [False, True] * 2
    assert seen["back"] == ["grow"] * 2


# --- for trainers


def test_a_trainer_saves_one_file_for_each_kind_or_for_each_model(driven: tuple[Path, dict[str, Any]]) -> None:
    folder, seen = driven
    assert seen["saved"] == ["papers.zip", "papers.zip", "handout.html"]
    with zipfile.ZipFile(folder / "one.zip") as package:
        assert package.namelist() == ["cards.docx", "handout.docx"]
    with zipfile.ZipFile(folder / "each.zip") as package:
        assert len(package.namelist()) == 6
        assert all(name.endswith(".html") for name in package.namelist())
    handouts = (folder / "handout.html").read_text("utf-8")
    assert all(title in handouts for title in ("Balint group", "Reflecting team", "Solution circle"))


def sizes_of(pdf: Path) -> list[tuple[int, int]]:
    """
    How wide and how high each page is, in points.
    """
    said = subprocess.run([tool("pdfinfo"), "-l", "999", str(pdf)], capture_output=True, text=True, check=True).stdout
    return [(int(wide), int(high)) for wide, high in re.findall(r"Page +\d+ size: +(\d+)[.\d]* x (\d+)", said)]


def test_print_prints_the_papers_as_their_own_files_would(driven: tuple[Path, dict[str, Any]]) -> None:
    """
    "Print them" saved an archive. Now the browser prints cards, handouts and slides in one go: as many pages, and as
    large, as each paper has when it is saved and printed; nothing of the page around them is among them.
    """
    folder, seen = driven
    alone = [size for each in ("cards", "handout", "slide") for size in sizes_of(folder / f"alone-{each}.pdf")]

    assert seen["onPaper"] == ["to-print"]
    assert sizes_of(folder / "printed.pdf") == alone
    assert len(set(alone)) == 2  # upright and lying
    assert seen["afterPrint"] == [False, 0, False]


def test_papers_can_be_looked_at_before_they_are_printed(seen: dict[str, Any]) -> None:
    """
    Slides could not be seen: each kind of paper that is chosen is shown, with every model that was taken.
    """
    titles = ("Balint group", "Reflecting team", "Solution circle")

    assert len(seen["looked"]) == 3
    assert all(high > 200 and all(title in text for title in titles) for text, high in seen["looked"])
    assert seen["lookedFocus"] == "trainer-looked"
    assert seen["shut"] == [True, "peek"]


def test_what_is_taken_in_the_gallery_is_on_the_table_and_is_cleared(seen: dict[str, Any]) -> None:
    keys, text = seen["taken"]
    assert set(keys) == {"balint-group", "reflecting-team", "solution-circle", "oskar"}
    assert text == "4 taken along"
    assert seen["picked"] == ["Balint group", "Reflecting team", "Solution circle", "OSKAR"]
    assert seen["emptied"] == 0


# --- every state


@pytest.mark.parametrize("state", sorted(STATES))
def test_axe_finds_nothing_and_nothing_is_too_wide(seen: dict[str, Any], state: str) -> None:
    assert seen["axe"][state] == []
    assert seen["wide"][state] <= 0


def test_a_phone_has_four_to_a_row_a_peek_in_sight_and_a_step_that_fits(seen: dict[str, Any]) -> None:
    assert seen["abreast"] == 4
    for peek in seen["sheets"]:
        assert min(peek["left"], peek["right"], peek["top"], peek["bottom"]) >= 0
        assert not peek["covers"]
    assert max(seen["fits"]) <= 1


def test_nothing_went_wrong(seen: dict[str, Any]) -> None:
    assert seen["errors"] == []
    assert set(seen["axe"]) == STATES
