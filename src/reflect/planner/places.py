"""
The places to write on a paper, as a page shows them; and what was written in them, as a page saves it.

A place has the name, the ring and the label that it has on the paper as a web page, so that what is filled in here is
read back as a saved page is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypedDict
from urllib.parse import quote

import attrs

from reflect.questions.rings import Ring
from reflect.sessions.filled import Filled, Rows, Signature
from reflect.sessions.origin import Origin
from reflect.sessions.typed import fold_text
from reflect.text import nodes
from reflect.word_files.place_tags import PlaceTag

#: The place that people read, and nobody writes in.
_PRINTED = "fingerprint"


class PageField(TypedDict, total=False):
    """
    A place to write.

    Attributes:
        name: Its name among the places of the paper.
        form: What is written there: ``line``, ``date``, ``box``, ``points``, ``choice``, ``scale``, ``rows``, ``sign``.
        label: What stands before it on the paper; empty if it is clear from where it is.
        asked: Its name for screen readers, under the heading that it has.
        ring: Who may read what is written there.
        value: What is written there.
        lines: How many lines of room it has.
        options: What may be ticked.
        ends: On a scale: what 0 and 10 mean, and whose number it is.
        columns: The headings of a table.
        rows: The rows of a table.
        blank: How many empty rows follow.
        person: Of a signature: name, date and comments.
        called: What it is called in the form; empty if the heading over it says that.
        usual: What usually stands there, as long as nothing is written.
    """

    name: str
    form: str
    label: str
    asked: str
    ring: str
    value: str
    lines: int
    options: list[str]
    ends: list[str]
    columns: list[str]
    rows: list[list[str]]
    blank: int
    person: dict[str, str]
    called: str
    usual: str


class Section(TypedDict):
    """
    What stands under one heading.

    Attributes:
        head: The heading.
        note: What is said beside it.
        level: How deep it is; 1 is the title of the paper.
        talk: Whether it is the talk.
        said: What is printed under it to be read.
        lines: Its lines, each with the places on it.
    """

    head: str
    note: str
    level: int
    talk: bool
    said: list[str]
    lines: list[list[PageField]]


@attrs.define
class _WalkOverPaper:
    """
    One walk over a paper, in which every name of a place is used once, as on a web page.
    """

    origin: Origin
    names: dict[str, int] = attrs.field(factory=dict)
    sections: list[Section] = attrs.field(factory=list)
    over: str = ""

    def name(self, key: str) -> str:
        n = self.names[key] = self.names.get(key, 0) + 1
        return key if n == 1 else self.name(f"{key}~{n}")

    def begin(self, head: str, note: str = "", *, level: int = 2, talk: bool = False) -> None:
        self.sections.append(Section(head=head, note=note, level=level, talk=talk, said=[], lines=[]))

    def add(self, places: Iterable[PageField]) -> None:
        if not self.sections:
            self.begin("", level=1)
        if line := list(places):
            self.sections[-1]["lines"].append(line)

    def say(self, words: str) -> None:
        if not self.sections:
            self.begin("", level=1)
        if words.strip():
            self.sections[-1]["said"].append(words)

    def read(self, blocks: Iterable[nodes.Block]) -> None:
        for block in blocks:
            self._read(block)

    def _read(self, block: nodes.Block) -> None:
        match block:
            case nodes.Heading():
                self.over = nodes.words(block.children)
                self.begin(*_head_and_note(block.children), level=block.level)
            case nodes.Paragraph(style="prompt"):
                self.over = nodes.words(block.children)
                self.begin(*_head_and_note(block.children), level=3)
            case nodes.Paragraph(style="eyebrow"):
                pass
            case nodes.Paragraph():
                self.say(nodes.words(block.children))
            case nodes.Quotation():
                self.read(block.blocks)
            case nodes.Listing():
                for item in block.items:
                    self.read(item.blocks)
            case nodes.Facts():
                self.add(self.fact(fact) for fact in block.facts)
            case nodes.Entry():
                self._read_entry(block)
            case nodes.SignOff():
                self.add([self.sign(block)])
                if block.also is not None:
                    self.over = block.who
                    self.add(self.choice(block.also))
            case nodes.SheetToFill():
                for answer in block.places:
                    self.add([self.box(answer, answer.label)])
            case nodes.Answer():
                label = "" if self._stands_over(block.label) else block.label
                self.over = block.label or self.over
                self.add([self.box(block, block.label, label=label)])
            case nodes.Choice():
                self.add(self.choice(block))
            case nodes.Scale():
                self.add([self.scale(block)])
            case nodes.Actions():
                self.add([self.table(block)])
            case _:
                pass  # pictures, tables and cards have nothing to fill

    def _stands_over(self, label: str) -> bool:
        """
        Tell whether a label is what stands over the place already: a question, with or without its hint.
        """
        return fold_text(self.over).startswith(fold_text(label)) or fold_text(label) == fold_text(": ".join(self.parts))

    @property
    def parts(self) -> tuple[str, ...]:
        last = self.sections[-1:]
        return tuple(filter(None, (last[0]["head"], last[0]["note"]))) if last else ()

    def _read_entry(self, entry: nodes.Entry) -> None:
        self.over = entry.head or self.over
        self.begin(": ".join(filter(None, (entry.head, entry.subject))), note=entry.note, talk=entry.talk)
        if entry.about is not None:
            self.add([self.fact(entry.about, entry.head)])
        for n, row in enumerate(entry.rows):
            first = row[0]
            if isinstance(first, nodes.Answer):
                asked = first.label or entry.head
                if entry.talk and n == 0:
                    asked = ": ".join(filter(None, (entry.over, first.label)))
                self.add([self.box(first, asked, label="" if first.label == entry.head else first.label)])
            else:
                self.add(place for each in row for place in self._on_line(each, entry.head))
        if entry.table is not None:
            self.add([self.table(entry.table)])

    def _on_line(self, place: nodes.Fact | nodes.Choice | nodes.Answer, head: str) -> Iterator[PageField]:
        match place:
            case nodes.Fact():
                yield self.fact(place, head)
            case nodes.Choice():
                yield from self.choice(place)
            case nodes.Answer():
                self.over = place.label or self.over
                yield self.box(place, place.label)

    def place(self, key: str, form: str, label: str, asked: str, value: str, lines: int = 1) -> PageField:
        name, ring = self.name(key), str(self.origin.tag_of(key).ring or "")
        return PageField(name=name, form=form, label=label, asked=asked or key, ring=ring, value=value, lines=lines)

    def fact(self, fact: nodes.Fact, head: str = "") -> PageField:
        dated = fact.kind == nodes.DATE or fact.key.rpartition(".")[2] == "date"
        form = "printed" if fact.key.partition(".")[0] == _PRINTED else "date" if dated else "line"
        return self.place(fact.key, form, fact.label, fact.label or head, fact.value)

    def box(self, answer: nodes.Answer, asked: str, *, label: str | None = None) -> PageField:
        form = {nodes.DATE: "date", nodes.POINTS: "points"}.get(answer.kind, "box")
        label = answer.label if label is None else label
        return self.place(answer.key, form, label, asked, answer.value, answer.lines)

    def choice(self, choice: nodes.Choice) -> Iterator[PageField]:
        place = self.place(choice.key, "choice", choice.label, choice.label or self.over, choice.value)
        place["options"] = list(choice.options)
        yield place
        if choice.beside is not None:
            yield self.fact(choice.beside)

    def scale(self, scale: nodes.Scale) -> PageField:
        label = "" if self._stands_over(scale.label) else scale.label
        place = self.place(scale.key, "scale", label, scale.label, scale.value)
        place["options"], place["ends"] = [str(n) for n in range(11)], [scale.low, scale.high, scale.whose]
        return place

    def table(self, table: nodes.Actions) -> PageField:
        place = self.place(table.key, "rows", table.label, table.label, "")
        place["columns"], place["blank"] = list(table.columns), table.blank
        place["rows"] = [list(row) for row in table.rows]
        return place

    def sign(self, sign: nodes.SignOff) -> PageField:
        place = self.place(sign.key, "sign", sign.who, sign.who, sign.value)
        place["options"] = list(sign.options)
        place["person"] = {"name": sign.name, "date": sign.date, "comments": sign.comments}
        place["ring"] = str(Ring.PERSONAL)  # whatever paper it is on
        return place


#: The looks of words that are said beside a heading.
_BESIDE = ("muted", "aside", "hint")


def _head_and_note(children: Iterable[nodes.Inline]) -> tuple[str, str]:
    """
    Return the words of a heading, and those that are said beside it.
    """
    halves: tuple[list[nodes.Inline], list[nodes.Inline]] = ([], [])
    for each in children:
        halves[isinstance(each, nodes.Span) and each.style in _BESIDE].append(each)
    head, note = (" ".join(nodes.words(half).split()) for half in halves)
    return (head, note) if head else (note, "")


def places_of(document: nodes.Document) -> list[Section]:
    """
    Return what a paper has to read and to write in, section by section.
    """
    walk = _WalkOverPaper(Origin.of_about({**dict(document.about), "kind": document.kind}))
    walk.read(document.blocks)
    return [each for each in walk.sections if each["lines"] or each["said"] or each["head"]]


def titles_of(sections: Iterable[Section]) -> dict[str, str]:
    """
    Return what people call each place, by its name: its heading, and what stands before it.
    """
    called: dict[str, str] = {}
    for section in sections:
        for place in (place for line in section["lines"] for place in line):
            head, own = section["head"], place["label"]
            called[place["name"]] = ": ".join(dict.fromkeys(filter(None, (head, own)))) or place["asked"]
    return called


def filled_page(
    document: nodes.Document,
    answers: Mapping[str, str],
    tables: Mapping[str, Sequence[Sequence[str]]],
    signed: Mapping[str, Mapping[str, str]],
) -> Filled:
    """
    Return a paper with what was written in its places, as its web page saves it.

    What is not named stays as it is on the paper. A name that the paper has no place for is left out.

    Args:
        document: The paper.
        answers: The text of each place, by its name.
        tables: The rows of each table, by its name.
        signed: How each person signs, by the name of the place: value, name, date and comments.
    """
    places = [place for section in places_of(document) for line in section["lines"] for place in line]
    single = [place for place in places if place["form"] not in ("rows", "sign")]
    about, paper = dict(document.about), Origin.of_about({**dict(document.about), "kind": document.kind}).paper_ring
    rings = " ".join(
        dict.fromkeys(
            f"{quote(place['name'], safe=_UNQUOTED)}={PlaceTag('', Ring(place['ring']), paper).rings}"
            for place in places
            if place["ring"] and place["form"] != "sign"
        )
    )

    def text_in(place: PageField) -> str:
        kept = place["form"] == "printed"
        return place["value"] if kept else answers.get(place["name"], place["value"])

    return Filled(
        document=document.kind,
        about=tuple({**about, **({"rings": rings} if rings else {})}.items()),
        answers=tuple((place["name"], text_in(place)) for place in single),
        asked=tuple((place["name"], place["asked"]) for place in single),
        tables=tuple(_rows_of(place, tables) for place in places if place["form"] == "rows"),
        signed=tuple(_signature_of(place, signed) for place in places if place["form"] == "sign"),
    )


#: What a browser leaves as it is in an address.
_UNQUOTED = "!'()*~"


def _rows_of(place: PageField, tables: Mapping[str, Sequence[Sequence[str]]]) -> Rows:
    """
    Return the rows of a table, each with a cell for each column; rows with nothing in them are left out.
    """
    wide = len(place["columns"])
    rows = ((*map(str, row), *[""] * wide)[:wide] for row in tables.get(place["name"], place["rows"]))
    said = tuple(row for row in rows if any(cell.strip() for cell in row))
    return Rows(key=place["name"], columns=tuple(place["columns"]), rows=said)


def _signature_of(place: PageField, signed: Mapping[str, Mapping[str, str]]) -> Signature:
    said = {"value": place["value"], **place["person"], **signed.get(place["name"], {})}
    return Signature(
        key=place["name"],
        who=place["label"],
        value=said["value"],
        name=said["name"],
        date=said["date"],
        comments=said["comments"],
    )
