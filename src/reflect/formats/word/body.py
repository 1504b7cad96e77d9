"""
The body of a Word document: its blocks, one after another.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence

import attrs

from reflect.formats.lanes import is_lanes
from reflect.formats.widths import wide_enough
from reflect.formats.word import entries, fields
from reflect.formats.word.cards import deck, page_of
from reflect.formats.word.keeping import begin_page, goes_on, is_without_label, keep_together, keep_with_next, signs
from reflect.formats.word.lanes import lanes, lanes_downwards
from reflect.formats.word.ledger import Ledger, anchor
from reflect.formats.word.pictures import picture
from reflect.formats.word.steps import slide
from reflect.formats.word.tables import cell, row, shares, table
from reflect.formats.word.text import NBSP, TAB, paragraph, run, runs
from reflect.text import nodes
from reflect.text.contents import CONTENTS, pages_of_headings, title_of

#: Style ids by the names of looks.
_STYLES = {
    "eyebrow": "ReflectEyebrow",
    "subtitle": "Subtitle",
    "guidance": "ReflectGuidance",
    "prompt": "ReflectPrompt",
    "hint": "ReflectHint",
    "small": "ReflectSmall",
    "space": "ReflectSpace",
    "notes": "ReflectGuidance",
}
_HEADINGS = ("Title", "Heading1", "Heading2", "Heading3", "Heading4", "Heading5")
#: Headings of the first rank that have a look of their own.
_RANKS = {"talk": "ReflectTalkHeading", "small": "ReflectSmallHeading"}
#: Looks of lists.
_LISTS = {"compact": "ReflectCompactList", "talk": "ReflectTalkList"}
#: A list of questions with at most so many items does not part.
_QUESTIONS = 6
#: A label with more letters than this does not hang in the margin; it is part of the line.
_LABEL = 6
#: Word counts list levels from 0 to 8, and has five styles for what continues an item. Deeper ones look like the last.
_LEVELS, _CONTINUED = 8, 5
_QUOTES = 8
#: The indents of an item and a quotation, and those that styles have themselves: twips, as in styles.xml.
_STEP, _QUOTED = 397, 284
_OWN = {"ReflectCode": 142}
_QUOTE, _CONTINUE = "Quote", "ListContinue"
#: Word does not take a greater number in a list.
_HIGHEST = 32767
#: With this many items or more, letters and small Roman numerals do not help.
_LETTERS = 26
#: The height of a line to write on in a table: 8 mm.
_LINE = 454
#: A table with more columns has small letters.
_COLUMNS = 8

_A4 = '<w:pgSz w:w="11906" w:h="16838"/>'


def body(document: nodes.Document, ledger: Ledger, furniture: str, page: str) -> str:
    """
    Return the body of the main part.

    Args:
        ledger: Where the body notes what it needs in other parts.
        furniture: References to the header and footer of ordinary pages.
        page: Size and margins of those pages.
    """
    return _Body(document, ledger, furniture, page).whole()


def _key_of_title(title: str) -> str:
    return f"contents.{title}"


def _section(furniture: str, page: str, kind: str = "") -> str:
    return f"<w:sectPr>{furniture}{kind}{page}</w:sectPr>"


@attrs.frozen
class _Place:
    """
    The place of blocks: how far they are indented, and what they are in.

    Attributes:
        quotes: How many quotations they are in.
        within: How many of those lists are in the innermost quotation.
        plain: The style of a paragraph without a look of its own.
        again: Whether a block of the same kind is straight before them, whose border would run into theirs.
    """

    lists: int = 0
    quotes: int = 0
    within: int = 0
    plain: str = "BodyText"
    again: bool = False

    @property
    def left(self) -> int:
        return _STEP * min(self.lists, _LEVELS + 1) + _QUOTED * min(self.quotes, _QUOTES)

    def style(self, base: str, ledger: Ledger, *, again: bool = False) -> str:
        """
        Return the style *base* for a paragraph in this place.
        """
        left, again = self.left, again or self.again
        if base == _CONTINUE and 0 < self.lists <= _CONTINUED and not self.quotes:
            return base if self.lists == 1 else f"{base}{self.lists}"
        if not again and (not left or (base == _QUOTE and left == _QUOTED)):
            return base
        reach = base == _QUOTE and self.within == 1
        return ledger.derived_style(base, left + _OWN.get(base, 0), again=again, reach=reach)


_TOP = _Place()
_AFTER_TABLE = _Place(plain="ReflectAfterTable")
#: Blocks whose paragraphs have borders.
_BORDERED = (nodes.Answer, nodes.CodeBlock, nodes.Fence, nodes.Quotation)


@attrs.define
class _Body:
    document: nodes.Document
    ledger: Ledger
    furniture: str
    page: str
    #: The key of the place to write under each prompt, by the prompt's position.
    prompts: dict[int, str] = attrs.field(factory=dict)
    #: The words of the last heading, which name the subject of the next table.
    heading: str = ""
    #: The levels of the headings that the next one may be under.
    levels: list[int] = attrs.field(factory=list)
    #: The headings that contents lead to and that did not come yet, each with its page.
    titles: dict[str, int] = attrs.field(factory=dict)

    def whole(self) -> str:
        self.titles = pages_of_headings(self.document.blocks)
        out: list[str] = []
        start = 0
        blocks = self.document.blocks
        decks = [i for i, block in enumerate(blocks) if isinstance(block, nodes.Cards)]
        for i in decks:
            self._before(blocks[start:i], out)
            found = blocks[i]
            assert isinstance(found, nodes.Cards)
            out.append(deck(found, self.document.title, self._about_deck(), self.ledger))
            page = page_of(found.measures)
            whole = found.measures.fills
            start = i + 1
            if start < len(blocks):
                out.append(self._line_under_deck(_section("", page, '<w:type w:val="oddPage"/>'), whole=whole))
        if decks and start == len(blocks):
            out.append(self._line_under_deck("", whole=whole))
            out.append(_section("", page, '<w:type w:val="oddPage"/>'))
        else:
            out.append(self.blocks(blocks[start:]))
            if out[-1].endswith("</w:tbl>") or not out[-1]:
                out.append(paragraph("ReflectGap", ""))
            out.append(_section(self.furniture, self.page))
        return "".join(out)

    def _before(self, blocks: Sequence[nodes.Block], out: list[str]) -> None:
        """
        Write the blocks before a deck. A title alone is printed on the sheets, and needs no page.
        """
        if blocks and not (len(blocks) == 1 and isinstance(blocks[0], nodes.Heading)):
            made = self.blocks(blocks)
            mark = _section(self.furniture, self.page)
            if made.endswith("</w:p>"):
                start, looks, end = made.rpartition("</w:pPr>")
                out.append(f"{start}{mark}{looks}{end}")
            else:
                out.append(f'{made}<w:p><w:pPr><w:pStyle w:val="ReflectGap"/>{mark}</w:pPr></w:p>')

    def _about_deck(self) -> str:
        """
        Return what is said about a deck as a whole: whose it is, and its licence.
        """
        document = self.document
        return " · ".join(filter(None, (document.organisation, document.marking, document.limits)))

    def _line_under_deck(self, mark: str, *, whole: bool) -> str:
        """
        Return the line under the last sheet, which has no words if the cards fill it.
        """
        style = "ReflectSheetWhole" if whole else "ReflectSheetEnd"
        said = "" if whole else run(self._about_deck())
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{mark}</w:pPr>{said}</w:p>'

    def blocks(self, blocks: Sequence[nodes.Block], place: _Place = _TOP) -> str:
        out: list[str] = []
        keys = _anchors(blocks)
        led = set(keys.values())
        after_table = again = turned = False
        before: nodes.Block | None = None
        for i, block in enumerate(blocks):
            here = _AFTER_TABLE if after_table and place is _TOP else place
            # Word joins the borders of paragraphs that touch, so every second one in a row differs slightly.
            again = not again and isinstance(block, _BORDERED) and type(block) is type(before)
            if isinstance(block, nodes.NewPage):
                turned = bool(out)  # a paper begins on a new page anyway
                continue
            if isinstance(block, nodes.Facts) and is_without_label(before):
                made = fields.facts(block, self.ledger, below=True)
            else:
                made = self.block(block, here, keys.get(i, ""), led, again=again)
            if not made:
                continue
            if isinstance(block, nodes.Listing) and block.style in _LISTS and len(block.items) <= _QUESTIONS:
                made = keep_together(made, self.ledger)
            if signs(blocks, i):
                made = keep_with_next(keep_together(made, self.ledger), self.ledger)
            if goes_on(blocks, i):
                made = keep_together(made, self.ledger) if isinstance(block, nodes.Facts) else made
                made = keep_with_next(made, self.ledger)
            if turned:
                made = begin_page(made)
                turned = after_table = False
            if after_table and made.startswith("<w:tbl>"):
                out.append(paragraph("ReflectGap", ""))
            elif isinstance(block, nodes.SignOff) and isinstance(before, nodes.SignOff) and not block.brief:
                out.append(paragraph("ReflectBoxEnd", ""))
            out.append(made)
            after_table = made.endswith("</w:tbl>")
            before = block
        return "".join(out)

    def block(self, block: nodes.Block, place: _Place, key: str, led: set[str], *, again: bool = False) -> str:
        """
        Return one block; nothing if it has no words.

        Args:
            key: The key of the place to write, if the block is its prompt.
            led: Keys of places with a prompt; the others have their bookmarks at their own labels.
            again: Whether a block of the same kind is straight before it, whose border would run into its own.
        """
        ledger = self.ledger
        match block:
            case nodes.Heading():
                return self.heading_paragraph(block, place)
            case nodes.Paragraph(children, style):
                if not (line := runs(children, ledger)):
                    return ""
                return paragraph(
                    place.style(_STYLES.get(style, place.plain), ledger), ledger.with_anchor(key, line) if key else line
                )
            case nodes.Listing():
                return self.listing(block, place)
            case nodes.Quotation(blocks, style):
                if look := _STYLES.get(style):
                    return self.blocks(blocks, attrs.evolve(place, plain=look, again=again))
                return self.blocks(blocks, _Place(place.lists, place.quotes + 1, 0, _QUOTE, again))
            case nodes.CodeBlock(text) | nodes.Fence(body=text):
                style = place.style("ReflectCode", ledger, again=again)
                return paragraph(style, run(text.removesuffix("\n") or NBSP))
            case nodes.Rule():
                return paragraph(place.style("ReflectRule", ledger), run(NBSP))
            case nodes.Table():
                return self.table(block, place.left)
            case nodes.Answer():
                made = fields.answer(block, ledger, again=again)
                return made if block.key in led else ledger.with_anchor(block.key, "") + made
            case nodes.Choice():
                return fields.choice(block, ledger, anchored=block.key in led)
            case nodes.Scale():
                made = fields.scale(block, ledger)
                return made if block.key in led else ledger.with_anchor(block.key, "") + made
            case nodes.Facts():
                return fields.facts(block, ledger)
            case nodes.Actions():
                return fields.actions(block, ledger, anchored=block.key in led)
            case nodes.Ruled():
                return fields.lines_by_hand(block)
            case nodes.SignOff():
                return entries.signer(block, ledger) if block.brief else fields.sign_off(block, ledger)
            case nodes.Entry():
                self.heading = block.head or self.heading
                return entries.entry(block, ledger, self.style_of_heading(2) if block.head else "")
            case nodes.Cards():
                return deck(block, self.document.title, self._about_deck(), ledger)
            case nodes.Slide(card):
                return slide(card, ledger)
            case nodes.SheetToFill() if block.places:
                return fields.sheet_to_fill(block, ledger)
            case nodes.SheetToFill():
                return paragraph("ReflectGap", "") + picture(block, ledger, place.style(place.plain, ledger))
            case nodes.Diagram():
                return picture(block, ledger, place.style(place.plain, ledger))
            case _:
                raise TypeError(f"{type(block).__name__} has no place in a Word document")

    def style_of_heading(self, level: int) -> str:
        """
        Return the style of a heading. One that skips a level moves up a level: an outline in Word has no gaps.
        """
        while self.levels and self.levels[-1] >= level:
            self.levels.pop()
        self.levels.append(level)
        return _HEADINGS[len(self.levels) - (self.levels[0] == 1)]

    def heading_paragraph(self, block: nodes.Heading, place: _Place, number: str = "") -> str:
        """
        Return a heading. Its label hangs in the margin, and its aside is at the right edge.
        """
        if not block.children:
            return ""
        self.heading = nodes.words(block.children)
        # A title cannot be in a list.
        style = self.style_of_heading(max(block.level, 2) if place.left else block.level)
        if style == "Heading1" and not place.left:
            style = _RANKS.get(block.style, style)
        label, middle, aside = _split_heading(block.children)
        inner = runs(middle, self.ledger)
        title = self.heading.strip()
        if block.level == 2 and self.titles.pop(title, 0):
            inner = self.ledger.with_anchor(_key_of_title(title), inner)
        wide = {"Title": "ReflectWideTitle", "Heading1": "ReflectWideHeading"}.get(style)
        if wide and block.style == "wide" and not (place.left or number or self.ledger.large):
            start = self.ledger.line_style(wide, -self.ledger.hang, ())
            return paragraph(start, inner + (TAB + runs(aside, self.ledger) if aside else ""))
        if style == "Title" or place.left or number or self.ledger.large:
            parts = (runs(label, self.ledger), inner, runs(aside, self.ledger))
            return paragraph(place.style(style, self.ledger), run(" ").join(filter(None, parts)), number)
        hung = len(nodes.words(label)) <= _LABEL
        # The style hangs into the margin even if nothing is there, so a tab leads back to the text.
        start = runs(label, self.ledger) + TAB if hung else TAB + runs(label, self.ledger) + run(" ")
        return paragraph(style, start + inner + (TAB + runs(aside, self.ledger) if aside else ""))

    def listing(self, block: nodes.Listing, place: _Place) -> str:
        """
        Return a list; the lists in it are a level deeper.
        """
        ledger, start = self.ledger, block.start
        if block.style == CONTENTS and not place.left:
            return "".join(map(self._line_of_contents, block.items))
        level = min(place.lists, _LEVELS)
        plain = _QUOTE if place.quotes else _CONTINUE
        inside = attrs.evolve(place, lists=place.lists + 1, within=place.within + 1, plain=plain)
        style = "ListBullet" if start is None else "ListNumber"
        if block.style in _LISTS:
            style = _LISTS[block.style]
        elif place.quotes:
            style = "ReflectQuoteList"
            if place.again or place.within == 1:
                style = ledger.derived_style(style, again=place.again, reach=place.within == 1)
        if start is not None and start + len(block.items) - 1 > _HIGHEST:
            style = inside.style(inside.plain, ledger)
            return "".join(
                self.item(item, style, "", inside, run(f"{start + n}.") + TAB) for n, item in enumerate(block.items)
            )
        shift = _QUOTED * min(place.quotes, _QUOTES)
        if start is None:
            number = ledger.bulleted_list(shift)
        else:
            figures = start != 1 or len(block.items) > _LETTERS
            number = ledger.numbered_list(start, level, shift, figures=figures and level > 0)
        mark = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
        return "".join(self.item(item, style, mark, inside) for item in block.items)

    def _line_of_contents(self, item: nodes.Item) -> str:
        """
        Return a title with a link to its heading and the number of its page, which Word counts when it opens the file.
        """
        title = title_of(item)
        if not (page := self.titles.get(title)):
            return paragraph("ReflectContents", run(title))
        name = anchor(_key_of_title(title))
        field = (
            '<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r>'
            f'<w:r><w:instrText xml:space="preserve"> PAGEREF {name} \\h </w:instrText></w:r>'
            f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(str(page))}'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )
        link = f'<w:hyperlink w:anchor="{name}" w:history="1">{run(title)}{TAB}{field}</w:hyperlink>'
        return paragraph("ReflectContents", link)

    def item(self, item: nodes.Item, style: str, mark: str, place: _Place, typed: str = "") -> str:
        """
        Return an item: its first line has the bullet or number, and the other blocks are under it.
        """
        blocks = [
            each
            for each in item.blocks
            if not (isinstance(each, nodes.Paragraph | nodes.Heading) and not each.children)
        ]
        match blocks[0] if blocks else None:
            case nodes.Paragraph(children, look):
                out = [paragraph(_STYLES.get(look, style), typed + runs(children, self.ledger), mark)]
                del blocks[0]
            case nodes.Heading() as heading if mark:
                out = [self.heading_paragraph(heading, place, mark)]
                del blocks[0]
            case _:
                # The item has its number, even if it has no words beside it.
                out = [paragraph(style, typed or run(NBSP), mark)]
        out.append(self.blocks(blocks, place) if blocks else "")
        return "".join(out)

    def table(self, block: nodes.Table, left: int) -> str:
        """
        Return a table as wide as the text; *left* is its indent.
        """
        if is_lanes(block) and not left:
            title = self.heading or self.document.title
            return lanes_downwards(block, self.ledger) if self.ledger.large else lanes(block, self.ledger, title)
        if self.ledger.large and block.rows:
            return self.table_downwards(block)
        count = max(len(block.head), *map(len, block.rows), 1)
        # About 6 points a letter.
        weights = [1] * count if block.style == "open" else _weights(block, count)
        widths = shares(wide_enough(weights, block, self.ledger.width // 145), self.ledger.width - left)
        high = _LINE if block.style == "open" else 0
        lines = [row(self.cells(block.head, widths), header=True)]
        lines += [row(self.cells(each, widths), height=high) for each in block.rows]
        about = "Columns: " + ", ".join(" ".join(map(nodes.words, each.paragraphs)) for each in block.head)
        style = {"compact": "ReflectCompactTable", "open": "ReflectOpenTable"}.get(block.style, "ReflectTable")
        if count > _COLUMNS:
            style = "ReflectSmallTable"
        return table(style, widths, "".join(lines), title=self.heading or self.document.title, about=about, left=left)

    def table_downwards(self, block: nodes.Table) -> str:
        """
        Return a table to read downwards: for each row the labels with their cells, and a rule between rows.
        """
        out = []
        if block.style == "open":
            return "".join(self.open_row(block.head, each) for each in block.rows)
        for each in block.rows:
            for label, said in itertools.zip_longest(block.head, each, fillvalue=nodes.Cell(())):
                out += [paragraph("ReflectFactLabel", runs(line, self.ledger)) for line in label.paragraphs if line]
                out += [paragraph("BodyText", runs(line, self.ledger)) for line in said.paragraphs if line]
            out.append(paragraph("ReflectRule", run(NBSP)))
        return "".join(out[:-1])

    def open_row(self, head: Sequence[nodes.Cell], cells: Sequence[nodes.Cell]) -> str:
        """
        Return a row of a table to write in, each cell on a line of its own that begins with its label.
        """
        out = []
        for label, said in itertools.zip_longest(head, cells, fillvalue=nodes.Cell(())):
            name = " ".join(map(nodes.words, label.paragraphs))
            if any(said.paragraphs):
                lines = (runs(line, self.ledger) for line in said.paragraphs)
                out.append(paragraph("BodyText", run(f"{name} ", "ReflectMuted") + run("\n").join(lines)))
            else:
                out.append(fields.lines_by_hand(nodes.Ruled(1, label=name)))
        return "".join(out)

    def cells(self, cells: Sequence[nodes.Cell], widths: Sequence[int]) -> str:
        given = [*cells, *[nodes.Cell(())] * (len(widths) - len(cells))]
        return "".join(
            cell(
                "".join(paragraph("ReflectCell", runs(line, self.ledger)) for line in each.paragraphs or ((),)),
                width,
            )
            for each, width in zip(given, widths, strict=True)
        )


def _weights(block: nodes.Table, count: int) -> list[int]:
    """
    Return the weights of columns: equal, unless the first row is much longer in some of them.
    """
    weights = [0] * count
    for cells in (block.head, *block.rows[:1]):
        for i, each in enumerate(cells):
            weights[i] = max(weights[i], sum(len(nodes.words(line)) for line in each.paragraphs))
    weights = [min(max(weight, 12), 48) for weight in weights]
    return [1] * count if max(weights) < 2 * min(weights) else weights


def _anchors(blocks: Sequence[nodes.Block]) -> dict[int, str]:
    """
    Return the positions of prompts, with the key of the place to write under each.

    Hints may be between the two.
    """
    found: dict[int, str] = {}
    key = ""
    for i in range(len(blocks) - 1, -1, -1):
        match blocks[i]:
            case nodes.Answer(key=name) | nodes.Choice(key=name) | nodes.Scale(key=name) | nodes.Actions(key=name):
                key = name
            case nodes.Paragraph(style="prompt"):
                if key:
                    found[i] = key
                key = ""
            case nodes.Paragraph(style="hint" | "guidance"):
                continue
            case _:
                key = ""
    return found


_Line = tuple[nodes.Inline, ...]


def _split_heading(children: Iterable[nodes.Inline]) -> tuple[_Line, _Line, _Line]:
    """
    Split a heading into label, words and aside, without the spaces between them.
    """
    label: list[nodes.Inline] = []
    middle: list[nodes.Inline] = []
    aside: list[nodes.Inline] = []
    for child in children:
        match child:
            case nodes.Span("label"):
                label.append(child)
            case nodes.Span("aside"):
                aside.append(child)
            case _:
                middle.append(child)
    _trim(middle, 0, str.lstrip)
    _trim(middle, -1, str.rstrip)
    return tuple(label), tuple(middle), tuple(aside)


def _trim(line: list[nodes.Inline], end: int, trimmed: Callable[[str], str]) -> None:
    """
    Remove white space from one end of a line.
    """
    while line:
        found = line[end]
        if not isinstance(found, nodes.Text):
            return
        if text := trimmed(found.text):
            line[end] = nodes.Text(text)
            return
        del line[end]
