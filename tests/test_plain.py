"""
Papers in plain words: they differ in the words of questions and in nothing else, and nobody is told.
"""

from __future__ import annotations

import datetime
import functools
import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import attrs
import pytest
from click.testing import CliRunner

import reflect
from reflect.between_sessions.closing import close
from reflect.cli import main
from reflect.documents import makers
from reflect.documents.making import Making
from reflect.documents.model_viewing import ModelViewer, without_repeats
from reflect.formats import word
from reflect.interchange.values import to_json
from reflect.pages.advice import is_plain
from reflect.pages.catalogues import Catalogue, our_catalogue
from reflect.pages.writing import write_model
from reflect.questions.question import Question
from reflect.questions.sets import QuestionSet
from reflect.reading_back import read
from reflect.reading_back.remaking import RemadeBlank
from reflect.text.nodes import Document
from tests.documents import a_few, text_of_docx
from tests.taking_away import filled_in
from tests.test_looks import PAPERS

BODY = "word/document.xml"


def in_plain(whole: QuestionSet) -> QuestionSet:
    """
    A set in which every question has a plain form of its own, in which no word of the question is.
    """

    def with_form(child: object) -> object:
        if isinstance(child, QuestionSet):
            return in_plain(child)
        return attrs.evolve(child, plain=form_of(child.key)) if isinstance(child, Question) else child  # type: ignore[attr-defined]

    return attrs.evolve(whole, children=tuple(map(with_form, whole.children)))


def form_of(key: str) -> str:
    return f"What about {key.replace('.', ' ').replace('-', ' ')}?"


@functools.cache
def pages() -> dict[str, str]:
    """
    Our pages, with a plain form for every question.
    """
    models = map(our_catalogue().model, our_catalogue())
    return {f"{each.key}.md": write_model(attrs.evolve(each, questions=in_plain(each.questions))) for each in models}


@functools.cache
def catalogue() -> Catalogue:
    return reflect.catalogue(pages(), builtin=False)


@functools.cache
def forms() -> tuple[tuple[str, str], ...]:
    """
    Every question in the general wording with its plain form, the longest first.
    """
    fill = reflect.wording("general").fill
    asks = {each.key: each for key in catalogue() for each in catalogue().model(key).asks}
    pairs = {fill(each.text): form_of(key) for key, each in asks.items()}
    return tuple(sorted(pairs.items(), key=lambda pair: -len(pair[0])))


def with_forms(paper: Document) -> str:
    """
    The JSON of an ordinary paper with each of its questions in place of which its plain form stands.
    """
    text = to_json(paper)
    for question, form in forms():
        text = text.replace(json.dumps(question, ensure_ascii=False)[1:-1], form)
    return text


def made(paper: str, plain: bool, looks: tuple[str, ...] = ()) -> Document:
    return reflect.document(PAPERS[paper], paper, models=catalogue(), plain=plain, looks=looks)


# --- our own pages


def core_without_plain_words(catalogue: Catalogue) -> set[str]:
    """
    The keys of core questions that have no plain form and are not plain themselves.
    """
    asks = [each for key in catalogue for each in catalogue.model(key).asks]
    return {each.key for each in asks if each.core and not is_plain(each)}


def test_every_core_question_is_plain_or_has_a_plain_form() -> None:
    """
    Whoever asks for plain papers gets every question of the short version in few and literal words.
    """
    assert core_without_plain_words(our_catalogue()) == set()


def test_a_core_question_without_plain_words_is_noticed() -> None:
    """
    One that is long and has no form is found, and one that has a form, is plain or is not core is not.
    """
    long = "If you had to say it to somebody who was never there, what would you leave out?"
    asked = (
        f"- {long} {{#left .core}}",
        f'- {long} {{#formed .core plain="What would you leave out?"}}',
        "- What did you leave out? {#own .core}",
        f"- {long} {{#more}}",
    )
    text = "# One\n\n## Part {#part}\n\n" + "\n".join(asked) + "\n"

    assert core_without_plain_words(reflect.catalogue({"one.md": text}, builtin=False)) == {"one.part.left"}


