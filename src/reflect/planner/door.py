"""
The door between the page and the desk: text and files in, text and files out.

JSON has no bytes, so in the text a number stands for a file, which travels beside it in a list.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from reflect.planner.desk import Desk
from reflect.planner.own import read_own

#: The key of a number that stands for a file: nobody types it.
_BYTES = "\0bytes"

#: What the page calls: the name of a question, what is given as JSON, and the files in it.
Ask = Callable[[str, str, Iterable[Any]], tuple[str, list[bytes]]]


def open_door(own: str = "") -> Ask:
    """
    Return the function that the page calls, with a desk of its own behind it.

    Args:
        own: The folder of what an agency has baked in; none if it is empty.
    """
    desk = Desk(own=read_own(Path(own))) if own else Desk()

    def ask(name: str, text: str, files: Iterable[Any]) -> tuple[str, list[bytes]]:
        given = [_bytes_of(each) for each in files]
        answer = desk.answer(name, json.loads(text, object_hook=lambda each: _with_bytes(each, given)))
        out: list[bytes] = []
        # In ASCII, so that half a sign, which a browser's text may hold, gets through as it is.
        return json.dumps(answer, allow_nan=False, default=lambda each: _put_by(each, out)), out

    return ask


def _bytes_of(file: Any) -> bytes:
    """
    Return a file of the page as bytes: in the browser it is a proxy for an array.
    """
    return bytes(file.to_bytes() if hasattr(file, "to_bytes") else file)


def _with_bytes(value: dict[str, object], files: list[bytes]) -> object:
    number = value.get(_BYTES)
    return files[number] if isinstance(number, int) and len(value) == 1 else value


def _put_by(value: object, files: list[bytes]) -> dict[str, int]:
    if not isinstance(value, bytes):
        raise TypeError(f"the desk answered with a {type(value).__name__}, and JSON has none")
    files.append(value)
    return {_BYTES: len(files) - 1}
