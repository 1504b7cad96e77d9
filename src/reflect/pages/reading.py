r"""
A model page in Markdown, read and written.

``docs/reference/page-dialect.md`` describes the dialect. Reading what `write`
wrote gives the same model, and writing what `read` read settles at once.
"""

from __future__ import annotations

import bisect
import itertools
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

import attrs
import yaml

from reflect.errors import Fault, Faults, ReflectError, Refused, hinted, near, write_one_of
from reflect.files import yaml as simple_yaml
from reflect.files.yaml import Many, Named, Text, Value
from reflect.questions.answers import Answering, Kind
from reflect.questions.model import LICENCE, Head, Kept, Model, Source, Suits, Whose
from reflect.questions.question import Addressee, Element, Function, Mode, Question, Shape
from reflect.questions.rings import Ring, narrows
from reflect.questions.sets import QuestionSet
from reflect.text import markdown
from reflect.text.nodes import Block, Heading, Item, Listing, Paragraph, Quotation, Read

#: A key in full is at most this long: Word keeps 64 characters of a tag.
LONGEST_KEY = 48
#: A page is at most this long, in characters and in lines; ours have some 150 lines.
LONGEST_PAGE = 100_000
MOST_LINES = 5_000
#: Lines that belong together are at most this long, and hold at most so many square brackets:
#: reading a line of Markdown can take time in the square of either.
LONGEST_PARAGRAPH = 2_000
MOST_BRACKETS = 200
#: A quotation has at most so many lines: where it may or may not go on, the parser looks at all of them each time.
MOST_QUOTED = 200
#: Lists and quotations in guidance are nested at most this deep. Past twice that the parser would drop words.
DEEPEST_LIST = 10

_Made = TypeVar("_Made", Source, Kept)

_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# Possessive, so that what cannot be read is told at once however long it is.
_VALUE = r'(?:"(?:[^"\\]|\\.)*+"|[^\s"\'{}\\“”„]++)'
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

#: Every flag of a part or a question.
FLAGS = (*_PART_FLAGS, *_QUESTION_FLAGS, *TAGS)


# --- reading


@attrs.define
class _Reading:
    """
    One pass over a page, gathering faults as it goes.
    """

    where: str
    lines: list[str]
    faults: dict[Fault, None] = attrs.field(factory=dict)
    #: Whether lines were left out as too long, so that what seems to be missing may have stood there.
    cut: bool = False

    def fault(self, line: int | None, what: str, remedy: str) -> None:
        self.faults[Fault(self.where, line, what, remedy)] = None  # the same is told once


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
        _unread(reading, raw, line, tuple(flags))
        return _Braces(raw, "", (), {})
    before = raw[: match.start()]
    if (len(before) - len(before.rstrip("\\"))) % 2:
        return _Braces(raw, "", (), {})
    found: list[str] = []
    named: dict[str, str] = {}
    for one in _ONE.finditer(match["rest"]):
        word = one["flag"] or one["name"]
        known = tuple(flags) if one["flag"] else tuple(names)
        kind = ".{}" if one["flag"] else "{}="
        sign = kind.format(word)
        if word not in known:
            reading.fault(line, f"'{sign}' is not known here", f"take it out, or {write_one_of(word, known, kind)}")
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


_SHOULD_BE = 'write {#key .flag name=value other="two words"}'
#: Braces that open as attributes do, wherever they stand.
_OPENS = re.compile(r"(?<!\\)\{\s*[#.]\s*[\w-]")
#: What stands between spaces in braces; a quoted value may hold some.
_BETWEEN = re.compile(r'(?:[^\s"]|"(?:[^"\\]|\\.)*+"?)+')


