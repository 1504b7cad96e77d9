"""
What runs a document template: Jinja in a sandbox that stops. This and `reflect.documents.guarding` alone know Jinja.

A template prints Markdown. Whatever it prints with ``{{ }}`` becomes one
private-use character, and the value waits in a table until the text has been
parsed (`reflect.text.filling`); so a value cannot become markup in any format, and
one person's value cannot turn up in another's paper.

Templates may come from strangers. They run no code of theirs, reach no file, and every
step they take is counted, so that one that loops without end is stopped.
"""

from __future__ import annotations

import contextlib
import functools
import inspect
import operator
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sized
from typing import Any, NoReturn

import attrs
import jinja2
from jinja2 import nodes as syntax
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context, Macro, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from reflect.documents.costs import (
    CALL,
    LONGEST,
    LONGEST_WRAPPED,
    WIDEST,
    PaperInProgress,
    count_each,
    note_parts,
    paper,
    refuse_too_long,
    size_of,
    spend,
    weigh,
)
from reflect.documents.guarding import guard, name_of_extended, stray_blocks
from reflect.errors import ReflectError, Refused, TemplateFault, write_one_of
from reflect.text import markdown
from reflect.text.filling import Blocks, Prose, Value

#: Filters that templates have: what asks, sorts and words, and never what makes markup, chance or code.
FILTERS = (
    "abs", "batch", "capitalize", "count", "d", "default", "dictsort", "first", "float", "groupby", "indent", "int",
    "items", "join", "last", "length", "list", "lower", "map", "max", "min", "reject", "rejectattr", "replace",
    "reverse", "round", "select", "selectattr", "slice", "sort", "string", "sum", "title", "trim", "truncate",
    "unique", "upper", "wordcount", "wordwrap",
)  # fmt: skip
#: Methods that templates may call, by the type they belong to. What can grow a text without bound is a filter.
_METHODS: dict[type, frozenset[str]] = {
    str: frozenset({
        "capitalize", "casefold", "count", "endswith", "find", "isalnum", "isalpha", "isdigit", "islower", "isspace",
        "istitle", "isupper", "lower", "lstrip", "partition", "removeprefix", "removesuffix", "rpartition", "rsplit",
        "rstrip", "split", "splitlines", "startswith", "strip", "swapcase", "title", "upper",
    }),
    dict: frozenset({"get", "items", "keys", "values"}),
    tuple: frozenset({"count", "index"}),
    list: frozenset({"count", "index"}),
    int: frozenset(),
    bool: frozenset(),
    float: frozenset({"is_integer"}),
}  # fmt: skip


class Rendered(str):
    """
    Text that a template made. It may be printed whole, and nothing else.
    """

    __slots__ = ()

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise Refused("what a macro or block made can only be printed whole; put the filter on the value inside it")

    __str__ = __add__ = __radd__ = __mod__ = __rmod__ = __mul__ = __rmul__ = _refuse
    __getitem__ = __iter__ = __contains__ = __format__ = _refuse
    __lt__ = __le__ = __gt__ = __ge__ = _refuse


@attrs.frozen
class NotAlike(ReflectError):
    """
    A template does more with a sealed text than print it, so copies have to be made one by one.
    """


class Sealed(str):
    """
    A text that stands for another: a template may print it whole, and ask whether it is there. Nothing else.
    """

    __slots__ = ()

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise NotAlike

    __str__ = __add__ = __radd__ = __mod__ = __rmod__ = __mul__ = __rmul__ = _refuse
    __getitem__ = __iter__ = __contains__ = __format__ = __len__ = _refuse
    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __hash__ = _refuse

    def __bool__(self) -> bool:
        return bool(_plain(self))


#: Texts on which a template may not compute.
_FIRM = (Rendered, Sealed)


def _plain(text: str) -> str:
    """
    Return the characters of a text, whatever its class.
    """
    return str.__str__(text)


# --- printing


#: What may be printed, besides lists of it. Anything else would print its address in memory, or Python's words for it.
_PRINTABLE = (str, int, float, Prose, Blocks, type(None))


