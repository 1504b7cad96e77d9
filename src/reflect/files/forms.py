"""
What a place in a YAML file may hold: words, a number, a day, a list.

A form reads a value and reports its fault, with line and remedy; the published schema is made from the same form,
so the two agree.
"""

from __future__ import annotations

import datetime
import re
from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import Any, ClassVar

import attrs

from reflect.errors import write_one_of
from reflect.files.slips import find_slip
from reflect.files.yaml import Tell, Value, YamlList, YamlMapping, YamlText

#: The minutes of a session that nobody is asked about.
USUAL_MINUTES = (10, 300)


class Form(ABC):
    """
    What a place in a file may hold.
    """

    __slots__ = ()

    #: What may be hardly meant in a single value here: ``"number"``, ``"day"``, or nothing.
    asked_about: ClassVar[str] = ""

    @property
    def of_text(self) -> Form:
        """
        What a single value is read as: the place itself, or the one thing in it that a single value gives.
        """
        return self

    @property
    def asked_fields(self) -> tuple[tuple[str, Form], ...]:
        """
        The names here whose single values are asked about, each with what it is read as.
        """
        return ()

    @property
    def leads_to(self) -> str:
        """
        What a single value is the name of, such as ``"page"``; empty if it leads to nothing else.
        """
        return ""

    @property
    def of_key(self) -> Form | None:
        """
        What the names themselves may be that are here; None if they are ours.
        """
        return None

    @property
    def free(self) -> bool:
        """
        Whether a single value is free text, which is taken as it was typed.
        """
        return False

    @property
    def names(self) -> tuple[str, ...] | None:
        """
        The names that may be here with values: none by default, and None if the writer chooses them.
        """
        return ()

    @property
    def short_name(self) -> str:
        """
        The name whose value a single value is; empty if there is none.
        """
        return ""

    @property
    def of_item(self) -> Form | None:
        """
        What an item of a list may hold; None if no list may be here.
        """
        return None

    def of_name(self, name: str) -> Form | None:
        """
        Return what a name may hold; None if the name may not be here.
        """
        return None

    @abstractmethod
    def read(self, value: Value, name: str, tell: Tell) -> Any:
        """
        Return what a value says, or None after its fault has been reported.
        """

    @abstractmethod
    def schema(self) -> dict[str, Any]:
        """
        Return the JSON Schema of the place.
        """


class Scalar(Form):
    __slots__ = ()

    def read(self, value: Value, name: str, tell: Tell) -> Any:
        if not isinstance(value, YamlText):
            tell(value.line, f"'{name}' is not a single value", self.remedy)
            return None
        text = value.text.strip()
        content = self.value_of(text)
        if content is None:
            slip = find_slip(text, lambda text: self.value_of(text.strip(" \"'")) is not None)
            what = f"'{name}' is not {self.noun}: it has {slip.what}" if slip else f"'{name}' is not {self.noun}"
            tell(value.line, what, slip.remedy if slip else self.remedy_for(text))
        return content

    def remedy_for(self, text: str) -> str:
        """
        Return what to do about a text that is not of this kind.
        """
        return self.remedy

    @abstractmethod
    def value_of(self, text: str) -> Any:
        """
        Return the value of a text, or None if it is not of this kind.
        """

    def accepts(self, value: object) -> bool:
        """
        Tell whether a value that was made in code may be here; of words, any may.
        """
        return True

    def schema_of_name(self) -> dict[str, Any]:
        """
        Return the JSON Schema of a name that is such a value: names are texts.
        """
        return self.schema()

    @property
    @abstractmethod
    def noun(self) -> str: ...

    @property
    @abstractmethod
    def remedy(self) -> str: ...


@attrs.frozen
class TextLine(Scalar):
    """
    Words on a line, taken as they were typed.

    Attributes:
        of: What they are the name of, if they lead to something else.
    """

    longest: int = 300
    of: str = ""

    @property
    def leads_to(self) -> str:
        return self.of

    @property
    def free(self) -> bool:
        return True

    def value_of(self, text: str) -> str | None:
        return " ".join(text.split()) if 0 < len(text) <= self.longest else None

    @property
    def noun(self) -> str:
        return f"a line of at most {self.longest} characters"

    @property
    def remedy(self) -> str:
        return "say it more briefly, on one line"

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "minLength": 1, "maxLength": self.longest}


