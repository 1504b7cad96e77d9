"""
The command line: a few lines over the public names.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TextIO

import click

if TYPE_CHECKING:
    from pathlib import Path

    from reflect.documents.making import What
    from reflect.formats.word.branding import Brand
    from reflect.pages.catalogues import Catalogue
    from reflect.questions.model import Head
    from reflect.sessions.journal import Journal
    from reflect.sessions.record import Record
    from reflect.sessions.session import Session

# Nothing heavy is imported above: `reflect --help` has to be quick, and so has `reflect models`.

_CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class _Reflect(click.Group):
    """
    Tells of errors in one way, without a traceback.
    """

    def main(self, *args: Any, **named: Any) -> Any:
        named["standalone_mode"] = False
        _prepare(sys.stdout)
        try:
            result = super().main(*args, **named)
            sys.stdout.flush()
        except click.exceptions.NoArgsIsHelpError as error:
            click.echo(error.format_message(), err=True)
            sys.exit(2)
        except click.ClickException as error:
            _tell(error.format_message())
            if isinstance(error, click.UsageError) and error.ctx:
                click.echo(f"Try '{error.ctx.command_path} --help'.", err=True)
            sys.exit(2 if isinstance(error, click.UsageError) else 1)
        except click.Abort:
            _tell("stopped")
            sys.exit(1)
        except BrokenPipeError:
            _discard()
            sys.exit(1)
        except OSError as error:
            # A file is written beside its place first; that passing name means nothing to anybody.
            name = str(error.filename or "")
            where = "standard output" if not name else os.path.dirname(name) or "." if ".reflect-" in name else name
            _tell(f"{where}: {(error.strerror or type(error).__name__).lower()}; nothing was written")
            if not name:
                _discard()
            sys.exit(1)
        except Exception as error:
            from reflect.errors import ReflectError

            _tell(str(error) if isinstance(error, ReflectError) else _mistake_of_ours(error))
            sys.exit(1)
        sys.exit(result if isinstance(result, int) else 0)


def _prepare(stream: TextIO) -> None:
    """
    Let a stream print what its encoding lacks as an escape, such as the name of a file in unknown letters.
    """
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="backslashreplace")


def _discard() -> None:
    """
    Let what is still to be printed go nowhere: whoever read it has gone, or there is no room for it.
    """
    with contextlib.suppress(OSError, ValueError):  # not every standard output is a file
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _mistake_of_ours(error: Exception) -> str:
    """
    What to say of an error nobody foresaw: its kind and place, and never its words, which may hold a value.
    """
    place, trace = "", error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        if f"{os.sep}reflect{os.sep}" in code.co_filename:
            place = f" in {os.path.basename(code.co_filename)}, line {trace.tb_lineno}"
        trace = trace.tb_next
    return f"this is a mistake of reflect's own ({type(error).__name__}{place}); please report it, with what you typed"


def _tell(message: str) -> None:
    for line in message.split("\n"):
        click.echo(f"reflect: {line}", err=True)


@click.group(cls=_Reflect, context_settings=_CONTEXT)
@click.version_option(package_name="reflect-supervision", message="%(version)s")
def main() -> None:
    """
    Supervision models as questions, and papers that serve a talk.

    The exit status is 0 if all is well, 1 if something is wrong (it says what), 2 for a wrong call.

    \b
    Example:
      reflect make agenda "arrive@3 + wellbeing-check-in@8 + kolb-cycle@40 + close@9" --minutes 60
    """


class _Minutes(click.ParamType):  # type: ignore[type-arg]  # earlier clicks take no argument
    """
    A number of minutes, up to a day's.
    """

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        text = str(value)
        if not (text.isascii() and text.isdigit() and len(text) < 5 and 1 <= int(text) <= 1440):
            self.fail(f"'{text}' is no number of minutes; write a whole number from 1 to 1440", param, ctx)
        return int(text)


class _FormatName(click.ParamType):  # type: ignore[type-arg]  # earlier clicks take no argument
    """
    The name of a format.
    """

    name = "format"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from reflect.errors import write_one_of
        from reflect.formats import FORMATS

        if value not in FORMATS:
            self.fail(f"'{value}' is not a format; {write_one_of(value, FORMATS)}", param, ctx)
        return str(value)


class _FormatOption(click.Option):
    """
    An option whose help names every format in place of ``{formats}``.
    """

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        from reflect.formats import FORMATS

        *most, last = FORMATS
        record = super().get_help_record(ctx)
        return record and (record[0], record[1].format(formats=f"{', '.join(most)} or {last}"))


def _format_of(output: str, *others: str, remedy: str = "") -> str:
    """
    Return the format that the name of a file ends in; *others* are allowed besides.
    """
    from pathlib import Path

    from reflect.formats import FORMATS

    endings = {**{each.ending: name for name, each in FORMATS.items()}, **{f".{other}": other for other in others}}
    ending = Path(output).suffix.lower()
    if ending not in endings:
        what = f"'{output}' does not end in a format's name; end it in one of: {', '.join(endings)}{remedy}"
        raise click.BadParameter(what, param_hint="-o")
    return endings[ending]


_models_option = click.option(
    "--from",
    "sources",
    multiple=True,
    metavar="FOLDER",
    help="Pages of your own: a folder, a page, or package:NAME. May be given several times.",
)


def _catalogue(sources: Iterable[str]) -> Catalogue:
    from reflect.pages.catalogues import catalogue

    return catalogue(*sources)


@main.command(context_settings=_CONTEXT)
@click.option("--family", help="Only models of this family.")
@click.option("--suits", help="Only models that suit: one-to-one, group, self.")
@click.option("--minutes", type=_Minutes(), help="Only models that fit these minutes.")
@click.option("--people", type=click.IntRange(1, 100), help="Only models for so many people in the room.")
@click.option("--when", "said", metavar="WORDS", help="Only models that help when, such as: stuck.")
@click.option("--asks", metavar="TAG", help="Only models that ask so: feeling, evidence-against, alternative, who, …")
@click.option("--element", help="Only models that ask about: experience, reflection, analysis, action.")
@click.option("--function", help="Only models that serve: management, development, support, mediation.")
@click.option("--new-to", metavar="FOLDER", help="Only models that no record in this folder used.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@_models_option
def models(
    family: str | None,
    suits: str | None,
    minutes: int | None,
    people: int | None,
    said: str | None,
    asks: str | None,
    element: str | None,
    function: str | None,
    new_to: str | None,
    as_json: bool,
    sources: tuple[str, ...],
) -> None:
    """
    List the models there are.

    Where no model fits all of what you ask, it says so on standard error, and the exit status is 0.

    \b
    Example:
      reflect models --people 6 --minutes 30 --when stuck
      reflect models --asks feeling
      reflect models --asks evidence-against --suits one-to-one
      reflect models --new-to our-records/
    """
    from reflect.pages.attributes import TAGS
    from reflect.questions.model import Suits
    from reflect.questions.question import Element, Function

    known = _catalogue(sources)
    _one_of("--suits", suits, Suits)
    _one_of("--asks", asks, TAGS)
    _one_of("--element", element, Element)
    _one_of("--function", function, Function)
    _family(family, known.heads())
    heads = known.find(
        minutes=minutes, people=people, suits=suits, family=family or "", when=said or "", asks=asks or "",
        element=element, function=function, new_to=_used(new_to) if new_to else (),
    )  # fmt: skip
    if as_json:
        import json

        click.echo(json.dumps([_head_json(head) for head in heads], ensure_ascii=False, indent=2))
    elif heads:
        width = max(len(head.key) for head in heads)
        for head in heads:
            length = f"{head.minutes[0]}-{head.minutes[1]} min" if head.minutes else ""
            draft = ", draft" if head.draft else ""
            click.echo(f"{head.key:<{width}}  {length:>10}  {head.title} ({head.family or 'no family'}{draft})")
    else:
        _tell("no model fits all of that; leave one of the options out")


def _used(folder: str) -> set[str]:
    """
    The models that the records in a folder used.
    """
    from pathlib import Path

    from reflect.errors import Fault, Faults
    from reflect.files.reading import nearest, read_text
    from reflect.interchange.values import from_json
    from reflect.sessions.record import Record

    path = Path(folder)
    if not path.is_dir():
        raise Faults((Fault(folder, None, "is no folder", f"name a folder of records{nearest(path)}"),))
    found = (from_json(read_text(file, str(file)), str(file)) for file in sorted(path.glob("*.json")))
    return {item.use.partition(".")[0] for each in found if isinstance(each, Record) for item in each.items}


def _one_of(option: str, given: str | None, known: Iterable[str]) -> None:
    from reflect.errors import write_one_of

    names = [str(name) for name in known]
    if given is not None and given not in names:
        raise click.BadParameter(f"'{given}' is not known; {write_one_of(given, names)}", param_hint=option)


def _family(given: str | None, heads: Iterable[Head]) -> None:
    """
    Refuse a family that no model is of, not even by a part of its name.
    """
    from reflect.errors import UnknownKey

    families = tuple(sorted({head.family for head in heads if head.family}))
    if given is not None and not any(given.lower() in family.lower() for family in families):
        raise UnknownKey(given, families, "family of models called")


def _head_json(head: Head) -> dict[str, object]:
    import attrs

    data = attrs.asdict(head)
    data["draft"] = head.draft
    return data


@main.command(context_settings=_CONTEXT)
@click.argument("key")
@click.option(
    "--wording", default="general", show_default=True, help="The words of the profession, a YAML file, or package:NAME."
)
@click.option("--json", "as_json", is_flag=True, help="All of it, for programs; its words stand as the page has them.")
@_models_option
def show(key: str, wording: str, as_json: bool, sources: tuple[str, ...]) -> None:
    """
    Show one model, or a part of one, with all its questions.

    KEY is a key such as kolb-cycle or kolb-cycle.experience, or the file of a page.

    \b
    Example:
      reflect show kolb-cycle --wording nursing
    """
    from reflect.documents.terminal import shown
    from reflect.questions.wordings import wording as wording_of

    known, name = _given(key, sources)
    if as_json:
        from reflect.interchange.values import to_json
        from reflect.questions.model import Model

        found = known.load(name)
        click.echo(to_json(found if isinstance(found, Model) else found.questions), nl=False)
        return
    click.echo(shown(known.load(name), wording_of(wording)))


def _given(text: str, sources: tuple[str, ...]) -> tuple[Catalogue, str]:
    """
    A catalogue, and the key or outline within it: a page's file is both.
    """
    if text.endswith(".md"):
        from pathlib import Path

        from reflect.errors import Fault, Faults

        if Path(text).is_dir():
            raise Faults((Fault(text, None, "is a folder", f"name a page in it, or a model and --from {text}"),))
        known = _catalogue((*sources, text))
        return known, known._head(known.pages[-1]).key
    known = _catalogue(sources)
    if os.path.isfile(f"{text}.md") and text not in known:
        raise click.BadParameter(f"there is no model '{text}'; for the page in this folder write {text}.md")
    return known, text


def _facts(pairs: Iterable[str]) -> dict[str, str]:
    import unicodedata

    from reflect.errors import write_one_of
    from reflect.sessions.session import FACTS

    facts: dict[str, str] = {}
    for pair in pairs:
        name, sign, text = pair.partition("=")
        if not sign:  # what stands there may be a value
            raise click.BadParameter(f"write name=value, with one of: {', '.join(FACTS)}", param_hint="--set")
        if name not in FACTS:
            what = f"there is no fact '{name}'; {write_one_of(name, FACTS)}"
            raise click.BadParameter(what, param_hint="--set")
        if any(unicodedata.category(c) in ("Cc", "Cs", "Co", "Zl", "Zp") for c in text):
            what = f"'{name}' holds a line break or a sign that cannot be printed; write it on one line"
            raise click.BadParameter(what, param_hint="--set")
        facts[name] = text
    return facts


def _standing(text: str, of: str) -> What | None:
    """
    What a standing paper is made of: its YAML file, or the journal a log counts; None if it is something else.
    """
    from pathlib import Path

    from reflect.papers import load, paper_of
    from reflect.papers.logs import AnnualReview, SupervisionLog

    if text.endswith((".yaml", ".yml")):
        found: What = load(paper_of(of), Path(text))
        return found
    if os.path.isdir(text) and of in ("annual-review", "supervision-log"):
        log = _journal(text)
        return AnnualReview.of(log) if of == "annual-review" else SupervisionLog.of(log)
    if text.endswith((".json", ".docx")):
        return None
    of_what = "a YAML file ('--example' prints one), a journal's folder, or the record of a session, .json or .docx"
    raise click.BadParameter(f"'{text}' is nothing such a paper is made of; name {of_what}", param_hint="'WHAT'")


def _what(text: str, sources: tuple[str, ...]) -> tuple[What, Catalogue]:
    """
    What a document is made of: a record, a filled Word file, a model, or an outline.
    """
    if text.endswith(".docx"):
        from pathlib import Path

        from reflect.reading_back import read as read_back

        known = _catalogue(sources)
        return read_back(Path(text), models=known), known
    if text.endswith(".json"):
        from pathlib import Path

        from reflect.pages.catalogues import Found
        from reflect.sessions import record

        return record.load(Found(text, file=Path(text)).read(), text), _catalogue(sources)
    known, what = _given(text, sources)
    from reflect.questions.outlines import parse
    from reflect.questions.sets import Use

    outline = parse(what)
    return (known.load(outline.path) if isinstance(outline, Use) else outline), known


@main.command(context_settings=_CONTEXT)
@click.argument("document")
@click.argument("words", nargs=-1, metavar="[WHAT]")
@click.option("-o", "--output", metavar="FILE", help="Where to write; - is standard output.")
@click.option(
    "--to",
    cls=_FormatOption,
    type=_FormatName(),
    metavar="FORMAT",
    help="{formats}; else as FILE ends, else docx, or txt for -o -.",
)
@click.option("--minutes", type=_Minutes(), default=60, show_default=True, help="Length of the session.")
@click.option("--reader", help="Who will read it; needed once anything is filled in.")
@click.option(
    "--wording", help="The words of the profession, a YAML file, or package:NAME; else the record's, or general."
)
@click.option("--set", "facts", multiple=True, metavar="NAME=VALUE", help="A fact: organisation, date, start, …")
@click.option(
    "--templates", multiple=True, metavar="FOLDER", help="Templates of your own, or package:NAME; they go first."
)
@click.option("--large-print", is_flag=True, help="18 points, and laid out anew.")
@click.option("--dyslexia-friendly", is_flag=True, help="13 points, wider lines, no capitals.")
@click.option("--pen", is_flag=True, help="Ruled lines to write on by hand, and no fields.")
@click.option("--landscape", is_flag=True, help="Pages on their long side.")
@click.option("--cards", type=int, default=8, show_default=True, help="Cards on an A4 sheet: 8 or 4.")
@click.option(
    "--brand", metavar="FILE", help="Your agency's Word document or template, or package:NAME, to take the look from."
)
@click.option("--example", is_flag=True, help="Print the YAML file that a standing paper can be made of.")
@click.option("--force", is_flag=True, help="Write over a file that may have been filled in.")
@_models_option
def make(
    document: str,
    words: tuple[str, ...],
    output: str | None,
    to: str | None,
    minutes: int,
    reader: str | None,
    wording: str | None,
    facts: tuple[str, ...],
    templates: tuple[str, ...],
    large_print: bool,
    dyslexia_friendly: bool,
    pen: bool,
    landscape: bool,
    cards: int,
    brand: str | None,
    example: bool,
    force: bool,
    sources: tuple[str, ...],
) -> None:
    """
    Make one document.

    DOCUMENT is agenda, record, pair-notes, handout, cards, worksheet, notes, comparison, role-play, slide, diagram,
    take-away, booklet, preparation, beginning-together, or a template of your own; or one that stands beside
    sessions: agreement, informal, case-record, group-record, workload-statement, escalation, supervision-request,
    action-log, case-action-log, supervision-log, annual-review, audit-view.
    WHAT is a model or several joined with +, an outline, the file of a page, or the file of a record, as JSON or as
    filled in. Cards and booklet are of all models where nothing is named. A paper that stands beside sessions is a
    blank without WHAT; else it is made of a YAML file, which --example prints.

    \b
    Examples:
      reflect make agenda "arrive@3 + kolb-cycle@40 + close@7" --set start=10:00 -o agenda.docx
      reflect make cards balint-group -o cards.html
      reflect make comparison "kolb-cycle + gibbs-cycle" -o side-by-side.docx
      reflect make handout my-page.md
      reflect make workload-statement --example > load.yaml
      reflect make workload-statement load.yaml --reader supervisee -o workload.docx
    """
    from pathlib import Path

    from reflect.documents.making import render
    from reflect.documents.templates import Templates
    from reflect.files.writing import write
    from reflect.papers import KINDS, paper_of
    from reflect.papers import example as example_of
    from reflect.questions.sets import Composable, Outline
    from reflect.sessions.session import plan

    known_facts = _facts(facts)
    what = " ".join(words)  # an outline without its quotation marks
    looks = {"large-print": large_print, "dyslexia-friendly": dyslexia_friendly, "pen": pen, "landscape": landscape}
    if output and os.path.isdir(output):
        raise click.BadParameter(f"'{output}' is a folder; name a file in it", param_hint="-o")
    if not to and output and output != "-" and Path(output).suffix:
        to = _format_of(output, remedy="; or name the format with --to")
    to = to or ("txt" if output == "-" else "docx")
    shelf = Templates(_folders(templates))
    about = shelf.about(document)
    of = about.of
    standing = of in KINDS
    if example:
        if not standing:
            raise click.BadParameter(f"'{document}' is made without a file", param_hint="--example")
        click.echo(example_of(paper_of(of)), nl=False)
        return
    if not what and of != "nothing" and not standing and (of != "models" or about.models):
        raise click.MissingParameter(param_hint="'WHAT'", param_type="argument")
    subject: What
    if standing and what and (paper := _standing(what, of)) is not None:
        subject, known = paper, _catalogue(sources)
    else:
        subject, known = _what(what, sources) if what else ("", _catalogue(sources))
    made_of = subject
    worn = _brand(brand)
    planned: Session | None = None
    if of == "session" and isinstance(subject, (Composable, Outline, str)):
        made_of = planned = plan(subject, minutes, models=known, facts=known_facts)
    data = render(
        made_of,
        document,
        to=to,
        reader=reader,
        wording=wording,
        facts=known_facts,
        minutes=minutes,
        models=known,
        templates=shelf,
        looks=[name for name, wanted in looks.items() if wanted],
        brand=worn,
        cards=cards,
    )
    if planned:
        _note(planned)
    for note in worn.notes if worn else ():
        _tell(f"note: {note}")
    if output == "-":
        sys.stdout.buffer.write(data)
        return
    path = Path(output or _file_name(document, subject, known_facts, to))
    write(path, data, force=force, private=bool(reader) and about.private)
    click.echo(f"{path}", err=True)


@main.command(context_settings=_CONTEXT)
@click.option("-o", "--output", metavar="FOLDER", required=True, help="Where to; it is made if it is not there.")
@click.option(
    "--to",
    "formats",
    type=_FormatName(),
    multiple=True,
    metavar="FORMAT",
    help="A format; else docx, and pdf where it can be made.",
)
@click.option(
    "--wording", default="general", show_default=True, help="The words of the profession, a YAML file, or package:NAME."
)
@click.option("--force", is_flag=True, help="Write over files that somebody has changed.")
@_models_option
def catalogue(output: str, formats: tuple[str, ...], wording: str, force: bool, sources: tuple[str, ...]) -> None:
    """
    Write a folder for an intranet: every model on one page, with its papers, ready to open.

    Open index.html in it. It needs no server, and whoever uses it installs nothing.

    \b
    Example:
      reflect catalogue -o catalogue --wording childrens-social-work
    """
    from reflect.formats import FORMATS
    from reflect.rendering.site import publish

    known = _catalogue(sources)
    seen = sys.stderr.isatty()

    def told(path: str, n: int, of: int) -> None:
        if seen:
            click.echo(f"\r{n} of {of}: {path:<60.60}", err=True, nl=n == of)

    if not formats:
        formats = ("docx", "pdf") if FORMATS["pdf"].installed else ("docx",)
        if "pdf" not in formats:
            _tell(f"note: papers are made in Word alone; for PDF too: {FORMATS['pdf'].remedy}")
    made = publish(output, models=known, to=formats, wording=wording, force=force, told=told)
    click.echo(f"{output}: {len(made)} files; open index.html", err=True)


def _brand(file: str | None) -> Brand | None:
    """
    The look of a file, if one is named.
    """
    from pathlib import Path

    from reflect.errors import Fault, Faults, ReflectError
    from reflect.files.places import locate, names_package
    from reflect.files.reading import nearest

    if file is None:
        return None
    from reflect.formats.word.branding import brand

    path = locate(file).brand_file() if names_package(file) else Path(file)
    if not path.is_file():
        remedy = f"name a Word document or template with --brand{nearest(path)}"
        raise Faults((Fault(file, None, "is not there" if not path.exists() else "is no file", remedy),))
    try:
        return brand(path)
    except ReflectError as error:
        what, _, remedy = str(error).partition("; ")
        raise Faults((Fault(file, None, what, remedy or "name another file"),)) from None


@main.command(name="brand", context_settings=_CONTEXT)
@click.argument("output", metavar="OUT.docx")
@click.option("--force", is_flag=True, help="Write over a file that may have been changed.")
def brand_command(output: str, force: bool) -> None:
    """
    Write our styles into a Word file, to restyle them in Word.

    Change the styles there (Home, Styles), the header, the footer and the page, save it, and name it with --brand.

    \b
    Example:
      reflect brand ours.docx
      reflect make agenda "arrive@5 + kolb-cycle@45 + close@10" --brand ours.docx
    """
    from pathlib import Path

    from reflect.files.writing import write
    from reflect.formats.word.sample import sample

    if Path(output).suffix.lower() != ".docx":
        raise click.BadParameter(f"'{output}' is no Word file; end it in .docx", param_hint="OUT.docx")
    write(Path(output), sample(), force=force)
    click.echo(output, err=True)


_journal_option = click.option("--journal", metavar="FOLDER", help="The journal of the two: what was held, with what.")


def _journal(folder: str | None) -> Journal:
    from pathlib import Path

    from reflect.sessions import journal

    return journal.read(Path(folder)) if folder else journal.EMPTY


@main.command(context_settings=_CONTEXT)
@click.argument("session", required=False, metavar="SESSION.yaml")
@click.option(
    "-o", "--output", metavar="FOLDER", help="Where to; a folder in it for each reader. With --example, the file."
)
@click.option("--example", metavar="KIND", help="Print a file to start from: one-to-one, group, first-session.")
@_journal_option
@click.option(
    "--profiles", multiple=True, metavar="FOLDER", help="Profiles of your own, or package:NAME; they go first."
)
@click.option("--private", metavar="FILE", help="What the two alone may read; only you may open that file.")
@click.option(
    "--papers", multiple=True, metavar="NAME", help="More, with commas: preparation, case-record, notes, cards."
)
@click.option(
    "--to",
    cls=_FormatOption,
    type=_FormatName(),
    default="docx",
    show_default=True,
    metavar="FORMAT",
    help="{formats}.",
)
@click.option(
    "--templates", multiple=True, metavar="FOLDER", help="Templates of your own, or package:NAME; they go first."
)
@click.option("--large-print", is_flag=True, help="18 points, and laid out anew.")
@click.option("--dyslexia-friendly", is_flag=True, help="13 points, wider lines, no capitals.")
@click.option("--pen", is_flag=True, help="Ruled lines to write on by hand, and no fields.")
@click.option(
    "--brand", metavar="FILE", help="Your agency's Word document or template, or package:NAME, to take the look from."
)
@click.option("--force", is_flag=True, help="Write over files that somebody has changed.")
@_models_option
def plan(
    session: str | None,
    output: str | None,
    example: str | None,
    journal: str | None,
    profiles: tuple[str, ...],
    private: str | None,
    papers: tuple[str, ...],
    to: str,
    templates: tuple[str, ...],
    large_print: bool,
    dyslexia_friendly: bool,
    pen: bool,
    brand: str | None,
    force: bool,
    sources: tuple[str, ...],
) -> None:
    """
    Plan a session, and write its papers: an agenda and a record for each of the two.

    Without -o it prints the agenda. What it would advise it says on standard error, and on no paper.

    \b
    Examples:
      reflect plan --example one-to-one -o session.yaml
      reflect plan session.yaml -o papers --journal ours
    """
    from pathlib import Path

    from reflect.documents.making import render
    from reflect.errors import write_one_of
    from reflect.files.places import OURS
    from reflect.files.writing import write
    from reflect.planning import checking
    from reflect.planning.agenda import arrange
    from reflect.planning.keeping import Resumed, resumed
    from reflect.planning.session_file import load, private_lines
    from reflect.rendering import session_papers as papers_of

    if example is not None:
        folder = OURS / "examples"
        known = sorted(file.stem for file in folder.glob("*.yaml"))
        if example not in known:
            raise click.BadParameter(f"'{example}' is none; {write_one_of(example, known)}", param_hint="--example")
        text = (folder / f"{example}.yaml").read_text("utf-8")
        if output in (None, "-"):
            click.echo(text, nl=False)
        else:  # in Windows' PowerShell what > writes is no UTF-8
            write(Path(output), text.encode(), force=force, stamp=False)
            click.echo(output, err=True)
        return
    if session is None:
        raise click.MissingParameter(param_hint="'SESSION.yaml'", param_type="argument")
    told, settings = load(Path(session), profiles)
    for warning in told.warnings:
        _tell(f"warning: {warning}")
    log = _journal(journal)
    models = _catalogue(sources)
    lines = private_lines(Path(private)) if private else ()
    now = resumed(told.file, log, Path(journal)) if journal else Resumed(told.file)
    made = arrange(now.file, settings, log, models=models, private=lines)
    for remark in (*now.remarks, *made.remarks):
        _tell(f"note: {remark}")
    for finding in (*checking.of_plan(made), *checking.of_series(log, settings)):
        _tell(f"advice: {finding}")
    if output is None:
        reader = "group" if settings.setting == "group" else "supervisor"
        kind = "group-agenda" if settings.setting == "group" else "agenda"
        wording = papers_of.words_of(made, now.file, settings)
        click.echo(render(made.session, kind, to="txt", reader=reader, wording=wording).decode(), nl=False)
        return
    looks = {"large-print": large_print, "dyslexia-friendly": dyslexia_friendly, "pen": pen}
    found = papers_of.papers(
        made,
        now.file,
        settings,
        more=[name.strip() for some in papers for name in some.split(",") if name.strip()],
        to=to,
        models=models,
        templates=_folders(templates),
        looks=[name for name, wanted in looks.items() if wanted],
        brand=_brand(brand),
    )
    for path in papers_of.keep(Path(output), found, force=force):
        click.echo(f"{path}", err=True)


@main.command(context_settings=_CONTEXT)
@_journal_option
@click.option("--minutes", type=_Minutes(), default=20, show_default=True, help="How long there is.")
@click.option("--suits", default="one-to-one", show_default=True, help="one-to-one, group or self.")
@click.option("--for", "family", default="", metavar="REFERENCE", help="The family or case it is for.")
@click.option("--purpose", default="", help="An element or a function it should serve.")
@click.option("--instead-of", default="", metavar="KEY", help="You are stuck with this one: another of another sort.")
@click.option("--after-shock", is_flag=True, help="Something has happened that comes before any model.")
@click.option("--seed", type=int, default=0, show_default=True, help="Another number, another order.")
@_models_option
def suggest(
    journal: str | None,
    minutes: int,
    suits: str,
    family: str,
    purpose: str,
    instead_of: str,
    after_shock: bool,
    seed: int,
    sources: tuple[str, ...],
) -> None:
    """
    Say what to try next, and why. Nothing here claims to work better.

    \b
    Examples:
      reflect suggest --journal ours --minutes 30
      reflect suggest --instead-of kolb-cycle --minutes 10
    """
    from reflect.planning.suggesting import candidates
    from reflect.planning.suggesting import suggest as suggested
    from reflect.questions.model import Suits
    from reflect.questions.question import Element, Function

    _one_of("--suits", suits, Suits)
    _one_of("--purpose", purpose or None, (*Element, *Function))
    advice = suggested(
        candidates(_catalogue(sources)),
        _journal(journal),
        minutes=minutes,
        suits=suits,
        family=family,
        purpose=purpose,
        instead_of=instead_of,
        shock=after_shock,
        seed=seed,
    )
    for note in advice.notes:
        click.echo(note)
    for each in advice.suggestions:
        click.echo(f"{each.title} ({each.key}). {each.why}")


@main.command(context_settings=_CONTEXT)
@click.argument("session", metavar="SESSION.yaml")
@click.argument("record", required=False, metavar="[RECORD]")
@click.option("--journal", metavar="FOLDER", required=True, help="The journal of the two.")
@click.option(
    "--profiles", multiple=True, metavar="FOLDER", help="Profiles of your own, or package:NAME; they go first."
)
@click.option("--minutes", type=_Minutes(), help="How long it really was.")
@click.option("--not-reached", multiple=True, metavar="ITEM", help="A kind of item, a family or a case not reached.")
@click.option(
    "--unfinished", multiple=True, metavar="REFERENCE", help="A family or case whose model goes on next time."
)
@click.option("--useful", default="", help="What the supervisee said was useful.")
@click.option("--change", default="", help="What the supervisee wants changed.")
@click.option("--cancelled-by", help="It was not held: supervisee, supervisor or both.")
@click.option("--rearranged", help="The day it was moved to, such as 2026-03-11.")
@_models_option
def held(
    session: str,
    record: str | None,
    journal: str,
    profiles: tuple[str, ...],
    minutes: int | None,
    not_reached: tuple[str, ...],
    unfinished: tuple[str, ...],
    useful: str,
    change: str,
    cancelled_by: str | None,
    rearranged: str | None,
    sources: tuple[str, ...],
) -> None:
    """
    Write a session into the journal, once it was held or fell out.

    Nothing planned counts as held until somebody says so. No answers are kept.
    RECORD is the filled record of it: what became of each item is read there, and what was useful.
    What the supervisee brought and found no time is noted by its place in the session file, and leads next time.

    \b
    Examples:
      reflect held session.yaml record-2026-03-04.docx --journal ours --minutes 80
      reflect held may.yaml --journal ours --minutes 80 --not-reached learning
      reflect held april.yaml --journal ours --cancelled-by supervisor --rearranged 2026-03-11
    """
    from pathlib import Path

    from reflect.planning.agenda import arrange
    from reflect.planning.keeping import entry, resumed, seen_from
    from reflect.planning.session_file import load
    from reflect.questions.rings import Ring
    from reflect.reading_back import read as read_back
    from reflect.sessions import journal as journals

    told, settings = load(Path(session), profiles)
    folder, models = Path(journal), _catalogue(sources)
    log = journals.read(folder)
    file = resumed(told.file, log, folder).file
    filled = read_back(Path(record), models=models) if record else None
    found = entry(
        arrange(file, settings, log, models=models),
        file,
        record=filled,
        minutes=minutes,
        not_reached=not_reached,
        unfinished=unfinished,
        useful=useful,
        change=change,
        ring=Ring.GROUP if settings.setting == "group" else Ring.PERSONAL,
        cancelled_by=cancelled_by,
        rearranged=rearranged,
        where=seen_from(folder, Path(session)),
    )
    blank = sum(item.outcome is None for item in filled.items) if filled else 0
    if blank:
        _tell(f"note: nobody ticked what became of {blank} items; they are noted as planned")
    for each in filled.reading.doubts if filled and filled.reading else ():
        _tell(f"note: {each[0]}: {each[1]}")
    click.echo(journals.add(folder, found), err=True)


@main.command(context_settings=_CONTEXT)
@click.argument("journal", metavar="FOLDER")
@click.option("-o", "--output", cls=_FormatOption, metavar="FILE", help="svg, {formats}; else it is printed.")
@click.option("--force", is_flag=True, help="Write over a file that may have been changed.")
@_models_option
def series(journal: str, output: str | None, force: bool, sources: tuple[str, ...]) -> None:
    """
    Show what a run of sessions has covered, for the annual review.

    \b
    Example:
      reflect series ours -o covered.svg
    """
    from pathlib import Path

    from reflect.files.writing import write
    from reflect.planning import checking
    from reflect.sessions import series as view

    log, models = _journal(journal), _catalogue(sources)
    for finding in checking.of_series(log):
        _tell(f"advice: {finding}")
    found = view.series(log, models=models)
    if output is None:
        click.echo(view.render(found, "txt", models=models).decode(), nl=False)
        return
    to = _format_of(output, "svg")
    write(Path(output), view.render(found, to, models=models), force=force)
    click.echo(output, err=True)


def _folders(templates: Iterable[str]) -> tuple[Path, ...]:
    """
    Folders of templates; one that is not there is told.
    """
    from reflect.errors import Fault, Faults
    from reflect.files.places import folders_of
    from reflect.files.reading import nearest

    folders = folders_of("templates", templates)
    lost = [folder for folder in folders if not folder.is_dir()]
    if lost:
        remedy = "name a folder of templates (.md) with --templates"
        raise Faults(Fault(str(folder), None, "is no folder", remedy + nearest(folder)) for folder in lost)
    return folders


def _note(session: Session) -> None:
    """
    Tell what the minutes were too few for.
    """
    for some in session.dropped:
        name = some.title or some.key
        _tell(f"note: there was no time for '{name}'; give the session more minutes than {session.minutes}")
    for item in session.shortened:
        _tell(f"note: '{item.title}' has {item.minutes} of the {item.set.minutes} minutes wished for")


def _file_name(document: str, what: What, facts: dict[str, str], to: str) -> str:
    """
    Kind and date, or kind and model; never a person.
    """
    from reflect.questions.model import Model

    more = what.key if isinstance(what, Model) else facts.get("date", "")
    plain = "".join(c if c.isascii() and c.isalnum() else "-" for c in more).strip("-")
    return f"{document}-{plain}.{to}" if plain else f"{document}.{to}"


class _Limit(click.ParamType):  # type: ignore[type-arg]  # earlier clicks take no argument
    """
    A number of characters.
    """

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        text = str(value)
        if not (text.isascii() and text.isdigit() and len(text) < 7):
            self.fail(f"'{text}' is no number of characters; write a whole number", param, ctx)
        return int(text)


@main.command(context_settings=_CONTEXT)
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("-o", "--output", metavar="FOLDER", help="Where to write a file for each; - is standard output.")
@click.option(
    "--to", type=click.Choice(["json", "txt"]), default="json", show_default=True, help="Data, or plain text."
)
@click.option("--reader", help="Who will read the plain text.")
@click.option("--limit", type=_Limit(), help="How many characters of plain text stand under one heading.")
@click.option("--facts", metavar="FILE.csv", help="Write that the sessions were held, and no word of what was said.")
@click.option("--templates", multiple=True, metavar="FOLDER", help="Templates of your own that papers were made with.")
@click.option("--force", is_flag=True, help="Write over files that are there.")
@_models_option
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

    FILE may be a folder: all Word files in it, and what else is there is named. One that cannot be read stops no
    other.
    Each record says on standard error what is uncertain in it; text under no question is kept as 'unplaced'.

    \b
    Examples:
      reflect read record.docx -o records
      reflect read filled/ -o records --facts held.csv
      reflect read record.docx -o - --to txt --reader case-file --limit 4000
    """
    from pathlib import Path

    from reflect.errors import NoReader, ReflectError
    from reflect.files.writing import write
    from reflect.questions.rings import READERS
    from reflect.questions.rings import reader as reader_of
    from reflect.reading_back import read as read_back
    from reflect.sessions.attendance import assurance, table
    from reflect.sessions.pasting import pasted
    from reflect.sessions.record import dump

    paths = _filled(files)
    if output is None and facts is None:
        raise click.UsageError("say where to: -o FOLDER for a file each, or --facts FILE.csv")
    if output == "-" and len(paths) > 1:
        raise click.UsageError("name a folder with -o: several records do not go into one")
    if to == "txt" and output is not None and reader is None:
        raise NoReader("record", tuple(known.name for known in READERS))
    who = reader_of(reader) if reader else None
    folder = Path(output) if output not in (None, "-") else None
    if folder is not None and not folder.is_dir():
        raise click.BadParameter(f"there is no folder '{folder}'; make it first", param_hint="-o")
    known, shelf = _catalogue(sources), _folders(templates)
    held, looked = [], 0
    names: set[str] = set()
    for n, path in enumerate(paths, 1):
        place = f"[{n}/{len(paths)}] {path}" if len(paths) > 1 else str(path)
        try:
            record = read_back(path, models=known, templates=shelf)
            data = pasted(record, who, limit) if to == "txt" and who is not None else dump(record)
            if folder is not None:
                write(folder / _once(path.stem, to, names), data.encode("utf-8", "replace"), force=force, stamp=False)
        except ReflectError as error:
            for line in str(error).split("\n"):
                _tell(f"{place}: {line.removeprefix(f'{path}: ')}")
            continue
        if output == "-":
            sys.stdout.buffer.write(data.encode("utf-8", "replace"))
        held.append((path.stem, assurance(record)))
        told = [f"{key}: {doubt}" for key, doubt in record.reading.doubts] if record.reading else []
        told += record.reading.notes if record.reading else ()
        looked += bool(told)
        if len(paths) > 1 or not told:
            click.echo(f"{place}: read" + (", and to be looked at" if told else ""), err=True)
        for line in told:
            click.echo(f"  {line}", err=True)
    if facts is not None:
        write(Path(facts), table(held).encode("utf-8", "replace"), force=force, stamp=False)
    lost = len(paths) - len(held)
    if len(paths) > 1:
        more = f", {looked} to be looked at" if looked else ""
        click.echo(f"{len(held)} of {len(paths)} read{more}" + (f"; {lost} not read" if lost else ""), err=True)
    return 1 if lost else 0


