"""
Tables of lanes: times, what is done, and a narrow column for each role, with a bar where somebody speaks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reflect.diagrams.metrics import width
from reflect.text.nodes import Cell, Inline, Span, Table, words

#: The columns before the lanes: the time, and what is done.
BEFORE = 2
#: Up to how many lanes there is room for wide letters.
_USUAL = 3
#: The size of the names over lanes in millimetres, also for whoever reads with difficulty, and the room round a name.
_SIZE, _SIZE_IN_PLAIN, _ROUND_A_NAME = 3.53, 4.6, 1.0
#: What a cell of a lane may look like.
LANES = ("speaks", "little", "silent")


def is_lanes(block: Table) -> bool:
    """
    Tell whether a table is one of lanes, with its two first columns.
    """
    return block.style == "lanes" and len(block.head) >= BEFORE


def lane_of(cell: Cell) -> str:
    """
    Return the look of a cell in a lane: that of all its words; empty if it has none.
    """
    looks = {child.style if isinstance(child, Span) else "" for child in _children(cell)}
    return looks.pop() if len(looks) == 1 and looks <= set(LANES) else ""


def is_band(row: Sequence[Cell]) -> bool:
    """
    Tell whether a row is a tinted band, which its time says.
    """
    return bool(row) and any(isinstance(child, Span) and child.style == "band" for child in _children(row[0]))


def words_of_lanes(head: Sequence[Cell], row: Sequence[Cell]) -> str:
    """
    Return who does what in a row, in words, whoever speaks first: ``"speaks: group; silent: presenter, leader"``.
    """
    by_word: dict[str, list[str]] = {}
    named = [pair for pair in zip(head[BEFORE:], row[BEFORE:], strict=False) if words_of_cell(pair[1])]
    for name, cell in sorted(named, key=lambda pair: (*LANES, "").index(lane_of(pair[1]))):
        by_word.setdefault(words_of_cell(cell), []).append(words_of_cell(name))
    return "; ".join(f"{said}: {', '.join(names)}" for said, names in by_word.items())


def words_of_heads(head: Sequence[Cell]) -> str:
    """
    Return the headings of the first two columns in one line, for where there are no columns: ``"Time. What happens"``.
    """
    return ". ".join(filter(None, map(words_of_cell, head[:BEFORE])))


def words_of_cell(cell: Cell) -> str:
    return " ".join(" ".join(map(words, cell.paragraphs)).split())


def _children(cell: Cell) -> Iterable[Inline]:
    return (child for line in cell.paragraphs for child in line if words((child,)).strip())


def width_of_lane(block: Table, *, plain: bool = False) -> float:
    """
    Return how wide each lane is, in millimetres: as its longest word, and narrower if there are many.

    Args:
        plain: Whether letters are larger, for whoever reads with difficulty.
    """
    many = len(block.head) - BEFORE
    letter = 2.1 if plain else 1.7 if many <= _USUAL else 1.4
    names = (word for cell in block.head[BEFORE:] for word in words_of_cell(cell).split())
    over = max((width(word, _SIZE_IN_PLAIN if plain else _SIZE) for word in names), default=0)
    beside = max((len(words_of_cell(cell)) for row in block.rows for cell in row[BEFORE:]), default=0)
    return min(max(over + _ROUND_A_NAME, beside * letter + 4.5, 16.0), 86.0 / max(many, 1))
