"""
Pages as people type and paste them: nothing that is on a page is lost, and what nobody sees is named.
"""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reflect.checks import check
from reflect.errors import Faults
from reflect.pages.reading import read_model
from reflect.pages.writing import write_model

#: Pieces of a page; each N is a number of its own, so that no word comes twice.
PIECES = {
    "hyphens": "- Who wN?\n- What wN?",
    "stars": "* Who wN?\n* What wN?",
    "stars that ask nothing": "* wN\n* wN wN",
    "plus signs": "+ Who wN?\n+ What wN?",
    "numbers": "1. Who wN?\n2. What wN?",
    "brackets": "1) Who wN?\n2) What wN?",
    "letters": "a) Who wN?\nb) What wN?",
    "bullets of Word": "• Who wN?\n• What wN?",
    "a bullet of Word's own font": "\uf0b7\tWho wN?",
    "dashes": "– Who wN?\n– What wN?",
    "no-break spaces": "-\u00a0Who wN?\n-\u00a0What wN?",
    "a star and a no-break space": "*\u00a0Who wN?",
    "a number and a no-break space": "1.\u00a0Who wN?",
    "no space": "-Who wN?",
    "mixed signs": "- Who wN?\n* What wN?",
    "boxes": "- [ ] Who wN?\n- [x] What wN?",
    "boxes without a space": "- [] Who wN?",
    "printed boxes": "- ☐ Who wN?\n- ☑ What wN?",
    "questions in plain text": "Who wN?\n\nWhat wN?",
    "questions in another script": "wN ماذا؟",
    "a paragraph": "Tell wN\nand *wN* and **wN** of wN.",
    "attributes": '- Who wN? {#kN .core}\n- How wN? {answer=scale low="wN" high="wN" whose="wN"}',
    "a choice": '- Who wN? {answer=choice options="wN; wN"}',
    "flags nobody knows": "- Who wN? {.wN}",
    "a hint": "- Who wN?\n\n  For example wN.",
    "a hint and probes": "- Who wN?\n\n  wN\n\n  - wN\n  - And wN?",
    "probes with stars": "- Who wN?\n  * wN\n  * wN",
    "probes with numbers": "- Who wN?\n  1. wN",
    "probes with bullets": "- Who wN?\n  • wN\n  • wN",
    "two hints": "- Who wN?\n\n  wN\n\n  wN",
    "a long question": "- Who wN\n  wN?",
    "a line at the margin": "- Who wN?\nwN",
    "signs": r"- Who \*wN\* &amp; wN &lt; \{wN} \<wN>?",
    "code": "```\nwN\n```",
    "indented": "    wN",
    "code in a line": "`wN` wN",
    "a quotation": "> wN\n> - wN",
    "a table": "| wN | wN |\n| --- | --- |\n| wN | wN |",
    "a table with one line": "| wN | wN |",
    "a comment": "<!-- wN -->",
    "HTML": "<b>wN</b>",
    "a link": "[wN](https://wN.org 'wN')",
    "a link that is not safe": "[wN](ftp://wN.org)",
    "an address": "<https://wN.org>",
    "a reference": "[wN]\n\n[wN]: https://wN.org",
    "a footnote": "wN[^wN]\n\n[^wN]: wN",
    "a picture": "![wN](wN.png)",
    "a line": "***",
    "a heading": "## wN",
    "a heading with a key": "## wN {#kN minutes=5}",
    "a heading of the third level": "### wN",
    "a heading of the fourth level": "#### wN {#kN}",
    "a heading without a space": "##wN",
    "a heading with a no-break space": "##\u00a0wN",
    "a heading with a line": "wN\n---",
    "something to say": "## wN {.say}\n\nwN",
    "a silence": "## wN {.silent minutes=2}\n\nwN\n\n* wN",
    "something to say without words": "## wN {.say}",
    "an empty part": "## wN {#kN}",
    "steps": "## wN {.do}\n\n1. wN.\n2. wN wN.",
    "steps with brackets": "## wN {.write minutes=5 rounds=2}\n\n1) wN.\n2) wN.",
    "a step with attributes": '## wN {.do}\n\n1. wN {#kN .say minutes=3 page=kN answer=choice options="wN; wN"}',
    "a step with a hint": "## wN {.draw}\n\nwN\n\n> wN\n\n1. wN\n\n   wN wN\n2. wN",
    "a step with two hints": "## wN {.do}\n\n1. wN\n\n   wN\n\n   wN",
    "a hint that is not indented enough": "## wN {.do}\n\n1. wN\n\n  wN",
    "a step with a list": "## wN {.do}\n\n1. wN\n   - wN\n   - wN",
    "a step with stars": "## wN {.do}\n\n1. wN\n   * wN",
    "a step over two lines": "## wN {.do}\n\n1. wN\n   wN\nwN",
    "steps that run on": "## wN {.do}\n\nwN\n2. wN\n3. wN",
    "a step in a step": "## wN {.do}\n\n1. wN\n   2. wN",
    "steps without a space": "## wN {.do}\n\n1.wN\n2.wN",
    "steps with letters": "## wN {.do}\n\na) wN\nb) wN",
    "steps with a no-break space": "## wN {.do}\n\n1.\u00a0wN\n2.\u00a0wN",
    "steps in two lists": "## wN {.do}\n\n1. wN\n\n1) wN\n\nwN\n\n1. wN",
    "questions where something is done": "## wN {.vote}\n\n- wN?\n- wN",
    "bullets of Word where something is done": "## wN {.sort}\n\n• wN\n• wN",
    "stars where something is done": "## wN {.sort}\n\n* wN\n* wN\n\n1. wN",
    "steps where something is asked": "## wN\n\n1. wN\n2. wN",
    "steps and questions": "## wN\n\n- wN?\n\n1. wN",
    "steps that are empty": "## wN {.do}\n\n1.\n2. wN",
    "a part in what is done": "## wN {.do}\n\n1. wN\n\n### wN {.say}\n\n1. wN",
    "roles nobody has": "## wN {.do role=wN also=wN quiet=wN,wN}\n\n1. wN",
    "two things at once": "## wN {.do .say}\n\n1. wN {.draw .move}",
    "a box in a step": "## wN {.do}\n\n1. [ ] wN",
    "a long term": "wN\n: wN",
}
#: Front matter, if any.
TOPS = {
    "a heading": "# T wN",
    "a heading with a key": "# T wN {#kN}",
    "front matter": "---\ntitle: T wN\nfamily: wN\nrights: wN wN\n---",
    "lists": "---\ntitle: T\nmistakes:\n- wN\n- wN, wN\nroles: [wN, wN]\n---",
    "sources": "---\ntitle: T\nsources:\n- {author: wN, year: wN, title: wN, publisher: wN}\n---",
    "what is kept": "---\ntitle: T\nkept:\n- {advice: closed, because: wN, at: wN}\n---",
    "a comment": "---\ntitle: T\n# wN\nfamily: wN\n---",
    "a comment behind a value": "---\ntitle: T wN # wN\n---",
    "a hash in a value": "---\ntitle: T #wN #wN\n---",
    "a name nobody knows": "---\ntitle: T\nwN: wN\n---",
    "em dashes": "—\ntitle: T wN\n—",
    "other fences": "----\ntitle: T wN\n----",
    "a fence of stars": "***\ntitle: T wN\n***",
    "no fence": "title: T wN",
    "a text over two lines": "---\ntitle: T wN\n  wN\n---",
    "a folded text": "---\ntitle: >\n  T wN\n  wN\n---",
    "quotation marks": "---\ntitle: \"T wN\"\nwhen: 'wN'\n---",
    "curly quotation marks": "---\ntitle: “T wN”\n---",
    "two titles": "---\ntitle: T\n---\n\n# T wN",
    "a title twice": "---\ntitle: T\ntitle: T wN\n---",
    "a page that does": "# T wN {.do minutes=5}",
    "a page that does, with steps": "# T wN {#kN .do}\n\n1. wN\n2. wN\n\n## wN",
    "what a method needs": "---\ntitle: T\npeople: {least: 2, most: 9, how: wN wN}\nmaterials: [wN, wN]\nroom: wN\n---",
    "people in words": "---\ntitle: T\npeople: wN\n---",
    "people with a strange name": "---\ntitle: T\npeople: {wN: wN}\n---",
    "columns": "---\ntitle: T\ncanvas: {columns: [wN, wN], rows: [wN]}\n---",
    "axes": "---\ntitle: T\ncanvas: {across: [wN, wN], up: [wN, wN]}\n---",
    "half the axes": "---\ntitle: T\ncanvas: {across: [wN, wN]}\n---",
    "a sheet": "---\ntitle: T\ncanvas: {sheet: wN wN}\n---",
    "a canvas in words": "---\ntitle: T\ncanvas: wN\n---",
    "two canvases": "---\ntitle: T\ncanvas: {sheet: wN, circles: [wN]}\n---",
    "variants": "---\ntitle: T\nvariants:\n- {when: wN, do: wN}\n- {when: wN}\n---",
    "one variant": "---\ntitle: T\nvariants: {when: wN, do: wN}\n---",
    "pages": "---\ntitle: T\ngoes-with: [kN, kN]\n---",
    "what it is for": "---\ntitle: T\nfor: [stuck, wN, loss]\n---",
    "half an hour": "---\ntitle: T\nhalf-hour: [kN@5, kN]\n---",
    "half an hour of titles": "---\ntitle: T\nhalf-hour: [wN wN@5]\n---",
    "an order": "---\ntitle: T\norder: [kN, kN]\n---",
    "a string": "---\ntitle: T\nsteps: [kN@5, kN]\n---",
    "a string of titles": "---\ntitle: T\nsteps: [wN wN@5]\n---",
    "what is done": "---\ntitle: T\ndoes: draw\n---\n\nwN\n\n1. wN",
    "what nobody does": "---\ntitle: T\ndoes: wN\n---",
    "a second front matter": "---\ntitle: T\n---\n\n---\ntitle: wN\n---",
}


