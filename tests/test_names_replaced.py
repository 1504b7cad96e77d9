"""
Names that are replaced are replaced, however somebody's keyboard or program wrote them.
"""

from __future__ import annotations

import itertools
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import attrs
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

import reflect
from reflect.cli import main
from reflect.interchange.values import to_json
from reflect.questions.rings import Ring
from reflect.rendering.rendering import render
from reflect.safekeeping.comparing import compare
from reflect.safekeeping.own_copies import count_replacements, find_references, own_copy, prove
from reflect.sessions.parts import Action, Answered, Decision, ItemRecord, SignOff
from reflect.sessions.record import Record
from reflect.text.prose import Line, LineKind, Run
from reflect.text.seeing import looks_alike
from tests.documents import everything_in, tried


def record_of(*lines: str) -> Record:
    """
    Return a record with one answer of these lines.
    """
    said = tuple(Line(runs=(Run(text=line),)) for line in lines)
    items = (ItemRecord(key="item-1", use="kolb-cycle", minutes=20),)
    return Record(
        minutes=20,
        items=items,
        answers=(Answered(key="item-1", ring=Ring.PERSONAL, lines=said, asked="How it began", hint="In a word"),),
    )


def replaced(text: str, *names: str) -> str:
    """
    Return a text with each of these names replaced by its number.
    """
    copy = own_copy(record_of(text), {name: str(n) for n, name in enumerate(names, 1)})
    return copy.answer("item-1")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        *(("O'Brien", f"O{sign}Brien") for sign in "'’‘ʼ′＇`´"),
        *(("O’Brien", each) for each in ("O'BRIEN", "OBrien", "OBRIEN", "O Brien", "O'\u200bBrien")),
        *(("Smith-Jones", f"Smith{sign}Jones") for sign in "-‐‑–−\u2011 \u00a0"),
        ("Smith\u2011Jones", "SMITH-JONES"),
        ("Zoë", "Zoe\u0308"),
        ("Zoe\u0308", "ZOË"),
        ("Jane Smith", "Jane\u00a0Smith"),
        ("Jane Smith", "Jane  \u202fSmith"),
        ("Jane Smith", "Jane SMITH"),
        ("Jane Smith", "JANE\tSMITH"),
        ("Jane Smith", "Jane_Smith"),
        ("JANE SMITH", "Jane Smith"),
        ("Mary Jane", "Mary\u200bJane"),
        ("Ann-Marie", "Ann\u00adMarie"),
        ("Anne-Marie", "Anne-marie"),
        ("Jane", "Ja\u00adne"),
        ("Jane", "J\u200bane"),
        ("Jane", "Ja\ufe0fne"),
        ("Jane", "Jan\u2060e"),
        ("AM", "A.M"),
        ("AM", "A. M"),
        ("AM", "A M"),
        ("AM", "A\u00a0M"),
        ("A.M.", "AM"),
        ("A. M.", "A.M"),
        ("J.K. Rowling", "JK Rowling"),
        ("JK Rowling", "J. K. ROWLING"),
        ("F11", "F-11"),
        ("F-11", "F11"),
        ("St John", "St. John"),
        ("van der Berg", "Van der Berg"),
        ("the aunt", "The aunt"),
        ("Łukasz Żółty", "ŁUKASZ Z\u0307O\u0301ŁTY"),
        ("Siân Ŵyn", "SIÂN W\u0302YN"),
        ("Ayşe Yılmaz", "AYŞE YILMAZ"),
        ("İbrahim", "IBRAHIM"),
        ("Seán Ó Briain", "SEÁN Ó BRIAIN"),
        ("Groß", "GROSS"),
        ("Groß", "GROẞ"),
        ("Γιώργος", "ΓΙΩΡΓΟΣ"),
        ("ΝΙΚΟΣ ΠΑΠΠΑΣ", "Νίκος Παππάς"),
        ("Семён", "СЕМЕН"),
        ("Андрей", "Андреи\u0306"),
        ("أحمد", "احمد"),
        ("محمد", "مُحَمَّد"),
        ("محمد", "محـــمد"),
        ("राम शर्मा", "राम\u00a0शर्मा"),
        ("ज़ैनब", "ज\u093cैनब"),
        ("王小明", "王 小明"),
        ("김민수", unicodedata.normalize("NFD", "김민수")),
        ("ＡＭ", "AM"),
        ("Fiona", "\ufb01ona".capitalize()),
    ],
)
def test_a_name_is_found_as_people_see_it(name: str, text: str) -> None:
    """
    Whatever signs it is written with, a name is replaced, in a sentence and as somebody's, and the copy proves itself.
    """
    for ending in ("", "’s mum", "'s", "’", ", who", "."):
        record = record_of(f"We saw {text}{ending} there")
        copy = own_copy(record, {name: "x"})

        assert copy.answer("item-1").replace("].", "]") == f"We saw [x]{ending} there".replace("].", "]")
        assert copy.answer("own.replaced") == "[x] once"
        assert prove(copy, record).proven


