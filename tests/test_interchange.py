"""
Values as JSON and back, and the schemas of it.
"""

from __future__ import annotations

import copy
import json
import re
import time
from pathlib import Path
from typing import Any

import attrs
import cattrs
import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

import reflect
from reflect.errors import MOST_FAULTS, Faults, Refused, UnknownKey
from reflect.interchange.fields import JSON_KINDS, limits_of
from reflect.interchange.structuring import place_of
from reflect.interchange.values import DEEPEST, from_json, to_json
from reflect.questions.question import Question
from reflect.questions.rings import READERS, Ring, reader
from reflect.questions.sets import DEEPEST as DEEPEST_SETS
from reflect.questions.sets import QuestionSet
from reflect.schemas import FOLDER, json_schema, schema_files
from reflect.sessions import parts, record
from reflect.sessions.kept import KeptPlan
from reflect.sessions.session import Session
from reflect.text import nodes, prose
from tests.documents import MODEL_PAPERS, OUTLINE, SESSION_PAPERS, of_the_day
from tests.strategies import OF_KIND, ask, one

SECRET = "QZSECRETZQ"
kinds = st.sampled_from(sorted(JSON_KINDS))
values = kinds.flatmap(OF_KIND.__getitem__)
schemas = {kind: jsonschema.Draft202012Validator(json_schema(kind)) for kind in JSON_KINDS}


def wrong(data: object) -> list[str]:
    """
    What is wrong with some JSON, as told; nothing if it is read.
    """
    text = data if isinstance(data, str) else json.dumps(data)
    try:
        from_json(text)
    except Faults as faults:
        return str(faults).split("\n")
    return []


def data_of(value: Any) -> Any:
    return json.loads(to_json(value))


# --- there and back


@given(values)
def test_there_and_back(value: Any) -> None:
    """
    Reading what was written gives an equal value of the same hash, and writing that gives the same text.
    """
    text = to_json(value)
    back = from_json(text)

    assert back == value
    assert type(back) is type(value)
    assert hash(back) == hash(value)
    assert to_json(back) == text
    assert from_json(json.dumps(json.loads(text))) == value


@given(values)
def test_every_json_begins_with_what_it_is_and_is_text_that_a_file_can_hold(value: Any) -> None:
    """
    The format and its version come first; the text goes into a file in UTF-8.
    """
    text = to_json(value)

    assert list(json.loads(text))[:2] == ["format", "version"]
    assert text.encode().decode() == text
    assert text.endswith("}\n")


@given(values)
def test_what_has_a_default_may_be_left_out(value: Any) -> None:
    """
    Fields at their default, taken out as the schema names them, change nothing.
    """
    schema = json_schema(data_of(value)["format"].removeprefix("reflect-"))

    def short(data: Any, part: Any) -> Any:
        part = schema["$defs"].get(part.get("$ref", "").rpartition("/")[2], part)
        if isinstance(data, list):
            return [short(each, part.get("items") or {}) for each in data]
        known = part.get("properties", {})
        if not isinstance(data, dict) or not known:
            return data
        kept = {n: v for n, v in data.items() if "default" not in known[n] or known[n]["default"] != v}
        return {name: short(each, known[name]) for name, each in kept.items()}

    assert from_json(json.dumps(short(data_of(value), schema))) == value


@pytest.mark.long
@pytest.mark.parametrize("key", of_the_day(reflect.catalogue(), 16))
def test_our_models_and_their_papers_go_there_and_back(key: str) -> None:
    """
    Each shipped model, and each paper about it as `--to json` writes it, comes back equal.
    """
    model = reflect.load(key)

    assert from_json(to_json(model)) == model
    for name in MODEL_PAPERS:
        made = reflect.document(model, name)
        assert from_json(reflect.render(model, name, to="json").decode()) == made
        schemas["document"].validate(data_of(made))


@pytest.mark.parametrize("name", SESSION_PAPERS)
def test_a_session_and_its_papers_go_there_and_back(name: str) -> None:
    """
    A planned session comes back equal, and makes the same papers.
    """
    session = reflect.plan(OUTLINE, facts={"topic": "Sam", "start": "10:00"})
    back = from_json(to_json(session))

    assert isinstance(back, Session)
    assert back == session
    made = reflect.document(back, name, reader="supervisor")
    assert made == reflect.document(session, name, reader="supervisor")
    assert from_json(to_json(made)) == made


