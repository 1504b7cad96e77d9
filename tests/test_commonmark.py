"""
CommonMark's own examples, through both of our readers and all of our writers.

Where our dialects differ from CommonMark on purpose, an independent reader with the same
switches says what is expected, and how many examples that concerns is counted.
"""

from __future__ import annotations

import functools
import html.parser
import io
import itertools
import json
import os
import re
import subprocess
import urllib.parse
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from reflect.errors import Refused
from reflect.formats import html as html_format
from reflect.formats import writer
from reflect.text import markdown
from reflect.text.filling import fill
from reflect.text.nodes import (
    Block,
    Code,
    CodeBlock,
    Document,
    Emphasis,
    Fence,
    Heading,
    Item,
    Link,
    Listing,
    Paragraph,
    Quotation,
    Rule,
    Strong,
    Text,
    words,
)
from tests.documents import FORMATS, text_of_docx, text_of_html
from tests.test_word import tool

SPEC = "commonmark-spec/spec.txt"
COUNT = 652


@functools.cache
def examples() -> tuple[tuple[str, str], ...]:
    """
    Markdown and HTML of every example. The specification is fetched by npm and not kept here: its licence is another.
    """
    tools = Path(os.environ.get("REFLECT_TOOLS", "."))
    places = (tools.parent, tools / "node_modules", Path("node_modules"))
    file = next((place / SPEC for place in places if (place / SPEC).is_file()), None)
    if file is None:
        if os.environ.get("REFLECT_CI") == "1":
            pytest.fail("commonmark-spec is not installed")
        pytest.skip("commonmark-spec is not installed")
    text = file.read_text("utf-8").replace("→", "\t")
    pairs = re.findall(r"^`{32} example\n(.*?)^\.\n(.*?)^`{32}$", text, re.DOTALL | re.MULTILINE)
    assert len(pairs) == COUNT
    return tuple(pairs)


Reader = Callable[[str], tuple[Block, ...]]


def _read_guidance(text: str) -> tuple[Block, ...]:
    r"""
    Guidance of a page; ``\{``, which marks a brace that is not a word, becomes the brace.
    """
    return _unescape_braces(markdown.read_guidance(text))  # type: ignore[return-value]  # the same kinds come back


def _unescape_braces(value: object) -> object:
    if isinstance(value, tuple):
        return tuple(map(_unescape_braces, value))
    if isinstance(value, Text):
        return Text(value.text.replace("\\{", "{"))
    if attrs.has(type(value)):
        inner = {field.name: _unescape_braces(getattr(value, field.name)) for field in attrs.fields(type(value))}
        return attrs.evolve(value, **inner)  # type: ignore[misc]  # attrs.has() looked
    return value


def _read_template(text: str) -> tuple[Block, ...]:
    """
    The blocks of a template. The two things that it refuses (see the test below) are read as CommonMark reads them.
    """
    return fill(_make_allowed(markdown.read_shape(text)), ())  # type: ignore[arg-type]  # the same kinds come back


def _make_allowed(value: object) -> object:
    if isinstance(value, tuple):
        return tuple(_make_allowed(each) for each in value if not (isinstance(each, Heading) and not each.children))
    if isinstance(value, Fence):
        return CodeBlock(value.body, value.lines)
    if isinstance(value, (Listing, Item, Quotation)):
        name = "items" if isinstance(value, Listing) else "blocks"
        return attrs.evolve(value, **{name: _make_allowed(getattr(value, name))})
    return value


def test_a_template_refuses_fences_of_no_kind_and_headings_without_words() -> None:
    """
    A template refuses the examples with a fence that is not a place to write, or with a heading without words.
    """
    refused = 0
    for source, _ in examples():
        tokens = _EXPECTED["template"].parse(source)
        named = any(token.type == "fence" and token.info.strip() for token in tokens)
        bare = any(a.type == "heading_open" and not b.content for a, b in itertools.pairwise(tokens))
        if named or bare:
            with pytest.raises(Refused, match=r"is not a fence of a template|heading of the template is empty"):
                fill(markdown.read_shape(source), ())
            refused += 1
        else:
            fill(markdown.read_shape(source), ())
    assert refused == 8


