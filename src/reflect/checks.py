"""
What is wrong in the files people write: pages, folders of pages, templates, wordings, JSON and Word files.
"""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from reflect.errors import Fault, Faults, ReflectError, TemplateFault, UnknownKey, hinted, near, write_one_of
from reflect.files.reading import nearest, read_text
from reflect.interchange.values import from_json
from reflect.pages.advice import Advice, lint, words_needed
from reflect.pages.attributes import FLAGS
from reflect.pages.catalogues import our_catalogue
from reflect.pages.reading import read_head, read_model
from reflect.pages.writing import write_model
from reflect.planning import profiles, session_file
from reflect.questions.model import Model
from reflect.questions.rings import Reader, Ring
from reflect.questions.wordings import Wording, wording, wordings
from reflect.sessions.parts import Action, Agreement, Answered, ItemRecord, SignOff
from reflect.sessions.record import Record
from reflect.text.prose import Line, Run

if TYPE_CHECKING:
    from reflect.documents.making import What


@attrs.frozen
class Checked:
    """
    What came of looking at one file.

    Attributes:
        where: The file.
        faults: What is wrong with it.
        advice: What could be better: `reflect.lint`, at its lines.
        tidy: The page in its canonical form, where it is not in it yet; lines end as they did.
        changes: What the canonical form changes, in a few words.
    """

    where: Path
    faults: tuple[Fault, ...] = ()
    advice: tuple[Fault, ...] = ()
    tidy: str | None = attrs.field(default=None, repr=False)
    changes: str = ""


def check(path: Path, *, advise: bool = False) -> Iterator[Checked]:
    """
    Look at a file, or at every page and wording in a folder; pages in order are given advice on, if that is wanted.

    Questions are compared within the folder.

    Args:
        path: The file or the folder.
        advise: Whether advice on pages is wanted.

    Raises:
        Refused: Advice is wanted, and its packages are not there.
    """
    every = tuple(_checks(path))
    yield from _advised(every) if advise else every


def _advised(every: tuple[Checked, ...]) -> Iterator[Checked]:
    texts = {
        each.where: read_text(each.where, str(each.where))
        for each in every
        if each.where.suffix == ".md" and not each.faults
    }
    pages = {where: read_model(text, str(where)) for where, text in texts.items() if not _is_template(text)}
    words = [wording(name) for name in wordings()] if pages else []
    found = lint(*pages.values(), wordings=words) if pages else ()
    for each in every:
        if each.where in pages:
            model, text = pages[each.where], texts[each.where]
            said = [a for a in found if a.model == model.key]
            each = attrs.evolve(each, advice=tuple(_at_line(a, model, each.where, text) for a in said))
        yield each


def _at_line(advice: Advice, model: Model, where: Path, text: str) -> Fault:
    """
    Advice as it is told, with the line it is about: by the key on the page, or by the words.
    """
    lines = text.splitlines()
    last = advice.where.rpartition(".")[2]
    asked = next((q.text for q in model.asks if q.key == advice.where), "")
    about = [f"{{#{last}}}", f"{{#{last} "] if last else []
    about += [asked.split("{")[0].strip()[:40]] if asked else []
    line = next((n for n, each in enumerate(lines, 1) for sign in about if sign and sign in each), None)
    named = f"'{asked}'" if asked else f"the part '{last}'" if last else "the page"
    return Fault(str(where), line, f"{named}: {advice.what}", f"{advice.remedy} ({advice.code})")


def _checks(path: Path) -> Iterator[Checked]:
    if not path.is_dir():
        yield _checked(path)
        return
    files = [Path(folder, name) for folder, _, names in os.walk(path) for name in names if _is_ours(name)]
    first: dict[tuple[Path, str], Path] = {}
    for file in sorted(files):
        result = _checked(file)
        if file.suffix == ".md" and not result.faults and not _is_template(text := read_text(file, str(file))):
            key = read_head(text, str(file)).key
            other = first.setdefault((file.parent, key), file)
            if other != file:
                remedy = "give one of them another"
                result = attrs.evolve(
                    result, faults=(Fault(str(file), None, f"has the key '{key}', as {other} has", remedy),)
                )
        yield result
    if not files:
        remedy = "name a folder of pages (.md) or wordings (.yaml)"
        yield Checked(path, (Fault(str(path), None, "holds nothing that can be checked", remedy),))


def _is_ours(name: str) -> bool:
    return name.endswith((".md", ".yaml", ".yml")) and name.lower() != "readme.md" and name[0] not in "._"


