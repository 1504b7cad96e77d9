"""
A record is rendered whole: whatever its reader may see is on the paper, or is named as left out.
"""

from __future__ import annotations

import re
from pathlib import Path

import attrs
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

import reflect
from reflect.cli import main
from reflect.documents.making import Making
from reflect.documents.templates import shelf
from reflect.interchange.values import to_json
from reflect.questions.rings import READERS, Ring
from reflect.rendering.rendering import render
from reflect.safekeeping.own_copies import own_copy, prove
from reflect.sessions.parts import Action, Answered, Decision, ItemRecord, SignOff
from reflect.sessions.record import Record
from reflect.text.prose import Line, Run, lines_of
from tests.documents import everything_in, tried

#: Papers of a session, and those of nothing that keep a record of their own.
PAPERS = (
    "record",
    "own-copy",
    "pair-notes",
    "group-record",
    "agenda",
    "audit-view",
    "preparation",
    "beginning-together",
)
KEYS = (
    "item-1", "item-2", "item-3", "item-7", "anything", "useful", "change", "next-date", "unplaced", "group.left",
    "group.authority", "pair.said", "pair.support", "preparation.2", "beginning.1", "own.comments", "of.an.old.page",
)  # fmt: skip
USES = ("arrive", "kolb-cycle", "kolb-cycle.observation", "kolb-cycle.gone", "close", "gibbs-cycle")

#: An agency's record that has a place for one answer, one that has none, and one that prints an answer in capitals.
OWN_TEMPLATES = {
    "one-place": "# Mine\n\n```answer useful\nlabel: x\nvalue: {{ answers.get('useful', '') }}\n```\n",
    "no-place": "# Mine\n",
    "capitals": "# Mine\n\n{{ answers.get('useful', '')|upper }}\n\n{% set unused %}{{ answers.get('change', '') }}{% endset %}\n",
}


@st.composite
def kept(draw: st.DrawFn) -> Record:
    """
    Records of any kind of paper, with answers to questions that a paper asks today or no longer asks.
    """
    words = (f"QZ{n}{letter}ZQ" for n, letter in enumerate("abcdefghijklmnopqrstuvwxyzabcdefghijklmn"))
    answers = tuple(
        Answered(
            key=draw(st.sampled_from(KEYS)),
            ring=draw(st.sampled_from(Ring)),
            lines=lines_of("\n".join(next(words) for _ in range(draw(st.integers(1, 2))))),
            asked=draw(st.sampled_from(["", "As it was asked"])),
        )
        for _ in range(draw(st.integers(1, 6)))
    )
    rows = [next(words) for _ in range(2)]
    return Record(
        minutes=60,
        document=draw(st.sampled_from(PAPERS)),
        items=tuple(
            ItemRecord(key=f"item-{n}", use=use, minutes=draw(st.sampled_from([3, 10])))
            for n, use in enumerate(draw(st.lists(st.sampled_from(USES), max_size=5)), 1)
        ),
        answers=answers,
        actions=tuple(Action(what=row, who="", by="", ring=draw(st.sampled_from(Ring))) for row in rows[:1]),
        decisions=tuple(Decision(what=row, why="", who="", ring=draw(st.sampled_from(Ring))) for row in rows[1:]),
    )


