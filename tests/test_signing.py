"""
Signing: for which words somebody signed, and that a change shows, whatever the file.
"""

from __future__ import annotations

import datetime
import io
import json
import re
import zipfile
from pathlib import Path

import attrs
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import reflect
from reflect.cli import main
from reflect.interchange.values import from_json, to_json
from reflect.questions.rings import READERS, Ring, narrows
from reflect.reading_back.altered import describe_changes, describe_unknown
from reflect.reading_back.closed_papers import state_of
from reflect.rendering.rendering import render
from reflect.safekeeping.closing import close_record
from reflect.safekeeping.fingerprint import fingerprint
from reflect.sessions.canonical import SHAPE, canonical, fingerprint_of_text, part_on_paper
from reflect.sessions.parts import Agreement, Answered, SignOff
from reflect.sessions.record import Record
from reflect.text.prose import Line, Run
from tests.documents import a_few, everything_in, tried
from tests.test_papers import tool
from tests.test_reading_back import records

FILLED = from_json((Path(__file__).parent / "data" / "filled-record.json").read_text("utf-8"))
#: The same, printed for signing, signed in Word and read back.
UNSIGNED = attrs.evolve(FILLED, signed=())


DAY = datetime.date(2026, 3, 5)


def signed(record: Record) -> Record:
    """
    A record that was closed, and that both signed for its words as they are.
    """
    mark = fingerprint(record)
    signs = (SignOff(role=role, agreement=Agreement.AGREED, fingerprint=mark) for role in ("supervisee", "supervisor"))
    return attrs.evolve(close_record(record, DAY), signed=tuple(signs))


# --- the fingerprint


def test_a_fingerprint_can_be_read_out() -> None:
    """
    Four groups of four, without letters that sound or look like another; one letter more is another fingerprint.
    """
    assert SHAPE.fullmatch(fingerprint_of_text("We met."))
    assert fingerprint_of_text("We met.") != fingerprint_of_text("We met")
    assert not set("ILOU") & set("".join(fingerprint_of_text(str(n)) for n in range(300)))


@given(whole=records())
@settings(max_examples=tried(40), suppress_health_check=[HealthCheck.filter_too_much])
def test_word_json_and_memory_have_one_fingerprint(whole: Record) -> None:
    """
    Everybody who may have the paper gets the same fingerprint as from its JSON, and from Word read back.
    """
    for who in ("supervisee", "supervisor", "supervision-file"):
        back = reflect.read(render(whole, "record", reader=who))
        assert fingerprint(back) == fingerprint(whole)
    assert fingerprint(from_json(to_json(whole))) == fingerprint(whole)


@pytest.mark.parametrize("to", ["docx", "html", "md", "txt", "json", "pdf"])
def test_it_is_printed_where_people_sign_and_for_nobody_else(to: str) -> None:
    """
    Each reader of the paper finds the fingerprint on it; a reader out of its ring finds no fingerprint at all.
    """
    for who in READERS:
        data = render(close_record(FILLED, DAY), "record", to=to, reader=who)
        text = pdf_text(data) if to == "pdf" else everything_in(data, to)
        shown = set(SHAPE.findall(text))

        assert shown == ({fingerprint(FILLED)} if who.sees(Ring.PERSONAL) else set()), who.name


def pdf_text(data: bytes) -> str:
    import pypdf

    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)


def test_a_blank_has_none() -> None:
    """
    If nobody has written anything, there is nothing to sign for.
    """
    assert not SHAPE.search(render("arrive@3 + kolb-cycle@40", "record", to="txt").decode())


@given(whole=records(), ring=st.sampled_from(list(Ring)))
@settings(max_examples=tried(60), suppress_health_check=[HealthCheck.filter_too_much])
def test_what_has_no_place_on_the_paper_is_not_in_it(whole: Record, ring: Ring) -> None:
    """
    Two records that differ only in what has no place on a paper have one fingerprint for it.
    """
    extra = Answered(key="item-9", ring=ring, lines=(Line(runs=(Run(text="something private"),)),), asked="x")
    more = attrs.evolve(whole, answers=(*whole.answers, extra))

    assert (fingerprint(more) == fingerprint(whole)) == (not narrows(Ring.PERSONAL, ring))
    assert part_on_paper(whole, Ring.OWN) == whole


# --- a change shows