@pytest.mark.parametrize(
    ("text", "names", "result"),
    [
        ("I am, Am I? AM", ["AM"], "I am, Am I? [1]"),
        ("A.M. said that A.M. left. A.M. She", ["AM"], "[1] said that [1] left. [1]. She"),
        ("jane and Jane", ["Jane"], "jane and [1]"),
        ("Janet, Jane2, Mary Jane", ["Jane"], "Janet, Jane2, Mary [1]"),
        ("A man, Aman", ["Aman"], "A man, [1]"),
        ("I've, D'Angelo, VE", ["VE"], "I've, D'Angelo, [1]"),
        ("D'Angelo met D, D's", ["D"], "D'Angelo met [1], [1]'s"),
        ("Smith-Jones, Smith, Jones", ["Smith", "Smith-Jones"], "[2], [1], Jones"),
        ("Smith-Williams, Smith", ["Smith"], "[1]-Williams, [1]"),
        ("Jane Smith, Jane, Smith", ["Jane", "Smith", "Jane Smith"], "[3], [1], [2]"),
        ("Plan A I made with AI", ["AI"], "Plan A I made with [1]"),
        ("F1, F11, F12", ["F1"], "[1], F11, F12"),
        ("राम, रामा", ["राम"], "[1], रामा"),
        ("我见了王小明。田中さんと", ["王小明", "田中"], "我见了[1]。[2]さんと"),
        ("김민수가 マイケルさん マイケルソン", ["김민수", "マイケル"], "[1]가 [2]さん マイケルソン"),
        ("和AM谈", ["AM"], "和[1]谈"),
        ("Ayşe'nin, Ayşe’ye", ["Ayşe"], "[1]'nin, [1]’ye"),
        ("d'Alice et l’Alice", ["Alice"], "d'[1] et l’[1]"),
        ("\u2068Jane\u2069", ["Jane"], "\u2068[1]\u2069"),
        ("first|Jane|Smith|", ["Jane Smith"], "first|[1]|"),
    ],
)
def test_what_is_replaced_and_what_is_not(text: str, names: list[str], result: str) -> None:
    """
    Initials are replaced in capitals only, a whole word and no piece of one, and the longest name first.
    """
    assert replaced(text, *names) == result


def test_what_replaces_a_name_is_left_as_it_is() -> None:
    """
    Words that hold another name are not replaced again; they are named, because they are in the copy.
    """
    names = {"AK": "BL's brother", "BL": "the boy"}
    copy = own_copy(record_of("AK and BL"), names)

    assert copy.answer("item-1") == "[BL's brother] and [the boy]"
    assert ("BL", 1) in find_references(copy, names)


