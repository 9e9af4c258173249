// Each tap is saved: the whole page so far goes to the server, one at a time, the newest last. "Done" works without.
import { touchedSince } from "../js/touched.js";

const form = document.querySelector("form[data-tap-url]");
const state = form?.querySelector("[data-tap-state]");
const rough = form?.querySelector("[data-tap-rough]");
const PAUSE = 1200; // ms of stillness while words are typed
let busy = false, again = false, timer = 0, again_in = 2000;

// A tap may be overtaken on its way by what was sent after it: all that this tab sends is numbered.
const turn = () => {
  const { tab, at } = JSON.parse(sessionStorage.getItem("koru-turn") || "{}");
  const now = { tab: tab || crypto.getRandomValues(new Uint32Array(2)).join("-"), at: Math.max(Date.now(), (at || 0) + 1) };
  sessionStorage.setItem("koru-turn", JSON.stringify(now));
  return `${now.tab} ${now.at}`;
};

const say = (words) => { if (state.textContent !== words) state.textContent = words; };

async function save() {
  clearTimeout(timer);
  timer = 0;
  if (busy) { again = true; return; }
  busy = true; again = false;
  say("Saving");
  try {
    const sent = await fetch(form.dataset.tapUrl, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" }, redirect: "error", keepalive: document.hidden });
    const told = await sent.json();
    if (told.help) { location.assign(told.help); return; }
    say(told.state || state.dataset.tapIdle);
    if (!again && !rough.contains(document.activeElement)) rough.hidden = !told.rough; // never from under the focus
    again_in = 2000;
  } catch {
    say("Couldn't save yet. Your taps are still here");
    timer = setTimeout(save, again_in);
    again_in = Math.min(again_in * 2, 60000);
  } finally { busy = false; }
  if (again) save();
}

if (form) {
  say(state.dataset.tapIdle);
  form.addEventListener("formdata", (event) => event.formData.set("turn", turn())); // taps and "Done" alike
  form.addEventListener("change", save);
  form.addEventListener("input", (event) => {
    if (!event.target.matches("textarea, input[type=text]")) return;
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  });
  document.addEventListener("visibilitychange", () => { if (document.hidden && timer) save(); });
  if (touchedSince(form).length) save();
}
