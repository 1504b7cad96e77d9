"""
The form in which a record is filled in on the page: what its places are called, what stands in them already, and how it
is signed and opened again.
"""

from __future__ import annotations

import re
from typing import Any

import pytest

from reflect.planner.desk import Desk
from reflect.planner.form_words import is_filled
from reflect.planner.words import read_words
from tests import source
from tests.test_planner_desk import DAY, HOUR
from tests.test_planner_rounds import good, places

OCCASIONS = tuple(each["name"] for each in Desk().answer("choices", {})["occasions"])
BROUGHT = [{"id": f"b{n}", "words": f"matter {n}", "whose": "supervisee", "ring": "pair"} for n in (1, 2)]


def begun(**more: Any) -> tuple[Desk, dict[str, Any], dict[str, Any]]:
    """
    A record that is begun on the page, with what says which.
    """
    desk = Desk(today=DAY)
    told = good(desk.answer("begin", {"hour": {**HOUR, "date": "2026-03-04", **more}}))
    return desk, told, {"number": told["number"], "who": "supervisor"}


def written(**more: Any) -> tuple[Desk, dict[str, Any]]:
    """
    A record of which the two have written something.
    """
    desk, told, who = begun(brought=[], **more)
    thought = next(each["name"] for each in places(told) if each["form"] == "box")
    good(desk.answer("fill", {**who, "answers": {thought: "The school", "supervisee": "AM", "supervisor": "JT"}}))
    return desk, who


@pytest.mark.parametrize("occasion", OCCASIONS)
@pytest.mark.parametrize("brought", [[], BROUGHT])
def test_every_place_of_a_form_is_called_something_that_says_enough_alone(
    occasion: str, brought: list[dict[str, str]]
) -> None:
    """
    On paper a line is a sentence. In a form each place has words of its own, which begin one and are there once under
    their heading; or it is alone under a heading.
    """
    _, told, _ = begun(occasion=occasion, brought=brought)
    named = 0
    for section in told["sections"]:
        all_of_it = [place for line in section["lines"] for place in line if is_filled(place)]
        called = [place["called"] for place in all_of_it]
        named += len(called)
        assert len(set(called)) == len(called)
        for place in all_of_it:
            assert place["called"] or (len(all_of_it) == 1 and section["head"]), place
            if place["form"] != "choice":  # what is ticked may be somebody's own words
                assert not re.match(r"[a-z]|(?:From|To|At|On|And|Until|Copy)$", place["called"]) or place["name"] in (
                    "met.from",
                    "met.to",
                ), place

    assert named


def test_when_you_met_is_as_planned_until_somebody_says_otherwise() -> None:
    """
    The form has the hours of the plan. They count as written when something else is; they are no reason to call a record
    written, and what somebody wrote in their place stays.
    """

    def times(told: dict[str, Any]) -> list[tuple[str, str]]:
        found = {each["name"]: each for each in places(told)}
        return [(found[name]["value"], found[name]["usual"]) for name in ("met.from", "met.to")]

    desk, told, who = begun(start="14:00", brought=[])
    as_planned = {"met.from": "14:00", "met.to": "15:00"}
    assert times(told) == [("", "14:00"), ("", "15:00")]
    nothing = good(desk.answer("fill", {**who, "form": told["form"], "answers": as_planned}))
    assert not nothing["answers"]
    assert [each["standing"] for each in nothing["steps"]][:1] == ["now"]
    later = {**as_planned, "met.from": "14:20", "support": "no new work"}
    assert times(good(desk.answer("fill", {**who, "answers": later}))) == [("14:20", ""), ("15:00", "")]
    _, without, _ = begun(start="", brought=[])
    assert times(without) == [("", ""), ("", "")]


@pytest.mark.parametrize(
    ("said", "missing"), [({"name": "JT"}, "agree"), ({"agreement": "agreed", "name": " "}, "name")]
)
def test_nobody_signs_without_a_name_or_without_saying_whether_they_agree(said: dict[str, str], missing: str) -> None:
    """
    A signature without a name, or without a word on whether they agree, is refused with what is missing.
    """
    desk, who = written()
    good(desk.answer("close", {**who, "day": "2026-03-04"}))
    given = {**who, "role": "supervisor", "date": "4 March 2026"}
    refused: Any = desk.answer("sign", {**given, **said})
    assert missing in refused["refused"]["message"]
    assert not good(desk.answer("look_at", who))["signed"]
    signed = good(desk.answer("sign", {**given, "name": "JT", "agreement": "agreed", "copy": True}))

    assert [each["name"] for each in signed["signed"]] == ["JT"]
    assert not signed["state"]["changes"]
    assert {each["key"]: each["text"] for each in signed["answers"]}["copy-given.supervisor"] == "copy"


def test_every_remark_before_signing_has_words_for_people() -> None:
    """
    What the two should look at is said in the words of the page, of whatever sort it is.
    """
    text = (source.SOURCE / "between_sessions" / "closing.py").read_text("utf-8")
    sorts = set(re.findall(r'ClosingRemark\("([a-z-]{2,})"', text)) - {
        "next-time"
    }  # which says what is wrong with the day
    sorts |= {"action-no-owner", "action-no-day", "action-no-owner-day"}

    assert len(sorts) > 10
    assert {each for each in sorts if f"records.note.{each}" not in read_words()} == set()


