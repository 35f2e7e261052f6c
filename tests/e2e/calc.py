"""`/usr/bin/python3 calc.py FILE EDITS PICTURE HEADER…`: edits a workbook in LibreOffice Calc, as a coordinator would.

Run by Debian's own Python, which has LibreOffice's `uno` (packages libreoffice-calc, python3-uno, poppler-utils),
without a window and without a network: the two talk through a pipe of this user. EDITS is JSON: an ID → {header:
text}; the row of an ID that is not there is added. What is typed is taken as Calc takes it from a keyboard. The edited
cells are coloured, the file is saved in its own format, and PICTURE (a PNG) shows these columns of the edited rows and
their neighbours.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path
from typing import Any

YELLOW = 0xFFF2CC
RESOLUTION = "80"  # dots an inch
COLUMNS, ROWS = 60, 1000  # a directory has fewer
PATIENCE = 60  # seconds for LibreOffice to start


def main(file: Path, edits: dict[str, dict[str, str]], picture: Path, heads: list[str]) -> None:
    """Opens, edits, saves, draws, and closes LibreOffice again."""
    pipe = f"stezhka-{uuid.uuid4().hex}"
    with tempfile.TemporaryDirectory() as profile:
        office = subprocess.Popen(
            ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--norestore", "--nologo",
             f"--accept=pipe,name={pipe};urp"]
        )  # fmt: skip
        try:
            desktop = connect(pipe)
            book = desktop.loadComponentFromURL(file.resolve().as_uri(), "_blank", 0, (option("Hidden", True),))
            sheet = book.Sheets.getByIndex(0)
            rows = edit(sheet, edits)
            book.storeToURL(file.resolve().as_uri(), (option("FilterName", "Calc MS Excel 2007 XML"),))
            keep_only(book, sheet, rows, heads)
            page = Path(profile) / "page.pdf"
            book.storeToURL(page.as_uri(), (option("FilterName", "calc_pdf_Export"),))
            book.close(True)
            desktop.terminate()
            office.wait(PATIENCE)
        finally:
            office.kill()
        drawn = ["pdftoppm", "-r", RESOLUTION, "-png", "-singlefile", str(page), str(picture.with_suffix(""))]
        subprocess.run(drawn, check=True, timeout=PATIENCE)


def connect(pipe: str) -> Any:
    """LibreOffice's desktop, once it listens."""
    import uno  # noqa: PLC0415

    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    until = time.monotonic() + PATIENCE
    while True:
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception:  # uno raises its own kind until the program listens
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
        else:
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)


def option(name: str, value: Any) -> Any:
    """A named argument of LibreOffice's."""
    from com.sun.star.beans import PropertyValue  # noqa: PLC0415

    return PropertyValue(Name=name, Value=value)


def edit(sheet: Any, edits: dict[str, dict[str, str]]) -> list[int]:
    """Types the texts in; the rows they are in, from 0."""
    heads = {sheet.getCellByPosition(at, 0).String: at for at in range(COLUMNS)}
    at = {sheet.getCellByPosition(0, row).String: row for row in range(1, ROWS)}
    last = max(row for name, row in at.items() if name)
    rows = []
    for name, texts in edits.items():
        if name not in at:
            last += 1
            at[name] = last
            paint(sheet.getCellByPosition(0, last), name)
        for head, text in texts.items():
            paint(sheet.getCellByPosition(heads[head], at[name]), text)
        rows.append(at[name])
    return rows


def paint(cell: Any, text: str) -> None:
    """As if typed, and marked."""
    cell.FormulaLocal = text
    cell.CellBackColor = YELLOW


def keep_only(book: Any, sheet: Any, rows: list[int], heads: list[str]) -> None:
    """Hides what the picture does not need; nothing of it is saved."""
    shown = {0, *rows, *(row + 1 for row in rows[:1]), *(row - 1 for row in rows[:1])}
    for row in range(max(rows) + 1):
        sheet.Rows.getByIndex(row).IsVisible = row in shown
    for at in range(COLUMNS):
        sheet.Columns.getByIndex(at).IsVisible = sheet.getCellByPosition(at, 0).String in heads
    style = book.StyleFamilies.getByName("PageStyles").getByName(sheet.PageStyle)
    style.IsLandscape, style.Width, style.Height = True, 42000, 29700  # A3, in hundredths of a millimetre
    style.PrintHeaders, style.HeaderIsOn, style.FooterIsOn = True, False, False
    style.ScaleToPagesX = 1


if __name__ == "__main__":
    main(Path(sys.argv[1]), json.loads(Path(sys.argv[2]).read_text(encoding="utf-8")), Path(sys.argv[3]), sys.argv[4:])
