"""
What a paper says it was made of, and the blank made again from that.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import attrs

from reflect.documents.making import What, document
from reflect.documents.templates import Templates
from reflect.documents.templates import shelf as shelf_of
from reflect.errors import ReflectError
from reflect.files.office import open_package
from reflect.formats import word
from reflect.pages.catalogues import Catalogue, our_catalogue
from reflect.papers import STANDING_PAPERS
from reflect.questions.rings import ANYONE, Ring, narrows
from reflect.questions.sets import LONGEST
from reflect.reading_back.blank import Blank, PlaceShape, blank_of
from reflect.reading_back.finding import FilledPlace, find_answers
from reflect.reading_back.word_reading import read_word_file
from reflect.sessions.parts import UNPLACED, ItemRecord
from reflect.sessions.session import plan_again
from reflect.text.nodes import Actions, Answer, Block, Choice, Document, Facts, Listing, Look, Quotation, Scale, SignOff
from reflect.text.prose import bare

#: What is known of an answer by its place alone.
_RINGS = {"next-date": Ring.ASSURANCE, UNPLACED: Ring.PAIR}
#: Facts that a paper says beside its words.
_BESIDE: tuple[str, ...] = ("title", "organisation", "marking", "start")
#: What a blank is made again from.
_MADE_FROM = ("kind", "outline", "minutes", "wording", "model", "models", "looks", "marks")


def _whole(text: str, most: int) -> int:
    """
    The number that a text is, or 0: what a file says of itself may be anything.
    """
    found = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
    return found if found <= most else 0


@attrs.frozen
class Origin:
    """
    What a paper says it was made of, as `reflect.Document.about` has it. Any of it may be missing, or anything.

    Attributes:
        about: The texts by their names, and ``kind``, the kind of paper.
    """

    about: Mapping[str, str] = attrs.field(factory=dict)

    @classmethod
    def of_properties(cls, properties: Mapping[str, str]) -> Origin:
        """
        Return what the properties of a Word file say; a long text is in parts.
        """
        found: dict[str, list[tuple[int, str]]] = {}
        for name, text in properties.items():
            if match := re.fullmatch(r"reflect\.([a-z-]+)(?:\.([0-9]{1,3}))?", name):
                found.setdefault(match[1], []).append((int(match[2] or 1), text))
        return cls({name: "".join(text for _, text in sorted(parts)) for name, parts in found.items()})

    def with_blank(self, of: Document | None) -> Origin:
        """
        Return the same with what a blank says, where the paper itself says nothing.
        """
        return self if of is None else Origin({**dict(of.about), "kind": of.kind, **self.about})

    def says(self, name: str) -> str:
        """
        Return one text, or nothing.
        """
        return self.about.get(name, "")

    @property
    def minutes(self) -> int:
        """
        How long the session was planned to be; 0 if it does not say.
        """
        return _whole(self.says("minutes"), LONGEST)

    @property
    def items(self) -> tuple[ItemRecord, ...]:
        """
        What was planned; nothing yet became of any.
        """
        return tuple(self._items())

    def _items(self) -> Iterator[ItemRecord]:
        for n, (name, length) in enumerate(_uses(self.says("outline")), 1):
            yield ItemRecord(key=f"item-{n}", use=name, minutes=length)

    @property
    def facts(self) -> dict[str, str]:
        """
        The facts that it says beside its words.
        """
        return {name: bare(text) for name in _BESIDE if (text := self.says(name))}

    @property
    def topical(self) -> frozenset[str]:
        """
        The keys of items that are about something that was brought.
        """
        return frozenset(f"{self.says('topic')} {self.says('topics')}".split())

    def belongs(self, key: str) -> tuple[Ring, str]:
        """
        Return the ring of an answer, and the version of the page it was asked by.
        """
        for each in self.says("answers").split(" "):
            name, _, rest = each.partition("=")
            ring, _, version = rest.partition("/")
            if name == key and ring in tuple(Ring):
                return Ring(ring), version
        return self.usual(key), self.says("version")

    def usual(self, key: str) -> Ring:
        """
        Return the ring of what was written in a place that nobody gave one: that of the paper, if it is of one.
        """
        own = _RINGS.get(key)
        if self.says("ring") in tuple(Ring):
            ring = Ring(self.says("ring"))
            return own if own and narrows(ring, own) else ring
        return own or (Ring.OWN if self.says("model") or self.says("models") else Ring.PERSONAL)

    def row(self, key: str, number: int) -> Ring:
        """
        Return the ring of a row of a table.
        """
        rings = dict(each.split("=", 1) for each in self.says(key).split(" ") if "=" in each)
        ring = rings.get(str(number), "")
        usual = self.says("ring")
        return Ring(ring) if ring in tuple(Ring) else Ring(usual) if usual in tuple(Ring) else Ring.PERSONAL


def _uses(outline: str) -> Iterator[tuple[str, int]]:
    """
    The items of an outline as a file says it: the key of each page, and its minutes.
    """
    for use in filter(None, outline.split(" + ")):
        name, _, minutes = use.rpartition("@")
        if not (length := _whole(minutes, LONGEST)):
            return
        yield name, length


# --- the blank, made again


@attrs.frozen(eq=False)
class RemadeBlank:
    """
    A blank paper.

    Attributes:
        blank: What it asks for, and what is fixed on it.
        asked: The question over each place, and what was said with it.
        document: The paper.
        pictures: How many pictures it has.
    """

    blank: Blank
    asked: Mapping[str, tuple[str, str]]
    document: Document
    pictures: int = 0


def remake_blank(
    origin: Origin,
    of: Document | None = None,
    models: Catalogue | None = None,
    templates: Templates | Iterable[str | Path] = (),
) -> RemadeBlank | None:
    """
    Return the blank that a paper was made from; None if it cannot be made here.

    Args:
        origin: What the paper says it was made of.
        of: The blank itself, if it is known.
        models: Where models are found.
        templates: Folders of templates of your own.
    """
    shelf = templates if isinstance(templates, Templates) else tuple(templates)
    key = tuple(origin.says(name) for name in _MADE_FROM)
    if of is not None:
        return _made(of)
    if not origin.says("kind"):
        return None
    try:
        if isinstance(shelf, Templates) or shelf:
            return _made_of(key, our_catalogue() if models is None else models, shelf)
        return _kept(key, our_catalogue() if models is None else models)
    except ReflectError:
        return None


@functools.lru_cache(32)
def _kept(key: tuple[str, ...], models: Catalogue) -> RemadeBlank | None:
    return _made_of(key, models, ())


def _made_of(key: tuple[str, ...], models: Catalogue, shelf: Templates | tuple[str | Path, ...]) -> RemadeBlank | None:
    kind, outline, minutes, wording, model, several, looks, marks = key
    length = _whole(minutes, LONGEST) or 60
    known_templates = shelf if isinstance(shelf, Templates) else shelf_of(shelf)
    what: What = None  # a paper of nothing, or the blank of a standing one
    if model:
        what = models.load(model)
    elif several:
        what = [models.load(each) for each in dict.fromkeys(several.split())]
    elif outline:
        what = plan_again(tuple(_uses(outline)), length, models=models)
    elif known_templates.about(kind).of not in ("nothing", *STANDING_PAPERS):
        return None
    # A wording that is a file stays unread: its name came from outside.
    words = wording if re.fullmatch("[a-z-]+", wording) else "general"
    # Paper for the pen has no fields, so its places are those of the plain one.
    known = [look for look in Look if look in looks.split(" ") and look is not Look.PEN]
    blank = document(
        what,
        kind,
        reader=ANYONE,
        wording=words,
        minutes=length,
        models=models,
        templates=known_templates,
        looks=known,
        marks=marks.split(),
    )
    return _made(blank)


def _made(document: Document) -> RemadeBlank:
    bare_paper = read_word_file(open_package(word.write(document)))
    blank = blank_of(bare_paper, _keys(document.blocks))
    asked = {found.place.key: asking(found) for found in find_answers(bare_paper, blank).places}
    return RemadeBlank(blank, asked, document, bare_paper.pictures)


def _keys(blocks: Iterable[Block]) -> Iterator[str]:
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
                    yield from _keys(item.blocks)
            case Quotation(inner):
                yield from _keys(inner)
            case _:
                pass


def asking(found: FilledPlace) -> tuple[str, str]:
    """
    Return what stood over a place: the question, and what was said with it.
    """
    asked: list[str] = []
    hint: list[str] = []
    inside = found.place.shape is not PlaceShape.BOX
    for para in found.prompt:
        for piece in para.pieces:
            if inside and (piece.controls or (found.place.shape is PlaceShape.TICKS and piece.text == "\t")):
                break
            (hint if piece.muted or para.look == "reflecthint" else asked).append(piece.text)
        (hint if para.look == "reflecthint" else asked).append(" ")
    return " ".join("".join(asked).split()), " ".join("".join(hint).split())
