"""
A trainer's papers: several models at once, shown and printed by the page, or as one file or an archive.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from reflect.documents.making import document
from reflect.errors import Refused, UnknownKey
from reflect.formats import html
from reflect.formats.word.brand import Brand
from reflect.pages.catalogues import Catalogue
from reflect.planner.printing import file_of, together
from reflect.planner.shapes import File, Paper
from reflect.planner.timed_models import timed_model, usual_minutes
from reflect.questions.wordings import Wording
from reflect.rendering.rendering import writer_of
from reflect.shown import Brief
from reflect.text.nodes import Document, NewPage

#: The papers of a model, in the order in which a trainer takes them.
PAPERS = ("cards", "handout", "worksheet", "notes", "slide")
FORMATS = ("docx", "html")
#: A deck is one whatever it is of: its cards are cut and mixed.
DECK = "cards"


@attrs.frozen(kw_only=True)
class DeckChoice(Brief):
    """
    What a trainer wants.

    Attributes:
        keys: The models, in their order.
        papers: What is made of them; a handout and cards if nothing is named.
        to: The format: ``"docx"`` or ``"html"``.
        one: Whether all models of a paper are in one file; else each has its own.
        looks: How the papers are laid out.
        plain: Whether questions are in their plain form.
        minutes: How long each of them has; 0 for as long as its page says.
    """

    _in_line = ("to",)

    keys: Sequence[str]
    papers: Sequence[str] = ()
    to: str = "docx"
    one: bool = False
    looks: Sequence[str] = ()
    plain: bool = False
    minutes: int = 0


def deck(models: Catalogue, wording: Wording, choice: DeckChoice, *, brand: Brand | None = None) -> File:
    """
    Return the papers of several models: one file, or an archive if there are several.

    Cards of several models that are in one file are one deck, in which each question occurs once. Everything else
    begins on a new page for each model.

    Args:
        models: Where they are found.
        wording: The words in which they are said.
        choice: What is wanted.
        brand: The look of papers in Word.

    Raises:
        Refused: No model was chosen.
        UnknownKey: There is no such model, paper or format.
    """
    _refuse_unknown(choice)
    write = writer_of(choice.to, brand if choice.to == "docx" else None)
    made = [file_of(f"{name}.{choice.to}", write(paper)) for name, paper in _make(models, wording, choice)]
    return made[0] if len(made) == 1 else together(made, "papers.zip")


def sheets(models: Catalogue, wording: Wording, choice: DeckChoice) -> list[Paper]:
    """
    Return the papers of several models for the page to show and to print: each kind of paper is one.

    Args:
        models: Where they are found.
        wording: The words in which they are said.
        choice: What is wanted.

    Raises:
        Refused: No model was chosen.
        UnknownKey: There is no such model or paper.
    """
    _refuse_unknown(choice)
    shown = (html.parts(paper) for _, paper in _make(models, wording, attrs.evolve(choice, one=True)))
    return [Paper(title=each.title, lang=each.lang, body=each.body, style=each.style) for each in shown]


def _refuse_unknown(choice: DeckChoice) -> None:
    if not choice.keys:
        raise Refused("choose a model first", "keys")
    for given, known, what in ((choice.papers, PAPERS, "paper"), ((choice.to,), FORMATS, "format")):
        for each in given:
            if each not in known:
                raise UnknownKey(each, known, what)


def _make(models: Catalogue, wording: Wording, choice: DeckChoice) -> Iterator[tuple[str, Document]]:
    """
    Yield each paper with its name: of what kind it is, and of which model if it is of one.
    """
    keys = [*dict.fromkeys(choice.keys)]
    timed = {key: timed_model(models, key, usual_minutes(models, key, choice.minutes)) for key in keys}
    for paper in dict.fromkeys(choice.papers or ("handout", DECK)):
        # Each with what it is of: a model, or several, which are one deck or stand one after another.
        wanted = [(f"{paper}-{key}", [[key]]) for key in keys]
        if choice.one and len(keys) > 1:
            wanted = [(paper, [keys] if paper == DECK else [[key] for key in keys])]
        for name, groups in wanted:
            made = [
                document(
                    timed[group[0]] if len(group) == 1 else tuple(timed[key] for key in group),
                    paper,
                    models=models,
                    wording=wording,
                    looks=choice.looks,
                    plain=choice.plain,
                )
                for group in groups
            ]
            yield name, _join(made)


def _join(papers: Sequence[Document]) -> Document:
    """
    Return papers as one, each on a new page.
    """
    first, *others = papers
    if not others:
        return first
    blocks = [*first.blocks]
    for paper in others:
        blocks += [NewPage(), *paper.blocks]
    title = " · ".join(dict.fromkeys(paper.title for paper in papers))
    return attrs.evolve(first, title=title, blocks=tuple(blocks), about=())
