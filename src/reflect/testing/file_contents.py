"""
Every text in a file, wherever it is hidden.
"""

from __future__ import annotations

import functools
import html.parser
import io
import json
import zipfile
from collections.abc import Iterator, Mapping

from reflect import formats
from reflect.arguments import explain_wrong_kinds
from reflect.files import xml

#: The formats of every paper whose words can be searched.
FORMATS = tuple(name for name, each in formats.FORMATS.items() if each.legible and not each.papers)
#: The ending of parts that are XML, and the formats that are such parts in one file.
_XML, _PACKED = (".xml", ".rels", ".svg"), ("docx", "pptx")


@explain_wrong_kinds
def contents(data: bytes, to: str) -> Iterator[tuple[str, str]]:
    """
    Give every text in a file, each with its place: the parts of a Word file or a slide show with their names,
    attributes and properties; the tags, attributes and words of a page; the names and texts of JSON.

    Args:
        data: The bytes of the file.
        to: The format: one of `FORMATS`, or "pptx".
    """
    if to in _PACKED:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            yield "its comment", package.comment.decode("latin-1")
            for name in package.namelist():
                yield "the name of a part", name
                part = package.read(name)
                if name.endswith(_XML):
                    words, attributes = _texts_of_part(part)
                    yield name, words
                    yield f"an attribute in {name}", attributes
                else:
                    yield name, part.decode("latin-1")
        return
    text = data.decode()
    yield "", text
    if to == "html":
        page = _PageWords()
        page.feed(text)
        yield "what a page shows", "".join(page.words)
    elif to == "json":
        yield "its texts", "\n".join(_texts_in_data(json.loads(text)))


@functools.lru_cache(64)
def _texts_of_part(part: bytes) -> tuple[str, str]:
    """
    Return the words of a part of a Word file, and its attributes; most parts are the same in all of our files.
    """
    tree = xml.parse(part)
    values = (str(value) for element in tree.iter() for value in element.attrib.values())
    return "".join(map(str, tree.itertext())), "\n".join(values)


class _PageWords(html.parser.HTMLParser):
    """
    Gathers the words of a page, its entities resolved.
    """

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.words += [value for _, value in attributes if value]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def _texts_in_data(data: object) -> Iterator[str]:
    match data:
        case str():
            yield data
        case list():
            for each in data:
                yield from _texts_in_data(each)
        case Mapping():
            for name, each in data.items():
                yield str(name)
                yield from _texts_in_data(each)
