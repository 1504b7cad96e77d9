"""
Finds what was written in each place of a filled paper.

We find an answer by the tag of its control, by the hidden bookmark of its prompt, or by the words round it. The blank
of the same paper shows which paragraphs are printed; what is between two of them belongs to the place there. So we
find an answer even if its control is gone, or if somebody typed it below its box.
"""

from __future__ import annotations

import functools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from reflect.formats.word.ledger import anchor
from reflect.reading_back.aligning import align
from reflect.reading_back.blank import HEADINGS, Blank, FixedPara, PlaceShape, WritingPlace
from reflect.reading_back.left_out import settle_written, without_struck
from reflect.reading_back.returned_paper import FoundBy, ReturnedPaper
from reflect.reading_back.tables import ReadTable, WrittenRow, read_stacks, read_tables
from reflect.reading_back.typed_beside import split_at_places, split_like_any, split_typed
from reflect.sessions.facts import FACTS
from reflect.sessions.typed import fold_text, is_blank
from reflect.word_files.place_tags import tags_of_key
from reflect.word_files.word_file import Beside, Control, Para, Piece, WordFile

#: How many printed paragraphs ahead to try for a line without its controls.
_NEAR = 6
#: The places where people sign, and the one below them.
_SIGNING = ("sign.", "fingerprint")
#: A piece of a line that begins with a box to tick.
_BOX = re.compile(r"\s*[☐☒☑]")


@attrs.frozen
class FilledPlace:
    """
    What was written in a place.

    Attributes:
        found_by: How we found it; None if we did not.
        paras: The paragraphs that were written there, without hints.
        rows: The rows that were written there, if the place is a table.
        prompt: The paragraphs that ask for it.
        doubts: What is uncertain about it.
        outside: Whether some of it is not in its control, but where it belongs by its place on the paper.
    """

    place: WritingPlace
    found_by: FoundBy | None = None
    paras: tuple[Para, ...] = attrs.field(default=(), repr=False)
    rows: tuple[WrittenRow, ...] = attrs.field(default=(), repr=False)
    prompt: tuple[Para, ...] = attrs.field(default=(), repr=False)
    doubts: tuple[str, ...] = ()
    outside: bool = False

    def question(self) -> tuple[str, str]:
        """
        Return the question that is printed over it, and its hint.
        """
        asked: list[str] = []
        hint: list[str] = []
        for para in self.prompt:
            if asked and self.place.shape is PlaceShape.TICKS and self.place.has_options(para.text):
                break  # the options are on a line below their label
            is_hint = para.look == "reflecthint"
            for piece in without_struck(para).pieces:
                if self.place.shape is not PlaceShape.BOX and piece.controls:
                    if self.is_own(piece.controls) or not any(map(self.is_own_in, para.pieces)):
                        break
                    # What stands before another place on the line is that one's.
                    asked.clear()
                    hint.clear()
                    continue
                if self.place.shape is PlaceShape.TICKS and piece.text == "\t":
                    break
                (hint if piece.muted or is_hint else asked).append(piece.text)
            (hint if is_hint else asked).append(" ")
        return " ".join("".join(asked).split()), " ".join("".join(hint).split())

    def is_own(self, controls: Iterable[Control]) -> bool:
        """
        Whether one of these is its own control, or that of one of its boxes to tick.
        """
        names = tags_of_key(self.place.key)
        return any(
            each.tag in names or (each.kind == "tick" and each.tag.rpartition(".")[0] in names) for each in controls
        )

    def is_own_in(self, piece: Piece) -> bool:
        return self.is_own(piece.controls)


@attrs.frozen
class FilledPaper:
    """
    What was written on a paper.

    Attributes:
        places: Its places, in their order on the blank.
        unplaced: Paragraphs outside all places.
        title: The title that it has now.
        beside: What is among the paragraphs outside all places that is not read as said.
        added: Those of the paragraphs outside all places that are not among the signatures.
    """

    places: tuple[FilledPlace, ...]
    unplaced: tuple[Para, ...] = attrs.field(default=(), repr=False)
    title: str = attrs.field(default="", repr=False)
    beside: tuple[Beside, ...] = ()
    added: tuple[Para, ...] = attrs.field(default=(), repr=False)


