"""
The blocks of a document as HTML, for a page and for a fragment.
"""

from __future__ import annotations

import hashlib
import itertools
import re
from collections.abc import Iterable, Iterator
from typing import Any

import attrs

from reflect import diagrams
from reflect.diagrams import signs
from reflect.formats.html.escaping import escape_html
from reflect.formats.html.steps import back_of_question, back_of_step, front_of_question, front_of_step, slide
from reflect.formats.lanes import is_band, is_lanes, lane_of
from reflect.sessions.origin import Origin
from reflect.text import nodes
from reflect.text.contents import CONTENTS, pages_of_headings, title_of


def _class_of(style: str) -> str:
    return f' class="reflect-{style}"' if style else ""


def _write_fields(value: Any) -> str:
    """
    Return everything in a node as text, which is the same for equal nodes and for no others.
    """
    if isinstance(value, tuple):
        return f"({', '.join(map(_write_fields, value))}{',' if len(value) == 1 else ''})"
    if not attrs.has(type(value)):
        return repr(value)
    fields = (f"{field.name}={_write_fields(getattr(value, field.name))}" for field in attrs.fields(type(value)))
    return f"{type(value).__name__}({', '.join(fields)})"


_GAP = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
#: About how many letters fit on a line of a box, and of the wide first and the other columns of a table to write in.
_BOX, _WIDE, _NARROW = 80, 40, 12


def _label_of_column(name: str) -> str:
    """
    Return the attribute that names a cell's column, for where a table is read downwards.
    """
    return f' data-column="{escape_html(name)}"' if name else ""


def _class_of_lane(cell: nodes.Cell) -> str:
    return f' class="reflect-lane reflect-lane-{look}"' if (look := lane_of(cell)) else ""


