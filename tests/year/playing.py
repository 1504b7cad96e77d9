"""
Play a year: plan, fill in, close, sign, close, and plan again; and write down what every reader should find.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import attrs
import yaml
from click.testing import CliRunner

import reflect
from reflect.cli import main
from reflect.planning import following
from reflect.planning.session_file import private_lines
from reflect.sessions.brought import key_of_topic
from reflect.sessions.kept import KeptPlan
from reflect.testing.file_contents import contents
from tests.year.hands import Written, fill_word, places_of
from tests.year.story import SUPERVISEE, SUPERVISOR, Sitting, Year, marked, name_of

PROFILES = Path(__file__).parents[1] / "data" / "profiles"
#: Where it is written who must be seen; it comes back until it is ticked.
TO_SEE = "before.seen"
#: What is ticked for a subject or an action that has an end.
SETTLED = frozenset({"talked about", "decided", "dropped"})
ENDED = frozenset({"done", "changed", "dropped"})


@attrs.frozen
class Line:
    """
    A line that somebody said, and where it is to be found.

    Attributes:
        mark: What it is found by.
        ring: Who may read it.
        days: The days of the sessions on whose papers it is: where it was said, and where it was carried to.
        where: What it is: ``subject``, ``deed``, or the place it was written in.
        folders: Whose folders have it.
    """

    mark: str
    ring: str
    days: tuple[str, ...]
    where: str
    folders: tuple[str, ...]


@attrs.define
class Ledger:
    """
    What should come back, kept by hand beside the year.
    """

    year: Year
    subjects: list[str] = attrs.field(factory=list)
    deeds: list[str] = attrs.field(factory=list)
    days: dict[tuple[str, str], list[str]] = attrs.field(factory=dict)

    def begin(self, sitting: Sitting, unwanted: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """
        What is on the next plan: what was put off or never spoken of and what is new, and what is still to be done.
        """
        if sitting.changed:  # what was between two people stays between them
            self.subjects = [key for key in self.subjects if self.year.subjects[key].ring != "pair"]
        if not sitting.joint:
            self.subjects = [key for key in self.subjects if key not in (*sitting.gone, *unwanted)]
        # A joint session is about the work of all who are there: what is each one's own waits.
        subjects = [*([] if sitting.joint else self.subjects), *sitting.brings]
        deeds = [] if sitting.joint else self.deeds
        self.subjects += sitting.brings
        for kind, keys in (("subject", subjects), ("deed", deeds)):
            for key in keys:
                self.days.setdefault((kind, key), []).append(sitting.day)
        return tuple(subjects), tuple(deeds)

    def end(self, sitting: Sitting, became: Mapping[str, str]) -> None:
        """
        What is still open when it is over: blank is open; but words on its lines are something that was said.
        """
        self.subjects = [key for key in self.subjects if became.get(key) not in SETTLED]
        self.deeds = [key for key in self.deeds if sitting.before.get(key) not in ENDED] + list(sitting.agreed)
        seen = [f"{sitting.day}-{TO_SEE}"] if TO_SEE in sitting.said else []
        self.deeds += seen
        for key in (*sitting.agreed, *seen):
            self.days.setdefault(("deed", key), []).append(sitting.day)


@attrs.frozen
class Done:
    """
    What a command did.
    """

    call: tuple[str, ...]
    status: int
    out: str
    err: str


@attrs.frozen
class Played:
    """
    A year that was played.

    Attributes:
        folder: Where everything lies that was written; what people typed themselves is beside it.
        lines: All that was said.
        calls: What was called, and what it printed.
        began: What each plan has to begin with: its subjects, and the actions from before, by day.
        plans: What each plan began with.
        became: What the record of each day says of what became of its subjects.
        models: What was planned for those talks of each day of which something is written.
    """

    year: Year
    folder: Path
    lines: tuple[Line, ...]
    calls: tuple[Done, ...]
    began: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]
    plans: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]
    became: Mapping[str, Mapping[str, str]]
    models: Mapping[str, frozenset[str]]

    @functools.cached_property
    def files(self) -> Mapping[str, bytes]:
        """
        Everything that was written, by its path from the folder.
        """
        paths = (path for path in sorted(self.folder.rglob("*")) if path.is_file())
        return {path.relative_to(self.folder).as_posix(): path.read_bytes() for path in paths}

    @functools.cached_property
    def texts(self) -> Mapping[str, str]:
        """
        Every text in each of them, wherever it is hidden.
        """
        return {
            path: "\n".join(text for _, text in contents(data, _format_of(path))) for path, data in self.files.items()
        }


def _format_of(path: str) -> str:
    ending = path.rpartition(".")[2]
    return ending if ending in ("docx", "json", "html") else "txt"


class Door:
    """
    How the two use the product: on the command line.
    """

    def __init__(self) -> None:
        self.calls: list[Done] = []

    def run(self, *call: object) -> Done:
        words = tuple(map(str, call))
        result = CliRunner().invoke(main, list(words), catch_exceptions=False)
        done = Done(words, result.exit_code, result.stdout, result.stderr)
        self.calls.append(done)
        assert done.status == 0, f"reflect {' '.join(words)}: {done.out}{done.err}"
        return done

    def plan(
        self, file: Path, after: Sequence[Path], drop: Sequence[str], folder: Path, journal: Path, private: Path | None
    ) -> None:
        past = [part for path in after for part in ("--after", path)]
        gone = [part for name in drop for part in ("--drop", name)]
        said = ["--private", private] if private else []
        more = ["--profiles", PROFILES, *(["--papers", "case-record"] if "cases" in file.read_text("utf-8") else [])]
        self.run("plan", file, *past, *gone, *said, *more, "--journal", journal, "-o", folder)

    def plan_together(self, file: Path, folders: Sequence[Path]) -> None:
        self.run("plan", file, *(part for folder in folders for part in ("-o", folder)))

    def close(self, paper: Path, folder: Path, journal: Path, *, unsigned: bool = False) -> None:
        where = ["-o", folder, "--journal", journal] if paper.stem.endswith("to-sign") or unsigned else []
        self.run("close", paper, *where, *(["--unsigned"] if unsigned else []))

    def cancel(self, file: Path, journal: Path, who: str, moved: str) -> None:
        self.run("held", file, "--journal", journal, "--cancelled-by", who, "--rearranged", moved)

    def copy(self, paper: Path, comments: Path, to: Path) -> None:
        self.run("copy", paper, "--comments", comments, "--yes", "-o", to)

    def slip(self, paper: Path, to: Path) -> None:
        self.run("make", "passing-on", paper, "--reader", "group", "-o", to)


class PythonDoor(Door):
    """
    The same by calls of the library, as a program of an agency makes them.
    """

    def plan(
        self, file: Path, after: Sequence[Path], drop: Sequence[str], folder: Path, journal: Path, private: Path | None
    ) -> None:
        lines = private_lines(private) if private else ()
        following(after, session=file, drop=drop, journal=journal, private=lines, profiles=[PROFILES]).write(folder)

    def close(self, paper: Path, folder: Path, journal: Path, *, unsigned: bool = False) -> None:
        closed = reflect.close(paper, unsigned=unsigned)
        if closed.done == "to-sign":
            closed.write()
        else:
            closed.write(folder, journal=journal)


#: A piece of work, as the two call it.
CASE = marked("F11", "case", "family")


def lines_of_talk(number: int) -> frozenset[str]:
    """
    The places of a talk in which words show that it was held.
    """
    return frozenset(f"item-{number}{end}" for end in ("", ".also", ".decided", ".differ", ".because"))


class Player:
    """
    Plays a year into a folder, sitting after sitting.

    Args:
        folder: Where the product writes.
        desk: Where the two type their own files.
        door: How they use the product.
    """

    def __init__(self, year: Year, folder: Path, desk: Path, door: Door | None = None) -> None:
        self.year, self.folder, self.desk, self.door = year, folder, desk, door or Door()
        self.ledger = Ledger(year)
        self.lines: list[Line] = []
        self.began: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}
        self.plans: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}
        self.became: dict[str, dict[str, str]] = {}
        self.models: dict[str, frozenset[str]] = {}
        self.ids: dict[str, str] = {}
        #: What was said of these is on the paper, but not on a line of their own: their bringers want them no more.
        self.said_elsewhere: list[str] = []
        self.past: list[Path] = []
        self.group = "supervisee" not in year.people
        self.papers = folder / "papers"
        self.journal = folder / "journal"
        self.journal.mkdir(parents=True)
        desk.mkdir(parents=True, exist_ok=True)

    @property
    def readers(self) -> tuple[str, ...]:
        return ("group",) if self.group else (SUPERVISEE, SUPERVISOR)

    @property
    def folders(self) -> tuple[str, ...]:
        return tuple(f"{self.papers.name}/{reader}" for reader in self.readers)

    @property
    def ring(self) -> str:
        """
        Who may read what is written on the record.
        """
        return "group" if self.group else "personal"

    @property
    def deeds(self) -> Mapping[str, object]:
        """
        What was agreed, and who must be seen.
        """
        return {**self.year.deeds, **{key: None for kind, key in self.ledger.days if kind == "deed"}}

    def play(self, until: int | None = None) -> Played:
        for sitting in self.year.sittings[:until]:
            if sitting.changed:
                self.papers = self.folder / "with-another"
            self.began[sitting.day] = self.ledger.begin(sitting, self.said_elsewhere)
            self.plan(sitting)
            if sitting.cancelled:
                self.door.cancel(self.desk / f"{sitting.day}.yaml", self.journal, *sitting.cancelled)
                continue
            self.hold(sitting)
            self.ledger.end(sitting, self.became[sitting.day])
        self.audit()
        return Played(
            self.year,
            self.folder,
            (*self.lines_that_came_back(), *self.lines),
            tuple(self.door.calls),
            self.began,
            self.plans,
            self.became,
            self.models,
        )

    def audit(self) -> None:
        """
        What those get who only have to know that it was held.
        """
        folder = self.folder / "audit"
        folder.mkdir()
        home = self.readers[-1]
        papers = [each for end in ("signed", "closed") for each in self.folder.glob(f"*/{home}/record-*-{end}.docx")]
        self.door.run("read", *sorted(papers), "--facts", folder / "held.csv")
        self.door.run("series", self.journal, "-o", folder / "covered.md")

    def lines_that_came_back(self) -> Iterator[Line]:
        moved = next((sitting.day for sitting in self.year.sittings if sitting.changed), "9")
        for (kind, key), days in self.ledger.days.items():
            known = {**self.year.subjects, **self.year.deeds}
            # Who must be seen is an action of those who keep the record.
            ring = known[key].ring if key in known else self.ring
            mark = marked("", ring, key).strip()
            if ring == "case":  # it is written on the case's own paper, and comes back in the plan of the two
                cancelled = {sitting.day for sitting in self.year.sittings if sitting.cancelled}
                yield Line(mark, ring, tuple(days[:1]), kind, ("papers/case-file",))
                days = [day for day in days[1:] if day not in cancelled]
            for folder in ("papers", "with-another"):
                there = tuple(day for day in days if (day >= moved) is (folder != "papers"))
                if there and kind == "subject" and folder == "papers":
                    joint = [sitting.day for sitting in self.year.sittings if sitting.joint and sitting.day in there]
                    for day in joint:  # whatever is brought there is heard by all
                        yield Line(mark, ring, (day,), kind, tuple(f"of-another/{reader}" for reader in self.readers))
                if there:
                    yield Line(mark, ring, there, kind, tuple(f"{folder}/{reader}" for reader in self.readers))

    # --- before it

    def plan(self, sitting: Sitting) -> None:
        file = self.desk / f"{sitting.day}.yaml"
        file.write_text(yaml.safe_dump(self.session_file(sitting), sort_keys=False), "utf-8")
        if sitting.joint:
            self.door.plan_together(file, (self.papers, self.folder / "of-another"))
        else:
            private = self.private(sitting) if sitting.private else None
            unwanted = dict.fromkeys((*sitting.gone, *self.said_elsewhere))
            gone = [
                self.ids[key] for key in unwanted if not (sitting.changed and self.year.subjects[key].ring == "pair")
            ]
            self.door.plan(file, self.past, gone, self.papers, self.journal, private)
        session = self.kept(sitting).session
        for brought in session.brought:
            self.ids[self.key_of(brought.topic.title, self.year.subjects)] = brought.topic.id
        self.plans[sitting.day] = (
            tuple(
                self.key_of(each.topic.title, self.year.subjects)
                for each in session.brought
                if not (sitting.case and each.topic.title == CASE)  # its turn is today
            ),
            tuple(self.key_of(each.what, self.deeds) for each in session.before),
        )

    def private(self, sitting: Sitting) -> Path:
        """
        A file that only they may open, with what stays between the two.
        """
        file = self.desk / f"{sitting.day}-private.yaml"
        words = self.note(sitting, sitting.private, "pair", "private")
        file.write_text(yaml.safe_dump({"pair": [words]}), "utf-8")
        file.chmod(0o600)
        return file

    def session_file(self, sitting: Sitting) -> dict[str, object]:
        """
        What they write themselves: the day, who they are the first time, and what is new.
        """
        told: dict[str, object] = {"date": sitting.day, "start": "10:00", **sitting.settings}
        names = {role: marked(name, "personal", name) for role, name in self.year.people.items()}
        if not self.past or sitting.joint:
            told |= {"series": self.year.series, "profile": self.year.profile}
            told |= {role: names[role] for role in (SUPERVISEE, SUPERVISOR) if role in names}
        if sitting.joint:
            told |= {"supervisees": [told.pop("supervisee"), names["other"]], "series": [self.year.series, "w8d3"]}
        if sitting.changed:
            told["supervisor"] = names["second"]
        if sitting.case:
            family = {"kind": "CP", "touched": "2026-02-11", "in-depth": "2025-12-03"}
            told |= {"cases": [{"ref": CASE, **family}], "choose": CASE}
        for who in (SUPERVISEE, SUPERVISOR):
            items = [self.item_of(key, sitting) for key in sitting.brings if self.year.subjects[key].who == who]
            if items:
                told[f"{who}-items"] = items
        return told

    def item_of(self, key: str, sitting: Sitting) -> dict[str, str]:
        subject = self.year.subjects[key]
        on_record = subject.ring == "personal" and subject.who == SUPERVISEE and not sitting.joint
        more = {"purpose": subject.purpose, "ring": "personal" if on_record else ""}
        return {"what": self.year.subject(key), **{name: text for name, text in more.items() if text}}

    # --- in it, and after

    def kept(self, sitting: Sitting) -> KeptPlan:
        path = self.papers / self.readers[0] / f"plan-{sitting.day}.json"
        value = reflect.from_json(path.read_text("utf-8"))
        assert isinstance(value, KeptPlan)
        return value

    def hold(self, sitting: Sitting) -> None:
        home = self.papers / self.readers[-1]
        paper = home / f"record-{sitting.day}.docx"
        blank = paper.read_bytes()
        paper.write_bytes(fill_word(blank, self.writing(sitting, self.kept(sitting), blank), sitting.hand))
        self.door.close(paper, self.papers, self.journal, unsigned=self.group)
        end = "closed"
        if not self.group:
            paper = home / f"record-{sitting.day}-to-sign.docx"
            if sitting.signs:
                paper.write_bytes(fill_word(paper.read_bytes(), self.signing(sitting)))
                end = "signed"
            self.door.close(paper, self.papers, self.journal, unsigned=not sitting.signs)
        # After a joint session the papers of the last one of their own are needed too.
        self.past = [*(self.past if sitting.joint else ()), home / f"record-{sitting.day}-{end}.docx"]
        if sitting.case:
            self.past.append(self.write_case(sitting))
        if sitting.copy:
            self.copy(sitting)
        if sitting.slip:
            self.door.slip(self.past[-1], home / f"passing-on-{sitting.day}.docx")

    def writing(self, sitting: Sitting, kept: KeptPlan, paper: bytes) -> dict[str, Written]:
        """
        What is written on the record, by its places.
        """
        there = places_of(paper)
        self.became[sitting.day] = {}
        elsewhere: list[str] = []
        said: dict[str, Written] = {}
        for n, item in enumerate(kept.session.items, 1):
            for i, each in enumerate(item.brought):
                key = self.key_of(each.topic.title, self.year.subjects)
                places = (
                    (f"item-{n}", key_of_topic(f"item-{n}", each.topic.id))
                    if not i
                    else (key_of_topic(f"item-{n}", each.topic.id),)
                )
                place = next((place for place in places if place in there), "")
                if f"{place}.outcome.1" in there:
                    said |= self.in_a_box(sitting, key, place)
                elif place:
                    said |= self.in_an_entry(sitting, key, place, there)
                elif key in sitting.said:
                    elsewhere.append(key)
        talked = (item.set.key for n, item in enumerate(kept.session.items, 1) if said.keys() & lines_of_talk(n))
        self.models[sitting.day] = frozenset(talked)
        for key in sorted(elsewhere):  # they write in an order of their own, whatever the plan has
            at = next(each for each in ("also-today", "not-safely") if each in places_of(paper))
            said[at] = "\n".join(filter(None, (str(said.get(at, "")), self.say(sitting, key))))
        self.said_elsewhere = [*(self.said_elsewhere if sitting.joint else ()), *elsewhere]
        for place in sitting.said:
            if place.partition(".")[0] not in self.year.subjects:
                said[place] = "\n".join(filter(None, (str(said.get(place, "")), self.say(sitting, place))))
        for action in kept.session.before:
            key = self.key_of(action.what, self.deeds)
            if key in sitting.before:
                said[f"before.{action.id}"] = sitting.before[key]
        if rows := self.rows(sitting, self.ring):
            said["actions"] = rows
        if sitting.slip:
            line, to = sitting.slip
            said |= {"group.leaves-1.line": self.note(sitting, line, "group", "slip"), "group.leaves-1.to": to}
            said |= {"group.leaves-1.why": "the rota is written this week", "group.leaves-1.told": sitting.day}
            said["group.leaves-1"] = "yes"
        return said

    def in_a_box(self, sitting: Sitting, key: str, place: str) -> dict[str, Written]:
        """
        What is written of a subject on a paper with boxes, where what became of it is ticked.
        """
        said: dict[str, Written] = {}
        if key in sitting.said:
            said[place] = self.say(sitting, key)
            self.became[sitting.day][key] = "talked about"
        if key in sitting.became:
            said[f"{place}.outcome"] = self.became[sitting.day][key] = sitting.became[key]
        if key in sitting.until:
            said[f"{place}.until"] = sitting.until[key]
        return said

    def in_an_entry(self, sitting: Sitting, key: str, place: str, there: Sequence[str]) -> dict[str, Written]:
        """
        What is written of a subject on the lines of its own: a decision stands behind "we decided", where there is such
        a line. What is put off or dropped has no words.
        """
        said: dict[str, Written] = {}
        decided = sitting.became.get(key) == "decided" and f"{place}.decided" in there
        if key in sitting.said:
            said[f"{place}.decided" if decided else place] = self.say(sitting, key)
            self.became[sitting.day][key] = "decided" if decided else "talked about"
        for each in sitting.said:
            subject, _, line = each.partition(".")
            if subject == key and line:
                said[f"{place}.{line}"] = self.say(sitting, each)
        return said

    def rows(self, sitting: Sitting, ring: str) -> list[tuple[str, str, str]]:
        deeds = ((key, self.year.deeds[key]) for key in sitting.agreed)
        return [(self.year.deed(key), deed.who, deed.by) for key, deed in deeds if deed.ring == ring]

    def write_case(self, sitting: Sitting) -> Path:
        """
        What was thought and decided about a piece of work, on the record of the case and nowhere else.
        """
        paper = self.papers / "case-file" / f"case-record-1-{sitting.day}.docx"
        folders = (f"{self.papers.name}/case-file",)
        said: dict[str, Written] = {
            f"case-record.{place}": self.note(sitting, words, "case", place, folders)
            for place, words in sitting.case.items()
        }
        if rows := self.rows(sitting, "case"):
            said["actions"] = rows
        paper.write_bytes(fill_word(paper.read_bytes(), said))
        return paper

    def say(self, sitting: Sitting, place: str) -> str:
        return self.note(sitting, sitting.said[place], self.ring, place)

    def note(self, sitting: Sitting, words: str, ring: str, place: str, folders: tuple[str, ...] = ()) -> str:
        """
        Return a line with its marks, and remember that it was said.
        """
        text = marked(words, ring, f"{sitting.day}-{place}")
        self.lines.append(Line(text.split()[-1], ring, (sitting.day,), place, folders or self.folders))
        return text

    def signing(self, sitting: Sitting) -> dict[str, Written]:
        said: dict[str, Written] = {}
        for role, how in sitting.signs.items():
            agreement, _, comments = how.partition(": ")
            said |= {f"sign.{role}": agreement, f"sign.{role}.name": role, f"sign.{role}.date": sitting.day}
            if comments:
                said[f"sign.{role}.comments"] = self.note(sitting, comments, "personal", role)
        return said

    def copy(self, sitting: Sitting) -> None:
        comments = self.desk / f"{sitting.day}.txt"
        mine = f"{self.papers.name}/supervisee"
        comments.write_text(self.note(sitting, sitting.copy, "own", "copy", (mine,)), "utf-8")
        self.door.copy(self.past[-1], comments, self.folder / mine / f"own-copy-{sitting.day}.docx")

    def key_of(self, words: str, known: Mapping[str, object]) -> str:
        """
        The key of a subject or an action, by the mark in its words; empty if it is none of ours.
        """
        return next((key for key in known if f"ZQ{name_of(key)}" in words), "")
