// Ties the page together: writing, the header, what arrives.

import { sheets } from "./sheets.js";
import { add, dialed, drawn, files, fill, isHere, plain, plainly, prepare, redraw, refresh, remove, reword, toEnd } from "./log.js";
import { follow, unfollow } from "./language.js";
import { clear, dropFile, emptied, fileOf, find, keep, keepFile, memory, newId, wasLeft } from "./memory.js";
import { asks, leaveDevice, settle, subscription } from "./push.js";
import { drawRooms, here, know, mark, nameOf, open, prepareRooms, roomOf } from "./rooms.js";
import { hearTabs, tellTabs } from "./tabs.js";
import { bring, connect, hangUp, hurry, invited, lost, send } from "./wire.js";

const $ = (id) => document.getElementById(id);
const config = JSON.parse($("config").textContent);
const { words } = config;
const text = $("text");
let about = null; // { item, editing }
let unread = 0;

// ── What arrives ────────────────────────────────────────────────────────────────────────

const content = ({ voice, author, spans, choices, many, limit, done, extra, progress, offer, waiting, document: file, media, quote }) => ({
  voice, author, spans, choices, many, limit, done, extra, progress, offer, waiting, document: file,
  ...(quote && { quote }),
  media: media && { kind: media.kind, type: media.type, seconds: media.seconds },
});

/** A step of a card takes the place of the one before: what was answered stays as a line on it. */
function replaces(body) {
  const card = body.progress?.card;
  const older = card && memory.items.findLast((item) => item.progress?.card === card);
  if (!older) return;
  memory.items = memory.items.filter((item) => item !== older);
  remove(older);
}

/** Where somebody stands is told by the newest card; an older one becomes a line, without buttons that lead nowhere. */
function settles(body) {
  if (!body.waiting && !body.offer && body.conversation.kind !== "buddy") return;
  for (const item of memory.items.filter((one) => one.waiting)) {
    Object.assign(item, { waiting: null, spans: span(item.waiting.head), choices: [] });
    refresh(item);
  }
}

/** Draw a message anew: another version of the server draws it otherwise, or its words were changed before they left. */
function redrawn(older, body) {
  Object.assign(older, content(body), { reply: body.reply });
  refresh(older);
}

function effect(body) {
  if (body.kind === "send") {
    const older = find(body.message);
    if (older) return redrawn(older, body);
    if (body.erased && memory.items.some((item) => !item.erased)) erased();
    replaces(body);
    settles(body);
    if (body.media) keepFile(body.message, body.media.data);
    if (body.takes) body.conversation.takes = body.takes;
    arrived({ id: body.message, who: "them", erased: body.erased, reply: body.reply, ...content(body) }, body.conversation);
    if (document.hidden) title(unread + 1);
    // Not while somebody writes: their words are kept, but the keyboard of a phone would close.
    if (!text.value) follow(body.language, () => (keep(), location.reload()));
    return;
  }
  const item = find(body.message);
  if (!item) return;
  if (body.kind === "edit") {
    Object.assign(item, content(body), { answered: null, picked: null }); // a member's words say themselves: (edited)
    reworded(item);
  }
  if (body.kind === "retract") {
    Object.assign(item, { retracted: true, spans: [], choices: [], done: null, extra: [], document: null, media: null });
    dropFile(item.id);
    reworded(item);
  }
  if (body.kind === "react") item.reaction = body.emoji;
  if (body.kind === "mark") item.passage = body.passage;
  refresh(item);
}

/** Put a note into its conversation; one that begins, and help, is gone to unless something is being written. */
function arrived(item, conversation) {
  const begins = know(conversation);
  item.room = conversation.key;
  if (!isHere(item) && !text.value.trim() && (item.voice === "crisis" || (begins && !here().key))) go(item.room);
  add(item);
  if (!isHere(item)) {
    mark(item.room);
    const name = nameOf(roomOf(item.room));
    $("heard").textContent = fill(words["room-heard"], { name });
    if (item.voice === "crisis") notice(fill(words["room-heard"], { name }), words["room-look"], () => go(item.room));
  }
  drawRooms(go);
  compose();
}

