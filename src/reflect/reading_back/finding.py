"""
Where on a filled paper each answer stands: by its control's tag, by its prompt's hidden bookmark, or by words.

A blank of the same paper tells what is fixed. A fixed paragraph is found again by its bookmark, by the controls in it,
or by its words; what stands between two of them belongs to the place there. So an answer is found also where its
control is gone, and where it was typed below its box.
"""

from __future__ import annotations

import bisect
import difflib
import enum
import functools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from reflect.formats.word.ledger import anchor, tag
from reflect.reading_back.word_file import Control, Para, Piece, WordFile
from reflect.sessions.typed import blank, plain

#: How alike two wordings of a prompt are, at least; and how many pairs are compared, so that no file takes long.
_ALIKE, _PAIRS = 0.82, 4_000
#: So many letters say enough to be known again by.
_SAYS = 12
#: So many fixed paragraphs are tried for a line whose controls are gone.
_NEAR = 6
#: The looks of a heading, and of what else no answer has.
_FIXED = ("heading", "title", "subtitle")
#: A word, and what may end a question.
_WORD, _STOPS = re.compile(r"[^\W_]+"), re.compile(r"[\s.:?)\]]*")
_FURNITURE = re.compile(r"reflect(?!answer|cell|options|tick|sign|fact$|scale$)")


class PlaceShape(enum.StrEnum):
    """
    What a place to write looks like.
    """

    LINE = "line"
    BOX = "box"
    TICKS = "ticks"
    ROWS = "rows"


@attrs.frozen
class WritingPlace:
    """
    A place to write.

    Attributes:
        key: What its answer hangs on.
        shape: What it looks like.
        options: What can be ticked there.
        columns: What its columns are called.
    """

    key: str
    shape: PlaceShape
    options: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()


class FoundBy(enum.StrEnum):
    """
    How an answer was found.
    """

    TAG = "tag"
    BOOKMARK = "bookmark"
    WORDS = "words"


@attrs.frozen
class FilledPlace:
    """
    What stands in a place.

    Attributes:
        place: The place.
        how: How it was found; None if it was not.
        paras: What stands there, paragraph by paragraph, hints left out.
        rows: The cells of each row, if it is a table; each with the number of the row in its tag, or 0.
        prompt: The paragraphs that ask.
        doubts: What is uncertain.
    """

    place: WritingPlace
    how: FoundBy | None = None
    paras: tuple[Para, ...] = attrs.field(default=(), repr=False)
    rows: tuple[tuple[int, tuple[tuple[Para, ...], ...]], ...] = attrs.field(default=(), repr=False)
    prompt: tuple[Para, ...] = attrs.field(default=(), repr=False)
    doubts: tuple[str, ...] = ()


@attrs.frozen
class FilledPaper:
    """
    All that was found.

    Attributes:
        found: What stands in each place, in their order.
        unplaced: Paragraphs that belong to no place and are not of the paper.
        title: The title as it stands there.
    """

    found: tuple[FilledPlace, ...]
    unplaced: tuple[Para, ...] = attrs.field(default=(), repr=False)
    title: str = attrs.field(default="", repr=False)


# --- what a paper asks for


def places(paper: WordFile) -> tuple[WritingPlace, ...]:
    """
    Return the places of a paper, by the tags of its controls.
    """
    found: dict[str, WritingPlace] = {}
    heads = _heads(paper.paras)
    for para in paper.paras:
        rows = next((c.tag for c in para.controls if c.kind == "rows" and c.tag), "")
        if rows:
            place = found.setdefault(rows, WritingPlace(rows, PlaceShape.ROWS))
            if para.cell:
                columns = heads.get(para.cell[0], ())
            elif not any(t.startswith(f"{rows}.") for t in para.tags) and para.text.strip() not in place.columns:
                columns = (*place.columns, para.text.strip())  # in large print they stand over each cell
            else:
                columns = place.columns
            found[rows] = attrs.evolve(place, columns=columns)
            continue
        ticks: dict[str, list[str]] = defaultdict(list)
        for key, option in _ticks(para):
            ticks[key].append(option)
        for key, options in ticks.items():
            old = found.get(key)
            found[key] = WritingPlace(key, PlaceShape.TICKS, (*(old.options if old else ()), *options))
        for control in para.controls:
            if control.tag and control.kind == "rich":
                found.setdefault(control.tag, WritingPlace(control.tag, PlaceShape.BOX))
        for piece in para.pieces:
            for control in piece.controls:
                if control.tag and control.kind not in ("tick", "rows") and not control.tag.startswith("goog_rdk"):
                    found.setdefault(control.tag, WritingPlace(control.tag, PlaceShape.LINE))
    return tuple(place for key, place in found.items() if not key.startswith("goog_rdk"))


