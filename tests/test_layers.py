"""
The house has floors: what is above knows what is below, and nothing looks up.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

SOURCE = Path(__file__).parents[1] / "src" / "reflect"
#: From the ground up; rooms on one floor do not know each other. `reflect/__init__.py` is the face, on no floor.
FLOORS = """
    errors shown
    files
    questions
    text
    pages diagrams
    sessions
    interchange papers
    formats documents planning
    safekeeping schemas
    rendering reading_back
    checks extensions display
    cli testing
    __main__
"""
FLOOR = {room: n for n, row in enumerate(FLOORS.strip().split("\n")) for room in row.split()}
MODULES = {
    ".".join(("reflect", *file.relative_to(SOURCE).with_suffix("").parts)).removesuffix(".__init__"): file
    for file in SOURCE.rglob("*.py")
}


def imported(module: str) -> Iterator[str]:
    """
    Every module of ours that a module imports: at its head, inside a function, or for types alone.
    """
    for node in ast.walk(ast.parse(MODULES[module].read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for name in node.names:
                whole = f"{node.module}.{name.name}"
                yield whole if whole in MODULES else node.module
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names)


def looks_up(module: str) -> list[str]:
    """
    The modules of ours that a module imports from its own floor or from above, outside its own room.
    """
    room = module.split(".")[1]
    ours = (name for name in imported(module) if name.split(".")[0] == "reflect")
    others = {name for name in ours if [*name.split("."), ""][1] != room}
    return sorted(name for name in others if FLOOR.get([*name.split("."), ""][1], len(FLOOR)) >= FLOOR.get(room, 0))


def test_nothing_looks_up() -> None:
    """
    A room imports from its own folder, or from a lower floor.
    """
    assert {module: up for module in sorted(MODULES.keys() - {"reflect"}) if (up := looks_up(module))} == {}


def test_no_circles() -> None:
    """
    No two modules need each other, in whatever way they are imported.
    """
    graph = {module: set(imported(module)) & (MODULES.keys() - {"reflect", module}) for module in MODULES}

    assert len(list(TopologicalSorter(graph).static_order())) == len(MODULES)
