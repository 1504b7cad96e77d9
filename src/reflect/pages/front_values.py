"""
The values of front matter: texts, lists, choices and entries.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator
from typing import Any, TypeVar

import attrs

from reflect.errors import write_one_of
from reflect.files import yaml as simple_yaml
from reflect.files.yaml import Value, YamlList, YamlMapping, YamlText
from reflect.pages.keys import KEY, WRITE_A_KEY, make_key
from reflect.pages.limits import PageReading
from reflect.pages.values import PageValue, find_unprintable
from reflect.questions.model import Kept, Source, Variant

_Choice = TypeVar("_Choice", bound=enum.StrEnum)


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
        choices = (self.value_of(name, text).choose(kind) for text in self.read_texts(name))
        return tuple(dict.fromkeys(choice for choice in choices if choice))

    def read_choice(self, name: str, kind: type[_Choice]) -> _Choice | None:
        text = self.read_text(name)
        return self.value_of(name, text).choose(kind) if text else None

    def read_minutes(self, name: str) -> tuple[int, int] | None:
        texts = self.read_texts(name)
        return self.value_of(name, "-".join(texts)).read_minutes() if texts else None

    def read_roles(self, name: str) -> tuple[str, ...]:
        """
        Return the names of roles, which have the form of keys.
        """
        roles = self.read_texts(name)
        for role in roles:
            if not KEY.fullmatch(role):
                remedy = f"write {near}, here and wherever it is named" if (near := make_key(role)) else WRITE_A_KEY
                self.reading.add_fault(self.line_of(name), f"the role '{role}' is not a single word", remedy)
        return roles

    def read_entries(self, name: str, entry: EntryForm) -> tuple[Any, ...]:
        """
        Return the entries of a list, each of which is a mapping.
        """
        value, _ = self.pairs.get(name, (YamlText("", 1), 1))
        if isinstance(value, YamlText) and not value.text:
            return ()
        items = value.items if isinstance(value, YamlList) else (value,)
        return tuple(made for item in items if (made := self._read_entry(item, entry)) is not None)

    def refuse_unknown(self, known: tuple[str, ...], title: str) -> None:
        """
        Add a fault for each name that is not known in what is called *title*.

        One without a value is the rest of the value before it, which a comma ends.
        """
        before = ""
        for name, (value, line) in self.pairs.items():
            if name in known:
                before = name
            elif before and isinstance(value, YamlText) and not value.text:
                remedy = f'put it in straight quotation marks: {before}: "…"'
                self.reading.add_fault(line, f"'{before}' in {title} ends at its comma, before '{name}'", remedy)
            else:
                self.reading.add_fault(line, f"'{name}' is not known in {title}", write_one_of(name, known))

    def _read_entry(self, value: Value, entry: EntryForm) -> object | None:
        if not isinstance(value, YamlMapping):
            self.reading.add_fault(value.line, f"{entry.title} does not name its values", entry.remedy)
            return None
        inner = FrontMatter(self.reading, value.pairs)
        texts = {name: inner.read_text(name) for name in value.pairs}
        unknown = [name for name in texts if name not in entry.names]
        inner.refuse_unknown(entry.names, entry.title)
        missing = [f"'{name}'" for name in entry.needed if not texts.get(name)]
        if missing and not unknown:
            self.reading.add_fault(value.line, f"{entry.title} has no {' and no '.join(missing)}", entry.remedy)
        return None if missing or unknown else entry.kind(**texts)

    def value_of(self, name: str, text: str) -> PageValue:
        """
        Return a text as the value of a name, with its place.
        """
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
class EntryForm:
    """
    What an entry of a list may be, if it is a mapping.

    Attributes:
        title: What it is called in a fault.
        hint: What a remedy adds about the names in it.
    """

    kind: type[Source] | type[Kept] | type[Variant]
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


# --- writing them


def write_line(name: str, value: object) -> Iterator[str]:
    """
    Give the line of one text.
    """
    yield f"{name}: {simple_yaml.write_on_a_line(str(value))}"


def write_in_line(name: str, values: tuple[object, ...]) -> Iterator[str]:
    """
    Give the line of a list of keys or numbers.
    """
    yield f"{name}: [{', '.join(map(str, values))}]"


def write_list(name: str, values: tuple[Any, ...]) -> Iterator[str]:
    """
    Give the lines of a list of texts or entries.
    """
    yield f"{name}:"
    for value in values:
        pairs = attrs.asdict(value, filter=lambda field, text: bool(text)) if attrs.has(type(value)) else value
        yield f"- {simple_yaml.write_on_a_line(pairs)}"
