"""
Compare what two checkouts of reflect make, byte for byte, to show that a change of the code changes nothing else.

    python tools/same_outputs.py OTHER_CHECKOUT [THIS_CHECKOUT] [--only WORD] [--quick] [--differs PATTERN]...

Each checkout makes the same products in a process and a folder of its own: papers, what is read back from them, JSON,
plans, messages, help, and how values show themselves. What they are made of (scenarios, examples, messages) is that of
the repository this script lies in. The exit status is 1 if something differs that no ``--differs`` expects.

Only names that stay are used here, since modules move: those of ``reflect.__all__``, ``reflect.papers``,
``reflect.testing`` and the command line.
"""

from __future__ import annotations

import argparse
import contextlib
import fnmatch
import functools
import io
import itertools
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
import traceback
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs
from click.testing import CliRunner
from lxml import etree

if "--make-into" in sys.argv:  # whoever starts the two checkouts may have no reflect, or a broken one
    import reflect
    from reflect.cli import main as reflect_command

REPOSITORY = Path(__file__).resolve().parents[1]
#: So many differences of a kind are listed; the rest are counted.
MOST_LISTED = 10
#: So much of a line that differs is shown.
WIDEST = 160

FORMATS = ("docx", "html", "md", "txt", "json", "pdf")
TEXT_FORMATS = ("html", "md", "txt", "json")
LOOKS = ("large-print", "dyslexia-friendly", "pen", "landscape")
READERS = ("author", "supervisee", "supervisor", "supervision-file", "case-file", "group", "auditor", "anyone")
WORDINGS = ("nursing", "childrens-social-work", "coaching")
#: One model for each shape of diagram, and one for groups.
VARIED_MODELS = (
    "kolb-cycle",
    "three-column-mapping",
    "brookfield-four-lenses",
    "balint-group",
    "ladder-of-inference",
    "discrepancy-matrix",
    "social-graces",
    "solution-circle",
)
OUTLINES = (
    "arrive@3 + previous-actions@5 + wellbeing-check-in@5 + kolb-cycle@40 + close@7",
    "arrive@3 + (gibbs-cycle@40 | grow@30) + own-item@10 + close@7",
    "arrive@3 + balint-group@50 + close@7",
    "kolb-cycle.experience + no-model",
)
FACTS = {"date": "4 March 2026", "start": "10:00", "place": "Room 2", "organisation": "Hillside", "marking": "Private"}

#: The last product of a kind that could not make all of its products.
STOPPED = "STOPPED"

Products = Iterator[tuple[str, bytes]]


# --- what products are made of


@attrs.frozen
class Inputs:
    """
    What every checkout gets: the same files, and whether to make fewer products.

    Attributes:
        folder: Holds ``scenarios``, ``data``, ``messages``, ``models``, ``session-files`` and ``agency``.
        few: Whether a part of the products is enough.
    """

    folder: Path
    few: bool

    def some(self, many: Iterable[Any], count: int) -> list[Any]:
        """
        Return all of *many*, or the first *count* if few are enough.
        """
        every = list(many)
        return every[:count] if self.few else every

    def model_keys(self) -> list[str]:
        keys = sorted(reflect.catalogue())
        return list(dict.fromkeys([*VARIED_MODELS[:4], *keys[::12]])) if self.few else keys

    def record(self) -> Any:
        return reflect.from_json((self.folder / "data/filled-record.json").read_text("utf-8"))


def copy_inputs(folder: Path) -> None:
    """
    Put beside each other what products are made of, as the repository of this script has it.
    """
    page = next((REPOSITORY / "src").rglob("kolb-cycle.md"))
    starts = next(file for file in (REPOSITORY / "src").rglob("one-to-one.yaml") if file.parent.name == "examples")
    places = {
        "scenarios": REPOSITORY / "tests/scenarios",
        "data": REPOSITORY / "tests/data",
        "messages": REPOSITORY / "tests/messages",
        "models": page.parent,
        "session-files": starts.parent,
        "agency": REPOSITORY / "examples/agency/src/reflect_agency",
    }
    for name, place in places.items():
        shutil.copytree(place, folder / name, ignore=shutil.ignore_patterns("__pycache__", "*.py"))


# --- how a product comes about


def as_bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "backslashreplace")


def result_of(make: Callable[[], object]) -> bytes:
    """
    Return what is made, or the kind and words of what was raised: refusing is a result too.
    """
    try:
        return as_bytes(make())
    except Exception as error:
        return as_bytes(f"{type(error).__name__}: {error}\n")


def render_paper(what: object, name: str, to: str, **more: Any) -> bytes:
    return result_of(lambda: reflect.render(what, name, to=to, **more))  # type: ignore[arg-type]


def render_formats(stem: str, what: object, name: str, formats: Iterable[str], **more: Any) -> Products:
    for to in formats:
        yield f"{stem}.{to}", render_paper(what, name, to, **more)


@contextlib.contextmanager
def fresh_folder(given: Mapping[str, Path | bytes] | None = None) -> Iterator[Path]:
    """
    Work in a folder of the same name each time, with copies of what is *given*.
    """
    folder, back = Path("at-work").resolve(), Path.cwd()
    folder.mkdir()
    for name, source in (given or {}).items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(source, bytes):
            place.write_bytes(source)
        elif source.is_dir():
            shutil.copytree(source, place)
        else:
            shutil.copyfile(source, place)
    os.chdir(folder)
    try:
        yield folder
    finally:
        os.chdir(back)
        shutil.rmtree(folder)


def run_command(*words: str) -> bytes:
    """
    Return what a command prints and how it ends; what it prints as it is, bytes that are no text as well.
    """
    result = CliRunner().invoke(reflect_command, words, prog_name="reflect")
    told = f"\n--- standard error\n{result.stderr}--- exit status {result.exit_code}\n"
    return result.stdout_bytes + told.encode("utf-8", "backslashreplace")


def files_in(folder: Path, stem: str, leave: Iterable[str] = ()) -> Products:
    """
    Give the bytes of every file below a folder, but for those that were given.
    """
    for file in sorted(folder.rglob("*")):
        name = file.relative_to(folder).as_posix()
        if file.is_file() and not any(name == given or name.startswith(f"{given}/") for given in leave):
            yield f"{stem}/{name}", file.read_bytes()


def run_in_folder(stem: str, line: str, given: Mapping[str, Path | bytes] | None = None) -> Products:
    """
    Run commands, one after another in one folder, and give what each tells and the files there are in the end.

    Args:
        stem: Where the names of the products begin.
        line: The commands, each on its line and without ``reflect``.
        given: Copies of these are there.
    """
    with fresh_folder(given) as folder:
        for number, command in enumerate(line.strip().splitlines(), 1):
            yield f"{stem}/told-{number}", run_command(*shlex.split(command))
        yield from files_in(folder, f"{stem}/files", leave=given or ())


# --- blank papers