def _unread(reading: _Reading, raw: str, line: int, flags: tuple[str, ...]) -> None:
    """
    Tell what is wrong with braces that cannot be read, if there are any.
    """
    if found := _LOOKS_LIKE_BRACES.search(raw):
        reading.fault(line, *_misread(found[0].strip()[1:-1], flags))
    elif found := _OPENS.search(raw):
        if "}" in raw[found.start() :]:
            remedy = "move them to the end of the line, or put \\ before the brace to print it"
            reading.fault(line, "there are words after the braces", remedy)
        else:
            reading.fault(line, "a brace is opened and not closed", "close it with } at the end of the line")


def _misread(inside: str, flags: tuple[str, ...]) -> tuple[str, str]:
    """
    What is wrong first in braces that cannot be read, and what to write.
    """
    if re.search("[“”„‘’]", inside):
        return "the braces hold curly quotation marks", 'write straight ones: name="two words"'
    if inside.count('"') % 2:
        return "a quotation mark in the braces is not closed", _SHOULD_BE
    for n, word in enumerate(_BETWEEN.findall(inside)):
        name, sign, value = word.partition("=")
        if word.startswith("#") and n:
            return f"the key '{word}' does not stand first in the braces", f"write {{{word} …}}, and one key only"
        if word.startswith("#"):
            if not _KEY.fullmatch(word[1:]):
                made = _slug(word[1:], LONGEST_KEY) if word[1:] else "key"
                return f"'{word}' is no key", f"write lower-case words joined by hyphens, such as #{made}"
        elif sign and re.fullmatch(r"[a-z][a-z-]*", name) and not value:
            return f"'{word}' in the braces has no value", f"write {name}=value without spaces, or take it out"
        elif sign and not (re.fullmatch(r"[a-z][a-z-]*", name) and re.fullmatch(_VALUE, value)):
            return f"'{word}' in the braces cannot be read", 'write name=value, or name="two words"'
        elif not sign and not re.fullmatch(r"\.[a-z][a-z0-9-]*", word):
            plain = word.strip(".,;:").lower()
            what = f"'{word}' in the braces is neither a flag nor name=value"
            if plain in flags:
                return what, f"write .{plain}"
            return what, hinted("write .flag or name=value, or take it out", plain, flags, ".{}")
    return "the braces at the end cannot be read", _SHOULD_BE


#: What matters in a search for HTML: an escaped character, backticks, and a tag, a comment or a declaration
#: as a browser would take it. An address in angle brackets is none.
_SIGN = re.compile(r"\\.|(?P<ticks>`+)|(?P<tag><(?:/?[A-Za-z][A-Za-z0-9-]*(?=[\s/>]|\Z)|!--|[?!][A-Za-z]))", re.DOTALL)
_COMMENT = re.compile(r"^[ \t]*<!--.*?(?:(-->)|\Z)", re.DOTALL | re.MULTILINE)
_NO_COMMENT = ("a comment has no place on a page", "take it out, from <!-- to -->; a page holds what is printed")


def _html(reading: _Reading, source: str, line: int) -> None:
    """
    Tell of HTML in some lines, once a line: it is never markup here, and would be printed letter by letter.
    """
    if "<" not in source:
        return
    told: set[int] = set()
    ticks: dict[int, list[int]] = {}
    for run in re.finditer("`+", source):
        ticks.setdefault(len(run[0]), []).append(run.start())
    at = 0
    while found := _SIGN.search(source, at):
        at = found.end()
        if found["ticks"]:
            # Words between two runs of as many backticks are code.
            runs = ticks.get(len(found["ticks"]), [])
            if (n := bisect.bisect(runs, found.start())) < len(runs):
                at = runs[n] + len(found["ticks"])
        if not found["tag"]:
            continue
        on = line + source.count("\n", 0, found.start())
        if on in told:
            continue
        told.add(on)
        tag = found[0].strip("</ \n")
        if found[0] == "<!--":
            reading.fault(on, *_NO_COMMENT)
        elif tag.lower() == "br":
            remedy = "take it out; write one line, or two paragraphs"
            reading.fault(on, "HTML has no place on a page, and here is <br>", remedy)
        else:
            remedy = "take the tags out, or put \\ before < to print it"
            reading.fault(on, f"HTML has no place on a page, and here is <{tag}>", remedy)


