"""
Whether a paper that came back is as it was closed, and what on it has changed since.

A change is named in words that people see on the paper, and what was written is never quoted.
"""

from __future__ import annotations

import datetime
import difflib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set

import attrs

from reflect.reading_back.lost_controls import WordsThere, find_words_there
from reflect.safekeeping.fingerprint import ring_of
from reflect.sessions.canonical import SHAPE, is_fingerprint_of, words_as_seen
from reflect.sessions.closed import KeptDigests, digests_of_fields, is_cell, printed_as_seen, rows_of
from reflect.sessions.parts import Agreement, Change, PaperState, Standing
from reflect.sessions.record import Record
from reflect.word_files.word_file import Control, Para, WordFile

#: Google Docs puts controls with tags like this round everything.
_GOOGLE = "goog_rdk"
#: How many words a paragraph has at most that printed lines are looked for in, and how many each of them has.
_MOST_WORDS, _LONGEST_PART = 200, 30
#: How many words of a printed line name it.
_NAMING = 8
#: The columns of a table as its fields are called, in their order on paper.
_COLUMNS = {
    "actions": ("what", "who", "by"),
    "decisions": ("what", "why", "who"),
}
_TABLES = {"actions": "the actions", "decisions": "the decisions"}
_OUTSIDE = Change(where="outside the places to write, words", what="were added")
_SOMETHING = Change(where="something in it")
_DOCTORED = Change(where="what the file keeps of its closing")
_PRINTED = Change(where="the fingerprint that is printed on it")


