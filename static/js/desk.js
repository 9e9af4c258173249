// Finding somebody from any page of the desk: "/" comes to the box, arrows go through who is found, Escape leaves.
// Without this file the box is a form.

import { touched } from "./touched.js";

const box = () => document.getElementById("find");
const here = () => document.getElementById("find-here");
const stops = () => [box(), ...here().querySelectorAll("a")];

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !box()?.offsetParent) return;
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key === "/" && !typing) { event.preventDefault(); box().focus(); box().select(); return; }
  if (!event.target.closest(".find")) return;
  if (event.key === "Escape") { here().replaceChildren(); box().focus(); return; }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const next = step && stops()[stops().indexOf(event.target) + step];
  if (next) { event.preventDefault(); next.focus(); }
});

document.addEventListener("click", (event) => { if (!event.target.closest(".find")) here()?.replaceChildren(); });

// What was typed before the scripts came is looked for now.
addEventListener("DOMContentLoaded", () => { if (touched(box())) box().dispatchEvent(new Event("koru:typed")); });
