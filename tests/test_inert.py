"""
Any text at all, in every place of every paper and every format: it appears as that text, and as nothing else.

The places are found by printing a mark of its own in each. What is looked at are the finished bytes: Word files
part by part, HTML and Markdown through parsers that are not ours, and HTML in a browser.
"""

from __future__ import annotations

import functools
import html.parser
import http.server
import io
import itertools
import json
import re
import subprocess
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager

import attrs
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree
from markdown_it import MarkdownIt

from reflect.documents.makers import What
from reflect.documents.making import document
from reflect.formats import writer
from reflect.questions.answers import Answering, Kind
from reflect.questions.model import Head, Model, People, Source, Variant
from reflect.questions.question import Mode, Question, Step
from reflect.questions.rings import Ring
from reflect.questions.sets import QuestionSet
from reflect.rendering.rendering import render
from reflect.sessions.brought import Outcome
from reflect.sessions.facts import FACTS
from reflect.sessions.parts import Action, Agreement, Answered, ItemRecord, SignOff
from reflect.sessions.record import Record
from reflect.text.nodes import Diagram, Ruled
from reflect.text.prose import Line, Run, visible
from tests.documents import FORMATS, MODEL_PAPERS, SESSION_PAPERS, a_few, everything_in, text_of_html, tried
from tests.test_documents import NASTY
from tests.test_sandbox import ESCAPES
from tests.test_word import tool

#: What has been published of ways to make a browser run or fetch something, and Word follow a field.
ACTIVE = [
    "<script>new Image().src='/ran'</script>",
    "<img src=/ran>",
    "<img src=x onerror=\"new Image().src='/ran'\">",
    "\"><script>new Image().src='/ran'</script>",
    "' autofocus onfocus=\"new Image().src='/ran'\" x='",
    "\" autofocus onfocus=\"new Image().src='/ran'\" x=\"",
    "</textarea><img src=/ran>",
    "</title><img src=/ran>",
    "</style><img src=/ran>",
    "--><img src=/ran><!--",
    "<![CDATA[<img src=/ran>]]>",
    "<svg/onload=\"new Image().src='/ran'\">",
    "<svg><script>new Image().src='/ran'</script></svg>",
    "<iframe src=/ran></iframe>",
    "<iframe srcdoc=\"<img src=/ran>\"></iframe>",
    "<object data=/ran></object>",
    "<embed src=/ran>",
    "<link rel=stylesheet href=/ran>",
    "<style>@import '/ran';</style>",
    "<style>body{background:url(/ran)}</style>",
    "<meta http-equiv=refresh content='0;url=/ran'>",
    "<base href=/ran/>",
    "<video src=/ran autoplay></video>",
    "<details open ontoggle=\"new Image().src='/ran'\">",
    "<form action=/ran><input type=submit autofocus></form>",
    "<math><mi xlink:href=/ran>x</mi></math>",
    "<noscript><p title=\"</noscript><img src=/ran>\">",
    "![x](/ran)",
    "[x](/ran)",
    "<http://ran.example/>",
    "[x]: /ran",
    "&lt;img src=/ran&gt;",
    "&#60;img src=/ran&#62;",
    "\x00<img src=/ran>",
    "＜img src=/ran＞",
    "INCLUDEPICTURE \"http://ran.example/x.png\"",
    "{ HYPERLINK \"http://ran.example\" }",
    "=cmd|' /C calc'!A0",
    "</w:t></w:r><w:r><w:t>x",
    "]]></w:t>",
    "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;",
]  # fmt: skip
SIGNS = "\u200b\u200e\u200f\u202a\u202e\u2066\u2069\ufeff\u00ad\u0301\u0000\u0008\u001f\u007f\u0085\u2028\u2029\ud800\udfff\ue000\uf8ff\U000f0000\U0010fffd\ufffe\uffff\U0001f600"
texts = st.one_of(
    st.sampled_from([*NASTY, *ACTIVE, *ESCAPES]),
    st.text(max_size=40),
    st.text(alphabet=st.sampled_from([*SIGNS, *"ab *_`#|<>&\"'[](){}\\/!-+=~^$:.1\n\t\r"]), max_size=25),
    st.lists(st.sampled_from([*NASTY, *ACTIVE]), max_size=3).map("".join),
)

USES = [
    ("arrive", 3),
    ("previous-actions", 5),
    ("wellbeing-check-in", 5),
    ("kolb-cycle", 30),
    ("learning", 7),
    ("close", 7),
]