def _without_comments(reading: _Reading, above: int, lines: list[str]) -> list[str]:
    """
    The lines of a page with its comments told and left out, so that nothing in one is taken for a question.
    """
    text = "\n".join(lines)
    if "<!--" not in text:
        return lines

    def blank(match: re.Match[str]) -> str:
        line = above + text.count("\n", 0, match.start()) + 1
        if match[1]:
            reading.fault(line, *_NO_COMMENT)
            return "\n" * match[0].count("\n")
        reading.fault(line, "a comment is opened and not closed", "take it out; a comment has no place on a page")
        return "\n" + match[0].partition("\n")[2] if "\n" in match[0] else ""

    return _COMMENT.sub(blank, text).split("\n")


def _unprintable(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cs", "Co", "Zl", "Zp")


def _plain(reading: _Reading, source: str, line: int, what: str) -> str:
    """
    The plain text of one line of Markdown; looks are a fault.
    """
    _html(reading, source, line)
    text, looks = markdown.plain(" ".join(source.split("\n")))
    for look in looks:
        reading.fault(line, f"{what} is plain text, and here is {look}", r"take the signs out, or put \ before them")
    if bad := next(filter(_unprintable, text), ""):
        reading.fault(line, f"{what} holds a character that cannot be printed (U+{ord(bad):04X})", "type the line anew")
    elif re.search(r"\\\\\{", text):
        reading.fault(line, f"{what} has two backslashes before a brace", r"write \{ for a brace that is only a brace")
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


@attrs.define
class _Keys:
    """
    The keys under one part: those given anywhere in it are kept free for their owners.
    """

    given: frozenset[str] = frozenset()
    used: set[str] = attrs.field(factory=set)
    _next: dict[str, int] = attrs.field(factory=dict)

    def unused(self, key: str, longest: int = LONGEST_KEY) -> str:
        """
        The key, or the first of key-2, key-3, … that nothing else has.
        """
        n, free = self._next.get(key, 1), key
        while n > 1 or free in self.used or free in self.given:
            n += 1
            free = f"{key[: max(longest - len(str(n)) - 1, 1)].rstrip('-')}-{n}"
            if free not in self.used and free not in self.given:
                break
        self._next[key] = n
        self.used.add(free)
        return free


def _given(raw: str) -> str:
    match = _BRACES.search(raw)
    return match["key"] or "" if match else ""


def _given_keys(blocks: Iterable[Read]) -> dict[int, frozenset[str]]:
    """
    The keys given directly under each part, by the line of its heading; the page itself is at -1.
    """
    stack = [(1, -1)]
    found: dict[int, set[str]] = {-1: set()}
    for block in blocks:
        match block:
            case Heading():
                while len(stack) > 1 and stack[-1][0] >= block.level:
                    stack.pop()
                found[stack[-1][1]].add(_given(block.raw))
                stack.append((block.level, block.lines[0]))
                found[block.lines[0]] = set()
            case Listing():
                firsts = (item.blocks[0] for item in block.items if item.blocks)
                found[stack[-1][1]] |= {_given(first.raw) for first in firsts if isinstance(first, Paragraph)}
            case _:
                pass
    return {at: frozenset(keys - {""}) for at, keys in found.items()}


def _keyed(reading: _Reading, given: str, words: str, above: str, keys: _Keys, line: int, room: int) -> str:
    """
    The full key of a part or question: as given, or made from its words, within the *room* there is.
    """
    if given and given in keys.used:
        reading.fault(line, f"the key '{given}' stands twice here", "give one of them another key")
        given = keys.unused(given)
    key = f"{above}.{given or keys.unused(_slug(words, min(room, 20)), room)}"
    keys.used.add(given)
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
    reading: _Reading, line: int, name: str, text: str, kind: type[Element] | type[Function]
) -> tuple[str, ...]:
    found = [word.strip() for word in text.split(",")]
    known = [str(member) for member in kind]
    for word in found:
        if word not in known:
            reading.fault(line, f"'{name}={word}' is not known", write_one_of(word, known))
    if len(found) > 2 or len(set(found)) < len(found):
        reading.fault(line, f"'{name}={text}' names too many, or one twice", "name one or two")
    return tuple(word for word in dict.fromkeys(found) if word in known)[:2]


