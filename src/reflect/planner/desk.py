"""
What the page may ask: one object, and a table of questions by name.

Each answer is a value that JSON can hold, with the bytes of files. What cannot be done is an answer, too. What a first
plan does not need is imported when somebody asks for it: a browser has to read all of it.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import attrs

from reflect.errors import ReflectError, Refused
from reflect.pages.catalogues import Catalogue
from reflect.planner import choosing, hours, linking, offering
from reflect.planner.given import MOST_PAPERS, Hour, as_object, name, number, read_hour, sequence, text
from reflect.planner.lending import answer_with_pictures
from reflect.planner.own import Own
from reflect.planner.refusals import fault_of_ours, refusal_of
from reflect.planning.kept_plans import forget_plans, name_of_plan
from reflect.questions.sets import LONGEST
from reflect.questions.wordings import Wording, wording

if TYPE_CHECKING:
    from reflect.planner.opened import OpenedPapers
    from reflect.planner.trainer import DeckChoice

#: At most so many models are in a deck.
MOST_IN_A_DECK = 12


@attrs.define
class Desk:
    """
    Answers the page. It knows nothing but what was opened on it.

    Attributes:
        own: What an agency has of its own.
        today: The day it is; None to ask the clock each time.
    """

    own: Own = attrs.field(factory=Own, repr=False)
    today: datetime.date | None = None
    _opened: OpenedPapers | None = attrs.field(default=None, init=False, repr=False)
    _planned: tuple[object, hours.PlannedHour] | None = attrs.field(default=None, init=False, repr=False)

    @property
    def opened(self) -> OpenedPapers:
        """
        The papers and the journals that a person has opened.
        """
        from reflect.planner.opened import OpenedPapers

        if self._opened is None:
            self._opened = OpenedPapers(models=self.own.models)
        return self._opened

    @property
    def models(self) -> Catalogue:
        """
        Where models are found.
        """
        return self.own.models

    def answer(self, name: str, given: Mapping[str, object]) -> object:
        """
        Return the answer to a question of the page, as JSON has it, with bytes where there is a file.

        What cannot be done is ``{"refused": …}``, as `shapes.RefusedAnswer` has it.
        """
        try:
            ask = ASKED.get(name) or asked_of_opened().get(name)
            if ask is None:
                raise Refused("this page does not fit the library in it; open the planner again", "question")
            known = given if isinstance(given, Mapping) else {}
            return answer_with_pictures(known, lambda: ask(self, known))
        except ReflectError as error:
            return {"refused": refusal_of(error)}
        except Exception:
            # Whatever was given, and whatever we did wrong: the page says a sentence, and nothing of it is printed.
            return {"refused": fault_of_ours()}

    def plan_hour(self, given: Mapping[str, object]) -> hours.PlannedHour:
        """
        Return the hour that is given, planned; the last one is kept, since its papers are asked for one after another.
        """
        hour = read_hour(given.get("hour"))
        past = self.past(hour)
        asked = hour, past.journal, past.papers, past.resumed
        if self._planned is None or self._planned[0] != asked:
            self._planned = asked, hours.plan_hour(hour, past, today=self.today, own=self.own)
        return self._planned[1]

    def past(self, hour: Hour) -> hours.Past:
        """
        Return what an hour follows from, as far as whoever is at the page may read it.
        """
        if not hour.last and not hour.journal and not hour.resumes:
            return hours.NOTHING
        from reflect.planner import records
        from reflect.planner.opened import AT_THE_PAGE

        numbers = (*hour.last, *self.plans_beside(hour.last))
        papers = tuple(records.papers_for_next(self.opened, numbers, hour.who))
        journal = self.opened.journals.get(hour.journal) if hour.who in AT_THE_PAGE else None
        # What nobody knows to be theirs counts for nobody.
        counts = journal is not None and journal.may_count_for(self.opened.records_of(hour.last))
        return hours.Past(
            papers=papers,
            journal=journal.log if journal is not None and counts else None,
            resumed=records.plan_at_page(self.opened, hour.resumes, hour.who) if hour.resumes else None,
        )

    def plans_beside(self, numbers: Iterable[int]) -> Iterator[int]:
        """
        Give the plans that were kept of opened records, if they are open too: on a disk they would lie beside them.
        """
        known = set(numbers)
        for each in sorted(known):
            plan = self.opened.plan_of(self.opened.paper(each))
            if plan is not None and plan.number not in known:
                yield plan.number


def _plan(desk: Desk, given: Mapping[str, Any]) -> object:
    hour = read_hour(given.get("hour"))
    try:
        return hours.plan_for_page(desk.plan_hour(given), desk.models)
    except ReflectError as error:
        return {"refused": hours.refusal_for(error, hour)}


def _fit(desk: Desk, given: Mapping[str, Any]) -> object:
    fitting = hours.fit(desk.plan_hour(given), desk.models)
    parts = [{"id": part, "key": key, "minutes": minutes} for part, key, minutes in fitting]
    return {"hour": {**dict(given["hour"]), "parts": parts}}


def _offers(desk: Desk, given: Mapping[str, Any]) -> object:
    return offering.offers_for(desk.plan_hour(given), text(given, "part", 60), desk.models)


def _papers(desk: Desk, given: Mapping[str, Any]) -> object:
    from reflect.planner import printing

    return {"papers": printing.papers_of(desk.plan_hour(given))}


def _paper(desk: Desk, given: Mapping[str, Any]) -> object:
    from reflect.planner import printing

    return printing.paper_of(
        desk.plan_hour(given),
        name(given, "paper") or "agenda",
        name(given, "to") or "docx",
        name(given, "reader"),
        text(given, "part", 60),
        desk.models,
    )


def _agenda(desk: Desk, given: Mapping[str, Any]) -> object:
    return hours.agenda(desk.plan_hour(given), name(given, "reader"))


def _choices(desk: Desk, given: Mapping[str, Any]) -> object:
    return choosing.choices(desk.own)


def _models(desk: Desk, given: Mapping[str, Any]) -> object:
    from reflect.planner import showing

    return {"models": showing.model_heads(desk.models)}


def _words_for(desk: Desk, given: Mapping[str, Any]) -> Wording:
    """
    Return the words in which somebody is asked outside an hour: those that are named, or those of a profile.
    """
    profile = name(given, "profile")
    usual = desk.own.profile(profile).wording if profile else "general"
    said = name(given, "wording") or usual
    return wording(desk.own.path_of_wording(said) if isinstance(said, str) else said)


def _deck_choice(given: Mapping[str, Any]) -> DeckChoice:
    from reflect.planner.trainer import DeckChoice

    hour = read_hour({"looks": given.get("looks")})
    return DeckChoice(
        keys=[name({"keys": each}, "keys") for each in sequence(given, "keys", MOST_IN_A_DECK)],
        papers=[name({"papers": each}, "papers") for each in sequence(given, "papers", MOST_IN_A_DECK)],
        to=name(given, "to") or "docx",
        one=given.get("one") is True,
        looks=hour.looks,
        plain=hour.plain,
        minutes=number(given, "minutes", 0, LONGEST, 0) or 0,
    )


def _deck(desk: Desk, given: Mapping[str, Any]) -> object:
    from reflect.planner import trainer

    return trainer.deck(desk.models, _words_for(desk, given), _deck_choice(given), brand=desk.own.brand)


def _sheets(desk: Desk, given: Mapping[str, Any]) -> object:
    from reflect.planner import trainer

    return {"sheets": trainer.sheets(desk.models, _words_for(desk, given), _deck_choice(given))}


def _steps(desk: Desk, given: Mapping[str, Any]) -> object:
    from reflect.planner import room

    return room.steps_of(
        desk.models,
        name(given, "key"),
        _words_for(desk, given),
        minutes=number(given, "minutes", 0, LONGEST, 0) or 0,
        plain=given.get("plain") is True,
    )


def _after(desk: Desk, given: Mapping[str, Any]) -> object:
    from reflect.planner import coming_next, journals
    from reflect.planner.opened import AT_THE_PAGE

    hour = given.get("hour")
    known = as_object(hour, "hour")
    said = {**known, "last": list(sequence(given, "numbers", MOST_PAPERS)) or known.get("last")}
    asked = read_hour(said)
    # What the page shows before anybody chose it yields to what last time's papers say.
    blank = {name: None for name in ("minutes", "date", "start") if name not in sequence(given, "said", 10)}
    if desk.opened.journals and asked.who in AT_THE_PAGE:
        theirs = journals.journal_for(desk.opened, {"who": asked.who, "numbers": list(asked.last)})
        said["journal"] = theirs["number"]
    asked = read_hour(said)
    read = read_hour({**said, **blank})
    return coming_next.hour_after(said, read, desk.past(asked), today=desk.today, own=desk.own)


def _resume(desk: Desk, given: Mapping[str, Any]) -> object:
    from reflect.planner import records, resuming

    hour = as_object(given.get("hour"), "hour")
    plan = records.plan_at_page(desk.opened, given.get("number"), read_hour(hour).who)
    return resuming.hour_of_plan(hour, plan, number(given, "number", 1, 10**6, None) or 0, desk.own)


def _begin(desk: Desk, given: Mapping[str, Any]) -> object:
    from reflect.planner import printing, records

    planned = desk.plan_hour(given)
    made = printing.paper_of(planned, "record", reader=planned.reader, models=desk.models)
    paper = desk.opened.open(made["name"], made["bytes"])
    # What is between the two stands on no record: the plan that is kept beside it has it, for the hour after.
    plan = desk.opened.add(name_of_plan(planned.kept.date), planned.kept, of=paper.number)
    journal = desk.opened.journals.get(planned.hour.journal)
    last = desk.opened.records_of(planned.hour.last)
    if journal is not None and last and journal.may_count_for(last):
        desk.opened.keep_journal(journal.going_with((paper,)))
    return {**records.show(desk.opened, paper, planned.hour.who), "plan": plan.number}


def _forget(desk: Desk, given: Mapping[str, Any]) -> object:
    from reflect.planner import record_answers

    desk._planned = None
    forget_plans()
    return record_answers.forget(desk.opened, given)


def _lines(desk: Desk, given: Mapping[str, Any]) -> object:
    from reflect.planner import sent_lines

    hour = read_hour(given.get("hour"))
    return sent_lines.lines_to_bring(hour, group=hours.is_of_group(hour, desk.own))


def _paste(desk: Desk, given: Mapping[str, Any]) -> object:
    from reflect.planner import sent_lines

    return {"lines": sent_lines.lines_in_text(said if isinstance(said := given.get("text"), str) else "")}


def _link(desk: Desk, given: Mapping[str, Any]) -> object:
    return {"text": linking.link_of(read_hour(given.get("hour")))}


def _from_link(desk: Desk, given: Mapping[str, Any]) -> object:
    said = given.get("text")
    hour, left_out = linking.hour_of_link(said if isinstance(said, str) else "", desk.own)
    return {"hour": hour, "left_out": left_out}


#: What answers a question of the page.
Ask = Callable[[Desk, Mapping[str, Any]], object]
#: The questions that the page may ask, by name.
ASKED: dict[str, Ask] = {
    "plan": _plan,
    "fit": _fit,
    "offers": _offers,
    "papers": _papers,
    "paper": _paper,
    "agenda": _agenda,
    "choices": _choices,
    "models": _models,
    "deck": _deck,
    "sheets": _sheets,
    "steps": _steps,
    "lines": _lines,
    "paste": _paste,
    "link": _link,
    "from_link": _from_link,
    "after": _after,
    "resume": _resume,
    "begin": _begin,
    "forget": _forget,
}


def asked_of_opened() -> Mapping[str, Ask]:
    """
    Return the questions about what a person has opened, by name.
    """
    from reflect.planner.following_papers import papers_to_follow
    from reflect.planner.journals import JOURNAL_ANSWERS
    from reflect.planner.opening import open_file
    from reflect.planner.record_answers import RECORD_ANSWERS

    about = {**RECORD_ANSWERS, **JOURNAL_ANSWERS, "open": open_file, "to_follow": papers_to_follow}

    def about_opened(ask: Callable[[OpenedPapers, Mapping[str, object]], object]) -> Ask:
        return lambda desk, given: ask(desk.opened, given)

    return {name: about_opened(ask) for name, ask in about.items()}
