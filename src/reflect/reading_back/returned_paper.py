"""
A paper that came back, beside its blank, which shows what its paragraphs are.
"""

from __future__ import annotations

import enum
import functools
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence

import attrs

from reflect.formats.word.fields import FORMER_HINT, HINTS
from reflect.formats.word.ledger import anchor
from reflect.reading_back.blank import Blank, WritingPlace, keys_by_tag
from reflect.sessions.typed import fold_text, is_blank
from reflect.word_files.word_file import Beside, Para, Piece, WordFile

#: How many of the hints that a file defines are looked for inside a text; ours has four.
_MOST_HINTS = 50
#: Word's own hints, and one that boxes of our papers had before.
_WORD_HINTS = (
    FORMER_HINT,
    "Click or tap here to enter text.",
    "Click here to enter text.",
    "Choose an item.",
    "Click or tap to enter a date.",
    "Click here to enter a date.",
)


#: The looks of what comes below the title of a paper.
_BELOW_TITLE = ("heading", "reflectprompt", "reflectfactlabel", "reflecttick")
#: The look of a heading at the side, and what LibreOffice puts behind the name of a bookmark that it has twice.
_AT_THE_SIDE, _COPY = "reflectsideheading", re.compile(r"_Copy_[0-9]+\Z")


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
        hints: The hints that may be in its places, ready to compare.
        printed_hints: Those that have words, as they are printed, the longest first.
        places: The places of the blank by key.
        by_tag: The keys of those places by the tags that their controls may have.
    """

    paras: tuple[Para, ...]
    blank: Blank
    hints: frozenset[str]
    printed_hints: tuple[str, ...]
    places: Mapping[str, WritingPlace]
    by_tag: Mapping[str, str]

    @classmethod
    def of(cls, word_file: WordFile, blank: Blank) -> ReturnedPaper:
        """
        Return a filled file with its blank.
        """
        ours = HINTS.values() if blank.places else ()
        texts = {*_WORD_HINTS, *itertools.islice(sorted(word_file.hints), _MOST_HINTS), *ours}
        hints = blank.hints | frozenset(map(fold_text, (*texts, *word_file.hints)))
        places = {place.key: place for place in blank.places}
        printed = sorted((text.strip() for text in texts if fold_text(text)), key=len, reverse=True)
        paras = _put_side_headings_first(tuple(_with_own_anchors(word_file.paras)), blank)
        return cls(paras, blank, hints - {""}, tuple(printed), places, keys_by_tag(blank.places))

    @functools.cached_property
    def title(self) -> Para | None:
        """
        The paragraph with the title, which is kept as it is.
        """
        for para in self.paras:
            if para.look == "title":
                return para
            if para.look in _BELOW_TITLE or not para.tags.isdisjoint(self.by_tag):
                return None  # what comes now may be somebody's own words in that look, and anybody may read a title
        return None

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
        if not pieces:
            return None
        return self.cut_hint(para if len(pieces) == len(para.pieces) else attrs.evolve(para, pieces=pieces))

    def find_hint(self, text: str) -> tuple[int, int] | None:
        """
        Return the start and end of a hint before or after the words of a text, in exactly its own letters; None if
        there is none, or nothing else.

        Some programs turn a hint into text, so that people type behind it.
        """
        start, end = len(text) - len(text.lstrip()), len(text.rstrip())
        for hint in self.printed_hints:
            if end - start <= len(hint):
                continue
            if text.startswith(hint, start):
                return 0, len(text) - len(text[start + len(hint) :].lstrip())
            if text.endswith(hint, start, end):
                return end - len(hint), len(text)
        return None

    def cut_hint(self, para: Para) -> Para:
        """
        Return a paragraph without a hint that became a part of its text, and with a mark that says so.
        """
        span = self.find_hint(para.text)
        if span is None:
            return para
        pieces, at = [], 0
        for piece in para.pieces:
            first, last = (min(max(each - at, 0), len(piece.text)) for each in span)
            at += len(piece.text)
            pieces.append(attrs.evolve(piece, text=piece.text[:first] + piece.text[last:]))
        return attrs.evolve(para, pieces=(*pieces, Piece("", beside=Beside.HINT)))


def _with_own_anchors(paras: Sequence[Para]) -> Iterator[Para]:
    """
    Give paragraphs with bookmarks under their own names: LibreOffice may keep one as its copy.
    """
    known = {name for para in paras for name in para.anchors}
    for para in paras:
        names = {name: _COPY.sub("", name) for name in para.anchors}
        own = tuple(name if plain in known else plain for name, plain in names.items())
        yield para if own == para.anchors else attrs.evolve(para, anchors=own)


def _put_side_headings_first(paras: Sequence[Para], blank: Blank) -> tuple[Para, ...]:
    """
    Return paragraphs with each heading at the side before the line that it stands beside; LibreOffice puts it behind it
    when it saves another kind of file.
    """
    first = {
        heading.words: anchor(heading.begins or after.begins)
        for heading, after in itertools.pairwise(blank.fixed)
        if heading.words and (heading.begins or after.begins) and not heading.slots
    }
    found = list(paras)
    for i in range(1, len(found)):
        if found[i].look == _AT_THE_SIDE and first.get(fold_text(found[i].text)) in found[i - 1].anchors:
            found[i - 1], found[i] = found[i], found[i - 1]
    return tuple(found)
