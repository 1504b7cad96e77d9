"""
Records on the page of the planner: what is opened, filled in, closed, signed and compared there is what the command
line makes of it, and nobody sees more than is theirs.
"""

from __future__ import annotations

import datetime
import html
import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import attrs
import pytest

import reflect
from reflect import formats
from reflect.between_sessions.closing import close
from reflect.errors import Faults, ReflectError, Refused
from reflect.files.office import LIMITS, NotOpened
from reflect.interchange.values import from_json, to_json
from reflect.planner import copies, journals, opening, record_answers, records
from reflect.planner.desk import Desk
from reflect.planner.opened import MOST_OPENED, OpenedPapers
from reflect.planner.places import filled_page, places_of
from reflect.planner.words import read_words
from reflect.questions.rings import READERS, Ring
from reflect.reading_back import ActionState, KeptPlan, Reading, read
from reflect.safekeeping.comparing import compare
from reflect.safekeeping.own_copies import own_copy, prove
from reflect.sessions.parts import Answered
from reflect.sessions.record import Record
from reflect.text.nodes import Document
from reflect.text.prose import lines_of

FILLED = Path(__file__).parent / "data" / "filled-record.json"
PLANNED = "arrive@3 + picking-up@5 + previous-actions@5 + kolb-cycle@35 + learning@5 + close@5"
FACTS = {"date": "4 March 2026", "supervisee": "AM", "supervisor": "RO", "start": "10:00"}


def session() -> reflect.Session:
    return reflect.plan(PLANNED, 60, facts=FACTS)


def filled() -> Record:
    value = from_json(FILLED.read_text("utf-8"))
    assert isinstance(value, Record)
    return value


def open_in(opened: OpenedPapers, data: bytes, name: str = "record.json", who: str = "supervisor") -> dict[str, Any]:
    return opening.open_file(opened, {"name": name, "bytes": data, "who": who})


def texts_in(value: object) -> str:
    """
    Everything that the page is told, as one text.
    """
    return json.dumps(value, default=lambda data: data.hex() if isinstance(data, bytes) else str(data))


def begun(who: str = "supervisor") -> tuple[OpenedPapers, dict[str, Any]]:
    """
    The record of an hour as it is begun on the page: the Word file, opened before anybody has written in it.
    """
    opened = OpenedPapers()
    blank = reflect.render(session(), "record", to="docx", reader="supervisor")
    return opened, open_in(opened, blank, "record-2026-03-04.docx", who)


WRITTEN: dict[str, Any] = {
    "answers": {
        "item-4.name": "The school",
        "item-4": "That we had waited for the others.",
        "item-4.decided": "We ring on Monday.",
        "support": "no new work",
        "support.until": "20 March 2026",
        "next-date": "1 April 2026",
        "last-1": "AM: ask for a date",
        "last-1.state": "done",
    },
    "tables": {"actions": [["Ring the school", "AM", "9 March 2026"], ["", "", ""]]},
    "signed": {},
}


# --- places


@pytest.mark.parametrize("paper", ["record", "short-record", "record-of-today", "worksheet", "filled"])
def test_places_are_those_of_the_web_page(paper: str) -> None:
    """
    A paper has the places on the page that it has as a web page: the same names, each with the same ring and name.
    """
    blank: Document
    if paper == "filled":
        blank = reflect.document(filled(), "record", reader="supervisor")
    elif paper == "worksheet":
        blank = reflect.document("kolb-cycle", paper)
    else:
        blank = reflect.document(session(), paper, reader="supervisor")
    theirs = _places_of_page(formats.writer("html")(blank).decode())
    mine = {
        place["name"]: (place["ring"], place["asked"])
        for section in places_of(blank)
        for line in section["lines"]
        for place in line
        if place["form"] not in ("rows", "sign")
    }

    assert mine == theirs
    assert len(mine) > 3


