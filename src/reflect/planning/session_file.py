"""
The session file: who, when, how long, what is on people's minds, the cases, and what was done before.

We only ever read it. What the supervisee brings is between the two until they say otherwise. What is for one person
alone does not belong in it: they say it in the room, or keep it in a file of its own that only its writer may open, and
name that file when they plan.
"""

from __future__ import annotations

import datetime
import itertools
import os
import re
import stat
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import attrs

from reflect.errors import Fault, Faults, cap_faults, write_one_of
from reflect.files import objects
from reflect.files.forms import (
    USUAL_MINUTES,
    Clock,
    Day,
    LineOr,
    ListOf,
    Moment,
    NameLine,
    NamesWith,
    Number,
    OneOf,
    TextLine,
    YesNo,
)
from reflect.files.named import Named, faults_of_names
from reflect.files.objects import accept, describe, form_of, list_of
from reflect.files.reading import read_text
from reflect.files.yaml import Tell
from reflect.papers.beside import BESIDE_THE_HOUR, SICKNESS
from reflect.papers.workload import LoadTotal
from reflect.planning.beside import faults_of_beside, is_beside
from reflect.planning.case_list import cases_of, identifying_cases
from reflect.planning.caseload import Case
from reflect.planning.identifying import identifying_lines
from reflect.planning.looking_up import files_by_name
from reflect.planning.occasions import Occasion, settings_for
from reflect.planning.participating import NamedParticipant, faults_of_participants, settle
from reflect.planning.profiles import ITEM_KINDS, Profile, profile
from reflect.questions.model import Aim
from reflect.questions.rings import Ring
from reflect.questions.sets import LONGEST
from reflect.sessions.nations import our_titles
from reflect.sessions.series_codes import SeriesCode
from reflect.sessions.support import Support
from reflect.shown import Brief
from reflect.text.links import PlaceLine
from reflect.text.names import is_same_name

_SAY_IT = "say it in the room, or keep it in a file of its own that only you may open, and name that with --private"


_REF = TextLine(40)
_MINUTES = Number(1, LONGEST)
_PAST_DAYS = ListOf(Day(not_after=("date",)))
#: The rings that an item of the agenda may have; one is refused, with what to do instead.
_RING = OneOf(
    tuple(map(str, (Ring.PAIR, Ring.PERSONAL, Ring.CASE, Ring.GROUP))),
    ((str(Ring.OWN), _SAY_IT),),
)

#: Those that an action may have: it keeps its ring wherever it was agreed.
_RING_OF_ACTION = OneOf(tuple(map(str, Ring)))

_AIM = OneOf(tuple(map(str, Aim)))


@attrs.frozen(kw_only=True)
class Wish(Brief):
    """
    Something one of the two wants to talk about.

    Attributes:
        stands: If it was carried over, the file that has its words, and its place among the supervisee's items there.
        id: The id of its topic, if it was brought before and that is known.
        promised: Whether it was to have a talk, and yielded; or somebody gave it a day.
    """

    what: str = attrs.field(
        repr=False, metadata=describe(TextLine(160), "what it is, in a line", needed=True, short=True)
    )
    under: str = accept(
        _REF,
        "the item that takes it in: a standing item, a case or a family; or what it is about, if it has no minutes: "
        f"{', '.join(BESIDE_THE_HOUR)}",
    )
    minutes: int | None = accept(_MINUTES, "how long it needs", None)
    purpose: str = accept(OneOf(("decide", "think", "tell")), "to decide, to think or to tell")
    aim: str = attrs.field(default="", metadata=describe(_AIM, "what it is for, in one word", name="for"))
    ring: Ring | None = accept(_RING, "who may read it", None, converter=attrs.converters.optional(Ring))
    since: datetime.date | None = accept(
        Day(not_after=("date",)), "the session it was first brought to, if it was put off", None
    )
    put_off: int = accept(Number(0, 99, usual=(0, 20)), "how many times it was put off; after two it comes first", 0)
    when: str = accept(TextLine(60), "when or how instead, if it is not for today, such as: by e-mail today")
    stands: tuple[str, int] | None = attrs.field(default=None, eq=False, repr=False)
    id: str = attrs.field(default="", eq=False, repr=False)
    promised: bool = attrs.field(default=False, eq=False, repr=False)
    line: int = attrs.field(default=0, eq=False, repr=False)


