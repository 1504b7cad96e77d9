"""
The planner as it is built: where its page and its parts are, and how Python runs in it without a browser.
"""

from __future__ import annotations

import functools
import json
import os
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import pytest

from tests import source
from tests.test_fillable import modules
from tests.test_word import tool

ROOT = Path(__file__).parents[1]
TOOLS = ROOT / "tools" / "planner"
BUILD = ROOT / "build" / "planner"
PACKAGE = BUILD / "distribution" / "src" / "reflect_planner"
#: What it is built with, in words for whoever has not.
REMEDY = "python tools/planner/build.py"


def _refuse(why: str) -> None:
    """
    Skip the test, but never in CI.
    """
    if os.environ.get("REFLECT_CI") == "1":
        pytest.fail(why)
    pytest.skip(why)


@functools.cache
def _changed_since(built: float) -> str:
    """
    The first file of the library or of the page that is newer than what was built.
    """
    folders = (source.SOURCE, TOOLS)
    made = {"__pycache__", "node_modules"}  # and the pictures, which each build and each install makes anew
    files = (
        file
        for folder in folders
        for file in folder.rglob("*.*")
        if not made & set(file.parts) and file.suffix not in (".zip", ".pyc")
    )
    return next((str(file.relative_to(ROOT)) for file in sorted(files) if file.stat().st_mtime > built), "")


def package() -> Path:
    """
    The folder of what the planner is made of; without it a test is skipped, but never in CI.
    """
    page = BUILD / "planner.html"
    if not page.is_file() or not (PACKAGE / "library.gz").is_file():
        _refuse(f"the planner is not built: {REMEDY}")
    if newer := _changed_since(page.stat().st_mtime):
        _refuse(f"the planner was built before {newer} changed: {REMEDY} --library-only")
    return PACKAGE


def page() -> Path:
    """
    The page, as somebody opens it; without it a test is skipped, but never in CI.
    """
    package()
    return BUILD / "planner.html"


def run_inside(script: str, *more: str) -> Any:
    """
    What a script gives as JSON in its last line, when the Python of the page runs it.
    """
    package()
    if not (TOOLS / "node_modules").is_dir():
        _refuse(f"npm's packages for the planner are not there: {REMEDY}")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "script.py"
        file.write_text(script, "utf-8")
        command = [tool("node"), str(TOOLS / "inside.mjs"), str(PACKAGE), str(file), *more]
        done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


def told_in_sight(seen: dict[str, Any], *named: str) -> None:
    """
    Assert that whatever a driver saved or copied was told: in the window, under nothing, and to a screen reader.

    Args:
        seen: What the driver saw.
        named: How some of it is called at least.
    """
    told = seen["told"]
    good = {"inSight": True, "uncovered": True, "live": True, "heard": True}
    wrong = [each for each in told if any(each[name] is not right for name, right in good.items())]

    assert wrong == []
    assert all(any(name in each["what"] for each in told) for name in named)


def drive(driver: Path, folder: Path) -> dict[str, Any]:
    """
    What a driver saw of the page in Chromium, opened from a file and offline; it saves into a folder.
    """
    built = page()
    if not modules():
        _refuse("playwright-core and axe-core are not installed")
    command = [tool("node"), str(driver), tool("chromium"), str(built), str(folder)]
    environment = {**os.environ, "NODE_PATH": modules()}
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False, env=environment)
    assert done.returncode == 0, done.stderr[-3000:]
    seen: dict[str, Any] = json.loads(done.stdout)
    return seen
