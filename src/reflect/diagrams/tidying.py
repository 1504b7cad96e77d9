"""
A diagram as it is shown: every text is on one line, and no number is there twice.
"""

from __future__ import annotations

import re

import attrs

from reflect.text.nodes import Diagram, Stage
from reflect.text.prose import visible

#: In place of a title without words, so that people see its place.
_NOTHING = "\u2013"
_NUMBERED = re.compile(r"(\w+ )?(\d{1,3})\s*[:.)–-]\s+(?=\S)")


def flat(text: str) -> str:
    """
    Return a text as it is shown, on one line.
    """
    return " ".join(visible(text).split())


def _numbers_said(stages: tuple[Stage, ...]) -> bool:
    """
    Whether every title begins with its own number, as in "Eye 1: how they present".
    """
    heads = [_NUMBERED.match(stage.title) for stage in stages]
    return len({head[1] for head in heads if head}) == 1 and all(
        head is not None and int(head[2]) == stage.number for head, stage in zip(heads, stages, strict=True)
    )


def _without(stage: Stage) -> Stage:
    title = _NUMBERED.sub("", stage.title, count=1)
    return attrs.evolve(stage, title=title[:1].upper() + title[1:])


def _stages(stages: tuple[Stage, ...]) -> tuple[Stage, ...]:
    """
    Return stages with their texts on one line.
    """
    said = _numbers_said(stages)
    out = []
    for stage in map(_without, stages) if said else stages:
        out.append(
            attrs.evolve(
                stage,
                title=flat(stage.title) or _NOTHING,
                role=flat(stage.role),
                parts=_stages(stage.parts),
                low=flat(stage.low),
                high=flat(stage.high),
                whose=flat(stage.whose),
            )
        )
    return tuple(out)


def tidy(diagram: Diagram) -> Diagram:
    """
    Return the diagram as it is shown; to tidy it twice is to tidy it once.
    """
    return attrs.evolve(diagram, title=flat(diagram.title) or _NOTHING, stages=_stages(diagram.stages))