def find_answers(word_file: WordFile, blank: Blank) -> FilledPaper:
    """
    Return what was written in each place of a filled paper.
    """
    paper = ReturnedPaper.of(word_file, blank)
    stacks = read_stacks(paper)
    fixed = align(paper, skipped=_used_by(stacks))
    tables = read_tables(paper)
    drafts = {key: _Draft(place) for key, place in paper.places.items()}
    for table in (*stacks, *tables):
        drafts[table.key].add_table(table)
    for key, count in Counter(table.key for table in tables).items():
        if count > 1:
            drafts[key].doubts.append("it has more than one table; their rows are joined")
    walk = _Walk(paper, fixed, drafts, unplaced=[para for table in tables for para in table.unplaced])
    walk.go_through(skipped=_used_by((*stacks, *tables)))
    title = without_struck(paper.title).text.strip() if paper.title else ""
    unplaced, beside = settle_written(walk.unplaced)
    signing = set(map(id, walk.signing))
    added = settle_written([para for para in walk.unplaced if id(para) not in signing])[0]
    return FilledPaper(tuple(draft.finish() for draft in drafts.values()), unplaced, title, beside, added)


def _used_by(tables: Iterable[ReadTable]) -> frozenset[int]:
    return frozenset(i for table in tables for i in table.used)


@attrs.define
class _Draft:
    """
    What we have found so far in a place.
    """

    place: WritingPlace
    found_by: FoundBy | None = None
    parts: list[tuple[int, Para]] = attrs.field(factory=list)
    rows: list[WrittenRow] = attrs.field(factory=list)
    prompt: list[Para] = attrs.field(factory=list)
    doubts: list[str] = attrs.field(factory=list)
    #: The controls that hold it.
    controls: set[Control] = attrs.field(factory=set)
    outside: bool = False

    @property
    def is_box(self) -> bool:
        return self.place.shape is PlaceShape.BOX

    @property
    def is_ticks(self) -> bool:
        return self.place.shape is PlaceShape.TICKS

    def add_table(self, table: ReadTable) -> None:
        self.found_by = self.found_by or table.found_by
        self.rows += table.rows
        self.prompt += table.prompt

    def finish(self) -> FilledPlace:
        if len(self.controls) > 1 and not self.is_ticks:
            self.doubts.append("it has more than one control; their different answers are joined")
            self.parts = list(_without_repeats(self.parts))
        written = [para for _, para in sorted(self.parts, key=lambda part: part[0])]
        paras, beside = settle_written(written, keep_struck=self.is_ticks)
        rows = tuple(self.settle_rows())
        self.doubts += beside
        # A box in a cell has that one cell; any other is of a table that somebody put into it.
        if self.is_box and len({para.cell for para in paras if para.cell}) > self.place.in_cell:
            self.doubts.append(Beside.TABLE)
        return FilledPlace(
            place=self.place,
            found_by=self.found_by,
            paras=paras,
            rows=rows,
            prompt=tuple(self.prompt),
            doubts=tuple(dict.fromkeys(map(str, self.doubts))),
            outside=self.outside,
        )

    def settle_rows(self) -> Iterator[WrittenRow]:
        """
        Give the rows without what is not read as said, and note what was beside it.
        """
        for row in self.rows:
            cells = []
            for cell in row.cells:
                paras, beside = settle_written(cell)
                cells.append(paras)
                self.doubts += beside
            if any(cells):
                yield attrs.evolve(row, cells=tuple(cells))


def _without_repeats(parts: Sequence[tuple[int, Para]]) -> Iterator[tuple[int, Para]]:
    """
    Give the paragraphs without those that a copy of a control repeats.
    """
    seen: set[str] = set()
    for i, para in parts:
        words = fold_text(para.text)
        if not words or words not in seen:
            yield i, para
        seen.add(words)


