"""
Writes what is on a paper into an agency's form, and changes nothing else of it.
"""

from __future__ import annotations

import copy
import itertools
from collections.abc import Iterable, Iterator, Sequence

import attrs

from reflect.errors import Fault, Faults, Refused, hint_at_nearest
from reflect.files.xml import XmlElement, to_text
from reflect.formats.word.ledger import anchor
from reflect.formats.word.text import NBSP
from reflect.own_forms.form_fields import TALK, FormField, fields_of
from reflect.own_forms.form_map import SpotName
from reflect.own_forms.grids import CellPlace, words_of
from reflect.own_forms.packing import DECLARATION, pack_form
from reflect.own_forms.spots import OwnForm, Spot, SpotKind, is_nothing
from reflect.own_forms.traces import Traces
from reflect.questions.rings import Ring, narrowest, narrows
from reflect.sessions.origin import Origin
from reflect.sessions.typed import read_day
from reflect.shown import Brief
from reflect.text.nodes import Document
from reflect.text.prose import Line, LineKind, isolate, lines_of, may_turn, without_isolation
from reflect.word_files.word_reading import read_word_file
from reflect.word_files.word_xml import W14, W

#: The names of the columns of a table, which a map may put into cells of their own.
COLUMNS = {"actions": ("what", "who", "by"), "decisions": ("what", "why", "who")}
#: What a form says of itself where its readers are not those of the paper.
_FOR_ANYBODY = ("kind", "ring", "wording")
#: What stands before a line of a list, since a form's own lists are not ours.
_MARK = {LineKind.BULLET: "• "}
#: In a place that nobody has written in yet: room that can be seen and clicked into.
_ROOM = NBSP * 6
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
#: Where bold and italic stand among the looks of a run.
_BEFORE_BOLD = frozenset({W + "rStyle", W + "rFonts"})


@attrs.frozen(kw_only=True)
class FilledForm(Brief):
    """
    An agency's form that was filled in.

    Attributes:
        data: The Word file.
        lacking: The keys of what was written on the paper and has no place in the form: it is not on it.
        without_place: The keys of all else that the paper asks and the form has no place for.
        notes: What else whoever filled it in should know.
    """

    _in_line = ("lacking", "notes")

    data: bytes = attrs.field(repr=False)
    lacking: tuple[str, ...] = ()
    without_place: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def fill_in(form: OwnForm, document: Document) -> FilledForm:
    """
    Return a form with what is on a paper in its places. The form itself stays as it is, and can be used again.

    Args:
        document: The paper, as it was made for its reader.

    Raises:
        Refused: Nothing says who may read the form.
        Faults: A place of it is for what not all its readers may read.
    """
    if form.ring is None:
        raise Refused(
            f"nothing says who may read {form.name}; write 'ring:' into its map, or give it a bookmark such as "
            "reflect_ring_personal"
        )
    fields = fields_of(document)
    origin = Origin.of_about({**dict(document.about), "kind": document.kind})
    _refuse_narrower(form, fields)
    paper = origin.paper_ring
    origin = _narrow(origin, form.ring)
    work = _FormFilling(form, fields, origin)
    work.fill()
    if form.keys and not work.found:
        raise Refused(
            f"nothing on this paper has a place in {form.name}; name another paper, or the keys of this one in the map"
        )
    traces = Traces.of(read_word_file(form.package), work.found)
    about = {**dict(document.about), **origin.to_about(), "kind": document.kind}
    if not narrows(form.ring, paper):
        # Whoever reads the form may not know what was planned, for what, or in which series.
        about = {name: about[name] for name in _FOR_ANYBODY if name in about}
    about |= traces.to_about()
    body = f"{DECLARATION}{to_text(work.root)}"
    data = pack_form(form.package, body, {f"reflect.{name}": text for name, text in about.items() if text})
    placed = {key.rpartition(".")[0] if key not in fields else key for key in work.found.values()} | {
        *work.found.values()
    }
    real = [field for key, field in fields.items() if key == field.key and not field.printed]
    missing = [field for field in real if field.key not in placed]
    return FilledForm(
        data=data,
        lacking=tuple(field.key for field in missing if field.is_written),
        without_place=tuple(field.key for field in missing if not field.is_written),
        notes=(*form.notes, *work.notes),
    )


