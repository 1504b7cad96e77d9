"""
A paper that came back, beside its blank, which shows what its paragraphs are.
"""

from __future__ import annotations

import enum
import functools
from collections.abc import Mapping

import attrs

from reflect.reading_back.blank import Blank, WritingPlace, keys_by_tag
from reflect.reading_back.word_file import Para, WordFile
from reflect.sessions.typed import fold_text, is_blank

#: Word's own hints.
_WORD_HINTS = frozenset(
    map(
        fold_text,
        (
            "Click or tap here to enter text.",
            "Click here to enter text.",
            "Choose an item.",
            "Click or tap to enter a date.",
            "Click here to enter a date.",
        ),
    )
)


class FoundBy(enum.StrEnum):
    """
    How we found an answer.
    """

    TAG = "tag"
    BOOKMARK = "bookmark"
    WORDS = "words"


@attrs.frozen(eq=False)
class ReturnedPaper:
    """
    A filled paper and its blank.

    Attributes:
        paras: The paragraphs of the filled paper.
        blank: Its blank.
        hints: The hints that may be in its places, ready to compare.
        places: The places of the blank by key.
        by_tag: The keys of those places by the tags that their controls may have.
    """

    paras: tuple[Para, ...]
    blank: Blank
    hints: frozenset[str]
    places: Mapping[str, WritingPlace]
    by_tag: Mapping[str, str]

    @classmethod
    def of(cls, word_file: WordFile, blank: Blank) -> ReturnedPaper:
        """
        Return a filled file with its blank.
        """
        hints = _WORD_HINTS | blank.hints | frozenset(map(fold_text, word_file.hints))
        places = {place.key: place for place in blank.places}
        return cls(word_file.paras, blank, hints - {""}, places, keys_by_tag(blank.places))

    @functools.cached_property
    def title(self) -> Para | None:
        """
        The paragraph with the title, which is kept as it is.
        """
        return next((para for para in self.paras if para.look == "title"), None)

    def keys_around(self, para: Para) -> list[str]:
        """
        Return the keys of the places round a paragraph, from the outside in.
        """
        return [self.by_tag[control.tag] for control in para.controls if control.tag in self.by_tag]

    def keys_within(self, para: Para) -> list[str]:
        """
        Return the keys of the places in a paragraph.
        """
        return [self.by_tag[control.tag] for control in para.inner_controls if control.tag in self.by_tag]

    def words_outside(self, para: Para) -> str:
        """
        Return the words of a paragraph that are in no place; the words beside a box to tick are outside too.
        """
        if self.keys_around(para):
            return ""
        return "".join(
            piece.text
            for piece in para.pieces
            if not any(control.tag in self.by_tag and control.kind != "tick" for control in piece.controls)
        )

    def without_hint(self, para: Para) -> Para | None:
        """
        Return a paragraph without its hint, or None if nothing is left.

        We recognise a hint by its words, never by its look: an editor may leave an answer in the look of a hint.
        """
        if is_blank(para.text):
            # One of our own diagrams is not something that somebody wrote.
            return para if para.look != "reflectdiagram" and any(piece.beside for piece in para.pieces) else None
        if fold_text(para.text) in self.hints:
            return None
        pieces = tuple(
            piece
            for piece in para.pieces
            if not (any(control.hinting for control in piece.controls) and fold_text(piece.text) in self.hints)
        )
        if len(pieces) == len(para.pieces):
            return para
        return attrs.evolve(para, pieces=pieces) if pieces else None
