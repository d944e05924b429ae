// Draws notes. Whatever a person wrote reaches the page as textContent and nothing else.

import { emblem } from "./emblem.js";
import { fileOf, find, keep, memory } from "./memory.js";
import { here } from "./rooms.js";

const log = document.getElementById("log");
const scroller = document.getElementById("scroll");
const newer = document.getElementById("newer");
let words = {};
let reactions = [];
let moreReactions = [];
let act = {};

export function prepare(config, actions) {
  ({ words, reactions, moreReactions } = config);
  act = actions;
  newer.addEventListener("click", () => {
    toEnd();
    land(log.lastElementChild);
  });
}

export const fill = (text, values) => text.replace(/%(\w+)%/g, (whole, name) => values[name] ?? whole);

function make(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.includes("-") || name === "role") node.setAttribute(name, value);
    else node[name] = value;
  }
  node.append(...children.filter(Boolean));
  return node;
}

const button = (text, properties) => make("button", { type: "button", textContent: text, ...properties });

// ── The list ────────────────────────────────────────────────────────────────────────────

const nodeOf = (id) => document.getElementById(`n-${id}`);
const atEnd = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 140;

export function toEnd() {
  scroller.scrollTop = scroller.scrollHeight;
  newer.hidden = true;
}

/** Give the focus of what is gone to the words of a note: never nowhere, nor to a button that a second Enter would press. */
const land = (node) => (node?.querySelector(".text") ?? scroller).focus({ preventScroll: true });

let following = true;
let height = scroller.clientHeight;
scroller.addEventListener("scroll", () => {
  if (atEnd()) newer.hidden = true;
  if (scroller.clientHeight === height) following = atEnd();
});
// A keyboard that opens must not cover the newest words. (The browser may scroll a little by itself meanwhile.)
new ResizeObserver(() => {
  height = scroller.clientHeight;
  if (following) toEnd();
}).observe(scroller);

/** Return whether a note belongs to the conversation that is open. */
export const isHere = (item) => (item.room ?? "") === memory.open;

/** Draw all of the open conversation, without reading it out again. */
export function redraw() {
  if (!log.hasChildNodes() && !memory.items.some(isHere)) return;
  const focused = log.contains(document.activeElement);
  log.setAttribute("aria-live", "off");
  log.replaceChildren(...memory.items.filter(isHere).map(note));
  toEnd();
  if (focused) land(log.lastElementChild);
  requestAnimationFrame(() => log.setAttribute("aria-live", "polite"));
}

export function add(item) {
  const follow = item.who === "own" || item.voice === "crisis" || atEnd();
  memory.items.push(item);
  if (!isHere(item)) return;
  const node = note(item);
  node.classList.add("arriving");
  // On its words: an article may not be an alert.
  if (item.voice === "crisis") node.querySelector(".text").setAttribute("role", "alert");
  log.append(node);
  if (follow) show(node);
  else newer.hidden = false;
  if (orphaned) land(node);
  orphaned = false;
}

/** Bring a new note into sight; of one that is taller than the window the beginning, for it is read first. */
function show(node) {
  if (node.offsetHeight < scroller.clientHeight) toEnd();
  else node.scrollIntoView({ block: "start" });
}

/** Draw again what changed of one note, and no more: a screen reader reads out what is new. Keeps the focus. */
export function refresh(item) {
  const node = nodeOf(item.id);
  if (!node) return;
  const focused = node.contains(document.activeElement) ? document.activeElement.dataset.focus ?? "more" : null;
  const follow = atEnd();
  const parts = [...note(item).children];
  parts.forEach((part, at) => {
    const old = node.children[at];
    if (!old) node.append(part);
    else if (!old.isEqualNode(part)) old.replaceWith(part);
  });
  while (node.children.length > parts.length) node.lastElementChild.remove();
  if (focused && !node.contains(document.activeElement)) {
    const heir = node.querySelector(`[data-focus="${CSS.escape(focused)}"]`) ?? node.querySelector(".taken");
    if (heir) heir.focus();
    else land(node);
  }
  if (follow) toEnd();
}

let orphaned = false; // the focus was in a card that another one takes the place of

export function remove(item) {
  const node = nodeOf(item.id);
  orphaned = Boolean(node?.contains(document.activeElement));
  node?.remove();
}

/** Draw again what was changed or taken back, and every quote of it: no copy of the old words stays. */
export function reword(item) {
  for (const one of memory.items) if (one === item || one.reply === item.id) refresh(one);
}

// ── One note ────────────────────────────────────────────────────────────────────────────

