"""
The plans that are kept in a folder of papers: whose folder it is, and which session a new plan moves.
"""

from __future__ import annotations

import datetime
import functools
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import attrs

from reflect.errors import Faults, ReflectError, Refused
from reflect.files.folders import is_folder, list_folder
from reflect.files.reading import read_text
from reflect.files.writing import has_room_for_stamp, is_unchanged
from reflect.interchange.values import from_json
from reflect.planning.calendars import icalendar, new_id
from reflect.planning.occasions import occasion_names
from reflect.planning.plan import Plan
from reflect.planning.profiles import Profile
from reflect.planning.session_file import InformalDecision, SessionFile
from reflect.questions.rings import Ring
from reflect.sessions.deciding import id_of_decision
from reflect.sessions.journal import EMPTY, Journal
from reflect.sessions.kept import KeptLine, KeptPlan
from reflect.sessions.parts import SIGNING, Decision
from reflect.sessions.typed import key_of_words, read_day
from reflect.text.names import may_be_one_person
from reflect.text.prose import day_in_words

#: The folders in a folder of papers that hold a plan: those of the two, or that of a group.
READERS = ("supervisee", "supervisor", "group")
#: What the file of a kept plan is called, before and after its day.
_BEGINS, _ENDS = "plan-", ".json"


def name_of_plan(day: datetime.date | str) -> str:
    """
    Return the name of the file in which the plan of a day is kept: ``plan-2026-03-04.json``.
    """
    return f"{_BEGINS}{day}{_ENDS}"


def name_of_entry(day: datetime.date | str) -> str:
    """
    Return the name of the file of a calendar entry: ``supervision-2026-03-04.ics``.
    """
    return f"supervision-{day}.ics"


def entry_beside(path: Path) -> Path:
    """
    Return the path of the calendar entry that lies beside a kept plan; the second session of a day has its own.
    """
    return path.with_name(name_of_entry(path.name.removeprefix(_BEGINS).removesuffix(_ENDS)))


def read_plan(path: Path) -> KeptPlan:
    """
    Read a kept plan from its file.

    Raises:
        Faults: All that is wrong with it.
    """
    text = read_text(path, str(path))
    try:
        value = _plan_of_text(text)
    except Faults:  # they name the file
        value = from_json(text, where=str(path), kinds=["plan"])
    assert isinstance(value, KeptPlan)
    return value


def forget_plans() -> None:
    """
    Let go of the plans that were read: they hold what the two bring, and a page that is cleared has nothing of it.
    """
    _plan_of_text.cache_clear()


@functools.lru_cache(64)
def _plan_of_text(text: str) -> object:
    """
    Each of the two keeps the same plan, and a folder of papers is looked through several times for one session.
    """
    return from_json(text, kinds=["plan"])


def plans_in(folder: Path) -> Iterator[tuple[Path, KeptPlan]]:
    """
    Give the plans that are kept in a folder of papers, or in one reader's, the latest first; those that cannot be read
    are left out.
    """
    places = [each for each in (folder, *(folder / reader for reader in READERS)) if is_folder(each)]
    files = [file for place in places for file in list_folder(place, _ENDS) if file.name.startswith(_BEGINS)]
    for file in sorted(files, key=lambda file: file.name, reverse=True):
        try:
            yield file, read_plan(file)
        except ReflectError:
            continue


def number_of_day(folder: Path, day: datetime.date) -> int:
    """
    Return which session of its day a new one would be, by the names of the plans that are kept in a folder.
    """
    names = {file.name for file, _ in plans_in(folder)}
    number = 1
    while name_of_plan(f"{day}-{number}" if number > 1 else day) in names:
        number += 1
    return number


def occasion_of_kept_plan(file: SessionFile, folders: Iterable[Path], places: Iterable[str | Path] = ()) -> str:
    """
    Return the occasion that a session was planned for, by the plan that was kept of it.

    Args:
        file: The session file.
        folders: The folders of papers where its plan may be.
        places: Where occasions are looked for first.

    Returns:
        Its name; empty if no plan of that day and series is there, or its occasion is not known by name.
    """
    known = occasion_names(places)
    for folder in folders:
        for _, plan in plans_in(folder):
            is_same = plan.day == file.date and (not plan.series or not file.series or plan.series in file.series)
            if is_same and plan.session.occasion in known:
                return plan.session.occasion
    return ""


def keep_plan(
    plan: Plan,
    file: SessionFile,
    settings: Profile,
    *,
    moved: KeptPlan | None = None,
    part: int = 1,
    counts: Mapping[str, int] | None = None,
    unconfirmed: Iterable[Decision] = (),
) -> KeptPlan:
    """
    Return what is kept of a plan until its session is closed.

    Args:
        file: What it was made from.
        moved: The plan of the same session as it was kept before; its calendar entry goes on.
        part: Which part of the series it is in.
        counts: How often each open action was carried over, by its id.
        unconfirmed: What is known already of the decisions of the plan that one of the two has still to confirm.
    """
    ring = Ring.GROUP if settings.setting == "group" else Ring.CASE
    carried = {
        action.id: promise.carried
        for action, promise in zip(plan.whole.before, plan.actions, strict=True)
        if promise.carried
    }
    known = {_when_and_of_what(each): each for each in unconfirmed}
    decisions = [_decision_of(each, ring) for each in plan.unconfirmed]
    kept = KeptPlan(
        date=file.date.isoformat(),
        session=plan.whole,
        profile=file.profile,
        wording=str(file.wording.resolve()) if isinstance(file.wording, Path) else file.wording,
        nation=file.nation,
        people=file.people,
        place=file.place,
        part=part,
        calendar=moved.calendar if moved and moved.calendar else new_id(),
        counts=tuple(sorted({**carried, **(counts or {})}.items())),
        unconfirmed=tuple(known.get(_when_and_of_what(each), each) for each in decisions),
        support=file.support,
        lines=tuple(KeptLine(kind=line.kind, family=line.family) for line in plan.lines),
        urgent=plan.urgent,
        left_out=plan.left_out,
    )
    if moved is None:
        return kept
    return attrs.evolve(kept, revision=moved.revision + (_when_and_where(kept) != _when_and_where(moved)))


