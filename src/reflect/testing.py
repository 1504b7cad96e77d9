"""
For those who embed reflect: strategies for hypothesis, and a search for what a paper tells to whom it may not.

It needs ``hypothesis``, which is in the extra ``testing``.
"""

from __future__ import annotations

import datetime
import html.parser
import io
import itertools
import json
import pickle
import re
import typing
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs
from hypothesis import strategies as st
from lxml import etree

from reflect import formats
from reflect.diagrams import describe
from reflect.documents.making import What
from reflect.documents.templates import Templates
from reflect.errors import Refused
from reflect.files.forms import ListOf, OneOf
from reflect.pages.catalogues import Catalogue, our_catalogue
from reflect.papers import STANDING_PAPERS, StandingPaper, paper_of
from reflect.questions.model import Model
from reflect.questions.outlines import parse
from reflect.questions.question import Question
from reflect.questions.rings import READERS, Reader, Ring
from reflect.questions.sets import QuestionSet, sequence
from reflect.rendering.rendering import render
from reflect.sessions.facts import FACTS
from reflect.sessions.parts import Action, Agreement, Answered, Decision, ItemRecord, Outcome, Passing, SignOff
from reflect.sessions.record import Record
from reflect.sessions.session import Note, Session, plan
from reflect.text import nodes
from reflect.text.prose import Line, Run, lines_of

#: The formats that are looked into; a PDF's letters are drawn, and are looked at in other ways.
FORMATS = tuple(name for name, each in formats.FORMATS.items() if each.legible)

# --- strategies

#: Texts as people type them and as they should not, with signs of every markup, line ends and other directions.
texts = st.one_of(
    st.text(min_size=1, max_size=40),
    st.sampled_from(
        ["<b>&amp;</b>", "{{ 7 * 7 }}", "# no heading", "| a | b |", "```answer x", "a\r\nb", "\u202egnirts", "😀"]
    ),
).filter(lambda text: bool(text.strip()))
#: Any ring.
rings = st.sampled_from(Ring)


def models() -> st.SearchStrategy[Model]:
    """
    Return models of our catalogue.
    """
    return st.sampled_from(sorted(our_catalogue())).map(our_catalogue().model)


def question_sets() -> st.SearchStrategy[QuestionSet]:
    """
    Return sets as people compose them: models, parts of them, a few of their questions, about something or not.
    """
    whole = models().map(lambda model: model.questions)
    some = st.tuples(whole, st.integers(1, 4), st.integers(0, 99)).map(lambda it: it[0].pick(it[1], seed=it[2]))
    about = st.tuples(whole, texts, rings).map(lambda it: it[0].about("t1", it[1], it[2]))
    return st.one_of(whole, some, about)


@st.composite
def sessions(draw: st.DrawFn) -> Session:
    """
    Return sessions of up to three items that fit, with facts, topics and notes in every ring.
    """
    keys = draw(st.lists(st.sampled_from(sorted(our_catalogue())), min_size=1, max_size=3, unique=True))
    items = [
        our_catalogue()
        .model(key)
        .pick(draw(st.integers(1, 4)), seed=draw(st.integers(0, 99)))
        .about(f"t{n}", draw(texts), draw(rings))
        for n, key in enumerate(keys)
    ]
    facts = {name: draw(texts) for name in FACTS if name != "start" and draw(st.booleans())}
    session = plan(sequence(*items), 1440, facts=facts)
    notes = draw(st.lists(st.builds(Note, text=texts, ring=rings), max_size=3))
    return attrs.evolve(session, notes=tuple(notes))


@st.composite
def records(draw: st.DrawFn) -> Record:
    """
    Return records of a session of the usual frame, with answers, actions and decisions in every ring.
    """
    uses = ("arrive", "previous-actions", "wellbeing-check-in", draw(st.sampled_from(sorted(our_catalogue()))), "close")
    items = tuple(
        ItemRecord(key=f"item-{n}", use=use, minutes=60, outcome=draw(st.sampled_from([None, *Outcome])))
        for n, use in enumerate(uses, 1)
    )
    said = st.builds(lambda text: (Line(runs=(Run(text=text),)),), texts)
    answers = [
        Answered(key=f"item-{n}", ring=draw(rings), lines=draw(said), asked="What we thought")
        for n in range(1, len(uses) + 1)
        if draw(st.booleans())
    ]
    return Record(
        minutes=300,
        items=items,
        facts=tuple((name, draw(texts)) for name in FACTS if name != "start" and draw(st.booleans())),
        answers=tuple(answers),
        actions=tuple(draw(st.lists(st.builds(Action, what=texts, who=texts, by=texts, ring=rings), max_size=3))),
        decisions=tuple(draw(st.lists(st.builds(Decision, what=texts, why=texts, who=texts, ring=rings), max_size=2))),
        signed=tuple(
            SignOff(role=role, agreement=draw(st.sampled_from(Agreement)), comments=draw(texts))
            for role in ("supervisee", "supervisor")
            if draw(st.booleans())
        ),
    )


