"""
Models as a sheet: what goes out comes back the same, and a fault names its cell.
"""

from __future__ import annotations

import csv
import io
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import reflect
from reflect.cli import main
from reflect.errors import Faults, ReflectError, Refused
from reflect.files.tables import MOST_ROWS, name_cell, read_tables, write_csv, write_workbook
from reflect.pages.catalogues import catalogue, our_catalogue, read_page
from reflect.pages.sheets import COLUMNS, WIDTHS, read_sheet, sheet_of
from reflect.pages.writing import write_model
from reflect.questions.model import Model
from tests.documents import a_few
from tests.strategies import models

Tables = dict[str, list[list[str]]]


def workbook_of(tables: Tables) -> bytes:
    return write_workbook(tables, {name: [WIDTHS[cell] for cell in rows[0]] for name, rows in tables.items()})


def saved(folder: Path, rows: Sequence[Sequence[str]], name: str = "questions.csv") -> Path:
    path = folder / name
    path.write_bytes(write_csv(rows) if name.endswith(".csv") else workbook_of({"Sheet1": [list(r) for r in rows]}))
    return path


def faults_of(path: Path) -> list[str]:
    with pytest.raises(Faults) as wrong:
        read_sheet(path)
    return [str(fault).removeprefix(f"{path}: ") for fault in wrong.value.faults]


def written(model: Model) -> bool:
    try:
        write_model(model)
    except Refused:
        return False
    return True


# --- out and in


@pytest.mark.parametrize("key", a_few(our_catalogue(), 8))
def test_a_page_of_ours_comes_back_from_its_workbook(key: str, tmp_path: Path) -> None:
    model = our_catalogue().model(key)
    path = tmp_path / "sheet.xlsx"
    path.write_bytes(workbook_of(sheet_of([model])))

    assert read_page(path) == model


@given(models.filter(written))
def test_any_model_that_a_page_can_hold_comes_back(tmp_path_factory: pytest.TempPathFactory, model: Model) -> None:
    """
    Keys, functions, notes, odd letters and all: nothing is lost or changed on the way.
    """
    path = tmp_path_factory.mktemp("sheet") / "sheet.xlsx"
    path.write_bytes(workbook_of(sheet_of([model])))

    assert read_page(path) == model


def test_several_models_stand_in_one_sheet(tmp_path: Path) -> None:
    several = [our_catalogue().model(key) for key in ("grow", "kolb-cycle", "balint-group")]
    path = tmp_path / "three.xlsx"
    path.write_bytes(workbook_of(sheet_of(several)))
    found = catalogue(path, builtin=False)

    assert [found.model(key) for key in ("grow", "kolb-cycle", "balint-group")] == several
    with pytest.raises(Faults, match="more than one page"):
        read_page(path)


def test_a_csv_holds_the_questions(tmp_path: Path) -> None:
    """
    What a page says about its model has no place in a CSV; every question, with its hint and key, has.
    """
    model = our_catalogue().model("kolb-cycle")
    back = read_page(saved(tmp_path, sheet_of([model])["Questions"]))

    assert [(q.text, q.hint, q.probes, q.core) for q in back.asks] == [
        (q.text, q.hint, q.probes, q.core) for q in model.asks
    ]
    assert [q.key.partition(".")[2] for q in back.asks] == [q.key.partition(".")[2] for q in model.asks]
    assert back.head.draft


# --- what authors type


def test_twelve_questions_are_a_deck(tmp_path: Path) -> None:
    """
    A heading and a column of questions are enough.
    """
    path = saved(tmp_path, [["Question"], *([f"What did you see at the door on day {n}?"] for n in range(12))])
    model = read_page(path)

    assert len(model.asks) == 12
    assert model.title == "Questions"
    run = CliRunner().invoke(main, ["make", "cards", str(path), "-o", str(tmp_path / "cards.html")])
    assert (run.exit_code, run.stderr) == (0, f"{tmp_path / 'cards.html'}\n")
    assert "day 11?" in (tmp_path / "cards.html").read_text("utf-8")


def test_what_is_left_empty_is_as_above(tmp_path: Path) -> None:
    rows = [
        ["Model", "Part", "Minutes", "Question", "Core", "Plain"],
        ["Endings", "Look back", "5 to 10", "What will you miss?", "x", "What do you like here?"],
        ["", "", "", "What won't you?", "", ""],
        ["", "Look ahead", "4", "Who takes it on?", "Yes", ""],
        ["Beginnings", "", "", "What's in your bag?", "", ""],
    ]
    found = catalogue(saved(tmp_path, rows), builtin=False)
    endings = found.model("endings")

    assert [(part.title, part.least, part.usual) for part in endings.questions.parts] == [
        ("Look back", 5, 10),
        ("Look ahead", 4, 4),
    ]
    assert [q.core for q in endings.asks] == [True, False, True]
    assert endings.asks[0].plain == "What do you like here?"
    assert [q.text for q in found.model("beginnings").asks] == ["What's in your bag?"]


