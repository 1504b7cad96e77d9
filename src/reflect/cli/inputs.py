"""
Read what a command is given by name: models, pages, records, journals, templates and brands.
"""

from __future__ import annotations

import itertools
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reflect.cli.messages import print_line, print_message
from reflect.files.reading import SHEET_ENDINGS
from reflect.files.word_names import WORD_ENDINGS, is_word_name

if TYPE_CHECKING:
    from reflect.documents.makers import What
    from reflect.errors import Fault
    from reflect.formats.word.brand import Brand
    from reflect.pages.catalogues import Catalogue
    from reflect.papers import StandingPaper
    from reflect.sessions.journal import Journal
    from reflect.sessions.record import Record


def read_catalogue(sources: Iterable[str]) -> Catalogue:
    """
    Return the catalogue of our models and those that ``--from`` names, without the pages of a folder that are wrong.
    """
    from reflect.pages.catalogues import catalogue, our_catalogue

    if not sources:
        return our_catalogue()
    models, faults = catalogue(*map(path_or_package, sources)).without_faults()
    tell_what_is_left_out(faults)
    for note in models.notes():
        print_message(f"note: {note}")
    return models


def path_or_package(text: str) -> str | Path:
    """
    Return the path that an option names, or the name of a package as it is.
    """
    from reflect.files.places import names_package

    return text if names_package(text) else Path(text)


def tell_what_is_left_out(faults: Iterable[Fault]) -> None:
    """
    Print what is wrong with pages of a folder, and that they are left out: one bad page stops no other.
    """
    pages = dict.fromkeys(fault.where for fault in faults)
    for fault in faults:
        print_message(str(fault))
    for page in pages:
        print_message(f"note: {page} was left out")


def read_catalogue_and_key(text: str, sources: Iterable[str]) -> tuple[Catalogue, str]:
    """
    Return a catalogue, and the key or outline to look up in it; the file of a page or of a sheet gives both.
    """
    models, keys = read_catalogue_and_keys(text, sources)
    return models, " + ".join(keys)


def read_catalogue_and_keys(text: str, sources: Iterable[str]) -> tuple[Catalogue, tuple[str, ...]]:
    """
    Return a catalogue, and the keys of all models in a file of pages; of what is no file, what it says.
    """
    if is_page_name(text):
        from reflect.errors import Fault, Faults
        from reflect.pages.catalogues import catalogue

        if os.path.isdir(text):
            raise Faults((Fault(text, None, "is a folder", f"name a page in it, or a model and --from {text}"),))
        models = read_catalogue((*sources, text))
        return models, tuple(catalogue(Path(text), builtin=False))
    models = read_catalogue(sources)
    page = next((f"{text}{ending}" for ending in _PAGE_ENDINGS if os.path.isfile(f"{text}{ending}")), "")
    if page and text not in models:
        raise click.BadParameter(f"there is no model '{text}'; for the page in this folder write {page}")
    return models, (text,)


#: What the file of a page ends in, or of a sheet that stands for pages.
_PAGE_ENDINGS = (".md", ".txt", *SHEET_ENDINGS, *WORD_ENDINGS)


def is_page_name(text: str) -> bool:
    """
    Whether a text names the file of a page: Markdown, plain text, a sheet or Word.
    """
    return text.lower().endswith(_PAGE_ENDINGS)


def _is_page_in_word(path: Path, needs_model: bool) -> bool:
    """
    Whether a Word file is a page, and not a paper that somebody filled in.

    Args:
        needs_model: Whether nothing but a model is of any use.
    """
    from reflect.files.word_names import read_word_data
    from reflect.pages.word_pages import open_word_page

    page = open_word_page(read_word_data(path, str(path)), str(path))
    return not page.is_ours and (needs_model or page.is_like_a_page)


def read_subject(
    text: str, sources: tuple[str, ...], templates: tuple[str, ...] = (), *, needs_model: bool = False
) -> tuple[What, Catalogue]:
    """
    Return what a document is made of (a record, a filled Word file, a model or an outline), and its catalogue.

    Args:
        needs_model: Whether the document is made of a model: a Word file that is not a paper of ours is then a page.
    """
    if text == "-" or (is_word_name(text) and not _is_page_in_word(Path(text), needs_model)):
        from reflect.reading_back import read as read_back

        models = read_catalogue(sources)
        file = read_standard_input() if text == "-" else Path(text)
        filled = read_back(file, models=models, templates=template_folders(templates))
        print_doubts(filled)
        return filled, models
    if text.endswith(".json"):
        from reflect.files.reading import read_text
        from reflect.interchange.values import from_json
        from reflect.sessions.record import Record

        return from_json(read_text(Path(text), text), Record, where=text), read_catalogue(sources)
    models, outline_text = read_catalogue_and_key(text, sources)
    from reflect.questions.outlines import read_outline
    from reflect.questions.sets import Use

    outline = read_outline(outline_text, models.find_nearest)
    return (models.load(outline.path) if isinstance(outline, Use) else outline), models


