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

/** Write it down, at once: an acknowledgement may follow only after this. Allowance is made where the browser has none. */
export function keep() {
  if (gone) return;
  memory.items = memory.items.slice(-MOST_ITEMS);
  memory.seen = memory.seen.slice(-MOST_SEEN);
  for (let attempt = 0; attempt < 8; attempt += 1) {
    try {
      sessionStorage.setItem(KEY, JSON.stringify(memory));
      return;
    } catch {
      if (dropFiles()) attempt = -1;
      else if (attempt) memory.items = memory.items.slice(Math.ceil(memory.items.length / 2));
      else for (const item of memory.items) delete item.document;
    }
  }
}

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
