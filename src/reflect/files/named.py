"""
What a file of ours names: pages, templates, other files. Each is known with its line before anything is looked up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import attrs

from reflect.errors import Fault, Faults, UnknownKey, write_another
from reflect.files.folders import is_file
from reflect.files.forms import Form
from reflect.files.places import NamedFiles, file_of, names_package
from reflect.files.yaml import Value, YamlList, YamlMapping, YamlText
from reflect.shown import Brief


@attrs.frozen(kw_only=True)
class Named(Brief):
    """
    A name in a file that leads to something else.

    Attributes:
        of: What it is the name of, such as ``"page"``.
        text: The name.
        where: The file that has it.
        line: Its line there.
        under: What it stands under, where the file chose that name itself.
    """

    of: str
    text: str
    where: str
    line: int
    under: str = ""


#: Looks a name up, and raises `UnknownKey` if there is none such.
Look = Callable[[Named], object]


def names_in(form: Form, value: Value, where: str, under: str = "") -> Iterator[Named]:
    """
    Give what a value names, as its form says it.

    Args:
        form: What the place may hold.
        value: What it holds.
        where: The file.
        under: The name it stands under, where the file chose that.
    """
    match value:
        case YamlText():
            of, text = form.of_text.leads_to, value.text.strip()
            if of and text:
                yield Named(of=of, text=text, where=where, line=value.line, under=under)
        case YamlList() if form.of_item is not None:
            for item in value.items:
                yield from names_in(form.of_item, item, where, under)
        case YamlMapping():
            for name, (inner, line) in value.pairs.items():
                chosen = form.of_key
                if chosen is not None:
                    yield from names_in(chosen, YamlText(name, line), where)
                if (nested := form.of_name(name)) is not None:
                    yield from names_in(nested, inner, where, name if chosen is not None else "")


def faults_of_names(named: Iterable[Named], known: Mapping[str, Look]) -> Iterator[Fault]:
    """
    Give a fault for each name that leads to nothing, at its line, with the nearest that there is.

    Args:
        named: What files name.
        known: How each sort of name is looked up; a sort that is not there is not looked at.
    """
    for each in dict.fromkeys(named):
        if each.of not in known:
            continue
        try:
            known[each.of](each)
        except UnknownKey as wrong:
            # What is several words may be what somebody wrote about somebody.
            what = f"there is no {wrong.kind} of this name" if " " in each.text else wrong.what
            yield Fault(each.where, each.line, what, write_another(wrong))
        except Faults as wrong:
            yield from wrong.faults


def refuse_unknown_names(named: Iterable[Named], known: Mapping[str, Look]) -> None:
    """
    Refuse what files name if there is none such.

    Raises:
        Faults: All names that lead to nothing.
    """
    if faults := tuple(faults_of_names(named, known)):
        raise Faults(faults)


@attrs.frozen
class LookForFile:
    """
    Looks up a YAML file of ours: by its name, by the path beside the file that names it, or in a package.

    Attributes:
        files: The files of that kind.
        folders: Where they are looked for first.
    """

    files: NamedFiles
    folders: tuple[str | Path, ...] = ()

    def __call__(self, named: Named) -> None:
        if names_package(named.text):
            file_of(named.text, self.files.part)
        elif named.text.endswith((".yaml", ".yml")):
            look_beside(named)
        else:
            self.files.find(named.text, self.folders)


def look_beside(named: Named) -> None:
    """
    Look for a file beside the one that names it.

    Raises:
        Faults: It is not there.
    """
    if not is_file(Path(named.where).parent / named.text):
        what = "there is no file of this name" if " " in named.text else f"there is no file '{named.text}'"
        raise Faults((Fault(named.where, named.line, what, "check its name, and its folder from here"),))