def signed_files() -> tuple[list[dict[str, Any]], dict[str, Any], dict[str, Any]]:
    """
    What two people save of an hour: the copies, the journal, and the paper to sign as one of them may have signed it.
    """
    desk, who = written()
    to_sign = good(desk.answer("close", {**who, "day": "2026-03-04"}))["files"][0]
    for role in ("supervisee", "supervisor"):
        given = {"role": role, "agreement": "agreed", "name": role, "date": "4 March 2026"}
        good(desk.answer("sign", {**who, **given}))
    elsewhere = good(desk.answer("save", {**who, "to": "docx"}))["file"]
    copies = good(desk.answer("close", {**who, "day": "2026-03-04"}))["files"]
    good(desk.answer("journal_note", who))
    journal = good(desk.answer("journal_save", {"who": "supervisor"}))["file"]
    return copies, journal, {**elsewhere, "name": to_sign["name"]}


def test_a_signed_copy_that_is_opened_again_asks_for_nothing_that_was_done() -> None:
    """
    A copy is one of the copies, so that none has to be made, and a journal that has its session says so. A paper to
    sign that was signed in another program still has its copies to be made.
    """
    copies, journal, elsewhere = signed_files()
    later = Desk(today=DAY)

    def open_in(desk: Desk, file: dict[str, Any]) -> dict[str, Any]:
        return good(desk.answer("open", {"name": file["name"], "bytes": file["bytes"], "who": "supervisor"}))

    def standing(told: dict[str, Any]) -> dict[str, str]:
        return {each["step"]: each["standing"] for each in told["steps"]}

    record = next(open_in(later, each) for each in copies if each["name"].endswith(".docx"))
    assert standing(record) == {"write": "done", "close": "done", "sign": "done", "keep": "done", "note": "now"}
    open_in(later, journal)
    again = good(later.answer("look_at", {"number": record["number"], "who": "supervisor"}))
    assert standing(again)["note"] == "done"
    assert standing(open_in(Desk(today=DAY), elsewhere))["keep"] == "now"
    noted = Desk(today=DAY)
    number = [open_in(noted, each) for each in reversed(copies)][-1]["number"]
    assert good(noted.answer("journal_note", {"number": number, "who": "supervisor"}))["noted"]


def test_an_own_copy_of_a_record_that_says_when_you_met_is_proved() -> None:
    """
    The paper of an own copy has the talk first, and its record the hours. What is read from it is proved all the same,
    and not if a word is another.
    """
    desk, told, who = begun(start="10:00", brought=[])
    thought = next(each["name"] for each in places(told) if each["form"] == "box")
    mine = {**who, "who": "supervisee"}
    answers = {thought: "We waited for AM.", "met.from": "10:00", "met.to": "11:00", "support": "no new work"}
    good(desk.answer("fill", {**mine, "answers": answers}))
    for to in ("docx", "json"):
        made = good(desk.answer("own_copy", {**mine, "replace": [["AM", "my colleague"]], "to": to}))
        assert made["proven"], made["why"]
    copied = good(desk.answer("open", {**made["file"], "who": "supervisee"}))
    good(desk.answer("look_at", {"number": copied["number"], "who": "supervisee", "mine": True}))
    both = {"mine": copied["number"], "theirs": who["number"], "who": "supervisee"}
    assert good(desk.answer("compare", both))["same"]
    good(desk.answer("fill", {**mine, "answers": {**answers, "met.to": "11:30"}}))
    assert not good(desk.answer("compare", both))["same"]


def test_a_journal_is_named_by_the_day_of_its_last_session() -> None:
    """
    Whoever has two of them sees which is the newer, and whose it is stands in no name.
    """
    _, journal, _ = signed_files()

    assert journal["name"] == "journal-2026-03-04.zip"


@pytest.mark.parametrize(("taken_off", "open_still"), [("", ["Two visits"]), ("JT", [])])
def test_what_was_not_done_comes_back_unless_somebody_has_taken_it_off(taken_off: str, open_still: list[str]) -> None:
    """
    What could not be done is open on the record, on the next agenda and under "From last time" of the next record.
    """
    desk, who = written()
    answers = {"not-safely": "Two visits", "taken-off": taken_off, "next-date": "1 April 2026"}
    told = good(desk.answer("fill", {**who, "answers": answers}))
    after = good(desk.answer("after", {"numbers": [who["number"]], "hour": {**HOUR, "brought": []}}))
    agenda = good(desk.answer("plan", {"hour": after["hour"]}))["agenda"]["body"]
    next_record = good(desk.answer("begin", {"hour": after["hour"]}))

    assert [each["what"] for each in told["open"]] == open_still
    assert after["actions"] == len(open_still)
    assert ("Two visits" in agenda) is bool(open_still)
    assert [each["what"] for each in next_record["before"]] == open_still