#: The schemas of earlier forms, as they were when the next one came.
EARLIER = {path.name: json.loads(path.read_text("utf-8")) for path in FOLDER.glob("*-[0-9].schema.json")}


def as_earlier(data: Any, part: Any, schema: Any) -> Any:
    """
    JSON without what an earlier form does not know: no steps, and no name that came later.
    """
    ref = part.get("$ref", "").rpartition("/")[2]
    part = schema["$defs"].get(ref, part)
    if isinstance(data, list):
        inner = part.get("items") or {}
        kept = [each for each in data if not (isinstance(each, dict) and each.get("type") == "step")]
        inners = part.get("prefixItems") or [inner] * len(kept)
        return [as_earlier(each, one, schema) for each, one in zip(kept, inners, strict=True)]
    if not isinstance(data, dict):
        return data
    choices = [
        schema["$defs"][each["$ref"].rpartition("/")[2]]
        for each in part.get("oneOf", part.get("anyOf", ()))
        if "$ref" in each
    ]
    part = next((each for each in choices if each["properties"].get("type", {}).get("const") == data.get("type")), part)
    known = part.get("properties", {})
    return {name: as_earlier(each, known[name], schema) for name, each in data.items() if name in known}


@pytest.mark.parametrize("name", sorted(EARLIER))
def test_an_earlier_form_is_read_for_ever(name: str) -> None:
    """
    What was written in an earlier form is read, and what came later is as if nobody had said it.
    """
    kind, version = re.fullmatch(r"(.+)-(\d)\.schema\.json", name).groups()  # type: ignore[union-attr]
    asks = "- What happened? {.core ring=pair}" + "\n\n  A hint.\n\n  - And then?\n"
    model = reflect.read_page(
        f"# T\n\n## Back {{minutes=5-9 element=experience}}\n\n{asks}\n## Say {{.say}}\n\nThis.\n"
    )
    session = reflect.plan(model @ 40)
    values_of: dict[str, Any] = {
        "model": model,
        "question-set": model.questions,
        "session": session,
        "plan": KeptPlan(date="2026-03-04", session=session),
        "record": record.Record(minutes=30, items=()),
    }
    value = values_of[kind]
    data = as_earlier(data_of(value), EARLIER[name], EARLIER[name])
    data["version"] = int(version)

    jsonschema.Draft202012Validator(EARLIER[name]).validate(data)
    assert from_json(json.dumps(data)) == value
    assert int(version) < JSON_KINDS[kind][1]


def test_enums_come_back_as_enums() -> None:
    """
    A ring read from JSON is a ring, and not a text that looks like one.
    """
    back = from_json(to_json(ask("a").about("t", "Sam", "case")))

    assert isinstance(back, QuestionSet)
    assert type(back.asks[0].topic.ring) is Ring  # type: ignore[union-attr]
    assert {type(each) for each in back.asks} == {Question}

    said = parts.Answered(key="a", ring=Ring.CASE, lines=(prose.Line(runs=(prose.Run(text="x"),)),))
    kept = from_json(to_json(record.Record(minutes=5, items=(), answers=(said,))))
    assert isinstance(kept, record.Record)
    assert type(kept.answers[0].ring) is Ring
    assert type(kept.answers[0].lines[0].kind) is prose.LineKind


# --- what is refused


@given(
    st.one_of(st.text(), st.sampled_from(["", "[", "1" * 5000, "NaN", "\ufeff{}", "[" * 100_000, '{"a":' * 100_000]))
)
def test_any_text_gives_a_value_or_faults(text: str) -> None:
    """
    Any text at all gives a value or faults, nothing else.
    """
    assert wrong(text)


_words = sorted(
    {name for kind in JSON_KINDS for each in json_schema(kind)["$defs"].values() for name in each.get("properties", {})}
)
_junk = st.sampled_from([
    None, True, 0, -1, 1, 7, 2.5, 10**30, "", SECRET, "a", "case", "text", "question", [], {}, [SECRET], [[SECRET]],
    {SECRET: SECRET}, {"type": SECRET}, {"type": "text", "text": "a"}, {"type": "question", "key": "a", "text": "b"},
    {"type": "question-set"}, {"type": "link", "to": "javascript:1", "children": []},
])  # fmt: skip
_json = st.recursive(
    _junk, lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(_words), inner))
)