# --- one paper and the other


def differs_in_questions_alone(paper: str) -> bool:
    """
    Tell whether that is so. Lines that give way to what else is on a page are as many as there is room for beside
    the questions: of them, that they are there is compared, and the fewest that they may be.
    """
    return _without_room(to_json(made(paper, True))) == _without_room(with_forms(made(paper, False)))


def _without_room(text: str) -> object:
    def hook(value: dict[str, object]) -> dict[str, object]:
        return {**value, "lines": value["least"]} if value.get("type") == "ruled" and value.get("least") else value

    return json.loads(text, object_hook=hook)


@pytest.mark.parametrize("paper", PAPERS)
def test_a_plain_paper_differs_in_the_words_of_questions_alone(paper: str) -> None:
    """
    Title, head, foot, properties, places and their order are the same: only where a question stands its plain form is.
    """
    assert differs_in_questions_alone(paper)


def says_so(making: Making, *more: object) -> object:
    kept = _make(making, *more)
    about = (*kept.document.about, *((("words", "plain"),) if making.plain else ()))  # type: ignore[attr-defined]
    return attrs.evolve(kept, document=attrs.evolve(kept.document, about=about))  # type: ignore[attr-defined]


def forgets_to_pass(viewer: ModelViewer, question: Question) -> object:
    view = _view(viewer, question)
    return attrs.evolve(view, text=view.text.removesuffix(" (or pass)")) if viewer.plain else view  # type: ignore[attr-defined]


_make: Callable[..., object] = Making.make
_view: Callable[..., object] = ModelViewer.view_question


