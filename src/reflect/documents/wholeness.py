"""
Whether a paper has all of a record that its reader may see, and what it leaves out.

An answer is on a paper if the template printed it, and the place it was printed in shows it: a choice shows none but
its own options. What is not there is written under "also written", if the paper is a home for it; otherwise the paper
leaves it out, and whoever asked for the paper is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import attrs

from reflect.questions.rings import Ring
from reflect.sessions.acting import key_of, with_ids
from reflect.sessions.facts import FACTS
from reflect.sessions.parts import UNPLACED, Answered
from reflect.sessions.record import Record
from reflect.text import nodes
from reflect.text.filling import Prose, Value
from reflect.text.markdown import FIRST, MARK
from reflect.text.prose import visible

#: The places of a record for what was said about its items.
_ITEM = re.compile(r"item-\d+")
#: What of a block is not shown.
_NOT_SHOWN = frozenset(["key", "style", "raw", "kind", "lines", "sign", "said"])
_ROWS = {"actions": "actions", "decisions": "decisions", "passed": "passed-on"}
_CELLS = {"actions": ("what", "who", "by"), "decisions": ("what", "why", "who"), "passed": ("to", "why", "told")}


@attrs.frozen
class PrintedBlocks:
    """
    What a template printed.

    Attributes:
        blocks: The content of the paper.
        answers: The answers that were put into it, by what `id` says of them.
    """

    blocks: tuple[nodes.Block, ...]
    answers: frozenset[int] = frozenset()

    def __add__(self, other: PrintedBlocks) -> PrintedBlocks:
        return PrintedBlocks((*self.blocks, *other.blocks), self.answers | other.answers)


def find_printed(text: str, values: Sequence[Value]) -> frozenset[int]:
    """
    Return which answers a template printed, by what `id` says of them.

    Args:
        text: What the template printed, with a mark for each value.
        values: The values.
    """
    printed = (values[ord(mark) - FIRST] for mark in MARK.findall(text))
    return frozenset(id(value.source) for value in printed if isinstance(value, Prose) and value.source is not None)


def find_missing(record: Record, printed: PrintedBlocks, *, retold: bool = False) -> tuple[Answered, ...]:
    """
    Return the answers of a record that a paper does not show.

    Args:
        record: The record, cut to its reader.
        printed: What is on the paper.
        retold: Whether the paper tells of a record in words of its own, and prints none of its answers as they are.
    """
    if not record.answers:
        return ()
    fields = dict(_fields_in(printed.blocks))
    whole = ""
    missing = []
    for each in record.answers:
        if not retold and id(each) not in printed.answers:
            missing.append(each)
            continue
        said = _squeeze(each.text)
        if said == _squeeze(fields.get(each.key, "")):
            continue
        whole = whole or _squeeze(" ".join(_texts_in(printed.blocks)))
        if not all(_squeeze(line) in whole for line in each.text.split("\n")):
            missing.append(each)
    return tuple(missing)


def find_missing_rows(record: Record, blocks: Sequence[nodes.Block]) -> tuple[str, ...]:
    """
    Return what else of a record a paper does not show: its actions and those from before, its decisions, its
    signatures.
    """
    tables = tables_in(blocks)
    shown = {_cells(row) for table in tables for row in table.rows}
    missing = []
    for name, key in _ROWS.items():
        rows = record.decisions_in_rows if name == "decisions" else getattr(record, name)
        # A table may go on in another one, with a key such as actions.2.
        places = sum(len(table.rows) for table in tables if f"{table.key}.".startswith(f"{key}."))
        if len(rows) > places and any(_cells(getattr(row, cell) for cell in _CELLS[name]) not in shown for row in rows):
            missing.append(name)
    keys = {key for key, _ in _fields_in(blocks)}
    if any(key_of(action) not in keys for action in with_ids(record.before)):
        missing.append("before")
    if record.signed and not any(isinstance(block, nodes.SignOff) for block in blocks):
        missing.append("signatures")
    return tuple(missing)


def tables_in(blocks: Iterable[nodes.Block]) -> tuple[nodes.Actions, ...]:
    """
    Return the tables to write in, also those that stand in an entry.
    """
    tables = (block.table if isinstance(block, nodes.Entry) else block for block in blocks)
    return tuple(each for each in tables if isinstance(each, nodes.Actions))


def _cells(row: Iterable[str]) -> frozenset[str]:
    return frozenset(filter(None, map(_squeeze, row)))


def name_what_is_gone(record: Record, cut: Record) -> Iterator[str]:
    """
    Give the keys of answers, and the names of rows and signatures, that a record lost when it was cut to a paper: what
    is of a ring that has no place there, though its reader may see it.
    """
    kept = [each.key for each in cut.answers]
    for each in record.answers:
        if each.key in kept:
            kept.remove(each.key)
        else:
            yield each.key
    for name in (*_ROWS, "before", "signed"):
        if len(getattr(record, name)) > len(getattr(cut, name)):
            yield "signatures" if name == "signed" else name


def is_home(record: Record, document: str, ring: Ring | None, blocks: Sequence[nodes.Block], of: Ring) -> bool:
    """
    Tell whether what is of a ring belongs on a paper, even if its template has no place for it.

    It does on a paper of the record's own kind, on one that has places for what was said about items, and otherwise
    where it is of the ring of the paper, or open, and the paper can be filled in at all.

    Args:
        record: The record.
        document: The name of the paper.
        ring: The ring of the paper.
        blocks: What is on it.
        of: The ring of what is asked about.
    """
    keys = {key for key, _ in _fields_in(blocks)} - set(FACTS)
    return record.document == document or any(map(_ITEM.fullmatch, keys)) or (bool(keys) and of in (ring, Ring.OPEN))


def list_also(missing: Iterable[Answered], blocks: Iterable[nodes.Block]) -> tuple[tuple[str, str, str, Prose], ...]:
    """
    Return answers as a template prints them under "also written": key, question, hint and text. Where no question is
    known, the key stands in the place of the hint.

    An answer whose key has a place on the paper already, which does not show it, has no key here.
    """
    keys = {key for key, _ in _fields_in(blocks)}
    also = []
    for each in missing:
        key = "" if each.key in keys else each.key
        keys.add(each.key)
        named = "" if each.asked or each.key == UNPLACED else each.key
        also.append((key, each.asked, each.hint or named, Prose.of(each.text, each.lines, each)))
    return tuple(also)


def _fields_in(blocks: Iterable[nodes.Block]) -> Iterator[tuple[str, str]]:
    """
    Give the key of each place to write, and what it shows.
    """
    for block in blocks:
        match block:
            case nodes.Answer():
                yield block.key, block.value
            case nodes.Choice():
                yield block.key, block.value if block.value in block.options else ""
                yield from ((fact.key, fact.value) for fact in (block.beside,) if fact is not None)
            case nodes.Scale():
                yield block.key, block.value if re.fullmatch("[0-9]|10", block.value) else ""
            case nodes.Facts():
                yield from ((fact.key, fact.value) for fact in block.facts)
            case nodes.SignOff(also=nodes.Choice() as also):
                yield from _fields_in((also,))
            case nodes.Listing():
                for item in block.items:
                    yield from _fields_in(item.blocks)
            case nodes.Quotation():
                yield from _fields_in(block.blocks)
            case nodes.SheetToFill():
                yield from _fields_in(block.places)
            case nodes.Entry():
                for place in block.places:
                    yield from [(place.key, place.value)] if isinstance(place, nodes.Fact) else _fields_in((place,))
            case _:
                pass


def _texts_in(node: object) -> Iterator[str]:
    """
    Give every text that people see in a tree.
    """
    match node:
        case str():
            yield node
        case tuple():
            for each in node:
                yield from _texts_in(each)
        case nodes.Choice():
            yield from (node.label, *node.options, *_texts_in(node.beside))
        case nodes.Scale():
            yield from (node.label, node.low, node.high, node.whose)
        case _:
            for name in getattr(node, "__match_args__", ()):
                if name not in _NOT_SHOWN:
                    yield from _texts_in(getattr(node, name))


def _squeeze(text: str) -> str:
    """
    Return a text as it is shown, without spaces and the marks that isolate it.
    """
    return "".join(visible(text).translate({0x2068: None, 0x2069: None}).split())
