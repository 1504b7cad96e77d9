"""
Write the table of advance widths that diagrams are measured with.

Usage: font_widths.py REGULAR.ttf[,REGULAR.ttf…] BOLD.ttf[,BOLD.ttf…]; needs fontTools. Of several fonts the widest
counts, so that a text measured here fits in each of them.
"""

from __future__ import annotations

import json
import sys
import unicodedata
from collections import defaultdict
from pathlib import Path

from fontTools.ttLib import TTFont

TABLE = Path(__file__).parent.parent / "src/reflect/diagrams/widths.json"
#: Latin, Greek and Cyrillic letters, punctuation, money and arrows.
RANGES = ((0x20, 0x7E), (0xA0, 0x24F), (0x370, 0x3FF), (0x400, 0x52F), (0x1E00, 0x1EFF), (0x2010, 0x2044),
          (0x20A0, 0x20BF), (0x2100, 0x22FF))  # fmt: skip


def widths(files: str) -> dict[int, int]:
    """
    The widest advance of each letter that all of the fonts have, in thousandths of the size.
    """
    found: list[dict[int, int]] = []
    for file in files.split(","):
        font = TTFont(file)
        unit, advances = font["head"].unitsPerEm, font["hmtx"]
        found.append({code: -(-advances[name][0] * 1000 // unit) for code, name in font.getBestCmap().items()})
    common = set.intersection(*map(set, found))
    letters = (code for low, high in RANGES for code in range(low, high + 1))
    return {
        code: max(each[code] for each in found)
        for code in letters
        if code in common and unicodedata.category(chr(code)) not in ("Cf", "Cn", "Co", "Mn", "Me")
    }


def main() -> None:
    """
    Write the table: for each weight, the letters of each width.
    """
    table = {}
    for weight, files in zip(("regular", "bold"), sys.argv[1:], strict=True):
        groups: dict[int, list[str]] = defaultdict(list)
        for code, width in widths(files).items():
            groups[width].append(chr(code))
        table[weight] = {str(width): "".join(letters) for width, letters in sorted(groups.items())}
    TABLE.write_text(json.dumps(table, ensure_ascii=True, indent=0, sort_keys=True) + "\n", "ascii")


if __name__ == "__main__":
    main()
