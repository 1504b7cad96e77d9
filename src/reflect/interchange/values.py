"""
Values as JSON, and back: models, question sets, sessions, documents, records, filled pages and kept plans.

The JSON is the whole value, including everything that people said in a session or a record:
if it goes to somebody else, cut it with ``visible_to`` first.
"""

from __future__ import annotations

import enum
import json
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar, overload

import attrs

from reflect.arguments import WrongKind
from reflect.errors import GIVE_UP, Fault, Faults, Refused, UnknownKey
from reflect.interchange.fields import JSON_KINDS, NAMED_TEXTS, every_name, has_tag, json_fields, tag
from reflect.interchange.structuring import Doubled, Wrong, none_of, structure, wrongs_of
from reflect.questions.model import Model
from reflect.questions.sets import QuestionSet
from reflect.sessions.filled import Filled
from reflect.sessions.kept import KeptPlan
from reflect.sessions.record import Record
from reflect.sessions.session import Session
from reflect.text import nodes
from reflect.text.nodes import Document

#: The values with a JSON form.
Value = Model | QuestionSet | Session | Document | Record | Filled | KeptPlan

#: Lists and objects may be nested this deep; lists that are 50 deep take about 210.
DEEPEST = 250
#: JSON has at most this many characters, and at most this many lists and objects.
LONGEST, MOST_INSIDE = 16_000_000, 40_000
# --- writing


