"""
The documentation's settings.
"""

import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import attrs
import generated

from reflect import publish

project = "reflect"
author = "the reflect developers"
copyright = "2026, the reflect developers"
language = "en"
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
html_theme = "furo"
html_title = "reflect"
html_static_path = ["_static"]
html_css_files = ["site.css"]
exclude_patterns = ["_build"]
smartquotes = False  # -- before an option is two dashes
default_role = "literal"  # docstrings write `names` so
autodoc_member_order = "bysource"
# A class says its fields once, with what each is; their types stand in its signature, under short names.
napoleon_use_ivar = True
autodoc_typehints = "signature"
autodoc_type_aliases = {name: name for name in ("Inline", "Block", "Field", "Read", "What", "Pages", "Rule")}
# attrs gives the hints of a class to its __init__ before the class has its name.
autodoc_type_aliases["Session"] = "reflect.sessions.session.Session"
python_maximum_signature_line_length = 88
myst_heading_anchors = 3
myst_enable_extensions = ["deflist"]


def expand(_app, _page, source):
    """
    Put the generated lists into a page.
    """
    source[0] = generated.expanded(source[0])


def short(_app, _what, _name, _some, _options, signature, returns):
    """
    Write types by their short names, and defaults as a person would.
    """
    return tuple(text and _plain(text) for text in (signature, returns))


def _plain(text):
    text = re.sub(r"TypeAliasForwardRef\('(\w+)'\)", r"\1", text)
    text = re.sub(r"= <function [\w<>]+>", "= ...", text)
    text = re.sub(r"= \(Reader\(.*?\)\)\)", "= READERS", text)
    return text.replace("= NOTHING", "= {}")


def sentence(_app, what, _name, _some, _options, lines):
    """
    Let no colon in what is said of a value be taken for the end of its type.
    """
    if what in ("attribute", "data", "property") and lines and " " in lines[0]:
        lines[:1] = lines[0].split(" ", 1)


def fields(_app, what, _name, some, _options, lines):
    """
    Say what the fields of a file are for, where a class describes them once for its reader and its schema.
    """
    told = [
        f"    {field.name}: {field.metadata['about']}."
        for field in (attrs.fields(some) if what == "class" and attrs.has(some) else ())
        if "about" in field.metadata
    ]
    if told:
        lines += [] if "Attributes:" in lines else ["Attributes:"]
        lines += [*told, ""]


def add_gallery(app, wrong):
    """
    Write the catalogue of models, with its papers in Word, beside the pages.
    """
    if wrong is None and app.builder.name == "html":
        publish(Path(app.outdir) / "gallery", to=("docx",), force=True)


def setup(app):
    """
    Called by Sphinx.
    """
    app.connect("source-read", expand)
    app.connect("autodoc-process-signature", short)
    app.connect("autodoc-process-docstring", sentence, priority=400)
    app.connect("autodoc-process-docstring", fields, priority=400)
    app.connect("build-finished", add_gallery)
