"""
The widths of a table's columns, for the formats that lay tables out.
"""

from __future__ import annotations

from collections.abc import Sequence

from reflect.text.nodes import Table, words


def wide_enough(weights: Sequence[float], block: Table, letters: int) -> list[float]:
    """
    Return the weights of a table's columns, each at least as wide as its longest word.

    Args:
        weights: The widths of the columns in relation to one another.
        letters: How many letters fit on a line as wide as the table.
    """
    out = list(weights)
    for i in range(len(out)):
        cells = [row[i] for row in (block.head, *block.rows) if i < len(row)]
        longest = max(
            (len(word) for cell in cells for line in cell.paragraphs for word in words(line).split()), default=0
        )
        needed = min((longest + 2) / letters, 0.9 / len(out))
        rest = sum(out) - out[i]
        out[i] = max(out[i], rest * needed / (1 - needed))
    return out
