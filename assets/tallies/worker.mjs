/* The tallies by themselves, so that counting keeps no hand waiting. The page (assets/page/counts.js) says whose
 * columns to fetch, which cells its map shows, and what is chosen; it hears what there is then, and of one cell all that
 * there is to say.
 */
import { classesOf } from "./classes.mjs";
import { decode, decodeTolls } from "./decode.mjs";
import { Tallies } from "./tallies.mjs";

const DAY = 86_400_000; // ms

let tallies = null;
let shown = { cells: [], grid: 0 }; // of the page's map
let counted = null; // the grid that the tallies are counted in
let isDrawn = []; // which categories are, by number

async function fetched(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address} says ${answer.status}.`);
  return answer.arrayBuffer();
}

async function load(address) {
  tallies = new Tallies(decode(await fetched(address)));
  counted = null;
}

// What there is to say of a cell; how many were killed is fetched when it is asked for first.
async function tell({ cell, tolls }) {
  const asked = tallies;
  asked.tolls ??= fetched(tolls).then((buffer) => decodeTolls(buffer, asked.order));
  asked.tolls = await asked.tolls;
  const about = asked === tallies && asked.about(BigInt(`0x${cell}`), isDrawn);
  if (!about) return { cell, about: null };
  const [from, to] = [about.first, about.last].map((day) => new Date((asked.base + day) * DAY).toISOString().slice(0, 10));
  const events = Object.fromEntries(asked.categories.map((name, kind) => [name, about.events[kind]]));
  return { cell, about: { ...about, events, from, to } };
}

function see({ cells, grid }) {
  shown = { cells: cells.map((cell) => BigInt(`0x${cell}`)), grid };
}

// ISO days -> days since the first one.
const since = (day) => (day ? Date.parse(`${day}T00:00Z`) / DAY - tallies.base : undefined);

const isAmong = (categories) => tallies.categories.map((name) => !categories || categories.includes(name));

function count({ from, to, dates, as_of, categories, drawn }) {
  if (counted !== shown.grid) tallies.choose((counted = shown.grid));
  tallies.move({ from: since(from), to: since(to), must: dates === "must", asOf: since(as_of) });
  const isKept = isAmong(categories);
  isDrawn = tallies.categories.map((name, kind) => isKept[kind] && drawn.includes(name));
  const { classes, bounds } = classesOf(tallies.inCells(shown.cells, isDrawn));
  const counts = Object.fromEntries(tallies.categories.map((name, kind) => [name, tallies.kept[kind]]));
  const kept = tallies.kept.reduce((sum, each, kind) => sum + (isKept[kind] ? each : 0), 0);
  return { classes, bounds, counts, kept };
}

// By category the events of any days in each of some bins; see `Tallies.bins`.
function countBars(edges, { as_of, categories }) {
  const [each, isKept] = [tallies.bins(edges.map(since), since(as_of)), isAmong(categories)];
  return Object.fromEntries(tallies.categories.map((name, kind) => [name, isKept[kind] ? each[kind] : each[kind].map(() => 0)]));
}

self.addEventListener("message", async ({ data }) => {
  if (data.load) {
    tallies = null;
    await load(data.load).then(() => self.postMessage({ loaded: data.load, news: tallies.news }), (error) => self.postMessage({ failed: String(error) }));
  } else if (data.see) see(data.see);
  else if (data.tell && tallies) {
    await tell(data.tell).then((told) => self.postMessage({ told }), (error) => self.postMessage({ failed: String(error) }));
  } else if (data.edges) self.postMessage({ bars: tallies && countBars(data.edges, data.choice) });
  else if (tallies) self.postMessage({ number: data.number, found: count(data.choice) });
});
