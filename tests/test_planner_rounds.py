"""
Three sessions on the planner's page, as two people would hold them: plan, fill in, close, sign, and plan the next.
"""

from __future__ import annotations

import gc
import io
import json
import re
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reflect.errors import ReflectError
from reflect.planner import linking
from reflect.planner.desk import Desk
from reflect.questions.rings import READERS, Ring
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
            assert len(shown["journals"][0]["sessions"]) == session
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


# --- a plan that was kept


def keep(desk: Desk, hour: dict[str, Any]) -> Any:
    """
    The plan that is kept of an hour, as its file.
    """
    return desk.answer("paper", {"hour": hour, "paper": "plan", "to": "json", "reader": "supervisor"})


def resumed(plan: dict[str, Any], who: str = "supervisor") -> tuple[Desk, dict[str, Any]]:
    """
    A plan that was kept, opened again as its own hour by somebody at another machine.
    """
    desk = Desk(today=DAY)
    opened = good(desk.answer("open", {"name": plan["name"], "bytes": plan["bytes"], "who": who}))
    return desk, good(desk.answer("resume", {"number": opened["number"], "hour": {"who": who}}))


URGENT = st.lists(
    st.tuples(st.sampled_from(["supervisee", "supervisor"]), st.sampled_from(["", "pair", "personal", "case"])),
    max_size=3,
)


@given(hour=hours, urgent=URGENT, data=st.data())
@settings(max_examples=20, deadline=None)
def test_a_plan_that_is_opened_as_its_own_hour_is_that_hour(
    hour: dict[str, Any], urgent: list[tuple[str, str]], data: st.DataObject
) -> None:
    """
    Whatever it is for, and whatever was brought, must not wait, was left out, chosen or moved: it is the same hour, and
    its plan kept again is the same plan, with the same ids and the same calendar entry.
    """
    must = [
        {"id": f"u{n}", "words": f"see {n}", "whose": whose, "ring": ring} for n, (whose, ring) in enumerate(urgent)
    ]
    hour = {**hour, "who": "supervisor", "date": "2026-03-04", "start": "10:00", "urgent": must}
    desk = Desk(today=DAY)
    plan: Any = desk.answer("plan", {"hour": hour})
    if "refused" in plan:
        return
    parts = [{name: part[name] for name in ("id", "key", "minutes")} for part in plan["parts"]]
    lines = [each["id"] for each in (*must, *hour["brought"])]
    may_leave = [each["id"] for each in plan["parts"] if each["may_leave"]] + [f"about-{each}" for each in lines]
    out = data.draw(st.lists(st.sampled_from(may_leave), unique=True, max_size=3)) if may_leave else []
    hour["out"] = out
    talks = [each["id"] for each in plan["parts"] if each["may_change"]]
    models = st.sampled_from(["kolb-cycle", "what-so-what-now-what"])
    hour["chosen"] = data.draw(st.dictionaries(st.sampled_from(talks), models, max_size=1)) if talks else {}
    if data.draw(st.booleans()):
        hour["parts"] = data.draw(st.permutations(parts))
    kept = keep(desk, hour)
    if "refused" in kept:
        return
    later, back = resumed(kept)
    again = good(keep(later, back["hour"]))

    assert {(each["words"], each["whose"]) for each in back["hour"]["urgent"]} == {
        (each["words"].capitalize(), each["whose"]) for each in must
    }
    assert again["name"] == kept["name"]
    # A line has a capital on every paper, and so it has where it is read again.
    assert again["bytes"].decode().casefold().splitlines() == kept["bytes"].decode().casefold().splitlines(), hour


@given(hour=hours, urgent=URGENT, out=st.sets(st.sampled_from(["learning", "before", "about-b0", "about-u0"])))
@settings(max_examples=20, deadline=None)
def test_what_a_plan_says_of_its_lines_names_nothing_that_its_reader_does_not_see(
    hour: dict[str, Any], urgent: list[tuple[str, str]], out: set[str]
) -> None:
    """
    That something must not wait, or is left out, is known to whoever may read it; and which headings are out only to
    those who were there and may know what the hour is for.
    """
    must = [
        {"id": f"u{n}", "words": f"see {n}", "whose": whose, "ring": ring} for n, (whose, ring) in enumerate(urgent)
    ]
    try:
        plan = Desk(today=DAY).plan_hour({"hour": {**hour, "urgent": must, "out": [*out]}}).kept
    except ReflectError:
        return
    own, headings = plan.visible_to("supervisor"), {"learning", "before"} & out

    assert len(own.urgent or ()) == len(must)
    assert headings <= {*(own.left_out or ())}
    for reader in READERS:
        seen = plan.visible_to(reader)
        ids = {each.topic.id for each in seen.brought}
        assert {*(seen.urgent or ())} == {*(plan.urgent or ())} & ids
        assert {*(seen.left_out or ())} - headings <= ids
        if not (reader.sees(plan.session.known) and (reader.sees(Ring.PAIR) or reader.sees(Ring.GROUP))):
            assert not headings & {*(seen.left_out or ())}


