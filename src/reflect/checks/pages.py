"""
Find what is wrong with a page, how to tidy it, and what could be better about its questions.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from pathlib import Path

import attrs

from reflect.checks.checked import Checked
from reflect.checks.templates import is_template
from reflect.checks.wordings import known_words
from reflect.errors import Fault, Refused, add_hint, hint_at_nearest, write_one_of
from reflect.files.reading import read_text
from reflect.pages.advice import Advice, lint, words_needed
from reflect.pages.attributes import FLAGS
from reflect.pages.reading import read_model
from reflect.pages.writing import write_model
from reflect.questions.model import Model
from reflect.questions.wordings import wording, wording_names
from reflect.shown import count_of


def check_page(path: Path, text: str) -> Checked:
    """
    Check a page, and give its canonical form.
    """
    model = read_model(text, str(path))
    faults = tuple(sorted(_faults_of_words(model, path, text), key=lambda fault: fault.line or 0))
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    try:
        tidy = write_model(model)
    except Refused as refused:
        what, _, remedy = str(refused).partition("; ")
        return Checked(path, faults, advice=(Fault(str(path), None, f"--fix cannot tidy it: {what}", remedy),))
    if tidy == lines:
        return Checked(path, faults)
    # Editors end lines in their own ways; that is not part of the form.
    line_end = "\r\n" if text.count("\r\n") * 2 > lines.count("\n") else "\n"
    return Checked(path, faults, tidy=tidy.replace("\n", line_end), changes=_describe_changes(lines, tidy))


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
    Return the same results, with advice on each page that has no fault; questions are compared across all of them.

    Raises:
        Refused: The packages that advice needs are not installed.
    """
    sound = [result.where for result in results if result.where.suffix == ".md" and not result.faults]
    texts = {where: read_text(where, str(where)) for where in sound}
    pages = {where: read_model(text, str(where)) for where, text in texts.items() if not is_template(text)}
    professions = [wording(name) for name in wording_names()] if pages else []
    advice = lint(*pages.values(), wordings=professions) if pages else ()
    for result in results:
        if model := pages.get(result.where):
            own = (piece for piece in advice if piece.model == model.key)
            at_lines = tuple(_advice_at_line(piece, model, result.where, texts[result.where]) for piece in own)
            result = attrs.evolve(result, advice=(*result.advice, *at_lines))
        yield result


def _advice_at_line(advice: Advice, model: Model, where: Path, text: str) -> Fault:
    """
    Return advice with the line it is about, found by its key on the page, or by its words.
    """
    last = advice.where.rpartition(".")[2]
    question = next((asked.text for asked in model.asks if asked.key == advice.where), "")
    signs = [f"{{#{last}}}", f"{{#{last} "] if last else []
    signs += [question.split("{")[0].strip()[:40]] if question else []
    rows = enumerate(text.splitlines(), 1)
    line = next((n for n, row in rows for sign in signs if sign and sign in row), None)
    about = f"'{question}'" if question else f"the part '{last}'" if last else "the page"
    return Fault(str(where), line, f"{about}: {advice.what}", f"{advice.remedy} ({advice.code})")
