"""
The planner in Firefox, from a folder: a plan, Word, a record that LibreOffice filled, and the next plan from it.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from reflect.planner import records
from reflect.testing import contents
from tests.built_planner import page
from tests.test_planner_records import WRITTEN, begun
from tests.test_planner_records_page import in_libreoffice
from tests.test_planner_safety import modules
from tests.test_word import tool

DRIVER = Path(__file__).parent / "browser" / "planner_firefox.cjs"


@pytest.mark.long
def test_a_round_in_firefox(tmp_path: Path) -> None:
    """
    An hour is planned and saved in Word; a record from LibreOffice is read, and its open actions are in the next plan.
    """
    built, firefox, node = page(), tool("firefox-esr"), tool("node")
    opened, first = begun()
    records.fill(opened, {"number": first["number"], "who": "supervisor", **WRITTEN})
    made: Any = records.save(opened, {"number": first["number"], "who": "supervisor", "to": "docx"})
    (tmp_path / "ours").mkdir()
    (tmp_path / "saved").mkdir()
    (tmp_path / "ours" / "filled.docx").write_bytes(made["file"]["bytes"])
    in_libreoffice(tmp_path / "ours" / "filled.docx", tmp_path)
    command = [node, str(DRIVER), firefox, str(built), str(tmp_path / "filled.docx"), str(tmp_path / "saved")]
    environment = {**os.environ, "NODE_PATH": modules()}
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False, env=environment)
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    word = " ".join(text for _, text in contents((tmp_path / "saved" / seen["word"]).read_bytes(), "docx"))

    assert seen["errors"] == []
    assert max(seen["wide"]) <= 0
    assert len(seen["parts"]) > 2
    assert "Agenda" in word
    assert "We ring on Monday." in seen["record"]
    assert "Ring the school" in seen["agenda"]
