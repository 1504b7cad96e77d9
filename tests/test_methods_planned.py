"""
Methods that are done, in sessions: planned, suggested, counted, and answered as far as something is written.
"""

from __future__ import annotations

import datetime
from pathlib import Path

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import reflect
from reflect.errors import Faults
from reflect.interchange.values import to_json
from reflect.pages.catalogues import Catalogue, PageSource, our_catalogue
from reflect.planning import checking
from reflect.planning.agenda import arrange
from reflect.planning.candidates import Candidate, Medium, candidates
from reflect.planning.profiles import profile
from reflect.planning.reasons import ReasonKind
from reflect.planning.session_file import SessionFile
from reflect.planning.suggesting import suggest
from reflect.questions.answers import Answering, Kind
from reflect.questions.choosing import least_asked_questions, opening_questions
from reflect.questions.model import Model, People, Suits
from reflect.questions.question import Element, Function, Mode, Step, Topic
from reflect.questions.rings import READERS, Reader, Ring
from reflect.questions.sets import QuestionSet
from reflect.rendering.coverage import render_series
from reflect.rendering.session_papers import MORE, papers
from reflect.sessions.brought import Brought
from reflect.sessions.journal import Journal, JournalEntry, ModelUse
from reflect.sessions.record import Record
from reflect.sessions.series import find_untouched, series
from reflect.sessions.session import plan
from tests.methods import CANVASES, CLOSING, METHODS, THREES, doing, method
from tests.strategies import one

DAY = datetime.date(2026, 3, 4)
#: An agency whose agendas have a line for each item.
LINES = Path(__file__).parent / "data" / "standing-items.yaml"


def catalogue_with(*models: Model) -> Catalogue:
    """
    Our models, and these, as if they were pages.
    """
    pages = [PageSource(f"{model.key} (made in a test)", text="") for model in models]
    ours = our_catalogue()
    catalogue = Catalogue((*ours.pages, *pages))
    catalogue._models.update(ours._models)
    catalogue._heads.update(ours._heads)
    catalogue._models.update(zip(pages, models, strict=True))
    catalogue._heads.update((page, model.head) for page, model in zip(pages, models, strict=True))
    return catalogue


def known(*models: Model) -> dict[str, Candidate]:
    for model in our_catalogue().heads():
        our_catalogue().model(model.key)  # read once, for all
    return {each.key: each for each in candidates(catalogue_with(*models))}


def of_mode(mode: Mode, n: int = 3, *children: object, **head: object) -> Model:
    """
    A page with steps of one kind, and whatever else it has.
    """
    part = doing("k.part", "Part", mode, *(f"Step {i}." for i in range(n)))
    return method("k", "K", part, *children, **{"suits": ["one-to-one"], **head})  # type: ignore[arg-type]


# --- planned


@pytest.mark.parametrize("model", METHODS.values(), ids=METHODS)
def test_a_method_that_asks_nothing_is_an_item_of_a_session(model: Model) -> None:
    """
    It gets its minutes and stages, and every paper of a plan is made, for every reader.
    """
    models = catalogue_with(model)
    session = plan(f"arrive@5 + {model.key}@40 + close@5", 50, models=models)
    item = session.items[1]

    assert item.title == model.title
    assert item.set.entries == model.entries
    assert sum(minutes for _, minutes in item.stages) <= 40
    assert [part.key for part, _ in item.stages] == [part.key for part in model.questions.parts_in_use]
    for name in ("agenda", "group-agenda", "record"):
        for reads in ("supervisor", "supervisee"):
            assert reflect.render(session, name, to="txt", reader=reads, models=models)


