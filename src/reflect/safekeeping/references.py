"""
What in a record may refer to somebody, and stays when names are replaced.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from reflect.text.capitals import Compound, read_compounds
from reflect.text.names import NameFinder
from reflect.text.seeing import begins_with_capital, fold_loosely, has_no_case, read_words, seen_text

#: Letters and a number, such as F11 or AB-1234.
_REFERENCE = re.compile(r"[^\W\d_]{1,3}-?\d{1,8}")
_INITIALS = (2, 3)
#: Words with a capital, or in capitals, that do not refer to anybody.
_NOT_REFERENCES = frozenset(
    """
    i gp nhs uk ok cp cin plo cla cl tv pc dbs cpd hr it am pm monday tuesday wednesday thursday friday saturday sunday
    january february march april may june july august september october november december
    """.split()  # noqa: SIM905  # words one can read
)
#: A word that begins as a name does and goes on for at most so many letters may be the name with an ending.
_ENDING, _STEM = 3, 4
#: Words of a script without capitals are named where they are less than this part of a record.
_FEW = 1 / 3

_Stretch = tuple[int, int]


def count_references(texts: Iterable[str], names: Iterable[str] = (), words: Iterable[str] = ()) -> Counter[str]:
    """
    Return the words that may refer to somebody, as people see them, with how often each occurs.

    These are initials, references such as F11, words with a capital inside a sentence, and whatever is like one of the
    names that were replaced: without its capital, without the marks on its letters, with another ending, or one word
    of it alone.

    Args:
        texts: What to look in.
        names: The names that were replaced.
        words: What replaced them; it is in square brackets.
    """
    texts = tuple(texts)
    finder, likeness = NameFinder(names), _Likeness(names)
    brackets = frozenset(words)
    found: Counter[str] = Counter()
    compounds = [list(read_compounds(text)) for text in texts]
    caseless = sum(len(each.text) for row in compounds for each in row if each.caseless)
    foreign = caseless < _FEW * sum(len(each.text) for row in compounds for each in row)
    for text, row in zip(texts, compounds, strict=True):
        names_here = [(place.start, place.end) for place in finder.find(text)]
        ours = [
            match.span() for match in _IN_BRACKETS.finditer(text) if match[1] in brackets
        ]  # what stands there was chosen
        near = _apart(likeness.find(text), ours)
        other = _apart(_find_capitals(text, row, foreign=foreign), ours)
        for start, end in _merge(names_here, near, other):
            found[" ".join(seen_text(text[start:end]).split())] += 1
    return found


_IN_BRACKETS = re.compile(r"\[([^\[\]\n]+)\]")


def _apart(stretches: Iterable[_Stretch], others: list[_Stretch]) -> list[_Stretch]:
    """
    Return the stretches, in order, that share nothing with others.
    """
    apart, n = [], 0
    for start, end in stretches:
        while n < len(others) and others[n][1] <= start:
            n += 1
        if n == len(others) or others[n][0] >= end:
            apart.append((start, end))
    return apart


def _merge(*sorts: list[_Stretch]) -> list[_Stretch]:
    """
    Return stretches of several sorts without those that share something with one of an earlier sort.
    """
    merged: list[_Stretch] = []
    for stretches in sorts:
        merged = sorted([*merged, *_apart(stretches, merged)])
    return merged


class _Likeness:
    """
    Finds what is like one of several names, and not quite the same.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._whole: set[str] = set()
        self._words: set[str] = set()
        for name in names:
            words = [fold_loosely(word.folded) for word in read_words(name)]
            self._whole.add("".join(words))
            self._words.update(word for word in words if len(word) > 1)

    def find(self, text: str) -> Iterator[_Stretch]:
        if not self._whole:
            return
        for word in read_words(text):
            here = text[word.start : word.end]
            loose = fold_loosely(word.folded)
            if (loose in self._whole and len(loose) > 1) or (
                (begins_with_capital(here) or has_no_case(here)) and self._is_like(loose, cut=has_no_case(here))
            ):
                yield word.start, word.end

    def _is_like(self, loose: str, *, cut: bool) -> bool:
        """
        Tell whether a word is one word of a name, perhaps with an ending; or, if it may be *cut*, with a beginning.
        """
        ends = range(max(_STEM, len(loose) - _ENDING), len(loose) + 1)
        if (loose in self._words and len(loose) > 1) or any(loose[:end] in self._words for end in ends):
            return True
        return cut and any(loose[start:] in self._words for start in range(1, _ENDING) if len(loose) - start > 2)


def _find_capitals(text: str, row: list[Compound], *, foreign: bool) -> Iterator[_Stretch]:
    """
    Give the stretches of a text that are initials, references, or words with a capital inside a sentence.
    """
    loud = sum(word.capitals and len(word.text) > 3 for word in row) > max(2, len(row) / 2)
    start = end = 0
    n = 0
    while n < len(row):
        word = row[n]
        after = _end_of_dotted_initials(row, n)
        if after > n:
            yield word.start, row[after].end
            n = after + 1
            continue
        if end and not (_is_name(word) and word.before == " "):
            yield start, end
            start = end = 0
        if _is_initials(word) or _REFERENCE.fullmatch(word.text):
            if end:
                yield start, end
                start = end = 0
            if word.text.lower() not in _NOT_REFERENCES and word.text[:1].isupper():
                yield word.start, word.end
        elif end:
            end = word.end
        elif _is_name(word) and (_is_inside_sentence(row, n) or (word.capitals and len(word.text) > 3 and not loud)):
            start, end = word.start, word.end
        elif foreign and word.caseless and (len(word.text) > 1):
            yield word.start, word.end
        n += 1
    if end:
        yield start, end


def _is_name(word: Compound) -> bool:
    return word.capital and len(word.text) > 1 and not _is_initials(word) and word.text.lower() not in _NOT_REFERENCES


def _is_initials(word: Compound) -> bool:
    return word.capitals and word.capital and len(word.text) in _INITIALS and "-" not in word.text


def _is_inside_sentence(row: list[Compound], n: int) -> bool:
    """
    Tell whether a word follows a small one, or a comma or the like, on its line.
    """
    before = row[n].before
    if n == 0 or not before.endswith(" ") or "\n" in before:
        return False
    mark = before.strip()[-1:]
    if mark:
        return mark in ",;:)-'\""
    last = row[n - 1].text[-1]
    return not last.isupper() and not last.isdigit()


def _end_of_dotted_initials(row: list[Compound], n: int) -> int:
    """
    Return the number of the last of single capitals with dots between, such as A. M.; the first one's if it is alone.
    """
    last = n
    while (
        row[last].capital
        and len(row[last].text) == 1
        and last + 1 < len(row)
        and row[last + 1].before in (".", ". ")
        and row[last + 1].capital
        and len(row[last + 1].text) == 1
        and last - n + 1 < _INITIALS[1]
    ):
        last += 1
    return last