def _one_of(reading: _Reading, line: int | None, name: str, text: str, known: Iterable[str]) -> str:
    members = [str(member) for member in known]
    if text in members:
        return text
    reading.fault(line, f"'{name}{text}' is not known", write_one_of(text, members))
    return ""


def _whole(reading: _Reading, line: int | None, name: str, text: str) -> int | None:
    if re.fullmatch(r"[0-9]{1,3}", text) and int(text) > 0:
        return int(text)
    reading.fault(line, f"'{name}{text}' is not a number from 1 to 999", "write a whole number")
    return None


def _minutes(reading: _Reading, line: int | None, text: str, name: str = "minutes=") -> tuple[int, int] | None:
    low, _, high = text.partition("-")
    least = _whole(reading, line, name, low)
    usual = _whole(reading, line, name, high) if high else least
    if least is None or usual is None:
        return None
    if least > usual:
        reading.fault(line, f"'{name}{text}' has the least after the usual", f"write {usual}-{least}")
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
    keys: _Keys = attrs.field(factory=_Keys)
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
                if one := _one_of(reading, line, "to=", text, Addressee):
                    known = attrs.evolve(known, to=Addressee(one))
            case "role":
                if not roles:
                    remedy = f"write 'roles: [{text}]' in its front matter, or take it out"
                    reading.fault(line, f"'role={text}' is not known: the page names no roles", remedy)
                elif one := _one_of(reading, line, "role=", text, roles):
                    known = attrs.evolve(known, role=one)
            case "offer":
                known = attrs.evolve(known, offer=text)
            case "ring":
                if one := _one_of(reading, line, "ring=", text, Ring):
                    if above.ring and not narrows(Ring(one), above.ring):
                        reading.fault(
                            line, f"'ring={one}' is wider than '{above.ring}' above it", "a ring may only narrow"
                        )
                    known = attrs.evolve(known, ring=Ring(one))
    return known


def _answering(reading: _Reading, named: dict[str, str], line: int) -> Answering:
    kind = Kind.PROSE
    if "answer" in named and (one := _one_of(reading, line, "answer=", named["answer"], Kind)):
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
        key=_keyed(reading, braces.key, text, above.key, above.keys, line, _room(above.key)),
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


def _depth(block: Block) -> int:
    """
    How many lists and quotations stand in each other.
    """
    deepest, todo = 0, [(block, 1)]
    while todo:
        some, depth = todo.pop()
        deepest = max(deepest, depth)
        match some:
            case Listing():
                todo += [
                    (each, depth + 1) for item in some.items for each in item.blocks if not isinstance(each, Paragraph)
                ]
            case Quotation():
                todo += [(each, depth + 1) for each in some.blocks if not isinstance(each, Paragraph)]
            case _:
                pass
    return deepest


def _guidance(reading: _Reading, block: Read, text: str) -> str:
    """
    Guidance or a note as it stands on the page; what has no place in it is told.
    """
    line = block.lines[0] + 1
    _html(reading, text, line)
    if markdown.pictured(text):
        reading.fault(line, "a picture has no place on a page", "say in words what it shows")
    if _depth(block) > DEEPEST_LIST:
        reading.fault(line, f"lists or quotations are nested more than {DEEPEST_LIST} deep", "write them as one list")
    return text


