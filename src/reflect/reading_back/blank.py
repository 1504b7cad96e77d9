"""
A blank paper: its places to write, and its printed paragraphs.
"""

from __future__ import annotations

import enum
import functools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from reflect.formats.word.ledger import anchor
from reflect.sessions.typed import fold_text
from reflect.word_files.place_tags import tags_of_key
from reflect.word_files.word_file import Control, Para, WordFile

#: The looks of headings and titles, which are never answers.
HEADINGS = ("heading", "title", "subtitle")
#: A text with more letters than this is long enough to recognise a paragraph by.
TELLING = 12
#: Our own styles for printed words.
_PRINTED = re.compile(r"reflect(?!answer|cell|options|tick|sign|fact$|scale$)")
#: The tag of a cell in a table to write in: the key, the column and the row.
_CELL = re.compile(r"(.+)\.[0-9]{1,3}\.[0-9]{1,4}")
#: Google Docs puts controls with tags like this round everything.
_GOOGLE = "goog_rdk"


#: A clock time, or hours and minutes from the start.
CLOCK = re.compile(r"(?<![0-9:])[0-9]{1,2}:[0-9]{2}(?![0-9:])")


def at_any_time(words: str) -> str:
    """
    Return words with each clock time as ``0``: the blank of an agenda does not know when its session begins.
    """
    return CLOCK.sub("0", words)


class PlaceShape(enum.StrEnum):
    LINE = "line"
    BOX = "box"
    TICKS = "ticks"
    ROWS = "rows"


@attrs.frozen
class WritingPlace:
    """
    A place to write.

    Attributes:
        key: The key of its answer.
        columns: The names of its columns.
        in_cell: Whether it is a box in a cell, as those of a sheet to fill are.
    """

    key: str
    shape: PlaceShape
    options: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    in_cell: bool = False

    def has_options(self, text: str) -> bool:
        """
        Tell whether a text has all of its options in it.
        """
        words = f" {fold_text(text)} "
        return bool(self.options) and all(f" {fold_text(option)} " in words for option in self.options)


def places_of(word_file: WordFile) -> tuple[WritingPlace, ...]:
    """
    Return the places to write in a file, by the tags of its controls.
    """
    places: dict[str, WritingPlace] = {}
    heads = _heads_of_tables(word_file.paras)
    for para in word_file.paras:
        if key := _key_of_rows(para):
            place = places.get(key, WritingPlace(key, PlaceShape.ROWS))
            places[key] = attrs.evolve(place, columns=_columns(place, para, heads))
            continue
        for key, option in _options_in(para):
            known = places[key].options if key in places else ()
            places[key] = WritingPlace(key, PlaceShape.TICKS, (*known, option))
        for control in para.controls:
            if control.kind == "rich":
                box = WritingPlace(control.tag, PlaceShape.BOX, in_cell=para.cell is not None)
                places.setdefault(control.tag, box)
        for control in para.inner_controls:
            if control.kind not in ("tick", "rows"):
                places.setdefault(control.tag, WritingPlace(control.tag, PlaceShape.LINE))
    return tuple(place for key, place in places.items() if key and not key.startswith(_GOOGLE))


def _key_of_rows(para: Para) -> str:
    """
    Return the key of the place with rows that a paragraph is in, by the control round its rows or by that in its cell.
    """
    for control in para.controls:
        if control.kind == "rows" and control.tag:
            return control.tag
    cells = (_CELL.fullmatch(control.tag) for control in para.inner_controls if para.cell and control.kind == "rich")
    return next((match[1] for match in cells if match), "")


def _heads_of_tables(paras: Sequence[Para]) -> dict[int, tuple[str, ...]]:
    heads: dict[int, list[str]] = defaultdict(list)
    for para in paras:
        if para.cell and para.cell[1] == 0:
            heads[para.cell[0]].append(para.text.strip())
    return {number: tuple(texts) for number, texts in heads.items()}


