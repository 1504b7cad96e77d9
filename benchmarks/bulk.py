"""
Many different records at once: one after another, by processes, and by Dask on this machine, in one table.

    python benchmarks/bulk.py [--quick]

What counts is the time that passes, since that is what more processors save; so the machine should have little
else to do. All ways take turns in each round, and ratios are of medians. Starting processes is not timed.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import ExitStack
from multiprocessing import get_context

import content
import record
import reflect
from batch import resident
from reflect import Record
from rounds import Row
from speed import table


def records(count: int) -> list[Record]:
    """
    Records of which every answer differs.
    """
    return [record.record(content.copy(n)) for n in range(count)]


def many(items: list[Record] | Iterator[Record], executor: Executor | None) -> Iterator[reflect.Made]:
    """
    What is measured.
    """
    return reflect.render_many(
        items, record.NAME, executor=executor, reader="supervisee", templates=[record.TEMPLATES],
        models=record.catalogue(),
    )  # fmt: skip


def dask(stack: ExitStack, workers: int) -> Executor | None:
    """
    Dask's executor on a cluster of this machine, if Dask is here.
    """
    try:
        from distributed import Client, LocalCluster
    except ImportError:
        print("No Dask here (pip install dask[distributed]): its row is left out.\n")
        return None
    cluster = stack.enter_context(LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None))
    found: Executor = stack.enter_context(Client(cluster)).get_executor()
    return found


def passed(job: Callable[[], object]) -> float:
    """
    Milliseconds that pass while a job is done.
    """
    start = time.perf_counter()
    job()
    return (time.perf_counter() - start) * 1000


def times(ways: dict[str, Executor | None], items: list[Record], rounds: int) -> dict[str, float]:
    """
    The median of each way, in ms a record; the first round warms the processes.
    """
    found: dict[str, list[float]] = {name: [] for name in ways}
    for n in range(rounds + 1):
        for name, executor in ways.items():
            took = passed(lambda executor=executor: sum(len(made.data) for made in many(items, executor)))
            found[name] += [took / len(items)] if n else []
    return {name: statistics.median(each) for name, each in found.items()}


def here(name: str, executor: Executor, items: list[Record], alone: float) -> Row:
    """
    What this process itself does for a record that another makes: it bounds how many processors can be fed.
    """
    start = time.process_time()
    sum(len(made.data) for made in many(items, executor))
    took = (time.process_time() - start) * 1000 / len(items)
    return Row(f"{name}: processor time here, to send and fetch", f"{took:.2f} ms", "", f"feeds {alone / took:.0f}")


def memory(executor: Executor, count: int) -> Row:
    """
    What this process holds more after the last than after the first fifth.
    """
    at: dict[int, float] = {}
    for made in many((record.record(content.copy(n)) for n in range(count)), executor):
        if made.number in (count // 5, count):
            at[made.number] = resident()
    first, last = at.values()
    said = " / ".join(f"{n:,}th" for n in at)
    return Row(f"Memory here after the {said} by processes", f"{first:.1f} / {last:.1f} MiB", "",
               f"{last - first:+.1f} MiB", "at most 2", last - first <= 2)  # fmt: skip


def main() -> None:
    """
    Measure, and print the table.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer records and rounds: half a minute")
    quick = parser.parse_args().quick
    cores = len(os.sched_getaffinity(0))
    items = records(200 if quick else 600)
    with ExitStack() as stack:
        processes = stack.enter_context(ProcessPoolExecutor(cores, get_context("spawn")))
        ways: dict[str, Executor | None] = {
            "one after another": None,
            "threads": stack.enter_context(ThreadPoolExecutor(cores)),
            "processes": processes,
        }
        if (found := dask(stack, cores)) is not None:
            ways["Dask on this machine"] = found
        took = times(ways, items, 3 if quick else 7)
        alone = took["one after another"]
        rows = [
            Row(f"{name}, {cores} of them", f"{took[name]:.2f} ms", f"{alone:.2f} ms", f"{alone / took[name]:.2f}")
            for name in ways
            if name != "one after another"
        ]
        rows += [here(name, ways[name], items, alone) for name in ways if name not in ("one after another", "threads")]
        rows.append(memory(processes, 1000 if quick else 5000))
    print("A record each, beside one after another:\n\n" + table(rows))


if __name__ == "__main__":
    main()
