"""
The words of a Word paragraph as Markdown: what is typed stays as people see it, and bold and italics become its marks.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator

import attrs

from reflect.pages.braces import split_braces
from reflect.pages.writing import escape, escape_beginning, escape_signs
from reflect.text import markdown
from reflect.text.nodes import Paragraph, words
from reflect.word_files.word_file import Piece

#: Words longer than this keep no looks: whether their marks can be read takes a while to find out.
_LONGEST = 2_000


@attrs.frozen
class TypedWords:
    """
    The words of a paragraph, or of one of its lines.

    Attributes:
        text: The words as Markdown.
        lost: What of their looks is left out: ``looks``, ``links``.
    """

    text: str
    lost: frozenset[str] = frozenset()


def write_plain(pieces: Iterable[Piece]) -> TypedWords:
    """
    Return words that a page has as plain text, such as a question, with the braces at their end as attributes.
    """
    own = tuple(pieces)
    text = " ".join("".join(piece.text for piece in own).split())
    before, braces = split_braces(text)
    looks = any(piece.bold or piece.italic for piece in own if piece.text.strip())
    # One look for the whole of it is how its writer sets a question or a heading, and says nothing.
    same = len({(piece.bold, piece.italic) for piece in own if piece.text.strip()}) == 1
    lost = ({"looks"} if looks and not same else set()) | ({"links"} if any(piece.link for piece in own) else set())
    return TypedWords(" ".join(filter(None, (escape(before), braces))), frozenset(lost))


def write_marked(pieces: Iterable[Piece]) -> TypedWords:
    """
    Return words of guidance, with marks for bold, italics and links.
    """
    own = tuple(attrs.evolve(piece, text=re.sub(r"[^\S\n]", " ", piece.text)) for piece in pieces if piece.text)
    plain = _trim_lines("".join(piece.text for piece in own))
    has_looks = any(piece.bold or piece.italic or piece.link for piece in own)
    if has_looks and len(plain) <= _LONGEST:
        marked = _trim_lines("".join(_mark_runs(own)))
        text = _break_lines(marked)
        if _is_read_as(text, plain):
            unsafe = any(piece.link and not markdown.is_safe(piece.link) for piece in own)
            return TypedWords(text, frozenset({"links"} if unsafe else ()))
    lost = {"looks"} if any(piece.bold or piece.italic for piece in own) else set()
    lost |= {"links"} if any(piece.link for piece in own) else set()
    return TypedWords(_break_lines(escape_signs(plain)), frozenset(lost))


def _trim_lines(text: str) -> str:
    return "\n".join(filter(None, (" ".join(line.split(" ")).strip() for line in text.split("\n"))))


def _break_lines(text: str) -> str:
    return "\\\n".join(escape_beginning(line) for line in text.split("\n"))


def _mark_runs(pieces: tuple[Piece, ...]) -> Iterator[str]:
    def look(piece: Piece) -> tuple[str, bool, bool]:
        return (piece.link if markdown.is_safe(piece.link) else "", piece.bold, piece.italic)

    for (link, bold, italic), run in itertools.groupby(pieces, look):
        text = "".join(piece.text for piece in run)
        if not (link or bold or italic) or not text.strip():
            yield escape_signs(text)
            continue
        marks = "*" * (2 * bold + italic)
        for line, end in re.findall(r"([^\n]*)(\n?)", text):
            inner = line.strip()
            before, after = line[: len(line) - len(line.lstrip())], line[len(line.rstrip()) :]
            if inner:
                signs = escape_signs(inner)
                yield f"{before}{marks}{f'[{signs}](<{link}>)' if link else signs}{marks}{after}{end}"
            else:
                yield line + end


def _is_read_as(text: str, plain: str) -> bool:
    """
    Whether a text is read as one paragraph with these words.
    """
    match markdown.read_guidance(text):
        case (Paragraph() as paragraph,):
            return words(paragraph.children).split() == plain.split()
        case _:
            return False