def _columns(place: WritingPlace, para: Para, heads: Mapping[int, tuple[str, ...]]) -> tuple[str, ...]:
    """
    Return the names of columns that a paragraph shows for a place with rows.
    """
    if para.cell:
        return heads.get(para.cell[0], ())
    # In large print the name of a column is printed above each of its cells.
    text = para.text.strip()
    is_cell = any(name.startswith(f"{place.key}.") for name in para.tags)
    return place.columns if is_cell or text in place.columns else (*place.columns, text)


def _options_in(para: Para) -> Iterator[tuple[str, str]]:
    """
    Give the key of each box to tick in a paragraph, and the words after the box.
    """
    key, words = "", ""
    for piece in para.pieces:
        control = next((control for control in piece.controls if control.kind == "tick" and control.tag), None)
        beside = piece.muted or any(each.kind != "tick" and each.tag for each in piece.controls)
        if control is None and not beside:
            words += piece.text
            continue
        if key:
            yield key, words.strip()
        key, words = control.tag.rpartition(".")[0] if control else "", ""
    if key:
        yield key, words.strip()


def keys_by_tag(places: Iterable[WritingPlace]) -> dict[str, str]:
    """
    Return the keys of places by the tags that their controls may have.
    """
    keys: dict[str, str] = {}
    for place in places:
        options = range(1, len(place.options) + 2) if place.shape is PlaceShape.TICKS else ()
        for name in (place.key, *(f"{place.key}.{n}" for n in options)):
            keys |= dict.fromkeys(tags_of_key(name), place.key)
    return keys


# --- what is printed


@attrs.frozen(kw_only=True)
class FixedPara:
    """
    A paragraph with printed words on the blank.

    Attributes:
        words: Its words, ready to compare.
        anchors: The names of its bookmarks.
        tags: The tags of the controls round it and in it.
        begins: The key of the place that follows it or is in it; empty if there is none.
        slots: For each place on its line, the words before it and its key.
        after: The words after the last of those places.
        ticks: The keys of the places on its line that are boxes to tick.
        end: Its last words, which do not depend on its topic: those in muted print, or its options.
    """

    words: str
    anchors: tuple[str, ...] = ()
    tags: frozenset[str] = frozenset()
    begins: str = ""
    slots: tuple[tuple[str, str], ...] = ()
    after: str = ""
    ticks: tuple[str, ...] = ()
    end: str = ""
    heading: bool = False


@attrs.frozen
class Blank:
    """
    A blank paper.

    Attributes:
        fixed: The paragraphs with printed words, in order.
        hints: The hints in its places, ready to compare.
    """

    places: tuple[WritingPlace, ...]
    fixed: tuple[FixedPara, ...]
    hints: frozenset[str]

    @functools.cached_property
    def tags(self) -> frozenset[str]:
        """
        The tags that the controls of its places may have.
        """
        return frozenset(keys_by_tag(self.places))

    def covers(self, word_file: WordFile) -> bool:
        """
        Whether every control of a file belongs to one of these places, or to a row that somebody added.
        """
        tables = (place.key for place in self.places if place.shape is PlaceShape.ROWS)
        rows = tuple(f"{name}." for key in tables for name in tags_of_key(key))
        others = {name for para in word_file.paras for name in para.tags} - self.tags - {""}
        return all(name.startswith((*rows, _GOOGLE)) for name in others)

    def with_places(self, other: Blank) -> Blank:
        """
        Return the same blank with the further places of another, each behind the place that it follows there.
        """
        own_keys = {name: place.key for place in self.places for name in (place.key, *tags_of_key(place.key))}
        more: dict[str, list[WritingPlace]] = {"": []}
        last = ""
        for place in other.places:
            last = own_keys.get(place.key, last)
            if place.key not in own_keys:
                more.setdefault(last, []).append(place)
        places = (*more[""], *(each for own in self.places for each in (own, *more.pop(own.key, ()))))
        keys = {place.key for place in other.places if place.key not in own_keys}
        fixed = (
            attrs.evolve(each, slots=tuple((before, own_keys.get(key, key)) for before, key in each.slots))
            for each in other.fixed
            if each.begins in keys
        )
        return attrs.evolve(self, places=places, fixed=(*self.fixed, *fixed))