def _refuse_unprintable(value: object) -> int:
    """
    Return what a text costs, and refuse what has none: a method that nobody called, a filter's result that is no list
    yet, an object.
    """
    if isinstance(value, Undefined):
        str(value)  # raises, and names what is missing
    weight = weigh(value)
    if isinstance(value, _PRINTABLE):
        return weight
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, (list, tuple)) and type(each) in (list, tuple):
            waiting += each
        elif isinstance(each, dict) and type(each) is dict:
            waiting += (*each.keys(), *each.values())
        elif not isinstance(each, _PRINTABLE):
            str(each)  # it may refuse for a better reason
            raise Refused(
                "prints something that is not a text; call it with ( ), put '|list' after it, or name a field"
            )
    return weight


def _as_text(value: object) -> str:
    """
    Return a value as a text, if it has one, and pay for that.
    """
    if type(value) is str:
        return value
    spend(_refuse_unprintable(value))
    return str(value)


def _concatenate(parts: Iterable[str]) -> Rendered:
    text = "".join(map(_plain, parts))
    spend(size_of(text))
    refuse_too_long(len(text))
    return Rendered(text)


@jinja2.pass_context  # so that nothing is printed, and so kept, while a template is compiled
def _keep_value(context: Context, value: object) -> str:
    if isinstance(value, _FIRM):
        text = _plain(value)
        if type(value) is Rendered:
            return text
        value = text
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if value is None:
        return ""
    if not isinstance(value, Blocks):
        value = value if isinstance(value, Prose) else str(_as_text(value))
    here = paper.get()
    if isinstance(value, str):
        here.note_printed(value)
    if markdown.FIRST + len(here.values) > markdown.LAST:
        raise Refused("prints too many values; print the document in parts")
    here.values.append(value)
    return chr(markdown.FIRST + len(here.values) - 1)


# --- the sandbox


def _longest_result(name: str, given: tuple[Any, ...]) -> int:
    """
    Return the most characters that a filter may make of a text, if it can make it much longer; else 0.
    """
    texts = [value for value in given if isinstance(value, str)]
    if len(texts) < 2:
        return 0
    text, *more = texts
    match name:
        case "replace":
            return len(text) + (text.count(more[0]) if more[0] else len(text) + 1) * len(more[-1])
        case "indent" | "wordwrap":
            return len(text) * (1 + max(map(len, more)))
        case _:
            return 0


#: Filters that make a text of whatever they are given, and those that compare what is in a list.
_OF_TEXTS = frozenset(
    ("capitalize", "indent", "lower", "replace", "string", "title", "trim", "truncate", "upper", "wordcount")
) | {"wordwrap"}
_COMPARING = frozenset(("dictsort", "groupby", "max", "min", "sort", "unique"))
#: Filters that take five times as long over a letter as the others.
_SLOW = frozenset(("title", "wordcount", "wordwrap"))
#: Tests that compare.
_COMPARING_TESTS = frozenset((
    "!=", "<", "<=", "==", ">", ">=", "eq", "equalto", "ge", "greaterthan", "gt", "in", "le", "lessthan", "lt", "ne",
))  # fmt: skip


