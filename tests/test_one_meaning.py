"""
A string means one thing: a path is a `Path`, a text is a key or words, and no text ever opens a file.
"""

from __future__ import annotations

import contextlib
import functools
import importlib
import inspect
import sys
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import reflect
from reflect.arguments import WrongKind
from reflect.documents.options import DocumentOptions
from reflect.errors import Faults, ReflectError, Refused
from reflect.planning import profile
from reflect.questions.wordings import wording
from reflect.rendering.rendering import FileOptions
from tests.documents import of_the_day

#: The rooms whose names are promised; see the docstring of the package.
FACES = ("", ".questions", ".text", ".papers", ".planning", ".formats", ".reading_back", ".testing")
#: What is written in a file whose name is given as a text.
FILES = {
    "mine.md": "# SECRET\n\n- Who?\n",
    "mine.yaml": "title: SECRET\nwords:\n  person: SECRET\n",
    "mine.json": '{"kind": "record"}',
    "mine.docx": "PK\x03\x04",
    "mine.csv": "ref,touched\n",
    "mine": "SECRET",
}
SESSION = "arrive@3 + kolb-cycle@40 + close@7"

OPENED: list[str] = []
_watching: list[set[str]] = []


def _watch(event: str, details: tuple[Any, ...]) -> None:
    if _watching and event in ("open", "os.listdir", "os.scandir"):
        path = details[0] if details else None
        name = Path(path).name if isinstance(path, str) else Path(path.decode()).name if isinstance(path, bytes) else ""
        if name in _watching[-1]:
            OPENED.append(name)


sys.addaudithook(_watch)


