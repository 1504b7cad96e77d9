"""
Facts for an audit come from what somebody said, never from a plan; and nothing said is blank.
"""

from __future__ import annotations

import csv
import datetime
import io
from pathlib import Path

import attrs
import pytest
from click.testing import CliRunner
from hypothesis import given, settings

import reflect
from reflect.cli import main
from reflect.papers import AuditView, LoggedSession, SupervisionLog
from reflect.questions.rings import Ring
from reflect.reading_back import assurance_of, read, write_table
from reflect.rendering.rendering import render
from reflect.sessions import journal
from reflect.sessions.attendance import COLUMNS, is_filled_in
from reflect.sessions.brought import Outcome
from reflect.sessions.journal import CANCELLED, Journal, JournalEntry
from reflect.sessions.parts import Action, ActionState, Agreement, Answered, ItemRecord, SignOff
from reflect.sessions.record import Record
from reflect.text.prose import Line, Run
from tests.documents import tried
from tests.strategies import records

D = datetime.date
DAY = D(2026, 3, 4)
ITEM = ItemRecord(key="item-1", use="arrive", minutes=60)


def said(key: str, text: str, ring: Ring = Ring.PERSONAL) -> Answered:
    return Answered(key=key, ring=ring, lines=(Line(runs=(Run(text=text),)),))


def record_of(day: str = "4 March 2026", **more: object) -> Record:
    return Record(minutes=60, items=(ITEM,), facts=(("date", day),) if day else (), **more)  # type: ignore[arg-type]


def row(record: Record, past: Journal = journal.EMPTY) -> dict[str, str]:
    (only,) = csv.DictReader(io.StringIO(write_table([("r", assurance_of(record, past))])))
    return {name: text for name, text in only.items() if text and name != "record"}


def view(record: Record) -> str:
    return " ".join(render(record, "audit-view", to="txt", reader="auditor").decode().split())


#: What somebody may fill in on a record, so that it is proof.
FILLED = {
    "an answer": {"answers": (said("item-1", "QZ"),)},
    "one about a case": {"answers": (said("item-1", "QZ", Ring.CASE),)},
    "an action": {"actions": (Action(what="QZ", who="a", by="b"),)},
    "an outcome": {"items": (attrs.evolve(ITEM, outcome=Outcome.TALKED),)},
    "what became of an action": {"before": (Action(what="QZ", who="a", by="b", state=ActionState.DONE),)},
    "a signature": {"signed": (SignOff(role="supervisee", agreement=Agreement.AGREED),)},
}
#: What is on it without anybody having said anything, or is nobody else's business.
NOT_FILLED = {
    "nothing": {},
    "an action that was open before": {"before": (Action(what="QZ", who="a", by="b"),)},
    "what is for the two": {"answers": (said("item-1", "QZ", Ring.PAIR),)},
    "what is for its author": {"answers": (said("item-1", "QZ", Ring.OWN),)},
    "text under no question": {"answers": (said("unplaced", "QZ"),)},
}


@pytest.mark.parametrize("name", FILLED)
def test_a_record_that_was_filled_in_proves_that_its_session_was_held(name: str) -> None:
    """
    With a day and anything filled in, table and paper say that it was held; what was planned is called planned.
    """
    record = attrs.evolve(record_of(), **FILLED[name])  # type: ignore[arg-type]

    assert row(record).items() >= {"held": "2026-03-04", "minutes planned": "60"}.items()
    assert "minutes" not in row(record)
    assert "Held on 4 March 2026, 60 minutes planned." in view(record)
    assert "QZ" not in view(record)


@pytest.mark.parametrize("name", NOT_FILLED)
def test_a_record_with_nothing_filled_in_proves_nothing(name: str) -> None:
    """
    Neither table nor paper says that it was held, nor that anybody did not sign: there is only what was planned.
    """
    record = attrs.evolve(record_of(), **NOT_FILLED[name])

    assert row(record) == {"minutes planned": "60"}
    text = view(record)
    assert "Planned for 4 March 2026, 60 minutes." in text
    for claim in ("Held", "not signed", "not said", "not reached"):
        assert claim not in text


def test_a_record_without_a_day_proves_nothing() -> None:
    """
    However much is on it; with a day it does.
    """
    full = {"answers": (said("item-1", "QZ"),)}

    assert "held" not in row(record_of("", **full))
    assert "Held" not in view(record_of("", **full))
    assert "held" not in row(record_of("soon", **full))
    assert row(record_of(**full))["held"] == "2026-03-04"


def test_a_paper_straight_from_a_plan_proves_nothing() -> None:
    """
    A blank record that was printed and read back has a day and no session.
    """
    session = reflect.plan("arrive@5 + kolb-cycle@50 + close@5", 60, facts={"date": "4 March 2026"})
    blank = read(render(session, "record", reader="supervisee"))

    assert not is_filled_in(blank)
    assert "held" not in row(blank)


@settings(max_examples=tried(40))
@given(records)
def test_what_was_reached_is_in_no_audit(record: Record) -> None:
    """
    Items, their models and what became of them change nothing that an auditor gets, once anything proves the session.
    """
    signed = (SignOff(role="supervisor", agreement=Agreement.NOT_AGREED),)
    known = attrs.evolve(record, signed=signed, document="record")
    other = attrs.evolve(known, items=(attrs.evolve(ITEM, use="kolb-cycle", outcome=Outcome.DROPPED),))

    assert assurance_of(known) == assurance_of(other)
    assert view(known) == view(other)


