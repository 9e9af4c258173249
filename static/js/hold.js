// A time that is picked is held on the server. Here it is counted down in a low voice, and freed when one goes elsewhere.
const choice = document.getElementById("choice"), said = document.getElementById("choice-said");
const radios = () => document.querySelectorAll("#id_start_0 input[type=radio]");
let ends = 0, shown = 0, stays = false;

const line = () => choice.querySelector("[data-held]");
const words = (minutes) => (minutes === 1 ? "1 minute" : `${minutes} minutes`);

const tick = () => {
  const held = line();
  if (!held || !ends) return;
  const minutes = Math.ceil((ends - Date.now()) / 60000);
  if (minutes === shown) return;
  shown = minutes;
  choice.querySelector("[data-left]").textContent = minutes > 0 ? ` · ${words(minutes)}` : "";
  if (minutes === 2) said.textContent = "It is held for two more minutes.";
  if (minutes > 0) return;
  ends = 0;
  held.textContent = "Not held any more. It may still be open.";
  said.textContent = held.textContent;
};

const begin = () => {
  const held = line();
  ends = held ? Date.now() + held.dataset.held * 1000 : 0;
  shown = 0;
  tick();
  const hidden = document.getElementById("held-start");
  if (hidden) hidden.disabled = !held;
  if (hidden && held) hidden.value = held.dataset.start;
};

// What the server answered stands above what was picked.
const show = () => {
  begin();
  const held = line(), taken = choice.querySelector("[data-taken]")?.dataset.taken;
  for (const radio of radios()) {
    if (held) radio.checked = radio.value === held.dataset.start;
    else if (radio.value !== taken) radio.checked = false;
    if (radio.value === taken) justTaken(radio);
  }
};

// A thumb may be quicker than the scripts: what it picked is held now.
const holdPicked = () => {
  const picked = [...radios()].find((radio) => radio.checked);
  if (picked && picked.value !== line()?.dataset.start) picked.dispatchEvent(new Event("change", { bubbles: true }));
};

const justTaken = (radio) => {
  radio.checked = false;
  radio.disabled = true;
  radio.closest(".slot").classList.add("held");
  radio.closest(".slot").querySelector("small").textContent = "just taken";
};

// With scripts a picked time is held by itself: the button for it would say the same twice.
const hideButtons = () => { for (const button of document.querySelectorAll("[data-holds]")) button.hidden = true; };

if (choice) {
  hideButtons();
  begin();
  setInterval(tick, 1000);
  addEventListener("DOMContentLoaded", holdPicked);
  choice.addEventListener("htmx:afterSwap", () => { hideButtons(); show(); });
  document.addEventListener("htmx:oobAfterSwap", hideButtons);
  document.addEventListener("submit", () => { stays = true; });
  document.addEventListener("click", (event) => {
    if (event.target.closest("a[href]")?.pathname === location.pathname) stays = true;
  });
  addEventListener("pagehide", () => {
    const held = line();
    if (stays || !held) return;
    const told = new FormData(choice.closest("form"));
    told.set("held", held.dataset.id);
    told.set("left", "yes");
    navigator.sendBeacon(`${choice.dataset.base}let-go/`, told);
  });
  addEventListener("pageshow", (event) => {
    stays = false;
    if (event.persisted) location.reload();
  });
}
