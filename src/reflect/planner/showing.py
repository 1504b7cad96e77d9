"""
What the page shows of models: all of them from the list of heads, and one of them with its parts and questions.
"""

from __future__ import annotations

from collections.abc import Iterator

from reflect.errors import DoesNotFit
from reflect.pages.catalogues import Catalogue, our_catalogue
from reflect.planner.hours import least_of
from reflect.planner.shapes import ModelHead, ModelPart, ModelShown, OtherChoice, Step
from reflect.questions.question import Mode, Question
from reflect.questions.sets import QuestionSet
from reflect.questions.wordings import Wording, wording
from reflect.sessions.series import varies
from reflect.sessions.session import make_item
from reflect.text.markdown import read_words


def model_heads(models: Catalogue | None = None) -> list[ModelHead]:
    """
    Return what is known of each model without reading its page.
    """
    known = our_catalogue() if models is None else models
    return [
        ModelHead(
            key=head.key,
            title=head.title,
            least=head.minutes[0] if head.minutes else 1,
            usual=head.minutes[1] if head.minutes else 1,
            when=head.when,
            instead=head.instead,
            aims=[str(aim) for aim in head.aims],
            suits=[str(each) for each in head.suits],
            shape=str(head.shape),
            family=head.family,
            frame=not varies(head),
        )
        for head in known.heads()
    ]


def model_shown(key: str, models: Catalogue | None = None, *, words: str = "") -> ModelShown:
    """
    Return one model with its parts and questions, and its steps as in a room.

    Args:
        key: Its key.
        models: Where models are found; by default, ours.
        words: The wording of the profession; by default, the general one.

    Raises:
        UnknownKey: There is no such model, or no such wording.
    """
    known = our_catalogue() if models is None else models
    model = known.model(key)
    head, said = model.head, wording(words or "general")
    fewest = least_of(key, known)
    usual = max(head.minutes[1] if head.minutes else fewest, fewest)
    titles = {each.key: each.title for each in known.heads()}
    whole = model.questions
    return ModelShown(
        key=head.key,
        title=head.title,
        when=head.when,
        instead=head.instead,
        least=fewest,
        usual=usual,
        parts=[
            ModelPart(
                title=part.title or head.title,
                minutes=minutes,
                questions=[said_aloud(each, said) for each in part.asks],
            )
            for part, minutes in stages_of(whole, usual)
        ],
        steps=list(steps_of(whole, usual, said)),
        materials=[said.fill(each) for each in head.materials],
        room=said.fill(head.room),
        mistakes=[said.fill(each) for each in head.mistakes],
        source=str(head.sources[0]) if head.sources else "",
        goes_with=[OtherChoice(key=each, title=titles[each], needs=0) for each in head.goes_with if each in titles],
    )


def stages_of(whole: QuestionSet, minutes: int) -> tuple[tuple[QuestionSet, int], ...]:
    """
    Return the parts of a set in their order of use with their minutes; the set itself if it has none.
    """
    try:
        stages = make_item(whole, 0, minutes).stages
    except DoesNotFit:
        stages = tuple((part, 0) for part in whole.parts_in_use)
    return stages or ((whole, minutes),)


def steps_of(whole: QuestionSet, minutes: int, words: Wording) -> Iterator[Step]:
    """
    Give the steps of a set: what is done, for how long, and one question or nothing.
    """
    for part, time in stages_of(whole, minutes):
        if part.steps and not part.asks:
            for step in part.steps:
                yield Step(
                    verb=str(step.mode),
                    title=words.fill(plain_words(step.text)),
                    minutes=step.minutes or 0,
                    question="",
                )
            continue
        first = next(iter([each for each in part.asks if each.core] or part.asks), None)
        yield Step(
            verb=str(part.mode if part.mode is not Mode.ASK or first else Mode.SAY),
            title=words.fill(part.title or whole.title),
            minutes=time,
            question=said_aloud(first, words) if first else "",
        )


def said_aloud(question: Question, words: Wording) -> str:
    """
    Return a question as it is read out, in the words of a profession.
    """
    return plain_words(words.fill(words.stage(question).text))


def plain_words(text: str) -> str:
    """
    Return a text of a page without its marks.
    """
    return read_words(text)[0]