@attrs.frozen(kw_only=True)
class Promise(Brief):
    """
    An action agreed before.

    Attributes:
        id: Its id, such as ``2026-03-04.s1``, if a record has it; empty if it has none yet.
        by: By when, as it was written, if that is not a date.
        agreed: Where and when it was agreed, as it was written.
        ring: Who may read it; None if that follows from whether it is about a case, and from whether it is a group.
    """

    what: str = attrs.field(repr=False, metadata=describe(TextLine(160), "what was to be done", needed=True))
    who: str = attrs.field(
        metadata=describe(TextLine(60), "who does it: supervisee, supervisor or another, by role", needed=True)
    )
    due: datetime.date | None = accept(Day(), "by when", None)
    status: str = accept(OneOf(("open", "done", "changed", "dropped")), "what has become of it", "open")
    case: str = accept(_REF, "the case it is about")
    carried: int = accept(Number(0, 99, usual=(0, 20)), "how many times it was carried forward", 0)
    id: str = ""
    by: str = attrs.field(default="", repr=False)
    agreed: str = attrs.field(default="", repr=False)
    ring: Ring | None = accept(_RING_OF_ACTION, "who may read it", None, converter=attrs.converters.optional(Ring))
    line: int = attrs.field(default=0, eq=False, repr=False)

    @property
    def open(self) -> bool:
        return self.status == "open"


@attrs.frozen(kw_only=True)
class InformalDecision(Brief):
    """
    A decision made outside a session: in a corridor, on the phone.
    """

    about: str = attrs.field(metadata=describe(_REF, "the case or matter, by reference", needed=True))
    happened: datetime.datetime = attrs.field(
        metadata=describe(Moment(not_after=("date",)), "when it was decided", needed=True)
    )
    written: datetime.datetime | None = accept(Moment(not_before=("happened",)), "when it was written down", None)
    how: str = accept(TextLine(60), "where or by what means")
    by: str = accept(TextLine(60), "who decided")
    confirmed: bool = accept(YesNo(), "whether the other person has confirmed it", False)
    decision: str = accept(TextLine(300), "what was decided; it goes on the case record, and on no agenda", repr=False)
    rationale: str = accept(TextLine(300), "why; if nobody said it then, leave it out", repr=False)
    rather_than: str = accept(TextLine(300), "what was not done instead", repr=False)
    replaced_by: str = accept(TextLine(60), "the decision that replaced it, or 'withdrawn'")
    line: int = attrs.field(default=0, eq=False, repr=False)


@attrs.frozen(kw_only=True)
class Load(Brief):
    """
    A workload, in an agency's points.
    """

    points: int = attrs.field(
        metadata=describe(Number(0, 100_000), "how many points it comes to today", needed=True, short=True)
    )
    limit: int | None = accept(Number(1, 100_000), "the points beyond which it is too much", None)
    said: tuple[datetime.date, ...] = accept(_PAST_DAYS, "when it was said before", ())
    written: tuple[datetime.date, ...] = accept(_PAST_DAYS, "when it was put in writing before", ())
    level: int = accept(Number(1, 9), "the rung of the ladder that knows already", 1)
    relief: bool = accept(YesNo(), "whether something was agreed that brings it down", False)
    earlier: tuple[LoadTotal, ...] = accept(list_of(LoadTotal), "what it came to before, each with its date", ())


