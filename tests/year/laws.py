"""
The laws that hold over a year, each as a function that gives what breaks it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from click.testing import CliRunner

import reflect
from reflect.cli import main
from reflect.documents.templates import Templates
from reflect.files import objects
from reflect.questions.rings import READERS, Ring, narrows
from reflect.sessions.journal import JournalEntry
from reflect.sessions.pasting import write_plain_text
from reflect.testing.canaries import rings_in
from tests.year.playing import CASE, Played

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_PAIR = frozenset({Ring.PAIR, Ring.PERSONAL, Ring.CASE, Ring.ASSURANCE, Ring.OPEN})
#: What may lie in the folder of each reader.
FOLDERS = {
    "supervisee": _PAIR | {Ring.OWN},
    "supervisor": _PAIR,
    "case-file": frozenset({Ring.CASE, Ring.OPEN}),
    "group": frozenset({Ring.GROUP, Ring.OPEN}),
    "journal": frozenset({Ring.PERSONAL, Ring.GROUP, Ring.OPEN}),
    "audit": frozenset({Ring.ASSURANCE, Ring.OPEN}),
}


def ring_of(path: str) -> Ring:
    """
    Who may read a file that was written, by its kind and its folder.
    """
    *_, folder, name = path.split("/")
    kind = re.sub(r"-\d+$", "", _DAY.split(name)[0].rstrip("-"))
    if kind == "supervision":  # the entry of a calendar
        return Ring.OPEN
    if folder == "journal":
        return Ring.PERSONAL
    if folder == "audit":
        return Ring.ASSURANCE
    if kind == "plan":
        return Ring.GROUP if folder == "group" else Ring.PAIR
    return (
        Templates().about(f"group-{kind}" if folder == "group" and kind in ("agenda", "record") else kind).ring
        or Ring.OPEN
    )


def may_hold(path: str, ring: Ring) -> bool:
    """
    Whether a file is for nobody who may not read what is of a ring.
    """
    return narrows(ring_of(path), ring) and ring in FOLDERS[path.split("/")[-2]]


def got_by_others(played: Played, ring: Ring) -> dict[str, bytes]:
    """
    Everything that whoever may not read what is of a ring gets of a year. The journal is the two people's own, and of a
    group its own.
    """
    theirs = (Ring.PAIR, Ring.PERSONAL, Ring.GROUP)
    return {
        path: data
        for path, data in played.files.items()
        if not may_hold(path, ring) and not (path.startswith("journal/") and ring in theirs)
    }


def widened(played: Played) -> Iterator[str]:
    """
    Say where a word is that has no place there: in a file, in its name, or in what was printed.
    """
    for path, text in played.texts.items():
        for ring in rings_in(text.encode(), "txt"):
            if not may_hold(path, ring):
                yield f"{path} ({ring_of(path)}) shows what is '{ring}'"
        for ring in rings_in(path.encode(), "txt"):
            yield f"the name {path} shows what is '{ring}'"
    for done in played.calls:
        # Whoever makes a copy of their own is shown what may be a name in it.
        # A piece of work is called by its reference, which is nobody's words.
        printed = "" if done.call[0] == "copy" else (done.out + done.err).replace(CASE, "")
        for ring in rings_in(printed.encode(), "txt"):
            yield f"reflect {' '.join(done.call)} prints what is '{ring}'"


def lost(played: Played) -> Iterator[str]:
    """
    Say which line is on no paper of one of its days, in one of the folders of those who may read it.
    """
    texts = played.texts
    for line in played.lines:
        for day in line.days:
            for folder in line.folders:
                if not any(
                    path.startswith(f"{folder}/") and day in path and line.mark in texts[path] for path in texts
                ):
                    yield f"{line.where} {line.mark} of {day} is nowhere in {folder}"


def carried(played: Played) -> Iterator[str]:
    """
    Say which line is on a paper of a day that it was not said on, and not carried to; or in the folder of people who
    were not there.
    """
    days: dict[str, set[str]] = {}
    for line in played.lines:
        days.setdefault(line.mark, set()).update(line.days)
    roots: dict[str, set[str]] = {}
    for line in played.lines:
        roots.setdefault(line.mark, set()).update(folder.split("/")[0] for folder in line.folders)
    for path, text in played.texts.items():
        day = _DAY.search(path)
        for mark, its in days.items():
            if mark in text and ((day and day[0] not in its) or path.split("/")[0] not in roots[mark]):
                yield f"{path} has {mark}, which belongs to {', '.join(sorted({*its, *roots[mark]}))}"


def ended(played: Played) -> Iterator[str]:
    """
    Say where a plan begins with other subjects or actions than those that are open.
    """
    for day, began in played.began.items():
        for what, expected, found in zip(("subjects", "actions"), began, played.plans[day], strict=True):
            if sorted(expected) != sorted(found):
                yield f"the plan of {day} has the {what} {', '.join(found)}; open are {', '.join(expected)}"


def accused(played: Played, every: int = 1) -> Iterator[str]:
    """
    Say what `reflect check` finds in a paper that nobody has done anything to but fill it in, sign it and save it.
    """
    papers = [played.folder / path for path in played.files if path.endswith(".docx")][::every]
    result = CliRunner().invoke(main, ["check", *map(str, papers)])
    calm = re.compile(r"[^:]+: in order(; not closed|; unchanged since it was closed on [^;,]+)?")
    yield from (line for line in result.output.splitlines() if not calm.fullmatch(line))
    if result.exit_code:
        yield f"the exit status is {result.exit_code}"


def told(played: Played, every: int = 1) -> Iterator[str]:
    """
    Say what a reader gets of a record as text or data and may not read, or may read and does not get.
    """
    papers = [
        path for path in played.files if path.endswith(("-signed.docx", "-closed.docx")) and "supervisee/" not in path
    ]
    for path in papers[::every]:
        record = reflect.read(played.files[path])
        folder, day = path.rpartition("/")[0], _DAY.search(path)
        for who in READERS:
            for to, text in (("txt", write_plain_text(record, who)), ("json", reflect.to_json(record.visible_to(who)))):
                for ring in rings_in(text.encode(), to):
                    if not who.sees(ring):
                        yield f"{path} as {to} shows {who.name} what is '{ring}'"
                for line in played.lines:
                    ring = Ring(line.ring)
                    if line.where == "subject" or ring not in (Ring.PERSONAL, Ring.GROUP) or not who.sees(ring):
                        continue
                    if day and day[0] in line.days and folder in line.folders and line.mark not in text:
                        yield f"{path} as {to} keeps {line.where} {line.mark} from {who.name}"


def counted(played: Played) -> Iterator[str]:
    """
    Say where something counts as said, held or signed that nobody said.
    """
    for sitting in played.year.sittings:
        text = played.files.get(f"journal/{sitting.day}.yaml", b"").decode()
        if not text:
            if sitting.day in played.plans:
                yield f"the journal has nothing of {sitting.day}"
            continue
        entry = objects.read(text, JournalEntry, sitting.day)
        if entry.held is bool(sitting.cancelled):
            yield f"{sitting.day} counts as {entry.status}"
        # Where a talk is written down, it was held with what was planned for it.
        if entry.minutes or not {each.model for each in entry.used} <= played.models.get(sitting.day, frozenset()):
            yield f"{sitting.day} has a model or minutes that nobody said"
        if set(entry.signed) != set(sitting.signs):
            yield f"{sitting.day} is signed by {', '.join(entry.signed)}"
        said = sorted(played.became.get(sitting.day, {}).values())
        found = [str(each.state) for each in entry.topics if each.state]
        if sorted(said) != sorted(found):
            yield f"of {sitting.day} the journal has {', '.join(found)}; said was {', '.join(said)}"
        found = [str(each.state) for each in entry.actions if each.state != "open"]
        if sorted(sitting.before.values()) != sorted(found):
            yield f"of {sitting.day} the journal has the actions {', '.join(found)}"
