// This tab's own history: the server forgets a note once we have it. It is sealed; leaving quickly empties it, and takes
// the key along.

import { hex, opened, random, sealed, unkeyed } from "./seal.js";

const KEY = "notes";
const MOST_ITEMS = 400;
const MOST_SEEN = 1000;

const blank = () => ({
  badge: "", joined: false, invite: "", last: "", seen: [], items: [], unsent: [], draft: "", theme: "", rooms: {}, open: "",
});

export const memory = Object.assign(blank(), read());
let gone = false;

function read() {
  const kept = stored((tab) => tab.getItem(KEY)) ?? "{}";
  for (const read of [opened, String]) {
    try {
      return JSON.parse(read(kept));
    } catch {
      // Sealed by a key that is gone, or not sealed: an older page wrote it, or one that found no place for a key.
    }
  }
  return {};
}

/** Without a key nothing that was said is written down, only what the page looks like. */
const bare = ({ theme, language }) => JSON.stringify({ theme, language });

/** Write it down, at once: an acknowledgement may follow only after this. Where there is no room, older notes give way. */
export function keep() {
  if (gone) return;
  memory.items = memory.items.slice(-MOST_ITEMS);
  memory.seen = memory.seen.slice(-MOST_SEEN);
  let { items } = memory;
  let lean = false;
  const written = (name, value) => (lean && name === "document" ? undefined : value);
  for (let attempt = 0; attempt < 8; attempt += 1) {
    const made = { ...memory, items };
    const text = sealed(JSON.stringify(made, written)) ?? bare(made);
    if (stored((tab) => tab.setItem(KEY, text) ?? true)) {
      if (lean) for (const item of items) delete item.document;
      memory.items = items;
      return;
    }
    if (dropFiles()) attempt = -1;
    else if (attempt) items = items.slice(Math.ceil(items.length / 2));
    else lean = true;
  }
  // Nothing may be kept here at all: what is shown stays as long as the page does.
}

/** Whether this tab was left while the page lay in the browser's memory, whence the way back would bring all of it. */
export const wasLeft = () => stored((tab) => tab.getItem(KEY) === null) === true;

// The bytes of photos and voice notes stand beside the history: words go before them where there is no room for both.
const FILE = "file-";
const files = new Map();

/** Do something with the tab's storage; a frame may have none, and one that is full keeps what it has. */
function stored(doing) {
  try {
    return doing(sessionStorage);
  } catch {
    return null;
  }
}

export function keepFile(id, data) {
  files.set(id, data);
  const text = sealed(data);
  if (text) stored((tab) => tab.setItem(FILE + id, text));
}

export const fileOf = (id) => files.get(id) ?? stored((tab) => opened(tab.getItem(FILE + id)));

export function dropFile(id) {
  files.delete(id);
  stored((tab) => tab.removeItem(FILE + id));
}

const dropFiles = () =>
  stored((tab) => {
    const kept = Object.keys(tab).filter((key) => key.startsWith(FILE));
    for (const key of kept) tab.removeItem(key);
    return kept.length;
  });

function forgetFiles() {
  files.clear();
  dropFiles();
}

/** Begin anew: the browser belongs to somebody else now. */
export function restart(badge) {
  const { theme } = memory;
  forgetFiles();
  unkeyed();
  Object.assign(memory, blank(), { badge, theme });
  keep();
}

/** Let go of every note, talk and draft: their person was erased. What is on its way still goes. */
export function emptied() {
  forgetFiles();
  unkeyed();
  Object.assign(memory, { items: [], rooms: {}, open: "", draft: "" });
  keep();
}

/** Empty it for good; nothing is written after this. */
export function clear() {
  gone = true;
  unkeyed();
  try {
    sessionStorage.clear();
  } catch {
    // A frame may have no storage at all; whoever wants to leave must leave all the same.
  }
}

export function newId() {
  return "m" + hex(random(16));
}

export const find = (id) => memory.items.find((item) => item.id === id);