# --- leaks


@attrs.frozen
class Leak:
    """
    Something a paper tells to whom it may not, or keeps from whom it is for.

    Attributes:
        paper: The document.
        to: The format.
        reader: The reader.
        ring: The ring of what was told, or kept back.
        told: Whether it was told; otherwise it is missing.
        where: Where in the file it stands: the name of a part, or nothing.
    """

    paper: str
    to: str
    reader: str
    ring: Ring
    told: bool
    where: str = ""

    def __str__(self) -> str:
        if self.told:
            return f"{self.paper} as {self.to} tells {self.reader} what is '{self.ring}', in {self.where or 'the file'}"
        return f"{self.paper} as {self.to} keeps from {self.reader} what is '{self.ring}', and they may read it"


#: Who may read all there is, to see that what is kept from others is there at all.
_EVERYBODY = Reader("everybody", frozenset(Ring))


def leaks(
    name: str,
    *,
    templates: Iterable[str | Path] = (),
    formats: Sequence[str] = FORMATS,
    readers: Iterable[Reader] = READERS,
    what: Iterable[What] | None = None,
    models: Catalogue | None = None,
) -> tuple[Leak, ...]:
    """
    Return what a document tells to readers who may not see it, and what it keeps from those who may.

    A word that is nothing else stands in every ring, wherever people can write: topics, notes, facts, answers,
    actions, decisions, signatures, and each field of a standing paper. Every part of every file is opened and looked
    through: text, attributes, properties and names. What is told without its words, by a count or by what is left
    out, is found by `twins`.

    Args:
        name: The document. One about models is given nothing private, so only words of its own template are found
            there.
        templates: Folders of templates of your own.
        formats: The formats to look into.
        readers: The readers to make it for.
        what: What to make it of, holding `canary` words; made here if nothing is said.
        models: Where models are found, if what it is made of names them; ours if nothing is said.

    Returns:
        Nothing, if the document keeps the promise.

    Raises:
        Refused: There is nothing to look at: no format or reader, a format that is not text, or something to make it of
            in which no `canary` stands.
        ReflectError: The document cannot be made.
    """
    folders, readers = tuple(templates), tuple(readers)
    about = Templates(tuple(map(Path, folders))).about(name)
    things = tuple(planted(about.of) if what is None else what)
    _worth_looking(formats, readers, () if what is None else things, things)
    found: dict[Leak, None] = {}
    for thing in things:
        for to in formats:
            whole = _rings(render(thing, name, to=to, reader=_EVERYBODY, templates=folders, models=models), to)
            for reader in readers:
                seen = _rings(render(thing, name, to=to, reader=reader, templates=folders, models=models), to)
                served = reader.within(about.ring)
                for ring, where in seen.items():
                    if not served.sees(ring):
                        found[Leak(name, to, reader.name, ring, True, where)] = None
                for ring in whole:
                    if served.sees(ring) and ring not in seen:
                        found[Leak(name, to, reader.name, ring, False)] = None
    return tuple(found)


def twins(
    name: str,
    one: What,
    other: What,
    ring: Ring,
    *,
    templates: Iterable[str | Path] = (),
    formats: Sequence[str] = FORMATS,
    readers: Iterable[Reader] = READERS,
    models: Catalogue | None = None,
) -> tuple[Leak, ...]:
    """
    Return to whom a document tells two things apart that differ in nothing but something private.

    Whoever may not read it gets the same file of both, byte for byte; so a count, a gap or another order is found, in
    which no private word stands. Make the two with other words, with fewer or more of them, and with none at all.

    Args:
        name: The document.
        one: What it is made of.
        other: The same, but for something private.
        ring: The ring of what differs.
        templates: Folders of templates of your own.
        formats: The formats to compare, PDF among them if it is asked for.
        readers: The readers to make it for.
        models: Where models are found, if what it is made of names them; ours if nothing is said.

    Returns:
        Nothing, if the document keeps the promise; and `Leak` with the part of the file that differs, if not.

    Raises:
        Refused: There is nothing to look at: no format or reader, or two things that give the same file to those who
            may read what differs.
        ReflectError: The document cannot be made.
    """
    folders, readers = tuple(templates), tuple(readers)
    _something(formats and readers)
    about = Templates(tuple(map(Path, folders))).about(name)

    def pair(to: str, who: Reader) -> tuple[bytes, bytes]:
        made = (render(each, name, to=to, reader=who, templates=folders, models=models) for each in (one, other))
        return next(made), next(made)

    allowed = [who for who in (_EVERYBODY, *readers) if who.within(about.ring).sees(ring)]
    found: list[Leak] = []
    for to in formats:
        apart = (first != second for first, second in (pair(to, who) for who in allowed))
        if pickle.dumps(one) == pickle.dumps(other) or (allowed and not any(apart)):
            raise Refused(f"whoever may read it gets the same {to} of both; give two that differ in what is '{ring}'")
        for who in readers:
            if who not in allowed:
                first, second = pair(to, who)
                if first != second:
                    found.append(Leak(name, to, who.name, ring, True, _differs(first, second, to)))
    return tuple(found)


