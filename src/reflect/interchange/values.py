"""
Values as JSON, and back: models, question sets, sessions, documents, records and filled pages.

What a class can hold is read off the class once, as its `Part`s. The reader here and the
published schemas (`reflect.schemas`) are both made from them, so that they agree. This is the
only home of cattrs.

A value's JSON is the whole value. What a session or a record holds of what people said is in it:
cut it with ``visible_to`` first if it goes to somebody else.
"""

from __future__ import annotations

import enum
import functools
import json
import re
import types
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any

import attrs

from reflect.errors import Fault, Faults, KeyClash, Refused, TooDeep, near
from reflect.questions.model import Model
from reflect.questions.question import Question
from reflect.questions.sets import QuestionSet
from reflect.sessions.filled import Filled
from reflect.sessions.record import Record
from reflect.sessions.session import Session
from reflect.text import nodes
from reflect.text.nodes import Document

if TYPE_CHECKING:
    from cattrs import Converter

#: What has a JSON form.
Value = Model | QuestionSet | Session | Document | Record | Filled

#: The kinds of value with a JSON form: the class, and the version of the form.
KINDS: dict[str, tuple[type, int]] = {
    "model": (Model, 1),
    "question-set": (QuestionSet, 1),
    "session": (Session, 1),
    "document": (Document, 1),
    "record": (Record, 1),
    "filled": (Filled, 1),
}

#: Lists and objects may stand in one another this deep; lists 50 deep take about 210.
DEEPEST = 250
#: So many faults are told; nobody reads more.
MOST = 100
#: How near to a name of ours, and how long at most, is a name that is told: near enough to be no content.
_NEARLY, _LONGEST_NAME = 0.75, 24


def tag(kind: type) -> str:
    """
    Return the ``type`` a class writes: ``code-block`` for `CodeBlock`.
    """
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", kind.__name__).lower()


def tagged(kind: type) -> bool:
    """
    Tell whether objects of a class say their ``type``: all in a document do, and questions and sets.
    """
    return kind in (Question, QuestionSet) or (kind.__module__ == nodes.__name__ and kind is not Document)


# --- what a class can hold


@attrs.frozen
class Part:
    """
    One field of a class, as its JSON shows it.

    Attributes:
        name: Its name.
        type: Its type; names with texts are pairs in a value and an object in JSON.
        default: What it is if it is left out; `attrs.NOTHING` if it may not be.
        limits: What its validators and its metadata say, in the words of JSON Schema: minimum, maximum, minLength,
            pattern, enum.
        names: The names it may hold, if it is names with texts and they are fixed.
    """

    name: str
    type: Any
    default: object
    limits: Mapping[str, Any]
    names: tuple[str, ...] | None = None


#: Names with texts.
NAMED_TEXTS = tuple[tuple[str, str], ...]


@functools.cache
def parts(kind: Any) -> tuple[Part, ...]:
    """
    Return what the JSON of a class holds, in its order: what makes two values equal, and nothing else.
    """
    hints = typing.get_type_hints(kind)
    return tuple(
        Part(
            name=field.name,
            type=hints[field.name],
            default=field.default,
            limits={word: field.metadata[word] for word in ("enum",) if word in field.metadata}
            | dict(_limits(field.validator)),
            names=field.metadata.get("names"),
        )
        for field in attrs.fields(kind)
        if field.init and field.eq
    )


def _limits(validator: Any) -> Iterator[tuple[str, object]]:
    """
    What the validators of attrs check; those written as functions are told of when a value is made.
    """
    match type(validator).__name__:
        case "_AndValidator":
            for each in validator._validators:
                yield from _limits(each)
        case "_OptionalValidator":
            yield from _limits(validator.validator)
        case "_NumberValidator":
            yield {">=": "minimum", "<=": "maximum"}[validator.compare_op], validator.bound
        case "_MinLengthValidator":
            yield "minLength", validator.min_length
        case "_MatchesReValidator":
            end = "$" if validator.match_func.__name__ == "fullmatch" else ""
            yield "pattern", f"^(?:{validator.pattern.pattern}){end}"


_UNIONS = (typing.Union, types.UnionType)


