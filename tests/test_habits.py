"""
Turns that become a habit: what counts as one, how often one may be taken, and that our own pages stay below.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from pathlib import Path

import attrs
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import reflect
from reflect.checks.habits import HabitCount, count_habits, words_repeated
from reflect.cli import main
from reflect.pages.catalogues import our_catalogue
from reflect.pages.habits import habits, habits_over_of_page
from reflect.questions.model import Model
from tests.test_impostors import broken

#: By habit: questions that have it, and others near by that do not.
MET = {
    "set-up": (
        ("You have the room for an hour: what do you do?", "A pause. It's late: who is still up?"),
        ("What do you want: a plan, or an ear?", "How did she put it: as a joke?", "Tell me this: then stop."),
    ),
    "which": (
        ("Which one?", "Here are two. Which is nearer?", "In which of them?", "And which of those?"),
        ("What did you see, and from which side?", "Who decides which?"),
    ),
    "command": (
        ("Draw it.", "You were there. Say what you saw.", "Now put it down.", "Suppose it were true. What then?"),
        ("What would you draw?", "Whose say is it?"),
    ),
    "hands": (("What did your hands do?", "Whose voice was it?"), ("What would you hand back?", "Who is handy?")),
    "doors": (
        ("What did you see at the door?", "What do you think of on the way home?"),
        ("Who lives next door?", "What do you care about?"),
    ),
    "constraint": (
        ("What is it, in six words?", "Tell it in verbs only."),
        ("What did she say, in her own words?", "What six things were there?"),
    ),
    "watching": (
        ("What would a visitor have seen?", "Somebody paints it. What is in it?"),
        ("What were you watching for?", "Who is your colleague?"),
    ),
    "weekday": (("What happens on Monday?", "Where is it by Christmas?"), ("What may happen?", "Who springs up?")),
    "first-words": (
        ("What's your first sentence to them?", "How will you begin?"),
        ("What did she say first of all?", "What was the sentence?"),
    ),
}
#: Questions without any of them.
FREE = ("What happened?", "Who was there?", "When did it change?", "How long did that last?", "Where do you go next?")


@functools.cache
def page(key: str, questions: tuple[str, ...], title: str = "Tried") -> Model:
    lines = "\n".join(f"- {text} {{#q{n}}}" for n, text in enumerate(questions))
    return reflect.read_page(f"---\nkey: {key}\ntitle: {title}\n---\n\n{lines}\n")


def test_every_habit_is_met_and_missed() -> None:
    """
    Each habit of the table is found in what has it, and not in what only looks like it.
    """
    assert set(MET) == {each.name for each in habits()}
    for habit in habits():
        met, missed = MET[habit.name]
        assert [text for text in met if not habit.is_in(text)] == []
        assert [text for text in (*missed, *FREE) if habit.is_in(text)] == []


def test_every_habit_has_one_ceiling() -> None:
    """
    A habit is counted by the page or by the question, and not by both.
    """
    assert [each.name for each in habits() if (each.one_page_in is None) == (each.one_question_in is None)] == []


def test_a_page_is_told_of_its_own_habit() -> None:
    """
    A page with more questions of one turn than it may have gets advice, with both numbers; at its ceiling it gets none.
    """
    for habit in habits():
        text = MET[habit.name][0][0]
        free = FREE * 2
        at = page("tried", (text,) * habit.on_a_page + free)
        over = page("tried", (text,) * (habit.on_a_page + 1) + free)

        assert habit not in {each for each, _ in habits_over_of_page(q.text for q in at.asks)}
        assert (habit, habit.on_a_page + 1) in tuple(habits_over_of_page(q.text for q in over.asks))
    what = [each.what for each in reflect.lint(over) if each.code == "habit"]
    assert what == ["4 of its 14 questions have rehearse your first words"]


def test_a_longer_page_may_have_more() -> None:
    """
    What a page may have grows with it, and never shrinks.
    """
    for habit in habits():
        most = [habit.most_of(n) for n in range(100)]

        assert most == sorted(most)
        assert (most[1], most[40]) == (habit.on_a_page, 2 * habit.on_a_page)


# --- over a folder

Count = Callable[[Iterable[Model]], tuple[HabitCount, ...]]
some_pages = st.lists(
    st.lists(st.sampled_from([*FREE, *(met[0] for met, _ in MET.values())]), min_size=1, max_size=5), max_size=14
)
free_page = st.lists(st.sampled_from(FREE), min_size=1, max_size=9)


def made(pages: Iterable[Iterable[str]]) -> list[Model]:
    return [page(f"p{n}", tuple(questions)) for n, questions in enumerate(pages)]


def law_free_pages_dilute(count: Count, pages: list[list[str]], free: list[str]) -> None:
    """
    A page without a habit adds nothing to its count, never raises its share and takes none over its ceiling.
    """
    whole = made(pages)
    for before, after in zip(count(whole), count([*whole, page("free", tuple(free), "At the door")]), strict=True):
        assert after.questions == before.questions
        assert after.pages * max(before.of_pages, 1) <= max(before.pages * after.of_pages, 0)
        assert not after.is_over or before.is_over


def law_each_counts(count: Count, pages: list[list[str]], free: list[str]) -> None:
    """
    Every question that has a habit is counted, and every page on which one is.
    """
    whole = made([*pages, free])
    for each in count(whole):
        having = [question for model in whole for question in model.asks if each.habit.is_in(question.text)]
        assert each.questions == tuple(question.key for question in having)
        assert each.pages == len({question.key.partition(".")[0] for question in having})
        assert (each.of_pages, each.of_questions) == (len(whole), sum(len(model.asks) for model in whole))


def law_over_is_over(count: Count, pages: list[list[str]], free: list[str]) -> None:
    """
    Pages that all have a habit are over its ceiling, however many there are; with enough pages without one, none is.
    """
    habit = habits()[len(free) % len(habits())]
    crowd = made([[MET[habit.name][0][0]]] * max(len(pages), 5))
    counts = {each.habit: each for each in count(crowd)}
    diluted = {each.habit: each for each in count([*crowd, *made([list(FREE) * 5] * 6 * len(crowd))])}
    assert counts[habit].is_over
    assert not diluted[habit].is_over


LAWS = (law_free_pages_dilute, law_each_counts, law_over_is_over)


@attrs.frozen(kw_only=True)
class _ShrinkingCount(HabitCount):
    @property
    def ceiling(self) -> int:
        return 5 - self.of_pages


@attrs.frozen(kw_only=True)
class _NeverOver(HabitCount):
    @property
    def is_over(self) -> bool:
        return False


def _as(kind: type[HabitCount]) -> Count:
    return lambda models: tuple(kind(**attrs.asdict(each, recurse=False)) for each in count_habits(models))


def _titles_too(models: Iterable[Model]) -> tuple[HabitCount, ...]:
    pages = tuple(models)
    more = {habit: sum(habit.is_in(model.title) for model in pages) for habit in habits()}
    return tuple(attrs.evolve(each, pages=each.pages + more[each.habit]) for each in count_habits(pages))


def _one_a_page(models: Iterable[Model]) -> tuple[HabitCount, ...]:
    counts = count_habits(models)
    firsts = ({key.partition(".")[0]: key for key in reversed(each.questions)} for each in counts)
    return tuple(
        attrs.evolve(each, questions=tuple(reversed(first.values())))
        for each, first in zip(counts, firsts, strict=True)
    )


def _without_the_last(models: Iterable[Model]) -> tuple[HabitCount, ...]:
    return count_habits(tuple(models)[:-1])


@pytest.mark.parametrize("law", LAWS)
def test_ours_keeps_the_laws(law: Callable[..., None]) -> None:
    @given(some_pages, free_page)
    def holds(pages: list[list[str]], free: list[str]) -> None:
        law(count_habits, pages, free)

    holds()


@pytest.mark.parametrize(
    ("law", "impostor"),
    [
        (law_free_pages_dilute, _titles_too),
        (law_free_pages_dilute, _as(_ShrinkingCount)),
        (law_each_counts, _one_a_page),
        (law_each_counts, _without_the_last),
        (law_over_is_over, _as(_NeverOver)),
    ],
)
def test_impostors_are_found_out(law: Callable[..., None], impostor: Count) -> None:
    """
    Each law is broken by a count that is wrong in one way.
    """
    assert broken(law, impostor, (some_pages, free_page), 100)


def test_words_that_pages_share() -> None:
    """
    A run of five words is found if three pages have it, and one of seven if two have; two of the words weigh something,
    and one page alone repeats nothing.
    """
    one = page("one", ("What would stay exactly as it is right now?",))
    other = page("other", ("Let it stay exactly as it is.", "Let it stay exactly as it is, I said."))
    third = page("third", ("What may stay exactly as it is?",))
    long = page("long", ("Who would stay exactly as it is right now?",))
    small = [page(f"small{n}", (f"{word} is it that you do to it?",)) for n, word in enumerate(("What", "When", "How"))]
    common = [
        page(f"common{n}", (f"{word} would you like to know?",)) for n, word in enumerate(("What", "When", "Who"))
    ]

    assert words_repeated([one, other, third]) == (("stay exactly as it is", ("one.q0", "other.q0", "third.q0")),)
    assert words_repeated([one, long]) == (("would stay exactly as it is right now", ("one.q0", "long.q0")),)
    assert (
        words_repeated([one, other]) == words_repeated([other]) == words_repeated(small) == words_repeated(common) == ()
    )


def test_check_of_a_folder_tells_of_its_habits(tmp_path: Path) -> None:
    """
    The check of a folder tells of a habit over its ceiling with the counts and the pages, and of a repeat.
    """
    text = "---\nkey: {0}\ntitle: {0}\n---\n\n- {1} {{#q}}\n"
    asked = ["What is by the door?", "Who came in a car?", "How long was the corridor?"]
    for n, question in enumerate(asked):
        (tmp_path / f"p{n}.md").write_text(text.format(f"p{n}", question), "utf-8")
    told = CliRunner().invoke(main, ["check", str(tmp_path)])
    (tmp_path / "p2.md").write_text(text.format("p2", "How does the long meeting end for most of you here?"), "utf-8")
    (tmp_path / "p3.md").write_text(text.format("p3", "When does the long lunch end for us?"), "utf-8")
    below = CliRunner().invoke(main, ["check", str(tmp_path)])
    (tmp_path / "p3.md").write_text(text.format("p3", "When does the long meeting end for most of you?"), "utf-8")
    repeated = CliRunner().invoke(main, ["check", str(tmp_path)])

    assert "doors, cars, coats or corridors: 3 of 3 pages, where 2 may (p0 1, p1 1, p2 1); ask for" in told.stderr
    assert "(habit-of-the-folder)" in told.stderr
    assert f"{tmp_path}: in order, as a folder with 3 pages, with 1 piece of advice" in told.stdout
    assert "habit-of-the-folder" not in below.stderr
    assert "same-words" not in below.stderr
    assert "2 pages say 'does the long meeting end for most of you': p2.q, p3.q; say it another way" in repeated.stderr


# --- our own


def our_pages() -> list[Model]:
    return [our_catalogue().model(key) for key in our_catalogue()]


def test_our_catalogue_is_below_every_ceiling() -> None:
    """
    No habit is over its ceiling on our pages.
    """
    over = [each for each in count_habits(our_pages()) if each.is_over]

    assert [f"{each.habit.title}: {each.questions}" for each in over] == []


def test_no_page_of_ours_has_a_habit_of_its_own() -> None:
    """
    No page of ours takes one turn again and again, and none is let off.
    """
    pages = our_pages()
    over = [
        f"{model.key}: {many} {habit.title}"
        for model in pages
        for habit, many in habits_over_of_page(question.text for question in model.asks)
    ]

    assert over == []
    assert [model.key for model in pages for kept in model.head.kept if kept.advice == "habit"] == []


def test_no_two_pages_of_ours_say_the_same() -> None:
    """
    No run of words is on several of our pages.
    """
    assert words_repeated(our_pages()) == ()