def marked(place: str, text: str) -> str:
    """
    A text as it is put in one place, between marks by which it is found again.
    """
    return f"Q{place}Q{text}Z{place}Z"


def record_of(text: str) -> Record:
    """
    A record with the text in every place that takes one.
    """

    def at(place: str) -> str:
        return marked(place, text)

    answers = tuple(
        Answered(key=key, ring=Ring.PERSONAL, lines=(Line(runs=(Run(text=at(f"answer{n}")),)),))
        for n, key in enumerate(("item-2", "item-3", "item-4", "item-5", "anything", "next-date"))
    )
    return Record(
        minutes=60,
        items=tuple(
            ItemRecord(key=f"item-{i}", use=use, minutes=m, outcome=Outcome.CHANGED)
            for i, (use, m) in enumerate(USES, 1)
        ),
        facts=tuple((name, at(f"fact{n}")) for n, name in enumerate(FACTS) if name != "start"),
        answers=answers,
        actions=tuple(Action(what=at(f"what{n}"), who=at(f"who{n}"), by=at(f"by{n}")) for n in range(3)),
        signed=tuple(
            SignOff(
                role=role,
                agreement=Agreement.WITH_COMMENTS,
                name=at(f"name{role}"),
                date=at(f"date{role}"),
                comments=at(f"comments{role}"),
            )
            for role in ("supervisee", "supervisor")
        ),
    )


#: A handout has its diagram, and says less, where there is room; here there never is, however long a text.
FULL = " word" * 1500


def model_of(text: str, done: bool = True) -> Model:
    """
    A model, made in code, with the text in every place that takes one; *done* is whether something is done in it too.
    """

    def at(place: str) -> str:
        return marked(place, text).replace("{", "\\{")

    def asked(n: int, **more: object) -> Question:
        return Question(
            key=f"m.p{n}.q",
            text=at(f"text{n}"),
            hint=at(f"hint{n}"),
            probes=(at(f"probe{n}"),),
            core=True,
            **more,  # type: ignore[arg-type]
        )

    scale = Answering(Kind.SCALE, low=at("low"), high=at("high"), whose=at("whose"))
    choice = Answering(Kind.CHOICE, options=(at("one"), at("other")))
    parts = [
        QuestionSet(key=f"m.p{n}", title=at(f"part{n}"), children=[asked(n, answering=answering)])
        for n, answering in enumerate((Answering(), scale, choice, Answering(Kind.POINTS)))
    ]
    steps = [
        Step(key="m.do.one", text=at("step"), hint=at("step-hint"), minutes=3),
        Step(key="m.do.two", text=at("kept-step"), mode=Mode.WRITE, answering=scale),
    ]
    if done:
        parts.append(QuestionSet(key="m.do", title=at("done"), mode=Mode.DO, rounds=2, children=steps))
    head = Head(
        key="m",
        title=at("name"),
        people=People(least=2, most=9, how=at("how")),
        materials=(at("material"),),
        room=at("room"),
        variants=(Variant(when=at("variant"), do=at("otherwise")),),
        when=at("when") + FULL,
        instead=at("instead"),
        mistakes=(at("mistake"),),
        sources=(Source(**{name: marked(name, text) for name in ("author", "year", "title", "publisher")}),),
        rights=marked("rights", text),
        author=marked("page-author", text),
        licence=marked("licence", text),
    )
    return Model(head=head, questions=QuestionSet(key="m", title=at("name"), children=parts))


#: What stands with others in one value, so that marks of direction are closed where that ends.
TOGETHER = {
    "when",
    "author",
    "year",
    "title",
    "publisher",
    "licence",
    "how",
    "material",
    "room",
    "variant",
    "otherwise",
}
PAPERS = [*SESSION_PAPERS, *MODEL_PAPERS]


def made(paper: str, to: str, text: str, done: bool = True) -> bytes:
    # The slide of a method is its track, a picture, which breaks words that are too long for it.
    what: What = record_of(text) if paper in SESSION_PAPERS else model_of(text, done=done and paper != "slide")
    page = {name: marked(name, text) for name in ("organisation", "marking")}
    facts = page if paper in MODEL_PAPERS else None
    whole = document(what, paper, facts=facts, reader="supervisor")
    # A picture breaks its words into lines; that they are only words is for tests/test_diagrams.py.
    # How many lines are ruled follows from the room that the words leave.
    blocks = tuple(block for block in whole.blocks if not isinstance(block, Diagram | Ruled))
    return writer(to)(attrs.evolve(whole, blocks=blocks))