@attrs.frozen(kw_only=True)
class SessionFile(Brief):
    """
    What a session file says.

    Attributes:
        named: What it names, with lines: profiles, occasions, models; empty if it was read from no file.
        beside: What people bring that has no minutes of the hour, and goes on the sheet beside it; see `settled`.
    """

    date: datetime.date = attrs.field(metadata=describe(Day(), "the day of the session", needed=True))
    start: str = accept(Clock(), "when it begins")
    minutes: int | None = accept(Number(1, LONGEST, usual=USUAL_MINUTES), "how long it is", None)
    next: datetime.date | None = accept(Day(), "the day of the next session", None)
    place: str = accept(PlaceLine(2000), "where: a room, or a link")
    profile: str = accept(
        NameLine(120, "profile"), "the settings of the agency or profession: a name, or a YAML file", "general"
    )
    wording: str | Path = accept(NameLine(120, "wording"), "the words of the profession: a name, or a YAML file")
    nation: str = accept(TextLine(40), "where the two work")
    organisation: str = accept(TextLine(80), "whose paper it is")
    marking: str = accept(TextLine(40), "for example OFFICIAL-SENSITIVE")
    supervisee: str = accept(TextLine(60), "who is supervised: initials or a role", repr=False)
    supervisees: tuple[str, ...] = accept(
        ListOf(TextLine(60)), "who are supervised together, in a joint session: initials or roles", (), repr=False
    )
    supervisor: str = accept(TextLine(60), "who supervises: initials or a role", repr=False)
    people: int = accept(Number(2, 40), "how many are in the room", 2)
    participants: tuple[NamedParticipant, ...] = accept(
        list_of(NamedParticipant), "who is there, each with a role: an interpreter, somebody by telephone", ()
    )
    series: tuple[str, ...] = accept(
        ListOf(SeriesCode()),
        "the code of the series, such as k7m2, so that no other gets into its folder; of a joint session, one for each",
        (),
    )
    today: Wish | None = accept(form_of(Wish), "what cannot wait, and may displace anything", None)
    occasion: str | Path = accept(
        NameLine(120, "occasion"),
        "what the session is for, such as ordinary, first or short: a name, or a YAML file; by default, as the facts "
        "have it",
    )
    after_shock: bool | None = accept(YesNo(), "whether something has happened that comes before any model", None)
    aim: str = attrs.field(
        default="",
        metadata=describe(_AIM, "what the talk is for, in one word, if what is brought to it does not say", name="for"),
    )
    supervisee_items: tuple[Wish, ...] = accept(list_of(Wish), "what the supervisee brings", ())
    supervisor_items: tuple[Wish, ...] = accept(list_of(Wish), "what the supervisor brings", ())
    previous_actions: tuple[Promise, ...] = accept(list_of(Promise), "what was agreed before", ())
    #: What last time's record says of support, if it has not ended.
    support: tuple[Support, ...] = ()
    informal: tuple[InformalDecision, ...] = accept(list_of(InformalDecision), "decisions made between sessions", ())
    workload: Load | None = accept(form_of(Load), "the load, in the agency's points", None)
    cases: tuple[Case, ...] | str = accept(
        LineOr(NameLine(200, "list of cases"), list_of(Case)), "the caseload, or the CSV file that has it", ()
    )
    choose: tuple[str, ...] = accept(ListOf(_REF), "cases or families the supervisee wants to think about in depth", ())
    slots: int | None = accept(Number(0, 9), "how many talks in depth", None)
    without: tuple[str, ...] = accept(ListOf(OneOf(ITEM_KINDS)), "standing items that are not wanted today", ())
    models: Mapping[str, str] = accept(
        NamesWith(NameLine(60, "model")), "what is used for a case, a family or 'talk', by key", attrs.Factory(dict)
    )
    seed: int = accept(Number(0, 999_999), "another number, another choice among models that are as good", 0)
    named: tuple[Named, ...] = attrs.field(default=(), eq=False, repr=False)
    beside: tuple[Wish, ...] = attrs.field(default=(), repr=False)

    @property
    def case_list(self) -> tuple[Case, ...]:
        """
        The cases; empty while they are in a CSV file that has not been read yet.
        """
        return () if isinstance(self.cases, str) else self.cases

    @property
    def wishes(self) -> tuple[Wish, ...]:
        """
        Everything that somebody brings, and what cannot wait.
        """
        return (*((self.today,) if self.today else ()), *self.supervisee_items, *self.supervisor_items)

    @property
    def settled(self) -> SessionFile:
        """
        The same, with whoever is named as a participant in the place of the supervisee or the supervisor, too; and
        with what belongs beside the hour apart from what is talked about in it.
        """
        changes = settle(
            self.participants,
            supervisee=self.supervisee,
            supervisees=self.supervisees,
            supervisor=self.supervisor,
            people=self.people,
        )
        if aside := tuple(filter(is_beside, self.wishes)):
            both = self.supervisee_items, self.supervisor_items
            own, theirs = (tuple(itertools.filterfalse(is_beside, some)) for some in both)
            changes |= {"supervisee_items": own, "supervisor_items": theirs, "beside": (*self.beside, *aside)}
            changes |= {"today": None} if self.today in aside else {}
        return attrs.evolve(self, **changes) if changes else self

    @property
    def case_names(self) -> tuple[str, ...]:
        """
        Every name that a case or a family goes by.
        """
        return tuple(dict.fromkeys(name for case in self.case_list for name in (case.ref, case.together)))

    def until(self, settings: Profile) -> datetime.date:
        """
        Return the day of the next session: as given, or after the usual interval.
        """
        return self.next or self.date + datetime.timedelta(days=settings.every)


