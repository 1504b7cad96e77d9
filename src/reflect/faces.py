"""
The face of a package: the names it hands on, each loaded when it is first used.

A face keeps one table, of modules and the names in each; a block of imports beside it shows type checkers the same. A
test makes sure that they agree.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterable, Mapping


def hand_on(
    face: str, homes: Mapping[str, str], own: Iterable[str] = ()
) -> tuple[list[str], Callable[[str], object], Callable[[], list[str]]]:
    """
    Return what a package calls ``__all__``, ``__getattr__`` and ``__dir__``.

    Args:
        face: The package.
        homes: The names it hands on, by their modules: ``"Question Topic"``. A name that is called otherwise there
            comes after that: ``"parse=outline"``. With ``*``, the module itself is handed on.
        own: The names that the package has itself.
    """
    places: dict[str, tuple[str, str]] = {}
    for module, names in homes.items():
        for each in names.split():
            there, _, name = each.partition("=")
            places[module.rpartition(".")[2] if each == "*" else name or there] = (module, there)
    every = sorted({*places, *own})

    def load(name: str) -> object:
        if name not in places:
            raise AttributeError(f"module {face!r} has no attribute {name!r}")
        module, there = places[name]
        thing = importlib.import_module(f"reflect.{module}")
        value: object = thing if there == "*" else getattr(thing, there)
        setattr(sys.modules[face], name, value)
        return value

    return every, load, lambda: sorted({*vars(sys.modules[face]), *every})