def _places_of_page(page: str) -> dict[str, tuple[str, str]]:
    """
    The places of a web page that hold one text each: ring and name, by name.
    """
    places: dict[str, tuple[str, str]] = {}
    for whole in re.findall(r"<fieldset class=\"reflect-(?:choice|scale)[^>]*>.*?</fieldset>", page, re.DOTALL):
        name = re.search(r'type="radio"[^>]*name="([^"]+)"', whole)
        label = re.search(r"<legend>(.*?)</legend>", whole) or re.search(r'aria-label="([^"]*)"', whole)
        ring = re.search(r'data-ring="([a-z]+)', whole)
        assert name
        assert label
        assert ring
        places[html.unescape(name[1])] = (ring[1], html.unescape(label[1]))
    page = re.sub(r"<fieldset class=\"reflect-sign.*?</fieldset>", "", page, flags=re.DOTALL)
    page = re.sub(r"<table class=\"reflect-actions.*?</table>", "", page, flags=re.DOTALL)
    for tag in re.findall(r"<(?:textarea|input type=\"text\")[^>]*>", page):
        name, ring = re.search(r' name="([^"]+)"', tag), re.search(r'data-ring="([a-z]+)', tag)
        called, own = re.search(r'aria-label="([^"]*)"', tag), re.search(r' id="([^"]+)"', tag)
        assert name
        assert ring
        assert own
        label = called or re.search(rf'<label for="{re.escape(own[1])}">(.*?)</label>', page)
        assert label
        places[html.unescape(name[1])] = (ring[1], html.unescape(label[1]))
    return places


# --- filling in


def test_what_is_filled_in_comes_back_from_word_and_from_json() -> None:
    """
    What is written on the page is in the record, and a saved file that is opened again says the same, place by place.
    """
    opened, first = begun()
    told = records.fill(opened, {"number": first["number"], "who": "supervisor", **WRITTEN})
    record = opened.paper(first["number"]).record

    assert record.answer("item-4.decided") == "We ring on Monday."
    assert [(each.what, each.who, each.by) for each in record.actions] == [("Ring the school", "AM", "9 March 2026")]
    for to in ("docx", "json"):
        saved: Any = records.save(opened, {"number": first["number"], "who": "supervisor", "to": to})
        again = open_in(opened, saved["file"]["bytes"], saved["file"]["name"])
        assert saved["file"]["name"] == f"record-2026-03-04.{to}"
        assert _values(again) == _values(told)
        assert not again["doubts"]
        assert compare(record, opened.paper(again["number"]).record) == ()
    assert "We ring on Monday." in texts_in(_values(told))


def _values(told: dict[str, Any]) -> dict[str, Any]:
    places = [place for section in told["sections"] for line in section["lines"] for place in line]
    return {
        place["name"]: place.get("rows") or place.get("person") or place["value"]
        for place in places
        if place["name"] != "fingerprint"
    }


def test_a_record_stays_laid_out_as_it_was() -> None:
    """
    A record in entries is in entries after it is filled in, saved, opened and filled in again, also if its talk has a
    name: what stands over the talk is no question of it.
    """
    talk = reflect.load("kolb-cycle").about("s1", "What to say to the school", ring="personal")
    planned = reflect.plan(reflect.outline("arrive@3") + talk @ 40 + reflect.outline("close@7"), 60, facts=FACTS)
    opened = OpenedPapers()
    told = open_in(opened, reflect.render(planned, "record", to="docx", reader="supervisor"), "record.docx")
    first = [section["head"] for section in told["sections"]]
    for words in ("That we waited.", "That we had waited."):
        given: dict[str, Any] = {"number": told["number"], "who": "supervisor", "answers": {"item-2": words}}
        records.fill(opened, given)
        saved: Any = records.save(opened, {**given, "to": "docx"})
        told = open_in(opened, saved["file"]["bytes"], saved["file"]["name"])
        assert [section["head"] for section in told["sections"]] == first
        assert opened.paper(told["number"]).record.answer("item-2") == words


def test_filling_in_nothing_changes_nothing() -> None:
    """
    A paper that is filled in with what it has says what it said, with its looks, and with what has no place on it.
    """
    opened = OpenedPapers()
    told = open_in(opened, FILLED.read_bytes())
    records.fill(opened, {"number": told["number"], "who": "supervisor"})
    before, after = filled(), opened.paper(told["number"]).record
    rows = [[(each.what, each.who, each.by, each.ring) for each in some.actions] for some in (before, after)]

    assert rows[0] == rows[1]
    assert attrs.evolve(after, actions=before.actions) == before
    assert any(run.bold for each in after.answers for line in each.lines for run in line.runs)
    assert after.answer("wellbeing-check-in.arriving.weather")