@pytest.mark.parametrize(
    ("owner", "name", "impostor", "paper"),
    [
        (Making, "make", says_so, "handout"),
        (ModelViewer, "view_question", forgets_to_pass, "cards"),
    ],
)
def test_a_paper_that_tells_or_drops_something_is_noticed(
    owner: type, name: str, impostor: Callable[..., object], paper: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    A paper that says in its file that it is plain, drops "or pass", or leaves out a question is none of ours.
    """
    monkeypatch.setattr(owner, name, impostor)

    assert not differs_in_questions_alone(paper)


def both_are_asked() -> bool:
    page = '# {}\n\n## Part {{#part}}\n\n- {} {{#first .core plain="What did you see?"}}\n'
    pages = {
        "one.md": page.format("One", "Where did your eyes go first?"),
        "two.md": page.format("Two", "Who stood in the light?"),
    }
    booklet = reflect.render("one + two", "booklet", to="txt", models=reflect.catalogue(pages), plain=True).decode()
    return booklet.count("What did you see?") == 2


def test_two_questions_with_one_plain_form_are_two(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    A paper about several models asks each question once; which are the same, the page says and not the plain form.
    """
    assert both_are_asked()
    broken = functools.partial(without_repeats, words=lambda question: question.text)
    monkeypatch.setattr(makers, "without_repeats", lambda shown, words: broken(shown))
    assert not both_are_asked()


@pytest.mark.parametrize("paper", a_few(PAPERS, 2))
def test_no_part_of_a_word_file_tells(paper: str) -> None:
    """
    All parts of a plain Word file but its text are those of the ordinary one: properties, settings, styles, tags.
    """
    parts = []
    for plain in (True, False):
        with zipfile.ZipFile(io.BytesIO(word.write(made(paper, plain)))) as package:
            parts.append({name: package.read(name) for name in package.namelist() if name != BODY})

    assert parts[0] == parts[1]


@pytest.mark.parametrize("paper", ["cards", "worksheet", "agenda", "handout"])
@pytest.mark.parametrize("to", ["docx", "html", "txt", "json"])
def test_the_word_plain_is_in_no_file_that_did_not_have_it(paper: str, to: str) -> None:
    """
    No file says "plain" more often than the ordinary one does.
    """
    sizes = []
    for plain in (True, False):
        data = reflect.render(PAPERS[paper], paper, to=to, models=catalogue(), plain=plain)
        if to == "docx":
            with zipfile.ZipFile(io.BytesIO(data)) as package:
                data = b"".join(map(package.read, package.namelist()))
        sizes.append(len(re.findall(rb"\bplain", data.lower())))  # nobody is told by "explain"

    assert sizes[0] == sizes[1]


def test_one_rendering_leaves_no_trace_in_the_next() -> None:
    """
    Ordinary, plain, ordinary: the first and the last are the same, and the one between is plain.
    """
    first, plain, last = (
        reflect.render("kolb-cycle", "worksheet", to="txt", models=catalogue(), plain=each)
        for each in (False, True, False)
    )

    assert first == last != plain


def test_templates_of_strangers_obey(tmp_path: Path) -> None:
    """
    A template that prints the text of a question, and knows nothing of plain forms, prints them.
    """
    (tmp_path / "own.md").write_text(
        "---\nof: model\n---\n\n# Own\n\n{% for question in model.asks %}\n- {{ question.text }}\n{% endfor %}\n",
        "utf-8",
    )
    key = our_catalogue().model("grow").asks[0].key

    printed = reflect.render("grow", "own", to="txt", templates=[tmp_path], models=catalogue(), plain=True).decode()
    assert form_of(key) in " ".join(printed.split())


# --- read back, and compared


def filled(paper: str, plain: bool) -> Document:
    return filled_in(made(paper, plain))


@pytest.mark.parametrize("looks", [(), ("large-print",)])
@pytest.mark.parametrize("paper", ["worksheet", "record", "group-record", "preparation"])
def test_a_plain_paper_is_read_as_the_ordinary_one(paper: str, looks: tuple[str, ...]) -> None:
    """
    The same answers give the same record, on either paper: under the words of the page, so that nobody is told.
    """
    plain, usual = (read(word.write(filled_in(made(paper, each, looks))), models=catalogue()) for each in (True, False))

    assert to_json(plain) == to_json(usual)
    assert plain.answers or plain.facts
    assert plain.reading is not None
    assert usual.reading is not None
    assert plain.reading == usual.reading
    assert not list(reflect.compare(plain, usual))


def test_a_blank_in_other_words_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Were the words on the paper kept, a record would tell who needed a plain paper.
    """
    monkeypatch.setattr(RemadeBlank, "in_own_words", lambda blank, key, asked: asked)
    plain, usual = (read(word.write(filled("worksheet", each)), models=catalogue()) for each in (True, False))

    assert to_json(plain) != to_json(usual)


def test_a_saved_page_is_read_as_the_ordinary_one() -> None:
    """
    What a plain page saves says what was asked in its words, and its record in those of the page.
    """
    found = []
    for plain in (True, False):
        paper = made("worksheet", plain)
        page = {
            "format": "reflect-filled",
            "version": 1,
            "document": "worksheet",
            "about": {name: text for name, text in paper.about if name != "kind"},
            "answers": {},
            "asked": {},
            "tables": [],
            "signed": [],
        }
        for block in paper.blocks:
            if hasattr(block, "key") and hasattr(block, "label"):
                page["answers"][block.key] = "Said."  # type: ignore[index]
                page["asked"][block.key] = block.label  # type: ignore[index]
        found.append(read(json.dumps(page).encode(), models=catalogue()))

    assert found[0].answers
    assert to_json(found[0]) == to_json(found[1])


RECORD = """---
of: session
ring: personal
---

# Our record

{% for item in session["items"] %}
## {{ item.title }}

{% for question in item.questions %}
{.prompt}
{{ question.text }}

``` answer {{ item.key }}.{{ loop.index }}
label: {{ question.text }}
value: {{ answers.get(item.key ~ "." ~ loop.index) }}
```
{% endfor %}
{% endfor %}
"""


def test_a_plain_paper_is_closed_as_a_plain_paper(tmp_path: Path) -> None:
    """
    The paper to sign has the words of the one that was filled in, and both are closed under one fingerprint.
    """
    (tmp_path / "ours.md").write_text(RECORD, "utf-8")
    asked = our_catalogue().model("grow").asks[0]
    told = []
    for plain in (True, False):
        blank = reflect.document("grow@40", "ours", minutes=60, models=catalogue(), templates=[tmp_path], plain=plain)
        data = word.write(filled_in(blank))
        closed = close(
            data, day=datetime.date(2026, 3, 4), unsigned=True, models=catalogue(), templates=[tmp_path], to="docx"
        )
        printed = text_of_docx(closed.files[0].data)
        assert (form_of(asked.key) in printed) == plain
        assert (asked.text in printed) != plain
        assert closed.record.closed is not None
        told.append((closed.record.closed.fingerprint, closed.files[0].name))
        again = read(closed.files[0].data, models=catalogue(), templates=[tmp_path])
        assert again.reading is not None
        assert again.reading.state.changes == ()

    assert told[0] == told[1]


# --- how it is chosen


def test_anybody_chooses_it_and_its_file_has_the_usual_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    ``--plain`` changes no name of a file.
    """
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "grow.md").write_text(pages()["grow.md"], "utf-8")
    names = []
    for plain in ((), ("--plain",)):
        folder = tmp_path / f"out{len(names)}"
        folder.mkdir()
        monkeypatch.chdir(folder)
        call = ["make", "worksheet", str(tmp_path / "pages" / "grow.md"), *plain]
        assert CliRunner().invoke(main, call).exit_code == 0
        names.append(sorted(file.name for file in folder.iterdir()))

    assert names[0] == names[1] == ["worksheet-grow.docx"]


