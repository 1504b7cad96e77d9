"""
A catalogue of every message people can meet, in Markdown files that people can read.

An entry is a heading, what is wrong (a page, a wording, an outline, a template, a record, a
command or some code) in fences, and a fence ``told`` with the message as it is printed.
``python -m tests.messages`` writes the messages anew; the diff is what a reviewer reads.
"""

from __future__ import annotations

import ast
import contextlib
import datetime
import functools
import json
import os
import re
import shlex
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import attrs
import click
from click.testing import CliRunner

import reflect
from reflect import errors
from reflect.cli import main
from reflect.documents import making as documents
from reflect.files import yaml as simple_yaml
from reflect.interchange.values import from_json
from reflect.pages.reading import read_model
from reflect.pages.word_faults import FaultInWord
from reflect.planner.desk import Desk
from reflect.planning import minutes
from reflect.questions import outlines
from reflect.questions import wordings as words
from tests.source import SOURCE, nodes_of
from tests.typed_in_word import word_of_lines

FOLDER = Path(__file__).parent

#: A fence, or the heading of an entry; a heading in a fence is a page's own.
_PIECE = re.compile(
    r"^(?P<ticks>`{3,})(?P<info>[a-z][^\n]*)\n(?P<text>.*?)^(?P=ticks)$\n?|^## (?P<title>[^\n]*)$",
    re.DOTALL | re.MULTILINE,
)


@attrs.frozen
class Entry:
    """
    One message: where it stands in the catalogue, what leads to it, and what is told.
    """

    file: str
    title: str
    fences: tuple[tuple[str, str], ...]
    told: str


def entries(file: Path) -> Iterator[Entry]:
    """
    The entries of one file of the catalogue.
    """
    title = ""
    fences: list[tuple[str, str]] = []
    for piece in _PIECE.finditer(file.read_text("utf-8")):
        if piece["title"]:
            assert not fences, f"{file.name}: '{title}' does not end with what is told"
            title = piece["title"]
        elif piece["info"] == "told":
            yield Entry(file.name, title, tuple(fences), piece["text"])
            fences = []
        else:
            fences.append((piece["info"], piece["text"]))


def catalogue() -> tuple[Entry, ...]:
    """
    Every entry there is.
    """
    return tuple(entry for file in sorted(FOLDER.glob("*.md")) for entry in entries(file))


def told(entry: Entry) -> str:
    """
    What is really told of an entry.
    """
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        return "".join(f"{line}\n".replace(f"{folder}{os.sep}", "") for line in _told(entry))


def _told(entry: Entry) -> Iterator[str]:
    for info, text in entry.fences:
        kind, _, more = info.partition(" ")
        text = text.encode().decode("unicode_escape") if more.endswith("escaped") else text
        if kind == "file":
            # Bytes that are no text are written as escapes.
            path = Path(more.removesuffix(" escaped"))
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode("latin-1" if more.endswith("escaped") else "utf-8"))
        elif kind == "word":
            Path(more).write_bytes(word_of_lines(text))
        elif kind == "console":
            for command in text.removesuffix("\n").split("\n"):
                yield from _ran(command)
        elif kind == "desk":
            yield from _asked(text)
        else:
            try:
                _MAKE[kind](text)
            except reflect.ReflectError as error:
                yield from str(error).splitlines()
            else:
                yield "(nothing is wrong)"


def _ran(command: str) -> Iterator[str]:
    """
    What a command prints, and how it ends; ``mkdir`` and ``chmod`` prepare the place.
    """
    first, *rest = shlex.split(command.removeprefix("$ "))
    if first == "mkdir":
        Path(rest[0]).mkdir()
        return
    with mock.patch("reflect.sessions.series_codes.new_code", return_value="k7m2"):
        result = CliRunner().invoke(main, rest, prog_name="reflect")
    yield from result.output.splitlines()
    yield f"(exit status {result.exit_code})"


def _asked(text: str) -> Iterator[str]:
    """
    What the page of the planner is told: a question on each line, with what is given as JSON.
    """
    desk = Desk(today=datetime.date(2026, 3, 4))
    for line in text.splitlines():
        name, _, given = line.partition(" ")
        answer: Any = desk.answer(name, json.loads(given or "{}"))
        refusals = [answer["refused"]] if "refused" in answer else answer.get("refusals", ())
        yield from (each["message"] for each in refusals)