@pytest.mark.parametrize(
    ("model", "group"), [(THREES, True), (CLOSING, False), (CANVASES["axes"], False)], ids=["threes", "closing", "axes"]
)
def test_a_method_can_be_chosen_for_a_session(model: Model, group: bool) -> None:
    """
    It is what the two chose, or what the group does; all papers are made, and it counts as used.
    """
    models = catalogue_with(model)
    settings = profile("restorative-nursing-group" if group else "general")
    file = SessionFile(date=DAY, minutes=100, people=7 if group else 2, models={"talk": model.key})
    made = arrange(file, settings, models=models)
    (line,) = [line for line in made.lines if line.use == model.key]

    assert line.minutes >= 1
    assert not [
        finding
        for finding in checking.findings_of_plan(made)
        if finding.code in ("no-reflection", "only-what-and-when")
    ]
    assert [paper.name for paper in papers(made, file, settings, more=MORE, models=models)]


@pytest.mark.parametrize("kind", ["arrive", "close", "wellbeing", "learning"])
def test_what_is_done_can_be_the_frame(kind: str) -> None:
    """
    A page of steps opens or closes a session: with their minutes if there is room, and in those of the profile if not.
    """
    steps = (Step(key=f"round.s{n}", text="Say one word.", mode=Mode.SAY, minutes=n * 20) for n in (1, 2))
    page = method("round", "Round", *steps, mode=Mode.SAY)
    usual = profile(LINES)
    items = tuple(attrs.evolve(item, page="round") if item.kind == kind else item for item in usual.items)
    file = SessionFile(date=DAY, minutes=90)
    made = arrange(file, attrs.evolve(usual, items=items), models=catalogue_with(page))
    ((line, item),) = [pair for pair in zip(made.lines, made.session.items, strict=True) if pair[0].use == "round"]

    assert item.set.steps == page.steps
    assert item.minutes == line.minutes < 60
    assert item.title == line.title


def test_an_agenda_of_steps_shows_no_questions_and_of_both_shows_them() -> None:
    """
    Nothing stands in for questions where there are none; beside steps they are chosen as ever.
    """
    both = QuestionSet(title="T", children=[doing("d", "D", Mode.DO, "Do it."), one("a"), one("b"), one("c")])

    for choose in (opening_questions, lambda some: least_asked_questions(some, {})):
        assert choose(THREES.questions) == choose(CLOSING.questions) == ()
        assert [question.key for question in choose(both)] == ["a", "b"]


def test_a_topic_on_steps_is_hidden_as_on_questions() -> None:
    """
    Whoever may not see a topic gets the steps without it, in the item and in its stages.
    """
    session = plan(THREES.questions.about("t1", "What J. saw", Ring.CASE) + CLOSING, 60)
    assert {step.topic for step in session.items[0].set.steps} == {Topic("t1", "What J. saw", Ring.CASE)}

    for reads in READERS:
        seen = session.visible_to(reads)
        stood = [step for part, _ in seen.items[0].stages for step in part.steps]
        shown = {step.topic.title for step in (*seen.items[0].set.steps, *stood) if step.topic}

        assert [step.key for step in seen.items[0].set.steps] == [step.key for step in THREES.steps]
        assert bool(shown) == reads.sees(Ring.CASE)
        assert ("What J. saw" in str(to_json(seen))) == reads.sees(Ring.CASE)


def test_what_was_done_about_a_hidden_topic_is_not_told_by_its_stages() -> None:
    """
    Where an item is about what somebody brought, and may not be read, its stages go with its questions and steps.
    """
    topic = Topic("t1", "What J. saw", Ring.CASE)
    item = plan(THREES.questions.about(topic.id, topic.title, topic.ring), 40).items[0]
    session = attrs.evolve(plan("close", 40), items=(attrs.evolve(item, brought=(Brought(topic=topic),)),), spare=0)

    for reads in READERS:
        (seen,) = session.visible_to(reads).items

        assert bool(seen.stages) == bool(seen.set.steps) == reads.sees(Ring.CASE)


# --- suggested