function go(key) {
  open(key, text.value);
}

/** The open conversation has changed: its notes, its words not sent yet, its name over the composer. */
function shown(draft) {
  regard(null);
  write(draft);
  notice("");
  drawRooms(go);
  redraw();
  compose();
}

function compose() {
  const room = here();
  $("welcome").hidden = room.kind !== "bot";
  $("room-title").hidden = room.kind === "bot";
  $("room-title").textContent = nameOf(room);
  const label = room.kind === "circle" ? words["write-circle"] : fill(words["write-to"], { name: nameOf(room) });
  $("write-label").textContent = label;
  text.placeholder = room.over ? words["room-over"] : label;
  text.readOnly = Boolean(room.over);
  $("send").hidden = Boolean(room.over);
  $("onward").hidden = !room.over;
  $("onward").textContent = fill(words["write-to"], { name: words.bot });
  $("composer").classList.toggle("over", Boolean(room.over));
  const takes = (!room.over && room.takes) || [];
  if (takes.length || window.files) files().then((it) => it?.offer(takes, $("composer"), fileActs, words));
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
  if ($("notice").contains(document.activeElement)) $("scroll").focus({ preventScroll: true });
  $("notice").hidden = !sentence;
  $("notice-text").replaceChildren(...[sentence].flat());
  $("notice-act").hidden = !label;
  $("notice-act").textContent = label ?? "";
  $("notice-act").onclick = doing;
}

function state(now) {
  const was = $("notice").dataset.state;
  $("notice").dataset.state = now;
  if (now === "online" && ["offline", "elsewhere"].includes(was) && !refused) {
    notice(words["back-online"]);
    notices = setTimeout(() => notice(""), 3000);
  }
  if (now === "offline") gone();
  if (now === "cookies") notice(words.cookies);
  if (now === "elsewhere") notice(words.elsewhere, words["use-here"], () => connect());
}

/** Say that there is no connection. Nobody reads what is written now, so nobody can tell a cry from a hello: say whom to call. */
function gone() {
  if (refused) return notice(danger(refused));
  const unread = memory.unsent.some(({ doing }) => doing === "say") && !toldToCall();
  notice(unread ? danger(words["offline-unread"]) : words.offline);
}

const danger = (sentence) => drawn(dialed(`${sentence} ${words["help-lines"]}`));
const toldToCall = () => Boolean(memory.items.at(-1)?.local);
const NUMBERS = ["911", "112", "999", "988"];

/** Help lines without the server: nobody who asks for help waits for a connection. */
function unheard() {
  if (toldToCall()) return;
  const numbers = NUMBERS.map((one) => ({ style: "link", text: `${one}: ${words[`offline-${one}`]}`, target: `tel:${one}` }));
  const spans = [...span(words["offline-danger"]), ...numbers];
  add({ id: newId(), who: "them", voice: "crisis", local: true, spans, room: memory.open });
  if ($("notice").dataset.state === "offline") gone();
  keep();
}

/** The note that a doing is about: what was said, else what was pressed, changed, taken back. */
const subject = ({ body }) => find(body.id) ?? find(body.message);

/** The server is not reached: what was done shows that it is still on its way, a tap too. */
function held(parcel) {
  const item = subject(parcel);
  if (!item || item.state === "sending") return;
  item.state = "sending";
  keep();
  refresh(item);
}

/** The server is not reached: what was done shows that it is on its way still, and whom to call meanwhile. */
function waits(parcel) {
  held(parcel);
  if ($("notice").dataset.state === "offline") gone();
}

function settled(parcel, accepted) {
  taken();
  const item = subject(parcel);
  if (!item) return;
  const more = memory.unsent.some((other) => subject(other) === item);
  if (!more) item.state = accepted ? null : "not-sent";
  if (!accepted && parcel.doing === "press") Object.assign(item, { answered: null, state: null });
  keep();
  refresh(item);
}

// What the server said as it took nothing in; it stands until something is taken. A proxy before it has no words of ours.
let refused = "";

