"""
The papers that can be made of an hour, and each of them as a file.

Who reads a paper is settled before it is made, and no file is named with anybody's words.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

from reflect.errors import Refused, UnknownKey
from reflect.formats.table import FORMATS
from reflect.pages.catalogues import Catalogue, our_catalogue
from reflect.planner.hours import PlannedHour
from reflect.planner.shapes import File, PaperOnOffer
from reflect.planner.timed_models import timed_model
from reflect.planner.words import read_words
from reflect.rendering.planned_papers import action_log, case_records
from reflect.rendering.rendering import render
from reflect.rendering.session_papers import MORE, SessionPaper, words_of
from reflect.sessions.series import NO_MODEL

#: What a browser is told of each kind of file.
TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html",
    "txt": "text/plain",
    "md": "text/markdown",
    "json": "application/json",
    "ics": "text/calendar",
    "pdf": "application/pdf",
    "zip": "application/zip",
}
#: The papers about the model of one part.
OF_PART = ("handout", "worksheet", "cards", "notes")
#: Those that are made of nothing, and the same for everybody.
_OF_NOTHING = "take-away"
#: Those that an hour has if there is something for them.
_IF_ANY = ("first-session", "action-log", "case-record")
#: The name that a calendar entry has among papers.
CALENDAR = "calendar"
#: That of all that the two get: a folder for each of them, as the command line writes them.
_ALL = "all"


def papers_of(planned: PlannedHour) -> list[PaperOnOffer]:
    """
    Return which papers can be made of an hour, and who each of them is for.
    """
    # Those that are for a few papers only have none of these.
    any_paper = (each for each in FORMATS.values() if each.installed and not each.papers)
    formats = [each.name for each in any_paper if each.name not in ("json", "md")]
    words = read_words()

    def say(key: str) -> str:
        found = words.get(key, "")
        return found if isinstance(found, str) and found else key.rpartition(".")[2].replace("-", " ").capitalize()

    def offer(paper: str, readers: Iterable[str], part: str = "", to: str = "") -> PaperOnOffer:
        who = list(readers)
        return PaperOnOffer(
            paper=paper,
            title=say(f"paper.{paper}"),
            readers=who,
            reader_titles=[say(f"reader.{each or 'nobody'}") for each in who],
            part=part,
            formats=[to] if to else formats,
        )

    offered = [offer("agenda", planned.readers), offer("record", planned.readers)]
    # What is between the two stands on no record: the plan that is kept beside it has it, for the hour after.
    offered += [offer("plan", planned.readers, to="json"), offer(_ALL, ("",), to="zip")]
    if planned.next.next_file.file.start:
        offered.append(offer(CALENDAR, planned.readers, to="ics"))
    offered.append(offer("preparation", ("",)))
    if not planned.group:
        offered.append(offer("pair-notes", planned.readers))
    if planned.hour.leads:
        offered.append(offer("notes", (planned.readers[-1],)))
    offered += [offer(paper, planned.readers[-1:]) for paper in _IF_ANY if _has_something(planned, paper)]
    offered.append(offer(_OF_NOTHING, ("",)))
    for line in planned.plan.lines:
        if line.kind in ("talk", "depth") and line.use not in ("", NO_MODEL, "own-item"):
            part = planned.ids.get(line.key, line.key)
            offered += [offer(paper, ("",), part) for paper in OF_PART]
    return offered


def _has_something(planned: PlannedHour, paper: str) -> bool:
    """
    Tell whether an hour has anything for a paper; a group has none of these.
    """
    if planned.group:
        return False
    match paper:
        case "first-session":
            return planned.plan.occasion is not None and paper in planned.plan.occasion.papers
        case "action-log":
            return bool(action_log(planned.plan).personal)
    return planned.hour.leads and bool(case_records(planned.plan, planned.next.next_file.file.settled))


def paper_of(
    planned: PlannedHour,
    paper: str,
    to: str = "docx",
    reader: str = "",
    part: str = "",
    models: Catalogue | None = None,
) -> File:
    """
    Return one paper of an hour as a file.

    Args:
        planned: The hour.
        paper: Its name, as `papers_of` has it.
        to: The format.
        reader: Who it is for; by default, whoever plans.
        part: The part whose model it is about, if it is about one.
        models: Where models are found; by default, ours.

    Raises:
        Refused: The hour does not fit, or it has nothing for that paper.
        UnknownKey: There is no such paper, reader or format.
    """
    known = our_catalogue() if models is None else models
    if to not in (*FORMATS, "ics", "zip"):
        raise UnknownKey(to, tuple(FORMATS), "format")
    planned.refuse_if_unready()
    if paper == _ALL:
        return _folders_of(planned, known)
    if part:
        return _paper_of_part(planned, part, paper, to, known)
    who = reader or planned.reader
    if who not in planned.readers:
        raise UnknownKey(who, planned.readers, "reader")
    if paper == _OF_NOTHING:
        return _paper_of_nothing(planned, to, known)
    made = _session_paper(planned, paper, to, who, known)
    return file_of(made.name, made.data)


def _folders_of(planned: PlannedHour, models: Catalogue) -> File:
    """
    Return all that an hour has for its readers in Word, a folder for each of them.
    """
    hour = planned.hour
    some = planned.next.papers(
        moved=planned.resumed, models=models, looks=hour.looks, plain=hour.plain, brand=planned.own.brand
    )
    files = [file_of(f"{each.folder}/{each.name}", each.data) for each in some]
    return together(files, f"session-{planned.next.next_file.file.date}.zip")


def _paper_of_nothing(planned: PlannedHour, to: str, models: Catalogue) -> File:
    file, settings, hour = planned.next.next_file.file, planned.next.next_file.settings, planned.hour
    data = render(
        "",
        _OF_NOTHING,
        to=to,
        models=models,
        looks=hour.looks,
        plain=hour.plain,
        wording=words_of(planned.plan, file, settings),
        brand=planned.own.brand if to == "docx" else None,
    )
    return file_of(f"{_OF_NOTHING}.{to}", data)


def _session_paper(planned: PlannedHour, paper: str, to: str, reader: str, models: Catalogue) -> SessionPaper:
    if paper not in ("agenda", "record", CALENDAR, "plan", *MORE):
        raise UnknownKey(paper, ("agenda", "record", *MORE), "paper")
    more = (paper,) if paper in MORE else ()
    some = planned.next.papers(
        moved=planned.resumed,
        more=more,
        only=(reader, paper),
        to=to,
        models=models,
        looks=planned.hour.looks,
        plain=planned.hour.plain,
        brand=planned.own.brand if to == "docx" else None,
    )
    # What is asked for may be for one reader, or have a folder of its own.
    able = [each for each in some if each.asked == (more[0] if more else "")]
    for folder in (reader, *_name_shared_folders(planned)):
        if found := next((each for each in able if each.folder == folder), None):
            return found
    raise Refused("this hour has nothing for that paper", "paper")


def _name_shared_folders(planned: PlannedHour) -> tuple[str, ...]:
    return ("supervisor", "supervisee", "case-file") if planned.hour.leads else ("supervisee",)


def _paper_of_part(planned: PlannedHour, part: str, paper: str, to: str, models: Catalogue) -> File:
    """
    Return a paper about the model of a part, which has nothing of the hour on it but how long the part is.
    """
    line, hour = planned.line_of(part), planned.hour
    data = render(
        timed_model(models, line.use, line.minutes),
        paper,
        to=to,
        models=models,
        looks=hour.looks,
        plain=hour.plain,
        wording=words_of(planned.plan, planned.next.next_file.file, planned.next.next_file.settings),
        brand=planned.own.brand if to == "docx" else None,
    )
    # Which model it is tells something of a topic, and stands on the paper; its file says only what kind it is.
    return file_of(f"{paper}.{to}", data)


def together(files: Iterable[File], name: str) -> File:
    """
    Return several files as one archive; the same files give the same bytes.
    """
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for each in files:
            entry = zipfile.ZipInfo(each["name"])
            # Without these, a Unix takes the file for one that nobody may open.
            entry.create_system, entry.external_attr = 3, 0o600 << 16
            archive.writestr(entry, each["bytes"], zipfile.ZIP_DEFLATED)
    return file_of(name, data.getvalue())


def file_of(name: str, data: bytes) -> File:
    """
    Return a file to save, with its type by the ending of its name.
    """
    return File(name=name, type=TYPES.get(name.rpartition(".")[2], "application/octet-stream"), bytes=data)