function note(item) {
  const kind = item.who === "own" ? "own" : item.voice;
  const aside = kind === "bot" && item.room ? " aside" : "";
  const node = make("article", { id: `n-${item.id}`, className: `note ${kind}${aside}` });
  node.append(author(item));
  if (item.retracted) {
    node.append(make("p", { className: "text faded", textContent: words.retracted, tabIndex: -1 }));
    if (item.state) node.append(meta(item));
    return node;
  }
  node.append(
    ...[quote(item), steps(item), line(item), made(item), media(item), choices(item), meta(item), actions(item)].filter(Boolean),
  );
  return node;
}

/** Who says it: seen where there are several, heard by screen readers everywhere. */
function author(item) {
  const name = item.who === "own" ? words.you : item.author || words.bot;
  const shown = item.who !== "own" && item.author && here().kind === "circle";
  const made = make("p", { className: shown ? "author" : "unseen", dir: "auto" });
  if (shown) made.append(emblem(name));
  made.append(name);
  return made;
}

/** The words of a note as they came, what is behind a content note too: tags cover the exact text. */
export const plainly = (item) => (item.spans ?? []).map((span) => span.text).join("");

export const plain = (item) => (item.spans ?? []).map((span) => (span.style === "hidden" ? "…" : span.text)).join("");

function quote(item) {
  const about = item.reply && find(item.reply);
  return about && !about.retracted && make("blockquote", { dir: "auto", textContent: plain(about).slice(0, 120) });
}

const mayAct = (item) =>
  item.who === "own" ? ["passed_on", "waiting"].includes(item.passage) : item.voice === "member";

/** How far a card has come: a thin line, and each answer so far as one line of its own. */
function steps(item) {
  const card = item.progress;
  if (!card) return null;
  const line = make("progress", { max: card.total, value: card.number, "aria-label": words.progress });
  const answers = make("ul", { className: "answers" }, ...card.answers.map((one) => make("li", { textContent: one })));
  return make("div", { className: "steps" }, line, card.answers.length ? answers : null);
}

/** Two people who may meet: both emblems, why, and what happens next. */
function meeting({ alias, mine, reasons, after }) {
  const who = (name, label) =>
    make("div", { className: "party" }, emblem(name), make("strong", { textContent: name, dir: "auto" }), make("span", { textContent: label }));
  return make("div", { className: "text offer", dir: "auto", tabIndex: -1 },
    make("p", { className: "offer-title", textContent: words["offer-title"] }),
    make("div", { className: "parties" }, who(alias, words["offer-them"]), who(mine, words["offer-you"])),
    reasons.length ? make("ul", { className: "reasons", "aria-label": words["offer-why"] }, ...reasons.map((one) => make("li", { textContent: one }))) : null,
    make("p", { className: "offer-after", textContent: after }));
}

/** Waiting as a place: two stones that are not together yet, and what somebody who waits would ask. */
function place({ head, long, after, house, until }) {
  const row = (label, said) => make("div", {}, make("dt", { textContent: words[label] }), make("dd", { textContent: said }));
  return make("div", { className: "text wait", dir: "auto", tabIndex: -1 },
    make("div", { className: "wait-stones", "aria-hidden": "true" }, make("i"), make("i")),
    make("p", { className: "wait-head", textContent: head }),
    make("dl", {}, row("wait-next", after), row("wait-long", long), row("wait-house", house)),
    make("p", { className: "wait-until", textContent: until }));
}

const line = (item) => (mayAct(item) ? make("div", { className: "line" }, text(item), more(item)) : text(item));

function text(item) {
  if (item.offer) return meeting(item.offer);
  if (item.waiting) return place(item.waiting);
  const listed = item.spans.some((span) => span.style === "item");
  const tag = listed ? "div" : "p";
  const parts = listed ? blocks(item) : item.spans.map((span) => run(span, item));
  if (item.quote) parts.unshift(make("q", { className: "quoted", textContent: item.quote, dir: "auto" }));
  return make(tag, { className: listed ? "text listed" : "text", dir: "auto", tabIndex: -1 }, ...parts);
}

/** Paragraphs and lists: the mark of an item begins one, the end of its line ends it. */
function blocks(item) {
  const made = [];
  let line = null; // what is written into now: a paragraph, or an item of the list that is last
  for (const span of item.spans) {
    if (span.style === "item") {
      const tag = span.text.startsWith("-") ? "UL" : "OL";
      let list = made[made.length - 1];
      if (list && !list.textContent.trim()) made.pop(), (list = made[made.length - 1]);
      if (list?.tagName !== tag) made.push((list = make(tag.toLowerCase())));
      list.append((line = make("li")));
      continue;
    }
    const rows = span.style === "plain" ? span.text.split("\n") : [span.text];
    rows.forEach((row, at) => {
      if (at && line?.tagName === "LI") line = null;
      else if (at) line.append("\n");
      if (!row) return;
      if (!line) made.push((line = make("p")));
      line.append(run({ ...span, text: row }, item));
    });
  }
  return made;
}

