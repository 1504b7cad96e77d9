"""
What an agenda says besides its questions: notes on a line and at the end, and remarks that only the two see.
"""

from __future__ import annotations

import datetime
import functools
from collections.abc import Iterable, Iterator

import attrs

from reflect.planning.caseload import Talk, TouchReason, forecast
from reflect.planning.dealing import DealtAgenda
from reflect.planning.drafting import Draft
from reflect.planning.links import long_links
from reflect.planning.plan import PlannedLine, RaisedLoad
from reflect.planning.profiles import Profile
from reflect.planning.sentences import (
    MOST_NAMES,
    capitalise,
    end_sentence,
    list_names,
    sentence_of_backlog,
    sentence_of_load,
    sentences_of_cases,
)
from reflect.planning.session_file import InformalDecision, Promise, SessionFile, Wish
from reflect.planning.suggesting import ReasonKind, Shortlist
from reflect.planning.topics import Topics
from reflect.questions.rings import Ring
from reflect.questions.wordings import Wording
from reflect.sessions.acting import name_actions, write_line
from reflect.sessions.days import NATIONS, add_working_days
from reflect.sessions.parts import Action
from reflect.sessions.session import Note
from reflect.shown import Brief
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

    # --- who may read it

    @property
    def case_ring(self) -> Ring:
        return Ring.GROUP if self.settings.setting == "group" else Ring.CASE

    @property
    def open_ring(self) -> Ring:
        return Ring.GROUP if self.settings.setting == "group" else Ring.PERSONAL

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
        return who.casefold() in {name.casefold() for name in known if name}

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
        nation = self.file.nation or self.settings.nation
        by = add_working_days(self.file.date, self.settings.escalation.days, nation if nation in NATIONS else "")
        return RaisedLoad(level=level, to=ladder[level - 1], by=by)

    # --- at a line

    def notes_at(self, draft: Draft, advice: Shortlist | None) -> Iterator[Note]:
        if draft is self.dealt.kept[0]:
            for link in long_links(self.file.place):
                yield Note(text=f"To join: {link}", ring=self.open_ring)
        yield from self.notes_on_wishes(draft)
        if draft.kind == "wellbeing":
            for text in self.private:
                yield Note(text=end_sentence(text), ring=Ring.PAIR)
        if draft is self.line_for("actions"):
            for action in self.before:
                if action.ring is not Ring.CASE:
                    yield Note(text=end_sentence(write_line(attrs.evolve(action, agreed=""))), ring=action.ring)
            # The record to look at is that of the family, if a case belongs to one.
            together = {case.ref: case.together for case in self.file.case_list}
            known = (attrs.evolve(each, case=together.get(each.case, each.case)) for each in self.before)
            for text in sentences_of_cases(known):
                yield Note(text=text, ring=Ring.CASE)
        if draft.kind == "workload" and self.file.workload:
            yield Note(text=sentence_of_load(self.file.workload, self.limit, self.raised), ring=Ring.PERSONAL)
        if draft.kind == "round":
            yield from self.notes_on_round()
        if draft is self.line_for("round", "actions"):
            for each in self.unconfirmed:
                how = f", {each.how}" if each.how else ""
                text = f"To confirm: the decision of {day_in_words(each.happened.date())} on {each.about}{how}."
                yield Note(text=text, ring=self.case_ring)
        if draft.talk:
            turn = "" if draft.talk.chosen else "Its turn. "
            apart = "You see it differently: begin there." if self.scores_differ(draft.talk) else ""
            if turn or apart:
                yield Note(text=f"{turn}{apart}".strip(), ring=self.case_ring)
        # The paper need not say that it fits the time.
        if advice and (reasons := [r for r in advice.suggestions[0].reasons if r.kind is not ReasonKind.FITS]):
            yield Note(text=reasons[0].sentence, ring=self.open_ring)

    def notes_on_wishes(self, draft: Draft) -> Iterator[Note]:
        for wish in draft.wishes:
            if wish is not draft.wish:
                whose = self.topics.of_wish(wish).whose
                text = f"{capitalise(self.name_of_role(whose))}: {end_sentence(wish.what)}"
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
        line = next((draft for kind in kinds for draft in self.dealt.kept if draft.kind == kind), None)
        unwanted = "actions" in self.file.without or (self.file.today and self.settings.item("actions"))
        return line or (None if kinds == ("actions",) and unwanted else self.dealt.kept[0])

    def scores_differ(self, talk: Talk) -> bool:
        cases = {case.ref: case for case in self.file.case_list}
        scores = [(cases[case.ref].worker, cases[case.ref].supervisor) for case in talk.cases]
        return any(a is not None and b is not None and abs(a - b) >= self.settings.apart for a, b in scores)

    # --- at the end

    def notes_at_end(self) -> Iterator[Note]:
        """
        What an agenda says at its end: openly, but by reference only.
        """
        for draft in self.dealt.gone:
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
        if caseload.written:
            yield f"Not discussed today: {list_names(case.ref for case in caseload.written)}."
        if caseload.waiting:
            refs = list_names(touch.case.ref for touch in caseload.waiting)
            yield f"Should be touched, and there is no time: {refs}. Agree when instead."
        if caseload.carried:
            names = list_names(talk.family for talk in caseload.carried)
            yield f"Chosen, and no slot today: {names}. First next time."
        if caseload.backlog:
            names = list_names(talk.family for talk in caseload.backlog)
            yield f"Due in depth, and no slot today: {names}. {sentence_of_backlog(caseload)}"

    # --- for the two, and on no paper

    def remarks(self, lines: Iterable[PlannedLine], minutes: int) -> Iterator[str]:
        """
        What the two should know but no paper says.
        """
        for line in lines:
            if line.advice:
                yield from (f"{line.title}: {note}" for note in line.advice.notes)
                first, *others = line.advice.suggestions
                yield f"{line.title}: '{first.title}'. {first.why}"
                if others:
                    yield f"{line.title}: otherwise {' or '.join(each.title for each in others)}"
        caseload = self.dealt.caseload
        if caseload is None:
            return
        lists = {
            "not discussed today": [case.ref for case in caseload.written],
            "should be touched, and there is no time": [touch.case.ref for touch in caseload.waiting],
            "due in depth, and no slot today": [talk.family for talk in caseload.backlog],
        }
        yield from (f"{what}: {', '.join(names)}" for what, names in lists.items() if len(names) > MOST_NAMES)
        slots = self.settings.talks(minutes) if self.file.slots is None else self.file.slots
        year = forecast(self.file.case_list, self.settings.intervals, slots=slots, sessions=self.settings.sessions)
        if year.families and not year.enough:
            yield (
                f"Over a year there is time for about {year.talks:.0f} talks in depth, and the intervals of "
                f"{year.families} families ask for {year.needed:.0f}: plan group, peer or extra sessions now"
            )
