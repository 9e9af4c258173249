// Words kept on this device: AES-GCM under the person's draft key, which only this page's memory holds.

const opened = new Promise((resolve, reject) => {
  const asked = indexedDB.open("koru", 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore("drafts");
  asked.onsuccess = () => resolve(asked.result);
  asked.onerror = () => reject(asked.error);
});

const inStore = async (mode, deed) => {
  const drafts = (await opened).transaction("drafts", mode).objectStore("drafts");
  return new Promise((resolve, reject) => {
    const asked = deed(drafts);
    drafts.transaction.oncomplete = () => resolve(asked.result);
    drafts.transaction.onerror = drafts.transaction.onabort = () => reject(drafts.transaction.error);
  });
};

// The key of the signed-in person, and a short name of it: two people on one device never write over each other.
export const draftKey = async (url, token) => {
  const answer = await fetch(url, { method: "POST", headers: { "X-CSRFToken": token, Accept: "application/json" } });
  if (!answer.ok || answer.redirected) throw new Error("no draft key");
  const raw = Uint8Array.from(atob((await answer.json()).key), (letter) => letter.charCodeAt(0));
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", raw)).slice(0, 8);
  const whose = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return { key: await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]), whose };
};

export const put = async (key, name, value) => {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, new TextEncoder().encode(JSON.stringify(value)));
  await inStore("readwrite", (drafts) => drafts.put({ iv, sealed }, name));
};

// Null when there is nothing, or nothing that this person's key opens.
export const get = async (key, name) => {
  const record = await inStore("readonly", (drafts) => drafts.get(name));
  if (!record) return null;
  try {
    const opened = await crypto.subtle.decrypt({ name: "AES-GCM", iv: record.iv }, key, record.sealed);
    return JSON.parse(new TextDecoder().decode(opened));
  } catch (failure) {
    if (failure.name === "OperationError") return null;
    throw failure;
  }
};

export const drop = (name) => inStore("readwrite", (drafts) => drafts.delete(name));
