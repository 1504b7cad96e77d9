"""
CommonMark's own examples through our readers and every writer: nothing breaks, and the text stays.

The specification is CC-BY-SA, so it is not kept here: `.ci/run` fetches it, and without it these tests are skipped.
"""

from __future__ import annotations

import functools
import html.parser
import json
import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import attrs
import pytest
from markdown_it import MarkdownIt

from reflect import formats, markdown
from reflect.errors import Refused
from reflect.filling import fill
from reflect.nodes import Block, Code, CodeBlock, Document, Emphasis, Heading, Paragraph, Quotation, Strong, Text, words
from reflect.views import blocks
from reflect.words import wording
from tests.documents import text_of_docx
from tests.test_word import tool


@attrs.frozen
class Example:
    """
    An example of the specification.

    Attributes:
        number: Counted from 1, as the specification does.
        markdown: What is written.
        html: What it means.
    """

    number: int
    markdown: str
    html: str

    @property
    def raw(self) -> bool:
        """
        Whether it holds raw HTML, which is text in our dialect.
        """
        return any(
            token.type in ("html_block", "html_inline") for token in markdown._all(_plain().parse(self.markdown))
        )

    @property
    def refers(self) -> bool:
        """
        Whether it defines a reference, of which a page has none.
        """
        env: dict[str, object] = {}
        _plain().parse(self.markdown, env)
        return bool(env.get("references"))


@functools.cache
def _plain() -> MarkdownIt:
    return MarkdownIt("commonmark")


@functools.cache
def examples() -> tuple[Example, ...]:
    """
    The examples, in order.
    """
    folder = Path(os.environ.get("REFLECT_TOOLS", "") or "node_modules/.bin")
    found = [path for path in (folder.parent / "commonmark-spec/spec.txt", folder / "spec.txt") if path.is_file()]
    if not found:
        message = "the CommonMark specification is not there (npm commonmark-spec, beside the tools of REFLECT_TOOLS)"
        pytest.fail(message) if os.environ.get("REFLECT_CI") == "1" else pytest.skip(message)
    text = found[0].read_text("utf-8").replace("→", "\t")
    pairs = re.findall(r"^`{32} example\n(.*?)^\.\n(.*?)^`{32}$", text, re.MULTILINE | re.DOTALL)
    return tuple(Example(n, source, meant) for n, (source, meant) in enumerate(pairs, 1))


def as_template(source: str) -> tuple[Block, ...]:
    return fill(markdown.shape(source), ())


def as_guidance(source: str) -> tuple[Block, ...]:
    return blocks(re.sub(r"(?<!\\)\{", r"\\{", source) if "{" in source else source, wording("general")).blocks


READERS: dict[str, Callable[[str], tuple[Block, ...]]] = {"template": as_template, "guidance": as_guidance}


class _Html(html.parser.HTMLParser):
    """
    The text of some HTML, and its tags that our dialect keeps.
    """

    KEPT = {
        "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "code", "em", "strong", "hr", "br",
        "table", "th", "td",
    }  # fmt: skip

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text: list[str] = []
        self.tags: list[str] = []
        self.feed(text)
        self.close()

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        if tag == "img":
            self.text.append(known.get("alt") or "")
        elif tag in self.KEPT and not (tag == "code" and self.tags[-1:] == ["pre"]):
            self.tags.append(f"{tag} {known['start']}" if "start" in known else tag)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def paper(made: tuple[Block, ...]) -> Document:
    return Document(kind="example", title="", blocks=made)


def body(page: bytes) -> str:
    return page.decode().partition("<article")[2].partition(">")[2].rpartition("</article>")[0]


def _words(data: object) -> str:
    match data:
        case list():
            return "".join(map(_words, data))
        case dict():
            return "".join(
                _words(value)
                for name, value in data.items()
                if name in ("text", "children", "blocks", "items", "head", "rows", "paragraphs")
            )
        case str():
            return data
        case _:
            return ""


def said(made: tuple[Block, ...], to: str) -> str:
    """
    The text of a document in a format, as a reader of that format has it.
    """
    data = formats.writer(to)(paper(made))
    match to:
        case "docx":
            return squeezed(text_of_docx(data))
        case "html":
            return squeezed("".join(_Html(body(data)).text))
        case "md":
            return squeezed("".join(_Html(MarkdownIt("commonmark").enable("table").render(data.decode())).text))
        case _:
            return squeezed(_words(json.loads(data)["blocks"]))


def read(example: Example, reader: str) -> tuple[Block, ...] | None:
    """
    The blocks of an example; None where a template may not say it: a fence with a name, or a heading without words.
    """
    tokens = MarkdownIt("commonmark", {"html": False}).parse(example.markdown)
    named = any(token.type == "fence" and token.info.strip() for token in tokens)
    bare = any(tokens[i].type == "heading_open" and not tokens[i + 1].content for i in range(len(tokens)))
    if reader == "template" and (named or bare):
        with pytest.raises(Refused, match="is no fence of a template" if named else "heading of the template is empty"):
            as_template(example.markdown)
        return None
    return READERS[reader](example.markdown)


