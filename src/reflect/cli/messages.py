"""
The one door to the terminal: messages on standard error, and results on standard output.

A file name, a title or an answer may hold signs that a terminal obeys: they move the cursor, hide what was printed, or
turn the order of letters round. In whatever is for people to read they are spelt out. The bytes of other formats, and
of files, stay as they are.
"""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from reflect.shown import escape_controls

if TYPE_CHECKING:
    from reflect.errors import ReflectError

#: Formats of documents that are for people to read where they are printed.
_FOR_PEOPLE = ("txt", "md", "csv")


def print_message(text: str) -> None:
    """
    Print a message on standard error, with our name before it.
    """
    _print_to_person(f"reflect: {escape_controls(text)}")


def print_error(error: ReflectError) -> None:
    """
    Print what is wrong: a message for each fault.
    """
    for line in error.lines:
        print_message(line)


def print_line(text: str) -> None:
    """
    Print a line of news on standard error, such as the name of a file that was written.
    """
    _print_to_person(escape_controls(text))


def print_progress(text: str, *, done: bool) -> None:
    """
    Print a line on standard error over the one before it.
    """
    _print_to_person("\r" + escape_controls(text), end=done)


def _print_to_person(text: str, *, end: bool = True) -> None:
    with contextlib.suppress(OSError):  # nobody is there who could be told
        click.echo(text, err=True, nl=end)


def print_result(text: str) -> None:
    """
    Print a line of the result on standard output.
    """
    _give_out(f"{escape_controls(text)}\n")


def print_text(text: str) -> None:
    """
    Print lines of the result, which end as the text does.
    """
    _give_out(escape_controls(text, keep="\n\t"))


def print_json(text: str) -> None:
    """
    Print JSON: it means the same, and has an escape in its strings for each sign that a terminal obeys.
    """
    _give_out(escape_controls(text, keep="\n", write="\\u{:04x}"))


def print_document(data: bytes, to: str) -> None:
    """
    Give the bytes of a document to standard output. Text is spelt out if it may end on a terminal; in a file it stays.
    """
    if to == "json":
        print_json(data.decode())
    elif to in _FOR_PEOPLE and not _goes_into_file():
        print_text(data.decode())
    elif sys.stdout.isatty():
        _show_on_terminal(data)
    else:
        _give_out(data)


def _give_out(result: str | bytes) -> None:
    """
    Write to standard output. If whoever reads it has gone, as with ``| head``, all else is done as if they had not.
    """
    try:
        click.echo(result, nl=False)
        sys.stdout.flush()
    except BrokenPipeError:
        discard_output()


def discard_output() -> None:
    """
    Throw away what is still to be printed: the reader has gone, or there is no room for it.
    """
    with contextlib.suppress(OSError, ValueError):  # not every standard output is a file
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def _show_on_terminal(data: bytes) -> None:
    """
    Print a document of a format that is not for people, if it is text.
    """
    try:
        print_text(data.decode())
    except UnicodeDecodeError:
        what = "this is not text, and a terminal cannot show it"
        raise click.BadParameter(f"{what}; name a file, or send it on with > or |", param_hint="-o") from None


def _goes_into_file() -> bool:
    try:
        return stat.S_ISREG(os.fstat(sys.stdout.fileno()).st_mode)
    except (OSError, ValueError):
        return False


def print_left_out(places: Sequence[str]) -> None:
    """
    Print a note of what a record has and a paper of it has no place for.
    """
    if places:
        print_message(f"note: this paper has no place for {', '.join(places)}; the record keeps it")
