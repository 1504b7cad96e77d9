"""
The styles of somebody else's Word file: in what order Word wants their parts, and which are based on themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reflect.files.xml import XmlElement

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
#: The order in which Word wants the properties of a paragraph.
_ORDER = (
    "pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr", "suppressLineNumbers",
    "pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct", "topLinePunct", "autoSpaceDE",
    "autoSpaceDN", "bidi", "adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents",
    "suppressOverlap", "jc", "textDirection", "textAlignment", "textboxTightWrap", "outlineLvl", "divId", "cnfStyle",
    "rPr", "sectPr", "pPrChange",
)  # fmt: skip


def place_in_looks(each: XmlElement) -> int:
    """
    Return where Word wants a property of a paragraph. One that we do not know is beside the last of those that are
    about a paragraph as a whole, as Word writes its own newer ones.
    """
    tag = each.tag
    name = tag.removeprefix(W)
    return _ORDER.index(name if tag.startswith(W) and name in _ORDER else "cnfStyle")


def ends_of_rings(theirs: Mapping[tuple[str, str], XmlElement]) -> Iterator[tuple[str, str]]:
    """
    Give one style of each ring: the last of those that are based on one another, and in the end on themselves.
    """
    seen: set[tuple[str, str]] = set()
    for start in theirs:
        path: dict[tuple[str, str], None] = {}
        here = start
        while here in theirs and here not in seen:
            path[here] = None
            seen.add(here)
            based = theirs[here].find(f"{W}basedOn")
            here = (here[0], "" if based is None else based.get(f"{W}val", ""))
        if here in path:
            yield next(reversed(path))