def _checked(path: Path) -> Checked:
    where = str(path)
    try:
        match path.suffix.lower():
            case ".md":
                text = read_text(path, where)
                return Checked(path, tuple(_template(path))) if _is_template(text) else _page(path, text)
            case ".yaml" | ".yml":
                text = read_text(path, where)
                if re.search(r"^date\s*:", text, re.MULTILINE):
                    return Checked(path, session_file.load(path)[0].warnings)
                if re.search(r"^items\s*:", text, re.MULTILINE):
                    profiles.parse(text, where)
                    return Checked(path)
                return Checked(path, tuple(_missing(wording(path), where)))
            case ".json":
                value = from_json(read_text(path, where), where)
                return _kept(path, value, 0) if isinstance(value, Record) else Checked(path)
            case ".docx" | ".dotx":
                found = Checked(path, tuple(_barriers(path)))
                kept = _returned(path)
                return attrs.evolve(kept, faults=(*found.faults, *kept.faults)) if kept else found
            case _ if path.exists():
                remedy = "name a page (.md), a wording (.yaml), a JSON file (.json), a Word file or a folder"
                return Checked(path, (Fault(where, None, "is nothing that can be checked", remedy),))
            case _:
                return Checked(path, (Fault(where, None, "is not there", f"check its name{nearest(path)}"),))
    except Faults as wrong:
        return Checked(path, wrong.faults)
    except ReflectError as wrong:
        return Checked(path, (Fault(where, None, str(wrong), "mend the page"),))


def _page(path: Path, text: str) -> Checked:
    model = read_model(text, str(path))
    faults = tuple(sorted(_words(model, path, text), key=lambda fault: fault.line or 0))
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    tidy = write_model(model)
    if tidy == lines:
        return Checked(path, faults)
    # An editor ends lines as it does; that is no part of the form.
    ends = "\r\n" if text.count("\r\n") * 2 > lines.count("\n") else "\n"
    return Checked(path, faults, tidy=tidy.replace("\n", ends), changes=_changes(lines, tidy))


#: What makes a file a template: it says what it is made of, or holds what only a template does.
_TEMPLATE = re.compile(r"\A---\n(?:(?!---$).*\n)*?of\s*:|\{%", re.MULTILINE)


def _is_template(text: str) -> bool:
    return bool(_TEMPLATE.search(text.replace("\r\n", "\n")))


def _template(path: Path) -> Iterator[Fault]:
    """
    What is wrong with a template: it is made once blank, and once filled in if it is about a session.
    """
    from reflect.documents.making import document
    from reflect.documents.templates import Templates

    where, name = str(path), path.stem
    if name.startswith("_"):
        yield Fault(where, None, "is a piece of other templates", "check one that takes it in")
        return
    shelf = Templates((path.parent,))
    try:
        about = shelf.about(name)
        least = int(about.models.partition("-")[0] or 2)
        for what in _tried(about.of, least):
            document(what, name, reader=_ANYBODY, templates=shelf)
        for line, block, there in shelf.stray(name):
            yield Fault(
                where, line, f"the block '{block}' replaces nothing, so it is not printed", write_one_of(block, there)
            )
    except UnknownKey as wrong:
        if wrong.key != name:
            raise
        yield Fault(where, None, "has a name that no document can have", "use small letters, digits and dashes")
    except Faults as wrong:
        yield from (attrs.evolve(fault, where=where) if fault.where == name else fault for fault in wrong.faults)
    except TemplateFault as wrong:
        what, _, remedy = wrong.what.partition("; ")
        other = "" if wrong.template == name else f"in '{wrong.template}': "
        yield Fault(where, None if other else wrong.line, f"{other}{what}", remedy or "mend the template")


#: Who may read all there is, so that every branch of a template is taken.
_ANYBODY = Reader("anybody", frozenset(Ring))


def _tried(of: str, least: int) -> tuple[What, ...]:
    """
    What a template is tried with, by what it is made of.
    """
    if of == "session":
        items = tuple(ItemRecord(key=f"item-{n}", use=use, minutes=10) for n, use in enumerate(("arrive", "close"), 1))
        said = (Line(runs=(Run(text="something"),)),)
        filled = Record(
            minutes=30,
            items=items,
            answers=tuple(Answered(key=item.key, ring=Ring.OPEN, lines=said) for item in items),
            actions=(Action(what="something", who="somebody", by="a day", ring=Ring.OPEN),),
            signed=(SignOff(role="supervisee", agreement=Agreement.AGREED),),
        )
        return "arrive@3 + kolb-cycle@40 + close@7", filled
    if of in ("model", "models"):
        return (" + ".join(list(our_catalogue())[: 1 if of == "model" else least]),)
    return (None,)


