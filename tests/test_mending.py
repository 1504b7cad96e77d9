"""
Pages saved from Word and chat tools: whatever a bullet looks like, its line is a question or a fault, and what can mean
one thing only is mended.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from reflect.checks import check
from reflect.cli import main
from reflect.errors import Faults
from reflect.pages.mending import mend_signs
from reflect.pages.reading import gather_faults, read_model
from reflect.pages.typed_signs import find_bullet, find_sign

#: Signs that are put before the items of a list, by Word, chat tools, phones and people; n is a number.
SIGNS = (
    "-", "*", "+", "n.", "n)", "•", "·", "–", "—", "▪", "■", "➢", "►", "→", "✓", "❖", "‣", "⁃", "\uf0b7", "\uf0a7",
    "\uf0d8", "(n)", "a)", "(a)", "a.", "A)", "o\t", "🔹", "▪️",
)  # fmt: skip
SPACES = (" ", "\t", "\u00a0", "  ", " \u00a0", "\u2003", "   ")
#: Signs before an item in an item, with its indent.
INNER = ("  - ", "o\t", "o\u00a0", "   o  ", "\to\t", "  • ", "\t• ", "  – ", "▪\t", "  ▪ ", "    * ", "  1. ")
PLAIN = "# T\n\n## Back\n\n{}\n\n## Ahead\n\n- Last w9?\n"


def pages(sign: str, space: str, inner: str) -> tuple[str, str]:
    """
    A page whose list has these signs, and the same page as it was meant.
    """

    def start(n: int) -> str:
        return sign.replace("n", str(n)).replace("a", "abc"[n - 1]).replace("A", "ABC"[n - 1]) + space

    typed = [f"{start(1)}Who w1?", f"{inner}And w2?", f"{start(2)}What w3?"]
    meant = ["- Who w1?", "  - And w2?", "- What w3?"]
    if not inner:
        del typed[1], meant[1]
    return PLAIN.format("\n".join(typed)), PLAIN.format("\n".join(meant))


@given(st.sampled_from(SIGNS), st.sampled_from(SPACES), st.sampled_from(("", *INNER)))
def test_a_question_is_in_the_model_or_in_a_fault_whatever_its_bullet(sign: str, space: str, inner: str) -> None:
    """
    Each line of a list is a question or probe of the model, or a fault tells of its list; mending never loses one.
    """
    typed, _ = pages(sign, space, inner)
    mended = mend_signs(typed) if gather_faults(typed).faults else typed
    if mended is None:
        return
    asked = [(question.text, *question.probes) for question in read_model(mended).asks]
    told = " ".join(text for texts in asked for text in texts)

    assert [word for word in ("w1", "w2", "w3", "w9") if word in typed and f"{word}?" not in told] == []


@pytest.mark.parametrize("space", SPACES, ids=ascii)
@pytest.mark.parametrize("sign", SIGNS, ids=ascii)
def test_every_sign_alone_is_mended(sign: str, space: str) -> None:
    """
    A page whose only fault is the sign of a list is mended to the page that was meant; numbers and letters, which may
    be those of steps, are told.
    """
    typed, meant = pages(sign, space, "")
    if "n" in sign or "a" in sign.lower():
        assert mend_signs(typed) is None
        assert gather_faults(typed).faults
        return
    mended = typed if not gather_faults(typed).faults else mend_signs(typed)

    assert mended is not None
    assert read_model(mended) == read_model(meant)


@pytest.mark.parametrize("inner", ["o\t", "\to\t", "  • ", "  – ", "▪\t", "  ▪ "], ids=ascii)
def test_items_in_items_are_probes(inner: str) -> None:
    """
    The bullets that Word puts before an item in an item are probes, with an indent or without.
    """
    typed, meant = pages("•", "\t", inner)

    assert read_model(mend_signs(typed) or "") == read_model(meant)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("- [ ] Who?", 5),
        ("☐ Who?\n☐ What?", 5),
        ("* Tell it.\n* Who?", 5),
        ("Who?\n\nWhat?", 5),
        ("1. Who?\n2. What?", 5),
        ("a) Who?\nb) What?", 5),
        ("• Who?\n\n| a | b |\n| --- | --- |", 5),
    ],
    ids=["a box", "printed boxes", "a list of both", "no list", "numbers", "letters", "something else is wrong too"],
)
def test_what_may_mean_two_things_is_told_and_not_mended(text: str, line: int) -> None:
    """
    A box, a list of questions and others, and a question in no list stay as they are; a fault has their line.
    """
    typed = PLAIN.format(text)

    assert mend_signs(typed) is None
    with pytest.raises(Faults) as wrong:
        read_model(typed)
    assert line in [fault.line for fault in wrong.value.faults]


def test_guidance_with_stars_stays_guidance() -> None:
    """
    Mending one list leaves another with stars or numbers as it is: it may be guidance.
    """
    typed = "# T\n\n## Back\n\n* The car\n* The door\n\n- Where?\n\n## Ahead\n\n• Who?\n"
    mended = mend_signs(typed)

    assert mended == typed.replace("•", "-")
    assert mend_signs(typed.replace("•", "-")) is None


def test_a_sentence_that_begins_with_a_dash_is_a_sentence() -> None:
    """
    Only before a question is a dash the sign of a list, and a letter is none that we know the meaning of.
    """
    assert [find_bullet(line) for line in ("– that is all.", "o dear", "a. The first", "A. Smith asked who?")] == [
        None
    ] * 4
    assert [sign.sign for line in ("– Who?", "+ Who?", "• that") if (sign := find_sign(line))] == ["-", "+", "-"]


#: Each page as it was saved, with the lines that are told; then as `check --fix` leaves it.
SAVED = {
    "bullets of Word": ("•\tWhere?\no\tAnd then?\n•\tWho?", [5], "- Where? {#where}\n  - And then?\n- Who? {#who}"),
    "stars of a chat tool": ("* Where?\n* Who?", [5], "- Where? {#where}\n- Who? {#who}"),
    "a no-break space": ("-\u00a0Where?", [5], "- Where? {#where}"),
    "a bullet that goes on": ("• Where does\nit begin?", [5], "- Where does it begin? {#where-does-it-begin}"),
}


@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("kind", SAVED)
def test_check_says_what_is_wrong_and_fix_mends_it(kind: str, line_end: str, tmp_path: Path) -> None:
    """
    `check` tells the line and that `--fix` would mend it; `--fix` writes the page that was meant, with its line ends.
    """
    typed, lines, meant = SAVED[kind]
    file = tmp_path / "my.md"
    file.write_bytes(PLAIN.format(typed).replace("\n", line_end).encode())
    (checked,) = check(file)
    told = CliRunner().invoke(main, ["check", "--no-advice", str(file)])

    assert [fault.line for fault in checked.faults] == lines
    assert (told.exit_code, "--fix would put all of this right" in told.stderr) == (1, True)
    fixed = CliRunner().invoke(main, ["check", "--no-advice", "--fix", str(file)])
    assert fixed.exit_code == 0, fixed.output
    after = file.read_bytes().decode()
    assert f"## Back {{#back}}\n\n{meant}\n\n## Ahead {{#ahead}}" in after.replace("\r\n", "\n")
    assert after.count("\r\n") == (after.count("\n") if line_end == "\r\n" else 0)
    assert CliRunner().invoke(main, ["check", "--no-advice", str(file)]).exit_code == 0


def test_fences_that_word_made_dashes_are_mended(tmp_path: Path) -> None:
    """
    Front matter between two long dashes is front matter.
    """
    mended = mend_signs("—\ntitle: T\n—\n\n- Who?\n")

    assert mended == "---\ntitle: T\n---\n\n- Who?\n"


def test_plain_text_stays_and_its_page_is_written_beside_it(tmp_path: Path) -> None:
    """
    What was saved from Word as text is left as it is.
    """
    file = tmp_path / "my.txt"
    file.write_bytes(b"\xef\xbb\xbf# T\r\n\r\n\xe2\x80\xa2\tWho?\r\n")
    before = file.read_bytes()
    fixed = CliRunner().invoke(main, ["check", "--no-advice", "--fix", str(file)])

    assert (fixed.exit_code, file.read_bytes()) == (0, before)
    assert "- Who? {#who}" in (tmp_path / "my.md").read_text("utf-8")


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252"])
def test_another_encoding_is_told_with_what_to_do(encoding: str, tmp_path: Path) -> None:
    """
    Text in an encoding that may be several is not guessed at.
    """
    file = tmp_path / "my.txt"
    file.write_bytes("# T\n\n- Who said “no”?\n".encode(encoding))
    told = CliRunner().invoke(main, ["check", str(file)])

    assert told.exit_code == 1
    assert "save it anew as plain text in UTF-8" in told.stderr
