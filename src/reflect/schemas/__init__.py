"""
JSON Schemas (2020-12) for what `reflect.to_json` writes and `reflect.from_json` reads, made from the classes.

The files beside this module are the same schemas, for tools in any language;
``python -m reflect.schemas`` writes them again after a class has changed.
"""

from __future__ import annotations

import enum
import inspect
import json
import re
import typing
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs

from reflect.errors import UnknownKey
from reflect.files.objects import schema_head, schema_of
from reflect.interchange.fields import JSON_KINDS, NAMED_TEXTS, JsonField, has_tag, json_fields, members, tag
from reflect.interchange.values import plain
from reflect.planning.occasions import Occasion
from reflect.planning.profiles import Profile
from reflect.planning.session_file import SessionFile
from reflect.sessions.journal import JournalEntry
from reflect.sessions.nations import Nation
from reflect.text import nodes

FOLDER = Path(__file__).parent
#: Files that people write for planning: the class each is read into, what people call it, and what it is for.
WRITTEN: dict[str, tuple[type, str, str]] = {
    "session-file": (
        SessionFile, "Session file", "Who, when, what is on people's minds, and what was done before.",
    ),
    "profile": (Profile, "Profile", "The settings of an agency or profession."),
    "nation": (Nation, "Nation", "Who regulates whom, whose bank holidays count, and what may be kept."),
    "occasion": (Occasion, "Occasion", "What a session is for, and what follows from that."),
    "journal": (JournalEntry, "Journal entry", "One session of one pair: what was held, with what."),
}  # fmt: skip


def json_schema(kind: str) -> dict[str, Any]:
    """
    Return the JSON Schema of one kind of value, as JSON's own objects.

    It cannot express everything that `from_json` checks: ``docs/reference/json.md`` lists the rest.

    Args:
        kind: ``"model"``, ``"question-set"``, ``"session"``, ``"document"``, ``"record"`` or
            ``"filled"``; or a file that people write: ``"session-file"``, ``"profile"``, ``"occasion"``,
            ``"nation"`` or ``"journal"``.

    Raises:
        UnknownKey: There is no kind of that name.
    """
    if kind in WRITTEN:
        written, title, about = WRITTEN[kind]
        return schema_of(written, kind, title, about)
    if kind not in JSON_KINDS:
        raise UnknownKey(kind, (*JSON_KINDS, *WRITTEN), "schema")
    its, version = JSON_KINDS[kind]
    known: dict[str, Any] = {}
    whole = _schema_of_class(its, known)
    whole["properties"].pop("type", None)
    whole["properties"] = {
        "format": {"const": f"reflect-{kind}", "description": "What this is."},
        "version": {"const": version, "description": "The version of this form."},
        **whole["properties"],
    }
    whole["required"] = ["format", "version", *(name for name in whole["required"] if name != "type")]
    return {
        **schema_head(kind, version),
        **whole,
        "$defs": dict(sorted(known.items())),
    }


def _schema_of_class(kind: type, known: dict[str, Any]) -> dict[str, Any]:
    """
    The schema of a class; the classes in it are added to *known* by name.
    """
    about, said = _read_docstring(kind)
    properties: dict[str, Any] = {"type": {"const": tag(kind)}} if has_tag(kind) else {}
    for part in json_fields(kind):
        found = {**_schema_of_type(part.type, known, part)}
        if part.name in said:
            found["description"] = said[part.name]
        if part.default is not attrs.NOTHING:
            found["default"] = plain(part.default, part.type)
        properties[part.name] = found
    needed = [part.name for part in json_fields(kind) if part.default is attrs.NOTHING]
    return {
        "title": kind.__name__,
        "description": about,
        "type": "object",
        "properties": properties,
        "required": [*(["type"] if has_tag(kind) else []), *needed],
        "additionalProperties": False,
    }


#: The unions of types that have a name.
_CHOICES = {members(nodes.Inline): "Inline", members(nodes.Block): "Block"}

_PLAIN = {str: "string", int: "integer", bool: "boolean"}


def _schema_of_type(kind: Any, known: dict[str, Any], part: JsonField | None = None) -> dict[str, Any]:
    limits: Mapping[str, Any] = part.limits if part else {}
    if kind in _PLAIN:
        return {"type": _PLAIN[kind], **{word: _as_list(limit) for word, limit in limits.items()}}
    if kind == NAMED_TEXTS:
        return _schema_of_named_texts(part)
    if typing.get_origin(kind) is tuple:
        least = {"minItems": limits["minLength"]} if "minLength" in limits else {}
        return _schema_of_tuple(typing.get_args(kind), known) | least
    if isinstance(kind, type):
        if kind.__name__ not in known:
            known[kind.__name__] = {}  # add the name first, since sets are nested in sets
            known[kind.__name__] = (
                _schema_of_enum(kind) if issubclass(kind, enum.Enum) else _schema_of_class(kind, known)
            )
        return {"$ref": f"#/$defs/{kind.__name__}"}
    if members(kind) in _CHOICES:
        name = _CHOICES[members(kind)]
        if name not in known:
            known[name] = {}
            known[name] = {"title": name, "oneOf": [_schema_of_type(each, known) for each in members(kind)]}
        return {"$ref": f"#/$defs/{name}"}
    found = [_schema_of_type(each, known, part) for each in members(kind)]
    if type(None) not in typing.get_args(kind):
        return {"oneOf": found}
    if len(found) == 1 and "type" in found[0]:
        return {**found[0], "type": [found[0]["type"], "null"]}
    return {"anyOf": [*found, {"type": "null"}]}


def _as_list(limit: Any) -> Any:
    return list(limit) if isinstance(limit, tuple) else limit


def _schema_of_named_texts(part: JsonField | None) -> dict[str, Any]:
    if part is None or part.names is None:
        return {"type": "object", "additionalProperties": {"type": "string"}}
    return {
        "type": "object",
        "properties": {name: {"type": "string"} for name in part.names},
        "additionalProperties": False,
    }


def _schema_of_tuple(inner: tuple[Any, ...], known: dict[str, Any]) -> dict[str, Any]:
    if inner[1:] == (...,):
        return {"type": "array", "items": _schema_of_type(inner[0], known)}
    each = [_schema_of_type(one, known) for one in inner]
    return {"type": "array", "prefixItems": each, "items": False, "minItems": len(each), "maxItems": len(each)}


def _schema_of_enum(kind: type[enum.Enum]) -> dict[str, Any]:
    return {"title": kind.__name__, "description": _read_docstring(kind)[0], "enum": [each.value for each in kind]}


def _read_docstring(kind: type) -> tuple[str, dict[str, str]]:
    """
    What the docstring of a class says about the class, and about each of its fields.
    """
    about, *sections = re.split(r"^(Attributes|Raises):$", inspect.cleandoc(kind.__doc__ or ""), flags=re.MULTILINE)
    said = sections[sections.index("Attributes") + 1] if "Attributes" in sections else ""
    found = re.findall(r"^ {4}(\w+):\s+(.*(?:\n {8}.*)*)", said, flags=re.MULTILINE)
    return _join_lines(about), {name: _join_lines(text) for name, text in found}


def _join_lines(text: str) -> str:
    return " ".join(text.split()).replace("``", "`")


def schema_files() -> Iterator[tuple[Path, str]]:
    """
    Give each published schema: the path of its file, and its text.
    """
    for kind in (*JSON_KINDS, *WRITTEN):
        yield FOLDER / f"{kind}.schema.json", json.dumps(json_schema(kind), ensure_ascii=False, indent=2) + "\n"
