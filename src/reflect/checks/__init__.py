"""
Find what is wrong in the files people write: pages, folders of pages, templates, wordings, JSON and Word files.

Each kind of file has its check in a module here, and a line in `check_file`.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from reflect.checks.checked import Checked
from reflect.checks.pages import add_advice, check_page, check_plain_page, check_sheet, check_word_page, sound_pages
from reflect.checks.templates import check_template, is_template
from reflect.errors import Fault, Faults, ReflectError
from reflect.files.folders import fault_of_folder, is_folder
from reflect.files.reading import decode_text, hint_at_file, read_data, read_text
from reflect.files.word_names import is_word_name, read_word_data
from reflect.interchange.values import from_json
from reflect.pages.catalogues import word_pages_in
from reflect.pages.reading import read_head
from reflect.pages.word_pages import open_word_page
from reflect.sessions.record import Record
from reflect.shown import count_of

if TYPE_CHECKING:
    from reflect.checks.around import Around

__all__ = ["Checked", "check"]

#: What a Word file may be said to be: a page, or a paper that people read.
PAGE, PAPER = "page", "paper"


def check(path: Path, *, advise: bool = False, kind: str = "", around: Around | None = None) -> Iterator[Checked]:
    """
    Check a file, or every page and wording in a folder; questions are compared within the folder.

    Args:
        advise: Whether to give advice on pages that are in order.
        kind: What a YAML file is, such as ``"agreement"``; by default, what its names say. Of a Word file ``"page"`` or
            ``"paper"``; by default, what it looks like.
        around: Where what a YAML file names is looked for; by default among ours, and beside it.

    Raises:
        Refused: Advice is wanted, but the packages for it are not installed.
    """
    results = tuple(_check_folder(path, around) if is_folder(path) else [check_file(path, kind, around)])
    yield from add_advice(results) if advise else results
    if advise and is_folder(path):
        yield from _check_habits(path, results)


def _check_habits(folder: Path, results: Iterable[Checked]) -> Iterator[Checked]:
    """
    Give advice on what the pages of a folder do too often, all of them together; nothing if there is none.
    """
    from reflect.checks.habits import advice_on_habits  # a file alone needs no counts

    models = [model for result in results for model, _ in sound_pages(result)]
    if advice := tuple(advice_on_habits(models, str(folder))):
        yield Checked(folder, advice=advice, taken_for=f"a folder with {count_of(len(models), 'page')}")


def check_file(path: Path, kind: str = "", around: Around | None = None) -> Checked:
    """
    Check one file; its ending and its content decide what kind it is, or *kind* does for YAML and Word.
    """
    where = str(path)
    try:
        match path.suffix.lower():
            case ".md":
                text = decode_text(data := read_data(path, where), where)
                return check_template(path) if is_template(text) else attrs.evolve(check_page(path, text), data=data)
            case ".txt":
                return check_plain_page(path, decode_text(read_data(path, where), where))
            case ".yaml" | ".yml":
                from reflect.checks.yaml_files import check_yaml_file  # pages need not load standing papers

                return check_yaml_file(path, kind, around)
            case ".json":
                from reflect.checks.records import check_record  # pages need not load what reads Word

                value = from_json(read_text(path, where), where=where)
                return check_record(path, value) if isinstance(value, Record) else Checked(path)
            case ".docx" | ".dotx":
                return _check_word_file(path, kind)
            case ".csv" | ".xlsx":
                return check_sheet(path)
            case _ if os.path.exists(path):
                remedy = "name a page (.md or .txt), a sheet, a YAML or JSON file, a Word file or a folder"
                return Checked(path, (Fault(where, None, "is not a file that can be checked", remedy),))
            case _:
                return Checked(path, (Fault(where, None, "is not there", f"check its name{hint_at_file(path)}"),))
    except Faults as wrong:
        return Checked(path, wrong.faults)
    except ReflectError as wrong:
        return Checked(path, (Fault(where, None, str(wrong), "mend the page"),))


def _check_word_file(path: Path, kind: str) -> Checked:
    """
    Check a Word file as a page, if somebody says that it is one or it looks like one, or otherwise as a paper.
    """
    from reflect.checks.records import check_word_file  # pages need not load what reads Word

    if kind != PAPER:
        page = open_word_page(read_word_data(path, str(path)), str(path))
        if kind == PAGE or (page.is_like_a_page and not page.is_ours):
            return check_word_page(path, page)
    return check_word_file(path)


def _check_folder(folder: Path, around: Around | None) -> Iterator[Checked]:
    """
    Check every page, template and wording in a folder, and that no two pages in it have the same key.
    """
    closed: list[OSError] = []
    places = os.walk(folder, onerror=closed.append)
    files: list[Path] = []
    for inside, _, names in places:
        files += [Path(inside, name) for name in names if _can_be_ours(name)]
        files += word_pages_in(Path(inside, name) for name in names if is_word_name(name) or name.endswith(".md"))
    for error in closed:
        place = Path(os.fsdecode(error.filename or folder))
        yield Checked(place, fault_of_folder(error, place).faults)
    keys: dict[tuple[Path, str], Path] = {}
    for file in sorted(files):
        result = check_file(file, "", around)
        if file.suffix == ".md" and not result.faults and not is_template(text := read_text(file, str(file))):
            key = read_head(text, str(file)).key
            first = keys.setdefault((file.parent, key), file)
            if first != file:
                fault = Fault(
                    str(file), None, f"has the key '{key}', and {first} has it too", "give one of them another"
                )
                result = attrs.evolve(result, faults=(fault,))
        yield result
    if not files and not closed:
        remedy = "name a folder of pages (.md) or wordings (.yaml)"
        yield Checked(folder, (Fault(str(folder), None, "has no files that can be checked", remedy),))


def _can_be_ours(name: str) -> bool:
    return name.endswith((".md", ".yaml", ".yml")) and name.lower() != "readme.md" and name[0] not in "._"
