"""
The lines that are printed on a Word file as it is written: its words outside all places to write.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping

from reflect.sessions.closed import KeptDigests, printed_as_seen
from reflect.text.nodes import Document

_TOKENS = re.compile(
    r"<w:p[ >]|<(/?)w:sdt>|<w:t(?: [^>]*)?>([^<]*)</w:t>|<w:(?:tab|br|cr)/>|<w:fldSimple .*?</w:fldSimple>|</w:p>"
)


def lines_kept(document: Document, parts: Mapping[str, str | bytes]) -> str:
    """
    Return what the file of a closed paper keeps of its printed lines, as a text; empty if the paper is not closed.

    Args:
        parts: The parts of the file as they are written.
    """
    kept = KeptDigests.of_about(dict(document.about))
    if kept is None or not kept.salt:
        return ""
    parted = {
        printed_as_seen(line)
        for name, part in parts.items()
        if isinstance(part, str) and re.match("word/(?:header|footer)", name)
        for para in lines_in(part)
        for line in para.split("\t")
    }
    ours = (document.organisation, document.label, document.marking, document.limits)
    edges = [text for text in ours if text.strip() and printed_as_seen(text) in parted]
    body = parts["word/document.xml"]
    lines = lines_in(body) if isinstance(body, str) else ()
    return kept.with_lines((line for line in lines if printed_as_seen(line)), edges).lines_as_text()


def lines_in(part: str) -> Iterator[str]:
    """
    Give the words of each paragraph of a part that are in no control, with tabs as they are: what is on the two sides
    of a control is two lines, so that it does not matter what is written between them.
    """
    depth = 0
    line = ""
    for token in _TOKENS.finditer(part):
        start = token[0]
        if start.endswith("w:sdt>"):
            depth += -1 if token[1] else 1
        if start.endswith("w:sdt>") or start == "</w:p>":
            if line.strip():
                yield line
            line = ""
        elif not depth and not start.startswith(("<w:p", "<w:f")):
            line += "\t" if token[2] is None else html.unescape(token[2])
