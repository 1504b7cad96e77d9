"""
Whose folder it is: codes of series, journals and folders of papers that refuse another's, and parts of a series.
"""

from __future__ import annotations

import datetime
import functools
import io
import json
import re
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import attrs
import docx
import icalendar
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import reflect
from reflect.cli import main
from reflect.documents.templates import Templates
from reflect.errors import Faults, ReflectError, Refused
from reflect.files.writing import add_stamp
from reflect.papers import STANDING_PAPERS, paper_of
from reflect.planning import kept_plans
from reflect.planning.calendars import new_id
from reflect.planning.plan import Plan
from reflect.planning.profiles import profile
from reflect.planning.session_file import SessionFile
from reflect.questions.rings import READERS, Reader, Ring
from reflect.rendering.session_papers import SessionPaper, cancel_entry, keep
from reflect.sessions import journal
from reflect.sessions.brought import next_id, ring_of_id
from reflect.sessions.facts import SERIES_RINGS
from reflect.sessions.journal import CANCELLED, EMPTY, Journal, JournalEntry, JournalledAction, JournalledTopic
from reflect.sessions.kept import KeptPlan
from reflect.sessions.origin import Origin
from reflect.sessions.parts import ActionState, ItemRecord
from reflect.sessions.record import Record
from reflect.sessions.series_codes import ALPHABET, new_code, read_code
from reflect.sessions.session import Session, plan
from tests.documents import FORMATS, OUTLINE, a_few

DAY = datetime.date(2026, 3, 4)
codes = st.text(ALPHABET, min_size=4, max_size=8)
ids = st.builds(next_id, st.dates(DAY, datetime.date(2026, 12, 31)), st.sampled_from(Ring))
topics = st.builds(JournalledTopic, id=ids, state=st.sampled_from(journal.TOPIC_STATES))
actions = st.builds(JournalledAction, id=ids, state=st.sampled_from(ActionState))


@st.composite
def entries(draw: st.DrawFn, code: str = "", day: datetime.date = DAY) -> JournalEntry:
    return JournalEntry(
        date=day,
        status=draw(st.sampled_from([journal.HELD, CANCELLED])),
        series=code,
        part=draw(st.integers(1, 3)),
        topics=tuple(draw(st.lists(topics, max_size=3))),
        actions=tuple(draw(st.lists(actions, max_size=3))),
        attended=draw(st.none() | st.integers(0, 12)),
        signed=tuple(draw(st.lists(st.sampled_from(["supervisee", "supervisor"]), unique=True))),
        closes_part=draw(st.sampled_from(["", "supervisee", "supervisor"])),
    )


# --- codes


def test_a_new_code_is_a_code_and_no_word() -> None:
    """
    A random code is one that is read again, in capitals too, with a digit at least at every second place.
    """
    for _ in range(100):
        code = new_code()
        assert read_code(code) == read_code(f" {code.upper()} ") == code
        assert code[0].isalpha()
        assert code[1].isdigit()


@given(st.text(max_size=10))
def test_only_letters_and_digits_that_nobody_mistakes_make_a_code(text: str) -> None:
    """
    A code has four to eight digits and letters, and none that looks like another.
    """
    fits = 4 <= len(text.strip()) <= 8 and set(text.strip().lower()) <= set(ALPHABET)

    assert (read_code(text) is not None) == fits
    assert not set("ilou") & set(ALPHABET)


# --- the journal


@given(st.data())
def test_an_entry_is_read_as_it_was_written(data: st.DataObject) -> None:
    """
    Ids, states, who signed and how many were there go into the file and come back.
    """
    entry = data.draw(entries(data.draw(codes | st.just(""))))
    with tempfile.TemporaryDirectory() as name:
        journal.add(Path(name), entry)

        assert journal.read(Path(name)).entries == (entry,)


def test_old_journals_are_read_as_they_are() -> None:
    """
    An entry of an earlier version has no series, no topics and no actions, and is in the first part.
    """
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / "2026-03-04.yaml").write_text(
            "date: 2026-03-04\nstatus: held\nminutes: 60\nused:\n- model: kolb-cycle\nitems:\n- talk\n"
        )
        (found,) = journal.read(Path(name)).entries

    assert found == JournalEntry(date=DAY, minutes=60, used=found.used, items=("talk",))
    assert (found.used[0].model, found.series, found.part, found.topics) == ("kolb-cycle", "", 1, ())


