"""
Last time, in the built planner: somebody opens what LibreOffice filled in, fills in more, saves, compares, closes,
signs, and plans the next hour from it, in one browser. What is driven is in ``browser/planner_records.cjs``.
"""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

import reflect
from reflect.planner import journals, record_answers, records
from reflect.planner.opened import OpenedPapers
from reflect.planner.opening import open_file
from reflect.reading_back import read
from reflect.safekeeping.own_copies import prove
from reflect.sessions.record import Record
from reflect.sessions.typed import read_day
from tests.built_planner import drive, page, told_in_sight
from tests.test_planner_records import WRITTEN, begun, session
from tests.test_word import tool

DRIVER = Path(__file__).parent / "browser" / "planner_records.cjs"


def in_libreoffice(file: Path, folder: Path) -> None:
    """
    Open a Word file in LibreOffice, and save it again in a folder.
    """
    home = f"-env:UserInstallation=file://{folder / 'profile'}"
    command = [tool("soffice"), home, "--headless", "--convert-to", "docx", "--outdir", str(folder), str(file)]
    subprocess.run(command, capture_output=True, timeout=120, check=True)


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """
    What the browser saw, with the folder of what it saved.
    """
    page()  # without it nothing is made in vain
    folder = tmp_path_factory.mktemp("records")
    (folder / "saved").mkdir()
    opened, first = begun()
    answers = {**WRITTEN["answers"], "last-1.state": "not yet"}
    records.fill(opened, {"number": first["number"], "who": "supervisor", **WRITTEN, "answers": answers})
    made: Any = records.save(opened, {"number": first["number"], "who": "supervisor", "to": "docx"})
    (folder / "ours").mkdir()
    (folder / "ours" / "filled.docx").write_bytes(made["file"]["bytes"])
    in_libreoffice(folder / "ours" / "filled.docx", folder)
    (folder / "broken.docx").write_bytes(made["file"]["bytes"][:4000])
    (folder / "other.docx").write_bytes(b"%PDF-1.7 another document")
    (folder / "agenda.docx").write_bytes(reflect.render(session(), "agenda", to="docx", reader="supervisor"))
    return {**drive(DRIVER, folder), "folder": folder}


def _saved(seen: dict[str, Any], name: str) -> Record:
    return read((seen["folder"] / "saved" / seen[name]).read_bytes())


def test_nothing_is_wrong_in_any_state(seen: dict[str, Any]) -> None:
    """
    axe finds nothing in any state at any width, nothing is wider than the screen, and no script fails.
    """
    assert seen["findings"] == []
    assert seen["overflow"] == []
    assert seen["errors"] == []


def test_a_record_of_libreoffice_is_read_and_what_is_none_is_refused(seen: dict[str, Any]) -> None:
    """
    The page shows its answers and its actions, and says of another file why not; whoever has not said who they are has
    nothing to open.
    """
    assert not seen["doors"]
    assert "We ring on Monday." in seen["answers"]
    assert any("Ring the school" in each for each in seen["actions"])
    assert any("ask for a date" in each for each in seen["actions"])
    assert [each.split(":")[0] for each in seen["refused"]] == ["broken.docx", "other.docx", "agenda.docx"]
    assert "An agenda" in seen["refused"][2]
    assert seen["found"] == "Open: one record."
    assert "March 2026" in seen["focused"]


def test_the_next_hour_is_above_the_record_and_the_record_has_one_order(seen: dict[str, Any]) -> None:
    """
    Nobody looks for the button below all that was written; and what cannot be done yet is not offered, but says what
    comes first. The form has no places to sign.
    """
    assert seen["above"]
    assert [each.split(", ")[0] for each in seen["steps"]] == [
        "Write",
        "Close",
        "Sign",
        "Keep a copy",
        "Note it in the journal",
    ]
    assert [each.rpartition("First ")[2] for each in seen["steps"][2:]] == [
        "close it.",
        "close it.",
        "make the copies.",
    ]
    assert seen["signs"] == 0


def test_what_is_filled_in_is_in_both_files_and_comes_back(seen: dict[str, Any]) -> None:
    """
    What was typed by keys alone is in the Word file and in the data, as CPython reads them, and on the page again.
    """
    for name in ("word", "json"):
        assert _saved(seen, name).answer("item-4") == "Typed by keyboard"
        assert _saved(seen, name).answer("item-4.decided") == "We ring on Monday."
    assert seen["again"].count("Typed by keyboard") == 2
    assert seen["panel"] == "panel-1-fill"
    assert seen["home"] == "record-1"
    assert seen["number"] > 30


def test_every_place_says_who_may_read_it_and_is_private(seen: dict[str, Any]) -> None:
    """
    Each place has a name, says whose it is, and neither completes, corrects nor sends what is typed.
    """
    assert (seen["private"], seen["nameless"], seen["rings"]) == (0, 0, 0)


def test_a_box_is_called_by_its_fact_and_not_by_a_word_of_a_sentence(seen: dict[str, Any]) -> None:
    """
    On paper "and" stands between two names; in a form, the box of the second says whose name it is.
    """
    assert {"Supervisee", "Supervisor", "Day", "Place"} <= set(seen["labels"])
    assert {"and", "on", "at"}.isdisjoint(seen["labels"])


