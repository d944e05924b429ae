// Service worker of the installed page: shows that something is waiting, and help numbers without a network.
// It keeps no words: its one cache holds the offline page and what draws it.

const CACHE = "shell-1";
const SHELL = ["offline", "static/shared/palette.css", "static/offline.css", "static/icon.svg"];
const TITLE = "Notes";
const at = (path) => new URL(path, self.registration.scope).href;
const shell = new Set(SHELL.map(at));

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(CACHE)
      .then((cache) => cache.addAll(SHELL.map((path) => new Request(at(path), { cache: "reload" }))))
      .then(() => self.skipWaiting()),
  );
});

// A worker of an older version is replaced at once, and what it kept goes with it.
self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.mode === "navigate") {
    event.respondWith(page(request));
  } else if (request.method === "GET" && shell.has(request.url)) {
    event.respondWith(fetch(request).catch(async () => (await caches.match(request.url)) ?? Response.error()));
  }
});

/** Load the page; where nobody answers, or a proxy says that nobody does, show whom to call. */
async function page(request) {
  const answer = await fetch(request).catch(() => Response.error());
  const served = answer.type === "opaqueredirect" || (answer.status && answer.status < 500);
  return served ? answer : ((await caches.match(at("offline"))) ?? answer);
}

self.addEventListener("push", (event) => event.waitUntil(tell(event.data?.text())));

async function tell(text) {
  const pages = await self.clients.matchAll({ type: "window" });
  if (pages.some((page) => page.visibilityState === "visible")) return;
  await self.navigator.setAppBadge?.().catch(() => {});
  await self.registration.showNotification(text || TITLE, {
    tag: "waiting",
    icon: at("static/icon-192.png"),
    badge: at("static/badge.png"),
    renotify: false,
  });
}

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(
    self.clients.matchAll({ type: "window" }).then((pages) => {
      const open = pages.find((page) => page.url.startsWith(self.registration.scope));
      return open ? open.focus() : self.clients.openWindow(self.registration.scope);
    }),
  );
});

// The page is gone by the time this is done: whoever leaves quickly does not wait for it.
self.addEventListener("message", (event) => {
  if (event.data === "seen") event.waitUntil(quieten());
  if (event.data === "leave") event.waitUntil(leave());
});

async function quieten() {
  for (const shown of await self.registration.getNotifications()) shown.close();
  await self.navigator.clearAppBadge?.().catch(() => {});
}

async function leave() {
  await quieten();
  const subscription = await self.registration.pushManager?.getSubscription().catch(() => null);
  await subscription?.unsubscribe().catch(() => {});
  await Promise.all((await caches.keys()).map((name) => caches.delete(name)));
  await self.registration.unregister();
}
