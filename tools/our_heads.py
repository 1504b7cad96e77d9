"""
Write the list of what our own pages say about their models and ask about, so that nobody has to read them all to list
or to search them.

Usage: our_heads.py; run it whenever a page in src/reflect/models changes.
"""

from __future__ import annotations

from pathlib import Path

from reflect.pages import our_heads
from reflect.pages.catalogues import our_pages

LIST = Path(__file__).parent.parent / "src/reflect/pages/our_heads.json"


def main() -> None:
    """
    Read each page, and write the list.
    """
    models = {page.where: page.open_page().read_model() for page in our_pages()}
    heads = {name: model.head for name, model in models.items()}
    asked = {name: our_heads.asked_by(model) for name, model in models.items()}
    LIST.write_text(our_heads.write_list(heads, asked), "utf-8")


if __name__ == "__main__":
    main()
