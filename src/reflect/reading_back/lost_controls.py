"""
Finds closed words again on a paper whose controls lost their tags, as LibreOffice saves it.

Such a paper is read by its words alone, and what is in a place that its blank does not have may be read in another. Its
digests still show whether what was closed is there, word for word and in its order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from reflect.formats.word.fields import HINTS
from reflect.sessions.canonical import words_as_seen
from reflect.sessions.closed import KeptDigests, digest_of_field, is_cell, printed_as_seen
from reflect.sessions.parts import Agreement

#: How many paragraphs an answer may have, and how many words printed lines among others.
_MOST_PARAGRAPHS, _LONGEST_LINE = 12, 30
_HINTS = frozenset(map(words_as_seen, HINTS.values()))
_OPTIONS = words_as_seen(" ".join(Agreement))


@attrs.frozen
class WordsThere:
    """
    What is found again.

    Attributes:
        fields: The names of the fields whose closed words are there.
        more: Whether there are words besides.
    """

    fields: frozenset[str] = frozenset()
    more: bool = False


def find_words_there(
    kept: KeptDigests,
    paragraphs: Sequence[str],
    now: Mapping[str, str],
    lines: Mapping[str, Sequence[str]],
    labels: Iterable[str] = (),
) -> WordsThere:
    """
    Return which fields of a closed paper have their words on it.

    Args:
        kept: What its file keeps.
        paragraphs: Its paragraphs, with what is written in them.
        now: The digests of the fields as they were read.
        lines: The lines of each answer as it was read.
        labels: The headings of columns, which large print has above each cell.
    """
    known = _HINTS | set(map(words_as_seen, labels))
    pool = [text for text in _before_signatures(paragraphs) if text not in known and not _is_printed(text, kept)]
    fields = dict(kept.fields)
    same = [name for name in fields if now.get(name) == fields[name]]
    for name in same:
        _take(pool, name, fields[name], kept.salt)
    there: set[str] = set()
    at = 0
    for name in (each for each in fields if each not in same):
        if name in now and not is_cell(name):
            # It was read with more than was closed; if not, it is changed, wherever else its words may be.
            own = [words_as_seen(line) for line in lines.get(name, ())]
            if _take(own, name, fields[name], kept.salt) is None:
                continue
        start = at if is_cell(name) else 0
        found = _take(pool, name, fields[name], kept.salt, start)
        if found is None and is_cell(name) and fields[name] == digest_of_field(kept.salt, name, ""):
            there.add(name)
        elif found is not None:
            there.add(name)
            at = found if is_cell(name) else at
    return WordsThere(frozenset(there), any(pool))


def _take(pool: list[str], name: str, wanted: str, salt: str, start: int = 0) -> int | None:
    """
    Empty the paragraphs that have the words of a field, and return where they begin; None if there are none.
    """
    for n in range(start, len(pool)):
        if not pool[n]:
            continue
        words = ""
        for end in range(n, min(n + _MOST_PARAGRAPHS, len(pool))):
            words = f"{words} {pool[end]}".strip()
            if digest_of_field(salt, name, words) == wanted:
                pool[n : end + 1] = [""] * (end + 1 - n)
                return n
    return None


def _before_signatures(paragraphs: Iterable[str]) -> Iterator[str]:
    for text in map(printed_as_seen, paragraphs):
        if text == _OPTIONS or text.startswith("Fingerprint"):
            return
        yield text


def _is_printed(text: str, kept: KeptDigests) -> bool:
    """
    Tell whether a paragraph has nothing but printed words.
    """
    wanted = set(kept.lines)
    words = re.sub(r"\s+", " ", text).split()
    if not words or kept.digest_of_line(text) in wanted:
        return True
    start = 0
    while start < len(words):
        ends = range(min(len(words), start + _LONGEST_LINE), start, -1)
        end = next((end for end in ends if kept.digest_of_line(" ".join(words[start:end])) in wanted), 0)
        if not end:
            return False
        start = end
    return True
