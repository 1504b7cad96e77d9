"""
The core at scale: what sets and outlines cost as they grow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import reflect
from reflect import Element, Function, Question, QuestionSet
from reflect.questions import show
from rounds import Row, grown, milliseconds

_ELEMENTS = tuple(Element)
_FUNCTIONS = tuple(Function)


def questions(n: int, name: str = "q") -> tuple[Question, ...]:
    """
    Many questions, all different, of every element and function in turn.
    """
    return tuple(
        Question(
            key=f"{name}.{i}",
            text=f"What was it that you saw on day {i}?",
            core=i % 3 == 0,
            elements=(_ELEMENTS[i % 4],),
            functions=(_FUNCTIONS[i // 4 % 4],),
        )
        for i in range(n)
    )


def parts(n: int, of: int = 1) -> tuple[QuestionSet, ...]:
    """
    So many titled sets, with so many questions each.
    """
    asked = questions(n * of)
    return tuple(
        QuestionSet(key=f"p{i}", title=f"Part {i}", children=asked[i * of : (i + 1) * of], elements=(_ELEMENTS[i % 4],))
        for i in range(n)
    )


def outline(n: int) -> str:
    """
    The text of an outline of so many uses, with a choice at every tenth.
    """
    steps = (f"(a-{i} | b-{i})@5" if i % 10 == 0 else f"a-{i}@5" for i in range(n))
    return " + ".join(steps)


Job = Callable[[], object]


def _sequence(n: int) -> Job:
    sets = parts(n)
    return lambda: reflect.sequence(*sets)


def _where(n: int) -> Job:
    whole = reflect.sequence(*parts(n // 10, 10))
    return lambda: whole.where(lambda question: question.core)


def _without(n: int) -> Job:
    whole = reflect.sequence(*parts(n // 10, 10))
    gone = QuestionSet(children=whole.asks[::2])
    return lambda: whole - gone


def _pick(n: int) -> Job:
    whole = reflect.sequence(*parts(n // 10, 10))
    return lambda: whole.pick(n // 2, seed=7)


def _weave(n: int) -> Job:
    whole = reflect.sequence(*parts(n // 10, 10))
    lens = QuestionSet(children=questions(n, "lens"))
    return lambda: whole.weave(lens)


def _regroup(n: int) -> Job:
    whole = reflect.sequence(*parts(n // 10, 10))
    return lambda: whole.regroup("element")


def _about(n: int) -> Job:
    whole = reflect.sequence(*parts(n // 10, 10))
    return lambda: whole.about("t1", "What is sticking", "personal")


def _schedule(n: int) -> Job:
    whole = reflect.sequence(*parts(n, 3))
    return lambda: reflect.schedule(whole, n * 5)


def _parse(n: int) -> Job:
    text = outline(n)
    return lambda: reflect.outline(text)


def _show(n: int) -> Job:
    known = reflect.outline(outline(n))
    return lambda: show(known)


def _settle(n: int) -> Job:
    known = reflect.outline(outline(n))
    sets = {f"a-{i}": one for i, one in enumerate(parts(n))}
    return lambda: reflect.settle(known, sets.__getitem__)


#: What is measured: its name, how a job of a size is made, and the largest size.
_MEASURED: tuple[tuple[str, Callable[[int], Job], int], ...] = (
    ("`sequence` of sets", _sequence, 10_000),
    ("`where` of questions", _where, 10_000),
    ("`without` half of the questions", _without, 10_000),
    ("`pick` half of the questions", _pick, 10_000),
    ("`weave` as many questions into questions", _weave, 10_000),
    ("`regroup` questions", _regroup, 10_000),
    ("`about` of questions", _about, 10_000),
    ("`schedule` of parts", _schedule, 200),
    ("`outline` read, uses", _parse, 2_000),
    ("`str` of an outline, uses", _show, 2_000),
    ("`settle` of an outline, uses", _settle, 2_000),
)


def measures(quick: bool) -> Iterator[Row]:
    """
    Give a row for each operation.
    """
    for name, made, largest in _MEASURED:
        sizes = [largest // 8, largest // 4, largest // 2, largest]
        jobs = {str(n): made(n) for n in sizes}
        took = milliseconds({n: (lambda _, job=job: job()) for n, job in jobs.items()}, 3 if quick else 11)
        yield grown(name, {int(n): each for n, each in took.items()}, 1.15)