def subjects_of(about: Any, inputs: Inputs) -> Iterator[tuple[str, object]]:
    """
    Give what a template can be made of, with a word for each: blank papers, and those of several models.
    """
    if about.of == "session":
        yield from ((f"session-{number}", each) for number, each in enumerate(inputs.some(OUTLINES, 1), 1))
    elif about.of == "model":
        yield from ((key, reflect.load(key)) for key in inputs.some(VARIED_MODELS, 2))
    elif about.of == "models":
        yield "two", "kolb-cycle + gibbs-cycle"
        if not about.models:
            yield "listed", [reflect.load("balint-group"), reflect.load("brookfield-four-lenses").questions]
    else:
        yield "blank", None


def make_blank_papers(inputs: Inputs) -> Products:
    shelf = reflect.Templates()
    for name in shelf.names():
        for word, what in subjects_of(shelf.about(name), inputs):
            yield from render_formats(f"{name}-{word}", what, name, FORMATS)
        if not inputs.few:
            yield from render_formats(f"{name}-wrong", "kolb-cycle + gibbs-cycle + nothing-known", name, ("txt",))


def make_whole_catalogue_papers(inputs: Inputs) -> Products:
    if not inputs.few:
        yield from render_formats("booklet", None, "booklet", FORMATS)
        yield from render_formats("cards", None, "cards", FORMATS)
        yield from render_formats("cards-4", "kolb-cycle + grow", "cards", FORMATS, cards=4)


def make_papers_of_every_model(inputs: Inputs) -> Products:
    for key in inputs.model_keys():
        model = reflect.load(key)
        for name in ("handout", "cards"):
            yield from render_formats(f"{name}-{key}", model, name, ("docx", "html", "md"))
        yield from render_formats(f"worksheet-{key}", model, "worksheet", ("docx",))


def make_papers_in_looks(inputs: Inputs) -> Products:
    papers: dict[str, object] = {
        "agenda": OUTLINES[0],
        "record": OUTLINES[0],
        "handout": reflect.load("three-column-mapping"),
        "cards": "kolb-cycle",
        "worksheet": reflect.load("kolb-cycle"),
        "agreement": None,
    }
    for name, what in inputs.some(papers.items(), 2):
        for looks in [*((look,) for look in LOOKS), ("large-print", "pen")]:
            yield from render_formats(f"{name}-{'-'.join(looks)}", what, name, ("docx", "html", "pdf"), looks=looks)


def make_papers_in_words(inputs: Inputs) -> Products:
    for wording in inputs.some(WORDINGS, 1):
        for name in ("agenda", "record", "preparation", "agreement", "workload-statement", "supervision-log"):
            what = OUTLINES[0] if name in ("agenda", "record") else None
            yield from render_formats(f"{name}-{wording}", what, name, ("docx", "txt"), wording=wording)
        yield from render_formats(f"slide-{wording}", "kolb-cycle", "slide", ("docx", "html"), wording=wording)
    own = inputs.folder / "agency/wordings/home-support.yaml"
    yield from render_formats("agenda-own", OUTLINES[0], "agenda", ("docx", "txt"), wording=own)


def make_papers_with_a_brand(inputs: Inputs) -> Products:
    with fresh_folder():
        yield "told", run_command("brand", "ours.docx")
        ours = Path("ours.docx").read_bytes()
    yield "ours.docx", ours
    brands = {"ours": ours, "agency": (inputs.folder / "agency/brand.docx").read_bytes()}
    for word, data in brands.items():
        for name in ("agenda", "handout", "cards", "record"):
            what = OUTLINES[0] if name in ("agenda", "record") else reflect.load("kolb-cycle")
            yield from render_formats(f"{name}-{word}", what, name, ("docx",), brand=data)
        yield f"{word}.notes", result_of(lambda data=data: "\n".join(reflect.brand(data).notes))
    yield "html", render_paper(OUTLINES[0], "agenda", "html", brand=ours)


def make_papers_of_an_agency(inputs: Inputs) -> Products:
    """
    What a package of somebody else brings along: models, templates, a profile, a wording and a brand.
    """
    lines = """
        models --from agency/models
        check agency/models agency/templates agency/wordings
        make pocket-card kitchen-table --templates agency/templates --from agency/models -o card.docx
        make pocket-card doorstep --templates agency/templates --from agency/models -o card.html
        make agenda doorstep@20 + close@5 --from agency/models --wording agency/wordings/home-support.yaml -o agenda.md
        make handout agency/models/next-pair-of-hands.md --brand agency/brand.docx -o handout.docx
        make handout next-pair-of-hands --from agency/models --to json -o -
        plan session.yaml --profiles agency/profiles -o papers --to txt --brand agency/brand.docx
        plan session.yaml --profiles agency/profiles -o papers --to docx --brand agency/brand.docx --from agency/models
    """
    session = (inputs.folder / "session-files/one-to-one.yaml").read_bytes() + b"profile: home-support\n"
    given: dict[str, Path | bytes] = {"agency": inputs.folder / "agency", "session.yaml": session}
    yield from run_in_folder("agency", lines, given)


# --- filled papers


def planted_values() -> Iterator[tuple[str, str, object]]:
    """
    Give for every kind of paper something with words in every ring: the name of the paper, a word, the value.
    """
    from reflect.testing import planted

    shelf = reflect.Templates()
    for name in shelf.names():
        for number, value in enumerate(planted(shelf.about(name).of), 1):
            if value is not None and not isinstance(value, (str, reflect.Model)):
                yield name, f"planted-{number}", value


def make_filled_papers(inputs: Inputs) -> Products:
    record = inputs.record()
    for name in ("record", "agenda", "pair-notes", "group-record", "group-agenda", "own-copy"):
        for reader in inputs.some(READERS[1:], 2):
            yield from render_formats(f"{name}-{reader}", record, name, ("docx", "html", "txt"), reader=reader)
    for name, word, value in planted_values():
        for reader in READERS if not inputs.few else ("supervisor", "auditor"):
            formats = FORMATS[:-1] if reader == "supervisor" else ("md",)
            yield from render_formats(f"{name}-{word}-{reader}", value, name, formats, reader=reader)
        yield from render_formats(f"{name}-{word}", value, name, ("pdf",), reader="supervisee")
        yield from render_formats(f"{name}-{word}-nobody", value, name, ("txt",))


def make_papers_with_facts(inputs: Inputs) -> Products:
    session = reflect.plan(OUTLINES[0], 60, facts=FACTS)
    for reader in READERS:
        for name in ("agenda", "record"):
            yield from render_formats(f"{name}-{reader}", session, name, ("docx", "json"), reader=reader)
    for minutes in (20, 45, 90):
        yield from render_formats(f"agenda-{minutes}", OUTLINES[1], "agenda", ("md", "docx"), minutes=minutes)


