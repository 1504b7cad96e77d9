"""
A thousand handouts from a list: one Word file for each line of a CSV file, on all processors.

python examples/mail_merge.py people.csv folder [model]

The columns of the list are facts: organisation, date, place, supervisor, supervisee, title.
"""

import csv
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import reflect


def main(people: Path, folder: Path, model: str = "kolb-cycle") -> int:
    """
    Write the handouts, and tell of those that could not be made.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with people.open(encoding="utf-8-sig", newline="") as file:
        rows = [{name: text for name, text in row.items() if text} for row in csv.DictReader(file)]
    what = reflect.load(model)
    lost = 0
    with ProcessPoolExecutor() as executor:
        for made in reflect.render_many(((what, row) for row in rows), "handout", executor=executor):
            if made.error:
                lost += 1
                print(f"line {made.number + 1}: {made.error}", file=sys.stderr)
            else:
                (folder / f"handout-{made.number:04}.docx").write_bytes(made.data)
    print(f"{len(rows) - lost} of {len(rows)} written")
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:]))
