"""
An agency's own look: what is taken, what never is, what is said; and what keeps people from reading a Word file.
"""

from __future__ import annotations

import functools
import io
import itertools
import json
import re
import subprocess
import zipfile
from pathlib import Path
from types import ModuleType

import docx
import pytest
from click.testing import CliRunner
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt, RGBColor
from lxml import etree

import reflect
from reflect.cli import main
from reflect.files.office import NotOpened
from reflect.formats.word.accessibility import REMEDIES, barriers
from reflect.formats.word.sample import sample
from tests.agencies import AGENCIES, SECRETS, changed, picture
from tests.documents import OUTLINE, a_few, text_of_docx
from tests.test_contact_sheet import looking  # noqa: F401  # a fixture
from tests.test_word import tool

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PAPERS = {
    "agenda": OUTLINE,
    "record": OUTLINE,
    "worksheet": "three-column-mapping",
    "handout": "kolb-cycle",
    "cards": "seven-eyed",
    "diagram": "balint-group",
    "notes": "balint-group",
    "role-play": "grow",
    "slide": "social-graces",
    "comparison": "grow + clear + seven-eyed",
    "take-away": "",
    "booklet": "kolb-cycle + balint-group + arrive",
    "preparation": "",
    "case-record": "",
    "group-agenda": "arrive@5 + balint-group@45 + close@10",
    "group-record": "arrive@5 + balint-group@45 + close@10",
}


@functools.cache
def worn(agency: str) -> reflect.Brand:
    return reflect.brand(AGENCIES[agency]())


@functools.cache
def made(paper: str, agency: str = "", **facts: str) -> bytes:
    brand = worn(agency) if agency else None
    return reflect.render(PAPERS[paper], paper, brand=brand, facts={"marking": "OFFICIAL-SENSITIVE"})


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def style(data: bytes, name: str) -> etree._Element:
    tree = etree.fromstring(parts(data)["word/styles.xml"])
    (found,) = (each for each in tree.iter(f"{W}style") if each.get(f"{W}styleId") == name)
    return found


EVERY = list(itertools.product(PAPERS, AGENCIES))


@pytest.mark.parametrize(("paper", "agency"), a_few(EVERY, 3))
def test_the_look_is_taken_and_the_words_are_not(paper: str, agency: str) -> None:
    """
    A paper says the same in any look; nothing that the agency's file says or knows comes along.
    """
    branded = made(paper, agency)

    assert text_of_docx(branded) == text_of_docx(made(paper))
    whole = b"".join(name.encode() + part for name, part in parts(branded).items())
    assert not [secret for secret in SECRETS if secret.encode() in whole]
    assert b"OFFICIAL-SENSITIVE" in b"".join(
        part for name, part in parts(branded).items() if "footer" in name or paper == "cards"
    )
    assert barriers(branded) == ()
    if paper == "cards":  # what is set to fit a card stays as it is
        assert branded == made(paper)


def test_every_secret_was_there() -> None:
    """
    The files do hold what the papers must not.
    """
    for make in AGENCIES.values():
        whole = b"".join(parts(make()).values())
        assert all(secret.encode() in whole for secret in SECRETS[:4])
    assert b"SECRET-FIELD" in b"".join(parts(AGENCIES["abroad"]()).values())


def test_styles_are_found_by_what_people_call_them() -> None:
    """
    A heading whose id is in another language is ours in our papers, with its colour, and nobody's id is left.
    """
    heading = style(made("handout", "abroad"), "Heading1")

    assert heading.find(f".//{W}color").get(f"{W}val") == "004B3A"
    assert heading.find(f".//{W}outlineLvl").get(f"{W}val") == "0"
    assert heading.find(f".//{W}tabs") is not None
    for name, part in parts(made("handout", "abroad")).items():
        assert b"berschrift" not in part, name
        assert b"Kopfzeile" not in part, name


def _edge(table: etree._Element) -> int:
    """
    How far from the left margin a table ends.
    """
    return sum(int(each.get(f"{W}w")) for name in ("tblInd", "tblW") for each in table.iter(f"{W}{name}"))


