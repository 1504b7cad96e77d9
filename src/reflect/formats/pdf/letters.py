"""
Characters that no font has: words replace them, so that nothing is lost without a trace.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable

#: Their own names would help nobody.
_NAMES = {
    "\U0001f3fb": "light skin",
    "\U0001f3fc": "medium-light skin",
    "\U0001f3fd": "medium skin",
    "\U0001f3fe": "medium-dark skin",
    "\U0001f3ff": "dark skin",
}
#: They join pictures or choose between them, and mean nothing by themselves.
_JOINERS = re.compile("[\u200d\ufe0e\ufe0f]")


def name_of_character(char: str) -> str:
    """
    Return a character in words: a picture by its name, a letter by its number.
    """
    name = _NAMES.get(char) or unicodedata.name(char, "")
    if name and unicodedata.category(char)[0] == "S":
        return f"[{name.lower()}]"
    return f"[U+{ord(char):04X}]"


def replacer_of(lost: Iterable[str], shows: Callable[[str], bool]) -> Callable[[str], str]:
    """
    Return a function that replaces lost characters in a text, and keeps all others.

    Args:
        lost: What could not be shown: single characters, and characters that belong together.
        shows: Whether a single character can be shown by itself.
    """
    known = {text: _show_cluster(text, shows) for text in lost if text and not text.isascii()}
    single = str.maketrans({text: words for text, words in known.items() if len(text) == 1})
    several = sorted((text for text in known if len(text) > 1), key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, several))) if several else None

    def change(text: str) -> str:
        if text.isascii():
            return text
        if pattern:
            text = pattern.sub(lambda match: known[match[0]], text)
        return text.translate(single)

    return change


def _show_cluster(text: str, shows: Callable[[str], bool]) -> str:
    """
    Return what to show for characters that belong together, in words only if necessary.
    """
    if len(text) == 1:
        return name_of_character(text)
    # An accent and its letter may be in different fonts; one font often has a single character for both.
    joined = unicodedata.normalize("NFC", text)
    if len(joined) == 1 and shows(joined):
        return joined
    bare = _JOINERS.sub("", text)
    if len(bare) == 1 and shows(bare):
        return bare
    lacking = {char for char in bare if not char.isascii() and not shows(char)}
    # If each can be shown, but not all together, no font has them all.
    lacking = lacking or {char for char in bare if not char.isascii()}
    return "".join(name_of_character(char) if char in lacking else char for char in bare)
