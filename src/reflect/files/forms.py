"""
What may stand in the files people write for planning, said once.

A form reads a value and tells of every fault, with line and remedy; the published schema is made from
the same form, so the two agree. A fault names lines and the names we know, never what people wrote.
"""

from __future__ import annotations

import datetime
import re
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any

import attrs

from reflect.errors import Fault, Faults, Refused, near, write_one_of
from reflect.files import yaml as simple_yaml
from reflect.files.yaml import Many, Named, Tell, Text, Value

#: A name that is told is this long at most: near enough to one of ours to be no content.
_LONGEST_NAME = 24


class Form(ABC):
    """
    What a place in a file may hold.
    """

    __slots__ = ()

    @abstractmethod
    def read(self, value: Value, name: str, tell: Tell) -> Any:
        """
        Return what a value says, or None once its fault is told.
        """

    @abstractmethod
    def schema(self) -> dict[str, Any]:
        """
        Return the JSON Schema of the place.
        """


class _Scalar(Form):
    """
    One text of a certain sort.
    """

    __slots__ = ()

    def read(self, value: Value, name: str, tell: Tell) -> Any:
        if not isinstance(value, Text):
            tell(value.line, f"'{name}' is a list, or has names under it", self.remedy())
            return None
        found = self.said(value.text.strip())
        if found is None:
            tell(value.line, f"'{name}' is not {self.wanted()}", self.remedy())
        return found

    @abstractmethod
    def said(self, text: str) -> Any:
        """
        Return what a text says, or None if it is of another sort.
        """

    @abstractmethod
    def wanted(self) -> str: ...

    @abstractmethod
    def remedy(self) -> str: ...


@attrs.frozen
class Words(_Scalar):
    """
    Words on a line.
    """

    longest: int = 300

    def said(self, text: str) -> str | None:
        return " ".join(text.split()) if 0 < len(text) <= self.longest else None

    def wanted(self) -> str:
        return f"words, at most {self.longest} letters"

    def remedy(self) -> str:
        return "say it shorter, in a line"

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "minLength": 1, "maxLength": self.longest}


@attrs.frozen
class Number(_Scalar):
    """
    A number.
    """

    low: int
    high: int
    whole: bool = True

    def said(self, text: str) -> int | float | None:
        if not re.fullmatch(r"[0-9]{1,6}" + ("" if self.whole else r"(?:\.[0-9]{1,3})?"), text):
            return None
        number = int(text) if self.whole else float(text)
        return number if self.low <= number <= self.high else None

    def wanted(self) -> str:
        return f"a {'whole ' if self.whole else ''}number from {self.low} to {self.high}"

    def remedy(self) -> str:
        return f"write one, such as {min(self.high, max(self.low, 5))}"

    def schema(self) -> dict[str, Any]:
        return {"type": "integer" if self.whole else "number", "minimum": self.low, "maximum": self.high}


@attrs.frozen
class Day(_Scalar):
    """
    A date.
    """

    def said(self, text: str) -> datetime.date | None:
        try:
            return datetime.date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else None
        except ValueError:
            return None

    def wanted(self) -> str:
        return "a date"

    def remedy(self) -> str:
        return "write year, month and day, such as 2026-03-04"

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"}


@attrs.frozen
class Moment(_Scalar):
    """
    A date and the time of day.
    """

    def said(self, text: str) -> datetime.datetime | None:
        try:
            return datetime.datetime.fromisoformat(text) if re.fullmatch(_MOMENT, text) else None
        except ValueError:
            return None

    def wanted(self) -> str:
        return "a date and a time of day"

    def remedy(self) -> str:
        return "write it like 2026-03-04 16:10"

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^{_MOMENT}$"}


_MOMENT = r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d"


@attrs.frozen
class Clock(_Scalar):
    """
    A time of day.
    """

    def said(self, text: str) -> str | None:
        return text.replace(".", ":").zfill(5) if re.fullmatch(_CLOCK, text) else None

    def wanted(self) -> str:
        return "a time of day"

    def remedy(self) -> str:
        return "write it like 10:00"

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^(?:{_CLOCK})$"}


_CLOCK = r"(?:[01]?[0-9]|2[0-3])[:.][0-5][0-9]"


