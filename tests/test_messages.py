"""
Every message people can meet is in the catalogue ``tests/messages``, as it is printed.
"""

from __future__ import annotations

import re

from tests.messages import FOLDER, catalogue, sites, told, watched

ENTRIES = catalogue()

#: Places that no input reaches, each by a piece of its source and with the reason.
UNREACHABLE: dict[str, str] = {
    "the planner's parts are not installed": "they may be installed; tests/test_planner_own.py takes them away",
    "f\"{what}; run: pip install 'reflect-supervision[planner]": "it needs another version; tests/test_planner_own.py",
    "another program is at work in": "it needs another process; tests/test_writes.py has one",
    "look at it, and then try again": "it needs another process; tests/test_writes.py saves a file in between",
    "or send it on with > or |": "it needs a terminal; tests/test_terminal.py has one",
    "would be written twice": "no command does so; tests/test_writes.py does",
    "'mend the page'": "a page that reads can be written: a law of tests/test_page.py",
    "has no place in a document": "the parser of pages and templates makes no other kind of block",
    "you are not allowed to": "an administrator may read everything; tests/test_cli.py shows it to others",
    "advice needs two more packages": "where the messages are written, they are installed; tests/test_advice.py hides them",
    "workbooks (.xlsx) need openpyxl": "where the messages are written, openpyxl is installed; tests/test_sheets.py hides it",
    "PDF needs another package": "where the messages are written, it is installed; tests/test_pdf.py takes it away",
    "slide shows need other packages": "where the messages are written, it is installed; tests/test_slides.py takes it away",
    "{barrier.what}": "a Word file is too large to print there; tests/test_branding.py has one for each barrier",
    "Fault(where, None, f'the printed line": "a Word file is too large to print there; tests/test_closing.py changes one",
    "ask them, and have one option ticked": "a Word file is too large to print there; tests/test_closing.py has one",
    "compare it with a copy that was kept": "a Word file is too large to print there; tests/test_closing.py has one",
    "cannot be laid out as PDF": "no paper is known that cannot; tests/test_pdf.py breaks the layout",
    "this is not a line of a CSV file": "a line longer than the reader of CSV takes would fill the catalogue",
    "Fault(str(folder), None, f'cannot be read: {what}'": "a folder that is closed to us; tests/test_unreadable.py has one",
    "install that package again": "it needs an installed package; tests/test_extensions.py has one",
    "several installed packages are called": "it needs two installed packages; tests/test_extensions.py has them",
    "it cannot be written as a page of text": "a page that reads can be written: a law of tests/test_page.py",
    "Fault(where, None, what, remedy)": "a Word file that cannot be opened; tests/test_word_pages.py has each kind",
    "'reflect read' reads what is on a paper": "a Word file is too large to print there; tests/test_word_pages.py has one",
    "this is no mark of a small picture": "only our own data has such lines; tests/test_planner_gallery.py has others",
    "'this cannot be read'": "what YAML's readers refuse without a place is taken out before",
}


def test_every_message_is_in_the_catalogue() -> None:
    """
    The message of each entry is, to the letter, what the catalogue says; `python -m tests.messages` writes it again.
    And each place in the source that reports an error is reached by some entry, or has a reason not to be.
    """
    with watched() as seen:
        others = [(entry.file, entry.title, said) for entry in ENTRIES if (said := told(entry)) != entry.told]
    assert others == []

    lines: dict[str, set[int]] = {}
    for file, line in seen:
        lines.setdefault(file, set()).add(line)
    lost = [
        str(site)
        for site in sites()
        if not any(site.first <= line <= site.last for line in lines.get(str(site.file), ()))
        and not any(piece in site.text for piece in UNREACHABLE)
    ]

    assert not lost, "no entry in tests/messages tells of these:\n" + "\n".join(lost)


def test_reasons_are_of_places_that_are_there() -> None:
    """
    What is excused is still in the source.
    """
    texts = [site.text for site in sites()]

    assert [piece for piece in UNREACHABLE if not any(piece in text for text in texts)] == []


def test_messages_are_for_people() -> None:
    """
    No message has Python in it, and no title comes twice.
    """
    messages = "".join(entry.told for entry in ENTRIES)

    assert not re.findall(
        r"Traceback|\bNone\b|<class|[A-Z]\w+Error\b(?!\))|object at|\\x|\bdict\b|\btuple\b|\bstr\b|yaml\.", messages
    )
    assert all(entry.told.strip() for entry in ENTRIES)
    assert len({(entry.file, entry.title) for entry in ENTRIES}) == len(ENTRIES)
    assert FOLDER.joinpath("pages.md").is_file()
