"""
Build the planner: the distribution reflect-supervision-planner, and the page itself.

Usage: build.py [--page-only] [--library-only] [--list]

It writes into build/planner: planner.html, which opens by a double click, and the wheel. npm brings Pyodide and
esbuild, pinned by package-lock.json; the libraries of others are taken from what is installed here. Whoever works on
the page calls it with --page-only, which joins the scripts and styles anew in a second or two and leaves the Python as
it was; --library-only compiles reflect anew as well, after a change of Python or of data.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.metadata
import io
import json
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SOURCE = ROOT / "src"
BUILD = ROOT / "build" / "planner"
#: The package of the distribution as it is built, and what is kept between builds.
PACKAGE = BUILD / "distribution" / "src" / "reflect_planner"
MODULES = HERE / "node_modules"

#: What of reflect the page has no use for: commands, tests, notebooks, slide shows, what is published beside the
#: library, and the pictures of papers that few make, which the browser draws.
LEFT_OUT = re.compile(
    r"reflect/(cli|testing|schemas|__main__\.py|display\.py|rendering/bulk\.py|formats/slides|diagrams/further_pictures\.zip"
    r"|planner/(baking|packing|first_second)\.py)"
)
#: What of the libraries of others: machine code, types, commands, converters for formats of others.
NOT_TAKEN = re.compile(
    r"\.(so|pyd|pyc|pyi|pyx|c|typ|rs)$|__pycache__|(^|/)tests?/|^\.\.|py\.typed$|\.dist-info/"
    r"|^(cattr|cattrs/preconf|attr/_cmp\.pyi)/|^markdown_it/cli|^mdit_py_plugins/(?!.*)"
)
#: Where a library has its licence.
_LICENCE_FILE = re.compile(r"\.dist-info/(licenses/)?(LICEN[CS]E|COPYING)[^/]*$", re.IGNORECASE)
#: Libraries that the page does without: there are no commands in it, and holidays are a table.
REPLACED = {"click", "holidays"}
#: Whose bank holidays the page knows, and for which years.
CALENDARS = ("GB-ENG", "GB-WLS", "GB-SCT", "GB-NIR")
YEARS = range(2020, 2041)
#: The modules of the standard library that the page has, as `--list` wrote them down.
STANDARD = HERE / "stdlib.txt"


def _requirements(name: str, seen: dict[str, None]) -> None:
    """
    Put what a distribution needs into *seen*, and what that needs; as far as it is installed here.
    """
    for line in importlib.metadata.requires(name) or ():
        needed = re.match(r"[\w.-]+", line)
        if needed is None or "extra ==" in line:
            continue
        key = re.sub(r"[-_.]+", "-", needed[0]).lower()
        if key in seen or key in REPLACED:
            continue
        try:
            importlib.metadata.distribution(key)
        except importlib.metadata.PackageNotFoundError:
            continue
        seen[key] = None
        _requirements(key, seen)


def libraries() -> tuple[str, ...]:
    """
    Return the distributions that go into the page beside reflect, as they are installed here.
    """
    import tomllib

    needed: dict[str, None] = {}
    for line in tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]:
        name = re.match(r"[\w.-]+", line)
        if name and name[0] not in REPLACED:
            needed[name[0]] = None
            _requirements(name[0], needed)
    return tuple(sorted(needed))


def _library_files() -> Iterator[tuple[str, bytes]]:
    """
    Yield every file of reflect and of the libraries it needs, with its path below site-packages.
    """
    for file in sorted((SOURCE / "reflect").rglob("*")):
        path = file.relative_to(SOURCE).as_posix()
        if file.is_file() and "__pycache__" not in path and not LEFT_OUT.match(path):
            yield path, file.read_bytes()
    for name in libraries():
        distribution = importlib.metadata.distribution(name)
        for each in distribution.files or ():
            if not NOT_TAKEN.search(str(each)):
                yield str(each), Path(str(distribution.locate_file(each))).read_bytes()
    yield "holidays.py", _table_of_holidays().encode()


def _table_of_holidays() -> str:
    """
    Return a module that stands for the package ``holidays``, with a table of our four nations in it.
    """
    from holidays import country_holidays

    table = {
        calendar: sorted(day.isoformat() for day in country_holidays("GB", calendar[3:], years=list(YEARS)))
        for calendar in CALENDARS
    }
    return (HERE / "holidays_table.py").read_text("utf-8").replace('"TABLE"', json.dumps(table))


def licences() -> list[dict[str, str]]:
    """
    Return the licence of everything that is in the page, with its name and version.
    """
    ours = (ROOT / "LICENSE").read_text("utf-8") + "\n" + (ROOT / "LICENSE-pages.md").read_text("utf-8")
    lock = json.loads((MODULES / "pyodide" / "pyodide-lock.json").read_text("utf-8"))["info"]
    pyodide = json.loads((MODULES / "pyodide" / "package.json").read_text("utf-8"))["version"]
    kept = {name: (HERE / "licences" / f"{name}.txt").read_text("utf-8") for name in ("MPL-2.0", "PSF-2.0", "inside")}
    found = [
        {"name": "reflect-supervision", "version": version(), "licence": "MIT AND CC-BY-4.0", "text": ours},
        {"name": "Pyodide", "version": pyodide, "licence": "MPL-2.0", "text": kept["MPL-2.0"]},
        {"name": "Python", "version": lock["python"], "licence": "PSF-2.0", "text": kept["PSF-2.0"]},
        {"name": "Inside Python and Pyodide", "version": "", "licence": "", "text": kept["inside"]},
    ]
    for name in libraries():
        metadata = importlib.metadata.metadata(name)
        named = [each for each in importlib.metadata.files(name) or () if _LICENCE_FILE.search(str(each))]
        text = "\n\n".join(Path(str(each.locate())).read_text("utf-8").strip() for each in named)
        if not text:
            raise SystemExit(f"{name} is installed without its licence: it cannot go into the page")
        classified = [
            each.rpartition(" :: ")[2] for each in metadata.get_all("Classifier") or () if "License ::" in each
        ]
        said = metadata.get("License-Expression") or ", ".join(classified) or metadata.get("License", "")
        found.append({"name": metadata["Name"], "version": metadata["Version"], "licence": said, "text": text})
    return found


def version() -> str:
    """
    Return the version of the library, which is that of its planner.
    """
    import tomllib

    said: str = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    return said


def write_first_second() -> None:
    """
    Write down what the page has before Python is ready, and what it says about itself.
    """
    from reflect.planner.first_second import first_second

    about = {"version": version(), "licences": licences()}
    for name, value in (("first", first_second()), ("about", about)):
        (PACKAGE / f"{name}.json").write_text(json.dumps(value, ensure_ascii=False), "utf-8")


def _zip_of(files: Iterator[tuple[str, bytes]]) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_STORED) as target:
        for path, body in files:
            target.writestr(zipfile.ZipInfo(path), body)
    return into.getvalue()


def _standard_files() -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(MODULES / "pyodide" / "python_stdlib.zip") as source:
        for name in STANDARD.read_text("utf-8").split():
            yield name, source.read(name)


def list_standard() -> list[str]:
    """
    Return the modules of the standard library that the page needs, as they are found by running it with all of them.
    """
    script = BUILD / "work" / "imports.py"
    script.write_text("\n\n".join((HERE / f"{name}.py").read_text("utf-8") for name in ("matrix", "imports")), "utf-8")
    whole = MODULES / "pyodide" / "python_stdlib.zip"
    command = ["node", str(HERE / "inside.mjs"), str(PACKAGE), str(script), str(whole)]
    found: list[str] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return found


def compile_library(*, with_standard: bool) -> None:
    """
    Compile reflect and its libraries with the Python of the page; the standard library too if it was not yet.
    """
    from reflect.planner.baking import pack_files

    subprocess.run([sys.executable, str(ROOT / "tools" / "make_pictures.py")], check=True)
    work = BUILD / "work"
    work.mkdir(parents=True, exist_ok=True)
    names = ["library", *(["stdlib"] if with_standard else [])]
    files = {"library": _library_files, "stdlib": _standard_files}
    for name in names:
        (work / f"{name}.zip").write_bytes(_zip_of(files[name]()))
    pairs = [str(work / f"{name}{ending}") for name in names for ending in (".zip", ".compiled.zip")]
    subprocess.run(["node", str(HERE / "compile.mjs"), *pairs], check=True)
    with zipfile.ZipFile(work / "library.compiled.zip") as compiled:
        packed = pack_files({name: compiled.read(name) for name in compiled.namelist()})
    (PACKAGE / "library.gz").write_bytes(gzip.compress(packed, 9, mtime=0))
    if with_standard:
        whole = (work / "stdlib.compiled.zip").read_bytes()
        (PACKAGE / "stdlib.gz").write_bytes(gzip.compress(whole, 9, mtime=0))
        wasm = (MODULES / "pyodide" / "pyodide.asm.wasm").read_bytes()
        (PACKAGE / "wasm.gz").write_bytes(gzip.compress(wasm, 9, mtime=0))


def _bundle(entry: Path, into: Path, *more: str) -> None:
    binary = MODULES / "esbuild" / "bin" / "esbuild"
    options = ["--bundle", "--minify", "--charset=utf8", "--legal-comments=none", "--log-level=warning"]
    subprocess.run([str(binary), str(entry), *options, f"--outfile={into}", *more], check=True)


def bundle_page() -> None:
    """
    Join the scripts and the styles of the page.
    """
    for name in ("main", "guard"):
        _bundle(HERE / "page" / f"{name}.js", PACKAGE / f"{name}.js", "--format=iife")
    _bundle(HERE / "page" / "page.css", PACKAGE / "page.css")
    shutil.copyfile(HERE / "page" / "page.html", PACKAGE / "page.html")


def bundle_worker() -> None:
    """
    Join the worker with Pyodide into one classic script: from a folder, browsers run no module beside a page.
    """
    info = json.loads((MODULES / "pyodide" / "pyodide-lock.json").read_text("utf-8"))["info"]
    known = {"ABI": info["abi_version"], "PLATFORM": info["platform"], "PYTHON": info["python"]}
    script = BUILD / "work" / "worker.js"
    _bundle(
        HERE / "worker.js",
        script,
        "--format=iife",
        "--external:node:*",
        "--define:import.meta.url=self.location.href",
        *(f"--define:{name}={json.dumps(value)}" for name, value in known.items()),
    )
    (PACKAGE / "worker.gz").write_bytes(gzip.compress(script.read_bytes(), 9, mtime=0))


def build_wheel() -> Path:
    """
    Build the wheel of the distribution.
    """
    project = BUILD / "distribution"
    for name in ("pyproject.toml", "README.md"):
        shutil.copyfile(HERE / "distribution" / name, project / name)
    (PACKAGE / "__init__.py").write_text((HERE / "distribution" / "__init__.py").read_text("utf-8"), "utf-8")
    for old in BUILD.glob("*.whl"):
        old.unlink()
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(BUILD)]
    subprocess.run(command, cwd=project, check=True, capture_output=True)
    return next(BUILD.glob("*.whl"))


def main(given: list[str]) -> None:
    """
    Build what is asked for.
    """
    parser = argparse.ArgumentParser(description="Build the planner.")
    parser.add_argument("--page-only", action="store_true", help="join the page's scripts and styles anew alone")
    parser.add_argument("--library-only", action="store_true", help="compile reflect anew too, but not Python itself")
    parser.add_argument("--list", action="store_true", help="write down anew which modules of Python the page needs")
    options = parser.parse_args(given)
    PACKAGE.mkdir(parents=True, exist_ok=True)
    if not MODULES.is_dir():
        subprocess.run(["npm", "ci", "--silent", "--no-fund", "--no-audit", "--ignore-scripts"], cwd=HERE, check=True)
    if options.list:
        STANDARD.write_text("\n".join(list_standard()) + "\n", "utf-8")
    first = not (PACKAGE / "worker.gz").is_file()
    if first or not options.page_only:
        everything = first or not options.library_only
        compile_library(with_standard=everything)
        if everything:
            bundle_worker()
        write_first_second()
    bundle_page()
    if not (options.page_only or options.library_only):
        build_wheel()

    from reflect.planner.baking import bake

    page = bake(PACKAGE)
    (BUILD / "planner.html").write_bytes(page)
    print(f"{(BUILD / 'planner.html').relative_to(ROOT)}: {len(page):,} bytes")


if __name__ == "__main__":
    sys.path.insert(0, str(SOURCE))
    main(sys.argv[1:])
