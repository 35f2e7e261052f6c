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

    survivor: "потребує допомоги", relative: "близька людина", operator: "оператор",
    addMenu: "Додати", addPhone: "Додати телефон", addGroup: "Додати групу", name: "Ім’я",
    panels: "Панелі", panelsHint: "Показувати поруч екран блокування, рядок у списку чатів і дані",
    groupTitle: "Назва групи", sampleGroup: "Оператори {number}", groupKind: "Яка група", kind_supergroup: "супергрупа", kind_group: "звичайна група",
    botIsAdmin: "Бот у ній адміністратор", whoIsIn: "Хто в ній", joins: "Одразу в групі", noGroup: "у жодній", persona: "Хто це", phoneLanguage: "Мова телефону", add: "Додати",
    sampleName: "Людина {number}",
    phoneOf: "Телефон: {name}", inGroup: "у групі «{name}»", besides: "Що видно збоку: {name}",

    conversation: "Розмова з ботом", bot: "Бот", you: "Ви", botHint: "бот", groupHint: "у групі: {number}", blockedHint: "бота заблоковано",
    cardOpen: "Картка бота: {name}", chatMenu: "Дії з чатом",
    clearBoth: "Очистити чат для обох", clearMine: "Очистити лише тут", block: "Заблокувати бота", unblock: "Розблокувати бота",
    whatCanDo: "Що вміє цей бот?", noDescription: "Бот ще не має опису.", start: "Почати",
    bot_administrator: "бот адміністратор", bot_member: "бот учасник", bot_restricted: "бот обмежений", bot_left: "бота немає", bot_kicked: "бота вилучено",
    joinGroup: "Увійти до групи «{name}»", leaveGroup: "Вийти з групи", upgradeGroup: "Перетворити на супергрупу",
    promoteBot: "Зробити бота адміністратором", promoteLess: "Забрати в бота право видаляти й закріплювати", demoteBot: "Зробити бота звичайним учасником",
    muteBot: "Заборонити боту писати", removeBot: "Вилучити бота", addBot: "Повернути бота",
    protectOn: "Заборонити зберігати й пересилати", protectOff: "Дозволити зберігати й пересилати",
    line_new_chat_members: "У групі тепер {names}", line_left_chat_member: "У групі більше немає: {names}", line_pinned_message: "Закріплено повідомлення: {who}",
    line_migrate_to_chat_id: "Групу перетворено на супергрупу", line_migrate_from_chat_id: "Це вже супергрупа", line_forum_topic_created: "Нова тема",
    alert: "Повідомлення від бота", understood: "Зрозуміло", protectedHint: "захищено: не копіюється й не пересилається",
    newest: "До найновіших",
    write: "Повідомлення", send: "Надіслати", attach: "Прикріпити", commandMenu: "Команди бота", keys: "Показати або сховати клавіатуру",
    editing: "Редагування", saveEdit: "Зберегти зміну", cancelEdit: "Скасувати редагування",
    location: "Місце", photo: "Фото", voice: "Голосове", sticker: "Стікер", contact: "Контакт",
    document: "Файл", video: "Відео", poll: "Опитування", other: "Вкладення",
    actions: "Дії з повідомленням", reply: "Відповісти", replying: "Відповідь", deleteAll: "Видалити для всіх", edit: "Змінити", copyText: "Скопіювати текст",
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
    looked: "Порожні: {list}", groupHoldings: "Це група. Що знає база, видно біля чату кожної людини з ботом.", noInspect: "Пісочницю запущено без бази, заглянути нікуди.",
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

    survivor: "needs help", relative: "someone close", operator: "operator",
    addMenu: "Add", addPhone: "Add a phone", addGroup: "Add a group", name: "Name",
    panels: "Panels", panelsHint: "Show the lock screen, the row in the chat list and the database beside a phone",
    groupTitle: "Name of the group", sampleGroup: "Operators {number}", groupKind: "Which kind", kind_supergroup: "supergroup", kind_group: "basic group",
    botIsAdmin: "The bot administers it", whoIsIn: "Who is in it", joins: "At once in the group", noGroup: "none", persona: "Who it is", phoneLanguage: "Phone language", add: "Add",
    sampleName: "Person {number}",
    phoneOf: "Phone: {name}", inGroup: "in the group “{name}”", besides: "What others can see: {name}",

    conversation: "Conversation with the bot", bot: "Bot", you: "You", botHint: "bot", groupHint: "people: {number}", blockedHint: "bot is blocked",
    cardOpen: "Bot card: {name}", chatMenu: "Chat actions",
    clearBoth: "Clear chat for both", clearMine: "Clear only here", block: "Block the bot", unblock: "Unblock the bot",
    whatCanDo: "What can this bot do?", noDescription: "The bot has no description yet.", start: "Start",
    bot_administrator: "bot is an administrator", bot_member: "bot is a member", bot_restricted: "bot is restricted", bot_left: "no bot here", bot_kicked: "bot was removed",
    joinGroup: "Join the group “{name}”", leaveGroup: "Leave the group", upgradeGroup: "Upgrade to a supergroup",
    promoteBot: "Make the bot an administrator", promoteLess: "Take the bot’s rights to delete and to pin", demoteBot: "Make the bot a plain member",
    muteBot: "Forbid the bot to write", removeBot: "Remove the bot", addBot: "Add the bot back",
    protectOn: "Forbid saving and forwarding", protectOff: "Allow saving and forwarding",
    line_new_chat_members: "Now in the group: {names}", line_left_chat_member: "No longer in the group: {names}", line_pinned_message: "A message was pinned by {who}",
    line_migrate_to_chat_id: "The group became a supergroup", line_migrate_from_chat_id: "This is a supergroup now", line_forum_topic_created: "New topic",
    alert: "Message from the bot", understood: "OK", protectedHint: "protected: cannot be copied or forwarded",
    newest: "To the newest",
    write: "Message", send: "Send", attach: "Attach", commandMenu: "Bot commands", keys: "Show or hide the keyboard",
    editing: "Editing", saveEdit: "Save the change", cancelEdit: "Cancel editing",
    location: "Location", photo: "Photo", voice: "Voice message", sticker: "Sticker", contact: "Contact",
    document: "File", video: "Video", poll: "Poll", other: "Attachment",
    actions: "Message actions", reply: "Reply", replying: "Reply", deleteAll: "Delete for everybody", edit: "Edit", copyText: "Copy text",
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
    looked: "Empty: {list}", groupHoldings: "This is a group. What the database holds stands beside each person’s chat with the bot.", noInspect: "The sandbox was started without a database to look into.",
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
