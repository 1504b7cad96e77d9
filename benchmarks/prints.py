"""
The record as PDF, beside Typst called directly: a page of Typst markup written for this record alone.

The rival has the same words, headings, lists, tables and boxes, one font from the same package, and is a tagged
PDF/UA-1 as ours is; it has none of the rest: no document in between, no letters looked for, no places to write in.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import content
import record
import reflect
import rivals
from content import MATRIX, OPTIONS, STEPS, Copy
from reflect.diagrams import raster
from rounds import Row, milliseconds, ms

_HEAD = """
#set document(title: "Session record")
#set page(paper: "a4", margin: (left: 36mm, right: 22mm, y: 23mm), header: [%s], footer: context [%s #h(1fr)
  Page #counter(page).display() of #counter(page).final().first()])
#set text(font: "Source Sans Pro", lang: "en", region: "GB", size: 12pt, hyphenate: false)
#let grid-of(columns, ..cells) = table(columns: columns, table.header(..cells.pos().slice(0, columns)),
  ..cells.pos().slice(columns))
#let box-of(body) = block(width: 100%%, stroke: (left: 2pt + teal), inset: (left: 4mm, y: 1mm), body)
"""


def _text(text: str) -> str:
    return f"#{json.dumps(text, ensure_ascii=False)};"


def _line(line: str) -> str:
    said = {(False, False): "%s", (True, False): "*%s*", (False, True): "_%s_"}
    return "".join(said[bold, italic] % _text(text) for text, bold, italic in rivals.looks(line))


def _table(rows: tuple[tuple[str, ...], ...]) -> str:
    cells = ", ".join(f"[{_text(cell)}]" for row in rows for cell in row)
    return f"#grid-of({len(rows[0])}, {cells})"


def markup(copy: Copy) -> str:
    """
    Write the record in Typst's own markup, values as texts.
    """
    answers = iter(copy.answers)
    out = [_HEAD % (_text(rivals.HEADER), _text(rivals.FOOTER))]
    out += [f"= {_text(f'Session record: {copy.supervisee}')}", _table(rivals.facts(copy))]
    for n, step in enumerate(STEPS, 1):
        out += [f"== {_text(f'{n}. {step.title}')}", _line(step.guidance)]
        for m, question in enumerate(step.questions, 1):
            out += [f"*{_text(f'{n}.{m}')}* {_line(question)}", f"#box-of[{_text(next(answers))}]"]
    rows = [(*action, "", "") for action in copy.actions]
    blank = [("",) * len(rivals.COLUMNS)] * (rivals.ROWS - len(rows))
    out += ["== Matrix", _table(MATRIX), "== Options", _table(OPTIONS)]
    out += ["== How confident are you?", _text(rivals.TICKS.replace("\t", " ")), _text(rivals.ENDS)]
    out += ["== Actions", _table((rivals.COLUMNS, *rows, *blank)), "== Sign-off"]
    for role, name in (("Supervisee", copy.supervisee), ("Supervisor", copy.supervisor)):
        out += [role, _text(rivals.AGREED.replace("\t", " ")), _text(f"Name {name} Date"), "Comments"]
    return "\n\n".join(out)


def measures(quick: bool) -> Iterator[Row]:
    """
    Give the row about PDF; none where Typst is not installed.
    """
    fonts = raster.fonts()
    try:
        import typst
    except ImportError:
        fonts = ()
    if not fonts:
        return
    rounds, warm = 7 if quick else 31, 3
    models = record.catalogue()
    copies = [content.copy(n) for n in range(warm + rounds)]
    values = [record.record(copy) for copy in copies]
    of_package = typst.Fonts(include_system_fonts=False, font_paths=[str(Path(fonts[0]).parent)])

    def directly(n: int) -> bytes:
        compiler = typst.Compiler(markup(copies[n]).encode(), font_paths=of_package, ignore_system_fonts=True)
        made = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=0)
        assert isinstance(made, bytes)
        return made

    took = milliseconds(
        {
            "reflect": lambda n: reflect.render(
                values[n], record.NAME, to="pdf", reader="supervisee", templates=[record.TEMPLATES], models=models
            ),
            "typst": directly,
        },
        rounds,
        warm,
    )
    times = took["reflect"] / took["typst"]
    yield Row("The record as PDF, beside Typst called directly", ms(took["reflect"]), ms(took["typst"]),
              f"costs {times:.1f} times", "at most 2", times <= 2)  # fmt: skip
