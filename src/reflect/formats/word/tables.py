"""
Tables: the grid is in twips, and everything else is in their style.
"""

from __future__ import annotations

from collections.abc import Sequence

from reflect.formats.word.text import escape_xml

#: The width of the text: 152 mm.
PAGE_WIDTH = 8618


def shares(weights: Sequence[float], whole: int) -> list[int]:
    """
    Return widths in the ratio of *weights* that add up to the whole.
    """
    total = sum(weights)
    widths = [int(whole * weight / total) for weight in weights]
    widths[-1] += whole - sum(widths)
    return widths


def cell(inner: str, width: int, span: int = 1, look: str = "") -> str:
    """
    Return a cell; *inner* has its paragraphs, and *look* its borders, colour and margins.
    """
    across = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{across}{look}</w:tcPr>{inner}</w:tc>'


def row(cells: str, *, header: bool = False, height: int = 0, exact: bool = False) -> str:
    """
    Return a row, which does not break over pages; a header row is repeated on each page.
    """
    rule = "exact" if exact else "atLeast"
    tall = f'<w:trHeight w:val="{height}" w:hRule="{rule}"/>' if height else ""
    head = "<w:tblHeader/>" if header else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{tall}{head}</w:trPr>{cells}</w:tr>"


def table(
    style: str,
    widths: Sequence[int],
    rows: str,
    *,
    title: str = "",
    about: str = "",
    header: bool = True,
    left: int = 0,
) -> str:
    """
    Return a table; *title* and *about* are for screen readers, and *left* is its indent.
    """
    inset = f'<w:tblInd w:w="{left}" w:type="dxa"/>' if left else ""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    look = (
        f'<w:tblLook w:val="{"0620" if header else "0600"}" w:firstRow="{int(header)}" w:lastRow="0" w:firstColumn="0"'
    )
    words = f'<w:tblCaption w:val="{escape_xml(title)}"/>' if title else ""
    words += f'<w:tblDescription w:val="{escape_xml(about)}"/>' if about else ""
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'{inset}<w:tblLayout w:type="fixed"/>{look} w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>{words}</w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )
