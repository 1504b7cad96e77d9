"""
A model written in Word is a page: what its headings, lists and quotations say is in the model, and all else is said.
"""

from __future__ import annotations

import re
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import attrs
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

import reflect
from reflect.checks import check
from reflect.cli import main
from reflect.errors import Fault, Faults, ReflectError
from reflect.pages.catalogues import catalogue, our_catalogue
from reflect.pages.reading import read_model
from reflect.pages.typed_signs import find_bullet
from reflect.pages.word_pages import WordPage, open_word_page
from reflect.pages.writing import write_model
from reflect.questions.model import Model
from reflect.questions.sets import QuestionSet
from reflect.word_files.word_file import Para, Piece
from tests import hostile
from tests.strategies import models
from tests.test_word import tool
from tests.typed_in_word import PROGRAMS, para, run, word_file, word_of_model

SECRET = "qzxsecretqzx"


def page_of(*body: str, **parts: str) -> WordPage:
    """
    The page in a Word file of these paragraphs.
    """
    return open_word_page(word_file(body, parts=parts), "my.docx")


def model_of(*body: str) -> Model:
    return page_of(*body).read_model()


def faults_of(*body: str, **parts: str) -> str:
    """
    What is said of a Word file that is not in order.
    """
    with pytest.raises(Faults) as wrong:
        page_of(*body, **parts).read_model()
    return str(wrong.value)


TITLE = para("Three good questions", "Title")
LOOK_BACK = para("Look back", "Heading1")
WHERE = para("Where does it begin?", list_=(1, 0))
PAGE = (TITLE, LOOK_BACK, WHERE)


# --- the same model


#: Guidance and notes as people set them out in Word: paragraphs and flat lists.
_IN_WORD = {
    "guidance": ("", "Tell it.", "One.\n\nTwo with *bold* and **more**.", "1. one\n2. two", "* a\n* b"),
    "notes": ("", "Note.", "A\n\n- b\n\nc"),
}


def _set_out(part: QuestionSet) -> QuestionSet:
    """
    A part with guidance and notes that can be set out in Word, one for each text that it has.
    """
    texts = {
        field: _IN_WORD[field][len(text) % len(_IN_WORD[field])] for field in _IN_WORD if (text := getattr(part, field))
    }
    children = tuple(_set_out(each) if isinstance(each, QuestionSet) else each for each in part.children)
    return attrs.evolve(part, children=children, **texts)


def _written(model: Model) -> str:
    try:
        return write_model(model)
    except ReflectError:
        return ""


@given(models, st.sampled_from(sorted(PROGRAMS)), st.booleans())
def test_a_model_typed_in_word_is_the_model_of_its_page(model: Model, program: str, curly: bool) -> None:
    """
    Whatever a page says, a Word file says too, in the styles of any program, with straight quotation marks or curly.
    """
    model = attrs.evolve(model, questions=_set_out(model.questions))
    if not (text := _written(model)) or any(find_bullet(question.hint) for question in model.asks):
        return
    page = open_word_page(word_of_model(model, program, curly=curly), "my.docx")

    assert page.read_model() == read_model(text)
    assert page.notes == ()


@pytest.mark.long
@pytest.mark.parametrize(("program", "title_as"), [*zip(PROGRAMS, ("front", "title", "heading"), strict=True)])
def test_every_page_of_ours_can_be_written_in_word(program: str, title_as: str) -> None:
    """
    Each page that comes with the library is the same model when it is typed in Word, wherever its title is.
    """
    ours = our_catalogue()
    for key in ours:
        page = open_word_page(word_of_model(ours.model(key), program, title_as=title_as, curly=True), "my.docx")

        assert page.read_model() == ours.model(key), key
        assert page.notes == ()


