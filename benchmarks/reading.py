"""
Reading pages and filled papers, and starting the command line.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from pathlib import Path

import docx
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from markdown_it import MarkdownIt

import content
import record
import reflect
from reflect.pages import our_heads, reading
from reflect.pages.catalogues import our_pages
from rounds import Row, beside, milliseconds, ms, processes, python

#: So many models are listed: ours, and if they are fewer than sixty, copies of them under other keys.
PAGES = max(60, len(our_pages()))


def walked(paper: bytes) -> list[tuple[str, list[tuple[str, bool | None, bool | None]]]]:
    """
    What python-docx sees of a paper: each paragraph's style and runs, those in controls and tables among them.
    """
    opened = docx.Document(io.BytesIO(paper))
    found = []
    for element in opened.element.body.iter(qn("w:p")):
        each = Paragraph(element, opened._body)
        style = each.style.name if each.style is not None else ""
        found.append((style or "", [(run.text, run.bold, run.italic) for run in each.runs]))
    return found


def _papers(quick: bool) -> Iterator[Row]:
    """
    The rows about filled papers, which python-docx opens and walks through, and reflect gives back as records.
    """
    rounds, warm = 5 if quick else 21, 2
    models = record.catalogue()
    filled = [record.by_reflect(record.record(content.copy(n)), models) for n in range(rounds + warm)]
    usual = reflect.render("arrive@3 + kolb-cycle@45 + close@12", "record")
    took = milliseconds(
        {
            "read": lambda n: reflect.read(filled[n], models=models, templates=[record.TEMPLATES]),
            "walked": lambda n: walked(filled[n]),
            "usual": lambda n: reflect.read(usual),
            "usual walked": lambda n: walked(usual),
        },
        rounds,
        warm,
    )
    for name, ours, rival in (("four pages", "read", "walked"), ("two pages, blank", "usual", "usual walked")):
        yield beside(f"A record read back, {name}, beside python-docx walking it", took[ours], took[rival], 1.0)


def measures(quick: bool) -> Iterator[Row]:
    """
    Give the rows about pages, about filled papers and about the start.
    """
    yield from _papers(quick)
    texts = {page.where: page.read_text() for page in our_pages()}
    bare = MarkdownIt("commonmark", {"html": False}).enable("table")
    bodies = [text.split("---\n", 2)[2] for text in texts.values()]
    took = milliseconds(
        {
            "read": lambda _: [reading.read_model(text, where) for where, text in texts.items()],
            "bare": lambda _: [bare.parse(body) for body in bodies],
            "heads": lambda _: [reading.read_head(text, where) for where, text in texts.items()],
            "listed": lambda _: our_heads.read_list(our_heads.LIST.read_text("utf-8")),
        },
        3 if quick else 15,
    )
    size = sum(len(text.encode()) for text in texts.values()) / 1000
    row = beside("A page read whole, a kB, beside markdown-it alone", took["read"] / size, took["bare"] / size)
    yield row
    each = took["heads"] / len(texts)
    yield Row(f"Front matter of {PAGES} pages", ms(each * PAGES), "", f"{each:.2f} ms each")
    yield beside("The heads of our pages from their list, beside reading the pages", took["listed"], took["heads"], 5)
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
                "documents": lambda: python("-c", "import reflect.documents.making"),
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
    for name, key in (("`reflect --help`", "help"), ("`import reflect.documents.making`", "documents")):
        times = used[key].ms / bare_ms
        goal = key == "help"
        yield Row(f"{name} beside `python -c pass`", ms(used[key].ms), ms(bare_ms), f"costs {times:.1f} times",
                  "at most 5" if goal else "", times <= 5 if goal else None)  # fmt: skip
