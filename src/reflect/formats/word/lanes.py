"""
A table of lanes in Word: a thick border is the bar of a lane, a double one a bar in outline, and a dotted one silence.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence

from reflect.formats.lanes import BEFORE, is_band, lane_of, width_of_lane, words_of_heads, words_of_lanes
from reflect.formats.word.ledger import Ledger
from reflect.formats.word.tables import cell, row, table
from reflect.formats.word.text import NBSP, paragraph, run, runs
from reflect.text import nodes

#: How wide the column of times is, and a millimetre, in twips.
_TIME, _MM = 907, 56.7
#: The left border of a lane: its kind, its width in eighths of a point, and its colour.
_BARS = {"speaks": ("single", 72), "little": ("double", 12), "silent": ("dotted", 8)}
_TEAL = 'w:color="0B4F5C" w:themeColor="accent1"'
_EDGE = 'w:color="6A868C" w:themeColor="accent5"'
_FILL = '<w:shd w:val="clear" w:color="auto" w:fill="F1F6F6"/>'
#: A heading over a lane may be as wide as the lane.
_HEAD = '<w:tcMar><w:right w:w="0" w:type="dxa"/></w:tcMar>'
#: Words beside a bar, and the room over and under a band.
_BESIDE, _ROOM = 140, 130


def lanes(block: nodes.Table, ledger: Ledger, title: str) -> str:
    """
    Return a table of lanes; its times hang in the margin, as those of headings do.
    """
    many = len(block.head) - BEFORE
    lane = round(width_of_lane(block, plain=nodes.Look.DYSLEXIA in ledger.looks) * _MM)
    widths = [_TIME, ledger.width + ledger.hang - _TIME - many * lane, *[lane] * many]
    lines = [row(_cells(block.head, widths, ledger, head=True), header=True)]
    lines += [row(_cells(each, widths, ledger)) for each in block.rows]
    about = "Columns: " + ", ".join(" ".join(map(nodes.words, each.paragraphs)) for each in block.head)
    return table("ReflectLanes", widths, "".join(lines), title=title, about=about, left=-ledger.hang)


def lanes_downwards(block: nodes.Table, ledger: Ledger) -> str:
    """
    Return a table of lanes in large print: the time, what is done, and who speaks, one under the other.
    """
    heads = words_of_heads(block.head)
    out = [paragraph("ReflectGuidance", run(heads))] if heads else []
    for each in block.rows:
        time, done, *_ = (*each, nodes.Cell(()), nodes.Cell(()))
        first, *rest = done.paragraphs or ((),)
        said = [runs(line, ledger) for line in (*time.paragraphs, first) if line]
        out.append(paragraph("ReflectPrompt", run(" ").join(said)))
        told = words_of_lanes(block.head, each)
        style = ledger.kept_style("ReflectCell") if told else "ReflectCell"
        out += [paragraph(style, runs(line, ledger)) for line in rest if line]
        if told:
            # Guidance would keep the whole table on one page.
            out.append(paragraph("ReflectSmall", run(told)))
    return "".join(out)


def _cells(cells: Sequence[nodes.Cell], widths: Sequence[int], ledger: Ledger, *, head: bool = False) -> str:
    given = itertools.islice((*cells, *[nodes.Cell(())] * len(widths)), len(widths))
    band = not head and is_band(cells)
    return "".join(
        cell(
            _paragraphs(each, n, ledger, head=head),
            widths[n],
            look=_HEAD * (n >= BEFORE) if head else _look(each, n, band),
        )
        for n, each in enumerate(given)
    )


def _paragraphs(each: nodes.Cell, n: int, ledger: Ledger, *, head: bool) -> str:
    lines = each.paragraphs or ((nodes.Text(NBSP),),)
    if n == 0 and not head:
        return "".join(paragraph("ReflectLaneTime", runs(_plain_times(line), ledger)) for line in lines)
    if head or n >= BEFORE:
        return "".join(paragraph("ReflectLane", runs(line, ledger)) for line in lines)
    return "".join(
        paragraph("ReflectCell" if _has_title(line) else "ReflectLaneText", runs(line, ledger)) for line in lines
    )


def _has_title(line: Iterable[nodes.Inline]) -> bool:
    return any(isinstance(child, nodes.Strong) for child in line)


def _plain_times(line: Iterable[nodes.Inline]) -> Iterator[nodes.Inline]:
    """
    Give a line without the look of times, which their paragraph has here.
    """
    for child in line:
        if isinstance(child, nodes.Span) and child.style in ("label", "band"):
            yield from child.children
        else:
            yield child


def _look(each: nodes.Cell, n: int, band: bool) -> str:
    bar = ""
    if n >= BEFORE and (found := lane_of(each)):
        kind, size = _BARS[found]
        colour = _EDGE if found == "silent" else _TEAL
        bar = f'<w:tcBorders><w:left w:val="{kind}" w:sz="{size}" w:space="0" {colour}/></w:tcBorders>'
    sides = f'<w:left w:w="{_BESIDE}" w:type="dxa"/>' if n >= BEFORE else ""
    top, bottom = (f'<w:{side} w:w="{_ROOM}" w:type="dxa"/>' if band else "" for side in ("top", "bottom"))
    end = '<w:right w:w="0" w:type="dxa"/>' if n >= BEFORE else ""
    margins = f"<w:tcMar>{top}{sides}{bottom}{end}</w:tcMar>" if top or sides else ""
    return bar + (_FILL if band else "") + margins