def test_there_are_652() -> None:
    """
    The examples are all those of CommonMark 0.31.2.
    """
    assert len(examples()) == 652


@pytest.mark.parametrize("to", ["docx", "html", "md", "json"])
@pytest.mark.parametrize("reader", READERS)
def test_every_example_keeps_its_text(reader: str, to: str) -> None:
    """
    Every example, raw HTML and what a page leaves out excepted, has in each format the text that its HTML has.
    """
    kept, left, wrong = 0, 0, []
    for example in examples():
        made = read(example, reader)
        if made is None or example.raw or (reader == "guidance" and example.refers):
            if made is not None:
                formats.writer(to)(paper(made))
            left += 1
        elif said(made, to) == squeezed("".join(_Html(example.html).text)):
            kept += 1
        else:
            wrong.append(example.number)

    assert wrong == []
    assert kept + left == 652
    assert kept >= {"template": 540, "guidance": 480}[reader]


@pytest.mark.parametrize("reader", READERS)
def test_every_example_reads_as_plain_text(reader: str) -> None:
    """
    The plain text of every example holds the letters of its HTML, in their order.
    """
    for example in examples():
        made = read(example, reader)
        if made is None or example.raw or (reader == "guidance" and example.refers):
            continue
        letters = [c for c in "".join(_Html(example.html).text) if c.isalpha()]
        txt = iter(formats.writer("txt")(paper(made)).decode())

        assert all(letter in txt for letter in letters), example.number


@pytest.mark.parametrize("reader", READERS)
def test_every_example_keeps_its_structure(reader: str) -> None:
    """
    Our HTML of an example has the headings, lists, starts, quotations, code, stress and breaks of the specification's.

    A template leaves out items and quotations that are empty, for there their value was.
    """
    for example in examples():
        made = read(example, reader)
        empty = reader == "template" and re.search(r"<(li|blockquote|code)>\s*</\1>", example.html)
        if made is None or empty or example.raw or (reader == "guidance" and example.refers):
            continue

        assert _Html(body(formats.writer("html")(paper(made)))).tags == _Html(example.html).tags, example.number


def test_markdown_read_again_is_the_same_document() -> None:
    """
    What the Markdown writer makes of an example, read again, is the document it was made of.
    """
    for example in examples():
        made = read(example, "guidance")
        assert made is not None
        again = as_guidance(formats.writer("md")(paper(made)).decode())

        assert plain(again) == plain(made), example.number


def hollow(made: object) -> bool:
    """
    Whether it is code, a paragraph or a quotation in which nothing stands: Markdown has no way to write it.
    """
    match made:
        case Code(text):
            return not text.strip()
        case Paragraph(children):
            return not words(children).strip()
        case Quotation(inner):
            return not inner
        case _:
            return False


def plain(made: object) -> object:
    """
    Blocks without what Markdown says in several ways: breaks of lines in texts, and the ends of code.
    """
    match made:
        case tuple():
            return tuple(plain(each) for each in made if not hollow(each))
        case Text(text):
            return Text(" ".join(text.split()))
        case Strong(inner) | Emphasis(inner):  # of stress in stress the outer stays
            return type(made).__name__, " ".join(words(inner).split())
        case CodeBlock(text):
            return CodeBlock(text.rstrip("\n"))
        case Code(text):
            return Code(" ".join(text.split()))
        case _ if attrs.has(type(made)):
            return type(made).__name__, tuple(
                (field.name, plain(getattr(made, field.name))) for field in attrs.fields(type(made)) if field.eq
            )
        case _:
            return made


def whole() -> Document:
    """
    All examples one after another.
    """
    made: list[Block] = []
    for example in examples():
        made.append(Heading(2, (Text(f"Example {example.number}"),)))
        made += as_guidance(example.markdown)
    return paper(tuple(made))


def test_all_examples_make_a_valid_word_file(tmp_path: Path) -> None:
    """
    One Word file of all examples: Microsoft's validator finds nothing, and LibreOffice lays it out.
    """
    file = tmp_path / "examples.docx"
    file.write_bytes(formats.writer("docx")(whole()))
    done = subprocess.run(
        [tool("ooxml-validator"), str(file)], capture_output=True, text=True, timeout=120, check=False
    )

    assert json.loads(done.stdout)["errors"] == []
    profile = f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"
    command = [tool("soffice"), profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(file)]
    subprocess.run(command, capture_output=True, timeout=180, check=True)
    assert (tmp_path / "examples.pdf").stat().st_size > 50_000
