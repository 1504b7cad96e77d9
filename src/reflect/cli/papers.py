"""
Commands that make papers: `reflect make`, `reflect catalogue` and `reflect brand`.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reflect.cli.inputs import (
    path_or_package,
    read_brand,
    read_catalogue,
    read_standing_paper,
    read_subject,
    tell_what_is_left_out,
    template_folders,
)
from reflect.cli.messages import print_document, print_left_out, print_line, print_message, print_progress, print_text
from reflect.cli.options import (
    MINUTES,
    ListingCommand,
    WholeNumber,
    brand_option,
    check_one_of,
    force_option,
    format_of_ending,
    from_option,
    looks_options,
    output_option,
    plain_option,
    profiles_option,
    reader_option,
    refuse_folder,
    refuse_standard_output,
    split_pairs,
    templates_option,
    to_option,
    wording_option,
)

if TYPE_CHECKING:
    from reflect.documents.makers import What
    from reflect.own_forms import FilledForm
    from reflect.papers import StandingPaper
    from reflect.sessions.session import Session


@click.command(cls=ListingCommand)
@click.argument("document")
@click.argument("words", nargs=-1, metavar="[WHAT]")
@output_option("FILE", "Where to write; - is standard output.")
@to_option("{}; without it, the ending of FILE, or otherwise docx (txt for -o -).")
@click.option("--minutes", type=MINUTES, default=60, show_default=True, help="Length of the session.")
@reader_option("Who will read it; needed once anything is filled in")
@wording_option(of_record=True)
@click.option("--set", "facts", multiple=True, metavar="NAME=VALUE", help="A fact: organisation, date, start, …")
@templates_option
@looks_options("large-print", "dyslexia-friendly", "pen", "landscape")
@plain_option
@click.option(
    "--cards",
    default="usual",
    show_default=True,
    metavar="SIZE",
    help="The size of cards: usual (95 × 69.25 mm, eight on an A4 sheet), a6 (four) or a7 (eight, nothing cut away).",
)
@click.option(
    "--deck",
    default="",
    metavar="WHAT",
    help="What cards are of: steps, questions, short (the core questions, a second on each back) or both (steps and "
    "questions); without it, whichever suits the model.",
)
@brand_option
@click.option("--into", metavar="FORM", help="Write it into your agency's own form in Word: see the command form.")
@click.option("--map", "form_map", metavar="MAP", help="With --into: the map of the form.")
@click.option(
    "--profile", metavar="NAME", help="For a paper beside sessions: who regulates the work, and how often you meet."
)
@profiles_option
@click.option("--nation", metavar="NATION", help="Where the work is done, if not where the profile says.")
@click.option("--every", type=WholeNumber("days", 1, 366), help="Days agreed between sessions.")
@click.option("--example", is_flag=True, help="Print a YAML file from which a paper beside sessions can be made.")
@force_option
@from_option
def make(
    document: str,
    words: tuple[str, ...],
    output: str | None,
    to: str | None,
    minutes: int,
    reader: str | None,
    wording: str | Path | None,
    facts: tuple[str, ...],
    templates: tuple[str, ...],
    looks: list[str],
    plain: bool,
    cards: str,
    deck: str,
    brand: str | None,
    into: str | None,
    form_map: str | None,
    profile: str | None,
    profiles: tuple[str, ...],
    nation: str | None,
    every: int | None,
    example: bool,
    force: bool,
    sources: tuple[str, ...],
) -> None:
    """
    Make one document.

    DOCUMENT is a template of your own, or one of ours. {documents}

    WHAT is a model, several models joined with +, an outline, the file of a page (Word, Markdown or plain text), or
    the file of a record (JSON, or a paper that was filled in; - is standard input). Without WHAT, cards and booklet are
    of all models, and a paper beside sessions is blank; otherwise such a paper is made from a YAML file, and --example
    prints one. Some are made from a journal's folder, or from the record of a session.

    \b
    Examples:
      reflect make agenda "arrive@3 + kolb-cycle@40 + close@7" --set start=10:00 -o agenda.docx
      reflect make cards balint-group -o cards.html
      reflect make cards balint-group --deck both
      reflect make comparison "kolb-cycle + gibbs-cycle" -o side-by-side.docx
      reflect make handout my-page.md
      reflect make workload-statement --example > load.yaml
      reflect make workload-statement load.yaml --reader supervisee -o workload.docx
      reflect make supervision-request ours --every 28 -o ask.docx
      reflect make record filled.json --reader supervisor --into council.docx --map council.yaml -o record.docx
    """
    from reflect.diagrams.raster import borrow_pictures
    from reflect.documents.makers import MADE_OF, ModelMaker
    from reflect.documents.templates import Templates
    from reflect.files.writing import is_for_its_owner, look_at, write
    from reflect.own_forms import fill_in, own_form
    from reflect.papers import example as example_of
    from reflect.rendering.rendering import Rendering
    from reflect.sessions.session import Session

    fact_texts = _read_facts(facts)
    what = " ".join(words)  # an outline without its quotation marks
    to = _choose_format(output, to)
    shelf = Templates(template_folders(templates))
    about = shelf.about(document)
    maker = MADE_OF[about.of]
    if example:
        if not maker.paper:
            raise click.BadParameter(f"'{document}' is made without a file", param_hint="--example")
        print_text(example_of(maker.paper))
        return
    if not what and maker.needs_subject(about):
        raise click.MissingParameter(param_hint="'WHAT'", param_type="argument")
    subject: What
    if maker.paper and what and (found := read_standing_paper(what, maker.paper, sources)) is not None:
        subject, models = found
    else:
        needs_model = isinstance(maker, ModelMaker)
        given = read_subject(what, sources, templates, needs_model=needs_model) if what else None
        subject, models = given or ("", read_catalogue(sources))
    if maker.paper:
        subject = _settle_paper(subject, document, maker.paper, fact_texts, profile, profiles, nation, every)
        reader = reader or maker.paper.WRITER or None
    elif profile or nation or every:
        raise click.UsageError("--profile, --nation and --every are for papers beside sessions, such as agreement")
    look = read_brand(brand)
    if form_map is not None and into is None:
        raise click.UsageError("--map is the map of a form; name the form with --into")
    form = own_form(Path(into), Path(form_map) if form_map else None) if into is not None else None
    made_of = maker.plan(subject, minutes, models=models, facts=fact_texts)
    rendering = Rendering(
        name=document,
        to=to,
        reader=reader,
        wording=wording,
        facts=fact_texts,
        minutes=minutes,
        models=models,
        templates=shelf,
        looks=looks,
        plain=plain,
        brand=look,
        into=form,
        cards=cards,
        deck=deck,
    )
    path = Path(output or _name_file(document, subject, fact_texts, to))
    seen = look_at(path)
    made = rendering.make(made_of)
    rendering.check()
    with borrow_pictures({}) as borrowed:
        filled = fill_in(form, made.document) if form is not None else None
        data = filled.data if filled is not None else rendering.write(made.document)
    if isinstance(made_of, Session):
        _print_notes_on_time(made_of)
    print_left_out(made.left_out)
    if filled is not None:
        _print_what_a_form_lacks(filled)
    for note in look.notes if look else ():
        print_message(f"note: {note}")
    if borrowed.lacking:
        from reflect.errors import command_of_extra

        print_message(f"note: a picture is missing from it; what draws it: {command_of_extra('png')}")
    if output == "-":
        print_document(data, to)
        return
    private = rendering.is_secret(made_of) or (into is not None and is_for_its_owner(Path(into)))
    write(path, data, force=force, private=private, seen=seen)
    print_line(str(path))


def _print_what_a_form_lacks(filled: FilledForm) -> None:
    """
    Say what is not in a form that was filled in, because it has no place for it.
    """
    for note in filled.notes:
        print_message(f"note: {note}")
    if filled.lacking:
        print_message(f"note: the form has no place for what was written under: {', '.join(filled.lacking)}")
    if filled.without_place:
        many = len(filled.without_place)
        print_message(f"note: it does not ask {many} other things that the paper asks; the command form names them")


def _settle_paper(
    what: What,
    document: str,
    kind: type[StandingPaper],
    facts: dict[str, str],
    profile: str | None,
    profiles: tuple[str, ...],
    nation: str | None,
    every: int | None,
) -> What:
    """
    Return a paper beside sessions with what its file, journal or record leaves open: its day, how often the two meet,
    and who regulates the work on that day. If any of that is not known, it stays open.

    Args:
        what: The paper, or a record that it is made from.
    """
    import datetime

    import attrs

    from reflect.papers import Request, StandingPaper
    from reflect.planning.profiles import profile as profile_of
    from reflect.sessions.nations import our_titles
    from reflect.sessions.record import Record
    from reflect.sessions.typed import read_day

    if isinstance(what, Record) and kind.WRITER and what.document != document:
        what = kind.of_record(what) or what
    settings = profile_of(profile, map(path_or_package, profiles)) if profile else None
    if nation is not None:
        regulated = (each.nation for each in settings.regulator if each.nation) if settings else ()
        own = (each.title for each in settings.nations) if settings else ()
        check_one_of("--nation", nation, dict.fromkeys((*our_titles(), *own, *regulated)))
    if not isinstance(what, StandingPaper):
        return what
    given = {field.name: getattr(what, field.name) for field in attrs.fields(type(what))}
    day = given.get(what.DATED) or read_day(facts.get("date", ""))
    if day is None and isinstance(what, Request):
        day = datetime.date.today()
    known: dict[str, object] = {what.DATED: day} if what.DATED and day else {}
    if "every" in given:
        known["every"] = every or given["every"] or (settings.every if settings else None)
    if "regulator" in given and settings and day:
        known["regulator"] = given["regulator"] or settings.regulated_by(day, nation or "")
    return attrs.evolve(what, **known)


def _read_facts(pairs: Iterable[str]) -> dict[str, str]:
    from reflect.errors import write_one_of
    from reflect.sessions.facts import FACTS

    facts = split_pairs(pairs, "--set", f"write name=value, with one of: {', '.join(FACTS)}")
    for name, text in facts.items():
        if name not in FACTS:
            what = f"there is no fact '{name}'; {write_one_of(name, FACTS)}"
            raise click.BadParameter(what, param_hint="--set")
        if any(unicodedata.category(c) in ("Cc", "Cs", "Co", "Zl", "Zp") for c in text):
            what = f"'{name}' has a line break or a character that cannot be printed; write it on one line"
            raise click.BadParameter(what, param_hint="--set")
    return facts


def _choose_format(output: str | None, to: str | None) -> str:
    """
    Return the format that is named, or the one that the file name ends in.
    """
    if output is None:
        return to or "docx"
    refuse_folder(output)
    if to or output == "-":
        return to or "txt"
    return format_of_ending(output, remedy="; or name the format with --to") if Path(output).suffix else "docx"


def _print_notes_on_time(session: Session) -> None:
    """
    Name the items there was no time for, and those that got less time than was asked for.
    """
    for item in session.dropped:
        name = item.title or item.key
        print_message(f"note: there was no time for '{name}'; give the session more minutes than {session.minutes}")
    for short in session.shortened:
        print_message(f"note: '{short.title}' has {short.minutes} of the {short.set.minutes} minutes asked for")


def _name_file(document: str, what: What, facts: dict[str, str], to: str) -> str:
    """
    Return a file name made of kind and date, or kind and model; never a person's.
    """
    from reflect.questions.model import Model

    more = what.key if isinstance(what, Model) else facts.get("date", "")
    plain = "".join(c if c.isascii() and c.isalnum() else "-" for c in more).strip("-")
    return f"{document}-{plain}.{to}" if plain else f"{document}.{to}"


@click.command
@output_option("FOLDER", "Where to write; the folder is made if it does not exist.", required=True)
@to_option("A format: {}; without it, docx, and pdf if it can be made.", multiple=True)
@wording_option()
@plain_option
@force_option
@from_option
def catalogue(
    output: str, to: tuple[str, ...], wording: str | Path, plain: bool, force: bool, sources: tuple[str, ...]
) -> None:
    """
    Write every model and its papers into a folder for an intranet.

    Open index.html in it: every model has one page, with its papers ready to open. It needs no server, and its readers
    install nothing.

    \b
    Example:
      reflect catalogue -o catalogue --wording childrens-social-work
    """
    from reflect.formats import FORMATS
    from reflect.rendering.site import leave_out_unprintable, publish

    refuse_standard_output(output)
    models, faults = leave_out_unprintable(read_catalogue(sources), wording)
    tell_what_is_left_out(faults)
    on_screen = sys.stderr.isatty()

    def show_progress(path: str, n: int, of: int) -> None:
        if on_screen:
            print_progress(f"{n} of {of}: {path:<60.60}", done=n == of)

    if not to:
        to = ("docx", "pdf") if FORMATS["pdf"].installed else ("docx",)
        if "pdf" not in to:
            print_message(f"note: papers are made in Word alone; for PDF too: {FORMATS['pdf'].remedy}")
    files = publish(Path(output), models=models, to=to, wording=wording, plain=plain, force=force, told=show_progress)
    print_line(f"{output}: {len(files)} files; open index.html")


@click.command
@click.argument("output", metavar="OUT.docx")
@force_option
def brand(output: str, force: bool) -> None:
    """
    Write our styles into a Word file, to restyle them in Word.

    Change the styles there (Home, Styles), the header, the footer and the page, save it, and name it with --brand.

    \b
    Example:
      reflect brand ours.docx
      reflect make agenda "arrive@5 + kolb-cycle@45 + close@10" --brand ours.docx
    """
    from reflect.files.writing import write
    from reflect.formats.word.sample import sample

    if Path(output).suffix.lower() != ".docx":
        raise click.BadParameter(f"'{output}' is not a Word file; end it in .docx", param_hint="OUT.docx")
    write(Path(output), sample(), force=force, private=False)
    print_line(output)
