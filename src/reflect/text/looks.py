"""
The names of the looks that blocks and words may have.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable

#: Looks that a paragraph, a list, a table or a quotation may have by name.
BLOCK_STYLES = frozenset({
    "eyebrow",  # the kind of paper, in small capitals over the title
    "subtitle",  # one sentence under the title
    "guidance",  # in the muted colour
    "prompt",  # a question, bold
    "hint",  # smaller and muted, under a question
    "small",  # credit, licence, limits; a heading that is not of the first rank
    "space",  # blank room for the pen, under a small label
    "compact",  # a list or table without air
    "contents",  # a list of titles of headings further on: links, with page numbers where there are pages
    "wide",  # a title over entries: it begins where their headings do, and what goes with it is on its line
    "lanes",  # a table of times, what is done, and a narrow column for each role
    "open",  # a table to write in: each cell is a line
    "notes",  # a quotation: what is said beside a slide, and stands in the notes of a slide show
    "talk",  # the heading and the questions that are larger than all others
})  # fmt: skip
#: Looks that words in a line may have by name.
INLINE_STYLES = frozenset({
    "label",  # hangs in the left margin of a heading: a clock time or a number
    "aside",  # to the right margin of a heading: minutes, whose item it is
    "muted",  # in the muted colour
    "band",  # a time in a table of lanes whose row is tinted
    "speaks",  # in a lane: a full bar, with its word
    "little",  # in a lane: a bar in outline
    "silent",  # in a lane: a dotted line
})  # fmt: skip


class Look(enum.StrEnum):
    """
    A way to lay a paper out for the person who holds it. Several may be combined.

    Sources of the figures: UKAAF's guidance G003 (large print), the British Dyslexia Association's style guide.
    """

    #: Nothing smaller than 18 points, and tables as labels with their cells.
    LARGE = "large-print"
    #: 13 points, wider lines, no capitals, no italics, nothing underlined.
    DYSLEXIA = "dyslexia-friendly"
    #: Ruled lines and room for the pen, and no fields.
    PEN = "pen"
    #: The page lies on its long side, for a slide or a wide table.
    LANDSCAPE = "landscape"


def looks_in_order(given: Iterable[Look | str]) -> tuple[Look, ...]:
    """
    Return looks, each once and in one order.
    """
    wanted = {Look(each) for each in given}
    return tuple(look for look in Look if look in wanted)
