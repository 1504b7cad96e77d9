"""
Pages that are filled in: tried in Chromium, as a person would.

What is driven is in ``browser/pages.cjs``; here stands what has to be seen. The scripts come from npm
(``playwright-core``, ``axe-core``), beside the other tools in REFLECT_TOOLS.
"""

from __future__ import annotations

import functools
import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import reflect
from reflect.formats import html
from reflect.interchange.values import from_json
from reflect.sessions.filled import Filled
from reflect.text.nodes import (
    Actions,
    Answer,
    Choice,
    Document,
    Fact,
    Facts,
    Heading,
    Item,
    Listing,
    Paragraph,
    Quotation,
    Scale,
    SignOff,
    Text,
)
from tests.documents import MODEL_PAPERS, OUTLINE, SESSION_PAPERS
from tests.test_word import tool

DRIVER = Path(__file__).parent / "browser" / "pages.cjs"
RECORD = Path(__file__).parent / "data" / "filled-record.json"
#: Models with a cycle, lists and a scale, words for a group, and ticks.
MODELS = ("kolb-cycle", "three-column-mapping", "balint-group", "wellbeing-check-in")
#: What is typed: signs that mean something to somebody, and letters of many scripts.
TYPED = "</textarea><img src=x onerror=alert(1)> \"quotes\" & 'more' {{ x }} \\ 😀 Ŵyl ŷd שלום \t1.\u00a0"

_PLACES = {
    *("supervisee", "date", "met.from", "last-1", "last-1.state", "before.seen", "files.until"),
    *("item-4", "item-4.name", "item-4.also", "item-4.decided", "item-4.differ", "item-4.because", "also-today"),
    *("not-safely", "taken-off.from", "support.until", "next-date", "differently", "not-reached"),
    *("copy-given.supervisee", "copy-given.supervisor"),
}


@functools.cache
def modules() -> str:
    """
    The folder of npm packages; without it a test is skipped, but never in CI.
    """
    places = (Path(os.environ.get("REFLECT_TOOLS", ".")).parent, Path("node_modules").absolute())
    for place in places:
        if all((place / name).is_dir() for name in ("playwright-core", "axe-core")):
            return str(place)
    return ""


def driven(part: str, folder: Path) -> Any:
    """
    What the driver saw in one of its parts.
    """
    if not modules():
        if os.environ.get("REFLECT_CI") == "1":
            pytest.fail("playwright-core and axe-core are not installed")
        pytest.skip("playwright-core and axe-core are not installed")
    command = [tool("node"), str(DRIVER), tool("chromium"), str(folder), part]
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=240, check=False, env={**os.environ, "NODE_PATH": modules()}
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def page(folder: Path, name: str, data: bytes) -> None:
    (folder / f"{name}.html").write_bytes(data)


