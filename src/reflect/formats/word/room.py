"""
How far apart the lines of a record are, so that as many as it has stay on one page.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

from reflect.text import nodes

#: How high a line to write on is, in twips: 7.6 mm, and never under 6 mm.
USUAL, LEAST = 432, 340
#: What a page keeps free of lines between its margins, and the room over an entry.
_FREE, _OVER = 218, 105
_HEIGHT, _MARGIN = re.compile(r'<w:pgSz [^>]*w:h="(\d+)"'), re.compile(r' w:(?:top|bottom)="(\d+)"')
#: Heights in lines: the title, any other heading, the names of columns, small words, a fact with its label.
_TITLE, _HEADING, _COLUMNS, _SMALL, _FACT = 2.2, 0.85, 0.75, 0.7, 1.8
#: Letters that fit on a line beside a heading.
_LETTERS = 72
#: Letters that fit on a line before a line of the talk, and how high each line of a longer name is, in lines.
NAME_OF_LINE, _NAME = 21, 0.7
#: Who met and where: copies of one paper differ in it, and are laid out once, so nothing is fitted to its words.
_MET = frozenset({"supervisee", "supervisor", "place"})
#: The styles of lines, and how far those of each are apart where a line has its usual height.
_STYLES = {"ReflectLine": "432", "ReflectLined": "418", "ReflectTalk": "400"}
_STYLE = re.compile(r'<w:style [^>]*w:styleId="(\w+)".*?</w:style>', re.DOTALL)


def height_of_lines(blocks: Iterable[nodes.Block], page: str) -> int:
    """
    Return how high a line of a paper with these blocks is on such pages, which are the ``sectPr`` of a file.

    What does not fit on a page anyway has the usual room.
    """
    blocks = tuple(blocks)
    height = _HEIGHT.search(page)
    free = (int(height[1]) if height else 0) - sum(map(int, _MARGIN.findall(page))) - _FREE
    over = sum(1 for block in blocks if isinstance(block, nodes.Entry) and block.head) * _OVER
    lines = sum(map(_lines_of, blocks))
    fitting = int((free - over) / lines) if lines else USUAL
    return min(fitting, USUAL) if fitting >= LEAST else USUAL


def _lines_of(block: nodes.Block) -> float:
    match block:
        case nodes.Entry():
            rows = sum(_lines_of_row(row, block) for row in block.rows)
            return rows + block.talk + (_lines_of_table(block.table) if block.table else 0)
        case nodes.SignOff():
            return 1 + (_lines_written(block.comments) + 1 if block.comments.strip() else float(block.room))
        case nodes.Heading():
            return _TITLE if block.level == 1 else _HEADING
        case nodes.Facts():
            return _FACT * -(-len(block.facts) // 3)
        case nodes.Actions():
            return 1 + _lines_of_table(block)
        case nodes.Answer():
            return 1 + max(block.lines, _lines_written(block.value))
    return _SMALL


def _lines_of_row(row: tuple[nodes.Fact | nodes.Choice | nodes.Answer, ...], entry: nodes.Entry) -> float:
    match row:
        case [nodes.Answer(label=label) as place]:
            named = bool(label) and label != entry.head and not entry.talk
            names = -(-len(label) // NAME_OF_LINE) * _NAME if entry.talk else 0
            return named + max(names, _lines_written(place.value) if place.value.strip() else max(place.lines, 1))
    ticks = [place for place in row if isinstance(place, nodes.Choice)]
    said = sum(
        len(place.label if place.key in _MET else f"{place.label} {place.value}")
        for place in row
        if isinstance(place, nodes.Fact)
    )
    return max(1, -(-said // _LETTERS)) + any(len(place.label) > _LETTERS // 3 for place in ticks)


def _lines_of_table(table: nodes.Actions) -> float:
    return _COLUMNS + table.blank + len(table.rows)


def _lines_written(text: str) -> float:
    return sum(max(1, -(-len(line) // _LETTERS)) for line in text.splitlines())


@functools.lru_cache(16)
def styles_with_lines(styles: str, height: int) -> str:
    """
    Return the styles part of a file whose lines have this height.
    """

    def change(match: re.Match[str]) -> str:
        usual = _STYLES.get(match[1], "")
        now = round(int(usual or 0) * height / USUAL)
        return match[0].replace(f'w:line="{usual}"', f'w:line="{now}"') if usual else match[0]

    return styles if height == USUAL else _STYLE.sub(change, styles)
