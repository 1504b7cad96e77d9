"""
What is written on the record of an hour becomes data: decisions with their reason, what was done of last time, and
until when support holds. The next plan has what carries over, and never a reason.
"""

from __future__ import annotations

import datetime
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import reflect
from reflect.between_sessions.next_session import NextSession, following
from reflect.formats import word
from reflect.interchange.values import from_json, to_json
from reflect.questions.rings import READERS, Ring, goes_with
from reflect.safekeeping.closing import close_record
from reflect.sessions.acting import STATES, write_line
from reflect.sessions.canonical import fields_of
from reflect.sessions.deciding import BOTH, decisions_in_answers
from reflect.sessions.next_time import read_until
from reflect.sessions.parts import Action, ActionState, Answered, Decision
from reflect.sessions.record import Record
from reflect.sessions.settling import with_agreed, with_decisions, with_lines_of_last_time
from reflect.sessions.support import find_telling_lines, support_in
from reflect.text.prose import day_in_words, lines_of
from tests.test_reading_back import BOOKMARKS, CONTROLS, changed, saved_page
from tests.test_record_of_an_hour import blank, convert
from tests.year.hands import fill_word

DAY = datetime.date(2026, 3, 4)
FACTS = {"date": "4 March 2026", "supervisee": "AM", "supervisor": "RO"}
#: What two people write by hand, in their order on the paper.
WRITTEN = {
    "last-1": "AM: ring the school",
    "last-1.state": "done",
    "last-2": "RO: ask about the rota",
    "last-2.state": "not yet",
    "last-3": "a quiet room",
    "before.decide": "whether AM goes to the panel",
    "item-3": "Brambles.",
    "item-3.also": "Nettles.",
    "item-3.decided": "AM keeps both files until 20 March",
    "item-3.because": "Thistles, and nobody else knows them.",
    "support": "Friday mornings kept free",
    "support.until": "Friday 27 March",
}
ACTIONS = [
    ("AM", "ring the school", ActionState.DONE),
    ("RO", "ask about the rota", ActionState.NOT_YET),
    ("", "a quiet room", ActionState.OPEN),
]
DECISIONS = [
    (WRITTEN["item-3.decided"], WRITTEN["item-3.because"], BOTH, None),
    (WRITTEN["before.decide"], "", "", False),
]
#: Words that no paper of the next session may have: what was thought, decided and differed on, and why.
REASONS = ("Brambles", "Nettles", "Thistles", "AM keeps both files")


def filled(said: dict[str, str] = WRITTEN) -> bytes:
    return fill_word(word.write(blank()), {**FACTS, **said})  # type: ignore[arg-type]  # words


def record_of(said: dict[str, str] = WRITTEN, ring: Ring = Ring.PERSONAL, **rings: Ring) -> Record:
    """
    A record as somebody's own program may write it: its answers, and nothing made of them.
    """
    answers = (
        Answered(key=key, ring=rings.get(key.replace(".", "_").replace("-", "_"), ring), lines=lines_of(text))
        for key, text in said.items()
    )
    return Record(minutes=60, items=(), facts=tuple(FACTS.items()), answers=tuple(answers))


# --- through every door


def by_libreoffice(data: bytes, folder: Path) -> bytes:
    (folder / "filled.docx").write_bytes(data)
    (folder / "saved").mkdir()
    convert(folder / "filled.docx", "docx:MS Word 2007 XML", folder / "saved")
    return (folder / "saved" / "filled.docx").read_bytes()


DOORS: dict[str, Callable[[Path], bytes]] = {
    "word": lambda _: filled(),
    "controls gone": lambda _: changed(CONTROLS, data=filled()),
    "controls and bookmarks gone": lambda _: changed(CONTROLS, BOOKMARKS, data=filled()),
    "libreoffice": lambda folder: by_libreoffice(filled(), folder),
    "saved page": lambda _: typed_on_page(),
    "json": lambda _: to_json(attrs.evolve(record_of(), document="record")).encode(),
}