/** Say what was refused, and whom to call, however calm what was typed looks: who is refused may be in danger. */
function problem(data, final) {
  if (!final) refused = data.problem ?? words.refused;
  else if (!data.problem) return;
  notice(danger(final ? data.problem : refused));
  if (final) notices = setTimeout(() => notice(refused && danger(refused)), 20_000);
}

function taken() {
  if (!refused) return;
  refused = "";
  notice("");
}

// ── What the person does ────────────────────────────────────────────────────────────────

const span = (words) => [{ style: "plain", text: words, target: "" }];

function say(words) {
  const id = newId();
  const reply = about?.item.id;
  const room = memory.open;
  add({ id, who: "own", spans: span(words), reply, room, state: "sending" });
  send("say", { text: words, reply }, { id, room });
}

/** What a photo or a voice note needs of the page: where it goes is where it was begun. */
const fileActs = {
  from: () => {
    const room = memory.open;
    const reply = about?.item.id;
    return async (media, blob, data) => {
      const id = newId();
      keepFile(id, data);
      add({ id, who: "own", spans: span(words[media.kind]), media, reply, room, state: "sending" });
      toEnd();
      if (await bring(id, blob)) send("say", { reply, file: { kind: media.kind, seconds: media.seconds } }, { id, room });
      else Object.assign(find(id), { state: "not-sent" });
      keep();
      refresh(find(id));
    };
  },
  problem: () => notice(words["file-broken"]),
};

/** A picture that is pasted where none may go yet brings up the question. */
function pasted(event) {
  const picture = [...(event.clipboardData?.files ?? [])].find((file) => file.type.startsWith("image/"));
  const room = here();
  if (!picture || room.kind !== "buddy" || room.over) return;
  event.preventDefault();
  if (!room.takes?.includes("photo")) send("invoke", { command: "photos", arguments: {} }, { room: room.key });
  else files().then((it) => it?.photo(picture, { ...fileActs, send: fileActs.from() }));
}

function change(item, words) {
  Object.assign(item, { spans: span(words), edited: true, state: "sending" });
  send("edit", { message: item.id, text: words }, { room: item.room });
  reworded(item);
}

function submit() {
  const written = text.value;
  if (!written.trim() || here().over) return;
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
  drafted(words);
  keep();
  grow();
}

function drafted(words) {
  memory.draft = words;
  if (memory.rooms[memory.open]) memory.rooms[memory.open].draft = words;
}

function grow() {
  text.style.height = "";
  if (!text.value) return; // to measure costs a layout, and an empty line has the height of a line
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

/** Hand over what was chosen of this tab's notes: nobody has to paste what they would rather not read again. */
function chosen(item, token) {
  return seen(item, token).map(plainly).join(SHARED);
}

function seen(item, token) {
  const offered = [...(item.choices ?? []), ...(item.extra ?? [])].find((one) => one.token === token);
  if (!offered?.share) return [];
  const about = token.split(".")[1]?.split("~")[0]; // the room that the report is about, wherever it is asked
  const heard = memory.items.filter((one) => one.voice === "member" && !one.retracted && one.room === about);
  const until = heard.findIndex((one) => one.id === reported) + 1 || heard.length;
  return heard.slice(Math.max(0, until - offered.share), until);
}

const SHARED = "\u001e";
const bytesOf = (encoded) => Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0));
let reported = ""; // the note that "Report this" was pressed on

