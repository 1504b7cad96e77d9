"""
Commands that show models: `reflect models` and `reflect show`.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reflect.cli.inputs import models_used_in, read_catalogue, read_catalogue_and_keys
from reflect.cli.messages import print_json, print_message, print_result, print_text
from reflect.cli.options import MINUTES, check_one_of, from_option, wording_option

if TYPE_CHECKING:
    from reflect.questions.model import Head


@click.command
@click.option("--family", help="Only models of this family.")
@click.option("--suits", help="Only models that suit: one-to-one, group, self.")
@click.option("--minutes", type=MINUTES, help="Only models that fit into this many minutes.")
@click.option("--people", type=click.IntRange(1, 100), help="Only models for this many people in the room.")
@click.option("--when", metavar="WORDS", help="Only models with these words in their title or use, such as stuck.")
@click.option(
    "--asks",
    metavar="TAG",
    help="Only models with such questions: feeling, evidence-against, alternative, …",
)
@click.option("--element", help="Only models that ask about: experience, reflection, analysis, action.")
@click.option("--function", help="Only models that serve: management, development, support, mediation.")
@click.option("--new-to", metavar="FOLDER", help="Only models that no record in this folder has used.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")
@from_option
def models(
    family: str | None,
    suits: str | None,
    minutes: int | None,
    people: int | None,
    when: str | None,
    asks: str | None,
    element: str | None,
    function: str | None,
    new_to: str | None,
    as_json: bool,
    sources: tuple[str, ...],
) -> None:
    """
    List the models.

    If no model fits everything you ask for, a message on standard error says so, and the exit status is 0.

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

    catalogue = read_catalogue(sources)
    check_one_of("--suits", suits, Suits)
    check_one_of("--asks", asks, TAGS)
    check_one_of("--element", element, Element)
    check_one_of("--function", function, Function)
    _check_family(family, catalogue.heads())
    heads = catalogue.find(
        minutes=minutes,
        people=people,
        suits=suits,
        family=family or "",
        when=when or "",
        asks=asks or "",
        element=element,
        function=function,
        new_to=models_used_in(new_to) if new_to else (),
    )
    if as_json:
        import json

        print_json(json.dumps([_head_as_data(head) for head in heads], ensure_ascii=False, indent=2) + "\n")
    elif heads:
        width = max(len(head.key) for head in heads)
        for head in heads:
            length = f"{head.minutes[0]}-{head.minutes[1]} min" if head.minutes else ""
            draft = ", draft" if head.draft else ""
            print_result(f"{head.key:<{width}}  {length:>10}  {head.title} ({head.family or 'no family'}{draft})")
    else:
        print_message("no model fits all of that; leave one of the options out")


def _check_family(family: str | None, heads: Iterable[Head]) -> None:
    """
    Refuse a family that is not even part of a family's name.
    """
    from reflect.errors import UnknownKey

    families = tuple(sorted({head.family for head in heads if head.family}))
    if family is not None and not any(family.lower() in name.lower() for name in families):
        raise UnknownKey(family, families, "family of models called")


def _head_as_data(head: Head) -> dict[str, object]:
    import attrs

    return {**attrs.asdict(head), "draft": head.draft}


@click.command
@click.argument("key")
@wording_option()
@click.option(
    "--json", "as_json", is_flag=True, help="The whole model as JSON, for programs, in the words of its page."
)
@from_option
def show(key: str, wording: str | Path, as_json: bool, sources: tuple[str, ...]) -> None:
    """
    Show one model, or part of one, with all its questions.

    KEY is a key such as kolb-cycle or kolb-cycle.experience, or the file of a page.

    \b
    Example:
      reflect show kolb-cycle --wording nursing
    """
    from reflect.documents.terminal import text_of_model
    from reflect.questions.wordings import wording as read_wording

    catalogue, names = read_catalogue_and_keys(key, sources)
    if as_json and len(names) > 1:
        raise click.BadParameter(f"'{key}' holds several models; show them without --json", param_hint="KEY")
    if as_json:
        from reflect.interchange.values import to_json
        from reflect.questions.model import Model

        what = catalogue.load(names[0])
        print_json(to_json(what if isinstance(what, Model) else what.questions))
        return
    texts = [text_of_model(catalogue.load(each), read_wording(wording)) for each in names]
    print_text("\n\n".join(texts) + "\n")
