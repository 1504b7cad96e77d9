"""
Show that sessions were held, and nothing that was said in them.

There is no table of several people's answers, on purpose: what people write for their supervisor is not for comparing.
Nor is there anything of what was planned and reached: that is the business of the two. What nobody said is blank.
"""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Iterable

import attrs

from reflect.questions.rings import Ring
from reflect.sessions.journal import EMPTY, Journal, JournalEntry
from reflect.sessions.parts import SIGNING, UNPLACED, ActionState
from reflect.sessions.record import RECORDS_OF_GROUPS, RECORDS_OF_TWO, Record
from reflect.sessions.typed import read_day
from reflect.shown import Brief

#: The columns of the table, in order.
COLUMNS = (
    "record", "held", "cancelled", "cancelled by", "minutes", "minutes planned", "present", "supervisee signed",
    "supervisor signed",
)  # fmt: skip
GROUPS = RECORDS_OF_GROUPS
#: The papers that a session is recorded on.
RECORDS = (*RECORDS_OF_TWO, *GROUPS)
#: The place on the record of a group for how many came.
PRESENT = "group.present"


@attrs.frozen(kw_only=True)
class Assurance(Brief):
    """
    What people may see of a session if they only need to know that it was held.

    Attributes:
        held: The day it was held; None if nobody said that it was.
        cancelled: The day it should have been held, if the journal says that it was cancelled.
        by: Who cancelled it: supervisee, supervisor or both; empty if nobody said.
        minutes: How long it really took, as the journal has it; None if nobody said.
        planned: How long it was planned to be, in minutes; None if the record does not say.
        present: How many came, to a group; None if nobody said.
        supervisee: How the supervisee signed: agreed, agreed with comments, not agreed, or only that they signed, as a
            journal has it; empty if nobody said that they did.
        supervisor: How the supervisor signed.
    """

    held: datetime.date | None = None
    cancelled: datetime.date | None = None
    by: str = ""
    minutes: int | None = None
    planned: int | None = None
    present: int | None = None
    supervisee: str = ""
    supervisor: str = ""


def is_filled_in(record: Record) -> bool:
    """
    Tell whether anybody wrote, ticked or signed anything on a record that goes on a file.

    What was planned is not enough: that is printed on it. Nor is text under no question, since nobody knows what it
    says. What is for the two alone, or for its author, does not count: nobody else gets to know that it is there.
    """
    written = (each.ring for each in record.answers if each.key != UNPLACED)
    brought = (each.topic.ring for each in record.brought if each.became or each.until)
    before = (action.ring for action in record.before if action.state is not ActionState.OPEN)
    agreed = (*(row.ring for row in record.actions), *(row.ring for row in record.decisions))
    rings = {*written, *brought, *before, *agreed} - {Ring.OWN, Ring.PAIR}
    return bool(rings or record.signed or any(item.outcome or item.until for item in record.items))


def day_of(record: Record) -> datetime.date | None:
    """
    Return the day on a record; None if there is none that can be read.
    """
    return read_day(dict(record.facts).get("date", ""))


def day_held(record: Record) -> datetime.date | None:
    """
    Return the day that a recorded session was held; None if the record has no day, or nothing is filled in.
    """
    return day_of(record) if is_filled_in(record) else None


def count_present(record: Record) -> int | None:
    """
    Return how many came, as the record of a group says it; None if it does not.
    """
    numbers = re.findall(r"\d+", record.answer(PRESENT))
    return int(numbers[0]) if len(numbers) == 1 and len(numbers[0]) < 4 else None


def assurance_of(record: Record, journal: Journal = EMPTY) -> Assurance:
    """
    Return that a session was held, and nothing that was said in it.

    Args:
        journal: The journal of the two, which says how long it took, or that it was cancelled.
    """
    day = day_of(record)
    entry = next((each for each in reversed(journal.entries) if each.date == day), None)
    told = Assurance(held=day_held(record)) if entry is None else assurance_of_entry(entry)
    present = count_present(record)
    return attrs.evolve(
        told,
        planned=record.minutes or None,
        present=told.present if present is None else present,
        supervisee=record.signature("supervisee")["value"] or told.supervisee,
        supervisor=record.signature("supervisor")["value"] or told.supervisor,
    )


def assurance_of_entry(entry: JournalEntry) -> Assurance:
    """
    Return what a journal says of a session to those who only need to know that it was held.
    """
    if not entry.held:
        return Assurance(cancelled=entry.date, by=entry.by)
    signed = {role: "signed" if role in entry.signed else "" for role in SIGNING}
    return Assurance(
        held=entry.date,
        minutes=entry.minutes,
        present=entry.attended,
        supervisee=signed["supervisee"],
        supervisor=signed["supervisor"],
    )


def write_table(records: Iterable[tuple[str, Assurance]]) -> str:
    """
    Return a table of several records as CSV, with a row for each. What nobody said is blank.
    """
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(COLUMNS)
    for name, facts in records:
        rows.writerow(
            (
                # A spreadsheet calculates whatever begins like a formula.
                f"'{name}" if name and name[0] in "=+-@\t\r" else name,
                facts.held or "",
                facts.cancelled or "",
                facts.by,
                facts.minutes or "",
                facts.planned or "",
                "" if facts.present is None else facts.present,
                facts.supervisee,
                facts.supervisor,
            )
        )
    return out.getvalue()
