"""
The command ``reflect``: which commands there are, how every error is reported, and the exit status.
"""

from __future__ import annotations

import importlib
import io
import os
import sys
from collections.abc import Iterator, Mapping
from typing import Any, TextIO

import click

from reflect.cli.messages import discard_output, print_error, print_line, print_message

# Nothing heavy is imported above: `reflect --help` and `reflect models` have to be quick.

#: Each command, with its module and the first sentence of its help. The module loads when the command is called, so the
#: sentence is repeated here for `reflect --help`; a test compares the two.
COMMANDS = {
    "form": ("reflect.cli.forms", "Look at your agency's own form, and write its map."),
    "brand": ("reflect.cli.papers", "Write our styles into a Word file, to restyle them in Word."),
    "catalogue": ("reflect.cli.papers", "Write every model and its papers into a folder for an intranet."),
    "check": ("reflect.cli.checking", "Check pages, templates, wordings, JSON and Word files for faults."),
    "close": ("reflect.cli.records", "Close a filled record, so that it can be signed; and keep what was signed."),
    "compare": ("reflect.cli.records", "Show what differs between two copies of one record."),
    "copy": ("reflect.cli.records", "Make the supervisee's own copy of a record, with names replaced."),
    "held": ("reflect.cli.planning", "Write into the journal that a session was held or cancelled."),
    "make": ("reflect.cli.papers", "Make one document."),
    "models": ("reflect.cli.models", "List the models."),
    "plan": ("reflect.cli.planning", "Plan a session, and write its papers."),
    "planner": ("reflect.cli.planner", "Write the planner: one page for people who install nothing."),
    "read": ("reflect.cli.records", "Read filled papers back: Word files, and what a page saved."),
    "series": ("reflect.cli.planning", "Show what a run of sessions has covered, for the annual review."),
    "sheet": ("reflect.cli.sheets", "Write models as a sheet, with a row for each question or step."),
    "show": ("reflect.cli.models", "Show one model, or part of one, with all its questions."),
    "suggest": ("reflect.cli.planning", "Suggest what to try next, and say why."),
}


class _Commands(Mapping[str, click.Command]):
    """
    The commands by name, each loaded when somebody asks for it.
    """

    def __getitem__(self, name: str) -> click.Command:
        module, _ = COMMANDS[name]
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)


class Program(click.Group):
    """
    Reports every error in the same way, without a traceback.
    """

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, about) for name, (_, about) in COMMANDS.items()])

    def main(self, *args: Any, **named: Any) -> Any:
        named["standalone_mode"] = False
        _open_closed_streams()
        _escape_what_cannot_be_printed(sys.stdout)
        try:
            result = super().main(*args, **named)
            sys.stdout.flush()
        except click.exceptions.NoArgsIsHelpError as error:
            for line in error.format_message().split("\n"):
                print_line(line)
            sys.exit(2)
        except click.ClickException as error:
            print_message(error.format_message())
            if isinstance(error, click.UsageError) and error.ctx:
                print_line(f"Try '{error.ctx.command_path} --help'.")
            sys.exit(2 if isinstance(error, click.UsageError) else 1)
        except click.Abort:
            print_message("stopped")
            sys.exit(1)
        except BrokenPipeError:
            discard_output()
            sys.exit(1)
        except Exception as error:
            from reflect.errors import ReflectError

            if isinstance(error, ReflectError):
                print_error(error)
            elif isinstance(error, OSError):
                _report_system(error)
            else:
                print_message(_describe_our_mistake(error))
            sys.exit(1)
        sys.exit(result if isinstance(result, int) else 0)


def _open_closed_streams() -> None:
    """
    Give whoever closed standard input or output an empty one: nobody reads what we print, and all else is as usual.
    """
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, io.TextIOWrapper(io.BytesIO(), encoding="utf-8"))


def _report_system(error: OSError) -> None:
    """
    Say what the system refused. Files that are written say so themselves; without a name, it is standard output.
    """
    reason = (error.strerror or type(error).__name__).lower()
    if error.filename:
        print_message(f"{os.fsdecode(error.filename)}: {reason}")
    else:
        print_message(f"standard output: {reason}; not everything was printed")
        discard_output()


def _escape_what_cannot_be_printed(stream: TextIO) -> None:
    """
    Let a stream print an escape for any character that its encoding lacks, such as one in a file name.
    """
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="backslashreplace")


def _describe_our_mistake(error: Exception) -> str:
    """
    Name the kind and the place of an error that nobody foresaw, but not its words, which may hold a value.
    """
    place, trace = "", error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        if f"{os.sep}reflect{os.sep}" in code.co_filename:
            place = f" in {os.path.basename(code.co_filename)}, line {trace.tb_lineno}"
        trace = trace.tb_next
    return f"this is a mistake in reflect itself ({type(error).__name__}{place}); please report it, with what you typed"


@click.group(
    cls=Program,
    commands=_Commands(),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="reflect-supervision", message="%(version)s")
def main() -> None:
    """
    Supervision models as questions, and papers that serve a talk.

    The exit status is 0 if all is well, 1 if something is wrong (a message says what), 2 for a wrong call.

    \b
    Example:
      reflect make agenda "arrive@3 + wellbeing-check-in@8 + kolb-cycle@40 + close@9" --minutes 60
    """
