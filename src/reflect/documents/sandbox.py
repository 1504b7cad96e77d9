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

import functools
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sized
from contextvars import ContextVar
from typing import Any, NoReturn

import attrs
import jinja2
from jinja2 import nodes as syntax
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context, Macro, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from reflect.documents.guarding import guard, name_of_extended, stray_blocks
from reflect.errors import ReflectError, Refused, TemplateFault, write_one_of
from reflect.text import markdown
from reflect.text.filling import Blocks, Prose, Value

#: How much a template may do for one paper. The longest workbook we know of takes a hundredth.
STEPS = 1_000_000
#: What a call costs, in steps: it takes about as long as this many turns of a loop.
_CALL = 5
#: A template pays a step for this many characters that it makes.
_CHARACTERS_A_STEP = 20
#: The longest text or list that a template may make, and the longest template, in characters.
LARGEST, LONGEST = 4_000_000, 200_000
#: The widest that a filter may be told to make something.
_WIDEST = 1000
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


# --- one paper's values, and what it may still do


@attrs.define
class _PaperInProgress:
    """
    What is kept while one paper is made.
    """

    context: Mapping[str, object] = attrs.field(factory=dict, repr=False)
    values: list[Value] = attrs.field(factory=list, repr=False)
    left: int = STEPS

    def spend(self, steps: int) -> None:
        self.left -= steps
        if self.left < 0:
            raise Refused("takes too many steps and was stopped; look for loops in loops, or a macro that calls itself")


#: The paper that is being made. A variable of the context, so that threads do not share it.
_paper: ContextVar[_PaperInProgress] = ContextVar("reflect_paper")


def _spend(steps: int = 1) -> None:
    if paper := _paper.get(None):  # while a template is compiled there may be none
        paper.spend(steps)


def _size(value: object) -> int:
    """
    Return how large a text or a list is, in steps; other things cost nothing.
    """
    if isinstance(value, str):
        return str.__len__(value) // _CHARACTERS_A_STEP
    return len(value) if isinstance(value, (list, tuple, dict, range)) else 0


def _refuse_too_long(size: int) -> None:
    if size > LARGEST:
        raise Refused("makes a text or a list that is too long and was stopped")


def _count_each(many: Iterable[object]) -> Iterator[object]:
    """
    Give the same things; each takes a step.
    """
    for each in many:
        _spend()
        yield each


def _concatenate(parts: Iterable[str]) -> Rendered:
    text = "".join(map(_plain, parts))
    _spend(_size(text))
    return Rendered(text)


@jinja2.pass_context  # so that nothing is printed, and so kept, while a template is compiled
def _keep_value(context: Context, value: object) -> str:
    if isinstance(value, _FIRM):
        text = _plain(value)
        if type(value) is Rendered:
            return text
        value = text
    if isinstance(value, Undefined):
        str(value)  # raises, and names what is missing
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if value is None:
        return ""
    if not isinstance(value, Blocks):
        value = value if type(value) is str or isinstance(value, Prose) else str(value)
    values = _paper.get().values
    if markdown.FIRST + len(values) > markdown.LAST:
        raise Refused("prints too many values; print the document in parts")
    values.append(value)
    return chr(markdown.FIRST + len(values) - 1)


# --- the sandbox


def _longest_result(name: str, args: tuple[Any, ...], named: Mapping[str, Any]) -> int:
    """
    Return the most characters that a filter may make of a text, if it can make it much longer; else 0.
    """
    texts = [value for value in (*args, *named.values()) if isinstance(value, str)]
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


