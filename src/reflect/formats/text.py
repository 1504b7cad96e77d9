"""
Plain text, 78 letters wide.
"""

from __future__ import annotations

import itertools
import textwrap
from collections.abc import Iterable, Iterator, Sequence

from reflect.diagrams import describe
from reflect.diagrams.canvases import one_below_another
from reflect.formats.lanes import BEFORE, is_lanes, words_of_cell, words_of_lanes
from reflect.text import nodes

LINE_LENGTH = 78
#: Clock times and numbers hang this far to the left of headings.
_HANG = 7


def _wrap(text: str, first: str = "", rest: str | None = None) -> Iterator[str]:
    """
    Give the lines of a paragraph; words longer than a line stay whole.
    """
    rest = first if rest is None else rest
    for i, each in enumerate(text.split("\n")):
        yield from textwrap.wrap(
            each,
            LINE_LENGTH,
            initial_indent=rest if i else first,
            subsequent_indent=rest,
            break_long_words=False,
            break_on_hyphens=False,
        ) or [""]


def _draw_lines(lines: int, indent: str = "") -> Iterator[str]:
    for _ in range(lines):
        yield indent + "_" * (LINE_LENGTH - len(indent))


def _draw_labelled(label: str, indent: str) -> Iterator[str]:
    """
    Give a line to write on that begins with words; if they take most of it, it is under them.
    """
    *most, last = _wrap(label, indent) if label else [indent]
    yield from most
    start = f"{last} " if label else last
    if len(start) > LINE_LENGTH // 2:
        yield last
        start = indent
    yield start + "_" * (LINE_LENGTH - len(start))


def tick_options(options: Sequence[str], value: str) -> str:
    """
    Return options to tick on one line.
    """
    return "  ".join(f"{'☒' if option == value else '☐'} {option}" for option in options)


def _ticks_of(block: nodes.Choice) -> str:
    """
    Return the options of a choice, with the line that goes on from one of them.
    """
    if block.beside is None:
        return tick_options(block.options, block.value)
    line = f"{block.beside.label} {block.beside.value or '_' * 16}"
    before, after = block.options[: block.after], block.options[block.after :]
    parts = (f"{tick_options(before, block.value)} {line}".strip(), tick_options(after, block.value))
    return "  ".join(filter(None, parts))


def _has_style(child: nodes.Inline, style: str) -> bool:
    return isinstance(child, nodes.Span) and child.style == style


def _words_on_one_line(children: Iterable[nodes.Inline]) -> str:
    return " ".join(nodes.words(children).split())


def _write_heading(block: nodes.Heading, indent: str) -> Iterator[str]:
    children = list(block.children)
    label = _words_on_one_line([children.pop(0)]) if children and _has_style(children[0], "label") else ""
    aside = _words_on_one_line([children.pop()]) if children and _has_style(children[-1], "aside") else ""
    title = _words_on_one_line(children)
    start = indent + (f"{label:<{_HANG - 1}} " if label else "")
    whole = start + title
    if aside and len(whole) + 2 + len(aside) <= LINE_LENGTH:
        yield whole + aside.rjust(LINE_LENGTH - len(whole))
    else:
        yield from _wrap(title, start, " " * len(start))
        yield from _wrap(aside, " " * len(start)) if aside else ()
    if block.level == 1:
        yield indent + "=" * min(len(whole) - len(indent), LINE_LENGTH - len(indent))


def _write_listing(block: nodes.Listing, indent: str) -> Iterator[str]:
    for n, item in enumerate(block.items):
        sign = "- " if block.start is None else f"{block.start + n}. "
        inner = list(_write_blocks(item.blocks, indent + " " * len(sign), block)) or [""]
        yield indent + sign + inner[0][len(indent) + len(sign) :]
        yield from inner[1:]


def _write_rows(head: Sequence[str], rows: Sequence[Sequence[str]], blank: int, indent: str) -> Iterator[str]:
    """
    Write a table in columns, or if they do not fit, each cell on its own line, so that words keep their order.
    """
    cells = [[" ".join(cell.split()) for cell in row] for row in (head, *rows)]
    widths = [max(map(len, column)) for column in itertools.zip_longest(*cells, fillvalue="")]
    room = LINE_LENGTH - len(indent) - 2 * (len(widths) - 1)
    fits = sum(widths) <= room
    if fits and blank and widths:
        widths[0] += room - sum(widths)
    for n, row in enumerate(cells):
        if fits:
            yield indent + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=False))
        elif n:
            for i, cell in enumerate(filter(None, row)):
                yield from _wrap(cell, indent + "  " * bool(i), indent + "  ")
        else:
            yield from _wrap("   ".join(row), indent)
        if not n or not fits:
            yield indent + "-" * (LINE_LENGTH - len(indent))
    for _ in range(blank):
        yield ""
        yield from [indent + "  ".join("_" * width for width in widths)] if fits else _draw_lines(1, indent)


