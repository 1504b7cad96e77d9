"""
What the page may ask about records, by name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from reflect.planner.copies import compare, make_own_copy
from reflect.planner.opened import OpenedPapers
from reflect.planner.records import close_paper, fill, look_at, put_away, save, sign
from reflect.planner.written import Given, Told


def forget(opened: OpenedPapers, given: Given) -> Told:
    """
    Let go of everything that was opened.
    """
    opened.forget()
    return {"papers": 0}


#: What the page may ask about records, by name.
RECORD_ANSWERS: Mapping[str, Callable[[OpenedPapers, Given], Told]] = {
    "look_at": look_at,
    "put_away": put_away,
    "fill": fill,
    "save": save,
    "close": close_paper,
    "sign": sign,
    "own_copy": make_own_copy,
    "compare": compare,
    "forget": forget,
}
