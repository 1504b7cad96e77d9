"""
Word files as LibreOffice lays them out.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from tests.test_word import tool


def sides_in_libreoffice(folder: Path) -> dict[str, int]:
    """
    How many sides each Word file of a folder has, by its name without the ending. The PDF files lie beside them.
    """
    office, info = tool("soffice"), tool("pdfinfo")
    home, files = f"-env:UserInstallation=file://{folder / 'profile'}", sorted(map(str, folder.glob("*.docx")))
    subprocess.run(
        [office, home, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *files],
        capture_output=True, timeout=300, check=True,
    )  # fmt: skip
    sides = {}
    for pdf in folder.glob("*.pdf"):
        said = subprocess.run([info, str(pdf)], capture_output=True, text=True, check=True).stdout
        sides[pdf.stem] = int(re.findall(r"Pages:\s+(\d+)", said)[0])
    return sides
