/* The export dialog while something is made: a sign that it goes on, and in words why it cannot be made. */
(function () {
  "use strict";

  const byId = (id) => document.getElementById(id);
  const say = (text) => window.dash_clientside.set_props("export-error", { children: text });

  // What the server says of an address that gives no file: one sentence.
  async function reason(answer) {
    const text = answer ? await answer.text().catch(() => "") : "";
    return text.trim() || "The server cannot be reached.";
  }

  /* ---- The preview: an image tells when it is there, but not why it is not ---- */

  function preview(image) {
    const frame = image.closest(".export-preview");
    const asked = () => {
      if (!image.hasAttribute("src")) return;
      frame.setAttribute("aria-busy", "true");
      delete image.dataset.missing;
    };
    new MutationObserver(asked).observe(image, { attributeFilter: ["src"] });
    if (!image.complete) asked();
    image.addEventListener("load", () => frame.removeAttribute("aria-busy"));
    image.addEventListener("error", async () => {
      image.dataset.missing = "";
      const address = image.getAttribute("src");
      const answer = await fetch(address).catch(() => null);
      if (image.getAttribute("src") !== address) return; // another choice meanwhile
      frame.removeAttribute("aria-busy");
      if (!answer?.ok) say(await reason(answer));
    });
  }

  /* ---- Files: fetched here, so that the wait shows and a refusal is read in the dialog ---- */

  async function save(link) {
    link.setAttribute("aria-busy", "true");
    const answer = await fetch(link.href).catch(() => null);
    if (answer?.ok) {
      const address = URL.createObjectURL(await answer.blob());
      const file = document.createElement("a");
      Object.assign(file, { href: address, download: link.download });
      file.click();
      setTimeout(() => URL.revokeObjectURL(address), 60_000);
      say("");
    } else {
      say(await reason(answer));
    }
    link.removeAttribute("aria-busy");
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest(".export-links a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return; // a new tab is the browser's own
    event.preventDefault();
    save(link);
  });

  // The dialog is drawn when it opens, each time anew.
  let known = null;
  new MutationObserver(() => {
    const image = byId("export-preview");
    if (!image || image === known) return;
    known = image;
    preview(image);
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
