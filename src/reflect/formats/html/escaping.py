"""
Texts escaped for a page.
"""

from __future__ import annotations

import html


def escape_html(text: str) -> str:
    """
    Return a text escaped for a page, also for an attribute.
    """
    # A browser would read a carriage return as a line end, so we write it as a reference.
    return html.escape(text).replace("\r", "&#13;")
