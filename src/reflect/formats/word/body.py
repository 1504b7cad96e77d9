"""
The body of a Word file, from our tokens, in one pass.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence

import attrs

from reflect.formats.word.cards import deck
from reflect.formats.word.xml import BLANK, Anchors, cell, escaped, paragraph, row, run, tab, table
from reflect.nodes import (
    Actions,
    Answer,
    Block,
    Break,
    Cards,
    Choice,
    Code,
    CodeBlock,
    Emphasis,
    Fact,
    Facts,
    Heading,
    Inline,
    Item,
    Link,
    Listing,
    Paragraph,
    Quotation,
    Rule,
    Scale,
    SignOff,
    Span,
    Strong,
    Table,
    Text,
    words,
)

#: The measure of the text, in twentieths of a point: 152 mm.
MEASURE = 8618
#: A row to write in by hand is 12 mm, room for comments 30 mm.
ROW_HEIGHT, COMMENTS_HEIGHT = 680, 1701
#: A line to write on by hand is 8 mm; a line of type in a box is about 5.1 mm, and the box's edges take 4 mm.
_HAND_MM, _TYPE_MM, _EDGE_MM = 8, 5.1, 4

_PARAGRAPHS = {
    "": "BodyText",
    "eyebrow": "ReflectEyebrow",
    "subtitle": "Subtitle",
    "guidance": "ReflectGuidance",
    "prompt": "ReflectPrompt",
    "hint": "ReflectHint",
    "small": "ReflectSmall",
    "space": "ReflectSpace",
    "compact": "BodyText",
}
_HEADINGS = {1: "Title", 2: "Heading1", 3: "Heading2"}
_SPANS = {"label": "ReflectNumber", "aside": "ReflectAside", "muted": "ReflectMuted"}
_CHECKBOX = (
    '<w14:checkbox><w14:checked w14:val="{}"/><w14:checkedState w14:val="2612" w14:font="MS Gothic"/>'
    '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox>'
)


@attrs.define
class Body:
    """
    What one document needs beside its blocks: ids, links and lists, each in the order of use.
    """

    anchors: Anchors = attrs.field(factory=Anchors)
    links: list[str] = attrs.field(factory=list)
    lists: list[int | None] = attrs.field(factory=list)

    def blocks(self, blocks: Sequence[Block]) -> str:
        """
        Return the blocks one after another; a prompt carries the bookmark of the place below it.
        """
        return "".join(self._block(block, _key_below(blocks, i)) for i, block in enumerate(blocks))

    def _block(self, block: Block, below: str) -> str:
        match block:
            case Heading():
                return self._heading(block)
            case Paragraph():
                inner = self.inline(block.children)
                style = _PARAGRAPHS[block.style]
                return paragraph(self.anchors.bookmark(below, inner) if below else inner, style)
            case Listing():
                return "".join(self._listing(block, 0))
            case Quotation():
                return self._quotation(block)
            case CodeBlock():
                return paragraph(run(block.text.rstrip("\n") or BLANK, "ReflectTyped"), "ReflectCode")
            case Rule():
                return paragraph(run(BLANK), "ReflectRule")
            case Table():
                return self._table(block) + _AFTER_TABLE
            case Answer():
                return self._answer(block)
            case Choice():
                return self._choice(block)
            case Scale():
                return self._scale(block)
            case Facts():
                return self._facts(block)
            case Actions():
                return self._actions(block) + _AFTER_TABLE
            case SignOff():
                return self._sign_off(block) + _AFTER_TABLE
            case Cards():
                return deck(block)
            case _:
                raise TypeError(f"{type(block).__name__} has no place in a Word file")

    # --- in a line

    def inline(self, children: Iterable[Inline], style: str = "") -> str:
        """
        Return the runs of one line.
        """
        return "".join(self._inline(child, style) for child in children)

    def _inline(self, child: Inline, style: str) -> str:
        match child:
            case Text(text):
                return run(text, style)
            case Strong(inner):
                return self.inline(inner, style or "Strong")
            case Emphasis(inner):
                return self.inline(inner, style or "Emphasis")
            case Code(text):
                return run(text, "ReflectTyped")
            case Span(name, inner):
                before = tab() if name == "aside" else ""
                after = tab() if name == "label" else ""
                return before + self.inline(inner, _SPANS[name]) + after
            case Break():
                return "<w:r><w:br/></w:r>"
            case Link(to, inner):
                if to not in self.links:
                    self.links.append(to)
                return (
                    f'<w:hyperlink r:id="rLink{self.links.index(to)}">{self.inline(inner, "Hyperlink")}</w:hyperlink>'
                )

    def _heading(self, block: Heading) -> str:
        hangs = any(isinstance(child, Span) and child.style == "label" for child in block.children)
        style = "ReflectStage" if hangs and block.level == 2 else _HEADINGS.get(block.level, "Heading3")
        children = [_trimmed(child, i, block.children) for i, child in enumerate(block.children)]
        return paragraph(self.inline(children), style)

    # --- in blocks

    def _listing(self, block: Listing, level: int) -> Iterator[str]:
        self.lists.append(block.start)
        number = len(self.lists) + 2
        style = "ListNumber" if block.start is not None else "ListBullet"
        style = "ReflectListCompact" if block.style == "compact" and block.start is None else style
        place = f'<w:numPr><w:ilvl w:val="{min(level, 8)}"/><w:numId w:val="{number}"/></w:numPr>'
        for item in block.items:
            yield from self._entry(item, style, place, level)

    def _entry(self, item: Item, style: str, place: str, level: int) -> Iterator[str]:
        marked = False
        for block in item.blocks:
            if isinstance(block, Paragraph):
                inner = self.inline(block.children)
                yield paragraph(inner, "ListContinue") if marked else paragraph(inner, style, place)
                marked = True
                continue
            if not marked:
                yield paragraph(run(BLANK), style, place)
                marked = True
            if isinstance(block, Listing):
                yield from self._listing(block, level + 1)
            else:
                yield self._block(block, "")

    def _quotation(self, block: Quotation) -> str:
        parts = []
        for inner in block.blocks:
            if isinstance(inner, Paragraph):
                parts.append(paragraph(self.inline(inner.children), "Quote"))
            else:
                parts.append(self._block(inner, ""))
        return "".join(parts)

    def _table(self, block: Table) -> str:
        count = max(len(block.head), 1)
        widths = [MEASURE // count] * count

        def cells(row_: Sequence[object]) -> str:
            return "".join(
                cell(
                    "".join(paragraph(self.inline(line), "ReflectCell") for line in each.paragraphs)  # type: ignore[attr-defined]
                    or paragraph("", "ReflectCell"),
                    width,
                )
                for each, width in zip(row_, widths, strict=True)
            )

        rows = row(cells(block.head), head=True) + "".join(row(cells(each)) for each in block.rows)
        title = ", ".join(words(line) for each in block.head for line in each.paragraphs)
        return table(rows, "ReflectTable", widths, title=title, first_row=True)

    # --- places to write

    def _written(self, key: str, label: str, value: str, *, kind: str = "", style: str = "") -> str:
        """
        A control in a line: what was written, or a blank.
        """
        return self.anchors.control(key, label, run(value or BLANK * 4, style), kind=kind, blank=not value)

    def _answer(self, block: Answer) -> str:
        if block.value:
            paragraphs = "".join(
                paragraph(run(text), "ReflectAnswer") for text in block.value.split("\n\n") if text.strip("\n")
            )
            return self.anchors.control(block.key, block.label, paragraphs)
        breaks = max(0, math.floor((block.lines * _HAND_MM - _EDGE_MM) / _TYPE_MM) - 1)
        empty = paragraph(run(BLANK + "\n" * breaks), "ReflectAnswer")
        return self.anchors.control(block.key, block.label, empty, blank=True)

    def _box(self, key: str, label: str, ticked: bool) -> str:
        kind = _CHECKBOX.format(int(ticked))
        return self.anchors.control(key, label, run("☒" if ticked else "☐", "ReflectBox"), kind=kind, lock=False)

    def _options(self, key: str, options: Sequence[str], value: str, label: str) -> list[str]:
        return [
            self._box(f"{key}.{i}", f"{label}: {option}" if label else option, option == value) + run(f" {option}")
            for i, option in enumerate(options, 1)
        ]

    def _choice(self, block: Choice) -> str:
        options = self._options(block.key, block.options, block.value, block.label)
        first = [self.anchors.bookmark(block.key, run(block.label))] if block.label else []
        return paragraph(tab().join([*first, *options]), "ReflectTick")

    def _scale(self, block: Scale) -> str:
        steps = [
            self._box(f"{block.key}.{n}", f"{block.label} {n}", block.value == str(n)) + run(f" {n}") for n in range(11)
        ]
        ends = f"0 = {block.low}\n10 = {block.high}\n{block.whose}, may be left blank"
        return paragraph(tab().join(steps), "ReflectScale") + paragraph(run(ends), "ReflectHint")

    def _facts(self, block: Facts) -> str:
        out = []
        for start in range(0, len(block.facts), 4):
            some = block.facts[start : start + 4]
            width = MEASURE // 4 if len(block.facts) > 1 else MEASURE // 2
            widths = [width] * len(some)
            names = "".join(cell(self._fact_label(fact), width) for fact in some)
            values = "".join(
                cell(paragraph(self._written(fact.key, fact.label, fact.value, kind="<w:text/>"), "ReflectCell"), width)
                for fact in some
            )
            title = ", ".join(fact.label for fact in some)
            rows = row(names, head=True) + row(values, height=400)
            out.append(table(rows, "ReflectFacts", widths, title=title, first_row=True) + _AFTER_TABLE)
        return "".join(out)

    def _fact_label(self, fact: Fact) -> str:
        return paragraph(self.anchors.bookmark(fact.key, run(fact.label)), "ReflectLabel")

    def _actions(self, block: Actions) -> str:
        count = len(block.columns)
        narrow = MEASURE // (count + 2)
        widths = [MEASURE - narrow * (count - 1), *[narrow] * (count - 1)]
        head = "".join(
            cell(paragraph(run(column), "ReflectCell"), width)
            for column, width in zip(block.columns, widths, strict=True)
        )
        rows = [*block.rows, *[("",) * count] * block.blank]
        items = []
        for n, values in enumerate(rows, 1):
            cells = "".join(
                cell(
                    paragraph(self._written(f"{block.key}.{n}.{i}", f"{column}, row {n}", value), "ReflectCell"), width
                )
                for i, (column, value, width) in enumerate(zip(block.columns, values, widths, strict=True), 1)
            )
            number = f"{block.key}.{n}"
            kind = "<w15:repeatingSectionItem/>"
            items.append(self.anchors.control(number, "", row(cells, height=ROW_HEIGHT), kind=kind, lock=False))
        section = self.anchors.control(
            block.key,
            block.label,
            "".join(items),
            kind=f'<w15:repeatingSection w15:sectionTitle="{escaped(block.label[:64])}"/>',
            lock=False,
        )
        return table(row(head, head=True) + section, "ReflectTable", widths, title=block.label, first_row=True)

    def _sign_off(self, block: SignOff) -> str:
        half = MEASURE // 2
        who = paragraph(self.anchors.bookmark(block.key, run(block.who)), "ReflectLabel")
        ticks = "".join(
            paragraph(option, "ReflectCell")
            for option in self._options(block.key, block.options, block.value, block.who)
        )
        lines = "".join(
            paragraph(
                run(f"{name} ") + self._written(f"{block.key}.{key}", f"{block.who}: {name}", value), "ReflectCell"
            )
            for name, key, value in (("Name", "name", block.name), ("Date", "date", block.date))
        )
        top = row(cell(who + ticks, half) + cell(lines, half))
        label = f"{block.who}: Comments"
        comments = paragraph(run("Comments"), "ReflectLabel") + paragraph(
            self._written(f"{block.key}.comments", label, block.comments), "ReflectCell"
        )
        below = row(cell(comments, MEASURE, '<w:gridSpan w:val="2"/>'), height=COMMENTS_HEIGHT)
        return table(top + below, "ReflectSign", [half, half], title=f"{block.who}: is this record fair?")


#: Two tables that touch become one in Word, so a small line stands between them.
_AFTER_TABLE = paragraph(run(BLANK), "ReflectGap")


def _key_below(blocks: Sequence[Block], i: int) -> str:
    """
    The key of the place to write that a prompt belongs to.
    """
    block = blocks[i]
    if not (isinstance(block, Paragraph) and block.style == "prompt"):
        return ""
    for below in blocks[i + 1 :]:
        if isinstance(below, (Answer, Scale)):
            return below.key
        if isinstance(below, Choice):
            return below.key if not below.label else ""
        if not (isinstance(below, Paragraph) and below.style == "hint"):
            return ""
    return ""


def _trimmed(child: Inline, i: int, children: Sequence[Inline]) -> Inline:
    """
    A text without the spaces beside a label or an aside: a tab stands there.
    """
    if not isinstance(child, Text):
        return child
    before, after = children[i - 1] if i else None, children[i + 1] if i + 1 < len(children) else None
    text = child.text.lstrip() if isinstance(before, Span) and before.style == "label" else child.text
    text = text.rstrip() if isinstance(after, Span) and after.style == "aside" else text
    return Text(text)
