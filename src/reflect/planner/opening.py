"""
Open whatever somebody has kept: a record, a plan or a journal goes where it belongs, and of anything else it is said
what it is, and what to open instead.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping
from pathlib import Path, PurePath

import attrs

from reflect.between_sessions.returned_papers import UNKNOWN, read_returned
from reflect.files.office import NotOpened
from reflect.interchange.values import to_json
from reflect.planner import journals, records
from reflect.planner.opened import OpenedPaper, OpenedPapers
from reflect.planner.steps import has_copies
from reflect.planner.words import read_words
from reflect.planner.written import Given, Told, bytes_of, text_of
from reflect.planning.kept_plans import name_of_plan
from reflect.questions.rings import Ring
from reflect.sessions.kept import KeptPlan
from reflect.sessions.record import AGENDAS, Record

_DAY = re.compile(r"\d{4}-\d\d-\d\d(?:-\d{1,2})?")
#: What the page makes besides papers that are read back, by how a file begins or what it is called.
_BEGINS = ((b"<!doctype html", "page"), (b"<html", "page"), (b"BEGIN:VCALENDAR", "calendar"))
_NAMED = {
    **dict.fromkeys((".html", ".htm"), "page"),
    **dict.fromkeys((".txt", ".md"), "text"),
    ".ics": "calendar",
}


def open_file(opened: OpenedPapers, given: Given) -> Told:
    """
    Open a file, and return what its reader may see of it; or, with the kind ``unused``, what it is, and what to open.

    Args:
        given: ``name`` and ``bytes`` of the file; ``who`` is at the page.

    Raises:
        Refused: It is of a kind that cannot be opened here.
        NotOpened: It is not safe, or damaged.
        Faults: It is JSON with faults.
    """
    name, data = PurePath(text_of(given, "name")).name, bytes_of(given, "bytes")
    if journals.is_journal(name, data):
        return journals.open_journal(opened, {**given, "files": [{"name": name, "bytes": data}]})
    try:
        paper = opened.open(name, data)
    except NotOpened as error:
        if kind := _kind_of_file(name, data, error.code):
            return _tell_unused(name, kind)
        raise
    if paper.name.endswith(".docx") and isinstance(paper.value, Record) and paper.value.document == UNKNOWN:
        paper = opened.keep(attrs.evolve(paper, value=_read_by_its_plan(opened, paper)))
    if isinstance(paper.value, Record) and has_copies(paper):
        paper = opened.keep(attrs.evolve(paper, entry=records.entry_of_copy(opened, paper)))
    told = {} if _is_unused(paper) else records.show(opened, paper, text_of(given, "who"))
    if kind := _kind_if_unused(opened, paper, told):
        del opened.papers[paper.number]
        return _tell_unused(name, kind, title=_title_of(paper))
    return told


def _read_by_its_plan(opened: OpenedPapers, paper: OpenedPaper) -> Record:
    """
    Return what is in a record that no longer says what it is, as after Google Docs: the plan of its day says it, if one
    is open and the record has its name.
    """
    plans: dict[str, set[KeptPlan]] = {}
    for each in opened.papers.values():
        if isinstance(each.value, KeptPlan):
            plans.setdefault(name_of_plan(each.value.date), set()).add(each.value)
    with tempfile.TemporaryDirectory() as folder:
        for name, some in plans.items():
            if len(some) == 1:
                Path(folder, name).write_bytes(to_json(*some).encode())
        file = Path(folder, "paper.docx" if not _DAY.search(paper.name) else paper.name)
        file.write_bytes(paper.data)
        return read_returned(file, models=opened.models, templates=opened.templates)


def _kind_of_file(name: str, data: bytes, code: str) -> str:
    """
    Return what sort of file it is that is no Word file, if the page makes such files; empty if it is another.
    """
    if code == "zip":
        return "packed"
    begins = data[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    said = next((kind for start, kind in _BEGINS if begins.startswith(start.lower())), "")
    return said or (_NAMED.get(PurePath(name).suffix.lower(), "") if code == "not-office" else "")


def _is_unused(paper: OpenedPaper) -> bool:
    """
    Tell whether nothing can be done with a paper, whatever is written on it.
    """
    return isinstance(paper.value, Record) and paper.value.document in (UNKNOWN, *AGENDAS)


def _kind_if_unused(opened: OpenedPapers, paper: OpenedPaper, told: Mapping[str, object]) -> str:
    """
    Return why nothing can be done with a paper here; empty if something can.
    """
    if not isinstance(paper.value, Record):
        return ""
    if paper.value.document == UNKNOWN:
        return "stranger"
    if paper.value.document in AGENDAS:
        return "agenda"
    # What is for its author alone shows nothing before they say that it is theirs.
    can = told.get("sections") or paper.value.items or opened.ring(paper.value) is Ring.OWN
    return "" if can else "to-read"


def _title_of(paper: OpenedPaper) -> str:
    """
    Return what people call a kind of paper.
    """
    kind = paper.record.document
    said = read_words().get(f"paper.{kind}", "")
    return said if isinstance(said, str) and said else kind.replace("-", " ").capitalize()


def _tell_unused(name: str, kind: str, title: str = "") -> Told:
    day = _DAY.search(name)
    said = str(read_words()[f"unused.{kind}"])
    why = said.replace("{title}", title).replace("{day}", day[0] if day else "2026-03-04")
    return {"kind": "unused", "name": name, "what": kind, "why": why}
