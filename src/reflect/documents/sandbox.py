"""
What runs a document template: Jinja in a sandbox that stops. The only home of Jinja.

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
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import SecurityError
from jinja2.filters import make_attrgetter
from jinja2.runtime import Context, Macro, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing

from reflect.errors import ReflectError, Refused, TemplateFault, write_one_of
from reflect.text import markdown
from reflect.text.filling import Blocks, Prose, Value

#: How much a template may do for one paper. The longest workbook we know of takes a hundredth.
STEPS = 1_000_000
#: What a call costs, in steps: it takes about as long as so many turns of a loop.
_CALL = 5
#: So many characters that a template makes cost a step.
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

    def _whole(self, *_: object, **__: object) -> NoReturn:
        raise Refused("what a macro or block made can only be printed whole; put the filter on the value inside it")

    __str__ = __add__ = __radd__ = __mod__ = __rmod__ = __mul__ = __rmul__ = _whole
    __getitem__ = __iter__ = __contains__ = __format__ = _whole
    __lt__ = __le__ = __gt__ = __ge__ = _whole


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

    def _whole(self, *_: object, **__: object) -> NoReturn:
        raise NotAlike

    __str__ = __add__ = __radd__ = __mod__ = __rmod__ = __mul__ = __rmul__ = _whole
    __getitem__ = __iter__ = __contains__ = __format__ = __len__ = _whole
    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __hash__ = _whole

    def __bool__(self) -> bool:
        return bool(_plain(self))


#: Texts on which a template may not compute.
_FIRM = (Rendered, Sealed)


def _plain(text: str) -> str:
    """
    The characters of a text, whatever its class.
    """
    return str.__str__(text)


# --- one paper's values, and what it may still do


@attrs.define
class _Paper:
    """
    What is kept while one paper is rendered.
    """

    context: Mapping[str, object] = attrs.field(factory=dict, repr=False)
    values: list[Value] = attrs.field(factory=list, repr=False)
    left: int = STEPS

    def spend(self, steps: int) -> None:
        self.left -= steps
        if self.left < 0:
            raise Refused("takes too many steps and was stopped; look for loops in loops, or a macro that calls itself")


#: The paper that is being rendered. A variable of the context, so that threads do not share it.
_paper: ContextVar[_Paper] = ContextVar("reflect_paper")


def _spend(steps: int = 1) -> None:
    if paper := _paper.get(None):  # while a template is compiled there may be none
        paper.spend(steps)


def _size(value: object) -> int:
    """
    How much of a text or a list there is, in steps; other things cost nothing.
    """
    if isinstance(value, str):
        return str.__len__(value) // _CHARACTERS_A_STEP
    return len(value) if isinstance(value, (list, tuple, dict, range)) else 0


def _within(size: int) -> None:
    if size > LARGEST:
        raise Refused("makes a text or a list that is too long and was stopped")


def _counted(many: Iterable[object]) -> Iterator[object]:
    """
    The same things; each takes a step.
    """
    for each in many:
        _spend()
        yield each


def _concat(parts: Iterable[str]) -> Rendered:
    text = "".join(map(_plain, parts))
    _spend(_size(text))
    return Rendered(text)


@jinja2.pass_context  # so that nothing is printed, and so kept, while a template is compiled
def _finalize(context: Context, value: object) -> str:
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


def _grown(name: str, args: tuple[Any, ...], named: Mapping[str, Any]) -> int:
    """
    The most characters that a filter may make of a text, where it can make it much longer.
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


