// The desk's timetable: arrows between blocks, moving by M or by dragging, and fresh news that leaves focus and scroll alone.
// Without this file every block is a link, and moving is a form.

const HOLD = 350, FAR = 6, NEAR = 24; // milliseconds of a finger, pixels of a mouse, before a block is taken up; pixels to snap
let moving = null; // { link, item, spots, form, top }, while a block looks for its new time

const says = () => document.getElementById("day-says");
const blocks = (track) => [...track.querySelectorAll("a.busy[href]")];
const middle = (element) => { const box = element.getBoundingClientRect(); return box.top + box.height / 2; };
const nearest = (some, y) => some.reduce((best, one) => (best && Math.abs(middle(best) - y) <= Math.abs(middle(one) - y) ? best : one), null);

const step = (link, key) => {
  const track = link.closest(".track"), here = blocks(track);
  if (key === "ArrowUp" || key === "ArrowDown") return here[here.indexOf(link) + (key === "ArrowDown" ? 1 : -1)];
  const tracks = [...document.querySelectorAll(".track")].filter((one) => one === track || blocks(one).length);
  const beside = tracks[tracks.indexOf(track) + (key === "ArrowRight" ? 1 : -1)];
  return beside && nearest(blocks(beside), middle(link));
};

// Among open times: up and down in a column, left and right to the nearest of the next that has any.
const beside = (spot, key) => {
  const columns = [...document.querySelectorAll(".ground")].map((one) => [...one.querySelectorAll(".spot")]).filter((one) => one.length);
  const here = columns.find((one) => one.includes(spot));
  if (key === "ArrowUp" || key === "ArrowDown") return here[here.indexOf(spot) + (key === "ArrowDown" ? 1 : -1)];
  const next = columns[columns.indexOf(here) + (key === "ArrowRight" ? 1 : -1)];
  return next && nearest(next, middle(spot));
};

const tell = (words) => {
  const note = document.createElement("p");
  note.className = "note straw";
  note.textContent = words;
  says().replaceChildren(note);
};

const putBack = (focus = true) => {
  if (!moving) return;
  const { link, item, spots, form } = moving;
  moving = null;
  item.classList.remove("held-up");
  item.classList.add("put-back");
  item.style.translate = "";
  document.getElementById("day").classList.remove("moving-now");
  spots.forEach((spot) => spot.remove());
  form?.remove();
  if (focus) link.focus({ preventScroll: true });
};

// Where it can go: asked of the server, by the question that the deed itself asks.
const takeUp = async (link) => {
  putBack(false);
  const mine = moving = { link, item: link.closest("li"), spots: [], form: null };
  document.getElementById("day").classList.add("moving-now");
  const answer = await fetch(link.dataset.starts, { headers: { "X-Requested-With": "fetch" } }).catch(() => null);
  if (moving !== mine) return null;
  if (!answer?.ok || answer.redirected) { putBack(); tell("The open times can't be read just now. Please try again."); return null; }
  const found = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (moving !== mine) return null;
  mine.form = document.importNode(found.querySelector("form"), true);
  says().replaceChildren(mine.form);
  htmx.process(mine.form);
  mine.spots = [...found.querySelector("template").content.children].map((spot) => document.importNode(spot, true));
  for (const spot of mine.spots) (document.getElementById(spot.dataset.column)?.parentElement.querySelector(".ground") ?? link.closest(".ground")).append(spot);
  return mine;
};

// Inside the notice it is asked why; whom they meet is asked about once more.
const choose = (spot) => {
  const { form } = moving, dialog = form.querySelector("dialog"), { start, therapist = "", whose = "" } = spot.dataset;
  form.elements.start.value = start;
  form.elements.therapist.value = therapist;
  if (!("asks" in dialog.dataset) && !whose) { form.requestSubmit(); return; }
  dialog.querySelector("[data-to]").textContent = spot.firstChild.textContent + (whose && `, with ${whose}`);
  dialog.querySelector("[data-new-to]").hidden = !whose;
  dialog.querySelector("[data-whose]").textContent = whose;
  dialog.addEventListener("cancel", () => putBack(), { once: true });
  dialog.showModal();
};

const pick = async (link) => {
  const ready = await takeUp(link);
  const own = ready?.spots.filter((spot) => !spot.dataset.whose) ?? [];
  if (ready) (nearest(own.length ? own : ready.spots, middle(link)) || ready.form.querySelector("[data-put-back]")).focus();
};

document.addEventListener("keydown", (event) => {
  const link = event.target.closest?.(".timetable a.busy"), spot = event.target.closest?.(".spot");
  if (event.key === "Escape" && moving && !moving.form?.querySelector("dialog[open]")) { putBack(); return; }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (link && event.key.toLowerCase() === "m" && link.dataset.starts) { event.preventDefault(); pick(link); return; }
  const goes = link && event.key.startsWith("Arrow") ? step(link, event.key)
    : spot && moving && event.key.startsWith("Arrow") ? beside(spot, event.key) : null;
  if (goes) { event.preventDefault(); goes.focus(); }
});

