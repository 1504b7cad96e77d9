"""
The planner's page: driven in Chromium from a file and offline, as a person would, by mouse, touch and keys.

What is driven is in ``browser/planner.cjs``; here stands what has to be seen.
"""

from __future__ import annotations

import urllib.parse
import zipfile
from pathlib import Path
from typing import Any

import pytest

from reflect.planner.desk import Desk
from reflect.planner.words import read_words
from tests.built_planner import drive, told_in_sight

DRIVER = Path(__file__).parent / "browser" / "planner.cjs"
#: What is typed as something to bring. Nobody's words may be where they were not put.
SECRET = "What to say to the school"
#: Every state of the page that axe looks at; the first, the narrow ones and the one without Python among them.
STATES = {
    *("first", "sketch", "planned", "offers", "too-many", "refused", "papers", "link", "cover", "clear", "without"),
    *("noticed", "phone-noticed", "moved", "plan-opened", "resumed"),
    *("phone-first", "phone-planned", "phone-three", "narrow-forced", "narrow-dark", "narrow-dark-offers"),
}


@pytest.fixture(scope="module")
def driven(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """
    Where the driver has saved, and what it saw.
    """
    folder = tmp_path_factory.mktemp("planner")
    return folder, drive(DRIVER, folder)


@pytest.fixture(scope="module")
def seen(driven: tuple[Path, dict[str, Any]]) -> dict[str, Any]:
    return driven[1]


# --- a plan, and what moves it


def test_the_first_second_needs_no_python(seen: dict[str, Any]) -> None:
    """
    After one click there is a sketch of a usual hour, and Python's first plan has the same parts and minutes.
    """
    assert len(seen["sketch"]) == len(seen["sketched"]) > 2
    assert sum(seen["sketched"]) == 60
    assert seen["sketched"] == seen["first"]
    assert seen["begun"] == "hour-title"
    assert seen["paper"] == "Agenda"


def test_what_the_sketch_names_stays(seen: dict[str, Any]) -> None:
    """
    For seconds it said "An open talk", and then that was something else: whatever Python is still to choose is said to
    be on its way, all else is on the plan and on the paper as it was in the sketch, and no sketch is printed meanwhile.
    """
    waits = read_words()["sketch.waits"]
    sketch, plan = seen["sketchedParts"], seen["plannedParts"]
    pairs = list(zip(sketch["strip"], plan["strip"], strict=True))

    assert [title for title, _ in sketch["strip"]] == [title for title, _ in plan["strip"]]
    assert [before for (_, before), (_, after) in pairs if before != after] == [waits]
    assert [each for each in sketch["list"] if each] == [waits]
    assert [each for each in sketch["agenda"] if each not in plan["paper"]] == [waits]
    assert all(waits not in small for _, small in plan["strip"])
    assert seen["sketchPrint"] == ["true", "true"]


def test_an_edge_moves_by_keys_and_keeps_the_focus(seen: dict[str, Any]) -> None:
    """
    An arrow moves a minute to the next part, End and Home go to the most and the least, and the edge keeps the focus.
    """
    a, b, *rest = seen["first"]

    assert seen["right"] == [a + 1, b - 1, *rest]
    assert seen["end"][0] == seen["end"][1] > a
    assert seen["home"][0] == seen["home"][1] < a
    assert seen["rightFocus"]
    assert seen["keysFocus"]
    assert f"{a + 1} minutes" in seen["rightSaid"]


def test_an_edge_moves_by_mouse_and_by_touch(seen: dict[str, Any]) -> None:
    """
    Dragging it moves whole minutes; on a phone the strip stands upright, and a finger does the same.
    """
    a, b, *rest = seen["first"]
    before, after = seen["touched"]

    assert seen["dragged"] == [a + 2, b - 2, *rest]
    assert seen["upright"]
    assert seen["orientation"] == "vertical"
    assert after == [before[0] + 2, before[1] - 2, *before[2:]]


def test_undo_and_redo_take_whole_steps(seen: dict[str, Any]) -> None:
    """
    All that one edge was moved in a row is one step; a drag is one step; the button for it keeps the focus.
    """
    assert seen["undone"] == seen["first"] == seen["draggedBack"]
    assert seen["redone"][0] == seen["home"][0]
    assert seen["undoneSaid"].strip() == "Undone."
    assert seen["undoFocus"] == "undo"


def test_what_is_brought_is_on_the_agenda(seen: dict[str, Any]) -> None:
    """
    It is there at once, and the box is empty and ready for the next one.
    """
    assert SECRET in seen["brought"]
    assert seen["broughtFocus"] == "brings-supervisee"


def test_something_else_is_offered_with_a_reason_each(seen: dict[str, Any]) -> None:
    """
    The offers differ in model and reason, "no model today" is the last, and what is taken has the talk.
    """
    titles, reasons = zip(*seen["offers"], strict=True)
    title, strip, said, focus = seen["taken"]

    assert seen["offersFocus"] == "offers-title"
    assert titles[-1] == "No model today"
    assert len(set(titles)) == len(set(reasons)) == len(titles) >= 4
    assert all(reasons)
    assert title in strip
    assert title in said
    assert focus.startswith("strip-change-")
    assert seen["escaped"][0] == 0
    assert seen["escaped"][1].startswith("strip-change-")


def test_too_many_minutes_are_told_and_mended(seen: dict[str, Any]) -> None:
    """
    The strip says how many, a button makes it fit, and a screen reader hears that it did.
    """
    total, said, focus = seen["fitted"]

    assert seen["over"].endswith("minutes too many")
    assert total == "All 45 minutes are planned."
    assert said.startswith("It fits now.")
    assert focus


def test_what_is_wrong_stands_at_its_part(seen: dict[str, Any]) -> None:
    """
    A part under its least says so itself, with a button that mends it; the paper says that it is of before.
    """
    _, left, focus = seen["mended"]

    assert len(seen["refused"]) == 1
    assert "needs at least" in seen["refused"][0]
    assert "before" in seen["refusedNote"]
    assert seen["refusedOff"] == ["true", "true"]
    assert left == 0
    assert focus


def test_a_part_that_is_taken_out_can_be_put_back(seen: dict[str, Any]) -> None:
    """
    It is named as left out today, and the focus is somewhere after both.
    """
    assert seen["out"][0] == 1
    assert seen["back"][0] == 0
    assert seen["out"][1]
    assert seen["back"][1]


def test_a_model_is_put_into_the_talk_or_becomes_a_part(seen: dict[str, Any]) -> None:
    """
    Looked for instead of a talk's model it has that talk; looked for as something more it is one part more.
    """
    (instead, first), (added, both) = seen["put"]

    assert first == 1
    assert both == 2
    assert len(added) == len(instead) + 1


def test_what_has_moved_by_itself_is_said_in_a_line(seen: dict[str, Any]) -> None:
    """
    Where an hour gets shorter, whatever has no part of its own any more says where it is now, to the eye and to a
    screen reader; the step back takes both away. So it is when minutes were moved by hand, and made to fit.
    """
    told, heard = seen["moved"]

    assert seen["unmoved"] == ""
    assert "“Leave in May”" in told
    assert "“Before we meet again” now" in told
    assert "Undo" in told
    assert "Before we meet again" in heard
    assert "Short things" not in seen["movedParts"]
    assert seen["movedBack"] == ["", True]
    assert "“Before we meet again” now" in seen["movedFit"]


def test_a_plan_that_was_kept_is_opened_as_its_own_hour(seen: dict[str, Any]) -> None:
    """
    It has its lines and its minutes; and it is last time's only if somebody says so.
    """
    before, after = seen["resumed"]

    assert seen["planChoice"] == [False, False]
    assert after == before
    assert "as its plan was kept" in seen["resumedSaid"]


# --- papers, and what goes out


def test_a_paper_in_word_is_saved_from_the_page(driven: tuple[Path, dict[str, Any]]) -> None:
    """
    It is a Word file with what was brought, also what still stood in its box; its name says nothing of it, and the page
    says where it lies.
    """
    folder, seen = driven
    with zipfile.ZipFile(folder / seen["word"]) as word:
        text = word.read("word/document.xml").decode()

    assert seen["word"].endswith(".docx")
    assert SECRET in text
    assert "yped and left in its box" in text
    assert "school" not in seen["word"]
    assert "Downloads" in seen["saved"]
    assert (folder / "shown.docx").read_bytes() == (folder / seen["word"]).read_bytes()
    assert (folder / seen["web"]).read_text("utf-8").startswith("<!DOCTYPE html>")


def test_the_record_of_this_hour_is_found_beside_its_papers(seen: dict[str, Any]) -> None:
    """
    One press on the page of the hour opens it to be filled in, and another press the same one.
    """
    first, again = seen["record"]

    assert first == again == [False, 1, 1, first[3]]


def test_what_is_printed_is_the_paper(seen: dict[str, Any]) -> None:
    """
    Nothing of the page around it is on the sheet.
    """
    assert seen["printed"] == []


def test_a_link_is_made_when_asked_for_and_has_the_frame_alone(seen: dict[str, Any]) -> None:
    """
    The address stays as it is, and the link has neither words nor a model, an occasion, an aim or a day.
    """
    said = urllib.parse.parse_qs(urllib.parse.urlsplit(seen["link"]).fragment)

    assert seen["addressBefore"]
    assert seen["addressAfter"]
    assert set(said) <= {"v", "for", "minutes", "start", "profile", "words", "nation", "plan"}
    assert said["minutes"] == ["60"]
    assert {piece.split("@")[0] for piece in said["plan"][0].split()} == {"wellbeing", "before", "talk", "close"}


def test_a_link_is_read_within_bounds(seen: dict[str, Any]) -> None:
    """
    What it may say is taken, and anything else is left out: nothing of it becomes markup.
    """
    good, hostile, newer = seen["links"]

    assert good == ["supervisor", "45", "14:30", "Wales", "general", 0]
    assert hostile == ["supervisor", "60", "10:00", "England", "general", 0]
    assert newer[0] == ""


def test_a_supervisee_has_three_lines_and_no_link(seen: dict[str, Any]) -> None:
    """
    What is pasted becomes a line each, and is saved as a text.
    """
    assert seen["lines"] == ["The school", "The rota", "The visit"]
    assert seen["three"].splitlines() == [f"{line} (between the two of us)" for line in seen["lines"]]
    assert seen["threeText"].splitlines() == seen["three"].splitlines()
    assert not seen["noLink"]


def test_a_plan_that_is_made_anew_says_so(seen: dict[str, Any]) -> None:
    """
    Whoever chose where they work lost the minutes that they had moved, without a word.
    """
    assert "what you had moved or chosen in it is gone" in seen["anew"]
    assert seen["anewUndone"] == seen["touched"][1]


def test_words_are_changed_where_they_stand(seen: dict[str, Any]) -> None:
    """
    A line was taken out of the hour when its words were to be changed, and came back as another with other minutes.
    """
    lines = ["The school", "The rota", "The visit"]

    assert seen["changing"] == [lines, "The rota"]
    assert seen["stopped"] == [lines, ""]
    assert seen["changed"] == [["The school", "The rota in March", "The visit"], ""]


def test_whoever_lets_a_line_stand_says_so_in_what_is_sent_and_has_it_again(seen: dict[str, Any]) -> None:
    """
    What is copied says of each line who may read it, as Python says it; pasted it makes the same lines and ticks.
    """
    asked = {
        "urgent": [{"id": "u", "words": "See M. by Friday", "ring": "personal"}],
        "brought": [
            {"id": f"b{n}", "words": line, "ring": ring}
            for n, (line, ring) in enumerate(zip(seen["lines"], ("pair", "personal", "pair"), strict=True))
        ],
    }
    said: Any = Desk().answer("lines", {"hour": asked})

    assert seen["sent"].splitlines() == said["text"].splitlines()
    assert "The rota (may stand on the record)" in seen["sent"]
    assert not seen["none"]
    assert seen["sentAgain"] == seen["sent"]
    assert seen["urgentAgain"] == 1


def test_what_must_not_wait_says_where_it_stands(seen: dict[str, Any]) -> None:
    """
    Whoever puts it in reads there that its words are on no record, until they let them.
    """
    assert "without these words" in seen["bare"]
    assert "without these words" not in seen["let"]


def test_the_model_of_a_talk_stays_when_the_day_is_picked(seen: dict[str, Any]) -> None:
    """
    Another day would draw another model among those that are as good; what somebody has seen stays.
    """
    assert seen["models"][0]
    assert seen["models"] == seen["models"][:1] * 4


def test_who_brings_what_must_not_wait_is_said_where_it_stands(seen: dict[str, Any]) -> None:
    """
    It is whoever's it is said to be: what the other brings is not among the lines that are sent, and what was chosen
    stays so.
    """
    assert seen["bringers"] == ["I bring it", "The supervisor brings it"]
    assert "See M." in seen["sent"]
    assert "See M." not in seen["sentByOther"]
    assert seen["bringerFocused"][0] == "supervisor"


def test_whatever_is_saved_or_copied_is_told_where_the_eye_is(seen: dict[str, Any]) -> None:
    """
    Each paper, the link and the text: the note is in the window and under nothing, and a screen reader hears it.
    """
    told_in_sight(seen, "agenda", "record", "the link", "three lines", "what-i-bring.txt")

    assert seen["putAway"][0] is False
    assert seen["putAway"][1]


# --- shared machines


def test_private_boxes_are_known_to_no_service(seen: dict[str, Any]) -> None:
    """
    They have neither completion nor spelling, correcting, suggestions or translation.
    """
    assert seen["private"]
    assert all(each == ["off", "false", "off", "off", "false", "no"] for each in seen["private"])


def test_two_idle_minutes_cover_what_is_typed(seen: dict[str, Any]) -> None:
    """
    Nothing under the cover can be seen; a key opens it, types nothing, and gives the focus back.
    """
    assert not seen["early"]
    assert seen["covered"]
    assert not seen["under"]
    assert seen["uncovered"] == [False, "half a li", "brings-supervisor"]


def test_clear_all_asks_once_and_leaves_nothing(seen: dict[str, Any]) -> None:
    """
    After it nobody's words are in the page, in its boxes, its paper or its steps, and leaving asks nothing.
    """
    text, begun, stored, cookies = seen["cleared"]

    assert seen["unsaved"]
    assert seen["kept"] == "half a li"
    assert SECRET not in text
    assert "half a li" not in text
    assert (begun, stored, cookies) == (False, 0, "")
    assert seen["undoAfter"] == "true"
    assert seen["clearedFocus"]
    assert not seen["leaves"]
    assert seen["broughtBack"] == ""


# --- for everybody


def test_axe_finds_nothing_in_any_state(seen: dict[str, Any]) -> None:
    """
    In the light, in the dark, in forced colours, wide and narrow, with every dialog.
    """
    assert set(seen["axe"]) == STATES
    assert {state: found for state, found in seen["axe"].items() if found} == {}


def test_nothing_runs_over_and_every_target_is_large_enough(seen: dict[str, Any]) -> None:
    """
    At 1280, 390 and 320 pixels the page does not scroll sideways, and what is pressed is 34 pixels or more.
    """
    assert {state: by for state, by in seen["wide"].items() if by > 0} == {}
    assert {state: small for state, small in seen["targets"].items() if small} == {}


def test_without_webassembly_it_plans(seen: dict[str, Any]) -> None:
    """
    It says in a sentence what it cannot do, sketches a usual hour, and its edges move.
    """
    said, parts, sketched = seen["without"]
    a, b, *rest = parts

    assert "cannot make the papers" in said
    assert sum(parts) == 60
    assert sketched == len(parts)
    # Nothing is on its way that never comes, and the sketch is all there is to print.
    assert read_words()["sketch.waits"] not in seen["withoutText"]
    assert seen["withoutPrint"] is None
    assert seen["withoutMoved"] == [a + 1, b - 1, *rest]


def test_nothing_goes_wrong_in_secret(seen: dict[str, Any]) -> None:
    """
    No script fails, and the policy is never run against.
    """
    assert seen["errors"] == []