def _template(text: str) -> None:
    Path("mine.md").write_text(text, "utf-8")
    about = documents.Templates((Path(),)).about("mine")
    made_of = {"model": reflect.load("kolb-cycle"), "session": reflect.plan("kolb-cycle@30", 30)}
    documents.document(made_of.get(about.of, ""), "mine", templates=[Path()])


_MAKE = {
    "page": read_model,
    "wording": lambda text: words.read_wording("mine", text),
    "outline": lambda text: reflect.plan(text.removesuffix("\n"), 60),
    "record": lambda text: from_json(text, where="record.json", kinds=["record"]),
    "template": _template,
    "code": lambda text: exec(text, {"reflect": reflect}),
}


def write() -> None:
    """
    Write the catalogue anew, with what is really told.
    """
    for file in sorted(FOLDER.glob("*.md")):
        text = file.read_text("utf-8")
        head = text[: text.index("## ")]
        pieces = [head]
        for entry in entries(file):
            fences = [*entry.fences, ("told", told(entry))]
            ticks = "`" * max(3, *(len(run) + 1 for _, body in fences for run in re.findall(r"^`{3,}", body, re.M)), 3)
            pieces.append(f"## {entry.title}\n")
            pieces += [f"\n{ticks}{info}\n{body}{ticks}\n" for info, body in fences]
            pieces.append("\n")
        file.write_text("".join(pieces).rstrip("\n") + "\n", "utf-8")


# --- which places in the source have told something

_NAMES = (
    "add_fault", "_fault", "fault", "Fault", "tell", "Refused", "TemplateFault", "OutlineFault", "UnknownKey", "NoReader", "DoesNotFit",
    "NoTextForm", "TooDeep", "KeyClash", "Unknown", "BadParameter", "_Unreadable", "TooShort",
)  # fmt: skip
_KINDS = (
    errors.Fault, errors.Refused, errors.MissingExtra, errors.UnknownKey, errors.NoReader, errors.DoesNotFit, errors.NoTextForm,
    errors.TooDeep, errors.KeyClash, documents.TemplateFault, outlines.OutlineFault, errors.UnknownModels,
    simple_yaml._Unreadable, click.BadParameter, minutes.TooShort, FaultInWord,
)  # fmt: skip


@attrs.frozen
class Site:
    """
    A place in the source that tells of something wrong.
    """

    file: Path
    first: int
    last: int
    text: str

    def __str__(self) -> str:
        return f"{self.file.relative_to(SOURCE)}:{self.first}: {self.text}"


@functools.cache
def sites() -> tuple[Site, ...]:
    """
    Every place in the source that makes a fault or raises an error of ours.
    """
    return tuple(_sites())


def _sites() -> Iterator[Site]:
    for file in sorted(SOURCE.rglob("*.py")):
        for node in nodes_of(file):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                if name in _NAMES or ast.unparse(node.func) == "MissingExtra.of":
                    yield Site(file, node.lineno, node.end_lineno or node.lineno, ast.unparse(node))


@contextlib.contextmanager
def watched() -> Iterator[set[tuple[str, int]]]:
    """
    Gather the lines of the source that lead to an error being made.
    """
    seen: set[tuple[str, int]] = set()
    real = {kind: kind.__init__ for kind in _KINDS}

    def watching(kind: type) -> object:
        def init(self: object, *args: object, **named: object) -> None:
            frame = sys._getframe(1)
            while frame:
                if frame.f_code.co_filename.startswith(str(SOURCE)):
                    seen.add((frame.f_code.co_filename, frame.f_lineno))
                frame = frame.f_back  # type: ignore[assignment]
            real[kind](self, *args, **named)

        return init

    for kind in _KINDS:
        kind.__init__ = watching(kind)  # type: ignore[method-assign, assignment]
    try:
        yield seen
    finally:
        for kind in _KINDS:
            kind.__init__ = real[kind]  # type: ignore[method-assign]
