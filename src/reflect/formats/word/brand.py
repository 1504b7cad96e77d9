"""
The look of an agency's Word file, ready to be worn by any paper.
"""

from __future__ import annotations

import attrs

from reflect.shown import Brief


@attrs.frozen(eq=False)
class Brand(Brief):
    """
    The look of an agency's Word file, ready to be worn by any paper.

    Attributes:
        notes: What could not be honoured, a sentence each.
        styles: The styles part, ours and theirs.
        theme: The theme part.
        page: Page size and margins, as a section says them.
        furniture: References to headers and footers, as a section says them.
        width: Width of the text, in twentieths of a point.
        relations: What the main part refers to: id, kind, target.
        parts: Parts that papers have alike.
        footers: Footers, each in two, between which marking, limits and pages go; and whether pages do.
        kinds: Content types of parts by their names, and of pictures by their endings.
    """

    notes: tuple[str, ...]
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
