"""
A closed paper: the day its words were settled, their fingerprint, and what shows which of them changed since.

For each field of the paper, and each line printed on it, the file keeps a digest of five digits. They are salted with
the words of the whole paper, so they are of no use beside another one; and they are never printed.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from urllib.parse import quote, unquote

import attrs

from reflect.questions.rings import Ring
from reflect.sessions.canonical import (
    SHAPE,
    canonical,
    fields_of,
    fingerprint_of_text,
    part_on_paper,
    words_as_seen,
    write_row,
)
from reflect.sessions.parts import Closing
from reflect.sessions.record import Record
from reflect.shown import Brief

#: The digits of a digest: 25 bits name what changed, and are few enough to be of little use for a guess.
_DIGITS = 5
_SALT = re.compile(r"[0-9A-Z]{16}")
#: The name of a cell of a table.
_CELL = re.compile(r"(actions|decisions)\.[0-9]+\.([a-z]+)")
#: At most this many digests are read from a file.
_MOST = 20_000


@attrs.frozen(kw_only=True)
class KeptDigests(Brief):
    """
    What the file of a closed paper keeps.

    Attributes:
        closing: When it was closed, and the fingerprint of its words.
        salt: What its digests are salted with; empty if the file keeps none.
        fields: The digest of each field, by its name, in their order.
        lines: The digest of each line that is printed on it.
        whole: Whether nothing that it keeps contradicts the rest.
    """

    closing: Closing
    salt: str = attrs.field(default="", repr=False)
    fields: tuple[tuple[str, str], ...] = attrs.field(default=(), repr=False)
    lines: tuple[str, ...] = attrs.field(default=(), repr=False)
    whole: bool = True

    @classmethod
    def of_record(cls, record: Record, ring: Ring) -> KeptDigests | None:
        """
        Return what a paper of a ring keeps of a closed record; without digests if its words are not those that were
        closed, and None if it was not closed.
        """
        closing = record.closed
        if closing is None:
            return None
        text = canonical(record, ring)
        if fingerprint_of_text(text) != closing.fingerprint:
            return cls(closing=closing)
        salt = fingerprint_of_text(write_row(["salt", closing.day]) + text).replace(" ", "")
        return cls(closing=closing, salt=salt, fields=digests_of_fields(record, ring, salt))

    def with_lines(self, lines: Iterable[str], edges: Iterable[str] = ()) -> KeptDigests:
        """
        Return the same with the digests of printed lines: first those in headers and footers, and then the others.
        """
        if not self.salt:
            return self
        digests = (*map(self.digest_of_edge, edges), *map(self.digest_of_line, lines))
        return attrs.evolve(self, lines=digests)

    def digest_of_line(self, line: str) -> str:
        return digest(self.salt, "line", printed_as_seen(line))

    def digest_of_edge(self, line: str) -> str:
        return digest(self.salt, "edge", printed_as_seen(line))

    def to_about(self) -> dict[str, str]:
        """
        Return it as short texts by name; `of_about` reads them.
        """
        closing = self.closing
        about = {"closed": f"{closing.day} {_check(self.salt, closing)}", "fingerprint": closing.fingerprint}
        if self.salt:
            names = (f"{quote(name, safe='')}={each}" for name, each in self.fields)
            about["digests"] = " ".join([self.salt, *names, digest(self.salt, *map("=".join, self.fields))])
        return about

    def lines_as_text(self) -> str:
        """
        Return the digests of its lines as a text, for the property ``lines``.
        """
        return " ".join([*self.lines, digest(self.salt, *self.lines)]) if self.lines else ""

    @classmethod
    def of_about(cls, about: Mapping[str, str], ring: Ring = Ring.PERSONAL) -> KeptDigests | None:
        """
        Read it from short texts by name; None if they do not say that a paper was closed.
        """
        if "closed" not in about and "digests" not in about:
            return None
        day, _, check = about.get("closed", "").partition(" ")
        closing = Closing(day=day if _is_day(day) else "", fingerprint=about.get("fingerprint", ""), ring=ring)
        salt, *texts = about.get("digests", "").split()[:_MOST] or [""]
        lines = tuple(about.get("lines", "").split()[:_MOST])
        pairs = [text.partition("=") for text in texts[:-1]]
        fields = tuple((unquote(name), each) for name, _, each in pairs)
        whole = (
            check == _check(salt, closing)
            and SHAPE.fullmatch(closing.fingerprint) is not None
            and (not salt or (bool(texts) and texts[-1] == digest(salt, *map("=".join, fields))))
            and (not lines or lines[-1] == digest(salt, *lines[:-1]))
        )
        kept = cls(closing=closing, fields=fields, lines=lines[:-1], whole=whole)
        return attrs.evolve(kept, salt=salt if _SALT.fullmatch(salt) else "")


def digests_of_fields(record: Record, ring: Ring, salt: str) -> tuple[tuple[str, str], ...]:
    """
    Return the digest of each field of the part of a record that belongs on a paper of a ring.
    """
    times: dict[str, int] = {}
    digests = []
    for name, *words in fields_of(part_on_paper(record, ring)):
        times[name] = times.get(name, 0) + 1
        once = name if times[name] == 1 else f"{name}~{times[name]}"
        digests.append((once, digest_of_field(salt, name, *words)))
    return tuple(digests)


def digest_of_field(salt: str, name: str, *words: str) -> str:
    """
    Return the digest of a field; a row of a table has the same wherever it is in it.
    """
    return digest(salt, _CELL.sub(r"\1.\2", name), *words)


def digest(salt: str, *words: str) -> str:
    """
    Return a digest of some words, as five digits.
    """
    return fingerprint_of_text(write_row([salt, *words])).replace(" ", "")[:_DIGITS]


#: The signs of boxes to tick, which some programs leave in the place of a control.
_BOXES = re.compile("[☒☑☐□]")


def printed_as_seen(line: str) -> str:
    """
    Return a printed line in the one way that stands for all ways to write it, without boxes to tick.
    """
    return words_as_seen(_BOXES.sub(" ", line))


def _check(salt: str, closing: Closing) -> str:
    return digest(salt, "closed", closing.day, closing.fingerprint)


def _is_day(text: str) -> bool:
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def rows_of(fields: Iterable[tuple[str, str]], table: str) -> list[dict[str, str]]:
    """
    Return the rows of a table, each with the digests of its cells by the names of its columns.
    """
    rows: dict[str, dict[str, str]] = {}
    for name, each in fields:
        if (match := _CELL.fullmatch(name)) and match[1] == table:
            rows.setdefault(name.split(".")[1], {})[match[2]] = each
    return list(rows.values())


def is_cell(name: str) -> bool:
    """
    Tell whether a field is a cell of a table.
    """
    return _CELL.fullmatch(name) is not None
