"""
Methods to lay out: invented ones with rounds, many steps, much to say, and nothing but a list.
"""

from __future__ import annotations

from collections.abc import Iterable

from reflect.questions.model import Head, Model, People, Variant
from reflect.questions.question import Mode, Question, Shape, Step
from reflect.questions.sets import QuestionSet

#: One word for each thing that may be done, and a minute to do it in.
DEEDS = [mode for mode in Mode if mode is not Mode.ASK]


def method(key: str, title: str, *parts: QuestionSet, **head: object) -> Model:
    questions = QuestionSet(children=parts, key=key, title=title, shape=Shape.STEPS)
    return Model(head=Head(key=key, title=title, shape=Shape.STEPS, **head), questions=questions)  # type: ignore[arg-type]


def part(key: str, mode: Mode, rounds: int, usual: int | None, minutes: Iterable[int | None]) -> QuestionSet:
    """
    A part with a step for each of *minutes*, or a question, if it asks.
    """
    if mode is Mode.ASK:
        questions = tuple(Question(key=f"{key}.q{n}", text=f"Question {n}?") for n, _ in enumerate(minutes))
        return QuestionSet(children=questions, key=key, title=f"Title {key}", usual=usual, rounds=rounds)
    steps = tuple(
        Step(key=f"{key}.s{n}", text=f"Step {n} of {key}", mode=mode, minutes=each) for n, each in enumerate(minutes)
    )
    return QuestionSet(children=steps, key=key, title=f"Title {key}", mode=mode, usual=usual, rounds=rounds)


def threes() -> Model:
    """
    Three rounds of two steps in which somebody watches, and then a question for everybody.
    """
    return method(
        "threes",
        "Threes",
        QuestionSet(
            children=(
                Step(
                    key="threes.talk.tell", text="Tell what is on your mind.", mode=Mode.SAY, minutes=7, role="speaker"
                ),
                Step(key="threes.talk.saw", text="Say what you saw.", mode=Mode.SAY, minutes=2, role="watcher"),
            ),
            key="threes.talk",
            title="Talk in turn",
            mode=Mode.SAY,
            usual=27,
            rounds=3,
            also=("asker",),
            quiet=("watcher",),
            notes="Call the time aloud.",
        ),
        QuestionSet(
            children=(Question(key="threes.after.what", text="What goes home with you?", core=True),),
            key="threes.after",
            title="In the whole group",
            usual=8,
            guidance="Whoever likes says one thing.",
        ),
        people=People(least=3, most=18, how="in threes"),
        materials=("paper", "pens"),
        room="space for the threes not to hear each other",
        variants=(Variant(when="on a screen", do="use three breakout rooms"),),
        roles=("speaker", "asker", "watcher"),
    )


def twelve() -> Model:
    """
    Twelve parts, each of another length, with every sign.
    """
    return method(
        "twelve",
        "Twelve steps",
        *(
            QuestionSet(
                children=(Step(key=f"twelve.p{n}.s", text=f"Take the {mode} card of step {n}", mode=mode),),
                key=f"twelve.p{n}",
                title=f"Step called {mode}",
                mode=mode,
                usual=n,
                role="group",
                guidance=f"This is how one does it, the time being {n} minutes.",
            )
            for n, mode in enumerate((*DEEDS, *DEEDS)[:12], 1)
        ),
    )


def wordy() -> Model:
    """
    A title, sentences, notes, steps and questions as long as pages may have them.
    """
    long = "It goes on a little longer than anybody would want to read on a card. " * 12
    return method(
        "wordy",
        "A method whose name is nearly as long as what it is for, which happens",
        QuestionSet(
            children=(),
            key="wordy.one",
            title="A part with a title that somebody wrote when nobody was there to say that a title is short",
            mode=Mode.SILENT,
            usual=5,
            role="somebody-who-has-a-long-name-for-a-role",
            quiet=("everybody-else", "those-who-watch", "those-who-write"),
            guidance=long,
            notes=long,
        ),
        QuestionSet(
            children=tuple(
                Step(key=f"wordy.two.s{n}", text=f"{n}: {long[:190]}", hint=long[:300], mode=Mode.WRITE, minutes=3)
                for n in range(1, 4)
            ),
            key="wordy.two",
            title="Steps",
            mode=Mode.WRITE,
            usual=9,
        ),
        QuestionSet(
            children=tuple(
                Question(key=f"wordy.three.q{n}", text=f"{n}: {long[:180]}?", core=True) for n in range(1, 9)
            ),
            key="wordy.three",
            title="Pneumonoultramicroscopicsilicovolcanoconiosis" * 2,
            usual=100,
        ),
    )


def smallest() -> Model:
    """
    A title and a list.
    """
    questions = QuestionSet(
        children=tuple(Step(key=f"round.s{n}", text=f"Do thing {n}.", mode=Mode.DO) for n in range(1, 4)),
        key="round",
        title="Closing round",
        mode=Mode.DO,
    )
    return Model(head=Head(key="round", title="Closing round"), questions=questions)


ALL = (threes, twelve, wordy, smallest)
