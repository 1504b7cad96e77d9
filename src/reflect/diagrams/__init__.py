"""
Pictures of models: their shape and their stages.

A picture is drawn from the model itself, as SVG, when somebody asks for it; only PNG of ours are stored. A diagram is
a value (`reflect.text.nodes.Diagram`), so any text can be in it, and it looks the same everywhere.
"""

from __future__ import annotations

import functools
import importlib
import json
import math
from importlib import resources
from typing import Protocol, cast

from reflect.diagrams import canvases, fitting, rows
from reflect.diagrams.marks import MUTED, Box, Drawing
from reflect.diagrams.sentences import order_of
from reflect.diagrams.svg import write_svg
from reflect.diagrams.tidying import tidy
from reflect.questions.question import Shape
from reflect.text.nodes import Diagram, SheetToFill, Stage

__all__ = ["describe", "draw", "svg"]


class _Shape(Protocol):
    """
    The functions in the module of a shape.
    """

    @staticmethod
    def draw(diagram: Diagram) -> Drawing: ...

    @staticmethod
    def describe(stages: tuple[Stage, ...]) -> str: ...


def _module_of(diagram: Diagram) -> _Shape:
    return cast(_Shape, importlib.import_module(f"reflect.diagrams.shapes.{diagram.shape}"))


def draw(diagram: Diagram | SheetToFill) -> Drawing:
    """
    Return the shapes and words of a diagram or of a sheet to fill, every word within its room.
    """
    if isinstance(diagram, SheetToFill):
        return canvases.draw(diagram)
    tidied = tidy(diagram)
    drawn = _module_of(diagram).draw(tidied)
    return _with_order(drawn, tidied) if tidied.used and diagram.shape is not Shape.LADDER else drawn


def _with_order(drawn: Drawing, diagram: Diagram) -> Drawing:
    """
    Return a drawing with the order of use under it.
    """
    high = rows.height_of_row(order_of(diagram.used), drawn.width, 11, bold=False)
    room = Box(0, drawn.height + 6, drawn.width, high)
    words = fitting.place_text(order_of(diagram.used), room, 11, colour=MUTED, up=True)
    return Drawing(drawn.width, drawn.height + 6 + high, (*drawn.marks, *words))


def describe(diagram: Diagram | SheetToFill) -> str:
    """
    Return what a diagram shows in words, for screen readers and for places without pictures.
    """
    if isinstance(diagram, SheetToFill):
        return canvases.describe(diagram)
    return " ".join(filter(None, (_module_of(diagram).describe(tidy(diagram).stages), order_of(diagram.used))))


@functools.cache
def _words() -> dict[str, str]:
    found: dict[str, str] = json.loads((resources.files(__package__) / "words.json").read_text("utf-8"))
    return found


def say_without_picture(about: str) -> str:
    """
    Return what is printed where a picture should be: that it is not there, and what it shows.

    Args:
        about: What `describe` says of it.
    """
    return _words()["without"].format(about=about)


def scale(diagram: Diagram | SheetToFill, width: float = math.inf) -> float:
    """
    Return the scale at which a diagram is shown if *width* points are free for it; 1 is as it is drawn.
    """
    drawn = draw(diagram)
    if isinstance(diagram, SheetToFill):
        return min(1.0, width / drawn.width)
    wished = diagram.high * 72 / 25.4 / drawn.height if diagram.high > 0 else 1
    return min(wished, width / drawn.width)


def svg(diagram: Diagram | SheetToFill, name: str = "diagram") -> str:
    """
    Return a diagram as SVG, described in words; the same diagram gives the same text.

    Args:
        diagram: The diagram.
        name: The beginning of its ids, different for each picture on a page.
    """
    drawn = draw(diagram)
    title = (canvases.tidy(diagram) if isinstance(diagram, SheetToFill) else tidy(diagram)).title
    return write_svg(drawn, title=title, about=describe(diagram), name=name, scale=scale(diagram))
