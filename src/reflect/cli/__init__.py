"""
The command line.
"""

from reflect.cli.program import main

__all__ = ["main"]
