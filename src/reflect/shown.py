"""
Values that show themselves: in one line, when they are printed, and in a notebook.

The line is made here, from the fields of a value. `reflect.display`, high above, knows how a value is printed; the
package hands it down when it is imported. All three end up in logs, so none of them has anything in it that somebody
wrote, and none raises, whatever a value holds.
"""

from __future__ import annotations

import enum
import functools
import re
from collections.abc import Callable, Iterable, Iterator, Sized
from os import PathLike
from typing import Any, ClassVar, Protocol

#: What a terminal obeys and does not show: C0 and C1, marks and isolates of direction, further ends of lines.
_CONTROL = re.compile(
    "[\\x00-\\x1f\\x7f-\\x9f\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u206f\\ud800-\\udfff\\ufff9-\\ufffb]"
)
#: A line is at most this long.
LONGEST_LINE = 100
#: Fields whose text names a thing, and is nobody's words.
_NAMING = ("key", "kind", "code")


def printable(text: str) -> str:
    """
    Return a text with spaces for what no file can hold: control characters, and halves of characters.
    """
    return "".join(" " if c < " " or "\ud800" <= c <= "\udfff" or c in "\x7f\ufffe\uffff" else c for c in text)


def escape_controls(text: str, *, keep: str = "", write: str = "[U+{:04X}]") -> str:
    """
    Return a text in which each sign that a terminal obeys is spelt out: ``[U+001B]`` for an escape.

    They are control characters, ends of lines and paragraphs, marks that turn the direction of writing, and halves of
    characters.

    Args:
        text: What somebody wrote, or the name of a file.
        keep: Signs that stay, such as ends of lines.
        write: How a sign is written, as a format of its number.
    """
    if _CONTROL.search(text) is None:
        return text

    def spell_out(match: re.Match[str]) -> str:
        return match[0] if match[0] in keep else write.format(ord(match[0]))

    return _CONTROL.sub(spell_out, text)


def one_line(text: object) -> str:
    return " ".join(printable(str(text)).split())


def quote_text(text: object, most: int = 60) -> str:
    """
    Return a text in quotation marks, in one line of at most so many characters.
    """
    line = one_line(text)
    line = line if len(line) <= most else f"{line[: most - 1]}…"
    return f'"{line}"' if "'" in line else f"'{line}'"


def count_of(number: int, word: str) -> str:
    """
    Return a number with its noun: "1 session", "3 sessions".
    """
    return f"{number} {word}{'s' if number != 1 else ''}"


def line_of_value(value: Brief) -> str:
    """
    Return a value in one line: what it is, its key, and how much is in it.
    """
    kind = value._called or type(value).__name__
    try:
        line = f"{kind}({', '.join(map(one_line, value._brief()))})"
    except Exception:
        line = f"{kind}(…)"
    return line if len(line) <= LONGEST_LINE else f"{line[: LONGEST_LINE - 2]}…)"


def _never_raising(write: Callable[[Any], str]) -> Callable[[Any], str]:
    """
    Return a function that says less about a value if *write* fails on it: you still want to know what it is.
    """

    @functools.wraps(write)
    def write_or_say_less(value: Any) -> str:
        try:
            return "".join((write(value),))  # which fails if it is not a text
        except Exception:
            return str(value._say_less())

    return write_or_say_less


class Brief:
    """
    A value whose ``repr`` is one short line, without anything that somebody wrote; and whose ``str`` never raises.
    """

    __slots__ = ()
    #: What its line calls it, if not by its class.
    _called: ClassVar[str] = ""
    #: The fields and properties that its line shows; if none is named, all that are not private.
    _in_line: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls, **more: Any) -> None:
        super().__init_subclass__(**more)
        if "__repr__" not in cls.__dict__:

            def write_line(self: Brief) -> str:  # one for each class, or attrs would write another
                return line_of_value(self)

            cls.__repr__ = write_line  # type: ignore[assignment]
        if "__str__" in cls.__dict__:
            cls.__str__ = _never_raising(cls.__str__)  # type: ignore[method-assign]

    def _say_less(self) -> str:
        return repr(self)

    def _brief(self) -> Iterable[str]:
        """
        Give what its line says about it, in a few words each.
        """
        if self._in_line:
            return [word for name in self._in_line if (word := _word_for(name, getattr(self, name), naming=True))]
        return list(_words_of_fields(self))


def _words_of_fields(value: Any) -> Iterator[str]:
    import attrs  # a value of a class of attrs has loaded it; `import reflect` has not

    for field in attrs.fields(type(value)):
        inside = getattr(value, field.name)
        if field.repr and not (isinstance(inside, (int, enum.Enum)) and inside == field.default):
            yield from filter(None, [_word_for(field.name, inside, naming=field.name in _NAMING)])


def _word_for(name: str, value: object, *, naming: bool) -> str:
    """
    What a line says about a field. It leaves out a text, unless that is the name of something.
    """
    words = name.strip("_").replace("_", " ")
    match value:
        case enum.Enum():
            return str(value.value)
        case bool():
            return words if value else ""
        case int():
            return _count_things(value, words) if words.endswith("s") else f"{words} {value}"
        case str() | PathLike():
            return quote_text(value) if naming and str(value) else ""
        case Brief():
            return repr(value)
        case Exception():
            return type(value).__name__
        case Sized():
            return _count_things(len(value), words) if len(value) else ""
        case _:
            return ""


def _count_things(number: int, things: str) -> str:
    one = f"{things.removesuffix('ies')}y" if things.endswith("ies") else things.removesuffix("s")
    return f"{number} {one if number == 1 else things}"


class Display(Protocol):
    """
    What knows how every kind of value is printed.
    """

    def text(self, value: object) -> str:
        """
        Return a value as ``print`` shows it.
        """

    def page(self, value: object) -> str:
        """
        Return a value as HTML for a notebook.
        """


class Shown(Brief):
    """
    A value that can be printed, and looked at in a notebook.
    """

    __slots__ = ()
    #: Gives the display. ``reflect/__init__.py`` sets it, so that nothing down here names what is above.
    display: ClassVar[Callable[[], Display]]

    def __str__(self) -> str:
        return Shown.display().text(self)

    def _repr_html_(self) -> str:
        return Shown.display().page(self)