def typed_on_page() -> bytes:
    """
    A saved page, into which somebody has typed.
    """
    page = saved_page(blank())
    known = dict(page.answers)
    assert known.keys() >= WRITTEN.keys()
    return to_json(attrs.evolve(page, answers=tuple({**known, **FACTS, **WRITTEN}.items()))).encode()


@pytest.mark.parametrize("door", DOORS)
def test_what_is_written_by_hand_is_data_through_every_door(door: str, tmp_path: Path) -> None:
    """
    Each decision with its reason and who made it; each line of last time with its tick; the end of support as a day.
    """
    if door == "libreoffice" and shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    record = reflect.read(DOORS[door](tmp_path))

    assert [(each.what, each.why, each.who, each.confirmed) for each in record.decisions] == DECISIONS
    assert [(each.who, each.what, each.state) for each in record.before] == ACTIONS
    assert len({each.id for each in (*record.before, *record.actions)} - {""}) == len(ACTIONS)
    (support,) = support_in(record)
    assert (support.what, support.ends) == (WRITTEN["support"], datetime.date(2026, 3, 27))
    assert record.decisions[0].ends == datetime.date(2026, 3, 20)
    assert {each.ring for each in (*record.decisions, *record.before, support)} == {Ring.PERSONAL}
    assert record.answer("unplaced") == ""


def test_it_is_the_same_when_it_is_printed_again_and_closed() -> None:
    """
    No decision is printed twice, each line of last time has its place, and nothing has changed since it was closed.
    """
    record = reflect.read(filled())
    again = reflect.read(reflect.render(record, "record", reader="supervisee"))
    closed = close_record(record, DAY)
    signed = reflect.read(reflect.render(closed, "record", reader="supervisee"))

    assert again == record == from_json(to_json(record))
    assert signed.before == record.before
    assert signed.decisions == record.decisions
    assert signed.reading is not None
    assert signed.reading.state.unchanged
    text = reflect.render(record, "record", to="txt", reader="supervisee").decode()
    assert text.count("AM keeps both files") == 1


def test_a_line_that_is_written_in_after_closing_is_a_change() -> None:
    """
    It is no action of theirs, and the paper says where somebody wrote.
    """
    closed = close_record(reflect.read(filled({"item-3": "Brambles."})), DAY)
    paper = reflect.render(closed, "record", reader="supervisee")
    assert isinstance(paper, bytes)
    record = reflect.read(fill_word(paper, {"last-1": "AM: resign", "last-1.state": "done"}))

    assert record.before == ()
    assert record.reading is not None
    assert record.reading.state.changes


def test_a_line_without_words_stays_as_it_is() -> None:
    """
    A tick alone is nobody's action, and is not lost.
    """
    record = reflect.read(filled({"last-2.state": "done", "last-3": "a quiet room"}))

    assert [(each.what, each.state) for each in record.before] == [("a quiet room", ActionState.OPEN)]
    assert record.answer("last-2.state") == "done"


# --- laws of decisions and lines

_TEXTS = st.sampled_from(["", "go", "RO: go", "am: stay until 3 May", "Visit: Thursday", "we wait\nuntil June", " "])
_RINGS = st.sampled_from(Ring)
_KEYS = [f"item-{n}{end}" for n in (1, 2, 10) for end in ("", ".decided", ".because", ".differ", ".also")]
_KEYS += ["before.decide", "support", "support.until", *(f"last-{n}{end}" for n in (1, 2, 3) for end in ("", ".state"))]
Settling = Callable[[Record], Record]


@st.composite
def records(draw: st.DrawFn) -> Record:
    keys = draw(st.lists(st.sampled_from(_KEYS), unique=True, min_size=1))
    texts = {key: draw(st.sampled_from(STATES) if key.endswith(".state") else _TEXTS) for key in keys}
    answers = tuple(Answered(key=key, ring=draw(_RINGS), lines=lines_of(text)) for key, text in texts.items())
    facts = draw(st.sampled_from([FACTS, {**FACTS, "date": "soon"}, {}]))
    row = Decision(what="go", why="", who="RO", ring=draw(_RINGS))
    agreed = Action(what="ring the school", who="AM", by="Friday", ring=draw(_RINGS), id="2026-03-04.s1")
    return Record(
        minutes=60,
        items=(),
        facts=tuple(facts.items()),
        answers=answers,
        decisions=draw(st.sampled_from([(), (row,)])),
        actions=draw(st.sampled_from([(), (agreed,)])),
    )


