"""
From a session file to a session that can really be held.

The frame stays and one thing varies. Both people's items have a place, and the supervisee's is never the one to
go. Cases are named by reference, what is not discussed is said openly, and what did not fit is said with the reason.
"""

from __future__ import annotations

import datetime
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from reflect.documents.views import least_asked
from reflect.errors import Refused
from reflect.pages.catalogues import Catalogue, ours
from reflect.planning.caseload import Case, Caseload, Reason, Talk, Touch, divide, forecast
from reflect.planning.minutes import Line, TooShort, deal
from reflect.planning.profiles import Profile, Standing
from reflect.planning.session_file import Informal, Promise, SessionFile, Wish
from reflect.planning.suggesting import NO_MODEL, Advice, Kind, candidates, suggest
from reflect.questions.question import Function
from reflect.questions.rings import Ring
from reflect.questions.sets import QuestionSet
from reflect.questions.timetable import least
from reflect.questions.wordings import Wording, wording
from reflect.sessions.days import NATIONS, day_in_words, working_days
from reflect.sessions.journal import EMPTY, Journal
from reflect.sessions.session import Item, Note, Session, held

#: A talk about something that cannot wait, where nobody says how long it needs.
_TODAY = (10, 20)
#: An action carried so many times asks keep, change or drop.
CARRIED = 3
#: So many cases or families are named at the end of an agenda; of more, the rest are counted there and told the two.
_NAMED = 16
#: What is asked of an item where it is known what is wanted of it: parts of keys of its page.
_ASKS = {"decide": "who-does", "think": "so-far", "tell": "matters-now", "wanted": "wanted"}
#: Part of the key of the question about an action that was carried so often; where there is none, it is not asked.
_CARRIED_ASKS = "third-time"
#: An item of the supervisor's goes before anything that is always there, and after the talks in depth.
_SUPERVISORS = 3


@attrs.frozen(kw_only=True)
class Planned:
    """
    One line of an agenda.

    Attributes:
        key: Its name, and no other line's.
        kind: A kind of standing item, or ``today`` or ``item``.
        title: What it is called between the two.
        whose: Whose it is: supervisee, supervisor or both.
        function: The function of supervision it serves.
        minutes: How long it is.
        use: The key of the model or page it asks from.
        family: What it is about, if it is a talk in depth.
        wishes: What somebody brought that is talked about here.
        advice: What else could be used, and why.
    """

    key: str
    kind: str
    title: str = attrs.field(repr=False)
    whose: str
    function: Function
    minutes: int
    use: str = ""
    family: str = ""
    wishes: tuple[Wish, ...] = ()
    advice: Advice | None = None


@attrs.frozen(kw_only=True)
class Raised:
    """
    A workload over its limit that goes up the ladder.

    Attributes:
        level: The rung, 1 for the first.
        to: Who is told.
        by: By when they answer.
    """

    level: int
    to: str
    by: datetime.date


@attrs.frozen(kw_only=True)
class Plan:
    """
    A session as planned, and all that led to it. No score of anybody's is in it.

    Attributes:
        session: What the papers are made of.
        lines: The agenda.
        caseload: Which cases are talked about; None where there are none.
        actions: What is still to be done, overdue first.
        unconfirmed: Decisions made between sessions that one of the two has not confirmed.
        dropped: What there was no time for, by title.
        next_time: The supervisee's items that were displaced, and lead next time.
        raised: Whom a workload over its limit goes to.
        regulator: Who regulates the work on that day.
        remarks: What the two should know, and no paper says.
    """

    session: Session
    lines: tuple[Planned, ...]
    caseload: Caseload | None = None
    actions: tuple[Promise, ...] = ()
    unconfirmed: tuple[Informal, ...] = ()
    dropped: tuple[str, ...] = ()
    next_time: tuple[Wish, ...] = ()
    raised: Raised | None = None
    regulator: str = ""
    remarks: tuple[str, ...] = ()


# --- what is to be on the agenda


