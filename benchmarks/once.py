"""
One record by one engine in a process of its own: ``once.py ENGINE OUT [TEMPLATE]``.

It says how many ms of processor time the making itself took, libraries and values at hand.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import content


def main(engine: str, out: str, template: str = "") -> None:
    copy = content.copy(1)
    if engine == "reflect":
        import record
        from reflect import formats
        from reflect.documents import making as documents

        formats.writer("docx")  # what a render loads when it is asked for is at hand too
        assert documents
        models, what = record.catalogue(), record.record(copy)
        models.model(f"{record.KEY}-0")
        start = time.process_time()
        made = record.by_reflect(what, models)
    else:
        import rivals

        given = Path(template).read_bytes() if template else b""
        start = time.process_time()
        made = rivals.by_docxtpl(copy, given) if given else rivals.by_python_docx(copy)
    took = time.process_time() - start
    Path(out).write_bytes(made)
    print(took * 1000)


if __name__ == "__main__":
    main(*sys.argv[1:])
