"""
What people write: lines, each with its look. An answer is never parsed, and no line has a line end in it.
"""

from __future__ import annotations

import datetime
import enum
import re
import unicodedata
from collections.abc import Iterable, Iterator

import attrs

from reflect.arguments import WrongKind
from reflect.shown import Brief


class LineKind(enum.StrEnum):
    """
    The kind of a line in an answer.
    """

    PARAGRAPH = "paragraph"
    BULLET = "bullet"
    NUMBER = "number"


@attrs.frozen(kw_only=True)
class Run(Brief):
    """
    Words in one look.

    Attributes:
        text: The words.
        bold: Whether they are bold.
        italic: Whether they are italic.
    """

    text: str = attrs.field(repr=False)
    bold: bool = False
    italic: bool = False


@attrs.frozen(kw_only=True)
class Line(Brief):
    """
    One line of an answer.

    Attributes:
        runs: Its words, look by look.
        kind: A paragraph, or an entry of a list.
        level: How deep it is in lists, from 0.
    """

    runs: tuple[Run, ...] = attrs.field(repr=False)
    kind: LineKind = LineKind.PARAGRAPH
    level: int = attrs.field(default=0, validator=[attrs.validators.ge(0), attrs.validators.le(8)])

    @property
    def text(self) -> str:
        """
        Its words, whatever their look.
        """
        return "".join(run.text for run in self.runs)


def lines_of(text: str) -> tuple[Line, ...]:
    """
    Return typed text as paragraphs, one for each line, without parsing it.
    """
    return settle_lines(Line(runs=(Run(text=line),)) for line in _ends(text).split("\n"))


def settle_lines(lines: Iterable[Line]) -> tuple[Line, ...]:
    """
    Return lines as paper can hold them, so that what is read back from paper equals what was written.

    A line end in a run begins a new line, runs of one look are joined, empty lines at the beginning and the end go,
    and a character that no paper can hold becomes U+FFFD.
    """
    found = [each for line in lines for each in _settle_line(line)]
    while found and not found[-1].text.strip():
        found.pop()
    first = next((i for i, line in enumerate(found) if line.text.strip()), 0)
    return tuple(found[first:])


def _settle_line(line: Line) -> Iterator[Line]:
    if len(line.runs) == 1 and (text := line.runs[0].text) and text.isprintable():
        yield line
        return
    here: list[Run] = []
    kind = line.kind
    for run in line.runs:
        first, *more = _FORBIDDEN.sub("\ufffd", _ends(run.text)).split("\n")
        _add(here, attrs.evolve(run, text=first))
        for text in more:
            yield Line(runs=tuple(here), kind=kind, level=line.level)
            kind = LineKind.PARAGRAPH  # what follows within an item belongs to it, and is not an item itself
            here = []
            _add(here, attrs.evolve(run, text=text))
    yield Line(runs=tuple(here), kind=kind, level=line.level)


def _add(runs: list[Run], run: Run) -> None:
    if not run.text:
        return
    if runs and (runs[-1].bold, runs[-1].italic) == (run.bold, run.italic):
        runs[-1] = attrs.evolve(run, text=runs[-1].text + run.text)
    else:
        runs.append(run)


# --- texts as they are shown

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_OPENERS = {"\u202a": "\u202c", "\u202b": "\u202c", "\u202d": "\u202c", "\u202e": "\u202c",
            "\u2066": "\u2069", "\u2067": "\u2069", "\u2068": "\u2069"}  # fmt: skip
_ENDS = re.compile("\r\n|[\r\u0085\u2028\u2029]")
_TURNS = frozenset({"R", "AL", "AN", "LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})


def _ends(text: str) -> str:
    return _ENDS.sub("\n", text)


def visible(text: str) -> str:
    """
    Return a text as it is shown, in every format.

    There is one kind of line end, characters that XML forbids become U+FFFD, and a text with
    right-to-left letters or direction marks is isolated, so that it cannot turn the text around it.
    """
    if text.isprintable() and text.isascii():
        return text
    shown = _FORBIDDEN.sub("\ufffd", _ends(text))
    return "\n".join(map(isolate, shown.split("\n"))) if may_turn(shown) else shown


def may_turn(text: str) -> bool:
    """
    Whether a text may turn the text around it, because it has right-to-left letters or direction marks.
    """
    return not text.isascii() and any(unicodedata.bidirectional(c) in _TURNS for c in text)


def isolate(line: str) -> str:
    """
    Return a line between marks that isolate it. It closes everything that it opens, and nothing else.
    """
    inner = _balance(line)
    return f"\u2068{inner}\u2069" if inner.strip() else inner


def _balance(line: str) -> str:
    out: list[str] = []
    waiting: list[str] = []
    for char in line:
        if char in _OPENERS:
            waiting.append(_OPENERS[char])
        elif char in ("\u202c", "\u2069"):
            if not waiting or waiting[-1] != char:
                out.append("\ufffd")
                continue
            waiting.pop()
        out.append(char)
    return "".join(out) + "".join(reversed(waiting))


#: What is taken wherever words are written on paper: `words_of` makes a text of it.
Words = str | datetime.date | datetime.time | None


def words_of(given: Words) -> str:
    """
    Return what was given where words are written: a text as it is, a day or a time as people write it, and nothing for
    None.

    Raises:
        WrongKind: It is something else, such as a number or bytes.
    """
    match given:
        case str():
            return given
        case None:
            return ""
        case datetime.date():
            return day_in_words(given)
        case datetime.time():
            return f"{given:%H:%M}"
    raise WrongKind("something that is given is neither a text nor a day or a time")


def clean_typed(text: Words) -> str:
    """
    Return typed words as paper can hold them: trimmed, with one kind of line end, and without signs that XML forbids.
    """
    if not isinstance(text, str):
        text = words_of(text)
    if text.isprintable() and text.isascii():
        return text.strip()
    return _FORBIDDEN.sub("\ufffd", _ends(text)).strip()


def without_isolation(text: str) -> str:
    """
    Return a shown text without the marks that isolate its lines: what `visible` was given, if its marks were in order.
    """
    return "\n".join(map(_without_isolation, text.split("\n"))) if "\u2068" in text else text


def _without_isolation(line: str) -> str:
    inner = line[1:-1]
    whole = line.startswith("\u2068") and line.endswith("\u2069") and inner and _balance(inner) == inner
    return inner if whole else line


_MONTHS_IN_FULL = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def number_in_words(number: int) -> str:
    """
    Return a number up to ten in words, and a larger one in figures.
    """
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    return words[number] if number < len(words) else str(number)


def day_in_words(given: datetime.date) -> str:
    """
    Return a day in British words, ``4 March 2026``, whatever the language of the machine.
    """
    return f"{given.day} {_MONTHS_IN_FULL[given.month - 1]} {given.year}"


def list_days(days: Iterable[datetime.date]) -> str:
    """
    Return days in a row, the earliest first.
    """
    return ", ".join(map(day_in_words, sorted(days)))
