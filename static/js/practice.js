// A practice at its own pace: a soft chime leads from step to step, also with the screen off. Nothing begins by itself,
// nothing counts down, and without this the page reads as it stands.
const root = document.querySelector("[data-practice]");
const steps = [...root.querySelectorAll("[data-steps] > li")];
const pace = Number(root.dataset.pace); // seconds a step
const [go, where, chime, voice] = ["go", "where", "chime", "voice"].map((name) => root.querySelector(`[data-${name}]`));
const END = steps.length * pace;
let before = 0, since = null, at = -1, sound = null, ringing = [], lock = null;

const passed = () => before + (since === null ? 0 : (performance.now() - since) / 1000);

// The chimes to come are handed to the device at once, with their times: it plays them when the page sleeps, too.
function ring(from) {
  if (!chime.checked || !window.AudioContext) return;
  sound ??= new AudioContext();
  sound.resume();
  for (let step = Math.floor(from / pace) + 1; step <= steps.length; step += 1) {
    const last = step === steps.length, tones = last ? [528, 396] : [528];
    tones.forEach((tone, place) => bell(sound.currentTime + step * pace - from + place * 0.6, tone));
  }
}

function bell(when, tone) {
  const voiced = sound.createOscillator(), loud = sound.createGain();
  voiced.frequency.value = tone;
  loud.gain.setValueAtTime(0, when);
  loud.gain.linearRampToValueAtTime(0.12, when + 0.04);
  loud.gain.exponentialRampToValueAtTime(0.0001, when + 2.2);
  voiced.connect(loud).connect(sound.destination);
  voiced.start(when);
  voiced.stop(when + 2.3);
  ringing.push(voiced);
}

function hush() {
  for (const voiced of ringing) voiced.disconnect();
  ringing = [];
  window.speechSynthesis?.cancel();
}

async function stayAwake(wanted) {
  try {
    if (wanted) lock ??= await navigator.wakeLock?.request("screen");
    if (!wanted || document.hidden) { await lock?.release(); lock = null; }
  } catch { lock = null; } // the device may say no: the chimes go on
}

function read() {
  if (voice.checked) window.speechSynthesis?.speak(new SpeechSynthesisUtterance(steps[at].textContent));
}

function show() {
  const over = passed() >= END, now = over ? steps.length - 1 : Math.floor(passed() / pace);
  steps.forEach((step, place) => {
    if (!over && place === now) step.setAttribute("aria-current", "step"); else step.removeAttribute("aria-current");
  });
  if (over) { stop(); before = 0; at = -1; root.classList.remove("is-begun"); go.textContent = "Begin again"; where.textContent = "That was the last step."; return; }
  if (now === at) return;
  at = now;
  where.textContent = `Step ${now + 1} of ${steps.length}`;
  steps[at].scrollIntoView({ block: "nearest" });
  read();
}

function stop() {
  before = passed();
  since = null;
  root.classList.remove("is-going");
  stayAwake(false);
}

function begin() {
  since = performance.now();
  root.classList.add("is-begun", "is-going");
  go.textContent = "Pause";
  ring(before);
  stayAwake(true);
  show();
}

go.addEventListener("click", () => {
  if (since === null) { begin(); return; }
  stop();
  hush();
  go.textContent = "Go on";
  where.textContent = `Paused at step ${at + 1} of ${steps.length}`;
  at = -1;
});
chime.addEventListener("change", () => {
  if (since === null) return;
  for (const voiced of ringing) voiced.disconnect();
  ringing = [];
  ring(passed());
});
document.addEventListener("visibilitychange", () => { if (since !== null) { stayAwake(true); show(); } });
setInterval(() => { if (since !== null) show(); }, 250);
root.querySelector("[data-voice-offer]").hidden = !("speechSynthesis" in window);
for (const part of root.querySelectorAll("[data-pacing]")) part.hidden = false;
