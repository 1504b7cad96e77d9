"""
Contents: a list whose items are the titles of headings further on; a format makes links of them, with page numbers.
"""

from __future__ import annotations

from collections.abc import Iterable

from reflect.text.nodes import Block, Heading, Item, Listing, NewPage, Paragraph, words

#: The look of such a list, and the rank of the headings that it names.
CONTENTS, _RANK = "contents", 2


def pages_of_headings(blocks: Iterable[Block]) -> dict[str, int]:
    """
    Return the headings that a list of contents names, by their words, each with the page that it is on if no page is
    longer than one; nothing if there is no such list.
    """
    some = tuple(blocks)
    named = {
        title_of(item)
        for block in some
        if isinstance(block, Listing) and block.style == CONTENTS
        for item in block.items
    }
    found: dict[str, int] = {}
    page = 1
    for block in some:
        page += isinstance(block, NewPage)
        if isinstance(block, Heading) and block.level == _RANK:
            title = words(block.children).strip()
            if title in named:
                found.setdefault(title, page)
    return found


def title_of(item: Item) -> str:
    """
    Return the title that an item of a list of contents names.
    """
    return " ".join(words(block.children).strip() for block in item.blocks if isinstance(block, Paragraph))
