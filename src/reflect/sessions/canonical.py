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
from collections.abc import Iterator, Sequence

import attrs

from reflect.questions.rings import EVERYBODY, Ring
from reflect.sessions.acting import key_of, write_line
from reflect.sessions.brought import key_of_topic
from reflect.sessions.parts import Answered, ItemRecord
from reflect.sessions.record import Record
from reflect.text.seeing import seen_text

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
    Return the words of a record in the one form that its fingerprint is made from: a line of JSON for each field.
    """
    return "".join(map(write_row, fields_of(part_on_paper(record, ring))))


def write_row(row: Sequence[object]) -> str:
    """
    Return a row as a line of JSON.
    """
    return json.dumps(row, ensure_ascii=False) + "\n"


def is_fingerprint_of(printed: str, record: Record, ring: Ring) -> bool:
    """
    Tell whether a fingerprint is that of a record's words, also if an earlier version printed it.
    """
    return printed == fingerprint_of_text(canonical(record, ring)) or printed == fingerprint_of_text(
        "".join(map(write_row, _rows_of_first_form(part_on_paper(record, ring))))
    )


def part_on_paper(record: Record, ring: Ring) -> Record:
    """
    Return the part of a record that belongs on a paper of one ring, whoever reads it.
    """
    return attrs.evolve(record.visible_to(EVERYBODY.within(ring)), signed=record.signed, reading=record.reading)


#: What two people write after the words are closed: it is no part of them.
_AFTER_CLOSING = re.compile(r"sign\..*|fingerprint(?:\..*)?|copy-given(?:\..*)?")
#: What is said for a paper and printed on no line of a record, or in its header and footer.
_NOT_IN_ITS_LINES = frozenset(["start", "situation", "organisation", "marking"])


def fields_of(record: Record) -> Iterator[tuple[str, ...]]:
    """
    Give the fields of a record, each with a name of its own and its words as people see them.

    The names are the keys of places: ``date``, ``item-3``, ``item-3.outcome``, ``actions.2.by``. The words over a place
    are printed, and the file of a closed paper keeps them as lines.
    """
    for name, text in record.facts:
        if name not in _NOT_IN_ITS_LINES:
            yield name, words_as_seen(text)
    for item in record.items:
        yield from _fields_of_item(item)
    for each in sorted(record.answers, key=lambda answered: answered.key):
        if not _AFTER_CLOSING.fullmatch(each.key):
            yield each.key, words_as_seen(each.text)
    for action in record.before:
        yield f"over {key_of(action)}", words_as_seen(write_line(action))
        yield key_of(action), str(action.state)
    for n, action in enumerate(record.actions, 1):
        texts = {"what": action.what, "who": action.who, "by": action.by}
        yield from ((f"actions.{n}.{name}", words_as_seen(text)) for name, text in texts.items())
    for n, decision in enumerate(record.decisions_in_rows, 1):
        texts = {"what": decision.what, "why": decision.why, "who": decision.who}
        yield from ((f"decisions.{n}.{name}", words_as_seen(text)) for name, text in texts.items())


def _fields_of_item(item: ItemRecord) -> Iterator[tuple[str, ...]]:
    own = item.brought[:1]
    outcome = item.outcome or next((each.became for each in own), None)
    if outcome:
        yield f"{item.key}.outcome", str(outcome)
    if until := (item.until or "".join(each.until for each in own)).strip():
        yield f"{item.key}.until", words_as_seen(until)
    for each in item.brought[1:]:
        # What is taken in with others has its own ticks.
        place = key_of_topic(item.key, each.topic.id)
        if each.became:
            yield f"{place}.outcome", str(each.became)
        if each.until.strip():
            yield f"{place}.until", words_as_seen(each.until)


_FRACTIONS = {sign: f" {unicodedata.normalize('NFKC', sign).replace(chr(0x2044), '/')}" for sign in "¼½¾⅓⅔⅛⅜⅝⅞"}
_WRITTEN_ALIKE = re.compile(rf"-{{2,}}|->|[{''.join(_FRACTIONS)}→]")


def words_as_seen(text: str) -> str:
    """
    Return the words of a text in the one way that stands for all ways in which programs write them by themselves: its
    spaces and line ends, quotes, apostrophes, dashes, dots, fractions and arrows.
    """
    signs = {**_FRACTIONS, "→": "->", "->": "->"}
    return " ".join(_WRITTEN_ALIKE.sub(lambda each: signs.get(each[0], "-"), seen_text(text)).split())


def _rows_of_first_form(record: Record) -> Iterator[list[object]]:
    """
    Give the rows that fingerprints were made from before papers were closed.
    """
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
    for decision in record.decisions_in_rows:
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
