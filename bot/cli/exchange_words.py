"""What the commands for coordinators say, in both languages."""

from __future__ import annotations

import os

from db.visit import Lang

WORDS: dict[Lang, dict[str, str]] = {
    "uk": {
        "nothing": "{file}: змін немає, рядків без змін – {same}.",
        "summary": "{file}: нових {added}, змінених {changed}, прибраних {retired}, без змін {same}.",
        "added": "Нові",
        "changed": "Змінені",
        "retired": "Прибрані",
        "missing": "Немає у файлі, лишаються в довіднику (прибрати: --retire)",
        "twins": "Схожі на ті, що вже є, – перевірте, чи це не та сама служба",
        "code": "Код",
        "kind": "Вид",
        "name": "Назва",
        "column": "Стовпець",
        "was": "Було",
        "becomes": "Стане",
        "phone": "той самий телефон",
        "alike": "схожа назва",
        "other": "Схожа на",
        "why": "Чому",
        "more": "… і ще {count}",
        "ask": "Застосувати?",
        "ask_undo": "Повернути назад?",
        "yes_no": "так/ні",
        "dry": "Це лише перегляд: нічого не змінено.",
        "left": "Нічого не змінено.",
        "done": "Застосовано: зміна № {number}. Бот побачить її за кілька секунд. Повернути: stezhka directory undo",
        "undone": "Зміну № {number} повернуто назад.",
        "reading": "Читаю",
        "writing": "Записую",
        "refused": "{file}: не прийнято, нічого не змінено, помилок – {count}",
        "meanwhile": "довідник тим часом змінив хтось інший, нічого не записано: запустіть ще раз",
        "written": "{file}: служб – {count}",
        "cannot_write": "{file}: записати не вдалося, перевірте теку та місце на диску",
        "nothing_to_undo": "немає зміни, яку можна повернути",
        "cannot_undo": "повернути не можна: ці рядки відтоді змінювали: {slugs}",
        "change_set": "Зміна № {number} ({action}), {when}, {by}: рядків – {count}.",
        "import": "імпорт",
        "confirm": "підтвердження",
        "undo": "повернення",
        "empty": "–",
        "unknown": "такого в довіднику немає: {slugs}",
        "like": "Схожі: {slugs}",
        "confirmed": "підтверджено, {day}: {slugs}",
        "waiting": "до публічного запуску ще підтвердити: {slugs}",
        "future": "день, який ще не настав, нічого не підтверджує",
        "no_day": "«{found}» – не день: напишіть 2026-11-25 або 25.11.2026",
        "no_role": "«{found}» – не роль. Роль, ніколи не ім’я: {roles}",
    },
    "en": {
        "nothing": "{file}: nothing to change, {same} rows are the same.",
        "summary": "{file}: {added} new, {changed} changed, {retired} taken out, {same} the same.",
        "added": "New",
        "changed": "Changed",
        "retired": "Taken out",
        "missing": "Not in the file, kept in the directory (to take them out: --retire)",
        "twins": "Much like one that is there already: is it the same service?",
        "code": "ID",
        "kind": "Kind",
        "name": "Name",
        "column": "Column",
        "was": "Was",
        "becomes": "Becomes",
        "phone": "the same phone",
        "alike": "a similar name",
        "other": "Like",
        "why": "Why",
        "more": "… and {count} more",
        "ask": "Apply?",
        "ask_undo": "Take it back?",
        "yes_no": "yes/no",
        "dry": "Only a look: nothing was changed.",
        "left": "Nothing was changed.",
        "done": "Applied: change set {number}. The bot sees it within seconds. To take it back: stezhka directory undo",
        "undone": "Change set {number} was taken back.",
        "reading": "Reading",
        "writing": "Writing",
        "refused": "{file}: not taken, nothing was changed, faults: {count}",
        "meanwhile": "somebody else changed the directory meanwhile, nothing was written: run it again",
        "written": "{file}: {count} services",
        "cannot_write": "{file}: cannot be written, check the folder and the space on the disk",
        "nothing_to_undo": "there is no change left to take back",
        "cannot_undo": "it cannot be taken back, these rows were changed since: {slugs}",
        "change_set": "Change set {number} ({action}), {when}, {by}: {count} rows.",
        "import": "import",
        "confirm": "confirmation",
        "undo": "undoing",
        "empty": "–",
        "unknown": "not in the directory: {slugs}",
        "like": "Much like it: {slugs}",
        "confirmed": "confirmed, {day}: {slugs}",
        "waiting": "still to confirm before a public start: {slugs}",
        "future": "a day that has not come yet confirms nothing",
        "no_day": "“{found}” is not a day: write 2026-11-25 or 25.11.2026",
        "no_role": "“{found}” is no role. A role, never a person’s name: {roles}",
    },
}


def say(lang: Lang, code: str, **said: object) -> str:
    """A sentence with its figures."""
    return WORDS[lang][code].format(**said)


def own_language() -> str:
    """The language of the person's shell: English when it says so, else Ukrainian."""
    words = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "en" if next((word for word in words if word), "").startswith("en") else "uk"
