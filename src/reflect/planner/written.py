"""
What somebody wrote on the page, as it comes from there: texts of several lines, lists and files.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reflect.errors import Refused
from reflect.files.office import LIMITS

#: What the page gives, and what it is told: values of JSON, and bytes.
Given = Mapping[str, object]
Told = dict[str, object]
#: At most so much is written in one place, as in a Word file, and a list from the page has at most so many entries.
LONGEST, MOST = LIMITS.letters, 2_000


def text_of(given: Given, field: str) -> str:
    """
    Return a text as it was written; empty if there is none.

    Raises:
        Refused: It is something else, or too long.
    """
    return need_text(given.get(field, ""), field)


def need_text(value: object, field: str) -> str:
    """
    Return a value that has to be a text.

    Raises:
        Refused: It is something else, or too long.
    """
    if not isinstance(value, str):
        raise Refused(f"'{field}' is not a text", field)
    if len(value) > LONGEST:
        raise Refused(
            f"what is written in one place has at most {LONGEST:,} characters; write the rest elsewhere", field
        )
    return value


def texts_of(value: object, field: str) -> dict[str, str]:
    """
    Return texts by name; none if there are none.

    Raises:
        Refused: It is something else.
    """
    return {name: need_text(text, field) for name, text in object_of(value, field).items()}


def object_of(value: object, field: str) -> Mapping[str, object]:
    """
    Return an object as JSON has it; an empty one if there is none.

    Raises:
        Refused: It is something else, or holds too much.
    """
    if value is None:
        return {}
    if not isinstance(value, Mapping) or len(value) > MOST or not all(isinstance(key, str) for key in value):
        raise Refused(f"'{field}' is not what a page gives", field)
    return value


def list_of(value: object, field: str) -> Sequence[object]:
    """
    Return a list; an empty one if there is none.

    Raises:
        Refused: It is something else, or too long.
    """
    if value is None:
        return ()
    if not isinstance(value, list | tuple) or len(value) > MOST:
        raise Refused(f"'{field}' is not what a page gives", field)
    return value


def bytes_of(given: Given, field: str) -> bytes:
    """
    Return the bytes of a file.

    Raises:
        Refused: They are none.
    """
    value = given.get(field)
    if not isinstance(value, bytes | bytearray | memoryview):
        raise Refused("no file was given; choose one", field)
    return bytes(value)


def tell_file(name: str, data: bytes) -> Told:
    """
    Return a file for the page to save.
    """
    return {"name": name, "type": _TYPES[name.rpartition(".")[2]], "bytes": data}


_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "json": "application/json",
    "zip": "application/zip",
}
