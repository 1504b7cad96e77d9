"""
Many papers made at once are the same as each made alone, however they are made and whichever fail.
"""

from __future__ import annotations

import gc
import os
import pickle
import re
import subprocess
import sys
import threading
import tracemalloc
import weakref
from collections.abc import Iterator, Mapping
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import reflect
from reflect.arguments import WrongKind
from reflect.documents.makers import What
from reflect.documents.making import Making
from reflect.documents.sandbox import NotAlike
from reflect.errors import ReflectError, UnknownModels
from reflect.files.office import REFUSALS
from reflect.pages import reading
from reflect.papers.logs import ActionLog, LoggedAction
from reflect.planning.minutes import TooShort
from reflect.rendering.bulk import Made, render_many
from reflect.rendering.rendering import render
from tests import agencies
from tests.documents import FORMATS, everything_in
from tests.test_inert import record_of

SHORT = "arrive@3 + close@7"
MODELS = [reflect.load(name) for name in ("kolb-cycle", "close")]
SESSION = reflect.plan(SHORT, 10)

#: Sessions, records and outlines, with and without facts; and what no paper can be made of, for as many reasons.
GOOD: list[What | tuple[What, Mapping[str, str]]] = [
    SHORT,
    SESSION,
    record_of("x"),
    reflect.outline(SHORT),
    MODELS[1],
    (SHORT, {"place": "Room 7"}),
    (SESSION, {"supervisee": "AK", "title": "A & <B>"}),
]
BAD: list[What | tuple[What, Mapping[str, str]]] = [
    "no-such-model@5",
    "kolb-cycle@@",
    "kolb-cycle@2",
    MODELS,
    (MODELS[0], MODELS[1]),
    ("no-such-model", {"place": "Room 7"}),
]
items_of = st.lists(st.sampled_from([*GOOD, *BAD]), max_size=9)


class Here(Executor):
    """
    Runs work when its result is wanted, and counts what is under way.
    """

    def __init__(self) -> None:
        self.waiting = 0
        self.most = 0
        self.cancelled = 0

    def submit(self, fn, /, *args, **kwargs):  # type: ignore[no-untyped-def]
        self.waiting += 1
        self.most = max(self.most, self.waiting)
        return Late(self, lambda: fn(*args, **kwargs))


class Late(Future):  # type: ignore[type-arg]
    def __init__(self, of: Here, work) -> None:  # type: ignore[no-untyped-def]
        super().__init__()
        self.of, self.work = of, work

    def result(self, timeout: float | None = None) -> object:
        self.of.waiting -= 1
        return self.work()

    def cancel(self) -> bool:
        self.of.cancelled += 1
        return True


def one_by_one(items, name, **more) -> list[Made]:  # type: ignore[no-untyped-def]
    """
    The same claim in another form: one call of `render` for each.
    """
    found = []
    for number, item in enumerate(items, 1):
        facts = {}
        if isinstance(item, tuple) and isinstance(item[1], dict):
            item, facts = item
        try:
            found.append(Made(number, render(item, name, facts=facts, **more)))
        except ReflectError as error:
            found.append(Made(number, error=error))
    return found


@pytest.fixture(scope="module")
def executors() -> Iterator[dict[str, Executor | None]]:
    with ThreadPoolExecutor(3) as threads, ProcessPoolExecutor(2, get_context("spawn")) as processes:
        yield {"none": None, "here": Here(), "threads": threads, "processes": processes}


@pytest.mark.parametrize("kind", ["none", "here", "threads", "processes"])
@given(items=items_of, chunk=st.integers(1, 5), ahead=st.integers(1, 4), to=st.sampled_from(FORMATS))
@example(items=[], chunk=1, ahead=1, to="md")
@example(items=BAD, chunk=2, ahead=2, to="md")
@example(items=[GOOD[0], BAD[0], GOOD[1]], chunk=3, ahead=1, to="docx")
@example(items=[(SESSION, {"place": f"Room {n}"}) for n in range(9)], chunk=5, ahead=1, to="docx")
@example(
    items=[*[(SHORT, {"place": "A"})] * 5, *[(SHORT, {"place": "A", "title": "B"})] * 2], chunk=9, ahead=1, to="docx"
)
def test_many_are_what_each_would_be_alone(kind, executors, items, chunk, ahead, to) -> None:  # type: ignore[no-untyped-def]
    """
    Each paper, in its place, is byte for byte what `render` gives, or fails with the error `render` raises.
    """
    made = render_many(
        iter(items), "agenda", executor=executors[kind], chunk=chunk, ahead=ahead, to=to, reader="supervisee"
    )

    assert list(made) == one_by_one(items, "agenda", to=to, reader="supervisee")


