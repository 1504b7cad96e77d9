"""
What the fields of a Word file show: those whose words are in their code, and those that Word fills in anew.
"""

from __future__ import annotations

import re

from reflect.word_files.symbol_fonts import UNKNOWN, read_symbol
from reflect.word_files.word_file import Beside

#: The address in the code of a field that is a link; quotation marks may have become curly, or be missing.
_LINK = re.compile(r'\s*HYPERLINK\s+(?:\\[mnt]\s+)*(?:"([^"]*)"|[“”]([^“”]*)[“”]|([^\s"“”\\]\S*))', re.IGNORECASE)
_NAME = re.compile(r"\s*([A-Za-z]+)")
#: Fields that show the day or the hour at which the file is opened, printed or saved.
_DAYS = frozenset({"DATE", "TIME", "PRINTDATE", "SAVEDATE"})
#: Fields that show nothing: entries of an index, commands for printing and merging.
_UNSEEN = frozenset({"ADVANCE", "ASK", "NEXT", "NEXTIF", "PRINT", "PRIVATE", "RD", "SET", "SKIPIF", "TA", "TC", "XE"})
_SYMBOL = re.compile(r"\s*SYMBOL\s+(?:0x([0-9a-f]{1,6})|([0-9]{1,6}))(.*)", re.IGNORECASE | re.DOTALL)
_FONT = re.compile(r'\\f\s+(?:["“”]([^"“”]*)["“”]|(\S+))', re.IGNORECASE)
_BUTTON = re.compile(r"\s*(?:MACROBUTTON|GOTOBUTTON)\s+\S+\s*(.*)", re.IGNORECASE | re.DOTALL)


def link_in(code: str) -> str:
    """
    Return the address that the code of a field leads to; empty if it leads nowhere outside the file.
    """
    match = _LINK.match(code)
    return next((address for address in match.groups() if address), "") if match else ""


def is_filled_in(code: str) -> bool:
    """
    Whether a field shows another day whenever the file is opened, printed or saved.
    """
    return _name_in(code) in _DAYS


def read_code(code: str, font: str) -> str | Beside:
    """
    Return what people see of a field that has no words beside its code.

    Args:
        font: The font of its run.
    """
    if match := _SYMBOL.match(code):
        given = _FONT.search(match[3])
        sign = read_symbol(int(match[1], 16) if match[1] else int(match[2]), (given[1] or given[2]) if given else font)
        return Beside.SIGN if sign == UNKNOWN else sign
    if match := _BUTTON.match(code):
        return match[1].strip()
    name = _name_in(code)
    if name in _DAYS:
        return Beside.FILLED_IN
    unseen = name in _UNSEEN or name.startswith("FORM") or not code.strip()
    return "" if unseen else Beside.FIELD


def _name_in(code: str) -> str:
    match = _NAME.match(code)
    return match[1].upper() if match else ""