def _origin(kind: Any) -> Any:
    return typing.get_origin(kind)


def members(kind: Any) -> tuple[Any, ...]:
    """
    Return the types a type offers, None left out. A fence is never in a document that is ready.
    """
    if _origin(kind) not in _UNIONS:
        return (kind,)
    return tuple(each for each in typing.get_args(kind) if each not in (type(None), nodes.Fence))


# --- writing


def plain(value: object, kind: object = None) -> object:
    """
    Return a value as JSON's own lists, objects, texts and numbers, every field with it.

    Args:
        value: The value.
        kind: What it is declared as, where its own type does not say.
    """
    if isinstance(value, tuple):
        if kind == NAMED_TEXTS:
            return dict(value)
        return [plain(each) for each in value]
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, nodes.Fence):
        raise Refused("a document with a fence left in it is not ready, and has no JSON form")
    if not attrs.has(type(value)):
        return value
    its: Any = type(value)
    fields: dict[str, object] = {"type": tag(its)} if tagged(its) else {}
    for part in parts(its):
        found = getattr(value, part.name)
        if "enum" in part.limits and found not in part.limits["enum"]:
            raise Refused(f"a document has no '{part.name}' but: {', '.join(filter(None, part.limits['enum']))}")
        fields[part.name] = plain(found, part.type)
    return fields


def to_json(value: Value) -> str:
    """
    Return a value as JSON, all of it; `from_json` reads it back to an equal value.

    The JSON of a session or a record holds the private things in it too. To pass it on,
    cut it first: ``to_json(session.visible_to(reader))``.

    Every field is written, also where it is the default, so that no reader needs to know
    defaults and none that changes later changes what an old file says. The same value gives
    the same text.

    Args:
        value: A model, a question set, a session, a document, a record or a filled page.

    Raises:
        Refused: It is nested deeper than any program reads, or a text in it is no text.
        TypeError: It is something else.
    """
    name = next((name for name, (kind, _) in KINDS.items() if type(value) is kind), None)
    if name is None:
        raise TypeError(f"{type(value).__name__} has no JSON form; there is one for: {', '.join(KINDS)}")
    try:
        data: dict[str, Any] = plain(value)  # type: ignore[assignment]  # a class gives an object
    except RecursionError:
        raise _nested() from None
    data.pop("type", None)  # the format says it
    data = {"format": f"reflect-{name}", "version": KINDS[name][1], **data}
    if any(depth > DEEPEST for _, _, depth in _walk(data)):
        raise _nested()
    text = json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    if re.search("[\ud800-\udbff][\udc00-\udfff]", text):
        raise Refused("a text holds the two halves of one character; JSON would join them. Put the character itself")
    # Half a character cannot stand in a file; JSON has its own way of writing one.
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _nested() -> Refused:
    return Refused(f"this is nested more than {DEEPEST} deep, and has no JSON form")


# --- reading


class _Doubled(dict[str, Any]):
    """
    An object of JSON in which a name stands twice.
    """


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    return found if len(found) == len(pairs) else _Doubled(found)


def _walk(data: object) -> Iterator[tuple[str, object, int]]:
    """
    Every list and object in JSON, with its path and depth. Names that are not ours are not named.
    """
    stack: list[tuple[str, object, int]] = [("$", data, 1)]
    while stack:
        path, here, depth = stack.pop()
        yield path, here, depth
        if depth > DEEPEST:
            continue
        inner: Iterable[tuple[str, object]] = ()
        if isinstance(here, dict):
            inner = ((f".{name}" if name in _names() else ".*", each) for name, each in here.items())
        elif isinstance(here, list):
            inner = ((f"[{i}]", each) for i, each in enumerate(here))
        stack += [(path + name, each, depth + 1) for name, each in inner if isinstance(each, (dict, list))]


@functools.cache
def _names() -> frozenset[str]:
    found: set[str] = set()
    todo: list[Any] = [kind for kind, _ in KINDS.values()]
    seen: set[Any] = set()
    while todo:
        kind = todo.pop()
        if kind in seen:
            continue
        seen.add(kind)
        if isinstance(kind, type) and attrs.has(kind):
            found |= {part.name for part in parts(kind)}
            todo += [part.type for part in parts(kind)]
        else:
            todo += typing.get_args(kind)
    return frozenset(found)


