"""
Classes whose values people write as YAML: session files, profiles, journals, standing papers.

A class declares each of its fields once, with `describe`. The reader, which reports every fault with line and
remedy, the published schema and the example file are all made from that, so they agree. A fault names lines and
the names we know, never what people wrote.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any, TypeVar

import attrs

from reflect.arguments import WrongKind, explain_wrong_kinds
from reflect.errors import Fault, FaultList, Faults, Refused, hint_at_nearest, write_one_of
from reflect.files import yaml as simple_yaml
from reflect.files.as_typed import take_as_typed
from reflect.files.forms import Form, LineOr, ListOf, Scalar, TextLine, gives_nothing, is_empty
from reflect.files.named import names_in
from reflect.files.plausible import ask_about
from reflect.files.slips import find_slip
from reflect.files.yaml import Tell, Value, YamlMapping, YamlText, write_text

#: The class that a file is read into.
T = TypeVar("T")
#: A fault quotes an unknown name only if it is this short and near one of ours: any other may be what somebody wrote.
_LONGEST_QUOTED = 24


def name_nearby(name: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """
    Return " Did you mean 'x'?" for an unknown name that a fault may quote; nothing if the name may be content.
    """
    return hint_at_nearest(name, known, cutoff) if len(name) <= _LONGEST_QUOTED else ""


def describe(
    form: Form | None,
    about: str,
    *,
    needed: bool = False,
    short: bool = False,
    left_out: Callable[[Mapping[str, Any]], Any] | None = None,
    name: str = "",
) -> dict[str, Any]:
    """
    Return what there is to know about one field of a file, as the metadata of its attrs field.

    Args:
        form: What it may hold; None if it cannot be given in a file.
        about: What it is for, in the words of the schema, the example and a fault.
        needed: Whether a file has to give it.
        short: Whether a single line may give this field instead of the whole object.
        left_out: Gives its value, from those of the others, if a file leaves it out; by default, that of the class.
        name: What a file calls it, where that is another word than the attribute, with - for _.
    """
    return {"form": form, "about": about, "needed": needed, "short": short, "left_out": left_out, "name": name}


def accept(form: Form, about: str, default: Any = "", **more: Any) -> Any:
    """
    Return an attrs field that a file may leave out. *more* goes to `attrs.field`.
    """
    return attrs.field(default=default, metadata=describe(form, about), **more)


@attrs.frozen(kw_only=True)
class FileField:
    """
    A field of a class, under its name in a file.
    """

    name: str
    attribute: str
    form: Form
    about: str
    needed: bool
    short: bool
    left_out: Callable[[Mapping[str, Any]], Any] | None = None


@attrs.frozen
class ObjectOf(Form):
    """
    An object of a class: the names of its fields, each with its own form.

    Attributes:
        kind: The class of the value that is read. If it has a field ``line``, that takes the line.
        fields: The fields that a file may give.
    """

    kind: type
    fields: tuple[FileField, ...]
    #: The fields by their names, and the one that a single line may give, if there is one.
    by_name: dict[str, FileField] = attrs.field(init=False, eq=False, repr=False)
    short: FileField | None = attrs.field(init=False, eq=False, repr=False)
    names: tuple[str, ...] = attrs.field(init=False, eq=False, repr=False)

    asked_fields: tuple[tuple[str, Form], ...] = attrs.field(init=False, eq=False, repr=False)

    @asked_fields.default
    def _find_asked(self) -> tuple[tuple[str, Form], ...]:
        inner = ((field.name, field.form.of_text) for field in self.fields)
        return tuple((name, form) for name, form in inner if form.asked_about)

    @by_name.default
    def _index_fields(self) -> dict[str, FileField]:
        return {field.name: field for field in self.fields}

    @short.default
    def _find_short(self) -> FileField | None:
        return next((field for field in self.fields if field.short), None)

    @names.default
    def _list_names(self) -> tuple[str, ...]:
        return tuple(self.by_name)

    def read(self, value: Value, name: str, tell: Tell) -> Any:
        if isinstance(value, YamlText) and self.short:
            value = YamlMapping({self.short.name: (value, value.line)}, value.line)
        if not isinstance(value, YamlMapping):
            tell(
                value.line,
                f"'{name}' needs names with values",
                f"write 'name: value' on each line; the names are: {', '.join(self.names)}",
            )
            return None
        values, wrong = self.read_fields(value, tell)
        return None if wrong else self.make_value(values, value.line, tell)

    def read_fields(self, value: YamlMapping, tell: Tell) -> tuple[dict[str, Any], frozenset[str]]:
        """
        Return what could be read, by attribute, and which of our names have something wrong with them.

        An unknown name is reported too, and counts as the empty name.
        """
        wrong: set[str] = set()
        known = self.by_name
        values: dict[str, Any] = {}
        for key, (inner, line) in value.pairs.items():
            if key not in known:
                wrong.add("")
                tell(line, *self._unknown_name(key))
            elif not is_empty(inner):

                def tell_here(line: int, what: str, remedy: str, name: str = key) -> None:
                    wrong.add(name)
                    tell(line, what, remedy)

                content = known[key].form.read(inner, key, tell_here)
                if content is not None:
                    values[known[key].attribute] = content
        for field in self.fields:
            given, at = value.pairs.get(field.name, (None, value.line))
            if field.needed and gives_nothing(given):
                wrong.add(field.name)
                tell(at, f"'{field.name}' is missing", f"add '{field.name}: …', {field.about}")
        return values, frozenset(wrong)

    def make_value(self, values: dict[str, Any], line: int, tell: Tell) -> Any:
        """
        Make the value; None if a needed field could not be read, or the fields do not fit together.
        """
        if any(field.needed and field.attribute not in values for field in self.fields):
            return None
        for field in self.fields:
            if field.left_out is not None and field.attribute not in values:
                values = {**values, field.attribute: field.left_out(values)}
        # An attribute of that name has its place in the file, unless a file can give it.
        places = {each.name for each in attrs.fields(self.kind)} - {field.attribute for field in self.fields}
        at = {"line": line} if "line" in places else {}
        try:
            return self.kind(**values, **at)
        except Refused as error:
            what, _, remedy = error.why.partition("; ")
            tell(line, what, remedy)
            return None

    @property
    def of_text(self) -> Form:
        return self.short.form if self.short else self

    @property
    def free(self) -> bool:
        return self.short is not None and self.short.form.free

    @property
    def short_name(self) -> str:
        return self.short.name if self.short else ""

    def of_name(self, name: str) -> Form | None:
        field = self.by_name.get(name)
        return field.form if field else None

    def _unknown_name(self, key: str) -> tuple[str, str]:
        if slip := find_slip(key, lambda text: text.strip("\"' ") in self.names):
            return f"a name has {slip.what}", slip.remedy
        if name_nearby(key, self.names):
            return f"'{key}' is not known here", write_one_of(key, self.names)
        return "this name is not known here", f"write one of: {', '.join(self.names)}"

    def schema(self) -> dict[str, Any]:
        whole = {
            "type": "object",
            "properties": {field.name: {**field.form.schema(), "description": field.about} for field in self.fields},
            "required": [field.name for field in self.fields if field.needed],
            "additionalProperties": False,
        }
        return {"anyOf": [self.short.form.schema(), whole]} if self.short else whole


def form_of(kind: type) -> ObjectOf:
    return ObjectOf(
        kind,
        tuple(
            FileField(
                name=field.metadata["name"] or field.name.replace("_", "-"),
                attribute=field.name,
                form=field.metadata["form"],
                about=field.metadata["about"],
                needed=field.metadata["needed"],
                short=field.metadata["short"],
                left_out=field.metadata["left_out"],
            )
            for field in attrs.fields(kind)
            if field.metadata.get("form") is not None
        ),
    )


def list_of(kind: type) -> ListOf:
    return ListOf(form_of(kind))


# --- whole files

#: Takes a line, or the name of a field that stands at the margin; what is wrong; and what to do.
TellAt = Callable[[int | str, str, str], None]
#: Reports faults that show only once everything is read; it gets the names that already have a fault.
Check = Callable[[Any, TellAt, frozenset[str]], None]


def read(text: str, kind: type[T], where: str) -> T:
    """
    Return what a file says. If its class has a method ``tell_wrong``, that tells what shows only in the whole.

    Raises:
        Faults: All that is wrong with it, at once.
    """
    return read_with_doubts(text, kind, where)[0]


def read_with_doubts(text: str, kind: type[T], where: str) -> tuple[T, tuple[Fault, ...]]:
    """
    Return what a file says, and what its writer should look at: what may have been meant in another way.

    Raises:
        Faults: All that is wrong with it, at once.
    """
    content, faults, doubts = read_as_far_as_possible(text, kind, where)
    if faults or content is None:
        raise Faults(faults)
    return content, doubts


def read_as_far_as_possible(
    text: str, kind: type[T], where: str, *, check: Check | None = None
) -> tuple[T | None, tuple[Fault, ...], tuple[Fault, ...]]:
    """
    Return what could be read of a file, or None; all that is wrong with it; and what its writer should look at.

    Args:
        check: Tells what shows only in the whole; by default, the method ``tell_wrong`` of the class, if it has one.

    Raises:
        Faults: The file is too long, or so much is wrong with it that nobody reads more.
    """
    form = form_of(kind)
    tell, ask = FaultList(where), FaultList(where)
    simple_yaml.refuse_too_long(text, where)
    value = simple_yaml.read(take_as_typed(text.replace("\r\n", "\n"), form, tell, ask), tell)
    content = None
    if value is not None:
        ask_about(form, value, ask)
    if value is None:
        value = YamlMapping({}, 1)
    if isinstance(value, YamlMapping) and form.short is None:
        values, wrong = form.read_fields(value, tell)
        content = form.make_value(values, value.line, tell)
        check = check or getattr(kind, "tell_wrong", None)
        if content is not None and check is not None:

            def tell_at(at: int | str, what: str, remedy: str) -> None:
                tell(value.pairs.get(at, (None, value.line))[1] if isinstance(at, str) else at, what, remedy)

            check(content, tell_at, wrong)
        if content is not None and "named" in {field.name for field in attrs.fields(form.kind)}:
            content = attrs.evolve(content, named=tuple(names_in(form, value, where)))
    elif not tell:
        content = form.read(value, "the file", tell)
    return content, tuple(tell), tuple(ask)


def refuse_wrong_values(value: Any) -> None:
    """
    Refuse a value that was made in code and has what no file may have: a number out of its range, a word that is not
    one of ours. A member of an enumeration is: a plan that was kept has rings that nobody writes into a file.

    Raises:
        Faults: All that is wrong with it, at once.
    """
    if faults := tuple(_faults_of_value(value, type(value).__name__)):
        raise Faults(faults)


def _faults_of_value(value: Any, where: str) -> Iterator[Fault]:
    usual = {field.name: field.default for field in attrs.fields(type(value))}
    for field in form_of(type(value)).fields:
        content = getattr(value, field.attribute)
        if content is None or content == usual[field.attribute]:
            continue
        form = field.form.other if isinstance(field.form, LineOr) and not isinstance(content, str) else field.form
        inner = form.of_item or form.of_name("") or form
        held = content.values() if isinstance(content, Mapping) else content if form.of_item else (content,)
        for each in held:
            if isinstance(inner, ObjectOf):
                yield from _faults_of_value(each, f"{where}.{field.attribute}")
            elif isinstance(inner, Scalar) and not isinstance(each, enum.Enum) and not inner.accepts(each):
                yield Fault(where, None, f"'{field.attribute}' is not {inner.noun}", inner.remedy_for(str(each)))


def dump(value: Any, *, always: Collection[str] = ()) -> str:
    """
    Return a value as YAML that `read` reads back: the needed fields, and those that differ from their defaults.

    Args:
        value: A value of a class whose fields are described.
        always: Fields to write even if they have their defaults.
    """
    return "".join(f"{line}\n" for line in _lines_of(value, always))


def _lines_of(value: Any, always: Collection[str] = ()) -> Iterator[str]:
    defaults = {field.name: field.default for field in attrs.fields(type(value))}
    for field in form_of(type(value)).fields:
        content = getattr(value, field.attribute)
        if not (field.needed or field.attribute in always or content != defaults[field.attribute]):
            continue
        if not isinstance(field.form, ListOf):
            yield f"{field.name}: {_scalar_as_yaml(content, field.form)}"
            continue
        yield f"{field.name}:"
        for each in content:
            inner = field.form.each
            first, *others = _lines_of(each) if isinstance(inner, ObjectOf) else (_scalar_as_yaml(each, inner),)
            yield f"- {first}"
            yield from (f"  {line}" for line in others)


def _scalar_as_yaml(content: object, form: Form) -> str:
    if isinstance(content, bool):
        return "yes" if content else "no"
    # What people wrote is quoted; a date or a word of ours needs no quotation marks.
    return write_text(str(content)) if isinstance(form, TextLine) else str(content)


def schema_of(kind: type, name: str, title: str, about: str) -> dict[str, Any]:
    """
    Return the JSON Schema of a whole file.
    """
    return {**schema_head(name), "title": title, "description": about, **form_of(kind).schema()}


def schema_head(name: str, version: int = 1) -> dict[str, Any]:
    """
    Return what every published schema begins with.
    """
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"urn:reflect:{name}:{version}"}


@explain_wrong_kinds
def example_of(kind: type) -> str:
    """
    Return a YAML file to start from: every name, and what it is for, all commented out.
    """
    if not attrs.has(kind):
        raise WrongKind(f"{kind.__name__} is not a class of ours, so no file is read into it")
    return "".join(_example_lines(form_of(kind)))


def _example_lines(form: ObjectOf) -> Iterator[str]:
    for field in form.fields:
        inner = field.form.each if isinstance(field.form, ListOf) else None
        yield f"# {field.about[:1].upper()}{field.about[1:]}.\n{field.name}:\n"
        if isinstance(inner, ObjectOf):
            names = ", ".join(f"{each.name}: …" for each in inner.fields)
            yield f"# - {{{names}}}\n"
