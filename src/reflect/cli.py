"""
The command line: a few lines over the public names.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from reflect.catalogues import Catalogue
    from reflect.documents import What
    from reflect.model import Head

# Nothing heavy is imported above: `reflect --help` has to be quick, and so has `reflect models`.

_CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class _Reflect(click.Group):
    """
    Tells of errors in one way, without a traceback.
    """

    def main(self, *args: Any, **named: Any) -> Any:
        named["standalone_mode"] = False
        try:
            result = super().main(*args, **named)
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
            sys.stderr.close()
            sys.exit(1)
        except OSError as error:
            # A file is written beside its place first; that passing name means nothing to anybody.
            own = error.filename and ".reflect-" not in str(error.filename)
            name = f"{error.filename}: " if own else "the folder of the output: "
            _tell(f"{name}{(error.strerror or type(error).__name__).lower()}; nothing was written there")
            sys.exit(1)
        except Exception as error:
            from reflect.errors import ReflectError

            if not isinstance(error, ReflectError):
                raise
            _tell(str(error))
            sys.exit(1)
        sys.exit(result if isinstance(result, int) else 0)


def _tell(message: str) -> None:
    for line in message.split("\n"):
        click.echo(f"reflect: {line}", err=True)


@click.group(cls=_Reflect, context_settings=_CONTEXT)
@click.version_option(package_name="reflect-supervision", message="%(version)s")
def main() -> None:
    """
    Supervision models as questions, and papers that serve a talk.

    \b
    Example:
      reflect make agenda "arrive@3 + wellbeing-check-in@8 + kolb-cycle@40 + close@9" --minutes 60
    """


_models_option = click.option(
    "--from",
    "sources",
    multiple=True,
    metavar="FOLDER",
    help="Pages of your own: a folder, a page, or package:NAME. May be given several times.",
)


def _catalogue(sources: Iterable[str]) -> Catalogue:
    from reflect.catalogues import catalogue

    return catalogue(*sources)


@main.command(context_settings=_CONTEXT)
@click.option("--family", help="Only models of this family.")
@click.option("--suits", help="Only models that suit: one-to-one, group, self.")
@click.option("--minutes", type=click.IntRange(1), help="Only models that fit these minutes.")
@click.option("--element", help="Only models that ask about: experience, reflection, analysis, action.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@_models_option
def models(
    family: str | None,
    suits: str | None,
    minutes: int | None,
    element: str | None,
    as_json: bool,
    sources: tuple[str, ...],
) -> None:
    """
    List the models there are.

    \b
    Example:
      reflect models --suits group --minutes 45
    """
    from reflect.model import Suits
    from reflect.questions import Element

    known = _catalogue(sources)
    _one_of("--suits", suits, Suits)
    _one_of("--element", element, Element)
    heads = [
        head
        for head in known.heads()
        if (family is None or family.lower() in head.family.lower())
        and (suits is None or Suits(suits) in head.suits)
        and (minutes is None or not head.minutes or head.minutes[0] <= minutes)
        and (element is None or any(Element(element) in q.elements for q in known.model(head.key).asks))
    ]
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
        click.echo("No model fits all of that.", err=True)


def _one_of(option: str, given: str | None, known: Iterable[str]) -> None:
    names = [str(name) for name in known]
    if given is not None and given not in names:
        raise click.BadParameter(f"'{given}' is none of {', '.join(names)}", param_hint=option)


def _head_json(head: Head) -> dict[str, object]:
    import attrs

    data = attrs.asdict(head)
    data["draft"] = head.draft
    return data


@main.command(context_settings=_CONTEXT)
@click.argument("key")
@click.option("--wording", default="general", show_default=True, help="The words of the profession.")
@_models_option
def show(key: str, wording: str, sources: tuple[str, ...]) -> None:
    """
    Show one model, or a part of one, with all its questions.

    KEY is a key such as kolb-cycle or kolb-cycle.experience, or the file of a page.

    \b
    Example:
      reflect show kolb-cycle --wording nursing
    """
    from reflect.showing import shown
    from reflect.words import wording as wording_of

    known, name = _given(key, sources)
    click.echo(shown(known.load(name), wording_of(wording)))


def _given(text: str, sources: tuple[str, ...]) -> tuple[Catalogue, str]:
    """
    A catalogue, and the key or outline within it: a page's file is both.
    """
    if text.endswith(".md"):
        known = _catalogue((*sources, text))
        return known, known._head(known.pages[-1]).key
    return _catalogue(sources), text


def _facts(pairs: Iterable[str]) -> dict[str, str]:
    from reflect.errors import near
    from reflect.session import FACTS

    facts: dict[str, str] = {}
    for pair in pairs:
        name, sign, text = pair.partition("=")
        if not sign or name not in FACTS:
            hint = near(name, FACTS)
            raise click.BadParameter(f"write name=value, with one of: {', '.join(FACTS)}.{hint}", param_hint="--set")
        facts[name] = text
    return facts


def _what(text: str, sources: tuple[str, ...]) -> tuple[What, Catalogue]:
    """
    What a document is made of: a record, a model, or an outline.
    """
    if text.endswith(".json"):
        from pathlib import Path

        from reflect import record
        from reflect.catalogues import Found

        return record.load(Found(text, file=Path(text)).read(), text), _catalogue(sources)
    known, what = _given(text, sources)
    from reflect.outlines import Use, parse

    outline = parse(what)
    return (known.load(outline.path) if isinstance(outline, Use) else outline), known


@main.command(context_settings=_CONTEXT)
@click.argument("document")
@click.argument("what")
@click.option("-o", "--output", metavar="FILE", help="Where to write; - is standard output.")
@click.option("--to", metavar="FORMAT", help="docx, pdf, html, md, txt or json; else as FILE ends, else docx.")
@click.option("--minutes", type=click.IntRange(1, 1440), default=60, show_default=True, help="Length of the session.")
@click.option("--reader", help="Who will read it; needed once anything is filled in.")
@click.option("--wording", default="general", show_default=True, help="The words of the profession, or a YAML file.")
@click.option("--set", "facts", multiple=True, metavar="NAME=VALUE", help="A fact: organisation, date, start, …")
@click.option("--templates", multiple=True, metavar="FOLDER", help="Templates of your own; they go first.")
@click.option("--force", is_flag=True, help="Write over a file that may have been filled in.")
@_models_option
def make(
    document: str,
    what: str,
    output: str | None,
    to: str | None,
    minutes: int,
    reader: str | None,
    wording: str,
    facts: tuple[str, ...],
    templates: tuple[str, ...],
    force: bool,
    sources: tuple[str, ...],
) -> None:
    """
    Make one document.

    DOCUMENT is agenda, record, handout, cards, worksheet, or a template of your own.
    WHAT is a model, an outline, the file of a page, or the file of a record.

    \b
    Examples:
      reflect make agenda "arrive@3 + kolb-cycle@40 + close@7" --set start=10:00 -o agenda.docx
      reflect make cards balint-group -o cards.html
      reflect make handout my-page.md
    """
    from pathlib import Path

    from reflect.documents import render
    from reflect.files import write
    from reflect.formats import FORMATS

    known_facts = _facts(facts)
    ending = Path(output).suffix.lower().removeprefix(".") if output and output != "-" else ""
    to = to or ending or ("txt" if output == "-" else "docx")
    if to not in FORMATS:
        raise click.BadParameter(f"'{to}' is no format; write one of: {', '.join(FORMATS)}", param_hint="--to")
    subject, known = _what(what, sources)
    data = render(
        subject,
        document,
        to=to,
        reader=reader,
        wording=wording,
        facts=known_facts,
        minutes=minutes,
        models=known,
        templates=templates,
    )
    if output == "-":
        sys.stdout.buffer.write(data)
        return
    path = Path(output or _file_name(document, subject, known_facts, to))
    write(path, data, force=force)
    click.echo(f"{path}", err=True)


def _file_name(document: str, what: What, facts: dict[str, str], to: str) -> str:
    """
    Kind and date, or kind and model; never a person.
    """
    from reflect.model import Model

    more = what.key if isinstance(what, Model) else facts.get("date", "")
    plain = "".join(c if c.isascii() and c.isalnum() else "-" for c in more).strip("-")
    return f"{document}-{plain}.{to}" if plain else f"{document}.{to}"


@main.command(context_settings=_CONTEXT)
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("--fix", is_flag=True, help="Write pages in their tidy form, with their keys; nothing they mean changes.")
def check(files: tuple[str, ...], fix: bool) -> int:
    """
    Look for faults in pages, folders of pages, wordings and records.

    \b
    Example:
      reflect check my-page.md --fix
    """
    from pathlib import Path

    from reflect.checks import check as checked
    from reflect.files import write

    wrong = 0
    for name in files:
        for result in checked(Path(name)):
            for fault in result.faults:
                _tell(str(fault))
            wrong += len(result.faults)
            if result.tidy is not None and fix:
                # A page is the trainer's own file: it is replaced whole, and gets no stamp.
                write(result.where, result.tidy.encode(), force=True, stamp=False)
                click.echo(f"{result.where}: tidied")
            elif not result.faults:
                click.echo(f"{result.where}: in order" + (" (--fix writes its keys in)" if result.tidy else ""))
    return 1 if wrong else 0