@pytest.fixture(scope="module")
def filling(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("filling")
    page(folder, "record", reflect.render(OUTLINE, "record", to="html"))
    (folder / "typed.txt").write_text(TYPED, "utf-8")
    found: dict[str, Any] = driven("filling", folder)
    return found


# --- saving and opening


def test_what_is_filled_in_is_saved_and_opened_again(filling: dict[str, Any]) -> None:
    """
    Every box, line, tick and added row comes back from the file as it was typed, and saving it again gives the same.
    """
    assert filling["filled"] != filling["blank"]
    assert filling["reopened"] == filling["filled"]
    assert filling["again"]["text"] == filling["saved"]["text"] == filling["resaved"]["text"]
    assert filling["opened"] == "The copy is open."


def test_a_copy_reads_as_what_it_says_it_is(filling: dict[str, Any]) -> None:
    """
    The file fits its schema, reflect reads it, and its keys are those of the paper.
    """
    text = filling["saved"]["text"]
    jsonschema.validate(json.loads(text), reflect.json_schema("filled"))
    copy = reflect.from_json(text)

    assert isinstance(copy, Filled)
    assert copy.document == "record"
    assert dict(copy.about)["outline"] == OUTLINE
    assert dict(copy.answers).keys() >= _PLACES
    assert copy.answers == tuple((key, copy.answer(key)) for key, _ in copy.asked)
    assert dict(copy.answers)["item-4"].endswith(TYPED)
    assert dict(copy.answers)["last-1.state"] == "not yet"
    assert dict(copy.answers)["support.until"].endswith(TYPED)
    # The ticks have no words of their own: they are asked under those of their line.
    assert dict(copy.asked)["last-1.state"] == dict(copy.asked)["last-1"] == "From last time"
    assert dict(copy.asked)["item-4"] == "The talk: we thought"
    (actions,) = copy.tables
    assert (actions.key, actions.columns, len(actions.rows)) == ("actions", ("What", "Who", "By when"), 4)
    assert [sign.key for sign in copy.signed] == ["sign.supervisee", "sign.supervisor"]
    assert all(sign.value == "not signed" and sign.name and sign.date for sign in copy.signed)


def test_a_file_is_named_for_the_paper_and_the_day(filling: dict[str, Any]) -> None:
    """
    File names hold nobody's name, and a message says what was done.
    """
    name = filling["saved"]["name"]

    assert re.fullmatch(r"record-\d{4}-\d\d-\d\d\.json", name)
    assert name in filling["said"]


def test_nothing_stays_in_the_browser_and_nothing_leaves_it(filling: dict[str, Any]) -> None:
    """
    Loaded again the page is blank; no store holds anything, nothing was requested and the policy had nothing to stop.
    """
    assert filling["reloaded"] == filling["blank"]
    assert not any(filling["stored"])
    assert set(filling["requests"]) <= {"file", "blob"}
    assert filling["errors"] == []


def test_what_is_not_saved_is_asked_about(filling: dict[str, Any]) -> None:
    """
    Closing the page asks first if something is not in a file, and not otherwise.
    """
    assert filling["told"] == "Not saved yet."
    assert (filling["asksBlank"], filling["asksUnsaved"], filling["asksCleared"]) == (False, True, True)


def test_the_keys_that_save_a_page_save_a_copy(filling: dict[str, Any]) -> None:
    """
    Control and S give the same file as the button, not a page without its answers.
    """
    assert filling["byKeys"] == filling["saved"]
    assert filling["left"] is True


def test_nothing_covers_what_has_the_focus(filling: dict[str, Any]) -> None:
    """
    Going through a page on a phone with the keyboard alone, each place is seen, and seen to have the focus.
    """
    assert len(filling["stops"]) > 40
    assert [stop for stop in filling["stops"] if not (stop["seen"] and stop["outlined"])] == []


def test_opening_asks_before_anything_is_lost(filling: dict[str, Any]) -> None:
    """
    Who says no to losing what is not saved keeps it.
    """
    assert filling["declined"] == {"asked": ["confirm"], "first": "not saved"}


def test_a_tick_can_be_taken_back(filling: dict[str, Any]) -> None:
    """
    Clearing leaves a group without a tick, and the keyboard in it; it is offered where something is ticked.
    """
    assert (filling["cleared"], filling["focus"]) == (0, "radio")
    assert filling["clears"] == [0, 7, 6]  # what became of three things, two who sign, and a copy for each


# --- files that are wrong


def copy_of(**changes: object) -> str:
    whole = {"format": "reflect-filled", "version": 1, "document": "record", "answers": {"supervisee": "Known"}}
    return json.dumps({**whole, **changes})


WRONG = {
    "empty": "",
    "no-json": "{",
    "list": "[]",
    "null": "null",
    "deep": "[" * 100_000,
    "other-format": json.dumps({"format": "reflect-record", "version": 1}),
    "other-paper": copy_of(document="worksheet"),
    "newer": copy_of(version=2),
    "number": copy_of(answers={"supervisee": 1}),
    "list-of-answers": copy_of(answers=["supervisee"]),
    "rows": copy_of(tables=[{"key": "actions", "columns": ["What"], "rows": [["a", "b"]]}]),
    "sign": copy_of(signed=[{"key": "sign.supervisee", "name": 3}]),
    "strange-field": copy_of(macro="x"),
    "no-question-here": copy_of(answers={"elsewhere": "x"}),
    "large": copy_of(answers={"supervisee": "x" * 5_000_000}),
    "many": copy_of(answers={f"a{n}": "" for n in range(3000)}),
    "many-rows": copy_of(tables=[{"key": "actions", "columns": ["a", "b", "c"], "rows": [["", "", ""]] * 3000}]),
    "markup": copy_of(document="<img src=x onerror=alert(1)>"),
}
STRANGE = {
    "strange": copy_of(
        answers={
            "supervisee": "Known",
            "elsewhere": "<img src=x onerror=alert(1)><b>QZKEPTZQ</b>",
            "item-4": "under other words",
            "last-1.state": "no option",
            "__proto__": "polluted",
            "constructor": "x",
        },
        asked={"elsewhere": "<b>Where?</b>", "item-4": "Some other question"},
        tables=[{"key": "actions", "columns": ["One", "Two"], "rows": [["a", "b"]]}],
        signed=[{"key": "sign.nobody", "who": "Nobody", "comments": "all the same"}],
    ),
}


@pytest.fixture(scope="module")
def copies(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("copies")
    page(folder, "record", reflect.render(OUTLINE, "record", to="html"))
    # The same kind of paper, with the question that one of the copies was an answer to.
    there = Document(kind="record", title="There", blocks=(Answer("item-4", "Some other question", 2),))
    page(folder, "elsewhere", html.write(there))
    (folder / "copies.json").write_text(json.dumps({"copies": {**WRONG, **STRANGE}}), "utf-8")
    found: dict[str, Any] = driven("copies", folder)
    return found


def test_a_wrong_file_gives_a_sentence_and_changes_nothing(copies: dict[str, Any]) -> None:
    """
    If a file is opened that is not a copy of this paper, what was written stays, and a sentence says so.
    """
    for name in WRONG:
        assert copies[name]["same"], name
        assert re.fullmatch(r"That (file|copy) [^<>]*\. Nothing here was changed\.", copies[name]["said"]), name
    assert "too large" in copies["large"]["said"]
    assert "newer page" in copies["newer"]["said"]
    assert "another kind of paper" in copies["other-paper"]["said"]


def test_what_has_no_place_is_told_shown_and_saved_again(copies: dict[str, Any]) -> None:
    """
    An answer to a question that is not here, or is worded otherwise, is neither lost nor put under another.
    """
    seen = copies["strange"]
    saved = reflect.from_json(seen["saved"])
    assert isinstance(saved, Filled)

    assert "Answers without a place on this page: 7." in seen["said"]
    assert "QZKEPTZQ" in seen["shown"][0]
    assert seen["markup"] == 0
    assert saved.answer("supervisee") == "Known"
    assert saved.answer("item-4") == ""
    assert saved.answer("item-4~2") == "under other words"
    assert dict(saved.asked)["item-4~2"] == "Some other question"
    assert saved.answer("elsewhere").endswith("</b>")
    assert (saved.answer("__proto__"), saved.answer("last-1.state~2")) == ("polluted", "no option")
    assert [table.key for table in saved.tables] == ["actions", "actions~2"]
    assert [sign.who for sign in saved.signed][2:] == ["Nobody"]
    home = reflect.from_json(seen["homed"])
    assert isinstance(home, Filled)
    assert home.answer("item-4") == "under other words"  # it goes home where its own question is
    assert home.answer("supervisee") == "Known"


def test_odd_papers_are_filled_in_like_any_other(tmp_path: Path) -> None:
    """
    Keys that stand twice or mean something to the browser, and places with nothing in them, stop nothing.
    """
    odd = (
        *(Answer(key, key, 1) for key in ("a", "a", "__proto__", "constructor", '"><b>x', "a~2", "reflect-a", "")),
        Choice("none", "Nothing to tick", ()),
        Choice("", "", ("one", "one")),
        Actions("t", "T", ()),
        Actions("t", "T", ("A", "A")),
        SignOff("t", "", ()),
        SignOff("__proto__", "Who", ("yes", "no")),
        Facts(()),
        Facts((Fact("date", "Date", "3 May"), Fact("x.date", "Date", ""))),
        Quotation((Listing((Item((Answer("inner", "Inner", 0),)),)),)),
        Scale("s", "", "a", "b", "c"),
        Scale("s", "", "a", "b", "c"),
    )
    page(tmp_path, "odd", html.write(Document(kind="../odd name", title="Odd", blocks=odd)))
    seen = driven("odd", tmp_path)
    copy = reflect.from_json(seen["saved"]["text"])

    assert seen["errors"] == []
    assert seen["reopened"] == seen["filled"]
    assert seen["opened"] == "The copy is open."
    assert re.fullmatch(r"-odd-name-[\d-]+\.json", seen["saved"]["name"])
    assert isinstance(copy, Filled)
    assert copy.answer("__proto__").endswith("words")
    assert {"a", "a~2", "a~2~2", "s", "s~2", "inner"} <= dict(copy.answers).keys()


# --- for everybody

#: Papers that are made from several models, from none, or for some sessions only.
REST = {
    "diagram": "balint-group",
    "comparison": "grow + clear + seven-eyed",
    "cards": "kolb-cycle + grow",
    "booklet": "kolb-cycle + balint-group + arrive",
    "take-away": "",
    "preparation": "",
    "case-record": "",
    "group-agenda": "arrive@5 + balint-group@45 + close@10",
    "group-record": "arrive@5 + balint-group@45 + close@10",
}


def test_axe_finds_nothing_on_any_page(tmp_path: Path) -> None:
    """
    Every kind of paper, blank and filled, at a desk and on a phone, keeps WCAG 2.2 AA as far as axe-core can tell;
    nothing is cut off at 320 pixels, and nothing to press is smaller than 24.
    """
    for name in SESSION_PAPERS:
        page(tmp_path, name, reflect.render(OUTLINE, name, to="html", facts={"start": "10:00", "marking": "OFFICIAL"}))
    whole = from_json(RECORD.read_text("utf-8"))
    page(tmp_path, "record-filled", reflect.render(whole, "record", to="html", reader="supervisee"))
    for key in MODELS:
        for name in MODEL_PAPERS:
            page(tmp_path, f"{name}-{key}", reflect.render(reflect.load(key), name, to="html"))
    for name, what in REST.items():
        page(tmp_path, f"{name}-rest", reflect.render(what, name, to="html"))
    bad = Document(kind="x", title="", lang="", blocks=(Heading(1, (Text("x"),)), Facts((Fact("a", "", ""),))))
    page(tmp_path, "x-faulty", html.write(bad))
    seen = driven("wcag", tmp_path)
    faulty = seen.pop("x-faulty.html")

    assert len(seen) == 3 + len(MODELS) * len(MODEL_PAPERS) + len(REST)
    assert {name: found for name, found in seen.items() if found} == {}
    assert len(faulty) >= 3  # a page that is at fault is seen to be


def test_a_page_prints_whole(tmp_path: Path) -> None:
    """
    Printed, a box runs over as many sheets as its words take, a line as far as it must, and no button is there.
    """
    page(tmp_path, "record", reflect.render(OUTLINE, "record", to="html", facts={"marking": "OFFICIAL"}))
    words = [f"word{n}" for n in range(2500)]
    (tmp_path / "long.txt").write_text(" ".join(words), "utf-8")
    driven("printing", tmp_path)
    told = subprocess.run(
        [tool("pdftotext"), "-layout", str(tmp_path / "printed.pdf"), "-"], capture_output=True, text=True, check=True
    ).stdout
    read = set(told.split())

    assert set(words) <= read
    assert told.split().count("word7") == 1  # the box itself is not printed beside its words
    assert {"cell", "far", "paper"} <= read
    sheets = told.rstrip("\f\n").split("\f")
    assert len(sheets) > 3
    assert "word0" in sheets[0]  # a long answer begins where it is asked for
    for n, sheet in enumerate(sheets, 1):
        assert f"Page {n} of {len(sheets)}" in sheet
        assert "OFFICIAL" in sheet
    assert not {"Save a copy", "Add a row", "Clear", "Day, month, year"} & {
        line.strip() for line in re.split(r"\n|\s{2,}", told)
    }


# --- what stands in the page


def paper(*blocks: object) -> Document:
    return Document(kind="paper", title="Paper", blocks=blocks)  # type: ignore[arg-type]


def test_only_a_page_with_places_to_fill_has_a_script() -> None:
    """
    What can only be read carries no script, and a fragment none in any case.
    """
    fillable = paper(Heading(1, (Text("a"),)), Answer("b", "B", 1))

    assert "<script>" in html.write(fillable).decode()
    assert "<script" not in html.fragment(fillable)
    assert "<script" not in html.write(paper(Heading(1, (Text("a"),)))).decode()
    assert "<script" not in reflect.render(reflect.load("kolb-cycle"), "handout", to="html").decode()


def test_the_script_makes_no_markup_and_keeps_nothing() -> None:
    """
    The script is ours to read: it sets texts, stores nothing and asks the network for nothing.
    """
    script = (Path(html.__file__).parent / "page.js").read_text("utf-8")

    for never in ("innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval(", "Function(", "localStorage",
                  "sessionStorage", "indexedDB", "cookie", "pushState", "fetch(", "XMLHttp", "sendBeacon", "import("):  # fmt: skip
        assert never not in script
    assert "</script" not in script.lower()
    assert len(script.split("\n")) < 450


def test_one_key_in_two_places_is_two_names() -> None:
    """
    The second place of a key has a name of its own, so that a copy holds both.
    """
    whole = html.write(paper(Answer("a", "A", 1), Answer("a", "A", 1), Answer("a~2", "A", 1))).decode()

    assert len(set(re.findall(r'<textarea [^>]*name="([^"]*)"', whole))) == 3


def test_a_hint_is_read_out_with_its_place() -> None:
    """
    A hint over a box describes it; one over other words does not.
    """
    hint = Paragraph((Text("One line will do."),), "hint")
    whole = html.write(paper(hint, Answer("a", "A", 1), Answer("b", "B", 1), hint)).decode()
    (described,) = re.findall(r'name="(.)"[^>]* aria-describedby="([^"]*)"', whole)

    assert described[0] == "a"
    assert f'id="{described[1]}">One line will do.' in whole