def _filled(files: Iterable[str]) -> list[Path]:
    """
    The files that are meant: of a folder all Word files, but for those that Word keeps beside an open one.

    What else is in a folder is told: somebody sent it.
    """
    from pathlib import Path

    found: list[Path] = []
    for name in files:
        path = Path(name)
        every = (
            sorted(each for each in path.iterdir() if not each.name.startswith(("~$", "."))) if path.is_dir() else []
        )
        inside = [each for each in every if each.suffix.lower() == ".docx"]
        for each in every:
            if each not in inside:
                click.echo(f"{each}: left out, it is not a Word file (.docx)", err=True)
        if path.is_dir() and not inside:
            raise click.BadParameter(f"there are no Word files (.docx) in '{path}'", param_hint="FILE…")
        found += inside or [path]
    return list(dict.fromkeys(found))


def _once(stem: str, to: str, names: set[str]) -> str:
    """
    A name for a record's file that no other of this call has: two folders may hold files of one name.
    """
    name, n = f"{stem}.{to}", 1
    while name.lower() in names:
        n += 1
        name = f"{stem}-{n}.{to}"
    names.add(name.lower())
    return name


def _record(name: str, sources: tuple[str, ...], templates: tuple[str, ...] = ()) -> Record:
    """
    A record from its JSON, or from the Word file or saved page that was filled in.
    """
    from pathlib import Path

    from reflect.interchange.values import from_json
    from reflect.pages.catalogues import Found
    from reflect.reading_back import read as read_back
    from reflect.sessions import record

    path = Path(name)
    if path.suffix.lower() == ".json":
        text = Found(name, file=path).read()
        value = from_json(text, name)
        return value if isinstance(value, record.Record) else read_back(path, models=_catalogue(sources))
    return read_back(path, models=_catalogue(sources), templates=_folders(templates))


