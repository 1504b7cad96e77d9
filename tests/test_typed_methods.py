"""
Methods as trainers type them at speed: what can mean one thing only is read, and what cannot is told with its way out.
"""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reflect import ReflectError, catalogue, plan, read_page, render
from reflect.checks import check
from reflect.errors import Faults
from reflect.pages.mending import mend_signs
from reflect.pages.reading import read_model
from reflect.pages.writing import write_model
from reflect.questions.model import People


def told_of(text: str) -> str:
    """
    What people are told about a page.
    """
    with pytest.raises(Faults) as caught:
        read_model(text)
    return str(caught.value)


# --- lists under a step

#: Lines under a step, some of which end with a sign.
lines_under = st.lists(
    st.sampled_from(["Blue: the sea", "What do you see?", "Go.", "Say this:", "red", "2 * 3"]), min_size=1, max_size=5
)


@given(lines_under, st.sampled_from("-*+"), st.sampled_from(["", "First of all"]))
def test_a_list_under_a_step_is_in_its_hint(lines: list[str], sign: str, hint: str) -> None:
    """
    Every line of a list under a step is in the hint of the step, in its order, and none of them is a question.
    """
    listed = "\n".join(f"   {sign} {line}" for line in lines)
    between = f"\n   {hint}\n\n" if hint else ""
    model = read_model(f"# T {{.do}}\n\n1. Tell them.\n{between}{listed}\n2. Go.\n")
    (step, _) = model.steps
    at = 0

    assert model.asks == ()
    assert step.hint.startswith(hint or lines[0])
    for line in lines:
        at = step.hint.index(line, at) + len(line)
    assert read_model(write_model(model)) == model


def test_lines_under_a_step_do_not_run_into_one_another() -> None:
    """
    A semicolon stands between two lines, unless the first ends with a sign of its own.
    """
    (step,) = read_model("# T {.do}\n\n1. Tell.\n   - red\n   - blue?\n   - green\n").steps
    assert step.hint == "red; blue? green"


def test_steps_under_a_step_are_told() -> None:
    """
    A numbered list under a step might be steps of it, so it is not read as anything.
    """
    assert "a numbered list does not belong under a step; begin each line with '- '" in told_of(
        "# T {.do}\n\n1. Tell.\n   1. red\n   2. blue\n"
    )


# --- the note for whoever leads


@pytest.mark.parametrize("entries", ["- Who?", "1. Go."])
def test_the_note_may_stand_behind_what_it_is_about(entries: str) -> None:
    """
    A quotation behind the list of its part is the note of the part.
    """
    flag = "" if entries.startswith("-") else " {.do}"
    model = read_model(f"# T\n\n## P{flag}\n\n{entries}\n\n> Wait.\n\n## Q\n\n- What?\n")
    assert [part.notes for part in model.questions.parts] == ["Wait.", ""]
    assert read_model(write_model(model)) == model


# --- how many people


@pytest.mark.parametrize(
    ("typed", "people"),
    [
        ("12+", People(least=12)),
        ("12 or more", People(least=12)),
        ("6 to 20", People(least=6, most=20)),
        ("6–20 people", People(least=6, most=20)),
        ("8-40 in teams of four", People(least=8, most=40, how="in teams of four")),
        ("6, in a circle, facing in", People(least=6, most=6, how="in a circle, facing in")),
        ("an even number", People(how="an even number")),
        ("4 to a table", People(how="4 to a table")),
    ],
)
def test_people_in_a_few_words(typed: str, people: People) -> None:
    """
    Numbers at the beginning say how many, and words say how they sit; no word is lost.
    """
    model = read_model(f"---\ntitle: T\npeople: {typed}\n---\n\n- Who?\n")
    assert model.head.people == people
    assert read_model(write_model(model)) == model


@pytest.mark.parametrize("typed", ["20 min", "20 minutes", "15 to 20 min.", "15 - 20"])
def test_minutes_with_their_unit(typed: str) -> None:
    """
    Minutes may say that they are minutes.
    """
    minutes = read_model(f"---\ntitle: T\nminutes: {typed}\n---\n\n- Who?\n").head.minutes
    assert minutes == ((15, 20) if "15" in typed else (20, 20))