def _quoted(reading: _Reading, block: Quotation) -> str:
    for n in range(*block.lines):
        if reading.lines[n].strip() and not reading.lines[n].lstrip().startswith(">"):
            reading.fault(n + 1, "a line at the margin runs into the quotation above it",
                          "put '> ' or an empty line before it")  # fmt: skip
    lines = (re.sub(r"^ {0,3}> ?", "", line).rstrip() for line in reading.lines[slice(*block.lines)])
    return "\n".join(lines).strip("\n")


def _read_blocks(reading: _Reading, blocks: tuple[Read, ...], top: _Part, roles: tuple[str, ...]) -> None:
    """
    Give every block to the part it belongs to.
    """
    stack = [top]
    given = _given_keys(blocks)
    top.keys.given = given[-1]
    known = {id(top): _known(reading, top.braces.named, top.line, _Known(), roles)}
    for block in blocks:
        here = stack[-1]
        line = block.lines[0] + 1
        match block:
            case Heading() if block.level == 1:
                reading.fault(line, "here is a second title", "begin a part with ##")
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
                key = _keyed(reading, braces.key, title, here.key, here.keys, line, max(room, 1))
                part = _Part(block.level, line, title, key, braces, keys=_Keys(given[block.lines[0]]))
                known[id(part)] = _known(reading, braces.named, line, known[id(here)], roles)
                here.children.append(part)
                stack.append(part)
            case Listing() if block.start is None and block.sign == "-":
                # A second list in one part comes after something that was told, so nothing is told of it.
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
                here.notes = _guidance(reading, block, _quoted(reading, block))
            case Paragraph() | Listing():
                if here.listed or here.notes:
                    reading.fault(line, f"{_called(block)} stands after the questions or the quotation",
                                  "put guidance straight under the heading; indent a hint by two spaces")  # fmt: skip
                here.guidance.append(_guidance(reading, block, _source(reading, block)))
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
        at_most=_whole(reading, part.line, "at-most=", at_most) if at_most else None,
        offer=own.offer,
        ring=own.ring,
        whose=str(head.whose) if head else "",
        record=head.record if head else "",
    )


#: What pasted text brings along unseen: soft hyphens, zero-width spaces, word joiners, byte order marks.
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))


def _lines(text: str) -> list[str]:
    return text.translate(_UNSEEN).replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _started(text: str, where: str) -> _Reading:
    """
    The lines of a page, if they are not too many to look at.

    Raises:
        Faults: The page is too long, and nothing else is told of it.
    """
    remedy = "name a page: it is a few kilobytes of text; split a long one into several models"
    if len(text) > LONGEST_PAGE:
        raise Faults((Fault(where, None, f"the page has {len(text):,} characters, over {LONGEST_PAGE:,}", remedy),))
    lines = _lines(text)
    if len(lines) > MOST_LINES:
        raise Faults((Fault(where, None, f"the page has {len(lines):,} lines, over {MOST_LINES:,}", remedy),))
    if not any(map(str.strip, lines)):
        raise Faults((Fault(where, None, "the page is empty", "write '# Title', and questions in a '- ' list"),))
    return _Reading(where, lines)


#: Signs at the head of a line: of quotations, and of an item, which begins a paragraph.
_QUOTED = re.compile(r"[ \t>]*")
_IN_QUOTATION = re.compile(r"(?:[-*+\s]|\d{1,9}[.)])*+>")
_ITEM = re.compile(r"(?:[-*+]|\d{1,9}[.)])(?:\s|\Z)")


