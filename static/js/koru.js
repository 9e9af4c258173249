// Small kindnesses. Every page works without them.

const busyWords = (button) => button.dataset.busy || button.textContent.trim();

// A pressed button says so, keeps its width, and a second press does nothing.
document.addEventListener("submit", (event) => {
  const form = event.target, button = event.submitter;
  if (event.defaultPrevented || "download" in form.dataset) return; // no other page comes after a download
  if (form.dataset.sending) { event.preventDefault(); return; }
  form.dataset.sending = "yes";
  if (!button?.classList.contains("btn")) return;
  button.style.minInlineSize = `${button.offsetWidth}px`;
  button.dataset.calm = button.innerHTML;
  button.setAttribute("aria-busy", "true");
  button.textContent = busyWords(button);
});

const rest = (form) => {
  delete form.dataset.sending;
  for (const button of form.querySelectorAll("[aria-busy]")) {
    button.removeAttribute("aria-busy");
    if (button.dataset.calm) button.innerHTML = button.dataset.calm;
  }
};
// Back from the next page, or after a fragment came: forms can be sent again.
addEventListener("pageshow", (event) => { if (event.persisted) document.querySelectorAll("form").forEach(rest); });
document.addEventListener("htmx:afterRequest", (event) => { const form = event.target.closest("form"); if (form) rest(form); });

// Tapping the chosen step again takes the answer back.
let chosen = null;
document.addEventListener("pointerdown", (event) => {
  const input = event.target.closest("[data-clearable] label")?.querySelector("input");
  chosen = input?.checked ? input : null;
});
document.addEventListener("click", (event) => {
  if (!chosen || event.target !== chosen) return;
  chosen.checked = false;
  chosen.dispatchEvent(new Event("change", { bubbles: true }));
  chosen = null;
});

document.addEventListener("keydown", (event) => {
  if (!["Backspace", "Delete"].includes(event.key) || !event.target.checked || !event.target.closest("[data-clearable]")) return;
  event.target.checked = false;
  event.target.dispatchEvent(new Event("change", { bubbles: true }));
});

// The error summary is read first, also when it came in a fragment. Whoever is at a field already stays there.
const focusProblem = (root) => root.querySelector(".problem[role=alert]")?.focus();
if (document.activeElement === document.body) focusProblem(document);
document.addEventListener("htmx:afterSwap", (event) => focusProblem(event.target));

// A link with data-dialog opens that dialog; without script it leads to the page that asks the same.
document.addEventListener("click", (event) => {
  const dialog = document.getElementById(event.target.closest("[data-dialog]")?.dataset.dialog || "");
  if (dialog?.showModal) { event.preventDefault(); dialog.showModal(); return; }
  event.target.closest("[data-close]")?.closest("dialog")?.close();
});

// A menu closes when one goes elsewhere.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.account[open]")) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && event.target.closest?.("details.account[open]");
  if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
});

// "Leave this page quickly": the page leaves the history too.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-leave]");
  if (link) { event.preventDefault(); location.replace(link.href); }
});

// What was sent is on this page, so it was kept for good: what the device held of it goes. When the network goes first, on the
// next page that shows what was kept.
const letGo = async (note, name) => {
  try {
    await (await import("./store.js")).drop(name);
    sessionStorage.removeItem(note);
  } catch { /* it is still noted */ }
};
const sent = sessionStorage.getItem("koru-sent");
if (sent && document.querySelector("[data-kept]")) letGo("koru-sent", sent);

// A recording or a picture once the very one is on the page: its words may have come without it.
const [thing, key] = (sessionStorage.getItem("koru-sent-thing") || "").split("\n");
if (key && document.querySelector(`[data-thing-kept="${CSS.escape(key)}"]`)) letGo("koru-sent-thing", thing);

// A safety plan that somebody chose to keep on this device is offered where they look for help.
const keptPlan = document.querySelector("[data-kept-plan]");
if (keptPlan && window.caches) caches.match(keptPlan.getAttribute("href"), { ignoreVary: true }).then((kept) => { keptPlan.hidden = !kept; });

// Help now is kept on the device, so that it opens with no network. A browser that keeps nothing asks for it as always.
navigator.serviceWorker?.register("/help-now/worker.js", { scope: "/help-now/" }).catch(() => {});
