"""
What the page may ask. A first desk, until the real one is here.
"""

from __future__ import annotations

import attrs


@attrs.define
class Desk:
    """
    Answers the page.
    """

    def answer(self, name: str, given: dict[str, object]) -> object:
        """
        Return the answer to a question of the page, as JSON has it, with bytes where there is a file.
        """
        from reflect.pages.catalogues import our_catalogue

        if name != "models":
            raise LookupError(name)
        return {"models": [{"key": head.key, "title": head.title} for head in our_catalogue().heads()]}
