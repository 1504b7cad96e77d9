"""
Filled papers with a word of its own in each place, and every way of taking something away from their files.
"""

from __future__ import annotations

import functools
import io
import itertools
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import attrs
from lxml import etree

from reflect import document
from reflect.documents.makers import What
from reflect.interchange.values import to_json
from reflect.pages.catalogues import our_catalogue
from reflect.questions.rings import READERS, Reader, Ring, narrows
from reflect.sessions.parts import Action, Agreement, Answered, Decision, ItemRecord, SignOff
from reflect.sessions.record import Record
from reflect.sessions.session import Session, plan
from reflect.text.nodes import Actions, Answer, Choice, Document, Entry, Fact, Facts, Scale, SheetToFill
from reflect.text.nodes import SignOff as NodeSignOff
from reflect.text.prose import lines_of
from tests.hostile import BODY

PROPERTIES = "docProps/custom.xml"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
#: Readers who did not write it: all of ours, and for each ring one who sees it and whatever is for more people.
_EVERY_RING = (frozenset(each for each in Ring if narrows(ring, each)) for ring in Ring if ring is not Ring.OWN)
OTHERS = tuple(
    Reader(f"who sees {', '.join(sorted(rings))}", rings)
    for rings in dict.fromkeys((*(each.rings for each in READERS if each.name != "author"), *_EVERY_RING))
)
#: A word that somebody wrote; no two places have the same.
WRITTEN = re.compile(r"QZ[A-Z]+\d+ZQ")


class Words:
    """
    Gives a new word each time.
    """

    def __init__(self) -> None:
        self.numbers = itertools.count(1)

    def __call__(self, name: str = "W") -> str:
        return f"QZ{name}{next(self.numbers)}ZQ"


def filled_in(paper: Document) -> Document:
    """
    A paper with a new word in each of its places, beside what is there already.
    """
    new = Words()
    blocks = []
    for block in paper.blocks:
        match block:
            case Entry(rows=rows, table=table, about=about):
                written = tuple(tuple(_written(place, new) for place in row) for row in rows)
                blocks.append(
                    attrs.evolve(
                        block,
                        rows=written,
                        table=table and _written(table, new),
                        about=about and _written(about, new),
                    )
                )
            case SheetToFill(places=places):
                boxes = tuple(attrs.evolve(place, value=place.value or new("B")) for place in places)
                blocks.append(attrs.evolve(block, places=boxes))
            case Scale():
                blocks.append(attrs.evolve(block, value="7"))
            case Facts(facts):
                blocks.append(attrs.evolve(block, facts=tuple(_written(fact, new) for fact in facts)))
            case NodeSignOff():
                blocks.append(attrs.evolve(block, name=new("N"), comments=new("N"), value=block.options[0]))
            case Answer() | Choice() | Actions():
                blocks.append(_written(block, new))
            case _:
                blocks.append(block)
    return attrs.evolve(paper, blocks=tuple(blocks))


def _written(place: Answer | Choice | Fact | Actions, new: Words) -> Any:
    match place:
        case Answer():
            return attrs.evolve(place, value=place.value or new("A"))
        case Choice(options=options):
            return attrs.evolve(place, value=place.value or options[0])
        case Fact():
            return attrs.evolve(place, value=place.value or new("F"))
        case Actions():
            return attrs.evolve(place, rows=(*place.rows, tuple(new("R") for _ in place.columns)))


def record_of(ring: Ring) -> Record:
    """
    A record of a session about topics, with an answer, an action and a decision of each ring.
    """
    new = Words()
    uses = ("arrive", "previous-actions", "wellbeing-check-in", "kolb-cycle", "learning", "workload", "close")
    return Record(
        minutes=140,
        items=tuple(ItemRecord(key=f"item-{n}", use=use, minutes=20) for n, use in enumerate(uses, 1)),
        facts=tuple((name, new("X")) for name in ("title", "supervisee", "supervisor", "place", "topic")),
        answers=tuple(
            Answered(key=key, ring=each, lines=lines_of(new("Y")))
            for key, each in zip(
                ("item-2", "item-3", "item-4", "item-5", "useful", "next-date", "anything"), Ring, strict=True
            )
        ),
        actions=tuple(Action(what=new("Z"), who=new("Z"), by=new("Z"), ring=each) for each in (*Ring, ring)),
        decisions=tuple(Decision(what=new("Z"), why=new("Z"), who=new("Z"), ring=each) for each in (*Ring, ring)),
        signed=(SignOff(role="supervisee", agreement=Agreement.AGREED, name=new("N"), date="", comments=new("N")),),
    )


EVERYBODY = Reader("everybody", frozenset(Ring))


def session_about(ring: Ring) -> Session:
    """
    A session about topics of a ring.
    """
    kolb = our_catalogue().load("kolb-cycle").questions
    about = [kolb.about(f"t{n}", f"QZTOPIC{n}ZQ", each) @ 40 for n, each in enumerate((ring, Ring.OPEN))]
    return plan(about[0] + about[1], 100, facts={"topic": "QZTOPIC9ZQ"})