def test_a_plan_of_before_is_still_opened_as_its_own_hour() -> None:
    """
    It does not say what must not wait, nor what was left out; where it stands says so, as far as it can.
    """
    must = {"id": "u1", "words": "See M.", "whose": "supervisee", "ring": "pair"}
    desk = Desk(today=DAY)
    kept = good(keep(desk, {**HOUR, "date": "2026-03-04", "urgent": [must], "brought": BROUGHT, "out": ["b1"]}))
    data = json.loads(kept["bytes"])
    assert len(data.pop("urgent")) == 1
    assert len(data.pop("left_out")) == 1
    _, back = resumed({**kept, "bytes": json.dumps(data).encode()})

    assert [each["words"] for each in back["hour"]["urgent"]] == ["See M."]
    assert [each["words"] for each in back["hour"]["brought"]] == [FILE, OWN]
    assert len(back["hour"]["out"]) == 1


def test_what_came_back_and_what_was_open_are_there_when_a_plan_is_opened_again() -> None:
    """
    A plan that followed from last time has its actions and its topics still, with the day they were first brought; what
    is brought to it anew is there too, and nothing of it is planned twice.
    """
    desk = Desk(today=DAY)
    first = good(desk.answer("begin", {"hour": {**HOUR, "date": "2026-03-04", "brought": BROUGHT, "out": ["b1"]}}))
    who = {"number": first["number"], "who": "supervisor"}
    answers = {"before.seen": "M.", "next-date": "1 April 2026"}
    tables = {"actions": [["Ring the school", "supervisee", ""]]}
    good(desk.answer("fill", {**who, "answers": answers, "tables": tables, "signed": {}}))
    after = good(desk.answer("after", {"numbers": [first["number"]], "hour": {**HOUR, "brought": []}}))["hour"]
    kept = good(keep(desk, after))
    later, back = resumed(kept)
    again = {**back["hour"], "brought": [{"id": "n1", "words": "the new rota", "whose": "supervisee", "ring": "pair"}]}
    plan = good(later.answer("plan", {"hour": again}))

    assert back["day"] == "1 April 2026"
    assert back["actions"] == 2
    assert again["date"] == "2026-04-01"
    assert "Ring the school" in plan["agenda"]["body"]
    assert "must be seen" in plan["agenda"]["body"]
    assert "the new rota" in plan["agenda"]["body"].casefold()
    assert plan["agenda"]["body"].casefold().count(OWN.casefold()) == 1
    # Whoever was asked whether they still want it was asked on the plan that followed.
    was, now = (
        good(one.answer("plan", {"hour": each}))["agenda"]["body"]
        for one, each in ((desk, after), (later, back["hour"]))
    )
    assert "First brought on 4 March 2026" in now
    assert [part for part in re.split(r"<[^>]*>", now) if part.strip()] == [
        part for part in re.split(r"<[^>]*>", was) if part.strip() and "Do you still want this?" not in part
    ]


def test_nobody_else_goes_on_with_a_plan() -> None:
    """
    Whoever comes to train has no plan of two people, and a record is none.
    """
    kept = good(keep(Desk(today=DAY), {**HOUR, "brought": BROUGHT}))
    desk, back = resumed(kept, "supervisee")
    record = good(desk.answer("begin", {"hour": back["hour"]}))

    assert [each["words"] for each in back["hour"]["brought"]] == [OWN, FILE]
    for number, who in ((1, "trainer"), (record["number"], "supervisor")):
        answer: Any = desk.answer("resume", {"number": number, "hour": {"who": who}})
        assert set(answer) == {"refused"}


WORK = st.sampled_from(["", "ask for a date", "ring the school", "M."])
STATES = st.sampled_from(["", "done", "not yet", "changed"])


