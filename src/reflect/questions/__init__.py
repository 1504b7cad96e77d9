"""
What is asked: questions, sets and how they combine, outlines, wordings, and who may read an answer.

These names go with those that `reflect` itself has, such as `QuestionSet`, `sequence` and `Ring`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reflect.faces import hand_on

# fmt: off
# isort: off
if TYPE_CHECKING:
    from reflect.questions.answers import Answering as Answering, Kind as Kind
    from reflect.questions.model import Aim as Aim, Canvas as Canvas, CanvasKind as CanvasKind, People as People
    from reflect.questions.model import Picture as Picture
    from reflect.questions.model import Offered as Offered, Suits as Suits, Variant as Variant, Whose as Whose
    from reflect.questions.outlines import uses as uses
    from reflect.questions.question import Addressee as Addressee, Mode as Mode, Shape as Shape, Step as Step
    from reflect.questions.rings import READERS as READERS, narrows as narrows, reader as reader
    from reflect.questions.sets import EMPTY as EMPTY, Composable as Composable, show as show
    from reflect.questions.timetable import Row as Row, least as least
    from reflect.questions.turn_taking import Turn as Turn, turns as turns
    from reflect.questions.wordings import Scene as Scene, wording_names as wording_names
else:
    __all__, __getattr__, __dir__ = hand_on(__name__, {
        "questions.answers": "Answering Kind",
        "questions.model": "Aim Canvas CanvasKind Offered People Picture Suits Variant Whose",
        "questions.outlines": "uses",
        "questions.question": "Addressee Mode Shape Step",
        "questions.rings": "READERS narrows reader",
        "questions.sets": "EMPTY Composable show",
        "questions.timetable": "Row least",
        "questions.turn_taking": "Turn turns",
        "questions.wordings": "Scene wording_names",
    })
# isort: on
# fmt: on
