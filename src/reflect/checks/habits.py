"""
Count the habits of a writer over the pages of a folder, and find runs of words that its pages repeat.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

import attrs

from reflect.errors import Fault
from reflect.pages.advice import weighty_words
from reflect.pages.habits import Habit, habits
from reflect.questions.model import Model
from reflect.shown import Brief, count_of

#: However small a folder is, so many of its pages, or of its questions, may have a habit.
FEWEST_PAGES, FEWEST_QUESTIONS = 2, 4
#: So many words one after another are a repeat if three pages have them, and a longer run if two have it, and
#: so many of its words weigh something.
REPEATED, LONG, WEIGHTY = 5, 7, 2
#: Words that nearly every question has, beside the small ones: "would you like to know" repeats nobody.
_COMMON = re.compile("like|know|think|need|want|before|after|get|go|say|see|hear|talk|back")
#: A line names so many pages, those first that have it most often.
_NAMED = 8


@attrs.frozen(kw_only=True)
class HabitCount(Brief):
    """
    How often a habit is met on some pages.

    Attributes:
        habit: The habit.
        questions: The keys of the questions that have it, in their order.
        pages: On how many pages they are.
        of_questions: How many questions there are.
        of_pages: How many pages there are that ask.
    """

    _in_line = ("pages", "of_pages")

    habit: Habit = attrs.field(repr=False)
    questions: tuple[str, ...]
    pages: int
    of_questions: int
    of_pages: int

    @property
    def ceiling(self) -> int:
        """
        How many pages may have it; or how many questions, if it is counted by the question.
        """
        if self.habit.one_page_in is not None:
            return max(FEWEST_PAGES, self.of_pages // self.habit.one_page_in)
        return max(FEWEST_QUESTIONS, self.of_questions // (self.habit.one_question_in or 1))

    @property
    def is_over(self) -> bool:
        """
        Whether more have it than may.
        """
        many = self.pages if self.habit.one_page_in is not None else len(self.questions)
        return many > self.ceiling


def count_habits(models: Iterable[Model]) -> tuple[HabitCount, ...]:
    """
    Return how often each habit is met on some pages. A page that asks nothing does not count.
    """
    asking = [model for model in models if model.asks]
    every = [(number, question) for number, model in enumerate(asking) for question in model.asks]
    counts = []
    for habit in habits():
        having = [(number, question.key) for number, question in every if habit.is_in(question.text)]
        counts.append(
            HabitCount(
                habit=habit,
                questions=tuple(key for _, key in having),
                pages=len({number for number, _ in having}),
                of_questions=len(every),
                of_pages=len(asking),
            )
        )
    return tuple(counts)


def words_repeated(models: Iterable[Model]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """
    Return the runs of words that questions of several pages share, each with the keys of the questions.

    Five words count if three pages have them, and seven if two have. Of runs that overlap, the longest counts.
    """
    places: dict[tuple[str, ...], dict[str, str]] = {}
    for model in models:
        for question in model.asks:
            for run in _runs_in(question.text):
                places.setdefault(run, {}).setdefault(model.key, question.key)
    shared = ((run, tuple(keys.values())) for run, keys in places.items() if len(keys) > 1)
    return tuple((words, keys) for words, keys in _join_runs(shared) if _is_repeat(words, keys))


def _is_repeat(words: str, keys: tuple[str, ...]) -> bool:
    weighs = sum(bool(weighty_words(word)) for word in words.split() if not _COMMON.fullmatch(word)) >= WEIGHTY
    return weighs and (len(keys) > 2 or len(words.split()) >= LONG)


def _runs_in(text: str) -> Iterator[tuple[str, ...]]:
    words = re.findall(r"[a-z0-9']+", text.replace("\u2019", "'").lower())
    for start in range(len(words) - REPEATED + 1):
        yield tuple(words[start : start + REPEATED])


def _join_runs(shared: Iterable[tuple[tuple[str, ...], tuple[str, ...]]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """
    Join runs that follow on from each other in the same questions.
    """
    whole: tuple[str, ...] = ()
    where: tuple[str, ...] = ()
    for run, keys in shared:
        if keys == where and whole[1 - len(run) :] == run[:-1]:
            whole += run[-1:]
            continue
        if whole:
            yield " ".join(whole), where
        whole, where = run, keys
    if whole:
        yield " ".join(whole), where


def advice_on_habits(models: Iterable[Model], where: str) -> Iterator[Fault]:
    """
    Give advice on each habit that is over its ceiling on the pages of a folder, and on each repeat.
    """
    pages = tuple(models)
    for count in count_habits(pages):
        if count.is_over:
            yield Fault(where, None, _say_count(count), f"{count.habit.instead} (habit-of-the-folder)")
    for words, keys in words_repeated(pages):
        what = f"{len(keys)} pages say '{words}': {', '.join(keys)}"
        yield Fault(where, None, what, "say it another way in all but one of them (same-words)")


def _say_count(count: HabitCount) -> str:
    habit = count.habit
    by_page = Counter(key.partition(".")[0] for key in count.questions).most_common()
    named = [f"{page} {times}" for page, times in by_page[:_NAMED]]
    named += [f"and {len(by_page) - _NAMED} more"] if len(by_page) > _NAMED else []
    if habit.one_page_in is not None:
        counts = f"{count.pages} of {count_of(count.of_pages, 'page')}, where {count.ceiling} may"
    else:
        counts = f"{len(count.questions)} of {count_of(count.of_questions, 'question')}, where {count.ceiling} may"
    return f"{habit.title}: {counts} ({', '.join(named)})"
