"""
The command line: what it prints, plans and refuses, and the messages of the catalogue.
"""

from __future__ import annotations

import contextlib
import io
import re
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path

import reflect
from products.making import (
    HERE,
    READERS,
    Given,
    Inputs,
    Products,
    as_bytes,
    fresh_folder,
    result_of,
    run_command,
    run_file,
    run_lines,
)
from reflect.cli import main as reflect_command


def plan_session(stem: str, journal: str, inputs: Inputs, given: Given) -> Products:
    """
    Plan, hold and look back on one session, with or without a journal of what the two did before.
    """
    more = f" --journal {journal}" if journal else ""
    plan = f"plan session.yaml{more}"
    given = {"own.txt": b"What is between the two of us.\n- a second line\n", **given}
    yield from run_lines(f"{stem}/agenda", plan, given)
    for to in inputs.some(("docx", "txt", "html", "pdf"), 2):
        yield from run_lines(f"{stem}/{to}", f"{plan} -o papers --to {to}", given)
    if not inputs.few:
        papers = "--papers preparation,case-record --papers notes,cards"
        yield from run_lines(f"{stem}/more", f"{plan} {papers} -o papers --to md", given)
        yield from run_lines(f"{stem}/pen", f"{plan} --pen --large-print -o papers", given)
        yield from run_lines(f"{stem}/private", f"{plan} --private own.txt -o p --to html", given)
    given = given if journal else {**given, "ours/.keep": b""}
    yield from run_file(f"{stem}/held", given, journal=journal or "ours")


def make_plans(inputs: Inputs) -> Products:
    for file in () if inputs.few else sorted((inputs.folder / "scenarios").glob("*.yaml")):
        yield from plan_session(file.stem, "", inputs, {"session.yaml": file})
    folders = sorted(each for each in (inputs.folder / "scenarios").iterdir() if each.is_dir())
    for folder in inputs.some(folders, 1):
        given: Given = {file.name: file for file in sorted(folder.iterdir())}
        yield from plan_session(folder.name, "journal", inputs, given)
    for file in () if inputs.few else sorted((inputs.folder / "session-files").glob("*.yaml")):
        yield from plan_session(f"example-{file.stem}", "", inputs, {"session.yaml": file})
    for kind in ("one-to-one", "group", "first-session", "nothing-known"):
        lines = f"plan --example {kind}\nplan --example {kind} -o session.yaml"
        yield from run_lines(f"examples/{kind}", lines)


def make_commands(inputs: Inputs) -> Products:
    """
    What the commands print that list, show, suggest, make and check.
    """
    keys = inputs.model_keys()
    pages = {f"models/{key}.md": inputs.folder / f"models/{key}.md" for key in keys}
    yield from run_file("commands", {"records/filled.json": inputs.folder / "data/filled-record.json"})
    yield from run_lines("pages", "check models\ncheck models --fix --no-advice\ncheck models --strict", pages)
    for key in keys:
        for more in ("", "--wording nursing", "--json"):
            yield f"show/{key} {more}", run_command("show", key, *more.split())
    yield "show/part", run_command("show", "kolb-cycle.experience", "--json")


def make_standing(inputs: Inputs) -> Products:
    """
    Papers made of YAML files, and of the example that is printed to begin with.
    """
    for name in reflect.Templates().names():
        example = run_command("make", name, "--example")
        yield f"{name}/example", example
        filled = HERE / f"standing/{name}.yaml"
        if filled.is_file():
            lines = [f"make {name} filled.yaml --reader {reader} -o {reader}.txt" for reader in READERS]
            lines += [f"make {name} filled.yaml --reader supervisor -o paper.docx", f"make {name} empty.yaml -o e.html"]
            given: Given = {"filled.yaml": filled, "empty.yaml": example.partition(b"\n--- standard error")[0]}
            yield from run_lines(f"{name}/made", "\n".join(lines), given)


def make_help(inputs: Inputs) -> Products:
    yield "reflect", run_command("--help")
    yield "nothing", run_command()
    for name in sorted(reflect_command.commands):
        yield name, run_command(name, "--help")


