"""
What we do with each element that may be among the paragraphs, rows and runs of a Word file.

An element is read (the walk knows it), read through, left out on purpose, or named beside the answer. One that is on no
list is named too, as something that reflect does not know, so that nothing goes without a word.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from reflect.word_files.word_file import Beside
from reflect.word_files.word_xml import MC, W14, W

#: Elements that we read through, as if their content were outside them.
TRANSPARENT = frozenset(
    {W + n for n in ("ins", "moveTo", "smartTag", "customXml", "hyperlink", "fldSimple", "dir", "bdo")}
    | {W14 + "conflictIns"}
)
INSERTED = frozenset({W + "ins", W + "moveTo", W14 + "conflictIns"})
DELETED = frozenset({W + "del", W + "moveFrom", W14 + "conflictDel"})

#: What is left out on purpose, each kind with its reason.
LEFT_OUT_BECAUSE: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "it says how something looks": (
            "pPr", "rPr", "tblPr", "tblPrEx", "tblGrid", "trPr", "tcPr", "sdtPr", "sdtEndPr", "customXmlPr",
            "smartTagPr", "rubyPr", "sectPr", "tblStylePr",
        ),
        "it marks where something begins or ends": (
            "bookmarkEnd", "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd",
            "commentRangeStart", "commentRangeEnd", "customXmlInsRangeStart", "customXmlInsRangeEnd",
            "customXmlDelRangeStart", "customXmlDelRangeEnd", "customXmlMoveFromRangeStart",
            "customXmlMoveFromRangeEnd", "customXmlMoveToRangeStart", "customXmlMoveToRangeEnd", "permStart", "permEnd",
        ),
        "Word wrote it for itself": ("proofErr", "lastRenderedPageBreak", "fldData", "pgNum"),
        "nobody sees it": ("softHyphen", "instrText", "delText", "delInstrText"),
        "it refers to a comment or a note, which is read": (
            "footnoteReference", "endnoteReference", "commentReference", "annotationRef", "footnoteRef", "endnoteRef",
            "separator", "continuationSeparator",
        ),
    }
)  # fmt: skip
LEFT_OUT = frozenset(W + name for names in LEFT_OUT_BECAUSE.values() for name in names)

#: What refers to a comment or a note, with its kind.
REFERENCES: Mapping[str, str] = MappingProxyType(
    {f"{W}{kind}Reference": kind for kind in ("comment", "footnote", "endnote")}
)

#: What is named beside the answer.
NAMED: Mapping[str, Beside] = MappingProxyType(
    {
        W + "altChunk": Beside.IMPORTED,
        W + "subDoc": Beside.IMPORTED,
        W + "contentPart": Beside.HANDWRITING,
        W14 + "contentPart": Beside.HANDWRITING,
        **{W + name: Beside.FILLED_IN for name in ("dayShort", "monthShort", "yearShort")},
        **{W + name: Beside.FILLED_IN for name in ("dayLong", "monthLong", "yearLong")},
    }
)

#: What may hold drawn things, and text boxes.
DRAWN = frozenset({W + "drawing", W + "pict", W + "object", f"{MC}AlternateContent"})
#: What a drawn thing is, by the name of an element in it; the first of these that it has.
DRAWN_KINDS: Mapping[str, Beside] = MappingProxyType(
    {
        "chart": Beside.CHART,
        "chartSpace": Beside.CHART,
        "relIds": Beside.SMART_ART,
        "contentPart": Beside.HANDWRITING,
        "OLEObject": Beside.EMBEDDED,
        "objectEmbed": Beside.EMBEDDED,
        "objectLink": Beside.EMBEDDED,
        "control": Beside.EMBEDDED,
        "movie": Beside.EMBEDDED,
        "pic": Beside.PICTURE,
        "imagedata": Beside.PICTURE,
    }
)
