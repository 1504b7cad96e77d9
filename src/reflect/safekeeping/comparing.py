"""
The differences between two copies of one record, in plain words.
"""

from __future__ import annotations

import difflib
import functools
import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import attrs

from reflect.safekeeping.fingerprint import ring_of
from reflect.sessions.acting import key_of, write_line
from reflect.sessions.brought import Brought
from reflect.sessions.canonical import part_on_paper
from reflect.sessions.parts import SIGNING, Answered, ItemRecord
from reflect.sessions.record import Record
from reflect.shown import Brief
from reflect.text.seeing import looks_alike, seen_text


@attrs.frozen
class Difference(Brief):
    """
    One thing that differs between two copies.

    Attributes:
        where: The question, or the part of the paper.
        what: What differs, in words: ``worded differently``, ``in another order``, ``only in mine``.
    """

    _in_line = ("what",)

    where: str
    what: str
    mine: str = attrs.field(default="", repr=False)
    theirs: str = attrs.field(default="", repr=False)

    def __str__(self) -> str:
        told = f"{self.where}: {self.what}"
        if self.mine and self.theirs and self.what == WORDED:
            mine, theirs = mark_changed_words(self.mine, self.theirs)
            return f"{told}\n  mine:   {mine}\n  theirs: {theirs}"
        shown = {"mine:  ": self.mine, "theirs:": self.theirs}
        return told + "".join(f"\n  {whose} {' '.join(text.split())}" for whose, text in shown.items() if text)


WORDED, MOVED, MINE, THEIRS = "worded differently", "in another order", "only in mine", "only in theirs"


def compare(mine: Record, theirs: Record, *, templates: Iterable[str | Path] = ()) -> tuple[Difference, ...]:
    """
    Return what differs between two copies of a record; nothing if they say the same.

    Words that are in both but in another place have only moved. How a paper was read does not count as a
    difference, nor do spaces and line ends that no reader sees, nor another sort of apostrophe, hyphen or quotation
    mark. If one of the two was read from a paper, what does not belong on that paper does not count either.

    Args:
        mine: One copy.
        theirs: The other copy.
        templates: Folders of templates of your own, which say what belongs on a paper of theirs.
    """
    if mine.reading or theirs.reading:
        # A paper has only what belongs on it; the whole record may have more.
        ring = ring_of(theirs if mine.reading is None else mine, templates)
        mine, theirs = part_on_paper(mine, ring), part_on_paper(theirs, ring)
    return tuple(_find_differences(mine, theirs))


def _find_differences(mine: Record, theirs: Record) -> Iterator[Difference]:
    if mine.document != theirs.document:
        yield Difference("The kind of paper", WORDED, mine.document, theirs.document)
    if mine.minutes != theirs.minutes:
        yield Difference("Minutes planned", WORDED, str(mine.minutes), str(theirs.minutes))
    yield from _compare_named(dict(mine.facts), dict(theirs.facts), str.capitalize)
    plan = [[(item.use, item.minutes) for item in each.items] for each in (mine, theirs)]
    if plan[0] != plan[1]:
        what = MOVED if Counter(plan[0]) == Counter(plan[1]) else WORDED
        yield Difference("The plan", what, *(", ".join(f"{use} {n} min" for use, n in each) for each in plan))
    else:
        for one, other in zip(mine.items, theirs.items, strict=True):
            yield from _compare_items(one, other)
    ours, others = (
        {key_of(action): f"{write_line(action)}: {action.state}" for action in each.before} for each in (mine, theirs)
    )
    yield from _compare_named(ours, others, lambda name: "From last time")
    yield from _compare_answers(mine.answers, theirs.answers)
    rows = {
        "Actions": [[(a.what, a.who, a.by) for a in each.actions] for each in (mine, theirs)],
        "Decisions": [[(d.what, d.why, d.who) for d in each.decisions_in_rows] for each in (mine, theirs)],
    }
    for name, (some, more) in rows.items():
        yield from _compare_rows(name, [_join_cells(row) for row in some], [_join_cells(row) for row in more])
    for role in SIGNING:
        signs = [
            {name: text for name, text in each.signature(role).items() if name != "fingerprint"}
            for each in (mine, theirs)
        ]
        yield from _compare_named(signs[0], signs[1], functools.partial(_place_of_signature, role))


def _compare_items(mine: ItemRecord, theirs: ItemRecord) -> Iterator[Difference]:
    """
    Compare what two copies say of an item: its topics by their words and their order, and what became of each.
    """
    ours, others = ([each.topic.title for each in item.brought if each.topic.title] for item in (mine, theirs))
    for one, other in itertools.zip_longest(ours, others, fillvalue=""):
        if not looks_alike(one, other):
            yield Difference(
                f"The topic of {mine.key}", WORDED if one and other else MINE if one else THEIRS, one, other
            )
    for where, one, other in _outcomes(mine, theirs):
        if not looks_alike(one, other):
            yield Difference(f"What became of {where}", WORDED, one, other)


def _outcomes(mine: ItemRecord, theirs: ItemRecord) -> Iterator[tuple[str, str, str]]:
    """
    Give what two copies say became of an item and of what was taken in with it, each with what it is about.
    """
    yield mine.use or mine.key, _outcome_in_words(mine), _outcome_in_words(theirs)
    topics = {each.topic.id: each for each in theirs.brought[1:]}
    for each in mine.brought[1:]:
        if other := topics.get(each.topic.id):
            yield each.topic.title, _outcome_in_words(each), _outcome_in_words(other)


def _outcome_in_words(some: ItemRecord | Brought) -> str:
    became = some.became if isinstance(some, Brought) else some.outcome
    return " until ".join(filter(None, (str(became or "nothing"), some.until)))