def _guard_filter(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """
    Return a filter that refuses what a template made, so that nothing is computed on it, and whose work is counted.
    """
    passes = 1 if getattr(function, "jinja_pass_arg", None) else 0
    signature = inspect.signature(function) if name in _COMPARING else None

    @functools.wraps(function)
    def apply_filter(*args: Any, **named: Any) -> Any:
        if signature and isinstance(args[passes], Iterator):
            args = (*args[:passes], list(args[passes]), *args[passes + 1 :])
        given = (*args[passes:], *named.values())
        for value in given:
            for each in value if isinstance(value, (list, tuple)) else (value,):
                if isinstance(each, _FIRM):
                    each._refuse()
        for value in given[1:]:
            if isinstance(value, int) and abs(value) > WIDEST and name in ("batch", "slice", "indent", "round"):
                raise Refused(f"the filter '{name}' is told a number over {WIDEST}; take a smaller one")
        if signature:
            bound = signature.bind(*args, **named).arguments
            spend(CALL + _work_of_comparing(args[0], args[passes], bound.get("attribute")))
        else:
            spend(CALL + _work_of_filter(name, given))
        refuse_too_long(_longest_result(name, given))
        made = function(*args, **named)
        spend(size_of(made))
        return count_each(made) if isinstance(made, Iterator) else made

    return apply_filter


def _work_of_filter(name: str, given: tuple[Any, ...]) -> int:
    """
    Return what a filter's work costs, and refuse what it cannot work on.
    """
    if name in _OF_TEXTS:
        for value in given:
            _refuse_unprintable(value)
        if name == "wordwrap" and isinstance(given[0], str) and len(given[0]) > LONGEST_WRAPPED:
            raise Refused(f"breaks a text of more than {LONGEST_WRAPPED:,} characters into lines; take a shorter one")
        return weigh(*given) * (5 if name in _SLOW else 1)
    if name == "int" and isinstance(given[0], str) and len(given[0]) > WIDEST:
        raise Refused("reckons with a number that is too large")
    return sum(map(size_of, given))


def _work_of_comparing(environment: Any, value: object, attribute: Any) -> int:
    """
    Return what it costs to put things in order: by all that is in them, or by what an attribute of each leads to.
    """
    compared = value
    if attribute is not None and isinstance(value, (list, tuple)):
        paths = attribute.split(",") if isinstance(attribute, str) else [attribute]
        compared = [_follow(environment, each, path) for each in value for path in paths]
    work = weigh(compared)
    return work * work.bit_length()


def _refuse_unfinished(many: object) -> None:
    """
    Refuse to look for something in a list that is made while it is looked through.
    """
    if isinstance(many, Iterator):
        raise Refused("looks for something in a list that is not made yet; put '|list' after it")


def _guard_test(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """
    Return a test whose work is counted.
    """

    @functools.wraps(function)
    def apply_test(*args: Any, **named: Any) -> Any:
        given = (*args, *named.values())
        if name == "in" and len(given) > 1:
            _refuse_unfinished(given[1])
        spend(1 + (weigh(*given) if name in _COMPARING_TESTS else sum(map(size_of, given))))
        return function(*args, **named)

    return apply_test


def _follow(environment: jinja2.Environment, value: Any, path: str | int | None) -> Any:
    """
    Return what a filter's ``attribute`` leads to: names and numbers with dots between them.
    """
    steps = () if path is None else str(path).split(".")
    spend(len(steps))
    for step in steps:
        value = environment.getitem(value, int(step) if step.isdigit() else step)
    return value


@jinja2.pass_environment
def _join(
    environment: jinja2.Environment, value: Iterable[object], d: str = "", attribute: str | int | None = None
) -> str:
    """
    Return things in a row as one text, with *d* between them.
    """
    texts = [_as_text(_follow(environment, each, attribute)) for each in value]
    between = _as_text(d)
    refuse_too_long(sum(map(len, texts)) + len(between) * len(texts))
    return between.join(texts)


@jinja2.pass_environment
def _add_up(
    environment: jinja2.Environment, value: Iterable[object], attribute: str | int | None = None, start: object = 0
) -> object:
    """
    Return the sum of numbers, or one list of several. Python would copy that list again for each of them.
    """
    total: Any = list(start) if isinstance(start, (list, tuple)) else start
    for each in value:
        part = _follow(environment, each, attribute)
        if isinstance(total, list) and isinstance(part, (list, tuple)):
            spend(size_of(part))
            refuse_too_long(len(total) + len(part))
            total.extend(part)
        elif isinstance(total, (int, float)) and isinstance(part, (int, float)):
            total += part
        elif isinstance(part, Undefined):
            str(part)  # raises, and names what is missing
        else:
            raise Refused("adds up with 'sum' what are neither numbers nor lists; join texts with 'join'")
    return tuple(total) if isinstance(start, tuple) else total


#: What an undefined name has in the place of the object that it was asked of.
_NO_OBJECT = jinja2.Undefined()._undefined_obj


@functools.lru_cache(256)
def _fields_of(kind: Hashable) -> frozenset[str]:
    """
    Return the fields of one of our own classes that a template may see; none of any other.
    """
    if not isinstance(kind, type) or not attrs.has(kind):
        return frozenset()
    return frozenset(field.name for field in attrs.fields(kind) if not field.name.startswith("_"))


def _names_in(obj: object) -> list[str]:
    """
    Return the names that a template may ask of something: those of our own views and tables, and none of a value.
    """
    here = paper.get(None)
    context = here.context if here else {}
    if obj is _NO_OBJECT:
        return list(context)
    if attrs.has(kind := type(obj)):
        return [field.name for field in attrs.fields(kind)]
    # Any other dictionary may hold what somebody typed.
    return next((list(known) for known in context.values() if known is obj and isinstance(known, Mapping)), [])


class _NamedUndefined(jinja2.StrictUndefined):
    """
    What is not there. The error has the nearest name that is, and never the names in a value.
    """

    @property
    def _undefined_message(self) -> str:
        if self._undefined_hint:
            return self._undefined_hint
        name, known = str(self._undefined_name), _names_in(self._undefined_obj)
        remedy = write_one_of(name, known) if known else "check how it is spelt"
        return f"there is no '{name}'; {remedy}"


class _Environment(ImmutableSandboxedEnvironment):
    """
    Jinja's sandbox, with values beside the page and a count of steps.
    """

    concat = staticmethod(_concatenate)
    intercepted_binops = frozenset({"+", "-", "*", "/", "//", "**", "%"})

    def __init__(self, loader: jinja2.BaseLoader) -> None:
        super().__init__(
            loader=loader,
            undefined=_NamedUndefined,
            finalize=_keep_value,
            autoescape=False,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        known = {**self.filters, "join": _join, "sum": _add_up}
        self.filters = {name: _guard_filter(name, known[name]) for name in FILTERS}
        tests: Mapping[str, Any] = self.tests
        self.tests = {name: _guard_test(name, function) for name, function in tests.items()}
        self.globals = {name: f for name, f in self.globals.items() if name in ("range", "namespace")}

    def getattr(self, obj: Any, attribute: str) -> Any:
        spend()
        kind: Any = type(obj)
        # The short way to what templates ask for most: fields of our own views, and names in our tables.
        if attribute in _fields_of(kind):
            return getattr(obj, attribute)
        if kind is dict and attribute in obj and not hasattr(dict, attribute):
            return obj[attribute]
        if kind in _FIRM:
            obj._refuse()
        return super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        spend(1 + (0 if isinstance(argument, int) else weigh(argument)))  # looking something up compares it
        found = super().getitem(obj, argument)
        # What it is looked up by may be private, and an error would name it.
        return self.undefined(hint="what is looked up in [ ] is not there") if isinstance(found, Undefined) else found

    def get_named(self, obj: Any, name: str) -> Any:
        """
        Return what ``obj["name"]`` is in a template.
        """
        return super().getitem(obj, name)

    def unsafe_undefined(self, obj: Any, attribute: str) -> Undefined:
        hint = "a part of Python is asked for, and a template may use none; take it out"
        return self.undefined(hint, exc=SecurityError)

    def wrap_str_format(self, value: Any) -> None:
        """
        Leave ``format`` to the methods that are known: what Jinja puts in its place pads and prints anything.
        """

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        known = _METHODS.get(type(obj))
        return super().is_safe_attribute(obj, attr, value) if known is None else attr in known

    def call(self, __context: Context, __obj: Any, *args: Any, **named: Any) -> Any:
        owner = getattr(__obj, "__self__", None)
        if owner is self:
            return __obj(*args)  # what `reflect.documents.guarding` put there; each pays for its own work
        given = (*args, *named.values())
        if isinstance(__obj, Macro):
            spend(CALL + len(given))
            return super().call(__context, __obj, *args, **named)
        for one in given:
            if type(one) is Sealed:
                one._refuse()
        # What is called may compare, as 'count' does, or look through all of its owner.
        spend(CALL + weigh(*given, *((owner,) if isinstance(owner, (str, list, tuple, range)) else ())))
        made = super().call(__context, __obj, *args, **named)
        spend(size_of(made))
        return made

    def cut(self, many: Any, start: Any, stop: Any, step: Any) -> Any:
        """
        Return what ``a[1:3]`` is in a template.
        """
        piece = many[start:stop:step]
        spend(1 + size_of(piece))
        return piece

    def pay(self, steps: int) -> None:
        """
        Pay for the parts of what a loop or a macro goes through.
        """
        spend(steps)

    def make_list(self, *values: Any) -> list[Any]:
        """
        Return what ``[a, b]`` is in a template.
        """
        spend(len(values))
        return list(values)

    def make_tuple(self, *values: Any) -> tuple[Any, ...]:
        """
        Return what ``(a, b)`` is in a template.
        """
        spend(len(values))
        return values

    def make_dict(self, *pairs: tuple[Any, Any]) -> dict[Any, Any]:
        """
        Return what ``{a: b}`` is in a template.
        """
        spend(weigh(*(key for key, _ in pairs)))
        return dict(pairs)

    def compare(self, left: Any, *others: Any) -> Any:
        """
        Return what ``a == b`` is in a template, and ``a < b < c``: signs and values by turns.
        """
        holds: Any = True
        for sign, right in zip(others[::2], others[1::2], strict=True):
            spend(self._work_of_comparing(sign, left, right))
            holds = _COMPARE[sign](left, right)
            if not holds:
                return holds
            left = right
        return holds

    def _work_of_comparing(self, sign: str, left: Any, right: Any) -> int:
        if type(left) is str and type(right) is str:
            return 1 + (size_of(right) if sign in ("in", "notin") else min(size_of(left), size_of(right)))
        if sign in ("in", "notin"):
            _refuse_unfinished(right)
        if isinstance(right, (dict, str, range)) and sign in ("in", "notin"):
            return weigh(left) + (size_of(right) if isinstance(right, str) else 0)
        return weigh(left, right)

    def count_turns(self, many: Any) -> Any:
        """
        Return what a loop goes through, with its turns counted.
        """
        if isinstance(many, Undefined):
            return many
        if isinstance(many, Sized):
            spend(len(many))
            return many
        return count_each(many)

    def join_texts(self, *parts: Any) -> str:
        """
        Return what ``a ~ b`` is in a template.
        """
        texts = [_as_text(part) for part in parts]
        refuse_too_long(sum(map(len, texts)))
        text = "".join(texts)
        spend(len(texts) + size_of(text))
        return text

    def call_binop(self, context: Context, sign: str, left: Any, right: Any) -> Any:
        for one in (left, right):
            if isinstance(one, _FIRM):
                one._refuse()
        _refuse_too_wide(sign, left, right)
        match sign, left, right:
            case "%", str(), _:
                raise Refused("puts text together with %; write it with ~ instead")
            case ("*", str() | list() | tuple() as many, int(n)) | ("*", int(n), str() | list() | tuple() as many):
                refuse_too_long(len(many) * max(n, 0))
                spend(size_of(many) * max(n, 0))
            case "+", str() | list() | tuple(), str() | list() | tuple():
                refuse_too_long(len(left) + len(right))
                spend(size_of(left) + size_of(right))
        spend(1)
        return super().call_binop(context, sign, left, right)

    def _parse(self, source: str, name: str | None, filename: str | None) -> syntax.Template:
        if len(source) > LONGEST:
            raise Refused(f"is longer than {LONGEST:,} characters; split it, and include the parts")
        if markdown.MARK.search(source):
            raise Refused("holds a private-use character; take it out")
        tree = super()._parse(source, name, filename)
        # Compiling takes most of the time, so this comes first.
        note_parts(sum(1 for _ in tree.find_all(syntax.Node)))
        return tree

    def _generate(
        self, source: syntax.Template, name: str | None, filename: str | None, defer_init: bool = False
    ) -> str:
        return super()._generate(guard(source, name), name, filename, defer_init)


def _refuse_too_wide(sign: str, left: Any, right: Any) -> None:
    """
    Refuse to reckon with whole numbers of more digits than anybody needs.
    """
    if not isinstance(left, int) or not isinstance(right, int):
        return
    wide = left.bit_length() * abs(right) if sign == "**" else left.bit_length() + right.bit_length()
    if wide > WIDEST:
        raise Refused("reckons with a number that is too large")


#: What the signs of a comparison do.
_COMPARE: Mapping[str, Callable[[Any, Any], Any]] = {
    "eq": operator.eq, "ne": operator.ne, "lt": operator.lt, "lteq": operator.le, "gt": operator.gt,
    "gteq": operator.ge, "in": lambda left, right: left in right, "notin": lambda left, right: left not in right,
}  # fmt: skip


#: What Python cannot compile or run when things are nested without measure.
_TOO_DEEP = (RecursionError, MemoryError, SyntaxError)


class Sandbox:
    """
    Templates that can be run, each compiled once, and again when its text has changed.

    Args:
        text: Gives the text of a template by its name, or raises a `ReflectError`.
    """

    def __init__(self, text: Callable[[str], str]) -> None:
        self._text = text
        self._names: set[str] = set()
        self._environment = _Environment(jinja2.FunctionLoader(self._load))

    def _read(self, name: str) -> str:
        text = self._text(name)
        if here := paper.get(None):
            here.note_template(name, len(text))
        return text

    def _load(self, name: str) -> tuple[str, str, Callable[[], bool]]:
        spend()
        text = self._read(name)
        self._names.add(name)
        return text, name, lambda: self._read(name) == text

    def run(self, name: str, context: Mapping[str, object]) -> tuple[str, tuple[Value, ...]]:
        """
        Return the Markdown that a template prints, with a mark for each value, and the values.

        Raises:
            TemplateFault: The template is wrong, or does too much.
        """
        here = PaperInProgress(context)
        token = paper.set(here)
        try:
            with self._errors_as_faults(name):
                text = _plain(self._environment.get_template(name).render(context))
                refuse_too_long(len(text))
        finally:
            paper.reset(token)
        return text, tuple(here.values)

    def stray(self, name: str) -> tuple[tuple[int, str, tuple[str, ...]], ...]:
        """
        Return the blocks of a template that replace none of what it extends: line, name, and the names there are.

        Raises:
            TemplateFault: The template is wrong.
        """
        templates: dict[str, syntax.Template] = {}
        other: str | None = name
        while other is not None and other not in templates:
            with self._errors_as_faults(other):
                templates[other] = self._environment.parse(self._text(other), other)
            other = name_of_extended(templates[other])
        return stray_blocks(list(templates.values()))

    @contextlib.contextmanager
    def _errors_as_faults(self, name: str) -> Iterator[None]:
        """
        Raise what goes wrong with a template as its fault.
        """
        try:
            yield
        except jinja2.TemplateSyntaxError as error:
            raise TemplateFault(error.name or name, error.lineno, error.message or "cannot be read") from None
        except Refused as error:
            raise TemplateFault(*self._locate(error, name), error.why) from None
        except (jinja2.UndefinedError, SecurityError) as error:
            raise TemplateFault(*self._locate(error, name), error.message or "is not allowed") from None
        except _TOO_DEEP as error:
            raise TemplateFault(
                *self._locate(error, name), "is nested too deep; take a part out into a macro"
            ) from None
        except OverflowError as error:
            raise TemplateFault(*self._locate(error, name), "reckons with a number that is too large") from None
        except ReflectError:
            raise
        except Exception as error:  # its words may hold a value: only its kind and place go on
            raise TemplateFault(*self._locate(error, name), f"fails ({type(error).__name__})") from None

    def _locate(self, error: BaseException, name: str) -> tuple[str, int | None]:
        """
        Return the innermost template that an error comes from, and its line: Jinja puts both into the traceback.
        """
        place: tuple[str, int | None] = (name, None)
        trace = error.__traceback__
        while trace is not None:
            if (file := trace.tb_frame.f_code.co_filename) in self._names:
                place = file, trace.tb_lineno
            trace = trace.tb_next
        return place
