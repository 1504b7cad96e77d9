"""
The papers of a session: an agenda and a record for each reader, and others if somebody asks for them.

Who reads a paper is settled by the folder it goes into; names of files hold a kind and a date, never a person.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from pathlib import Path

import attrs

from reflect.catalogues import Catalogue, ours
from reflect.documents import render
from reflect.errors import Refused, UnknownKey
from reflect.files import stamped, unchanged, write
from reflect.formats.word.branding import Brand
from reflect.nodes import Look
from reflect.planning.agenda import Plan
from reflect.planning.calendars import icalendar
from reflect.planning.profiles import Profile
from reflect.planning.session_file import SessionFile
from reflect.session import Session
from reflect.templating import Templates
from reflect.words import Wording
from reflect.words import wording as wording_of

#: The two that every session has.
USUAL = ("agenda", "record")
#: Those that are made when somebody asks.
MORE = ("preparation", "case-record", "notes", "cards")


@attrs.frozen
class Paper:
    """
    A file to write.

    Attributes:
        folder: Who reads it.
        name: What it is called.
        data: What stands in it.
    """

    folder: str
    name: str
    data: bytes = attrs.field(repr=False)


def papers(
    plan: Plan,
    file: SessionFile,
    settings: Profile,
    *,
    more: Iterable[str] = (),
    to: str = "docx",
    models: Catalogue | None = None,
    templates: Templates | Iterable[str | Path] = (),
    looks: Iterable[str | Look] = (),
    brand: Brand | None = None,
) -> Iterator[Paper]:
    """
    Give the papers of a session, one after another.

    Args:
        plan: The plan.
        file: What it was made from.
        settings: The profile.
        more: Further papers: ``"preparation"``, ``"case-record"``, ``"notes"``, ``"cards"``.
        to: The format.
        models: Where models are found; ours if nothing is said.
        templates: Folders of templates of your own; they go first.
        looks: How they are laid out.
        brand: In Word: the agency's own look.

    Raises:
        UnknownKey: There is no such paper.
    """
    wanted = tuple(dict.fromkeys(more))
    for name in wanted:
        if name not in MORE:
            raise UnknownKey(name, MORE, "further paper")
    models = ours() if models is None else models
    looks = tuple(looks)
    wording = words_of(plan, file, settings)
    group = settings.setting == "group"
    readers = ("group",) if group else ("supervisee", "supervisor")
    leader = "group" if group else "supervisor"
    day = file.date.isoformat()

    def made(what: Session | tuple[object, ...] | str, kind: str, reader: str | None) -> bytes:
        return render(
            what,  # type: ignore[arg-type]  # a tuple holds models
            kind,
            to=to,
            reader=reader,
            wording=wording,
            models=models,
            templates=templates,
            looks=looks,
            brand=brand,
            facts={"organisation": file.organisation, "marking": file.marking},
        )

    for reader in readers:
        for kind in USUAL:
            yield Paper(reader, f"{kind}-{day}.{to}", made(plan.session, f"group-{kind}" if group else kind, reader))
        if file.start:
            start = datetime.datetime.combine(file.date, datetime.time.fromisoformat(file.start))
            entry = icalendar(start, plan.session.minutes, file.place)
            yield Paper(reader, f"supervision-{day}.ics", entry)
    if "preparation" in wanted:
        yield Paper(readers[0], f"preparation-{day}.{to}", made("", "preparation", None))
    if "case-record" in wanted:
        deep = [item for item, line in zip(plan.session.items, plan.lines, strict=True) if line.kind == "depth"]
        for n, item in enumerate(deep, 1):
            facts = {name: text for name, text in plan.session.facts if name in ("date", "place")}
            alone = Session(minutes=item.minutes, items=(attrs.evolve(item, begins=0),), facts=facts)
            yield Paper("case-file", f"case-record-{n}-{day}.{to}", made(alone, "case-record", "case-file"))
    varied = tuple(models.load(line.use) for line in plan.lines if line.kind in ("depth", "talk"))
    for kind in ("notes", "cards"):
        if kind in wanted and varied:
            yield Paper(leader, f"{kind}-{day}.{to}", made(varied, kind, None))


def words_of(plan: Plan, file: SessionFile, settings: Profile) -> Wording:
    """
    Return the words of the profession, with whoever regulates it on the day.
    """
    known = wording_of(file.wording or settings.wording)
    if not plan.regulator:
        return known
    words = tuple((name, plan.regulator if name == "regulator" else word) for name, word in known.words)
    return attrs.evolve(known, words=words)


def keep(folder: Path, made: Iterable[Paper], *, force: bool = False) -> tuple[Path, ...]:
    """
    Write papers into the folders of their readers, all of them or none, and return their paths.

    Raises:
        Refused: Some are there already and were changed since; the message names them.
    """
    known = {folder / paper.folder / paper.name: paper.data for paper in made}
    if folder.exists() and not folder.is_dir():
        raise Refused(f"'{folder}' is a file; name a folder with -o")
    lost = [] if force else [path for path, data in known.items() if path.is_file() and not _ours(path, data)]
    if lost:
        names = ", ".join(str(path) for path in lost)
        raise Refused(
            f"{names}: there already, and perhaps filled in; nothing was written. Name another folder, or say --force"
        )
    for path, data in known.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        write(path, data, force=True, stamp=path.suffix != ".ics")
    return tuple(known)


def _ours(path: Path, data: bytes) -> bool:
    """
    Whether a file is what we would write, or what we wrote and nobody changed.
    """
    old = path.read_bytes()
    return old in (data, stamped(data, path.suffix.lower())) or unchanged(old)
