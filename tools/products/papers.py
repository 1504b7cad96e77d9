"""
Papers: blank and filled, in every format, look, wording and brand, one and many.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import reflect
from products.making import (
    FACTS,
    FORMATS,
    LOOKS,
    OUTLINES,
    READERS,
    VARIED_MODELS,
    Inputs,
    Products,
    files_in,
    fresh_folder,
    planted_values,
    render,
    render_formats,
    result_of,
    run_command,
    run_file,
    run_lines,
    subjects_of,
)


def make_blank(inputs: Inputs) -> Products:
    shelf = reflect.Templates()
    for name in shelf.names():
        for word, what in subjects_of(shelf.about(name), inputs):
            yield from render_formats(f"{name}-{word}", what, name, FORMATS)
        if not inputs.few:
            yield f"{name}-wrong.txt", render("kolb-cycle + gibbs-cycle + nothing-known", name, "txt")
    if not inputs.few:
        yield from render_formats("booklet-all", None, "booklet", FORMATS)
        yield from render_formats("cards-all", None, "cards", FORMATS)
        yield from render_formats("cards-4", "kolb-cycle + grow", "cards", FORMATS, cards="a6")


def make_models(inputs: Inputs) -> Products:
    for key in inputs.model_keys():
        for name, formats in {"handout": "docx html md", "cards": "docx html md", "worksheet": "docx"}.items():
            yield from render_formats(f"{name}-{key}", reflect.load(key), name, formats.split())


def make_looks(inputs: Inputs) -> Products:
    papers: dict[str, Any] = {
        "agenda": OUTLINES[0],
        "record": OUTLINES[0],
        "handout": reflect.load("three-column-mapping"),
        "cards": "kolb-cycle",
        "worksheet": reflect.load("kolb-cycle"),
        "agreement": None,
    }
    for name, what in inputs.some(papers.items(), 2):
        for looks in [*((look,) for look in LOOKS), ("large-print", "pen")]:
            yield from render_formats(f"{name}-{'-'.join(looks)}", what, name, ("docx", "html", "pdf"), looks=looks)


def make_words(inputs: Inputs) -> Products:
    papers = dict.fromkeys(("preparation", "agreement", "workload-statement", "supervision-log"))
    papers |= {"agenda": OUTLINES[0], "record": OUTLINES[0], "slide": "kolb-cycle"}
    for wording in inputs.some(("nursing", "childrens-social-work", "coaching"), 1):
        for name, what in papers.items():
            yield from render_formats(f"{name}-{wording}", what, name, ("docx", "txt", "html"), wording=wording)
    own = inputs.folder / "agency/wordings/home-support.yaml"
    yield from render_formats("agenda-own", OUTLINES[0], "agenda", ("docx", "txt"), wording=own)


def make_brand(inputs: Inputs) -> Products:
    with fresh_folder():
        yield "told", run_command("brand", "ours.docx")
        ours = Path("ours.docx").read_bytes()
    yield "ours.docx", ours
    for word, data in {"ours": ours, "agency": (inputs.folder / "agency/brand.docx").read_bytes()}.items():
        for name in ("agenda", "handout", "cards", "record"):
            what = OUTLINES[0] if name in ("agenda", "record") else reflect.load("kolb-cycle")
            yield f"{name}-{word}.docx", render(what, name, "docx", brand=data)
        yield f"{word}.notes", result_of(lambda data=data: "\n".join(reflect.brand(data).notes))
    yield "html", render(OUTLINES[0], "agenda", "html", brand=ours)


def make_agency(inputs: Inputs) -> Products:
    """
    What a package of somebody else brings along: models, templates, a profile, a wording and a brand.
    """
    session = (inputs.folder / "session-files/one-to-one.yaml").read_bytes() + b"profile: home-support\n"
    yield from run_file("agency", {"agency": inputs.folder / "agency", "session.yaml": session})


def make_filled(inputs: Inputs) -> Products:
    for name in ("record", "agenda", "pair-notes", "group-record", "group-agenda", "own-copy"):
        for reader in inputs.some(READERS[1:], 2):
            record = inputs.record()
            yield from render_formats(f"{name}-{reader}", record, name, ("docx", "html", "txt"), reader=reader)
    for name, word, value in planted_values():
        for reader in READERS if not inputs.few else ("supervisor", "auditor"):
            formats = FORMATS[:-1] if reader == "supervisor" else ("md",)
            yield from render_formats(f"{name}-{word}-{reader}", value, name, formats, reader=reader)
        yield f"{name}-{word}.pdf", render(value, name, "pdf", reader="supervisee")
        yield f"{name}-{word}-nobody.txt", render(value, name, "txt")
    session = reflect.plan(OUTLINES[0], 60, facts=FACTS)
    for reader in READERS:
        for name in ("agenda", "record"):
            yield from render_formats(f"facts/{name}-{reader}", session, name, ("docx", "json"), reader=reader)
    for minutes in (20, 45, 90):
        yield from render_formats(f"facts/agenda-{minutes}", OUTLINES[1], "agenda", ("md", "docx"), minutes=minutes)


def make_many(inputs: Inputs) -> Products:
    people = [{"supervisee": f"Person {n}", "place": f"Room {n} & more", "date": f"{n} May 2026"} for n in range(1, 4)]
    for to in ("docx", "html", "txt"):
        for name in ("agenda", "record"):
            papers = reflect.copies(OUTLINES[0], name, people, to=to, reader="supervisor")
            yield from ((f"copies/{name}-{number}.{to}", data) for number, data in enumerate(papers, 1))
    outlines = [("kolb-cycle@30", FACTS), "grow@20 + close@5", "nothing-known@5", reflect.load("balint-group"), 7]
    models = [*map(reflect.load, VARIED_MODELS), "nothing-known"]
    batches: tuple[tuple[str, str, Any], ...]
    batches = (("agenda", "docx", outlines), ("handout", "html", models), ("record", "json", outlines))
    for name, to, items in batches:
        for made in reflect.render_many(items, name, to=to, reader="supervisor"):
            yield f"{name}-{made.number}.{to}", result_of(lambda made=made: made.data)


def make_catalogue(inputs: Inputs) -> Products:
    """
    The folder for an intranet. PDF is left to the other papers, which are many.
    """
    if not inputs.few:
        yield from run_lines("ours", "catalogue -o catalogue --to docx --to md")
        return
    # These are in every blank record, which is published for each.
    keys = ("arrive", "previous-actions", "wellbeing-check-in", "workload", "case-round", "learning", "close")
    with fresh_folder({f"models/{key}.md": inputs.folder / f"models/{key}.md" for key in keys}) as folder:
        reflect.publish(Path("catalogue"), models=reflect.catalogue(Path("models"), builtin=False), to=["docx", "html"])
        yield from files_in(folder, "few", leave=["models"])