def test_names_go_over_looks_and_line_ends() -> None:
    """
    A name is one name though a part of it is bold or on the next line; entries of a list are apart; looks stay.
    """
    bold = Line(
        runs=(Run(text="We met Ja"), Run(text="ne Sm", bold=True), Run(text="ith, "), Run(text="x", italic=True))
    )
    lines = (
        bold,
        Line(runs=(Run(text="with Jane"),)),
        Line(runs=(Run(text="Smith today"),)),
        Line(runs=(Run(text="Jane"),), kind=LineKind.BULLET),
        Line(runs=(Run(text="Smith"),), kind=LineKind.BULLET),
    )
    record = attrs.evolve(record_of(), answers=(Answered(key="item-1", ring=Ring.PERSONAL, lines=lines),))
    copy = own_copy(record, {"Jane Smith": "aunt"})

    assert copy.answer("item-1") == "We met [aunt], x\nwith [aunt] today\nJane\nSmith"
    assert [run.italic for run in copy.answers[0].lines[0].runs][-1]
    assert prove(copy, record).proven


def test_no_name_is_left_in_any_part_of_a_copy() -> None:
    """
    Titles, facts, questions, rows, signatures and comments: a name is nowhere in the file, whatever holds it.
    """
    name, odd = "Quillon O'Zebra", "QUILLON\u00a0O’ZEBRA"
    record = attrs.evolve(
        record_of(odd),
        facts=tuple((fact, f"{odd} {fact}") for fact in ("title", "organisation", "marking", "place")),
        answers=(
            Answered(key="item-1", ring=Ring.PERSONAL, lines=record_of(odd).answers[0].lines, asked=odd, hint=odd),
        ),
        actions=(Action(what=odd, who=odd, by=odd),),
        decisions=(Decision(what=odd, why=odd, who=odd, ring=Ring.PERSONAL),),
        signed=(SignOff(role="supervisee", name=odd, date=odd, comments=odd),),
    )
    whole = everything_in(render(record, "record", reader="supervisee"), "docx").upper()
    copy = own_copy(record, {name: "aunt"}, f"I told {odd}")
    data = render(copy, "own-copy", reader="author")

    assert "ZEBRA" in whole
    assert "ZEBRA" not in everything_in(data, "docx").upper()
    assert "ZEBRA" not in to_json(copy).upper()
    assert prove(copy, record).proven
    assert prove(reflect.read(data), record).proven


_names = st.lists(
    st.sampled_from(
        ["O'Brien", "Zoë", "Smith-Jones", "Smith", "AM", "Jane Smith", "Łukasz", "F11", "王明", "Иван", "the aunt"]
    ),
    min_size=1,
    max_size=7,
    unique=True,
)
_ways: tuple[Callable[[str], str], ...] = (
    str,
    str.upper,
    lambda name: unicodedata.normalize("NFD", name),
    lambda name: name.replace("'", "’").replace("-", "\u2011").replace(" ", "\u00a0"),
    lambda name: "\u00ad".join(name),
    lambda name: f"{name}’s",
)


@given(names=_names, data=st.data())
@settings(max_examples=tried(40))
def test_a_copy_is_proven_and_holds_none_of_its_names(names: list[str], data: st.DataObject) -> None:
    """
    However often names are met and however they are written, none is left, as often as the copy says, and it is proven.
    """
    words = st.sampled_from([*names, *names, "we", "saw", "[sic]", "am"])
    drawn = [*names, *data.draw(st.lists(words, max_size=20))]
    text = " and ".join(data.draw(st.sampled_from(_ways))(word) if word in names else word for word in drawn)
    record = record_of(text)
    replace = {name: f"person {chr(97 + n)}" for n, name in enumerate(names)}
    copy = own_copy(record, replace)
    times = count_replacements(record, replace)

    assert count_replacements(copy, replace) == dict.fromkeys(names, 0)
    assert times == {name: drawn.count(name) for name in names}
    assert all(copy.answer("item-1").count(f"[{replace[name]}]") == times[name] for name in names)
    assert prove(copy, record).proven
    assert not prove(copy, record_of(f"{text} more")).proven


