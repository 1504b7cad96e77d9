"""
What products are made of, and how one comes about.
"""

from __future__ import annotations

import contextlib
import os
import shlex
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs
from click.testing import CliRunner

import reflect
from reflect.cli import main as reflect_command
from reflect.testing import planted

HERE = Path(__file__).parent
FORMATS = ("docx", "html", "md", "txt", "json", "pdf")
LOOKS = ("large-print", "dyslexia-friendly", "pen", "landscape")
READERS = ("author", "supervisee", "supervisor", "supervision-file", "case-file", "group", "auditor", "anyone")
#: One model for each shape of diagram, and one for groups.
VARIED_MODELS = (
    "kolb-cycle",
    "three-column-mapping",
    "brookfield-four-lenses",
    "balint-group",
    "ladder-of-inference",
    "discrepancy-matrix",
    "social-graces",
    "solution-circle",
)
OUTLINES = (
    "arrive@3 + previous-actions@5 + wellbeing-check-in@5 + kolb-cycle@40 + close@7",
    "arrive@3 + (gibbs-cycle@40 | grow@30) + own-item@10 + close@7",
    "arrive@3 + balint-group@50 + close@7",
    "kolb-cycle.experience + no-model",
)
FACTS = {"date": "4 March 2026", "start": "10:00", "place": "Room 2", "organisation": "Hillside", "marking": "Private"}

Products = Iterator[tuple[str, bytes]]
Given = Mapping[str, Path | bytes]


@attrs.frozen
class Inputs:
    """
    What every checkout gets: the same files, and whether to make fewer products.

    Attributes:
        folder: Holds ``scenarios``, ``data``, ``messages``, ``models``, ``session-files`` and ``agency``.
        few: Whether a part of the products is enough.
    """

    folder: Path
    few: bool

    def some(self, many: Iterable[Any], count: int) -> list[Any]:
        """
        Return all of *many*, or the first *count* if few are enough.
        """
        every = list(many)
        return every[:count] if self.few else every

    def model_keys(self) -> list[str]:
        keys = sorted(reflect.catalogue())
        return list(dict.fromkeys([*VARIED_MODELS[:4], *keys[::12]])) if self.few else keys

    def record(self) -> Any:
        return reflect.from_json((self.folder / "data/filled-record.json").read_text("utf-8"))


def as_bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "backslashreplace")


def result_of(make: Callable[..., object], *given: Any, **more: Any) -> bytes:
    """
    Return what is made, or the kind and words of what was raised: refusing is a result too.
    """
    try:
        return as_bytes(make(*given, **more))
    except Exception as error:
        return as_bytes(f"{type(error).__name__}: {error}\n")


def json_of(make: Callable[..., Any], *given: Any, **more: Any) -> bytes:
    return result_of(lambda: reflect.to_json(make(*given, **more)))


def render(what: Any, name: str, to: str, **more: Any) -> bytes:
    return result_of(reflect.render, what, name, to=to, **more)


def render_formats(stem: str, what: object, name: str, formats: Iterable[str], **more: Any) -> Products:
    for to in formats:
        yield f"{stem}.{to}", render(what, name, to, **more)


@contextlib.contextmanager
def fresh_folder(given: Given | None = None) -> Iterator[Path]:
    """
    Work in a folder of the same name each time, with copies of what is *given*.
    """
    folder, back = Path("at-work").resolve(), Path.cwd()
    folder.mkdir()
    for name, source in (given or {}).items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(source, bytes):
            place.write_bytes(source)
        elif source.is_dir():
            shutil.copytree(source, place)
        else:
            shutil.copyfile(source, place)
    os.chdir(folder)
    try:
        yield folder
    finally:
        os.chdir(back)
        shutil.rmtree(folder)


def run_command(*words: str) -> bytes:
    """
    Return what a command prints and how it ends; what it prints as it is, even bytes that are not text.
    """
    result = CliRunner().invoke(reflect_command, words, prog_name="reflect")
    told = f"\n--- standard error\n{result.stderr}--- exit status {result.exit_code}\n"
    return result.stdout_bytes + told.encode("utf-8", "backslashreplace")


def files_in(folder: Path, stem: str, leave: Iterable[str] = ()) -> Products:
    """
    Give the bytes of every file below a folder, but for those that were given.
    """
    for file in sorted(folder.rglob("*")):
        name = file.relative_to(folder).as_posix()
        if file.is_file() and not any(name == given or name.startswith(f"{given}/") for given in leave):
            yield f"{stem}/{name}", file.read_bytes()


def run_lines(stem: str, lines: str, given: Given | None = None) -> Products:
    """
    Run commands, one after another in one folder, and give what each prints and the files there are in the end.

    Args:
        stem: Where the names of the products begin.
        lines: The commands, each on its line and without ``reflect``.
        given: Copies of these are there.
    """
    with fresh_folder(given) as folder:
        for number, command in enumerate(lines.strip().splitlines(), 1):
            yield f"{stem}/told-{number}", run_command(*shlex.split(command))
        yield from files_in(folder, f"{stem}/files", leave=given or ())


def run_file(stem: str, given: Given | None = None, **words: str) -> Products:
    """
    Run the commands of ``lines/STEM.txt``, with words put in.
    """
    name = stem.rpartition("/")[2]
    yield from run_lines(stem, (HERE / f"lines/{name}.txt").read_text("utf-8").format(**words), given)


def subjects_of(about: Any, inputs: Inputs) -> Iterator[tuple[str, Any]]:
    """
    Give what a template can be made of, with a word for each: blank papers, and those of several models.
    """
    if about.of == "session":
        yield from ((f"session-{number}", each) for number, each in enumerate(inputs.some(OUTLINES, 1), 1))
    elif about.of == "model":
        yield from ((key, reflect.load(key)) for key in inputs.some(VARIED_MODELS, 2))
    elif about.of == "models":
        yield "two", "kolb-cycle + gibbs-cycle"
        if not about.models:
            yield "listed", [reflect.load("balint-group"), reflect.load("brookfield-four-lenses").questions]
    else:
        yield "blank", None


def planted_values() -> Iterator[tuple[str, str, Any]]:
    """
    Give for every kind of paper something with words in every ring: the name of the paper, a word, the value.
    """
    shelf = reflect.Templates()
    for name in shelf.names():
        for number, value in enumerate(planted(shelf.about(name).of), 1):
            if value is not None and not isinstance(value, (str, reflect.Model)):
                yield name, f"planted-{number}", value
