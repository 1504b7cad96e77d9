"""
A vocabulary for tests of documents: what every document and format has in common.
"""

from __future__ import annotations

import html.parser
import io
import json
import os
import re
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

import attrs
from lxml import etree

from reflect import testing
from reflect.documents.templates import Templates
from reflect.pages.catalogues import Catalogue, our_catalogue
from reflect.questions.rings import Reader, reader
from reflect.text.nodes import Document, Ruled, words

OUTLINE = "arrive@3 + previous-actions@5 + wellbeing-check-in@5 + kolb-cycle@40 + close@7"
SESSION_PAPERS = ("agenda", "record")
MODEL_PAPERS = ("handout", "worksheet", "cards", "notes", "role-play", "slide")
#: Handouts that take both sides: their sheet to fill has no room beside what is done, and then all of it is said.
TWO_SIDED_HANDOUTS = ("group-mapping", "team-formulation")
#: Pages enough to publish the papers of one model.
FEW = ("arrive", "case-round", "close", "kolb-cycle", "learning", "previous-actions", "wellbeing-check-in", "workload")
#: The formats whose words can be looked for in the bytes of a file.
FORMATS = testing.FORMATS


def tried(times: int) -> int:
    """
    How often to try something slow: as often as given where everything has to hold, and an eighth of that elsewhere.
    """
    return times if os.environ.get("REFLECT_CI") == "1" else max(3, times // 8)


def a_few(many: Iterable[Any], every: int = 4, in_ci: int = 1) -> list[Any]:
    """
    One in a few of them. Where everything has to hold all of them; or one in *in_ci* if they are alike and slow, and
    HYPOTHESIS_PROFILE is not "thorough", under which all are tried.
    """
    if os.environ.get("REFLECT_CI") == "1":
        every = 1 if os.environ.get("HYPOTHESIS_PROFILE") == "thorough" else in_ci
    return list(many)[::every]


def of_the_day(many: Iterable[Any], every: int) -> list[Any]:
    """
    All of them where everything has to hold; elsewhere one in a few, and other ones each day, so that in that many days
    each has its turn. REFLECT_TESTS_OF is the number of the day, for whoever tries those of another day again.
    """
    first = int(os.environ.get("REFLECT_TESTS_OF") or 0) % every
    return list(many) if os.environ.get("REFLECT_CI") == "1" else list(many)[first::every]


def catalogue_of(keys: Iterable[str]) -> Catalogue:
    """
    A catalogue of some of our models.
    """
    wanted = {f"{key}.md" for key in keys}
    return Catalogue(tuple(page for page in our_catalogue().pages if page.where in wanted))


def served(paper: str, who: str | Reader) -> Reader:
    """
    A reader as a paper serves them: what has no place on it they do not get from it.
    """
    return reader(who).within(Templates().about(paper).ring)


def everything_in(data: bytes, to: str) -> str:
    """
    All the text of a file: every part and name of a Word file with tags removed, properties too.
    """
    if to == "docx":
        return "\n".join(text for _, text in testing.contents(data, to))
    text = data.decode()
    if to == "html":
        return text + "\n" + text_of_html(text)
    if to == "json":
        return "\n".join(_strings(json.loads(text)))
    return text


def _strings(data: object) -> Iterator[str]:
    match data:
        case str():
            yield data
        case list():
            for each in data:
                yield from _strings(each)
        case dict():
            for name, each in data.items():
                yield name
                yield from _strings(each)


class _Words(html.parser.HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag in ("style", "title", "script", "noscript")
        known = dict(attrs)
        self.found += [" ", known.get("value") or "" if known.get("type") == "text" else "", " "]

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in ("style", "title", "script", "noscript")
        self.found.append(" ")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.found.append(data)


def text_of_html(text: str) -> str:
    """
    What a person reads on the page.
    """
    reader = _Words()
    reader.feed(text)
    return "".join(reader.found)


_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def text_of_docx(data: bytes) -> str:
    """
    What a person reads in the body of a Word file, in order; hints in blank places left out.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        body = etree.fromstring(package.read("word/document.xml"))
    out: list[str] = []
    hints = {
        each for each in body.iter(f"{_W}r") if each.find(f"{_W}rPr/{_W}rStyle[@{_W}val='PlaceholderText']") is not None
    }
    for each in body.iter():
        if each.tag == f"{_W}t" and each.getparent() in hints:
            out.append(" ")
        elif each.tag == f"{_W}t":
            out.append(each.text or "")
        elif each.tag in (f"{_W}p", f"{_W}br", f"{_W}tab"):
            out.append(" ")
    return "".join(out)


def squeezed(text: str) -> str:
    """
    A text without white space and signs for blanks.
    """
    return re.sub(r"[\s_☐☒\u00a0\u2002]+", "", text)


def shape(value: object) -> object:
    """
    The shape of a document: kinds of nodes and looks, without words, and without the lines of answers or how many lines
    a page has room for.
    """
    if isinstance(value, Ruled):
        return ("Ruled",)
    if isinstance(value, tuple):
        return tuple(map(shape, value))
    if attrs.has(type(value)):
        inner = (getattr(value, field.name) for field in attrs.fields(type(value)) if field.eq and field.name != "said")
        return type(value).__name__, *(shape(each) for each in inner)
    return None if isinstance(value, str) else value


def text_of(document: Document) -> str:
    """
    The words of a document's paragraphs and headings, for a look at what it says.
    """
    return "\n".join(words(block.children) for block in document.blocks if hasattr(block, "children"))