def _write_lanes(block: nodes.Table, indent: str) -> Iterator[str]:
    """
    Write a table of lanes row by row: the time hangs beside what is done, and who speaks is said in words under it.
    """
    hang = indent + " " * _HANG
    for row in block.rows:
        time, done = (words_of_cell(row[0]) if row else ""), (row[1].paragraphs if len(row) > 1 else ())
        lines = [nodes.words(line, line_end="\n") for line in done] or [""]
        for n, line in enumerate(filter(None, (*lines, words_of_lanes(block.head, row[BEFORE:] and row)))):
            yield from _wrap(line, hang if n else f"{indent}{time:<{_HANG - 1}} ", hang)


def _write_block(block: nodes.Block, indent: str) -> Iterator[str]:
    match block:
        case nodes.Heading():
            yield from _write_heading(block, indent)
        case nodes.Paragraph():
            text = nodes.words(block.children, line_end="\n")
            yield from _wrap(text, indent)
            if block.style == "space":
                yield from [""] * 7
        case nodes.Listing():
            yield from _write_listing(block, indent)
        case nodes.Quotation():
            for each in _write_blocks(block.blocks, indent + "| "):
                yield each or indent + "|"
        case nodes.CodeBlock(text) | nodes.Fence(body=text):
            yield from (indent + each for each in text.rstrip("\n").split("\n"))
        case nodes.Rule():
            yield indent + "-" * (LINE_LENGTH - len(indent))
        case nodes.Table() if is_lanes(block):
            yield from _write_lanes(block, indent)
        case nodes.Table():
            # A row to write in is drawn, as those of a table of actions are.
            blank = len([row for row in block.rows if not any(cell.paragraphs for cell in row)])
            blank = blank if block.style == "open" else 0
            head = [" ".join(map(nodes.words, cell.paragraphs)) for cell in block.head]
            rows = [[" ".join(map(nodes.words, cell.paragraphs)) for cell in row] for row in block.rows]
            rows = [row for row in rows if any(row)] if blank else rows
            yield from _write_rows(head, rows, blank, indent)
        case nodes.Answer():
            if block.value:
                yield from _wrap(block.value, indent + "  ")
            else:
                yield from _draw_lines(block.lines, indent)
        case nodes.Ruled():
            for _ in range(block.lines):
                yield from _draw_labelled(block.label, indent)
        case nodes.Choice():
            label = f"{block.label:<35} " if block.label and block.lines < 2 else ""
            if block.label and not label:
                yield from _wrap(block.label, indent)
            yield from _wrap(f"{label}{_ticks_of(block)}", indent)
        case nodes.Scale():
            yield from _wrap(tick_options([str(n) for n in range(11)], block.value), indent)
            yield from _wrap(f"0 = {block.low}\n10 = {block.high}\n{block.whose}, may be left blank", indent)
        case nodes.Facts():
            for fact in block.facts:
                yield from _wrap(f"{fact.label:<15} {fact.value or '_' * 30}", indent)
        case nodes.Actions():
            yield from _write_rows(block.columns, block.rows, block.blank, indent)
        case nodes.Entry():
            yield from _write_entry(block, indent)
        case nodes.SignOff(brief=True):
            ticks = [tick_options(each.options, each.value) for each in (block, block.also) if each is not None]
            line = f"{block.who} {block.name or '_' * 16}  on {block.date or '_' * 12}  {'  '.join(ticks)}"
            yield from _wrap(line, indent, f"{indent}  ")
            if block.comments or block.room:
                yield from _wrap(f"comments {block.comments or '_' * 30}", f"{indent}  ")
        case nodes.SignOff():
            yield from _wrap(block.who, indent)
            yield from _wrap(tick_options(block.options, block.value), indent)
            yield from _wrap(f"Name {block.name or '_' * 32}", indent)
            yield from _wrap(f"Date {block.date or '_' * 32}", indent)
            yield from _wrap(f"Comments {block.comments}", indent)
            if not block.comments:
                yield from _draw_lines(3, indent)
        case nodes.NewPage():
            yield indent + "=" * (LINE_LENGTH - len(indent))
        case nodes.Cards():
            yield from _write_deck(block, indent)
        case nodes.Slide(card):
            yield from _write_front(card, indent)
            yield from ["", *_wrap(card.foot, indent)] if card.foot else []
        case nodes.SheetToFill() if block.places:
            yield from _write_blocks(one_below_another(block, 4), indent)
        case nodes.Diagram() | nodes.SheetToFill():
            yield from _wrap(describe(block), indent)
        case _:
            raise TypeError(f"{type(block).__name__} has no place in plain text")