def _bounded(reading: _Reading, above: int, lines: list[str]) -> None:
    """
    Leave out lines that would take long to read, and tell of them.
    """
    starts: list[int] = []
    for n, line in enumerate(lines):
        words = line[_QUOTED.match(line).end() :]  # type: ignore[union-attr]  # it matches nothing too
        if not words or _ITEM.match(words) or not n or not lines[n - 1].strip(" \t>"):
            starts.append(n)
    at = 0
    for full, run in itertools.groupby(lines, lambda line: bool(line.strip())):
        start, at = at, at + len(list(run))
        if full and at - start > MOST_QUOTED and any(map(_IN_QUOTATION.match, lines[start:at])):
            what = f"{at - start:,} lines with a quotation follow without an empty line"
            reading.fault(above + start + 1, what, f"put an empty line in after {MOST_QUOTED} at the most")
            lines[start:at] = [""] * (at - start)
            reading.cut = True
    for start, end in itertools.pairwise((*starts, len(lines))):
        length = sum(map(len, lines[start:end]))
        brackets = sum(line.count("[") for line in lines[start:end])
        if length > LONGEST_PARAGRAPH:
            what = f"{length:,} characters follow without an empty line"
            reading.fault(above + start + 1, what, f"put an empty line in after {LONGEST_PARAGRAPH:,} at the most")
        elif brackets > MOST_BRACKETS:
            what = f"a paragraph has {brackets:,} square brackets"
            reading.fault(above + start + 1, what, f"keep it to {MOST_BRACKETS}, or put empty lines in")
        else:
            continue
        lines[start:end] = [""] * (end - start)
        reading.cut = True


@attrs.frozen
class _FrontLines:
    """
    Where the front matter stands: its source, its first line, and how many lines it and its fences take.
    """

    source: str = ""
    first: int = 1
    end: int = 0
    closed: bool = True


def _front_lines(lines: list[str]) -> _FrontLines:
    start = next((n for n, line in enumerate(lines) if line.strip()), 0)
    if lines[start].rstrip() != "---":
        return _FrontLines()
    for end in range(start + 1, len(lines)):
        if lines[end].rstrip() == "---":
            return _FrontLines("\n".join(lines[start + 1 : end]), start + 2, end + 1)
    # Never closed: it is taken to end where the first text or heading is, so that the rest is looked at too.
    end = next(
        (n for n in range(start + 1, len(lines)) if not lines[n].strip() or lines[n].startswith("#")), len(lines)
    )
    return _FrontLines("\n".join(lines[start + 1 : end]), start + 2, end, closed=False)


def read(text: str, where: str = "page.md") -> Model:
    """
    Read a model from the text of its page.

    Args:
        text: The page.
        where: What to call it in faults: its file name.

    Raises:
        Faults: Everything wrong with the page, in the order of its lines.
    """
    reading = _started(text, where)
    front = _front_lines(reading.lines)
    body = _without_comments(reading, front.end, reading.lines[front.end :])
    _bounded(reading, front.end, body)
    reading.lines[front.end :] = body
    try:
        blocks = markdown.page("\n" * front.end + "\n".join(body))
    except Refused:  # so deep that the parser would drop words
        reading.fault(None, f"lists or quotations are nested more than {DEEPEST_LIST} deep", "write them as one list")
        raise Faults(reading.faults) from None
    head_line, title, braces, rest = 1, "", _Braces("", "", (), {}), blocks
    if rest and isinstance(rest[0], Heading) and rest[0].level == 1:
        heading, rest = rest[0], rest[1:]
        head_line = heading.lines[0] + 1
        braces = _split(reading, heading.raw, head_line, (), ())
        title = _plain(reading, braces.text, head_line, "a title")
    head = _read_head(reading, front, title, braces.key)
    top = _Part(1, head_line, head.title, head.key, _Braces("", head.key, (), {"ring": head.ring} if head.ring else {}))
    _read_blocks(reading, rest, top, head.roles)
    if not any(_asking(top)):
        _nothing_asked(reading, rest)
    questions = _set(top, reading, _Known(), head.roles, head)
    if reading.faults:
        raise Faults(reading.faults)
    return Model(head=head, questions=questions)


