// A quiet timer: a bar that fills, one word at the end. No number counts down, and nothing is sent.
const sheet = document.querySelector("[data-focus]");
const part = (name) => sheet.querySelector(`[data-focus-${name}]`);
const bar = part("bar"), says = part("says"), pause = part("pause");
const whole = Number(sheet.dataset.focus) * 1000;
let gone = 0, since = performance.now(), running = true;

const passed = () => gone + (running ? performance.now() - since : 0);

const over = () => {
  bar.value = 100;
  pause.hidden = true;
  part("on").hidden = true;
  says.textContent = "That is enough. A break now.";
};

const look = () => {
  const share = Math.min(passed() / whole, 1);
  bar.value = share * 100;
  if (share >= 1) { over(); return; }
  setTimeout(look, Math.min(1000, whole - passed() + 20));
};

pause.addEventListener("click", () => {
  gone = passed();
  since = performance.now();
  running = !running;
  pause.textContent = running ? "Pause" : "Go on";
  says.textContent = running ? "" : "Paused. There is no hurry.";
});

bar.hidden = pause.hidden = false;
sheet.dataset.ready = "";
look();
