"""
Make the products of some kinds, in the process of one checkout.

    python -m products FOLDER CHECKOUT KIND...

Each kind becomes a folder; a kind that is named with ``-quick`` has fewer products.
"""

from __future__ import annotations

import importlib
import os
import sys
import time
import traceback
from pathlib import Path

import reflect
from products import KINDS, STOPPED, names_below
from products.making import Inputs


def make_kind(kind: str, folder: Path, checkout: Path) -> None:
    """
    Write every product of a kind into a folder; if it stops halfway, its last product says so.
    """
    here = Path.cwd()
    name, _, few = kind.partition("-")
    make = getattr(importlib.import_module(f"products.{KINDS[name]}"), f"make_{name}")
    folder.mkdir()
    try:
        for product, data in make(Inputs(here / "inputs", bool(few))):
            if b"\0" not in data[:4096] and not data.startswith((b"PK", b"%PDF")):
                for place, word in {here: b"FOLDER", checkout: b"CHECKOUT"}.items():  # these differ each time
                    data = data.replace(str(place).encode(), word)
            file = folder / product
            file.parent.mkdir(parents=True, exist_ok=True)
            with file.open("xb") as new:
                new.write(data)
    except Exception:
        os.chdir(here)
        (folder / STOPPED).write_text(traceback.format_exc(), "utf-8")


def main(folder: Path, checkout: Path, kinds: list[str]) -> None:
    if checkout / "src" not in Path(reflect.__file__).resolve().parents:
        sys.exit(f"reflect is that of {reflect.__file__}, and not of {checkout}")
    os.fsync = lambda _: None  # waiting for the disk takes longest, and nothing here has to outlive the machine
    for kind in kinds:
        started = time.perf_counter()
        make_kind(kind, folder / kind, checkout)
        print(f"{kind}: {len(names_below(folder / kind))} in {time.perf_counter() - started:.1f} s", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
