"""
Front matter: what a page says about its model, read and written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

import attrs

from reflect.errors import hint_at_nearest, write_one_of
from reflect.files import yaml as simple_yaml
from reflect.files.slips import explain_line, find_slip, name_slip, straighten
from reflect.files.yaml import Value, YamlList, YamlMapping, YamlText
from reflect.pages.front_values import EntryForm, FrontMatter, write_in_line, write_line, write_list
from reflect.pages.keys import KEY, WRITE_A_KEY, make_key
from reflect.pages.limits import PageReading
from reflect.pages.methods import (
    read_canvas,
    read_does,
    read_half_hour,
    read_keys,
    read_people,
    read_picture,
    read_steps,
    write_canvas,
    write_order,
    write_people,
    write_picture,
)
from reflect.pages.typed_signs import is_fence
from reflect.pages.unasked import explain_heading
from reflect.questions.model import Aim, Head, Kept, Offered, Source, Suits, Variant, Whose
from reflect.questions.question import Mode, Shape
from reflect.questions.rings import Ring

_SOURCE = EntryForm(Source, "a source", "the publisher may be left out")
_KEPT = EntryForm(Kept, "an entry of 'kept'", "'at' is the key of a question or part, or left out")
_VARIANT = EntryForm(Variant, "a variant", "'when' is for whom or where, 'do' what is then done")


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
        reading.add_fault(n, what, "type three hyphens (---)", (n,) if is_fence(line) else ())


def _find_pair_without_fence(reading: PageReading, front: FrontMatterLines) -> bool:
    """
    Add a fault if a page begins with a name and its value, but without the line above them; return whether it does.
    """
    if front.end or not _has_pair(reading.lines, 0):
        return False
    line = next(n for n, line in enumerate(reading.lines, 1) if line.strip())
    reading.add_fault(line, "front matter begins without a line of ---", "write --- above it, and another below it")
    return True


# --- every name of it


@attrs.frozen
class _Field:
    """
    A name in front matter, which is a field of `Head`, there with _ for -: how to read and write its value.

    Attributes:
        read: Gives the value; nothing if the page leaves it to the default.
        write: Gives the lines.
        always: Whether it is written even if it is the default.
        field: What the field is called, where that is another word: `for` is one of Python's own.
    """

    read: Callable[[FrontMatter, str], Any] = FrontMatter.read_text
    write: Callable[[str, Any], Iterator[str]] = write_line
    always: bool = False
    field: str = ""


#: Every name, in the order in which they are written.
_FIELDS = {
    "key": _Field(),
    "version": _Field(always=True),
    "lang": _Field(),
    "title": _Field(),
    "family": _Field(),
    "shape": _Field(lambda front, name: front.read_choice(name, Shape)),
    "does": _Field(read_does),
    "minutes": _Field(FrontMatter.read_minutes, write_in_line),
    "suits": _Field(lambda front, name: front.read_choices(name, Suits), write_in_line),
    "for": _Field(lambda front, name: front.read_choices(name, Aim), write_in_line, field="aims"),
    "half-hour": _Field(read_half_hour, write_in_line),
    "offered": _Field(lambda front, name: front.read_choice(name, Offered)),
    "people": _Field(read_people, write_people),
    "whose": _Field(lambda front, name: front.read_choice(name, Whose)),
    "ring": _Field(lambda front, name: front.read_choice(name, Ring)),
    "record": _Field(),
    "when": _Field(),
    "instead": _Field(),
    "mistakes": _Field(FrontMatter.read_texts, write_list),
    "roles": _Field(FrontMatter.read_roles, write_list),
    "materials": _Field(FrontMatter.read_texts, write_list),
    "room": _Field(),
    "picture": _Field(read_picture, write_picture),
    "canvas": _Field(read_canvas, write_canvas),
    "variants": _Field(lambda front, name: front.read_entries(name, _VARIANT), write_list),
    "goes-with": _Field(read_keys, write_in_line),
    "steps": _Field(read_steps, write_in_line),
    "order": _Field(read_keys, write_order),
    "sources": _Field(lambda front, name: front.read_entries(name, _SOURCE), write_list),
    "rights": _Field(),
    "author": _Field(),
    "kept": _Field(lambda front, name: front.read_entries(name, _KEPT), write_list),
    "licence": _Field(),
}


def _name_of_field(name: str) -> str:
    return _FIELDS[name].field or name.replace("-", "_")


@attrs.frozen(kw_only=True)
class Title:
    """
    The heading at the top of a page, and what its braces say.
    """

    text: str = ""
    key: str = ""
    line: int = 1
    does: Mode | None = None
    minutes: tuple[int, int] | None = None


def read_front_matter(reading: PageReading, lines: FrontMatterLines, title: Title) -> Head:
    """
    Return what a page says about its model.
    """
    front = _read_pairs(reading, lines)
    values = {_name_of_field(name): field.read(front, name) for name, field in _FIELDS.items()}
    values["title"] = _choose_title(front, values["title"], title.text, lines.end)
    values["key"] = values["key"] or title.key or make_key(values["title"])
    for name, said in (("does", title.does), ("minutes", title.minutes)):
        if said and values[name] and said != values[name]:
            reading.add_fault(title.line, f"the title says another '{name}' than the front matter", "keep one of them")
        values[name] = values[name] or said
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


#: A line of a word processor that names what is known about a model, such as ``Minutes: 30-60``.
_TYPED_FIELD = re.compile(r"\s*([A-Za-z]+(?:[ -][A-Za-z]+)?)\s*:\s*(\S.*)")
#: What such a line may be called, with the name in front matter.
_TYPED_NAMES = {name: name for name in _FIELDS if name not in ("title", "kept")} | {
    "source": "sources", "mistake": "mistakes", "role": "roles", "material": "materials", "variant": "variants",
    "license": "licence", "language": "lang",
}  # fmt: skip
#: Those of which each line is an entry, and those whose line is a list with commas.
_A_LINE_EACH = ("sources", "mistakes", "materials", "variants")
_WITH_COMMAS = ("suits", "for", "half-hour", "roles", "goes-with", "steps", "order")
_Place = TypeVar("_Place")


def _read_typed_field(line: str) -> tuple[str, str] | None:
    match = _TYPED_FIELD.fullmatch(line)
    name = _TYPED_NAMES.get(match[1].lower().replace(" ", "-")) if match else None
    return (name, match[2].strip()) if match and name else None


def is_typed_field(line: str) -> bool:
    """
    Whether a line of a word processor names what is known about a model.
    """
    return _read_typed_field(line) is not None


def write_typed_fields(lines: Iterable[tuple[str, _Place]]) -> list[tuple[str, _Place]]:
    """
    Return the lines of front matter that say what lines of a word processor say, each with its place; without any,
    nothing. A source is typed as ``Source: author; year; title; publisher``.
    """
    values: dict[str, list[tuple[str, _Place]]] = {}
    for line, place in lines:
        if field := _read_typed_field(line):
            values.setdefault(field[0], []).append((field[1], place))
    written: list[tuple[str, _Place]] = []
    for name, texts in values.items():
        first = texts[0][1]
        if name in _A_LINE_EACH:
            written.append((f"{name}:", first))
            written += [(f"- {_write_typed_value(name, text)}", place) for text, place in texts]
        elif name in _WITH_COMMAS:
            each = [word.strip(" []") for text, _ in texts for word in text.split(",")]
            written.append((f"{name}: [{', '.join(map(simple_yaml.write_on_a_line, each))}]", first))
        else:
            # A second line of one name is a fault like any name that is on a page twice.
            written += [(f"{name}: {_write_typed_value(name, text)}", place) for text, place in texts]
    return [("---", written[0][1]), *written, ("---", written[-1][1])] if written else []


def _write_typed_value(name: str, text: str) -> str:
    if text.startswith("{"):
        return re.sub("[“”„]", '"', text)
    if name == "sources":
        return simple_yaml.write_on_a_line(_typed_source(text))
    return simple_yaml.write_on_a_line(straighten(text) if name in ("minutes", "people") else text)


def _typed_source(text: str) -> dict[str, str]:
    names = ("author", "year", "title", "publisher")
    return {name: part.strip() for name, part in zip(names, text.split(";", 3), strict=False) if part.strip()}


def write_front_matter(head: Head) -> Iterator[str]:
    """
    Give the lines of front matter, in canonical form.
    """
    yield "---"
    for name, field in _FIELDS.items():
        value = getattr(head, _name_of_field(name))
        if value and (field.always or value != attrs.fields_dict(Head)[_name_of_field(name)].default):
            yield from field.write(name, value)
    yield "---"
