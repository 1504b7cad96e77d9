"""
The four-page record, by everybody: the same words first, then what they cost.
"""

from __future__ import annotations

import io
import subprocess
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from itertools import takewhile
from pathlib import Path
from shutil import which
from xml.etree import ElementTree

import content
import record
import rivals
from rounds import Row, beside, grown, milliseconds, processes, python, ran

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
#: A table of actions has three to eight rows: so many records until none is of a new shape.
_WARM = 6


def words(paper: bytes) -> list[str]:
    """
    The words of a Word file's body, in their order; hints in blank places are none.
    """
    body = ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(paper)).read("word/document.xml"))
    for run in body.iter(f"{_W}r"):
        if run.find(f"{_W}rPr/{_W}rStyle[@{_W}val='PlaceholderText']") is not None:
            run.clear()
    lines = []
    for paragraph in body.iter(f"{_W}p"):
        lines.append("".join((each.text or "") if each.tag == f"{_W}t" else " " for each in paragraph.iter()))
    return " ".join(lines).split()


def pages(papers: dict[str, Path]) -> dict[str, str]:
    """
    How many pages LibreOffice makes of each; nothing where it is not there.
    """
    if not which("soffice") or not which("pdfinfo"):
        return {}
    folder = next(iter(papers.values())).parent
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*command, *map(str, papers.values())], check=True, capture_output=True)
    told = {}
    for name, paper in papers.items():
        said = subprocess.run(["pdfinfo", str(paper.with_suffix(".pdf"))], check=True, capture_output=True, text=True)
        told[name] = next(line.split()[1] for line in said.stdout.splitlines() if line.startswith("Pages:"))
    return told


def same(folder: Path) -> str:
    """
    Make the record by all engines; stop if their words differ. Say what they made.
    """
    copy = content.copy(3)
    made = {
        "reflect": record.by_reflect(record.record(copy), record.catalogue()),
        "docxtpl": rivals.by_docxtpl(copy, rivals.docxtpl_template(lean=True)),
        "docxtpl, fat template": rivals.by_docxtpl(copy, rivals.docxtpl_template(lean=False)),
        "python-docx": rivals.by_python_docx(copy),
    }
    if rivals.pandoc():
        out = folder / "pandoc.docx"
        ran(rivals.pandoc_words(str(out)), rivals.markdown(copy))
        made["pandoc"] = out.read_bytes()
    ours = words(made["reflect"])
    files = {}
    for number, (name, paper) in enumerate(made.items()):
        alike = sum(1 for _ in takewhile(lambda two: two[0] == two[1], zip(ours, words(paper), strict=False)))
        if words(paper) != ours:
            raise SystemExit(f"{name} says something else than reflect, from word {alike + 1} on; nothing was timed")
        files[name] = folder / f"{number}.docx"
        files[name].write_bytes(paper)
    counted = pages(files)
    told = ", ".join(f"{name} {len(made[name]):,} bytes{_of(counted, name)}" for name in made)
    return f"The same {len(ours):,} words in the same order: {told}."


def _of(counted: dict[str, str], name: str) -> str:
    return f" on {counted[name]} pages" if name in counted else ""


def measures(quick: bool) -> Iterator[Row]:
    """
    Give the rows about the record.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lean, fat = folder / "lean.docx", folder / "fat.docx"
        lean.write_bytes(rivals.docxtpl_template(lean=True))
        fat.write_bytes(rivals.docxtpl_template(lean=False))
        yield from _alone(folder, lean, 3 if quick else 21)
        yield from _warm(lean.read_bytes(), fat.read_bytes(), 7 if quick else 41)
        yield from _thousand(lean, quick)
    yield _growth(3 if quick else 9)


def _alone(folder: Path, lean: Path, rounds: int) -> Iterator[Row]:
    out = str(folder / "out.docx")
    text = rivals.markdown(content.copy(1))
    jobs = {
        "reflect": lambda: python("once.py", "reflect", out),
        "docxtpl": lambda: python("once.py", "docxtpl", out, str(lean)),
        "python-docx": lambda: python("once.py", "python-docx", out),
    }
    if rivals.pandoc():
        jobs["pandoc"] = lambda: ran(rivals.pandoc_words(out), text)
    used = processes(jobs, rounds)
    ours = used["reflect"]
    for engine in list(jobs)[1:]:
        yield beside(f"A process for one record, beside {engine}", ours.ms, used[engine].ms)
    for engine in ("docxtpl", "python-docx"):
        yield beside(f"First record of a process, beside {engine}", float(ours.said), float(used[engine].said))


def _warm(lean: bytes, fat: bytes, rounds: int) -> Iterator[Row]:
    models = record.catalogue()
    copies = [content.copy(n) for n in range(_WARM + rounds)]
    values = [record.record(copy) for copy in copies]
    jobs: dict[str, Callable[[int], object]] = {
        "reflect": lambda n: record.by_reflect(values[n], models),
        "docxtpl": lambda n: rivals.by_docxtpl(copies[n], lean),
        "docxtpl, fat template": lambda n: rivals.by_docxtpl(copies[n], fat),
        "python-docx": lambda n: rivals.by_python_docx(copies[n]),
    }
    took = milliseconds(jobs, rounds, _WARM)
    goals = {"docxtpl": 5.0, "python-docx": 15.0}
    for engine in list(jobs)[1:]:
        yield beside(f"A further record, beside {engine}", took["reflect"], took[engine], goals.get(engine))


def _thousand(lean: Path, quick: bool) -> Iterator[Row]:
    few = "20" if quick else "100"
    speeds: dict[str, list[tuple[float, float]]] = {"copies": [], "reflect": []}
    memories: list[list[float]] = []
    for _ in range(1 if quick else 5):
        rival = float(python("batch.py", "docxtpl", few, str(lean)).said.split()[0])
        for engine, some in speeds.items():
            ours, *memory = map(float, python("batch.py", engine, "1000").said.split())
            some.append((ours, rival))
            memories.append(memory)
    named = {
        "copies": ("A thousand copies, names, date and place differing, per core, beside docxtpl", 15),
        "reflect": ("A thousand records, every answer differing, per core, beside docxtpl", None),
    }
    for engine, (name, goal) in named.items():
        ours, rival = sorted(speeds[engine], key=lambda two: two[0] / two[1])[len(speeds[engine]) // 2]
        ratio = ours / rival
        yield Row(name, f"{ours:.0f} a second", f"{rival:.0f} a second", f"{ratio:.1f}",
                  f"at least {goal}" if goal else "", ratio >= goal if goal else None)  # fmt: skip
    worst = max(memories, key=lambda memory: memory[-1] - memory[1])
    most = worst[-1] - worst[1]
    marks = " / ".join(f"{each:.1f}" for each in worst)
    name = "Memory after the 1st / 100th / 500th / 1000th of them, at worst"
    yield Row(name, f"{marks} MiB", "", f"{most:+.1f} MiB", "at most 2 after the 100th", most <= 2)


def _growth(rounds: int) -> Row:
    sizes = (1, 2, 4, 8, 16, 32)
    models = {n: record.catalogue(n) for n in sizes}
    values = {n: record.record(content.copy(1, n), n) for n in sizes}
    jobs = {str(n): (lambda _, n=n: record.by_reflect(values[n], models[n])) for n in sizes}
    took = milliseconds(jobs, rounds)
    return grown("The record n times as long", {n: took[str(n)] for n in sizes}, 1.15)
