"""
The body of a Word document: blocks, one after another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import attrs

from reflect.formats.word import fields
from reflect.formats.word.cards import deck
from reflect.formats.word.ledger import Ledger
from reflect.formats.word.pictures import picture
from reflect.formats.word.tables import cell, row, shares, table
from reflect.formats.word.text import NBSP, TAB, paragraph, run, runs
from reflect.nodes import (
    Actions,
    Answer,
    Block,
    Cards,
    Cell,
    Choice,
    CodeBlock,
    Diagram,
    Document,
    Facts,
    Heading,
    Inline,
    Item,
    Listing,
    Paragraph,
    Quotation,
    Rule,
    Scale,
    SignOff,
    Span,
    Table,
    Text,
    words,
)

#: Style ids by the names of looks.
_STYLES = {
    "eyebrow": "ReflectEyebrow",
    "subtitle": "Subtitle",
    "guidance": "ReflectGuidance",
    "prompt": "ReflectPrompt",
    "hint": "ReflectHint",
    "small": "ReflectSmall",
    "space": "ReflectSpace",
}
_HEADINGS = ("Title", "Heading1", "Heading2", "Heading3")
#: What hangs in the margin, at most; more letters stand in the line.
_LABEL = 6
#: Word counts list levels from 0 to 8, and has five styles for what continues an item.
_LEVELS, _CONTINUED = 8, 5
_BULLETS = 1

_A4 = '<w:pgSz w:w="11906" w:h="16838"/>'
_PAGE = (
    '<w:pgMar w:top="1304" w:right="1247" w:bottom="1134" w:left="2041" w:header="624" w:footer="510" w:gutter="0"/>'
)
#: 7.5 mm and a line of 6 mm over the cards, so that the first begins 13.5 mm from the edge; 15 mm at the sides.
_SHEET = '<w:pgMar w:top="425" w:right="851" w:bottom="340" w:left="851" w:header="0" w:footer="0" w:gutter="0"/>'


def body(document: Document, ledger: Ledger, furniture: str) -> str:
    """
    Return what stands in the body of the main part.

    Args:
        document: What to write.
        ledger: Takes down what the body needs of other parts.
        furniture: References to the header and footer of ordinary pages.
    """
    return _Body(document, ledger, furniture).whole()


def _section(furniture: str, margins: str, kind: str = "") -> str:
    return f"<w:sectPr>{furniture}{kind}{_A4}{margins}</w:sectPr>"


@attrs.define
class _Body:
    document: Document
    ledger: Ledger
    furniture: str
    #: Where prompts lead: the key of the place to write under each, by the prompt's position.
    prompts: dict[int, str] = attrs.field(factory=dict)
    #: The words of the last heading: what the next table is about.
    heading: str = ""

    def whole(self) -> str:
        out: list[str] = []
        start = 0
        blocks = self.document.blocks
        decks = [i for i, block in enumerate(blocks) if isinstance(block, Cards)]
        for i in decks:
            self._before(blocks[start:i], out)
            found = blocks[i]
            assert isinstance(found, Cards)
            out.append(deck(found, self.document.title, self.document.limits))
            start = i + 1
            if start < len(blocks):
                out.append(self._ended(_section("", _SHEET, '<w:type w:val="oddPage"/>')))
        if decks and start == len(blocks):
            out.append(self._ended(""))
            out.append(_section("", _SHEET, '<w:type w:val="oddPage"/>'))
        else:
            out.append(self.blocks(blocks[start:]))
            if out[-1].endswith("</w:tbl>") or not out[-1]:
                out.append(paragraph("ReflectGap", ""))
            out.append(_section(self.furniture, _PAGE))
        return "".join(out)

    def _before(self, blocks: Sequence[Block], out: list[str]) -> None:
        """
        What stands before a deck. A title alone is said on the sheets, and needs no page.
        """
        if blocks and not (len(blocks) == 1 and isinstance(blocks[0], Heading)):
            out.append(self.blocks(blocks))
            mark = _section(self.furniture, _PAGE)
            out.append(f'<w:p><w:pPr><w:pStyle w:val="ReflectGap"/>{mark}</w:pPr></w:p>')

    def _ended(self, mark: str) -> str:
        """
        The line under the last sheet: whose deck it is, and its licence.
        """
        document = self.document
        said = " · ".join(filter(None, (document.organisation, document.marking, document.limits)))
        return f'<w:p><w:pPr><w:pStyle w:val="ReflectSheetEnd"/>{mark}</w:pPr>{run(said)}</w:p>'

    def blocks(self, blocks: Sequence[Block], plain: str = "BodyText") -> str:
        """
        Blocks in order; *plain* is the style of a paragraph without a look of its own.
        """
        out: list[str] = []
        keys = _anchors(blocks)
        led = set(keys.values())
        after_table = False
        for i, block in enumerate(blocks):
            style = "ReflectAfterTable" if after_table and plain == "BodyText" else plain
            made = self.block(block, style, keys.get(i, ""), led)
            if after_table and made.startswith("<w:tbl>"):
                out.append(paragraph("ReflectGap", ""))
            out.append(made)
            after_table = made.endswith("</w:tbl>")
        return "".join(out)

    def block(self, block: Block, plain: str, key: str, led: set[str]) -> str:
        """
        One block.

        Args:
            block: What to write.
            plain: The style of a paragraph without a look of its own.
            key: What the block's words lead to, if they are the prompt of a place to write.
            led: Keys to which a prompt leads; the others are anchored at their own labels.
        """
        ledger = self.ledger
        match block:
            case Heading():
                self.heading = words(block.children)
                return self.headed(block)
            case Paragraph(children, style):
                line = runs(children, ledger)
                return paragraph(_STYLES.get(style, plain), ledger.anchored(key, line) if key else line)
            case Listing():
                return self.listing(block, 0)
            case Quotation(blocks, style):
                return self.blocks(blocks, _STYLES.get(style, "Quote"))
            case CodeBlock(text):
                return paragraph("ReflectCode", run(text.rstrip("\n") or NBSP))
            case Rule():
                return paragraph("ReflectRule", run(NBSP))
            case Table():
                return self.table(block)
            case Answer():
                made = fields.answer(block, ledger)
                return made if block.key in led else ledger.anchored(block.key, "") + made
            case Choice():
                return fields.choice(block, ledger, anchored=block.key in led)
            case Scale():
                made = fields.scale(block, ledger)
                return made if block.key in led else ledger.anchored(block.key, "") + made
            case Facts():
                return fields.facts(block, ledger)
            case Actions():
                return fields.actions(block, ledger, anchored=block.key in led)
            case SignOff():
                return fields.sign_off(block, ledger)
            case Cards():
                return deck(block, self.document.title, self.document.limits)
            case Diagram():
                return picture(block, ledger, plain)
            case _:
                raise TypeError(f"{type(block).__name__} has no place in a Word document")

    def headed(self, block: Heading) -> str:
        """
        A heading. Its label hangs in the margin, its aside stands at the right edge.
        """
        style = _HEADINGS[min(block.level, len(_HEADINGS)) - 1]
        label, middle, aside = _parted(block.children)
        inner = runs(middle, self.ledger)
        if style == "Title":
            return paragraph(style, " ".join(filter(None, (runs(label, self.ledger), inner, runs(aside, self.ledger)))))
        hung = len(words(label)) <= _LABEL
        # The style hangs into the margin also where nothing stands there: a tab leads back to the text.
        start = runs(label, self.ledger) + TAB if hung else TAB + runs(label, self.ledger) + run(" ")
        return paragraph(style, start + inner + (TAB + runs(aside, self.ledger) if aside else ""))

    def listing(self, block: Listing, level: int) -> str:
        """
        A list, with those in it a level deeper.
        """
        level = min(level, _LEVELS)
        number = _BULLETS if block.start is None else self.ledger.numbered(block.start, level)
        place = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
        style = "ListBullet" if block.start is None else "ListNumber"
        if block.style == "compact":
            style = "ReflectCompactList"
        return "".join(self.item(item, style, place, level) for item in block.items)

    def item(self, item: Item, style: str, place: str, level: int) -> str:
        """
        An item: its first paragraph has the bullet or number, the others stand under it.
        """
        out: list[str] = []
        deep = min(level + 1, _CONTINUED)
        further = f"ListContinue{deep if deep > 1 else ''}"
        for each in item.blocks:
            match each:
                case Paragraph(children, look) if not out:
                    out.append(paragraph(_STYLES.get(look, style), runs(children, self.ledger), place))
                case Listing():
                    out.append(self.listing(each, level + 1))
                case _:
                    out.append(self.blocks((each,), further))
        return "".join(out)

    def table(self, block: Table) -> str:
        """
        A table as wide as the text.
        """
        count = max(len(block.head), *map(len, block.rows), 1)
        widths = shares(_weights(block, count))
        lines = [row(self.cells(block.head, widths), header=True)]
        lines += [row(self.cells(each, widths)) for each in block.rows]
        about = "Columns: " + ", ".join(" ".join(map(words, each.paragraphs)) for each in block.head)
        style = "ReflectCompactTable" if block.style == "compact" else "ReflectTable"
        return table(style, widths, "".join(lines), title=self.heading or self.document.title, about=about)

    def cells(self, cells: Sequence[Cell], widths: Sequence[int]) -> str:
        given = [*cells, *[Cell(())] * (len(widths) - len(cells))]
        return "".join(
            cell(
                "".join(paragraph("ReflectCell", runs(line, self.ledger)) for line in each.paragraphs or ((),)),
                width,
            )
            for each, width in zip(given, widths, strict=True)
        )


def _weights(block: Table, count: int) -> list[int]:
    """
    How wide columns are: equal, unless the first row is much longer in some.
    """
    weights = [0] * count
    for cells in (block.head, *block.rows[:1]):
        for i, each in enumerate(cells):
            weights[i] = max(weights[i], sum(len(words(line)) for line in each.paragraphs))
    weights = [min(max(weight, 12), 48) for weight in weights]
    return [1] * count if max(weights) < 2 * min(weights) else weights


def _anchors(blocks: Sequence[Block]) -> dict[int, str]:
    """
    Positions of prompts, with the key of the place to write that each leads to.

    Hints may stand between them.
    """
    found: dict[int, str] = {}
    key = ""
    for i in range(len(blocks) - 1, -1, -1):
        match blocks[i]:
            case Answer(key=name) | Choice(key=name) | Scale(key=name) | Actions(key=name):
                key = name
            case Paragraph(style="prompt"):
                if key:
                    found[i] = key
                key = ""
            case Paragraph(style="hint" | "guidance"):
                continue
            case _:
                key = ""
    return found


_Line = tuple[Inline, ...]


def _parted(children: Iterable[Inline]) -> tuple[_Line, _Line, _Line]:
    """
    A heading in three: label, words, aside; without the spaces between them.
    """
    label: list[Inline] = []
    middle: list[Inline] = []
    aside: list[Inline] = []
    for child in children:
        match child:
            case Span("label"):
                label.append(child)
            case Span("aside"):
                aside.append(child)
            case _:
                middle.append(child)
    _trim(middle, 0, str.lstrip)
    _trim(middle, -1, str.rstrip)
    return tuple(label), tuple(middle), tuple(aside)


def _trim(line: list[Inline], end: int, trimmed: Callable[[str], str]) -> None:
    """
    Take white space away from one end of a line.
    """
    while line:
        found = line[end]
        if not isinstance(found, Text):
            return
        if text := trimmed(found.text):
            line[end] = Text(text)
            return
        del line[end]
