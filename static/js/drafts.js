// Nothing typed is lost: to the server after a short stillness, and always, sealed, to this device until the server has it.
// <form data-draft-url="…" data-draft-key-url="/drafts/key/"> with the fields text, title, prompt, share, revision, key
// and one .state inside. POST answers 200 {revision, saved_at, other}; `other` is another version of the same text, from
// another tab or device. 409: this page was behind, its words are saved apart, under the {key, revision} of the answer.

import { draftKey, drop, get, put } from "./store.js";
import { touchedSince } from "./touched.js";

const STILL = 3000, LONGEST = 10000, AGAIN = 10000, QUIET = 60000;
const WORDS = {
  saving: "Saving",
  offline: "Offline. Kept on this phone",
  failed: "Couldn't save. Your words are still here",
  out: "You're signed out. Kept on this phone; sign in again to save",
  outOnly: "You're signed out. Your words are still here; sign in again to save",
};

class Draft {
  constructor(form) {
    const url = form.dataset.draftUrl;
    Object.assign(this, { form, url, name: `${url}#${form.dataset.draftName || ""}`, changed: 0, sent: 0, kept: 0, since: 0, heard: 0 });
    this.line = form.querySelector(".state");
    this.retry = form.querySelector("[data-retry]");
    form.addEventListener("input", () => this.touch());
    form.addEventListener("change", () => this.touch());
    form.addEventListener("submit", () => this.leave());
    this.retry?.addEventListener("click", () => this.save());
    addEventListener("online", () => this.dirty && this.save());
    addEventListener("pagehide", () => this.dirty && this.save(true));
    document.addEventListener("visibilitychange", () => document.hidden && this.dirty && this.save(true));
    this.back();
    if (touchedSince(form).length) this.touch();
    this.wake();
  }

  // Gone back to after sending: the browser has put the words back, and sent again they are the same entry.
  back() {
    const sent = sessionStorage.getItem(`koru-key ${location.href}`);
    const [way] = performance.getEntriesByType("navigation");
    if (sent && way?.type === "back_forward" && this.field("key")) this.field("key").value = sent;
  }

  get dirty() { return !this.gone && this.changed > this.sent; }
  field(name) { return this.form.elements[name]; }
  get token() { return this.field("csrfmiddlewaretoken")?.value || ""; }
  get aside() { return `${this.name} aside`; }
  values() { return Object.fromEntries(new FormData(this.form)); }

  async wake() {
    try {
      const { key, whose } = await draftKey(this.form.dataset.draftKeyUrl || "/drafts/key/", this.token);
      this.name = `${whose} ${this.name}`;
      const [record, aside] = [await get(key, this.name), await get(key, this.aside)];
      if (record || aside) await (await import("./kept_words.js")).takeUp(this, key, record, aside);
      this.key = key; // what it held is safe
      if (this.changed) this.keep();
    } catch (failure) { this.noDevice = failure; }
    this.form.dataset.draftAwake = "";
  }

  touch() {
    this.changed += 1;
    if (this.restored || this.added) this.form.dispatchEvent(new Event("koru:words"));
    this.count();
    this.since ||= Date.now();
    this.keep();
    this.plan(Math.max(0, Math.min(STILL, this.since + LONGEST - Date.now())));
  }

  // From nine tenths of what one entry holds, how much room there is.
  count() {
    const line = this.form.querySelector("[data-counter]"), most = Number(line?.dataset.counter);
    if (!line) return;
    const left = most - [...this.values().text].length;
    const said = left < 0 ? `${(-left).toLocaleString()} more than one entry can hold` : `${left.toLocaleString()} characters left`;
    line.textContent = left > most / 10 ? "" : said;
  }

  plan(delay) { clearTimeout(this.timer); this.timer = setTimeout(() => this.save(), delay); }

