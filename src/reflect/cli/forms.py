"""
The command for an agency's own form: `reflect form`.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import click

from reflect.cli.messages import print_line, print_message, print_text
from reflect.cli.options import check_one_of, force_option, output_option, refuse_folder


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@output_option("FILE", "Where to write the map to start from; - is standard output.")
@click.option("--map", "form_map", type=click.Path(path_type=Path), help="A map that there is already.")
@click.option(
    "--ring",
    default="",
    metavar="RING",
    help="Who reads the form: own, pair, personal, case, group, assurance or open.",
)
@force_option
def form(file: Path, output: str | None, form_map: Path | None, ring: str, force: bool) -> None:
    """
    Look at your agency's own form, and write its map.

    It lists the places of a Word form, with what each is for: its content controls, its bookmarks, and the empty cells
    of its tables. A place whose name or label says it needs nothing more; the map has all others as remarks.

    \b
    Examples:
      reflect form council.docx
      reflect form council.docx --ring personal -o council.yaml
      reflect make record "own-item@60" --into council.docx --map council.yaml
    """
    from reflect.files.writing import look_at, write
    from reflect.own_forms.spots import own_form
    from reflect.own_forms.suggesting import keys_without_place, suggest_places, write_map
    from reflect.questions.rings import Ring

    if ring:
        check_one_of("--ring", ring, tuple(map(str, Ring)))
    found = own_form(file, form_map, ring=ring)
    for note in found.notes:
        print_message(f"note: {note}")
    if output is None:
        places = [(str(each.spot.name), each.key or "?", each.spot.label) for each in suggest_places(found)]
        print_text(_in_columns(places))
        if lacking := [(key, label) for key, label in keys_without_place(found)]:
            print_text("\nIt has no place for:\n" + _in_columns(lacking))
        if found.ring is None:
            print_message("note: nothing says who may read the form; say so with --ring, or in its map")
        return
    path = Path(output)
    beside = "" if output == "-" else os.path.relpath(file, path.parent).replace(os.sep, "/")
    text = write_map(found, beside)
    if output == "-":
        print_text(text)
        return
    refuse_folder(output)
    seen = look_at(path)
    write(path, text.encode(), force=force, private=False, seen=seen)
    print_line(output)


def _in_columns(rows: Sequence[tuple[str, ...]]) -> str:
    """
    Return rows of words under one another, the last column as long as it is.
    """
    wide = [max(map(len, column)) for column in list(zip(*rows, strict=True))[:-1]]
    lines = ("  ".join((*map(str.ljust, row, wide), row[-1])).rstrip() for row in rows)
    return "".join(f"{line}\n" for line in lines)
