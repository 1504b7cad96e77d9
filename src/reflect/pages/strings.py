"""
A string of pages: a page whose steps are other pages, made one model with each of them as a part.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import attrs

from reflect.errors import Fault, Faults, UnknownKey, hint_at_nearest
from reflect.pages.methods import PageStep, parse_page_step
from reflect.questions.model import Head, Model
from reflect.questions.question import Mode
from reflect.questions.rings import Ring, narrows
from reflect.questions.sets import Entry, QuestionSet

#: What to do about a string that leads back to itself, or holds a page twice.
_TAKE_OUT = "take one of them out of 'steps'"


def pages_of(head: Head) -> tuple[PageStep, ...]:
    """
    Return the pages that are steps of a page.
    """
    return tuple(step for step in map(parse_page_step, head.steps) if step)


def find_line_of_steps(text: str) -> int | None:
    """
    Return the line of a page on which its string is named.
    """
    return next((n for n, line in enumerate(text.split("\n"), 1) if line.startswith("steps:")), None)


def tie_string(own: Model, find: Callable[[str], Model], where: str, line: int | None) -> Model:
    """
    Return the model of a string, with each page as a part, and with what all of them need.

    Args:
        own: The model of its own page.
        find: Gives the model of a page as it is read alone; an `UnknownKey` if there is none.
        where: Its page, for faults.
        line: The line of its 'steps'.

    Raises:
        Faults: A page is not there or cannot be read, is in the string twice, or leads back to it.
    """
    faults: list[Fault] = []
    tied = _Tying(find, where, line, faults).tie(own, (own.key,), {own.key: own.key})
    if faults:
        raise Faults(faults)
    return tied


@attrs.frozen
class _Tying:
    find: Callable[[str], Model]
    where: str
    line: int | None
    faults: list[Fault]

    def tie(self, own: Model, path: tuple[str, ...], met: dict[str, str]) -> Model:
        """
        Return a model with the pages of its steps as its parts.

        Args:
            path: The keys of the pages that led here, its own last.
            met: Every page of the string so far, with the page that names it.
        """
        if not own.head.steps:
            return own
        models, parts = [], []
        for step in pages_of(own.head):
            if page := self._open(step.page, path, met):
                inner = self.tie(page, (*path, step.page), met)
                models.append(inner)
                parts.append(_within(inner.questions, step.minutes))
        return own if self.faults else _with_parts(own, parts, models)

    def _open(self, key: str, path: tuple[str, ...], met: dict[str, str]) -> Model | None:
        through = f", which '{path[-1]}' names," if len(path) > 1 else ""
        if key in path:
            self._add(f"the string leads back to itself: {' > '.join((*path, key))}", _TAKE_OUT)
        elif key in met:
            self._add(f"the page '{key}'{through} is in the string twice", _TAKE_OUT)
        else:
            met[key] = path[-1]
            try:
                return self.find(key)
            except UnknownKey as unknown:
                self._add(f"there is no page '{key}'{through}", explain_no_page(key, unknown))
            except Faults as wrong:
                first = wrong.faults[0]
                self._add(f"the page '{key}'{through} is not in order: {first.what}", first.remedy)
        return None

    def _add(self, what: str, remedy: str) -> None:
        self.faults.append(Fault(self.where, self.line, what, remedy))


def explain_no_page(key: str, unknown: UnknownKey) -> str:
    """
    Return what to do about the key of a page that is not there, with the one that may be meant.
    """
    hint = f" Did you mean '{unknown.meant}'?" if unknown.meant else hint_at_nearest(key, unknown.known)
    return f"write the key of a page that is there, or name the folder that it is in too.{hint}".removesuffix(".")


def _within(whole: QuestionSet, minutes: int | None) -> QuestionSet:
    """
    Return a page as a part of so many minutes; of its own if none are said.
    """
    if minutes is None:
        return whole
    return attrs.evolve(whole, minutes=minutes, usual=minutes, least=min(whole.least, minutes))


def _with_parts(own: Model, parts: list[QuestionSet], models: list[Model]) -> Model:
    head = attrs.evolve(
        own.head,
        roles=_together((own.head.roles, *(model.head.roles for model in models))),
        materials=_together((own.head.materials, *(model.head.materials for model in models))),
    )
    whole = own.questions
    usual = [part.usual for part in parts]
    least = sum(part.least for part in parts) if head.minutes is None else whole.least
    if head.minutes is None and None not in usual:
        whole = attrs.evolve(whole, usual=sum(filter(None, usual)) or None)
    ring = head.ring
    whole = attrs.evolve(
        whole,
        children=[_narrow(part, ring) for part in parts] if ring else parts,
        mode=Mode.ASK,
        least=least,
    )
    return Model(head=head, questions=whole)


def _together(lists: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for some in lists for each in some))


def _narrow(part: QuestionSet, ring: Ring) -> QuestionSet:
    """
    Return a part with no answer in a wider ring than the one given.
    """
    children: list[Entry | QuestionSet] = []
    for child in part.children:
        if isinstance(child, QuestionSet):
            children.append(_narrow(child, ring))
        else:
            children.append(attrs.evolve(child, ring=_narrower(child.ring, ring)))
    return attrs.evolve(part, children=children, ring=_narrower(part.ring, ring))


def _narrower(one: Ring | None, other: Ring) -> Ring:
    """
    Return the widest ring that whoever sees it sees both.
    """
    if one is None:
        return other
    both = [ring for ring in Ring if narrows(ring, one) and narrows(ring, other)]
    return next(ring for ring in both if all(narrows(each, ring) for each in both))
