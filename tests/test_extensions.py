"""
Another package brings models, templates, profiles, wordings and a look: really installed, and really asked for.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import reflect
from reflect.cli import main
from reflect.extensions import extension
from reflect.planning.profiles import profile, profile_names

AGENCY = Path(__file__).parent.parent / "examples" / "agency"
FOLDER = AGENCY / "src" / "reflect_agency"
OUTLINE = "arrive@3 + doorstep@20 + close@7"

#: What a program finds that names no package.
_UNASKED = """
import hashlib, json, sys, reflect
from reflect.planning.profiles import profile_names
word = reflect.render("arrive@3 + kolb-cycle@20 + close@7", "record", minutes=30)
print(json.dumps({
    "models": list(reflect.catalogue()), "templates": reflect.Templates().names(), "profiles": profile_names(),
    "wording": reflect.wording("general").words, "bytes": hashlib.sha256(word).hexdigest(),
    "run": "reflect_agency" in sys.modules,
}))
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """
    Where the agency's package is installed, by pip and without a network.
    """
    place = tmp_path_factory.mktemp("site")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    alone = ["--no-build-isolation", "--no-deps", "--no-index", "--target", str(place)]
    subprocess.run([*pip, *alone, str(AGENCY)], check=True, capture_output=True)
    return place


