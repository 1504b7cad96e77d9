"""
Check whether a record still has the words that were signed, and whether everybody can read a Word file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from reflect.checks.checked import Checked
from reflect.errors import Fault
from reflect.files.office import read_within_limits
from reflect.formats.word.accessibility import barriers
from reflect.reading_back import read as read_back
from reflect.reading_back.altered import describe_changes, describe_unknown, find_altered_lines
from reflect.reading_back.closed_papers import state_of
from reflect.sessions.parts import PaperState, Standing
from reflect.sessions.record import Record
from reflect.sessions.support import find_telling_lines

#: What to do about a paper that is not as it was closed.
_ASK = "ask each other; if both want the new words, close the paper again, and each of you signs again"


def check_word_file(path: Path) -> Checked:
    """
    Check a Word file: if it is one of our papers filled in, what the two can act on; otherwise whether everybody can
    read it.
    """
    data = read_within_limits(path)
    record = read_back(data)
    if record.reading is None or record.document == "unknown":
        state = state_of(record)
        if state.standing is Standing.LOST:
            return Checked(path, advice=tuple(_advice_on_lost(str(path), state)), state=str(state))
        return Checked(path, tuple(_faults_of_barriers(path, data)))
    # We made it so that everybody can read it, and what a program did to it since is not for the two to mend.
    return check_record(path, record, () if state_of(record).closed else find_altered_lines(data, record))


def _faults_of_barriers(path: Path, data: bytes) -> Iterator[Fault]:
    for barrier in barriers(data):
        times = f", {barrier.times} times" if barrier.times > 1 else ""
        yield Fault(str(path), None, f"{barrier.what}{times} ({barrier.code})", barrier.remedy)


def check_record(path: Path, record: Record, altered_lines: Sequence[str] = ()) -> Checked:
    where = str(path)
    state = state_of(record)
    faults = [Fault(where, None, f"{change} after {state.since}", _ASK) for change in state.changes]
    if not faults:
        faults = [Fault(where, None, what, _ASK) for what in describe_changes(record)]
    for answer in record.answers:
        rows = answer.text.split("\n") if answer.key == "passed-on" else ()
        if any(not all(map(str.strip, row.split("|"))) for row in rows):
            what = "something was passed on without a name, a reason, or the day the supervisee was told"
            faults.append(Fault(where, None, what, "say all three, and tell the supervisee first"))
    advice = [Fault(where, None, what, "then a later change shows") for what in describe_unknown(record)]
    if state.standing is Standing.LOST:
        advice += _advice_on_lost(where, state)
    for key, doubt in record.reading.doubts if record.reading else ():
        if key.startswith("sign.") and key.count(".") == 1:
            what = f"how the {key.removeprefix('sign.')} signed is not certain: {doubt}"
            advice.append(Fault(where, None, what, "ask them, and have one option ticked"))
    if not state.closed:
        advice += (
            Fault(where, None, f'the printed line "{line}" is not there', "say to each other what stands there now")
            for line in altered_lines
        )
    for key, words in find_telling_lines(record):
        quoted = ", ".join(f"'{word}'" for word in words)
        what = f"{key} may give away why somebody is helped ({quoted})"
        advice.append(Fault(where, None, what, "write what will be done, and leave the reason between the two of you"))
    return Checked(path, tuple(faults), tuple(advice), state=str(state) if record.reading or record.closed else "")


def _advice_on_lost(where: str, state: PaperState) -> Iterator[Fault]:
    """
    Give advice on a closed paper whose words can no longer be matched with the fingerprint that is printed on it.
    """
    if not state.matches:
        what = "it no longer says that it was closed, and so much was lost that its words cannot be checked"
        yield Fault(where, None, what, "compare it with a copy that was kept: reflect compare MINE THEIRS")
