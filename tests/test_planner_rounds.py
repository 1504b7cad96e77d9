"""
Three sessions on the planner's page, as two people would hold them: plan, fill in, close, sign, and plan the next.
"""

from __future__ import annotations

import gc
import io
import json
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reflect.planner import linking
from reflect.planner.desk import Desk
from reflect.sessions.journal import read
from tests.test_planner_desk import DAY, HOUR, everything_in, hours

OWN, FILE = "Zanzibarish worry", "Quixotic rota"
BROUGHT = [
    {"id": "b1", "words": OWN, "whose": "supervisee", "ring": "pair"},
    {"id": "b2", "words": FILE, "whose": "supervisor", "ring": "personal"},
]


def good(answer: Any) -> Any:
    assert "refused" not in answer, answer
    return answer


def places(shown: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for section in shown["sections"]:
        for line in section["lines"]:
            yield from line


def hold(desk: Desk, hour: dict[str, Any], action: str) -> list[dict[str, Any]]:
    """
    Hold a session on the page: the record is filled in, closed and signed by both. Its files are what each keeps.
    """
    begun = good(desk.answer("begin", {"hour": hour}))
    number, who = begun["number"], {"number": begun["number"], "who": "supervisor"}
    thought = next(each["name"] for each in places(begun) if each["form"] == "box")
    written = {
        "answers": {thought: "The school", "next-date": "1 April 2026" if "2026-03" in hour["date"] else ""},
        "tables": {"actions": [[action, "supervisee", ""]]},
        "signed": {},
    }
    good(desk.answer("fill", {**who, **written}))
    saved = good(desk.answer("save", {**who, "to": "docx"}))["file"]
    again = good(desk.answer("open", {"name": saved["name"], "bytes": saved["bytes"], "who": "supervisor"}))
    assert [each["what"] for each in again["actions"]][-1:] == [action]
    assert {each["name"]: each["value"] for each in places(again)}[thought] == "The school"
    who["number"] = number
    assert good(desk.answer("close", {**who, "day": hour["date"]}))["done"] == "to-sign"
    for role in ("supervisee", "supervisor"):
        signature = {"role": role, "agreement": "agreed", "name": role, "date": hour["date"]}
        good(desk.answer("sign", {**who, **signature}))
    closed = good(desk.answer("close", {**who, "day": hour["date"]}))
    assert closed["done"] == "signed"
    good(desk.answer("journal_note", who))
    plan = good(desk.answer("paper", {"hour": hour, "paper": "plan", "to": "docx", "reader": "supervisor"}))
    return [*closed["files"], plan]


def test_three_sessions_follow_from_each_other() -> None:
    """
    What was agreed and what was put off comes back by itself, from files alone; words that are between the two stay out
    of every file that others may have; and the journal goes from file to file.
    """
    hour: dict[str, Any] = {**HOUR, "date": "2026-03-04", "brought": BROUGHT, "out": ["b1"]}
    journal: dict[str, Any] = {}
    files: list[dict[str, Any]] = []
    for session in range(3):
        desk = Desk(today=DAY)
        if journal:
            shown = good(desk.answer("journal_open", {"files": [journal], "who": "supervisor"}))
            assert len(shown["sessions"]) == session
            hour = {**hour, "journal": 1}
        if session:
            numbers = [
                good(desk.answer("open", {"name": each["name"], "bytes": each["bytes"], "who": "supervisor"}))["number"]
                for each in files
                if not each["name"].endswith(".zip")
            ]
            follows = good(desk.answer("after", {"numbers": numbers, "hour": {**HOUR, "brought": []}}))
            assert follows["hour"]["date"] > hour["date"]
            assert follows["actions"] >= 1
            assert (OWN in [each["words"] for each in follows["comes_back"]]) is (session == 1)
            hour = {**follows["hour"], "journal": 1}
        plan = good(desk.answer("plan", {"hour": hour}))
        back = [part for part in plan["parts"] if part["id"].startswith("topic-")]
        assert [part["title"] for part in back] == ([OWN] if session == 1 else [])
        if session:
            assert "Ring the school" in plan["agenda"]["body"]
        files = hold(desk, hour, "Ring the school" if session == 0 else f"Write to the school {session}")
        for file in files:
            if file["name"].startswith("record"):
                assert OWN not in everything_in(file)
        journal = good(desk.answer("journal_save", {"who": "supervisor"}))["file"]

    assert OWN in json.dumps(
        [part["title"] for part in good(Desk().answer("plan", {"hour": {**HOUR, "brought": BROUGHT}}))["parts"]]
    )


def begin_of(desk: Desk, words: str, start: str) -> int:
    """
    Begin the record of an hour to which somebody brings what is between the two, and fill in when they meet next.
    """
    topic = {"id": "b1", "words": words, "whose": "supervisee", "ring": "pair"}
    hour = {**HOUR, "date": "2026-03-04", "start": start, "brought": [topic], "out": ["b1"]}
    number: int = good(desk.answer("begin", {"hour": hour}))["number"]
    answers = {"next-date": "1 April 2026"}
    good(desk.answer("fill", {"number": number, "who": "supervisor", "answers": answers, "tables": {}, "signed": {}}))
    return number


@pytest.mark.parametrize("start", ["10:00", "14:00"])
def test_two_pairs_of_one_day_have_nothing_of_each_other(start: str) -> None:
    """
    Whoever supervises two people on one day has papers of both open: what the one brings comes neither into the other's
    next hour, nor into what is handed out when the other's record is closed.
    """
    desk = Desk(today=DAY)
    words = {begin_of(desk, OWN, "10:00"): OWN, begin_of(desk, FILE, start): FILE}
    for number, own in words.items():
        follows = good(desk.answer("after", {"numbers": [number], "hour": {**HOUR, "brought": []}}))
        assert [each["words"] for each in follows["comes_back"]] == [own]
        closed = good(desk.answer("close", {"number": number, "who": "supervisor", "day": "2026-03-04"}))
        for role in ("supervisee", "supervisor"):
            signature = {"role": role, "agreement": "agreed", "name": role, "date": "2026-03-04"}
            good(desk.answer("sign", {"number": number, "who": "supervisor", **signature}))
        closed = good(desk.answer("close", {"number": number, "who": "supervisor", "day": "2026-03-04"}))
        handed_out = "".join(everything_in(file) for file in closed["files"])
        assert own in handed_out
        assert all(other not in handed_out for other in words.values() if other != own)


def test_a_plan_of_another_pair_is_not_taken_in_with_a_record() -> None:
    """
    Of papers that are ticked together, a plan has to be that of a record among them; else nothing follows.
    """
    desk = Desk(today=DAY)
    begin_of(desk, OWN, "10:00"), begin_of(desk, FILE, "14:00")
    papers = desk.opened.papers.values()
    records = [each.number for each in papers if not each.of]
    plans = {each.of: each.number for each in papers if each.of}
    one, other = records

    for numbers in ([one, plans[other]], [plans[one], other]):
        refused = desk.answer("after", {"numbers": numbers, "hour": {**HOUR, "brought": []}})
        assert "is not that of the record" in refused["refused"]["message"]  # type: ignore[index]
    whole = good(desk.answer("after", {"numbers": [one, plans[one]], "hour": {**HOUR, "brought": []}}))
    assert [each["words"] for each in whole["comes_back"]] == [OWN]


def test_notes_before_signing_have_no_words_of_another_pair() -> None:
    """
    What nobody spoke of is named by the words of the plan that was kept of this record, and of no other that is open.
    """
    desk = Desk(today=DAY)
    pairs = [("Own school", "Own leave"), ("Other rota", "Other worry")]
    numbers = []
    for words in pairs:
        brought = [{"id": f"b{n}", "words": each, "whose": "supervisee"} for n, each in enumerate(words)]
        hour = {"who": "supervisor", "minutes": 60, "start": "10:00", "date": "2026-03-04", "brought": brought}
        numbers.append(good(desk.answer("begin", {"hour": hour}))["number"])
    for number, own in zip(numbers, ("Own", "Other"), strict=True):
        given = {"number": number, "who": "supervisor"}
        good(desk.answer("fill", {**given, "answers": {"item-3": "We waited."}}))
        notes = good(desk.answer("close", {**given, "day": "2026-03-05", "unsigned": True}))["notes"]
        named = [each for each in notes if "nothing was said of" in each]
        assert named
        assert all(f"“{own} " in each for each in named)


def test_whoever_clears_the_page_leaves_no_words_in_it() -> None:
    """
    After everything is forgotten, no object of Python's has a word of what was brought, planned, closed or opened.
    """
    desk = Desk(today=DAY)
    secret = "".join(("Zaphod", "ish grief"))
    number = begin_of(desk, secret, "10:00")
    good(desk.answer("after", {"numbers": [number], "hour": {**HOUR, "brought": []}}))
    good(desk.answer("close", {"number": number, "who": "supervisor", "day": "2026-03-04", "unsigned": True}))
    good(desk.answer("plan", {"hour": {**HOUR, "brought": [{"id": "b1", "words": secret, "whose": "supervisee"}]}}))

    def has_it() -> bool:
        gc.collect()
        held = (part for each in gc.get_objects() if each is not here for part in gc.get_referents(each))
        return any(isinstance(part, str) and part is not secret and secret in part for part in held)

    here = sys._getframe()
    assert has_it()
    good(desk.answer("forget", {}))
    assert not has_it()


def test_a_record_in_word_needs_the_plan_beside_it() -> None:
    """
    What was put off between the two comes back in its words if the plan is open; without it, its place does, in the
    profile that the page has, and the page says which file is missing.
    """
    hour = {**HOUR, "date": "2026-03-04", "brought": BROUGHT, "out": ["b1"]}
    desk = Desk(today=DAY)
    given = {"hour": hour, "reader": "supervisee"}
    record, plan = (good(desk.answer("paper", {**given, "paper": each})) for each in ("record", "plan"))

    def after(*files: dict[str, Any]) -> Any:
        later = Desk(today=DAY)
        numbers = [good(later.answer("open", {**each, "who": "supervisee"}))["number"] for each in files]
        told = good(later.answer("after", {"numbers": numbers, "hour": {**HOUR, "who": "supervisee", "brought": []}}))
        assert good(later.answer("plan", {"hour": told["hour"]}))["remarks"][:1] == told["notes"][1:]
        return told

    both, alone = after(record, plan), after(record)
    assert [each["words"] for each in both["comes_back"]] == [OWN, FILE]
    assert OWN not in str(alone)
    assert [each["id"] for each in alone["comes_back"]] == [each["id"] for each in both["comes_back"]]
    assert both["hour"]["profile"] == alone["hour"]["profile"] == HOUR["profile"]
    assert any("plan-2026-03-04" in note for note in alone["notes"])
    assert not any("plan-2026-03-04" in note for note in both["notes"])


def test_the_file_of_a_journal_is_a_folder_of_the_command_line(tmp_path: Path) -> None:
    """
    Unpacked, it can be named with ``--journal``.
    """
    desk = Desk(today=DAY)
    hold(desk, {**HOUR, "date": "2026-03-04"}, "Ring the school")
    file = good(desk.answer("journal_save", {"who": "supervisee"}))["file"]
    zipfile.ZipFile(io.BytesIO(file["bytes"])).extractall(tmp_path)

    assert [entry.date for entry in read(tmp_path).entries] == [DAY]


# --- links


def link_of(hour: dict[str, Any]) -> str:
    return str(good(Desk(today=DAY).answer("link", {"hour": hour}))["text"])


def says_nothing_private(make: Any, hour: dict[str, Any]) -> None:
    """
    A link is the same whatever is brought, whatever model a talk has, whatever the hour is for and whenever it is.
    """
    other = {
        **hour,
        "brought": [{**each, "words": "Zanzibarish"} for each in hour["brought"]],
        "chosen": {"about-b0": "kolb-cycle"},
        "date": "2026-05-06",
        "aim": "loss",
    }
    assert make(hour) == make(other)


@settings(max_examples=20, deadline=None)
@given(hour=hours, moved=st.booleans())
def test_a_link_says_nothing_of_what_is_talked_about(hour: dict[str, Any], moved: bool) -> None:
    """
    Its law holds for our links, and they come back as they were sent.
    """
    plan = Desk(today=DAY).answer("plan", {"hour": hour})
    if moved and "refused" not in plan:
        hour = {**hour, "parts": [{k: part[k] for k in ("id", "key", "minutes")} for part in plan["parts"]]}
    says_nothing_private(link_of, hour)
    text = link_of(hour)
    back = good(Desk().answer("from_link", {"text": f"#{text}"}))

    assert len(text) <= linking.LONGEST_LINK
    assert back["left_out"] == 0
    assert link_of(back["hour"]) == text
    assert not {"brought", "urgent", "date", "occasion", "chosen", "aim"} & back["hour"].keys()


def test_the_law_of_links_fails_for_one_with_a_title() -> None:
    """
    An impostor that puts the title of a part into the link is found out.
    """

    def impostor(hour: dict[str, Any]) -> str:
        return link_of(hour) + "&about=" + "+".join(each["words"] for each in hour["brought"])

    with pytest.raises(AssertionError):
        says_nothing_private(impostor, {**HOUR, "brought": [{"id": "b0", "words": "the school"}]})


def test_an_occasion_that_not_everybody_may_know_of_changes_no_link() -> None:
    """
    Nor do the headings of such an hour, which only it has.
    """
    hour = {**HOUR, "occasion": "today-is-different"}
    plan = good(Desk(today=DAY).answer("plan", {"hour": hour}))
    moved = {**hour, "parts": [{k: part[k] for k in ("id", "key", "minutes")} for part in plan["parts"]]}

    assert link_of(hour) == link_of(moved) == link_of(HOUR)
    assert plan["parts"] != good(Desk(today=DAY).answer("plan", {"hour": HOUR}))["parts"]


HOSTILE = [
    "#v=2&for=<script>&minutes=99999999&start=25:99&plan=<b>@3+wellbeing@-5+close@999999+__proto__@2",
    "v=1&plan=" + "wellbeing@5+" * 500,
    "&&&===" * 2000,
    "v=1&minutes=٣٠&profile=../../etc&words=C:\\x&nation=Mars",
    "\0\ud800",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_link_is_clamped_and_says_how_much_was_left_out(text: str) -> None:
    """
    Nothing of it comes through that we could not have written, and the hour of it can be planned.
    """
    desk = Desk(today=DAY)
    back = good(desk.answer("from_link", {"text": text}))

    assert back["left_out"] > 0
    assert not {"__proto__", "who", "profile", "nation"} & back["hour"].keys()
    good(desk.answer("plan", {"hour": back["hour"]}))


@given(text=st.text(max_size=200))
@settings(max_examples=50, deadline=None)
def test_any_text_is_a_link_of_some_hour(text: str) -> None:
    """
    Whatever stands behind the sign of a link, an hour can be planned.
    """
    assert "refused" not in Desk().answer("from_link", {"text": text})


# --- what somebody brings


def test_lines_are_what_the_supervisee_brings() -> None:
    """
    They are a text and a file, and can be pasted as they came; the supervisor's are not among them.
    """
    desk = Desk(today=DAY)
    lines = good(desk.answer("lines", {"hour": {**HOUR, "who": "supervisee", "brought": BROUGHT}}))

    assert lines["text"] == f"{OWN}\n"
    assert everything_in(lines["file"]).endswith(f"{OWN}\r\n")
    pasted = good(desk.answer("paste", {"text": "Hello,\n - the school\n2. the rota\n\n"}))
    assert pasted["lines"] == ["Hello,", "the school", "the rota"]
