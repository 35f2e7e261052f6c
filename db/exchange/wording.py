"""What coordinators are told when a file cannot be taken: where, why, and what to do. These sentences are theirs and
never a visitor's, so they live here and not in the catalogues."""

from __future__ import annotations

from collections.abc import Sequence

from db.exchange.columns import BY_KEY
from db.exchange.faults import SHOWN_AT_MOST, Fault, Where
from db.exchange.vocabulary import Lang

SAID_AT_MOST = 300  # characters of what was found that are said back

# code → ((why, what to do) in Ukrainian, in English)
SENTENCES: dict[str, tuple[tuple[str, str], tuple[str, str]]] = {
    "missing_file": (
        ("такого файлу немає", "Перевірте назву й теку."),
        ("there is no such file", "Check the name and the folder."),
    ),
    "unreadable_file": (
        ("файл не вдається відкрити", "Закрийте його в інших програмах і перевірте права доступу."),
        ("the file cannot be opened", "Close it in other programs and check the permissions."),
    ),
    "too_large": (
        ("файл завеликий: {found} МБ, найбільше {most} МБ", "Надішліть лише рядки, які змінюються."),
        ("the file is too large: {found} MB, at most {most} MB", "Keep only the rows that change."),
    ),
    "too_many_rows": (
        ("рядків забагато: понад {most}", "Поділіть файл на частини."),
        ("there are too many rows: more than {most}", "Divide the file into parts."),
    ),
    "unknown_type": (
        ("файл «{found}» – не таблиця, яку тут читають", "Збережіть його як .xlsx або .csv."),
        ("a “{found}” file is not a table that is read here", "Save it as .xlsx or .csv."),
    ),
    "broken": (
        ("файл пошкоджено: його вміст не читається як таблиця",
         "Відкрийте його в програмі таблиць і збережіть знову як .xlsx або .csv."),
        ("the file is broken: its contents cannot be read as a table",
         "Open it in a spreadsheet program and save it again as .xlsx or .csv."),
    ),
    "old_or_locked": (
        ("це старий формат .xls або файл під паролем", "Зніміть пароль і збережіть як .xlsx."),
        ("this is the old .xls format or a file with a password", "Remove the password and save it as .xlsx."),
    ),
    "empty": (
        ("у файлі немає жодного рядка зі службою", "Візьміть за основу файл із «stezhka directory export»."),
        ("there is no row with a service in the file", "Start from a file made by “stezhka directory export”."),
    ),
    "wrong_sheet": (
        ("на жодному аркуші немає заголовків довідника (є аркуші: {found})",
         "Поставте в перший рядок заголовки з «stezhka directory template», зокрема «Код»."),
        ("no sheet has the directory's headers (sheets: {found})",
         "Put the headers of “stezhka directory template” into the first row, “ID” among them."),
    ),
    "no_such_sheet": (
        ("аркуша «{sheet}» немає (є: {found})", "Виправте --sheet."),
        ("there is no sheet “{sheet}” (there are: {found})", "Correct --sheet."),
    ),
    "no_headers": (
        ("у першому рядку немає заголовка «Код»", "Поставте заголовки з «stezhka directory template»."),
        ("there is no “ID” header in the first row", "Put the headers of “stezhka directory template” there."),
    ),
    "merged": (
        ("об’єднані комірки {found}", "Роз’єднайте їх і заповніть кожну."),
        ("merged cells {found}", "Split them and fill in each."),
    ),
    "two_headers": (
        ("заголовок «{found}» трапляється двічі", "Залиште один стовпець."),
        ("the header “{found}” is there twice", "Keep one column."),
    ),
    "unknown_header": (
        ("заголовок «{found}» невідомий{maybe}",
         "Виправте його або, якщо це ваш власний стовпець, поставте перед ним #."),
        ("the header “{found}” is not known{maybe}", "Correct it, or put # before it when the column is your own."),
    ),
    "cells_without_header": (
        ("у стовпці без заголовка щось написано: «{found}»", "Дайте стовпцю заголовок із # або очистьте його."),
        ("something stands in a column without a header: “{found}”", "Give the column a # header or clear it."),
    ),
    "formula": (
        ("формула «{found}»", "Замініть її значенням: скопіюйте й вставте «лише значення»."),
        ("the formula “{found}”", "Replace it by its value: copy it and paste “values only”."),
    ),
    "error_value": (
        ("помилка таблиці «{found}»", "Впишіть значення."),
        ("the spreadsheet's error “{found}”", "Write the value."),
    ),
    "control": (
        ("невидимий знак, якого в тексті не буває", "Впишіть текст комірки заново."),
        ("an invisible character that no text has", "Type the text of the cell anew."),
    ),
    "too_long": (
        ("задовго: {found} знаків, найбільше {most}", "Скоротіть."),
        ("too long: {found} characters, at most {most}", "Shorten it."),
    ),
    "needed": (
        ("порожньо, а для нової служби це потрібно", "Заповніть."),
        ("empty, and a new service needs it", "Fill it in."),
    ),
    "no_id": (
        ("рядок без коду", "Дайте йому код, наприклад «zhytomyr-daycentre»."),
        ("a row without an ID", "Give it one, e.g. “zhytomyr-daycentre”."),
    ),
    "look_alike": (
        ("у коді «{found}» кирилична літера «{letter}» схожа на латинську", "Напишіть латинкою: {right}"),
        ("in the ID “{found}” the letter “{letter}” is Cyrillic and looks Latin", "Write it in Latin letters: {right}"),
    ),
    "bad_id": (
        ("код «{found}» не годиться", "Лише малі латинські літери, цифри й дефіс, до 64 знаків."),
        ("the ID “{found}” will not do", "Only small Latin letters, digits and hyphens, at most 64 characters."),
    ),
    "two_ids": (
        ("код «{found}» уже є в рядку {other}", "Залиште один рядок або дайте іншій службі свій код."),
        ("the ID “{found}” is in row {other} already", "Keep one row, or give the other service its own ID."),
    ),
    "unknown_word": (
        ("«{found}» – невідоме значення{maybe}", "Одне з: {known}"),
        ("“{found}” is not known{maybe}", "One of: {known}"),
    ),
    "yes_or_no": (
        ("«{found}» – ні «так», ні «ні»", "Напишіть «так» або «ні»."),
        ("“{found}” is neither yes nor no", "Write “yes” or “no”."),
    ),
    "phone": (
        ("«{found}» – не телефонний номер",
         "Напишіть із кодом міста: 044 272 15 00; короткий номер – як набирають: 15-47."),
        ("“{found}” is not a phone number",
         "Write it with the city's code: 044 272 15 00; a short one as dialled: 15-47."),
    ),
    "digits_lost": (
        ("«{found}» – програма таблиць скоротила число, цифри втрачено",
         "Зробіть стовпець текстовим і впишіть значення заново."),
        ("“{found}”: the spreadsheet has shortened the number and lost digits",
         "Make the column a text column and type the value anew."),
    ),
    "telegram": (
        ("«{found}» – не ім’я в Telegram", "Напишіть t.me/імʼя або @імʼя (латинка, цифри, _)."),
        ("“{found}” is not a Telegram name", "Write t.me/name or @name (Latin letters, digits, _)."),
    ),
    "website": (
        ("«{found}» – не адреса сайту", "Напишіть повністю, починаючи з https://"),
        ("“{found}” is not a website's address", "Write it in full, beginning with https://"),
    ),
    "hours": (
        ("години «{found}» не зрозумілі, а саме «{why}»",
         "Напишіть, наприклад, «Пн-Пт 9-18, сб 10:00-14:00» або «цілодобово»."),
        ("the hours “{found}” are not understood, namely “{why}”",
         "Write, for example, “Mon-Fri 9-18, Sat 10:00-14:00” or “round the clock”."),
    ),
    "hours_clash": (
        ("години «{found}» суперечать одні одним", "Напишіть кожен день один раз: «Пн-Пт 9-18, сб 10:00-14:00»."),
        ("the hours “{found}” contradict each other", "Name each day once: “Mon-Fri 9-18, Sat 10:00-14:00”."),
    ),
    "language": (
        ("«{found}» – невідома мова", "Одна з: {known}; інші – кодом із двох-трьох літер."),
        ("“{found}” is not a known language", "One of: {known}; others by their code of two or three letters."),
    ),
    "date": (
        ("«{found}» – не дата", "Напишіть 2026-11-01 або 01.11.2026."),
        ("“{found}” is not a date", "Write 2026-11-01 or 01.11.2026."),
    ),
    "date_number": (
        ("«{found}» – дата, яку програма таблиць перетворила на число", "Напишіть 2026-11-01 або 01.11.2026."),
        ("“{found}” is a date that the spreadsheet has turned into a number", "Write 2026-11-01 or 01.11.2026."),
    ),
    "date_ahead": (
        ("{found} ще не настало", "Напишіть день, коли служба справді відповіла."),
        ("{found} has not come yet", "Write the day on which the service did answer."),
    ),
    "not_a_role": (
        ("«{found}» – не роль; імен тут не тримаємо", "Одна з: {known}"),
        ("“{found}” is not a role; no names are kept here", "One of: {known}"),
    ),
    "half_confirmed": (
        ("є дата підтвердження без ролі або роль без дати", "Заповніть обидва стовпці або жодного."),
        ("a confirmation has a date without a role, or a role without a date", "Fill in both columns or neither."),
    ),
    "number": (
        ("«{found}» – не число", "Напишіть цифрами, наприклад 50.4501."),
        ("“{found}” is not a number", "Write it in digits, e.g. 50.4501."),
    ),
    "half_point": (
        ("є лише одна з двох координат", "Заповніть широту й довготу або очистьте обидві."),
        ("only one of the two coordinates is there", "Fill in both, or clear both."),
    ),
    "outside": (
        ("точка {found} лежить за межами України", "Перевірте, чи не переплутано широту з довготою."),
        ("the point {found} lies outside Ukraine", "Check whether latitude and longitude changed places."),
    ),
    "other_oblast": (
        ("точка {found} лежить не там, де названо: найближче – {near}", "Виправте область, населений пункт або точку."),
        ("the point {found} is not where the row says: the nearest place is {near}",
         "Correct the oblast, the settlement or the point."),
    ),
    "no_middle": (
        ("точка «{found}», але такого місця в рядку немає", "Назвіть місце або оберіть «без точки»."),
        ("the point is that of a “{found}”, and the row names none", "Name the place, or choose “no point”."),
    ),
    "unknown_oblast": (
        ("області «{found}» немає{maybe}", "Напишіть, як у списку: Житомирська область, м. Київ."),
        ("there is no oblast “{found}”{maybe}", "Write it as in the list: Zhytomyr oblast, Kyiv city."),
    ),
    "unknown_settlement": (
        ("населеного пункту «{found}» немає тут: {oblast}{maybe}", "Виправте назву або область."),
        ("there is no settlement “{found}” here: {oblast}{maybe}", "Correct the name or the oblast."),
    ),
    "settlement_without_oblast": (
        ("населений пункт «{found}» без області", "Заповніть область."),
        ("the settlement “{found}” without an oblast", "Fill in the oblast."),
    ),
    "many_settlements": (
        ("«{found}» тут не один", "Додайте номер: {known}"),
        ("there is more than one “{found}” here", "Add the number: {known}"),
    ),
    "unknown_district": (
        ("району «{found}» тут немає", "Один із: {known}"),
        ("there is no district “{found}” here", "One of: {known}"),
    ),
    "area": (
        ("територія «{found}» не зрозуміла",
         "Напишіть «вся Україна», «область: …», «громада: …», «населений пункт: …»."),
        ("the area “{found}” is not understood", "Write “all Ukraine”, “oblast: …”, “community: …”, “settlement: …”."),
    ),
    "nobody_served": (
        ("не сказано, для кого служба за місцем", "Заповніть територію або область."),
        ("it is not said whom the service is for by place", "Fill in the area served or the oblast."),
    ),
    "hidden_address": (
        ("у таємної служби не може бути адреси: «{found}»", "Очистьте комірку."),
        ("a secret service cannot have an address: “{found}”", "Clear the cell."),
    ),
    "hidden_words": (
        ("«{found}» схоже на адресу, а служба таємна", "Приберіть вулицю, будинок, карту чи координати."),
        ("“{found}” reads like an address, and the service is secret", "Remove the street, house, map or coordinates."),
    ),
    "hidden_point": (
        ("у таємної служби не може бути точки", "Очистьте координати; точність – «населений пункт» або «без точки»."),
        ("a secret service cannot have a point", "Clear both coordinates; precision “settlement” or “no point”."),
    ),
    "hidden_district": (
        ("у таємної служби не може бути району", "Очистьте комірку."),
        ("a secret service cannot have a district", "Clear the cell."),
    ),
    "hidden_small_town": (
        ("таємна служба в місці до 50 000 людей («{found}»)", "Залиште лише область, і на території також."),
        ("a secret service in a place under 50,000 people (“{found}”)",
         "Leave only the oblast, in the area served too."),
    ),
    "must_hide": (
        ("вид «{found}» завжди таємний", "Напишіть «так» або очистьте."),
        ("the kind “{found}” is always secret", "Write “yes”, or clear the cell."),
    ),
    "unknown_parent": (
        ("служби «{found}» немає", "Виправте код або додайте її рядок до файлу."),
        ("there is no service “{found}”", "Correct the ID, or add its row to the file."),
    ),
    "silent_parent": (
        ("служба «{found}» не має власного номера", "Назвіть ту, яка його має."),
        ("the service “{found}” has no number of its own", "Name the one that has."),
    ),
    "num_changed": (
        ("номер рядка – {right}, а в файлі {found}", "Поверніть {right} або очистьте комірку."),
        ("the number of this row is {right}, and the file says {found}", "Put {right} back, or clear the cell."),
    ),
    "num_taken": (
        ("номер {found} уже належить службі «{other}»",
         "Якщо ви змінили код, поверніть «{other}»; для нової служби очистьте комірку."),
        ("the number {found} belongs to “{other}”",
         "If you changed the ID, put “{other}” back; for a new service clear the cell."),
    ),
    "retired_parent": (
        ("службу «{found}» не можна прибрати: її номером користується «{other}»", "Спершу змініть «{other}»."),
        ("“{found}” cannot be taken out: “{other}” uses its number", "Change “{other}” first."),
    ),
    "retired_needed": (
        ("«{found}» прибрати не можна: на неї спираються екрани бота", "Залиште її рядок у файлі."),
        ("“{found}” cannot be taken out: the bot's screens stand on it", "Keep its row in the file."),
    ),
}  # fmt: skip
_PLACE = {
    "uk": ("аркуш «{}»", "рядок {}", "стовпець «{}»", "стовпець {}", "стовпець «{}» ({})"),
    "en": ("sheet “{}”", "row {}", "column “{}”", "column {}", "column “{}” ({})"),
}


