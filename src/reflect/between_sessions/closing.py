"""
Close a filled record, and keep what was signed: the paper to sign, each one's copy, and what a journal has of it.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypedDict, Unpack

import attrs

from reflect.between_sessions.journalling import JournalPage, page_of_entry
from reflect.between_sessions.last_papers import plan_beside
from reflect.between_sessions.returned_papers import UNKNOWN, read_returned
from reflect.documents.options import DocumentOptions, takes_options
from reflect.documents.templates import Templates
from reflect.errors import ReflectError, Refused
from reflect.files.folders import is_file
from reflect.files.office import GivenFile, need_file, open_package, read_within_limits
from reflect.files.writing import Files, look_at
from reflect.interchange.values import to_json
from reflect.pages.catalogues import Catalogue
from reflect.planning.keeping import entry_of_record
from reflect.planning.kept_plans import name_of_plan, refuse_other_series
from reflect.planning.last_time import LastTime
from reflect.questions.rings import Ring
from reflect.reading_back.altered import describe_changes
from reflect.reading_back.closed_papers import state_of
from reflect.reading_back.reading import read
from reflect.reading_back.remaking import remake_as_printed
from reflect.rendering.rendering import FileOptions, Rendering
from reflect.safekeeping.closing import close_record
from reflect.safekeeping.fingerprint import ring_of
from reflect.sessions.attendance import GROUPS, RECORDS
from reflect.sessions.brought import ALSO_TODAY, NOT_DONE, TO_SEE
from reflect.sessions.deciding import TO_DECIDE
from reflect.sessions.journal import JournalEntry
from reflect.sessions.kept import KeptPlan
from reflect.sessions.next_time import read_next_time
from reflect.sessions.origin import Origin
from reflect.sessions.parts import SIGNING, ActionState, Standing
from reflect.sessions.record import Record
from reflect.sessions.typed import read_day
from reflect.shown import Brief
from reflect.text.nodes import Look
from reflect.word_files.word_reading import read_word_file

#: The folders of those who keep a copy of a paper, by its ring, and whom it is printed for.
_KEPT_BY: dict[Ring, tuple[str, ...]] = {
    Ring.OWN: ("supervisee",),
    Ring.PAIR: ("supervisee", "supervisor"),
    Ring.PERSONAL: ("supervisee", "supervisor"),
    Ring.CASE: ("case-file",),
    Ring.GROUP: ("group",),
}
_PRINTED_FOR = {Ring.OWN: "author", Ring.CASE: "case-file", Ring.GROUP: "group", Ring.ASSURANCE: "auditor"}
_FOLDERS = ("supervisee", "supervisor", "group", "case-file")
#: The name of a file of ours: kind and day, and what it is besides.
_NAME = re.compile(r"(?P<name>[a-z-]+(?:-\d{1,3})?-\d{4}-\d\d-\d\d(?:-\d{1,2})?)(?:-to-sign|-signed|-closed)?")
_SECOND = re.compile(r"\d{4}-\d\d-\d\d-(\d{1,2})$")
TO_SIGN, SIGNED, CLOSED = "to-sign", "signed", "closed"
#: How a remark names a row of the actions of a record, before its number.
ACTION_ROW = "actions."


class PaperLook(TypedDict, total=False):
    """
    How a paper was made that somebody filled in.

    Attributes:
        looks: Its looks, such as large print.
        plain: Whether its questions are in their plain form.
    """

    looks: tuple[Look, ...]
    plain: bool


@attrs.frozen
class ClosingRemark(Brief):
    """
    Something that the two should look at when a record is closed; ``str`` says it, without quoting what was written.

    Attributes:
        what: What sort of remark it is, such as ``unnamed``.
        sentence: The remark, with keys and ids for what it is about.
        about: The keys and ids of what it is about.
    """

    _in_line = ("what",)

    what: str
    sentence: str = attrs.field(repr=False)
    about: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.sentence


@attrs.frozen(kw_only=True)
class ClosedFile(Brief):
    """
    A file that closing makes.

    Attributes:
        folder: The folder in it that it goes into; empty for the one that the record lies in.
        name: Its name: a kind and a day, never a person.
        stamp: Whether it gets a mark that shows later whether somebody has changed it.
    """

    folder: str
    name: str
    data: bytes = attrs.field(repr=False)
    stamp: bool = True


@attrs.frozen(kw_only=True)
class Closed(Brief):
    """
    A record that is closed, and the files that come of it; nothing is written until `write` is called.

    Attributes:
        record: The record, as it was closed.
        done: What has become of it: ``to-sign``, ``signed``, or for a group, which signs nothing, ``closed``.
        signed_by: The roles of those who have signed.
        files: The files.
        entry: What a journal gets; None for a paper that is not of a session, or is not signed yet.
        doubts: What is uncertain about how it was read, without quoting what was written.
        remarks: What the two should look at, each with what it is about.
        beside: The folder that the record lay in; None if it came as bytes.
    """

    _in_line = ("done", "signed_by")

    record: Record
    done: str
    signed_by: tuple[str, ...] = ()
    files: tuple[ClosedFile, ...] = ()
    entry: JournalEntry | None = None
    doubts: tuple[str, ...] = ()
    remarks: tuple[ClosingRemark, ...] = ()
    beside: Path | None = None
    _plan: KeptPlan | None = attrs.field(default=None, alias="plan", repr=False)
    _nth: int = attrs.field(default=1, alias="nth", repr=False)

    @property
    def notes(self) -> tuple[str, ...]:
        """
        What the two should look at, without quoting what was written.
        """
        return tuple(map(str, self.remarks))

    def write(
        self, folder: str | Path | None = None, *, journal: str | Path | Sequence[str | Path] = (), force: bool = False
    ) -> tuple[Path, ...]:
        """
        Write the files, all of them or none, and return the paths of those that are new.

        Args:
            folder: For a paper to sign, the folder it goes into: by default the one that the record lay in. For a
                signed one, where the folders of the two are: by default the one above, if it lay in one of them.
            journal: The journals of the series; each of the two may keep one.
            force: Write over files that somebody may have changed.

        Raises:
            Refused: A file is there already and has other words, or belongs to another series; nothing is written.
            NotWritten: The disk refuses; nothing is written.
        """
        root = self._root(folder)
        if self._plan is not None:
            refuse_other_series(root, self._plan)
        pages = self._journal_pages([journal] if isinstance(journal, str | Path) else journal)
        written: list[Path] = []
        with Files() as writing:
            for file in self.files:
                path = root / file.folder / file.name
                seen = look_at(path)
                old = path.read_bytes() if is_file(path) else None
                if old is not None and not force and self._has_the_same(old, file):
                    continue
                replaces = force or (old is not None and self._is_behind(path, old))
                writing.add(
                    path, file.data, force=replaces, stamp=file.stamp, private=True, seen=seen, make_folder=True
                )
                written.append(path)
            for page in pages:
                if page.data is not None:
                    writing.add(page.path, page.data, force=True, stamp=False, private=True, seen=page.seen)
                    written.append(page.path)
        return tuple(written)

    def notes_on_journals(self, journal: Iterable[str | Path]) -> tuple[str, ...]:
        """
        Return what the journals already have otherwise, and keep.
        """
        return tuple(page.note for page in self._journal_pages(journal) if page.note)

    def _journal_pages(self, journals: Iterable[str | Path]) -> list[JournalPage]:
        if self.entry is None:
            return []
        return [page_of_entry(Path(each), self.entry, self._nth) for each in journals]

    def _root(self, folder: str | Path | None) -> Path:
        if folder is not None:
            return Path(folder)
        if self.beside is None:
            raise Refused("the record came as bytes, so nobody knows where it lay; name a folder")
        if self.done == TO_SIGN or self.beside.resolve().name not in _FOLDERS:
            return self.beside
        return self.beside.parent if self.beside.name else self.beside / ".."

    def _has_the_same(self, old: bytes, file: ClosedFile) -> bool:
        """
        Tell whether what is there says the same, or more, so that nothing need be written.
        """
        if old == file.data or file.name.endswith(".json"):
            return True
        other = _read_again(old)
        return (
            other is not None and _has_words_of(other, self.record) and _signatures(self.record) <= _signatures(other)
        )

    def _is_behind(self, path: Path, old: bytes) -> bool:
        """
        Tell whether what is there has the same words and fewer signatures: the second of the two has signed since.
        """
        other = _read_again(old)
        if other is None or not _has_words_of(other, self.record):
            return False
        if _signatures(other) <= _signatures(self.record):
            return True
        raise Refused(f"{path} has a signature that this paper has not; both sign one paper: sign that, and close it")


@takes_options(FileOptions, DocumentOptions, defaults=Rendering)
def close(
    file: GivenFile,
    *,
    day: datetime.date | None = None,
    again: bool = False,
    unsigned: bool = False,
    **options: Unpack[FileOptions],
) -> Closed:
    """
    Close a filled record, so that it can be signed; or take one that was signed.

    A filled record becomes a paper to sign: its words are settled, and it shows later whether one of them was changed.
    Of a paper that was signed, each of the two gets a copy. A group signs nothing: it gets its copy at once.

    Args:
        file: The record: the path or the bytes of a Word file, of a saved page or of its JSON.
        day: The day of closing; by default, today.
        again: Whether to close a record that was closed and was changed since: each of the two then signs again.
        unsigned: Whether the two will not sign it: each gets a copy as it was closed.
        options: What is chosen for the paper to sign, as `FileOptions` explains.

    Raises:
        Refused: Nothing is written in it, or it has changed since it was closed; the message names the places.
        NotOpened: It is another kind of file.
        Faults: It is JSON with faults, or it does not exist.
    """
    given = need_file(file, "a filled record")
    path = given if isinstance(given, Path) else None
    data = given if isinstance(given, bytes) else read_within_limits(given)
    models, templates = options.get("models"), options.get("templates", ())
    record = read_returned(given, models=models, templates=templates)
    if record.document == UNKNOWN:
        raise Refused(
            "it no longer says what kind of paper it is, as after Google Docs; put it beside the plan that was kept of "
            "its session, under its own name, such as record-2026-03-04.docx beside plan-2026-03-04.json"
        )
    unchecked = record.closed is not None and not again and _cannot_be_checked(record)
    if record.closed is not None and not again and not unchecked:
        _refuse_changed(record)
    reading = record.reading
    doubts = (*(f"{key}: {doubt}" for key, doubt in reading.doubts), *reading.notes) if reading else ()
    of_session = _is_of_session(record) and _day_of(record) is not None
    plan = next(plan_beside(path, record), None) if path and of_session else None
    ring = ring_of(record, () if isinstance(templates, Templates) else templates)
    signed_by = tuple(role for role in SIGNING if any(sign.role == role and sign.agreement for sign in record.signed))
    was_closed = unchecked or (record.closed is not None and _is_unchanged(record))
    closed = record if was_closed else close_record(record, day or datetime.date.today(), again=again)
    base = name_of_paper(path, record)
    nth = int(match[1]) if (match := _SECOND.search(base)) else 1
    nobody_signs = ring is Ring.GROUP or (unsigned and not signed_by)
    done = CLOSED if nobody_signs else SIGNED if was_closed and signed_by else TO_SIGN
    # A paper that a program has made unknown to us is printed again, so that the copies can be read wherever they are.
    as_it_is = was_closed and data.startswith(b"PK") and (unchecked or not record.claimed)
    printed, left_out = (data, ()) if as_it_is else _print(closed, ring, data, options)
    remarks = [*_remarks(record, plan, done, signed_by, was_closed)]
    if done != TO_SIGN and _is_of_session(record) and not of_session:
        sentence = "no journal can have it, because the day of the session cannot be read; write it on the record"
        remarks.append(ClosingRemark("no-journal", sentence))
    if len(closed.answers) < len(record.answers):
        sentence = (
            "what the group has not ticked word for word is not on the closed record; the paper that you filled in "
            "still has it, so delete that"
        )
        remarks.append(ClosingRemark("not-ticked", sentence))
    if unchecked:
        sentence = (
            "a program dropped what shows whether a word was changed, so that could not be checked; compare it with "
            "the paper that you closed: reflect compare MINE THEIRS"
        )
        remarks.append(ClosingRemark("unchecked", sentence))
    if left_out:
        sentence = f"there is no place on it for {', '.join(left_out)}; the record that you filled in keeps it"
        remarks.append(ClosingRemark("no-place", sentence, tuple(left_out)))
    files: list[ClosedFile] = []
    if done == TO_SIGN and not was_closed:
        files.append(ClosedFile(folder="", name=f"{base}-{TO_SIGN}.docx", data=printed))
    for folder in _KEPT_BY.get(ring, _KEPT_BY[Ring.PERSONAL]) if done != TO_SIGN else ():
        files.append(ClosedFile(folder=folder, name=f"{base}-{done}.docx", data=printed, stamp=False))
        if plan is not None:
            name = name_of_plan(f"{plan.date}-{nth}" if nth > 1 else plan.date)
            files.append(ClosedFile(folder=folder, name=name, data=to_json(plan).encode(), stamp=False))
    entry = entry_of_record(closed, _plan_for_journal(closed, plan)) if done != TO_SIGN and of_session else None
    return Closed(
        record=closed,
        done=done,
        signed_by=signed_by,
        files=tuple(files),
        entry=entry,
        doubts=doubts,
        remarks=tuple(remarks),
        beside=path.parent if path else None,
        plan=plan,
        nth=nth,
    )


def _is_of_session(record: Record) -> bool:
    return bool(record.items) and record.document in RECORDS


def _day_of(record: Record) -> datetime.date | None:
    return read_day(dict(record.facts).get("date", ""))


def _is_unchanged(record: Record) -> bool:
    return not state_of(record).changes and not any(True for _ in describe_changes(record))


def _cannot_be_checked(record: Record) -> bool:
    """
    Tell whether a program has dropped what shows if a word was changed, as Google Docs may.
    """
    state = state_of(record)
    return state.standing is Standing.LOST and not state.matches


def _refuse_changed(record: Record) -> None:
    """
    Refuse a record whose words have changed since it was closed, naming the places.
    """
    state = state_of(record)
    changes = [*map(str, state.changes)] or [*describe_changes(record)]
    if changes:
        raise Refused(
            f"the paper has changed since {state.since}: {'; '.join(changes[:20])}; take the paper as it was closed, "
            "or say --again to close it anew, and then each of the two signs again"
        )


def name_of_paper(path: Path | None, record: Record) -> str:
    """
    Return what its files are called: as the record was, if that is a name of ours, or by its kind and day.
    """
    if path and (match := _NAME.fullmatch(path.stem)):
        return match["name"]
    # What sort of session it was, is nobody's business who only sees the name.
    kind = "record" if record.document in RECORDS else record.document
    day = _day_of(record)
    return f"{kind}-{day}" if day else kind


def _plan_for_journal(record: Record, plan: KeptPlan | None) -> KeptPlan | None:
    """
    Return the plan of a session on the day that it was really held; None if its items are not those of the record.
    """
    if plan is None or [item.minutes for item in plan.session.items] != [item.minutes for item in record.items]:
        return None
    return attrs.evolve(plan, date=str(_day_of(record)))


def _print(record: Record, ring: Ring, data: bytes, options: FileOptions) -> tuple[bytes, tuple[str, ...]]:
    """
    Return the closed paper in Word, in the look of the one that was filled in, and what has no place on it.
    """
    alike = look_of_paper(data, options.get("models"), options.get("templates", ()))
    chosen: dict[str, object] = {"reader": _PRINTED_FOR.get(ring, "supervisee"), **alike, **options}
    rendering = Rendering(name=record.document, **{**chosen, "to": "docx"})  # type: ignore[arg-type]  # as `render`
    made = rendering.make(record)
    return rendering.write(made.document), made.left_out


def look_of_paper(
    data: bytes, models: Catalogue | None = None, templates: Templates | Iterable[str | Path] = ()
) -> PaperLook:
    """
    Return the looks of the paper that was filled in, such as large print, and whether its questions are in their plain
    form. Fields stay, so that people can sign.
    """
    if not data.startswith(b"PK"):
        return {}
    word_file = read_word_file(open_package(data))
    origin = Origin.of_about(word_file.about)
    texts = (para.text for para in word_file.paras)
    blank = remake_as_printed(texts, origin, None, models, templates)
    looks = tuple(look for look in Look if look in origin.looks and look is not Look.PEN)
    return {"looks": looks, "plain": blank is not None and blank.plain}


def _read_again(data: bytes) -> Record | None:
    try:
        return read(data)
    except ReflectError:
        return None


def _has_words_of(other: Record, record: Record) -> bool:
    """
    Tell whether another paper was closed with the same words, and still has them.
    """
    same = other.closed and record.closed and other.closed.fingerprint == record.closed.fingerprint
    return bool(same) and _is_unchanged(other)


def _signatures(record: Record) -> frozenset[tuple[str, ...]]:
    return frozenset(
        (sign.role, str(sign.agreement or ""), sign.name, sign.date, sign.comments) for sign in record.signed
    )


# --- what the two should look at


def _remarks(
    record: Record, plan: KeptPlan | None, done: str, signed_by: tuple[str, ...], was_closed: bool
) -> Iterator[ClosingRemark]:
    if done == SIGNED:
        missing = [role for role in SIGNING if role not in signed_by]
        if missing:
            sentence = f"the {missing[0]} has not signed; close it again when they have, or leave it so"
            yield ClosingRemark("one-signed", sentence, (missing[0],))
        return
    if was_closed and done == TO_SIGN:
        yield ClosingRemark("closed-already", "it is closed already, and nobody has signed it yet")
        return
    if signed_by:
        sentence = (
            f"it was signed before it was closed, by the {' and the '.join(signed_by)}; look at the words once more, "
            "and close the paper to sign"
        )
        yield ClosingRemark("signed-early", sentence, signed_by)
    if _is_of_session(record):
        yield from _remarks_on_days(record)
    if _day_of(record):
        yield from _remarks_on_topics(record, plan)
    yield from _remarks_on_actions(record)


def _remarks_on_days(record: Record) -> Iterator[ClosingRemark]:
    """
    Say which days cannot be read, as long as somebody can still correct them: nothing can follow from such a record.
    """
    day = _day_of(record)
    if day is None:
        sentence = "the day of the session cannot be read; write it on the record like 4 March 2026, and close it again"
        yield ClosingRemark("session-day", sentence)
        return
    try:
        read_next_time(record.answer("next-date"), day)
    except Refused as error:
        yield ClosingRemark("next-time", str(error))


#: The kinds of items that have no place for a name on a record, each as a slice of the kinds.
_HAVE_NO_NAME = (["before"], ["short"])


def _may_be_written_of(record: Record, kind: Iterable[str], item: str) -> bool:
    """
    Tell whether words on a record may be about what has no line of its own there, though they do not name it.
    """
    places = {"before": (TO_SEE, TO_DECIDE, NOT_DONE), "short": (ALSO_TODAY, item)}
    return any(record.answer(key).strip() for each in kind for key in places.get(each, ()))


def _remarks_on_topics(record: Record, plan: KeptPlan | None) -> Iterator[ClosingRemark]:
    last = LastTime(records=(record,), plans=(plan,) if plan else ())
    unnamed: dict[str, str] = {}
    by_words: list[str] = []
    silent: list[str] = []
    unclear: list[str] = []
    planned = last.plan_of(record)
    kinds = [item.kind for item in planned.session.items] if planned else []
    for n, item in enumerate(record.items):
        named = any(each.topic.id == item.key for each in item.brought) or kinds[n : n + 1] in _HAVE_NO_NAME
        for each in last.brought_to(record, n):
            name = each.topic.id
            if record.document not in GROUPS and each.topic.ring is Ring.PAIR and not named:
                unnamed[name] = f"{item.key} ({name})"
            if each.became is None:
                (unclear if _may_be_written_of(record, kinds[n : n + 1], item.key) else silent).append(name)
            elif item.outcome is None and all(other.became is None for other in item.brought):
                by_words.append(name)
    if unnamed:
        sentence = (
            f"the supervision file has no words for {', '.join(unnamed.values())}: it says 'The talk'; if whoever "
            "brought it wants it named there, they write the name beside that"
        )
        yield ClosingRemark("unnamed", sentence, tuple(unnamed))
    if by_words:
        sentence = (
            f"{', '.join(by_words)}: there are words, so it was talked about; whoever wants it back brings it again"
        )
        yield ClosingRemark("talked-about", sentence, tuple(by_words))
    if silent:
        sentence = f"nothing was said of {', '.join(silent)}, so it comes back next time"
        yield ClosingRemark("silent", sentence, tuple(silent))
    if unclear:
        sentence = f"what is written may be about {', '.join(unclear)}; nothing says so, and it comes back next time"
        yield ClosingRemark("unclear", sentence, tuple(unclear))
    if quiet := [each.id for each in record.before if each.state is ActionState.OPEN and each.id]:
        sentence = f"nothing was said of the action {', '.join(quiet)}, so it comes back next time"
        yield ClosingRemark("silent-action", sentence, tuple(quiet))


def _remarks_on_actions(record: Record) -> Iterator[ClosingRemark]:
    for n, action in enumerate(record.actions, 1):
        missing = [what for what, text in (("owner", action.who), ("day", action.by)) if not text.strip()]
        if action.what.strip() and missing:
            without = {"owner": "an owner", "day": "a day"}
            sentence = f"action {n} is without {' and without '.join(without[each] for each in missing)}"
            yield ClosingRemark("-".join(("action-no", *missing)), sentence, (f"{ACTION_ROW}{n}",))