@given(kinds, st.dictionaries(st.sampled_from(_words), _json, max_size=6))
def test_any_json_gives_a_value_or_faults(kind: str, data: dict[str, Any]) -> None:
    """
    Any JSON at all gives a value or faults; what is read has a form to write again.
    """
    whole = {**data, "format": f"reflect-{kind}", "version": 1}
    told = wrong(whole)

    assert SECRET not in "\n".join(told)
    assert not told or all(line.startswith("JSON: $") for line in told)
    if not told:
        value = from_json(json.dumps(whole))
        assert from_json(to_json(value)) == value


def changed(draw: st.DrawFn, data: Any) -> Any:
    """
    JSON with one thing in it changed: put, taken, added, renamed, doubled.
    """
    whole = here = copy.deepcopy(data)
    for _ in range(draw(st.integers(0, 9))):
        inner = here.values() if isinstance(here, dict) else here
        deeper = [each for each in inner if isinstance(each, (dict, list)) and each]
        if not deeper:
            break
        here = draw(st.sampled_from(deeper))
    names = list(here) if isinstance(here, dict) else list(range(len(here)))
    name = draw(st.sampled_from(names))
    match draw(st.sampled_from(["put", "put", "take", "add", "rename", "double"])):
        case "put":
            here[name] = draw(_junk)
        case "take":
            del here[name]
        case "add" if isinstance(here, dict):
            here[draw(st.sampled_from([SECRET, *_words]))] = draw(_junk)
        case "rename" if isinstance(here, dict):
            here[f"{name}s"] = here.pop(name)
        case _ if isinstance(here, list):
            here.append(here[name])
    return whole


#: What a schema cannot say, so that only reading tells.
UNSAYABLE = (
    "has two questions with one key",
    "has sets nested more than",
    "a model and its questions have one key",
    "the minutes of a session must be those",
    "each item of a session must begin when",
    "each row of actions has as many cells",
    "each row of a table needs one cell for each column",
    "is not for questions, but some are in it",
    "asks, but steps are in it",
    "a step is done, and not asked",
    "people: the most",
    "a canvas of the kind",
    "a step of a string is not the key of a page",
)


@given(values, st.data())
def test_the_schema_and_the_reader_agree(value: Any, data: st.DataObject) -> None:
    """
    Whatever is changed in JSON, the schema and the reader both take it or both refuse it.

    If only the reader refuses, its reason is on a short list of things that no schema can express.
    """
    whole = data_of(value)
    for _ in range(data.draw(st.integers(1, 2))):
        whole = changed(data.draw, whole)
    told = wrong(whole)
    kind = data_of(value)["format"].removeprefix("reflect-")

    assert SECRET not in "\n".join(told)
    if schemas[kind].is_valid(whole):
        assert all(any(each in line for each in UNSAYABLE) for line in told)
    else:
        assert told


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda d: d["head"].update(titel="T"), "$.head.titel is not known. Did you mean 'title'?"),
        (
            lambda d: d["head"].update({SECRET: 1}),
            "$.head has a name that is not known here; take out all but: key, title, ",
        ),
        (lambda d: d["head"].update({SECRET: 1, "Sam": 2}), "$.head has 2 names that are not known here"),
        (lambda d: d["head"].pop("title"), "$.head.title is missing"),
        (lambda d: d["head"].update(minutes=[30]), "$.head.minutes is not a list of 2"),
        (lambda d: d["head"].update(minutes=[30, "60"]), "$.head.minutes[1] is not a whole number"),
        (lambda d: d["head"].update(title=None), "$.head.title is not a text"),
        (lambda d: d["head"].update(suits="group"), "$.head.suits is not a list"),
        (lambda d: d["head"].update(suits=["one-to-one", SECRET]), "$.head.suits[1] is not one of: 'one-to-one', "),
        (lambda d: d["head"].update(key="other"), "$ a model and its questions have one key"),
        (lambda d: d["questions"].update(least=2.0), "$.questions.least is not a whole number"),
        (lambda d: d["questions"].update(minutes=0), "$.questions.minutes is less than 1"),
        (lambda d: d["questions"]["children"][0].update(type=SECRET), "$.questions.children[0].type is not one of"),
        (lambda d: d["questions"]["children"][0].update(ring=SECRET), "$.questions.children[0].ring is not one of"),
        (lambda d: d["questions"]["children"].append(d["questions"]["children"][0]), "$.questions has two questions"),
        (lambda d: d.update(type="model"), "$.type is not known"),
        (lambda d: d.update(version=3), "$.version is not 1 or 2"),
        (lambda d: d.update(format=SECRET), "$.format is not one of: 'reflect-model', "),
    ],
)
def test_a_fault_says_where_and_what(change: Any, told: str) -> None:
    """
    Each fault has the path of what is wrong and says what, never quoting it.
    """
    data = data_of(reflect.load("kolb-cycle"))
    assert not wrong(data)
    change(data)

    (line, *_) = wrong(data)
    assert line.startswith(f"JSON: {told}")
    assert SECRET not in line


