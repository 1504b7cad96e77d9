"""
Papers that come back: what is read from Word files and saved pages, compared, copied and noted in a journal.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from lxml import etree

import reflect
from products.making import (
    LOOKS,
    OUTLINES,
    READERS,
    Given,
    Inputs,
    Products,
    as_bytes,
    files_in,
    fresh_folder,
    json_of,
    planted_values,
    render,
    result_of,
    run_command,
    run_file,
    run_lines,
    subjects_of,
)

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"


# --- what people do to a Word file


def change_word_file(data: bytes, change: Callable[[Any], None], lost: str = "") -> bytes:
    """
    Return a Word file with its body changed, and without the part that is *lost*.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(out, "w") as changed:
        for info in package.infolist():
            part = package.read(info)
            if info.filename == "word/document.xml":
                tree = etree.fromstring(part)
                change(tree)
                part = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
            if info.filename != lost:
                changed.writestr(info, part)
    return out.getvalue()


def type_into_fields(tree: Any) -> None:
    """
    Type into every field as Word does: words, a tick in every third box, a day, the last of a list.
    """
    innermost = [field for field in tree.iter(f"{_W}sdt") if field.find(f"{_W}sdtContent//{_W}sdt") is None]
    for number, field in enumerate(innermost):
        texts = list(field.iter(f"{_W}t"))
        box = field.find(f"{_W}sdtPr/{_W14}checkbox/{_W14}checked")
        choices = field.findall(f".//{_W}listItem")
        if not texts or (box is not None and number % 3):
            continue
        if box is not None:
            box.set(f"{_W14}val", "1")
        for hint in field.findall(f"{_W}sdtPr/{_W}showingPlcHdr"):
            hint.getparent().remove(hint)
        day = field.find(f"{_W}sdtPr/{_W}date") is not None
        words = "☒" if box is not None else "4 March 2026" if day else f"Words {number} of AK, F11 & others"
        texts[0].text = str(choices[-1].get(f"{_W}displayText")) if choices else words
        for other in texts[1:]:
            other.text = ""


def type_below_fields(tree: Any) -> None:
    """
    Type beside the fields, as people do: a paragraph after every second paragraph of the body.
    """
    for number, paragraph in enumerate(list(tree.iterfind(f"{_W}body/{_W}p"))[::2]):
        run = etree.SubElement(etree.Element(f"{_W}p"), f"{_W}r")
        etree.SubElement(run, f"{_W}t").text = f"Below {number}: *what* I think"
        paragraph.addnext(run.getparent())


def take_fields_away(tree: Any) -> None:
    """
    Leave the words of filled fields without the fields, as other programs save them.
    """
    type_into_fields(tree)
    for field in reversed(list(tree.iter(f"{_W}sdt"))):
        parent, content = field.getparent(), field.find(f"{_W}sdtContent")
        if parent is not None and content is not None:
            place = parent.index(field)
            parent[place : place + 1] = list(content)


#: What becomes of a blank before it is read back, and the part that it loses.
CHANGES: dict[str, tuple[Callable[[Any], None], str]] = {
    "typed": (type_into_fields, ""),
    "blank": (lambda tree: None, ""),
    "below": (type_below_fields, ""),
    "bare": (take_fields_away, ""),
    "lost": (type_into_fields, "docProps/custom.xml"),
}


# --- what is read from it


def describe_returned(data: bytes, stem: str) -> Products:
    """
    Give all that a record says of itself: its JSON, how it was read, its fingerprints, and its own copy.
    """
    try:
        record = reflect.read(data)
    except Exception as error:
        yield f"{stem}.json", as_bytes(f"{type(error).__name__}: {error}\n")
        return
    yield f"{stem}.json", json_of(lambda: record)
    reading = record.reading
    told = [*(f"{key}: {doubt}" for key, doubt in reading.doubts), *reading.notes] if reading else ["not read"]
    rings = [*(f"{ring}: {reflect.fingerprint(record, ring)}" for ring in reflect.Ring), reflect.fingerprint(record)]
    yield f"{stem}.told", as_bytes("\n".join([*told, *rings]))
    if record.items:  # a paper that is of no session has no own copy
        yield f"{stem}.own-copy.txt", result_of(copy_in_words, record)


def copy_in_words(record: Any) -> str:
    copy = reflect.own_copy(record, {"AK": "older child", "F11": "the family"}, "What I add.")
    return f"{reflect.to_json(copy)}\n{reflect.render(copy, 'own-copy', to='txt', reader='author').decode()}"


