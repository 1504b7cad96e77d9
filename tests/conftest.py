"""
How hard the laws are tried: ``HYPOTHESIS_PROFILE=thorough pytest`` tries twenty times as hard. And what makes a run short
without trying less.
"""

from __future__ import annotations

import datetime
import gc
import hashlib
import os
from collections import Counter

import pytest
from hypothesis import settings

settings.register_profile("default", deadline=None, max_examples=6)
settings.register_profile("ci", deadline=None, max_examples=40, derandomize=True, print_blob=True)
settings.register_profile("thorough", deadline=None, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or "default")

# The workers of one run take their samples from the same day, also at midnight.
os.environ.setdefault("REFLECT_TESTS_OF", str(datetime.date.today().toordinal()))

# Tests, modules and models are many objects, and stay until the end: looking for cycles among them took a fifth of the
# time in which tests are collected, and a part of each test.
gc.set_threshold(50_000, 20, 100)


def pytest_collection_finish() -> None:
    """
    Leave what is there now out of every later search for cycles.
    """
    gc.collect()
    gc.freeze()


#: Of a test with more cases than this, and of a long one, a run of everything tries one case in six.
MANY = 8
_EVERY = 6
#: Set by whoever starts a run of everything, for its workers.
_SAMPLED = "REFLECT_TESTS_SAMPLED"


def pytest_configure(config: pytest.Config) -> None:
    """
    See whether everything is to be run: whoever names a file or a test gets all of it, and CI all of everything.
    """
    whole = config.args_source is config.ArgsSource.TESTPATHS and not (config.option.keyword or config.option.markexpr)
    if not hasattr(config, "workerinput"):
        os.environ[_SAMPLED] = "yes" if whole and os.environ.get("REFLECT_CI") != "1" else ""


def has_its_day(name: str, day: str) -> bool:
    """
    Return whether a case is tried on a day: one in six is, and on other days others.
    """
    return hashlib.sha256(f"{day} {name}".encode()).digest()[0] % _EVERY == 0


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """
    Leave out of a run of everything what has its turn on another day, so that it takes minutes and tries every test.
    """
    if not os.environ.get(_SAMPLED):
        return
    names = [item.nodeid.partition("[")[0] for item in items]
    many = {name for name, count in Counter(names).items() if count > MANY}
    day = os.environ["REFLECT_TESTS_OF"]
    gone = [
        item
        for item, name in zip(items, names, strict=True)
        if (name in many or item.get_closest_marker("long")) and not has_its_day(item.nodeid, day)
    ]
    if gone:
        config.hook.pytest_deselected(items=gone)
        left = set(map(id, gone))
        items[:] = [item for item in items if id(item) not in left]
