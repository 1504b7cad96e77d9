"""
Words that look like names, since they have a capital: in any script that has capitals.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from reflect.shown import Brief
from reflect.text.seeing import begins_with_capital, has_no_case, is_in_capitals, read_words, seen_text, sorts_of

#: Endings behind an apostrophe that belong to no name.
_ENDINGS = frozenset(["s", "d", "ll", "ve", "re", "m", "t"])


@attrs.frozen
class Compound(Brief):
    """
    What people take for one word: words joined by an apostrophe or a hyphen, without an ending such as 's.

    Attributes:
        start: Where it begins in the text.
        end: Where it ends, without its ending.
        text: As people see it.
        before: What is between it and the compound before, as people see it.
    """

    start: int
    end: int
    text: str = attrs.field(repr=False)
    before: str = attrs.field(repr=False)

    @property
    def capital(self) -> bool:
        """
        Whether it begins with a capital, and consists of letters.
        """
        return begins_with_capital(self.text) and not any(c.isdigit() for c in self.text)

    @property
    def capitals(self) -> bool:
        """
        Whether it is in capitals altogether.
        """
        return is_in_capitals(self.text)

    @property
    def caseless(self) -> bool:
        """
        Whether it is of a script without capitals.
        """
        return has_no_case(self.text) and not any(c.isdigit() for c in self.text)


def read_compounds(text: str) -> Iterator[Compound]:
    """
    Give the compounds of a text, in order.
    """
    sorts = sorts_of(text)
    start = end = last = 0
    before = ""
    for word in read_words(text, sorts):
        join = sorts[last : word.start].replace("u", "")
        here = text[word.start : word.end]
        if last and (join in ("a", "h") or (not join and has_no_case(here))):
            if not (join == "a" and word.folded in _ENDINGS):
                end = word.end
        else:
            if last:
                yield Compound(start, end, seen_text(text[start:end]), before)
            before = seen_text(text[last : word.start])
            start, end = word.start, word.end
        last = word.end
    if last:
        yield Compound(start, end, seen_text(text[start:end]), before)
