"""
The papers of a session: an agenda and a record for each reader, and others if somebody asks for them.

Who reads a paper is settled by the folder it goes into; names of files hold a kind and a date, never a person.
"""

from __future__ import annotations

import contextlib
import datetime
import functools
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Unpack

import attrs

from reflect.documents.makers import What
from reflect.errors import Refused, UnknownKey
from reflect.files.folders import is_file, is_folder
from reflect.files.writing import Files, add_stamp, is_unchanged, look_at
from reflect.interchange.values import from_json, to_json
from reflect.pages.catalogues import our_catalogue
from reflect.papers.agreement import Agreement
from reflect.planning.beside import sheet_beside
from reflect.planning.kept_plans import (
    calendar_entry,
    entry_beside,
    keep_plan,
    name_of_entry,
    name_of_plan,
    plans_in,
    refuse_other_series,
)
from reflect.planning.occasions import ORDINARY
from reflect.planning.plan import Plan
from reflect.planning.profiles import Profile
from reflect.planning.session_file import SessionFile
from reflect.questions.model import Model
from reflect.questions.rings import reader as reader_of
from reflect.questions.sets import Composable
from reflect.questions.wordings import Wording
from reflect.questions.wordings import wording as wording_of
from reflect.rendering.papers_by_name import refuse_unknown_papers
from reflect.rendering.planned_papers import action_log, case_records, escalation, informal, workload
from reflect.rendering.rendering import FileOptions, Rendering
from reflect.sessions.brought import Brought
from reflect.sessions.kept import KeptPlan
from reflect.sessions.record import RECORDS_OF_TWO
from reflect.sessions.series import NO_MODEL
from reflect.sessions.session import Item, Note, Session
from reflect.shown import Brief

#: The two that every session has.
USUAL = ("agenda", "record")


#: What whoever brought something is asked when it comes back for the first time.
STILL_WANTED = "Do you still want this?"
#: The page of things that people bring: it has no notes of its own.
_OF_ONE_ITEM = ("own-item",)
#: Folders of one person.
_OWN_FOLDERS = ("supervisee", "supervisor")


@attrs.frozen
class SessionPaper(Brief):
    """
    A file to write.

    Attributes:
        folder: Who reads it.
        private: Whether only the owner of its file may open it: it holds what not everybody may read, or will once it
            is filled in where it lies.
        asked: The name of `MORE` by which somebody asked for it; empty for what every session has.
        filled_in: Whether people fill it in, so that it is not written over once they have.
    """

    folder: str
    name: str
    data: bytes = attrs.field(repr=False)
    private: bool = True
    asked: str = ""
    filled_in: bool = True


def papers(
    plan: Plan,
    file: SessionFile,
    settings: Profile,
    *,
    more: Iterable[str] = (),
    kept: KeptPlan | None = None,
    asks: Iterable[Brought] = (),
    nth: int = 1,
    only: tuple[str, str] | None = None,
    **options: Unpack[FileOptions],
) -> Iterator[SessionPaper]:
    """
    Give the papers of a session, one after another.

    Args:
        file: What it was made from.
        more: Further papers, by the names of `MORE`, beside those that the profile names, and those that the occasion
            names.
        kept: What is kept of the plan, if it moves a session that was planned before; else it is made from the plan.
        asks: What comes back for the first time: whoever brought it is asked on their own agenda whether they still
            want it.
        nth: Which session of that day it is: from the second on, the names of files say it.
        only: Of what every session has, only one: its reader, and ``agenda``, ``record``, ``calendar`` or ``plan``. If
            it is another name, none of these is made; and none of what the profile or the occasion names.
        options: What is chosen for all of them, but for their reader, wording and facts.

    Raises:
        UnknownKey: There is no such paper.
        Faults: The occasion or the profile names one that there is not.
    """
    wanted = tuple(dict.fromkeys((*more, *settings.papers, *(["beside-the-hour"] if file.settled.beside else []))))
    also = plan.occasion.papers if plan.occasion else ()
    if only is not None:
        wanted, also = tuple(more), ()
    refuse_unknown_papers(plan, settings, MORE, options.get("templates", ()))
    for name in (*wanted, *also):
        if name not in MORE:
            raise UnknownKey(name, tuple(MORE), "further paper")
    options["wording"] = words_of(plan, file, settings)
    options["plain"] = options.get("plain", False) or settings.plain
    options["facts"] = {"organisation": file.organisation, "marking": file.marking}
    file = file.settled
    kept = kept or keep_plan(plan, file, settings)
    printer = _Printer(plan, file, settings, kept, Rendering(name=USUAL[0], **options), tuple(asks), nth, only)
    yield from printer.usual()
    for name, give in MORE.items():
        if name in wanted or name in also:
            # What the occasion adds is for those who may know of it: that a file is there would tell the others.
            made = (paper for paper in give(printer) if name in wanted or paper.folder in printer.readers)
            yield from (attrs.evolve(paper, asked=name) for paper in made)


