"""
Pictures of models: their shape and their stages.

A picture is drawn from the model itself, as SVG, when somebody asks for it; none is stored. A diagram is a
value (`reflect.text.nodes.Diagram`), so any text can be in it, and it looks the same everywhere.
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
    The functions in the module of a shape.
    """

    @staticmethod
    def draw(diagram: Diagram) -> Drawing: ...

    @staticmethod
    def describe(stages: tuple[Stage, ...]) -> str: ...


def _module_of(diagram: Diagram) -> _Shape:
    return cast(_Shape, importlib.import_module(f"reflect.diagrams.shapes.{diagram.shape}"))


def draw(diagram: Diagram) -> Drawing:
    """
    Return the shapes and words of a diagram, every word within its room.
    """
    return _module_of(diagram).draw(tidy(diagram))


def describe(diagram: Diagram) -> str:
    """
    Return what a diagram shows in words, for screen readers and for places without pictures.
    """
    return _module_of(diagram).describe(tidy(diagram).stages)


def scale(diagram: Diagram, width: float = math.inf) -> float:
    """
    Return the scale at which a diagram is shown if *width* points are free for it; 1 is as it is drawn.
    """
    drawn = draw(diagram)
    wished = diagram.high * 72 / 25.4 / drawn.height if diagram.high > 0 else 1
    return min(wished, width / drawn.width)


def svg(diagram: Diagram, name: str = "diagram") -> str:
    """
    Return a diagram as SVG, described in words; the same diagram gives the same text.

    Args:
        diagram: The diagram.
        name: The beginning of its ids, different for each picture on a page.
    """
    drawn = draw(diagram)
    return write_svg(drawn, title=tidy(diagram).title, about=describe(diagram), name=name, scale=scale(diagram))
