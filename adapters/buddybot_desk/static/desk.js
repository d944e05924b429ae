// Clocks, keys and the veil. Without this file every page still works.
const body = document.body.dataset;
const begun = performance.now();
const house = Date.parse(body.now);
const MINUTE = 60_000;

/** What the bot's clock says now, whatever this device believes. */
const now = () => house + (performance.now() - begun);

const fill = (pattern, name, value) => pattern.replace(`%${name}%`, value);

function span(length) {
  const minutes = Math.floor(length / MINUTE);
  if (minutes < 60) return fill(body.minutes, "n", minutes);
  if (minutes < 1440) return fill(body.hours, "n", Math.floor(minutes / 60));
  return fill(body.days, "n", Math.floor(minutes / 1440));
}

function tick() {
  for (const clock of document.querySelectorAll("[data-due]")) {
    const left = Date.parse(clock.dataset.due) - now();
    const late = left < 0;
    const text = fill(late ? body.late : body.left, "time", span(Math.abs(left)));
    if (clock.textContent !== text) clock.textContent = text;
    clock.classList.toggle("late", late);
    clock.closest(".row")?.classList.toggle("late", late);
  }
}

/** Say moments in the reader's own time; the bot's stays in the tooltip. */
function local() {
  const today = new Date(now()).toDateString();
  for (const time of document.querySelectorAll("time[datetime]:not([title])")) {
    const at = new Date(time.dateTime);
    const day = at.toDateString() === today ? {} : { month: "short", day: "numeric" };
    time.title = time.textContent;
    time.textContent = at.toLocaleString(document.documentElement.lang, { ...day, hour: "2-digit", minute: "2-digit" });
  }
}

// ── Keys ──

const root = document.documentElement;
const keys = document.getElementById("keys");
let off = kept(() => localStorage.getItem("desk-keys")) === "off";
const on = () => !off;

/** A browser may give no storage: then a choice lasts as long as the page. */
function kept(doing) {
  try {
    return doing();
  } catch {
    return null;
  }
}

function showKeys() {
  root.dataset.keys = on() ? "on" : "off";
  keys.textContent = on() ? body.keysOff : body.keysOn;
  keys.hidden = false;
}

keys?.addEventListener("click", () => {
  off = on();
  kept(() => localStorage.setItem("desk-keys", off ? "off" : "on"));
  showKeys();
});

/** What can be done without harm is done; all else is brought under Enter. */
function press(found) {
  if (found.matches("summary")) {
    const around = found.parentElement;
    around.open = !around.open;
    (around.open ? around.querySelector("textarea, blockquote, form button") ?? found : found).focus();
    if (around.open) around.scrollIntoView({ block: "nearest" });
  } else if (found.matches("a, button.main")) found.click();
  else found.focus();
}

function step(by) {
  const rows = [...document.querySelectorAll(".rows a")].filter((row) => row.checkVisibility());
  if (rows.length === 0) return;
  const found = rows.indexOf(document.activeElement);
  const at = found < 0 ? rows.findIndex((row) => row.ariaCurrent) : found;
  rows[Math.min(Math.max(at + by, 0), rows.length - 1)].focus();
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select");
  if (typing) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) typing.form.requestSubmit(typing.form.querySelector("button"));
    if (event.key === "Escape") typing.blur();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") cover();
  if (!on()) return;
  if (event.key === "j" || event.key === "k") step(event.key === "j" ? 1 : -1);
  const found = document.querySelector(`[data-press="${CSS.escape(event.key)}"]`);
  if (found) {
    event.preventDefault();
    press(found);
  }
});

// ── The veil ──

function cover() {
  for (const veil of document.querySelectorAll(".veil[open]")) veil.open = false;
}

document.addEventListener("visibilitychange", () => {
  if (document.hidden) cover();
});

// A page that the browser kept is asked for anew: its forms are spent, and its reader may have signed out meanwhile.
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  document.body.hidden = true;
  location.reload();
});

// A form is sent once, however often a tired thumb taps.
const sent = new WeakSet();
document.addEventListener("submit", (event) => {
  if (sent.has(event.target)) event.preventDefault();
  sent.add(event.target);
});

document.addEventListener("htmx:afterSwap", tick);

// ── Live: a stream says that something changed, the page asks for it. Without a stream it asks from time to time. ──

const ASK = 15_000;
const SILENCE = 45_000;
let stream = null;
let heard = 0;

function ask(id) {
  const found = document.getElementById(id);
  if (found) htmx.trigger(found, "live");
}

function listen() {
  const { known = "" } = document.getElementById("rows")?.dataset ?? {};
  const shown = document.getElementById("changed")?.dataset ?? {};
  stream = new EventSource(`/desk/live?${new URLSearchParams({ known, case: shown.case ?? "", seen: shown.seen ?? "" })}`);
  const on = (event, what) =>
    stream.addEventListener(event, () => {
      heard = performance.now();
      what();
    });
  heard = performance.now();
  on("beat", () => {});
  on("queue", () => ask("rows"));
  on("case", () => ask("changed"));
  on("over", () => location.assign("/desk"));
}

function look() {
  const open = stream?.readyState === EventSource.OPEN && performance.now() - heard < SILENCE;
  if (open) return;
  ask("rows");
  ask("changed");
  stream?.close();
  listen();
}

if (document.querySelector("#rows, #changed")) {
  listen();
  setInterval(look, ASK);
  addEventListener("pagehide", () => stream.close());
}

if (keys) {
  showKeys();
  local();
  tick();
  setInterval(tick, 20_000);
}