@attrs.frozen
class YesNo(_Scalar):
    """
    Yes or no.
    """

    def said(self, text: str) -> bool | None:
        return {"yes": True, "true": True, "no": False, "false": False}.get(text.lower())

    def wanted(self) -> str:
        return "yes or no"

    def remedy(self) -> str:
        return "write yes or no"

    def schema(self) -> dict[str, Any]:
        return {"enum": ["yes", "no", True, False]}


@attrs.frozen
class OneOf(_Scalar):
    """
    One of several words.

    Attributes:
        known: The words.
        refused: Words that are refused for a reason of their own, with what to do instead.
    """

    known: tuple[str, ...]
    refused: tuple[tuple[str, str], ...] = ()

    def read(self, value: Value, name: str, tell: Tell) -> Any:
        if isinstance(value, Text) and (remedy := dict(self.refused).get(value.text.strip())):
            tell(value.line, f"'{name}: {value.text.strip()}' has no place in this file", remedy)
            return None
        return super().read(value, name, tell)

    def said(self, text: str) -> str | None:
        return text if text in self.known else None

    def wanted(self) -> str:
        return "one of the words it may be"

    def remedy(self) -> str:
        return f"write one of: {', '.join(self.known)}"

    def schema(self) -> dict[str, Any]:
        return {"enum": list(self.known)}


@attrs.frozen
class ListOf(Form):
    """
    A list; a single value stands for a list of one.
    """

    each: Form

    def read(self, value: Value, name: str, tell: Tell) -> tuple[Any, ...]:
        items = value.items if isinstance(value, Many) else (value,)
        found = (self.each.read(item, name, tell) for item in items if not _empty(item))
        return tuple(each for each in found if each is not None)

    def schema(self) -> dict[str, Any]:
        each = self.each.schema()
        return {"anyOf": [{"type": "array", "items": each}, each]}


@attrs.frozen
class NamesWith(Form):
    """
    Names of the writer's own, each with a value.
    """

    each: Form

    def read(self, value: Value, name: str, tell: Tell) -> dict[str, Any] | None:
        if not isinstance(value, Named):
            tell(value.line, f"'{name}' is not names with values", f"write '{name}:' and under it 'name: value' a line")
            return None
        found = {key: self.each.read(inner, name, tell) for key, (inner, _) in value.pairs.items() if not _empty(inner)}
        return {key: inner for key, inner in found.items() if inner is not None}

    def schema(self) -> dict[str, Any]:
        return {"type": "object", "additionalProperties": self.each.schema()}


@attrs.frozen
class Either(Form):
    """
    A single line read one way, anything else another.
    """

    line: Form
    other: Form

    def read(self, value: Value, name: str, tell: Tell) -> Any:
        return (self.line if isinstance(value, Text) else self.other).read(value, name, tell)

    def schema(self) -> dict[str, Any]:
        return {"anyOf": [self.line.schema(), self.other.schema()]}


@attrs.frozen(kw_only=True)
class Field:
    """
    One name of an object: what it may hold, and what it is for.
    """

    name: str
    form: Form
    about: str
    needed: bool = False

    @property
    def attribute(self) -> str:
        return self.name.replace("-", "_")