def law_no_more_than_was_written(settle: Settling, record: Record) -> None:
    """
    A decision has the words of its place and of the reason beside it, and no others; where a reason is left out, not
    everybody may read it, or the two differ.
    """
    found = settle(record)
    told = found.decisions[len(record.decisions) :]
    said = {each.key: each.text for each in record.answers}
    texts = [said.get("before.decide", ""), *(text for key, text in said.items() if key.endswith(".decided"))]
    assert sorted(each.what for each in told) == sorted(text for text in texts if text.strip())
    assert {each.why for each in told} <= {"", *(text for key, text in said.items() if key.endswith(".because"))}
    assert {each.who for each in told} <= {BOTH, "", "RO", "am"}
    assert found.answers == record.answers


def law_readers_get_what_they_could_read(settle: Settling, record: Record) -> None:
    """
    It is the same whether a record is cut to its reader before or after: no word reaches another ring, not even that
    there is one.
    """
    for reader in READERS:
        assert settle(record).visible_to(reader).decisions == settle(record.visible_to(reader)).decisions, reader.name


def law_settled_once(settle: Settling, record: Record) -> None:
    """
    What is so already stays, and the words of a record have the same fingerprint.
    """
    found = settle(record)
    assert settle(found) == found
    assert found.decisions_in_rows == record.decisions_in_rows
    assert list(fields_of(found)) == list(fields_of(record))


def law_lines_become_actions(settle: Settling, record: Record) -> None:
    """
    No word is lost or added, each has its tick, and nobody sees more than before.
    """
    found = settle(record)
    said = {each.key: each for each in record.answers}
    day = dict(record.facts).get("date") == FACTS["date"]
    moved = [key for key in ("last-1", "last-2", "last-3") if day and key in said and said[key].text.strip()]
    assert [write_line(each) for each in found.before] == [" ".join(said[key].text.split()) for key in moved]
    ticks = [said[f"{key}.state"].text if f"{key}.state" in said else "open" for key in moved]
    assert [str(each.state) for each in found.before] == ticks
    gone = {name for key in moved for name in (key, f"{key}.state")}
    assert found.answers == tuple(each for each in record.answers if each.key not in gone)
    ids = [each.id for each in (*found.before, *found.actions)]
    assert len(set(ids)) == len(ids)
    # Whose own a text is, may have what several rings are said of (`narrowest`).
    for reader in (each for each in READERS if each.name != "author"):
        readable = [key for key in moved if reader.sees(said[key].ring)]
        assert len(found.visible_to(reader).before) <= len(readable), reader.name
        for action in found.visible_to(reader).before:
            key = moved[found.before.index(action)]
            assert all(reader.sees(said[name].ring) for name in (key, f"{key}.state") if name in said)
    assert settle(found) == found


@given(records())
def test_decisions_have_no_more_than_was_written(record: Record) -> None:
    law_no_more_than_was_written(with_decisions, record)
    law_readers_get_what_they_could_read(with_decisions, record)
    law_settled_once(with_decisions, record)


@given(records())
def test_lines_of_last_time_become_actions(record: Record) -> None:
    law_lines_become_actions(with_lines_of_last_time, record)


# wrong ways


def _settled(record: Record, told: Iterable[Decision]) -> Record:
    return attrs.evolve(record, decisions=(*record.decisions, *told))


