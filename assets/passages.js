/* The very words of the claims in the panel, highlighted in their paragraph: out of a source's text that the reader
 * chooses or drops there. The text stays in this page: it is stored nowhere and sent nowhere.
 *
 * It counts characters and paragraphs as geodata/record/passages.py does.
 */
(function () {
  "use strict";

  const MOST_BYTES = 5_000_000;
  const texts = new Map(); // SHA-256 to {name, text, paragraphs}, for the life of the page
  let told = { of: "", text: "" }; // why a text was refused, and the claims that were shown then

  const all = (selector) => [...document.querySelectorAll(`#panel ${selector}`)];
  const pointers = () => all(".claim[data-sha256]").map((claim) => claim.dataset);
  const shownNow = () => pointers().map((pointer) => pointer.claim).join();

  /* ---- A text comes in ---- */

  async function take(files) {
    const of = shownNow();
    const expected = new Map(pointers().map((pointer) => [pointer.sha256, pointer.source]));
    const refusals = [];
    for (const file of files) refusals.push(await read(file, expected));
    told = { of, text: refusals.filter(Boolean).join(" ") };
    refresh();
  }

  // Keeps the text, or gives the sentence that refuses it.
  async function read(file, expected) {
    if (!window.crypto?.subtle) {
      return "A text can be compared with its source only where the page comes from localhost or over https.";
    }
    if (file.size > MOST_BYTES) return `${file.name} is larger than ${MOST_BYTES / 1e6} MB: it was not read.`;
    const bytes = await file.arrayBuffer().catch(() => null);
    if (!bytes) return `${file.name} cannot be read.`; // a folder, or gone since
    const digest = new Uint8Array(await window.crypto.subtle.digest("SHA-256", bytes));
    const sha256 = [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    if (!expected.has(sha256)) {
      const sources = [...expected].map(([hash, source]) => `${hash} (${source})`).join(" or ");
      return `${file.name} is another text: its SHA-256 is ${sha256}, expected ${sources}.`;
    }
    try {
      // The byte order mark is a character of the text, as it is to Python.
      const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
      texts.set(sha256, { name: file.name, text, paragraphs: paragraphsOf(text) });
      return "";
    } catch {
      return `${file.name} is not UTF-8.`;
    }
  }

  // [start, end) of each run of lines without a blank one, in UTF-16 units.
  function paragraphsOf(text) {
    const spans = [];
    let at = 0;
    let inside = false;
    for (const line of text.split("\n")) {
      const filled = /[^ \t\r]/.test(line);
      if (filled && inside) spans.at(-1)[1] = at + line.length;
      else if (filled) spans.push([at, at + line.length]);
      inside = filled;
      at += line.length + 1;
    }
    return spans;
  }

  // Locators count characters, JavaScript UTF-16 units, of which some characters have two.
  function unitsOf(text, characters) {
    let unit = 0;
    for (let left = characters; left > 0; left--) {
      if (unit >= text.length) return Infinity;
      unit += text.codePointAt(unit) > 0xffff ? 2 : 1;
    }
    return unit;
  }

  /* ---- The words go to their claims, also when the panel was drawn anew ---- */

  function refresh() {
    for (const place of all(".passage")) {
      const pointer = place.closest(".claim").dataset;
      const source = texts.get(pointer.sha256);
      const key = source ? [pointer.sha256, pointer.paragraph, pointer.start, pointer.end].join() : "";
      if ((place.dataset.shown ?? "") === key) continue;
      place.dataset.shown = key;
      place.replaceChildren(...(source ? [paragraph(source, pointer)] : []));
      lookAtWords(place.firstChild);
    }
    const found = pointers();
    const had = found.filter((pointer) => texts.has(pointer.sha256));
    const names = [...new Set(had.map((pointer) => texts.get(pointer.sha256).name))];
    for (const bar of all(".words-bar")) {
      bar.dataset.have = had.length === 0 ? "none" : had.length < found.length ? "some" : "all";
      say(bar.querySelector(".words-from"), names.length ? `From ${names.join(", ")}` : "");
      say(bar.querySelector(".words-told"), told.of === shownNow() ? told.text : "");
    }
  }

  function say(element, text) {
    if (element.textContent !== text) element.textContent = text;
  }

  function paragraph({ name, text, paragraphs }, pointer) {
    const box = document.createElement("p");
    const [first, last] = paragraphs[pointer.paragraph - 1] ?? [Infinity, -Infinity];
    const [start, end] = [pointer.start, pointer.end].map((characters) => unitsOf(text, Number(characters)));
    if (start < first || end > last) {
      const characters = `characters ${pointer.start} to ${pointer.end}`;
      box.textContent = `The locator does not fit the text: ${characters} are not in its paragraph ${pointer.paragraph}.`;
      return box;
    }
    const words = document.createElement("mark");
    words.textContent = text.slice(start, end);
    box.append(text.slice(first, start), words, text.slice(end, last));
    box.tabIndex = 0; // a long one scrolls
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", `Paragraph ${pointer.paragraph} of ${name}`);
    return box;
  }

  function lookAtWords(box) {
    const words = box?.querySelector("mark");
    if (words) box.scrollTop = words.offsetTop - (box.clientHeight - words.offsetHeight) / 2;
  }

  /* ---- Gestures ---- */

  const chooser = document.createElement("input");
  chooser.type = "file";
  chooser.multiple = true;
  chooser.addEventListener("change", () => take([...chooser.files]));

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.matches(".show-words")) {
      chooser.value = ""; // the same file may be chosen again
      chooser.click();
    } else if (button?.matches(".hide-words")) {
      texts.clear();
      refresh();
      all(".show-words")[0]?.focus();
    }
  });

  // A file that is dropped beside the panel must not take the place of the page.
  function drag(event) {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    const bar = event.target.closest?.(".panel")?.querySelector(".words-bar");
    event.dataTransfer.dropEffect = bar ? "copy" : "none";
    const over = Boolean(bar) && event.type === "dragover";
    document.getElementById("panel")?.toggleAttribute("data-dropping", over);
    if (bar && event.type === "drop") take([...event.dataTransfer.files]);
  }
  for (const kind of ["dragover", "dragleave", "drop"]) document.addEventListener(kind, drag);

  /* ---- Start ---- */

  function watch() {
    const panel = document.getElementById("panel");
    if (!panel) return false;
    const attributeFilter = ["data-claim", "data-sha256", "data-paragraph", "data-start", "data-end"];
    new MutationObserver(refresh).observe(panel, { childList: true, subtree: true, attributes: true, attributeFilter });
    refresh();
    return true;
  }
  if (!watch()) {
    const waiting = new MutationObserver(() => watch() && waiting.disconnect());
    waiting.observe(document.documentElement, { childList: true, subtree: true });
  }
})();
