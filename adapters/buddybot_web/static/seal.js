// Seals what this tab keeps on the disk. The key is in a cookie, which leaving takes away: what a browser still has of a
// tab's storage in its own files can't be read after that. ChaCha20 (RFC 8439) is here because everything is written
// down at once, before an acknowledgement and as the page goes, and the browser's own ciphers answer later.

const NAME = "tab";
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const LASTS = 14 * 24 * 3600; // seconds from when the tab was last opened
const CONSTANTS = [0x61707865, 0x3320646e, 0x79622d32, 0x6b206574]; // "expand 32-byte k"
export const random = (count) => crypto.getRandomValues(new Uint8Array(count));
const numbers = (bytes) => new Uint32Array(bytes.buffer);

function quarter(x, a, b, c, d) {
  let mixed = x[d] ^ (x[a] += x[b]);
  x[d] = (mixed << 16) | (mixed >>> 16);
  mixed = x[b] ^ (x[c] += x[d]);
  x[b] = (mixed << 12) | (mixed >>> 20);
  mixed = x[d] ^ (x[a] += x[b]);
  x[d] = (mixed << 8) | (mixed >>> 24);
  mixed = x[b] ^ (x[c] += x[d]);
  x[b] = (mixed << 7) | (mixed >>> 25);
}

/** Turn bytes into others, or back, in place. */
function turn(key, nonce, bytes) {
  const first = new Uint32Array([...CONSTANTS, ...numbers(key), 1, ...numbers(nonce)]);
  const x = new Uint32Array(16);
  const mask = new Uint8Array(x.buffer);
  for (let at = 0; at < bytes.length; at += 64, first[12] += 1) {
    x.set(first);
    for (let round = 0; round < 10; round += 1) {
      for (let one = 0; one < 4; one += 1) quarter(x, one, one + 4, one + 8, one + 12);
      for (let one = 0; one < 4; one += 1) quarter(x, one, ((one + 1) & 3) + 4, ((one + 2) & 3) + 8, ((one + 3) & 3) + 12);
    }
    for (let one = 0; one < 16; one += 1) x[one] += first[one];
    const end = Math.min(64, bytes.length - at);
    for (let one = 0; one < end; one += 1) bytes[at + one] ^= mask[one];
  }
  return bytes;
}

const letters = (bytes) => {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode.apply(null, bytes.subarray(at, at + 8192));
  return text;
};
function bytesOf(text) {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
  return bytes;
}

// In a frame of another site only a cookie of that one frame is kept.
const kind = () => {
  if (window !== window.top) return "; Secure; SameSite=None; Partitioned";
  return location.protocol === "https:" ? "; Secure; SameSite=Strict" : "; SameSite=Strict";
};

function put(value, seconds) {
  try {
    document.cookie = `${NAME}=${value}; Max-Age=${seconds}${kind()}`;
  } catch {
    // A frame may have no cookies at all.
  }
}

/** The key as it is now: another tab may have changed it. */
function keyHere() {
  try {
    const held = new RegExp(`(?:^|; )${NAME}=([0-9a-f]{${2 * KEY_BYTES}})(?:;|$)`).exec(document.cookie)?.[1];
    return held ? Uint8Array.from(held.match(/../g), (two) => parseInt(two, 16)) : null;
  } catch {
    return null;
  }
}

export const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const early = keyHere();
if (early) put(hex(early), LASTS);

/** Seal words; null where the browser keeps no key for them. */
export function sealed(text) {
  if (!keyHere()) put(hex(random(KEY_BYTES)), LASTS);
  const key = keyHere();
  const nonce = random(NONCE_BYTES);
  return key && letters(nonce) + letters(turn(key, nonce, new TextEncoder().encode(text)));
}

/** Open what was sealed; under another key it is no text. */
export function opened(text) {
  const bytes = bytesOf(text);
  const words = turn(keyHere(), bytes.slice(0, NONCE_BYTES), bytes.slice(NONCE_BYTES));
  return new TextDecoder("utf-8", { fatal: true }).decode(words);
}

/** Let go of the key: whatever was sealed is nothing from now on, and what comes has another. */
export const unkeyed = () => put("", 0);
