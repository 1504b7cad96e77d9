"""
What an agenda says besides its questions: notes on a line and at the end, and remarks that only the two see.
"""

from __future__ import annotations

import datetime
import functools
import math
import re
from collections.abc import Iterable, Iterator

import attrs

from reflect.planning.caseload import Talk, TouchReason, forecast
from reflect.planning.dealing import DealtAgenda
from reflect.planning.drafting import Draft
from reflect.planning.occasions import Occasion
from reflect.planning.plan import PlannedLine, RaisedLoad
from reflect.planning.profiles import Profile
from reflect.planning.sentences import (
    MOST_NAMES,
    capitalise,
    end_sentence,
    list_names,
    sentence_of_backlog,
    sentence_of_load,
    sentence_of_support,
    sentences_of_cases,
)
from reflect.planning.session_file import InformalDecision, Promise, SessionFile, Wish
from reflect.planning.suggesting import Shortlist
from reflect.planning.topics import Topics
from reflect.questions.rings import Ring
from reflect.questions.wordings import Wording
from reflect.sessions.acting import name_actions, write_line
from reflect.sessions.brought import Brought
from reflect.sessions.days import working_days_after
from reflect.sessions.parts import Action
from reflect.sessions.session import Note, notes_to_join
from reflect.shown import Brief
from reflect.text.names import is_same_name
from reflect.text.prose import day_in_words