def _guarded(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """
    A filter that refuses what a template made, so that nothing is computed on it, and whose work is counted.
    """

    @functools.wraps(function)
    def filtered(*args: Any, **named: Any) -> Any:
        given = (*args, *named.values())
        for value in given:
            for each in value if isinstance(value, (list, tuple)) else (value,):
                if isinstance(each, _FIRM):
                    each._whole()
        for value in given[1:]:
            if isinstance(value, int) and abs(value) > _WIDEST and name in ("batch", "slice", "indent", "round"):
                raise Refused(f"the filter '{name}' is told a number over {_WIDEST}; take a smaller one")
        _spend(_CALL + sum(map(_size, given)))
        _within(_grown(name, args, named))
        made = function(*args, **named)
        _spend(_size(made))
        return _counted(made) if isinstance(made, Iterator) else made

    return filtered


@jinja2.pass_environment
def _joined(
    environment: jinja2.Environment, value: Iterable[object], d: str = "", attribute: str | int | None = None
) -> str:
    """
    Things in a row as one text, with *d* between them.
    """
    part = str if attribute is None else make_attrgetter(environment, attribute, postprocess=str)
    texts = list(map(part, value))
    _within(sum(map(len, texts)) + len(d) * len(texts))
    return d.join(texts)


class _Generator(CodeGenerator):
    """
    Compiles what a template may do, so that it is counted and told by name.
    """

    def visit_For(self, node: syntax.For, frame: Frame) -> None:
        node.iter = _ours("counted", node.iter)
        super().visit_For(node, frame)

    def visit_Concat(self, node: syntax.Concat, frame: Frame) -> None:
        self.visit(_ours("put_together", *node.nodes), frame)

    def visit_Getitem(self, node: syntax.Getitem, frame: Frame) -> None:
        if isinstance(node.arg, syntax.Const) and isinstance(node.arg.value, str):
            # A name that stands in the template may be told in an error; what is looked up by a value may not.
            self.write("environment.named(")
            self.visit(node.node, frame)
            self.write(f", {node.arg.value!r})")
        else:
            super().visit_Getitem(node, frame)

    def _fixed(self, node: syntax.Include | syntax.Extends | syntax.Import | syntax.FromImport) -> None:
        if not isinstance(node.template, syntax.Const) or not isinstance(node.template.value, str):
            self.fail("name one template, in quotation marks", node.lineno)

    def visit_Include(self, node: syntax.Include, frame: Frame) -> None:
        self._fixed(node)
        super().visit_Include(node, frame)

    def visit_Extends(self, node: syntax.Extends, frame: Frame) -> None:
        self._fixed(node)
        super().visit_Extends(node, frame)

    def visit_Import(self, node: syntax.Import, frame: Frame) -> None:
        self._fixed(node)
        node.with_context = True  # without it, what is printed would be kept from one paper to the next
        super().visit_Import(node, frame)

    def visit_FromImport(self, node: syntax.FromImport, frame: Frame) -> None:
        self._fixed(node)
        node.with_context = True
        super().visit_FromImport(node, frame)

    def visit_FilterBlock(self, node: syntax.FilterBlock, frame: Frame) -> None:
        self.fail("{% filter %} is not known here; take it out", node.lineno)

    def visit_ScopedEvalContextModifier(self, node: syntax.ScopedEvalContextModifier, frame: Frame) -> None:
        self.fail("{% autoescape %} is not known here; take it out", node.lineno)


def _ours(method: str, *args: syntax.Node) -> syntax.Call:
    """
    A call of one of our own methods, in a template's syntax tree.
    """
    made = syntax.Call(syntax.EnvironmentAttribute(method), list(args), [], None, None)
    made.set_lineno(args[0].lineno)
    return made


@functools.lru_cache(256)
def _fields(kind: Hashable) -> frozenset[str]:
    """
    The fields of one of our own classes that a template may see; none of any other.
    """
    if not isinstance(kind, type) or not attrs.has(kind):
        return frozenset()
    return frozenset(field.name for field in attrs.fields(kind) if not field.name.startswith("_"))


def _names(obj: object) -> list[str]:
    """
    The names that a template may ask of something: those of our own views and tables, and none of a value.
    """
    paper = _paper.get(None)
    context = paper.context if paper else {}
    if obj is missing:
        return list(context)
    if attrs.has(kind := type(obj)):
        return [field.name for field in attrs.fields(kind)]
    # Any other dictionary may hold what somebody typed.
    return next((list(known) for known in context.values() if known is obj and isinstance(known, Mapping)), [])


class _Missing(jinja2.StrictUndefined):
    """
    What is not there, told with the nearest name that is; names of values are never told.
    """

    @property
    def _undefined_message(self) -> str:
        if self._undefined_hint:
            return self._undefined_hint
        name, known = str(self._undefined_name), _names(self._undefined_obj)
        remedy = write_one_of(name, known) if known else "check how it is spelt"
        return f"there is no '{name}'; {remedy}"


class _Environment(ImmutableSandboxedEnvironment):
    """
    Jinja's sandbox, with values beside the page and a count of steps.
    """

    concat = staticmethod(_concat)
    code_generator_class = _Generator
    intercepted_binops = frozenset({"+", "*", "**", "%"})

    def __init__(self, loader: jinja2.BaseLoader) -> None:
        super().__init__(
            loader=loader,
            undefined=_Missing,
            finalize=_finalize,
            autoescape=False,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        known = {**self.filters, "join": _joined}
        self.filters = {name: _guarded(name, known[name]) for name in FILTERS}
        self.globals = {name: f for name, f in self.globals.items() if name in ("range", "namespace")}

    def getattr(self, obj: Any, attribute: str) -> Any:
        kind: Any = type(obj)
        # The short way to what templates ask for most: fields of our own views, and names in our tables.
        if attribute in _fields(kind):
            return getattr(obj, attribute)
        if kind is dict and attribute in obj and not hasattr(dict, attribute):
            return obj[attribute]
        if kind in _FIRM:
            obj._whole()
        return super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        found = super().getitem(obj, argument)
        # What it is looked up by may be private, and an error would name it.
        return self.undefined(hint="what is looked up in [ ] is not there") if isinstance(found, Undefined) else found

    def named(self, obj: Any, name: str) -> Any:
        """
        What ``obj["name"]`` is in a template.
        """
        return super().getitem(obj, name)

    def unsafe_undefined(self, obj: Any, attribute: str) -> Undefined:
        hint = "a part of Python is asked for, and a template may use none; take it out"
        return self.undefined(hint, exc=SecurityError)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        known = _METHODS.get(type(obj))
        return super().is_safe_attribute(obj, attr, value) if known is None else attr in known

    def call(self, __context: Context, __obj: Any, *args: Any, **named: Any) -> Any:
        inner = isinstance(__obj, Macro) or getattr(__obj, "__self__", None) is self
        for one in () if inner else (*args, *named.values()):
            if type(one) is Sealed:
                one._whole()
        _spend(_CALL + sum(map(_size, args)) + _size(getattr(__obj, "__self__", None)))
        made = super().call(__context, __obj, *args, **named)
        _spend(_size(made))
        return made

    def counted(self, many: Any) -> Any:
        """
        What a loop goes through, its turns counted.
        """
        if isinstance(many, Undefined):
            return many
        if isinstance(many, Sized):
            _spend(len(many))
            return many
        return _counted(many)

    def put_together(self, *parts: Any) -> str:
        """
        What ``a ~ b`` is in a template.
        """
        texts = [str(part) for part in parts]
        _within(sum(map(len, texts)))
        return "".join(texts)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        for one in (left, right):
            if isinstance(one, _FIRM):
                one._whole()
        match operator, left, right:
            case "%", str(), _:
                raise Refused("puts text together with %; write it with ~ instead")
            case ("*", str() | list() | tuple() as many, int(n)) | ("*", int(n), str() | list() | tuple() as many):
                _within(len(many) * max(n, 0))
            case ("*", int(), int()) | ("**", int(), int()):
                wide = right.bit_length() if operator == "*" else left.bit_length() * abs(right)
                if left.bit_length() + wide > _WIDEST:
                    raise Refused("reckons with a number that is too large")
            case "+", str() | list() | tuple(), str() | list() | tuple():
                _within(len(left) + len(right))
        made = super().call_binop(context, operator, left, right)
        _spend(_size(made))
        return made

    def _parse(self, source: str, name: str | None, filename: str | None) -> syntax.Template:
        if len(source) > LONGEST:
            raise Refused(f"is longer than {LONGEST} characters; split it, and include the parts")
        if markdown.MARK.search(source):
            raise Refused("holds a private-use character; take it out")
        return super()._parse(source, name, filename)


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
        paper = _Paper(context)
        token = _paper.set(paper)
        try:
            text = _plain(self._environment.get_template(name).render(context))
            _within(len(text))
        except jinja2.TemplateSyntaxError as error:
            raise TemplateFault(error.name or name, error.lineno, error.message or "cannot be read") from None
        except Refused as error:
            raise TemplateFault(*self._place(error, name), error.why) from None
        except (jinja2.UndefinedError, SecurityError) as error:
            raise TemplateFault(*self._place(error, name), error.message or "is not allowed") from None
        except _TOO_DEEP as error:
            raise TemplateFault(*self._place(error, name), "is nested too deep; take a part out into a macro") from None
        except OverflowError as error:
            raise TemplateFault(*self._place(error, name), "reckons with a number that is too large") from None
        except ReflectError:
            raise
        except Exception as error:  # its words may hold a value: only its kind and place go on
            raise TemplateFault(*self._place(error, name), f"fails ({type(error).__name__})") from None
        finally:
            _paper.reset(token)
        return text, tuple(paper.values)

    def stray(self, name: str) -> tuple[tuple[int, str, tuple[str, ...]], ...]:
        """
        Return the blocks of a template that replace none of what it extends: line, name, and the names there are.
        """
        own = self._environment.parse(self._text(name), name)
        there: set[str] = set()
        seen, tree = {name}, own
        while (above := tree.find(syntax.Extends)) is not None and isinstance(above.template, syntax.Const):
            if (other := str(above.template.value)) in seen:
                break
            seen.add(other)
            tree = self._environment.parse(self._text(other), other)
            there |= {block.name for block in tree.find_all(syntax.Block)}
        mine = [node for node in own.body if isinstance(node, syntax.Block)] if len(seen) > 1 else []
        return tuple((block.lineno, block.name, tuple(sorted(there))) for block in mine if block.name not in there)

    def _place(self, error: BaseException, name: str) -> tuple[str, int | None]:
        """
        The innermost template an error comes from, and its line: Jinja puts both into the traceback.
        """
        found: tuple[str, int | None] = (name, None)
        trace = error.__traceback__
        while trace is not None:
            if (file := trace.tb_frame.f_code.co_filename) in self._names:
                found = file, trace.tb_lineno
            trace = trace.tb_next
        return found
