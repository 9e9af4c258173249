{% load static %}// Keeps Help now on the device, so that it opens with no network. It looks after that page, and the plan that somebody has
// chosen to keep here (plan.js), and nothing else.
const SHELF = "help-now", PLAN = "{% url 'safety:plan_kept' %}";
const PARTS = ["{% url 'safety:help_now' %}", "{% static 'css/koru.css' %}", "{% static 'fonts/newsreader-koru.woff2' %}", "{% static 'js/koru.js' %}", "{% static 'koru.svg' %}"];

// All of the new or none of it, and only then is the old let go: a device that loses its network half way keeps what it had.
const putAway = async () => {
  const shelf = await caches.open(SHELF);
  await shelf.addAll(PARTS.map((part) => new Request(part, { cache: "reload" })));
  const wanted = new Set(PARTS.map((part) => new URL(part, location).href));
  for (const old of await shelf.keys()) if (!wanted.has(old.url)) await shelf.delete(old);
};
const kept = async (request) => (await caches.match(request, { ignoreSearch: true })) || Response.error();
const fresh = async (request) => {
  try {
    const answer = await fetch(request);
    return answer.status < 500 ? answer : await kept(request);
  } catch { return kept(request); }
};

const plan = async (request) => (await caches.match(PLAN, { ignoreVary: true })) || fetch(request);
const answer = (request) => new URL(request.url).pathname === PLAN ? plan(request) : fresh(request);

addEventListener("install", (event) => event.waitUntil(putAway().then(() => skipWaiting())));
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => { if (event.request.method === "GET") event.respondWith(answer(event.request)); });
