"""
The catalogue as one page to browse, by anyone, without a server.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import html
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import attrs

from reflect import diagrams
from reflect.documents.drawing import diagram
from reflect.documents.licences import say_what_is_allowed
from reflect.documents.viewing import Viewer
from reflect.documents.views import CanvasView, ModelView, PartView, QuestionView, StepView
from reflect.formats.html import markup
from reflect.pages.catalogues import Catalogue
from reflect.questions.choosing import opening_questions
from reflect.questions.model import CanvasKind, Model
from reflect.questions.question import Element, Function, Mode
from reflect.questions.sets import QuestionSet
from reflect.questions.wordings import Wording
from reflect.text.filling import Blocks
from reflect.text.nodes import SheetToFill

#: The family of pages that hold a session together; they come last.
_FRAME = "frame"
#: A diagram so many times as wide as high stands over the words.
_STRIP = 1.5
#: Minutes one can say one has.
_MINUTES = (10, 20, 30, 45, 60, 90)
_PEOPLE = {"one-to-one": "Two of you", "group": "A group", "self": "Me, on my own"}
#: Numbers of people one can say there are.
_MANY = (1, 2, 3, 4, 6, 8, 12, 20, 30)
#: The fewest and the most people with whom a page works that says only whom it suits; 0 for no limit.
_SUITING = {"self": (1, 1), "one-to-one": (2, 2), "group": (3, 0)}
#: What people do, by the kinds of part.
_WAYS = {
    "say": "Talk in turn", "ask": "Ask", "draw": "Draw", "write": "Write", "move": "Move", "sort": "Sort",
    "vote": "Vote", "silent": "Be silent", "do": "Do something else",
}  # fmt: skip
_ASKS = {
    Element.EXPERIENCE: "What happened",
    Element.REFLECTION: "What it was like, and for whom",
    Element.ANALYSIS: "What it means",
    Element.ACTION: "What comes next",
    Function.MANAGEMENT: "Doing the job safely",
    Function.DEVELOPMENT: "Learning",
    Function.SUPPORT: "Bearing the work",
    Function.MEDIATION: "The organisation and me",
}


@attrs.frozen(kw_only=True)
class FileLink:
    """
    A file that the page leads to.

    Attributes:
        label: What sort of file it is, such as "Word".
    """

    label: str
    to: str


@attrs.frozen(kw_only=True)
class PaperLinks:
    """
    A paper, in one format or several.
    """

    label: str
    links: tuple[FileLink, ...]


def gallery(
    models: Catalogue,
    wording: Wording,
    papers: Mapping[str, Sequence[PaperLinks]] | None = None,
    general: Sequence[PaperLinks] = (),
    whole: Sequence[PaperLinks] = (),
    *,
    plain: bool = False,
) -> bytes:
    """
    Return the page: every model with its diagram, its questions and its papers.

    It makes no requests and keeps nothing; filters are a small script within it.

    Args:
        papers: Papers about each model, by its key.
        general: Papers of a session without a model.
        whole: Papers about all of them, and for everybody.
        plain: Whether each question is in its plain form, if its page has one.

    Raises:
        Faults: A page of the catalogue is wrong.
        UnknownKey: The wording lacks a word.
    """
    known = sorted((models.model(head.key) for head in models.heads()), key=_sort_key)
    viewer = Viewer(wording, models, plain=plain)
    families = [(family, tuple(some)) for family, some in itertools.groupby(known, lambda model: model.head.family)]
    css, script = _read_file("gallery.css"), _read_file("gallery.js")
    policy = (
        f"default-src 'none'; style-src 'sha256-{_digest(css)}'; script-src 'sha256-{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    body = "\n".join(line for family, some in families for line in _write_family(family, some, viewer, papers or {}))
    printed = _list_papers(whole, "all models")
    printed = f"<p>To print, and to take away:</p>{printed}" if printed else ""
    leads = "".join(
        f'<li><a href="#{_id(family)}">{_escape(_title_of_family(family))}</a></li>' for family, _ in families
    )
    links = _list_papers(general, "a session with no model")
    links = f"<p>No model today? These hold a session without one.</p>{links}" if links else ""
    return f"""<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Ways to talk: the catalogue</title>