def make_many_papers(inputs: Inputs) -> Products:
    people = [{"supervisee": f"Person {n}", "place": f"Room {n} & more", "date": f"{n} May 2026"} for n in range(1, 4)]
    for to in ("docx", "html", "txt"):
        for name in ("agenda", "record"):
            copies = functools.partial(reflect.copies, OUTLINES[0], name, people, to=to, reader="supervisor")
            for number, data in enumerate(copies(), 1):
                yield f"copies/{name}-{number}.{to}", data
    outlines = [("kolb-cycle@30", FACTS), "grow@20 + close@5", "nothing-known@5", reflect.load("balint-group"), 7]
    models = [*map(reflect.load, VARIED_MODELS), "nothing-known"]
    for name, to, items in (("agenda", "docx", outlines), ("handout", "html", models), ("record", "json", outlines)):
        for made in reflect.render_many(items, name, to=to, reader="supervisor"):  # type: ignore[arg-type]
            yield f"many/{name}-{made.number}.{to}", result_of(lambda made=made: made.data)


# --- read back

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"


def change_word_file(data: bytes, change: Callable[[etree._Element], None], leave: str = "") -> bytes:
    """
    Return a Word file with its body changed; without the parts whose names hold what is to be left out.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(out, "w") as changed:
        for info in package.infolist():
            part = package.read(info)
            if info.filename == "word/document.xml":
                tree = etree.fromstring(part)
                change(tree)
                part = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
            if not leave or leave not in info.filename:
                changed.writestr(info, part)
    return out.getvalue()


def innermost_fields(tree: etree._Element) -> list[etree._Element]:
    return [field for field in tree.iter(f"{_W}sdt") if field.find(f"{_W}sdtContent//{_W}sdt") is None]


def type_into_fields(tree: etree._Element) -> None:
    """
    Type into every field as Word does: words, a tick in every third box, a day, the last of a list.
    """
    for number, field in enumerate(innermost_fields(tree)):
        texts = list(field.iter(f"{_W}t"))
        box = field.find(f"{_W}sdtPr/{_W14}checkbox/{_W14}checked")
        choices = field.findall(f".//{_W}listItem")
        if not texts or (box is not None and number % 3):
            continue
        if box is not None:
            box.set(f"{_W14}val", "1")
        for hint in field.findall(f"{_W}sdtPr/{_W}showingPlcHdr"):
            hint.getparent().remove(hint)  # type: ignore[union-attr]
        day = field.find(f"{_W}sdtPr/{_W}date") is not None
        words = "☒" if box is not None else "4 March 2026" if day else f"Words {number} of AK, F11 & others"
        texts[0].text = str(choices[-1].get(f"{_W}displayText")) if choices else words
        for other in texts[1:]:
            other.text = ""


def type_below_fields(tree: etree._Element) -> None:
    """
    Type beside the fields, as people do: a paragraph after every second paragraph of the body.
    """
    for number, paragraph in enumerate(list(tree.iterfind(f"{_W}body/{_W}p"))[::2]):
        run = etree.SubElement(etree.Element(f"{_W}p"), f"{_W}r")
        etree.SubElement(run, f"{_W}t").text = f"Below {number}: *what* I think"
        paragraph.addnext(run.getparent())  # type: ignore[arg-type]


def take_fields_away(tree: etree._Element) -> None:
    """
    Leave the words of filled fields without the fields, as other programs save them.
    """
    type_into_fields(tree)
    for field in reversed(list(tree.iter(f"{_W}sdt"))):
        parent, content = field.getparent(), field.find(f"{_W}sdtContent")
        if parent is not None and content is not None:
            place = parent.index(field)
            parent[place : place + 1] = list(content)


def leave_body(tree: etree._Element) -> None:
    """
    Change nothing in the body.
    """


#: What becomes of a blank before it is read back, and the parts that it loses.
CHANGES: dict[str, tuple[Callable[[etree._Element], None], str]] = {
    "blank": (leave_body, ""),
    "typed": (type_into_fields, ""),
    "below": (type_below_fields, ""),
    "bare": (take_fields_away, ""),
    "lost": (type_into_fields, "docProps/custom.xml"),
}


def describe_record(record: Any, stem: str) -> Products:
    """
    Give all that a record says of itself: its JSON, how it was read, its fingerprints, and its own copy.
    """
    yield f"{stem}.json", result_of(lambda: reflect.to_json(record))
    reading = record.reading
    told = [*(f"{key}: {doubt}" for key, doubt in reading.doubts), *reading.notes] if reading else ["not read"]
    rings = [*(f"{ring}: {reflect.fingerprint(record, ring)}" for ring in reflect.Ring), reflect.fingerprint(record)]
    yield f"{stem}.told", as_bytes("\n".join([*told, *rings]))
    if not record.items:  # a paper that is of no session has no own copy
        return
    copy = functools.partial(reflect.own_copy, record, {"AK": "older child", "F11": "the family"}, "What I add.")
    yield f"{stem}.own-copy", result_of(lambda: reflect.to_json(copy()))
    yield f"{stem}.own-copy.txt", result_of(lambda: reflect.render(copy(), "own-copy", to="txt", reader="author"))


def read_word_file(data: bytes, stem: str) -> Products:
    try:
        record = reflect.read(data)
    except Exception as error:
        yield f"{stem}.json", as_bytes(f"{type(error).__name__}: {error}\n")
    else:
        yield from describe_record(record, stem)


def readable_papers(inputs: Inputs) -> Iterator[tuple[str, bytes]]:
    """
    Give Word files that can be filled in, blank and filled, with their names.
    """
    shelf = reflect.Templates()
    for name in shelf.names():
        for word, what in list(subjects_of(shelf.about(name), inputs))[:2]:
            yield f"{name}-{word}", render_paper(what, name, "docx")
    for look in LOOKS:
        yield f"record-{look}", render_paper(OUTLINES[0], "record", "docx", looks=[look])
    yield "record-nursing", render_paper(OUTLINES[0], "record", "docx", wording="nursing")
    yield "record-filled", render_paper(inputs.record(), "record", "docx", reader="supervision-file")
    for name, word, value in planted_values():
        yield f"{name}-{word}", render_paper(value, name, "docx", reader="supervisor")


def make_records_read_back(inputs: Inputs) -> Products:
    changes = dict(list(CHANGES.items())[1:2]) if inputs.few else CHANGES
    for stem, data in readable_papers(inputs):
        for word, (change, lost) in changes.items():
            if data.startswith(b"PK"):
                filled = change_word_file(data, change, lost)
                yield from read_word_file(filled, f"{stem}-{word}")
    for key in inputs.model_keys():
        data = render_paper(reflect.load(key), "worksheet", "docx")
        yield from read_word_file(change_word_file(data, type_into_fields), f"every-worksheet-{key}")


def make_comparisons(inputs: Inputs) -> Products:
    """
    Compare a record with itself read back, with another, and with its own copy; and paste it.
    """
    record = inputs.record()
    blank = render_paper(record, "record", "docx", reader="supervision-file")
    typed, below = (change_word_file(blank, change) for change in (type_into_fields, type_below_fields))
    records = {
        "filled": record,
        "back": reflect.read(blank),
        "typed": reflect.read(typed),
        "below": reflect.read(below),
    }
    for one in records:
        for other in records:
            told = "\n".join(map(str, reflect.compare(records[one], records[other])))
            yield f"differences/{one}-{other}", as_bytes(told)
    pasted = "\n".join(f"read typed.docx -o - --to txt --reader {reader} --limit 400" for reader in READERS)
    lines = f"""
        {pasted}
        read typed.docx -o - --to txt --reader supervisor
        read typed.docx below.docx -o . --facts held.csv
        read folder -o .
        check blank.docx typed.docx filled.json
        copy filled.json --replace "AM=the worker" --yes -o mine.docx
        copy typed.docx --replace "F11=the family" --yes -o mine.json
        compare mine.docx filled.json
        compare mine.json typed.docx
        compare blank.docx filled.json
        compare typed.docx below.docx
        make record typed.docx --reader supervisor -o again.txt
        make own-copy filled.json --reader author -o again.html
    """
    filled = (inputs.folder / "data/filled-record.json").read_bytes()
    given: dict[str, Path | bytes] = {"blank.docx": blank, "typed.docx": typed, "below.docx": below}
    given |= {"filled.json": filled, "folder/one.docx": typed, "folder/other.txt": b"?", "folder/bad.docx": b"PK?"}
    yield from run_in_folder("commands", lines, given)
    yield from (product for each in records for product in describe_record(records[each], f"records/{each}"))


def make_pages_read_back(inputs: Inputs) -> Products:
    """
    Read what a page saved.
    """
    answers = {"item-1": "What we *did*", "item-2": "- one\n- two", "kolb-cycle.experience": "?", "x": "unknown"}
    signed = {"key": "sign.supervisee", "who": "Supervisee", "value": "agreed", "name": "AM", "date": "4 May 2026"}
    actions = {"key": "actions", "columns": ["What", "Who", "By when"], "rows": [["Ring them", "AM", "Friday"]]}
    for number, outline in enumerate(OUTLINES, 1):
        made = json.loads(reflect.to_json(reflect.document(outline, "record")))
        saved = {"format": "reflect-filled", "version": 1, "document": "record", "about": made.get("about", {})}
        saved |= {"answers": answers, "asked": {"item-1": "Arriving"}, "tables": [actions], "signed": [signed]}
        data = json.dumps(saved).encode()
        yield from read_word_file(data, f"record-{number}")
        yield f"again-{number}.json", result_of(lambda data=data: reflect.to_json(reflect.from_json(data.decode())))


# --- values and their JSON


def make_json(inputs: Inputs) -> Products:
    def there_and_back(stem: str, value: Any) -> Products:
        text = reflect.to_json(value)
        yield f"{stem}.json", as_bytes(text)
        yield f"{stem}.same", result_of(lambda: reflect.from_json(text) == value)

    for key in inputs.model_keys():
        model = reflect.load(key)
        yield from there_and_back(f"models/{key}", model)
        yield from there_and_back(f"sets/{key}", model.questions)
    for number, outline in enumerate(OUTLINES, 1):
        yield from there_and_back(f"sessions/{number}", reflect.plan(outline, 60, facts=FACTS))
    for name, word, value in planted_values():
        yield from there_and_back(
            f"documents/{name}-{word}", reflect.document(value, name, reader="supervisor", looks=["pen"])
        )
        if isinstance(value, (reflect.Record, reflect.Session)):
            yield from there_and_back(f"planted/{name}-{word}", value)
    yield from there_and_back("records/filled", inputs.record())


def make_schemas(inputs: Inputs) -> Products:
    kinds = ("model", "question-set", "session", "document", "record", "filled", "session-file", "profile", "journal")
    for kind in (*kinds, "nothing-known"):
        yield f"{kind}.json", result_of(lambda kind=kind: json.dumps(reflect.json_schema(kind), indent=1))


def make_sets(inputs: Inputs) -> Products:
    """
    Combine sets in every way there is.
    """
    keys = VARIED_MODELS if not inputs.few else VARIED_MODELS[:2]
    for one in keys:
        model = reflect.load(one)
        ways: dict[str, Callable[[], Any]] = {
            "core": model.core,
            "pick": lambda model=model: model.pick(3, seed=4),
            "limited": lambda model=model: model.limited(seed=1),
            "within": lambda model=model: model.within(30),
            "about": lambda model=model: model.about("t1", "The visit & after", "case"),
            "by-element": lambda model=model: reflect.regroup(model, "element"),
            "by-function": lambda model=model: reflect.regroup(model, "function"),
        }
        for word, way in ways.items():
            yield f"{one}-{word}.json", result_of(lambda way=way: reflect.to_json(way()))
        lacking = [sorted(map(str, reflect.missing(model, by))) for by in ("element", "function")]
        yield f"{one}-missing", as_bytes(lacking)
        for other in keys:
            lens = reflect.load(other)
            pairs = {"weave": reflect.weave, "sequence": reflect.sequence, "without": reflect.without}
            for word, join in pairs.items():
                joined = functools.partial(join, model, lens)  # type: ignore[arg-type]
                yield f"{one}-{word}-{other}.json", result_of(lambda joined=joined: reflect.to_json(joined()))


def describe_timetable(outline: str, minutes: int) -> str:
    """
    Return the rows of a timetable, and what did not fit.
    """
    table = reflect.schedule(reflect.outline(outline), minutes, load=reflect.catalogue().load)
    rows = [f"{row.item} {row.minutes} {reflect.to_json(row.part)}" for row in table.rows]
    return "\n".join(
        [f"{table.times} {table.spare}", *rows, *(f"dropped {reflect.to_json(some)}" for some in table.dropped)]
    )


def make_timetables(inputs: Inputs) -> Products:
    load = reflect.catalogue().load
    texts = [*OUTLINES, "kolb-cycle@20 | grow@10 + close", "(arrive + grow)@30", "grow@", "kolb cycle", ""]
    for number, text in enumerate(texts, 1):
        yield f"{number}-outline", result_of(lambda text=text: f"{text}\n{reflect.outline(text)}")
        settled = functools.partial(lambda text: reflect.settle(reflect.outline(text), load), text)
        yield f"{number}-settled.json", result_of(lambda settled=settled: reflect.to_json(settled()))
        for minutes in (10, 30, 60, 120):
            yield f"{number}-{minutes}", result_of(functools.partial(describe_timetable, text, minutes))
            session = functools.partial(reflect.plan, text, minutes, facts={"start": "09:30"})
            yield f"{number}-{minutes}-session", result_of(session)


def make_advice(inputs: Inputs) -> Products:
    models = [reflect.load(key) for key in inputs.model_keys()]
    for model in models:
        yield model.key, result_of(lambda model=model: "\n".join(map(str, reflect.lint(model))))
    worded = [reflect.wording(name) for name in WORDINGS]
    yield "all", result_of(lambda: "\n".join(map(str, reflect.lint(*models, wordings=worded))))


# --- commands


def plan_sessions(stem: str, session: str, more: str, inputs: Inputs, given: Mapping[str, Path | bytes]) -> Products:
    formats = ("docx", "txt") if inputs.few else ("docx", "html", "txt", "pdf")
    yield from run_in_folder(f"{stem}/agenda", f"plan {session} {more}", given)
    for to in formats:
        yield from run_in_folder(f"{stem}/{to}", f"plan {session} {more} -o papers --to {to}", given)
    if not inputs.few:
        papers = "--papers preparation,case-record --papers notes,cards"
        yield from run_in_folder(f"{stem}/more", f"plan {session} {more} {papers} -o papers --to md", given)
        yield from run_in_folder(f"{stem}/pen", f"plan {session} {more} --pen --large-print -o papers", given)
        yield from run_in_folder(f"{stem}/private", f"plan {session} {more} --private own.txt -o p --to html", given)
    ours = more or "--journal ours"
    journal = ours.split()[-1]
    lines = f"""
        plan {session} {ours} -o papers
        held {session} {ours} --minutes 55 --not-reached learning --useful "the quiet" --change "fewer lists"
        plan {session} {ours} -o again --to txt
        suggest {ours} --minutes 30
        suggest {ours} --minutes 15 --seed 3 --purpose analysis
        series {journal}
        series {journal} -o covered.svg
        series {journal} -o covered.docx
        series {journal} -o covered.html
        series {journal} -o covered.json
        make annual-review {journal} --reader supervisor -o review.txt
        make supervision-log {journal} --reader auditor -o log.md
    """
    with_journal = {**given} if more else {**given, "ours/.keep": b""}
    yield from run_in_folder(f"{stem}/held", lines, with_journal)


def make_plans(inputs: Inputs) -> Products:
    scenarios = inputs.folder / "scenarios"
    private: dict[str, Path | bytes] = {"own.txt": b"What is between the two of us.\n- a second line\n"}
    for file in inputs.some(sorted(scenarios.glob("*.yaml")), 0):
        yield from plan_sessions(file.stem, file.name, "", inputs, {file.name: file, **private})
    for folder in inputs.some(sorted(each for each in scenarios.iterdir() if each.is_dir()), 1):
        given = {file.name: file for file in sorted(folder.iterdir())}
        yield from plan_sessions(folder.name, "session.yaml", "--journal journal", inputs, {**given, **private})
    for file in inputs.some(sorted((inputs.folder / "session-files").glob("*.yaml")), 0):
        yield from plan_sessions(f"example-{file.stem}", file.name, "", inputs, {file.name: file, **private})
    yield from make_examples_of_plans()


def make_examples_of_plans() -> Products:
    for kind in ("one-to-one", "group", "first-session", "nothing-known"):
        yield f"printed/{kind}", run_command("plan", "--example", kind)
        yield from run_in_folder(f"written/{kind}", f"plan --example {kind} -o session.yaml")


def make_held_sessions(inputs: Inputs) -> Products:
    """
    Fill in the records of planned sessions, and note them in the journal of the two.
    """
    for stem in inputs.some(("housing", "children"), 1):
        folder = inputs.folder / "scenarios" / stem
        with fresh_folder({file.name: file for file in sorted(folder.iterdir())}) as here:
            run_command("plan", "session.yaml", "--journal", "journal", "-o", "papers")
            for file in sorted(Path("papers").rglob("*.docx")):
                name = file.relative_to("papers").as_posix().removesuffix(".docx")
                file.write_bytes(change_word_file(file.read_bytes(), type_into_fields))
                yield f"{stem}/read/{name}", run_command("read", str(file), "-o", "-")
                words = ("held", "session.yaml", str(file), "--journal", "journal", "--minutes", "80")
                yield f"{stem}/held/{name}", run_command(*words)
                yield from files_in(here / "journal", f"{stem}/journal-after/{name}")
    lines = "held session.yaml --journal ours --cancelled-by supervisor --rearranged 2026-03-11\nseries ours"
    session = inputs.folder / "session-files/one-to-one.yaml"
    yield from run_in_folder("cancelled", lines, {"session.yaml": session, "ours/.keep": b""})


def make_command_outputs(inputs: Inputs) -> Products:
    """
    What the commands print that list, show, suggest, make and check.
    """
    lines = """
        --version
        models
        models --json
        models --people 6 --minutes 30 --when stuck
        models --asks feeling
        models --asks evidence-against --suits one-to-one
        models --element analysis --family cycle
        models --function mediation --json
        models --new-to records
        suggest
        suggest --minutes 30 --seed 7
        suggest --suits group --minutes 45
        suggest --instead-of kolb-cycle --minutes 10
        suggest --after-shock
        suggest --purpose support --for F11
        make agenda arrive@3 + kolb-cycle@40 + close@7 --set start=10:00 --set place=Room
        make agenda "arrive@3 + kolb-cycle@40 + balint-group + close@7" --minutes 52 -o agenda.txt
        make handout kolb-cycle
        make handout kolb-cycle --to json -o -
        make cards balint-group -o cards.html --cards 4
        make booklet "kolb-cycle + grow" -o booklet.md
        make comparison "kolb-cycle + gibbs-cycle" -o side-by-side.docx
        make preparation -o preparation.docx
        make record records/filled.json --reader supervisor -o record.html
        make agreement --pen --landscape -o agreement.pdf
        check records/filled.json record.html cards.html agenda.txt
        check handout-kolb-cycle.docx side-by-side.docx
    """
    given: dict[str, Path | bytes] = {"records/filled.json": inputs.folder / "data/filled-record.json"}
    yield from run_in_folder("lines", lines, given)
    for key in inputs.model_keys():
        yield f"show/{key}", run_command("show", key)
        yield f"show/{key}-nursing", run_command("show", key, "--wording", "nursing")
        yield f"show/{key}.json", run_command("show", key, "--json")
    yield "show/part", run_command("show", "kolb-cycle.experience", "--json")


def make_checks(inputs: Inputs) -> Products:
    keys = inputs.model_keys()
    given = {f"models/{key}.md": inputs.folder / f"models/{key}.md" for key in keys}
    given = {name: file for name, file in given.items() if file.is_file()}
    yield from run_in_folder("pages", "check models\ncheck models --fix --no-advice\ncheck models --strict", given)


#: What papers that stand beside a session are made of, by the name of the paper.
STANDING_PAPERS = {
    "agreement": """
