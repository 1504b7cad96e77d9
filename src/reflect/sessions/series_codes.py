"""
The code of a series of sessions: random, short, and about nobody.

It keeps two series apart that lie in one place by accident. It is optional: without a code nothing is checked.
"""

from __future__ import annotations

import re
import secrets
from typing import Any

import attrs

from reflect.files.forms import NameLine

_DIGITS, _LETTERS = "0123456789", "abcdefghjkmnpqrstvwxyz"
#: Digits and letters without those that are mistaken for others: i, l, o and u. Crockford's Base32.
ALPHABET = _DIGITS + _LETTERS
#: A code has so many of them, at least and at most.
SHORTEST, LONGEST = 4, 8
_PATTERN = re.compile(f"[{ALPHABET}]{{{SHORTEST},{LONGEST}}}")
#: What a new code consists of in turn, so that it is no word: our alphabet without a and e, then a digit.
_TURNS = (_LETTERS.replace("a", "").replace("e", ""), _DIGITS) * 2


def new_code() -> str:
    """
    Return a random code, such as ``k7m2``.
    """
    return "".join(map(secrets.choice, _TURNS))


def read_code(text: str) -> str | None:
    """
    Return a code as it is kept, in small letters; None if the text is none.
    """
    code = text.strip().lower()
    return code if _PATTERN.fullmatch(code) else None


@attrs.frozen
class SeriesCode(NameLine):
    """
    The code of a series, as a place in a file.
    """

    longest: int = LONGEST

    def value_of(self, text: str) -> str | None:
        return read_code(text)

    def accepts(self, value: object) -> bool:
        return isinstance(value, str) and read_code(value) is not None

    @property
    def noun(self) -> str:
        return "a code of a series"

    @property
    def remedy(self) -> str:
        return f"write {SHORTEST} to {LONGEST} digits and letters without i, l, o and u, such as k7m2"

    def schema(self) -> dict[str, Any]:
        both = "".join(sign for letter in _LETTERS for sign in (letter.upper(), letter))
        return {"type": "string", "pattern": f"^[{_DIGITS}{both}]{{{SHORTEST},{LONGEST}}}$"}