def test_steps_stand_in_a_part_that_does_something(tmp_path: Path) -> None:
    """
    The column `does` makes steps of the rows of a part; each may have its own minutes.
    """
    rows = [
        ["part", "does", "question", "minutes"],
        ["Alone", "write", "Write one line.", "1"],
        ["", "", "Underline a word.", ""],
        ["In pairs", "say", "Read your lines to each other.", "4"],
        ["All", "", "What did you hear twice?", ""],
    ]
    model = read_page(saved(tmp_path, rows))

    assert [(str(part.mode), len(part.steps), len(part.asks)) for part in model.questions.parts] == [
        ("write", 2, 0),
        ("say", 1, 0),
        ("ask", 0, 1),
    ]
    assert [step.minutes for step in model.steps] == [1, None, 4]


def test_the_smallest_exercise_is_a_column_of_steps(tmp_path: Path) -> None:
    model = read_page(saved(tmp_path, [["does", "question"], ["do", "Stand up."], ["", "One word each."]]))

    assert [step.text for step in model.steps] == ["Stand up.", "One word each."]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("above", ["", "sep={}\r\n", "Questions for March\r\n\r\n"])
def test_a_csv_as_spreadsheets_save_it(separator: str, above: str, tmp_path: Path) -> None:
    path = tmp_path / "q.csv"
    lines = f'Part{separator}Question\r\nOne{separator}"Who was there, and what did they say?"\r\n'
    path.write_bytes((above.format(separator) + lines).encode("utf-8-sig"))

    assert read_page(path).asks[0].text == "Who was there, and what did they say?"


def test_what_a_spreadsheet_would_calculate_stays_text(tmp_path: Path) -> None:
    """
    Neither a workbook nor a CSV of ours holds a formula, and the words come back as they were.
    """
    rows = [["question", "hint"], ["=1+1 or what?", "-and then?"], ["+44 is whose number?", "@home"]]
    book = saved(tmp_path, rows, "q.xlsx")

    sheet = openpyxl.load_workbook(book)["Sheet1"]
    assert {cell.data_type for row in sheet.iter_rows(values_only=False) for cell in row if cell.value} == {"s"}
    lines = [*csv.reader(io.StringIO(saved(tmp_path, rows).read_bytes().decode("utf-8-sig")))]
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in lines for cell in row)
    for path in (book, tmp_path / "questions.csv"):
        assert [(q.text, q.hint) for q in read_page(path).asks] == [tuple(row) for row in rows[1:]]


# --- faults


FAULTY: dict[str, tuple[list[list[str]], str]] = {
    "no heading": ([["Qestion"], ["Who?"]], "no column is called 'question'"),
    "no row": ([["question"]], "cell A1: there is no row below the headings"),
    "a heading": ([["question", "hnt"], ["Who?", ""]], "cell B1: no column is called so"),
    "two headings": ([["question", "hint", "Hint"], ["Who?", "", ""]], "cell C1: a second column is called 'hint'"),
    "minutes": ([["question", "part", "minutes"], ["Who?", "A", "soon"]], "cell C2: these are no minutes"),
    "minutes later": (
        [["question", "part", "minutes"], ["Who?", "A", "5"], ["Where?", "", "5"]],
        "cell C3: minutes belong to a part",
    ),
    "core": ([["question", "core"], ["Who?", "maybe"]], "cell B2: this is neither yes nor no"),
    "does": ([["question", "does"], ["Who?", "sing"]], "cell B2: 'sing' is nothing that a part does"),
    "no question": ([["part", "question"], ["A", "Who?"], ["A", ""]], "cell B3: this row has no question"),
    "key": ([["question", "key"], ["Who?", "a"], ["Where?", "a"]], "cell B3: the key 'a' is used twice here"),
    "sign": ([["question"], ["Who?\x07"]], "cell A2:"),
    "about": ([["question", "more"], ["Who?", ".sings"]], "cell A2: '.sings' is not known here"),
}


@pytest.mark.parametrize(("rows", "says"), FAULTY.values(), ids=FAULTY)
def test_a_fault_names_its_cell(rows: list[list[str]], says: str, tmp_path: Path) -> None:
    found = faults_of(saved(tmp_path, rows))

    assert found[0].startswith(says)
    assert all("; " in fault for fault in found)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    rows = [
        ["part", "question", "core", "minutes"],
        ["A", "Who?", "perhaps", "x"],
        ["A", "", "", ""],
        ["B", "", "", ""],
    ]
    cells = [fault.partition(":")[0] for fault in faults_of(saved(tmp_path, rows))]

    assert cells == ["cell D2", "cell C2", "cell B3"]


