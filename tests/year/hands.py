"""
Hands that fill a Word file in as people do: typing in Word, beside a box, through Google Docs, in LibreOffice.

What is written is given by place: ``item-3`` for a box, ``item-3.outcome`` with the option to tick,
``actions`` with rows, ``sign.supervisee`` with the option, and ``sign.supervisee.name``.
"""

from __future__ import annotations

import copy
import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
BODY, PROPERTIES = "word/document.xml", "docProps/custom.xml"

#: What somebody writes in a place: words, or the rows of a table.
Written = str | Sequence[Sequence[str]]


class NoPlace(LookupError):
    """
    The paper has no such place: whoever holds the pen finds nowhere to write.
    """


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, data in parts.items():
            # At one hour of one day: what people do twice in the same way is the same file.
            package.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 9, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def places_of(data: bytes) -> tuple[str, ...]:
    """
    The keys of the places of a paper, in order: what a hand may write in.
    """
    return tuple(dict.fromkeys(map(_key, _controls(etree.fromstring(parts_of(data)[BODY])))))


def options_of(data: bytes, place: str) -> tuple[str, ...]:
    """
    The options that may be ticked at a place.
    """
    return tuple(map(_alias, _boxes(etree.fromstring(parts_of(data)[BODY]), place)))


def fill_word(data: bytes, said: Mapping[str, Written], style: str = "word") -> bytes:
    """
    Return a paper with words in its places.

    Args:
        style: How: ``word``, ``beside`` a box, ``google``, or ``tracked`` with changes tracked.

    Raises:
        NoPlace: There is nowhere to write it.
    """
    parts = parts_of(data)
    body = etree.fromstring(parts[BODY])
    type_in = _type_beside if style == "beside" else _type_tracked if style == "tracked" else _type_in_word
    for place, words in said.items():
        if boxes := _boxes(body, place):
            _tick(boxes, place, str(words))
        elif isinstance(words, str):
            controls = [each for each in _controls(body) if _key(each) == place]
            if not controls:
                raise NoPlace(place)
            type_in(controls[0], words)
        else:
            _write_rows(body, place, words, type_in)
    if style == "google":
        body = _without_controls(body)
        parts = _without_properties(parts)
    else:
        _leave_marks_of_word(body)
    parts[BODY] = etree.tostring(body, xml_declaration=True, encoding="UTF-8", standalone=True)
    return packed(parts)


# --- finding


def _controls(body: etree._Element) -> list[etree._Element]:
    return [each for each in body.iter(f"{W}sdt") if _key(each)]


def _key(control: etree._Element) -> str:
    tag = control.find(f"{W}sdtPr/{W}tag")
    return "" if tag is None else str(tag.get(f"{W}val")).split("|")[0]


def _alias(control: etree._Element) -> str:
    alias = control.find(f"{W}sdtPr/{W}alias")
    return "" if alias is None else str(alias.get(f"{W}val"))


def _boxes(body: etree._Element, place: str) -> list[etree._Element]:
    numbered = re.compile(rf"{re.escape(place)}\.\d+")
    return [
        each
        for each in _controls(body)
        if numbered.fullmatch(_key(each)) and each.find(f"{W}sdtPr/{W14}checkbox") is not None
    ]


# --- writing


#: How somebody signs, as records say it on one line.
_BRIEF = {"agreed": "signed", "agreed with comments": "with comments", "not agreed": "not signed"}


def _tick(boxes: Sequence[etree._Element], place: str, option: str) -> None:
    for box in boxes:
        if _alias(box) in (option, _BRIEF.get(option)):
            box.find(f"{W}sdtPr/{W14}checkbox/{W14}checked").set(f"{W14}val", "1")
            next(box.find(f"{W}sdtContent").iter(f"{W}t")).text = "\u2612"
            return
    raise NoPlace(f"{place}: {option}")


def _run(text: str, props: etree._Element | None = None, tag: str = "t") -> etree._Element:
    run = etree.Element(f"{W}r")
    if props is not None:
        run.append(copy.deepcopy(props))
    each = etree.SubElement(run, f"{W}{tag}")
    each.text = text
    each.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return run


