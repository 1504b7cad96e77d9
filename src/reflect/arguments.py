"""
What was given to a public function, looked at once something went wrong: only a `ReflectError` may leave the library.

Texts, numbers, days and yes or no are looked at before a function has them, since what is none of these would be in a
value, and fail somewhere else. Of everything else nothing is checked while all is well, so this costs next to nothing.
If a function fails in a way that is not ours, its arguments are compared with its annotations, down to the fields of
our values. If one is of another kind, that is said; if none is, the mistake is ours, and the error goes on as it is.
"""

from __future__ import annotations

import collections.abc
import datetime
import enum
import functools
import importlib
import io
import os
import sys
import types
import typing
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

import attrs

from reflect.errors import ReflectError

F = TypeVar("F", bound=Callable[..., Any])
#: What Python raises where something is of the wrong kind.
_KINDS_OF_ERROR = (
    TypeError,
    ValueError,
    AttributeError,
    LookupError,
    ArithmeticError,
    RuntimeError,
    OSError,
    ImportError,
    MemoryError,
)
#: How deep, and into how many things, we look for what is wrong.
_DEEPEST, _MOST = 12, 10_000


@attrs.frozen
class WrongKind(ReflectError, TypeError, ValueError):
    """
    Something of the wrong kind was given to a function; the sentence says what it takes.
    """

    why: str

    def __str__(self) -> str:
        return self.why


@attrs.frozen
class _Mismatch:
    """
    What is of the wrong kind: where it is in the argument, what it is, and what belongs there.
    """

    at: str
    given: str
    wanted: str


def explain_wrong_kinds(function: F) -> F:
    """
    Return a function that says which of its arguments is of the wrong kind, if that makes it fail.
    """
    flat: list[tuple[int, str, tuple[type, ...], bool]] | None = None

    @functools.wraps(function)
    def call(*args: Any, **named: Any) -> Any:
        nonlocal flat
        if flat is None:
            flat = _flat_arguments(function)
        for place, name, kinds, number in flat:
            value = args[place] if place < len(args) else named.get(name, kinds)
            # A truth value is a number to Python alone.
            strange = value is not kinds and (not isinstance(value, kinds) or (number and isinstance(value, bool)))
            if strange and (wrong := _find_wrong_kind(function, args, named)):
                raise wrong
        try:
            made = function(*args, **named)
        except WrongKind:
            if wrong := _find_wrong_kind(function, args, named):
                raise wrong from None  # in the words of the function that was called
            raise
        except ReflectError:
            raise
        except _KINDS_OF_ERROR as error:
            if wrong := _find_wrong_kind(function, args, named) or _limit_of_field(function, error):
                raise wrong from None
            raise
        return _give_all(function, made, args, named) if isinstance(made, types.GeneratorType) else made

    return typing.cast(F, call)


#: The place of an argument that is given by its name alone.
_BY_NAME = 1_000_000
#: The kinds that are looked at before, as they are written in annotations.
_FLAT: Mapping[str, tuple[type, ...]] = {
    "str": (str,), "int": (int,), "bool": (bool,), "str | None": (str, type(None)), "int | None": (int, type(None)),
    "bool | None": (bool, type(None)), "float": (int, float), "Path": (Path,),
    "datetime.date": (datetime.date,), "datetime.date | None": (datetime.date, type(None)),
}  # fmt: skip


def _flat_arguments(function: Callable[..., Any]) -> list[tuple[int, str, tuple[type, ...], bool]]:
    """
    Return the arguments that are looked at before: place, name, kinds, and whether each is a number.
    """
    code = getattr(getattr(function, "__wrapped__", function), "__code__", None)
    if code is None:
        return []
    hints = getattr(function, "__annotations__", {})
    names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    places = {name: n if n < code.co_argcount else _BY_NAME for n, name in enumerate(names)}
    written_as = {name: hints.get(name, "") for name in places}
    # A function that takes options shows them one by one.
    shown = getattr(function, "__signature__", None)
    for option in () if shown is None else shown.parameters.values():
        places.setdefault(option.name, _BY_NAME)
        written_as.setdefault(option.name, option.annotation)
    found = []
    for name, place in places.items():
        written = written_as[name]
        kinds = _FLAT.get(written if isinstance(written, str) else getattr(written, "__name__", ""))
        if kinds is not None:
            found.append((place, name, kinds, bool not in kinds and (int in kinds or float in kinds)))
    return found


