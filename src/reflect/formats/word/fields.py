"""
Places to write: content controls, each with the key of its answer as its tag.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from reflect.formats.word.ledger import Ledger, tag
from reflect.formats.word.tables import cell, row, shares, table
from reflect.formats.word.text import NBSP, TAB, escaped, paragraph, paragraphs, run
from reflect.nodes import Actions, Answer, Choice, Fact, Facts, Scale, SignOff
from reflect.prose import Line, LineKind, isolated, turns

_ALIAS = 64
#: Facts side by side, at most.
_FACTS = 4
#: 12 mm, for a row that is written in by hand; 8 mm for one fact.
_ROW, _FACT = 680, 454
#: Lines of room for comments: 30 mm.
_COMMENTS = 4
#: What stands in a blank control, so that there is something to click on.
_ROOM = NBSP * 12

_PLAIN, _RICH = "<w:text/>", ""
#: The style of written words that are bold, and that are italic.
_LOOKS = {(False, False): "", (True, False): "Strong", (False, True): "Emphasis", (True, True): "ReflectStrongEmphasis"}


def _control(key: str, label: str, kind: str, inner: str, ledger: Ledger, *, blank: bool) -> str:
    """
    A control round runs or paragraphs. It can be filled in, not deleted.
    """
    name = tag(key)
    hint = "<w:showingPlcHdr/>" if blank else ""
    return (
        f'<w:sdt><w:sdtPr><w:alias w:val="{escaped(label[:_ALIAS])}"/><w:tag w:val="{escaped(name)}"/>'
        f'<w:id w:val="{ledger.control(name)}"/><w:lock w:val="sdtLocked"/>{hint}{kind}</w:sdtPr>'
        f"<w:sdtContent>{inner}</w:sdtContent></w:sdt>"
    )


def _written(key: str, label: str, value: str, kind: str, ledger: Ledger, room: str = _ROOM) -> str:
    """
    A control within a line.
    """
    blank = not value.strip()
    inner = run(room, "PlaceholderText") if blank else run(value)
    return _control(key, label, kind, inner, ledger, blank=blank)


def _box(key: str, label: str, value: str, lines: int, styles: tuple[str, str], ledger: Ledger) -> str:
    """
    A control of whole paragraphs.

    Blank, it is one paragraph of so many lines, not many empty ones. The style with room for a pen
    is only used then: what is typed into a finished record stands as close as other text.
    """
    written, blank = styles
    if value.strip():
        return _control(key, label, _RICH, paragraphs(written, value), ledger, blank=False)
    room = run("\n".join([NBSP] * max(lines, 1)), "PlaceholderText")
    return _control(key, label, _RICH, paragraph(blank, room), ledger, blank=True)


def answer(field: Answer, ledger: Ledger, *, again: bool = False) -> str:
    """
    Return a box to write in; *again*, if another stands straight over it.
    """
    written, blank = "ReflectAnswer", "ReflectAnswerBlank"
    if again:
        written, blank = ledger.derived(written, again=True), ledger.derived(blank, again=True)
    if field.said:
        return _control(field.key, field.label, _RICH, _lines(field.said, written, ledger), ledger, blank=False)
    return _box(field.key, field.label, field.value, field.lines, (written, blank), ledger)


def _lines(lines: Iterable[Line], style: str, ledger: Ledger) -> str:
    """
    What was written, a paragraph to each line; the items of a list are a list.
    """
    out = []
    number = 0
    lines = tuple(lines)
    put = isolated if any(turns(line.text) for line in lines) else str
    for line in lines:
        mark = ""
        if line.kind is LineKind.NUMBER:
            number = number or ledger.numbered(1, 0)
        elif line.kind is LineKind.PARAGRAPH:
            number = 0  # the next list begins at one
        if line.kind is not LineKind.PARAGRAPH:
            list_id = number if line.kind is LineKind.NUMBER else ledger.bulleted()
            mark = f'<w:numPr><w:ilvl w:val="{line.level}"/><w:numId w:val="{list_id}"/></w:numPr>'
        looks = (run(put(piece.text), _LOOKS[piece.bold, piece.italic]) for piece in line.runs)
        out.append(paragraph(style, "".join(looks), mark))
    return "".join(out)


def _ticks(key: str, options: Sequence[str], value: str, ledger: Ledger) -> str:
    """
    Boxes to tick, with their words. A value that is no option stands after them, ticked: what was said is not lost.
    """
    if value.strip() and value not in options:
        options = (*options, value)
    out = []
    for n, option in enumerate(options, 1):
        on = option == value
        kind = (
            f'<w14:checkbox><w14:checked w14:val="{int(on)}"/><w14:checkedState w14:val="2612" w14:font="MS Gothic"/>'
            '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox>'
        )
        sign = run("☒" if on else "☐", "ReflectBox")
        out.append(_control(f"{key}.{n}", option, kind, sign, ledger, blank=False) + run(NBSP + option))
    return TAB.join(out)


def choice(field: Choice, ledger: Ledger, *, anchored: bool = False) -> str:
    """
    Return options to tick on one line, after what they are about.
    """
    ticks = _ticks(field.key, field.options, field.value, ledger)
    if not field.label:
        return paragraph("ReflectOptions", ticks if anchored else ledger.anchored(field.key, "") + ticks)
    label = run(field.label)
    return paragraph("ReflectTick", (label if anchored else ledger.anchored(field.key, label)) + TAB + ticks)


def scale(field: Scale, ledger: Ledger) -> str:
    """
    Return the numbers 0 to 10 to tick, and what both ends mean.
    """
    ends = f"0 = {field.low}\n10 = {field.high}\n{field.whose}, may be left blank"
    ticks = _ticks(field.key, tuple(map(str, range(11))), field.value, ledger)
    return paragraph("ReflectScale", ticks) + paragraph("ReflectScaleEnds", run(ends))


def facts(field: Facts, ledger: Ledger) -> str:
    """
    Return facts side by side, labels over values; one alone stands on a line.
    """
    if len(field.facts) == 1:
        (fact,) = field.facts
        label = ledger.anchored(fact.key, run(fact.label, "ReflectName"))
        value = _written(fact.key, fact.label, fact.value, _PLAIN, ledger)
        return paragraph("ReflectFact", label + run(NBSP * 2) + value)
    count = math.ceil(len(field.facts) / math.ceil(len(field.facts) / _FACTS))
    widths = shares([1] * count)
    rows = []
    for start in range(0, len(field.facts), count):
        some = field.facts[start : start + count]
        rows.append(_fact_row((_fact_label(fact, ledger) for fact in some), widths, header=start == 0))
        rows.append(_fact_row((_fact_value(fact, ledger) for fact in some), widths, height=_FACT))
    about = ", ".join(fact.label for fact in field.facts)
    return table("ReflectFacts", widths, "".join(rows), title=about)


def _fact_row(cells: Iterable[str], widths: Sequence[int], *, header: bool = False, height: int = 0) -> str:
    """
    A row of facts; its last cell reaches to the edge.
    """
    given = list(cells)
    last = len(given) - 1
    out = [
        cell(inner, sum(widths[i:]) if i == last else widths[i], span=len(widths) - i if i == last else 1)
        for i, inner in enumerate(given)
    ]
    return row("".join(out), header=header, height=height)


def _fact_label(fact: Fact, ledger: Ledger) -> str:
    return paragraph("ReflectFactLabel", ledger.anchored(fact.key, run(fact.label)))


def _fact_value(fact: Fact, ledger: Ledger) -> str:
    return paragraph("ReflectCell", _written(fact.key, fact.label, fact.value, _PLAIN, ledger))


def actions(field: Actions, ledger: Ledger, *, anchored: bool = False) -> str:
    """
    Return a table to write in; Word offers a further row.

    A cell's tag is the key, the number of its column and the number of its row:
    a column may be worded anew.
    """
    widths = shares([max(len(field.columns) - 1, 1)] + [1] * (len(field.columns) - 1))
    names = [run(name) for name in field.columns]
    if not anchored:
        names[0] = ledger.anchored(field.key, names[0])
    head = "".join(cell(paragraph("ReflectCell", name), width) for name, width in zip(names, widths, strict=True))
    blank = ("",) * len(field.columns)
    rows = []
    for n, values in enumerate((*field.rows, *([blank] * field.blank)), 1):
        cells = "".join(
            cell(paragraph("ReflectCell", _written(f"{field.key}.{c}.{n}", name, value, _RICH, ledger)), width)
            for c, (name, value, width) in enumerate(zip(field.columns, values, widths, strict=True), 1)
        )
        whole = row(cells, height=0 if n <= len(field.rows) else _ROW)
        number = ledger.control(f"{field.key}#{n}")
        rows.append(
            f'<w:sdt><w:sdtPr><w:id w:val="{number}"/><w15:repeatingSectionItem/></w:sdtPr>'
            f"<w:sdtContent>{whole}</w:sdtContent></w:sdt>"
        )
    body = row(head, header=True)
    if rows:
        body += _control(field.key, field.label, "<w15:repeatingSection/>", "".join(rows), ledger, blank=False)
    about = "One row each: " + ", ".join(field.columns)
    return table("ReflectActions", widths, body, title=field.label, about=about)


def sign_off(field: SignOff, ledger: Ledger) -> str:
    """
    Return one person's place to sign, in one piece.

    Name and box are paragraphs with borders, not a table: two signers make two boxes,
    because the name of the second stands between them.
    """
    key = field.key
    who = ledger.anchored(key, run(field.who))
    name = _written(f"{key}.name", f"Name, {field.who}", field.name, _PLAIN, ledger, NBSP)
    date = _written(f"{key}.date", f"Date, {field.who}", field.date, _PLAIN, ledger, NBSP)
    line = run("Name ", "ReflectMuted") + name + TAB + run(NBSP * 4 + "Date ", "ReflectMuted") + date + TAB
    styles = ("ReflectSignComments", "ReflectSignComments")
    return (
        paragraph("ReflectSigner", who)
        + paragraph("ReflectSign", _ticks(key, field.options, field.value, ledger))
        + paragraph("ReflectSignLine", line)
        + paragraph("ReflectSignLabel", run("Comments"))
        + _box(f"{key}.comments", f"Comments, {field.who}", field.comments, _COMMENTS, styles, ledger)
    )
