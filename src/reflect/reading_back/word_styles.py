"""
The styles and lists of a Word file, which decide the looks of its paragraphs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import attrs

from reflect.text.prose import LineKind

if TYPE_CHECKING:
    from lxml.etree import _Element

#: WordprocessingML, and the namespace of its elements as lxml writes it.
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{WORD}}}"
#: How many styles, each based on the next, are followed at most.
_MOST_BASES = 20


def value_of(parent: _Element | None, name: str) -> str | None:
    """
    Return the value of a child of an element, or None if the element has no child of that name.
    """
    child = parent.find(W + name) if parent is not None else None
    return child.get(f"{W}val", "") if child is not None else None


def is_on(parent: _Element | None, name: str) -> bool | None:
    """
    Whether a child of an element switches something on; None if the element has no child of that name.
    """
    child = parent.find(W + name) if parent is not None else None
    return None if child is None else means_on(child.get(f"{W}val", "1"))


def means_on(value: str | None, otherwise: bool = False) -> bool:
    """
    Whether the value of a switch means on; *otherwise* is for a switch without a value.
    """
    return otherwise if value is None else value not in ("0", "false", "off", "none")


def number_in(text: str | None) -> int:
    """
    Return a text as a number; 0 if it is not a number, or too long to be one.
    """
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 4 else 0


def _list_in(looks: _Element | None) -> tuple[str, int] | None:
    """
    Return the list in the properties of a paragraph, and its level there.
    """
    numbering = looks.find(f"{W}numPr") if looks is not None else None
    if numbering is None:
        return None
    return value_of(numbering, "numId") or "", number_in(value_of(numbering, "ilvl"))


@attrs.frozen
class _Style:
    name: str
    base: str
    bold: bool | None
    italic: bool | None
    list: tuple[str, int] | None
    outline: bool

    @classmethod
    def of(cls, style: _Element) -> _Style:
        looks, runs = style.find(f"{W}pPr"), style.find(f"{W}rPr")
        return cls(
            name=(value_of(style, "name") or "").lower(),
            base=value_of(style, "basedOn") or "",
            bold=is_on(runs, "b"),
            italic=is_on(runs, "i"),
            list=_list_in(looks),
            outline=number_in(value_of(looks, "outlineLvl") or "9") < 9,
        )


@attrs.frozen
class WordStyles:
    """
    The styles and lists of a file. We read a style when a paragraph uses it.
    """

    _elements: Mapping[str, _Element]
    _list_formats: Mapping[str, Mapping[int, str]]
    _read: dict[str, _Style] = attrs.field(factory=dict)
    _looks: dict[str, str] = attrs.field(factory=dict)
    _emphasis: dict[str, tuple[bool, bool]] = attrs.field(factory=dict)

    @classmethod
    def of(cls, styles: _Element | None, numbering: _Element | None) -> WordStyles:
        """
        Return the styles and lists in two parts of a file, each of which may be missing.
        """
        elements = {}
        for style in styles.iter(f"{W}style") if styles is not None else ():
            elements[style.get(f"{W}styleId", "")] = style
        patterns: dict[str, dict[int, str]] = {}
        formats = {}
        if numbering is not None:
            for pattern in numbering.iter(f"{W}abstractNum"):
                patterns[pattern.get(f"{W}abstractNumId", "")] = {
                    number_in(level.get(f"{W}ilvl")): value_of(level, "numFmt") or ""
                    for level in pattern.iter(f"{W}lvl")
                }
            for each in numbering.iter(f"{W}num"):
                formats[each.get(f"{W}numId", "")] = patterns.get(value_of(each, "abstractNumId") or "", {})
        return cls(elements, formats)

    def _chain(self, id: str) -> Iterator[tuple[str, _Style]]:
        """
        Give a style, the style it is based on, and so on, each with its id.
        """
        for _ in range(_MOST_BASES):
            if id not in self._elements:
                return
            if id not in self._read:
                self._read[id] = _Style.of(self._elements[id])
            style = self._read[id]
            yield id, style
            id = style.base

    def look(self, id: str) -> str:
        """
        Return the look of a style: title, subtitle, heading, one of ours in lower case, or nothing.
        """
        if id not in self._looks:
            self._looks[id] = self._find_look(id)
        return self._looks[id]

    def _find_look(self, id: str) -> str:
        chain = list(self._chain(id))
        for each, style in chain:
            name = style.name.replace(" ", "")
            if name.startswith("heading"):
                return "heading"
            if name in ("title", "subtitle"):
                return name
            if each.lower().startswith("reflect") and not style.base.lower().startswith("reflect"):
                return each.lower()
        return "heading" if any(style.outline for _, style in chain) else ""

    def list_of(self, looks: _Element | None, id: str) -> tuple[LineKind, int]:
        """
        Return whether a paragraph is an item of a list, and at which level: by its own properties, or by its style.
        """
        item = _list_in(looks) or next((style.list for _, style in self._chain(id) if style.list), None)
        if item is None or item[0] in ("", "0"):
            return LineKind.PARAGRAPH, 0
        level = min(item[1], 8)
        match self._list_formats.get(item[0], {}).get(level, ""):
            case "" | "none":
                return LineKind.PARAGRAPH, 0
            case "bullet":
                return LineKind.BULLET, level
            case _:
                return LineKind.NUMBER, level

    def emphasis(self, id: str) -> tuple[bool, bool]:
        """
        Return whether a style makes words bold, and whether italic.
        """
        if id and id not in self._emphasis:
            chain = [style for _, style in self._chain(id)]
            self._emphasis[id] = (
                next((style.bold for style in chain if style.bold is not None), False),
                next((style.italic for style in chain if style.italic is not None), False),
            )
        return self._emphasis.get(id, (False, False))