# --- what the bytes say, by parsers that are not ours


def said(data: bytes, to: str) -> str:
    """
    All the text of a file, as its own kind of reader takes it.
    """
    if to == "md":
        return text_of_html(_markdown().render(data.decode())) + data.decode().replace("\\", "")
    if to == "json":
        return "".join(_said(json.loads(data)))
    return everything_in(data, to)


def _said(data: object) -> Iterator[str]:
    match data:
        case str():
            yield data
        case list():
            for each in data:
                yield from _said(each)
        case dict():
            for name, each in data.items():
                yield from () if name in ("type", "style") else _said(each)


@functools.cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark").enable("table")


class _Tags(html.parser.HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(" ".join((tag, *(name for name, _ in attrs))))

    def handle_comment(self, data: str) -> None:
        self.found.append("comment")

    def handle_decl(self, decl: str) -> None:
        self.found.append(decl)


def skeleton(data: bytes, to: str) -> object:
    """
    What a file is made of besides text: its tags and the names of their attributes, its parts, its keys.
    """
    match to:
        case "docx":
            with zipfile.ZipFile(io.BytesIO(data)) as package:
                whole = {name: package.read(name) for name in package.namelist()}
            pictures = {name: data for name, data in whole.items() if name.endswith(".png")}
            trees = {name: etree.fromstring(data) for name, data in whole.items() if name not in pictures}
            space = "{http://www.w3.org/XML/1998/namespace}space"
            return pictures, {
                name: [(each.tag, [a for a in each.attrib if a != space]) for each in tree.iter()]
                for name, tree in trees.items()
            }
        case "html" | "md":
            reader = _Tags()
            reader.feed(data.decode() if to == "html" else _markdown().render(data.decode()))
            return reader.found
        case "json":
            return shape(json.loads(data))
        case _:
            return data.decode().count("\n") > 0


def shape(data: object) -> object:
    """
    JSON without its texts, save those that say what kind a thing is, and without what was said line by line.
    """
    match data:
        case dict():
            return {key: value if key == "type" else shape(value) for key, value in data.items() if key != "said"}
        case list():
            return [shape(each) for each in data]
        case str():
            return ""
        case _:
            return data


def squeezed(text: str) -> str:
    return re.sub(r"[\s_\u00a0\u2002]+", "", text)


@functools.cache
def places(paper: str, to: str) -> frozenset[str]:
    """
    Where a paper prints anything, by the marks.
    """
    return frozenset(re.findall(r"Q(\w+?)Qplain", squeezed(said(made(paper, to, "plain"), to))))


@pytest.mark.parametrize("paper", PAPERS)
def test_every_format_prints_in_the_same_places(paper: str) -> None:
    """
    What has a place on a paper has it in every format, and there are many.
    """
    least = {
        "agenda": 8,
        "record": 20,
        "handout": 20,
        "worksheet": 20,
        "cards": 10,
        "notes": 10,
        "role-play": 10,
        "slide": 4,
    }
    for to in FORMATS:
        assert places(paper, to) == places(paper, "json")
    assert len(places(paper, "json")) >= least[paper]


@pytest.mark.parametrize(("paper", "to"), a_few(itertools.product(PAPERS, FORMATS), 2))
@given(text=texts)
@settings(max_examples=tried(50))
@example(text="\ud800\x00\U000f0001")
@example(text="a  \n\n\n  b\t\tc")
def test_any_text_appears_as_that_text(paper: str, to: str, text: str) -> None:
    """
    Every place of every paper and format has what was typed, as it is shown, up to white space.
    """
    if paper in MODEL_PAPERS:
        text = re.sub(r"\\+(?=[{}])", "", text)  # on a page a backslash before a brace is the page's own
    whole = squeezed(said(made(paper, to, text), to))
    for place in places(paper, to):
        shown, there = squeezed(visible(marked(place, text))), whole
        if to == "md":
            shown, there = shown.replace("\\", ""), there.replace("\\", "")
        if place in TOGETHER:
            shown, there = (re.sub("[\u202a-\u202e\u2066-\u2069\ufffd]", "", each) for each in (shown, there))

        assert shown in there or (paper == "cards" and in_two(shown, there)), place


def in_two(shown: str, there: str) -> bool:
    """
    Tell whether a text goes on below, as the title of a card does that is too long for its line.

    Marks of direction are closed where a piece ends.
    """
    shown, there = (re.sub("[\u202a-\u202e\u2066-\u2069\ufffd]", "", each) for each in (shown, there))
    return any(f"{shown[:n]}…" in there and f"…{shown[n:]}" in there for n in range(1, len(shown)))


#: Longer words than these make another card of a step.
SHORT = 16
one_line = texts.map(lambda text: " ".join(visible(text).split()))


@pytest.mark.parametrize(("paper", "to"), a_few(itertools.product(PAPERS, ["docx", "html", "md", "json"]), 3))
@given(text=one_line)
@settings(max_examples=tried(25))
def test_any_text_adds_nothing_but_text(paper: str, to: str, text: str) -> None:
    """
    A file with any line of text is made of the same parts, tags, attributes and keys as one with a plain word.
    """
    done = paper != "cards" or len(text) <= SHORT
    text = text[:SHORT].strip() if paper == "agenda" else text  # longer words leave no room for some of its lines
    assert skeleton(made(paper, to, text, done), to) == skeleton(made(paper, to, "plain", done), to)


@pytest.mark.long
@pytest.mark.parametrize("to", FORMATS)
def test_a_megabyte_appears(to: str) -> None:
    """
    A text of a megabyte is complete in every place of a record.
    """
    text = "All of it, *and* <this> & that. " * len(a_few(range(31_250), 10))
    long = attrs.evolve(
        record_of("x"),
        facts=(("organisation", text), ("topic", text), ("supervisee", text)),
        answers=(Answered(key="item-4", ring=Ring.PERSONAL, lines=(Line(runs=(Run(text=text),)),)),),
    )
    whole = squeezed(said(render(long, "record", to=to, reader="supervisor"), to))

    assert whole.count(squeezed(text).replace("\\", "")) >= 3


# --- in a browser


@contextmanager
def served(pages: dict[str, bytes]) -> Iterator[tuple[str, list[str]]]:
    """
    Pages on this machine, and what is asked for meanwhile.
    """
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            page = pages.get(self.path)
            self.send_response(200 if page else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page or b"")

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()


def opened(url: str, folder: object) -> str:
    """
    What stands on a page once a browser has opened it and its scripts have had their time.
    """
    command = [
        tool("chromium"), "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}",
        "--virtual-time-budget=3000", "--timeout=20000", "--dump-dom", url,
    ]  # fmt: skip
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout


def test_nothing_runs_and_nothing_is_requested_in_a_browser(tmp_path_factory: pytest.TempPathFactory) -> None:
    """
    Every active text, in every place of every paper, opened in Chromium: it asks for the page and for nothing else.
    """
    pages = {f"/{paper}-{n}.html": made(paper, "html", "".join(ACTIVE[n::4])) for paper in PAPERS for n in range(4)}
    pages["/fragment.html"] = b"<!doctype html><title>x</title>" + made("record", "html", "".join(ACTIVE))
    frames = "".join(f'<iframe src="{path}"></iframe>' for path in pages)
    pages["/all.html"] = f"<!doctype html><title>x</title>{frames}".encode()
    pages["/twin.html"] = f"<!doctype html><title>x</title><p>{''.join(ACTIVE[:3])}</p>".encode()
    with served(pages) as (base, asked):
        opened(f"{base}/all.html", tmp_path_factory.mktemp("chromium"))
        ours = [path for path in asked if path != "/favicon.ico"]
        asked.clear()
        opened(f"{base}/twin.html", tmp_path_factory.mktemp("chromium"))

    assert sorted(ours) == sorted(path for path in pages if path != "/twin.html")
    assert "/ran" in asked  # the same texts do run, and are seen, where nobody made them inert


def test_what_a_browser_shows_is_what_was_typed(tmp_path_factory: pytest.TempPathFactory) -> None:
    """
    The page that Chromium has made of a record holds every active text as text.
    """
    for n in range(4):
        text = "".join(ACTIVE[n::4])
        with served({"/x.html": made("record", "html", text)}) as (base, _):
            dom = opened(f"{base}/x.html", tmp_path_factory.mktemp("chromium"))
        whole = squeezed(text_of_html(dom))

        for place in ("fact0", "answer2", "what1"):
            assert squeezed(visible(marked(place, text))) in whole


def test_json_says_it_once_more() -> None:
    """
    The JSON of a paper is JSON whatever was typed in it.
    """
    for text in (*NASTY, *ACTIVE, SIGNS):
        assert json.loads(made("record", "json", text))["kind"] == "record"
