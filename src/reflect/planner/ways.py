"""
Ways of working: what one does with a model besides talking, as its parts say it.
"""

from __future__ import annotations

from collections.abc import Iterator

from reflect.planner.needs import WAYS
from reflect.questions.model import Canvas, CanvasKind, Model
from reflect.questions.question import Mode, Question, Step
from reflect.questions.sets import QuestionSet

_BY_MODE = {
    Mode.WAIT: "listen",
    Mode.SILENT: "listen",
    Mode.DRAW: "draw",
    Mode.MOVE: "move",
    Mode.SORT: "sort",
    Mode.VOTE: "sort",
    Mode.WRITE: "write",
}
_BY_OFFER = {"drawing": "draw", "movement": "move", "objects": "sort", "writing": "write"}
_BY_CANVAS = {
    CanvasKind.COLUMNS: "sort",
    CanvasKind.AXES: "sort",
    CanvasKind.SHEET: "draw",
    CanvasKind.CIRCLES: "draw",
    CanvasKind.TIMELINE: "draw",
    CanvasKind.CORNERS: "sort",
}


def ways_of(model: Model) -> tuple[str, ...]:
    """
    Return the ways of working that a model has, in the order of the filter.

    One listens where somebody is silent or waits; one draws, moves, sorts or writes where a part or a step does so,
    where a question offers it, or where a sheet is filled. Where there is nothing of this, one talks.
    """
    found = {way for part in _sets_in(model.questions) for way in _ways_of_part(part)}
    found |= {_BY_CANVAS[canvas.kind] for canvas in _canvases_of(model)}
    return tuple(way for way in WAYS if way in found) or ("talk",)


def _sets_in(whole: QuestionSet) -> Iterator[QuestionSet]:
    yield whole
    for part in whole.parts:
        yield from _sets_in(part)


def _ways_of_part(part: QuestionSet) -> Iterator[str]:
    if part.quiet:
        yield "listen"
    modes = [part.mode, *(child.mode for child in part.children if isinstance(child, Step))]
    yield from (_BY_MODE[mode] for mode in modes if mode in _BY_MODE)
    offers = [part.offer, *(child.offer for child in part.children if isinstance(child, Question))]
    yield from (_BY_OFFER[offer] for offer in offers if offer in _BY_OFFER)


def _canvases_of(model: Model) -> Iterator[Canvas]:
    if model.head.canvas is not None:
        yield model.head.canvas
