"""
Check whether a record still has the words that were signed, and whether everybody can read a Word file.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import attrs

from reflect.checks.checked import Checked
from reflect.errors import Fault
from reflect.files.office import read_within_limits
from reflect.formats.word.accessibility import barriers
from reflect.reading_back import read as read_back
from reflect.reading_back.altered import count_altered_lines, describe_changes, describe_unknown
from reflect.sessions.record import Record
from reflect.sessions.support import find_telling_lines


def check_word_file(path: Path) -> Checked:
    """
    Check a Word file: whether everybody can read it, and, if it is one of our papers filled in, what it says.
    """
    data = read_within_limits(path)
    in_the_way = tuple(_faults_of_barriers(path, data))
    record = read_back(data)
    if record.reading is None or record.document == "unknown":
        return Checked(path, in_the_way)
    signed = record.signed or record.reading.fingerprint
    lines = count_altered_lines(data, record) or 0 if signed else 0
    checked = check_record(path, record, lines)
    return attrs.evolve(checked, faults=(*in_the_way, *checked.faults))


def _faults_of_barriers(path: Path, data: bytes) -> Iterator[Fault]:
    for barrier in barriers(data):
        times = f", {barrier.times} times" if barrier.times > 1 else ""
        yield Fault(str(path), None, f"{barrier.what}{times} ({barrier.code})", barrier.remedy)


def check_record(path: Path, record: Record, altered_lines: int = 0) -> Checked:
    where = str(path)
    ask = "ask each of the two again, and have the changed words signed"
    faults = [Fault(where, None, what, ask) for what in describe_changes(record)]
    if altered_lines and not faults:
        lines = "a line" if altered_lines == 1 else f"{altered_lines} lines"
        what = f"{lines} of what is printed on the paper {'was' if altered_lines == 1 else 'were'} changed"
        faults.append(Fault(where, None, what, ask))
    for answer in record.answers:
        rows = answer.text.split("\n") if answer.key == "passed-on" else ()
        if any(not all(map(str.strip, row.split("|"))) for row in rows):
            what = "something was passed on without a name, a reason, or the day the supervisee was told"
            faults.append(Fault(where, None, what, "say all three, and tell the supervisee first"))
    advice = [Fault(where, None, what, "then a later change shows") for what in describe_unknown(record)]
    for key, words in find_telling_lines(record):
        quoted = ", ".join(f"'{word}'" for word in words)
        what = f"{key} may give away why somebody is helped ({quoted})"
        advice.append(Fault(where, None, what, "write what will be done, and leave the reason between the two of you"))
    return Checked(path, tuple(faults), tuple(advice))