def _returned(path: Path) -> Checked | None:
    """
    What a filled paper of ours says of those who signed it; None if it is not one.
    """
    from reflect.reading_back import read
    from reflect.reading_back.altered import altered

    record = read(path)
    if record.reading is None or record.document == "unknown":
        return None
    if not (record.signed or record.reading.fingerprint):
        return _kept(path, record, 0)
    return _kept(path, record, altered(path.read_bytes(), record) or 0)


def _kept(path: Path, record: Record, lines: int) -> Checked:
    """
    Whether the words of a record stand as they were signed, and whether a support line says why.
    """
    from reflect.reading_back.altered import changes, unknown
    from reflect.sessions.support import telling

    where = str(path)
    ask = "ask each of the two again, and have the changed words signed"
    faults = [Fault(where, None, what, ask) for what in changes(record)]
    if lines and not faults:
        what = "a line that is printed was changed" if lines == 1 else f"{lines} lines that are printed were changed"
        faults.append(Fault(where, None, what, ask))
    advice = [Fault(where, None, what, "then a later change shows") for what in unknown(record)]
    for each in record.answers:
        if each.key == "passed-on" and any(not all(map(str.strip, row.split("|"))) for row in each.text.split("\n")):
            what = "something was passed on without a name, a reason, or the day the supervisee was told"
            faults.append(Fault(where, None, what, "say all three, and tell the supervisee first"))
    for key, words in telling(record):
        said = ", ".join(f"'{word}'" for word in words)
        what = f"{key} may tell why somebody is helped ({said})"
        advice.append(Fault(where, None, what, "write what will be done, and leave the reason between the two of you"))
    return Checked(path, tuple(faults), tuple(advice))


def _barriers(path: Path) -> Iterator[Fault]:
    """
    What keeps people from reading a Word file.
    """
    from reflect.formats.word.accessibility import barriers

    for each in barriers(path.read_bytes()):
        times = f", {each.times} times" if each.times > 1 else ""
        yield Fault(str(path), None, f"{each.what}{times} ({each.code})", each.remedy)


_KEY_IN_BRACES = re.compile(r"\{#[a-z0-9-]+[ }]")


def _changes(before: str, after: str) -> str:
    """
    What differs between two forms of a page, for the person whose page it is.
    """
    keys = len(_KEY_IN_BRACES.findall(after)) - len(_KEY_IN_BRACES.findall(before))
    old, new = before.split("\n"), after.split("\n")
    same = sum(block.size for block in difflib.SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks())
    said = [f"{keys} keys written in" if keys > 1 else "a key written in"] if keys > 0 else []
    if not before.lstrip().startswith("---"):
        said.append("front matter put above")
    lines = max(len(old), len(new)) - same
    return ", ".join((*said, f"{lines} line{'s' if lines != 1 else ''} changed"))


def _missing(found: Wording, where: str) -> Iterator[Fault]:
    """
    The words a wording lacks that others have.
    """
    known = frozenset(name for name, _ in found.words)
    for word in sorted(_general() - known):
        meant = [name for name in sorted(known - _general()) if near(name, (word,), 0.75)]
        hint = f". Is '{meant[0]}' meant to be it?" if meant else ""
        remedy = f"add it, or pages that need it cannot be printed{hint}"
        yield Fault(where, None, f"the word '{word}' is missing", remedy)


def _general() -> frozenset[str]:
    return frozenset(name for name, _ in wording("general").words)


def _words(model: Model, path: Path, text: str) -> Iterator[Fault]:
    known = _general()
    for word in sorted(words_needed(model) - known):
        line = next((n for n, each in enumerate(text.split("\n"), 1) if f"{{{word}}}" in each), None)
        remedy = f"{write_one_of(word, sorted(known), '{{{}}}')}, or \\{{ for a brace"
        if word in FLAGS:
            remedy = f"for a flag write {{.{word}}}, or \\{{ for a brace"
        elif near(word, known):
            remedy = hinted("write another, or \\{ for a brace", word, sorted(known), "{{{}}}")
        yield Fault(str(path), line, f"no wording has the word '{word}'", remedy)
