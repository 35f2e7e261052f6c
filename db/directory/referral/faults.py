"""What can be wrong with the files of rules, told to the person who edits them, in either language."""

from __future__ import annotations

from dataclasses import dataclass, field

from db.visit import Lang

# What is wrong, and what to do about it. `{value}` is what the cell holds.
REASONS: dict[str, dict[Lang, str]] = {
    "unreadable": {
        "en": "the file cannot be opened: check that it is there",
        "uk": "файл не відкривається: перевірте, чи він на місці",
    },
    "encoding": {
        "en": "not UTF-8: save it as “CSV UTF-8”",
        "uk": "це не UTF-8: збережіть як «CSV UTF-8»",
    },
    "broken": {
        "en": "not a table that can be read: save it anew as “CSV UTF-8”",
        "uk": "таблиця не читається: збережіть її ще раз як «CSV UTF-8»",
    },
    "columns": {
        "en": "these columns are needed in the first row: {value}",
        "uk": "у першому рядку потрібні стовпці: {value}",
    },
    "cells": {
        "en": "more cells than columns: put texts with commas in quotes",
        "uk": "комірок більше, ніж стовпців: текст із комами візьміть у лапки",
    },
    "word": {
        "en": "“{value}” is not known: use * or {known}",
        "uk": "«{value}» не відоме: поставте * або {known}",
    },
    "empty": {"en": "must not be empty", "uk": "не може бути порожнім"},
    "again": {
        "en": "“{value}” is in row {other} already: keep one",
        "uk": "«{value}» вже є в рядку {other}: лишіть один",
    },
    "step": {
        "en": "there is no step “{value}” in {file}",
        "uk": "кроку «{value}» немає у {file}",
    },
    "steps": {
        "en": "{value} steps: a screen holds from 1 to {most}",
        "uk": "кроків {value}: на екрані вміщається від 1 до {most}",
    },
    "twice": {
        "en": "“{value}” stands twice: one step is one row of the screen",
        "uk": "«{value}» стоїть двічі: кожен крок показуємо один раз",
    },
    "long": {
        "en": "the steps are {value} characters together, a screen holds {most}: take one out or shorten it",
        "uk": "разом кроки мають {value} знаків, на екран вміщається {most}: приберіть або скоротіть один",
    },
    "nobody": {
        "en": "no step has a round-the-clock line (24_7): add one, so that the person reaches somebody",
        "uk": "жоден крок не має цілодобової лінії (24_7): додайте, щоб людина когось застала",
    },
    "clash": {
        "en": "fits the same case as row {other} and weighs the same: name one more column or delete one row",
        "uk": "пасує туди ж, куди й рядок {other}, і важить так само: уточніть стовпець або приберіть рядок",
    },
    "rest": {
        "en": "the row of five stars is missing: it answers whatever no other row fits",
        "uk": "немає рядка з п’ятьма зірочками: він відповідає там, де не пасує жоден інший",
    },
    "reach": {
        "en": "a step needs a kind, a line or both: otherwise it leads nowhere",
        "uk": "кроку потрібен вид служби, лінія або обидва: інакше він нікуди не веде",
    },
    "line": {
        "en": "“{value}” is not a service’s name, like ua-1547 or, for its second number, ua-1547/2",
        "uk": "«{value}» не назва служби, як-от ua-1547 або, для другого номера, ua-1547/2",
    },
    "number": {
        "en": "“{value}” is a phone number: put the service’s name in the column “line” instead",
        "uk": "«{value}» – номер телефону: натомість впишіть назву служби в стовпець line",
    },
    "code": {
        "en": "“{value}” is no short name: 1 to 16 of a-z, 0-9, - and _",
        "uk": "«{value}» не годиться за коротку назву: від 1 до 16 знаків a-z, 0-9, - і _",
    },
    "link": {
        "en": "a link or an address (“{value}”): take it out",
        "uk": "посилання або адреса («{value}»): приберіть",
    },
    "braces": {
        "en": "“{value}”: braces are only for numbers in the script, like {{tel:ua-police-102}}",
        "uk": "«{value}»: фігурні дужки лише для номерів у сценарії, як-от {{tel:ua-police-102}}",
    },
    "letters": {
        "en": "{value} characters, at most {most}: shorten it",
        "uk": "знаків {value}, можна щонайбільше {most}: скоротіть",
    },
    "screen": {
        "en": "the rows are {value} characters together, a screen holds {most}: shorten them",
        "uk": "разом рядки мають {value} знаків, на екран вміщається {most}: скоротіть",
    },
    "beginning": {
        "en": "its beginning can be seen on a locked screen, and says “{value}”: begin otherwise",
        "uk": "початок видно на заблокованому екрані, а там «{value}»: почніть інакше",
    },
    "street": {
        "en": "“{value}” reads like an address: take it out",
        "uk": "«{value}» схоже на адресу: приберіть",
    },
    "date": {
        "en": "“{value}” is not a date like 2026-11-22",
        "uk": "«{value}» не схоже на дату, як-от 2026-11-22",
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to repair. `row` as a spreadsheet counts it (1 is the header), 0 for the whole file."""

    file: str
    row: int
    column: str
    reason: str
    params: dict[str, object] = field(default_factory=dict)

    def told(self, lang: Lang) -> str:
        """As one line: file, row, column, what is wrong and what to do."""
        row, column = ("row", "column") if lang == "en" else ("рядок", "стовпець")
        where = [self.file, f"{row} {self.row}" if self.row else "", f"{column} {self.column}" if self.column else ""]
        return f"{', '.join(part for part in where if part)}: {REASONS[self.reason][lang].format(**self.params)}"


class ReferralError(ValueError):
    """The rules cannot be used; the message is the first fault, `faults` are all of them."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = tuple(faults)
        more = f" (and {len(faults) - 1} more: stezhka directory check)" if len(faults) > 1 else ""
        super().__init__(faults[0].told("en") + more)
