"""
The types of the public names, as a type checker sees them: nothing here is run.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import assert_type

import reflect
from reflect.papers.workload import Workload


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


def papers(session: reflect.Session, people: list[Mapping[str, str]]) -> None:
    assert_type(reflect.document(session, "agenda", reader="supervisee"), reflect.Document)
    assert_type(reflect.render(session, "agenda", reader="supervisee"), bytes)
    assert_type(reflect.render(Workload(total=107), "workload-statement", reader="supervisee"), bytes)
    assert_type(reflect.copies(session, "agenda", people, reader="supervisee"), Iterator[bytes])
    assert_type(reflect.render_many([session], "agenda", reader="supervisee"), Iterator[reflect.Made])
    assert_type(next(reflect.render_many([session], "agenda")).data, bytes)
    assert_type(reflect.brand(b""), reflect.Brand)
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