def _differs(one: bytes, other: bytes, to: str) -> str:
    """
    The first part in which two files differ, if the format has parts that are looked into.
    """
    if to not in FORMATS:
        return ""
    parts = itertools.zip_longest(contents(one, to), contents(other, to), fillvalue=("", ""))
    return next((where for (where, text), (_, its) in parts if text != its), "")


def _worth_looking(
    formats: Sequence[str], readers: Sequence[Reader], given: Sequence[What], things: Sequence[What]
) -> None:
    """
    Refuse a search that could find nothing.
    """
    _something(formats and readers and things)
    for to in formats:
        if to not in FORMATS:
            raise Refused(f"'{to}' is no text that can be looked through; write one of: {', '.join(FORMATS)}")
    for number, thing in enumerate(given, 1):
        # Pickled, since what people said is left out of what is printed of a value.
        if not re.search(_CANARY.pattern.encode(), pickle.dumps(thing), re.IGNORECASE):
            raise Refused(
                f"no canary stands in number {number} of what is given; put 'canary(ring)' where people write"
            )


def _something(given: object) -> None:
    if not given:
        raise Refused("without a format, a reader and something to make it of no leak can be found; give each")


def canary(ring: Ring) -> str:
    """
    Return a word that stands for something of a ring, and for nothing else.
    """
    return f"QZ{ring.value.upper()}ZQ"


#: What may stand in a word without being seen: places where it may be parted.
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_CANARY = re.compile(rf"QZ({'|'.join(Ring)})ZQ", re.IGNORECASE)


def _rings(data: bytes, to: str) -> dict[Ring, str]:
    """
    The rings whose words stand in a file, and where.
    """
    found: dict[Ring, str] = {}
    for where, text in contents(data, to):
        for match in _CANARY.finditer(unicodedata.normalize("NFKC", text.translate(_UNSEEN))):
            found.setdefault(Ring(match[1].lower()), where)
    return found


def planted(of: str) -> Iterator[What]:
    """
    Give what a document can be made of, with a `canary` in every ring and place: what a template's ``of`` names.
    """
    if of == "session":
        yield _session()
        yield _record()
    elif of in STANDING_PAPERS:
        yield _filled(paper_of(of), None)
    else:
        yield (
            our_catalogue().model("kolb-cycle")
            if of == "model"
            else "kolb-cycle + gibbs-cycle"
            if of == "models"
            else None
        )
        if of == "nothing":
            yield _record()


def _session() -> Session:
    """
    A session that is about something of each ring, with notes and facts.
    """
    asked = QuestionSet(title="And also", children=[Question(key="x.also", text="What else?")])
    frame = parse("arrive@3 + wellbeing-check-in@8")
    outline = frame
    for ring in Ring:
        outline = outline + asked.about(ring.value, canary(ring), ring) @ 10
    facts = {name: canary(ring) for name, ring in FACTS.items() if ring is not Ring.OPEN and name != "topic"}
    session = plan(outline + parse("close@7"), 100, facts=facts)
    notes = tuple(Note(text=canary(ring), ring=ring) for ring in Ring)
    items = tuple(attrs.evolve(item, notes=notes) if n == 1 else item for n, item in enumerate(session.items))
    return attrs.evolve(session, items=items, notes=notes)


