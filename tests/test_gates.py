"""
The gates of variety, played: what a pair gets in a year if it always follows the first offer, and what a supervisor gets
in a fortnight with fourteen of them.

Nobody has to follow an offer. What is measured is what is offered, not what people use.
"""

from __future__ import annotations

import datetime
from collections import Counter

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reflect.pages.catalogues import our_catalogue
from reflect.planning.agenda import arrange
from reflect.planning.candidates import candidates
from reflect.planning.keeping import entry
from reflect.planning.plan import Plan
from reflect.planning.profiles import profile
from reflect.planning.session_file import SessionFile, Wish
from reflect.questions.choosing import opening_questions
from reflect.questions.model import Aim, Offered
from reflect.sessions.journal import EMPTY, Journal
from reflect.sessions.series import NO_MODEL
from tests.documents import tried

MODELS = our_catalogue()
KNOWN = {each.key: each for each in candidates(MODELS)}
#: Words that somebody might bring; the plan guesses nothing from them.
MATTERS = ("what to say to the school", "a visit that went wrong", "my first court report", "being shouted at")
PROFESSIONS = ("general", "counselling", "adults-social-work", "housing", "coaching", "youth-work", "education")
#: Its own list has a line for each item, and room for a talk from so many minutes.
WITH_LINES, FROM = "childrens-social-work", 80
#: A model is not offered again within this many sessions, and no first question within so many.
APART, FIRST_APART = 5, 6


@attrs.frozen
class Year:
    """
    What a pair brings in a year: of each session its minutes, and what each item is for.
    """

    start: datetime.date
    profession: str
    seed: int
    series: str
    every: int
    sessions: tuple[tuple[int, tuple[str, ...]], ...]

    def play(self) -> list[Plan]:
        """
        Plan each session after what was held before, always following the first offer.
        """
        log, plans = EMPTY, []
        for n, (minutes, aims) in enumerate(self.sessions):
            file = SessionFile(
                date=self.start + datetime.timedelta(days=self.every * n),
                minutes=max(minutes, FROM) if self.profession == WITH_LINES else minutes,
                profile=self.profession,
                occasion="ordinary",
                seed=self.seed,
                series=(self.series,) if self.series else (),
                supervisee_items=[Wish(what=MATTERS[(n + i) % 4], aim=aim) for i, aim in enumerate(aims)],
            )
            planned = arrange(file, profile(self.profession), log)
            plans.append(planned)
            log = Journal((*log.entries, entry(planned, file, as_planned=True)))
        return plans


codes = st.text("bcdfghjkmnpqrstvwxz23456789", min_size=4, max_size=4)
days = st.dates(datetime.date(2024, 1, 1), datetime.date(2032, 12, 31))
#: Most items say nothing of what they are for. After a loss there may be no model at all, and that is right.
aims = st.sampled_from(["", "", "", *(aim for aim in Aim if aim is not Aim.LOSS)])
sessions = st.tuples(st.integers(45, 90), st.lists(aims, min_size=1, max_size=3).map(tuple))
years = st.builds(
    Year, days, st.sampled_from([*PROFESSIONS, WITH_LINES]), st.integers(0, 999_999), st.just("") | codes, st.sampled_from([7, 14, 28]),
    st.lists(sessions, min_size=12, max_size=12).map(tuple),
)  # fmt: skip


def talks_of(planned: Plan) -> list[str]:
    """
    The models of the talks of a session.
    """
    return [line.use for line in planned.lines if line.kind in ("talk", "depth") and line.use in KNOWN]