def test_what_is_typed_under_the_title_says_what_is_known() -> None:
    """
    Lines such as "Minutes: 30-60" under the title are front matter; a sentence with a colon further down is guidance.
    """
    head = model_of(
        TITLE,
        para("Minutes: 30–60"),
        para("Suits: group, self"),
        para("For: stuck, loss"),
        para("Half-hour: look-back"),
        para("Source: Writer, A.; 2020; A book: about questions; House"),
        para("Mistake: It runs straight to what to do next."),
        para("Mistake: Nobody listens."),
        para("Goes with: kolb-cycle, gibbs-cycle"),
        para("People: {least: 3, how: “in threes”}"),
        para("Licence: CC-BY-4.0\nAuthor: us"),
        para("One thing. Author: nobody."),
        *PAGE[1:],
    ).head

    assert (head.minutes, head.suits, head.licence, head.author) == ((30, 60), ("group", "self"), "CC-BY-4.0", "us")
    assert [attrs.astuple(source) for source in head.sources] == [
        ("Writer, A.", "2020", "A book: about questions", "House")
    ]
    assert len(head.mistakes) == 2
    assert (head.aims, head.half_hour) == (("stuck", "loss"), ("look-back",))
    assert (head.goes_with, head.people and head.people.how) == (("kolb-cycle", "gibbs-cycle"), "in threes")
    assert "write 'Source: author; year" in faults_of(TITLE, para("Source: Writer"), *PAGE[1:])


# --- how a person sets it out


def test_headings_are_parts_whichever_level_they_begin_at() -> None:
    """
    Under a title in its own style the largest headings are parts; under a title in Heading 1 the next ones are.
    """
    h = [para(f"Part {n}", f"Heading{n}") for n in (1, 2, 3)]
    nested = [part.title for part in model_of(TITLE, h[0], h[1], WHERE).questions.parts[0].parts]

    assert nested == ["Part 2"]
    assert [part.title for part in model_of(TITLE, h[1], WHERE, h[1], WHERE).questions.parts] == ["Part 2", "Part 2"]
    assert model_of(h[0], h[1], h[2], WHERE).title == "Part 1"
    assert "give the title the style Title" in faults_of(h[0], WHERE, h[0], WHERE)
    assert "give its title the style Title" in faults_of(h[1], WHERE)


@pytest.mark.parametrize(
    "hint",
    [
        para(run("For example the car.", "<w:i/>")),
        para("For example the car.", "ListContinue"),
        para("For example the car.", more='<w:ind w:left="720"/>'),
    ],
    ids=["italics", "a style of its own", "an indent"],
)
def test_what_follows_a_question_closely_is_its_hint(hint: str) -> None:
    """
    A paragraph under an item is a hint if it is in italics, in the style that goes on with an item, or indented.
    """
    question = model_of(*PAGE, hint, para("And then?", list_=(1, 1))).asks[0]

    assert (question.hint, question.probes) == ("For example the car.", ("And then?",))
    told = faults_of(*PAGE, para("For example the car."))
    assert "paragraph 4, 'For example the car.': a paragraph comes after the questions" in told
    assert "put a hint in italics" in told


def test_lines_within_an_item_are_its_hint_or_further_questions() -> None:
    """
    A line that somebody ended within an item is its hint, part of its question, or a further item with a bullet.
    """
    asks = model_of(TITLE, para("Where?\nThe car.", list_=(1, 0)), para("Where does\nit begin?", list_=(1, 0))).asks
    more = model_of(TITLE, para("Where?\n• Who?\n• What?", list_=(1, 0))).asks

    assert [(each.text, each.hint) for each in asks] == [("Where?", "The car."), ("Where does it begin?", "")]
    assert [each.text for each in more] == ["Where?", "Who?", "What?"]


BULLETS = "•·▪➢►✓❖◆‣⁃∙□●■→\uf0b7\uf0a7\uf0d8–—-"


@pytest.mark.parametrize("space", [" ", "\t", "\u00a0", "  "], ids=["space", "tab", "no-break", "two"])
@pytest.mark.parametrize("sign", BULLETS, ids=lambda sign: f"U+{ord(sign):04X}")
def test_bullets_that_were_typed_are_bullets(sign: str, space: str) -> None:
    """
    Whatever sign somebody typed before a question in Word, it is a question.
    """
    asks = model_of(TITLE, LOOK_BACK, para(f"{sign}{space}Where?"), para(f"{sign}{space}Who?")).asks

    assert [each.text for each in asks] == ["Where?", "Who?"]


