"""
A fingerprint of what was written. It shows whether words have changed since, and never who signed or when.

It is made from the words alone: a Word file, its JSON and a paper printed from either have the same fingerprint, and
saving a file again in another program does not change it.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator

import attrs

from reflect.questions.rings import EVERYBODY, Ring
from reflect.sessions.parts import Answered
from reflect.sessions.record import Record

#: Digits that nobody mistakes for each other: Crockford's base 32 has no I, L, O or U.
_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
#: Four groups of four digits: 80 bits, short enough to be read out.
_GROUPS, _GROUP = 4, 4
SHAPE = re.compile(rf"[{_DIGITS}]{{{_GROUP}}}(?: [{_DIGITS}]{{{_GROUP}}}){{{_GROUPS - 1}}}")


def fingerprint_of_text(text: str) -> str:
    """
    Return the fingerprint of a text: four groups of four digits, such as ``K7QD 2M9X 4TPA HWZ3``.

    It is the first 80 bits of the SHA-256 digest of the text in UTF-8.
    """
    bits = _GROUPS * _GROUP * 5
    number = int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()) >> (256 - bits)
    digits = "".join(_DIGITS[number >> shift & 31] for shift in range(bits - 5, -1, -5))
    return " ".join(digits[n : n + _GROUP] for n in range(0, len(digits), _GROUP))


def canonical(record: Record, ring: Ring) -> str:
    """
    Return the words of a record in the one form that its fingerprint is made from: a line of JSON for each piece.
    """
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in _canonical_rows(part_on_paper(record, ring)))


def part_on_paper(record: Record, ring: Ring) -> Record:
    """
    Return the part of a record that belongs on a paper of one ring, whoever reads it.
    """
    return attrs.evolve(record.visible_to(EVERYBODY.within(ring)), signed=record.signed, reading=record.reading)


def _canonical_rows(record: Record) -> Iterator[list[object]]:
    yield ["record", record.document, record.wording, record.minutes]
    for name, text in record.facts:
        yield ["fact", name, *_lines_as_shown(text)]
    for item in record.items:
        yield ["item", item.key, item.use, item.minutes, str(item.outcome or "")]
    for each in sorted(record.answers, key=lambda answered: answered.key):
        asked = [_lines_as_shown(each.asked), _lines_as_shown(each.hint)] if has_heading_of_its_own(each) else []
        yield ["answer", each.key, *asked]
        for line in each.lines:
            yield [str(line.kind), line.level, *_lines_as_shown(line.text)]
    for action in record.actions:
        yield ["action", *map(_lines_as_shown, (action.what, action.who, action.by))]
    for decision in record.decisions:
        yield ["decision", *map(_lines_as_shown, (decision.what, decision.why, decision.who))]


#: Answers under an item of a session: their heading is printed from the record, so it belongs to the words.
_ITEM = re.compile(r"item-\d+")


def has_heading_of_its_own(answered: Answered) -> bool:
    """
    Return whether the words over an answer are the record's, and not those that its paper prints over such a place.
    """
    return bool(answered.version or _ITEM.fullmatch(answered.key))


def _lines_as_shown(text: str) -> list[str]:
    """
    The lines of a text, with spaces as people see them: programs save them differently.
    """
    return [" ".join(line.split()) for line in unicodedata.normalize("NFC", text).strip().split("\n")]
