"""
The first time two people meet: one side that becomes their agreement; and the agreement itself, on two.
"""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from reflect import document, load, read, render
from reflect.between_sessions.next_session import following
from reflect.cli import main
from reflect.errors import Refused
from reflect.papers import Agreement
from reflect.planning.occasions import occasion_names
from reflect.text.nodes import Heading, Listing, words

HEADINGS = 7


def run(*args: object) -> None:
    result = CliRunner().invoke(main, list(map(str, args)))
    assert result.exit_code == 0, result.output


def sides(name: str, **options: object) -> int:
    pytest.importorskip("typst")
    return len(re.findall(rb"/Type\s*/Page\b", render("", name, to="pdf", **options)))  # type: ignore[arg-type]


@pytest.mark.parametrize(("name", "most", "large"), [("first-session", 1, 3), ("agreement", 2, 4)])
def test_what_two_people_agree_is_on_one_sheet(name: str, most: int, large: int) -> None:
    assert 0 < sides(name) <= most
    assert sides(name, looks=["large-print"]) <= large


def test_what_is_written_in_the_first_hour_is_read_back() -> None:
    """
    Under seven headings; what has no answer today stays empty.
    """
    agreed = Agreement(supervisee="AM", often="two weeks", settle=datetime.date(2026, 10, 1))
    record = read(render(agreed, "first-session", reader="supervisee"))

    assert (
        sum(isinstance(each, Heading) and each.level == 2 for each in document("", "first-session").blocks) == HEADINGS
    )
    assert {each.key: each.text for each in record.answers} == {
        "first-session.supervisee": "AM",
        "first-session.often": "two weeks",
        "first-session.settle": "1 October 2026",
    }


def test_what_the_sheet_asks_is_what_the_agenda_asks() -> None:
    """
    Word for word: two papers of one hour that ask nearly the same look like a mistake.
    """
    asked = {question.text for question in load("first-meeting").asks}
    listed = [block for block in document("", "first-session").blocks if isinstance(block, Listing)]
    said = [
        words(each.children).removesuffix(" (or pass)") for item in listed for of in item.items for each in of.blocks
    ]

    assert said
    assert [text for text in said if text not in asked] == []


def test_nothing_in_it_presumes_a_past() -> None:
    said = render("", "first-session", to="txt").decode().lower()

    assert not re.search(r"\b(last time|again since|still|previous|as before|usual)\b", said)


@pytest.fixture
def planned(tmp_path: Path) -> Callable[..., dict[str, str]]:
    """
    What is in each file of a session that is planned, but for the plan that is kept.
    """

    def plan(*options: str) -> dict[str, str]:
        folder = tmp_path / f"out{len(os.listdir(tmp_path))}"
        run("plan", "--bring", "the school", "--date", "2026-03-04", "--to", "txt", "-o", folder, *options)
        texts = folder.rglob("*.txt")
        return {file.relative_to(folder).as_posix(): " ".join(file.read_text().split()) for file in texts}

    return plan


def test_the_first_time_gives_both_the_sheet_and_the_supervisor_notes(planned: Callable[..., dict[str, str]]) -> None:
    """
    The agenda says who answers first; the record presumes no last time; the notes are for somebody never trained.
    """
    made = planned("--occasion", "first")

    assert {name for name in made if "first-session" in name or "notes" in name} == {
        "supervisee/first-session-2026-03-04.txt",
        "supervisor/first-session-2026-03-04.txt",
        "supervisor/notes-2026-03-04.txt",
    }
    for reader in ("supervisee", "supervisor"):
        assert "4 March 2026" in made[f"{reader}/first-session-2026-03-04.txt"]
        assert "Whoever supervises answers first" in made[f"{reader}/agenda-2026-03-04.txt"]
        assert "last time" not in made[f"{reader}/record-2026-03-04.txt"].lower()
    notes = made["supervisor/notes-2026-03-04.txt"]
    assert all(said in notes for said in ("Shut the door", "answer first", "Don't promise", "cries", "Stop on time"))


def test_an_ordinary_hour_has_neither(planned: Callable[..., dict[str, str]]) -> None:
    made = planned()

    assert {name.partition("/")[2].partition("-")[0] for name in made} == {"agenda", "record"}
    assert "answers first" not in " ".join(made.values())
    assert "From last time" in made["supervisor/record-2026-03-04.txt"]


@pytest.mark.parametrize("occasion", [name for name in occasion_names() if name not in ("group", "joint")])
def test_an_agenda_is_no_record_of_last_time(occasion: str, tmp_path: Path) -> None:
    """
    Whatever the session was for, its agenda says nothing of what was agreed.
    """
    run("plan", "--bring", "the school", "--date", "2026-03-04", "-o", tmp_path, "--occasion", occasion)
    with pytest.raises(Refused, match="this is an agenda"):
        following(after=[tmp_path / "supervisee" / "agenda-2026-03-04.docx"], date=datetime.date(2026, 4, 1))
