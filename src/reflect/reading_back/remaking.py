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
from reflect.formats.word.ledger import anchor
from reflect.pages.catalogues import Catalogue, our_catalogue
from reflect.questions.rings import ANYONE
from reflect.questions.timetable import least
from reflect.reading_back.blank import Blank, blank_of
from reflect.reading_back.closed_papers import printed_lines
from reflect.reading_back.finding import find_answers
from reflect.sessions.brought import (
    BOXES,
    BOXES_SHOW,
    EARLIER,
    EARLIER_OUTCOMES,
    ENTRIES,
    ENTRIES_SHOW,
    PIECE_OF_WORK,
    TICKED,
)
from reflect.sessions.frame import is_talk
from reflect.sessions.origin import BroughtOrigin, Origin
from reflect.sessions.parts import SIGNING
from reflect.sessions.typed import fold_text
from reflect.text.nodes import (
    Actions,
    Answer,
    Block,
    Cards,
    Choice,
    Document,
    Entry,
    Facts,
    Listing,
    Look,
    Quotation,
    Scale,
    SheetToFill,
    SignOff,
)
from reflect.word_files.word_file import Beside, WordFile
from reflect.word_files.word_reading import read_word_file

#: The page of an item whose title is not that of a page: it is about something that somebody brought.
_SOMETHING_ELSE = "kolb-cycle"
#: So many minutes that an item is a talk.
_LONG_ENOUGH = 20
#: The first option of what became of an item, which only papers with boxes have.
_OUTCOME = re.compile(r"item-[1-9]\d{0,2}\.outcome\.1")


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
        named: The keys of boxes that are named by their row and their column, and not by words over them.
        talks: The heading of each talk in an entry, and what stands before its first line, by the key of that line.
        own: Where a question is printed in its plain form, the words that its page has for it, by the key of the place.
    """

    blank: Blank
    asked: Mapping[str, tuple[str, str]]
    document: Document
    pictures: int = 0
    beside: Mapping[str, tuple[str, str]] = attrs.field(factory=dict)
    named: frozenset[str] = frozenset()
    own: Mapping[str, str] = attrs.field(factory=dict)
    talks: Mapping[str, tuple[str, str]] = attrs.field(factory=dict)

    @property
    def plain(self) -> bool:
        """
        Whether it has questions in their plain form.
        """
        return bool(self.own)

    @property
    def is_deck(self) -> bool:
        """
        Whether it is cards, which have pictures of their own and no place to write.
        """
        return any(isinstance(each, Cards) for each in self.document.blocks)

    def question(self, key: str) -> tuple[str, str]:
        """
        Return the question above a place, and its hint; both are empty if the paper does not have the place.
        """
        return self.asked.get(key, ("", ""))

    def own_question(self, key: str) -> tuple[str, str]:
        """
        Return the question above a place in the words of its page, however it is printed, and its hint.
        """
        asked, hint = self.question(key)
        return self.own.get(key, asked), hint

    def in_own_words(self, key: str, asked: str) -> str:
        """
        Return a question as it stands over a place, in the words of its page if it is printed in its plain form; what
        somebody typed behind it stays.
        """
        printed = self.question(key)[0]
        if key not in self.own or not fold_text(asked).startswith(fold_text(printed)):
            return asked
        return " ".join((self.own[key], *asked.split()[len(printed.split()) :]))

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
    *,
    plain: bool = False,
) -> RemadeBlank | None:
    """
    Return the blank of a paper, or None if it cannot be made here.

    Args:
        of: The blank, if it is known.
        plain: Whether its questions are in their plain form.
    """
    if of is not None:
        return _read_blank(of)
    if not origin.kind:
        return None
    folders = templates if isinstance(templates, Templates) else tuple(templates)
    catalogue = our_catalogue() if models is None else models
    try:
        if folders == ():
            return _remake_of_ours(origin.recipe(), catalogue, plain)
        return _remake(origin, catalogue, folders if isinstance(folders, Templates) else shelf(folders), plain)
    except ReflectError:
        return None


def remake_as_printed(
    texts: Iterable[str],
    origin: Origin,
    of: Document | None = None,
    models: Catalogue | None = None,
    templates: Templates | Iterable[str | Path] = (),
) -> RemadeBlank | None:
    """
    Return the blank of a paper with its questions in their plain form, if that is how they stand on the paper: nothing
    else in its file says so. Return None if the blank cannot be made here.

    Args:
        texts: The texts on the paper.
        of: The blank, if it is known.
    """
    usual = remake_blank(origin, of, models, templates)
    on_paper = f" {' '.join(map(fold_text, texts))} "
    if usual is None or (of is None and all(_is_among(asked, on_paper) for asked, _ in usual.asked.values())):
        return usual
    own = usual if of is None else remake_blank(origin, None, models, templates)
    plain = remake_blank(origin, None, models, templates, plain=True)
    if own is None or plain is None:
        return usual
    words = {key: asked for key, (asked, _) in own.asked.items() if asked != plain.question(key)[0]}
    in_plain = sum(_is_among(plain.question(key)[0], on_paper) for key in words)
    if in_plain <= sum(_is_among(asked, on_paper) for asked in words.values()):
        return usual
    return attrs.evolve(plain, own=words)


def _is_among(asked: str, texts: str) -> bool:
    return f" {fold_text(asked)}" in texts


def _weigh_what_is_printed(
    origin: Origin,
    word_file: WordFile,
    models: Catalogue | None = None,
    templates: Templates | Iterable[str | Path] = (),
) -> float:
    """
    Return how much more is printed on a paper of what one with entries asks than of what one with boxes does: a file
    that lost its tags and its bookmarks shows it by nothing else.
    """
    on_paper = f" {' '.join(fold_text(para.text) for para in word_file.paras)} "
    of_both = []
    for mark in (ENTRIES, BOXES):
        example = attrs.evolve(origin, uses=(("own-item", _LONG_ENOUGH),), minutes=_LONG_ENOUGH, marks=(mark,))
        remade = remake_blank(example, None, models, templates)
        asked = {fold_text(each) for each, _ in remade.asked.values()} - {""} if remade else set()
        of_both.append(sum(_is_among(each, on_paper) for each in asked) / max(len(asked), 1))
    return of_both[0] - of_both[1]


def in_its_layout(
    origin: Origin,
    word_file: WordFile,
    models: Catalogue | None = None,
    templates: Templates | Iterable[str | Path] = (),
    *,
    claimed: bool = False,
) -> Origin:
    """
    Return an origin as a paper with entries or as one with boxes, whichever the paper is.

    What somebody claims, or the blank that they give, may be of today, where the paper was printed before.

    Args:
        claimed: Whether the file itself does not say what it is.
    """
    entries, boxes = _shows_entries(word_file), _shows_boxes(word_file) or origin.earlier
    if claimed and not (entries or boxes or any(para.tags for para in word_file.paras)):
        more = _weigh_what_is_printed(origin, word_file, models, templates)
        entries, boxes = more > 0, more < 0
    if "marks" not in word_file.about and (entries or boxes):
        return origin.in_layout(ENTRIES if entries else BOXES)
    return origin.as_it_was(entries)


def _shows_entries(word_file: WordFile) -> bool:
    """
    Whether a paper has the places of a record with entries, which its tags and its bookmarks show.
    """
    names = {anchor(key) for key in ENTRIES_SHOW}
    return any(ENTRIES_SHOW & set(para.tags) or names & set(para.anchors) for para in word_file.paras)


def _shows_boxes(word_file: WordFile) -> bool:
    """
    Whether a paper has the places of a record with boxes, which its tags and its bookmarks show.
    """
    names = {anchor(key) for key in BOXES_SHOW}
    return any(
        BOXES_SHOW & set(para.tags) or names & set(para.anchors) or any(map(_OUTCOME.fullmatch, para.tags))
        for para in word_file.paras
    )


def guess_origin(
    origin: Origin,
    word_file: WordFile,
    models: Catalogue | None = None,
    templates: Templates | Iterable[str | Path] = (),
) -> Origin:
    """
    Return an origin with the items of a session: by their titles, as the lines for what became of them had them on
    papers of earlier versions, and otherwise by the talks or the boxes that it has.

    How long each was planned to be is not on the paper, so this is good for a blank and for nothing else.

    Args:
        origin: What is known of the paper.
        word_file: The filled paper.
        models: Where to find models.
        templates: Where to find templates.
    """
    known = our_catalogue() if models is None else models
    if origin.has_entries:
        uses = tuple((key, _LONG_ENOUGH) for key in _guess_talks(origin, word_file, known, templates))
        comments = (f"sign.{role}.comments" for role in SIGNING)
        minutes = max(sum(each for _, each in uses), _LONG_ENOUGH)
        return attrs.evolve(origin, uses=uses, minutes=minutes, marks=(*origin.marks, *comments))
    titles = {fold_text(head.title): head.key for head in known.heads()}
    labels = (_label_of_outcomes(para.text) for para in word_file.paras)
    keys = [titles.get(fold_text(label), _SOMETHING_ELSE) for label in labels if label is not None]
    keys = keys or _guess_keys(word_file, known)
    uses = tuple((key, max(least(known.load(key)), 1)) for key in keys if key in known)
    items = (f"item-{n}" for n in range(1, len(uses) + 1))
    return attrs.evolve(origin, uses=uses, minutes=sum(minutes for _, minutes in uses), marks=(*origin.marks, *items))


def _guess_talks(
    origin: Origin, word_file: WordFile, models: Catalogue, templates: Templates | Iterable[str | Path]
) -> list[str]:
    """
    Return the pages of items: under the heading of each talk the model that is named in it.
    """
    example = attrs.evolve(origin, uses=(("own-item", _LONG_ENOUGH),), minutes=_LONG_ENOUGH)
    remade = remake_blank(example, None, models, templates)
    head = _words_of(next((head for head, _ in remade.talks.values()), "")) if remade else ""
    titles = {_words_of(page.title): page.key for page in models.heads() if is_talk(page.key, models)}
    place = re.compile(r"item-([1-9]\d{0,2})")
    found: dict[int, str] = {}
    talk = ""
    for para in word_file.paras:
        words = f" {_words_of(para.text)} "
        if head and words.startswith(f" {head} "):
            named = max((known for known in titles if f" {known} " in words), key=len, default="")
            talk = titles.get(named, "own-item")
            if not any(map(place.fullmatch, (name for each in word_file.paras for name in each.tags))):
                found[len(found) + 1] = talk
        for number in (int(match[1]) for match in map(place.fullmatch, para.tags) if match):
            found.setdefault(number, talk or "own-item")
    return [found.get(number, "arrive") for number in range(1, max(found, default=0) + 1)]


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
    marks = tuple(mark for mark in origin.marks if mark in (BOXES, ENTRIES))
    example = Origin(kind=origin.kind, uses=uses, minutes=10, wording=origin.wording, brought=case, marks=marks)
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
def _remake_of_ours(origin: Origin, models: Catalogue, plain: bool) -> RemadeBlank:
    return _remake(origin, models, shelf(()), plain)


def _remake(origin: Origin, models: Catalogue, templates: Templates, plain: bool) -> RemadeBlank:
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
        plain=plain,
    )
    return _read_blank(blank)


def _read_blank(document: Document) -> RemadeBlank:
    word_file = read_word_file(open_package(word.write(document)))
    blank = blank_of(word_file, _keys_in(document.blocks))
    places = find_answers(word_file, blank).places
    named = dict(_names_in_rows(document.blocks))
    return RemadeBlank(
        blank,
        {each.place.key: each.question() for each in places} | named,
        document,
        word_file.kinds[Beside.PICTURE],
        dict(_lines_beside(document.blocks)),
        frozenset(named),
        talks=dict(_talks_in(document.blocks)),
    )


def _talks_in(blocks: Iterable[Block]) -> Iterator[tuple[str, tuple[str, str]]]:
    for block in blocks:
        if isinstance(block, Entry) and block.talk and block.rows:
            place = block.rows[0][0]
            yield place.key, (block.head, place.label)


def _names_in_rows(blocks: Iterable[Block]) -> Iterator[tuple[str, tuple[str, str]]]:
    """
    Give the names of boxes in rows, which have no words of their own over them: those of their row and their column.
    """
    for block in blocks:
        if isinstance(block, SheetToFill) and block.rows:
            yield from ((place.key, (place.label, "")) for place in block.places)


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
            case SignOff(key, also=also):
                yield from (key, f"{key}.name", f"{key}.date", f"{key}.comments")
                yield from (each.key for each in (also,) if each is not None)
            case Facts(facts):
                yield from (fact.key for fact in facts)
            case Listing(items):
                for item in items:
                    yield from _keys_in(item.blocks)
            case Quotation(inner):
                yield from _keys_in(inner)
            case SheetToFill(places=places):
                yield from (place.key for place in places)
            case Entry():
                yield from (place.key for place in block.places)
            case _:
                pass
