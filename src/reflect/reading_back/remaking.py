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
from reflect.sessions.brought import EARLIER, EARLIER_OUTCOMES, PIECE_OF_WORK, TICKED
from reflect.sessions.frame import is_talk
from reflect.sessions.origin import BroughtOrigin, Origin
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
        beside: The line that goes on from an option: its key and its label, by the key of the options.
    """

    blank: Blank
    asked: Mapping[str, tuple[str, str]]
    document: Document
    pictures: int = 0
    beside: Mapping[str, tuple[str, str]] = attrs.field(factory=dict)

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
    Return an origin with the items of a session: by their titles, as the lines for what became of them had them on
    papers of earlier versions, and otherwise by the boxes that it has.

    How long each was planned to be is not on the paper, so this is good for a blank and for nothing else.

    Args:
        origin: What is known of the paper.
        word_file: The filled paper.
        models: Where to find models.
    """
    known = our_catalogue() if models is None else models
    titles = {fold_text(head.title): head.key for head in known.heads()}
    labels = (_label_of_outcomes(para.text) for para in word_file.paras)
    keys = [titles.get(fold_text(label), _SOMETHING_ELSE) for label in labels if label is not None]
    keys = keys or _guess_keys(word_file, known)
    uses = tuple((key, max(least(known.load(key)), 1)) for key in keys if key in known)
    items = (f"item-{n}" for n in range(1, len(uses) + 1))
    return attrs.evolve(origin, uses=uses, minutes=sum(minutes for _, minutes in uses), marks=(*origin.marks, *items))


def _guess_keys(word_file: WordFile, models: Catalogue) -> list[str]:
    """
    Return the pages of items: for each line with ticks the model that is named over it, and those of the frame.

    The numbers in tags count; where there are none, the items are numbered as they come.
    """
    titles = {_words_of(head.title): head.key for head in models.heads()}
    frame = {title: key for title, key in titles.items() if not is_talk(key, models)}
    place = re.compile(r"item-([1-9]\d{0,2})(\.outcome\.1)?")
    found: dict[int, str] = {}
    title = talk = ""
    for para in word_file.paras:
        words = _words_of(para.text)
        tags = [match for match in map(place.fullmatch, para.tags) if match]
        starts = max((known for known in frame if words.startswith(f"{known} ")), key=len, default="")
        if all(_words_of(option) in words for option in TICKED):
            number = next((int(match[1]) for match in tags if match[2]), len(found) + 1)
            found[number] = talk or "own-item"
            talk = ""
        elif tags and not tags[0][2]:
            found.setdefault(int(tags[0][1]), title or "own-item")
        elif starts and not any(place.fullmatch(name) for each in word_file.paras for name in each.tags):
            found[len(found) + 1] = frame[starts]
        named = max(
            (known for known in titles.keys() - frame.keys() if f" {known} " in f" {words} "), key=len, default=""
        )
        talk = titles[named] if named else talk
        title = frame[starts] if starts else "" if para.text.strip() and not tags else title
    return [found.get(number, "arrive") for number in range(1, max(found, default=0) + 1)]


def _words_of(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold_text(text)))


def words_over_talks(
    origin: Origin, models: Catalogue | None = None, templates: Templates | Iterable[str | Path] = ()
) -> tuple[str, str]:
    """
    Return the words that papers of a kind print over a talk they may not name, and over one about a case.
    """
    uses = (("own-item", 5), ("own-item", 5))
    case = (BroughtOrigin("item-2", PIECE_OF_WORK),)
    example = Origin(kind=origin.kind, uses=uses, minutes=10, wording=origin.wording, brought=case)
    remade = remake_blank(example, None, models, templates)
    return (remade.question("item-1")[0], remade.question("item-2")[0]) if remade else ("", "")


def as_printed_before(origin: Origin, word_file: WordFile) -> Origin:
    """
    Return an origin with the mark of earlier versions, if the paper asks of its items whether they were as planned.
    """
    if origin.earlier:
        return origin
    first = re.compile(r"item-\d+\.outcome\.1")
    asked = str(EARLIER_OUTCOMES[0])
    before = any(
        _label_of_outcomes(para.text) is not None or (asked in para.text and any(map(first.fullmatch, para.tags)))
        for para in word_file.paras
    )
    return attrs.evolve(origin, marks=(*origin.marks, EARLIER)) if before else origin


def _label_of_outcomes(text: str) -> str | None:
    """
    Return the label of a line with the three outcomes of earlier versions; None if it is another line.
    """
    label, tab, options = text.partition("\t")
    asks = tab and all(fold_text(outcome) in fold_text(options) for outcome in EARLIER_OUTCOMES)
    return label if asks else None


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
        blank,
        {each.place.key: each.question() for each in places},
        document,
        word_file.kinds[Beside.PICTURE],
        dict(_lines_beside(document.blocks)),
    )


def _lines_beside(blocks: Iterable[Block]) -> Iterator[tuple[str, tuple[str, str]]]:
    for block in blocks:
        if isinstance(block, Choice) and block.beside is not None:
            yield block.key, (block.beside.key, block.beside.label)


def _keys_in(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Choice(key, beside=beside):
                yield key
                yield from (fact.key for fact in (beside,) if fact is not None)
            case Answer() | Scale() | Actions():
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
