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
from reflect.documents.views import ModelView, PartView, QuestionView
from reflect.formats.html import markup
from reflect.pages.catalogues import Catalogue
from reflect.questions.choosing import opening_questions
from reflect.questions.model import Model
from reflect.questions.question import Element, Function
from reflect.questions.wordings import Wording
from reflect.text.filling import Blocks

#: The family of pages that hold a session together; they come last.
_FRAME = "frame"
#: A diagram so many times as wide as high stands over the words.
_STRIP = 1.5
#: Minutes one can say one has.
_MINUTES = (10, 20, 30, 45, 60, 90)
_PEOPLE = {"one-to-one": "Two of you", "group": "A group", "self": "Me, on my own"}
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
) -> bytes:
    """
    Return the page: every model with its diagram, its questions and its papers.

    It makes no requests and keeps nothing; filters are a small script within it.

    Args:
        papers: Papers about each model, by its key.
        general: Papers of a session without a model.
        whole: Papers about all of them, and for everybody.

    Raises:
        Faults: A page of the catalogue is wrong.
        UnknownKey: The wording lacks a word.
    """
    known = sorted((models.model(head.key) for head in models.heads()), key=_sort_key)
    families = [(family, tuple(some)) for family, some in itertools.groupby(known, lambda model: model.head.family)]
    css, script = _read_file("gallery.css"), _read_file("gallery.js")
    policy = (
        f"default-src 'none'; style-src 'sha256-{_digest(css)}'; script-src 'sha256-{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    body = "\n".join(line for family, some in families for line in _write_family(family, some, wording, papers or {}))
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
    return (
        '<form class="filters" hidden autocomplete="off">'
        '<div><label for="words">Words in it</label><input type="search" id="words" name="words"></div>'
        f'<div><label for="minutes">Minutes you have</label><select id="minutes" name="minutes">'
        f'<option value="">Any</option>{minutes}</select></div>'
        f'<div><label for="people">Who is there</label><select id="people" name="people">'
        f'<option value="">Anyone</option>{people}</select></div>'
        f'<div><label for="asks">Asks about</label><select id="asks" name="asks">'
        f'<option value="">Anything</option>{asks}</select></div>'
        '<button type="reset">Show all</button></form>'
    )


def _write_family(
    family: str, models: Iterable[Model], wording: Wording, papers: Mapping[str, Sequence[PaperLinks]]
) -> Iterator[str]:
    yield f'<section aria-labelledby="{_id(family)}">\n<h2 id="{_id(family)}">{_escape(_title_of_family(family))}</h2>'
    for model in models:
        yield _write_model(model, wording, papers.get(model.key, ()))
    yield "</section>"


def _write_model(model: Model, wording: Wording, papers: Sequence[PaperLinks]) -> str:
    view = Viewer(wording).view_model(model)
    about = sorted({str(each) for asked in model.questions.asks for each in (*asked.elements, *asked.functions)})
    least = model.head.minutes[0] if model.head.minutes else 0
    suits = " ".join(model.head.suits) or " ".join(_PEOPLE)
    meta = ", ".join(text for text in (view.minutes, view.suits) if text)
    draft = " <small>(draft)</small>" if view.draft else ""
    first = next(iter(opening_questions(model.questions)), None)
    opens = f'<p class="opens">{_escape(wording.fill(first.text))}</p>' if first else ""
    use = "".join(
        f"<p><b>{label}</b> {_escape(text)}</p>"
        for label, text in (("When it helps:", view.when), ("When not:", view.instead))
        if text
    )
    picture = ""
    if view.parts or view.shape == "scale":
        picture = _write_picture(model, wording)
    summary = _write_blocks(view.summary)
    return (
        f'<article id="{_escape(model.key)}" data-least="{least}" data-suits="{suits}" data-asks="{" ".join(about)}" '
        f'aria-labelledby="{_escape(model.key)}-title">\n'
        f'<header><h3 id="{_escape(model.key)}-title">{_escape(view.title)}{draft}</h3>'
        + (f'<p class="meta">{_escape(meta)}</p>' if meta else "")
        + f'{summary}</header>\n{picture}<div>{opens}<div class="use">{use}</div>'
        f"{_list_papers(papers, view.title)}</div>\n"
        f"<details><summary>What it asks<span> ({len(view.asks)})</span></summary>"
        f'<div class="questions">{_write_questions(view)}</div>{_write_credit(view)}</details>\n</article>'
    )


def _write_picture(model: Model, wording: Wording) -> str:
    drawn = diagram(model, wording)
    drawing = diagrams.draw(drawn)
    look = ' class="strip"' if drawing.width > _STRIP * drawing.height else ""
    return f"<figure{look}>{diagrams.svg(drawn, f'diagram-{model.key}')}</figure>\n"


def _write_blocks(blocks: Blocks) -> str:
    return markup(blocks.blocks)


def _write_questions(view: ModelView) -> str:
    return _list_questions(view.questions) + "".join(_write_part(part, 4) for part in view.parts)


def _write_part(part: PartView, level: int) -> str:
    number = f"{part.number}. " if level == 4 else ""
    more = ", ".join(text for text in (part.role or part.to, f"{part.minutes} minutes" if part.minutes else "") if text)
    aside = f" <small>{_escape(more)}</small>" if more else ""
    inner = "".join(_write_part(each, level + 1) for each in part.parts)
    return (
        f"<section><h{level}>{number}{_escape(part.title)}{aside}</h{level}>"
        f'<div class="reflect-guidance">{_write_blocks(part.guidance)}</div>'
        f"{_list_questions(part.questions)}</section>{inner}"
    )


def _list_questions(questions: Iterable[QuestionView]) -> str:
    looks = {True: ' class="core"', False: ""}
    lines = "".join(f"<li{looks[each.core]}>{_escape(each.text)}</li>" for each in questions)
    return f"<ul>{lines}</ul>" if lines else ""


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
