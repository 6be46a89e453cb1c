/* What a table seems to mean: its first rows, a choice a column, and what is asked, as a form. */
(function () {
  "use strict";

  const sitrep = (window.sitrep = window.sitrep ?? {});
  const MOST_RADIOS = 7; // of a question with more choices a list is made

  function make(name, className, text) {
    const element = document.createElement(name);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  }

  function option(value, text) {
    const element = make("option", "", text);
    element.value = value;
    return element;
  }

  /* ---- The table ---- */

  function choice({ heading, column }, told) {
    const select = make("select", "intake-column");
    select.dataset.heading = heading;
    select.setAttribute("aria-label", heading);
    select.append(option("", told.not_used));
    for (const { label, options } of told.groups) {
      const group = make("optgroup");
      group.label = label;
      group.append(...options.map(([value, words]) => option(value, words)));
      select.append(group);
    }
    select.value = column;
    return select;
  }

  function table(told) {
    const element = make("table");
    const head = make("tr");
    for (const column of told.columns) {
      const cell = make("th");
      cell.scope = "col";
      cell.append(make("span", "intake-heading", column.heading));
      if (told.groups.length) cell.append(choice(column, told));
      head.append(cell);
    }
    const body = make("tbody");
    for (const row of told.rows) {
      const line = make("tr");
      line.append(...row.map((text) => make("td", "", text)));
      body.append(line);
    }
    const top = make("thead");
    top.append(head);
    element.append(top, body);
    return element;
  }

  /* ---- The questions ---- */

  function radios({ key, choices, given }) {
    return choices.map(([value, words]) => {
      const label = make("label", "intake-choice");
      const input = make("input");
      Object.assign(input, { type: "radio", name: `intake ${key}`, value, checked: value === given });
      label.append(input, make("span", "", words));
      return label;
    });
  }

  function list({ key, choices, given }) {
    const select = make("select", "intake-list");
    select.name = `intake ${key}`;
    select.append(option("", "…"), ...choices.map(([value, words]) => option(value, words)));
    select.value = given ?? "";
    return [select];
  }

  function question(asked) {
    const set = make("fieldset", "intake-question");
    Object.assign(set.dataset, { key: asked.key, columns: asked.columns.join(" ") });
    set.append(make("legend", "", asked.words));
    set.append(...(asked.choices.length > MOST_RADIOS ? list(asked) : radios(asked)));
    if (asked.key === "crs") {
      const other = make("input", "intake-other");
      Object.assign(other, { type: "text", placeholder: "EPSG:", maxLength: 11 });
      set.append(other);
    }
    return set;
  }

  const chosenOf = (set) =>
    set.querySelector(".intake-other")?.value.trim() ||
    (set.querySelector("input:checked") ?? set.querySelector("select"))?.value ||
    "";

  /* ---- The form ---- */

  const all = (root, selector) => [...root.querySelectorAll(selector)];

  function fill(root, told) {
    root.querySelector(".intake-questions").replaceChildren(...told.questions.map(question));
    root.querySelector(".intake-error").textContent = told.lines.join("\n");
    root.querySelector(".intake-table").replaceChildren(table(told));
    root.querySelector(".intake-lead").hidden = !told.groups.length;
    update(root);
  }

  // What is chosen: `columns` by heading, `answers` by key. A column that is asked for is answered in the table.
  function gather(root) {
    const columns = Object.fromEntries(all(root, ".intake-column").map((each) => [each.dataset.heading, each.value]));
    const sets = all(root, ".intake-question").filter((set) => !set.dataset.columns);
    const given = sets.map((set) => [set.dataset.key, chosenOf(set)]).filter(([, value]) => value);
    return { columns, answers: Object.fromEntries(given) };
  }

  // The keys of what is asked and not yet answered.
  function open(asked, { columns, answers }) {
    const given = Object.values(columns);
    const isAnswered = (each) =>
      each.columns.length ? each.columns.some((column) => given.includes(column)) : Boolean(answers[each.key]);
    return asked.filter((each) => !isAnswered(each)).map(({ key }) => key);
  }

  // The columns after one heading was given a meaning: what only one heading can have, the others lose.
  function settled(columns, heading, many) {
    const column = columns[heading];
    if (!column || many.includes(column)) return columns;
    return Object.fromEntries(
      Object.entries(columns).map(([each, is]) => [each, each !== heading && is === column ? "" : is])
    );
  }

  function update(root) {
    const sets = all(root, ".intake-question");
    const given = gather(root);
    const questions = sets.map(({ dataset }) => ({ key: dataset.key, columns: dataset.columns.split(" ").filter(Boolean) }));
    const left = open(questions, given);
    // what may be an answer is to be read well
    const ofColumns = sets.filter((set) => set.dataset.columns);
    const asked = new Set(ofColumns.flatMap((set) => all(set, "input").map(({ value }) => value)));
    for (const set of sets) set.dataset.answered = left.includes(set.dataset.key) ? "" : "yes";
    for (const [i, select] of all(root, ".intake-column").entries()) {
      for (const cell of all(root, `th:nth-child(${i + 1}), td:nth-child(${i + 1})`)) {
        cell.classList.toggle("unused", !select.value && !asked.has(select.dataset.heading));
      }
    }
    root.querySelector(".intake-open").disabled = left.length > 0;
    const hint = root.querySelector(".intake-open-hint");
    hint.textContent = left.length ? hint.dataset.words : "";
  }

  function change(root, target, told) {
    const set = target.closest(".intake-question");
    let heading = target.dataset.heading;
    if (set?.dataset.columns) {
      heading = target.value;
      for (const select of all(root, ".intake-column")) {
        if (select.dataset.heading === heading) select.value = set.dataset.key;
      }
    }
    if (heading !== undefined) {
      const columns = settled(gather(root).columns, heading, told.many);
      for (const select of all(root, ".intake-column")) select.value = columns[select.dataset.heading];
      for (const each of all(root, ".intake-question")) mark(each, columns);
    }
    update(root);
  }

  // A question of a column shows what the table says of it.
  function mark(set, columns) {
    if (!set.dataset.columns) return;
    for (const input of all(set, "input")) input.checked = columns[input.value] === set.dataset.key;
    for (const select of all(set, "select")) {
      select.value = Object.keys(columns).find((heading) => columns[heading] === set.dataset.key) ?? "";
    }
  }

  sitrep.proposal = { fill, gather, change, open, settled };
})();
