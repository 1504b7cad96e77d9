"""
Pictures of models: what shape they have, and which stages.

A picture is drawn from the model itself, as SVG, when it is asked for; none is stored. What is drawn is a
value (`reflect.text.nodes.Diagram`), so any text can stand in it, and it is drawn the same everywhere.
"""

from __future__ import annotations

import importlib
import math
from typing import Protocol, cast

from reflect.diagrams.marks import Drawing
from reflect.diagrams.svg import write_svg
from reflect.diagrams.tidying import tidy
from reflect.text.nodes import Diagram, Stage

__all__ = ["describe", "draw", "svg"]


class _Shape(Protocol):
    """
    What the module of a shape has.
    """

    @staticmethod
    def draw(diagram: Diagram) -> Drawing: ...

    @staticmethod
    def describe(stages: tuple[Stage, ...]) -> str: ...


def _module_of(diagram: Diagram) -> _Shape:
    return cast(_Shape, importlib.import_module(f"reflect.diagrams.shapes.{diagram.shape}"))


def draw(diagram: Diagram) -> Drawing:
    """
    Return the shapes and words of a diagram, every word within the room it has.
    """
    return _module_of(diagram).draw(tidy(diagram))


def describe(diagram: Diagram) -> str:
    """
    Return what a diagram shows, in words, for whoever hears it and where no picture can stand.
    """
    return _module_of(diagram).describe(tidy(diagram).stages)


def scale(diagram: Diagram, width: float = math.inf) -> float:
    """
    Return how large a diagram is shown, 1 for as it is drawn, where there are *width* points for it.
    """
    drawn = draw(diagram)
    wished = diagram.high * 72 / 25.4 / drawn.height if diagram.high > 0 else 1
    return min(wished, width / drawn.width)


def svg(diagram: Diagram, name: str = "diagram") -> str:
    """
    Return a diagram as SVG, described in words; the same diagram gives the same text.

    Args:
        diagram: What is drawn.
        name: What its ids begin with; another for each picture on a page.
    """
    drawn = draw(diagram)
    return write_svg(drawn, title=tidy(diagram).title, about=describe(diagram), name=name, scale=scale(diagram))