<style>{css}</style>
</head>
<body>
<a class="skip" href="#models">Straight to the models</a>
<header>
<p class="eyebrow">Supervision models</p>
<h1>Ways to talk</h1>
<p class="lead">{len(known)} ways to hold a conversation about work. Look for one together, try a question aloud, \
and leave it when it does not help.</p>
{links}
{printed}
<nav aria-label="Families"><ul>{leads}</ul></nav>
{_filters()}
<p class="count" role="status">{len(known)} shown</p>
</header>
<main id="models">
{body}
</main>
<footer><p>{_escape(_say_what_is_allowed(known))} No model here is affiliated with \
or endorsed by whoever first described it, and none of them is known to suit everybody.</p></footer>
<script>{script}</script>
</body>
</html>
""".encode("utf-8", "xmlcharrefreplace")


def _say_what_is_allowed(models: Iterable[Model]) -> str:
    return say_what_is_allowed((model.head.licence for model in models), several=True)


@functools.cache
def _read_file(name: str) -> str:
    return Path(__file__).with_name(name).read_text("utf-8")


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _escape(text: str) -> str:
    return html.escape(text).replace("\r", "&#13;")


def _id(family: str) -> str:
    return "family-" + ("".join(c if c.isalnum() else "-" for c in family.lower()) or "others")


def _title_of_family(family: str) -> str:
    return "The frame of a session" if family == _FRAME else family or "Others"


def _sort_key(model: Model) -> tuple[bool, bool, str, str]:
    family = model.head.family
    return family == _FRAME, not family, family, model.title.lower()


def _filters() -> str:
    minutes = "".join(f'<option value="{n}">{n}</option>' for n in _MINUTES)
    people = "".join(f'<option value="{suit}">{label}</option>' for suit, label in _PEOPLE.items())
    asks = "".join(f'<option value="{about}">{label}</option>' for about, label in _ASKS.items())
    many = "".join(f'<option value="{n}">{n}</option>' for n in _MANY)
    ways = "".join(f'<option value="{way}">{label}</option>' for way, label in _WAYS.items())
    return (
        '<form class="filters" hidden autocomplete="off">'
        '<div><label for="words">Words in it</label><input type="search" id="words" name="words"></div>'
        f'<div><label for="minutes">Minutes you have</label><select id="minutes" name="minutes">'
        f'<option value="">Any</option>{minutes}</select></div>'
        f'<div><label for="people">Who is there</label><select id="people" name="people">'
        f'<option value="">Anyone</option>{people}</select></div>'
        f'<div><label for="many">How many you are</label><select id="many" name="many">'
        f'<option value="">Any number</option>{many}</select></div>'
        f'<div><label for="ways">What you want to do</label><select id="ways" name="ways">'
        f'<option value="">Anything</option>{ways}</select></div>'
        f'<div><label for="asks">Asks about</label><select id="asks" name="asks">'
        f'<option value="">Anything</option>{asks}</select></div>'
        '<button type="reset">Show all</button></form>'
    )


def _write_family(
    family: str, models: Iterable[Model], viewer: Viewer, papers: Mapping[str, Sequence[PaperLinks]]
) -> Iterator[str]:
    yield f'<section aria-labelledby="{_id(family)}">\n<h2 id="{_id(family)}">{_escape(_title_of_family(family))}</h2>'
    for model in models:
        yield _write_model(model, viewer, papers.get(model.key, ()))
    yield "</section>"


def _write_model(model: Model, viewer: Viewer, papers: Sequence[PaperLinks]) -> str:
    view = viewer.view_model(model)
    about = sorted({str(each) for asked in model.questions.asks for each in (*asked.elements, *asked.functions)})
    least = model.head.minutes[0] if model.head.minutes else 0
    suits = " ".join(model.head.suits) or " ".join(_PEOPLE)
    fewest, most = _count_people(model, view)
    ways = " ".join(dict.fromkeys(_ways_in(model.questions)))
    meta = ", ".join(text for text in (view.minutes, view.suits, view.people) if text)
    draft = " <small>(draft)</small>" if view.draft else ""
    first = next(iter(opening_questions(model.questions)), None)
    begins = viewer.view_question(first).text if first else next(_steps_in(view.used), "")
    opens = f'<p class="opens">{_escape(begins)}</p>' if begins else ""
    needs = "; ".join(filter(None, (", ".join(view.materials), view.room)))
    use = "".join(
        f"<p><b>{label}</b> {_escape(text)}</p>"
        for label, text in (("When it helps:", view.when), ("When not:", view.instead), ("What is needed:", needs))
        if text
    )
    picture = ""
    if view.picture or view.canvas or (view.parts and view.asks) or len(view.parts) > 1 or view.shape == "scale":
        picture = _write_picture(model, view.canvas, viewer)
    summary = _write_blocks(view.summary)
    return (
        f'<article id="{_escape(model.key)}" data-least="{least}" data-suits="{suits}" data-asks="{" ".join(about)}" '
        f'data-fewest="{fewest}" data-most="{most}" data-ways="{ways}" '
        f'aria-labelledby="{_escape(model.key)}-title">\n'
        f'<header><h3 id="{_escape(model.key)}-title">{_escape(view.title)}{draft}</h3>'
        + (f'<p class="meta">{_escape(meta)}</p>' if meta else "")
        + f'{summary}</header>\n{picture}<div>{opens}<div class="use">{use}</div>'
        f"{_list_papers(papers, view.title)}</div>\n"
        f"<details><summary>{_title_of_list(model)}</summary>"
        f'<div class="questions">{_write_questions(view)}</div>{_write_credit(view)}</details>\n</article>'
    )


def _title_of_list(model: Model) -> str:
    """
    Return the words over the list of what a page asks and what is done in it, with how much that is.
    """
    asks, steps = len(model.questions.asks), len(model.questions.steps)
    if not steps:
        return f"What it asks<span> ({asks})</span>"
    done = f"{steps} step{'s' if steps != 1 else ''}"
    return (
        f"What it asks and what is done<span> ({asks} question{'s' if asks != 1 else ''}, {done})</span>"
        if asks
        else f"What is done<span> ({done})</span>"
    )


def _count_people(model: Model, view: ModelView) -> tuple[int, int]:
    """
    Return the fewest and the most people that a page is for; 0 for no limit.
    """
    if model.head.people:
        return view.fewest, view.most
    limits = [_SUITING[suit] for suit in model.head.suits]
    if not limits:
        return 0, 0
    return min(least for least, _ in limits), 0 if any(not most for _, most in limits) else max(m for _, m in limits)


def _ways_in(part: QuestionSet) -> Iterator[str]:
    """
    Give the kinds of what is done in a part and in its own parts.
    """
    if any(not isinstance(child, QuestionSet) for child in part.children) or part.mode is not Mode.ASK:
        yield "silent" if part.mode is Mode.WAIT else str(part.mode)
    for inner in part.parts:
        yield from _ways_in(inner)


def _steps_in(parts: Iterable[PartView]) -> Iterator[str]:
    for part in parts:
        yield from (step.text for step in part.steps)
        yield from _steps_in(part.used)


def _write_picture(model: Model, canvas: CanvasView | None, viewer: Viewer) -> str:
    if canvas is not None and model.head.picture is None:
        sheet = SheetToFill(model.title, CanvasKind(canvas.kind), canvas.words, canvas.rows)
        return f"<figure>{diagrams.svg(sheet, f'diagram-{model.key}')}</figure>\n"
    drawn = diagram(model, viewer.wording, plain=viewer.plain)
    drawing = diagrams.draw(drawn)
    look = ' class="strip"' if drawing.width > _STRIP * drawing.height else ""
    return f"<figure{look}>{diagrams.svg(drawn, f'diagram-{model.key}')}</figure>\n"


def _write_blocks(blocks: Blocks) -> str:
    return markup(blocks.blocks)


def _write_questions(view: ModelView) -> str:
    return _list_questions(view.questions) + "".join(_write_part(part, 4) for part in view.parts)


def _write_part(part: PartView, level: int) -> str:
    number = f"{part.number}. " if level == 4 else ""
    time = f"{part.minutes} minutes" if part.minutes else ""
    rounds = f"{part.rounds} times" if part.rounds > 1 else ""
    quiet = f"silent: {', '.join(part.quiet)}" if part.quiet else ""
    more = ", ".join(text for text in (part.role or part.to, time, rounds, quiet) if text)
    aside = f" <small>{_escape(more)}</small>" if more else ""
    inner = "".join(_write_part(each, level + 1) for each in part.parts)
    return (
        f"<section><h{level}>{number}{_escape(part.title)}{aside}</h{level}>"
        f'<div class="reflect-guidance">{_write_blocks(part.guidance)}</div>'
        f"{_list_questions(part.questions)}{_list_steps(part.steps)}</section>{inner}"
    )


def _list_questions(questions: Iterable[QuestionView]) -> str:
    looks = {True: ' class="core"', False: ""}
    lines = "".join(f"<li{looks[each.core]}>{_escape(each.text)}</li>" for each in questions)
    return f"<ul>{lines}</ul>" if lines else ""


def _list_steps(steps: Iterable[StepView]) -> str:
    lines = "".join(f"<li>{_escape(each.text)}</li>" for each in steps)
    return f"<ol>{lines}</ol>" if lines else ""


def _write_credit(view: ModelView) -> str:
    source = f"<b>Source:</b> {_escape(' '.join(view.sources))} " if view.sources else ""
    watch = f'<p class="credit"><b>Watch for:</b> {_escape(" ".join(view.mistakes))}</p>' if view.mistakes else ""
    licence = f" {_escape(view.licence)}." if view.licence else ""
    credit = f"{source}{_escape(view.rights)}{licence}"
    return f'{watch}<p class="credit">{credit}</p>' if credit else watch


def _list_papers(papers: Iterable[PaperLinks], about: str) -> str:
    def links(paper: PaperLinks) -> str:
        return ", ".join(_write_link(link, f"{paper.label}, {about}") for link in paper.links)

    lines = "".join(f"<li>{_escape(paper.label)}: {links(paper)}</li>" for paper in papers)
    return f'<ul class="papers">{lines}</ul>' if lines else ""


def _write_link(link: FileLink, about: str) -> str:
    return f'<a href="{_escape(link.to)}" aria-label="{_escape(f"{link.label}: {about}")}">{_escape(link.label)}</a>'
