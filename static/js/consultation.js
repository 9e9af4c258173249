// Times in the visitor's own zone: guessed once, before anything is typed; shown again when another is chosen.
const select = document.getElementById("zone");
const show = document.querySelector("[data-zone-show]");

if (select && show) {
  show.classList.add("vh");
  show.tabIndex = -1;
  select.addEventListener("change", () => select.form.requestSubmit(show));
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (select.hasAttribute("data-zone-guess") && here && here !== select.value) {
    const address = new URL(location);
    address.searchParams.set("zone", here);
    location.replace(address);
  }
}