@pytest.mark.parametrize(
    ("mode", "medium"),
    [
        (Mode.DRAW, Medium.DRAWING),
        (Mode.SORT, Medium.DRAWING),
        (Mode.MOVE, Medium.MOVING),
        (Mode.SILENT, Medium.SILENCE),
        (Mode.SAY, Medium.TALKING),
        (Mode.DO, Medium.DOING),
        (Mode.VOTE, Medium.DOING),
        (Mode.WRITE, Medium.WRITING),
        (Mode.WAIT, Medium.DOING),
    ],
)
def test_what_is_done_says_what_it_is_done_with(mode: Mode, medium: Medium) -> None:
    """
    Drawing, sorting and moving are by hand, whether a question offers them or a part does them.
    """
    ten = [one(f"k.q{n}") for n in range(40)]

    assert known(of_mode(mode))["k"].medium is medium
    assert known(of_mode(mode, suits=["group"]))["k"].medium is Medium.GROUP
    if mode is not Mode.SILENT:
        assert known(of_mode(mode, 3, *ten))["k"].medium is Medium.TALKING
    assert known(CANVASES["axes"])["on-axes"].medium is Medium.DRAWING


def test_two_sessions_with_drawing_are_two_of_a_kind() -> None:
    """
    After two methods drawn on sheets, what is done another way comes first, and the reason is said.
    """
    drawn = [CANVASES["axes"], CANVASES["circles"], CANVASES["timeline"]]
    talk = of_mode(Mode.SAY, suits=["one-to-one"])
    entries = tuple(
        JournalEntry(date=DAY + datetime.timedelta(days=28 * n), used=(ModelUse(model=model.key),))
        for n, model in enumerate(drawn[:2])
    )
    found = suggest(known(*drawn, talk).values(), Journal(entries), among=["on-timeline", "k"]).suggestions

    assert [each.key for each in found] == ["k", "on-timeline", "no-model"]
    assert any(reason.kind is ReasonKind.MEDIUM for reason in found[0].reasons)
    assert "lately" in found[0].why
    assert "lately" not in found[1].why


@given(st.integers(1, 9), st.none() | st.integers(1, 9), st.integers(1, 12), st.booleans())
def test_suggestions_are_for_the_people_there_are(fewest: int, most: int | None, people: int, said: bool) -> None:
    """
    A method is suggested if, and only if, so many can do it; its page says with whom, or the numbers do.
    """
    if most is not None and most < fewest:
        most = fewest
    model = of_mode(
        Mode.DO, people=People(least=fewest, most=most), suits=["group", "one-to-one", "self"] if said else []
    )
    suits = {1: Suits.SELF, 2: Suits.ONE_TO_ONE}.get(people, Suits.GROUP)
    found = suggest(known(model).values(), suits=suits, people=people, among=["k"]).suggestions

    assert ("k" in [each.key for each in found]) == (fewest <= people and (most is None or people <= most))


def test_nobody_is_counted_unless_somebody_says_so() -> None:
    """
    Without a number, a method is suggested for all it suits.
    """
    threes = known(THREES)

    for suits, fits in (("group", True), ("one-to-one", False), ("self", False)):
        keys = [each.key for each in suggest(threes.values(), suits=suits, minutes=40, among=["threes"]).suggestions]
        assert ("threes" in keys) == fits
    assert known(CLOSING)["last-word"].suits == {"one-to-one"}


def test_what_is_done_is_not_said_to_ask() -> None:
    """
    What a part serves in which something is done counts for variety, and the sentence says that it works on it.
    """
    served = attrs.evolve(
        of_mode(Mode.SAY).questions.parts[0], elements=(Element.ACTION,), functions=(Function.SUPPORT,)
    )
    model = method("k", "K", served, suits=["one-to-one"])
    lately = Journal((JournalEntry(date=DAY, used=(ModelUse(model="three-column-mapping"),)),))
    models = known(model)
    models["three-column-mapping"] = attrs.evolve(models["three-column-mapping"], covers=frozenset({"reflection"}))
    (first, _) = suggest(models.values(), lately, among=["k"]).suggestions

    assert (models["k"].covers, models["k"].does) == ({"action", "support"}, {"action", "support"})
    assert "It works on action, which no model in the last session has." in first.why
    assert models["k"].wonders


