// Being called back: the worker of the installed page, this device's permission, and what is cleared on leaving.

const LONGEST = 8_000;
const worker = () => navigator.serviceWorker;

let registered = null;

/** Let the worker in; a page without one works all the same. */
export async function settle() {
  if (!worker() || !isSecureContext) return;
  document.addEventListener("visibilitychange", seen);
  try {
    registered = await worker().register("sw.js", { updateViaCache: "none" });
    if (registered.active) registered.update().catch(() => {});
    seen();
  } catch {
    // private windows and some settings have none
  }
}

function seen() {
  if (!document.hidden) worker().controller?.postMessage("seen");
}

/** Say whether a press asks the device first. */
export const asks = (item, tokens) =>
  (item.choices ?? []).some((choice) => choice.subscribes && choice.token === tokens[0]);

/** Ask the person's browser, and return where its push service takes a call; null where it can't be. */
export async function subscription(key) {
  try {
    if (!key || !worker() || !("PushManager" in window)) return null;
    if ((await Notification.requestPermission()) !== "granted") return null;
    const registration = await ready();
    if (!registration) return null;
    const known = await registration.pushManager.getSubscription();
    if (known && !bound(known, key)) await known.unsubscribe();
    const options = { userVisibleOnly: true, applicationServerKey: bytes(key) };
    const made = await registration.pushManager.subscribe(options);
    const { endpoint, keys } = made.toJSON();
    return { endpoint, keys };
  } catch {
    return null;
  }
}

/** Return the worker's registration; null where it never comes: nobody is left with a tap that does nothing. */
const ready = () => Promise.race([worker().ready, new Promise((given) => setTimeout(given, LONGEST, null))]);

function bound(known, key) {
  const used = known.options?.applicationServerKey;
  return !used || String.fromCharCode(...new Uint8Array(used)) === String.fromCharCode(...bytes(key));
}

function bytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

/** Take everything out of this device; the worker goes on with it when the page is gone. */
export function leaveDevice() {
  // A page that was loaded past its worker has no controller; the worker is there all the same.
  (worker()?.controller ?? registered?.active ?? registered?.waiting ?? registered?.installing)?.postMessage("leave");
}