@contextlib.contextmanager
def watched(names: set[str]) -> Iterator[list[str]]:
    """
    The files of these names that are opened meanwhile.
    """
    OPENED.clear()
    _watching.append(names)
    try:
        yield OPENED
    finally:
        _watching.pop()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """
    The current folder, with a file of every sort in it.
    """
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "mine.md").write_text(FILES["mine.md"], "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def public() -> dict[str, Callable[..., object]]:
    """
    Every public name that can be called, and the public methods of public classes that take arguments.
    """
    found: dict[str, Callable[..., object]] = {}
    for face in FACES:
        module = importlib.import_module(f"reflect{face}")
        for name in module.__all__:
            thing = getattr(module, name)
            if inspect.ismodule(thing) or (inspect.isclass(thing) and issubclass(thing, BaseException)):
                continue
            if callable(thing):
                found[f"{face}.{name}".strip(".")] = thing
    models = reflect.catalogue()
    found |= {f"Catalogue.{name}": getattr(models, name) for name in ("model", "load", "find")}
    return found


@functools.cache
def kolb() -> reflect.Model:
    return reflect.load("kolb-cycle")


@functools.cache
def blank() -> reflect.Record:
    return reflect.read(reflect.render(SESSION, "record"))


#: What other arguments get, so that the one with the text is looked at.
SAMPLES: dict[str, Callable[[], object]] = {
    "what": kolb, "name": lambda: "handout", "session": lambda: reflect.plan(SESSION, 60),
    "record": blank, "key": lambda: "kolb-cycle",
    "model": kolb, "models": reflect.catalogue, "document": lambda: "handout",
    "people": lambda: [{}], "items": lambda: [kolb()], "minutes": lambda: 60, "path": lambda: "kolb-cycle",
    "file": lambda: b"", "text": lambda: "x", "folder": lambda: "mine", "of": lambda: None, "kind": lambda: "record",
    "lens": kolb, "paper": lambda: "handout", "value": kolb,
    "mine": kolb, "theirs": kolb, "by": lambda: "element",
}  # fmt: skip
#: The options that papers are made with.
OPTIONS = sorted({*DocumentOptions.__annotations__, *FileOptions.__annotations__} - {"executor", "told"})


def calls(function: Callable[..., object], text: str) -> Iterator[Callable[[], object]]:
    """
    A call for each argument of a function, with that argument a text, a list with it, or a mapping to it.
    """
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return
    needed = [each for each in parameters if each.default is each.empty and each.kind in (0, 1)]
    named = [each.name for each in parameters if each.kind == each.KEYWORD_ONLY]
    if any(each.kind == each.VAR_KEYWORD for each in parameters):
        named += OPTIONS
    if any(each.kind == each.VAR_POSITIONAL for each in parameters):
        yield lambda: function(*(SAMPLES.get(each.name, str)() for each in needed), text)
    optional = [each.name for each in parameters if each.default is not each.empty and each.kind == 1]
    if function.__module__.startswith("reflect.testing") and "templates" in named:
        needed, optional, named = needed[:1], [], ["templates"]  # a search for leaks makes every paper
    for target in (*(each.name for each in needed), *optional, *named):
        for value in (text, [text]):
            given = {each.name: SAMPLES.get(each.name, lambda: "x")() for each in needed} | {target: value}
            positional = [given.pop(each.name) for each in needed]
            yield lambda positional=positional, given=given: function(*positional, **given)  # type: ignore[misc]


@pytest.mark.parametrize("name", public())
def test_no_text_opens_a_file(name: str, folder: Path) -> None:
    """
    Whatever argument of a public function is the name of a file that is there, the file is not opened.
    """
    function = public()[name]
    slow = ("render", "document", "copies", "render_many")
    texts = (
        ("mine.yaml", "folder")
        if name in slow or name.startswith(("reading_back", "testing"))
        else of_the_day((*FILES, "folder"), 2)
    )
    with warnings.catch_warnings(), watched({*FILES, "folder"}) as opened:
        warnings.simplefilter("ignore")
        for text in texts:
            for call in of_the_day(calls(function, text), 2 if name in slow else 1):
                with contextlib.suppress(ReflectError, TypeError, ValueError, AttributeError, LookupError):
                    result = call()
                    if inspect.isgenerator(result):
                        next(result, None)

    assert set(opened) == set()


def test_a_path_opens_its_file(folder: Path) -> None:
    """
    The same files are opened if they are named by their paths; so what looks for them does find them.
    """
    with watched({*FILES, "folder"}) as opened:
        assert reflect.read_page(Path("mine.md")).title == "SECRET"
        assert wording(Path("mine.yaml")).title == "SECRET"
        assert "secret" in reflect.catalogue(Path("folder"))
        with pytest.raises(ReflectError):
            reflect.read(Path("mine.docx"))

    assert {"mine.md", "mine.yaml", "mine.docx"} <= set(opened)


@pytest.mark.parametrize("text", ["", " ", "mine.md", "mine", ".", "folder", "/etc/passwd", "\0", "package:"])
def test_the_text_of_a_page_is_a_page(text: str, folder: Path) -> None:
    """
    A text of one line, or of none, is a page with faults, and none of them quotes a file.
    """
    with pytest.raises(Faults) as caught:
        reflect.read_page(text)

    assert "SECRET" not in str(caught.value)


@pytest.mark.parametrize(
    "call",
    [
        lambda: reflect.catalogue("folder"),
        lambda: reflect.load("kolb-cycle", "folder"),
        lambda: wording("mine.yaml"),
        lambda: profile("mine.yaml"),
        lambda: reflect.render("kolb-cycle@40", "agenda", wording="mine.yaml"),
        lambda: reflect.render("kolb-cycle@40", "agenda", templates=["folder"]),
        lambda: reflect.render("kolb-cycle@40", "agenda", templates="folder"),
        lambda: reflect.render("kolb-cycle@40", "agenda", to="docx", brand="mine.docx"),
        lambda: reflect.brand("mine.docx"),
        lambda: reflect.read("mine.docx"),
        lambda: reflect.publish("folder"),
        lambda: reflect.Templates(["folder"]),
    ],
)
def test_a_file_named_by_a_text_is_refused(call: Callable[[], object], folder: Path) -> None:
    """
    Where a path belongs, a text is refused, and the message says how to write a path.
    """
    with pytest.raises((Refused, WrongKind), match="Path"):
        call()