def _narrow(origin: Origin, ring: Ring) -> Origin:
    """
    Return what a paper says about itself on a form whose readers are fewer: nothing on it is for more of them.
    """
    if ring is origin.paper_ring:
        return origin
    answers = tuple(attrs.evolve(each, ring=narrowest(ring, each.ring)) for each in origin.answers)
    actions = tuple((number, narrowest(ring, each)) for number, each in origin.actions)
    decisions = tuple((number, narrowest(ring, each)) for number, each in origin.decisions)
    paper = narrowest(ring, origin.paper_ring)
    return attrs.evolve(origin, ring=paper, answers=answers, actions=actions, decisions=decisions)


def _refuse_narrower(form: OwnForm, fields: dict[str, FormField]) -> None:
    """
    Refuse a form whose readers may not all read what would be written into it.
    """
    assert form.ring is not None
    faults = []
    for spot, key in form.keys.items():
        field = fields.get(key) or fields.get(key.rpartition(".")[0])
        if field and not narrows(form.ring, field.ring):
            what = f"'{spot}' is for '{key}', which is {field.ring}, and the form is {form.ring}"
            faults.append(Fault(form.name, None, what, "take it out of the map, or use a form for fewer readers"))
    if faults:
        raise Faults(tuple(faults))


@attrs.define
class _FormFilling:
    """
    The filling in of one form.
    """

    form: OwnForm
    fields: dict[str, FormField]
    origin: Origin
    root: XmlElement = attrs.field(init=False)
    #: The places that were used, with the keys of what is in them.
    found: dict[SpotName, str] = attrs.field(factory=dict, init=False)
    notes: list[str] = attrs.field(factory=list, init=False)
    _copies: dict[int, XmlElement] = attrs.field(factory=dict, init=False)
    _numbers: Iterator[int] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self.root = copy.deepcopy(self.form.root)
        self._copies = {id(one): other for one, other in zip(self.form.root.iter(), self.root.iter(), strict=True)}
        used = (each.get(f"{W}id", "") for each in self.root.iter(W + "bookmarkStart", W + "bookmarkEnd"))
        self._numbers = itertools.count(1 + max((int(each) for each in used if each.isdecimal()), default=0))

    def fill(self) -> None:
        tables: dict[str, dict[int, CellPlace]] = {}
        for name, key in self.form.keys.items():
            spot = self.form.by_name[name]
            base, _, end = key.rpartition(".")
            table = base if base in COLUMNS and end in COLUMNS[base] else key
            if name.kind == "cell" and table in COLUMNS and table in self.fields:
                place = self.form.grids.places[id(spot.element)]
                columns = {COLUMNS[base].index(end): place} if table == base else dict(self._side_by_side(key, place))
                tables.setdefault(table, {}).update(columns)
                self.found[name] = key
                continue
            field = self.fields.get(key)
            number = 0
            if field is None and end.isdecimal() and (found := self.fields.get(base)) and found.options:
                field, number = found, int(end)
            if field is None or number > len(field.options):
                # An hour may have fewer talks than the form has places for them.
                if key.partition(".")[0].partition("-")[0] != TALK or TALK not in self.fields:
                    hint = hint_at_nearest(key, self.fields)
                    self.notes.append(f"'{name}' is for '{key}', which this paper does not have; it stays open.{hint}")
                continue
            self.found[name] = f"{field.key}.{number}" if number else field.key
            self._put(spot, field, number)
        for key, cells in tables.items():
            if field := self.fields.get(key):
                self._put_rows(key, field, cells)

    def _side_by_side(self, key: str, place: CellPlace) -> Iterator[tuple[int, CellPlace]]:
        """
        Give the cells of a row from one on, for the columns of a table.
        """
        table, row, column = place
        cells = sorted(each for each in self.form.grids.cells if each[:2] == (table, row) and each[2] >= column)
        yield from enumerate(cells[: len(COLUMNS[key])])

    def of_copy(self, element: XmlElement) -> XmlElement:
        return self._copies[id(element)]

    # --- one place

    def _put(self, spot: Spot, field: FormField, number: int) -> None:
        element = self.of_copy(spot.element)
        if spot.kind is SpotKind.TICK:
            if not number and len(field.options) != 1:
                self.notes.append(f"'{spot.name}' is a box to tick; say which option it is for, such as {field.key}.1")
                return
            option = field.options[max(number, 1) - 1]
            _tick(element, on=field.chosen == option)
            if (para := element.getparent()) is not None and para.tag == W + "p":
                self._put_anchor(f"{field.key}.{max(number, 1)}", para, element)
            return
        if number:
            chosen = field.chosen == field.options[number - 1]
            field = attrs.evolve(field, options=(), lines=_line("✓") if chosen else ())
        lines = field.as_lines
        match spot.name.kind:
            case "control":
                self._put_in_control(spot, element, field, lines)
            case "cell":
                self._put_in_cell(element, field, lines, keep=spot.earlier)
            case _:
                self._put_at_bookmark(element, field, lines)

    def _put_in_control(self, spot: Spot, control: XmlElement, field: FormField, lines: Sequence[Line]) -> None:
        looks, content = control.find(f"{W}sdtPr"), control.find(f"{W}sdtContent")
        assert looks is not None
        assert content is not None
        if spot.ours and (tag := looks.find(f"{W}tag")) is not None:
            tag.set(f"{W}val", self.origin.tag_of(field.key).write())
        if not lines:
            return
        if (inner := content.find(f"{W}tc")) is not None:
            self._drop_hint(looks)
            self._put_in_cell(inner, field, lines, keep=spot.earlier, bare=True)
            return
        if any(each.tag == W + "tr" for each in content):
            self.notes.append(f"'{spot.name}' goes round rows of a table; name a cell of it instead")
            return
        if spot.kind is SpotKind.CHOICE and not self._choose(looks, spot, " ".join(line.text for line in lines)):
            return
        if spot.kind is SpotKind.DATE:
            _set_day(looks, lines)
        self._drop_hint(looks)
        paras = [each for each in content if each.tag == W + "p"]
        if paras:
            first = self._put_in_paragraphs(content, paras, lines, keep=spot.earlier)
            self._put_anchor(field.key, first, first[_index_of_content(first)])
            return
        if (plain := looks.find(f"{W}text")) is not None and len(lines) > 1:
            plain.set(f"{W}multiLine", "1")
        style = _looks_of(content)
        if spot.earlier:
            content.append(_make("r", _make("br")))
        else:
            for each in list(content):
                content.remove(each)
        content.extend(_runs(lines, style))
        if (para := control.getparent()) is not None and para.tag == W + "p":
            self._put_anchor(field.key, para, control)

    def _choose(self, looks: XmlElement, spot: Spot, text: str) -> bool:
        """
        Tell whether a list to choose from has a text; one that takes other words too has any.
        """
        offered = looks.find(f"{W}dropDownList")
        if offered is None:
            return True
        names = {each.get(f"{W}displayText", each.get(f"{W}value", "")) for each in offered.iter(W + "listItem")}
        if any(name.casefold() == text.casefold() for name in names):
            return True
        self.notes.append(f"'{spot.name}' offers nothing that says what was written; it stays open")
        return False

    def _drop_hint(self, looks: XmlElement) -> None:
        if (hint := looks.find(f"{W}showingPlcHdr")) is not None:
            looks.remove(hint)

    def _put_in_cell(
        self, cell: XmlElement, field: FormField, lines: Sequence[Line], *, keep: bool, bare: bool = False
    ) -> None:
        paras = [each for each in cell if each.tag == W + "p"]
        if not paras:
            cell.append(_make("p"))
            paras = [cell[-1]]
        if keep:
            if not lines:
                return  # their own words are there, and nobody has written
            fresh = _empty_like(paras[-1])
            cell.insert(_index(cell, paras[-1]) + 1, fresh)
            paras = [fresh]
        else:
            for each in paras:
                _clear(each)
        self._put_in_paragraphs(cell, paras, lines, keep=False, field=None if bare else field)

    def _put_at_bookmark(self, mark: XmlElement, field: FormField, lines: Sequence[Line]) -> None:
        para = next(mark.iterancestors(W + "p"), None)
        if para is None:
            parent = mark.getparent()
            after = list(parent)[_index(parent, mark) :] if parent is not None else []
            para = next((each for each in after if each.tag == W + "p"), None)
            if para is None or parent is None:
                self.notes.append(f"the bookmark of '{field.key}' is before no paragraph; nothing is written there")
                return
            para.insert(_index_of_content(para), mark)
        holder = para.getparent()
        if holder is not None and is_nothing(words_of(para)):
            for each in [each for each in para if each.tag in (W + "r", W + "proofErr")]:
                para.remove(each)
            self._put_in_paragraphs(holder, [para], lines, keep=False, field=field)
            return
        inside = mark.getparent()
        assert inside is not None
        at, number = _index(inside, mark) + 1, mark.get(f"{W}id")
        style = None
        while at < len(inside) and not (inside[at].tag == W + "bookmarkEnd" and inside[at].get(f"{W}id") == number):
            if inside[at].tag == W + "r" and is_nothing(words_of(inside[at])):
                style = style or _looks_of(inside[at])
                inside.remove(inside[at])
            else:
                at += 1
        style = style or _looks_of(para)
        control = self._control(field, _runs(lines, style), blank=not lines)
        inside.insert(_index(inside, mark) + 1, control)
        if inside is para:
            self._put_anchor(field.key, para, control)

    def _put_in_paragraphs(
        self,
        holder: XmlElement,
        paras: Sequence[XmlElement],
        lines: Sequence[Line],
        *,
        keep: bool,
        field: FormField | None = None,
    ) -> XmlElement:
        """
        Put lines into paragraphs, a line for each, and return the first; further ones are made like it.

        Args:
            keep: Whether what is in them stays before it.
            field: What a control of ours round it is for; None if there is one of theirs.
        """
        style = _looks_of(paras[0])
        if keep:
            at = _index(holder, paras[-1]) + 1
            fresh = [_empty_like(paras[-1]) for _ in lines]
            holder[at:at] = fresh
            paras = fresh
        elif len(paras) < len(lines):
            at = _index(holder, paras[-1]) + 1
            more = [_empty_like(paras[0]) for _ in range(len(lines) - len(paras))]
            holder[at:at] = more
            paras = [*paras, *more]
        if not keep:
            for each in paras:
                _clear(each)
        used = list(paras[: max(len(lines), 1)])
        if field is not None and len(lines) < 2:
            control = self._control(field, _runs(lines, style), blank=not lines)
            used[0].append(control)
            self._put_anchor(field.key, used[0], control)
            return used[0]
        for para, line in zip(used, lines, strict=False):
            para.extend(_runs([line], style))
        if field is not None:
            self._put_anchor(field.key, used[0], used[0][_index_of_content(used[0])])
            control = self._control(field, (), blank=False)
            holder.insert(_index(holder, used[0]), control)
            control[-1].extend(used)
        return used[0]

    def _put_anchor(self, key: str, para: XmlElement, first: XmlElement) -> None:
        """
        Put a hidden bookmark before something in a paragraph: an editor that drops controls keeps it.
        """
        number, at = str(next(self._numbers)), _index(para, first)
        para.insert(at, _make("bookmarkStart", id=number, name=anchor(key)))
        para.insert(at + 2, _make("bookmarkEnd", id=number))

    def _control(self, field: FormField, inner: Iterable[XmlElement], *, blank: bool) -> XmlElement:
        """
        Return a control of ours round runs, which has the key and the ring in its tag.
        """
        looks = _make(
            "sdtPr", _make("alias", val=field.label[:64]), _make("tag", val=self.origin.tag_of(field.key).write())
        )
        if blank:
            looks.append(_make("showingPlcHdr"))
            inner = _runs(_line(_ROOM), None)
        return _make("sdt", looks, _make("sdtContent", *inner))

    # --- tables

    def _put_rows(self, key: str, field: FormField, cells: dict[int, CellPlace]) -> None:
        """
        Put rows into the cells of a table, from those that were named downwards. If there are too few, more are made.
        """
        grids = self.form.grids
        table, first = next(iter(cells.values()))[:2]
        wanted = [{at: row[at] for at in cells if at < len(row)} for row in field.rows]
        rows = [self.of_copy(row) for row in grids.rows[table][first - 1 :]]
        free = 0
        for n in range(len(rows)):
            places = [(table, first + n, place[2]) for place in cells.values()]
            if not all(place in grids.cells and is_nothing(words_of(grids.cells[place])) for place in places):
                break
            free += 1
        if not free and wanted:
            self.notes.append(f"the cells for '{key}' have words in them already; nothing is written there")
            return
        blank = copy.deepcopy(rows[0]) if wanted else None
        at_cells = [
            [self.of_copy(grids.cells[table, first + n, place[2]]) for place in cells.values()] for n in range(free)
        ]
        if len(wanted) > free and blank is not None:
            own = [[*rows[0].iter(W + "tc")].index(each) for each in at_cells[0]]
            last = rows[free - 1]
            holder = last.getparent()
            assert holder is not None
            for _ in range(len(wanted) - free):
                fresh = _as_another(blank)
                holder.insert(_index(holder, last) + 1, fresh)
                inside = list(fresh.iter(W + "tc"))
                at_cells.append([inside[n] for n in own])
                last = fresh
            self.notes.append(f"the table for '{key}' had too few rows; it has {len(wanted)} now")
        for at, cell in zip(cells, at_cells[0] if at_cells else (), strict=False):
            paras = [each for each in cell if each.tag == W + "p"]
            if paras and at < len(COLUMNS[key]):
                mark = _make("r")
                paras[0].append(mark)
                self._put_anchor(f"{key}.{COLUMNS[key][at]}", paras[0], mark)
                paras[0].remove(mark)
        for row, into in zip(wanted, at_cells, strict=False):
            for text, cell in zip(row.values(), into, strict=False):
                if text.strip():
                    paras = [each for each in cell if each.tag == W + "p"] or [_make("p")]
                    if paras[0].getparent() is None:
                        cell.append(paras[0])
                    self._put_in_paragraphs(cell, paras, _line(" ".join(text.split())), keep=False)


