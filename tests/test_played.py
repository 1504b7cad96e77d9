"""
What two people said when they played a session from its papers: a paper that says what it must, and nothing that would
be out of place there.
"""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from reflect.cli import main
from reflect.planning.agenda import arrange
from reflect.planning.plan import Plan
from reflect.planning.profiles import profile
from reflect.planning.session_file import SessionFile, Wish
from reflect.rendering.rendering import render
from reflect.sessions.journal import Journal

DAY = datetime.date(2026, 3, 4)


def planned(occasion: str, profession: str = "general", minutes: int = 60) -> Plan:
    file = SessionFile(date=DAY, minutes=minutes, supervisee_items=[Wish(what="the rota"), Wish(what="leave")])
    return arrange(file, profile(profession), Journal(), occasion=occasion)


def agenda(plan: Plan, template: str = "") -> str:
    """
    The words of an agenda as the occasion has it, or by another template.
    """
    assert plan.occasion is not None
    text = render(plan.session, template or plan.occasion.agenda, to="txt", reader="supervisee")
    return " ".join(text.decode().split())


def check_today(text: str) -> None:
    """
    Whoever it happened to decides how long; whoever took part does not support alone; somebody else goes; there is a
    day; and there is no list of anything else.
    """
    assert "You decide how long" in text
    assert "If I took part in the decisions, somebody else is there for you" in text
    assert "You decide as long as you like" in text
    assert len(re.findall(r"\b[0-9]{1,2}:[0-9]{2}\b", text)) <= 1, "nobody knows when the rest begins"
    assert "Who can visit or call in your place?" in text.replace("'", "’")
    assert "On which day this week do we meet again?" in text
    for word in ("Not today", "when, or how", "From last time", "the rota", "Either of you"):
        assert word not in text, word


@pytest.mark.parametrize("minutes", [20, 40, 60, 90])
def test_a_day_that_is_different_has_no_list_and_says_who_supports(minutes: int) -> None:
    check_today(agenda(planned("today-is-different", minutes=minutes)))


def test_the_agenda_of_any_other_day_is_found_out() -> None:
    with pytest.raises(AssertionError):
        check_today(agenda(planned("today-is-different"), "agenda"))


@pytest.mark.parametrize(
    ("occasion", "says"),
    [("today-is-different", "somebody else is there for you"), ("first", "Whoever supervises answers first")],
)
def test_an_agenda_that_is_only_printed_is_that_of_its_occasion(occasion: str, says: str, tmp_path: Path) -> None:
    """
    On the screen and in the folders of both.
    """
    asked = ["plan", "--bring", "the rota", "--occasion", occasion, "--date", "2026-03-04", "--profile", "general"]
    shown = CliRunner().invoke(main, asked)
    made = CliRunner().invoke(main, [*asked, "-o", str(tmp_path), "--to", "txt"])

    assert (shown.exit_code, made.exit_code) == (0, 0), made.output
    papers = [path.read_text("utf-8") for path in tmp_path.rglob("agenda-*.txt")]
    assert len(papers) == 2
    assert all(says in " ".join(text.split()) for text in (shown.output, *papers))


def test_a_first_meeting_ends_with_a_date() -> None:
    """
    Whoever supervises answers first, and the two have a next meeting.
    """
    text = agenda(planned("first"))

    assert "Whoever supervises answers first" in text
    assert "From last time" not in text
    assert "When do we meet next?" in text.partition("Three dates")[2]


@pytest.mark.parametrize("profession", ["general", "coaching", "housing", "counselling"])
def test_at_an_ending_nobody_is_asked_about_meeting_again(profession: str) -> None:
    text = agenda(planned("ending", profession)).casefold()

    assert "what must be done before you hand over?" in text
    for word in ("meet again", "next time", "in the diary", "next meeting"):
        assert word not in text, word


def test_an_ordinary_hour_asks_about_meeting_again() -> None:
    """
    The words that an ending must not have are looked for where they can be.
    """
    assert "meet again" in agenda(planned("ordinary")).casefold()


@pytest.mark.parametrize("wording", ["coaching", "counselling"])
def test_nobody_must_be_seen_whom_nobody_visits(wording: str) -> None:
    """
    Who has clients who come of their own accord is asked what cannot wait in other words, and in plain ones.
    """
    plan = planned("ordinary", "coaching")
    for plain in (False, True):
        text = render(plan.session, "agenda", to="txt", reader="supervisee", wording=wording, plain=plain).decode()
        assert "must be seen" not in text
        assert "must we see" not in text
        assert "until" in text.partition("Before we meet again")[2] or plain
    text = render(plan.session, "agenda", to="txt", reader="supervisee", wording="housing").decode()
    assert "must be seen" in text


def check_several(text: str) -> None:
    """
    Nobody is told that there are two of them, and nobody has to say first who is over whom.
    """
    for word in ("Between the two of you", "Either of you", "rates, rosters"):
        assert word not in text, word
    assert "Any of you may change it" in text


@pytest.mark.parametrize(("occasion", "profession"), [("joint", "housing"), ("group", "group")])
def test_the_agenda_of_several_is_for_several(occasion: str, profession: str) -> None:
    check_several(agenda(planned(occasion, profession)))


def test_the_agenda_of_two_is_not_for_several() -> None:
    with pytest.raises(AssertionError):
        check_several(agenda(planned("joint", "housing"), "agenda"))