def test_all_faults_come_at_once_and_a_hundred_are_enough() -> None:
    """
    Everything wrong is reported together; if there is very much, the first hundred.
    """
    data = data_of(reflect.load("kolb-cycle"))
    data["head"]["lang"] = 1
    data["questions"]["children"][0]["shape"] = "round"
    data["questions"]["children"][1]["children"][0]["core"] = "yes"
    assert len(wrong(data)) == 3

    data["head"]["mistakes"] = [1] * 1000
    assert len(wrong(data)) == MOST_FAULTS + 1
    assert re.match("JSON: and [0-9]{3} more; see to these first", wrong(data)[-1])


def test_a_session_that_does_not_add_up_is_refused() -> None:
    """
    The minutes of a session are those of its items plus its spare time, also in JSON.
    """
    data = data_of(reflect.plan("arrive@3 + close@7", 30))
    assert not wrong(data)

    assert (
        "$ the minutes of a session must be those of its items plus its spare time" in wrong({**data, "minutes": 31})[0]
    )
    data["items"][1]["begins"] = 4
    assert "$ each item of a session must begin when the one before it ends" in wrong(data)[0]
    data["items"][0]["minutes"] = 0
    assert "$.items[0].minutes is less than 1" in wrong(data)[0]


def test_a_name_that_stands_twice_is_refused() -> None:
    """
    JSON with the same name twice could be read in two ways, so it is refused.
    """
    text = to_json(reflect.plan("arrive@3", 3, facts={"place": "Here"}))
    twice = text.replace('"place": "Here"', f'"place": "Here", "place": "{SECRET}"')
    assert twice != text

    assert wrong(twice) == ["JSON: $.facts has one name twice; write each name once"]


def nested(depth: int) -> QuestionSet:
    some = ask("a", title="T")
    for _ in range(depth - 1):
        some = QuestionSet(children=[some], title="T")
    return some


def test_sets_as_deep_as_they_go_have_a_form_and_deeper_ones_are_faults() -> None:
    """
    Fifty sets in one another go there and back, in a session too; fifty-one are a fault, and so is any depth.
    """
    deep = nested(DEEPEST_SETS)
    session = Session(minutes=5, items=(), dropped=(deep,), spare=5)
    assert from_json(to_json(deep)) == deep
    assert from_json(to_json(session)) == session

    inner = {**data_of(deep), "type": "question-set"}
    del inner["format"], inner["version"]
    data = {"format": "reflect-question-set", "version": 1, "title": "T", "children": [inner]}
    assert wrong(data) == ["JSON: $ has sets nested more than 50 deep; put some of them side by side"]
    for depth in (DEEPEST, 1000, 30_000):
        text = '{"format": "reflect-question-set", "version": 1, "children": ' + "[" * depth + "]" * depth + "}"
        assert "nested more than 250 deep" in wrong(text)[0]