def write_of_actions(shown: dict[str, Any], data: st.DataObject) -> dict[str, Any]:
    """
    Something that two people may write on a record about what is to be done, in few words so that they say it twice.
    """
    rows = data.draw(st.lists(st.tuples(WORK, st.sampled_from(["", "supervisee"]), st.just("")), max_size=3))
    thought = next(each["name"] for each in places(shown) if each["form"] == "box")
    answers = {thought: "The school", **{name: data.draw(WORK) for name in ("before.seen", "before.decide")}}
    for place in places(shown):
        if place["name"].endswith(".state"):
            answers[place["name"]] = data.draw(STATES)
            if place["name"].startswith("last-"):
                answers[place["name"].removesuffix(".state")] = data.draw(WORK)
    return {"answers": answers, "tables": {"actions": [*map(list, rows)]}, "signed": {}}


@given(data=st.data())
@settings(max_examples=8, deadline=None)
def test_open_actions_are_the_same_ones_wherever_they_are_counted(data: st.DataObject) -> None:
    """
    The record, the journal, what is said beside the next plan and the next agenda know one number of open actions: what
    was agreed, what is left of before, who must be seen, and what must be decided.
    """
    desk, hour = Desk(today=DAY), {**HOUR, "date": "2026-03-04", "brought": []}
    for _ in range(2):
        begun = good(desk.answer("begin", {"hour": hour}))
        who = {"number": begun["number"], "who": "supervisor"}
        good(desk.answer("fill", {**who, **write_of_actions(begun, data)}))
        good(desk.answer("close", {**who, "day": hour["date"], "unsigned": True}))
        card = good(desk.answer("look_at", who))["open"]
        journal = good(desk.answer("journal_note", who))["journals"][0]["sessions"][0]
        after = good(desk.answer("after", {"numbers": [begun["number"]], "hour": {**HOUR, "brought": []}}))
        hour = after["hour"]
        planned = desk.plan_hour({"hour": hour})

        assert len(card) == journal["open"] == after["actions"] == len(planned.plan.session.before)
        assert [each["id"] for each in card] == [each.id for each in planned.next.next_file.file.previous_actions]


def test_who_must_be_seen_is_said_to_be_that_next_time() -> None:
    """
    A name that nobody is named for says on the next agenda what it is, and on the page too; an action is as it was.
    """
    desk, hour = Desk(today=DAY), {**HOUR, "date": "2026-03-04", "brought": []}
    begun = good(desk.answer("begin", {"hour": hour}))
    answers = {"before.seen": "M.", "before.decide": "the placement"}
    tables = {"actions": [["Ring the school", "supervisee", ""]]}
    who = {"number": begun["number"], "who": "supervisor"}
    shown = good(desk.answer("fill", {**who, "answers": answers, "tables": tables, "signed": {}}))
    after = good(desk.answer("after", {"numbers": [begun["number"]], "hour": {**HOUR, "brought": []}}))
    agenda = " ".join(good(desk.answer("plan", {"hour": after["hour"]}))["agenda"]["body"].split())

    assert "M. (must be seen, 4 March 2026)" in agenda
    assert "placement (must be decided, 4 March 2026)" in agenda
    assert "Ring the school." in agenda
    assert [each["agreed"] for each in shown["open"] if not each["who"]] == [
        "must be seen, 4 March 2026",
        "must be decided, 4 March 2026",
    ]


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
        named = [each for each in notes if "Nothing is written about" in each]
        assert named
        assert all(f"“{own} " in each for each in named)


PLACES_WITHOUT_NAMES = {"urgent": ("before.seen", "before.decide"), "brought": ("item-4",)}


@pytest.mark.parametrize("place", ["", "before.seen", "before.decide", "item-4"])
@pytest.mark.parametrize("where", PLACES_WITHOUT_NAMES)
def test_that_nothing_is_written_is_said_only_where_nothing_is_written(where: str, place: str) -> None:
    """
    What has no line of its own on a record may be what is written without its name: then the note says that this is not
    certain, and not that nobody wrote of it.
    """
    words = ["the school", "leave", "the rota"]
    things = [{"id": f"b{n}", "words": each, "whose": "supervisee", "ring": "pair"} for n, each in enumerate(words)]
    lines = {"brought": things} if where == "brought" else {"brought": things[:1], "urgent": things[1:]}
    desk = Desk(today=DAY)
    begun = good(desk.answer("begin", {"hour": {**HOUR, "date": "2026-03-04", **lines}}))
    given = {"number": begun["number"], "who": "supervisor"}
    thought = next(each["name"] for each in places(begun) if each["form"] == "box")
    good(desk.answer("fill", {**given, "answers": {thought: "We waited.", **({place: "Ozymandias"} if place else {})}}))
    notes = good(desk.answer("close", {**given, "day": "2026-03-05", "unsigned": True}))["notes"]
    is_there = place in PLACES_WITHOUT_NAMES[where]

    assert any("Nothing is written about “Leave”" in each for each in notes) is not is_there
    assert any("may be about “Leave” and “The rota”, but nothing there says so" in each for each in notes) is is_there


