/* Days, categories and the day of knowledge, followed without a request: a worker counts (assets/tallies), and the map's
 * cells, the numbers, the legend and the timeline show it at once. The server's answer comes when the hand rests. */
(function () {
  "use strict";

  const sitrep = (window.sitrep = window.sitrep ?? {});
  const WORKER = "/assets/tallies/worker.mjs";
  const SLOW = 120; // ms without another count, before the bars are drawn
  const UNKNOWN = 254; // the class of what has no number, as in assets/tallies/classes.mjs
  const IDLE = 400; // ms after an answer, before the columns are fetched: the page comes first

  const number = (value) => value.toLocaleString("en");

  // Days as in "1–31 January 2014".
  const days = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });
  const saidDays = ({ from, to }) => days.formatRange(new Date(from), new Date(to));

  // The cells or areas of an answer's map (H3 indices or numbers, in hexadecimal), in the order of its features.
  function cellsOf({ marks, picks }) {
    const cells = marks.features.map(({ properties }) => properties).filter(({ kind }) => kind === "cell");
    return cells.map(({ cell, pick }) => cell ?? picks[pick].cell);
  }

  // Their names, of areas; null of cells, which have none.
  function namesOf({ marks, picks, counting }) {
    if (typeof counting.grid !== "string") return null;
    const areas = marks.features.map(({ properties }) => properties).filter(({ kind }) => kind === "cell");
    return new Map(areas.map(({ cell, name, pick }) => [cell ?? picks[pick].cell, name ?? picks[pick].lines[0]]));
  }

  // What a filter, as a link has it, chooses of what is counted here; null for what it does not, of categories for all.
  function choiceOf(filter) {
    const query = new URLSearchParams(filter);
    const [from, to, dates, as_of] = ["from", "to", "dates", "as_of"].map((key) => query.get(key));
    return { from, to, dates, as_of, categories: query.get("categories")?.split(",") ?? null };
  }

  // Whether two choices are the same, in whatever order their categories come.
  function isSame(a, b) {
    const told = ({ categories, ...days }) => JSON.stringify([days.from, days.to, days.dates, days.as_of, categories?.toSorted() ?? null]);
    return told(a) === told(b);
  }

  // Whether a text is a day of the calendar, as 2022-01-05.
  function isDay(text) {
    const day = /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(text) : new Date(NaN);
    return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
  }

  // As many of a ramp's colours as there are classes, from end to end; rounded as Python does.
  function rampOf(ramp, count) {
    const even = (value) => (value % 1 === 0.5 ? 2 * Math.round(value / 2) : Math.round(value));
    return Array.from({ length: count }, (_, at) => ramp[even((at * (ramp.length - 1)) / Math.max(count - 1, 1))]);
  }

  // The numbers at which classes begin; the last one says where it ends too.
  const saidClasses = (bounds) => bounds.map(([least, most], at) =>
    at === bounds.length - 1 && most > least ? `${number(least)}–${number(most)}` : number(least));

  const counted = ([one, many], count) => (count === 1 ? one : many).replace("{number}", number(count));

  // A cell in words, as the server says them (dashboard/layers/cells.py) of its answers.
  function linesOf({ events, from, to, ...tolls }, words, name) {
    const sum = Object.values(events).reduce((a, b) => a + b);
    const lines = [...(name ? [name] : []), counted(words.events, sum)];
    for (const [category, count] of Object.entries(events)) {
      if (count) lines.push(words.kinds[category].replace("{number}", number(count)));
    }
    return [...lines, ...(words.tolls ? tollLines(tolls, words.tolls) : []), saidDays({ from, to })];
  }

  function tollLines({ figures, left, untold, low, high, open }, words) {
    const range = low === high ? number(low) : words.range.replace("{low}", number(low)).replace("{high}", number(high));
    const figure = open ? words.more.replace("{figure}", range) : range;
    return [
      ...(figures ? [counted(words.killed, figures).replace("{figure}", figure)] : []),
      ...(left ? [counted(words.left, left)] : []),
      ...(untold ? [counted(words.untold, untold)] : []),
    ];
  }

  sitrep.counts = { cellsOf, choiceOf, isDay, isSame, linesOf, namesOf, rampOf, saidClasses };
  if (typeof document === "undefined") return; // a test of the functions

  let worker = null;
  let loading = ""; // the address of the columns that the worker has or fetches
  let news = null; // the days of the slider's stops, when the columns are there
  let counting = null; // how the answer that is shown is counted; null where it is not
  let names = null; // of the areas on the map; null where it has cells
  let wanted = null; // the last choice that was asked for
  let asked = 0; // how many were asked for
  let settled = 0; // what was asked for until then, an answer has overtaken
  const drafts = new Map(); // id -> what is seen in its place
  let sent = null; // what the worker counts
  let waiting = null; // what is asked for meanwhile; the last counts
  const barred = []; // who waits for bars, in turn
  let heard = []; // who waits for the choice to be shown

  function start() {
    worker = new Worker(WORKER, { type: "module" });
    worker.addEventListener("message", ({ data }) => {
      if (data.loaded === loading) news = data.news;
      if (data.failed) console.warn(data.failed);
      if (data.found) show(data);
      if (data.told && counting) sitrep.tell("sitrep:tell", { cell: data.told.cell, lines: data.told.about && linesOf(data.told.about, counting.words, names?.get(data.told.cell)) });
      if ("bars" in data) barred.shift()(data.bars);
    });
  }

  const isReady = () => news !== null && counting !== null;

  // What an answer brings, when it is on its way to the map.
  function settle(data) {
    counting = data.counting;
    settled = asked;
    waiting = null;
    if (!counting) return;
    names = namesOf(data);
    wanted = choiceOf(data.filter);
    const fetched = counting.address;
    setTimeout(() => counting?.address === fetched && fetchOnce(data), IDLE);
    if (worker) worker.postMessage({ see: seen(data) });
  }

  const seen = (data) => ({ cells: cellsOf(data), grid: data.counting.grid ?? 0, by: data.counting.by ?? "events" });

  function fetchOnce(data) {
    if (loading === data.counting.address) return;
    if (!worker) {
      start();
      worker.postMessage({ see: seen(data) });
    }
    loading = data.counting.address;
    news = null;
    worker.postMessage({ load: loading, tolls: data.counting.tolls });
  }

  // Shows a choice but for the one that is shown, as far as it can be counted here. Gives a promise of how many events it
  // keeps, or null where the server has to be asked.
  function move(change) {
    if (!isReady()) return null;
    wanted = { ...wanted, ...change };
    const message = { number: ++asked, choice: { ...wanted, drawn: counting.drawn } };
    if ("categories" in change || "as_of" in change) drawBars();
    if (sent) waiting = message;
    else send(message);
    return new Promise((done) => heard.push(done));
  }

  function send(message) {
    sent = message;
    waiting = null;
    worker.postMessage(message);
  }

  function show({ number: answered, found }) {
    if (answered <= settled) return goOn(found);
    const { from, to } = sent.choice;
    const ramp = rampOf(counting.ramp, found.bounds.length);
    for (const [category, count] of Object.entries(found.counts)) draft(`count-${category}`).textContent = number(count);
    const said = document.createElement("strong");
    said.textContent = counting.showing.replace("{shown}", number(found.kept));
    draft("sentence").replaceChildren(said, ...(from && to ? [` · ${saidDays({ from, to })}`] : []));
    if (counting.heading && found.classes) writeLegend(draft("legend"), found, ramp);
    sitrep.brush.show([from, to]);
    if (!found.classes) return goOn(found);
    document.addEventListener("sitrep:recounted", () => goOn(found), { once: true });
    sitrep.tell("sitrep:recount", { classes: found.classes, ramp: { ...ramp, [UNKNOWN]: counting.unknown[0] } });
  }

  // What stands in the place of a part of the page until the server has said it: Dash's own is not touched, which would
  // take a tenth of a second, and readers who hear the page are told when the hand rests.
  function draft(id) {
    const part = sitrep.byId(id);
    if (!drafts.get(id)?.isConnected) {
      const copy = part.cloneNode(true);
      for (const name of ["id", "role", "data-drafted"]) copy.removeAttribute(name);
      copy.setAttribute("aria-hidden", "true");
      part.after(copy);
      drafts.set(id, copy);
    }
    part.dataset.drafted = "yes";
    return drafts.get(id);
  }

  // The drafts go when the server's words are on the page, unless the hand moves again.
  function leave() {
    if (asked > settled) return;
    for (const [id, copy] of drafts) {
      copy.remove();
      delete sitrep.byId(id).dataset.drafted;
    }
    drafts.clear();
  }

  // What the cells are, not what they hold in all or leave out, and the classes.
  function writeLegend(legend, { bounds, classes: found }, ramp) {
    const [heading, classes] = [legend.querySelector(".legend-heading"), legend.querySelector(".legend-classes")];
    if (!heading || !classes) return;
    heading.textContent = counting.heading;
    const row = classes.firstElementChild;
    if (!row) return;
    for (const note of legend.querySelectorAll(".legend-classes ~ .legend-heading")) note.remove();
    const said = saidClasses(bounds).map((text, at) => [ramp[at], text]);
    classes.replaceChildren(...(found.includes(UNKNOWN) ? [counting.unknown] : []).concat(said).map(([color, text]) => {
      const one = row.cloneNode(true);
      one.firstElementChild.style.setProperty("--swatch", color);
      one.lastElementChild.textContent = text;
      return one;
    }));
  }

  // Plotly takes a while: when the hand slows down.
  let later = null;
  function drawBars() {
    clearTimeout(later);
    later = setTimeout(() => asked > settled && sitrep.zoom.draw(), SLOW);
  }

  // By category the events of the choice in bins, whose first days and the day after them are `edges`; a promise, or
  // null where the server has to be asked.
  function bars(edges) {
    if (!isReady()) return null;
    worker.postMessage({ edges, choice: wanted });
    return new Promise((done) => barred.push(done));
  }

  function goOn(found) {
    sent = null;
    for (const done of heard.splice(0)) done(found.kept);
    if (waiting) send(waiting);
  }

  // Whether what is shown is further on than an answer to a request that was made when so many had been asked for.
  const isPast = (then, data) => asked > then && data.counting !== null && !isSame(wanted, choiceOf(data.filter));

  const dayOf = (stop) => news?.[stop] ?? null;

  // The days moved by their own length; without both, the first day of the data (or the last).
  function step(steps) {
    const { first, last } = sitrep.byId("play").dataset;
    const { from, to } = wanted;
    if (!from || !to) {
      const day = from || to || (steps > 0 ? first : last);
      return { from: day, to: day };
    }
    const { DAY, at, plus } = sitrep.days;
    const far = ((at(to) - at(from)) / DAY + 1) * steps;
    return { from: plus(from, far), to: plus(to, far) };
  }

  document.addEventListener("sitrep:ask", ({ detail: cell }) => {
    if (isReady()) worker.postMessage({ tell: cell });
  });
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("#step-back, #step-on");
    if (button && isReady()) move(step(button.id === "step-on" ? 1 : -1));
  }, true);
  document.addEventListener("change", ({ target }) => {
    const boxes = target.closest?.(".category-boxes")?.querySelectorAll("input[type=checkbox]") ?? [];
    const categories = [...boxes].filter(({ checked }) => checked).map(({ value }) => value);
    if (categories.length) move({ categories: categories.length < boxes.length ? categories : null });
  });

  // Days that are typed, when they are sent (by Enter, or on leaving): what is no day is the server's to refuse.
  function typed({ target, type, key }) {
    if (!["from", "to"].includes(target.id) || (type === "keydown" && key !== "Enter") || !isReady()) return;
    const day = target.value.trim() || null;
    const { from, to } = { ...wanted, [target.id]: day };
    if (day === wanted[target.id] || (day && !isDay(day)) || (from && to && from > to)) return;
    move({ [target.id]: day });
  }
  for (const kind of ["keydown", "focusout"]) document.addEventListener(kind, typed, true);

  Object.assign(sitrep.counts, { settle, leave, move, bars, isReady, isBusy: () => sent !== null, isPast, dayOf, asked: () => asked });
})();