@attrs.define
class _Wrong(Exception):
    """
    What is wrong with one value, in words that do not hold it.
    """

    what: str
    remedy: str
    at: str = ""


def _one_of(names: Iterable[object], at: str = "") -> _Wrong:
    return _Wrong(f"is none of: {', '.join(repr(str(name)) for name in names)}", "write one of them", at)


def _keep(limits: Mapping[str, Any], value: Any) -> None:
    """
    Refuse a value that its validators would refuse, while its place is known.
    """
    for word, limit in limits.items():
        match word:
            case "minimum" if value < limit:
                raise _Wrong(f"is less than {limit}", f"write {limit} or more")
            case "maximum" if value > limit:
                raise _Wrong(f"is more than {limit}", f"write {limit} or less")
            case "minLength" if len(value) < limit:
                raise _Wrong("is too short", f"write {limit} or more characters")
            case "enum" if value not in limit:
                raise _one_of(limit)
            case "pattern" if not re.search(limit, value):
                raise _Wrong("is not of the right form", f"write what fits {limit}")


_STRICT = {
    str: _Wrong("is not a text", "write it in quotation marks"),
    int: _Wrong("is not a whole number", "write digits only, without quotation marks"),
    bool: _Wrong("is not true or false", "write true or false"),
}


def _strict(kind: type) -> Callable[[object, object], object]:
    wrong = _STRICT[kind]

    def read(value: object, _: object) -> object:
        if type(value) is not kind:
            raise attrs.evolve(wrong)
        return value

    return read


def _enum(value: object, kind: type[enum.Enum]) -> enum.Enum:
    # In the class's own words: a member compares equal to a text, and so would pass for one.
    known = {str(each.value): each for each in kind}
    if type(value) is not str or value not in known:
        raise _one_of(known)
    return known[value]


@functools.cache
def _converter() -> Converter:
    """
    cattrs, made strict: by itself it takes None for "None", 2.7 for 2, and a text for a list of letters.
    """
    from cattrs import Converter  # 10 ms, and only files need it
    from cattrs.gen import make_dict_structure_fn, override

    converter = Converter(detailed_validation=True)

    def tuples(kind: Any) -> Callable[[object, object], object]:
        if kind == NAMED_TEXTS:
            return _named_texts
        inner = typing.get_args(kind)
        if inner[1:] != (...,):
            return several(inner)
        many = list.__class_getitem__(inner[0])
        # Asked for when it is needed: sets stand in sets.
        hooks: list[Callable[[object, Any], list[object]]] = []

        def read(value: object, _: object) -> object:
            if type(value) is not list:
                raise _Wrong("is not a list", "write [ and ] round it")
            if not hooks:
                hooks.append(converter.get_structure_hook(many))
            return tuple(hooks[0](value, many))

        return read

    def several(inner: tuple[Any, ...]) -> Callable[[object, object], object]:
        def read(value: object, _: object) -> object:
            if type(value) is not list or len(value) != len(inner):
                raise _Wrong(f"is not a list of {len(inner)}", f"write [ and ] round {len(inner)} of them")
            wrong, found = [], []
            for i, (each, one) in enumerate(zip(value, inner, strict=True)):
                try:
                    found.append(converter.structure(each, one))
                except Exception as error:
                    wrong.append(_At(f"[{i}]", error))
            if wrong:
                raise ExceptionGroup("", wrong)
            return tuple(found)

        return read

    def unions(kind: Any) -> Callable[[object, object], object]:
        known = {tag(each): each for each in members(kind)} if len(members(kind)) > 1 else {}

        def read(value: Any, _: object) -> object:
            if not known:
                return None if value is None else converter.structure(value, members(kind)[0])
            if type(value) not in (dict, _Doubled):
                raise _Wrong("is not an object", "write { and } round it")
            named = value.get("type")
            if type(named) is not str or named not in known:
                raise _one_of(known, ".type")
            return converter.structure(value, known[named])

        return read

    def classes(kind: Any) -> Callable[[object, object], object]:
        read_fields = make_dict_structure_fn(
            kind,
            converter,
            _cattrs_forbid_extra_keys=True,
            **{field.name: override(omit=True) for field in attrs.fields(kind) if not field.eq},  # type: ignore[arg-type]
            **{part.name: override(struct_hook=field(part)) for part in parts(kind) if part.limits or part.names},  # type: ignore[arg-type]
        )
        named = tag(kind) if tagged(kind) else None

        def read(value: Any, _: object) -> object:
            if type(value) not in (dict, _Doubled):
                raise _Wrong("is not an object", "write { and } round it")
            if named is None:
                return read_fields(value, kind)
            if value.get("type") != named:
                raise _one_of([named], ".type")
            return read_fields({name: each for name, each in value.items() if name != "type"}, kind)

        return read

    def field(part: Part) -> Callable[[object, object], object]:
        def read(value: object, kind: object) -> object:
            found = _named_texts(value, kind, part.names) if part.names else converter.structure(value, part.type)
            if found is not None:
                _keep(part.limits, found)
            return found

        return read

    for kind in _STRICT:
        converter.register_structure_hook(kind, _strict(kind))
    converter.register_structure_hook(enum.StrEnum, _enum)
    converter.register_structure_hook_factory(attrs.has, classes)
    converter.register_structure_hook_factory(lambda kind: _origin(kind) is tuple, tuples)
    converter.register_structure_hook_factory(lambda kind: _origin(kind) in _UNIONS, unions)
    return converter


