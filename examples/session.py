"""
A session composed in code: Kolb's cycle, with two questions of the social graces woven into it.

    python examples/session.py FOLDER
"""

from __future__ import annotations

import sys
from pathlib import Path

import reflect


def main(folder: Path) -> None:
    """
    Write an agenda for the supervisee, and a blank record, into *folder*.
    """
    kolb, graces = reflect.load("kolb-cycle"), reflect.load("social-graces")
    woven = kolb.weave(graces.pick(2, seed=7)).about("t1", "The visit that went quiet", ring="personal")
    outline = reflect.outline("arrive@3 + previous-actions@5 + wellbeing-check-in@8") + woven @ 37
    session = reflect.plan(outline + reflect.outline("close@7"), minutes=60, facts={"start": "10:00"})
    agenda = reflect.render(session, "agenda", reader="supervisee", wording="childrens-social-work")
    (folder / "agenda.docx").write_bytes(agenda)
    blank = reflect.plan("arrive@3 + previous-actions@5 + wellbeing-check-in@8 + kolb-cycle@37 + close@7")
    (folder / "record.docx").write_bytes(reflect.render(blank, "record", wording="childrens-social-work"))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
