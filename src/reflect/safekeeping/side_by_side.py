"""
What was replaced in an own copy, found by laying it beside its record.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from reflect.safekeeping.texts import Edit
from reflect.text.names import NameFinder

_BRACKETS = re.compile(r"\[([^\[\]\n]+)\]")
#: Names that are met alone help to tell apart those that are met side by side; twice over is enough.
_ROUNDS = 3
#: How far a name that is not known yet may go, in letters.
_LONGEST = 1000


def find_replaced(pairs: Iterable[tuple[str, str]]) -> list[tuple[Edit, ...]]:
    """
    Return for each text of a record what was replaced in it.

    A stretch is tried once in each of a few rounds, from left to right, so the time grows with the texts alone. If two
    texts cannot be laid side by side, nothing was replaced.

    Args:
        pairs: Each text of the copy, and the same text of the record.
    """
    cut = [(_BRACKETS.split(mine), theirs) for mine, theirs in pairs]
    edits: list[tuple[Edit, ...]] = [()] * len(cut)
    order = sorted((n for n, (pieces, _) in enumerate(cut) if len(pieces) > 1), key=lambda n: len(cut[n][0]))
    replaced: dict[str, str] = {}
    alike: set[int] = set()
    for number in range(_ROUNDS):
        finder = NameFinder(replaced)
        for n in order:
            pieces, theirs = cut[n]
            if not number and len(pieces) > 3:  # more than one name: it may be read in several ways
                edits[n] = _align_alike(pieces, theirs)
                alike |= {n} if edits[n] else set()
            elif n not in alike:
                known = {each.start: (each.end, replaced[each.name]) for each in finder.find(theirs) if each.certain}
                edits[n] = _align(pieces, theirs, known)
            for start, end, words in edits[n]:
                if end - start <= _LONGEST:
                    replaced.setdefault(theirs[start:end], words[1:-1])
    return edits


def _align_alike(pieces: list[str], text: str) -> tuple[Edit, ...]:
    """
    Return what one name replaces in one text, if it is spelt in one way throughout: then all of them are as long.
    """
    fixed, tokens = pieces[::2], pieces[1::2]
    length, over = divmod(len(text) - sum(map(len, fixed)), len(tokens))
    name = text[len(fixed[0]) :][: max(length, 0)]
    if len(set(tokens)) > 1 or over or name in ("", f"[{tokens[0]}]") or name.join(fixed) != text:
        return ()
    edits: list[Edit] = []
    at = 0
    for before in fixed[:-1]:
        at += len(before)
        edits.append((at, at + length, f"[{tokens[0]}]"))
        at += length
    return tuple(edits)


def _align(pieces: list[str], text: str, known: Mapping[int, tuple[int, str]]) -> tuple[Edit, ...]:
    """
    Return what words in brackets replace in one text; nothing if the two cannot be laid side by side.

    Args:
        pieces: What is in the copy: words and words in brackets by turns.
        text: What is in the record.
        known: Where a name that is known begins: where it ends, and the words for it.
    """
    fixed, tokens = pieces[::2], pieces[1::2]
    if not text.startswith(fixed[0]):
        return ()
    words_known = {words for _, words in known.values()}
    edits: list[Edit] = []
    at = len(fixed[0])
    for n, (token, after) in enumerate(zip(tokens, fixed[1:], strict=True)):
        last = n == len(tokens) - 1
        end, words = known.get(at, (at, ""))
        if text.startswith(f"[{token}]", at):
            end = at + len(token) + 2  # its author wrote the brackets
        elif words == token and text.startswith(after, end) and (not last or end + len(after) == len(text)):
            edits.append((at, end, f"[{token}]"))
        else:
            following = "" if last else tokens[n + 1]
            end = len(text) - len(after)
            if not last:
                end = _end_of_name(text, at, after, following, known, is_known=following in words_known)
            if end <= at:
                return ()
            edits.append((at, end, f"[{token}]"))
        if not text.startswith(after, end):
            return ()
        at = end + len(after)
    return tuple(edits) if at == len(text) else ()


def _end_of_name(
    text: str, at: int, after: str, following: str, known: Mapping[int, tuple[int, str]], *, is_known: bool
) -> int:
    """
    Return where a name ends that is not known yet: before the words *after* it, and before the name that is *following*
    where that one is known to begin; nought if it ends nowhere.
    """
    first = end = text.find(after, at + 1)
    while is_known and 0 <= end <= at + _LONGEST:
        start = end + len(after)
        if known.get(start, (0, ""))[1] == following or text.startswith(f"[{following}]", start):
            return end
        end = text.find(after, end + 1, at + _LONGEST + len(after))
    return max(first, 0)
