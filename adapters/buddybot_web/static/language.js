// The page follows the language that the bot speaks with this person: a cookie says which one the page is asked for in.

import { memory } from "./memory.js";

/** Ask for the page in this language, once: a browser that keeps no cookie must not turn in a circle. */
export function follow(language, again) {
  if (!language || language === document.documentElement.lang || memory.language === language) return;
  memory.language = language;
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `language=${encodeURIComponent(language)}; Max-Age=31536000; SameSite=Lax${secure}`;
  again();
}

/** Leave no trace of it. */
export function unfollow() {
  document.cookie = "language=; Max-Age=0";
}