def _record() -> Record:
    """
    A record with something of each ring in every kind of place.
    """

    def said(ring: Ring) -> tuple[Line, ...]:
        return (Line(runs=(Run(text=canary(ring)),)),)

    items = tuple(ItemRecord(key=f"item-{n}", use="kolb-cycle", minutes=30) for n in range(1, len(Ring) + 1))
    return Record(
        minutes=300,
        items=items,
        facts=tuple((name, canary(ring)) for name, ring in FACTS.items() if ring is not Ring.OPEN and name != "topic"),
        answers=tuple(
            Answered(key=item.key, ring=ring, lines=said(ring), asked=f"{canary(ring)}?", hint=canary(ring))
            for item, ring in zip(items, Ring, strict=True)
        ),
        actions=tuple(Action(what=canary(ring), who=canary(ring), by=canary(ring), ring=ring) for ring in Ring),
        decisions=tuple(Decision(what=canary(ring), why=canary(ring), who=canary(ring), ring=ring) for ring in Ring),
        signed=tuple(
            SignOff(role=role, agreement=Agreement.WITH_COMMENTS, name=word, date=word, comments=word)
            for role in ("supervisee", "supervisor")
            for word in (canary(Ring.PERSONAL),)
        ),
        passed=(Passing(key="item-2", to=canary(Ring.PAIR), why=canary(Ring.PAIR), told=canary(Ring.PAIR)),),
    )


def _filled(kind: type[StandingPaper], ring: Ring | None) -> Any:
    """
    A standing paper with the word of its ring in each field that takes words; a list within it is of its own ring.
    """
    hints = typing.get_type_hints(kind)
    made: dict[str, Any] = {}
    for field in attrs.fields(kind):
        if "ring" not in field.metadata:
            continue
        value = _value(field.metadata["form"], hints[field.name], ring or field.metadata["ring"])
        if value is not attrs.NOTHING:
            made[field.name] = value
    return kind(**made)


def _value(form: object, hint: Any, ring: Ring) -> Any:
    inner = next(
        (each for each in typing.get_args(hint) if isinstance(each, type) and issubclass(each, StandingPaper)), None
    )
    if inner:
        return (_filled(inner, ring),)
    if isinstance(hint, type) and issubclass(hint, StandingPaper):
        return _filled(hint, ring)
    if isinstance(form, OneOf):
        return form.known[-1]
    if isinstance(form, ListOf) and isinstance(form.each, OneOf):
        return (form.each.known[0],) * 3
    match str(hint):
        case text if text.startswith("float"):
            return 3.0
        case text if text.startswith("tuple[str, ..."):
            return (canary(ring),)
        case text if text.startswith("datetime.datetime"):
            return datetime.datetime(2026, 3, 4, 16, 10)
        case text if text.startswith("tuple[datetime.date"):
            return (datetime.date(2026, 3, 4),)
        case text if text.startswith("datetime.date"):
            return datetime.date(2026, 3, 4)
        case _ if hint is str:
            return canary(ring)
        case _:
            return attrs.NOTHING


def contents(data: bytes, to: str) -> Iterator[tuple[str, str]]:
    """
    Give every text of a file, each with where it stands: the parts of a Word file with their names, attributes and
    properties; the tags, attributes and words of a page; the names and texts of JSON.

    Args:
        data: The bytes of the file.
        to: The format: one of `FORMATS`.
    """
    if to == "docx":
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            yield "its comment", package.comment.decode("latin-1")
            for name in package.namelist():
                yield "the name of a part", name
                part = package.read(name)
                if name.endswith((".xml", ".rels")):
                    tree = etree.fromstring(part)
                    yield name, "".join(map(str, tree.itertext()))
                    yield (
                        f"an attribute in {name}",
                        "\n".join(str(v) for each in tree.iter() for v in each.attrib.values()),
                    )
                else:
                    yield name, part.decode("latin-1")
        return
    text = data.decode()
    yield "", text
    if to == "html":
        page = _Page()
        page.feed(text)
        yield "what a page shows", "".join(page.words)
    elif to == "json":
        yield "its texts", "\n".join(_strings(json.loads(text)))


class _Page(html.parser.HTMLParser):
    """
    Gathers the words of a page, its entities resolved.
    """

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.words += [value for _, value in attributes if value]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def _strings(data: object) -> Iterator[str]:
    match data:
        case str():
            yield data
        case list():
            for each in data:
                yield from _strings(each)
        case Mapping():
            for name, each in data.items():
                yield str(name)
                yield from _strings(each)


# --- formats