  // One write at a time; the newest words follow.
  async keep() {
    if (!this.key || this.keeping) return;
    this.keeping = true;
    try {
      while (this.kept < this.changed) {
        const upTo = this.changed;
        await put(this.key, this.name, this.values());
        this.kept = upTo;
      }
    } catch (failure) { this.noDevice = failure; this.key = null; } finally { this.keeping = false; }
  }

  async save(last = false) {
    if (this.flying || !this.dirty) return;
    this.flying = true;
    clearTimeout(this.timer);
    const upTo = this.changed;
    this.say("saving");
    try { await this.took(await this.send(this.sheet, last), upTo); } catch { this.say(this.onDevice ? "offline" : "failed"); }
    this.flying = false;
    if (this.dirty) this.plan(this.trouble ? AGAIN : STILL);
  }

  get sheet() { return new URLSearchParams(new FormData(this.form)); }
  get onDevice() { return this.key && this.kept === this.changed; }

  send(body, last = false) {
    const headers = { "X-CSRFToken": this.token, Accept: "application/json" };
    return fetch(this.url, { method: "POST", body, headers, keepalive: last && body.toString().length < 60000 });
  }

  async took(answer, upTo) {
    if (answer.redirected || answer.status === 401 || answer.status === 403) return this.say(this.onDevice ? "out" : "outOnly");
    if (!answer.ok && answer.status !== 409) return this.say("failed");
    const { revision, key, saved_at: at, other, kept } = await answer.json();
    if (kept) return this.wasKept(upTo);
    if (revision) this.field("revision").value = revision;
    if (key) this.field("key").value = key;
    this.sent = upTo;
    this.since = 0;
    if (other) this.another(other);
    if (at) this.say("saved", `Saved at ${new Date(at).toLocaleTimeString([], { hour: "numeric", minute: "2-digit" }).toLowerCase()}`);
    if (!this.dirty && this.key) await drop(this.name);
  }

  // The words found on this device had been kept before: they need not be here again.
  async wasKept(upTo) {
    this.sent = upTo;
    await drop(this.name);
    if (this.restored && this.changed === 1) location.reload();
  }

  another({ text, saved_at: at }) {
    if (this.shown === text || document.querySelector("[data-second]")) return;
    this.shown = text;
    const clock = new Date(at).toLocaleTimeString([], { hour: "numeric", minute: "2-digit" }).toLowerCase();
    this.offer(`Another version, saved at ${clock}`, text);
  }

  // The second version, to read, copy or add: neither replaces the other by itself, and both are saved.
  offer(title, text) {
    const box = document.getElementById("second-version").content.cloneNode(true).firstElementChild;
    box.querySelector("h2").textContent = title;
    box.querySelector("textarea").value = text;
    box.querySelector("[data-add]").addEventListener("click", () => { this.field("text").value += `\n\n${text}`; box.remove(); this.added = true; this.touch(); });
    box.querySelector("[data-mine]").addEventListener("click", () => { box.remove(); this.touch(); });
    this.line.closest("p, div").after(box);
  }

  say(state, words = WORDS[state]) {
    this.trouble = !["saving", "saved"].includes(state);
    this.line.classList.toggle("off", this.trouble);
    const aloud = this.trouble || (state === "saved" && Date.now() - this.heard > QUIET);
    if (aloud) this.heard = Date.now();
    this.line.setAttribute("aria-live", aloud ? "polite" : "off");
    this.line.dataset.is = state;
    this.line.querySelector("span").textContent = words;
    if (this.retry) this.retry.hidden = state !== "failed";
  }

  // The page is being kept for good: nothing more is sent. The device's copy goes when the next page has come.
  leave() {
    this.keep();
    this.gone = true;
    clearTimeout(this.timer);
    sessionStorage.setItem("koru-sent", this.name);
    if (this.field("key")) sessionStorage.setItem(`koru-key ${location.href}`, this.field("key").value);
  }
}

for (const form of document.querySelectorAll("form[data-draft-url]")) new Draft(form);
