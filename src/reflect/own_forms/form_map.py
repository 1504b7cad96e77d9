"""
The map of an agency's form: who may read it, and which of its places is for which answer.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

import attrs

from reflect.errors import Refused
from reflect.files import objects
from reflect.files.forms import NamesWith, OneOf, TextLine
from reflect.files.objects import TellAt, accept, describe
from reflect.files.places import need_path
from reflect.files.reading import read_text
from reflect.questions.rings import Ring
from reflect.shown import Brief

#: How a place is named in a map.
_SPOT = re.compile(
    r"control +(?P<control>\S.*)|bookmark +(?P<bookmark>\S+)|cell +(?P<cell>[0-9]{1,3}\.[0-9]{1,4}\.[0-9]{1,3})"
)
_HOW = "write 'control NAME', 'bookmark NAME', or 'cell TABLE.ROW.COLUMN' such as 'cell 2.3.1'"
#: A key, or the name of a place on the list.
_KEY = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")
#: What the name of a control or bookmark begins with if it says itself what it is for.
_OURS = re.compile(r"reflect[:_. -]+", re.IGNORECASE)
#: The name of a control or bookmark that says who may read the form: reflect_ring_personal.
_RING_NAME = "ring-"


@attrs.frozen(order=True)
class SpotName(Brief):
    """
    What a place of a form is called in a map.

    Attributes:
        kind: ``"control"``, ``"bookmark"`` or ``"cell"``.
        name: The tag or title of a control, the name of a bookmark, or the numbers of table, row and column, each from
            one, as in ``"2.3.1"``.
    """

    kind: str
    name: str

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"

    @classmethod
    def of(cls, text: str) -> SpotName | None:
        """
        Read what a map calls a place; None if it is no place.
        """
        match = _SPOT.fullmatch(" ".join(text.split()))
        if match is None:
            return None
        kind = match.lastgroup or ""
        name = match[kind]
        return cls(kind, ".".join(str(int(n)) for n in name.split(".")) if kind == "cell" else name)


@attrs.frozen(kw_only=True)
class FormMap(Brief):
    """
    Which place of a form is for which answer.

    Attributes:
        ring: Who may read the form.
        paper: The kind of paper that the form stands for.
        form: The blank form, as its path from the folder of the map: by it, what is printed is known again.
        places: The key of an answer, by the name of its place in the form, as in ``{"control Discussion": "talk"}``.
    """

    ring: Ring = attrs.field(
        converter=Ring, metadata=describe(OneOf(tuple(map(str, Ring))), "who may read the form", needed=True)
    )
    paper: str = accept(TextLine(60), "the kind of paper that it stands for", "record")
    form: str = accept(TextLine(200), "the blank form, as its path from the folder of the map")
    places: Mapping[str, str] = attrs.field(
        factory=dict, metadata=describe(NamesWith(TextLine(120)), "the key of an answer, by the place that it has")
    )

    def tell_wrong(self, tell: TellAt, wrong: Collection[str] = ()) -> None:
        """
        Tell what cannot be: a place that is none, a key that is none, or a key that is for two places.

        Args:
            tell: Takes what is wrong, where, and what to do.
            wrong: The names that have a fault already.
        """
        keys: dict[str, str] = {}
        for place, key in self.places.items() if "places" not in wrong else ():
            if SpotName.of(place) is None:
                tell("places", f"'{place}' names no place of a form", _HOW)
            if not _KEY.fullmatch(key):
                tell("places", f"'{key}' is no key", "write lower-case letters, with dots and hyphens")
            elif key in keys:
                tell("places", f"'{key}' is for two places, '{keys[key]}' and '{place}'", "keep one of the two")
            keys.setdefault(key, place)

    def by_spot(self) -> dict[SpotName, str]:
        """
        Return the keys by the names of their places.
        """
        named = ((SpotName.of(place), key) for place, key in self.places.items())
        return {spot: key for spot, key in named if spot}


def read_map(file: Path | FormMap) -> FormMap:
    """
    Return the map of a form.

    Args:
        file: The path of its YAML file; or a map, which is given back.

    Raises:
        Faults: All that is wrong with it, or it cannot be read.
    """
    if isinstance(file, FormMap):
        objects.refuse_wrong_values(file)
        return file
    path = need_path(file, "the map of a form")
    return objects.read(read_text(path, str(path)), FormMap, str(path))


def name_of_ours(name: str) -> str:
    """
    Return what the name of a control or bookmark says it is for: ``"talk-1"`` of ``"reflect_talk_1"``, and nothing of a
    name that is not ours.
    """
    match = _OURS.match(name.strip())
    return re.sub("[^a-z0-9]+", "-", name.strip()[match.end() :].lower()).strip("-") if match else ""


def ring_of_names(names: Iterable[str]) -> Ring | None:
    """
    Return the ring that a form's own names say, as ``reflect_ring_personal`` does; None if none says one.

    Raises:
        Refused: Two names say different rings.
    """
    said = {each.removeprefix(_RING_NAME) for each in map(name_of_ours, names) if each.startswith(_RING_NAME)}
    if len(said) > 1:
        raise Refused("the form says in its names that it has two rings; keep one of reflect_ring_…")
    return Ring(said.pop()) if said else None