def test_a_form_that_is_saved_twice_writes_nothing_twice() -> None:
    """
    Whoever saves, writes on and saves again has each line once; and a form from before another change is refused.
    """
    opened, first = begun()
    given: dict[str, Any] = {"number": first["number"], "who": "supervisor", "form": first["form"]}
    records.fill(opened, {**given, **WRITTEN})
    answers = {**WRITTEN["answers"], "item-4.decided": "We ring on Tuesday."}
    told: Any = records.fill(opened, {**given, **WRITTEN, "answers": answers})
    record = opened.paper(first["number"]).record

    assert [each.what for each in record.before] == ["ask for a date"]
    assert [each.what for each in record.actions] == ["Ring the school"]
    assert record.answer("item-4.decided") == "We ring on Tuesday."
    records.fill(opened, {**given, "form": told["form"], "answers": {"support": "another"}})
    with pytest.raises(Refused):
        records.fill(opened, {**given, **WRITTEN})


def test_a_place_that_the_paper_has_not_is_not_written() -> None:
    """
    What is given for a place that the paper has not, or for one that is printed, does not get into the record.
    """
    opened, first = begun()
    given = {"answers": {"nowhere": "CANARY", "fingerprint": "CANARY"}, "tables": {"nowhere": [["CANARY"]]}}
    told = records.fill(opened, {"number": first["number"], "who": "supervisor", **given})

    assert "CANARY" not in texts_in(told)


@pytest.mark.parametrize(
    "given",
    [
        {"answers": []},
        {"answers": {"support": 3}},
        {"answers": {"support": "a" * (LIMITS.letters + 1)}},
        {"tables": {"actions": "x"}},
        {"signed": {"sign.supervisor": {"name": None}}},
    ],
)
def test_what_is_no_text_is_refused_and_nothing_changes(given: dict[str, object]) -> None:
    """
    If one of the things that are given is wrong, none is written.
    """
    opened, first = begun()
    before = opened.paper(first["number"])
    good = {"answers": {"support": "no new work"}, "tables": {}, "signed": {}}

    with pytest.raises(Refused):
        records.fill(opened, {"number": first["number"], "who": "supervisor", **good, **given})
    assert opened.paper(first["number"]) is before


# --- rings


def _canaries() -> Record:
    """
    A record with an answer in each ring.
    """
    answers = [Answered(key=f"said.{ring}", ring=ring, lines=lines_of(f"CANARY-{ring}")) for ring in Ring]
    return attrs.evolve(filled(), answers=(*filled().answers, *answers))


@pytest.mark.parametrize("who", ["supervisor", "supervisee", "trainer", "", "auditor"])
def test_nobody_is_shown_or_saved_what_is_not_theirs(who: str) -> None:
    """
    Whoever is at the page sees the answers of their rings, and gets them in a file; no other is in anything that the
    page is told, and who says nothing of themselves sees nothing.
    """
    rings = next((set(each.rings) for each in READERS if each.name == who and who.startswith("super")), set[Ring]())
    opened = OpenedPapers()
    data = to_json(_canaries()).encode()
    told = open_in(opened, data, who=who)
    seen: list[object] = [told]
    number = told["number"]
    asks: list[Any] = [
        (records.fill, {"answers": {}}),
        (records.save, {"to": "json"}),
        (records.close_paper, {"day": "2026-03-05"}),
        (records.save, {"to": "docx"}),
    ]
    for ask, given in asks:
        try:
            seen.append(ask(opened, {"number": number, "who": who, **given}))
        except ReflectError as error:
            seen.append(str(error))
    texts = texts_in(seen)
    saved: Any = next((each for each in seen[1:] if isinstance(each, dict) and "file" in each), None)
    kept = saved["file"]["bytes"].decode() if saved else ""

    for ring in Ring:
        assert (f"CANARY-{ring}" in texts) == (ring in rings), ring
        assert (f"CANARY-{ring}" in kept) == (ring in rings), ring
        if ring not in rings:
            assert f"said.{ring}" not in texts + kept


