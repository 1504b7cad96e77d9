"""
Methods that are done, as values: one for each kind of canvas, one with roles and rounds, and the smallest.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reflect.questions.answers import PROSE, Answering
from reflect.questions.model import Canvas, CanvasKind, Head, Model, People, Variant
from reflect.questions.question import Mode, Step
from reflect.questions.rings import Ring
from reflect.questions.sets import QuestionSet


def method(key: str, title: str, *children: Any, guidance: str = "", mode: Mode = Mode.ASK, **head: Any) -> Model:
    """
    A page as a value: its parts or steps, and what its front matter says.
    """
    whole = QuestionSet(
        children=children, key=key, title=title, guidance=guidance, mode=mode,
        shape=head.get("shape", "list"), order=head.get("order", ()),
    )  # fmt: skip
    return Model(head=Head(key=key, title=title, lang="en-GB", **head), questions=whole)


def doing(key: str, title: str, mode: Mode, *steps: str | Step, **more: Any) -> QuestionSet:
    """
    A part in which something is done.
    """
    made = (
        step if isinstance(step, Step) else Step(key=f"{key}.s{n}", text=step, mode=mode)
        for n, step in enumerate(steps, 1)
    )
    return QuestionSet(children=tuple(made), key=key, title=title, mode=mode, **more)


def with_canvas(kind: str, *words: str, rows: tuple[str, ...] = (), key: str = "") -> Model:
    """
    A short method with a canvas of a kind.
    """
    key = key or f"on-{kind}"
    sort = doing(f"{key}.put", "Put", Mode.SORT, "Write one thing on each slip.", "Put it where it belongs.", usual=10)
    look = doing(f"{key}.look", "Look", Mode.SAY, "Look at one place only.", usual=5)
    return method(
        key, f"Slips on {kind}", sort, look, guidance="Where things lie, and whether they lie right there.",
        canvas=Canvas(kind=kind, words=words, rows=rows), materials=("the sheet", "slips"),
        people=People(least=2, most=8, how="round one table"), minutes=(10, 15),
    )  # fmt: skip


THREES = method(
    "threes", "Threes",
    doing(
        "threes.talk", "Talk in turn", Mode.SAY,
        Step(key="threes.talk.tell", text="Tell what is on your mind.", mode=Mode.SAY, minutes=7),
        Step(
            key="threes.talk.saw", text="Say what you saw.", hint="What was said twice.", mode=Mode.SAY,
            minutes=2, role="watcher", ring=Ring.GROUP, answering=Answering(kind="points"),
        ),
        rounds=3, usual=27, least=18, role="speaker", also=("asker",), quiet=("watcher",),
    ),
    doing("threes.end", "Silence", Mode.SILENT, "Sit without a word.", usual=2),
    doing(
        "threes.keep", "Keep", Mode.WRITE,
        Step(key="threes.keep.line", text="Write one line to take home.", mode=Mode.WRITE, answering=PROSE),
        Step(
            key="threes.keep.clear", text="How clear is it now?", mode=Mode.WRITE,
            answering=Answering(kind="scale", low="fog", high="glass", whose="yours"),
        ),
        Step(
            key="threes.keep.what", text="What becomes of the line?", mode=Mode.WRITE,
            answering=Answering(kind="choice", options=("it stays here", "I take it home")),
        ),
        usual=5,
    ),
    guidance="Everybody is speaker, asker and watcher once.", roles=("speaker", "asker", "watcher"),
    people=People(least=3, most=18, how="in threes"), materials=("paper", "pens"),
    room="space for the threes not to hear each other", minutes=(27, 34),
    variants=(Variant(when="on a screen", do="use three breakout rooms"),), goes_with=("kolb-cycle",),
)  # fmt: skip
CLOSING = method(
    "last-word", "Last word", *doing("last-word", "", Mode.SAY, "Stand up.", "Say one word.").children, mode=Mode.SAY
)
LADDER = method(
    "rungs", "Down the rungs",
    *(
        doing(f"rungs.r{n}", title, Mode.SAY, "Say what you see from here.")
        for n, title in enumerate(("Ground", "What we chose", "What we made of it", "What we do"), 1)
    ),
    shape="ladder", order=("down",),
)  # fmt: skip
#: By the kind of its canvas.
CANVASES: Mapping[str, Model] = {
    "sheet": with_canvas("sheet", "the house"),
    "axes": with_canvas("axes", "cannot change", "can change", "does not matter", "matters"),
    "columns": with_canvas("columns", "ours", "shared", "not ours"),
    "rows": with_canvas("columns", "the person", "the worker", rows=("is there", "is missing"), key="in-rows"),
    "corners": with_canvas("corners", "who asks", "who helps", "who is spoken of"),
    "circles": with_canvas("circles", "me", "the team", "everybody else"),
    "timeline": with_canvas("timeline", "first call", "first visit", "now"),
}
#: All of them, by name.
METHODS: Mapping[str, Model] = {**CANVASES, "threes": THREES, "closing": CLOSING, "ladder": LADDER}

assert {model.head.canvas.kind for model in CANVASES.values() if model.head.canvas} == set(CanvasKind)
