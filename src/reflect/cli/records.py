"""
Commands for records: `reflect read`, `reflect close`, `reflect copy` and `reflect compare`.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from reflect.cli.inputs import (
    STANDARD_INPUT,
    read_brand,
    read_catalogue,
    read_journal,
    read_record,
    read_standard_input,
    read_subject,
    template_folders,
)
from reflect.cli.messages import print_document, print_left_out, print_line, print_message, print_result
from reflect.cli.options import (
    WholeNumber,
    brand_option,
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
@output_option("FOLDER", "Where to write a file for each, made if it is not there; - is standard output.")
@click.option(
    "--to", type=click.Choice(["json", "txt"]), default="json", show_default=True, help="Data, or plain text."
)
@reader_option("Who will read it, which plain text needs; data are cut to that too")
@click.option(
    "--limit", type=WholeNumber("characters", 0, 999_999), help="The most characters of plain text under one heading."
)
@click.option("--below", is_flag=True, help="Read the folders in a folder too; -o gets the same folders.")
@click.option(
    "--facts",
    metavar="FILE.csv",
    help="Write that the sessions were held, and no word of what was said; - is standard output.",
)
@click.option(
    "--journal",
    metavar="FOLDER",
    help="With --facts: the journal of the two, which says how long sessions took, and which were cancelled.",
)
@click.option(
    "--as",
    "kind",
    metavar="KIND",
    help="What a paper is that no longer says so, such as record. That is your claim, and is written down as one.",
)
@click.option(
    "--map", "form_map", metavar="MAP", help="The map of your agency's own form, if the papers are that: see form."
)
@click.option("--of", "subject", metavar="WHAT", help="With --as: the model or the outline that it was made of.")
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
    journal: str | None,
    below: bool,
    kind: str | None,
    form_map: str | None,
    subject: str | None,
    templates: tuple[str, ...],
    force: bool,
    sources: tuple[str, ...],
) -> int:
    """
    Read filled papers back: Word files, and what a page saved.

    FILE may be a folder: all Word files in it are read, and other files are named. If one cannot be read, the
    others still are. FILE may be -, for standard input.

    Anything uncertain in a record is named on standard error; text under no question is kept as 'unplaced'.
    A paper that no longer says who may read it, as after Google Docs, is kept as 'own', for its author alone.
    If you know what it is, say so with --as.

    \b
    Examples:
      reflect read record.docx -o records
      reflect read filled/ -o records --facts held.csv --journal ours
      reflect read record.docx -o - --to txt --reader case-file --limit 4000
      reflect read from-google.docx -o records --as record
      reflect read council-filled.docx -o records --map council.yaml
    """
    from reflect.documents.making import document
    from reflect.errors import NoReader, NotWritten, ReflectError
    from reflect.files.writing import Files
    from reflect.interchange.values import to_json
    from reflect.own_forms import read_map
    from reflect.questions.rings import READERS, Ring, is_secret
    from reflect.questions.rings import reader as reader_of
    from reflect.reading_back import read as read_back
    from reflect.sessions.attendance import assurance_of, assurance_of_entry, write_table
    from reflect.sessions.pasting import write_plain_text

    paths = _find_papers(files, below)
    if output is None and facts is None:
        raise click.UsageError("say where to write: -o FOLDER for a file each, or --facts FILE.csv")
    if journal is not None and facts is None:
        raise click.UsageError("--journal says how long sessions took, for --facts; name that file too")
    if output == facts == "-":
        raise click.UsageError("only one of -o and --facts can go to standard output")
    if output == "-" and len(paths) > 1:
        raise click.UsageError("name a folder with -o: several records cannot go into one")
    if to == "txt" and output is not None and reader is None:
        raise NoReader("record", tuple(known.name for known in READERS))
    who = reader_of(reader) if reader else None
    folder = Path(output) if output not in (None, "-") else None
    if folder is not None and os.path.exists(folder) and not os.path.isdir(folder):
        raise click.BadParameter(f"'{folder}' is a file; name a folder", param_hint="-o")
    models, shelf = read_catalogue(sources), template_folders(templates)
    blank = None
    if subject is not None:
        if kind is None:
            raise click.UsageError("say with --as what kind of paper was made of it")
        what, models = read_subject(subject, sources)
        blank = document(what, kind, reader="anyone", models=models, templates=shelf)
    map_path = Path(form_map) if form_map is not None else None
    if map_path is not None:
        read_map(map_path)  # what is wrong with it is said once, and not of each file
    past = read_journal(journal)
    attended, doubtful = [], 0
    names: set[str] = set()
    with Files() as writing:
        for n, (path, inner) in enumerate(paths, 1):
            name = STANDARD_INPUT if path == _STDIN else str(path)
            place = f"[{n}/{len(paths)}] {name}" if len(paths) > 1 else name
            try:
                given = read_standard_input() if path == _STDIN else path
                record = read_back(given, of=blank, as_=kind, models=models, templates=shelf, form_map=map_path)
                shown = record if who is None else record.visible_to(who)
                data = write_plain_text(record, who, limit) if to == "txt" and who is not None else to_json(shown)
                if folder is not None:
                    file = folder / _name_once(inner / ("record" if path == _STDIN else path.stem), to, names)
                    writing.add(
                        file,
                        data.encode("utf-8", "replace"),
                        force=force,
                        stamp=False,
                        private=is_secret(shown),
                        make_folder=True,
                    )
            except NotWritten:
                raise  # the next has no room either
            except ReflectError as error:
                for line in error.lines:
                    print_message(f"{place}: {line.removeprefix(f'{path}: ')}")
                continue
            if output == "-":
                print_document(data.encode("utf-8", "replace"), to)
            attended.append((path.stem, assurance_of(record, past)))
            doubts = [f"{key}: {doubt}" for key, doubt in record.reading.doubts] if record.reading else []
            doubts += record.reading.notes if record.reading else ()
            doubtful += bool(doubts)
            if len(paths) > 1 or not doubts:
                print_line(f"{place}: read" + (", and to be looked at" if doubts else ""))
            for line in doubts:
                print_line(f"  {line}")
        known = {each.held or each.cancelled for _, each in attended}
        others = [("", assurance_of_entry(entry)) for entry in past.entries if entry.date not in known]
        table = write_table((*attended, *others))
        if facts == "-":
            print_document(table.encode("utf-8", "replace"), "csv")
        elif facts is not None:
            # Without the mark at its beginning, Excel takes UTF-8 for something older.
            with_mark = table.encode("utf-8-sig", "replace")
            writing.add(Path(facts), with_mark, force=force, stamp=False, private=is_secret(Ring.ASSURANCE))
    lost = len(paths) - len(attended)
    if len(paths) > 1:
        more = f", {doubtful} to be looked at" if doubtful else ""
        print_line(f"{len(attended)} of {len(paths)} read{more}" + (f"; {lost} not read" if lost else ""))
    return 1 if lost else 0


#: The name that stands for standard input.
_STDIN = Path("-")


def _find_papers(names: Iterable[str], below: bool) -> list[tuple[Path, Path]]:
    """
    Return the files to read, each with the folder that it was in, as seen from the folder that was named. Those that
    Word keeps beside an open one are left out.

    Other files in the folder are named, because somebody sent them.
    """
    papers: dict[Path, Path] = {}
    for name in names:
        path = Path(name)
        if path == _STDIN or not os.path.isdir(path):
            papers[path] = Path()
            continue
        found = list(_find_papers_in(path, below))
        if not found:
            deeper = "" if below else "; with --below, the folders in it are read too"
            raise click.BadParameter(f"there are no Word files (.docx) in '{path}'{deeper}", param_hint="FILE…")
        papers.update({file: file.parent.relative_to(path) for file in found})
    return list(papers.items())


def _find_papers_in(folder: Path, below: bool) -> Iterator[Path]:
    """
    Give the Word files in a folder, and if asked for in those below it; say what is left out.
    """
    from reflect.files.folders import list_folder

    inside = (file for file in list_folder(folder) if not file.name.startswith(("~$", ".")))
    for file in inside:
        if os.path.isdir(file):
            if below and not file.is_symlink():
                yield from _find_papers_in(file, below)
            else:
                remedy = "because it is a link" if below else "because it is a folder; --below reads it too"
                print_line(f"{file}: left out, {remedy}")
        elif file.suffix.lower() == ".docx":
            yield file
        else:
            print_line(f"{file}: left out, because it is not a Word file (.docx)")


def _name_once(path: Path, to: str, names: set[str]) -> str:
    """
    Return a file name for a record that no other record of this call has: two folders may hold files of the same name.
    """
    name, n = f"{path}.{to}", 1
    while name.lower() in names:
        n += 1
        name = f"{path}-{n}.{to}"
    names.add(name.lower())
    return name


@click.command
@click.argument("record", metavar="FILLED")
@output_option(
    "FOLDER",
    "Where to write: the paper to sign, or a folder in it for each of the two. By default, where the record lies.",
)
@click.option(
    "--journal", "journals", multiple=True, metavar="FOLDER", help="A journal of the two, to note the session in."
)
@click.option("--again", is_flag=True, help="It has changed since it was closed: close it anew; each signs again.")
@click.option("--unsigned", is_flag=True, help="Nobody will sign it: each of the two gets a copy as it was closed.")
@wording_option(of_record=True)
@brand_option
@templates_option
@force_option
@from_option
def close(
    record: str,
    output: str | None,
    journals: tuple[str, ...],
    again: bool,
    unsigned: bool,
    wording: str | Path | None,
    brand: str | None,
    templates: tuple[str, ...],
    force: bool,
    sources: tuple[str, ...],
) -> None:
    """
    Close a filled record, so that it can be signed; and keep what was signed.

    FILLED is a record that you have filled in. It says what is doubtful, what nobody said, and which actions have no
    owner or no day, and prints the paper to sign: from now on it shows if a word of it is changed.

    If FILLED was signed, it checks that nothing was changed since it was closed, notes the session in the journal, by
    ids alone, and puts a copy into the folder of each of the two, with the plan that was kept beside it
    (plan-DATE.json). If the second of the two signs later, close it again. A group signs nothing, and gets its copy at
    once.

    \b
    Examples:
      reflect close record-2026-03-04.docx
      reflect close record-2026-03-04-to-sign.docx --unsigned -o papers
    """
    from reflect.between_sessions.closing import TO_SIGN
    from reflect.between_sessions.closing import close as close_paper

    if output == "-":
        raise click.BadParameter("a folder is needed; name one, or leave it out", param_hint="-o")
    look = read_brand(brand)
    closed = close_paper(
        read_standard_input() if record == "-" else Path(record),
        again=again,
        unsigned=unsigned,
        wording=wording,
        brand=look,
        models=read_catalogue(sources),
        templates=template_folders(templates),
    )
    for note in (*closed.doubts, *closed.notes, *closed.notes_on_journals(journals)):
        print_message(f"note: {note}")
    if journals and closed.done == TO_SIGN:
        print_message("note: a session is noted in the journal when its record is signed")
    written = closed.write(output, journal=journals, force=force)
    for path in written:
        print_line(str(path))
    if not written:
        print_message("note: there is nothing new to write")


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
@templates_option
@force_option
@from_option
def copy(
    record: str,
    output: str,
    pairs: tuple[str, ...],
    comments: str | None,
    yes: bool,
    wording: str | Path | None,
    templates: tuple[str, ...],
    force: bool,
    sources: tuple[str, ...],
) -> None:
    """
    Make the supervisee's own copy of a record, with names replaced.

    The copy contains their own words, and the fingerprint of the record. The command shows how often each reference
    is replaced, and what is left but may be a reference, and asks before it writes. If a reference is nowhere in the
    copy, nothing is written. Keep the copy where your employer allows; 'reflect compare' can later prove what it was
    made from.

    A reference is found with a capital and in capitals too, and whatever apostrophes and hyphens it is written with;
    initials are found with dots and without, and in capitals only.

    \b
    Example:
      reflect copy record.json --replace "AK=older child" --replace "F11=the family" -o my-copy.docx
    """
    from reflect.files.reading import read_text
    from reflect.files.writing import look_at, write
    from reflect.interchange.values import to_json
    from reflect.rendering.rendering import Rendering
    from reflect.safekeeping.own_copies import count_replacements, find_references, own_copy

    to = format_of_ending(output)
    replacements = _read_replacements(pairs, output)
    seen = look_at(Path(output))
    source = read_record(record, sources, templates)
    own_words = read_text(Path(comments), comments) if comments else ""
    for name, times in count_replacements(source, replacements, own_words).items():
        how_often = "once" if times == 1 else f"{times} times"
        what = f"becomes [{replacements[name]}], {how_often}" if times else "is not replaced anywhere"
        print_line(f"{name} {what}")
    mine = own_copy(source, replacements, own_words)
    left = [f"{name} ({times})" for name, times in find_references(mine, replacements)]
    if left:
        print_line(f"these stay, and may be references to somebody: {', '.join(left)}")
    if not yes:
        click.confirm("Write the copy like this?", abort=True, err=True)
    if to == "json":
        data = to_json(mine).encode()
    else:
        models = read_catalogue(sources)
        rendering = Rendering(
            name=mine.document,
            to=to,
            reader="author",
            wording=wording,
            models=models,
            templates=template_folders(templates),
        )
        made = rendering.make(mine)
        print_left_out(made.left_out)
        data = rendering.write(made.document)
    write(Path(output), data, force=force, private=True, stamp=to != "json", seen=seen)
    print_line(output)


def _read_replacements(pairs: tuple[str, ...], output: str) -> dict[str, str]:
    """
    Return the words for each reference that ``--replace`` gives; none may be in the name of the file to write.
    """
    from reflect.text.names import NameFinder

    replacements = {
        name.strip(): " ".join(words.split())
        for name, words in split_pairs(pairs, "--replace", "write REFERENCE=WORDS, such as AK=older child").items()
    }
    if len(replacements) < len(pairs):
        raise click.BadParameter("a reference is given twice; give it once", param_hint="--replace")
    if any(place.certain for place in NameFinder(replacements).find(Path(output).stem)):
        remedy = "has a reference in its name that the copy replaces; name the file differently"
        raise click.BadParameter(f"the file {remedy}", param_hint="-o")
    return replacements


@click.command
@click.argument("mine")
@click.argument("theirs")
@templates_option
@from_option
def compare(mine: str, theirs: str, templates: tuple[str, ...], sources: tuple[str, ...]) -> int:
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

    one, other = (read_record(name, sources, templates) for name in (mine, theirs))
    if (one.document == KIND) != (other.document == KIND):
        copied, record = (one, other) if one.document == KIND else (other, one)
        proof = prove(copied, record)
        if proof.proven:
            print_result("the own copy is the record, word for word, except for the references that were replaced")
            return 0
        print_message(proof.why)
        return 1
    differences = comparing.compare(one, other, templates=template_folders(templates))
    for difference in differences:
        print_result(str(difference))
    if not differences:
        print_result("they say the same")
    return 1 if differences else 0
