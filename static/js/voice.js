// Record, pause, listen, record again; on this device, sealed, until it is saved. Without this script a file is chosen.

import { Thing } from "./thing.js";

const LONGEST = 300, BIT_RATE = 32000, SLICE = 1000, KEPT_EACH = 5000;
const TYPES = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];
const length = (seconds) => [[Math.floor(seconds / 60), "minute"], [seconds % 60, "second"]]
  .filter(([number, name]) => number || (name === "second" && seconds < 60)).map(([number, name]) => `${number} ${name}${number === 1 ? "" : "s"}`).join(" ");

class Voice extends Thing {
  constructor(form) {
    super(form);
    this.seconds = 0;
    this.parts = [];
    for (const name of ["start", "pause", "stop", "again"]) this.on(name, () => this[name]());
  }

  async start() {
    try {
      this.stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch { return this.say("The microphone isn't open to this page. You could choose a recording, or use words."); }
    this.type = TYPES.find((type) => MediaRecorder.isTypeSupported(type)) || "";
    this.recorder = new MediaRecorder(this.stream, { mimeType: this.type, audioBitsPerSecond: BIT_RATE });
    this.recorder.addEventListener("dataavailable", ({ data }) => this.heard(data));
    this.recorder.addEventListener("stop", () => this.done());
    this.parts = [];
    this.seconds = 0;
    this.recorder.start(SLICE);
    this.clock = setInterval(() => this.tick(), 1000);
    this.show();
    this.find("pause").focus();
    this.say("Recording");
  }

  // A tab that closes now loses the last seconds at most.
  async heard(data) {
    if (data.size) this.parts.push(data);
    if (this.recorder.state === "inactive" || Date.now() - (this.keptAt || 0) < KEPT_EACH) return;
    this.keptAt = Date.now();
    await this.keep(this.blob(), { seconds: this.seconds, unfinished: true });
  }

  blob() { return new Blob(this.parts, { type: this.type.split(";")[0] }); }

  tick() {
    if (this.recorder.state !== "recording") return;
    this.seconds += 1;
    this.show();
    if (this.seconds % 60 === 0) this.say(`${length(this.seconds)} of 5 minutes`);
    if (this.seconds >= LONGEST) this.stop();
  }

  pause() {
    const going = this.recorder.state === "recording";
    this.recorder[going ? "pause" : "resume"]();
    this.say(going ? `Paused at ${length(this.seconds)}` : "Recording");
    this.show();
  }

  stop() { if (this.recorder.state !== "inactive") this.recorder.stop(); }

  async done() {
    clearInterval(this.clock);
    for (const track of this.stream.getTracks()) track.stop();
    await this.have(this.blob(), { seconds: this.seconds });
    this.say(`Stopped after ${length(this.seconds)}. You can listen to it before you save it.`);
    this.find("again").focus();
  }

  async again() { await this.forget(); return this.start(); }

  // What there is now, to be listened to.
  present(blob, { seconds }) {
    this.seconds = seconds;
    const listen = this.find("listen");
    URL.revokeObjectURL(listen.src);
    listen.src = blob ? URL.createObjectURL(blob) : "";
    this.ready = Boolean(blob);
    this.show();
  }

  show() {
    const state = this.recorder?.state || "inactive", going = state !== "inactive";
    const said = { recording: "Recording: ", paused: "Paused at ", inactive: this.ready ? "Recorded: " : "" }[state];
    this.find("time").textContent = said ? `${said}${length(this.seconds)}${going ? " of 5 minutes" : ""}` : "Nothing recorded yet";
    this.find("start").hidden = going || this.ready;
    this.find("pause").hidden = this.find("stop").hidden = !going;
    this.find("pause").textContent = state === "paused" ? "Go on" : "Pause";
    this.find("again").hidden = this.find("listen").hidden = going || !this.ready;
  }

  fresh() { this.ready = false; this.show(); }
  get possible() { return Boolean(navigator.mediaDevices?.getUserMedia && window.MediaRecorder); }
  get busy() { return this.recorder && this.recorder.state !== "inactive"; }
  get busyWords() { return "Still recording. Stop it first, then save."; }
}

for (const form of document.querySelectorAll("form[data-thing]")) new Voice(form).wake();
