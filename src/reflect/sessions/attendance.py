"""
Show that sessions were held, and nothing that was said in them.

There is no table of several people's answers, on purpose: what people write for their supervisor is not for comparing.
"""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterable

import attrs

from reflect.sessions.brought import Outcome
from reflect.sessions.record import Record
from reflect.sessions.typed import read_day
from reflect.shown import Brief

#: The columns of the table, in order.
COLUMNS = ("record", "held", "minutes", "planned", "reached", "supervisee signed", "supervisor signed")


@attrs.frozen(kw_only=True)
class Assurance(Brief):
    """
    What people may see of a session if they only need to know that it was held.

    Attributes:
        held: The day it was held; None if the record has no day that can be read.
        minutes: How long it was planned to be; 0 if the record does not say.
        reached: How many of them were reached, as planned or changed.
    """

    held: datetime.date | None
    minutes: int
    planned: int
    reached: int
    supervisee: bool
    supervisor: bool


def assurance_of(record: Record) -> Assurance:
    """
    Return that a session was held, and nothing that was said in it.
    """
    signed = {sign.role for sign in record.signed if sign.agreement}
    return Assurance(
        held=read_day(dict(record.facts).get("date", "")),
        minutes=record.minutes,
        planned=len(record.items),
        reached=sum(item.outcome in (Outcome.AS_PLANNED, Outcome.CHANGED) for item in record.items),
        supervisee="supervisee" in signed,
        supervisor="supervisor" in signed,
    )


def write_table(records: Iterable[tuple[str, Assurance]]) -> str:
    """
    Return a table of several records as CSV, with a row for each.
    """
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(COLUMNS)
    for name, facts in records:
        rows.writerow(
            (
                # A spreadsheet calculates whatever begins like a formula.
                f"'{name}" if name[:1] in "=+-@\t\r" else name,
                facts.held.isoformat() if facts.held else "",
                facts.minutes or "",
                facts.planned,
                facts.reached,
                "yes" if facts.supervisee else "no",
                "yes" if facts.supervisor else "no",
            )
        )
    return out.getvalue()
