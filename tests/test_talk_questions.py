"""
What is asked in a talk: the half-hour way of a model, which the paper names; what is lent to a talk about a piece of
work; and that nobody else learns from it what the talk is about.
"""

from __future__ import annotations

import datetime

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reflect.interchange.values import to_json
from reflect.pages.catalogues import our_catalogue
from reflect.planning.agenda import arrange
from reflect.planning.candidates import candidates
from reflect.planning.caseload import Case
from reflect.planning.keeping import entry
from reflect.planning.plan import Plan
from reflect.planning.profiles import profile
from reflect.planning.session_file import SessionFile, Wish
from reflect.planning.talk_questions import DOUBTS, LENDS, questions_of, shown_of, with_doubts
from reflect.questions.half_hours import HALF_HOUR, parts_used
from reflect.questions.model import Aim
from reflect.questions.question import Mode, Question
from reflect.questions.rings import READERS, Ring
from reflect.questions.sets import QuestionSet
from reflect.questions.timetable import least, schedule
from reflect.rendering.rendering import render
from reflect.rendering.session_papers import papers
from reflect.sessions.journal import EMPTY, Journal
from reflect.sessions.session import Note, Session
from tests.documents import tried

MODELS = our_catalogue()
KNOWN = {each.key: each for each in candidates(MODELS)}
IN_PAIRS = [each.key for each in KNOWN.values() if "one-to-one" in each.suits]
DAY = datetime.date(2026, 3, 4)
CASE = Case(ref="F11", touched=DAY - datetime.timedelta(days=40))


def planned(**changes: object) -> Plan:
    file = SessionFile(date=DAY, minutes=60, **changes)  # type: ignore[arg-type]
    return arrange(file, profile("general"))


def talk_of(some: Plan) -> tuple[str, int]:
    """
    The model of the first talk, and which item it is.
    """
    return next((line.use, n) for n, line in enumerate(some.lines) if line.kind in ("talk", "depth"))


# --- half an hour


def test_whatever_a_note_of_a_talk_begins_with_it_is_on_the_agenda() -> None:
    """
    A note is somebody's words, and the line that names the way through a talk stands for none of them.
    """
    session = planned(models={"talk": "kolb-cycle"}).session
    note = Note(text="Today only until noon.", ring=Ring.PERSONAL)
    items = tuple(attrs.evolve(item, notes=(note,)) if item.kind == "talk" else item for item in session.items)
    agenda = render(attrs.evolve(session, items=items), "agenda", to="txt", reader="supervisor").decode()

    assert "One way through it" in agenda
    assert note.text in agenda


def test_most_models_can_be_used_in_half_an_hour_and_say_how() -> None:
    """
    Of what suits two people, four in five or more fit thirty minutes, and where that is a part, its title says which.
    """
    fits = [key for key in IN_PAIRS if KNOWN[key].in_minutes(HALF_HOUR)]

    assert len(fits) >= 0.8 * len(IN_PAIRS)
    for key in fits:
        asks = questions_of(key, HALF_HOUR, MODELS)
        assert least(asks) <= HALF_HOUR
        assert sum(row.minutes for row in schedule(asks.within(HALF_HOUR), HALF_HOUR).rows) <= HALF_HOUR
        if asks != MODELS.model(key).questions:
            assert all(parts_used(MODELS.model(key), asks)), key


@pytest.mark.parametrize("key", [key for key in IN_PAIRS if MODELS.model(key).head.half_hour])
def test_the_paper_says_which_part_is_used(key: str) -> None:
    """
    In an hour, a model that is used in part stands on the agenda of the two with the parts that are used, and no others.
    """
    some = planned(models={"talk": key}, supervisee_items=[Wish(what="the school")])
    use, n = talk_of(some)
    item = some.session.items[n]
    asks = questions_of(key, item.minutes, MODELS)
    titles = parts_used(MODELS.model(key), asks)

    assert use == key
    # In half an hour a model may use all of its parts, each for fewer minutes.
    assert titles or asks.asks == MODELS.model(key).asks
    agenda = " ".join(render(some.session, "agenda", to="txt", reader="supervisee").decode().split())
    through = agenda.partition(MODELS.model(key).title)[2]
    assert [title for title in titles if title not in through] == []
    unused = {part.title for part in MODELS.model(key).questions.parts} - {part.title for part in asks.parts}
    assert [title for title in unused if title in through.partition(")")[0]] == []