def _write_entry(block: nodes.Entry, indent: str) -> Iterator[str]:
    """
    Write a heading, and under it its lines.
    """
    head = " ".join(filter(None, (": ".join(filter(None, (block.head, block.subject))), block.note)))
    if block.about is not None:
        head = f"{head}   {block.about.label} {block.about.value or '_' * 30}"
    yield from _wrap(head, indent) if head else ()
    inner = f"{indent}  "
    for row in block.rows:
        if isinstance(box := row[0], nodes.Answer):
            yield from _wrap(box.label, inner) if box.label and box.label != block.head else ()
            yield from _write_block(box, inner)
        else:
            yield from _wrap("  ".join(map(_words_on_line, row)), inner, f"{inner}  ")
    if block.table is not None:
        yield from _write_block(block.table, inner)


def _words_on_line(place: nodes.Fact | nodes.Choice | nodes.Answer) -> str:
    match place:
        case nodes.Choice():
            return " ".join(filter(None, (place.label, tick_options(place.options, place.value))))
        case _:
            return " ".join(filter(None, (place.label, place.value or "_" * 16)))


def _write_deck(block: nodes.Cards, indent: str) -> Iterator[str]:
    for card in block.cards:
        yield indent + "-" * (LINE_LENGTH - len(indent))
        yield from _write_front(card, indent)
        yield from ["", *_wrap(card.label, indent)] if card.label else []
        for back in (card.back, *card.points):
            yield from ["", *_wrap(back, indent + "    ")] if back else []
        yield from ["", *_wrap(card.foot, indent)]


def _write_front(card: nodes.Card, indent: str) -> Iterator[str]:
    doing = card.doing
    if doing is None:
        yield from _wrap("   ".join(filter(None, (card.head, card.number, card.part))), indent)
        yield from ["", *_wrap(card.front, indent + "  ")]
        yield from ["", *_wrap(card.hint, indent + "  ")] if card.hint else []
        return
    yield from _wrap("   ".join(filter(None, (card.head, doing.time))), indent)
    long = " ".join(filter(None, (doing.minutes, doing.unit)))
    yield from _wrap("   ".join(filter(None, (card.part, doing.quiet, long))), indent)
    yield from ["", *_wrap(card.front, indent + "  ")]
    yield from ["", *_wrap(doing.text, indent + "  ")] if doing.text else []
    for n, step in enumerate(doing.steps, 1):
        yield from _wrap(f"{n}. {step}", indent + "  ")


def _follows_closely(before: nodes.Block, block: nodes.Block) -> bool:
    """
    Whether a block follows the one before it without an empty line between them.
    """
    hint = isinstance(block, nodes.Paragraph) and block.style == "hint"
    closely = isinstance(block, nodes.Choice) and isinstance(before, nodes.Choice) and block.lines < 2
    return hint or closely


def _write_blocks(blocks: Iterable[nodes.Block], indent: str, within: nodes.Listing | None = None) -> Iterator[str]:
    """
    Write blocks with an empty line between them; in a list that is not loose, nested lists follow their item at once.
    """
    before: nodes.Block | None = None
    for block in blocks:
        close = within is not None and isinstance(block, nodes.Listing) and not nodes.apart(within)
        if before is not None and not (close or _follows_closely(before, block)):
            yield ""
        yield from _write_block(block, indent)
        before = block


def write(document: nodes.Document) -> bytes:
    """
    Return the document as plain text in UTF-8; the same document gives the same bytes.
    """
    out: list[str] = []
    if head := "   ".join(filter(None, (document.organisation, document.label))):
        out += [*_wrap(head), ""]
    out += _write_blocks(document.blocks, "")
    foot = [each for text in (document.marking, document.limits) if text for each in _wrap(text)]
    out += ["", *foot] if foot else []
    return ("\n".join(each.rstrip() for each in out) + "\n").encode("utf-8", "replace")