def blank_of(word_file: WordFile, keys: Iterable[str] = (), *, filled: bool = False) -> Blank:
    """
    Return the places of a Word file, and what is printed on it.

    Args:
        keys: The full keys of its places, because the tag for a long key is shorter.
        filled: Whether somebody has filled it in. Then only headings and prompts of places count as printed.
    """
    full_keys = {name: key for key in keys for name in tags_of_key(key)}
    places = tuple(attrs.evolve(place, key=full_keys.get(place.key, place.key)) for place in places_of(word_file))
    if filled and not places:
        return Blank((), (), frozenset())  # it is not one of our papers: somebody may have written every word of it
    by_tag = keys_by_tag(places)
    fixed = _fixed_paras(word_file.paras, {anchor(place.key): place.key for place in places}, by_tag, filled)
    hints = frozenset() if filled else frozenset(_hints_in(word_file.paras, by_tag))
    return Blank(places, tuple(fixed), hints - {""})


def _fixed_paras(
    paras: Iterable[Para], by_anchor: Mapping[str, str], by_tag: Mapping[str, str], filled: bool
) -> list[FixedPara]:
    fixed: list[FixedPara] = []
    leads = False  # whether the last paragraph may be the prompt of a box
    for para in paras:
        around = [by_tag[control.tag] for control in para.controls if control.tag in by_tag]
        if around:
            if leads:
                fixed[-1] = attrs.evolve(fixed[-1], begins=around[0])
            leads = False
            continue
        within = [by_tag[control.tag] for control in para.inner_controls if control.tag in by_tag]
        words, slots, after = _words_and_slots(para, by_tag)
        if not words:
            continue
        begins = next((by_anchor[name] for name in para.anchors if name in by_anchor), within[0] if within else "")
        heading = para.look in HEADINGS
        if filled and not begins and not heading and not _PRINTED.match(para.look):
            continue
        fixed.append(
            FixedPara(
                words=words,
                anchors=para.anchors,
                tags=para.tags,
                begins=begins,
                slots=slots,
                after=after,
                ticks=tuple(dict.fromkeys(by_tag[each.tag] for each in para.inner_controls if _is_tick(each, by_tag))),
                end=_constant_end(para),
                heading=heading,
            )
        )
        leads = not within
    return fixed


def _is_tick(control: Control, by_tag: Mapping[str, str]) -> bool:
    return control.kind == "tick" and control.tag in by_tag


def _words_and_slots(para: Para, by_tag: Mapping[str, str]) -> tuple[str, tuple[tuple[str, str], ...], str]:
    """
    Return a paragraph's words outside its places, the words before each place, and those after the last one.
    """
    outside, before = "", ""
    slots: list[tuple[str, str]] = []
    for piece in para.pieces:
        control = next((control for control in piece.controls if control.tag in by_tag), None)
        if control is None or control.kind == "tick":
            before += piece.text
            outside += piece.text
        else:
            slots.append((fold_text(before), by_tag[control.tag]))
            before = ""
    return fold_text(outside), tuple(slots), fold_text(before)


def _constant_end(para: Para) -> str:
    options = " ".join(words for _, words in _options_in(para))
    return fold_text(options or "".join(piece.text for piece in para.pieces if piece.muted))


def _hints_in(paras: Iterable[Para], by_tag: Mapping[str, str]) -> Iterator[str]:
    for para in paras:
        for piece in para.pieces:
            if any(control.tag in by_tag and control.kind != "tick" for control in (*para.controls, *piece.controls)):
                yield fold_text(piece.text)
