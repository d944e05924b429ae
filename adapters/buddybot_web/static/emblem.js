// Draws the emblem of an alias: two stones whose shapes, tints and places follow from its letters alone. No face, no
// gender, nothing about the person; the same alias looks the same on every device.

const NS = "http://www.w3.org/2000/svg";
const TINTS = 9;
const LARGE = [
  "M3 21c0-7 4-13 9-13 4 0 7 4 7 10 0 6-3 9-8 9s-8-2-8-6z",
  "M4 19c0-6 5-10 10-9 5 1 7 5 6 10-1 5-5 7-9 7s-7-3-7-8z",
  "M3 22c1-6 5-12 9-13 4-1 8 5 8 11 0 4-4 7-9 7s-8-2-8-5z",
];
const SMALL = [
  "M14 22c0-5 3-9 8-9 4 0 7 3 7 8 0 4-3 6-8 6-4 0-7-1-7-5z",
  "M15 23c0-4 4-7 8-7 4 0 6 2 6 6 0 3-3 5-7 5-5 0-7-1-7-4z",
  "M15 20c0-5 2-8 6-8s8 4 8 9c0 4-3 6-8 6-4 0-6-3-6-7z",
];
const PLACES = [
  ["", ""],
  ["translate(32 0) scale(-1 1)", "translate(32 0) scale(-1 1)"],
  ["translate(3 4) scale(.95)", "translate(-6 -10)"],
  ["translate(31 3) scale(-1 1)", "translate(-5 -9)"],
];
const WARM = [1, 3, 6, 8];
const COOL = [0, 2, 4, 5, 7];

/** FNV-1a, stirred: neighbours in the list of aliases must not look like neighbours. */
function hashed(text) {
  let sum = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) sum = Math.imul(sum ^ byte, 0x01000193);
  sum = Math.imul(sum ^ (sum >>> 15), 0x2c1b3c6d);
  return (sum ^ (sum >>> 13)) >>> 0;
}

function stone(shape, kind, move) {
  const path = document.createElementNS(NS, "path");
  path.setAttribute("d", shape);
  path.setAttribute("class", kind);
  if (move) path.setAttribute("transform", move);
  return path;
}

function frame(kind, ...parts) {
  const svg = document.createElementNS(NS, "svg");
  svg.setAttribute("viewBox", "0 0 32 32");
  svg.setAttribute("class", `emblem ${kind}`);
  svg.setAttribute("aria-hidden", "true");
  svg.append(...parts);
  return svg;
}

const OWN = ["stone-a", "stone-b"];

export function emblem(alias) {
  let seed = hashed(alias);
  const draw = (count) => {
    const taken = seed % count;
    seed = Math.floor(seed / count);
    return taken;
  };
  const first = draw(TINTS);
  const other = WARM.includes(first) ? COOL : WARM;
  const second = other[draw(other.length)];
  const [below, above] = PLACES[draw(PLACES.length)];
  return frame(
    "of-alias",
    stone(LARGE[draw(LARGE.length)], `tint-${first}`, below),
    stone(SMALL[draw(SMALL.length)], `tint-${second}`, above),
  );
}

/** The emblem of a conversation: an alias's own, the bot's two stones, a ring of stones for a circle. */
export function emblemOf(room) {
  if (room.kind === "bot") return frame("of-bot", stone(LARGE[0], OWN[0]), stone(SMALL[0], OWN[1]));
  if (room.kind === "moderator") return frame("of-moderator", stone(LARGE[1], OWN[1], "translate(4 -1)"));
  if (room.kind === "circle") {
    const ring = [room.mine, ...room.others].slice(0, 6);
    const parts = ring.map((alias, at) => {
      const turn = (2 * Math.PI * at) / ring.length - Math.PI / 2;
      const [x, y] = [Math.cos, Math.sin].map((of) => (7 + 8.5 * of(turn)).toFixed(1));
      const move = `translate(${x} ${y}) scale(.55)`;
      return stone(LARGE[1], `tint-${hashed(alias) % TINTS}`, move);
    });
    return frame("of-circle", ...parts);
  }
  return emblem(room.others[0] ?? "");
}
