"""
What stays on one page in Word, and what begins a new one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from reflect.formats.word.ledger import Ledger
from reflect.formats.word.text import paragraph
from reflect.text import nodes

#: Blocks of words that may stand over lines to write on.
_WORDS = (nodes.Paragraph, nodes.Listing)
#: What words straight over it tell how to fill in.
_ASKED = (nodes.Facts, nodes.Choice)


def begin_page(made: str) -> str:
    """
    Return the block with its first paragraph on a new page.
    """
    if made.startswith("<w:tbl>"):
        made = paragraph("ReflectGap", "") + made
    return re.sub(r'(<w:pStyle w:val="[^"]*"/>)', r"\1<w:pageBreakBefore/>", made, count=1)


def is_without_label(block: nodes.Block | None) -> bool:
    """
    Return whether a block is options that belong to what is above them.
    """
    return isinstance(block, nodes.Choice) and not block.label


def goes_on(blocks: Sequence[nodes.Block], i: int) -> bool:
    """
    Return whether what is after a block belongs to it: options without a label, a line under them, lines to write on
    under its words, or what else is said of a fact.
    """
    block, after = blocks[i], blocks[i + 1] if i + 1 < len(blocks) else None
    if isinstance(block, nodes.Answer):
        return is_without_label(after)
    if isinstance(block, nodes.Facts):
        return isinstance(after, (nodes.Facts, nodes.Choice))
    if isinstance(block, _WORDS):
        if isinstance(after, _ASKED):
            return True
        return isinstance(next((each for each in blocks[i:] if not isinstance(each, _WORDS)), None), nodes.Ruled)
    return is_without_label(block) and isinstance(after, nodes.Facts) and len(after.facts) == 1


def signs(blocks: Sequence[nodes.Block], i: int) -> bool:
    """
    Return whether a block is part of what is signed, and more of it follows: the other's place, the fingerprint, or a
    last line without a heading.
    """
    block, after = blocks[i], blocks[i + 1] if i + 1 < len(blocks) else None
    last = isinstance(after, nodes.Entry) and not after.head
    if isinstance(block, nodes.Facts):
        return last and i > 0 and isinstance(blocks[i - 1], nodes.SignOff)
    if not isinstance(block, nodes.SignOff) or not block.brief:
        return False
    return last or isinstance(after, (nodes.SignOff, nodes.Facts))


def keep_with_next(made: str, ledger: Ledger) -> str:
    """
    Return the block with its last paragraph on the page of what follows.
    """
    start, mark, end = made.rpartition('<w:pStyle w:val="')
    style, quote, rest = end.partition('"')
    return f"{start}{mark}{ledger.kept_style(style)}{quote}{rest}"


def keep_together(made: str, ledger: Ledger) -> str:
    """
    Return paragraphs, such as the items of a list or the rows of facts, all on the page of the last.
    """
    *most, last = made.split("<w:p>")
    return "<w:p>".join([*(keep_with_next(each, ledger) if "<w:pStyle " in each else each for each in most), last])
