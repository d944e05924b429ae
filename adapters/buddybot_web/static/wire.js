// The line to the server: what is unsent is kept and sent again in order with the same id, what arrives is
// acknowledged once it is in this tab's history.

import { keep, memory, newId, restart } from "./memory.js";

const SLOWEST = 15_000;
const SILENCE = 40_000;
const PATIENCE = 20_000;
const JUST_NOW = 120_000;

// In a frame of another site the usual cookie does not come along: the server keeps one for the frame alone.
const framed = window === window.top ? {} : { "X-Page-Framed": "1" };

let token = "";
let stream = null;
let tries = 0;
let fresh = 0;
let timer = 0;
let silence = 0;
let pumping = false;
let flying = false;
let stuck = false; // the last try reached nobody: what comes after it waits as well
let round = 0;
let wake = () => {};
let on = {};

const pause = (milliseconds) =>
  new Promise((resolve) => {
    wake = resolve;
    setTimeout(resolve, milliseconds);
  });
// What this device calls its time zone: a hint for one question, which the server does not keep. Browsers take a while to
// find out the first time, so nobody waits for it before they can write.
let zone = "";
const zoneHere = () => (zone ||= Intl.DateTimeFormat().resolvedOptions().timeZone);
const backOff = (attempt) => Math.min(SLOWEST, 500 * 2 ** attempt) * (0.75 + Math.random() / 2);

