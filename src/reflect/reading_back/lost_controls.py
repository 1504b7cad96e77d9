"""
Finds closed words again on a paper whose controls lost their tags, as LibreOffice saves it.

Such a paper is read by its words alone, and what is in a place that its blank does not have may be read in another. Its
digests still show whether what was closed is there, word for word and in its order.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from reflect.formats.word.fields import FORMER_HINT, HINTS
from reflect.sessions.canonical import words_as_seen
from reflect.sessions.closed import KeptDigests, digest_of_field, is_cell, printed_as_seen
from reflect.sessions.parts import Agreement

#: How many paragraphs an answer may have, and how many words printed lines among others.
_MOST_PARAGRAPHS, _LONGEST_LINE = 12, 30
_HINTS = frozenset(map(words_as_seen, (FORMER_HINT, *HINTS.values())))
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
    texts = [text for text in _before_signatures(paragraphs) if text not in known]
    pool: list[str] = []
    #: What was written among the options of a row: "put off until", and a day.
    among: list[str] = []
    for text in _without_printed(texts, kept):
        inside = _written_among_options(text, kept)
        (pool if inside is None else among).append(text if inside is None else inside)
    fields = dict(kept.fields)
    same = [name for name in fields if now.get(name) == fields[name]]
    for name in same:
        _take_first(name, fields[name], kept.salt, among, pool)
    there: set[str] = set()
    at = 0
    for name in (each for each in fields if each not in same):
        if name in now and not is_cell(name):
            # It was read with more than was closed; if not, it is changed, wherever else its words may be.
            own = [words_as_seen(line) for line in lines.get(name, ())]
            if _take(own, name, fields[name], kept.salt) is None:
                continue
        start = at if is_cell(name) else 0
        found = _take_first(name, fields[name], kept.salt, among, pool, start)
        if found is None and is_cell(name) and fields[name] == digest_of_field(kept.salt, name, ""):
            there.add(name)
        elif found is not None:
            there.add(name)
            at = found if is_cell(name) else at
    return WordsThere(frozenset(there), any(pool) or any(among))


def _take_first(name: str, wanted: str, salt: str, among: list[str], pool: list[str], start: int = 0) -> int | None:
    """
    Take the words of a field: those of a day behind "put off until" from among the options, if they are there.
    """
    if name.endswith(".until") and _take(among, name, wanted, salt) is not None:
        return start
    return _take(pool, name, wanted, salt, start)


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


def _without_printed(texts: Sequence[str], kept: KeptDigests) -> Iterator[str]:
    """
    Give the paragraphs that have more than printed words. As often as a line is printed it is not what somebody wrote,
    and once more it is: a topic may be "Leave", and what was said of it too.
    """
    left = Counter(kept.lines)
    whole = [_takes(left, kept.digest_of_line(text)) for text in texts]
    for text, printed in zip(texts, whole, strict=True):
        if not printed and not _is_printed(text, kept, left):
            yield text


def _takes(left: Counter[str], *digests: str) -> bool:
    """
    Take printed lines from those that are left, and tell whether they were there.
    """
    wanted = Counter(digests)
    if not wanted <= left:
        return False
    left.subtract(wanted)
    return True


def _is_printed(text: str, kept: KeptDigests, left: Counter[str]) -> bool:
    """
    Tell whether a paragraph has nothing but printed words, and take them from the lines that are left.
    """
    words = re.sub(r"\s+", " ", text).split()
    found: list[str] = []
    start = 0
    while start < len(words):
        ends = range(min(len(words), start + _LONGEST_LINE), start, -1)
        spans = ((end, kept.digest_of_line(" ".join(words[start:end]))) for end in ends)
        end, each = next(((end, each) for end, each in spans if each in left), (0, ""))
        if not end:
            return False
        found.append(each)
        start = end
    return _takes(left, *found)


def _written_among_options(text: str, kept: KeptDigests) -> str | None:
    """
    Return what is written in a row that begins and ends with printed words; None if it is no such row.
    """
    wanted = set(kept.lines)
    words = re.sub(r"\s+", " ", text).split()

    def is_line(some: Sequence[str]) -> bool:
        return kept.digest_of_line(" ".join(some)) in wanted

    most = min(len(words) - 1, _LONGEST_LINE)
    head = next((n for n in range(most, 0, -1) if is_line(words[:n])), 0)
    tail = next((n for n in range(min(most, len(words) - head - 1), 0, -1) if is_line(words[-n:])), 0)
    if not head or not tail:
        return None
    middle = words[head : len(words) - tail]
    while middle and (more := next((n for n in range(len(middle), 0, -1) if is_line(middle[:n])), 0)):
        middle = middle[more:]
    return " ".join(middle)