@attrs.frozen
class ObjectOf(Form):
    """
    Names that are known, each with its own form.

    Attributes:
        make: Makes the value of what was read; it takes ``line`` too if it has such a field.
        fields: The names.
        short: The name for which a single line may stand.
    """

    make: type
    fields: tuple[Field, ...]
    short: str = ""

    def read(self, value: Value, name: str, tell: Tell) -> Any:
        if isinstance(value, Text) and self.short:
            value = Named({self.short: (value, value.line)}, value.line)
        if not isinstance(value, Named):
            tell(value.line, f"'{name}' is not names with values", f"write 'name: value' a line, with: {self._names()}")
            return None
        said, wrong = self.taken(value, tell)
        return None if wrong else self.made(said, value.line, tell)

    def taken(self, value: Named, tell: Tell) -> tuple[dict[str, Any], frozenset[str]]:
        """
        Return what could be read, by attribute, and the names of ours that something is wrong with.

        What stands under a name that is not ours is told as well, and counts as the empty name.
        """
        wrong: set[str] = set()
        known = {field.name: field for field in self.fields}
        said: dict[str, Any] = {}
        for key, (inner, line) in value.pairs.items():
            if key not in known:
                wrong.add("")
                shown = len(key) <= _LONGEST_NAME and near(key, known)
                what = f"'{key}' is not known here" if shown else "this name is not known here"
                tell(line, what, write_one_of(key, known) if shown else f"write one of: {self._names()}")
            elif not _empty(inner):
                field = known[key]

                def heard(line: int, what: str, remedy: str, name: str = key) -> None:
                    wrong.add(name)
                    tell(line, what, remedy)

                found = field.form.read(inner, key, heard)
                if found is not None:
                    said[field.attribute] = found
        for field in self.fields:
            if field.needed and _empty(value.pairs.get(field.name, (None, 0))[0]):
                wrong.add(field.name)
                tell(value.line, f"'{field.name}' is missing", f"add '{field.name}: …', {field.about}")
        return said, frozenset(wrong)

    def made(self, said: dict[str, Any], line: int, tell: Tell) -> Any:
        """
        Return the value of what was read; None if something that is needed was not, or the whole does not agree.
        """
        if any(field.needed and field.attribute not in said for field in self.fields):
            return None
        at = {"line": line} if any(each.name == "line" for each in attrs.fields(self.make)) else {}
        try:
            return self.make(**said, **at)
        except Refused as error:
            what, _, remedy = error.why.partition("; ")
            tell(line, what, remedy)
            return None

    def _names(self) -> str:
        return ", ".join(field.name for field in self.fields)

    def schema(self) -> dict[str, Any]:
        whole = {
            "type": "object",
            "properties": {field.name: {**field.form.schema(), "description": field.about} for field in self.fields},
            "required": [field.name for field in self.fields if field.needed],
            "additionalProperties": False,
        }
        line = next((field.form.schema() for field in self.fields if field.name == self.short), None)
        return {"anyOf": [line, whole]} if line else whole


def _empty(value: Value | None) -> bool:
    return value is None or (isinstance(value, Text) and not value.text.strip())


#: Tells of what only shows once everything is read; it is given the names that something is wrong with already.
Check = Callable[[Any, Tell, frozenset[str]], None]


def read(text: str, form: ObjectOf, where: str, *, check: Check | None = None) -> Any:
    """
    Return what a file says.

    Args:
        text: The file, in YAML.
        form: What it may hold.
        where: What to call it in faults.
        check: Tells of what only shows once everything is read.

    Raises:
        Faults: All that is wrong with it, at once.
    """
    found, faults = as_far(text, form, where, check=check)
    if faults:
        raise Faults(faults)
    return found


def as_far(text: str, form: ObjectOf, where: str, *, check: Check | None = None) -> tuple[Any, tuple[Fault, ...]]:
    """
    Return what a file says as far as it can be read, or None, and all that is wrong with it.
    """
    faults: dict[Fault, None] = {}

    def tell(line: int, what: str, remedy: str) -> None:
        faults[Fault(where, line, what, remedy)] = None

    value = simple_yaml.read(text.replace("\r\n", "\n"), tell)
    found = None
    if value is None:
        value = Named({}, 1)
    if isinstance(value, Named) and not form.short:
        said, wrong = form.taken(value, tell)
        found = form.made(said, value.line, tell)
        if found is not None and check is not None:
            check(found, tell, wrong)
    elif not faults:
        found = form.read(value, "the file", tell)
    return found, tuple(faults)


def published(form: ObjectOf, name: str, title: str, about: str) -> dict[str, Any]:
    """
    Return the JSON Schema of a whole file.
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:reflect:{name}:1",
        "title": title,
        "description": about,
        **form.schema(),
    }


def fields(*given: tuple[str, Form, str] | tuple[str, Form, str, bool]) -> tuple[Field, ...]:
    """
    Return fields from their names, forms and what they are for; True after that if they are needed.
    """
    return tuple(
        Field(name=each[0], form=each[1], about=each[2], needed=len(each) > 3 and bool(each[3])) for each in given
    )
