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
from reflect.text.nodes import NewPage
from tests.documents import MODEL_PAPERS, OUTLINE, TWO_SIDED_HANDOUTS, a_few
from tests.test_documents import record_with
from tests.test_word import tool

SESSIONS = {
    "agenda": OUTLINE,
    "agenda-group": "arrive@5 + balint-group@45 + close@10",
    "agenda-lenses": "arrive@3 + wellbeing-check-in@8 + workload@6 + seven-eyed@36 + close@7",
    "record": OUTLINE,
    "record-three": "arrive@3 + previous-actions@5 + workload@7 + what-so-what-now-what@35 + learning@5 + close@5",
}


#: Papers of several models, and one of none.
JOINED = {
    "comparison": "kolb-cycle + gibbs-cycle",
    "comparison-three": "kolb-cycle + gibbs-cycle + balint-group",
    "comparison-four": "grow + clear + worries-strengths-hopes + seven-eyed",
    "cards-mixed": "kolb-cycle + balint-group",
    "take-away": "",
}
ALONE = "alone"
#: Handouts whose sheet to fill has no room beside what is done, and a record with much written on it.
TWO_SIDES = (*(f"handout-{key}" for key in TWO_SIDED_HANDOUTS), "record-filled")
#: So many pages at most; what is not named here may be as long as it is.
MOST = {"agenda": 1, "record": 1, "handout": 1, "slide": 1, "take": 1, "comparison": 2, "notes": 3, "diagram": 1}


@pytest.fixture(scope="module", params=[*MODEL_PAPERS, "diagram", ALONE])
def papers(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """
    One paper of every model in Word, or those that are of sessions, of several models and of none.
    """
    tool("soffice")  # without it nothing is made in vain
    folder = tmp_path_factory.mktemp("papers")
    if request.param != ALONE:
        for key in reflect.catalogue():
            (folder / f"{request.param}-{key}.docx").write_bytes(reflect.render(key, request.param))
        return folder
    for name, outline in SESSIONS.items():
        paper = name.partition("-")[0]
        data = reflect.render(outline, paper, facts={"start": "10:00"}, wording="childrens-social-work")
        (folder / f"{name}.docx").write_bytes(data)
    filled = reflect.render(record_with("Words & <signs>, as typed.\n\nTwice."), "record", reader="supervisee")
    (folder / "record-filled.docx").write_bytes(filled)
    for name, joined in JOINED.items():
        paper = name if name == "take-away" else name.partition("-")[0]
        (folder / f"{name}.docx").write_bytes(reflect.render(joined, paper))
    return folder


def test_microsofts_validator_finds_nothing_in_any_paper(papers: Path) -> None:
    """
    Every paper is valid Open XML; of those that are alike, one in four is looked at where everything has to hold.
    """
    validator = tool("ooxml-validator")
    files = sorted(papers.glob("*.docx"))
    for file in a_few(files, 8, in_ci=4):
        done = subprocess.run([validator, str(file)], capture_output=True, text=True, timeout=60, check=False)

        assert json.loads(done.stdout)["errors"] == [], file.name


def most_pages(name: str) -> int:
    kind, _, key = name.partition("-")
    if kind == "slide":
        return 1 + sum(isinstance(block, NewPage) for block in reflect.document(key, kind).blocks)
    return 2 if name in TWO_SIDES else MOST[kind]


def test_papers_keep_to_their_pages(papers: Path, tmp_path: Path) -> None:
    """
    In LibreOffice an agenda and a record of an hour, a handout and each slide are one page.
    """
    office, info = tool("soffice"), tool("pdfinfo")
    files = {str(f): most_pages(f.stem) for f in sorted(papers.glob("*.docx")) if f.stem.partition("-")[0] in MOST}
    if not files:
        return
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    subprocess.run(
        [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *files],
        capture_output=True, timeout=300, check=True,
    )  # fmt: skip
    pages = {}
    for file in files:
        pdf = tmp_path / f"{Path(file).stem}.pdf"
        said = subprocess.run([info, str(pdf)], capture_output=True, text=True, check=True).stdout
        pages[file] = int(re.search(r"Pages:\s+(\d+)", said)[1])

    assert {name: n for name, n in pages.items() if n > files[name]} == {}
