// The photo is shown before it is saved, and one from a large camera is made smaller here: less to send, and it fits.

import { Thing } from "./thing.js";

const LARGE = 4_000_000, LONGEST = 2400;

const smaller = async (file) => {
  const image = await createImageBitmap(file, { imageOrientation: "from-image" });
  const by = Math.min(1, LONGEST / Math.max(image.width, image.height));
  const sheet = Object.assign(document.createElement("canvas"), { width: Math.round(image.width * by), height: Math.round(image.height * by) });
  sheet.getContext("2d").drawImage(image, 0, 0, sheet.width, sheet.height);
  return new Promise((done) => { sheet.toBlob(done, "image/jpeg", 0.9); });
};

class Photo extends Thing {
  async chosen() {
    const [file] = this.input.files;
    if (!file) return this.present(null);
    let blob = file;
    if (file.size > LARGE) try { blob = (await smaller(file)) || file; } catch { blob = file; }
    if (blob !== file) this.fill(blob);
    await this.keep(blob);
    return this.present(blob);
  }

  // What no browser can show is told by the server, in words.
  present(blob) {
    const preview = this.find("preview");
    URL.revokeObjectURL(preview.src);
    if (blob) preview.src = URL.createObjectURL(blob); else preview.removeAttribute("src");
    this.tool.hidden = !blob;
  }

  say(words) { this.find("where").textContent = words; }
  fresh() { this.tool.hidden = true; }
}

for (const form of document.querySelectorAll("form[data-thing]")) new Photo(form).wake();