def agenda_of(plan: Plan, *, group: bool) -> str:
    """
    Return the template of a plan's agenda: that of its occasion.

    Args:
        group: Whether it is the agenda of a group.
    """
    if plan.occasion is None:
        return "group-agenda" if group else "agenda"
    return plan.occasion.group_agenda if group else plan.occasion.agenda


def record_of(plan: Plan, settings: Profile) -> str:
    """
    Return the template of a plan's record: that of its occasion, and of an ordinary one that of the profile. A group
    has its own.
    """
    named = plan.occasion.record if plan.occasion else "record"
    if settings.setting == "group":
        return settings.record or ("group-record" if named in RECORDS_OF_TWO else named)
    ordinary = plan.occasion is None or plan.occasion.name == ORDINARY
    return settings.record if ordinary and settings.record else named


@attrs.frozen
class _Printer:
    plan: Plan
    file: SessionFile
    settings: Profile
    kept: KeptPlan
    rendering: Rendering
    asks: tuple[Brought, ...] = ()
    nth: int = 1
    only: tuple[str, str] | None = None

    @property
    def day(self) -> str:
        """
        The day as the names of files have it.
        """
        return f"{self.file.date}-{self.nth}" if self.nth > 1 else str(self.file.date)

    @property
    def group(self) -> bool:
        return self.settings.setting == "group"

    @property
    def readers(self) -> tuple[str, ...]:
        return ("group",) if self.group else ("supervisee", "supervisor")

    def print(
        self, folder: str, kind: str, what: What, *, reader: str | None = None, name: str = "", day: str = ""
    ) -> SessionPaper:
        """
        Return one paper.

        Args:
            folder: Who reads it.
            reader: Who it is made for, if anything is filled in.
            name: What its file is called before the day, if not as the document is.
            day: The day in the name of its file, if it is not that of the session.
        """
        rendering = attrs.evolve(self.rendering, name=kind, reader=reader)
        file_name = f"{name or kind}-{day or self.day}.{rendering.to}"
        # Whoever has a folder of their own fills the papers in where they lie.
        private = folder in _OWN_FOLDERS or rendering.is_secret(what)
        return SessionPaper(folder, file_name, rendering.render(what), private)

    def usual(self) -> Iterator[SessionPaper]:
        """
        Give the papers that every session has, an entry for the calendar if it has a time, and the plan that is kept.
        """
        for reader in self.readers:
            for kind in filter(functools.partial(self.is_wanted, reader), USUAL):
                document = self.document(kind)
                session = self.session_for(reader) if kind == "agenda" else self.plan.session
                yield self.print(reader, document, session, reader=reader, name=kind)
            if self.is_wanted(reader, "calendar") and (entry := calendar_entry(self.kept)) is not None:
                name = name_of_entry(self.day)
                yield SessionPaper(reader, name, entry, private=False, filled_in=False)
            if self.is_wanted(reader, "plan"):
                yield SessionPaper(
                    reader,
                    name_of_plan(self.day),
                    to_json(self.kept.visible_to(reader_of(reader))).encode(),
                    filled_in=False,
                )

    def is_wanted(self, reader: str, kind: str) -> bool:
        """
        Tell whether one of the papers that every session has is wanted.
        """
        return self.only is None or self.only == (reader, kind)

    def document(self, kind: str) -> str:
        """
        Return the template of the agenda or of the record.
        """
        return agenda_of(self.plan, group=self.group) if kind == "agenda" else record_of(self.plan, self.settings)

    def session_for(self, reader: str) -> Session:
        """
        Return the session as it is on the agenda of one of the two: what comes back for the first time has a line there
        that asks only whoever brought it.
        """
        return ask_bringer(self.plan.session, [each for each in self.asks if each.whose == reader])

    def preparation(self) -> Iterator[SessionPaper]:
        """
        Give the sheet that whoever brings something prepares with.
        """
        yield self.print(self.readers[0], "preparation", "")

    def pair_notes(self) -> Iterator[SessionPaper]:
        """
        Give the notes of each of the two; a group has none.
        """
        for reader in () if self.group else self.readers:
            yield self.print(reader, "pair-notes", self.plan.session, reader=reader)

    def first_session(self) -> Iterator[SessionPaper]:
        """
        Give the sheet for the first time two people meet, which is their agreement for now; a group has none.
        """
        said = self.plan.session.fact
        agreed = Agreement(date=self.file.date, supervisee=said("supervisee"), supervisor=said("supervisor"))
        for reader in () if self.group else self.readers:
            yield self.print(reader, "first-session", agreed, reader=reader)

    def case_records(self) -> Iterator[SessionPaper]:
        for n, case in enumerate(case_records(self.plan, self.file), 1):
            yield self.print("case-file", "case-record", case, reader="case-file", name=f"case-record-{n}")

    def informal(self) -> Iterator[SessionPaper]:
        for n, decision in enumerate(self.file.informal, 1):
            day = decision.happened.date().isoformat()
            paper = informal(decision)
            yield self.print("case-file", "informal", paper, reader="case-file", name=f"informal-{n}", day=day)

    def beside_the_hour(self) -> Iterator[SessionPaper]:
        """
        Give the sheet of leave, checks and training, for the two and for whoever keeps these things; a group has none.
        """
        sheet = sheet_beside(self.file.beside, self.file.supervisee, self.file.date)
        for reader in () if self.group else self.readers:
            yield self.print(reader, "beside-the-hour", sheet, reader=reader)

    def small_paper(self, kind: str) -> Iterator[SessionPaper]:
        """
        Give a blank of a small paper of a case: what is on it is decided in the session.
        """
        yield self.print("case-file", kind, "")

    def workload(self) -> Iterator[SessionPaper]:
        """
        Give the workload statement, if the file says anything of a load.
        """
        for reader in self.readers if self.file.workload else ():
            yield self.print(reader, "workload-statement", workload(self.file, self.settings), reader=reader)

    def escalation(self) -> Iterator[SessionPaper]:
        """
        Give what goes up the line. It is the worker's until they send it, so it goes into nobody else's folder.
        """
        if self.plan.raised:
            paper = escalation(self.plan, self.file, self.settings)
            yield self.print("supervisee", "escalation", paper, reader="supervisee")

    def action_logs(self) -> Iterator[SessionPaper]:
        """
        Give the log of actions for each of the two, and that of cases for the case file.
        """
        log = action_log(self.plan)
        for reader in self.readers if log.personal else ():
            yield self.print(reader, "action-log", log, reader=reader)
        if log.case:
            yield self.print("case-file", "case-action-log", log, reader="case-file")

    def about_models(self, kind: str) -> Iterator[SessionPaper]:
        """
        Give a paper about the models of the session for whoever leads, if it has any. The notes of one that has none
        are about the page that most of its headings are from.
        """
        models = self.rendering.models or our_catalogue()
        found = [(models.load(line.use), line.minutes) for line in self.plan.lines if line.kind in ("depth", "talk")]
        # Cards are used on other days, too.
        varied = tuple(_for_today(what, minutes) if kind == "notes" else what for what, minutes in found)
        if not varied and kind == "notes" and (page := self.page_of_occasion()):
            varied = (models.load(page),)
        if varied:
            yield self.print("group" if self.group else "supervisor", kind, varied)

    def page_of_occasion(self) -> str:
        """
        Return the page that most headings are from, and of several such the one that has most minutes. Whoever leads
        finds in its notes what to say if, whatever the session is for.
        """
        used: dict[str, tuple[int, int]] = {}
        for line in self.plan.lines:
            page = line.use.partition(".")[0]
            if page not in ("", NO_MODEL, *_OF_ONE_ITEM):
                times, minutes = used.get(page, (0, 0))
                used[page] = times + 1, minutes + line.minutes
        return max(used, key=lambda page: used[page], default="")