/** Ask the server; never throws: status 0 means that nobody answered. */
export async function call(path, body = {}) {
  const given = new AbortController();
  const limit = setTimeout(() => given.abort(), PATIENCE);
  try {
    const answer = await fetch(`api/${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Page-Token": token, ...framed },
      body: JSON.stringify(body),
      signal: given.signal,
    });
    const data = answer.status === 204 ? {} : await answer.json().catch(() => ({}));
    return { status: answer.status, wait: Number(answer.headers.get("Retry-After")) * 1000, data };
  } catch {
    return { status: 0, wait: 0, data: {} };
  } finally {
    clearTimeout(limit);
  }
}

/** Bring the bytes of a file; the message that comes after says what it is. Returns whether they are there. */
export async function bring(id, blob) {
  try {
    const headers = { "Content-Type": "application/octet-stream", "X-Page-Token": token, ...framed };
    const answer = await fetch(`api/file/${id}`, { method: "POST", headers, body: blob });
    if (!answer.ok) on.problem(await answer.json().catch(() => ({})), true);
    return answer.ok;
  } catch {
    return false;
  }
}

// Who we are is asked for while the page is still being drawn; the first `connect` takes the answer.
let early = call("hello");

/** Keep a doing until the server has it on disk. A cry for help goes first. */
export function send(doing, body, { first = false, id = newId(), room = "" } = {}) {
  const parcel = { doing, at: Date.now(), body: { ...body, id, conversation: room } };
  if (first) memory.unsent.splice(flying ? 1 : 0, 0, parcel);
  else memory.unsent.push(parcel);
  keep();
  if (stuck || !stream) on.held?.(parcel);
  if (first) wake();
  pump();
  return id;
}

async function pump() {
  if (pumping || !token) return;
  pumping = true;
  let attempt = 0;
  while (memory.unsent.length && token) {
    const parcel = memory.unsent[0];
    flying = true;
    const { status, wait, data } = await call(`do/${parcel.doing}`, { ...parcel.body, zone: zoneHere() });
    flying = false;
    if (memory.unsent[0] !== parcel) continue;
    if (status === 403) {
      token = "";
      again();
    } else if (status === 0 || status === 429 || status >= 500) {
      if (status) on.problem(data, false);
      stuck = true;
      memory.unsent.forEach(on.held);
      if (parcel.body.command === "crisis") on.unheard(data);
      await pause(wait || backOff(attempt));
      attempt += 1;
    } else {
      attempt = 0;
      stuck = false;
      memory.unsent.shift();
      keep();
      if (status === 200) on.unheard(data);
      if (status >= 400) on.problem(data, true);
      on.settled(parcel, status < 400);
    }
  }
  pumping = false;
}

/** Open the line, or open it again. */
export async function connect(handlers = on) {
  on = handlers;
  hangUp();
  const mine = round;
  const asked = early ?? call("hello");
  early = null;
  const { status, data } = await asked;
  if (mine !== round) return;
  if (status !== 200) {
    if (status) on.problem(data, false);
    return again();
  }
  fresh = data.fresh ? fresh + 1 : 0;
  if (fresh > 2) return on.state("cookies");
  if (memory.badge !== data.badge) {
    const stranger = memory.badge !== "";
    const unheard = stranger ? justNow() : [];
    if (stranger) restart(data.badge);
    memory.badge = data.badge;
    if (stranger) on.restarted(unheard.map(({ body }) => body.text).filter(Boolean).join("\n"));
    for (const { doing, body } of unheard) if (body.command === "crisis") send(doing, body, { first: true });
  }
  token = data.token;
  keep();
  listen();
  wake();
  pump();
}

/** What whoever sits here asked for a moment ago: it must not be lost because this browser is somebody else's by now. */
const justNow = () =>
  memory.unsent.filter(({ doing, at, body }) => (doing === "say" || body.command === "crisis") && Date.now() - at < JUST_NOW);

function listen() {
  stream = new EventSource(`api/stream?last=${encodeURIComponent(memory.last)}`);
  stream.onopen = () => {
    tries = 0;
    fresh = 0;
    on.state("online");
    if (!memory.unsent.length) on.taken();
    heard();
    arrive();
  };
  stream.onerror = () => {
    // What was answered, but with no stream, is closed for good; where nobody answers, the browser would try again.
    if (stream.readyState === EventSource.CLOSED) on.problem({}, false);
    again();
  };
  stream.addEventListener("beat", heard);
  stream.addEventListener("elsewhere", () => {
    hangUp();
    on.state("elsewhere");
  });
  stream.addEventListener("effect", (event) => {
    heard();
    const number = Number(event.lastEventId);
    const mark = `${number}.${fingerprint(event.data)}`;
    if (!memory.seen.includes(mark)) {
      memory.seen.push(mark);
      memory.last = event.lastEventId;
      on.effect(JSON.parse(event.data));
      keep();
    }
    call("ack", { ids: [number] });
  });
}

// A fresh tab is shown where the person is, once it listens: another tab of theirs would take the answer before.
function arrive() {
  if (memory.joined && !memory.invite) return;
  const body = memory.invite ? { invite: memory.invite } : {};
  memory.joined = true;
  memory.invite = "";
  send("join", body);
}

/** Take an invite out of the address at once. It stands behind the #, which no server, proxy or other page is told. */
export function invited() {
  const code = /^#invite=([\w-]{1,64})$/.exec(location.hash)?.[1];
  if (!code) return;
  history.replaceState(history.state, "", location.pathname + location.search);
  memory.invite = code;
  keep();
  if (stream?.readyState === EventSource.OPEN) arrive();
}

// A repeat has the same number, and mostly the same content.
function fingerprint(data) {
  let sum = 0;
  for (let at = 0; at < data.length; at += 1) sum = (Math.imul(sum, 31) + data.charCodeAt(at)) | 0;
  return (sum >>> 0).toString(36);
}

function heard() {
  clearTimeout(silence);
  silence = setTimeout(again, SILENCE);
}

export function hangUp() {
  round += 1;
  clearTimeout(timer);
  clearTimeout(silence);
  stream?.close();
  stream = null;
}

function again() {
  hangUp();
  if (tries > 0) on.state("offline");
  timer = setTimeout(() => connect(), backOff(tries));
  tries += 1;
}

/** The device says that it has no network: say so now, not at the next try. */
export function lost() {
  if (!stream) return; // it is known already, or another tab has the line
  hangUp();
  on.state("offline");
  again();
}

/** Somebody is looking, or the network is back: don't wait for the next try. */
export function hurry() {
  if (stream?.readyState === EventSource.OPEN || !on.state) return;
  tries = Math.min(tries, 1);
  wake();
  connect();
}
