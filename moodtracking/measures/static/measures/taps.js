// Each tap is saved at once, one after the other; "Next" and "Done" work without. Help opens when an answer asks for it.
import { touchedSince } from "../js/touched.js";

const form = document.querySelector("form[data-tap-url]");
const state = form?.querySelector("[data-tap-state]");
const waiting = new Map(); // item -> value, the newest tap of each
let busy = false, wait = 2000;

const say = (words) => { if (state && state.textContent !== words) state.textContent = words; };

async function send() {
  if (busy || !waiting.size) return;
  busy = true;
  say("Saving");
  const taken = [...waiting];
  const body = new FormData();
  for (const name of ["csrfmiddlewaretoken", "fill"]) body.set(name, form.elements[name].value);
  for (const [item, value] of taken) body.set(item, value);
  try {
    const sent = await fetch(form.dataset.tapUrl, { method: "POST", body, headers: { Accept: "application/json" }, redirect: "error" });
    const told = await sent.json();
    for (const [item, value] of taken) if (waiting.get(item) === value) waiting.delete(item);
    if (told.help) { location.assign(told.help); return; }
    say(told.state);
    wait = 2000;
  } catch {
    say("Couldn't save yet. Your taps are still here");
    setTimeout(send, wait);
    wait = Math.min(wait * 2, 60000);
    return;
  } finally { busy = false; }
  send();
}

if (form) {
  say(state.dataset.tapIdle);
  const tapped = (radio) => {
    if (!radio.matches("input[type=radio]")) return;
    waiting.set(radio.name, radio.value);
    send();
  };
  form.addEventListener("change", (event) => tapped(event.target));
  touchedSince(form).filter((field) => field.checked).forEach(tapped);
  addEventListener("online", send);
}
for (const one of document.querySelectorAll("[data-with-scripts]")) one.hidden = false;
