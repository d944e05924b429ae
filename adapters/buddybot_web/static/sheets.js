// The menu and the small sheets behind it.

import { dialed, drawn } from "./log.js";
import { keep, memory, restart } from "./memory.js";
import { call } from "./wire.js";

const $ = (id) => document.getElementById(id);

function theme() {
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const now = memory.theme || (dark ? "dark" : "light");
  memory.theme = now === "dark" ? "light" : "dark";
  document.documentElement.dataset.theme = memory.theme;
  keep();
}

/** What a tap beside an open sheet meant: help and the way out are seen behind it, and must do what they say. */
function behind({ target, clientX, clientY }) {
  const { top, bottom, left, right } = target.getBoundingClientRect();
  const inside = clientX >= left && clientX <= right && clientY >= top && clientY <= bottom;
  return inside ? null : document.elementFromPoint(clientX, clientY)?.closest("#help-now, #leave");
}

export function sheets({ words, invoke, notice, restarted, leave }) {
  const close = () => document.querySelectorAll("dialog[open]").forEach((dialog) => dialog.close());
  // Who is refused may be in danger: whom to call stands under each refusal.
  const refusal = (data) => drawn(dialed(`${data.problem ?? words.offline} ${words["help-lines"]}`));
  const open = (id) => {
    close();
    for (const folded of $(id).querySelectorAll("details")) folded.open = false;
    $(id).showModal();
  };

  $("menu-open").addEventListener("click", () => open("menu"));
  $("theme").addEventListener("click", theme);
  for (const opener of document.querySelectorAll("[data-opens]")) {
    opener.addEventListener("click", () => open(opener.dataset.opens));
  }
  for (const dialog of document.querySelectorAll("dialog")) {
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog || event.target.closest("[data-closes]")) dialog.close();
      if (event.target === dialog) behind(event)?.click();
    });
    dialog.addEventListener("close", () => {
      forgetPhrase();
      // On a phone this would open the keyboard over the answer; there the focus goes back to what opened it.
      if (!matchMedia("(pointer: coarse)").matches) $("text").focus();
    });
  }
  for (const form of document.querySelectorAll("form.command")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const given = [...new FormData(form)].filter(([, value]) => value.trim());
      close();
      invoke(form.dataset.command, Object.fromEntries(given));
      form.reset();
    });
  }

  function forgetPhrase() {
    $("phrase").textContent = "";
    $("phrase").hidden = true;
    $("phrase-copy").hidden = true;
    $("phrase-show").hidden = false;
    $("phrase-copy").textContent = $("phrase-copy").dataset.label ?? $("phrase-copy").textContent;
    $("back-problem").textContent = "";
  }

  $("phrase-show").addEventListener("click", async () => {
    const { status, data } = await call("phrase");
    if (status !== 200) {
      close();
      notice(refusal(data));
      return;
    }
    $("phrase").textContent = data.phrase;
    $("phrase").hidden = false;
    $("phrase-copy").hidden = !navigator.clipboard;
    $("phrase-show").hidden = true;
    $("phrase").focus();
  });
  $("phrase-copy").addEventListener("click", async () => {
    $("phrase-copy").dataset.label ??= $("phrase-copy").textContent;
    await navigator.clipboard.writeText($("phrase").textContent);
    $("phrase-copy").textContent = words.copied;
  });

  $("back-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const { status, data } = await call("return", { phrase: $("back-phrase").value });
    if (status === 200) {
      restart(data.badge);
      restarted();
      return;
    }
    $("back-problem").replaceChildren(...refusal(data));
  });

  $("sign-out-go").addEventListener("click", async () => {
    const { status, data } = await call("leave");
    if (status === 204) {
      leave();
      return;
    }
    close();
    notice(refusal(data));
  });
}