def test_what_is_like_a_name_is_named() -> None:
    """
    What stays and may be somebody is listed: lower case, without its marks, with an ending, or half of it.
    """
    names = {"Zoë": "a", "Łukasz": "b", "Jane Smith": "c", "AM": "d", "O'Brien": "e", "محمد": "f"}
    text = "Zoë Łukasz Jane Smith AM O'Brien محمد. Zoe. Łukasza came. Jane said. zoë, I am. Obrian. ومحمد. jane smith"
    copy = own_copy(record_of(text), names)
    left = dict(find_references(copy, names))

    assert set(left) == {"Zoe", "Łukasza", "Jane", "zoë", "am", "ومحمد", "jane smith"}


def test_references_are_recognised_in_any_language() -> None:
    """
    Words with a capital inside a sentence, initials with dots and references are found; a possessive belongs to none.
    """
    text = "We saw Łukasz’s aunt and Siân O’Neill, with A.M. and BL about F-11. Then the Иван said ÉK and JANE SMITH"

    assert dict(find_references(record_of(text))) == dict.fromkeys(
        ("Łukasz", "Siân O'Neill", "A.M", "BL", "F-11", "Иван", "ÉK", "JANE SMITH"), 1
    )


@pytest.mark.parametrize(
    "replace",
    [
        {"ZZ": "x"},
        {"Jane": "x", "ZZ": "y"},
        {"O'Brien": "x", "O’Brien": "y"},
        {"AM": "x", "A.M.": "y"},
        {"Jane": "x", "JANE": "y"},
        {"—": "x"},
        {"Jane": "x", "AM": "x "},
        {"a " * 50: "x"},
    ],
)
def test_what_would_not_be_replaced_is_refused(replace: dict[str, str]) -> None:
    """
    A reference that is nowhere, the same name twice, and what is no name: nothing is made, and the message quotes none.
    """
    record = record_of("Jane O'Brien AM")
    assert own_copy(record, {"Jane": "x", "AM": "y", "O’Brien": "z"})

    with pytest.raises(reflect.Refused) as wrong:
        own_copy(record, replace)

    assert not any(name in str(wrong.value) for name in ("ZZ", "Jane", "JANE", "Brien", "A.M"))


def test_a_name_inside_a_longer_one_is_found() -> None:
    """
    A name that is only in a longer one is gone with it, and is not missing.
    """
    assert replaced("Smith-Jones", "Smith-Jones", "Smith") == "[1]"


def test_on_the_command_line(tmp_path: Path) -> None:
    """
    The screen says how often each was replaced, and if one is nowhere, says so and writes nothing.
    """
    record, mine = tmp_path / "r.json", tmp_path / "mine.docx"
    record.write_text(to_json(record_of("O’Brien, O’BRIEN and AM; am")), "utf-8")
    given_pairs = ["--replace", "O'Brien=the aunt", "--replace", "AM=x"]

    def run(*more: str, output: Path = mine) -> tuple[int, str]:
        result = CliRunner().invoke(main, ["copy", str(record), *given_pairs, *more, "-o", str(output), "--yes"])
        return result.exit_code, result.output

    code, told = run("--replace", "ZZ=y")
    assert code != 0
    assert "ZZ is not replaced anywhere" in told
    assert "ZZ becomes" not in told
    assert not mine.exists()
    assert run(output=tmp_path / "am-and-O’Brien.docx")[0] != 0
    assert run("--replace", "AM=y")[0] != 0
    code, told = run()
    assert code == 0
    assert "O'Brien becomes [the aunt], 2 times" in told
    assert "AM becomes [x], once" in told
    assert "am (1)" in told
    assert CliRunner().invoke(main, ["compare", str(mine), str(record)]).exit_code == 0


