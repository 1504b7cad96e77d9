"""
The command that writes models as a sheet: `reflect sheet`.
"""

from __future__ import annotations

from pathlib import Path

import click

from reflect.cli.inputs import read_catalogue_and_keys
from reflect.cli.messages import print_line
from reflect.cli.options import force_option, from_option, output_option, refuse_folder


@click.command
@click.argument("keys", nargs=-1, required=True, metavar="KEY…")
@output_option("FILE", "Where to write: an .xlsx or a .csv; by default KEY.xlsx.")
@force_option
@from_option
def sheet(keys: tuple[str, ...], output: str | None, force: bool, sources: tuple[str, ...]) -> None:
    """
    Write models as a sheet, with a row for each question or step.

    KEY is a key such as kolb-cycle, or the file of a page. Change the sheet in a spreadsheet, and give it to any
    command in the place of a page: reflect make cards kolb.xlsx. A .csv has the questions alone, without what the page
    says about the model.

    \b
    Examples:
      reflect sheet kolb-cycle -o kolb.xlsx
      reflect sheet kolb-cycle grow -o two.csv
    """
    from reflect.files.reading import SHEET_ENDINGS
    from reflect.files.tables import write_csv, write_workbook
    from reflect.files.writing import look_at, write
    from reflect.pages.sheets import WIDTHS, sheet_of

    models = []
    for key in keys:
        catalogue, names = read_catalogue_and_keys(key, sources)
        models += [catalogue.model(name) for name in names]
    path = Path(output or f"{models[0].key}.xlsx")
    refuse_folder(str(path))
    if path.suffix.lower() not in SHEET_ENDINGS:
        ends = f"end it in {' or '.join(SHEET_ENDINGS)}"
        raise click.BadParameter(f"'{path}' is not the name of a sheet; {ends}", param_hint="-o")
    seen = look_at(path)
    tables = sheet_of(models)
    if path.suffix.lower() == ".csv":
        data = write_csv(tables["Questions"])
    else:
        data = write_workbook(tables, {name: [WIDTHS[column] for column in rows[0]] for name, rows in tables.items()})
    write(path, data, force=force, private=False, seen=seen)
    print_line(str(path))
