"""
What the supervisee brings as a text to send, and such a text read again.

A line says behind it who may read it, so that whoever gets it knows, and whoever pastes it keeps it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reflect.errors import Refused
from reflect.planner.given import LONGEST_LINE, MOST_THINGS, BroughtThing, Hour
from reflect.planner.printing import file_of
from reflect.planner.shapes import Lines, SentLine
from reflect.planner.words import read_words
from reflect.questions.rings import Ring
from reflect.shown import one_line

#: A text that is pasted is looked at as far as this.
_LONGEST_TEXT = 20_000
#: What people and mail programs write before a line.
_BULLETS = " \t-–—*•·>0123456789.)"
#: What stands behind a line in brackets, and perhaps a full stop.
_BEHIND = re.compile(r"\s*\(([^()]{1,120})\)[\s.]*\Z")
#: What may be said behind a line, by the keys of its words.
_PAIR, _RECORD, _GROUP, _NOT_GROUP, _URGENT = (
    f"three.{each}" for each in ("pair", "record", "group", "not-group", "urgent")
)
#: Who may read a line that says so. What is not for the group is what two have between them.
_RINGS = {_PAIR: Ring.PAIR, _NOT_GROUP: Ring.PAIR, _RECORD: Ring.PERSONAL, _GROUP: Ring.GROUP}


def lines_to_bring(hour: Hour, *, group: bool = False) -> Lines:
    """
    Return what the supervisee brings as a text to paste, a line each, and as a file. It is never part of a link.

    Args:
        hour: The hour.
        group: Whether it is that of a group.

    Raises:
        Refused: Nothing is brought.
    """
    urgent = [_line(each, group, _URGENT) for each in hour.urgent if each.whose == "supervisee"]
    theirs = urgent + [_line(each, group) for each in hour.brought if each.whose == "supervisee"]
    if not theirs:
        raise Refused("write a line first: what you bring", "brought")
    text = "".join(f"{line}\n" for line in theirs)
    # An editor that knows no other ending of lines shows one long line.
    return Lines(text=text, file=file_of("what-i-bring.txt", text.replace("\n", "\r\n").encode("utf-8", "replace")))


def _line(thing: BroughtThing, group: bool, *more: str) -> str:
    said = "; ".join(map(_say, (*more, _who_may_read(thing.ring, group))))
    return f"{thing.words} ({said})"


def _who_may_read(ring: Ring | None, group: bool) -> str:
    if group:
        return _GROUP if ring in (None, Ring.GROUP) else _NOT_GROUP
    return _PAIR if ring in (None, Ring.PAIR, Ring.GROUP) else _RECORD


def _say(key: str) -> str:
    said = read_words()[key]
    assert isinstance(said, str)
    return said


def lines_in_text(text: str) -> list[SentLine]:
    """
    Return the lines of a text that somebody sent, each as something that is brought; the marks of a list are left out.

    Where a line does not say who may read it, nobody but the two may.
    """
    found = (_read(one_line(line)) for line in text[:_LONGEST_TEXT].splitlines())
    return [each for each in found if each["words"]][:MOST_THINGS]


def _read(line: str) -> SentLine:
    words = line.lstrip(_BULLETS) or line
    known = {_key_of(_say(key)): key for key in (*_RINGS, _URGENT)}
    behind = _BEHIND.search(words)
    said = [known.get(_key_of(each), "") for each in behind[1].split(";")] if behind else []
    if behind is None or not all(said):
        # What else stands in brackets is somebody's own words.
        return SentLine(words=_cut(words), ring="", urgent=False, whose="")
    rings = list(_rings_of(said))
    ring = str(rings[0]) if len(rings) == 1 else str(Ring.PAIR) if rings else ""
    # Such a text is always what the supervisee brings, wherever it is pasted.
    return SentLine(words=_cut(words[: behind.start()]), ring=ring, urgent=_URGENT in said, whose="supervisee")


def _rings_of(said: list[str]) -> Iterator[Ring]:
    """
    Give the rings that a line says, each once; whoever says two has not said that more may read it.
    """
    yield from dict.fromkeys(_RINGS[each] for each in said if each in _RINGS)


def _key_of(said: str) -> str:
    return " ".join(said.casefold().split())


def _cut(words: str) -> str:
    return words[:LONGEST_LINE].strip()