def _nothing_asked(reading: _Reading, blocks: Iterable[Read]) -> None:
    """
    Tell that a page has no questions, unless what is wrong with them has been told.
    """
    lists = [block for block in blocks if isinstance(block, Listing)]
    if reading.cut or any(block.start is None and block.sign == "-" for block in lists):
        return
    if lists:
        reading.fault(lists[0].lines[0] + 1, "the page asks nothing: this list is guidance",
                      "begin each question with '- '")  # fmt: skip
    else:
        reading.fault(None, "the page asks nothing", "write questions in a '- ' list")


def _asking(part: _Part) -> Iterator[Question]:
    for child in part.children:
        if isinstance(child, Question):
            yield child
        else:
            yield from _asking(child)


# --- front matter


@attrs.frozen
class _Front:
    """
    The values of the front matter, with their lines.

    Attributes:
        reading: Where faults are told.
        pairs: The values by name.
        broken: Whether a line of it could not be read, so that what is missing may have stood there.
    """

    reading: _Reading
    pairs: dict[str, tuple[Value, int]]
    broken: bool = False

    def line(self, name: str) -> int | None:
        return self.pairs[name][1] if name in self.pairs else None

    def text(self, name: str, default: str = "") -> str:
        if name not in self.pairs:
            return default
        value, line = self.pairs[name]
        return self._text(value, line, name) or default

    def _text(self, value: Value, line: int, name: str) -> str:
        if isinstance(value, Named) and value.line != line:
            remedy = 'put it in straight quotation marks: - "…"'
            self.reading.fault(value.line, f"a value of '{name}' holds ': '", remedy)
            return ""
        if not isinstance(value, Text):
            self.reading.fault(line, f"'{name}' is not one text", f"write '{name}: …' on one line")
            return ""
        text = " ".join(value.text.split())
        if any(map(_unprintable, text)):
            bad = next(filter(_unprintable, text))
            what = f"'{name}' holds a character that cannot be printed (U+{ord(bad):04X})"
            self.reading.fault(line, what, "type the line anew")
        return text

    def texts(self, name: str) -> tuple[str, ...]:
        if name not in self.pairs:
            return ()
        value, line = self.pairs[name]
        if isinstance(value, Text):
            value = Many((value,) if value.text else (), line)
        if not isinstance(value, Many):
            self.reading.fault(line, f"'{name}' is not a list of texts", f"write '{name}: [one, another]'")
            return ()
        return tuple(filter(None, (self._text(each, line, name) for each in value.items)))

    def sources(self) -> tuple[Source, ...]:
        remedy = "write '- {author: …, year: …, title: …, publisher: …}'; the publisher may be left out"
        return tuple(self._each("sources", "a source", Source, "publisher", remedy))

    def kept(self) -> tuple[Kept, ...]:
        remedy = "write '- {advice: …, at: …, because: …}'; 'at' is the key of a question or part, or left out"
        return tuple(self._each("kept", "what is kept", Kept, "at", remedy))

    def _each(self, name: str, called: str, kind: type[_Made], optional: str, remedy: str) -> Iterator[_Made]:
        """
        Values with names, of one kind; what is missing, strange or empty in them is told.
        """
        value, _ = self.pairs.get(name, (Text("", 1), 1))
        if isinstance(value, Text) and not value.text:
            return
        known = tuple(field.name for field in attrs.fields(kind))
        for each in value.items if isinstance(value, Many) else (value,):
            if not isinstance(each, Named):
                self.reading.fault(each.line, f"{called} is not names with values", remedy)
                continue
            inner = _Front(self.reading, each.pairs)
            texts = {own: inner.text(own) for own in each.pairs}
            for own in texts.keys() - set(known):
                what = f"'{own}' is not known in {called}"
                self.reading.fault(inner.line(own), what, write_one_of(own, known))
            missing = [own for own in known if own != optional and not texts.get(own)]
            if missing and texts.keys() <= set(known):
                self.reading.fault(each.line, f"{called} lacks its {' and '.join(missing)}", remedy)
            if not missing and texts.keys() <= set(known):
                yield kind(**texts)