def numbered(text: str) -> str:
    """
    A text with a number of its own for each N.
    """
    numbers = itertools.count()
    return re.sub("(?<=[wk])N", lambda match: str(next(numbers)), text)


def check_loses_no_word(text: str) -> bool:
    """
    Every word of a page that reads without a fault is in the page that is written back; whether it reads.
    """
    try:
        tidy = write_model(read_model(text))
    except Faults:
        return False
    assert [word for word in re.findall(r"\b[wk]\d+\b", text) if not re.search(rf"\b{word}\b", tidy)] == []
    return True


texts = st.builds(
    lambda top, pieces, gaps: numbered(top + "".join(map("".join, zip(gaps, pieces, strict=False)))),
    st.sampled_from([TOPS["a heading"]] * 3 + list(TOPS.values())),
    st.lists(
        st.sampled_from([*PIECES.values(), *[PIECES["hyphens"], PIECES["a heading"]] * 9]), min_size=1, max_size=8
    ),
    st.lists(st.sampled_from(["\n\n"] * 5 + ["\n", "\n\n\n"]), min_size=8, max_size=8),
)


@given(texts)
def test_a_page_loses_no_word(text: str) -> None:
    """
    Whatever is typed or pasted onto a page is written back or is a fault.
    """
    check_loses_no_word(text)