#: What makes each paper that somebody may ask for, by the name for it, in the order they are made.
MORE: dict[str, Callable[[_Printer], Iterator[SessionPaper]]] = {
    "preparation": _Printer.preparation,
    "pair-notes": _Printer.pair_notes,
    "first-session": _Printer.first_session,
    "case-record": _Printer.case_records,
    "informal": _Printer.informal,
    "same-day-decision": lambda printer: printer.small_paper("same-day-decision"),
    "oversight": lambda printer: printer.small_paper("oversight"),
    "disagreement": lambda printer: printer.small_paper("disagreement"),
    "workload-statement": _Printer.workload,
    "escalation": _Printer.escalation,
    "action-log": _Printer.action_logs,
    "beside-the-hour": _Printer.beside_the_hour,
    "notes": lambda printer: printer.about_models("notes"),
    "cards": lambda printer: printer.about_models("cards"),
}


#: Why a session may have nothing for a paper that somebody asks for.
NEEDS = {
    "pair-notes": "a group has no notes of a pair",
    "first-session": "it is for two people, and this is a group",
    "case-record": "no family has time of its own in this session, an open action, or a decision made between sessions",
    "informal": "the session file has no decision made between sessions, under 'informal'",
    "workload-statement": "the session file says nothing of a load, under 'workload'",
    "escalation": "nothing in the session file has to go up the line",
    "action-log": "the session has no actions",
    "beside-the-hour": "it is about one person, and this is a group",
    "notes": "the session has no model",
    "cards": "the session has no model",
}


