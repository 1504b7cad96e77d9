"""
Pictures that the page draws for the papers of somebody's own models: the browser can, and Python in it cannot.

The first time a paper says that it is without its picture, and its answer names what is lacking. The page draws that,
and asks again with the pictures.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from reflect.diagrams.raster import DOTS, borrow_pictures
from reflect.planner.shapes import PictureToDraw

#: The key of the pictures in what the page gives, and how many it may give.
GIVEN, MOST_GIVEN = "pictures", 200
#: How a file of pictures begins, and how long it may be.
_PNG, _MOST_BYTES = b"\x89PNG\r\n\x1a\n", 2_000_000
_SIZE = re.compile(r'width="([\d.]+)pt" height="([\d.]+)pt"')
#: What is larger than this is not drawn, in dots.
_MOST_DOTS = 4000


def answer_with_pictures(given: Mapping[str, object], answer: Callable[[], object]) -> object:
    """
    Return an answer whose papers have the pictures that the page has drawn; a file says which it lacks.
    """
    with borrow_pictures(_read_given(given.get(GIVEN))) as borrowed:
        answered = answer()
    if isinstance(answered, dict) and "bytes" in answered and borrowed.lacking:
        return {**answered, "lacking": [_to_draw(*each) for each in borrowed.lacking.items()]}
    return answered


def _read_given(given: Any) -> dict[str, bytes]:
    """
    Return the pictures that are given, by name; what is no picture counts as not given.
    """
    named = given if isinstance(given, Mapping) and len(given) <= MOST_GIVEN else {}
    return {
        str(name): png
        for name, png in named.items()
        if isinstance(png, bytes) and png.startswith(_PNG) and len(png) <= _MOST_BYTES
    }


def _to_draw(name: str, svg: str) -> PictureToDraw:
    found = _SIZE.search(svg)
    assert found is not None
    wide, high = (min(round(float(each) * DOTS / 72), _MOST_DOTS) for each in found.groups())
    return PictureToDraw(name=name, svg=svg, wide=wide, high=high)
