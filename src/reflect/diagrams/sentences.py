"""
Words for the descriptions of shapes: numbers, names and ends of sentences.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from reflect.text.nodes import Stage

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def count_of(things: Sequence[object], one: str, many: str = "") -> str:
    """
    Return a count in words: "one stage", "two stages".
    """
    n = len(things)
    return f"{_NUMBERS[n] if n < len(_NUMBERS) else n} {one if n == 1 else many or one + 's'}"


def name_of(stage: Stage) -> str:
    """
    Return the number and the title of a stage.
    """
    return f"{stage.number} {stage.title}" if stage.number else stage.title


def number_of(stage: Stage) -> str:
    """
    Return the number of a stage as it is shown; nothing if it has none.
    """
    return str(stage.number) if stage.number else ""


def write_numbered(stage: Stage) -> str:
    """
    Return the number and the title of a stage as they stand on one line of a picture.
    """
    return f"{stage.number}  {stage.title}" if stage.number else stage.title


#: What is done in a stage, in a word.
_DOING = {
    "say": "talking", "do": "doing", "draw": "drawing", "move": "moving", "sort": "sorting", "vote": "voting",
    "write": "writing", "wait": "waiting",
}  # fmt: skip


def word_for(does: str) -> str:
    """
    Return the word for what is done in a stage; nothing if it asks.
    """
    return _DOING.get(does, "")


def order_of(used: Sequence[int]) -> str:
    """
    Return the sentence about the order of use; nothing if it is the order of the picture.
    """
    return f"In use: {', '.join(map(str, used))}." if used else ""


def name_with_parts(stage: Stage) -> str:
    return f"{name_of(stage)}, with {', '.join(part.title for part in stage.parts)}" if stage.parts else name_of(stage)


def names_of(stages: Iterable[Stage], each: Callable[[Stage], str] = name_of) -> str:
    return "; ".join(map(each, stages))


def sentence(text: str) -> str:
    """
    Return a text with a full stop, unless it ends like a sentence already.
    """
    return text if text.endswith((".", "?", "!")) else f"{text}."
