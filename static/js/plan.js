// The safety plan: printing it, and a copy on this device for those who choose that. Signing out clears it away.

const SHELF = "kept-plan", WHOSE = "X-Koru-Whose";
const print = document.querySelector("[data-print]");
if (print) { print.hidden = false; print.addEventListener("click", () => window.print()); }

class Copy {
  constructor(card) {
    Object.assign(this, { card, page: card.dataset.keep, place: card.dataset.keptAt, whose: card.dataset.whose });
    this.part("keep-it").addEventListener("click", () => this.keep());
    this.part("let-go").addEventListener("click", () => this.letGo());
    card.hidden = false;
    this.begin();
  }

  part(name) { return this.card.querySelector(`[data-${name}]`); }

  // A copy of somebody else's, left on a shared device, goes; one's own is brought up to date.
  async begin() {
    const kept = await caches.match(this.place, { cacheName: SHELF, ignoreVary: true });
    if (kept && kept.headers.get(WHOSE) !== this.whose) await caches.delete(SHELF);
    else if (kept) { this.show(true); await this.put().catch(() => {}); }
  }

  async put() {
    const answer = await fetch(this.page, { cache: "no-store" });
    if (!answer.ok || answer.redirected) throw new Error("no plan");
    const headers = new Headers({ "Content-Type": "text/html; charset=utf-8", [WHOSE]: this.whose });
    const policy = answer.headers.get("Content-Security-Policy");
    if (policy) headers.set("Content-Security-Policy", policy);
    await (await caches.open(SHELF)).put(this.place, new Response(await answer.text(), { headers }));
  }

  async keep() {
    try {
      await this.put();
      this.show(true);
    } catch { this.say("It couldn't be kept just now. Your plan itself is safe."); }
  }

  async letGo() {
    await caches.delete(SHELF);
    this.show(false);
    this.say("It is no longer on this device.");
  }

  show(kept) {
    this.part("keep-it").hidden = kept;
    this.part("let-go").hidden = this.part("keep-look").hidden = !kept;
    this.say(kept ? "It is kept on this device." : "");
  }

  say(words) { this.part("keep-state").textContent = words; }
}

const card = document.querySelector("[data-keep]");
if (card && "caches" in window && "serviceWorker" in navigator) new Copy(card);
