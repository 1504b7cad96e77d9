"""
Type into a Word file in LibreOffice, as a person would, and save it. Run by LibreOffice's own Python:

    python3 typing_in.py FILE HINT PIPE [ENDING…]

Each box that shows HINT alone is selected and typed over, each empty line is typed into, and the first of each row of
ticks is ticked. Prints how many boxes, lines and ticks there were. For each ENDING (odt, rtf, doc) the file is saved
as that too, opened again and saved as Word, as FILE with `-ENDING` before its own.
"""

import contextlib
import datetime
import sys
import time

import uno  # LibreOffice brings it
from com.sun.star.beans import PropertyValue

FILTERS = {"odt": "writer8", "rtf": "Rich Text Format", "doc": "MS Word 97", "docx": "MS Word 2007 XML"}


def connected(pipe):
    context = uno.getComponentContext()
    resolver = context.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", context)
    for _ in range(240):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception:
            time.sleep(0.25)
    raise SystemExit("LibreOffice does not answer")


def named(name, value):
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


class Hand:
    """
    A hand at the keyboard: what is selected is typed over.
    """

    def __init__(self, document, dispatcher):
        self.controller, self.dispatcher = document.getCurrentController(), dispatcher

    def types(self, where, text):
        self.controller.getViewCursor().gotoRange(where, False)
        self.dispatcher.executeDispatch(self.controller.getFrame(), ".uno:InsertText", "", 0, (named("Text", text),))


def paragraphs(text):
    """
    Give each paragraph of a text, those in tables among them.
    """
    for each in elements(text):
        if each.supportsService("com.sun.star.text.TextTable"):
            for name in each.getCellNames():
                yield from paragraphs(each.getCellByName(name))
        else:
            yield each


def elements(holder):
    found = holder.createEnumeration()
    while found.hasMoreElements():
        yield found.nextElement()


def controls(paragraph):
    return [each.ContentControl for each in elements(paragraph) if each.TextPortionType == "ContentControl"]


def write(control, text):
    """
    Put a text in the place of all that a control holds.
    """
    held = list(elements(control))
    held[0].setString(text)
    for each in held[1:]:
        each.setString("")


def inputs(paragraph):
    """
    Places of plain text, which LibreOffice 7.4 takes for fields to type in.
    """
    found = [each.TextField for each in elements(paragraph) if each.TextPortionType == "TextField"]
    return [each for each in found if each.supportsService("com.sun.star.text.TextField.Input")]


def boxes(document, hand, hint):
    """
    Type into each box: a paragraph that shows the hint and nothing else, without a control in its line.
    """
    typed = 0
    for paragraph in list(paragraphs(document.getText())):
        if paragraph.getString() == hint and not (controls(paragraph) or inputs(paragraph)):
            typed += 1
            hand.types(paragraph, f"Typed by hand {typed:02}.")
    return typed


def day(number):
    """
    Return a day that is written nowhere else, in letters.
    """
    which = datetime.date(2026, 2, 28) + datetime.timedelta(number)
    return f"{which.day} {which:%B} {which.year}"


def lines(document):
    """
    Type into each empty line, and tick the first of each row.
    """
    typed = ticked = 0
    for paragraph in list(paragraphs(document.getText())):
        for each in inputs(paragraph):
            if each.Content.strip():
                continue
            typed += 1
            each.Content = day(typed)  # a line may be for a date
            each.update()
        row = controls(paragraph)
        first = next((each for each in row if each.Checkbox), None)
        if first is not None:
            ticked += 1
            first.Checked = True
            write(first, "\u2612")
        for each in row:
            if not each.Checkbox and each.ShowingPlaceHolder:
                typed += 1
                each.ShowingPlaceHolder = False
                write(each, day(typed))
    return typed, ticked


def main(file, hint, pipe, *endings):
    context = connected(pipe)
    desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    dispatcher = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
    document = desktop.loadComponentFromURL(uno.systemPathToFileUrl(file), "_blank", 0, ())
    hand = Hand(document, dispatcher)
    print(boxes(document, hand, hint), *lines(document))
    document.store()
    for ending in endings:
        between = uno.systemPathToFileUrl(f"{file}.{ending}")
        document.storeToURL(between, (named("FilterName", FILTERS[ending]),))
        other = desktop.loadComponentFromURL(between, "_blank", 0, (named("Hidden", True),))
        again = file.replace(".docx", f"-{ending}.docx")
        other.storeToURL(uno.systemPathToFileUrl(again), (named("FilterName", FILTERS["docx"]),))
        other.close(True)
    document.close(True)
    with contextlib.suppress(Exception):  # it goes before it has answered
        desktop.terminate()


main(*sys.argv[1:])
