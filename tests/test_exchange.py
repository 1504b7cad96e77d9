"""
Exchange with other people's programs: what survives, who may have it, and what their own checkers say.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import zipfile
from importlib.util import find_spec
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import reflect
from reflect import testing
from reflect.errors import MOST_FAULTS, Faults, NoReader, Refused, UnknownKey
from reflect.files.tables import read_tables
from reflect.interchange.exchange import EXCHANGES, Exchange, read_exchange, write_exchange
from reflect.pages.catalogues import our_catalogue
from reflect.questions.answers import Answering, Kind
from reflect.questions.model import Head, Model
from reflect.questions.question import Mode, Question, Step
from reflect.questions.rings import READERS, Ring
from reflect.questions.sets import QuestionSet
from reflect.questions.wordings import Wording, wording
from reflect.sessions.record import Record
from tests.documents import of_the_day

FORMS = ("fhir-questionnaire", "xlsform")
WORDS = wording("general")

#: Texts that a page can have, with what spreadsheets and forms take for something else.
texts = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=20),
    st.sampled_from(
        ["=1+1", "+44", "-x", "@sum", "'=x", "007", "2026-03-04", "TRUE", "<b>&amp;", "1.0", "| a |", "# b"]
    ),
).filter(lambda text: "{" not in text)


@st.composite
def models(draw: st.DrawFn) -> Model:
    """
    Models with every kind of answer, in parts that ask and parts that do.
    """
    numbers = iter(range(1, 99))

    def answering() -> Answering:
        kind = draw(st.sampled_from(Kind))
        if kind is Kind.SCALE:
            return Answering(kind, draw(texts), draw(texts), draw(texts))
        if kind is Kind.CHOICE or (kind is Kind.TICK and draw(st.booleans())):
            return Answering(kind, options=tuple(draw(st.lists(texts, min_size=2, max_size=4, unique=True))))
        return Answering(kind)

    def entry(key: str, mode: Mode) -> Question | Step:
        common: Any = {
            "key": f"{key}.e-{next(numbers)}",
            "text": draw(texts),
            "hint": draw(st.one_of(st.just(""), texts)),
            "ring": draw(st.one_of(st.none(), st.sampled_from(Ring))),
        }
        if mode is Mode.ASK:
            return Question(**common, answering=answering())
        return Step(**common, mode=mode, answering=(draw(st.booleans()) and answering()) or None)

    parts = []
    for n in range(draw(st.integers(1, 3))):
        mode = draw(st.sampled_from([Mode.ASK, Mode.ASK, Mode.DO, Mode.WRITE]))
        inside = [entry(f"made.p-{n}", mode) for _ in range(draw(st.integers(1, 3)))]
        parts.append(QuestionSet(key=f"made.p-{n}", title=draw(texts), mode=mode, children=inside))
    whole = QuestionSet(key="made", title="Made", children=(*parts,))
    return Model(head=Head(key="made", title=draw(texts)), questions=whole)


def told(what: Any, words: Wording = WORDS) -> list[tuple[object, ...]]:
    """
    What has to survive of each question and step, in order.
    """
    found: list[tuple[object, ...]] = []
    for each in what.entries:
        shown = words.stage(each) if isinstance(each, Question) else each
        here = each.answering
        options = tuple(map(words.fill, here.options)) if here else ()
        ends = tuple(map(words.fill, (here.low, here.high, here.whose))) if here else ()
        mode = each.mode if isinstance(each, Step) else Mode.ASK
        kind = here.kind if here else None
        found.append((each.key, words.fill(shown.text), words.fill(shown.hint), mode, kind, options, ends, each.ring))
    return found


def shape_of(some: QuestionSet) -> list[object]:
    return [
        (each.key, WORDS.fill(each.title), each.mode, shape_of(each)) if isinstance(each, QuestionSet) else each.key
        for each in some.children
    ]


@pytest.mark.parametrize("name", FORMS)
@given(model=models())
def test_keys_texts_order_and_kinds_survive(name: str, model: Model) -> None:
    """
    What is written and read has the same questions and steps in the same order, with their words, kinds and rings.
    """
    back = read_exchange(write_exchange(model, name), name)

    assert told(back.value) == told(model)
    assert shape_of(back.value.questions) == shape_of(model.questions)
    assert back.value.key == model.key
    assert back.value.title == model.title
    assert back.notes == ()


@pytest.mark.parametrize("name", [name for name, each in EXCHANGES.items() if each.takes == "questions"])
def test_all_our_models_survive(name: str) -> None:
    """
    Each of our models comes back from each kind of exchange for questions.
    """
    for key in of_the_day(our_catalogue(), 12):
        model = our_catalogue().model(key)
        if not model.entries:  # a string of other pages
            continue
        back = read_exchange(write_exchange(model, name), name).value
        if name == "json":
            assert back == model
        elif name == "sheet":
            assert [(each.key, each.text) for each in back.entries] == [(each.key, each.text) for each in model.entries]
        else:
            assert told(back) == told(model), key


def everything_in(name: str, data: bytes) -> str:
    if name != "xlsform":
        return data.decode()
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return "".join(book.read(part).decode() for part in book.namelist())


@pytest.mark.parametrize("name", FORMS)
@given(some=testing.question_sets(), title=st.just("QZSECRETZQ"))
def test_no_title_of_a_topic_leaves_with_questions(name: str, some: QuestionSet, title: str) -> None:
    """
    A form is blank: it says nothing of the topic that its questions are put to.
    """
    about = some.without_topics(lambda _: True).about("t1", title, Ring.PAIR)
    data = write_exchange(about, name)

    assert title in repr(about.entries[0].topic and about.entries[0].topic.title)
    assert title not in everything_in(name, data)
    assert [row[:2] for row in told(read_exchange(data, name).value)] == [row[:2] for row in told(about)]


# --- records


@given(record=testing.records(), reader=st.sampled_from([each.name for each in READERS]))
def test_answers_of_a_reader_survive_with_their_rings(record: Record, reader: str) -> None:
    """
    A response holds the answers that its reader may see, with words, lines and rings, and no others.
    """
    seen = record.visible_to(reader)
    if not seen.answers:
        with pytest.raises(Refused):
            write_exchange(record, "fhir-response", reader=reader)
        return
    back = read_exchange(write_exchange(record, "fhir-response", reader=reader), "fhir-response")

    def of(some: Record) -> list[object]:
        return [(each.key, each.ring, each.text, each.asked, each.hint) for each in some.answers]

    assert of(back.value) == of(seen)
    assert back.notes == ()


def test_answers_of_every_kind_survive() -> None:
    """
    A number, a day, points and a tick come back as they were.
    """
    kinds = {
        Kind.PROSE: "=a\n\nb",
        Kind.POINTS: ["one", "two"],
        Kind.SCALE: 7,
        Kind.DATE: "4 March 2026",
        Kind.TICK: True,
    }
    asks = QuestionSet(
        key="q",
        title="Q",
        children=[Question(key=f"q.{kind}", text="How?", answering=Answering(kind)) for kind in kinds],
    )
    record = Record.from_answers(asks, {f"q.{kind}": given for kind, given in kinds.items()}, ring=Ring.PAIR)
    data = write_exchange(record, "fhir-response", reader="supervisor")
    back = read_exchange(data, "fhir-response").value

    assert back.answers == record.answers
    assert '"valueInteger": 7' in data.decode()
    assert '"valueDate": "2026-03-04"' in data.decode()


def test_a_record_needs_a_reader() -> None:
    record = Record.from_answers(reflect.load("grow"), {})

    with pytest.raises(NoReader):
        write_exchange(record, "fhir-response")


def test_an_answer_without_a_ring_is_its_authors_own() -> None:
    """
    Somebody else's response says nothing of rings: it is read as the narrowest, and that is said.
    """
    response = {
        "resourceType": "QuestionnaireResponse",
        "status": "completed",
        "item": [{"linkId": "1", "item": [{"linkId": "1.1", "text": "How?", "answer": [{"valueString": "Well"}]}]}],
    }
    back = read_exchange(json.dumps(response).encode(), "fhir-response")

    assert [(each.key, each.ring, each.text) for each in back.value.answers] == [("1.1", Ring.OWN, "Well")]
    assert "own" in back.notes[0]
    assert back.value.reading.notes == back.notes
    assert not back.value.visible_to("supervisor").answers


# --- what other people write


def test_a_questionnaire_of_somebody_else_is_a_page() -> None:
    """
    It becomes a model with keys of its own, which can be written as a page; what has no place is said.
    """
    given = {
        "resourceType": "Questionnaire",
        "status": "active",
        "title": "Wellbeing at work",
        "item": [
            {"linkId": "A/1", "type": "display", "text": "Take your time."},
            {"linkId": "A/2", "type": "group", "text": "Work", "item": [
                {"linkId": "A/2/1", "type": "boolean", "text": "Did you rest?"},
                {"linkId": "A/2/2", "type": "decimal", "text": "How many?", "enableWhen": []},
                {"linkId": "A/2/3", "type": "choice", "text": "Which?", "answerOption": [
                    {"valueCoding": {"code": "a", "display": "This"}}, {"valueInteger": 2}]},
            ]},
        ],
    }  # fmt: skip
    back = read_exchange(json.dumps(given).encode(), "fhir-questionnaire")

    assert [each.text for each in back.value.asks] == ["Did you rest?", "How many?", "Which?"]
    assert [each.answering.kind for each in back.value.asks] == [Kind.TICK, Kind.PROSE, Kind.CHOICE]
    assert back.value.asks[2].answering.options == ("This", "2")
    assert len({each.key for each in back.value.asks}) == 3
    assert len(back.notes) == 2
    assert reflect.render(back.value, "worksheet", to="txt")


def faults_of(data: bytes, name: str) -> list[str]:
    with pytest.raises((Faults, Refused)) as caught:
        read_exchange(data, name)
    return str(caught.value).split("\n")


def test_all_faults_of_a_questionnaire_are_told_at_once() -> None:
    """
    Each has its path and a remedy, none quotes what was written, and there are at most a hundred.
    """
    items = [{"linkId": "a", "type": "QZSECRETZQ", "text": 3}] * 400
    told = faults_of(json.dumps({"resourceType": "Questionnaire", "item": items}).encode(), "fhir-questionnaire")

    assert "$.item[0].type" in told[0]
    assert 2 < len(told) <= MOST_FAULTS + 1
    assert "QZSECRETZQ" not in "".join(told)


@pytest.mark.parametrize("name", ["fhir-questionnaire", "fhir-response", "json"])
@example(b'{"resourceType":"Questionnaire","item":' + b"[" * 100_000)
@example(b'{"resourceType":"QuestionnaireResponse","item":' + b'[{"linkId":"a","item":' * 4000)
@example(b"[1]" * 3)
@given(data=st.binary(max_size=200))
def test_bytes_are_no_json_of_ours(name: str, data: bytes) -> None:
    """
    Whatever comes in, only a refusal comes out.
    """
    faults_of(data, name)


json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(["item", "linkId", "type", "text", "answer", "extension", "valueString", "answerOption"]),
            inner,
            max_size=5,
        ),
    ),
    max_leaves=25,
)


@pytest.mark.parametrize("name", ["fhir-questionnaire", "fhir-response"])
@given(items=json_values)
def test_any_json_is_read_or_refused(name: str, items: object) -> None:
    kind = "Questionnaire" if name == "fhir-questionnaire" else "QuestionnaireResponse"
    with contextlib.suppress(reflect.ReflectError):
        read_exchange(json.dumps({"resourceType": kind, "item": items}).encode(), name)


def test_a_bomb_is_no_workbook() -> None:
    """
    A workbook that unpacks to far more than it is gets refused before it is unpacked.
    """
    out = io.BytesIO()
    made = io.BytesIO(write_exchange(reflect.load("grow"), "xlsform"))
    with zipfile.ZipFile(made) as book, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for part in book.namelist():
            big = b"<a>" + b" " * 60_000_000 + b"</a>" if part.endswith("sheet1.xml") else book.read(part)
            file.writestr(part, big)

    assert len(out.getvalue()) < 200_000
    assert "too many cells" in faults_of(out.getvalue(), "xlsform")[0]


def test_no_cell_of_a_form_is_a_formula() -> None:
    """
    What begins as a formula does is text.
    """
    asked = QuestionSet(key="q", title="Q", children=[Question(key="q.a", text="=1+1", hint="@x")])
    data = write_exchange(asked, "xlsform")
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()

    assert "=1+1" in read_tables(data, "a.xlsx")["survey"].rows[1]
    assert "<f" not in sheet.replace("<formula", "")


def test_an_xlsform_says_all_its_faults() -> None:
    from reflect.files.tables import write_workbook

    rows = [
        ["type", "name", "label"],
        ["txt", "a", "How?"],
        ["select_one nope", "a", ""],
        ["end_group", "", ""],
        ["begin_group", "g", "G"],
    ]
    told = faults_of(write_workbook({"survey": rows}, {"survey": [9, 9, 9]}), "xlsform")

    assert [cell for cell in ("A2", "A3", "B3", "C3", "A4", "A5") if any(f"cell {cell}:" in each for each in told)] == [
        "A2", "A3", "B3", "C3", "A4", "A5",
    ]  # fmt: skip


# --- the table


def test_a_kind_of_ones_own_stands_where_a_name_does() -> None:
    """
    A package brings an `Exchange`; nothing is registered.
    """
    own = Exchange(
        name="lines",
        title="lines",
        media="text/plain",
        ending=".txt",
        takes="questions",
        write=lambda what, words: "\n".join(words.fill(each.text) for each in what.entries).encode(),
    )

    assert write_exchange(reflect.load("grow"), own).decode().count("\n") + 1 == len(reflect.load("grow").entries)
    with pytest.raises(Refused):
        read_exchange(b"", own)
    with pytest.raises(UnknownKey):
        write_exchange(reflect.load("grow"), "fhir")


@pytest.mark.parametrize("name", EXCHANGES)
def test_every_kind_says_its_law(name: str) -> None:
    kind = EXCHANGES[name]

    assert kind.name == name
    assert kind.law.endswith(".")
    assert "/" in kind.media


@pytest.mark.parametrize("name", FORMS)
def test_the_same_questions_give_the_same_file(name: str) -> None:
    def parts(data: bytes) -> object:
        if name != "xlsform":
            return data
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            return {part: book.read(part) for part in book.namelist() if part != "docProps/core.xml"}

    assert parts(write_exchange(reflect.load("grow"), name)) == parts(write_exchange(reflect.load("grow"), name))


# --- the field's own checkers


def need(package: str) -> None:
    """
    Skip without a checker, which a plain install has not; in CI it has to be there.
    """
    if not find_spec(package):
        assert os.environ.get("REFLECT_CI") != "1", f"CI needs {package}: install the extra 'checkers'"
        pytest.skip(f"{package} is not installed (extra 'checkers')")


def check_fhir(data: bytes) -> None:
    """
    Check a resource as fhir.resources does. Its newest version has no R4; R4B left these two resources as they were.
    """
    from fhir.resources.R4B.questionnaire import Questionnaire
    from fhir.resources.R4B.questionnaireresponse import QuestionnaireResponse

    kinds = {"Questionnaire": Questionnaire, "QuestionnaireResponse": QuestionnaireResponse}
    kinds[json.loads(data)["resourceType"]].model_validate_json(data)


@pytest.mark.filterwarnings("ignore")
def test_questionnaires_are_valid_fhir() -> None:
    """
    All our models are valid Questionnaires; one with a wrong status or a place without its name is not.
    """
    need("fhir")
    for key in of_the_day(our_catalogue(), 12):
        if our_catalogue().model(key).entries:
            check_fhir(write_exchange(our_catalogue().model(key), "fhir-questionnaire"))
    broken = json.loads(write_exchange(reflect.load("grow"), "fhir-questionnaire"))
    del broken["item"][0]["linkId"]
    with pytest.raises(ValueError, match="linkId"):
        check_fhir(json.dumps(broken).encode())


@pytest.mark.filterwarnings("ignore")
@given(model=models(), record=testing.records())
def test_made_ones_are_valid_fhir(model: Model, record: Record) -> None:
    need("fhir")
    check_fhir(write_exchange(model, "fhir-questionnaire"))
    if record.visible_to("supervisor").answers:
        check_fhir(write_exchange(record, "fhir-response", reader="supervisor"))


def check_xlsform(data: bytes) -> str:
    from pyxform.xls2xform import convert

    return str(convert(xlsform=data, file_type=".xlsx", validate=False).xform)


@pytest.mark.filterwarnings("ignore")
def test_xlsforms_are_valid() -> None:
    """
    pyxform makes a form of all our models, and the rings are in it; one with a question without a name is refused.
    """
    need("pyxform")
    for key in of_the_day(our_catalogue(), 12):
        model = our_catalogue().model(key)
        if model.entries:
            form = check_xlsform(write_exchange(model, "xlsform"))
            assert all(f'/{each.key}"' in form for each in model.entries), key
    asked = Question(key="q.a", text="How?", ring=Ring.PAIR)
    form = check_xlsform(write_exchange(QuestionSet(key="q", title="Q", children=[asked]), "xlsform"))
    assert 'reflect:ring="pair"' in form


@pytest.mark.filterwarnings("ignore")
@given(model=models())
def test_made_ones_are_valid_xlsforms(model: Model) -> None:
    need("pyxform")
    check_xlsform(write_exchange(model, "xlsform"))
