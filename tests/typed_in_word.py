"""
Word files as people type them: paragraphs in the styles of several programs, and a model as somebody would set it out.
"""

from __future__ import annotations

import io
import itertools
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from html import escape

import attrs

from reflect.pages.attributes import write_part_attributes, write_question_attributes, write_step_attributes
from reflect.pages.front_matter import write_front_matter
from reflect.questions.model import Model
from reflect.questions.question import Question, Step
from reflect.questions.sets import QuestionSet
from reflect.text import markdown
from reflect.text.nodes import Break, Emphasis, Inline, Link, Listing, Paragraph, Strong, Text

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PARTS = ("styles", "numbering", "comments", "footnotes")


@attrs.frozen
class Styled:
    """
    A program's styles: the id, the name, the style it is based on and the level in the outline of each.
    """

    title: str
    headings: tuple[str, ...]
    quote: str
    hint: str
    styles: tuple[tuple[str, str, str, int | None], ...]


def _styled(title: str, headings: str, quote: str, hint: str, *styles: tuple[str, str, str, int | None]) -> Styled:
    return Styled(title, tuple(headings.split()), quote, hint, styles)


_LEVELS = range(1, 6)
#: The styles of several programs, in the languages that they come in.
PROGRAMS: Mapping[str, Styled] = {
    "Word": _styled(
        "Title", "Heading1 Heading2 Heading3 Heading4 Heading5", "Quote", "ListContinue",
        ("Title", "Title", "", None), ("Quote", "Quote", "", None), ("ListContinue", "List Continue", "", None),
        *((f"Heading{n}", f"heading {n}", "", n - 1) for n in _LEVELS),
    ),
    "Word in German": _styled(
        "Titel", "berschrift1 berschrift2 berschrift3 berschrift4 berschrift5", "Zitat", "Listenfortsetzung",
        ("Titel", "Title", "", None), ("Zitat", "Intense Quote", "", None),
        ("Listenfortsetzung", "List Continue", "", None),
        *((f"berschrift{n}", f"heading {n}", "", n - 1) for n in _LEVELS),
    ),
    "an agency's own styles": _styled(
        "OurTitle", "Own1 Own2 Own3 Own4 Own5", "OurQuote", "OurHint",
        ("T", "Title", "", None), ("OurTitle", "Titre de la note", "T", None),
        ("Q", "Quote", "", None), ("OurQuote", "Citation", "Q", None),
        ("L", "List Paragraph", "", None), ("OurHint", "Exemple", "L", None),
        *((f"Base{n}", f"Rubrique {n}", "", n - 1) for n in _LEVELS),
        *((f"Own{n}", f"Ma rubrique {n}", f"Base{n}", None) for n in _LEVELS),
    ),
}  # fmt: skip


def run(text: str, looks: str = "") -> str:
    """
    Words in one look; ``looks`` are properties such as ``<w:b/>``.
    """
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    return f"<w:r>{f'<w:rPr>{looks}</w:rPr>' if looks else ''}{lines}</w:r>"


def para(inner: str, style: str = "", list_: tuple[int, int] | None = None, more: str = "") -> str:
    """
    A paragraph of runs; ``list_`` is the number of its list (1 has bullets, 2 and more have numbers) and its level.
    """
    looks = f'<w:pStyle w:val="{style}"/>' if style else ""
    if list_:
        looks += f'<w:numPr><w:ilvl w:val="{list_[1]}"/><w:numId w:val="{list_[0]}"/></w:numPr>'
    return f"<w:p><w:pPr>{looks}{more}</w:pPr>{inner if inner.startswith('<') else run(inner)}</w:p>"


#: How a line of a Word file can be set, by what people call it: its style, its list and level, and its looks.
_SET = {
    "Title": ("Title", None, ""), "Quote": ("Quote", None, ""), "Plain": ("", None, ""), "Italics": ("", None, "<w:i/>"),
    **{f"Heading {n}": (f"Heading{n}", None, "") for n in _LEVELS},
    "Bullet": ("", (1, 0), ""), "Further in": ("", (1, 1), ""), "Number": ("", (2, 0), ""),
}  # fmt: skip


def word_of_lines(text: str) -> bytes:
    """
    A Word file of lines such as ``Heading 1: Look back``; a line that begins with ``<`` is XML.
    """
    body = []
    for line in text.strip().split("\n"):
        how, _, words = line.partition(": ")
        if line.startswith("<"):
            body.append(line)
        else:
            style, list_, looks = _SET[how]
            body.append(para(run(words, looks), style, list_))
    return word_file(body)


def word_file(body: Iterable[str], program: str = "Word", parts: Mapping[str, str] | None = None) -> bytes:
    """
    A Word file of paragraphs; ``parts`` are others beside it, such as ``comments``.
    """
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/>'
        + (f'<w:basedOn w:val="{base}"/>' if base else "")
        + (f'<w:pPr><w:outlineLvl w:val="{outline}"/></w:pPr>' if outline is not None else "")
        + "</w:style>"
        for id, name, base, outline in PROGRAMS[program].styles
    )
    levels = "".join(
        f'<w:abstractNum w:abstractNumId="{n}">'
        + "".join(
            f'<w:lvl w:ilvl="{at}"><w:numFmt w:val="{form}"/><w:lvlText w:val="{sign}"/></w:lvl>' for at in range(9)
        )
        + "</w:abstractNum>"
        for n, (form, sign) in enumerate((("bullet", "•"), ("decimal", "%1.")))
    )
    numbers = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>' + "".join(
        f'<w:num w:numId="{n}"><w:abstractNumId w:val="1"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        for n in range(2, 200)
    )
    inside = {
        "document": f"<w:document xmlns:w='{W}' xmlns:r='{R}'><w:body>{''.join(body)}</w:body></w:document>",
        "styles": f"<w:styles xmlns:w='{W}'>{styles}</w:styles>",
        "numbering": f"<w:numbering xmlns:w='{W}'>{levels}{numbers}</w:numbering>",
        **{name: f"<w:{name} xmlns:w='{W}'>{text}</w:{name}>" for name, text in (parts or {}).items()},
    }
    kinds = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}.{"document.main" if name == "document" else name}+xml"/>'
        for name in inside
    )
    relations = "".join(
        f'<Relationship Id="r{n}" Type="{R}/{name}" Target="{name}.xml"/>' for n, name in enumerate(inside) if n
    )
    packages = "http://schemas.openxmlformats.org/package/2006"
    files = {
        "[Content_Types].xml": f'<Types xmlns="{packages}/content-types"><Default Extension="rels" ContentType='
        f'"application/vnd.openxmlformats-package.relationships+xml"/>{kinds}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{packages}/relationships"><Relationship Id="r0" Type="{R}/officeDocument"'
        ' Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{packages}/relationships">{relations}</Relationships>',
        **{f"word/{name}.xml": text for name, text in inside.items()},
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in files.items():
            package.writestr(name, text.encode())
    return out.getvalue()


# --- a model as somebody would set it out


def word_of_model(model: Model, program: str = "Word", *, title_as: str = "front", curly: bool = False) -> bytes:
    """
    A model in a Word file: its parts under headings, its questions in a list with bullets.

    Args:
        title_as: ``front``: typed with all else that is known about it; ``title`` or ``heading``: in a style.
        curly: Whether the program made straight quotation marks in braces curly.
    """
    typed = _Typing(PROGRAMS[program], curly)
    front = [line for line in write_front_matter(model.head) if title_as == "front" or not line.startswith("title: ")]
    body = [para(run(line)) for line in front]
    above = 0
    if title_as == "title":
        body.append(para(run(model.title), typed.styled.title))
    elif title_as == "heading":
        body.append(para(run(model.title), typed.styled.headings[0]))
        above = 1
    if model.head.steps:  # the page names the pages that it has as its parts
        body += typed.about(model.questions)
    else:
        body += typed.part(model.questions, above)
    return word_file(body, program)


@attrs.frozen
class _Typing:
    styled: Styled
    curly: bool
    #: The numbers of lists: each begins at 1.
    lists: Iterator[int] = attrs.field(factory=lambda: itertools.count(2))

    def braces(self, text: str) -> str:
        quotes = iter("“”" * text.count('"'))
        plain = not self.curly or any(sign in text for sign in "\\“”„‟")
        return text if plain else "".join(next(quotes) if sign == '"' else sign for sign in text)

    def about(self, part: QuestionSet) -> Iterator[str]:
        if part.guidance:
            yield from self.blocks(part.guidance, "")
        if part.notes:
            yield from self.blocks(part.notes, self.styled.quote)

    def part(self, part: QuestionSet, level: int) -> Iterator[str]:
        yield from self.about(part)
        steps = next(self.lists)
        for child in part.children:
            if isinstance(child, Question):
                yield from self.question(child, part)
            elif isinstance(child, Step):
                yield para(run(f"{child.text} {self.braces(write_step_attributes(child, part))}"), list_=(steps, 0))
                if child.hint:
                    yield para(run(child.hint), self.styled.hint)
        for smaller in part.parts:
            braces = self.braces(write_part_attributes(smaller, part))
            yield para(run(f"{smaller.title} {braces}"), self.styled.headings[level])
            yield from self.part(smaller, level + 1)

    def question(self, question: Question, part: QuestionSet) -> Iterator[str]:
        yield para(run(f"{question.text} {self.braces(write_question_attributes(question, part))}"), list_=(1, 0))
        if question.hint:
            yield para(run(question.hint), self.styled.hint)
        for probe in question.probes:
            yield para(run(probe), list_=(1, 1))

    def blocks(self, text: str, style: str) -> Iterator[str]:
        """
        Guidance or a note, which has paragraphs and flat lists; the list of a star is typed with its star.
        """
        for block in markdown.read_guidance(text):
            match block:
                case Paragraph():
                    yield para(_runs(block.children), style)
                case Listing():
                    number = next(self.lists) if block.start is not None else 1
                    for item in block.items:
                        assert len(item.blocks) == 1
                        assert isinstance(item.blocks[0], Paragraph)
                        runs = _runs(item.blocks[0].children)
                        if block.start is not None:
                            yield para(runs, style, (number, 0))
                        elif style:
                            yield para(runs, style, (1, 0))
                        else:
                            yield para(run(f"{block.sign} ") + runs, style)
                case _:
                    raise AssertionError(f"nobody types {type(block).__name__} in Word")


def _runs(children: Iterable[Inline], looks: str = "") -> str:
    out = ""
    for child in children:
        match child:
            case Text(text):
                out += run(text, looks)
            case Break():
                out += run("\n", looks)
            case Strong(inner):
                out += _runs(inner, looks + "<w:b/>")
            case Emphasis(inner):
                out += _runs(inner, looks + "<w:i/>")
            case Link(to, inner):
                out += (
                    '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
                    f'<w:r><w:instrText> HYPERLINK "{escape(to)}" </w:instrText></w:r>'
                    f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{_runs(inner, looks)}'
                    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
                )
            case _:
                raise AssertionError(f"nobody types {type(child).__name__} in Word")
    return out