def test_theme_header_page_and_pictures_come_along() -> None:
    """
    The council's typeface, logo, address, margins and first pages are worn; tables end where its text does.
    """
    found = parts(made("record", "council"))
    head = b"".join(part for name, part in found.items() if "brand-header" in name)

    assert b"Anytown Council" in head
    assert b"Town Hall, Anytown" in b"".join(part for name, part in found.items() if "brand-footer" in name)
    assert picture((90, 20, 110)) in found.values()
    assert b"Georgia" in found["word/styles.xml"]
    body = etree.fromstring(found["word/document.xml"])
    assert body.find(f".//{W}pgMar").get(f"{W}left") == "1417"
    width = 11906 - 2 * 1417
    assert worn("council").width in range(width - 3, width + 4)
    assert {_edge(table) for table in body.iter(f"{W}tblPr")} == {worn("council").width}
    assert b"titlePg" in parts(made("record", "abroad"))["word/document.xml"]
    assert b"Trust, first page" in b"".join(parts(made("record", "abroad")).values())


def test_what_cannot_be_honoured_is_said() -> None:
    """
    Colours that cannot be read are not taken, in the theme and in a style, and a note says which and why.
    """
    assert any("'accent 1'" in note and "4.5" in note for note in worn("template").notes)
    assert not any("'accent 2'" in note for note in worn("template").notes)
    assert b"F5E960" not in parts(made("record", "template"))["word/theme/theme1.xml"]
    assert b"123F7A" in parts(made("record", "template"))["word/theme/theme1.xml"]
    assert any("'subtitle'" in note for note in worn("council").notes)
    assert style(made("record", "council"), "Subtitle").find(f".//{W}color") is None
    assert style(made("record", "council"), "Heading1").find(f".//{W}color").get(f"{W}val") == "5A146E"
    assert any("field in the header" in note for note in worn("abroad").notes)


def test_our_own_styles_worn_change_nothing() -> None:
    """
    What `reflect brand` writes, unchanged, gives papers that look as ours do; changed, it changes them. Only the page is
    that of the file, and how far the lines are apart on it.
    """
    page = re.compile("<w:sectPr.*?</w:sectPr>|<w:trHeight [^>]*>")

    ours = reflect.brand(sample())
    plain = parts(made("record"))
    again = parts(reflect.render(OUTLINE, "record", brand=ours, facts={"marking": "OFFICIAL-SENSITIVE"}))

    assert ours.notes == ()
    assert ours.width == 8618
    for name in ("word/document.xml", "word/numbering.xml", "docProps/core.xml"):
        assert page.sub("", again[name].decode()) == page.sub("", plain[name].decode())
    looks = [
        {
            each.get(f"{W}styleId"): re.sub(b' w:line="[0-9]+"', b"", etree.tostring(each, method="c14n"))
            for each in etree.fromstring(found["word/styles.xml"]).iter(f"{W}style")
        }
        for found in (plain, again)
    ]
    assert {name: look for name, look in looks[0].items() if looks[1].get(name) != look} == {}

    rose = changed(
        sample(), lambda name, part: part.replace(b"0B4F5C", b"7A0B3C") if "styles" in name or "theme" in name else part
    )
    assert b"7A0B3C" in parts(reflect.render(OUTLINE, "record", brand=rose))["word/styles.xml"]
    assert barriers(sample()) == ()


def test_the_same_brand_gives_the_same_bytes_and_copies_are_alike() -> None:
    """
    Rendered again, from the same file read again, every byte is the same; copies are what each would get alone.
    """
    again = reflect.brand(AGENCIES["council"]())
    assert reflect.render(OUTLINE, "record", brand=again) == reflect.render(OUTLINE, "record", brand=worn("council"))
    people = [{"supervisee": "AM", "date": "1 May"}, {"supervisee": "DK", "date": "2 May"}]
    copies = list(reflect.copies(OUTLINE, "record", people, reader="supervisee", brand=again))
    assert copies == [
        reflect.render(OUTLINE, "record", reader="supervisee", brand=again, facts=facts) for facts in people
    ]


