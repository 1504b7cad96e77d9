"""
A Word file as the text of a page: its headings, lists, quotations and paragraphs under the signs that a page has.

The page is then read like any other. What is wrong with it is said at the paragraph of the Word file, and whatever the
file has and the page has not is named.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

import attrs

from reflect.errors import Fault, Faults
from reflect.files.office import NotOpened, open_package
from reflect.pages import reading
from reflect.pages.front_matter import is_typed_field, write_typed_fields
from reflect.pages.limits import LONGEST_PAGE
from reflect.pages.typed_signs import TypedSign, find_bullet, find_sign, is_fence, is_question
from reflect.pages.word_faults import FaultInWord, PlaceInWord, remedy_in_word
from reflect.pages.word_words import TypedWords, write_marked, write_plain
from reflect.questions.model import Head, Model
from reflect.text.prose import LineKind
from reflect.word_files.word_file import Beside, Para, Piece, WordFile
from reflect.word_files.word_reading import read_word_file

#: What in a paragraph has words that people see and the page would lose, and what to do.
_WORDS_LOST = {
    Beside.IMPORTED: ("a whole document or web page is inside it", "open it, and copy its words into this one"),
    Beside.FIELD: ("it has a field whose words Word makes up", "write the words themselves"),
    Beside.FILLED_IN: ("it has a date that Word fills in", "write the day itself, or take it out"),
    Beside.UNKNOWN: ("it has something that reflect does not know", "write it as words, or take it out"),
    Beside.EQUATION: ("it has an equation", "write it as words"),
}
_NOTES_LOST = {
    "footnote": ("it has a footnote, which a page cannot have", "put its words into the text, or take it out"),
    "endnote": ("it has an endnote, which a page cannot have", "put its words into the text, or take it out"),
}
#: What is said of something that is left out, and has no words that people read as a part of the page.
_COMMENT = "it has a comment, which is left out"
_TRACKED = "it has tracked changes, which are taken as accepted"
_CONTENTS = "the table of contents is left out"
_EDGES = "the words in its headers and footers are left out"
_HINTING = "it has a place that nobody filled in, which is left out"
_LOST_LOOKS = {
    "looks": "its bold and italics are left out",
    "links": "the address of a link is left out",
    "marks": "its underlining, frame or highlighting is left out",
}


@attrs.frozen
class WordPage:
    """
    The page in a Word file.

    Attributes:
        where: The file.
        text: The page, as far as it could be made.
        notes: What the file has and the page does not, a sentence for each.
        faults: What could not be made a page.
        places: The paragraph that each line of the text came from.
        is_ours: Whether it is one of our papers, such as a record, and no page at all.
        is_like_a_page: Whether it has a heading or title, and a list or a question.
        is_too_long: Whether it is too long to be read as a page.
    """

    where: str
    text: str = attrs.field(repr=False)
    notes: tuple[str, ...] = attrs.field(default=(), repr=False)
    faults: tuple[Fault, ...] = ()
    places: tuple[PlaceInWord, ...] = attrs.field(default=(), repr=False)
    is_ours: bool = False
    is_like_a_page: bool = False
    is_too_long: bool = False

    def read_model(self) -> Model:
        """
        Return the model of the page.

        Raises:
            Faults: Everything wrong, each thing with its paragraph.
        """
        if self.is_ours:
            what = "this is a paper that reflect made, and not a page"
            raise Faults((Fault(self.where, None, what, "name the page; 'reflect read' reads what is on a paper"),))
        if self.is_too_long:
            raise Faults(self.faults)
        try:
            model = reading.read_model(self.text, self.where)
        except Faults as wrong:
            raise Faults((*self.faults, *map(self.place_fault, wrong.faults))) from None
        if self.faults:
            raise Faults(self.faults)
        return model

    def read_head(self) -> Head:
        """
        Return what the page says about its model.

        Raises:
            Faults: Everything wrong with the page: its title may be anywhere in a Word file.
        """
        return self.read_model().head

    def place_fault(self, fault: Fault) -> Fault:
        """
        Return a fault at a line of the text, said at the paragraph of the file that the line came from.
        """
        if fault.where != self.where:  # of another page that this one names
            return fault
        place = self.places[min(fault.line, len(self.places)) - 1] if fault.line and self.places else None
        what, remedy = remedy_in_word(fault.what, fault.remedy)
        if place is None:
            return attrs.evolve(fault, line=None, what=what, remedy=remedy)
        return FaultInWord(fault.where, place.number, what, remedy, beginning=place.beginning)


def open_word_page(data: bytes, where: str) -> WordPage:
    """
    Return the page in a Word file.

    Raises:
        Faults: It cannot be opened.
    """
    try:
        return read_word_page(read_word_file(open_package(data, word=True)), where)
    except NotOpened as error:
        what, _, remedy = str(error).partition("; ")
        raise Faults((Fault(where, None, what, remedy),)) from None


def read_word_page(word: WordFile, where: str) -> WordPage:
    """
    Return the page in a Word file that was opened.
    """
    is_ours = is_our_paper(word)
    # A page of more than that is refused, and nobody waits for it.
    length = sum(len(para.text) for para in word.paras)
    if is_ours or length > LONGEST_PAGE:
        what = f"the page has {length:,} characters, over {LONGEST_PAGE:,}"
        remedy = "check that this is a page, and split a long one into several models"
        return WordPage(where, "", faults=(Fault(where, None, what, remedy),), is_ours=is_ours, is_too_long=not is_ours)
    reader = _WordPageReader(where)
    reader.read(word)
    headed = any(para.heading or para.look == "title" for para in word.paras)
    listed = any(para.kind is not LineKind.PARAGRAPH and not para.heading for para in word.paras)
    asked = any(is_question(para.text) for para in word.paras)
    return WordPage(
        where=where,
        text="\n".join(reader.lines) + "\n",
        notes=tuple(reader.write_notes()),
        faults=tuple(reader.faults),
        places=tuple(reader.places),
        is_like_a_page=headed and (listed or asked),
    )


def is_our_paper(word: WordFile) -> bool:
    """
    Whether a Word file is a paper that we made, even if it lost what it says about itself.
    """
    ours = (para for para in word.paras if para.look.startswith("reflect"))
    return bool(word.about or word.place_tags) or next(ours, None) is not None


@attrs.frozen
class _TypedPara:
    """
    A paragraph, or one line of it, as the page will have it.

    Attributes:
        kind: ``title``, ``heading``, ``quote``, ``item``, ``text`` or ``hint``.
        level: The level of a heading or of an item.
        sign: The sign of an item.
        typed: The line as it was typed, if a sign was typed before it.
    """

    kind: str
    pieces: tuple[Piece, ...]
    place: PlaceInWord
    level: int = 0
    sign: str = ""
    typed: str = ""

    @property
    def line(self) -> str:
        """
        The whole of it as somebody typed it, with the sign of a list.
        """
        if self.typed:
            return self.typed
        words = "".join(piece.text for piece in self.pieces).rstrip()
        return f"- {words}" if self.kind == "item" else words

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces).strip()


@attrs.define
class _OpenItem:
    """
    An item of a list that may have others in it: its level in Word, and where it and its words begin.
    """

    level: int
    indent: int
    inside: int


@attrs.define
class _WordPageReader:
    where: str
    lines: list[str] = attrs.field(factory=list)
    places: list[PlaceInWord] = attrs.field(factory=list)
    faults: list[Fault] = attrs.field(factory=list)
    #: What is left out, with the places where it is.
    left_out: dict[str, list[PlaceInWord | None]] = attrs.field(factory=dict)
    #: The items that are open, from the outside in.
    items: list[_OpenItem] = attrs.field(factory=list)
    #: What the last block was.
    last: str = ""

    def read(self, word: WordFile) -> None:
        if word.edges:
            self.leave_out(_EDGES, None)
        paras = list(self._typed_paras(word))
        title, fields, rest = _split_front(paras)
        if fields:
            self._write_front(fields)
        if title is not None:
            self._write_heading(title, 1)
        headings = [each.level for each in rest if each.kind == "heading" and not each.sign]
        # If the title is a Heading 1, the parts are smaller; otherwise the largest headings are parts.
        shift = 0 if title is not None and title.kind == "heading" else 2 - min(headings, default=2)
        for each in rest:
            match each.kind:
                case "title":
                    self._write_heading(each, 1)
                case "heading":
                    self._write_heading(each, each.level + (0 if each.sign else shift))
                case "before":
                    what, remedy = "it comes before the title", "move it below the title, or take it out"
                    self.faults.append(self._fault(each.place, what, remedy))
                case "item":
                    self._write_item(each)
                case "quote":
                    self._write_quote(each)
                case "hint" if self.items:
                    self._write_hint(each)
                case _:
                    self._write_text(each)

    def write_notes(self) -> Iterator[str]:
        """
        Give a sentence for each sort of thing that is left out, with its first place.
        """
        for what, places in self.left_out.items():
            first = places[0]
            known = list(dict.fromkeys(places))
            more = f" (and in {len(known) - 1:,} more)" if len(known) > 1 else ""
            yield f"{self.where}, {first}: {what}{more}" if first is not None else f"{self.where}: {what}"

    def leave_out(self, what: str, place: PlaceInWord | None) -> None:
        self.left_out.setdefault(what, []).append(place)

    def _fault(self, place: PlaceInWord, what: str, remedy: str) -> Fault:
        return FaultInWord(self.where, place.number, what, remedy, beginning=place.beginning)

    # --- what each paragraph is

    def _typed_paras(self, word: WordFile) -> Iterator[_TypedPara]:
        number, table, floating = 0, 0, False
        for para in word.paras:
            if para.text.strip():
                number += 1
            place = PlaceInWord.of(number, para.text)
            if para.cell is not None:
                if para.text.strip() and para.cell[0] != table:
                    table = para.cell[0]
                    remedy = "write its rows as paragraphs or as a list"
                    self.faults.append(self._fault(place, "a page cannot have a table, and one begins here", remedy))
            elif para.floating:
                if para.text.strip() and not floating:
                    remedy = "put its words into the text"
                    self.faults.append(self._fault(place, "a page cannot have a text box, and this is in one", remedy))
            else:
                yield from self._typed_para(para, place)
            floating = para.floating

    def _typed_para(self, para: Para, place: PlaceInWord) -> Iterator[_TypedPara]:
        self._note_what_is_beside(para, place)
        pieces = tuple(self._visible(para, place))
        if not any(piece.text.strip() for piece in pieces):
            return
        if para.role == "contents":
            self.leave_out(_CONTENTS, place)
        elif para.look == "title":
            yield _TypedPara("title", pieces, place)
        elif para.heading:
            yield _TypedPara("heading", pieces, place, para.heading)
        elif para.role == "quote":
            yield _TypedPara("quote", pieces, place, sign="-" if para.kind is not LineKind.PARAGRAPH else "")
        elif para.kind is not LineKind.PARAGRAPH:
            sign = "-" if para.number is None else f"{para.number.count}."
            yield from _typed_item(pieces, place, para.level, sign)
        else:
            find = find_bullet if para.role == "hint" else find_sign
            yield from _typed_lines(pieces, place, _is_like_a_hint(para, pieces), find)

    def _visible(self, para: Para, place: PlaceInWord) -> Iterator[Piece]:
        for piece in para.pieces:
            if any(control.hinting for control in (*para.controls, *piece.controls)):
                if piece.text.strip():
                    self.leave_out(_HINTING, place)
            elif piece.struck:
                if piece.text.strip():
                    self.leave_out(str(Beside.STRUCK), place)
            elif piece.text:
                if piece.marked and piece.text.strip() and not piece.link:
                    self.leave_out(_LOST_LOOKS["marks"], place)
                yield piece

    def _note_what_is_beside(self, para: Para, place: PlaceInWord) -> None:
        for piece in para.pieces:
            if piece.beside in _WORDS_LOST:
                self.faults.append(self._fault(place, *_WORDS_LOST[piece.beside]))
            elif piece.beside is not None:
                self.leave_out(str(piece.beside), place)
        for kind in dict.fromkeys(para.refers):
            if kind in _NOTES_LOST:
                self.faults.append(self._fault(place, *_NOTES_LOST[kind]))
            else:
                self.leave_out(_COMMENT, place)
        if para.tracked:
            self.leave_out(_TRACKED, place)

    # --- how each is written

    def _add(self, text: str, place: PlaceInWord, indent: int = 0) -> None:
        for line in text.split("\n"):
            self.lines.append(" " * indent + line if line else "")
            self.places.append(place)

    def _begin(self, kind: str, place: PlaceInWord) -> None:
        """
        Begin a block, with an empty line before it unless it goes on with the last one.
        """
        if self.lines and not (kind == self.last == "item"):
            self._add("", place)
        if kind not in ("item", "hint"):
            self.items.clear()
        self.last = kind

    def _with_losses(self, words: TypedWords, place: PlaceInWord) -> str:
        for lost in sorted(words.lost):
            self.leave_out(_LOST_LOOKS[lost], place)
        return words.text

    def _write_front(self, fields: list[tuple[str, PlaceInWord]]) -> None:
        for line, place in fields:
            self._add(line, place)
        self.last = "front"

    def _write_heading(self, para: _TypedPara, level: int) -> None:
        self._begin("heading", para.place)
        words = self._with_losses(write_plain(para.pieces), para.place)
        self._add(f"{'#' * min(max(level, 1), 6)} {words}", para.place)

    def _write_item(self, para: _TypedPara) -> None:
        self._begin("item", para.place)
        while self.items and self.items[-1].level > para.level:
            closed = self.items.pop()
            # An item further out than the first one is beside it.
            if not self.items:
                closed.level = para.level
                self.items.append(closed)
                break
        if self.items and self.items[-1].level == para.level:
            indent = self.items.pop().indent
        else:
            indent = self.items[-1].inside if self.items else 0
        sign = para.sign
        self.items.append(_OpenItem(para.level, indent, indent + len(sign) + 1))
        first, more = _split_hint(para.pieces)
        self._add(f"{sign} {self._with_losses(write_plain(first), para.place)}", para.place, indent)
        if more:
            self._write_hint(attrs.evolve(para, kind="hint", pieces=more))

    def _write_hint(self, para: _TypedPara) -> None:
        self._begin("hint", para.place)
        self._add(self._with_losses(write_plain(para.pieces), para.place), para.place, self.items[-1].inside)

    def _write_quote(self, para: _TypedPara) -> None:
        if self.last == "quote":
            self._add(">", para.place)
        else:
            self._begin("quote", para.place)
        words = self._with_losses(write_marked(para.pieces), para.place)
        sign = f"{para.sign} " if para.sign else ""
        for line in f"{sign}{words}".split("\n"):
            self._add(f"> {line}", para.place)

    def _write_text(self, para: _TypedPara) -> None:
        self._begin("text", para.place)
        self._add(self._with_losses(write_marked(para.pieces), para.place), para.place)


# --- single paragraphs


def _is_like_a_hint(para: Para, pieces: Iterable[Piece]) -> bool:
    return para.role == "hint" or para.indent > 150 or all(piece.italic for piece in pieces if piece.text.strip())


def _split_lines(pieces: Iterable[Piece]) -> list[tuple[Piece, ...]]:
    """
    Return pieces line by line, where somebody ended a line within a paragraph.
    """
    lines: list[list[Piece]] = [[]]
    for piece in pieces:
        first, *more = piece.text.split("\n")
        lines[-1].append(piece.with_text(first))
        lines += [[piece.with_text(text)] for text in more]
    return [tuple(line) for line in lines if any(piece.text.strip() for piece in line)]


def _split_hint(pieces: tuple[Piece, ...]) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """
    Return a question, and the lines under it in the same item if it ends before them.
    """
    first, *more = _split_lines(pieces)
    rest = tuple(piece for line in more for piece in (*line, Piece(" ")))
    if more and is_question("".join(piece.text for piece in first)) and not any(map(_asks, more)):
        return first, rest
    return (*first, Piece(" "), *rest), ()


def _asks(line: tuple[Piece, ...]) -> bool:
    return is_question("".join(piece.text for piece in line))


def _typed_item(pieces: tuple[Piece, ...], place: PlaceInWord, level: int, sign: str) -> Iterator[_TypedPara]:
    """
    Give an item of a list; a line in it that begins with a bullet is an item too.
    """
    own: list[tuple[Piece, ...]] = []
    for line in _split_lines(pieces):
        typed = find_sign("".join(piece.text for piece in line)) if own else None
        if typed and typed.is_bullet:
            yield _TypedPara("item", _join_lines(own), place, level, sign)
            own, sign = [_without_start(line, typed.length)], "-"
        else:
            own.append(line)
    yield _TypedPara("item", _join_lines(own), place, level, sign)


def _join_lines(lines: list[tuple[Piece, ...]]) -> tuple[Piece, ...]:
    joined = [*lines[0]]
    for line in lines[1:]:
        joined += [Piece("\n"), *line]
    return tuple(joined)


def _without_start(pieces: tuple[Piece, ...], length: int) -> tuple[Piece, ...]:
    rest: list[Piece] = []
    for piece in pieces:
        rest.append(piece.with_text(piece.text[length:]))
        length = max(length - len(piece.text), 0)
    return tuple(rest)


def _typed_lines(
    pieces: tuple[Piece, ...], place: PlaceInWord, hint: bool, find: Callable[[str], TypedSign | None]
) -> Iterator[_TypedPara]:
    """
    Give a plain paragraph, and each line of it that somebody typed a sign of a list, a heading or a quotation before.

    Args:
        find: Finds the sign; a paragraph in the style that goes on with an item has only bullets.
    """
    own: list[tuple[Piece, ...]] = []
    for line in _split_lines(pieces):
        text = "".join(piece.text for piece in line)
        typed = find(text)
        if typed is None:
            own.append(line)
            continue
        if own:
            yield _TypedPara("hint" if hint else "text", _join_lines(own), place)
            own = []
        yield _typed_with_sign(line, typed, place)
    if own:
        yield _TypedPara("hint" if hint else "text", _join_lines(own), place)


def _typed_with_sign(line: tuple[Piece, ...], typed: TypedSign, place: PlaceInWord) -> _TypedPara:
    rest = _without_start(line, typed.length)
    whole = "".join(piece.text for piece in line).rstrip()
    if typed.sign.startswith("#"):
        kind = "title" if typed.sign == "#" else "heading"
        return _TypedPara(kind, rest, place, len(typed.sign), typed.sign, whole)
    if typed.sign == ">":
        return _TypedPara("quote", rest, place, typed=whole)
    return _TypedPara("item", rest, place, typed.level, typed.sign, whole)


# --- the top of a page


def _split_front(
    paras: list[_TypedPara],
) -> tuple[_TypedPara | None, list[tuple[str, PlaceInWord]], list[_TypedPara]]:
    """
    Return the title, the lines of front matter, and the rest; what comes before the title is marked as such.
    """
    fields: list[tuple[str, PlaceInWord]] = []
    start = 0
    if paras and is_fence(paras[0].text):
        end = next((n for n, each in enumerate(paras[1:], 1) if is_fence(each.text)), None)
        if end is not None:
            inside = [(line, each.place) for each in paras[1:end] for line in each.line.split("\n")]
            fields = [("---", paras[0].place), *inside, ("---", paras[end].place)]
            start = end + 1
    rest = paras[start:]
    has_title = any(re.match(r"title\s*:", line) for line, _ in fields)
    kinds = [each.kind for each in rest]
    if has_title:
        title_at = None
    elif "title" in kinds:
        title_at = kinds.index("title")
    else:
        title_at = next((n for n, each in enumerate(rest) if each.kind == "heading" and each.level == 1), None)
    title = None if title_at is None else rest[title_at]
    before = [] if title_at is None else [attrs.evolve(each, kind="before") for each in rest[:title_at]]
    after = rest if title_at is None else rest[title_at + 1 :]
    if not fields:
        named, after = _split_named_lines(after)
        fields = write_typed_fields((line, each.place) for each in named for line in each.text.split("\n"))
    return title, fields, [*before, *after]


def _split_named_lines(paras: list[_TypedPara]) -> tuple[list[_TypedPara], list[_TypedPara]]:
    """
    Return the lines under the title that name what is known about the model, such as ``Minutes: 30-60``, and the rest.
    """
    count = 0
    while (
        count < len(paras)
        and paras[count].kind in ("text", "hint")
        and all(map(is_typed_field, paras[count].text.split("\n")))
    ):
        count += 1
    return paras[:count], paras[count:]
