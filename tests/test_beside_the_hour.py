"""
The sheet beside the hour: leave, sickness, time owed, checks and training have no minutes of it, and no other paper.
"""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Callable
from pathlib import Path

import attrs
import pytest
from click.testing import CliRunner, Result
from pypdf import PdfReader

from reflect.cli import main
from reflect.documents.making import document
from reflect.errors import Faults
from reflect.interchange.values import from_json, to_json
from reflect.papers import BesideTheHour, example
from reflect.papers.beside import BESIDE_THE_HOUR
from reflect.planning.agenda import arrange
from reflect.planning.profiles import profile
from reflect.planning.session_file import SessionFile, Wish, parse
from reflect.questions.rings import ANYONE, READERS, Ring, reader
from reflect.reading_back import from_word, read
from reflect.rendering.rendering import render
from reflect.rendering.session_papers import MORE, papers
from reflect.sessions.record import Record
from tests.documents import everything_in
from tests.handbook import fill_in
from tests.office import sides_in_libreoffice
from tests.test_canvas import saved

NAME = "beside-the-hour"
DAY = datetime.date(2026, 3, 4)
FULL = BesideTheHour(
    who="QZam", date=DAY, leave="QZaugust, and the Friday before Easter", left="QZ11", owed="QZsix hours from court",
    owed_back="QZfriday", away=datetime.date(2026, 2, 16), back=datetime.date(2026, 2, 19), checks="QZlicence",
    checks_until="QZnovember", alone="QZring the desk after the last visit", alone_by="QZbk",
    training="QZfire, and moving people", training_on="QZnineteenth",
)  # fmt: skip
#: Who may have it: the two, whoever writes it, and whoever reads the supervision file.
MAY = {"author", "supervisee", "supervisor", "supervision-file"}
SCHOOL = Wish(what="what to say to the school", purpose="think")
ASIDE = tuple(Wish(what=f"QZ{under}", under=under) for under in BESIDE_THE_HOUR)
FILE = SessionFile(date=DAY, start="10:00", supervisee="AM", supervisor="BK", supervisee_items=(SCHOOL,))


def run(*words: object, code: int = 0) -> Result:
    result = CliRunner().invoke(main, [str(word) for word in words], prog_name="reflect")
    assert result.exit_code == code, result.output
    return result


# --- who reads it


@pytest.mark.parametrize("to", ["docx", "html", "txt", "md", "pdf"])
def test_nobody_else_gets_a_word_of_it(to: str) -> None:
    """
    Wherever it is hidden in a file: a case file, a group, an auditor and anybody get the blank, to the byte.
    """
    if to == "pdf":
        pytest.importorskip("typst")
    nothing = render("", NAME, to=to, reader="anyone")
    for each in READERS:
        made = render(FULL, NAME, to=to, reader=each.name)
        if each.name in MAY:
            assert made != nothing
        else:
            assert made == nothing
            text = PdfReader(io.BytesIO(made)).pages[0].extract_text() if to == "pdf" else everything_in(made, to)
            assert "QZ" not in text


def test_each_of_its_words_is_of_the_supervision_file() -> None:
    """
    So a template for anybody else cannot print one; and what comes back from it is for the same readers.
    """
    record = read(render(FULL, NAME, reader="supervisee"))

    assert {each.ring for each in record.answers} == {Ring.PERSONAL}
    for each in READERS:
        assert bool(record.visible_to(each).answers) is (each.name in MAY)
        assert FULL.visible_to(each).says is (each.name in MAY)
    assert not FULL.visible_to(ANYONE).says


# --- the paper


@pytest.mark.parametrize("to", ["docx", "html"])
def test_it_is_read_back(to: str) -> None:
    """
    Every line of it, from its Word file and from its saved page, and it can be printed again.
    """
    if to == "docx":
        record = read(render(FULL, NAME, reader="supervisee"))
    else:
        record = read(to_json(saved(document(FULL, NAME, reader="supervisee"))).encode())
    fields = {field.name: getattr(FULL, field.name) for field in attrs.fields(BesideTheHour)}
    said = {
        f"{NAME}.{name.replace('_', '-')}": f"{value.day} {value:%B %Y}" if isinstance(value, datetime.date) else value
        for name, value in fields.items()
    }

    assert record.document == NAME
    assert {each.key: each.text for each in record.answers} == said
    assert from_json(to_json(record)).answers == record.answers
    assert render(record, NAME, reader="supervisee", to="txt") == render(FULL, NAME, reader="supervisee", to="txt")