@pytest.mark.parametrize(
    "line", ["series: kilo", "topics: [{id: the school, state: decided}]", "actions: [{id: 2026-02-30.s1}]"]
)
def test_a_journal_takes_no_words_for_ids(line: str) -> None:
    """
    Where an id stands no words can; the fault does not repeat them.
    """
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / "2026-03-04.yaml").write_text(f"date: 2026-03-04\n{line}\n")
        with pytest.raises(Faults) as wrong:
            journal.read(Path(name))

    assert "school" not in str(wrong.value)


@given(st.lists(codes | st.just(""), min_size=1, max_size=5))
def test_a_journal_belongs_to_one_series(given_codes: Sequence[str]) -> None:
    """
    A journal takes every session without a code and those of its own series, and refuses all others, naming nobody.
    """
    own = ""
    with tempfile.TemporaryDirectory() as name:
        for n, code in enumerate(given_codes):
            entry = JournalEntry(date=DAY + datetime.timedelta(n), series=code)
            if code and own and code != own:
                said = set()
                for strange in (code, f"{own[:4]}{'0' if own[4:5] == '1' else '1'}"):
                    with pytest.raises(Refused) as refused:
                        journal.add(Path(name), attrs.evolve(entry, series=strange))
                    said.add(str(refused.value))
                assert len(said) == 1  # whichever code it is, the sentence is the same
                continue
            journal.add(Path(name), entry)
            own = own or code

        assert journal.read(Path(name)).series == own


def test_a_journal_with_two_series_in_it_is_not_read(tmp_path: Path) -> None:
    """
    Two series that lie in one journal are a fault of the second, with its file.
    """
    journal.add(tmp_path, JournalEntry(date=DAY, series="k7m2"))
    (tmp_path / "2026-04-01.yaml").write_text("date: 2026-04-01\nseries: p3x9\n")

    with pytest.raises(Faults, match=r"2026-04-01\.yaml.* of another series"):
        journal.read(tmp_path)


@given(entries("k7m2"), st.sampled_from(READERS))
def test_a_journal_shows_each_reader_the_ids_they_may_read(entry: JournalEntry, reader: Reader) -> None:
    """
    Topics and actions of a ring that a reader may not see are not in the journal they get, not even as ids.
    """
    (seen,) = Journal([entry]).visible_to(reader).entries

    for all_of, some in ((entry.topics, seen.topics), (entry.actions, seen.actions)):
        assert [each.id for each in some] == [
            each.id for each in all_of if reader.sees(ring_of_id(each.id) or Ring.OWN)
        ]
    assert bool(seen.series) == (reader.name not in ("case-file", "auditor", "anyone"))


# --- counts


def law_of_counts(counts: Callable[[Journal], dict[str, int]], log: Journal) -> None:
    """
    An action counts once for each session that was held after it was agreed, in this part, and left it open; never for
    a cancelled one; and not at all once it is done, changed or dropped.
    """
    expected: dict[str, int] = {}
    for entry in log.entries:
        if entry.held and entry.part == log.part:
            for action in entry.actions:
                if action.state in ("done", "changed", "dropped"):
                    expected.pop(action.id, None)
                elif action.id[:10] < entry.date.isoformat():
                    expected[action.id] = expected.get(action.id, 0) + 1
    assert {name: times for name, times in counts(log).items() if times} == expected


@st.composite
def journals(draw: st.DrawFn) -> Journal:
    """
    Twelve sessions with the same two actions, some cancelled, some in a second part.
    """
    names = [next_id(DAY, Ring.PERSONAL), next_id(DAY, Ring.CASE)]
    found = []
    part = 1
    for n in range(draw(st.integers(1, 12))):
        states = draw(st.lists(st.sampled_from(ActionState), min_size=2, max_size=2))
        closes = draw(st.sampled_from(["", "", "", "supervisee"]))
        status = draw(st.sampled_from([journal.HELD, journal.HELD, CANCELLED]))
        held = tuple(JournalledAction(id=name, state=state) for name, state in zip(names, states, strict=True))
        day = DAY + datetime.timedelta(days=28 * n)
        found.append(JournalEntry(date=day, status=status, part=part, actions=held, closes_part=closes))
        part += bool(closes)
    return Journal(found)


@given(journals())
def test_an_action_counts_for_each_session_that_left_it_open(log: Journal) -> None:
    """
    How often an action was carried over is counted in sessions that were held, and begins anew with a new part.
    """
    law_of_counts(lambda some: dict(some.counts), log)


