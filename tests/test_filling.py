"""
Values beside the page: each rule of ``algebra.md`` on its own, from a template's text to our tokens.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reflect.errors import Refused
from reflect.text import markdown, nodes
from reflect.text.filling import FENCES, Blocks, Value, fill
from reflect.text.prose import visible


def filled(template: str, *values: Value) -> tuple[nodes.Block, ...]:
    """
    A template's text, with ``@`` where each value goes, as blocks.
    """
    pieces = template.split("@")
    marks = [chr(markdown.FIRST + i) for i in range(len(values))]
    assert len(pieces) == len(values) + 1
    return fill(markdown.read_shape("".join(p + m for p, m in zip(pieces, [*marks, ""], strict=True))), values)


def line(text: str, style: str = "") -> nodes.Paragraph:
    return nodes.Paragraph((nodes.Text(text),), style)


# --- breaks and emptiness


@pytest.mark.parametrize(
    ("template", "made"),
    [
        ("# a @", nodes.Heading(1, (nodes.Text("a "), nodes.Text("x y z")))),
        ("[@](https://a.b)", nodes.Paragraph((nodes.Link("https://a.b", (nodes.Text("x y z"),)),))),
        (
            "*[@](https://a.b)*",
            nodes.Paragraph((nodes.Emphasis((nodes.Link("https://a.b", (nodes.Text("x y z"),)),)),)),
        ),
        ("`@`", nodes.Paragraph((nodes.Code("x y z"),))),
        ("# **@**", nodes.Heading(1, (nodes.Strong((nodes.Text("x y z"),)),))),
        ("```answer @\nlabel: l\n```", nodes.Answer("x y z", "l", 3)),
        ("```answer k\nlabel: @\n```", nodes.Answer("k", "x y z", 3)),
        ("```facts k\nfact: a | b | @\n```", nodes.Facts((nodes.Fact("a", "b", "x y z"),))),
    ],
)
def test_where_a_break_is_a_space(template: str, made: nodes.Block) -> None:
    """
    In headings, words of links, code, labels and keys a break in a value is one space, whatever stands round it.
    """
    assert filled(template, "x \n y\n\n \n\tz") == (made,)


def test_a_break_in_a_header_cell_is_a_space_and_in_a_cell_a_break() -> None:
    """
    A header cell stays one line; in any other cell a break is one, and an empty line a new paragraph.
    """
    (table,) = filled("| @ | b |\n| - | - |\n| @ | c |", "x\n\ny", "x\ny\n\nz")

    assert table == nodes.Table(
        (nodes.Cell(((nodes.Text("x y"),),)), nodes.Cell(((nodes.Text("b"),),))),
        (
            (
                nodes.Cell(((nodes.Text("x"), nodes.Break(), nodes.Text("y")), (nodes.Text("z"),))),
                nodes.Cell(((nodes.Text("c"),),)),
            ),
        ),
    )


def test_elsewhere_a_break_is_a_break_and_an_empty_line_a_paragraph() -> None:
    """
    Words before and after a value go with its first and last paragraph, also within bold; looks go with each.
    """
    assert filled("a @ b", "x\ny\n \n\n z") == (
        nodes.Paragraph((nodes.Text("a "), nodes.Text("x"), nodes.Break(), nodes.Text("y"))),
        nodes.Paragraph((nodes.Text("z"), nodes.Text(" b"))),
    )
    assert filled("{.hint}\n**@**", "x\n\ny") == (
        nodes.Paragraph((nodes.Strong((nodes.Text("x"),)),), "hint"),
        nodes.Paragraph((nodes.Strong((nodes.Text("y"),)),), "hint"),
    )
    assert filled("@", "\nx\n") == (nodes.Paragraph((nodes.Break(), nodes.Text("x"), nodes.Break())),)
    assert filled("a\\\n@", "b") == (nodes.Paragraph((nodes.Text("a"), nodes.Break(), nodes.Text("b"))),)


@pytest.mark.parametrize("nothing", ["", " ", "\n\n", "\t"])
def test_what_is_empty_is_left_out(nothing: str) -> None:
    """
    An otherwise empty paragraph, item, list or quotation is left out, a cell stays, an empty heading is an error.
    """
    assert filled("@\n\nb", nothing) == (line("b"),)
    assert filled("- @\n- b", nothing) == (nodes.Listing((nodes.Item((line("b"),)),)),)
    assert filled("- @\n\nb", nothing) == (line("b"),)
    assert filled("> @\n\nb", nothing) == (line("b"),)
    assert filled("> a @", "x") == (nodes.Quotation((nodes.Paragraph((nodes.Text("a "), nodes.Text("x"))),)),)
    (table,) = filled("| a |\n| - |\n| @ |", nothing)
    assert table == nodes.Table((nodes.Cell(((nodes.Text("a"),),)),), ((nodes.Cell(()),),))
    with pytest.raises(Refused, match="a heading of the template is empty; give its value, or leave the heading out"):
        filled("# @", nothing)


def test_a_break_of_the_template_is_a_space_in_a_heading() -> None:
    """
    What stays on one line has no break, also where the template has one.
    """
    assert filled("a@\\\nb\n===", "x") == (
        nodes.Heading(1, (nodes.Text("a"), nodes.Text("x"), nodes.Text(" "), nodes.Text("b"))),
    )


def test_empty_looks_leave_no_trace() -> None:
    """
    Bold, code and links round an empty value are gone with it.
    """
    assert filled("a**@**", "") == (line("a"),)
    assert filled("a`@`", "") == (line("a"),)
    assert filled("a[@](https://a.b)", "") == (line("a"),)
    assert filled("a[@]{.label}", "") == (line("a"),)


def test_what_has_no_values_stays_as_it_is() -> None:
    """
    Rules, code, lists with their starts, and looks pass through, and code takes values too.
    """
    made = filled("***\n\n    a @\n\n{.compact}\n5. b\n6. c\n\n{.small}\nd [e]{.muted} *f* **g** `h`", "x\ny")

    assert made == (
        nodes.Rule(),
        nodes.CodeBlock("a x y\n"),
        nodes.Listing((nodes.Item((line("b"),)), nodes.Item((line("c"),))), 5, "compact"),
        nodes.Paragraph(
            (
                nodes.Text("d "), nodes.Span("muted", (nodes.Text("e"),)), nodes.Text(" "), nodes.Emphasis((nodes.Text("f"),)), nodes.Text(" "),
                nodes.Strong((nodes.Text("g"),)), nodes.Text(" "), nodes.Code("h"),
            ),
            "small",
        ),
    )  # fmt: skip


def test_looks_and_fences_are_known() -> None:
    """
    A look or a fence that is not known is an error that lists what is.
    """
    with pytest.raises(Refused, match=r"'loud' is not a style of a template; write one of: compact, contents, eyebrow"):
        filled("{.loud}\na")
    with pytest.raises(Refused, match=r"'loud' is not a style of a template; write one of: aside, band, label, little"):
        filled("[a]{.loud}")
    with pytest.raises(Refused, match=r"'answr' is not a fence of a template; write another\. Did you mean 'answer'"):
        filled("```answr k\n```")
    with pytest.raises(Refused, match="a line of the fence 'answer' is not 'name: text'"):
        filled("```answer k\nlabel\n```")
    for block in ("# a", "- a", "> a", "| a |\n| - |"):
        with pytest.raises(Refused, match="'loud' is not a style of a template"):
            filled(f"{{.loud}}\n{block}")
    for style in (
        "eyebrow",
        "subtitle",
        "guidance",
        "prompt",
        "hint",
        "small",
        "space",
        "compact",
        "contents",
        "lanes",
        "open",
        "talk",
    ):
        assert filled(f"{{.{style}}}\na") == (line("a", style),)
        assert filled(f"{{.{style}}}\n> a") == (nodes.Quotation((line("a"),), style),)
        assert filled(f"{{.{style}}}\n| a |\n| - |") == (nodes.Table((nodes.Cell(((nodes.Text("a"),),)),), (), style),)


# --- blocks as values

GUIDANCE = Blocks((line("one"), nodes.Listing((nodes.Item((line("two"),)),))))


def test_guidance_stands_alone_in_its_paragraph() -> None:
    """
    Guidance of a page takes the place of its paragraph, its paragraphs with that one's look; elsewhere it is an error.
    """
    assert filled("{.hint}\n@", GUIDANCE) == (line("one", "hint"), nodes.Listing((nodes.Item((line("two"),)),)))
    assert filled("> @", Blocks(())) == ()
    for template in ("a @", "# @", "| @ |\n| - |", "[@](https://a.b)", "**@**"):
        with pytest.raises(Refused, match="guidance of a page is in the middle of a line; give it a paragraph"):
            filled(template, GUIDANCE)
    for template in ("`@`", "```answer @\n```", "```answer k\nlabel: @\n```", "    @"):
        with pytest.raises(Refused, match="guidance of a page is in a field; give it a paragraph of its own"):
            filled(template, GUIDANCE)


def test_a_value_is_never_looked_at_again() -> None:
    """
    A value that contains the mark of another, or signs of Markdown, is text.
    """
    other = chr(markdown.FIRST + 1)

    assert filled("@ and @", f"{other}# *a*", "secret") == (
        nodes.Paragraph((nodes.Text(f"{other}# *a*"), nodes.Text(" and "), nodes.Text("secret"))),
    )


# --- what is shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\r\nb\rc\u0085d\u2028e\u2029f", "a\nb\nc\nd\ne\nf"),
        ("a\x00b\x0bc\x1fd\ud800e\ufffef\uffff", "a\ufffdb\ufffdc\ufffdd\ufffde\ufffdf\ufffd"),
        ("a\tb", "a\tb"),
        ("plain é 😀", "plain é 😀"),
        ("\u05d0", "\u2068\u05d0\u2069"),
        ("a\n\u05d0\n", "\u2068a\u2069\n\u2068\u05d0\u2069\n"),
        ("\u202ea", "\u2068\u202ea\u202c\u2069"),
        ("\u2067a\u202bb", "\u2068\u2067a\u202bb\u202c\u2069\u2069"),
        ("a\u202cb", "\u2068a\ufffdb\u2069"),
        ("\u2066a\u202cb\u2069", "\u2068\u2066a\ufffdb\u2069\u2069"),
        ("\u202ea\u202cb", "\u2068\u202ea\u202cb\u2069"),
        ("\u0661", "\u2068\u0661\u2069"),
    ],
)
def test_what_is_shown_of_a_text(text: str, shown: str) -> None:
    """
    Line ends are made one, what XML forbids is U+FFFD, and a text that turns direction is isolated line by line.
    """
    assert visible(text) == shown


@given(
    st.text(alphabet=st.sampled_from("ab\n\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u05d0\u0661\r\x00"))
)
def test_direction_never_leaks(text: str) -> None:
    """
    On every line what is opened is closed, and nothing closes what was opened outside.
    """
    ends = {"\u202a": "\u202c", "\u202b": "\u202c", "\u202d": "\u202c", "\u202e": "\u202c",
            "\u2066": "\u2069", "\u2067": "\u2069", "\u2068": "\u2069"}  # fmt: skip
    for each in visible(text).split("\n"):
        open_: list[str] = []
        for char in each:
            if char in ends:
                open_.append(ends[char])
            elif char in ends.values():
                assert open_.pop() == char
        assert open_ == []


@given(st.text())
def test_what_is_shown_settles(text: str) -> None:
    """
    A text without direction is shown as it is shown once; with it, it only gains isolation.
    """
    shown = visible(text)
    bare = shown.replace("\u2068", "").replace("\u2069", "")

    assert visible(shown).replace("\u2068", "").replace("\u2069", "") == bare
    if "\u2068" not in shown:
        assert visible(shown) == shown


# --- places to write


def test_an_answer() -> None:
    """
    A place to write has a key, a label, lines, and a value that keeps its breaks.
    """
    assert filled("```answer k\nlabel: L\nlines: 5\nvalue: @\n```", " a\n\nb ") == (
        nodes.Answer("k", "L", 5, "a\n\nb"),
    )
    assert filled("```answer k\n\n  label :  L: M \n```") == (nodes.Answer("k", "L: M", 3),)
    assert filled("```answer k\nlines:\n```") == (nodes.Answer("k", "", 3),)


def test_a_choice() -> None:
    """
    With options it is ticked instead.
    """
    made = filled("```answer k\nlabel: L\noption: @\noption: no\nvalue: no\n```", "y\nes")

    assert made == (nodes.Choice("k", "L", ("y es", "no"), "no"),)


def test_facts_actions_scale_and_signing() -> None:
    """
    Each fence makes its field of its lines, all of them, in their order.
    """
    assert filled("```facts k\nfact: a | A | @\nfact: b | B |\n```", "x|y") == (
        nodes.Facts((nodes.Fact("a", "A", "x|y"), nodes.Fact("b", "B", ""))),
    )
    assert filled(
        "```actions k\nlabel: L\ncolumn: What\ncolumn: Who\nrow: @ | me\nrow: b |\nblank: 2\n```", "a\nb"
    ) == (nodes.Actions("k", "L", ("What", "Who"), (("a\nb", "me"), ("b", "")), 2),)
    assert filled("```actions k\ncolumn: What\n```") == (nodes.Actions("k", "", ("What",)),)
    assert filled("```scale k\nlabel: L\nlow: none\nhigh: all\nwhose: yours\nvalue: 7\n```") == (
        nodes.Scale("k", "L", "none", "all", "yours", "7"),
    )
    assert filled(
        "```sign-off k\nwho: W\noption: yes\noption: no\nname: N\ndate: D\ncomments: @\nvalue: yes\n```", "a\nb"
    ) == (nodes.SignOff("k", "W", ("yes", "no"), "N", "D", "a\nb", "yes"),)


def test_cards() -> None:
    """
    A deck has a card for each line ``card:``, with what stands under it.
    """
    made = filled("```cards\ncard:\nhead: H\npart: P\nfront: @\nback: B\nfoot: F\nbar: 2\ncard:\nfront: G\n```", "F\nR")

    assert made == (nodes.Cards((nodes.Card("H", "F R", "B", "F", "P", 2), nodes.Card("", "G", "", "", "", 0))),)


@pytest.mark.parametrize(
    ("fence", "says"),
    [
        (
            "answer k\ncolour: red",
            "'colour' is not known in the fence 'answer'; write one of: label, lines, value, option",
        ),
        ("answer k\nlines: many", "'lines' in the fence 'answer' is not a whole number"),
        ("answer k\nlines: 1000", "'lines' in the fence 'answer' is not a whole number"),
        ("facts k\nfact: a | b", "a fact is 'fact: key | label | value'"),
        ("facts k\nrow: a | b | c", "'row' is not known in the fence 'facts'; write one of: fact"),
        ("actions k\nrow: a", "the fence 'actions' needs columns, and a cell for each of them in every row"),
        (
            "actions k\ncolumn: a\nrow: a | b",
            "the fence 'actions' needs columns, and a cell for each of them in every row",
        ),
        (
            "actions k\ncolumn: a\nx: b",
            "'x' is not known in the fence 'actions'; write one of: label, column, row, blank",
        ),
        (
            "scale k\nlow: a\nhigh: b",
            "a scale needs three lines: low and high, for what both its ends mean, and whose, for whose number it is",
        ),
        (
            "scale k\nlow: a\nwhose: b",
            "a scale needs three lines: low and high, for what both its ends mean, and whose, for whose number it is",
        ),
        (
            "scale k\nhigh: a\nwhose: b",
            "a scale needs three lines: low and high, for what both its ends mean, and whose, for whose number it is",
        ),
        ("scale k\nx: b", "'x' is not known in the fence 'scale'; write one of: label, low, high, whose, value"),
        ("cards\nfront: a", "each card in a fence of cards begins with a line 'card:'"),
        (
            "cards\ncard:\nx: a",
            "'x' is not known in the fence 'cards'; write one of: size, card, head, part, front, back, foot, hint",
        ),
        (
            "sign-off k\nx: a",
            "'x' is not known in the fence 'sign-off'; write one of: who, option, name, date, comments, value",
        ),
    ],
)
def test_what_is_wrong_in_a_fence_is_told(fence: str, says: str) -> None:
    """
    The error of a wrong fence says what is wrong, and what may be there.
    """
    with pytest.raises(Refused) as caught:
        filled(f"```{fence}\n```")
    assert says in str(caught.value)


def test_the_list_of_fences_is_closed() -> None:
    """
    These are all the places to write that there are.
    """
    assert set(FENCES) == {
        "answer",
        "actions",
        "canvas",
        "cards",
        "diagram",
        "entry",
        "facts",
        "page",
        "ruled",
        "scale",
        "sign-off",
        "slide",
    }
