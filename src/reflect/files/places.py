"""
Where a folder of models, templates, profiles, wordings and a brand is: by its path, or by the name of a package.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from reflect.errors import Fault, Faults, Refused, UnknownKey, write_one_of
from reflect.files.folders import is_file, is_folder, list_folder
from reflect.files.reading import hint_at_file
from reflect.shown import Brief

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

#: The folder of our own models, templates, wordings, profiles and examples.
OURS = Path(__file__).parents[1]
#: The entry points under which a package offers a folder.
ENTRY_POINTS = "reflect"


#: How an installed package is named where a folder or file could be.
PREFIX = "package:"


#: The Word files that can be its brand; the first that is there.
BRANDS = ("brand.docx", "brand.dotx")


@attrs.frozen
class Place(Brief):
    """
    A folder that a package or a person provides.

    Attributes:
        name: What to call it in faults.
        folder: Where it is: it may hold ``models``, ``templates``, ``profiles``, ``nations``,
            ``wordings`` and ``brand.docx``.
    """

    _in_line = ("name",)

    name: str
    folder: Path

    def place(self, part: str) -> Path:
        """
        Return one of its folders, such as ``"models"``.

        Raises:
            Faults: It has none.
        """
        folder = self.folder / part
        if not is_folder(folder):
            raise Faults(
                (Fault(self.name, None, f"there are no {part} in it", f"give it a folder '{part}', or leave it out"),)
            )
        return folder

    def file(self, part: str, name: str = "") -> Path:
        """
        Return a file from one of its folders, by its name; if there is only one file, no name is needed.

        Raises:
            Faults: It has none of that name, or none at all.
        """
        files = {file.stem: file for file in list_folder(self.place(part), ".yaml")}
        if name in files:
            return files[name]
        if len(files) == 1 and not name:
            return next(iter(files.values()))
        what = f"there is no '{name}' among its {part}" if name else f"it has {len(files) or 'no'} {part}"
        said = f"{self.name}/{{}}" if self.name.startswith(PREFIX) else "{}"
        remedy = write_one_of(name, files, said) if files else f"put one into its folder '{part}'"
        raise Faults((Fault(self.name, None, what, remedy),))

    def brand_file(self) -> Path:
        """
        Return the Word file with its look.

        Raises:
            Faults: It has none.
        """
        for name in BRANDS:
            if is_file(file := self.folder / name):
                return file
        raise Faults((Fault(self.name, None, "there is no brand in it", f"give it a Word file '{BRANDS[0]}'"),))


def locate(name: str | Path) -> Place:
    """
    Return the folder of an installed package, or a folder of the same shape.

    Raises:
        UnknownKey: No installed package has an entry point of that name.
        Refused: Several have.
        Faults: What is named is not there.
    """
    if isinstance(name, Path):
        if not is_folder(name):
            raise Faults(
                (Fault(str(name), None, "is not a folder", "name the folder that holds 'models', 'wordings', …"),)
            )
        return Place(str(name), name)
    from importlib.metadata import entry_points  # with what it imports 50 ms, and only packages need it

    name = name.removeprefix(PREFIX)
    points = tuple(entry_points(group=ENTRY_POINTS))
    modules = {point.value for point in points if point.name == name}
    if not modules:
        raise UnknownKey(name, tuple(sorted({point.name for point in points})), "package for reflect called")
    if len(modules) > 1:
        raise Refused(f"several installed packages are called '{name}' for reflect; remove all but one")
    return Place(PREFIX + name, _folder_of_entry_point(name, next(point for point in points if point.name == name)))


def _folder_of_entry_point(name: str, point: EntryPoint) -> Path:
    """
    Find the Python package of an entry point, without importing any of it.
    """
    from importlib.util import find_spec

    module = point.value.partition(":")[0].strip()
    outer, *inner = module.split(".")
    try:
        spec = find_spec(outer)  # of a dotted name it would import the outer package
    except (ImportError, ValueError):  # a name that no package can have
        spec = None
    for place in (spec.submodule_search_locations or ()) if spec else ():
        if is_folder(folder := Path(place, *inner)):
            return folder
    raise Faults((Fault(PREFIX + name, None, f"'{module}' is not a folder", "install that package again"),))


def need_path(given: object, what: str) -> Path:
    """
    Return a path that was given; a text is a key or words, and never opens a file.

    Args:
        what: What the path is of, such as "a page".

    Raises:
        Refused: It is not a path.
    """
    if isinstance(given, Path):
        return given
    kind = "a text" if isinstance(given, str) else f"of the type {type(given).__name__}"
    raise Refused(f"{what} is named by its path, and this is {kind}; write pathlib.Path(…)")


def names_package(text: object) -> bool:
    """
    Tell whether a text names an installed package, as in ``"package:agency"``.
    """
    return isinstance(text, str) and text.startswith(PREFIX)


def folders_of(part: str, folders: Iterable[str | Path]) -> tuple[Path, ...]:
    """
    Return the folders of one kind, with the names of packages replaced by their folders.

    Raises:
        UnknownKey: No installed package has that name.
        Refused: A folder is named by a text that is not ``"package:…"``; a path is a `pathlib.Path`.
        Faults: It has no folder of that kind, or is none.
    """
    found = tuple(
        locate(str(each)).place(part) if names_package(each) else need_path(each, f"a folder of {part}")
        for each in folders
    )
    if lost := [folder for folder in found if not is_folder(folder)]:
        raise Faults(
            Fault(str(folder), None, "is not a folder", f"name a folder of {part}{hint_at_file(folder)}")
            for folder in lost
        )
    return found


def file_of(text: str, part: str) -> Path:
    """
    Return the file that ``"package:agency"`` names, if it has only one of that kind, or ``"package:agency/name"``.

    Raises:
        UnknownKey: No installed package has that name.
        Faults: It has no such file.
    """
    package, _, name = text.partition("/")
    return locate(package).file(part, name)


@attrs.frozen
class NamedFiles(Brief):
    """
    The YAML files of one kind that come with the library and that an agency adds: profiles, occasions, nations,
    wordings. Each is called by the name of its file.

    Attributes:
        part: The name of the folder that holds them.
        noun: What one of them is called.
        about: What its file is called, where a text is given for a path.
    """

    part: str
    noun: str
    about: str

    @property
    def ours(self) -> Path:
        """
        The folder of those that come with the library.
        """
        return OURS / self.part

    def names(self, folders: Iterable[str | Path] = ()) -> tuple[str, ...]:
        """
        Return the names that there are: those of the folders, and ours.
        """
        known = (*folders_of(self.part, folders), self.ours)
        return tuple(
            sorted({file.stem for folder in known if is_folder(folder) for file in list_folder(folder, ".yaml")})
        )

    def find(self, name: str | Path, folders: Iterable[str | Path] = (), *, stem: str = "") -> tuple[Path, str]:
        """
        Return the file that a name, a path or ``"package:agency/name"`` names, and what faults call it.

        Args:
            folders: An agency's own folders, or ``"package:agency"``; the first that has the name is used, before ours.
            stem: The name of the file, if that is not *name* itself.

        Raises:
            UnknownKey: There is none of that name.
            Refused: A file is named by a text; a path is a `pathlib.Path`.
            Faults: The package has no such file.
        """
        if isinstance(name, str) and names_package(name):
            name = file_of(name, self.part)
        if isinstance(name, Path):
            return name, str(name)
        if name.endswith((".yaml", ".yml")):
            need_path(name, self.about)
        known = folders_of(self.part, folders)
        file = f"{stem or name}.yaml"
        found = next((each for folder in (*known, self.ours) if is_file(each := folder / file)), None)
        if found is None or found.stem not in self.names(known):
            raise UnknownKey(name, self.names(known), self.noun)
        return found, found.name if found.parent == self.ours else str(found)