def test_a_paper_for_its_author_alone_is_shut_until_they_say_that_they_are() -> None:
    """
    Of a paper that is its author's own the page is told nothing but its kind, until somebody says that it is theirs.
    """
    copy = own_copy(filled(), {"AM": "the worker"}, "CANARY for myself")
    opened = OpenedPapers()
    told = open_in(opened, to_json(copy).encode(), who="supervisee")

    assert told["shut"] == "author"
    assert "CANARY" not in texts_in(told)
    with pytest.raises(Refused):
        records.save(opened, {"number": told["number"], "who": "supervisee", "to": "json"})

    mine = records.look_at(opened, {"number": told["number"], "who": "supervisee", "mine": True})
    assert "CANARY for myself" in texts_in(mine)
    assert "CANARY" not in texts_in(records.look_at(opened, {"number": told["number"], "who": "trainer"}))


@pytest.mark.parametrize(
    ("kind", "seen"),
    [
        ("group-record", {Ring.GROUP, Ring.OPEN}),
        ("case-record", {Ring.PAIR, Ring.PERSONAL, Ring.CASE, Ring.ASSURANCE, Ring.OPEN}),
        ("pair-notes", {Ring.PAIR, Ring.PERSONAL, Ring.CASE, Ring.ASSURANCE, Ring.OPEN}),
        ("preparation", set()),
        ("unknown", {Ring.PAIR, Ring.PERSONAL, Ring.CASE, Ring.ASSURANCE, Ring.OPEN}),
    ],
)
def test_the_paper_says_as_whom_it_is_read(kind: str, seen: set[Ring]) -> None:
    """
    A supervisor reads the paper of a group as one of the group, and a paper for its author alone not at all.
    """
    opened = OpenedPapers()
    paper = opened.add("paper.docx", attrs.evolve(_canaries(), document=kind))
    told = texts_in(records.show(opened, paper, "supervisor"))

    assert {ring for ring in Ring if f"CANARY-{ring}" in told} == seen


def test_doubts_name_no_place_of_another_ring() -> None:
    """
    How a paper was read says nothing of places that the reader may not see, and all of it to whoever sees everything.
    """
    reading = Reading(
        doubts=(("said.own", "two answers"), ("said.personal", "it is unclear")), notes=("one place is moved",)
    )
    record = attrs.evolve(_canaries(), reading=reading)
    opened = OpenedPapers()
    paper = opened.add("record.docx", record)
    told = texts_in(records.show(opened, paper, "supervisor"))
    theirs = attrs.evolve(
        record, answers=tuple(each for each in record.answers if each.ring not in (Ring.OWN, Ring.GROUP))
    )
    whole = texts_in(records.show(opened, opened.add("record.docx", theirs), "supervisor"))

    assert "it is unclear" in told
    assert "two answers" not in told
    assert "one place is moved" not in told
    assert "one place is moved" in whole


# --- files from outside


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"%PDF-1.7 CANARY", "pdf"),
        (b"PK\x03\x04 CANARY is no archive", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old-word"),
        (b"a" * (LIMITS.file + 1), "too-large"),
    ],
)
def test_another_file_is_refused_in_a_sentence_and_nothing_else_changes(data: bytes, code: str) -> None:
    """
    A file that is no record is refused with the reader's own sentence; what is open stays open, and it is not kept.
    """
    opened = OpenedPapers()
    open_in(opened, FILLED.read_bytes())
    before = dict(opened.papers)

    with pytest.raises(NotOpened) as refused:
        open_in(opened, data, "record.docx")
    assert refused.value.code == code
    assert "CANARY" not in str(refused.value)
    assert opened.papers == before


def test_json_with_faults_is_refused_without_its_words() -> None:
    """
    JSON that is no record names its faults, and quotes nothing.
    """
    broken = FILLED.read_text("utf-8").replace('"ring": "personal"', '"ring": "CANARY"', 1)

    with pytest.raises(Faults) as refused:
        open_in(OpenedPapers(), broken.encode())
    assert "CANARY" not in str(refused.value)


