"""
Puts values into a shape, in one pass.

A template gives text in which every value is one private-use character. The
text is parsed to a shape, and here the values take their places, as text. Nobody
parses the result again, so a value cannot become markup.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence

import attrs

from reflect.errors import Refused, write_one_of
from reflect.questions.model import CanvasKind
from reflect.questions.question import Shape
from reflect.text import nodes
from reflect.text.markdown import FIRST, MARK
from reflect.text.prose import Line as Written
from reflect.text.prose import visible


@attrs.frozen
class Blocks:
    """
    A value with several paragraphs or lists, which were read when its page was loaded.

    It has to be alone in its paragraph.
    """

    blocks: tuple[nodes.Block, ...]


class Prose(str):
    """
    A text that was written in lines with looks. They stay if it is alone in a box; elsewhere it is plain text.
    """

    __slots__ = ("lines", "source")

    lines: tuple[Written, ...]
    #: What the text is of, such as an answer; it shows whether that was printed.
    source: object

    @classmethod
    def of(cls, text: str, lines: tuple[Written, ...], source: object = None) -> Prose:
        made = cls(text)
        made.lines = lines
        made.source = source
        return made


#: What a template may print.
Value = str | Blocks

_GAP = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
_SPACE = re.compile(r"[^\S\n]*\n\s*")
#: The most boxes side by side.
_MOST_ACROSS = 4

Line = tuple[nodes.Inline, ...]


def fill(shape: Iterable[nodes.Block], values: Sequence[Value]) -> tuple[nodes.Block, ...]:
    """
    Put values into a shape.

    Leave out paragraphs, items and quotations that stay empty, and headings without words; keep empty cells.

    Args:
        shape: The parsed text, with a mark at the place of each value.
        values: The values, in the order of their marks.

    Raises:
        Refused: A heading is empty, a value is in a place where none may be, or a fence or style is unknown.
    """
    return _Filling(values).blocks(shape)


@attrs.frozen
class _Filling:
    values: Sequence[Value]

    def value(self, mark: str) -> Value:
        return self.values[ord(mark) - FIRST]

    def blocks(self, shape: Iterable[nodes.Block]) -> tuple[nodes.Block, ...]:
        return tuple(block for each in shape for block in self.block(each))

    def block(self, block: nodes.Block) -> Iterator[nodes.Block]:
        match block:
            case nodes.Paragraph():
                yield from self.paragraph(block)
            case nodes.Heading():
                line = self.line(block.children)
                if not _has_words(line):
                    raise Refused("a heading of the template is empty; give its value, or leave the heading out")
                yield nodes.Heading(
                    block.level, line, _check_style(block.style, nodes.BLOCK_STYLES), block.raw, block.lines
                )
            case nodes.Listing():
                items = tuple(nodes.Item(inner) for item in block.items if (inner := self.blocks(item.blocks)))
                if items:
                    yield attrs.evolve(block, items=items, style=_check_style(block.style, nodes.BLOCK_STYLES))
            case nodes.Quotation():
                if inner := self.blocks(block.blocks):
                    yield attrs.evolve(block, blocks=inner, style=_check_style(block.style, nodes.BLOCK_STYLES))
            case nodes.Table():
                head = tuple(self.cell(cell, one_line=True) for cell in block.head)
                rows = tuple(tuple(self.cell(cell) for cell in row) for row in block.rows)
                yield attrs.evolve(block, head=head, rows=rows, style=_check_style(block.style, nodes.BLOCK_STYLES))
            case nodes.CodeBlock():
                yield attrs.evolve(block, text=self.text(block.text))
            case nodes.Fence():
                yield self.field(block)
            case nodes.Rule():
                yield block
            case _:
                yield block

    def paragraph(self, block: nodes.Paragraph) -> Iterator[nodes.Block]:
        style = _check_style(block.style, nodes.BLOCK_STYLES)
        if within := _LOOK_WITHIN.search(block.raw):
            raise Refused(f"'{within[0].strip()}' is in the middle of a paragraph; put an empty line above it")
        alone = block.children[0] if len(block.children) == 1 else None
        if isinstance(alone, nodes.Text) and MARK.fullmatch(alone.text):
            value = self.value(alone.text)
            if isinstance(value, Blocks):
                for each in value.blocks:
                    yield attrs.evolve(each, style=style) if isinstance(each, nodes.Paragraph) else each
                return
        for line in self.lines(block.children):
            if _has_words(line):
                yield nodes.Paragraph(line, style)

    def cell(self, cell: nodes.Cell, *, one_line: bool = False) -> nodes.Cell:
        lines: list[Line] = []
        for paragraph in cell.paragraphs:
            lines += [self.line(paragraph)] if one_line else self.lines(paragraph)
        return nodes.Cell(tuple(filter(_has_words, lines)))

    def line(self, children: Iterable[nodes.Inline]) -> Line:
        """
        Return inline tokens with their values, on one line: line ends in values become spaces.
        """
        (only,) = self.lines(children, one_line=True)
        return only

    def lines(self, children: Iterable[nodes.Inline], *, one_line: bool = False) -> list[Line]:
        """
        Return inline tokens with their values; an empty line in a value begins a new paragraph.
        """
        done: list[Line] = []
        here: list[nodes.Inline] = []

        def add(paragraphs: list[Line]) -> None:
            nonlocal here
            first, *more = paragraphs
            here += first
            for line in more:
                done.append(tuple(here))
                here = list(line)

        for child in children:
            match child:
                case nodes.Text(text):
                    if text and not MARK.search(text):
                        here.append(child)
                    else:
                        add(self.put(text, one_line))
                case nodes.Code(text):
                    add([(nodes.Code(self.text(text)),)] if self.text(text) else [()])
                case nodes.Strong(inner) | nodes.Emphasis(inner) | nodes.Link(_, inner) | nodes.Span(_, inner):
                    if isinstance(child, nodes.Span):
                        _check_style(child.style, nodes.INLINE_STYLES)
                    single = one_line or isinstance(child, nodes.Link)
                    paragraphs = self.lines(inner, one_line=single)
                    if paragraphs == [inner]:
                        here.append(child)
                    else:
                        add([(attrs.evolve(child, children=p),) if p else () for p in paragraphs])
                case nodes.Break():
                    add([(nodes.Text(" "),) if one_line else (child,)])
        return [*done, tuple(here)]

    def put(self, text: str, one_line: bool) -> list[Line]:
        """
        Return a run of text with the values in place of their marks.
        """
        done: list[Line] = []
        here: list[nodes.Inline] = []
        at = 0
        for mark in MARK.finditer(text):
            if mark.start() > at:
                here.append(nodes.Text(text[at : mark.start()]))
            at = mark.end()
            value = self.value(mark[0])
            if isinstance(value, Blocks):
                raise Refused("guidance of a page is in the middle of a line; give it a paragraph of its own")
            shown = visible(value)
            if one_line:
                here += [nodes.Text(flat)] if (flat := _SPACE.sub(" ", shown)) else []
                continue
            first, *more = _GAP.split(shown)
            here += _with_breaks(first)
            for paragraph in more:
                done.append(tuple(here))
                here = _with_breaks(paragraph)
        if at < len(text):
            here.append(nodes.Text(text[at:]))
        return [*done, tuple(here)]

    def text(self, text: str, *, breaks: bool = False) -> str:
        """
        Return a text that is not Markdown, such as a line of a fence, with its values.
        """

        def put(mark: re.Match[str]) -> str:
            value = self.value(mark[0])
            if isinstance(value, Blocks):
                raise Refused("guidance of a page is in a field; give it a paragraph of its own")
            shown = visible(value)
            return shown if breaks else _SPACE.sub(" ", shown)

        return MARK.sub(put, text) if text else ""

    def field(self, fence: nodes.Fence) -> nodes.Field:
        if fence.kind not in FENCES:
            raise Refused(f"'{fence.kind}' is not a fence of a template; {write_one_of(fence.kind, FENCES)}")
        reading = _FenceLines(fence.kind, _lines_of(fence.kind, fence.body), self)
        return FENCES[fence.kind](self.text(fence.info), reading)


@functools.lru_cache(1024)
def _lines_of(kind: str, body: str) -> tuple[tuple[str, str], ...]:
    """
    Return the lines of a fence, with marks for the values. The same fence is read only once.
    """
    lines: list[tuple[str, str]] = []
    for line in body.split("\n"):
        if line.strip():
            name, colon, text = line.strip().partition(":")
            if not colon:
                raise Refused(f"a line of the fence '{kind}' is not 'name: text'")
            lines.append((name.strip(), text.strip()))
    return tuple(lines)


def _has_words(line: Line) -> bool:
    return any(child.text.strip() if isinstance(child, nodes.Text) else nodes.words((child,)).strip() for child in line)


def _with_breaks(text: str) -> list[nodes.Inline]:
    first, *more = text.split("\n")
    out: list[nodes.Inline] = [nodes.Text(first)] if first else []
    for line in more:
        out.append(nodes.Break())
        if line:
            out.append(nodes.Text(line))
    return out


#: A look that was read as a line of the paragraph above it.
_LOOK_WITHIN = re.compile(r"^[ \t]*\{\.[\w-]+\}[ \t]*$", re.MULTILINE)


def _check_style(name: str, known: frozenset[str]) -> str:
    if name and name not in known:
        raise Refused(f"'{name}' is not a style of a template; {write_one_of(name, sorted(known))}")
    return name


# --- fences


@attrs.frozen
class _FenceLines:
    """
    The lines of one fence, ``name: text`` each.
    """

    kind: str
    lines: tuple[tuple[str, str], ...]
    filling: _Filling

    def allow_only(self, *names: str) -> None:
        for name, _ in self.lines:
            if name not in names:
                known = f"write one of: {', '.join(names)}" if names else "it holds nothing"
                raise Refused(f"'{name}' is not known in the fence '{self.kind}'; {known}")

    def text_of(self, name: str, *, breaks: bool = False) -> str:
        found = next((text for known, text in self.lines if known == name), "")
        return self.filling.text(found, breaks=breaks).strip()

    def lines_of(self, name: str) -> tuple[Written, ...]:
        """
        Return the lines of a value that is alone in its line, if it was written in lines.
        """
        found = next((text for known, text in self.lines if known == name), "")
        value = self.filling.value(found) if MARK.fullmatch(found) else ""
        return value.lines if isinstance(value, Prose) else ()

    def texts_of(self, name: str) -> tuple[str, ...]:
        return tuple(self.filling.text(text).strip() for known, text in self.lines if known == name)

    def rows_of(self, name: str) -> tuple[tuple[str, ...], ...]:
        rows = (text.split("|") for known, text in self.lines if known == name)
        return tuple(tuple(self.filling.text(cell, breaks=True).strip() for cell in row) for row in rows)

    def number_of(self, name: str, default: int) -> int:
        text = self.text_of(name)
        if not re.fullmatch(r"[0-9]{0,3}", text):
            raise Refused(f"'{name}' in the fence '{self.kind}' is not a whole number")
        return int(text) if text else default


def _read_answer(key: str, lines: _FenceLines) -> nodes.Field:
    lines.allow_only("label", "lines", "value", "option", "kind", "beside")
    options = lines.texts_of("option")
    if options:
        below = lines.number_of("lines", 1)
        return nodes.Choice(key, lines.text_of("label"), options, lines.text_of("value"), below, *_read_beside(lines))
    kind = lines.text_of("kind") or nodes.PROSE
    if kind not in nodes.WRITTEN:
        raise Refused(f"'{kind}' is not a kind of answer; {write_one_of(kind, nodes.WRITTEN)}")
    value, said = lines.text_of("value", breaks=True), lines.lines_of("value")
    return nodes.Answer(key, lines.text_of("label"), lines.number_of("lines", 3), value, kind, said)


def _read_beside(lines: _FenceLines) -> tuple[nodes.Fact | None, int]:
    """
    Return the line to write on that goes on from an option, and how many options come before it.
    """
    rows = lines.rows_of("beside")
    if not rows:
        return None, 0
    if len(rows) > 1 or len(rows[0]) != 3:
        raise Refused("a choice has one line beside its options: 'beside: key | label | value'")
    key, label, value = rows[0]
    names = [name for name, _ in lines.lines if name in ("option", "beside")]
    return nodes.Fact(key, label, _SPACE.sub(" ", value)), names.index("beside")


def _read_facts(key: str, lines: _FenceLines) -> nodes.Field:
    lines.allow_only("fact")
    rows = lines.rows_of("fact")
    if not rows:
        raise Refused("the fence 'facts' has no facts; write 'fact: key | label | value', or take it out")
    if any(len(row) not in (3, 4) or row[3:] not in ((), (nodes.DATE,)) for row in rows):
        raise Refused("a fact is 'fact: key | label | value', or with '| date' after it")
    return nodes.Facts(
        tuple(
            nodes.Fact(name, label, _SPACE.sub(" ", value), kind=kind[0] if kind else nodes.PROSE)
            for name, label, value, *kind in rows
        )
    )


def _read_actions(key: str, lines: _FenceLines) -> nodes.Field:
    lines.allow_only("label", "column", "row", "blank")
    columns, rows = lines.texts_of("column"), lines.rows_of("row")
    if not columns or any(len(row) != len(columns) for row in rows):
        raise Refused("the fence 'actions' needs columns, and a cell for each of them in every row")
    return nodes.Actions(key, lines.text_of("label"), columns, rows, lines.number_of("blank", 0))


def _read_ruled(key: str, lines: _FenceLines) -> nodes.Field:
    lines.allow_only("lines", "least", "label")
    many = lines.number_of("lines", 1)
    least = lines.number_of("least", 0) if lines.text_of("least") else None
    if not many or (least or 0) > many:
        raise Refused(
            "the fence 'ruled' has one line or more: write how many after 'lines:', and no larger number after 'least:'"
        )
    return nodes.Ruled(many, least, lines.text_of("label"))


#: The lines of an entry that begin a place to write, and those that belong to the place before them.
_PLACES = ("about", "write", "date", "tick", "box", "table")
_OF_PLACE = ("value", "option", "column", "cells", "blank")


def _read_entry(key: str, lines: _FenceLines) -> nodes.Field:
    """
    Return an entry of a record. Each ``row:`` begins a line, and what follows stands on it from left to right.
    """
    lines.allow_only("head", "note", "subject", "look", "row", *_PLACES, *_OF_PLACE)
    look = lines.text_of("look")
    if look not in ("", "talk"):
        raise Refused(f"'{look}' is not a look of an entry; write 'talk', or leave 'look' out")
    groups: list[list[tuple[str, str]]] = []
    for name, text in lines.lines:
        if name in ("row", *_PLACES):
            groups.append([(name, text)])
        elif name in _OF_PLACE:
            if not groups or groups[-1][0][0] in ("row", "about", "write", "date"):
                raise Refused(f"'{name}' in the fence 'entry' belongs under a line 'tick:', 'box:' or 'table:'")
            groups[-1].append((name, text))
    rows: list[list[nodes.Fact | nodes.Choice | nodes.Answer]] = []
    about: nodes.Fact | None = None
    table: nodes.Actions | None = None
    for group in groups:
        begins, place = group[0][0], _FenceLines(lines.kind, tuple(group), lines.filling)
        if begins == "row":
            rows.append([])
        elif begins == "about":
            about = _read_place_of_line(place, begins)
        elif begins == "table":
            name, label = _cells_of(place, begins, 2)
            columns, cells = place.texts_of("column"), place.rows_of("cells")
            if not columns or any(len(row) != len(columns) for row in cells):
                raise Refused(
                    "a 'table' in the fence 'entry' needs 'column:', and in each 'cells:' a cell for each column"
                )
            table = nodes.Actions(name, label, columns, cells, place.number_of("blank", 0))
        elif not rows:
            raise Refused(f"'{begins}' in the fence 'entry' stands on a line; write 'row:' above it")
        elif begins == "tick":
            name, label = _cells_of(place, begins, 2)
            rows[-1].append(nodes.Choice(name, label, place.texts_of("option"), place.text_of("value")))
        elif begins == "box":
            name, label, count = _cells_of(place, begins, 3)
            value, said = place.text_of("value", breaks=True), place.lines_of("value")
            if not re.fullmatch(r"(?:[1-9][0-9]?)?", count):
                raise Refused(f"a 'box' in the fence 'entry' has '{count}' lines; write a whole number from 1 to 99")
            rows[-1].append(nodes.Answer(name, label, int(count or 1), value, said=said))
        else:
            rows[-1].append(_read_place_of_line(place, begins))
    if any(len(row) > 1 and any(isinstance(each, nodes.Answer) for each in row) for row in rows):
        raise Refused("a 'box' in the fence 'entry' has its line to itself; write 'row:' before and after it")
    return nodes.Entry(
        lines.text_of("head"),
        lines.text_of("note"),
        tuple(tuple(row) for row in rows if row),
        table,
        talk=look == "talk",
        about=about,
        subject=lines.text_of("subject"),
    )


def _read_place_of_line(lines: _FenceLines, name: str) -> nodes.Fact:
    (row,) = lines.rows_of(name)
    if len(row) not in (3, 4) or not re.fullmatch(r"[0-9]{0,3}", row[3] if len(row) > 3 else ""):
        raise Refused(f"'{name}' in the fence 'entry' is '{name}: key | label | value', or with '| mm' after it")
    wide = int(row[3] or 0) if len(row) > 3 else 0
    kind = nodes.DATE if name == "date" else nodes.PROSE
    return nodes.Fact(row[0], row[1], _SPACE.sub(" ", row[2]), kind, wide)


def _cells_of(lines: _FenceLines, name: str, count: int) -> tuple[str, ...]:
    (row,) = lines.rows_of(name)
    if len(row) != count:
        raise Refused(f"'{name}' in the fence 'entry' is '{name}: {' | '.join(('key', 'label', 'lines')[:count])}'")
    return tuple(_SPACE.sub(" ", cell) for cell in row)


def _read_scale(key: str, lines: _FenceLines) -> nodes.Field:
    lines.allow_only("label", "low", "high", "whose", "value")
    low, high, whose = lines.text_of("low"), lines.text_of("high"), lines.text_of("whose")
    if not (low and high and whose):
        raise Refused(
            "a scale needs three lines: low and high, for what both its ends mean, and whose, for whose number it is"
        )
    return nodes.Scale(key, lines.text_of("label"), low, high, whose, lines.text_of("value"))


#: The lines of a card, and those that only the card of a step has.
_CARD = ("head", "part", "front", "back", "foot", "hint", "number", "label", "bar", "point")
_DOING = ("does", "quiet", "minutes", "unit", "text", "step", "time", "at")


def _read_cards(key: str, lines: _FenceLines) -> nodes.Field:
    lines.allow_only("size", "card", *_CARD, *_DOING, "stretch")
    size = lines.text_of("size") or next(iter(nodes.CARD_SIZES))
    if size not in nodes.CARD_SIZES:
        raise Refused(f"'{size}' is not a size of cards; {write_one_of(size, nodes.CARD_SIZES)}")
    groups: list[list[tuple[str, str]]] = []
    for name, text in lines.lines:
        if name in ("size", "stretch"):
            continue
        if name == "card":
            groups.append([])
        elif not groups:
            raise Refused("each card in a fence of cards begins with a line 'card:'")
        else:
            groups[-1].append((name, text))
    track = _read_track(lines)
    return nodes.Cards(
        tuple(_read_card(_FenceLines(lines.kind, tuple(group), lines.filling), track) for group in groups), size
    )


def _read_slide(key: str, lines: _FenceLines) -> nodes.Field:
    lines.allow_only(*_CARD, *_DOING, "stretch")
    card = _read_card(lines, _read_track(lines))
    if not card.front:
        raise Refused("a slide needs a line 'front:', its title")
    return nodes.Slide(card)


def _read_card(lines: _FenceLines, track: tuple[nodes.Stretch, ...]) -> nodes.Card:
    texts = {name: lines.text_of(name) for name in _CARD[:8]}
    doing = None
    if any(name in _DOING for name, _ in lines.lines):
        at = lines.text_of("at").split()
        if not all(re.fullmatch(r"[0-9]{1,3}", each) and 0 < int(each) <= len(track) for each in at):
            raise Refused("'at' says which stretches of the track are filled: numbers from 1, with spaces between them")
        doing = nodes.Doing(
            does=_read_does(lines.text_of("does")),
            steps=lines.texts_of("step"),
            track=track,
            at=tuple(map(int, at)),
            **{name: lines.text_of(name) for name in ("quiet", "minutes", "unit", "text", "time")},
        )
    return nodes.Card(
        **texts,
        bar=lines.number_of("bar", 0),
        points=lines.texts_of("point"),
        doing=doing,
    )


def _read_track(lines: _FenceLines) -> tuple[nodes.Stretch, ...]:
    """
    Return the track of a whole method, which all its cards show.
    """
    rows = lines.rows_of("stretch")
    if any(len(row) not in (1, 2) or not re.fullmatch(r"[0-9]{1,12}", row[0]) for row in rows):
        raise Refused("a stretch of a track is 'stretch: share | what is done', where the share is a whole number")
    return tuple(nodes.Stretch(int(share), _read_does("".join(does))) for share, *does in rows)


def _read_does(name: str) -> str:
    if name not in nodes.DOES:
        raise Refused(f"'{name}' has no sign; {write_one_of(name, nodes.DOES[1:])}")
    return name


def _read_sign_off(key: str, lines: _FenceLines) -> nodes.Field:
    lines.allow_only("who", "option", "name", "date", "comments", "value", "look", "also")
    brief = lines.text_of("look") == "brief"
    return nodes.SignOff(
        key,
        lines.text_of("who"),
        lines.texts_of("option"),
        lines.text_of("name"),
        lines.text_of("date"),
        lines.text_of("comments", breaks=True),
        lines.text_of("value"),
        brief=brief,
        room=brief and any(name == "comments" for name, _ in lines.lines),
        also=_read_also(lines),
    )


def _read_also(lines: _FenceLines) -> nodes.Choice | None:
    rows = lines.rows_of("also")
    if not rows:
        return None
    if len(rows) > 1 or len(rows[0]) != 3:
        raise Refused("the fence 'sign-off' has one line 'also', for one more box: 'also: key | option | value'")
    key, option, value = rows[0]
    return nodes.Choice(key, "", (option,), value)


def _read_diagram(key: str, lines: _FenceLines) -> nodes.Field:
    """
    Return a picture. Its stages are numbered in order, and parts and scales belong to the stage before them.
    """
    lines.allow_only("title", "shape", "high", "used", "stage", "word", "part", "scale")
    shape = lines.text_of("shape")
    if shape not in _SHAPES:
        raise Refused(f"'{shape}' is not a shape of a diagram; {write_one_of(shape, _SHAPES)}")
    stages: list[nodes.Stage] = []
    for name, text in lines.lines:
        cells = tuple(lines.filling.text(cell).strip() for cell in text.split("|"))
        if name == "stage":
            stages.append(_read_stage(cells, len(stages) + 1))
        elif name == "word":
            stages.append(nodes.Stage(" | ".join(cells)))
        elif name in ("part", "scale"):
            if not stages:
                raise Refused(f"a '{name}' in the fence 'diagram' must come after its stage")
            stages[-1] = _extend_stage(stages[-1], name, cells)
    if not stages:
        raise Refused("a diagram needs at least one stage: 'stage: title | role | minutes'")
    return nodes.Diagram(
        lines.text_of("title"), Shape(shape), tuple(stages), _read_height(lines), _read_order(lines, len(stages))
    )


def _read_order(lines: _FenceLines, count: int) -> tuple[int, ...]:
    """
    Return the numbers of all stages in the order of use; nothing if the fence does not say it.
    """
    found = lines.text_of("used").split()
    if found and sorted(found) != sorted(map(str, range(1, count + 1))):
        raise Refused("'used' in the fence 'diagram' is the number of each stage once, with spaces between them")
    return tuple(map(int, found))


def _read_canvas(key: str, lines: _FenceLines) -> nodes.Field:
    """
    Return a sheet to fill: boxes if it says so, and otherwise a picture.
    """
    lines.allow_only("title", "kind", "word", "row", "high", "boxes", "box", "across", "turns")
    kind = lines.text_of("kind")
    if kind not in _CANVASES:
        raise Refused(f"'{kind}' is not a kind of canvas; {write_one_of(kind, _CANVASES)}")
    if lines.texts_of("box"):
        return _read_boxes(lines)
    words, rows = lines.texts_of("word"), lines.texts_of("row")
    labels = [": ".join(filter(None, (row, word))) for row in rows or ("",) for word in words]
    boxes = [
        nodes.Answer(f"{key}.{n}", label, 1) for n, label in enumerate(labels, 1) if lines.text_of("boxes") == "yes"
    ]
    high = nodes.FILLING if lines.text_of("high") == "filling" else lines.number_of("high", 0)
    return nodes.SheetToFill(lines.text_of("title"), CanvasKind(kind), words, rows, tuple(boxes), high=high)


def _read_boxes(lines: _FenceLines) -> nodes.Field:
    """
    Return a sheet of boxes, each with its key, its name and what is asked in it.
    """
    boxes = lines.rows_of("box")
    if any(len(row) < 2 or not row[0] or not row[1] for row in boxes):
        raise Refused("a box is 'box: key | name', with a further '| question' for each question that is asked in it")
    across = lines.number_of("across", 1)
    if not 1 <= across <= _MOST_ACROSS:
        raise Refused(f"'across' in the fence 'canvas' is {across}; write how many boxes are side by side, 1 to 4")
    return nodes.SheetToFill(
        lines.text_of("title"),
        CanvasKind.COLUMNS,
        tuple(_SPACE.sub(" ", row[1]) for row in boxes),
        places=tuple(nodes.Answer(row[0], _SPACE.sub(" ", row[1]), 4) for row in boxes),
        high=nodes.FILLING,
        asks=tuple("\n".join(_SPACE.sub(" ", each) for each in row[2:] if each) for row in boxes),
        across=across,
        turns=lines.text_of("turns") == "yes",
    )


def _read_height(lines: _FenceLines) -> int:
    return nodes.FITTING if lines.text_of("high") == "fitting" else lines.number_of("high", 0)


def _read_page(key: str, lines: _FenceLines) -> nodes.Field:
    lines.allow_only()
    return nodes.NewPage()


def _read_stage(cells: tuple[str, ...], number: int) -> nodes.Stage:
    title, role, minutes, look = (*cells, "", "", "")[:4]
    if len(cells) > 4 or not re.fullmatch("[0-9]{0,12}", minutes) or look not in ("", "cycle", "silent", *nodes.DOING):
        looks = f"cycle, silent, {', '.join(nodes.DOING)} or nothing"
        raise Refused(f"a stage is 'stage: title | role | minutes | look', where look is {looks}")
    return nodes.Stage(
        title,
        number,
        role,
        int(minutes or 0),
        turns=look == "cycle",
        silent=look == "silent",
        does=look if look in nodes.DOING else "",
    )


def _extend_stage(stage: nodes.Stage, name: str, cells: tuple[str, ...]) -> nodes.Stage:
    if name == "part":
        return attrs.evolve(stage, parts=(*stage.parts, nodes.Stage(" | ".join(cells), len(stage.parts) + 1)))
    if len(cells) != 3:
        raise Refused("a scale is 'scale: what nought means | what ten means | whose number it is'")
    return attrs.evolve(stage, low=cells[0], high=cells[1], whose=cells[2])


_SHAPES = tuple(map(str, Shape))
_CANVASES = tuple(map(str, CanvasKind))

#: All places to write and all pictures that a template may have.
FENCES: dict[str, Callable[[str, _FenceLines], nodes.Field]] = {
    "answer": _read_answer,
    "actions": _read_actions,
    "canvas": _read_canvas,
    "cards": _read_cards,
    "diagram": _read_diagram,
    "entry": _read_entry,
    "facts": _read_facts,
    "page": _read_page,
    "ruled": _read_ruled,
    "scale": _read_scale,
    "sign-off": _read_sign_off,
    "slide": _read_slide,
}