_FLAG = re.compile(r"\.(?:say|do|draw|move|sort|vote|write|wait|silent)\b")


def steps_seen(text: str) -> int:
    """
    How many lines a person takes for steps: those that begin with a number where something is done.
    """
    seen, done = 0, False
    for line in text.split("\n"):
        if line.startswith("#") or line.startswith("does:"):
            done = _FLAG.search(line) is not None or line.startswith("does:")
        elif done and re.match(r"\s*(?:\d{1,2}|[a-z])[.)]", line):
            seen += 1
    return seen


@given(texts)
def test_no_step_becomes_something_else(text: str) -> None:
    """
    Whatever looks like a step where something is done is a step of the model, or the page has a fault.
    """
    try:
        model = read_model(text)
    except Faults:
        return
    assert len(model.steps) == steps_seen(text)


@pytest.mark.parametrize("name", PIECES)
def test_no_piece_is_a_step_by_halves(name: str) -> None:
    """
    The same of each piece, alone and between two parts.
    """
    for pieces in (
        [PIECES[name]],
        [PIECES["hyphens"], PIECES[name]],
        ["## wN\n\n- Who?", PIECES[name], "## wN {.do}\n\n1. wN"],
    ):
        test_no_step_becomes_something_else.hypothesis.inner_test(  # type: ignore[attr-defined]
            numbered("\n\n".join(["# T", *pieces]))
        )


