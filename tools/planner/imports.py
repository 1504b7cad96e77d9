"""
Which modules of the standard library the page needs: those that Python has loaded once every module of reflect is
loaded and every paper of the matrix is made, and those that reflect or a library names in an import anywhere.

It runs inside Pyodide, after matrix.py, with the whole standard library; build.py --list writes its answer down.
"""

import importlib
import json
import os
import sys

SITE = "/lib/site"
#: Found by name alone: encodings of files that people bring and of names in zips, and how a written day is read.
BY_NAME = (
    "_strptime",
    *(f"encodings.{name}" for name in ("ascii", "cp1252", "cp437", "latin_1", "utf_16", "utf_8_sig")),
)
#: Imported inside functions that the page does not call: packages are looked up on a machine, not in a page.
NOT_CALLED = ("importlib.metadata",)


def every_module():
    """
    Yield the name of each module that is laid into the page.
    """
    for home, _, files in os.walk(SITE):
        for file in sorted(files):
            if file.endswith(".pyc"):
                path = os.path.relpath(os.path.join(home, file), SITE)
                yield path.removesuffix(".pyc").replace("/", ".").removesuffix(".__init__")


def standard_modules():
    """
    Return the paths of the modules of the standard library that are needed, as its zip has them.
    """
    names = [name for name in every_module() if name.startswith("reflect.") and not name.endswith("__main__")]
    for name in (*names, *BY_NAME):
        importlib.import_module(name)
    hashes()  # noqa: F821  # of matrix.py
    origins = [str(getattr(getattr(module, "__spec__", None), "origin", "")) for module in list(sys.modules.values())]
    return sorted(origin.partition(".zip/")[2] for origin in origins if "/lib/python3" in origin and ".zip/" in origin)


json.dumps(standard_modules())
