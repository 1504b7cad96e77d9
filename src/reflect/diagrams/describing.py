"""
A diagram in words, for whoever hears it, and where no picture can stand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from reflect.diagrams.shapes import columns, matrix, nested, sets
from reflect.diagrams.tidying import tidy
from reflect.questions.question import Shape
from reflect.text.nodes import Diagram, Stage

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def _count(some: Sequence[object], one: str, many: str = "") -> str:
    n = len(some)
    return f"{_NUMBERS[n] if n < len(_NUMBERS) else n} {one if n == 1 else many or one + 's'}"


def _named(stage: Stage) -> str:
    return f"{stage.number} {stage.title}" if stage.number else stage.title


def _holding(stage: Stage) -> str:
    return f"{_named(stage)}, with {', '.join(part.title for part in stage.parts)}" if stage.parts else _named(stage)


def _acted(stage: Stage) -> str:
    minutes = f"{stage.minutes} minute{'s' if stage.minutes != 1 else ''}" if stage.minutes else ""
    about = ", ".join(filter(None, (stage.role, "in silence" if stage.silent else "", minutes)))
    return f"{_named(stage)} ({about})" if about else _named(stage)


def _all(stages: Iterable[Stage], said: Callable[[Stage], str] = _named) -> str:
    return "; ".join(map(said, stages))


def _ended(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _cycle(stages: Sequence[Stage]) -> str:
    return f"A cycle of {_count(stages, 'stage')}, clockwise: {_all(stages)}; and round again."


def _sequence(stages: Sequence[Stage]) -> str:
    return _ended(f"A sequence of {_count(stages, 'stage')}, from left to right: {_all(stages)}")


def _steps(stages: Sequence[Stage]) -> str:
    return _ended(f"{_count(stages, 'step').capitalize()}, from top to bottom: {_all(stages, _acted)}")


def _columns(stages: Sequence[Stage]) -> str:
    above, middle, below = columns.parted(stages)
    beside = ", side by side" if len(middle) > 1 else ""
    said = [_ended(f"{_count(middle, 'column').capitalize()}{beside}: {_all(middle, _holding)}")]
    said += [_ended(f"Across the top: {_all(above)}")] if above else []
    said += [_ended(f"Across the foot: {_all(below)}")] if below else []
    return " ".join(said)


def _matrix(stages: Sequence[Stage]) -> str:
    heads = matrix.headed(tuple(stages))
    if heads:
        rows = _ended(_all(stages))
        size = f"{_count(stages, 'row')} and {_count(heads, 'column')}"
        return f"A grid of {size}. Rows, from the top: {rows} Columns, from the left: {_ended('; '.join(heads))}"
    return _ended(f"A grid of {_count(stages, 'box', 'boxes')}, row by row: {_all(stages, _holding)}")


def _lenses(stages: Sequence[Stage]) -> str:
    return _ended(f"{_count(stages, 'lens', 'lenses').capitalize()}, to be chosen in any order: {_all(stages)}")


def _nested(stages: Sequence[Stage]) -> str:
    if not nested.eyes(Diagram("eyes", Shape.NESTED, tuple(stages))):
        places = _count(stages, "place")
        return _ended(f"{places.capitalize()}, each within the next, from the inside out: {_all(stages)}")
    person, moves, between, worker, us, listener, context = map(_named, stages)
    return (
        "Seven places to look from, in any order. Two overlapping circles stand side by side, with the worker in "
        f"both. In the left circle are {person}; {worker}; between the two {between}; and, an arrow from the worker "
        f"to the person, {moves}. In the right circle are the worker again and {listener}; between the two {us}. "
        f"{_ended(f'Around both circles is {context}')}"
    )


def _sets(stages: Sequence[Stage]) -> str:
    turning = sets.turning(stages)
    said = [f"{_count(stages, 'set').capitalize()}, side by side."]
    for stage in stages:
        ring = f" is a ring of {_count(stage.parts, 'stage')}, clockwise" if stage is turning else ""
        parts = "; ".join(part.title for part in stage.parts)
        end = "; and round again." if stage is turning else ""
        whole = f"{_named(stage)}{ring}: {parts}" if parts else _named(stage)
        said.append(f"{whole}{end}" if end else _ended(whole))
    return " ".join(said)


def _scale(stages: Sequence[Stage]) -> str:
    said = []
    for stage in stages:
        ends = (f"0 is {stage.low}" if stage.low else "", f"10 is {stage.high}" if stage.high else "", stage.whose)
        told = "; ".join(filter(None, ends))
        said.append(f"{_ended(stage.title)} {_ended('A scale from 0 to 10' + (f': {told}' if told else ''))}")
    return " ".join(said)


def _ladder(stages: Sequence[Stage]) -> str:
    return _ended(f"A ladder of {_count(stages, 'rung')}, from the ground up: {_all(stages)}")


def _list(stages: Sequence[Stage]) -> str:
    return _ended(f"{_count(stages, 'part').capitalize()}, from top to bottom: {_all(stages, _holding)}")


_SAID: dict[str, Callable[[Sequence[Stage]], str]] = {
    "cycle": _cycle,
    "sequence": _sequence,
    "steps": _steps,
    "columns": _columns,
    "matrix": _matrix,
    "lenses": _lenses,
    "nested": _nested,
    "sets": _sets,
    "scale": _scale,
    "ladder": _ladder,
    "list": _list,
}


def describe(diagram: Diagram) -> str:
    """
    Return what a diagram shows, in words.
    """
    return _SAID[diagram.shape](tidy(diagram).stages)
