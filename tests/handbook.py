"""
The handbook as readers use it: its blocks are run, its links followed.

A page is run from top to bottom in an empty folder. What a block is depends on its language:

- ``python`` runs in the namespace of its page, ``sh`` and ``console`` on our command line (``console`` has what is
  printed under each ``$ command``; ``…`` stands for anything), ``output`` is what the block before it printed;
- a block under "Save this as `name`" is written to that file, and not run;
- ``json``, ``yaml``, ``toml``, ``markdown`` and ``jinja`` blocks that are not saved are only read;
- ``text`` is for looking at.

What people do with their hands stands in a comment: ``<!-- by hand: FILE | place = words | … -->``.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import attrs
import jinja2
import yaml
from click.testing import CliRunner
from lxml import etree
from markdown_it import MarkdownIt
from markdown_it.token import Token

import reflect
from reflect.cli import main
from reflect.pages import catalogues
from reflect.planner import baking
from tests import agencies, hostile, typed_in_word, word_forms
from tests.documents import FEW, a_few, catalogue_of

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
sys.path.insert(0, str(DOCS))
import generated  # noqa: E402  # what conf.py puts into the pages when the site is built

sys.path.pop(0)

#: Pages beside the handbook that are held to the same.
BESIDE = ("CONTRIBUTING.md", "RELEASING.md", "SECURITY.md", "CHANGELOG.md", "README.md")
KINDS = {
    "python", "sh", "console", "output", "json", "yaml", "toml", "markdown", "jinja", "text",
}  # fmt: skip
DIRECTIVES = {"{eval-rst}", "{glossary}", "{toctree}", "{image}"}
SAVED = re.compile(r"\b[Ss]ave (?:this|it|each|these lines) as `([^`]+)`[^`]*\Z")
HAND = re.compile(r"<!-- by hand: (.*?) -->", re.DOTALL)
#: What a reader runs and the tests do not: it installs, or it takes the whole suite.
ELSEWHERE = (
    "python -m pip ", "pip install ", "python -m venv ", "python3 -m venv ", "source ", "git ", "python -m pytest",
    "ruff ", "mypy", "sphinx-build ", "towncrier ", "python -m build", ".ci/run", "python benchmarks/", "python tools/",
    "python -m http.server", "flask ", "python -m reflect.schemas", "python -m tests.messages",
)  # fmt: skip


@attrs.frozen
class Block:
    """
    One fence of a page, or something done by hand between two.
    """

    kind: str
    text: str = attrs.field(repr=False)
    line: int
    saved: str = ""


@attrs.frozen
class Page:
    """
    A page of the handbook.
    """

    file: Path
    tokens: tuple[Token, ...] = attrs.field(repr=False)

    @property
    def name(self) -> str:
        return str(self.file.relative_to(DOCS if self.file.is_relative_to(DOCS) else ROOT))

    @property
    def blocks(self) -> tuple[Block, ...]:
        return tuple(self._blocks())

    def _blocks(self) -> Iterator[Block]:
        before = ""
        for token in self.tokens:
            line = (token.map or [0])[0] + 1
            if token.type == "fence":
                saved = SAVED.search(before)
                yield Block(token.info.strip(), token.content, line, saved[1] if saved else "")
                before = ""
            elif token.type == "html_block":
                for hand in HAND.findall(token.content):
                    yield Block("by hand", " ".join(hand.split()), line)
            elif token.type == "inline":
                before = token.content

    @property
    def links(self) -> tuple[str, ...]:
        found = []
        for token in self.tokens:
            for child in token.children or ():
                if child.type == "link_open":
                    found.append(str(child.attrs["href"]))
                elif child.type == "image":
                    found.append(str(child.attrs["src"]))
        return tuple(found)

    @property
    def anchors(self) -> frozenset[str]:
        titles = (self.tokens[i + 1].content for i, token in enumerate(self.tokens) if token.type == "heading_open")
        return frozenset(map(slug, titles))


def slug(title: str) -> str:
    """
    The anchor of a heading, as MyST and GitHub make it.
    """
    plain = re.sub(r"[`*]|\[([^\]]*)\]\([^)]*\)", r"\1", title)
    return re.sub(r"[^\w\- ]", "", plain.strip().lower()).replace(" ", "-")


def page(file: Path) -> Page:
    text = file.read_text("utf-8")
    if file.is_relative_to(DOCS):
        text = generated.expanded(text)
    return Page(file, tuple(MarkdownIt("commonmark").enable("table").parse(text)))


def pages() -> tuple[Page, ...]:
    files = [file for file in sorted(DOCS.rglob("*.md")) if "_build" not in file.parts]
    return tuple(page(file) for file in (*files, *(ROOT / name for name in BESIDE if (ROOT / name).is_file())))


# --- running


class Broken(AssertionError):
    """
    A page does not do what it says.
    """


def run(some: Page, folder: Path) -> None:
    """
    Do what a page says, from top to bottom.
    """
    names: dict[str, object] = {"__name__": "page"}
    printed = ""
    # A script that a page has saved can be imported from its folder.
    known, before = set(sys.modules), list(sys.path)
    sys.path.insert(0, str(folder))
    try:
        _all(some, names, printed)
    finally:
        sys.path[:] = before
        for name in set(sys.modules) - known:
            if (file := getattr(sys.modules[name], "__file__", None)) and Path(file).is_relative_to(folder):
                del sys.modules[name]


def _all(some: Page, names: dict[str, object], printed: str) -> None:
    for block in some.blocks:
        try:
            printed = _done(block, names, printed)
        except Exception as error:
            raise Broken(f"{some.name}, block at line {block.line}: {type(error).__name__}: {error}") from error


def _done(block: Block, names: dict[str, object], before: str) -> str:
    if block.saved:
        file = Path(block.saved)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(block.text, "utf-8")
        return ""
    match block.kind:
        case "python":
            out = io.StringIO()
            with contextlib.redirect_stdout(out):
                exec(compile(block.text, f"line {block.line}", "exec"), names)
            return out.getvalue()
        case "sh":
            return "".join([command(line) for line in block.text.replace("\\\n", " ").strip().split("\n")])
        case "console":
            _conversation(block.text)
        case "output":
            assert _alike(block.text, before), f"it prints\n{before}"
        case "by hand":
            _by_hand(block.text)
        case "json":
            _read_json(block.text)
        case "yaml":
            list(yaml.safe_load_all(block.text))
        case "toml":
            tomllib.loads(block.text)
        case "markdown":
            reflect.read_page(io.StringIO(block.text))
        case "jinja":
            jinja2.Environment(extensions=["jinja2.ext.do"]).parse(block.text)
    return ""


def _read_json(text: str) -> None:
    data = json.loads(text)
    if isinstance(data, dict) and str(data.get("format", "")).startswith("reflect-"):
        reflect.from_json(text)


@contextlib.contextmanager
def few_models() -> Iterator[None]:
    """
    As if a few models came with us: tests/test_publishing.py publishes them all. In CI it is all of them here, too.
    """
    models = catalogue_of({*FEW, *a_few(reflect.catalogue(), 12)})
    with mock.patch.object(catalogues, "our_catalogue", return_value=models):
        yield


@contextlib.contextmanager
def parts_of_the_planner() -> Iterator[None]:
    """
    As if the planner's parts were installed: tests/test_planner_own.py makes it of the real ones.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in ("guard.js", "main.js", "page.css", "page.html", *(f"{part}.gz" for part in baking.PARTS)):
            (folder / part).write_bytes(b"")
        for part in ("about.json", "first.json"):
            (folder / part).write_text("{}", "utf-8")
        with mock.patch.object(baking, "find_runtime", return_value=folder):
            yield


