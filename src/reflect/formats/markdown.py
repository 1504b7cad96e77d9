"""
CommonMark with tables; whatever people typed is escaped, so that it reads back as text.
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

import attrs

from reflect.diagrams import describe
from reflect.formats.text import ticked
from reflect.text import nodes

_INLINE = re.compile(r"([\\`*_\[\]{<>&~|!])")
_START = re.compile(r"([#+\-=:])|(\d{1,9})([.)])")
_SPACE = re.compile(r"\s+")
_BLANK = r"\_" * 30
#: An address that stands without signs round it, and holds no reference to a character.
_PLAIN = re.compile(r"(?:[A-Za-z0-9#%+,\-./:=?@~$_]|&(?!#?[A-Za-z0-9]+;))+")
#: No reader takes a longer number for the start of an item.
_HIGHEST = 999_999_999


def _marked(text: str) -> str:
    return _INLINE.sub(r"\\\1", text)


def _opened(line: str) -> str:
    """
    A line without what would open a block at its start.
    """
    return _START.sub(_unopened, line, count=1) if _START.match(line) else line


def _unopened(match: re.Match[str]) -> str:
    return "\\" + match[1] if match[1] else f"{match[2]}\\{match[3]}"


def _entity(letter: str) -> str:
    return f"&#{ord(letter)};"


def escaped(text: str) -> str:
    """
    Return text as Markdown that reads back as that text; line ends become breaks.
    """
    bare = (_SPACE.sub(" ", line).strip() for line in text.split("\n"))
    return "\\\n".join(_opened(_marked(line)) for line in bare if line)


def _flat(text: str) -> str:
    return escaped(_SPACE.sub(" ", text))


def _strong(text: str) -> str:
    return f"**{text}**" if text else ""


def _fenced(text: str) -> str:
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    return "`" * (longest + 1)


#: What a letter is to the rules of emphasis.
_GAP, _WORD, _SIGN, _OTHER, _UNSEEN = "gap", "word", "sign", "other", "unseen"
_SIGNS = "*_"
_OPEN = frozenset({"*", "**", "_", "__"})
_ASCII_SIGNS = frozenset(string.punctuation)


def _kind(letter: str) -> str:
    if not letter or letter.isspace():
        return _GAP
    if letter.isalnum():
        return _WORD
    if letter in _ASCII_SIGNS:
        return _SIGN
    # Readers differ in what else they take for a sign, such as €; what cannot be seen has no number that they take.
    return _UNSEEN if unicodedata.category(letter)[0] == "C" else _OTHER


def _left(before: str, after: str) -> bool:
    return after != _GAP and (after == _WORD or before in (_GAP, _SIGN))


def _opens(sign: str, before: str, after: str) -> bool:
    if sign == "_" and before not in (_GAP, _SIGN):
        return False
    return _left(before, after)


def _closes(sign: str, before: str, after: str) -> bool:
    return _opens(sign, after, before)  # the rules are the same, seen from the other side


@attrs.define
class _Line:
    """
    One line as it is put together; a line end in it is a break.

    Attributes:
        in_cell: Whether it stands in a table, where a bar ends a cell even within code.
        signs: The signs of emphasis that are open.
        guarded: Whether the next letter is written by its number, so that a sign before it binds.
    """

    in_cell: bool = False
    out: list[str] = attrs.field(factory=list)
    signs: list[str] = attrs.field(factory=list)
    guarded: bool = False

    def put(self, text: str) -> None:
        if text:
            self.out.append(text)

    def sure(self, text: str) -> None:
        """
        Put what a sign before it binds to as it is: no letter after it has to be written by its number for that.
        """
        self.guarded = False
        self.put(text)

    @property
    def last(self) -> str:
        return self.out[-1][-1] if self.out else ""

    def all(self, children: Sequence[nodes.Inline], after: str = "") -> None:
        """
        Put each child; *after* is the letter that comes next.
        """
        children = _unspanned(children)
        for i, child in enumerate(children):
            match child:
                case nodes.Text(text):
                    self.text(text)
                case nodes.Code(text):
                    self.code(text.replace("\n", " "))
                case nodes.Break():
                    self.sure("\n")
                case nodes.Strong(inner) | nodes.Emphasis(inner):
                    follows = _first(children[i + 1 :]) or after
                    self.around("**" if isinstance(child, nodes.Strong) else "*", inner, follows)
                case nodes.Link(to, inner):
                    self.sure("[")
                    self.all(inner, "]")
                    self.put(f"]({self.whole(_address(to))})")

    def text(self, text: str) -> None:
        if self.guarded and text:
            self.guarded = False
            if not text[0].isspace():
                self.put(_entity(text[0]))
                text = text[1:]
        self.put(_marked(text).replace("\n", _entity("\n")))

    def whole(self, text: str) -> str:
        return text.replace("|", r"\|") if self.in_cell else text

    def code(self, text: str) -> None:
        fence = _fenced(text)
        edges = text[:1] + text[-1:]
        room = " " if "`" in edges or (edges == "  " and text.strip(" ")) else ""
        if text:
            if self.out and self.out[-1].startswith("`"):
                self.put(" ")  # else two fences would be one
            self.sure(f"{fence}{room}{self.whole(text)}{room}{fence}")

    def around(self, sign: str, children: Sequence[nodes.Inline], after: str) -> None:
        """
        Put signs round words so that they bind by CommonMark's rules.

        Where a letter is in the way it is written by its number; where no sign can bind, words go without.
        """
        lead, children, rest = _bare(children)
        self.put(lead)
        inside = _first(children)
        found = self.sign(inside) if children and _kind(rest or after) != _UNSEEN else ""
        if not found:
            # A sign that closed just before binds because another was to follow.
            self.guarded = self.guarded or (bool(self.out) and self.out[-1] in _OPEN)
            self.all(children, rest or after)
        else:
            self.put(found * len(sign))
            self.signs.append(found)
            self.all(children, found)
            self.signs.pop()
            rest = self.loosened() + rest
            if not _closes(found, _kind(self.last), _kind(rest or after)):
                self.guarded = True
            self.put(found * len(sign))
        self.put(rest)

    def loosened(self) -> str:
        """
        Take away the white space at the end of what is put together, and return it.
        """
        rest = ""
        while self.last.isspace():
            last = self.out.pop()
            bare = last.rstrip()
            rest = last[len(bare) :] + rest
            self.put(bare)
        return rest

    def sign(self, inside: str) -> str:
        """
        The sign that opens here before a letter, or none.
        """
        before, letter = self.last, _kind(inside)
        if self.guarded and letter != _GAP:
            letter = _SIGN
        outer = self.signs[-1] if self.signs else ""
        free = [sign for sign in _SIGNS if sign not in (before, outer)]
        for guard in (False, True):
            kind = _SIGN if guard else _kind(before)
            for sign in free:
                # What could close an outer sign would.
                if _opens(sign, kind, letter) and not (sign in self.signs and _closes(sign, kind, letter)):
                    if guard:
                        self.out[-1] = self.out[-1][:-1] + _entity(before)
                    return sign
            if _kind(before) not in (_WORD, _OTHER) or self.bound():
                break
        return ""

    def bound(self) -> bool:
        """
        Whether the last letter has to stay a letter, because it is all that a sign before it binds to.
        """
        if len(self.out) < 2 or len(self.out[-1]) > 1 or self.out[-2] not in _OPEN:
            return False
        kind = _kind(self.out[-3][-1] if len(self.out) > 2 else "")
        return not (kind == _GAP or (kind == _SIGN and len(self.signs) == 1))


def _first(children: Sequence[nodes.Inline]) -> str:
    """
    The first letter of a line as it will be written.
    """
    for child in children:
        match child:
            case nodes.Text(text) if text:
                return text[0]
            case nodes.Code(text) if text:
                return "`"
            case nodes.Break():
                return "\n"
            case nodes.Link():
                return "["
            case nodes.Strong(inner) | nodes.Emphasis(inner) | nodes.Span(_, inner):
                if letter := _first(inner):
                    return letter if isinstance(child, nodes.Span) or letter.isspace() else "*"
    return ""


def _bare(children: Sequence[nodes.Inline]) -> tuple[str, tuple[nodes.Inline, ...], str]:
    """
    A line without the white space at its ends, which no sign binds to.
    """
    line = _unspanned(children)
    lead = rest = ""
    while line and (isinstance(line[0], nodes.Break) or (isinstance(line[0], nodes.Text) and not line[0].text.strip())):
        first = line.pop(0)
        lead += first.text if isinstance(first, nodes.Text) else "\n"
    while line and (
        isinstance(line[-1], nodes.Break) or (isinstance(line[-1], nodes.Text) and not line[-1].text.strip())
    ):
        last = line.pop()
        rest = (last.text if isinstance(last, nodes.Text) else "\n") + rest
    if line and isinstance(first := line[0], nodes.Text):
        bare = first.text.lstrip()
        lead += first.text[: len(first.text) - len(bare)]
        line[0] = nodes.Text(bare)
    if line and isinstance(last := line[-1], nodes.Text):
        bare = last.text.rstrip()
        rest = last.text[len(bare) :] + rest
        line[-1] = nodes.Text(bare)
    return lead, tuple(line), rest


def _address(to: str) -> str:
    if _PLAIN.fullmatch(to):
        return to
    signs = re.sub(r"([\\<>&{])", r"\\\1", re.sub(r"[\r\n]", "%0A", to))
    return f"<{signs}>"


def _unspanned(children: Iterable[nodes.Inline]) -> list[nodes.Inline]:
    """
    The same children without spans, so that each stands beside its neighbours.
    """
    out: list[nodes.Inline] = []
    for child in children:
        out += _unspanned(child.children) if isinstance(child, nodes.Span) else [child]
    return out


def _inline(children: Sequence[nodes.Inline], *, in_cell: bool = False) -> str:
    line = _Line(in_cell)
    line.all(children)
    bare = (_edged(each.strip(" ")) for each in "".join(line.out).split("\n"))
    return "\\\n".join(_opened(each) for each in bare if each)


def _edged(line: str) -> str:
    """
    A line whose white space at the ends, if it is no plain one, is written by its number: it is part of the text.
    """
    if line[:1].isspace() or line[-1:].isspace():
        bare = line.strip()
        if not bare:
            return ""
        start = line.index(bare)
        lead, rest = line[:start], line[start + len(bare) :]
        return "".join(map(_entity, lead)) + bare + "".join(map(_entity, rest))
    return line


def _cell(text: str) -> str:
    return text.replace("\\\n", " ")


def _content(cell: nodes.Cell) -> str:
    return _cell(" ".join(_inline(each, in_cell=True) for each in cell.paragraphs))


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"| {' | '.join('---' for _ in head)} |"
    for row in rows:
        yield f"| {' | '.join(row)} |"


def _block(block: nodes.Block) -> Iterator[str]:
    match block:
        case nodes.Heading():
            text = _cell(_inline(block.children))
            ended = re.sub(r"(?<!\\)#+$", lambda match: r"\#" * len(match[0]), text)
            yield f"{'#' * block.level} {ended}".rstrip()
        case nodes.Paragraph():
            whole = (nodes.Strong(tuple(block.children)),) if block.style == "prompt" else block.children
            yield from _inline(whole).split("\n")
        case nodes.Quotation():
            yield from (f"> {line}" if line else ">" for line in list(_blocks(block.blocks)) or [""])
        case nodes.CodeBlock(text):
            yield from _coded(text, "")
        case nodes.Fence(kind, info, text):
            yield from _coded(text, _marked(f"{kind} {info}".strip()))
        case nodes.Rule():
            yield "___"  # hyphens after the hyphen of an item would be one line across
        case nodes.Table():
            yield from _table(
                [_content(cell) for cell in block.head], ([_content(c) for c in row] for row in block.rows)
            )
        case nodes.Answer():
            if block.value.strip():
                paragraphs = (escaped(text).split("\n") for text in re.split(r"\n\s*\n", block.value) if text.strip())
                for i, lines in enumerate(paragraphs):
                    yield from [">"] if i else []
                    yield from (f"> {line}" for line in lines)
            else:
                for n in range(block.lines):
                    yield from ["", _BLANK] if n else [_BLANK]
        case nodes.Choice():
            yield f"{_flat(block.label)} {ticked([*map(_flat, block.options)], _flat(block.value))}".strip()
        case nodes.Scale():
            yield ticked([str(n) for n in range(11)], block.value)
            yield ""
            yield f"0 = {_flat(block.low)}\\"
            yield f"10 = {_flat(block.high)}\\"
            yield f"{_flat(block.whose)}, may be left blank"
        case nodes.Facts():
            for i, fact in enumerate(block.facts):
                end = "\\" if i < len(block.facts) - 1 else ""
                yield f"{_strong(_flat(fact.label))} {_flat(fact.value) or _BLANK}{end}".lstrip()
        case nodes.Actions():
            blank = [[""] * len(block.columns)] * block.blank
            rows = ([_flat(cell) for cell in row] for row in (*block.rows, *blank))
            yield from _table([_flat(column) for column in block.columns], rows)
        case nodes.SignOff():
            yield f"{_strong(_flat(block.who))} {ticked([*map(_flat, block.options)], _flat(block.value))}\\".lstrip()
            yield f"Name {_flat(block.name) or _BLANK}\\"
            yield f"Date {_flat(block.date) or _BLANK}\\"
            yield from f"Comments {escaped(block.comments) or _BLANK}".split("\n")
        case nodes.NewPage():
            yield "___"
        case nodes.Cards():
            for i, card in enumerate(block.cards):
                yield from ["", "___", ""] if i else []
                top = f"{_flat(card.head)} {_flat(card.part)}".strip()
                said = filter(None, (top, _strong(_flat(card.front)), _flat(card.back), _flat(card.foot)))
                yield from "\n\n".join(said).split("\n")
        case nodes.Diagram():
            yield from _block(nodes.Paragraph((nodes.Text(describe(block)),)))
        case _:
            raise TypeError(f"{type(block).__name__} has no place in Markdown")


def _coded(text: str, info: str) -> Iterator[str]:
    fence = _fenced(text) + "``"
    if "`" in info:
        fence = "~" * max(len(fence), max(map(len, re.findall("~+", text)), default=0) + 1)
    lines = text.removesuffix("\n").split("\n") if text else []
    yield from (fence + info, *lines, fence)


def _listing(block: nodes.Listing, other: bool) -> Iterator[str]:
    close = not nodes.apart(block)
    for n, item in enumerate(block.items):
        number = "" if block.start is None else str(min(block.start + n, _HIGHEST))
        sign = f"{number}{'.)'[other]}" if number else "-+"[other]
        indent = " " * (len(sign) + 1)
        if n and not close:
            yield ""
        lines = list(_blocks(item.blocks, close)) or [""]
        yield f"{sign} {lines[0]}".rstrip(" ")
        yield from (indent + line if line else "" for line in lines[1:])


def _follows(before: nodes.Block, block: nodes.Block) -> bool:
    """
    Whether a block may stand straight under another and still be read as itself.
    """
    ended = isinstance(before, nodes.Heading | nodes.Rule | nodes.CodeBlock | nodes.Fence)
    if not (ended or isinstance(before, nodes.Paragraph | nodes.Quotation | nodes.Listing)):
        return False
    match block:
        case nodes.Heading() | nodes.Rule() | nodes.CodeBlock() | nodes.Fence():
            return True
        case nodes.Quotation():
            return not isinstance(before, nodes.Quotation)
        case nodes.Listing(items, start):
            # Any other would be read as more of a paragraph.
            return (
                ended or isinstance(before, nodes.Listing) or (start in (None, 1) and bool(items and items[0].blocks))
            )
        case _:
            return ended and isinstance(block, nodes.Paragraph | nodes.Table)


def _blocks(blocks: Iterable[nodes.Block], close: bool = False) -> Iterator[str]:
    """
    Blocks with a line between them; *close* together where they are read as themselves without it.
    """
    before: nodes.Block | None = None
    other = False
    for block in blocks:
        if isinstance(block, nodes.Paragraph) and not _inline(block.children):
            continue
        if before is not None and not (close and _follows(before, block)):
            yield ""
        if isinstance(block, nodes.Listing):
            # Two lists that touch would be one; another sign keeps them apart.
            other = isinstance(before, nodes.Listing) and not other
            yield from _listing(block, other)
        else:
            yield from _block(block)
        before = block


def write(document: nodes.Document) -> bytes:
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