def readable_papers(inputs: Inputs) -> Iterator[tuple[str, bytes]]:
    """
    Give Word files that can be filled in, blank and filled, with their names.
    """
    shelf = reflect.Templates()
    for name in shelf.names():
        for word, what in list(subjects_of(shelf.about(name), inputs))[:2]:
            yield f"{name}-{word}", render(what, name, "docx")
    for look in LOOKS:
        yield f"record-{look}", render(OUTLINES[0], "record", "docx", looks=[look])
    yield "record-nursing", render(OUTLINES[0], "record", "docx", wording="nursing")
    yield "record-filled", render(inputs.record(), "record", "docx", reader="supervision-file")
    for name, word, value in planted_values():
        yield f"{name}-{word}", render(value, name, "docx", reader="supervisor")


def make_read(inputs: Inputs) -> Products:
    for stem, data in readable_papers(inputs):
        for word, (change, lost) in inputs.some(CHANGES.items(), 1):
            if data.startswith(b"PK"):
                yield from describe_returned(change_word_file(data, change, lost), f"{stem}-{word}")
    for key in inputs.model_keys():
        data = render(reflect.load(key), "worksheet", "docx")
        yield from describe_returned(change_word_file(data, type_into_fields), f"every-worksheet-{key}")


def make_compared(inputs: Inputs) -> Products:
    """
    Compare a record with itself read back, with another, and with its own copy; and paste it.
    """
    record = inputs.record()
    blank = render(record, "record", "docx", reader="supervision-file")
    typed, below = (change_word_file(blank, change) for change in (type_into_fields, type_below_fields))
    records = {"filled": record} | {
        word: reflect.read(data) for word, data in {"back": blank, "typed": typed, "below": below}.items()
    }
    for one in records:
        for other in records:
            told = "\n".join(map(str, reflect.compare(records[one], records[other])))
            yield f"differences/{one}-{other}", as_bytes(told)
    given: Given = {
        "blank.docx": blank,
        "typed.docx": typed,
        "below.docx": below,
        "filled.json": inputs.folder / "data/filled-record.json",
        "folder/one.docx": typed,
        "folder/other.txt": b"?",
        "folder/bad.docx": b"PK?",
    }
    yield from run_file("compared", given)
    pasted = [f"read typed.docx -o - --to txt --reader {reader} --limit 400" for reader in READERS]
    yield from run_lines("pasted", "\n".join(pasted), {"typed.docx": typed})


def make_pages(inputs: Inputs) -> Products:
    """
    Read what a page saved.
    """
    answers = {"item-1": "What we *did*", "item-2": "- one\n- two", "kolb-cycle.experience": "?", "x": "unknown"}
    signed = {"key": "sign.supervisee", "who": "Supervisee", "value": "agreed", "name": "AM", "date": "4 May 2026"}
    actions = {"key": "actions", "columns": ["What", "Who", "By when"], "rows": [["Ring them", "AM", "Friday"]]}
    for number, outline in enumerate(OUTLINES, 1):
        made = json.loads(reflect.to_json(reflect.document(outline, "record")))
        saved = {"format": "reflect-filled", "version": 1, "document": "record", "about": made.get("about", {})}
        saved |= {"answers": answers, "asked": {"item-1": "Arriving"}, "tables": [actions], "signed": [signed]}
        yield from describe_returned(json.dumps(saved).encode(), f"record-{number}")
        yield f"again-{number}.json", json_of(reflect.from_json, json.dumps(saved))


def make_held(inputs: Inputs) -> Products:
    """
    Fill in the records of planned sessions, and note them in the journal of the two.
    """
    for stem in inputs.some(("housing", "children"), 1):
        scenario = inputs.folder / "scenarios" / stem
        with fresh_folder({file.name: file for file in sorted(scenario.iterdir())}) as here:
            run_command("plan", "session.yaml", "--journal", "journal", "-o", "papers")
            for file in sorted(Path("papers").rglob("*.docx")):
                name = file.relative_to("papers").as_posix().removesuffix(".docx")
                file.write_bytes(change_word_file(file.read_bytes(), type_into_fields))
                yield f"{stem}/read/{name}", run_command("read", str(file), "-o", "-")
                words = ("held", "session.yaml", str(file), "--journal", "journal", "--minutes", "80")
                yield f"{stem}/held/{name}", run_command(*words)
                yield from files_in(here / "journal", f"{stem}/journal-after/{name}")
    lines = "held session.yaml --journal ours --cancelled-by supervisor --rearranged 2026-03-11\nseries ours"
    session = inputs.folder / "session-files/one-to-one.yaml"
    yield from run_lines("cancelled", lines, {"session.yaml": session, "ours/.keep": b""})
