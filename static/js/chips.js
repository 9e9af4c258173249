// Words to tap, kept as lines of the text (journaling/chips.py): "tired · soft", then "Body: hands (warm) · chest", a blank
// line, and what was typed. With a script the text alone is sent, so that drafts and versions hold the taps too.

import { touched } from "./touched.js";

const BETWEEN = " · ", BODY = "Body: ";

class Taps {
  constructor(form) {
    this.text = form.elements.text;
    this.boxes = [...form.querySelectorAll("[data-tap]")];
    this.order = Object.fromEntries(["words", "places", "feels"].map((kind) => [kind, this.of(kind).map((box) => box.value)]));
    for (const box of this.boxes) box.addEventListener("change", () => this.write(this.apart().rest));
    this.begin();
    for (const box of this.boxes) box.removeAttribute("name");
    form.addEventListener("input", (event) => event.target === this.text && this.read());
    form.addEventListener("koru:words", () => this.read());
  }

  // The page comes with the taps in the boxes and the typed words in the text; after a mistake, with both.
  begin() {
    const { ticked, rest } = this.apart(), early = [this.text, ...this.boxes].some(touched);
    for (const box of this.boxes) if (!touched(box)) box.checked ||= ticked.has(box.value);
    this.write(rest);
    if (early) return;
    this.text.defaultValue = this.text.value; // said another way, but nobody's new words
    for (const box of this.boxes) box.defaultChecked = box.checked;
  }

  of(kind) { return this.boxes.filter((box) => box.dataset.tap === kind); }

  lines() {
    const on = (kind) => this.of(kind).filter((box) => box.checked).map((box) => box.value);
    const feels = on("feels").map((pair) => pair.split(":"));
    const places = this.order.places.filter((place) => on("places").includes(place)).map((place) => {
      const how = feels.filter(([where]) => where === place).map(([, feel]) => feel);
      return how.length ? `${place} (${how.join(", ")})` : place;
    });
    return [on("words").join(BETWEEN), places.length ? BODY + places.join(BETWEEN) : ""].filter(Boolean);
  }

  write(rest) {
    const head = this.lines().join("\n");
    this.text.value = head && rest.trim() ? `${head}\n\n${rest}` : head || rest;
  }

  // What the text begins with, by the same rule as on the server: a line with anything else in it is left alone.
  apart() {
    const text = this.text.value, cut = text.indexOf("\n\n"), head = cut < 0 ? text : text.slice(0, cut);
    const lines = head.split("\n"), ticked = new Set();
    const words = lines[0].split(BETWEEN);
    const inOrder = this.order.words.filter((word) => words.includes(word));
    const isWords = inOrder.length && inOrder.join(BETWEEN) === lines[0];
    if (isWords) inOrder.forEach((word) => ticked.add(word));
    const isBody = this.body(lines.at(-1), ticked);
    if (lines.length !== Number(Boolean(isWords)) + Number(isBody)) return { ticked: new Set(), rest: text };
    return { ticked, rest: cut < 0 ? "" : text.slice(cut + 2) };
  }

  body(line, ticked) {
    if (!line.startsWith(BODY) || !this.order.places.length) return false;
    for (const said of line.slice(BODY.length).split(BETWEEN)) {
      const [, place, feels] = said.match(/^([^()]+?)(?: \(([^()]+)\))?$/) || [];
      const pairs = feels ? feels.split(", ").map((feel) => `${place}:${feel}`) : [];
      if (!this.order.places.includes(place) || !pairs.every((pair) => this.order.feels.includes(pair))) return false;
      [place, ...pairs].forEach((value) => ticked.add(value));
    }
    return true;
  }

  read() {
    const { ticked } = this.apart();
    for (const box of this.boxes) box.checked = ticked.has(box.value);
  }
}

for (const form of document.querySelectorAll("form[data-taps]")) new Taps(form);
