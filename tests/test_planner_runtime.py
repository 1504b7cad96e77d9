"""
The Python of the planner: it makes the papers that CPython makes, and it has every module that they need.
"""

from __future__ import annotations

import ast
import base64
import importlib.util
import json
import sys
import tomllib
import types
from pathlib import Path

import pytest

from reflect.diagrams import raster, shipped
from reflect.planner.door import open_door
from tests import source
from tests.built_planner import ROOT, TOOLS, page, run_inside
from tests.test_planner_own import whole_agency

#: The page is at most so large, in bytes.
MOST_BYTES = 12_000_000
#: An hour in the agency of the examples, and what is asked about it.
HOUR = {"who": "supervisor", "profile": "home-support", "minutes": 60, "date": "2026-04-01", "start": "10:00"}
ASKED = {"choices": {}, "plan": {"hour": HOUR}, "offers": {"hour": HOUR, "part": "talk"}}
#: Runs in the page's Python after the matrix: the hashes, what cannot be imported, and what the desk of an agency says.
ASK = """
import base64, importlib, json, os

from reflect.planner.door import open_door

def _is_missing(name):
    try:
        importlib.import_module(name)
    except ImportError:
        return True

for _path, _data in OWN.items():
    os.makedirs(os.path.dirname("/own/" + _path), exist_ok=True)
    open("/own/" + _path, "wb").write(base64.b64decode(_data))
_ask = open_door("/own")
_told = {name: json.loads(_ask(name, json.dumps(given), [])[0]) for name, given in ASKED.items()}
json.dumps({"hashes": hashes(), "missing": [name for name in NAMES if _is_missing(name)], "told": _told})
"""


def load_tool(name: str) -> types.ModuleType:
    """
    A module of tools/planner, which is no package.
    """
    spec = importlib.util.spec_from_file_location(f"planner_{name}", TOOLS / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def modules_of_the_page() -> dict[str, Path]:
    """
    The modules of reflect that go into the page.
    """
    left_out = load_tool("build").LEFT_OUT
    paths = {file.relative_to(source.SOURCE.parent): file for file in source.SOURCE.rglob("*.py")}
    return {
        ".".join(path.with_suffix("").parts).removesuffix(".__init__"): file
        for path, file in paths.items()
        if not left_out.match(path.as_posix())
    }


def standard_names() -> list[str]:
    """
    Every module of the standard library that a module of the page imports, at its head or inside a function.
    """
    names = set()
    for file in modules_of_the_page().values():
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            match node:
                case ast.Import():
                    names |= {name.name for name in node.names}
                case ast.ImportFrom(module=str(home)):
                    names.add(home)
    return sorted(name for name in names if name.split(".")[0] in sys.stdlib_module_names)


@pytest.mark.long
def test_the_page_makes_every_paper_as_cpython_does(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """
    Every paper in every format and look, and a record that is read back, are equal byte for byte; and the desk of an
    agency says the same of its own models and profile. Whatever is imported inside a function is in the page; but nobody
    looks up installed packages there.
    """
    names = [*standard_names(), *modules_of_the_page()]
    script = (TOOLS / "matrix.py").read_text("utf-8")
    own = whole_agency().files
    packed = {path: base64.b64encode(data).decode() for path, data in own.items()}
    inside = run_inside(f"{script}\nNAMES, OWN, ASKED = {names}, {packed}, {ASKED}\n{ASK}")
    # The page has none, but the pictures of handouts and cards; those of other papers its browser draws.
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    monkeypatch.setattr(shipped, "ARCHIVES", shipped.ARCHIVES[:1])
    shipped.forget_archives()
    raster.forget_pictures()
    here = load_tool("matrix").hashes()
    monkeypatch.undo()
    shipped.forget_archives()
    raster.forget_pictures()

    assert len(here) > 600
    assert not any(made.startswith("refused") for made in here.values())
    assert {name for name in here if inside["hashes"].get(name) != here[name]} == set()
    assert inside["hashes"].keys() == here.keys()
    for path, data in own.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    ask = open_door(str(tmp_path))
    told = {name: json.loads(ask(name, json.dumps(given), [])[0]) for name, given in ASKED.items()}
    assert "Doorstep to doorstep" in json.dumps(told["plan"])
    assert inside["told"] == told
    assert {"json", "reflect.planner.desk"} <= set(names)
    assert set(inside["missing"]) <= {"importlib.metadata"}


def test_the_page_is_small_enough() -> None:
    """
    It is at most 12 MB, so that it can lie in a shared folder and open at once.
    """
    assert 5_000_000 < page().stat().st_size <= MOST_BYTES


def test_the_planner_has_the_version_of_the_library() -> None:
    """
    The distribution, the extra that names it and the library have one version.
    """
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    planner = tomllib.loads((TOOLS / "distribution" / "pyproject.toml").read_text("utf-8"))["project"]

    assert planner["version"] == project["version"]
    assert project["optional-dependencies"]["planner"] == [f"{planner['name']}=={planner['version']}"]


def test_the_build_names_no_registry() -> None:
    """
    What npm brings is pinned by version and by hash, and from no address of somebody's.
    """
    lock = (TOOLS / "package-lock.json").read_text("utf-8")

    assert '"integrity": "sha512-' in lock
    assert "http" not in lock
