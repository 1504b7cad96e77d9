"""
Find what is wrong with a page, how to tidy it, and what could be better about its questions.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import attrs

from reflect.checks.checked import Checked
from reflect.checks.other_pages import faults_of_pages_named
from reflect.checks.templates import is_template
from reflect.checks.wordings import advice_on_scenes, known_words
from reflect.errors import Fault, Faults, Refused, add_hint, hint_at_nearest, write_one_of
from reflect.files.reading import SHEET_ENDINGS, read_text
from reflect.pages.advice import Advice, is_plain, lint
from reflect.pages.attributes import FLAGS
from reflect.pages.mending import mend_signs
from reflect.pages.reading import read_model
from reflect.pages.sheets import read_sheet
from reflect.pages.word_pages import WordPage
from reflect.pages.words_needed import words_needed
from reflect.pages.writing import write_model
from reflect.questions.model import Model
from reflect.questions.wordings import wording, wording_names
from reflect.shown import count_of


def check_page(path: Path, text: str) -> Checked:
    """
    Check a page, and give its canonical form; if only signs of its lists are wrong, that of the mended page.
    """
    try:
        model = read_model(text, str(path))
    except Faults as wrong:
        mended = mend_signs(text)
        checked = check_page(path, _with_line_ends_of(text, mended)) if mended is not None else None
        if checked is None or checked.faults:
            raise
        tidy = checked.tidy or _with_line_ends_of(text, mended or "")
        changes = _describe_changes(_with_plain_line_ends(text), _with_plain_line_ends(tidy))
        return attrs.evolve(checked, faults=wrong.faults, tidy=tidy, changes=changes, mended=True)
    of_pages, advice = faults_of_pages_named(model, path, text)
    faults = tuple(sorted((*_faults_of_words(model, path, text), *of_pages), key=lambda fault: fault.line or 0))
    lines = _with_plain_line_ends(text)
    try:
        tidy = write_model(model)
    except Refused as refused:
        what, _, remedy = str(refused).partition("; ")
        return Checked(path, faults, advice=(Fault(str(path), None, f"--fix cannot tidy it: {what}", remedy), *advice))
    if tidy == lines:
        return Checked(path, faults, advice=advice)
    changes = _describe_changes(lines, tidy)
    return Checked(path, faults, tidy=_with_line_ends_of(text, tidy), changes=changes, advice=advice)


def _with_plain_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _with_line_ends_of(text: str, tidy: str) -> str:
    """
    Return a page with the line ends of a text: editors end lines in their own ways, and that is not part of the form.
    """
    often = text.count("\r\n") * 2 > _with_plain_line_ends(text).count("\n")
    return tidy.replace("\n", "\r\n") if often else tidy


def check_plain_page(path: Path, text: str) -> Checked:
    """
    Check a page in plain text, and give its canonical form, which is written beside it.
    """
    try:
        checked = check_page(path, text)
    except Faults as wrong:
        checked = Checked(path, wrong.faults)
    return attrs.evolve(checked, taken_for="a page", beside=path.with_suffix(".md"))


def check_word_page(path: Path, page: WordPage) -> Checked:
    """
    Check a page in a Word file, and give its canonical form, which is written beside the Word file.
    """
    checked = Checked(path, taken_for="a page", notes=page.notes, beside=path.with_suffix(".md"))
    try:
        model = page.read_model()
    except Faults as wrong:
        return attrs.evolve(checked, faults=wrong.faults)
    of_pages, advice = faults_of_pages_named(model, path, page.text)
    faults = tuple(map(page.place_fault, (*_faults_of_words(model, path, page.text), *of_pages)))
    checked = attrs.evolve(checked, advice=tuple(map(page.place_fault, advice)))
    try:
        return attrs.evolve(checked, faults=faults, tidy=write_model(model))
    except Refused as refused:
        what, _, remedy = str(refused).partition("; ")
        fault = Fault(str(path), None, f"it cannot be written as a page of text: {what}", remedy)
        return attrs.evolve(checked, faults=faults, advice=(fault, *checked.advice))


_KEY_IN_BRACES = re.compile(r"\{#[a-z0-9-]+[ }]")


def _describe_changes(before: str, after: str) -> str:
    keys = len(_KEY_IN_BRACES.findall(after)) - len(_KEY_IN_BRACES.findall(before))
    old, new = before.split("\n"), after.split("\n")
    same = sum(block.size for block in difflib.SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks())
    changes = [f"{keys} keys written in" if keys > 1 else "a key written in"] if keys > 0 else []
    if not before.lstrip().startswith("---"):
        changes.append("front matter put above")
    lines = max(len(old), len(new)) - same
    return ", ".join((*changes, f"{count_of(lines, 'line')} changed"))


# --- the words it needs


def _faults_of_words(model: Model, path: Path, text: str) -> Iterator[Fault]:
    known = known_words()
    for word in sorted(words_needed(model) - known):
        line = next((n for n, row in enumerate(text.split("\n"), 1) if f"{{{word}}}" in row), None)
        remedy = f"{write_one_of(word, sorted(known), '{{{}}}')}, or \\{{ for a brace"
        if word in FLAGS:
            remedy = f"for a flag write {{.{word}}}, or \\{{ for a brace"
        elif hint_at_nearest(word, known):
            remedy = add_hint("write another, or \\{ for a brace", word, sorted(known), "{{{}}}")
        yield Fault(str(path), line, f"no wording has the word '{word}'", remedy)


# --- advice


def add_advice(results: tuple[Checked, ...]) -> Iterator[Checked]:
    """
    Return the same results, with advice on each page that has no fault, and on the scenes of each wording; questions
    are compared across all pages.

    Raises:
        Refused: The packages that advice needs are not installed.
    """
    pages = {result.where: tuple(sound_pages(result)) for result in results}
    models = [model for several in pages.values() for model, _ in several]
    professions = [wording(name) for name in wording_names()] if models else []
    advice = lint(*models, wordings=professions) if models else ()
    for result in results:
        at_lines = [
            _advice_at_line(piece, model, result.where, text)
            for model, text in pages[result.where]
            for piece in advice
            if piece.model == model.key
        ]
        if own := [model for model, _ in pages[result.where]]:
            result = attrs.evolve(result, advice=(*result.advice, *at_lines), state=_say_what_is_not_plain(own))
        elif result.taken_for == "a wording" and not result.faults:
            result = attrs.evolve(result, advice=(*result.advice, *advice_on_scenes(result.where)))
        yield result


def sound_pages(result: Checked) -> Iterator[tuple[Model, str]]:
    """
    Give the models in a file that is in order, each with the text of its page if that has lines to point at.
    """
    where = result.where
    if result.faults:
        return
    if where.suffix.lower() in SHEET_ENDINGS:
        yield from ((read_model(text, name), "") for name, text in read_sheet(where).items())
    elif result.beside and result.tidy:  # its words are those of the file, but its lines are not
        yield read_model(result.tidy, str(where)), ""
    elif where.suffix == ".md" and not is_template(text := read_text(where, str(where))):
        yield read_model(text, str(where)), text


def check_sheet(path: Path) -> Checked:
    """
    Check a sheet: what is wrong with it, by cell, and the words it needs.
    """
    pages = [read_model(text, name) for name, text in read_sheet(path).items()]
    return Checked(path, tuple(fault for model in pages for fault in _faults_of_words(model, path, "")))


def _say_what_is_not_plain(models: Iterable[Model]) -> str:
    """
    Return how many core questions have no plain form and are not plain themselves; nothing if there are none.
    """
    core = [question for model in models for question in model.asks if question.core]
    left = sum(not is_plain(question) for question in core)
    are = "is" if left == 1 else "are"
    return f"{left} of its {len(core)} core questions {are} not in plain words yet" if left else ""


def _advice_at_line(advice: Advice, model: Model, where: Path, text: str) -> Fault:
    """
    Return advice with the line it is about, found by its key on the page, or by its words.
    """
    last = advice.where.rpartition(".")[2]
    question = next((entry.text for entry in model.entries if entry.key == advice.where), "")
    signs = [f"{{#{last}}}", f"{{#{last} "] if last else []
    signs += [question.split("{")[0].strip()[:40]] if question else []
    rows = enumerate(text.splitlines(), 1)
    line = next((n for n, row in rows for sign in signs if sign and sign in row), None)
    about = f"'{question}'" if question else f"the part '{last}'" if last else "the page"
    return Fault(str(where), line, f"{about}: {advice.what}", f"{advice.remedy} ({advice.code})")