def letters(record: Record) -> list[Record]:
    """
    The record with one letter changed, in one place after another: wherever somebody wrote.
    """

    def other(text: str) -> str:
        return text[:-1] + ("x" if text[-1] != "x" else "y")

    found = []
    for n, (name, text) in enumerate(record.facts):
        if name == "start":
            continue  # no record prints it
        found.append(attrs.evolve(record, facts=(*record.facts[:n], (name, other(text)), *record.facts[n + 1 :])))
    for n, each in enumerate(record.answers):
        line = each.lines[-1]
        lines = (*each.lines[:-1], attrs.evolve(line, runs=(Run(text=other(line.text)),)))
        changed = attrs.evolve(each, lines=lines)
        found.append(attrs.evolve(record, answers=(*record.answers[:n], changed, *record.answers[n + 1 :])))
    for n, action in enumerate(record.actions):
        for name in ("what", "who", "by"):
            more = attrs.evolve(action, **{name: other(getattr(action, name) or "z")})
            found.append(attrs.evolve(record, actions=(*record.actions[:n], more, *record.actions[n + 1 :])))
    return found


def test_one_letter_changed_is_noticed_in_json() -> None:
    """
    Whichever letter is changed after signing, the check says that other words were signed.
    """
    personal = part_on_paper(UNSIGNED, Ring.PERSONAL)
    whole = signed(personal)
    assert not list(describe_changes(whole))
    assert not list(describe_unknown(whole))

    for changed in letters(personal):
        now = attrs.evolve(changed, signed=whole.signed, closed=whole.closed)
        back = from_json(to_json(now))
        assert isinstance(back, Record)
        assert len(list(describe_changes(back))) == 2
        assert not state_of(back).unchanged


def test_one_letter_changed_is_noticed_in_word(tmp_path: Path) -> None:
    """
    Any letter of any line of a signed Word file, an answer's or a printed one: `reflect check` notices; as it was, it
    is in order.
    """
    data = render(signed(part_on_paper(UNSIGNED, Ring.PERSONAL)), "record", reader="supervisee")
    body = body_of(data)
    file = tmp_path / "record.docx"
    file.write_bytes(data)
    assert CliRunner().invoke(main, ["check", str(file)]).exit_code == 0

    texts = list(re.finditer(r"<w:t(?: [^>]*)?>([^<]*[A-Za-z]{3}[^<]*)</w:t>", body))
    assert len(texts) > 60
    for match in a_few(texts, 9):
        text = match[1]
        at = max(n for n, sign in enumerate(text) if sign.isalpha())
        changed = text[:at] + ("q" if text[at] != "q" else "z") + text[at + 1 :]
        file.write_bytes(with_body(data, body[: match.start(1)] + changed + body[match.end(1) :]))
        if beside_signature(body, match.start()):
            continue
        done = CliRunner().invoke(main, ["check", str(file)])
        assert done.exit_code == 1, f"not noticed: {text!r}"


def beside_signature(body: str, at: int) -> bool:
    """
    Whether a place is what somebody writes when they sign, or the hint of a place that is empty: it is no word of
    the record.
    """
    before = body[:at]
    opened = before.rfind("<w:sdt>")
    tag = re.search(r'<w:tag w:val="([^"]*)"', body[opened:at]) if opened > before.rfind("</w:sdt>") else None
    return tag is not None and (tag[1].startswith("sign.") or "<w:showingPlcHdr" in body[opened:at])


