"""
For those who embed reflect: strategies for hypothesis, and a search for leaks and losses in your own papers.

It needs ``hypothesis``, which is in the extra ``testing``.
"""

from reflect.testing import file_contents, strategies
from reflect.testing.canaries import canary, planted
from reflect.testing.file_contents import contents
from reflect.testing.leak_search import Leak, leaks, twins
from reflect.testing.losses import everything, lost
from reflect.testing.strategies import models, question_sets, records, sessions

__all__ = [
    "FORMATS",
    "Leak",
    "canary",
    "contents",
    "everything",
    "leaks",
    "lost",
    "models",
    "planted",
    "question_sets",
    "records",
    "rings",
    "sessions",
    "texts",
    "twins",
]

#: The formats whose words can be searched. The letters of a PDF are drawn, so it has to be checked in other ways.
FORMATS = file_contents.FORMATS
#: Texts as people type them, and as nobody should: with signs of every markup, line ends and other directions.
texts = strategies.texts
#: Any ring.
rings = strategies.rings
