"""
What a file names has to be there: each name that leads to nothing is told with its file, its line and the nearest.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest
from click.testing import CliRunner

from reflect.checks.yaml_files import yaml_kinds
from reflect.cli import main
from reflect.documents.situations import Situation
from reflect.errors import Faults
from reflect.files import forms, objects
from reflect.files.objects import ObjectOf, form_of
from reflect.planning.agenda import arrange
from reflect.planning.profiles import profile
from reflect.planning.session_file import load
from reflect.questions.wordings import wording_names

#: For each sort of name: one that there is, and one that is a slip of it.
SLIPS = {
    "page": ("close", "clse"),
    "model": ("kolb-cycle", "kolb-cycel"),
    "question": ("close.next-date", "close.nxt-date"),
    "questions of a page": ("next-date", "nxt-date"),
    "paper of a session": ("agenda", "agend"),
    "further paper": ("notes", "notez"),
    "profile": ("general", "genral"),
    "occasion": ("first", "firts"),
    "wording": ("nursing", "nursng"),
    "nation": ("England", "Englnd"),
    "profession": ("social-work", "social-wrok"),
    "list of cases": ("x.csv", "y.csv"),
}
SESSION = "date: 2026-03-04\n"
OCCASION = "title: T\nheadings:\n- {kind: close, page: close, least: 5}\n"
PROFILE = "title: T\nitems:\n- {kind: close, page: close, least: 5}\n"


def places(form: forms.Form, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """
    The places of a form that hold a name, each with what it is the name of.
    """
    match form:
        case ObjectOf():
            for field in form.fields:
                yield from places(field.form, (*path, field.name))
        case forms.ListOf():
            yield from places(form.each, path)
        case forms.LineOr():
            yield from places(form.line, path)
            yield from places(form.other, path)
        case forms.NamesWith():
            yield from places(form.each, (*path, "close"))
        case _ if form.leads_to:
            yield path, form.leads_to


PLACES = [
    (kind, path, of) for kind in ("session-file", "profile", "occasion") for path, of in places(yaml_kinds()[kind].form)
]


def write_at(kind: str, path: tuple[str, ...], text: str) -> str:
    """
    A file of a kind with a name in one place, on its last line.
    """
    name, *inner = path
    start = {"session-file": SESSION, "profile": PROFILE, "occasion": OCCASION}[kind]
    if name == "these":
        start += "models: these\n"
    if inner == ["page"]:
        return f"title: T\n{name}:\n- {{kind: close, least: 5}}\n- {{kind: frame, page: {text}}}\n"
    return f"{start}{name}: {{{inner[0]}: {text}}}\n" if inner else f"{start}{name}: {text}\n"


def run(*line: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, line)
    return result.exit_code, result.output


def test_there_are_places_of_every_sort() -> None:
    assert {of for _, _, of in PLACES} == set(SLIPS)


@pytest.mark.parametrize(("kind", "path", "of"), PLACES, ids=lambda each: ".".join(each) if each else "")
def test_check_tells_a_slip_in_every_place_that_holds_a_name(
    kind: str, path: tuple[str, ...], of: str, tmp_path: Path
) -> None:
    """
    What there is, is in order; a slip of it has its line, and the nearest that there is.
    """
    good, slip = SLIPS[of]
    (tmp_path / "x.csv").write_text("ref\nC1\n")
    file = tmp_path / "f.yaml"
    key = ("talk",) if path[0] == "models" else path[1:]

    file.write_text(write_at(kind, (path[0], *key), good))
    assert run("check", "--strict", "--as", kind, str(file))[0] == 0, run("check", str(file))

    file.write_text(text := write_at(kind, (path[0], *key), slip))
    code, said = run("check", "--strict", "--as", kind, str(file))
    assert code == 1
    assert f"{file}:{text.count(chr(10))}: there is no " in said
    assert "Did you mean" in said or of == "list of cases"


def test_a_page_that_questions_are_asked_from_is_looked_up(tmp_path: Path) -> None:
    file = tmp_path / "f.yaml"
    file.write_text(f"{OCCASION}asks:\n  clse: next-date\n")

    assert f"{file}:5: there is no model 'clse'; write another. Did you mean 'close'?" in run("check", str(file))[1]


def test_all_of_them_are_told_at_once_and_each_once(tmp_path: Path) -> None:
    """
    Beside other faults, and in the order of lines.
    """
    file = tmp_path / "f.yaml"
    file.write_text(f"{OCCASION}papers: [notez, notez]\nagenda: agend\nsays: {{nxt: x}}\n")
    said = run("check", "--as", "occasion", "--no-advice", str(file))[1]

    assert [line.split(":")[2] for line in said.splitlines() if "; write " in line] == ["4", "5", "6"]


def test_what_somebody_wrote_in_the_place_of_a_name_is_not_said(tmp_path: Path) -> None:
    """
    A name is one word; several may be private.
    """
    file = tmp_path / "s.yaml"
    file.write_text(
        f"{SESSION}profile: CANARY in it\noccasion: CANARY has died\nwording: a CANARY\ncases: a CANARY\n"
        "models: {talk: CANARY and I}\n"
    )
    said = run("plan", str(file))[1] + run("check", str(file))[1]

    assert [f"s.yaml:{n}: there is no" in said for n in (2, 3, 4, 5, 6)] == [True] * 5
    assert "CANARY" not in said


# --- planning


def test_a_session_file_that_names_what_is_not_there_is_told_with_its_lines(tmp_path: Path) -> None:
    file = tmp_path / "s.yaml"
    file.write_text(f"{SESSION}profile: genral\noccasion: firts\nwording: nursng\ncases: none.csv\n")
    code, said = run("plan", str(file))

    assert code == 1
    assert [f"s.yaml:{n}: there is no" in said for n in (2, 3, 4, 5)] == [True] * 4
    with pytest.raises(Faults):
        load(file)


def test_a_model_that_a_session_file_names_is_told_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "s.yaml"
    file.write_text(f"{SESSION}models: {{talk: kolb-cycel}}\n")

    assert (
        f"{file}:2: there is no model 'kolb-cycel'; write another. Did you mean 'kolb-cycle'?"
        in run("plan", str(file))[1]
    )


def test_an_occasion_of_a_folder_is_told_with_its_folder_and_line(tmp_path: Path) -> None:
    """
    What it names, and what is wrong with it: a folder may have a file that is called like ours.
    """
    own, session = tmp_path / "own", tmp_path / "s.yaml"
    own.mkdir()
    session.write_text(SESSION)
    for line, said in (
        ("models: these\nthese: [kolb-cycel]", "5: there is no model"),
        ("asks: {close: nxt-date}", "4: there is no question"),
        ("agenda: agend", "4: there is no paper"),
        ("papers: [notez]", "4: there is no further paper"),
        ("colour: red", "4: this name is not known"),
    ):
        (own / "duty.yaml").write_text(f"{OCCASION}{line}\n")
        for more in ((), ("-o", str(tmp_path / "out"))):
            code, told = run("plan", str(session), "--occasion", "duty", "--occasions", str(own), *more)
            if not more and line.startswith("papers"):
                continue
            assert (code, f"{own}/duty.yaml:{said}" in told) == (1, True), told
    assert not (tmp_path / "out").exists()


def test_a_profile_of_a_folder_is_told_with_its_folder_and_line(tmp_path: Path) -> None:
    own, session = tmp_path / "own", tmp_path / "s.yaml"
    own.mkdir()
    session.write_text(f"{SESSION}profile: ours\n")
    (own / "ours.yaml").write_text(f"{PROFILE.replace('page: close', 'page: clse')}wording: nursng\noccasion: firts\n")
    said = run("plan", str(session), "--profiles", str(own))[1]

    assert f"{own}/ours.yaml:4: there is no wording" in said
    assert f"{own}/ours.yaml:5: there is no occasion" in said
    settings = attrs.evolve(profile("ours", [own]), occasion="", wording="general")
    with pytest.raises(Faults, match=r"ours.yaml:3: there is no model 'clse'"):
        arrange(load_of(tmp_path), attrs.evolve(settings, named=settings.named[:1]))


def load_of(folder: Path) -> objects.Any:
    (folder / "plain.yaml").write_text(SESSION)
    return load(folder / "plain.yaml")[0].file


def test_what_lies_beside_it_in_an_agencys_folder_is_there(tmp_path: Path) -> None:
    """
    Its own pages, templates, profiles and occasions; and those of folders that are said.
    """
    for part in ("occasions", "profiles", "models", "templates"):
        (tmp_path / part).mkdir()
    (tmp_path / "models" / "ours.md").write_text("---\nkey: ours\ntitle: Ours\n---\n\n- What is it?\n")
    (tmp_path / "templates" / "our-agenda.md").write_text('---\nof: session\n---\n{% extends "reflect/agenda" %}\n')
    (tmp_path / "occasions" / "duty.yaml").write_text(f"{OCCASION}agenda: our-agenda\nmodels: these\nthese: [ours]\n")
    (tmp_path / "profiles" / "p.yaml").write_text("title: P\noccasion: duty\n")
    (tmp_path / "f.yaml").write_text((tmp_path / "occasions" / "duty.yaml").read_text())

    assert run("check", str(tmp_path / "occasions" / "duty.yaml"))[0] == 0
    assert run("check", str(tmp_path / "profiles" / "p.yaml"))[0] == 0
    assert run("check", str(tmp_path / "f.yaml"))[0] == 1
    said = ("--from", str(tmp_path / "models"), "--templates", str(tmp_path / "templates"))
    assert run("check", str(tmp_path / "f.yaml"), *said)[0] == 0


# --- ours


def test_all_that_ours_name_is_there() -> None:
    """
    Occasions, profiles and situations that come with the library.
    """
    folder = Path(objects.__file__).parents[1]
    files = [*folder.glob("occasions/*.yaml"), *folder.glob("profiles/*.yaml"), *folder.glob("examples/*.yaml")]

    assert run("check", "--strict", *map(str, files))[0] == 0
    situations = folder / "situations.yaml"
    words = [line.partition(": ")[2] for line in situations.read_text().splitlines() if "wording:" in line]
    assert form_of(Situation).of_name("wording") is not None
    assert words
    assert set(words) <= set(wording_names())
