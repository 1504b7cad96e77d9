"""
Reads the rows on a paper: in tables, and in large print as cells one below another.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from reflect.formats.word.ledger import anchor
from reflect.questions.rings import Ring
from reflect.reading_back.blank import HEADINGS, FixedPara, PlaceShape, WritingPlace
from reflect.reading_back.returned_paper import FoundBy, ReturnedPaper
from reflect.reading_back.typed_beside import split_like_any
from reflect.sessions.typed import fold_text, is_blank
from reflect.word_files.place_tags import tags_of_key
from reflect.word_files.word_file import Control, Para

#: How many paragraphs may be between the names of the first two columns of a stack.
_NEAR = 5


@attrs.frozen
class WrittenRow:
    """
    A row that somebody wrote.

    Attributes:
        numbers: Its number in the tags of its cells; several if somebody moved cells, and none if they have no tags.
        cells: The paragraphs of each cell.
        rings: The rings that the tags of its cells say.
    """

    numbers: frozenset[int]
    cells: tuple[tuple[Para, ...], ...]
    rings: frozenset[Ring] = frozenset()


@attrs.frozen
class ReadTable:
    """
    The rows of one table, or of one stack of cells.

    Attributes:
        key: The key of the place that it belongs to.
        rows: Its rows without empty ones.
        prompt: The paragraphs with the names of its columns.
        used: The numbers of its paragraphs on the paper.
        unplaced: Paragraphs there outside the cells.
    """

    key: str
    found_by: FoundBy
    rows: tuple[WrittenRow, ...]
    prompt: tuple[Para, ...]
    used: frozenset[int]
    unplaced: tuple[Para, ...] = ()


def _row_places(paper: ReturnedPaper) -> list[WritingPlace]:
    return [place for place in paper.places.values() if place.shape is PlaceShape.ROWS]


def _positions_in(para: Para, place: WritingPlace) -> Iterator[tuple[int, int]]:
    """
    Give the columns and rows in the tags of a paragraph, both counted from 1.
    """
    for name in tags_of_key(place.key):
        for control in _cells_in(para, place):
            if match := re.fullmatch(r"\.(\d{1,3})\.(\d{1,4})", control.tag.removeprefix(name)):
                yield int(match[1]), int(match[2])


def _cells_in(para: Para, place: WritingPlace) -> Iterator[Control]:
    """
    Give the controls of a paragraph that are cells of a place.
    """
    names = tuple(f"{name}." for name in tags_of_key(place.key))
    return (each for each in (*para.controls, *para.inner_controls) if each.tag.startswith(names))


def _rings_in(paras: Iterable[Para], place: WritingPlace) -> frozenset[Ring]:
    """
    Return the rings that the tags of cells say.
    """
    return frozenset(each.says.ring for para in paras for each in _cells_in(para, place) if each.says.ring)


# --- cells one below another


@attrs.define
class _OpenRow:
    """
    A row that is being read, cell by cell.
    """

    cells: list[list[Para]]
    numbers: set[int] = attrs.field(factory=set)
    rings: set[Ring] = attrs.field(factory=set)


def read_stacks(paper: ReturnedPaper) -> tuple[ReadTable, ...]:
    """
    Read the rows outside tables: the name of each column, with the cell below it.
    """
    stacks = []
    for place in _row_places(paper):
        columns = tuple(map(fold_text, place.columns))
        starts = (i for i in range(len(paper.paras)) if _starts_stack(paper, place, columns, i))
        if len(columns) > 1 and (start := next(starts, None)) is not None:
            stacks.append(_read_stack(paper, place, columns, start))
    return tuple(stacks)


def _label(para: Para) -> str:
    """
    Return the words of a paragraph outside all controls, ready to compare.
    """
    return fold_text("".join(piece.text for piece in para.pieces if not piece.controls))


def _starts_stack(paper: ReturnedPaper, place: WritingPlace, columns: tuple[str, ...], i: int) -> bool:
    para = paper.paras[i]
    if para.cell or _label(para) != columns[0]:
        return False
    if anchor(place.key) in para.anchors:
        return True
    return any(_label(other) == columns[1] and not other.cell for other in paper.paras[i + 1 : i + 1 + _NEAR])


def _read_stack(paper: ReturnedPaper, place: WritingPlace, columns: tuple[str, ...], start: int) -> ReadTable:
    rows: list[_OpenRow] = []
    prompt: list[Para] = []
    used: set[int] = set()
    column, found_by = 0, FoundBy.WORDS
    if anchor(place.key) in paper.paras[start].anchors:
        found_by = FoundBy.BOOKMARK
    for i, para in enumerate(paper.paras[start:], start):
        elsewhere = {paper.by_tag[name] for name in para.tags if name in paper.by_tag} - {place.key}
        prompts_another = i > start and any(name.startswith("_rf_") for name in para.anchors)
        if para.cell or para.look in HEADINGS or elsewhere or prompts_another:
            break
        if para.floating and not any(para.tags):
            continue
        used.add(i)
        label = _label(para)
        is_name = label in columns and next(_cells_in(para, place), None) is None
        if is_name:
            column = columns.index(label)
            prompt.append(para)
        if not rows or (is_name and column == 0):
            rows.append(_OpenRow([[] for _ in columns]))
        if is_name:
            continue
        for _, number in _positions_in(para, place):
            rows[-1].numbers.add(number)
            found_by = FoundBy.TAG
        rows[-1].rings |= _rings_in([para], place)
        if (written := paper.without_hint(para)) is not None:
            rows[-1].cells[column].append(written)
    return ReadTable(
        key=place.key,
        found_by=found_by,
        rows=tuple(
            WrittenRow(frozenset(row.numbers), tuple(map(tuple, row.cells)), frozenset(row.rings))
            for row in rows
            if any(row.cells)
        ),
        prompt=tuple(prompt),
        used=frozenset(used),
    )


# --- tables

#: The cells of a row: the numbers of their paragraphs, by column.
_Cells = Mapping[int, list[int]]


@attrs.frozen
class _Table:
    """
    A table of the paper.

    Attributes:
        head: The words in its first row by column, ready to compare.
    """

    rows: tuple[_Cells, ...]
    head: Mapping[int, str]
    paras: tuple[Para, ...]

    def belongs_to(self, place: WritingPlace, found_by: FoundBy) -> bool:
        """
        Whether it is the table of a place: by a tag in it, by the bookmark, or by the names of its columns.
        """
        match found_by:
            case FoundBy.TAG:
                names = tags_of_key(place.key)
                cells = tuple(f"{name}." for name in names)
                return any(each in names or each.startswith(cells) for para in self.paras for each in para.tags)
            case FoundBy.BOOKMARK:
                return any(anchor(place.key) in para.anchors for para in self.paras)
            case FoundBy.WORDS:
                columns = tuple(map(fold_text, place.columns))
                return len(columns) > 1 and self.count_named(place) >= max(2, len(columns) - 1)

    def count_named(self, place: WritingPlace) -> int:
        """
        Return how many columns of a place are named at its head, whatever somebody typed beside the names.
        """
        heads = [f" {words} " for words in self.head.values()]
        return sum(any(f" {fold_text(column)} " in words for words in heads) for column in place.columns)


def read_tables(paper: ReturnedPaper) -> tuple[ReadTable, ...]:
    """
    Read the tables of places with rows, which have a tag, the bookmark or the column names of the place.
    """
    places = _row_places(paper)
    tables = _tables_on(paper) if places else []
    owned: dict[str, list[tuple[int, FoundBy]]] = defaultdict(list)
    taken: set[int] = set()
    for found_by in FoundBy:
        for number, table in enumerate(tables):
            owners = [place for place in places if number not in taken and table.belongs_to(place, found_by)]
            if owners:
                owned[max(owners, key=table.count_named).key].append((number, found_by))
                taken.add(number)
    return tuple(
        _read_table(paper, place, found_by, tables[number])
        for place in places
        for number, found_by in sorted(owned[place.key])
    )


def _tables_on(paper: ReturnedPaper) -> list[_Table]:
    grid: dict[int, dict[int, dict[int, list[int]]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    for i, para in enumerate(paper.paras):
        if para.cell and (any(para.tags) or not para.floating):
            number, row, column = para.cell
            grid[number][row][column].append(i)
    tables = []
    for _, rows in sorted(grid.items()):
        cells = tuple(row for _, row in sorted(rows.items()))
        paras = tuple(paper.paras[i] for i in _numbers_in(*cells))
        if not all(_is_in_box(paper, para) for para in paras):
            tables.append(_Table(cells, _words_by_column(paper, cells[0]), paras))
    return tables


def _is_in_box(paper: ReturnedPaper, para: Para) -> bool:
    """
    Whether a paragraph is in the box of an answer: a table there is a part of the answer, whatever its columns are.
    """
    return any(paper.places[key].shape is PlaceShape.BOX for key in paper.keys_around(para))


def _numbers_in(*rows: _Cells) -> Iterator[int]:
    for cells in rows:
        for numbers in cells.values():
            yield from numbers


def _words_by_column(paper: ReturnedPaper, cells: _Cells) -> dict[int, str]:
    return {column: fold_text("\n".join(paper.paras[i].text for i in numbers)) for column, numbers in cells.items()}


def _read_table(paper: ReturnedPaper, place: WritingPlace, found_by: FoundBy, table: _Table) -> ReadTable:
    columns = tuple(map(fold_text, place.columns))
    by_name = {name: column for column, name in table.head.items()}
    rows: list[WrittenRow] = []
    prompt: list[Para] = []
    unplaced: list[Para] = []
    for cells in table.rows:
        words = _words_by_column(paper, cells)
        named = [name for name in columns if words.get(by_name.get(name, -1), "") == name]
        if set(columns) & set(by_name) and len(named) >= max(1, len(columns) - 1):
            prompt += [paper.paras[i] for i in _numbers_in(cells)]
            alone = set(words.values())
            unplaced += _typed_into_head(paper, cells, columns, [name for name in columns if name not in alone])
            continue
        chosen, row_numbers = _choose_columns(paper, place, columns, table.head, cells)
        written = tuple(_written_in(paper, cells.get(column, ())) for column in chosen)
        if any(written):
            rings = _rings_in((paper.paras[i] for i in _numbers_in(cells)), place)
            rows.append(WrittenRow(row_numbers, written, rings))
        for column, numbers in cells.items():
            if column not in chosen:
                unplaced += [para for para in _written_in(paper, numbers) if not is_blank(para.text)]
    return ReadTable(
        key=place.key,
        found_by=found_by,
        rows=tuple(rows),
        prompt=tuple(prompt),
        used=frozenset(_numbers_in(*table.rows)),
        unplaced=tuple(unplaced),
    )


def _typed_into_head(
    paper: ReturnedPaper, cells: _Cells, columns: Sequence[str], names: Sequence[str]
) -> Iterator[Para]:
    """
    Give what somebody typed at the head of a table: beside the name of a column, in its place, or in another cell.

    Args:
        columns: The names of all columns.
        names: The names of columns that are in no cell alone.
    """
    printed = [FixedPara(words=name) for name in names]
    words = _words_by_column(paper, cells)
    named = {column for column in cells if any(f" {name} " in f" {words[column]} " for name in names)}
    for column in sorted(named):
        for para in (paper.paras[i] for i in cells[column]):
            printed_too = any(f" {name} " in f" {fold_text(para.text)} " for name in names)
            _, typed = split_like_any(paper, para, printed) if printed_too else (para, paper.without_hint(para))
            if typed:
                yield typed
    for column in cells:
        if column not in named and words[column] not in columns:
            yield from _written_in(paper, cells[column])


def _choose_columns(
    paper: ReturnedPaper, place: WritingPlace, columns: tuple[str, ...], head: Mapping[int, str], cells: _Cells
) -> tuple[list[int], frozenset[int]]:
    """
    Choose the cell of a row for each column, -1 for none, and return them with the numbers of the row.

    The tags in the cells count first, then the names at the head of the table, then the order of the cells.
    """
    tagged: dict[int, int] = {}
    found: set[int] = set()
    for column, numbers in cells.items():
        for i in numbers:
            for at, number in _positions_in(paper.paras[i], place):
                tagged.setdefault(at, column)
                found.add(number)
    by_name = {name: column for column, name in head.items()}
    headed = bool(set(columns) & set(by_name))
    order = sorted(head)
    chosen: list[int] = []
    for n, name in enumerate(columns or tuple(map(str, range(len(cells))))):
        column = tagged.get(n + 1, -1)
        if column < 0:
            column = by_name.get(name, -1) if headed else (order[n] if n < len(order) else -1)
            column = -1 if column in tagged.values() else column
        chosen.append(-1 if column in chosen else column)
    return chosen, frozenset(found)


def _written_in(paper: ReturnedPaper, numbers: Iterable[int]) -> tuple[Para, ...]:
    return tuple(written for i in numbers if (written := paper.without_hint(paper.paras[i])) is not None)