def _place_of_signature(role: str, name: str) -> str:
    return f"Signature of the {role}, {'how' if name == 'value' else name}"


def _join_cells(cells: Iterable[str]) -> str:
    return "; ".join(" ".join(cell.split()) for cell in cells if cell.strip())


def _compare_named(
    mine: Mapping[str, str], theirs: Mapping[str, str], called: Callable[[str], str]
) -> Iterator[Difference]:
    for name in dict.fromkeys((*mine, *theirs)):
        one, other = mine.get(name, ""), theirs.get(name, "")
        if not looks_alike(one, other):
            what = WORDED if one and other else MINE if one else THEIRS
            yield Difference(called(name), what, one, other)


#: Answers whose label is the paper's: papers with boxes and those with entries call the next date by other words.
_OF_THE_PAPER = ("next-date",)


def _compare_answers(mine: Sequence[Answered], theirs: Sequence[Answered]) -> Iterator[Difference]:
    ours, others = ({each.key: each for each in reversed(some)} for some in (mine, theirs))
    shared = [key for key in ours if key in others]
    if [key for key in others if key in ours] != shared:
        yield Difference("Answers", MOVED)
    for key in dict.fromkeys((*reversed(ours), *reversed(others))):
        one, other = ours.get(key), others.get(key)
        named = one or other
        where = (named.asked or key) if named else key
        if one is None or other is None:
            said = named.text if named else ""
            yield Difference(where, MINE if other is None else THEIRS, *((said, "") if other is None else ("", said)))
            continue
        if key not in _OF_THE_PAPER and not looks_alike(one.asked, other.asked) and one.asked and other.asked:
            yield Difference(f"The question over '{key}'", WORDED, one.asked, other.asked)
        if not looks_alike(one.text, other.text):
            lines = [
                sorted(" ".join(line.split()) for line in seen_text(each.text).split("\n")) for each in (one, other)
            ]
            yield Difference(where, MOVED if lines[0] == lines[1] else WORDED, one.text, other.text)


def _compare_rows(name: str, mine: list[str], theirs: list[str]) -> Iterator[Difference]:
    """
    Compare the rows of a table. Rows in both have at most moved; of the others, the closest two are one row reworded.
    """
    ours, others = (list(map(seen_text, rows)) for rows in (mine, theirs))
    if ours == others:
        return
    if Counter(ours) == Counter(others):
        yield Difference(name, MOVED)
        return
    only, added = _rows_apart(mine, ours, others), _rows_apart(theirs, others, ours)
    pair = len(only) * len(added) <= _MOST_PAIRS and sum(map(len, only)) * sum(map(len, added)) <= _MOST_LETTERS
    for row in only:
        near = difflib.get_close_matches(row, added, 1, 0.6) if pair else []
        if near:
            added.remove(near[0])
            yield Difference(name, WORDED, row, near[0])
        else:
            yield Difference(name, MINE, row)
    for row in added:
        yield Difference(name, THEIRS, "", row)
    shared = [set(others), set(ours)]
    if [row for row in ours if row in shared[0]] != [row for row in others if row in shared[1]]:
        yield Difference(name, MOVED)


#: Beyond this, rows and words are not paired: to compare each with each takes too long.
_MOST_PAIRS, _MOST_LETTERS, _MOST_WORDS = 400, 1_000_000, 250_000


def _rows_apart(rows: list[str], seen: list[str], others: list[str]) -> list[str]:
    """
    Return the rows, as they are, that look like none of the others; the later ones, where there are more of them.
    """
    left = Counter(others)
    apart = []
    for row, shown in zip(rows, seen, strict=True):
        if left[shown]:
            left[shown] -= 1
        else:
            apart.append(row)
    return apart


def mark_changed_words(mine: str, theirs: str) -> tuple[str, str]:
    """
    Return two texts, each on one line, with the words that differ between » and «.
    """
    one, other = (
        " ".join(text if alike else f"»{text}«" for alike, text in stretches)
        for stretches in part_changed_words(mine, theirs)
    )
    return one, other


def part_changed_words(mine: str, theirs: str) -> tuple[list[tuple[bool, str]], list[tuple[bool, str]]]:
    """
    Return two texts in stretches of words, each with whether the other text has it too.
    """
    one, other = mine.split(), theirs.split()
    ours: list[tuple[bool, str]] = []
    others: list[tuple[bool, str]] = []
    for alike, a, b, c, d in _stretches(list(map(seen_text, one)), list(map(seen_text, other))):
        left, right = " ".join(one[a:b]), " ".join(other[c:d])
        ours += [(alike, left)] if left else []
        others += [(alike, right)] if right else []
    return ours, others


def _stretches(one: list[str], other: list[str]) -> Iterator[tuple[bool, int, int, int, int]]:
    """
    Give the stretches that two rows of words share, and those that they do not, with their places in both.

    Words between the first and the last that differ are compared if there are not too many.
    """
    least = min(len(one), len(other))
    start = next((n for n in range(least) if one[n] != other[n]), least)
    end = next((n for n in range(least - start) if one[-1 - n] != other[-1 - n]), least - start)
    left, right = one[start : len(one) - end], other[start : len(other) - end]
    yield True, 0, start, 0, start
    if len(left) * len(right) > _MOST_WORDS:
        yield False, start, start + len(left), start, start + len(right)
    else:
        for tag, a, b, c, d in difflib.SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
            yield tag == "equal", start + a, start + b, start + c, start + d
    yield True, len(one) - end, len(one), len(other) - end, len(other)
