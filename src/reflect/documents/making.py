"""
Templates, values and a reader make a document.

Who may read what is settled before a template runs: it is given only what its reader may see.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Unpack

import attrs

from reflect.diagrams.page import fill_pages, has_small_sheet, have_room, is_too_long, lack_lines, lies, on_its_page
from reflect.documents.answered_sheets import with_answers
from reflect.documents.licences import say_what_is_allowed
from reflect.documents.makers import MADE_OF, Choices, Content, What
from reflect.documents.options import DECKS, DocumentOptions, takes_options
from reflect.documents.templates import Templates, shelf
from reflect.documents.views import ModelView
from reflect.documents.wholeness import (
    PrintedBlocks,
    find_missing,
    find_missing_rows,
    find_printed,
    is_home,
    list_also,
    name_what_is_gone,
    tables_in,
)
from reflect.errors import Refused, TemplateFault, UnknownKey
from reflect.pages.catalogues import Catalogue
from reflect.papers import StandingPaper
from reflect.questions.question import Shape
from reflect.questions.rings import ANYONE, Reader, Ring, is_secret
from reflect.questions.rings import reader as reader_of
from reflect.questions.wordings import Wording
from reflect.questions.wordings import wording as wording_of
from reflect.sessions.brought import ENTRIES
from reflect.sessions.closed import KeptDigests
from reflect.sessions.facts import FACTS, words_of_facts
from reflect.sessions.record import Record
from reflect.sessions.session import Session
from reflect.text import markdown
from reflect.text.filling import fill
from reflect.text.nodes import (
    CARD_SIZES,
    Block,
    Diagram,
    Document,
    Entry,
    Facts,
    Heading,
    Look,
    NewPage,
    SheetToFill,
    words,
)
from reflect.text.prose import Words, visible


@functools.lru_cache(32)
def _wording(name: str | Path | Wording) -> Wording:
    return wording_of(name)


def _settle_wording(given: str | Path | Wording | None) -> Wording | None:
    return None if given is None else _wording(given)


def _settle_facts(given: Mapping[str, Words] | None) -> Mapping[str, str]:
    return words_of_facts(given or {})


def _settle_templates(given: Templates | Iterable[str | Path]) -> Templates:
    return given if isinstance(given, Templates) else shelf(tuple(given))


def _settle_marks(given: Iterable[str]) -> tuple[str, ...]:
    return tuple(given)


#: Shapes of models that people know by their picture.
_KNOWN_BY_ITS_PICTURE = (
    Shape.COLUMNS,
    Shape.CORNERS,
    Shape.CYCLE,
    Shape.LADDER,
    Shape.NESTED,
    Shape.SETS,
    Shape.MATRIX,
)


def _settle_size(given: str) -> str:
    return str(given).casefold()


def _settle_looks(given: Iterable[str | Look]) -> tuple[Look, ...]:
    """
    Return looks by their names, in one order.
    """
    names = tuple(map(str, (given,) if isinstance(given, str) else given))
    for name in names:
        if name not in tuple(map(str, Look)):
            raise UnknownKey(name, tuple(map(str, Look)), "look called")
    return tuple(look for look in Look if look in names)


#: The tables of a record that any paper can take, and the mark of a paper that has one though its blank has none.
_TABLES = ("actions", "decisions")
_ALSO = "also.{}"


@attrs.frozen
class MadeDocument:
    """
    A document, and what of the record that it is made of is not on it.

    Attributes:
        document: The document.
        left_out: The keys of answers that its reader may see and that have no place on it, and the names of tables.
    """

    document: Document
    left_out: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Making:
    """
    What was chosen for all documents that are made in one go; each is then made of something of its own.

    Attributes:
        name: The document. The others are those of `DocumentOptions`, with their defaults.
    """

    name: str
    reader: Reader | None = attrs.field(default=None, converter=attrs.converters.optional(reader_of))
    wording: Wording | None = attrs.field(default=None, converter=_settle_wording)
    facts: Mapping[str, str] = attrs.field(default=None, converter=_settle_facts, repr=False)
    minutes: int = 60
    models: Catalogue | None = None
    templates: Templates = attrs.field(default=(), converter=_settle_templates)  # type: ignore[assignment]
    plain: bool = False
    looks: tuple[Look, ...] = attrs.field(default=(), converter=_settle_looks)
    cards: str = attrs.field(default="usual", converter=_settle_size)
    deck: str = attrs.field(default="")
    marks: tuple[str, ...] = attrs.field(default=(), converter=_settle_marks)

    @cards.validator
    def _know_size(self, _: object, cards: str) -> None:
        if cards not in CARD_SIZES:
            raise UnknownKey(cards, tuple(CARD_SIZES), "size of cards")

    @deck.validator
    def _know_deck(self, _: object, deck: str) -> None:
        if deck not in DECKS:
            raise UnknownKey(deck, DECKS[1:], "deck of")

    def document(self, what: What, sealed: frozenset[str] = frozenset()) -> Document:
        """
        Return one document.

        Args:
            sealed: The facts that reach the template as texts that it may only print.
        """
        return self.make(what, sealed).document

    def make(self, what: What, sealed: frozenset[str] = frozenset()) -> MadeDocument:
        """
        Return one document, and what of its record is not on it.

        Args:
            sealed: As for `document`.
        """
        about = self.templates.about(self.name)
        wording = self.wording or _usual_wording(what)
        choices = Choices(
            name=self.name,
            about=about,
            reader=self.reader,
            wording=wording,
            plain=self.plain,
            facts=self.facts,
            minutes=self.minutes,
            models=self.models,
            marks=self.marks,
            sealed=sealed,
        )
        content = MADE_OF[about.of].content(what, choices)
        facts = choices.seal(content.facts)
        names = {"words": dict(wording.words), **content.names, "facts": facts}
        rounds = [{**names, **each} for each in content.rounds]
        printed = self._print_content(rounds, content)
        left_out, also = tuple[str, ...](), _without_spare_rows(printed.blocks)
        if content.record:
            printed, left_out, tables = self._print_whole(rounds, content, printed, about.ring)
            also = (*also, *tables)
        else:
            printed, also = self._print_also(rounds, printed)
        if isinstance(what, Record) and self.reader:
            cut = what.visible_to(self.reader.within(about.ring))
            left_out = tuple(dict.fromkeys((*left_out, *name_what_is_gone(what.visible_to(self.reader), cut))))
        looks = self._looks_with(about.looks, printed.blocks)
        blocks = fill_pages(printed.blocks, looks)
        headings = (words(block.children) for block in blocks if isinstance(block, Heading))
        origin = attrs.evolve(
            content.origin(blocks),
            marks=tuple(dict.fromkeys((*content.marks, *map(_ALSO.format, also), *_mark_of_entries(blocks)))),
            wording=wording.key,
            organisation=content.facts["organisation"],
            marking=content.facts["marking"],
        )
        document = Document(
            kind=self.name,
            title=" ".join(next(headings, self.name.capitalize()).split()),
            lang=about.lang,
            label=visible(wording.fill(about.label)),
            organisation=" ".join(visible(origin.organisation).split()),
            marking=" ".join(visible(origin.marking).split()),
            limits=visible(_fill_limits(about.limits, wording, (content.names, *content.rounds))),
            blocks=blocks,
            looks=looks,
            about=tuple({**origin.to_about(), **_what_is_kept(content.kept, blocks)}.items()),
        )
        return MadeDocument(document, left_out)

    def _looks_with(self, own: Iterable[Look | str], blocks: tuple[Block, ...]) -> tuple[Look, ...]:
        """
        Return the looks of a document: those of its template, those that were asked for, and that of a sheet to fill
        which is wider than high.
        """
        turned = (Look.LANDSCAPE,) if lies(blocks) else ()
        return _settle_looks((*own, *self.looks, *turned))

    def _print_whole(
        self, rounds: list[dict[str, object]], content: Content, printed: PrintedBlocks, ring: Ring | None
    ) -> tuple[PrintedBlocks, tuple[str, ...], tuple[str, ...]]:
        """
        Return what a template prints of a record with all that belongs on the paper, the names of the rest, and those
        of the tables that stand below it.
        """
        record = content.record
        assert record is not None
        missing = find_missing(record, printed, retold=content.retold)
        rows = find_missing_rows(record, printed.blocks)
        if content.retold:
            return printed, (*dict.fromkeys(each.key for each in missing), *rows), ()

        def belongs(of: Ring) -> bool:
            return is_home(record, self.name, ring, printed.blocks, of)

        own = [each for each in missing if belongs(each.ring)]
        left_out = [each.key for each in missing if each not in own]
        if own:
            also = list_also(own, printed.blocks)
            printed = self._print_content([{**names, "also": also} for names in rounds], content)
            own = [each for each in find_missing(record, printed) if any(each is other for other in own)]
        tables = [name for name in rows if name in _TABLES and all(belongs(row.ring) for row in getattr(record, name))]
        if own or tables:
            decisions = tuple((each.what, each.why, each.who) for each in record.decisions_in_rows)
            names = {**rounds[-1], "also": list_also(own, printed.blocks), "tables": tables, "decisions": decisions}
            printed += self._print("reflect/_also-written", names)
        return printed, (*dict.fromkeys(left_out), *(name for name in rows if name not in tables)), tuple(tables)

    def _print_also(
        self, rounds: Sequence[Mapping[str, object]], printed: PrintedBlocks
    ) -> tuple[PrintedBlocks, tuple[str, ...]]:
        """
        Return a blank with the tables that stand below a filled paper of its kind, and the names of all that only some
        such papers have.
        """
        also = [name for name in _TABLES if _ALSO.format(name) in self.marks]
        tables = [name for name in also if all(table.key != name for table in tables_in(printed.blocks))]
        if tables:
            printed += self._print("reflect/_also-written", {**rounds[-1], "tables": tables, "decisions": ()})
        return printed, tuple(also)

    def is_secret(self, what: What) -> bool:
        """
        Return whether a document holds what not everybody may read, so that only the owner of its file may open it.

        It is so if anything is left that some people may not read, once what it is made of is cut to its reader.

        Args:
            what: What it is made of.
        """
        reader = (self.reader or ANYONE).within(self.templates.about(self.name).ring)
        if any(
            text and reader.sees(ring := FACTS.get(name, Ring.OWN)) and is_secret(ring)
            for name, text in self.facts.items()
        ):
            return True
        return isinstance(what, (Session, Record, StandingPaper)) and is_secret(what.visible_to(reader))

    def _print_content(self, rounds: Iterable[Mapping[str, object]], content: Content) -> PrintedBlocks:
        """
        Return what the template prints; where it prints a blank, with the answers in the places that have their keys.
        """
        printed = self._print_rounds(rounds)
        return with_answers(printed, content.record) if content.filled_by_key and content.record else printed

    def _print_rounds(self, rounds: Iterable[Mapping[str, object]]) -> PrintedBlocks:
        """
        Return what the template prints, each round on a page of its own.
        """
        printed = PrintedBlocks(())
        for n, names in enumerate(rounds):
            printed += PrintedBlocks((NewPage(),)) + self._print_to_fit(names) if n else self._print_to_fit(names)
        return printed

    def _print_to_fit(self, names: Mapping[str, object]) -> PrintedBlocks:
        """
        Return what the template prints: without a diagram that has no room on its page, and with less said where there
        is no room to write.
        """
        whole = self._print(self.name, names)
        if lack_lines(whole.blocks):
            return self._print(self.name, names, lean=True)
        fitting = on_its_page(whole.blocks)
        crowded = has_small_sheet(fitting) and is_too_long(fitting)
        if len(fitting) == len(whole.blocks) and have_room(fitting, self._looks_with((), fitting)) and not crowded:
            return attrs.evolve(whole, blocks=fitting)
        # Perhaps the diagram has room where less is said, if the template can do that.
        lean = self._print(self.name, names, lean=True)
        fitting_lean = on_its_page(lean.blocks)
        in_boxes = any(isinstance(block, SheetToFill) and block.in_boxes for block in whole.blocks)
        # Two sides have room for all that is said; less of it is for one.
        in_vain = in_boxes and not have_room(fitting_lean, self._looks_with((), fitting_lean))
        if in_vain or (crowded and is_too_long(fitting_lean)):
            return attrs.evolve(whole, blocks=fitting)
        if len(fitting_lean) == len(lean.blocks):
            return attrs.evolve(lean, blocks=fitting_lean)
        if any(isinstance(block, Diagram) and block.shape in _KNOWN_BY_ITS_PICTURE for block in lean.blocks):
            # People know such a model by its picture, so of its questions there are fewer.
            brief = self._print(self.name, names, lean=True, brief=True)
            fitting_brief = on_its_page(brief.blocks)
            if len(fitting_brief) == len(brief.blocks):
                return attrs.evolve(brief, blocks=fitting_brief)
        # Nothing helps the diagram, and perhaps less fits on the page where more does not.
        return attrs.evolve(lean, blocks=fitting_lean) if is_too_long(fitting) else attrs.evolve(whole, blocks=fitting)

    def _print(
        self, name: str, names: Mapping[str, object], *, lean: bool = False, brief: bool = False
    ) -> PrintedBlocks:
        settings = {"size": self.cards, "deck": self.deck, "lean": lean, "brief": brief}
        text, values = self.templates.render(name, {**names, "settings": settings})
        try:
            return PrintedBlocks(fill(markdown.read_shape(text), values), find_printed(text, values))
        except Refused as error:
            raise TemplateFault(self.name, None, str(error)) from None


def _without_spare_rows(blocks: Iterable[Block]) -> tuple[str, ...]:
    """
    Return the key of the table of actions, if it has what was written and nothing to write in: a blank has none.
    """
    return tuple(table.key for table in tables_in(blocks) if table.key == "actions" and not table.blank)


def _mark_of_entries(blocks: Iterable[Block]) -> tuple[str, ...]:
    return (ENTRIES,) if any(isinstance(block, Entry) for block in blocks) else ()


def _what_is_kept(kept: KeptDigests | None, blocks: Iterable[Block]) -> dict[str, str]:
    """
    Return what the file of a closed paper keeps, as texts by name; nothing if its fingerprint is not printed on it.
    """
    printed = any(fact.key == "fingerprint" for block in blocks if isinstance(block, Facts) for fact in block.facts)
    return kept.to_about() if kept and printed else {}


def _fill_limits(limits: str, wording: Wording, rounds: Iterable[Mapping[str, object]]) -> str:
    """
    Fill the words of a profession, and put what the licences of the models allow in place of ``{licence}`` and
    ``{licences}``: of one thing, or of several.
    """
    values = (value for names in rounds for value in names.values())
    views = (view for value in values for view in (value if isinstance(value, tuple) else (value,)))
    licences = [view.licence for view in views if isinstance(view, ModelView)]
    pieces = re.split(r"(\{licences?\})", limits)
    pieces[::2] = map(wording.fill, pieces[::2])
    pieces[1::2] = (say_what_is_allowed(licences, several=piece == "{licences}") for piece in pieces[1::2])
    return "".join(pieces).strip()


@takes_options(DocumentOptions, defaults=Making)
def document(what: What, name: str, **options: Unpack[DocumentOptions]) -> Document:
    """
    Return a document, ready for any format.

    Args:
        what: A session, a record, a model, a set, or an outline or its text (then *minutes* counts); a value of
            `reflect.papers` for a paper that stands beside a session; None for its blank, or for a paper of nothing.
        name: The document: ``"agenda"``, ``"handout"``, …
        options: What is chosen for it, as `DocumentOptions` explains.

    Raises:
        NoReader: Something is filled in and no reader is named.
        UnknownKey: There is no such document, reader or wording, or the wording lacks a word.
        TemplateFault: The template is wrong.
        Refused: The document cannot be made of this.
        DoesNotFit: The outline does not fit the minutes.
    """
    return Making(name=name, **options).document(what)


def _usual_wording(what: What) -> Wording:
    """
    Return the wording of a record, or the general one. A file that a record names is not looked at, since a record
    may come from anybody.
    """
    if isinstance(what, Record) and re.fullmatch("[a-z-]+", what.wording):
        return _wording(what.wording)
    return _wording("general")