@attrs.frozen
class AgendaNotes(Brief):
    """
    What the agenda of one session says besides its questions, and who may read it.
    """

    file: SessionFile
    settings: Profile
    words: Wording
    dealt: DealtAgenda
    topics: Topics
    private: tuple[str, ...] = attrs.field(repr=False)
    occasion: Occasion

    # --- who may read it

    @property
    def case_ring(self) -> Ring:
        return Ring.GROUP if self.settings.setting == "group" else Ring.CASE

    @property
    def open_ring(self) -> Ring:
        return Ring.GROUP if self.settings.setting == "group" else Ring.PERSONAL

    @property
    def ring_of_choice(self) -> Ring:
        """
        The ring of those who may know which model was chosen for a talk: it tells something of the topic, and of all
        that the two have used.
        """
        return Ring.GROUP if self.settings.setting == "group" else Ring.PAIR

    def ring_of_wish(self, wish: Wish) -> Ring:
        return self.topics.of_wish(wish).topic.ring

    # --- what there is to say

    @functools.cached_property
    def actions(self) -> tuple[Promise, ...]:
        """
        Open actions: the supervisor's first, and of each those that were due first.
        """
        return tuple(promise for promise, _ in self._named_actions)

    @functools.cached_property
    def before(self) -> tuple[Action, ...]:
        """
        The same as a session has them, each with its id and its ring.
        """
        return tuple(action for _, action in self._named_actions)

    @functools.cached_property
    def _named_actions(self) -> tuple[tuple[Promise, Action], ...]:
        promises = [each for each in self.file.previous_actions if each.open]
        taken = [each.id for each in self.file.previous_actions]
        actions = name_actions(map(self._action_of, promises), self.file.date, taken)

        def order(named: tuple[Promise, Action]) -> tuple[bool, datetime.date]:
            return not self.is_supervisor(named[0].who), named[0].due or datetime.date.max

        return tuple(sorted(zip(promises, actions, strict=True), key=order))

    def _action_of(self, promise: Promise) -> Action:
        return Action(
            what=promise.what,
            who=self.name_of_owner(promise.who),
            by=promise.by or (day_in_words(promise.due) if promise.due else ""),
            ring=promise.ring or (self.case_ring if promise.case else self.open_ring),
            id=promise.id,
            agreed=promise.agreed,
            case=promise.case,
        )

    def name_of_owner(self, who: str) -> str:
        """
        Who does something, as it was written; one of the two by the profession's word, if the role was written.
        """
        return capitalise(self.name_of_role(who)) if who in ("supervisee", "supervisor") else who

    def is_supervisor(self, who: str) -> bool:
        """
        Tell whether somebody is the supervisor: by the role, by the profession's word for it, or by their name.
        """
        known = ("supervisor", self.words.word("supervisor"), self.file.supervisor)
        return any(is_same_name(who, name) for name in known if name)

    @functools.cached_property
    def unconfirmed(self) -> tuple[InformalDecision, ...]:
        return tuple(each for each in self.file.informal if not each.confirmed and not each.replaced_by)

    @property
    def limit(self) -> int | None:
        """
        The points beyond which the load is too much; None if nobody has set a limit.
        """
        load = self.file.workload
        return (load.limit if load else None) or self.settings.limit

    @functools.cached_property
    def raised(self) -> RaisedLoad | None:
        """
        The next rung of the ladder, if a load is over its limit and nothing was agreed to bring it down.
        """
        load, ladder = self.file.workload, self.settings.escalation.ladder
        if not load or not self.limit or load.points <= self.limit or load.relief or not ladder:
            return None
        level = min(load.level + 1, len(ladder))
        rules = self.settings.rules(self.file.nation)
        by = working_days_after(self.file.date, self.settings.escalation.days, rules.holidays if rules else "")
        return RaisedLoad(level=level, to=ladder[level - 1], by=by)

    # --- at a line

    def notes_at(self, draft: Draft) -> Iterator[Note]:
        if draft is self.dealt.kept[0]:
            yield from notes_to_join(self.file.place, self.open_ring)
        yield from self.notes_on_wishes(draft)
        if draft is self.line_of_private:
            for text in self.private:
                yield Note(text=end_sentence(text), ring=Ring.PAIR)
        if draft is self.line_for("actions"):
            for action in self.before:
                if action.ring is not Ring.CASE:
                    # Where nobody is named for it, that it must be seen or decided says what it is.
                    said = attrs.evolve(action, agreed="") if action.who else action
                    yield Note(text=end_sentence(write_line(said)), ring=action.ring)
            for support in self.file.support:
                yield Note(text=sentence_of_support(support), ring=support.ring)
            # The record to look at is that of the family, if a case belongs to one.
            together = {case.ref: case.together for case in self.file.case_list}
            known = (attrs.evolve(each, case=together.get(each.case, each.case)) for each in self.before)
            for text in sentences_of_cases(known):
                yield Note(text=text, ring=Ring.CASE)
        if self.file.workload and draft is self.line_of_load:
            yield Note(text=sentence_of_load(self.file.workload, self.limit, self.raised), ring=Ring.PERSONAL)
        if draft.room_for_cases and (draft.kind == "round" or self.has_round):
            yield from self.notes_on_round()
        if draft is self.line_for("round", "actions"):
            for each in self.unconfirmed:
                how = f", {each.how}" if each.how else ""
                text = f"To confirm: the decision of {day_in_words(each.happened.date())} on {each.about}{how}."
                yield Note(text=text, ring=self.case_ring)
        if draft.kind == "close" and self.meets_by is not None:
            text = self.occasion.say("meet", day=f"{self.meets_by:%A} {day_in_words(self.meets_by)}")
            yield Note(text=text, ring=self.occasion.known)
        if draft.talk and self.scores_differ(draft.talk):
            yield Note(text="You see it differently: begin there.", ring=self.case_ring)

    def notes_on_wishes(self, draft: Draft) -> Iterator[Note]:
        for wish in draft.wishes if draft.kind != "short" else ():
            if wish is not draft.wish:
                whose = self.topics.of_wish(wish).whose
                name = "" if whose == "both" else f"{capitalise(self.name_of_role(whose))}: "
                text = f"{name}{end_sentence(wish.what if name else capitalise(wish.what))}"
                yield Note(text=text, ring=self.ring_of_wish(wish))
            if wish.since is not None:
                yield Note(text=f"First brought on {day_in_words(wish.since)}.", ring=self.ring_of_wish(wish))

    def notes_on_round(self) -> Iterator[Note]:
        if self.dealt.caseload is None:
            return
        touches = self.dealt.caseload.round
        refs = ", ".join(touch.case.ref for touch in touches)
        yield Note(text=f"Exceptions only: {refs}." if refs else "Nothing has to be touched.", ring=self.case_ring)
        if apart := [touch.case.ref for touch in touches if TouchReason.APART in touch.reasons]:
            yield Note(text=f"You see this differently: {', '.join(apart)}.", ring=self.case_ring)

    def name_of_role(self, role: str) -> str:
        """
        The role of one of the two in the words of the profession; anybody else keeps the name that was given.
        """
        words = {"supervisee": "worker", "supervisor": "supervisor"}
        return self.words.word(words[role]) if role in words else role

    def line_for(self, *kinds: str) -> Draft | None:
        """
        Return the line of the first of these kinds that the session has, or otherwise its first line. (Actions have no
        line if they are left out today, or put off by something urgent.)
        """
        known = (*kinds, "before") if self.dealt.by_topics else kinds
        line = next((draft for kind in known for draft in self.dealt.kept if draft.kind == kind), None)
        displaced = self.file.today and self.settings.item("actions") and not self.dealt.by_topics
        unwanted = "actions" in self.file.without or displaced
        if kinds == ("actions",) and unwanted:
            return next((draft for draft in self.dealt.kept if draft.kind == "actions"), None)
        return line or self.dealt.kept[0]

    @property
    def line_of_private(self) -> Draft | None:
        """
        The line that has what is for the two alone: how they are or, if an hour has no line for that, the first.
        """
        line = next((draft for draft in self.dealt.kept if draft.kind == "wellbeing"), None)
        spare = self.dealt.by_topics and self.settings.setting != "group"
        return line or (self.dealt.kept[0] if spare else None)

    @property
    def has_round(self) -> bool:
        """
        Whether any cases are touched.
        """
        return bool(self.dealt.caseload and self.dealt.caseload.round)

    @property
    def line_of_load(self) -> Draft | None:
        """
        The line that says what a workload comes to.
        """
        kinds = ("workload", "before") if self.dealt.by_topics else ("workload",)
        return next((draft for kind in kinds for draft in self.dealt.kept if draft.kind == kind), None)

    def scores_differ(self, talk: Talk) -> bool:
        cases = {case.ref: case for case in self.file.case_list}
        scores = [(cases[case.ref].worker, cases[case.ref].supervisor) for case in talk.cases]
        return any(a is not None and b is not None and abs(a - b) >= self.settings.apart for a, b in scores)

    # --- what has no room

    @property
    def dropped(self) -> tuple[Draft, ...]:
        """
        The items that are there otherwise, and for which there is no time. In an hour that is planned by topics nothing
        is missing: what belongs under a heading is said under another.
        """
        gone = () if self.dealt.by_topics else self.dealt.gone
        return tuple(draft for draft in gone if not draft.wish and not draft.talk)

    def put_off(self, placed: Iterable[Brought]) -> Iterator[Brought]:
        """
        Give what was brought and has no room today, each with when or how instead.
        """
        said = {self.topics.of_wish(wish).topic.id: wish.when for wish in self.file.wishes if wish.when}
        for each in self.topics.without_room(placed):
            until = said.get(each.topic.id, "")
            if not until and self.dealt.by_topics:
                until = self.day_instead if each.whose != "supervisor" else self.occasion.say("next-time")
            yield attrs.evolve(each, until=until)

    @functools.cached_property
    def day_instead(self) -> str:
        """
        When something is talked about that the supervisee brings and has no room today: within a few working days, if
        it yields to what cannot wait.
        """
        days = self.occasion.limits.days
        cannot_wait = self.file.today is not None or any(draft.presses for draft in self.dealt.kept)
        if not (cannot_wait and days):
            return self.occasion.say("next-time")
        rules = self.settings.rules(self.file.nation)
        day = working_days_after(self.file.date, days, rules.holidays if rules else "")
        return self.occasion.say("by", day=f"{day:%A} {day_in_words(day)}")

    @functools.cached_property
    def missing(self) -> int:
        """
        How many minutes are missing for the cases that have to be touched.
        """
        waiting = len(self.dealt.caseload.waiting) if self.dealt.caseload else 0
        return math.ceil(waiting * self.settings.round_minutes)

    @functools.cached_property
    def meets_by(self) -> datetime.date | None:
        """
        The last day on which the two should meet again; None if it is as usual.
        """
        if self.occasion.within is None:
            return None
        rules = self.settings.rules(self.file.nation)
        return working_days_after(self.file.date, self.occasion.within, rules.holidays if rules else "")

    # --- at the end

    def notes_at_end(self) -> Iterator[Note]:
        """
        What an agenda says at its end: openly, but by reference only.
        """
        for draft in () if self.dealt.by_topics else self.dealt.gone:
            for wish in draft.wishes:
                theirs = self.topics.of_wish(wish).whose == "supervisee"
                first = "First next time" if theirs else "Put off to next time"
                yield Note(text=f"{first}: {end_sentence(wish.what)}", ring=self.ring_of_wish(wish))
        for text in self.sentences_on_cases():
            yield Note(text=text, ring=self.case_ring)

    def sentences_on_cases(self) -> Iterator[str]:
        caseload = self.dealt.caseload
        if caseload is None:
            return
        if caseload.written and self.looks_at_cases:
            yield f"Not discussed today: {list_names(case.ref for case in caseload.written)}."
        if caseload.waiting:
            refs = list_names(touch.case.ref for touch in caseload.waiting)
            if self.dealt.by_topics:
                yield end_sentence(self.sentence_of_missing(refs))
            else:
                yield f"Should be touched, and there is no time: {refs}. Agree when instead."
        if caseload.carried and not self.dealt.by_topics:
            names = list_names(talk.family for talk in caseload.carried)
            yield f"Chosen, and no slot today: {names}. First next time."
        if caseload.backlog and self.looks_at_cases:
            names = list_names(talk.family for talk in caseload.backlog)
            yield f"Due in depth, and no slot today: {names}. {sentence_of_backlog(caseload)}"

    @property
    def looks_at_cases(self) -> bool:
        """
        Whether the session is for cases, and not only for those that have to be touched.
        """
        return any(item.kind in ("round", "depth") for item in self.settings.items)

    def sentence_of_missing(self, refs: str) -> str:
        day = self.file.until(self.settings)
        return self.occasion.say("missing", minutes=str(self.missing), cases=refs, day=day_in_words(day))

    # --- for the two, and on no paper

    def remarks(self, lines: Iterable[PlannedLine], minutes: int) -> Iterator[str]:
        """
        What the two should know but no paper says.
        """
        talks = [line for line in lines if line.advice]
        for n, line in enumerate(talks, 1):
            # A topic is somebody's words, and a screen is not the place for them.
            of = f"Talk {n}" if len(talks) > 1 else "The talk"
            yield from _sentences_of_offers(line.title if line.family else of, line.advice)
        # Nobody is sent to the occasion that this is.
        here = re.compile(rf"--occasion {re.escape(self.occasion.name)}(?![\w-])") if self.occasion.name else None
        yield from (each for each in self.settings.remarks if not (here and here.search(each)))
        rules = self.settings.rules(self.file.nation)
        if rules and self.settings.setting == "group" and (kept := rules.kept_of(self.settings.profession)):
            yield f"in {rules.title}, {kept}"
        caseload = self.dealt.caseload
        if caseload is None:
            return
        lists = {"should be touched, and there is no time": [touch.case.ref for touch in caseload.waiting]}
        if self.looks_at_cases:
            lists["not discussed today"] = [case.ref for case in caseload.written]
            lists["due in depth, and no slot today"] = [talk.family for talk in caseload.backlog]
        yield from (f"{what}: {', '.join(names)}" for what, names in lists.items() if len(names) > MOST_NAMES)
        if not self.looks_at_cases:
            return
        slots = self.settings.talks(minutes) if self.file.slots is None else self.file.slots
        year = forecast(self.file.case_list, self.settings.intervals, slots=slots, sessions=self.settings.sessions)
        if year.families and not year.enough:
            yield (
                f"Over a year there is time for about {year.talks:.0f} talks in depth, and the intervals of "
                f"{year.families} families ask for {year.needed:.0f}: plan group, peer or extra sessions now"
            )


def _sentences_of_offers(name: str, advice: Shortlist | None) -> Iterator[str]:
    """
    Say what is offered for a talk: what was chosen, and why; the same again; and what else there is.
    """
    if advice is None:
        return
    yield from (f"{name}: {note}" for note in advice.notes)
    first, *others = advice.suggestions
    yield f"{name}: '{first.title}'. {first.why}"
    if advice.again:
        yield f"{name}: or the same again, '{advice.again.title}'"
    yield from (f"{name}: or '{each.title}'. {each.why}" for each in others)