supervisee: AM
supervisor: DK
date: 2026-03-04
review: 2026-09-04
standards: The agency's own & the regulator's
often: Every four weeks, 90 minutes
confidential: What is *said here* stays here, but for risk
""",
    "informal": """
about: F08
happened: 2026-04-28 16:10
written: 2026-04-28 17:05
how: corridor
asked: whether to ring the father
decision: hold off until the police have answered
by: supervisor
rationale: it would spoil the enquiry
steps:
- {what: ring the police, who: supervisor, by: 2026-04-29}
writer: social worker
""",
    "case-record": """
about: F11
date: 2026-03-04
plan: PLO
changed: The school rang twice
decision: A joint visit
rationale: One new face at a time
who: supervisor
steps:
- {what: visit, who: social worker, by: 2026-03-11}
informal:
- {about: F11, happened: 2026-02-28 09:00, how: telephone, decision: wait a day, by: supervisor}
""",
    "escalation": """
what: workload
facts: 28 cases since 2026-01-05
people: Visits are late
tried:
- {date: 2026-02-02, what: said so in supervision}
ladder: [supervisor, service manager, director]
level: 2
raised: 2026-03-04
days: 5
nation: England
wanted: no new cases until May
""",
    "action-log": """
personal:
- {what: book the course, who: supervisee, by: 2026-03-20, status: done}
- {what: rota, who: supervisor, by: 2026-02-20, carried: 3}
case:
- {what: visit T03, who: supervisee, by: 2026-03-11, arose: 2026-02-04}
""",
    "case-action-log": """