def test_a_brand_is_for_word_and_has_to_be_one(tmp_path: Path) -> None:
    """
    Other formats refuse it; if it is not a Word file, or has macros, one sentence says so, and what to do.
    """
    with pytest.raises(reflect.Refused, match="docx"):
        reflect.render(OUTLINE, "agenda", to="html", brand=worn("council"))
    with pytest.raises(NotOpened):
        reflect.brand(b"%PDF-1.7")
    with pytest.raises(NotOpened, match="macros"):
        reflect.brand(changed(AGENCIES["council"](), lambda _, part: part, {"word/vbaProject.bin": b"x"}))
    bare = changed(
        AGENCIES["council"](),
        lambda name, part: (
            None
            if name == "word/styles.xml"
            else re.sub(rb'<Relationship [^>]*styles.xml"[^>]*>|<Override PartName="/word/styles.xml"[^>]*>', b"", part)
        ),
    )
    assert any("no styles" in note for note in reflect.brand(bare).notes)
    assert reflect.render(OUTLINE, "agenda", brand=bare)


def test_the_command_line_wears_it(tmp_path: Path) -> None:
    """
    `--brand` takes the look and says what it could not; `reflect brand` writes a file for it.
    """
    (tmp_path / "council.docx").write_bytes(AGENCIES["council"]())
    run = functools.partial(CliRunner().invoke, main)
    out = str(tmp_path / "agenda.docx")
    told = run(["make", "agenda", "kolb-cycle@30", "--brand", str(tmp_path / "council.docx"), "-o", out])

    assert told.exit_code == 0
    assert "note: the colour of the style 'subtitle'" in told.stderr
    assert b"Georgia" in parts(Path(out).read_bytes())["word/styles.xml"]
    missing = run(["make", "agenda", "kolb-cycle@30", "--brand", str(tmp_path / "counci.docx"), "-o", out])
    assert missing.exit_code == 1
    assert "is not there" in missing.stderr
    assert run(["brand", str(tmp_path / "ours.docx")]).exit_code == 0
    assert run(["check", str(tmp_path / "ours.docx")]).exit_code == 0
    assert run(["brand", str(tmp_path / "ours.pdf")]).exit_code == 2
    (tmp_path / "plain.docx").write_bytes(_bytes(docx.Document()))
    found = run(["check", str(tmp_path / "plain.docx")])
    assert found.exit_code == 1
    assert "(title)" in found.stderr


# --- what keeps people from reading


