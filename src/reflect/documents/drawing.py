"""
What is drawn of a model, or of a set made of several.
"""

from __future__ import annotations

from pathlib import Path

from reflect.documents.viewing import Viewer
from reflect.documents.views import PartView
from reflect.questions.question import Shape
from reflect.questions.sets import Composable
from reflect.questions.wordings import Wording
from reflect.questions.wordings import wording as wording_of
from reflect.text.nodes import DOING, Diagram, Stage


def diagram(what: Composable, wording: str | Path | Wording = "general", *, plain: bool = False) -> Diagram:
    """
    Return what is drawn of a model: its title, its shape and its stages.

    A model that is known by another picture than its parts has that one, and its words have no numbers; a model without
    parts is one stage, and a model of shape scale a line for each of its scales.

    Args:
        what: A model, or a set made of several.
        plain: Whether the questions at its scales are in their plain form.

    Raises:
        UnknownKey: There is no such wording, or it lacks a word.
    """
    view = Viewer(wording_of(wording), plain=plain).view_model(what)
    if view.picture:
        across = tuple(Stage(head, number) for number, head in enumerate(view.picture.across, 1))
        words = tuple(Stage(word, parts=across) for word in view.picture.words)
        return Diagram(view.title, Shape(view.picture.shape), words)
    scales = tuple(
        Stage(question.text, i, low=question.low, high=question.high, whose=question.whose)
        for i, question in enumerate((q for q in view.asks if q.kind == "scale"), 1)
    )
    stages = scales if view.shape == Shape.SCALE and scales else tuple(map(_stage, view.parts))
    used = tuple(part.number for part in view.used) if view.used != view.parts and stages is not scales else ()
    return Diagram(view.title, Shape(view.shape), stages or (Stage(view.title, 1),), used=used)


def _stage(part: PartView) -> Stage:
    return Stage(
        part.title,
        part.number,
        part.role or part.to,
        part.minutes,
        turns=part.look == "cycle",
        silent=part.look == "silent",
        does=part.look if part.look in DOING else "",
        parts=tuple(Stage(inner.title, inner.number) for inner in part.parts),
    )
