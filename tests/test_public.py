"""
What is public is pinned here: a name that comes or goes is a change somebody decided on.
"""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

import pytest

import reflect

PUBLIC = """
    Advice Brand Catalogue Difference Document DoesNotFit Element Extension Fault Faults Function Head Item Kept
    KeyClash Made Model NoReader NoTextForm NotOpened Outline OutlineFault Question QuestionSet Reader Record
    ReflectError Refused Ring Session Source TemplateFault Templates Timetable TooDeep Topic UnknownKey Wording both
    brand catalogue compare copies document either extension fingerprint from_json json_schema lint load missing outline
    own_copy plan publish read read_page regroup render render_many schedule sequence settle to_json weave without
    wording
""".split()  # noqa: SIM905  # names one can read


def test_the_public_names_are_these() -> None:
    """
    No more and no fewer, in order; each is there.
    """
    assert reflect.__all__ == PUBLIC
    assert [name for name in PUBLIC if getattr(reflect, name, None) is None] == []


def test_the_types_of_each_are_checked() -> None:
    """
    `tests/typed_api.py`, which two type checkers read, has every public name.
    """
    text = (Path(__file__).parent / "typed_api.py").read_text("utf-8")
    read = {each.attr for each in ast.walk(ast.parse(text)) if isinstance(each, ast.Attribute)}

    assert [name for name in PUBLIC if name not in read] == []


@pytest.mark.parametrize("name", PUBLIC)
def test_each_says_what_it_is(name: str) -> None:
    """
    A docstring for each name, its methods and its properties; where arguments are told, all are.
    """
    thing = getattr(reflect, name)
    assert inspect.getdoc(thing)
    if inspect.isclass(thing):
        parts = [
            part
            for part, value in vars(thing).items()
            if not part.startswith("_") and (inspect.isfunction(value) or isinstance(value, property))
        ]
        assert [part for part in parts if not inspect.getdoc(getattr(thing, part))] == []
    elif "Args:" in (told := inspect.getdoc(thing) or ""):
        taken = inspect.signature(thing).parameters.values()
        assert [
            each.name for each in taken if f"{each.name}:" not in told and each.annotation != each.name.title()
        ] == []