def test_a_count_that_goes_on_through_leave_is_found_out() -> None:
    """
    Counting every entry, or every part, or the day of the agreement, fails the law.
    """
    done = JournalledAction(id=next_id(DAY, Ring.PERSONAL), state=ActionState.NOT_YET)
    log = Journal(
        [
            JournalEntry(date=DAY, actions=(done,)),
            JournalEntry(date=DAY + datetime.timedelta(28), actions=(done,), status=CANCELLED),
            JournalEntry(date=DAY + datetime.timedelta(56), actions=(done,)),
        ]
    )
    law_of_counts(lambda some: dict(some.counts), log)
    for wrong in (1, 2, 3):
        if wrong != dict(log.counts)[done.id]:
            with pytest.raises(AssertionError):
                law_of_counts(lambda some, wrong=wrong: {done.id: wrong}, log)  # type: ignore[misc]


# --- folders


def kept(day: datetime.date = DAY, code: str = "", **people: str) -> KeptPlan:
    session = attrs.evolve(plan("kolb-cycle@40", 60, facts={k: v for k, v in people.items() if v}), series=code)
    return KeptPlan(date=day.isoformat(), session=session)


def put(folder: Path, some: KeptPlan, reader: str = "supervisee") -> None:
    (folder / reader).mkdir(parents=True, exist_ok=True)
    (folder / reader / kept_plans.name_of_plan(some.date)).write_text(reflect.to_json(some))


@given(st.data())
def test_a_folder_of_papers_belongs_to_one_series(data: st.DataObject) -> None:
    """
    A folder refuses another series on any day; and if one of the two has no code, another supervisee on any day, and
    another supervisor on the same.
    """
    names, days = st.sampled_from(["", "AM", "BK"]), st.sampled_from([DAY, DAY + datetime.timedelta(7)])
    some_codes = st.sampled_from(["", "k7m2", "p3x9"])
    one, other = (
        kept(data.draw(days), data.draw(some_codes), supervisee=data.draw(names), supervisor=data.draw(names))
        for _ in range(2)
    )
    differ = {
        role
        for role in ("supervisee", "supervisor")
        if one.session.fact(role) and other.session.fact(role) and one.session.fact(role) != other.session.fact(role)
    }
    both = bool(one.series and other.series)
    others = "supervisee" in differ or bool(one.date == other.date and differ)
    refused = one.series != other.series if both else others
    with tempfile.TemporaryDirectory() as name:
        put(Path(name), one, data.draw(st.sampled_from(["", *kept_plans.READERS])))
        if not refused:
            kept_plans.refuse_other_series(Path(name), other)
            return
        with pytest.raises(Refused) as error:
            kept_plans.refuse_other_series(Path(name), other)

    said = str(error.value).replace(name, "")
    assert not any(word in said for word in ("AM", "BK", "k7m2", "p3x9"))


def test_a_plan_that_cannot_be_read_refuses_nobody(tmp_path: Path) -> None:
    """
    A file of that name that is no plan says nothing about whose folder it is.
    """
    (tmp_path / kept_plans.name_of_plan(DAY)).write_text("{}")

    assert list(kept_plans.plans_in(tmp_path)) == []
    kept_plans.refuse_other_series(tmp_path / "none", kept())