def _limit_of_field(function: Callable[..., Any], error: Exception) -> WrongKind | None:
    """
    Return what a field of a value says about its limits, without the value; None if it is another error.
    """
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = "" if trace is None else trace.tb_frame.f_globals.get("__name__", "")
    if where == "enum" and isinstance(error, RecursionError):
        return WrongKind(f"{_name_of_function(function)}: something that is given is nested too deeply")
    _, is_not, kind = str(error).rpartition(" is not a valid ")
    if where == "enum" and is_not:
        return WrongKind(f"{_name_of_function(function)}: something that is given is not one of the values of {kind}")
    if where != "attr.validators":
        return None
    return WrongKind(f"{_name_of_function(function)}: {str(error.args[0]).partition(': ')[0]}")


def _name_of_function(function: Callable[..., Any]) -> str:
    return function.__qualname__.removesuffix(".__init__").rpartition(".")[2]


def _give_all(function: Callable[..., Any], made: Any, args: Any, named: Any) -> Iterator[Any]:
    try:
        yield from made
    except ReflectError:
        raise
    except _KINDS_OF_ERROR:
        if wrong := _find_wrong_kind(function, args, named):
            raise wrong from None
        raise


def explain_in(kind: type) -> None:
    """
    Let a class say which argument is of the wrong kind, where it is made and in each of its public methods.
    """
    for own in kind.__mro__:
        if own in _EXPLAINING or not own.__module__.startswith("reflect.") or issubclass(own, (Exception, enum.Enum)):
            continue
        _EXPLAINING.add(own)
        for name, member in list(vars(own).items()):
            if name != "__init__" and name.startswith("_"):
                continue
            if isinstance(member, types.FunctionType):
                setattr(own, name, explain_wrong_kinds(member))
            elif isinstance(member, (classmethod, staticmethod)):
                setattr(own, name, type(member)(explain_wrong_kinds(member.__func__)))


#: The classes that say which argument is of the wrong kind.
_EXPLAINING: set[type] = set()


def _find_wrong_kind(function: Callable[..., Any], args: Any, named: Any) -> WrongKind | None:
    """
    Return the error for the first argument of the wrong kind; None if there is none, or Python says it better.
    """
    import inspect  # only mistakes need it

    try:
        bound = inspect.signature(function).bind(*args, **named).arguments
    except TypeError:
        return None  # an argument is missing, or not known: Python's own words name it
    hints = dict(_hints_of(function))
    for hint in list(hints.values()):
        if typing.get_origin(hint) is typing.Unpack:  # a signature that shows its options one by one
            hints = {**_hints_of(typing.get_args(hint)[0]), **hints}
    for name, value in bound.items():
        for each, hint, given in _arguments(function, name, value, hints):
            if wrong := _mismatch(given, hint, 0, [0]):
                where = f"'{each}'{wrong.at}"
                return WrongKind(f"{_name_of_function(function)}: {where} is {wrong.given}; give {wrong.wanted}")
        if isinstance(value, Iterator):
            # It has been used up, so nobody can look at what it gave.
            return WrongKind(
                f"{_name_of_function(function)}: something that '{name}' gives is of the wrong kind; give a list"
            )
    return None


def _arguments(
    function: Callable[..., Any], name: str, value: Any, hints: Mapping[str, Any]
) -> Iterator[tuple[str, Any, Any]]:
    import inspect

    kind = inspect.signature(function).parameters[name].kind
    hint = hints.get(name, Any)
    if kind is inspect.Parameter.VAR_POSITIONAL:
        yield from ((name, hint, each) for each in value)
    elif kind is inspect.Parameter.VAR_KEYWORD:
        inner = typing.get_args(hint)
        options = _hints_of(inner[0]) if typing.get_origin(hint) is typing.Unpack and inner else {}
        yield from ((each, options.get(each, hint if not inner else Any), given) for each, given in value.items())
    else:
        yield name, hint, value


@functools.lru_cache(512)
def _hints_of(thing: Any) -> Mapping[str, Any]:
    """
    Return the annotations of a function or class. A name that only type checkers know is looked for in our modules.
    """
    names: dict[str, Any] = {}
    owner = getattr(thing, "__module__", "")
    for _ in range(200):
        try:
            return typing.get_type_hints(getattr(thing, "__wrapped__", thing), None, names or None)
        except NameError as error:
            if not error.name or error.name in names:
                break
            names[error.name] = _find_name(error.name, owner)
        except Exception:
            break
    return {}


def _find_name(name: str, owner: str) -> Any:
    """
    Return what a name stands for that a module imports for type checkers alone.
    """
    module = importlib.import_module(owner)
    for line in _source_of(module).split("\n"):
        words = line.split()
        if words[:1] == ["from"] and name in line.replace(",", " ").split():
            return getattr(importlib.import_module(words[1]), name, Any)
    loaded = [vars(other) for key, other in list(sys.modules.items()) if key.startswith("reflect.")]
    return next((names[name] for names in loaded if name in names), Any)


def _source_of(module: types.ModuleType) -> str:
    import inspect

    return inspect.getsource(module)


