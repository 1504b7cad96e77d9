"""
What one checkout of reflect makes, for ``tools/same_outputs.py`` to compare: one product a file.

Modules of reflect move, so the modules here use only names that stay: those of ``reflect.__all__``,
``reflect.papers``, ``reflect.testing`` and the command line.
"""

from pathlib import Path

#: The module that makes each kind, in its function ``make_KIND``.
KINDS = {
    **dict.fromkeys(("blank", "models", "looks", "words", "brand", "agency", "filled", "many", "catalogue"), "papers"),
    **dict.fromkeys(("read", "compared", "pages", "held"), "returned"),
    **dict.fromkeys(("json", "schemas", "sets", "timetables", "advice", "shown"), "values"),
    **dict.fromkeys(("plans", "commands", "standing", "help", "wrong", "messages"), "commands"),
}
#: The last product of a kind that could not make all of its products.
STOPPED = "STOPPED"


def names_below(folder: Path) -> set[str]:
    return {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}