@attrs.frozen
class NameLine(TextLine):
    """
    A name that leads to something else, such as a key or a file: YAML reads it, and a comment may come behind it.
    """

    @property
    def free(self) -> bool:
        return False


@attrs.frozen
class Number(Scalar):
    """
    Attributes:
        usual: The least and the most that is read without a question.
    """

    low: int
    high: int
    whole: bool = True
    usual: tuple[int, int] | None = None

    asked_about = "number"

    def value_of(self, text: str) -> int | float | None:
        if not re.fullmatch(r"[0-9]{1,6}" + ("" if self.whole else r"(?:\.[0-9]{1,3})?"), text):
            return None
        number = int(text) if self.whole else float(text)
        return number if self.low <= number <= self.high else None

    def accepts(self, value: object) -> bool:
        return isinstance(value, (int, float)) and self.low <= value <= self.high and not (self.whole and value % 1)

    @property
    def noun(self) -> str:
        return f"a {'whole ' if self.whole else ''}number from {self.low} to {self.high}"

    @property
    def remedy(self) -> str:
        return f"write one, such as {min(self.high, max(self.low, 5))}"

    def schema(self) -> dict[str, Any]:
        return {"type": "integer" if self.whole else "number", "minimum": self.low, "maximum": self.high}

    def schema_of_name(self) -> dict[str, Any]:
        return {"pattern": "^[0-9]{1,6}$"}


class _Pattern(Scalar):
    __slots__ = ()

    PATTERN: ClassVar[str]
    convert: ClassVar[staticmethod[[str], Any]]

    def value_of(self, text: str) -> Any:
        try:
            return self.convert(text) if re.fullmatch(self.PATTERN, text) else None
        except ValueError:
            return None

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^{self.PATTERN}$"}


@attrs.frozen(kw_only=True)
class _Dated(_Pattern):
    """
    A day, perhaps with its time.

    Attributes:
        not_after: Names of days, here or further out, that are hardly before it. The first that is given counts.
        not_before: Names of days that are hardly after it.
        any_year: Whether its year may be far off.
    """

    not_after: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()
    any_year: bool = False

    asked_about = "day"


@attrs.frozen
class Day(_Dated):
    PATTERN = r"\d{4}-\d\d-\d\d"
    convert = staticmethod(datetime.date.fromisoformat)
    noun = "a date"
    remedy = "write year, month and day, such as 2026-03-04"


@attrs.frozen
class Moment(_Dated):
    PATTERN = r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d"
    convert = staticmethod(datetime.datetime.fromisoformat)
    noun = "a date and a time of day"
    remedy = "write it like 2026-03-04 16:10"


@attrs.frozen
class Clock(_Pattern):
    PATTERN = r"(?:(?:[01]?[0-9]|2[0-3])[:.][0-5][0-9])"
    noun = "a time of day"
    remedy = "write it like 10:00"

    def accepts(self, value: object) -> bool:
        return isinstance(value, str) and self.value_of(value) is not None

    @staticmethod
    def convert(text: str) -> str:
        return text.replace(".", ":").zfill(5)


@attrs.frozen
class YesNo(Scalar):
    noun = "yes or no"
    remedy = "write yes or no"

    def value_of(self, text: str) -> bool | None:
        return {"yes": True, "true": True, "no": False, "false": False}.get(text.lower())

    def schema(self) -> dict[str, Any]:
        return {"enum": ["yes", "no", True, False]}


@attrs.frozen
class OneOf(Scalar):
    """
    One of several words.

    Attributes:
        refused: Words that are refused for a special reason, with what to do instead.
    """

    known: tuple[str, ...]
    refused: tuple[tuple[str, str], ...] = ()

    noun = "one of the words allowed here"

    def read(self, value: Value, name: str, tell: Tell) -> Any:
        if isinstance(value, YamlText) and (remedy := dict(self.refused).get(value.text.strip())):
            tell(value.line, f"'{name}: {value.text.strip()}' does not belong in this file", remedy)
            return None
        return super().read(value, name, tell)

    def value_of(self, text: str) -> str | None:
        return text if text in self.known else None

    def accepts(self, value: object) -> bool:
        return value in self.known

    def remedy_for(self, text: str) -> str:
        return write_one_of(text, self.known)

    @property
    def remedy(self) -> str:
        return f"write one of: {', '.join(self.known)}"

    def schema(self) -> dict[str, Any]:
        return {"enum": list(self.known)}


