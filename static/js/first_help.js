// That somebody opened help is noted once, beside the link and never in its way. Which line it was goes nowhere.

const page = document.querySelector("[data-opened-help]");

const note = (event) => {
  if (!event.target.closest("[data-help]")) return;
  page.removeEventListener("click", note);
  const body = new URLSearchParams({ what: "help", csrfmiddlewaretoken: page.querySelector("[name=csrfmiddlewaretoken]").value });
  fetch(page.dataset.openedHelp, { method: "POST", body, keepalive: true }).catch(() => page.addEventListener("click", note));
};

page.addEventListener("click", note);
