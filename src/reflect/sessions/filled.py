"""
A saved page that was filled in: the answers by the keys of their places, and what the paper was.

A page (`reflect.formats.html`) saves this and opens it again. It only says what was in which place:
who may read it, and which item it belongs to, is in the plan that the page was made from.
"""

from __future__ import annotations

import attrs

from reflect.errors import Refused
from reflect.shown import Brief


@attrs.frozen(kw_only=True)
class Rows(Brief):
    """
    What was written in a table, such as actions.

    Attributes:
        key: The key of the table.
        columns: The heading of each column, as it was worded then.
        rows: What was written, with one cell in a row for each column; empty rows are left out.
    """

    key: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = attrs.field(default=(), repr=False)

    @rows.validator
    def _as_wide(self, _: object, rows: tuple[tuple[str, ...], ...]) -> None:
        if any(len(row) != len(self.columns) for row in rows):
            raise Refused("each row of a table needs one cell for each column")


@attrs.frozen(kw_only=True)
class Signature(Brief):
    """
    How one person signed.

    Attributes:
        key: The key of the signature, such as ``sign.supervisee``.
        who: Who signs: a role, as it was worded then.
        value: Which option was ticked; empty if none was.
        name: Their name.
        date: When they signed, as it was written.
        comments: What they add.
    """

    key: str
    who: str = ""
    value: str = attrs.field(default="", repr=False)
    name: str = attrs.field(default="", repr=False)
    date: str = attrs.field(default="", repr=False)
    comments: str = attrs.field(default="", repr=False)


@attrs.frozen(kw_only=True)
class Filled(Brief):
    """
    A paper that was filled in on a page and saved.

    Attributes:
        document: The kind of paper, such as ``record``.
        about: What the paper was made of, as in `Document.about`.
        answers: What was in each place, by its key; an empty text if nothing was.
        asked: What each place was called, by its key, as it was worded then.
        tables: What was written in tables.
        signed: How each person signed.
    """

    document: str
    about: tuple[tuple[str, str], ...] = ()
    answers: tuple[tuple[str, str], ...] = attrs.field(default=(), repr=False)
    asked: tuple[tuple[str, str], ...] = ()
    tables: tuple[Rows, ...] = ()
    signed: tuple[Signature, ...] = ()

    def answer(self, key: str) -> str:
        """
        Return what was in a place; an empty text if nothing was.
        """
        return next((text for known, text in self.answers if known == key), "")
