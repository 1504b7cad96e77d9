"""
Every style of our papers in one Word file, to be restyled in Word and worn with `reflect.brand`.
"""

from __future__ import annotations

from reflect.formats.word import write
from reflect.text.nodes import (
    Actions,
    Answer,
    Block,
    Cell,
    Choice,
    Code,
    CodeBlock,
    Document,
    Emphasis,
    Fact,
    Facts,
    Heading,
    Item,
    Link,
    Listing,
    Paragraph,
    Quotation,
    Rule,
    Scale,
    SignOff,
    Span,
    Strong,
    Table,
    Text,
)


def _said(text: str, style: str = "") -> Paragraph:
    return Paragraph((Text(text),), style)


def _listed(start: int | None, style: str = "") -> Listing:
    return Listing((Item((_said("One thing"),)), Item((_said("And another"),))), start, style)


_BLOCKS: tuple[Block, ...] = (
    _said("Styles", "eyebrow"),
    Heading(1, (Text("Our papers, in your look"),)),
    _said("Change the styles and not these words: Home, Styles, right-click, Modify.", "subtitle"),
    _said("Put your logo into the header; page size and margins are taken from here too.", "guidance"),
    Facts((Fact("who", "Reflect Fact Label"), Fact("date", "Date", kind="date"), Fact("where", "Place"))),
    Heading(2, (Span("label", (Text("1"),)), Text("Heading 1"), Span("aside", (Text("Reflect Aside"),)))),
    _said("Reflect Guidance: what is said to everybody, in the muted colour.", "guidance"),
    Paragraph((Text("Body Text, with "), Strong((Text("Strong"),)), Text(", "), Emphasis((Text("Emphasis"),)),
               Text(", "), Code("typed"), Text(" and "), Link("https://example.org", (Text("a hyperlink"),)),
               Text("."))),
    _listed(None),
    _listed(1),
    _listed(None, "compact"),
    Heading(3, (Text("Heading 2"),)),
    Heading(4, (Text("Heading 3"),)),
    Quotation((_said("Quote: what somebody said."),)),
    CodeBlock("Reflect Code\n"),
    Rule(),
    Heading(2, (Text("Places to write"),)),
    _said("Reflect Prompt: a question, over its box", "prompt"),
    _said("Reflect Hint: an example, or a way in.", "hint"),
    Answer("box", "A box", 3),
    _said("Reflect Answer: what is written in it", "prompt"),
    Answer("written", "A box with words", 3, "Words that somebody wrote."),
    Choice("choice", "Reflect Tick", ("as planned", "changed", "not reached")),
    _said("A number, if you like", "prompt"),
    Scale("scale", "A number", "not at all", "altogether", "your own number"),
    Heading(2, (Text("Tables"),)),
    Table((Cell(((Text("Reflect Table"),),)), Cell(((Text("Second column"),),))),
          ((Cell(((Text("Reflect Cell"),),)), Cell(((Text("Another"),),))),)),
    Actions("actions", "Actions", ("What", "Who", "By when"), (), 2),
    SignOff("sign", "Reflect Signer", ("agreed", "agreed with comments", "not agreed")),
    _said("Notes", "space"),
    _said("Reflect Small: sources, licence, limits.", "small"),
)  # fmt: skip


def sample() -> bytes:
    """
    Return a Word file that shows every style of our papers, with its name.
    """
    return write(
        Document(
            kind="styles",
            title="Styles of our papers",
            blocks=_BLOCKS,
        )
    )