def with_every_reason(record: Record) -> Record:
    """
    Takes a reason that fewer may read.
    """
    said = {each.key: each.text for each in record.answers}
    return _settled(
        record,
        (
            attrs.evolve(each, why=said.get(f"item-{int(each.id.rpartition('.')[2][1:])}.because", each.why))
            if each.id and each.confirmed is None
            else each
            for each in record.decisions_in_answers
        ),
    )


def with_reason_of_differing(record: Record) -> Record:
    """
    Looks at whether they differ, which fewer may read, and says so by leaving the reason out.
    """
    differ = any(each.key.endswith(".differ") for each in record.answers)
    return _settled(
        record, (attrs.evolve(each, why="" if differ else each.why) for each in record.decisions_in_answers)
    )


def with_case_ring(record: Record) -> Record:
    """
    Gives each to the case.
    """
    return _settled(record, (attrs.evolve(each, ring=Ring.CASE) for each in record.decisions_in_answers))


def with_twice(record: Record) -> Record:
    """
    Adds what is there already.
    """
    return _settled(record, record.decisions_in_answers)


def with_own_words(record: Record) -> Record:
    """
    Says what nobody wrote.
    """
    return _settled(record, (attrs.evolve(each, why=each.why or "not said") for each in record.decisions_in_answers))


def with_rings_of_lines(record: Record) -> Record:
    """
    Shows a tick to whoever may read the line.
    """
    found = with_lines_of_last_time(record)
    said = {each.key: each.ring for each in record.answers if each.text.strip()}
    rings = [said[key] for key in ("last-1", "last-2", "last-3") if key in said]
    before = (attrs.evolve(each, ring=ring) for each, ring in zip(found.before, rings, strict=False))
    return attrs.evolve(found, before=tuple(before))


def with_lines_twice(record: Record) -> Record:
    """
    Keeps the line beside the action.
    """
    return attrs.evolve(with_lines_of_last_time(record), answers=record.answers)


def with_state_lost(record: Record) -> Record:
    """
    Says that all is open.
    """
    found = with_lines_of_last_time(record)
    return attrs.evolve(found, before=tuple(attrs.evolve(each, state=ActionState.OPEN) for each in found.before))


WRONG = [
    (law_readers_get_what_they_could_read, with_every_reason),
    (law_readers_get_what_they_could_read, with_reason_of_differing),
    (law_readers_get_what_they_could_read, with_case_ring),
    (law_settled_once, with_twice),
    (law_no_more_than_was_written, with_own_words),
    (law_lines_become_actions, with_rings_of_lines),
    (law_lines_become_actions, with_lines_twice),
    (law_lines_become_actions, with_state_lost),
]


@pytest.mark.parametrize(("law", "wrong"), WRONG, ids=lambda each: each.__name__)
def test_each_law_finds_out_a_wrong_way(law: Callable[..., None], wrong: Settling) -> None:
    from tests.test_impostors import broken

    assert broken(law, wrong, (records(),), 400)


@given(st.sampled_from(Ring), st.sampled_from(Ring))
def test_what_goes_with_something_is_seen_by_all_who_see_that(ring: Ring, other: Ring) -> None:
    assert not goes_with(ring, other) or all(each.sees(ring) for each in READERS if each.sees(other))
    assert goes_with(ring, ring)


def test_who_decided_is_both_unless_a_name_stands_before_it() -> None:
    said = {"RO: we wait": "RO", "Supervisor: we wait": "Supervisor", "Visit: Thursday": BOTH, "we wait": BOTH}
    for text, who in said.items():
        (found,) = decisions_in_answers("record", record_of({"item-3.decided": text}).answers, FACTS.items())
        assert (found.who, found.what) == (who, text)


def test_what_is_decided_about_a_case_on_the_file_of_the_two_reaches_no_case() -> None:
    """
    Each decision stays on its own paper: that of a case's record with the case, and that of the two with the two.
    """
    said = {"case-record.decision": "a visit today", "case-record.date": "4 March 2026", "case-record.about": "F12"}
    case = attrs.evolve(record_of(said, Ring.CASE), document="case-record")
    theirs = with_agreed(record_of())
    (file,) = (each for each in READERS if each.name == "case-file")

    assert [(each.what, each.about, each.ring) for each in with_agreed(case).decisions] == [
        ("a visit today", "F12", Ring.CASE)
    ]
    assert theirs.visible_to(file).decisions == theirs.visible_to(file).before == ()
    assert not b"\n".join(data for _, data in words_for_everybody(planned())).decode().count(WRITTEN["item-3.decided"])


