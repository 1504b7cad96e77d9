"""
An agency's own form in Word: which of its places is for which answer, and filling it in.

Councils do not change their form. So a paper's answers are written into it, where a map or its own names say, and
nothing else of it changes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reflect.faces import hand_on

# fmt: off
# isort: off
if TYPE_CHECKING:
    from reflect.own_forms.filling_in import FilledForm as FilledForm, fill_in as fill_in
    from reflect.own_forms.form_map import FormMap as FormMap, read_map as read_map
    from reflect.own_forms.spots import OwnForm as OwnForm, Spot as Spot, own_form as own_form
else:
    __all__, __getattr__, __dir__ = hand_on(__name__, {
        "own_forms.filling_in": "FilledForm fill_in",
        "own_forms.form_map": "FormMap read_map",
        "own_forms.spots": "OwnForm Spot own_form",
    })
# isort: on
# fmt: on