def test_so_many_papers_are_open_and_forgetting_lets_go_of_all() -> None:
    """
    One more than can be open is refused; what is put away makes room, and forgetting leaves nothing.
    """
    opened = OpenedPapers()
    for _ in range(MOST_OPENED):
        told = open_in(opened, FILLED.read_bytes())
    with pytest.raises(Refused):
        open_in(opened, FILLED.read_bytes())
    records.put_away(opened, {"number": told["number"]})
    open_in(opened, FILLED.read_bytes())
    record_answers.forget(opened, {})

    assert opened.papers == {}
    with pytest.raises(Refused):
        records.look_at(opened, {"number": told["number"], "who": "supervisor"})


def test_a_kept_plan_is_opened_beside_its_record() -> None:
    """
    A plan that was kept is opened too; who may not read what is between the two sees none of its topics.
    """
    plan = KeptPlan(date="2026-03-04", session=session())
    opened = OpenedPapers()
    told = open_in(opened, to_json(plan).encode(), "plan-2026-03-04.json")

    assert told["kind"] == "plan"
    assert told["date"] == "4 March 2026"
    assert records.papers_for_next(opened, [told["number"]], "supervisor") == [plan]


# --- closing, signing, copying, comparing


def test_closing_and_signing_is_what_the_command_makes_of_it(tmp_path: Path) -> None:
    """
    The page closes a record to the same bytes as the command, takes both signatures, and makes the same signed copy.
    """
    opened, first = begun()
    number = first["number"]
    records.fill(opened, {"number": number, "who": "supervisor", **WRITTEN})
    saved: Any = records.save(opened, {"number": number, "who": "supervisor", "to": "docx"})
    (tmp_path / saved["file"]["name"]).write_bytes(saved["file"]["bytes"])
    day = datetime.date(2026, 3, 5)
    told = open_in(opened, saved["file"]["bytes"], saved["file"]["name"])
    number = told["number"]
    by_command = close(tmp_path / saved["file"]["name"], day=day)
    closed: Any = records.close_paper(opened, {"number": number, "who": "supervisor", "day": "2026-03-05"})

    assert closed["done"] == by_command.done == "to-sign"
    assert [(each["name"], each["bytes"]) for each in closed["files"]] == [
        (each.name, each.data) for each in by_command.files
    ]
    with pytest.raises(Refused):
        records.sign(
            opened, {"number": first["number"], "who": "supervisor", "role": "supervisor", "agreement": "agreed"}
        )
    for role in ("supervisee", "supervisor"):
        signature = {
            "role": role,
            "agreement": "agreed",
            "name": role[:1].upper(),
            "date": "6 March 2026",
            "comments": "",
        }
        told = records.sign(opened, {"number": number, "who": "supervisor", **signature})
    signed: Any = records.save(opened, {"number": number, "who": "supervisor", "to": "docx"})
    (tmp_path / signed["file"]["name"]).write_bytes(signed["file"]["bytes"])
    again = close(tmp_path / signed["file"]["name"], day=day)
    last: Any = records.close_paper(opened, {"number": number, "who": "supervisor"})

    assert [each["agreement"] for each in told["signed"]] == ["agreed", "agreed"]
    assert last["done"] == again.done == "signed"
    assert again.record.signed == opened.paper(number).record.signed
    assert [(each["name"], each["keepers"]) for each in last["files"]] == [
        ("record-2026-03-04-signed.docx", ["supervisee", "supervisor"])
    ]
    assert last["files"][0]["bytes"] == again.files[0].data
    assert last["journal"]


