"""
Characters that no font at hand has: they are said in words, so that nothing is lost without a trace.
"""

from __future__ import annotations

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


def said(char: str) -> str:
    """
    Return a character in words: a picture by its name, a letter by its number.
    """
    name = _NAMES.get(char) or unicodedata.name(char, "")
    if name and unicodedata.category(char)[0] == "S":
        return f"[{name.lower()}]"
    return f"[U+{ord(char):04X}]"


def lacking(texts: Iterable[str], shows: Callable[[str], bool], known: dict[str, bool]) -> set[str]:
    """
    Return the characters of some texts that cannot be shown.

    Args:
        texts: What is to be shown.
        shows: Whether a text can be shown.
        known: What has been found out about characters before; more is added.
    """
    chars = {char for text in texts for char in text if char > "\x7f"}
    for char in sorted(chars - known.keys()):
        known[char] = shows(char)
    return {char for char in chars if not known[char]}


def in_words(texts: Iterable[str], shows: Callable[[str], bool], known: dict[str, bool]) -> dict[str, str]:
    """
    Return what to show for texts that cannot be shown as they are.

    Where every character of a text has a letter and the text still has not, because an accent and its
    letter are in different fonts, all in it beyond plain letters is said in words.
    """
    found: dict[str, str] = {}
    texts = dict.fromkeys(text for text in texts if not text.isascii())
    missing = str.maketrans({char: said(char) for char in lacking(texts, shows, known)})
    for text in texts:
        shown = text.translate(missing)
        if not shown.isascii() and not shows(shown):
            shown = "".join(char if char.isascii() else said(char) for char in shown)
        if shown != text:
            found[text] = shown
    return found
