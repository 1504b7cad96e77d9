"""
Values: their JSON, what becomes of them when they are joined, and how they show themselves.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import partial
from typing import Any

import reflect
from products.making import (
    FACTS,
    OUTLINES,
    VARIED_MODELS,
    Inputs,
    Products,
    as_bytes,
    json_of,
    planted_values,
    result_of,
)


def there_and_back(stem: str, value: Any) -> Products:
    text = reflect.to_json(value)
    yield f"{stem}.json", as_bytes(text)
    yield f"{stem}.same", result_of(lambda: reflect.from_json(text) == value)


def make_json(inputs: Inputs) -> Products:
    for key in inputs.model_keys():
        yield from there_and_back(f"models/{key}", reflect.load(key))
        yield from there_and_back(f"sets/{key}", reflect.load(key).questions)
    for number, outline in enumerate(OUTLINES, 1):
        yield from there_and_back(f"sessions/{number}", reflect.plan(outline, 60, facts=FACTS))
    for name, word, value in planted_values():
        document = reflect.document(value, name, reader="supervisor", looks=["pen"])
        yield from there_and_back(f"documents/{name}-{word}", document)
        if isinstance(value, (reflect.Record, reflect.Session)):
            yield from there_and_back(f"planted/{name}-{word}", value)
    yield from there_and_back("records/filled", inputs.record())


def make_schemas(inputs: Inputs) -> Products:
    kinds = "model question-set session document record filled session-file profile journal nothing-known"
    for kind in kinds.split():
        yield f"{kind}.json", result_of(lambda kind=kind: json.dumps(reflect.json_schema(kind), indent=1))


def make_sets(inputs: Inputs) -> Products:
    """
    Combine sets in every way there is.
    """
    models = [reflect.load(key) for key in inputs.some(VARIED_MODELS, 2)]
    for model in models:
        ways: dict[str, Callable[[], Any]] = {
            "core": model.core,
            "pick": partial(model.pick, 3, seed=4),
            "limited": partial(model.limited, seed=1),
            "within": partial(model.within, 30),
            "about": partial(model.about, "t1", "The visit & after", "case"),
            "by-element": partial(reflect.regroup, model, "element"),
            "by-function": partial(reflect.regroup, model, "function"),
        }
        for word, way in ways.items():
            yield f"{model.key}-{word}.json", json_of(way)
        missing = [sorted(map(str, reflect.missing(model, by))) for by in ("element", "function")]
        yield f"{model.key}-missing", as_bytes(missing)
        for other in models:
            for join in (reflect.weave, reflect.sequence, reflect.without):
                yield f"{model.key}-{join.__name__}-{other.key}.json", json_of(join, model, other)


def describe_timetable(outline: str, minutes: int) -> str:
    """
    Return the rows of a timetable, and what did not fit.
    """
    table = reflect.schedule(reflect.outline(outline), minutes, load=reflect.catalogue().load)
    rows = [f"{row.item} {row.minutes} {reflect.to_json(row.part)}" for row in table.rows]
    dropped = [f"dropped {reflect.to_json(part)}" for part in table.dropped]
    return "\n".join([f"{table.times} {table.spare}", *rows, *dropped])


def make_timetables(inputs: Inputs) -> Products:
    load = reflect.catalogue().load
    texts = [*OUTLINES, "kolb-cycle@20 | grow@10 + close", "(arrive + grow)@30", "grow@", "kolb cycle", ""]
    for number, text in enumerate(texts, 1):
        yield f"{number}-outline", result_of(lambda text=text: f"{text}\n{reflect.outline(text)}")
        yield f"{number}-settled.json", json_of(lambda text=text: reflect.settle(reflect.outline(text), load))
        for minutes in (10, 30, 60, 120):
            yield f"{number}-{minutes}", result_of(describe_timetable, text, minutes)
            yield f"{number}-{minutes}-session", result_of(reflect.plan, text, minutes, facts={"start": "09:30"})


def make_advice(inputs: Inputs) -> Products:
    models = [reflect.load(key) for key in inputs.model_keys()]
    for model in models:
        yield model.key, result_of(lambda model=model: "\n".join(map(str, reflect.lint(model))))
    wordings = [reflect.wording(name) for name in ("nursing", "childrens-social-work", "coaching")]
    yield "all", result_of(lambda: "\n".join(map(str, reflect.lint(*models, wordings=wordings))))


# --- how values show themselves


def values_to_show(inputs: Inputs) -> dict[str, Callable[[], Any]]:
    """
    Return the main values by name, each made when it is asked for.
    """
    record = inputs.record()
    outline = reflect.outline(OUTLINES[1])
    own_copy = partial(reflect.own_copy, record, {"AM": "the worker"})
    read_back = partial(reflect.read, reflect.render(record, "record", reader="supervision-file"))
    made: dict[str, Callable[[], Any]] = {
        "catalogue": reflect.catalogue,
        "outline": lambda: outline,
        "both": lambda: reflect.both(outline, reflect.load("grow")),
        "either": lambda: reflect.either(outline, reflect.load("grow")),
        "session": lambda: reflect.plan(OUTLINES[0], 60, facts=FACTS),
        "item": lambda: reflect.plan(OUTLINES[0], 60).items[3],
        "timetable": lambda: reflect.schedule(outline, 60, load=reflect.catalogue().load),
        "document": lambda: reflect.document(OUTLINES[0], "agenda"),
        "document-handout": lambda: reflect.document(reflect.load("kolb-cycle"), "handout"),
        "record": lambda: record,
        "record-read": read_back,
        "reading": lambda: read_back().reading,
        "own-copy": own_copy,
        "templates": reflect.Templates,
        "about-template": lambda: reflect.Templates().about("agenda"),
        "wording": lambda: reflect.wording("nursing"),
        "brand": lambda: reflect.brand(inputs.folder / "agency/brand.docx"),
        "extension": lambda: reflect.extension(inputs.folder / "agency"),
        "ring": lambda: reflect.Ring.PAIR,
        "reader": lambda: reflect.Reader("somebody", frozenset([reflect.Ring.PAIR])),
        "advice": lambda: reflect.lint(*map(reflect.load, inputs.model_keys()))[:3],
        "difference": lambda: reflect.compare(record, own_copy()),
        "made": lambda: list(reflect.render_many(["grow@20", "nothing-known"], "agenda", to="txt")),
        "element": lambda: reflect.Element.ANALYSIS,
        "function": lambda: reflect.Function.SUPPORT,
    }
    for key in VARIED_MODELS:
        model = reflect.load(key)
        shown = {"model": model, "head": model.head, "set": model.questions, "question": model.asks[0]}
        made |= {f"{word}-{key}": lambda value=value: value for word, value in shown.items()}
    return made | {f"{name}-{word}": lambda value=value: value for name, word, value in planted_values()}


def show_value(make: Callable[[], Any], show: Callable[[Any], str]) -> bytes:
    """
    Return how a value shows itself; where Python would give its address, a word stands for it.
    """
    try:
        text = as_bytes(show(make()))
    except Exception as error:
        text = as_bytes(type(error).__name__)
    return re.sub(rb"\bat 0x[0-9a-f]+", b"at ADDRESS", text)


def make_shown(inputs: Inputs) -> Products:
    for name, make in values_to_show(inputs).items():
        for manner, show in {"str": str, "repr": repr, "html": lambda value: value._repr_html_()}.items():
            yield f"{name}.{manner}", show_value(make, show)
    wrong: dict[str, Callable[[], object]] = {
        "unknown-key": lambda: reflect.load("kolb"),
        "fault": lambda: reflect.read_page("---\nkey: A b\nshape: round\n---\n\n- x\n"),
        "outline-fault": lambda: reflect.outline("grow@@"),
        "does-not-fit": lambda: reflect.plan("kolb-cycle@40", 1),
        "no-reader": lambda: reflect.render(inputs.record(), "record"),
        "not-opened": lambda: reflect.read(b"PK?"),
        "refused": lambda: reflect.plan("grow", 0),
        "no-format": lambda: reflect.render("grow", "agenda", to="doc"),
    }
    for name, make in wrong.items():
        try:
            make()
        except Exception as error:
            bases = [kind.__name__ for kind in type(error).__mro__]
            yield f"error-{name}", as_bytes(f"{error!r}\n{error}\n{bases}")