def make_wrong(inputs: Inputs) -> Products:
    """
    Calls that cannot be answered.
    """
    given: Given = {
        "text.docx": b"This is text.",
        "broken.json": b'{"format": "reflect-record", "version": 1, "items": 7, "minutes": "x"}',
        "model.json": reflect.to_json(reflect.load("grow")).encode(),
        "broken.yaml": b"date: [\n - }",
        "wrong.yaml": b"date: yesterday\nminutes: 9000\nnothing-known: 1\nsupervisee-items: 7\n",
        "good.yaml": inputs.folder / "session-files/one-to-one.yaml",
        "page.md": b"---\nkey: Page\nshape: round\nminutes: 5\n---\n\n# What {.core}\n\n- Why? {element=doubt}\n\nx\n",
    }
    yield from run_file("wrong", given)


# --- the catalogue of messages


def run_code(text: str) -> str:
    """
    Run code that uses only names that stay where they are.
    """
    named = set(re.findall(r"\breflect\.(\w+)", text))
    for names in re.findall(r"^\s*from reflect import (.+)$", text, re.MULTILINE):
        named |= {name.strip() for name in names.split(",")}
    if not named <= {*reflect.__all__, "testing", "papers", "cli"}:
        return "(imports a module that may move)"
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(text, {"reflect": reflect})
    return f"{printed.getvalue()}(nothing is wrong)"


def use_template(text: str) -> str:
    Path("mine.md").write_text(text, "utf-8")
    made_of = {"model": reflect.load("kolb-cycle"), "session": reflect.plan("kolb-cycle@30", 30)}
    about = reflect.Templates([Path()]).about("mine")
    return str(reflect.document(made_of.get(about.of, ""), "mine", templates=[Path()]))


def use_wording(text: str) -> str:
    Path("mine.yaml").write_text(text, "utf-8")
    return str(reflect.wording(Path("mine.yaml")))


def use_record(text: str) -> bytes:
    Path("record.json").write_text(text, "utf-8")
    return run_command("make", "record", "record.json", "--reader", "supervisor", "-o", "-")


#: What becomes of a piece of the catalogue of messages, by the word of its fence.
USES: dict[str, Callable[[str], object]] = {
    "page": lambda text: reflect.to_json(reflect.read_page(text.splitlines(keepends=True))),
    "wording": use_wording,
    "outline": lambda text: str(reflect.plan(text.removesuffix("\n"), 60)),
    "record": use_record,
    "template": use_template,
    "code": run_code,
}

_PIECE = re.compile(
    r"^(?P<ticks>`{3,})(?P<info>[a-z][^\n]*)\n(?P<text>.*?)^(?P=ticks)$\n?|^## (?P<title>[^\n]*)$",
    re.DOTALL | re.MULTILINE,
)


def entries_of_messages(file: Path) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """
    Give the entries of a page of messages: a name, and the fences with what is wrong.
    """
    fences: list[tuple[str, str]] = []
    title = ""
    for piece in _PIECE.finditer(file.read_text("utf-8")):
        if piece["title"]:
            title = re.sub(r"[^a-z0-9]+", "-", piece["title"].lower()).strip("-")
        elif piece["info"] == "told":
            yield title, fences
            fences = []
        else:
            fences.append((piece["info"], piece["text"]))


def results_of_fence(info: str, text: str) -> Iterator[bytes]:
    kind, _, more = info.partition(" ")
    text = text.encode().decode("unicode_escape") if more.endswith("escaped") else text
    if kind == "file":
        place = Path(more.removesuffix(" escaped"))
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text.encode("latin-1" if more.endswith("escaped") else "utf-8"))
    elif kind == "console":
        for line in text.removesuffix("\n").split("\n"):  # other ends of lines may stand in what is typed
            first, *words = shlex.split(line.removeprefix("$ "))
            yield run_command(*words) if first != "mkdir" else as_bytes(Path(words[0]).mkdir())
    elif kind in USES:
        yield result_of(USES[kind], text)


def make_messages(inputs: Inputs) -> Products:
    """
    Everything that is wrong in the catalogue of messages.
    """
    for file in sorted((inputs.folder / "messages").glob("*.md")):
        for number, (title, fences) in enumerate(entries_of_messages(file), 1):
            with fresh_folder():
                told = b"".join(each for info, text in fences for each in results_of_fence(info, text))
            yield f"{file.stem}/{number}-{title}", told
