"""
``python -m reflect``: the command line.
"""

from reflect.cli import main

main(prog_name="reflect")
