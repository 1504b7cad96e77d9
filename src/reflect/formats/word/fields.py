"""
Places to write: content controls, each with the key of its answer as its tag.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence

from reflect.diagrams.boxes import height_over_lines
from reflect.formats.word.keeping import keep_together
from reflect.formats.word.ledger import Ledger
from reflect.formats.word.tables import cell, row, shares, table
from reflect.formats.word.text import NBSP, TAB, escape_xml, paragraph, paragraphs, run
from reflect.text.nodes import DATE, POINTS, Actions, Answer, Choice, Fact, Facts, Ruled, Scale, SheetToFill, SignOff
from reflect.text.prose import Line, LineKind, isolate, may_turn

_ALIAS = 64
#: The styles of the hint in a blank box, and in blank comments.
_HINTED, _COMMENTED = "ReflectAnswerHint", "ReflectSignHint"
#: Options with more letters than this are below their label; beside it, they would be broken in the middle.
_OPTION = 14
#: A table with at most so many rows does not part.
_TOGETHER = 6
_BREAK = "<w:r><w:br/></w:r>"
#: A tab whose leader is the line.
_LEADER = '<w:r><w:rPr><w:rStyle w:val="ReflectLeader"/></w:rPr><w:tab/></w:r>'
#: The most facts side by side.
_FACTS = 4
#: The height of a row to write in by hand (12 mm), and of a single fact (8 mm).
_ROW, _FACT = 680, 454
#: The room over a sheet to fill.
_GAP = paragraph("ReflectGap", "")
#: The height of a line of a box on a sheet to fill (6.4 mm), and of the names over its columns.
_LINE_OF_SHEET, _HEAD_OF_SHEET = 363, 454
#: The twips in a millimetre.
_MM = 1440 / 25.4
#: Lines of room for comments: 15 mm, and more if somebody writes more.
_COMMENTS = 2
#: Hints in blank controls, which come back when a control is emptied; each is a part of the glossary, by this name.
#: A box and a line have no words: what is printed on a blank stays there under a pen.
HINTS = {"write": NBSP, "date": "Day, month, year", "room": NBSP * 12, "line": NBSP}
#: What a blank box said before, on papers that are still read.
FORMER_HINT = "Write here"

_PLAIN, _RICH = "<w:text/>", ""
#: The style of written words, by whether they are bold and whether they are italic.
_LOOKS = {(False, False): "", (True, False): "Strong", (False, True): "Emphasis", (True, True): "ReflectStrongEmphasis"}
_DATE = (
    '<w:date><w:dateFormat w:val="d MMMM yyyy"/><w:lid w:val="en-GB"/><w:storeMappedDataAs w:val="dateTime"/>'
    '<w:calendar w:val="gregorian"/></w:date>'
)
#: Rows of actions in large print, where each takes a third of a page; people can add more in Word.
_LARGE_ROWS = 3
#: Numbers of a scale on a line, in large print.
_LARGE_SCALE = 6


def _control(
    key: str, label: str, kind: str, inner: str, ledger: Ledger, hint: str = "", *, blank: bool, typed: str = ""
) -> str:
    """
    Return a control round runs or paragraphs. People can fill it in, not delete it. When empty, it shows its *hint*,
    and what they type has the style *typed*.
    """
    if ledger.pen:
        return inner
    looks = f'<w:rPr><w:rStyle w:val="{typed}"/></w:rPr>' if typed else ""
    hint = f'<w:placeholder><w:docPart w:val="{name_of_part(hint)}"/></w:placeholder>' if hint else ""
    hint += "<w:showingPlcHdr/>" if blank else ""
    # LibreOffice 7 puts a paragraph that ends in a box to tick with a number into a control of its own, and when it
    # saves that again, the words before the box are in another place. Word numbers a control itself.
    number = "" if "<w14:checkbox>" in kind else f'<w:id w:val="{ledger.control(key)}"/>'
    return (
        f'<w:sdt><w:sdtPr>{looks}<w:alias w:val="{escape_xml(label[:_ALIAS])}"/>'
        f'<w:tag w:val="{escape_xml(ledger.tag(key))}"/>{number}<w:lock w:val="sdtLocked"/>{hint}{kind}</w:sdtPr>'
        f"<w:sdtContent>{inner}</w:sdtContent></w:sdt>"
    )


def name_of_part(hint: str) -> str:
    """
    Return the name of the part of the glossary that holds a hint.
    """
    return f"reflect-{hint}"


def _control_in_line(key: str, label: str, value: str, kind: str, ledger: Ledger, hint: str = "room") -> str:
    blank = not value.strip()
    inner = run(HINTS["room" if ledger.pen else hint], "PlaceholderText") if blank else run(value)
    return _control(key, label, kind, inner, ledger, hint, blank=blank)


def _box(key: str, label: str, value: str, lines: int, styles: tuple[str, str], ledger: Ledger) -> str:
    """
    Return a control with whole paragraphs.

    If blank, it has a hint and one paragraph of lines, not many empty ones. Only then it has the style with
    room: what people type into a finished record is as close as other text.
    On paper for the pen it is ruled lines instead.
    """
    written, blank = styles
    if value.strip():
        return _control(key, label, _RICH, paragraphs(written, value), ledger, "write", blank=False)
    if ledger.pen and blank == "ReflectSignComments":
        return paragraph("ReflectSignRuled", _BREAK.join([TAB] * lines))
    if ledger.pen:
        return paragraph("ReflectRuled", _BREAK.join([TAB] * max(lines, 1)))
    # The hint has a paragraph of its own: LibreOffice 7.4 puts the first words of a control after its line breaks.
    hint = run(HINTS["write"], "PlaceholderText")
    if lines < 2:
        inner = paragraph(blank, hint)
    else:
        inner = paragraph(blank.replace("ReflectAnswerBlank", _HINTED).replace("ReflectSignComments", _COMMENTED), hint)
        inner += paragraph(blank, run("\n".join([NBSP] * (lines - 1)), "PlaceholderText"))
    return _control(key, label, _RICH, inner, ledger, "write", blank=True)


def lines_by_hand(field: Ruled) -> str:
    """
    Return lines to write on by hand, with no control round them.
    """
    line = (run(field.label, "ReflectMuted") + run(" ") if field.label else "") + _LEADER
    return paragraph("ReflectLines", _BREAK.join([line] * field.lines))


def _points(field: Answer, ledger: Ledger) -> str:
    """
    Return a control round a list: each line is a point, and Enter begins the next.
    """
    blank = not field.value.strip()
    if ledger.pen and blank:
        return _box(field.key, field.label, "", field.lines, ("", ""), ledger)
    number = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{ledger.bulleted_list()}"/></w:numPr>'
    if blank:
        inner = paragraph("ReflectAnswerPoint", run(HINTS["write"], "PlaceholderText"), number)
    else:
        points = filter(str.strip, field.value.splitlines())
        inner = "".join(paragraph("ReflectAnswerPoint", run(point), number) for point in points)
    return _control(field.key, field.label, _RICH, inner, ledger, "write", blank=blank)


def answer(field: Answer, ledger: Ledger, *, again: bool = False) -> str:
    """
    Return a box to write in; *again* if another is straight above it.
    """
    if field.kind == POINTS:
        return _points(field, ledger)
    if field.kind == DATE:
        return paragraph("ReflectFact", _control_in_line(field.key, field.label, field.value, _DATE, ledger, "date"))
    written, blank = "ReflectAnswer", "ReflectAnswerBlank"
    if again:
        # The hint and its lines are one box, so they have the same indent.
        ledger.derived_style(_HINTED, again=True)
        written, blank = ledger.derived_style(written, again=True), ledger.derived_style(blank, again=True)
    if field.said:
        said = _lines(field.said, written, ledger)
        return _control(field.key, field.label, _RICH, said, ledger, "write", blank=False)
    return _box(field.key, field.label, field.value, field.lines, (written, blank), ledger)


def written_box(field: Answer, style: str, ledger: Ledger) -> str:
    """
    Return a control with what was written, in paragraphs of this style.
    """
    said = _lines(field.said, style, ledger) if field.said else paragraphs(style, field.value)
    return _control(field.key, field.label, _RICH, said, ledger, "line", blank=False)


def ruled_box(field: Answer, styles: Sequence[str], ledger: Ledger) -> str:
    """
    Return a control with a line to write on in each of these styles.
    """
    inner = "".join(paragraph(style, run(HINTS["line"], "PlaceholderText")) for style in styles)
    return _control(field.key, field.label, _RICH, inner, ledger, "line", blank=True)


def line_to_write(fact: Fact, name: str, ledger: Ledger) -> str:
    """
    Return the control of a line to write on, which is called *name* for screen readers.
    """
    blank = not fact.value.strip()
    inner = run(HINTS["line"], "PlaceholderText") if blank else run(fact.value, "ReflectWordsOnLine")
    # LibreOffice drops the rule under words in a control for plain text.
    kind = _DATE if fact.kind == DATE else _PLAIN if blank else _RICH
    return _control(fact.key, name, kind, inner, ledger, "line", blank=blank, typed="ReflectWordsOnLine")


def _lines(lines: Iterable[Line], style: str, ledger: Ledger) -> str:
    """
    Return what was written, a paragraph for each line; items of a list are a list.
    """
    out = []
    number = 0
    lines = tuple(lines)
    put = isolate if any(may_turn(line.text) for line in lines) else str
    for n, line in enumerate(lines):
        mark = ""
        if line.kind is LineKind.NUMBER:
            number = number or _begin_list(lines[n:], ledger)
        elif line.kind is LineKind.PARAGRAPH:
            number = 0  # the next list begins at one
        if line.kind is not LineKind.PARAGRAPH:
            list_id = number if line.kind is LineKind.NUMBER else ledger.bulleted_list()
            mark = f'<w:numPr><w:ilvl w:val="{line.level}"/><w:numId w:val="{list_id}"/></w:numPr>'
        looks = (run(put(piece.text), _LOOKS[piece.bold, piece.italic]) for piece in line.runs)
        out.append(paragraph(style, "".join(looks), mark))
    return "".join(out)


def _begin_list(lines: Iterable[Line], ledger: Ledger) -> int:
    """
    Return a list for the numbered lines that come first. It may begin further in than it goes on.
    """
    items = itertools.takewhile(lambda line: line.kind is not LineKind.PARAGRAPH, lines)
    levels = [line.level for line in items if line.kind is LineKind.NUMBER]
    lowest = itertools.accumulate(levels, min)
    first, *outer = dict.fromkeys(lowest)
    return ledger.numbered_list(1, first, outer=tuple(outer))


def boxes_to_tick(key: str, options: Sequence[str], value: str, ledger: Ledger, start: int = 1) -> list[str]:
    """
    Return boxes to tick with their words. A value that is not an option follows them, ticked, so that it is not lost.
    """
    if value.strip() and value not in options:
        options = (*options, value)
    out = []
    for n, option in enumerate(options, start):
        on = option == value
        kind = (
            f'<w14:checkbox><w14:checked w14:val="{int(on)}"/><w14:checkedState w14:val="2612" w14:font="MS Gothic"/>'
            '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox>'
        )
        sign = run("☒" if on else "☐", "ReflectBox")
        out.append(_control(f"{key}.{n}", option, kind, sign, ledger, blank=False) + run(NBSP + option))
    return out


def choice(field: Choice, ledger: Ledger, *, anchored: bool = False) -> str:
    """
    Return options to tick on one line, after their label.
    """
    boxes = boxes_to_tick(field.key, field.options, field.value, ledger)
    style, ticks = "ReflectOptions", TAB.join(boxes)
    if field.beside is not None:
        style, ticks = "ReflectOptionsUntil", _ticks_with_line(boxes, field.after, field.beside, ledger)
    if not field.label:
        return paragraph(style, ticks if anchored else ledger.with_anchor(field.key, "") + ticks)
    label = run(field.label)
    label = label if anchored else ledger.with_anchor(field.key, label)
    if ledger.large:
        return paragraph("ReflectPrompt", label) + paragraph("ReflectOptions", ticks)
    if field.lines > 1 or any(len(option) > _OPTION for option in field.options):
        return paragraph("ReflectAsked", label) + paragraph("ReflectOptions", ticks)
    return paragraph("ReflectTick", label + TAB + ticks)


def _ticks_with_line(boxes: Sequence[str], after: int, beside: Fact, ledger: Ledger) -> str:
    """
    Return options on one line, with a line to write on after one of them. In large print each has its own line.
    """
    after = min(after, len(boxes)) or 1
    # Its label is in small print, so that whoever reads the line does not take it for a part of the option.
    line = boxes[after - 1] + run(f" {beside.label} ", "ReflectMuted") + _fact(beside, ledger, "line")
    before, behind = boxes[: after - 1], boxes[after:]
    if ledger.large:
        return _BREAK.join((*before, line + TAB, *behind))
    # The line ends in a tab with a rule, and the next option is a little behind it.
    return TAB.join((*before, line)) + TAB + run(NBSP) + TAB.join(behind)


def scale(field: Scale, ledger: Ledger) -> str:
    """
    Return the numbers 0 to 10 to tick, and what both ends mean.
    """
    ends = f"0 = {field.low}\n10 = {field.high}\n{field.whose}, may be left blank"
    numbers = tuple(map(str, range(11)))
    if not ledger.large:
        ticks = paragraph("ReflectScale", TAB.join(boxes_to_tick(field.key, numbers, field.value, ledger)))
        return ticks + paragraph("ReflectScaleEnds", run(ends))
    parts = numbers[:_LARGE_SCALE], numbers[_LARGE_SCALE:]
    # A value that is not one of the numbers comes once, after the last.
    known = field.value if field.value in numbers else ""
    lines = (
        TAB.join(boxes_to_tick(field.key, some, known if known in some else "", ledger, start))
        for some, start in (
            (parts[0], 1),
            (parts[1] if known or not field.value.strip() else (*parts[1], field.value), 7),
        )
    )
    return "".join(paragraph("ReflectScale", line) for line in lines) + paragraph("ReflectScaleEnds", run(ends))


def facts(field: Facts, ledger: Ledger, *, below: bool = False) -> str:
    """
    Return facts side by side, labels above values; a single fact is on one line, close to options that it is *below*.
    """
    if len(field.facts) == 1:
        (fact,) = field.facts
        label = ledger.with_anchor(fact.key, run(fact.label, "ReflectName"))
        value = _fact(fact, ledger)
        style = "ReflectFactBelow" if below else "ReflectFact"
        return paragraph(style, label + run(NBSP * 2) + value)
    if ledger.large:
        return "".join(
            _fact_label(fact, ledger) + paragraph("ReflectFact", _fact(fact, ledger)) for fact in field.facts
        )
    count = math.ceil(len(field.facts) / math.ceil(len(field.facts) / _FACTS))
    widths = shares([1] * count, ledger.width)
    rows = []
    for start in range(0, len(field.facts), count):
        some = field.facts[start : start + count]
        rows.append(_fact_row((_fact_label(fact, ledger) for fact in some), widths, header=start == 0))
        rows.append(_fact_row((_fact_value(fact, ledger) for fact in some), widths, height=_FACT))
    about = ", ".join(fact.label for fact in field.facts)
    return table("ReflectFacts", widths, "".join(rows), title=about)


def _fact_row(cells: Iterable[str], widths: Sequence[int], *, header: bool = False, height: int = 0) -> str:
    """
    Return a row of facts; its last cell reaches to the edge.
    """
    given = list(cells)
    last = len(given) - 1
    out = [
        cell(inner, sum(widths[i:]) if i == last else widths[i], span=len(widths) - i if i == last else 1)
        for i, inner in enumerate(given)
    ]
    return row("".join(out), header=header, height=height)


def _fact_label(fact: Fact, ledger: Ledger) -> str:
    return paragraph("ReflectFactLabel", ledger.with_anchor(fact.key, run(fact.label)))


def _fact_value(fact: Fact, ledger: Ledger) -> str:
    return paragraph("ReflectCell", _fact(fact, ledger))


def _fact(fact: Fact, ledger: Ledger, hint: str = "room") -> str:
    if fact.kind == DATE:
        return _control_in_line(fact.key, fact.label, fact.value, _DATE, ledger, "date")
    return _control_in_line(fact.key, fact.label, fact.value, _PLAIN, ledger, hint)


def actions(
    field: Actions,
    ledger: Ledger,
    *,
    anchored: bool = False,
    look: str = "ReflectActions",
    weights: Sequence[float] = (),
    left: int = 0,
    height: int = _ROW,
) -> str:
    """
    Return a table to write in, *left* twips from the margin; people can add rows in Word.

    A cell's tag is the key, the number of its column and the number of its row:
    the name of a column may change.

    Only the last row is in a control that Word repeats, and only if it is blank: some programs do not see a row that is
    in a control, and others drop it.
    """
    if ledger.large:
        return actions_downwards(field, ledger, anchored=anchored)
    if len(weights) != len(field.columns):
        weights = [max(len(field.columns) - 1, 1)] + [1] * (len(field.columns) - 1)
    widths = shares(weights, ledger.width - left)
    names = [run(name) for name in field.columns]
    if not anchored:
        names[0] = ledger.with_anchor(field.key, names[0])
    count = len(field.rows) + field.blank
    # A short table is in one piece; of a longer one, the names of its columns have a row with them.
    together, kept = count if count <= _TOGETHER else 1, ledger.kept_style("ReflectCell")
    head = "".join(cell(paragraph(kept, name), width) for name, width in zip(names, widths, strict=True))
    blank = ("",) * len(field.columns)
    rows = []
    for n, values in enumerate((*field.rows, *([blank] * field.blank)), 1):
        style = kept if n < together else "ReflectCell"
        places = (f"{field.key}.{c}.{n}" for c in itertools.count(1))
        cells = "".join(
            cell(paragraph(style, _control_in_line(place, name, value, _RICH, ledger)), width)
            for place, name, value, width in zip(places, field.columns, values, widths, strict=False)
        )
        whole = row(cells, height=0 if n <= len(field.rows) and height == _ROW else height)
        if n == count and field.blank:
            last = _row_that_repeats(whole, ledger.control(f"{field.key}#{n}"), ledger)
            whole = _control(field.key, field.label, "<w15:repeatingSection/>", last, ledger, blank=False)
        rows.append(whole)
    body = row(head, header=True) + "".join(rows)
    about = "One row each: " + ", ".join(field.columns)
    return table(look, widths, body, title=field.label, about=about, left=left)


def _row_that_repeats(inner: str, number: int, ledger: Ledger) -> str:
    if ledger.pen:
        return inner
    return (
        f'<w:sdt><w:sdtPr><w:id w:val="{number}"/><w15:repeatingSectionItem/></w:sdtPr>'
        f"<w:sdtContent>{inner}</w:sdtContent></w:sdt>"
    )


def actions_downwards(
    field: Actions,
    ledger: Ledger,
    *,
    anchored: bool = False,
    styles: tuple[str, str] = ("ReflectAnswer", "ReflectAnswerBlank"),
    rows: int = _LARGE_ROWS,
) -> str:
    """
    Return the same table to read downwards: for each action the labels with their cells.

    Args:
        styles: Those of what is written, and of an empty line.
        rows: At most so many empty rows.
    """
    blank = ("",) * len(field.columns)
    boxed = styles[1] == "ReflectAnswerBlank"
    made = []
    for n, values in enumerate((*field.rows, *([blank] * min(field.blank, rows))), 1):
        inner = ""
        for c, (name, value) in enumerate(zip(field.columns, values, strict=True), 1):
            label = run(name)
            if n == c == 1 and not anchored:
                label = ledger.with_anchor(field.key, label)
            place = Answer(f"{field.key}.{c}.{n}", name, 2 if c == 1 else 1, value)
            if boxed:
                box = _box(place.key, name, value, place.lines, styles, ledger)
            elif value.strip():
                box = written_box(place, styles[0], ledger)
            else:
                box = ruled_box(place, styles[1:], ledger)
            inner += paragraph("ReflectFactLabel", label) + box
        made.append(_row_that_repeats(keep_together(inner, ledger), ledger.control(f"{field.key}#{n}"), ledger))
    if not made:
        return ""
    return _control(field.key, field.label, "<w15:repeatingSection/>", "".join(made), ledger, blank=False)


def sheet_to_fill(field: SheetToFill, ledger: Ledger) -> str:
    """
    Return boxes side by side, each under the name of its column, and in rows if the sheet has rows.

    Without rows the name is in the box itself, so that both stay together whatever a program does to the table.
    """
    if field.in_boxes:
        return _sheet_of_boxes(field, ledger)
    count = len(field.words)
    if not field.rows:
        widths = shares([1] * count, ledger.width)
        cells = [
            cell(_name_of_box(place, ledger) + _box_of_sheet(place, ledger), width)
            for place, width in zip(field.places, widths, strict=True)
        ]
        tall = max(place.lines for place in field.places) * _LINE_OF_SHEET + _HEAD_OF_SHEET
        body = row("".join(cells), height=tall)
        return _GAP + table(
            "ReflectActions", widths, body, title=field.title, about=", ".join(field.words), header=False
        )
    widths = shares([3, *[4] * count], ledger.width)
    heads = [
        cell(paragraph("ReflectCell", run(word)), width) for word, width in zip(("", *field.words), widths, strict=True)
    ]
    rows = [row("".join(heads), header=True)]
    for n, name in enumerate(field.rows):
        places = field.places[n * count : (n + 1) * count]
        boxes = [
            cell(ledger.with_anchor(place.key, "") + _box_of_sheet(place, ledger), width)
            for place, width in zip(places, widths[1:], strict=True)
        ]
        side = cell(paragraph("ReflectFactLabel", run(name)), widths[0])
        rows.append(row(side + "".join(boxes), height=max(place.lines for place in places) * _LINE_OF_SHEET))
    about = f"Columns: {', '.join(field.words)}. Rows: {', '.join(field.rows)}"
    return _GAP + table("ReflectActions", widths, "".join(rows), title=field.title, about=about)


def _sheet_of_boxes(field: SheetToFill, ledger: Ledger) -> str:
    """
    Return rows of boxes, each with its name and what is asked in it; a row with fewer of them has wider ones.

    Each row is a table: LibreOffice would leave a page empty before one that goes on overleaf.
    """
    wide = ledger.width / _MM
    asks = field.asks or ("",) * len(field.places)
    made = ""
    for numbers in field.grid:
        widths = shares([1] * len(numbers), ledger.width)
        cells = [
            cell(
                _name_and_questions(field.places[n], asks[n], ledger) + _box_of_sheet(field.places[n], ledger),
                width,
            )
            for n, width in zip(numbers, widths, strict=True)
        ]
        lines = max(field.places[n].lines for n in numbers)
        over = height_over_lines(field, numbers, wide)
        body = row("".join(cells), height=round(over * _MM) + lines * _LINE_OF_SHEET)
        about = ", ".join(field.places[n].label for n in numbers)
        made += _GAP + table("ReflectActions", widths, body, title=field.title, about=about, header=False)
    return made


def _name_and_questions(place: Answer, asked: str, ledger: Ledger) -> str:
    """
    Return the name of a box and what is asked in it, which is in one paragraph: what is written answers all of it.
    """
    if not asked:
        return _name_of_box(place, ledger)
    questions = _BREAK.join(run(each) for each in asked.split("\n"))
    return paragraph("ReflectFactLabel", run(place.label)) + paragraph(
        "ReflectBoxAsked", ledger.with_anchor(place.key, questions)
    )


def _name_of_box(place: Answer, ledger: Ledger) -> str:
    return paragraph("ReflectFactLabel", ledger.with_anchor(place.key, run(place.label)))


def _box_of_sheet(place: Answer, ledger: Ledger) -> str:
    """
    Return a box in a cell, which has its room from the height of its row.
    """
    if ledger.pen and not place.value.strip():
        return paragraph("ReflectCell", "")
    if place.said:
        said = _lines(place.said, "ReflectCell", ledger)
        return _control(place.key, place.label, _RICH, said, ledger, "write", blank=False)
    return _box(place.key, place.label, place.value, 1, ("ReflectCell", "ReflectCell"), ledger)


def sign_off(field: SignOff, ledger: Ledger) -> str:
    """
    Return one person's place to sign, in one piece.

    Name and box are paragraphs with borders, not a table: two signers have two boxes,
    because the name of the second is between them.
    """
    key = field.key
    who = ledger.with_anchor(key, run(field.who))
    name = run("Name ", "ReflectMuted") + _control_in_line(
        f"{key}.name", f"Name, {field.who}", field.name, _PLAIN, ledger, "line"
    )
    date = run("Date ", "ReflectMuted") + _control_in_line(
        f"{key}.date", f"Date, {field.who}", field.date, _DATE, ledger, "line"
    )
    if ledger.large:
        line = paragraph("ReflectSignLine", name + TAB) + paragraph("ReflectSignLine", date + TAB)
    else:
        line = paragraph("ReflectSignLine", name + TAB + run(NBSP * 4) + date + TAB)
    styles = ("ReflectSignComments", "ReflectSignComments")
    between = _BREAK if ledger.large else TAB
    return (
        paragraph("ReflectSigner", who)
        + paragraph("ReflectSign", between.join(boxes_to_tick(key, field.options, field.value, ledger)))
        + line
        + paragraph("ReflectSignLabel", run("Comments"))
        + _box(f"{key}.comments", f"Comments, {field.who}", field.comments, _COMMENTS, styles, ledger)
    )