def test_notes_have_the_words_of_topics_that_the_plan_knows() -> None:
    """
    What the supervision file may not have is named before signing by the words that the kept plan has, and not by its
    id; a topic that nobody spoke of comes back in those words.
    """
    desk = Desk(today=datetime.date(2026, 3, 4))
    brought = [
        {"id": f"b{n}", "words": words, "whose": "supervisee"} for n, words in enumerate(("the school", "leave"))
    ]
    hour = {"who": "supervisor", "minutes": 60, "start": "10:00", "date": "2026-03-04", "brought": brought}
    begun: Any = desk.answer("begin", {"hour": hour, "who": "supervisor"})
    given = {"number": begun["number"], "who": "supervisor"}
    desk.answer("fill", {**given, "form": begun["form"], "answers": {"item-3": "We waited."}})
    closed: Any = desk.answer("close", {**given, "day": "2026-03-05", "unsigned": True})
    after: Any = desk.answer("after", {"numbers": [begun["number"]], "hour": {**hour, "brought": []}})

    assert "Nothing is written about “Leave”, so the next plan brings it back." in closed["notes"]
    assert not any("2026-03-04." in note for note in closed["notes"])
    assert [each["name"] for each in closed["files"]] == ["record-2026-03-04-closed.docx", "plan-2026-03-04.json"]
    assert [each["words"] for each in after["comes_back"]] == ["Leave"]


@pytest.mark.parametrize("opened_too", [False, True])
def test_what_was_put_off_has_its_words_where_the_plan_is_open_and_else_it_is_said_where_they_are(
    opened_too: bool,
) -> None:
    """
    A record has no word of what was put off: the kept plan brings them, or whoever brought it says it again. The page
    promises no more.
    """
    today = datetime.date(2026, 3, 4)
    brought = [
        {"id": f"b{n}", "words": words, "whose": "supervisee"} for n, words in enumerate(("the school", "leave"))
    ]
    hour = {"who": "supervisor", "minutes": 60, "start": "10:00", "date": "2026-03-04", "brought": brought}
    first = Desk(today=today)
    begun: Any = first.answer("begin", {"hour": hour, "who": "supervisor"})
    given = {"number": begun["number"], "who": "supervisor"}
    first.answer("fill", {**given, "form": begun["form"], "answers": {"item-3": "We waited."}})
    closed: Any = first.answer("close", {**given, "day": "2026-03-04", "unsigned": True})
    files = [each for each in closed["files"] if opened_too or not each["name"].startswith("plan-")]
    desk = Desk(today=today)
    papers: list[Any] = [desk.answer("open", {"who": "supervisor", **each}) for each in files]
    after: Any = desk.answer("after", {"numbers": [each["number"] for each in papers], "hour": {**hour, "brought": []}})

    came, notes = [each["words"] for each in after["comes_back"]], " ".join(after["notes"])
    where = ("plan-2026-03-04.json", "saved with the papers", "whoever brought it says it again")
    assert came == (["Leave"] if opened_too else ["what was put off on 4 March 2026"])
    assert all((each in notes) is not opened_too for each in where)
    assert "plan-DATE.json" in str(read_words()["records.plan.hint"])


def test_notes_name_places_and_not_keys() -> None:
    """
    What is to be looked at before signing is said as people know it: no key of a place, no id, and no command.
    """
    opened, first = begun()
    given: dict[str, Any] = {"number": first["number"], "who": "supervisor"}
    tables = {"actions": [["Ring the school", "", ""]]}
    answers = {"item-4": "That we waited.", "date": "some day", "last-1": "AM: ask for a date"}
    records.fill(opened, {**given, "answers": answers, "tables": tables})
    closed: Any = records.close_paper(opened, {**given, "day": "2026-03-05"})

    assert any(note.startswith("There is no day on it that can be read.") for note in closed["notes"])
    assert "Who does it, and by when? For “Ring the school” neither is said." in closed["notes"]
    assert not re.search(r"item-\d|\d{4}-\d\d-\d\d\.|--|reflect ", " ".join(closed["notes"]))


def test_what_changed_since_it_was_closed_is_said_and_not_closed() -> None:
    """
    A closed record that is filled in again names what changed, and is closed anew only if somebody says so.
    """
    opened, first = begun()
    number = first["number"]
    records.fill(opened, {"number": number, "who": "supervisor", **WRITTEN})
    records.close_paper(opened, {"number": number, "who": "supervisor", "day": "2026-03-05"})
    told: Any = records.fill(opened, {"number": number, "who": "supervisor", "answers": {"support": "less CANARY"}})
    refused: Any = records.close_paper(opened, {"number": number, "who": "supervisor"})
    with pytest.raises(Refused):
        records.sign(opened, {"number": number, "who": "supervisor", "role": "supervisor", "agreement": "agreed"})
    anew: Any = records.close_paper(opened, {"number": number, "who": "supervisor", "again": True})

    assert told["state"]["changes"]
    assert refused["done"] == ""
    assert refused["changes"]
    assert "CANARY" not in texts_in(refused)
    assert anew["done"] == "to-sign"


