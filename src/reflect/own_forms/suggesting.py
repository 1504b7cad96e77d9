"""
The map to start from: what a form's own labels say its places are for.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterator
from importlib import resources

import attrs

from reflect.documents.making import document
from reflect.errors import ReflectError
from reflect.files import yaml as simple_yaml
from reflect.files.yaml import YamlList, YamlMapping, YamlText
from reflect.own_forms.filling_in import COLUMNS
from reflect.own_forms.form_fields import TALK, fields_of
from reflect.own_forms.spots import OwnForm, Spot, SpotKind
from reflect.shown import Brief

#: The minutes of an hour that nothing is known of.
_LONG_ENOUGH = 60
#: What a label is compared without.
_SIGNS = re.compile(r"[^\w ]|_")


@attrs.frozen(kw_only=True)
class SuggestedPlace(Brief):
    """
    A place of a form, with the key that is probably meant.

    Attributes:
        spot: The place.
        key: The key; empty if nothing says what it is for.
    """

    spot: Spot
    key: str = ""


@functools.cache
def _read_lists(name: str) -> dict[str, tuple[str, ...]]:
    """
    Return the lists of a file of ours, by their names.
    """
    text = (resources.files(__package__) / name).read_text("utf-8")
    found = simple_yaml.read(text, lambda line, what, remedy: None)
    assert isinstance(found, YamlMapping)
    return {
        key: tuple(each.text for each in texts.items if isinstance(each, YamlText))
        for key, (texts, _) in found.pairs.items()
        if isinstance(texts, YamlList)
    }


def labels_by_key() -> dict[str, tuple[str, ...]]:
    """
    Return what forms call their places, by the key that is meant.
    """
    return _read_lists("labels.yaml")


@functools.cache
def _keys_by_label() -> dict[str, str]:
    return {label: key for key, labels in labels_by_key().items() for label in labels}


def suggest_places(form: OwnForm) -> tuple[SuggestedPlace, ...]:
    """
    Return the places of a form that can be written in, each with the key that its name, its map or its label says.

    A key is suggested once: if two labels say the same, neither is beyond doubt.
    """
    free = [spot for spot in form.spots if not spot.earlier or spot.name.kind != "cell" or spot.name in form.keys]
    free = [spot for spot in free if not spot.ours.startswith("ring-") and spot.kind is not SpotKind.ROWS]
    told = {spot.name: form.keys[spot.name] for spot in free if spot.name in form.keys}
    guessed = {spot.name: key for spot in free if spot.name not in told and (key := _guess(spot))}
    # A table has its label over every row; the first is the place, and what is written goes on below it.
    first: dict[tuple[str, str], Spot] = {}
    for spot in free:
        key = guessed.get(spot.name, "")
        if key and spot.name.kind == "cell" and first.setdefault((key, spot.name.name.split(".")[0]), spot) is not spot:
            del guessed[spot.name]
    times = Counter((*told.values(), *guessed.values()))
    guessed = {name: key for name, key in guessed.items() if times[key] == 1}
    keys = {**guessed, **told}
    # What is written in a table goes on downwards from the place that was named.
    tables = {
        (table, column): int(row)
        for name, key in keys.items()
        if name.kind == "cell" and key.partition(".")[0] in COLUMNS
        for table, row, column in [name.name.split(".")]
    }

    def goes_on(spot: Spot) -> bool:
        table, row, column = spot.name.name.split(".") if spot.name.kind == "cell" else ("", "0", "")
        return (table, column) in tables and int(row) > tables[table, column]

    return tuple(SuggestedPlace(spot=spot, key=keys.get(spot.name, "")) for spot in free if not goes_on(spot))


def _guess(spot: Spot) -> str:
    label = " ".join(_SIGNS.sub(" ", spot.label.casefold()).split())
    return _keys_by_label().get(label, "") if spot.kind is not SpotKind.TICK else ""


def write_map(form: OwnForm, path: str = "") -> str:
    """
    Return the map to start from, as YAML: what is beyond doubt, and all other places as remarks.

    Args:
        path: The path of the form from the folder of the map.
    """
    return "".join(f"{line}\n" for line in _lines_of_map(form, path))


def _lines_of_map(form: OwnForm, path: str) -> Iterator[str]:
    words = _read_lists("map-words.yaml")
    yield from (f"# {line}" for line in words["head"])
    yield f"ring: {form.ring or ''}".rstrip()
    if form.paper != "record":
        yield f"paper: {form.paper}"
    if path:
        yield f"form: {simple_yaml.write_on_a_line(path)}"
    yield "places:"
    places = suggest_places(form)
    for each in places:
        if each.key:
            yield f"  {simple_yaml.write_on_a_line(str(each.spot.name))}: {each.key}"
    rest = [each.spot for each in places if not each.key]
    if rest:
        yield from (f"  # {line}" for line in words["rest"])
    for spot in rest:
        label = " ".join(spot.label.split())
        yield f"  # {spot.name}:" + (f"   ({label})" if label else "")


def keys_without_place(form: OwnForm) -> tuple[tuple[str, str], ...]:
    """
    Return what the paper that a form stands for asks and the form does not, each by its key and its label.
    """
    try:
        paper = document(f"own-item@{_LONG_ENOUGH}", form.paper, reader="anyone")
    except ReflectError:
        return ()  # it is made of something else than an hour
    fields = fields_of(paper)
    keys = {each.key for each in suggest_places(form)} - {""}
    used = {key for key in keys if key in fields} | {key.rpartition(".")[0] for key in keys}
    known = {fields[key].key for key in used if key in fields}
    names = {field.key: name for name, field in fields.items() if name.split(".")[0] == TALK}
    return tuple(
        (names.get(key, key), field.label)
        for key, field in fields.items()
        if key == field.key and not field.printed and key not in known
    )
