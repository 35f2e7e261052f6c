// What stands on the page: every person's private chat, and every group as each of its members sees it.

export function views(state) {
  const groups = state.chats.filter((chat) => chat.type !== "private" && !chat.moved_to);
  const people = state.chats.filter((chat) => chat.type === "private");
  return people.flatMap((person) => {
    const seen = [alone(person, groups), ...groups.flatMap((group) => seenBy(group, person))];
    // A phone has one lock screen, whatever chat is open on it.
    const lock_screen = seen.flatMap(({ chat }) => chat.lock_screen).sort(byMoment);
    return seen.map((view) => ({ ...view, chat: { ...view.chat, lock_screen } }));
  });
}

/** As texts, all of the same zone: a Date keeps thousandths of a second, and more than one message may come in each. */
const byMoment = (one, other) => (one.at < other.at ? -1 : Number(one.at > other.at));

const alone = (chat, groups) => ({
  key: String(chat.id),
  person: chat,
  name: chat.title,
  chat: {
    ...chat,
    messages: chat.messages.map((message) => ({ ...message, mine: message.from === "user", by: "" })),
    joinable: groups.filter((group) => group.members.every((member) => member.id !== chat.id)),
  },
});

/** Nothing, when this person is not in the group. */
function seenBy(group, person) {
  const member = group.members.find((one) => one.id === person.id);
  if (!member) return [];
  const { lock_screen, chat_list, toast, status } = member;
  const messages = group.messages.map((message) => {
    const mine = message.author.id === person.id && !message.service;
    return { ...message, mine, by: mine ? "" : message.author.name };
  });
  const { persona, lang } = person;
  return [
    {
      key: `${person.id}:${group.id}`,
      person,
      name: `${person.title} · ${group.title}`,
      chat: { ...group, lock_screen, chat_list, toast, status, persona, lang, messages, blocked: false, reply_keyboard: null, holdings: null },
    },
  ];
}

export const isGroup = (chat) => chat.type !== "private";

/** The same group stands on several phones: only the first that is shown reads it out. */
export function leaders(shown) {
  const first = new Map();
  for (const { key, chat } of shown) if (!first.has(chat.id)) first.set(chat.id, key);
  return new Set(first.values());
}