# --- elements


def _make(name: str, /, *inner: XmlElement, **values: str) -> XmlElement:
    made = XmlElement(W + name, {W + key: value for key, value in values.items()})
    made.extend(inner)
    return made


def _line(text: str) -> tuple[Line, ...]:
    return lines_of(text)


def _index(parent: XmlElement | None, child: XmlElement) -> int:
    return next(n for n, each in enumerate(parent if parent is not None else ()) if each is child)


def _index_of_content(para: XmlElement) -> int:
    return 1 if len(para) and para[0].tag == W + "pPr" else 0


def _clear(para: XmlElement) -> None:
    """
    Take the runs out of a paragraph that has no words; what else is in it stays.
    """
    for each in [each for each in para if each.tag in (W + "r", W + "proofErr")]:
        para.remove(each)


def _empty_like(para: XmlElement) -> XmlElement:
    """
    Return a paragraph with the looks of another and nothing in it.
    """
    looks = para.find(f"{W}pPr")
    made = _make("p")
    if looks is not None:
        own = copy.deepcopy(looks)
        for each in [each for each in own if each.tag in (W + "sectPr", W + "pPrChange")]:
            own.remove(each)
        made.append(own)
    return made


def _as_another(row: XmlElement) -> XmlElement:
    """
    Return a row like another, without what may be in a file only once.
    """
    made = copy.deepcopy(row)
    for each in list(made.iter()):
        for name in [name for name in each.attrib if name.startswith(W14)]:
            del each.attrib[name]
        for child in [child for child in each if child.tag in (W + "bookmarkStart", W + "bookmarkEnd")]:
            each.remove(child)
        if each.tag == W + "sdtPr" and (number := each.find(f"{W}id")) is not None:
            each.remove(number)
    return made