def plain(value: object, kind: object = None) -> object:
    """
    Return a value as JSON's own lists, objects, texts and numbers, with every field.
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
    fields: dict[str, object] = {"type": tag(its)} if has_tag(its) else {}
    for part in json_fields(its):
        found = getattr(value, part.name)
        if "enum" in part.limits and found not in part.limits["enum"]:
            raise Refused(f"'{part.name}' of a document is one of: {', '.join(filter(None, part.limits['enum']))}")
        fields[part.name] = plain(found, part.type)
    return fields


def to_json(value: Value) -> str:
    """
    Return the whole of a value as JSON; `from_json` reads it back to an equal value.

    The JSON of a session or a record includes what is private. To pass it on,
    cut it first: ``to_json(session.visible_to(reader))``.

    Every field is written, even if it has its default: readers need not know our defaults, and
    an old file keeps its meaning if a default changes. The same value always gives the same text.

    Args:
        value: A model, a question set, a session, a document, a record, a filled page or a kept plan.

    Raises:
        Refused: It is nested too deeply for any program to read, or a text in it is not valid.
        WrongKind: It is something else.
    """
    name = next((name for name, (kind, _) in JSON_KINDS.items() if type(value) is kind), None)
    if name is None:
        raise WrongKind(f"{type(value).__name__} has no JSON form; there is one for: {', '.join(JSON_KINDS)}")
    try:
        data: dict[str, Any] = plain(value)  # type: ignore[assignment]  # a class becomes an object
    except RecursionError:
        raise _too_deep() from None
    data.pop("type", None)  # the format says that already
    data = {"format": f"reflect-{name}", "version": JSON_KINDS[name][1], **data}
    if any(depth > DEEPEST for _, _, depth in walk_json(data)):
        raise _too_deep()
    text = json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    if too_long := _is_too_long(text):
        raise Refused(f"{too_long}, and could not be read again")
    if re.search("[\ud800-\udbff][\udc00-\udfff]", text):
        raise Refused("a text holds the two halves of one character; JSON would join them. Put the character itself")
    # A file cannot hold half a character; JSON has its own way of writing one.
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _too_deep() -> Refused:
    return Refused(f"this is nested more than {DEEPEST} deep, and has no JSON form")


# --- reading


def _make_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    return found if len(found) == len(pairs) else Doubled(found)


def walk_json(data: object) -> Iterator[tuple[str, object, int]]:
    """
    Every list and object in JSON, with its path and depth. Paths leave out names that are not ours.
    """
    stack: list[tuple[str, object, int]] = [("$", data, 1)]
    while stack:
        path, here, depth = stack.pop()
        yield path, here, depth
        if depth > DEEPEST:
            continue
        inner: Iterable[tuple[str, object]] = ()
        if isinstance(here, dict):
            inner = ((f".{name}" if name in every_name() else ".*", each) for name, each in here.items())
        elif isinstance(here, list):
            inner = ((f"[{i}]", each) for i, each in enumerate(here))
        stack += [(path + name, each, depth + 1) for name, each in inner if isinstance(each, (dict, list))]


#: A text of JSON, in which brackets mean nothing.
_TEXT = re.compile(r'(?>"(?:[^"\\]+|\\.)*)"?', re.DOTALL)


def parse_json(text: str) -> tuple[object, Fault | None]:
    if too_long := _is_too_long(text):
        return None, Fault("", None, too_long, "name JSON that reflect wrote")
    try:
        return json.loads(text, object_pairs_hook=_make_object), None
    except RecursionError:
        return None, Fault("", None, f"this is nested more than {DEEPEST} deep", "nest less")
    except ValueError as error:
        return None, Fault("", getattr(error, "lineno", None), "this is not JSON", "name JSON that reflect wrote")


def _is_too_long(text: str) -> str:
    """
    Return why JSON is too long to be read; nothing if it is not.
    """
    if len(text) > LONGEST:
        return f"this is longer than {LONGEST:,} characters"
    # They are counted before they are made, since a list takes far more memory than its sign.
    if _count_brackets(text) > MOST_INSIDE and _count_brackets(_TEXT.sub("", text)) > MOST_INSIDE:
        return f"this holds more than {MOST_INSIDE:,} lists and objects"
    return ""


def _count_brackets(text: str) -> int:
    return text.count("[") + text.count("{")


def _value_of(data: object, kinds: Iterable[str]) -> tuple[object, list[Wrong]]:
    """
    The value that JSON holds, or None and what is wrong with it.
    """
    if not isinstance(data, dict):
        return None, [Wrong("is not an object", 'begin with "format" and "version"', "$")]
    wrongs: list[Wrong] = []
    for path, here, depth in walk_json(data):
        if depth > DEEPEST:
            return None, [Wrong(f"is nested more than {DEEPEST} deep", "nest less", "$")]
        if isinstance(here, Doubled) and len(wrongs) < GIVE_UP:
            wrongs.append(Wrong("has one name twice", "write each name once", path))
    names = (kinds,) if isinstance(kinds, str) else tuple(kinds)
    for name in names:
        if name not in JSON_KINDS:
            raise UnknownKey(name, tuple(JSON_KINDS), "kind of value")
    formats = {f"reflect-{name}": name for name in names}
    form = data.get("format")
    if type(form) is not str or form not in formats:
        return None, [*wrongs, none_of(formats, "$.format")]
    kind, version = JSON_KINDS[formats[form]]
    if type(data.get("version")) is not int or not 1 <= data["version"] <= version:
        forms = " or ".join(map(str, range(1, version + 1)))
        return None, [*wrongs, Wrong(f"is not {forms}", "read it with the reflect that wrote it", "$.version")]
    rest = {key: each for key, each in data.items() if key not in ("format", "version")}
    if "type" in rest:
        wrongs.append(Wrong("is not known", "take it out: the format says it", "$.type"))
    if has_tag(kind):
        rest["type"] = tag(kind)
    try:
        value = structure(rest, kind)
    except RecursionError:
        return None, [Wrong("is nested too deeply to be read", "nest less", "$")]
    except Exception as error:
        # Make the list here: after this block, nothing of the error is left, and so nothing private.
        return None, [*wrongs, *islice(wrongs_of(error, "$"), GIVE_UP)]
    return value, wrongs


_V = TypeVar("_V", Model, QuestionSet, Session, Document, Record, Filled, KeptPlan)


@overload
def from_json(text: str, kind: type[_V], *, where: str = "JSON") -> _V: ...
@overload
def from_json(text: str, *, where: str = "JSON", kinds: Iterable[str] = JSON_KINDS) -> Value: ...
def from_json(
    text: str, kind: type[Any] | None = None, *, where: str = "JSON", kinds: Iterable[str] = JSON_KINDS
) -> Value:
    """
    Return the value that JSON holds: a model, a question set, a session, a document, a record, a filled page or a kept
    plan, as "format" says. Every earlier form is read too.

    Args:
        text: What `to_json` wrote, or somebody else in the same form (`reflect.json_schema`). Fields with a default may
            be left out.
        kind: What it has to be, such as `Record`; by default, anything that *reflect* writes.
        where: What to call it in a fault, such as the name of its file.
        kinds: What it may be if that is more than one kind, by name, such as ``["record", "session"]``.

    Raises:
        Faults: Everything that is wrong with it (at most the first hundred), each with a path such as
            ``$.children[2].ring``; they never quote what was written.
    """
    if kind is not None:
        kinds = (_name_of_kind(kind),)
    data, fault = parse_json(text)
    if fault is not None:
        raise Faults((attrs.evolve(fault, where=where),))
    value, wrongs = _value_of(data, kinds)
    faults = [Fault(where, None, f"{each.at} {each.what}", each.remedy) for each in wrongs]
    if faults:
        raise Faults(tuple(faults))
    return value  # type: ignore[return-value]  # without wrongs there is a value


def _name_of_kind(kind: type[Any]) -> str:
    for name, (its, _) in JSON_KINDS.items():
        if its is kind:
            return name
    called = str(getattr(kind, "__name__", kind))
    raise Refused(f"'{called}' has no JSON form; name one of our values, such as Record", "kind")
