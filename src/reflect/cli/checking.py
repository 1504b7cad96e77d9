"""
The command that looks for faults: `reflect check`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from reflect.cli import names
from reflect.cli.inputs import path_or_package
from reflect.cli.messages import print_message, print_result
from reflect.cli.options import (
    ListingOption,
    check_one_of,
    from_option,
    occasions_option,
    profiles_option,
    templates_option,
)
from reflect.shown import count_of

if TYPE_CHECKING:
    from reflect.checks import Checked
    from reflect.checks.around import Around


@click.command
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("--fix", is_flag=True, help="Write pages in their tidy form, with their keys; their meaning stays.")
@click.option("--advice/--no-advice", default=True, help="Say what could be better about a page's questions.")
@click.option(
    "--as",
    "kind",
    cls=ListingOption,
    names=names.yaml_kinds,
    metavar="KIND",
    help="What a YAML file is, if its names leave that open: {}. Of a Word file: page or paper.",
)
@from_option
@templates_option
@profiles_option
@occasions_option
@click.option("--strict", is_flag=True, help="End with status 1 if there is advice, too.")
def check(
    files: tuple[str, ...],
    fix: bool,
    advice: bool,
    kind: str | None,
    sources: tuple[str, ...],
    templates: tuple[str, ...],
    profiles: tuple[str, ...],
    occasions: tuple[str, ...],
    strict: bool,
) -> int:
    """
    Check pages, templates, wordings, JSON and Word files for faults.

    FILE may be a folder of pages. A page may be Markdown, plain text or a Word file: --fix leaves the last two as they
    are, and writes the page beside them. JSON may be of any kind that reflect writes. YAML may be a session file, a
    profile, an occasion, a nation, a wording, an entry of a journal or a standing paper; it is checked as what its
    names say, or --as. What it names (pages, templates, other files) has to be there: among ours, in the folders of an
    agency that it lies in, or where --from, --templates, --profiles and --occasions say.

    It also gives advice on pages: questions that can be answered with yes, that ask two things, or that another page
    already asks. Advice never stops a paper from being made, and a page may keep what the advice is against, with a
    reason.

    In a Word file it looks for what makes it hard to read: colours, sizes, headings, titles, descriptions. In a
    filled record, Word or JSON, it looks for words that changed after they were signed, and for lines about
    support that give the reason for it.

    \b
    Example:
      reflect check my-page.md --fix
    """
    from reflect import checks

    if kind is not None:
        from reflect.checks.yaml_files import yaml_kinds

        check_one_of("--as", kind, (*yaml_kinds(), checks.PAGE, checks.PAPER))
    around = _around(sources, templates, profiles, occasions)
    wrong = 0
    advice = advice and _can_advise()
    for file in files:
        for checked in checks.check(Path(file), advise=advice, kind=kind or "", around=around):
            if checked.faults and checked.taken_for:
                print_message(f"{checked.where}: read as {checked.taken_for}")
            for fault in (*checked.faults, *checked.advice):
                print_message(str(fault))
            for note in checked.notes:
                print_message(f"note: {note}")
            mends = fix and checked.mended
            wrong += (0 if mends else len(checked.faults)) + (len(checked.advice) if strict else 0)
            if checked.mended and not fix:
                print_message(f"{checked.where}: --fix would put all of this right ({checked.changes})")
            if (mends or not checked.faults) and not _report_order(checked, fix):
                wrong += 1
    return 1 if wrong else 0


def _around(*folders: tuple[str, ...]) -> Around | None:
    """
    Return where what a file names is looked for; None if nothing is said, so that pages need not load papers.
    """
    if not any(folders):
        return None
    from reflect.checks.around import Around

    sources, templates, profiles, occasions = (tuple(map(path_or_package, each)) for each in folders)
    return Around(sources=sources, templates=templates, profiles=profiles, occasions=occasions)


def _can_advise() -> bool:
    """
    Return whether the packages that advice needs are installed; if not, print a message.
    """
    from importlib.util import find_spec

    there = find_spec("breame") is not None and find_spec("pyphen") is not None
    if not there:
        from reflect.errors import command_of_extra

        print_message(f"there is no advice on questions; for that: {command_of_extra('lint')}")
    return there


def _report_order(checked: Checked, fix: bool) -> bool:
    """
    Report that a file is in order, and tidy it if asked to; return False if it could not be written.
    """
    from reflect.errors import NotWritten, Refused
    from reflect.files.writing import sighting_of, write

    if checked.beside is not None and checked.tidy is not None:
        return _report_page_beside(checked, checked.beside, fix)
    if checked.tidy is None:
        pieces = len(checked.advice)
        advice = f", with {count_of(pieces, 'piece')} of advice" if pieces else ""
        kind = f", as {checked.taken_for}" if checked.taken_for else ""
        state = f"; {checked.state}" if checked.state else ""
        print_result(f"{checked.where}: in order{kind}{advice}{state}")
    elif not fix:
        print_result(f"{checked.where}: in order, and --fix would tidy it ({checked.changes})")
    else:
        try:
            # A page is the trainer's own file: we replace it whole, without a stamp.
            write(
                checked.where,
                checked.tidy.encode(),
                force=True,
                stamp=False,
                private=False,
                seen=sighting_of(checked.data),
            )
        except NotWritten as error:
            print_message(f"{checked.where}: {error.why}; it was left as it was")
            return False
        except Refused as error:
            print_message(str(error))
            return False
        print_result(f"{checked.where}: tidied ({checked.changes})")
    return True


def _report_page_beside(checked: Checked, page: Path, fix: bool) -> bool:
    """
    Report that the page in a Word file or in plain text is in order, and write it beside the file if asked to; return
    False if it could not be written.
    """
    import os

    from reflect.errors import NotWritten, Refused
    from reflect.files.writing import write

    if not fix:
        there = f"{page} is beside it, and counts in its place where a folder is named"
        would = there if os.path.lexists(page) else f"--fix would write it as {page}"
        print_result(f"{checked.where}: in order, as a page; {would}")
        return True
    if os.path.lexists(page):
        print_message(f"{page}: is there already, and was left as it was; rename it, or {checked.where}")
        return False
    try:
        write(page, (checked.tidy or "").encode(), stamp=False, private=False)
    except NotWritten as error:
        print_message(f"{page}: {error.why}; it was not written")
        return False
    except Refused as error:
        print_message(str(error))
        return False
    print_result(f"{checked.where}: in order; the page is now in {page}")
    return True