@pytest.mark.parametrize("name", PIECES)
def test_no_piece_of_a_page_is_lost(name: str) -> None:
    """
    Each piece is written back or is a fault, wherever it is: above the parts, in one, after its questions, or alone in
    one.
    """
    part, asks = PIECES["a heading"], PIECES["hyphens"]
    piece = PIECES[name]
    for pieces in (
        [piece, part, asks], [part, piece, asks], [part, asks, piece], [part, asks, part, piece],
        [part, asks, part, piece, part, asks], [part, "### wN", piece, part, asks], [part, asks, "### wN", piece],
        [part, piece, "### wN", piece, "### wN", asks],
    ):  # fmt: skip
        check_loses_no_word(numbered("\n\n".join([TOPS["a heading"], *pieces])))


@pytest.mark.parametrize("name", TOPS)
def test_no_line_of_front_matter_is_lost(name: str) -> None:
    """
    Whatever is above the questions is written back or is a fault.
    """
    check_loses_no_word(numbered(f"{TOPS[name]}\n\n{PIECES['hyphens']}"))


def faults_of(text: str) -> list[tuple[int | None, str]]:
    """
    What is wrong with a page, each with its line.
    """
    with pytest.raises(Faults) as caught:
        read_model(text)
    return [(fault.line, fault.what) for fault in caught.value.faults]


ASKS = "# T\n\n## Back\n\n- Where?\n\n## Ahead\n\n"


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("* Who will know?\n* What?", 9, "these questions are guidance, because their list begins with *"),
        ("1. Who will know?\n2. What?", 9, "these questions are guidance, because their list begins with 1."),
        ("* Who will know?\n\n- What?", 9, "these questions are guidance, because their list begins with *"),
        ("1) Tell it.\n2) What?", 9, "the part asks nothing: this list is guidance"),
        ("• Who?\n• What?", 9, "the line has a bullet (U+2022), so it is not read as one of a list"),
        ("\uf0b7\tWho?", 9, "the line has a bullet of Word (U+F0B7), so it is not read as one of a list"),
        ("-\u00a0Who?", 9, "the line has a no-break space (U+00A0), so it is not read as one of a list"),
        ("Tell it.\n\n1.\u00a0Who?", 11, "the line has a no-break space (U+00A0), so it is not read as one of a list"),
        ("– Who?", 9, "the line has an en dash (U+2013), so it is not read as one of a list"),
        ("-Who?", 9, "the part asks nothing: there is no space after the hyphen"),
        ("a) Who?\nb) What?", 9, "the line begins with 'a)', so it is not read as one of a list"),
        ("→ Who?\n→ What?", 9, "the line begins with a sign like a bullet (U+2192), so it is not read as one of a list"),
        ("Tell it.\n\nمن؟", 11, "the part asks nothing: this question is not in a list"),
        ("Tell it.", 7, "the part asks nothing"),
        ("> Lead it.", 7, "the part asks nothing"),
        ("", 7, "the part asks nothing"),
        ("### In\n\n- Who?\n\n### Out\n\nTell it.", 13, "the part asks nothing"),
        ("- [ ] Who?", 9, "an item begins with a box to tick"),
        ("- Who?\n  - [x] What?", 10, "an item begins with a box to tick"),
        ("- ☐ Who?", 9, "an item begins with a box to tick"),
        ("- Who?\n  • What?", 10, "the line has a bullet (U+2022), so it runs into the one above"),
        ("- Who?\n\n\u00a0\u00a0A hint.", 11, "the line is indented with a no-break space (U+00A0)"),
        ("- Who?\n\n##\u00a0More", 11, "the line has a no-break space (U+00A0), so it is not read as a heading"),
        ("- Who?\n\n##More", 11, "there is no space after ##"),
        ("- Who? {#the–one}", 9, "the braces have an en dash (U+2013)"),
        ("- Who? ｛#k｝", 9, "the braces have a full-width sign (U+FF5B)"),
    ],
)  # fmt: skip
def test_what_is_not_read_as_questions_is_a_fault(text: str, line: int, what: str) -> None:
    """
    A part that asks nothing by mistake is not in order, at the line that looks like a question.
    """
    assert (line, what) in faults_of(f"{ASKS}{text}\n")


