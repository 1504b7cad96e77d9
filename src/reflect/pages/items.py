"""
Read an item of a list as a question with its hint and its probes.
"""

from __future__ import annotations

from reflect.pages.attributes import (
    QUESTION_FLAGS,
    QUESTION_NAMES,
    Inherited,
    read_answering,
    read_flags,
    read_inherited,
)
from reflect.pages.blocks import line_of, name_of
from reflect.pages.braces import read_braces
from reflect.pages.keys import KeysUnder
from reflect.pages.limits import PageReading
from reflect.pages.unasked import find_box, find_bullets_in_item
from reflect.pages.values import read_plain_text
from reflect.questions.question import Question
from reflect.text.nodes import Item, Listing, Paragraph


def read_question(
    reading: PageReading, item: Item, keys: KeysUnder, above: Inherited, roles: tuple[str, ...]
) -> Question | None:
    """
    Return the question of an item; None and a fault if it has none.
    """
    line = line_of(item)
    first = item.blocks[0] if item.blocks else None
    if not isinstance(first, Paragraph):
        reading.add_fault(line, "an item does not begin with a question", "write the question straight after '- '")
        return None
    indent = _indent_of(reading.lines[item.lines[0]]) + 2
    _find_lines_at_margin(reading, first, indent)
    find_box(reading, first.raw, line)
    find_bullets_in_item(reading, first)
    braces = read_braces(reading, first.raw, line, QUESTION_FLAGS, QUESTION_NAMES)
    text = read_plain_text(reading, braces.text, line, "a question")
    if not text:
        reading.add_fault(line, "a question has no words", "write the question, or take the item out")
        return None
    hint, rest = "", item.blocks[1:]
    probes: tuple[str, ...] = ()
    match rest:
        case (Paragraph() as paragraph, *_):
            _find_lines_at_margin(reading, paragraph, indent)
            find_bullets_in_item(reading, paragraph)
            hint = read_plain_text(reading, paragraph.raw, line_of(paragraph), "a hint")
            rest = rest[1:]
    match rest:
        case (Listing(start=None) as listing, *_):
            probes = _read_probes(reading, listing, indent)
            rest = rest[1:]
    for block in rest:
        remedy = "write one paragraph as a hint, and then probes"
        reading.add_fault(line_of(block), f"{name_of(block)} does not belong under a question", remedy)
    inherited = read_inherited(reading, line, braces.values, above, roles)
    return Question(
        key=keys.take(reading, line, braces.key, text, keys.room),
        text=text,
        hint=hint,
        probes=probes,
        answering=read_answering(reading, line, braces.values),
        **read_flags(braces.flags),
        **inherited.fields,
    )


def _read_probes(reading: PageReading, listing: Listing, indent: int) -> tuple[str, ...]:
    probes = []
    for item in listing.items:
        match item.blocks:
            case (Paragraph() as probe,):
                _find_lines_at_margin(reading, probe, indent)
                find_box(reading, probe.raw, line_of(item))
                find_bullets_in_item(reading, probe)
                probes.append(read_plain_text(reading, probe.raw, line_of(item), "a probe"))
            case _:
                remedy = "write each probe as one '- ' line"
                reading.add_fault(line_of(item), "a probe is more than one line", remedy)
    return tuple(filter(None, probes))


def _indent_of(line: str) -> int:
    expanded = line.expandtabs(4)
    return len(expanded) - len(expanded.lstrip())


def _find_lines_at_margin(reading: PageReading, paragraph: Paragraph, indent: int) -> None:
    """
    Add a fault for each line of a paragraph that is indented less than its item, as Markdown allows.
    """
    start, end = paragraph.lines
    for n in range(start + 1, end):
        line = reading.lines[n]
        if line.strip() and _indent_of(line) < indent:
            remedy = "indent it if it belongs to the item, or put an empty line before it"
            reading.add_fault(n + 1, "a line at the margin runs into the item above it", remedy)
