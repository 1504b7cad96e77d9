"""
Advice on questions: each code on a page that is wrong on purpose, beside one that is right; and none on our own.
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import reflect
from reflect.checks import check
from reflect.cli import main
from reflect.pages import advice
from reflect.pages.writing import write_model
from reflect.questions.answers import Answering, Kind
from reflect.questions.sets import Composable
from reflect.questions.wordings import wording, wording_names
from tests.strategies import one

for needed in ("breame", "pyphen"):
    pytest.importorskip(needed)

HEAD = """---
key: tried
title: Tried
sources:
- {author: A. Writer, year: 1999, title: A work, publisher: A house}
rights: Ours.
licence: CC-BY-4.0
---

"""


def page(questions: str, head: str = HEAD) -> reflect.Model:
    """
    A page with one part.
    """
    return reflect.read_page(f"{head}## A part {{#part}}\n\n{questions}\n")


def codes(*models: reflect.Composable) -> list[str]:
    """
    The codes of the advice on some models.
    """
    return [each.code for each in reflect.lint(*models, wordings=[wording("general")])]


#: By code: a question that is wrong, and one beside it that is right.
WORDED = {
    "closed": ("Did you see the mother?", "Whom did you see?"),
    "leading": ("What should you have done?", "What did you do?"),
    "double-barrelled": ("What did you see, and who was there?", "When did your heart sink, and when did it lift?"),
    "too-long": ("What " + "very " * 24 + "long?", "Which " + "rather " * 23 + "short?"),
    "why-did-you": ("Why did you leave?", "What made you leave?"),
    "jargon": ("Which stakeholders were there?", "Who was there?"),
    "american-spelling": ("What color was the door?", "What colour was the door?"),
    "reading-age": (
        "Which organisational considerations necessitated immediate reallocation of responsibilities?",
        "Which account would cost {organisation} something?",
    ),
}
#: More questions that are right.
RIGHT = (
    "Tell me about the door.",
    "Draw the room, with everybody in it.",
    "Shall we keep it, change it or drop it?",
    "Had it ended well, what would we now be calling that decision?",
    "Which of this is yours to change, and which is how the place is run?",
    'Finish it fast: "Obviously, in this work, one has to…"',
    "What's left over?",
    "The worries have packed and left: who and what does {person} put in the picture?",
    "In whose voice do you hear it?",
)
WRONG = (
    ("closed", "And is that so?"),
    ("closed", "When you think of it: could it be that you were tired?"),
    ("leading", "You were tired, weren't you?"),
    ("leading", "How did you make sure the child was heard?"),
    ("double-barrelled", "What happened? Who was there?"),
    ("why-did-you", "Tell me: why didn\u2019t you ring?"),
)


@pytest.mark.parametrize("code", WORDED)
def test_a_question_is_advised_on_and_its_neighbour_is_not(code: str) -> None:
    """
    One of two questions breaks a rule and gets its advice; the other gets none.
    """
    wrong, right = WORDED[code]
    (only,) = reflect.lint(page(f"- {wrong} {{#wrong .core}}\n- {right} {{#right .core}}"))

    assert (only.code, only.where, only.model) == (code, "tried.part.wrong", "tried")
    assert only.remedy


@pytest.mark.parametrize(("code", "text"), WRONG)
def test_other_ways_to_break_a_rule_get_advice(code: str, text: str) -> None:
    """
    A rule is broken in more ways than one.
    """
    assert code in codes(page(f"- {text} {{.core}}"))


#: By code: plain forms that are not plain.
NOT_PLAIN = {
    "plain-too-long": ("What did you see and hear in the room on that Monday in March?",),
    "plain-two-things": (
        "Do you know what she wanted?",
        "What happened? Who was there?",
        "What did you see, and who was there?",
        "How would you explain what happened?",
    ),
    "plain-image": ("What got in the way?", "Imagine her room. What do you see?", "What is on your shoulders?"),
}
PLAIN = (
    "What will you do on Monday?",
    "Who does what, and on which day?",
    "On which day do we talk about it?",
    "What is known, what is unclear, and what is missing?",
    "Do you want a decision, or only to tell?",
    "Who are the people in this family?",
)


@pytest.mark.parametrize(("code", "plain"), [(code, each) for code, some in NOT_PLAIN.items() for each in some])
def test_a_plain_form_that_is_not_plain_gets_advice(code: str, plain: str) -> None:
    """
    A plain form is short, one question and literal; as a question of its own the same words count as not plain.
    """
    formed = page(f'- Where does this begin? {{#begins .core plain="{plain}"}}')
    (only,) = reflect.lint(formed)

    assert (only.code, only.where) == (code, "tried.part.begins")
    assert not advice.is_plain(attrs.evolve(one(), text=plain))
    assert advice.is_plain(formed.asks[0])


@pytest.mark.parametrize("plain", PLAIN)
def test_plain_words_get_no_advice(plain: str) -> None:
    """
    What is plain is taken as a plain form, and needs none.
    """
    assert codes(page(f'- Where does this begin? {{#begins .core plain="{plain}"}}')) == []
    assert advice.is_plain(attrs.evolve(one(), text=plain))


def test_check_counts_what_is_not_in_plain_words(tmp_path: Path) -> None:
    """
    It says how many core questions are neither plain nor have a plain form, and nothing where all are.
    """
    file = tmp_path / "tried.md"
    file.write_text(
        write_model(
            page(
                '- What got in the way? {#way .core plain="What stopped it?"}\n'
                "- What stood in front of it, and what stood in the way? {#front .core}\n- In whose shoes? {#shoes}"
            )
        ),
        "utf-8",
    )
    (found,) = check(file, advise=True)
    assert found.state == "1 of its 2 core questions is not in plain words yet"

    file.write_text(write_model(page("- What stopped it? {#way .core}")), "utf-8")
    (found,) = check(file, advise=True)
    assert found.state == ""


@pytest.mark.parametrize("text", RIGHT)
def test_right_questions_get_no_advice(text: str) -> None:
    """
    Invitations, choices, contrasts and words in quotation marks pass.
    """
    assert codes(page(f"- {text} {{.core}}")) == []


def test_what_parts_and_pages_leave_out() -> None:
    """
    There is advice on a part without a core question, and on a page without a source, rights or a word of a profession.
    """
    question = "- What was there? {.core}"
    words = attrs.evolve(wording("general"), words=(("worker", "worker"),))
    unknown_word = page("- What was {person} doing? {.core}")

    assert codes(page(question)) == []
    assert codes(page(f"{question}\n\n## Another\n\n- Who was there?")) == ["part-without-core"]
    assert codes(page("- What was there?")) == []
    assert codes(page("- Phones off.\n- One voice at a time.")) == ["part-without-question"]
    assert codes(page("- Draw the house.\n- Who is in it?")) == []
    assert codes(page("- Draw the house.")) == []
    assert codes(page(question, "---\nkey: tried\ntitle: Tried\nrights: Ours.\nlicence: MIT\n---\n")) == [
        "missing-source"
    ]
    assert codes(page(question, HEAD.replace("rights: Ours.\n", ""))) == ["missing-rights"]
    assert [each.code for each in reflect.lint(unknown_word, wordings=[words])] == ["word-a-profession-lacks"]
    assert reflect.lint(unknown_word) == ()


@pytest.mark.parametrize("kind", ["element", "function"])
def test_a_question_serves_what_its_part_names(kind: str) -> None:
    """
    A part that names an element or a function has a question that serves it.
    """
    named, other = {"element": ("analysis", "action"), "function": ("support", "management")}[kind]

    def model_asking(of: str) -> reflect.Model:
        return reflect.read_page(
            f"{HEAD}## A part {{#part {kind}={named}}}\n\n- What was there? {{.core {kind}={of}}}\n"
        )

    assert codes(model_asking(other)) == [f"{kind}-nobody-asks"]
    assert codes(model_asking(named)) == []


def test_a_scale_has_two_ends_and_a_person() -> None:
    """
    A scale says what nought and ten mean, and whose number it is.
    """

    def set_asking(**ends: str) -> reflect.QuestionSet:
        answering = Answering(Kind.SCALE, **ends)
        question = reflect.Question(
            key="x.q", text="From nought to ten, where are you?", core=True, answering=answering
        )
        return reflect.QuestionSet(key="x", children=[question])

    assert codes(set_asking(low="empty", high="full")) == ["scale-without-anchors"]
    assert codes(set_asking(low="empty", high="full", whose="yours")) == []


def test_a_cut_that_leaves_a_question_hanging() -> None:
    """
    In the short version, no question follows on from one that is left out.
    """
    hanging = page("- What did they promise?\n- Which of those do you want kept? {.core}")
    together = page("- What did they promise? {.core}\n- Which of those do you want kept? {.core}")

    assert codes(hanging) == ["cut-from-its-root"]
    assert codes(together) == []
    assert codes(page("- What did they promise?\n- So what does it show? {.core}")) == []


def test_one_question_in_two_places() -> None:
    """
    A question is found again if only small words differ, on its page or another; the same words in another order are not.
    """
    one = page("- Where does this story begin for you? {#one .core}")
    other = reflect.read_page(
        HEAD.replace("tried", "second") + "## B\n\n- Where did that story begin, for you? {.core}\n"
    )
    apart = reflect.read_page(
        HEAD.replace("tried", "third") + "## B\n\n- For you, whose story is just beginning? {.core}\n"
    )

    assert codes(one, other) == ["near-duplicate"]
    assert codes(page("- Where does this story begin? {#a .core}\n- Where did the story begin? {#b .core}")) == [
        "near-duplicate"
    ]
    assert codes(one, apart) == []
    assert codes(one, one) == []


def test_what_is_kept_with_a_reason_gets_no_advice() -> None:
    """
    A page may keep a question in spite of advice, in one place, with a reason; there is advice on keeping for nothing.
    """
    kept = HEAD.replace("rights", "kept:\n- {advice: closed, at: part.wrong, because: A choice in this model.}\nrights")
    whole = page("- Is it so? {#wrong .core}", kept)

    assert codes(whole) == []
    assert codes(page("- Is it so? {#other .core}", kept)) == ["closed", "kept-for-nothing"]
    assert codes(page("- What is so? {#wrong .core}", kept)) == ["kept-for-nothing"]
    assert reflect.read_page(write_model(whole)) == whole
    with pytest.raises(reflect.Faults, match="an entry of 'kept' has no 'because'"):
        page("- Is it so?", kept.replace(", because: A choice in this model.", ""))


def test_a_rule_of_your_own() -> None:
    """
    A rule is a function; its advice comes with the rest, and a page can keep against it like against the rest.
    """

    def no_dashes(what: Composable) -> Iterator[advice.Advice]:
        for question in what.questions.asks:
            if "–" in question.text:
                yield advice.Advice("dash", "tried", question.key, "it holds a dash", "write two sentences")

    dashed = "- What did you see – at the door? {#door}"
    kept = HEAD.replace(
        "rights: Ours.", "rights: Ours.\nkept:\n- {advice: dash, at: part.door, because: It is quoted.}"
    )

    assert [each.code for each in reflect.lint(page(dashed), rules=[no_dashes]) if each.code == "dash"] == ["dash"]
    assert "dash" not in {each.code for each in reflect.lint(page(dashed))}
    told = {
        each.code
        for each in reflect.lint(reflect.read_page(f"{kept}## A part {{#part}}\n\n{dashed}\n"), rules=[no_dashes])
    }
    assert not told & {"dash", "kept-for-nothing"}


#: By code: sources that cannot be looked up, as their authors typed them.
SOURCES = {
    "source-without-place": ("{author: 'Karpman, S.', year: 1968, title: Fairy tales and script drama analysis}",),
    "vague-source": (
        "{author: 'Weld, N. and colleagues', year: 2003, title: Three houses, publisher: P}",
        "{author: 'Brandon, M. et al.', year: 2008, title: Analysing child deaths, publisher: P}",
        "{author: 'Weld, N.', year: about 2003, title: Three houses, publisher: P}",
        "{author: United States Army, year: 1970s, title: The after action review, publisher: P}",
        "{author: 'Argyris, C.', year: undated, title: Overcoming defences, publisher: P}",
        "{author: 'Mason, B.', year: 2019, title: Later paper on authoritative doubt, publisher: P}",
        "{author: 'Argyris, C.', year: 1990, title: The idea of the ladder of inference, publisher: P}",
        "{author: 'Weld, N.', year: 2003, title: 'A three-column sheet, developed in New Zealand', publisher: P}",
        "{author: 'Crisp, B.', year: 2005, title: The five-part form commonly used in teaching, publisher: P}",
        "{author: 'Dugmore, P.', year: 2018, title: On its use in social work, publisher: P}",
        "{author: 'Hawkins, P.', year: 2020, title: Supervision (later edition), publisher: P}",
        "{author: 'Carper, B.', year: 1978, title: 'Patterns of knowing, Advances in Nursing Science 1(1)', publisher: P}",
        "{author: 'Atkins, S.', year: 1993, title: 'Reflection, Journal of Advanced Nursing', publisher: P}",
    ),
}
#: Sources that can be looked up, or say that they cannot.
FINDABLE = (
    "{author: 'Karpman, S.', year: 1968, title: Fairy tales and script drama analysis, publisher: 'Bulletin 7(26), 39-43'}",
    "{author: NHS England, year: no date, title: Management Standards, publisher: england.nhs.uk}",
    "{author: 'Maclean, S.', year: 2016, title: The weather model, publisher: unpublished}",
    "{author: 'Balint, M.', year: 1957, title: 'The Doctor, his Patient and the Illness', publisher: Pitman}",
    "{author: 'Reed, B. and Ho, C.', year: 1985, title: 'Reflection: Turning Experience into Learning', publisher: Page}",
)


@pytest.mark.parametrize(("code", "source"), [(code, each) for code, some in SOURCES.items() for each in some])
def test_a_source_that_cannot_be_looked_up(code: str, source: str) -> None:
    """
    A source without a place, or with a description for an author, a year or a title, gets advice, and only once.
    """
    head = HEAD.replace("{author: A. Writer, year: 1999, title: A work, publisher: A house}", source)

    assert codes(page("- What was there? {.core}", head)) == [code]


@pytest.mark.parametrize("source", FINDABLE)
def test_a_source_that_can_be_looked_up(source: str) -> None:
    """
    A source with its four parts gets no advice; "unpublished" is a place, and "no date" a year.
    """
    head = HEAD.replace("{author: A. Writer, year: 1999, title: A work, publisher: A house}", source)

    assert codes(page("- What was there? {.core}", head)) == []


def test_one_turn_again_and_again() -> None:
    """
    A page with more of one turn than it may have is told so once, and not of each question.
    """
    which = "\n".join(f"- Which {word} was it? {{.core}}" for word in ("day", "room", "shift", "ward", "desk"))

    assert codes(page(which)) == ["habit"]
    assert codes(page("\n".join(which.split("\n")[1:]))) == []


def test_every_code_is_met() -> None:
    """
    Every code is shown by a test in this file, and is in the docs with its sentence.
    """
    text = Path(__file__).read_text("utf-8")
    docs = (Path(__file__).parents[1] / "docs" / "reference" / "advice.md").read_text("utf-8")

    assert [code for code in advice.CODES if text.count(f'"{code}"') == 0 and not code.endswith("-nobody-asks")] == []
    assert [code for code, sentence in advice.CODES.items() if f"| `{code}` | {sentence} |" not in docs] == []


def test_our_own_pages_need_no_advice() -> None:
    """
    There is no advice on our catalogue, in the words of every profession.
    """
    models = [reflect.load(key) for key in reflect.catalogue()]

    assert reflect.lint(*models, wordings=[wording(name) for name in wording_names()]) == ()


def test_no_two_questions_of_ours_come_near_the_threshold() -> None:
    """
    The threshold for near duplicates is above every pair of ours, and below a pair in which only small words differ.
    """
    texts = [question.text for key in reflect.catalogue() for question in reflect.load(key).asks]
    words = [advice.weighty_words(text) for text in texts]
    by_word: dict[str, list[int]] = {}
    for n, each in enumerate(words):
        for word in each:
            by_word.setdefault(word, []).append(n)
    pairs = {pair for places in by_word.values() for pair in itertools.combinations(places, 2)}
    # Two that share fewer words than half of the shorter one's are far from the threshold.
    assert advice.SHARED >= 0.6
    near = [(a, b) for a, b in pairs if 2 * len(words[a] & words[b]) >= min(len(words[a]), len(words[b]))]
    likeness = [
        min(shared / advice.SHARED, order / advice.IN_ORDER)
        for shared, order in (advice.compare_questions(texts[a], texts[b]) for a, b in near)
    ]

    assert max(likeness) < 0.95
    assert advice.compare_questions("What did you see at the door?", "What do you see at that door?") >= (
        advice.SHARED,
        advice.IN_ORDER,
    )


@given(st.text(max_size=80).filter(str.strip))
def test_advice_on_any_text_comes_without_an_error(text: str) -> None:
    """
    Any question at all gets advice or none, and the same advice twice.
    """
    questions = reflect.QuestionSet(key="x", children=[reflect.Question(key="x.q", text=text)])

    assert reflect.lint(questions) == reflect.lint(questions)


def test_check_gives_advice_at_its_line_and_succeeds(tmp_path: Path) -> None:
    """
    On the command line, advice has its file, line, remedy and code; the exit status is 0, and 1 with --strict.
    """
    file = tmp_path / "mine.md"
    file.write_text(HEAD + "## A part {#part}\n\n- What was there? {#there .core}\n- Did you stay? {#stay}\n", "utf-8")
    usual = CliRunner().invoke(main, ["check", str(file)])
    strict = CliRunner().invoke(main, ["check", "--strict", str(file)])
    quiet = CliRunner().invoke(main, ["check", "--strict", "--no-advice", str(file)])

    assert f"{file}:13: 'Did you stay?': it can be answered with yes or no; begin with" in usual.stderr
    assert "(closed)" in usual.stderr
    assert [usual.exit_code, strict.exit_code, quiet.exit_code] == [0, 1, 0]
    assert "closed" not in quiet.stderr


def test_without_its_packages_it_says_which(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Without the packages for spelling and syllables, advice says what to install.
    """
    monkeypatch.setitem(sys.modules, "breame.spelling", None)

    with pytest.raises(reflect.Refused, match=r"reflect-supervision\[lint\]"):
        reflect.lint(page("- What was there? {.core}"))


