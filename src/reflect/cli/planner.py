"""
The command `reflect planner`: the page that plans the hour, with an agency's own things in it.
"""

from __future__ import annotations

from pathlib import Path

import click

from reflect.cli.inputs import path_or_package, read_brand
from reflect.cli.messages import print_line, print_message
from reflect.cli.options import (
    brand_option,
    force_option,
    from_option,
    occasions_option,
    output_option,
    profiles_option,
    refuse_folder,
)


@click.command
@output_option("FILE", "Where to write, such as planner.html.", required=True)
@profiles_option
@occasions_option
@click.option(
    "--wording",
    "wordings",
    multiple=True,
    metavar="FILE",
    help="The words of a profession of your own: a YAML file, or package:NAME. May be given several times.",
)
@brand_option
@click.option(
    "--may-copy",
    multiple=True,
    metavar="KEY",
    help="A model whose licence does not say that it may be copied, if whoever wrote it allows you to.",
)
@force_option
@from_option
def planner(
    output: str,
    profiles: tuple[str, ...],
    occasions: tuple[str, ...],
    wordings: tuple[str, ...],
    brand: str | None,
    may_copy: tuple[str, ...],
    force: bool,
    sources: tuple[str, ...],
) -> None:
    """
    Write the planner: one page for people who install nothing.

    It opens by a double click, plans the hour, makes its papers and reads records back. It has the library in it, needs
    no network, and sends nothing. What is your own goes in as data: models, profiles, occasions, wordings and a look.
    Sessions, records and journals are refused, and so are pages that may not be copied.

    \b
    Examples:
      reflect planner -o planner.html
      reflect planner -o with-our-look.html --brand ours.docx
    """
    from reflect.files.writing import look_at, write
    from reflect.planner.baking import bake, find_runtime
    from reflect.planner.packing import OwnSources, pack_own

    refuse_folder(output)
    if Path(output).suffix.lower() not in (".html", ".htm"):
        raise click.BadParameter(f"'{output}' is not a page; end it in .html", param_hint="-o")
    seen = look_at(Path(output))
    look = read_brand(brand)
    own = pack_own(
        OwnSources(
            models=tuple(map(path_or_package, sources)),
            profiles=tuple(map(path_or_package, profiles)),
            occasions=tuple(map(path_or_package, occasions)),
            wordings=tuple(map(path_or_package, wordings)),
            brand=look,
            may_copy=may_copy,
        )
    )
    runtime = find_runtime()
    for note in look.notes if look else ():
        print_message(f"note: {note}")
    for key in own.unlicensed:
        print_message(f"note: the page of '{key}' names no licence, so nobody knows whether it may be passed on")
    page = bake(runtime, files=own.files)
    write(Path(output), page, force=force, private=False, seen=seen)
    print_line(f"{output}: {len(page) / 1_000_000:.1f} MB; open it in a browser, or put it into a shared folder")
