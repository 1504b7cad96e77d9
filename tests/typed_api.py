"""
The types of the public names, as a type checker sees them: nothing here is run.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, assert_type

import docx

import reflect
from reflect import formats, papers, planning, questions, reading_back, testing, text
from reflect.interchange.values import Value


def composing(text: str) -> None:
    model = reflect.load("kolb-cycle")
    assert_type(model.core(), reflect.QuestionSet)
    assert_type(model + model, reflect.QuestionSet)
    assert_type(model - model, reflect.QuestionSet)
    assert_type(model.weave(model), reflect.QuestionSet)
    assert_type(model.pick(2, seed=1), reflect.QuestionSet)
    assert_type(model.about("t1", "x", "case"), reflect.QuestionSet)
    assert_type(model @ 20, reflect.Outline)
    assert_type(reflect.outline(text), reflect.Outline)
    assert_type(reflect.outline(text) + model @ 20, reflect.Outline)
    assert_type(reflect.outline(text) | reflect.outline(text), reflect.Outline)
    assert_type(reflect.plan(text, minutes=60), reflect.Session)
    assert_type(reflect.catalogue(), reflect.Catalogue)
    assert_type(reflect.sequence(model, model), reflect.QuestionSet)
    assert_type(reflect.without(model, model), reflect.QuestionSet)
    assert_type(reflect.weave(model, model), reflect.QuestionSet)
    assert_type(reflect.regroup(model, "element"), reflect.QuestionSet)
    assert_type(reflect.missing(model, "function"), frozenset[reflect.Element] | frozenset[reflect.Function])
    assert_type(model.missing("element"), frozenset[reflect.Element] | frozenset[reflect.Function])
    assert_type(reflect.both(model, reflect.outline(text)), reflect.Outline)
    assert_type(reflect.either(model, model), reflect.Outline)
    assert_type(reflect.settle(reflect.outline(text), reflect.load), reflect.QuestionSet)
    assert_type(reflect.schedule(model, 60), reflect.Timetable)
    assert_type(reflect.schedule(model, 60).spare, int)


def use_questions(model: reflect.Model, question: reflect.Question) -> None:
    assert_type(model.head, reflect.Head)
    assert_type(model.questions, reflect.QuestionSet)
    assert_type(model.asks, tuple[reflect.Question, ...])
    assert_type(model.head.sources, tuple[reflect.Source, ...])
    assert_type(model.head.kept, tuple[reflect.Kept, ...])
    assert_type(model.where(lambda asked: asked.core), reflect.QuestionSet)
    assert_type(question.topic, reflect.Topic | None)
    assert_type(question.elements, tuple[reflect.Element, ...])
    assert_type(question.functions, tuple[reflect.Function, ...])
    assert_type(reflect.Question(key="a.b", text="What now?", core=True), reflect.Question)
    assert_type(reflect.QuestionSet(children=[question], title="A part"), reflect.QuestionSet)
    assert_type(reflect.Topic("t1", "x", reflect.Ring.CASE).ring, reflect.Ring)


def pages(models: reflect.Catalogue) -> None:
    assert_type(reflect.read_page(["# A"]), reflect.Model)
    assert_type(models.model("grow"), reflect.Model)
    assert_type(models.heads(), tuple[reflect.Head, ...])
    assert_type(models.find(minutes=30, suits="group"), tuple[reflect.Head, ...])
    assert_type(reflect.extension("package:agency"), reflect.Extension)
    assert_type(reflect.lint(models.model("grow"), rules=[lambda what: ()]), tuple[reflect.Advice, ...])
    assert_type(reflect.publish(Path("site"), models=models), tuple[Path, ...])


def sessions(session: reflect.Session) -> None:
    assert_type(session.items, tuple[reflect.Item, ...])
    assert_type(session.items[0].set, reflect.QuestionSet)
    assert_type(session.visible_to(reflect.Reader("x", frozenset(reflect.Ring))), reflect.Session)
    assert_type(session.clock(5), str)


def use_papers(session: reflect.Session, people: list[Mapping[str, str]]) -> None:
    assert_type(reflect.document(session, "agenda", reader="supervisee"), reflect.Document)
    assert_type(reflect.render(session, "agenda", reader="supervisee"), bytes)
    assert_type(reflect.render(papers.Workload(total=107), "workload-statement", reader="supervisee"), bytes)
    assert_type(reflect.copies(session, "agenda", people, reader="supervisee"), Iterator[bytes])
    assert_type(reflect.render_many([session], "agenda", reader="supervisee"), Iterator[reflect.Made])
    assert_type(next(reflect.render_many([session], "agenda")).data, bytes)
    assert_type(reflect.brand(b""), reflect.Brand)
    reflect.into(docx.Document(), None, "own-item@50", "record")
    assert_type(reflect.own_form(b"", reflect.FormMap(ring="personal")), reflect.OwnForm)
    assert_type(reflect.wording("nursing"), reflect.Wording)


def records(data: bytes) -> None:
    record = reflect.read(data)
    assert_type(record, reflect.Record)
    assert_type(record.visible_to(reflect.Reader("x", frozenset())), reflect.Record)
    assert_type(reflect.fingerprint(record), str)
    assert_type(reflect.own_copy(record, {"AK": "child"}), reflect.Record)
    assert_type(reflect.compare(record, record), tuple[reflect.Difference, ...])
    assert_type(record.pass_on("x", "personal", to="a", why="b", told="c"), reflect.Record)
    assert_type(reflect.to_json(record), str)
    assert_type(reflect.from_json("{}"), Value)
    assert_type(reflect.from_json("{}", reflect.Record), reflect.Record)
    assert_type(reflect.from_json("{}", reflect.Session), reflect.Session)
    assert_type(record.visible_to("supervisor"), reflect.Record)
    assert_type(reflect.json_schema("record"), dict[str, Any])


def formats_and_templates(paper: reflect.Document) -> None:
    def own(document: reflect.Document) -> bytes:
        return document.title.encode()

    assert_type(reflect.render("grow", "handout", to=own), bytes)
    assert_type(formats.writer("txt")(paper), bytes)
    assert_type(formats.html.parts(paper).body, str)
    assert_type(reflect.Templates([Path("mine")]).names(), tuple[str, ...])
    assert_type(reflect.document(None, "agreement", templates=reflect.Templates()), reflect.Document)


def errors(error: reflect.ReflectError) -> None:
    match error:
        case reflect.Faults(faults):
            assert_type(faults, tuple[reflect.Fault, ...])
        case reflect.DoesNotFit(what, needs, has, alternatives, key, title):
            assert_type((what, needs, has, key, title), tuple[str, int, int, str, str])
            assert_type(alternatives, tuple[reflect.Alternative, ...])
        case planning.TooShort(needs, has, later):
            assert_type((needs, has, later), tuple[int, int, tuple[reflect.Alternative, ...]])
        case reflect.UnknownModels(missing):
            assert_type(missing, tuple[reflect.UnknownKey, ...])
        case reflect.UnknownKey(key, known, kind):
            assert_type((key, known, kind), tuple[str, tuple[str, ...], str])
        case reflect.KeyClash(key):
            assert_type(key, str)
        case reflect.NoReader(document, known):
            assert_type((document, known), tuple[str, tuple[str, ...]])
        case reflect.MissingExtra():
            assert_type((error.extra, error.command), tuple[str, str])
        case reflect.NoTextForm(what) | reflect.Refused(what):
            assert_type(what, str)
        case reflect.NotOpened(code, part):
            assert_type((code, part), tuple[str, str])
        case reflect.NotWritten(where, why, number, left):
            assert_type((where, why, number, left), tuple[str, str, int | None, tuple[str, ...]])
        case reflect.OutlineFault(text, at, what):
            assert_type((text, at, what), tuple[str, int, str])
        case reflect.TemplateFault(template, line, what):
            assert_type((template, line, what), tuple[str, int | None, str])
        case reflect.TooDeep(limit):
            assert_type(limit, int)
        case _:
            assert_type(error, reflect.ReflectError)


def embedders(one: reflect.Session, other: reflect.Session, paper: reflect.Document) -> None:
    assert_type(testing.leaks("agenda", what=[one]), tuple[testing.Leak, ...])
    assert_type(testing.twins("agenda", one, other, reflect.Ring.PAIR), tuple[testing.Leak, ...])
    assert_type(testing.lost(paper, "words"), tuple[str, ...])
    assert_type(testing.canary(reflect.Ring.CASE), str)


def faces(path: Path, record: reflect.Record) -> None:
    assert_type(questions.reader("supervisee"), reflect.Reader)
    assert_type(questions.EMPTY, reflect.QuestionSet)
    assert_type(questions.show(reflect.outline("grow")), str)
    assert_type(text.nodes.Text("a"), text.nodes.Text)
    assert_type(text.Line(runs=(text.Run(text="a"),)), text.Line)
    assert_type(planning.load_session_file(path), tuple[planning.ReadSessionFile, planning.Profile])
    assert_type(planning.read_journal(path), planning.Journal)
    assert_type(reflect.close(path), reflect.Closed)
    assert_type(reflect.close(b"").write(path, journal=path), tuple[Path, ...])
    assert_type(planning.following([path], ["a"], journal=path), planning.NextSession)
    assert_type(planning.following([path]).session, reflect.Session)
    assert_type(planning.following([path]).write(path, looks=["pen"]), tuple[Path, ...])
    assert_type(planning.add_to_journal(path, planning.read_journal(path).entries[0]), Path)
    assert_type(reading_back.assurance_of(record), reading_back.Assurance)
    assert_type(record.actions, tuple[reading_back.Action, ...])
    assert_type(formats.barriers(b""), tuple[formats.Barrier, ...])
