"""
The options that several commands share, and the checks of their values.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import click

from reflect.cli import names

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


class WholeNumber(click.ParamType):  # type: ignore[type-arg]  # earlier clicks take no argument
    """
    A whole number in a range, of minutes or of something else.
    """

    name = "number"

    def __init__(self, of: str, least: int, most: int) -> None:
        self.of, self.least, self.most = of, least, most

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        text = str(value)
        short = text.isascii() and text.isdigit() and len(text) <= len(str(self.most))
        if not (short and self.least <= int(text) <= self.most):
            remedy = f"write a whole number from {self.least} to {self.most}"
            self.fail(f"'{text}' is not a number of {self.of}; {remedy}", param, ctx)
        return int(text)


MINUTES = WholeNumber("minutes", 1, 1440)


class FormatName(click.ParamType):  # type: ignore[type-arg]  # earlier clicks take no argument
    """
    The name of a format.
    """

    name = "format"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from reflect.errors import write_one_of
        from reflect.formats import FORMATS

        if value not in FORMATS:
            self.fail(f"'{value}' is not a format; {write_one_of(value, FORMATS)}", param, ctx)
        return str(value)


class DayOfCall(click.ParamType):  # type: ignore[type-arg]  # earlier clicks take no argument
    """
    A day.
    """

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        from reflect.sessions.typed import read_day

        day = read_day(str(value))
        if day is None:
            self.fail("this is not a day; write it like 2026-04-01", param, ctx)
        return day


class ClockOfCall(click.ParamType):  # type: ignore[type-arg]  # earlier clicks take no argument
    """
    A time of day.
    """

    name = "clock"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        from reflect.files.forms import Clock

        clock = Clock().value_of(str(value).strip())
        if clock is None:
            self.fail(f"this is not {Clock.noun}; {Clock.remedy}", param, ctx)
        return clock


class CodeOfSeries(click.ParamType):  # type: ignore[type-arg]  # earlier clicks take no argument
    """
    The code of a series.
    """

    name = "code"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from reflect.sessions.series_codes import SeriesCode, read_code

        code = read_code(str(value))
        if code is None:
            self.fail(f"this is not {SeriesCode().noun}; {SeriesCode().remedy}", param, ctx)
        return code


class ListingOption(click.Option):
    """
    An option whose help lists names in place of ``{}``; they are read when the help is printed.
    """

    def __init__(self, *args: Any, names: Callable[[], str], **named: Any) -> None:
        super().__init__(*args, **named)
        self.names = names

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        record = super().get_help_record(ctx)
        return record and (record[0], record[1].replace("{}", self.names()))


class ListingCommand(click.Command):
    """
    A command whose help lists our documents in place of ``{documents}``.
    """

    @property
    def help(self) -> str | None:
        """
        The help, with the names as they are now.
        """
        text = self._help
        return text.replace("{documents}", names.documents()) if text and "{documents}" in text else text

    @help.setter
    def help(self, text: str | None) -> None:
        self._help = text


# --- where to find things


def _folders_option(of: str) -> Decorator:
    about = f"{of.capitalize()} of your own: a folder, or package:NAME. They come before ours."
    return click.option(f"--{of}", multiple=True, metavar="FOLDER", help=about)


from_option = click.option(
    "--from",
    "sources",
    multiple=True,
    metavar="FOLDER",
    help="Pages of your own: a folder, a page, or package:NAME. May be given several times.",
)
templates_option = _folders_option("templates")
profiles_option = _folders_option("profiles")
occasions_option = _folders_option("occasions")
occasion_option = click.option(
    "--occasion",
    cls=ListingOption,
    names=names.occasions,
    metavar="NAME",
    help="What the session is for: {}; or a YAML file of your own. By default, as the facts have it.",
)


def journal_option(*, required: bool = False) -> Decorator:
    about = "The journal that the two share: what was held, and with which models."
    return click.option("--journal", metavar="FOLDER", required=required, help=about)


series_option = click.option(
    "--series",
    type=CodeOfSeries(),
    metavar="CODE",
    help="The code of the series, such as k7m2: its folder and its journal then refuse another's.",
)

# --- how to make papers


def wording_option(*, of_record: bool = False) -> Decorator:
    """
    Return the option for the words of a profession; by default they are the general ones, or those *of a record*.
    """
    about = "The words of a profession: {}; a YAML file of your own, or package:NAME."
    return click.option(
        "--wording",
        cls=ListingOption,
        names=names.wordings,
        default=None if of_record else "general",
        show_default=not of_record,
        callback=lambda context, option, value: _path_of_file(value, (".yaml", ".yml")),
        help=f"{about} Without it, those of the record, or general." if of_record else about,
    )


def _path_of_file(text: str | None, endings: tuple[str, ...]) -> str | Path | None:
    """
    Return the path of a file if an option names one by its ending; anything else is a key, and stays as it is.
    """
    return Path(text) if text is not None and text.endswith(endings) and not text.startswith("package:") else text


#: The readers in `reflect.questions.rings`, repeated here since help must be quick; a test compares the two.
READERS = ("author", "supervisee", "supervisor", "supervision-file", "case-file", "group", "auditor", "anyone")


def reader_option(about: str) -> Decorator:
    return click.option("--reader", help=f"{about}: {names.join_with_or(READERS)}.")


def to_option(about: str, **more: Any) -> Decorator:
    return click.option(
        "--to", cls=ListingOption, names=names.formats, type=FormatName(), metavar="FORMAT", help=about, **more
    )


def format_of_ending(output: str, *others: str, remedy: str = "") -> str:
    """
    Return the format that a file name ends in; *others* are allowed too.
    """
    from reflect.formats import FORMATS

    endings = {**{each.ending: name for name, each in FORMATS.items()}, **{f".{other}": other for other in others}}
    ending = Path(output).suffix.lower()
    if ending not in endings:
        ends = f"end it in one of: {', '.join(endings)}{remedy}"
        raise click.BadParameter(f"'{output}' does not end in the name of a format; {ends}", param_hint="-o")
    return endings[ending]


#: The looks in `reflect.text.nodes`, and what each does; a test compares the two.
LOOKS = {
    "large-print": "18 points, and laid out anew.",
    "dyslexia-friendly": "13 points, wider lines, no capitals.",
    "pen": "Ruled lines to write on by hand, and no fields.",
    "landscape": "Pages on their long side.",
}


def looks_options(*looks: str) -> Decorator:
    """
    Return one flag for each of these looks; the command gets those that were given, as ``looks``.
    """

    def add_looks(command: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(command)
        def with_looks(**given: Any) -> Any:
            chosen = [look for look in looks if given.pop(look.replace("-", "_"))]
            return command(looks=chosen, **given)

        for look in reversed(looks):
            click.option(f"--{look}", is_flag=True, help=LOOKS[look])(with_looks)
        return with_looks

    return add_looks


plain_option = click.option(
    "--plain",
    is_flag=True,
    help="Print each question in its plain form, if it has one: at most twelve literal words.",
)
brand_option = click.option(
    "--brand",
    metavar="FILE",
    help="Take the look from your agency's Word document or template, or from package:NAME.",
)

# --- where to write


def output_option(metavar: str, about: str, *, required: bool = False) -> Decorator:
    return click.option("-o", "--output", metavar=metavar, required=required, help=about)


force_option = click.option("--force", is_flag=True, help="Replace a file even if somebody may have changed it.")

# --- checks of values


def check_one_of(option: str, given: str | None, known: Iterable[str]) -> None:
    from reflect.errors import write_one_of

    values = [str(value) for value in known]
    if given is not None and given not in values:
        raise click.BadParameter(f"'{given}' is not known; {write_one_of(given, values)}", param_hint=option)


def refuse_folder(output: str) -> None:
    if os.path.isdir(output):
        raise click.BadParameter(f"'{output}' is a folder; name a file in it", param_hint="-o")


def refuse_standard_output(output: str) -> None:
    """
    Refuse ``-o -`` for a command that writes several files, or a folder called "-" would be made.
    """
    if output == "-":
        raise click.BadParameter("several files cannot go to standard output; name a folder", param_hint="-o")


def split_pairs(pairs: Iterable[str], option: str, remedy: str) -> dict[str, str]:
    """
    Return the names and texts of an option that is given as NAME=TEXT. If it is not a pair, it may be a value, so the
    error does not quote it.
    """
    texts: dict[str, str] = {}
    for pair in pairs:
        name, sign, text = pair.partition("=")
        if not sign:
            raise click.BadParameter(remedy, param_hint=option)
        texts[name] = text
    return texts