@attrs.frozen(kw_only=True)
class _Draft:
    """
    A line before its minutes: what it is, and how much time it wants.
    """

    kind: str
    line: Line
    whose: str
    function: Function
    page: str = ""
    talk: Talk | None = None
    wishes: tuple[Wish, ...] = ()
    wish: Wish | None = None


def arrange(
    file: SessionFile,
    settings: Profile,
    log: Journal = EMPTY,
    *,
    models: Catalogue | None = None,
    private: Sequence[str] = (),
) -> Plan:
    """
    Return the plan of a session.

    Args:
        file: Who, when, what is on people's minds, and what was done before.
        settings: The agency's or profession's.
        log: What the two have used so far; what was written of this day or later is not looked at.
        models: Where models are found; ours if nothing is said.
        private: What the two alone may read; it stands in a standing item and has no minutes of its own.

    Raises:
        TooShort: What has to be in the session does not fit; the error says the smallest change that would.
        DoesNotFit: A model that was chosen needs more minutes.
        UnknownKey: There is no such model.
        Refused: Nothing is left to plan.
    """
    models = ours() if models is None else models
    words = wording(file.wording or settings.wording)
    log = log.before(file.date)
    minutes = file.minutes or settings.length
    cases = () if isinstance(file.cases, str) else file.cases
    slots = settings.talks(minutes) if file.slots is None else file.slots
    while True:
        caseload = _divided(file, settings, cases, slots, minutes // settings.round_share)
        drafts = tuple(_drafts(file, settings, caseload, minutes, models))
        if not drafts:
            raise Refused("nothing is left on the agenda; take something out of 'without'")
        try:
            found = deal((draft.line for draft in drafts), minutes)
            if found.spare:
                # Nothing here takes all that is left, so what may be longer than usual is.
                found = deal((_longer(draft) for draft in drafts), minutes)
        except TooShort as short:
            raise attrs.evolve(short, later=_later(drafts, short.needs - short.has)) from None
        dealt = dict(zip((line.key for line in found.lines), found.minutes, strict=True))
        talks = sum(draft.kind == "depth" and draft.line.key in dealt for draft in drafts)
        if caseload is None or talks == len(caseload.in_depth):
            break
        slots = talks  # a family whose talk goes is touched, or said not to be
    kept = [draft for draft in drafts if draft.line.key in dealt]
    if private and all(draft.kind != "wellbeing" for draft in kept):
        raise Refused("nothing on this agenda is for the two of you alone; say it in the room, and leave --private out")
    if caseload is not None:
        room = next((dealt[draft.line.key] for draft in kept if draft.kind == "round"), 0)
        caseload = _bare(_divided(file, settings, cases, slots, room))
    return _Planning(file, settings, log, models, tuple(private), words).made(
        kept, [draft for draft in drafts if draft.line.key not in dealt], dealt, found.spare, caseload, cases, minutes
    )


def _longer(draft: _Draft) -> Line:
    """
    A line without its most, unless it is the frame's beginning and end, the round, or its minutes were given.
    """
    fixed = draft.wish is not None and draft.wish.minutes is not None
    stays = fixed or draft.kind in ("arrive", "close", "round", "break")
    return draft.line if stays else attrs.evolve(draft.line, most=None)


def _divided(
    file: SessionFile, settings: Profile, cases: tuple[Case, ...], slots: int, minutes: float
) -> Caseload | None:
    if not cases:
        return None
    names = {name for case in cases for name in (case.ref, case.together)}
    brought = (wish.under for wish in file.supervisee_items if wish.under in names)
    return divide(
        cases,
        settings.intervals,
        on=file.date,
        until=file.until(settings),
        slots=slots if settings.item("depth") and "depth" not in file.without else 0,
        minutes=minutes if settings.item("round") and "round" not in file.without else 0,
        chosen=tuple(dict.fromkeys((*file.choose, *brought))),
    )


def _bare(caseload: Caseload | None) -> Caseload | None:
    """
    A caseload without the scores it was divided by.
    """
    if caseload is None:
        return None

    def case(one: Case) -> Case:
        return attrs.evolve(one, worker=None, supervisor=None)

    def touch(one: Touch) -> Touch:
        return attrs.evolve(one, case=case(one.case))

    def talk(one: Talk) -> Talk:
        return attrs.evolve(one, cases=tuple(map(case, one.cases)))

    return Caseload(
        in_depth=tuple(map(talk, caseload.in_depth)),
        round=tuple(map(touch, caseload.round)),
        waiting=tuple(map(touch, caseload.waiting)),
        written=tuple(map(case, caseload.written)),
        backlog=tuple(map(talk, caseload.backlog)),
        carried=tuple(map(talk, caseload.carried)),
    )


def _drafts(
    file: SessionFile, settings: Profile, caseload: Caseload | None, minutes: int, models: Catalogue
) -> Iterator[_Draft]:
    """
    Every line there should be, in order, with the time it wants.
    """
    standing = [item for item in settings.items if item.kind not in file.without]
    has_talks = bool(caseload and caseload.in_depth)
    kinds = {item.kind for item in standing if _wanted(item, caseload, has_talks)}
    hosts = {_host(wish, kinds, caseload): wish for wish in file.supervisee_items}
    under: dict[str, list[Wish]] = {}
    own: list[tuple[str, Wish]] = []
    for whose, wishes in (("supervisee", file.supervisee_items), ("supervisor", file.supervisor_items)):
        # What was put off before leads.
        for wish in sorted(wishes, key=lambda each: each.since or datetime.date.max):
            host = _host(wish, kinds, caseload)
            if host:
                under.setdefault(host, []).append(wish)
            else:
                own.append((whose, wish))
    placed = False
    urgent = file.today is not None
    for place, item in enumerate(standing):
        if urgent and place == (1 if standing[0].kind == "arrive" else 0) and file.today:
            yield _today(file.today)
        if item.kind == "items":
            placed = True
            yield from _own(own, item, urgent)
        elif item.kind == "depth" and caseload:
            for n, talk in enumerate(caseload.in_depth, 1):
                title, needs = f"In depth: {talk.family}", _needs(file, _names(talk), models)
                brought = under.get(talk.family, ())
                yield _standing(item, f"depth-{n}", title, brought, hosts, file, talk=talk, needs=needs)
        elif item.kind == "round" and caseload and "round" in kinds:
            yield _round(item, _title(item, models), settings, caseload, minutes, under.get("round", ()), hosts, file)
        elif item.kind in kinds and item.kind not in ("depth", "round"):
            title = _title(item, models)
            needs = _needs(file, ("talk",), models) if item.kind == "talk" and not item.page else 0
            yield _standing(item, f"{item.kind}-{place}", title, under.get(item.kind, ()), hosts, file, needs=needs)
    if not placed and own:
        # A profile without a place for them still may not lose them.
        yield from _own(own, Standing(kind="items", page="own-item", least=5, usual=8, most=15), urgent)


def _names(talk: Talk) -> tuple[str, ...]:
    """
    What a session file may call a talk in depth: by its family, or by a case of it.
    """
    return (talk.family, *(case.ref for case in talk.cases))


def _chosen(file: SessionFile, names: Iterable[str]) -> str:
    """
    The model that was chosen for a family, for a case of it, or for the talk; nothing if none was.
    """
    return next((file.models[name] for name in names if name in file.models), "")


def _needs(file: SessionFile, names: Iterable[str], models: Catalogue) -> int:
    """
    The least minutes of the model that was chosen.
    """
    chosen = _chosen(file, names)
    return least(models.load(chosen)) if chosen else 0


def _wanted(item: Standing, caseload: Caseload | None, has_talks: bool) -> bool:
    if item.kind == "round":
        return caseload is not None and bool(caseload.round or caseload.waiting)
    if item.kind == "talk":
        return bool(item.page) or not has_talks
    return item.kind != "depth" or has_talks


def _host(wish: Wish, kinds: set[str], caseload: Caseload | None) -> str:
    """
    The line that takes an item in: a standing item, a family with a talk, or the round; nothing for its own.
    """
    if wish.under in kinds and wish.under not in ("items", "depth"):
        return wish.under
    if caseload is None or not wish.under:
        return ""
    for talk in caseload.in_depth:
        if wish.under == talk.family or any(case.ref == wish.under for case in talk.cases):
            return talk.family
    touched = {name for touch in caseload.round for name in (touch.case.ref, touch.case.together)}
    return "round" if wish.under in touched and "round" in kinds else ""


def _today(wish: Wish) -> _Draft:
    low, usual = (wish.minutes, wish.minutes) if wish.minutes else _TODAY
    line = Line(key="today", title=wish.what, least=low, usual=usual, most=wish.minutes)
    return _Draft(kind="today", line=line, whose="both", function=Function.MANAGEMENT, page="own-item", wish=wish)


def _own(own: Iterable[tuple[str, Wish]], item: Standing, urgent: bool) -> Iterator[_Draft]:
    for n, (whose, wish) in enumerate(own, 1):
        low, usual, most = item.least, item.usual, item.most
        if whose == "supervisor":
            low, usual = min(low, 3), min(usual, 5)
        if wish.minutes:
            low = usual = most = wish.minutes
        yields = _SUPERVISORS if whose == "supervisor" else int(urgent)
        line = Line(key=f"item-{n}", title=wish.what, least=low, usual=usual, most=most, yields=yields)
        yield _Draft(
            kind="item", line=line, whose=whose, function=item.function, page=item.page, wish=wish, wishes=(wish,)
        )


def _standing(
    item: Standing,
    key: str,
    title: str,
    wishes: Iterable[Wish],
    theirs: Mapping[str, Wish],
    file: SessionFile,
    *,
    talk: Talk | None = None,
    needs: int = 0,
) -> _Draft:
    """
    A line of the frame, or a talk: never dropped if it takes in an item of the supervisee's, or one they chose.
    """
    more = math.ceil(item.each * (file.people if item.each else 0))
    asked = sum(wish.minutes or 0 for wish in wishes)
    low = max(item.least + more, asked, needs)
    usual = max(item.usual + more, low)
    most = None if item.most is None else max(item.most + more, usual)
    needed = (talk.family if talk else item.kind) in theirs or bool(talk and talk.chosen)
    yields = 0 if needed else item.yields
    if file.today and item.kind not in ("arrive", "close"):
        # What cannot wait may displace anything; what yields anyhow still goes first, and how people are goes last.
        yields = 1 if item.kind == "wellbeing" else yields + 2
    return _Draft(
        kind=item.kind,
        line=Line(key=key, title=title, least=low, usual=usual, most=most, yields=yields),
        whose=("supervisee" if talk.chosen else "supervisor") if talk else item.whose,
        function=item.function,
        page=item.page,
        talk=talk,
        wishes=tuple(wishes),
    )


def _title(item: Standing, models: Catalogue) -> str:
    """
    What a standing item is called: by its profile, or else by its page.
    """
    own = models.load(item.page).questions.title if item.page else ""
    return item.title or own or ("Time to think" if item.kind == "talk" else item.kind.capitalize())


def _round(
    item: Standing,
    title: str,
    settings: Profile,
    caseload: Caseload,
    minutes: int,
    wishes: Iterable[Wish],
    theirs: Mapping[str, Wish],
    file: SessionFile,
) -> _Draft:
    """
    A minute or two for each case that has to be touched, and never more than the share of the session.
    """
    cap = max(1, minutes // settings.round_share)
    wants = math.ceil((len(caseload.round) + len(caseload.waiting)) * settings.round_minutes)
    most = min(cap, max(item.least, wants))
    low = min(most, item.usual)
    yields = (0 if "round" in theirs else item.yields) + 2 * bool(file.today)
    line = Line(key="round", title=title, least=low, usual=most, most=most, yields=yields)
    return _Draft(
        kind="round", line=line, whose=item.whose, function=item.function, page=item.page, wishes=tuple(wishes)
    )


def _later(drafts: Iterable[_Draft], over: int) -> tuple[str, ...]:
    """
    What could be put off so that the rest fits: one item if one is enough, else as many as it takes.
    """
    movable = [d for d in drafts if not d.line.yields and d.kind in ("item", "depth", "today")]
    enough = [draft for draft in movable if draft.line.least >= over]
    if enough:
        return (min(enough, key=lambda draft: draft.line.least).line.title,)
    chosen: list[_Draft] = []
    for draft in sorted(movable, key=lambda each: -each.line.least):
        chosen.append(draft)
        over -= draft.line.least
        if over <= 0:
            return tuple(each.line.title for each in chosen)
    return ()


# --- what stands on it


@attrs.frozen
class _Planning:
    """
    One session in the making.
    """

    file: SessionFile
    settings: Profile
    log: Journal
    models: Catalogue
    private: tuple[str, ...] = attrs.field(repr=False)
    words: Wording

    def made(
        self,
        kept: Sequence[_Draft],
        gone: Sequence[_Draft],
        dealt: Mapping[str, int],
        spare: int,
        caseload: Caseload | None,
        cases: tuple[Case, ...],
        minutes: int,
    ) -> Plan:
        file = self.file
        actions = in_order(file.previous_actions, file.date)
        unconfirmed = tuple(each for each in file.informal if not each.confirmed)
        raised = self.raised()
        items: list[Item] = []
        lines: list[Planned] = []
        taken: list[str] = []
        begins = 0
        for draft in kept:
            time = dealt[draft.line.key]
            some, use, advice = self.asked(draft, time, taken, [key for item in items for key in item.shows])
            if draft.kind in ("depth", "talk"):
                taken.append(use)
            notes = tuple(self.notes(draft, caseload, actions, unconfirmed, raised, advice, kept))
            # What was asked least in this series is asked now; the frame has one question, and that was picked.
            shows = [question.key for question in least_asked(some, self.log.asked)]
            items.append(held(some, begins, time, notes, shows))
            begins += time
            lines.append(
                Planned(
                    key=draft.line.key,
                    kind=draft.kind,
                    title=draft.line.title,
                    whose=draft.whose,
                    function=draft.function,
                    minutes=time,
                    use=use,
                    family=draft.talk.family if draft.talk else "",
                    wishes=draft.wishes,
                    advice=advice,
                )
            )
        titles = tuple(draft.line.title for draft in gone)
        moved = tuple(w for draft in gone for w in draft.wishes if w in file.supervisee_items)
        if caseload is not None:
            # What was chosen and found no slot leads next time, as a choice; its words are not lost here.
            placed = {wish for line in lines for wish in line.wishes} | set(moved)
            moved += tuple(wish for wish in file.supervisee_items if wish not in placed)
        session = Session(
            minutes=minutes,
            items=tuple(items),
            dropped=tuple(self.generic(draft) for draft in gone if not draft.wish and not draft.talk),
            spare=spare,
            facts=self.facts(),
            notes=tuple(self.foot(caseload, gone, cases)),
        )
        return Plan(
            session=session,
            lines=tuple(lines),
            caseload=caseload,
            actions=actions,
            unconfirmed=unconfirmed,
            dropped=titles,
            next_time=moved,
            raised=raised,
            regulator=self.settings.regulated_by(file.date, file.nation),
            remarks=tuple(filter(None, self.remarks(lines, caseload, cases, minutes))),
        )

    def facts(self) -> dict[str, str]:
        file = self.file
        found = {
            "organisation": file.organisation,
            "marking": file.marking,
            "date": day_in_words(file.date),
            "start": file.start,
            "place": file.place,
            "supervisor": file.supervisor,
            "supervisee": file.supervisee,
        }
        return {name: text for name, text in found.items() if text}

    def ring(self, wish: Wish) -> Ring:
        return wish.ring or self.open_ring()

    def generic(self, draft: _Draft) -> QuestionSet:
        some = self.models.load(draft.page).questions if draft.page else QuestionSet()
        return attrs.evolve(some, title=draft.line.title)

    def asked(
        self, draft: _Draft, minutes: int, taken: Sequence[str], shown: Sequence[str]
    ) -> tuple[QuestionSet, str, Advice | None]:
        """
        What is asked in a line, the page it comes from, and what else could be used.
        """
        if draft.kind in ("depth", "talk") and not draft.page:
            return self.varied(draft, minutes, taken)
        use = draft.page or NO_MODEL
        whole = self.models.load(use).questions
        frame = draft.kind != "talk"
        purpose = draft.wish.purpose if draft.wish else ""
        if draft.kind == "today":
            purpose = purpose or ("wanted" if self.file.after_shock else "decide")
        if purpose:  # what is wanted of it is known already
            wanted = f"{use}.{_ASKS[purpose]}"
            fitting = whole.where(lambda question: question.key == wanted)
            whole = fitting if fitting.asks else whole
        if draft.kind == "actions":
            often = any(each.open and each.carried >= CARRIED for each in self.file.previous_actions)
            fitting = whole.where(lambda question: (question.key == f"{use}.{_CARRIED_ASKS}") is often)
            whole = fitting if fitting.asks else whole
        # Everybody knows the frame: one question is enough, not the one of last time, and none twice today.
        used = self.log.asked + Counter(shown)
        some = whole.pick(1, seed=f"{self.file.seed} {self.file.date}", used=used) if frame else whole
        if self.file.after_shock and draft.kind == "wellbeing":
            # Nobody is asked for the weather of a week in which somebody died.
            some = whole.where(lambda _: False)
        if draft.wish:
            title = {"decide": "To decide", "think": "To think about", "tell": "To tell"}.get(draft.wish.purpose, "")
            other = "What cannot wait" if draft.kind == "today" else "Brought along"
            some = attrs.evolve(some, title=title or other, whose=draft.whose)
            some = some.about(draft.line.key, _capital(draft.wish.what), self.ring(draft.wish))
        else:
            some = attrs.evolve(some, title=draft.line.title, whose=draft.whose)
        return attrs.evolve(some, least=0), use, None

    def varied(self, draft: _Draft, minutes: int, taken: Sequence[str]) -> tuple[QuestionSet, str, Advice | None]:
        """
        The one thing that varies: a model chosen by the two, or by what they have used so far.
        """
        family = draft.talk.family if draft.talk else ""
        chosen = _chosen(self.file, _names(draft.talk) if draft.talk else ("talk",))
        advice = suggest(
            candidates(self.models),
            self.log,
            minutes=minutes,
            suits=self.settings.setting,
            family=family,
            purpose=str(draft.function),
            shock=self.file.after_shock,
            avoid=self.settings.avoid,
            seed=self.file.seed,
            taken=taken,
        )
        use = chosen or advice.suggestions[0].key
        some = self.models.load(use).questions
        if draft.talk:
            some = some.about(draft.line.key, draft.line.title, self.case_ring())
        return attrs.evolve(some, whose=draft.whose), use, None if chosen else advice

    def notes(
        self,
        draft: _Draft,
        caseload: Caseload | None,
        actions: tuple[Promise, ...],
        unconfirmed: tuple[Informal, ...],
        raised: Raised | None,
        advice: Advice | None,
        kept: Sequence[_Draft],
    ) -> Iterator[Note]:
        """
        What stands beside a line.
        """
        for wish in draft.wishes:
            if wish is not draft.wish:
                whose = "supervisee" if wish in self.file.supervisee_items else "supervisor"
                yield Note(text=f"{_capital(self.who(whose))}: {_ended(wish.what)}", ring=self.ring(wish))
            if wish.since is not None:
                yield Note(text=f"First brought on {day_in_words(wish.since)}.", ring=self.ring(wish))
        if draft.kind == "wellbeing":
            for text in self.private:
                yield Note(text=_ended(text), ring=Ring.PAIR)
        if draft is self.place(kept, "actions"):
            for action in actions:
                ring = self.case_ring() if action.case else self.open_ring()
                yield Note(text=_action(action, self.file.date, self.who(action.who)), ring=ring)
        if draft.kind == "workload" and self.file.workload:
            yield Note(text=self.load(raised), ring=Ring.PERSONAL)
        if draft.kind == "round" and caseload:
            refs = ", ".join(touch.case.ref for touch in caseload.round)
            yield Note(
                text=f"Exceptions only: {refs}." if refs else "Nothing has to be touched.", ring=self.case_ring()
            )
            if apart := [touch.case.ref for touch in caseload.round if Reason.APART in touch.reasons]:
                yield Note(text=f"You see this differently: {', '.join(apart)}.", ring=self.case_ring())
        if draft is self.place(kept, "round", "actions"):
            for each in unconfirmed:
                how = f", {each.how}" if each.how else ""
                text = f"To confirm: the decision of {day_in_words(each.happened.date())} on {each.about}{how}."
                yield Note(text=text, ring=self.case_ring())
        if draft.talk:
            said = "" if draft.talk.chosen else "Its turn. "
            said += "You see it differently: begin there." if self.apart(draft.talk) else ""
            if said:
                yield Note(text=said.strip(), ring=self.case_ring())
        # That it fits the time goes without saying on paper.
        if advice and (reasons := [r for r in advice.suggestions[0].reasons if r.kind is not Kind.FITS]):
            yield Note(text=reasons[0].sentence, ring=self.open_ring())

    def who(self, role: str) -> str:
        """
        One of the two by role, in the words of the profession; anybody else as they were named.
        """
        words = {"supervisee": "worker", "supervisor": "supervisor"}
        return self.words.word(words[role]) if role in words else role

    def place(self, kept: Sequence[_Draft], *kinds: str) -> _Draft | None:
        """
        The line that takes something in: of the first of the kinds there is, or the first of all in a session that
        has none of them. Actions that are not wanted today, or that what cannot wait put off, have none.
        """
        found = next((draft for kind in kinds for draft in kept if draft.kind == kind), None)
        unwanted = "actions" in self.file.without or (self.file.today and self.settings.item("actions"))
        return found or (None if kinds == ("actions",) and unwanted else kept[0])

    def case_ring(self) -> Ring:
        return Ring.GROUP if self.settings.setting == "group" else Ring.CASE

    def open_ring(self) -> Ring:
        return Ring.GROUP if self.settings.setting == "group" else Ring.PERSONAL

    def apart(self, talk: Talk) -> bool:
        known = {case.ref: case for case in self.file.cases if isinstance(case, Case)}
        scores = [(known[case.ref].worker, known[case.ref].supervisor) for case in talk.cases]
        return any(a is not None and b is not None and abs(a - b) >= self.settings.apart for a, b in scores)

    def load(self, raised: Raised | None) -> str:
        load = self.file.workload
        assert load is not None
        limit = load.limit or self.settings.limit
        text = f"{load.points} of {limit} points" if limit else f"{load.points} points"
        if limit and load.points > limit:
            text += f"; said on {_dates(load.said)}" if load.said else ""
            text += "" if load.written else ", not yet in writing"
        return f"{text}. To the {raised.to}, for an answer by {day_in_words(raised.by)}." if raised else f"{text}."

    def raised(self) -> Raised | None:
        """
        The next rung of the ladder, where a load is over its limit and nothing was agreed that brings it down.
        """
        load, ladder = self.file.workload, self.settings.escalation.ladder
        limit = load and (load.limit or self.settings.limit)
        if not load or not limit or load.points <= limit or load.relief or not ladder:
            return None
        level = min(load.level + 1, len(ladder))
        nation = self.file.nation or self.settings.nation
        by = working_days(self.file.date, self.settings.escalation.days, nation if nation in NATIONS else "")
        return Raised(level=level, to=ladder[level - 1], by=by)

    def foot(self, caseload: Caseload | None, gone: Sequence[_Draft], cases: tuple[Case, ...]) -> Iterator[Note]:
        """
        What an agenda says at its end: openly, and by reference only.
        """
        for draft in gone:
            for wish in draft.wishes:
                first = "First next time" if wish in self.file.supervisee_items else "Put off to next time"
                yield Note(text=f"{first}: {_ended(wish.what)}", ring=self.ring(wish))
        if caseload is None:
            return
        if caseload.written:
            yield Note(
                text=f"Not discussed today: {_some(case.ref for case in caseload.written)}.", ring=self.case_ring()
            )
        if caseload.waiting:
            refs = _some(touch.case.ref for touch in caseload.waiting)
            yield Note(
                text=f"Should be touched, and there is no time: {refs}. Agree when instead.", ring=self.case_ring()
            )
        if caseload.carried:
            names = _some(talk.family for talk in caseload.carried)
            yield Note(text=f"Chosen, and no slot today: {names}. First next time.", ring=self.case_ring())
        if caseload.backlog:
            names = _some(talk.family for talk in caseload.backlog)
            yield Note(text=f"Due in depth, and no slot today: {names}. {backlog(caseload)}", ring=self.case_ring())

    def remarks(
        self, lines: Iterable[Planned], caseload: Caseload | None, cases: tuple[Case, ...], minutes: int
    ) -> Iterator[str]:
        for line in lines:
            if line.advice:
                for note in line.advice.notes:
                    yield f"{line.title}: {note}"
                offers = [each.title for each in line.advice.suggestions]
                yield f"{line.title}: '{offers[0]}'. {line.advice.suggestions[0].why}"
                yield f"{line.title}: otherwise {' or '.join(offers[1:])}" if offers[1:] else ""
        if caseload is not None:
            lists = {
                "not discussed today": [case.ref for case in caseload.written],
                "should be touched, and there is no time": [touch.case.ref for touch in caseload.waiting],
                "due in depth, and no slot today": [talk.family for talk in caseload.backlog],
            }
            yield from (f"{what}: {', '.join(names)}" for what, names in lists.items() if len(names) > _NAMED)
        if caseload is not None and cases:
            slots = self.settings.talks(minutes) if self.file.slots is None else self.file.slots
            year = forecast(cases, self.settings.intervals, slots=slots, sessions=self.settings.sessions)
            if year.families and not year.enough:
                yield (
                    f"Over a year there is time for about {year.talks:.0f} talks in depth, and the intervals of "
                    f"{year.families} families ask for {year.needed:.0f}: plan group, peer or extra sessions now"
                )


def backlog(caseload: Caseload) -> str:
    """
    Return what it would take to catch up, in a sentence; nothing if nobody waits.
    """
    if not caseload.backlog:
        return ""
    slots, waiting = len(caseload.in_depth), len(caseload.backlog)
    if not slots:
        return f"There is no slot for {_count(waiting)} due: take them to a group, a peer or a short extra session."
    more = math.ceil(waiting / slots)
    have = f"{_count(slots)} slot{'s' if slots != 1 else ''}".capitalize()
    sessions = f"{_count(more)} more session{'s' if more != 1 else ''} like this"
    return (
        f"{have} cannot cover {_count(slots + waiting)} due: it would take {sessions}, "
        "or a group, a peer or a short extra session for the others."
    )


def _some(names: Iterable[str]) -> str:
    """
    Names in a row; of very many the first, and how many there are beside.
    """
    known = tuple(names)
    more = f" and {len(known) - _NAMED} more" if len(known) > _NAMED else ""
    return ", ".join(known[:_NAMED]) + more


def _count(number: int) -> str:
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    return words[number] if number < len(words) else str(number)


def in_order(promises: Iterable[Promise], on: datetime.date) -> tuple[Promise, ...]:
    """
    Return what is still to be done: what is overdue first, the longest overdue at the head.

    Args:
        promises: What was promised, done or not.
        on: The day of the session.
    """
    return tuple(sorted((each for each in promises if each.open), key=lambda each: each.due or datetime.date.max))


def _action(action: Promise, on: datetime.date, who: str) -> str:
    late = (on - action.due).days if action.due else 0
    days = f", {late} day{'s' if late != 1 else ''} overdue" if late > 0 else ""
    case = f" ({action.case})" if action.case else ""
    often = f"; carried {action.carried} times: keep, change or drop?" if action.carried >= CARRIED else "."
    return f"{_capital(who)}: {action.what.rstrip('.')}{case}{days}{often}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _ended(text: str) -> str:
    """
    Words as a sentence, so that the next can stand beside it.
    """
    return text if text.endswith((".", "?", "!", "…")) else f"{text}."


def _dates(days: Iterable[datetime.date]) -> str:
    return ", ".join(map(day_in_words, sorted(days)))


__all__ = ["CARRIED", "Plan", "Planned", "Raised", "arrange", "backlog", "in_order"]
