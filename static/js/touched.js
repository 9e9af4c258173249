// A hand may be quicker than the scripts: what it typed, ticked or chose by then is no longer what the page came with.

const chosen = (select) => {
  const first = [...select.options].findIndex((option) => option.defaultSelected);
  return select.multiple ? [...select.options].some((option) => option.selected !== option.defaultSelected) : select.selectedIndex !== Math.max(first, 0);
};

// One field, or all of one name.
export const touched = (field) => {
  if (!field) return false;
  if (field instanceof RadioNodeList) return [...field].some(touched);
  if (field.options) return chosen(field);
  if (["radio", "checkbox"].includes(field.type)) return field.checked !== field.defaultChecked;
  return "defaultValue" in field && field.type !== "file" && field.value !== field.defaultValue;
};

// What the browser itself put back (a page read anew or gone back to) is no hand's.
const came = () => performance.getEntriesByType("navigation")[0]?.type === "navigate";
export const touchedSince = (form) => (came() ? [...form.elements].filter(touched) : []);
