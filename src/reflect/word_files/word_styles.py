"""
The styles and lists of a Word file, which decide the looks of its paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import attrs

from reflect.files.xml import XmlElement
from reflect.text.prose import LineKind
from reflect.word_files.list_numbers import WordLists
from reflect.word_files.word_file import ListNumber
from reflect.word_files.word_xml import W, is_on, means_on, number_in, value_of

#: What the styles are for that are not looks of ours, by the beginnings of their names, which Word keeps in English in
#: a document of any language.
_ROLES = {"quote": "quote", "intense quote": "quote", "quotation": "quote", "block text": "quote", "toc": "contents",
          "contents": "contents", "list continue": "hint", "list paragraph": "hint"}  # fmt: skip
#: How many styles, each based on the next, are followed at most.
_MOST_BASES = 20


def _list_in(looks: XmlElement | None) -> tuple[str, int] | None:
    """
    Return the list in the properties of a paragraph, and its level there.
    """
    numbering = looks.find(f"{W}numPr") if looks is not None else None
    if numbering is None:
        return None
    return value_of(numbering, "numId") or "", number_in(value_of(numbering, "ilvl"))


def font_in(looks: XmlElement | None) -> str:
    """
    Return the font that the properties of a run name; empty if they name none.
    """
    fonts = looks.find(f"{W}rFonts") if looks is not None else None
    return fonts.get(f"{W}ascii", "") or fonts.get(f"{W}hAnsi", "") if fonts is not None else ""


def is_struck(looks: XmlElement | None) -> bool | None:
    """
    Whether the properties of a run cross its words out, with one line or two; None if they do not say.
    """
    lines = [line for name in ("strike", "dstrike") if (line := is_on(looks, name)) is not None]
    return any(lines) if lines else None


def _outline_in(looks: XmlElement | None) -> int:
    """
    Return the level in the outline that the properties of a paragraph name, from 1; 0 if they name none.
    """
    level = number_in(value_of(looks, "outlineLvl") or "9")
    return level + 1 if level < 9 else 0


def _indent_in(looks: XmlElement | None) -> int | None:
    """
    Return how far the properties of a paragraph indent it; None if they do not say.
    """
    indent = looks.find(f"{W}ind") if looks is not None else None
    left = (indent.get(f"{W}left") or indent.get(f"{W}start")) if indent is not None else None
    return None if left is None else int(left) if re.fullmatch("[0-9]{1,5}", left) else 0


#: Word's own styles for items further in, each of which is a list by itself: their level is in their name alone.
#: The name of a style of ours that is like another but for its indent, its tabs, or where it stays.
_DERIVED = re.compile(r"(reflect[a-z]+?)(?:inm?\d.*|again|kept|reach)*\Z")
_FURTHER_IN = re.compile(r"list (?:bullet|number) ([2-5])\b")


@attrs.frozen
class _Style:
    name: str
    base: str
    bold: bool | None
    italic: bool | None
    struck: bool | None
    hidden: bool | None
    font: str
    list: tuple[str, int] | None
    outline: int
    indent: int | None

    @classmethod
    def of(cls, style: XmlElement) -> _Style:
        looks, runs = style.find(f"{W}pPr"), style.find(f"{W}rPr")
        return cls(
            name=(value_of(style, "name") or "").lower(),
            base=value_of(style, "basedOn") or "",
            bold=is_on(runs, "b"),
            italic=is_on(runs, "i"),
            struck=is_struck(runs),
            hidden=is_on(runs, "vanish"),
            font=font_in(runs),
            list=_list_in(looks),
            outline=_outline_in(looks),
            indent=_indent_in(looks),
        )


@attrs.frozen
class RunLooks:
    """
    What the styles of a run say about it.

    Attributes:
        struck: Whether they cross it out.
        hidden: Whether they hide it.
        font: The font that they name; empty if they name none.
    """

    struck: bool = False
    hidden: bool = False
    font: str = ""


@attrs.frozen
class WordStyles:
    """
    The styles and lists of a file. We read a style when a paragraph uses it.
    """

    _elements: Mapping[str, XmlElement]
    _lists: WordLists
    #: What every run begins with.
    _usual: RunLooks = RunLooks()
    #: The style of paragraphs that name none.
    _usual_para: str = ""
    _read: dict[str, _Style] = attrs.field(factory=dict)
    _looks: dict[str, str] = attrs.field(factory=dict)
    _emphasis: dict[str, tuple[bool, bool]] = attrs.field(factory=dict)
    _run_looks: dict[tuple[str, ...], RunLooks] = attrs.field(factory=dict)

    @classmethod
    def of(cls, styles: XmlElement | None, numbering: XmlElement | None) -> WordStyles:
        """
        Return the styles and lists in two parts of a file, each of which may be missing.
        """
        elements = {}
        usual, usual_para = RunLooks(), ""
        for style in styles.iter(f"{W}style") if styles is not None else ():
            elements[style.get(f"{W}styleId", "")] = style
            if style.get(f"{W}type") == "paragraph" and means_on(style.get(f"{W}default")):
                usual_para = style.get(f"{W}styleId", "")
        if styles is not None and (runs := styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")) is not None:
            usual = RunLooks(bool(is_struck(runs)), bool(is_on(runs, "vanish")), font_in(runs))
        return cls(elements, WordLists.of(numbering), usual, usual_para)

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
            if each.startswith("Paper"):  # a usual style of ours in somebody else's document
                name = name.removeprefix("reflect")
            if name.startswith("heading"):
                return "heading"
            if name in ("title", "subtitle"):
                return name
            if each.lower().startswith("reflect") and not style.base.lower().startswith("reflect"):
                return each.lower()
        if any(style.outline for _, style in chain):
            return "heading"
        # Whoever joins documents may leave behind the style that one of ours is like but for its indent.
        match = _DERIVED.match(id.lower())
        return match[1] if match else ""

    def heading_level(self, looks: XmlElement | None, id: str) -> int:
        """
        Return the level of a heading, from 1, by its style or its own properties; 0 if the paragraph is not a heading.
        """
        for _, style in self._chain(id):
            if match := re.match("heading ?([1-9])", style.name):
                return int(match[1])
        own = _outline_in(looks)
        return own or next((style.outline for _, style in self._chain(id) if style.outline), 0)

    def role(self, id: str) -> str:
        """
        Return what a style is for: ``quote``, ``contents``, ``hint``, or nothing.
        """
        for _, style in self._chain(id):
            for name, role in _ROLES.items():
                if style.name.startswith(name):
                    return role
            if "hint" in style.name:
                return "hint"
        return ""

    def indent(self, looks: XmlElement | None, id: str) -> int:
        """
        Return how far a paragraph is indented, by itself or by its style.
        """
        own = _indent_in(looks)
        if own is not None:
            return own
        return next((style.indent for _, style in self._chain(id) if style.indent is not None), 0)

    def list_of(self, looks: XmlElement | None, id: str) -> tuple[LineKind, int, ListNumber | None]:
        """
        Return whether a paragraph is an item of a list, at which level, and its number there: by its own properties,
        or by its style. It is counted, so ask for each paragraph once, in order.
        """
        item = _list_in(looks) or next((style.list for _, style in self._chain(id) if style.list), None)
        if item is None or item[0] in ("", "0"):
            return LineKind.PARAGRAPH, 0, None
        level = min(item[1], 8)
        further_in = max(
            (int(found[1]) - 1 for _, style in self._chain(id) if (found := _FURTHER_IN.match(style.name))), default=0
        )
        match self._lists.format_of(item[0], level):
            case "" | "none":
                return LineKind.PARAGRAPH, 0, None
            case "bullet":
                return LineKind.BULLET, level or further_in, None
            case _:
                return LineKind.NUMBER, level or further_in, self._lists.count(item[0], level)

    def run_looks(self, table: str, para: str, words: str) -> RunLooks:
        """
        Return what the styles of a run's table, paragraph and words say about it, from the outside in.

        A line through the words, and hiding them, are switches: two styles that switch the same thing on switch it off.
        """
        ids = (table, para or self._usual_para, words)
        if not any(ids):
            return self._usual
        if ids not in self._run_looks:
            struck, hidden, font = False, False, self._usual.font
            for id in ids:
                chain = [style for _, style in self._chain(id)] if id else []
                struck ^= next((style.struck for style in chain if style.struck is not None), False)
                hidden ^= next((style.hidden for style in chain if style.hidden is not None), False)
                font = next((style.font for style in chain if style.font), font)
            self._run_looks[ids] = RunLooks(self._usual.struck or struck, self._usual.hidden or hidden, font)
        return self._run_looks[ids]

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