def test_whoever_signs_signs_on_a_day(seen: dict[str, Any]) -> None:
    """
    Closing leads to signing, where the day is today's; a day that was emptied is, too.
    """
    dates = [each.date for each in _saved(seen, "signed").signed]
    at, day = seen["signing"]

    assert at == "panel-1-sign"
    assert read_day(day)
    assert dates == [day] * 2


def test_on_a_phone_one_sees_that_it_was_saved(seen: dict[str, Any]) -> None:
    """
    What is said of a saved file is within sight of what was pressed, above it on the page or below.
    """
    assert seen["sight"] == [True, True]
    told_in_sight(seen, "record", "journal")


def test_two_copies_differ_in_marked_words(seen: dict[str, Any]) -> None:
    """
    What differs is marked by signs, and not by its colour alone.
    """
    assert seen["marks"][0] == "»Typed by keyboard«"
    assert seen["marks"][1].startswith("»That we had")


def test_it_is_closed_signed_and_noted(seen: dict[str, Any]) -> None:
    """
    The files that come of it are those that the library takes for closed and for signed, and the journal has the day.
    """
    to_sign, signed = _saved(seen, "tosign"), _saved(seen, "signed")

    assert to_sign.closed
    assert not to_sign.signed
    assert [each.agreement for each in signed.signed] == ["agreed", "agreed"]
    assert signed.reading
    assert signed.reading.state.unchanged
    assert [each.split("2026")[0] for each in seen["journal"]] == ["4 March "]
    assert "Have you a journal" in seen["asked"]
    assert "as its first session. No file has it yet." in seen["noted"]
    assert "one journal" in seen["opener"]
    assert (seen["folder"] / "saved" / seen["packed"]).read_bytes().startswith(b"PK")


def test_the_next_hour_follows_from_it(seen: dict[str, Any]) -> None:
    """
    The agenda of the next hour has the day that was agreed, and the actions that are open.
    """
    assert seen["counts"] == [True, False, False, False]
    assert seen["view"] == "plan"
    assert "1 April 2026" in seen["planned"]
    assert "Ring the school" in seen["planned"]
    assert "ask for a date" in seen["planned"]
    assert seen["came"].startswith("From last time.")


def test_the_next_person_at_the_page_sees_no_name_of_a_file(seen: dict[str, Any]) -> None:
    """
    What was refused and what was saved names files of whoever was here before, and goes with them.
    """
    assert seen["named"] == [True, True]
    assert seen["namedAfter"] == [False, False]


def test_the_own_copy_is_proved(seen: dict[str, Any]) -> None:
    """
    The supervisee's own copy is proved on the page, and the library proves it too.
    """
    copied, signed = _saved(seen, "copy"), _saved(seen, "signed")

    assert "word for word" in seen["proven"]
    assert prove(copied, signed).proven


def test_a_paper_for_its_author_alone_is_shut(seen: dict[str, Any]) -> None:
    """
    Nothing of the own copy is shown until somebody says that it is theirs, and then it is.
    """
    assert "the worker" not in seen["shut"]
    assert "4 March" not in seen["shut"]
    assert "[the worker]" in seen["mine"]


def test_who_trains_and_who_clears_has_nothing_of_it(seen: dict[str, Any]) -> None:
    """
    For whoever trains nothing of a record is on the page; after "clear all" nothing is in it at all, nor in the address.
    """
    assert "We ring on Monday." in seen["before"]
    for words in ("We ring", "Ring the school", "ask for a date", "Typed by keyboard"):
        assert words not in seen["trainer"]
        assert words not in seen["cleared"]
    assert "#" not in seen["address"]
    assert seen["afterwards"] == 1


def test_what_is_typed_in_a_form_outlives_a_change_of_who_is_here(seen: dict[str, Any]) -> None:
    """
    Whoever presses another role by mistake loses no word.
    """
    assert seen["typed"] == "Typed and not yet kept"


def test_one_hour_has_one_record_until_somebody_begins_another(seen: dict[str, Any]) -> None:
    """
    A record in which nothing is written is begun anew when the plan has changed. One that was written in stays, says
    that the plan has changed, and is not called this hour's any more when another is begun.
    """
    assert seen["begun"] == [1, 1, 1]
    assert "The plan has changed" in seen["behind"]
    assert [each.strip() for each in seen["heads"]] == ["This hour’s record", "Begun here from an earlier plan"]


def test_what_was_opened_is_gone_from_memory() -> None:
    """
    Clearing the page lets go of papers and journal in the memory of Python too.
    """
    opened = OpenedPapers()
    blank = reflect.render("kolb-cycle", "worksheet", to="docx")
    open_file(opened, {"name": "worksheet.docx", "bytes": blank, "who": "supervisee"})
    journals.open_journal(
        opened, {"files": [{"name": "2026-03-04.yaml", "bytes": b"date: 2026-03-04\n"}], "who": "supervisee"}
    )
    assert opened.papers
    assert opened.journals
    record_answers.forget(opened, {})

    assert not opened.papers
    assert not opened.journals