def test_it_has_one_side(tmp_path: Path) -> None:
    """
    Blank and filled in; in Word in large print too, as LibreOffice lays it out. A PDF in large print has two.
    """
    pytest.importorskip("typst")
    for n, what in enumerate(("", FULL)):
        for looks in ((), ("large-print",), ("pen",)):
            data = render(what, NAME, to="pdf", reader="supervisee", looks=looks)
            assert len(re.findall(rb"/Type\s*/Page\b", data)) <= 1 + ("large-print" in looks)
            (tmp_path / f"{n}{''.join(looks)}.docx").write_bytes(render(what, NAME, reader="supervisee", looks=looks))
    assert set(sides_in_libreoffice(tmp_path).values()) == {1}


# --- of sickness, days and no reason


def test_a_file_takes_days_of_sickness_and_no_words() -> None:
    fields = {field.name: field.metadata["form"] for field in attrs.fields(BesideTheHour)}

    assert {type(fields[name]).__name__ for name in ("away", "back")} == {"Day"}
    assert not any("reason" in name or "sick" in name for name in fields)
    assert "away" in example(BesideTheHour)


def has_no_reason(reading: Callable[[Path], Record], file: Path) -> None:
    """
    Whatever was typed on the lines of sickness, their days come back and nothing else, and it is said.
    """
    fill_in(file, {f"{NAME}.away": "QZflu, from 16 February 2026", f"{NAME}.back": "QZnot yet", f"{NAME}.left": "11"})
    record = reading(file)

    assert record.answer(f"{NAME}.away") == "16 February 2026"
    assert record.answer(f"{NAME}.back") == ""
    assert record.answer(f"{NAME}.left") == "11"
    assert record.reading is not None
    assert {key for key, _ in record.reading.doubts} >= {f"{NAME}.away", f"{NAME}.back"}
    assert "QZ" not in to_json(record)


def test_a_reason_on_the_line_of_sickness_is_not_kept(tmp_path: Path) -> None:
    """
    Nor does a copy of the sheet have it, or what is told when it is read.
    """
    file = tmp_path / "sheet.docx"
    file.write_bytes(render("", NAME))
    has_no_reason(read, file)
    told = run("read", file, "-o", tmp_path / "data").output

    assert "QZ" not in told + "".join(each.read_text("utf-8") for each in (tmp_path / "data").iterdir())
    assert "QZ" not in everything_in(render(read(file), NAME, reader="supervisee"), "docx")


