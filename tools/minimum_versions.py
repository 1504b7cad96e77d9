"""
Whether the least versions that pyproject.toml asks for are enough: they are installed, and some tests run with them.

    python tools/minimum_versions.py [FOLDER]

FOLDER gets a virtual environment with exactly these versions; without it a passing one is made.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import tomllib
import venv
from collections.abc import Iterable, Iterator
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
#: What people install besides; of what only our tests need, whatever fits will do.
EXTRAS = ("pdf", "lint", "png", "sheets", "testing")
#: Each dependency is used by one of these, and together they take less than two minutes.
TESTS = (
    "test_advice.py", "test_bulk.py", "test_catalogue.py", "test_cli.py", "test_diagrams.py", "test_files.py",
    "test_interchange.py", "test_page.py", "test_pdf.py::test_the_same_document_gives_the_same_bytes",
    "test_profiles.py", "test_record.py", "test_sandbox.py", "test_sheets.py", "test_signing.py",
    "test_standing_papers.py", "test_testing.py", "test_wording.py",
)  # fmt: skip


def bounds(project: dict[str, object], extras: Iterable[str]) -> Iterator[str]:
    """
    Give each requirement as its least version, such as ``attrs==23.2``, once.

    Raises:
        SystemExit: One names no least version, and so claims that any will do.
    """
    groups = project["optional-dependencies"]
    assert isinstance(groups, dict)
    given = project["dependencies"]
    assert isinstance(given, list)
    waiting, seen = [*given, *(each for extra in extras for each in groups[extra])], set()
    while waiting:
        requirement = Requirement(waiting.pop(0))
        if requirement.name == project["name"]:
            waiting += [each for extra in requirement.extras for each in groups[extra]]
            continue
        least = [each.version for each in requirement.specifier if each.operator == ">="]
        if len(least) != 1:
            raise SystemExit(f"pyproject.toml: '{requirement}' has no least version; write '{requirement.name}>=…'")
        pinned = f"{requirement.name}=={least[0]}"
        if pinned not in seen:
            seen.add(pinned)
            yield pinned


def tried(folder: Path) -> int:
    """
    Install the least versions into *folder*, run the tests, and return how they ended.
    """
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    pins = tuple(bounds(project, EXTRAS))
    print(", ".join(pins), flush=True)
    venv.create(folder, with_pip=True, clear=True)
    python = folder / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    (folder / "least.txt").write_text("\n".join(pins) + "\n", "utf-8")
    install = [python, "-m", "pip", "install", "-q", "-c", folder / "least.txt", f"{ROOT}[tests]"]
    subprocess.run(install, check=True)
    # What is installed is tried, and not what stands in src/.
    tests = [python, "-m", "pytest", "-q", *(f"tests/{name}" for name in TESTS)]
    return subprocess.run(tests, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    if len(sys.argv) > 1:
        raise SystemExit(tried(Path(sys.argv[1])))
    with tempfile.TemporaryDirectory() as passing:
        raise SystemExit(tried(Path(passing)))