def _heads(paras: Sequence[Para]) -> dict[int, tuple[str, ...]]:
    """
    The words of the first row of each table.
    """
    found: dict[int, list[str]] = defaultdict(list)
    for para in paras:
        if para.cell and para.cell[1] == 0:
            found[para.cell[0]].append(para.text.strip())
    return {number: tuple(texts) for number, texts in found.items()}


def _ticks(para: Para) -> Iterator[tuple[str, str]]:
    """
    The boxes to tick in a paragraph: the key, and the words behind each.
    """
    key, words = "", ""
    for piece in para.pieces:
        control = next((c for c in piece.controls if c.kind == "tick" and c.tag), None)
        if control is not None:
            if key:
                yield key, words.strip()
            key, words = control.tag.rpartition(".")[0], ""
        else:
            words += piece.text
    if key:
        yield key, words.strip()


# --- a blank, as what is fixed


@attrs.frozen
class _Fixed:
    """
    A paragraph of the blank that says something.

    Attributes:
        words: Its words, as they are compared.
        anchors: Its bookmarks.
        keys: The tags in it.
        begins: The place that begins behind it, or in it.
        slots: For a line with places in it: what stands before each, and their keys.
        after: What stands behind the last of those.
        heading: Whether it is a heading or a title.
        end: How it ends, whatever it is about: the words that stand back in it, or its options.
    """

    words: str
    anchors: tuple[str, ...]
    tags: frozenset[str]
    begins: str
    slots: tuple[tuple[str, str], ...] = ()
    after: str = ""
    end: str = ""
    heading: bool = False


@attrs.frozen
class Blank:
    """
    A blank paper: what it asks, and what is fixed on it.
    """

    places: tuple[WritingPlace, ...]
    fixed: tuple[_Fixed, ...]
    hints: frozenset[str]

    @functools.cached_property
    def tags(self) -> frozenset[str]:
        """
        The tags that controls of its places may have.
        """
        return frozenset(_by_tag(self.places))

    def knows(self, paper: WordFile) -> bool:
        """
        Tell whether a paper has no controls but those of its places, and of rows that were added.
        """
        rows = tuple(f"{tag(place.key)}." for place in self.places if place.shape is PlaceShape.ROWS)
        found = {t for para in paper.paras for t in para.tags} - self.tags - {""}
        return all(t.startswith((*rows, "goog_rdk")) for t in found)

    def with_places(self, other: Blank) -> Blank:
        """
        Return the same with the further places that another has.
        """
        known = {place.key for place in self.places} | {tag(place.key) for place in self.places}
        more = tuple(place for place in other.places if place.key not in known)
        keys = {place.key for place in more}
        fixed = tuple(each for each in other.fixed if each.begins in keys) if more else ()
        return attrs.evolve(self, places=(*self.places, *more), fixed=(*self.fixed, *fixed))


def blank_of(paper: WordFile, keys: Iterable[str] = (), *, own: bool = False) -> Blank:
    """
    Return what a blank paper asks and what is fixed on it.

    Args:
        paper: The blank, as it reads.
        keys: The keys of its places: the tag of a long one does not hold all of it.
        own: Whether it is filled in, so that only what leads to a place, or looks like a heading, is fixed.
    """
    names = {tag(key): key for key in keys}
    asked = tuple(attrs.evolve(place, key=names.get(place.key, place.key)) for place in places(paper))
    by_anchor = {anchor(place.key): place.key for place in asked}
    by_tag = _by_tag(asked)
    fixed: list[_Fixed] = []
    hints: set[str] = set()
    waiting: list[int] = []
    for para in paper.paras:
        here = [by_tag[t] for t in (*(c.tag for c in para.controls), *_inner(para)) if t in by_tag]
        outside, slots, after = _slots(para, by_tag)
        for piece in para.pieces if not own else ():
            if any(c.tag in by_tag and c.kind != "tick" for c in (*para.controls, *piece.controls)):
                hints.add(plain(piece.text))
        if here and any(c.tag in by_tag for c in para.controls):
            # A box: what stood just before it leads to it.
            for n in waiting:
                fixed[n] = attrs.evolve(fixed[n], begins=here[0])
            waiting = []
            continue
        said = plain(outside)
        if not said:
            continue
        begins = next((by_anchor[name] for name in para.anchors if name in by_anchor), here[0] if here else "")
        if own and not begins and para.look not in _FIXED and not _FURNITURE.match(para.look):
            continue
        fixed.append(_Fixed(said, para.anchors, para.tags, begins, slots, after, _end(para), para.look in _FIXED))
        waiting = [] if here else [len(fixed) - 1]
    # A paper without any place is no paper of ours, and all of it may have been written by somebody.
    return Blank(asked, tuple(fixed) if asked or not own else (), frozenset(hints - {""}))