def _for_today(what: Composable, minutes: int) -> Composable:
    """
    Return a model with the minutes that it has in a session.
    """
    return attrs.evolve(what, questions=what.within(minutes)) if isinstance(what, Model) else what.within(minutes)


def ask_bringer(session: Session, asks: Iterable[Brought]) -> Session:
    """
    Return a session that asks whether some of what comes back is still wanted.
    """
    rings = {each.topic.id: each.topic.ring for each in asks}
    if not rings:
        return session

    def with_question(item: Item) -> Item:
        names = [each.topic.id for each in item.brought if each.topic.id in rings]
        return attrs.evolve(item, notes=(*item.notes, *(Note(text=STILL_WANTED, ring=rings[name]) for name in names)))

    return attrs.evolve(session, items=tuple(map(with_question, session.items)))


def words_of(plan: Plan, file: SessionFile, settings: Profile) -> Wording:
    """
    Return the words of the profession, with whoever regulates it on the day.
    """
    wording = wording_of(file.wording or settings.wording)
    if not plan.regulator:
        return wording
    words = tuple((name, plan.regulator if name == "regulator" else word) for name, word in wording.words)
    return attrs.evolve(wording, words=words)


def keep(folder: Path, made: Iterable[SessionPaper], *, force: bool = False) -> tuple[Path, ...]:
    """
    Write papers into the folders of their readers, all of them or none, and return their paths.

    Args:
        folder: Where the readers' folders are.
        force: Write over papers that were changed since.

    If they move a session, its old calendar entry and the plan that was kept of it go.

    Raises:
        Refused: Some are there already and were changed since; the message names them. Or the folder belongs to another
            series, or to other people.
        NotWritten: The disk refuses one of them; what was there before is there again.
    """
    return keep_all([(folder, made)], force=force)


