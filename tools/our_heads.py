"""
Write the list of what our own pages say about their models, so that nobody has to read them all to list them.

Usage: our_heads.py; run it whenever a page in src/reflect/models changes above its questions.
"""

from __future__ import annotations

from pathlib import Path

from reflect.pages import our_heads
from reflect.pages.catalogues import our_pages

LIST = Path(__file__).parent.parent / "src/reflect/pages/our_heads.json"


def main() -> None:
    """
    Read the head of each page, and write the list.
    """
    heads = {page.where: page.open_page().read_head() for page in our_pages()}
    LIST.write_text(our_heads.write_list(heads), "utf-8")


if __name__ == "__main__":
    main()
