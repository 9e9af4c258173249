{% load static %}// Keeps Help now on the device, so that it opens with no network. It looks after that one page and nothing else.
const SHELF = "help-now";
const PARTS = ["{% url 'safety:help_now' %}", "{% static 'css/koru.css' %}", "{% static 'fonts/newsreader-koru.woff2' %}", "{% static 'js/koru.js' %}", "{% static 'koru.svg' %}"];

const putAway = async () => {
  await caches.delete(SHELF);
  await (await caches.open(SHELF)).addAll(PARTS.map((part) => new Request(part, { cache: "reload" })));
};
const kept = async (request) => (await caches.match(request, { ignoreSearch: true })) || Response.error();
const fresh = async (request) => {
  try {
    const answer = await fetch(request);
    return answer.status < 500 ? answer : await kept(request);
  } catch { return kept(request); }
};

addEventListener("install", (event) => event.waitUntil(putAway().then(() => skipWaiting())));
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => { if (event.request.method === "GET") event.respondWith(fresh(event.request)); });
