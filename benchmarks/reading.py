"""
Reading pages, and starting the command line.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from markdown_it import MarkdownIt

from reflect import page
from reflect.catalogues import built_in
from rounds import Row, beside, milliseconds, ms, processes, python

#: So many models are listed: ours, and copies of them under other keys.
PAGES = 60


def measures(quick: bool) -> Iterator[Row]:
    """
    Give the rows about pages and about the start.
    """
    texts = {found.where: found.read() for found in built_in()}
    bare = MarkdownIt("commonmark", {"html": False}).enable("table")
    bodies = [text.split("---\n", 2)[2] for text in texts.values()]
    took = milliseconds(
        {
            "read": lambda _: [page.read(text, where) for where, text in texts.items()],
            "bare": lambda _: [bare.parse(body) for body in bodies],
            "heads": lambda _: [page.read_head(text, where) for where, text in texts.items()],
        },
        3 if quick else 15,
    )
    size = sum(len(text.encode()) for text in texts.values()) / 1000
    row = beside("A page read whole, a kB, beside markdown-it alone", took["read"] / size, took["bare"] / size)
    yield row
    each = took["heads"] / len(texts)
    yield Row(f"Front matter of {PAGES} pages", ms(each * PAGES), "", f"{each:.2f} ms each")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for n in range(PAGES - len(texts)):
            where, text = list(texts.items())[n % len(texts)]
            key = where.removesuffix(".md")
            (folder / f"{key}-{n}.md").write_text(text.replace(f"key: {key}", f"key: {key}-{n}", 1), "utf-8")
        used = processes(
            {
                "python": lambda: python("-c", "pass"),
                "help": lambda: python("-m", "reflect", "--help"),
                "documents": lambda: python("-c", "import reflect.documents"),
                "models": lambda: python("-m", "reflect", "models", "--from", str(folder)),
            },
            5 if quick else 31,
        )
    listed = used["models"].said.count("\n")
    if listed != PAGES:
        raise SystemExit(f"{listed} models were listed, and there are {PAGES}")
    seconds = used["models"].ms / 1000
    yield Row(f"`reflect models`, {PAGES} pages, a process", f"{seconds:.3f} s", "", "", "under 0.3 s", seconds < 0.3)
    bare_ms = used["python"].ms
    for name, key in (("`reflect --help`", "help"), ("`import reflect.documents`", "documents")):
        times = used[key].ms / bare_ms
        goal = key == "help"
        yield Row(f"{name} beside `python -c pass`", ms(used[key].ms), ms(bare_ms), f"costs {times:.1f} times",
                  "at most 5" if goal else "", times <= 5 if goal else None)  # fmt: skip