document.addEventListener("click", (event) => {
  const spot = event.target.closest(".spot");
  if (spot && moving) choose(spot);
  if (event.target.closest("[data-put-back]")) putBack();
});

// Dragging: a mouse takes up after a few pixels, a finger after holding still; it snaps to open starts and to nothing else.
let press = null, swallow = null;
document.addEventListener("click", (event) => { if (swallow?.contains(event.target)) event.preventDefault(); }, true);
const begin = (pointer) => {
  press.dragging = true;
  press.link.closest("li").classList.add("held-up");
  press.grip = pointer.y - press.link.getBoundingClientRect().top;
  press.ready = takeUp(press.link);
};
const end = () => { clearTimeout(press?.timer); press = null; };

document.addEventListener("pointerdown", (event) => {
  const link = event.target.closest("a[data-starts]");
  if (!link || event.button || moving) return;
  press = { link, id: event.pointerId, x: event.clientX, y: event.clientY, at: event.clientY, dragging: false };
  const { pointerType } = event;
  if (pointerType !== "mouse") press.timer = setTimeout(() => press && begin(press), HOLD);
});

document.addEventListener("pointermove", (event) => {
  if (!press || event.pointerId !== press.id) return;
  const far = Math.hypot(event.clientX - press.x, event.clientY - press.y) > FAR;
  if (!press.dragging && far) { if (press.timer) { end(); return; } begin(press); }
  if (!press.dragging || !moving) return;
  press.at = event.clientY;
  press.over = event.clientX;
  const item = moving.item;
  item.style.translate = `${event.clientX - press.x}px ${event.clientY - press.y}px`;
  press.on = snapped();
  moving.spots.forEach((spot) => spot.classList.toggle("on", spot === press.on));
});

const under = () => {
  const over = press.over ?? press.x, holds = (box) => box.left <= over && over <= box.right;
  return moving.spots.filter((spot) => holds(spot.closest(".track").getBoundingClientRect()));
};

const snapped = () => {
  const top = press.at - press.grip, near = (spot) => Math.abs(spot.getBoundingClientRect().top - top);
  const best = under().reduce((one, other) => (one && near(one) <= near(other) ? one : other), null);
  return best && near(best) < NEAR ? best : null;
};

document.addEventListener("pointerup", async (event) => {
  if (!press || event.pointerId !== press.id) return;
  const { dragging, ready, link } = press;
  if (!dragging) { end(); return; }
  swallow = link;
  setTimeout(() => { swallow = null; }, 60);
  if (await ready && moving) {
    const spot = snapped();
    if (spot) choose(spot);
    else if (Math.hypot(press.over - press.x, press.at - press.y) < NEAR) putBack();
    else refuse();
  }
  end();
});

// Not on an open start: the block goes back, and the words say what is open.
const refuse = () => {
  const away = (spot) => Math.abs(spot.getBoundingClientRect().top - (press.at - press.grip));
  const here = under(), near = [...here].sort((one, other) => away(one) - away(other)).slice(0, 3);
  const words = here.filter((spot) => near.includes(spot)).map((spot) => spot.firstChild.textContent);
  putBack();
  tell(`That isn't one of the open times. It stays where it was.${words.length ? ` Open nearby: ${words.join(", ")}.` : ""}`);
};

document.addEventListener("pointercancel", () => { if (press?.dragging) putBack(); end(); });
document.addEventListener("touchmove", (event) => { if (press?.dragging) event.preventDefault(); }, { passive: false });
document.addEventListener("contextmenu", (event) => { if (press?.dragging) event.preventDefault(); });
document.addEventListener("dragstart", (event) => { if (event.target.closest?.("a[data-starts]")) event.preventDefault(); });

// News: never in the middle of a move, and the scroll stays where it is.
document.addEventListener("htmx:beforeRequest", (event) => { if (event.target.id === "day" && (moving || press)) event.preventDefault(); });
let scrolled = null;
document.addEventListener("htmx:beforeSwap", () => {
  const region = document.getElementById("day-scroll");
  scrolled = region && [region.scrollLeft, region.scrollTop];
});
document.addEventListener("htmx:afterSwap", (event) => {
  const region = document.getElementById("day-scroll");
  if (region && scrolled) [region.scrollLeft, region.scrollTop] = scrolled;
  if (event.target.id !== "day" || !event.detail.requestConfig?.path.includes("/drop/")) return;
  moving = null;
  document.getElementById(document.querySelector("[data-moved]")?.dataset.moved)?.focus({ preventScroll: true });
});
