"""
A paper inside a document of python-docx: the document stays as it is, and the paper comes back.
"""

from __future__ import annotations

import importlib
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import attrs
import pytest

import reflect
from reflect.errors import MissingExtra, Refused
from reflect.files.office import NotOpened, open_package
from reflect.files.xml import to_text
from reflect.questions.rings import READERS, Ring
from reflect.sessions.parts import Action, Answered
from reflect.sessions.record import Record
from reflect.text.prose import lines_of
from reflect.word_files.word_reading import read_word_file
from reflect.word_files.word_xml import value_of
from tests.test_word import tool

OUTLINE = "arrive@3 + own-item@50 + close@7"


def extra(name: str) -> Any:
    """
    A library of others; where everything has to hold it must be there.
    """
    return importlib.import_module(name) if os.environ.get("REFLECT_CI") == "1" else pytest.importorskip(name)


def host() -> Any:
    """
    Somebody's document, with a paragraph in a list and one in a table.
    """
    docx = extra("docx")
    made = docx.Document()
    made.add_heading("Export", 1)
    made.add_paragraph("Before the paper.", style="List Bullet")
    made.add_table(rows=1, cols=1).cell(0, 0).text = "In a table."
    made.add_paragraph("After the paper.")
    return made


def saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def record() -> Record:
    blank = reflect.read(reflect.render(OUTLINE, "record"))
    answers = (
        Answered(key="item-2", ring=Ring.PERSONAL, lines=lines_of("said\nand more")),
        Answered(key="next-date", ring=Ring.ASSURANCE, lines=lines_of("1 April 2026")),
    )
    actions = (Action(what="ask", who="JT", by="Friday", ring=Ring.PERSONAL),)
    return attrs.evolve(blank, facts=(("date", "4 March 2026"),), answers=answers, actions=actions)


def told(back: Record) -> object:
    answers = {each.key: (each.ring, [line.text for line in each.lines]) for each in back.answers}
    return answers, [(each.what, each.who, each.by) for each in back.actions], dict(back.facts)["date"]


PAPERS = {"record": "", "agenda": OUTLINE, "worksheet": "kolb-cycle", "handout": "seven-eyed", "notes": "balint-group"}


@pytest.mark.parametrize("name", PAPERS)
@pytest.mark.parametrize("where", ["end", "behind"])
def test_the_document_stays_as_it_is(name: str, where: str, tmp_path: Path) -> None:
    """
    Its styles, its paragraphs in their order and its lists are what they were; what is added is valid Open XML.
    """
    document = host()
    before = open_package(saved(document))
    paragraph = {"end": None, "behind": document.paragraphs[1]}[where]
    reflect.into(document, paragraph, record() if name == "record" else PAPERS[name], name, reader="supervisor")
    data = saved(document)
    after = open_package(data)

    def styles(package: Any) -> dict[str, str]:
        root = package.tree("word/styles.xml")
        own = (each for each in root if each.tag.endswith("}style"))
        return {value_of(each, "name") or "": to_text(each) for each in own}

    assert styles(before).items() <= styles(after).items()
    own = [para.text for para in read_word_file(before).paras if para.text]
    texts = iter(para.text for para in read_word_file(after).paras)
    assert all(line in texts for line in own)
    assert all(name in after for name in before)
    file = tmp_path / "made.docx"
    file.write_bytes(data)
    done = subprocess.run([tool("ooxml-validator"), str(file)], capture_output=True, text=True, timeout=60, check=False)
    assert json.loads(done.stdout)["errors"] == []


@pytest.mark.parametrize("where", ["end", "behind"])
def test_the_paper_comes_back_with_its_rings(where: str) -> None:
    """
    The record is read from the document as from its own file, and nobody sees more of it.
    """
    document = host()
    paragraph = {"end": None, "behind": document.paragraphs[1]}[where]
    reflect.into(document, paragraph, record(), "record", reader="supervisor")
    back = reflect.read(saved(document))

    assert told(back) == told(record())
    own = reflect.read(reflect.render(record(), "record", reader="supervisor"))
    for each in READERS:
        assert {a.key for a in back.visible_to(each).answers} <= {a.key for a in own.visible_to(each).answers}


def test_it_comes_back_from_a_merged_document(tmp_path: Path) -> None:
    """
    docxcompose drops what a file says of itself; the rings are in the controls.
    """
    composing = extra("docxcompose.composer")
    document = host()
    reflect.into(document, document.paragraphs[1], record(), "record", reader="supervisor")
    whole = host()
    composer = composing.Composer(whole)
    composer.append(document)
    composer.save(tmp_path / "merged.docx")
    back = reflect.read(tmp_path / "merged.docx")

    assert told(back) == told(record())


def test_two_papers_are_not_read_as_one() -> None:
    document = host()
    for _ in range(2):
        reflect.into(document, None, record(), "record", reader="supervisor")
    with pytest.raises(NotOpened, match="more than one paper"):
        reflect.read(saved(document))


def test_lists_and_styles_are_put_there_once_each() -> None:
    """
    A second paper uses the styles of the first, and its numbers begin anew.
    """
    document = host()
    for _ in range(2):
        reflect.into(document, None, "balint-group", "notes")
    ids = [style.style_id for style in document.styles]
    assert len(ids) == len(set(ids))
    numbers = [each.get(f"{_W}numId") for each in document.part.numbering_part.element.iter(f"{_W}num")]
    assert len(numbers) == len(set(numbers))


def test_a_document_without_lists_gets_some() -> None:
    docx = extra("docx")
    document = docx.Document()
    part = document.part
    for key, relation in list(part.rels.items()):
        if relation.reltype.endswith("/numbering"):
            del part.rels[key]
    reflect.into(document, None, OUTLINE, "agenda")

    assert "word/numbering.xml" in open_package(saved(document))


_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def test_what_cannot_be_put_into_a_document_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Cards have pages of their own; a document is one of python-docx; and it says how to install that.
    """
    document, other = host(), host()
    with pytest.raises(Refused, match="pages of their own"):
        reflect.into(document, None, "balint-group", "cards")
    with pytest.raises(Refused, match="in no table"):
        reflect.into(document, document.tables[0].cell(0, 0).paragraphs[0], OUTLINE, "agenda")
    with pytest.raises(Refused, match="not in this document"):
        reflect.into(document, other.paragraphs[0], OUTLINE, "agenda")
    with pytest.raises(Refused, match=r"docx\.Document\(\)"):
        reflect.into("made.docx", None, OUTLINE, "agenda")  # type: ignore[arg-type]
    monkeypatch.setitem(sys.modules, "docx.document", None)
    with pytest.raises(MissingExtra, match="python-docx"):
        reflect.into(document, None, OUTLINE, "agenda")