READERS: dict[str, Reader] = {"page": _read_guidance, "template": _read_template}
#: What each dialect leaves out of CommonMark: raw HTML is text, and on a page nothing is a reference.
_EXPECTED = {
    "page": MarkdownIt("commonmark", {"html": False}).disable("reference"),
    "template": MarkdownIt("commonmark", {"html": False}),
}
#: How many examples have raw HTML in them, and how many use references.
RAW, REFERENCES = 72, 76
each_reader = pytest.mark.parametrize("dialect", READERS)


def expected_html(dialect: str, source: str, html_of_spec: str) -> str:
    """
    The HTML of the specification, unless the dialect differs in a thing that is switched off.
    """
    ours = _EXPECTED[dialect].render(source)
    return html_of_spec if _tags(ours) == _tags(html_of_spec) else ours


def paper(blocks: Sequence[Block]) -> Document:
    return Document(kind="paper", title="Paper", blocks=tuple(blocks))


def without_space(text: str) -> str:
    return "".join(text.split())


def show_alternative_texts(page: str) -> str:
    """
    HTML with the alternative texts of its pictures in their place.
    """
    return re.sub(r'<img[^>]*?alt="([^"]*)"[^>]*>', r"\1", page)


def has_high_numbers(blocks: object) -> bool:
    """
    Whether there is a list that starts higher than Word counts: its numbers are text there.
    """
    if isinstance(blocks, Listing) and (blocks.start or 0) > 32767:
        return True
    if isinstance(blocks, tuple):
        return any(map(has_high_numbers, blocks))
    return attrs.has(type(blocks)) and any(
        has_high_numbers(getattr(blocks, f.name)) for f in attrs.fields(type(blocks))
    )


# --- what is read


_BLOCKS = "p|h[1-6]|ul|ol|li|blockquote|pre|hr|br"


