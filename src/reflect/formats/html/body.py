"""
The blocks of a document as HTML, for a page and for a fragment.
"""

from __future__ import annotations

import hashlib
import html
import itertools
import re
from collections.abc import Iterable, Iterator
from typing import Any

import attrs

from reflect import diagrams
from reflect.sessions.origin import Origin
from reflect.text import nodes


def escape_html(text: str) -> str:
    """
    Return a text escaped for a page, also for an attribute.
    """
    # A browser would read a carriage return as a line end, so we write it as a reference.
    return html.escape(text).replace("\r", "&#13;")


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
    #: What the paper says about itself, which each of its places says too.
    origin: Origin = attrs.field(factory=Origin)

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
                yield f"<h{block.level}{_class_of(block.style)}>{self.inline(block.children)}</h{block.level}>"
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
            case nodes.SignOff():
                yield self._sign_off(block)
            case nodes.NewPage():
                yield '<div class="reflect-new-page"></div>'
            case nodes.Cards():
                yield from self._deck(block)
            case nodes.Diagram():
                yield self._figure(block)
            case _:
                raise TypeError(f"{type(block).__name__} has no place in a page")

    def _listing(self, block: nodes.Listing) -> Iterator[str]:
        tag = "ul" if block.start is None else "ol"
        start = f' start="{block.start}"' if block.start not in (None, 1) else ""
        yield f"<{tag}{start}{_class_of(block.style)}>"
        close = not nodes.apart(block)
        for item in block.items:
            yield f"<li>{''.join(self._item(item, close))}</li>"
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
        for row in block.rows:
            cells = zip(row, [*names, *[""] * len(row)], strict=False)
            yield f"<tr>{''.join(f'<td{_label_of_column(name)}>{self._cell(cell)}</td>' for cell, name in cells)}</tr>"
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

    def _text_area(self, key: str, label: str, value: str, lines: int, width: int = _BOX, about: str = "") -> str:
        if self.pen:
            return self._by_hand(value, 0 if width != _BOX else max(lines, 1))
        # Nobody can scroll a box on paper, so it has room for everything in it.
        rows = max(lines, sum(len(line) // width + 1 for line in value.split("\n")))
        ring = self.ring(key) if width == _BOX else ""  # the rows of a table say it together
        # The first line end in a textarea is not part of its text, so we write one more.
        return (
            f'<textarea id="{self.id(key)}" name="{escape_html(self.name(key))}" '
            f'aria-label="{escape_html(label or key)}"{about}{ring} rows="{rows}" autocomplete="off">\n'
            f"{escape_html(value)}</textarea>"
        )

    def _described_by(self, *ids: str) -> str:
        said = " ".join(filter(None, (self.hint, *ids)))
        return f' aria-describedby="{said}"' if said else ""

    def _input_with_label(self, key: str, label: str, value: str) -> str:
        if self.pen:
            return f"<strong>{escape_html(label)}</strong> {self._by_hand(value)}"
        found = self.id(key)
        more = ' data-kind="date"' if re.fullmatch(r"(?:.*\.)?date", key) else ""
        more += self.ring(key)
        return (
            f'<label for="{found}">{escape_html(label)}</label> <input type="text" id="{found}" '
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

    def _sign_off(self, block: nodes.SignOff) -> str:
        key = self.name(block.key)
        ticks = " ".join(self._radios(f"{key}.value", block.options, block.value))
        name = self._input_with_label(f"{key}.name", "Name", block.name)
        date = self._input_with_label(f"{key}.date", "Date", block.date)
        comments = self._text_area(f"{key}.comments", f"{block.who}: Comments", block.comments, 3 if self.pen else 4)
        return (
            f'<fieldset class="reflect-sign" data-key="{escape_html(key)}"><legend>{escape_html(block.who)}</legend> '
            f'<div>{ticks}</div> <div class="reflect-sign-line"><div>{name}</div> <div>{date}</div></div> '
            f"<p>Comments</p>{comments}</fieldset>"
        )

    # --- pictures

    def _figure(self, block: nodes.Diagram) -> str:
        # Its words are part of its name, so that pictures in two fragments on one page never share a name.
        digest = hashlib.sha256(_write_fields(block).encode("utf-8", "replace")).hexdigest()[:8]
        return f'<figure class="reflect-diagram">{diagrams.svg(block, self.id(f"diagram-{digest}"))}</figure>'

    # --- cards

    def _deck(self, block: nodes.Cards) -> Iterator[str]:
        for n, rows in enumerate(nodes.sheets(block), 1):
            fronts = "".join(self._front_of_card(card) for row in rows for card in row)
            # When a sheet is turned over on its long edge, its columns are the other way round.
            backs = "".join(self._back_of_card(card) for row in rows for card in reversed(row))
            sheet = "reflect-sheet" + (" reflect-tall" if block.rows == 2 else "")
            yield f'<section class="{sheet}" aria-label="Fronts of cards, sheet {n}">{fronts}</section>'
            yield f'<section class="{sheet}" aria-label="Backs of cards, sheet {n}">{backs}</section>'

    def _front_of_card(self, card: nodes.Card | None) -> str:
        if card is None:
            return '<div class="reflect-card reflect-own" aria-hidden="true"></div>'
        size = "long" if len(card.front) > 62 else "short"
        bar = f'<div class="reflect-bar reflect-bar-{(card.bar - 1) % 8 + 1}"></div>' if card.bar else ""
        part = f" <span>{escape_html(card.part)}</span>" if card.part else ""
        return (
            f'<div class="reflect-card">{bar}<p class="reflect-card-head">'
            f"<span>{escape_html(card.head)}</span>{part}</p>"
            f'<p class="reflect-front reflect-{size}">{escape_html(card.front)}</p></div>'
        )

    def _back_of_card(self, card: nodes.Card | None) -> str:
        if card is None:
            return '<div class="reflect-card" aria-hidden="true"></div>'
        back = f'<p class="reflect-back">{escape_html(card.back)}</p>' if card.back else ""
        return f'<div class="reflect-card">{back}<p class="reflect-card-foot">{escape_html(card.foot)}</p></div>'
