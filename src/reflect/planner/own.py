"""
What an agency has of its own, baked into the page: models, profiles, occasions, wordings and a look.

It is a folder in the page's file system: ``models``, ``profiles``, ``occasions``, ``wordings`` and ``look.json``. Each
comes before ours.
"""

from __future__ import annotations

import base64
import functools
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import attrs

from reflect.files.folders import is_file, is_folder, list_folder
from reflect.formats.word.brand import Brand
from reflect.pages.catalogues import Catalogue, catalogue, our_catalogue
from reflect.planning.occasions import Occasion, occasion, occasion_names
from reflect.planning.profiles import Profile, profile, profile_names
from reflect.questions.wordings import Wording, wording, wording_names
from reflect.shown import Brief

#: The file of the look.
LOOK = "look.json"


@attrs.frozen(kw_only=True)
class Own(Brief):
    """
    What an agency has of its own; nothing of it by default.

    Attributes:
        models: Where models are found.
        profiles: Folders where profiles are looked for first.
        occasions: Folders where occasions are looked for first.
        wordings: Its wordings, by name.
        brand: The look of its papers in Word.
    """

    models: Catalogue = attrs.field(factory=our_catalogue, repr=False)
    profiles: tuple[Path, ...] = ()
    occasions: tuple[Path, ...] = ()
    wordings: Mapping[str, Path] = attrs.field(factory=dict)
    brand: Brand | None = None

    def profile(self, name: str) -> Profile:
        return profile(name, self.profiles)

    def own_profiles(self) -> tuple[str, ...]:
        """
        Return the names of the profiles that are the agency's own.
        """
        return tuple(file.stem for folder in self.profiles for file in list_folder(folder, ".yaml"))

    def profile_names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self.own_profiles(), *profile_names())))

    def occasion(self, name: str) -> Occasion:
        return occasion(name, self.occasions)

    def occasion_names(self) -> tuple[str, ...]:
        return occasion_names(self.occasions)

    def path_of_wording(self, name: str) -> str | Path:
        """
        Return what leads to a wording: the path of the agency's own, or a name of ours.
        """
        return self.wordings.get(name, name)

    def wording(self, name: str) -> Wording:
        return wording(self.path_of_wording(name))

    def wording_names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self.wordings, *wording_names())))


def read_own(folder: Path) -> Own:
    """
    Return what an agency has baked in, from its folder.
    """
    own = Own()
    if is_folder(models := folder / "models"):
        own = attrs.evolve(own, models=catalogue(models))
    for part in ("profiles", "occasions"):
        if is_folder(place := folder / part):
            own = attrs.evolve(own, **{part: (place,)})  # type: ignore[arg-type]  # both are folders
    if is_folder(wordings := folder / "wordings"):
        own = attrs.evolve(own, wordings={file.stem: file for file in list_folder(wordings, ".yaml")})
    if is_file(look := folder / LOOK):
        own = attrs.evolve(own, brand=read_look(look.read_bytes()))
    return own


def write_look(brand: Brand) -> bytes:
    """
    Return a look as JSON: what papers wear of a Word file, and nothing else of that file.
    """
    fields = {field.name: _to_plain(getattr(brand, field.name)) for field in attrs.fields(Brand)}
    return json.dumps(fields, ensure_ascii=False, sort_keys=True).encode()


def read_look(data: bytes) -> Brand:
    """
    Return a look from its JSON.
    """
    fields = json.loads(data)
    return Brand(**{name: _from_plain(value) for name, value in fields.items()})


@functools.singledispatch
def _to_plain(value: Any) -> Any:
    return value


@_to_plain.register
def _(value: bytes) -> dict[str, str]:
    return {"bytes": base64.b64encode(value).decode()}


@_to_plain.register
def _(value: tuple) -> list[Any]:  # type: ignore[type-arg]
    return [_to_plain(each) for each in value]


def _from_plain(value: Any) -> Any:
    match value:
        case list():
            return tuple(map(_from_plain, value))
        case {"bytes": str(text)}:
            return base64.b64decode(text)
    return value