def _looks_of(element: XmlElement) -> XmlElement | None:
    """
    Return the looks of the words in an element: of its first run, or of the mark of its paragraph.
    """
    for run in element.iter(W + "r"):
        if (looks := run.find(f"{W}rPr")) is not None:
            return _plain_looks(looks)
    for para in element.iter(W + "p"):
        about = para.find(f"{W}pPr")
        looks = about.find(f"{W}rPr") if about is not None else None
        if looks is not None:
            return _plain_looks(looks)
    return None


def _plain_looks(looks: XmlElement) -> XmlElement:
    own = copy.deepcopy(looks)
    for each in list(own):
        hint = each.tag == W + "rStyle" and "placeholder" in each.get(f"{W}val", "").casefold()
        if hint or each.tag in (W + "ins", W + "del", W + "moveFrom", W + "moveTo", W + "rPrChange", W + "vanish"):
            own.remove(each)
    return own


def _runs(lines: Iterable[Line], looks: XmlElement | None) -> list[XmlElement]:
    """
    Return lines as runs in one look, with a break between two of them.
    """
    out: list[XmlElement] = []
    numbers = itertools.count(1)
    lines = tuple(lines)
    turning = any(may_turn(line.text) for line in lines)
    for n, line in enumerate(lines):
        if n:
            out.append(_make("r", *_with(looks), _make("br")))
        mark = f"{next(numbers)}. " if line.kind is LineKind.NUMBER else _MARK.get(line.kind, "")
        if line.kind is not LineKind.NUMBER:
            numbers = itertools.count(1)
        if mark:
            out.append(_run(mark, looks))
        for each in line.runs:
            bare = without_isolation(each.text)
            text = isolate(bare) if turning else bare
            out.append(_run(text, looks, bold=each.bold, italic=each.italic))
    return out


