r"""
A model page in Markdown, read and written.

``docs/reference/page-dialect.md`` describes the dialect. Reading what `write`
wrote gives the same model, and writing what `read` read settles at once.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator

import attrs
import yaml

from reflect import markdown
from reflect.answers import Answering, Kind
from reflect.errors import Fault, Faults, KeyClash, ReflectError, Refused, TooDeep, near
from reflect.model import LICENCE, Head, Model, Source, Suits, Whose
from reflect.nodes import Block, Heading, Item, Listing, Paragraph, Quotation, Read
from reflect.questions import Addressee, Element, Function, Mode, Question, QuestionSet, Shape
from reflect.rings import Ring, narrows

#: A key in full is at most this long: Word keeps 64 characters of a tag.
LONGEST_KEY = 48
#: A page is at most this long, in characters.
LONGEST_PAGE = 1_000_000

_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# Possessive, so that what cannot be read is told at once however long it is.
_VALUE = r'(?:"(?:[^"\\]|\\.)*+"|[^\s"\'{}\\]++)'
_ATTRIBUTE = rf"(?:\.[a-z][a-z0-9-]*+|[a-z][a-z-]*+={_VALUE})"
_BRACES = re.compile(rf"(?<!\s)\s*+\{{(?:\#(?P<key>[a-z0-9-]++))?(?P<rest>(?:\s*+{_ATTRIBUTE})*+)\s*+\}}\s*+\Z")
_ONE = re.compile(rf"\.(?P<flag>[a-z][a-z0-9-]*)|(?P<name>[a-z][a-z-]*)=(?P<value>{_VALUE})")
_LOOKS_LIKE_BRACES = re.compile(r"(?<!\\)\{(?:\s*[#.]|[^{}=]*=)[^{}]*\}\s*\Z")

_PART_FLAGS = ("say", "silent")
_PART_NAMES = ("element", "function", "minutes", "role", "to", "at-most", "offer", "ring")
_QUESTION_FLAGS = ("core", "pass")
_QUESTION_NAMES = ("element", "function", "role", "to", "offer", "ring", "answer", "low", "high", "whose", "options")
#: Flags of a question that say what sort it is.
TAGS = (
    "what", "who", "when", "where", "how", "why", "which", "alternative", "evidence-against", "evidence", "feeling",
    "body", "identity", "relationship", "strength", "risk", "exception", "scaling", "miracle", "circular", "next",
    "learning", "power", "context", "imagination", "values", "invitation",
)  # fmt: skip


# --- reading


@attrs.define
class _Reading:
    """
    One pass over a page, gathering faults as it goes.
    """

    where: str
    lines: list[str]
    faults: list[Fault] = attrs.field(factory=list)

    def fault(self, line: int | None, what: str, remedy: str) -> None:
        self.faults.append(Fault(self.where, line, what, remedy))


@attrs.frozen
class _Braces:
    """
    What stood in the braces at the end of a heading or question.
    """

    text: str
    key: str
    flags: tuple[str, ...]
    named: dict[str, str]


def _split(reading: _Reading, raw: str, line: int, flags: Iterable[str], names: Iterable[str]) -> _Braces:
    match = _BRACES.search(raw)
    if not match or not (match["key"] or match["rest"].strip()):
        if _LOOKS_LIKE_BRACES.search(raw):
            reading.fault(
                line, "the braces at the end cannot be read", 'write {#key .flag name=value other="two words"}'
            )
        return _Braces(raw, "", (), {})
    before = raw[: match.start()]
    if (len(before) - len(before.rstrip("\\"))) % 2:
        return _Braces(raw, "", (), {})
    found: list[str] = []
    named: dict[str, str] = {}
    for one in _ONE.finditer(match["rest"]):
        word = one["flag"] or one["name"]
        known = tuple(flags) if one["flag"] else tuple(names)
        sign = f".{word}" if one["flag"] else f"{word}="
        if word not in known:
            reading.fault(line, f"'{sign}' is not known here", f"take it out, or write one of: {', '.join(known)}."
                          + near(word, known))  # fmt: skip
        elif word in found or word in named:
            reading.fault(line, f"'{sign}' stands twice", "keep one of them")
        elif one["flag"]:
            found.append(word)
        else:
            value = one["value"]
            named[word] = re.sub(r"\\(.)", r"\1", value[1:-1]) if value.startswith('"') else value
    key = match["key"] or ""
    if key and not _KEY.fullmatch(key):
        reading.fault(line, f"'{key}' is no key", "write lower-case words joined by hyphens")
        key = ""
    return _Braces(before, key, tuple(found), named)


def _plain(reading: _Reading, source: str, line: int, what: str) -> str:
    """
    The plain text of one line of Markdown; looks are a fault.
    """
    text, looks = markdown.plain(" ".join(source.split("\n")))
    for look in looks:
        reading.fault(line, f"{what} is plain text, and here is {look}", r"take the signs out, or put \ before them")
    if re.search(r"\\\\\{", text) or any(unicodedata.category(c) in ("Cc", "Cs", "Co", "Zl", "Zp") for c in text):
        reading.fault(line, f"{what} holds a character that cannot be printed", "type the line anew")
    return " ".join(text.split())


def _slug(text: str, longest: int = 20) -> str:
    """
    A key made from words, for a page that names none yet.
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain.replace("'", "").replace("’", ""))
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word
        if len(longer) > longest:
            break
        slug = longer
    return slug or (words[0][:longest] if words else "x")