# --- comparing


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("O'Brien", "O’Brien"),
        ("Zoë", "Zoe\u0308"),
        ("a - b", "a – b"),
        ('"so"', "“so”"),
        ("Jane Smith", "Ja\u00adne\u00a0Smith\u200b"),
        ("ﬁne", "fine"),
        ("so...", "so…"),
    ],
)
def test_what_looks_alike_is_the_same(one: str, other: str) -> None:
    """
    Two copies that people cannot tell apart do not differ; capitals, marks and small figures do.
    """
    assert compare(record_of(one), record_of(other)) == ()
    for differing in ("Zoe", "JANE", "x²"):
        assert not looks_alike(differing, {"Zoe": "Zoë", "JANE": "Jane", "x²": "x2"}[differing])
        assert compare(record_of(differing), record_of(f"{differing}.")) != ()


# --- growth


def calls_of(work: Callable[[], object]) -> int:
    """
    Return how many functions are called for a piece of work.
    """
    count = 0

    def note(*_: object) -> None:
        nonlocal count
        count += 1

    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def many_names(size: int) -> tuple[Record, dict[str, str]]:
    names = [f"N{chr(97 + n % 26)}{chr(97 + n // 26 % 26)} Lee" for n in range(size)]
    return record_of(" ".join(names), *names), {name: f"p {n}" for n, name in enumerate(names)}


def one_name_often(size: int) -> tuple[Record, dict[str, str]]:
    return record_of("AK and AK " * size), {"AK": "x"}


def a_name_of_many_words(size: int) -> tuple[Record, dict[str, str]]:
    return record_of("Aa " * size + "Aa " * 30 + "b"), {"Aa " * 30 + "b": "x"}


def names_beside_names(size: int) -> tuple[Record, dict[str, str]]:
    return record_of("AK BL CM DN EO FP GQ " * size), {
        name: name[::-1].lower() for name in ["AK", "BL", "CM", "DN", "EO", "FP", "GQ"]
    }


def a_name_beside_itself(size: int) -> tuple[Record, dict[str, str]]:
    return record_of("Anna Maria " * size), {"Anna Maria": "x"}


@pytest.mark.parametrize(
    "text", ["Anna Maria Anna Maria", "王小明王小明", "see Jo Lee Jo Lee Jo Lee. Jo Lee", "A B C D"]
)
def test_a_name_beside_itself_is_proven(text: str) -> None:
    """
    Nothing shows where the first ends, but all of them are as long.
    """
    for name in ("Anna Maria", "王小明", "Jo Lee", "A B", "C D"):
        if name in text:
            record = record_of(text)
            assert prove(own_copy(record, {name: "y"}), record).proven


@pytest.mark.parametrize(
    "case", [a_name_beside_itself, many_names, one_name_often, a_name_of_many_words, names_beside_names]
)
def test_the_work_grows_with_the_words(case: Callable[[int], tuple[Record, dict[str, str]]]) -> None:
    """
    Twice the text, or twice the names, is twice the work: of replacing, of proving, and of listing what stays.
    """
    work = []
    for size in (30, 60, 120):
        record, names = case(size)
        copy = own_copy(record, names)
        assert prove(copy, record).proven
        other = attrs.evolve(copy, actions=(Action(what="x", who="", by=""),))
        steps = (
            lambda record=record, names=names: own_copy(record, names),
            lambda record=record, copy=copy: prove(copy, record),
            lambda record=record, other=other: prove(other, record),
            lambda copy=copy, names=names: find_references(copy, names),
        )
        work.append([calls_of(step) for step in steps])

    for less, more in itertools.pairwise(work):
        assert all(now <= 2.3 * before for before, now in zip(less, more, strict=True))


def test_long_texts_that_differ_are_still_compared() -> None:
    """
    Where marking each word would take too long, everything between the first and the last that differ is marked.
    """
    one, other = (record_of(" ".join(["same", *(f"{word}{n % 3}" for n in range(1500)), "end"])) for word in "ab")
    (difference,) = compare(one, other)

    assert "mine:   same »a0" in str(difference)
    assert str(difference).endswith("« end")
