"""
Small pieces of WordprocessingML, as strings.

The body of a document is emitted as text and deflated once: making elements one
by one is what costs in other writers (``performance.md`` section 3).
"""

from __future__ import annotations

import hashlib
import re

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
_SPECIAL = re.compile('[&<>"]')

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" mc:Ignorable="w14 w15"'
)
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_LOCK = '<w:lock w:val="sdtLocked"/>'
#: A space that Word and readers keep, so that a place to write is never an empty paragraph.
BLANK = "\u00a0"


def escaped(text: str) -> str:
    """
    Return text for an element or attribute; a character XML forbids becomes U+FFFD.
    """
    return _SPECIAL.sub(lambda match: _ESCAPES[match[0]], _FORBIDDEN.sub("\ufffd", text))


def run(text: str, style: str = "") -> str:
    """
    Return a run of words; line ends are breaks.
    """
    look = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    lines = (f'<w:t xml:space="preserve">{escaped(line)}</w:t>' if line else "" for line in text.split("\n"))
    return f"<w:r>{look}{'<w:br/>'.join(lines)}</w:r>"


def tab() -> str:
    """
    Return a run that goes to the next tab stop.
    """
    return "<w:r><w:tab/></w:r>"


def paragraph(inner: str, style: str, more: str = "") -> str:
    """
    Return a paragraph of a named style.
    """
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{inner}</w:p>'


def cell(inner: str, width: int, more: str = "") -> str:
    """
    Return a table cell of *width* twentieths of a point.
    """
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{more}</w:tcPr>{inner}</w:tc>'


def row(cells: str, *, head: bool = False, height: int = 0, exact: bool = False) -> str:
    """
    Return a table row that never splits over pages.
    """
    rule = "exact" if exact else "atLeast"
    high = f'<w:trHeight w:val="{height}" w:hRule="{rule}"/>' if height else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{high}{'<w:tblHeader/>' if head else ''}</w:trPr>{cells}</w:tr>"


def table(rows: str, style: str, widths: list[int], *, title: str = "", first_row: bool = False) -> str:
    """
    Return a table of fixed column widths, with a title for screen readers.
    """
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    caption = f'<w:tblCaption w:val="{escaped(title)}"/>' if title else ""
    look = f'<w:tblLook w:val="{"0020" if first_row else "0000"}" w:firstRow="{int(first_row)}" w:lastRow="0"'
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/>{look} w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f"{caption}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def digest(text: str) -> int:
    """
    Return a number of 31 bits that is always the same for a text.
    """
    raw = hashlib.blake2b(text.encode(errors="surrogatepass"), digest_size=4).digest()
    return int.from_bytes(raw, "big") & 0x7FFFFFFF


class Anchors:
    """
    Ids and names within one document: each is used once, and the same input gives the same.
    """

    def __init__(self) -> None:
        self._ids: set[int] = set()
        self._names: set[str] = set()

    def control(
        self, key: str, label: str, inner: str, *, kind: str = "", blank: bool = False, lock: bool = True
    ) -> str:
        """
        Return a content control round *inner*.

        Args:
            key: Its tag, by which an answer is found again; Word keeps 64 characters.
            label: What a screen reader says.
            inner: The run or paragraphs in it.
            kind: The element that says what it takes; nothing is rich text.
            blank: Whether *inner* is only room, to be gone at the first letter.
            lock: Whether it cannot be deleted by accident.
        """
        number = digest(key)
        while number in self._ids or number == 0:
            number = (number + 1) & 0x7FFFFFFF
        self._ids.add(number)
        alias = f'<w:alias w:val="{escaped(label[:64])}"/>' if label else ""
        return (
            f'<w:sdt><w:sdtPr>{alias}<w:tag w:val="{escaped(key[:64])}"/><w:id w:val="{number}"/>'
            f"{_LOCK if lock else ''}{'<w:showingPlcHdr/>' if blank else ''}{kind}</w:sdtPr>"
            f"<w:sdtContent>{inner}</w:sdtContent></w:sdt>"
        )

    def bookmark(self, key: str, inner: str) -> str:
        """
        Return *inner* in a hidden bookmark: editors that drop the control's tag keep it.
        """
        slug = re.sub(r"[^a-z0-9]+", "_", key.lower())[:24].strip("_")
        name = f"_rf_{slug}_{digest(key):08x}"
        if name in self._names:
            return inner
        self._names.add(name)
        number = len(self._names)
        return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{inner}<w:bookmarkEnd w:id="{number}"/>'