def _named_texts(value: object, _: object, names: tuple[str, ...] | None = None) -> NAMED_TEXTS:
    if type(value) not in (dict, _Doubled):
        raise _Wrong("is not an object", "write { and } round it, and names with texts in it")
    strange = value.keys() - names if names is not None else ()  # type: ignore[attr-defined]  # looked at above
    wrong: list[Exception] = list(_unknown(strange, names or ()))
    for name, text in value.items():  # type: ignore[attr-defined]
        if type(text) is not str and name not in strange:
            wrong.append(attrs.evolve(_STRICT[str], at=f".{name}" if names else ".*"))
    if wrong:
        raise ExceptionGroup("", wrong)
    return tuple(value.items())  # type: ignore[attr-defined]


def _unknown(names: Iterable[str], known: Iterable[str]) -> Iterator[_Wrong]:
    """
    Names that are not known. One that is nearly a name of ours is told; any other may be what somebody wrote.
    """
    others = 0
    for name in sorted(names):
        if len(name) <= _LONGEST_NAME and (hint := near(name, known, _NEARLY)):
            yield _Wrong(f"is not known.{hint}", "write the name that is meant", f".{name}")
        else:
            others += 1
    if others:
        many = "a name" if others == 1 else f"{others} names"
        yield _Wrong(f"holds {many} not known here", f"take out all but: {', '.join(known)}")


@attrs.define
class _At(Exception):
    """
    What is wrong at one place of a list.
    """

    at: str
    error: Exception


def _told(error: BaseException, path: str) -> Iterator[_Wrong]:
    """
    What went wrong, each with its path; whatever cattrs says quotes values, so only the places go on.
    """
    from cattrs.errors import ForbiddenExtraKeysError

    match error:
        case _Wrong():
            yield attrs.evolve(error, at=path + error.at)
        case _At(at, inner):
            yield from _told(inner, path + at)
        case BaseExceptionGroup():
            for each in error.exceptions:
                yield from _told(each, path + _place(each))
        case ForbiddenExtraKeysError():
            known = [part.name for part in parts(error.cl)]
            for wrong in _unknown(error.extra_fields, known):
                yield attrs.evolve(wrong, at=path + wrong.at)
        case KeyError():
            yield _Wrong("is missing", "add it", path)
        case KeyClash():
            yield _Wrong("asks two questions of one key", "give one of them another key", path)
        case TooDeep():
            yield _Wrong(f"holds sets more than {error.limit} deep", "put some of them side by side", path)
        case Refused():
            yield _Wrong(error.why, "make them agree", path)
        case RecursionError():
            yield _Wrong("is nested too deep to be read", "put less in one another", path)
        case _:
            yield _Wrong("is not as it should be", "see docs/reference/json.md", path)


