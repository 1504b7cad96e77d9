"""
The handbook does what it says, leads where it says, and leaves nothing out.
"""

from __future__ import annotations

import importlib
import inspect
import pydoc
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import attrs
import click
import pytest
import yaml

import reflect
from reflect.cli import main
from reflect.documents import views
from reflect.files.office import REFUSALS
from reflect.formats.word.accessibility import REMEDIES
from reflect.pages.advice import CODES
from reflect.planning.checking import LESSONS
from tests.handbook import DIRECTIVES, DOCS, ELSEWHERE, KINDS, ROOT, Broken, Page, generated, pages, run

PAGES = pages()
#: The packages whose names are promised beside those of `reflect` itself.
FACES = ("questions", "text", "papers", "planning", "formats", "reading_back", "testing")
BY_FILE = {page.file: page for page in PAGES}
#: What a page may use that a user's machine need not have.
FRAMEWORKS = ("fastapi", "django")
RUN = [page for page in PAGES if page.file != ROOT / "README.md" and any(b.kind != "text" for b in page.blocks)]


@pytest.mark.parametrize("page", RUN, ids=lambda page: page.name)
def test_a_page_does_what_it_says(page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Each block of a page runs as printed, in order, in an empty folder, and prints what the page says.
    """
    monkeypatch.chdir(tmp_path)
    for name in FRAMEWORKS:
        if any(re.search(rf"^(?:import|from) {name}\b", block.text, re.M) for block in page.blocks):
            pytest.importorskip(name, reason=f"{name} is not installed; it is in the extra 'tests'")

    run(page, tmp_path)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_block_says_what_it_is(page: Page) -> None:
    """
    A block has a language the tests know how to run, or is marked as text; so none is printed that nobody tried.
    """
    strange = [(b.line, b.kind) for b in page.blocks if b.kind.split()[:1] not in ([k] for k in KINDS | DIRECTIVES)]

    assert [each for each in strange if each[1] != "by hand"] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_link_is_dead(page: Page) -> None:
    """
    A link within the handbook leads to a page and a heading that are there; one to elsewhere is at least an address.
    """
    dead = [link for link in page.links if not _leads(link, page)]

    assert dead == []


def _leads(link: str, page: Page) -> bool:
    parts = urlsplit(link)
    if parts.scheme:
        return (parts.scheme == "https" and "." in parts.netloc) or (parts.scheme == "mailto" and "@" in parts.path)
    if not parts.path:
        return parts.fragment in page.anchors
    file = (page.file.parent / parts.path).resolve()
    if not file.exists():
        # What the site makes when it is built.
        return parts.path.endswith("gallery/index.html") and page.file.is_relative_to(DOCS)
    return not parts.fragment or (file in BY_FILE and parts.fragment in BY_FILE[file].anchors)


def test_every_public_name_is_in_the_reference() -> None:
    """
    Each public name is on a page of the reference, with a docstring, and so is each of its methods.
    """
    text = "".join(page.file.read_text("utf-8") and "\n".join(_all_text(page)) for page in PAGES)
    lost = [name for name in reflect.__all__ if f":: reflect.{name}\n" not in text]
    mute = [
        f"{name}.{method}".rstrip(".")
        for name in reflect.__all__
        for method, some in [("", getattr(reflect, name)), *_methods(getattr(reflect, name))]
        if inspect.isroutine(some) | inspect.isclass(some) and not inspect.getdoc(some)
    ]

    assert lost == []
    assert mute == []


def test_every_name_of_a_face_is_in_the_reference() -> None:
    """
    So has every name that one of the seven packages hands on; of a module that it hands on, every name in it.
    """
    text = "".join("\n".join(_all_text(page)) for page in PAGES)
    public = {id(getattr(reflect, name)) for name in reflect.__all__}
    lost = [
        f"{package.__name__}.{name}"
        for package in map(importlib.import_module, (f"reflect.{name}" for name in FACES))
        for name in package.__all__
        if id(thing := getattr(package, name)) not in public and not inspect.ismodule(thing)
        if f":: {package.__name__}.{name}\n" not in text
    ]

    assert sorted(package for packages in generated.SUBJECTS.values() for package in packages) == sorted(FACES)
    assert lost == []
    assert ":: reflect.text.nodes.Item\n" in text
    assert ":: reflect.formats.html.fragment\n" in text


def test_no_docstring_cites_a_file_that_no_reader_has() -> None:
    """
    A source is a publication, or a file of this repository.
    """
    cited = re.compile(r"``([\w./-]+\.md)``|\b([\w-]+\.md) \d")
    lost = [
        f"{file.relative_to(ROOT)}: {name}"
        for file in sorted((ROOT / "src").rglob("*.py"))
        for match in cited.finditer(file.read_text("utf-8"))
        if (name := match[1] or match[2]) and ("/" in name or match[2]) and not (ROOT / name).exists()
    ]

    assert lost == []


def _all_text(page: Page) -> list[str]:
    return [block.text for block in page.blocks if block.kind == "{eval-rst}"]


def _methods(some: object) -> list[tuple[str, object]]:
    if not inspect.isclass(some):
        return []
    return [(name, each) for name, each in vars(some).items() if not name.startswith("_") and inspect.isroutine(each)]


def _promised() -> Iterator[tuple[str, object]]:
    """
    Every function, and every method of a class, that is promised: of `reflect` and of the packages with a face.
    """
    for package in (reflect, *(importlib.import_module(f"reflect.{name}") for name in FACES)):
        for name in getattr(package, "__all__", ()):
            some = getattr(package, name)
            yield f"{package.__name__}.{name}", some
            yield from ((f"{name}.{method}", getattr(some, method)) for method, _ in _methods(some))


def test_every_argument_of_several_is_explained() -> None:
    """
    A public function with two arguments or more explains each, except a record that is called ``record``.
    """
    mute = []
    for name, some in _promised():
        if inspect.isclass(some) or not callable(some) or not hasattr(inspect.unwrap(some), "__code__"):
            continue
        taken = inspect.signature(some).parameters.values()
        named = [each for each in taken if each.name != "self" and each.name[0] != "_"]
        plain = [each.name for each in named if each.annotation == each.name.title().replace("_", "")]
        said = inspect.getdoc(some) or ""
        mute += [
            f"{name}({each.name})"
            for each in named
            if len(named) > 1 and each.name not in plain and f"\n    {each.name}:" not in said
        ]

    assert mute == []


def test_every_public_name_has_a_page() -> None:
    """
    A public name from a new room has to be put on a page of the reference.
    """
    assert {generated.subject(name) for name in reflect.__all__} <= {*generated.SUBJECTS}


def test_every_command_and_option_says_what_it_does_and_each_command_has_an_example() -> None:
    """
    The page of commands is made of their help, so none may go without.
    """
    page = BY_FILE[DOCS / "reference" / "command-line.md"]
    text = "\n".join(token.content for token in page.tokens if token.type == "inline")
    mute = [
        f"{name} {option.name}"
        for name, command in main.commands.items()
        for option in command.params
        if isinstance(option, click.Option) and not (option.help and option.opts[0] in text)
    ]
    shown = "\n".join(block.text for block in page.blocks if block.kind == "sh")

    assert mute == []
    assert [name for name in main.commands if f"reflect {name} " not in shown] == []


def test_every_error_and_every_code_is_listed() -> None:
    """
    Whatever is raised on purpose has its line on the page of errors, and each code of a file that is not opened.
    """
    text = generated.expanded((DOCS / "reference" / "errors.md").read_text("utf-8"))
    kinds = {kind.__name__ for kind in generated.errors()}

    assert {"UnknownKey", "Faults", "NotOpened", "OutlineFault", "TooShort"} <= kinds
    assert [kind for kind in kinds if f"{kind}`" not in text] == []
    assert [code for code in (*REFUSALS, *CODES, *LESSONS, *REMEDIES) if f"`{code}`" not in text] == []


def test_each_view_is_listed() -> None:
    """
    A new view is on the reference page.
    """
    assert {each for name, each in vars(views).items() if name.endswith("View")} == set(views.VIEWS)


@pytest.mark.parametrize("view", views.VIEWS)
def test_everything_a_template_sees_is_described(view: type) -> None:
    """
    Each name in a view has a line in its docstring, from which the reference is made.
    """
    said = generated.described(view)

    assert [field.name for field in attrs.fields(view) if not said.get(field.name)] == []


def test_a_reader_finds_every_page() -> None:
    """
    Each page is in a table of contents, once.
    """
    listed = re.findall(r"^((?:[\w-]+/)?[\w-]+)$", (DOCS / "index.md").read_text("utf-8"), re.M)
    pages_of_docs = [
        str(page.file.relative_to(DOCS)).removesuffix(".md") for page in PAGES if DOCS in page.file.parents
    ]

    assert sorted([*listed, "index"]) == sorted(pages_of_docs)


def test_citing_and_releasing_agree_with_the_project() -> None:
    """
    The citation has what its format asks for and the project's version; the changelog knows each kind of fragment.
    """
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    kinds = {each["directory"] for each in project["tool"]["towncrier"]["type"]}
    fragments = {file.stem.rpartition(".")[2] for file in (ROOT / "changelog.d").glob("*.md")}

    assert {"cff-version", "message", "title", "authors"} <= set(cited)
    assert cited["version"] == project["project"]["version"]
    assert fragments <= kinds


def test_no_page_names_a_machine() -> None:
    """
    Nothing here leads to a folder of somebody's computer or names a registry by its host.
    """
    found = [
        (page.name, word)
        for page in PAGES
        for word in ("/tmp/", "/home/", "/work/", "/root/", "pypi.", "npmjs")
        if word in page.file.read_text("utf-8")
    ]

    assert found == []


def test_every_name_a_page_refers_to_is_there() -> None:
    """
    A role such as class leads to something that can be imported.
    """
    named = {
        (page.name, name)
        for page in PAGES
        for name in re.findall(r"\{(?:class|func|mod|exc)\}`([\w.]+)`", page.file.read_text("utf-8"))
    }

    assert named
    assert [each for each in named if pydoc.locate(each[1]) is None] == []


def test_a_page_that_is_wrong_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    The tests above can fail: each kind of broken page is refused.
    """
    from markdown_it import MarkdownIt

    monkeypatch.chdir(tmp_path)
    for text in (
        "```python\nassert 1 == 2\n```",
        "```sh\nreflect nonsense\n```",
        "```sh\nrm -rf things\n```",
        '```sh\npython -m pip install "reflect-supervision[nonsense]"\n```',
        "```console\n$ reflect --version\nnought\n```",
        "```python\nprint(1)\n```\n\n```output\n2\n```",
        '```json\n{"format": "reflect-model"}\n```',
        "```markdown\n# A page\n\n<p>\n```",
    ):
        page = Page(DOCS / "wrong.md", tuple(MarkdownIt().parse(text)))
        with pytest.raises(Broken):
            run(page, tmp_path)
    assert not _leads("nowhere.md", BY_FILE[DOCS / "index.md"])
    assert not _leads("index.md#nowhere", BY_FILE[DOCS / "index.md"])
    assert not _leads("ftp:nowhere", BY_FILE[DOCS / "index.md"])
    assert all(command == command.lstrip() for command in ELSEWHERE)


def test_contributing_says_where_things_really_are() -> None:
    """
    Each file and folder that CONTRIBUTING names is there, and so is each table that takes a line.
    """
    lost = []
    for row in generated.where_to_add().split("\n")[2:]:
        _, thing, write, line, _ = row.split("|")
        paths = re.findall(r"`(src/[\w./]+)`", f"{write} {line}")
        lost += [path for path in paths if not (ROOT / path).exists()]
        if table := re.match(r" `(\w+)`", line):
            file = paths[-1]
            if not re.search(rf"^(class |def )?{table[1]}\b", (ROOT / file).read_text("utf-8"), re.MULTILINE):
                lost.append(f"{thing.strip()}: {table[1]} in {file}")

    assert lost == []
