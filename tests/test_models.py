"""
The pages that come with the library.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import reflect
from reflect.pages.reading import read_model
from reflect.pages.writing import write_model
from reflect.planning.occasions import occasion, occasion_names
from reflect.questions.half_hours import HALF_HOUR, least_in_short
from reflect.questions.model import Aim, Offered
from reflect.questions.question import Mode, Question
from reflect.questions.sets import QuestionSet
from reflect.questions.timetable import least

FOLDER = Path(reflect.__file__).parent / "models"
PAGES = sorted(FOLDER.glob("*.md"))
PROMISED = {
    "kolb-cycle", "three-column-mapping", "morrison-444", "seven-eyed", "balint-group", "social-graces",
    "wellbeing-check-in", "gibbs-cycle", "what-so-what-now-what", "arrive", "previous-actions", "workload",
    "case-round", "learning", "close",
}  # fmt: skip


def test_the_catalogue_has_every_promised_model() -> None:
    """
    The catalogue has the hard five, the lens, the check-in, three cycles and the frame.
    """
    assert set(reflect.catalogue()) >= PROMISED


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.stem)
def test_a_page_is_canonical_and_names_its_sources(path: Path) -> None:
    """
    Each page is in its canonical form, has its key as its file name, and gives sources, rights and licence.
    """
    text = path.read_text("utf-8")
    model = read_model(text, path.name)

    assert write_model(model) == text
    assert model.key == path.stem
    assert model.head.sources
    assert model.head.rights
    assert model.head.licence == "CC-BY-4.0"
    assert model.head.when
    assert model.head.minutes


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.stem)
def test_a_question_can_be_asked_aloud(path: Path) -> None:
    """
    A question has at most 25 words, does not ask why somebody did something, and puts no article before a word.
    """
    for question in read_model(path.read_text("utf-8")).asks:
        assert len(question.text.split()) <= 25, question.key
        assert not re.search(r"\bwhy did(n't)? you\b", question.text, re.IGNORECASE), question.key
        assert not re.search(r"\b(a|an|the|this) \{(person|family|manager|organisation)\}", question.text), question.key


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.stem)
def test_every_part_that_asks_has_a_short_version(path: Path) -> None:
    """
    Each part that asks has one to three core questions.
    """

    def check(whole: QuestionSet) -> None:
        own = [child for child in whole.children if isinstance(child, Question)]
        if own:
            assert 1 <= sum(question.core for question in own) <= 3, whole.key
        for part in whole.parts:
            assert part.mode is Mode.ASK or part.guidance or part.steps, part.key
            check(part)

    check(read_model(path.read_text("utf-8")).questions)


def test_every_question_about_identity_may_be_passed() -> None:
    """
    The social graces print "or pass" on every question.
    """
    assert all(question.or_pass for question in reflect.load("social-graces").asks)


def test_how_you_are_stays_between_the_two() -> None:
    """
    Only the pair may read the answers of the wellbeing check-in.
    """
    assert {question.ring for question in reflect.load("wellbeing-check-in").asks} == {reflect.Ring.PAIR}


def test_seven_eyes_are_in_their_places() -> None:
    """
    The third eye is the relationship, the fourth the worker, and the sixth is put to the supervisor.
    """
    parts = reflect.load("seven-eyed").questions.parts

    assert "between them" in parts[2].title
    assert "does the work" in parts[3].title
    assert [part.to for part in parts].index("supervisor") == 5
    assert sum(part.to == "supervisor" for part in parts) == 1


def test_the_integrated_model_is_three_sets_of_four() -> None:
    """
    Three sets of four round a cycle, never a grid.
    """
    sets = reflect.load("morrison-444").questions.parts

    assert [len(each.parts) for each in sets] == [4, 4, 4]


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.stem)
def test_the_parts_fit_in_the_least_minutes(path: Path) -> None:
    """
    The least minutes of a model are those of its parts.
    """
    model = read_model(path.read_text("utf-8"))

    assert model.head.minutes is not None
    assert least(model) == model.head.minutes[0]


#: Pages that are chosen for a topic: neither the frame, nor what one writes before the session begins.
TOPICS = [
    model
    for model in map(reflect.load, reflect.catalogue())
    if model.head.family != "frame" and model.key not in ("wellbeing-check-in", "what-i-bring")
]


def test_a_page_says_what_it_is_for() -> None:
    """
    Each page that is chosen for a topic says what for, in one to four words; the frame is for every topic.
    """
    frame = {head.key for head in reflect.catalogue().heads()} - {model.key for model in TOPICS}

    assert {model.key: model.head.aims for model in TOPICS if not 1 <= len(model.head.aims) <= 4} == {}
    assert [key for key in frame if reflect.load(key).head.aims] == []


@pytest.mark.parametrize("aim", Aim)
def test_every_word_has_pages_for_two_people_and_half_an_hour(aim: Aim) -> None:
    """
    Whatever a topic is brought for, three pages at least are for that, and two of them are for two people who have half
    an hour. Where somebody has died, few pages do no harm: there is always "no model today".
    """
    all_for = [model for model in TOPICS if aim in model.head.aims and model.head.offered is not Offered.BY_NAME]
    usable = [m.key for m in all_for if "one-to-one" in m.head.suits and least_in_short(m) <= HALF_HOUR]

    assert len(all_for) >= 3
    assert len(usable) >= (2 if aim is Aim.LOSS else 3), usable


def test_a_page_that_needs_longer_says_what_to_do_with_half_an_hour() -> None:
    """
    A page that does not fit into half an hour as a whole says which part of it does, or that it takes its time.
    """
    long = [model for model in TOPICS if least(model) > HALF_HOUR and not model.head.half_hour]
    takes = re.compile(
        r"less than (an hour|forty minutes|three quarters of an hour)|less than its hour|"
        r"in less than an hour|are less than forty"
    )

    assert [
        m.key for m in long if not any(map(takes.search, (m.head.instead, *(v.when for v in m.head.variants))))
    ] == []


@pytest.mark.parametrize("tag", ["alternative", "evidence-against"])
def test_there_are_questions_to_lend(tag: str) -> None:
    """
    Where a model does not ask for another explanation, or for what speaks against one, there are questions to borrow:
    six at least, each short enough for half past five, and none that needs the page it stands on.
    """
    lent = [question.text for question in reflect.load("bias-checks").asks if tag in question.tags]
    short = [text for text in lent if len(text.split()) <= 12]

    assert len(short) >= 6, lent


#: Words that are said only by two who have met before.
_MET_BEFORE = re.compile(
    r"since we (last )?met\b|\bour last\b|\blast time's\b|\bour agreement\b|\bmy (promises|fingerprints)\b|\badvice of mine\b"
    r"|\bkeeps coming back\b|\bpromised us\b|\bwe've both\b|\bhave we (agreed|never)\b|\bI mentioned\b|\bI walked\b"
    r"|\bdid I (hand|promise)\b"
)


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.stem)
def test_what_presumes_that_the_two_have_met_says_so(path: Path) -> None:
    """
    A question that can be answered only by two who have met before has the tag `past`, so that no first session asks it.
    """
    asks = read_model(path.read_text("utf-8")).asks
    met = [question for question in asks if _MET_BEFORE.search(f"{question.text} {question.plain}")]

    assert [question.key for question in met if "past" not in question.tags] == []


@pytest.mark.parametrize("name", occasion_names())
def test_how_somebody_is_asked_how_they_are_is_chosen_for_the_occasion(name: str) -> None:
    """
    Wherever an hour begins with how somebody is, its occasion names six gentle ways at least; nobody is asked at the
    door about their body, their accent or whom else they could ring.
    """
    chosen = occasion(name)
    if "wellbeing-check-in" not in {item.page for item in chosen.headings}:
        return
    names = {each.strip() for each in chosen.asks["wellbeing-check-in"].split(",")}

    assert {f"wellbeing-check-in.{each}" for each in names} <= {q.key for q in reflect.load("wellbeing-check-in").asks}
    assert len(names) >= 6
    assert not names & {"left-behind.body", "conditions.your-chair", "help.besides-me", "help.running-low"}


def test_an_hour_has_ten_ways_to_begin() -> None:
    """
    The first question of an ordinary hour is one of ten or more, each of which is on the page, may be passed, and is
    between the two.
    """
    page = {question.key: question for question in reflect.load("wellbeing-check-in").asks}
    names = occasion("ordinary").asks["wellbeing-check-in"].split(", ")
    opens = [page[f"wellbeing-check-in.{name}"] for name in names]

    assert len({question.text for question in opens}) == len(names) >= 10
    assert all(question.or_pass and question.ring is reflect.Ring.PAIR for question in opens)
    assert not any("past" in question.tags for question in opens)
