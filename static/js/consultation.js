// Times in the visitor's own zone: guessed once; shown again when another is chosen. What was picked by then is kept.
import { touched } from "./touched.js";

const times = () => document.getElementById("times");

function wire() {
  const select = document.getElementById("zone");
  const show = document.querySelector("[data-zone-show]");
  if (!select || !show) return null;
  show.classList.add("vh");
  show.tabIndex = -1;
  select.addEventListener("change", () => select.form.requestSubmit(show));
  return select;
}

// The times alone are put in place, so that nothing typed, picked or opened meanwhile is lost. Whether they were: without an
// answer the clinic's own zone stays, which the page names; so it does where the picked time would not be on the page.
async function showIn(zone, guessed) {
  const address = new URL(location);
  address.searchParams.set("zone", zone);
  const answer = await fetch(address, { headers: { Accept: "text/html" } }).catch(() => null);
  if (!answer || !answer.ok) return false;
  const found = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("times");
  if (!found || !times()) return false;
  const picked = times().querySelector('input[name="at"]:checked');
  const same = picked && found.querySelector(`input[name="at"][value="${CSS.escape(picked.value)}"]`);
  if (guessed && picked && !same) return false;
  for (const day of times().querySelectorAll(".day:has(details[open])")) {
    const rest = found.querySelector(`.day[aria-labelledby="${day.getAttribute("aria-labelledby")}"] details`);
    if (rest) rest.open = true;
  }
  const focused = times().contains(document.activeElement) ? document.activeElement : null;
  times().replaceWith(document.adoptNode(found));
  if (same) {
    same.checked = true;
    const rest = same.closest("details");
    if (rest) rest.open = true;
  }
  wire();
  const again = focused && (focused.id ? document.getElementById(focused.id) : focused === picked ? same : null);
  if (again) again.focus();
  return true;
}

const select = wire();
const own = select && [...select.options].find((option) => option.defaultSelected)?.value;
const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
// Chosen before this script came, or put back by the browser: the list never names another zone than that of the times.
if (touched(select)) showIn(select.value, false).then((shown) => { if (!shown) select.value = own; });
else if (select?.hasAttribute("data-zone-guess") && here && here !== select.value) showIn(here, true);