def test_what_must_not_wait_is_on_the_next_agenda_once() -> None:
    """
    Whoever writes on the record whom they must see, in few words, finds that one line to tick and no talk about it.
    """
    must = [{"id": "u1", "words": "See M. by Friday", "whose": "supervisee", "ring": "pair"}]
    desk, hour = Desk(today=DAY), {**HOUR, "date": "2026-03-04", "brought": [], "urgent": must}
    begun = good(desk.answer("begin", {"hour": hour}))
    thought = next(each["name"] for each in places(begun) if each["form"] == "box")
    answers = {"before.seen": "M., Thursday", thought: "We waited."}
    good(desk.answer("fill", {"number": begun["number"], "who": "supervisor", "answers": answers}))
    after = good(desk.answer("after", {"numbers": [begun["number"]], "hour": {**HOUR, "brought": []}}))
    plan = good(desk.answer("plan", {"hour": after["hour"]}))

    assert after["comes_back"] == []
    assert after["actions"] == 1
    assert plan["agenda"]["body"].count("M.") == 1
    assert "M., Thursday (must be seen, 4 March 2026)" in " ".join(plan["agenda"]["body"].split())


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

    assert lines["text"] == f"{OWN} (between the two of us)\n"
    assert everything_in(lines["file"]).endswith(f"{OWN} (between the two of us)\r\n")
    pasted = good(desk.answer("paste", {"text": "Hello,\n - the school\n2. the rota (on the wall)\n\n"}))
    assert [each["words"] for each in pasted["lines"]] == ["Hello,", "the school", "the rota (on the wall)"]
    assert {each["ring"] for each in pasted["lines"]} == {""}


LINE = st.text("abcdefgh ()", min_size=1, max_size=30).map(lambda text: " ".join(f"x {text}".split()))


@given(data=st.data(), group=st.booleans())
@settings(max_examples=60, deadline=None)
def test_a_line_that_is_sent_says_who_may_read_it_and_keeps_it(data: st.DataObject, group: bool) -> None:
    """
    Whoever gets the text reads who may read each line, in whatever way it was sent on, and whoever pastes it has the
    same lines again. What a group may read is between two people what two have between them, and never more.
    """
    rings = ["", "pair"] if group else ["pair", "personal"]
    kinds = data.draw(st.lists(st.tuples(LINE, st.sampled_from(rings), st.booleans()), min_size=1, max_size=4))
    things = [
        {"id": f"b{n}", "words": words, "whose": "supervisee", "ring": ring} for n, (words, ring, _) in enumerate(kinds)
    ]
    parts = {
        name: [thing for thing, kind in zip(things, kinds, strict=True) if kind[2] is must]
        for name, must in (("urgent", True), ("brought", False))
    }
    desk = Desk(today=DAY)
    text = good(desk.answer("lines", {"hour": {"profile": "group" if group else "general", **parts}}))["text"]
    sent = "\n".join(f"> {n}. {line}" for n, line in enumerate(text.splitlines(), 1)) + "\n\nsaid of nothing\n"
    back = good(desk.answer("paste", {"text": sent}))["lines"]

    assert text.count("must not wait") == len(parts["urgent"])
    assert text.count("may stand on the record") == sum(ring == "personal" for _, ring, _ in kinds)
    assert [(each["words"], each["ring"], each["urgent"]) for each in back[:-1]] == [
        (each["words"], each["ring"] or "group", must)
        for must, name in ((True, "urgent"), (False, "brought"))
        for each in parts[name]
    ]
    assert back[-1] == {"words": "said of nothing", "ring": "", "urgent": False, "whose": ""}
    assert {each["whose"] for each in back[:-1]} == {"supervisee"}


@pytest.mark.parametrize(
    ("said", "ring"),
    [
        ("May stand on the RECORD.", ""),
        ("(May stand on the RECORD).", "personal"),
        ("(may stand on the record; between the two of us)", "pair"),
        ("(may stand on the record, I think)", ""),
    ],
)
def test_only_a_line_that_says_so_may_stand_on_the_record(said: str, ring: str) -> None:
    """
    Half a sign, or two that differ, let nothing onto the record.
    """
    assert good(Desk().answer("paste", {"text": f"the rota {said}"}))["lines"][0]["ring"] == ring