def test_a_date_that_a_spreadsheet_made_is_told(tmp_path: Path) -> None:
    import datetime

    book = openpyxl.Workbook()
    for row in (["part", "question", "minutes"], ["A", "Who?", datetime.date(2026, 10, 5)]):
        book.active.append(row)  # type: ignore[union-attr]
    book.save(tmp_path / "q.xlsx")

    assert faults_of(tmp_path / "q.xlsx")[0].startswith("cell C2: the spreadsheet has made a date")


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_sheet_that_is_none_is_told(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"q.{ending}"
    for data in (b"", b"\0\1\2", b"PK\3\4nothing", b"%PDF-1.7", "Qué?;\n".encode("utf-16"), b'question\n"open'):
        path.write_bytes(data)
        with pytest.raises(ReflectError) as told:
            read_sheet(path)
        assert "open it in Word" not in str(told.value)
    with pytest.raises(Faults, match="no such file"):
        read_sheet(tmp_path / f"nothing.{ending}")


def test_a_workbook_is_opened_with_the_limits_of_every_office_file(tmp_path: Path) -> None:
    bomb = io.BytesIO(saved(tmp_path, [["question"], ["Who?"]], "q.xlsx").read_bytes())
    with zipfile.ZipFile(bomb, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/media/x.xml", b"<a>" + b" " * 60_000_000 + b"</a>")

    with pytest.raises(Faults):
        read_tables(bomb.getvalue(), "q.xlsx")


def test_a_sheet_ends(tmp_path: Path) -> None:
    """
    Too many rows are refused, and rows that are only formatted are not counted.
    """
    assert "more than" in faults_of(saved(tmp_path, [["question"], *[["Who?"]] * (MOST_ROWS + 2)]))[0]
    book = openpyxl.load_workbook(saved(tmp_path, [["question"], ["Who?"]], "q.xlsx"))
    book["Sheet1"].cell(900_000, 1).number_format = "@"
    book.save(tmp_path / "q.xlsx")
    assert len(read_page(tmp_path / "q.xlsx").asks) == 1


def test_without_openpyxl_the_command_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    run = CliRunner().invoke(main, ["sheet", "grow", "-o", str(tmp_path / "g.xlsx")])

    assert run.exit_code == 1
    assert 'pip install "reflect-supervision[sheets]"' in run.stderr
    assert CliRunner().invoke(main, ["sheet", "grow", "-o", str(tmp_path / "g.csv")]).exit_code == 0


# --- the command


def test_a_string_of_pages_has_no_sheet(tmp_path: Path) -> None:
    folder = Path(__file__).parent / "data" / "activities"
    run = CliRunner().invoke(main, ["sheet", str(folder / "string-of-three.md"), "-o", str(tmp_path / "s.xlsx")])

    assert run.exit_code == 1
    assert "write its pages: one-two-four-all dots closing-round" in run.stderr
    assert not (tmp_path / "s.xlsx").exists()


def test_a_sheet_is_not_written_over(tmp_path: Path) -> None:
    target = str(tmp_path / "g.xlsx")
    assert CliRunner().invoke(main, ["sheet", "grow", "-o", target]).exit_code == 0
    before = Path(target).read_bytes()

    assert CliRunner().invoke(main, ["sheet", "kolb-cycle", "-o", target]).exit_code == 1
    assert Path(target).read_bytes() == before
    assert CliRunner().invoke(main, ["sheet", "kolb-cycle", "-o", target, "--force"]).exit_code == 0


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_commands_take_a_sheet_in_the_place_of_a_page(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"two.{ending}"
    assert CliRunner().invoke(main, ["sheet", "grow", "kolb-cycle", "-o", str(path)]).exit_code == 0

    for command in (["show", path], ["check", path], ["make", "booklet", path, "-o", tmp_path / "b.md"]):
        run = CliRunner().invoke(main, [str(word) for word in command])
        assert run.exit_code == 0, run.stderr
    shown = CliRunner().invoke(main, ["show", str(path)]).stdout
    assert reflect.load("grow").asks[0].text.split("{")[0][:20] in " ".join(shown.split())


def test_check_tells_of_words_and_gives_advice(tmp_path: Path) -> None:
    path = saved(tmp_path, [["question"], ["Did {pesron} see it?"]])
    run = CliRunner().invoke(main, ["check", str(path)])

    assert run.exit_code == 1
    assert "no wording has the word 'pesron'" in run.stderr
    fine = CliRunner().invoke(main, ["check", str(saved(tmp_path, [["question"], ["Did you see it?"]]))])
    assert "(closed)" in fine.stderr


@given(st.integers(0, 20_000), st.integers(0, 20_000))
def test_cells_are_named_as_spreadsheets_do(row: int, column: int) -> None:
    from openpyxl.utils import get_column_letter

    if column < 18_000:
        assert name_cell(row, column) == f"{get_column_letter(column + 1)}{row + 1}"
    assert len(set(COLUMNS)) == len(COLUMNS)
