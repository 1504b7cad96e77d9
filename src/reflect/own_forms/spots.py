"""
The places of an agency's form: its content controls, its bookmarks and the cells of its tables.
"""

from __future__ import annotations

import enum
import functools
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import attrs

from reflect.errors import Fault, Faults, Refused, hint_at_nearest
from reflect.files.office import GivenFile, Package, need_file, open_package
from reflect.files.xml import XmlElement
from reflect.own_forms.form_map import FormMap, SpotName, name_of_ours, read_map, ring_of_names
from reflect.own_forms.grids import Grids, words_of
from reflect.questions.rings import Ring
from reflect.shown import Brief
from reflect.word_files.word_xml import W14, W15, W, is_on, value_of

#: A text in which nothing is written: a line to write on, dots, or the words of a program that ask for some.
_NOTHING = re.compile(
    r"[\s._…\u2002\u00a0\u2003-]*(?:\[[^\]]{0,60}\]|(?:Click|Tap)[^.]{0,40}(?:text|date)\.?)?[\s._…\u2002\u00a0-]*"
)
#: Elements of which somebody may have put some round what counts: rows, cells, runs.
_CHANGES = ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "tblPrChange", "cellIns", "cellDel")


class SpotKind(enum.StrEnum):
    """
    What may be put into a place of a form.
    """

    TEXT = "text"
    LINE = "line"
    DATE = "date"
    CHOICE = "choice"
    TICK = "tick"
    ROWS = "rows"


@attrs.frozen(eq=False, kw_only=True)
class Spot(Brief):
    """
    A place of a form.

    Attributes:
        name: What it is called in a map.
        kind: What may be put into it.
        label: The words beside it, above it, or on it, by which people know what it is for.
        earlier: Whether it has words already that are no hint.
        ours: What its own name says it is for; empty if that says nothing.
        title: Of a control, what people see that it is called: some programs keep that and drop its tag.
    """

    name: SpotName
    kind: SpotKind = SpotKind.TEXT
    label: str = ""
    earlier: bool = False
    ours: str = ""
    title: str = ""
    element: XmlElement = attrs.field(repr=False)

    _in_line = ("name", "kind")


@attrs.frozen(eq=False, kw_only=True)
class OwnForm(Brief):
    """
    An agency's form in Word, and which of its places is for which answer.

    Attributes:
        name: What its file is called.
        ring: Who may read it; None if neither a map nor the form says so, and then nothing can be written into it.
        paper: The kind of paper that it stands for.
        keys: The keys of answers by the names of their places.
        spots: All places that it has, in their order.
        notes: What is in it that whoever fills it in should know of: comments, tracked changes, earlier words.
    """

    name: str
    ring: Ring | None
    paper: str
    keys: Mapping[SpotName, str] = attrs.field(repr=False)
    spots: tuple[Spot, ...] = attrs.field(repr=False)
    notes: tuple[str, ...] = ()
    package: Package = attrs.field(repr=False)
    root: XmlElement = attrs.field(repr=False)
    grids: Grids = attrs.field(repr=False)

    _in_line = ("name", "ring", "paper")

    @functools.cached_property
    def by_name(self) -> dict[SpotName, Spot]:
        """
        Its places by their names.
        """
        return {spot.name: spot for spot in self.spots}


def own_form(file: GivenFile | Package | OwnForm, form_map: Path | FormMap | None = None, *, ring: str = "") -> OwnForm:
    """
    Return an agency's form.

    Places with names of ours, such as a control with the tag ``reflect:talk`` or the bookmark ``reflect_next_date``,
    need no map; the others are named in one. If both name a place, the map counts.

    Args:
        file: The path of the Word file, or what is in it: bytes, or an open file; or a form, which is given back.
        form_map: Its map, or the path of that.
        ring: Who may read the form, if no map says so.

    Raises:
        NotOpened: It is no Word file, or has something that no form needs, such as macros.
        Faults: The map is wrong, or names a place that the form does not have.
        UnknownKey: There is no such ring.
        Refused: The form says that it has two rings.
    """
    if isinstance(file, OwnForm):
        return file
    given = file if isinstance(file, Package) else need_file(file, "a form in Word")
    found = read_map(form_map) if form_map is not None else None
    package = given if isinstance(given, Package) else open_package(given, word=True)
    root = package.tree(package.main)
    grids = Grids.of(root)
    spots = tuple(_find_spots(root, grids))
    names = [spot.name.name for spot in spots if spot.name.kind != "cell"]
    said = ring_of_names(names)
    keys = {spot.name: spot.ours for spot in spots if spot.ours and not spot.ours.startswith("ring-")}
    if found:
        keys = {name: key for name, key in keys.items() if key not in found.places.values()} | found.by_spot()
        _refuse_unknown_places(found, spots, str(form_map) if isinstance(form_map, Path) else "the map")
    rings = {each for each in (said, found.ring if found else None, Ring(ring) if ring else None) if each}
    if len(rings) > 1:
        raise Refused(f"the form is said to be for {' and for '.join(sorted(map(str, rings)))}; say one of them")
    return OwnForm(
        name=given.name if isinstance(given, Path) else "the form",
        ring=rings.pop() if rings else None,
        paper=found.paper if found else "record",
        keys=keys,
        spots=spots,
        notes=tuple(_find_notes(package, root, spots, keys)),
        package=package,
        root=root,
        grids=grids,
    )


