// Come back to within a sitting, with what was said still on it, a form goes on as the same one: its key was kept with
// the place in history. Hours later the same words are another one.
const SITTING = 10 * 60 * 1000;
const holds = (form) => [...form.elements].some((field) => field.checked ? !field.defaultChecked : field.matches("textarea, [type=text]") && field.value !== field.defaultValue);
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-goes-on]")) {
    const key = form.elements.key, before = history.state?.key;
    if (before && holds(form) && Date.now() - history.state.since < SITTING) key.value = before;
    else history.replaceState({ ...history.state, key: key.value, since: Date.now() }, "");
  }
});