def everything(text: str) -> nodes.Document:
    """
    Return a document with every kind of block, line and look, and a text wherever one may stand.
    """
    words = (nodes.Text(text),)
    line = nodes.Paragraph(words)
    inlines = (nodes.Strong(words), nodes.Emphasis(words), nodes.Code(text), nodes.Break(), *words)
    spans = tuple(nodes.Span(look, words) for look in sorted(nodes.INLINE_STYLES))
    listing = nodes.Listing((nodes.Item((line, nodes.Listing((nodes.Item((line,)),), start=7))),))
    stage = nodes.Stage(text, 1, text, 5, parts=(nodes.Stage(text, 1),), low=text, high=text, whose=text)
    fact = nodes.Fact("known", text, text)
    return nodes.Document(
        kind="paper",
        title=text,
        label=text,
        organisation=text,
        marking=text,
        limits=text,
        blocks=(
            *(nodes.Heading(level, words) for level in range(1, 7)),
            nodes.Heading(2, (nodes.Span("label", words), *words, nodes.Span("aside", words))),
            *(nodes.Paragraph(words, look) for look in ("", *sorted(nodes.BLOCK_STYLES))),
            nodes.Paragraph((*inlines, nodes.Link("https://example.org/", words), *spans)),
            listing,
            attrs.evolve(listing, style="compact", loose=True),
            nodes.Quotation((line, listing)),
            nodes.CodeBlock(text),
            nodes.Rule(),
            nodes.Table((nodes.Cell((words,)), nodes.Cell(())), ((nodes.Cell((words, words)), nodes.Cell(())),)),
            nodes.Answer("blank", text, 3),
            *(nodes.Answer(kind, text, 3, text, kind, lines_of(text)) for kind in nodes.WRITTEN),
            nodes.Choice("choice", text, (text, "no"), text),
            nodes.Scale("scale", text, text, text, text, "7"),
            nodes.Facts((fact,)),
            nodes.Facts((fact, nodes.Fact("blank", text), nodes.Fact("date", text, text, nodes.DATE))),
            nodes.Actions("actions", text, (text, "Who"), ((text, text),), 2),
            nodes.SignOff("sign", text, (text, "no"), text, text, text, text),
            nodes.Diagram(text, "steps", (stage,)),
            nodes.NewPage(),
            line,
            nodes.Cards((nodes.Card(text, text, text, text, text, 3),)),
        ),
    )


def lost(document: nodes.Document, written: str) -> tuple[str, ...]:
    """
    Return the texts of a document that a format of yours has dropped or changed.

    Args:
        document: The document.
        written: The words of what was written, its markup taken out and its escapes undone; white space does not
            count, so lines may be wrapped and cells filled up. A diagram is there if `reflect.diagrams.describe` is.

    Returns:
        Nothing, if each text stands there as it is.
    """
    there = "".join(written.split())
    return tuple(text for text in dict.fromkeys(_texts(document)) if "".join(text.split()) not in there)


def _texts(document: nodes.Document) -> Iterator[str]:
    """
    What every format shows of a document: not what places are called where they cannot be seen.
    """
    yield from (document.organisation, document.label, document.marking, document.limits)
    for block in document.blocks:
        yield from _of_block(block)


def _of_block(block: nodes.Block) -> Iterator[str]:
    match block:
        case nodes.Heading(children=children) | nodes.Paragraph(children=children):
            yield from _of_line(children)
        case nodes.Listing(items=items):
            yield from (text for item in items for inner in item.blocks for text in _of_block(inner))
        case nodes.Quotation(blocks=blocks):
            yield from (text for inner in blocks for text in _of_block(inner))
        case nodes.Table(head=head, rows=rows):
            cells = (cell for row in (head, *rows) for cell in row)
            yield from (text for cell in cells for line in cell.paragraphs for text in _of_line(line))
        case nodes.CodeBlock(text=text) | nodes.Answer(value=text):
            yield from text.splitlines()
        case nodes.Choice(label=label, options=options):
            yield from (label, *options)
        case nodes.Scale(low=low, high=high, whose=whose, value=value):
            yield from (low, high, whose, value)
        case nodes.Facts(facts=facts):
            yield from (text for fact in facts for text in (fact.label, *fact.value.splitlines()))
        case nodes.Actions(columns=columns, rows=table):
            yield from (text for row in (columns, *table) for cell in row for text in cell.splitlines())
        case nodes.SignOff(who=who, options=options, name=name, date=date, comments=comments):
            yield from (who, *options, name, date, *comments.splitlines())
        case nodes.Cards(cards=cards):
            yield from (text for card in cards for text in (card.head, card.part, card.front, card.back, card.foot))
        case nodes.Diagram():
            yield from describe(block).splitlines()
        case _:
            pass


def _of_line(children: Iterable[nodes.Inline]) -> Iterator[str]:
    for child in children:
        match child:
            case nodes.Text(text) | nodes.Code(text):
                yield text
            case nodes.Strong(inner) | nodes.Emphasis(inner) | nodes.Link(_, inner) | nodes.Span(_, inner):
                yield from _of_line(inner)
            case _:
                pass
