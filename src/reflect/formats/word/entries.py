"""
Entries of a record: a heading at the side, and lines to write on beside it.

The heading is a paragraph in a frame, which stays a heading for the navigation pane and for screen readers; what is
written stands in paragraphs that are indented past it. In large print the heading stands above its lines.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence

from reflect.formats.word import fields
from reflect.formats.word.keeping import begin_page, keep_together
from reflect.formats.word.ledger import Ledger
from reflect.formats.word.room import NAME_OF_LINE
from reflect.formats.word.tables import cell, row, table
from reflect.formats.word.text import NBSP, TAB, paragraph, run
from reflect.text.nodes import DATE, Answer, Choice, Entry, Fact, SignOff

#: Twips in a millimetre.
_MM = 56.7
#: Side headings have 37 mm, and what is beside them begins 4 mm behind them.
_SIDE, _BESIDE = 2098, 2324
#: How far below the top of its lines a heading begins, and one with two lines beside a single one; and the letters that
#: fit on a line of it.
_DOWN, _ONE_LINE = {False: 240, True: 60}, 18
#: The bar beside the talk is 1.6 mm wide, and its words begin 4 mm behind it.
_BAR, _PAST_BAR = 91, 219
#: About the width of a letter of a label and of an option, of a box to tick, of the room between two, and of a gap.
_LETTER, _BOX, _ROOM, _GAP = 105, 250, 150, 120
#: The shortest line to write on, how far a line ends before the edge, and the width of a date in mm.
_SHORTEST, _EDGE, _DATED = 567, 10, 26
#: An entry in large print with at most so many paragraphs is on one page, and a talk with more than so many begins one.
_ON_A_PAGE, _SHORT = 24, 8
#: The style of a heading that may hang at the side.
_HUNG = "Heading1"
#: The width of a letter in large print, and the least of a line there.
_LARGE_LETTER, _LARGE_LINE = 172, 1700
#: The shares of what, who and by when in a table.
_WHAT_WHO_BY = (11, 4, 6)
#: The frame of a heading at the side. It is in the paragraph, because LibreOffice looks for it nowhere else.
_FRAME = f'<w:framePr w:w="{_SIDE}" w:wrap="around" w:vAnchor="text" w:hAnchor="margin" w:x="{{left}}" w:y="{{down}}"/>'
#: What stands between two boxes to tick: a line may end there and nowhere else.
_BETWEEN = f"{NBSP * 2} "
_RULED_TAB = '<w:r><w:rPr><w:rStyle w:val="ReflectRuling"/></w:rPr><w:tab/></w:r>'
_TINT = '<w:shd w:val="clear" w:color="auto" w:fill="F1F6F6" w:themeFill="background2"/>'
#: The bar is one cell beside all rows: a bar in pieces has white gaps on a screen. The first piece begins it.
_ONE_BAR = {True: '<w:vMerge w:val="restart"/>', False: "<w:vMerge/>"}
_COLOURED = '<w:shd w:val="clear" w:color="auto" w:fill="0B4F5C" w:themeFill="accent1"/>'


def entry(field: Entry, ledger: Ledger, heading: str) -> str:
    """
    Return an entry; *heading* is the style of its heading.
    """
    if ledger.large:
        return _entry_downwards(field, ledger, heading)
    if field.talk:
        return _talk(field, ledger, heading)
    out, start = [], _BESIDE - ledger.hang
    alone = len(field.rows) == 1 and field.table is None and len(f"{field.head} {field.note}".strip()) > _ONE_LINE
    if field.head:
        hung = heading == _HUNG
        frame = _FRAME.format(left=-ledger.hang, down=_DOWN[alone]) if hung else ""
        out.append(paragraph("ReflectSideHeading" if hung else heading, _heading(field), frame))
    if field.table is not None and not field.rows:
        out.append(paragraph("ReflectEntryTop", ""))
    for n, places in enumerate(field.rows):
        first = "" if n or not field.head else "Only" if alone else "First"
        out.append(_row(places, field.head, ledger, start, first))
    if len(field.head) > _ONE_LINE and len(field.rows) > 1:
        # Its heading is as high as two rows: at the foot of a page it would hang over what stands there.
        out = [keep_together("".join(out), ledger)]
    if field.table is not None:
        out.append(
            fields.actions(
                field.table, ledger, left=start, look="ReflectEntryTable", weights=_WHAT_WHO_BY, height=ledger.line
            )
        )
    return "".join(out)


def _heading(field: Entry) -> str:
    note = run(f" {field.note}", "ReflectMuted") if field.note else ""
    if not field.talk:
        return run(field.head) + note
    # What the talk is about is what stands over its lines; the rest of its heading is the same over every talk.
    between = ": " if field.subject else ""
    return run(f"{field.head}{between}", "ReflectMutedHead") + run(field.subject) + note


def _row(places: Sequence[Fact | Choice | Answer], head: str, ledger: Ledger, start: int, first: str) -> str:
    style = f"Reflect{first}Line"
    match places:
        case [Answer(key=key, label=label) as place]:
            if label and label != head:
                asked = paragraph(ledger.line_style(style, start, ()), ledger.with_anchor(key, run(label)))
                return asked + box(place, ledger, left=start)
            return ledger.with_anchor(key, "") + box(place, ledger, left=start, first=first)
    return _line([each for each in places if not isinstance(each, Answer)], head, ledger, start, style)


def box(field: Answer, ledger: Ledger, *, left: int | None = None, first: str = "") -> str:
    """
    Return lines to write on, which grow; what is written there is as it was written.
    """
    style = f"ReflectLined{first}"
    style = style if left is None else ledger.line_style(style, left, ())
    if field.said or field.value.strip():
        return fields.written_box(field, style, ledger)
    # Every second line differs by a twip, so that programs do not join their borders.
    other = ledger.derived_style(style, again=True) if left is None else ledger.line_style("ReflectLined", left + 1, ())
    styles = itertools.cycle((style, other))
    return fields.ruled_box(field, list(itertools.islice(styles, max(field.lines, 1))), ledger)


def _line(
    places: Sequence[Fact | Choice], head: str, ledger: Ledger, start: int, style: str, names: Mapping[str, str] = {}
) -> str:
    """
    Return places on one line, each behind its label; options to tick are at its end.

    The boxes lean on the end of the line, and the rule before them ends where they begin: so a name or a day that is
    longer than its room takes of the rule, and moves no box. In large print boxes alone on a line begin at the left,
    where they are looked for.

    Args:
        head: What names a place without a label.
        names: What places are called for screen readers, if not as their labels.
    """
    wider = _LARGE_LETTER / _LETTER if ledger.large else 1.0
    lines = [each for each in places if isinstance(each, Fact)]
    options = [option for each in places if isinstance(each, Choice) for option in each.options]
    first = ledger.width - sum(_option(each, wider) for each in options) + _ROOM * bool(options)
    taken = sum(_width(each, wider) for each in lines) + _GAP * (len(places) - 1)
    share = max((first - start - taken) // max(sum(not each.wide for each in lines), 1), _SHORTEST)
    leaning = len(places) - sum(1 for _ in itertools.takewhile(lambda each: isinstance(each, Choice), places[::-1]))
    at, out, stops = start, list[str](), list[int]()
    for n, place in enumerate(places):
        out.append(run(_BETWEEN if n > leaning else NBSP * 2) if n else "")
        if isinstance(place, Choice):
            boxes = run(_BETWEEN).join(fields.boxes_to_tick(place.key, place.options, place.value, ledger))
            at += round(len(place.label) * _LETTER * wider)
            # What is too long for one line has its options on the next, and both are one paragraph: so whoever reads
            # the paper again finds them as they are on its blank, where nobody knows how long it is.
            long = bool(place.label) and at > first
            out.append(ledger.with_anchor(place.key, run(f"{place.label}\n" if long else place.label)))
            if n == leaning == 0 and (place.label or not ledger.large):
                out.append(TAB)
            elif place.label:
                out.append(run(_BETWEEN))
            out.append(boxes)
            continue
        # Not by what is written: copies of a paper are laid out once.
        at += _width(place, wider) + (0 if place.wide else share) + _GAP * bool(n)
        leads_to_boxes = n + 1 == leaning < len(places)
        if not leads_to_boxes:
            stops.append(min(at, ledger.width - _EDGE))
        label = run(f"{place.label} ", "ReflectLineLabel") if place.label else ""
        name = names.get(place.key) or place.label or head
        out.append(ledger.with_anchor(place.key, label) + fields.line_to_write(place, name, ledger) + _RULED_TAB)
    end = ledger.width if leaning < len(places) else None
    return paragraph(ledger.line_style(style, start, tuple(stops), end), "".join(out))


def _width(place: Fact, wider: float) -> int:
    """
    Return the width of a line with its label, without a line that takes the room that is left.
    """
    return round((len(place.label) + 1) * _LETTER * wider) * bool(place.label) + round(place.wide * _MM * wider)


def _option(option: str, wider: float) -> int:
    return round((_BOX + _ROOM + len(option) * _LETTER) * wider)


def _talk(field: Entry, ledger: Ledger, heading: str) -> str:
    """
    Return the talk: its heading, and under it a table with a bar, so that a heading is no cell of a table.
    """
    hang, width = ledger.hang, ledger.width
    style = heading
    if heading == _HUNG:
        style = ledger.line_style("ReflectTalk", _BAR + _PAST_BAR - hang, (_BESIDE - hang, width - _EDGE))
    words = _heading(field)
    key = next((place.key for row in field.rows for place in row), "")
    if field.about is None and key:
        words = ledger.with_anchor(key, words)
    elif field.about is not None:
        line = fields.line_to_write(field.about, field.about.label or field.head, ledger)
        words = ledger.with_anchor(field.about.key, words) + TAB + line + _RULED_TAB
    widths = [_BAR, _BESIDE - _BAR, width + hang - _BESIDE]
    sides = f'{_TINT}<w:tcMar><w:left w:w="{_PAST_BAR}" w:type="dxa"/></w:tcMar>'
    rows = [
        row(
            cell(paragraph("ReflectCell", ""), widths[0], look=_ONE_BAR[n == 0] + _COLOURED)
            + cell(_name_of_line(place, field, ledger, first=n == 0), widths[1], look=sides)
            + cell(box(place, ledger), widths[2], look=_TINT),
            height=ledger.line,
        )
        for n, places in enumerate(field.rows)
        for place in places
        if isinstance(place, Answer)
    ]
    made = table("ReflectTalkTable", widths, "".join(rows), title=field.head, header=False, left=-hang)
    return paragraph(style, words) + made + paragraph("ReflectEntryEnd", "")


def _name_of_line(place: Answer, field: Entry, ledger: Ledger, *, first: bool) -> str:
    """
    Return what stands before a line of the talk. Before the first it is a hint, since its heading stands over it.
    """
    long = len(place.label) > NAME_OF_LINE
    label = run(place.label, "ReflectMuted" if first else "")
    anchored = first and field.about is None
    # A long name has the room between lines that words have, and not that of lines to write on.
    style = "ReflectLongName" if long else "ReflectLineName"
    return paragraph(style, label if anchored else ledger.with_anchor(place.key, label))


def signer(field: SignOff, ledger: Ledger) -> str:
    """
    Return one person's place to sign on one line, with their comments under it if there are some.
    """
    key = field.key
    names = {f"{key}.name": f"Name, {field.who}", f"{key}.date": f"Date, {field.who}"}
    signing: list[Fact | Choice] = [
        Fact(f"{key}.name", field.who, field.name),
        Fact(f"{key}.date", "on", field.date, DATE, _DATED),
        Choice(key, "", field.options, field.value),
        *([field.also] if field.also is not None else []),
    ]
    if ledger.large:
        made = "".join(_line([part], field.who, ledger, 0, "ReflectLine", names) for part in signing)
    else:
        made = _line(signing, field.who, ledger, -ledger.hang, "ReflectLine", names)
    if field.comments.strip():
        comments = Answer(f"{key}.comments", f"Comments, {field.who}", 1, field.comments)
        made += paragraph("ReflectLineName", run("comments")) + fields.written_box(comments, "ReflectLined", ledger)
    elif field.room:
        line = Fact(f"{key}.comments", "comments")
        names[line.key] = f"Comments, {field.who}"
        made += _line([line], field.who, ledger, 0 if ledger.large else -ledger.hang, "ReflectLine", names)
    return made


def _entry_downwards(field: Entry, ledger: Ledger, heading: str) -> str:
    """
    Return an entry in large print: its heading, and each place under its label.
    """
    words = _heading(field)
    if field.talk and field.about is None and field.places:
        words = ledger.with_anchor(field.places[0].key, words)
    out = [paragraph(heading, words)] if field.head else []
    for row_of in (*([[field.about]] if field.about is not None else []), *field.rows):
        out += [_part_of_row(part, field, ledger) for part in _parts_of_row(row_of, ledger)]
    if field.table is not None:
        out.append(fields.actions_downwards(field.table, ledger, styles=("ReflectLined", "ReflectLined"), rows=1))
    made = "".join(out)
    count = made.count("<w:p>")
    # A long talk has a page of its own, since LibreOffice does not keep so many lines together.
    made = begin_page(made) if field.talk and count > _SHORT else made
    # Pages part between entries; what is longer than a page parts where it must.
    return keep_together(made, ledger) if count <= _ON_A_PAGE else made


def _parts_of_row(places: Sequence[Fact | Choice | Answer], ledger: Ledger) -> Iterator[list[Fact | Choice | Answer]]:
    """
    Give what stands on a line in the lines that it takes in large print.
    """
    part: list[Fact | Choice | Answer] = []
    taken = 0
    for place in places:
        needed = len(place.label) * _LARGE_LETTER
        if isinstance(place, Choice):
            needed += sum(len(option) + 4 for option in place.options) * _LARGE_LETTER
        elif isinstance(place, Fact):
            needed += round(place.wide * _MM * _LARGE_LETTER / _LETTER) or _LARGE_LINE
        if part and taken + needed > ledger.width:
            yield part
            part, taken = [], 0
        part.append(place)
        taken += needed
    yield part


def _part_of_row(places: Sequence[Fact | Choice | Answer], field: Entry, ledger: Ledger) -> str:
    match places:
        case [Answer(key=key, label=label) as place]:
            anchored = field.talk and field.about is None and place is field.places[0]
            asked = ""
            if label and label != field.head:
                words = run(label, "ReflectMuted" if place is field.places[0] else "")
                asked = paragraph("ReflectLineName", words if anchored else ledger.with_anchor(key, words))
            else:
                asked = "" if anchored else ledger.with_anchor(key, "")
            return asked + box(place, ledger)
    return _line([each for each in places if not isinstance(each, Answer)], field.head, ledger, 0, "ReflectLine")
