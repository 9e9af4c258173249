// Lists by keys, and finding a name in one: in the page alone, so that no name goes into an address or a log.

const plain = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();

// J and K go from line to line, while one of them has the focus. A line with nothing to open takes it itself.
const stop = (line) => line?.querySelector("a") ?? line;
for (const list of document.querySelectorAll("[data-keys]")) {
  for (const line of list.children) if (!line.querySelector("a")) line.tabIndex = -1;
  if (list.firstElementChild && !list.querySelector("a")) list.firstElementChild.tabIndex = 0;
  list.addEventListener("keydown", (event) => {
    const step = { j: 1, k: -1 }[event.key.toLowerCase()];
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    const lines = [...list.children].filter((line) => !line.hidden);
    const here = lines.findIndex((line) => line.contains(document.activeElement));
    const next = stop(lines[here + step]);
    if (next) { event.preventDefault(); next.focus(); }
  });
}
document.querySelectorAll("[data-keys-hint]").forEach((hint) => { hint.hidden = false; });

for (const field of document.querySelectorAll("[data-find]")) {
  const lines = [...(document.getElementById(field.dataset.find)?.children ?? [])];
  const input = field.querySelector("input"), found = field.querySelector("[data-found]");
  const names = lines.map((line) => plain(line.querySelector("h3").textContent));
  field.hidden = lines.length < 2;
  input.addEventListener("input", () => {
    const wanted = plain(input.value).split(/\s+/);
    lines.forEach((line, place) => { line.hidden = !wanted.every((part) => names[place].includes(part)); });
    const left = lines.filter((line) => !line.hidden).length;
    found.textContent = input.value.trim() ? `${left || "Nobody"}${left ? (left === 1 ? " person" : " people") : " by that name"}` : "";
  });
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    input.value = "";
    input.dispatchEvent(new Event("input"));
  });
}
