"""
How much a page may hold, so that no page takes long to read.
"""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Iterable

import attrs

from reflect.errors import Fault, FaultList, Faults

#: A page is at most this long, in characters and in lines; ours have some 150 lines.
LONGEST_PAGE = 100_000
MOST_LINES = 5_000
#: Lines that belong together have at most this many characters, and at most this many square brackets:
#: the time to read a line of Markdown can grow with the square of either.
LONGEST_PARAGRAPH = 2_000
MOST_BRACKETS = 50
#: A page has at most this many signs that mark words, and square brackets: each takes as long as many letters.
MOST_SIGNS, MOST_BRACKETS_OF_PAGE = 20_000, 2_000
#: A quotation has at most this many lines: for each line that may continue it, the parser looks at all of them.
MOST_QUOTED = 200
#: Lists and quotations in guidance are nested at most this deep. Beyond twice that, the parser would drop words.
DEEPEST_LIST = 10


@attrs.define
class PageReading:
    """
    One pass over a page, which gathers faults as it goes.
    """

    where: str
    lines: list[str]
    faults: FaultList = attrs.field(default=attrs.Factory(lambda self: FaultList(self.where), takes_self=True))
    #: Whether lines were left out as too long, so that what seems to be missing may have been in them.
    cut: bool = False
    #: For each fault about signs that can mean one thing only, the numbers of the lines that have them.
    mends: dict[tuple[int | None, str], range | tuple[int, ...]] = attrs.field(factory=dict)
    #: The same for each fault about bold, links and the like in words that have to be plain.
    looks: dict[tuple[int | None, str], range] = attrs.field(factory=dict)

    def add_fault(self, line: int | None, what: str, remedy: str, mend: range | tuple[int, ...] = ()) -> None:
        """
        Add a fault.

        Args:
            mend: The numbers of the lines whose signs are the fault, if `reflect.pages.mending` knows what they mean.
        """
        self.faults(line, what, remedy)
        if mend:
            self.mends[line, what] = mend


def join_lines(lines: Iterable[str]) -> str:
    """
    Return the text that lines make, and of too many only so much that it is refused as too long.
    """
    text = io.StringIO()
    length = 0
    for n, line in enumerate(lines):
        length += text.write(line[: LONGEST_PAGE + 1])
        if length > LONGEST_PAGE:
            break
        if n > LONGEST_PAGE:  # lines without a line end, or without a letter
            text.write("\n" * MOST_LINES)
            break
    return text.getvalue()


#: Signs that a reader of Markdown looks at one by one.
_SIGNS = "*_`[]<&\\"
#: Invisible characters in pasted text: soft hyphens, zero-width spaces, word joiners, byte order marks.
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))


def start_reading(text: str, where: str) -> PageReading:
    """
    Split a page into its lines, if there are not too many to look at.

    Raises:
        Faults: The page is too long or empty, so nothing else is checked.
    """
    remedy = "check that this is a page, and split a long one into several models"
    if len(text) > LONGEST_PAGE:
        raise Faults((Fault(where, None, f"the page has {len(text):,} characters, over {LONGEST_PAGE:,}", remedy),))
    caps = ((_SIGNS, MOST_SIGNS, "signs that mark words"), ("[", MOST_BRACKETS_OF_PAGE, "square brackets"))
    for signs, most, what in caps:
        if (count := sum(map(text.count, signs))) > most:
            raise Faults((Fault(where, None, f"the page has {count:,} {what}, over {most:,}", remedy),))
    lines = text.translate(_UNSEEN).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if len(lines) > MOST_LINES:
        raise Faults((Fault(where, None, f"the page has {len(lines):,} lines, over {MOST_LINES:,}", remedy),))
    if not any(map(str.strip, lines)):
        raise Faults((Fault(where, None, "the page is empty", "write '# Title', and questions in a '- ' list"),))
    return PageReading(where, lines)


#: Signs at the beginning of a line: of a quotation, and of an item, which begins a paragraph.
_QUOTED = re.compile(r"[ \t>]*")
_IN_QUOTATION = re.compile(r"(?>(?:[-*+\s]|\d{1,9}[.)])*)>")
_ITEM = re.compile(r"(?:[-*+]|\d{1,9}[.)])(?:\s|\Z)")


def empty_long_runs(reading: PageReading, above: int, lines: list[str]) -> None:
    """
    Empty the lines that would take long to read, and add a fault for each run; *above* lines come before these.
    """
    starts: list[int] = []
    for n, line in enumerate(lines):
        words = line[_QUOTED.match(line).end() :]  # type: ignore[union-attr]  # it also matches an empty text
        if not words or _ITEM.match(words) or not n or not lines[n - 1].strip(" \t>"):
            starts.append(n)
    at = 0
    for full, run in itertools.groupby(lines, lambda line: bool(line.strip())):
        start, at = at, at + len(list(run))
        if full and at - start > MOST_QUOTED and any(map(_IN_QUOTATION.match, lines[start:at])):
            what = f"here are {at - start:,} lines, some of them quoted, without an empty line"
            reading.add_fault(above + start + 1, what, f"put in an empty line after at most {MOST_QUOTED} lines")
            lines[start:at] = [""] * (at - start)
            reading.cut = True
    for start, end in itertools.pairwise((*starts, len(lines))):
        length = sum(map(len, lines[start:end]))
        brackets = sum(line.count("[") for line in lines[start:end])
        if length > LONGEST_PARAGRAPH:
            what = f"here are {length:,} characters without an empty line"
            remedy = f"put in an empty line after at most {LONGEST_PARAGRAPH:,} characters"
        elif brackets > MOST_BRACKETS:
            what = f"a paragraph has {brackets:,} square brackets"
            remedy = f"use at most {MOST_BRACKETS}, or split it with empty lines"
        else:
            continue
        reading.add_fault(above + start + 1, what, remedy)
        lines[start:end] = [""] * (end - start)
        reading.cut = True
