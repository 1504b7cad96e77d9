"""
What reflect costs, beside docxtpl, python-docx and pandoc, in one table.

    python benchmarks [--quick] [--strict]

`docs/explanation/speed.md` says what each row means.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import core
import papers
import prints
import reading
import rivals
from rounds import Row


def table(rows: list[Row]) -> str:
    """
    Write the rows as a Markdown table.
    """
    said = {None: "", True: "held", False: "**missed**"}
    cells = [("what", "ours", "rival", "times as fast", "goal", "")]
    cells += [(*row[:5], said[row.held]) for row in rows]
    widths = [max(len(row[i]) for row in cells) for i in range(6)]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in cells
    ]
    return "\n".join([lines[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *lines[1:]])


def main() -> int:
    """
    Measure, print the table, and give the exit status.
    """
    parser = argparse.ArgumentParser(prog="python benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer rounds: under a minute")
    parser.add_argument("--strict", action="store_true", help="fail if a goal is missed")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print(papers.same(Path(folder)), end="\n\n", flush=True)
    if not rivals.pandoc():
        print("No pandoc here (pip install pypandoc_binary): its row is left out.\n")
    rows = [
        *papers.measures(asked.quick),
        *prints.measures(asked.quick),
        *core.measures(asked.quick),
        *reading.measures(asked.quick),
    ]
    print(table(rows))
    return int(asked.strict and any(row.held is False for row in rows))


if __name__ == "__main__":
    raise SystemExit(main())