# --- what is lent


def has_doubts(asks: QuestionSet) -> bool:
    return all(any(tag in question.tags for question in asks.asks) for tag in DOUBTS)


def check_doubts(key: str, minutes: int, asks: QuestionSet) -> None:
    """
    There is one question for another explanation and one for evidence against; all of the model is there, in its order;
    nothing is lent that it has; and it takes no longer than there is.
    """
    model = questions_of(key, minutes, MODELS)
    assert has_doubts(asks)
    own = [each.key for each in model.entries]
    assert [each.key for each in asks.entries if each.key in own] == own
    lent = [each for each in asks.asks if each.key not in own]
    needed = [tag for tag in DOUBTS if not any(tag in each.tags for each in model.asks)]
    assert len(lent) <= len(needed)
    assert all(each.key.startswith(f"{LENDS}.") and any(tag in each.tags for tag in needed) for each in lent)
    assert least(asks) <= max(minutes, least(model))


@settings(max_examples=tried(80))
@given(st.sampled_from(IN_PAIRS), st.integers(10, 90), st.integers(0, 99))
def test_every_talk_about_a_piece_of_work_asks_for_doubt(key: str, minutes: int, seed: int) -> None:
    """
    Whatever the model and however long; an agenda shows at least one of the two, and two questions at most.
    """
    model = questions_of(key, minutes, MODELS)
    if model.mode is not Mode.ASK:
        return
    asks = with_doubts(model, MODELS, minutes, str(seed), {})
    shown = shown_of(asks, {}, of_work=True)

    check_doubts(key, minutes, asks)
    assert 1 <= len(shown) <= 2
    assert any(tag in question.tags for question in asks.asks if question.key in shown for tag in DOUBTS)


def lends_nothing(asks: QuestionSet) -> QuestionSet:
    return asks


def lends_twice(asks: QuestionSet) -> QuestionSet:
    found = MODELS.model(LENDS).where(lambda question: "alternative" in question.tags).pick(2)
    return with_doubts(asks, MODELS, 60, "", {}).weave(found)


def lends_alone(asks: QuestionSet) -> QuestionSet:
    return MODELS.model(LENDS).questions


@pytest.mark.parametrize("wrong", [lends_nothing, lends_twice, lends_alone])
def test_the_law_of_doubt_finds_impostors(wrong: object) -> None:
    """
    Nothing lent, too much lent, and the page of such questions in place of the model do not pass.
    """
    key = next(key for key in IN_PAIRS if not has_doubts(questions_of(key, 60, MODELS)) and key != LENDS)
    asks = questions_of(key, 60, MODELS)

    check_doubts(key, 60, with_doubts(asks, MODELS, 60, "", {}))
    with pytest.raises(AssertionError):
        check_doubts(key, 60, wrong(asks))  # type: ignore[operator]


def test_a_case_that_is_talked_about_has_both_and_shows_one() -> None:
    """
    In a plan: a family whose turn it is, or that somebody brought; and nothing is lent to a talk that names no case.
    """
    for changes in (
        {"cases": (CASE,), "choose": ("F11",)},
        {"cases": (CASE,), "supervisee_items": [Wish(what="F11", under="F11", ring=Ring.CASE)]},
    ):
        some = planned(**changes)
        _, n = talk_of(some)
        item = some.session.items[n]
        assert has_doubts(item.set)
        tags = {tag for question in item.set.asks if question.key in item.shows for tag in question.tags}
        assert tags & {*DOUBTS}
    use, n = talk_of(open_ := planned(models={"talk": "grow"}))
    assert not any(question.key.startswith(LENDS) for question in open_.session.items[n].set.asks), use


def test_what_is_lent_has_its_turn() -> None:
    """
    Asked before, another question is lent.
    """
    key = next(key for key in IN_PAIRS if not has_doubts(questions_of(key, 30, MODELS)) and key != LENDS)
    asks = questions_of(key, 30, MODELS)
    first = with_doubts(asks, MODELS, 30, "", {})
    lent = [each.key for each in first.asks if each.key.startswith(LENDS)]

    again = with_doubts(asks, MODELS, 30, "", dict.fromkeys(lent, 1))
    assert lent
    assert not {*lent} & {each.key for each in again.asks}