@attrs.frozen
class ReadSessionFile(Brief):
    """
    A session file that was read, with what its writer should look at.

    Attributes:
        warnings: Lines that may identify somebody, and values that may not be meant; no warning repeats its line.
        doubts: Those of the warnings that ask whether something is meant.
    """

    file: SessionFile
    warnings: tuple[Fault, ...] = attrs.field(default=(), converter=cap_faults)
    doubts: tuple[Fault, ...] = attrs.field(default=(), converter=cap_faults)


def parse(text: str, where: str = "session.yaml") -> ReadSessionFile:
    """
    Read a session file from its text; a CSV file that it names is not read.

    Raises:
        Faults: All that is wrong with it.
    """
    file, faults, doubts, _ = _read_as_far_as_possible(text, where)
    if faults or file is None:
        raise Faults(faults)
    return ReadSessionFile(file, (*doubts, *identifying_lines(text, where)), doubts)


def load(
    path: Path,
    folders: Iterable[str | Path] = (),
    occasions: Iterable[str | Path] = (),
    occasion: str | Path | Occasion = "",
) -> tuple[ReadSessionFile, Profile]:
    """
    Read a session file, its profile, and the list of cases it names.

    Args:
        path: Where the file is.
        folders: Where profiles are looked for first: folders, or ``"package:agency"``.
        occasions: Where occasions are looked for first.
        occasion: What the session is for, if somebody said another than the file does.

    Raises:
        Faults: All that is wrong with one of them.
        UnknownKey: There is no occasion of the name that somebody said.
    """
    text, where = read_text(path, str(path)), str(path)
    file, found, doubts, cases_known = _read_as_far_as_possible(text, where)
    known = files_by_name(folders, occasions)
    lost = {each: tuple(faults_of_names((each,), known)) for each in (file.named if file is not None else ())}
    faults = [*found, *(fault for each in lost.values() for fault in each)]
    warnings = list(identifying_lines(text, where))
    unread = {each.of for each, wrong in lost.items() if wrong}
    settings = None
    if file is not None and "profile" not in unread:
        settings = _read_profile(file, path.parent, folders, faults)
        lost_by_profile = tuple(faults_of_names(settings.named if settings else (), known))
        faults += lost_by_profile
        unread |= {"occasion"} if lost_by_profile else set()
    if file is not None and settings is not None:
        if "occasion" not in unread:
            settings = settings_for(settings, occasion or _beside(path, file.occasion), occasions)
        if isinstance(file.cases, str) and "list of cases" not in unread:
            list_file = path.parent / file.cases
            try:
                rows = read_text(list_file, str(list_file))
                asked: list[Fault] = []

                def ask(line: int, what: str, remedy: str) -> None:
                    asked.append(Fault(str(list_file), line, what, remedy))

                file = attrs.evolve(file, cases=cases_of(rows, settings, str(list_file), on=file.date, ask=ask))
                doubts = (*doubts, *asked)
                warnings += identifying_cases(rows, settings, str(list_file))
            except Faults as wrong:
                faults += wrong.faults
                cases_known = False
        # If a list could not be read, we do not know which cases are in it.
        if cases_known:
            faults += (fault for fault in _faults_beside_profile(file, settings, text, where) if fault not in faults)
    if faults or file is None or settings is None:
        raise Faults(faults)
    if file.nation and settings.rules(file.nation) is None:
        titles = (*our_titles(), *(each.title for each in settings.nations))
        what = "nothing is known of a nation of that name, neither who regulates the work nor its bank holidays"
        doubts = (*doubts, Fault(where, _line_of(text, "nation"), what, write_one_of(file.nation, titles)))
    file = attrs.evolve(file, wording=_beside(path, file.wording), occasion=_beside(path, file.occasion))
    return ReadSessionFile(file, (*doubts, *warnings), doubts), settings


