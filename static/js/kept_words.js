// What this device kept meets the page again: put back, joined, or put aside. Brought by drafts.js when there is any.

import { drop, get, put } from "./store.js";
import { touched } from "./touched.js";

const PICKED = ["share", "day", "part", "opens_on"];

export const takeUp = async (draft, key, record, aside) => {
  if (aside) apart(draft, aside);
  if (record) await restore(draft, record, key);
};

const restore = (draft, record, key) => {
  const here = draft.values();
  if (!("text" in here)) return restoreAll(draft, record, here);
  const same = record.text === here.text && record.title === here.title;
  if (same && record.revision !== here.revision) return;
  if (same) return choose(draft, record, here) && draft.touch();
  // kept from that very form before this device heard of it, perhaps with another's words around them
  if (record.key === draft.form.dataset.draftDone && here.text.includes(record.text)) return drop(draft.name);
  const typed = ["title", "text"].some((name) => touched(draft.field(name)));
  if (!typed && (record.revision === here.revision || !here.text)) {
    const names = here.text ? ["title", "text"] : ["title", "text", "key", "revision"];
    for (const name of names) if (draft.field(name) && record[name]) draft.field(name).value = record[name];
    choose(draft, record, here);
    draft.restored = true;
    return draft.touch();
  }
  if (!here.text.includes(record.text)) return putAside(draft, record, key);
  if (typed) draft.touch(); // more of the same words
};

// Under other words by now: on this device they get a place of their own, which nothing writes over.
const putAside = async (draft, record, key) => {
  const older = (await get(key, draft.aside))?.text;
  const words = older && older !== record.text ? { ...record, text: `${older}\n\n${record.text}` } : record;
  await put(key, draft.aside, words);
  apart(draft, words);
};

// And on Koru they become a draft of their own, unless they were kept for good before.
const apart = async (draft, words) => {
  let told = null;
  try {
    const answer = await draft.send(new URLSearchParams({ ...words, csrfmiddlewaretoken: draft.token }));
    if (!answer.redirected && [200, 409].includes(answer.status)) told = await answer.json();
    if (told) await drop(draft.aside);
  } catch (failure) { draft.noDevice = failure; }
  if (!told?.kept) draft.offer("Words kept on this phone", words.text);
};

// What was picked beside the words: who reads them, and the day that they are about or open on. Whether that changed anything.
const choose = (draft, record, here) => {
  if (!record.text && !record.title) return false;
  const linked = new URLSearchParams(location.search).has("day") && !record.day; // a link of the calendar names the day
  const differs = (name) => name in here && name in record && record[name] !== here[name];
  const newer = PICKED.filter((name) => differs(name) && !(linked && name === "day") && !touched(draft.field(name)));
  for (const name of newer) draft.field(name).value = record[name];
  if (record.day) draft.field("day")?.closest("details")?.setAttribute("open", "");
  return newer.length > 0;
};

// A form of many fields: what this device holds is newer than what the server has, when the revision is the same.
const restoreAll = (draft, record, here) => {
  if (record.revision !== here.revision || record.base !== here.base) return;
  const newer = Object.entries(record).filter(([name, value]) => name in here && name !== "csrfmiddlewaretoken" && here[name] !== value);
  for (const [name, value] of newer) join(draft.field(name), value);
  if (newer.length) draft.touch();
};

// A line that was typed anew before this script came keeps what stands there; in a longer text what was kept goes below.
const join = (field, value) => {
  if (!touched(field)) field.value = value;
  else if (field.type === "textarea" && value && !field.value.includes(value)) field.value += `\n\n${value}`;
};
