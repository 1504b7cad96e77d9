"""
The handbook does what it says, leads where it says, and leaves nothing out.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.handbook import DIRECTIVES, DOCS, ELSEWHERE, KINDS, ROOT, Broken, Page, pages, run

PAGES = pages()
BY_FILE = {page.file: page for page in PAGES}
RUN = [page for page in PAGES if page.file != ROOT / "README.md" and any(b.kind != "text" for b in page.blocks)]


@pytest.mark.parametrize("page", RUN, ids=lambda page: page.name)
def test_a_page_does_what_it_says(page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Each block of a page runs as printed, in order, in an empty folder, and prints what the page says.
    """
    monkeypatch.chdir(tmp_path)

    run(page, tmp_path)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_block_says_what_it_is(page: Page) -> None:
    """
    A block has a language the tests know how to run, or is marked as text; so none is printed that nobody tried.
    """
    strange = [(b.line, b.kind) for b in page.blocks if b.kind.split()[:1] not in ([k] for k in KINDS | DIRECTIVES)]

    assert [each for each in strange if each[1] != "by hand"] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_link_is_dead(page: Page) -> None:
    """
    A link within the handbook leads to a page and a heading that are there; one to elsewhere is at least an address.
    """
    dead = [link for link in page.links if not _leads(link, page)]

    assert dead == []


def _leads(link: str, page: Page) -> bool:
    parts = urlsplit(link)
    if parts.scheme:
        return (parts.scheme == "https" and "." in parts.netloc) or (parts.scheme == "mailto" and "@" in parts.path)
    if not parts.path:
        return parts.fragment in page.anchors
    file = (page.file.parent / parts.path).resolve()
    if not file.exists():
        # What the site makes when it is built.
        return parts.path.endswith("gallery/index.html") and page.file.is_relative_to(DOCS)
    return not parts.fragment or (file in BY_FILE and parts.fragment in BY_FILE[file].anchors)


def test_a_page_that_is_wrong_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    The tests above can fail: each sort of broken page is refused.
    """
    from markdown_it import MarkdownIt

    monkeypatch.chdir(tmp_path)
    for text in (
        "```python\nassert 1 == 2\n```",
        "```sh\nreflect nonsense\n```",
        "```sh\nrm -rf things\n```",
        '```sh\npython -m pip install "reflect-supervision[nonsense]"\n```',
        "```console\n$ reflect --version\nnought\n```",
        "```python\nprint(1)\n```\n\n```output\n2\n```",
        '```json\n{"format": "reflect-model"}\n```',
        "```markdown\n# A page\n\n<p>\n```",
    ):
        page = Page(DOCS / "wrong.md", tuple(MarkdownIt().parse(text)))
        with pytest.raises(Broken):
            run(page, tmp_path)
    assert not _leads("nowhere.md", BY_FILE[DOCS / "index.md"])
    assert not _leads("index.md#nowhere", BY_FILE[DOCS / "index.md"])
    assert not _leads("ftp:nowhere", BY_FILE[DOCS / "index.md"])
    assert all(command == command.lstrip() for command in ELSEWHERE)
