"""
The keys of parts and questions: those given on a page, and those made from its words.
"""

from __future__ import annotations

import re
import unicodedata

import attrs

from reflect.pages.limits import PageReading

#: A full key is at most this long: Word keeps 64 characters of a tag.
LONGEST_KEY = 48
#: A key made from words is at most this long.
_LONGEST_MADE = 20
#: One step of a key.
KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
#: What to do about a key that is not one.
WRITE_A_KEY = "write lower-case words joined by hyphens"


def make_key(words: str, longest: int = _LONGEST_MADE) -> str:
    """
    Make a key from words, for a page that does not give one.
    """
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    steps = re.findall(r"[a-z0-9]+", plain.replace("'", "").replace("’", ""))
    key = ""
    for step in steps:
        longer = f"{key}-{step}" if key else step
        if len(longer) > longest:
            break
        key = longer
    return key or (steps[0][:longest] if steps else "x")


@attrs.define
class KeysUnder:
    """
    The keys directly under one part.

    Attributes:
        given: The keys given there by the page; no made key is the same as one of these.
        used: The keys that are taken so far.
    """

    part: str
    given: frozenset[str]
    used: set[str] = attrs.field(factory=set)
    _next: dict[str, int] = attrs.field(factory=dict)

    @property
    def room(self) -> int:
        """
        How long a key may be here.
        """
        return max(LONGEST_KEY - len(self.part) - 1, 1)

    @property
    def room_for_part(self) -> int:
        """
        How long the key of a smaller part may be, so that its questions have room for theirs.
        """
        return max(self.room * 2 // 5, 1)

    def find_unused(self, key: str, longest: int = LONGEST_KEY) -> str:
        """
        Return the key, or the first of key-2, key-3, … that nothing else has, and take it.
        """
        n, free = self._next.get(key, 1), key
        while n > 1 or free in self.used or free in self.given:
            n += 1
            free = f"{key[: max(longest - len(str(n)) - 1, 1)].rstrip('-')}-{n}"
            if free not in self.used and free not in self.given:
                break
        self._next[key] = n
        self.used.add(free)
        return free

    def take(self, reading: PageReading, line: int, given: str, words: str, room: int) -> str:
        """
        Return the full key of a part or question: the one *given*, or one made from its *words* within the *room*.
        """
        if given and given in self.used:
            reading.add_fault(line, f"the key '{given}' is used twice here", "give one of them another key")
            given = self.find_unused(given)
        key = f"{self.part}.{given or self.find_unused(make_key(words, min(room, _LONGEST_MADE)), room)}"
        self.used.add(given)
        if len(key) > LONGEST_KEY:
            remedy = f"shorten it to {LONGEST_KEY} at most, with the keys above it"
            reading.add_fault(line, f"the key '{key}' is {len(key)} characters long", remedy)
        return key
