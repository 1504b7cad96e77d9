"""
Document templates: where they are found, and what they say about themselves.
"""

from __future__ import annotations

import functools
import re
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path

import attrs

from reflect.documents.about import About, split_list
from reflect.documents.makers import MADE_OF
from reflect.documents.sandbox import Sandbox
from reflect.errors import Fault, Faults, UnknownKey, write_one_of
from reflect.files import yaml as simple_yaml
from reflect.files.places import OURS, folders_of
from reflect.files.reading import read_text
from reflect.files.yaml import YamlMapping, YamlText
from reflect.questions.rings import Ring
from reflect.shown import Brief
from reflect.text.filling import Value
from reflect.text.nodes import Look

_FOLDER = OURS / "templates"
#: Where our own templates can be named from a user's: ``{% extends "reflect/agenda" %}``.
_BEHIND = "reflect/"


_SAYS = tuple(field.name for field in attrs.fields(About))

_LANG = re.compile("[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_FRONT = re.compile(r"\A---\n(.*?\n)---\n", re.DOTALL)


def _split(text: str) -> tuple[str, str]:
    match = _FRONT.match(text)
    # The lines stay, so that a fault names the line of the file.
    return (match[1], "\n" * match[0].count("\n") + text[match.end() :]) if match else ("", text)


@functools.lru_cache(64)
def _about(name: str, front: str) -> About | None:
    if not front:
        return None
    faults: list[Fault] = []

    def tell(line: int, what: str, remedy: str) -> None:
        faults.append(Fault(name, line, what, remedy))

    found = simple_yaml.read(front, tell, first=2)
    said: dict[str, str] = {}
    for key, (value, line) in (found.pairs if isinstance(found, YamlMapping) else {}).items():
        if key not in _SAYS:
            tell(line, f"'{key}' is not known in the front matter of a template", write_one_of(key, _SAYS))
        elif not isinstance(value, YamlText):
            tell(line, f"'{key}' is not one text", f"write '{key}: …' on one line")
        elif key == "models" and not re.fullmatch("[0-9]{1,2}-[0-9]{1,2}", value.text):
            tell(line, f"'models: {value.text}' is not how many", "write the least and the most, such as 2-4")
        elif key == "looks":
            for look in (lost := [each for each in split_list(value.text) if each not in tuple(Look)]):
                tell(line, f"there is no look '{look}'", write_one_of(look, tuple(Look)))
            said |= {} if lost else {key: value.text}
        elif key == "ring" and value.text not in tuple(Ring):
            tell(line, f"'ring: {value.text}' is no ring", write_one_of(value.text, tuple(Ring)))
        elif key == "lang" and not _LANG.fullmatch(value.text):
            tell(line, f"'lang: {value.text}' is no language", "write its tag, such as cy, de or en-GB")
        elif key == "of" and value.text not in MADE_OF:
            tell(line, f"'of: {value.text}' is nothing a paper is made of", write_one_of(value.text, MADE_OF))
        else:
            said[key] = value.text
    if not isinstance(found, YamlMapping) and found is not None and not faults:
        tell(2, "the front matter is not names with texts", "write 'name: text' a line")
    if faults:
        raise Faults(tuple(faults))
    return About(**said)


@functools.cache
def _our_files() -> frozenset[str]:
    return frozenset(file.stem for file in _FOLDER.glob("*.md"))


@functools.cache
def _our_text(name: str) -> str:
    return (_FOLDER / f"{name}.md").read_text("utf-8")


def _places(folders: Iterable[str | Path]) -> tuple[Path, ...]:
    return folders_of("templates", folders)


@attrs.frozen
class Templates(Brief):
    """
    Document templates: a user's folders first, then ours.

    Attributes:
        folders: Folders of ``.md`` templates, or ``"package:agency"``; the first that has a name wins.
    """

    folders: tuple[Path, ...] = attrs.field(default=(), converter=_places)
    _files: dict[Path, tuple[tuple[int, ...], str]] = attrs.field(
        factory=dict, init=False, eq=False, repr=False, hash=False
    )

    def __reduce__(self) -> tuple[object, ...]:
        # Templates that are sent to another process are those of its own shelf, compiled once there.
        return shelf, (self.folders,)

    @functools.cached_property
    def _sandbox(self) -> Sandbox:
        return Sandbox(lambda name: _split(self._text(name))[1])

    def _text(self, name: str) -> str:
        if not re.fullmatch(r"(?:reflect/)?_?[a-z0-9]+(?:-[a-z0-9]+)*", name):
            raise UnknownKey(name, self.names(), "document")
        if not name.startswith(_BEHIND):
            for folder in self.folders:
                file = folder / f"{name}.md"
                try:
                    known = file.stat()
                except OSError:
                    continue
                if stat.S_ISREG(known.st_mode):
                    return self._read(file, known.st_mtime_ns, known.st_size)
        ours = name.removeprefix(_BEHIND)
        if ours not in _our_files():
            raise UnknownKey(name, self.names(), "document")
        return _our_text(ours)

    def _read(self, file: Path, *changed: int) -> str:
        """
        The text of a file, read again when it has *changed*.
        """
        if file not in self._files or self._files[file][0] != changed:
            self._files[file] = changed, read_text(file, str(file)).replace("\r\n", "\n")
        return self._files[file][1]

    def names(self) -> tuple[str, ...]:
        """
        Return the names of the documents there are.
        """
        theirs = {f.stem for folder in self.folders if folder.is_dir() for f in folder.glob("*.md")}
        return tuple(sorted(name for name in theirs | _our_files() if not name.startswith("_")))

    def about(self, name: str) -> About:
        """
        Return what a template says about itself; one that says nothing takes over what ours of that name says.

        Raises:
            UnknownKey: There is no such document.
            Faults: Its front matter is wrong, or its file cannot be read.
        """
        about = _about(name, _split(self._text(name))[0])
        if about is None and name in _our_files():
            about = _about(name, _split(_our_text(name))[0])
        return about or About()

    def render(self, name: str, context: Mapping[str, object]) -> tuple[str, tuple[Value, ...]]:
        """
        Return the Markdown of a document, with a mark for each value, and the values.

        Args:
            name: The document.
            context: What the template sees, by name.

        Raises:
            TemplateFault: The template is wrong.
        """
        return self._sandbox.run(name, context)

    def stray(self, name: str) -> tuple[tuple[int, str, tuple[str, ...]], ...]:
        """
        Return the blocks of a template that replace none of what it extends: line, name, and the names there are.
        """
        return self._sandbox.stray(name)


@functools.lru_cache(16)
def shelf(folders: tuple[str | Path, ...]) -> Templates:
    """
    Return the templates of these folders; the same folders are looked up and compiled once.
    """
    return Templates(folders)