def test_a_document_too_deep_for_json_is_refused_both_ways() -> None:
    """
    What could not be read again is not written.
    """
    block: Any = nodes.Paragraph((nodes.Text("x"),))
    for _ in range(DEEPEST // 2 - 2):
        block = nodes.Quotation((block,))
    with pytest.raises(Refused, match="nested more than 250"):
        to_json(nodes.Document(kind="k", title="t", blocks=(block,)))
    for _ in range(5000):
        block = nodes.Quotation((block,))
    with pytest.raises(Refused, match="nested more than 250"):
        to_json(nodes.Document(kind="k", title="t", blocks=(block,)))


def test_much_json_takes_time_in_proportion() -> None:
    """
    Two thousand questions are read in seconds, and two thousand mistakes are reported as fast.
    """
    whole = QuestionSet(children=[one(f"k{i}") for i in range(2_000)])
    text = to_json(whole)
    begun = time.perf_counter()

    assert from_json(text) == whole
    assert len(wrong(text.replace('"core"', '"corr"'))) == MOST_FAULTS + 1
    assert time.perf_counter() - begun < 20


@pytest.mark.parametrize("value", [3, None, "x", {}, Ring.CASE, one()])
def test_what_has_no_form_is_refused(value: Any) -> None:
    """
    Only the five kinds have a JSON form.
    """
    with pytest.raises(TypeError, match=r"give Model, QuestionSet|has no JSON form"):
        to_json(value)


@pytest.mark.parametrize(
    ("block", "why"),
    [
        (nodes.Fence("answer", SECRET, SECRET), "fence"),
        (nodes.Paragraph((), SECRET), "style"),
        (nodes.Paragraph((nodes.Text("\ud83d\ude00"),)), "two halves"),
    ],
)
def test_what_could_not_be_read_again_is_not_written(block: Any, why: str) -> None:
    """
    A document with a fence, an unknown look, or a character in two halves has no JSON form.
    """
    with pytest.raises(Refused, match=why) as caught:
        to_json(nodes.Document(kind="k", title="t", blocks=(block,)))
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize(
    "block",
    [
        {"type": "paragraph", "children": [{"type": "link", "to": "javascript:1", "children": []}]},
        {"type": "paragraph", "children": [], "style": '"><script>'},
        {"type": "heading", "level": 7, "children": []},
        {"type": "fence", "kind": "answer", "info": "", "body": ""},
        {"type": "actions", "key": "k", "label": "", "columns": ["a"], "rows": [["b", "c"]]},
        {"type": "answer", "key": "k", "label": "", "lines": 10**9},
    ],
)
def test_a_document_from_outside_holds_nothing_that_a_writer_would_choke_on(block: Any) -> None:
    """
    An address that runs, a look that is markup, a level, a fence, a width or a length that no writer knows is a fault.
    """
    (line,) = wrong({"format": "reflect-document", "version": 1, "kind": "k", "title": "t", "blocks": [block]})

    assert line.startswith("JSON: $.blocks[0]")
    assert "script" not in line


# --- what is private


def everywhere_told(error: BaseException | None) -> str:
    """
    All that an error carries, with what it came from.
    """
    if error is None:
        return ""
    return f"{error!s} {error!r} {everywhere_told(error.__cause__)} {everywhere_told(error.__context__)}"


@pytest.mark.parametrize("kind", sorted(JSON_KINDS))
def test_no_error_carries_a_value(kind: str) -> None:
    """
    Neither what an error says nor what it came from holds what was written.
    """
    data = {"format": f"reflect-{kind}", "version": 1, "title": [SECRET], "items": [SECRET], "head": {"key": [SECRET]}}
    with pytest.raises(Faults) as caught:
        from_json(json.dumps(data))

    assert "$." in str(caught.value)
    assert SECRET not in everywhere_told(caught.value)


@pytest.mark.parametrize("who", READERS, ids=lambda each: each.name)
def test_a_session_cut_for_a_reader_holds_only_their_rings(who: Any) -> None:
    """
    A session's JSON is the whole of it; cut with `visible_to`, it holds a canary only if the reader may see its ring.
    """
    kolb = reflect.load("kolb-cycle")
    canaries = {ring: f"QZ{ring.value.upper()}ZQ" for ring in Ring}
    asked = [kolb.only(p).about(ring.value, canaries[ring], ring) for p, ring in _parts_of(kolb)]
    items, begins = [], 0
    for some in asked:
        items.append(reflect.Item(set=some, begins=begins, minutes=5, stages=((some, 5),)))
        begins += 5
    facts = {"supervisee": "QZFACTPERSONALZQ", "organisation": "QZFACTOPENZQ"}
    session = Session(minutes=begins, items=tuple(items), dropped=(asked[0],), facts=facts)  # type: ignore[arg-type]
    whole, cut = to_json(session), to_json(session.visible_to(who))

    held = {ring: canary for ring, canary in canaries.items() if ring in dict(_parts_of(kolb)).values()}
    assert len(held) >= 3
    for ring, canary in held.items():
        assert canary in whole
        assert (canary in cut) == who.sees(ring)
    assert "QZFACTPERSONALZQ" in whole
    assert ("QZFACTPERSONALZQ" in cut) == who.sees(Ring.PERSONAL)
    assert "QZFACTOPENZQ" in cut
    assert from_json(cut) == session.visible_to(who)


def _parts_of(model: Any) -> list[tuple[str, Ring]]:
    paths = [part.key.partition(".")[2] for part in model.questions.parts]
    return list(zip(paths, (Ring.PAIR, Ring.PERSONAL, Ring.CASE, Ring.GROUP), strict=False))


def test_the_topic_s_id_is_there_only_with_the_topic() -> None:
    """
    A topic that a reader may not see leaves no trace at all, not its id either.
    """
    session = reflect.plan("kolb-cycle@40", 40, facts={"topic": SECRET})
    cut = to_json(session.visible_to(reader("auditor")))

    assert '"topic": {' in to_json(session)
    assert '"topic": {' not in cut
    assert SECRET not in cut


# --- schemas


@pytest.mark.parametrize("kind", sorted(JSON_KINDS))
def test_a_schema_is_a_schema_and_says_what_everything_is(kind: str) -> None:
    """
    The metaschema takes each schema; nothing in it goes without a description, and no object is open.
    """
    schema = json_schema(kind)
    jsonschema.Draft202012Validator.check_schema(schema)
    objects = [schema, *(each for each in schema["$defs"].values() if each.get("type") == "object")]

    assert schema["$id"] == f"urn:reflect:{kind}:{JSON_KINDS[kind][1]}"
    assert all(each["description"] and each["additionalProperties"] is False for each in objects)
    assert all(
        part.get("description") for each in objects for name, part in each["properties"].items() if name != "type"
    )
    # Every definition is used, and every reference leads to one.
    refs = {
        line.rpartition("/")[2].rstrip('",') for line in json.dumps(schema, indent=0).split("\n") if '"$ref"' in line
    }
    assert refs == set(schema["$defs"])


@pytest.mark.parametrize(("path", "text"), list(schema_files()), ids=lambda each: getattr(each, "name", ""))
def test_the_published_schemas_are_those_of_the_classes(path: Any, text: str) -> None:
    """
    The files are what the classes give; ``python -m reflect.schemas`` writes them.
    """
    assert path.read_text("utf-8") == text


@given(values)
def test_what_is_written_is_as_the_schema_says(value: Any) -> None:
    """
    Every value's JSON validates.
    """
    data = data_of(value)

    schemas[data["format"].removeprefix("reflect-")].validate(data)


def test_an_unknown_schema_is_told_with_the_nearest() -> None:
    """
    There is a schema for each of the five kinds, and no other.
    """
    with pytest.raises(UnknownKey, match="Did you mean 'session'"):
        json_schema("sesion")


def test_a_schema_can_be_changed_by_whoever_asked() -> None:
    """
    Each call gives objects of its own.
    """
    json_schema("model")["$defs"].clear()

    assert json_schema("model")["$defs"]


def test_the_limits_of_validators_are_in_the_schema() -> None:
    """
    Enums, ranges, lengths, patterns and looks are in the schema as the validators have them.
    """
    session, document, written = (json_schema(kind) for kind in ("session", "document", "record"))

    assert session["properties"]["minutes"] | {"description": ""} == {
        "type": "integer", "minimum": 1, "maximum": 1440, "description": "",
    }  # fmt: skip
    assert session["$defs"]["Topic"]["properties"]["id"]["minLength"] == 1
    assert session["$defs"]["QuestionSet"]["properties"]["at_most"]["type"] == ["integer", "null"]
    assert document["$defs"]["Link"]["properties"]["to"]["pattern"].startswith("^(?:")
    assert document["$defs"]["Span"]["properties"]["style"]["enum"] == sorted(nodes.INLINE_STYLES)
    assert written["$defs"]["Ring"]["enum"] == [ring.value for ring in Ring]


@pytest.mark.parametrize(
    ("validator", "limits"),
    [
        (attrs.validators.ge(1), {"minimum": 1}),
        (attrs.validators.le(9), {"maximum": 9}),
        (attrs.validators.min_len(2), {"minLength": 2}),
        (attrs.validators.matches_re("a+"), {"pattern": "^(?:a+)$"}),
        (attrs.validators.matches_re("a+", func=re.match), {"pattern": "^(?:a+)"}),
        (attrs.validators.optional(attrs.validators.ge(1)), {"minimum": 1}),
        (attrs.validators.and_(attrs.validators.ge(1), attrs.validators.le(9)), {"minimum": 1, "maximum": 9}),
        (attrs.validators.optional([attrs.validators.ge(1), attrs.validators.le(9)]), {"minimum": 1, "maximum": 9}),
        (lambda *_: None, {}),
    ],
)
def test_limits_are_read_off_the_validators_of_attrs(validator: object, limits: dict[str, object]) -> None:
    """
    attrs gives its validators no public classes: the first version that has them otherwise fails here.
    """
    assert limits_of(validator) == limits


def test_cattrs_says_where_it_went_wrong() -> None:
    """
    Paths in faults come from the notes of cattrs: the first version that writes them otherwise fails here.
    """

    @attrs.frozen
    class Row:
        cells: list[int]

    with pytest.raises(ExceptionGroup) as of_row:
        cattrs.Converter(detailed_validation=True).structure({"cells": [1, "x"]}, Row)
    (of_cells,) = of_row.value.exceptions
    assert isinstance(of_cells, ExceptionGroup)

    assert place_of(of_cells) == ".cells"
    assert [place_of(each) for each in of_cells.exceptions] == ["[1]"]
    assert place_of(ValueError()) == ""


def test_the_names_are_public() -> None:
    """
    `to_json`, `from_json` and `json_schema` are names of the package.
    """
    assert {"to_json", "from_json", "json_schema"} <= set(reflect.__all__)
    assert all(getattr(reflect, name) for name in reflect.__all__)
    assert attrs.has(type(reflect.from_json(reflect.to_json(ask("a")))))


# --- the page about it

PAGE = (Path(__file__).parent.parent / "docs" / "reference" / "json.md").read_text("utf-8")


@pytest.mark.parametrize("code", re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))
def test_the_examples_of_the_page_run(code: str) -> None:
    """
    Each piece of Python on the page about JSON runs as printed.
    """
    exec(compile(code, "json.md", "exec"), {})


