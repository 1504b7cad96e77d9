"""
Many papers at once: in order, each on its own, whatever makes them.
"""

from __future__ import annotations

import os
import pickle
import tracemalloc
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import reflect
from reflect.bulk import Made, render_many

GOOD, BAD = "kolb-cycle@20", "no-such-model@20"


class AtOnce(Executor):
    """
    An executor that does what it is given when it is given it; how many it was given is counted.
    """

    def __init__(self) -> None:
        self.given = 0

    def submit(self, fn, /, *args, **named):  # type: ignore[no-untyped-def]
        self.given += 1
        future: Future[object] = Future()
        future.set_result(fn(*args, **named))
        return future


def alone(item: object) -> tuple[bytes, str]:
    what, facts = item if isinstance(item, tuple) else (item, None)
    try:
        return reflect.render(what, "record", to="txt", reader="supervisee", facts=facts), ""
    except reflect.ReflectError as error:
        return b"", str(error)


items = st.lists(
    st.one_of(st.sampled_from([GOOD, BAD]), st.tuples(st.just(GOOD), st.fixed_dictionaries({"date": st.text("ab1 ")}))),
    max_size=12,
)


@given(some=items, chunk=st.integers(1, 5), at_once=st.booleans())
@settings(max_examples=40)
def test_it_is_as_if_each_were_made_alone(some: list[object], chunk: int, at_once: bool) -> None:
    """
    In order, one for each, with the same bytes or the same words of what is wrong; progress counts every one.
    """
    told: list[int] = []
    executor = AtOnce() if at_once else None
    made = list(
        render_many(  # type: ignore[arg-type]
            some, "record", to="txt", reader="supervisee", executor=executor, chunk=chunk, progress=told.append
        )
    )

    assert [each.number for each in made] == list(range(len(some)))
    assert [(b"" if each.error else each.data, str(each.error or "")) for each in made] == list(map(alone, some))
    assert told == list(range(1, len(some) + 1))


def test_what_went_wrong_is_raised_where_it_is_asked_for() -> None:
    """
    The bytes of a paper that could not be made raise the error that says why.
    """
    (made,) = render_many([BAD], "record")
    with pytest.raises(reflect.ReflectError, match="no-such-model"):
        _ = made.data
    with pytest.raises(reflect.Refused):
        list(render_many([], "record", chunk=0))


@pytest.mark.parametrize("kind", [ThreadPoolExecutor, ProcessPoolExecutor])
def test_pools_of_threads_and_of_processes(kind: type[Executor]) -> None:
    """
    Real pools give the same, with errors and all.
    """
    some = [GOOD, BAD, (GOOD, {"date": "4 March"})] * 4
    with kind(2) as executor:  # type: ignore[call-arg]
        made = list(render_many(some, "record", to="txt", reader="supervisee", executor=executor, chunk=3))

    assert [(b"" if each.error else each.data, str(each.error or "")) for each in made] == list(map(alone, some))


def test_models_sets_and_brands_go_to_other_processes(tmp_path: Path) -> None:
    """
    What a paper is made of is a value, and may be sent.
    """
    kolb = reflect.load("kolb-cycle")
    some = [kolb, kolb.pick(2, seed=1), reflect.load("balint-group")]
    catalogue = reflect.catalogue()
    with ProcessPoolExecutor(1) as executor:
        made = [
            each.data
            for each in render_many(
                some, "handout", executor=executor, models=catalogue, brand=reflect.brand(_look(tmp_path))
            )
        ]

    assert made == [reflect.render(each, "handout", brand=reflect.brand(_look(tmp_path))) for each in some]


def _look(folder: Path) -> Path:
    from tests import agencies

    file = folder / "look.dotx"
    file.write_bytes(agencies.template())
    return file


def test_on_a_cluster_of_dask() -> None:
    """
    What Dask gives as an executor makes the same.
    """
    try:
        import distributed
    except ImportError:
        assert os.environ.get("REFLECT_CI") != "1"
        pytest.skip("dask[distributed] is not installed")
    some = [GOOD, BAD] * 3
    with (
        distributed.LocalCluster(n_workers=1, threads_per_worker=1, processes=False, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):
        made = list(render_many(some, "record", to="txt", reader="supervisee", executor=client.get_executor(), chunk=2))

    assert [(b"" if each.error else each.data, str(each.error or "")) for each in made] == list(map(alone, some))


def test_no_more_than_a_window_is_taken_in_or_kept() -> None:
    """
    Ten thousand items are read as they are needed, and memory does not grow with them.
    """
    taken = 0

    def endless() -> Iterator[str]:
        nonlocal taken
        while True:
            taken += 1
            yield GOOD

    executor = AtOnce()
    made = render_many(endless(), "record", to="txt", reader="supervisee", executor=executor, chunk=4)
    for _ in range(20):
        next(made)
    window = 2 * (os.cpu_count() or 1) + 2
    assert taken <= 20 + 4 * (window + 1)
    made.close()  # type: ignore[attr-defined]

    def grown(many: int) -> int:
        tracemalloc.start()
        for _ in render_many([GOOD] * many, "record", to="txt", reader="supervisee"):
            pass
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    grown(20)
    few, many = grown(100), grown(500)
    assert many < 2 * few + 500_000  # five times as many; a paper is 3 kB, and what is counted grows with garbage


def test_an_error_that_cannot_travel_sends_its_words() -> None:
    """
    Whatever an error holds, what it says arrives.
    """
    from reflect.bulk import _sendable

    class Stuck(Exception):
        def __reduce__(self) -> tuple[object, ...]:
            raise TypeError("no")

    assert str(_sendable(Stuck("the words"))) == "the words"
    fine = reflect.Refused("as it was")
    assert _sendable(fine) is fine
    assert pickle.loads(pickle.dumps(Made(1, b"x"))) == Made(1, b"x")
