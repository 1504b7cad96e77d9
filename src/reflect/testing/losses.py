"""
A document with everything in it, and what a format drops or changes of a document's texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from reflect.arguments import explain_wrong_kinds
from reflect.diagrams import describe
from reflect.questions.model import CanvasKind
from reflect.text import nodes
from reflect.text.prose import lines_of


@explain_wrong_kinds
def everything(text: str) -> nodes.Document:
    """
    Return a document with every kind of block, line and look, and a text wherever one can be.
    """
    words = (nodes.Text(text),)
    line = nodes.Paragraph(words)
    inlines = (nodes.Strong(words), nodes.Emphasis(words), nodes.Code(text), nodes.Break(), *words)
    spans = tuple(nodes.Span(look, words) for look in sorted(nodes.INLINE_STYLES))
    listing = nodes.Listing((nodes.Item((line, nodes.Listing((nodes.Item((line,)),), start=7))),))
    stage = nodes.Stage(text, 1, text, 5, parts=(nodes.Stage(text, 1),), low=text, high=text, whose=text)
    fact = nodes.Fact("known", text, text)
    track = (nodes.Stretch(1, "say"), nodes.Stretch(2, "ask"))
    doing = nodes.Doing("say", text, text, text, text, (text, text), text, track, (1,))
    step = nodes.Card(text, text, text, text, text, label=text, points=(text, text), doing=doing)
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
            nodes.Ruled(3, 2),
            nodes.Ruled(1, label=text),
            nodes.SignOff("sign", text, (text, "no"), text, text, text, text),
            nodes.SignOff("sign-brief", text, (text, "no"), text, text, text, text, brief=True),
            nodes.Entry(
                text,
                text,
                (
                    (nodes.Fact("line", text, text, wide=30), nodes.Fact("day", text, "", nodes.DATE)),
                    (nodes.Fact("state", "", text), nodes.Choice("tick", text, (text, "no"), text)),
                    (nodes.Answer("lines", text, 2),),
                ),
                nodes.Actions("done", text, (text, "Who"), ((text, text),), 1),
            ),
            nodes.Entry(text, text, ((nodes.Answer("talk", text, 2, text),),), talk=True, about=fact),
            nodes.Entry(text, text, ((nodes.Answer("case", text, 2),),), talk=True, subject=text),
            nodes.Diagram(text, "steps", (stage,)),
            *(nodes.SheetToFill(text, kind, (text,) * 4) for kind in CanvasKind),
            nodes.SheetToFill(
                text,
                "columns",
                (text, "no"),
                places=tuple(nodes.Answer(f"box.{n}", name, 3, name) for n, name in enumerate((text, "no"), 1)),
            ),
            nodes.SheetToFill(
                text,
                "columns",
                (text, "no", "so"),
                places=tuple(nodes.Answer(f"round.{n}", name, 3, name) for n, name in enumerate((text, "no", "so"), 1)),
                asks=(text, "no", ""),
                across=2,
                turns=True,
            ),
            nodes.NewPage(),
            line,
            nodes.Slide(step),
            nodes.Cards((nodes.Card(text, text, text, text, text, 3), step)),
        ),
    )


@explain_wrong_kinds
def lost(document: nodes.Document, written: str) -> tuple[str, ...]:
    """
    Return the texts of a document that your own format drops or changes.

    Args:
        document: The document.
        written: The words that your format wrote, without markup and with escapes undone; white space does not count,
            so lines may be wrapped and cells padded. A diagram counts as there if `reflect.diagrams.describe` is.

    Returns:
        Nothing, if every text is there unchanged.
    """
    there = "".join(written.split())
    return tuple(text for text in dict.fromkeys(_texts(document)) if "".join(text.split()) not in there)


def _texts(document: nodes.Document) -> Iterator[str]:
    """
    Give what every format shows of a document; the names of places are left out, since they are invisible.
    """
    yield from (document.organisation, document.label, document.marking, document.limits)
    for block in document.blocks:
        yield from _texts_of_block(block)


def _texts_of_block(block: nodes.Block) -> Iterator[str]:
    match block:
        case nodes.Heading(children=children) | nodes.Paragraph(children=children):
            yield from _texts_of_line(children)
        case nodes.Listing(items=items):
            yield from (text for item in items for inner in item.blocks for text in _texts_of_block(inner))
        case nodes.Quotation(blocks=blocks):
            yield from (text for inner in blocks for text in _texts_of_block(inner))
        case nodes.Table(head=head, rows=rows):
            cells = (cell for row in (head, *rows) for cell in row)
            yield from (text for cell in cells for line in cell.paragraphs for text in _texts_of_line(line))
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
        case nodes.Entry():
            yield from (block.head, block.subject, block.note)
            for place in block.places:
                yield from _texts_of_place(place)
        case nodes.Cards(cards=cards):
            yield from (text for card in cards for text in (*_texts_of_front(card), *_texts_of_back(card)))
        case nodes.Slide(card=card):
            yield from (*_texts_of_front(card), card.foot)
        case nodes.SheetToFill() if block.places:
            yield from (text for place in block.places for text in (place.label, *place.value.splitlines()))
            yield from (text for asked in block.asks for text in asked.splitlines())
        case nodes.Diagram() | nodes.SheetToFill():
            yield from describe(block).splitlines()
        case _:
            pass


def _texts_of_place(place: nodes.Fact | nodes.Choice | nodes.Answer | nodes.Actions) -> Iterator[str]:
    match place:
        case nodes.Fact(label=label, value=value):
            yield from (label, *value.splitlines())
        case nodes.Answer(label=label, value=value):
            yield from (label, *value.splitlines())
        case _:
            yield from _texts_of_block(place)


def _texts_of_front(card: nodes.Card) -> Iterator[str]:
    yield from (card.head, card.number, card.part, card.front, card.hint)
    if doing := card.doing:
        yield from (doing.quiet, doing.minutes, doing.unit, doing.text, *doing.steps, doing.time)


def _texts_of_back(card: nodes.Card) -> Iterator[str]:
    yield from (card.label, card.back, *card.points, card.foot)


def _texts_of_line(children: Iterable[nodes.Inline]) -> Iterator[str]:
    for child in children:
        match child:
            case nodes.Text(text) | nodes.Code(text):
                yield text
            case nodes.Strong(inner) | nodes.Emphasis(inner) | nodes.Link(_, inner) | nodes.Span(_, inner):
                yield from _texts_of_line(inner)
            case _:
                pass
