"""
Turn a session file into a session that can really be held.

The frame stays the same and one thing varies. Both people's items have a place, and the supervisee's are never
dropped.
Cases are named by reference. The agenda says openly what is not discussed, and what did not fit and why.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import attrs

from reflect.errors import DoesNotFit, Refused
from reflect.files.named import Look, refuse_unknown_names
from reflect.files.objects import refuse_wrong_values
from reflect.pages.catalogues import Catalogue, our_catalogue
from reflect.planning.asked_of import file_for, questions_for
from reflect.planning.beside import remark_on_beside
from reflect.planning.candidates import candidates
from reflect.planning.dealing import deal_agenda
from reflect.planning.drafting import Draft, model_for
from reflect.planning.hour import BEFORE, headings_whose_turn_it_is, is_planned_by_topics
from reflect.planning.looking_up import files_by_name, pages_by_name
from reflect.planning.minutes import TooShort
from reflect.planning.moving import MovedLine, move_lines
from reflect.planning.notes import AgendaNotes
from reflect.planning.occasions import NO_LIMITS, ORDINARY, Occasion
from reflect.planning.outside import rings_of_reasons, with_outside, without_reasons
from reflect.planning.people import (
    limits_to_interpret,
    minutes_of_talk,
    people_of,
    remarks_on_people,
    with_peers,
    with_room_to_interpret,
)
from reflect.planning.plan import Plan, PlannedLine
from reflect.planning.profiles import Profile
from reflect.planning.sentences import OFTEN_CARRIED
from reflect.planning.session_file import SessionFile, Wish
from reflect.planning.suggesting import Shortlist, suggest
from reflect.planning.talk_questions import questions_of, shown_of, turns_today, with_doubts, with_way_in
from reflect.planning.topics import Topics, talks_of, with_wishes_apart
from reflect.planning.unmet import name_unmet
from reflect.planning.what_for import Chosen, SessionFacts, choose_occasion, with_headings
from reflect.questions.half_hours import least_in_short
from reflect.questions.question import Mode
from reflect.questions.rings import Ring, narrows
from reflect.questions.sets import QuestionSet
from reflect.questions.timetable import least
from reflect.questions.wordings import wording
from reflect.sessions.brought import Brought
from reflect.sessions.journal import EMPTY, Journal
from reflect.sessions.participants import apart
from reflect.sessions.series import NO_MODEL
from reflect.sessions.session import Item, Note, Session, make_item
from reflect.text.links import shorten_links
from reflect.text.prose import day_in_words

#: The questions for an item whose purpose is known, as parts of their keys on its page.
_ASKS = {"decide": "who-does", "think": "so-far", "tell": "matters-now", "wanted": "wanted"}
#: Part of the key of the question that is asked only if an action was carried forward often.
_CARRIED_ASKS = "third-time"
#: The rings of what people bring, from the widest on: nothing that is chosen for one depends on those after it.
_NARROWER = (Ring.OPEN, Ring.GROUP, Ring.PERSONAL, Ring.CASE, Ring.PAIR, Ring.OWN, Ring.ASSURANCE)
#: How many are in the room if a session file does not say.
_UNCOUNTED = 2
#: The heading of an item that somebody brought, by its purpose.
_HEADINGS = {"decide": "To decide", "think": "To think about", "tell": "To tell"}


def arrange(
    file: SessionFile,
    settings: Profile,
    log: Journal | None = None,
    *,
    models: Catalogue | None = None,
    private: Sequence[str] = (),
    occasion: str | Path | Occasion = "",
    occasions: Iterable[str | Path] = (),
    facts: SessionFacts | None = None,
    moved: Iterable[MovedLine] = (),
) -> Plan:
    """
    Return the plan of a session.

    Args:
        file: Who, when, what is on people's minds, and what was done before.
        settings: The settings of the agency or profession.
        log: What the two have used so far; entries for this day or later are ignored. If it is empty, it is their first
            session; if none is given, nothing is known of that.
        models: Where to look for models; by default our own.
        private: What only the two may read; it is printed in a standing item and has no minutes of its own.
        occasion: What the session is for: a name, the path of a YAML file, or an occasion. It goes before what the file
            and the settings say.
        occasions: Where occasions are looked for first: folders, or ``"package:agency"``.
        facts: What is known of the sessions before; by default, what the journal says.
        moved: The lines in the order and with the minutes that a person gave them; what they do not name is out, and
            waits for another day.

    Raises:
        TooShort: What has to be in the session does not fit; the error names the smallest change that would help.
        DoesNotFit: A model that was chosen needs more minutes.
        UnknownKey: There is no model or no occasion of that name.
        Faults: The file of an occasion is wrong, or it or the profile names what is not there; or what is given has a
            number or a word that no file may have.
        Refused: Nothing is left to plan; or it is a joint session, which is planned for each supervisee.
    """
    for given in (file, settings, occasion):
        if isinstance(given, (SessionFile, Profile, Occasion)):
            refuse_wrong_values(given)
    file = file.settled
    if file.supervisees:
        raise Refused("a joint session is planned for each of its supervisees; name it to reflect plan", "supervisees")
    models = our_catalogue() if models is None else models
    known = SessionFacts.of(file, log) if facts is None else facts
    settings = settings.without_unused_items(cases=bool(file.case_list or file.choose))
    places = tuple(occasions)
    refuse_unknown_names(file.named, {"model": pages_by_name(models)["model"]})
    refuse_unknown_names(settings.named, {**files_by_name(occasions=places), **_pages_of_items(settings, models)})
    chosen = choose_occasion(file, settings, known, said=occasion, folders=places)
    refuse_unknown_names(chosen.occasion.named, pages_by_name(models))
    past = EMPTY if log is None else log.before(file.date)
    lines = tuple(moved)
    plan = _plan_for(chosen.occasion, file, settings, past, models, private, lines)
    plan = _plan_for_others(plan, chosen, file, settings, past, models, lines)
    there = remarks_on_people(file, with_headings(settings, chosen.occasion), plan.session.minutes)
    return attrs.evolve(plan, remarks=(*chosen.remarks, *remark_on_beside(file.beside), *there, *plan.remarks))


def _pages_of_items(settings: Profile, models: Catalogue) -> Mapping[str, Look]:
    """
    How the pages of a profile's own items are looked up, if it has any today. Models that it does not want to be
    offered may be pages of somebody who is not here.
    """
    return {"page": pages_by_name(models)["page"]} if settings.items else {}


def _plan_for_others(
    plan: Plan,
    chosen: Chosen,
    file: SessionFile,
    settings: Profile,
    past: Journal,
    models: Catalogue,
    moved: Sequence[MovedLine],
) -> Plan:
    """
    Return a plan with what those have of it who may not know its occasion or its reasons.
    """
    plans: list[tuple[Ring, Plan | None]] = []
    known: tuple[Occasion, SessionFile] = (chosen.occasion, file)
    for ring in rings_of_reasons(settings.setting == "group"):
        hidden = narrows(chosen.occasion.known, ring)
        seen = (chosen.outside if hidden else chosen.occasion, without_reasons(file, ring))
        if seen == known:
            continue
        known = seen
        try:
            plans.append((ring, _plan_for(*seen, settings, past, models, (), moved)))
        except (TooShort, DoesNotFit, Refused):
            # Nobody could have planned it otherwise: then they see no headings.
            plans.append((ring, None))
    inners = (plan, *(each for _, each in plans[:-1]))
    outside = plans[-1][1] if plans else plan
    for inner, (ring, _) in reversed(tuple(zip(inners, plans, strict=False))):
        outside = None if inner is None else with_outside(inner, outside, ring)
    return outside or plan


def _plan_for(
    occasion: Occasion,
    file: SessionFile,
    settings: Profile,
    past: Journal,
    models: Catalogue,
    private: Sequence[str],
    moved: Sequence[MovedLine] = (),
) -> Plan:
    own = bool(settings.items) and occasion.name == ORDINARY
    file, settings = with_room_to_interpret(with_peers(file, settings), with_headings(settings, occasion))
    # What cannot wait is not put off where it has no heading: it is what the session is for.
    whole = with_wishes_apart(attrs.evolve(file, today=None) if occasion.quiet else file)
    file = file_for(occasion, whole)
    words = wording(file.wording or settings.wording)
    by_topics = is_planned_by_topics(settings.items, own)
    limits = NO_LIMITS if own else limits_to_interpret(file, occasion.limits)
    turns = frozenset(headings_whose_turn_it_is(settings.items, past))
    dealt = deal_agenda(file, settings, models, limits, turns, by_topics=by_topics)
    dealt = move_lines(dealt, moved, file.minutes or settings.length)
    # What a person chose for a line has the minutes that they gave it, and asks for no others.
    chosen = {**file.models, **{each.key: each.use for each in moved if each.use}}
    file, whole = (attrs.evolve(each, models=chosen) for each in (file, whole))
    notes = AgendaNotes(
        file,
        settings,
        words,
        dealt,
        Topics.of(whole, settings, talks_of(dealt.caseload)),
        tuple(private),
        occasion,
    )
    if private and notes.line_of_private is None:
        raise Refused(
            "nothing on this agenda is for the two of you alone; say it in the room, and leave --private out", "private"
        )
    return _Planning(whole, settings, past, models, notes, occasion, attrs.evolve(notes, file=whole)).plan()


@attrs.frozen
class _Planning:
    file: SessionFile
    settings: Profile
    log: Journal
    models: Catalogue
    notes: AgendaNotes
    occasion: Occasion
    whole: AgendaNotes

    def plan(self) -> Plan:
        notes, whole, dealt = self.notes, self.whole, self.notes.dealt
        items, lines = self.items_and_lines()
        minutes, over = self.file.minutes or self.settings.length, max(0, -dealt.spare)
        quiet = self.occasion.quiet
        put_off = tuple(whole.put_off(each for item in items for each in item.brought))
        session = Session(
            minutes=minutes + over,
            items=items,
            dropped=tuple(map(self.titled_page, notes.dropped)),
            spare=dealt.spare + over,
            facts=self.facts(),
            notes=tuple(notes.notes_at_end()),
            put_off=() if quiet else put_off,
            series=self.file.series[0] if len(self.file.series) == 1 else "",
            before=notes.before,
            occasion=self.occasion.name,
            participants=people_of(self.file, self.settings),
        )
        return Plan(
            session=session,
            lines=lines,
            caseload=dealt.caseload,
            actions=whole.actions,
            unconfirmed=whole.unconfirmed,
            dropped=tuple(draft.line.title for draft in dealt.gone),
            next_time=self.wishes_for_next_time(lines),
            raised=notes.raised,
            missing=notes.missing,
            over=over,
            regulator=self.settings.regulated_by(self.file.date, self.file.nation),
            remarks=(
                *self.remarks_of_occasion(),
                *notes.remarks(lines, minutes),
                *name_unmet(notes.file, dealt, lines),
            ),
            occasion=self.occasion,
            urgent=tuple(self.ids_of(wish for wish in self.file.wishes if self.must_not_wait(wish))),
            left_out=(*self.file.without, *self.ids_of(wish for wish in self.file.wishes if wish.when)),
            aside=attrs.evolve(session, before=whole.before, put_off=put_off) if quiet else None,
        )

    def remarks_of_occasion(self) -> Iterator[str]:
        yield from self.occasion.remarks
        by = self.notes.meets_by
        if by is not None and self.file.next is not None and self.file.next > by:
            yield (
                f"the next meeting is by {by:%A} {day_in_words(by)}, and the session file has it on "
                f"{day_in_words(self.file.next)}: agree an earlier day"
            )
        elif by is not None:
            yield f"the next meeting is by {by:%A} {day_in_words(by)}"

    def items_and_lines(self) -> tuple[tuple[Item, ...], tuple[PlannedLine, ...]]:
        dealt = self.notes.dealt
        chosen = self.models_of_talks()
        items: list[Item] = []
        lines: list[PlannedLine] = []
        begins = 0
        for draft, minutes in zip(dealt.kept, dealt.minutes, strict=True):
            talk = chosen.get(draft.line.key)
            if talk is not None:
                asks, use, advice = talk
            else:
                asks, use, advice = *self.ask_of_page(draft, self.keys_shown(items, draft)), None
            # What was asked least in this series is asked now; the frame has few questions, and those were picked.
            if talk is None and draft.shows > 1:
                shows = tuple(question.key for question in asks.asks[: draft.shows])
            else:
                shows = shown_of(asks, self.log.turns, of_work=talk is not None and bool(self.family_of(draft)))
            make = make_item if talk is not None and use != NO_MODEL else _make_item_of_frame
            item = make(asks, begins, minutes, tuple(self.notes.notes_at(draft)), shows)
            known = None if talk is None else self.notes.ring_of_choice
            items.append(attrs.evolve(item, brought=self.brought_to(draft), kind=draft.kind, chosen=known))
            fewest = draft.line.least if talk is None else self.least_of_talk(draft, use, asks)
            lines.append(_line_of_draft(draft, minutes, use, advice, fewest))
            begins += minutes
        return tuple(items), tuple(lines)

    def least_of_talk(self, draft: Draft, use: str, asks: QuestionSet) -> int:
        """
        The fewest minutes in which a talk can be held as it is: what its model needs in some way of using it.
        """
        if use == NO_MODEL:
            return min(draft.line.least, least(asks))
        return least_in_short(self.models.model(use)) if use in self.models else least(asks)

    def models_of_talks(self) -> dict[str, tuple[QuestionSet, str, Shortlist | None]]:
        """
        The model of each talk that has one, by the key of its line. What others may read is chosen first, so that
        nobody can tell from it what was chosen for a topic that they may not read.
        """

        def ring_of(draft: Draft) -> Ring:
            return next((each.topic.ring for each in self.brought_to(draft)[:1] if draft.wish or draft.talk), Ring.OPEN)

        dealt = self.notes.dealt
        talks = [
            (draft, minutes)
            for draft, minutes in zip(dealt.kept, dealt.minutes, strict=True)
            if draft.kind in ("depth", "talk") and not draft.page
        ]
        found: dict[str, tuple[QuestionSet, str, Shortlist | None]] = {}
        for draft, minutes in sorted(talks, key=lambda each: _NARROWER.index(ring_of(each[0]))):
            asks, use, advice = self.choose_model(draft, minutes, [use for _, use, _ in found.values()])
            if self.brought_to(draft) and not self.file.after_shock:
                # What they said they would talk about is what they begin with.
                used = turns_today(self.log.turns, (each.key for there, _, _ in found.values() for each in there.asks))
                asks = self.about_topic(with_way_in(asks, self.models, self.seed_of_models, used), draft)
            found[draft.line.key] = asks, use, advice
        return found

    def keys_shown(self, items: Iterable[Item], draft: Draft) -> list[str]:
        """
        The questions shown so far that all readers of a line may know of: which ones were chosen for a topic shows
        what it is for.
        """

        def ring_of(brought: Iterable[Brought]) -> Ring:
            return next((each.topic.ring for each in brought), Ring.OPEN)

        line = ring_of(self.brought_to(draft)[:1] if draft.wish else ())
        known = (item for item in items if not item.about_brought or narrows(line, ring_of(item.brought)))
        return [key for item in known for key in item.shows]

    def brought_to(self, draft: Draft) -> tuple[Brought, ...]:
        """
        What is talked about in a line: what it is about, and what is taken in with it.
        """
        topics = self.notes.topics
        own = (topics.of_wish(draft.wish),) if draft.wish else (topics.of_talk(draft.talk),) if draft.talk else ()
        return (*own, *(topics.of_wish(wish) for wish in draft.wishes if wish is not draft.wish))

    def must_not_wait(self, wish: Wish) -> bool:
        """
        Tell whether somebody said that something must not wait: it may displace anything, or is decided before the two
        meet again.
        """
        return wish is self.file.today or wish.under == BEFORE

    def ids_of(self, wishes: Iterable[Wish]) -> Iterator[str]:
        topics = self.whole.topics
        return (topics.of_wish(wish).topic.id for wish in wishes)

    def facts(self) -> dict[str, str]:
        file = self.file
        facts = {
            "organisation": file.organisation,
            "marking": file.marking,
            "date": day_in_words(file.date),
            "start": file.start,
            "place": shorten_links(file.place),
            "supervisor": file.supervisor,
            "supervisee": file.supervisee,
        }
        return {name: text for name, text in facts.items() if text}

    def titled_page(self, draft: Draft) -> QuestionSet:
        page = self.models.load(draft.page).questions if draft.page else QuestionSet(mode=Mode.SAY)
        return attrs.evolve(page, title=draft.line.title)

    def wishes_for_next_time(self, lines: Iterable[PlannedLine]) -> tuple[Wish, ...]:
        theirs = self.file.supervisee_items
        if self.notes.dealt.by_topics:
            there = {id(wish) for draft in self.notes.dealt.kept for wish in draft.wishes}
            return tuple(wish for wish in theirs if id(wish) not in there)
        moved = [wish for draft in self.notes.dealt.gone for wish in draft.wishes if wish in theirs]
        if self.notes.dealt.caseload is not None or self.occasion.name != ORDINARY:
            # What was chosen and got no slot comes first next time, because it was chosen; its words are not lost.
            placed = {wish for line in lines for wish in line.wishes}.union(moved)
            moved += [wish for wish in theirs if wish not in placed]
        return tuple(moved)

    def family_of(self, draft: Draft) -> str:
        """
        The case or family that a talk is about, whether its turn has come or somebody brought it.
        """
        if draft.talk:
            return draft.talk.family
        together = {case.ref: case.together for case in self.file.case_list}
        return together.get(draft.wish.under, draft.wish.under) if draft.wish and draft.wish.ring is Ring.CASE else ""

    # --- what is asked

    def ask_of_page(self, draft: Draft, shown: Sequence[str]) -> tuple[QuestionSet, str]:
        """
        The questions for a line of the frame or for an item somebody brought, and the page they come from.
        """
        use = draft.page or NO_MODEL
        asks = questions_for(self.occasion, use, self.models.load(use).questions)
        asks = self.narrow_to_purpose(draft, use, asks)
        if self.file.after_shock and draft.kind == "wellbeing":
            # Do not ask about the weather of a week in which somebody died.
            asks = QuestionSet(key=use, mode=Mode.SAY, record=asks.record)
        elif draft.kind != "talk" or draft.wish:
            # Everybody knows the frame, so one question is enough, or as many as its heading says: not last time's, and
            # none twice today.
            used = turns_today(self.log.turns, shown)
            asks = asks.pick(draft.shows, seed=f"{self.file.seed} {self.file.date}", used=used)
        if draft.wish:
            other = "What cannot wait" if draft.wish is self.file.today else "Brought along"
            asks = attrs.evolve(asks, title=_HEADINGS.get(draft.wish.purpose, other), whose=draft.whose)
            topic = self.notes.topics.of_wish(draft.wish).topic
            asks = asks.about(topic.id, topic.title, topic.ring)
        else:
            asks = attrs.evolve(asks, title=draft.line.title, whose=draft.whose)
        return attrs.evolve(asks, least=0), use

    def narrow_to_purpose(self, draft: Draft, use: str, asks: QuestionSet) -> QuestionSet:
        """
        Keep only the question for the item's purpose, or for actions carried forward often, if the page has one.
        """
        purpose = draft.wish.purpose if draft.wish else ""
        if draft.wish is not None and draft.wish is self.file.today:
            purpose = purpose or ("wanted" if self.file.after_shock else "decide")
        if purpose:
            keys = {f"{use}.{_ASKS[purpose]}", *([f"{use}.{_ASKS['wanted']}"] if draft.shows > 1 else ())}
            fitting = asks.where(lambda question: question.key in keys)
            asks = fitting if fitting.asks else asks
        if draft.kind == "actions":
            often = any(each.open and each.carried >= OFTEN_CARRIED for each in self.file.previous_actions)
            fitting = asks.where(lambda question: (question.key == f"{use}.{_CARRIED_ASKS}") is often)
            asks = fitting if fitting.asks else asks
        return asks

    def ask_without_model(self, draft: Draft) -> QuestionSet:
        """
        The questions for a talk on an occasion without models: it is headed by its topic, or as the occasion has it.
        """
        about = draft.wish or draft.talk
        asks = attrs.evolve(
            self.models.load(NO_MODEL).questions, title="" if about else draft.line.title, whose=draft.whose
        )
        return self.about_topic(asks, draft)

    def about_topic(self, asks: QuestionSet, draft: Draft) -> QuestionSet:
        """
        Put questions to what a talk is about, if that is known.
        """
        topics = self.notes.topics
        if draft.talk:
            topic = topics.of_talk(draft.talk).topic
            return asks.about(topic.id, draft.line.title, topic.ring)
        if draft.wish:
            topic = topics.of_wish(draft.wish).topic
            return asks.about(topic.id, topic.title, topic.ring)
        return asks

    def choose_model(
        self, draft: Draft, minutes: int, taken: Sequence[str]
    ) -> tuple[QuestionSet, str, Shortlist | None]:
        """
        The one thing that varies: a model that the two chose, or one that follows from what they have used.
        """
        # A model that was chosen for the talk is that of the first.
        first = next((each for each in self.notes.dealt.kept if each.kind == "talk" and not each.page), None)
        chosen = model_for(self.file, draft.talk) if draft.talk or draft is first else ""
        chosen = self.file.models.get(draft.line.key, "") or chosen
        if not chosen and self.occasion.models == "none":
            return self.ask_without_model(draft), NO_MODEL, None
        advice = suggest(
            candidates(self.models),
            self.log,
            minutes=(room := minutes_of_talk(self.file, minutes)),
            on_screen=bool(apart(people_of(self.file, self.settings))),
            suits=self.settings.setting,
            people=self.file.people if self.file.people != _UNCOUNTED else 0,
            family=self.family_of(draft),
            aim=self.aim_of(draft),
            purpose=str(draft.function),
            shock=bool(self.file.after_shock),
            avoid=self.settings.avoid,
            seed=self.seed_of_models,
            taken=taken,
            among=self.occasion.these if self.occasion.models == "these" else None,
            without=self.settings.not_offered,
        )
        use = chosen or advice.suggestions[0].key
        asks = questions_of(use, room, self.models)
        if family := self.family_of(draft):
            asks = with_doubts(asks, self.models, minutes, f"{self.seed_of_models} {family}", self.log.turns)
        asks = self.about_topic(asks, draft)
        return attrs.evolve(asks, whose=draft.whose), use, None if chosen else advice

    @property
    def seed_of_models(self) -> str:
        """
        What decides among models that are as good: the day and the series, so that no two pairs of a supervisor get
        the same for that alone.
        """
        return " ".join((str(self.file.seed), self.file.date.isoformat(), *self.file.series))

    def aim_of(self, draft: Draft) -> str:
        """
        What a talk is for, if whoever brought something to it said so, or the session file does.
        """
        said = (wish.aim for wish in (draft.wish, *draft.wishes) if wish)
        return next(filter(None, said), "") or self.file.aim


def _make_item_of_frame(
    asks: QuestionSet, begins: int, minutes: int, notes: tuple[Note, ...], shows: Sequence[str]
) -> Item:
    """
    Return an item whose minutes the profile gives, whatever its page needs: then without minutes for its parts.
    """
    try:
        return make_item(asks, begins, minutes, notes, shows)
    except DoesNotFit:
        return Item(set=asks.within(minutes), begins=begins, minutes=minutes, notes=notes, shows=tuple(shows))


def _line_of_draft(draft: Draft, minutes: int, use: str, advice: Shortlist | None, fewest: int) -> PlannedLine:
    return PlannedLine(
        key=draft.line.key,
        kind=draft.kind,
        title=draft.line.title,
        whose=draft.whose,
        function=draft.function,
        minutes=minutes,
        least=fewest,
        most=draft.line.most,
        use=use,
        family=draft.talk.family if draft.talk else "",
        wishes=draft.wishes,
        advice=advice,
    )