# --- until when


@given(st.dates(DAY + datetime.timedelta(1), DAY + datetime.timedelta(190)), st.data())
def test_an_end_is_a_day_where_it_is_one(day: datetime.date, data: st.DataObject) -> None:
    """
    However it is written; and where anything else is said too, it is words.
    """
    short = day_in_words(day).rpartition(" ")[0]
    forms = [day_in_words(day), short, f"{day:%A} {short}", day.isoformat(), f"{day:%d/%m/%Y}", f"until {short}."]
    text = data.draw(st.sampled_from(forms))
    more = data.draw(st.sampled_from(["{}, if the panel has met", "not before {}", "{} or 1 June", "the week of {}"]))

    assert read_until(text, DAY) == day
    assert read_until(more.format(text), DAY) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("the end of May", "2026-05-31"),
        ("two weeks", "2026-03-18"),
        ("Friday", "2026-03-06"),
        ("4 March", "2026-03-04"),
        ("20/3", "2026-03-20"),
        ("3 March", None),
        ("31 April", None),
        ("Monday 20 March", None),
        ("the panel has met", None),
        ("", None),
    ],
)
def test_ends_that_people_write(text: str, day: str | None) -> None:
    assert str(read_until(text, DAY)) == str(day)


@pytest.mark.parametrize("ring", [Ring.PAIR, Ring.CASE, Ring.OWN])
def test_an_end_that_fewer_may_read_is_no_part_of_the_support(ring: Ring) -> None:
    (support,) = support_in(record_of(support_until=ring))

    assert (support.what, support.until, support.ends) == (WRITTEN["support"], "", None)


# --- the next plan


def planned(
    said: dict[str, str] = WRITTEN, day: datetime.date = datetime.date(2026, 3, 18), **more: object
) -> NextSession:
    return following([reflect.read(filled(said))], date=day, **more)  # type: ignore[arg-type]  # as `following`


def words_for_everybody(found: NextSession) -> Iterator[tuple[str, bytes]]:
    """
    Every file of a session by its name, without what is random in the plan that is kept.
    """
    for paper in found.papers(more=("preparation", "pair-notes"), to="txt"):
        data = re.sub(rb'"calendar": "[^"]*"', b"", paper.data) if paper.name.endswith(".json") else paper.data
        if not paper.name.endswith(".ics"):
            yield f"{paper.folder}/{paper.name}", data


def test_the_next_plan_has_what_carries_over_and_no_reason() -> None:
    """
    What is not done yet, what must be decided, and support until its day; what was done has its end.
    """
    found = planned()
    before = [(each.what, each.agreed) for each in found.session.before]

    assert ("ask about the rota", "") in before
    assert ("a quiet room", "") in before
    assert ("whether AM goes to the panel", "must be decided, 4 March 2026") in before
    assert len(before) == 3
    everything = b"\n".join(data for _, data in words_for_everybody(found)).decode()
    assert "Friday mornings kept free" in everything
    assert "27 March 2026" in everything
    assert "ring the school" not in everything
    assert not [each for each in REASONS if each in everything]


@pytest.mark.parametrize("key", ["item-3", "item-3.also", "item-3.because", "item-3.differ", "differently"])
def test_a_reason_changes_nothing_of_the_next_session(key: str) -> None:
    """
    Twins that differ in what was thought, in doubt, in dissent or in a reason have equal papers.
    """
    twins = [record_of({**WRITTEN, key: text}) for text in ("Foxgloves.", "")]
    day = datetime.date(2026, 3, 18)
    pages = [dict(words_for_everybody(following([record], date=day))) for record in twins]

    assert pages[0] == pages[1]


