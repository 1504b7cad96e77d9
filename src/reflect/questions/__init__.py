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
    from reflect.questions.model import Suits as Suits, Whose as Whose
    from reflect.questions.outlines import uses as uses
    from reflect.questions.question import Addressee as Addressee, Mode as Mode, Shape as Shape
    from reflect.questions.rings import READERS as READERS, narrows as narrows, reader as reader
    from reflect.questions.sets import EMPTY as EMPTY, Composable as Composable, show as show
    from reflect.questions.timetable import Row as Row, least as least
    from reflect.questions.wordings import wording_names as wording_names
else:
    __all__, __getattr__, __dir__ = hand_on(__name__, {
        "questions.answers": "Answering Kind",
        "questions.model": "Suits Whose",
        "questions.outlines": "uses",
        "questions.question": "Addressee Mode Shape",
        "questions.rings": "READERS narrows reader",
        "questions.sets": "EMPTY Composable show",
        "questions.timetable": "Row least",
        "questions.wordings": "wording_names",
    })
# isort: on
# fmt: on
