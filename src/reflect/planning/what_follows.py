"""
What follows from last time: the session file that the next plan is made from, without anybody typing it again.

Carried over are actions that are still to be done, decisions that one of the two has still to confirm or to make,
support until it ends, and what was brought and put off, or never spoken of. What anybody said, how anybody is, reasons,
doubts and scores are not.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import attrs

from reflect.errors import Refused, UnknownKey
from reflect.files.forms import TextLine
from reflect.planning.kept_plans import keep_plan, name_of_plan
from reflect.planning.last_time import LastTime, OpenTopic, day_of_record
from reflect.planning.lengths import minutes_of_last_time
from reflect.planning.occasions import settings_for
from reflect.planning.participating import NamedParticipant
from reflect.planning.plan import Plan
from reflect.planning.profiles import Profile, profile
from reflect.planning.session_file import InformalDecision, Promise, SessionFile, Wish
from reflect.questions.rings import Ring
from reflect.questions.wordings import wording_names
from reflect.sessions.brought import Brought, next_id
from reflect.sessions.kept import KeptPlan
from reflect.sessions.next_time import NextTime, read_next_time
from reflect.sessions.participants import Role
from reflect.sessions.parts import Action, Decision
from reflect.sessions.record import RECORD_OF_TODAY
from reflect.sessions.typed import key_of_words, read_day
from reflect.shown import Brief
from reflect.text.names import is_same_name
from reflect.text.prose import day_in_words

_LINE = TextLine(160)
_NOTHING = LastTime()


def _as_tuple(texts: Iterable[str]) -> tuple[str, ...]:
    return (texts,) if isinstance(texts, str) else tuple(texts)


@attrs.frozen(kw_only=True)
class Asked(Brief):
    """
    What was said on the call, and goes before a session file and before last time.

    Attributes:
        bring: What the supervisee brings, a line each.
        supervisor_brings: What the supervisor brings, a line each; the supervision file may have it.
        on_record: Whether the supervision file may have the supervisee's words.
        date: The day of the session.
        start: When it begins.
        minutes: How long it is.
        profile: The name or the file of a profile.
        series: The code of the series.
        drop: The ids of topics that their bringer no longer wants.
        occasion: What the session is for: a name or the path of a file.
        aim: What the talk is for, in one word.
    """

    bring: tuple[str, ...] = attrs.field(default=(), repr=False, converter=_as_tuple)
    supervisor_brings: tuple[str, ...] = attrs.field(default=(), repr=False, converter=_as_tuple)
    on_record: bool = False
    date: datetime.date | None = None
    start: str = ""
    minutes: int | None = None
    profile: str | Path = ""
    series: str = ""
    drop: tuple[str, ...] = attrs.field(default=(), converter=_as_tuple)
    occasion: str | Path = ""
    aim: str = ""


@attrs.frozen(kw_only=True)
class NextFile(Brief):
    """
    What the next session is planned from, and what has to be kept with its plan.

    Attributes:
        file: The session file.
        settings: The settings of the agency or profession.
        profile: Their name.
        series: The code of the series; empty if it has none.
        part: Which part of the series it is in.
        counts: How often each open action will have been carried over.
        unconfirmed: The decisions that one of the two has still to confirm.
        asks: What comes back for the first time: only its bringer is asked whether they still want it.
        notes: What the two should know about what follows; no note has anybody's words.
    """

    file: SessionFile
    settings: Profile
    profile: str
    series: str = ""
    part: int = 1
    counts: tuple[tuple[str, int], ...] = attrs.field(default=(), repr=False)
    unconfirmed: tuple[Decision, ...] = ()
    asks: tuple[Brought, ...] = ()
    notes: tuple[str, ...] = ()

    def keep(self, plan: Plan, moved: KeptPlan | None = None) -> KeptPlan:
        """
        Return what is kept of the plan that was made of it.

        Args:
            moved: The plan of the same session as it was kept before (`session_to_move`).
        """
        known = {action.id for action in plan.whole.before}
        counts = {name: times for name, times in self.counts if name in known}
        return keep_plan(
            plan,
            self.file,
            self.settings,
            moved=moved,
            part=self.part,
            counts=counts,
            unconfirmed=self.unconfirmed,
        )


def follow(
    last: LastTime = _NOTHING,
    asked: Asked = Asked(),
    *,
    file: SessionFile | None = None,
    settings: Profile | None = None,
    folders: Iterable[str | Path] = (),
    today: datetime.date | None = None,
    taken: Iterable[str] = (),
    occasions: Iterable[str | Path] = (),
) -> NextFile:
    """
    Return what the next session is planned from.

    Args:
        last: What is known of the sessions before.
        asked: What was said on the call.
        file: The session file of somebody who has one: what it says goes before what follows from last time.
        settings: The profile of that file.
        folders: Where profiles are looked for first.
        today: The day of a first session, if nobody says one.
        taken: Ids that topics of another session of that day have.
        occasions: Where occasions are looked for first.

    Raises:
        Refused: Nothing is known of a session; the day cannot be read, or is before the last one; or two series, two
            days or two supervisees are said.
        UnknownKey: There is no topic or no profile of a name.
    """
    brought = asked.bring or asked.supervisor_brings
    papers = last.records or last.plans or last.slips
    if file is None and not papers and not brought and today is None:
        raise Refused(
            "nothing is known of this session; name last time's record, a session file, or what you bring", "records"
        )
    return _Following(last, asked, file, settings, tuple(folders), today, tuple(taken), tuple(occasions)).next_file()


@attrs.frozen
class _Following:
    last: LastTime
    asked: Asked
    given: SessionFile | None
    given_settings: Profile | None
    folders: tuple[str | Path, ...]
    today: datetime.date | None
    taken: tuple[str, ...] = ()
    occasions: tuple[str | Path, ...] = ()

    def next_file(self) -> NextFile:
        series = self.series()
        name, settings = self.profile()
        when = self.when(settings)
        file = self.file_with_facts(when, name)
        topics = self.wanted_topics()
        chosen = [each for each in topics if each.brought.topic.title in file.case_names]
        theirs = [each for each in topics if each.brought.whose != "supervisor" and each not in chosen]
        others = [each for each in topics if each.brought.whose == "supervisor" and each not in chosen]
        group = settings.setting == "group"
        lost = tuple(self.last.lost_words)
        slips = tuple(self.wishes_of_slips(file, group))
        ring = Ring.PERSONAL if self.asked.on_record and not group else None
        own = (*_wishes_of_lines(self.asked.bring, ring), *file.supervisee_items)
        new = (*_wishes_of_lines(self.asked.supervisor_brings), *file.supervisor_items)
        file = attrs.evolve(
            file,
            supervisee_items=(
                *_first_then(map(self.wish_of, theirs), own),
                *(wish for wish, whose in slips if whose != "supervisor"),
                *(Wish(what=f"what was put off on {day_in_words(day)}", since=day) for day, _ in lost),
            ),
            supervisor_items=(
                *_first_then(map(self.wish_of, others), new),
                *(wish for wish, whose in slips if whose == "supervisor"),
            ),
            previous_actions=self.promises(file.previous_actions),
            informal=self.decisions(file.informal),
            support=file.support or self.last.support_on(file.date),
            choose=tuple(dict.fromkeys((*(each.brought.topic.title for each in chosen), *file.choose))),
        )
        plan = self.last.plan
        return NextFile(
            file=self.with_new_ids(file, group),
            settings=settings,
            profile=name,
            series=series,
            part=plan.part if plan else 1,
            counts=tuple(sorted(self.last.counts.items())),
            unconfirmed=self.last.unconfirmed,
            asks=tuple(each.brought for each in topics if each.first),
            notes=tuple(self.notes(file, lost)),
        )

    # --- which series, and when

    def series(self) -> str:
        given = self.given.series if self.given else ()
        codes = sorted({*self.last.series, self.asked.series, *given} - {""})
        if len(codes) > 1:
            raise Refused("these belong to several series; name what is of one series, or correct its code", "series")
        if not self.last.has_one_supervisee(self.given.supervisee if self.given else "", bool(given)):
            raise Refused(
                "these are papers of different supervisees; name those of one of them, or write the name as it was",
                "supervisee",
            )
        return codes[0] if codes else ""

    def profile(self) -> tuple[str, Profile]:
        name, settings = self.chosen_profile()
        said = self.asked.occasion or (self.given.occasion if self.given else "")
        if said or not self.last.of_group:
            settings = settings_for(settings, said, self.occasions)
        elif not self.asked.profile:  # a group of a profession whose profile is for two
            settings = settings.for_group()
        group = settings.setting == "group"
        if self.last.of_group is not None and self.last.of_group != group:
            whom, who = ("two people", "a group") if group else ("a group", "two people")
            raise Refused(
                f"the record is that of {whom}, and this session is for {who} (profile '{name}'); name another profile "
                "with --profile, or another occasion with --occasion",
                "profile",
            )
        return name, settings

    def chosen_profile(self) -> tuple[str, Profile]:
        plan, asked = self.last.plan, self.asked.profile
        if not asked and self.given and self.given_settings and (self.given.profile != _default("profile") or not plan):
            return self.given.profile, self.given_settings
        name = str(asked) or (plan.profile if plan else _default("profile"))
        own_file = not asked and name.endswith((".yaml", ".yml"))
        if own_file and not Path(name).is_file():
            raise Refused(
                f"last time was planned with the profile '{name}', which is not here; name it with --profile", "profile"
            )
        try:
            settings = profile(Path(name) if own_file else asked or name, self.folders)
        except UnknownKey as error:
            if asked or not plan:
                raise
            raise Refused(
                f"last time was planned with the profile '{name}', which is not here; name its folder with --profiles, "
                f"or another with --profile: {', '.join(error.known)}",
                "profile",
            ) from None
        return name, settings

    def when(self, settings: Profile) -> NextTime:
        """
        The day and the hour: as they were said, or as the record says it, or after the usual interval.
        """
        last = self.last.day
        given = self.given
        day = self.asked.date or (given.date if given else None)
        said = NextTime() if day else self.next_time_of_records()
        day = day or said.day
        if day is None:
            if last is None:
                if self.today is None:
                    raise Refused(
                        "the day of this session is not known; give it with --date, such as 2026-03-04", "date"
                    )
                return NextTime(self.today)
            day = last + datetime.timedelta(days=settings.every)
        if last and day < last:
            raise Refused(
                f"the next session would be on {day_in_words(day)}, and the last one was on {day_in_words(last)}; "
                "correct one of the days, or give the next with --date",
                "date",
            )
        return NextTime(day, said.start)

    def next_time_of_records(self) -> NextTime:
        last = self.last.day
        if last is None:
            return NextTime()
        texts = {each.answer("next-date") for each in self.last.sessions} - {""}
        of_day = [each for each in self.last.sessions if each.items] or self.last.sessions
        latest = max((day for each in of_day if (day := read_day(dict(each.facts).get("date", "")))), default=last)
        texts = {
            text
            for each in of_day
            if read_day(dict(each.facts).get("date", "")) == latest and (text := each.answer("next-date"))
        }
        said = {found for text in texts if (found := read_next_time(text, latest))}
        if len(said) > 1:
            raise Refused("two records of last time say different days for the next; give the day with --date", "date")
        return next(iter(said), NextTime())

    # --- the facts

    def file_with_facts(self, when: NextTime, name: str) -> SessionFile:
        """
        The session file with what is known of last time where it says nothing itself.
        """
        assert when.day is not None
        file = self.given or SessionFile(date=when.day)
        record, plan = self.last.record, self.last.plan
        facts = dict(record.facts) if record else {}
        planned = dict(plan.session.facts) if plan else {}

        def fact_of(fact: str) -> str:
            return facts.get(fact) or planned.get(fact, "")

        place = plan.place if plan and facts.get("place", planned.get("place")) == planned.get("place") else ""
        wording: str | Path = ""
        if plan and plan.wording.endswith((".yaml", ".yml")) and Path(plan.wording).is_file():
            wording = Path(plan.wording)
        elif record and record.wording in wording_names() and not self.asked.profile:
            wording = record.wording
        usual: dict[str, object] = {
            "start": when.start or fact_of("start"),
            "minutes": minutes_of_last_time(self.last, self.occasion_said(file), self.occasions),
            "place": place or fact_of("place"),
            "organisation": fact_of("organisation"),
            "marking": fact_of("marking"),
            "supervisee": fact_of("supervisee"),
            "supervisor": fact_of("supervisor"),
            "nation": plan.nation if plan else "",
            # What happened that day is still there when the two meet again: no model goes first.
            "after_shock": record is not None and record.document == RECORD_OF_TODAY,
            "people": plan.people if plan else _default("people"),
            # Whoever interprets comes again; whoever came to watch, or from outside, came to that session.
            "participants": tuple(
                NamedParticipant(role=str(each.role), who=each.who, by=str(each.by))
                for each in (plan.session.participants if plan else ())
                if each.role is Role.INTERPRETER
            ),
            "wording": wording,
        }
        asked: dict[str, object] = {
            "start": self.asked.start,
            "minutes": self.asked.minutes,
            "occasion": self.asked.occasion,
            "aim": self.asked.aim,
        }
        changes = {name: value for name, value in usual.items() if value and getattr(file, name) == _default(name)}
        changes |= {name: value for name, value in asked.items() if value}
        codes = (code,) if (code := self.series()) else ()
        return attrs.evolve(file, date=when.day, profile=name, series=codes, **changes)  # type: ignore[arg-type]  # each fits its field

    def occasion_said(self, file: SessionFile) -> str | Path:
        return self.asked.occasion or file.occasion or (self.given_settings.occasion if self.given_settings else "")

    # --- what carries over

    def wanted_topics(self) -> tuple[OpenTopic, ...]:
        """
        What comes back, without what its bringer no longer wants.
        """
        open_topics = self.last.open_topics
        known = tuple(each.brought.topic.id for each in open_topics)
        for name in self.asked.drop:
            if name not in known:
                raise UnknownKey(name, known, "open topic")
        return tuple(each for each in open_topics if each.brought.topic.id not in self.asked.drop)

    def wish_of(self, back: OpenTopic) -> Wish:
        brought = back.brought
        return Wish(
            what=brought.topic.title,
            under=self.last.hosts.get(brought.topic.id, ""),
            purpose=brought.purpose,
            ring=brought.topic.ring,
            since=brought.since,
            put_off=1 if back.first else 2,
            promised=brought.topic.id in self.last.promised or read_day(brought.until) is not None,
            id=brought.topic.id,
        )

    def wishes_of_slips(self, file: SessionFile, group: bool) -> Iterator[tuple[Wish, str]]:
        """
        Give what groups let out for these two: it stays between them until they say otherwise.
        """
        supervisor = ("supervisor", "the supervisor", *filter(None, [file.supervisor]))
        for slip in self.last.slips:
            whose = "supervisor" if any(is_same_name(slip.to, name) for name in supervisor) else "supervisee"
            yield Wish(what=slip.line, ring=None if group else Ring.PAIR), whose

    def promises(self, own: Sequence[Promise]) -> tuple[Promise, ...]:
        """
        Open actions; what the session file says of one goes before what last time's record says.
        """
        counts = self.last.counts
        back = [promise_of(each, counts.get(each.id, 0), self.last.day) for each in self.last.open_actions]
        known = {(key_of_words(each.what), key_of_words(each.case)): each for each in back}
        said = [known.get((key_of_words(each.what), key_of_words(each.case))) for each in own]
        named = (
            attrs.evolve(
                mine,
                id=mine.id or each.id,
                due=mine.due or (None if mine.by else each.due),
                by=mine.by or ("" if mine.due else each.by),
                agreed=mine.agreed or each.agreed,
                ring=mine.ring or each.ring,
                carried=max(mine.carried, each.carried),
            )
            if each
            else mine
            for mine, each in zip(own, said, strict=True)
        )
        return (*named, *(each for each in back if each not in said))

    def decisions(self, own: Sequence[InformalDecision]) -> tuple[InformalDecision, ...]:
        said = {(key_of_words(each.about), each.happened.date()) for each in own}
        back = (informal_of(each, self.last.day) for each in self.last.unconfirmed)
        return (*own, *(each for each in back if (key_of_words(each.about), each.happened.date()) not in said))

    def with_new_ids(self, file: SessionFile, group: bool) -> SessionFile:
        """
        Give each new topic an id that none of last time's has: two sessions may be on one day, and what was brought
        before may have no id yet.
        """
        taken = [*(each.topic.id for each in self.last.topics), *self.taken]

        def name(wish: Wish, usual: Ring) -> Wish:
            if wish.id or (wish.since is None and file.date != self.last.day and not self.taken):
                return wish
            taken.append(next_id(wish.since or file.date, Ring.GROUP if group else wish.ring or usual, taken))
            return attrs.evolve(wish, id=taken[-1])

        return attrs.evolve(
            file,
            supervisee_items=tuple(name(each, Ring.PAIR) for each in file.supervisee_items),
            supervisor_items=tuple(name(each, Ring.PERSONAL) for each in file.supervisor_items),
        )

    # --- what the two should know

    def notes(self, file: SessionFile, lost: Sequence[object]) -> Iterator[str]:
        if self.last.day is None and self.today and not self.asked.date and self.given is None:
            yield f"nobody said a day, so this is for today, {day_in_words(file.date)}; give another with --date"
        elif self.last.day is not None and not self.asked.date and self.given is None:
            hour = f", {file.start}" if file.start else ""
            yield f"the next session is on {file.date:%A} {day_in_words(file.date)}{hour}"
        if self.last.slips:
            yield "what a group let out for you is on the agenda; it is between the two of you"
        if (plan := self.last.plan) and plan.wording.endswith((".yaml", ".yml")) and not isinstance(file.wording, Path):
            yield f"the words of last time were those of '{plan.wording}', which is not here; the profile's are used"
        if self.last.without_plan:
            days = ", ".join(dict.fromkeys(name_of_plan(day_of_record(each)) for each in self.last.without_plan))
            asks = f"; {len(lost)} of it came back without words, with its day" if lost else ""
            yield (
                f"what was between the two of you is in {days}, which is not beside the record{asks}; name it with "
                "--after, or bring it again"
            )


def _default(name: str) -> Any:
    return getattr(attrs.fields(SessionFile), name).default


def _first_then(back: Iterable[Wish], own: Iterable[Wish]) -> tuple[Wish, ...]:
    """
    What comes back, and then what is new. If somebody wrote it down again, it has their words, and its old id unless
    others may read it now.
    """
    new = list(own)
    first: list[Wish] = []
    for wish in back:
        again = next((each for each in new if key_of_words(each.what) == key_of_words(wish.what)), None)
        if again is not None:
            new.remove(again)
            # An id says its ring, and how many there are of it: whoever changes the ring gives it another.
            moved = again.ring not in (None, wish.ring)
            wish = attrs.evolve(
                again,
                id="" if moved else wish.id,
                under=again.under or wish.under,
                since=wish.since,
                put_off=max(again.put_off, wish.put_off),
                promised=wish.promised,
                ring=again.ring or wish.ring,
            )
        first.append(wish)
    return (*first, *new)


def _wishes_of_lines(lines: Iterable[str], ring: Ring | None = None) -> Iterator[Wish]:
    """
    Give what is brought on the call; a line that is given twice counts once.
    """
    for text in dict.fromkeys(lines):
        if not text.strip():
            continue
        line = _LINE.value_of(text.strip())
        if line is None or len(text.splitlines()) > 1:
            raise Refused(f"what is brought is {_LINE.noun}; {_LINE.remedy}", "brought")
        yield Wish(what=line, ring=ring)


def promise_of(action: Action, carried: int, agreed: datetime.date | None) -> Promise:
    """
    Return an open action as a session file has it.
    """
    return Promise(
        what=action.what,
        who=action.who,
        due=read_day(action.by),
        case=action.case,
        carried=min(carried, 99),
        id=action.id,
        by=action.by,
        agreed=action.agreed,
        ring=action.ring,
    )


def informal_of(decision: Decision, last: datetime.date | None) -> InformalDecision:
    """
    Return a decision that somebody has still to confirm as a session file has it.
    """
    day = read_day(decision.when) or last or datetime.date.min
    clock = re.search(r"\b([01]?\d|2[0-3])[:.]([0-5]\d)\b", decision.when)
    hour = datetime.time(int(clock[1]), int(clock[2])) if clock else datetime.time()
    return InformalDecision(
        about=decision.about,
        happened=datetime.datetime.combine(day, hour),
        by=decision.who,
        decision=decision.what,
        rationale=decision.why,
        rather_than=decision.rather_than,
    )
