// Shows a note that was pushed, and opens the page it leads to. It keeps nothing, and looks after no page: it has no fetch.

const shown = (told) => {
  const { title = "Koru", body = "", path = "/inbox/", tag = "" } = told;
  return self.registration.showNotification(title, { body, tag, data: { path } });
};

self.addEventListener("push", (event) => {
  event.waitUntil(shown(event.data ? event.data.json() : {}));
});

const opened = async (path) => {
  const place = new URL(path, self.location.origin);
  const address = place.origin === self.location.origin ? place.href : `${self.location.origin}/inbox/`;
  const pages = await self.clients.matchAll({ type: "window" });
  const page = pages.find((one) => one.url === address);
  return page ? page.focus() : self.clients.openWindow(address);
};

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(opened(event.notification.data.path));
});
