"""
The face of a package: the names it hands on, each loaded when it is first used.

A face keeps one table, of modules and the names in each; a block of imports beside it shows type checkers the same. A
test makes sure that they agree.
"""

from __future__ import annotations

import importlib
import sys
import types
from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar


class Explaining:
    """
    The module that says which argument is of the wrong kind. It knows our errors, so it is above this one, and the
    package hands it down when it is imported.
    """

    module: ClassVar[Callable[[], Any]] = staticmethod(lambda: None)


class OfSessions:
    """
    The module that makes records of sessions. It knows both, so it is above each of them, and the package hands it down
    when it is imported.
    """

    module: ClassVar[Callable[[], Any]] = staticmethod(lambda: None)


def _explain_loaded() -> None:
    """
    Let our public functions and classes say which argument is of the wrong kind: those in modules that are loaded by
    now. Each is made to do so once, in its own module, so that it is the same from wherever it is taken.
    """
    waiting = [place for place in _PLACES if f"reflect.{place[0]}" in sys.modules]
    if not waiting:
        return
    arguments = Explaining.module()
    if arguments is None:
        return
    for place in waiting:
        module = sys.modules[f"reflect.{place[0]}"]
        value = getattr(module, place[1], None)
        if value is None:
            continue  # the module is being loaded
        _PLACES.remove(place)
        if getattr(value, "__module__", "") != module.__name__:
            continue  # it says so where it comes from
        if isinstance(value, type):
            arguments.explain_in(value)
        elif isinstance(value, types.FunctionType) or hasattr(value, "__wrapped__"):
            setattr(module, place[1], arguments.explain_wrong_kinds(value))


#: The names of all faces that do not say yet which argument is of the wrong kind: a module, and a name in it.
_PLACES: set[tuple[str, str]] = set()


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
    _PLACES.update((module, there) for module, there in places.values() if there != "*")
    every = sorted({*places, *own})

    def load(name: str) -> object:
        if name not in places:
            raise AttributeError(f"module {face!r} has no attribute {name!r}")
        module, there = places[name]
        thing = importlib.import_module(f"reflect.{module}")
        _explain_loaded()
        value: object = thing if there == "*" else getattr(thing, there)
        setattr(sys.modules[face], name, value)
        return value

    return every, load, lambda: sorted({*vars(sys.modules[face]), *every})
