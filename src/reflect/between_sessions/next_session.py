"""
The next session: planned from last time's papers, from what is brought, or from a session file.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Unpack

import attrs

from reflect.between_sessions.last_papers import Paper, read_last_papers
from reflect.documents.options import DocumentOptions, takes_options
from reflect.documents.templates import Templates
from reflect.errors import Fault
from reflect.files.places import need_path
from reflect.pages.catalogues import Catalogue
from reflect.planning.agenda import arrange
from reflect.planning.keeping import resume
from reflect.planning.kept_plans import number_of_day, session_to_move
from reflect.planning.last_time import LastTime, day_of_record
from reflect.planning.moving import MovedLine
from reflect.planning.new_part import begin_part, read_ids
from reflect.planning.plan import Plan
from reflect.planning.profiles import Profile
from reflect.planning.profiles import profile as profile_of
from reflect.planning.session_file import ReadSessionFile, SessionFile, load
from reflect.planning.what_follows import Asked, NextFile, follow
from reflect.planning.what_for import SessionFacts
from reflect.rendering.rendering import FileOptions, Rendering
from reflect.rendering.session_papers import SessionPaper, keep, papers
from reflect.sessions.brought import Brought
from reflect.sessions.journal import EMPTY, Journal, refuse_other_series
from reflect.sessions.journal import read as read_journal
from reflect.sessions.kept import KeptPlan
from reflect.sessions.session import Session
from reflect.shown import Brief


@attrs.frozen(kw_only=True)
class NextSession(Brief):
    """
    A session that is planned, with everything its papers are made from.

    Attributes:
        next_file: What it was planned from.
        plan: The plan.
        log: The journal that it was planned with.
        held: The days of the sessions that it follows from, as their records say.
        nth: Which session of that day it is, if the papers before it are of the same day.
        warnings: What may not be meant in the session file, or may identify somebody.
        doubts: What is uncertain about the papers of last time, without quoting what was written.
        notes: What the two should know about what follows from last time; no note has anybody's words.
    """

    _in_line = ("plan",)

    next_file: NextFile
    plan: Plan
    log: Journal = EMPTY
    held: frozenset[datetime.date] = frozenset()
    nth: int = 1
    warnings: tuple[Fault, ...] = ()
    doubts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def session(self) -> Session:
        """
        The session that papers are made from.
        """
        return self.plan.session

    @property
    def asks(self) -> tuple[Brought, ...]:
        """
        What comes back for the first time: its bringer is asked, once, whether they still want it.
        """
        return self.next_file.asks

    @property
    def kept(self) -> KeptPlan:
        """
        What is kept of it for the plan after it; it is between the two, or with the group.
        """
        return self.next_file.keep(self.plan)

    def find_moved(self, folder: Path) -> KeptPlan | None:
        """
        Return the plan in a folder that this one takes the place of, so that its calendar entry moves.
        """
        found = session_to_move(folder, self.kept, self.log)
        return None if found is None or found.day in self.held else found

    @takes_options(FileOptions, DocumentOptions, defaults=Rendering)
    def papers(
        self,
        *,
        moved: KeptPlan | None = None,
        more: Iterable[str] = (),
        only: tuple[str, str] | None = None,
        **options: Unpack[FileOptions],
    ) -> tuple[SessionPaper, ...]:
        """
        Return the papers of the session, and the plan that is kept beside them.

        Args:
            moved: The plan of the same session as it was kept before.
            more: Further papers, such as ``"preparation"``.
            only: Of what every session has, only one: its reader, and what it is, as `session_papers.papers` has it.
            options: What is chosen for all of them, as `FileOptions` explains.

        Raises:
            UnknownKey: There is no such paper.
        """
        file, settings, kept = self.next_file.file, self.next_file.settings, self.next_file.keep(self.plan, moved)
        known = papers(
            self.plan, file, settings, more=more, kept=kept, asks=self.asks, nth=self.nth, only=only, **options
        )
        return tuple(known)

    @takes_options(FileOptions, DocumentOptions, defaults=Rendering)
    def write(
        self,
        folder: str | Path,
        *,
        another: bool = False,
        force: bool = False,
        more: Iterable[str] = (),
        **options: Unpack[FileOptions],
    ) -> tuple[Path, ...]:
        """
        Write the papers into a folder for each of the two, with the plan that is kept beside them: all or none.

        Args:
            folder: Where the folders of the two are; it is made if it is not there.
            another: Whether it is another session than one that is planned there, which stays as it is.
            force: Write over papers that were changed since.
            more: Further papers, such as ``"preparation"``.
            options: What is chosen for all of them, as `FileOptions` explains.

        Returns:
            The paths of what was written.

        Raises:
            Refused: Some are there already and were changed since, or the folder belongs to another series.
            NotWritten: The disk refuses; nothing was written.
        """
        moved = None if another else self.find_moved(Path(folder))
        found = self.as_another(Path(folder)) if another else self
        return keep(Path(folder), found.papers(moved=moved, more=more, **options), force=force)

    def as_another(self, folder: Path) -> NextSession:
        """
        Return the session with a number of its own among those of its day in a folder, so that none of their papers is
        written over.
        """
        return attrs.evolve(self, nth=max(self.nth, number_of_day(folder, self.next_file.file.date)))


def following(
    after: Iterable[Paper] = (),
    bring: Iterable[str] = (),
    *,
    session: Path | SessionFile | None = None,
    supervisor_brings: Iterable[str] = (),
    on_record: bool = False,
    date: datetime.date | None = None,
    start: str = "",
    minutes: int | None = None,
    aim: str = "",
    profile: str | Path = "",
    series: str = "",
    drop: Iterable[str] = (),
    new_supervisor: bool = False,
    keep: Iterable[str | Path] = (),
    journal: Path | Journal | None = None,
    private: Iterable[str] = (),
    profiles: Iterable[str | Path] = (),
    occasion: str | Path = "",
    occasions: Iterable[str | Path] = (),
    today: datetime.date | None = None,
    beside: Iterable[KeptPlan] = (),
    moved: Iterable[MovedLine] = (),
    models: Catalogue | None = None,
    templates: Templates | Iterable[str | Path] = (),
    told: Callable[[str], object] | None = None,
) -> NextSession:
    """
    Plan the next session from last time's papers, without a session file and without typing what is known.

    Open actions come back with who does them and by when, decisions that somebody has still to confirm, and what was
    put off or never spoken of, in the words of whoever brought it. How anybody is, reasons, doubts, disagreement and
    scores never do.

    Args:
        after: Last time's record, and other papers that this session follows from: paths, bytes, records or kept plans,
            in any order. Beside the path of a record, the plan that was kept of it is read too.
        bring: What the supervisee brings, a line each; it stays between the two.
        session: The session file of somebody who has one, or its path; what it says goes before what follows from last
            time.
        supervisor_brings: What the supervisor brings, a line each; the supervision file may have it.
        on_record: Whether the supervision file may have the words of what the supervisee brings.
        date: The day; by default the one under "next time" in the record, or after the usual interval.
        start: When it begins, such as ``"10:00"``.
        minutes: How long it is.
        aim: What the talk is for, in one word, if what is brought to it does not say.
        profile: The name of a profile, or the path of its file; by default that of last time.
        series: The code of the series.
        drop: Ids of topics that their bringer no longer wants; no trace of them is left.
        new_supervisor: Whether a new supervisor begins, so that nothing goes on that was between two people. It is seen
            without that if the session file names another supervisor than last time's record.
        keep: Ids of topics that the worker hands on to a new supervisor, or paths of files that have them.
        journal: The journal that the two share, or its folder.
        private: What only the two may read, a line each.
        profiles: Folders where profiles are looked for first.
        occasion: What the session is for: the name of an occasion, or the path of its file; by default, what the
            session file or the profile says, or as the facts have it.
        occasions: Folders where occasions are looked for first.
        today: The day of a first session if nobody says one; by default the day it is.
        beside: Plans of other sessions, which stay as they are: no new topic gets an id of theirs.
        moved: The lines in the order and with the minutes that a person gave them, as for `arrange`.
        models: Where models are found; by default, ours.
        templates: Folders of templates of your own, if a record was made with one.
        told: Called with each warning and each note before the session is planned, which may fail.

    Raises:
        Refused: The day cannot be read or is before the last one, or two series are named.
        NotOpened: A paper is another kind of file.
        Faults: A file is wrong.
        UnknownKey: There is no profile, occasion or open topic of a name.
        TooShort: What has to be in the session does not fit.
    """
    found = read_last_papers(after, models=models, templates=templates)
    places = tuple(occasions)
    read, settings = _read_session_file(session, profiles, places, occasion)
    asked = Asked(
        bring=bring,
        supervisor_brings=supervisor_brings,
        on_record=on_record,
        date=date,
        start=start,
        minutes=minutes,
        aim=aim,
        profile=profile,
        series=series,
        drop=drop,
        occasion=occasion,
    )
    log = _read_journal_of(journal)
    closing = [each.date for each in log.entries if each.closes_part]
    begun = begin_part(
        found.last,
        read.file.supervisor if read else "",
        new=new_supervisor,
        closed=max(closing, default=None),
        keep=read_ids(keep),
    )
    next_file = follow(
        begun.last,
        asked,
        file=read.file if read else None,
        settings=settings,
        folders=profiles,
        today=today or (datetime.date.today() if asked.bring or asked.supervisor_brings else None),
        taken=tuple(each.topic.id for kept in beside for each in kept.brought),
        occasions=occasions,
    )
    notes = (*next_file.notes, *([_NEW_PART] if begun.new else ()))
    part = max(next_file.part, log.part, 1 + (log.entries[-1].part if begun.new and log.entries else 0))
    for code in next_file.file.series:
        refuse_other_series(log, code, "the journal" if isinstance(journal, Journal) else str(journal))
    if journal is not None:
        resumed = resume(next_file.file, log.of_part(part), None if isinstance(journal, Journal) else journal)
        next_file = attrs.evolve(next_file, file=resumed.file)
        notes = (*notes, *resumed.remarks)
    next_file = attrs.evolve(next_file, part=part, counts=() if begun.new else _counts_of(next_file, log.of_part(part)))
    if told is not None:
        warnings = (f"warning: {each}" for each in (read.warnings if read else ()))
        for text in (*warnings, *(f"note: {each}" for each in (*found.doubts, *notes))):
            told(text)
    plan = arrange(
        next_file.file,
        next_file.settings,
        log,
        models=models,
        private=tuple(private),
        occasions=places,
        facts=_facts_of(next_file.file, log if journal is not None else None, found.last),
        moved=moved,
    )
    return NextSession(
        next_file=next_file,
        plan=plan,
        log=log,
        held=frozenset(map(day_of_record, found.last.sessions)),
        nth=found.last.sessions_on(next_file.file.date) + 1,
        warnings=read.warnings if read else (),
        doubts=found.doubts,
        notes=notes,
    )


def _read_session_file(
    session: Path | SessionFile | None,
    profiles: Iterable[str | Path],
    occasions: Iterable[str | Path],
    occasion: str | Path,
) -> tuple[ReadSessionFile | None, Profile | None]:
    if session is None:
        return None, None
    if isinstance(session, SessionFile):
        return ReadSessionFile(session), profile_of(session.profile, profiles)
    return load(need_path(session, "a session file"), profiles, occasions, occasion)


def _read_journal_of(journal: Path | Journal | None) -> Journal:
    if journal is None or isinstance(journal, Journal):
        return journal or EMPTY
    return read_journal(need_path(journal, "a journal"))


def _facts_of(file: SessionFile, log: Journal | None, last: LastTime) -> SessionFacts:
    """
    What the journal and last time's papers say of the sessions before, to everybody who gets a paper.
    """
    known = SessionFacts.of(file, log)
    day = last.day
    if day is None:
        # Who brings papers of a case, or a log of actions, has met before, though no day of it is known.
        return attrs.evolve(known, journal=known.journal and not last.records)
    if day == file.date:
        return attrs.evolve(known, broken_off=True)
    return attrs.evolve(known, last=max(day, known.last or day))


#: What is said when a part begins, whatever is left behind.
_NEW_PART = (
    "a new part begins with a new supervisor: nothing goes on that was between the worker and the one before; the "
    "worker may hand on topics with --keep ID. If it is the same supervisor, write the name as it was"
)


def _counts_of(next_file: NextFile, log: Journal) -> tuple[tuple[str, int], ...]:
    """
    How often each open action will have been carried over, as the plan of last time or the journal has it.
    """
    counts = dict(next_file.counts)
    for name, times in log.counts.items():
        counts[name] = max(counts.get(name, 0), times + 1)
    return tuple(sorted(counts.items()))
