"""
A small web application: compose a session, download its papers, and read a filled-in record back.

    flask --app examples/flask_app/app.py run

It keeps nothing: no database, no cookie, no file. It reads an upload in memory, shows it once and forgets it.
"""

from __future__ import annotations

import io
from typing import IO

from flask import Flask, Request, Response, render_template, request
from werkzeug.exceptions import HTTPException

import reflect
from reflect import Record
from reflect.questions import wording_names
from reflect.reading_back import fields_of

#: The largest upload, in bytes; a filled-in record has about fifty thousand.
LARGEST = 4 * 1024 * 1024
MINUTES = (30, 45, 60, 90)
PAPERS = {"agenda": "Agenda", "record": "Record"}
#: Who may read a record here. There is no default: whoever uploads a record says who is reading it.
READERS = {"supervisee": "Supervisee", "supervisor": "Supervisor"}
FRAME = (
    ("arrive", "Arriving"),
    ("previous-actions", "Previous actions"),
    ("wellbeing-check-in", "How you are"),
    ("close", "Closing"),
)
_SHORT = {"arrive": 3, "previous-actions": 5, "wellbeing-check-in": 5, "close": 7}
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class InMemory(Request):
    """
    A request whose uploads never touch the disk; Werkzeug would spool the larger ones to a temporary file.
    """

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        return io.BytesIO()


app = Flask(__name__)
app.request_class = InMemory
app.config.update(MAX_CONTENT_LENGTH=LARGEST, MAX_FORM_PARTS=10)
catalogue = reflect.catalogue()


class Wanted:
    """
    What the address asks for. Only names that we know are passed on, or a wording could name a file on this machine.
    """

    def __init__(self) -> None:
        given = request.args
        self.minutes = next((n for n in MINUTES if str(n) == given.get("minutes")), 60)
        self.wording = next((name for name in wording_names() if name == given.get("wording")), "general")
        known = {head.key for head in catalogue.find(suits="one-to-one")}
        self.models = list(dict.fromkeys(key for key in given.getlist("model") if key in known))[:3] or ["kolb-cycle"]
        asked = [key for key, _ in FRAME if key in given.getlist("frame")]
        self.frame = asked if "minutes" in given else list(_SHORT)

    def session(self) -> reflect.Session:
        """
        Return the session: the models share what the frame leaves, and minutes that nobody needs stay open.
        """
        before = [f"{key}@{_SHORT[key]}" for key in self.frame if key != "close"]
        after = [f"close@{_SHORT['close']}"] if "close" in self.frame else []
        share = (self.minutes - sum(_SHORT[key] for key in self.frame)) // len(self.models)
        usual = {head.key: head.minutes[1] for head in catalogue.heads() if head.minutes}
        talks = [f"{key}@{min(share, usual.get(key, share))}" for key in self.models]
        outline = " + ".join([*before, *talks, *after])
        return reflect.plan(outline, minutes=self.minutes)

    def query(self) -> dict[str, object]:
        """
        Return the same, for the addresses of its papers.
        """
        return {"minutes": self.minutes, "wording": self.wording, "model": self.models, "frame": self.frame}


@app.get("/")
def compose() -> str:
    """
    Choose models, and see the session they make.
    """
    wanted = Wanted()
    session, trouble = None, ""
    try:
        session = wanted.session()
    except reflect.ReflectError as error:  # such as too few minutes: the message says what to do
        trouble = str(error)
    heads = [head for head in catalogue.find(suits="one-to-one") if head.key not in _SHORT]
    families: dict[str, list[reflect.Head]] = {}
    for head in heads:
        families.setdefault(head.family or "others", []).append(head)
    names = {name: reflect.wording(name).title for name in wording_names()}
    return render_template(
        "compose.html", wanted=wanted, session=session, trouble=trouble, families=families, wordings=names,
        frame=FRAME, minutes=MINUTES, papers=PAPERS,
    )  # fmt: skip


@app.get("/paper/<name>.docx")
def paper(name: str) -> tuple[str, int] | Response:
    """
    Download a blank paper of the session, in Word.
    """
    if name not in PAPERS:
        return render_template(
            "told.html", title="There is no such paper", lines=["Choose the agenda or the record."]
        ), 404
    wanted = Wanted()
    data = reflect.render(wanted.session(), name, wording=wanted.wording)
    return Response(data, mimetype=_WORD, headers={"Content-Disposition": f'attachment; filename="{name}.docx"'})


@app.route("/read", methods=["GET", "POST"])
def read() -> str | tuple[str, int] | Response:
    """
    Read a filled-in record back, as the person who uploads it may see it.
    """
    if request.method == "GET":
        return render_template("read.html", readers=READERS, large=LARGEST // 1024 // 1024)
    file, who = request.files.get("record"), request.form.get("reader", "")
    if not file or not file.filename or who not in READERS:
        lines = ["Choose a file, and say who is reading it."]
        return render_template("told.html", title="Something is missing", lines=lines), 400
    record = reflect.read(file.read())
    if request.form.get("to") == "json":
        data = reflect.to_json(_seen(record, who))
        named = {"Content-Disposition": 'attachment; filename="record.json"'}
        return Response(data, mimetype="application/json", headers=named)
    seen = {answered.key for answered in _seen(record, who).answers}
    doubts = [doubt for key, doubt in (record.reading.doubts if record.reading else ()) if key in seen]
    notes = [*doubts, *(record.reading.notes if record.reading else ())]
    return render_template("read_back.html", entries=fields_of(record, who), notes=notes, reader=READERS[who])


def _seen(record: Record, who: str) -> Record:
    from reflect.questions import reader

    return record.visible_to(reader(who))


@app.errorhandler(reflect.ReflectError)
def told(error: reflect.ReflectError) -> tuple[str, int]:
    """
    Say what is wrong, and what to do; the message names places and never quotes what was written.
    """
    return render_template("told.html", title="That did not work", lines=str(error).split("\n")), 400


@app.errorhandler(413)
def too_large(_: HTTPException) -> tuple[str, int]:
    """
    Say how large a file may be.
    """
    lines = [f"The file is larger than {LARGEST // 1024 // 1024} MB. A record is much smaller: is this the right file?"]
    return render_template("told.html", title="That file is too large", lines=lines), 413


@app.errorhandler(Exception)
def unforeseen(error: Exception) -> tuple[str, int] | HTTPException:
    """
    Log the class of an error that nobody foresaw, but not its words or its traceback, which may hold a value.
    """
    if isinstance(error, HTTPException):
        return error
    app.logger.error("unforeseen: %s", type(error).__name__)
    lines = ["This is our mistake, not yours. Nothing was kept."]
    return render_template("told.html", title="Something went wrong", lines=lines), 500


@app.after_request
def guarded(response: Response) -> Response:
    """
    Allow no script, no frame, no other site and no copy in a cache.
    """
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none';"
        " frame-ancestors 'none'"
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    if request.endpoint != "static":
        response.headers["Cache-Control"] = "no-store"
    return response