def command(line: str, fails: bool = False) -> str:
    """
    Type one line, and give what is printed.
    """
    line = line.split("  #")[0].strip()
    if line.startswith(ELSEWHERE):
        _known_elsewhere(line)
        return ""
    line, _, into = line.partition(" > ")
    words = shlex.split(line)
    words = words[2:] if words[:3] == ["python", "-m", "reflect"] else words
    match words:
        case ["reflect", *rest]:
            if rest[:1] == ["catalogue"] and "--to" not in rest:
                rest += ["--to", "txt"]  # tests/test_publishing.py makes all papers of all models in Word
            around = {"catalogue": few_models, "planner": parts_of_the_planner}.get(rest[0] if rest else "")
            with around() if around else contextlib.nullcontext():
                result = CliRunner().invoke(main, rest, prog_name="reflect", input="y\n")
            if result.exit_code and not fails:
                raise Broken(f"{line}\n{result.output}")
            if into:
                Path(into).write_text(result.stdout, "utf-8")
                return result.stderr
            return result.output
        case ["python", script, *rest]:
            ran = subprocess.run([sys.executable, script, *rest], capture_output=True, text=True, check=False)
            if ran.returncode and not fails:
                raise Broken(f"{line}\n{ran.stdout}{ran.stderr}")
            return ran.stdout
        case ["mkdir", *folders]:
            for folder in folders:
                Path(folder).mkdir(parents=True, exist_ok=True)
        case ["cd", folder]:
            os.chdir(folder)
        case ["chmod", mode, file]:
            Path(file).chmod(int(mode, 8))
        case ["mv" | "cp" as verb, one, other]:
            (shutil.move if verb == "mv" else shutil.copy)(one, other)
        case ["ls", *where]:
            return "".join(f"{name}\n" for name in sorted(os.listdir(*where)))
        case ["cat", file]:
            return Path(file).read_text("utf-8")
        case _:
            raise Broken(f"'{line}' is no command that the tests can type; put it into a block of kind text")
    return ""


