"""
The same record by docxtpl, python-docx and pandoc, each as its own documentation shows it.

None of these makes places to write in: they print the words. Ours also makes 76 content controls.
"""

from __future__ import annotations

import functools
import io
import re
import tempfile
from pathlib import Path

import docx
import docxtpl
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from content import MATRIX, OPTIONS, STEPS, Copy

HEADER = "Reflective practice record"
FOOTER = "Five steps & one matrix"
COLUMNS = ("What", "Who", "By when", "Seen by", "Done")
TICKS = "\t".join(f"☐\u00a0{n}" for n in range(11))
ENDS = "0 = not at all\n10 = entirely\nSupervisee, may be left blank"
AGREED = "☐\u00a0agreed\t☐\u00a0not agreed"
#: How many rows the table of actions has at least.
ROWS = 8
#: Styles that are used; a lean template has no others.
_USED = {
    "Normal", "Title", "Heading1", "Heading2", "Header", "Footer", "TableNormal", "TableGrid", "DefaultParagraphFont",
    "NoList", "BodyText",
}  # fmt: skip


def looks(line: str) -> list[tuple[str, bool, bool]]:
    """
    The runs of a line of inline Markdown: text, bold, italic.
    """
    found = re.finditer(r"\*\*(.+?)\*\*|\*(.+?)\*|([^*]+)", line)
    return [(m[1] or m[2] or m[3], bool(m[1]), bool(m[2])) for m in found]


def facts(copy: Copy) -> tuple[tuple[str, ...], ...]:
    """
    The table of facts: labels over values.
    """
    return (
        ("Supervisee", "Supervisor", "Date"),
        (copy.supervisee, copy.supervisor, copy.date),
        ("Place", "From", "Agreed focus"),
        (copy.place, copy.start, copy.topic),
    )


# --- python-docx, as its documentation shows it


def _runs(paragraph: Paragraph, line: str) -> Paragraph:
    for text, bold, italic in looks(line):
        run = paragraph.add_run(text)
        run.bold = bold or None
        run.italic = italic or None
    return paragraph


def _table(paper: Document, rows: tuple[tuple[str, ...], ...], style: str = "Table Grid") -> None:
    table = paper.add_table(rows=len(rows), cols=len(rows[0]))
    table.style = style
    for i, row in enumerate(rows):
        for j, text in enumerate(row):
            if "*" in text:
                _runs(table.cell(i, j).paragraphs[0], text)
            else:
                table.cell(i, j).text = text


