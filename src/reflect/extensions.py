"""
What another package, or a folder, brings along: models, templates, profiles, occasions, wordings and a brand.

A package names its folder in an entry point of the group ``reflect``. Nothing is looked up until somebody names the
package, and what it brings along is data: none of its code is run.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import attrs

from reflect.documents.templates import Templates
from reflect.files.folders import is_file, is_folder, list_folder
from reflect.files.places import BRANDS, Place, locate
from reflect.formats.word.brand import Brand
from reflect.formats.word.branding import brand
from reflect.pages.catalogues import Catalogue, catalogue
from reflect.planning.occasions import Occasion, occasion
from reflect.planning.profiles import Profile, profile
from reflect.questions.wordings import Wording, wording
from reflect.sessions.nations import Nation, nation


@attrs.frozen
class Extension(Place):
    """
    What a package or folder brings along. Whatever it does not have is empty.

    Attributes:
        name: What to call it in faults.
        folder: Where it is: it may hold ``models``, ``templates``, ``profiles``, ``nations``,
            ``wordings`` and ``brand.docx``.
    """

    @property
    def catalogue(self) -> Catalogue:
        """
        Its models and ours; where both have a key, its own.
        """
        return catalogue(*self._folders("models"))

    @property
    def templates(self) -> Templates:
        """
        Its templates, and ours behind them.
        """
        return Templates(self._folders("templates"))

    @property
    def profiles(self) -> Mapping[str, Profile]:
        """
        Its planning profiles by name, and none of ours.
        """
        return {name: profile(file) for name, file in self._named_files("profiles")}

    @property
    def nations(self) -> Mapping[str, Nation]:
        """
        Its nations by name, and none of ours.
        """
        return {name: nation(file) for name, file in self._named_files("nations")}

    @property
    def occasions(self) -> Mapping[str, Occasion]:
        """
        Its occasions by name, and none of ours.
        """
        return {name: occasion(file) for name, file in self._named_files("occasions")}

    @property
    def wordings(self) -> Mapping[str, Wording]:
        """
        Its wordings by name, and none of ours.
        """
        return {name: wording(file) for name, file in self._named_files("wordings")}

    @property
    def brand(self) -> Brand | None:
        """
        Its look, if it has one.
        """
        there = any(is_file(self.folder / name) for name in BRANDS)
        return brand(self.brand_file()) if there else None

    def _folders(self, part: str) -> tuple[Path, ...]:
        return (self.folder / part,) if is_folder(self.folder / part) else ()

    def _named_files(self, part: str) -> list[tuple[str, Path]]:
        return [(file.stem, file) for folder in self._folders(part) for file in list_folder(folder, ".yaml")]


def extension(name: str | Path) -> Extension:
    """
    Return what an installed package brings along, or a folder of the same shape.

    Args:
        name: The name of its entry point, such as ``"agency"`` or ``"package:agency"``; or the folder, as a path.

    Raises:
        UnknownKey: No installed package has an entry point of that name.
        Refused: Several have.
        Faults: What is named is not there.
    """
    place = locate(name)
    return Extension(place.name, place.folder)
