"""
Free text in a file of YAML is as typed, in every kind of file that people write.
"""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from reflect.errors import Faults
from reflect.files import forms, objects
from reflect.files.as_typed import take_as_typed
from reflect.files.objects import ObjectOf, form_of
from reflect.papers import STANDING_PAPERS, paper_of
from reflect.papers.passing import PassingOn
from reflect.papers.workload import WeighedWork
from reflect.planning.profiles import Profile
from reflect.planning.session_file import SessionFile, parse
from reflect.questions.wordings import read_wording
from reflect.sessions.journal import CarriedItem, JournalEntry, ModelUse, dump

OURS = Path(objects.__file__).parent.parent
KINDS: tuple[type, ...] = (SessionFile, Profile, JournalEntry, *map(paper_of, STANDING_PAPERS))


# --- where free text may be


def paths_of(form: forms.Form, above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """
    The places of a form that hold free text: names, and - for an item of a list.
    """
    match form:
        case ObjectOf():
            if form.free:
                yield above
            for field in form.fields:
                yield from paths_of(field.form, (*above, field.name))
        case forms.ListOf():
            yield from paths_of(form.each, (*above, "-"))
        case forms.NamesWith():
            chosen = form.key.known[0] if isinstance(form.key, forms.OneOf) else "name"
            yield from paths_of(form.each, (*above, chosen))
        case forms.LineOr():
            yield from paths_of(form.other, above)
        case forms.TextLine() if form.free:
            yield above


#: What a file needs of some kinds beside what each of its fields says of itself: a slip says all or nothing.
NEEDED_TOO = {WeighedWork: {"points"}, PassingOn: {"line", "to", "why", "told"}}


def needed_lines(form: ObjectOf, besides: str) -> list[str]:
    samples: dict[type, str] = {forms.Day: "2026-03-04", forms.Moment: "2026-03-04 16:10", forms.Number: "5"}
    lines = []
    for field in form.fields:
        if field.name != besides and (field.needed or field.name in NEEDED_TOO.get(form.kind, ())):
            inner = field.form
            if isinstance(inner, forms.ListOf) and isinstance(inner.each, ObjectOf):
                first, *others = needed_lines(inner.each, "")
                lines += [f"{field.name}:", f"- {first}", *(f"  {line}" for line in others)]
            elif isinstance(inner, forms.OneOf):
                lines.append(f"{field.name}: {inner.known[0]}")
            else:
                lines.append(f"{field.name}: {samples.get(type(inner), 'x')}")
    return lines


def write(form: forms.Form, path: tuple[str, ...], text: str) -> list[str]:
    """
    The lines of a file with a text in one place of it, and all that has to be there besides.
    """
    if not path:
        return [text]
    name, *rest = path
    if isinstance(form, forms.LineOr):
        return write(form.other, path, text)
    if name == "-":
        assert isinstance(form, forms.ListOf)
        first, *others = write(form.each, tuple(rest), text)
        return [f"- {first}", *(f"  {line}" for line in others)]
    inner = form.of_name(name)
    assert inner is not None
    lines = write(inner, tuple(rest), text)
    beside = needed_lines(form, name) if isinstance(form, ObjectOf) else []
    own = [f"{name}: {lines[0]}"] if not rest else [f"{name}:", *(f"  {line}" for line in lines)]
    return [*beside, *own]


def found_at(value: Any, form: forms.Form, path: tuple[str, ...]) -> Any:
    for n, name in enumerate(path):
        if name == "-":
            value, form = value[0], form.of_item  # type: ignore[assignment]
        elif isinstance(value, dict):
            value = value[name]
        else:
            field = next(field for field in form_of(type(value)).fields if field.name == name)
            value, form = getattr(value, field.attribute), field.form
        if isinstance(form, forms.LineOr):
            form = form.other
        assert n < len(path)
    return getattr(value, form.short.attribute) if isinstance(form, ObjectOf) and form.short else value


PLACES = [(kind, path) for kind in KINDS for path in paths_of(form_of(kind))]


# --- what people type

_WORDS = st.sampled_from(
    """the rota · Case C12: · #2 · # 2 · room · : x · what · yes · no · null · ~ · 2026-03-04 · 16:10 · 1984 · I'd · O’Brien · " · ' · [urgent]
{x} · } · ] · [ · { · & · &x · * · *x · % · @ · ` · ! · !x · > · | · | x · - · -- · --- · ? · ? x · \\ · \\n · , · to bring: · a:b
http://x.y/#z · 😀 · << · = · …""".replace("\n", " · ").split(" · ")
)
TYPED = (
    st.lists(_WORDS | st.text(st.characters(exclude_categories=("C", "Zl", "Zp")), max_size=8), min_size=1, max_size=6)
    .map(" ".join)
    .map(lambda text: " ".join(text.split())[:40].strip())
    .filter(bool)
)


def is_yaml_on_purpose(text: str, form: forms.Form) -> bool:
    """
    Whether somebody who types this writes YAML: it is all in quotation marks, or begins with a name of ours, or with a
    brace and a name; or, where a list may be, is in brackets.
    """
    quoted = text[0] in "\"'" and (text[1:].replace("''", "").split(" #")[0].rstrip()[-1:] == text[0] or "#" in text)
    named = any(text.startswith((name, f'"{name}', f"'{name}")) for name in form.names or ())
    return quoted or named or text[0] == "{" or (form.of_item is not None and text[0] == "[")


def read_in_place(kind: type, path: tuple[str, ...], text: str) -> tuple[Any, str]:
    """
    What is read where a text was typed, and the text as far as the place is long enough; equal if somebody meant YAML.
    """
    form: Any = form_of(kind)
    for name in path:
        form = form.of_item if name == "-" else form.of_name(name)
    text = text[: getattr(form, "longest", 40)].strip()
    if is_yaml_on_purpose(text, form):
        return text, text
    source = "\n".join(write(form_of(kind), path, text)) + "\n"
    return found_at(objects.read(source, kind, "x.yaml"), form_of(kind), path), text


@given(place=st.sampled_from(PLACES), text=TYPED)
def test_free_text_is_read_as_it_was_typed(place: tuple[type, tuple[str, ...]], text: str) -> None:
    """
    Any words in the place of free text, in any kind of file, are read as those very words.
    """
    read, typed = read_in_place(*place, text)

    assert read == typed


@pytest.mark.parametrize("text", ["room #4: what", "What I'd like to bring:", "- [x] & *y %"])
def test_every_place_of_free_text_takes_what_yaml_would_not(text: str) -> None:
    """
    A hash, a colon at the end and a leading dash are words in all places of all kinds of files.
    """
    assert {place for place in PLACES if len(set(read_in_place(*place, text))) > 1} == set()


#: The same words in each way that a list, names in a list and names in braces can be written.
_WAYS = (
    "supervisee-items:\n- {}\n",
    "supervisee-items:\n  -   {}\n  - last\n",
    "supervisee-items:\n-\n  {}\n",
    "supervisee-items: {}\n",
    "supervisee-items:\n  {}\n",
    "supervisee-items:\n- what: {}\n  minutes: 5\n",
    "supervisee-items:\n- minutes: 5\n  what:\n    {}\n",
    "supervisee-items:\n# of AB\n- minutes: 5\n\n  # and\n  what: {}\n",
    "today: {}\n",
)


@given(way=st.sampled_from(_WAYS), text=TYPED)
def test_every_way_to_write_an_item_takes_the_words(way: str, text: str) -> None:
    """
    However an item is written, its words are read as typed, and nothing else in the file changes.
    """
    form = form_of(SessionFile).of_name("supervisee-items")
    if is_yaml_on_purpose(text, form) or text[0] in "-*+–•#" or text[:1].isdigit():  # type: ignore[arg-type]
        return
    file = parse("date: 2026-03-04\n" + way.replace("{}", text) + "marking: M: 1\n").file

    assert (file.supervisee_items or (file.today,))[0].what == text  # type: ignore[union-attr]
    assert file.marking == "M: 1"


@given(
    texts=st.lists(
        TYPED.filter(lambda text: not set(text) & set(",{}[]\"'") and text[0] != "-"), min_size=2, max_size=2
    )
)
def test_names_in_braces_hold_free_text_too(texts: list[str]) -> None:
    """
    In braces and brackets, free text ends at the comma before the next name or item.
    """
    one, two = texts
    source = f"date: 2026-03-04\nsupervisee-items: [{{what: {one}, and more, minutes: 5}}, {two}]  # both\nchoose: []\n"
    items = parse(source).file.supervisee_items

    assert [(item.what, item.minutes) for item in items] == [(f"{one}, and more", 5), (two, None)]


@given(lines=st.lists(TYPED.filter(lambda text: text[0] not in "#\"'{"), min_size=2, max_size=4))
def test_a_text_on_several_lines_is_one_text(lines: list[str]) -> None:
    """
    Words go on over lines that are indented; an empty line between them changes nothing.
    """
    if is_yaml_on_purpose(lines[0], form_of(SessionFile).of_name("today")) or lines[0][0] in "|>":  # type: ignore[arg-type]
        return
    lines = [line for line in lines if not line.startswith(("what", "under", "since"))] or ["x"]
    file = parse("date: 2026-03-04\ntoday: " + "\n   ".join(lines[:2]) + "\n\n  " + "\n  ".join(lines[2:]) + "\n").file

    assert file.today is not None
    assert file.today.what == " ".join(lines)


# --- what keeps its meaning in YAML


@given(text=TYPED, style=st.sampled_from(["'", '"', "|", ">"]), width=st.sampled_from([5, 1000]))
def test_what_is_quoted_or_in_a_block_means_what_yaml_says(text: str, style: str, width: int) -> None:
    """
    A text that a program wrote as YAML, quoted or in a block, is read as YAML reads it.
    """
    written = yaml.dump({"date": "2026-03-04", "today": {"what": text}}, default_style=style, width=width)
    file = parse(written.replace("!!binary ", "")).file

    assert file.today is not None
    assert file.today.what == " ".join(yaml.safe_load(written)["today"]["what"].split())


@pytest.mark.parametrize("file", sorted(OURS.glob("*/*.yaml")), ids=lambda file: file.name)
def test_our_own_files_are_the_same_to_yaml(file: Path) -> None:
    """
    In the files that come with the library, taking text as typed changes nothing, and nothing in them is in doubt.
    """
    text = file.read_text("utf-8")
    kind = {"examples": SessionFile, "profiles": Profile}.get(file.parent.name, JournalEntry)
    told: list[object] = []
    typed = take_as_typed(text, form_of(kind), lambda *fault: told.append(fault), lambda *doubt: told.append(doubt))

    assert told == []
    assert yaml.load(typed, yaml.BaseLoader) == yaml.load(text, yaml.BaseLoader)


@pytest.mark.parametrize(
    ("item", "line", "what"),
    [
        ("the rota\n  minutes: 5", 4, "'minutes' comes below words that have no name"),
        ("under: the weather", 3, "'what' is missing"),
        ("waht: the rota\n  minutes: 5", 3, "'waht' is not known here"),
        ("what: the rota\n    minutes: 5", 4, "the line is indented"),
        ("what: the rota\n\tminutes: 5", 4, "the line begins with a tab"),
        ("{what: the rota", 3, "a bracket is opened but not closed"),
    ],
)
def test_what_may_be_words_or_names_is_told_and_not_guessed(item: str, line: int, what: str) -> None:
    """
    If a line may be words or a name of ours with a value, that is a fault at its line.
    """
    with pytest.raises(Faults) as wrong:
        parse(f"date: 2026-03-04\nsupervisee-items:\n- {item}\n")

    assert (line, True) in [(fault.line, what in fault.what) for fault in wrong.value.faults]
    assert "rota" not in str(wrong.value)


@pytest.mark.parametrize(
    ("item", "what"),
    [
        ("the rota # ask AB first", "the words behind # are read too"),
        ('"the rota', "a quotation mark is opened but not closed"),
        ("waht: the rota", "this is read as words"),
        ("minutes:5", "this is read as words"),
        ("under： the weather", "this is read as words"),
        ("the rota\n  #2", "this line begins with #"),
        ("the rota #2: [x]", ""),
        ("Case C12: what to say", ""),
        ("the rota\n  # under: learning", ""),
        ("'tis the season", ""),
    ],
)
def test_what_may_have_been_meant_otherwise_is_asked(item: str, what: str) -> None:
    """
    Words that look like a comment, a quotation or a name are read as words, and their writer is asked.
    """
    warnings = parse(f"date: 2026-03-04\nsupervisee-items:\n- {item}\n").warnings

    assert [warning.what[: len(what)] for warning in warnings] == ([what] if what else [])


# --- what we write ourselves


@given(text=st.text(max_size=30) | TYPED)
def test_what_is_written_into_a_journal_is_read_from_it(text: str) -> None:
    """
    Any text in a journal comes back in its own words; spaces, line ends and signs that nobody sees are one space.
    """
    entry = JournalEntry(
        date=datetime.date(2026, 3, 4),
        used=(ModelUse(model="kolb-cycle", family=text or "x"),),
        carried=(CarriedItem(since=datetime.date(2026, 2, 4), file=text or "x"),),
        useful=text,
    )
    read = objects.read(dump(entry), JournalEntry, "x.yaml")

    seen = "".join(sign if sign.isprintable() else " " for sign in text)
    assert "".join(sign if sign.isprintable() else " " for sign in read.useful).split() == seen.split()
    assert len(read.used) == len(read.carried) == 1


def test_a_wording_takes_its_words_as_typed() -> None:
    """
    A profession's own word may hold a colon or a hash.
    """
    words = read_wording(
        "ours", "title: Team #4: ours\nwords:\n  person: child: or young person\n  worker: '#1'  # a\n"
    )

    assert words.title == "Team #4: ours"
    assert words.words == (("person", "child: or young person"), ("worker", "#1"))


# --- what it costs


_PIECES = (
    "- a: b\n", '- "a\n', "- {what: a, b\n", "- [\n", " x\n", "\n", "#\n", "- x\n  y\n", "- 'a\n  'b\n", "•\n", "- {{{{\n",
    "a: b, ", '"', "{", "[", ", ", "'a', ", "x ", "\t", "- ",
)  # fmt: skip


@pytest.mark.parametrize("piece", _PIECES)
def test_the_work_grows_with_the_file(piece: str) -> None:
    """
    Four times as much of anything takes at most about four times as many calls.
    """
    calls = []
    for times in (100, 400):
        count = 0

        def tally(frame: object, event: str, value: object) -> None:
            nonlocal count
            count += event in ("call", "c_call")

        source = "date: 2026-03-04\nsupervisee-items:\n" + ("- " if "\n" not in piece else "") + piece * times
        form = form_of(SessionFile)
        sys.setprofile(tally)
        try:
            take_as_typed(source, form, lambda *_: None, lambda *_: None)
        finally:
            sys.setprofile(None)
        calls.append(count)

    assert calls[1] < 5 * calls[0]