def test_an_own_copy_is_that_of_the_command_and_is_proved() -> None:
    """
    An own copy has the names replaced, is the one that the command makes, and is proved against its record.
    """
    opened = OpenedPapers()
    told = open_in(opened, FILLED.read_bytes(), who="supervisee")
    given: dict[str, Any] = {"number": told["number"], "who": "supervisee", "replace": [["AM", "the worker"]]}
    shown: Any = copies.make_own_copy(opened, {**given, "replace": [["AM", "the worker"], ["Nobody", "x"]]})
    made: Any = copies.make_own_copy(opened, {**given, "to": "json", "comments": "for AM"})
    word: Any = copies.make_own_copy(opened, {**given, "to": "docx"})
    mine = own_copy(filled(), {"AM": "the worker"}, "for AM")

    assert {each["name"]: each["times"] for each in shown["times"]}["Nobody"] == 0
    assert made["file"]["bytes"] == to_json(mine).encode()
    assert made["proven"]
    assert word["proven"]
    assert b"AM" not in made["file"]["bytes"]
    copied = open_in(opened, word["file"]["bytes"], word["file"]["name"], who="supervisee")
    records.look_at(opened, {"number": copied["number"], "who": "supervisee", "mine": True})
    both = {"mine": copied["number"], "theirs": told["number"], "who": "supervisee"}
    assert copies.compare(opened, both)["same"]
    records.fill(opened, {"number": told["number"], "who": "supervisee", "answers": {"item-3": "otherwise"}})
    assert not copies.compare(opened, both)["same"]
    with pytest.raises(Refused):
        copies.make_own_copy(opened, {**given, "who": "supervisor"})


def test_an_own_copy_of_an_hour_is_proved_from_word() -> None:
    """
    The own copy of a record with a talk that has a name and an action from before is proved from its Word file too; and
    not if a word, or what became of the action, is another.
    """
    opened, first = begun("supervisee")
    given: dict[str, Any] = {"number": first["number"], "who": "supervisee"}
    records.fill(opened, {**given, **WRITTEN})
    made: Any = copies.make_own_copy(opened, {**given, "replace": [["AM", "the worker"]], "to": "docx"})
    copied = read(made["file"]["bytes"])
    record = opened.paper(first["number"]).record
    answers = [
        attrs.evolve(each, lines=lines_of("We ring tomorrow.")) if each.key == "item-4.decided" else each
        for each in copied.answers
    ]
    before = [attrs.evolve(each, state=ActionState.DROPPED) for each in copied.before]
    others = (attrs.evolve(copied, answers=tuple(answers)), attrs.evolve(copied, before=tuple(before)))

    assert made["proven"], made["why"]
    assert copied.before
    assert [prove(other, record).proven for other in others] == [False, False]


def test_two_copies_show_the_words_that_differ() -> None:
    """
    Of two copies the page is told where they differ, and of the words which are in both; of an answer that the reader
    may not see, nothing.
    """
    other = _canaries()
    answers = [
        attrs.evolve(each, lines=lines_of(each.text.replace("Thursdays", "Mondays").replace("CANARY", "OTHER")))
        for each in other.answers
    ]
    opened = OpenedPapers()
    open_in(opened, to_json(_canaries()).encode())
    open_in(opened, to_json(attrs.evolve(other, answers=tuple(answers))).encode())
    told: Any = copies.compare(opened, {"mine": 1, "theirs": 2, "who": "supervisor"})
    (one,) = [each for each in told["differences"] if "Mondays" in texts_in(each)]

    assert [each["text"] for each in one["mine"] if not each["same"]] == ["Thursdays"]
    assert [each["text"] for each in one["theirs"] if not each["same"]] == ["Mondays"]
    assert "CANARY-pair" in texts_in(told)
    assert "CANARY-own" not in texts_in(told)
    assert one["where"] == "Wellbeing check-in"
    assert copies.compare(opened, {"mine": 1, "theirs": 1, "who": "supervisor"})["same"]


