"""
Messages to the person who typed a command: on standard error, so that standard output holds only the result.
"""

from __future__ import annotations

import click


def print_message(text: str) -> None:
    """
    Print a message, each line with our name before it.
    """
    for line in text.split("\n"):
        click.echo(f"reflect: {line}", err=True)


def print_line(text: str) -> None:
    """
    Print a line of news, such as the name of a file that was written.
    """
    click.echo(text, err=True)
