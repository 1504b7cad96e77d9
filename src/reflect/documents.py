"""
Templates, values and a reader make a document. The only home of Jinja.

A template prints Markdown. Whatever it prints with ``{{ }}`` becomes one
private-use character, and the value waits in a table until the text has been
parsed (`reflect.filling`); so a value cannot become markup in any format, and
one person's value cannot turn up in another's paper.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from pathlib import Path
from typing import Any, NoReturn

import attrs
import jinja2
import yaml
from jinja2 import nodes as syntax
from jinja2.runtime import Context, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from reflect import formats, markdown, views
from reflect.catalogues import Catalogue
from reflect.errors import NoReader, ReflectError, Refused, UnknownKey
from reflect.filling import Blocks, Value, fill, visible
from reflect.nodes import Document, Heading, words
from reflect.outlines import Outline
from reflect.questions import Composable
from reflect.record import Record
from reflect.rings import ANYONE, READERS, Reader, reader
from reflect.session import Session, plan
from reflect.words import Wording, wording

_FOLDER = Path(__file__).parent / "templates"
#: Where our own templates can be named from a user's: ``{% extends "reflect/agenda" %}``.
OURS = "reflect/"
#: Filters that would make markup of a value, or text of a value's insides.
_ABSENT = ("safe", "e", "escape", "forceescape", "urlize", "xmlattr", "striptags", "tojson", "pprint")


@attrs.frozen
class TemplateFault(ReflectError, ValueError):
    """
    A template cannot be used.

    Attributes:
        template: Its name.
        line: The line, if it is known.
        what: What is wrong; never a value.
    """

    template: str
    line: int | None
    what: str

    def __str__(self) -> str:
        place = self.template if self.line is None else f"{self.template}:{self.line}"
        return f"{place}: {self.what}"


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


def _plain(text: str) -> str:
    """
    The characters of a text, whatever its class.
    """
    return str.__str__(text)


#: The values of the template that is being rendered. A variable of the context, so that threads do not share it.
_table: ContextVar[list[Value]] = ContextVar("reflect_values")


def _concat(parts: Iterable[str]) -> Rendered:
    return Rendered("".join(map(_plain, parts)))


@jinja2.pass_context  # so that nothing is printed, and so kept, while a template is compiled
def _finalize(context: Context, value: object) -> str:
    if type(value) is Rendered:
        return _plain(value)
    if isinstance(value, Undefined):
        str(value)  # raises, and names what is missing
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if value is None:
        return ""
    if not isinstance(value, Blocks):
        value = value if type(value) is str else str(value)
    values = _table.get()
    if markdown.FIRST + len(values) > markdown.LAST:
        raise Refused("a document has too many values; print it in parts")
    values.append(value)
    return chr(markdown.FIRST + len(values) - 1)


def _guarded(function: Callable[..., Any]) -> Callable[..., Any]:
    """
    A filter that refuses what a template made, so that nothing is computed on it.
    """

    @functools.wraps(function)
    def filtered(*args: Any, **named: Any) -> Any:
        for value in (*args, *named.values()):
            inner = value if isinstance(value, (list, tuple)) else (value,)
            for each in inner:
                if type(each) is Rendered:
                    each._whole()
        return function(*args, **named)

    return filtered


class _Pages(ImmutableSandboxedEnvironment):
    """
    Jinja's sandbox, with values beside the page.
    """

    concat = staticmethod(_concat)

    def __init__(self, loader: jinja2.BaseLoader) -> None:
        super().__init__(
            loader=loader,
            undefined=jinja2.StrictUndefined,
            finalize=_finalize,
            autoescape=False,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self.filters = {name: _guarded(f) for name, f in self.filters.items() if name not in _ABSENT}
        self.globals = {name: f for name, f in self.globals.items() if name in ("range", "namespace")}

    def getattr(self, obj: Any, attribute: str) -> Any:
        if type(obj) is Rendered:
            obj._whole()
        return super().getattr(obj, attribute)

    def _parse(self, source: str, name: str | None, filename: str | None) -> syntax.Template:
        if markdown.MARK.search(source):
            raise TemplateFault(name or "template", None, "holds a private-use character; take it out")
        tree = super()._parse(source, name, filename)
        todo: list[syntax.Node] = [tree]
        while todo:
            node = todo.pop()
            if isinstance(node, (syntax.FilterBlock, syntax.ScopedEvalContextModifier)):
                what = "{% filter %} and {% autoescape %} are not known here; take them out"
                raise TemplateFault(name or "template", node.lineno, what)
            if isinstance(node, (syntax.Import, syntax.FromImport)):
                # Without the context, what it printed would be kept from one paper to the next.
                node.with_context = True
            # Both stand among statements, so expressions need no look.
            todo += [child for child in node.iter_child_nodes() if isinstance(child, syntax.Stmt)]
        return tree


# --- templates


@attrs.frozen
class About:
    """
    What the front matter of a template says.

    Attributes:
        of: What it is made from: ``model`` or ``session``.
        label: What sort of paper it is, at the head of every page.
        limits: Who may read it, or its licence; at the foot of every page.
    """

    of: str = "session"
    label: str = ""
    limits: str = ""


_FRONT = re.compile(r"\A---\n(.*?\n)---\n", re.DOTALL)


def _split(text: str) -> tuple[str, str]:
    match = _FRONT.match(text)
    # The lines stay, so that a fault names the line of the file.
    return (match[1], "\n" * match[0].count("\n") + text[match.end() :]) if match else ("", text)


@functools.lru_cache(64)
def _about(name: str, front: str) -> About | None:
    if not front:
        return None
    try:
        data = yaml.load(front, getattr(yaml, "CBaseLoader", yaml.BaseLoader))
        about = About(**data)
    except (yaml.YAMLError, TypeError):
        raise TemplateFault(name, 1, "its front matter may say of, label and limits, a 'name: text' each") from None
    if about.of not in ("model", "session"):
        raise TemplateFault(name, 1, "'of' is model or session")
    return about


@functools.cache
def _our_files() -> frozenset[str]:
    return frozenset(file.stem for file in _FOLDER.glob("*.md"))


@functools.cache
def _our_text(name: str) -> str:
    return (_FOLDER / f"{name}.md").read_text("utf-8")


@attrs.frozen
class Templates:
    """
    Document templates: a user's folders first, then ours.

    Attributes:
        folders: Folders of ``.md`` templates; the first that has a name wins.
    """

    folders: tuple[Path, ...] = ()

    @functools.cached_property
    def _environment(self) -> _Pages:
        return _Pages(jinja2.FunctionLoader(self._load))

    def _load(self, name: str) -> tuple[str, str, Callable[[], bool]]:
        text = self._text(name)
        return _split(text)[1], name, lambda: self._text(name) == text

    def _text(self, name: str) -> str:
        if not re.fullmatch(r"(?:reflect/)?_?[a-z0-9]+(?:-[a-z0-9]+)*", name):
            raise UnknownKey(name, self.names(), "document")
        if not name.startswith(OURS):
            for folder in self.folders:
                file = folder / f"{name}.md"
                if file.is_file():
                    try:
                        return file.read_text("utf-8-sig").replace("\r\n", "\n")
                    except (OSError, UnicodeDecodeError):
                        raise TemplateFault(str(file), None, "cannot be read; save it as text in UTF-8") from None
        ours = name.removeprefix(OURS)
        if ours not in _our_files():
            raise UnknownKey(name, self.names(), "document")
        return _our_text(ours)

    def names(self) -> tuple[str, ...]:
        """
        Return the names of the documents there are.
        """
        theirs = {f.stem for folder in self.folders if folder.is_dir() for f in folder.glob("*.md")}
        return tuple(sorted(name for name in theirs | _our_files() if not name.startswith("_")))

    def about(self, name: str) -> About:
        """
        Return what a template says about itself; one that says nothing takes over what ours of that name says.

        Raises:
            UnknownKey: There is no such document.
            TemplateFault: Its front matter is wrong.
        """
        about = _about(name, _split(self._text(name))[0])
        if about is None and name in _our_files():
            about = _about(name, _split(_our_text(name))[0])
        return about or About()

    def render(self, name: str, context: Mapping[str, object]) -> tuple[str, tuple[Value, ...]]:
        """
        Return the Markdown of a document, with a mark for each value, and the values.

        Raises:
            TemplateFault: The template is wrong.
        """
        values: list[Value] = []
        token = _table.set(values)
        try:
            text = _plain(self._environment.get_template(name).render(context))
        except jinja2.TemplateSyntaxError as error:
            raise TemplateFault(error.name or name, error.lineno, error.message or "cannot be read") from None
        except ReflectError as error:
            raise _placed(error, name) from None
        except (jinja2.UndefinedError, jinja2.exceptions.SecurityError) as error:
            raise TemplateFault(name, _line(error, name), error.message or "is not allowed") from None
        except Exception as error:  # its words may hold a value: only its kind and place go on
            raise TemplateFault(name, _line(error, name), f"fails ({type(error).__name__})") from None
        finally:
            _table.reset(token)
        return text, tuple(values)


def _placed(error: ReflectError, name: str) -> ReflectError:
    return TemplateFault(name, _line(error, name), str(error)) if isinstance(error, Refused) else error


def _line(error: BaseException, name: str) -> int | None:
    """
    The line of the template an error comes from: Jinja puts it into the traceback.
    """
    line, trace = None, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == name:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


# --- documents

#: Facts that any document may have, on every page or as its title.
PAGE_FACTS = ("title", "organisation", "marking")

#: What a document can be made of.
What = Session | Record | Composable | Outline | str


def _session(what: What, facts: Mapping[str, str], minutes: int, models: Catalogue | None) -> Session:
    """
    The session a document is about.
    """
    if isinstance(what, Record):
        return plan(what.outline, what.minutes, models=models, facts={**dict(what.facts), **facts})
    if isinstance(what, Session):
        return attrs.evolve(what, facts={**dict(what.facts), **facts}) if facts else what
    return plan(what, minutes, models=models, facts=facts)


def document(
    what: What,
    name: str,
    *,
    reader: str | Reader | None = None,
    wording: str | Path | Wording = "general",
    facts: Mapping[str, str] | None = None,
    minutes: int = 60,
    models: Catalogue | None = None,
    templates: Templates | Iterable[str | Path] = (),
) -> Document:
    """
    Return a document, ready for any format.

    Args:
        what: A session, a record, a model, a set, or an outline or its text (then *minutes* counts).
        name: The document: ``"agenda"``, ``"handout"``, …
        reader: Who will read it; it may be left out only where nothing is filled in.
        wording: The words of the profession.
        facts: What is said about it: title, organisation, marking, date, start, place, …
        minutes: Length of the session, if *what* is an outline, in minutes.
        models: Where models are found, if *what* names them; ours if nothing is said.
        templates: Folders of templates of your own; they go first.

    Raises:
        NoReader: Something is filled in and no reader is named.
        UnknownKey: There is no such document, reader or wording, or the wording lacks a word.
        TemplateFault: The template is wrong.
        Refused: The document cannot be made of this.
        DoesNotFit: The outline does not fit the minutes.
    """
    shelf = templates if isinstance(templates, Templates) else _shelf(tuple(map(Path, templates)))
    about = shelf.about(name)
    words_of = _wording(wording)
    facts = facts or {}
    context: dict[str, object] = {"words": dict(words_of.words)}
    if about.of == "model":
        if not isinstance(what, Composable):
            raise Refused(f"'{name}' is about a model; name one, such as kolb-cycle")
        context["model"] = views.model_view(what, words_of)
        known = {fact: facts.get(fact, "") for fact in PAGE_FACTS}
    else:
        session = _session(what, facts, minutes, models)
        who = _who(what if isinstance(what, Record) else session, name, reader)
        seen = session.visible_to(who)
        record = what.visible_to(who) if isinstance(what, Record) else None
        context["session"] = views.session_view(seen, words_of, record)
        known = {fact: seen.fact(fact) for fact in PAGE_FACTS}
    context["facts"] = known
    text, values = shelf.render(name, context)
    try:
        blocks = fill(markdown.shape(text), values)
    except Refused as error:
        raise TemplateFault(name, None, str(error)) from None
    title = next((words(block.children) for block in blocks if isinstance(block, Heading)), name.capitalize())
    return Document(
        kind=name,
        title=" ".join(title.split()),
        label=visible(words_of.fill(about.label)),
        organisation=" ".join(visible(known["organisation"]).split()),
        marking=" ".join(visible(known["marking"]).split()),
        limits=visible(words_of.fill(about.limits)),
        blocks=blocks,
    )


def _who(what: What, name: str, given: str | Reader | None) -> Reader:
    if given is not None:
        return reader(given)
    if isinstance(what, Record) or (isinstance(what, Session) and what.filled):
        raise NoReader(name, tuple(known.name for known in READERS))
    return ANYONE


@functools.lru_cache(16)
def _shelf(folders: tuple[Path, ...]) -> Templates:
    """
    Templates of the same folders are compiled once, and again when a file has changed.
    """
    return Templates(folders)


@functools.lru_cache(32)
def _wording(name: str | Path | Wording) -> Wording:
    return wording(name)


def render(
    what: What,
    name: str,
    *,
    to: str = "docx",
    reader: str | Reader | None = None,
    wording: str | Path | Wording = "general",
    facts: Mapping[str, str] | None = None,
    minutes: int = 60,
    models: Catalogue | None = None,
    templates: Templates | Iterable[str | Path] = (),
) -> bytes:
    """
    Return a document as the bytes of a file; the same input gives the same bytes.

    Args:
        what: A session, a record, a model, a set, or an outline or its text (then *minutes* counts).
        name: The document: ``"agenda"``, ``"record"``, ``"handout"``, ``"cards"``, ``"worksheet"``, or your own.
        to: The format: docx, html, md, txt or json.
        reader: Who will read it; it may be left out only where nothing is filled in.
        wording: The words of the profession.
        facts: What is said about it: title, organisation, marking, date, start, place, …
        minutes: Length of the session, if *what* is an outline, in minutes.
        models: Where models are found, if *what* names them; ours if nothing is said.
        templates: Folders of templates of your own; they go first.

    Raises:
        ReflectError: As `document` raises them.
    """
    write = formats.writer(to)
    made = document(
        what,
        name,
        reader=reader,
        wording=wording,
        facts=facts,
        minutes=minutes,
        models=models,
        templates=templates,
    )
    return write(made)
