"""
Front matter: what a page says about its model, read and written.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import attrs

from reflect.errors import hint_at_nearest, write_one_of
from reflect.files import yaml as simple_yaml
from reflect.files.slips import explain_line, find_slip, name_slip, straighten
from reflect.files.yaml import Value, YamlList, YamlMapping, YamlText
from reflect.pages.keys import KEY, WRITE_A_KEY, make_key
from reflect.pages.limits import PageReading
from reflect.pages.unasked import explain_heading
from reflect.pages.values import PageValue, find_unprintable
from reflect.questions.model import Head, Kept, Source, Suits, Whose
from reflect.questions.question import Shape
from reflect.questions.rings import Ring

_Choice = TypeVar("_Choice", bound=enum.StrEnum)


# --- where it is


@attrs.frozen
class FrontMatterLines:
    """
    The lines of front matter.

    Attributes:
        source: The lines between the two fences.
        first: The number of the first of them, counted from 1.
        end: The number of lines from the top of the page to the end of the front matter, fences included.
        closed: Whether there is a second fence.
        slips: The numbers of lines that were meant as a fence, and are not one.
    """

    source: str = ""
    first: int = 1
    end: int = 0
    closed: bool = True
    slips: tuple[int, ...] = ()


#: A line that was meant as a fence, once its signs are straightened.
_NEARLY_A_FENCE = re.compile(r"-{1,12}|[*_=~+.]{3,12}|-{3} ?yaml|```(?:yaml|yml)?")
_PAIR = re.compile(r"[\"']?(?P<name>[A-Za-z][\w-]*)[\"']?[ ]?[:=]")


def find_front_matter(lines: list[str]) -> FrontMatterLines:
    """
    Find the lines of front matter on a page; there may be none.
    """
    start = next((n for n, line in enumerate(lines) if line.strip()), 0)
    opens = lines[start].rstrip() == "---"
    if not opens and not (_is_nearly_a_fence(lines[start]) and _has_pair(lines, start + 1)):
        return FrontMatterLines()
    slips = [] if opens else [start + 1]
    for end in range(start + 1, len(lines)):
        closes = lines[end].rstrip() == "---"
        if closes or (_is_nearly_a_fence(lines[end]) and lines[end].strip() not in ("-", "--", "...")):
            slips += [] if closes else [end + 1]
            return FrontMatterLines("\n".join(lines[start + 1 : end]), start + 2, end + 1, slips=tuple(slips))
    # It is never closed: assume that it ends before the first empty line or heading, so that the rest is checked too.
    rest = enumerate(lines[start + 1 :], start + 1)
    end = next((n for n, line in rest if not line.strip() or line.startswith("#")), len(lines))
    source = "\n".join(lines[start + 1 : end])
    return FrontMatterLines(source, start + 2, end, closed=False, slips=tuple(slips))


def _is_nearly_a_fence(line: str) -> bool:
    return len(line) < 40 and _NEARLY_A_FENCE.fullmatch(straighten(line).strip()) is not None


def _has_pair(lines: list[str], start: int) -> bool:
    """
    Whether the next line with words is a name of front matter with its value.
    """
    pair = _PAIR.match(straighten(next(filter(str.strip, lines[start:]), ""))[:80])
    return pair is not None and pair["name"].lower() in _FIELDS


def _find_broken_fences(reading: PageReading, lines: FrontMatterLines) -> None:
    """
    Add a fault for each line that was meant as the three hyphens of front matter.
    """
    for n in lines.slips:
        line = reading.lines[n - 1].strip()
        slip = name_slip(line[0])
        signs = slip.what if slip else f"{len(line)} hyphens" if line == "-" * len(line) else repr(line)
        what = f"front matter is between two lines of ---, and this line has {signs}"
        reading.add_fault(n, what, "type three hyphens (---)")


def _find_pair_without_fence(reading: PageReading, front: FrontMatterLines) -> bool:
    """
    Add a fault if a page begins with a name and its value, but without the line above them; return whether it does.
    """
    if front.end or not _has_pair(reading.lines, 0):
        return False
    line = next(n for n, line in enumerate(reading.lines, 1) if line.strip())
    reading.add_fault(line, "front matter begins without a line of ---", "write --- above it, and another below it")
    return True


# --- reading its values


@attrs.frozen
class FrontMatter:
    """
    The values of front matter, or of one of its entries.

    Attributes:
        pairs: The values by name, with their lines.
        broken: Whether a line could not be read, so that what seems to be missing may have been there.
    """

    reading: PageReading
    pairs: dict[str, tuple[Value, int]]
    broken: bool = False

    def line_of(self, name: str) -> int | None:
        return self.pairs[name][1] if name in self.pairs else None

    def read_text(self, name: str) -> str:
        """
        Return the value of a name as one text; empty if there is none.
        """
        if name not in self.pairs:
            return ""
        value, line = self.pairs[name]
        return self._text_of(value, line, name)

    def read_texts(self, name: str) -> tuple[str, ...]:
        """
        Return the value of a name as a list of texts; a single text is a list of one.
        """
        if name not in self.pairs:
            return ()
        value, line = self.pairs[name]
        if isinstance(value, YamlText):
            value = YamlList((value,), line)
        if not isinstance(value, YamlList):
            self.reading.add_fault(line, f"'{name}' is not a list of texts", f"write '{name}: [one, another]'")
            return ()
        return tuple(filter(None, (self._text_of(each, line, name) for each in value.items)))

    def read_choices(self, name: str, kind: type[_Choice]) -> tuple[_Choice, ...]:
        choices = (self._value(name, text).choose(kind) for text in self.read_texts(name))
        return tuple(dict.fromkeys(choice for choice in choices if choice))

    def read_choice(self, name: str, kind: type[_Choice]) -> _Choice | None:
        text = self.read_text(name)
        return self._value(name, text).choose(kind) if text else None

    def read_minutes(self, name: str) -> tuple[int, int] | None:
        texts = self.read_texts(name)
        return self._value(name, "-".join(texts)).read_minutes() if texts else None

    def read_roles(self, name: str) -> tuple[str, ...]:
        """
        Return the names of roles, which have the form of keys.
        """
        roles = self.read_texts(name)
        for role in roles:
            if not KEY.fullmatch(role):
                self.reading.add_fault(self.line_of(name), f"the role '{role}' is not a single word", WRITE_A_KEY)
        return roles

    def read_entries(self, name: str, entry: _Entry) -> tuple[Any, ...]:
        """
        Return the entries of a list, each of which is a mapping.
        """
        value, _ = self.pairs.get(name, (YamlText("", 1), 1))
        if isinstance(value, YamlText) and not value.text:
            return ()
        items = value.items if isinstance(value, YamlList) else (value,)
        return tuple(made for item in items if (made := self._read_entry(item, entry)) is not None)

    def _read_entry(self, value: Value, entry: _Entry) -> object | None:
        if not isinstance(value, YamlMapping):
            self.reading.add_fault(value.line, f"{entry.title} does not name its values", entry.remedy)
            return None
        inner = FrontMatter(self.reading, value.pairs)
        texts = {name: inner.read_text(name) for name in value.pairs}
        unknown = [name for name in texts if name not in entry.names]
        for name in unknown:
            what = f"'{name}' is not known in {entry.title}"
            self.reading.add_fault(inner.line_of(name), what, write_one_of(name, entry.names))
        missing = [f"'{name}'" for name in entry.needed if not texts.get(name)]
        if missing and not unknown:
            self.reading.add_fault(value.line, f"{entry.title} has no {' and no '.join(missing)}", entry.remedy)
        return None if missing or unknown else entry.kind(**texts)

    def _value(self, name: str, text: str) -> PageValue:
        return PageValue(self.reading, self.line_of(name), f"{name}: ", text)

    def _text_of(self, value: Value, line: int, name: str) -> str:
        if isinstance(value, YamlMapping) and value.line != line:
            remedy = 'put it in straight quotation marks: - "…"'
            self.reading.add_fault(value.line, f"a value of '{name}' holds ': '", remedy)
            return ""
        if not isinstance(value, YamlText):
            self.reading.add_fault(line, f"'{name}' is not a single text", f"write '{name}: …' on one line")
            return ""
        text = " ".join(value.text.split())
        find_unprintable(self.reading, text, line, f"'{name}'")
        return text


@attrs.frozen
class _Entry:
    """
    What an entry of a list may be, if it is a mapping.

    Attributes:
        title: What it is called in a fault.
        hint: What a remedy adds about the names in it.
    """

    kind: type[Source] | type[Kept]
    title: str
    hint: str

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(field.name for field in attrs.fields(self.kind))

    @property
    def needed(self) -> tuple[str, ...]:
        return tuple(field.name for field in attrs.fields(self.kind) if field.default is attrs.NOTHING)

    @property
    def remedy(self) -> str:
        return f"write '- {{{', '.join(f'{name}: …' for name in self.names)}}}'; {self.hint}"


_SOURCE = _Entry(Source, "a source", "the publisher may be left out")
_KEPT = _Entry(Kept, "an entry of 'kept'", "'at' is the key of a question or part, or left out")


# --- writing its values


def _write_text(name: str, value: object) -> Iterator[str]:
    yield f"{name}: {simple_yaml.write_on_a_line(str(value))}"


def _write_in_line(name: str, values: tuple[object, ...]) -> Iterator[str]:
    yield f"{name}: [{', '.join(map(str, values))}]"


def _write_list(name: str, values: tuple[Any, ...]) -> Iterator[str]:
    yield f"{name}:"
    for value in values:
        pairs = attrs.asdict(value, filter=lambda field, text: bool(text)) if attrs.has(type(value)) else value
        yield f"- {simple_yaml.write_on_a_line(pairs)}"


# --- every name of it


@attrs.frozen
class _Field:
    """
    A name in front matter, which is a field of `Head`: how to read and write its value.

    Attributes:
        read: Gives the value; nothing if the page leaves it to the default.
        write: Gives the lines.
        always: Whether it is written even if it is the default.
    """

    read: Callable[[FrontMatter, str], Any] = FrontMatter.read_text
    write: Callable[[str, Any], Iterator[str]] = _write_text
    always: bool = False


#: Every name, in the order in which they are written.
_FIELDS = {
    "key": _Field(),
    "version": _Field(always=True),
    "lang": _Field(),
    "title": _Field(),
    "family": _Field(),
    "shape": _Field(lambda front, name: front.read_choice(name, Shape)),
    "minutes": _Field(FrontMatter.read_minutes, _write_in_line),
    "suits": _Field(lambda front, name: front.read_choices(name, Suits), _write_in_line),
    "whose": _Field(lambda front, name: front.read_choice(name, Whose)),
    "ring": _Field(lambda front, name: front.read_choice(name, Ring)),
    "record": _Field(),
    "when": _Field(),
    "instead": _Field(),
    "mistakes": _Field(FrontMatter.read_texts, _write_list),
    "roles": _Field(FrontMatter.read_roles, _write_list),
    "sources": _Field(lambda front, name: front.read_entries(name, _SOURCE), _write_list),
    "rights": _Field(),
    "author": _Field(),
    "kept": _Field(lambda front, name: front.read_entries(name, _KEPT), _write_list),
    "licence": _Field(),
}


def read_front_matter(reading: PageReading, lines: FrontMatterLines, title: str, key: str) -> Head:
    """
    Return what a page says about its model.
    """
    front = _read_pairs(reading, lines)
    values = {name: field.read(front, name) for name, field in _FIELDS.items()}
    values["title"] = _choose_title(front, values["title"], title, lines.end)
    values["key"] = values["key"] or key or make_key(values["title"])
    if not KEY.fullmatch(values["key"]):
        slip = find_slip(values["key"], KEY.fullmatch)
        what, remedy = (f" because it has {slip.what}", slip.remedy) if slip else ("", WRITE_A_KEY)
        reading.add_fault(front.line_of("key"), f"'{values['key']}' is not a key{what}", remedy)
        values["key"] = make_key(values["key"], 40)
    return Head(**{name: value for name, value in values.items() if value})


def _read_pairs(reading: PageReading, lines: FrontMatterLines) -> FrontMatter:
    before = len(reading.faults)
    _find_broken_fences(reading, lines)
    if not lines.closed:
        remedy = "write --- on a line of its own after its last 'name: value'"
        reading.add_fault(lines.first - 1, "the front matter is opened but not closed", remedy)
    value = simple_yaml.read(lines.source, reading.add_fault, lines.first)
    broken = len(reading.faults) > before
    if value is None:
        return FrontMatter(reading, {}, broken or _find_pair_without_fence(reading, lines))
    if not broken:
        _find_yaml_comments(reading, lines, value)
    if not isinstance(value, YamlMapping):
        first = next((text for text in lines.source.split("\n") if text.strip()), "")
        remedy = "write one 'name: value' on each line, with a space after the colon"
        what = "the front matter is not a list of names and values"
        reading.add_fault(value.line, *(explain_line(first, _FIELDS) or (what, remedy)))
        return FrontMatter(reading, {}, broken=True)
    for name, (_, line) in value.pairs.items():
        if name not in _FIELDS and (slip := find_slip(name, lambda text: text.strip("\"' ") in _FIELDS)):
            reading.add_fault(line, f"the name has {slip.what}", slip.remedy)
            broken = True
        elif name not in _FIELDS:
            remedy = f"take it out, or {write_one_of(name, _FIELDS)}"
            reading.add_fault(line, f"'{name}' is not known in front matter", remedy)
            broken = broken or bool(hint_at_nearest(name, ("title",)))
    return FrontMatter(reading, value.pairs, broken)


#: A text in quotation marks, as a value.
_QUOTED = re.compile(r"""((?:^|[:,\[{-])\s*)(?:"(?>(?:[^"\\]|\\.)*)"|'(?>(?:[^']|'')*)')""")