def sentence(fault: Fault, lang: Lang) -> str:
    """One line: where, why, what to do."""
    why, remedy = SENTENCES[fault.code][0 if lang == "uk" else 1]
    said = {name: brief(value) for name, value in fault.said.items()} | {"maybe": _maybe(fault, lang)}
    if choices := fault.said.get("choices"):
        words = BY_KEY[choices].choices
        said["known"] = ", ".join(words.word(code, lang) for code in words.codes) if words else ""
    return f"{place(fault.where, lang)}: {why.format(**said)}. {remedy.format(**said)}"


def brief(value: str) -> str:
    """What was found, on one line and not endless."""
    line = " ".join(value.split())
    return line if len(line) <= SAID_AT_MOST else line[: SAID_AT_MOST - 1] + "…"


def _maybe(fault: Fault, lang: Lang) -> str:
    near = fault.said.get("maybe", "")
    if not near:
        return ""
    return f" (мабуть, «{near}»)" if lang == "uk" else f" (perhaps “{near}”)"


def place(where: Where, lang: Lang) -> str:
    """File, sheet, row, column: as much as is known."""
    sheet, row, column, letter, both = _PLACE[lang]
    parts = [where.file]
    if where.sheet:
        parts.append(sheet.format(where.sheet))
    if where.row:
        parts.append(row.format(where.row))
    if where.column:
        parts.append(both.format(where.column, where.letter) if where.letter else column.format(where.column))
    elif where.letter:
        parts.append(letter.format(where.letter))
    return ", ".join(parts)


def refusal(faults: Sequence[Fault], lang: Lang) -> str:
    """All faults, one a line, and how many more there are."""
    lines = [sentence(fault, lang) for fault in faults[:SHOWN_AT_MOST]]
    if rest := len(faults) - len(lines):
        lines.append(f"… і ще {rest}" if lang == "uk" else f"… and {rest} more")
    return "\n".join(lines)
