"""
Read a filled record that came back; one that has lost what it is, as after Google Docs, by the plan kept beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import attrs

from reflect.documents.making import document
from reflect.documents.templates import Templates
from reflect.errors import ReflectError, UnknownKey
from reflect.pages.catalogues import Catalogue
from reflect.planning.kept_plans import name_of_plan, read_plan
from reflect.planning.profiles import profile
from reflect.questions.rings import Ring
from reflect.reading_back.reading import read
from reflect.sessions.kept import KeptPlan
from reflect.sessions.record import Record
from reflect.text.nodes import Document

_RECORD = re.compile(r"record-(?P<day>\d{4}-\d\d-\d\d(?:-\d{1,2})?)(?:-to-sign|-signed|-closed)?")
#: What a record is called that does not say what it is.
UNKNOWN = "unknown"


def read_returned(
    file: Path | bytes, *, models: Catalogue | None = None, templates: Templates | Iterable[str | Path] = ()
) -> Record:
    """
    Read a filled record. If the file no longer says what it is, but has its name and lies beside the plan that was kept
    of its session, it is read as that session's: somebody's claim, which the record has as `Record.claimed`.

    Raises:
        NotOpened: It is another kind of file.
        Faults: It is JSON with faults, or does not exist.
    """
    folders = templates if isinstance(templates, Templates) else tuple(templates)
    record = read(file, models=models, templates=folders)
    named = _RECORD.fullmatch(file.stem) if isinstance(file, Path) else None
    if record.document != UNKNOWN or named is None or not isinstance(file, Path):
        return record
    try:
        plan = read_plan(file.with_name(name_of_plan(named["day"])))
        blank = _blank_of(plan, models, folders)
    except ReflectError:
        return record
    found = read(file, of=blank, models=models, templates=folders)
    # What was printed on the paper is no answer; what somebody wrote over it is.
    facts = {**dict(plan.session.facts), **dict(found.facts)}
    return attrs.evolve(found, facts=tuple(facts.items()), series=plan.series)


def _blank_of(plan: KeptPlan, models: Catalogue | None, templates: Templates | tuple[str | Path, ...]) -> Document:
    """
    Return the record of a session as it was printed.
    """
    session = plan.session
    rings = (*(each.topic.ring for each in session.brought), *(each.ring for each in session.before))
    group = Ring.GROUP in rings or plan.people > 2  # two are no group
    usual = "group-record" if group else "record"
    try:
        settings = profile(plan.profile)
        wording, kind = settings.wording, (settings.record if group else "") or usual
    except (UnknownKey, ReflectError):
        wording, kind = "general", usual
    return document(
        session,
        kind,
        reader="group" if group else "supervisor",
        wording=wording,
        models=models,
        templates=templates,
    )