def _when_and_where(plan: KeptPlan) -> tuple[str, str, int, str]:
    """
    What the entry of a calendar has of a plan.
    """
    return plan.date, plan.session.fact("start"), plan.session.minutes, plan.place


def _decision_of(decision: InformalDecision, ring: Ring) -> Decision:
    return Decision(
        what=decision.decision,
        why=decision.rationale,
        who=decision.by,
        ring=ring,
        id=id_of_decision(decision.happened.date(), decision.happened.time()),
        about=decision.about,
        when=f"{day_in_words(decision.happened.date())}, {decision.happened:%H:%M}",
        rather_than=decision.rather_than,
        confirmed=False,
    )


def _when_and_of_what(decision: Decision) -> tuple[str, datetime.date | None]:
    return key_of_words(decision.about), read_day(decision.when)


def calendar_entry(plan: KeptPlan, *, cancelled: bool = False) -> bytes | None:
    """
    Return the calendar entry of a plan; None if it has no hour.

    Args:
        cancelled: Whether the session is cancelled; its entry is changed once more by that.
    """
    clock = plan.session.fact("start")
    if not clock:
        return None
    return icalendar(
        datetime.datetime.combine(plan.day, datetime.time.fromisoformat(clock)),
        plan.session.minutes,
        plan.place,
        uid=plan.calendar,
        revision=plan.revision + cancelled,
        cancelled=cancelled,
    )


def session_to_move(
    folder: Path, plan: KeptPlan, log: Journal = EMPTY, *, today: datetime.date | None = None
) -> KeptPlan | None:
    """
    Return the plan that a new one takes the place of: the same day's, or the nearest of a session still to come; None
    if it is a session of its own.

    A session has been held, or will never be, if the journal has its day, or its record is filled in or closed. If it
    was moved to the new day when it was cancelled, it is the same session.

    Args:
        folder: The folder of papers.
        plan: The new plan.
        log: The journal of the two.
        today: What counts as to come; by default, from now on.
    """
    now = datetime.date.today() if today is None else today
    known = {entry.date: entry for entry in log.entries}
    others: dict[str, KeptPlan] = {}
    for _, other in plans_in(folder):
        if not (_are_others(plan, other, SIGNING) or (plan.series and other.series and plan.series != other.series)):
            others.setdefault(other.date, other)
    if plan.date in others:
        return others[plan.date]

    def is_to_come(other: KeptPlan) -> bool:
        entry = known.get(other.day)
        if entry is not None:
            return not entry.held and entry.rearranged == plan.day
        return other.day >= now and not _is_filled_in(folder, other)

    open_ones = filter(is_to_come, others.values())
    return min(open_ones, key=lambda other: (abs((other.day - plan.day).days), other.date), default=None)


def _is_filled_in(folder: Path, plan: KeptPlan) -> bool:
    """
    Tell whether somebody has saved a record of a plan's day since it was printed, or closed it.
    """
    for place in (folder, *(folder / reader for reader in READERS)):
        files = list_folder(place) if is_folder(place) else ()
        for file in files:
            is_record = file.name.startswith(f"record-{plan.date}") and has_room_for_stamp(file.suffix)
            if is_record and not is_as_printed(file):
                return True
    return False


def is_as_printed(file: Path) -> bool:
    """
    Tell whether a paper is as we wrote it; one that carries no mark of that, or is closed to us, may not be.
    """
    try:
        return is_unchanged(file.read_bytes())
    except OSError:
        return False


def refuse_other_series(folder: Path, plan: KeptPlan) -> None:
    """
    Refuse a folder of papers that belongs to other people.

    It does if it holds a plan of another series. Without a code on both sides it does if it holds a plan with another
    supervisee, or one of the same day with another supervisor, since their papers would have the same names.

    Args:
        folder: The folder, with one for each reader in it; it need not be there.
        plan: What is to be kept there.

    Raises:
        Refused: It belongs to others; the message names nobody.
    """
    for _, other in plans_in(folder):
        if plan.series and other.series:
            if plan.series != other.series:
                raise Refused(
                    f"{folder}: these are papers of another series; name another folder, or correct the code", "folder"
                )
        elif _are_others(plan, other, SIGNING if plan.date == other.date else SIGNING[:1]):
            raise Refused(f"{folder}: there are papers of other people here; name another folder", "folder")


def _are_others(one: KeptPlan, other: KeptPlan, roles: Iterable[str]) -> bool:
    """
    Tell whether two plans both say who is in one of these roles, and differ.
    """
    facts = ((one.session.fact(role), other.session.fact(role)) for role in roles)
    return any(here.strip() and there.strip() and not may_be_one_person(here, there) for here, there in facts)