@attrs.define
class _Walk:
    """
    One walk through a paper, from its first paragraph to its last.

    What is in a control belongs to the place of the control; the rest to the place whose prompt is above it.
    """

    paper: ReturnedPaper
    #: The number of the printed paragraph for each matched paragraph.
    fixed: Mapping[int, int]
    drafts: Mapping[str, _Draft]
    unplaced: list[Para]
    #: Those of them that are among the signatures.
    signing: list[Para] = attrs.field(factory=list)
    #: Words that somebody typed beside a line to write on, with the key of the place and the number of the paragraph.
    beside: list[tuple[str, int, Para]] = attrs.field(factory=list)
    #: The keys of places with their prompt in the cell above, by their own cell.
    beneath: dict[tuple[int, int, int], str] = attrs.field(factory=dict)
    #: The last printed paragraph so far.
    passed: int = -1
    #: How many printed headings we have not recognised yet.
    missing_headings: int = 0
    #: The number of the last paragraph that has a place, or asks for one.
    last: int = -1

    def go_through(self, skipped: frozenset[int]) -> None:
        self.missing_headings = sum(each.heading for each in self.unmet)
        self.last = max((i for i in range(len(self.paper.paras)) if i in skipped or self.has_place(i)), default=-1)
        current = ""
        for i, para in enumerate(self.paper.paras):
            if i in skipped:
                current = ""
                continue
            self.passed = max(self.passed, self.fixed.get(i, -1))
            current = self.read_para(i, para, current)
        for key, i, typed in self.beside:
            draft = self.drafts[key]
            if draft.parts:
                self.leave_unplaced(typed, key)
            else:  # the line is empty, so these words were meant for it
                draft.doubts.append("it was typed beside its line")
                draft.outside = True
                draft.parts.append((i, typed))

    def has_place(self, i: int) -> bool:
        """
        Whether a paragraph has a place in it or round it, or is printed and asks for one.
        """
        para = self.paper.paras[i]
        if self.paper.keys_around(para) or self.paper.keys_within(para):
            return True
        return i in self.fixed and bool(self.paper.blank.fixed[self.fixed[i]].begins)

    @functools.cached_property
    def unprompted(self) -> Mapping[str, str]:
        """
        The keys of the places without printed words that ask for them, by the bookmarks before them.
        """
        printed = {name for each in self.paper.blank.fixed for name in each.anchors}
        shapes = (PlaceShape.BOX, PlaceShape.LINE)
        names = {anchor(key): key for key, draft in self.drafts.items() if draft.place.shape in shapes}
        return {name: key for name, key in names.items() if name not in printed}

    @functools.cached_property
    def marked_above(self) -> frozenset[str]:
        """
        The words of places whose mark stands further up, over a topic that the blank does not know.
        """
        known = ((self.paper.blank.fixed[n].words, self.paper.paras[i]) for i, n in self.fixed.items())
        return frozenset(words for words, para in known if words and words not in fold_text(para.text))

    @functools.cached_property
    def unmet(self) -> tuple[FixedPara, ...]:
        """
        The printed paragraphs that we did not recognise.
        """
        met = set(self.fixed.values())
        return tuple(each for n, each in enumerate(self.paper.blank.fixed) if n not in met)

    def read_para(self, i: int, para: Para, current: str) -> str:
        """
        Read a paragraph, and return the key of the place to which the next one may belong.
        """
        begins = next((name for name in para.anchors if name in self.unprompted), "")
        if begins and begins not in para.ending:
            current = self.unprompted[begins]
        current = self.read_one(i, para, current)
        # LibreOffice moves a bookmark between two paragraphs to the end of the first.
        return self.unprompted[begins] if begins in para.ending else current

    def read_one(self, i: int, para: Para, current: str) -> str:
        if around := self.paper.keys_around(para):
            key = around[-1]
            self.drafts[key].controls |= {each for each in para.controls if self.paper.by_tag.get(each.tag) == key}
            self.take(key, i, para, FoundBy.TAG)
            return key
        if within := self.paper.keys_within(para):
            return self.read_para_with_places(i, para, within, current)
        if i in self.fixed:
            return self.read_printed(i, para)
        if para.cell and fold_text(para.text) in self.marked_above:
            return current
        if para.cell and para.cell in self.beneath:
            self.take(self.beneath[para.cell], i, para, FoundBy.WORDS)
            return current
        if self.belongs_to_nobody(i, para, current):
            written = self.paper.without_hint(para)
            if written:
                self.leave_unplaced(written, current)
            return current if para.floating else ""
        if para.look == "reflecthint" and current:
            self.drafts[current].prompt.append(self.keep_typed(para))
            return current
        in_box = current in self.drafts and self.drafts[current].is_box  # people may write headings in a box
        if para.look in HEADINGS and self.missing_headings and not in_box:
            self.missing_headings -= 1  # a printed heading with a topic of this session
            self.keep_typed(para)
            return ""
        self.read_free(i, para, current)
        return current

    def belongs_to_nobody(self, i: int, para: Para, current: str) -> bool:
        """
        Whether a paragraph outside all controls is plainly not a part of the answer above it: it is in a text box, on
        a page that somebody began, beside a signature, or under a heading after the last place of the paper.
        """
        draft = self.drafts.get(current)
        if para.floating or draft is None:
            return para.floating
        tagged = draft.found_by is FoundBy.TAG
        if i > self.last:
            return para.new_page or para.look in HEADINGS or (tagged and para.cell is not None)
        return tagged and para.new_page

    def keep_typed(self, para: Para) -> Para:
        """
        Keep what somebody typed into a printed paragraph that we did not recognise, and return the rest of it.
        """
        printed, typed = split_like_any(self.paper, para, self.unmet)
        self.unplaced += [typed] if typed else []
        return printed

    def take(self, key: str, i: int, para: Para, found_by: FoundBy) -> None:
        draft = self.drafts[key]
        if found_by is FoundBy.TAG or draft.found_by is None:
            draft.found_by = found_by
        written = self.paper.without_hint(para)
        if written is not None:
            draft.outside = draft.outside or found_by is not FoundBy.TAG
            draft.parts.append((i, written))
        elif draft.is_box and draft.parts and fold_text(para.text) not in self.paper.hints:
            draft.parts.append((i, attrs.evolve(para, pieces=())))  # an empty line between two others

    # paragraphs with places in them

    def read_para_with_places(self, i: int, para: Para, within: Sequence[str], current: str) -> str:
        first = within[0]
        if i not in self.fixed and self.drafts[first].is_box and not is_blank(self.paper.words_outside(para)):
            # An editor cut a box down to its first paragraph, and somebody typed beside it.
            self.take(first, i, para, FoundBy.TAG)
            return first
        self.read_line(i, para)
        boxes = [key for key in within if self.drafts[key].is_box]
        if boxes:
            return boxes[-1]
        return self.paper.blank.fixed[self.fixed[i]].begins if i in self.fixed else current

    def read_line(self, i: int, para: Para) -> None:
        """
        Read a line with places on it.
        """
        pieces: dict[str, list[Piece]] = defaultdict(list)
        ticks = ""
        for piece in para.pieces:
            control = next((each for each in piece.controls if each.tag in self.paper.by_tag), None)
            if control is not None:
                key = self.paper.by_tag[control.tag]
                ticks = key if self.drafts[key].is_ticks else ""
                self.drafts[key].controls.add(control)
                pieces[key].append(piece)
            elif ticks:
                pieces[ticks].append(piece)  # the words after a box to tick
        for key, some in pieces.items():
            self.take(key, i, attrs.evolve(para, pieces=tuple(some), anchors=()), FoundBy.TAG)
        printed, typed = para, None
        fixed = self.paper.blank.fixed[self.fixed[i]] if i in self.fixed else None
        if fixed is not None and (split := split_at_places(self.paper, para, fixed)) is not None:
            printed = split[0]
            for key, words in split[1].items():
                self.keep_beside(key, i, words)
        elif fixed is not None:
            printed, typed = split_typed(self.paper, para, fixed)
        for key in pieces:
            if not self.drafts[key].is_box:
                self.drafts[key].prompt.append(printed)
        if typed is not None:
            self.keep_beside(next(reversed(pieces), ""), i, typed)
        if i not in self.fixed and not any(self.drafts[key].is_ticks for key in pieces):
            self.keep_loose_words(i, para, list(pieces))

    def keep_loose_words(self, i: int, para: Para, keys: Sequence[str]) -> None:
        """
        Keep words on a line that are in no place and not on the blank: they belong to the last place on the line.
        """
        words = self.paper.words_outside(para)
        if is_blank(words):
            return
        lines = [each for each in self.paper.blank.fixed if any(key in keys for _, key in each.slots)]
        if any(fold_text(words) == each.words for each in lines):
            return
        loose = tuple(
            piece for piece in para.pieces if not any(each.tag in self.paper.by_tag for each in piece.controls)
        )
        signing = all(key.startswith(_SIGNING) for key in keys)
        key = "" if not keys or (lines and not signing) else keys[-1]
        typed = attrs.evolve(para, pieces=loose, anchors=())
        if len(lines) == 1 and signing:  # somebody signed beside the boxes, so that the line is like no other
            _, rest = split_typed(self.paper, typed, lines[0])
            typed = rest or typed
        self.keep_beside(key, i, typed)

    def keep_beside(self, key: str, i: int, typed: Para) -> None:
        """
        Keep words beside a place on its line, or on a line without a place.
        """
        if key and self.drafts[key].place.shape is PlaceShape.LINE:
            self.beside.append((key, i, typed))
        else:
            self.leave_unplaced(typed, key)

    def leave_unplaced(self, para: Para, key: str) -> None:
        """
        Keep a paragraph outside all places, and remember whether it is among the signatures.
        """
        self.unplaced.append(para)
        if key.startswith(_SIGNING):
            self.signing.append(para)

    # paragraphs without places

    def read_printed(self, i: int, para: Para) -> str:
        """
        Read a printed paragraph without places in it, and return the key of the place that begins after it.
        """
        fixed = self.paper.blank.fixed[self.fixed[i]]
        marked = any(name in para.anchors for name in fixed.anchors)
        found_by = FoundBy.BOOKMARK if marked else FoundBy.WORDS
        if self.fill_slots(fixed, para, found_by):
            return ""
        draft = self.drafts.get(fixed.begins)
        # If it has the options itself, we read them with words typed among them; otherwise they are on the next line.
        has_options = draft is not None and draft.is_ticks and bool(fixed.tags & self.paper.by_tag.keys())
        has_options = has_options and not self.are_boxes_below(i, fixed.begins)
        printed, typed = (para, None) if has_options else split_typed(self.paper, para, fixed)
        if draft is None:
            self.unplaced += [typed] if typed else []
            return ""
        draft.prompt.append(printed)
        if draft.found_by is not FoundBy.TAG:
            draft.found_by = found_by
        if has_options:
            self.take(fixed.begins, i, para, found_by)
        elif typed is not None and draft.is_box:
            draft.doubts.append("some of it was typed after its question")
            draft.outside = True
            draft.parts.append((i, typed))
        elif typed is not None:
            self.keep_beside(fixed.begins, i, typed)
        if draft.place.shape is PlaceShape.LINE and para.cell:
            table, row, column = para.cell
            self.beneath[(table, row + 1, column)] = fixed.begins
            return ""
        return fixed.begins

    def are_boxes_below(self, i: int, key: str) -> bool:
        """
        Whether what is asked has its paragraph to itself, as a long one does, and its boxes are on the next line.
        """
        if i + 1 >= len(self.paper.paras):
            return False
        para, below = self.paper.paras[i], self.paper.paras[i + 1]
        if key in self.paper.keys_within(below):
            return True
        return self.are_its_boxes(key, below) and not self.drafts[key].place.has_options(para.text)

    def are_its_boxes(self, key: str, para: Para) -> bool:
        """
        Whether a paragraph has the boxes of a place that has none so far.
        """
        draft = self.drafts.get(key)
        if draft is None or not draft.is_ticks or draft.parts:
            return False
        return len(_part_at_boxes(para)[1]) == len(draft.place.options) and draft.place.has_options(para.text)

    def fill_slots(self, fixed: FixedPara, para: Para, found_by: FoundBy) -> bool:
        """
        Read a paragraph as a line without its controls, and return whether it is that line.
        """
        if not fixed.slots or any(self.drafts[key].parts for _, key in fixed.slots):
            return False
        if fixed.begins in self.drafts and self.drafts[fixed.begins].is_ticks:
            return False  # what goes on from an option is read with the options
        kept = without_struck(para)
        line, boxes = _part_at_boxes(kept) if fixed.ticks else (kept, [])
        after = "" if boxes else fixed.after
        said = _words_in_slots(line.text, fixed.slots, after)
        if said is None:
            return False
        for key, pieces in self.deal_boxes(fixed.ticks, boxes):
            self.take(key, 0, attrs.evolve(kept, pieces=pieces, anchors=()), found_by)
        for (_, key), (label, text) in zip(fixed.slots, said, strict=True):
            draft = self.drafts[key]
            draft.found_by = draft.found_by or found_by
            # Only what stands before it asks for it: the words in the other places on the line are theirs.
            draft.prompt.append(attrs.evolve(para, pieces=(Piece(label),)))
            draft.doubts += [Beside.STRUCK] if kept is not para else []
            text = text.strip(" :")
            if (hint := self.paper.find_hint(text)) is not None:
                draft.doubts.append(Beside.HINT)
                text = text[: hint[0]] + text[hint[1] :]
            if not is_blank(text) and fold_text(text) not in self.paper.hints:
                draft.parts.append((0, Para((Piece(text),))))
        return True

    def deal_boxes(
        self, keys: Sequence[str], boxes: Sequence[tuple[Piece, ...]]
    ) -> Iterator[tuple[str, tuple[Piece, ...]]]:
        """
        Give the boxes on a line, each with the words behind it, to the places that they belong to, in their order.
        """
        counts = [len(self.drafts[key].place.options) for key in keys]
        if sum(counts) != len(boxes):
            counts = [len(boxes), *[0] * (len(keys) - 1)]
        start = 0
        for key, count in zip(keys, counts, strict=True):
            if count:
                yield key, tuple(piece for box in boxes[start : start + count] for piece in box)
            start += count

    def read_free(self, i: int, para: Para, current: str) -> None:
        """
        Read a paragraph that is neither printed nor in one of our controls.
        """
        written = self.paper.without_hint(para)
        if written is None:
            return
        if self.are_its_boxes(current, para):
            self.take(current, i, written, FoundBy.WORDS)
            return
        ahead = self.paper.blank.fixed[self.passed + 1 : self.passed + 1 + _NEAR]
        if any(self.fill_slots(fixed, written, FoundBy.WORDS) for fixed in ahead):
            return
        draft = self.drafts.get(current)
        signs = current.startswith("sign.") and draft is not None and draft.found_by is FoundBy.TAG
        # More people read a fact than the paper, so it is only what is on its line.
        if (
            draft is None
            or signs
            or current in FACTS
            or draft.place.shape is PlaceShape.ROWS
            or (draft.parts and not draft.is_box)
        ):
            self.leave_unplaced(written, current)
            return
        if draft.found_by is FoundBy.TAG and draft.is_box:
            draft.doubts.append("some of it was typed outside its box")
        self.take(current, i, written, FoundBy.WORDS)