def _guard_filter(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """
    Return a filter that refuses what a template made, so that nothing is computed on it, and whose work is counted.
    """

    @functools.wraps(function)
    def apply_filter(*args: Any, **named: Any) -> Any:
        given = (*args, *named.values())
        for value in given:
            for each in value if isinstance(value, (list, tuple)) else (value,):
                if isinstance(each, _FIRM):
                    each._refuse()
        for value in given[1:]:
            if isinstance(value, int) and abs(value) > _WIDEST and name in ("batch", "slice", "indent", "round"):
                raise Refused(f"the filter '{name}' is told a number over {_WIDEST}; take a smaller one")
        _spend(_CALL + sum(map(_size, given)))
        _refuse_too_long(_longest_result(name, args, named))
        made = function(*args, **named)
        _spend(_size(made))
        return _count_each(made) if isinstance(made, Iterator) else made

    return apply_filter


def _follow(environment: jinja2.Environment, value: Any, path: str | int | None) -> Any:
    """
    Return what a filter's ``attribute`` leads to: names and numbers with dots between them.
    """
    steps = () if path is None else str(path).split(".")
    _spend(len(steps))
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
    texts = [str(_follow(environment, each, attribute)) for each in value]
    _refuse_too_long(sum(map(len, texts)) + len(d) * len(texts))
    return d.join(texts)


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
    paper = _paper.get(None)
    context = paper.context if paper else {}
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
    intercepted_binops = frozenset({"+", "*", "**", "%"})

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
        known = {**self.filters, "join": _join}
        self.filters = {name: _guard_filter(name, known[name]) for name in FILTERS}
        self.globals = {name: f for name, f in self.globals.items() if name in ("range", "namespace")}

    def getattr(self, obj: Any, attribute: str) -> Any:
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

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        known = _METHODS.get(type(obj))
        return super().is_safe_attribute(obj, attr, value) if known is None else attr in known

    def call(self, __context: Context, __obj: Any, *args: Any, **named: Any) -> Any:
        if __obj == self.get_named:
            return self.get_named(*args)
        inner = isinstance(__obj, Macro) or getattr(__obj, "__self__", None) is self
        for one in () if inner else (*args, *named.values()):
            if type(one) is Sealed:
                one._refuse()
        _spend(_CALL + sum(map(_size, args)) + _size(getattr(__obj, "__self__", None)))
        made = super().call(__context, __obj, *args, **named)
        _spend(_size(made))
        return made

    def count_turns(self, many: Any) -> Any:
        """
        Return what a loop goes through, with its turns counted.
        """
        if isinstance(many, Undefined):
            return many
        if isinstance(many, Sized):
            _spend(len(many))
            return many
        return _count_each(many)

    def join_texts(self, *parts: Any) -> str:
        """
        Return what ``a ~ b`` is in a template.
        """
        texts = [str(part) for part in parts]
        _refuse_too_long(sum(map(len, texts)))
        return "".join(texts)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        for one in (left, right):
            if isinstance(one, _FIRM):
                one._refuse()
        match operator, left, right:
            case "%", str(), _:
                raise Refused("puts text together with %; write it with ~ instead")
            case ("*", str() | list() | tuple() as many, int(n)) | ("*", int(n), str() | list() | tuple() as many):
                _refuse_too_long(len(many) * max(n, 0))
            case ("*", int(), int()) | ("**", int(), int()):
                wide = right.bit_length() if operator == "*" else left.bit_length() * abs(right)
                if left.bit_length() + wide > _WIDEST:
                    raise Refused("reckons with a number that is too large")
            case "+", str() | list() | tuple(), str() | list() | tuple():
                _refuse_too_long(len(left) + len(right))
        made = super().call_binop(context, operator, left, right)
        _spend(_size(made))
        return made

    def _parse(self, source: str, name: str | None, filename: str | None) -> syntax.Template:
        if len(source) > LONGEST:
            raise Refused(f"is longer than {LONGEST} characters; split it, and include the parts")
        if markdown.MARK.search(source):
            raise Refused("holds a private-use character; take it out")
        return super()._parse(source, name, filename)

    def _generate(
        self, source: syntax.Template, name: str | None, filename: str | None, defer_init: bool = False
    ) -> str:
        return super()._generate(guard(source, name), name, filename, defer_init)


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

    def _load(self, name: str) -> tuple[str, str, Callable[[], bool]]:
        _spend()
        text = self._text(name)
        self._names.add(name)
        return text, name, lambda: self._text(name) == text

    def run(self, name: str, context: Mapping[str, object]) -> tuple[str, tuple[Value, ...]]:
        """
        Return the Markdown that a template prints, with a mark for each value, and the values.

        Raises:
            TemplateFault: The template is wrong, or does too much.
        """
        paper = _PaperInProgress(context)
        token = _paper.set(paper)
        try:
            text = _plain(self._environment.get_template(name).render(context))
            _refuse_too_long(len(text))
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
        finally:
            _paper.reset(token)
        return text, tuple(paper.values)

    def stray(self, name: str) -> tuple[tuple[int, str, tuple[str, ...]], ...]:
        """
        Return the blocks of a template that replace none of what it extends: line, name, and the names there are.
        """
        templates = {name: self._environment.parse(self._text(name), name)}
        while (other := name_of_extended(templates[name])) is not None and other not in templates:
            name = other
            templates[name] = self._environment.parse(self._text(name), name)
        return stray_blocks(list(templates.values()))

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
