"""
Papers as people hold them: rendered by LibreOffice, judged by Microsoft's validator.
"""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

import reflect
from tests.documents import MODEL_PAPERS, OUTLINE
from tests.test_documents import record_with
from tests.test_word import tool

SESSIONS = {
    "agenda": OUTLINE,
    "agenda-group": "arrive@5 + balint-group@45 + close@10",
    "agenda-lenses": "arrive@3 + wellbeing-check-in@8 + workload@6 + seven-eyed@36 + close@7",
    "record": OUTLINE,
    "record-three": "arrive@3 + previous-actions@5 + workload@7 + what-so-what-now-what@35 + learning@5 + close@5",
}


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """
    Every paper of every model, and some of sessions, in Word.
    """
    folder = tmp_path_factory.mktemp("papers")
    for key in reflect.catalogue():
        for paper in MODEL_PAPERS:
            (folder / f"{paper}-{key}.docx").write_bytes(reflect.render(reflect.load(key), paper))
    for name, outline in SESSIONS.items():
        paper = name.partition("-")[0]
        data = reflect.render(outline, paper, facts={"start": "10:00"}, wording="childrens-social-work")
        (folder / f"{name}.docx").write_bytes(data)
    filled = reflect.render(record_with("Words & <signs>, as typed.\n\nTwice."), "record", reader="supervisee")
    (folder / "record-filled.docx").write_bytes(filled)
    return folder


def test_microsofts_validator_finds_nothing_in_any_paper(papers: Path) -> None:
    """
    Every paper of every model is valid Open XML.
    """
    validator = tool("ooxml-validator")
    for file in sorted(papers.glob("*.docx")):
        done = subprocess.run([validator, str(file)], capture_output=True, text=True, timeout=60, check=False)

        assert json.loads(done.stdout)["errors"] == [], file.name


def test_papers_keep_to_their_pages(papers: Path, tmp_path: Path) -> None:
    """
    In LibreOffice an agenda of an hour is one page, a record two, a handout one.
    """
    office, info = tool("soffice"), tool("pdfinfo")
    files = [str(f) for f in sorted(papers.glob("*.docx")) if f.name.startswith(("agenda", "record", "handout"))]
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    subprocess.run(
        [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *files],
        capture_output=True, timeout=300, check=True,
    )  # fmt: skip
    pages = {}
    for file in sorted(tmp_path.glob("*.pdf")):
        said = subprocess.run([info, str(file)], capture_output=True, text=True, check=True).stdout
        pages[file.stem] = int(re.search(r"Pages:\s+(\d+)", said)[1])

    assert len(pages) == len(files)
    assert {name: n for name, n in pages.items() if n != (2 if name.startswith("record") else 1)} == {}