def _known_elsewhere(line: str) -> None:
    """
    What is not run has at least to name extras and files that exist.
    """
    known = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    for extras in re.findall(r"(?:reflect-supervision|\.)\[([\w,]+)\]", line):
        for extra in extras.split(","):
            assert extra in known, f"there is no extra '{extra}'"
    for file in re.findall(r"(?<![\w/.])(?:tests|benchmarks|tools|docs|\.ci)/[\w/]+(?:\.\w+)?", line):
        assert (ROOT / file).exists() or "_x" in file, f"there is no '{file}'"


def _conversation(text: str) -> None:
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        line, _, told = part.partition("\n")
        printed = command(line, fails=True)
        assert _alike(told, printed), f"{line}\nprints\n{printed}"


def _alike(told: str, printed: str) -> bool:
    pattern = re.escape("\n".join(each.rstrip() for each in told.strip().split("\n")))
    pattern = pattern.replace("…\\\n", "(?:.*\\\n)?").replace("…", ".*")
    return re.fullmatch(pattern, "\n".join(e.rstrip() for e in printed.strip().split("\n")), re.DOTALL) is not None


# --- by hand

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"


def _typed_in_word() -> bytes:
    """
    The Word file of the page on writing a model in Word: each row of its table is a paragraph and how it is set.
    """
    text = (DOCS / "how-to" / "write-a-model-in-word.md").read_text("utf-8")
    rows = re.findall(r"^ {3}\| (.+?) \| (.+?) \|$", text, re.MULTILINE)[2:]
    ways = ("Title", "Heading 1", "Quote", "further in", "bullets", "italics", "plain")
    names = {"further in": "Further in", "bullets": "Bullet", "italics": "Italics", "plain": "Plain"}
    lines = []
    for words, how in rows:
        way = next(way for way in ways if f"*{way}*" in how or way == "plain")
        assert way != "plain" or "a plain" in how, how
        lines.append(f"{names.get(way, way)}: {words}")
    return typed_in_word.word_of_lines("\n".join(lines))


def _by_hand(text: str) -> None:
    """
    Fill in a Word file as a person does, or move and make files that no program of ours makes.
    """
    first, *rest = (part.strip() for part in text.split(" | "))
    verb, *about = first.split()
    if verb == "make-for-examples":
        _for_examples()
    elif verb == "make-filled":
        _for_examples()
        Path("filled/record-2.docx").unlink()
        for name, said in (("a", "item-2"), ("b", "below item-2")):
            shutil.copy("record.docx", f"filled/{name}.docx")
            fill_in(Path(f"filled/{name}.docx"), {said: "We slowed the doorway down."})
    elif verb == "type-in-word":
        Path(about[0]).write_bytes(_typed_in_word())
    elif verb == "insert":
        file, _, after = text.removeprefix("insert ").partition(" after ")
        line, _, more = after.partition(" = ")
        written = Path(file).read_text("utf-8")
        assert f"{line}\n" in written
        more = more.replace("\\n", "\n")
        Path(file).write_text(written.replace(f"{line}\n", f"{line}\n{more}\n"), "utf-8")
    elif verb == "install-agency":
        _installed()
    elif verb == "make":
        made = agencies.template() if about[0].endswith(".dotx") else word_forms.council()
        Path(about[0]).write_bytes(made)
    elif verb == "lock":
        Path(about[0]).write_bytes(hostile.old("EncryptedPackage".encode("utf-16-le")))
    elif verb == "copy":
        one, _, other = about
        Path(other).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(one, other)
    else:
        fill_in(Path(first), dict(part.split(" = ", 1) for part in rest))