def read_standing_paper(
    text: str, kind: type[StandingPaper], sources: tuple[str, ...] = ()
) -> tuple[StandingPaper, Catalogue] | None:
    """
    Return a standing paper from its YAML file, or from the journal it is made from, and the catalogue; None for the
    file of a record.
    """
    from reflect.papers.paper import load_with_doubts

    if text.endswith((".yaml", ".yml")):
        standing_paper, doubts = load_with_doubts(kind, Path(text))
        for doubt in doubts:
            print_message(f"warning: {doubt}")
        return standing_paper, read_catalogue(sources)
    if os.path.isdir(text):
        past, models = read_journal(text), read_catalogue(sources)
        if (paper := kind.of_journal(past, models=models)) is not None:
            return paper, models
    if text == "-" or text.endswith((".json", ".docx")):
        return None
    sorts = "a YAML file ('--example' prints one), a journal's folder, or the record of a session, .json or .docx"
    raise click.BadParameter(f"this paper cannot be made of '{text}'; name {sorts}", param_hint="'WHAT'")


#: What standard input is called in messages.
STANDARD_INPUT = "standard input"


def read_standard_input() -> bytes:
    """
    Return what somebody sends to the command, cut off one byte past the most that a file may have.
    """
    from reflect.files.office import LIMITS

    if sys.stdin.isatty():
        raise click.UsageError(
            "- is standard input, and nothing is sent to it; send a file: reflect read - < record.docx"
        )
    return sys.stdin.buffer.read(LIMITS.file + 1)


#: Standard input has at most so many bytes of lines.
_MOST_BYTES = 100_000


def read_lines() -> tuple[str, ...]:
    """
    Return the lines that somebody sends to the command, or types: an empty line ends what is typed.
    """
    from reflect.files.reading import decode_text

    if sys.stdin.isatty():
        print_line("One line each; an empty line ends it.")
        return tuple(itertools.takewhile(str.strip, iter(sys.stdin.readline, "")))
    text = decode_text(sys.stdin.buffer.read(_MOST_BYTES + 1), STANDARD_INPUT)
    if len(text) > _MOST_BYTES:
        raise click.UsageError(f"standard input has more than {_MOST_BYTES:,} bytes; bring less")
    return tuple(line for line in text.splitlines() if line.strip())


def read_record(name: str, sources: tuple[str, ...], templates: tuple[str, ...] = ()) -> Record:
    """
    Return a record from its JSON, or from the Word file or saved page that was filled in.
    """
    from reflect.files.reading import read_text
    from reflect.interchange.values import from_json
    from reflect.reading_back import read as read_back
    from reflect.sessions.record import Record

    path = Path(name)
    if path.suffix.lower() == ".json":
        value = from_json(read_text(path, name), where=name)
        return value if isinstance(value, Record) else read_back(path, models=read_catalogue(sources))
    file = read_standard_input() if name == "-" else path
    record = read_back(file, models=read_catalogue(sources), templates=template_folders(templates))
    print_doubts(record)
    return record


def print_doubts(record: Record) -> None:
    """
    Say what is uncertain about a record that was read from a file, and what of it is left out.
    """
    if record.reading:
        for line in (*(f"{key}: {doubt}" for key, doubt in record.reading.doubts), *record.reading.notes):
            print_message(f"note: {line}")


def models_used_in(folder: str) -> set[str]:
    """
    Return the keys of the models that the records in a folder used.
    """
    from reflect.errors import Fault, Faults
    from reflect.files.folders import is_folder, list_folder
    from reflect.files.reading import hint_at_file, read_text
    from reflect.interchange.values import from_json
    from reflect.sessions.record import Record

    path = Path(folder)
    if not is_folder(path):
        raise Faults((Fault(folder, None, "is not a folder", f"name a folder of records{hint_at_file(path)}"),))
    values = (from_json(read_text(file, str(file)), where=str(file)) for file in list_folder(path, ".json"))
    return {item.use.partition(".")[0] for value in values if isinstance(value, Record) for item in value.items}


def read_journal(folder: str | None) -> Journal:
    from reflect.sessions import journal

    return journal.read(Path(folder)) if folder else journal.EMPTY


def template_folders(templates: Iterable[str]) -> tuple[Path, ...]:
    """
    Return the folders of templates that ``--templates`` names; if any are missing, one error names them all.
    """
    from reflect.files.places import folders_of

    return folders_of("templates", map(path_or_package, templates))


def read_brand(file: str | None) -> Brand | None:
    """
    Return the brand in the file that ``--brand`` names, if there is one.
    """
    if file is None:
        return None
    from reflect.errors import Fault, Faults, ReflectError
    from reflect.files.places import locate, names_package
    from reflect.files.reading import hint_at_file
    from reflect.formats.word.branding import brand

    path = locate(file).brand_file() if names_package(file) else Path(file)
    if not os.path.isfile(path):
        remedy = f"name a Word document or template with --brand{hint_at_file(path)}"
        raise Faults((Fault(file, None, "is not a file" if os.path.exists(path) else "is not there", remedy),))
    try:
        return brand(path)
    except ReflectError as error:
        what, _, remedy = str(error).partition("; ")
        raise Faults((Fault(file, None, what, remedy or "name another file"),)) from None
