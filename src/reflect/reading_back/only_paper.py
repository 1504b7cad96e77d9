"""
The paper that stands inside somebody else's document.
"""

from __future__ import annotations

import attrs

from reflect.files.office import NotOpened
from reflect.formats.word.ledger import BEGIN, END
from reflect.word_files.word_file import WordFile


def only_paper(word_file: WordFile) -> WordFile:
    """
    Return what stands between the bookmarks that say where a paper begins and ends; all of it if there are none.

    Raises:
        NotOpened: There are several papers in it.
    """
    begins = [n for n, para in enumerate(word_file.paras) if any(name.startswith(BEGIN) for name in para.anchors)]
    ends = [n for n, para in enumerate(word_file.paras) if any(name.startswith(END) for name in para.anchors)]
    if not begins or not ends or ends[-1] < begins[0]:
        return word_file
    if len(begins) > 1:
        raise NotOpened("several-papers")
    return attrs.evolve(word_file, paras=word_file.paras[begins[0] : ends[-1]], edges=())