def test_signs_of_markdown_are_what_they_look_like() -> None:
    """
    Stars and brackets in Word are stars and brackets; braces at the end are attributes, and a heading may be typed.
    """
    page = model_of(
        TITLE,
        para("Say *this* [once] and 5 < 6 & 1. more."),
        para("## Look back {#back .say minutes=5–10}"),
        para("Say it."),
        para("## Ask {to=“group” minutes=5}"),
        para("Who is *it* [here]? {#who .core}", list_=(1, 0)),
    )

    assert page.questions.guidance == r"Say \*this\* \[once\] and 5 \< 6 \& 1. more."
    assert [(part.key, part.mode, part.least) for part in page.questions.parts[:1]] == [(f"{page.key}.back", "say", 5)]
    assert (page.asks[0].text, page.asks[0].to, page.asks[0].core) == ("Who is *it* [here]?", "group", True)


# --- nothing is lost without a word


def cell(text: str) -> str:
    return f"<w:tbl><w:tr><w:tc>{para(text)}</w:tc></w:tr></w:tbl>"


BOX = (
    '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent>{}</w:txbxContent>'
    "</v:textbox></v:shape></w:pict></w:r>"
)
PICTURE = '<w:r><w:drawing><a:pic xmlns:a="a"/></w:drawing></w:r>'
#: What a page cannot have, and what is said of it.
LOST = {
    "a table": (cell("in a cell"), "paragraph 4, 'in a cell': a page cannot have a table"),
    "a text box": (para(BOX.format(para("in a box"))), "paragraph 4, 'in a box': a page cannot have a text box"),
    "a footnote": (para(run("Kolb") + '<w:r><w:footnoteReference w:id="1"/></w:r>'), "paragraph 4, 'Kolb': it has a foot"),
    "a field": (para('<w:fldSimple w:instr="PAGE"/><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
                     '<w:r><w:instrText>AUTHOR</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'),
                "it has a field whose words Word makes up"),
    "a web page": ("<w:altChunk/>", "a whole document or web page is inside it"),
}  # fmt: skip
NOTED = {
    "a picture": (para(run("Look.") + PICTURE), "paragraph 3, 'Look.': it has a picture, which is left out"),
    "a comment": (
        para(run("Look.") + '<w:r><w:commentReference w:id="1"/></w:r>'),
        "paragraph 3, 'Look.': it has a comment, which is left out",
    ),
    "a change": (
        para(run("Look.") + f'<w:del w:author="{SECRET}"><w:r><w:delText>{SECRET}</w:delText></w:r></w:del>'),
        "tracked changes",
    ),
    "hidden text": (para(run("Look.") + run(SECRET, "<w:vanish/>")), "it has hidden text, which is left out"),
    "crossed out": (para(run("Look.") + run(f" {SECRET}", "<w:strike/>")), "crossed out"),
    "a link": (
        para(run("Look.") + '<w:fldSimple w:instr="HYPERLINK &quot;ftp://x&quot;"><w:r><w:t>x</w:t></w:r></w:fldSimple>'),
        "the address of a link is left out",
    ),
    "underlining": (para(run("Look.", '<w:u w:val="single"/>')), "underlining"),
    "a placeholder": (
        para(f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run(SECRET)}</w:sdtContent></w:sdt>"),
        "a place that nobody filled in",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", LOST)
def test_what_a_page_cannot_have_is_a_fault_at_its_paragraph(kind: str) -> None:
    """
    Words that people see and a page cannot hold are a fault, which names the paragraph.
    """
    inside, told = LOST[kind]

    assert told in faults_of(*PAGE, inside)


@pytest.mark.parametrize("kind", NOTED)
def test_what_is_left_out_is_said(kind: str) -> None:
    """
    What is no part of the text is left out, and a note says so; not a word of it is in the page.
    """
    inside, told = NOTED[kind]
    comments = f'<w:comment w:id="1" w:author="{SECRET}">{para(SECRET)}</w:comment>'
    page = page_of(TITLE, LOOK_BACK, inside, WHERE, comments=comments)
    papers = reflect.render(page.read_model(), "worksheet", to="txt").decode()

    assert any(told in note for note in page.notes), page.notes
    assert SECRET not in page.text + papers
    assert page_of(*PAGE).notes == ()


def test_bold_and_italics_are_kept_where_a_page_has_them() -> None:
    """
    Guidance keeps bold, italics and links; of a question they are left out, which a note says.
    """
    looks = run("Slow ") + run("down ", "<w:b/>") + run("and", "<w:b/><w:i/>") + run(" look", "<w:i/>") + run("ing.")
    page = page_of(TITLE, LOOK_BACK, para(looks), para(run("Who ") + run("knows", "<w:b/>") + run("?"), list_=(1, 0)))
    (part,) = page.read_model().questions.parts
    assert isinstance(part, QuestionSet)

    assert reflect.render(page.read_model(), "handout", to="txt").decode().count("Slow down and looking.") == 1
    assert "**down**" in part.guidance
    assert part.asks[0].text == "Who knows?"
    assert [note for note in page.notes if "bold" in note] == [
        "my.docx, paragraph 4, 'Who knows?': its bold and italics are left out"
    ]


_WORDS = st.sampled_from(
    ["Who wN?", "Tell wN.", "wN", "*wN*", "wN {.core}", "wN {.zz}", "{wN}", "wN\nWhat wN?", "1. wN"]
)
_STYLES = st.sampled_from(["", "", "Title", "Heading1", "Heading2", "Heading3", "Quote", "ListContinue", "List7"])
_LISTS = st.sampled_from([None, None, (1, 0), (1, 1), (1, 2), (2, 0), (2, 1)])
_LOOKS = st.sampled_from(["", "<w:b/>", "<w:i/>", "<w:vanish/>", "<w:strike/>"])
_SIGNS = st.sampled_from(["", "", "• ", "o\t", "– ", "## ", "> ", "* ", "a) "])


@given(st.lists(st.tuples(_SIGNS, _WORDS, _STYLES, _LISTS, _LOOKS), max_size=9))
def test_no_word_is_lost_and_faults_speak_of_word(
    drawn: list[tuple[str, str, str, tuple[int, int] | None, str]],
) -> None:
    """
    Each word of a Word file is in its model, or a fault or note names its paragraph; no remedy speaks of Markdown.
    """
    body = [para("Title w0", "Title")]
    for n, (sign, words, style, list_, look) in enumerate(drawn, 1):
        body.append(para(run(sign + words.replace("N", f"{n}N"), look), style, list_))
    page = page_of(*body)
    told, wrong = "", faults_in(page)
    if not wrong:
        told = write_model(page.read_model())
    else:
        told = "\n".join((page.text, *map(str, wrong)))
        assert [fault for fault in wrong if re.search("'- '|'> '|write '?#|Markdown", fault.remedy)] == []
    told += "\n".join(page.notes)
    seen = [words for words, (*_, look) in zip(body[1:], drawn, strict=True) if "vanish" not in look]
    for word in re.findall(r"w\d+N?", " ".join(re.findall(r"<w:t [^>]*>([^<]*)", "".join(seen)))):
        assert word in told or "more)" in told, (word, told)
    assert len(seen) == len(drawn) or "hidden text" in told


def faults_in(page: WordPage) -> tuple[Fault, ...]:
    try:
        page.read_model()
    except Faults as wrong:
        return wrong.faults
    return ()


# --- files that are something else


@pytest.mark.parametrize("kind", hostile.HOSTILE)
def test_hostile_files_are_refused(kind: str) -> None:
    """
    A Word file that is made to do harm is refused as any other, with its name and what to do.
    """
    with pytest.raises(Faults) as wrong:
        open_word_page(hostile.HOSTILE[kind][0](), "my.docx").read_model()

    assert str(wrong.value).startswith("my.docx: ")


@pytest.mark.parametrize(
    "text",
    ["[a](b) *c* " * 10_000, "\u00a0" * 60_000 + "x", "{" * 60_000, "o" + " " * 60_000 + "x" + " }" * 10_000],
    ids=["too long", "spaces", "braces", "braces and spaces"],
)
def test_no_paragraph_takes_long(text: str) -> None:
    """
    A paragraph of anything is read or refused at once.
    """
    start = time.process_time()
    for list_ in (None, (1, 0)):
        page = page_of(TITLE, para(text, list_=list_))
        assert faults_in(page) or "x" in page.text

    assert time.process_time() - start < 5


def test_a_paper_of_ours_is_no_page(tmp_path: Path) -> None:
    """
    A filled record is never taken for a page, and nothing of it is quoted; in a folder it is left out.
    """
    record = reflect.render("kolb-cycle@20 + close@5", "record", minutes=30)
    (tmp_path / "record.docx").write_bytes(record)
    (tmp_path / "letter.docx").write_bytes(word_file([para("Dear all,"), para("see you on Friday.")]))
    (tmp_path / "~$lock.docx").write_bytes(b"lock")
    (tmp_path / "my.docx").write_bytes(word_file(PAGE))

    assert list(catalogue(tmp_path, builtin=False)) == ["three-good-questions"]
    with pytest.raises(Faults, match="this is a paper that reflect made, and not a page") as wrong:
        open_word_page(record, "record.docx").read_model()
    assert len(wrong.value.faults) == 1


def test_a_stripped_paper_is_no_page() -> None:
    """
    A paper that lost what it says about itself, as Google Docs saves it, is no page either.
    """
    stripped = hostile.packed({name: data for name, data in hostile.parts().items() if "docProps" not in name})

    with pytest.raises(Faults, match="this is a paper that reflect made, and not a page"):
        open_word_page(stripped, "record.docx").read_model()


# --- where a page is expected


def invoke(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture
def page(tmp_path: Path) -> Path:
    (tmp_path / "My Page.DOCX").write_bytes(word_file((*PAGE, para(run("A hint.", "<w:i/>")))))
    return tmp_path / "My Page.DOCX"


def test_a_word_file_is_a_page_wherever_one_is_expected(page: Path) -> None:
    """
    Papers, the catalogue and Python take the Word file of a page; its notes are printed.
    """
    cards = invoke("make", "cards", page, "-o", page.with_name("cards.txt"))
    agenda = invoke("make", "agenda", "three-good-questions@20", "--from", page.parent, "-o", "-", "--to", "txt")

    assert (cards.exit_code, agenda.exit_code) == (0, 0), cards.output + agenda.output
    assert "Where does it begin?" in page.with_name("cards.txt").read_text("utf-8")
    assert "Where does it begin?" in invoke("show", page).output
    assert "three-good-questions" in invoke("models", "--from", page).output
    assert reflect.read_page(page) == reflect.catalogue(page).model("three-good-questions")
    page.write_bytes(word_file((*PAGE[:2], para(run("Look.") + PICTURE), WHERE)))
    assert "note: " in (noted := invoke("show", page)).stderr
    assert "it has a picture, which is left out" in noted.stderr
    assert any("a picture" in note for note in reflect.catalogue(page).notes())


def test_check_writes_the_page_beside_the_word_file_and_never_over_another(page: Path) -> None:
    """
    `check --fix` leaves the Word file as it is, and writes the page beside it, unless a file of that name is there.
    """
    before, beside = page.read_bytes(), page.with_suffix(".md")
    asked = invoke("check", page)

    assert (asked.exit_code, beside.exists()) == (0, False)
    assert f"--fix would write it as {beside}" in asked.output
    assert invoke("check", "--fix", page).exit_code == 0
    assert reflect.read_page(beside) == reflect.read_page(page)
    beside.write_text("mine", "utf-8")
    again = invoke("check", "--fix", page)
    assert (again.exit_code, beside.read_text("utf-8"), page.read_bytes()) == (1, "mine", before)
    assert "was left as it was" in again.stderr


def test_check_takes_a_word_file_for_what_it_looks_like(tmp_path: Path) -> None:
    """
    A Word file with headings and questions is a page, and any other a paper for people to read; --as says otherwise.
    """
    (tmp_path / "letter.docx").write_bytes(word_file([para("Dear all,")]))
    (tmp_path / "page.docx").write_bytes(word_file([TITLE, para("Who?")]))
    told = {name: invoke("check", tmp_path / name) for name in ("letter.docx", "page.docx")}

    assert "(title)" in told["letter.docx"].stderr
    assert "paragraph 2, 'Who?': the page asks nothing: this question is not in a list" in told["page.docx"].stderr
    assert "read as a page" in told["page.docx"].stderr
    assert "(title)" in invoke("check", tmp_path / "page.docx", "--as", "paper").stderr
    assert "give its title the style Title" in invoke("check", tmp_path / "letter.docx", "--as", "page").stderr


def test_a_folder_has_each_page_once(tmp_path: Path) -> None:
    """
    Where the page is beside its Word file, the page counts, in a catalogue and in a check of the folder.
    """
    (tmp_path / "my.docx").write_bytes(word_file(PAGE))
    (tmp_path / "my.md").write_text("# Another {#another}\n\n- Who?\n", "utf-8")

    assert list(catalogue(tmp_path, builtin=False)) == ["another"]
    assert [checked.where.name for checked in check(tmp_path)] == ["my.md"]
    (tmp_path / "my.md").unlink()
    assert [checked.where.name for checked in check(tmp_path)] == ["my.docx"]


def test_plain_text_is_a_page_too(tmp_path: Path) -> None:
    """
    A page saved as plain text can be checked, shown and made papers of; the page is written beside it.
    """
    (tmp_path / "my.txt").write_text("# Three\n\n- Who?\n", "utf-8")

    assert "Who?" in invoke("show", tmp_path / "my.txt").output
    assert invoke("check", "--fix", tmp_path / "my.txt").exit_code == 0
    assert reflect.read_page(tmp_path / "my.md").title == "Three"


# --- other programs


def test_libreoffice_writes_a_page_too(tmp_path: Path) -> None:
    """
    What LibreOffice saves, from HTML or from a Word file, is the page that it was.
    """
    html = (
        "<title>x</title><h1>Three good questions</h1><p>One <b>thing</b>.</p><h2>Look back</h2><blockquote>Slow."
        "</blockquote><ul><li>Where does it begin?<ul><li>And then?</li></ul></li><li>Who knows?</li></ul>"
    )
    (tmp_path / "page.html").write_text(html, "utf-8")
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    command = [
        tool("soffice"),
        home,
        "--headless",
        "--infilter=HTML (StarWriter)",
        "--convert-to",
        "docx:MS Word 2007 XML",
    ]
    subprocess.run(
        [*command, "--outdir", tmp_path, tmp_path / "page.html"], check=True, timeout=120, capture_output=True
    )
    model = reflect.read_page(tmp_path / "page.docx")

    assert (model.title, [part.title for part in model.questions.parts]) == ("Three good questions", ["Look back"])
    assert [(each.text, each.probes) for each in model.asks] == [
        ("Where does it begin?", ("And then?",)),
        ("Who knows?", ()),
    ]


# --- the laws have teeth


def _no_sign(line: str) -> None:
    """
    Find no sign that somebody typed.
    """


def _no_note(self: object, what: str, place: object) -> None:
    """
    Leave out without a word.
    """


def _all_visible(self: object, para: Para, place: object) -> Iterator[Piece]:
    """
    Take crossed-out words and hints of empty places for words.
    """
    yield from (piece for piece in para.pieces if piece.text)


def _as_it_is(self: WordPage, fault: Fault) -> Fault:
    """
    Say faults at lines of a text that nobody sees.
    """
    return fault


#: A reader that is broken in one place, and the law that finds it out.
BROKEN: dict[str, tuple[str, object, Callable[[], None]]] = {
    "notes are lost": ("_WordPageReader.leave_out", _no_note, lambda: test_what_is_left_out_is_said("a picture")),
    "crossed-out words are read": (
        "_WordPageReader._visible", _all_visible, lambda: test_what_is_left_out_is_said("crossed out"),
    ),
    "placeholders are read": (
        "_WordPageReader._visible", _all_visible, lambda: test_what_is_left_out_is_said("a placeholder"),
    ),
    "typed bullets are words": ("find_sign", _no_sign, lambda: test_bullets_that_were_typed_are_bullets("•", " ")),
    "no hints": ("_is_like_a_hint", lambda para, pieces: False, lambda: test_what_follows_a_question_closely_is_its_hint(
        para(run("For example the car.", "<w:i/>")))),
    "faults at lines": (
        "WordPage.place_fault", _as_it_is, lambda: test_what_follows_a_question_closely_is_its_hint(
            para(run("For example the car.", "<w:i/>"))),
    ),
    "footnotes are lost": ("_NOTES_LOST", {}, lambda: test_what_a_page_cannot_have_is_a_fault_at_its_paragraph("a footnote")),
    "our papers are pages": ("is_our_paper", lambda word: False, lambda: test_a_stripped_paper_is_no_page()),
}  # fmt: skip


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_reader_is_found_out(what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Each law holds of the reader, and fails on one that is broken in the place it is about.
    """
    name, instead, law = BROKEN[what]
    law()
    monkeypatch.setattr(f"reflect.pages.word_pages.{name}", instead)

    with pytest.raises((AssertionError, pytest.fail.Exception, Faults)):
        law()
