"""
What is known of our models from the list of heads, without reading a page.
"""

from __future__ import annotations

from reflect.pages.catalogues import Catalogue, our_catalogue
from reflect.planner.shapes import ModelHead
from reflect.sessions.series import varies


def model_heads(models: Catalogue | None = None) -> list[ModelHead]:
    """
    Return what is known of each model without reading its page.
    """
    known = our_catalogue() if models is None else models
    return [
        ModelHead(
            key=head.key,
            title=head.title,
            least=head.minutes[0] if head.minutes else 1,
            usual=head.minutes[1] if head.minutes else 1,
            when=head.when,
            instead=head.instead,
            aims=[str(aim) for aim in head.aims],
            suits=[str(each) for each in head.suits],
            shape=str(head.shape),
            family=head.family,
            frame=not varies(head),
        )
        for head in known.heads()
    ]
