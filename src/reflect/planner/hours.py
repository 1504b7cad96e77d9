"""
Plan an hour as the page has it: from who plans, what people bring, and what somebody has moved.

All that is decided, the library decides. Here the page's one value becomes a session file, and a plan becomes parts.
"""

from __future__ import annotations

import contextlib
import datetime
import functools
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from reflect.between_sessions.last_papers import Paper as LastPaper
from reflect.between_sessions.last_papers import read_last_papers
from reflect.between_sessions.next_session import NextSession, following
from reflect.documents.making import document
from reflect.errors import Alternative, DoesNotFit, ReflectError, Refused
from reflect.formats import html
from reflect.pages.catalogues import Catalogue, our_catalogue
from reflect.planner.given import Hour
from reflect.planner.own import Own
from reflect.planner.refusals import refusal_of
from reflect.planner.session_of_hour import (
    ABOUT,
    TOPIC,
    id_of_part,
    kind_of_standing,
    session_file_of,
    thing_of,
    with_plan,
)
from reflect.planner.shapes import OtherChoice, Paper, PartOfHour, PlaceOfHour, PlannedAnswer, Refusal
from reflect.planner.words import read_words
from reflect.planning.kept_plans import name_of_plan
from reflect.planning.last_time import day_of_record
from reflect.planning.minutes import TooShort
from reflect.planning.moving import MovedLine
from reflect.planning.new_part import begin_part
from reflect.planning.occasions import ORDINARY, occasion, settings_for
from reflect.planning.plan import Plan as PlanOfSession
from reflect.planning.plan import PlannedLine
from reflect.planning.what_follows import Asked, NextFile, follow
from reflect.planning.what_for import with_headings
from reflect.questions.half_hours import least_in_short
from reflect.questions.model import Head
from reflect.questions.rings import Ring
from reflect.questions.timetable import least, share_minutes
from reflect.rendering.session_papers import agenda_of, ask_bringer, words_of
from reflect.sessions.journal import Journal
from reflect.sessions.kept import KeptPlan
from reflect.sessions.series import NO_MODEL
from reflect.sessions.session import Session, with_alternatives
from reflect.shown import Brief

#: The page of what somebody brings that has no model.
_OF_ONE_ITEM = "own-item"
#: How a model that a person put in is named, before its number.
PUT_IN = "model-"
#: At least so long is a part that was moved, whatever it is.
_FEWEST = 1


@attrs.frozen(kw_only=True)
class Past(Brief):
    """
    What an hour follows from, as whoever plans may read it: papers of last time, and the journal of the two.

    Attributes:
        journal: The journal; None if none was opened.
        resumed: The plan that was kept of the hour itself, with which somebody goes on.
    """

    papers: tuple[LastPaper, ...] = attrs.field(default=(), repr=False)
    journal: Journal | None = None
    resumed: KeptPlan | None = attrs.field(default=None, repr=False)


NOTHING = Past()


