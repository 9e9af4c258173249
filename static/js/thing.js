// What voice, drawing and photo share: the file on its way lies sealed on this device until the page that shows it has come.
// <form data-thing="…" data-draft-key-url="…"> with a file input named "file" and a .tool, hidden until a script is there.

import { draftKey, drop, get, put } from "./store.js";

const SENT = "koru-sent-thing", STEP = 32768;

// Bytes as a text and back: the store keeps JSON.
const packed = async (blob) => {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let text = "";
  for (let at = 0; at < bytes.length; at += STEP) text += String.fromCharCode(...bytes.subarray(at, at + STEP));
  return { type: blob.type, text: btoa(text) };
};
const unpacked = ({ type, text }) => new Blob([Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))], { type });

export class Thing {
  constructor(form) {
    this.form = form;
    this.tool = form.querySelector("[data-tool]");
    this.input = form.elements.file;
    this.input.addEventListener("change", (event) => { event.stopPropagation(); this.chosen(); });
    form.addEventListener("submit", (event) => this.leave(event));
  }

  find(name) { return this.tool.querySelector(`[data-${name}]`); }
  on(name, deed) { this.find(name).addEventListener("click", deed); }
  say(words) { this.find("said").textContent = words; this.find("where").textContent = words; }
  get possible() { return true; }
  get busy() { return false; }
  get begun() { return this.busy || this.input.files.length > 0; }
  get aside() { return `${this.name} aside`; }

  async wake() {
    if (!this.possible) return;
    this.tool.hidden = false;
    this.fresh();
    if (this.input.files.length) this.chosen(); // by a hand that was quicker than this script
    try {
      const { key, whose } = await draftKey(this.form.dataset.draftKeyUrl, this.form.elements.csrfmiddlewaretoken.value);
      this.name = `${whose} thing ${this.form.dataset.thing}`;
      await this.findAgain(key);
    } catch (failure) { this.noDevice = failure; }
    this.form.dataset.thingAwake = "";
  }

  // What was begun here before the device answered goes first; the older one is kept for the next time that this page opens.
  async findAgain(key) {
    let record = await get(key, this.name);
    if (record && this.begun) await put(key, this.aside, record);
    else if (!record) record = await this.putBack(key);
    this.key = key; // what it held is safe
    if (record && !this.begun) this.back(record);
    else if (this.unkept) await this.keep(...this.unkept);
  }

  async putBack(key) {
    const record = await get(key, this.aside);
    if (!record || this.begun) return null;
    await put(key, this.name, record);
    await drop(this.aside);
    return record;
  }

  back(record) {
    const blob = record.text ? unpacked(record) : null;
    if (blob) this.fill(blob, record.unfinished ? "unfinished" : "file");
    this.present(blob, record);
    this.say("Found again on this device. Nothing is saved yet.");
  }

  // Kept on this device, and ready to be sent with the form.
  async have(blob, about = {}) {
    this.fill(blob);
    this.present(blob, about);
    await this.keep(blob, about);
  }

  fill(blob, name = "file") {
    const files = new DataTransfer();
    if (blob) files.items.add(new File([blob], name, { type: blob.type }));
    this.input.files = files.files;
  }

  async keep(blob, about = {}) {
    this.unkept = this.key ? null : [blob, about];
    if (!this.key) return;
    try { await put(this.key, this.name, { ...(await packed(blob)), ...about }); } catch (failure) { this.noDevice = failure; }
  }

  async forget() {
    this.fill(null);
    this.unkept = null;
    if (this.name) await drop(this.name).catch((failure) => { this.noDevice = failure; });
  }

  // A file chosen by hand takes the place of what was made here.
  async chosen() {
    const [file] = this.input.files;
    if (file) { await this.keep(file); this.present(file, {}); }
  }

  leave(event) {
    const { submitter } = event;
    if (submitter?.hasAttribute("formaction")) return; // on to another page: what is here stays on this device
    if (this.making) { event.preventDefault(); event.stopImmediatePropagation(); this.making.then(() => this.form.requestSubmit(submitter)); return; }
    const why = this.busy ? this.busyWords : !navigator.onLine && "Offline. Kept on this device; save it when you are online again.";
    if (why) { event.preventDefault(); event.stopImmediatePropagation(); return this.say(why); }
    if (this.name) sessionStorage.setItem(SENT, `${this.name}\n${this.form.elements.key.value}`);
  }
}
