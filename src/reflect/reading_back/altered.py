"""
Whether the words of a signed paper still stand as they were signed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from reflect.documents.making import document
from reflect.documents.templates import Templates
from reflect.errors import ReflectError
from reflect.files.office import open_package
from reflect.formats import word
from reflect.pages.catalogues import Catalogue
from reflect.questions.rings import Reader, Ring
from reflect.reading_back.remaking import origin_of
from reflect.reading_back.word_file import WordFile
from reflect.reading_back.word_reading import read_word_file
from reflect.safekeeping.fingerprint import fingerprint
from reflect.sessions.record import Record
from reflect.sessions.typed import fold_text
from reflect.text.nodes import Look

#: Whoever holds a paper may have it printed again from its own words.
_HOLDER = Reader("holder", frozenset(Ring))


def changes(record: Record) -> Iterator[str]:
    """
    Tell, in a sentence each, who signed for other words than those that stand in a record now.
    """
    now = fingerprint(record)
    if record.reading and record.reading.fingerprint not in ("", now):
        yield "the words are not those that its fingerprint was printed for"
    for sign in record.signed:
        if sign.agreement and sign.fingerprint not in ("", now):
            yield f"the words have changed since the {sign.role} signed"


def unknown(record: Record) -> Iterator[str]:
    """
    Tell who signed where no fingerprint shows for which words.
    """
    for sign in record.signed:
        if sign.agreement and not sign.fingerprint:
            yield f"for which words the {sign.role} signed is not known; read it again, and keep the JSON"


def altered(
    data: bytes, record: Record, *, models: Catalogue | None = None, templates: Templates | tuple[Path, ...] = ()
) -> int | None:
    """
    Return how many lines of a Word file are not as they are printed from what was read of it.

    What is fixed on a paper, such as its questions, is in nobody's answer; so it is printed again and compared.

    Args:
        data: The file.
        record: What was read of it.
        models: Where models are found.
        templates: Folders of templates of your own.

    Returns:
        The number of lines, or None if the paper cannot be printed again here.
    """
    filled = read_word_file(open_package(data))
    looks = origin_of(filled.about, None).looks
    try:
        again = document(
            record,
            record.document,
            reader=_HOLDER,
            wording=record.wording,
            models=models,
            templates=templates,
            looks=[look for look in Look if look in looks and look is not Look.PEN],
        )
    except ReflectError:
        return None
    theirs, ours = _lines(filled), _lines(read_word_file(open_package(word.write(again))))
    return max((theirs - ours).total(), (ours - theirs).total())


def _lines(some: WordFile) -> Counter[str]:
    return Counter(words for para in some.paras if (words := fold_text(para.text)))