def _program(code: str, *more: Path) -> dict[str, object]:
    source = Path(reflect.__file__).parent.parent
    path = os.pathsep.join(map(str, (*more, source)))
    run = subprocess.run([sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": path}, capture_output=True)
    assert run.returncode == 0, run.stderr.decode()
    found: dict[str, object] = json.loads(run.stdout)
    return found


@pytest.mark.long
def test_nothing_changes_until_it_is_asked_for(installed: Path) -> None:
    """
    If the package is installed but not named, models, templates, profiles, words and the bytes of papers stay the same.
    """
    without, beside = _program(_UNASKED), _program(_UNASKED, installed)

    assert beside == without
    assert "doorstep" not in str(without["models"])
    assert without["run"] is False


@pytest.mark.long
def test_what_is_asked_for_is_there_and_none_of_its_code_is_run(installed: Path) -> None:
    """
    By its entry point, a package gives all five; to read them, it is not imported.
    """
    found = _program(
        """
import hashlib, json, sys, reflect
agency = reflect.extension("agency")
print(json.dumps({
    "models": [key for key in ("doorstep", "kitchen-table", "next-pair-of-hands", "kolb-cycle") if key in agency.catalogue],
    "template": "pocket-card" in agency.templates.names(), "profiles": list(agency.profiles),
    "wordings": list(agency.wordings), "person": agency.wordings["home-support"].word("person"),
    "brand": agency.brand.notes, "run": "reflect_agency" in sys.modules,
}))
""",
        installed,
    )

    assert found == {
        "models": ["doorstep", "kitchen-table", "next-pair-of-hands", "kolb-cycle"],
        "template": True,
        "profiles": ["home-support"],
        "wordings": ["home-support"],
        "person": "the person at home",
        "brand": [],
        "run": False,
    }


@pytest.fixture
def asked(installed: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    """
    How a part of the agency is named: by the package, or by its files.
    """
    monkeypatch.syspath_prepend(installed)
    places = {"wordings": "wordings/home-support.yaml", "brand": "brand.docx"}

    def name(part: str) -> str:
        return str(FOLDER / places.get(part, part))

    return name


def _ran(*words: str) -> Result:
    result = CliRunner().invoke(main, words, prog_name="reflect")
    assert result.exit_code == 0, result.output
    return result


@pytest.mark.long
def test_the_command_line_takes_all_five_by_either_way(
    asked: Callable[[str], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    ``--from``, ``--templates``, ``--profiles``, ``--wording`` and ``--brand`` give the same papers for the package's
    name as for its folders and files, and other papers than ours.
    """
    monkeypatch.chdir(tmp_path)
    Path("session.yaml").write_text(
        "date: 2026-03-04\nstart: 10:00\nprofile: home-support\n"
        "supervisee-items:\n- {what: the key safe, purpose: tell}\n"
    )

    def papers(name: Callable[[str], str]) -> dict[str, str]:
        own = ("--from", name("models"))
        words = ("--wording", name("wordings"))
        _ran(
            "make",
            "agenda",
            OUTLINE,
            "--minutes",
            "30",
            *own,
            *words,
            "--brand",
            name("brand"),
            "-o",
            "a.docx",
            "--force",
        )
        _ran(
            "make",
            "pocket-card",
            "doorstep",
            *own,
            *words,
            "--templates",
            name("templates"),
            "-o",
            "card.docx",
            "--force",
        )
        planned = _ran("plan", "session.yaml", *own, "--profiles", name("profiles"))
        listed = _ran("models", *own, "--family", "home support")
        made = {file: hashlib.sha256(Path(file).read_bytes()).hexdigest() for file in ("a.docx", "card.docx")}
        return made | {"planned": planned.stdout, "listed": listed.stdout}

    package = papers(lambda part: "package:agency")

    assert package == papers(asked)
    assert "Doorstep to doorstep" in package["planned"]
    assert "home supporter" in package["planned"]
    assert len(package["listed"].splitlines()) == 3
    _ran("make", "agenda", OUTLINE, "--minutes", "30", "--from", "package:agency", "-o", "plain.docx")
    assert hashlib.sha256(Path("plain.docx").read_bytes()).hexdigest() != package["a.docx"]


@pytest.mark.usefixtures("asked")
def test_the_library_takes_its_name_where_it_takes_a_folder() -> None:
    """
    What a program can name as a folder or file it can name as a package, and a record so made is read back.
    """
    models = reflect.catalogue("package:agency")
    word = reflect.render(
        OUTLINE, "record", minutes=30, models=models, wording="package:agency", brand=reflect.brand("package:agency")
    )

    assert reflect.read(word, models=models).outline == OUTLINE
    assert (
        reflect.wording("package:agency/home-support") == reflect.extension("package:agency").wordings["home-support"]
    )
    assert profile("package:agency").title == "Home support, between rounds"
    assert profile("home-support", ["package:agency"]) == profile("package:agency/home-support")
    assert "home-support" in profile_names(["package:agency"])
    assert "home-support" not in profile_names()
    assert b"stairs" in reflect.render(
        models.model("doorstep"), "pocket-card", to="txt", templates=["package:agency"], wording="package:agency"
    )


@pytest.mark.long
def test_its_pages_are_good_ones() -> None:
    """
    ``reflect check --strict`` has nothing to say on the pages and the words, also beside all of ours.
    """
    ours = Path(reflect.__file__).parent / "models"
    result = _ran(
        "check", "--strict", str(ours), str(FOLDER / "models"), str(FOLDER / "wordings" / "home-support.yaml")
    )

    assert "advice" not in result.output
    assert "tidy" not in result.output
    assert all(reflect.load(key, FOLDER / "models").head.draft is False for key in ("doorstep", "kitchen-table"))


def _entry(place: Path, dist: str, line: str) -> None:
    folder = place / f"{dist}-1.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {dist}\nVersion: 1\n")
    (folder / "entry_points.txt").write_text(f"[reflect]\n{line}\n")


@pytest.mark.parametrize("module", ["is_not_there", "is_not_there.inside", "json.tool", "..x", "a b"])
def test_an_entry_point_without_a_folder_is_told(module: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    A package that names no folder of Python's is a fault with what to do, and says nothing until it is named.
    """
    _entry(tmp_path, "broken", f"broken = {module}")
    monkeypatch.syspath_prepend(tmp_path)

    assert "kolb-cycle" in reflect.catalogue()
    with pytest.raises(
        reflect.Faults, match=re.escape(f"package:broken: '{module}' is not a folder; install that package again")
    ):
        extension("broken")


def test_the_package_round_a_dotted_name_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    If the folder is inside another package, that package's code is not run either.
    """
    inner = tmp_path / "outer" / "pages"
    inner.mkdir(parents=True)
    (tmp_path / "outer" / "__init__.py").write_text("raise SystemExit('it was run')\n")
    (inner / "__init__.py").write_text("")
    _entry(tmp_path, "dotted", "dotted = outer.pages")
    monkeypatch.syspath_prepend(str(tmp_path))

    assert reflect.extension("dotted").folder == inner


def test_of_two_packages_of_one_name_none_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Which of two is meant nobody guesses; one that is there twice over is one.
    """
    _entry(tmp_path, "one", "same = json")
    monkeypatch.syspath_prepend(tmp_path)
    assert extension("same").folder.name == "json"

    _entry(tmp_path, "two", "same = email")
    with pytest.raises(reflect.Refused, match="several installed packages are called 'same'"):
        extension("same")


def test_what_a_folder_lacks_is_empty_and_told_when_it_is_named(tmp_path: Path) -> None:
    """
    A folder with nothing in it brings our models and templates, and no more.
    """
    bare = extension(tmp_path)

    assert set(bare.catalogue) == set(reflect.catalogue())
    assert bare.templates.names() == reflect.Templates().names()
    assert (bare.profiles, bare.wordings, bare.brand) == ({}, {}, None)
    for part in ("models", "templates", "profiles", "wordings"):
        with pytest.raises(reflect.Faults, match=f"there are no {part} in it"):
            bare.place(part)
    with pytest.raises(reflect.Faults, match="there is no brand in it"):
        bare.brand_file()