def _unused(key: str, used: set[str], longest: int = LONGEST_KEY) -> str:
    n, free = 1, key
    while free in used:
        n += 1
        free = f"{key[: max(longest - len(str(n)) - 1, 1)].rstrip('-')}-{n}"
    used.add(free)
    return free


def _keyed(reading: _Reading, given: str, words: str, above: str, used: set[str], line: int, room: int) -> str:
    """
    The full key of a part or question: as given, or made from its words, within the *room* there is.
    """
    if given and given in used:
        reading.fault(line, f"the key '{given}' stands twice here", "give one of them another key")
        given = _unused(given, used)
    key = f"{above}.{given or _unused(_slug(words, min(room, 20)), used, room)}"
    used.add(given)
    if len(key) > LONGEST_KEY:
        reading.fault(
            line, f"the key '{key}' is {len(key)} characters long", f"shorten it to {LONGEST_KEY} characters in full"
        )
    return key


def _room(above: str) -> int:
    """
    How long a key may be that is made under another.
    """
    return max(LONGEST_KEY - len(above) - 1, 1)


def _choices(
    reading: _Reading, line: int, name: str, text: str, kind: type[Element] | type[Function], most: int = 2
) -> tuple[str, ...]:
    found = [word.strip() for word in text.split(",")]
    known = [str(member) for member in kind]
    for word in found:
        if word not in known:
            reading.fault(
                line, f"'{name}={word}' is not known", f"write one of: {', '.join(known)}.{near(word, known)}"
            )
    if len(found) > most or len(set(found)) < len(found):
        reading.fault(line, f"'{name}={text}' names too many, or one twice", f"name one or {most}")
    return tuple(word for word in dict.fromkeys(found) if word in known)[:most]


def _one_of(reading: _Reading, line: int | None, name: str, text: str, known: Iterable[str]) -> str:
    members = [str(member) for member in known]
    if text in members:
        return text
    reading.fault(line, f"'{name}: {text}' is not known", f"write one of: {', '.join(members)}.{near(text, members)}")
    return ""


def _whole(reading: _Reading, line: int | None, name: str, text: str) -> int | None:
    if re.fullmatch(r"[0-9]{1,3}", text) and int(text) > 0:
        return int(text)
    reading.fault(line, f"'{name}={text}' is not a number of 1 to 999", "write a whole number")
    return None


def _minutes(reading: _Reading, line: int | None, text: str) -> tuple[int, int] | None:
    low, _, high = text.partition("-")
    least = _whole(reading, line, "minutes", low)
    usual = _whole(reading, line, "minutes", high) if high else least
    if least is None or usual is None:
        return None
    if least > usual:
        reading.fault(line, f"'minutes={text}' has the least after the usual", f"write {usual}-{least}")
        return None
    return least, usual


@attrs.define
class _Part:
    """
    A part while it is read.
    """

    level: int
    line: int
    title: str
    key: str
    braces: _Braces
    guidance: list[str] = attrs.field(factory=list)
    notes: str = ""
    children: list[Question | _Part] = attrs.field(factory=list)
    used: set[str] = attrs.field(factory=set)
    listed: bool = False


@attrs.frozen
class _Known:
    """
    What a part knows and its questions take over.
    """

    elements: tuple[Element, ...] = ()
    functions: tuple[Function, ...] = ()
    to: Addressee = Addressee.SUPERVISEE
    role: str = ""
    offer: str = ""
    ring: Ring | None = None


