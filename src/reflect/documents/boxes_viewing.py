"""
The boxes of a worksheet: one for each part of a model, with what is asked in it, as the picture of the model has them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reflect.documents.views import BoxView, PartView, QuestionView, SheetView

#: Shapes whose parts stand side by side; those of the others follow one another down the page.
_SIDE_BY_SIDE = ("columns", "lenses", "matrix", "nested", "sets")
#: A part with so many of its own has a sheet of boxes; one with fewer is one box.
_MANY = 3
#: How many boxes are in a ring.
_RING = range(3, 9)


def sheets_of(
    key: str, title: str, shape: str, core: Sequence[QuestionView], used: Sequence[PartView]
) -> tuple[SheetView, ...]:
    """
    Return the sheets of boxes of a model, in the order of use; none if it has no parts, or if something is done in one
    and not asked.

    Args:
        key: The key of the model.
        title: Its title, which is no name for a box.
        shape: The name of its shape.
        core: What is asked outside its parts.
        used: Its parts.
    """
    if not used or any(map(_does, used)):
        return ()
    ring = shape == "cycle" and len(used) in _RING
    sheets = [_sheet(_boxes_without_name(core), 1)]
    together: list[BoxView] = []

    def put_down() -> None:
        turns = ring and len(together) == len(used)
        sheets.append(_sheet(together, 2 if turns else _across(shape, len(together)), turns=turns))
        together.clear()

    for part in used:
        if len(part.parts) < _MANY or shape == "cycle":
            together += _boxes_without_name(part.core) if part.title == title else _box_of(part)
            continue
        put_down()
        boxes = [each for inner in part.used for each in _box_of(inner)]
        turns = part.look == "cycle"
        sheets.append(_sheet(_boxes_without_name(part.core), 1, part))
        sheets.append(
            _sheet(boxes, 2 if turns else _across_of_part(shape, len(boxes)), None if part.core else part, turns=turns)
        )
    put_down()
    return tuple(sheet for sheet in sheets if sheet.boxes)


def _does(part: PartView) -> bool:
    return not part.asks or bool(part.steps) or any(map(_does, part.parts))


def _is_written(question: QuestionView) -> bool:
    return question.kind == "prose"


def _box_of(part: PartView) -> list[BoxView]:
    """
    Return the box of a part, with what is asked in its own parts; none if nothing is.
    """
    asked = [*part.core, *(each for inner in part.used for each in inner.core)]
    written = [each for each in asked if _is_written(each)]
    others = tuple(each for each in asked if not _is_written(each))
    if not asked:
        return []
    # What is written answers the only question, or all of them.
    key = written[0].key if len(written) == 1 else part.key if written else ""
    return [BoxView(key=key, title=part.title, number=part.number, asks=tuple(written), others=others)]


def _boxes_without_name(questions: Iterable[QuestionView]) -> list[BoxView]:
    return [
        BoxView(key=each.key, title=each.text, number=0, asks=(), others=())
        if _is_written(each)
        else BoxView(key="", title="", number=0, asks=(), others=(each,))
        for each in questions
    ]


def _across(shape: str, count: int) -> int:
    if shape not in _SIDE_BY_SIDE:
        return 1
    return count if 0 < count < _MANY else 3 if count == _MANY else 2


def _across_of_part(shape: str, count: int) -> int:
    return 4 if count == 4 and shape in ("sets", "sequence") else 3 if count == _MANY else 2


def _sheet(boxes: Iterable[BoxView], across: int, part: PartView | None = None, *, turns: bool = False) -> SheetView:
    return SheetView(
        title=part.title if part else "",
        number=part.number if part else 0,
        guidance=part.guidance if part else None,
        boxes=tuple(boxes),
        across=max(across, 1),
        turns=turns,
    )
