// The week grid by keyboard, mouse and touch. Without this, each half hour is a box that one ticks.

const grid = document.querySelector("[data-week-grid]");
const says = document.querySelector("[data-grid-says]");
const days = [...grid.querySelectorAll(".wg-day")].map((day) => [...day.querySelectorAll("input")]);
const place = new Map(days.flatMap((boxes, day) => boxes.map((box, row) => [box, { day, row }])));
document.querySelector("[data-grid-help]").hidden = false;

const say = (words) => { says.textContent = words; };
const at = ({ day, row }) => days[day]?.[row];
const spoken = (box) => `${box.getAttribute("aria-label")}, ${box.checked ? "there" : "not there"}`;

// One stop for Tab; arrows go on from there.
let here = place.keys().next().value;
for (const box of place.keys()) box.tabIndex = -1;
const stand = (box) => { here.tabIndex = -1; here = box; here.tabIndex = 0; };
stand(place.has(document.activeElement) ? document.activeElement : [...place.keys()].find((box) => box.checked) || here);

// A stretch under way: where it began, what it gives each box, and what was before it.
let stretch = null;
const begin = (box, gives) => {
  drop();
  stretch = { from: place.get(box), gives, was: new Map([...place.keys()].map((one) => [one, one.checked])) };
};
const reach = (box) => {
  const to = place.get(box), { from, gives, was } = stretch;
  for (const [one, before] of was) one.checked = before;
  const [first, last] = [Math.min(from.row, to.row), Math.max(from.row, to.row)];
  for (const one of days[from.day].slice(first, last + 1)) one.checked = gives;
};
const drop = () => {
  grid.querySelector("[data-begun]")?.removeAttribute("data-begun");
  stretch = null;
};
const takeBack = () => {
  for (const [one, before] of stretch.was) one.checked = before;
  drop();
  say("Taken back");
};

const STEPS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
const END = { Home: 0, End: -1 };
grid.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && stretch) { event.preventDefault(); takeBack(); return; }
  if (event.key === "Enter") { event.preventDefault(); event.target.click(); return; }
  const from = place.get(event.target), step = STEPS[event.key];
  if (!from || !(step || event.key in END)) return;
  event.preventDefault();
  const sideways = document.dir === "rtl" ? -1 : 1;
  const to = step ? at({ day: from.day + step[0] * sideways, row: from.row + step[1] }) : days[from.day].at(END[event.key]);
  if (!to) return;
  if (event.shiftKey && (!step || step[0] === 0)) {
    if (!stretch) begin(event.target, event.target.checked);
    reach(to);
    say(spoken(to));
  } else drop();
  stand(to);
  to.focus();
});

// A mouse draws; a finger taps where it begins and where it ends, so that it can scroll in between.
let touch = false, drawn = false;
grid.addEventListener("pointerdown", (event) => {
  const box = event.target.closest(".wg-cell")?.querySelector("input");
  touch = event.pointerType !== "mouse";
  drawn = false;
  if (!box || touch || event.button !== 0) return;
  begin(box, !box.checked);
});
grid.addEventListener("pointerover", (event) => {
  const box = event.target.closest(".wg-cell")?.querySelector("input");
  if (!box || touch || !stretch || event.buttons !== 1) return;
  drawn = true;
  reach(box);
});
addEventListener("pointerup", () => { if (!touch && drawn) drop(); });

grid.addEventListener("click", (event) => {
  const box = event.target;
  if (!place.has(box)) return;
  stand(box);
  const byKey = event.detail === 0;
  if (!byKey && !touch) {
    if (drawn) event.preventDefault(); // the stretch was drawn already
    drop();
  } else if (!byKey && stretch && place.get(box).day === stretch.from.day) {
    reach(box);
    say(`To ${spoken(box)}`);
    drop();
  } else if (!byKey) {
    const gives = box.checked; // the click has turned it already
    box.checked = !gives;
    begin(box, gives);
    box.checked = gives;
    box.closest(".wg-cell").dataset.begun = "";
    say(`${spoken(box)}. Now tap where it ends.`);
  } else drop();
});