def test_the_law_finds_a_reader_that_keeps_reasons(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "sheet.docx"
    file.write_bytes(render("", NAME))
    monkeypatch.setattr(from_word, "only_days", lambda record: record)
    with pytest.raises(AssertionError):
        has_no_reason(read, file)


def test_a_saved_page_keeps_no_reason_either() -> None:
    page = saved(document("", NAME))
    page = attrs.evolve(page, answers=(*page.answers, (f"{NAME}.away", "QZflu")))
    record = read(to_json(page).encode())

    assert "QZ" not in to_json(record)


# --- its items have no minutes


def others(file: SessionFile, to: str, more: tuple[str, ...] = ()) -> dict[tuple[str, str], bytes]:
    """
    All papers of a session but the sheet.
    """
    settings = profile("general")
    made = papers(arrange(file, settings), file, settings, more=more, to=to)
    return {(each.folder, each.name): each.data for each in made if not each.name.startswith(NAME)}


def says_nothing_elsewhere(plan: Callable[[SessionFile], dict[tuple[str, str], bytes]]) -> None:
    """
    A session with items for the sheet has the papers of the same session without them, to the byte.
    """
    mixed = (ASIDE[0], SCHOOL, *ASIDE[1:3])
    with_them = attrs.evolve(FILE, supervisee_items=mixed, supervisor_items=ASIDE[3:])
    assert without_chance(plan(with_them)) == without_chance(plan(FILE))
    assert without_chance(plan(attrs.evolve(FILE, today=ASIDE[0]))) == without_chance(plan(FILE))


def without_chance(made: dict[tuple[str, str], bytes]) -> dict[tuple[str, str], bytes]:
    """
    The same without the number of a calendar entry, which is another each time.
    """
    found = re.compile(rb"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}")
    return {key: found.sub(b"", data) if key[1].endswith((".ics", ".json")) else data for key, data in made.items()}


@pytest.mark.parametrize("to", ["docx", "html", "txt"])
def test_no_other_paper_knows_of_it(to: str) -> None:
    """
    No agenda, no record, no minutes, no kept plan, no calendar entry, and no further paper.
    """
    says_nothing_elsewhere(lambda file: others(file, to, tuple(name for name in MORE if name != NAME)))


def test_the_law_finds_a_plan_that_gives_them_minutes() -> None:
    """
    As if 'under' did not say where they belong.
    """

    def wrong(file: SessionFile) -> dict[tuple[str, str], bytes]:
        own = tuple(attrs.evolve(each, under="") for each in file.supervisee_items)
        return others(attrs.evolve(file, supervisee_items=own), "txt")

    with pytest.raises(AssertionError):
        says_nothing_elsewhere(wrong)


def test_the_sheet_has_them_and_the_screen_says_so(tmp_path: Path) -> None:
    """
    Each on its line, for each of the two; the screen says what they are about, and not what they say.
    """
    file = tmp_path / "s.yaml"
    items = "\n".join(f"- {{what: QZ{under}, under: {under}}}" for under in BESIDE_THE_HOUR)
    file.write_text(f"date: 2026-03-04\nsupervisee: AM\nsupervisee-items:\n- the school\n{items}\n")
    told = run("plan", file, "-o", tmp_path / "out", "--to", "txt").output

    assert "leave, time owed, checks, lone working, training: on the sheet beside the hour" in told
    assert "QZ" not in told
    for folder in ("supervisee", "supervisor"):
        sheet = (tmp_path / "out" / folder / f"{NAME}-2026-03-04.txt").read_text("utf-8")
        assert all(f"QZ{under}" in sheet for under in BESIDE_THE_HOUR)
        rest = [each for each in (tmp_path / "out" / folder).iterdir() if not each.name.startswith(NAME)]
        assert not any(b"QZ" in each.read_bytes() for each in rest)
    assert "QZ" not in run("plan", file).stdout
    # They do not come back into an hour.
    again = run("plan", "--after", tmp_path / "out/supervisee/plan-2026-03-04.json", "--date", "2026-04-01").output
    assert "QZ" not in again


def test_a_profile_or_a_call_asks_for_a_blank() -> None:
    """
    It has the day and who it is about; a group has none, and the call says why.
    """
    general = profile("general")
    ours = attrs.evolve(general, papers=(NAME,))

    def sheets(settings: object, file: SessionFile = FILE, more: tuple[str, ...] = ()) -> list[str]:
        plan = arrange(file, settings)  # type: ignore[arg-type]
        made = papers(plan, file, settings, more=more, to="txt")  # type: ignore[arg-type]
        return [f"{each.folder}: {each.data.decode()}" for each in made if each.name.startswith(NAME)]

    assert sheets(general) == []
    for found in (sheets(ours), sheets(general, more=(NAME,))):
        assert [each.partition(":")[0] for each in found] == ["supervisee", "supervisor"]
        assert all("AM" in each and "4 March 2026" in each for each in found)
    assert sheets(profile("group"), attrs.evolve(FILE, supervisee="", people=6), (NAME,)) == []


@pytest.mark.parametrize(
    ("line", "more", "why"),
    [
        ("{what: QZ, under: sickness}", "", "of sickness nothing but days is written"),
        ("{what: QZ, under: leave, ring: pair}", "", "has readers of its own"),
        ("{what: QZ, under: leave}", "supervisees: [AM, BK]\n", "one person's own affair"),
        ("{what: QZ, under: leaves}", "", "is not an item, a case or a family"),
    ],
)
def test_what_does_not_belong_there_is_refused(line: str, more: str, why: str) -> None:
    """
    With its line, and without repeating it.
    """
    with pytest.raises(Faults, match=why) as wrong:
        parse(f"date: 2026-03-04\n{more}supervisee-items:\n- {line}\n")
    assert [fault.line for fault in wrong.value.faults] == [4 if more else 3]
    assert "QZ" not in str(wrong.value)


def test_a_group_has_no_items_for_the_sheet(tmp_path: Path) -> None:
    file = tmp_path / "s.yaml"
    file.write_text("date: 2026-03-04\nprofile: group\nsupervisee-items:\n- {what: QZ, under: leave}\n")
    told = run("plan", file, code=1).output

    assert "s.yaml:4: 'under: leave' is one person's own affair, and this is a group" in told
    assert "QZ" not in told


def test_the_supervision_file_reads_it_from_a_record() -> None:
    """
    Whoever keeps leave gets what the two wrote, and reads nothing of a session from it.
    """
    record = read(render(FULL, NAME, reader="supervisee")).visible_to(reader("supervision-file"))

    assert record.answer(f"{NAME}.leave").startswith("QZaugust")
    assert record.items == ()
    assert not {"supervisor", "place", "date"} & set(dict(record.facts))