def _known(reading: _Reading, named: dict[str, str], line: int, above: _Known, roles: tuple[str, ...]) -> _Known:
    known = above
    for name, text in named.items():
        match name:
            case "element":
                known = attrs.evolve(known, elements=tuple(map(Element, _choices(reading, line, name, text, Element))))
            case "function":
                found = tuple(map(Function, _choices(reading, line, name, text, Function)))
                known = attrs.evolve(known, functions=found)
            case "to":
                if one := _one_of(reading, line, name, text, Addressee):
                    known = attrs.evolve(known, to=Addressee(one))
            case "role":
                if one := _one_of(reading, line, name, text, roles):
                    known = attrs.evolve(known, role=one)
            case "offer":
                known = attrs.evolve(known, offer=text)
            case "ring":
                if one := _one_of(reading, line, name, text, Ring):
                    if above.ring and not narrows(Ring(one), above.ring):
                        reading.fault(
                            line, f"'ring={one}' is wider than '{above.ring}' above it", "a ring may only narrow"
                        )
                    known = attrs.evolve(known, ring=Ring(one))
    return known


def _answering(reading: _Reading, named: dict[str, str], line: int) -> Answering:
    kind = Kind.PROSE
    if "answer" in named and (one := _one_of(reading, line, "answer", named["answer"], Kind)):
        kind = Kind(one)
    allowed = {Kind.SCALE: ("low", "high", "whose"), Kind.CHOICE: ("options",)}.get(kind, ())
    for name in ("low", "high", "whose", "options"):
        if name in named and name not in allowed:
            reading.fault(line, f"'{name}=' does not go with answer={kind}", "take it out, or change the answer")
    options = tuple(o.strip() for o in named.get("options", "").split(";") if o.strip())
    answering = Answering(kind, named.get("low", ""), named.get("high", ""), named.get("whose", ""), options)
    if kind is Kind.SCALE and not answering.anchored:
        reading.fault(line, "a scale does not say what its ends mean and whose number it is",
                      'write low="…" high="…" whose="…"')  # fmt: skip
        return Answering()
    if kind is Kind.CHOICE and len(options) < 2:
        reading.fault(line, "a choice has fewer than two options", 'write options="one; the other"')
        return Answering()
    return answering


def _indent(line: str) -> int:
    wide = line.expandtabs(4)
    return len(wide) - len(wide.lstrip())


def _lazy(reading: _Reading, lines: tuple[int, int], indent: int) -> None:
    for n in range(lines[0] + 1, lines[1]):
        line = reading.lines[n]
        if line.strip() and _indent(line) < indent:
            reading.fault(n + 1, "a line at the margin runs into the item above it",
                          "indent it to belong to the item, or put an empty line before it")  # fmt: skip


def _question(reading: _Reading, item: Item, above: _Part, known: _Known, roles: tuple[str, ...]) -> Question | None:
    line = item.lines[0] + 1
    first = item.blocks[0] if item.blocks else None
    if not isinstance(first, Paragraph):
        reading.fault(line, "an item does not begin with its question", "write the question straight after '- '")
        return None
    rest = list(item.blocks[1:])
    indent = _indent(reading.lines[item.lines[0]]) + 2
    _lazy(reading, first.lines, indent)
    braces = _split(reading, first.raw, line, (*_QUESTION_FLAGS, *TAGS), _QUESTION_NAMES)
    text = _plain(reading, braces.text, line, "a question")
    if not text:
        reading.fault(line, "a question has no words", "write the question, or take the item out")
        return None
    hint, probes = "", []
    if rest and isinstance(rest[0], Paragraph):
        paragraph = rest.pop(0)
        assert isinstance(paragraph, Paragraph)
        _lazy(reading, paragraph.lines, indent)
        hint = _plain(reading, paragraph.raw, paragraph.lines[0] + 1, "a hint")
    if rest and isinstance(rest[0], Listing) and rest[0].start is None:
        listing = rest.pop(0)
        assert isinstance(listing, Listing)
        for probe in listing.items:
            at = probe.lines[0] + 1
            if len(probe.blocks) != 1 or not isinstance(probe.blocks[0], Paragraph):
                reading.fault(at, "a probe is more than one line", "write each probe as one '- ' line")
                continue
            _lazy(reading, probe.blocks[0].lines, indent)
            probes.append(_plain(reading, probe.blocks[0].raw, at, "a probe"))
    for other in rest:
        reading.fault(_line(other), f"{_called(other)} has no place under a question",
                      "a question has one hint paragraph and then probes")  # fmt: skip
    own = _known(reading, braces.named, line, known, roles)
    return Question(
        key=_keyed(reading, braces.key, text, above.key, above.used, line, _room(above.key)),
        text=text,
        hint=hint,
        probes=tuple(filter(None, probes)),
        core="core" in braces.flags,
        or_pass="pass" in braces.flags,
        tags=tuple(f for f in braces.flags if f in TAGS),
        elements=own.elements,
        functions=own.functions,
        to=own.to,
        role=own.role,
        offer=own.offer,
        ring=own.ring,
        answering=_answering(reading, braces.named, line),
    )


