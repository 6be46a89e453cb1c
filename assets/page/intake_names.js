/* Names of places that are not settled: what each may be, as choices, and a field to look for another. */
(function () {
  "use strict";

  const sitrep = (window.sitrep = window.sitrep ?? {});
  const all = (root, selector) => [...root.querySelectorAll(selector)];

  function make(name, className, text) {
    const element = document.createElement(name);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  }

  function choice(group, value, words, checked = false) {
    const label = make("label", "intake-choice");
    const input = make("input");
    Object.assign(input, { type: "radio", name: group, value, checked });
    label.append(input, make("span", value ? "" : "muted", words));
    return label;
  }

  function named({ name, events, choices }, number, words) {
    const set = make("fieldset", "intake-question intake-name");
    set.dataset.name = name;
    const legend = make("legend", "", name);
    legend.append(make("span", "muted", events));
    const group = `intake-name-${number}`;
    const field = make("input", "intake-other");
    Object.assign(field, { type: "text", placeholder: words.other, maxLength: 200 });
    field.setAttribute("aria-label", `${name}: ${words.other}`);
    const find = make("button", "intake-button intake-find", words.find);
    find.type = "button";
    find.setAttribute("aria-label", `${name}: ${words.find}`);
    const row = make("div", "intake-find-row");
    row.append(field, find);
    const said = make("span", "intake-found muted");
    said.setAttribute("role", "status");
    set.append(legend, ...choices.map(([value, text]) => choice(group, value, text)));
    set.append(choice(group, "", words.open, true), row, said);
    return set;
  }

  function fill(root, { names, more }) {
    const list = root.querySelector(".intake-names");
    list.replaceChildren(...names.map((each, number) => named(each, number, list.dataset)));
    list.scrollTop = 0;
    const rest = root.querySelector(".intake-more");
    rest.textContent = more;
    rest.hidden = !more;
    root.querySelector(".intake-error").textContent = "";
    update(root);
  }

  // What is chosen, by name.
  function gather(root) {
    const chosen = all(root, ".intake-name").map((set) => [set.dataset.name, set.querySelector("input:checked")?.value]);
    return Object.fromEntries(chosen.filter(([, value]) => value));
  }

  const said = (words, count, of) => words.replace("{count}", count).replace("{all}", of);

  function update(root) {
    const count = Object.keys(gather(root)).length;
    for (const set of all(root, ".intake-name")) {
      set.dataset.answered = set.querySelector("input:checked")?.value ? "yes" : "";
    }
    root.querySelector(".intake-apply").disabled = !count;
    const hint = root.querySelector(".intake-chosen");
    hint.textContent = said(hint.dataset.words, count, all(root, ".intake-name").length);
  }

  // Looks for what stands in a name's field; what is found stands before the other choices, one alone is chosen.
  async function find(set) {
    const list = set.closest(".intake-names");
    const words = set.querySelector(".intake-other").value.trim();
    if (!words) return;
    const found = await sitrep.intake.find(words).catch(() => []);
    set.querySelector(".intake-found").textContent = found.length ? "" : list.dataset.nothing;
    const known = all(set, "input[type=radio]");
    const isNew = ([value]) => !known.some((input) => input.value === value);
    const group = known[0].name;
    set.querySelector("legend").after(...found.filter(isNew).map(([value, text]) => choice(group, value, text)));
    const only = found.length === 1 && all(set, "input[type=radio]").find(({ value }) => value === found[0][0]);
    if (only) only.checked = true;
    update(list.closest(".intake-settling"));
  }

  sitrep.names = { fill, gather, update, find, said };
})();
