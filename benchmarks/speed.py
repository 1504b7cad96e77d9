"""
What a Word file costs, beside docxtpl and python-docx, as ratios in one run.

    python benchmarks/speed.py [--quick]

Whole process: Python starts, loads what it needs, makes one worksheet of about four pages. One-off:
the first such worksheet of a process, libraries and values at hand, its template not read yet. Warm:
the same in a process that has made it before. Growth: a worksheet of n parts, with the exponent of time over
size (1 is linear). Start: `reflect --help` and `reflect models` against a bare `python -c pass`.
Rounds are interleaved and medians compared, so that load on the machine falls on all alike.
"""

from __future__ import annotations

import argparse
import io
import math
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import docx
import docxtpl

import reflect
from reflect.documents import document
from reflect.nodes import Answer, Heading, Paragraph, words

MODEL = "three-column-mapping"


def content(model: reflect.Model) -> list[dict[str, str]]:
    """
    The worksheet as kinds and texts: what the other two are given.
    """
    out = []
    for block in document(model, "worksheet").blocks:
        match block:
            case Heading():
                out.append({"kind": "head", "text": words(block.children)})
            case Paragraph():
                out.append({"kind": "text", "text": words(block.children)})
            case Answer():
                out.append({"kind": "box", "text": ""})
    return out


def docxtpl_template(path: Path) -> None:
    paper = docx.Document()
    for line in (
        "{%p for b in blocks %}",
        "{%p if b.kind == 'head' %}",
        "{{ b.text }}",
        "{%p elif b.kind == 'text' %}",
        "{{ b.text }}",
        "{%p else %}",
        "{{ b.text }}",
        "{%p endif %}",
        "{%p endfor %}",
    ):
        paper.add_paragraph(line, style="Heading 1" if line == "{{ b.text }}" else None)
    paper.save(str(path))


def by_docxtpl(path: Path, blocks: list[dict[str, str]]) -> bytes:
    paper = docxtpl.DocxTemplate(str(path))
    paper.render({"blocks": blocks}, autoescape=True)
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def by_python_docx(blocks: list[dict[str, str]]) -> bytes:
    paper = docx.Document()
    for block in blocks:
        if block["kind"] == "box":
            paper.add_table(1, 1, style="Table Grid").cell(0, 0).text = "\n\n\n"
        else:
            paper.add_paragraph(block["text"], style="Heading 1" if block["kind"] == "head" else "Normal")
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def median_ms(jobs: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    times: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(rounds):
        for name, job in jobs.items():
            start = time.perf_counter()
            job()
            times[name].append((time.perf_counter() - start) * 1000)
    return {name: statistics.median(each) for name, each in times.items()}


def said_ms(jobs: dict[str, tuple[str, ...]], rounds: int) -> dict[str, float]:
    """
    The median of what processes say they took.
    """
    times: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(rounds):
        for name, words_ in jobs.items():
            done = subprocess.run([sys.executable, *words_], check=True, capture_output=True, text=True)
            times[name].append(float(done.stdout))
    return {name: statistics.median(each) for name, each in times.items()}


def process(*words_: str) -> Callable[[], object]:
    return lambda: subprocess.run([sys.executable, *words_], check=True, stdout=subprocess.DEVNULL)


def page(parts: int) -> str:
    """
    A model of that many parts, with three questions each.
    """
    lines = ["# A long one"]
    for n in range(parts):
        lines += ["", f"## Part {n}", "", "Tell it plainly, before anyone explains it.", ""]
        lines += [f"- Who stood where at the door on day {n} of week {q}? {{#q{q} .core}}" for q in range(3)]
    return "\n".join(lines) + "\n"


def table(title: str, times: dict[str, float], base: str) -> None:
    print(f"\n{title}\n")
    print(f"| {'':<28} |       ms | times {base} |\n| {'-' * 28} | -------- | {'-' * (6 + len(base))} |")
    for name, ms in times.items():
        print(f"| {name:<28} | {ms:8.2f} | {ms / times[base]:{6 + len(base)}.2f} |")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true", help="fewer rounds")
    quick = parser.parse_args().quick
    few, many = (3, 15) if quick else (11, 101)
    model = reflect.load(MODEL)
    blocks = content(model)
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "template.docx"
        docxtpl_template(template)
        given = Path(folder) / "given.json"
        given.write_text(__import__("json").dumps(blocks))
        alone = (
            "import json, sys, docxtpl\n"
            "paper = docxtpl.DocxTemplate(sys.argv[1])\n"
            "paper.render({'blocks': json.load(open(sys.argv[2]))}, autoescape=True)\n"
            "paper.save(sys.argv[3])"
        )
        ours = (
            "import sys, reflect\nopen(sys.argv[1], 'wb').write(reflect.render(reflect.load(sys.argv[2]), 'worksheet'))"
        )
        out = str(Path(folder) / "out.docx")
        table(
            "One worksheet, whole process",
            median_ms(
                {
                    "reflect": process("-c", ours, out, MODEL),
                    "docxtpl": process("-c", alone, str(template), str(given), out),
                    "python -c pass": process("-c", "pass"),
                },
                few,
            ),
            "reflect",
        )
        first_ours = (
            "import sys, time, reflect\nimport reflect.documents, reflect.formats.word\n"
            "model = reflect.load(sys.argv[1])\n"
            "start = time.perf_counter()\n"
            "reflect.render(model, 'worksheet')\n"
            "print((time.perf_counter() - start) * 1000)"
        )
        first_docxtpl = (
            "import io, json, sys, time, docxtpl\n"
            "blocks = json.load(open(sys.argv[2]))\n"
            "start = time.perf_counter()\n"
            "paper = docxtpl.DocxTemplate(sys.argv[1])\n"
            "paper.render({'blocks': blocks}, autoescape=True)\n"
            "paper.save(io.BytesIO())\n"
            "print((time.perf_counter() - start) * 1000)"
        )
        table(
            "One worksheet, one-off",
            said_ms(
                {
                    "reflect": ("-c", first_ours, MODEL),
                    "docxtpl": ("-c", first_docxtpl, str(template), str(given)),
                },
                few,
            ),
            "reflect",
        )
        table(
            "One worksheet, warm",
            median_ms(
                {
                    "reflect": lambda: reflect.render(model, "worksheet"),
                    "docxtpl": lambda: by_docxtpl(template, blocks),
                    "python-docx": lambda: by_python_docx(blocks),
                },
                many,
            ),
            "reflect",
        )
        sizes = [10, 20, 40, 80, 160]
        growing = {n: reflect.read_page(page(n)) for n in sizes}
        jobs = {f"{n} parts": (lambda m=m: reflect.render(m, "worksheet")) for n, m in growing.items()}
        times = median_ms(jobs, 3 if quick else 9)
        table("Growth", times, "10 parts")
        first, last = times[f"{sizes[0]} parts"], times[f"{sizes[-1]} parts"]
        print(f"\nexponent {math.log(last / first) / math.log(sizes[-1] / sizes[0]):.2f} (1 is linear)")
    table(
        "Start of the command line",
        median_ms(
            {
                "python -c pass": process("-c", "pass"),
                "reflect --help": process("-m", "reflect", "--help"),
                "reflect models": process("-m", "reflect", "models"),
            },
            7 if quick else 31,
        ),
        "python -c pass",
    )


if __name__ == "__main__":
    main()
