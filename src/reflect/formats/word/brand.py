"""
The look of an agency's Word file, for any paper to wear.
"""

from __future__ import annotations

import attrs

from reflect.errors import cap_notes
from reflect.shown import Brief

#: How far clock times hang into the left margin of our own page, in twentieths of a point.
HANG = 907


@attrs.frozen(eq=False)
class Brand(Brief):
    """
    The look of an agency's Word file, for any paper to wear.

    Attributes:
        notes: What could not be taken over, a sentence each: the first hundred, and how many more.
        styles: The styles part, ours and theirs.
        theme: The theme part.
        page: Page size and margins, as they are written in a section.
        furniture: References to headers and footers, as they are written in a section.
        width: Width of the text, in twentieths of a point.
        hang: How far times hang into its left margin, in twentieths of a point.
        relations: The relationships of the main part: id, kind, target.
        parts: Parts that are the same in all papers.
        footers: Each footer in two halves, with marking, limits and pages between them; and whether pages are wanted.
        kinds: Content types of parts by name, and of pictures by ending.
    """

    notes: tuple[str, ...] = attrs.field(converter=cap_notes)
    styles: str = attrs.field(repr=False)
    theme: str = attrs.field(repr=False)
    page: str = attrs.field(repr=False)
    furniture: str = attrs.field(repr=False)
    width: int
    relations: tuple[tuple[str, str, str], ...] = attrs.field(repr=False)
    parts: tuple[tuple[str, bytes], ...] = attrs.field(repr=False)
    footers: tuple[tuple[str, str, str, bool], ...] = attrs.field(repr=False)
    kinds: tuple[tuple[str, str], ...] = attrs.field(repr=False)
    even: bool = False
    hang: int = HANG