@attrs.frozen(kw_only=True)
class PlannedHour(Brief):
    """
    An hour that is planned.

    Attributes:
        hour: The hour as it was given.
        next: The session, and all its papers are made from.
        dealt: The same as the library deals it, before anything was moved.
        ids: The ids of its parts, by the keys of their lines.
        faults: The parts that have fewer minutes than their least.
        unknown: How many parts of the page's are not known here.
        missing: What is said of plans that are not open.
        resumed: The plan that was kept of it before.
        own: What an agency has of its own.
    """

    hour: Hour
    next: NextSession
    dealt: NextSession
    ids: Mapping[str, str]
    moved: tuple[MovedLine, ...] = ()
    faults: tuple[Refusal, ...] = ()
    unknown: int = 0
    missing: tuple[str, ...] = ()
    resumed: KeptPlan | None = attrs.field(default=None, repr=False)
    own: Own = attrs.field(factory=Own, repr=False)

    @property
    def plan(self) -> PlanOfSession:
        """
        The plan that papers are made from.
        """
        return self.next.plan

    @property
    def kept(self) -> KeptPlan:
        """
        What is kept of it for the plan after it; its calendar entry is the one that it had.
        """
        return self.next.next_file.keep(self.plan, self.resumed)

    @property
    def group(self) -> bool:
        """
        Whether it is a group.
        """
        return self.next.next_file.settings.setting == "group"

    @property
    def reader(self) -> str:
        """
        Who reads the agenda on the page: whoever plans.
        """
        if self.group:
            return "group"
        return "supervisor" if self.hour.leads else "supervisee"

    @property
    def readers(self) -> tuple[str, ...]:
        """
        Who has papers of their own.
        """
        return ("group",) if self.group else ("supervisee", "supervisor")

    @functools.cached_property
    def changeable(self) -> frozenset[str]:
        """
        The keys of the lines for which there are other models: those that the library chose one for, or a person.
        """
        advised = {line.key for line in self.dealt.plan.lines if line.advice is not None}
        return frozenset(advised | {each.key for each in self.moved if each.key.startswith(PUT_IN)})

    def session_for(self, reader: str) -> Session:
        """
        Return the session as it is on the agenda of a reader.
        """
        return ask_bringer(self.plan.session, [each for each in self.next.asks if each.whose == reader])

    @property
    def lines(self) -> tuple[MovedLine, ...]:
        """
        The lines as a person has them, or else as they were planned; each talk with its model.
        """
        planned = (
            MovedLine(key=each.key, minutes=each.minutes, use=each.use if each.key in self.changeable else "")
            for each in self.plan.lines
        )
        return self.moved or tuple(planned)

    def key_of(self, part: str) -> str:
        """
        Return the key of the line of a part.

        Raises:
            Refused: The hour has no such part.
        """
        found = next((each.key for each in self.lines if self.ids.get(each.key) == part), None)
        if found is None:
            raise Refused("this hour has no such part; look at the plan again", "part")
        return found

    def line_of(self, part: str) -> PlannedLine:
        """
        Return the line of a part, as it is planned.

        Raises:
            Refused: The hour has no such part.
        """
        key = self.key_of(part)
        return next(each for each in self.plan.lines if each.key == key)

    def refuse_if_unready(self) -> None:
        """
        Refuse to make papers of an hour that does not fit.

        Raises:
            Refused: Its parts take too many minutes, or one of them has too few.
        """
        if self.faults:
            raise Refused(self.faults[0]["message"], "parts")
        if self.plan.over:
            minutes = self.plan.session.minutes
            said = f"the parts take {minutes} minutes, and the hour has {minutes - self.plan.over}"
            raise Refused(f"{said}; make it fit, or make the hour longer", "minutes")


def plan_hour(
    hour: Hour, past: Past = NOTHING, *, today: datetime.date | None = None, own: Own | None = None
) -> PlannedHour:
    """
    Plan an hour.

    Args:
        hour: The hour as it was given.
        past: What it follows from.
        today: The day of a session of which nobody says one; by default, the day it is.
        own: What an agency has of its own; by default, nothing.

    Raises:
        Refused: Something in it cannot be.
        TooShort: What has to be in the session does not fit; its parts have ids.
        UnknownKey: There is no profile, occasion, nation or model of a name.
    """
    own = own or Own()
    known = own.models
    settings = own.profile(hour.profile)
    day = hour.date or today or datetime.date.today()
    if hour.date is None and past.papers:
        day = next_of(hour, past, today=today, own=own).file.date
    file = session_file_of(hour, day, group=is_of_group(hour, own))
    file = attrs.evolve(file, wording=own.path_of_wording(hour.wording))
    if past.resumed is not None:
        file = with_plan(file, past.resumed)
    if hour.minutes is None and not past.papers:
        length = own.occasion(hour.occasion).length if hour.occasion else None
        file = attrs.evolve(file, minutes=length or settings.length)
    plan = functools.partial(
        _follow,
        past,
        drop=hour.drop,
        profiles=own.profiles,
        occasions=own.occasions,
        models=known,
    )
    for _, use in hour.chosen:
        known.load(use)
    dealt = plan(session=file)
    missing = tuple(missing_plans(past.papers)) if past.papers else ()
    ids = {line.key: id_of_part(line, hour) for line in dealt.plan.lines}
    hour = _with_open_choice(hour, dealt.plan, ids)
    moved, unknown = _moved_lines(hour, dealt.plan, ids, known)
    if not moved:
        return PlannedHour(hour=hour, next=dealt, dealt=dealt, ids=ids, own=own, missing=missing, resumed=past.resumed)
    faults = tuple(_faults_of(moved, dealt.plan, ids, known))
    ids = {**ids, **{each.key: each.key for each in moved if each.key not in ids}}
    found = PlannedHour(
        hour=hour,
        next=dealt,
        dealt=dealt,
        own=own,
        ids=ids,
        moved=moved,
        faults=faults,
        unknown=unknown,
        missing=missing,
        resumed=past.resumed,
    )
    if faults and hour.parts is None:
        # Nobody has said how long anything is: the others make room for a model that needs more.
        with contextlib.suppress(TooShort):
            minutes = {part: time for part, _, time in fit(found, known)}
            moved = tuple(attrs.evolve(each, minutes=minutes[ids[each.key]]) for each in moved)
            found = attrs.evolve(found, moved=moved, faults=())
    return found if found.faults else attrs.evolve(found, next=plan(session=file, moved=moved))


