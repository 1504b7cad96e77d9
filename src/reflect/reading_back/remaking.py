"""
Makes the blank of a filled paper again, from what the paper says about itself.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import attrs

from reflect.documents.makers import MADE_OF
from reflect.documents.making import document
from reflect.documents.templates import Templates, shelf
from reflect.errors import ReflectError
from reflect.files.office import open_package
from reflect.formats import word
from reflect.pages.catalogues import Catalogue, our_catalogue
from reflect.questions.rings import ANYONE
from reflect.questions.timetable import least
from reflect.reading_back.blank import Blank, blank_of
from reflect.reading_back.closed_papers import printed_lines
from reflect.reading_back.finding import find_answers
from reflect.reading_back.word_file import Beside, WordFile
from reflect.reading_back.word_reading import read_word_file
from reflect.sessions.brought import Outcome
from reflect.sessions.origin import Origin
from reflect.sessions.typed import fold_text
from reflect.text.nodes import Actions, Answer, Block, Choice, Document, Facts, Listing, Look, Quotation, Scale, SignOff

#: The page of an item whose title is not that of a page: it is about something that somebody brought.
_SOMETHING_ELSE = "kolb-cycle"


@attrs.frozen(eq=False)
class RemadeBlank:
    """
    A blank paper.

    Attributes:
        blank: Its places and printed paragraphs.
        asked: The question above each place, and its hint.
        document: The paper as a document.
        pictures: How many pictures it has.
    """

    blank: Blank
    asked: Mapping[str, tuple[str, str]]
    document: Document
    pictures: int = 0

    def question(self, key: str) -> tuple[str, str]:
        """
        Return the question above a place, and its hint; both are empty if the paper does not have the place.
        """
        return self.asked.get(key, ("", ""))

    def lines(self) -> tuple[str, ...]:
        """
        Return the lines that are printed on it, as they are seen.
        """
        return printed_lines(read_word_file(open_package(word.write(self.document))))


def remake_blank(
    origin: Origin,
    of: Document | None = None,
    models: Catalogue | None = None,
    templates: Templates | Iterable[str | Path] = (),
) -> RemadeBlank | None:
    """
    Return the blank of a paper, or None if it cannot be made here.

    Args:
        of: The blank, if it is known.
    """
    if of is not None:
        return _read_blank(of)
    if not origin.kind:
        return None
    folders = templates if isinstance(templates, Templates) else tuple(templates)
    catalogue = our_catalogue() if models is None else models
    try:
        if folders == ():
            return _remake_of_ours(origin.recipe(), catalogue)
        return _remake(origin, catalogue, folders if isinstance(folders, Templates) else shelf(folders))
    except ReflectError:
        return None


def guess_origin(origin: Origin, word_file: WordFile, models: Catalogue | None = None) -> Origin:
    """
    Return an origin with the items of a session by their titles, as the lines for what became of them have them.

    How long each was planned to be is not on the paper, so this is good for a blank and for nothing else.

    Args:
        origin: What is known of the paper.
        word_file: The filled paper.
        models: Where to find models.
    """
    known = our_catalogue() if models is None else models
    titles = {fold_text(head.title): head.key for head in known.heads()}
    outcomes = [fold_text(outcome) for outcome in Outcome]
    keys: list[str] = []
    for para in word_file.paras:
        label, tab, options = para.text.partition("\t")
        if tab and all(outcome in fold_text(options) for outcome in outcomes):
            keys.append(titles.get(fold_text(label), _SOMETHING_ELSE))
    uses = tuple((key, max(least(known.load(key)), 1)) for key in keys if key in known)
    items = (f"item-{n}" for n in range(1, len(uses) + 1))
    return attrs.evolve(origin, uses=uses, minutes=sum(minutes for _, minutes in uses), marks=(*origin.marks, *items))


@functools.lru_cache(32)
def _remake_of_ours(origin: Origin, models: Catalogue) -> RemadeBlank:
    return _remake(origin, models, shelf(()))


def _remake(origin: Origin, models: Catalogue, templates: Templates) -> RemadeBlank:
    maker = MADE_OF[templates.about(origin.kind).of]
    blank = document(
        maker.blank(origin, models),
        origin.kind,
        reader=ANYONE,
        # A wording may also be a file, and a stranger's paper must not make us read one.
        wording=origin.wording if re.fullmatch("[a-z-]+", origin.wording) else "general",
        minutes=origin.minutes or 60,
        models=models,
        templates=templates,
        # Paper for the pen has no fields, so its places are those of the plain one.
        looks=[look for look in Look if look in origin.looks and look is not Look.PEN],
        marks=origin.marks,
    )
    return _read_blank(blank)


def _read_blank(document: Document) -> RemadeBlank:
    word_file = read_word_file(open_package(word.write(document)))
    blank = blank_of(word_file, _keys_in(document.blocks))
    places = find_answers(word_file, blank).places
    return RemadeBlank(
        blank, {each.place.key: each.question() for each in places}, document, word_file.kinds[Beside.PICTURE]
    )


def _keys_in(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Answer() | Choice() | Scale() | Actions():
                yield block.key
            case SignOff(key):
                yield from (key, f"{key}.name", f"{key}.date", f"{key}.comments")
            case Facts(facts):
                yield from (fact.key for fact in facts)
            case Listing(items):
                for item in items:
                    yield from _keys_in(item.blocks)
            case Quotation(inner):
                yield from _keys_in(inner)
            case _:
                pass
