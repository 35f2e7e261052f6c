// Every word of the page in both languages. What the bot itself says never comes from here.

import { setAttribute, setText } from "./dom.js";

const words = {
  uk: {
    title: "Стежка · пісочниця",
    skip: "До телефонів",
    phones: "Телефони",
    language: "Мова сторінки",
    controls: "Керування пісочницею",
    views: "Що показувати",
    viewChat: "Чат", viewLock: "Сповіщення", viewData: "Дані", viewControls: "Керування",
    waiting: "Чекаємо на пісочницю…", noPhones: "Тут ще немає жодного телефону.",
    live: "наживо", polling: "опитування", offline: "немає зв’язку",
    linkLive: "Сторінка отримує зміни наживо", linkPolling: "Сторінка опитує сервер", linkOffline: "Сервер не відповідає",

    survivor: "потребує допомоги", relative: "близька людина", operator: "оператори",
    addPhone: "Додати телефон", name: "Ім’я", persona: "Хто це", phoneLanguage: "Мова телефону", add: "Додати",
    sampleName: "Людина {number}",
    phoneOf: "Телефон: {name}", besides: "Що видно збоку: {name}",

    conversation: "Розмова з ботом", bot: "Бот", you: "Ви", botHint: "бот", groupHint: "група", onlooker: "Тут видно те, що бачать усі в групі", blockedHint: "бота заблоковано",
    cardOpen: "Картка бота: {name}", chatMenu: "Дії з чатом",
    clearBoth: "Очистити чат для обох", clearMine: "Очистити лише тут", block: "Заблокувати бота", unblock: "Розблокувати бота",
    whatCanDo: "Що вміє цей бот?", noDescription: "Бот ще не має опису.", start: "Почати",
    newest: "До найновіших",
    write: "Повідомлення", send: "Надіслати", attach: "Прикріпити", commandMenu: "Команди бота", keys: "Показати або сховати клавіатуру",
    editing: "Редагування", saveEdit: "Зберегти зміну", cancelEdit: "Скасувати редагування",
    location: "Місце", photo: "Фото", voice: "Голосове", sticker: "Стікер", contact: "Контакт",
    document: "Файл", video: "Відео", poll: "Опитування", other: "Вкладення",
    actions: "Дії з повідомленням", edit: "Змінити", copyText: "Скопіювати текст",
    deleteBoth: "Видалити для обох", deleteMine: "Видалити лише в себе",
    edited: "змінено", preview: "Попередній перегляд: {host}", spoiler: "Прихований текст, натисніть, щоб показати",
    copied: "Скопійовано", copyFailed: "Не вдалося скопіювати", copies: "копіює", opens: "веде назовні",
    buttons: "Кнопки: {list}", replyKeyboard: "Клавіатура відповіді",

    shareLocation: "Надіслати місце", otherPlace: "Інше місце", latitude: "Широта", longitude: "Довгота", share: "Надіслати",
    badCoordinates: "Широта від −90 до 90, довгота від −180 до 180.",
    kyiv: "Київ", zhytomyr: "Житомир", kremenchuk: "Кременчук", kharkiv: "Харків", lviv: "Львів", trostianets: "Тростянець",
    openLink: "Відкрити посилання?", leadsTo: "Веде на", leaveHint: "Сама сторінка нічого ззовні не завантажує. Посилання відкриється в новій вкладці.",
    stay: "Залишитися", open: "Відкрити", cancel: "Скасувати", close: "Закрити",
    description: "Опис", shortDescription: "Короткий опис", commands: "Команди", none: "немає",

    lockScreen: "Екран блокування", lockHint: "Що прочитає кожен, хто візьме телефон до рук",
    lockEmpty: "Жодного сповіщення", silent: "без звуку", chatRow: "У списку чатів", chatRowHint: "Рядок, який бачать через плече",
    chatRowEmpty: "Чату в списку немає", unread: "непрочитаних: {number}",
    holdings: "Що база знає про цю людину", holdingsHint: "Таблиці та кількість рядків просто зараз",
    table: "Таблиця", rows: "Рядків", nothing: "Нічого", nothingHint: "Жодного рядка про цю людину",
    looked: "Порожні: {list}", noInspect: "Пісочницю запущено без бази, заглянути нікуди.",
    t_visits: "стан розмови, запечатаний", t_traces: "що ще можна стерти в чаті", t_locks: "власне слово виходу",
    t_outbox: "ще не надіслане", t_seen_updates: "номери оновлень", t_cases: "звернення до людини", t_case_lines: "рядки звернення",

    clock: "Годинник", clockNow: "Час пісочниці", clockAhead: "+{span}",
    plusMinute: "+1 хв", plusBreak: "+35 хв", plusHours: "+3 год", plusDays: "+48 год", advance: "{step}, перевести годинник",
    day: "{number} д", hour: "{number} год", minute: "{number} хв",
    faults: "Збої", faultsOff: "вимкнено", faultsOn: "увімкнено", faultsClear: "Вимкнути збої",
    rate_429: "429, забагато запитів", rate_5xx: "5xx, помилка сервера", rate_drop: "Обрив з’єднання", delay: "Затримка", seconds: "{number} с",
    limits: "Тримати ліміти Telegram", delivery: "Доставка", mode_polling: "опитування", mode_webhook: "вебхук", mode_none: "бот не під’єднаний",
    pending: "у черзі: {number}",
    calls: "Виклики бота", callsNone: "Бот ще нічого не викликав", ok: "гаразд", failed: "помилка", errorCount: "помилок: {number}",
    more: "Ще", rawUpdate: "Сире оновлення (JSON)", push: "Надіслати боту", badJson: "Це не JSON.", reset: "Почати спочатку",
    refused: "Не вийшло: {reason}",
  },
  en: {
    title: "Stezhka · sandbox",
    skip: "To the phones",
    phones: "Phones",
    language: "Page language",
    controls: "Sandbox controls",
    views: "What to show",
    viewChat: "Chat", viewLock: "Lock screen", viewData: "Database", viewControls: "Controls",
    waiting: "Waiting for the sandbox…", noPhones: "There is no phone here yet.",
    live: "live", polling: "polling", offline: "no connection",
    linkLive: "The page receives changes live", linkPolling: "The page polls the server", linkOffline: "The server does not answer",

    survivor: "needs help", relative: "someone close", operator: "operators",
    addPhone: "Add a phone", name: "Name", persona: "Who it is", phoneLanguage: "Phone language", add: "Add",
    sampleName: "Person {number}",
    phoneOf: "Phone: {name}", besides: "What others can see: {name}",

    conversation: "Conversation with the bot", bot: "Bot", you: "You", botHint: "bot", groupHint: "group", onlooker: "What everybody in the group sees", blockedHint: "bot is blocked",
    cardOpen: "Bot card: {name}", chatMenu: "Chat actions",
    clearBoth: "Clear chat for both", clearMine: "Clear only here", block: "Block the bot", unblock: "Unblock the bot",
    whatCanDo: "What can this bot do?", noDescription: "The bot has no description yet.", start: "Start",
    newest: "To the newest",
    write: "Message", send: "Send", attach: "Attach", commandMenu: "Bot commands", keys: "Show or hide the keyboard",
    editing: "Editing", saveEdit: "Save the change", cancelEdit: "Cancel editing",
    location: "Location", photo: "Photo", voice: "Voice message", sticker: "Sticker", contact: "Contact",
    document: "File", video: "Video", poll: "Poll", other: "Attachment",
    actions: "Message actions", edit: "Edit", copyText: "Copy text",
    deleteBoth: "Delete for both", deleteMine: "Delete only here",
    edited: "edited", preview: "Link preview: {host}", spoiler: "Hidden text, press to show",
    copied: "Copied", copyFailed: "Could not copy", copies: "copies", opens: "leads outside",
    buttons: "Buttons: {list}", replyKeyboard: "Reply keyboard",

    shareLocation: "Share a location", otherPlace: "Another place", latitude: "Latitude", longitude: "Longitude", share: "Share",
    badCoordinates: "Latitude from −90 to 90, longitude from −180 to 180.",
    kyiv: "Kyiv", zhytomyr: "Zhytomyr", kremenchuk: "Kremenchuk", kharkiv: "Kharkiv", lviv: "Lviv", trostianets: "Trostianets",
    openLink: "Open the link?", leadsTo: "It leads to", leaveHint: "The page itself loads nothing from outside. The link opens in a new tab.",
    stay: "Stay here", open: "Open", cancel: "Cancel", close: "Close",
    description: "Description", shortDescription: "Short description", commands: "Commands", none: "none",

    lockScreen: "Lock screen", lockHint: "What anyone who picks up the phone can read",
    lockEmpty: "No notifications", silent: "silent", chatRow: "In the chat list", chatRowHint: "The row seen over a shoulder",
    chatRowEmpty: "The chat is not in the list", unread: "unread: {number}",
    holdings: "What the database holds about this visitor", holdingsHint: "Tables and row counts right now",
    table: "Table", rows: "Rows", nothing: "Nothing", nothingHint: "Not a single row about this person",
    looked: "Empty: {list}", noInspect: "The sandbox was started without a database to look into.",
    t_visits: "state of the conversation, sealed", t_traces: "what can still be wiped in the chat", t_locks: "own exit word",
    t_outbox: "not sent yet", t_seen_updates: "update numbers", t_cases: "requests for a human", t_case_lines: "lines of a request",

    clock: "Clock", clockNow: "Sandbox time", clockAhead: "+{span}",
    plusMinute: "+1 min", plusBreak: "+35 min", plusHours: "+3 h", plusDays: "+48 h", advance: "{step}, move the clock",
    day: "{number} d", hour: "{number} h", minute: "{number} min",
    faults: "Faults", faultsOff: "off", faultsOn: "on", faultsClear: "Switch faults off",
    rate_429: "429, too many requests", rate_5xx: "5xx, server error", rate_drop: "Dropped connection", delay: "Delay", seconds: "{number} s",
    limits: "Enforce Telegram’s limits", delivery: "Delivery", mode_polling: "polling", mode_webhook: "webhook", mode_none: "no bot connected",
    pending: "waiting: {number}",
    calls: "Bot calls", callsNone: "The bot has called nothing yet", ok: "ok", failed: "error", errorCount: "errors: {number}",
    more: "More", rawUpdate: "Raw update (JSON)", push: "Send to the bot", badJson: "This is not JSON.", reset: "Start over",
    refused: "It did not work: {reason}",
  },
};

let current = "uk";

/** The language of the page: the address, then the browser, then Ukrainian. */
export function chooseLanguage() {
  const asked = new URLSearchParams(location.hash.slice(1)).get("lang");
  if (asked in words) return asked;
  const preferred = (navigator.languages ?? [navigator.language]).map((tag) => String(tag).slice(0, 2).toLowerCase());
  return preferred.find((tag) => tag in words) ?? "uk";
}

export const language = () => current;

export function speak(lang) {
  current = lang in words ? lang : "uk";
  document.documentElement.lang = current;
  document.title = say("title");
  translate(document);
}

export function say(key, values = {}) {
  const template = words[current][key] ?? "";
  return template.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

/** Fill the fixed words of `root`: data-t is text, data-t-label the accessible name. */
export function translate(root) {
  for (const node of root.querySelectorAll("[data-t]")) setText(node, say(node.dataset.t));
  for (const node of root.querySelectorAll("[data-t-label]")) {
    const label = say(node.dataset.tLabel);
    setAttribute(node, "aria-label", label);
    if (node.tagName === "BUTTON") setAttribute(node, "title", label);
  }
}
