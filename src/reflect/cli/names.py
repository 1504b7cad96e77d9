"""
The names listed in help, read when help is printed, without loading what they name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

_OURS = Path(__file__).parents[1]  # as `reflect.files.places` has it, which takes longer to load
EXAMPLES = _OURS / "examples"

#: What a template is made of, in the words of its front matter, and in the words of help.
_GROUPS = {
    "session": "Of a session",
    "model": "Of one model",
    "models": "Of several models",
    "hour": "Of models or an hour",
    "nothing": "Of no model",
    "paper": "Beside sessions",
}
_FRONT_MATTER = re.compile(r"\A---\n(.*?)^---$", re.DOTALL | re.MULTILINE)
_OF = re.compile(r"^of: (\S+)$", re.MULTILINE)


def names_in_folder(folder: Path, ending: str) -> list[str]:
    return sorted(file.stem for file in folder.glob(f"*{ending}") if not file.name.startswith("_"))


def join_with_or(names: Iterable[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} or {last}" if others else last


def examples() -> str:
    return join_with_or(names_in_folder(EXAMPLES, ".yaml"))


def wordings() -> str:
    return ", ".join(names_in_folder(_OURS / "wordings", ".yaml"))


def occasions() -> str:
    return ", ".join(names_in_folder(_OURS / "occasions", ".yaml"))


def formats() -> str:
    from reflect.formats import FORMATS

    return join_with_or(FORMATS)


def yaml_kinds() -> str:
    from reflect.checks.yaml_files import yaml_kinds

    return join_with_or(yaml_kinds())


def aims() -> str:
    from reflect.questions.model import Aim

    return join_with_or(Aim)


def documents() -> str:
    """
    Return the names of our documents, by what each is made of.
    """
    groups: dict[str, list[str]] = {kind: [] for kind in _GROUPS}
    for name in names_in_folder(_OURS / "templates", ".md"):
        front = _FRONT_MATTER.match((_OURS / "templates" / f"{name}.md").read_text("utf-8"))
        made_of = _OF.search(front[1]) if front else None
        kind = made_of[1] if made_of else "session"
        groups[kind if kind in groups else "paper"].append(name)
    return " ".join(f"{_GROUPS[kind]}: {', '.join(names)}." for kind, names in groups.items())