def _beside(path: Path, name: str | Path) -> str | Path:
    """
    Return a name; if it is that of a file, the path of it beside another.
    """
    return path.parent / name if isinstance(name, str) and name.endswith((".yaml", ".yml")) else name


def _read_as_far_as_possible(
    text: str, where: str
) -> tuple[SessionFile | None, tuple[Fault, ...], tuple[Fault, ...], bool]:
    """
    Read what can be read of a session file; return that, all faults, what is in doubt, and whether all its cases are
    known.
    """
    cases_known = True

    def check(file: SessionFile, tell: Tell, wrong: frozenset[str]) -> None:
        nonlocal cases_known
        cases_known = "cases" not in wrong
        if file.next and file.next <= file.date:
            tell(_line_of(text, "next"), "'next' is not after 'date'", "write a later day, or leave it out")
        for line, what, remedy in faults_of_participants(
            file.participants, tuple(filter(None, (file.supervisee, *file.supervisees)))
        ):
            tell(line, what, remedy)
        for line, what, remedy in faults_of_beside(file.wishes, several=bool(file.supervisees)):
            tell(line, what, remedy)
        file = file.settled
        for name, what, remedy in _faults_of_joint_session(file):
            tell(_line_of(text, name), what, remedy)
        if isinstance(file.cases, str):
            return  # these are checked together with the list
        refs = [case.ref for case in file.cases]
        if len(set(refs)) < len(refs):
            tell(_line_of(text, "cases"), "two cases have the same reference", "give each its own")
        if not cases_known:
            return  # the name may belong to a case that could not be read
        for fault in _faults_of_names(file, text, where, (*file.supervisee_items, *file.supervisor_items)):
            tell(fault.line or 1, fault.what, fault.remedy)

    file, faults, doubts = objects.read_as_far_as_possible(text, SessionFile, where, check=check)
    if file is not None:
        file = file.settled
        doubts = tuple(sorted((*doubts, *_doubts_of_session(file, text, where)), key=lambda doubt: doubt.line or 0))
    return file, faults, doubts, cases_known


def _faults_of_joint_session(file: SessionFile) -> Iterator[tuple[str, str, str]]:
    """
    What cannot be in a session with several supervisees, or in one without: the name, what is wrong, and what to do.
    """
    if not file.supervisees:
        if len(file.series) > 1:
            yield "series", "there are several series, and one supervisee", "give one code, or name all 'supervisees'"
        return
    pairs = tuple(itertools.combinations(file.supervisees, 2))
    if not pairs or any(is_same_name(one, other) for one, other in pairs):
        yield "supervisees", "'supervisees' does not name several people", "name each once, or write 'supervisee'"
    if file.supervisee:
        yield "supervisee", "there are 'supervisee' and 'supervisees'", "write one of them"
    if file.series and len(file.series) != len(file.supervisees):
        yield "series", "there is not one series for each of the 'supervisees'", "give a code for each, in their order"
    elif len(set(file.series)) < len(file.series):
        yield "series", "two supervisees have the same series", "give each their own code"
    if Ring.PAIR in (*(wish.ring for wish in file.wishes), *(each.ring for each in file.previous_actions)):
        remedy = "leave it out, or bring it to a session of the two"
        yield "supervisees", "'ring: pair' has no place in a joint session, where others hear it", remedy
    if any(each.who.casefold() == "supervisee" for each in file.previous_actions):
        yield "previous-actions", "an action is the supervisee's, and there are several", "write which of them does it"


#: A session that begins before the first hour, or at or after the last, is asked about, unless it is so short that it
#: may well be a handover on a night shift.
_DAYTIME = ("06:00", "22:00")
_HANDOVER = 25


def _doubts_of_session(file: SessionFile, text: str, where: str) -> Iterator[Fault]:
    """
    What may not be meant, though it can be: a session at night, one that ends on the next day, the next one in years.
    """
    if file.start:
        hour, minute = map(int, file.start.split(":"))
        if not _DAYTIME[0] <= file.start < _DAYTIME[1] and not 0 < (file.minutes or 0) <= _HANDOVER:
            remedy = "check 'start'; the afternoon is written like 14:30"
            yield Fault(where, _line_of(text, "start"), "the session begins at night", remedy)
        elif hour * 60 + minute + (file.minutes or 0) > 24 * 60:
            yield Fault(
                where, _line_of(text, "start"), "the session ends on the next day", "check 'start' and 'minutes'"
            )
    if file.next and (file.next - file.date).days > _LONGEST_WAIT:
        yield Fault(where, _line_of(text, "next"), "the next session is more than a year away", "check the two days")


