"""
Mend the signs of a page: bullets of other programs, dashes that were hyphens, spaces that nobody sees.

Only what can mean one thing is mended, and only where the reader said that it was in the way: a list with stars may be
guidance, and stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from reflect.errors import Faults
from reflect.pages.limits import start_reading
from reflect.pages.reading import gather_faults
from reflect.pages.typed_signs import find_bullet, find_sign, is_fence

#: A fault may hide another, which the next round finds; nobody's page needs as many rounds.
_MOST_ROUNDS = 50
_NO_SPACE = re.compile(r"\s*-(?=[^\W\d_])")


def mend_signs(text: str) -> str | None:
    """
    Return a page with its signs as a page has them; None if something else is wrong with it, or nothing at all.
    """
    try:
        lines = start_reading(text, "").lines
        for turn in range(_MOST_ROUNDS):
            reading = gather_faults("\n".join(lines))
            found = [reading.mends.get((fault.line, fault.what)) for fault in reading.faults]
            if not found:
                return "\n".join(lines) if turn else None
            marked = [reading.looks.get((fault.line, fault.what)) for fault in reading.faults]
            mended = _mend_lines(lines, {n for mends in found for n in mends or ()})
            mended = _take_marks_out(mended, {n for numbers in marked for n in numbers or ()})
            if any(not (mends or numbers) for mends, numbers in zip(found, marked, strict=True)) or mended == lines:
                return None
            lines = mended
    except Faults:
        pass
    return None


#: Bold, emphasis and code around words, and a link.
_MARKED = re.compile(r"(?<![\w\\])(\*{1,3}|_{1,3}|`)(?=[^\s*_`])(?P<words>.*?[^\s\\])\1(?!\w)")
_LINK = re.compile(r"(?<![\\!])\[(?P<words>[^][]+)\]\((?P<to>[^()\s]+)\)")


def _take_marks_out(lines: list[str], numbers: set[int]) -> list[str]:
    """
    Return lines with the bare words of those with these numbers; a link leaves its address in brackets.
    """
    mended = [*lines]
    for n in numbers:
        mended[n - 1] = _MARKED.sub(r"\g<words>", _LINK.sub(r"\g<words> (\g<to>)", lines[n - 1]))
    return mended


def _mend_lines(lines: list[str], numbers: Iterable[int]) -> list[str]:
    """
    Return lines with the signs mended of those with these numbers, counted from 1.
    """
    mended = [*lines]
    wanted = set(numbers)
    #: How far each open item was indented, from the outside in, and where its words begin now.
    items: list[tuple[tuple[int, int], int]] = []
    for n, line in enumerate(lines):
        if n + 1 not in wanted:
            items.clear()
            continue
        if is_fence(line):
            mended[n] = "---"
            continue
        typed = find_sign(line)
        bare = _NO_SPACE.match(line)
        words = line[typed.length :] if typed else line[bare.end() :] if bare else line.strip()
        spaces = line[: len(line) - len(line.lstrip())].replace("\u00a0", " ")
        if typed and re.match(" *[*+] ", line):
            # A list of Markdown's own keeps its indents: its hints and probes have theirs.
            mended[n] = f"{spaces}- {words}"
        elif typed and not find_bullet(line) and typed.sign != "-":
            # Only the space behind it is in the way; whether it is a list of questions is for the next round.
            mended[n] = f"{spaces}{typed.typed} {words}"
        elif typed or bare:
            depth = (len(spaces.expandtabs(4)), typed.level if typed else 0)
            while items and items[-1][0] > depth:
                items.pop()
            if items and items[-1][0] == depth:
                items.pop()
            # The first stays where it is; what is under a question is indented already.
            indent = items[-1][1] if items else depth[0]
            items.append((depth, indent + 2))
            mended[n] = f"{' ' * indent}- {words}"
        elif items and words:
            mended[n] = " " * items[-1][1] + words
    return mended
