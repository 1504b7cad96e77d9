"""
Turns Markdown text into our own tokens. Only this module uses markdown-it.

One dialect serves model pages, their guidance and document templates:
CommonMark with tables, without HTML. Templates may also name looks, in braces
(``{.guidance}`` above a block, ``[10:05]{.label}`` in a line).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from reflect.errors import Refused
from reflect.text.nodes import (
    ADDRESS,
    Break,
    Cell,
    Code,
    CodeBlock,
    Emphasis,
    Fence,
    Heading,
    Inline,
    Item,
    Link,
    Listing,
    Paragraph,
    Quotation,
    Read,
    Rule,
    Span,
    Strong,
    Table,
    Text,
    words,
)

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

#: The private-use characters that mark values in a shape.
FIRST, LAST = 0xF0000, 0xFFFFD
MARK = re.compile(f"[{chr(FIRST)}-{chr(LAST)}]")

#: How deep markdown-it reads; it leaves out anything deeper. A list takes two steps, a quotation one.
_DEEPEST = 120


@functools.cache
def _page_reader() -> MarkdownIt:
    from markdown_it import MarkdownIt  # 30 ms, and listing models reads no Markdown

    reader = MarkdownIt("commonmark", {"html": False, "maxNesting": _DEEPEST})
    # A page has no references, so a line such as "[this]: that" is text and never vanishes.
    # We join texts ourselves, because markdown-it would forget which brace was escaped.
    return reader.enable("table").disable(["reference", "text_join"])


@functools.cache
def _template_reader() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.attrs import attrs_block_plugin, attrs_plugin

    reader = MarkdownIt("commonmark", {"html": False, "maxNesting": _DEEPEST}).enable("table")
    # An address stays as it is written, so that we can see a value in it.
    reader.normalizeLink = str  # type: ignore[method-assign, assignment]
    return reader.use(attrs_plugin, spans=True, after=("link_close", "span")).use(attrs_block_plugin)


def is_safe(address: str) -> bool:
    """
    Whether an address may be in a document: web, mail, or a place in the document.
    """
    return bool(ADDRESS.match(address))


def read_page(text: str) -> tuple[Read, ...]:
    r"""
    Read a model page without its front matter: its blocks with their lines.

    ``\{`` stays as it is written, to distinguish a literal brace from a word in braces.

    Raises:
        Refused: The text is nested too deeply.
    """
    return tuple(_Blocks(_parse(_page_reader(), text), braces=True, code=lambda kind: False).all())


@functools.lru_cache(1024)
def read_guidance(text: str) -> tuple[Read, ...]:
    """
    Read the guidance of a page; the same text is read only once. A fenced block in it is code.

    Raises:
        Refused: The text is nested too deeply.
    """
    return tuple(_Blocks(_parse(_page_reader(), text), braces=True, code=lambda kind: True).all())


#: What a template prints has at most this many characters and lines, not counting the values in it, and a run of lines
#: at most this many square brackets: the time to read a line of Markdown can grow with the square of them.
LONGEST_SHAPE, MOST_LINES, MOST_BRACKETS = 300_000, 20_000, 1_000


def _refuse_too_long(text: str) -> None:
    if len(text) > LONGEST_SHAPE or text.count("\n") > MOST_LINES:
        raise Refused(f"it prints more than {LONGEST_SHAPE:,} characters or {MOST_LINES:,} lines; print it in parts")
    if text.count("[") > MOST_BRACKETS and any(run.count("[") > MOST_BRACKETS for run in re.split(r"\n[ \t]*\n", text)):
        raise Refused(f"it prints more than {MOST_BRACKETS:,} square brackets in one paragraph; use fewer")


@functools.lru_cache(256)
def read_shape(text: str) -> tuple[Read, ...]:
    """
    Read the shape from a template's text, with marks for the values. The same shape is read only once.

    Raises:
        Refused: A value is in an address or in attribute braces, or the text is nested too deeply or too long.
    """
    _refuse_too_long(text)
    tokens = _parse(_template_reader(), text)
    for token in _with_children(tokens):
        for name, value in token.attrs.items():
            if MARK.search(str(value)):
                raise Refused(f"a template cannot put a value into '{name}'; write the value as text")
    return tuple(_Blocks(tokens, braces=False, code=lambda kind: not kind).all())


def _parse(reader: MarkdownIt, text: str) -> list[Token]:
    tokens = reader.parse(text)
    # Beyond its depth markdown-it leaves blocks out without a word.
    if any(token.level >= _DEEPEST - 1 and token.nesting == 1 for token in tokens):
        raise Refused(f"lists and quotations are nested more than {_DEEPEST // 2} deep; make them flatter")
    return tokens


def _with_children(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        if token.children:
            yield from _with_children(token.children)


class _Blocks:
    r"""
    One pass over a run of tokens.

    Args:
        tokens: The tokens of markdown-it.
        braces: Whether an escaped brace stays as it is written.
        code: Whether a fence with a given name is code.
    """

    def __init__(self, tokens: Sequence[Token], *, braces: bool, code: Callable[[str], bool]) -> None:
        self.tokens = tokens
        self.braces = braces
        self.code = code
        #: Levels at which paragraphs are apart.
        self.loose: set[int] = set()
        self.i = 0

    def all(self) -> Iterator[Read]:
        while self.i < len(self.tokens):
            yield self.block()

    def until(self, close: str) -> tuple[Read, ...]:
        found: list[Read] = []
        while self.tokens[self.i].type != close:
            found.append(self.block())
        self.i += 1
        return tuple(found)

    def take(self) -> Token:
        token = self.tokens[self.i]
        self.i += 1
        return token

    def line(self) -> tuple[tuple[Inline, ...], str]:
        """
        Take the next inline token and the closing token after it.
        """
        inner = self.take()
        self.take()
        return _inline(inner.children or [], self.braces), inner.content

    def block(self) -> Read:
        token = self.take()
        lines = (token.map[0], token.map[1]) if token.map else (0, 0)
        style = str(token.attrs.get("class", ""))
        match token.type:
            case "heading_open":
                children, raw = self.line()
                return Heading(int(token.tag[1:]), children, style, raw, lines)
            case "paragraph_open":
                if not token.hidden:
                    self.loose.add(token.level)
                children, raw = self.line()
                return Paragraph(children, style, raw, lines)
            case "bullet_list_open" | "ordered_list_open":
                start = int(token.attrs.get("start", 1)) if token.tag == "ol" else None
                inside = token.level + 2
                self.loose.discard(inside)
                items = self.items(token.type.replace("open", "close"))
                return Listing(items, start, style, inside in self.loose, token.markup, lines)
            case "blockquote_open":
                return Quotation(self.until("blockquote_close"), style, lines)
            case "fence":
                from markdown_it.common.utils import unescapeAll

                kind, _, info = unescapeAll(token.info).strip().partition(" ")
                if self.code(kind):
                    return CodeBlock(token.content, lines)
                return Fence(kind, info.strip(), token.content, lines)
            case "code_block":
                return CodeBlock(token.content, lines)
            case "hr":
                return Rule(lines)
            case "table_open":
                return self.table(style, lines)
            case other:
                raise Refused(f"'{other}' has no place in a document")

    def items(self, close: str) -> tuple[Item, ...]:
        found: list[Item] = []
        while self.tokens[self.i].type != close:
            token = self.take()
            lines = (token.map[0], token.map[1]) if token.map else (0, 0)
            found.append(Item(self.until("list_item_close"), lines))
        self.i += 1
        return tuple(found)

    def table(self, style: str, lines: tuple[int, int]) -> Table:
        rows: list[tuple[Cell, ...]] = []
        row: list[Cell] = []
        while (token := self.take()).type != "table_close":
            if token.type in ("th_open", "td_open"):
                children, _ = self.line()
                row.append(Cell((children,) if children else ()))
            elif token.type == "tr_close":
                rows.append(tuple(row))
                row = []
        return Table(rows[0], tuple(rows[1:]), style, lines)


def _inline(tokens: Sequence[Token], braces: bool) -> tuple[Inline, ...]:
    """
    Return the inline tokens of one line, with texts joined.
    """
    stack: list[tuple[Token | None, list[Inline]]] = [(None, [])]

    def add(node: Inline) -> None:
        here = stack[-1][1]
        if isinstance(node, Text) and here and isinstance(here[-1], Text):
            here[-1] = Text(here[-1].text + node.text)
        elif not (isinstance(node, Text) and not node.text):
            here.append(node)

    for token in tokens:
        match token.type:
            case "text":
                add(Text(token.content))
            case "text_special":
                add(Text("\\" + token.content if braces and token.content == "{" else token.content))
            case "softbreak":
                add(Text(" "))
            case "hardbreak":
                add(Break())
            case "code_inline":
                add(Code(token.content))
            case "image":
                add(Text(words(_inline(token.children or [], braces))))
            case kind if kind.endswith("_open"):
                stack.append((token, []))
            case _:
                opened, children = stack.pop()
                assert opened is not None
                for node in _close(opened, tuple(children)):
                    add(node)
    return tuple(stack[0][1])


def _close(opened: Token, children: tuple[Inline, ...]) -> tuple[Inline, ...]:
    match opened.type:
        case "strong_open":
            return (Strong(children),)
        case "em_open":
            return (Emphasis(children),)
        case "span_open":
            return (Span(str(opened.attrs.get("class", "")), children),)
        case _:
            to = str(opened.attrs.get("href", ""))
            return (Link(to, children),) if is_safe(to) else children


#: What a line may have beside plain text, by the type of token.
_LOOKS = {
    "strong_open": "bold",
    "em_open": "emphasis",
    "link_open": "a link",
    "image": "a picture",
    "code_inline": "code",
    "hardbreak": "a line break",
}


def read_words(text: str) -> tuple[str, tuple[str, ...]]:
    r"""
    Read one line of a page, and return its words and the names of its looks; ``\{`` stays as it is written.
    """
    tokens = _page_reader().parseInline(text)[0].children or []
    looks = tuple(_LOOKS[token.type] for token in tokens if token.type in _LOOKS)
    return words(_inline(tokens, braces=True)), looks


def has_picture(text: str) -> bool:
    """
    Whether a guidance text has a picture.
    """
    return "![" in text and any(token.type == "image" for token in _with_children(_page_reader().parse(text)))