@pytest.mark.parametrize(
    ("page", "way_out"),
    [
        ("---\ntitle: T\nminutes: 2-3 min per person\n---\n\n- Who?\n", "give the part minutes= for one turn and rounds="),
        ("# T {.do}\n\n1. Go. {minutes=4-5}\n", "minutes=4-5' is two numbers; write the one that is usual: minutes=5"),
        ("# T\n\n## P {.do rounds=2-4}\n\n1. Go.\n", "write the one that is usual: rounds=4"),
        ("---\ntitle: T\nroles: [table host]\n---\n\n- Who?\n", "write table-host, here and wherever it is named"),
        ("# T {.do}\n\n1. Go.\n\n## Look back\n\n- Who?\n", "put a heading over the steps: ## Steps {.do}"),
        ("# T {.do}\n\n1. Go.\n\nMaterials: wool\n", "or make it a step"),
        ("# T\n\nThink of one of each:\n\n* A rose\n* A thorn\n", "number the steps (1. 2. 3.) and put {.do} behind the title"),
        ("# T {.do}\n\n| a | b |\n| --- | --- |\n| c | d |\n", "as steps (1. )"),
    ],
)  # fmt: skip
def test_what_is_told_says_the_way_out(page: str, way_out: str) -> None:
    """
    What cannot be read has a way out that a trainer can type.
    """
    assert way_out in told_of(page)


# --- marks in words


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("**Wind:** what *pushes* us on?", "Wind: what pushes us on?"),
        ("Look at `this` and __that__.", "Look at this and that."),
        ("See [the talk](https://example.org/a_b).", "See the talk (https://example.org/a_b)."),
        ("***All*** of 2 * 3 * 4.", "All of 2 * 3 * 4."),
    ],
)
@pytest.mark.parametrize("page", ["# T {{.do}}\n\n1. {}\n", "# T\n\n- {}\n", "# T {{.do}}\n\n1. Go.\n   - {}\n"])
def test_marks_around_words_are_mended(typed: str, plain: str, page: str) -> None:
    """
    Bold, emphasis, code and links in a question or step are mended to their words, with the address of a link.
    """
    assert "must be plain text" in told_of(page.format(typed))
    mended = mend_signs(page.format(typed))
    assert mended is not None
    model = read_model(mended)
    assert plain in [text for entry in (*model.asks, *model.steps) for text in (entry.text, entry.hint)]


# --- a folder of them


def test_a_string_has_no_faults_of_pages_that_are_not_in_it(tmp_path: Path) -> None:
    """
    What is wrong with one page of a folder is told of that page alone, and not of every string beside it.
    """
    (tmp_path / "aa.md").write_text("# Arrive here {.say}\n\n1. Say hello.\n")
    (tmp_path / "evening.md").write_text("---\ntitle: An evening\nsteps: [arrive-here@5]\n---\n")
    (tmp_path / "zz.md").write_text("---\ntitle: Wrong\nroles: [table host]\n---\n\n- Who?\n")
    faults = [fault for page in check(tmp_path) for fault in page.faults]

    assert [(Path(fault.where).name, fault.line) for fault in faults] == [("zz.md", 3)]


# --- Word


def test_styles_of_word_for_items_further_in(tmp_path: Path) -> None:
    """
    "List Bullet 2" is under the item above it: a probe of a question, and part of the hint of a step.
    """
    paper = docx.Document()
    for style, text in (
        ("Title", "T"), ("Heading 1", "Write {.write}"), ("List Number", "Write:"), ("List Bullet 2", "red"),
        ("List Bullet 2", "blue"), ("Heading 1", "Ask"), ("List Bullet", "What?"), ("List Bullet 2", "And then?"),
    ):  # fmt: skip
        paper.add_paragraph(text, style=style)
    paper.save(str(tmp_path / "t.docx"))
    model = read_page(tmp_path / "t.docx")

    assert [(step.text, step.hint) for step in model.steps] == [("Write:", "red; blue")]
    assert [(question.text, question.probes) for question in model.asks] == [("What?", ("And then?",))]


# --- papers


@pytest.fixture
def typed(tmp_path: Path) -> Path:
    """
    A page whose file is called otherwise than its title, with a list under a step.
    """
    page = tmp_path / "marshmallow.md"
    page.write_text(
        "---\ntitle: Spaghetti tower\nminutes: 20\n---\n\n## Steps {.do}\n\n1. Say the rules:\n   - one on top\n"
        "   - nobody helps\n2. Build it.\n\n## Look back\n\n- What held it up?\n"
    )
    return page


def test_the_agenda_says_what_is_under_a_step(typed: Path) -> None:
    """
    Whoever leads from the agenda has what a step is about, and not only its words.
    """
    models = catalogue(typed)
    session = plan("arrive@3 + spaghetti-tower@20", minutes=30, models=models)
    text = " ".join(render(session, "agenda", to="txt", models=models).decode().split())
    assert "Say the rules: one on top; nobody helps" in text


def test_the_name_of_a_file_leads_to_its_key(typed: Path) -> None:
    """
    A page may be called by the name of its file, and is told its key.
    """
    with pytest.raises(ReflectError, match=r"no model or part 'marshmallow'\. Did you mean 'spaghetti-tower'"):
        plan("arrive@3 + marshmallow@20", minutes=30, models=catalogue(typed))
