"""
CommonMark with tables. Everything that people typed is escaped, so that it reads back as text.
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

import attrs

from reflect.diagrams import describe
from reflect.diagrams.canvases import one_below_another
from reflect.formats.lanes import is_lanes
from reflect.formats.text import tick_options
from reflect.text import nodes

_INLINE = re.compile(r"([\\`*_\[\]{<>&~|!])")
_START = re.compile(r"([#+\-=:])|(\d{1,9})([.)])")
_SPACE = re.compile(r"\s+")
_BLANK = r"\_" * 30
#: An address that needs no angle brackets, and has no character reference in it.
_PLAIN = re.compile(r"(?:[A-Za-z0-9#%+,\-./:=?@~$_]|&(?!#?[A-Za-z0-9]+;))+")
#: Readers do not take a longer number for the start of an item.
_HIGHEST = 999_999_999


def _escape_signs(text: str) -> str:
    return _INLINE.sub(r"\\\1", text)


def _escape_opening(line: str) -> str:
    """
    Escape what would open a block at the start of a line.
    """
    return _START.sub(_escape_match, line, count=1) if _START.match(line) else line


def _escape_match(match: re.Match[str]) -> str:
    return "\\" + match[1] if match[1] else f"{match[2]}\\{match[3]}"


def _number_of(letter: str) -> str:
    return f"&#{ord(letter)};"


def escape_markdown(text: str) -> str:
    """
    Return text as Markdown that reads back as that text; line ends become breaks.
    """
    bare = (_SPACE.sub(" ", line).strip() for line in text.split("\n"))
    return "\\\n".join(_escape_opening(_escape_signs(line)) for line in bare if line)


def _one_line(text: str) -> str:
    return escape_markdown(_SPACE.sub(" ", text))


def _tick(block: nodes.Choice | nodes.SignOff) -> str:
    return tick_options([*map(_one_line, block.options)], _one_line(block.value))


def _tick_with_line(block: nodes.Choice) -> str:
    """
    Return the options of a choice, with the line that goes on from one of them.
    """
    if block.beside is None:
        return _tick(block)
    line = f"{_one_line(block.beside.label)} {_one_line(block.beside.value) or _BLANK}"
    options, value = [*map(_one_line, block.options)], _one_line(block.value)
    before, after = tick_options(options[: block.after], value), tick_options(options[block.after :], value)
    return "  ".join(filter(None, (f"{before} {line}".strip(), after)))


def _bold(text: str) -> str:
    return f"**{text}**" if text else ""


def _fence_round(text: str) -> str:
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    return "`" * (longest + 1)


#: The sorts of letters in the rules of emphasis.
_GAP, _WORD, _SIGN, _OTHER, _UNSEEN = "gap", "word", "sign", "other", "unseen"
_SIGNS = "*_"
_OPEN = frozenset({"*", "**", "_", "__"})
_ASCII_SIGNS = frozenset(string.punctuation)


def _sort_of_letter(letter: str) -> str:
    if not letter or letter.isspace():
        return _GAP
    if letter.isalnum():
        return _WORD
    if letter in _ASCII_SIGNS:
        return _SIGN
    # Readers differ about other signs, such as €, and they refuse the numbers of invisible characters.
    return _UNSEEN if unicodedata.category(letter)[0] == "C" else _OTHER


def _flanks(before: str, after: str) -> bool:
    return after != _GAP and (after == _WORD or before in (_GAP, _SIGN))


def _may_open(sign: str, before: str, after: str) -> bool:
    if sign == "_" and before not in (_GAP, _SIGN):
        return False
    return _flanks(before, after)


def _may_close(sign: str, before: str, after: str) -> bool:
    return _may_open(sign, after, before)  # the rules are the same, seen from the other side


@attrs.define
class _Line:
    """
    A line that is being put together; a line end in it is a break.

    Attributes:
        in_cell: Whether it is in a table, where a bar ends a cell, even within code.
        guarded: Whether to write the next letter by its number, so that a sign before it counts.
    """

    in_cell: bool = False
    out: list[str] = attrs.field(factory=list)
    signs: list[str] = attrs.field(factory=list)
    guarded: bool = False

    def put(self, text: str) -> None:
        if text:
            self.out.append(text)

    def put_markup(self, text: str) -> None:
        """
        Add text as it is; the next letter then needs no escape.
        """
        self.guarded = False
        self.put(text)

    @property
    def last(self) -> str:
        return self.out[-1][-1] if self.out else ""

    def all(self, children: Sequence[nodes.Inline], after: str = "") -> None:
        """
        Put every child; *after* is the letter that follows them.
        """
        children = _without_spans(children)
        for i, child in enumerate(children):
            match child:
                case nodes.Text(text):
                    self.text(text)
                case nodes.Code(text):
                    self.code(text.replace("\n", " "))
                case nodes.Break():
                    self.put_markup("\n")
                case nodes.Strong(inner) | nodes.Emphasis(inner):
                    follows = _first_letter(children[i + 1 :]) or after
                    self.around("**" if isinstance(child, nodes.Strong) else "*", inner, follows)
                case nodes.Link(to, inner):
                    self.put_markup("[")
                    self.all(inner, "]")
                    self.put(f"]({self.whole(_write_address(to))})")

    def text(self, text: str) -> None:
        if self.guarded and text:
            self.guarded = False
            if not text[0].isspace():
                self.put(_number_of(text[0]))
                text = text[1:]
        self.put(_escape_signs(text).replace("\n", _number_of("\n")))

    def whole(self, text: str) -> str:
        return text.replace("|", r"\|") if self.in_cell else text

    def code(self, text: str) -> None:
        fence = _fence_round(text)
        edges = text[:1] + text[-1:]
        room = " " if "`" in edges or (edges == "  " and text.strip(" ")) else ""
        if text:
            if self.out and self.out[-1].startswith("`"):
                self.put(" ")  # otherwise two fences would be one
            self.put_markup(f"{fence}{room}{self.whole(text)}{room}{fence}")

    def around(self, sign: str, children: Sequence[nodes.Inline], after: str) -> None:
        """
        Put signs round words so that they count by CommonMark's rules.

        A letter in the way is written by its number; if no sign can count, the words have none.
        """
        lead, children, rest = _split_outer_space(children)
        self.put(lead)
        inside = _first_letter(children)
        found = self.sign(inside) if children and _sort_of_letter(rest or after) != _UNSEEN else ""
        if not found:
            # The sign that just closed relies on a further sign after it.
            self.guarded = self.guarded or (bool(self.out) and self.out[-1] in _OPEN)
            self.all(children, rest or after)
        else:
            self.put(found * len(sign))
            self.signs.append(found)
            self.all(children, found)
            self.signs.pop()
            rest = self.take_space_off() + rest
            if not _may_close(found, _sort_of_letter(self.last), _sort_of_letter(rest or after)):
                self.guarded = True
            self.put(found * len(sign))
        self.put(rest)

    def take_space_off(self) -> str:
        """
        Remove the white space at the end of the line so far, and return it.
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
        Return the sign that can open here before a letter; empty if none can.
        """
        before, letter = self.last, _sort_of_letter(inside)
        if self.guarded and letter != _GAP:
            letter = _SIGN
        outer = self.signs[-1] if self.signs else ""
        free = [sign for sign in _SIGNS if sign not in (before, outer)]
        for guard in (False, True):
            kind = _SIGN if guard else _sort_of_letter(before)
            for sign in free:
                # A sign that could close an outer one would do so.
                if _may_open(sign, kind, letter) and not (sign in self.signs and _may_close(sign, kind, letter)):
                    if guard:
                        self.out[-1] = self.out[-1][:-1] + _number_of(before)
                    return sign
            if _sort_of_letter(before) not in (_WORD, _OTHER) or self.is_bound():
                break
        return ""

    def is_bound(self) -> bool:
        """
        Whether the last letter has to stay a letter, because a sign before it relies on it alone.
        """
        if len(self.out) < 2 or len(self.out[-1]) > 1 or self.out[-2] not in _OPEN:
            return False
        kind = _sort_of_letter(self.out[-3][-1] if len(self.out) > 2 else "")
        return not (kind == _GAP or (kind == _SIGN and len(self.signs) == 1))


def _first_letter(children: Sequence[nodes.Inline]) -> str:
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
                if letter := _first_letter(inner):
                    return letter if isinstance(child, nodes.Span) or letter.isspace() else "*"
    return ""


def _split_outer_space(children: Sequence[nodes.Inline]) -> tuple[str, tuple[nodes.Inline, ...], str]:
    """
    Split a line into its leading white space, its content, and its trailing white space; no sign counts beside those.
    """
    line = _without_spans(children)
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


def _write_address(to: str) -> str:
    if _PLAIN.fullmatch(to):
        return to
    signs = re.sub(r"([\\<>&{])", r"\\\1", re.sub(r"[\r\n]", "%0A", to))
    return f"<{signs}>"


def _without_spans(children: Iterable[nodes.Inline]) -> list[nodes.Inline]:
    """
    Return the same children without spans, so that each is next to its neighbours.
    """
    out: list[nodes.Inline] = []
    for child in children:
        out += _without_spans(child.children) if isinstance(child, nodes.Span) else [child]
    return out


def _write_line(children: Sequence[nodes.Inline], *, in_cell: bool = False) -> str:
    line = _Line(in_cell)
    line.all(children)
    bare = (_escape_edges(each.strip(" ")) for each in "".join(line.out).split("\n"))
    # In a cell nothing opens a block.
    return "\\\n".join(each if in_cell else _escape_opening(each) for each in bare if each)


def _escape_edges(line: str) -> str:
    """
    Escape white space at the ends of a line other than plain spaces: it belongs to the text.
    """
    if line[:1].isspace() or line[-1:].isspace():
        bare = line.strip()
        if not bare:
            return ""
        start = line.index(bare)
        lead, rest = line[:start], line[start + len(bare) :]
        return "".join(map(_number_of, lead)) + bare + "".join(map(_number_of, rest))
    return line


def _escape_in_cell(text: str) -> str:
    return text.replace("\\\n", " ")


def _write_cell(cell: nodes.Cell, *, sentences: bool = False) -> str:
    """
    Return a cell on one line; as *sentences*, each paragraph but the last has a full stop.
    """
    *most, last = [_write_line(each, in_cell=True) for each in cell.paragraphs] or [""]
    ended = (f"{each}." if sentences and each[-1:].isalnum() else each for each in most)
    return _escape_in_cell(" ".join((*ended, last)))


def _write_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"| {' | '.join('---' for _ in head)} |"
    for row in rows:
        yield f"| {' | '.join(row)} |"


def _write_block(block: nodes.Block) -> Iterator[str]:
    match block:
        case nodes.Heading():
            text = _escape_in_cell(_write_line(block.children))
            ended = re.sub(r"(?<!\\)#+$", lambda match: r"\#" * len(match[0]), text)
            yield f"{'#' * block.level} {ended}".rstrip()
        case nodes.Paragraph():
            whole = (nodes.Strong(tuple(block.children)),) if block.style == "prompt" else block.children
            yield from _write_line(whole).split("\n")
        case nodes.Quotation():
            yield from (f"> {line}" if line else ">" for line in list(_write_blocks(block.blocks)) or [""])
        case nodes.CodeBlock(text):
            yield from _write_code(text, "")
        case nodes.Fence(kind, info, text):
            yield from _write_code(text, _escape_signs(f"{kind} {info}".strip()))
        case nodes.Rule():
            yield "___"  # hyphens after the hyphen of an item would be read as one rule
        case nodes.Table():
            lanes = is_lanes(block)
            yield from _write_table(
                [_write_cell(cell) for cell in block.head],
                ([_write_cell(cell, sentences=lanes) for cell in row] for row in block.rows),
            )
        case nodes.Answer():
            if block.value.strip():
                paragraphs = (
                    escape_markdown(text).split("\n") for text in re.split(r"\n\s*\n", block.value) if text.strip()
                )
                for i, lines in enumerate(paragraphs):
                    yield from [">"] if i else []
                    yield from (f"> {line}" for line in lines)
            else:
                for n in range(block.lines):
                    yield from ["", _BLANK] if n else [_BLANK]
        case nodes.Ruled():
            for n in range(block.lines):
                line = f"{_one_line(block.label)} {_BLANK}".strip()
                yield from ["", line] if n else [line]
        case nodes.Choice():
            yield f"{_one_line(block.label)} {_tick_with_line(block)}".strip()
        case nodes.Scale():
            yield tick_options([str(n) for n in range(11)], block.value)
            yield ""
            yield f"0 = {_one_line(block.low)}\\"
            yield f"10 = {_one_line(block.high)}\\"
            yield f"{_one_line(block.whose)}, may be left blank"
        case nodes.Facts():
            for i, fact in enumerate(block.facts):
                end = "\\" if i < len(block.facts) - 1 else ""
                yield f"{_bold(_one_line(fact.label))} {_one_line(fact.value) or _BLANK}{end}".lstrip()
        case nodes.Actions():
            blank = [[""] * len(block.columns)] * block.blank
            rows = ([_one_line(cell) for cell in row] for row in (*block.rows, *blank))
            yield from _write_table([_one_line(column) for column in block.columns], rows)
        case nodes.Entry():
            yield from _write_entry(block)
        case nodes.SignOff(brief=True):
            ticks = [_tick(each) for each in (block, block.also) if each is not None]
            comments = f"comments {escape_markdown(block.comments) or _BLANK}" if block.comments or block.room else ""
            end = "\\" if comments else ""
            yield (
                f"{_one_line(block.who)} {_one_line(block.name) or _BLANK} on {_one_line(block.date) or _BLANK}  "
                f"{'  '.join(ticks)}{end}"
            ).lstrip()
            yield from comments.split("\n") if comments else ()
        case nodes.SignOff():
            yield f"{_bold(_one_line(block.who))} {_tick(block)}\\".lstrip()
            yield f"Name {_one_line(block.name) or _BLANK}\\"
            yield f"Date {_one_line(block.date) or _BLANK}\\"
            yield from f"Comments {escape_markdown(block.comments) or _BLANK}".split("\n")
        case nodes.NewPage():
            yield "___"
        case nodes.Cards():
            for i, card in enumerate(block.cards):
                yield from ["", "___", ""] if i else []
                points = (f"- {_one_line(point)}" for point in card.points)
                said = (
                    *_write_front(card),
                    _bold(_one_line(card.label)),
                    _one_line(card.back),
                    "\n".join(points),
                    _one_line(card.foot),
                )
                yield from "\n\n".join(filter(None, said)).split("\n")
        case nodes.Slide(card):
            yield from "\n\n".join(filter(None, (*_write_front(card), _one_line(card.foot)))).split("\n")
        case nodes.SheetToFill() if block.places:
            yield from _write_blocks(one_below_another(block, 4))
        case nodes.Diagram() | nodes.SheetToFill():
            yield from _write_block(nodes.Paragraph((nodes.Text(describe(block)),)))
        case _:
            raise TypeError(f"{type(block).__name__} has no place in Markdown")


def _write_entry(block: nodes.Entry) -> Iterator[str]:
    """
    Write a heading, and under it its lines: those that stand one under the other are one paragraph.
    """
    head = [": ".join(filter(None, map(_one_line, (block.head, block.subject)))), _one_line(block.note)]
    if block.about is not None:
        head += [_one_line(block.about.label), _one_line(block.about.value) or _BLANK]
    if any(head):
        yield f"## {' '.join(filter(None, head))}"
        yield ""
    held: list[str] = []
    for row in block.rows:
        if not isinstance(row[0], nodes.Answer):
            held.append("  ".join(map(_words_on_line, row)))
            continue
        yield from _broken(held)
        held = []
        if row[0].label and row[0].label != block.head:
            yield from (_one_line(row[0].label), "")
        yield from (*_write_block(row[0]), "")
    yield from _broken(held)
    if block.table is not None:
        yield from _write_block(block.table)


def _broken(lines: Sequence[str]) -> Iterator[str]:
    """
    Give lines as one paragraph, with a break after each but the last.
    """
    yield from (f"{line}\\" for line in lines[:-1])
    yield from (*lines[-1:], *[""] * bool(lines))


def _words_on_line(place: nodes.Fact | nodes.Choice | nodes.Answer) -> str:
    if isinstance(place, nodes.Choice):
        return " ".join(filter(None, (_one_line(place.label), _tick(place))))
    return " ".join(filter(None, (_one_line(place.label), _one_line(place.value) or _BLANK)))


def _write_front(card: nodes.Card) -> Iterator[str]:
    doing = card.doing
    if doing is None:
        yield " ".join(filter(None, map(_one_line, (card.head, card.number, card.part))))
        yield _bold(_one_line(card.front))
        yield _one_line(card.hint)
        return
    yield f"## {_one_line(card.front)}" if card.front.strip() else ""
    lines = (
        " ".join(filter(None, (_bold(_one_line(card.part)), _one_line(doing.quiet)))),
        " ".join(filter(None, (_one_line(doing.minutes), _one_line(doing.unit)))),
        ", ".join(filter(None, (_one_line(card.head), _one_line(doing.time)))),
    )
    yield "\\\n".join(filter(None, lines))
    yield _one_line(doing.text)
    yield "\n".join(f"{n}. {_one_line(step)}" for n, step in enumerate(doing.steps, 1))


def _write_code(text: str, info: str) -> Iterator[str]:
    fence = _fence_round(text) + "``"
    if "`" in info:
        fence = "~" * max(len(fence), max(map(len, re.findall("~+", text)), default=0) + 1)
    lines = text.removesuffix("\n").split("\n") if text else []
    yield from (fence + info, *lines, fence)


def _write_listing(block: nodes.Listing, other: bool) -> Iterator[str]:
    close = not nodes.apart(block)
    for n, item in enumerate(block.items):
        number = "" if block.start is None else str(min(block.start + n, _HIGHEST))
        sign = f"{number}{'.)'[other]}" if number else "-+"[other]
        indent = " " * (len(sign) + 1)
        if n and not close:
            yield ""
        lines = list(_write_blocks(item.blocks, close)) or [""]
        yield f"{sign} {lines[0]}".rstrip(" ")
        yield from (indent + line if line else "" for line in lines[1:])


def _may_follow(before: nodes.Block, block: nodes.Block) -> bool:
    """
    Whether a block is still read as itself if it follows another without an empty line between them.
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
            # Any other list would be read as part of the paragraph.
            return (
                ended or isinstance(before, nodes.Listing) or (start in (None, 1) and bool(items and items[0].blocks))
            )
        case _:
            return ended and isinstance(block, nodes.Paragraph | nodes.Table)


def _write_blocks(blocks: Iterable[nodes.Block], close: bool = False) -> Iterator[str]:
    """
    Write blocks with an empty line between them; *close* leaves it out where it can.
    """
    before: nodes.Block | None = None
    other = False
    for block in blocks:
        if isinstance(block, nodes.Paragraph) and not _write_line(block.children):
            continue
        if before is not None and not (close and _may_follow(before, block)):
            yield ""
        if isinstance(block, nodes.Listing):
            # Two lists that touch would be one; another bullet keeps them apart.
            other = isinstance(before, nodes.Listing) and not other
            yield from _write_listing(block, other)
        else:
            yield from _write_block(block)
        before = block


def write(document: nodes.Document) -> bytes:
    """
    Return the document as Markdown in UTF-8; the same document gives the same bytes.
    """
    out: list[str] = []
    if head := " ".join(filter(None, (_bold(_one_line(document.organisation)), _one_line(document.label)))):
        out += [head, ""]
    out += _write_blocks(document.blocks)
    if foot := "\\\n".join(filter(None, map(_one_line, (document.marking, document.limits)))):
        out += ["", foot]
    return ("\n".join(out) + "\n").encode("utf-8", "replace")