#: Days to the next session, from which we ask.
_LONGEST_WAIT = 366


def _line_of(text: str, name: str) -> int:
    match = re.search(rf"^{name}\s*:", text, re.MULTILINE)
    return text.count("\n", 0, match.start()) + 1 if match else 1


def _read_profile(
    file: SessionFile, folder: Path, folders: Iterable[str | Path], faults: list[Fault]
) -> Profile | None:
    """
    Read the profile that a session file names; if that fails, return None and add its faults to the others.
    """
    own = file.profile.endswith((".yaml", ".yml"))
    try:
        return profile(folder / file.profile if own else file.profile, folders)
    except Faults as wrong:
        faults += wrong.faults
    return None


def _faults_beside_profile(file: SessionFile, settings: Profile, text: str, where: str) -> Iterator[Fault]:
    """
    The faults that need the profile to be seen: kinds of cases without an interval, and choices from a CSV file.
    """
    kinds = {*settings.touch, *settings.depth}
    line = _line_of(text, "cases")
    lost = sorted({case.kind for case in file.case_list if case.kind and case.kind not in kinds})
    if lost and kinds:
        remedy = f"write one of: {', '.join(sorted(kinds))}; or add it to 'touch' and 'depth' of the profile"
        what = "one kind of case is" if len(lost) == 1 else f"{len(lost)} kinds of cases are"
        yield Fault(where, line, f"{what} not in the profile", remedy)
    names = file.case_names
    if any(name not in names and name != "talk" for name in file.models):
        what = "'models' names something that is neither a case, a family nor 'talk'"
        yield Fault(where, _line_of(text, "models"), what, "write 'talk', or a case or family as 'cases' has it")
    group = settings.setting == "group"
    for at, what, remedy in faults_of_beside(file.beside, several=False, group=True) if group else ():
        yield Fault(where, at, what, remedy)
    rings = [(wish.ring, wish.line) for wish in file.wishes]
    for ring, line_of_ring in (*rings, *((each.ring, each.line) for each in file.previous_actions)):
        if ring is not None and group != (ring is Ring.GROUP):
            remedy = (
                "leave 'ring' out: the group reads it" if group else "write pair, personal or case, or leave it out"
            )
            yield Fault(where, line_of_ring, f"'ring: {ring}' has no reader in this profile", remedy)
    yield from _faults_of_names(file, text, where, file.wishes)


def _faults_of_names(file: SessionFile, text: str, where: str, wishes: Iterable[Wish]) -> Iterator[Fault]:
    """
    The faults of names that should be cases or families.
    """
    known = (*ITEM_KINDS, *BESIDE_THE_HOUR, *file.case_names)
    for wish in wishes:
        if wish.under and wish.under != SICKNESS and wish.under not in known:
            remedy = write_one_of(wish.under, known)
            yield Fault(where, wish.line, "'under' is not an item, a case or a family", remedy)
    if any(name not in file.case_names for name in file.choose):
        what = "'choose' names something that is neither a case nor a family"
        yield Fault(where, _line_of(text, "choose"), what, "write it as 'cases' has it")


# --- what is private to the two


@attrs.frozen
class PrivateLines:
    """
    What is for the two alone, in a file of its own.
    """

    pair: tuple[str, ...] = attrs.field(
        repr=False,
        metadata=describe(ListOf(TextLine(160)), "what the two of you want to remember to talk about", needed=True),
    )


def private_lines(path: Path) -> tuple[str, ...]:
    """
    Read what is for the two alone, from a file that only its owner may open.

    Raises:
        Faults: Others may open it, or it holds anything else.
    """
    return read_private_lines(path)[0].pair


def read_private_lines(path: Path) -> tuple[PrivateLines, tuple[Fault, ...]]:
    """
    Read what is for the two alone, as `private_lines` does; return what may not be meant in it, too.
    """
    text = read_text(path, str(path))
    mode = path.stat().st_mode
    if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
        remedy = f"close it to others first: chmod 600 {path.name}"
        raise Faults((Fault(str(path), None, "others can open it", remedy),))
    return objects.read_with_doubts(text, PrivateLines, str(path))
