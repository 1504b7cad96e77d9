"""
Whether a source can be looked up: an author, a year, the title that the work has, and where it appeared.

A librarian finds a work by these four. The rules are rules of thumb: they know a description in the place of a title by
the words that descriptions have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reflect.questions.model import Source

_VAGUE_AUTHOR = re.compile(r"\b(?:and|with) (?:colleagues|others|co-workers|associates)\b|\bet al\b", re.IGNORECASE)
_VAGUE_YEAR = re.compile(r"\b(?:about|around|circa|ca?\.|before|after|since|current|recent|undated)\b|\d0s\b")
#: How a description begins, or what is in one: "Later paper on doubt", "A tool for teams, developed in New Zealand".
_DESCRIPTION = re.compile(
    r"""
    ^(?: (?:a|the|his|her|their)\ (?:later|earlier|idea)\b | (?:later|earlier|various|several)\b
       | (?:on|about)\ (?:its|the|his|her|their)\ (?:use|idea|rule|work|method)\b | materials?\b )
    | \b(?: commonly\ used | developed\ (?:in|by|at) | carried\ on\ by | based\ on\ (?:his|her|their|it)
        | in\ which\ staff | began\ in | reissue | (?:later|recent)\ edition | materials\b )
    """,
    re.VERBOSE | re.IGNORECASE,
)
#: A journal with its volume, or pages, behind a title.
_PLACE_IN_TITLE = re.compile(
    r", [^,]*\b\d+ ?\(\d+|, \d+ ?[-–] ?\d+$|, [A-Z][^,]* \d+(?:,|$)|, (?:in )?[^,]*\b(?:Journal|Quarterly|Bulletin)\b"
)


def faults_of_source(source: Source) -> Iterator[tuple[str, str, str]]:
    """
    Give what keeps a source from being looked up: a code, what is wrong, and what to do.
    """
    name = f"the source by '{source.author}'"
    if not source.publisher:
        remedy = "write publisher: a journal with volume and pages, a publisher or an address; or 'unpublished'"
        yield "source-without-place", f"{name} does not say where it appeared", remedy
    if _VAGUE_AUTHOR.search(source.author):
        yield "vague-source", f"{name} does not name all of its authors", "name them"
    if _VAGUE_YEAR.search(source.year.lower()):
        yield "vague-source", f"{name} has '{source.year}' for a year", "write the year, or 'no date'"
    if _DESCRIPTION.search(source.title):
        yield "vague-source", f"{name} has a description for a title", "write the title that stands on the work"
    if _PLACE_IN_TITLE.search(source.title):
        yield "vague-source", f"{name} has in its title where it appeared", "write that as its publisher"
