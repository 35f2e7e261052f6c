// The sandbox's clock, shown in Kyiv time and in the page's language.

import { language, say } from "./words.js";

const ZONE = kyiv();
const formats = new Map();
let ahead = 0; // milliseconds between the sandbox's clock and this machine's

function kyiv() {
  try {
    new Intl.DateTimeFormat("uk", { timeZone: "Europe/Kyiv" });
    return "Europe/Kyiv";
  } catch {
    return "Europe/Kiev"; // the older name, for browsers that know only that one
  }
}

export function follow(now) {
  ahead = Date.parse(now) - Date.now();
}

export const present = () => new Date(Date.now() + ahead);

function format(date, name, options) {
  const key = `${language()} ${name}`;
  if (!formats.has(key)) {
    const locale = language() === "en" ? "en-GB" : "uk";
    formats.set(key, new Intl.DateTimeFormat(locale, { timeZone: ZONE, ...options }));
  }
  return formats.get(key).format(date);
}

export const hourMinute = (date) => format(date, "time", { hour: "2-digit", minute: "2-digit" });
export const longDay = (date) => format(date, "day", { weekday: "long", day: "numeric", month: "long" });
export const shortDay = (date) => format(date, "short", { weekday: "short", day: "numeric", month: "short" });

/** Today: the time; an earlier day: the day. As chat lists do. */
export const glance = (date) => (longDay(date) === longDay(present()) ? hourMinute(date) : shortDay(date));

export function span(seconds) {
  const minutes = Math.round(seconds / 60);
  const parts = [["day", Math.floor(minutes / 1440)], ["hour", Math.floor((minutes % 1440) / 60)], ["minute", minutes % 60]];
  return parts.filter(([, number]) => number > 0).map(([unit, number]) => say(unit, { number })).join(" ");
}
