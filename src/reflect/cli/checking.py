"""
The command that looks for faults: `reflect check`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from reflect.cli import names
from reflect.cli.messages import print_message, print_result
from reflect.cli.options import ListingOption, check_one_of
from reflect.shown import count_of

if TYPE_CHECKING:
    from reflect.checks import Checked


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
    help="What a YAML file is, if its names leave that open: {}.",
)
@click.option("--strict", is_flag=True, help="End with status 1 if there is advice, too.")
def check(files: tuple[str, ...], fix: bool, advice: bool, kind: str | None, strict: bool) -> int:
    """
    Check pages, templates, wordings, JSON and Word files for faults.

    FILE may be a folder of pages, and JSON may be of any kind that reflect writes. YAML may be a session file, a
    profile, a wording, an entry of a journal or a standing paper; it is checked as what its names say, or --as.

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

        check_one_of("--as", kind, yaml_kinds())
    wrong = 0
    advice = advice and _can_advise()
    for file in files:
        for checked in checks.check(Path(file), advise=advice, kind=kind or ""):
            if checked.faults and checked.taken_for:
                print_message(f"{checked.where}: read as {checked.taken_for}")
            for fault in (*checked.faults, *checked.advice):
                print_message(str(fault))
            wrong += len(checked.faults) + (len(checked.advice) if strict else 0)
            if not checked.faults and not _report_order(checked, fix):
                wrong += 1
    return 1 if wrong else 0


def _can_advise() -> bool:
    """
    Return whether the packages that advice needs are installed; if not, print a message.
    """
    from importlib.util import find_spec

    there = find_spec("breame") is not None and find_spec("pyphen") is not None
    if not there:
        print_message('there is no advice on questions; for that: pip install "reflect-supervision[lint]"')
    return there


def _report_order(checked: Checked, fix: bool) -> bool:
    """
    Report that a file is in order, and tidy it if asked to; return False if it could not be written.
    """
    from reflect.errors import NotWritten, Refused
    from reflect.files.writing import sighting_of, write

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
