"""
CommonMark with tables; whatever people typed is escaped, so that it reads back as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from reflect.formats.text import ticked
from reflect.nodes import (
    Actions,
    Answer,
    Block,
    Break,
    Cards,
    Choice,
    Code,
    CodeBlock,
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
)

_INLINE = re.compile(r"([\\`*_\[\]<>&~|!])")
_START = re.compile(r"^(?:([#+\-=])|(\d{1,9})([.)]))")
_ADDRESS = re.compile(r"[<>\s]")
_BLANK = r"\_" * 30


def escaped(text: str) -> str:
    """
    Return text as Markdown that reads back as that text, on one line; line ends become breaks.
    """
    lines = []
    for each in text.split("\n"):
        bare = _INLINE.sub(r"\\\1", each.strip().replace("\t", " "))
        lines.append(_START.sub(lambda m: "\\" + m[1] if m[1] else f"{m[2]}\\{m[3]}", bare))
    return "\\\n".join(line for line in lines if line)


def _flat(text: str) -> str:
    return escaped(" ".join(text.split()))


def _fenced(text: str) -> str:
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    return "`" * (longest + 1)


def _inline(children: Iterable[Inline], *, start: bool = True) -> str:
    out: list[str] = []
    for child in children:
        match child:
            case Text(text):
                bare = _INLINE.sub(r"\\\1", text.replace("\n", " ").replace("\t", " "))
                begins = start and not out
                bare = bare.lstrip() if begins else bare
                out.append(_START.sub(lambda m: "\\" + m[1] if m[1] else f"{m[2]}\\{m[3]}", bare) if begins else bare)
            case Code(text):
                fence = _fenced(text)
                out.append(f"{fence} {text} {fence}" if text.strip() else "")
            case Break():
                out.append("\\\n")
                continue
            case Strong(inner):
                out.append(_around("**", inner))
            case Emphasis(inner):
                out.append(_around("*", inner))
            case Link(to, inner):
                out.append(f"[{_inline(inner, start=False)}](<{_ADDRESS.sub('', to)}>)")
            case Span(_, inner):
                out.append(_inline(inner, start=start and not out))
    return re.sub(r"\\\n\s*(?:\\\n\s*)*", "\\\\\n", "".join(out)).strip().removesuffix("\\\n").rstrip()


def _around(sign: str, children: Iterable[Inline]) -> str:
    """
    Signs round words; white space stays outside, where the signs still bind.
    """
    inner = _inline(children, start=False)
    return f"{sign}{inner}{sign}" if inner else ""


def _cell(text: str) -> str:
    return text.replace("\\\n", " ").replace("\n", " ")


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"| {' | '.join('---' for _ in head)} |"
    for row in rows:
        yield f"| {' | '.join(row)} |"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            text = _inline(block.children, start=False).replace("\\\n", " ")
            ended = re.sub(r"#+$", lambda match: r"\#" * len(match[0]), text)
            yield f"{'#' * block.level} {ended}"
        case Paragraph():
            text = _inline(block.children)
            yield from (f"**{text}**" if block.style == "prompt" and "**" not in text else text).split("\n")
        case Listing():
            yield from _listing(block)
        case Quotation():
            yield from (f"> {line}".rstrip() for line in _blocks(block.blocks))
        case CodeBlock(text):
            fence = _fenced(text) + "``"
            yield from (fence, *text.rstrip("\n").split("\n"), fence)
        case Rule():
            yield "---"
        case Table():
            head = [_cell(" ".join(map(_inline, cell.paragraphs))) for cell in block.head]
            rows = ([_cell(" ".join(map(_inline, cell.paragraphs))) for cell in row] for row in block.rows)
            yield from _table(head, rows)
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
                yield f"**{_flat(fact.label)}** {_flat(fact.value) or _BLANK}{end}"
        case Actions():
            blank = [[""] * len(block.columns)] * block.blank
            rows = ([_flat(cell) for cell in row] for row in (*block.rows, *blank))
            yield from _table([_flat(column) for column in block.columns], rows)
        case SignOff():
            yield f"**{_flat(block.who)}** {ticked([*map(_flat, block.options)], _flat(block.value))}\\"
            yield f"Name {_flat(block.name) or _BLANK}\\"
            yield f"Date {_flat(block.date) or _BLANK}\\"
            yield from f"Comments {_flat(block.comments) or _BLANK}".split("\n")
        case Cards():
            for i, card in enumerate(block.cards):
                yield from ["", "---", ""] if i else []
                yield f"{_flat(card.head)} {_flat(card.part)}".strip()
                yield from ["", f"**{_flat(card.front)}**"]
                yield from ["", _flat(card.back)] if card.back else []
                yield from ["", _flat(card.foot)]
        case _:
            raise TypeError(f"{type(block).__name__} has no place in Markdown")


def _listing(block: Listing) -> Iterator[str]:
    for n, item in enumerate(block.items):
        sign = "- " if block.start is None else f"{block.start + n}. "
        if n and len(item.blocks) > 1:
            yield ""
        for i, line in enumerate(_blocks(item.blocks)):
            yield ((" " * len(sign) if i else sign) + line).rstrip()


def _blocks(blocks: Iterable[Block]) -> Iterator[str]:
    before: Block | None = None
    for block in blocks:
        if before is not None:
            yield ""
            if isinstance(before, Listing) and isinstance(block, Listing):
                yield from ["---", ""]  # else two lists that touch would be one
        yield from _block(block)
        before = block


def write(document: Document) -> bytes:
    """
    Return the document as Markdown in UTF-8; the same document gives the same bytes.
    """
    out: list[str] = []
    if head := " · ".join(filter(None, map(_flat, (document.organisation, document.label)))):
        out += [head, ""]
    out += _blocks(document.blocks)
    if foot := " · ".join(filter(None, map(_flat, (document.marking, document.limits)))):
        out += ["", foot]
    return ("\n".join(out) + "\n").encode()