def _line(block: Block) -> int:
    """
    The line a block that was read begins on, counted from 1.
    """
    lines: tuple[int, int] = getattr(block, "lines", (0, 0))
    return lines[0] + 1


def _called(block: Block) -> str:
    names = {"Listing": "a list", "Quotation": "a quotation", "CodeBlock": "an indented block", "Rule": "a line across",
             "Table": "a table", "Fence": "a fenced block", "Heading": "a heading"}  # fmt: skip
    return names.get(type(block).__name__, "a paragraph")


def _source(reading: _Reading, block: Read) -> str:
    lines = reading.lines[block.lines[0] : block.lines[1]]
    return "\n".join(line.rstrip() for line in lines).strip("\n")


def _without_pictures(reading: _Reading, line: int, text: str) -> str:
    if markdown.pictured(text):
        reading.fault(line, "a picture has no place on a page", "say in words what it shows")
    return text


def _quoted(reading: _Reading, block: Quotation) -> str:
    for n in range(*block.lines):
        if reading.lines[n].strip() and not reading.lines[n].lstrip().startswith(">"):
            reading.fault(n + 1, "a line at the margin runs into the quotation above it",
                          "put '> ' or an empty line before it")  # fmt: skip
    lines = (re.sub(r"^ {0,3}> ?", "", line).rstrip() for line in reading.lines[slice(*block.lines)])
    return "\n".join(lines).strip("\n")


def _read_blocks(reading: _Reading, blocks: Iterable[Read], top: _Part, roles: tuple[str, ...]) -> None:
    """
    Give every block to the part it belongs to.
    """
    stack = [top]
    known = {id(top): _known(reading, top.braces.named, top.line, _Known(), roles)}
    for block in blocks:
        here = stack[-1]
        line = block.lines[0] + 1
        match block:
            case Heading() if block.level == 1:
                reading.fault(line, "a second title", "write parts with ##")
            case Heading():
                while len(stack) > 1 and stack[-1].level >= block.level:
                    stack.pop()
                here = stack[-1]
                if block.level > here.level + 1:
                    reading.fault(line, "a heading skips a level", f"write {'#' * (here.level + 1)}")
                if here.braces.flags:
                    reading.fault(line, "a part that asks nothing holds another part", "end it before this heading")
                braces = _split(reading, block.raw, line, _PART_FLAGS, _PART_NAMES)
                title = _plain(reading, braces.text, line, "a heading")
                if not title:
                    reading.fault(line, "a heading has no words", "name the part")
                if len(braces.flags) > 1:
                    reading.fault(line, "a part is both .say and .silent", "keep one of them")
                room = _room(here.key) * 2 // 5  # the rest is for its questions
                key = _keyed(reading, braces.key, title, here.key, here.used, line, max(room, 1))
                part = _Part(block.level, line, title, key, braces)
                known[id(part)] = _known(reading, braces.named, line, known[id(here)], roles)
                here.children.append(part)
                stack.append(part)
            case Listing() if block.start is None and block.sign == "-":
                if here.listed:
                    reading.fault(line, "a second list of questions in one part", "join the two lists")
                if any(isinstance(child, _Part) for child in here.children):
                    reading.fault(line, "questions stand after a smaller part", "put them before its heading")
                if here.braces.flags:
                    reading.fault(line, "a part that asks nothing holds questions", "take .say or .silent out")
                here.listed = True
                for item in block.items:
                    question = _question(reading, item, here, known[id(here)], roles)
                    if question:
                        here.children.append(question)
            case Quotation():
                if here.notes or here.listed:
                    reading.fault(line, "a quotation has no place here",
                                  "keep one a part, between its guidance and its questions")  # fmt: skip
                here.notes = _without_pictures(reading, line, _quoted(reading, block))
            case Paragraph() | Listing():
                if here.listed or here.notes:
                    reading.fault(line, f"{_called(block)} stands after the questions or the quotation",
                                  "put guidance straight under the heading; indent a hint by two spaces")  # fmt: skip
                here.guidance.append(_without_pictures(reading, line, _source(reading, block)))
            case _:
                reading.fault(line, f"{_called(block)} has no place on a page",
                              "write it as a paragraph, or take it out")  # fmt: skip