def _follow(past: Past, **call: Any) -> NextSession:
    """
    Plan a session as it follows from last time, or the same one again with what its plan keeps for the one after it.
    """
    found = following(past.papers, journal=past.journal, **call)
    if (kept := past.resumed) is None:
        return found
    known = attrs.evolve(found.next_file, part=kept.part, counts=kept.counts, unconfirmed=kept.unconfirmed)
    return attrs.evolve(found, next_file=known)


def is_of_group(hour: Hour, own: Own) -> bool:
    """
    Tell whether an hour is for a group, by its profile and its occasion.

    Raises:
        UnknownKey: There is no profile or occasion of that name.
    """
    return settings_for(own.profile(hour.profile), hour.occasion, own.occasions).setting == "group"


def next_of(hour: Hour, past: Past, *, today: datetime.date | None = None, own: Own | None = None) -> NextFile:
    """
    Return what follows from last time by itself: the day, start, minutes and profile, if the page says none.

    Raises:
        Refused: The day cannot be read or is before the last one, or the papers are of two series.
    """
    own = own or Own()
    found = read_last_papers(past.papers, models=own.models)
    asked = Asked(date=hour.date, start=hour.start, minutes=hour.minutes, occasion=hour.occasion)
    last = begin_part(found.last, "", new=False, closed=None, keep=()).last
    return follow(last, asked, folders=own.profiles, occasions=own.occasions, today=today)


def missing_plans(papers: Iterable[LastPaper]) -> Iterator[str]:
    """
    Say which plans are not open: what is between the two is in them, and on no record.
    """
    said = str(read_words().get("after.without-plan", ""))
    last = read_last_papers(papers).last
    for name in dict.fromkeys(name_of_plan(day_of_record(each)) for each in last.without_plan):
        yield said.replace("{name}", name)


# --- what a person has moved


def _with_open_choice(hour: Hour, plan: PlanOfSession, ids: Mapping[str, str]) -> Hour:
    """
    Return an hour whose model for an open talk is that of the first talk, where the talk has a topic meanwhile.

    What was chosen for a topic stays with it, and a choice that was made since goes first.
    """
    chosen, there = dict(hour.chosen), set(ids.values())
    waiting = [use for part, use in chosen.items() if part not in there and not part.startswith((ABOUT, TOPIC))]
    talks = [ids[line.key] for line in plan.lines if _may_change(line)]
    if not waiting or not talks or not there.isdisjoint(chosen):
        return hour
    return attrs.evolve(hour, chosen=(*hour.chosen, (talks[0], waiting[-1])))