def _runs_of_word(text: str) -> list[etree._Element]:
    """
    A line as Word saves it after some thought: several runs, one with another language, marks of the spelling check.
    """
    middle = max(text.find(" ", len(text) // 2) + 1, 0)
    if not middle:
        return [_run(text)]
    props = etree.Element(f"{W}rPr")
    etree.SubElement(props, f"{W}lang").set(f"{W}val", "en-GB")
    start, end = etree.Element(f"{W}proofErr"), etree.Element(f"{W}proofErr")
    start.set(f"{W}type", "spellStart")
    end.set(f"{W}type", "spellEnd")
    first = _run(text[:middle])
    first.set(f"{W}rsidR", "00A12B34")
    return [first, start, _run(text[middle:], props), end]


def _type_in_word(control: etree._Element, words: str) -> None:
    _write(control, words, _runs_of_word)


def _type_tracked(control: etree._Element, words: str) -> None:
    def inserted(text: str) -> list[etree._Element]:
        change = etree.Element(f"{W}ins")
        change.set(f"{W}id", "901")
        change.set(f"{W}author", "Somebody")
        change.set(f"{W}date", "2026-01-01T09:00:00Z")
        change.append(_run(text))
        return [change]

    _write(control, words, inserted)


def _write(control: etree._Element, words: str, runs: Callable[[str], list[etree._Element]]) -> None:
    content = control.find(f"{W}sdtContent")
    paragraphs = content.findall(f"{W}p")
    for hint in control.findall(f"{W}sdtPr/{W}showingPlcHdr"):
        hint.getparent().remove(hint)
    lines = words.split("\n")
    if not paragraphs:
        content[:] = [each for n, line in enumerate(lines) for each in ([_break()] if n else []) + runs(line)]
        return
    style = paragraphs[0].find(f"{W}pPr")
    content[:] = [_paragraph(style, runs(line)) for line in lines]


def _break() -> etree._Element:
    run = etree.Element(f"{W}r")
    etree.SubElement(run, f"{W}br")
    return run


def _paragraph(style: etree._Element | None, runs: Sequence[etree._Element]) -> etree._Element:
    made = etree.Element(f"{W}p")
    if style is not None:
        made.append(copy.deepcopy(style))
    made.extend(runs)
    return made


def _type_beside(control: etree._Element, words: str) -> None:
    """
    Leave the box as it is, and write below it, or behind it on its line.
    """
    if control.find(f"{W}sdtContent/{W}p") is not None:
        for line in reversed(words.split("\n")):
            control.addnext(_paragraph(None, _runs_of_word(line)))
    else:
        for each in reversed(_runs_of_word(f" {' '.join(words.split())}")):
            control.addnext(each)


def _write_rows(
    body: etree._Element,
    place: str,
    rows: Sequence[Sequence[str]],
    type_in: Callable[[etree._Element, str], None],
) -> None:
    """
    Write into the empty rows of a table, and add more as Word's "+" does: the last row again, emptied.
    """
    for row in rows:
        cells = _first_empty_row(body, place) or _one_row_more(body, place)
        for cell, text in zip(cells, row, strict=False):
            if text:
                type_in(cell, text)


def _first_empty_row(body: etree._Element, place: str) -> list[etree._Element]:
    cell = re.compile(rf"{re.escape(place)}\.\d+\.\d+")
    for row in body.iter(f"{W}tr"):
        cells = [each for each in row.iter(f"{W}sdt") if cell.fullmatch(_key(each))]
        if cells and all(_is_blank(each) for each in cells):
            return cells
    return []


def _is_blank(control: etree._Element) -> bool:
    if control.find(f"{W}sdtPr/{W}showingPlcHdr") is None:
        return False
    beside = control.getnext()
    return beside is None or not "".join(beside.itertext()).strip()


def _one_row_more(body: etree._Element, place: str) -> list[etree._Element]:
    section = next((each for each in _controls(body) if _key(each) == place), None)
    items = section.findall(f"{W}sdtContent/{W}sdt") if section is not None else []
    if not items:
        raise NoPlace(f"{place}: a row more")
    again = copy.deepcopy(items[-1])
    for n, each in enumerate(again.iter(f"{W}id"), 1):
        each.set(f"{W}val", str(700_000_000 + 100 * len(items) + n))
    for control in _controls(again):
        _empty(control)
        for each in list(control.itersiblings()):  # what was written beside it
            control.getparent().remove(each)
    items[-1].addnext(again)
    return [each for each in again.iter(f"{W}sdt") if _key(each)]


def _empty(control: etree._Element) -> None:
    props = control.find(f"{W}sdtPr")
    if props.find(f"{W}showingPlcHdr") is None:
        etree.SubElement(props, f"{W}showingPlcHdr")
    hint = etree.Element(f"{W}rPr")
    etree.SubElement(hint, f"{W}rStyle").set(f"{W}val", "PlaceholderText")
    control.find(f"{W}sdtContent")[:] = [_run("\u00a0" * 12, hint)]


# --- what programs do


def _leave_marks_of_word(body: etree._Element) -> None:
    """
    What Word leaves in every file that it saves: names of paragraphs and of editing sessions, and where the cursor was.
    """
    last = None
    for n, last in enumerate(body.iter(f"{W}p"), 1):
        last.set(f"{W14}paraId", f"{n:08X}")
        last.set(f"{W}rsidR", "00A12B34")
    if last is not None:
        for name in ("bookmarkEnd", "bookmarkStart"):
            mark = etree.Element(f"{W}{name}")
            mark.set(f"{W}id", "9001")
            if name == "bookmarkStart":
                mark.set(f"{W}name", "_GoBack")
            last.insert(1 if last.find(f"{W}pPr") is not None else 0, mark)


def _without_controls(body: etree._Element) -> etree._Element:
    """
    Google Docs: no control of ours is left, hints are gone or words like any other, and it wraps what it likes.
    """
    for control in reversed(list(body.iter(f"{W}sdt"))):
        content = control.find(f"{W}sdtContent")
        for each in reversed(list(content)):
            control.addnext(each)
        control.getparent().remove(control)
    return body


def _without_properties(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    left = {name: data for name, data in parts.items() if name != PROPERTIES}
    for name in ("[Content_Types].xml", "_rels/.rels"):
        tree = etree.fromstring(left[name])
        for each in list(tree):
            if "custom" in (each.get("PartName") or each.get("Target") or ""):
                tree.remove(each)
        left[name] = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
    return left
