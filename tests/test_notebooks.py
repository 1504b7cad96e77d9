"""
What ``print`` and a notebook show of a value: well-formed, inert, and nothing that people wrote.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable
from pathlib import Path

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree
from lxml import html as lxml_html

import reflect
from reflect.display import without_answers
from reflect.documents.viewing import Viewer
from reflect.pages.catalogues import our_catalogue
from reflect.questions.outlines import uses
from reflect.questions.question import Mode, Question, Topic
from reflect.questions.rings import Ring
from reflect.questions.sets import QuestionSet
from reflect.sessions import parts, record
from reflect.shown import printable
from reflect.text import prose
from reflect.text.nodes import Answer
from tests import strategies

#: All that may stand in what a notebook shows, with what each element may carry.
INERT = {"pre": {"style"}, "iframe": {"sandbox", "title", "style", "srcdoc"}}
#: Text that would be something else if it stood there as it is.
NASTY = (
    "</details></div><script>alert(1)</script>",
    '" onmouseover="alert(1)',
    "<img src=x onerror=alert(1)>",
    "]]>&amp;&#60;script&#62;",
    "{person} {no-such-word} {",
    "\x00\x08\ud800\ufffe\x7f",
    "<!-- ",
    "&lt;b&gt;",
)
texts = st.one_of(st.sampled_from(NASTY), st.text(max_size=30), strategies.typed)


def look(made: str) -> str:
    """
    Check that markup is well-formed and inert, also in its frame, and return the text that is seen.
    """
    made.encode()  # a notebook is UTF-8
    root = etree.fromstring(made)
    assert not len(root)
    assert set(root.attrib) <= INERT[root.tag]
    assert "url(" not in root.get("style", "")
    if root.tag == "pre":
        return root.text or ""
    assert root.get("sandbox") == ""
    page = lxml_html.document_fromstring(root.get("srcdoc", "").encode(), parser=lxml_html.HTMLParser(encoding="utf-8"))
    assert not page.xpath("//script | //iframe | //object | //embed | //img[not(starts-with(@src, 'data:'))]")
    assert not [name for each in page.iter() for name in each.attrib if name.startswith("on")]
    assert not page.xpath("//*[starts-with(normalize-space(@href), 'javascript')]")
    return str(page.find("body").text_content())


def squeezed(text: str) -> str:
    """
    What is seen of a text, wherever its lines are broken.
    """
    return "".join(printable(text).split())


@st.composite
def _sets(draw: st.DrawFn) -> QuestionSet:
    question = Question(
        key="a",
        text=draw(texts.filter(str.strip)),
        hint=draw(texts),
        core=draw(st.booleans()),
        topic=draw(st.one_of(st.none(), st.builds(Topic, texts.filter(bool), st.just("Sam"), st.just(Ring.CASE)))),
    )
    quiet = QuestionSet(key="q", title=draw(texts), mode=Mode.SAY, guidance=draw(texts), role=draw(texts))
    part = QuestionSet(children=(question, quiet), title=draw(texts), minutes=draw(st.one_of(st.none(), st.just(5))))
    return QuestionSet(
        children=(part, Question(key="b", text=draw(texts.filter(str.strip)))),
        title=draw(texts),
        key=draw(texts),
        guidance=draw(texts),
    )


@given(_sets())
@example(QuestionSet(children=(Question(key="a", text="</li><script>alert(1)</script>"),), title="<b>"))
def test_whatever_stands_in_a_set_it_is_shown_as_text(some: QuestionSet) -> None:
    """
    Any text in any place gives well-formed and inert markup, in which the text itself is read.
    """
    seen = squeezed(look(some._repr_html_()))

    for question in some.asks:
        if "{" not in question.text and "}" not in question.text:
            assert squeezed(question.text) in seen
    str(some).encode()


@given(strategies.models)
def test_any_model_is_shown(model: reflect.Model) -> None:
    """
    What a page can say is well-formed and inert, with the title; printed, it begins with it.
    """
    title = squeezed(Viewer(reflect.wording("general")).view_model(model).title)

    assert squeezed(look(model._repr_html_())).startswith(title)
    assert squeezed(str(model)).startswith(title)


@given(strategies.sessions)
def test_any_session_is_shown(session: reflect.Session) -> None:
    """
    So is any session, with each item.
    """
    seen = look(session._repr_html_())

    assert all(squeezed(item.title) in squeezed(seen) for item in session.items)
    assert len(str(session).splitlines()) == 1 + len(session.items) + bool(session.spare) + len(session.dropped)


@given(st.one_of(strategies.outlines, strategies.outlines_of_sets))
def test_any_outline_is_shown(outline: reflect.Outline) -> None:
    """
    So is any outline, with each model that it names.
    """
    seen = look(outline._repr_html_())

    assert all(path in seen for path in uses(outline))


def test_a_catalogue_is_shown_by_its_models(tmp_path: Path) -> None:
    """
    A line for each, printed and in a notebook; if a page is wrong, its faults instead.
    """
    seen = look(reflect.catalogue()._repr_html_())
    assert seen == str(reflect.catalogue())
    assert len(seen.splitlines()) == 1 + len(list(our_catalogue()))
    assert all(key in seen for key in our_catalogue())

    (tmp_path / "bad.md").write_text("---\nkey: <b>\n---\n", "utf-8")
    assert "bad.md" in look(reflect.catalogue(tmp_path)._repr_html_())


@given(strategies.records)
def test_any_record_is_shown(held: reflect.Record) -> None:
    """
    So is any record.
    """
    assert "A record" in look(held._repr_html_())
    str(held).encode()


@given(strategies.documents)
def test_any_document_is_shown(paper: reflect.Document) -> None:
    """
    So is any document, in a frame where nothing runs.
    """
    look(paper._repr_html_())
    str(paper).encode()


@pytest.mark.parametrize("key", list(our_catalogue()))
def test_each_of_our_models_is_shown_whole(key: str) -> None:
    """
    Every question of ours is in both, in general words.
    """
    model, words = reflect.load(key), reflect.wording("general")
    page, printed = squeezed(look(model._repr_html_())), squeezed(str(model))

    for question in model.asks:
        assert squeezed(words.fill(question.text)) in page
        assert squeezed(words.fill(question.text)) in printed
    assert max(map(len, str(model).splitlines())) <= 120


# --- what is private stays out

SECRET = "zanzibar"


def _private() -> dict[str, object]:
    """
    A value of each kind with something private in every place that is meant for it.
    """
    line = prose.Line(runs=(prose.Run(text=SECRET),))
    held = record.Record(
        minutes=60,
        items=(parts.ItemRecord(key="item-1", use="kolb-cycle", minutes=40, outcome=parts.Outcome.CHANGED),),
        facts=(("supervisee", SECRET),),
        answers=(parts.Answered(key="item-1", ring=Ring.PAIR, lines=(line,), asked=SECRET),),
        actions=(parts.Action(what=SECRET, who=SECRET, by=SECRET),),
        decisions=(parts.Decision(what=SECRET, why=SECRET, who=SECRET, ring=Ring.CASE),),
        signed=(parts.SignOff(role="supervisee", agreement=parts.Agreement.AGREED, name=SECRET, comments=SECRET),),
    )
    kolb = reflect.load("kolb-cycle").about("t1", SECRET, ring="personal")
    session = reflect.plan(kolb @ 40, minutes=60, facts={"supervisee": SECRET, "start": "10:00"})
    return {
        "record": held,
        "set": kolb,
        "session": session,
        "document": reflect.document(held, "record", reader="supervisee"),
    }


@pytest.mark.parametrize("show", [str, lambda value: value._repr_html_()], ids=["print", "notebook"])
@pytest.mark.parametrize("kind", ["record", "set", "session", "document"])
def test_nothing_that_was_written_is_shown(kind: str, show: Callable[[object], str]) -> None:
    """
    No answer, action, decision, name, comment or topic is in what a notebook keeps; who asks for it gets it.
    """
    value = _private()[kind]
    if kind == "document":  # the wording it was asked in is of the paper, and no value
        value = reflect.document(attrs.evolve(_private()["record"], answers=()), "record", reader="supervisee")
    seen = show(value)

    assert SECRET not in seen
    assert {"record": "kolb-cycle", "set": "Experiential", "session": "10:00", "document": "Record"}[kind] in seen
    assert SECRET in (reflect.to_json(value) if isinstance(value, reflect.Document | reflect.Record) else SECRET)


def test_a_place_of_a_document_is_shown_empty() -> None:
    """
    The box stays, and what was written in it is gone.
    """
    paper = reflect.Document(kind="x", title="Mine", blocks=(Answer("k", "What we said", value=SECRET, lines=2),))

    assert SECRET in reflect.to_json(paper)
    for seen in (paper._repr_html_(), str(paper)):
        assert SECRET not in seen
        assert ("class=&quot;reflect-ruled" if "iframe" in seen else "____") in seen
    assert without_answers(without_answers(paper)) == without_answers(paper) != paper


def test_the_colours_are_those_of_the_page_round_it() -> None:
    """
    Text that is not on a page of its own has no colour or ground, so light and dark notebooks both can be read.
    """
    for made in (reflect.catalogue()._repr_html_(), reflect.plan("kolb-cycle@40", 60)._repr_html_()):
        assert not re.findall(r"(?<![-a-z])(?:color|background)[a-z-]*\s*:", made)


# --- the notebook of the examples

NOTEBOOK = Path(__file__).parent.parent / "examples" / "notebook.ipynb"


def shown() -> list[object]:
    """
    What the last line of each code cell gives, run in order as a notebook does.
    """
    found: list[object] = []
    names: dict[str, object] = {}
    for cell in json.loads(NOTEBOOK.read_text("utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            *before, last = ast.parse("".join(cell["source"])).body
            assert isinstance(last, ast.Expr)
            exec(compile(ast.Module(before, []), "cell", "exec"), names)
            found.append(eval(compile(ast.Expression(last.value), "cell", "eval"), names))
    return found


def test_the_notebook_runs_and_shows_itself(capsys: pytest.CaptureFixture[str]) -> None:
    """
    Its cells run in order on a fresh kernel; a model, a set, a session, a paper and a record show themselves.
    """
    values = shown()
    made = {type(value).__name__: look(value._repr_html_()) for value in values if hasattr(value, "_repr_html_")}

    assert set(made) == {"Model", "QuestionSet", "Session", "Document", "Record"}
    assert "four minutes" not in "".join(made.values())
    assert values[-1] == "Ring the ward before six."
    assert "10:00  Arriving" in capsys.readouterr().out


def test_the_notebook_is_saved_with_nothing_shown() -> None:
    """
    No output is kept in the file, so none is out of date; and it is the notebook format it says it is.
    """
    book = json.loads(NOTEBOOK.read_text("utf-8"))

    assert (book["nbformat"], book["nbformat_minor"]) == (4, 5)
    assert not [cell for cell in book["cells"] if cell.get("outputs") or cell.get("execution_count")]
    assert len({cell["id"] for cell in book["cells"]}) == len(book["cells"])