def _end(para: Para) -> str:
    options = " ".join(words for _, words in _ticks(para))
    return plain(options or "".join(piece.text for piece in para.pieces if piece.muted))


def _inner(para: Para) -> Iterator[str]:
    for piece in para.pieces:
        for control in piece.controls:
            yield control.tag


def _by_tag(asked: Iterable[WritingPlace]) -> dict[str, str]:
    """
    Keys by the tags that their controls may have.
    """
    found: dict[str, str] = {}
    for place in asked:
        name = tag(place.key)
        found[name] = place.key
        if place.shape is PlaceShape.TICKS:
            for n in range(1, len(place.options) + 2):
                found[tag(f"{place.key}.{n}")] = place.key
    return found


def _slots(para: Para, by_tag: Mapping[str, str]) -> tuple[str, tuple[tuple[str, str], ...], str]:
    """
    The words of a paragraph that stand in no place, and what stands before each place on its line.
    """
    outside, before = [], ""
    slots: list[tuple[str, str]] = []
    if any(c.tag in by_tag for c in para.controls):
        return "", (), ""
    for piece in para.pieces:
        control = next((c for c in piece.controls if c.tag in by_tag), None)
        if control is None or control.kind == "tick":
            before += piece.text
            outside.append(piece.text)
        else:
            slots.append((plain(before), by_tag[control.tag]))
            before = ""
    return "".join(outside), tuple(slots), plain(before)


# --- finding


def find_answers(paper: WordFile, blank: Blank) -> FilledPaper:
    """
    Return what stands in each place of a paper.

    Args:
        paper: The paper as it was filled in.
        blank: What it asks for.
    """
    return _Finding.of(paper, blank).all()


#: Hints that Word writes itself.
_WORD_HINTS = frozenset(
    map(
        plain,
        (
            "Click or tap here to enter text.",
            "Click here to enter text.",
            "Choose an item.",
            "Click or tap to enter a date.",
            "Click here to enter a date.",
        ),
    )
)


