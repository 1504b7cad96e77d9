"""
What front matter says a method needs: people, a sheet to fill, pages that are its steps, an order of use; and its
picture.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import attrs

from reflect.errors import Refused, add_hint
from reflect.files import yaml as simple_yaml
from reflect.files.yaml import YamlMapping, YamlText
from reflect.pages.front_values import FrontMatter, write_in_line, write_line
from reflect.pages.keys import KEY, WRITE_A_KEY
from reflect.questions.half_hours import HALF_HOUR
from reflect.questions.model import PICTURED, Canvas, CanvasKind, People, Picture
from reflect.questions.question import Mode

_PEOPLE = "write {least: 3, most: 18, how: in threes}, and leave out what does not matter"
_CANVAS = (
    "write {sheet: what it is for}, {columns: [one, another]}, {circles: [innermost, outer]}, "
    "{timeline: [first, last]}, {corners: [one, two, three]} or {across: [left, right], up: [bottom, top]}"
)


def read_does(front: FrontMatter, name: str) -> Mode | None:
    """
    Return what is done on the page itself; None if it asks.
    """
    text = front.read_text(name)
    if not text:
        return None
    does = front.value_of(name, text).choose_name(mode for mode in Mode if mode is not Mode.ASK)
    return Mode(does) if does else None


# --- people


def read_people(front: FrontMatter, name: str) -> People | None:
    """
    Return how many a method is for: from names with values, or from one number or two.
    """
    if name not in front.pairs:
        return None
    value, line = front.pairs[name]
    if not isinstance(value, YamlMapping):
        return _read_people_in_words(front, name)
    inner = _name_values(front, value, name, ("least", "most", "how"))
    numbers = {}
    for each in ("least", "most"):
        if text := inner.read_text(each):
            numbers[each] = inner.value_of(each, text).read_number()
    least, most = numbers.get("least"), numbers.get("most")
    how = inner.read_text("how")
    if least and most and least > most:
        remedy = f"write {{least: {most}, most: {least}}}"
        front.reading.add_fault(line, f"'{name}' has a least of {least} and a most of {most}", remedy)
        return None
    if not (how or numbers):
        front.reading.add_fault(line, f"'{name}' does not say how many", _PEOPLE)
        return None
    return People(least=least or 1, most=most, how=how)


#: A number of people or two, and then how they sit.
_SOME_PEOPLE = re.compile(
    r"(?P<least>[0-9]+)(?:\s*(?:-|–|to|,)\s*(?P<most>[0-9]+)|\s*(?P<more>\+|or more))?"
    r"(?:\s+(?:people|participants))?(?:(?(most)|(?(more)|[,;:]))[\s,;:]+(?P<how>\S.*))?"
)


def _read_people_in_words(front: FrontMatter, name: str) -> People | None:
    """
    Return people from a number, two numbers or some words, such as ``6-12, in a circle``.
    """
    text = ", ".join(front.read_texts(name))
    if not text:
        return None
    found = _SOME_PEOPLE.fullmatch(text)
    if not found:
        return People(least=1, how=text)
    least = front.value_of(name, found["least"]).read_number()
    most = front.value_of(name, found["most"]).read_number() if found["most"] else None
    if least is None or (found["most"] and most is None):
        return None
    if most and least > most:
        remedy = f"write {most}-{least}"
        front.reading.add_fault(front.line_of(name), f"'{name}' has a least of {least} and a most of {most}", remedy)
        return None
    if not (found["most"] or found["more"]):
        most = least
    return People(least=least, most=most, how=found["how"] or "")


def write_people(name: str, people: People) -> Iterator[str]:
    """
    Give the line of people.
    """
    most = {"most": str(people.most)} if people.most is not None else {}
    how = {"how": people.how} if people.how else {}
    yield f"{name}: {simple_yaml.write_on_a_line({'least': str(people.least), **most, **how})}"


def _name_values(front: FrontMatter, value: YamlMapping, name: str, known: tuple[str, ...]) -> FrontMatter:
    """
    Return the values in a mapping, with a fault for each name that is not known.
    """
    inner = FrontMatter(front.reading, value.pairs)
    inner.refuse_unknown(known, f"'{name}'")
    return inner


# --- a sheet to fill

#: What a canvas of each kind is named by.
_NAMED_BY = {
    "sheet": CanvasKind.SHEET,
    "columns": CanvasKind.COLUMNS,
    "rows": CanvasKind.COLUMNS,
    "circles": CanvasKind.CIRCLES,
    "timeline": CanvasKind.TIMELINE,
    "corners": CanvasKind.CORNERS,
    "across": CanvasKind.AXES,
    "up": CanvasKind.AXES,
}
#: The ends of the two axes, as they are written.
_ENDS = {"across": "[left, right]", "up": "[bottom, top]"}


def read_canvas(front: FrontMatter, name: str) -> Canvas | None:
    """
    Return the sheet that a method fills.
    """
    if name not in front.pairs:
        return None
    value, line = front.pairs[name]
    if isinstance(value, YamlText) and value.text == "sheet":
        return Canvas(kind=CanvasKind.SHEET)
    if not isinstance(value, YamlMapping):
        front.reading.add_fault(line, f"'{name}' does not say what the sheet looks like", _CANVAS)
        return None
    before = len(front.reading.faults)
    inner = _name_values(front, value, name, tuple(_NAMED_BY))
    words = {each: inner.read_texts(each) for each in value.pairs if each in _NAMED_BY}
    kinds = list(dict.fromkeys(_NAMED_BY[each] for each in words))
    if len(kinds) > 1:
        front.reading.add_fault(line, f"'{name}' is of two kinds: {' and '.join(words)}", "keep one of them")
    elif kinds:
        _check_words(front, name, line, kinds[0], words)
    elif not value.pairs:
        front.reading.add_fault(line, f"'{name}' does not say what the sheet looks like", _CANVAS)
    if not kinds or len(front.reading.faults) > before:
        return None
    if kinds[0] is CanvasKind.AXES:
        return Canvas(kind=kinds[0], words=(*words["across"], *words["up"]))
    return Canvas(kind=kinds[0], words=words.get(kinds[0].value, ()), rows=words.get("rows", ()))


def _check_words(front: FrontMatter, name: str, line: int, kind: CanvasKind, words: dict[str, tuple[str, ...]]) -> None:
    tell = front.reading.add_fault
    if kind is CanvasKind.AXES:
        for each, ends in _ENDS.items():
            if each not in words:
                remedy = f"write {each}: {ends} too; a single line is {{timeline: [one end, the other]}}"
                tell(line, f"'{name}' has only one of the two axes", remedy)
            elif len(words[each]) != 2:
                what = f"'{each}' in '{name}' has {len(words[each])} words, and an axis has two ends"
                tell(line, what, f"write {ends}")
    elif kind is CanvasKind.SHEET:
        if len(words["sheet"]) > 1:
            tell(line, f"'sheet' in '{name}' is not a single text", "write {sheet: what it is for}")
    elif kind is CanvasKind.CORNERS:
        if len(words["corners"]) not in (3, 4):
            what = f"'corners' in '{name}' has {len(words['corners'])} words, and a sheet has three or four corners"
            tell(line, what, "write {corners: [top left, top right, bottom]}")
    elif "columns" not in words and kind is CanvasKind.COLUMNS:
        tell(line, f"'{name}' has rows, but no columns", "write {columns: [one, another], rows: [one, another]}")
    else:
        for each, own in words.items():
            if not own:
                tell(line, f"'{each}' in '{name}' has no words", f"write {{{each}: [one, another]}}")


def write_canvas(name: str, canvas: Canvas) -> Iterator[str]:
    """
    Give the line of a sheet to fill.
    """
    match canvas.kind:
        case CanvasKind.SHEET:
            named: object = {"sheet": canvas.words[0]} if canvas.words else "sheet"
        case CanvasKind.AXES:
            named = {"across": list(canvas.words[:2]), "up": list(canvas.words[2:])}
        case kind:
            named = {str(kind): list(canvas.words), **({"rows": list(canvas.rows)} if canvas.rows else {})}
    yield f"{name}: {simple_yaml.write_on_a_line(named)}"


# --- the picture it is known by

_PICTURE = "write {corners: [one, two, three]}, {matrix: [one, two, three, four]} or another shape with its words"


def read_picture(front: FrontMatter, name: str) -> Picture | None:
    """
    Return the picture that a model is known by: a shape, and the words in it.
    """
    if name not in front.pairs:
        return None
    value, line = front.pairs[name]
    if not isinstance(value, YamlMapping):
        front.reading.add_fault(line, f"'{name}' does not say what the picture looks like", _PICTURE)
        return None
    before = len(front.reading.faults)
    inner = _name_values(front, value, name, (*map(str, PICTURED), "across"))
    words = {each: inner.read_texts(each) for each in value.pairs if each in PICTURED}
    across = inner.read_texts("across") if "across" in value.pairs else ()
    if len(words) > 1:
        front.reading.add_fault(line, f"'{name}' is of two shapes: {' and '.join(words)}", "keep one of them")
    elif not words and len(front.reading.faults) == before:
        front.reading.add_fault(line, f"'{name}' does not say what the picture looks like", _PICTURE)
    if len(front.reading.faults) > before:
        return None
    ((shape, said),) = words.items()
    try:
        return Picture(shape=shape, words=said, across=across)
    except Refused as error:
        front.reading.add_fault(line, f"'{name}': {error}", _PICTURE)
        return None


def write_picture(name: str, picture: Picture) -> Iterator[str]:
    """
    Give the line of a picture.
    """
    across = {"across": list(picture.across)} if picture.across else {}
    yield f"{name}: {simple_yaml.write_on_a_line({str(picture.shape): list(picture.words), **across})}"


# --- other pages, and the parts of this one


@attrs.frozen
class PageStep:
    """
    A page that is a step of another, and its minutes there; None if they are not said.
    """

    page: str
    minutes: int | None = None

    def __str__(self) -> str:
        return self.page if self.minutes is None else f"{self.page}@{self.minutes}"


_PAGE_STEP = re.compile(rf"(?P<page>{KEY.pattern})(?:@(?P<minutes>(?=.*[1-9])[0-9]{{1,3}}))?")


def parse_page_step(text: str) -> PageStep | None:
    """
    Return the page and the minutes of a text such as ``"closing-round@5"``; None if it is not of that form.
    """
    match = _PAGE_STEP.fullmatch(text)
    return PageStep(match["page"], int(match["minutes"]) if match["minutes"] else None) if match else None


def read_keys(front: FrontMatter, name: str) -> tuple[str, ...]:
    """
    Return the keys that a name lists, each once.
    """
    keys = front.read_texts(name)
    for key in keys:
        if not KEY.fullmatch(key):
            front.reading.add_fault(front.line_of(name), f"'{key}' in '{name}' is not a key", WRITE_A_KEY)
    return _refuse_twice(front, name, tuple(key for key in keys if KEY.fullmatch(key)))


def read_steps(front: FrontMatter, name: str) -> tuple[str, ...]:
    """
    Return the pages that are steps of this one, each with its minutes if they are said.
    """
    steps = []
    for text in front.read_texts(name):
        if step := parse_page_step(text):
            steps.append(step)
        else:
            remedy = "write the key of the page, and its minutes after @: [balint-group@30, closing-round@5]"
            front.reading.add_fault(front.line_of(name), f"'{text}' in '{name}' is not a page with its minutes", remedy)
    once = _refuse_twice(front, name, tuple(step.page for step in steps))
    return tuple(str(next(step for step in steps if step.page == page)) for page in once)


_PIECE = re.compile(rf"(?P<key>{KEY.pattern}(?:\.{KEY.pattern})*)(?:@(?P<minutes>[1-9][0-9]?))?")


def read_half_hour(front: FrontMatter, name: str) -> tuple[str, ...]:
    """
    Return what of the page is used in half an hour, each part with its minutes if they are said.
    """
    pieces: dict[str, str] = {}
    for text in front.read_texts(name):
        if not (found := _PIECE.fullmatch(text)):
            remedy = "write the keys of parts, and their minutes after @: [experience@15, action@10]"
            what = f"'{text}' in '{name}' is not a part with its minutes"
            front.reading.add_fault(front.line_of(name), what, remedy)
        elif found["key"] in pieces:
            front.reading.add_fault(front.line_of(name), f"'{found['key']}' is in '{name}' twice", "keep one of them")
        else:
            pieces[found["key"]] = text
    return tuple(pieces.values())


def explain_half_hour(half_hour: tuple[str, ...], known: Iterable[str], least: int) -> Iterator[tuple[str, str]]:
    """
    Give what is wrong with what a page uses in half an hour, each with what to do.

    Args:
        half_hour: What the front matter says.
        known: The keys of the parts, questions and steps of the page, without its own.
        least: The fewest minutes that what is used needs.
    """
    known = tuple(known)
    unknown = [key for key in (piece.partition("@")[0] for piece in half_hour) if key not in known]
    for key in unknown:
        what = f"'half-hour' has '{key}', and no part, question or step of the page has that key"
        yield what, add_hint("write keys that are on the page", key, known)
    said = sum(int(piece.partition("@")[2] or 0) for piece in half_hour)
    if not unknown and max(said, least) > HALF_HOUR:
        what = f"'half-hour' takes {max(said, least)} minutes"
        yield what, f"name fewer parts, or give each fewer minutes after @; together {HALF_HOUR} at most"


def _refuse_twice(front: FrontMatter, name: str, keys: tuple[str, ...]) -> tuple[str, ...]:
    once = tuple(dict.fromkeys(keys))
    for key in once:
        if keys.count(key) > 1:
            front.reading.add_fault(front.line_of(name), f"'{key}' is in '{name}' twice", "keep one of them")
    return once


def write_order(name: str, order: tuple[str, ...]) -> Iterator[str]:
    """
    Give the line of an order of use.
    """
    return write_line(name, "down") if order == ("down",) else write_in_line(name, order)


def explain_unknown_part(key: str, known: tuple[str, ...]) -> tuple[str, str]:
    """
    Return what to say of a key in an order of use that no part has.
    """
    remedy = "write the keys of parts, or 'order: down' for the last first"
    return f"'order' has '{key}', and no part of the page has that key", add_hint(remedy, key, known)
