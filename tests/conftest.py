"""
How hard the laws are tried: ``HYPOTHESIS_PROFILE=thorough pytest`` tries twenty times as hard.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from hypothesis import settings

if sys.dont_write_bytecode and not sys.pycache_prefix:
    # Where nothing may be compiled beside the source, each of some hundred processes that tests start would compile
    # the library anew. What is compiled goes into pytest's own cache instead.
    sys.pycache_prefix = str(Path(__file__).parents[1] / ".pytest_cache" / "bytecode")
    sys.dont_write_bytecode = False
    os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

settings.register_profile("default", deadline=None, max_examples=10)
settings.register_profile("ci", deadline=None, max_examples=100, derandomize=True, print_blob=True)
settings.register_profile("thorough", deadline=None, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or "default")
