"""
Pictures of models: what shape they have, and which stages.

A picture is drawn from the model itself, as SVG, when it is asked for; none is stored. What is drawn is a
value (`reflect.text.nodes.Diagram`), so any text can stand in it, and it is drawn the same everywhere.
"""

from __future__ import annotations

import importlib
import math
from collections.abc import Callable
from typing import cast

from reflect.diagrams.describing import describe
from reflect.diagrams.marks import Drawing
from reflect.diagrams.svg import written
from reflect.diagrams.tidying import tidy
from reflect.documents.drawing import diagram
from reflect.questions.question import Shape
from reflect.text.nodes import Diagram

__all__ = ["describe", "diagram", "draw", "room", "svg"]

#: The module that draws each shape.
_DRAWN: dict[str, str] = {**{str(shape): str(shape) for shape in Shape}, Shape.LIST: "rows"}


def draw(diagram: Diagram) -> Drawing:
    """
    Return the shapes and words of a diagram, every word within the room it has.
    """
    module = importlib.import_module(f"reflect.diagrams.shapes.{_DRAWN[diagram.shape]}")
    return cast(Callable[[Diagram], Drawing], module.draw)(tidy(diagram))


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
    return written(drawn, title=tidy(diagram).title, about=describe(diagram), name=name, scale=scale(diagram))
