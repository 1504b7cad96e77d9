"""
Characters that no font at hand has: they are said in words, so that nothing is lost without a trace.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Callable, Iterable

#: Their own names would not tell anybody anything.
_NAMES = {
    "\U0001f3fb": "light skin",
    "\U0001f3fc": "medium-light skin",
    "\U0001f3fd": "medium skin",
    "\U0001f3fe": "medium-dark skin",
    "\U0001f3ff": "dark skin",
}
#: They join pictures or choose between them, and say nothing by themselves.
_JOINERS = re.compile("[\u200d\ufe0e\ufe0f]")


def said(char: str) -> str:
    """
    Return a character in words: a picture by its name, a letter by its number.
    """
    name = _NAMES.get(char) or unicodedata.name(char, "")
    if name and unicodedata.category(char)[0] == "S":
        return f"[{name.lower()}]"
    return f"[U+{ord(char):04X}]"


def in_words(texts: Iterable[str], shows: Callable[[str], bool]) -> dict[str, str]:
    """
    Return what to show for those of some texts that cannot be shown as they are.

    Args:
        texts: What is to be shown.
        shows: Whether a text can be shown.
    """
    can = functools.cache(shows)

    def word(text: str) -> str:
        if text.isascii() or can(text):
            return text
        lacking = {char for char in text if not char.isascii() and not _JOINERS.match(char) and not can(char)}
        if lacking:
            text = _JOINERS.sub("", text)
            text = "".join(said(char) if char in lacking else char for char in text)
        if text.isascii() or can(text):
            return text
        # An accent and its letter may be in different fonts; one character for both is often in one.
        if can(joined := unicodedata.normalize("NFC", text)):
            return joined
        return "".join(char if char.isascii() else said(char) for char in _JOINERS.sub("", text))

    found: dict[str, str] = {}
    for text in dict.fromkeys(texts):
        if not text.isascii() and not can(text):
            found[text] = "".join(word(part) for part in re.findall(r"\s+|\S+", text))
    return found
