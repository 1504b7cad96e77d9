"""
Pack what an agency has of its own for the planner: as data, and nothing that is somebody's.

Pages are written anew from their models, YAML without its comments, and of a Word file only its look. Whatever may not
go into a file that is handed round is refused, all at once.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import attrs

from reflect.checks.yaml_files import find_kind
from reflect.documents.licences import find_licence
from reflect.errors import Fault, Faults, ReflectError
from reflect.files import yaml
from reflect.files.folders import is_folder, list_folder
from reflect.files.places import file_of, folders_of, locate, names_package
from reflect.files.reading import read_text
from reflect.files.word_names import is_word_name, read_word_data
from reflect.formats.word.brand import Brand
from reflect.pages.catalogues import catalogue
from reflect.pages.word_pages import open_word_page
from reflect.pages.writing import write_model
from reflect.planner.own import LOOK, write_look
from reflect.planning.occasions import occasion
from reflect.planning.profiles import profile
from reflect.questions.model import Model
from reflect.questions.wordings import wording
from reflect.sessions.nations import nation
from reflect.shown import Brief

#: Kinds of YAML files that are an agency's, and nobody's.
_OF_AGENCIES = ("profile", "occasion", "nation", "wording")
#: What JSON of ours is called, and the kinds that are nobody's.
_FORMAT = re.compile(r'"format"\s*:\s*"reflect-([a-z-]+)"')
_OF_NOBODY = ("model", "question-set")
#: What a licence is called under which one has to ask.
_RESERVED = "All rights reserved"
#: Where the files lie that a profile may name, from the folder of profiles.
_BESIDE = ("wordings", "occasions", "nations")
_NOT_OURS = "take it out of this folder: the planner is handed round, and this is about people"


@attrs.frozen(kw_only=True)
class PackedOwn(Brief):
    """
    What an agency has of its own, packed.

    Attributes:
        files: Each file by its path in the folder that the page has.
        unlicensed: The keys of models whose pages name no licence.
    """

    files: dict[str, bytes] = attrs.field(repr=False)
    unlicensed: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class OwnSources(Brief):
    """
    Where an agency's own things are. A text is the name of a package, as in ``"package:agency"``.

    Attributes:
        models: Folders of pages, or pages.
        profiles: Folders of profiles.
        occasions: Folders of occasions.
        wordings: Files of words.
        brand: The look of its papers.
        may_copy: Keys of models that may be copied although their licence does not say so.
    """

    models: tuple[str | Path, ...] = ()
    profiles: tuple[str | Path, ...] = ()
    occasions: tuple[str | Path, ...] = ()
    wordings: tuple[str | Path, ...] = ()
    brand: Brand | None = attrs.field(default=None, repr=False)
    may_copy: tuple[str, ...] = ()


def pack_own(sources: OwnSources) -> PackedOwn:
    """
    Return what an agency has of its own, as the planner bakes it in.

    Raises:
        Faults: All that may not go into the page: what is about people, pages that may not be copied, and what is
            wrong in any of the files.
        UnknownKey: No installed package has that name.
    """
    files: dict[str, bytes] = {}
    faults: list[Fault] = []
    unlicensed: list[str] = []
    for part in ("profiles", "occasions"):
        for folder in folders_of(part, getattr(sources, part)):
            faults += _faults_of_people(folder)
            files.update(_pack_yaml(part, list_folder(folder, ".yaml"), faults))
    for folder in folders_of("profiles", sources.profiles):
        files.update(_pack_beside(folder, faults))
    named = [
        file_of(each.removeprefix("package:"), "wordings") if isinstance(each, str) else each
        for each in sources.wordings
    ]
    files.update(_pack_yaml("wordings", named, faults))
    if sources.models:
        for each in sources.models:
            place = locate(each).place("models") if names_package(each) else Path(each)
            faults += _faults_of_people(place) if is_folder(place) else ()
        try:
            for model in _models_of(sources.models):
                files[f"models/{model.key}.md"] = write_model(model).encode()
                faults += _faults_of_licence(model, sources.may_copy)
                unlicensed += () if model.head.licence else (model.key,)
        except Faults as wrong:
            faults += wrong.faults
    if faults:
        raise Faults(tuple(faults))
    if sources.brand is not None:
        files[LOOK] = write_look(sources.brand)
    return PackedOwn(files=files, unlicensed=tuple(unlicensed))


def _models_of(sources: Iterable[str | Path]) -> Iterator[Model]:
    places = tuple(sources)
    known = catalogue(*places)
    for key in catalogue(*places, builtin=False):
        yield known.model(key)


def _faults_of_licence(model: Model, may_copy: Iterable[str]) -> Iterator[Fault]:
    """
    Give a fault for a page that may not be copied: the planner is a copy, and is copied on.
    """
    licence = model.head.licence
    known = find_licence(licence) if licence else None
    if not licence or model.key in may_copy or (known is not None and known.name != _RESERVED):
        return
    what = "its licence does not say that it may be copied"
    remedy = f"leave it out, or name it with --may-copy {model.key} if whoever wrote it allows that"
    yield Fault(f"{model.key}.md", None, what, remedy)


def _faults_of_people(folder: Path) -> Iterator[Fault]:
    """
    Give a fault for each file that is about people: sessions, records, journals, and papers that were filled in.
    """
    for file in sorted(each for each in list_folder(folder) if each.is_file()):
        try:
            if what := _about_people(file):
                yield Fault(str(file), None, what, _NOT_OURS)
        except ReflectError:
            continue  # whatever cannot be read is not baked in


def _about_people(file: Path) -> str:
    """
    Return what a file is that is about people; nothing for any other.
    """
    where = str(file)
    match file.suffix.lower():
        case ".yaml" | ".yml":
            kind = find_kind(read_text(file, where), file)
            return f"is {kind.title}" if kind is not None and kind.name not in _OF_AGENCIES else ""
        case ".json":
            named = _FORMAT.search(read_text(file, where))
            return f"is a {named[1].replace('-', ' ')}" if named and named[1] not in _OF_NOBODY else ""
        case _ if is_word_name(file.name):
            return "is a paper of a session" if open_word_page(read_word_data(file, where), where).is_ours else ""
    return ""


# --- YAML


def _pack_yaml(part: str, files: Iterable[Path], faults: list[Fault]) -> Iterator[tuple[str, bytes]]:
    """
    Give YAML files without their comments, each checked as what it is said to be.
    """
    readers: dict[str, Callable[[Path], object]] = {
        "profiles": profile,
        "occasions": occasion,
        "wordings": wording,
        "nations": nation,
    }
    for file in files:
        try:
            readers[part](file)
            yield f"{part}/{file.stem}.yaml", yaml.without_comments(read_text(file, str(file)), str(file)).encode()
        except Faults as wrong:
            faults += wrong.faults


def _pack_beside(folder: Path, faults: list[Fault]) -> Iterator[tuple[str, bytes]]:
    """
    Give what lies beside profiles and belongs to them: the nations, and the files that they name.
    """
    if is_folder(nations := folder.parent / "nations"):
        yield from _pack_yaml("nations", list_folder(nations, ".yaml"), faults)
    for file in list_folder(folder, ".yaml"):
        for name in yaml.texts_in(read_text(file, str(file))):
            if not name.endswith((".yaml", ".yml")):
                continue
            part, _, rest = posixpath.normpath(posixpath.join("profiles", name)).partition("/")
            if part in _BESIDE and rest == f"{posixpath.basename(rest).rpartition('.')[0]}.yaml":
                yield from _pack_yaml(part, [folder.parent / part / rest], faults)
            else:
                what = "names a file that is not in a folder beside it"
                faults.append(
                    Fault(str(file), None, what, "put that file into '../wordings', '../occasions' or '../nations'")
                )
