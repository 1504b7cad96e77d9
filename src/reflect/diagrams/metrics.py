"""
The width of text, from a table of letters.

The table has advance widths of Carlito (which are Calibri's) and Source Sans Pro, the wider of
the two for each letter, so that a text measured here fits in both. It is a text file, made by
``tools/font_widths.py``: drawing needs no font, and a drawing is the same everywhere.
"""

from __future__ import annotations

import functools
import json
import unicodedata
from importlib import resources

#: The reach of letters above and below their line, in parts of the size; both fonts keep within it.
ABOVE, BELOW = 0.78, 0.25
#: From line to line, in parts of the size.
LEADING = 1.16

#: The most that letters outside the table take, in thousandths of the size: a full square, or more for signs.
_SQUARE, _SIGN = 1000, 1400
#: Ligatures of whole phrases, which are as wide as a phrase.
_PHRASES = range(0xFDF0, 0xFE00)
_PHRASE = 12000


@functools.cache
def _table(bold: bool) -> dict[str, int]:
    text = (resources.files(__package__) / "widths.json").read_text("ascii")
    groups: dict[str, str] = json.loads(text)["bold" if bold else "regular"]
    return {letter: int(width) for width, letters in groups.items() for letter in letters}


@functools.lru_cache(4096)
def _width_of_unlisted(letter: str) -> int:
    category = unicodedata.category(letter)
    if category in ("Mn", "Me", "Cf"):
        return 0
    if ord(letter) in _PHRASES:
        return _PHRASE
    return _SIGN if category in ("So", "Sk", "Cn", "Co", "Cs", "Zl") or ord(letter) > 0xFFFF else _SQUARE


def is_measured(text: str) -> bool:
    """
    Whether every letter of a text is in the table, so that we know its width and not only a limit.
    """
    table = _table(False)
    return all(letter in table for letter in text)


def width(text: str, size: float, *, bold: bool = False) -> float:
    """
    Return the greatest width of a line of text, in the unit of its size.
    """
    table = _table(bold)
    return sum(table.get(letter) or _width_of_unlisted(letter) for letter in text) * size / 1000