@functools.cache
def papers() -> Mapping[str, Document]:
    """
    Filled papers of all rings, by name.
    """
    kolb = our_catalogue().load("kolb-cycle")
    made: dict[str, tuple[What, str]] = {
        "record": (record_of(Ring.PERSONAL), "record"),
        "group-record": (record_of(Ring.GROUP), "group-record"),
        "pair-notes": (record_of(Ring.PAIR), "pair-notes"),
        "record of topics": (session_about(Ring.PERSONAL), "record"),
        "worksheet": (kolb, "worksheet"),
        "preparation": (None, "preparation"),
        "case-record": (None, "case-record"),
        "workload-statement": (None, "workload-statement"),
        "beginning-together": (None, "beginning-together"),
    }
    return {name: filled_in(document(what, kind, reader=EVERYBODY)) for name, (what, kind) in made.items()}


#: What editors and other programs take away from a whole file, all at once.
SWEEPING: Mapping[str, tuple[str, str]] = {
    "properties": (PROPERTIES, r"<property .*</property>"),
    "tags": (BODY, r'<w:tag w:val="[^"]*"/>'),
    "rings in tags": (BODY, r'(?<=<w:tag w:val=")([^"|]*)[|][^"]*(?="/>)'),
    "controls": (BODY, r"<w:sdt><w:sdtPr>(?:(?!</w:sdtPr>).)*</w:sdtPr><w:sdtContent>|</w:sdtContent></w:sdt>"),
    "bookmarks": (BODY, r"<w:bookmark(?:Start|End)[^>]*>"),
    "styles": (BODY, r"<w:[pr]Style [^>]*>"),
}


def swept(parts: Mapping[str, bytes], *names: str) -> dict[str, bytes]:
    """
    A file without anything of these kinds.
    """
    done = dict(parts)
    for name in names:
        part, pattern = SWEEPING[name]
        new = r"\1" if name == "rings in tags" else ""
        done[part] = re.sub(pattern, new, done[part].decode(), flags=re.DOTALL).encode()
    return done


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def visible_words(record: Record) -> dict[str, frozenset[str]]:
    """
    The words that each reader sees of a record.
    """
    topics = frozenset({"QZTOPIC0ZQ", "QZTOPIC1ZQ", "QZTOPIC9ZQ"})
    return {each.name: frozenset(WRITTEN.findall(to_json(record.visible_to(each)))) - topics for each in OTHERS}


def seen_more(before: Mapping[str, frozenset[str]], after: Mapping[str, frozenset[str]]) -> list[str]:
    """
    Who sees more than before, and what.
    """
    return [f"{name}: {sorted(words - before[name])}" for name, words in after.items() if words - before[name]]


Change = Callable[[dict[str, bytes]], dict[str, bytes]]


def _without_node(part: str, n: int, unwrap: bool) -> Change:
    def change(parts: dict[str, bytes]) -> dict[str, bytes]:
        tree = etree.fromstring(parts[part])
        node = list(tree.iter())[n]
        parent = node.getparent()
        if parent is None:
            return parts
        if unwrap:
            inside = node.find(f"{W}sdtContent") if node.tag == f"{W}sdt" else node
            for child in list(inside if inside is not None else ()):
                node.addprevious(child)
        parent.remove(node)
        return {**parts, part: etree.tostring(tree)}

    return change


def _without_attribute(part: str, n: int, name: str) -> Change:
    def change(parts: dict[str, bytes]) -> dict[str, bytes]:
        tree = etree.fromstring(parts[part])
        del list(tree.iter())[n].attrib[name]
        return {**parts, part: etree.tostring(tree)}

    return change


def removals(parts: dict[str, bytes], *, all_of_it: bool = False) -> Iterator[tuple[str, Change]]:
    """
    Every way of taking one thing away: a part, a property, a control, its tag or title, a bookmark, a relationship.
    """
    for name in parts:
        yield f"without {name}", lambda parts, name=name: {n: d for n, d in parts.items() if n != name}
    for part in (BODY, PROPERTIES, "word/_rels/document.xml.rels", "_rels/.rels", "[Content_Types].xml"):
        tree = etree.fromstring(parts[part])
        for n, node in enumerate(tree.iter()):
            if not isinstance(node.tag, str):
                continue
            tag = node.tag.rpartition("}")[2]
            if part != BODY or all_of_it or tag in ("sdt", "tag", "alias", "bookmarkStart", "sdtPr", "sdtContent"):
                yield f"{part}: {tag} {n} deleted", _without_node(part, n, False)
                yield f"{part}: {tag} {n} unwrapped", _without_node(part, n, True)
            if all_of_it:
                for name in node.attrib:
                    yield f"{part}: {tag} {n} without {name}", _without_attribute(part, n, name)
