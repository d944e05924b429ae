// This tab's own history: the server forgets a note once we have it. Leaving quickly empties it.

const KEY = "notes";
const MOST_ITEMS = 400;
const MOST_SEEN = 1000;

const blank = () => ({
  badge: "", joined: false, invite: "", last: "", seen: [], items: [], unsent: [], draft: "", theme: "", rooms: {}, open: "",
});

export const memory = Object.assign(blank(), read());
let gone = false;

function read() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}

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
    if (stored((tab) => tab.setItem(KEY, JSON.stringify(made, written)) ?? true)) {
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
  stored((tab) => tab.setItem(FILE + id, data));
}

export const fileOf = (id) => files.get(id) ?? stored((tab) => tab.getItem(FILE + id));

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
  Object.assign(memory, blank(), { badge, theme });
  keep();
}

/** Let go of every note, talk and draft: their person was erased. What is on its way still goes. */
export function emptied() {
  forgetFiles();
  Object.assign(memory, { items: [], rooms: {}, open: "", draft: "" });
  keep();
}

/** Empty it for good; nothing is written after this. */
export function clear() {
  gone = true;
  try {
    sessionStorage.clear();
  } catch {
    // A frame may have no storage at all; whoever wants to leave must leave all the same.
  }
}

export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return "m" + Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export const find = (id) => memory.items.find((item) => item.id === id);
