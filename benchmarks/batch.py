"""
Personal copies one after another in one process: ``batch.py ENGINE COPIES [TEMPLATE]``.

The engine ``copies`` makes the first person's record for each: names, date and place differ, and nothing else.
With the others all that people said differs too.

It says how many a second of processor time, and the resident memory in MiB after the 1st, the 100th, the
500th and the last. Nothing is written to disk.
"""

from __future__ import annotations

import os
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

import content


def resident() -> float:
    """
    The memory this process holds now; where that cannot be told, the most it has held.
    """
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 2**20
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10


def maker(engine: str, template: str) -> Callable[[content.Copy], bytes]:
    if engine == "docxtpl":
        import rivals

        given = Path(template).read_bytes()
        return lambda copy: rivals.by_docxtpl(copy, given)
    if engine == "copies":
        return alike()
    import record

    models = record.catalogue()
    return lambda copy: record.by_reflect(record.record(copy), models)


def alike() -> Callable[[content.Copy], bytes]:
    import record
    import reflect

    waiting: list[dict[str, str]] = []
    made = reflect.copies(
        record.record(content.copy(1)), record.NAME, iter(waiting.pop, None),
        reader="supervisee", templates=[record.TEMPLATES], models=record.catalogue(),
    )  # fmt: skip

    def make(copy: content.Copy) -> bytes:
        waiting.append({name: getattr(copy, name) for name in ("supervisee", "supervisor", "date", "place")})
        return next(made)

    return make


def main(engine: str, copies: str, template: str = "") -> None:
    make = maker(engine, template)
    memory: list[float] = []
    spent = 0.0
    for n in range(1, int(copies) + 1):
        copy = content.copy(n)  # what people said is made by each engine's user alike: not counted
        start = time.process_time()
        make(copy)
        spent += time.process_time() - start
        if n in (1, 100, 500, int(copies)):
            memory.append(resident())
    print(int(copies) / spent, *memory)


if __name__ == "__main__":
    main(*sys.argv[1:])