def test_a_plan_is_read_once_however_often_its_folder_is_looked_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    Both of the two keep each plan, and one session looks through the folder several times: each plan is read once.
    """
    read: list[str] = []
    real = kept_plans.from_json
    monkeypatch.setattr(kept_plans, "from_json", lambda text, *args, **named: read.append(text) or real(text, **named))  # type: ignore[func-returns-value]
    for reader in ("supervisee", "supervisor"):
        (tmp_path / reader).mkdir()
        for month in range(1, 7):
            kept = KeptPlan(date=f"2031-{month:02}-04", session=plan("arrive@3 + close@5", 10))
            (tmp_path / reader / kept_plans.name_of_plan(kept.date)).write_text(reflect.to_json(kept), "utf-8")

    assert [len(list(kept_plans.plans_in(tmp_path))) for _ in range(3)] == [12, 12, 12]
    assert len(read) == 6


# --- where the code is

CODE = "q7z9"


def things_with_a_code() -> dict[str, list[object]]:
    """
    What papers are made of, by the word that a template has for it: a session and a record of a series.
    """
    session = attrs.evolve(plan(OUTLINE, 60, facts={"supervisee": "AM", "date": "4 March 2026"}), series=CODE)
    record = Record(
        minutes=60,
        items=tuple(
            ItemRecord(key=f"item-{n}", use=item.set.key, minutes=item.minutes)
            for n, item in enumerate(session.items, 1)
        ),
        facts=session.facts,
        series=CODE,
    )
    log = Journal([JournalEntry(date=DAY, series=CODE)])
    made: dict[str, list[object]] = {"session": [session, record], "nothing": [record]}
    for name in STANDING_PAPERS:
        of_journal = paper_of(name).of_journal(log)
        made[name] = [record] if of_journal is None else [of_journal, record]
    return made


def words_of_file(data: bytes) -> dict[str, bytes]:
    """
    What is in a file, part by part; a Word file is unpacked.
    """
    if not data.startswith(b"PK"):
        return {"": data}
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def law_of_code(make: Callable[..., bytes], kind: str, to: str) -> bool:
    """
    A code is in no text of any paper; it is in the data of papers for the pair, a group or the supervision file, for
    readers of those, and nowhere else. Return whether it was anywhere.
    """
    about = Templates().about(kind)
    anywhere = False
    for what in things_with_a_code().get(about.of, ()):
        for who in READERS:
            try:
                data = make(what, kind, reader=who, to=to)
            except ReflectError:
                continue
            parts = {name: part for name, part in words_of_file(data).items() if CODE.encode() in part}
            if parts:
                assert about.ring in SERIES_RINGS
                assert any(map(who.sees, SERIES_RINGS))
                assert to in ("docx", "html", "json")
                anywhere = True
            if to == "docx":
                assert set(parts) <= {"docProps/custom.xml"}
            if to == "html":
                assert CODE.encode() not in re.sub(rb"<[^>]*>", b"", data)
                assert not re.search(rb"(?:href|src|alt|title)=\"[^\"]*" + CODE.encode(), data)
            if to == "json":
                assert list(_paths_to(CODE, json.loads(data))) == (["about.series"] if parts else [])
    return anywhere


def _paths_to(text: str, value: object, path: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, each in value.items():
            yield from _paths_to(text, each, f"{path}.{name}".lstrip("."))
    elif isinstance(value, list):
        for each in value:
            yield from _paths_to(text, each, path)
    elif text in str(value):
        yield path


@pytest.mark.parametrize("to", [each for each in FORMATS if each != "pdf"])
@pytest.mark.parametrize("kind", a_few(Templates().names(), 5))
def test_a_code_is_on_no_paper_that_others_get_and_in_no_print(kind: str, to: str) -> None:
    """
    Every paper in every format for every reader.
    """
    law_of_code(reflect.render, kind, to)


@pytest.mark.parametrize("kind", ["record", "agenda", "group-record", "pair-notes"])
def test_a_code_goes_with_papers_of_the_pair_and_comes_back(kind: str) -> None:
    """
    Here it does: a paper for the pair, a group or the supervision file says its series, and it is read from it. A page
    on which nothing is filled in saves nothing, and says nothing of it either: an agenda has lines for a pen alone.
    """
    session = things_with_a_code()["session"][0]
    who = "group" if kind.startswith("group") else "supervisee"
    page = reflect.render(session, kind, reader=who, to="html")  # type: ignore[arg-type]

    assert law_of_code(reflect.render, kind, "docx")
    assert law_of_code(reflect.render, kind, "html") == (b"data-key=" in page) == (kind != "agenda")
    found = reflect.read(reflect.render(session, kind, reader=who))  # type: ignore[arg-type]

    assert found.series == CODE
    assert reflect.read(reflect.render(found, kind, reader=who)).series == CODE


def test_a_code_that_is_printed_or_goes_to_others_is_found_out() -> None:
    """
    A code in a title, or in the data of a paper for a case, fails the law.
    """

    def in_print(what: object, kind: str, **named: Any) -> bytes:
        session = attrs.evolve(what, facts={**dict(what.facts), "title": CODE}) if isinstance(what, Session) else what
        return reflect.render(session, kind, **named)  # type: ignore[arg-type]

    with pytest.raises(AssertionError):
        law_of_code(in_print, "record", "txt")
    with pytest.raises(AssertionError):
        law_of_code(lambda what, kind, reader, to: CODE.encode(), "case-record", "docx")


@given(st.text(max_size=9))
def test_a_paper_of_a_stranger_names_no_series_but_a_code(text: str) -> None:
    """
    What is no code is no series, whatever a file says.
    """
    assert Origin.of_about({"series": text}).series == (read_code(text) or "")


# --- a session that moves


@functools.cache
def planned_at(start: str) -> Plan:
    return Plan(session=plan("arrive@5", 30, facts={"start": start}), lines=())


def kept_of(plan: KeptPlan) -> Iterator[SessionPaper]:
    """
    What nobody fills in: the calendar entry and the plan.
    """
    for who in ("supervisee", "supervisor"):
        entry = kept_plans.calendar_entry(plan) or b""
        yield SessionPaper(who, kept_plans.name_of_entry(plan.date), entry, private=False, filled_in=False)
        yield SessionPaper(who, kept_plans.name_of_plan(plan.date), reflect.to_json(plan).encode(), filled_in=False)


class Folder:
    """
    A folder of papers, and a calendar into which each entry is put as calendars do: by its id, the latest sequence
    winning.
    """

    def __init__(self, path: Path) -> None:
        self.path, self.calendar = path, {}  # type: ignore[var-annotated]

    def plan(
        self, day: datetime.date, start: str = "10:00", *, log: Journal = EMPTY, another: bool = False
    ) -> KeptPlan:
        file, settings = SessionFile(date=day, start=start, minutes=30, place="Room 2"), profile("general")
        planned = planned_at(start)
        new = kept_plans.keep_plan(planned, file, settings)
        moved = None if another else kept_plans.session_to_move(self.path, new, log, today=DAY)
        plan = kept_plans.keep_plan(planned, file, settings, moved=moved)
        keep(self.path, kept_of(plan))
        self.put((self.path / "supervisee" / kept_plans.name_of_entry(plan.date)).read_bytes())
        return plan

    def put(self, data: bytes) -> None:
        (event,) = icalendar.Calendar.from_ical(data).walk("VEVENT")
        old = self.calendar.get(event["UID"])
        assert old is None or event["SEQUENCE"] >= old["SEQUENCE"]
        self.calendar[event["UID"]] = event

    @property
    def days(self) -> list[datetime.date]:
        """
        The days of the calendar that are not cancelled.
        """
        events = (each for each in self.calendar.values() if each.get("STATUS") != "CANCELLED")
        return sorted(each.decoded("DTSTART").date() for each in events)


moves = st.lists(
    st.tuples(
        st.sampled_from(["move", "hold", "cancel", "again"]), st.integers(1, 9), st.sampled_from(["10:00", "11:30"])
    ),
    max_size=5,
)


@given(moves)
def test_a_calendar_has_each_session_once_wherever_it_moves(steps: Sequence[tuple[str, int, str]]) -> None:
    """
    Planned, moved, held and cancelled in any order: a calendar has the sessions that were held and the one to come,
    each once and on its day; no two sessions share an id; and each move raises the sequence.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Folder(Path(name))
        now, held, log = folder.plan(DAY), [], EMPTY
        known = {now.calendar}
        day = DAY
        for step, days, start in steps:
            before = now
            if step in ("hold", "cancel"):
                status = journal.HELD if step == "hold" else CANCELLED
                log = Journal(
                    (*log.entries, JournalEntry(date=day, status=status, by="both" if step == "cancel" else ""))
                )
                if step == "hold":
                    held.append(day)
                else:
                    for file in cancel_entry(folder.path, day):
                        folder.put(file.read_bytes())
                day += datetime.timedelta(days=days)
                now = folder.plan(day, start, log=log)
                assert now.calendar not in known
                known.add(now.calendar)
                continue
            day += datetime.timedelta(days=days * (step == "move"))
            now = folder.plan(day, start, log=log)
            assert now.calendar == before.calendar
            changed = (now.date, now.session.fact("start")) != (before.date, before.session.fact("start"))
            assert now.revision == before.revision + changed
        assert folder.days == sorted([*held, day])
        kept_ids = [
            each.calendar for file, each in kept_plans.plans_in(folder.path) if file.parent.name == "supervisee"
        ]
        assert len(set(kept_ids)) == len(kept_ids)


