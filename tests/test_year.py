"""
A year, played: two pairs and a group, twelve sessions each, planned, filled in, closed, signed, checked, planned again.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

import reflect
from reflect.cli import main
from reflect.errors import Refused
from reflect.planning import following
from reflect.sessions.parts import UNPLACED
from tests.documents import text_of_docx
from tests.year.hands import BODY, fill_word, options_of, parts_of, places_of

# --- the hands


@pytest.mark.parametrize("hand", ["word", "tracked", "beside", "google"])
def test_a_hand_writes_what_it_was_given(hand: str) -> None:
    """
    Whoever fills a record in, in Word, beside its boxes or in Google Docs, every word of it is read again.
    """
    blank = reflect.render("arrive@3 + kolb-cycle@40 + close@7", "record", reader="anyone")
    rows = [(f"ring {n}", f"person {n}", f"day {n}") for n in range(8)]
    said = {
        "item-2": "We slowed the doorway down.\nAnd once more.",
        "useful": "the silence before it",
        "actions": rows,
        "sign.supervisee": options_of(blank, "sign.supervisee")[1],
        "sign.supervisee.name": "AB",
        "sign.supervisee.date": "2 January 2026",
        "sign.supervisee.comments": "It was longer than that.",
    }
    found = reflect.read(fill_word(blank, said, hand), as_="record" if hand == "google" else None)
    words = reflect.to_json(found)

    assert set(said) - {"actions", "sign.supervisee"} <= set(places_of(blank))
    for text in (
        "doorway down.",
        "And once more.",
        "the silence",
        "AB",
        "longer than that",
        *(t for r in rows for t in r),
    ):
        assert words.count(text) == 1, text
    assert found.signed[0].agreement == "agreed with comments"


# --- what the year found, each for itself


def planned(folder: Path, **more: object) -> Path:
    """
    The record of a session that was planned with a file, in the folder of one of the two.
    """
    file = folder / "session.yaml"
    told = {"date": "2031-03-05", "start": "10:00", "supervisee": "AM", "supervisor": "JT", "place": "Room 4", **more}
    file.write_text(yaml.safe_dump(told), "utf-8")
    assert CliRunner().invoke(main, ["plan", str(file), "-o", str(folder)]).exit_code == 0
    return folder / "supervisor" / "record-2031-03-05.docx"


def test_the_record_of_a_day_after_a_shock_is_closed(tmp_path: Path) -> None:
    """
    Nobody is asked about the weather that day; the record has a line for what will be done to help, and is printed
    again, closed and read.
    """
    items = [f"line {n}" for n in range(6)]
    paper = planned(tmp_path, **{"after-shock": True, "minutes": 90, "supervisee-items": items})
    assert CliRunner().invoke(main, ["check", str(paper)]).output == f"{paper}: in order; not closed\n"
    assert "Support agreed" in text_of_docx(paper.read_bytes())
    paper.write_bytes(fill_word(paper.read_bytes(), {"useful": "that nobody asked"}))
    closed = reflect.close(paper).record

    assert closed.answer("useful") == "that nobody asked"
    assert not closed.reading or closed.reading.certain
    assert "wellbeing-check-in" in [item.use for item in closed.items]


def test_what_google_docs_returns_is_closed_by_the_plan_beside_it(tmp_path: Path) -> None:
    """
    A record without any control and property is read by the plan that was kept of it, as somebody's claim; without that
    plan it is refused with what to do, and a plan does not follow from it either.
    """
    paper = planned(tmp_path, **{"series": "k7m2"})
    said = {"useful": "the order", "actions": [("ring the school", "supervisee", "Friday")]}
    paper.write_bytes(fill_word(paper.read_bytes(), said, "google"))
    closed = reflect.close(paper).record

    assert (closed.answer("useful"), closed.claimed, closed.series) == ("the order", "record", "k7m2")
    assert [(each.what, each.who, each.by) for each in closed.actions] == [("ring the school", "supervisee", "Friday")]
    assert dict(closed.facts)["date"] == "5 March 2031"
    assert UNPLACED not in [each.key for each in closed.answers]
    assert [each.what for each in following([paper]).session.before] == ["ring the school"]

    (paper.parent / "plan-2031-03-05.json").unlink()
    with pytest.raises(Refused, match=r"plan-2026-03-04\.json"):
        reflect.close(paper)


@pytest.mark.parametrize(("tick", "comes_back"), [("put off", True), ("decided", False)])
def test_what_is_named_on_the_record_is_the_same_topic(tick: str, comes_back: bool, tmp_path: Path) -> None:
    """
    A name written for the supervision file is on the paper to sign; what comes back, comes back once, under its id and
    in the words that are between the two. Without the plan it has an id of its own.
    """
    paper = planned(tmp_path, **{"supervisee-items": ["the heron"]})
    item = next(place.removesuffix(".name") for place in places_of(paper.read_bytes()) if place.endswith(".name"))
    paper.write_bytes(fill_word(paper.read_bytes(), {f"{item}.name": "the bird", f"{item}.outcome": tick}))
    closed = reflect.close(paper)
    (paper.parent / "alone").mkdir()
    shutil.copy(paper, paper.parent / "alone")
    (alone,) = following([paper.parent / "alone" / paper.name]).session.brought if comes_back else ("",)

    assert b"the bird" in parts_of(closed.files[0].data)[BODY]
    assert not [note for note in closed.notes if "Name it" in note]
    found = [(each.topic.id, each.topic.title) for each in following([paper]).session.brought]
    assert found == ([("2031-03-05.p1", "The heron")] if comes_back else [])
    if comes_back:
        assert (alone.topic.id, alone.topic.title, alone.topic.ring) == ("2031-03-05.s1", "The bird", "personal")
