"""
The source as trees of its syntax, for tests that look at how it is written.
"""

from __future__ import annotations

import ast
import functools
from pathlib import Path
from typing import Any

import reflect

SOURCE = Path(reflect.__file__).parent


@functools.cache
def nodes_of(file: Path) -> tuple[Any, ...]:
    """
    Every node of a module, the module first; it is read once, whoever looks.
    """
    return tuple(ast.walk(ast.parse(file.read_text("utf-8"))))
