// Lets this browser show notes. Nothing is asked when the page opens: only the button asks.

const form = document.querySelector("[data-push]");
const says = document.querySelector("[data-push-says]");

const able = () => "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
const say = (words) => { says.textContent = words; };

const bytes = (key) => Uint8Array.from(atob(key.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));

const subscribed = async () => {
  await navigator.serviceWorker.register("/sw.js", { scope: "/" });
  const { pushManager } = await navigator.serviceWorker.ready;
  return pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(form.dataset.push) });
};

const letIn = async (event) => {
  event.preventDefault();
  const button = form.querySelector("button");
  button.setAttribute("aria-busy", "true");
  try {
    const { endpoint, keys } = (await subscribed()).toJSON();
    form.elements.endpoint.value = endpoint;
    form.elements.p256dh.value = keys.p256dh;
    form.elements.auth.value = keys.auth;
    form.submit();
  } catch {
    button.removeAttribute("aria-busy");
    say(Notification.permission === "denied" ? form.dataset.denied : form.dataset.failed);
  }
};

if (form && !able()) {
  say(form.dataset.unable);
} else if (form) {
  say("");
  form.hidden = false;
  form.addEventListener("submit", letIn);
}