@attrs.define
class Body:
    """
    One pass over a document, in which every id and every name of a place to write is used once.
    """

    ids: set[str] = attrs.field(factory=set)
    last: dict[str, int] = attrs.field(factory=dict)
    names: dict[str, int] = attrs.field(factory=dict)
    hint: str = ""
    #: The words that stand last over a place: they name ticks that have no label of their own.
    over: str = ""
    #: Whether people fill it in by hand: it has lines instead of fields.
    pen: bool = False
    #: The ids of headings that contents lead to, by their words; each is taken once.
    titles: dict[str, str] = attrs.field(factory=dict)
    #: What the paper says about itself, which each of its places says too.
    origin: Origin = attrs.field(factory=Origin)
    #: How many decks of cards there are so far: whoever hears a page knows the sheets of one from those of another.
    decks: int = 0

    def id(self, key: str) -> str:
        slug = "reflect-" + (re.sub(r"[^a-z0-9]+", "-", key.lower()).strip("-") or "field")
        # We count on from the last number, so that a key used a thousand times costs a thousand steps.
        n = self.last.get(slug, 0) + 1
        while (found := f"{slug}-{n}" if n > 1 else slug) in self.ids:
            n += 1
        self.last[slug] = n
        self.ids.add(found)
        return found

    def name(self, key: str) -> str:
        """
        Return the name of a place in the page and in its saved copy: its key, or ``KEY~2`` for its second place.
        """
        n = self.names[key] = self.names.get(key, 0) + 1
        return key if n == 1 else self.name(f"{key}~{n}")

    def ring(self, key: str) -> str:
        """
        Return the attribute that says who may read what is written in a place.
        """
        return f' data-ring="{self.origin.tag_of(key).rings}"'

    # --- in a line

    def inline(self, children: Iterable[nodes.Inline]) -> str:
        return "".join(map(self._inline, children))

    def _inline(self, child: nodes.Inline) -> str:
        match child:
            case nodes.Text(text):
                return escape_html(text)
            case nodes.Strong(inner):
                return f"<strong>{self.inline(inner)}</strong>"
            case nodes.Emphasis(inner):
                return f"<em>{self.inline(inner)}</em>"
            case nodes.Code(text):
                return f"<code>{escape_html(text)}</code>"
            case nodes.Link(to, inner):
                return f'<a href="{escape_html(to)}" rel="noopener noreferrer">{self.inline(inner)}</a>'
            case nodes.Span(style, inner):
                return f'<span class="reflect-{style}">{self.inline(inner)}</span>'
            case nodes.Break():
                return "<br>"

    # --- in blocks

    def blocks(self, blocks: Iterable[nodes.Block]) -> Iterator[str]:
        """
        Give the lines of HTML, block by block. A screen reader reads a hint out with the place to write below it.
        """
        blocks = tuple(blocks)
        self.titles |= {title: self.id(f"to-{title}") for title in pages_of_headings(blocks)}
        for block, place in itertools.pairwise((*blocks, None)):
            if (
                isinstance(block, nodes.Paragraph)
                and block.style == "hint"
                and isinstance(place, (nodes.Answer, nodes.Choice, nodes.Scale))
            ):
                self.hint = self.id(f"{place.key}-hint")
                yield f'<p class="reflect-hint" id="{self.hint}">{self.inline(block.children)}</p>'
            elif block is not None:
                yield from self._block(block)
                self.hint = ""

    def _block(self, block: nodes.Block) -> Iterator[str]:
        match block:
            case nodes.Heading():
                self.over = nodes.words(block.children)
                target = self.titles.pop(self.over.strip(), "") if block.level == 2 else ""
                where = f' id="{target}"' if target else ""
                yield f"<h{block.level}{where}{_class_of(block.style)}>{self.inline(block.children)}</h{block.level}>"
            case nodes.Paragraph():
                if block.style == "prompt":
                    self.over = nodes.words(block.children)
                yield f"<p{_class_of(block.style)}>{self.inline(block.children)}</p>"
            case nodes.Listing():
                yield from self._listing(block)
            case nodes.Quotation():
                yield from (f"<blockquote{_class_of(block.style)}>", *self.blocks(block.blocks), "</blockquote>")
            case nodes.CodeBlock(text) | nodes.Fence(body=text):
                yield f"<pre><code>{escape_html(text)}</code></pre>"
            case nodes.Rule():
                yield "<hr>"
            case nodes.Table():
                yield from self._table(block)
            case nodes.Answer():
                self.over = block.label or self.over
                yield self._text_area(block.key, block.label, block.value, block.lines, about=self._described_by())
            case nodes.Choice():
                yield self._choice(block)
            case nodes.Scale():
                yield self._scale(block)
            case nodes.Facts():
                facts = "".join(f"<div>{self._input_with_label(f.key, f.label, f.value)}</div>" for f in block.facts)
                yield f'<div class="reflect-facts">{facts}</div>'
            case nodes.Actions():
                yield from self._actions(block)
            case nodes.Ruled():
                yield self._lines_by_hand(block)
            case nodes.SignOff():
                yield self._sign_off(block)
            case nodes.Entry():
                yield from self._entry(block)
            case nodes.NewPage():
                yield '<div class="reflect-new-page"></div>'
            case nodes.Cards():
                yield from self._deck(block)
            case nodes.Slide(card):
                self.over = card.front
                yield slide(card)
            case nodes.SheetToFill() if block.places:
                yield from self._sheet(block)
            case nodes.Diagram() | nodes.SheetToFill():
                yield self._figure(block)
            case _:
                raise TypeError(f"{type(block).__name__} has no place in a page")

    def _listing(self, block: nodes.Listing) -> Iterator[str]:
        tag = "ul" if block.start is None else "ol"
        start = f' start="{block.start}"' if block.start not in (None, 1) else ""
        yield f"<{tag}{start}{_class_of(block.style)}>"
        close = not nodes.apart(block)
        for item in block.items:
            inner = "".join(self._item(item, close))
            target = self.titles.get(title_of(item), "") if block.style == CONTENTS else ""
            yield f'<li><a href="#{target}">{inner}</a></li>' if target else f"<li>{inner}</li>"
        yield f"</{tag}>"

    def _item(self, item: nodes.Item, close: bool) -> Iterator[str]:
        for block in item.blocks:
            if close and isinstance(block, nodes.Paragraph) and not block.style:
                yield self.inline(block.children)
            else:
                yield from self._block(block)

    def _cell(self, cell: nodes.Cell) -> str:
        lines = [self.inline(line) for line in cell.paragraphs]
        return lines[0] if len(lines) == 1 else "".join(f"<p>{line}</p>" for line in lines)

    def _table(self, block: nodes.Table) -> Iterator[str]:
        head = "".join(f'<th scope="col">{self._cell(cell)}</th>' for cell in block.head)
        yield f"<table{_class_of(block.style)}><thead><tr>{head}</tr></thead><tbody>"
        names = [" ".join(map(nodes.words, cell.paragraphs)) for cell in block.head]
        lanes = is_lanes(block)
        for row in block.rows:
            band = ' class="reflect-banded"' if lanes and is_band(row) else ""
            cells = zip(row, [*names, *[""] * len(row)], strict=False)
            made = (
                f"<td{_class_of_lane(cell) if lanes else ''}{_label_of_column(name)}>{self._cell(cell)}</td>"
                for cell, name in cells
            )
            yield f"<tr{band}>{''.join(made)}</tr>"
        yield "</tbody></table>"

    # --- places to write

    def _by_hand(self, value: str, lines: int = 0) -> str:
        """
        Return what was written, or lines to write on; a cell needs none.
        """
        if value.strip():
            paragraphs = "".join(
                f"<p>{'<br>'.join(map(escape_html, part.split(chr(10))))}</p>" for part in _GAP.split(value)
            )
            return f"<div>{paragraphs}</div>"
        if not lines:
            return '<span class="reflect-blank"></span>'
        return f'<div class="reflect-ruled">{"<span></span>" * lines}</div>'

    def _text_area(
        self, key: str, label: str, value: str, lines: int, width: int = _BOX, about: str = "", *, alone: bool = False
    ) -> str:
        """
        Return a box of so many lines, about *width* letters wide; *alone* if it has a cell and a ring of its own.
        """
        if self.pen and alone and not value.strip():
            return f'<div class="reflect-open">{"<span></span>" * lines}</div>'
        if self.pen:
            return self._by_hand(value, 0 if width != _BOX else max(lines, 1))
        # Nobody can scroll a box on paper, so it has room for everything in it.
        rows = max(lines, sum(len(line) // width + 1 for line in value.split("\n")))
        ring = self.ring(key) if alone or width == _BOX else ""  # the rows of a table say it together
        # The first line end in a textarea is not part of its text, so we write one more.
        return (
            f'<textarea id="{self.id(key)}" name="{escape_html(self.name(key))}" '
            f'aria-label="{escape_html(label or key)}"{about}{ring} rows="{rows}" autocomplete="off">\n'
            f"{escape_html(value)}</textarea>"
        )

    def _described_by(self, *ids: str) -> str:
        said = " ".join(filter(None, (self.hint, *ids)))
        return f' aria-describedby="{said}"' if said else ""

    def _input_with_label(self, key: str, label: str, value: str, head: str = "") -> str:
        """
        Return a line to write on behind its label; one without a label is called *head* for screen readers.
        """
        if self.pen:
            return f"<strong>{escape_html(label)}</strong> {self._by_hand(value)}"
        found = self.id(key)
        more = ' data-kind="date"' if re.fullmatch(r"(?:.*\.)?date", key) else ""
        more += self.ring(key)
        named = f'<label for="{found}">{escape_html(label)}</label> '
        if not label:
            named, more = "", f' aria-label="{escape_html(head or key)}"{more}'
        return (
            f'{named}<input type="text" id="{found}" '
            f'name="{escape_html(self.name(key))}"{more} value="{escape_html(value)}" autocomplete="off">'
        )

    def _radios(self, key: str, options: Iterable[str], value: str) -> list[str]:
        if self.pen:
            signs = {True: "☒", False: "☐"}
            return [
                f'<span class="reflect-tick">{signs[option == value]} {escape_html(option)}</span>'
                for option in options
            ]
        out = []
        name = escape_html(self.name(key))
        for option in options:
            ticked = " checked" if option == value else ""
            out.append(
                f'<label class="reflect-tick"><input type="radio" id="{self.id(key)}" name="{name}" '
                f'value="{escape_html(option)}" autocomplete="off"{ticked}> {escape_html(option)}</label>'
            )
        return out

    def _choice(self, block: nodes.Choice) -> str:
        legend = f"<legend>{escape_html(block.label)}</legend> " if block.label else ""
        name = "" if block.label else f' aria-label="{escape_html(self.over or block.key)}"'
        boxes = self._radios(block.key, block.options, block.value)
        if block.beside is not None:
            line = self._input_with_label(block.beside.key, block.beside.label, block.beside.value)
            boxes.insert(block.after, f'<span class="reflect-beside">{line}</span>')
        ticks = " ".join(boxes)
        said = f"{name}{self._described_by()}{self.ring(block.key)}"
        below = " reflect-below" if block.lines > 1 else ""
        return f'<fieldset class="reflect-choice{below}"{said}>{legend}{ticks}</fieldset>'

    def _scale(self, block: nodes.Scale) -> str:
        ends = self.id(f"{block.key}-ends")
        about = self._described_by(ends) + self.ring(block.key)
        ticks = " ".join(self._radios(block.key, map(str, range(11)), block.value))
        said = (f"0 = {block.low}", f"10 = {block.high}", f"{block.whose}, may be left blank")
        spans = " ".join(f"<span>{escape_html(each)}</span>" for each in said)
        return (
            f'<fieldset class="reflect-scale" aria-label="{escape_html(block.label or block.key)}"{about}>'
            f'<div>{ticks}</div><p class="reflect-hint" id="{ends}">{spans}</p></fieldset>'
        )

    def _actions(self, block: nodes.Actions) -> Iterator[str]:
        head = "".join(f'<th scope="col">{escape_html(column)}</th>' for column in block.columns)
        named = f'data-key="{escape_html(self.name(block.key))}" aria-label="{escape_html(block.label)}"'
        named += self.ring(block.key)
        yield f'<table class="reflect-actions" {named}><thead><tr>{head}</tr></thead><tbody>'
        rows = [*block.rows, *[("",) * len(block.columns)] * block.blank]
        for n, row in enumerate(rows, 1):
            cells = zip(block.columns, row, strict=True)
            areas = (
                f'<td data-column="{escape_html(column)}">'
                + self._text_area(f"{block.key}.{n}.{i}", f"{column}, row {n}", value, 1, _NARROW if i > 1 else _WIDE)
                + "</td>"
                for i, (column, value) in enumerate(cells, 1)
            )
            yield f"<tr>{''.join(areas)}</tr>"
        yield "</tbody></table>"

    def _sheet(self, block: nodes.SheetToFill) -> Iterator[str]:
        """
        Give a sheet with boxes as a table: a box for each column, in each of its rows.
        """
        if block.in_boxes:
            yield from self._boxes(block)
            return
        corner = "<td></td>" if block.rows else ""
        head = "".join(f'<th scope="col">{escape_html(word)}</th>' for word in block.words)
        named = f'class="reflect-canvas" aria-label="{escape_html(block.title)}"'
        yield f"<table {named}><thead><tr>{corner}{head}</tr></thead><tbody>"
        wide = max(_BOX // (len(block.words) + bool(block.rows)), 8)
        places = iter(block.places)
        for row in block.rows or ("",):
            side = f'<th scope="row">{escape_html(row)}</th>' if row else ""
            cells = zip(block.words, places, strict=False)
            boxes = (
                f'<td data-column="{escape_html(word)}">'
                f"{self._text_area(place.key, place.label, place.value, place.lines, wide, alone=True)}</td>"
                for word, place in cells
            )
            yield f"<tr>{side}{''.join(boxes)}</tr>"
        yield "</tbody></table>"

    def _lines_by_hand(self, block: nodes.Ruled) -> str:
        """
        Return lines for the pen, which say nothing to people who hear the page.
        """
        label = f"<b>{escape_html(block.label)}</b> " if block.label else ""
        line = f'<div>{label}<span aria-hidden="true"></span></div>'
        return f'<div class="reflect-lines">{line * block.lines}</div>'

    def _boxes(self, block: nodes.SheetToFill) -> Iterator[str]:
        """
        Give boxes with their name and what is asked in them, in their order; where they stand is their class.
        """
        asks = block.asks or ("",) * len(block.places)
        stand = {n: (row, i, len(some)) for row, some in enumerate(block.grid, 1) for i, n in enumerate(some)}
        yield f'<div class="reflect-boxes" role="group" aria-label="{escape_html(block.title)}">'
        for n, place in enumerate(block.places):
            row, i, count = stand[n]
            asked = [each for each in asks[n].split("\n") if each]
            name = self.id(f"{place.key}-asked")
            said = "".join(f'<p class="reflect-hint">{escape_html(each)}</p>' for each in asked)
            about = self._described_by(name) if asked else ""
            yield (
                f'<div class="reflect-box reflect-of-{count} reflect-row-{row} reflect-at-{i + 1}">'
                f'<p class="reflect-box-name">{escape_html(place.label)}</p>'
                + (f'<div id="{name}">{said}</div>' if asked else "")
                + self._text_area(
                    place.key, place.label, place.value, place.lines, max(_BOX // count, 8), about, alone=True
                )
                + "</div>"
            )
        yield "</div>"

    def _sign_off(self, block: nodes.SignOff) -> str:
        key = self.name(block.key)
        ticks = " ".join(self._radios(f"{key}.value", block.options, block.value))
        if block.brief:
            return self._sign_on_one_line(block, key, ticks)
        name = self._input_with_label(f"{key}.name", "Name", block.name)
        date = self._input_with_label(f"{key}.date", "Date", block.date)
        comments = self._text_area(f"{key}.comments", f"{block.who}: Comments", block.comments, 3 if self.pen else 4)
        return (
            f'<fieldset class="reflect-sign" data-key="{escape_html(key)}"><legend>{escape_html(block.who)}</legend> '
            f'<div>{ticks}</div> <div class="reflect-sign-line"><div>{name}</div> <div>{date}</div></div> '
            f"<p>Comments</p>{comments}</fieldset>"
        )

    def _sign_on_one_line(self, block: nodes.SignOff, key: str, ticks: str) -> str:
        name = self._input_with_label(f"{key}.name", "", block.name, f"{block.who}: name")
        date = self._input_with_label(f"{key}.date", "on", block.date)
        self.over = block.who
        also = "" if block.also is None else self._choice(block.also)
        comments = ""
        if block.room or block.comments.strip():
            area = self._text_area(f"{key}.comments", f"{block.who}: comments", block.comments, 1)
            comments = f'<div class="reflect-lined"><p>comments</p>{area}</div>'
        return (
            f'<div class="reflect-signer"><fieldset class="reflect-sign" data-key="{escape_html(key)}">'
            f"<legend>{escape_html(block.who)}</legend> "
            f'<div class="reflect-row"><div>{name}</div> <div>{date}</div> <div>{ticks}</div></div>'
            f"{comments}</fieldset>{also}</div>"
        )

    def _entry(self, block: nodes.Entry) -> Iterator[str]:
        """
        Give an entry: its heading, which is at the side where there is room, and its lines.
        """
        self.over = block.head or self.over
        talk = " reflect-talk" if block.talk else ""
        note = f' <span class="reflect-muted">{escape_html(block.note)}</span>' if block.note else ""
        about = ""
        if block.about is not None:
            about = f'<div class="reflect-row"><div>{self._place_on_line(block.about, block.head)}</div></div>'
        words = ": ".join(filter(None, (block.head, block.subject)))
        head = f"<h2>{escape_html(words)}{note}</h2>" if block.head else ""
        yield f'<section class="reflect-entry{talk}">{head}<div>{about}'
        for n, row in enumerate(block.rows):
            if isinstance(place := row[0], nodes.Answer):
                called = place.label or block.head
                if block.talk and n == 0:
                    called = ": ".join(filter(None, (block.over, place.label)))
                name = f"<p>{escape_html(place.label)}</p>" if place.label and place.label != block.head else ""
                area = self._text_area(place.key, called, place.value, place.lines)
                yield f'<div class="reflect-lined">{name}{area}</div>'
            else:
                places = "".join(self._place_on_line(each, block.head) for each in row)
                yield f'<div class="reflect-row">{places}</div>'
        if block.table is not None:
            yield from self._actions(block.table)
        yield "</div></section>"

    def _place_on_line(self, place: nodes.Fact | nodes.Choice | nodes.Answer, head: str) -> str:
        if not isinstance(place, nodes.Fact):
            return "".join(self._block(place))
        wide = "narrow" if 0 < place.wide < 25 else "middle" if 0 < place.wide < 50 else "broad"
        return f'<div class="reflect-{wide}">{self._input_with_label(place.key, place.label, place.value, head)}</div>'

    # --- pictures

    def _figure(self, block: nodes.Diagram | nodes.SheetToFill) -> str:
        # Its words are part of its name, so that pictures in two fragments on one page never share a name.
        digest = hashlib.sha256(_write_fields(block).encode("utf-8", "replace")).hexdigest()[:8]
        return f'<figure class="reflect-diagram">{diagrams.svg(block, self.id(f"diagram-{digest}"))}</figure>'

    # --- cards

    def _deck(self, block: nodes.Cards) -> Iterator[str]:
        size = block.measures
        # Blank cards are for questions of one's own; a row of steps has no place for them.
        blank = "" if any(card.doing for card in block.cards) else " reflect-own"
        marks = f'<div class="reflect-marks">{signs.cut_marks(size)}</div>'

        def front(card: nodes.Card | None) -> str:
            if card is None:
                return f'<div class="reflect-card{blank}" aria-hidden="true"></div>'
            return front_of_step(card, size) if card.doing else front_of_question(card, size, block.place_of_tab(card))

        def back(card: nodes.Card | None) -> str:
            if card is None:
                return '<div class="reflect-card" aria-hidden="true"></div>'
            return back_of_step(card, size) if card.doing else back_of_question(card, size)

        def over(side: str, aside: str = "") -> str:
            # Nothing can stand beside cards that fill the sheet.
            if size.fills:
                return ""
            told = f'data-sheet="Sheet {n} of {len(laid)} · {side}" data-aside="{aside}"'
            return f'<div class="reflect-over-sheet" {told} aria-hidden="true"></div>'

        laid = list(nodes.sheets(block))
        self.decks += 1
        deck = f"deck {self.decks}, " if self.decks > 1 else ""
        for n, rows in enumerate(laid, 1):
            fronts = "".join(front(card) for row in rows for card in row)
            # When a sheet is turned over on its long edge, its columns are the other way round.
            backs = "".join(back(card) for row in rows for card in reversed(row))
            head = over("fronts", "Print on both sides, turn on the long edge, cut along the marks")
            looks = f"reflect-sheet reflect-cards-{size.name}"
            sheet = f"{deck}sheet {n}"
            yield f'<section class="{looks}" aria-label="Fronts of cards, {sheet}">{marks}{head}{fronts}</section>'
            yield f'<section class="{looks}" aria-label="Backs of cards, {sheet}">{over("backs")}{backs}</section>'