/** A moment on the clock of this device, in the language of the page: the bot may not know which clock that is. */
function moment(span) {
  const at = new Date(span.at * 1000);
  const shown = span.day ? { dateStyle: "long" } : { dateStyle: "long", timeStyle: "short" };
  const text = at.toLocaleString(document.documentElement.lang, shown);
  return make("time", { dateTime: at.toISOString(), textContent: text });
}

function run(span, item) {
  if (span.style === "strong") return make("strong", { textContent: span.text });
  if (span.style === "link" && /^(https:\/\/|tel:|sms:)/.test(span.target)) {
    const link = make("a", { href: span.target, textContent: span.text, rel: "noopener noreferrer" });
    if (span.target.startsWith("https:")) link.target = "_blank";
    return link;
  }
  if (span.style === "hidden" && !item.shown) {
    return button(words.hidden, {
      className: "veil",
      onclick: () => {
        item.shown = true;
        keep();
        refresh(item);
        nodeOf(item.id).querySelector(".text").focus?.();
      },
    });
  }
  if (span.at) return moment(span);
  return document.createTextNode(span.text);
}

/** A sentence as spans: each number of three figures in it is one to call. */
export const dialed = (sentence) =>
  sentence.split(/\b(\d{3})\b/).map((text, at) =>
    at % 2 ? { style: "link", text, target: `tel:${text}` } : { style: "plain", text, target: "" });

export const drawn = (spans) => spans.map((span) => run(span, {}));

