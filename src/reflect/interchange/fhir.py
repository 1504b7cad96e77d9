"""
FHIR R4: a set as a Questionnaire, a record as a QuestionnaireResponse, and both back.

Source: HL7 (2019) *FHIR Release 4 (4.0.1)*, https://hl7.org/fhir/R4/questionnaire.html.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from reflect.errors import Fault, FaultList, Faults, Refused
from reflect.interchange.form_items import MARKS, FormItem, OutsideForm, find_wrong_marks, form_of, model_of
from reflect.interchange.values import DEEPEST, parse_json, walk_json
from reflect.questions.answers import Kind
from reflect.questions.model import Model
from reflect.questions.rings import Ring
from reflect.questions.sets import Composable
from reflect.questions.wordings import Wording
from reflect.sessions.parts import Answered, Reading
from reflect.sessions.record import Record
from reflect.sessions.typed import read_day
from reflect.text.kinds_of_answer import options_of
from reflect.text.prose import Line, LineKind, Run, lines_of

#: What our extensions and addresses begin with.
BASE = "https://reflect-supervision.example/fhir"
_EXTENSION = f"{BASE}/StructureDefinition/"
_STANDARD = "http://hl7.org/fhir/StructureDefinition/"
_CONTROL = "http://hl7.org/fhir/questionnaire-item-control"
#: The type of a place for each kind of answer.
_TYPES = {
    None: "display",
    Kind.PROSE: "text",
    Kind.POINTS: "text",
    Kind.SCALE: "integer",
    Kind.CHOICE: "choice",
    Kind.TICK: "choice",
    Kind.DATE: "date",
}
#: The kind of answer that a type of somebody else's is read as; any other is prose, and that is said.
_KINDS = {
    "text": Kind.PROSE, "string": Kind.PROSE, "choice": Kind.CHOICE, "open-choice": Kind.CHOICE, "boolean": Kind.TICK,
    "date": Kind.DATE,
}  # fmt: skip
#: Every type that R4 has.
_KNOWN_TYPES = (
    "group", "display", "question", "boolean", "decimal", "integer", "date", "dateTime", "time", "string", "text",
    "url", "choice", "open-choice", "attachment", "reference", "quantity",
)  # fmt: skip
#: What of somebody else's item has no place on a page.
_LEFT_OUT = ("enableWhen", "initial", "answerValueSet", "maxLength")


# --- out


def write_questionnaire(what: Composable, words: Wording) -> bytes:
    """
    Return a set as a Questionnaire.
    """
    form = form_of(what, words)
    data = {
        "resourceType": "Questionnaire",
        **_extensions({"does": form.does} if form.does != "ask" else {}),
        "url": f"{BASE}/Questionnaire/{form.key}",
        **({"version": form.version} if form.version else {}),
        "name": form.key,
        **({"title": form.title} if form.title else {}),
        "status": "draft" if form.draft else "active",
        "subjectType": ["Person"],
        **({"copyright": form.credit} if form.credit else {}),
        "item": [_write_item(item) for item in form.items],
    }
    return _to_bytes(data)


def _to_bytes(data: object) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "backslashreplace")


def _extensions(marks: Mapping[str, str], *more: dict[str, Any]) -> dict[str, Any]:
    ours = [{"url": f"{_EXTENSION}{name}", "valueString": text} for name, text in marks.items()]
    return {"extension": [*ours, *more]} if ours or more else {}


def _write_item(item: FormItem) -> dict[str, Any]:
    ends = [{"url": f"{_STANDARD}{name}", "valueInteger": n} for name, n in (("minValue", 0), ("maxValue", 10))]
    inner = [_write_item(each) for each in item.items]
    if item.hint and item.kind is not None:
        coded = {"coding": [{"system": _CONTROL, "code": "help"}]}
        helps = {"url": f"{_STANDARD}questionnaire-itemControl", "valueCodeableConcept": coded}
        inner.append({**_extensions({}, helps), "linkId": f"{item.name}/hint", "text": item.hint, "type": "display"})
    marks = item.marks | ({"hint": item.hint} if item.hint and item.kind is None else {})
    return {
        **_extensions(marks, *(ends if item.kind is Kind.SCALE else [])),
        "linkId": item.name,
        **({"text": item.text} if item.text else {}),
        "type": "group" if item.group else _TYPES[item.kind],
        **({"repeats": True} if item.kind is Kind.POINTS else {}),
        **({"answerOption": [{"valueString": each} for each in item.options]} if item.options else {}),
        **({"item": inner} if inner else {}),
    }


def write_response(record: Record, _: Wording) -> bytes:
    """
    Return what was written in a record, which has been cut to its reader, as a QuestionnaireResponse.
    """
    if not record.answers:
        raise Refused("nothing in this record is for that reader, so there is no answer to write")
    kinds = {each.key: each.answering.kind for each in (record.asks.entries if record.asks else ()) if each.answering}
    key = record.asks.key if record.asks else ""
    data = {
        "resourceType": "QuestionnaireResponse",
        **({"questionnaire": f"{BASE}/Questionnaire/{key}"} if key else {}),
        "status": "completed",
        "item": [_write_answered(each, kinds.get(each.key)) for each in record.answers],
    }
    return _to_bytes(data)


def _write_answered(each: Answered, kind: Kind | None) -> dict[str, Any]:
    values: list[dict[str, Any]] = [{"valueString": each.text}]
    if kind is Kind.SCALE and each.text.isascii() and each.text.isdigit():
        values = [{"valueInteger": int(each.text)}]
    elif kind is Kind.DATE and lines_of(each.text) and (day := read_day(each.text)):
        values = [{"valueDate": day.isoformat(), **_extensions({"typed": each.text})}]
    elif len(each.lines) > 1 or any(line.kind is LineKind.BULLET for line in each.lines):
        values = [_write_line(line) for line in each.lines]
    marks = {"ring": str(each.ring)} | ({"hint": each.hint} if each.hint else {})
    marks |= {"version": each.version} if each.version else {}
    return {
        **_extensions(marks),
        "linkId": each.key,
        **({"text": each.asked} if each.asked else {}),
        "answer": values,
    }


def _write_line(line: Line) -> dict[str, Any]:
    marks = {"line": str(line.kind)} | ({"level": str(line.level)} if line.level else {})
    # FHIR has no empty text; an empty line is one with its mark alone.
    return {**_extensions(marks), "valueString": line.text or " "}


# --- in


@attrs.define
class _FhirReading:
    """
    One pass over a resource, which gathers faults and notes as it goes. A fault names a path, and quotes nothing.
    """

    faults: FaultList
    notes: dict[str, None] = attrs.field(factory=dict)

    def text(self, here: Mapping[str, Any], name: str, at: str, *, needed: bool = False) -> str:
        value = here.get(name)
        if (value is None and needed) or (value is not None and (type(value) is not str or not value.strip())):
            self.faults(None, f"{at}.{name} is not a text", "write it in quotation marks")
            return ""
        return value or ""

    def objects(self, here: Mapping[str, Any], name: str, at: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
        value = here.get(name, [])
        if not isinstance(value, list):
            self.faults(None, f"{at}.{name} is not a list", "write [ and ] round it")
            return
        for n, each in enumerate(value):
            if isinstance(each, dict):
                yield f"{at}.{name}[{n}]", each
            else:
                self.faults(None, f"{at}.{name}[{n}] is not an object", "write { and } round it")

    def marks(self, here: Mapping[str, Any], at: str, *more: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for place, each in self.objects(here, "extension", at):
            url = each.get("url")
            name = url.removeprefix(_EXTENSION) if isinstance(url, str) and url.startswith(_EXTENSION) else ""
            if name in (*MARKS, *more):
                found[name] = self.text(each, "valueString", place, needed=True)
        for name, words in find_wrong_marks(found):
            self.faults(None, f"{at}: our '{name}' is not one of: {', '.join(words)}", "write one of them")
            del found[name]
        return found


def _read_resource(data: bytes, where: str, kind: str) -> tuple[_FhirReading, Mapping[str, Any]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Faults((Fault(where, None, "this is not UTF-8", "save it as UTF-8"),)) from None
    found, fault = parse_json(text)
    if fault is not None:
        remedy = fault.remedy.replace("JSON that reflect wrote", f"a {kind} of FHIR R4 as JSON")
        raise Faults((attrs.evolve(fault, where=where, remedy=remedy),))
    if any(depth > DEEPEST for _, _, depth in walk_json(found)):
        raise Faults((Fault(where, None, f"this is nested more than {DEEPEST} deep", "nest less"),))
    if not isinstance(found, dict) or found.get("resourceType") != kind:
        raise Faults((Fault(where, None, f"$.resourceType is not '{kind}'", f"name a {kind} of FHIR R4 as JSON"),))
    return _FhirReading(FaultList(where)), found


def read_questionnaire(data: bytes, where: str) -> tuple[Model, tuple[str, ...]]:
    """
    Return a Questionnaire as a model, and what of it has no place on a page.
    """
    reading, found = _read_resource(data, where, "Questionnaire")
    form = OutsideForm(
        key=reading.text(found, "name", "$") or reading.text(found, "id", "$"),
        title=reading.text(found, "title", "$"),
        version=reading.text(found, "version", "$"),
        does=reading.marks(found, "$").get("does", "ask"),
        items=_read_items(reading, found, "$", {}),
    )
    reading.faults.raise_if_any()
    return model_of(form), tuple(reading.notes)


def _read_items(reading: _FhirReading, here: Mapping[str, Any], at: str, met: dict[str, str]) -> tuple[FormItem, ...]:
    return tuple(
        item for place, each in reading.objects(here, "item", at) for item in _read_item(reading, each, place, met)
    )


def _read_item(reading: _FhirReading, here: Mapping[str, Any], at: str, met: dict[str, str]) -> Iterator[FormItem]:
    name = reading.text(here, "linkId", at, needed=True)
    if name and name in met:
        reading.faults(None, f"{at}.linkId is that of {met[name]} too", "give each item its own")
    met[name] = at
    called = here.get("type")
    if called not in _KNOWN_TYPES:
        reading.faults(None, f"{at}.type is not one of: {', '.join(_KNOWN_TYPES)}", "write one of them")
        return
    marks = reading.marks(here, at, "hint")
    for what in _LEFT_OUT:
        if what in here:
            reading.notes[f"{what} has no place on a page and was left out"] = None
    inner = _read_items(reading, here, at, met)
    hints = [each.text for each in inner if each.name == f"{name}/hint" or (each.kind is None and not each.group)]
    text = reading.text(here, "text", at, needed=called != "group" and "part" not in marks)
    if called == "group":
        yield FormItem(name=name, text=text, marks=marks, group=True, items=inner)
        return
    kind = None if called == "display" else Kind(marks["kind"]) if "kind" in marks else _KINDS.get(str(called))
    if kind is None and called != "display":
        kind = Kind.PROSE
        reading.notes[f"a place of the type '{called}' was read as prose"] = None
    if kind is Kind.PROSE and here.get("repeats") is True and "kind" not in marks:
        kind = Kind.POINTS
    options = tuple(_read_option(reading, each, place) for place, each in reading.objects(here, "answerOption", at))
    if kind is Kind.TICK and not options:
        options = options_of_tick()
    hint = marks.pop("hint", "") or ("\n".join(hints) if called != "display" else "")
    yield FormItem(name=name, text=text, hint=hint, kind=kind, options=options, marks=marks)
    # Questions under a question are asked after it: a page has no such thing.
    under = [each for each in inner if each.group or each.kind is not None]
    if under:
        reading.notes["questions under a question were put behind it"] = None
    yield from under


def options_of_tick() -> tuple[str, ...]:
    from reflect.questions.answers import Answering

    return options_of(Answering(Kind.TICK))


def _read_option(reading: _FhirReading, here: Mapping[str, Any], at: str) -> str:
    coding = here.get("valueCoding")
    if isinstance(coding, dict):
        return reading.text(coding, "display" if "display" in coding else "code", f"{at}.valueCoding", needed=True)
    number = here.get("valueInteger")
    if type(number) is int:
        return str(number)
    name = "valueDate" if "valueDate" in here else "valueTime" if "valueTime" in here else "valueString"
    return reading.text(here, name, at, needed=True)


def read_response(data: bytes, where: str) -> tuple[Record, tuple[str, ...]]:
    """
    Return a QuestionnaireResponse as a record, and what to know about it. An answer without a ring is its author's own.
    """
    reading, found = _read_resource(data, where, "QuestionnaireResponse")
    answers = tuple(_read_answers(reading, found, "$"))
    keys = [each.key for each in answers]
    if len(set(keys)) < len(keys):
        reading.faults(None, "$.item has one linkId twice", "give each item its own")
    reading.faults.raise_if_any()
    notes = tuple(reading.notes)
    record = Record(minutes=0, items=(), answers=answers, document="answers", reading=Reading(notes=notes))
    return record, notes


def _read_answers(reading: _FhirReading, here: Mapping[str, Any], at: str) -> Iterator[Answered]:
    for place, each in reading.objects(here, "item", at):
        key = reading.text(each, "linkId", place, needed=True)
        marks = reading.marks(each, place, "hint", "version")
        given = list(reading.objects(each, "answer", place))
        if given:
            if "ring" not in marks:
                reading.notes["answers without a ring were read as 'own': nobody but their author may read them"] = None
            yield Answered(
                key=key,
                ring=Ring(marks.get("ring", Ring.OWN)),
                lines=tuple(_read_lines(reading, given)),
                asked=reading.text(each, "text", place),
                hint=marks.get("hint", ""),
                version=marks.get("version", ""),
            )
        yield from _read_answers(reading, each, place)
        for inner, answer in given:
            yield from _read_answers(reading, answer, inner)


def _read_lines(reading: _FhirReading, given: Iterable[tuple[str, Mapping[str, Any]]]) -> Iterator[Line]:
    given = list(given)
    for at, each in given:
        marks = reading.marks(each, at, "line", "level", "typed")
        text = marks.get("typed") or _read_value(reading, each, at)
        kind = LineKind.BULLET if len(given) > 1 else LineKind.PARAGRAPH
        level = marks.get("level", "0")
        if "line" in marks:
            known = marks["line"] in list(LineKind) and re.fullmatch("[0-8]", level)
            if not known:
                reading.faults(None, f"{at}: our 'line' or 'level' is not known", "take it out")
                continue
            kind = LineKind(marks["line"])
        for line in lines_of(text) or ((Line(runs=(Run(text=""),)),) if "line" in marks else ()):
            yield attrs.evolve(line, kind=kind, level=int(level) if "line" in marks else 0)


def _read_value(reading: _FhirReading, here: Mapping[str, Any], at: str) -> str:
    value = next((here[name] for name in here if name.startswith("value")), None)
    if isinstance(value, dict):
        value = next(
            (value[name] for name in ("display", "code", "value", "reference", "title") if name in value), None
        )
    if isinstance(value, bool):
        return options_of_tick()[0 if value else -1]
    if isinstance(value, (str, int, float)):
        return str(value)
    reading.faults(None, f"{at} has no value that can be read", "give it a text, a number, a day or a choice")
    return ""