@pytest.fixture(scope="module")
def agency(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("agency")
    for name, text in OWN_TEMPLATES.items():
        inner = folder / name
        inner.mkdir()
        for paper in ("record", "own-copy"):
            (inner / f"{paper}.md").write_text(text, "utf-8")
    return folder


@given(record=kept(), paper=st.sampled_from(PAPERS), who=st.sampled_from(READERS), data=st.data())
@settings(max_examples=tried(60))
def test_a_record_is_rendered_whole(
    agency: Path, record: Record, paper: str, who: reflect.Reader, data: st.DataObject
) -> None:
    """
    Every answer and row that its reader may see is on the paper or named, and nothing else of the record is there.
    """
    folder = data.draw(st.sampled_from([None, *OWN_TEMPLATES]))
    shelves = shelf((agency / folder,) if folder else ())
    making = Making(name=paper, reader=who, templates=shelves)
    seen = record.visible_to(who.within(shelves.about(paper).ring))
    try:
        made = making.make(record)
    except reflect.Refused:
        return  # a paper that is not made of such a record
    text = reflect.formats.writer("txt")(made.document).decode()

    may_see = record.visible_to(who)
    for each in may_see.answers:
        on_paper = all(line.text in text for line in each.lines)
        assert on_paper or each.key in made.left_out
    for name in ("actions", "decisions"):
        assert all(row.what in text for row in getattr(may_see, name)) or name in made.left_out
    visible = {line.text for each in seen.answers for line in each.lines}
    visible |= {row.what for row in (*seen.actions, *seen.decisions)}
    assert set(re.findall("QZ[0-9]+[a-z]ZQ", text)) <= visible
    assert set(made.left_out) <= {each.key for each in may_see.answers} | {
        "actions",
        "decisions",
        "signatures",
        "passed",
    }


@given(record=kept())
@settings(max_examples=tried(20))
def test_what_was_also_written_is_read_back(record: Record) -> None:
    """
    What has no place of its own on a paper is read back under its key from Word, and the paper is all of its record.
    """
    first = {each.key: each for each in reversed(record.answers)}
    record = attrs.evolve(record, document="record", answers=tuple(first.values()))
    seen = record.visible_to(READERS[2].within(Ring.PERSONAL))
    made = Making(name="record", reader="supervisor").make(seen)
    back = reflect.read(render(record, "record", reader="supervisor"))

    assert made.left_out == ()
    # A fact is on one line, however it was written.
    assert {each.key: each.text.split() for each in back.answers} == {
        each.key: each.text.split() for each in seen.answers
    }


def answer(key: str, text: str, ring: Ring = Ring.PERSONAL) -> Answered:
    return Answered(key=key, ring=ring, lines=(Line(runs=(Run(text=text),)),), asked="Asked then", hint="A word")


RECORD = Record(
    minutes=20,
    items=(ItemRecord(key="item-1", use="arrive", minutes=5), ItemRecord(key="item-2", use="kolb-cycle", minutes=10)),
    answers=(answer("item-1", "QZ1aZQ"), answer("item-2", "QZ2aZQ"), answer("gone", "QZ3aZQ, AK")),
    signed=(SignOff(role="supervisee", name="AM"),),
)


def test_a_page_may_ask_for_more_time_today() -> None:
    """
    A session that was held is printed though its page needs more minutes than it had, as `plan` would say.
    """
    with pytest.raises(reflect.DoesNotFit):
        reflect.plan("kolb-cycle@10", 10)

    assert "QZ2aZQ" in render(RECORD, "record", reader="supervisor", to="txt").decode()


def test_a_session_without_items_makes_a_record() -> None:
    """
    A record of a session for which nothing was planned is printed with all its answers.
    """
    record = attrs.evolve(RECORD, items=())
    text = render(record, "record", reader="supervisor", to="txt").decode()

    assert all(f"QZ{n}aZQ" in text for n in (1, 2, 3))


@pytest.mark.parametrize("name", sorted(OWN_TEMPLATES))
def test_an_own_copy_is_whole_under_any_template(agency: Path, name: str) -> None:
    """
    An agency's own template may have no place for an answer: it is on the copy, and the copy is proven.
    """
    mine = own_copy(RECORD, {"AK": "the boy"})
    data = render(mine, "own-copy", reader="author", templates=[agency / name])
    text = everything_in(data, "docx")

    assert all(f"QZ{n}aZQ" in text for n in (1, 2, 3))
    assert "[the boy]" in text
    if name == "no-place":
        assert prove(reflect.read(data, templates=[agency / name]), RECORD).proven


def test_the_commands_say_what_they_leave_out(agency: Path, tmp_path: Path) -> None:
    """
    `make` names what a paper has no place for; `copy` and `compare` make papers of an agency's own templates.
    """
    file, mine = tmp_path / "r.json", tmp_path / "mine.docx"
    file.write_text(to_json(RECORD), "utf-8")
    templates = ["--templates", str(agency / "no-place")]

    def run(*words: str) -> tuple[int, str]:
        result = CliRunner().invoke(main, list(words))
        return result.exit_code, result.output

    code, told = run("make", "agenda", str(file), "--reader", "supervisor", "-o", str(tmp_path / "a.docx"))
    assert code == 0
    assert "this paper has no place for item-1, item-2, gone, signatures; the record keeps it" in told
    code, told = run("make", "record", str(file), "--reader", "supervisor", "-o", str(tmp_path / "r.docx"))
    assert code == 0
    assert "no place" not in told
    unplaced = attrs.evolve(RECORD, answers=(*RECORD.answers, answer("unplaced", "On the stairs.", Ring.PAIR)))
    file.write_text(to_json(unplaced), "utf-8")
    code, told = run("make", "record", str(file), "--reader", "supervisor", "-o", str(tmp_path / "pair.docx"))
    assert (code, "this paper has no place for unplaced;" in told) == (0, True)
    file.write_text(to_json(RECORD), "utf-8")
    code, told = run("copy", str(file), "--replace", "AK=the boy", "--yes", "-o", str(mine), *templates)
    assert (code, "no place for signatures" in told) == (0, True)
    assert run("compare", str(mine), str(file), *templates)[0] == 0


def test_papers_of_ones_own_are_compared_whole(tmp_path: Path) -> None:
    """
    What belongs on an agency's own paper follows from its template: words between the two count there.
    """
    place = "```answer ours\nlabel: x\nvalue: {{ answers.get('ours', '') }}\n```\n"
    (tmp_path / "two-of-us.md").write_text(f"---\nof: nothing\nring: pair\n---\n# Ours\n\n{place}", "utf-8")
    one, other = (
        Record(minutes=0, items=(), document="two-of-us", answers=(answer("ours", text, Ring.PAIR),))
        for text in ("We agreed.", "We did not agree.")
    )
    files = []
    for n, record in enumerate((one, other)):
        files.append(str(tmp_path / f"{n}.docx"))
        Path(files[-1]).write_bytes(render(record, "two-of-us", reader="supervisor", templates=[tmp_path]))
    result = CliRunner().invoke(main, ["compare", *files, "--templates", str(tmp_path)])

    assert result.exit_code == 1
    assert "did" in result.output


#: Ways in which an agency's template prints actions: in one table, in two, in a table with a key of its own.
TABLES = {
    "one": "```actions actions\nlabel: Actions\ncolumn: What\ncolumn: Who\ncolumn: By\n"
    "{% for what, who, by in session.actions %}\nrow: {{ what }} | {{ who }} | {{ by }}\n{% endfor %}\n```\n",
    "two": "{% for half in session.actions|batch(1) %}\n\n```actions actions.{{ loop.index }}\nlabel: Actions\n"
    "column: What\ncolumn: Who\ncolumn: By\n{% for what, who, by in half %}\nrow: {{ what }} | {{ who }} | {{ by }}\n"
    "{% endfor %}\n```\n{% endfor %}\n",
    "other": "```actions next-steps\nlabel: Steps\ncolumn: Who\ncolumn: What\ncolumn: By\ncolumn: Seen\n"
    "{% for what, who, by in session.actions %}\nrow: {{ who }} | {{ what }} | {{ by }} | \n{% endfor %}\n```\n",
}


@pytest.mark.parametrize("way", TABLES)
def test_what_a_template_prints_in_a_table_of_its_own_is_not_printed_again(way: str, tmp_path: Path) -> None:
    """
    Each action is on the paper once, whatever the key of its table is.
    """
    head = "---\nof: session\nring: personal\nlabel: Ours\n---\n\n# Ours\n\n```answer item-2\nlabel: Said\n```\n\n"
    (tmp_path / "ours.md").write_text(f"{head}{TABLES[way]}", "utf-8")
    record = attrs.evolve(
        RECORD,
        answers=(),
        actions=(Action(what="QZ ring her", who="QZ me", by="May"), Action(what="QZ write", who="QZ you", by="June")),
    )
    text = render(record, "ours", to="txt", reader="supervisee", templates=[tmp_path]).decode()

    assert [text.count(words) for words in ("QZ ring her", "QZ write")] == [1, 1]