@pytest.mark.parametrize(
    ("text", "ways"),
    [
        ("# T\n\n## P\n\n1. Who?\n", ("'- '", "{.do}")),
        ("# T\n\n## P\n\n1. Stand up.\n", ("'- '", "{.do}")),
        ("# T\n\n## P\n\n- Who?\n\n1. Stand up.\n", ("'- '", "{.do}")),
        ("# T\n\n1. Stand up.\n", ("'- '", "{.do}")),
        ("# T\n", ("'- '", "{.do}")),
        ("# T\n\n## P {.draw}\n\n- Who?\n", ("1. 2. 3.", "take .draw out", "*")),
        ("# T {.draw}\n\n- Who?\n", ("1. 2. 3.", "out of the title")),
    ],
)
def test_steps_and_questions_in_the_wrong_place_are_told_both_ways_out(text: str, ways: tuple[str, ...]) -> None:
    """
    Where a list is not what its part does, one remedy names both ways: change the list, or what the part does.
    """
    with pytest.raises(Faults) as caught:
        read_model(text)

    assert any(all(way in fault.remedy for way in ways) for fault in caught.value.faults)


def test_a_part_that_asks_nothing_on_purpose_is_kept() -> None:
    """
    What somebody says is said with .say, whatever its lists look like, and a list of points is guidance.
    """
    text = f"{ASKS}* Not a question.\n* Who knows?\n\n- What?\n\n## Say {{.say}}\n\n1. Who?\n"
    tidy = write_model(read_model(text))

    assert "1. Who?" in tidy
    assert "* Not a question." in tidy


@pytest.mark.parametrize(
    ("top", "line", "what"),
    [
        ("—\ntitle: T\n—", 1, "front matter is between two lines of ---, and this line has an em dash (U+2014)"),
        ("---\ntitle: T\n—", 3, "front matter is between two lines of ---, and this line has an em dash (U+2014)"),
        ("----\ntitle: T\n----", 1, "front matter is between two lines of ---, and this line has 4 hyphens"),
        ("title: T", 1, "front matter begins without a line of ---"),
        ("---\ntitle:T\n---", 2, "there is no space after the colon"),
        ("---\nkey: t\ntitle:\u00a0T\n---", 3, "the line has a no-break space (U+00A0)"),
        ("---\n“title”: T\n---", 2, "the name has a curly quotation mark (U+201C)"),
        ("---\ntitle: T\nminutes: [30–60]\n---", 3, "'minutes: 30–60' has an en dash (U+2013)"),
        ("---\ntitle: T\nkey: a–b\n---", 3, "'a–b' is not a key because it has an en dash (U+2013)"),
        ("---\ntitle: T\n# later\n---", 3, "a comment does not belong on a page"),
        ("---\ntitle: T #2\n---", 2, "the words after # would be left out"),
        ("#T", 1, "there is no space after #"),
        ("＃ T", 1, "the line has a full-width sign (U+FF03), so it is not read as a heading"),
    ],
)
def test_what_nobody_sees_above_the_questions_is_named(top: str, line: int, what: str) -> None:
    """
    A slip in the title or the front matter is named at its line, and is the only fault of that line.
    """
    faults = faults_of(f"{top}\n\n- Who?\n")

    assert [fault for fault in faults if fault[0] == line] == [(line, what)]
    assert not any("has no title" in told for _, told in faults)


def test_a_page_that_is_too_long_once_it_is_tidied_is_told_so(tmp_path: Path) -> None:
    """
    A page that can be read, but would be too long with its keys, is in order, and is told how long it would be.
    """
    asked = "\n".join(f"## Part {n}\n\n- What happened there {n}, and after {'that ' * 30}?\n" for n in range(430))
    (page := tmp_path / "long.md").write_text(f"# T\n\n{asked}", "utf-8")
    (checked,) = check(page)

    assert checked.faults == ()
    assert (checked.tidy, len(checked.advice)) == (None, 1)
    assert re.search(r"in its canonical form the page has 1\d\d,\d{3} characters, over 100,000", str(checked.advice[0]))


@pytest.mark.parametrize("name", [name for name in PIECES if name.startswith("steps ") or name == "a step in a step"])
def test_a_reader_that_overlooks_steps_is_found_out(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Without the search for what was meant as a step, some of it would be read as something else.
    """
    for module in ("items", "reading"):
        monkeypatch.setattr(f"reflect.pages.{module}.find_unread_steps", lambda *_: None)
    text = numbered(f"# T\n\n{PIECES['hyphens']}\n\n{PIECES[name]}")
    try:
        model = read_model(text)
    except Faults:
        model = None

    overlooked = {"steps that run on", "a step in a step", "steps without a space", "steps with letters"}
    overlooked.add("steps with a no-break space")
    assert (model is not None and len(model.steps) < steps_seen(text)) == (name in overlooked)
