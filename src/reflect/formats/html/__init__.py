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

from reflect.formats.html.body import Body, escape_html
from reflect.sessions.origin import Origin
from reflect.text.nodes import Block, Cards, Document, Look


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
    return _read_file("page.css") + _read_file("looks.css")


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
    sheet = "size: A4 landscape; " if Look.LANDSCAPE in document.looks else ""
    return f"@page {{ {sheet}@bottom-left {{ {size}content: {_quote_for_css(document.marking)}; }}{right} }}"


def write(document: Document) -> bytes:
    """
    Return a whole page in UTF-8; the same document gives the same bytes.
    """
    css, sheet = _read_file("page.css"), _style_of_sheet(document)
    if document.looks:
        css += _read_file("looks.css")
    paper = fragment(document)
    script = _read_file("page.js") if _has_fields(paper) else ""
    policy = f"default-src 'none'; style-src {_hash_of(css)} {_hash_of(sheet)}; "
    if script:
        # No script, not even ours, can turn a text into markup.
        policy += f"script-src {_hash_of(script)}; require-trusted-types-for 'script'; trusted-types 'none'; "
    policy += "base-uri 'none'; form-action 'none'"
    about = json.dumps(dict(document.about), ensure_ascii=False)
    made = f' data-document="{escape_html(document.kind)}" data-about="{escape_html(about)}"' if script else ""
    looks = [f"reflect-{look}" for look in document.looks]
    looks += ["reflect-deck"] if any(isinstance(block, Cards) for block in document.blocks) else []
    worn = f' class="{" ".join(looks)}"' if looks else ""
    head = "".join(f"<span>{escape_html(text)}</span> " for text in (document.organisation, document.label) if text)
    foot = "".join(f"<span>{escape_html(text)}</span> " for text in (document.marking, document.limits) if text)
    return (
        f'<!DOCTYPE html>\n<html lang="{escape_html(document.lang)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape_html(document.title)}</title>\n<style>{css}</style>\n<style>{sheet}</style>\n</head>\n"
        f"<body{worn}>\n"
        + (f"<header>{head.strip()}</header>\n" if head else "")
        + f"<main{made}>\n{paper}</main>\n"
        + (f"<footer>{foot.strip()}</footer>\n" if foot else "")
        + (f"<noscript>{_UNSAVED}</noscript>\n<script>{script}</script>\n" if script else "")
        + "</body>\n</html>\n"
    ).encode("utf-8", "xmlcharrefreplace")


_UNSAVED = (
    '<p class="reflect-unsaved">Nothing can be saved from here, because scripts are switched off. '
    "Print the page, or open it in a browser.</p>"
)
