"""
Checks whether the words of a signed paper are still the ones that people signed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from reflect.documents.making import document
from reflect.errors import ReflectError
from reflect.files.office import open_package
from reflect.formats import word
from reflect.questions.rings import Reader, Ring
from reflect.reading_back.word_file import WordFile
from reflect.reading_back.word_reading import read_word_file
from reflect.safekeeping.fingerprint import ring_of
from reflect.sessions.canonical import is_fingerprint_of
from reflect.sessions.origin import Origin
from reflect.sessions.record import Record
from reflect.sessions.typed import fold_text
from reflect.text.nodes import Look

#: Anyone who has a paper may print it again from its own words.
_HOLDER = Reader("holder", frozenset(Ring))


def describe_changes(record: Record) -> Iterator[str]:
    """
    Give a sentence for each fingerprint that is not that of the words now in a record: of the closed paper, and of each
    person who signed other words.
    """
    ring = ring_of(record)
    if record.closed and not is_fingerprint_of(record.closed.fingerprint, record, ring):
        yield "its words no longer match its fingerprint"
    for sign in record.signed:
        if sign.agreement and sign.fingerprint and not is_fingerprint_of(sign.fingerprint, record, ring):
            yield f"the words have changed since the {sign.role} signed"


def describe_unknown(record: Record) -> Iterator[str]:
    """
    Give a sentence for each person who signed without a fingerprint, so that we do not know which words they signed.
    """
    for sign in record.signed:
        if sign.agreement and not sign.fingerprint:
            yield f"we do not know which words the {sign.role} signed; read the paper again, and keep the JSON"


def count_altered_lines(data: bytes, record: Record) -> int | None:
    """
    Return how many lines of a Word file differ from the same paper, printed again from the record in it.

    Somebody may have changed printed words on it, such as a question, and no answer would show that.

    Args:
        record: The record that was read from it.

    Returns:
        The number of lines, or None if the paper cannot be printed again here.
    """
    filled = read_word_file(open_package(data))
    looks = Origin.of_about(filled.about).looks
    try:
        again = document(
            record,
            record.document,
            reader=_HOLDER,
            wording=record.wording,
            looks=[look for look in Look if look in looks and look is not Look.PEN],
        )
    except ReflectError:
        return None
    theirs, ours = _count_lines(filled), _count_lines(read_word_file(open_package(word.write(again))))
    return max((theirs - ours).total(), (ours - theirs).total())


def _count_lines(word_file: WordFile) -> Counter[str]:
    return Counter(words for para in word_file.paras if (words := fold_text(para.text)))