# --- what others learn from it


OTHERS = [each for each in READERS if not each.sees(Ring.PAIR)]
AIMS = st.sampled_from(["", *Aim])


def sessions_of(aims: list[str], model: str, topics: int) -> list[Session]:
    """
    Three sessions after one another, with topics between the two that are for this; the models follow from each other.
    """
    log, found = EMPTY, []
    for n in range(3):
        file = SessionFile(
            date=DAY + datetime.timedelta(days=28 * n),
            minutes=60,
            models={"talk": model} if n == 1 and model else {},
            aim=aims[n] if not topics else "",
            supervisee_items=[Wish(what="one thing", aim=aims[n]) for _ in range(topics)],
        )
        some = arrange(file, profile("general"), log)
        found.append(some.session)
        log = Journal((*log.entries, entry(some, file, as_planned=True)))
    return found


@settings(max_examples=tried(8), deadline=None)
@given(
    st.lists(AIMS, min_size=3, max_size=3),
    st.lists(AIMS, min_size=3, max_size=3),
    st.sampled_from(["", "kolb-cycle", "grow"]),
    st.sampled_from(["", "gibbs-cycle", "too-much"]),
    st.integers(0, 2),
)
def test_nobody_else_learns_what_a_topic_is_for(
    one: list[str], other: list[str], model: str, instead: str, topics: int
) -> None:
    """
    Twins: what topics of the two are for, or which model they chose, is on no paper of anybody else's, now or later.
    """
    for mine, theirs in zip(sessions_of(one, model, topics), sessions_of(other, instead, topics), strict=True):
        for who in OTHERS:
            assert mine.visible_to(who) == theirs.visible_to(who), who.name
            assert to_json(mine.visible_to(who)) == to_json(theirs.visible_to(who))


@pytest.mark.parametrize("to", ["txt", "html", "docx", "md"])
@pytest.mark.parametrize("who", [each.name for each in OTHERS if each.name != "author"])
def test_no_paper_of_anybody_else_names_the_model_of_a_talk(to: str, who: str) -> None:
    """
    Agendas and records of a pair that chose another model are the same files, byte for byte.
    """
    mine, theirs = (sessions_of([aim] * 3, model, 1)[1] for aim, model in (("", "kolb-cycle"), ("loss", "too-much")))

    for paper in ("agenda", "record"):
        assert render(mine, paper, to=to, reader=who) == render(theirs, paper, to=to, reader=who)
    assert render(mine, "agenda", to="txt", reader="supervisee") != render(
        theirs, "agenda", to="txt", reader="supervisee"
    )


def test_papers_in_other_folders_and_calendars_are_the_same() -> None:
    """
    Of all that a session gives, only what lies in the folders of the two may differ, and there no name of a file does.
    """
    made = []
    for aim, model in (("", "kolb-cycle"), ("loss", "too-much")):
        item = Wish(what="one thing", aim=aim)
        file = SessionFile(date=DAY, start="10:00", minutes=60, models={"talk": model}, supervisee_items=[item])
        settings = profile("general")
        plan = arrange(file, settings)
        found = {(paper.folder, paper.name): paper.data for paper in papers(plan, file, settings, more=["case-record"])}
        made.append(found)

    assert made[0].keys() == made[1].keys()
    for (folder, name), data in made[0].items():
        if folder not in ("supervisee", "supervisor"):
            assert data == made[1][folder, name]


def shows_its_model(session: Session) -> Session:
    """
    An impostor: a session that tells everybody which model was chosen.
    """
    return attrs.evolve(session, items=tuple(attrs.evolve(item, chosen=None, brought=()) for item in session.items))


def test_the_law_finds_a_session_that_shows_its_model() -> None:
    """
    Without the ring of what was chosen, others can tell the twins apart.
    """
    mine, theirs = (shows_its_model(planned(models={"talk": model}).session) for model in ("kolb-cycle", "too-much"))

    assert all(mine.visible_to(who) != theirs.visible_to(who) for who in OTHERS)
    assert isinstance(mine.items[0].set.entries[0], Question)
