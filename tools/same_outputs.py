"""
Compare what two checkouts of reflect make, byte for byte, to show that a change of the code changes nothing else.

    python tools/same_outputs.py OTHER_CHECKOUT [THIS_CHECKOUT] [--only WORD] [--quick] [--differs PATTERN]...

Each checkout makes the same products (``tools/products``) in a process and a folder of its own: papers, what is read
back from them, JSON, plans, messages, help, and how values show themselves. What they are made of (scenarios, examples,
messages) is that of the repository this script lies in. The exit status is 1 if something differs that no ``--differs``
expects.

What a checkout makes is kept for a day in the temporary folder, and made again only if its code, what products are made
of, or what is installed has changed.
"""

from __future__ import annotations

import argparse
import contextlib
import fnmatch
import getpass
import hashlib
import io
import itertools
import os
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterable, Mapping
from importlib.metadata import distributions
from pathlib import Path

from products import KINDS, STOPPED, names_below

TOOLS = Path(__file__).resolve().parent
REPOSITORY = TOOLS.parent
#: This many differences of a kind are listed; the rest are counted.
MOST_LISTED = 10
#: This much of a line that differs is shown.
WIDEST = 160
#: Products that nobody asked for in this many seconds are removed.
KEPT = 24 * 60 * 60
KEEPING = Path(tempfile.gettempdir()).resolve() / f"same-outputs-{getpass.getuser()}"


# --- what products are made of, and whether they are there


def places_of_inputs() -> dict[str, Path]:
    """
    Return where the repository of this script has what products are made of, by the name that it gets.
    """
    page = next((REPOSITORY / "src").rglob("kolb-cycle.md"))
    starts = next(file for file in (REPOSITORY / "src").rglob("one-to-one.yaml") if file.parent.name == "examples")
    return {
        "scenarios": REPOSITORY / "tests/scenarios",
        "data": REPOSITORY / "tests/data",
        "messages": REPOSITORY / "tests/messages",
        "models": page.parent,
        "session-files": starts.parent,
        "agency": REPOSITORY / "examples/agency/src/reflect_agency",
    }


def digest_of(folder: Path) -> str:
    """
    Return a digest of every file below a folder and of its name.
    """
    digest = hashlib.sha256()
    for name in sorted(names_below(folder)):
        if "__pycache__" not in name:
            digest.update(f"{name}\n{hashlib.sha256((folder / name).read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()


def folders_of_kinds(checkout: Path, kinds: Iterable[str]) -> dict[str, Path]:
    """
    Return where the products of each kind are kept; the catalogue of messages matters to ``messages`` alone.
    """
    installed = sorted(f"{each.name} {each.version}" for each in distributions())
    inputs = {name: digest_of(place) for name, place in places_of_inputs().items()}
    messages = inputs.pop("messages")
    made_of = [sys.version, installed, inputs, digest_of(checkout / "src/reflect"), digest_of(TOOLS / "products")]
    keys = {kind: repr([made_of, messages if kind.startswith("messages") else ""]) for kind in kinds}
    return {kind: KEEPING / hashlib.sha256(key.encode()).hexdigest() / kind for kind, key in keys.items()}


def remove_old_products() -> None:
    for folder in KEEPING.glob("*/*"):
        if time.time() - folder.stat().st_mtime > KEPT:
            shutil.rmtree(folder, ignore_errors=True)


# --- let a checkout make them


def start_checkout(checkout: Path, folder: Path, kinds: Iterable[str]) -> subprocess.Popen[str]:
    """
    Let a checkout make its products in a folder; the hashes of texts differ in each process, and may change nothing.
    """
    (folder / "made").mkdir(parents=True)
    for name, place in places_of_inputs().items():
        leave = shutil.ignore_patterns("__pycache__", "*.py")
        shutil.copytree(place, folder / "work/inputs" / name, ignore=leave)
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("REFLECT", "PYTHON"))}
    environment["PYTHONPATH"] = os.pathsep.join(map(str, (checkout / "src", TOOLS)))
    environment |= {"PYTHONDONTWRITEBYTECODE": "1", "COLUMNS": "100", "TZ": "UTC"}
    command = [sys.executable, "-m", "products", str(folder / "made"), str(checkout), *kinds]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=folder / "work", env=environment, text=True, stdout=pipe, stderr=pipe)


def make_products(checkouts: Iterable[Path], kinds: list[str]) -> tuple[list[dict[str, Path]], str]:
    """
    Let the checkouts make what is not there yet, at the same time; return the folders of each, and how long it took.
    """
    KEEPING.mkdir(mode=0o700, exist_ok=True)
    remove_old_products()
    folders = [folders_of_kinds(checkout, kinds) for checkout in checkouts]
    with tempfile.TemporaryDirectory(prefix="making-", dir=KEEPING.parent) as name:
        running = {}
        for checkout, kept in zip(checkouts, folders, strict=True):
            missing = [kind for kind, folder in kept.items() if not folder.is_dir()]
            if missing and kept[missing[0]] not in [folder for folder, *_ in running.values()]:
                work = Path(name).resolve() / str(len(running))
                running[work] = (kept[missing[0]], kept, missing, start_checkout(checkout, work, missing))
        times = ""
        for work, (_, kept, missing, process) in running.items():
            out, wrong = process.communicate()
            times += out
            print(wrong, end="", file=sys.stderr)
            if process.returncode:
                sys.exit(2)
            for kind in missing:
                keep_products(work / "made" / kind, kept[kind])
    for folder in (folder for kept in folders for folder in kept.values()):
        os.utime(folder)
    return folders, times


