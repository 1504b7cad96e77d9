"""
Styles for the looks of a paper. The meaning of a style stays; sizes, distances and marks change.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable

from reflect.text.nodes import Look

#: The smallest size in large print, in half-points, and how much larger than usual all other sizes are.
_LARGE, _LARGER = 36, 1.2
#: The room between paragraphs grows half as fast as the letters.
_ROOMIER = 1.25
#: Half-points of the body in the dyslexia-friendly look, and of small words there.
_BODY, _SMALL = 26, 24
#: 240ths of a line: one and a half, and a quarter more than one for headings.
_WIDE, _HEADS = 360, 300
#: Styles of what can be read at arm's length already, or has no words.
_FIXED = (
    "ReflectCard", "ReflectDigits", "ReflectSlide", "ReflectSheet", "ReflectGap", "ReflectRule",
    "ReflectRuled", "ReflectSignRuled",
)  # fmt: skip
#: The places of options side by side in large print: tabs in twips.
_TABS = {
    "ReflectOptions": ("left", 2870, 5740),
    "ReflectOptionsUntil": ("right", 8448),
    "ReflectScale": ("left", *range(1436, 8617, 1436)),
    "ReflectSignLine": ("right", 8448),
}
#: Tabs of styles that others are based on, which lead to a line to write on there.
_CLEARED = (1814, 2870, 4876, 5740)
_STYLE = re.compile(r'<w:style [^>]*w:styleId="(\w+)".*?</w:style>', re.DOTALL)


@functools.lru_cache(16)
def styles_in_looks(styles: str, looks: tuple[Look, ...], wider: int = 0) -> str:
    """
    Return the styles part of a file in the looks of a paper; *wider* is the extra width of its text, in twips.
    """
    for change in (*(_CHANGES[look] for look in looks if look in _CHANGES), *([_wider(wider)] if wider else ())):
        first = styles.index("<w:style ")
        made = [change("", styles[:first])]  # what comes before the first style applies to all of them
        for match in _STYLE.finditer(styles):
            made += [styles[first : match.start()], change(match[1], match[0])]
            first = match.end()
        styles = "".join([*made, styles[first:]])
    return styles


def _large(name: str, style: str) -> str:
    if name.startswith(_FIXED):
        return style
    style = re.sub(
        r'(<w:sz(?:Cs)? w:val=")(\d+)"', lambda m: f'{m[1]}{max(_LARGE, round(int(m[2]) * _LARGER))}"', style
    )
    style = re.sub(r'(w:(?:before|after)=")(\d+)"', lambda m: f'{m[1]}{round(int(m[2]) * _ROOMIER)}"', style)
    if name.startswith("Heading"):
        # Nothing hangs in the margin, because a clock time of this size has no room there.
        style = re.sub(r'<w:ind w:left="0" w:hanging="\d+"/>', '<w:ind w:left="0" w:firstLine="0"/>', style)
    if name in _TABS:
        style = re.sub("<w:tabs>.*?</w:tabs>", f"<w:tabs>{_tabs(*_TABS[name])}</w:tabs>", style)
    return style


def _tabs(side: str, *places: int) -> str:
    if side == "right":  # after the tabs of the style it is based on
        cleared = "".join(f'<w:tab w:val="clear" w:pos="{place}"/>' for place in _CLEARED)
        return cleared + f'<w:tab w:val="right" w:leader="underscore" w:pos="{places[0]}"/>'
    return "".join(f'<w:tab w:val="{side}" w:pos="{place}"/>' for place in places)


def _dyslexia(name: str, style: str) -> str:
    if name.startswith(_FIXED):
        return style

    def size(match: re.Match[str]) -> str:
        was = int(match[2])
        return f'{match[1]}{_SMALL if was < _SMALL else _BODY if was < _BODY else was}"'

    style = re.sub(r'(<w:sz(?:Cs)? w:val=")(\d+)"', size, style)
    lines = _HEADS if name.startswith(("Heading", "Title", "Subtitle")) else _WIDE
    style = re.sub(r'w:line="\d+" w:lineRule="auto"', f'w:line="{lines}" w:lineRule="auto"', style)
    if name == "ReflectTick":  # the words are wider, and their label has slightly less room
        for was, now in ((3742, 3300), (5556, 5100), (7143, 6700)):
            style = style.replace(f'"{was}"', f'"{now}"')
    if name == "ReflectWordsOnLine":  # the line behind the words stays, and they stand on it without one
        style = style.replace('<w:u w:val="single" w:color="7B8B90"/>', '<w:u w:val="none"/>')
    style = style.replace("<w:caps/>", "").replace("<w:i/><w:iCs/>", "" if "<w:b/>" in style else "<w:b/><w:bCs/>")
    return re.sub(r'(<w:color [^>]*/>)<w:u w:val="single"/>', r"<w:b/><w:bCs/>\1", style)


def _wider(by: int) -> Callable[[str, str], str]:
    """
    Return a change that moves tabs at the right edge to the new edge.
    """

    def change(name: str, style: str) -> str:
        if name.startswith(_FIXED) and not name.startswith("ReflectSlide"):
            return style
        return re.sub(
            r'(<w:tab w:val="right" (?:w:leader="\w+" )?w:pos=")(\d+)"', lambda m: f'{m[1]}{int(m[2]) + by}"', style
        )

    return change


#: The body makes all other changes, for the pen and for landscape.
_CHANGES = {Look.LARGE: _large, Look.DYSLEXIA: _dyslexia}