def body_of(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read("word/document.xml").decode()


def with_body(data: bytes, body: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, body.encode() if name == "word/document.xml" else old.read(name))
    return out.getvalue()


def test_parts_in_another_order_are_no_change(tmp_path: Path) -> None:
    """
    A zip put together again, with its parts in reverse order and packed differently, is the same paper.
    """
    data = render(signed(part_on_paper(UNSIGNED, Ring.PERSONAL)), "record", reader="supervisee")
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as new:
        for name in reversed(old.namelist()):
            new.writestr(name, old.read(name))
    file = tmp_path / "record.docx"
    file.write_bytes(out.getvalue())

    assert CliRunner().invoke(main, ["check", str(file)]).exit_code == 0


def test_saved_by_libreoffice_is_no_change(tmp_path: Path) -> None:
    """
    Opened and saved by LibreOffice without an edit, a signed record is still as it was signed.
    """
    import subprocess

    office = tool("soffice")
    (tmp_path / "out").mkdir()
    file = tmp_path / "record.docx"
    file.write_bytes(render(signed(part_on_paper(UNSIGNED, Ring.PERSONAL)), "record", reader="supervisee"))
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    convert = ["--headless", "--convert-to", "docx", "--outdir", str(tmp_path / "out"), str(file)]
    subprocess.run([office, profile, *convert], capture_output=True, timeout=120, check=True)
    saved = tmp_path / "out" / "record.docx"
    found = reflect.read(saved)

    assert saved.read_bytes() != file.read_bytes()
    assert [sign.fingerprint for sign in found.signed] == [fingerprint(UNSIGNED)] * 2
    assert not list(describe_changes(found))
    done = CliRunner().invoke(main, ["check", str(saved)])
    assert done.output.endswith("in order; unchanged since it was closed on 5 March 2026\n")


# --- from the blank to the signed file


def test_signed_at_once_proves_nothing_until_it_is_closed() -> None:
    """
    A paper that was filled in and signed in one go has no fingerprint, and reading it makes none; closing it does, and
    from then on a change shows.
    """
    data = render(FILLED, "record", reader="supervisee")
    early = reflect.read(data)

    assert early.closed is None
    assert [sign.fingerprint for sign in early.signed] == ["", ""]
    assert all(sign.agreement for sign in early.signed)
    assert not list(describe_changes(attrs.evolve(early, actions=early.actions[1:])))
    assert not list(describe_unknown(early))
    assert not SHAPE.search(body_of(data))

    closed = close_record(early, DAY)
    assert [sign.fingerprint for sign in closed.signed] == [fingerprint(early)] * 2
    assert not list(describe_changes(closed))
    assert len(list(describe_changes(attrs.evolve(closed, actions=early.actions[1:])))) == 2
    unknown = attrs.evolve(closed, signed=early.signed)
    assert len(list(describe_unknown(unknown))) == 2


def test_comments_stand_beside_the_signature_in_all_three_states() -> None:
    """
    Agreed, with comments or not: what somebody adds is on the same page as how they signed.
    """
    for agreement in Agreement:
        sign = SignOff(role="supervisee", agreement=agreement, name="AM", comments="Not what was said about Tuesday.")
        text = render(attrs.evolve(FILLED, signed=(sign,)), "record", to="txt", reader="supervisor").decode()
        after = text[text.index("Is this record fair") :]

        assert f"☒ {agreement}" in after
        assert "Not what was said about Tuesday." in after
        assert after.count("\nComments") == 2


def test_changed_since_is_printed_beside_the_signature() -> None:
    """
    A record changed after it was closed says so beside its fingerprint when it is printed again.
    """
    whole = signed(part_on_paper(UNSIGNED, Ring.PERSONAL))
    changed = attrs.evolve(whole, actions=())
    printed = " ".join(render(changed, "record", to="txt", reader="supervisee").decode().split())

    assert printed.count("(words changed since)") == 1
    assert "changed since" not in render(whole, "record", to="txt", reader="supervisee").decode()
    assert not state_of(reflect.read(render(changed, "record", reader="supervisee"))).unchanged


def test_a_support_line_that_says_why_is_warned_of() -> None:
    """
    "An appointment on 22 May" gives a reason away, "flexible start until 30 June" does not.
    """
    from reflect.sessions.support import find_reasons, find_telling_lines

    assert find_reasons("appointment on 22 May kept free") == ("appointment",)
    assert find_reasons("flexible start on Tuesdays and Thursdays until 30 June") == ()
    wellbeing = next(item.key for item in FILLED.items if item.use == "wellbeing-check-in")
    line = Answered(key=wellbeing, ring=Ring.PERSONAL, lines=(Line(runs=(Run(text="Time for the clinic"),)),))
    others = tuple(each for each in FILLED.answers if each.key != wellbeing)

    assert list(find_telling_lines(attrs.evolve(FILLED, answers=(*others, line)))) == [(wellbeing, ("clinic",))]
    assert not list(find_telling_lines(attrs.evolve(FILLED, answers=(*others, attrs.evolve(line, ring=Ring.PAIR)))))


def test_the_canonical_words_are_lines_of_json() -> None:
    """
    The form a fingerprint is made of can be looked at, and holds every answer of the paper once.
    """
    text = canonical(FILLED, Ring.PERSONAL)
    assert "notebook" in text
    names = [json.loads(line)[0] for line in text.splitlines()]
    assert len(set(names)) == len(names)
    assert all((each.key in names) == narrows(Ring.PERSONAL, each.ring) for each in FILLED.answers)
