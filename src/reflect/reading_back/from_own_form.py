"""
Reads the record in an agency's own form that was filled in.

A place is found by our control in it, by the hidden bookmark beside that, or by the form's own control, bookmark or
cell, whichever the programs it went through have left.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import attrs

from reflect.documents.templates import Templates
from reflect.files.office import Package
from reflect.formats.word.ledger import anchor
from reflect.own_forms.filling_in import COLUMNS
from reflect.own_forms.form_fields import ABOUT, TALK, FormField, fields_of
from reflect.own_forms.form_map import FormMap, SpotName
from reflect.own_forms.spots import OwnForm, is_nothing, own_form
from reflect.own_forms.traces import Traces, digest
from reflect.pages.catalogues import Catalogue, our_catalogue
from reflect.questions.rings import Ring, narrowest
from reflect.reading_back.blank import PlaceShape, WritingPlace
from reflect.reading_back.claims import Claim, PaperRings
from reflect.reading_back.finding import FilledPaper, FilledPlace
from reflect.reading_back.from_word import RecordReader
from reflect.reading_back.left_out import settle_written
from reflect.reading_back.remaking import remake_blank
from reflect.reading_back.returned_paper import FoundBy
from reflect.reading_back.tables import WrittenRow
from reflect.sessions.acting import read_line
from reflect.sessions.facts import FACTS
from reflect.sessions.record import Record
from reflect.text.prose import LineKind
from reflect.word_files.place_tags import PlaceTag, tags_of_key
from reflect.word_files.word_file import Beside, Control, Para, Piece, WordFile
from reflect.word_files.word_reading import read_properties, read_word_file

#: What a file that is an agency's form says of itself.
IS_FORM = "form"
#: A box with its tick, and one without.
_TICKED, _EMPTY = "☒ ", "☐ "
_OF_TALK = re.compile(rf"{TALK}(?:-(?P<number>[1-9]))?(?:\.|\Z)")
#: The minutes of a talk that nothing is known of.
_LONG_ENOUGH = 60
_BOX = re.compile("[☐☒☑]")
#: The end of the bookmark of an option: its number, and a hash.
_OF_OPTION = re.compile(r"^_rf_.*_[0-9]+_[0-9a-f]{8}$")
_SIGN = re.compile(r"\s*(?P<on>[☒☑✓✔xX])\s*")


def is_own_form(package: Package) -> bool:
    """
    Whether a file says that it is an agency's form that reflect filled in.
    """
    return bool(read_properties(package).get(f"reflect.{IS_FORM}"))


def record_of_own_form(
    package: Package,
    form_map: FormMap | None = None,
    *,
    blank: OwnForm | None = None,
    claim: Claim,
    models: Catalogue | None = None,
    templates: Templates | Iterable[str | Path] = (),
) -> Record:
    """
    Return the record in an agency's form. `reflect.read` explains the options.

    Args:
        form_map: Its map. What the file says of its places counts too, and of who may read it the narrower of both.
        blank: The form before it was filled in.
        claim: What somebody says that it is.
    """
    word_file = read_word_file(package)
    traces = Traces.of_about(word_file.about)
    if blank is not None:
        known = Traces.of(read_word_file(blank.package), {})
        traces = attrs.evolve(traces, printed=traces.printed | known.printed)
    returned = own_form(package)
    places = {**returned.keys, **traces.places}
    if form_map is not None:
        named = form_map.by_spot()
        places = {name: key for name, key in places.items() if name not in named} | {
            name: places.get(name, key) for name, key in named.items()
        }
        about = {**claim.about, "ring": str(narrowest(form_map.ring, *_ring_in(claim.about)))}
        claim = attrs.evolve(claim, kind=claim.kind or form_map.paper, about=about)
    word_file = attrs.evolve(
        word_file, beside=tuple(para for para in word_file.beside if digest(para.text) not in traces.printed)
    )
    rings = PaperRings.of(word_file.about, word_file.place_tags, claim)
    rings.know_places({name: key for key in places.values() for name in tags_of_key(key)})
    if rings.claimed and not rings.origin.uses and not rings.origin.model:
        # Nothing says what was planned: as many talks as the map has places for.
        talks = max([1, *(int(number or 1) for number in map(_number_of_talk, places.values()) if number is not None)])
        uses = (("own-item", _LONG_ENOUGH),) * talks
        rings.origin = attrs.evolve(rings.origin, uses=uses, minutes=_LONG_ENOUGH * talks)
    remade = remake_blank(rings.origin, None, models, templates)
    fields = fields_of(remade.document) if remade else {}
    titles = {spot.name: spot.title for form in (returned, blank) if form for spot in form.spots if spot.title}
    finding = _Finding(word_file, traces, fields, titles)
    paper = finding.find(places)
    reading = _FormReader(word_file, rings, remade, paper, our_catalogue() if models is None else models)
    return reading.read()


def _number_of_talk(key: str) -> str | None:
    """
    Return the number of the talk that a key is of, empty for the first; None if it is of no talk.
    """
    match = _OF_TALK.match(key)
    return (match["number"] or "") if match else None


def _ring_in(about: Mapping[str, str]) -> Iterator[Ring]:
    if about.get("ring") in tuple(Ring):
        yield Ring(about["ring"])


@attrs.define
class _FormReader(RecordReader):
    """
    The reading of an agency's form: what is printed on it, and at its edges, is its own.
    """

    @property
    def edges(self) -> tuple[Para, ...]:
        return ()

    def notes_on_kinds(self) -> Iterator[str]:
        yield from ()


@attrs.define
class _Finding:
    """
    The search for what was written in the places of a form.
    """

    word_file: WordFile
    traces: Traces
    fields: Mapping[str, FormField]
    #: What people see that a control is called.
    titles: Mapping[SpotName, str] = attrs.field(factory=dict)
    #: Where each control and each bookmark is: the paragraph, and the pieces in it; None if it is round the paragraph.
    by_tag: dict[str, list[tuple[Para, list[int] | None]]] = attrs.field(factory=dict, init=False)
    by_title: dict[str, list[tuple[Para, list[int] | None]]] = attrs.field(factory=dict, init=False)
    by_mark: dict[str, int] = attrs.field(factory=dict, init=False)
    by_cell: dict[tuple[int, int, int], list[Para]] = attrs.field(factory=dict, init=False)
    #: The pieces of each paragraph that were found in a place; None if the whole paragraph was.
    used: dict[int, set[int] | None] = attrs.field(factory=dict)

    def __attrs_post_init__(self) -> None:
        for n, para in enumerate(self.word_file.paras):
            for mark in para.anchors:
                self.by_mark.setdefault(mark, n)
            if para.cell:
                self.by_cell.setdefault(para.cell, []).append(para)
            for control in dict.fromkeys(para.controls):
                self.note_control(control, para, None)
            inside: dict[Control, list[int]] = {}
            for number, piece in enumerate(para.pieces):
                for control in piece.controls:
                    inside.setdefault(control, []).append(number)
            for control, numbers in inside.items():
                self.note_control(control, para, numbers)

    def note_control(self, control: Control, para: Para, numbers: list[int] | None) -> None:
        known = self.by_tag if control.tag else self.by_title
        known.setdefault(control.tag or control.title.strip(), []).append((para, numbers))

    def find(self, places: Mapping[SpotName, str]) -> FilledPaper:
        """
        Return what was written in all places, and what is in none.
        """
        found: dict[str, FilledPlace] = {}
        about: dict[str, tuple[Para, ...]] = {}
        ticks: dict[str, list[Para]] = {}
        columns: dict[str, dict[int, tuple[int, int, int]]] = {}
        for name, said in places.items():
            base, _, end = said.rpartition(".")
            field = self.fields.get(said)
            key = field.key if field and not field.printed else said
            if end == ABOUT and base:
                about[self.fields[base].key if base in self.fields else base] = self.paras_at(name, said)[0]
            elif name.kind == "cell" and (key in COLUMNS or (base in COLUMNS and end in COLUMNS[base])):
                table, row, column = map(int, name.name.split("."))
                at = COLUMNS[base].index(end) if base in COLUMNS else 0
                columns.setdefault(base if base in COLUMNS else key, {})[at] = (table, row, column)
            elif end.isdecimal() and base in self.fields and self.fields[base].options:
                ticks.setdefault(self.fields[base].key, []).extend(self.tick_at(name, base, int(end)))
            else:
                found[key] = self.place_at(name, key)
        for key, paras in ticks.items():
            place = WritingPlace(key, PlaceShape.TICKS, self.fields[key].options)
            found[key] = FilledPlace(place, FoundBy.TAG, tuple(paras))
        for key, cells in columns.items():
            rows = tuple(self.rows_at(key, cells))
            found[key] = FilledPlace(WritingPlace(key, PlaceShape.ROWS, (), COLUMNS[key]), FoundBy.WORDS, rows=rows)
        for key, prompt in about.items():
            if key in found and any(para.text.strip() for para in prompt):
                found[key] = attrs.evolve(found[key], prompt=prompt)
        loose = tuple(self.find_unplaced())
        settled, beside = settle_written(loose)
        return FilledPaper(tuple(found.values()), settled, "", beside, settled)

    def place_at(self, name: SpotName, key: str) -> FilledPlace:
        field = self.fields.get(key)
        paras, by = self.paras_at(name, key)
        paras, beside = settle_written(paras)
        if field and field.options:
            text = " ".join(para.text.strip() for para in paras).strip()
            marked = (_say(f"{_TICKED}{text}"),) if text else ()
            return FilledPlace(WritingPlace(key, PlaceShape.TICKS, field.options), by, marked, doubts=_texts(beside))
        if key in COLUMNS:
            rows = tuple(_row_of_line(key, para) for para in paras if para.text.strip())
            return FilledPlace(
                WritingPlace(key, PlaceShape.ROWS, (), COLUMNS[key]), by, rows=rows, doubts=_texts(beside)
            )
        line = (field is not None and (field.date or field.on_a_line)) or key in FACTS
        shape = PlaceShape.LINE if line else PlaceShape.BOX
        return FilledPlace(WritingPlace(key, shape), by, paras, doubts=_texts(beside))

    # --- where it is

    def paras_at(self, name: SpotName, key: str) -> tuple[tuple[Para, ...], FoundBy | None]:
        """
        Return the paragraphs of a place, or the parts of them, and how they were found.
        """
        field = self.fields.get(key)
        names = {*tags_of_key(field.key if field else key)}
        if name.kind == "control":
            names.add(PlaceTag.read(name.name).key)
        title = self.titles.get(name, name.name) if name.kind == "control" else ""
        if paras := self.in_controls(names, self.by_tag):
            return self.read_written(paras), FoundBy.TAG
        own = anchor(field.key if field else key)
        if (at := self.by_mark.get(own)) is not None:
            return self.read_written(self.take(list(self.region(at)))), FoundBy.BOOKMARK
        if title and (paras := self.in_controls({title}, self.by_title)):
            return self.read_written(paras), FoundBy.TAG
        if name.kind == "bookmark" and (at := self.by_mark.get(name.name)) is not None:
            return self.read_written(self.take(list(self.region(at)))), FoundBy.BOOKMARK
        if name.kind == "cell":
            table, row, column = map(int, name.name.split("."))
            inside = self.by_cell.get((table, row - 1, column - 1), [])
            return self.read_written(self.take(list(inside))), FoundBy.WORDS
        return (), None

    def in_controls(self, names: set[str], known_as: Mapping[str, list[tuple[Para, list[int] | None]]]) -> list[Para]:
        """
        Return what is in the controls of these names, and note that it was found.
        """
        found = []
        for para, numbers in [each for name in names for each in known_as.get(name, ())]:
            if numbers is None:
                found += self.take([para])
                continue
            known = self.used.setdefault(id(para), set())
            if known is not None:
                known.update(numbers)
            found.append(attrs.evolve(para, pieces=tuple(para.pieces[n] for n in numbers)))
        return found

    def take(self, paras: list[Para]) -> list[Para]:
        self.used |= {id(para): None for para in paras}
        return paras

    def region(self, first: int) -> Iterator[Para]:
        """
        Give the paragraphs from one on, up to the next that is printed or is another place's.
        """
        paras = self.word_file.paras
        yield paras[first]
        for para in itertools.islice(paras, first + 1, None):
            strange = para.cell != paras[first].cell or para.heading or para.anchors or para.tags - {""}
            if strange or digest(para.text) in self.traces.printed:
                return
            yield para

    def read_written(self, paras: Iterable[Para]) -> tuple[Para, ...]:
        """
        Return paragraphs without what is printed in them, and with the marks of a list as a list.
        """
        out = []
        for para in paras:
            if is_nothing(para.text):
                continue
            rest = self.traces.without_printed(para.text)
            if not rest.strip():
                continue
            out += _as_list(para if rest == para.text else attrs.evolve(para, pieces=(Piece(rest),)))
        return tuple(out)

    def tick_at(self, name: SpotName, base: str, number: int) -> Iterator[Para]:
        """
        Give the option of a box, with its tick or without.
        """
        options = self.fields[base].options
        if not 0 < number <= len(options):
            return
        own = PlaceTag.read(name.name).key
        title = self.titles.get(name, name.name)
        there = self.by_tag.get(own) or self.by_title.get(title, [])
        for para, numbers in there if name.kind == "control" else ():
            known = self.used.setdefault(id(para), set())
            at = range(len(para.pieces)) if numbers is None else numbers
            if known is not None:
                known.update(at)
            text = "".join(para.pieces[n].text for n in at)
            controls = {each for n in at for each in (*para.controls, *para.pieces[n].controls) if each.kind == "tick"}
            on = any(each.checked for each in controls) if controls else bool(text.strip())
            on = bool(_SIGN.fullmatch(text)) or (on and "☐" not in text)
            yield _say(f"{_TICKED if on else _EMPTY}{options[number - 1]}")
            return
        if (on_paper := self.sign_at(anchor(f"{self.fields[base].key}.{number}"))) is not None:
            yield _say(f"{_TICKED if on_paper else _EMPTY}{options[number - 1]}")
        elif name.kind != "control":
            paras, _ = self.paras_at(name, f"{base}.{number}")
            if any(para.text.strip() for para in paras):
                yield _say(f"{_TICKED}{options[number - 1]}")

    def sign_at(self, mark: str) -> bool | None:
        """
        Tell whether the box behind a bookmark has a tick, where its control is gone; None if there is no box.

        Several boxes of a line stand in the order of their bookmarks.
        """
        if (at := self.by_mark.get(mark)) is None:
            return None
        para = self.word_file.paras[at]
        boxes = _BOX.findall(para.text)
        marks = [each for each in para.anchors if _OF_OPTION.search(each)]
        if len(boxes) == len(marks):
            return str(boxes[marks.index(mark)]) != "☐"
        return (str(boxes[0]) != "☐") if len(boxes) == 1 else None

    def rows_at(self, key: str, cells: Mapping[int, tuple[int, int, int]]) -> Iterator[WrittenRow]:
        """
        Give the rows of a table from those that are named downwards, up to one with printed words.
        """
        marked = {at: self.cell_with(anchor(f"{key}.{name}")) for at, name in enumerate(COLUMNS[key])}
        if any(marked.values()):  # tables that were joined or moved have other numbers now
            cells = {at: place for at, place in marked.items() if place}
        elif len(cells) == 1 and 0 in cells:
            table, row, column = cells[0]
            beside = sorted(c for t, r, c in self.by_cell if (t, r) == (table, row - 1) and c >= column - 1)
            cells = {n: (table, row, c + 1) for n, c in enumerate(beside[: len(COLUMNS[key])])}
        table, first = next(iter(cells.values()))[:2]
        for row in itertools.count(first - 1):
            found = {n: self.by_cell.get((table, row, place[2] - 1)) for n, place in cells.items()}
            if not any(found.values()):
                return
            texts = [para.text for paras in found.values() for para in paras or ()]
            if any(digest(text) in self.traces.printed for text in texts):
                return
            filled = tuple(self.read_written(self.take(found.get(n) or [])) for n in range(len(COLUMNS[key])))
            if any(filled):
                yield WrittenRow(frozenset(), filled)

    def cell_with(self, mark: str) -> tuple[int, int, int] | None:
        """
        Return the cell that has a bookmark, its numbers counted from one.
        """
        at = self.by_mark.get(mark)
        found = self.word_file.paras[at].cell if at is not None else None
        return (found[0], found[1] + 1, found[2] + 1) if found else None

    def find_unplaced(self) -> Iterator[Para]:
        """
        Give what is in no place and was not on the form.
        """
        for para in self.word_file.paras:
            parts = self.used.get(id(para), set())
            if parts is None:
                continue
            pieces = tuple(piece for n, piece in enumerate(para.pieces) if n not in parts)
            text = "".join(piece.text for piece in pieces)
            if is_nothing(text) and not any(piece.beside for piece in pieces):
                continue
            rest = self.traces.without_printed(text)
            if rest.strip() and not is_nothing(rest):
                yield attrs.evolve(para, pieces=pieces if rest == text else (Piece(rest),))


def _say(text: str) -> Para:
    return Para((Piece(text),))


def _texts(beside: Iterable[Beside]) -> tuple[str, ...]:
    return tuple(map(str, beside))


def _row_of_line(key: str, para: Para) -> WrittenRow:
    text = para.text.strip()
    if key == "actions":
        action = read_line(text)
        cells = [action.what, action.who, action.by]
    else:
        cells = [*text.split("|", 2), "", ""][:3]
    return WrittenRow(frozenset(), tuple((_say(cell.strip()),) if cell.strip() else () for cell in cells))


def _as_list(para: Para) -> list[Para]:
    """
    Return a paragraph as an item of a list if it begins with the mark of one, and each line in it by itself.
    """
    lines = _lines_of_pieces(para)
    out = []
    for pieces in lines:
        text = "".join(piece.text for piece in pieces)
        if not text.strip():
            continue
        mark = _LIST.match(text)
        if mark is None or para.kind is not LineKind.PARAGRAPH:
            out.append(attrs.evolve(para, pieces=tuple(pieces)))
            continue
        kind = LineKind.BULLET if mark["bullet"] else LineKind.NUMBER
        out.append(attrs.evolve(para, pieces=tuple(_cut(pieces, mark.end())), kind=kind))
    return out


_LIST = re.compile(r"\s*(?:(?P<bullet>[•●▪◦‣])|[0-9]{1,3}\.)\s+")


def _lines_of_pieces(para: Para) -> list[list[Piece]]:
    lines: list[list[Piece]] = [[]]
    for piece in para.pieces:
        for n, part in enumerate(piece.text.split("\n")):
            if n:
                lines.append([])
            lines[-1].append(piece.with_text(part))
    return lines


def _cut(pieces: Iterable[Piece], length: int) -> Iterator[Piece]:
    for piece in pieces:
        yield piece.with_text(piece.text[length:])
        length = max(length - len(piece.text), 0)