def _set(part: _Part, reading: _Reading, known: _Known, roles: tuple[str, ...], head: Head | None) -> QuestionSet:
    """
    The set a part is; *head* is given for the page as a whole.
    """
    silent = _Reading("", [])  # its faults were told when the part was read
    own = _known(silent, part.braces.named, part.line, known, roles)
    children = [c if isinstance(c, Question) else _set(c, reading, own, roles, None) for c in part.children]
    minutes = head.minutes if head else None
    if not head and "minutes" in part.braces.named:
        minutes = _minutes(reading, part.line, part.braces.named["minutes"])
    at_most = part.braces.named.get("at-most")
    return QuestionSet(
        children=children,
        key=part.key,
        title=part.title,
        mode=Mode(part.braces.flags[0]) if part.braces.flags else Mode.ASK,
        shape=head.shape if head else Shape.LIST,
        guidance="\n\n".join(part.guidance),
        notes=part.notes,
        least=minutes[0] if minutes else 0,
        usual=minutes[1] if minutes else None,
        elements=own.elements,
        functions=own.functions,
        to=own.to,
        role=own.role,
        at_most=_whole(reading, part.line, "at-most", at_most) if at_most else None,
        offer=own.offer,
        ring=own.ring,
        whose=str(head.whose) if head else "",
        record=head.record if head else "",
    )


def _lines(text: str) -> list[str]:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _front_source(lines: list[str]) -> tuple[str, int]:
    """
    The source of the front matter, and how many lines it takes with its two fences.
    """
    if lines[0].rstrip() == "---" and "---" in (ends := [line.rstrip() for line in lines[1:]]):
        end = ends.index("---") + 1
        return "\n".join(lines[1:end]), end + 1
    return "", 0


def read(text: str, where: str = "page.md") -> Model:
    """
    Read a model from the text of its page.

    Args:
        text: The page.
        where: What to call it in faults: its file name.

    Raises:
        Faults: Everything wrong with the page, in the order of its lines.
    """
    reading = _Reading(where, _lines(text))
    if len(text) > LONGEST_PAGE:
        raise Faults((Fault(where, None, f"the page has {len(text):,} characters",
                            f"keep a page under {LONGEST_PAGE:,}; split it into several models"),))  # fmt: skip
    front, skipped = _front_source(reading.lines)
    try:
        blocks = markdown.page("\n" * skipped + "\n".join(reading.lines[skipped:]))
    except Refused as error:
        raise Faults((Fault(where, None, str(error), "see the page on the dialect"),)) from None
    head_line, title, braces, rest = 1, "", _Braces("", "", (), {}), list(blocks)
    if rest and isinstance(rest[0], Heading) and rest[0].level == 1:
        heading = rest.pop(0)
        assert isinstance(heading, Heading)
        head_line = heading.lines[0] + 1
        braces = _split(reading, heading.raw, head_line, (), ())
        title = _plain(reading, braces.text, head_line, "a title")
    head = _read_head(reading, front, title, braces.key, where)
    top = _Part(1, head_line, head.title, head.key, _Braces("", head.key, (), {"ring": head.ring} if head.ring else {}))
    _read_blocks(reading, rest, top, head.roles)
    if not any(_asking(top)) and not reading.faults:
        reading.fault(None, "the page asks nothing", "write questions in a '- ' list")
    try:
        questions = _set(top, reading, _Known(), head.roles, head)
    except (KeyClash, TooDeep) as error:
        if not reading.faults:
            reading.fault(None, str(error), "mend the page")
        raise Faults(tuple(reading.faults)) from None
    if reading.faults:
        raise Faults(tuple(reading.faults))
    return Model(head=head, questions=questions)


def _asking(part: _Part) -> Iterator[Question]:
    for child in part.children:
        if isinstance(child, Question):
            yield child
        else:
            yield from _asking(child)


# --- front matter

_Given = yaml.Node