def test_a_filled_page_is_read_as_the_paper_it_was() -> None:
    """
    Without anything written, the page of a filled record is the record: its signatures and its rows are there.
    """
    blank = reflect.document(filled(), "record", reader="supervisor")
    page = filled_page(blank, {}, {}, {})

    assert [sign.name for sign in page.signed] == ["AM", "DK"]
    assert [len(table.rows) for table in page.tables] == [3]
    assert "rings" in dict(page.about)


# --- the journal


def _signed(opened: OpenedPapers) -> int:
    """
    The number of a record that is filled in, closed and signed on the page.
    """
    blank = reflect.render(session(), "record", to="docx", reader="supervisor")
    number = int(open_in(opened, blank, "record-2026-03-04.docx")["number"])
    given: dict[str, Any] = {"number": number, "who": "supervisor"}
    records.fill(opened, {**given, **WRITTEN})
    records.close_paper(opened, {**given, "day": "2026-03-05"})
    for role in ("supervisee", "supervisor"):
        records.sign(opened, {**given, "role": role, "agreement": "agreed", "name": "A", "date": "6 March 2026"})
    records.close_paper(opened, given)
    return number


def test_a_session_is_noted_as_the_command_notes_it(tmp_path: Path) -> None:
    """
    A journal that is begun on the page has in its file what the command writes; it opens again, and a session that it
    has is not noted twice.
    """
    opened = OpenedPapers()
    number = _signed(opened)
    given: dict[str, Any] = {"number": number, "who": "supervisor"}
    told: Any = journals.note_session(opened, given)
    saved: Any = journals.save_journal(opened, {"who": "supervisor"})
    paper = opened.paper(number)
    (tmp_path / "journal").mkdir()
    (tmp_path / paper.name).write_bytes(paper.data)
    close(tmp_path / paper.name).write(tmp_path, journal=tmp_path / "journal")
    (written,) = (tmp_path / "journal").iterdir()
    with zipfile.ZipFile(io.BytesIO(saved["file"]["bytes"])) as package:
        files = {name: package.read(name) for name in package.namelist()}
    other = OpenedPapers()
    again: Any = journals.open_journal(other, {"files": [saved["file"]], "who": "supervisee"})

    assert files == {written.name: written.read_bytes()}
    assert told["noted"]
    assert again["journals"][0]["sessions"] == told["journals"][0]["sessions"]
    assert [each["date"] for each in again["journals"][0]["sessions"]] == ["2026-03-04"]
    assert not journals.note_session(opened, given)["noted"]
    assert journals.save_journal(other, {"who": "supervisor"}) == saved
    assert journals.open_journal(other, {"files": [{"name": written.name, "bytes": written.read_bytes()}], **given})
    assert "school" not in texts_in(again)


@pytest.mark.parametrize("kind", ["broken", "bomb", "no session", "fault"])
def test_another_journal_is_refused_and_the_one_that_is_open_stays(kind: str) -> None:
    """
    A packed journal that is broken, far too large, of something else or wrong is refused, and nothing else changes.
    """
    opened = OpenedPapers()
    given: dict[str, Any] = {"number": _signed(opened), "who": "supervisor"}
    journals.note_session(opened, given)
    before = dict(opened.journals)
    texts = {
        "broken": ("2026-03-11.yaml", b"date: 2026-03-11"),
        "bomb": ("2026-03-11.yaml", b" " * 5_000_000),
        "no session": ("../../elsewhere.yaml", b"date: 2026-03-11"),
        "fault": ("2026-03-11.yaml", b"status: CANARY"),
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(*texts[kind])
    data = packed.getvalue()
    data = data[:40] + b"CANARY" + data[46:] if kind == "broken" else data

    with pytest.raises((Refused, NotOpened, Faults)) as refused:
        journals.open_journal(opened, {"files": [{"name": "journal.zip", "bytes": data}], "who": "supervisor"})
    assert "CANARY" not in str(refused.value)
    assert "/tmp" not in str(refused.value)
    assert opened.journals == before
    assert opened.journals[1].log.entries
