"""
The house has floors: what is above knows what is below, and nothing looks up.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

from tests import source

ROOT = Path(__file__).parents[1]
SOURCE = source.SOURCE
#: From the ground up; rooms on one floor do not know each other. `reflect/__init__.py` is the face, on no floor.
FLOORS = """
    faces shown
    errors
    arguments
    files
    questions
    text
    word_files
    pages diagrams
    sessions
    interchange papers
    formats documents planning
    safekeeping schemas own_forms
    rendering reading_back
    between_sessions
    checks extensions display
    planner
    cli testing
    __main__
"""
FLOOR = {room: n for n, row in enumerate(FLOORS.strip().split("\n")) for room in row.split()}
MODULES = {
    ".".join(("reflect", *file.relative_to(SOURCE).with_suffix("").parts)).removesuffix(".__init__"): file
    for file in SOURCE.rglob("*.py")
}

#: What a face hands on from a higher floor: it names the room, and loads it only when somebody asks for the name.
HANDED_DOWN = {"reflect.planning": {"between_sessions"}}

#: The most lines that a module has, and those that may have more.
LONGEST_MODULE = 700
MOST_LINES = {"reflect.questions.sets": 900}

#: By the name of its import: what a library is called on the page about the design, and the modules or the room that
#: know it. "everywhere" is what it says.
HOMES = {
    "attrs": ("attrs", {"everywhere"}),
    "yaml": ("PyYAML", {"files.yaml"}),
    "markdown_it": ("markdown-it-py", {"text.markdown"}),
    "mdit_py_plugins": ("markdown-it-py", {"text.markdown"}),
    "breame": ("breame and pyphen", {"pages.advice", "cli.checking"}),
    "pyphen": ("breame and pyphen", {"pages.advice", "cli.checking"}),
    "resvg_py": ("resvg", {"diagrams.raster"}),
    "holidays": ("holidays", {"sessions.days"}),
    "cattrs": ("cattrs", {"interchange.structuring"}),
    "jinja2": ("Jinja", {"documents.guarding", "documents.sandbox"}),
    "typst": ("Typst", {"formats.pdf"}),
    "pptx": ("python-pptx", {"formats.slides.show"}),
    "docx": ("python-docx", {"rendering.embedding"}),
    "openpyxl": ("openpyxl", {"files.tables"}),
    "click": ("click", {"cli"}),
    "reflect_planner": ("reflect-supervision-planner", {"planner.baking"}),
    "hypothesis": ("hypothesis", {"testing"}),
}
#: Rooms in which every module is a way to do the same, and has functions of the same names.
ALIKE = {"formats", "diagrams"}
#: What imports a module by its name.
IMPORTERS = {"import_module", "find_spec", "_load_library"}


def nodes_of(module: str) -> tuple[Any, ...]:
    return source.nodes_of(MODULES[module])


def imported(module: str) -> Iterator[str]:
    """
    Every module of ours that a module imports: at its head, inside a function, for types alone, or by a text.
    """
    for node in nodes_of(module):
        match node:
            case ast.ImportFrom(module=str(home), level=0):
                for name in node.names:
                    whole = f"{home}.{name.name}"
                    yield whole if whole in MODULES else home
            case ast.ImportFrom():
                raise AssertionError(f"{module} imports from '.': write the whole name, so that it can be found")
            case ast.Import():
                yield from (name.name for name in node.names)
            case ast.Constant(value=str(text)) if text in MODULES and text != "reflect":
                yield text
            case ast.JoinedStr(values=[ast.Constant(value=str(text)), *_]) if re.match(r"reflect\.\w+\.", text):
                yield from (name for name in MODULES if name.startswith(text))


def libraries(module: str) -> set[str]:
    """
    The libraries of others that a module imports, by a statement or by name.
    """
    names = set(imported(module))
    for node in nodes_of(module):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            names |= {str(node.args[0].value)} if called in IMPORTERS else set()
    return {name.split(".")[0] for name in names} - sys.stdlib_module_names - {"reflect"}


def looks_up(module: str) -> list[str]:
    """
    The modules of ours that a module imports from its own floor or from above, outside its own room.
    """
    room = module.split(".")[1]
    ours = (name for name in imported(module) if name.split(".")[0] == "reflect")
    known = {room} | HANDED_DOWN.get(module, set())
    others = {name for name in ours if [*name.split("."), ""][1] not in known}
    return sorted(name for name in others if FLOOR.get([*name.split("."), ""][1], len(FLOOR)) >= FLOOR.get(room, 0))


def test_nothing_looks_up() -> None:
    """
    A room imports from its own folder, or from a lower floor.
    """
    assert {module: up for module in sorted(MODULES.keys() - {"reflect"}) if (up := looks_up(module))} == {}


def test_a_module_fits_in_the_head() -> None:
    """
    No module has more lines than a reader holds at one sitting; the algebra of sets is one thought, and longer.
    """
    lengths = {module: file.read_text("utf-8").count("\n") for module, file in MODULES.items()}

    assert {module: n for module, n in lengths.items() if n > MOST_LINES.get(module, LONGEST_MODULE)} == {}


def test_few_modules_lie_flat() -> None:
    """
    Besides the rooms there are at most eight modules.
    """
    assert len(list(SOURCE.glob("*.py"))) <= 8


def test_no_circles() -> None:
    """
    No two modules need each other, in whatever way they are imported.
    """
    graph = {module: set(imported(module)) & (MODULES.keys() - {"reflect", module}) for module in MODULES}

    assert len(list(TopologicalSorter(graph).static_order())) == len(MODULES)


def test_no_function_of_a_room_is_written_twice() -> None:
    """
    No room has two public functions that are called alike and take and give alike, but where each module of it is one
    way to do the same.
    """
    known: dict[tuple[str, ...], list[str]] = {}
    for module in MODULES.keys() - {"reflect"}:
        for node in nodes_of(module)[0].body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                said = (module.split(".")[1], node.name, ast.unparse(node.args), ast.unparse(node.returns or node.args))
                known.setdefault(said, []).append(module)
    twice = {said: where for said, where in known.items() if len(where) > 1}

    assert {said[0] for said in twice} >= ALIKE
    assert {said: where for said, where in twice.items() if said[0] not in ALIKE} == {}


def test_no_table_stands_twice() -> None:
    """
    No list of six or more stands in two modules of the source; nor does one of names that are not words of its own, such
    as classes, in the documentation and the tests.
    """
    beside = [*(ROOT / "docs").glob("*.py"), *Path(__file__).parent.glob("*.py")]
    trees = {module: nodes_of(module) for module in MODULES}
    trees |= {file.name: source.nodes_of(file) for file in beside}
    known: dict[str, set[str]] = {}
    for name, nodes in trees.items():
        for node in nodes:
            if not isinstance(node, ast.Tuple | ast.List | ast.Set) or len(node.elts) < 6:
                continue
            if name in MODULES or all(isinstance(each, ast.Name | ast.Attribute) for each in node.elts):
                known.setdefault(" ".join(map(ast.unparse, node.elts)), set()).add(name)

    assert {said: where for said, where in known.items() if len(where) > 1} == {}


def test_each_library_has_its_home() -> None:
    """
    Each third-party library is imported in its home and nowhere else; each home needs it.
    """
    known: dict[str, set[str]] = {name: set() for name in HOMES}
    for module in MODULES:
        for name in libraries(module):
            known.setdefault(name, set()).add(module.removeprefix("reflect."))

    assert known.keys() == HOMES.keys()
    for name, (_, homes) in HOMES.items():
        if homes != {"everywhere"}:
            rooms = {module if module in homes else module.split(".")[0] for module in known[name]}
            assert rooms == homes, name


def test_the_page_about_the_design_says_where_libraries_live() -> None:
    """
    The table of libraries in `docs/explanation/design.md` has the rooms of this one.
    """
    page = (ROOT / "docs" / "explanation" / "design.md").read_text("utf-8").partition("## Other libraries")[2]
    rows = [[cell.strip() for cell in row.split("|")[1:3]] for row in page.splitlines() if row.startswith("| ")][2:]
    told = {name: set(re.findall(r"[\w.]+", homes)) for name, homes in rows}

    assert told == {called: {room(home) for home in homes} for called, homes in HOMES.values()}


def room(home: str) -> str:
    """
    The folder of a module; that of a format, which is a room in a room.
    """
    parts = home.split(".")
    return ".".join(parts[:2]) if parts[0] == "formats" else parts[0]


def test_no_pattern_means_something_else_in_an_earlier_python() -> None:
    """
    No group is possessive: Python before 3.11.5, which Debian 12 has, loses its place in one (gh-106052).
    """
    possessive = re.compile(r"(?<!\\)\)(?:[*+?]|\{[0-9,]+\})\+")
    patterns = [
        (file.name, text.value)
        for file in sorted(SOURCE.rglob("*.py"))
        for text in source.nodes_of(file)
        if isinstance(text, ast.Constant) and "(?" in str(text.value)
    ]

    assert possessive.search(r"(?:a|b)*+")
    assert not possessive.search(r"(?>(?:a|b)*)[x]*+")
    assert [(name, match[0]) for name, text in patterns for match in possessive.finditer(str(text))] == []