case:
- {what: visit T03, who: supervisee, by: 2026-03-11, arose: 2026-02-04, status: open}
""",
    "audit-view": """
planned: 90
parts:
- {what: Arriving, minutes: 5, outcome: as planned}
- {what: Caseload, minutes: 60, outcome: changed}
""",
    "annual-review": """
sessions:
- {date: 2026-01-14, status: held, minutes: 90}
- {date: 2026-02-11, status: cancelled, by: supervisor, rearranged: 2026-02-18}
- {date: 2026-02-18, status: held, minutes: 60}
useful: [the quiet, the map]
change: [fewer lists]
causes: [demand, vacancy, demand]
""",
    "supervision-log": """
sessions:
- {date: 2026-01-14, status: held, minutes: 90}
- {date: 2026-02-11, status: cancelled, by: supervisee}
every: 28
minutes: 90
date: 2026-04-01
""",
    "supervision-request": """
date: 2026-04-01
last: 2026-01-14
every: 28
minutes: 90
to: team manager
offered: [2026-04-08, 2026-04-09]
""",
    "workload-statement": """
date: 2026-05-14
scheme: Ours, 2.1
unit: points
weights: {CP: 5, CIN: 3, PLO: 8}
hours: 37
stable: 12
work:
- {ref: F01, kind: CP}
- {ref: F02, kind: PLO, points: 9, reason: two courts}
- {ref: F03, kind: CIN}
extras:
- {what: a student, points: 4}
limit: 25
earlier:
- {date: 2026-03-19, points: 31}
not-done: visits within ten days
cause: vacancy
said: 2026-05-01
""",
}


def make_standing_papers(inputs: Inputs) -> Products:
    """
    Papers made of YAML files, and of the example that is printed to begin with.
    """
    for name in reflect.Templates().names():
        example = run_command("make", name, "--example")
        yield f"{name}/example", example
        printed = example.partition(b"\n--- standard error")[0]
        given: dict[str, Path | bytes] = {
            "filled.yaml": STANDING_PAPERS.get(name, "").encode(),
            "empty.yaml": printed,
        }
        lines = "\n".join(f"make {name} filled.yaml --reader {reader} -o {reader}.txt" for reader in READERS)
        more = f"make {name} filled.yaml --reader supervisor -o paper.docx\nmake {name} empty.yaml -o empty.html"
        if name in STANDING_PAPERS:
            yield from run_in_folder(f"{name}/made", f"{lines}\n{more}", given)


# --- messages and help


def allowed_code(text: str) -> bool:
    """
    Whether code uses only names that stay where they are.
    """
    stay = {*reflect.__all__, "testing", "papers", "cli"}
    named = set(re.findall(r"\breflect\.(\w+)", text))
    for names in re.findall(r"^\s*from reflect import (.+)$", text, re.MULTILINE):
        named |= {name.strip() for name in names.split(",")}
    return named <= stay


def run_code(text: str) -> str:
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(text, {"reflect": reflect})
    return f"{printed.getvalue()}(nothing is wrong)"


def use_template(text: str) -> str:
    Path("mine.md").write_text(text, "utf-8")
    made_of = {"model": reflect.load("kolb-cycle"), "session": reflect.plan("kolb-cycle@30", 30)}
    about = reflect.Templates([Path()]).about("mine")
    return str(reflect.document(made_of.get(about.of, ""), "mine", templates=["."]))


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


def tell_fence(info: str, text: str) -> Iterator[bytes]:
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
    elif kind in USES and (kind != "code" or allowed_code(text)):
        yield result_of(lambda: USES[kind](text))


def make_messages(inputs: Inputs) -> Products:
    """
    Everything that is wrong in the catalogue of messages, but for code that imports a module which may move.
    """
    for file in sorted((inputs.folder / "messages").glob("*.md")):
        for number, (title, fences) in enumerate(entries_of_messages(file), 1):
            with fresh_folder():
                told = b"".join(each for info, text in fences for each in tell_fence(info, text))
            yield f"{file.stem}/{number}-{title}", told
    yield from make_wrong_calls(inputs)


def make_wrong_calls(inputs: Inputs) -> Products:
    lines = """
        nonsense
        make
        make agenda
        make agend kolb-cycle
        make agenda kolb-cycle@@40
        make agenda kolb-cycle@2000
        make agenda kolb
        make agenda kolb-cycle --reader nobody
        make agenda kolb-cycle --set supervisor=AK
        make agenda kolb-cycle --wording nothing-known
        make agenda kolb-cycle --templates nowhere
        make agenda kolb-cycle --brand nowhere.docx
        make agenda kolb-cycle --brand text.docx -o a.docx
        make agenda kolb-cycle -o nowhere/a.docx
        make agenda kolb-cycle -o text.docx
        make agenda kolb-cycle --to docx -o a.html --cards 3
        make record text.docx
        make record broken.json
        make record model.json
        make workload-statement broken.yaml
        make workload-statement kolb-cycle
        make handout --example
        make handout page.md
        make diagram morrison-444 -o a.svg
        plan
        plan nowhere.yaml
        plan broken.yaml
        plan page.md
        plan wrong.yaml -o papers
        plan wrong.yaml --to doc
        plan good.yaml --papers nothing-known -o papers
        plan good.yaml --journal nowhere
        plan good.yaml --private nowhere.txt
        plan good.yaml --profiles nowhere
        held good.yaml
        held good.yaml --journal nowhere
        held good.yaml text.docx --journal .
        held good.yaml --journal . --cancelled-by nobody
        held good.yaml --journal . --rearranged yesterday
        series nowhere
        series . -o covered.doc
        suggest --minutes 0
        suggest --suits nobody
        suggest --purpose nothing
        suggest --instead-of nothing-known
        suggest --journal nowhere
        read
        read text.docx
        read text.docx -o nowhere
        read text.docx -o -
        read broken.json -o - --to txt
        read broken.json -o - --to txt --reader case-file
        read . -o .
        copy broken.json -o a.docx
        copy model.json -o a.doc
        copy model.json --replace AK -o a.docx --yes
        compare broken.json model.json
        compare text.docx nowhere.docx
        check nowhere.md
        check broken.json broken.yaml page.md text.docx good.yaml wrong.yaml model.json
        brand ours.pdf
        catalogue
        catalogue -o text.docx
        catalogue -o new --to doc
        show
        show nothing-known
        show page.md
        models --people 0
        models --from nowhere
        models --from page.md
    """
    given: dict[str, Path | bytes] = {
        "text.docx": b"This is text.",
        "broken.json": b'{"format": "reflect-record", "version": 1, "items": 7, "minutes": "x"}',
        "model.json": reflect.to_json(reflect.load("grow")).encode(),
        "broken.yaml": b"date: [\n - }",
        "wrong.yaml": b"date: yesterday\nminutes: 9000\nnothing-known: 1\nsupervisee-items: 7\n",
        "good.yaml": inputs.folder / "session-files/one-to-one.yaml",
        "page.md": b"---\nkey: Page\nshape: round\nminutes: 5\n---\n\n# What {.core}\n\n- Why? {element=doubt}\n\nx\n",
    }
    yield from run_in_folder("calls", lines, given)


def make_help(inputs: Inputs) -> Products:
    yield "reflect", run_command("--help")
    yield "nothing", run_command()
    for name in sorted(reflect_command.commands):
        yield name, run_command(name, "--help")


# --- how values show themselves


def values_to_show(inputs: Inputs) -> dict[str, Callable[[], object]]:
    """
    Return the main values by name, each made when it is asked for.
    """
    record = inputs.record()
    outline = reflect.outline(OUTLINES[1])
    made: dict[str, Callable[[], object]] = {
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
        "record-read": lambda: reflect.read(reflect.render(record, "record", reader="supervision-file")),
        "reading": lambda: reflect.read(reflect.render(record, "record", reader="supervision-file")).reading,
        "own-copy": lambda: reflect.own_copy(record, {"AM": "the worker"}),
        "templates": reflect.Templates,
        "about-template": lambda: reflect.Templates().about("agenda"),
        "wording": lambda: reflect.wording("nursing"),
        "brand": lambda: reflect.brand(inputs.folder / "agency/brand.docx"),
        "extension": lambda: reflect.extension(inputs.folder / "agency"),
        "ring": lambda: reflect.Ring.PAIR,
        "reader": lambda: reflect.Reader("somebody", frozenset([reflect.Ring.PAIR])),
        "advice": lambda: reflect.lint(*map(reflect.load, inputs.model_keys()))[:3],
        "difference": lambda: reflect.compare(record, reflect.own_copy(record, {"AM": "the worker"})),
        "made": lambda: list(reflect.render_many(["grow@20", "nothing-known"], "agenda", to="txt")),
        "element": lambda: reflect.Element.ANALYSIS,
        "function": lambda: reflect.Function.SUPPORT,
    }
    for key in VARIED_MODELS:
        made[f"model-{key}"] = functools.partial(reflect.load, key)
        made[f"head-{key}"] = lambda key=key: reflect.load(key).head
        made[f"set-{key}"] = lambda key=key: reflect.load(key).questions
        made[f"question-{key}"] = lambda key=key: reflect.load(key).asks[0]
    for name, word, value in planted_values():
        made[f"{name}-{word}"] = lambda value=value: value
    return made


def show_html(value: object) -> object:
    return value._repr_html_()  # type: ignore[attr-defined]


def show_value(make: Callable[[], object], show: Callable[[object], object]) -> bytes:
    """
    Return how a value shows itself; where Python would give its address, a word stands for it.
    """
    try:
        text = as_bytes(show(make()))
    except Exception as error:
        text = as_bytes(type(error).__name__)
    return re.sub(rb"\bat 0x[0-9a-f]+", b"at ADDRESS", text)


def make_shown_values(inputs: Inputs) -> Products:
    for name, make in values_to_show(inputs).items():
        for manner, show in {"str": str, "repr": repr, "html": show_html}.items():
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
            yield f"error-{name}", as_bytes(f"{error!r}\n{error}\n{type(error).__mro__}")


def make_published_folder(inputs: Inputs) -> Products:
    """
    The folder for an intranet. PDF is left to the other papers, which are many.
    """
    if not inputs.few:
        yield from run_in_folder("ours", "catalogue -o catalogue --to docx --to md")
        return
    # These are in every blank record, which is published for each.
    keys = ("arrive", "previous-actions", "wellbeing-check-in", "workload", "case-round", "learning", "close")
    with fresh_folder({f"models/{key}.md": inputs.folder / f"models/{key}.md" for key in keys}) as folder:
        reflect.publish("catalogue", models=reflect.catalogue("models", builtin=False), to=["docx", "html"])
        yield from files_in(folder, "few", leave=["models"])


#: What is made, by the first word of its products' names.
KINDS: dict[str, Callable[[Inputs], Products]] = {
    "blank": make_blank_papers,
    "whole": make_whole_catalogue_papers,
    "models": make_papers_of_every_model,
    "looks": make_papers_in_looks,
    "words": make_papers_in_words,
    "brand": make_papers_with_a_brand,
    "agency": make_papers_of_an_agency,
    "filled": make_filled_papers,
    "facts": make_papers_with_facts,
    "many": make_many_papers,
    "read": make_records_read_back,
    "compared": make_comparisons,
    "pages": make_pages_read_back,
    "json": make_json,
    "schemas": make_schemas,
    "sets": make_sets,
    "timetables": make_timetables,
    "advice": make_advice,
    "plans": make_plans,
    "held": make_held_sessions,
    "commands": make_command_outputs,
    "checks": make_checks,
    "standing": make_standing_papers,
    "messages": make_messages,
    "help": make_help,
    "shown": make_shown_values,
    "catalogue": make_published_folder,
}


# --- make all of it, in the process of one checkout


def without_places(data: bytes, places: Mapping[str, Path]) -> bytes:
    """
    Return text with words for the folders it names, which differ each time; other files as they are.
    """
    if b"\0" not in data[:4096] and not data.startswith((b"PK", b"%PDF")):
        for word, place in places.items():
            data = data.replace(str(place).encode(), word.encode())
    return data


def make_products(folder: Path, checkout: Path, only: str, few: bool) -> None:
    """
    Write every product into a folder, each under its name; and stop if reflect is not that of the checkout.
    """
    if checkout / "src" not in Path(reflect.__file__).resolve().parents:
        sys.exit(f"reflect is that of {reflect.__file__}, and not of {checkout}")
    os.fsync = lambda _: None  # waiting for the disk takes longest, and nothing here has to outlive the machine
    here = Path.cwd()
    inputs = Inputs(here / "inputs", few)
    places = {"FOLDER": here, "CHECKOUT": checkout}
    for kind, make in KINDS.items():
        if only not in kind:
            continue
        started = time.perf_counter()
        for name, data in products_of(kind, make, inputs):
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            with file.open("xb") as new:
                new.write(without_places(data, places))
        print(f"{kind}: {len(names_below(folder / kind))} in {time.perf_counter() - started:.1f} s", flush=True)


def products_of(kind: str, make: Callable[[Inputs], Products], inputs: Inputs) -> Products:
    """
    Give the products of one kind; one that stops halfway has a last product that says so.
    """
    here = Path.cwd()
    try:
        for name, data in make(inputs):
            yield f"{kind}/{name}", data
    except Exception:
        os.chdir(here)
        yield f"{kind}/{STOPPED}", traceback.format_exc().encode()


# --- compare them


def start_checkout(checkout: Path, folder: Path, options: Iterable[str]) -> subprocess.Popen[str]:
    """
    Let a checkout make its products in a folder; the hashes of texts differ in each process, and may change nothing.
    """
    (folder / "made").mkdir(parents=True)
    (folder / "work").mkdir()
    copy_inputs(folder / "work/inputs")
    (folder / "work/tmp").mkdir()
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("REFLECT", "PYTHON"))}
    environment |= {"PYTHONPATH": str(checkout / "src"), "PYTHONDONTWRITEBYTECODE": "1", "COLUMNS": "100", "TZ": "UTC"}
    command = [sys.executable, __file__, "--make-into", str(folder / "made"), str(checkout), *options]
    return subprocess.Popen(
        command, cwd=folder / "work", env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def names_below(folder: Path) -> set[str]:
    return {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}


def first_difference(one: str, two: str) -> int:
    return next((place for place, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))


def describe_difference(other: bytes, this: bytes) -> str:
    """
    Return in a line or two where two products differ: the parts of a Word file, or the first line of a text.
    """
    if other.startswith(b"PK") and this.startswith(b"PK"):
        with contextlib.suppress(zipfile.BadZipFile):
            return describe_parts(other, this)
    try:
        pairs = itertools.zip_longest(other.decode().splitlines(), this.decode().splitlines())
    except UnicodeDecodeError:
        return f"other bytes, {len(other)} and {len(this)} of them"
    for number, (one, two) in enumerate(pairs, 1):
        if one != two:
            start = max(0, first_difference(one or "", two or "") - 40)
            lines = ("(no such line)" if text is None else text[start : start + WIDEST] for text in (one, two))
            return "line {}:\n    - {}\n    + {}".format(number, *lines)
    return "other ends of lines"


def describe_parts(other: bytes, this: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(other)) as one, zipfile.ZipFile(io.BytesIO(this)) as two:
        names = dict.fromkeys([*one.namelist(), *two.namelist()])
        differ = [
            name
            for name in names
            if name not in one.namelist() or name not in two.namelist() or one.read(name) != two.read(name)
        ]
    return f"parts: {', '.join(differ)}" if differ else "equal parts in another wrapping (order, times or comment)"


def find_differences(other: Path, this: Path) -> dict[str, str]:
    """
    Return the names of products that differ, each with how.
    """
    theirs, ours = names_below(other), names_below(this)
    found = dict.fromkeys(theirs - ours, "is only in the other checkout")
    found |= dict.fromkeys(ours - theirs, "is only in this checkout")
    for name in theirs & ours:
        one, two = (other / name).read_bytes(), (this / name).read_bytes()
        if one != two:
            found[name] = describe_difference(one, two)
    return dict(sorted(found.items()))


def list_differences(title: str, found: Mapping[str, str]) -> None:
    if found:
        print(f"{title}:")
    for kind, names in itertools.groupby(found, lambda name: name.partition("/")[0]):
        every = list(names)
        for name in every[:MOST_LISTED]:
            print(f"  {name}: {found[name]}")
        if len(every) > MOST_LISTED:
            print(f"  … and {len(every) - MOST_LISTED} more of {kind}/")


def report(other: Path, this: Path, expected: Iterable[str]) -> int:
    """
    Print what differs and what was expected to, and return the exit status.
    """
    found = find_differences(other, this)
    awaited = {n: how for n, how in found.items() if any(fnmatch.fnmatchcase(n, each) for each in expected)}
    stopped = sorted(n for n in names_below(other) | names_below(this) if n.endswith(f"/{STOPPED}"))
    unawaited = {name: how for name, how in found.items() if name not in awaited}
    list_differences("Expected to differ", awaited)
    list_differences("Differ", unawaited)
    for name in stopped:
        file = this / name if (this / name).is_file() else other / name
        print(f"{name}, so not all of this was made:\n{file.read_text('utf-8')}")
    every = len(names_below(other) | names_below(this))
    more = f", {len(awaited)} differ as expected" if awaited else ""
    print(f"{every:,} products, {every - len(found):,} equal, {len(unawaited):,} differ{more}")
    return 1 if unawaited or stopped or not every else 0


def compare_checkouts(other: Path, this: Path, options: list[str], expected: list[str]) -> int:
    """
    Let both make their products at the same time, and report.
    """
    with tempfile.TemporaryDirectory(prefix="same-") as name:
        folders = [Path(name).resolve() / side for side in ("a", "b")]
        running = [start_checkout(*each, options) for each in zip((other, this), folders, strict=True)]
        told = [process.communicate() for process in running]
        for checkout, process, (out, wrong) in zip((other, this), running, told, strict=True):
            print(f"{checkout}\n{out}{wrong}" if process.returncode else wrong, end="", file=sys.stderr)
        if any(process.returncode for process in running):
            return 2
        if "--times" in options:
            print(told[1][0])
        return report(folders[0] / "made", folders[1] / "made", expected)


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("other", type=Path, metavar="OTHER_CHECKOUT")
    parser.add_argument("this", type=Path, metavar="THIS_CHECKOUT", nargs="?", default=REPOSITORY)
    parser.add_argument("--only", default="", metavar="WORD", help=f"kinds with this in their name: {', '.join(KINDS)}")
    parser.add_argument("--quick", action="store_true", help="fewer products, in a quarter of the time")
    parser.add_argument("--differs", action="append", default=[], metavar="PATTERN", help="names that may differ")
    parser.add_argument("--times", action="store_true", help="say how long each kind takes")
    parser.add_argument("--make-into", type=Path, help=argparse.SUPPRESS)
    found = parser.parse_args()
    if not any(found.only in kind for kind in KINDS):
        parser.error(f"there is no kind '{found.only}'; there are: {', '.join(KINDS)}")
    return found


def main() -> int:
    given = read_options()
    if given.make_into:
        make_products(given.make_into, given.other, given.only, given.quick)
        return 0
    for checkout in (given.other, given.this):
        if not (checkout / "src/reflect").is_dir():
            sys.exit(f"there is no src/reflect in {checkout}")
    options = ["--only", given.only, *(["--quick"] if given.quick else []), *(["--times"] if given.times else [])]
    return compare_checkouts(given.other.resolve(), given.this.resolve(), options, given.differs)


if __name__ == "__main__":
    sys.exit(main())