#: By code: a page of steps that is wrong, and one beside it that is right.
STEPPED = {
    "step-that-asks": ("## D {.say}\n\n1. What did you see?\n", "## D {.say}\n\n1. Ask: what did you see?\n"),
    "step-too-long": ("## D {.do}\n\n1. Stand. Walk. Sit.\n", "## D {.do}\n\n1. Stand. Then sit, e.g. here.\n"),
    "part-without-words": ("## D {.do}\n\n## E {.do}\n\n1. Go.\n", "## D {.silent}\n\n## E {.do}\n\n1. Go.\n"),
    "minutes-do-not-add-up": (
        "## D {.do minutes=9 rounds=3}\n\n1. Go.\n",
        "## D {.do minutes=5 rounds=2}\n\n1. Go.\n",
    ),
    "role-without-part": (
        "## D {.do role=speaker}\n\n1. Go.\n",
        "## D {.do role=speaker}\n\n1. Go. {role=watcher}\n",
    ),
}


@pytest.mark.parametrize("code", STEPPED)
def test_a_page_of_steps_is_advised_on_and_its_neighbour_is_not(code: str) -> None:
    """
    One of two pages breaks a rule for what is done, and the other gets no advice at all: none says that it asks nothing.
    """
    wrong, right = STEPPED[code]
    head = HEAD.replace("title: Tried\n", "title: Tried\nminutes: [10, 20]\n")
    if code == "role-without-part":
        head = head.replace("title: Tried\n", "title: Tried\nroles: [speaker, watcher]\n")

    assert codes(reflect.read_page(head + wrong)) == [code]
    assert codes(reflect.read_page(head + right)) == []


def test_no_activity_is_called_a_question_that_is_none() -> None:
    """
    The activities of the tests get advice on their sources alone, and nothing in them is said to ask.
    """
    folder = Path(__file__).parent / "data" / "activities"
    own = reflect.catalogue(folder, builtin=False)
    several = reflect.catalogue(folder)
    told = {code for key in own for code in codes(several.model(key))}

    assert told <= {"missing-source", "missing-rights"}