def _find_yaml_comments(reading: PageReading, lines: FrontMatterLines, value: Value) -> None:
    """
    Add a fault for each line with a comment: it would be lost when the page is written.
    """
    if lines.source.count("#") <= sum(text.count("#") for text in _texts_in(value)):
        return
    for n, line in enumerate(lines.source.split("\n"), lines.first):
        if re.match(r"\s*#", line):
            reading.add_fault(n, "a comment does not belong on a page", "take it out: a page is printed as it is")
        elif re.search(r"\s#", _QUOTED.sub(r"\1", line)):
            remedy = "put the value in straight quotation marks, or take the words out"
            reading.add_fault(n, "the words after # would be left out", remedy)


def _texts_in(value: Value) -> Iterator[str]:
    match value:
        case YamlText(text):
            yield text
        case YamlList(items):
            for item in items:
                yield from _texts_in(item)
        case YamlMapping(pairs):
            for name, (inner, _) in pairs.items():
                yield name
                yield from _texts_in(inner)


def _choose_title(front: FrontMatter, own: str, heading: str, above: int) -> str:
    """
    The title from the front matter, or otherwise from the heading; a fault if there are two, or none.

    The first *above* lines of the page are front matter.
    """
    reading = front.reading
    if heading and "title" in front.pairs and heading != (own or heading):
        reading.add_fault(front.line_of("title"), "the page has two titles", "keep the one in the front matter")
    # If a line could not be read, the title may have been in it.
    if not own and not heading and not front.broken and not reading.cut:
        rest = enumerate(reading.lines[above:], above + 1)
        n, first = next(((n, line) for n, line in rest if line.strip()), (1, ""))
        if explanation := explain_heading(first, 1):
            reading.add_fault(n, *explanation)
        else:
            remedy = "write 'title: …' in its front matter" if front.pairs else "write '# Title' on its first line"
            reading.add_fault(1, "the page has no title", remedy)
    return own or heading or "untitled"


def write_front_matter(head: Head) -> Iterator[str]:
    """
    Give the lines of front matter, in canonical form.
    """
    yield "---"
    for name, field in _FIELDS.items():
        value = getattr(head, name)
        if value and (field.always or value != getattr(attrs.fields(Head), name).default):
            yield from field.write(name, value)
    yield "---"
