// The menus of a message and of a chat: what a real phone would offer there.

import { showCard } from "./dialogs.js";
import { copy } from "./notices.js";
import { say } from "./words.js";
import { isGroup } from "./views.js";

const OWNERS = ["creator", "administrator"];

export function messageActions(chat, message, composer, to) {
  const { message_id } = message;
  const worded = message.mine && (message.kind === "text" || message.text);
  const copying = message.text && !message.protected ? [{ role: "copy-text", icon: "copy", text: say("copyText"), act: () => copy(message.text) }] : [];
  const editing = worded ? [{ role: "edit", icon: "edit", text: say("edit"), act: () => composer.edit(message) }] : [];
  if (!isGroup(chat)) {
    return [
      ...editing,
      ...copying,
      { role: "delete-both", icon: "bin", danger: true, text: say("deleteBoth"), act: () => to("delete", { message_id, for_both: true }) },
      { role: "delete-mine", icon: "bin", text: say("deleteMine"), act: () => to("delete", { message_id, for_both: false }) },
    ];
  }
  const deletable = message.mine || OWNERS.includes(chat.status);
  return [
    { role: "reply", icon: "reply", text: say("reply"), act: () => composer.reply(message) },
    ...editing,
    ...copying,
    ...(deletable ? [{ role: "delete-all", icon: "bin", danger: true, text: say("deleteAll"), act: () => to("delete", { message_id }) }] : []),
  ];
}

export const chatActions = (chat, bot, to, join) => (isGroup(chat) ? groupActions(chat, bot, to) : privateActions(chat, bot, to, join));

function privateActions(chat, bot, to, join) {
  return [
    { role: "open-card", icon: "info", text: say("cardOpen", { name: bot.name }), act: () => showCard(bot, chat.lang) },
    ...chat.joinable.map((group) => ({ role: "join", icon: "plus", text: say("joinGroup", { name: group.title }), act: () => join(group.id) })),
    { role: "clear-both", icon: "bin", text: say("clearBoth"), act: () => to("clear", { for_both: true }) },
    { role: "clear-mine", icon: "bin", text: say("clearMine"), act: () => to("clear", { for_both: false }) },
    chat.blocked
      ? { role: "menu-unblock", icon: "check", text: say("unblock"), act: () => to("unblock") }
      : { role: "block", icon: "block", text: say("block"), danger: true, act: () => to("block") },
  ];
}

/** What befalls a group: the bot's rights come and go, so do people, and it may grow into a supergroup. */
function groupActions(chat, bot, to) {
  const here = !["left", "kicked"].includes(chat.bot.status);
  const every = [
    [true, "open-card", "info", say("cardOpen", { name: bot.name }), () => showCard(bot, chat.lang)],
    [here && chat.bot.status !== "administrator", "promote", "shield", say("promoteBot"), () => to("promote")],
    [here && chat.bot.status === "administrator", "promote-less", "shield", say("promoteLess"), () => to("promote", { rights: { can_delete_messages: false, can_pin_messages: false } })],
    [here && chat.bot.status !== "member", "demote", "down", say("demoteBot"), () => to("demote")],
    [here && chat.bot.status !== "restricted", "restrict", "mute", say("muteBot"), () => to("restrict", { rights: { can_send_messages: false } })],
    [here, "remove-bot", "block", say("removeBot"), () => to("remove_bot")],
    [!here, "add-bot", "plus", say("addBot"), () => to("add_bot")],
    [chat.type === "group", "upgrade", "dials", say("upgradeGroup"), () => to("upgrade")],
    [true, "protect", "lock", say(chat.protected ? "protectOff" : "protectOn"), () => to("protect", { on: !chat.protected })],
    [true, "leave", "close", say("leaveGroup"), () => to("leave")],
  ];
  return every.filter(([offered]) => offered).map(([, role, icon, text, act]) => ({ role, icon, text, act, danger: role === "remove-bot" }));
}
