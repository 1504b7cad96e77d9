"""
A document as plain data, which the layout in `paper.typ` walks.

Texts stay texts: each is a string in a list, and a word beside it names what to do with it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import attrs

from reflect import diagrams
from reflect.diagrams import signs
from reflect.diagrams.svg import FONTS
from reflect.formats.card_sizes import ASKED, SECOND, size_of_question, size_of_second
from reflect.formats.lanes import BEFORE, is_band, is_lanes, lane_of, width_of_lane, words_of_heads, words_of_lanes
from reflect.formats.widths import wide_enough
from reflect.text import nodes
from reflect.text.contents import CONTENTS, pages_of_headings, title_of

#: A block or a line in JSON.
Data = dict[str, Any]
Line = list[Any]

_ENDS = re.compile("\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_GAP = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_LANG = re.compile(r"([a-z]{2,3})(?:-[a-z]{4})?(?:-([a-z]{2}))?(?:-|$)", re.IGNORECASE)
_SAFE = re.compile(r"(?:https?|mailto):", re.IGNORECASE)
#: The font of diagrams.
_FONT = "Source Sans Pro"
#: A letter with the accents and joiners that belong to it.
_LETTER = re.compile(
    "(?:.[\u0300-\u036f\u064b-\u065f\u200c\u200d\ufe0f]*(?<=\u200d))*.[\u0300-\u036f\u064b-\u065f\u200c\ufe0f]*",
    re.DOTALL,
)
#: The library refuses longer addresses; nobody writes them.
_ADDRESS = 2000

#: Millimetres in a point, and of the width of the text, which is wider in large print, where no label hangs.
_POINT = 25.4 / 72
_TEXT, _WIDER = 152.0, 168.0
#: The most that a box, a list or a quotation takes from the width.
_INSET = 12.0
#: Widths of letters in parts of their size, slightly too large: they find words that are wider than their place.
_SLIM, _USUAL, _CAPITAL, _BROAD = 0.34, 0.58, 0.7, 1.05
_SLIM_LETTERS, _BROAD_LETTERS = frozenset("iljtfrI.,:;'|![]()"), frozenset("mwMW@%—…")
#: A row with more letters than this may break over pages: it might be longer than a page.
_ROW = 900
#: Facts side by side, at most.
_FACTS = 4
#: Options with more letters than this get a line each.
_OPTION = 60
#: A label with more letters than this does not hang in the margin.
_LABEL = 6


def tree(document: nodes.Document) -> Data:
    large, plain = nodes.Look.LARGE in document.looks, nodes.Look.DYSLEXIA in document.looks
    tag = _LANG.match(document.lang)
    made = _Tree(large=large, plain=plain)
    return {
        "title": _keep_on_one_line(document.title) or document.kind or "Paper",
        "organisation": _keep_on_one_line(document.organisation),
        "lang": tag[1].lower() if tag else "en",
        "region": tag[2].upper() if tag and tag[2] else None,
        "large": large,
        "plain": plain,
        "landscape": nodes.Look.LANDSCAPE in document.looks,
        "head": made.text(document.organisation, 110),
        "label": made.text(document.label, 60),
        "foot": [made.text(text, 130) for text in (document.marking, document.limits) if text],
        "sections": list(made.sections(document)),
    }


def change_texts(data: Any, change: Callable[[str], str]) -> Any:
    """
    Return a tree with every shown text changed. Shown texts are in lists; a text on its own is for the layout.
    """
    match data:
        case list():
            return [change(each) if isinstance(each, str) else change_texts(each, change) for each in data]
        case dict():
            return {key: change_texts(each, change) for key, each in data.items()}
    return data


def _keep_on_one_line(text: str) -> str:
    """
    Return a text on one line, without control characters.
    """
    return _CONTROLS.sub("\ufffd", _ENDS.sub(" ", text))


def _length_of(text: str) -> int:
    """
    Return how long a text is, in letters; a line that ends early is as long as half a line.
    """
    return len(text) + 40 * text.count("\n")


def _room_to_write(lines: int, name: str) -> str:
    """
    Return what people who hear the paper are told of a place to write.
    """
    told = f"Room to write, {lines} line{'s' * (lines != 1)}"
    return f"{told}: {_keep_on_one_line(name)}" if name else told


def _width_of(char: str) -> float:
    if char in _SLIM_LETTERS:
        return _SLIM
    if char in _BROAD_LETTERS or ord(char) > 0x2100:
        return _BROAD
    return _CAPITAL if char.isupper() else _USUAL


@attrs.define
class _Tree:
    """
    One pass over a document.
    """

    large: bool
    plain: bool = False
    #: The level of the last heading: PDF/UA-1 allows no heading to skip one.
    level: int = 0
    #: The headings that contents lead to, by their words, and the numbers of those that came.
    titles: dict[str, int] = attrs.field(factory=dict)
    met: set[int] = attrs.field(factory=set)

    # --- in a line

    def _points(self, points: float) -> float:
        return max(points * 1.2, 18.0) if self.large else points

    def text(self, text: str, room: float, points: float = 12) -> Line:
        """
        Return a text as pieces: strings, line ends, and places where a word wider than *room* millimetres may break.
        """
        em = self._points(points) * _POINT
        out: Line = []
        for n, line in enumerate(_ENDS.split(text)):
            if n:
                out.append({"kind": "break"})
            for m, part in enumerate(_CONTROLS.sub("\ufffd", line).split("\t")):
                if m:
                    out.append({"kind": "tab"})
                if part:
                    out += _break_long_words(part, room / em)
        return out

    def line(self, children: Iterable[nodes.Inline], room: float = 0, points: float = 12) -> Line:
        """
        Return a line for a place *room* millimetres wide.
        """
        room = room or (_WIDER if self.large else _TEXT) - _INSET
        out: Line = []
        for child in children:
            match child:
                case nodes.Text(text):
                    out += self.text(text, room, points)
                case nodes.Code(text):
                    out.append({"kind": "typed", "inner": self.text(text, room, points * 1.1)})
                case nodes.Strong(inner):
                    out.append({"kind": "strong", "inner": self.line(inner, room, points)})
                case nodes.Emphasis(inner):
                    out.append({"kind": "emphasis", "inner": self.line(inner, room, points)})
                case nodes.Span(style, inner):
                    out.append({"kind": style, "inner": self.line(inner, room, points)})
                case nodes.Link(to, inner):
                    said = self.line(inner, room, points)
                    if _SAFE.match(to) and len(to) <= _ADDRESS and said:
                        out.append({"kind": "link", "to": _keep_on_one_line(to), "inner": said})
                    else:
                        out += said
                case nodes.Break():
                    out.append({"kind": "break"})
        return out

    def paragraphs(self, text: str, room: float = 0) -> list[Line]:
        """
        Return what somebody wrote, in paragraphs; none if it is blank.
        """
        if not text.strip():
            return []
        parts = _GAP.split(_ENDS.sub("\n", text).strip("\n"))
        return [self.line((nodes.Text(part),), room) for part in parts]

    # --- in blocks

    def sections(self, document: nodes.Document) -> Iterator[Data]:
        """
        Give runs of ordinary pages, and the decks between them.
        """
        some: list[nodes.Block] = []
        self.titles = {title: n for n, title in enumerate(pages_of_headings(document.blocks), 1)}
        decks = sum(isinstance(block, nodes.Cards) for block in document.blocks)
        for block in document.blocks:
            if isinstance(block, nodes.Cards):
                # A title alone is printed on the sheets, and needs no page.
                if some and not (len(some) == 1 and isinstance(some[0], nodes.Heading)):
                    yield {"kind": "pages", "blocks": self.blocks(some)}
                some = []
                self.level = 1
                yield self.deck(block, document)
            else:
                some.append(block)
        if some or not decks:
            yield {"kind": "pages", "blocks": self.blocks(some)}

    def blocks(self, blocks: Iterable[nodes.Block]) -> list[Data]:
        return [made for block in blocks for made in self.block(block)]

    def block(self, block: nodes.Block) -> Iterator[Data]:
        match block:
            case nodes.Heading():
                if nodes.words(block.children).strip():  # PDF/UA-1 allows no heading without words
                    yield self.heading(block)
            case nodes.Paragraph(children, style):
                points = 14 if style in ("subtitle", "eyebrow") else 12
                yield {"kind": "paragraph", "style": style, "words": self.line(children, points=points)}
            case nodes.Listing(items, style=style) if style == CONTENTS:
                titles = [title_of(item) for item in items]
                lines = [{"words": self.text(each, 60), "to": self.titles.get(each, 0)} for each in titles]
                yield {"kind": "contents", "lines": lines}
            case nodes.Listing(items, start, style):
                inner = [self.blocks(item.blocks) for item in items]
                if inner:
                    yield {"kind": "list", "start": start, "style": style, "items": inner}
            case nodes.Quotation(inside, style):
                yield {"kind": "quotation", "style": style, "blocks": self.blocks(inside)}
            case nodes.CodeBlock(text):
                yield {"kind": "code", "words": self.line((nodes.Text(text.rstrip("\n")),), points=13)}
            case nodes.Rule():
                yield {"kind": "rule"}
            case nodes.Table() if is_lanes(block):
                yield self.lanes(block)
            case nodes.Table():
                yield self.table(block)
            case nodes.Answer(_, label, lines, value):
                told = _room_to_write(lines, label)
                yield {"kind": "answer", "told": told, "lines": max(lines, 1), "said": self.paragraphs(value)}
            case nodes.Choice():
                yield self.choice(block)
            case nodes.Scale(low=low, high=high, whose=whose, value=value):
                ends = (f"0 = {low}", f"10 = {high}", f"{whose}, may be left blank")
                yield {
                    "kind": "scale",
                    "ends": [self.text(end, 150) for end in ends],
                    **self.options(tuple(map(str, range(11))), value),
                }
            case nodes.Facts():
                yield from self.facts(block)
            case nodes.Actions():
                yield self.actions(block)
            case nodes.Ruled(lines=lines, label=label):
                yield {"kind": "ruled", "lines": lines, "label": self.text(label, 110) if label else []}
            case nodes.SignOff():
                yield self.sign_off(block)
            case nodes.Entry():
                yield self.entry(block)
            case nodes.SheetToFill() if block.places:
                yield self.sheet(block)
            case nodes.Diagram() | nodes.SheetToFill():
                drawn = diagrams.draw(block)
                about, svg = diagrams.describe(block), diagrams.svg(block).replace(FONTS, _FONT)
                scale = diagrams.scale(block)
                yield {"kind": "diagram", "svg": svg, "about": _keep_on_one_line(about), "width": drawn.width * scale}
            case nodes.NewPage():
                yield {"kind": "new-page"}
            case nodes.Slide(card):
                self.level = min(2, self.level + 1)
                doing = attrs.evolve(card, doing=card.doing or nodes.Doing())
                yield {"kind": "slide", "level": self.level, **self.card(doing, large=True)}
            case nodes.Cards(cards):
                # A sheet to cut cannot be in a list or a quotation.
                for card in cards:
                    yield {"kind": "paragraph", "style": "prompt", "words": self.text(card.front, 140)}
                    said = (card.doing.text, *card.doing.steps) if card.doing else ()
                    for text in filter(None, (*said, card.label, card.back, *card.points)):
                        yield {"kind": "paragraph", "style": "", "words": self.text(text, 140)}
            case _:
                raise TypeError(f"{type(block).__name__} has no place in a PDF")

    def heading(self, block: nodes.Heading) -> Data:
        """
        Return a heading: its label hangs in the margin, its aside is at the right edge.
        """
        self.level = min(block.level, self.level + 1)
        parts: dict[str, list[nodes.Inline]] = {"label": [], "aside": [], "": []}
        for child in block.children:
            parts[child.style if isinstance(child, nodes.Span) and child.style in parts else ""].append(child)
        points = 21 if block.style == "talk" else {1: 27, 2: 14.5}.get(block.level, 13)
        return {
            "kind": "heading",
            "level": self.level,
            "look": block.level,
            "style": block.style,
            "label": self.line(parts["label"], points=14),
            "short": len(nodes.words(parts["label"])) <= _LABEL,
            "words": _trim(self.line(parts[""], points=points)),
            "aside": self.line(parts["aside"]),
            "brief": len(nodes.words(parts["aside"])) <= 50,
            "target": self._target_of(block),
        }

    def _target_of(self, block: nodes.Heading) -> int:
        """
        Return the number by which contents find a heading, the first time it comes; 0 for others.
        """
        title = nodes.words(block.children).strip()
        number = self.titles.get(title, 0) if block.level == 2 else 0
        if number in self.met:
            return 0
        self.met |= {number}
        return number

    # --- tables

    def _cells(self, cells: Sequence[nodes.Cell], rooms: Sequence[float]) -> list[list[Line]]:
        given = [*cells, *[nodes.Cell(())] * (len(rooms) - len(cells))]
        return [
            [self.line(each, room) for each in cell.paragraphs if each] for cell, room in zip(given, rooms, strict=True)
        ]

    def _rooms(self, weights: Sequence[float]) -> list[float]:
        if self.large:
            return [150.0] * len(weights)
        return [_TEXT * weight / sum(weights) - 5 for weight in weights]

    def table(self, block: nodes.Table) -> Data:
        """
        Return a table; its longest cell decides the share of a column.
        """
        count = max(len(block.head), *map(len, block.rows), 1)
        longest = [0] * count
        for row in (block.head, *block.rows):
            for i, cell in enumerate(row):
                longest[i] = max(longest[i], sum(len(nodes.words(line)) for line in cell.paragraphs))
        shares = [1] * count if block.style == "open" else [min(max(length, 12), 48) for length in longest]
        weights = wide_enough(shares, block, 68)
        rooms = self._rooms(weights)
        return {
            "kind": "table",
            "style": block.style,
            "weights": weights,
            "head": self._cells(block.head, rooms),
            "rows": [self._cells(row, rooms) for row in block.rows],
            "breakable": any(length > _ROW for length in longest),
        }

    def lanes(self, block: nodes.Table) -> Data:
        """
        Return a table of lanes: the time hangs in the margin, and each role has a narrow column, or words in large
        print.
        """
        many, wide = len(block.head) - BEFORE, width_of_lane(block, plain=self.plain)
        rooms = [13.0, 150.0 if self.large else _TEXT - many * wide - 3, *[wide] * many]
        return {
            "kind": "lanes",
            "lane": wide,
            "heads": self.text(words_of_heads(block.head), 150),
            "head": self._cells(block.head, rooms),
            "rows": [
                {
                    "band": is_band(row),
                    "cells": self._cells(row[: len(rooms)], rooms),
                    "looks": [lane_of(cell) for cell in row[BEFORE : len(rooms)]],
                    "told": self.text(words_of_lanes(block.head, row), 150),
                }
                for row in block.rows
            ],
        }

    def actions(self, block: nodes.Actions) -> Data:
        """
        Return a table to write in; its first column has half the width.
        """
        weights = [max(len(block.columns) - 1, 1), *[1] * (len(block.columns) - 1)]
        rooms = self._rooms(weights)
        return {
            "kind": "actions",
            "weights": weights,
            "head": [[self.text(name, room)] for name, room in zip(block.columns, rooms, strict=True)],
            "rows": [
                [self.paragraphs(value, room) for value, room in zip(row, rooms, strict=True)] for row in block.rows
            ],
            "blank": block.blank,
            # A short table stays in one piece: nobody looks for the rest of it overleaf.
            "together": 2 * block.blank + sum(sum(map(len, row)) // 40 + 1 for row in block.rows) <= 20,
            "breakable": any(_length_of(value) > _ROW for row in block.rows for value in row),
        }

    def sheet(self, block: nodes.SheetToFill) -> Data:
        """
        Return a sheet with boxes, in rows; a row without a name is the only one.
        """
        if block.in_boxes:
            return self.boxes(block)
        count = len(block.words)
        weights = [*([3] if block.rows else []), *[4] * count]
        rooms = self._rooms(weights)
        names = [*([""] if block.rows else []), *block.words]
        rows = []
        for n, name in enumerate(block.rows or ("",)):
            places = block.places[n * count : (n + 1) * count]
            side = [[self.text(name, rooms[0])]] if block.rows else []
            said = [self.paragraphs(place.value, room) for place, room in zip(places, rooms[-count:], strict=True)]
            rows.append({"side": side, "said": said, "lines": max(place.lines for place in places)})
        return {
            "kind": "sheet",
            "weights": weights,
            "head": [[self.text(name, room)] for name, room in zip(names, rooms, strict=True)],
            "rows": rows,
        }

    def boxes(self, block: nodes.SheetToFill) -> Data:
        """
        Return rows of boxes, each with its name and what is asked in it; a row with fewer of them has wider ones.

        The name is a heading, one below the heading before it, so that people who hear the paper go from box to box.
        """
        columns = math.lcm(*map(len, block.grid))
        asks = block.asks or ("",) * len(block.places)
        rows = []
        for numbers in block.grid:
            room = _TEXT / len(numbers) - 5
            lines = max(block.places[n].lines for n in numbers)
            rows.append({
                "span": columns // len(numbers),
                "lines": lines,
                "breakable": any(_length_of(block.places[n].value) > _ROW for n in numbers),
                "boxes": [
                    {
                        "name": self.text(block.places[n].label, room),
                        "asks": [self.text(each, room) for each in asks[n].split("\n") if each],
                        "told": _room_to_write(lines, block.places[n].label),
                        "said": self.paragraphs(block.places[n].value, room),
                    }
                    for n in numbers
                ],
            })  # fmt: skip
        return {"kind": "boxes", "level": min(self.level + 1, 6), "columns": columns, "rows": rows}

    # --- places to write

    def options(self, options: Sequence[str], value: str) -> Data:
        """
        Return options to tick. A value that is not one of them follows them, ticked, so that it is not lost.
        """
        if value.strip() and value not in options:
            options = (*options, value)
        return {
            "options": [{"on": option == value, "words": self.text(option, 60)} for option in options],
            "long": any(len(option) > _OPTION or "\n" in option for option in options),
        }

    def choice(self, block: nodes.Choice) -> Data:
        """
        Return options with their label; if it has no label, the prompt over it names its subject.
        """
        room = 62.0 if block.label and block.lines < 2 and not self.large else 0.0
        data = {
            "kind": "choice",
            "label": self.text(block.label, room or 150),
            "below": block.lines > 1,
            **self.options(block.options, block.value),
        }
        if block.beside is not None:
            data["after"] = block.after
            data["beside"] = self.text(block.beside.label, 40)
            data["written"] = self.text(block.beside.value, 100) if block.beside.value.strip() else []
        return data

    def facts(self, block: nodes.Facts) -> Iterator[Data]:
        """
        Give facts side by side, in rows of equal length.
        """
        if not block.facts:
            return
        columns = math.ceil(len(block.facts) / math.ceil(len(block.facts) / _FACTS))
        room = 150.0 if self.large or columns == 1 else _TEXT / columns - 3
        yield {
            "kind": "facts",
            "columns": columns,
            "facts": [
                {"label": self.text(f.label, room), "said": self.text(f.value, room) if f.value.strip() else []}
                for f in block.facts
            ],
        }

    def sign_off(self, block: nodes.SignOff) -> Data:
        return {
            "kind": "sign-off",
            "who": self.text(block.who, 150),
            **self.options(block.options, block.value),
            "name": self.text(block.name, 65) if block.name.strip() else [],
            "date": self.text(block.date, 38) if block.date.strip() else [],
            "comments": self.paragraphs(block.comments),
            "brief": block.brief,
            "room": block.room,
            "also": self.options(block.also.options, block.also.value)["options"] if block.also is not None else [],
            "breakable": _length_of(block.comments) > 2 * _ROW,
        }

    def entry(self, block: nodes.Entry) -> Data:
        """
        Return an entry of a record: its heading, and the places on each of its lines.
        """
        if block.head.strip():
            self.level = min(2, self.level + 1)
        rows = [[self.place(place, block.head) for place in row] for row in block.rows]
        return {
            "kind": "entry",
            "level": self.level,
            "talk": block.talk,
            "titled": bool(block.head.strip()),
            "head": self.text(": ".join(filter(None, (block.head, block.subject))), 60 if block.talk else 36, 12),
            "note": self.text(block.note, 60 if block.talk else 36, 12),
            "about": [self.place(block.about, "")] if block.about is not None else [],
            "rows": rows,
            "table": [self.actions(block.table)] if block.table is not None else [],
        }

    def place(self, place: nodes.Fact | nodes.Choice | nodes.Answer, head: str) -> Data:
        match place:
            case nodes.Fact(label=label, value=value, wide=wide):
                said = self.text(value, 100) if value.strip() else []
                return {"kind": "line", "label": self.text(label, 60), "said": said, "wide": wide}
            case nodes.Choice():
                return {
                    "kind": "ticks",
                    "label": self.text(place.label, 60),
                    **self.options(place.options, place.value),
                }
            case _:
                label = "" if place.label == head else place.label
                much = max(place.lines, 1)
                told = _room_to_write(much, place.label or head)
                said = self.paragraphs(place.value, 120)
                return {"kind": "box", "label": self.text(label, 36), "said": said, "lines": much, "told": told}

    # --- cards

    def deck(self, block: nodes.Cards, document: nodes.Document) -> Data:
        """
        Return a deck in sheets; on a back, the columns are the other way round.
        """
        made = _Tree(large=False)  # a card can be read at arm's length already
        size = block.measures
        said = " · ".join(filter(None, (document.organisation, document.marking, document.limits)))
        if size.fills and block.cards:
            # Nothing can stand beside such cards.
            first = block.cards[0]
            first = attrs.evolve(first, foot=" · ".join(filter(None, (first.foot, said))))
            block = attrs.evolve(block, cards=(first, *block.cards[1:]))

        def side(card: nodes.Card | None) -> Data | None:
            return made.card_of_deck(card, block) if card else None

        laid = [
            {
                "fronts": [[side(card) for card in row] for row in rows],
                "backs": [[side(card) for card in reversed(row)] for row in rows],
            }
            for rows in nodes.sheets(block)
        ]
        return {
            "kind": "deck",
            "title": made.text(document.title, 90, 8),
            "said": made.text(said, 170, 8),
            "steps": any(card.doing for card in block.cards),
            "marks": signs.cut_marks(size),
            "wide": size.wide,
            "high": size.high,
            "side": size.side,
            "tab": size.tab,
            "left": size.left,
            "top": size.top,
            "sheets": laid,
        }

    def card_of_deck(self, card: nodes.Card, deck: nodes.Cards) -> Data:
        """
        Return a card with what only one in a deck has: its tab, its sign, and the sizes that its words may have.
        """
        size = deck.measures
        does = card.doing.does if card.doing else signs.suit_of(card.bar) if card.bar else ""
        return {
            **self.card(card),
            "tab": signs.tab(card.bar, size.tab) if card.bar else "",
            "left": deck.place_of_tab(card),
            "colour": signs.colour(does),
            "sign": signs.sign(does, 24),
            "outline": signs.sign(does, 24, outline=True),
            "sign-about": _keep_on_one_line(card.part or card.front),
            "sizes": ASKED[size_of_question(card, size) :],
            "seconds": SECOND[size_of_second(card, size) :],
        }

    def card(self, card: nodes.Card, *, large: bool = False) -> Data:
        """
        Return a card.

        Args:
            large: Whether it is a slide, whose track has signs.
        """
        step = card.doing is not None
        return {
            "head": self.text(card.head, *((60, 18) if large else (30, 9) if step else (66, 9))),
            "part": self.text(card.part, *((90, 17) if large else (38, 10.5) if step else (74, 10.5))),
            "front": self.text(card.front, *((80, 46) if large else (44, 20) if step else (74, 24))),
            "back": self.text(card.back, 74, 18),
            "foot": self.text(card.foot, *((130, 18) if large else (66, 8))),
            "hint": self.text(card.hint, 74, 13),
            "number": self.text(card.number, 20, 8),
            "label": self.text(card.label, 74, 10),
            "points": [self.text(point, 74, 18) for point in card.points],
            "doing": self.doing(card, card.doing, large=large) if card.doing else None,
            "titled": bool(card.front.strip()),
        }

    def doing(self, card: nodes.Card, doing: nodes.Doing, *, large: bool) -> Data:
        """
        Return what the card of a step says besides, with its pictures.
        """
        wide, high = (900, 42) if large else (229.6, 9.1)
        return {
            "colour": signs.colour(doing.does),
            "quiet-colour": signs.colour("silent"),
            "badge": signs.badge(doing.does),
            "sign": signs.sign(doing.does, 24),
            "outline": signs.sign(doing.does, 24, outline=True),
            "quiet-sign": signs.sign("silent", 24),
            "track": signs.track(doing.track, doing.at, wide, high, signs=large) if doing.track else "",
            "about": _keep_on_one_line(signs.about_track(card) or card.front),
            "sign-about": _keep_on_one_line(card.part or card.front),
            "quiet": self.text(doing.quiet, *((90, 17) if large else (33, 10.5))),
            "minutes": self.text(doing.minutes, *((28, 90) if large else (13, 24))),
            "unit": self.text(doing.unit, *((28, 20) if large else (12, 8))),
            "text": self.text(doing.text, *((80, 26) if large else (74, 15))),
            "steps": [self.text(step, *((72, 26) if large else (68, 15))) for step in doing.steps],
            "time": self.text(doing.time, *((60, 18) if large else (30, 9))),
        }


def _break_long_words(text: str, ems: float) -> Line:
    """
    Return a text with places to break in words that are wider than their line.
    """
    if len(text) * _BROAD <= ems:
        return [text]
    out: Line = []
    for word in re.findall(r"\s+|\S+", text):
        if sum(map(_width_of, word)) <= ems:
            out.append(word)
            continue
        for letter in _LETTER.findall(word):
            out += [letter, {"kind": "may-break"}]
    return list(_join_strings(out))


def _join_strings(pieces: Line) -> Iterator[Any]:
    held = ""
    for piece in pieces:
        if isinstance(piece, str):
            held += piece
            continue
        if held:
            yield held
        held = ""
        yield piece
    if held:
        yield held


def _trim(line: Line) -> Line:
    if line and isinstance(line[0], str):
        line[0] = line[0].lstrip()
    if line and isinstance(line[-1], str):
        line[-1] = line[-1].rstrip()
    return [piece for piece in line if piece != ""]