def _moved_lines(
    hour: Hour, plan: PlanOfSession, ids: Mapping[str, str], models: Catalogue
) -> tuple[tuple[MovedLine, ...], int]:
    """
    Return the lines as a person has them, and how many of the page's parts are not known here. A line that the page
    does not know yet stands where it was planned.
    """
    chosen = dict(hour.chosen)
    keys = {part: key for key, part in ids.items()}
    lines = {line.key: line for line in plan.lines}
    if hour.parts is None:
        if not any(part in keys for part in (*chosen, *hour.out)):
            return (), 0
        kept = [line for line in plan.lines if ids[line.key] not in hour.out]
        return tuple(_move(line, line.minutes, chosen.get(ids[line.key], "")) for line in kept), 0
    placed: list[MovedLine] = []
    unknown = 0
    for part in hour.parts:
        if part.id in hour.out:
            continue
        line = lines.get(keys.get(part.id, ""))
        if line is not None:
            use = chosen.get(part.id, "") or (part.key if _may_change(line) and part.key != line.use else "")
            placed.append(_move(line, part.minutes, use))
        elif part.id.startswith(PUT_IN) and part.key:
            title = models.load(part.key).questions.title
            placed.append(MovedLine(key=part.id, minutes=part.minutes, use=part.key, title=title or part.key))
        else:
            unknown += 1
    there = {each.key for each in placed}
    for place, line in enumerate(plan.lines):
        if line.key not in there and ids[line.key] not in hour.out:
            before = [each.key for each in plan.lines[:place]]
            at = max((n for n, each in enumerate(placed, 1) if each.key in before), default=0)
            placed.insert(at, _move(line, line.least, chosen.get(ids[line.key], "")))
    return tuple(placed), unknown


def _move(line: PlannedLine, minutes: int, use: str) -> MovedLine:
    # What was proposed for a talk stays its model while its minutes change.
    use = use or (line.use if _may_change(line) else "")
    return MovedLine(key=line.key, minutes=minutes, use=use)


def _may_change(line: PlannedLine) -> bool:
    return line.kind in ("talk", "depth") and line.use != _OF_ONE_ITEM


def _faults_of(
    moved: Iterable[MovedLine], plan: PlanOfSession, ids: Mapping[str, str], models: Catalogue
) -> Iterator[Refusal]:
    """
    Give what is wrong with the parts as a person has moved them: all of it at once.
    """
    lines = {line.key: line for line in plan.lines}
    for each in moved:
        line = lines.get(each.key)
        fewest = _fewest(line, each.use, models)
        if each.minutes >= fewest:
            continue
        part = ids.get(each.key, each.key)
        title = each.title or (line.title if line else "")
        if each.use:
            head = _head(each.use, models)
            error = DoesNotFit(head.key, fewest, each.minutes, key=head.key, title=head.title)
            yield refusal_of(with_alternatives(error, models), part=part)
        else:
            error = DoesNotFit(title, fewest, each.minutes, key=line.use if line else "", title=title)
            yield refusal_of(error, part=part)


def _fewest(line: PlannedLine | None, use: str, models: Catalogue) -> int:
    """
    Return the fewest minutes of a part: as the plan has it, or of the model that a person chose for it.
    """
    if line is not None and use in ("", line.use):
        return min(line.least, line.minutes)
    return least_of(use, models) if use else _FEWEST


def least_of(use: str, models: Catalogue) -> int:
    """
    Return the fewest minutes in which a model can be used in some way.

    Raises:
        UnknownKey: There is no such model.
    """
    return least_in_short(models.model(use)) if use in models else least(models.load(use))


def _head(use: str, models: Catalogue) -> Head:
    heads = {head.key: head for head in models.heads()}
    key = use.partition(".")[0]
    return heads.get(key) or Head(key=key, title=key)


# --- from a plan to the page


