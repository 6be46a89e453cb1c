/* The tallies by themselves, so that counting keeps no hand waiting. The page (assets/page/counts.js) says whose
 * columns to fetch, which cells its map shows, and what is chosen; it hears what there is then, and of one cell all that
 * there is to say.
 */
import { classesOf, NO_EVENT, NO_NUMBER } from "./classes.mjs";
import { decode, decodeTolls } from "./decode.mjs";
import { Tallies } from "./tallies.mjs";

const DAY = 86_400_000; // ms

let tallies = null;
let tollsAt = ""; // where to fetch how many were killed in them
let shown = { cells: [], grid: 0, by: "events" }; // of the page's map, and what the colours of its cells tell
let counted = null; // the grid that the tallies are counted in
let isDrawn = []; // which categories are, by number

async function fetched(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address} says ${answer.status}.`);
  return answer.arrayBuffer();
}

async function load(address, tolls) {
  tallies = new Tallies(decode(await fetched(address)), (counted = shown.grid));
  tollsAt = tolls;
  if (shown.by === "deaths") await withTolls();
}

// How many were killed is fetched when it is asked for first.
async function withTolls() {
  const asked = tallies;
  asked.coming ??= fetched(tollsAt).then((buffer) => asked.know(decodeTolls(buffer, asked.order)));
  await asked.coming;
  return asked;
}

// What there is to say of a cell.
async function tell(cell) {
  const asked = await withTolls();
  const about = asked === tallies && asked.about(BigInt(`0x${cell}`), isDrawn);
  if (!about) return { cell, about: null };
  const [from, to] = [about.first, about.last].map((day) => new Date((asked.base + day) * DAY).toISOString().slice(0, 10));
  const events = Object.fromEntries(asked.categories.map((name, kind) => [name, about.events[kind]]));
  return { cell, about: { ...about, events, from, to } };
}

async function see({ cells, ...map }) {
  shown = { ...map, cells: cells.map((cell) => BigInt(`0x${cell}`)) };
  if (tallies && map.by === "deaths") await withTolls();
}

// ISO days -> days since the first one.
const since = (day) => (day ? Date.parse(`${day}T00:00Z`) / DAY - tallies.base : undefined);

const isAmong = (categories) => tallies.categories.map((name) => !categories || categories.includes(name));

// What the colours of the cells tell, by how many were killed only when that is here.
const isKnown = () => shown.by === "events" || Boolean(tallies.tolls);
function numbers() {
  if (shown.by === "events") return tallies.inCells(shown.cells, isDrawn, tallies.sums).map(([events]) => events || NO_EVENT);
  const found = tallies.inCells(shown.cells, isDrawn, tallies.sums, tallies.figures, tallies.lows);
  return found.map(([events, figures, low]) => (figures ? low : events ? NO_NUMBER : NO_EVENT));
}

function count({ from, to, dates, as_of, categories, drawn }) {
  if (counted !== shown.grid) tallies.choose((counted = shown.grid));
  tallies.move({ from: since(from), to: since(to), must: dates === "must", asOf: since(as_of) });
  const isKept = isAmong(categories);
  isDrawn = tallies.categories.map((name, kind) => isKept[kind] && drawn.includes(name));
  const { classes, bounds } = isKnown() ? classesOf(numbers()) : { classes: null, bounds: [] };
  const counts = Object.fromEntries(tallies.categories.map((name, kind) => [name, tallies.kept[kind]]));
  const kept = tallies.kept.reduce((sum, each, kind) => sum + (isKept[kind] ? each : 0), 0);
  return { classes, bounds, counts, kept };
}

// By category the events of any days in each of some bins; see `Tallies.bins`.
function countBars(edges, { as_of, categories }) {
  const [each, isKept] = [tallies.bins(edges.map(since), since(as_of)), isAmong(categories)];
  return Object.fromEntries(tallies.categories.map((name, kind) => [name, isKept[kind] ? each[kind] : each[kind].map(() => 0)]));
}

const answered = (work, told) => work.then(told, (error) => ({ failed: String(error) })).then((said) => self.postMessage(said));

self.addEventListener("message", async ({ data }) => {
  if (data.load) {
    tallies = null;
    await answered(load(data.load, data.tolls), () => ({ loaded: data.load, news: tallies.news }));
  } else if (data.see) await answered(see(data.see), () => ({}));
  else if (data.tell && tallies) await answered(tell(data.tell), (told) => ({ told }));
  else if (data.edges) self.postMessage({ bars: tallies && countBars(data.edges, data.choice) });
  else if (tallies) self.postMessage({ number: data.number, found: count(data.choice) });
});
