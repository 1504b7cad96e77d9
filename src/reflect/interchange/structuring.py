"""
Turn JSON's lists and objects into our values, strictly. Only this module uses cattrs.

A fault names its path, and never quotes what was written.
"""

from __future__ import annotations

import enum
import functools
import itertools
import re
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

import attrs

from reflect.errors import GIVE_UP, KeyClash, Refused, TooDeep
from reflect.files.objects import name_nearby
from reflect.interchange.fields import NAMED_TEXTS, UNIONS, JsonField, has_tag, json_fields, members, tag

if TYPE_CHECKING:
    from cattrs import Converter

#: How close an unknown name has to be to one of ours before a fault quotes it.
_NEARLY = 0.75


class Doubled(dict[str, Any]):
    """
    A JSON object that has the same name twice.
    """


def is_object(value: object) -> bool:
    return type(value) in (dict, Doubled)


#: How many more mistakes are looked for in the lists of a file: an error costs far more than a value.
_patience: ContextVar[int] = ContextVar("reflect_patience")


def _may_go_on() -> bool:
    """
    Count a mistake in a list; return whether more are looked for.
    """
    left = _patience.get(GIVE_UP) - 1
    _patience.set(left)
    return left > 0


@attrs.define
class Wrong(Exception):
    """
    What is wrong with a value, in words that do not quote it.
    """

    what: str
    remedy: str
    at: str = ""


def none_of(names: Iterable[object], at: str = "") -> Wrong:
    return Wrong(f"is not one of: {', '.join(repr(str(name)) for name in names)}", "write one of them", at)


def _check_limits(limits: Mapping[str, Any], value: Any) -> None:
    """
    Refuse a value that its validators would refuse, while we still know where it is.
    """
    for word, limit in limits.items():
        match word:
            case "minimum" if value < limit:
                raise Wrong(f"is less than {limit}", f"write {limit} or more")
            case "maximum" if value > limit:
                raise Wrong(f"is more than {limit}", f"write {limit} or less")
            case "minLength" if len(value) < limit:
                raise Wrong("is too short", f"write {limit} or more characters")
            case "enum" if value not in limit:
                raise none_of(limit)
            case "pattern" if not re.search(limit, value):
                raise Wrong("is not of the right form", f"write what fits {limit}")


_STRICT = {
    str: Wrong("is not a text", "write it in quotation marks"),
    int: Wrong("is not a whole number", "write digits only, without quotation marks"),
    bool: Wrong("is not true or false", "write true or false"),
}


def _strict_reader(kind: type) -> Callable[[object, object], object]:
    wrong = _STRICT[kind]

    def read(value: object, _: object) -> object:
        if type(value) is not kind:
            raise attrs.evolve(wrong)
        return value

    return read


def _read_enum(value: object, kind: type[enum.Enum]) -> enum.Enum:
    # Only a plain text counts: a member of another enum compares equal to its text, and would pass.
    known = {str(each.value): each for each in kind}
    if type(value) is not str or value not in known:
        raise none_of(known)
    return known[value]


def _origin(kind: Any) -> Any:
    return typing.get_origin(kind)


@functools.cache
def _converter() -> Converter:
    """
    cattrs, made strict: by itself it turns None into "None", 2.7 into 2, and a text into a list of letters.
    """
    from cattrs import Converter  # 10 ms, and only files need it
    from cattrs.gen import make_dict_structure_fn, override

    converter = Converter(detailed_validation=True)

    def read_tuple(kind: Any) -> Callable[[object, object], object]:
        if kind == NAMED_TEXTS:
            return _read_named_texts
        inner = typing.get_args(kind)
        if inner[1:] != (...,):
            return read_fixed(inner)
        # Look it up only when it is needed, since sets are nested in sets.
        hooks: list[Callable[[object, Any], object]] = []

        def read(value: object, _: object) -> object:
            if type(value) is not list:
                raise Wrong("is not a list", "write [ and ] round it")
            if not hooks:
                hooks.append(converter.get_structure_hook(inner[0]))
            return read_each(value, itertools.repeat((inner[0], hooks[0])))

        return read

    def read_fixed(inner: tuple[Any, ...]) -> Callable[[object, object], object]:
        def read(value: object, _: object) -> object:
            if type(value) is not list or len(value) != len(inner):
                raise Wrong(f"is not a list of {len(inner)}", f"write [ and ] round {len(inner)} of them")
            return read_each(value, ((one, converter.get_structure_hook(one)) for one in inner))

        return read

    def read_each(values: list[object], hooks: Iterable[tuple[Any, Callable[[object, Any], object]]]) -> object:
        wrong: list[Exception] = []
        found = []
        for i, (each, (one, hook)) in enumerate(zip(values, hooks, strict=False)):
            try:
                found.append(hook(each, one))
            except Exception as error:
                wrong.append(_At(f"[{i}]", error))
                if not _may_go_on():
                    break
        if wrong:
            raise ExceptionGroup("", wrong)
        return tuple(found)

    def read_union(kind: Any) -> Callable[[object, object], object]:
        known = {tag(each): each for each in members(kind)} if len(members(kind)) > 1 else {}

        def read(value: Any, _: object) -> object:
            if not known:
                return None if value is None else converter.structure(value, members(kind)[0])
            if not is_object(value):
                raise Wrong("is not an object", "write { and } round it")
            named = value.get("type")
            if type(named) is not str or named not in known:
                raise none_of(known, ".type")
            return converter.structure(value, known[named])

        return read

    def read_class(kind: Any) -> Callable[[object, object], object]:
        read_fields = make_dict_structure_fn(
            kind,
            converter,
            _cattrs_forbid_extra_keys=True,
            **{field.name: override(omit=True) for field in attrs.fields(kind) if not field.eq},  # type: ignore[arg-type]
            **{
                part.name: override(struct_hook=read_field(part))
                for part in json_fields(kind)
                if part.limits or part.names
            },  # type: ignore[arg-type]
        )
        named = tag(kind) if has_tag(kind) else None
        # A program may rely on our default; what was taken out of a file must not fall back to it.
        needed = [
            field.name
            for field, part in ((attrs.fields_dict(kind)[part.name], part) for part in json_fields(kind))
            if part.default is attrs.NOTHING and field.default is not attrs.NOTHING
        ]

        def read(value: Any, _: object) -> object:
            if not is_object(value):
                raise Wrong("is not an object", "write { and } round it")
            if gone := [name for name in needed if name not in value]:
                raise ExceptionGroup("", [Wrong("is missing", "add it", f".{name}") for name in gone])
            if named is None:
                return read_fields(value, kind)
            if value.get("type") != named:
                raise none_of([named], ".type")
            return read_fields({name: each for name, each in value.items() if name != "type"}, kind)

        return read

    def read_field(part: JsonField) -> Callable[[object, object], object]:
        def read(value: object, kind: object) -> object:
            found = _read_named_texts(value, kind, part.names) if part.names else converter.structure(value, part.type)
            if found is not None:
                _check_limits(part.limits, found)
            return found

        return read

    for kind in _STRICT:
        converter.register_structure_hook(kind, _strict_reader(kind))
    converter.register_structure_hook(enum.StrEnum, _read_enum)
    converter.register_structure_hook_factory(attrs.has, read_class)
    converter.register_structure_hook_factory(lambda kind: _origin(kind) is tuple, read_tuple)
    converter.register_structure_hook_factory(lambda kind: _origin(kind) in UNIONS, read_union)
    return converter