def keep_products(made: Path, kept: Path) -> None:
    """
    Put the products of a kind where they are kept, unless somebody else has meanwhile.
    """
    kept.parent.mkdir(exist_ok=True)
    with contextlib.suppress(OSError):
        made.rename(kept)


# --- compare them


def first_difference(one: str, two: str) -> int:
    return next((place for place, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))


def describe_difference(other: bytes, this: bytes) -> str:
    """
    Return in a line or two where two products differ: the parts of a Word file, or the first line of a text.
    """
    if other.startswith(b"PK") and this.startswith(b"PK"):
        with contextlib.suppress(zipfile.BadZipFile):
            return describe_parts(other, this)
    try:
        pairs = itertools.zip_longest(other.decode().splitlines(), this.decode().splitlines())
    except UnicodeDecodeError:
        return f"other bytes, {len(other)} and {len(this)} of them"
    for number, (one, two) in enumerate(pairs, 1):
        if one != two:
            start = max(0, first_difference(one or "", two or "") - 40)
            lines = ("(no such line)" if text is None else text[start : start + WIDEST] for text in (one, two))
            return "line {}:\n    - {}\n    + {}".format(number, *lines)
    return "other ends of lines"


def describe_parts(other: bytes, this: bytes) -> str:
    packages = [zipfile.ZipFile(io.BytesIO(data)) for data in (other, this)]
    one, two = ({name: package.read(name) for name in package.namelist()} for package in packages)
    differ = [name for name in one | two if one.get(name) != two.get(name)]
    return f"parts: {', '.join(differ)}" if differ else "equal parts in another wrapping (order, times or comment)"


def find_differences(other: Path, this: Path) -> dict[str, str]:
    """
    Return the names of products that differ, each with how.
    """
    theirs, ours = names_below(other), names_below(this)
    differences = dict.fromkeys(theirs - ours, "is only in the other checkout")
    differences |= dict.fromkeys(ours - theirs, "is only in this checkout")
    for name in theirs & ours:
        one, two = (other / name).read_bytes(), (this / name).read_bytes()
        if one != two:
            differences[name] = describe_difference(one, two)
    return dict(sorted(differences.items()))


def list_differences(title: str, differences: Mapping[str, str]) -> None:
    if differences:
        print(f"{title}:")
    for kind, names in itertools.groupby(differences, lambda name: name.partition("/")[0]):
        every = list(names)
        for name in every[:MOST_LISTED]:
            print(f"  {name}: {differences[name]}")
        if len(every) > MOST_LISTED:
            print(f"  … and {len(every) - MOST_LISTED} more of {kind}/")


def report(other: Mapping[str, Path], this: Mapping[str, Path], expected: Iterable[str]) -> int:
    """
    Print what differs and what was expected to, and return the exit status.
    """
    every, stopped = 0, []
    awaited: dict[str, str] = {}
    unawaited: dict[str, str] = {}
    for kind in other:
        names = names_below(other[kind]) | names_below(this[kind])
        every += len(names)
        if STOPPED in names:
            stopped.append(next(file for each in (this, other) if (file := each[kind] / STOPPED).is_file()))
        for name, how in find_differences(other[kind], this[kind]).items():
            name = f"{kind.partition('-')[0]}/{name}"
            (awaited if any(fnmatch.fnmatchcase(name, each) for each in expected) else unawaited)[name] = how
    list_differences("Expected to differ", awaited)
    list_differences("Differ", unawaited)
    for file in stopped:
        print(f"{file.parent.name} stopped, so not all of it was made:\n{file.read_text('utf-8')}")
    more = f", {len(awaited)} differ as expected" if awaited else ""
    equal = every - len(awaited) - len(unawaited)
    print(f"{every:,} products, {equal:,} equal, {len(unawaited):,} differ{more}")
    return 1 if unawaited or stopped or not every else 0


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("other", type=Path, metavar="OTHER_CHECKOUT")
    parser.add_argument("this", type=Path, metavar="THIS_CHECKOUT", nargs="?", default=REPOSITORY)
    parser.add_argument("--only", default="", metavar="WORD", help=f"kinds with this in their name: {', '.join(KINDS)}")
    parser.add_argument("--quick", action="store_true", help="fewer products, in a quarter of the time")
    parser.add_argument("--differs", action="append", default=[], metavar="PATTERN", help="names that may differ")
    parser.add_argument("--times", action="store_true", help="say how long each kind takes that is made now")
    options = parser.parse_args()
    if not any(options.only in kind for kind in KINDS):
        parser.error(f"there is no kind '{options.only}'; there are: {', '.join(KINDS)}")
    return options


def main() -> int:
    options = read_options()
    checkouts = [options.other.resolve(), options.this.resolve()]
    for checkout in checkouts:
        if not (checkout / "src/reflect").is_dir():
            sys.exit(f"there is no src/reflect in {checkout}")
        if (tool := checkout / "tools/make_pictures.py").is_file():
            # A source tree may have none, and papers without their pictures would differ.
            subprocess.run([sys.executable, str(tool)], check=True)
    kinds = [f"{kind}{'-quick' * options.quick}" for kind in KINDS if options.only in kind]
    (other, this), times = make_products(checkouts, kinds)
    if options.times:
        print(times)
    return report(other, this, options.differs)


if __name__ == "__main__":
    sys.exit(main())