def _with(looks: XmlElement | None) -> tuple[XmlElement, ...]:
    return () if looks is None else (copy.deepcopy(looks),)


def _run(text: str, looks: XmlElement | None, *, bold: bool = False, italic: bool = False) -> XmlElement:
    own = copy.deepcopy(looks) if looks is not None else _make("rPr")
    at = next((n for n, each in enumerate(own) if each.tag not in _BEFORE_BOLD), len(own))
    for name in [name for name, on in (("i", italic), ("b", bold)) if on and own.find(W + name) is None]:
        own.insert(at, _make(name))
    made = _make("r", *([own] if len(own) else []))
    for n, part in enumerate(text.split("\t")):
        if n:
            made.append(_make("tab"))
        if part:
            words = _make("t")
            words.set(_SPACE, "preserve")
            words.text = part
            made.append(words)
    return made


def _tick(control: XmlElement, *, on: bool) -> None:
    """
    Tick a box, or take its tick away, with the sign that its form has for that.
    """
    box = next(control.iter(f"{W14}checkbox"), None)
    if box is None:
        return
    state = box.find(f"{W14}checked")
    if state is None:
        state = XmlElement(f"{W14}checked")
        box.insert(0, state)
    state.set(f"{W14}val", "1" if on else "0")
    named = box.find(f"{W14}{'checkedState' if on else 'uncheckedState'}")
    code = named.get(f"{W14}val", "") if named is not None else ""
    sign = chr(int(code, 16)) if code and all(c in "0123456789abcdefABCDEF" for c in code) else "☒" if on else "☐"
    words = next(control.iter(W + "t"), None)
    if words is not None:
        words.text = sign


def _set_day(looks: XmlElement, lines: Sequence[Line]) -> None:
    day = read_day(lines[0].text)
    date = looks.find(f"{W}date")
    if date is not None and day is not None:
        date.set(f"{W}fullDate", f"{day.isoformat()}T00:00:00Z")