@attrs.frozen(kw_only=True)
class ReturnedWords:
    """
    What a paper that came back says, for comparing it with what was closed.

    Attributes:
        record: What was read from it.
        about: What its file says about itself.
        printed: The fingerprint printed on it; None if it has no place for one.
        lines: The lines printed on it, as they are seen; None if its format keeps none.
        edges: The texts in its headers and footers, as they are seen.
        paragraphs: Its paragraphs with all that is in them, if its controls lost their tags; otherwise none.
        added: Whether words were added outside the places to write, and not among the signatures.
        name_place: Returns what people see over a place, by its key; empty if it has no words.
        columns: The headings of the columns of each table.
        blank_lines: Returns the lines of its blank, as they are printed.
    """

    record: Record
    about: Mapping[str, str] = attrs.field(repr=False)
    printed: str | None
    lines: Sequence[str] | None = attrs.field(default=None, repr=False)
    edges: Sequence[str] = attrs.field(default=(), repr=False)
    paragraphs: Sequence[str] = attrs.field(default=(), repr=False)
    added: bool = False
    name_place: Callable[[str], str] = lambda _: ""
    columns: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict)
    blank_lines: Callable[[], Iterable[str]] = tuple

    def state(self) -> PaperState:
        """
        Return whether the paper is closed, and what has changed since.
        """
        record, closing = self.record, self.record.closed
        if closing is None:
            return PaperState()
        kept = KeptDigests.of_about(self.about, closing.ring)
        if kept is None:
            matches = is_fingerprint_of(closing.fingerprint, record, closing.ring)
            if "fingerprint" not in self.about.get("marks", "").split():
                return PaperState(standing=Standing.LOST, matches=matches)
            return PaperState(standing=Standing.EARLIER, changes=() if matches else (_SOMETHING,), matches=matches)
        matches = is_fingerprint_of(kept.closing.fingerprint, record, closing.ring)
        return PaperState(
            standing=Standing.CLOSED,
            day=datetime.date.fromisoformat(closing.day) if closing.day else None,
            changes=tuple(dict.fromkeys(self.find_changes(kept, matches))),
            matches=matches,
        )

    def find_changes(self, kept: KeptDigests, matches: bool) -> Iterator[Change]:
        """
        Give what has changed since a paper was closed.

        Args:
            kept: What its file keeps.
            matches: Whether its words are those of the fingerprint that its file keeps.
        """
        there = self.find_there(kept)
        fields = tuple(self.changes_of_fields(kept, there))
        yield from fields
        # The words were read in other places than they are in, but they are all there.
        matches = matches or bool(there.fields and not fields and not there.more)
        if not matches and not fields:
            yield _SOMETHING
        yield from self.changes_of_lines(kept)
        if there.more if there.fields else self.added:
            yield _OUTSIDE
        if self.printed is not None and self.printed != kept.closing.fingerprint:
            yield _PRINTED
        if not kept.whole or not kept.closing.day or (matches and (fields or not kept.salt)):
            yield _DOCTORED

    # --- what was written

    def find_there(self, kept: KeptDigests) -> WordsThere:
        """
        Return which closed words are on the paper although they were not read in their places.
        """
        if not (kept.salt and self.paragraphs):
            return WordsThere()
        now = dict(digests_of_fields(self.record, kept.closing.ring, kept.salt))
        if now == dict(kept.fields):
            return WordsThere()
        lines = {each.key: [line.text for line in each.lines] for each in self.record.answers}
        labels = (name for names in self.columns.values() for name in names)
        return find_words_there(kept, self.paragraphs, now, lines, labels)

    def changes_of_fields(self, kept: KeptDigests, there: WordsThere) -> Iterator[Change]:
        if not kept.salt:
            return
        now = digests_of_fields(self.record, kept.closing.ring, kept.salt)
        before, after = dict(kept.fields), dict(now)
        for name in dict.fromkeys((*before, *after)):
            if is_cell(name) or before.get(name) == after.get(name) or name in there.fields:
                continue
            if name not in before and there.fields:
                continue  # its words are those of another place, or are told to have been added
            what = "was removed" if name not in after else "was added" if name not in before else "was changed"
            if name == "title":
                what = "was changed"  # if it has no other, a paper has that of its kind
            where = self.name_field(name) if "before." not in name else _name_line(name, [*before, *after])
            yield Change(where=where, what=what)
        for table in _COLUMNS:
            cells = [name for name, _ in kept.fields if is_cell(name) and name.startswith(table)]
            if there.fields and all(before[name] == after.get(name) or name in there.fields for name in cells):
                continue
            yield from self.changes_of_rows(table, rows_of(kept.fields, table), rows_of(now, table))

    def name_field(self, name: str) -> str:
        """
        Return what people see over a field.
        """
        key = name.partition("~")[0]
        start, _, rest = key.rpartition(".")
        if key == "title":
            return "the title"
        if key == "topic":
            return "the topic"
        if key.startswith("item-") and rest in ("outcome", "until"):
            return f"{self.quote(start)}: {'what became of it' if rest == 'outcome' else 'until when'}"
        return self.quote(key)

    def quote(self, key: str) -> str:
        words = " ".join(self.name_place(key).split()).strip(" :")
        return f'"{words}"' if words else f"'{key}'"

    def changes_of_rows(
        self, table: str, before: Sequence[Mapping[str, str]], after: Sequence[Mapping[str, str]]
    ) -> Iterator[Change]:
        """
        Give what changed in a table: cells, rows that were added or removed, or their order.
        """
        names = _COLUMNS[table]
        old, new = ([tuple(row.get(name, "") for name in names) for row in rows] for rows in (before, after))
        if old == new:
            return
        what = _TABLES[table]
        if Counter(old) == Counter(new):
            yield Change(where=f"the rows of {what.removeprefix('the ')}", what="are in another order")
            return
        for tag, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if tag == "equal":
                continue
            both = min(b - a, d - c)
            for n in range(both):
                columns = [at for at in range(len(names)) if old[a + n][at] != new[c + n][at]]
                row = f"row {c + n + 1} of {what}"
                if len(columns) == len(names):
                    yield Change(where=row)
                else:
                    yield from (Change(where=f"{row}: {self.name_column(table, at)}") for at in columns)
            yield from (Change(where=f"row {n + 1} of {what}", what="was added") for n in range(c + both, d))
            yield from (
                Change(where=f"row {n + 1} of {what}, as it was closed,", what="was removed")
                for n in range(a + both, b)
            )

    def name_column(self, table: str, at: int) -> str:
        columns = self.columns.get(table, ())
        name = " ".join(columns[at].split()) if at < len(columns) else _COLUMNS[table][at]
        return name[:1].lower() + name[1:]

    # --- what is printed

    def changes_of_lines(self, kept: KeptDigests) -> Iterator[Change]:
        if self.lines is None or not kept.salt:
            return
        if not kept.lines:
            yield _DOCTORED
            return
        wanted = set(kept.lines)
        edges = set(map(kept.digest_of_edge, self.edges))
        seen = [(each, line) for line in self.lines for each in _find_lines(line, kept, wanted)]
        met = _match_lines(kept.lines, [each for each, _ in seen])
        missing = [n for n in range(len(kept.lines)) if n not in met and kept.lines[n] not in edges]
        options = set(map(kept.digest_of_line, Agreement))
        missing = [n for n in missing if not (kept.lines[n] in options and _is_crossed_out(n, met, seen))]
        if not missing:
            return
        blank = {kept.digest_of_line(line): line for line in self.blank_lines()}
        for n in missing:
            if (each := kept.lines[n]) in blank:
                yield Change(where=f'the printed line "{_shorten(blank[each])}"')
                continue
            before = next((met[m] for m in range(n - 1, -1, -1) if m in met), None)
            below = "" if before is None else f' below "{_shorten(seen[before][1])}"'
            yield Change(where=f"a printed line{below}")


def _find_lines(line: str, kept: KeptDigests, wanted: Set[str]) -> Iterator[str]:
    """
    Give the digests of the printed lines that a line consists of: it is one; or a program dropped the controls in it,
    so that what was written stands between them.
    """
    if (whole := kept.digest_of_line(line)) in wanted:
        yield whole
        return
    words, start = line.split(), 0
    while start < len(words) <= _MOST_WORDS:
        ends = range(min(len(words), start + _LONGEST_PART), start, -1)
        spans = ((end, kept.digest_of_line(" ".join(words[start:end]))) for end in ends)
        end, each = next(((end, each) for end, each in spans if each in wanted), (start + 1, ""))
        yield each
        start = end


