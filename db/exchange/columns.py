"""The columns of the spreadsheet: what each is called, what goes into it, and how an example looks."""

from __future__ import annotations

from dataclasses import dataclass

from db.exchange import vocabulary as v
from db.exchange.vocabulary import Lang, Words


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `choices` of one word become a drop-down; a `many` cell holds several, joined by semicolons."""

    key: str
    uk: str
    en: str
    hint_uk: str
    hint_en: str
    sample: str = ""
    choices: Words | None = None
    many: bool = False
    needed: bool = False  # a new row must have it
    width: int = 18

    def header(self, lang: Lang) -> str:
        """What stands in the first row."""
        return self.uk if lang == "uk" else self.en

    def hint(self, lang: Lang) -> str:
        """What the explanation sheet says."""
        return self.hint_uk if lang == "uk" else self.hint_en


COLUMNS = (
    Column(
        "id", "Код", "ID",
        "Постійне ім’я рядка: латинські літери, цифри, дефіс. За ним рядок упізнають – не змінюйте.",
        "The row's lasting name: Latin letters, digits, hyphen. The row is known by it: do not change it.",
        "sample-daycentre", needed=True, width=24,
    ),
    Column(
        "kind", "Вид", "Kind", "Оберіть зі списку. Притулки й кризові кімнати завжди таємні.",
        "Choose from the list. Shelters and crisis rooms are always secret.",
        "day_center", v.KIND, needed=True,
    ),
    Column("name_uk", "Назва українською", "Name in Ukrainian", "Як її впізнає людина.", "As a person would know it.",
           "Денний центр (зразок)", needed=True, width=44),
    Column("name_en", "Назва англійською", "Name in English", "Переклад назви.", "Its translation.",
           "Day centre (sample)", needed=True, width=44),
    Column("oblast", "Область", "Oblast", "Порожньо – для загальнонаціональних.", "Empty for national services.",
           "Житомирська область", width=26),
    Column(
        "settlement", "Населений пункт", "Settlement",
        "Місто чи село. Для таємних у місті до 50 000 людей залиште порожнім. [число] розрізняє однойменні.",
        "Town or village. Leave it empty for secret ones in towns under 50,000. A [number] tells namesakes apart.",
        "Житомир",
    ),
    Column("district", "Район міста", "City district", "Для міст із районами.", "For cities with districts."),
    Column(
        "serves", "Територія", "Area served",
        "Для кого, за місцем: «вся Україна», «область: …», «громада: …», «населений пункт: …», «район: …»; "
        "кілька – через крапку з комою. Порожньо – за місцем самої служби.",
        "For whom, by place: “all Ukraine”, “oblast: …”, “community: …”, “settlement: …”, “district: …”; several are "
        "joined by semicolons. Empty: by the service's own place.",
        "населений пункт: Житомир", many=True, width=34,
    ),
    Column("phones", "Телефони", "Phones", "Через крапку з комою: 0 800 500 335; 15-47. Номер міста – з кодом.",
           "Joined by semicolons: 0 800 500 335; 15-47. A city number with its code.",
           "050 555 01 00", many=True, width=30),
    Column("parent", "Чий телефон", "Uses the phone of", "Код служби, чиїм номером користується, якщо свого немає.",
           "ID of the service whose number it uses when it has none of its own.", width=24),
    Column("telegram", "Telegram", "Telegram", "Посилання t.me/… або ім’я.", "A t.me/… link or a name.", width=28),
    Column("website", "Сайт", "Website", "Повна адреса, починається з https://", "In full, beginning with https://",
           width=28),
    Column("hours", "Години", "Hours", "Як кажуть: «Пн-Пт 9-18, сб 10:00-14:00» або «цілодобово».",
           "As people say: “Mon-Fri 9-18, Sat 10:00-14:00” or “round the clock”.", "Пн-Пт 9-18", width=28),
    Column("audience", "Кого приймають", "Who is admitted", "Кілька – через крапку з комою.",
           "Several are joined by semicolons.", "all", v.AUDIENCE, many=True, width=28),
    Column("languages", "Мови", "Languages", "Порожньо – українська.", "Empty means Ukrainian.", "uk", v.LANGUAGE,
           many=True),
    Column("cost", "Вартість", "Cost", "Порожньо – невідомо.", "Empty means unknown.", "free", v.COST),
    Column("entry", "Як потрапити", "How to enter", "Кілька – через крапку з комою.",
           "Several are joined by semicolons.", "own_request", v.ENTRY, many=True, width=28),
    Column("access", "Доступність", "Accessibility", "Лише те, що перевірено.", "Only what was checked.", "",
           v.ACCESS, many=True, width=24),
    Column("relocated", "Переміщена", "Relocated", "Переїхала через війну.", "Moved because of the war.", "0", v.YES_NO,
           width=12),
    Column("mobile", "Виїжджає", "Mobile", "Приїжджає до людей.", "Comes to people.", "0", v.YES_NO, width=12),
    Column("remote_only", "Лише дистанційно", "Remote only", "Лише телефоном чи онлайн.", "By phone or online only.",
           "0", v.YES_NO, width=12),
    Column("shelter_on_site", "Є укриття", "Bomb shelter", "Укриття в будівлі чи поруч.",
           "In the building or next to it.", "0", v.YES_NO, width=12),
    Column("works_in_curfew", "Працює в комендантську", "Works in curfew", "Допомагає й під час комендантської години.",
           "Helps during curfew as well.", "0", v.YES_NO, width=12),
    Column("address_uk", "Адреса українською", "Address in Ukrainian", "Ніколи для таємних.", "Never for secret ones.",
           width=34),
    Column("address_en", "Адреса англійською", "Address in English", "Ніколи для таємних.", "Never for secret ones.",
           width=34),
    Column("lat", "Широта", "Latitude", "Градуси: 50.4501. Порожньо – середина міста.",
           "Degrees: 50.4501. Empty: the middle of the town.", width=11),
    Column("lon", "Довгота", "Longitude", "Градуси: 30.5234.", "Degrees: 30.5234.", width=11),
    Column("precision", "Точність", "Precision", "Що позначає точка. «без точки» – її немає.",
           "What the point marks. “no point”: there is none.", "", v.PRECISION),
    Column("hidden", "Таємна", "Secret", "«так» – адреси ніде не показуємо.", "“yes”: no address is shown anywhere.",
           "0", v.YES_NO, width=10),
    Column("notes_uk", "Примітка українською", "Note in Ukrainian", "Коротко; без телефонів і адрес.",
           "Short; no phone numbers, no addresses.", width=44),
    Column("notes_en", "Примітка англійською", "Note in English", "Те саме англійською.", "The same in English.",
           width=44),
    Column("source_url", "Джерело", "Source", "Адреса сторінки або слова: «телефоном», «лист громади».",
           "A page, or words: “by phone”, “letter of the community”.", "телефоном", needed=True, width=34),
    Column("source_date", "Дата джерела", "Source date", "2026-11-01 або 01.11.2026.", "2026-11-01 or 01.11.2026.",
           width=13),
    Column("confidence", "Надійність", "Confidence", "Порожньо – середня.", "Empty means medium.", "medium",
           v.CONFIDENCE, width=12),
    Column("verified_on", "Підтверджено", "Confirmed on", "День, коли подзвонили й перевірили.",
           "The day somebody called and checked.", width=13),
    Column("verified_by", "Ким підтверджено", "Confirmed by", "Роль, ніколи не ім’я.", "A role, never a name.", "",
           v.ROLE),
    Column("review_by", "Перевірити до", "Review by", "Порожньо – за видом служби.", "Empty: by the kind of service.",
           width=13),
    Column("num", "№", "No.", "Номер для кнопок. Не змінюйте; для нових – порожньо.",
           "The number in buttons. Do not change it; empty for new rows.", width=7),
)  # fmt: skip
BY_KEY = {column.key: column for column in COLUMNS}
_BY_HEADER = {text.casefold(): column for column in COLUMNS for text in (column.key, column.uk, column.en)}
DATES = ("source_date", "verified_on", "review_by")
FLAGS = ("relocated", "mobile", "remote_only", "shelter_on_site", "works_in_curfew", "hidden")
COMMENT = "#"  # a header that begins so is a coordinator's own column, and is left alone


def column_of(header: str) -> Column | None:
    """The column that a header names, in either language or by its key."""
    return _BY_HEADER.get(" ".join(header.casefold().split()))