def _place(error: BaseException) -> str:
    """
    Where in an object or a list it went wrong, from the notes of cattrs.
    """
    from cattrs.errors import AttributeValidationNote, IterableValidationNote

    for note in getattr(error, "__notes__", ()):
        match note:
            case AttributeValidationNote():
                return f".{note.name}"
            case IterableValidationNote():
                return f"[{note.index}]"
    return ""


def _parsed(text: str) -> tuple[object, Fault | None]:
    try:
        return json.loads(text, object_pairs_hook=_object), None
    except RecursionError:
        return None, Fault("", None, f"this is nested more than {DEEPEST} deep", "put less in one another")
    except ValueError as error:
        return None, Fault("", getattr(error, "lineno", None), "this is not JSON", "name JSON that reflect wrote")


def _wrongs(data: object, kinds: Mapping[str, type]) -> tuple[object, Iterator[_Wrong]]:
    """
    The value, and what is wrong with it if there is none.
    """
    if type(data) not in (dict, _Doubled):
        return None, iter([_Wrong("is not an object", 'begin with "format" and "version"', "$")])
    whole: dict[str, Any] = data  # type: ignore[assignment]
    places = _walk(data)
    doubled: list[_Wrong] = []
    for path, here, depth in places:
        if depth > DEEPEST:
            return None, iter([_Wrong(f"is nested more than {DEEPEST} deep", "put less in one another", "$")])
        if isinstance(here, _Doubled):
            doubled.append(_Wrong("holds one name twice", "write each name once", path))
    form = whole.get("format")
    name = form.removeprefix("reflect-") if type(form) is str and form.startswith("reflect-") else ""
    if name not in kinds:
        return None, iter([*doubled, attrs.evolve(_one_of([f"reflect-{each}" for each in kinds]), at="$.format")])
    kind, version = KINDS[name]
    if type(whole.get("version")) is not int or whole["version"] != version:
        newer = _Wrong(f"is not {version}", "read it with the reflect that wrote it", "$.version")
        return None, iter([*doubled, newer])
    rest = {key: each for key, each in whole.items() if key not in ("format", "version")}
    if "type" in rest:
        doubled.append(_Wrong("is not known", "take it out: the format says it", "$.type"))
    if tagged(kind):
        rest["type"] = tag(kind)
    try:
        found: object = _converter().structure(rest, kind)
    except RecursionError:
        return None, iter([_Wrong("is nested too deep to be read", "put less in one another", "$")])
    except Exception as error:
        # Made a list at once: outside this block nothing of the error, and so nothing private, is left.
        return None, iter([*doubled, *islice(_told(error, "$"), MOST + 1)])
    return (None if doubled else found), iter(doubled)


def from_json(text: str, where: str = "JSON", *, kinds: Iterable[str] = KINDS) -> Value:
    """
    Return the value that JSON holds: a model, a question set, a session, a document, a record or a
    filled page, as "format" says.

    Args:
        text: What `to_json` wrote, or somebody else in the same form (`reflect.json_schema`). What has a default may
            be left out.
        where: What to call it in a fault, such as the name of its file.
        kinds: What it may be, such as ``["record"]``; anything that *reflect* writes, if nothing is said.

    Raises:
        Faults: All that is wrong with it (the first hundred, if there are more), each with a path such as
            ``$.children[2].ring``; never quoting what was written.
    """
    data, fault = _parsed(text)
    if fault is not None:
        raise Faults((attrs.evolve(fault, where=where),))
    value, wrong = _wrongs(data, {name: KINDS[name][0] for name in kinds})
    faults = [Fault(where, None, f"{each.at} {each.what}", each.remedy) for each in wrong]
    if len(faults) > MOST:
        faults[MOST:] = [Fault(where, None, f"more than {MOST} things are wrong", "mend these first")]
    if faults:
        raise Faults(tuple(faults))
    return value  # type: ignore[return-value]  # what was wrong has been raised
