"""
The cells of a form's tables, each under the numbers of its table, row and column.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from reflect.files.xml import XmlElement
from reflect.word_files.word_elements import TRANSPARENT
from reflect.word_files.word_xml import MC, W, number_in, value_of

#: The numbers of a table, a row and a column, each from one.
CellPlace = tuple[int, int, int]
_FALLBACK = f"{MC}Fallback"
#: The longest label that anybody reads.
_LABEL = 80


@attrs.frozen(eq=False)
class Grids:
    """
    All cells of a form. A cell that goes over several columns counts as the first of them; one that goes on from the
    row above is none.

    Attributes:
        cells: The cells by their places.
        places: Their places, by the identity of the element.
        labels: The words by which people know what a cell is for, by its place: its own, or those to its left, or those
            over it.
        rows: The rows of each table.
    """

    cells: dict[CellPlace, XmlElement] = attrs.field(factory=dict, repr=False)
    places: dict[int, CellPlace] = attrs.field(factory=dict, repr=False)
    labels: dict[CellPlace, str] = attrs.field(factory=dict, repr=False)
    rows: dict[int, list[XmlElement]] = attrs.field(factory=dict, repr=False)

    @classmethod
    def of(cls, root: XmlElement) -> Grids:
        """
        Return those of a document.
        """
        grids = cls()
        # What a drawing has for older programs is there twice.
        tables = (each for each in root.iter(W + "tbl") if not any(True for _ in each.iterancestors(_FALLBACK)))
        for table, element in enumerate(tables, 1):
            grids.rows[table] = list(_inside(element, W + "tr"))
            over: dict[int, str] = {}
            for row, line in enumerate(grids.rows[table], 1):
                grids._read_row(table, row, line, over)
        return grids

    def _read_row(self, table: int, row: int, line: XmlElement, over: dict[int, str]) -> None:
        column, left = 1 + number_in(value_of(line.find(f"{W}trPr"), "gridBefore")), ""
        own = dict[int, str]()
        for cell in _inside(line, W + "tc"):
            about = cell.find(f"{W}tcPr")
            merged = about.find(f"{W}vMerge") if about is not None else None
            text = " ".join(words_of(cell).split())[:_LABEL]
            if merged is None or merged.get(f"{W}val") == "restart":
                place = (table, row, column)
                self.cells[place] = cell
                self.places[id(cell)] = place
                self.labels[place] = text or left or over.get(column, "")
            left = text or left
            own[column] = text
            column += max(number_in(value_of(about, "gridSpan")), 1)
        over.update({at: text for at, text in own.items() if text})

    def label_at(self, cell: XmlElement | None) -> str:
        """
        Return the words by which people know what a cell is for.
        """
        place = self.places.get(id(cell)) if cell is not None else None
        return self.labels[place] if place else ""

    def below(self, place: CellPlace) -> Iterator[CellPlace]:
        """
        Give the places of a column from one on downwards, for as long as rows have a cell there.
        """
        table, row, column = place
        while (table, row, column) in self.cells:
            yield table, row, column
            row += 1


def words_of(element: XmlElement) -> str:
    """
    Return the words in an element as lines, without those of deleted runs.
    """
    out: list[str] = []
    for each in element.iter(W + "t", W + "tab", W + "br", W + "p"):
        out.append((each.text or "") if each.tag == W + "t" else "\n" if each.tag == W + "p" else " ")
    return "".join(out).strip("\n")


def _inside(parent: XmlElement, tag: str) -> Iterator[XmlElement]:
    """
    Give the rows of a table, or the cells of a row, also those with a control round them.
    """
    for each in parent:
        if each.tag == tag:
            yield each
        elif each.tag == W + "sdt":
            content = each.find(f"{W}sdtContent")
            yield from _inside(content, tag) if content is not None else ()
        elif each.tag in TRANSPARENT:
            yield from _inside(each, tag)
