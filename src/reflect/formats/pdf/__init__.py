"""
PDF for print, laid out by Typst: tagged, PDF/UA-1, the same bytes for the same document.

`tree` makes plain data of a document; `paper.typ` and `cards.typ` lay it out. Texts go there as data
and are shown as strings, so nothing that anybody typed is ever read as markup. Nothing is fetched:
letters come from the package of the font, and for other scripts from what Typst carries inside.
"""

from __future__ import annotations

import functools
import json
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reflect.errors import Refused
from reflect.formats.pdf.letters import in_words
from reflect.formats.pdf.tree import changed, texts, tree
from reflect.nodes import Document, Paragraph, Strong, Text

if TYPE_CHECKING:
    import typst

_HERE = Path(__file__).parent
#: One at a time: a compiler is not made for two threads.
_LOCK = threading.Lock()
#: A PDF says when it was made; ours always say the same, so that the same document gives the same bytes.
_MADE = 0


@functools.lru_cache(4)
def _compiler(fonts: tuple[str, ...]) -> typst.Compiler:
    try:
        import fontpkg_source_sans_3
        import typst
    except ImportError:
        raise Refused('PDF needs a package more: pip install "reflect-supervision[pdf]"') from None
    folders = [str(fontpkg_source_sans_3.ROOT / "files"), *fonts]
    return typst.Compiler(
        str(_HERE / "paper.typ"),
        root=str(_HERE),
        ignore_system_fonts=True,
        font_paths=typst.Fonts(include_system_fonts=False, font_paths=folders),
    )


def _shows(compiler: typst.Compiler, text: str) -> bool:
    """
    Whether there are letters for a text.
    """
    blocks = (Paragraph((Text(text),)), Paragraph((Strong((Text(text),)),)))
    try:
        _compiled(compiler, tree(Document(kind="", title="Letters", blocks=blocks)))
    except RuntimeError:
        return False
    return True


def _compiled(compiler: typst.Compiler, data: Any) -> bytes:
    made = compiler.compile(
        format="pdf",
        pdf_standards=["ua-1"],
        timestamp=_MADE,
        sys_inputs={"paper": json.dumps(data, ensure_ascii=False, separators=(",", ":"))},
    )
    assert isinstance(made, bytes)
    return made


def write(document: Document, *, large: bool = False, fonts: Iterable[str | Path] = ()) -> bytes:
    """
    Return the document as a PDF to print; the same document gives the same bytes.

    A character that no font has is said in words between brackets, ``[slightly smiling face]``,
    or by its number, ``[U+674E]``.

    Args:
        document: What to write.
        large: In large print: 18 points, facts and tables one under the other.
        fonts: Folders with fonts for further scripts; they help where ours have no letter.

    Raises:
        Refused: The packages of the extra ``pdf`` are not there, or the paper cannot be laid out.
    """
    with _LOCK:
        compiler = _compiler(tuple(map(str, fonts)))
        data = tree(document, large=large)
        try:
            return _compiled(compiler, data)
        except RuntimeError:
            # PDF/UA-1 has no place for a letter that cannot be shown. Only now is it worth looking which.
            instead = in_words(texts(data), functools.partial(_shows, compiler))
        try:
            return _compiled(compiler, changed(data, lambda text: instead.get(text, text)))
        except RuntimeError:
            # What the library says quotes the paper.
            raise Refused(f"this {document.kind or 'paper'} cannot be laid out as PDF; write it as docx") from None
