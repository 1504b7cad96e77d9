"""
Matches the paragraphs of a filled paper to the printed paragraphs of its blank.
"""

from __future__ import annotations

import bisect
import difflib
from collections import defaultdict
from collections.abc import Mapping, Sequence

import attrs

from reflect.reading_back.blank import TELLING, FixedPara, at_any_time
from reflect.reading_back.returned_paper import ReturnedPaper
from reflect.sessions.typed import fold_text

#: The least likeness of two wordings of one prompt.
_ALIKE = 0.82
#: The most pairs of paragraphs to compare by likeness, so that no file takes long.
_PAIRS = 4_000
#: How far ahead to look for the next matched paragraph.
_AHEAD = 200


def align(paper: ReturnedPaper, skipped: frozenset[int]) -> dict[int, int]:
    """
    Return the number of the printed paragraph for each matched paragraph of a filled paper, by its number.

    We recognise them by their marks first, then by the same words, then by nearly the same words.

    Args:
        skipped: Paragraphs that are something else.
    """
    words = [
        "" if i in skipped else at_any_time(fold_text(paper.words_outside(para))) for i, para in enumerate(paper.paras)
    ]
    fixed = [attrs.evolve(each, words=at_any_time(each.words), end=at_any_time(each.end)) for each in paper.blank.fixed]
    places = _align_by_marks(paper, fixed, words, skipped)
    _align_by_words(fixed, words, places)
    _align_by_likeness(fixed, words, places)
    return {i: n for n, i in places.items()}


def _align_by_marks(
    paper: ReturnedPaper, fixed: Sequence[FixedPara], words: Sequence[str], skipped: frozenset[int]
) -> dict[int, int]:
    """
    Return the places of printed paragraphs that still have their bookmark or one of their controls.
    """
    by_anchor = {name: n for n, each in enumerate(fixed) for name in each.anchors}
    by_control = {name: n for n, each in enumerate(fixed) for name in each.tags if name in paper.by_tag}
    places: dict[int, int] = {}
    for i, para in enumerate(paper.paras):
        if i in skipped:
            continue
        n = next((by_anchor[name] for name in para.anchors if name in by_anchor), None)
        if n is None and not paper.keys_around(para):
            tagged = (by_control[control.tag] for control in para.inner_controls if control.tag in by_control)
            n = next((each for each in tagged if words[i] == fixed[each].words), None)
        if n is not None:
            places.setdefault(n, i)
    return places


def _align_by_words(fixed: Sequence[FixedPara], words: Sequence[str], places: dict[int, int]) -> None:
    """
    Add the places of paragraphs with the same words, in the same order as on the blank.
    """
    taken = set(places.values())
    by_words: dict[str, list[int]] = defaultdict(list)
    for i, text in enumerate(words):
        if text and i not in taken:
            by_words[text].append(i)
    for n, each in enumerate(fixed):
        if n in places:
            continue
        low, high = _neighbours(places, n, len(words))
        same = by_words.get(each.words, [])
        behind = same[bisect.bisect_right(same, low) :]
        if (first := next((i for i in behind if i < high and i not in taken), None)) is not None:
            places[n] = first
            taken.add(first)


def _align_by_likeness(fixed: Sequence[FixedPara], words: Sequence[str], places: dict[int, int]) -> None:
    """
    Add the places of paragraphs with nearly the same words, between their neighbours on the blank.
    """
    taken = set(places.values())
    pairs = 0
    for n, each in enumerate(fixed):
        if n in places:
            continue
        low, high = _neighbours(places, n, len(words))
        best, nearest = 0.0, -1
        for i in range(low + 1, high):
            if i in taken or not words[i] or pairs > _PAIRS:
                continue
            pairs += 1
            likeness = _likeness(each, words[i])
            if likeness > best:
                best, nearest = likeness, i
        if best >= _ALIKE:
            places[n] = nearest
            taken.add(nearest)


def _neighbours(places: Mapping[int, int], n: int, count: int) -> tuple[int, int]:
    """
    Return the places of the nearest printed paragraphs that we know before and after one.
    """
    low = next((places[m] for m in range(n - 1, -1, -1) if m in places), -1)
    high = next((places[m] for m in range(n + 1, n + _AHEAD) if m in places), count)
    return low, high if high > low else count


def _likeness(fixed: FixedPara, words: str) -> float:
    if abs(len(fixed.words) - len(words)) > max(len(words), TELLING):
        return 0.0
    if len(fixed.words) > TELLING and words.startswith(fixed.words):
        return 0.99
    if len(fixed.end) > TELLING and words.endswith(fixed.end):
        return 0.95  # it is about a topic, which the blank does not know
    matcher = difflib.SequenceMatcher(None, fixed.words, words, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= _ALIKE else 0.0