def _for_examples() -> None:
    """
    The files that examples in `--help` speak of.
    """
    Path("my-page.md").write_text("# Three good questions\n\n## Look back\n\n- Where does this story begin?\n", "utf-8")
    Path("council.docx").write_bytes(word_forms.council())
    for folder in ("records", "our-records", "ours", "filled"):
        Path(folder).mkdir()
    command('reflect make record "arrive@3 + kolb-cycle@40 + close@9" -o record.docx')
    command("reflect plan --example one-to-one -o session.yaml")
    command("reflect make workload-statement --example > load.yaml")
    shutil.copy("record.docx", "from-google.docx")
    shutil.copy("record.docx", "filled/told.docx")
    fill_in(Path("filled/told.docx"), {"item-2": "AK of F11 was there."})
    record = reflect.read(Path("filled/told.docx"))
    Path("filled/told.docx").unlink()
    Path("record.json").write_text(reflect.to_json(record), "utf-8")
    shutil.copy("record.json", "filled.json")
    command("reflect form council.docx --ring personal -o council.yaml")
    command('reflect make record "own-item@50" --into council.docx --map council.yaml -o council-filled.docx')
    copy = reflect.own_copy(record, {})
    Path("mine.docx").write_bytes(reflect.render(copy, "own-copy", reader="author"))
    Path("april.yaml").write_text("date: 2026-04-01\n", "utf-8")
    Path("may.yaml").write_text("date: 2026-05-06\n", "utf-8")
    shutil.copy("record.docx", "filled/record-2.docx")
    command("reflect plan session.yaml -o papers")
    shutil.move("papers/supervisor/record-2026-03-04.docx", "record-2026-03-04.docx")
    shutil.rmtree("papers")
    fill_in(Path("record-2026-03-04.docx"), {"item-4": "We ask for a meeting."})


def _installed() -> None:
    """
    What `pip install examples/agency` leaves, in a folder that is gone with the page; tests/test_extensions.py runs
    pip itself.
    """
    shutil.copytree(ROOT / "examples" / "agency" / "src" / "reflect_agency", "site/reflect_agency")
    known = Path("site/reflect_agency-1.0.dist-info")
    known.mkdir()
    (known / "METADATA").write_text("Metadata-Version: 2.1\nName: reflect-agency\nVersion: 1.0\n", "utf-8")
    (known / "entry_points.txt").write_text("[reflect]\nagency = reflect_agency\n", "utf-8")
    sys.path.insert(0, str(Path("site").resolve()))


def fill_in(file: Path, said: dict[str, str]) -> None:
    """
    Type into the fields of a Word file, each by its tag, or ``below`` one; ``x`` ticks a box.
    """
    with zipfile.ZipFile(file) as pack:
        parts = {info: pack.read(info) for info in pack.infolist()}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as pack:
        for info, data in parts.items():
            if info.filename == "word/document.xml":
                tree = etree.fromstring(data)
                for tag, words in said.items():
                    _typed(tree, tag, words)
                data = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
            pack.writestr(info.filename, data)


def _typed(tree: etree._Element, tag: str, words: str) -> None:
    below, _, tag = tag.rpartition(" ")
    fields = [
        sdt
        for sdt in tree.iter(f"{_W}sdt")
        if (t := sdt.find(f".//{_W}tag")) is not None and _value(t).split("|")[0] == tag
    ]
    assert fields, f"there is no field '{tag}'"
    if below:
        paragraph = etree.fromstring(f'<w:p xmlns:w="{_W[1:-1]}"><w:r><w:t>{words}</w:t></w:r></w:p>')
        fields[0].addnext(paragraph)
        return
    texts = list(fields[0].find(f"{_W}sdtContent").iter(f"{_W}t"))
    box = fields[0].find(f"{_W}sdtPr/{_W14}checkbox/{_W14}checked")
    if box is not None:
        box.set(f"{_W14}val", "1")
        texts[0].text = "☒"
        return
    hint = fields[0].find(f"{_W}sdtPr/{_W}showingPlcHdr")
    if hint is not None:
        hint.getparent().remove(hint)
    texts[0].text = words
    style = texts[0].getparent().find(f"{_W}rPr")
    if style is not None:
        texts[0].getparent().remove(style)
    for other in texts[1:]:
        other.text = ""


def _value(element: etree._Element) -> str:
    return str(element.get(f"{_W}val"))
