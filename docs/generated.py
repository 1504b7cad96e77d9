"""
What is written into pages when they are read: lists that would go stale if somebody had to keep them.

A page says where with a line ``<!-- generated: NAME -->``.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import attrs
import click

import reflect

ROOT = Path(__file__).parent.parent
_PLACE = re.compile(r"^<!-- generated: ([\w-]+)(?: ([\w-]+))? -->$", re.MULTILINE)

MAKERS: dict[str, Callable[..., str]] = {}


def maker(function: Callable[..., str]) -> Callable[..., str]:
    """
    Let a page ask for what a function writes, by the function's name.
    """
    MAKERS[function.__name__.replace("_", "-")] = function
    return function


def expanded(text: str) -> str:
    """
    Return a page with its lists in place.
    """
    return _PLACE.sub(lambda place: MAKERS[place[1]](*filter(None, [place[2]])), text)


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    titles = tuple(head)
    lines = [titles, ["---"] * len(titles), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in lines)


def _first(some: object) -> str:
    """
    The first paragraph of a docstring, on one line.
    """
    return _marked(" ".join((inspect.getdoc(some) or "").split("\n\n")[0].split()))


def _marked(text: str) -> str:
    """
    A docstring's marks as Markdown's.
    """
    return re.sub(r"``([^`]*)``", r"`\1`", text)


# --- the library

#: Which packages a page of the reference is about. Beside `reflect` itself, their names are promised, and no others.
SUBJECTS: dict[str, tuple[str, ...]] = {
    "composing": ("questions",),
    "pages": (),
    "sessions": ("planning",),
    "papers": ("text", "papers", "formats"),
    "records": ("reading_back",),
    "testing": ("testing",),
    "errors": (),
}
#: Which names of `reflect` itself a page has: those from these rooms and modules.
ROOMS: dict[str, tuple[str, ...]] = {
    "composing": ("questions.question", "questions.sets", "questions.outlines", "questions.timetable"),
    "pages": ("pages", "extensions", "questions.model", "questions.wordings"),
    "sessions": ("sessions.session", "questions.rings"),
    "papers": ("documents", "rendering", "text", "formats"),
    "records": (
        "between_sessions",
        "own_forms",
        "reading_back",
        "sessions.record",
        "safekeeping",
        "interchange",
        "schemas",
        "files.office",
    ),
    "errors": ("errors",),
}

#: A value is shown in the reference if it takes at most so many characters.
LONGEST_VALUE = 60


def subject(name: str) -> str:
    """
    The page of the reference that a public name of `reflect` itself is on.
    """
    home = f"{getattr(reflect, name).__module__.removeprefix('reflect.')}."
    (page,) = (page for page, rooms in ROOMS.items() if any(home.startswith(f"{room}.") for room in rooms))
    return page


@maker
def public_names() -> str:
    """
    All public names, by page.
    """
    rows = (
        (f"[`reflect.{name}`]({'' if page == 'errors' else 'api-'}{page}.md)", _first(getattr(reflect, name)))
        for page in SUBJECTS
        for name in sorted(reflect.__all__, key=lambda name: (name[0].isupper(), name))
        if subject(name) == page
    )
    return _table(("name", "what it is"), rows)


@maker
def api(page: str) -> str:
    """
    A page of the reference: the names of `reflect` itself first, then those of its packages.
    """
    public = [name for name in reflect.__all__ if subject(name) == page]
    kinds = sorted(public, key=lambda name: (name[0].isupper(), name))
    out = ["```{eval-rst}", *_entries("reflect", kinds), "```"] if kinds else []
    for package in SUBJECTS[page]:
        names, modules = handed_on(package)
        for module, entries in ((package, names), *((each, module_names(each)) for each in modules)):
            head = ["", f"## reflect.{module}", "", "```{eval-rst}", f".. automodule:: reflect.{module}", ""]
            out += [*head, *_entries(f"reflect.{module}", entries), "```"]
    return "\n".join(out)


def handed_on(package: str) -> tuple[list[str], list[str]]:
    """
    Return the names that a package hands on, without those of `reflect` itself, and the modules that it hands on.
    """
    face = importlib.import_module(f"reflect.{package}")
    public = {id(getattr(reflect, name)) for name in reflect.__all__}
    things = {name: getattr(face, name) for name in face.__all__}
    modules = [f"{package}.{name}" for name, thing in things.items() if inspect.ismodule(thing)]
    return [n for n, thing in things.items() if id(thing) not in public and not inspect.ismodule(thing)], modules


def _entries(module: str, names: Iterable[str]) -> Iterator[str]:
    """
    What Sphinx is asked to write of each name.
    """
    found = importlib.import_module(module)
    for name in names:
        some = getattr(found, name)
        if inspect.isclass(some):
            kind = "exception" if issubclass(some, Exception) else "class"
            yield from (f".. auto{kind}:: {module}.{name}", "   :members:", "")
        elif inspect.isroutine(some) or hasattr(some, "__wrapped__"):
            yield from (f".. autofunction:: {module}.{name}", "")
        else:
            short = len(repr(some)) <= LONGEST_VALUE and isinstance(some, (int, float, str, tuple))
            value = [f"   :value: {some!r}"] if short else []
            about = _first(some) if inspect.ismodule(some) else _comment_on(module, name)
            if about:
                yield from (f".. py:data:: {module}.{name}", *value, "", f"   {about}", "")
            else:
                yield from (f".. autodata:: {module}.{name}", *([] if short else ["   :no-value:"]), "")


def _comment_on(module: str, name: str) -> str:
    """
    Return the comment over a value, wherever the house has it: Sphinx looks for it only where the value is handed on.
    """
    room = Path(importlib.import_module(module).__file__ or "").parent
    comment = re.compile(rf"((?:^#:.*\n)+){name}\b", re.MULTILINE)
    files = (*sorted(room.rglob("*.py")), *sorted(Path(reflect.__file__).parent.rglob("*.py")))
    found = next((match for file in files if (match := comment.search(file.read_text("utf-8")))), None)
    if found is None:
        return ""
    return " ".join(line.removeprefix("#:").strip() for line in found[1].splitlines())


def module_names(module: str) -> list[str]:
    """
    Return what a module offers beside the public names, in its own order: functions, classes, and values with a word
    about them. A public name is left out where it is the same thing, not where something else is called so.
    """
    found = importlib.import_module(f"reflect.{module}")
    public = {id(getattr(reflect, name)) for name in reflect.__all__}
    source = inspect.getsource(found)
    lines = source.splitlines()

    def told() -> Iterator[str]:
        for node in ast.parse(source).body:
            match node:
                case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                    yield name
                case ast.Assign() | ast.AnnAssign() if lines[node.lineno - 2].startswith("#"):
                    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                    named = (each for target in targets for each in ast.walk(target))
                    yield from (each.id for each in named if isinstance(each, ast.Name))
                case _:
                    pass

    return [name for name in told() if not name.startswith("_") and id(getattr(found, name)) not in public]


def errors() -> tuple[type[reflect.ReflectError], ...]:
    """
    Every error of ours that callers can meet.
    """
    for each in pkgutil.walk_packages(reflect.__path__, "reflect."):
        if not each.name.endswith("__main__"):
            importlib.import_module(each.name)

    def below(kind: type[reflect.ReflectError]) -> Iterator[type[reflect.ReflectError]]:
        for each in kind.__subclasses__():
            yield each
            yield from below(each)

    met = {kind for kind in below(reflect.ReflectError) if not kind.__name__.startswith("_")}
    return tuple(sorted((kind for kind in met if kind.__name__ != "NotAlike"), key=lambda kind: kind.__name__))


@maker
def error_classes() -> str:
    """
    Every error, what it means, what it is besides, and what it carries.
    """
    rows = []
    for kind in errors():
        name = kind.__name__ if kind.__name__ in reflect.__all__ else f"{kind.__module__}.{kind.__name__}"
        bases = [f"`{base.__name__}`" for base in kind.__bases__ if base is not reflect.ReflectError]
        fields = [f"`{field.name}`" for field in attrs.fields(kind)] if attrs.has(kind) else []
        rows.append((f"`{name}`", _first(kind), ", ".join(bases), ", ".join(fields)))
    return _table(("error", "what it means", "also a", "fields"), rows)


# --- codes


@maker
def refusals() -> str:
    """
    Why a file from outside is not opened.
    """
    from reflect.files.office import REFUSALS

    return _table(("code", "what reflect says"), ((f"`{code}`", said) for code, said in REFUSALS.items()))


@maker
def findings() -> str:
    """
    Advice on plans and series.
    """
    from reflect.planning import LESSONS

    return _table(("code", "the lesson behind it"), ((f"`{code}`", said) for code, said in LESSONS.items()))


@maker
def advice_codes() -> str:
    """
    Advice on questions.
    """
    from reflect.pages.advice import CODES

    return _table(
        ("code", "what it says about a question, a part or a page"),
        ((f"`{code}`", said) for code, said in CODES.items()),
    )


@maker
def habits() -> str:
    """
    The turns that become a habit, and their ceilings.
    """
    from reflect.pages.habits import habits

    rows = (
        (
            each.title,
            f"one page in {each.one_page_in}" if each.one_page_in else f"one question in {each.one_question_in}",
            str(each.on_a_page),
            each.because,
            each.instead,
        )
        for each in habits()
    )
    return _table(("the turn", "of a folder", "of a page", "why it has a ceiling", "what to do"), rows)


@maker
def barriers() -> str:
    """
    What keeps people from reading a Word file.
    """
    from reflect.formats.word.accessibility import REMEDIES

    rows = ((f"`{code}`", what, remedy) for code, (what, remedy) in REMEDIES.items())
    return _table(("code", "what is wrong", "what to do in Word"), rows)


_TOLD = re.compile(
    r"^(?P<ticks>`{3,})(?P<info>[a-z][^\n]*)\n(?P<text>.*?)^(?P=ticks)$\n?|^## (?P<title>[^\n]*)$", re.S | re.M
)


@maker
def messages() -> str:
    """
    Every message, as it is printed.
    """
    out = []
    for file in sorted((ROOT / "tests" / "messages").glob("*.md")):
        text = file.read_text("utf-8")
        out.append(f"## {text.partition(chr(10))[0].removeprefix('# ')}\n")
        title = ""
        for piece in _TOLD.finditer(text):
            title = piece["title"] or title
            if piece["info"] == "told":
                ticks = "`" * max(3, *(len(run) + 1 for run in re.findall(r"^`{3,}", piece["text"], re.M)), 3)
                out.append(f"### {title.replace('<', chr(92) + '<')}\n\n{ticks}text\n{piece['text']}{ticks}\n")
    return "\n".join(out)


# --- the command line


@maker
def commands() -> str:
    """
    Every command with its arguments, options and examples.
    """
    from reflect.cli import main

    out = []
    context = click.Context(main, info_name="reflect")
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        assert command is not None
        out.append(_command(command, click.Context(command, info_name=name, parent=context)))
    return "\n\n".join(out)


def _command(command: click.Command, context: click.Context) -> str:
    help_ = inspect.cleandoc(command.help or "")
    said, _, examples = re.sub(r"\n*\x08\nExamples?:\n", "\0", help_).partition("\0")
    typed = "\n".join(line.strip() for line in examples.strip().split("\n"))
    said = re.sub(r"(?<![\w`-])--[a-z][\w-]*", r"`\g<0>`", said.strip())
    out = [f"## {context.command_path}", said, f"```text\n{command.get_usage(context)}\n```"]
    options = [param.get_help_record(context) for param in command.get_params(context)]
    rows = ((f"`{name}`", " ".join(about.split())) for name, about in filter(None, options) if about)
    out.append(_table(("option", "what it does"), rows))
    if typed:
        out.append(f"```sh\n{typed}\n```")
    return "\n\n".join(out)


# --- templates

_ATTRIBUTE = re.compile(r"^    (\w+):\s*(.*?)(?=^    \w+:|\Z)", re.M | re.S)


def described(kind: type) -> dict[str, str]:
    """
    What a class's docstring says of each of its attributes.
    """
    _, _, listed = (inspect.getdoc(kind) or "").partition("Attributes:\n")
    return {name: " ".join(text.split()) for name, text in _ATTRIBUTE.findall(listed)}


@maker
def template_context() -> str:
    """
    Each thing a template sees, with everything in it.
    """
    from reflect.documents import views

    out = []
    for kind in views.VIEWS:
        said = described(kind)
        out.append(f"### {kind.__name__}\n\n{_first(kind)}\n")
        rows = ((f"`{f.name}`", _type(f.type), _marked(said.get(f.name, ""))) for f in attrs.fields(kind))
        out.append(_table(("name", "type", "what it is"), rows) + "\n")
    return "\n".join(out)


_TYPES = {
    "str": "text", "int": "number", "bool": "yes or no", "Blocks": "paragraphs", "tuple[str, ...]": "list of text",
    "Mapping[str, str]": "texts by name", "tuple[tuple[str, ...], ...]": "list of lists of text",
    "tuple[tuple[str, str], ...]": "list of pairs of text",
    "Mapping[str, Mapping[str, str]]": "texts by name, for each role",
}  # fmt: skip


def _type(given: object) -> str:
    name = getattr(given, "__name__", str(given)) if inspect.isclass(given) else str(given)
    listed = re.fullmatch(r"tuple\[(\w+), \.\.\.\]", name)
    if listed and listed[1].endswith("View"):
        return f"list of [{listed[1]}](#{listed[1].lower()})"
    return _TYPES.get(name, name)


@maker
def our_templates() -> str:
    """
    The templates that come with the library, and their blocks.
    """
    folder = Path(reflect.__file__).parent / "templates"
    shelf = reflect.Templates()
    rows = []
    for file in sorted(folder.glob("*.md")):
        about = shelf.about(file.stem)
        blocks = re.findall(r"{%-? *block (\w+)", file.read_text("utf-8"))
        of = f"{about.of}, {about.models}" if about.models else about.of
        rows.append((f"`{file.stem}`", of, about.label, ", ".join(f"`{block}`" for block in dict.fromkeys(blocks))))
    return _table(("template", "made of", "label", "blocks"), rows)


@maker
def facts() -> str:
    """
    The facts that can be said of a paper.
    """
    from reflect.sessions.facts import FACTS

    return ", ".join(f"`{name}`" for name in FACTS)


@maker
def labels_of_forms() -> str:
    """
    The keys that a form's own labels are known by, each with those labels.
    """
    from reflect.own_forms.suggesting import labels_by_key

    rows = (f"| `{key}` | {', '.join(labels)} |" for key, labels in labels_by_key().items())
    return "\n".join(("| key | labels that say it |", "| --- | --- |", *rows))


# --- rings


@maker
def rings() -> str:
    """
    Which reader sees which ring.
    """
    from reflect.questions import READERS

    rows = ((f"`{who.name}`", *("yes" if who.sees(ring) else "" for ring in reflect.Ring)) for who in READERS)
    return _table(("reader", *(f"`{ring}`" for ring in reflect.Ring)), rows)


# --- models


@maker
def models() -> str:
    """
    The models that come with the library.
    """
    rows = []
    for head in reflect.catalogue().heads():
        minutes = f"{head.minutes[0]} to {head.minutes[1]}" if head.minutes else ""
        rows.append((f"`{head.key}`", _worded(head.title), head.family, minutes, ", ".join(head.suits)))
    return _table(("key", "model", "family", "minutes", "suits"), rows)


@maker
def wordings() -> str:
    """
    The words of every profession.
    """
    from reflect.questions import wording_names as names

    known = [reflect.wording(name) for name in names()]
    words = [name for name, _ in reflect.wording("general").words]
    rows = ((f"`{{{word}}}`", *(dict(each.words).get(word, "") for each in known)) for word in words)
    return _table(("word", *(f"`{each.key}`" for each in known)), rows)


@maker
def profiles() -> str:
    """
    The profiles that come with the library.
    """
    from reflect.planning import profile
    from reflect.planning import profile_names as names

    known = ((name, profile(name)) for name in names())
    rows = ((f"`{key}`", p.title, p.setting, f"{p.length}", f"{p.every}", f"`{p.wording}`") for key, p in known)
    return _table(("profile", "title", "setting", "minutes", "days between", "wording"), rows)


def _worded(text: str) -> str:
    return reflect.wording("general").fill(text)


# --- the house


@maker
def house() -> str:
    """
    The rooms of the library, floor by floor from the top, with what each is about and its modules.
    """
    text = (ROOT / "tests" / "test_layers.py").read_text("utf-8")
    floors = [line.split() for line in text.split('FLOORS = """')[1].split('"""')[0].split("\n") if line.split()]
    rows = []
    for number, rooms in reversed([*enumerate(floors, 1)]):
        for room in rooms:
            folder = Path(reflect.__file__).parent / room
            front = folder / "__init__.py" if folder.is_dir() else folder.with_suffix(".py")
            about = (ast.get_docstring(ast.parse(front.read_text("utf-8"))) or "").partition("\n\n")[0]
            names = sorted(
                file.stem
                for file in (folder.iterdir() if folder.is_dir() else ())
                if (file.suffix == ".py" or (file / "__init__.py").exists()) and not file.stem.startswith("_")
            )
            sentence = _marked(" ".join(about.split()).partition(". ")[0].removesuffix("."))
            modules = f". *Modules*: {', '.join(f'`{name}`' for name in names)}" if names else ""
            rows.append((f"{number}", f"`{room}`", sentence + modules))
    return _table(("floor", "room", "what it is about"), rows)


@maker
def where_to_add() -> str:
    """
    The table of CONTRIBUTING that says where to add things.
    """
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    return text.partition("## Where do I add …\n\n")[2].partition("\n\n")[0]


# --- changes


@maker
def changes() -> str:
    """
    What is in no release yet, and what the changelog has.
    """
    by_kind: dict[str, list[str]] = {}
    for file in sorted((ROOT / "changelog.d").glob("*.md")):
        by_kind.setdefault(file.stem.rpartition(".")[2], []).append(" ".join(file.read_text("utf-8").split()))
    out = ["## Not released yet"]
    for kind in ("added", "changed", "deprecated", "removed", "fixed", "security"):
        if kind in by_kind:
            out += [f"### {kind.capitalize()}", "\n".join(f"- {said}" for said in by_kind[kind])]
    _, _, released = (ROOT / "CHANGELOG.md").read_text("utf-8").partition("<!-- towncrier release notes start -->\n")
    return "\n\n".join((*out, released.strip())).strip()