def test_what_a_method_works_on_is_found() -> None:
    """
    A catalogue finds pages by what a part serves in which something is done, as by what a question asks about.
    """
    served = attrs.evolve(of_mode(Mode.SAY).questions.parts[0], elements=(Element.ACTION,))
    models = catalogue_with(method("k", "K", served))

    assert "k" in [head.key for head in models.find(element="action")]
    assert "k" not in [head.key for head in models.find(element="reflection")]
    assert "k" not in [head.key for head in models.find(function="support")]


# --- counted


def test_what_a_method_works_on_is_counted_and_what_it_does_not_say_is_not_guessed() -> None:
    """
    A chart counts what its parts serve. A method that says nothing of it may have served anything.
    """
    served = attrs.evolve(of_mode(Mode.SAY).questions.parts[0], functions=(Function.SUPPORT,))
    said, unsaid = method("k", "K", served), of_mode(Mode.SAY)
    used = Journal(
        tuple(
            JournalEntry(date=DAY + datetime.timedelta(days=n), items=("depth",), used=(ModelUse(model="k"),))
            for n in range(3)
        )
    )

    def bars(model: Model) -> dict[str, int]:
        return {bar.name: bar.sessions for bar in series(used, models=catalogue_with(model)).bars if bar.sessions}

    assert bars(said) == {"support": 3}
    assert bars(unsaid) == {}
    assert [count.known for count in series(used, models=catalogue_with(said)).models] == [True]
    assert [count.known for count in series(used, models=catalogue_with(unsaid)).models] == [False]
    assert Function.MEDIATION in [function for function, *_ in find_untouched(used, models=catalogue_with(said))]
    chart = render_series(series(used, models=catalogue_with(unsaid)), "txt", models=catalogue_with(unsaid)).decode()
    assert "We do not know what K is about" in chart
    untouched = find_untouched(used, models=catalogue_with(unsaid))
    assert [function for function, *_ in untouched] == [Function.DEVELOPMENT]  # the item itself serves it


# --- answered


def test_what_is_written_in_a_step_is_an_answer() -> None:
    """
    A step in which something is written is a place as a question is, with its kind and its ring; another step is not.
    """
    record = Record.from_answers(
        THREES, {"threes.talk.saw": ["He paused.", "She did not."], "threes.keep.clear": 7}, ring=Ring.GROUP
    )
    answers = {each.key: each for each in record.answers}

    assert sorted(answers) == ["threes.keep.clear", "threes.talk.saw"]
    assert answers["threes.talk.saw"].asked == "Say what you saw."
    assert answers["threes.talk.saw"].hint == "What was said twice."
    assert record.answer("threes.talk.saw") == "He paused.\nShe did not."
    assert record.answer("threes.keep.clear") == "7"
    with pytest.raises(Faults) as caught:
        Record.from_answers(THREES, {"threes.talk.tell": "x", "threes.keep.clear": 11, "threes.keep.what": "neither"})
    assert len(caught.value.faults) == 3


@given(st.sampled_from(Ring), st.sampled_from(Ring), st.sampled_from(READERS))
def test_the_ring_of_a_step_is_kept(own: Ring, widest: Ring, reads: Reader) -> None:
    """
    What is written in a step is for the narrower of its ring and that of the record, and nobody else gets it.
    """
    step = Step(key="k.s", text="Write.", mode=Mode.WRITE, ring=own, answering=Answering(Kind.PROSE))
    model = method("k", "K", step, mode=Mode.WRITE)
    asked = method("k", "K", attrs.evolve(one("k.s"), ring=own))
    record, same = (Record.from_answers(each, {"k.s": "Between us."}, ring=widest) for each in (model, asked))

    assert record.answers[0].ring == same.answers[0].ring
    assert [each.text for each in record.visible_to(reads).answers] == [
        each.text for each in same.visible_to(reads).answers
    ]  # type: ignore[arg-type]
