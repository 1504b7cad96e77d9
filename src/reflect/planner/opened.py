"""
What a person has opened on the page. It is in memory alone, until they clear the page or close it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

import attrs

from reflect.between_sessions.closing import look_of_paper
from reflect.documents.templates import Templates
from reflect.errors import ReflectError, Refused
from reflect.files.office import LIMITS, NotOpened
from reflect.interchange.values import from_json
from reflect.pages.catalogues import Catalogue
from reflect.planner.belonging import PeopleOfPaper
from reflect.planning.last_time import LastTime
from reflect.questions.rings import ANYONE, Reader, Ring
from reflect.questions.rings import reader as reader_of_name
from reflect.reading_back.reading import read
from reflect.safekeeping.fingerprint import ring_of
from reflect.sessions.journal import EMPTY, Journal, JournalEntry
from reflect.sessions.kept import KeptPlan
from reflect.sessions.record import Record
from reflect.shown import Brief
from reflect.text.nodes import Look

#: At most so many papers are open at once.
MOST_OPENED = 24
#: And so many journals.
MOST_JOURNALS = 12
#: Who may be at the page, and as which reader they read a paper of the two.
AT_THE_PAGE = ("supervisor", "supervisee")


@attrs.frozen(kw_only=True)
class OpenedPaper(Brief):
    """
    A paper that was opened, or begun on the page.

    Attributes:
        number: Its number on the page.
        name: The name of its file.
        value: What was read from it, with what was written on the page since.
        data: The bytes of its file; none if it has changed since, or was begun on the page.
        looks: The looks of the paper, such as large print.
        plain: Whether its questions are in their plain form.
        mine: Whether the person at the page has said that they are its author.
        entry: What a journal gets of it, once it is closed.
        form: The number of what is in it now: whoever fills it in says what they were shown.
        base: What a form is filled in on, with that number: filling it in twice writes nothing twice.
        of: The number of the record that a plan was begun with on the page; 0 for one that was opened.
    """

    _in_line = ("number",)

    number: int
    name: str = attrs.field(repr=False)
    value: Record | KeptPlan = attrs.field(repr=False)
    data: bytes = attrs.field(default=b"", repr=False)
    looks: tuple[Look, ...] = ()
    plain: bool = False
    mine: bool = False
    entry: JournalEntry | None = None
    form: int = 1
    base: tuple[int, Record] | None = attrs.field(default=None, repr=False)
    of: int = 0

    def filled_on(self, form: object) -> Record:
        """
        Return the record that somebody was shown when they began to fill in a form.

        Raises:
            Refused: It has been changed in another way since.
        """
        if form in (None, self.form):
            return self.record
        if self.base is not None and form == self.base[0]:
            return self.base[1]
        raise Refused("the record has been changed in another way since you began to fill it in; begin again", "paper")

    @property
    def record(self) -> Record:
        """
        Its record.

        Raises:
            Refused: It is a plan that was kept.
        """
        if isinstance(self.value, Record):
            return self.value
        raise Refused("this is the plan that was kept of a session, and no record; open the record beside it", "paper")


@attrs.frozen(kw_only=True)
class OpenedJournal(Brief):
    """
    A journal that was opened, or begun on the page. It has no names, so the page remembers whose it is.

    Attributes:
        number: Its number on the page.
        name: The name of its file; empty if it was begun on the page.
        sessions: The files of its sessions by their names, as they were opened or noted.
        log: The same, read.
        saved: Whether a file has all of it.
        papers: The numbers of the papers that it goes with: noted in it, or planned with it.
        whose: Whose those are.
        noted: By the name of a session's file, the paper that it was noted from: its number, and its fingerprint.
    """

    _in_line = ("number",)

    number: int
    name: str = attrs.field(default="", repr=False)
    sessions: Mapping[str, bytes] = attrs.field(factory=dict, repr=False)
    log: Journal = attrs.field(default=EMPTY, repr=False)
    saved: bool = True
    papers: frozenset[int] = frozenset()
    whose: tuple[PeopleOfPaper, ...] = attrs.field(default=(), repr=False)
    noted: Mapping[str, tuple[int, str]] = attrs.field(factory=dict, repr=False)

    def is_of(self, paper: OpenedPaper) -> bool | None:
        """
        Tell whether it is the journal of those whose record a paper is; None if nothing says so.
        """
        own = PeopleOfPaper.of(paper.record)
        if own.series and self.log.series:
            return own.series == self.log.series
        of_group = any(each.attended is not None for each in self.log.entries)
        said = [each.is_that_of(own) for each in self.whose]
        if False in said or (of_group and not own.group):
            return False
        return True if True in said or paper.number in self.papers else None

    def may_count_for(self, papers: Collection[OpenedPaper]) -> bool:
        """
        Tell whether the hour that follows from papers may be planned with it. One that goes with other papers has to be
        known to be of these: nothing of one pair gets into the hour of another.
        """
        said = [self.is_of(each) for each in papers]
        return False not in said and (not self.papers or (bool(said) and None not in said))

    def going_with(self, papers: Iterable[OpenedPaper]) -> OpenedJournal:
        """
        Return it as that of those whose papers these are.
        """
        some = tuple(papers)
        whose = dict.fromkeys((*self.whose, *(PeopleOfPaper.of(each.record) for each in some)))
        return attrs.evolve(self, papers=self.papers | {each.number for each in some}, whose=tuple(whose))


@attrs.define
class OpenedPapers:
    """
    The papers that are open, and the journals.

    Attributes:
        papers: The papers by their number.
        journals: The journals by their number.
        models: Where models are found; ours, if it is None.
        templates: Folders of templates of an agency's own.
    """

    papers: dict[int, OpenedPaper] = attrs.field(factory=dict, repr=False)
    journals: dict[int, OpenedJournal] = attrs.field(factory=dict, repr=False)
    models: Catalogue | None = attrs.field(default=None, repr=False)
    templates: Templates | tuple[str | Path, ...] = attrs.field(default=(), repr=False)
    _last: int = 0
    _last_journal: int = 0

    def open(self, name: str, data: bytes) -> OpenedPaper:
        """
        Read a file, and keep what was read under a new number.

        Raises:
            Refused: So many are open that no more can be.
            NotOpened: It is another kind of file, or too large.
            Faults: It is JSON with faults.
        """
        if len(self.papers) >= MOST_OPENED:
            raise Refused(f"{MOST_OPENED} papers are open, and no more can be; put some of them away", "paper")
        value = self.read(data)
        look = look_of_paper(data, self.models, self.templates) if isinstance(value, Record) else {}
        return self.add(name, value, data=data, **look)

    def read(self, data: bytes) -> Record | KeptPlan:
        """
        Return what is in a file: a record, or a plan that was kept of a session.
        """
        if len(data) > LIMITS.file:
            raise NotOpened("too-large")
        if data[:99].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
            # What is no plan is read as everywhere, with the same sentences.
            with contextlib.suppress(UnicodeDecodeError):
                text = data.decode("utf-8-sig")
                if '"reflect-plan"' in text[:200]:
                    plan = from_json(text, kinds=("plan",))
                    if isinstance(plan, KeptPlan):
                        return plan
        return read(data, models=self.models, templates=self.templates)

    def add(
        self,
        name: str,
        value: Record | KeptPlan,
        *,
        data: bytes = b"",
        looks: tuple[Look, ...] = (),
        plain: bool = False,
        mine: bool = False,
        of: int = 0,
    ) -> OpenedPaper:
        """
        Keep a paper under a new number.
        """
        self._last += 1
        return self.keep(
            OpenedPaper(
                number=self._last, name=name, value=value, data=data, looks=looks, plain=plain, mine=mine, of=of
            )
        )

    def keep(self, paper: OpenedPaper) -> OpenedPaper:
        """
        Keep a paper under its number, in the place of what was there.
        """
        before = self.papers.get(paper.number)
        if before is not None and before.value is not paper.value:
            paper = attrs.evolve(paper, form=before.form + 1)
        self.papers[paper.number] = paper
        return paper

    def paper(self, number: object) -> OpenedPaper:
        """
        Return a paper by its number.

        Raises:
            Refused: It is not open, or no longer.
        """
        found = self.papers.get(number) if isinstance(number, int) else None
        if found is None:
            raise Refused("this paper is not open any more; open it again", "paper")
        return found

    def plan_of(self, paper: OpenedPaper) -> OpenedPaper | None:
        """
        Return the plan that was kept of a record, if it is open too.

        Whoever supervises several people has papers of several pairs open, often of one day. So a plan that was begun
        with a record is of that one alone; and one that was opened has to be the only one of the same day and hour.
        """
        begun = next((each for each in self.papers.values() if each.of == paper.number), None)
        if begun is not None or not isinstance(paper.value, Record):
            return begun
        # Each of the two keeps the same plan, and both may be open; one that was saved anew has another calendar entry.
        found = {
            without_calendar(each.value): each
            for each in self.papers.values()
            if isinstance(each.value, KeptPlan) and not each.of and _is_plan_of(each.value, paper.value)
        }
        return next(iter(found.values())) if len(found) == 1 else None

    def may_be_plan_of(self, plan: OpenedPaper, paper: OpenedPaper) -> bool:
        """
        Tell whether a plan can be that of a record: it was begun with it, or it is of the same day and hour.
        """
        if not (isinstance(plan.value, KeptPlan) and isinstance(paper.value, Record)):
            return False
        return plan.of == paper.number if plan.of else _is_plan_of(plan.value, paper.value)

    def journal(self, number: object) -> OpenedJournal:
        """
        Return a journal by its number.

        Raises:
            Refused: It is not open, or no longer.
        """
        found = self.journals.get(number) if isinstance(number, int) else None
        if found is None:
            raise Refused("this journal is not open any more; open it again", "journal")
        return found

    def new_journal(self) -> OpenedJournal:
        """
        Return an empty journal under a new number; it is not open until it is kept.
        """
        self._last_journal += 1
        return OpenedJournal(number=self._last_journal)

    def keep_journal(self, journal: OpenedJournal) -> OpenedJournal:
        """
        Keep a journal under its number, in the place of what was there.

        Raises:
            Refused: So many are open that no more can be.
        """
        if journal.number not in self.journals and len(self.journals) >= MOST_JOURNALS:
            raise Refused(f"{MOST_JOURNALS} journals are open, and no more can be; put some of them away", "journal")
        self.journals[journal.number] = journal
        return journal

    def records_of(self, numbers: Iterable[int]) -> list[OpenedPaper]:
        """
        Return those of opened papers that are records.
        """
        return [each for number in numbers if isinstance((each := self.paper(number)).value, Record)]

    def forget(self) -> None:
        """
        Let go of everything that was opened.
        """
        self.papers.clear()
        self.journals.clear()

    def folders(self) -> Iterable[str | Path]:
        """
        Return the folders of templates, for what takes nothing else.
        """
        return () if isinstance(self.templates, Templates) else self.templates

    def ring(self, record: Record) -> Ring:
        """
        Return who may read the kind of paper that a record is on.
        """
        return ring_of(record, self.folders())


def without_calendar(plan: KeptPlan) -> KeptPlan:
    """
    Return a plan as it is whichever calendar entry was made of it: it is new each time that a plan is saved.
    """
    return attrs.evolve(plan, calendar="", revision=0)


def says_the_same(plan: OpenedPaper, other: OpenedPaper) -> bool:
    """
    Tell whether two opened plans are one: each of the two keeps it, and a new calendar entry makes no other of it.
    """
    one, another = plan.value, other.value
    if not (isinstance(one, KeptPlan) and isinstance(another, KeptPlan)):
        return False
    return plan.of == other.of and without_calendar(one) == without_calendar(another)


def _is_plan_of(plan: KeptPlan, record: Record) -> bool:
    """
    Tell whether a plan is of the day and the hour that a record names.
    """
    start = dict(record.facts).get("start", "")
    with contextlib.suppress(ReflectError):
        same_hour = not start or plan.session.fact("start") in ("", start)
        return same_hour and LastTime(records=(record,), plans=(plan,)).plan_of(record) is not None
    return False


def reader_at_page(ring: Ring, who: str, *, mine: bool = False) -> Reader:
    """
    Return as which reader somebody at the page reads a paper of a ring. Whoever has not said who they are, or comes to
    train, is nobody.

    Args:
        ring: Who may read the paper.
        who: Who is at the page: supervisor, supervisee or trainer.
        mine: Whether they say that they are its author, which counts on a paper that is for its author alone.
    """
    if who not in AT_THE_PAGE:
        return ANYONE
    if ring is Ring.OWN:
        return reader_of_name("author") if mine else ANYONE
    return reader_of_name("group" if ring is Ring.GROUP else who)
