"""
Our own kinds of exchange: the spreadsheet that authors write, and the JSON of models and sets.
"""

from __future__ import annotations

from reflect.errors import Fault, Faults, Refused
from reflect.files.tables import write_workbook
from reflect.interchange.values import from_json, to_json
from reflect.pages.reading import read_model
from reflect.pages.sheets import WIDTHS, pages_of_sheet, sheet_of
from reflect.questions.model import Model
from reflect.questions.sets import Composable, QuestionSet
from reflect.questions.wordings import Wording


def write_sheet(what: Composable, _: Wording) -> bytes:
    """
    Return a model as a workbook, as `reflect sheet` does.
    """
    if not isinstance(what, Model):
        raise Refused("a sheet stands for a page; give a model, or write the set as JSON")
    tables = sheet_of([what])
    return write_workbook(tables, {name: [WIDTHS[each] for each in rows[0]] for name, rows in tables.items()})


def read_one_sheet(data: bytes, where: str) -> tuple[Model, tuple[str, ...]]:
    """
    Return the model that a workbook stands for.
    """
    pages = list(pages_of_sheet(data, f"{where}.xlsx", "Questions").values())
    if len(pages) != 1:
        what = f"this sheet holds {len(pages)} models"
        raise Faults((Fault(where, None, what, "give each a file of its own, or use the sheet as it is"),))
    return read_model(pages[0], where), ()


def write_json(what: Composable, _: Wording) -> bytes:
    """
    Return a model or a set as our JSON.
    """
    return to_json(what if isinstance(what, Model) else what.questions).encode()


def read_json(data: bytes, where: str) -> tuple[Model | QuestionSet, tuple[str, ...]]:
    """
    Return the model or set that our JSON holds.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Faults((Fault(where, None, "this is not UTF-8", "save it as UTF-8"),)) from None
    value = from_json(text, where=where, kinds=("model", "question-set"))
    assert isinstance(value, (Model, QuestionSet))
    return value, ()