@attrs.frozen
class _Front:
    """
    The values of the front matter, with their lines.
    """

    reading: _Reading
    nodes: dict[str, tuple[_Given, int]]

    def line(self, name: str) -> int | None:
        return self.nodes[name][1] if name in self.nodes else None

    def text(self, name: str, default: str = "") -> str:
        if name not in self.nodes:
            return default
        node, line = self.nodes[name]
        return self._text(node, line, name) or default

    def _text(self, node: _Given, line: int, name: str) -> str:
        if not isinstance(node, yaml.ScalarNode):
            self.reading.fault(line, f"'{name}' is not one text", f"write '{name}: …' on one line")
            return ""
        text = " ".join(str(node.value).split())
        if any(unicodedata.category(c) in ("Cc", "Cs", "Co", "Zl", "Zp") for c in text):
            self.reading.fault(line, f"'{name}' holds a character that cannot be printed", "type the line anew")
        return text

    def texts(self, name: str) -> tuple[str, ...]:
        if name not in self.nodes:
            return ()
        node, line = self.nodes[name]
        if isinstance(node, yaml.ScalarNode):
            node = yaml.SequenceNode("", [node] if node.value else [])
        if not isinstance(node, yaml.SequenceNode):
            self.reading.fault(line, f"'{name}' is not a list of texts", f"write '{name}: [one, another]'")
            return ()
        return tuple(filter(None, (self._text(each, line, name) for each in node.value)))

    def sources(self) -> tuple[Source, ...]:
        if "sources" not in self.nodes:
            return ()
        node, line = self.nodes["sources"]
        found: list[Source] = []
        for each in node.value if isinstance(node, yaml.SequenceNode) else (node,):
            pairs = dict(_pairs(self.reading, each)) if isinstance(each, yaml.MappingNode) else {}
            inner = _Front(self.reading, pairs)
            texts = {name: inner.text(name) for name in pairs}
            if not {"author", "year", "title"} <= set(texts) <= {"author", "year", "title", "publisher"}:
                self.reading.fault(line, "a source is not complete",
                                   "write '- {author: …, year: …, title: …, publisher: …}'")  # fmt: skip
            else:
                found.append(Source(**texts))
        return tuple(found)


def _pairs(reading: _Reading, node: yaml.MappingNode) -> Iterator[tuple[str, tuple[_Given, int]]]:
    seen: set[str] = set()
    for name, value in node.value:
        line = name.start_mark.line + 2  # the fence above it, and counting from 1
        if not isinstance(name, yaml.ScalarNode):
            reading.fault(line, "a name is not one word", "write 'name: value' a line")
            continue
        if name.value in seen:
            reading.fault(line, f"'{name.value}' stands twice", "keep one of them")
        seen.add(str(name.value))
        yield str(name.value), (value, line)


def _front(reading: _Reading, source: str) -> _Front:
    try:
        node = yaml.compose(source, getattr(yaml, "CBaseLoader", yaml.BaseLoader))
    except (yaml.YAMLError, UnicodeEncodeError) as error:
        mark = getattr(error, "problem_mark", None)
        reading.fault(mark.line + 2 if mark else 1, "the front matter is not YAML",
                      "write 'name: value' a line; put a value that holds ': ' in quotation marks")  # fmt: skip
        return _Front(reading, {})
    if node is None:
        return _Front(reading, {})
    if not isinstance(node, yaml.MappingNode):
        reading.fault(2, "the front matter is not a list of names and values", "write 'name: value' a line")
        return _Front(reading, {})
    nodes = dict(_pairs(reading, node))
    known = tuple(field.name for field in attrs.fields(Head))
    for name, (_, line) in nodes.items():
        if name not in known:
            reading.fault(line, f"'{name}' is not known in front matter",
                          f"take it out, or write one of: {', '.join(known)}.{near(name, known)}")  # fmt: skip
    return _Front(reading, nodes)


