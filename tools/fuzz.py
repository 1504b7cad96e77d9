"""
Read what a fuzzer makes of a filled record, for as long as it is let: only `ReflectError` may come out.

    python -m pip install atheris
    python tools/fuzz.py FOLDER -max_total_time=3600 -max_len=300000 -timeout=10 -rss_limit_mb=2048

FOLDER holds what was found worth keeping; begun empty, it is given a record to begin with, whole and part by part.
"""

from __future__ import annotations

import contextlib
import io
import sys
import zipfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["reflect"]):
    import reflect
    import reflect.reading_back

PAPER = reflect.render("arrive@3 + kolb-cycle@45 + close@12", "record")
#: The parts a fuzzer may write anew; a first byte says which, and any other that the bytes are a whole file.
PARTS = (
    "word/document.xml",
    "docProps/custom.xml",
    "word/glossary/document.xml",
    "word/numbering.xml",
    "word/styles.xml",
)
SAVED = b'{"schema":"reflect-filled","document":"record","about":{},"answers":{"item-1":"x"}}'


def parts() -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(PAPER)) as package:
        return {name: package.read(name) for name in package.namelist()}


_WHOLE = parts()


def file_of(data: bytes) -> bytes:
    """
    The file that some bytes stand for.
    """
    which = data[0] if data else len(PARTS)
    if which >= len(PARTS):
        return data[1:]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, text in {**_WHOLE, PARTS[which]: data[1:]}.items():
            package.writestr(name, text)
    return out.getvalue()


def read(data: bytes) -> None:
    with contextlib.suppress(reflect.ReflectError):
        reflect.read(file_of(data))


def main() -> None:
    """
    Fill the folder if it is empty, and begin.
    """
    folder = Path(next(word for word in sys.argv[1:] if not word.startswith("-")))
    folder.mkdir(parents=True, exist_ok=True)
    if not any(folder.iterdir()):
        for n, name in enumerate(PARTS):
            (folder / f"part-{n}").write_bytes(bytes([n]) + _WHOLE[name])
        (folder / "whole").write_bytes(b"\xff" + PAPER)
        (folder / "saved").write_bytes(b"\xff" + SAVED)
    atheris.Setup(sys.argv, read)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
