"""
Takes out of what was written the words that were not said, such as those that somebody crossed out, and says so.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator

import attrs

from reflect.sessions.typed import is_blank
from reflect.word_files.word_file import Beside, Para, Piece

#: The addresses that we keep, of a length that a line can hold. Any other may name a folder, and with it a person.
_ADDRESS = re.compile(r"(?:https?://|mailto:|tel:)[!-~\xa1-\ud7ff\uf900-\uffef]{1,500}", re.IGNORECASE)


def settle_written(paras: Iterable[Para], *, keep_struck: bool = False) -> tuple[tuple[Para, ...], tuple[Beside, ...]]:
    """
    Return what was written without what is not read as said, and with the addresses of its links; and what was beside
    it.

    A paragraph that has nothing else goes as a whole.

    Args:
        paras: What was written.
        keep_struck: Whether crossed-out words stay: on a line of options they show which option is not meant.
    """
    settled: list[Para] = []
    beside: list[Beside] = []
    for para in paras:
        if not any(piece.beside or piece.struck or piece.link for piece in para.pieces):
            settled.append(para)
            continue
        pieces = tuple(_settle_pieces(para.pieces, beside, keep_struck))
        if not is_blank("".join(piece.text for piece in pieces)) or keep_struck:
            settled.append(attrs.evolve(para, pieces=pieces))
    return tuple(settled), tuple(dict.fromkeys(beside))


def _settle_pieces(pieces: Iterable[Piece], beside: list[Beside], keep_struck: bool) -> Iterator[Piece]:
    for link, linked in itertools.groupby(pieces, key=lambda piece: piece.link):
        kept = []
        for piece in linked:
            if piece.beside:
                beside.append(piece.beside)
            elif piece.struck and not keep_struck:
                beside += [Beside.STRUCK] if piece.text.strip() else []
            else:
                kept.append(piece)
        yield from kept
        shown = "".join(piece.text for piece in kept)
        if not link or is_blank(shown):
            continue
        if not _ADDRESS.fullmatch(link):
            beside.append(Beside.LINK)
        elif _plain(link) not in _plain(shown):
            yield attrs.evolve(kept[-1], text=f" ({link})")


def _plain(address: str) -> str:
    return re.sub(r"(?:https?://|mailto:|tel:)|/$", "", address.strip().lower())


def without_struck(para: Para) -> Para:
    """
    Return a paragraph without its crossed-out words.
    """
    if not any(piece.struck for piece in para.pieces):
        return para
    return attrs.evolve(para, pieces=tuple(piece for piece in para.pieces if not piece.struck))
