"""
CommonMark with tables; whatever people typed is escaped, so that it reads back as text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

import attrs

from reflect.diagrams import describe
from reflect.formats.text import ticked
from reflect.nodes import (
    Actions,
    Answer,
    Block,
    Break,
    Cards,
    Cell,
    Choice,
    Code,
    CodeBlock,
    Diagram,
    Document,
    Emphasis,
    Facts,
    Heading,
    Inline,
    Link,
    Listing,
    Paragraph,
    Quotation,
    Rule,
    Scale,
    SignOff,
    Span,
    Strong,
    Table,
    Text,
    words,
)

_INLINE = re.compile(r"([\\`*_\[\]<>&~|!])")
_START = re.compile(r"([#+\-=:])|(\d{1,9})([.)])")
_SPACE = re.compile(r"\s+")
_BLANK = r"\_" * 30


def _marked(text: str) -> str:
    return _INLINE.sub(r"\\\1", _SPACE.sub(" ", text))


def _lines(text: str) -> str:
    """
    Lines without what would open a block at their start; empty ones are left out.
    """
    bare = (line.strip() for line in text.split("\n"))
    return "\\\n".join(_START.sub(_unopened, line, count=1) if _START.match(line) else line for line in bare if line)


def _unopened(match: re.Match[str]) -> str:
    return "\\" + match[1] if match[1] else f"{match[2]}\\{match[3]}"


def escaped(text: str) -> str:
    """
    Return text as Markdown that reads back as that text; line ends become breaks.
    """
    return _lines("\n".join(map(_marked, text.split("\n"))))


def _flat(text: str) -> str:
    return escaped(_SPACE.sub(" ", text))


def _strong(text: str) -> str:
    return f"**{text}**" if text else ""


def _fenced(text: str) -> str:
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    return "`" * (longest + 1)


@attrs.define
class _Line:
    """
    One line as it is put together; a line end in it is a break.

    Attributes:
        in_cell: Whether it stands in a table, where a bar ends a cell even within code.
        closed: Whether it ends with a sign of emphasis, so that no other may follow straight away.
    """

    in_cell: bool = False
    out: list[str] = attrs.field(factory=list)
    closed: bool = False

    def put(self, text: str) -> None:
        if text:
            if text.startswith("`") and self.out and self.out[-1].endswith("`"):
                self.out.append(" ")  # else two fences would be one
            self.out.append(text)
            self.closed = False

    def all(self, children: Sequence[Inline], end: str = " ") -> None:
        """
        Put each child; *end* is what comes after the last.
        """
        children = _unspanned(children)
        for i, child in enumerate(children):
            match child:
                case Text(text):
                    self.put(_marked(text))
                case Code(text):
                    self.code(_SPACE.sub(" ", text))
                case Break():
                    self.put("\n")
                case Strong(inner) | Emphasis(inner):
                    after = words(children[i + 1 : i + 2])[:1] if i + 1 < len(children) else end
                    self.around("**" if isinstance(child, Strong) else "*", inner, after)
                case Link(to, inner):
                    self.put("[")
                    self.all(inner, "]")
                    self.put(f"](<{self.whole(_address(to))}>)")

    def whole(self, text: str) -> str:
        return text.replace("|", r"\|") if self.in_cell else text

    def code(self, text: str) -> None:
        fence = _fenced(text)
        if text.strip():
            self.put(f"{fence} {self.whole(text)} {fence}")

    def around(self, sign: str, children: Sequence[Inline], after: str) -> None:
        """
        Put signs round words where they bind by CommonMark's rules; words elsewhere go without.
        """
        line = _Line(self.in_cell)
        line.all(_plain(children))
        whole = "".join(line.out)
        inner = whole.strip()
        lead, rest = whole[: len(whole) - len(whole.lstrip())], whole[len(whole.rstrip()) :]
        before = lead or (self.out[-1] if self.out else " ")
        opens = inner[:1].isalnum() or _apart(before[-1])
        closes = inner[-1:].isalnum() or _apart((rest or after)[:1])
        if inner and opens and closes and not self.closed:
            self.put(lead)
            self.put(f"{sign}{inner}{sign}")
            self.closed = True
            self.put(rest)
        else:
            self.put(whole)


def _apart(char: str) -> bool:
    """
    Whether a sign of emphasis binds beside this character though a sign stands on its other side.
    """
    return not char or char.isspace() or (char != "*" and unicodedata.category(char).startswith("P"))


def _address(to: str) -> str:
    return re.sub(r"([\\<>&])", r"\\\1", _SPACE.sub("%20", to))


def _unspanned(children: Iterable[Inline]) -> list[Inline]:
    """
    The same children without spans, so that each stands beside its neighbours.
    """
    out: list[Inline] = []
    for child in children:
        out += _unspanned(child.children) if isinstance(child, Span) else [child]
    return out


def _plain(children: Iterable[Inline]) -> tuple[Inline, ...]:
    """
    The same words without emphasis: signs within signs bind in ways that nobody can foresee.
    """
    out: list[Inline] = []
    for child in children:
        match child:
            case Strong(inner) | Emphasis(inner) | Span(_, inner):
                out += _plain(inner)
            case Link(to, inner):
                out.append(Link(to, _plain(inner)))
            case _:
                out.append(child)
    return tuple(out)


def _inline(children: Sequence[Inline], *, in_cell: bool = False) -> str:
    line = _Line(in_cell)
    line.all(children)
    return _lines("".join(line.out))


def _cell(text: str) -> str:
    return text.replace("\\\n", " ")


def _content(cell: Cell) -> str:
    return _cell(" ".join(_inline(each, in_cell=True) for each in cell.paragraphs))


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"| {' | '.join('---' for _ in head)} |"
    for row in rows:
        yield f"| {' | '.join(row)} |"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            text = _cell(_inline(block.children))
            ended = re.sub(r"(?<!\\)#+$", lambda match: r"\#" * len(match[0]), text)
            yield f"{'#' * block.level} {ended}"
        case Paragraph():
            whole = (Strong(tuple(block.children)),) if block.style == "prompt" else block.children
            yield from _inline(whole).split("\n")
        case Quotation():
            yield from (f"> {line}".rstrip() for line in _blocks(block.blocks))
        case CodeBlock(text):
            fence = _fenced(text) + "``"
            yield from (fence, *text.rstrip("\n").split("\n"), fence)
        case Rule():
            yield "___"  # hyphens after the hyphen of an item would be one line across
        case Table():
            yield from _table(
                [_content(cell) for cell in block.head], ([_content(c) for c in row] for row in block.rows)
            )
        case Answer():
            if block.value.strip():
                paragraphs = (escaped(text).split("\n") for text in re.split(r"\n\s*\n", block.value) if text.strip())
                for i, lines in enumerate(paragraphs):
                    yield from [">"] if i else []
                    yield from (f"> {line}" for line in lines)
            else:
                for n in range(block.lines):
                    yield from ["", _BLANK] if n else [_BLANK]
        case Choice():
            yield f"{_flat(block.label)} {ticked([*map(_flat, block.options)], _flat(block.value))}".strip()
        case Scale():
            yield ticked([str(n) for n in range(11)], block.value)
            yield ""
            yield f"0 = {_flat(block.low)}\\"
            yield f"10 = {_flat(block.high)}\\"
            yield f"{_flat(block.whose)}, may be left blank"
        case Facts():
            for i, fact in enumerate(block.facts):
                end = "\\" if i < len(block.facts) - 1 else ""
                yield f"{_strong(_flat(fact.label))} {_flat(fact.value) or _BLANK}{end}".lstrip()
        case Actions():
            blank = [[""] * len(block.columns)] * block.blank
            rows = ([_flat(cell) for cell in row] for row in (*block.rows, *blank))
            yield from _table([_flat(column) for column in block.columns], rows)
        case SignOff():
            yield f"{_strong(_flat(block.who))} {ticked([*map(_flat, block.options)], _flat(block.value))}\\".lstrip()
            yield f"Name {_flat(block.name) or _BLANK}\\"
            yield f"Date {_flat(block.date) or _BLANK}\\"
            yield from f"Comments {escaped(block.comments) or _BLANK}".split("\n")
        case Cards():
            for i, card in enumerate(block.cards):
                yield from ["", "___", ""] if i else []
                top = f"{_flat(card.head)} {_flat(card.part)}".strip()
                said = filter(None, (top, _strong(_flat(card.front)), _flat(card.back), _flat(card.foot)))
                yield from "\n\n".join(said).split("\n")
        case Diagram():
            yield from _block(Paragraph((Text(describe(block)),)))
        case _:
            raise TypeError(f"{type(block).__name__} has no place in Markdown")


def _listing(block: Listing, other: bool) -> Iterator[str]:
    for n, item in enumerate(block.items):
        sign = "-+"[other] if block.start is None else f"{block.start + n}{'.)'[other]}"
        indent = " " * (len(sign) + 1)
        if n and len(item.blocks) > 1:
            yield ""
        if not item.blocks:
            yield sign
        for i, line in enumerate(_blocks(item.blocks)):
            yield (indent if i else f"{sign} ") + line if line else ""


def _blocks(blocks: Iterable[Block]) -> Iterator[str]:
    before: Block | None = None
    other = False
    for block in blocks:
        if before is not None:
            yield ""
        if isinstance(block, Listing):
            # Two lists that touch would be one; another sign keeps them apart.
            other = isinstance(before, Listing) and not other
            yield from _listing(block, other)
        else:
            yield from _block(block)
        before = block


def write(document: Document) -> bytes:
    """
    Return the document as Markdown in UTF-8; the same document gives the same bytes.
    """
    out: list[str] = []
    if head := " ".join(filter(None, (_strong(_flat(document.organisation)), _flat(document.label)))):
        out += [head, ""]
    out += _blocks(document.blocks)
    if foot := "\\\n".join(filter(None, map(_flat, (document.marking, document.limits)))):
        out += ["", foot]
    return ("\n".join(out) + "\n").encode("utf-8", "replace")
