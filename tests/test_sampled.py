"""
A run of everything on a user's machine tries every test, and of those with very many cases other ones each day.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import MANY, has_its_day

TESTS = f"""
import pytest

@pytest.mark.parametrize("n", range({10 * MANY}))
def test_many(n): pass

@pytest.mark.parametrize("n", range({MANY}))
def test_few(n): pass

@pytest.mark.long
@pytest.mark.parametrize("n", range({MANY}))
def test_long(n): pass
"""


def collected(folder: Path, *more: str, ci: str = "") -> list[str]:
    """
    The tests that a run in a folder of its own would try.
    """
    (folder / "tests").mkdir(exist_ok=True)
    (folder / "tests/conftest.py").write_text((Path(__file__).parent / "conftest.py").read_text())
    (folder / "tests/test_some.py").write_text(TESTS)
    (folder / "pytest.ini").write_text("[pytest]\ntestpaths = tests\nmarkers = long: takes seconds\n")
    known = {name: value for name, value in os.environ.items() if not name.startswith(("REFLECT_", "PYTEST_"))}
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider", *more],
        cwd=folder,
        env={**known, "REFLECT_CI": ci},
        capture_output=True,
        text=True,
        check=True,
    )
    return [line for line in run.stdout.split("\n") if "::" in line]


def test_each_case_has_its_day() -> None:
    """
    About one case in six is tried on a day, and each within a few weeks.
    """
    names = [f"tests/test_x.py::test_y[{n}]" for n in range(400)]
    days = [str(day) for day in range(738_000, 738_070)]
    tried = [sum(has_its_day(name, day) for name in names) for day in days]

    assert all(35 < count < 110 for count in tried)
    assert all(any(has_its_day(name, day) for day in days) for name in names)


@pytest.mark.parametrize("named", [[], ["tests/test_some.py"], ["-k", "many or few or long"]])
def test_whoever_names_a_test_gets_all_of_it(named: list[str], tmp_path: Path) -> None:
    """
    Only where nothing is named, and not in CI, is a part left for other days.
    """
    everything = 12 * MANY
    some = collected(tmp_path, *named)

    assert len(collected(tmp_path, *named, ci="1")) == everything
    assert (len(some) == everything) is bool(named)
    assert sum("test_few" in name for name in some) == MANY
    assert any("test_many" in name for name in some)