def plan_for_page(planned: PlannedHour, models: Catalogue | None = None) -> PlannedAnswer:
    """
    Return a planned hour as the page shows it.
    """
    known = our_catalogue() if models is None else models
    parts = list(_parts(planned, known))
    plan, hour = planned.plan, planned.hour
    total = sum(part["minutes"] for part in parts)
    minutes = plan.session.minutes - plan.over
    file = planned.next.next_file.file
    chosen = plan.occasion
    return PlannedAnswer(
        parts=parts,
        places=list(_places(planned, parts)),
        out=[OtherChoice(key=each, title=_title_of_out(each, planned), needs=0) for each in hour.out],
        minutes=minutes,
        planned=total,
        spare=minutes - total,
        date=file.date.isoformat(),
        ends=plan.session.clock(total),
        reader=planned.reader,
        occasion=chosen.name if chosen else "",
        occasion_title=chosen.title if chosen else "",
        occasion_why=chosen.about if chosen and not hour.occasion and chosen.name != ORDINARY else "",
        occasion_known=str(chosen.known) if chosen else str(Ring.OPEN),
        remarks=list(_remarks(planned)),
        refusals=list(planned.faults),
        agenda=None if planned.faults else agenda(planned),
    )


def agenda(planned: PlannedHour, reader: str = "") -> Paper:
    """
    Return the agenda of an hour for a page: its title, its body and its style apart.

    Args:
        reader: Who reads it; by default, whoever plans.
    """
    who = reader or planned.reader
    file, settings = planned.next.next_file.file, planned.next.next_file.settings
    made = document(
        planned.session_for(who),
        agenda_of(planned.plan, group=planned.group),
        reader=who,
        wording=words_of(planned.plan, file, settings),
        plain=planned.hour.plain or settings.plain,
        looks=planned.hour.looks,
        facts={"organisation": file.organisation, "marking": file.marking},
    )
    parts = html.parts(made)
    return Paper(title=parts.title, lang=parts.lang, body=parts.body, style=parts.style)


def _parts(planned: PlannedHour, models: Catalogue) -> Iterator[PartOfHour]:
    session, hour = planned.plan.session, planned.hour
    chosen = dict(hour.chosen)
    lines = {line.key: line for line in planned.plan.lines}
    dealt = {line.key: line for line in planned.dealt.plan.lines}
    places = [(line.key, line.minutes) for line in planned.plan.lines]
    if planned.faults:
        places = [(each.key, each.minutes) for each in planned.moved]
    uses = {each.key: each for each in planned.moved}
    advised = [line.advice for line in planned.dealt.plan.lines if line.advice]
    reasons = {each.key: each.why for advice in advised for each in advice.offers}
    begins = 0
    for key, minutes in places:
        line, moved = lines.get(key), uses.get(key)
        use = (moved.use if moved and moved.use else "") or (line.use if line else "")
        head = _head(use, models) if use else None
        part = planned.ids.get(key, key)
        kind = "model" if key.startswith(PUT_IN) else _kind_of(line)
        talk = kind != "standing" and use not in ("", _OF_ONE_ITEM)
        named = talk and (use != NO_MODEL or key in planned.changeable)
        # A talk is headed by what it is about, and its model stands small beside it.
        title = (moved.title if moved and moved.title else "") or (line.title if line else "")
        fewest = _fewest(dealt.get(key, line), use, models)
        yield PartOfHour(
            id=part,
            key=use,
            title=title,
            subtitle=head.title if head and named and head.title != title else "",
            minutes=minutes,
            least=fewest,
            most=None if talk or line is None else max(line.most, minutes) if line.most else None,
            clock=session.clock(begins),
            ends=session.clock(begins + minutes),
            whose=line.whose if line else "both",
            kind=kind,
            when=head.when if head and talk else "",
            why=reasons.get(use, ""),
            may_change=key in planned.changeable,
            may_leave=kind != "standing" or bool(kind_of_standing(part)),
            chosen=part in chosen or kind == "model",
            brought=[thing.id for wish in (line.wishes if line else ()) if (thing := thing_of(wish, hour))],
        )
        begins += minutes


def _kind_of(line: PlannedLine | None) -> str:
    if line is None or line.kind not in ("talk", "depth", "today", "item"):
        return "standing"
    return "own" if line.wishes else "talk"