def _field(paragraph: Paragraph, code: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    paragraph._p.append(field)


def _furniture(paper: Document) -> None:
    section = paper.sections[0]
    section.header.paragraphs[0].text = HEADER
    foot = section.footer.paragraphs[0]
    foot.add_run(f"{FOOTER}\tPage ")
    _field(foot, "PAGE")
    foot.add_run(" of ")
    _field(foot, "NUMPAGES")


def _saved(paper: Document | docxtpl.DocxTemplate) -> bytes:
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def by_python_docx(copy: Copy) -> bytes:
    """
    Build the record as python-docx's documentation builds a document.
    """
    paper = docx.Document()
    _furniture(paper)
    paper.add_heading(f"Session record: {copy.supervisee}", 0)
    _table(paper, facts(copy))
    answers = iter(copy.answers)
    for n, step in enumerate(STEPS, 1):
        paper.add_heading(f"{n}. {step.title}", 1)
        _runs(paper.add_paragraph(), step.guidance)
        for m, question in enumerate(step.questions, 1):
            _runs(paper.add_paragraph(style="Body Text"), f"**{n}.{m}** {question}")
            _table(paper, ((next(answers),),))
    paper.add_heading("Matrix", 1)
    _table(paper, MATRIX)
    paper.add_heading("Options", 1)
    _table(paper, OPTIONS)
    paper.add_heading("How confident are you?", 1)
    paper.add_paragraph(TICKS)
    paper.add_paragraph(ENDS)
    paper.add_heading("Actions", 1)
    rows = [(*action, "", "") for action in copy.actions]
    _table(paper, (COLUMNS, *rows, *[("",) * len(COLUMNS)] * (ROWS - len(rows))))
    paper.add_heading("Sign-off", 1)
    for role, name in (("Supervisee", copy.supervisee), ("Supervisor", copy.supervisor)):
        for line in (role, AGREED, f"Name {name}\tDate", "Comments", ""):
            paper.add_paragraph(line)
    return _saved(paper)


# --- docxtpl


def docxtpl_template(*, lean: bool) -> bytes:
    """
    Build a template for docxtpl: what a form always says stands in it, so that only values are put in.

    A lean one holds only the styles that are used, which more than halves what docxtpl has to read and write;
    the other stands on what python-docx starts from, as the examples of docxtpl do.
    """
    paper = docx.Document()
    if lean:
        _slim(paper)
    _furniture(paper)
    add = paper.add_paragraph
    add("Session record: {{ c.supervisee }}", style="Title")
    values = ("{{ c.supervisee }}", "{{ c.supervisor }}", "{{ c.date }}", "{{ c.place }}", "{{ c.start }}")
    _table(paper, facts(Copy(*values, "{{ c.topic }}", answers=(), actions=())))
    for n, step in enumerate(STEPS, 1):
        paper.add_heading(f"{n}. {step.title}", 1)
        _runs(add(), step.guidance)
        add(f"{{%p for question, answer in steps[{n - 1}] %}}")
        _runs(add(style="Body Text"), f"**{n}.{{{{ loop.index }}}}** {{{{ question }}}}")
        _table(paper, (("{{ answer }}",),))
        add("{%p endfor %}")
    paper.add_heading("Matrix", 1)
    _table(paper, MATRIX)
    paper.add_heading("Options", 1)
    _table(paper, OPTIONS)
    paper.add_heading("How confident are you?", 1)
    add(TICKS)
    add(ENDS)
    paper.add_heading("Actions", 1)
    cells = tuple(f"{{{{ row[{i}] }}}}" for i in range(len(COLUMNS)))
    start, end = ("{%tr for row in rows %}", "", "", "", ""), ("{%tr endfor %}", "", "", "", "")
    _table(paper, (COLUMNS, start, cells, end))
    paper.add_heading("Sign-off", 1)
    for role in ("supervisee", "supervisor"):
        for line in (role.capitalize(), AGREED, f"Name {{{{ c.{role} }}}}\tDate", "Comments", ""):
            add(line)
    return _saved(paper)


def _slim(paper: Document) -> None:
    styles = paper.styles.element
    for style in styles.findall(qn("w:style")):
        if style.get(qn("w:styleId")) not in _USED:
            styles.remove(style)
    latent = styles.find(qn("w:latentStyles"))
    if latent is not None:
        styles.remove(latent)
    for relations, gone in (
        (paper.part.rels, ("stylesWithEffects", "customXml", "numbering", "webSettings")),
        (paper.part.package.rels, ("thumbnail",)),
    ):
        for name, relation in list(relations.items()):
            if relation.reltype.rsplit("/", 1)[-1] in gone:
                del relations[name]


def by_docxtpl(copy: Copy, template: bytes) -> bytes:
    """
    Fill the record as docxtpl's documentation fills a template.
    """
    paper = docxtpl.DocxTemplate(io.BytesIO(template))
    answers = iter(copy.answers)
    blank = [("",) * len(COLUMNS)] * (ROWS - len(copy.actions))
    context = {
        "c": copy,
        "steps": [[(question, next(answers)) for question in step.questions] for step in STEPS],
        "rows": [*((*action, "", "") for action in copy.actions), *blank],
    }
    paper.render(context, autoescape=True)
    return _saved(paper)


# --- pandoc


def _pipes(rows: tuple[tuple[str, ...], ...]) -> str:
    head, *rest = (f"| {' | '.join(row)} |" for row in rows)
    return "\n".join([head, "|" + "---|" * len(rows[0]), *rest])


def _escaped(text: str) -> str:
    return re.sub(r"([\\`*_{}\[\]()#+\-.!|<>&$@~^'\"])", r"\\\1", text)


def markdown(copy: Copy) -> str:
    """
    Write the record in pandoc's Markdown, values escaped.
    """
    safe = Copy(
        *map(_escaped, copy[:6]),
        answers=tuple(map(_escaped, copy.answers)),
        actions=tuple((_escaped(a), _escaped(b), _escaped(c)) for a, b, c in copy.actions),
    )
    answers = iter(safe.answers)
    out = [f"# Session record: {safe.supervisee}", _pipes(facts(safe))]
    for n, step in enumerate(STEPS, 1):
        out += [f"## {n}. {step.title}", step.guidance]
        for m, question in enumerate(step.questions, 1):
            out += [f"**{n}.{m}** {question}", f"> {next(answers)}"]
    rows = [(*action, "", "") for action in safe.actions]
    out += ["## Matrix", _pipes(MATRIX), "## Options", _pipes(OPTIONS)]
    out += ["## How confident are you?", TICKS.replace("\t", " "), ENDS.replace("\n", "\\\n")]
    out += ["## Actions", _pipes((COLUMNS, *rows, *[("",) * len(COLUMNS)] * (ROWS - len(rows)))), "## Sign-off"]
    for role, name in (("Supervisee", safe.supervisee), ("Supervisor", safe.supervisor)):
        out += [role, AGREED.replace("\t", " "), f"Name {name} Date", "Comments"]
    return "\n\n".join(out)


@functools.cache
def _reference() -> str:
    """
    A lean file for pandoc to take styles, header and footer from.
    """
    paper = docx.Document()
    _furniture(paper)
    path = Path(tempfile.mkdtemp()) / "reference.docx"
    paper.save(str(path))
    return str(path)


def pandoc() -> str:
    """
    Where pandoc is, or nothing: it comes with the extra *dev*, and many have it anyway.
    """
    try:
        import pypandoc

        return str(pypandoc.get_pandoc_path())
    except (ImportError, OSError):
        return ""


def pandoc_words(to: str) -> list[str]:
    """
    The command line that makes a Word file of what it reads.
    """
    return [pandoc(), "-f", "markdown-smart", "-t", "docx", f"--reference-doc={_reference()}", "-o", to]