const acts = {
  report(item) {
    reported = item.id;
    if (here().over) go("");
    send("invoke", { command: "report", arguments: { message: item.id } }, { room: memory.open });
    toEnd();
  },
  async press(item, tokens) {
    if (asks(item, tokens)) {
      const push = await subscription(config.pushKey);
      send("subscribe", { push });
      if (!push) {
        notice(words["push-cannot"], words.keep, () => $("keep").showModal());
        return;
      }
    }
    // What is offered at the end of a talk leads out of it.
    const room = roomOf(item.room ?? "").over ? "" : item.room;
    const shared = chosen(item, tokens[0]);
    const id = newId();
    const pictured = seen(item, tokens[0]).findLast((one) => one.media && fileOf(one.id));
    const held = pictured && (await bring(id, bytesOf(fileOf(pictured.id))));
    const file = held && { kind: pictured.media.kind };
    send("press", { tokens, message: item.id, ...(shared && { text: shared }), ...(file && { file }) }, { id, room });
    if (room !== item.room && item.room) go("");
  },
  reply: (item) => regard(item),
  edit(item) {
    regard(item, true);
    write(plain(item));
  },
  unsend(item) {
    Object.assign(item, { retracted: true, spans: [], media: null });
    dropFile(item.id);
    send("unsend", { message: item.id }, { room: item.room });
    reworded(item);
  },
  react(item, emoji) {
    item.mine = emoji;
    send("react", { message: item.id, emoji }, { room: item.room });
  },
};

/** What a command is about: the talk that is open, for those of a talk; all else is between the person and the bot. */
const OF_A_TALK = ["crisis", "report", "goodbye", "block", "unsend", "photos"];

function invoke(command, given) {
  if (!OF_A_TALK.includes(command) || here().over) go("");
  send("invoke", { command, arguments: given }, { first: command === "crisis", room: memory.open });
  toEnd();
  if (command === "crisis" && $("notice").dataset.state !== "online") unheard();
}

// ── Leaving ─────────────────────────────────────────────────────────────────────────────

function leave(everywhere = true) {
  document.body.hidden = true;
  if (everywhere) tellTabs("leave");
  leaveDevice();
  hangUp();
  clear();
  unfollow();
  document.title = "";
  // In a frame the page around it has to go as well, where the browser lets us: it says where somebody was.
  const blank = () => location.replace("about:blank");
  if (window === window.top) return blank();
  setTimeout(blank, 500);
  window.top.location.replace("about:blank");
}

let escaped = -Infinity; // in milliseconds since the page began: one press as it opens is not two
function escape(event) {
  if (event.key !== "Escape") return;
  if (event.timeStamp - escaped < 800) leave();
  escaped = event.timeStamp;
}

/** Nobody is known here any more: the tab shows the last words alone, and this device is called for nothing. */
function erased() {
  leaveDevice();
  emptied();
  shown("");
}

/** Somebody else's from now on: what this device was to be called for was not theirs. Words of this minute are kept. */
function restarted(written) {
  leaveDevice();
  shown(written);
  if (!written) return;
  notice(danger(words["unsent-yours"]));
  $("notice").dataset.state = "restarted"; // that there is a connection again does not take this away
}

// ── Begin ───────────────────────────────────────────────────────────────────────────────

prepare(config, acts);
prepareRooms(config, shown);
sheets({
  words,
  invoke,
  notice,
  restarted: () => {
    leaveDevice();
    tellTabs("connect");
    location.reload();
  },
  leave,
});
hearTabs({ leave: () => leave(false), connect: () => connect() });
if (memory.theme) document.documentElement.dataset.theme = memory.theme;
redraw();
for (const id of ["composer", "help-now", "leave"]) $(id).hidden = false;
$("late").remove();
write(here().draft || memory.draft);
drawRooms(go);
compose();

$("composer").addEventListener("submit", (event) => {
  event.preventDefault();
  submit();
  text.focus();
});
text.addEventListener("input", () => {
  drafted(text.value);
  grow();
});
text.addEventListener("paste", pasted);
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
// A talk that is over takes no words, and nobody must be left with words that go nowhere.
$("onward").addEventListener("click", () => {
  go("");
  text.focus();
});
$("help-now").addEventListener("click", () => invoke("crisis", {}));
$("leave").addEventListener("click", () => leave());
addEventListener("keydown", escape, true);
addEventListener("pagehide", keep);
addEventListener("resize", grow);
addEventListener("online", hurry);
addEventListener("hashchange", invited);
addEventListener("offline", lost);
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  if (!wasLeft()) return hurry();
  document.body.hidden = true;
  clear();
  location.reload();
});
document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  title(0);
  hurry();
});
invited();
connect({ effect, state, problem, taken, unheard, held: waits, settled, restarted });
settle();