def _part_at_boxes(para: Para) -> tuple[Para, list[tuple[Piece, ...]]]:
    """
    Return a line up to its first box to tick, and each box with the words behind it.
    """
    parts: list[list[Piece]] = [[]]
    for piece in para.pieces:
        if any(each.kind == "tick" for each in piece.controls) or _BOX.match(piece.text):
            parts.append([])
        parts[-1].append(piece)
    line, *boxes = parts
    return attrs.evolve(para, pieces=tuple(line)), [tuple(box) for box in boxes]


def _words_in_slots(line: str, slots: tuple[tuple[str, str], ...], after: str) -> tuple[tuple[str, str], ...] | None:
    """
    Return each label on a line that lost its controls, with what is written behind it; None if it is another line.

    Behind what is written there is a tab, where the line is as it was printed. So a label is not taken for one of its
    words: "Sarah and Tom".
    """
    with_tabs = re.sub(r"\s+", lambda space: "\t" if "\t" in space[0] else " ", line)
    for apart, text in ((True, with_tabs), (False, " ".join(line.split()))):
        if match := _pattern_of_line(slots, after, apart).fullmatch(text):
            spans = [match.span(n) for n in range(1, len(slots) + 1)]
            starts = [0, *(end for _, end in spans)]
            return tuple(
                (" ".join(text[before:start].split()), " ".join(text[start:end].split()))
                for before, (start, end) in zip(starts, spans, strict=False)
            )
    return None


@functools.lru_cache(256)
def _pattern_of_line(slots: tuple[tuple[str, str], ...], after: str, apart: bool) -> re.Pattern[str]:
    # A label is a word, and no part of one: "on" is not in "Simon".
    def words(text: str) -> str:
        whole = r"\W*".join(map(re.escape, text.split()))
        return rf"(?<!\w){whole}(?!\w)" if whole else ""

    pattern = ("\t" if apart else r"\s?").join(rf"{words(before)}\W?(.*?)" for before, _ in slots)
    return re.compile(rf"\s?{pattern}\s?{words(after)}\s?", re.IGNORECASE | re.DOTALL)
