"""
Contents lead to the headings that they name, and the numbers beside them are those of the pages.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

import reflect
from reflect.text.contents import pages_of_headings
from reflect.text.nodes import Document
from tests.test_word import parts, said, tool

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
#: Models of several families, one of which has a page that is longer than one in some format.
SOME = "balint-group + kolb-cycle + gibbs-cycle + morrison-444 + ecomap + sculpting + grow + clear + arrive + close"
TITLES = [reflect.load(key).head.title for key in SOME.split(" + ")]


def booklet() -> Document:
    return reflect.document(SOME, "booklet")


def test_each_model_of_a_booklet_is_in_its_contents_once() -> None:
    """
    Contents name every model that follows, each once.
    """
    assert pages_of_headings(booklet().blocks).keys() == set(TITLES)
    everything = reflect.document(None, "booklet")
    assert len(pages_of_headings(everything.blocks)) == len(reflect.catalogue())


def test_links_on_a_page_lead_to_their_headings() -> None:
    """
    Each line of the contents is a link to the heading with the same words, and no two lead to one place.
    """
    page = reflect.render(SOME, "booklet", to="html").decode()
    links = dict(re.findall(r'<li><a href="#([^"]+)">([^<]+)</a></li>', page))
    heads = dict(re.findall(r'<h2 id="([^"]+)"[^>]*>([^<]+)</h2>', page))

    assert links == heads
    assert len(links) == len(TITLES)


def test_links_in_word_lead_to_their_headings() -> None:
    """
    Each line is a link to the bookmark round the heading with the same words, and asks Word for the page of that.
    """
    tree = parts(booklet())["word/document.xml"]
    marked = {}
    for p in tree.iter(f"{W}p"):
        for mark in p.iter(f"{W}bookmarkStart"):
            marked[mark.get(f"{W}name")] = said(p).strip()
    links = [link for link in tree.iter(f"{W}hyperlink") if link.get(f"{W}anchor")]

    assert len(links) == len(TITLES)
    for link in links:
        name = link.get(f"{W}anchor")
        assert said(link).startswith(f"{marked[name]}\t")
        assert [each.text for each in link.iter(f"{W}instrText")] == [f" PAGEREF {name} \\h "]


@pytest.mark.parametrize("to", ["docx", "pdf"])
def test_the_numbers_are_those_of_the_pages(to: str, tmp_path: Path) -> None:
    """
    As LibreOffice lays a Word file out, and in a PDF, the number beside a title is that of the page where it stands large.
    """
    file = tmp_path / f"booklet.{to}"
    file.write_bytes(reflect.render(SOME, "booklet", to=to))
    if to == "docx":
        profile = f"-env:UserInstallation=file://{tmp_path}/profile"
        command = [tool("soffice"), profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
        subprocess.run([*command, str(file)], capture_output=True, timeout=300, check=True)
    texts = subprocess.run(
        [tool("pdftotext"), "-layout", str(tmp_path / "booklet.pdf"), "-"], capture_output=True, text=True, check=True
    ).stdout.split("\f")
    lines = re.findall(r"^ *(\S.*?)[ .]{3,}(\d+) *$", texts[0], re.MULTILINE)

    assert sorted(title for title, _ in lines) == sorted(TITLES)
    for title, page in lines:
        assert re.search(rf"^ *{re.escape(title)} *$", texts[int(page) - 1], re.MULTILINE), title
    assert len({page for _, page in lines}) > 5
