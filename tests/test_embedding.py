"""
A paper apart: title, body and style, for a page of somebody's own and for a shadow tree in it.
"""

from __future__ import annotations

import functools
import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import attrs
import pytest
from hypothesis import given
from PIL import Image, ImageChops

import reflect
from reflect import Templates, testing
from reflect.formats import html
from reflect.formats.html.escaping import escape_html
from reflect.questions import READERS
from reflect.text import nodes
from tests.office import tool
from tests.test_formats import documents

HOUR = "arrive@3 + kolb-cycle@45 + close@12"


def test_the_parts_are_those_of_the_whole_page() -> None:
    """
    Of papers of ours, in each look; the next test has any document.
    """
    for name in ("agenda", "record", "handout", "cards"):
        for look in ((), ("large-print",), ("dyslexia-friendly", "pen")):
            check_parts(reflect.document(HOUR if name in ("agenda", "record") else "kolb-cycle", name, looks=look))


@given(documents)
def test_any_document_has_the_parts_of_its_whole_page(document: nodes.Document) -> None:
    check_parts(document)


@pytest.mark.parametrize(
    "lost", [r"<footer>.*?</footer>\n", r"reflect-large-print", r"@page [^@]*@bottom-left[^}]*\}", r":root, :host \{"]
)
def test_a_part_that_lacks_something_is_found_out(lost: str) -> None:
    document = attrs.evolve(reflect.document(HOUR, "record", looks=("large-print",)), marking="Confidential")

    def lossy(given: nodes.Document) -> html.Parts:
        made = html.parts(given)
        cut = {name: re.sub(lost, "", getattr(made, name), count=1, flags=re.DOTALL) for name in ("body", "style")}
        return attrs.evolve(made, **cut)

    with pytest.raises(AssertionError):
        check_parts(document, lossy)


def check_parts(document: nodes.Document, parts: Callable[[nodes.Document], html.Parts] = html.parts) -> None:
    """
    What stands in the body and in the styles of the whole page stands in the parts, and nothing else; no script does.
    """
    whole, apart = html.write(document).decode(), parts(document)
    body = re.search(r'<body(?: class="([^"]*)")?>\n(.*)</body>', whole, re.DOTALL)
    assert body
    inner = re.sub(r"<noscript>.*", "", body[2], flags=re.DOTALL)
    classes = " ".join(filter(None, ("reflect-page", body[1])))

    assert apart.body.encode("utf-8", "xmlcharrefreplace").decode() == (
        f'<div class="{classes}" lang="{escape_html(apart.lang)}">\n{inner}</div>\n'
    )
    assert apart.style == "".join(re.findall(r"<style>(.*?)</style>", whole, re.DOTALL))
    assert f"<title>{escape_html(apart.title)}</title>" in whole
    assert f'<html lang="{apart.lang}">' in whole
    assert "<script" not in apart.body
    assert repr(apart) == f"Parts({len(apart.body):,} letters)"


@pytest.mark.parametrize("name", ["agenda", "record", "case-record"])
def test_the_parts_hold_no_more_than_their_reader_may_see(name: str) -> None:
    """
    With a word of every ring planted wherever people write, no part has one of a ring that its reader does not see.
    """
    found = 0
    for who in READERS:
        for what in testing.planted(Templates().about(name).of):
            apart = html.parts(reflect.document(what, name, reader=who))
            all_of_it = "".join((apart.title, apart.lang, apart.body, apart.style))
            held = {ring for ring in reflect.Ring if testing.canary(ring) in all_of_it}
            found += len(held)

            assert {ring for ring in held if not who.sees(ring)} == set()
            assert not [ring for ring in reflect.Ring if testing.canary(ring) in repr(apart)]

    assert found


# --- in a browser


def in_a_page(apart: html.Parts) -> str:
    return (
        f'<!DOCTYPE html><html lang="{apart.lang}"><head><meta charset="utf-8"><title>x</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{apart.style}</style>'
        f"<style>html {{ margin: 0 }} body {{ margin: 0 }}</style></head><body>{apart.body}</body></html>"
    )


def in_a_shadow_tree(apart: html.Parts) -> str:
    """
    The style as a sheet that is put together, as a page with a strict policy has to; the page round it has its own look.
    """
    held = json.dumps([apart.body, apart.style]).replace("<", "\\u003c")
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>x</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<style>body { margin: 0; font: 40px serif; color: red } h1 { color: red } div { letter-spacing: 3px }</style>"
        f"</head><body><section></section><script>const [body, style] = {held};"
        'const tree = document.querySelector("section").attachShadow({ mode: "open" }); tree.innerHTML = body;'
        "const sheet = new CSSStyleSheet(); sheet.replaceSync(style); tree.adoptedStyleSheets = [sheet];</script>"
        "</body></html>"
    )


def picture(page: bytes, folder: Path, name: str, width: int) -> Image.Image:
    """
    Return a page as Chromium draws it, once two pictures in a row are the same: a busy machine took one half drawn, and
    now and then none.
    """
    file = folder / f"{name}.html"
    file.write_bytes(page)
    before = None
    for n in range(6):
        after = taken(file, folder / f"profile-{name}-{n}", width)
        if before and after and after.size == before.size and ImageChops.difference(after, before).getbbox() is None:
            return after
        before = after or before
    pytest.fail(f"no two pictures of {name} in a row are the same")


def taken(file: Path, profile: Path, width: int) -> Image.Image | None:
    made = file.with_suffix(".png")
    made.unlink(missing_ok=True)
    try:
        subprocess.run(
            [tool("chromium"), "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={profile}",
             "--hide-scrollbars", f"--window-size={width},2600", f"--screenshot={made}", file.as_uri()],
            capture_output=True, timeout=60, check=True,
        )  # fmt: skip
        with Image.open(made) as opened:
            return opened.convert("RGB")
    except (subprocess.SubprocessError, OSError):
        return None


@functools.cache
def papers() -> dict[str, nodes.Document]:
    return {
        "agenda": reflect.document(HOUR, "agenda"),
        "large": reflect.document(HOUR, "agenda", looks=("large-print",)),
        "handout": reflect.document("kolb-cycle", "handout"),
        "cards": reflect.document("kolb-cycle", "cards"),
    }


@pytest.mark.long
@pytest.mark.parametrize("embed", [in_a_page, in_a_shadow_tree])
@pytest.mark.parametrize(("name", "width"), [("agenda", 1000), ("large", 1000), ("handout", 420), ("cards", 1000)])
def test_a_paper_apart_looks_as_the_whole_page(
    name: str, width: int, embed: Callable[[html.Parts], str], tmp_path: Path
) -> None:
    """
    The body under its style, in a page and in a shadow tree, is the whole page dot by dot.
    """
    document = papers()[name]
    whole = picture(html.write(document), tmp_path, "whole", width)
    apart = picture(embed(html.parts(document)).encode(), tmp_path, "apart", width)

    assert len(whole.getcolors(1 << 20) or ()) > 10
    assert apart.size == whole.size
    assert ImageChops.difference(apart, whole).getbbox() is None
