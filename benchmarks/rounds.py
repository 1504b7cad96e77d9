"""
How things are timed: all jobs of a comparison once in each round, so that load falls on all alike; then medians.

Within a process it is processor time that counts, and between processes what the children used; the
machine may be busy with other things.
"""

from __future__ import annotations

import gc
import math
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import reflect

HERE = Path(__file__).parent
#: A process takes the reflect that is measured here, wherever it was found, and keeps what it compiled, as
#: an installed package does.
_KEPT = tempfile.TemporaryDirectory()
_SURROUNDINGS = {
    **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
    "PYTHONPATH": str(Path(reflect.__file__).parents[1]),
    "PYTHONPYCACHEPREFIX": _KEPT.name,
}


class Row(NamedTuple):
    """
    A line of the table: what ours and the rival took, how they stand to one another, and the goal.
    """

    name: str
    ours: str
    rival: str
    ratio: str
    goal: str = ""
    held: bool | None = None


def milliseconds(jobs: Mapping[str, Callable[[int], object]], rounds: int, warm: int = 1) -> dict[str, float]:
    """
    Return the median processor time of each job, in ms; a job is given the number of its round, from 0.

    The first rounds, as many as *warm*, are not timed.
    """
    times: dict[str, list[float]] = {name: [] for name in jobs}
    for job in jobs.values():
        for n in range(warm):
            job(n)
    for n in range(warm, warm + rounds):
        for name, job in jobs.items():
            gc.collect()
            gc.disable()  # as timeit does; the thousand copies are made with it
            start = time.process_time()
            job(n)
            times[name].append((time.process_time() - start) * 1000)
            gc.enable()
    return {name: statistics.median(each) for name, each in times.items()}


class Ran(NamedTuple):
    """
    What a process used, in ms of processor time, and what it said.
    """

    ms: float
    said: str


def ran(words: Sequence[str], given: str | None = None) -> Ran:
    """
    Run a process; what it used is user and system time together.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(words, check=True, capture_output=True, text=True, input=given, cwd=HERE, env=_SURROUNDINGS)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Ran(used * 1000, done.stdout)


def python(*words: str) -> Ran:
    """
    Run Python as it runs here.
    """
    return ran([sys.executable, *words])


def processes(jobs: Mapping[str, Callable[[], Ran]], rounds: int) -> dict[str, Ran]:
    """
    Return for each job the process that used the median.
    """
    runs: dict[str, list[Ran]] = {name: [] for name in jobs}
    for job in jobs.values():
        job()
    for _ in range(rounds):
        for name, job in jobs.items():
            runs[name].append(job())
    return {name: sorted(each)[len(each) // 2] for name, each in runs.items()}


def exponent(times: Mapping[int, float]) -> float:
    """
    Return how time grows with size: the slope of the least-squares line through their logarithms. 1 is linear.
    """
    return statistics.linear_regression([math.log(n) for n in times], [math.log(t) for t in times.values()]).slope


def ms(value: float) -> str:
    """
    Return a time as the table says it.
    """
    return f"{value:.2f} ms" if value < 10 else f"{value:.0f} ms"


def beside(name: str, ours: float, rival: float, goal: float | None = None) -> Row:
    """
    Return the row of a comparison in which ours ought to be so many times as fast.
    """
    ratio = rival / ours
    said = "" if goal is None else f"at least {goal:g}"
    return Row(name, ms(ours), ms(rival), f"{ratio:.1f}", said, None if goal is None else ratio >= goal)


def grown(name: str, times: Mapping[int, float], goal: float) -> Row:
    """
    Return the row of what grows.
    """
    slope = exponent(times)
    (small, first), *_, (large, last) = times.items()
    return Row(f"{name} ({small:,} to {large:,})", f"{ms(first)} to {ms(last)}", "", f"exponent {slope:.2f}",
               f"at most {goal:g}", slope <= goal)  # fmt: skip