def test_an_entry_made_of_time_and_place_leaves_a_ghost() -> None:
    """
    With a new id for each plan, as it was, a session that moves is in the calendar twice.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Folder(Path(name))
        folder.plan(DAY)
        folder.plan(DAY + datetime.timedelta(7), another=True)

        assert folder.days == [DAY, DAY + datetime.timedelta(7)]


def test_a_session_that_was_rearranged_when_it_was_cancelled_moves() -> None:
    """
    If the journal says to which day, it is the same session on that day, and another on any other.
    """
    for days, same in ((7, True), (8, False)):
        with tempfile.TemporaryDirectory() as name:
            folder = Folder(Path(name))
            first = folder.plan(DAY)
            moved_to = DAY + datetime.timedelta(7)
            log = Journal([JournalEntry(date=DAY, status=CANCELLED, by="both", rearranged=moved_to)])
            second = folder.plan(DAY + datetime.timedelta(days), log=log)

            assert (first.calendar == second.calendar) == same


@pytest.mark.parametrize("filled", [True, False])
def test_a_session_whose_record_is_filled_in_does_not_move(filled: bool, tmp_path: Path) -> None:
    """
    Once somebody has saved the record, or the day is past, the next plan is of another session.
    """
    folder = Folder(tmp_path)
    first = folder.plan(DAY)
    record = tmp_path / "supervisor" / f"record-{DAY}.docx"
    record.write_bytes(add_stamp(reflect.render(first.session, "record", reader="supervisor"), ".docx"))
    if filled:
        docx.Document(str(record)).save(str(record))
    later = kept(DAY + datetime.timedelta(7))

    assert (kept_plans.session_to_move(tmp_path, later, today=DAY) is None) == filled
    assert kept_plans.session_to_move(tmp_path, later, today=DAY + datetime.timedelta(1)) is None


def test_an_entry_says_nothing_but_when_and_where() -> None:
    """
    Of a session with everything in it, the entry has the hour and the place, and an id that is made of nothing.
    """
    session = attrs.evolve(
        plan("kolb-cycle@40", 60, facts={"supervisee": "QZa", "supervisor": "QZb", "title": "QZc", "start": "10:00"}),
        series=CODE,
    )
    one, other = (
        KeptPlan(date=str(DAY), session=session, place="Room 2", calendar=new_id(), profile="QZd") for _ in range(2)
    )
    data = kept_plans.calendar_entry(one) or b""
    (event,) = icalendar.Calendar.from_ical(data).walk("VEVENT")

    assert set(event) == {"SUMMARY", "LOCATION", "DTSTART", "DTEND", "DTSTAMP", "UID", "SEQUENCE"}
    assert not any(word in data for word in (b"QZ", CODE.encode(), b"kolb"))
    assert one.calendar != other.calendar
    assert kept_plans.calendar_entry(attrs.evolve(one, session=plan("kolb-cycle@40", 60))) is None


def test_a_cancelled_entry_is_cancelled_in_the_words_of_the_standard() -> None:
    """
    METHOD and STATUS say so, and its sequence is one more than that of the entry it cancels.
    """
    some = attrs.evolve(kept(start="10:00"), calendar=new_id(), revision=2)
    calendar = icalendar.Calendar.from_ical(kept_plans.calendar_entry(some, cancelled=True) or b"")
    (event,) = calendar.walk("VEVENT")

    assert (calendar["METHOD"], event["STATUS"], event["SEQUENCE"]) == ("CANCEL", "CANCELLED", 3)


@pytest.mark.parametrize("day", ["2026-03-04", "2026-04-01"])
def test_papers_of_other_people_are_not_written_over(day: str, tmp_path: Path) -> None:
    """
    Two workers planned into one folder, for one day or two: the second is refused, and the papers of the first stay.
    Whoever has a name and initials is one person.
    """
    for on, name, code in (("2026-03-04", "AM", 0), (day, "BK", 1), (day, "A. M.", 0)):
        (tmp_path / "s.yaml").write_text(f"date: {on}\nsupervisee: {name}\n")
        result = CliRunner().invoke(main, ["plan", str(tmp_path / "s.yaml"), "-o", str(tmp_path / "out")])
        assert result.exit_code == code, result.output
    names = {each.session.fact("supervisee") for _, each in kept_plans.plans_in(tmp_path / "out")}

    assert "BK" not in names
    assert (tmp_path / "out/supervisee/plan-2026-03-04.json").stat().st_mode & 0o077 == 0


def test_a_code_is_offered_once(tmp_path: Path) -> None:
    """
    The note comes with the first plan that is written into a folder without one, and neither again nor without a folder.
    """
    (tmp_path / "s.yaml").write_text("date: 2026-03-04\n")
    plain = ["plan", str(tmp_path / "s.yaml")]
    written = [*plain, "-o", str(tmp_path / "out")]
    coded = [*plain, "-o", str(tmp_path / "other"), "--series", "k7m2"]
    offered = ["a code such as" in CliRunner().invoke(main, call).output for call in (plain, written, written, coded)]

    assert offered == [False, True, False, False]


# --- planned again


@pytest.mark.parametrize("day", ["2096-03-04", "2096-03-11", "2096-02-26"])
def test_what_was_brought_before_comes_with_a_session_that_is_planned_again(day: str, tmp_path: Path) -> None:
    """
    Brought on one call, and another thing on the next, on the same day or another: both are on the agenda, each once;
    and what its bringer drops is not.
    """

    def call(*more: str) -> str:
        result = CliRunner().invoke(main, ["plan", *more, "-o", str(tmp_path), "--to", "md"])
        assert result.exit_code == 0, result.output
        return result.output

    def brought() -> list[tuple[str, str]]:
        (found,) = {str(plan.date): plan for _, plan in kept_plans.plans_in(tmp_path)}.values()
        return sorted((each.topic.id, each.topic.title) for each in found.brought)

    call("--bring", "the school", "--date", "2096-03-04", "--start", "10:00", "--minutes", "90")
    call("--bring", "the rota", "--date", day)
    again = brought()
    call("--bring", "The school", "--date", day)

    assert {title for _, title in again} == {"The school", "The rota"}
    assert ("2096-03-04.p1", "The school") in again
    assert len(brought()) == 2
    (found,) = {str(plan.date): plan for _, plan in kept_plans.plans_in(tmp_path)}.values()
    assert (found.date, found.session.fact("start"), found.session.minutes) == (day, "10:00", 90)
    call("--drop", "2096-03-04.p1", "--bring", "the rota", "--date", day)
    assert [title for _, title in brought()] == ["The rota"]


@pytest.mark.parametrize(
    ("first", "second", "topics"),
    [("What about him?", "what about him", 1), ("the rota", "The  rota.", 1), ("🔥", "🙂", 2), ("✓", "✗", 2)],
)
def test_the_same_words_are_brought_once_however_they_are_written(
    first: str, second: str, topics: int, tmp_path: Path
) -> None:
    """
    Whoever plans a session again, on another day, and writes something down again has it once and without a note; what
    is written with other signs is another thing, and nothing of either is lost.
    """
    outputs = []
    for day, line in (("2096-03-04", first), ("2096-03-11", second)):
        call = ["plan", "--bring", line, "--date", day, "-o", str(tmp_path), "--to", "md"]
        outputs.append(CliRunner().invoke(main, call).output)
    found = next(plan for _, plan in kept_plans.plans_in(tmp_path) if plan.date == "2096-03-11")

    assert len({each.topic.id for each in found.brought}) == topics
    assert "is not in this plan" not in outputs[1]
    assert second.split()[0].casefold() in " ".join(each.topic.title.casefold() for each in found.brought)


def test_a_session_file_says_itself_what_is_brought(tmp_path: Path) -> None:
    """
    What somebody took out of their file is not brought; a note names it by its id.
    """
    file = tmp_path / "s.yaml"
    outputs = []
    for text in ("the school", "the rota"):
        file.write_text(f"date: 2096-03-04\nsupervisee-items: [{text}]\n")
        outputs.append(CliRunner().invoke(main, ["plan", str(file), "-o", str(tmp_path / "out"), "--to", "md"]).output)
    (found, *_) = [plan for _, plan in kept_plans.plans_in(tmp_path / "out")]

    assert [each.topic.title for each in found.brought] == ["The rota"]
    assert "not to this plan" not in outputs[0]
    assert "the topic 2096-03-04.p1 was brought to this session before, and not to this plan" in outputs[1]
    assert "school" not in outputs[1]


def test_the_second_session_of_a_day_has_an_entry_of_its_own() -> None:
    """
    Its name is that of its plan, so that cancelling or moving one leaves the other.
    """
    for name in ("2026-03-04", "2026-03-04-2"):
        assert kept_plans.entry_beside(Path(kept_plans.name_of_plan(name))) == Path(kept_plans.name_of_entry(name))