def _refuse_unknown_places(found: FormMap, spots: tuple[Spot, ...], where: str) -> None:
    known = {spot.name for spot in spots}
    names = [str(name) for name in known]
    faults = [
        Fault(where, None, f"the form has no '{name}'", f"name one that it has.{hint_at_nearest(str(name), names)}")
        for name in found.by_spot()
        if name not in known
    ]
    if faults:
        raise Faults(tuple(faults))


def _find_notes(
    package: Package, root: XmlElement, spots: tuple[Spot, ...], keys: Mapping[SpotName, str]
) -> Iterator[str]:
    """
    Give what is in a form that should not go on with it.
    """
    if (part := package.part_for(package.main, "comments")) and any(
        True for _ in package.tree(part).iter(W + "comment")
    ):
        yield "it has comments in the margin, which stay in it; delete them if they are not part of the form"
    if any(True for _ in root.iter(*(W + name for name in _CHANGES))):
        yield "it has tracked changes, which stay in it; accept or reject them in Word first"
    if any(name.startswith("_xmlsignatures/") for name in package):
        yield "it has a digital signature, which holds no longer once anything is written into it"
    for spot in spots:
        if spot.earlier and spot.name in keys:
            yield f"'{spot.name}' has words in it already; they stay, and what is written stands below them"


# --- finding them


def is_nothing(text: str) -> bool:
    """
    Whether a text is no more than a line to write on, or words that ask for some.
    """
    return len(text) < 400 and _NOTHING.fullmatch(text) is not None


def _find_spots(root: XmlElement, grids: Grids) -> Iterator[Spot]:
    seen: set[SpotName] = set()
    for element in root.iter(W + "sdt", W + "bookmarkStart", W + "tc"):
        spot = None
        if element.tag == W + "sdt":
            spot = _spot_of_control(element, grids)
        elif element.tag == W + "tc":
            spot = _spot_of_cell(element, grids)
        elif (name := element.get(f"{W}name", "")) and not name.startswith("_"):
            label = _words_before(element, grids)
            spot = Spot(name=SpotName("bookmark", name), label=label, ours=name_of_ours(name), element=element)
        if spot and spot.name not in seen:  # of several with one name, the first
            seen.add(spot.name)
            yield spot


def _spot_of_control(control: XmlElement, grids: Grids) -> Spot | None:
    looks = control.find(f"{W}sdtPr")
    content = control.find(f"{W}sdtContent")
    if looks is None or content is None:
        return None
    tag, title = value_of(looks, "tag") or "", value_of(looks, "alias") or ""
    name = next(filter(None, (tag.strip(), title.strip())), "")
    if not name or name.startswith("goog_rdk"):
        return None
    kind = SpotKind.TEXT
    for each in looks:
        local = each.tag.rpartition("}")[2]
        if each.tag == f"{W14}checkbox":
            kind = SpotKind.TICK
        elif each.tag == f"{W15}repeatingSection":
            kind = SpotKind.ROWS
        elif each.tag.startswith(W) and local in ("text", "date", "dropDownList", "comboBox"):
            kind = {"text": SpotKind.LINE, "date": SpotKind.DATE}.get(local, SpotKind.CHOICE)
        elif each.tag.startswith(W) and local in (
            "picture",
            "group",
            "citation",
            "equation",
            "docPartObj",
            "docPartList",
        ):
            return None
    text = words_of(content)
    empty = bool(is_on(looks, "showingPlcHdr")) or is_nothing(text) or kind is SpotKind.TICK
    ours = name_of_ours(tag) or name_of_ours(title)
    return Spot(
        name=SpotName("control", " ".join(name.split())), kind=kind, label=title or _words_before(control, grids),
        earlier=not empty, ours=ours, title=title.strip(), element=control,
    )  # fmt: skip


def _spot_of_cell(cell: XmlElement, grids: Grids) -> Spot | None:
    place = grids.places.get(id(cell))
    if place is None:
        return None
    text = words_of(cell)
    return Spot(
        name=SpotName("cell", ".".join(map(str, place))),
        label=grids.labels[place],
        earlier=not is_nothing(text),
        element=cell,
    )


def _words_before(element: XmlElement, grids: Grids) -> str:
    """
    Return the words of its paragraph up to an element, or those of the paragraph before.
    """
    para = next(element.iterancestors(W + "p"), None)
    if para is not None:
        before: list[str] = []
        for each in para.iter():
            if each is element:
                break
            before.append((each.text or "") if each.tag == W + "t" else "")
        if text := " ".join("".join(before).split()):
            return text[-80:]
    outer = para if para is not None else element
    cell = next(outer.iterancestors(W + "tc"), None)
    if cell is not None:
        return grids.label_at(cell)
    parent = outer.getparent()
    siblings = list(parent) if parent is not None else []
    at = next((n for n, each in enumerate(siblings) if each is outer), 0)
    for each in reversed(siblings[max(at - 3, 0) : at]):
        if each.tag == W + "p" and (text := " ".join(words_of(each).split())):
            return text[:80]
    return ""