#: What each session has of its own, and no two have alike.
_OWN_ID = r"UID:.*|\"calendar\": \".*\""


def planned(folder: Path, settings: str, *options: str) -> dict[str, str]:
    """
    The papers of a session, by their names, as text.
    """
    (folder / "pages").mkdir(parents=True)
    for name, text in pages().items():
        (folder / "pages" / name).write_text(text, "utf-8")
    ours = Path(reflect.__file__).parent / "profiles" / "general.yaml"
    (folder / "agency.yaml").write_text(ours.read_text("utf-8") + settings, "utf-8")
    (folder / "session.yaml").write_text(
        "profile: agency.yaml\ndate: 2026-03-04\nstart: '10:00'\nminutes: 60\n", "utf-8"
    )
    call = ["plan", str(folder / "session.yaml"), "-o", str(folder / "out"), "--to", "txt", "--papers", "cards,notes"]
    done = CliRunner().invoke(main, [*call, "--from", str(folder / "pages"), *options])
    assert done.exit_code == 0, done.output
    return {
        str(file.relative_to(folder / "out")): re.sub(_OWN_ID, "", file.read_text("utf-8"))
        for file in sorted((folder / "out").rglob("*"))
        if file.is_file()
    }


def test_an_agency_makes_it_the_usual_way(tmp_path: Path) -> None:
    """
    A profile that says so gives what ``--plain`` gives, under the same names, and what is kept of the plan is the same.
    """
    usual = planned(tmp_path / "a", "")
    chosen = planned(tmp_path / "b", "", "--plain")
    agency = planned(tmp_path / "c", "plain: yes\n")

    assert usual.keys() == chosen.keys() == agency.keys()
    assert chosen == agency
    kept = [name for name in usual if name.endswith((".json", ".ics"))]
    assert kept
    assert {name: usual[name] for name in kept} == {name: chosen[name] for name in kept}
    assert form_of("arrive") not in usual["supervisee/agenda-2026-03-04.txt"]
    assert "What about " in chosen["supervisee/agenda-2026-03-04.txt"]
