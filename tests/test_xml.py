"""
The tree of elements that reading back, branding and checks walk: what lxml says of a file, this says too.
"""

from __future__ import annotations

import copy
import io
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

import reflect
from reflect.files import xml
from reflect.files.xml import XmlElement

SPACES = {"": "urn:none", "w": "urn:w", "x": "urn:x"}
_texts = st.text("ab \t\n&<>\"'é😀]", max_size=6)
_names = st.builds(
    lambda prefix, name: f"{prefix}:{name}".lstrip(":"), st.sampled_from(list(SPACES)), st.sampled_from("pqr")
)


def _escape(text: str) -> str:
    return "".join(f"&#{ord(sign)};" if sign in "&<>\"'\n\t" else sign for sign in text)


@st.composite
def written(draw: st.DrawFn, depth: int = 0) -> str:
    """
    An element as somebody else's program may write it.
    """
    name = draw(_names)
    values = draw(st.dictionaries(_names, _texts, max_size=2))
    declared = "".join(f' xmlns{":" * bool(p)}{p}="{space}"' for p, space in SPACES.items()) if depth == 0 else ""
    attributes = "".join(f' {key}="{_escape(value)}"' for key, value in values.items())
    inner = draw(st.lists(written(depth + 1), max_size=3)) if depth < 3 else []
    comment = draw(st.sampled_from(["", "<!-- c -->", "<?p i?>", "<![CDATA[<&]]>"]))
    body = _escape(draw(_texts)) + comment + "".join(each + _escape(draw(_texts)) for each in inner)
    return f"<{name}{declared}{attributes}>{body}</{name}>" if body else f"<{name}{declared}{attributes}/>"


def by_lxml(data: bytes) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    return etree.fromstring(data, parser)


def said(element: Any) -> tuple[Any, ...]:
    """
    All that a tree says, whoever made it.
    """
    inner = tuple(map(said, element))
    return element.tag, dict(element.attrib), element.text or "", element.tail or "", inner


@given(written())
def test_a_tree_says_what_lxml_says(text: str) -> None:
    """
    Names, attributes, texts and order; searching by name, ancestors and words give the same.
    """
    ours, theirs = xml.parse(text.encode()), by_lxml(text.encode())

    assert said(ours) == said(theirs)
    assert "".join(ours.itertext()) == "".join(theirs.itertext())
    for names in ((), ("*",), ("{urn:w}p",), ("{*}p", "{urn:x}q"), ("{urn:w}p", "{urn:x}p")):
        assert list(map(said, ours.iter(*names))) == list(map(said, theirs.iter(*names)))
    for mine, other in zip(ours.iter(), theirs.iter(), strict=True):
        assert [up.tag for up in mine.iterancestors()] == [up.tag for up in other.iterancestors()]
        assert [up.tag for up in mine.iterancestors("{urn:w}p")] == [up.tag for up in other.iterancestors("{urn:w}p")]
        assert [c.tag for c in mine.iterchildren("{*}q")] == [c.tag for c in other.iterchildren("{*}q")]
        assert len(mine.findall(".//{urn:w}p")) == len(other.findall(".//{urn:w}p"))


@given(written())
def test_what_is_written_is_what_was_read(text: str) -> None:
    """
    With the prefixes of its file, as lxml writes it.
    """
    tree = xml.parse(text.encode())
    again = xml.to_text(tree)

    assert said(by_lxml(again.encode())) == said(tree)
    assert again == etree.tostring(by_lxml(text.encode()), encoding="unicode")
    assert xml.to_text(copy.deepcopy(tree)) == again


def test_our_own_files_are_written_as_lxml_writes_them() -> None:
    """
    Every part of Word files of ours, byte for byte.
    """
    seen = 0
    for name in ("record", "agenda"):
        made = zipfile.ZipFile(io.BytesIO(reflect.render("arrive@3 + kolb-cycle@45 + close@12", name)))
        for part in made.namelist():
            if part.endswith((".xml", ".rels")):
                data = made.read(part)
                assert xml.to_text(xml.parse(data)) == etree.tostring(by_lxml(data), encoding="unicode"), part
                seen += 1

    assert seen > 15


@given(written(), st.data())
def test_what_is_no_xml_is_refused_as_lxml_refuses_it(text: str, data: st.DataObject) -> None:
    """
    Whatever sign was lost or came in; only an error of ours comes out.
    """
    at = data.draw(st.integers(0, len(text)))
    gone = data.draw(st.integers(0, 3))
    more = data.draw(st.sampled_from(["", "<", "&x;", "</p>", "]]>", "\x00", "<!DOCTYPE a>", "y:z", "<p>"]))
    broken = (text[:at] + more + text[at + gone :]).encode()
    try:
        theirs = said(by_lxml(broken))
    except etree.XMLSyntaxError:
        theirs = None
    try:
        ours = said(xml.parse(broken))
    except xml.HasDoctype:
        return
    except xml.NotXML:
        ours = None

    assert ours == theirs


def parents(root: XmlElement) -> Iterator[tuple[XmlElement | None, XmlElement | None]]:
    for each in root.iter():
        for child in each:
            yield child.getparent(), each


@given(written(), st.lists(st.tuples(st.sampled_from("airxsu"), st.integers(0, 20), st.integers(0, 20)), max_size=6))
def test_an_element_knows_what_it_is_in(text: str, steps: list[tuple[str, int, int]]) -> None:
    """
    Whatever is put elsewhere, taken out or replaced: it is in one place, and knows it.
    """
    root = xml.parse(text.encode())
    for what, one, two in steps:
        every = list(root.iter())
        this, other = every[one % len(every)], every[two % len(every)]
        if this in [other, *other.iterancestors()] or this is root:
            continue
        holder = this.getparent()
        assert holder is not None
        if what == "a":
            other.append(this)
        elif what == "i":
            other.insert(0, this)
        elif what == "r":
            holder.remove(this)
            assert this.getparent() is None
        elif what == "x":
            holder.replace(this, XmlElement("new"))
            assert this.getparent() is None
        elif what == "s":
            other[:0] = [this]
        else:
            at = list(holder).index(this)
            holder[at : at + 1] = list(this)

    assert all(said is there for said, there in parents(root))
    every = list(root.iter())
    assert len({id(each) for each in every}) == len(every)
    assert all(said is there for said, there in parents(copy.deepcopy(root)))


@pytest.mark.parametrize(
    "data", [b"<!DOCTYPE a><a/>", b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "<!DOCTYPE a><a/>".encode("utf-16")]
)
def test_a_document_type_ends_the_reading(data: bytes) -> None:
    with pytest.raises(xml.HasDoctype):
        xml.parse(data)


def test_what_is_nested_deeper_is_refused() -> None:
    """
    At the limit it is read; one deeper, or a hundred thousand, it is not.
    """
    nested = lambda depth: b"<a>" * depth + b"</a>" * depth  # noqa: E731

    assert xml.parse(nested(50), 50) is not None
    for depth in (51, 100_000):
        with pytest.raises(xml.NestedTooDeep):
            xml.parse(nested(depth), 50)
