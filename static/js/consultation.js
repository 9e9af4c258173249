// Times in the visitor's own zone: guessed once; shown again when another is chosen. What was picked by then is kept.
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

// The times alone are put in place, so that nothing typed or picked meanwhile is lost. Without an answer the clinic's
// own zone stays, which the page names.
async function showIn(zone) {
  const address = new URL(location);
  address.searchParams.set("zone", zone);
  const answer = await fetch(address, { headers: { Accept: "text/html" } }).catch(() => null);
  if (!answer || !answer.ok) return;
  const found = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("times");
  if (!found || !times()) return;
  const picked = times().querySelector('input[name="at"]:checked');
  const same = picked && found.querySelector(`input[name="at"][value="${CSS.escape(picked.value)}"]`);
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
}

const select = wire();
const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (select && select.hasAttribute("data-zone-guess") && here && here !== select.value) showIn(here);