def keep_all(made: Iterable[tuple[Path, Iterable[SessionPaper]]], *, force: bool = False) -> tuple[Path, ...]:
    """
    Write papers into several folders, as `keep` does into one: all of them or none.

    Args:
        made: Each folder, with the papers that go into it.
        force: Write over papers that were changed since.

    Raises:
        Refused: As `keep` raises it.
        NotWritten: The disk refuses one of them; what was there before is there again.
    """
    files: dict[Path, SessionPaper] = {}
    plans: list[tuple[Path, KeptPlan]] = []
    for folder, some in made:
        of_folder = {folder / paper.folder / paper.name: paper for paper in some}
        if os.path.exists(folder) and not is_folder(folder):
            raise Refused(f"'{folder}' is a file; name a folder with -o")
        plan = _plan_among(of_folder.values())
        if plan is not None:
            refuse_other_series(folder, plan)
            plans.append((folder, plan))
        files |= of_folder
    looks = {path: look_at(path) for path in files}
    kept = {path: paper.data for path, paper in files.items() if paper.filled_in}
    changed = [] if force else [path for path, data in kept.items() if not _may_replace(path, data)]
    if changed:
        names = ", ".join(map(str, changed))
        raise Refused(
            f"{names}: there already, and perhaps filled in; nothing was written. Name another folder, or say --force"
        )
    with Files() as writing:
        for path, paper in files.items():
            writing.add(
                path,
                paper.data,
                force=True,
                stamp=paper.filled_in,
                private=paper.private,
                seen=looks[path],
                make_folder=True,
            )
    for folder, plan in plans:
        _take_away_moved(folder, plan)
    return tuple(files)


def _plan_among(made: Iterable[SessionPaper]) -> KeptPlan | None:
    """
    Return what is kept of the plan that papers belong to.
    """
    for paper in made:
        if not paper.filled_in and paper.name.endswith(".json"):
            return from_json(paper.data.decode(), KeptPlan, where=paper.name)
    return None


def _take_away_moved(folder: Path, plan: KeptPlan) -> None:
    """
    Take away what was kept of a session before it was moved, so that no two days share one calendar entry.
    """
    for path, other in tuple(plans_in(folder)):
        if other.calendar and other.calendar == plan.calendar and other.date != plan.date:
            for old in (path, entry_beside(path)):
                with contextlib.suppress(OSError):
                    old.unlink()


def cancel_entry(folder: Path, day: datetime.date, *, rearranged: bool = False) -> tuple[Path, ...]:
    """
    Cancel the calendar entry of a session in a folder of papers, and return the files that say so.

    The plan that was kept stays there, since what was brought comes back. If the session was moved to another day, its
    entry stays as it is until it is planned again, and moves then.

    Args:
        folder: Where the readers' folders are.
        day: The day of the session.
        rearranged: Whether it was moved to another day.

    Raises:
        NotWritten: The disk refuses a file.
    """
    written: list[Path] = []
    for path, plan in tuple(plans_in(folder)) if not rearranged else ():
        entry = calendar_entry(plan, cancelled=True)
        if plan.day != day or entry is None:
            continue
        file = entry_beside(path)
        changed = to_json(attrs.evolve(plan, revision=plan.revision + 1)).encode()
        with Files() as writing:
            writing.add(file, entry, force=True, stamp=False, private=False)
            writing.add(path, changed, force=True, stamp=False, private=True)
        written.append(file)
    return tuple(written)


def _may_replace(path: Path, data: bytes) -> bool:
    """
    Tell whether there is no file, or one with what we would write, or one that we wrote and nobody changed.
    """
    if not is_file(path):
        return True
    try:
        old = path.read_bytes()
    except OSError:  # whoever closed it to us may have filled it in
        return False
    return old in (data, add_stamp(data, path.suffix.lower())) or is_unchanged(old)
