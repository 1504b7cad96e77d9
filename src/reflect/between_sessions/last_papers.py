"""
Read what is known of last time: filled records, and the plans that lie beside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import attrs

from reflect.documents.templates import Templates
from reflect.errors import Faults, ReflectError, Refused
from reflect.files.folders import is_folder, list_folder
from reflect.files.office import GivenFile, NotOpened, need_file
from reflect.files.reading import read_text
from reflect.interchange.values import from_json
from reflect.pages.catalogues import Catalogue
from reflect.papers.paper import load as load_paper
from reflect.papers.passing import PassingOn
from reflect.planning.kept_plans import name_of_plan, read_plan
from reflect.planning.last_time import LastTime, day_of_record
from reflect.sessions.kept import KeptPlan
from reflect.sessions.record import AGENDAS, Record
from reflect.shown import Brief

#: What a plan can follow from: a record, a kept plan, or a slip that a group let out; or the path or the bytes of one.
Paper = Record | KeptPlan | PassingOn | GivenFile
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@attrs.frozen(kw_only=True)
class LastPapers(Brief):
    """
    What was read of last time.

    Attributes:
        last: What it says.
        doubts: What is uncertain about the papers, without quoting what was written.
    """

    last: LastTime
    doubts: tuple[str, ...] = ()


def read_last_papers(
    papers: Iterable[Paper],
    *,
    models: Catalogue | None = None,
    templates: Templates | Iterable[str | Path] = (),
) -> LastPapers:
    """
    Read papers of last time. With the path of a record, the plan that was kept of it is read too, if it lies beside it.

    Raises:
        NotOpened: One of them is another kind of file.
        Faults: One is JSON with faults, or does not exist.
        Refused: A record has no day that can be read, or names in it are replaced.
    """
    records: list[Record] = []
    plans: list[KeptPlan] = []
    slips: list[PassingOn] = []
    doubts: list[str] = []
    for paper in papers:
        if not isinstance(paper, Record | KeptPlan | PassingOn | Path):
            paper = need_file(paper, "a filled record")
        value = _read_paper(paper, models, templates) if isinstance(paper, Path | bytes) else paper
        if isinstance(value, Record) and value.document == PassingOn.OF:
            value = PassingOn.of_record(value)
        if isinstance(value, PassingOn):
            slips.append(value)
            continue
        if isinstance(value, KeptPlan):
            plans.append(value)
            continue
        records.append(value)
        if value.reading:
            doubts += (*(f"{key}: {doubt}" for key, doubt in value.reading.doubts), *value.reading.notes)
        if isinstance(paper, Path):
            plans += plan_beside(paper, value)
    return LastPapers(
        last=LastTime(records=tuple(records), plans=tuple(plans), slips=tuple(slips)), doubts=tuple(doubts)
    )


def plan_beside(path: Path, record: Record) -> Iterator[KeptPlan]:
    """
    Give the plan that lies beside a record and was kept of it, if there is one.
    """
    of_name = _DAY.search(path.name)
    names = {name_of_plan(day_of_record(record)), *([name_of_plan(of_name[0])] if of_name else ())}
    begins = tuple(name.removesuffix(".json") for name in names)
    folder = path.parent
    found: list[KeptPlan] = []
    for file in list_folder(folder, ".json") if is_folder(folder) else ():
        if file.name.startswith(begins):
            try:
                found.append(read_plan(file))
            except ReflectError:
                continue
    plan = LastTime(records=(record,), plans=tuple(found)).plan_of(record)
    if plan is not None:
        yield plan


def _read_paper(
    paper: Path | bytes, models: Catalogue | None, templates: Templates | Iterable[str | Path]
) -> Record | KeptPlan | PassingOn:
    path = paper
    if isinstance(path, Path) and path.suffix.lower() in (".yaml", ".yml"):
        try:
            return load_paper(PassingOn, path)
        except Faults:
            what = "is not a slip, and no plan follows from it; a session file is named without --after"
            raise Refused(f"{path}: {what}") from None
    if isinstance(path, Path) and path.suffix.lower() == ".json":
        value = from_json(read_text(path, str(path)), where=str(path), kinds=("record", "filled", "plan"))
        if isinstance(value, Record | KeptPlan):
            return value
    if isinstance(path, Path) and is_folder(path):
        raise Refused(f"{path}: this is a folder; name the record in it")
    from reflect.between_sessions.returned_papers import read_returned  # a first session has nothing to read

    try:
        record = read_returned(path, models=models, templates=templates)
        if record.document in AGENDAS:
            raise Refused("this is an agenda, which says nothing of what was agreed; name the record of that session")
        if record.document != PassingOn.OF:
            day_of_record(record)
    except (NotOpened, Refused) as error:
        raise Refused(f"{path}: {error}" if isinstance(path, Path) else str(error)) from None
    return record