@attrs.define
class _Finding:
    paras: tuple[Para, ...]
    blank: Blank
    hints: frozenset[str]
    places: dict[str, WritingPlace]
    by_tag: dict[str, str]
    #: What of the blank each paragraph is, by its number.
    is_fixed: dict[int, int] = attrs.field(factory=dict)
    how: dict[str, FoundBy] = attrs.field(factory=dict)
    parts: dict[str, list[tuple[int, Para]]] = attrs.field(factory=lambda: defaultdict(list))
    prompts: dict[str, list[Para]] = attrs.field(factory=lambda: defaultdict(list))
    doubts: dict[str, list[str]] = attrs.field(factory=lambda: defaultdict(list))
    rows: dict[str, list[tuple[int, tuple[tuple[Para, ...], ...]]]] = attrs.field(factory=lambda: defaultdict(list))
    used: set[int] = attrs.field(factory=set)
    #: The last of the fixed paragraphs that was passed.
    passed: int = -1
    unplaced: list[Para] = attrs.field(factory=list)
    #: What was typed beside a line to write on: the place, where it stands, and the words.
    beside: list[tuple[str, int, Para]] = attrs.field(factory=list)

    @classmethod
    def of(cls, paper: WordFile, blank: Blank) -> _Finding:
        hints = _WORD_HINTS | blank.hints | frozenset(map(plain, paper.hints))
        return cls(paper.paras, blank, hints - {""}, {p.key: p for p in blank.places}, _by_tag(blank.places))

    def all(self) -> FilledPaper:
        self.stacks()
        self.align()
        self.tables()
        self.regions()
        title = self.title()
        found = tuple(
            FilledPlace(
                place,
                self.how.get(key),
                tuple(para for _, para in sorted(self.parts[key], key=lambda part: part[0])),
                tuple(self.rows[key]),
                tuple(self.prompts[key]),
                tuple(dict.fromkeys(self.doubts[key])),
            )
            for key, place in self.places.items()
        )
        return FilledPaper(found, tuple(self.unplaced), title.text.strip() if title else "")

    def title(self) -> Para | None:
        """
        The title of the paper, which is kept as it stands there.
        """
        return next((para for para in self.paras if para.look == "title"), None)

    # which paragraphs are fixed

    def align(self) -> None:
        """
        Find the fixed paragraphs of the blank again.
        """
        fixed = self.blank.fixed
        said = [plain(para.text) for para in self.paras]
        outside = ["" if i in self.used else plain(self.outside(para)) for i, para in enumerate(self.paras)]
        anchored = {name: n for n, each in enumerate(fixed) for name in each.anchors}
        tagged = {t: n for n, each in enumerate(fixed) for t in each.tags if t in self.by_tag}
        here: dict[int, int] = {}
        for i, para in enumerate(self.paras):
            if i in self.used:
                continue
            n: int | None = next((anchored[a] for a in para.anchors if a in anchored), None)
            if n is None and not any(c.tag in self.by_tag for c in para.controls):
                n = next(
                    (tagged[t] for t in _inner(para) if t in tagged and outside[i] == fixed[tagged[t]].words), None
                )
            if n is not None and n not in here:
                here[n] = i
                self.is_fixed[i] = n
        self.by_words(here, said, outside)

    def outside(self, para: Para) -> str:
        """
        The words of a paragraph that stand in no control of ours.
        """
        if any(c.tag in self.by_tag for c in para.controls):
            return ""
        return "".join(
            piece.text
            for piece in para.pieces
            if not any(c.tag in self.by_tag and c.kind != "tick" for c in piece.controls)
        )

    def by_words(self, here: dict[int, int], said: Sequence[str], outside: Sequence[str]) -> None:
        """
        Find the rest by their words: the same words in the same order first, then nearly the same between them.
        """
        fixed = self.blank.fixed
        where: dict[str, list[int]] = defaultdict(list)
        for i, words in enumerate(outside):
            if words and i not in self.is_fixed:
                where[words].append(i)
        for n, each in enumerate(fixed):
            if n in here:
                continue
            low, high = _between(here, n, len(said))
            some = where.get(each.words, [])
            after = some[bisect.bisect_right(some, low) :]
            if (first := next((i for i in after if i < high and i not in self.is_fixed), -1)) >= 0:
                here[n], self.is_fixed[first] = first, n
        pairs = 0
        for n, each in enumerate(fixed):
            if n in here:
                continue
            low, high = _between(here, n, len(said))
            best, chosen = 0.0, -1
            for i in range(low + 1, high):
                if i in self.is_fixed or not outside[i] or pairs > _PAIRS:
                    continue
                pairs += 1
                alike = _likeness(each, outside[i])
                if alike > best:
                    best, chosen = alike, i
            if best >= _ALIKE:
                here[n], self.is_fixed[chosen] = chosen, n

    # rows that stand one under another, as in large print

    def stacks(self) -> None:
        """
        Read rows that are in no table: the name of each column, and under it what was written.
        """
        for place in self.places.values():
            if place.shape is PlaceShape.ROWS and len(place.columns) > 1:
                columns = tuple(map(plain, place.columns))
                start = next((i for i in range(len(self.paras)) if self.begins_stack(place, columns, i)), None)
                if start is not None:
                    self.stack(place, columns, start)

    def begins_stack(self, place: WritingPlace, columns: tuple[str, ...], i: int) -> bool:
        para = self.paras[i]
        if para.cell or plain(self.outside_of(para)) != columns[0]:
            return False
        if anchor(place.key) in para.anchors:
            return True
        near = self.paras[i + 1 : i + _NEAR]
        return any(plain(self.outside_of(other)) == columns[1] and not other.cell for other in near)

    def outside_of(self, para: Para) -> str:
        return "".join(piece.text for piece in para.pieces if not piece.controls)

    def stack(self, place: WritingPlace, columns: tuple[str, ...], start: int) -> None:
        rows: list[tuple[int, list[list[Para]]]] = []
        column, name = 0, tag(place.key)
        for i in range(start, len(self.paras)):
            para = self.paras[i]
            others = {self.by_tag[t] for t in para.tags if t in self.by_tag} - {place.key}
            led = i > start and any(name.startswith("_rf_") for name in para.anchors)
            if para.cell or para.look in _FIXED or others or led:
                break
            self.used.add(i)
            label = plain(self.outside_of(para))
            if label in columns and not any(t.startswith(f"{name}.") for t in para.tags):
                column = columns.index(label)
                if column == 0 or not rows:
                    rows.append((0, [[] for _ in columns]))
                self.prompts[place.key].append(para)
                continue
            number, cells = rows[-1]
            for t in para.tags:
                if match := re.fullmatch(rf"{re.escape(name)}\.(\d{{1,3}})\.(\d{{1,4}})", t):
                    number = int(match[2])
                    self.how[place.key] = FoundBy.TAG
            if (kept := self.unhinted(para)) is not None:
                cells[column].append(kept)
            rows[-1] = (number, cells)
        anchored = anchor(place.key) in self.paras[start].anchors
        self.how.setdefault(place.key, FoundBy.BOOKMARK if anchored else FoundBy.WORDS)
        self.rows[place.key] += [(number, tuple(map(tuple, cells))) for number, cells in rows if any(cells)]

    # tables of rows

    def tables(self) -> None:
        """
        Read the tables of rows: those with our tags or our bookmark in them, or with our columns.
        """
        wanted = [place for place in self.places.values() if place.shape is PlaceShape.ROWS]
        if not wanted:
            return
        grid: dict[int, dict[int, dict[int, list[int]]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
        for i, para in enumerate(self.paras):
            if para.cell:
                table, row, column = para.cell
                grid[table][row][column].append(i)
        heads = {
            table: {column: plain(self.join(some)) for column, some in rows[min(rows)].items()}
            for table, rows in grid.items()
        }
        mine: dict[str, list[tuple[int, FoundBy]]] = defaultdict(list)
        taken: set[int] = set()
        for how in FoundBy:
            for place in wanted:
                for table, rows in grid.items():
                    if table not in taken and self.is_table(place, how, rows, heads[table]):
                        mine[place.key].append((table, how))
                        taken.add(table)
        for place in wanted:
            for table, how in sorted(mine[place.key]):
                self.how.setdefault(place.key, how)
                self.table(place, grid[table], heads[table], tuple(map(plain, place.columns)))
            if len(mine[place.key]) > 1:
                self.doubts[place.key].append("it stands in more than one table; their rows are joined")

    def is_table(
        self, place: WritingPlace, how: FoundBy, rows: Mapping[int, Mapping[int, list[int]]], head: Mapping[int, str]
    ) -> bool:
        """
        Whether a table is that of a place: by a tag in it, by its bookmark, or by its columns.
        """
        every = [self.paras[i] for row in rows.values() for cell in row.values() for i in cell]
        if how is FoundBy.TAG:
            name = tag(place.key)
            return any(t == name or t.startswith(f"{name}.") for para in every for t in para.tags)
        if how is FoundBy.BOOKMARK:
            return any(anchor(place.key) in para.anchors for para in every)
        columns = tuple(map(plain, place.columns))
        return len(columns) > 1 and sum(c in head.values() for c in columns) >= max(2, len(columns) - 1)

    def join(self, some: Iterable[int]) -> str:
        return "\n".join(self.paras[i].text for i in some)

    def table(
        self,
        place: WritingPlace,
        rows: Mapping[int, Mapping[int, list[int]]],
        head: Mapping[int, str],
        columns: tuple[str, ...],
    ) -> None:
        where = {name: column for column, name in head.items()}
        headed = bool(set(columns) & set(where))
        order = sorted(head)
        for _, cells in sorted(rows.items()):
            texts = {column: plain(self.join(some)) for column, some in cells.items()}
            if headed and sum(texts.get(where.get(name, -1), "") == name for name in columns) >= max(
                1, len(columns) - 1
            ):
                self.used.update(i for some in cells.values() for i in some)
                for some in cells.values():
                    self.prompts[place.key] += [self.paras[i] for i in some]
                self.heads(cells, texts, columns)
                continue
            tagged, own = self.tagged_cells(place, cells)
            taken: list[tuple[Para, ...]] = []
            claimed: set[int] = set()
            for n, name in enumerate(columns or tuple(map(str, range(len(cells))))):
                column = tagged.get(n + 1)
                if column is None:
                    column = where.get(name) if headed else (order[n] if n < len(order) else None)
                    column = None if column in tagged.values() else column
                some = cells.get(column, []) if column is not None and column not in claimed else []
                claimed |= {column} if column is not None else set()
                taken.append(tuple(p for i in some if (p := self.unhinted(self.paras[i])) is not None))
            extra = [i for column, some in cells.items() if column not in claimed for i in some]
            self.used.update(i for some in cells.values() for i in some)
            if any(taken):
                self.rows[place.key].append((own, tuple(taken)))
            self.unplaced += [p for i in extra if (p := self.unhinted(self.paras[i])) is not None and not blank(p.text)]

    def heads(self, cells: Mapping[int, list[int]], texts: Mapping[int, str], columns: tuple[str, ...]) -> None:
        """
        Keep what was typed beside the name of a column, in its cell.
        """
        names = [_Fixed(name, (), frozenset(), "") for name in columns if name not in texts.values()]
        for i in (i for some in cells.values() for i in some):
            _, typed = self.nearly(self.paras[i], names)
            self.unplaced += [typed] if typed else []

    def tagged_cells(self, place: WritingPlace, cells: Mapping[int, list[int]]) -> tuple[dict[int, int], int]:
        """
        Which cells hold which column, by their tags, and the number of the row there.
        """
        found: dict[int, int] = {}
        own = 0
        for column, some in cells.items():
            for i in some:
                for name in self.paras[i].tags:
                    if match := re.fullmatch(rf"{re.escape(tag(place.key))}\.(\d{{1,3}})\.(\d{{1,4}})", name):
                        found.setdefault(int(match[1]), column)
                        own = int(match[2])
        return found, own

    # everything else

    def unhinted(self, para: Para) -> Para | None:
        """
        A paragraph without its hint; None if nothing is left. A hint is known by its words, never by its look.
        """
        if blank(para.text) or plain(para.text) in self.hints:
            return None
        if not any(piece.controls for piece in para.pieces):
            return para
        kept = tuple(
            piece
            for piece in para.pieces
            if not (piece.controls and any(c.hinting for c in piece.controls) and plain(piece.text) in self.hints)
        )
        return attrs.evolve(para, pieces=kept) if kept else None

    def regions(self) -> None:
        """
        Go through the paper once: what is in a control is its own; the rest belongs to the place whose prompt is above.
        """
        fixed = self.blank.fixed
        current = ""
        met = set(self.is_fixed.values())
        unmet = [each for n, each in enumerate(fixed) if n not in met]
        headings = sum(each.heading for each in unmet)
        beneath: dict[tuple[int, int, int], str] = {}
        copies: dict[str, set[int]] = defaultdict(set)
        for i, para in enumerate(self.paras):
            if i in self.used:
                current = ""
                continue
            self.passed = max(self.passed, self.is_fixed.get(i, -1))
            keys = [self.by_tag[c.tag] for c in para.controls if c.tag in self.by_tag]
            if keys:
                key = keys[-1]
                copies[key].update(id(c) for c in para.controls if self.by_tag.get(c.tag) == key)
                self.take(key, i, para, FoundBy.TAG)
                current = key
                continue
            inner = [self.by_tag[t] for t in _inner(para) if t in self.by_tag]
            if (
                inner
                and i not in self.is_fixed
                and not blank(self.outside(para))
                and self.places[inner[0]].shape is PlaceShape.BOX
            ):
                # An editor drew a box together to the first paragraph, and somebody typed beside it.
                self.take(inner[0], i, para, FoundBy.TAG)
                current = inner[0]
                continue
            if inner:
                self.line(i, para, copies)
                boxes = [key for key in inner if self.places[key].shape is PlaceShape.BOX]
                current = boxes[-1] if boxes else (fixed[self.is_fixed[i]].begins if i in self.is_fixed else current)
                continue
            if i in self.is_fixed:
                current = self.fixed(i, para, beneath)
                continue
            if para.cell and para.cell in beneath:
                self.take(beneath[para.cell], i, para, FoundBy.WORDS)
                continue
            if para.look in _FIXED or _FURNITURE.match(para.look):
                if para.look == "reflecthint" and current:
                    asked, typed = self.nearly(para, unmet)
                    self.prompts[current].append(asked)
                    self.unplaced += [typed] if typed else []
                elif para.look in _FIXED and headings and not self.in_box(current):
                    headings -= 1  # one of the paper's own, with something of this session in it
                    _, typed = self.nearly(para, unmet)
                    self.unplaced += [typed] if typed else []
                    current = ""
                else:
                    self.free(i, para, current)
                continue
            self.free(i, para, current)
        for key, i, typed in self.beside:
            # It was meant for the line, if nothing stands there.
            if self.parts[key]:
                self.unplaced.append(typed)
            else:
                self.doubts[key].append("it was typed beside its line")
                self.parts[key].append((i, typed))
        for key, some in copies.items():
            if len(some) > 1 and self.places[key].shape is not PlaceShape.TICKS:
                self.doubts[key].append("its control stands there more than once; what differs is joined")
                self.once(key)

    def in_box(self, key: str) -> bool:
        """
        Whether somebody is writing in a box, who may well write a heading.
        """
        return key in self.places and self.places[key].shape is PlaceShape.BOX

    def free(self, i: int, para: Para, current: str) -> None:
        """
        A paragraph that is neither fixed nor in a control of ours.
        """
        if (kept := self.unhinted(para)) is None:
            return
        # A line whose controls are gone: one of those that the blank has here.
        for each in self.blank.fixed[self.passed + 1 : self.passed + 1 + _NEAR]:
            if each.slots and self.matched(each, kept):
                return
        place = self.places.get(current)
        if place is None or place.shape is PlaceShape.ROWS:
            self.unplaced.append(kept)
            return
        if place.shape is not PlaceShape.BOX and self.parts[current]:
            self.unplaced.append(kept)
            return
        if self.how.get(current) is FoundBy.TAG and place.shape is PlaceShape.BOX:
            self.doubts[current].append("some of it was typed outside its box")
        self.take(current, i, kept, self.led(current))

    def led(self, key: str) -> FoundBy:
        return self.how.get(key) or FoundBy.WORDS

    def take(self, key: str, i: int, para: Para, how: FoundBy) -> None:
        kept = self.unhinted(para)
        if how is FoundBy.TAG or key not in self.how:
            self.how[key] = how if self.how.get(key) is not FoundBy.TAG else FoundBy.TAG
        if kept is not None or (
            self.places[key].shape is PlaceShape.BOX and self.parts[key] and plain(para.text) not in self.hints
        ):
            self.parts[key].append((i, kept if kept is not None else attrs.evolve(para, pieces=())))

    def line(self, i: int, para: Para, copies: dict[str, set[int]]) -> None:
        """
        A paragraph with controls of ours within it.
        """
        groups: dict[str, list[Piece]] = defaultdict(list)
        last = ""
        for piece in para.pieces:
            control = next((c for c in piece.controls if c.tag in self.by_tag), None)
            key = self.by_tag[control.tag] if control else ""
            if control is not None:
                last = key if self.places[key].shape is PlaceShape.TICKS else ""
                copies[key].add(id(control))
                groups[key].append(piece)
            elif last:
                groups[last].append(piece)  # the words behind a box to tick
        for key, pieces in groups.items():
            some = attrs.evolve(para, pieces=tuple(pieces), anchors=())
            self.take(key, i, some, FoundBy.TAG)
        n = self.is_fixed.get(i)
        asked, typed = (para, None) if n is None else self.parted(para, self.blank.fixed[n])
        for key in groups:
            if self.places[key].shape is not PlaceShape.BOX:
                self.prompts[key].append(asked)
        if typed is not None:
            self.aside(next(reversed([*groups]), ""), i, typed)
        if (
            n is None
            and (rest := self.outside(para))
            and not blank(rest)
            and not any(self.places[key].shape is PlaceShape.TICKS for key in groups)
        ):
            self.loose(i, para, groups)

    def loose(self, i: int, para: Para, groups: Mapping[str, list[Piece]]) -> None:
        """
        Words beside a control on its line that the blank does not have: they belong to the last place on it.
        """
        known = [each for each in self.blank.fixed if each.slots and {key for _, key in each.slots} & set(groups)]
        words = plain(self.outside(para))
        for each in known:
            if words == each.words:
                return
        spare = tuple(p for p in para.pieces if not any(c.tag in self.by_tag for c in p.controls))
        self.aside("" if known else next(reversed([*groups]), ""), i, attrs.evolve(para, pieces=spare, anchors=()))

    def aside(self, key: str, i: int, typed: Para) -> None:
        """
        Keep words that stand beside a place on its line, or on a line of no place.
        """
        if key and self.places[key].shape is PlaceShape.LINE:
            self.beside.append((key, i, typed))
        else:
            self.unplaced.append(typed)

    def nearly(self, para: Para, some: Iterable[_Fixed]) -> tuple[Para, Para | None]:
        """
        The same of a paragraph that may be one of some fixed ones, with more typed into it than they have words.
        """
        words = f" {plain(para.text)} "
        near = [each for each in some if each.words and f" {each.words} " in words]
        return self.parted(para, max(near, key=lambda each: len(each.words))) if near else (para, None)

    def parted(self, para: Para, each: _Fixed) -> tuple[Para, Para | None]:
        """
        A fixed paragraph as the blank has it, and what somebody typed into it, if anything.
        """
        text, first_tick = "", -1
        mine: list[tuple[int, Piece]] = []
        for piece in para.pieces:
            ours = [c for c in piece.controls if c.tag in self.by_tag]
            mine.append((-1 if any(c.kind != "tick" for c in ours) else len(text), piece))
            first_tick = len(text) if ours and first_tick < 0 and mine[-1][0] >= 0 else first_tick
            text += piece.text if mine[-1][0] >= 0 else ""
        low, high = _typed(text, each)
        # Words behind a tick are read with it.
        high = high if first_tick < 0 else max(low, min(high, first_tick))
        high = low + len(text[low:high].rstrip())
        asked, typed = [], []
        for at, piece in mine:
            first, last = (max(0, low - at), max(0, high - at)) if at >= 0 else (0, 0)
            if said := piece.text[first:last]:
                typed.append(attrs.evolve(piece, text=said))
            if rest := piece.text[:first] + piece.text[last:]:
                asked.append(attrs.evolve(piece, text=rest))
        if blank("".join(piece.text for piece in typed)) or para is self.title():
            return para, None
        return attrs.evolve(para, pieces=tuple(asked)), attrs.evolve(para, pieces=tuple(typed), anchors=())

    def fixed(self, i: int, para: Para, beneath: dict[tuple[int, int, int], str]) -> str:
        """
        A fixed paragraph without controls; the place that begins behind it.
        """
        each = self.blank.fixed[self.is_fixed[i]]
        key = each.begins
        how = FoundBy.BOOKMARK if any(name in para.anchors for name in each.anchors) else FoundBy.WORDS
        if each.slots and self.matched(each, para, how):
            return ""
        place = self.places.get(key)
        # Options on its own line are read with what was typed among them; they may stand on the next.
        ticks = place is not None and place.shape is PlaceShape.TICKS and bool(each.tags & set(self.by_tag))
        asked, typed = (para, None) if ticks else self.parted(para, each)
        if place is None:
            self.unplaced += [typed] if typed else []
            return ""
        self.prompts[key].append(asked)
        if self.how.get(key) is not FoundBy.TAG:
            self.how[key] = how
        if place.shape is PlaceShape.TICKS:
            if ticks:
                self.take(key, i, para, how)
            elif typed is not None:
                self.aside(key, i, typed)
            return key
        if typed is not None and place.shape is PlaceShape.BOX:
            self.doubts[key].append("some of it was typed behind its question")
            self.parts[key].append((i, typed))
        elif typed is not None:
            self.aside(key, i, typed)
        if place.shape is PlaceShape.LINE and para.cell:
            table, row, column = para.cell
            beneath[(table, row + 1, column)] = key
            return ""
        return key

    def matched(self, each: _Fixed, para: Para, how: FoundBy = FoundBy.WORDS) -> bool:
        """
        Take what stands in the places of a line whose controls are gone.
        """
        if any(self.parts[key] for _, key in each.slots):
            return False
        found = _slot_pattern(each.slots, each.after).fullmatch(" ".join(para.text.split()))
        if found is None:
            return False
        for n, (_, key) in enumerate(each.slots, 1):
            self.how.setdefault(key, how)
            self.prompts[key].append(para)
            text = found[n].strip(" :")
            if not blank(text) and plain(text) not in self.hints:
                self.parts[key].append((0, Para((Piece(text),))))
        return True

    def once(self, key: str) -> None:
        """
        Leave out what a copied control says a second time.
        """
        seen: set[str] = set()
        kept = []
        for i, para in self.parts[key]:
            words = plain(para.text)
            if not words or words not in seen:
                kept.append((i, para))
            seen.add(words)
        self.parts[key] = kept


def _between(here: Mapping[int, int], n: int, count: int) -> tuple[int, int]:
    """
    Between which paragraphs a fixed one stands, by those found before it and behind it.
    """
    low = next((here[m] for m in range(n - 1, -1, -1) if m in here), -1)
    high = next((here[m] for m in range(n + 1, n + 200) if m in here), count)
    return low, high if high > low else count


def _likeness(each: _Fixed, words: str) -> float:
    if abs(len(each.words) - len(words)) > max(len(words), 12):
        return 0.0
    if len(each.words) > _SAYS and words.startswith(each.words):
        return 0.99
    if len(each.end) > _SAYS and words.endswith(each.end):
        return 0.95  # it is about something that was brought
    matcher = difflib.SequenceMatcher(None, each.words, words, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= _ALIKE else 0.0


def _typed(text: str, each: _Fixed) -> tuple[int, int]:
    """
    Between which letters of a fixed paragraph something was typed; nothing was if both are the same.

    All its words are there, before and behind what was typed. Where some are missing, it was reworded, or is about
    something that was brought: then only what stands behind its end is known to be typed.
    """
    there = [(found.start(), found.end(), plain(found[0])) for found in _WORD.finditer(text)]
    spoken, wanted = [word for _, _, word in there], _WORD.findall(each.words)
    before = _alike(spoken, wanted)
    behind = min(_alike(spoken[::-1], wanted[::-1]), len(wanted) - before)
    if before + behind < len(wanted):
        last = _WORD.findall(each.end) if len(each.end) > _SAYS else []
        ends = [n for n in range(len(last), len(spoken) + 1) if last and spoken[n - len(last) : n] == last]
        before, behind = max(ends, default=len(there)), 0
    if before + behind >= len(there):
        return 0, 0
    low = there[before - 1][1] if before else 0
    high = there[len(there) - behind][0] if behind else len(text)
    stops = _STOPS.match(text, low, high) if before else None
    return stops.end() if stops else low, high


def _alike(some: Sequence[str], others: Sequence[str]) -> int:
    """
    With how many words both begin.
    """
    return next(
        (n for n, (one, other) in enumerate(zip(some, others, strict=False)) if one != other),
        min(len(some), len(others)),
    )


@functools.lru_cache(256)
def _slot_pattern(slots: tuple[tuple[str, str], ...], after: str) -> re.Pattern[str]:
    def words(text: str) -> str:
        return r"\W*".join(map(re.escape, text.split()))

    pattern = "".join(rf"{words(before)}\W?(.*?)\s*" for before, _ in slots)
    return re.compile(rf"\s*{pattern}{words(after)}\s*", re.IGNORECASE | re.DOTALL)


def controls(paras: Iterable[Para]) -> Iterator[Control]:
    """
    Give the controls round paragraphs and in them.
    """
    for para in paras:
        yield from para.controls
        for piece in para.pieces:
            yield from piece.controls