def _bytes(document: docx.document.Document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _good() -> docx.document.Document:
    """
    A document that everybody can read.
    """
    document = docx.Document()
    document.core_properties.title = "Title"
    for name in ("Heading 1", "Heading 2", "Heading 3"):
        document.styles[name].font.color.rgb = RGBColor(0, 0, 0)
    document.add_heading("One", 1)
    document.add_paragraph("Words")
    return document


def _worse(code: str) -> bytes:
    document = _good()
    document.add_heading("Two", 2)
    match code:
        case "title":
            document.core_properties.title = ""
        case "heading-order":
            document.add_heading("Four", 4)
            document.styles["Heading 4"].font.color.rgb = RGBColor(0, 0, 0)
        case "heading-empty":
            document.add_heading("", 2)
        case "empty-paragraphs":
            document.add_paragraph("")
            document.add_paragraph("")
        case "small-text":
            document.add_paragraph().add_run("small").font.size = Pt(7)
        case "contrast":
            document.add_paragraph().add_run("pale").font.color.rgb = RGBColor(0xCC, 0xCC, 0xCC)
        case "justified":
            document.add_paragraph("stretched").alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        case "table-header" | "table-title":
            document.add_table(2, 2)
        case "table-nested":
            document.add_table(1, 1).cell(0, 0).add_table(1, 1)
        case "picture-words" | "picture-floats":
            document.add_paragraph().add_run().add_picture(io.BytesIO(picture((1, 2, 3))))
    data = _bytes(document)
    if code == "damaged-part":
        return changed(data, lambda name, part: b"<a x:b=''/>" if name == "word/theme/theme1.xml" else part)
    change = {
        "language": (r"<w:lang [^>]*/>", ""),
        "picture-floats": (r"<(/?)wp:inline", r"<\1wp:anchor"),
        "link-words": (
            "<w:t>Words</w:t>",
            "<w:t>x</w:t></w:r><w:hyperlink><w:r><w:t>here</w:t></w:r></w:hyperlink><w:r><w:t>y</w:t>",
        ),
        "control-title": (
            "<w:r><w:t>Words</w:t></w:r>",
            '<w:sdt><w:sdtPr><w:tag w:val="a"/></w:sdtPr><w:sdtContent><w:r><w:t>x</w:t></w:r></w:sdtContent></w:sdt>',
        ),
    }.get(code)
    if change is None:
        return data
    return changed(
        data,
        lambda name, part: re.sub(*change, part.decode()).encode() if name.endswith(".xml") and b"w:" in part else part,
    )


def with_styles(change: dict[str, str], extra: str = "") -> bytes:
    """
    Our own empty file, with its styles changed.
    """
    whole = parts(sample())
    text = whole["word/styles.xml"].decode()
    for old, new in change.items():
        assert old in text
        text = text.replace(old, new, 1)
    whole["word/styles.xml"] = text.replace("</w:styles>", f"{extra}</w:styles>").encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, data in whole.items():
            package.writestr(name, data)
    return out.getvalue()


def based(own: str, on: str) -> str:
    return f'<w:style w:type="paragraph" w:styleId="{own}"><w:name w:val="{own}"/><w:basedOn w:val="{on}"/></w:style>'


def heading_with(inner: str) -> dict[str, str]:
    """
    A first heading that is based on the style S0, and has something in its paragraph's look.
    """
    head = '<w:name w:val="heading 1"/>'
    return {head: f'{head}<w:basedOn w:val="S0"/>', '<w:outlineLvl w:val="0"/>': f'{inner}<w:outlineLvl w:val="0"/>'}


@pytest.mark.parametrize("many", [1, 3, 10_000])
def test_a_chain_of_styles_is_followed_to_its_end_and_a_ring_is_opened(many: int) -> None:
    """
    A style is based on another, that on the next, and so on for as long as it goes; a ring of them is no error.
    """
    chain = "".join(based(f"S{n}", f"S{n + 1}") for n in range(many))
    long = reflect.brand(with_styles(heading_with(""), chain + based(f"S{many}", "")))
    ring = reflect.brand(with_styles(heading_with(""), chain + based(f"S{many}", "S0")))

    assert long.styles.count('w:val="Brand S') == ring.styles.count('w:val="Brand S') == many + 1
    for brand in (long, ring):
        assert len(re.findall('<w:basedOn w:val="Brand[0-9]+"/>', brand.styles)) == many + 1


@pytest.mark.parametrize(
    "strange",
    [
        '<w15:collapsed xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"/>',
        '<q:look xmlns:q="urn:somebody" q:how="much"/>',
        '<w:notYetKnown w:val="1"/>',
        '<w:keepNext w:val="1" xmlns:q="urn:somebody" q:own="x"/>',
    ],
)
def test_what_we_do_not_know_in_a_style_is_kept(strange: str) -> None:
    """
    An element or attribute of a newer Word or of another program stays in a heading's style, and Word is told that it may
    leave it out.
    """
    own = '<w:style w:type="paragraph" w:styleId="S0"><w:name w:val="S0"/><w:pPr>' + strange + "</w:pPr></w:style>"
    worn_styles = reflect.brand(with_styles(heading_with(strange), own)).styles
    root = etree.fromstring(worn_styles.encode())
    known = {etree.QName(each).localname for each in etree.fromstring(f"<w:x xmlns:w={W[1:-1]!r}>{strange}</w:x>")}

    assert len([each for each in root.iter() if etree.QName(each).localname in known]) >= 2
    spaces = {etree.QName(name).namespace for each in root.iter("*") for name in (each.tag, *each.attrib)}
    ignorable = root.get("{http://schemas.openxmlformats.org/markup-compatibility/2006}Ignorable").split()
    assert "urn:somebody" not in spaces or "urn:somebody" in {root.nsmap[name] for name in ignorable}


def test_odd_numbers_and_an_empty_foot_are_no_errors() -> None:
    """
    A tab that is no number, and a foot with nothing in it, come along.
    """
    assert reflect.brand(with_styles({'<w:outlineLvl w:val="0"/>': '<w:tabs><w:tab w:pos="\u00b2"/></w:tabs>'})).styles
    whole = parts(sample())
    foot = next(name for name in whole if re.fullmatch(r"word/footer[0-9]*\.xml", name))
    whole[foot] = f"<w:ftr xmlns:w={W[1:-1]!r}/>".encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, data in whole.items():
            package.writestr(name, data)
    paper = reflect.render(OUTLINE, "agenda", to="docx", brand=reflect.brand(out.getvalue()))
    assert all(
        etree.fromstring(data) is not None
        for name, data in parts(paper).items()
        if "foot" in name and name.endswith("xml")
    )


def test_a_damaged_theme_is_told_of() -> None:
    """
    The look of a file whose theme is damaged has our theme, and says so.
    """
    assert not any("damaged" in note for note in reflect.brand(_bytes(_good())).notes)
    assert any("damaged" in note for note in reflect.brand(_worse("damaged-part")).notes)


@pytest.mark.parametrize("code", REMEDIES)
def test_each_barrier_is_found_and_its_twin_is_not(code: str) -> None:
    """
    A file that is wrong in one way is reported with that code; the same file without the fault is not.
    """
    assert code not in {each.code for each in barriers(_bytes(_good()))}
    assert code in {each.code for each in barriers(_worse(code))}


@pytest.mark.parametrize(("worn", "codes"), [("1", {"contrast"}), ("0", set())])
def test_the_look_of_a_first_row_counts_where_it_is_worn(worn: str, codes: set[str]) -> None:
    """
    Dark words in a first row are hard to read where the style of the table makes that row dark, and only there.
    """
    document = _good()
    table = document.add_table(1, 1, "Medium Shading 1 Accent 1")
    looks = table._tbl.tblPr
    for each in looks.findall(f"{W}tblLook"):
        looks.remove(each)
    looks.append(looks.makeelement(f"{W}tblLook", {f"{W}firstRow": worn}))
    looks.append(looks.makeelement(f"{W}tblCaption", {f"{W}val": "Title"}))
    table.cell(0, 0).paragraphs[0].add_run("dark").font.color.rgb = RGBColor(0x22, 0x44, 0x66)

    assert {each.code for each in barriers(_bytes(document))} == codes


def test_our_papers_have_no_barriers() -> None:
    """
    Every paper of ours, in every look, can be read by all.
    """
    looks_of_paper = itertools.product(PAPERS, ((), ("large-print",), ("dyslexia-friendly",), ("pen",)))
    for paper, looks in a_few(looks_of_paper, 3):  # each paper at least once, and each look with a third of them
        assert barriers(reflect.render(PAPERS[paper], paper, looks=looks)) == (), (paper, looks)


# --- with outside tools


@pytest.fixture(scope="module")
def laid(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tool("soffice")  # without it nothing is made in vain
    folder = tmp_path_factory.mktemp("brands")
    for paper, agency in EVERY:
        (folder / f"{paper}-{agency}.docx").write_bytes(made(paper, agency))
    (folder / "sample.docx").write_bytes(sample())
    return folder


def test_microsofts_validator_finds_nothing_in_any_brand(laid: Path) -> None:
    """
    Every kind of paper in every agency's look is valid Open XML.
    """
    validator = tool("ooxml-validator")
    for file in a_few(sorted(laid.glob("*.docx")), in_ci=3):
        done = subprocess.run([validator, str(file)], capture_output=True, text=True, timeout=60, check=False)

        assert json.loads(done.stdout)["errors"] == [], file.name


def test_nothing_is_cut_in_any_brand(laid: Path, looking: ModuleType, tmp_path: Path) -> None:  # noqa: F811
    """
    LibreOffice lays every paper out in every look with every word to be seen, and no blank page.
    """
    tool("soffice"), tool("pdftotext")
    papers = sorted(laid.glob("*.docx"))
    pdfs = looking.laid_out(papers, tmp_path)

    assert [fault for paper, pdf in zip(papers, pdfs, strict=True) for fault in looking.faults(paper, pdf)] == []
