"""
Find out what a YAML file of ours is by its names, and check it as that.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import attrs

from reflect.checks.around import Around
from reflect.checks.checked import Checked
from reflect.checks.wordings import check_wording
from reflect.errors import Fault, Faults, sort_faults
from reflect.files import objects
from reflect.files.forms import Form
from reflect.files.objects import ObjectOf, form_of
from reflect.files.reading import read_text
from reflect.files.slips import straighten
from reflect.papers import STANDING_PAPERS, paper_of
from reflect.planning import occasions, profiles, session_file
from reflect.questions.wordings import FORM as WORDING
from reflect.sessions import nations
from reflect.sessions.journal import JournalEntry

#: What the kinds are called that are not called by their own names.
_CALLED = {
    "journal": "entry of a journal",
    "private": "file of what only the two may read",
    "informal": "decision made between sessions",
    "workload": "workload statement",
}


@attrs.frozen
class YamlKind:
    """
    A kind of YAML file.

    Attributes:
        name: What it is called in a command.
        form: What it may hold.
        check: What finds its faults and gives its advice.
    """

    name: str
    form: Form
    check: Callable[[Path, Around], Checked]

    @property
    def title(self) -> str:
        """
        What it is, with its article: "a session file".
        """
        noun = _CALLED.get(self.name, self.name.replace("-", " "))
        return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def _check_session_file(path: Path, around: Around) -> Checked:
    content, *_ = objects.read_as_far_as_possible(read_text(path, str(path)), session_file.SessionFile, str(path))
    named = (each for each in (content.named if content else ()) if each.of == "model")
    wrong, _ = around.look_up(named)
    try:
        read, _ = session_file.load(path, around.profiles, around.occasions)
    except Faults as faults:
        return Checked(path, sort_faults((*faults.faults, *wrong)))
    warnings = tuple(each for each in read.warnings if each not in read.doubts)
    return Checked(path, sort_faults((*warnings, *wrong)), advice=read.doubts)


def _check_private_lines(path: Path, around: Around) -> Checked:
    _, doubts = session_file.read_private_lines(path)
    return Checked(path, advice=doubts)


def _check_object(kind: type) -> Callable[[Path, Around], Checked]:
    def check(path: Path, around: Around) -> Checked:
        content, faults, doubts = objects.read_as_far_as_possible(read_text(path, str(path)), kind, str(path))
        wrong, asked = around.beside(path).look_up(getattr(content, "named", ()))
        return Checked(path, sort_faults((*faults, *wrong)), advice=(*doubts, *asked))

    return check


def yaml_kinds() -> dict[str, YamlKind]:
    """
    Return every kind of YAML file that is ours, by its name.
    """
    kinds = [
        YamlKind("session-file", form_of(session_file.SessionFile), _check_session_file),
        YamlKind("profile", form_of(profiles.Profile), _check_object(profiles.Profile)),
        YamlKind("occasion", form_of(occasions.Occasion), _check_object(occasions.Occasion)),
        YamlKind("nation", form_of(nations.Nation), _check_object(nations.Nation)),
        YamlKind("wording", WORDING, lambda path, _: check_wording(path)),
        YamlKind("journal", form_of(JournalEntry), _check_object(JournalEntry)),
        YamlKind("private", form_of(session_file.PrivateLines), _check_private_lines),
        *(YamlKind(of, form_of(paper_of(of)), _check_object(paper_of(of))) for of in STANDING_PAPERS),
    ]
    return {kind.name: kind for kind in kinds}


_NAME = re.compile(r"""["']?([A-Za-z][\w-]*)["']?[ \t]*[:=]""")


def _names_in(text: str) -> frozenset[str]:
    """
    The names at the margin of a file, whether or not the rest of it can be read.
    """
    matches = (_NAME.match(straighten(line[:99])) for line in text.split("\n"))
    return frozenset(match[1] for match in matches if match)


def find_kind(text: str, path: Path) -> YamlKind | None:
    """
    Return what a YAML file is, by the names in it and, if these leave it open, by its own name; None if none is ours.
    """
    names = _names_in(text)
    fitting = [kind for kind in yaml_kinds().values() if names & set(kind.form.names or ())]

    def fit(kind: YamlKind) -> tuple[int, bool, bool]:
        known = set(kind.form.names or ())
        fields = kind.form.fields if isinstance(kind.form, ObjectOf) else ()
        whole = all(field.name in names for field in fields if field.needed)
        return len(names & known) - len(names - known), kind.name in path.stem, whole

    return max(fitting, key=fit, default=None)


def check_yaml_file(path: Path, name: str = "", around: Around | None = None) -> Checked:
    """
    Check a YAML file as the kind that is named, or as what it seems to be; what it names is looked for *around* it.
    """
    where = str(path)
    text = read_text(path, where)
    kinds = yaml_kinds()
    kind = kinds.get(name) if name else find_kind(text, path)
    if kind is None:
        remedy = f"name its kind with --as: {', '.join(kinds)}"
        return Checked(path, (Fault(where, None, "has no name of any YAML file that reflect knows", remedy),))
    try:
        checked = kind.check(path, around or Around())
    except Faults as wrong:
        checked = Checked(path, wrong.faults)
    return attrs.evolve(checked, taken_for=kind.title)
