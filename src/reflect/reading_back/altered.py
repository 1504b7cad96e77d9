"""
Checks which printed words of a paper that was not closed are not those of its blank, and which words people signed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from reflect.documents.making import document
from reflect.errors import ReflectError
from reflect.files.office import open_package
from reflect.formats import word
from reflect.questions.rings import Reader, Ring
from reflect.reading_back.closed_papers import printed_lines
from reflect.reading_back.remaking import remake_as_printed
from reflect.safekeeping.fingerprint import ring_of
from reflect.sessions.canonical import is_fingerprint_of
from reflect.sessions.origin import Origin
from reflect.sessions.record import AGENDAS, Record
from reflect.text.nodes import Look
from reflect.word_files.word_reading import read_word_file

#: Anyone who has a paper may print it again from its own words.
_HOLDER = Reader("holder", frozenset(Ring))
#: If more of its lines than one in this many differ from ours, a paper was printed by another version, or is another.
_FEW = 4


def describe_changes(record: Record) -> Iterator[str]:
    """
    Give a sentence for each person who signed other words than those now in a record.
    """
    ring = ring_of(record)
    for sign in record.signed:
        if sign.agreement and sign.fingerprint and not is_fingerprint_of(sign.fingerprint, record, ring):
            yield f"the words have changed since the {sign.role} signed"


def describe_unknown(record: Record) -> Iterator[str]:
    """
    Give a sentence for each person who signed closed words without a fingerprint, so that we do not know which words
    they signed. On a paper that was not closed nobody has one.
    """
    for sign in record.signed if record.closed else ():
        if sign.agreement and not sign.fingerprint:
            yield f"we do not know which words the {sign.role} signed; read the paper again, and keep the JSON"


def find_altered_lines(data: bytes, record: Record) -> tuple[str, ...]:
    """
    Return the lines that our own papers of its kind have printed on them and a Word file has not, as they are on ours:
    somebody changed them, or another version of reflect printed the file. What stands behind a box to tick is not
    compared, since people cross it out.

    Args:
        record: The record that was read from it.

    Returns:
        The lines; none if the paper cannot be printed again here, or is too different to be compared.
    """
    filled = read_word_file(open_package(data))
    origin = Origin.of_about(filled.about)
    if origin.kind in AGENDAS:
        return ()
    blank = remake_as_printed([para.text for para in filled.paras], origin)
    try:
        again = document(
            record,
            record.document,
            reader=_HOLDER,
            wording=record.wording,
            plain=blank is not None and blank.plain,
            looks=[look for look in Look if look in origin.looks and look is not Look.PEN],
        )
    except ReflectError:
        return ()
    if blank is None:
        return ()
    ours = read_word_file(open_package(word.write(again)))
    # What a blank has too is ours; the rest may be a topic, or was filled in.
    known = set(blank.lines())
    printed = [line for line in printed_lines(ours, ticks=False) if line in known]
    found = Counter(printed_lines(filled))
    missing = Counter(printed) - found
    # A program that drops a control joins the lines on both sides of it.
    for joined in (found - Counter(printed)).elements():
        missing -= Counter(line for line in missing if f" {line} " in f" {joined} ")
    return tuple(dict.fromkeys(missing)) if missing.total() * _FEW <= len(printed) else ()
