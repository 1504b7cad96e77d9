"""
PDF for print, laid out by Typst: tagged, PDF/UA-1, the same bytes for the same document.

`tree` turns a document into plain data; `paper.typ` and `cards.typ` lay it out. Texts go there as data
and are shown as strings, so nothing that people typed is ever read as markup. Nothing is fetched:
letters come from the package of the font, and for other scripts from the fonts inside Typst.
"""

from __future__ import annotations

import functools
import json
import re
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reflect.diagrams import raster
from reflect.errors import MissingExtra, Refused
from reflect.files.places import need_path
from reflect.formats.pdf.letters import replacer_of
from reflect.formats.pdf.tree import change_texts, tree
from reflect.text.nodes import Document, Paragraph, Strong, Text

if TYPE_CHECKING:
    import typst

_HERE = Path(__file__).parent
#: One thread at a time: a compiler cannot serve two.
_LOCK = threading.Lock()
#: A PDF has a date of creation. Ours is always the same, so that the same document gives the same bytes.
_MADE = 0
#: How often we try to lay a paper out: words in place of a letter may bring other letters together.
_ROUNDS = 12


@functools.lru_cache(4)
def _compiler(fonts: tuple[str, ...]) -> typst.Compiler:
    own = raster.fonts()
    try:
        import typst
    except ImportError:
        own = ()
    if not own:
        raise MissingExtra.of("PDF needs another package", "pdf")
    folders = [str(Path(own[0]).parent), *fonts]
    return typst.Compiler(
        str(_HERE / "paper.typ"),
        root=str(_HERE),
        ignore_system_fonts=True,
        font_paths=typst.Fonts(include_system_fonts=False, font_paths=folders),
    )


@functools.lru_cache(4096)
def _has_letter(compiler: typst.Compiler, letter: str) -> bool:
    """
    Whether a font has a letter for a character. We remember single characters only; words are private.
    """
    blocks = (Paragraph((Text(letter),)), Paragraph((Strong((Text(letter),)),)))
    try:
        _compile(compiler, tree(Document(kind="", title="Letters", blocks=blocks)))
    except RuntimeError:
        return False
    return True


#: How the library quotes a text that no font has: as Rust writes strings.
_LOST = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_QUOTED = re.compile(r"\\(?:u\{([0-9a-f]+)\}|(.))")


def _letters_lost(error: RuntimeError) -> frozenset[str]:
    message = str(getattr(error, "diagnostic", ""))
    return frozenset(
        _QUOTED.sub(lambda match: chr(int(match[1], 16)) if match[1] else match[2], found)
        for found in _LOST.findall(message)
    )


def _compile(compiler: typst.Compiler, data: Any) -> bytes:
    made = compiler.compile(
        format="pdf",
        pdf_standards=["ua-1"],
        timestamp=_MADE,
        sys_inputs={"paper": json.dumps(data, ensure_ascii=False, separators=(",", ":"))},
    )
    assert isinstance(made, bytes)
    return made


def write(document: Document, *, fonts: Iterable[Path] = ()) -> bytes:
    """
    Return the document as a PDF to print; the same document gives the same bytes.

    A character that no font has is replaced by its name in brackets, ``[slightly smiling face]``,
    or by its number, ``[U+674E]``.

    Args:
        fonts: Folders with fonts for further scripts; they help where ours have no letter.

    Raises:
        MissingExtra: The packages of the extra ``pdf`` are not installed.
        Refused: The paper cannot be laid out.
    """
    with _LOCK:
        compiler = _compiler(tuple(str(need_path(folder, "a folder of fonts")) for folder in fonts))
        data = tree(document)
        for _ in range(_ROUNDS):
            try:
                return _compile(compiler, data)
            except RuntimeError as error:
                # PDF/UA-1 allows no letter that cannot be shown. Now we know which ones those are.
                lost = _letters_lost(error)
            if not lost:
                break
            data = change_texts(data, replacer_of(lost, functools.partial(_has_letter, compiler)))
        # The library's own message quotes the paper.
        raise Refused(f"this {document.kind or 'paper'} cannot be laid out as PDF; write it as docx")
