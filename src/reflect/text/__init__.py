"""
Words on paper as a tree: every document consists of it, and every format writes it.

The tree is in `nodes`. What people wrote is lines of runs; `visible` gives a text as every format shows it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reflect.faces import hand_on

# fmt: off
# isort: off
if TYPE_CHECKING:
    from reflect.text import nodes as nodes
    from reflect.text.prose import Line as Line, LineKind as LineKind, Run as Run, visible as visible
else:
    __all__, __getattr__, __dir__ = hand_on(__name__, {
        "text.nodes": "*",
        "text.prose": "Line LineKind Run visible",
    })
# isort: on
# fmt: on