@attrs.frozen
class ListOf(Form):
    """
    A list; a single value counts as a list of one.
    """

    each: Form

    @property
    def of_text(self) -> Form:
        return self.each.of_text

    @property
    def asked_fields(self) -> tuple[tuple[str, Form], ...]:
        return self.each.asked_fields

    @property
    def free(self) -> bool:
        return self.each.free

    @property
    def names(self) -> tuple[str, ...] | None:
        return self.each.names

    @property
    def short_name(self) -> str:
        return self.each.short_name

    @property
    def of_item(self) -> Form | None:
        return self.each

    def of_name(self, name: str) -> Form | None:
        return self.each.of_name(name)

    def read(self, value: Value, name: str, tell: Tell) -> tuple[Any, ...]:
        items = value.items if isinstance(value, YamlList) else (value,)
        values = (self.each.read(item, name, tell) for item in items if not is_empty(item))
        return tuple(each for each in values if each is not None)

    def schema(self) -> dict[str, Any]:
        each = self.each.schema()
        return {"anyOf": [{"type": "array", "items": each}, each]}


@attrs.frozen
class NamesWith(Form):
    """
    Names that the writer chooses, each with a value.

    Attributes:
        key: What a name may be.
    """

    each: Form
    key: Scalar = NameLine(200)

    @property
    def of_key(self) -> Form | None:
        return self.key

    @property
    def names(self) -> tuple[str, ...] | None:
        return None

    def of_name(self, name: str) -> Form | None:
        return self.each

    def read(self, value: Value, name: str, tell: Tell) -> dict[str, Any] | None:
        if not isinstance(value, YamlMapping):
            tell(
                value.line,
                f"'{name}' needs names with values",
                f"write '{name}:', and under it 'name: value' on each line",
            )
            return None
        return dict(self._pairs(value, name, tell))

    def _pairs(self, value: YamlMapping, name: str, tell: Tell) -> Iterator[tuple[str, Any]]:
        met: dict[Any, int] = {}
        for key, (inner, line) in value.pairs.items():
            chosen = self.key.value_of(key.strip())
            if chosen is None:
                tell(line, f"'{name}' has a name that is not {self.key.noun}", self.key.remedy)
            elif chosen in met:
                tell(line, f"'{name}' has this name on line {met[chosen]} too", "keep one of them")
            met.setdefault(chosen, line)
            content = None if is_empty(inner) else self.each.read(inner, name, tell)
            if content is not None:
                yield key, content

    def schema(self) -> dict[str, Any]:
        return {
            "type": "object",
            "propertyNames": self.key.schema_of_name(),
            "additionalProperties": self.each.schema(),
        }


@attrs.frozen
class LineOr(Form):
    """
    A single line is read in one way, anything else in another.
    """

    line: Form
    other: Form

    @property
    def of_text(self) -> Form:
        return self.line

    @property
    def asked_fields(self) -> tuple[tuple[str, Form], ...]:
        return self.other.asked_fields

    @property
    def free(self) -> bool:
        return self.line.free

    @property
    def names(self) -> tuple[str, ...] | None:
        return self.other.names

    @property
    def short_name(self) -> str:
        return self.other.short_name

    @property
    def of_item(self) -> Form | None:
        return self.other.of_item

    def of_name(self, name: str) -> Form | None:
        return self.other.of_name(name)

    def read(self, value: Value, name: str, tell: Tell) -> Any:
        return (self.line if isinstance(value, YamlText) else self.other).read(value, name, tell)

    def schema(self) -> dict[str, Any]:
        return {"anyOf": [self.line.schema(), self.other.schema()]}


def gives_nothing(value: Value | None) -> bool:
    """
    Tell whether a value is left out, or is a list of nothing.
    """
    return is_empty(value) or (isinstance(value, YamlList) and all(map(gives_nothing, value.items)))


def is_empty(value: Value | None) -> bool:
    return value is None or (isinstance(value, YamlText) and not value.text.strip())
