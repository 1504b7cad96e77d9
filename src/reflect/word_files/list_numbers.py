"""
The lists of a Word file, and the numbers that Word counts in them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import attrs

from reflect.files.xml import XmlElement
from reflect.word_files.word_file import ListNumber
from reflect.word_files.word_xml import W, number_in, value_of

#: How many levels a list has in Word.
_LEVELS = 9
#: The longest number of a paragraph, with what is round it.
_LONGEST = 60
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


@attrs.frozen
class ListLevel:
    """
    One level of a list.

    Attributes:
        format: How its numbers are written, such as ``decimal``; ``bullet`` if it has none.
        start: Its first number.
        pattern: Its number with what is round it, such as ``%1.``.
    """

    format: str = ""
    start: int = 1
    pattern: str = ""


@attrs.frozen
class _List:
    """
    A list: the pattern that it shares with others, and where it begins anew at some levels.
    """

    pattern: str
    restarts: Mapping[int, int]


@attrs.define
class WordLists:
    """
    The lists of a file, and how far each has been counted.
    """

    _lists: Mapping[str, _List]
    _patterns: Mapping[str, Mapping[int, ListLevel]]
    #: How far each pattern has been counted, by level: lists of one pattern are counted on.
    _counts: dict[str, dict[int, int]] = attrs.field(factory=dict)
    #: The lists that have been met.
    _met: set[str] = attrs.field(factory=set)

    @classmethod
    def of(cls, numbering: XmlElement | None) -> WordLists:
        """
        Return the lists in a part of a file, which may be missing.
        """
        patterns: dict[str, dict[int, ListLevel]] = {}
        styled: dict[str, dict[int, ListLevel]] = {}
        linked: dict[str, str] = {}
        lists: dict[str, _List] = {}
        for each in numbering.iter(f"{W}abstractNum") if numbering is not None else ():
            id = each.get(f"{W}abstractNumId", "")
            patterns[id] = {number_in(level.get(f"{W}ilvl")): _read_level(level) for level in each.iter(f"{W}lvl")}
            if (name := value_of(each, "styleLink")) is not None:
                styled[name] = patterns[id]
            if (name := value_of(each, "numStyleLink")) is not None:
                linked[id] = name
        for id, name in linked.items():
            patterns[id] = patterns[id] or styled.get(name, {})
        for each in numbering.iter(f"{W}num") if numbering is not None else ():
            restarts = {
                number_in(level.get(f"{W}ilvl")): number_in(start)
                for level in each.iter(f"{W}lvlOverride")
                if (start := value_of(level, "startOverride")) is not None
            }
            lists[each.get(f"{W}numId", "")] = _List(value_of(each, "abstractNumId") or "", restarts)
        return cls(lists, patterns)

    def format_of(self, id: str, level: int) -> str:
        """
        Return how the numbers of a list are written at a level; empty if there is no such list.
        """
        return self._level(id, level).format

    def _level(self, id: str, level: int) -> ListLevel:
        known = self._lists.get(id)
        return self._patterns.get(known.pattern, {}).get(level, ListLevel()) if known else ListLevel()

    def count(self, id: str, level: int) -> ListNumber:
        """
        Count one more paragraph of a list, and return its number.
        """
        known = self._lists[id]
        counts = self._counts.setdefault(known.pattern, {})
        if id not in self._met:
            self._met.add(id)
            for at, start in known.restarts.items():
                counts[at] = start - 1
        start = known.restarts.get(level, self._level(id, level).start)
        counts[level] = counts.get(level, start - 1) + 1
        for deeper in range(level + 1, _LEVELS):
            counts.pop(deeper, None)
        return ListNumber(counts[level], self._write_label(id, level, counts))

    def _write_label(self, id: str, level: int, counts: Mapping[int, int]) -> str:
        def number(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            other = self._level(id, at)
            return write_number(counts.get(at, other.start), other.format)

        return re.sub("%([1-9])", number, self._level(id, level).pattern).strip()


def _read_level(level: XmlElement) -> ListLevel:
    start = value_of(level, "start")
    return ListLevel(
        format=value_of(level, "numFmt") or "",
        start=1 if start is None else number_in(start),
        pattern=(value_of(level, "lvlText") or "")[:_LONGEST],
    )


def write_number(count: int, format: str) -> str:
    """
    Return a number as a list writes it; in figures if its own way is not known.
    """
    if count < 1 or count > 9_999:
        return str(count)
    match format:
        case "lowerLetter" | "upperLetter":
            turns, letter = divmod(count - 1, 26)
            text = chr(ord("a") + letter) * (turns + 1) if turns < _LEVELS else str(count)
        case "lowerRoman" | "upperRoman":
            text, left = "", count
            for value, sign in _ROMAN:
                times, left = divmod(left, value)
                text += sign * times
        case "decimalZero":
            text = f"{count:02}"
        case "none":
            text = ""
        case _:
            text = str(count)
    return text.upper() if format.startswith("upper") else text
