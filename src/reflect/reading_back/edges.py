"""
What somebody typed into the header or the footer of a paper, beside what is printed there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reflect.sessions.origin import Origin
from reflect.sessions.typed import fold_text
from reflect.text.nodes import Document
from reflect.word_files.word_file import Para, WordFile


def typed_in_edges(word_file: WordFile, blank: Document, origin: Origin) -> Iterator[Para]:
    """
    Give the paragraphs in the headers and footers of a paper that have more words than are printed there.

    Only a paper with our own header is looked at: on one in an agency's look, nobody could tell their words from those
    that somebody typed.
    """
    printed = [fold_text(text) for text in (blank.limits, blank.label, origin.organisation, origin.marking)]
    texts = [fold_text(para.text) for para in word_file.edges]
    if not blank.label or not any(fold_text(blank.label) in text for text in texts):
        return
    for para, text in zip(word_file.edges, texts, strict=True):
        for words in sorted(filter(None, printed), key=len, reverse=True):
            text = re.sub(rf"(?<!\w){re.escape(words)}(?!\w)", " ", text)
        # The numbers of the page and of all pages are counted anew whenever the paper is opened.
        if re.search(r"[^\W\d_]", re.sub(r"\bpage\b|\bof\b", " ", text)):
            yield para