@pytest.mark.parametrize("kind", ["none", "processes"])
def test_everything_that_is_said_of_all_reaches_each(kind, executors, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """
    Facts, wording, templates, looks, models, cards and a brand count as in `render`; an item's own facts go first.
    """
    (tmp_path / "mine.md").write_text(
        "---\nof: model\n---\n# {{ model.title }} {{ facts.title }} {{ facts.marking }}\n"
    )
    more = {
        "wording": "childrens-social-work",
        "templates": [tmp_path],
        "looks": "large-print",
        "cards": "a6",
        "models": reflect.catalogue(),
        "brand": agencies.template(),
    }
    items = [MODELS[0], (MODELS[1], {"title": "Mine"})]
    facts = {"title": "All", "marking": "Seen"}
    many = [
        each.data
        for each in render_many(items, "mine", executor=executors[kind], facts=facts, **more)  # type: ignore[arg-type]
    ]

    assert many == [
        render(MODELS[0], "mine", facts=facts, **more),  # type: ignore[arg-type]
        render(MODELS[1], "mine", facts={**facts, "title": "Mine"}, **more),  # type: ignore[arg-type]
    ]
    assert len({*many, *(each.data for each in render_many(items, "mine", templates=[tmp_path]))}) == 4


def test_papers_that_differ_only_in_names_are_laid_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    After three of a kind in a row, three layouts serve all that follow; another kind in between starts again.
    """
    made: list[What] = []
    real = Making.document

    def counted(making: Making, what: What, **named: Any) -> reflect.Document:
        made.append(what)
        return real(making, what, **named)

    monkeypatch.setattr(Making, "document", counted)
    items = [(SHORT, {"place": f"Room {n}"}) for n in range(50)]

    assert len({each.data for each in render_many(items, "agenda")}) == 50
    assert len(made) == 6
    assert len({each.data for each in render_many([*items[:3], SESSION, *items[3:6]], "agenda")}) == 7
    assert len(made) == 6 + 7


def test_a_list_that_has_changed_is_looked_at_again() -> None:
    """
    Papers of the same list, which gets longer from one to the next, are not laid out as one.
    """
    models: list[reflect.Model] = []

    def items() -> Iterator[tuple[What, Mapping[str, str]]]:
        for key in ("close", "arrive", "grow", "kolb-cycle", "gibbs-cycle", "balint-group"):
            models.append(reflect.load(key))
            yield models, {"organisation": "A"}

    lengths = [len(each.data) for each in render_many(items(), "handout")]

    assert lengths == sorted(set(lengths))


def test_a_paper_whose_list_has_changed_is_laid_out_anew() -> None:
    """
    What one person's file says is never another's, though both are made of the same paper, changed in between.
    """
    rows = [LoggedAction(what="QZANNZQ", who="A")]
    log = ActionLog(personal=rows)  # type: ignore[arg-type]  # a list where a tuple belongs: nothing stops it

    def people() -> Iterator[tuple[ActionLog, dict[str, str]]]:
        for n in range(8):
            if n == 5:
                rows[:] = [LoggedAction(what="QZBOBZQ", who="B")]
            yield log, {"supervisee": f"P{n}", "organisation": f"O{n}"}

    files = [
        "".join(everything_in(made.data, "docx")) for made in render_many(people(), "action-log", reader="supervisee")
    ]

    assert ["QZANNZQ" in text for text in files] == [True] * 5 + [False] * 3
    assert ["QZBOBZQ" in text for text in files] == [False] * 5 + [True] * 3


def test_an_error_is_raised_where_its_data_is_asked_for() -> None:
    """
    `data` gives the bytes or raises what was wrong; the number says which item it was.
    """
    first, second, third = render_many([SHORT, "no-such-model", SHORT], "agenda", to="md")

    assert first.data == third.data == render(SHORT, "agenda", to="md")
    assert (second.number, type(second.error)) == (2, UnknownModels)
    with pytest.raises(UnknownModels, match="no-such-model"):
        _ = second.data


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "agnda"},
        {"to": "doc"},
        {"reader": "boss"},
        {"wording": "generl"},
        {"looks": "tiny"},
        {"cards": 5},
        {"chunk": 0},
        {"ahead": 0},
        {"chunk": 1.5},
        {"executor": 5},
        {"brand": "no-such-file.docx"},
        {"to": "md", "brand": b""},
    ],
    ids=str,
)
def test_what_is_wrong_with_all_is_told_at_once(wrong: dict[str, object]) -> None:
    """
    Before any item is taken, and not a thousand times.
    """
    taken: list[int] = []

    with pytest.raises(ReflectError):
        render_many((taken.append(1) or SHORT for _ in "ab"), **{"name": "agenda", **wrong})  # type: ignore[arg-type,func-returns-value,misc]
    assert taken == []


@pytest.mark.parametrize("kind", ["none", "here", "threads"])
def test_progress_is_told_of_each(kind, executors) -> None:  # type: ignore[no-untyped-def]
    """
    After each paper, in the caller's thread: how many are done, how many failed.
    """
    told: list[tuple[int, int]] = []
    threads: set[int] = set()

    def progress(done: int, failed: int) -> None:
        told.append((done, failed))
        threads.add(threading.get_ident())

    made = render_many(
        [SHORT, "x-y", SHORT, "x-y"], "agenda", to="md", executor=executors[kind], chunk=3, progress=progress
    )
    next(made)
    assert told == [(1, 0)]
    list(made)
    assert told == [(1, 0), (2, 1), (3, 1), (4, 2)]
    assert threads == {threading.get_ident()}


@given(count=st.integers(0, 30), chunk=st.integers(1, 4), ahead=st.integers(1, 4))
def test_a_few_pieces_are_under_way_at_a_time(count: int, chunk: int, ahead: int) -> None:
    """
    However many items there are, at most *ahead* chunks are taken before they are needed.
    """
    taken = handed = 0
    here = Here()

    def items() -> Iterator[str]:
        nonlocal taken
        for _ in range(count):
            taken += 1
            yield SHORT

    for _ in render_many(items(), "agenda", to="txt", executor=here, chunk=chunk, ahead=ahead):
        assert taken - handed <= (ahead + 1) * chunk
        handed += 1

    assert handed == taken == count
    assert here.most == min(ahead, -(-count // chunk))


def test_who_stops_listening_stops_the_work() -> None:
    """
    When the caller goes away, what was not begun is called off.
    """
    here = Here()
    made = render_many([SHORT] * 9, "agenda", to="txt", executor=here, chunk=1, ahead=4)
    next(made)
    del made
    gc.collect()

    assert here.cancelled == 4


def test_memory_does_not_grow() -> None:
    """
    Results that were handed out are let go of, those that failed too: a late paper costs no more than an early one.
    """
    made = render_many((SHORT if n % 2 else "x-y" for n in range(160)), "agenda", to="html")
    for _ in range(60):
        next(made)
    gc.collect()
    tracemalloc.start()
    try:
        for _ in range(100):
            last = next(made)
        gc.collect()  # rings of things that nobody holds may lie about for a while
        grown, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert last.number == 160
    assert grown < 12 * len(last.data)


def test_a_page_that_changed_is_read_again(executors, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """
    A later run with a catalogue of the same pages has what they say by then, in processes that made the earlier too.
    """
    page = (Path(reflect.__file__).parent / "models" / "kolb-cycle.md").read_text("utf-8")
    folder = tmp_path / "mine"
    folder.mkdir()
    for title in ("First", "Second"):
        (folder / "mine.md").write_text(
            page.replace("kolb-cycle", "mine").replace("Experiential learning cycle", title), "utf-8"
        )
        models = reflect.catalogue(folder)
        many = render_many(["mine"] * 4, "handout", to="txt", executor=executors["processes"], chunk=1, models=models)

        assert all(title in each.data.decode() for each in many)


class Elsewhere(Here):
    """
    Sends what it is given, as to another process, and runs it here, where it can be watched.
    """

    def submit(self, fn, /, *args):  # type: ignore[no-untyped-def]
        sent = pickle.dumps((fn, args))
        return super().submit(lambda: (lambda fn, args: fn(*args))(*pickle.loads(sent)))


def test_a_process_reads_a_page_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Although each piece brings a catalogue, the pages of a run are read only once, where it runs.
    """
    read: list[object] = []
    real = reading.read_model
    monkeypatch.setattr(reading, "read_model", lambda *args: (read.append(args[1]), real(*args))[1])
    models = reflect.catalogue()
    made = list(render_many(["kolb-cycle"] * 5, "handout", to="txt", executor=Elsewhere(), chunk=1, models=models))

    assert len({each.data for each in made}) == 1
    assert read == ["kolb-cycle.md"]


class Kept(dict):  # type: ignore[type-arg]
    """
    Facts that can be seen to go.
    """


def test_a_failure_keeps_nothing_of_what_was_said() -> None:
    """
    The error of a bad item holds no frame, and so none of its facts.
    """
    facts = Kept(title="QZSECRETQZ")
    gone = weakref.ref(facts)
    (made,) = render_many([("x-y", facts)], "agenda")
    del facts
    gc.collect()

    assert made.error is not None
    assert gone() is None
    assert made.error.__traceback__ is None


class Mistaken(str):
    """
    An outline of somebody's own program, which has a mistake.
    """

    __slots__ = ()

    def strip(self, *_: object) -> str:
        raise AttributeError(str.__str__(self))

    __iter__ = __getitem__ = __len__ = __str__ = strip  # type: ignore[assignment]


@pytest.mark.parametrize("kind", ["none", "processes"])
def test_a_mistake_in_a_program_stops_no_other(kind, executors) -> None:  # type: ignore[no-untyped-def]
    """
    An error that is not a `ReflectError` stays with its item too; its notes say where it came from, without quoting values.
    """
    items = [SHORT, (Mistaken("QZSECRETQZ"), {"place": "QZSECRETQZ"}), SHORT]
    made = list(render_many(items, "agenda", to="md", executor=executors[kind]))  # type: ignore[arg-type]

    assert [type(each.error) for each in made] == [type(None), AttributeError, type(None)]
    (note,) = made[1].error.__notes__  # type: ignore[union-attr]
    assert re.search(r'File "[^"]+\.py", line [0-9]+, in ', note)
    assert "QZSECRETQZ" not in note
    assert made[1].error.__traceback__ is None  # type: ignore[union-attr]


@pytest.mark.parametrize("kind", ["processes", "elsewhere"])
def test_what_cannot_be_sent_stops_no_other(kind, executors) -> None:  # type: ignore[no-untyped-def]
    """
    Of a piece with an item that no process can be given, the others are made.
    """
    executor = Elsewhere() if kind == "elsewhere" else executors[kind]
    items = [SHORT, "x-y", lambda: SHORT, SHORT, SHORT]
    made = list(render_many(items, "agenda", to="md", executor=executor, chunk=4))  # type: ignore[arg-type]

    assert [each.number for each in made] == [1, 2, 3, 4, 5]
    assert [each.error is None for each in made] == [True, False, False, True, True]
    assert isinstance(made[1].error, UnknownModels)
    assert made[3] == attrs.evolve(made[0], number=4)


def test_an_executor_that_is_broken_says_so() -> None:
    """
    When a process is lost nobody can go on, and nothing is passed over in silence.
    """
    with ProcessPoolExecutor(1, get_context("spawn")) as executor, pytest.raises(BrokenExecutor):
        list(render_many([SHORT, SHORT], "agenda", to=_gone, executor=executor))
    with ThreadPoolExecutor(1) as executor:
        executor.shutdown()
        with pytest.raises(RuntimeError, match="after shutdown"):
            list(render_many([SHORT], "agenda", executor=executor))


@pytest.mark.parametrize("kind", ["none", "here", "threads"])
def test_items_that_come_to_a_bad_end_lose_no_paper(kind, executors) -> None:  # type: ignore[no-untyped-def]
    """
    Where the source of the items fails, those before are handed out, and then its error is raised.
    """

    def items() -> Iterator[str]:
        yield from [SHORT] * 7
        raise OSError("the list ends here")

    found: list[int] = []
    made = render_many(items(), "agenda", to="txt", executor=executors[kind], chunk=2, ahead=2)
    with pytest.raises(OSError, match="the list ends here"):
        found.extend(each.number for each in made)
    assert found == [1, 2, 3, 4, 5, 6, 7]


def _gone(document: object) -> bytes:
    os._exit(1)


class Stuck(Exception):
    """
    Cannot be sent.
    """

    def __reduce__(self) -> tuple[object, ...]:
        raise TypeError("no")


class Dumb(Stuck):
    """
    Cannot be sent, and cannot say anything either.
    """

    def __str__(self) -> str:
        raise TypeError("no")


def _stuck(document: object) -> bytes:
    raise Stuck("the words")


def _dumb(document: object) -> bytes:
    raise Dumb


def test_of_an_error_that_cannot_be_sent_its_words_are() -> None:
    """
    Whatever an error holds, its message and its kind arrive.
    """
    (made,) = render_many([SHORT], "agenda", to=_stuck, executor=Elsewhere())

    assert str(made.error) == "Stuck: the words"
    assert "_stuck" in made.error.__notes__[0]  # type: ignore[union-attr]
    (made,) = render_many([SHORT], "agenda", to=_dumb, executor=Elsewhere())
    assert str(made.error) == "Dumb"


def test_what_no_process_can_be_sent_is_told_at_once(executors) -> None:  # type: ignore[no-untyped-def]
    """
    A writer without a name is wrong for all papers in processes, and right in threads; one text is not many items.
    """
    with pytest.raises(reflect.Refused, match="cannot be sent to another process"):
        render_many([SHORT], "agenda", to=lambda paper: b"", executor=executors["processes"])
    (made,) = render_many([SHORT], "agenda", to=lambda paper: b"", executor=executors["threads"])
    assert made.data == b""
    with pytest.raises(reflect.Refused, match="put it in a list"):
        render_many(SHORT, "agenda")


#: One of each kind of error that can be raised for an item.
ERRORS: list[ReflectError] = [
    reflect.UnknownKey("a", ("b", "c"), "model"),
    reflect.KeyClash("a"),
    reflect.TooDeep(3),
    reflect.DoesNotFit("a", 5, 3, (reflect.Alternative("b", "B", 3),), "a", "A"),
    reflect.NoTextForm("a"),
    reflect.NoReader("agenda", ("group",)),
    reflect.Refused("no; write another"),
    WrongKind("plan: no; give a number"),
    reflect.Faults((reflect.Fault("a.md", 3, "is wrong", "mend it"),)),
    reflect.TemplateFault("agenda", 7, "fails"),
    reflect.OutlineFault("a + ", 3, "ends"),
    reflect.NotOpened(next(iter(REFUSALS)), "word/document.xml"),
    reflect.NotWritten("agenda.docx", "no space left on the disk", 28, ("record.docx",)),
    reflect.MissingExtra.of("PDF needs another package", "pdf"),
    UnknownModels((reflect.UnknownKey("a", ("b",), "model or part"),)),
    TooShort(40, 30),
]


def test_every_error_can_be_sent() -> None:
    """
    Each kind of error says the same in another process.
    """

    def kinds(of: type[ReflectError]) -> set[type[ReflectError]]:
        return {of, *(kind for each in of.__subclasses__() for kind in kinds(each))} - {ReflectError, NotAlike}

    assert {type(error) for error in ERRORS} == {
        each for each in kinds(ReflectError) if each.__module__.startswith("reflect.")
    }
    for error in ERRORS:
        sent = pickle.loads(pickle.dumps(error))
        assert (type(sent), str(sent)) == (type(error), str(error))


def test_dask_makes_what_everybody_makes() -> None:
    """
    Dask's executor on a cluster of this machine: the same papers and the same failures, in their order.
    """
    if os.environ.get("REFLECT_CI") != "1":
        pytest.skip("a page of the handbook has Dask too; what it makes is compared in CI")
    items = [*GOOD, *BAD, *GOOD]
    done = subprocess.run(
        [sys.executable, "-c", ON_DASK], input=pickle.dumps(items), capture_output=True, timeout=240, check=False
    )

    assert done.returncode == 0, done.stderr.decode()
    assert pickle.loads(done.stdout) == one_by_one(items, "agenda", to="docx", reader="supervisee")


#: In a process of its own: what Dask warns of as it ends is none of ours.
ON_DASK = """
import pickle, sys
from distributed import Client, LocalCluster
import reflect

if __name__ == "__main__":
    items = pickle.load(sys.stdin.buffer)
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster, Client(cluster) as client:
        made = reflect.render_many(
            items, "agenda", reader="supervisee", executor=client.get_executor(), chunk=2, ahead=4
        )
        sys.stdout.buffer.write(pickle.dumps(list(made)))
"""


def test_made_is_compared_by_what_it_says() -> None:
    """
    Two failures of one kind with one message are equal, as two papers of the same bytes are; others are not.
    """
    made = list(render_many(["x-y", "x-y", "x-z"], "agenda"))

    assert attrs.evolve(made[1], number=1) == made[0] == pickle.loads(pickle.dumps(made[0]))
    assert hash(attrs.evolve(made[1], number=1)) == hash(made[0])
    assert attrs.evolve(made[2], number=1) != made[0]
    assert Made(1, b"a") != Made(1, b"b")
