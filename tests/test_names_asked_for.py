"""
When a record is closed, a name is asked for only where the record has a place for one.
"""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from reflect.cli import main
from tests.year.hands import fill_word

SESSION = """\
date: 2026-03-04
minutes: 60
today: {what: heron, minutes: 8}
supervisee-items:
- knot
- {what: dunlin, purpose: decide}
"""


def test_a_name_is_asked_for_where_the_record_has_a_place_for_one(tmp_path: Path) -> None:
    """
    The talk has such a place; what cannot wait and short things have none.
    """
    file = tmp_path / "session.yaml"
    file.write_text(SESSION, "utf-8")
    made = CliRunner().invoke(main, ["plan", str(file), "-o", str(tmp_path / "papers")])
    assert made.exit_code == 0, made.output
    record = tmp_path / "papers" / "supervisor" / "record-2026-03-04.docx"
    record.write_bytes(fill_word(record.read_bytes(), {"item-3": "Three voices", "before.seen": "Friday, AM"}))

    closed = CliRunner().invoke(main, ["close", str(record), "--unsigned"])

    assert closed.exit_code == 0, closed.output
    (note,) = (line for line in closed.output.splitlines() if "no words for" in line)
    assert "item-3 (2026-03-04.p2)" in note
    assert ".p1" not in note
    assert ".p3" not in note