@main.command(context_settings=_CONTEXT)
@click.argument("record")
@click.option("-o", "--output", metavar="FILE", required=True, help="Where to write your copy: Word, or any format.")
@click.option(
    "--replace", "pairs", multiple=True, metavar="REFERENCE=WORDS", help="What stands for a reference: AK=older child."
)
@click.option("--comments", metavar="FILE", help="A text file with what you add for yourself.")
@click.option("--yes", is_flag=True, help="What is replaced has been looked at.")
@click.option("--wording", help="The words of the profession; else those of the record.")
@click.option("--force", is_flag=True, help="Write over a file that may have been filled in.")
@_models_option
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
    Make the supervisee's own copy of a record: names replaced, with their own words and two fingerprints.

    It shows what is replaced and what may be a reference and stays, and asks before it writes. Keep the copy where
    your employer allows; 'reflect compare' proves later what it was made from.

    \b
    Example:
      reflect copy record.json --replace "AK=older child" --replace "F11=the family" -o my-copy.docx
    """
    from pathlib import Path

    from reflect.documents.making import render
    from reflect.files.reading import read_text
    from reflect.files.writing import write
    from reflect.interchange.values import to_json
    from reflect.safekeeping.own_copies import own_copy, references

    to = _format_of(output)
    replace: dict[str, str] = {}
    for pair in pairs:
        name, sign, words = pair.partition("=")
        if not sign:
            raise click.BadParameter("write REFERENCE=WORDS, such as AK=older child", param_hint="--replace")
        replace[name.strip()] = words.strip()
    source = _record(record, sources)
    mine = own_copy(source, replace, read_text(Path(comments), comments) if comments else "")
    for name, words in replace.items():
        click.echo(f"{name} becomes [{words}]", err=True)
    left = [f"{name} ({times})" for name, times in references(mine) if name not in replace]
    if left:
        click.echo(f"may be references to somebody, and stay: {', '.join(left)}", err=True)
    if not yes:
        click.confirm("Write the copy so?", abort=True, err=True)
    data = to_json(mine).encode() if to == "json" else b""
    data = data or render(mine, mine.document, to=to, reader="author", wording=wording, models=_catalogue(sources))
    write(Path(output), data, force=force, private=True, stamp=to != "json")
    click.echo(output, err=True)


@main.command(context_settings=_CONTEXT)
@click.argument("mine")
@click.argument("theirs")
@_models_option
def compare(mine: str, theirs: str, sources: tuple[str, ...]) -> int:
    """
    Show in plain words what differs between two copies of one record: Word files, JSON, or one of each.

    If one is an own copy with names replaced, it is derived anew from the other, which proves it or does not.
    The exit status is 0 if they say the same, and 1 if something differs.

    \b
    Example:
      reflect compare mine.docx record.json
    """
    from reflect.safekeeping.comparing import compare as compared
    from reflect.safekeeping.own_copies import KIND, prove

    one, other = _record(mine, sources), _record(theirs, sources)
    if (one.document == KIND) != (other.document == KIND):
        copy, record = (one, other) if one.document == KIND else (other, one)
        proof = prove(copy, record)
        if proof.proven:
            click.echo("the own copy is the record, word for word, but for the references that were replaced")
            return 0
        _tell(proof.why)
        return 1
    found = compared(one, other)
    for difference in found:
        click.echo(str(difference))
    if not found:
        click.echo("they say the same")
    return 1 if found else 0


def _can_advise() -> bool:
    """
    Whether the packages that advice needs are there; if not it is said, once.
    """
    from importlib.util import find_spec

    there = find_spec("breame") is not None and find_spec("pyphen") is not None
    if not there:
        _tell('no advice on questions: pip install "reflect-supervision[lint]" for that')
    return there


def _advised(times: int) -> str:
    return f", with {times} piece{'s' if times != 1 else ''} of advice" if times else ""


@main.command(context_settings=_CONTEXT)
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("--fix", is_flag=True, help="Write pages in their tidy form, with their keys; nothing they mean changes.")
@click.option("--advice/--no-advice", default=True, help="Say what could be better about a page's questions.")
@click.option("--strict", is_flag=True, help="End with status 1 if there is advice, too.")
def check(files: tuple[str, ...], fix: bool, advice: bool, strict: bool) -> int:
    """
    Look for faults in pages, folders of pages, templates, wordings, and JSON of any kind that reflect writes.

    On pages it gives advice too: questions that can be answered with yes, that ask two things, that another page
    asks already. Advice never stops a paper from being made; a page may keep what it is advised against, with a reason.

    In a Word file it looks for what keeps people from reading it: colours, sizes, headings, titles, descriptions.
    Of a filled record, Word or JSON, it says whether the words are still those that were signed, and whether a line
    about support tells why.

    \b
    Example:
      reflect check my-page.md --fix
    """
    from pathlib import Path

    from reflect.checks import check as checked
    from reflect.files.writing import write

    wrong = 0
    advice = advice and _can_advise()
    for name in files:
        for result in checked(Path(name), advise=advice):
            for fault in (*result.faults, *result.advice):
                _tell(str(fault))
            wrong += len(result.faults) + (len(result.advice) if strict else 0)
            if result.tidy is None:
                if not result.faults:
                    click.echo(f"{result.where}: in order{_advised(len(result.advice))}")
            elif result.faults:
                pass
            elif not fix:
                click.echo(f"{result.where}: in order, and --fix would tidy it ({result.changes})")
            else:
                try:
                    # A page is the trainer's own file: it is replaced whole, and gets no stamp.
                    write(result.where, result.tidy.encode(), force=True, stamp=False)
                except OSError as error:
                    _tell(f"{result.where}: {(error.strerror or 'cannot be written').lower()}; it was left as it was")
                    wrong += 1
                else:
                    click.echo(f"{result.where}: tidied ({result.changes})")
    return 1 if wrong else 0
