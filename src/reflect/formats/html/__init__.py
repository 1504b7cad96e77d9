"""
One self-contained page, or a fragment to embed. A page makes no requests.

A page with places to fill carries one script, ``page.js``, which adds what only a screen needs: saving
and opening a copy, adding rows, a hint at dates. Without it the page reads and prints the same.
A fragment has no script.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

import attrs

from reflect.diagrams.page import is_one_page
from reflect.formats.html.body import Body
from reflect.formats.html.escaping import escape_html
from reflect.formats.lanes import is_lanes
from reflect.sessions.origin import Origin
from reflect.shown import Brief
from reflect.text.nodes import Block, Cards, Document, Look, Table


@functools.cache
def _read_file(name: str) -> str:
    return Path(__file__).with_name(name).read_text("utf-8")


@functools.lru_cache(64)
def _hash_of(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _has_fields(written: str) -> bool:
    """
    Whether markup has a field. We search the markup, because a table without rows has no field.
    """
    return "<textarea" in written or "<input" in written  # in a text these are &lt;


def markup(blocks: Iterable[Block], *, pen: bool = False, origin: Origin | None = None) -> str:
    """
    Return blocks as HTML, with nothing round them; with a *pen* there are lines instead of fields.

    Args:
        blocks: The blocks.
        pen: Whether people fill it in by hand.
        origin: What the paper says about itself.
    """
    return "\n".join(Body(pen=pen, origin=origin or Origin()).blocks(blocks))


def fragment(document: Document) -> str:
    """
    Return the paper as an ``<article>`` to embed in a page of your own; its classes begin with ``reflect-``.
    """
    origin = Origin.of_about({**dict(document.about), "kind": document.kind})
    inner = markup(document.blocks, pen=Look.PEN in document.looks, origin=origin)
    looks = "".join(f" reflect-{look}" for look in document.looks)
    return f'<article class="reflect-paper{looks}" lang="{escape_html(document.lang)}">\n{inner}\n</article>\n'


def style() -> str:
    """
    Return the style sheet of our pages, for pages that embed fragments.
    """
    return _read_file("page.css") + _read_file("lanes.css") + _read_file("looks.css")


def _quote_for_css(text: str) -> str:
    """
    Return a text as a CSS string. Each sign is written by its number, so nothing in it can end the string.
    """
    return '"' + "".join(f"\\{ord(letter):06x}" for letter in text) + '"'


def _style_of_sheet(document: Document) -> str:
    """
    Return the style of the margins of each printed sheet.
    """
    size = "font-size: 18pt; " if Look.LARGE in document.looks else ""
    right = f" @bottom-right {{ {size}}}" if size else ""
    if is_one_page(document):
        right = " @bottom-right { content: none; }"
    sheet = "size: A4 landscape; " if Look.LANDSCAPE in document.looks else ""
    return f"@page {{ {sheet}@bottom-left {{ {size}content: {_quote_for_css(document.marking)}; }}{right} }}"


@attrs.frozen(kw_only=True)
class Parts(Brief):
    """
    What a page of ours consists of, for a page of yours or for a shadow tree in it.

    The body under its style looks as the whole page does. It has no script: what is filled in is for your page to keep.

    Attributes:
        title: The title of the page, as plain text.
        lang: The language, such as ``"en-GB"``.
        body: Markup in one ``<div class="reflect-page">``: the paper, with what stands over and under it.
        style: The style sheet. It is for the whole of a page or of a shadow tree, as it lays out every heading in it.
    """

    title: str = attrs.field(repr=False)
    lang: str
    body: str = attrs.field(repr=False)
    style: str = attrs.field(repr=False)

    def _brief(self) -> Iterable[str]:
        return (f"{len(self.body):,} letters",)


@attrs.frozen(kw_only=True)
class _Page:
    """
    A page before it is joined; its two styles are apart, because the first is the same for many papers.
    """

    css: str
    sheet: str
    classes: tuple[str, ...]
    inner: str
    fillable: bool


def parts(document: Document) -> Parts:
    """
    Return the title, the body and the style of a paper apart; the same document gives the same.
    """
    page = _page_of(document)
    classes = " ".join(("reflect-page", *page.classes))
    body = f'<div class="{classes}" lang="{escape_html(document.lang)}">\n{page.inner}</div>\n'
    return Parts(title=document.title, lang=document.lang, body=body, style=page.css + page.sheet)


def _page_of(document: Document) -> _Page:
    css = _read_file("page.css")
    if any(isinstance(block, Table) and is_lanes(block) for block in document.blocks):
        css += _read_file("lanes.css")
    if document.looks:
        css += _read_file("looks.css")
    paper = fragment(document)
    fillable = _has_fields(paper)
    about = json.dumps(dict(document.about), ensure_ascii=False)
    made = f' data-document="{escape_html(document.kind)}" data-about="{escape_html(about)}"' if fillable else ""
    looks = [f"reflect-{look}" for look in document.looks]
    looks += ["reflect-deck"] if any(isinstance(block, Cards) for block in document.blocks) else []
    head = "".join(f"<span>{escape_html(text)}</span> " for text in (document.organisation, document.label) if text)
    foot = "".join(f"<span>{escape_html(text)}</span> " for text in (document.marking, document.limits) if text)
    inner = (
        (f"<header>{head.strip()}</header>\n" if head else "")
        + f"<main{made}>\n{paper}</main>\n"
        + (f"<footer>{foot.strip()}</footer>\n" if foot else "")
    )
    return _Page(css=css, sheet=_style_of_sheet(document), classes=tuple(looks), inner=inner, fillable=fillable)


def write(document: Document) -> bytes:
    """
    Return a whole page in UTF-8; the same document gives the same bytes.
    """
    page = _page_of(document)
    script = _read_file("page.js") if page.fillable else ""
    policy = f"default-src 'none'; style-src {_hash_of(page.css)} {_hash_of(page.sheet)}; "
    if script:
        # No script, not even ours, can turn a text into markup.
        policy += f"script-src {_hash_of(script)}; require-trusted-types-for 'script'; trusted-types 'none'; "
    policy += "base-uri 'none'; form-action 'none'"
    worn = f' class="{" ".join(page.classes)}"' if page.classes else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{escape_html(document.lang)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape_html(document.title)}</title>\n<style>{page.css}</style>\n<style>{page.sheet}</style>\n</head>\n"
        f"<body{worn}>\n{page.inner}"
        + (f"<noscript>{_UNSAVED}</noscript>\n<script>{script}</script>\n" if script else "")
        + "</body>\n</html>\n"
    ).encode("utf-8", "xmlcharrefreplace")


_UNSAVED = (
    '<p class="reflect-unsaved">Nothing can be saved from here, because scripts are switched off. '
    "Print the page, or open it in a browser.</p>"
)
