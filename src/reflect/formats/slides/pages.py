"""
The pages of a document as slides: what each of them shows, and what is said beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import attrs

from reflect.errors import Refused
from reflect.text import nodes


@attrs.define(kw_only=True)
class SlidePage:
    """
    What one slide shows, before anything has its place.

    Attributes:
        title: Its title.
        number: What stands before the title, in a circle.
        over: What stands over the title.
        under: What stands under the title, a paragraph each.
        prompts: What is asked, large.
        small: Credit and licence.
        diagram: Its picture.
        card: The step it shows, if it is one of a method.
        notes: What is said beside it, a paragraph each.
    """

    title: str = ""
    number: str = ""
    over: list[str] = attrs.field(factory=list)
    under: list[str] = attrs.field(factory=list)
    prompts: list[str] = attrs.field(factory=list)
    small: list[str] = attrs.field(factory=list)
    diagram: nodes.Diagram | None = None
    card: nodes.Card | None = None
    notes: list[str] = attrs.field(factory=list)

    @property
    def opens(self) -> bool:
        """
        Whether it has a title and hardly anything else, as the first slide of a day.
        """
        return not (self.prompts or self.diagram or self.card)


def read_pages(document: nodes.Document) -> tuple[SlidePage, ...]:
    """
    Return the pages of a document.

    Raises:
        Refused: A page has something on it that no slide has room for, such as a place to write.
    """
    groups: list[list[nodes.Block]] = [[]]
    for block in document.blocks:
        if isinstance(block, nodes.NewPage):
            groups.append([])
        else:
            groups[-1].append(block)
    pages = [_read_page(group, n) for n, group in enumerate(filter(None, groups), 1)]
    for page in pages:
        page.title = page.title or document.title
    return tuple(pages) or (SlidePage(title=document.title),)


def _read_page(blocks: Iterable[nodes.Block], number: int) -> SlidePage:
    page = SlidePage()
    for block in blocks:
        match block:
            case nodes.Heading(children=children) if not page.title:
                page.number = " ".join(_words([each for each in children if _is_label(each)]).split())
                page.title = _words([each for each in children if not _is_label(each)])
            case nodes.Heading(children=children):
                page.under.append(_words(children))
            case nodes.Paragraph(children=children, style=style):
                _list_of(page, style).append(_words(children))
            case nodes.Quotation(blocks=inner, style="notes"):
                page.notes += _paragraphs(inner)
            case nodes.Quotation() | nodes.Listing():
                page.under += _paragraphs([block])
            case nodes.Diagram() if page.diagram is None and page.card is None:
                page.diagram = block
            case nodes.Slide(card) if page.diagram is None and page.card is None:
                page.card, page.title = card, page.title or card.front
            case _:
                raise Refused(
                    f"slide {number} has no room for a block of the kind '{type(block).__name__}'; leave it out of the "
                    "template, or write docx"
                )
    return page


def _is_label(child: nodes.Inline) -> bool:
    return isinstance(child, nodes.Span) and child.style == "label"


def _words(children: Sequence[nodes.Inline]) -> str:
    return " ".join(nodes.words(children).split())


def _list_of(page: SlidePage, style: str) -> list[str]:
    """
    Return where on a page a paragraph of a look stands.
    """
    return {"eyebrow": page.over, "prompt": page.prompts, "small": page.small}.get(style, page.under)


def _paragraphs(blocks: Iterable[nodes.Block]) -> Iterator[str]:
    """
    Give the words of blocks, a paragraph each.
    """
    for block in blocks:
        match block:
            case nodes.Heading(children=children) | nodes.Paragraph(children=children):
                yield _words(children)
            case nodes.Listing(items=items, start=start):
                for n, item in enumerate(items):
                    first, *others = _paragraphs(item.blocks)
                    yield f"{'•' if start is None else f'{start + n}.'} {first}"
                    yield from others
            case nodes.Quotation(blocks=inner):
                yield from _paragraphs(inner)
            case nodes.CodeBlock(text=text):
                yield text
            case _:
                raise Refused(
                    f"the notes of a slide have no room for a block of the kind '{type(block).__name__}'; leave it out "
                    "of the template, or write docx"
                )
