"""
A thousand handouts from a list: one Word file for each line of a CSV file, on all processors.

python examples/mail_merge.py teams.csv folder

The list has a column ``model`` with the key of a model, and may have columns for what a handout prints: ``title``,
``organisation`` and ``marking``. A file that exists already stays as it is.
"""

import csv
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import reflect

PRINTED = ("title", "organisation", "marking")


def main(people: Path, folder: Path) -> int:
    """
    Write the handouts, and report those that could not be made.
    """
    with people.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    if unknown := {name for row in rows for name in row} - {"model", *PRINTED}:
        print(f"a handout does not print {', '.join(sorted(map(str, unknown)))}", file=sys.stderr)
        return 1
    folder.mkdir(parents=True, exist_ok=True)
    failures = 0
    with ProcessPoolExecutor() as executor:
        for made in reflect.render_many(_items(rows), "handout", executor=executor, progress=_report_progress):
            try:
                data = made.data
                with (folder / f"handout-{made.number:04}.docx").open("xb") as paper:
                    paper.write(data)
            except (reflect.ReflectError, OSError) as error:
                failures += 1
                what = f"{error.filename}: {error.strerror}" if isinstance(error, OSError) else error
                print(f"line {made.number + 1}: {what}", file=sys.stderr)
    print(f"{len(rows) - failures} of {len(rows)} written")
    return 1 if failures else 0


def _items(rows: list[dict[str, str]]) -> Iterator[tuple[str, dict[str, str]]]:
    for row in rows:
        yield row["model"], {name: row[name] for name in PRINTED if row.get(name)}


def _report_progress(done: int, failed: int) -> None:
    if done % 100 == 0:
        print(f"{done} done, {failed} of them failed", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