class _Tags(html.parser.HTMLParser):
    """
    A page as tags and words; of addresses and numbers only what documents keep.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self.code = 0
        self.links: list[bool] = []

    def handle_starttag(self, tag: str, given: list[tuple[str, str | None]]) -> None:
        attributes = dict(given)
        if tag == "img":
            self.handle_data(attributes.get("alt") or "")
            return
        if tag == "a":
            to = attributes.get("href") or ""
            self.links.append(markdown.is_safe(to))
            if self.links[-1]:
                self.out.append(f"<a {urllib.parse.unquote(to)}>")
            return
        self.code += tag == "pre"
        self.out.append(f"<{tag} {attributes.get('start', '1')}>" if tag == "ol" else f"<{tag}>")

    def handle_endtag(self, tag: str) -> None:
        self.code -= tag == "pre"
        if tag in ("hr", "br", "img"):
            return
        if tag != "a" or (self.links and self.links.pop()):
            self.out.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        signs = data.replace("&", "&amp;").replace("<", "&lt;")
        self.out.append(signs.replace(" ", "&#32;").replace("\n", "&#10;") if self.code else signs)


def _tags(page: str) -> str:
    reader = _Tags()
    reader.feed(page)
    reader.close()
    text = re.sub(r"[ \t\n]+", " ", "".join(reader.out))
    return re.sub(rf" ?(</?(?:{_BLOCKS})\b[^>]*>) ?", r"\1", text).strip()


@each_reader
def test_every_example_keeps_its_text(dialect: str) -> None:
    """
    Every writer writes each example with the words of the specification; white space may differ.
    """
    wrong: list[tuple[int, str]] = []
    for number, (source, page) in enumerate(examples(), 1):
        right = expected_html(dialect, source, page)
        document = paper(READERS[dialect](source))
        made = {to: writer(to)(document) for to in FORMATS}
        text_of_spec = without_space(text_of_html(show_alternative_texts(right)))
        texts = {
            "docx": text_of_docx(made["docx"]),
            "html": text_of_html(made["html"].decode().partition("<main>")[2]),
            "json": "".join(_texts(json.loads(made["json"])["blocks"])),
        }
        if has_high_numbers(document.blocks):
            texts["docx"] = re.sub(r"\d{6,}\.", "", texts["docx"])
        wrong += [(number, to) for to, text in texts.items() if without_space(text) != text_of_spec]
        if _letters(made["txt"].decode()) != _letters(text_of_spec):
            wrong.append((number, "txt"))
    assert wrong == []


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, text))


def _texts(data: object) -> list[str]:
    match data:
        case {"type": "text" | "code" | "code-block", "text": str(text)}:
            return [text]
        case {"type": "fence", "body": str(text)}:
            return [text]
        case dict():
            return [text for each in data.values() for text in _texts(each)]
        case list():
            return [text for each in data for text in _texts(each)]
    return []


@pytest.mark.parametrize(("dialect", "differ"), [("template", RAW), ("page", RAW + REFERENCES)])
def test_the_dialects_differ_in_raw_html_and_references_alone(dialect: str, differ: int) -> None:
    """
    The specification does not judge this many examples; with the switches on, a reader reads all of them as it says.
    """
    different = [(source, given) for source, given in examples() if expected_html(dialect, source, given) != given]
    whole = MarkdownIt("commonmark")

    assert len(different) == differ
    assert [source for source, given in different if _tags(whole.render(source)) != _tags(given)] == []


@each_reader
def test_every_example_keeps_its_structure(dialect: str) -> None:
    """
    The page has the tags of the specification: lists tight or loose, first numbers, code letter by letter, links.
    """
    read = {"page": _read_guidance, "template": markdown.read_shape}[dialect]
    wrong = []
    for number, (source, page) in enumerate(examples(), 1):
        ours = html_format.fragment(paper(read(source)))
        inner = ours[ours.index(">") + 1 : ours.rindex("</article>")]
        if _tags(inner) != _tags(expected_html(dialect, source, page)):
            wrong.append((number, _tags(inner), _tags(expected_html(dialect, source, page))))
    assert wrong == []


@each_reader
def test_every_example_is_the_same_document_again(dialect: str) -> None:
    """
    The Markdown that we write is read as the same document.
    """
    read = READERS[dialect]
    wrong = []
    for number, (source, _) in enumerate(examples(), 1):
        # A paragraph of an empty link or picture says nothing, and is not written.
        blocks = tuple(b for b in read(source) if not (isinstance(b, Paragraph) and not words(b.children)))
        written = writer("md")(paper(blocks)).decode()
        if read(written) != blocks:
            wrong.append((number, written))
    assert wrong == []


# --- beyond the examples

_words = st.sampled_from(["a", "b c", "(d)", "e.", "*", "_", "`", "é€", "1. ", "\u00a0", "&amp;", "[x]", "\\", "{y}"])
_runs = st.recursive(
    st.one_of(st.builds(Text, _words), st.builds(Code, st.sampled_from(["c", " c ", "`", "a`b", "  "]))),
    lambda inner: st.one_of(
        st.builds(Strong, st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(Emphasis, st.lists(inner, min_size=1, max_size=3).map(tuple)),
    ),
    max_leaves=6,
)
_lines = st.lists(_runs, min_size=1, max_size=3).map(lambda inner: (Text("x"), *inner, Text("y")))


@given(_lines)
def test_no_sign_of_emphasis_is_left_over(line: tuple[Text | Strong | Emphasis | Code, ...]) -> None:
    """
    However emphasis and words meet, Markdown reads back as the same words: a sign works, or it is not written.
    """
    written = writer("md")(paper([Paragraph(line)])).decode()
    (again,) = markdown.read_shape(written)

    assert isinstance(again, Paragraph)
    assert without_space(words(again.children)) == without_space(words(line))


@pytest.mark.parametrize(
    "line",
    [
        (Text("a"), Strong((Text("(b)"),)), Text("c")),
        (Emphasis((Text("a"), Strong((Text("b"),)), Text("c"))),),
        (Strong((Text("a"),)), Emphasis((Text("b"),)), Strong((Text("c"),))),
        (Strong((Emphasis((Text("a"),)),)), Text(" b")),
        (Text("a"), Emphasis((Text("€"),)), Text("b")),
        (Link("https://x.org/?a=1&copy;=(2)", (Strong((Text("a"),)),)), Text("b")),
    ],
)
def test_emphasis_is_kept_where_it_is_hard(line: tuple[Text, ...]) -> None:
    """
    Emphasis within words, within emphasis and next to it reads back as it was.
    """
    assert markdown.read_shape(writer("md")(paper([Paragraph(line)])).decode()) == (Paragraph(line),)


def test_blocks_that_touch_in_an_item_stay_apart() -> None:
    """
    Neighbouring quotations, lists and paragraphs of an item are still separate when Markdown is read again.
    """
    paragraph = Paragraph((Text("a"),))
    quotation, listing = Quotation((paragraph,)), Listing((Item((paragraph,)),))
    for inner in (
        (quotation, quotation),
        (listing, listing),
        (paragraph, paragraph),
        (quotation, paragraph),
        (listing, paragraph),
    ):
        read = markdown.read_shape(writer("md")(paper([Listing((Item(inner),))])).decode())

        assert isinstance(read[0], Listing)
        assert read[0].items == (Item(inner),)


def deep(levels: int, kind: str) -> str:
    """
    Something nested, with a word at every level.
    """
    if kind == ">":
        return "".join(f"{'> ' * n}w{n}\n{'> ' * n}\n" for n in range(1, levels + 1))
    return "".join(f"{' ' * len(kind) * n}{kind}w{n}\n" for n in range(levels))


@pytest.mark.parametrize("kind", ["- ", "1. ", ">"])
@each_reader
def test_fifty_levels_are_no_trouble(dialect: str, kind: str) -> None:
    """
    Every writer writes all the words of lists and quotations that are nested fifty deep.
    """
    blocks = READERS[dialect](deep(50, kind))
    expected = [f"w{n}" for n in range(1, 50)]
    for to in FORMATS:
        data = writer(to)(paper(blocks))
        text = text_of_docx(data) if to == "docx" else data.decode()

        assert [word for word in expected if word not in text] == [], to
    assert READERS[dialect](writer("md")(paper(blocks)).decode()) == blocks


@pytest.mark.parametrize("read", [markdown.read_page, markdown.read_guidance, markdown.read_shape])
def test_text_that_is_too_deep_is_refused(read: Reader) -> None:
    """
    Text that is nested too deeply for the reader is refused; none of it is lost silently.
    """
    assert read(deep(59, "- "))
    with pytest.raises(Refused, match="nested more than"):
        read(deep(80, "- "))


# --- in Word


def everything() -> Document:
    """
    All examples, one after another.
    """
    blocks: list[Block] = []
    for number, (source, _) in enumerate(examples(), 1):
        blocks += [Heading(2, (Text(f"Example {number}"),)), *_read_template(source), Rule()]
    return paper([Heading(1, (Text("CommonMark"),)), *blocks])


def test_all_examples_make_one_word_file(tmp_path: Path) -> None:
    """
    Microsoft's validator finds nothing in a file of all examples, and LibreOffice makes pages of it.
    """
    file = tmp_path / "all.docx"
    file.write_bytes(writer("docx")(everything()))
    checker, office = tool("ooxml-validator"), tool("soffice")
    checked = subprocess.run([checker, str(file)], capture_output=True, text=True, timeout=120, check=False)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(file)]
    subprocess.run(command, capture_output=True, timeout=300, check=True)

    assert json.loads(checked.stdout)["errors"] == []
    assert (tmp_path / "all.pdf").stat().st_size > 100_000


def test_an_item_of_any_kind_has_its_number() -> None:
    """
    Word counts an item that is empty, or that does not begin with words.
    """
    odd: tuple[tuple[Block, ...], ...] = (
        (),
        (Quotation((Paragraph((Text("q"),)),)),),
        (Listing((Item((Paragraph((Text("n"),)),)),)),),
        (Heading(3, (Text("h"),)),),
        *(markdown.read_shape(text) for text in ("    code", "***", "| t |\n|---|\n")),
    )
    listing = Listing(tuple(map(Item, odd)), start=1)
    data = writer("docx")(paper([listing]))
    body = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()
    assert body.count('<w:ilvl w:val="0"/><w:numId w:val="3"/>') == len(odd)
