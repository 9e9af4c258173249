// A sheet to draw on with finger, pen or mouse. Lines are kept as lines, sealed on this device, until the drawing is saved.

import { Thing } from "./thing.js";

const PAPER = "#fffdf8", FINE = 9, BROAD = 28;

class Drawing extends Thing {
  constructor(form) {
    super(form);
    this.canvas = this.tool.querySelector("canvas");
    this.pen = this.canvas.getContext("2d");
    this.lines = [];
    this.colour = "#20302a";
    this.width = FINE;
    this.canvas.addEventListener("pointerdown", (event) => this.begin(event));
    this.canvas.addEventListener("pointermove", (event) => this.go(event));
    for (const end of ["pointerup", "pointercancel"]) this.canvas.addEventListener(end, () => this.end());
    for (const button of this.tool.querySelectorAll("[data-colour]")) button.addEventListener("click", () => this.pick(button));
    this.on("width", () => this.broaden());
    this.on("undo", () => { this.lines.pop(); this.changed("One line taken back"); });
    this.on("clear", () => { this.cleared = this.lines; this.lines = this.lines.length ? [] : this.cleared; this.changed("The sheet is clear"); });
  }

  at({ clientX, clientY }) {
    const box = this.canvas.getBoundingClientRect();
    return [Math.round((clientX - box.left) * this.canvas.width / box.width), Math.round((clientY - box.top) * this.canvas.height / box.height)];
  }

  begin(event) {
    if (event.button) return;
    event.preventDefault();
    this.canvas.setPointerCapture(event.pointerId);
    this.line = { colour: this.colour, width: this.width, points: [this.at(event)] };
    this.stroke(this.line);
  }

  go(event) {
    if (!this.line) return;
    for (const one of event.getCoalescedEvents?.() || [event]) this.line.points.push(this.at(one));
    this.stroke({ ...this.line, points: this.line.points.slice(-3) });
  }

  end() {
    if (!this.line) return;
    this.lines.push(this.line);
    this.line = null;
    this.changed();
  }

  stroke({ colour, width, points }) {
    Object.assign(this.pen, { strokeStyle: colour, lineWidth: width, lineCap: "round", lineJoin: "round" });
    this.pen.beginPath();
    this.pen.moveTo(...points[0]);
    for (const point of points.length > 1 ? points.slice(1) : points) this.pen.lineTo(...point);
    this.pen.stroke();
  }

  redraw() {
    this.pen.fillStyle = PAPER;
    this.pen.fillRect(0, 0, this.canvas.width, this.canvas.height);
    this.lines.forEach((line) => this.stroke(line));
    this.find("undo").disabled = this.find("clear").disabled = !this.lines.length;
  }

  pick(button) {
    this.colour = button.dataset.colour;
    for (const one of this.tool.querySelectorAll("[data-colour]")) one.setAttribute("aria-pressed", String(one === button));
  }

  broaden() {
    this.width = this.width === FINE ? BROAD : FINE;
    this.find("width").setAttribute("aria-pressed", String(this.width === BROAD));
  }

  async changed(words) {
    this.redraw();
    if (words) this.say(words);
    if (!this.lines.length) return this.forget();
    this.making = new Promise((done) => { this.canvas.toBlob(done, "image/png"); });
    this.fill(await this.making);
    this.making = null;
    await this.keep(new Blob([]), { lines: this.lines });
  }

  back({ lines, ...record }) {
    if (!lines) return super.back(record);
    this.lines = lines;
    return this.changed("Found again on this device. Nothing is saved yet.");
  }

  present() { this.redraw(); }
  fresh() { this.redraw(); }
  get begun() { return super.begun || this.lines.length > 0 || Boolean(this.line || this.making); }
}

for (const form of document.querySelectorAll("form[data-thing]")) new Drawing(form).wake();