@pytest.mark.parametrize("text", re.findall(r"^```json\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))
def test_the_json_of_the_page_is_read(text: str) -> None:
    """
    Each piece of JSON on the page is read, is as its schema says, and settles.
    """
    value = from_json(text)

    schemas[json.loads(text)["format"].removeprefix("reflect-")].validate(json.loads(text))
    assert from_json(to_json(value)) == value


@pytest.mark.parametrize("kinds", ["nope", ["nope"], ["record", "nope"]])
def test_an_unknown_kind_is_refused(kinds: str | list[str]) -> None:
    """
    Whoever says what JSON may be says it by a name that there is; one name may be given alone.
    """
    with pytest.raises(reflect.UnknownKey):
        reflect.from_json('{"format": "reflect-nope"}', kinds=kinds)


def test_one_kind_may_be_given_alone() -> None:
    """
    A text is one name, and not its letters.
    """
    text = reflect.to_json(reflect.load("grow"))

    assert reflect.from_json(text, kinds="model") == reflect.load("grow")


def test_a_value_is_asked_for_by_its_class() -> None:
    """
    What is another kind is refused, as is a class that has no JSON form.
    """
    text = reflect.to_json(reflect.load("grow"))

    assert reflect.from_json(text, reflect.Model) == reflect.load("grow")
    with pytest.raises(reflect.Faults, match=r"\$\.format"):
        reflect.from_json(text, reflect.Record)
    with pytest.raises(reflect.Refused, match="'Advice' has no JSON form"):
        reflect.from_json(text, reflect.Advice)  # type: ignore[type-var]
