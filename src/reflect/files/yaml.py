"""
The part of YAML our files use: names with texts, with lists, or with names again.

Every value is a text, so ``no`` and ``1984`` stay as typed. Anchors, aliases and
tags are faults: without them a short file is always a short value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import attrs
import yaml

from reflect.errors import Fault, Faults
from reflect.files.slips import explain_line

#: Lists and names nest at most this deep.
DEEPEST = 8
#: At most this many unreadable lines of a file are reported; more would add nothing new.
MOST = 20
#: A file is at most this long, in characters and in lines, and has at most this many names, texts and lists.
LONGEST, MOST_LINES, MOST_VALUES = 500_000, 20_000, 40_000
#: Looking for unreadable lines again and again takes at most as long as reading this many values.
_MOST_WORK = 2 * MOST_VALUES

#: Takes a line counted from 1, what is wrong and what to do.
Tell = Callable[[int, str, str], None]


@attrs.frozen
class YamlText:
    text: str
    line: int


@attrs.frozen
class YamlList:
    items: tuple[Value, ...]
    line: int


@attrs.frozen
class YamlMapping:
    """
    Names with their values. If a name is used twice, that is a fault, and its last value counts.
    """

    pairs: dict[str, tuple[Value, int]]
    line: int


Value = YamlText | YamlList | YamlMapping


class _TooMany(Exception):
    """
    A file holds more than anybody reads.
    """


@attrs.frozen
class _Unreadable(Exception):
    line: int
    what: str
    remedy: str


def refuse_too_long(source: str, where: str) -> None:
    """
    Refuse a text that is longer than any file of ours, before anything looks at it.

    Raises:
        Faults: It is.
    """
    if len(source) > LONGEST or source.count("\n") + source.count("\r") > MOST_LINES:
        what = f"this is longer than {LONGEST:,} characters or {MOST_LINES:,} lines"
        raise Faults((Fault(where, None, what, "check that it is the right file, and take out what is not needed"),))


def read(source: str, tell: Tell, first: int = 1) -> Value | None:
    """
    Return the value of a text in YAML, or None if it is empty. Its first line is line *first* of the file.

    A line that cannot be read is reported and left out, so that the rest is still checked.
    """
    lines = source.split("\n")
    for n, line in enumerate(lines):
        if bad := _UNPRINTABLE.search(line):
            tell(first + n, f"a character that cannot be printed ({_code_point(bad[0])})", "type the line again")
            lines[n] = ""
    work = _Work()
    for _ in range(MOST):
        try:
            return _Composing(tell, first, work).whole("\n".join(lines))
        except _TooMany:
            what = f"this holds more than {MOST_VALUES:,} names and values"
            tell(first, what, "mend what is said of it so far, and take out what is not needed")
            return None
        except _Unreadable as error:
            at = min(error.line, len(lines) - 1)
            while at and not lines[at].strip():  # a parser notices some things only at the end
                at -= 1
            tell(first + at, error.what, error.remedy)
            lines[at] = ""
    return None


#: Characters that YAML refuses, and that no line of a file should hold.
_UNPRINTABLE = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ue000-\uf8ff\ufffe\uffff]")


def _code_point(character: str) -> str:
    return f"U+{ord(character):04X}"


@attrs.define
class _Work:
    """
    What all passes over a file have done together.
    """

    values: int = 0


class _Composing:
    """
    One pass over the events of a parser, with a bound on depth and on the number of values.
    """

    def __init__(self, tell: Tell, first: int, work: _Work) -> None:
        self.tell = tell
        self.first = first
        self.work = work
        self.values = 0
        self.told: list[tuple[int, str, str]] = []

    def whole(self, source: str) -> Value | None:
        events = self.events(source)
        next(events)  # the stream begins
        if isinstance(next(events), yaml.StreamEndEvent):
            return None
        found = self.value(next(events), events, 0)
        next(events)  # the document ends
        if not isinstance(after := next(events), yaml.StreamEndEvent):
            line = _line(after)
            raise _Unreadable(line, "a second text begins here", "take the line '---' or '...' out")
        for told in self.told:
            self.tell(*told)
        return found

    def events(self, source: str) -> Iterator[yaml.Event]:
        try:
            yield from yaml.parse(source, getattr(yaml, "CBaseLoader", yaml.BaseLoader))
        except yaml.MarkedYAMLError as error:
            raise _explain(error, source.split("\n")) from None
        except (yaml.YAMLError, UnicodeError):
            raise _Unreadable(0, "this cannot be read", "write 'name: value' a line") from None

    def value(self, event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Value:
        line = _line(event)
        self.values += 1
        self.work.values += 1
        if self.values > MOST_VALUES or self.work.values > _MOST_WORK:
            raise _TooMany
        sign = "*" if isinstance(event, yaml.AliasEvent) else "&" if getattr(event, "anchor", None) else ""
        if not sign and getattr(event, "tag", None):
            sign = "!"
        if sign:
            raise _Unreadable(line, f"a value begins with {sign}", "put the value in quotation marks")
        if depth > DEEPEST:
            raise _Unreadable(line, f"lists are nested more than {DEEPEST} deep", "write 'name: value' a line")
        match event:
            case yaml.SequenceStartEvent():
                items: list[Value] = []
                while not isinstance(inner := next(events), yaml.SequenceEndEvent):
                    items.append(self.value(inner, events, depth + 1))
                return YamlList(tuple(items), self.first + line)
            case yaml.MappingStartEvent():
                return self.read_mapping(line, events, depth)
            case _:
                return YamlText(str(getattr(event, "value", "")), self.first + line)

    def read_mapping(self, line: int, events: Iterator[yaml.Event], depth: int) -> YamlMapping:
        pairs: dict[str, tuple[Value, int]] = {}
        while not isinstance(inner := next(events), yaml.MappingEndEvent):
            name = self.value(inner, events, depth + 1)
            value = self.value(next(events), events, depth + 1)
            if not isinstance(name, YamlText):
                self.told.append((name.line, "a name is not one word", "write 'name: value' a line"))
                continue
            if name.text in pairs:
                self.told.append((name.line, f"'{name.text}' is used twice", "keep one of them"))
            pairs[name.text] = (value, name.line)
        return YamlMapping(pairs, self.first + line)


def _line(event: yaml.Event) -> int:
    return event.start_mark.line if event.start_mark else 0


#: No value may begin with one of these: YAML keeps them for itself.
_SIGNS = "@`%&*!|>"


def _explain(error: yaml.MarkedYAMLError, lines: list[str]) -> _Unreadable:
    """
    Explain in a trainer's words what the parser stumbled over, at the line where it began.
    """
    mark = error.problem_mark or error.context_mark
    line = mark.line if mark else 0
    context, problem = error.context or "", error.problem or ""
    opened = error.context_mark.line if error.context_mark else line
    if "quoted scalar" in context:
        return _Unreadable(opened, "a quotation mark is opened but not closed", "close it, or take it out")
    if "flow" in context:
        return _Unreadable(
            opened, "a bracket is opened but not closed", "close it, or put the value in quotation marks"
        )
    line = opened if "simple key" in context else line
    text = lines[line] if line < len(lines) else ""
    if not text.lstrip(" ").startswith("\t") and (explanation := explain_line(text)):
        return _Unreadable(line, *explanation)
    name, colon, value = text.partition(":")
    if "mapping values" in problem and text.startswith(" ") and not re.search(r":(\s|$)", value):
        return _Unreadable(line, "the line is indented", f"begin '{name.strip()}:' where the names above it begin")
    if "mapping values" in problem:
        if name.strip().startswith("-"):
            return _Unreadable(line, "a value holds ': '", 'put it in straight quotation marks: - "…"')
        what = f"the value of '{name.strip()}' holds ': '"
        return _Unreadable(line, what, f'put it in straight quotation marks: {name.strip()}: "…"')
    if text.startswith("\t") or re.match(r"\s*\t", text):
        return _Unreadable(line, "the line begins with a tab", "begin it with spaces, or at the margin")
    start = (value if colon else name).strip().lstrip("-").strip()[:1]
    if start and start in _SIGNS:
        return _Unreadable(line, f"a value begins with {start}", "put the value in quotation marks")
    return _Unreadable(line, "this line is not 'name: value'", "write 'name: value', or '- value' in a list")


def without_comments(text: str, where: str) -> str:
    """
    Return YAML that says the same, without its comments.

    Raises:
        Faults: It cannot be written anew.
    """
    try:
        return str(yaml.emit(yaml.parse(text), allow_unicode=True, width=10**6))
    except yaml.YAMLError:
        remedy = "put values with signs in them in quotation marks"
        raise Faults((Fault(where, None, "its comments cannot be taken out", remedy),)) from None


def texts_in(text: str) -> Iterator[str]:
    """
    Give every name and value in YAML that can be read.
    """
    try:
        yield from (event.value for event in yaml.parse(text) if isinstance(event, yaml.ScalarEvent))
    except yaml.YAMLError:
        return


# --- writing


def quote(text: str) -> str:
    """
    Return a text as a value in straight quotation marks, with its special characters escaped.
    """
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def write_text(text: str) -> str:
    """
    Return a text of any characters as a value on one line; a character that no line of a file may hold becomes a space.
    """
    return quote(_UNPRINTABLE.sub(" ", text).replace("\n", " "))


class _Dumper(yaml.SafeDumper):
    """
    Texts as people write them, quoted only where YAML needs it: here every value is a text.
    """

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}


def write_on_a_line(value: object) -> str:
    """
    Return a text, or names with texts or with lists of texts, as one line of YAML that `read` reads back.
    """
    line = yaml.dump(value, Dumper=_Dumper, default_flow_style=True, allow_unicode=True, width=10**9, sort_keys=False)
    return line.removesuffix("\n").removesuffix("\n...")