def test_how_each_signed_is_said_in_their_words() -> None:
    """
    Who did not agree signed too, and is not counted as having agreed; who has not signed is blank.
    """
    record = record_of(signed=(SignOff(role="supervisee", agreement=Agreement.NOT_AGREED),))

    assert row(record)["supervisee signed"] == "not agreed"
    assert "supervisor signed" not in row(record)
    assert "not agreed" in view(record)


def test_minutes_are_those_it_took_where_the_journal_has_them() -> None:
    """
    With the journal, how long it took is a fact; without it, there is only what was planned.
    """
    past = Journal((JournalEntry(date=DAY, minutes=45),))
    record = record_of(answers=(said("item-1", "QZ"),))

    assert row(record, past) == {"held": "2026-03-04", "minutes": "45", "minutes planned": "60"}
    assert "minutes" not in row(record)
    assert "minutes" not in row(record, Journal((JournalEntry(date=D(2026, 4, 4), minutes=45),)))


def test_a_session_that_was_cancelled_says_by_whom() -> None:
    """
    The journal says who cancelled it; if it does not, nobody is named.
    """
    past = Journal((JournalEntry(date=DAY, status=CANCELLED, by="supervisor"),))
    unsaid = Journal((JournalEntry(date=DAY, status=CANCELLED),))

    assert row(record_of(), past) == {
        "cancelled": "2026-03-04",
        "cancelled by": "supervisor",
        "minutes planned": "60",
    }
    assert row(record_of(), unsaid) == {"cancelled": "2026-03-04", "minutes planned": "60"}
    text = render(AuditView.of_journal(past), "audit-view", to="txt", reader="auditor").decode()
    assert "4 March 2026: cancelled by the supervisor" in text


def test_a_group_has_a_number_and_no_signatures() -> None:
    """
    How many came is a number on its record, table and paper; nothing says that a group did not sign.
    """
    session = reflect.plan("arrive@5 + kolb-cycle@50 + close@5", 60, facts={"date": "4 March 2026"})
    blank = read(render(session, "group-record", reader="group"))
    came = attrs.evolve(blank, answers=(said("group.present", "7 of us", Ring.GROUP),))
    alone = record_of(answers=(said("item-1", "QZ"),))

    again = read(render(came, "group-record", reader="group"))
    assert again.answer("group.present") == "7 of us"
    assert row(again) == {"held": "2026-03-04", "minutes planned": "60", "present": "7"}
    assert "How many came: 7." in view(again)
    assert "Signed" not in view(again)
    assert "Signed" in view(alone)
    assert "How many came" not in view(alone)
    assert "present" not in row(attrs.evolve(again, answers=(said("group.present", "7 or 8", Ring.GROUP),)))


def test_what_a_journal_knows_of_attendance_and_signing_is_there() -> None:
    """
    A journal says who signed and how many came to a group; how they signed is in the record, if that is there.
    """
    past = Journal((JournalEntry(date=DAY, attended=6, signed=("supervisee",)),))
    agreed = record_of(signed=(SignOff(role="supervisee", agreement=Agreement.AGREED),))

    assert row(record_of(), past)["supervisee signed"] == "signed"
    assert row(agreed, past)["supervisee signed"] == "agreed"
    assert row(record_of(), past)["present"] == "6"
    assert "supervisor signed" not in row(record_of(), past)
    assert "How many came: 6." in render(AuditView.of_journal(past), "audit-view", to="txt", reader="auditor").decode()


def test_a_line_of_a_log_says_nothing_that_nobody_said() -> None:
    """
    A day alone is no session that was held; a day with its minutes is.
    """
    log = SupervisionLog(
        sessions=(LoggedSession(date=DAY), LoggedSession(date=D(2026, 4, 1), minutes=60)),
        every=28,
        date=D(2026, 5, 1),
    )

    assert [words for _, words, _ in log.rows] == ["", "held"]
    assert log.overdue == "2 days overdue"


def test_the_table_of_the_command_has_the_journal_too(tmp_path: Path) -> None:
    """
    With --journal the table has how long each session took, and a row for what the journal alone knows.
    """
    folder = tmp_path / "ours"
    folder.mkdir()
    journal.add(folder, JournalEntry(date=DAY, minutes=45))
    journal.add(folder, JournalEntry(date=D(2026, 4, 1), status=CANCELLED, by="both"))
    file = tmp_path / "record.json"
    file.write_text(reflect.to_json(record_of(answers=(said("item-1", "QZ"),))))
    words = ["read", str(file), "--facts", "-", "--journal", str(folder)]
    done = CliRunner().invoke(main, words)

    rows = list(csv.reader(io.StringIO(done.stdout)))
    assert rows[0] == list(COLUMNS)
    assert rows[1] == ["record", "2026-03-04", "", "", "45", "60", "", "", ""]
    assert rows[2] == ["", "", "2026-04-01", "both", "", "", "", "", ""]
    alone = CliRunner().invoke(main, ["read", str(file), "-o", "-", "--journal", str(folder)])
    assert alone.exit_code == 2
