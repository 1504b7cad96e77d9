"""
Where boxes stand on a sheet: in rows, or round in a ring.
"""

from __future__ import annotations


def grid_of(count: int, across: int = 0, *, turns: bool = False) -> tuple[tuple[int, ...], ...]:
    """
    Return the numbers of boxes from 0, row by row.

    Args:
        across: How many are side by side at most; all, if it is 0.
        turns: Whether they go round the way a clock does, in two columns.
    """
    if not turns:
        wide = across or max(count, 1)
        return tuple(tuple(range(n, min(n + wide, count))) for n in range(0, count, wide))
    odd, half = count % 2, count // 2
    left = (*(() if odd else (0,)), *range(count - 1, half, -1))
    return (*(((0,),) if odd else ()), *zip(left, range(1, half + 1), strict=True))