def _read_head(reading: _Reading, source: str, title: str, key: str, where: str) -> Head:
    front = _front(reading, source)
    named = front.text("title", title)
    if title and "title" in front.nodes and title != named:
        reading.fault(front.line("title"), "the page has two titles", "keep the one in the front matter")
    if not named:
        reading.fault(1, "the page has no title", "write '# Title' on its first line")
        named = "untitled"
    own = front.text("key", key) or _slug(named)
    if not _KEY.fullmatch(own):
        reading.fault(front.line("key"), f"'{own}' is no key", "write lower-case words joined by hyphens")
        own = _slug(own, 40)
    minutes = None
    if given := front.texts("minutes"):
        minutes = _minutes(reading, front.line("minutes"), "-".join(given))
    at = front.line

    def choice(name: str, kind: Iterable[str], default: str) -> str:
        text = front.text(name)
        return _one_of(reading, at(name), name, text, kind) or default if text else default

    suits = (_one_of(reading, at("suits"), "suits", text, Suits) for text in front.texts("suits"))
    roles = front.texts("roles")
    for role in roles:
        if not _KEY.fullmatch(role):
            reading.fault(at("roles"), f"the role '{role}' is not one word", "write lower-case words joined by hyphens")
    ring = choice("ring", Ring, "")
    return Head(
        key=own,
        title=named,
        version=front.text("version", "1"),
        lang=front.text("lang", "en-GB"),
        family=front.text("family"),
        shape=Shape(choice("shape", Shape, "list")),
        minutes=minutes,
        suits=tuple(map(Suits, dict.fromkeys(filter(None, suits)))),
        whose=Whose(choice("whose", Whose, "supervisee")),
        record=front.text("record"),
        when=front.text("when"),
        instead=front.text("instead"),
        mistakes=front.texts("mistakes"),
        roles=roles,
        sources=front.sources(),
        rights=front.text("rights"),
        licence=front.text("licence", LICENCE),
        ring=Ring(ring) if ring else None,
    )


def read_head(text: str, where: str = "page.md") -> Head:
    """
    Read only what a page says about its model: the front matter, or the title of the smallest page.

    Raises:
        Faults: What is wrong with it.
    """
    reading = _Reading(where, [])
    title, key = "", ""
    lines = _lines(text)
    front, skipped = _front_source(lines)
    start = next((n for n in range(skipped, len(lines)) if lines[n].strip()), len(lines))
    block = list(itertools.takewhile(str.strip, lines[start:]))
    # Only what may be a heading is read as Markdown: a full page names its title above, and listing has many.
    titled = bool(block) and (block[0].lstrip().startswith("#") or any(not line.strip("= \t") for line in block[1:]))
    first = markdown.page("\n".join(block))[:1] if titled else ()
    if first and isinstance(first[0], Heading) and first[0].level == 1:
        line = start + 1
        braces = _split(reading, first[0].raw, line, (), ())
        title, key = _plain(reading, braces.text, line, "a title"), braces.key
    head = _read_head(reading, front, title, key, where)
    if reading.faults:
        raise Faults(tuple(reading.faults))
    return head


# --- writing

_INLINE = re.compile(r"([\\`*_\[\]<&~])")
_START = re.compile(r"^(?:([#>+\-=|])|(\d+)([.)]))")


def _escaped(text: str) -> str:
    r"""
    Plain text as Markdown that reads back as that text; ``\{`` stays as it is.
    """
    braces = text.replace("\\{", "\0")
    out = _INLINE.sub(r"\\\1", braces).replace("\0", "\\{")
    out = _START.sub(lambda m: "\\" + m[1] if m[1] else f"{m[2]}\\{m[3]}", out)
    return re.sub(r"(?<!\\)(#+)\Z", lambda m: "\\#" * len(m[1]), out)


def _written(value: str) -> str:
    if re.fullmatch(_VALUE, value) and not value.startswith('"'):
        return value
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _braces_text(key: str, flags: Iterable[str], named: Iterable[tuple[str, str]]) -> str:
    inner = [f"#{key}", *(f".{flag}" for flag in flags), *(f"{name}={_written(value)}" for name, value in named)]
    return "{" + " ".join(inner) + "}"


def _differences(own: Question | QuestionSet, above: _Known) -> Iterator[tuple[str, str]]:
    if own.elements != above.elements:
        yield "element", ",".join(own.elements)
    if own.functions != above.functions:
        yield "function", ",".join(own.functions)
    if own.role != above.role:
        yield "role", own.role
    if own.to != above.to:
        yield "to", own.to
    if own.offer != above.offer:
        yield "offer", own.offer
    if own.ring is not None and own.ring != above.ring:
        yield "ring", own.ring


def _known_of(some: QuestionSet) -> _Known:
    return _Known(some.elements, some.functions, some.to, some.role, some.offer, some.ring)


