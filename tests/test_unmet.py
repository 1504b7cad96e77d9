"""
A long link as place is printed sensibly and whole; what a session file asks for in vain is said.
"""

from __future__ import annotations

import datetime
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reflect.errors import Faults
from reflect.planning.agenda import arrange
from reflect.planning.calendars import icalendar
from reflect.planning.plan import Plan
from reflect.planning.profiles import profile
from reflect.planning.session_file import parse
from reflect.rendering.rendering import render

TEAMS = "https://teams.microsoft.com/l/meetup-join/19%3ameeting_Mjd%40thread.v2/0?context=%7b%22Tid%22%3a%2200%22%7d"
_PATHS = st.text("abcdefghij0123456789/%-_=&?~", min_size=60, max_size=400)


def planned(lines: str, name: str = "general") -> Plan:
    return arrange(parse(f"date: 2026-03-04\n{lines}\n").file, profile(name))


@given(
    host=st.sampled_from(["teams.microsoft.com", "us02web.zoom.us", "www.example.org", "meet.jit.si:8443"]),
    path=_PATHS.map(lambda path: path + "x"),
    words=st.sampled_from(["{}", "Teams: {}", "Room 4, or {}.", "online ({})", "<{}>"]),
)
def test_a_long_link_as_place_is_whole_where_people_join(host: str, path: str, words: str) -> None:
    """
    Among the facts is the host alone; the agenda's first item and the calendar have every sign of the link.
    """
    link = f"https://{host}/{path}"
    file = parse(f"date: 2026-03-04\nstart: 10:00\nplace: {words.format(link)}\n").file
    plan = arrange(file, profile("general"))
    place = dict(plan.session.facts)["place"]

    assert link not in place
    assert len(place) < 60
    assert [note.text for note in plan.session.items[0].notes] == [f"To join: {link}"]
    assert link.encode() in re.sub(rb"\r\n ", b"", icalendar_of(plan, file.place))


def icalendar_of(plan: Plan, place: str) -> bytes:
    return icalendar(datetime.datetime(2026, 3, 4, 10), plan.session.minutes, place)


@pytest.mark.parametrize("reader", ["supervisee", "supervisor"])
def test_a_teams_link_is_on_the_agenda_of_both(reader: str) -> None:
    """
    Both read it where they join, and neither a column full of signs.
    """
    text = render(planned(f"place: {TEAMS}").session, "agenda", to="txt", reader=reader, wording="general").decode()

    assert text.count(TEAMS) == 1
    assert ", Microsoft Teams." in text


@pytest.mark.parametrize(
    ("place", "printed", "links"),
    [
        ("the small room", "the small room", []),
        ("https://zoom.us/j/12345", "Zoom", ["https://zoom.us/j/12345"]),
        ("Room 4 (https://x.example/4)", "Room 4 (x.example)", ["https://x.example/4"]),
    ],
)
def test_words_of_a_place_are_printed_as_they_are_and_links_only_where_people_join(
    place: str, printed: str, links: list[str]
) -> None:
    """
    However short a link is: facts are on every paper, and whoever has a link can come in.
    """
    plan = planned(f"place: {place}")

    assert dict(plan.session.facts)["place"] == printed
    assert [note.text for note in plan.session.items[0].notes] == [f"To join: {link}" for link in links]


def test_a_place_of_many_words_is_still_too_long() -> None:
    """
    Only links are long: more than eighty characters of words are a fault.
    """
    with pytest.raises(Faults, match="at most 80 characters, and links"):
        parse(f"date: 2026-03-04\nplace: {'x' * 81} {TEAMS}\n")


def test_the_number_of_a_meeting_is_no_number_of_a_person() -> None:
    """
    Ten digits in a link of a place are not taken for an NHS number; in an item they are.
    """
    link = "https://zoom.us/j/9434765919?pwd=abcdefghijklmnopqrstuvwxyz"

    assert parse(f"date: 2026-03-04\nplace: {link}\n").warnings == ()
    assert parse(f"date: 2026-03-04\nsupervisee-items:\n- {link}\n").warnings != ()


@pytest.mark.parametrize(
    ("lines", "name", "remark"),
    [
        (
            "slots: 3\ncases: [{ref: C1}]",
            "childrens-social-work",
            "'slots' asks for 3 talks in depth, and there is one",
        ),
        ("models: {talk: kolb-cycle}\ncases: [{ref: C1}]", "childrens-social-work", "the model for 'talk' is not used"),
        (
            "without: [workload]\nworkload: 50\ncases: [{ref: C1}]",
            "childrens-social-work",
            "'workload' is on no paper of this session",
        ),
        (
            "minutes: 45\ncases: [{ref: C1, touched: 2026-03-04}]\nslots: 0\nsupervisee-items: [{what: x, minutes: 25}]",
            "counselling",
            "there is no time for 'Time to think'",
        ),
    ],
)
def test_what_is_asked_for_in_vain_is_said(lines: str, name: str, remark: str) -> None:
    """
    A talk, a model, a load or an item that the plan cannot have is named to whoever plans.
    """
    assert any(said.startswith(remark) for said in planned(lines, name).remarks)


def test_what_the_plan_has_is_not_missed() -> None:
    """
    A session with what it asks for names nothing.
    """
    lines = "minutes: 90\nslots: 1\nmodels: {C1: kolb-cycle}\ncases: [{ref: C1}]"

    assert not any("asks for" in said or "not used" in said for said in planned(lines, "childrens-social-work").remarks)
