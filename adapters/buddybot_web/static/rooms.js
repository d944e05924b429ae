// Which conversations there are, which one is open, and what is unread in the others.

import { emblemOf } from "./emblem.js";
import { keep, memory } from "./memory.js";

const strip = document.getElementById("rooms");
const BOT = { kind: "bot", key: "", others: [], mine: "", over: false };
let words = {};
let opened = () => {};

export function prepareRooms(config, onOpen) {
  ({ words } = config);
  opened = onOpen;
}

const fill = (text, values) => text.replace(/%(\w+)%/g, (whole, name) => values[name] ?? whole);

const rooms = () => [{ ...BOT, ...memory.rooms[""] }, ...Object.values(memory.rooms).filter((room) => room.key)];
export const roomOf = (key) => rooms().find((room) => room.key === key) ?? rooms()[0];
export const here = () => roomOf(memory.open);

/** What a conversation is called, for people. */
export function nameOf(room) {
  if (room.kind === "bot") return words.bot;
  if (room.kind === "circle") return words["room-circle"];
  return room.kind === "moderator" ? words["room-moderator"] : room.others.join(", ");
}

function about(room) {
  if (room.over) return words["room-over"];
  if (room.kind === "circle") return fill(words["room-with"], { names: room.others.join(", ") });
  return fill(words[`room-about-${room.kind}`], { mine: room.mine });
}

/** Note a conversation as the core has it now; return whether it is a new one. */
export function know(conversation) {
  const before = memory.rooms[conversation.key];
  memory.rooms[conversation.key] = { unread: 0, draft: "", ...before, ...conversation };
  return !before && conversation.key !== "";
}

export function mark(key) {
  const room = (memory.rooms[key] ??= { ...BOT, unread: 0, draft: "" });
  room.unread = (room.unread ?? 0) + 1;
}

/** Go to a conversation. What was begun in the other one stays there. */
export function open(key, draft) {
  memory.rooms[memory.open] = { ...here(), draft };
  memory.open = roomOf(key).key;
  memory.rooms[memory.open] = { ...here(), unread: 0 };
  keep();
  opened(memory.rooms[memory.open].draft ?? "");
}

/** A talk that is over and read makes room for those that go on. */
export function shut(key) {
  delete memory.rooms[key];
  memory.items = memory.items.filter((item) => (item.room ?? "") !== key);
}

/** Draw the strip again; it stays away while there is the bot alone. */
export function drawRooms(go) {
  const all = rooms();
  strip.hidden = all.length < 2;
  if (strip.hidden) return strip.replaceChildren();
  const focused = strip.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  strip.replaceChildren(...all.map((room) => tab(room, go)));
  if (focused !== null) strip.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
  strip.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function tab(room, go) {
  const now = room.key === memory.open;
  const made = document.createElement("button");
  Object.assign(made, { type: "button", className: "room" });
  made.dataset.key = room.key;
  made.classList.toggle("over", Boolean(room.over));
  const name = part("span", "room-name", nameOf(room));
  name.dir = "auto";
  const said = part("span", "room-words", "");
  said.append(name);
  if (now) {
    made.setAttribute("aria-current", "true");
    const line = part("span", "room-about", about(room));
    line.dir = "auto";
    said.append(line);
  }
  made.append(emblemOf(room), said);
  if (room.unread && !now) {
    made.append(part("span", "room-unread", String(room.unread)));
    made.append(part("span", "unseen", fill(words["room-unread"], { count: room.unread })));
    made.querySelector(".room-unread").setAttribute("aria-hidden", "true");
  }
  made.addEventListener("click", () => go(room.key));
  return made;
}

function part(tag, className, textContent) {
  return Object.assign(document.createElement(tag), { className, textContent });
}