def _places(planned: PlannedHour, parts: Iterable[PartOfHour]) -> Iterator[PlaceOfHour]:
    """
    Give where each thing that is brought has got to: none of them is lost.
    """
    where = {thing: part["id"] for part in parts for thing in part["brought"]}
    put_off = list(planned.plan.whole.put_off)
    for thing in (*planned.hour.urgent, *planned.hour.brought):
        said = next((each for each in put_off if each.topic.title.casefold() == thing.words.casefold()), None)
        later = said.until if said else ""
        if thing.id not in where and not later:
            later = occasion(ORDINARY).says.get("next-time", "")
        yield PlaceOfHour(id=thing.id, part=where.get(thing.id, ""), when="" if thing.id in where else later)


def _title_of_out(part: str, planned: PlannedHour) -> str:
    named = part.removeprefix(ABOUT)
    thing = next((each for each in (*planned.hour.urgent, *planned.hour.brought) if each.id == named), None)
    if thing is not None:
        return thing.words
    kind = kind_of_standing(part)
    settings = planned.next.next_file.settings.without_unused_items(cases=False)
    items = with_headings(settings, planned.plan.occasion or occasion(ORDINARY)).items
    found = next((item for item in items if item.kind == kind), None)
    if found is None:
        return ""
    return found.title or (our_catalogue().load(found.page).questions.title if found.page else found.kind)


def _remarks(planned: PlannedHour) -> Iterator[str]:
    """
    Give what whoever plans should know, but what the page says itself: which models are offered, and how to say another
    occasion on a command line.
    """
    yield from planned.missing
    advised = [line.advice for plan in (planned.plan, planned.dealt.plan) for line in plan.lines if line.advice]
    said = [f"'{each.title}'." for advice in advised for each in advice.offers]
    said += [f"again, '{advice.again.title}'" for advice in advised if advice.again]
    said += [note for advice in advised for note in advice.notes]
    for remark in planned.plan.remarks:
        if "--" not in remark and "session file" not in remark and not any(each in remark for each in said):
            yield remark[:1].upper() + remark[1:]


# --- fitting


def fit(planned: PlannedHour, models: Catalogue | None = None) -> list[tuple[str, str, int]]:
    """
    Return the parts of an hour with minutes that fit: each has at least its least, and what people bring is shortened
    last.

    Raises:
        TooShort: Even their least do not fit; it names what could be left out.
    """
    known = our_catalogue() if models is None else models
    parts = list(_parts(planned, known))
    room = planned.plan.session.minutes - planned.plan.over
    got = [max(part["minutes"], part["least"]) for part in parts]
    fewest = [part["least"] for part in parts]
    if sum(fewest) > room:
        raise TooShort(sum(fewest), room, _could_leave(parts, sum(fewest) - room))
    for kinds in (("standing",), ("talk", "model"), ("own",)):
        places = [n for n, part in enumerate(parts) if part["kind"] in kinds]
        over = sum(got) - room
        if over <= 0:
            break
        # What each of them can give, shared by what it has above its least.
        gives = [0] * len(parts)
        most = [has - low for has, low in zip(got, fewest, strict=True)]
        share_minutes(min(over, sum(most[n] for n in places)), gives, {n: most[n] for n in places if most[n]}, most)
        got = [has - gives[n] for n, has in enumerate(got)]
    return [(part["id"], part["key"], minutes) for part, minutes in zip(parts, got, strict=True)]


def _could_leave(parts: Iterable[PartOfHour], over: int) -> tuple[Alternative, ...]:
    """
    What could be left out so that the rest fits, each by itself: what nobody brought comes first.
    """
    order = ("model", "talk", "standing", "own")
    able = [part for part in parts if part["may_leave"] and part["least"] >= over]
    able.sort(key=lambda part: (order.index(part["kind"]), part["least"]))
    return tuple(Alternative(part["id"], part["title"], part["least"]) for part in able[:3])


def refusal_for(error: ReflectError, hour: Hour) -> Refusal:
    """
    Return an error about an hour as a value, with the ids of the parts that it names.
    """
    found = refusal_of(error)
    ids = {thing.words.casefold(): thing.id for thing in (*hour.urgent, *hour.brought)}
    for each in found["alternatives"]:
        each["key"] = ids.get(each["title"].casefold(), each["key"])
    return found