@pytest.mark.parametrize(
    ("until", "day", "shown"),
    [
        ("Friday 27 March", "2026-03-27", "until 27 March 2026"),
        ("Friday 27 March", "2026-03-28", ""),
        ("", "2026-03-18", ""),
        ("the panel has met", "2026-03-28", "until the panel has met"),
    ],
)
def test_support_ends_at_its_date(until: str, day: str, shown: str) -> None:
    """
    On that day it still holds; on the next it is in no paper. Words have no date, and come back as they were written;
    where nobody wrote an end, nothing comes back.
    """
    found = planned({**WRITTEN, "support.until": until}, datetime.date.fromisoformat(day))
    texts = [note.text for item in found.session.items for note in item.notes if "kept free" in note.text]

    assert [shown in text for text in texts] == ([True] if shown else [])


@pytest.mark.parametrize(
    ("what", "until", "text"),
    [
        ("appointment on 22 May kept free", "27 March", "Support until 27 March 2026: see the record of 4 March 2026."),
        ("Fridays kept free", "the operation", "Support: Fridays kept free."),
    ],
)
def test_support_that_says_why_stays_on_its_record(what: str, until: str, text: str) -> None:
    """
    No word of the reason is on the next paper; `reflect check` names the line.
    """
    record = record_of({"support": what, "support.until": until})
    found = following([record], date=datetime.date(2026, 3, 18))

    assert text in [note.text for item in found.session.items for note in item.notes]
    assert [key for key, _ in find_telling_lines(record)]


def test_support_is_known_until_its_day_and_no_longer() -> None:
    """
    The record of the session between says nothing of it; the plan that is kept does.
    """
    first = planned(day=datetime.date(2026, 3, 11))
    between = attrs.evolve(record_of({"item-3": "Rain."}), facts=(("date", "11 March 2026"),))
    for day, known in ((datetime.date(2026, 3, 25), 1), (datetime.date(2026, 4, 1), 0)):
        found = following([between, first.kept], date=day)
        assert len(found.next_file.file.support) == known
    again = following(
        [attrs.evolve(record_of(), facts=(("date", "11 March 2026"),)), first.kept], date=DAY.replace(day=25)
    )
    assert len(again.next_file.file.support) == 1


def test_what_must_be_decided_comes_back_until_it_is() -> None:
    """
    The next record asks for it on a line of its own; ticked as done, it has its end, and else it stays.
    """
    first = planned()
    (line,) = (each for each in first.session.before if each.agreed.startswith("must be decided"))
    paper = reflect.render(first.session, "record", reader="supervisee")
    assert isinstance(paper, bytes)
    for state, stays in (("done", False), ("not yet", True), ("", True)):
        said = {f"before.{line.id}": state} if state else {}
        record = reflect.read(fill_word(paper, {"date": "18 March 2026", **said}))  # type: ignore[arg-type]  # words
        found = following([record, first.kept], date=datetime.date(2026, 4, 1))
        assert (line.what in {each.what for each in found.session.before}) is stays


def test_who_writes_it_down_again_has_one_action() -> None:
    """
    Not done yet, and agreed on anew with another date: that is one, with the new date.
    """
    said = {
        "last-1": "AM: ring the school",
        "last-1.state": "not yet",
        "actions": [("ring the school", "AM", "Friday")],
    }
    record = reflect.read(fill_word(word.write(blank()), {**FACTS, **said}))  # type: ignore[arg-type]  # words and rows
    found = following([record], date=datetime.date(2026, 3, 18))

    assert [(each.what, each.by) for each in found.session.before] == [("ring the school", "Friday")]


def test_json_of_a_program_of_your_own_is_planned_from_too() -> None:
    """
    A record that has only answers, without decisions or actions, is understood as its paper would be.
    """
    whole, bare = with_agreed(record_of()), record_of()
    found, again = (following([each], date=datetime.date(2026, 3, 18)) for each in (whole, bare))

    assert found.session == again.session
    assert found.session.before
