"""
What is written into pages when they are read: lists that would go stale if somebody had to keep them.

A page says where with a line ``<!-- generated: NAME -->``.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_PLACE = re.compile(r"^<!-- generated: ([\w-]+) -->$", re.MULTILINE)

MAKERS: dict[str, Callable[[], str]] = {}


def maker(function: Callable[[], str]) -> Callable[[], str]:
    """
    Let a page ask for what a function writes, by the function's name.
    """
    MAKERS[function.__name__.replace("_", "-")] = function
    return function


def expanded(text: str) -> str:
    """
    Return a page with its lists in place.
    """
    return _PLACE.sub(lambda place: MAKERS[place[1]](), text)
