"""Two screens as long as ours, for the contestants that have nothing to say."""

from __future__ import annotations

_LINE = "Тут стоїть речення звичайної довжини, яких на екрані буває кілька. "
SCREENS = {
    "1/home": "<b>Головна</b>\n\n" + _LINE * 6,
    "1/sos": "<b>Терміново</b>\n\n" + _LINE * 6,
}
ROWS = (
    (("Знайти допомогу поруч", "1/find"),),
    (("Поговорити з людиною", "1/talk"),),
    (("Терміново", "1/sos"),),
    (("Назад", "1/back"), ("Головна", "1/home"), ("Вихід", "1/exit")),
)
