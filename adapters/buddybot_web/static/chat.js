// Ties the page together: writing, the header, what arrives.

import { sheets } from "./sheets.js";
import { add, fill, plain, prepare, redraw, refresh, reword, toEnd } from "./log.js";
import { clear, find, keep, memory, newId } from "./memory.js";
import { connect, hangUp, hurry, send } from "./wire.js";

const $ = (id) => document.getElementById(id);
const config = JSON.parse($("config").textContent);
const { words } = config;
const text = $("text");
let about = null; // { item, editing }
let unread = 0;

// ── What arrives ────────────────────────────────────────────────────────────────────────

const content = ({ voice, author, spans, choices, many, limit, done, extra, document: file }) => ({
  voice, author, spans, choices, many, limit, done, extra, document: file,
});

function effect(body) {
  if (body.kind === "send") {
    const older = find(body.message);
    if (older) older.id = newId();
    add({ id: body.message, who: "them", reply: body.reply, ...content(body) });
    if (document.hidden) title(unread + 1);
    return;
  }
  const item = find(body.message);
  if (!item) return;
  if (body.kind === "edit") {
    Object.assign(item, content(body), { answered: null, picked: null }); // a member's words say themselves: (edited)
    reworded(item);
  }
  if (body.kind === "retract") {
    Object.assign(item, { retracted: true, spans: [], choices: [], done: null, extra: [], document: null });
    reworded(item);
  }
  if (body.kind === "react") item.reaction = body.emoji;
  if (body.kind === "mark") item.passage = body.passage;
  refresh(item);
}

/** No copy of old words stays: not in the note, not in a quote of it, not in the line that says what is answered. */
function reworded(item) {
  reword(item);
  if (about?.item === item && !about.editing) sayAbout(item.retracted ? null : item);
}

function title(count) {
  unread = count;
  document.title = count ? fill(words["title-unread"], { count }) : words.title;
}

// ── How the line is ─────────────────────────────────────────────────────────────────────

let notices = 0;

function notice(sentence, label, doing) {
  clearTimeout(notices);
  $("notice").hidden = !sentence;
  $("notice-text").textContent = sentence;
  $("notice-act").hidden = !label;
  $("notice-act").textContent = label ?? "";
  $("notice-act").onclick = doing;
}

function state(now) {
  const was = $("notice").dataset.state;
  $("notice").dataset.state = now;
  if (now === "online" && ["offline", "elsewhere"].includes(was)) {
    notice(words["back-online"]);
    notices = setTimeout(() => notice(""), 3000);
  }
  if (now === "offline") notice(words.offline);
  if (now === "cookies") notice(words.cookies);
  if (now === "elsewhere") notice(words.elsewhere, words["use-here"], () => connect());
}

/** Help lines without the server: nobody who asks for help waits for a connection. */
function unheard(data) {
  const sentence = data.help ?? words["help-lines"];
  const last = memory.items[memory.items.length - 1];
  if (last?.local) return;
  const spans = [{ style: "plain", text: sentence, target: "" }];
  add({ id: newId(), who: "them", voice: "crisis", local: true, spans });
  keep();
}

function settled(parcel, accepted) {
  const item = find(parcel.doing === "edit" ? parcel.body.message : parcel.body.id);
  if (!item) return;
  item.state = accepted ? null : "not-sent";
  keep();
  refresh(item);
}

const problem = (data) => {
  if (!data.problem) return;
  notice(data.problem);
  notices = setTimeout(() => notice(""), 12_000);
};

// ── What the person does ────────────────────────────────────────────────────────────────

const span = (words) => [{ style: "plain", text: words, target: "" }];

function say(words) {
  const id = newId();
  const reply = about?.item.id;
  add({ id, who: "own", spans: span(words), reply, state: "sending" });
  send("say", { text: words, reply }, { id });
}

function change(item, words) {
  Object.assign(item, { spans: span(words), edited: true, state: "sending" });
  send("edit", { message: item.id, text: words });
  reworded(item);
}

function submit() {
  const written = text.value;
  if (!written.trim()) return;
  if ([...written].length > config.maxText) {
    notice(words["too-long"]);
    return;
  }
  if ($("notice").dataset.state === "online") notice("");
  if (about?.editing) change(about.item, written);
  else say(written);
  write("");
  regard(null);
}

function write(words) {
  text.value = words;
  memory.draft = words;
  keep();
  grow();
}

function grow() {
  text.style.height = "auto";
  text.style.height = `${text.scrollHeight + 2}px`;
}

/** Say above the composer which note the next words are about. */
function regard(item, editing = false) {
  sayAbout(item, editing);
  if (item) text.focus();
}

function sayAbout(item, editing = false) {
  about = item && { item, editing };
  $("about").hidden = !item;
  const replying = item && fill(words.replying, { text: plain(item).slice(0, 80) });
  $("about-text").textContent = editing ? words.editing : replying ?? "";
}

const acts = {
  press(item, tokens) {
    send("press", { tokens, message: item.id });
  },
  reply: (item) => regard(item),
  edit(item) {
    regard(item, true);
    write(plain(item));
  },
  unsend(item) {
    Object.assign(item, { retracted: true, spans: [] });
    send("unsend", { message: item.id });
    reworded(item);
  },
  react(item, emoji) {
    item.mine = emoji;
    send("react", { message: item.id, emoji });
  },
};

function invoke(command, given) {
  send("invoke", { command, arguments: given }, { first: command === "crisis" });
  if (command === "crisis" && $("notice").dataset.state !== "online") unheard({});
  toEnd();
}

// ── Leaving ─────────────────────────────────────────────────────────────────────────────

function leave() {
  document.body.hidden = true;
  hangUp();
  clear();
  document.title = "";
  location.replace("about:blank");
}

let escaped = 0;
function escape(event) {
  if (event.key !== "Escape") return;
  if (event.timeStamp - escaped < 800) leave();
  escaped = event.timeStamp;
}

// ── Begin ───────────────────────────────────────────────────────────────────────────────

prepare(config, acts);
sheets({ words, invoke, notice, restarted: () => location.reload(), leave });
if (memory.theme) document.documentElement.dataset.theme = memory.theme;
redraw();
for (const id of ["composer", "help-now", "leave"]) $(id).hidden = false;
write(memory.draft);

$("composer").addEventListener("submit", (event) => {
  event.preventDefault();
  submit();
  text.focus();
});
text.addEventListener("input", () => {
  memory.draft = text.value;
  grow();
});
text.addEventListener("keydown", (event) => {
  const touch = matchMedia("(pointer: coarse)").matches;
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || touch) return;
  event.preventDefault();
  submit();
});
$("about-close").addEventListener("click", () => {
  if (about?.editing) write("");
  regard(null);
  text.focus();
});
$("help-now").addEventListener("click", () => invoke("crisis", {}));
$("leave").addEventListener("click", leave);
addEventListener("keydown", escape, true);
addEventListener("pagehide", keep);
addEventListener("resize", grow);
addEventListener("online", hurry);
addEventListener("pageshow", (event) => event.persisted && hurry());
document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  title(0);
  hurry();
});
connect({ effect, state, problem, unheard, settled, restarted: redraw });
