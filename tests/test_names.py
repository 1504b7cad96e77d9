"""
A name has one meaning in the whole of `src/`, and says what it is: a function by its verb, a value by its noun.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from typing import Any

from tests.source import SOURCE, nodes_of


def trees() -> dict[str, tuple[Any, ...]]:
    return {str(file.relative_to(SOURCE)): nodes_of(file) for file in SOURCE.rglob("*.py")}


#: Participles that do not end in -ed; words of one syllable that are a verb too, such as put and cut, are left out.
IRREGULAR = set(
    """
    begun bound built chosen drawn done felt found given gone grown held kept known laid left lost made meant met said
    seen sent shown sought spoken stood taken thought told typed understood wanted won worn written
    """.split()  # noqa: SIM905  # words one can read
)
#: Verbs and nouns that end in -ed.
NO_PARTICIPLES = {"need", "feed", "seed", "embed", "speed"}
#: Classes of one name in two rooms, where JSON, YAML or templates see the name.
SEEN_FROM_OUTSIDE = {"Agreement", "Item", "SignOff"}


def is_bare_participle(name: str) -> bool:
    """
    Whether a name is one word, and that a participle: ``_made``, ``wanted``.
    """
    word = name.strip("_")
    regular = re.fullmatch(r"[a-z]+ed", word) is not None and word not in NO_PARTICIPLES
    return word in IRREGULAR or regular


def test_a_function_is_not_called_by_a_participle() -> None:
    """
    A function is a verb and its object; a property, and a method that gives a changed copy, may be a description.
    """
    named = [
        f"{file}:{node.lineno} {node.name}"
        for file, nodes in trees().items()
        for node in nodes
        if isinstance(node, ast.FunctionDef) and is_bare_participle(node.name)
        if not any("property" in ast.unparse(decorator) for decorator in node.decorator_list)
        if (node.name, file) not in PUBLIC_OR_OF_OTHERS
    ]

    assert named == []


#: Names that users write, or that a library calls.
PUBLIC_OR_OF_OTHERS = {
    ("held", "cli/planning.py"),  # the command
    ("limited", "questions/sets.py"),
    ("planted", "testing/canaries.py"),
    ("lost", "testing/losses.py"),
}


def test_a_class_has_a_name_of_its_own() -> None:
    """
    No two classes have one name, whatever their rooms.
    """
    homes: dict[str, list[str]] = defaultdict(list)
    for file, nodes in trees().items():
        for node in nodes:
            if isinstance(node, ast.ClassDef):
                homes[node.name].append(file)

    assert {name: files for name, files in homes.items() if len(files) > 1 and name not in SEEN_FROM_OUTSIDE} == {}
