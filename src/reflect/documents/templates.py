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

from reflect.documents.about import About
from reflect.documents.front_matter import read_about, split_front_matter
from reflect.documents.sandbox import Sandbox
from reflect.errors import UnknownKey
from reflect.files.folders import is_folder, list_folder
from reflect.files.places import OURS, folders_of
from reflect.files.reading import read_text
from reflect.shown import Brief
from reflect.text.filling import Value

_FOLDER = OURS / "templates"
#: Where our own templates can be named from a user's: ``{% extends "reflect/agenda" %}``.
_BEHIND = "reflect/"


@functools.cache
def _our_files() -> frozenset[str]:
    return frozenset(file.stem for file in _FOLDER.glob("*.md"))


@functools.cache
def _our_text(name: str) -> str:
    return (_FOLDER / f"{name}.md").read_text("utf-8")


def _find_folders(folders: Iterable[str | Path]) -> tuple[Path, ...]:
    return folders_of("templates", folders)


@attrs.frozen
class Templates(Brief):
    """
    Document templates: a user's folders first, then ours.

    Attributes:
        folders: Folders of ``.md`` templates, or ``"package:agency"``; the first that has a name wins.
    """

    folders: tuple[Path, ...] = attrs.field(default=(), converter=_find_folders)
    _files: dict[Path, tuple[tuple[int, ...], str]] = attrs.field(
        factory=dict, init=False, eq=False, repr=False, hash=False
    )

    def __reduce__(self) -> tuple[object, ...]:
        # Templates that are sent to another process are those of its own shelf, compiled once there.
        return shelf, (self.folders,)

    @functools.cached_property
    def _sandbox(self) -> Sandbox:
        return Sandbox(lambda name: split_front_matter(self._text(name))[1])

    def _text(self, name: str) -> str:
        if not re.fullmatch(r"(?:reflect/)?_?[a-z0-9]+(?:-[a-z0-9]+)*", name):
            raise UnknownKey(name, self.names(), "document")
        if not name.startswith(_BEHIND):
            for folder in self.folders:
                file = folder / f"{name}.md"
                try:
                    status = file.stat()
                except PermissionError:  # ours of that name is not what was asked for
                    return read_text(file, str(file))
                except (OSError, ValueError):
                    continue
                if stat.S_ISREG(status.st_mode):
                    return self._read(file, status.st_mtime_ns, status.st_size)
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
        own = {file.stem for folder in self.folders if is_folder(folder) for file in list_folder(folder, ".md")}
        return tuple(sorted(name for name in own | _our_files() if not name.startswith("_")))

    def about(self, name: str) -> About:
        """
        Return what a template says about itself; one that says nothing takes over what ours of that name says.

        Raises:
            UnknownKey: There is no such document.
            Faults: Its front matter is wrong, or its file cannot be read.
        """
        about = read_about(name, split_front_matter(self._text(name))[0])
        if about is None and name in _our_files():
            about = read_about(name, split_front_matter(_our_text(name))[0])
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