def check_year(plans: list[Plan]) -> None:
    """
    Twelve hours have at least 8 models and 3 ways of working, none again within five sessions, and no first question of
    a talk again within six. A page of the frame asks all it has before it opens a session in the same way again.
    """
    used = [talks_of(planned) for planned in plans]
    assert all(used), used
    flat = [key for keys in used for key in keys]
    assert NO_MODEL not in flat
    assert [key for key in flat if KNOWN[key].offered is Offered.BY_NAME] == []
    assert len(set(flat)) >= 8, flat
    ways = {way for planned in plans for way in ways_of(planned)}
    assert len(ways) >= 3, ways
    for n, keys in enumerate(used):
        assert len(set(keys)) == len(keys)
        before = {key for earlier in used[max(0, n - APART) : n] for key in earlier}
        assert not before.intersection(keys), (n, keys)
    talks = [firsts_of_talks(planned) for planned in plans]
    for n, firsts in enumerate(talks):
        before = {key for earlier in talks[max(0, n - FIRST_APART) : n] for key in earlier}
        assert not before.intersection(firsts), (n, firsts)
    openings = [first_of_session(planned) for planned in plans]
    for n, first in enumerate(openings):
        apart = min(FIRST_APART, len(MODELS.model(first.partition(".")[0]).asks) - 1)
        assert first not in openings[max(0, n - apart) : n], (n, first)


def ways_of(planned: Plan) -> list[str]:
    """
    The ways of working of the talks.
    """
    lines = [line for line in planned.lines if line.kind in ("talk", "depth") and line.use in KNOWN]
    return [str(form.medium) for line in lines if (form := KNOWN[line.use].in_minutes(line.minutes))]


def first_of_session(planned: Plan) -> str:
    return next(key for item in planned.session.items for key in item.shows)


def firsts_of_talks(planned: Plan) -> list[str]:
    pairs = zip(planned.lines, planned.session.items, strict=True)
    talks = [item for line, item in pairs if line.kind in ("talk", "depth") and line.use in KNOWN]
    return [opening_questions(item.set, item.shows)[0].key for item in talks]


@settings(max_examples=tried(6), deadline=None)
@given(years)
def test_a_year_of_first_offers_is_varied(year: Year) -> None:
    """
    Whatever a pair brings and for how long, in any profession, on any days and by any seed.
    """
    check_year(year.play())


@settings(max_examples=tried(6), deadline=None)
@given(st.lists(codes, min_size=14, max_size=14, unique=True), days, st.data())
def test_fourteen_series_of_one_supervisor_have_six_models_or_more(
    series: list[str], first: datetime.date, data: st.DataObject
) -> None:
    """
    In one fortnight, with or without a journal, and whatever each of the fourteen brings; on one day or on several.
    """
    day = first + datetime.timedelta(days=data.draw(st.integers(0, 13)))
    spread = data.draw(st.booleans())
    models: Counter[str] = Counter()
    for n, code in enumerate(series):
        file = SessionFile(
            date=first + datetime.timedelta(days=n) if spread else day,
            minutes=60,
            series=(code,),
            occasion="ordinary",
            supervisee_items=[Wish(what="one thing")],
        )
        models.update(talks_of(arrange(file, profile("general")))[:1])

    assert len(models) >= 6, models
    assert max(models.values()) <= 5


@pytest.mark.parametrize("wrong", ["one model", "one way", "the same twice", "one opening"])
def test_the_gate_finds_impostors(wrong: str) -> None:
    """
    A year of one model, of talk alone, with a model again after two sessions, or always with one opening does not pass.
    """
    plans = Year(datetime.date(2026, 1, 7), "general", 0, "k7m2", 28, ((60, ("",)),) * 12).play()
    check_year(plans)
    if wrong == "one model":
        plans = [plans[0]] * 12
    elif wrong == "one way":
        plans = [each for each in plans if ways_of(each) == ["talking"]] * 3
    elif wrong == "the same twice":
        plans = [*plans[:3], plans[1], *plans[4:]]
    else:
        opening = plans[0].session.items[0]
        plans = [
            attrs.evolve(
                each,
                session=attrs.evolve(each.session, items=(attrs.evolve(opening, minutes=each.session.items[0].minutes), *each.session.items[1:])),
            )
            for each in plans
        ]  # fmt: skip

    with pytest.raises(AssertionError):
        check_year(plans)
