"""
Type into every box of a Word file in LibreOffice, as a person would, and save it. Run by LibreOffice's own Python:

    python3 typing_in.py FILE HINT PIPE

Each place that shows HINT is selected and typed over; prints how many there were.
"""

import contextlib
import sys
import time

import uno  # LibreOffice brings it
from com.sun.star.beans import PropertyValue


def connected(pipe):
    context = uno.getComponentContext()
    resolver = context.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", context)
    for _ in range(120):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception:
            time.sleep(0.25)
    raise SystemExit("LibreOffice does not answer")


def main(file, hint, pipe):
    context = connected(pipe)
    desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    document = desktop.loadComponentFromURL(uno.systemPathToFileUrl(file), "_blank", 0, ())
    dispatcher = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
    controller = document.getCurrentController()
    search = document.createSearchDescriptor()
    search.SearchString = hint
    typed = 0
    while True:
        found = document.findFirst(search)
        if found is None:
            break
        controller.getViewCursor().gotoRange(found, False)
        typed += 1
        text = PropertyValue()
        text.Name, text.Value = "Text", f"Typed by hand {typed:02}."
        dispatcher.executeDispatch(controller.getFrame(), ".uno:InsertText", "", 0, (text,))
        if typed > 500:
            raise SystemExit("the hint does not go away")
    document.store()
    document.close(True)
    print(typed)
    with contextlib.suppress(Exception):  # it goes before it has answered
        desktop.terminate()


main(*sys.argv[1:])