def _name_line(name: str, names: Sequence[str]) -> str:
    """
    Return what people see of a line from last time: its words are somebody's, so it goes by its number.
    """
    keys = list(dict.fromkeys(each.removeprefix("over ") for each in names if "before." in each))
    line = f"line {keys.index(name.removeprefix('over ')) + 1} of what was agreed last time"
    return line if name.startswith("over ") else f"{line}: what became of it"


def _match_lines(wanted: Sequence[str], found: Sequence[str]) -> Mapping[int, int]:
    """
    Return where each of the wanted lines is found, if they are to be in their order: as many of them as can be.
    """
    places: list[int] = []
    for each in wanted:
        start = places[-1] + 1 if places else 0
        if each not in found[start:]:
            break
        places.append(found.index(each, start))
    if len(places) == len(wanted):
        return dict(enumerate(places))
    # Rows of boxes to tick have the same words again and again: the longest run of them may be that of another row.
    there = set(wanted)
    known = [at for at, each in enumerate(found) if each in there]
    most = [[0] * (len(known) + 1) for _ in range(len(wanted) + 1)]
    for n in reversed(range(len(wanted))):
        for k in reversed(range(len(known))):
            same = wanted[n] == found[known[k]]
            most[n][k] = most[n + 1][k + 1] + 1 if same else max(most[n + 1][k], most[n][k + 1])
    met: dict[int, int] = {}
    n = k = 0
    while n < len(wanted) and k < len(known):
        if wanted[n] == found[known[k]]:
            met[n] = known[k]
            n, k = n + 1, k + 1
        elif most[n + 1][k] >= most[n][k + 1]:
            n += 1
        else:
            k += 1
    return met


_OF_AGREEMENT = frozenset(word for option in Agreement for word in option.split())


def _is_crossed_out(n: int, met: Mapping[int, int], seen: Sequence[tuple[str, str]]) -> bool:
    """
    Tell whether an option to sign with is not there because somebody deleted it, or marked another one: nothing but
    such options, and marks, is in its place.

    Args:
        n: The number of the printed line.
        met: Where printed lines are found.
        seen: The lines of the paper, each with its digest if it is one of them.
    """
    start = next((met[m] for m in range(n - 1, -1, -1) if m in met), -1)
    end = min((at for m, at in met.items() if m > n), default=len(seen))
    there = {word for each, line in seen[start + 1 : end] if not each for word in re.findall(r"[^\W_]+", line.lower())}
    return there <= {*_OF_AGREEMENT, "x", "v"}


def _shorten(text: str) -> str:
    words = text.split()
    return " ".join(words[:_NAMING]) + (" …" if len(words) > _NAMING else "")


# --- the lines of a Word file


def printed_lines(word_file: WordFile, *, ticks: bool = True) -> tuple[str, ...]:
    """
    Return the words of each paragraph that are in none of our controls, as they are seen.

    Args:
        ticks: Whether to return what stands behind boxes to tick too, and not only before the first of a line.
    """
    return tuple(line for para in word_file.paras for line in _printed_in(para, ticks=ticks))


def paragraphs_without_tags(word_file: WordFile) -> tuple[str, ...]:
    """
    Return the words of each paragraph, with what is written in it, if no control of the file is known to be ours.
    """
    if any(map(_is_ours, (control for para in word_file.paras for control in (*para.controls, *para.inner_controls)))):
        return ()
    return tuple(para.text for para in word_file.paras)


def texts_in_edges(word_file: WordFile) -> tuple[str, ...]:
    """
    Return the texts in headers and footers, as they are seen.
    """
    return tuple(words_as_seen(text) for para in word_file.edges for text in para.text.split("\t") if text.strip())


def _printed_in(para: Para, *, ticks: bool = True) -> Iterator[str]:
    if any(map(_is_ours, para.controls)):
        return
    line = ""
    for piece in (*para.pieces, None):
        if piece is None or any(map(_is_ours, piece.controls)):
            if seen := printed_as_seen(line):
                yield seen
            line = ""
            if piece is not None and not ticks and any(each.kind == "tick" for each in piece.controls):
                return
        else:
            line += piece.text


def _is_ours(control: Control) -> bool:
    return bool(control.tag) and not control.tag.startswith(_GOOGLE)


def find_lost_fingerprint(word_file: WordFile) -> str:
    """
    Return the fingerprint printed on a paper that no longer says what it is; empty if there is none.
    """
    texts = [para.text for para in word_file.paras]
    for n, text in enumerate(texts):
        if (match := SHAPE.search(text)) and "fingerprint" in " ".join(texts[max(n - 2, 0) : n + 1]).lower():
            return match[0]
    return ""


def state_of(record: Record) -> PaperState:
    """
    Return whether a record is closed, and what has changed since: as its paper showed it when it was read, or what its
    own words show.
    """
    if record.reading is not None:
        return record.reading.state
    if record.closed is None:
        return PaperState()
    matches = is_fingerprint_of(record.closed.fingerprint, record, ring_of(record))
    day = datetime.date.fromisoformat(record.closed.day) if record.closed.day else None
    return PaperState(
        standing=Standing.CLOSED if day else Standing.EARLIER,
        day=day,
        changes=() if matches else (_SOMETHING,),
        matches=matches,
    )