def _front(reading: _Reading, lines: _FrontLines) -> _Front:
    before = len(reading.faults)
    if not lines.closed:
        remedy = "write --- on a line of its own after its last 'name: value'"
        reading.fault(lines.first - 1, "the front matter is opened and not closed", remedy)
    found = simple_yaml.read(lines.source, reading.fault, lines.first)
    broken = len(reading.faults) > before
    if found is None:
        return _Front(reading, {}, broken)
    if not isinstance(found, Named):
        reading.fault(found.line, "the front matter is not a list of names and values",
                      "write 'name: value' a line, with a space after the colon")  # fmt: skip
        return _Front(reading, {}, broken=True)
    known = tuple(field.name for field in attrs.fields(Head))
    for name, (_, line) in found.pairs.items():
        if name not in known:
            reading.fault(line, f"'{name}' is not known in front matter",
                          f"take it out, or {write_one_of(name, known)}")  # fmt: skip
            broken = broken or bool(near(name, ("title",)))
    return _Front(reading, found.pairs, broken)


def _read_head(reading: _Reading, lines: _FrontLines, title: str, key: str) -> Head:
    front = _front(reading, lines)
    named = front.text("title", title)
    if title and "title" in front.pairs and title != named:
        reading.fault(front.line("title"), "the page has two titles", "keep the one in the front matter")
    if not named:
        # Where a line could not be read, the title may have stood there.
        if not front.broken and not reading.cut:
            where_title = "write 'title: …' in its front matter" if front.pairs else "write '# Title' on its first line"
            reading.fault(1, "the page has no title", where_title)
        named = "untitled"
    own = front.text("key", key) or _slug(named)
    if not _KEY.fullmatch(own):
        reading.fault(front.line("key"), f"'{own}' is no key", "write lower-case words joined by hyphens")
        own = _slug(own, 40)
    minutes = None
    if given := front.texts("minutes"):
        minutes = _minutes(reading, front.line("minutes"), "-".join(given), "minutes: ")
    at = front.line

    def choice(name: str, kind: Iterable[str], default: str) -> str:
        text = front.text(name)
        return _one_of(reading, at(name), f"{name}: ", text, kind) or default if text else default

    suits = (_one_of(reading, at("suits"), "suits: ", text, Suits) for text in front.texts("suits"))
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
        kept=front.kept(),
    )


def read_head(text: str, where: str = "page.md") -> Head:
    """
    Read only what a page says about its model: the front matter, or the title of the smallest page.

    Args:
        text: The page.
        where: What to call it in faults: its file name.

    Raises:
        Faults: What is wrong with it.
    """
    reading = _started(text, where)
    title, key = "", ""
    front = _front_lines(reading.lines)
    lines = reading.lines[front.end :]
    start = next((n for n, line in enumerate(lines) if line.strip()), len(lines))
    block = list(itertools.takewhile(str.strip, lines[start:]))
    # Only what may be a heading is read as Markdown: a full page names its title above, and listing has many.
    titled = bool(block) and (block[0].lstrip().startswith("#") or any(not line.strip("= \t") for line in block[1:]))
    first = markdown.page("\n".join(block))[:1] if titled else ()
    if first and isinstance(first[0], Heading) and first[0].level == 1:
        line = front.end + start + 1
        braces = _split(reading, first[0].raw, line, (), ())
        title, key = _plain(reading, braces.text, line, "a title"), braces.key
    head = _read_head(reading, front, title, key)
    if reading.faults:
        raise Faults(reading.faults)
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
    if head.kept:
        yield "kept:"
        for kept in head.kept:
            pairs = attrs.asdict(kept, filter=lambda a, v: a.name != "at" or bool(v))
            yield f"- {_dump(pairs, flow=True)}"
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