def _question_lines(question: Question, above: QuestionSet) -> Iterator[str]:
    flags = (*(("core",) if question.core else ()), *(("pass",) if question.or_pass else ()), *question.tags)
    answering = question.answering
    named = [*_differences(question, _known_of(above))]
    if answering.kind is not Kind.PROSE:
        named.append(("answer", answering.kind))
    named += [(n, v) for n in ("low", "high", "whose") if (v := str(getattr(answering, n)))]
    if answering.options:
        named.append(("options", "; ".join(answering.options)))
    key = question.key.removeprefix(f"{above.key}.")
    yield f"- {_escaped(question.text)} {_braces_text(key, flags, named)}"
    if question.hint:
        yield from ("", f"  {_escaped(question.hint)}")
    if question.probes:
        if question.hint:
            yield ""
        yield from (f"  - {_escaped(probe)}" for probe in question.probes)


def _part_lines(part: QuestionSet, above: QuestionSet | None, level: int) -> Iterator[str]:
    if above is not None:
        named = [*_differences(part, _known_of(above))]
        if part.usual is not None:
            named.append(("minutes", f"{part.least}-{part.usual}" if part.least != part.usual else str(part.usual)))
        if part.at_most is not None:
            named.append(("at-most", str(part.at_most)))
        flags = () if part.mode is Mode.ASK else (str(part.mode),)
        key = part.key.removeprefix(f"{above.key}.")
        yield from ("", f"{'#' * level} {_escaped(part.title)} {_braces_text(key, flags, named)}")
    if part.guidance:
        yield from ("", *part.guidance.split("\n"))
    if part.notes:
        yield from ("", *(f"> {line}".rstrip() for line in part.notes.split("\n")))
    previous: Question | None = None
    for child in part.children:
        if isinstance(child, Question):
            if previous is None or previous.hint or child.hint:
                yield ""
            yield from _question_lines(child, part)
            previous = child
    for smaller in part.parts:
        yield from _part_lines(smaller, part, level + 1)


class _Dumper(yaml.SafeDumper):
    """
    Texts as people write them, quoted only where YAML needs it: here every value is a text.
    """

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}


def _dump(value: object, *, flow: bool) -> str:
    text = yaml.dump(value, Dumper=_Dumper, default_flow_style=flow, allow_unicode=True, width=10**9, sort_keys=False)
    return text.removesuffix("\n").removesuffix("\n...")


def _head_lines(head: Head) -> Iterator[str]:
    yield "---"
    plain: list[tuple[str, Callable[[Head], str]]] = [
        ("key", lambda h: h.key),
        ("version", lambda h: h.version),
        ("lang", lambda h: h.lang if h.lang != "en-GB" else ""),
        ("title", lambda h: h.title),
        ("family", lambda h: h.family),
        ("shape", lambda h: h.shape if h.shape is not Shape.LIST else ""),
    ]
    for name, get in plain:
        if value := get(head):
            yield f"{name}: {_dump(str(value), flow=True)}"
    if head.minutes:
        yield f"minutes: [{head.minutes[0]}, {head.minutes[1]}]"
    if head.suits:
        yield f"suits: [{', '.join(head.suits)}]"
    for name, value in (
        ("whose", str(head.whose) if head.whose is not Whose.SUPERVISEE else ""),
        ("ring", str(head.ring or "")),
        ("record", head.record),
        ("when", head.when),
        ("instead", head.instead),
    ):
        if value:
            yield f"{name}: {_dump(value, flow=True)}"
    for name, values in (("mistakes", head.mistakes), ("roles", head.roles)):
        if values:
            yield f"{name}:"
            yield from (f"- {_dump(value, flow=True)}" for value in values)
    if head.sources:
        yield "sources:"
        for source in head.sources:
            pairs = attrs.asdict(source, filter=lambda a, v: a.name != "publisher" or bool(v))
            yield f"- {_dump(pairs, flow=True)}"
    if head.rights:
        yield f"rights: {_dump(head.rights, flow=True)}"
    yield f"licence: {_dump(head.licence, flow=True)}"
    yield "---"


def write(model: Model) -> str:
    """
    Write a model as its page, in the one canonical form.

    Raises:
        Refused: The model holds something a page cannot say, such as guidance that would read as questions.
    """
    text = "\n".join([*_head_lines(model.head), *_part_lines(model.questions, None, 1)]) + "\n"
    try:
        same = read(text, f"{model.key}.md") == model
    except ReflectError:
        same = False
    if not same:
        raise Refused(f"the model '{model.key}' holds something that a page cannot say; build it from a page")
    return text