function made(item) {
  const file = item.document;
  if (!file) return null;
  if (file.type === "image/svg+xml") return picture(file);
  const save = () => {
    const address = URL.createObjectURL(new Blob([file.text], { type: file.type }));
    make("a", { href: address, download: file.name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  };
  return button(fill(words["save-document"], { name: file.name }), { className: "file", onclick: save });
}

let tools;
/** Load what draws files: the first load of the page does without. */
export const files = () =>
  (tools ??= new Promise((given, failed) => {
    const script = make("script", { src: "static/files.js", onload: () => given(window.files), onerror: failed });
    document.head.append(script);
  }).catch(() => (tools = undefined)));

const unveiled = new Set();

/** A photo or a voice note, hidden until it is tapped, in each tab anew. */
function media(item) {
  if (!item.media) return null;
  const box = make("div", { className: "media" });
  const show = async () => (await files())?.show(box, item.media, fileOf(item.id), words);
  if (unveiled.has(item.id)) show();
  else {
    const doing = () => (unveiled.add(item.id), show());
    box.append(button(words[`show-${item.media.kind}`], { className: "veil", "data-focus": "media", onclick: doing }));
  }
  return box;
}

/** A picture that the bot drew; what it shows stands in the words above, and in its label. */
function picture(file) {
  const drawn = new DOMParser().parseFromString(file.text, "image/svg+xml").documentElement;
  drawn.setAttribute("aria-label", file.alt);
  drawn.setAttribute("class", "picture");
  return document.importNode(drawn, true);
}

function meta(item) {
  const parts = [];
  if (item.edited && item.who === "own") parts.push(words.edited);
  if (item.state) parts.push(words[item.state]);
  else if (item.passage) parts.push(words[`mark-${item.passage.replace("_", "-")}`]);
  const line = parts.length
    ? make("p", { className: `meta ${item.state ?? item.passage ?? ""}`, textContent: parts.join(" · ") })
    : null;
  const seen = [item.reaction, item.mine].filter(Boolean);
  if (!seen.length) return line;
  const label = [
    item.reaction && fill(words["reaction-from"], { emoji: item.reaction }),
    item.mine && `${words.you}: ${item.mine}`,
  ].filter(Boolean).join(". ");
  const emojis = make("p", { className: "reactions" }, ...seen.map((emoji) => make("span", { textContent: emoji })));
  emojis.setAttribute("role", "img");
  emojis.setAttribute("aria-label", label);
  return make("div", { className: "under" }, emojis, line);
}

// ── Choices ─────────────────────────────────────────────────────────────────────────────

/** Every button of a note: the list, what confirms it, and what stands beside it. */
const offered = (item) => [...(item.choices ?? []), ...(item.done ? [item.done] : []), ...(item.extra ?? [])];

function choices(item) {
  if (!offered(item).length) return null;
  const group = make("div", { className: "choices", role: "group", "aria-label": plain(item).slice(0, 80) });
  if (item.answered) {
    const taken = offered(item).filter((choice) => item.answered.includes(choice.token));
    group.append(...taken.map((choice) => answer(choice)));
  } else if (item.many) group.append(...ticks(item));
  else group.append(...item.choices.map((choice) => option(item, choice)));
  if (!item.answered && item.extra?.length) {
    group.append(make("div", { className: "row beside" }, ...item.extra.map((choice) => option(item, choice))));
  }
  return group;
}

const answer = (choice) =>
  button(choice.label, {
    className: "choice taken",
    "data-focus": choice.token,
    "aria-disabled": "true",
    "aria-pressed": "true",
  });

function option(item, choice) {
  const look = ["choice", choice.main && "first", choice.purpose].filter(Boolean).join(" ");
  const made = button(choice.label, { className: look, "data-focus": choice.token });
  if (choice.chosen) made.setAttribute("aria-pressed", "true");
  made.addEventListener("click", () => settle(item, [choice.token]));
  return made;
}

function settle(item, tokens) {
  item.answered = tokens;
  act.press(item, tokens);
  refresh(item);
  toEnd();
}

function ticks(item) {
  const picked = new Set(item.picked ?? item.choices.filter((c) => c.chosen).map((c) => c.token));
  const boxes = item.choices.map((choice) =>
    make("input", { type: "checkbox", checked: picked.has(choice.token), value: choice.token }),
  );
  const none = item.done ? [item.done.token] : [];
  const confirm = button(item.done?.label ?? words.confirm, {
    className: "main",
    onclick: () => settle(item, picked.size ? [...picked] : none),
  });
  const count = make("span", { className: "count" });
  const show = () => {
    const full = item.limit > 0 && picked.size >= item.limit;
    for (const box of boxes) box.disabled = full && !box.checked;
    confirm.disabled = picked.size + none.length === 0;
    if (item.limit > 0) count.textContent = fill(words.chosen, { count: picked.size, limit: item.limit });
  };
  for (const box of boxes) {
    box.addEventListener("change", () => {
      if (box.checked) picked.add(box.value);
      else picked.delete(box.value);
      item.picked = [...picked];
      keep();
      show();
    });
  }
  show();
  const labels = item.choices.map(({ label }, at) =>
    make("label", { className: "tick" }, boxes[at], make("span", { textContent: label })),
  );
  return [...labels, make("div", { className: "row" }, confirm, count)];
}

// ── What can be done with a note ────────────────────────────────────────────────────────

function more(item) {
  const opener = button("", { className: "more", "data-focus": "more", "aria-expanded": String(Boolean(item.open)) });
  opener.setAttribute("aria-label", words.actions);
  opener.addEventListener("click", () => {
    for (const other of memory.items) {
      if (other.open && other !== item) {
        other.open = false;
        refresh(other);
      }
    }
    item.open = !item.open;
    item.wide = false;
    refresh(item);
  });
  return opener;
}

const actions = (item) =>
  item.open && mayAct(item)
    ? make("div", { className: "acts", role: "group", "aria-label": words.actions },
        ...(item.who === "own" ? ownActions(item) : theirActions(item)))
    : null;

function done(item, doing) {
  return () => {
    item.open = false;
    doing(item);
    refresh(item);
  };
}

const ownActions = (item) => [
  button(words.edit, { onclick: done(item, act.edit) }),
  button(words.unsend, { onclick: done(item, act.unsend) }),
];

const reaction = (item, emoji) =>
  button(emoji, {
    className: "emoji",
    "aria-label": `${words.react} ${emoji}`,
    "aria-pressed": String(item.mine === emoji),
    onclick: done(item, () => act.react(item, item.mine === emoji ? "" : emoji)),
  });

/** Show every reaction; the focus goes to the first that came. */
function widen(item) {
  item.wide = true;
  refresh(item);
  nodeOf(item.id).querySelector(".picker button").focus();
}

const theirActions = (item) => [
  button(words.reply, { onclick: done(item, act.reply) }),
  ...reactions.map((emoji) => reaction(item, emoji)),
  item.wide
    ? make("div", { className: "picker", role: "group", "aria-label": words["react-more"] },
        ...moreReactions.map((emoji) => reaction(item, emoji)))
    : button("+", { className: "emoji", "aria-label": words["react-more"], "data-focus": "wide", onclick: () => widen(item) }),
  button(words.report, { onclick: done(item, act.report) }),
];