def _mismatch(value: object, hint: Any, depth: int, looked: list[int]) -> _Mismatch | None:
    """
    Return what in a value is not of the kind that an annotation names.
    """
    looked[0] += 1
    origin = typing.get_origin(hint)
    inner = typing.get_args(hint)
    if depth > _DEEPEST or looked[0] > _MOST or hint is Any or isinstance(hint, (str, TypeVar, typing.ForwardRef)):
        return None
    if origin in (typing.Union, types.UnionType):
        found = [_mismatch(value, each, depth, looked) for each in inner]
        if not all(found):
            return None
        # The kind that fits outside says best what is wrong inside.
        return next((wrong for wrong in found if wrong and wrong.at), _wrong(value, hint))
    if origin is typing.Literal:
        return (
            None
            if any(value is each or value == each for each in inner if type(value) is type(each))
            else _wrong(value, hint)
        )
    if origin in (typing.Annotated, typing.Required, typing.NotRequired):
        return _mismatch(value, inner[0], depth, looked)
    kind = type(None) if hint is None else origin or hint
    if not isinstance(kind, type):
        return None
    if not _is_of(value, kind):
        return _wrong(value, hint)
    return _mismatch_inside(value, kind, inner, depth + 1, looked)


def _is_of(value: object, kind: type) -> bool:
    if kind in (int, float):  # a truth value is a number to Python alone
        return isinstance(value, (int, kind)) and not isinstance(value, bool)
    if getattr(kind, "_is_protocol", False) and not getattr(kind, "_is_runtime_protocol", False):
        return callable(value) or "__call__" not in vars(kind)
    try:
        return isinstance(value, kind)
    except TypeError:
        return True


def _mismatch_inside(value: Any, kind: type, inner: tuple[Any, ...], depth: int, looked: list[int]) -> _Mismatch | None:
    parts: Iterator[tuple[str, Any, Any]] = iter(())
    if isinstance(value, (dict, types.MappingProxyType)) and len(inner) == 2:
        parts = (
            (f"[{n}]", one, hint) for n, pair in enumerate(value.items()) for one, hint in zip(pair, inner, strict=True)
        )
    elif isinstance(value, tuple) and kind is tuple and inner and inner[-1] is not Ellipsis:
        parts = ((f"[{n}]", one, hint) for n, (one, hint) in enumerate(zip(value, inner, strict=False)))
    elif isinstance(value, (dict, types.MappingProxyType)) and len(inner) == 1:
        parts = ((f"[{n}]", one, inner[0]) for n, one in enumerate(value))
    elif isinstance(value, (str, bytes, bytearray, memoryview)) and inner:
        parts = (("[0]", one, inner[0]) for one in value[:1])
    elif isinstance(value, (list, tuple, set, frozenset)) and inner:
        parts = ((f"[{n}]", one, inner[0]) for n, one in enumerate(value))
    elif attrs.has(type(value)):
        hints = _hints_of(type(value))  # type: ignore[arg-type]  # a class is hashable
        parts = (
            (f".{field.name}", getattr(value, field.name, None), hints.get(field.name, Any))
            for field in attrs.fields(type(value))
        )
    for at, one, hint in parts:
        if wrong := _mismatch(one, hint, depth, looked):
            return attrs.evolve(wrong, at=at + wrong.at)
    return None


#: What we call the kinds that people give.
_CALLED: Mapping[Any, str] = {
    str: "a text", int: "a whole number", float: "a number", bool: "True or False", bytes: "bytes", type(None): "None",
    dict: "names with values", list: "a list", tuple: "a tuple", set: "a set",
    collections.abc.Mapping: "names with values", collections.abc.Iterable: "several of them",
    datetime.date: "a day", datetime.datetime: "a day with a time", datetime.time: "a time",
    memoryview: "a view of memory", bytearray: "bytes that can change", io.BytesIO: "an open file",
    io.StringIO: "a file that is open as text",
    collections.abc.Sequence: "a list", collections.abc.Callable: "a function", os.PathLike: "a path",
}  # fmt: skip


def _wrong(value: object, hint: Any) -> _Mismatch:
    kind = type(value)
    return _Mismatch("", _CALLED.get(kind, f"of the kind {kind.__name__[:60]}"), _name_of(hint))


def _name_of(hint: Any) -> str:
    """
    Return what an annotation takes, in words.
    """
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        names = list(dict.fromkeys(map(_name_of, typing.get_args(hint))))
        return " or ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else names[0]
    if typing.get_origin(hint) is typing.Literal:
        return " or ".join(map(repr, typing.get_args(hint)))
    kind = type(None) if hint is None else typing.get_origin(hint) or hint
    return _CALLED.get(kind, getattr(kind, "__name__", "something else"))