def _read_named_texts(value: object, _: object, names: tuple[str, ...] | None = None) -> NAMED_TEXTS:
    if not is_object(value):
        raise Wrong("is not an object", "write { and } round it, and names with texts in it")
    strange = value.keys() - names if names is not None else ()  # type: ignore[attr-defined]  # checked above
    wrong: list[Exception] = list(_unknown_names(strange, names or ()))
    for name, text in value.items():  # type: ignore[attr-defined]
        if type(text) is not str and name not in strange and len(wrong) < GIVE_UP:
            wrong.append(attrs.evolve(_STRICT[str], at=f".{name}" if names else ".*"))
    if wrong:
        raise ExceptionGroup("", wrong)
    return tuple(value.items())  # type: ignore[attr-defined]


def _unknown_names(names: Iterable[str], known: Iterable[str]) -> Iterator[Wrong]:
    """
    The faults of unknown names: one that is close to a name of ours is quoted, the others are counted.
    """
    others = 0
    for n, name in enumerate(sorted(names)):
        if n < GIVE_UP and (hint := name_nearby(name, known, _NEARLY)):
            yield Wrong(f"is not known.{hint}", "write the name that is meant", f".{name}")
        else:
            others += 1
    if others:
        unknown = "a name that is" if others == 1 else f"{others} names that are"
        yield Wrong(f"has {unknown} not known here", f"take out all but: {', '.join(known)}")


@attrs.define
class _At(Exception):
    """
    An error at one place in a list.
    """

    at: str
    error: Exception


def wrongs_of(error: BaseException, path: str) -> Iterator[Wrong]:
    """
    Give everything that went wrong, each with its path. The messages of cattrs quote values, so we use only its places.
    """
    from cattrs.errors import ForbiddenExtraKeysError

    match error:
        case Wrong():
            yield attrs.evolve(error, at=path + error.at)
        case _At(at, inner):
            yield from wrongs_of(inner, path + at)
        case BaseExceptionGroup():
            for each in error.exceptions:
                yield from wrongs_of(each, path + place_of(each))
        case ForbiddenExtraKeysError():
            known = [part.name for part in json_fields(error.cl)]
            for wrong in _unknown_names(error.extra_fields, known):
                yield attrs.evolve(wrong, at=path + wrong.at)
        case KeyError():
            yield Wrong("is missing", "add it", path)
        case KeyClash():
            yield Wrong("has two questions with one key", "give one of them another key", path)
        case TooDeep():
            yield Wrong(f"has sets nested more than {error.limit} deep", "put some of them side by side", path)
        case Refused():
            yield Wrong(error.why, "make them agree", path)
        case RecursionError():
            yield Wrong("is nested too deeply to be read", "nest less", path)
        case _:
            yield Wrong("is not as it should be", "see docs/reference/json.md", path)


def place_of(error: BaseException) -> str:
    """
    Return where in an object or list it went wrong, such as ``.title`` or ``[3]``, from the notes of cattrs.
    """
    from cattrs.errors import AttributeValidationNote, IterableValidationNote

    for note in getattr(error, "__notes__", ()):
        match note:
            case AttributeValidationNote():
                return f".{note.name}"
            case IterableValidationNote():
                return f"[{note.index}]"
    return ""


def structure(data: object, kind: Any) -> object:
    """
    Return the value of a class that a JSON object holds; `wrongs_of` explains anything that this raises.
    """
    token = _patience.set(GIVE_UP)
    try:
        value: object = _converter().structure(data, kind)
    finally:
        _patience.reset(token)
    return value
