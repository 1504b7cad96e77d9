"""
Commands for records: `reflect read`, `reflect copy` and `reflect compare`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import click

from reflect.cli.inputs import read_catalogue, read_record, template_folders
from reflect.cli.messages import print_line, print_message
from reflect.cli.options import (
    WholeNumber,
    force_option,
    format_of_ending,
    from_option,
    output_option,
    reader_option,
    split_pairs,
    templates_option,
    wording_option,
)


@click.command
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@output_option("FOLDER", "Where to write a file for each; - is standard output.")
@click.option(
    "--to", type=click.Choice(["json", "txt"]), default="json", show_default=True, help="Data, or plain text."
)
@reader_option("Who will read the plain text")
@click.option(
    "--limit", type=WholeNumber("characters", 0, 999_999), help="The most characters of plain text under one heading."
)
@click.option("--facts", metavar="FILE.csv", help="Write that the sessions were held, and no word of what was said.")
@templates_option
@force_option
@from_option
def read(
    files: tuple[str, ...],
    output: str | None,
    to: str,
    reader: str | None,
    limit: int | None,
    facts: str | None,
    templates: tuple[str, ...],
    force: bool,
    sources: tuple[str, ...],
) -> int:
    """
    Read filled papers back: Word files, and what a page saved.

    FILE may be a folder: all Word files in it are read, and other files are named. If one cannot be read, the
    others still are.

    Anything uncertain in a record is named on standard error; text under no question is kept as 'unplaced'.

    \b
    Examples:
      reflect read record.docx -o records
      reflect read filled/ -o records --facts held.csv
      reflect read record.docx -o - --to txt --reader case-file --limit 4000
    """
    from reflect.errors import NoReader, ReflectError
    from reflect.files.writing import write
    from reflect.interchange.values import to_json
    from reflect.questions.rings import READERS
    from reflect.questions.rings import reader as reader_of
    from reflect.reading_back import read as read_back
    from reflect.sessions.attendance import assurance_of, write_table
    from reflect.sessions.pasting import write_plain_text

    paths = _find_papers(files)
    if output is None and facts is None:
        raise click.UsageError("say where to write: -o FOLDER for a file each, or --facts FILE.csv")
    if output == "-" and len(paths) > 1:
        raise click.UsageError("name a folder with -o: several records cannot go into one")
    if to == "txt" and output is not None and reader is None:
        raise NoReader("record", tuple(known.name for known in READERS))
    who = reader_of(reader) if reader else None
    folder = Path(output) if output not in (None, "-") else None
    if folder is not None and not folder.is_dir():
        raise click.BadParameter(f"there is no folder '{folder}'; make it first", param_hint="-o")
    models, shelf = read_catalogue(sources), template_folders(templates)
    attended, doubtful = [], 0
    names: set[str] = set()
    for n, path in enumerate(paths, 1):
        place = f"[{n}/{len(paths)}] {path}" if len(paths) > 1 else str(path)
        try:
            record = read_back(path, models=models, templates=shelf)
            data = write_plain_text(record, who, limit) if to == "txt" and who is not None else to_json(record)
            if folder is not None:
                name = _name_once(path.stem, to, names)
                write(folder / name, data.encode("utf-8", "replace"), force=force, stamp=False)
        except ReflectError as error:
            for line in str(error).split("\n"):
                print_message(f"{place}: {line.removeprefix(f'{path}: ')}")
            continue
        if output == "-":
            sys.stdout.buffer.write(data.encode("utf-8", "replace"))
        attended.append((path.stem, assurance_of(record)))
        doubts = [f"{key}: {doubt}" for key, doubt in record.reading.doubts] if record.reading else []
        doubts += record.reading.notes if record.reading else ()
        doubtful += bool(doubts)
        if len(paths) > 1 or not doubts:
            print_line(f"{place}: read" + (", and to be looked at" if doubts else ""))
        for line in doubts:
            print_line(f"  {line}")
    if facts is not None:
        write(Path(facts), write_table(attended).encode("utf-8", "replace"), force=force, stamp=False)
    lost = len(paths) - len(attended)
    if len(paths) > 1:
        more = f", {doubtful} to be looked at" if doubtful else ""
        print_line(f"{len(attended)} of {len(paths)} read{more}" + (f"; {lost} not read" if lost else ""))
    return 1 if lost else 0


def _find_papers(names: Iterable[str]) -> list[Path]:
    """
    Return the files to read: all Word files in a folder, except those that Word keeps beside an open one.

    Other files in the folder are named, because somebody sent them.
    """
    papers: list[Path] = []
    for name in names:
        path = Path(name)
        if not path.is_dir():
            papers.append(path)
            continue
        inside = sorted(file for file in path.iterdir() if not file.name.startswith(("~$", ".")))
        word_files = [file for file in inside if file.suffix.lower() == ".docx"]
        for file in inside:
            if file not in word_files:
                print_line(f"{file}: left out, because it is not a Word file (.docx)")
        if not word_files:
            raise click.BadParameter(f"there are no Word files (.docx) in '{path}'", param_hint="FILE…")
        papers += word_files
    return list(dict.fromkeys(papers))


def _name_once(stem: str, to: str, names: set[str]) -> str:
    """
    Return a file name for a record that no other record of this call has: two folders may hold files of the same name.
    """
    name, n = f"{stem}.{to}", 1
    while name.lower() in names:
        n += 1
        name = f"{stem}-{n}.{to}"
    names.add(name.lower())
    return name


@click.command
@click.argument("record")
@output_option("FILE", "Where to write your copy: a Word file, or any other format.", required=True)
@click.option(
    "--replace",
    "pairs",
    multiple=True,
    metavar="REFERENCE=WORDS",
    help="What to write in place of a reference: AK=older child.",
)
@click.option("--comments", metavar="FILE", help="A text file with what you add for yourself.")
@click.option("--yes", is_flag=True, help="Do not ask: you have looked at what is replaced.")
@wording_option(of_record=True)
@force_option
@from_option
def copy(
    record: str,
    output: str,
    pairs: tuple[str, ...],
    comments: str | None,
    yes: bool,
    wording: str | None,
    force: bool,
    sources: tuple[str, ...],
) -> None:
    """
    Make the supervisee's own copy of a record, with names replaced.

    The copy contains their own words, and two fingerprints. The command shows what is replaced, and what is left but
    may be a reference, and asks before it writes. Keep the copy where your employer allows; 'reflect compare' can
    later prove what it was made from.

    \b
    Example:
      reflect copy record.json --replace "AK=older child" --replace "F11=the family" -o my-copy.docx
    """
    from reflect.files.reading import read_text
    from reflect.files.writing import write
    from reflect.interchange.values import to_json
    from reflect.rendering.rendering import render
    from reflect.safekeeping.own_copies import find_references, own_copy

    to = format_of_ending(output)
    replacements = {
        name.strip(): words.strip()
        for name, words in split_pairs(pairs, "--replace", "write REFERENCE=WORDS, such as AK=older child").items()
    }
    source = read_record(record, sources)
    mine = own_copy(source, replacements, read_text(Path(comments), comments) if comments else "")
    for name, words in replacements.items():
        print_line(f"{name} becomes [{words}]")
    left = [f"{name} ({times})" for name, times in find_references(mine) if name not in replacements]
    if left:
        print_line(f"these stay, and may be references to somebody: {', '.join(left)}")
    if not yes:
        click.confirm("Write the copy like this?", abort=True, err=True)
    if to == "json":
        data = to_json(mine).encode()
    else:
        models = read_catalogue(sources)
        data = render(mine, mine.document, to=to, reader="author", wording=wording, models=models)
    write(Path(output), data, force=force, private=True, stamp=to != "json")
    print_line(output)


@click.command
@click.argument("mine")
@click.argument("theirs")
@from_option
def compare(mine: str, theirs: str, sources: tuple[str, ...]) -> int:
    """
    Show what differs between two copies of one record.

    It says so in plain words. Each copy is a Word file or JSON.

    If one is an own copy with names replaced, the copy is made again from the other, to prove that they belong
    together. The exit status is 0 if they say the same, and 1 if something differs.

    \b
    Example:
      reflect compare mine.docx record.json
    """
    from reflect.safekeeping import comparing
    from reflect.safekeeping.own_copies import KIND, prove

    one, other = read_record(mine, sources), read_record(theirs, sources)
    if (one.document == KIND) != (other.document == KIND):
        copied, record = (one, other) if one.document == KIND else (other, one)
        proof = prove(copied, record)
        if proof.proven:
            click.echo("the own copy is the record, word for word, except for the references that were replaced")
            return 0
        print_message(proof.why)
        return 1
    differences = comparing.compare(one, other)
    for difference in differences:
        click.echo(str(difference))
    if not differences:
        click.echo("they say the same")
    return 1 if differences else 0
