"""
What may be chosen for a document, once for every function that makes some.
"""

from __future__ import annotations

import functools
import inspect
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TypedDict, TypeVar, cast

import attrs

from reflect.documents.templates import Templates
from reflect.errors import hint_at_nearest
from reflect.pages.catalogues import Catalogue
from reflect.questions.rings import Reader
from reflect.questions.wordings import Wording
from reflect.text.nodes import Look
from reflect.text.prose import Words

#: What a deck of cards may be of; nothing is what suits its model.
DECKS = ("", "steps", "questions", "short", "both")

F = TypeVar("F", bound=Callable[..., object])


class DocumentOptions(TypedDict, total=False):
    """
    What may be chosen for a document.

    Attributes:
        reader: Who will read it; it may be left out only where nothing is filled in.
        wording: The words of the profession; by default those of the record, or the general ones.
        facts: What is said about it: title, organisation, marking, date, start, place, …; each a text, a day or a time.
        minutes: Length of the session, if it is made of an outline, in minutes.
        models: Where to find the models that are named; by default, ours.
        templates: Folders of templates of your own; they go first.
        plain: Whether each question is printed in its plain form, if its page has one. Nothing on the paper or in its
            file says so.
        looks: How it is laid out: ``"large-print"``, ``"dyslexia-friendly"``, ``"pen"``, ``"landscape"``; or several.
        cards: The size of cards: ``"usual"``, eight of 95 by 69.25 mm on an A4 sheet, with an edge that is cut away;
            ``"a6"``, four of 105 by 148.5 mm, or ``"a7"``, eight of 105 by 74.25 mm, both from edge to edge.
        deck: What a deck of cards is of: ``"steps"``, ``"questions"``, ``"short"``, which is the questions of the short
            version with a second one on each back, or ``"both"``, steps and questions. By default, a model that is
            used step by step has a card for each step, and every other a card for each question.
        marks: What a blank has a place for beside the usual, as a filled paper of that kind says of itself: items
            that were answered, the roles of those who signed, and ``"fingerprint"``.
    """

    reader: str | Reader | None
    wording: str | Path | Wording | None
    facts: Mapping[str, Words] | None
    minutes: int
    models: Catalogue | None
    templates: Templates | Iterable[str | Path]
    plain: bool
    looks: Iterable[str | Look]
    cards: str
    deck: str
    marks: Iterable[str]


def takes_options(*options: type, defaults: type) -> Callable[[F], F]:
    """
    Let the ``**options`` of a function be seen as arguments: in its signature, in its help, and if one is misspelt.

    Args:
        options: TypedDicts of what they may be; their docstrings explain each.
        defaults: An attrs class that has a field for each, with its default.
    """
    default_of = {field.name: field.default for field in attrs.fields(defaults)}
    hints = {name: hint for each in options for name, hint in each.__annotations__.items()}
    explained = [_explanations(each) for each in options]
    names = [name for lines in explained for name in re.findall(r"^    (\w+):", lines, re.MULTILINE)] or [*hints]
    keywords = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default_of[name], annotation=_text(hints[name]))
        for name in names
    ]

    def show_options(function: F) -> F:
        signature = inspect.signature(function)
        own = [each for each in signature.parameters.values() if each.kind is not each.VAR_KEYWORD]
        known = {each.name for each in (*own, *keywords)}

        @functools.wraps(function)
        def check_and_call(*arguments: Any, **named: Any) -> Any:
            for name in named:
                if name not in known:
                    raise TypeError(f"{function.__name__}() has no argument '{name}'.{hint_at_nearest(name, known)}")
            return function(*arguments, **named)

        check_and_call.__signature__ = signature.replace(parameters=[*own, *keywords])  # type: ignore[attr-defined]
        if function.__doc__:
            line = re.compile("^    options: .*\n", re.MULTILINE)
            check_and_call.__doc__ = line.sub(lambda _: "".join(explained), inspect.cleandoc(function.__doc__), count=1)
        return cast(F, check_and_call)

    return show_options


def _text(hint: Any) -> str:
    """
    Return a type as it is in the source.
    """
    return getattr(hint, "__forward_arg__", str(hint))


def _explanations(options: type) -> str:
    """
    Return the lines that explain each option; nothing if there are no docstrings, as in ``python -OO``.
    """
    _, _, lines = inspect.cleandoc(options.__doc__ or "").partition("Attributes:\n")
    return f"{lines.rstrip()}\n" if lines else ""
