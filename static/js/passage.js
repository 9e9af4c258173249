// Selecting a few words in place of whole paragraphs. The server looks whether they stand in the entry.

const form = document.querySelector("[data-passage]");
const box = form.querySelector("[data-picked]"), words = form.elements.words, parts = form.querySelector(".ticks");
form.querySelector("[data-how]").hidden = false;

const show = (text) => {
  words.value = text;
  box.hidden = !text;
  box.querySelector("blockquote").textContent = text;
};

const take = () => {
  const chosen = document.getSelection(), text = chosen.toString().trim();
  if (text && parts.contains(chosen.anchorNode) && parts.contains(chosen.focusNode)) show(text);
};
document.addEventListener("selectionchange", take);
parts.addEventListener("change", () => show(""));
box.querySelector("button").addEventListener("click", () => { show(""); parts.querySelector("input").focus(); });
if (words.value) show(words.value);
take();
