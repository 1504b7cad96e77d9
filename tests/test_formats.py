"""
The four formats that are text: they say the same, and nothing typed becomes markup.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser

import attrs
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from reflect.formats import html, markdown, writer
from reflect.text import nodes
from reflect.text.prose import visible
from tests.documents import squeezed

FORMATS = ("html", "md", "txt", "json")
NASTY = [
    "# heading", "- item", "+ item", "* item", "1. x", "1) x", "| a | b |", ":-:", "--- | ---", "===", "---", "~~~",
    "**bold**", "*", "_x_", "<b>x</b>", "<script>alert(1)</script>", "</textarea>", "</style>", "<!-- ", "]]>", "&amp;",
    "```\nx", "`", "``", "    code", "\tcode", "[x](javascript:1)", "[x]: /y", "![x](y)", "<http://x.org>", "a\n\nb",
    "\na", "a\nb", "a\n# b", "a\n    b", "a | b", "\\", "\\|", "a \\\nb", "x ##", "#", "> q", '" onload="x', "'x", "\r\n",
    "\u2028", "\u202eturned", "\x00\x07", "\ud800", "😀", "{.hint}", "שלום", "(b)", "!",
]  # fmt: skip
#: Values as they reach a writer.
texts = st.one_of(
    st.sampled_from(NASTY),
    st.text(max_size=12),
    st.text("ab #-*_`|\\<>&[]()!:=~1.\n\t ", max_size=12),
    st.lists(st.sampled_from(NASTY), max_size=3).map("".join),
).map(visible)
lines = texts.map(lambda text: " ".join(text.split()))
words = lines.filter(bool)
keys = st.sampled_from(["a", "a-2", "A", "a.1", "é", '"><x'])

_plain_inlines = st.one_of(st.builds(nodes.Text, words), st.builds(nodes.Code, words), st.builds(nodes.Break))
_looks = st.one_of(
    _plain_inlines,
    st.builds(nodes.Strong, st.lists(_plain_inlines, min_size=1, max_size=2).map(tuple)),
    st.builds(nodes.Emphasis, st.lists(_plain_inlines, min_size=1, max_size=2).map(tuple)),
)
_spans = st.builds(
    nodes.Span, st.sampled_from(sorted(nodes.INLINE_STYLES)), st.lists(_looks, min_size=1, max_size=2).map(tuple)
)
_addresses = st.sampled_from(["https://x.org/a|b?c=<d>&e=(f)", "#x", "mailto:a@b.org", "http://x.org/\\"])
_links = st.builds(nodes.Link, _addresses, st.lists(_plain_inlines, min_size=1, max_size=2).map(tuple))
#: A line begins and ends with words, as the reader of templates and the filling leave it.
inlines = st.builds(
    lambda first, inner, last: (first, *inner, last),
    st.builds(nodes.Text, words),
    st.lists(st.one_of(_looks, _spans, _links), max_size=4),
    st.builds(nodes.Text, words),
)
_styles = st.sampled_from(["", *sorted(nodes.BLOCK_STYLES)])
_options = st.lists(words, min_size=2, max_size=3, unique=True).map(tuple)
_cells = st.builds(nodes.Cell, st.lists(inlines, max_size=2).map(tuple))


@st.composite
def _tables(draw: st.DrawFn) -> nodes.Table:
    row = st.lists(_cells, min_size=(count := draw(st.integers(1, 3))), max_size=count).map(tuple)
    return nodes.Table(draw(row), draw(st.lists(row, max_size=2).map(tuple)), draw(_styles))


@st.composite
def _actions(draw: st.DrawFn) -> nodes.Actions:
    row = st.lists(texts, min_size=(count := draw(st.integers(1, 3))), max_size=count).map(tuple)
    columns = draw(st.lists(words, min_size=count, max_size=count).map(tuple))
    return nodes.Actions(
        draw(keys), draw(words), columns, draw(st.lists(row, max_size=2).map(tuple)), draw(st.integers(0, 2))
    )


_cards = st.builds(nodes.Card, words, words, lines, words, lines, st.integers(0, 9))
_leaves = st.one_of(
    st.builds(nodes.Heading, st.integers(1, 6), inlines),
    st.builds(nodes.Paragraph, inlines, _styles),
    st.builds(nodes.CodeBlock, texts),
    st.builds(nodes.Rule),
    _tables(),
    st.builds(nodes.Answer, keys, words, st.integers(1, 3), texts),
    st.builds(nodes.Choice, keys, lines, _options, words),
    st.builds(nodes.Scale, keys, words, words, words, words, st.sampled_from(["", "0", "10"])),
    st.builds(nodes.Facts, st.lists(st.builds(nodes.Fact, keys, words, lines), min_size=1, max_size=3).map(tuple)),
    _actions(),
    st.builds(nodes.Ruled, st.integers(1, 3), st.integers(0, 3), lines),
    st.builds(nodes.SignOff, keys, words, _options, lines, lines, texts, words),
    st.builds(nodes.Cards, st.lists(_cards, min_size=1, max_size=1).map(tuple)),
)
_nested = st.recursive(
    _leaves,
    lambda inner: st.one_of(
        st.builds(
            nodes.Listing,
            st.lists(
                st.builds(nodes.Item, st.lists(inner, min_size=1, max_size=2).map(tuple)), min_size=1, max_size=2
            ).map(tuple),
            st.sampled_from([None, 1, 7]),
        ),
        st.builds(nodes.Quotation, st.lists(inner, min_size=1, max_size=2).map(tuple), _styles),
    ),
    max_leaves=4,
)
documents = st.builds(
    nodes.Document, kind=st.just("paper"), title=words, label=lines, organisation=lines, marking=lines, limits=lines,
    blocks=st.lists(_nested, max_size=4).map(tuple),
)  # fmt: skip


def same_shape(value: object, within: str = "") -> object:
    """
    A document with "x" for every text that is not empty; ticks and addresses stay as they are.
    """
    if isinstance(value, tuple):
        return tuple(same_shape(each, within) for each in value)
    if isinstance(value, (nodes.Choice, nodes.SignOff)):
        options = tuple(f"x{i}" for i, _ in enumerate(value.options))
        ticked = next((f"x{i}" for i, each in enumerate(value.options) if each == value.value), "")
        plain = {f.name: same_shape(getattr(value, f.name), f.name) for f in attrs.fields(type(value)) if f.eq}
        return type(value)(**{**plain, "options": options, "value": ticked})
    if attrs.has(type(value)):
        kept = {f.name: same_shape(getattr(value, f.name), f.name) for f in attrs.fields(type(value)) if f.eq}
        return type(value)(**kept)
    if isinstance(value, str) and within not in ("key", "style", "lang", "to", "size"):
        if within == "value" and value in ("0", "10"):
            return value
        # Line ends stay: lines and paragraphs of an answer are the writer's.
        return re.sub(r"[^\n]*[^\s][^\n]*", "x", value) if value.strip() else ""
    return value


Tag = tuple[str, dict[str, str]]


class _Page(HTMLParser):
    """
    A page as its tags and what a person reads on it.
    """

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[Tag] = []
        self.shape: list[tuple[str, ...]] = []
        self.read: list[str] = []
        self.unread = 0
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.tags.append((tag, found))
        look = re.sub("reflect-(short|longest|long)", "", found.get("class", ""))
        self.shape.append((tag, *found, found.get("type", ""), look))
        self.unread += tag in ("style", "title", "script", "noscript")
        if found.get("type") == "text":
            self.read.append(found["value"])

    def handle_endtag(self, tag: str) -> None:
        self.shape.append(("/" + tag,))
        self.unread -= tag in ("style", "title", "script", "noscript")

    def handle_data(self, data: str) -> None:
        if not self.unread:
            self.read.append(data)

    def handle_comment(self, data: str) -> None:
        self.shape.append(("comment",))

    @property
    def text(self) -> str:
        return " ".join(self.read)


READER = MarkdownIt("commonmark").enable("table")


def page(document: nodes.Document) -> _Page:
    return _Page(html.write(document).decode())


def text_of_markdown(data: bytes) -> str:
    return _Page(READER.render(data.decode())).text


def letters(text: str) -> str:
    """
    Letters in their order, without the signs that plain text puts round them.
    """
    return "".join(c for c in text if c.isalpha())


def blocks_of(data: bytes) -> list[tuple[str, ...]]:
    """
    The blocks of Markdown, and what stands in their lines beside words and stress.
    """
    found: list[tuple[str, ...]] = []
    for token in READER.parse(data.decode()):
        inner = [each.type for each in token.children or ()]
        # Signs of stress are left out where they would not bind, so stress may differ and nothing else.
        kinds = [k for k in inner if k not in ("text", "strong_open", "strong_close", "em_open", "em_close")]
        found.append((token.type, token.tag, *kinds))
    return found


def strings(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for name, each in value.items():
                yield from () if name == "type" else strings(each)
        case list() | tuple():
            for each in value:
                yield from strings(each)


def paper(*blocks: object) -> nodes.Document:
    return nodes.Document(kind="paper", title="Paper", blocks=blocks)  # type: ignore[arg-type]


def line(*children: object) -> nodes.Document:
    return paper(nodes.Paragraph(children))  # type: ignore[arg-type]


def has_lanes(document: nodes.Document) -> bool:
    """
    Whether a table of lanes is in it anywhere.
    """
    return "'style': 'lanes'" in repr(attrs.asdict(document))


def deck(count: int) -> nodes.Document:
    return paper(
        nodes.Cards(
            tuple(nodes.Card(f"head {i}", f"front {i}", f"back {i}", f"foot {i}", "part", 1) for i in range(count))
        )
    )


# --- the same text


@given(documents)
@example(
    line(nodes.Text("a"), nodes.Break(), nodes.Text("# b"), nodes.Break(), nodes.Text("1. c"))
)  # only the first line was once escaped
@example(
    line(nodes.Text("a"), nodes.Strong((nodes.Text("(b)"),)), nodes.Text("c"))
)  # signs that do not bind would be read
@example(line(nodes.Text("a"), nodes.Strong((nodes.Text("b"),)), nodes.Emphasis((nodes.Text("c"),)), nodes.Text("d")))
@example(
    line(nodes.Text("a"), nodes.Span("aside", (nodes.Strong((nodes.Text(":"),)),)), nodes.Text("b"))
)  # a neighbour outside the span
@example(line(nodes.Text("a"), nodes.Code("`b"), nodes.Code("c|\\|"), nodes.Text("d")))
@example(
    line(nodes.Text("a"), nodes.Strong((nodes.Text("b"),)), nodes.Strong((nodes.Code("c"),)), nodes.Text("\x7f"))
)  # a letter that has no number
@example(paper(nodes.Table((nodes.Cell(((nodes.Code("a|b"), nodes.Code("\\|")),)),), ())))
def test_html_and_markdown_say_the_same(document: nodes.Document) -> None:
    """
    Read back, page and Markdown have the same words in the same order, up to white space and blanks.

    In a cell of lanes Markdown ends a line before another with a full stop: of such tables the stops are not compared.
    """
    said, written = squeezed(page(document).text), squeezed(text_of_markdown(markdown.write(document)))
    if has_lanes(document):
        said, written = said.replace(".", ""), written.replace(".", "")

    assert said == written


@given(documents)
def test_plain_text_says_the_same(document: nodes.Document) -> None:
    """
    Plain text has the letters of the page in their order, however lines and columns fall.

    Lanes it says in sentences: see ``test_lanes_say_who_speaks``.
    """
    assume(not has_lanes(document))

    assert letters(writer("txt")(document).decode()) == letters(page(document).text)


@given(documents)
def test_json_holds_every_text(document: nodes.Document) -> None:
    """
    The JSON has every text of the document, letter by letter and in its order.
    """
    data = json.loads(writer("json")(document))

    assert (data.pop("format"), data.pop("version")) == ("reflect-document", 1)
    assert list(strings(data)) == list(strings(attrs.asdict(document, filter=lambda a, _: bool(a.eq))))


@pytest.mark.parametrize("count", [1, 8, 11])
def test_every_card_is_there_once(count: int) -> None:
    """
    Fronts and backs may lie on sheets of their own, but no format loses a card or has one twice.
    """
    said = Counter(page(deck(count)).text.split())

    assert said["front"] == count
    assert Counter(text_of_markdown(markdown.write(deck(count))).split()) == said
    assert Counter(each for each in writer("txt")(deck(count)).decode().split() if each.strip("-")) == said


# --- inert


@given(documents)
def test_no_text_changes_a_page(document: nodes.Document) -> None:
    """
    Whatever is typed, in any place, the page has the tags and attributes that a plain word would give it; but for how
    large the words of a card are, which follows from how long they are.
    """

    def shape_of(given: nodes.Document) -> object:
        return [
            tuple(re.sub(r"reflect-ask-\d+", "reflect-ask", str(part)) for part in each) for each in page(given).shape
        ]

    assert shape_of(document) == shape_of(same_shape(document))  # type: ignore[arg-type]


@given(documents)
def test_no_text_changes_the_blocks_of_markdown(document: nodes.Document) -> None:
    """
    Whatever is typed, in any place, Markdown reads back as the blocks, links and breaks of a plain word.
    """
    assert blocks_of(markdown.write(document)) == blocks_of(markdown.write(same_shape(document)))  # type: ignore[arg-type]


def test_lists_that_touch_stay_apart() -> None:
    """
    Three lists in a row are three lists, with nothing between them.
    """
    one = nodes.Listing((nodes.Item((nodes.Paragraph((nodes.Text("a"),)),)),))
    kinds = [kind for kind, *_ in blocks_of(markdown.write(paper(one, one, one)))]

    assert kinds.count("bullet_list_open") == 3
    assert "hr" not in kinds


def test_emphasis_is_there_where_it_can_be() -> None:
    """
    Bold words before a full stop, and a bold question, are bold.
    """
    bold = READER.render(
        markdown.write(
            line(
                nodes.Strong((nodes.Text("Act."),)),
                nodes.Text(" What "),
                nodes.Emphasis((nodes.Text("now"),)),
                nodes.Text("?"),
            )
        ).decode()
    )

    assert bold == "<p><strong>Act.</strong> What <em>now</em>?</p>\n"


# --- bytes


@given(documents)
@pytest.mark.parametrize("to", FORMATS)
def test_the_same_document_gives_the_same_bytes(to: str, document: nodes.Document) -> None:
    """
    Each writer is a function of the document, and its bytes are UTF-8.
    """
    made = writer(to)(document)

    assert writer(to)(attrs.evolve(document)) == made
    assert made.decode("utf-8")


# --- the page


@given(documents)
def test_a_page_asks_for_nothing(document: nodes.Document) -> None:
    """
    A page has its styles inside, and its script if it has places to fill; the hashes name them and allow nothing else.
    """
    whole = html.write(document).decode()
    found = page(document)
    (policy,) = [a["content"] for _, a in found.tags if a.get("http-equiv") == "Content-Security-Policy"]
    inside = {tag: re.findall(rf"<{tag}>(.*?)</{tag}>", whole, flags=re.DOTALL) for tag in ("style", "script")}
    fillable = bool({"input", "textarea"} & {tag for tag, _ in found.tags})

    assert html.style().startswith(inside["style"][0])
    assert len(inside["script"]) == fillable
    styles = " ".join(f"'sha256-{hashed(text)}'" for text in inside["style"])
    scripts = "".join(f"script-src 'sha256-{hashed(text)}'; " for text in inside["script"])
    assert policy.startswith(f"default-src 'none'; style-src {styles}; {scripts}")
    assert not {"unsafe-inline", "unsafe-eval", "*", "http:", "https:", "data:", "blob:"} & {
        word.strip("';") for word in policy.split()
    }
    assert "url(" not in "".join(inside["style"])
    assert "@import" not in "".join(inside["style"])
    assert not {"link", "img", "iframe", "object", "form", "base"} & {tag for tag, _ in found.tags}
    for tag, names in found.tags:
        assert not {"src", "srcset", "style", "action"} & names.keys()
        assert not [name for name in names if name.startswith("on")]
        assert ("href" in names) == (tag == "a")


def hashed(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@given(documents)
def test_every_field_has_a_name_and_an_id_of_its_own(document: nodes.Document) -> None:
    """
    Ids are unique, and each place to write has a label that a screen reader finds.
    """
    tags = page(document).tags
    ids = [a["id"] for _, a in tags if "id" in a]
    labels = {a["for"] for tag, a in tags if tag == "label" and "for" in a}

    assert len(ids) == len(set(ids))
    for i, (tag, names) in enumerate(tags):
        if tag in ("input", "textarea"):
            wrapped = tags[i - 1][0] == "label" and names.get("type") == "radio"
            assert wrapped or names.get("aria-label") or names["id"] in labels
            assert names["name"]
        if tag == "fieldset":
            assert names.get("aria-label") or tags[i + 1][0] == "legend"


def test_what_was_written_is_in_its_box_letter_by_letter() -> None:
    """
    An empty first line stays, and a code block gets none that was not there.
    """
    whole = html.write(paper(nodes.Answer("a", "A", 2, "\n b"), nodes.CodeBlock("c"))).decode()

    assert ">\n\n b</textarea>" in whole
    assert "<pre><code>c</code></pre>" in whole


def test_a_box_has_room_for_what_stands_in_it() -> None:
    """
    A box grows with its answer, for paper cannot be scrolled.
    """

    def rows(value: str) -> int:
        return next(
            int(a["rows"]) for tag, a in page(paper(nodes.Answer("a", "A", 4, value))).tags if tag == "textarea"
        )

    assert rows("") == 4
    assert rows("\n" * 30) > 30
    assert rows("word " * 400) > 20


def test_a_fragment_brings_nothing_of_a_page() -> None:
    """
    A fragment is one article; its classes and ids begin with the name of the library.
    """
    found = _Page(
        html.fragment(paper(nodes.Heading(1, (nodes.Text("a"),)), nodes.Answer("b", "B", 1), *deck(2).blocks))
    )

    assert found.tags[0][0] == "article"
    assert not {"html", "head", "body", "style", "meta", "header", "footer"} & {tag for tag, _ in found.tags}
    for _, names in found.tags:
        for name in [*names.get("class", "").split(), *names.get("id", "").split()]:
            assert name.startswith("reflect-")


def test_diagrams_of_other_words_have_other_ids() -> None:
    """
    Two fragments on one page may hold two diagrams; only equal ones have an id in common.
    """
    titles = ("Look", "Look", "Think")
    pictures = (nodes.Diagram("A cycle", "cycle", (nodes.Stage(title), nodes.Stage("Do"))) for title in titles)
    pages = [_Page(html.fragment(paper(picture))) for picture in pictures]
    ids = [{names["id"] for _, names in each.tags if "diagram" in names.get("id", "")} for each in pages]

    assert ids[0] == ids[1] != set()
    assert not ids[0] & ids[2]


# --- plain text


@given(documents)
def test_plain_text_is_as_wide_as_its_words_allow(document: nodes.Document) -> None:
    """
    No line is wider than 78 letters, except for a longer word, and for code.
    """
    for each in writer("txt")(same_shape(document)).decode().split("\n"):  # type: ignore[arg-type]
        assert len(each) <= 78


def test_clock_times_hang_and_minutes_stand_to_the_right() -> None:
    """
    A heading of an agenda is one line: its time, its title and, at the right edge, its minutes.
    """
    parts = (
        nodes.Span("label", (nodes.Text("10:05"),)),
        nodes.Text(" Arriving "),
        nodes.Span("aside", (nodes.Text("5 minutes"),)),
    )

    assert writer("txt")(paper(nodes.Heading(2, parts))).decode() == f"{'10:05  Arriving':<69}5 minutes\n"
