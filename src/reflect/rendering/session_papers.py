"""
The papers of a session: an agenda and a record for each reader, and others if somebody asks for them.

Who reads a paper is settled by the folder it goes into; names of files hold a kind and a date, never a person.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from pathlib import Path

import attrs

from reflect.documents.templates import Templates
from reflect.errors import Refused, UnknownKey
from reflect.files.writing import add_stamp, is_unchanged, write
from reflect.formats.word.brand import Brand
from reflect.pages.catalogues import Catalogue, our_catalogue
from reflect.papers.casework import CaseRecord, Informal
from reflect.papers.logs import ActionLog, LoggedAction
from reflect.papers.paper import StandingPaper
from reflect.papers.workload import Attempt, Escalation, Workload
from reflect.planning.calendars import icalendar
from reflect.planning.plan import Plan
from reflect.planning.profiles import Profile
from reflect.planning.session_file import InformalDecision, Promise, SessionFile
from reflect.questions.wordings import Wording
from reflect.questions.wordings import wording as wording_of
from reflect.rendering.rendering import render
from reflect.sessions.days import NATIONS
from reflect.sessions.session import Session
from reflect.shown import Brief
from reflect.text.nodes import Look
from reflect.text.prose import day_in_words

#: The two that every session has.
USUAL = ("agenda", "record")
#: Those that are made when somebody asks.
MORE = (
    "preparation", "pair-notes", "case-record", "informal", "workload-statement", "escalation", "action-log", "notes",
    "cards",
)  # fmt: skip
#: Folders whose papers nobody but their owner opens.
_PRIVATE = ("supervisee", "supervisor")


@attrs.frozen
class Paper(Brief):
    """
    A file to write.

    Attributes:
        folder: Who reads it.
        name: What it is called.
        data: What stands in it.
    """

    folder: str
    name: str
    data: bytes = attrs.field(repr=False)


def papers(
    plan: Plan,
    file: SessionFile,
    settings: Profile,
    *,
    more: Iterable[str] = (),
    to: str = "docx",
    models: Catalogue | None = None,
    templates: Templates | Iterable[str | Path] = (),
    looks: Iterable[str | Look] = (),
    brand: Brand | None = None,
) -> Iterator[Paper]:
    """
    Give the papers of a session, one after another.

    Args:
        plan: The plan.
        file: What it was made from.
        settings: The profile.
        more: Further papers, by the names of `MORE`.
        to: The format.
        models: Where models are found; ours if nothing is said.
        templates: Folders of templates of your own; they go first.
        looks: How they are laid out.
        brand: In Word: the agency's own look.

    Raises:
        UnknownKey: There is no such paper.
    """
    wanted = tuple(dict.fromkeys(more))
    for name in wanted:
        if name not in MORE:
            raise UnknownKey(name, MORE, "further paper")
    models = our_catalogue() if models is None else models
    looks = tuple(looks)
    wording = words_of(plan, file, settings)
    group = settings.setting == "group"
    readers = ("group",) if group else ("supervisee", "supervisor")
    leader = "group" if group else "supervisor"
    day = file.date.isoformat()

    def made(what: Session | StandingPaper | tuple[object, ...] | str, kind: str, reader: str | None) -> bytes:
        return render(
            what,  # type: ignore[arg-type]  # a tuple holds models
            kind,
            to=to,
            reader=reader,
            wording=wording,
            models=models,
            templates=templates,
            looks=looks,
            brand=brand,
            facts={"organisation": file.organisation, "marking": file.marking},
        )

    for reader in readers:
        for kind in USUAL:
            yield Paper(reader, f"{kind}-{day}.{to}", made(plan.session, f"group-{kind}" if group else kind, reader))
        if file.start:
            start = datetime.datetime.combine(file.date, datetime.time.fromisoformat(file.start))
            entry = icalendar(start, plan.session.minutes, file.place)
            yield Paper(reader, f"supervision-{day}.ics", entry)
    if "preparation" in wanted:
        yield Paper(readers[0], f"preparation-{day}.{to}", made("", "preparation", None))
    if "pair-notes" in wanted and not group:
        for reader in readers:
            yield Paper(reader, f"pair-notes-{day}.{to}", made(plan.session, "pair-notes", reader))
    if "case-record" in wanted:
        for n, case in enumerate(case_records(plan, file), 1):
            yield Paper("case-file", f"case-record-{n}-{day}.{to}", made(case, "case-record", "case-file"))
    if "informal" in wanted:
        for n, each in enumerate(file.informal, 1):
            happened = each.happened.date().isoformat()
            paper = made(informal(each), "informal", "case-file")
            yield Paper("case-file", f"informal-{n}-{happened}.{to}", paper)
    if "workload-statement" in wanted and file.workload:
        for reader in readers:
            paper = made(workload(file, settings), "workload-statement", reader)
            yield Paper(reader, f"workload-statement-{day}.{to}", paper)
    if "escalation" in wanted and plan.raised:
        # It is the worker's until they send it, so it goes into nobody else's folder.
        paper = made(escalation(plan, file, settings), "escalation", "supervisee")
        yield Paper("supervisee", f"escalation-{day}.{to}", paper)
    if "action-log" in wanted:
        log = action_log(plan)
        for reader in readers if log.personal else ():
            yield Paper(reader, f"action-log-{day}.{to}", made(log, "action-log", reader))
        if log.case:
            yield Paper("case-file", f"case-action-log-{day}.{to}", made(log, "case-action-log", "case-file"))
    varied = tuple(models.load(line.use) for line in plan.lines if line.kind in ("depth", "talk"))
    for kind in ("notes", "cards"):
        if kind in wanted and varied:
            yield Paper(leader, f"{kind}-{day}.{to}", made(varied, kind, None))


def case_records(plan: Plan, file: SessionFile) -> tuple[CaseRecord, ...]:
    """
    Return a record for each family that is talked about in depth or was decided on between sessions: that one alone.

    Args:
        plan: The session as planned.
        file: What its file says.
    """
    cases = () if isinstance(file.cases, str) else file.cases
    families = [line.family for line in plan.lines if line.kind == "depth"]
    together = {case.ref: case.together for case in cases}
    families += [together.get(each.about, each.about) for each in file.informal]
    found = []
    for family in dict.fromkeys(families):
        members = [case for case in cases if case.together == family or case.ref == family]
        found.append(
            CaseRecord(
                about=family,
                date=file.date,
                plan=", ".join(dict.fromkeys(case.kind for case in members if case.kind)),
                last=max((case.touched for case in members if case.touched), default=None),
                informal=tuple(
                    informal(each) for each in file.informal if together.get(each.about, each.about) == family
                ),
            )
        )
    return tuple(found)


def informal(decision: InformalDecision) -> Informal:
    """
    Return the paper of a decision that was made between sessions.
    """
    return Informal(
        about=decision.about,
        happened=decision.happened,
        written=decision.written,
        how=decision.how,
        by=decision.by,
        decision=decision.decision,
        rationale=decision.rationale,
        confirmed="confirmed" if decision.confirmed else "not yet",
    )


def workload(file: SessionFile, settings: Profile) -> Workload:
    """
    Return the workload statement of a session file; a blank one if it says nothing of a load.

    Args:
        file: What the session's file says.
        settings: The profile, for the limit where the file says none.
    """
    load = file.workload
    if load is None:
        return Workload()
    return Workload(
        date=file.date,
        total=load.points,
        limit=load.limit or settings.limit,
        earlier=load.earlier,
        said=load.said,
        written=load.written,
    )


def escalation(plan: Plan, file: SessionFile, settings: Profile) -> Escalation:
    """
    Return what goes up the line where a load is over its limit, unsent; a blank one if none is.

    Args:
        plan: The session as planned.
        file: What its file says.
        settings: The profile, for whom to turn to.
    """
    load = file.workload
    if plan.raised is None or load is None:
        return Escalation()
    statement = workload(file, settings)
    return Escalation(
        what="workload",
        facts=statement.over,
        tried=tuple(Attempt(date=day, what="said") for day in load.said)
        + tuple(Attempt(date=day, what="put in writing") for day in load.written),
        ladder=settings.escalation.ladder,
        level=plan.raised.level,
        raised=file.date,
        days=settings.escalation.days,
        nation=nation if (nation := file.nation or settings.nation) in NATIONS else "",
    )


def action_log(plan: Plan) -> ActionLog:
    """
    Return what is still to be done, as the plan has it: what is about a case apart from all else.
    """

    def logged(promise: Promise) -> LoggedAction:
        return LoggedAction(
            what=promise.what,
            who=promise.who,
            by=day_in_words(promise.due) if promise.due else "",
            status=promise.status,
            carried=promise.carried,
        )

    return ActionLog(
        personal=tuple(logged(each) for each in plan.actions if not each.case),
        case=tuple(logged(each) for each in plan.actions if each.case),
    )


def words_of(plan: Plan, file: SessionFile, settings: Profile) -> Wording:
    """
    Return the words of the profession, with whoever regulates it on the day.

    Args:
        plan: The session as planned.
        file: What its file says.
        settings: The profile, for the wording and who regulates.
    """
    known = wording_of(file.wording or settings.wording)
    if not plan.regulator:
        return known
    words = tuple((name, plan.regulator if name == "regulator" else word) for name, word in known.words)
    return attrs.evolve(known, words=words)


def keep(folder: Path, made: Iterable[Paper], *, force: bool = False) -> tuple[Path, ...]:
    """
    Write papers into the folders of their readers, all of them or none, and return their paths.

    Args:
        folder: Where the readers' folders are.
        made: The papers.
        force: Write over papers that were changed since.

    Raises:
        Refused: Some are there already and were changed since; the message names them.
    """
    known = {folder / paper.folder / paper.name: paper.data for paper in made}
    if folder.exists() and not folder.is_dir():
        raise Refused(f"'{folder}' is a file; name a folder with -o")
    lost = [] if force else [path for path, data in known.items() if path.is_file() and not _ours(path, data)]
    if lost:
        names = ", ".join(str(path) for path in lost)
        raise Refused(
            f"{names}: there already, and perhaps filled in; nothing was written. Name another folder, or say --force"
        )
    for path, data in known.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        write(path, data, force=True, stamp=path.suffix != ".ics", private=path.parent.name in _PRIVATE)
    return tuple(known)


def _ours(path: Path, data: bytes) -> bool:
    """
    Whether a file is what we would write, or what we wrote and nobody changed.
    """
    old = path.read_bytes()
    return old in (data, add_stamp(data, path.suffix.lower())) or is_unchanged(old)
