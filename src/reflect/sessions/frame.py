"""
Which items of a session are its frame, and which are talks: whoever brings something, brings it to a talk.
"""

from __future__ import annotations

from reflect.pages.catalogues import Catalogue

#: Pages of the frame that are for what somebody brings.
_FOR_WHAT_IS_BROUGHT = frozenset({"own-item", "no-model"})
#: A page that belongs to the frame, though it is a model of another family.
_HOW_YOU_ARE = "wellbeing-check-in"


def is_talk(use: str, models: Catalogue) -> bool:
    """
    Return whether an item is a talk; the others open, close and keep the session: nobody asks what became of them.

    Args:
        use: The key of its page or of a part; one without a page of its own is a talk.
        models: Where to find the page.
    """
    key = use.partition(".")[0]
    if key in _FOR_WHAT_IS_BROUGHT or key not in models:
        return True
    return key != _HOW_YOU_ARE and models.model(key).head.family != "frame"


def names_a_model(use: str, models: Catalogue) -> bool:
    """
    Return whether a talk has a model whose title says something beside its topic.
    """
    key = use.partition(".")[0]
    return key in models and key not in _FOR_WHAT_IS_BROUGHT
