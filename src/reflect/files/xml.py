"""
XML as a tree of elements that know what they are in: the standard library's, and the little that it lacks.

There is no document type, so no entity is declared, and nothing is looked up. Comments and instructions are left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast, overload
from xml.etree import ElementTree

if TYPE_CHECKING:

    class _Base:
        """
        What is used of the standard library's elements, which cannot be told that all in them are of our class.
        """

        tag: str
        attrib: dict[str, str]
        text: str | None
        tail: str | None

        def __init__(self, tag: str, attrib: dict[str, str]) -> None: ...
        def __len__(self) -> int: ...
        def __iter__(self) -> Iterator[XmlElement]: ...
        @overload
        def __getitem__(self, place: int) -> XmlElement: ...
        @overload
        def __getitem__(self, place: slice) -> list[XmlElement]: ...
        def __getitem__(self, place: Any) -> Any: ...
        def __setitem__(self, place: Any, value: Any) -> None: ...
        @overload
        def get(self, name: str) -> str | None: ...
        @overload
        def get(self, name: str, otherwise: _T) -> str | _T: ...
        def get(self, name: str, otherwise: Any = None) -> Any: ...
        def findtext(self, path: str) -> str | None: ...
        def set(self, name: str, value: str) -> None: ...
        def find(self, path: str) -> XmlElement | None: ...
        def findall(self, path: str) -> list[XmlElement]: ...
        def iterfind(self, path: str) -> Iterator[XmlElement]: ...
        def itertext(self) -> Iterator[str]: ...
        def iter(self, *tags: str) -> Iterator[XmlElement]: ...
        def append(self, child: XmlElement) -> None: ...
        def extend(self, children: Iterable[XmlElement]) -> None: ...
        def insert(self, at: int, child: XmlElement) -> None: ...
        def remove(self, child: XmlElement) -> None: ...
else:
    _Base = ElementTree.Element

_T = TypeVar("_T")

#: The prefix that XML has itself, and its name.
_XML = "http://www.w3.org/XML/1998/namespace"


class NotXML(ValueError):
    """
    Something is not well-formed, or has a document type.
    """


class HasDoctype(NotXML):
    """
    It has a document type.
    """


class NestedTooDeep(NotXML):
    """
    Its elements are nested deeper than they may be.
    """


class XmlElement(_Base):
    """
    An element. It is in one place at a time: put elsewhere, it leaves where it was.

    Attributes:
        nsmap: The names that prefixes stand for; only the first element of a file has them.
    """

    __slots__ = ("_up", "nsmap")
    _up: XmlElement | None
    nsmap: dict[str, str]

    def __init__(self, tag: str, attrib: Mapping[str, str] | None = None) -> None:
        super().__init__(tag, dict(attrib or {}))
        self._up = None

    def getparent(self) -> XmlElement | None:
        """
        Return the element that it is in, or None.
        """
        return self._up

    def iterancestors(self, *tags: str) -> Iterator[XmlElement]:
        """
        Give the elements that it is in, from the inside out, if they are of these names.
        """
        up = self._up
        while up is not None:
            if not tags or up.tag in tags:
                yield up
            up = up._up

    def iterchildren(self, *tags: str) -> Iterator[XmlElement]:
        """
        Give the elements in it, if they are of these names.
        """
        children: Iterator[XmlElement] = iter(self)
        return filter(_matching(tags), children) if tags else children

    def iter(self, *tags: str) -> Iterator[XmlElement]:
        """
        Give it and all that is in it, in their order, if they are of these names; ``{*}p`` is p of any space.
        """
        if len(tags) == 1 and "*" not in tags[0]:
            return super().iter(tags[0])
        every: Iterator[XmlElement] = super().iter()
        return filter(_matching(tags), every) if tags and tags != ("*",) else every

    # --- putting elements elsewhere

    def _take(self, child: XmlElement) -> XmlElement:
        if child._up is not None:
            child._up.remove(child)
        child._up = self
        return child

    def append(self, child: XmlElement) -> None:
        super().append(self._take(child))

    def extend(self, children: Iterable[XmlElement]) -> None:
        super().extend([self._take(child) for child in list(children)])

    def insert(self, at: int, child: XmlElement) -> None:
        super().insert(at, self._take(child))

    def remove(self, child: XmlElement) -> None:
        super().remove(child)
        child._up = None

    def replace(self, child: XmlElement, other: XmlElement) -> None:
        """
        Put another element in the place of one in it.
        """
        at = next(n for n, each in enumerate(self) if each is child)
        self[at : at + 1] = [other]

    def __setitem__(self, place: int | slice, value: Any) -> None:
        many = isinstance(place, slice)
        for gone in self[place] if isinstance(place, slice) else [self[place]]:
            gone._up = None
        super().__setitem__(place, [self._take(each) for each in list(value)] if many else self._take(value))

    def __deepcopy__(self, memo: dict[int, Any]) -> XmlElement:
        made = XmlElement(self.tag, self.attrib)
        made.text, made.tail = self.text, self.tail
        if hasattr(self, "nsmap"):
            made.nsmap = dict(self.nsmap)
        made.extend([each.__deepcopy__(memo) for each in self])
        return made


def _matching(tags: Iterable[str]) -> Callable[[XmlElement], bool]:
    """
    Return whether an element is of one of these names; the space of a name may be ``{*}``.
    """
    whole = frozenset(tag for tag in tags if not tag.startswith("{*}"))
    local = frozenset(tag.removeprefix("{*}") for tag in tags if tag.startswith("{*}"))
    if not local:
        return lambda element: element.tag in whole
    return lambda element: element.tag.rpartition("}")[2] in local or element.tag in whole


class _Builder(ElementTree.TreeBuilder):
    """
    Builds a tree, and notes what prefixes stand for.
    """

    def __init__(self) -> None:
        super().__init__(element_factory=cast("Any", XmlElement))
        self.names: dict[str, str] = {}

    def start_ns(self, prefix: str | None, space: str) -> None:
        self.names.setdefault(prefix or "", space)

    def doctype(self, *_: object) -> None:
        raise HasDoctype


def parse(data: bytes | str, deepest: int | None = None) -> XmlElement:
    """
    Return the first element of XML.

    Args:
        data: The XML.
        deepest: How deeply elements may be nested; as deep as they are by default.

    Raises:
        NotXML: It is none, or has a document type, or is nested deeper.
    """
    builder = _Builder()
    parser = ElementTree.XMLParser(target=builder)
    try:
        parser.feed(data)
        root = cast("XmlElement", parser.close())
    except (ElementTree.ParseError, LookupError, UnicodeError, AssertionError) as error:
        raise NotXML(str(error)) from None
    root.nsmap = builder.names
    _tie(root, deepest)
    return root


def _tie(root: XmlElement, deepest: int | None) -> None:
    """
    Tell each element what it is in, level by level.
    """
    root._up = None
    level, depth = [root], 1
    while level:
        if deepest is not None and depth > deepest:
            raise NestedTooDeep
        below: list[XmlElement] = []
        for each in level:
            for child in each:
                child._up = each
            below.extend(each)
        level, depth = below, depth + 1


# --- writing

_IN_TEXT = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
_IN_VALUE = {**_IN_TEXT, '"': "&quot;", "\n": "&#10;", "\t": "&#9;"}


def _escape(text: str, signs: Mapping[str, str]) -> str:
    return re.sub('[&<>\r"\n\t]', lambda sign: signs.get(sign[0], sign[0]), text)


def to_text(root: XmlElement) -> str:
    """
    Return an element as XML, with the prefixes that its file had; all are declared at it.
    """
    names = dict(getattr(root, "nsmap", {}))
    prefixes = {_XML: "xml", **{space: prefix for prefix, space in reversed(names.items())}}
    # A name without a space cannot be written where there is a usual one; an attribute's space needs a prefix.
    named: dict[str, str] = {_XML: "xml", **{space: prefix for prefix, space in reversed(names.items()) if prefix}}

    def name_of(tag: str, known: dict[str, str]) -> str:
        if not tag.startswith("{"):
            return tag
        space, _, local = tag[1:].partition("}")
        if space not in known:
            prefix = next(f"ns{n}" for n in range(len(names) + 1) if f"ns{n}" not in names)
            names[prefix] = space
            prefixes[space] = named[space] = prefix
        return f"{known[space]}:{local}" if known[space] else local

    def write(element: XmlElement, pieces: list[str], first: bool = False) -> None:
        tag = name_of(element.tag, prefixes)
        values = "".join(
            f' {name_of(key, named)}="{_escape(value, _IN_VALUE)}"' for key, value in element.attrib.items()
        )
        pieces.append(f"<{tag}")
        if first:
            pieces.append("")  # for the declarations
        pieces.append(values)
        if element.text is not None or len(element):
            pieces.append(f">{_escape(element.text or '', _IN_TEXT)}")
            for child in element:
                write(child, pieces)
                pieces.append(_escape(child.tail or "", _IN_TEXT))
            pieces.append(f"</{tag}>")
        else:
            pieces.append("/>")

    pieces: list[str] = []
    write(root, pieces, first=True)
    pieces[1] = "".join(
        f' xmlns{":" if prefix else ""}{prefix}="{_escape(space, _IN_VALUE)}"'
        for prefix, space in names.items()
        if space != _XML
    )
    return "".join(pieces)
