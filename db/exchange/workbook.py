"""An XLSX workbook for people: the services, an explanation, and lists behind the drop-downs."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import date
from typing import Any

from openpyxl import Workbook  # type: ignore[import-untyped]  # it has no stubs
from openpyxl.cell import WriteOnlyCell  # type: ignore[import-untyped]
from openpyxl.styles import Alignment, Font, PatternFill  # type: ignore[import-untyped]
from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]
from openpyxl.worksheet.datavalidation import DataValidation  # type: ignore[import-untyped]

from db.directory.service import Service
from db.exchange.columns import COLUMNS, DATES, Column
from db.exchange.gazetteer import Gazetteer
from db.exchange.table import guarded
from db.exchange.vocabulary import Lang
from db.exchange.writing import texts_of

SHEETS = {"uk": ("Послуги", "Пояснення", "Списки"), "en": ("Services", "How to", "Lists")}
HEADS = {
    "uk": ("Стовпець", "Що писати", "Приклад", "Обов’язково для нових"),
    "en": ("Column", "What to write", "Example", "Needed for new rows"),
}
RULES = {
    "uk": (
        "Як користуватися цим файлом",
        "1. Змінюйте рядки на аркуші «Послуги». Рядок упізнають за стовпцем «Код».",
        "2. Нова служба – новий рядок із новим кодом. Рядок, якого у файлі немає, лишається в довіднику.",
        "3. Стовпці, яких ви не чіпаєте, можна прибрати: те, чого немає у файлі, не змінюється.",
        "4. Власні стовпці починайте з # – їх не читають.",
        "5. Не вказуйте адрес притулків, кризових кімнат та інших таємних служб – ніде, навіть у примітках.",
        "6. Далі: stezhka directory import ФАЙЛ – покаже зміни й запитає. Повернути назад: stezhka directory undo.",
    ),
    "en": (
        "How to use this file",
        "1. Change rows on the sheet “Services”. A row is known by its ID.",
        "2. A new service is a new row with a new ID. A row that is not in the file stays in the directory.",
        "3. Columns that you do not touch may be removed: what is not in the file does not change.",
        "4. Begin columns of your own with #; they are not read.",
        "5. Never write the address of a shelter, crisis room or other secret service, not even in notes.",
        "6. Then: stezhka directory import FILE shows the changes and asks. To take it back: stezhka directory undo.",
    ),
}
AS_TEXT = "@"
SPARE_ROWS = 1000  # below the last one: they have drop-downs too
_HEAD = PatternFill("solid", fgColor="1F4E5F")
_MUST = PatternFill("solid", fgColor="8A4B08")
_WHITE = Font(bold=True, color="FFFFFF")
_BOLD = Font(bold=True)
_WRAP = Alignment(wrap_text=True, vertical="top")


def xlsx_bytes(services: Iterable[Service], gazetteer: Gazetteer, lang: Lang) -> bytes:
    """The workbook; without services it is the template."""
    book = Workbook(write_only=True)
    names = SHEETS[lang]
    page = book.create_sheet(names[0])
    page.freeze_panes = "B2"
    for at, column in enumerate(COLUMNS, 1):
        page.column_dimensions[get_column_letter(at)].width = column.width
        page.column_dimensions[get_column_letter(at)].number_format = AS_TEXT
    page.append([_head(page, column.header(lang), _MUST if column.needed else _HEAD) for column in COLUMNS])
    rows = 1
    for service in services:
        texts = texts_of(service, gazetteer, lang)
        page.append([_cell(page, column, texts[column.key]) for column in COLUMNS])
        rows += 1
    _explain(book.create_sheet(names[1]), lang)
    _lists(book.create_sheet(names[2]), page, gazetteer, lang, rows + SPARE_ROWS)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _head(page: Any, text: str, fill: Any) -> Any:
    cell = WriteOnlyCell(page, text)
    cell.fill, cell.font, cell.alignment = fill, _WHITE, _WRAP
    return cell


def _cell(page: Any, column: Column, text: str) -> Any:
    if not text:
        return None
    if column.key in DATES:
        cell = WriteOnlyCell(page, date.fromisoformat(text))
        cell.number_format = "yyyy-mm-dd"
        return cell
    if column.key in ("lat", "lon"):
        return float(text)
    if column.key == "num":
        return int(text)
    return _text(page, text)


def _text(page: Any, text: str) -> Any:
    """A cell of text, whatever the text looks like."""
    cell = WriteOnlyCell(page, guarded(text))
    cell.data_type = "s"  # "#REF!" is not an error when a person wrote it
    cell.number_format = AS_TEXT
    return cell


def _explain(page: Any, lang: Lang) -> None:
    """Names of columns stand in quotation marks, so that this sheet is never taken for the services."""
    for letter, width in zip("ABCD", (30, 90, 30, 24), strict=True):
        page.column_dimensions[letter].width = width
    for at, line in enumerate(RULES[lang]):
        cell = WriteOnlyCell(page, line)
        cell.font = _BOLD if not at else Font()
        page.append([cell])
    page.append([])
    page.append([_head(page, text, _HEAD) for text in HEADS[lang]])
    for column in COLUMNS:
        example = column.sample
        if column.choices and example:
            example = column.choices.word(example, lang)
        needed = ("так" if lang == "uk" else "yes") if column.needed else ""
        hint = column.hint(lang)
        if column.choices:
            words = ", ".join(column.choices.word(code, lang) for code in column.choices.codes)
            hint = f"{hint} [{words}]"
        cells = [_text(page, text) for text in (f"«{column.header(lang)}»", hint, example, needed)]
        for cell in cells:
            cell.alignment = _WRAP
        page.append(cells)


def _lists(page: Any, main: Any, gazetteer: Gazetteer, lang: Lang, last_row: int) -> None:
    """A column of words for every drop-down; a list written into the cell's rule may not exceed 255 characters."""
    lists: list[tuple[Column, list[str]]] = []
    for column in COLUMNS:
        if column.key == "oblast":
            lists.append((column, [gazetteer.name(oblast, lang) for oblast in gazetteer.places.oblasts()]))
        elif column.choices and not column.many:
            lists.append((column, [column.choices.word(code, lang) for code in column.choices.codes]))
    page.append([column.header(lang) for column, _ in lists])
    for row in range(max(len(words) for _, words in lists)):
        page.append([words[row] if row < len(words) else None for _, words in lists])
    for at, (column, words) in enumerate(lists, 1):
        page.column_dimensions[get_column_letter(at)].width = 28
        letter = get_column_letter(at)
        rule = DataValidation(
            "list", formula1=f"'{page.title}'!${letter}$2:${letter}${len(words) + 1}", allow_blank=True
        )
        rule.errorStyle = "warning"
        here = get_column_letter(COLUMNS.index(column) + 1)
        rule.add(f"{here}2:{here}{last_row}")
        main.data_validations.append(rule)
