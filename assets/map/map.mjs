/* The map: Plotly's, over the bundled files, with the server's marks on it, their hovers, tags and clicks.
 *
 * It starts while Dash's own scripts still load. assets/page passes on what the server says, by "sitrep:show"; the map
 * answers with "sitrep:painted" when a frame shows it, or with "sitrep:kept" where it stays as it is.
 */
import { askFor, keepCamera, keepFrame, lookAt, lookCloser, zoomBy } from "./camera.mjs";
import { cellsIn, colourCells } from "./cells.mjs";
import { holdFrames } from "./frames.mjs";
import { hover, hoverTold, pickAt } from "./hover.mjs";
import { lightCountries, refineBaseMap, setSourceData } from "./marks.mjs";
import { newMap, noteCamera, noteMarks, restyle } from "./plot.mjs";
import { listenToSelection, toggleSelection } from "./select.mjs";
import { state, themeOf } from "./state.mjs";
import { drawTags, placeTags } from "./tags.mjs";

// While its data comes in, MapLibre draws frame after frame that nobody needs. They are drawn small, unseen, and cost
// next to nothing; without a graphics card that is a second less to the first picture.
const SKETCH = 8;

const select = (ids, cell) => document.dispatchEvent(new CustomEvent("sitrep:select", { detail: { ids, cell } }));
const tags = () => state.shown.tags ?? [];

const container = document.createElement("div");
container.className = "map-canvas";
document.body.append(container);
let map = null;

/* ---- Start: unseen and small until there is something to see ---- */

// The page's place for the map appears when Dash has drawn the page.
function mountMap() {
  const place = document.getElementById("map");
  if (!place) return false;
  place.append(container);
  map?.resize();
  return true;
}

async function start() {
  state.theme = themeOf(window.location.search, window.matchMedia("(prefers-color-scheme: dark)").matches);
  try {
    map = await newMap(container, state.theme, window.devicePixelRatio / SKETCH);
  } catch (error) {
    container.className = "map-missing";
    container.textContent = "This browser cannot draw the map: it has no WebGL. Everything else works.";
    console.warn(error);
    state.missing = true;
  }
  if (map) listen();
  const early = state.shown; // the server was faster
  state.shown = {};
  if (early.marks) show(early);
}

function listen() {
  container.map = map; // for the tests, and for whoever looks at the page from the console
  map.on("styledata", showMarks); // a new style brings new, empty sources
  map.on("idle", () => {
    refineBaseMap(container, map);
    reveal();
  });
  map.on("move", () => {
    noteCamera(container, map);
    placeTags(map, tags());
  });
  map.on("moveend", (event) => {
    if (!event.originalEvent) return;
    const camera = keepCamera(map);
    if (!state.shown.crowded) return;
    document.dispatchEvent(new Event("sitrep:moved"));
    askFor(camera);
  });
  map.on("mousemove", (event) => hover(map, event.point));
  map.on("mouseout", () => hover(map, null));
  const open = (point, by) => {
    const pick = pickAt(map, point, by);
    if (pick) select(pick.ids, pick.cell);
  };
  map.on("click", ({ point, originalEvent }) => open(point, originalEvent.pointerType));
  // By keys the map is moved until a mark is in its middle, which the style marks, and opened there.
  map.getCanvas().addEventListener("keydown", ({ key }) => key === "Enter" && open(map.project(map.getCenter()), "key"));
  listenToSelection(map);
}

function reveal() {
  if (state.seen || !state.shown.marks || !container.closest("#map")) return;
  state.seen = true;
  map.setPixelRatio(undefined); // the screen's own
  container.classList.add("seen");
  frameWithMarks();
}

/* ---- What the server says ---- */

function show(data) {
  const same = data.marks === state.shown.marks; // the slider had them before the answer: no other frame is needed
  const still = same && data.theme === state.theme && !data.camera;
  Object.assign(state, { shown: data, isAhead: false });
  if (state.missing) return painted();
  if (!map) return;
  noteMarks(container, data);
  if (data.theme !== state.theme) {
    state.theme = data.theme;
    restyle(container, data.theme, () => state.theme === data.theme).then(() => noteMarks(container, state.shown));
  }
  if (!still) showMarks();
  if (data.camera) lookAt(map, data.camera);
  requestAnimationFrame(() => drawTags(map, tags(), select)); // when the page is laid out anyway
  hover(map, null); // what was hovered may have moved; what is under the pointer is the old marks until the frame
  if (still && !state.awaited) kept();
  else if (same && !state.awaited) frameWithMarks();
}

function showMarks() {
  const { marks, lit } = state.shown;
  if (!marks || !map.getSource("marks")) return;
  setSourceData(map, { marks }, () => {
    state.awaited = true;
    if (map.loaded()) holdFrames(map, "marks", frameWithMarks);
    else map.once("idle", frameWithMarks);
    lightCountries(map, lit);
    map.removeFeatureState({ source: "marks" });
    state.colours = [];
  });
}

// The cells that are here in other colours.
function recolour({ classes, ramp }) {
  const { marks } = state.shown;
  if (!state.seen || state.awaited || !map.getSource("marks")) return recounted();
  if (state.cellsOf !== marks) Object.assign(state, { cellsOf: marks, cells: cellsIn(marks), colours: [] });
  state.isAhead = true;
  colourCells(map, "marks", state.cells, classes, ramp, state.colours);
  state.lines = null; // of other numbers
  hover(map, state.pointer);
  map.once("render", () => requestAnimationFrame(recounted));
  map.triggerRepaint();
}

function recounted() {
  markPaint();
  document.dispatchEvent(new Event("sitrep:recounted"));
}

/* ---- What the page hears of it ---- */

function frameWithMarks() {
  state.picks = state.shown.picks;
  if (!state.seen) return map.triggerRepaint(); // which leads to the idle map that `reveal` waits for
  map.once("render", () => requestAnimationFrame(painted));
  map.triggerRepaint();
}

// The performance mark is for `make bench` and the browser tests: the page is ready for the frame after this one.
const markPaint = () => performance.mark("sitrep:painted");

function painted() {
  state.awaited = false;
  markPaint();
  document.dispatchEvent(new Event("sitrep:painted"));
}

// The map stays as it is: what counts is the rest of the page.
function kept() {
  document.dispatchEvent(new Event("sitrep:kept"));
  requestAnimationFrame(() => requestAnimationFrame(markPaint));
}

/* ---- Wiring ---- */

if (!mountMap()) {
  const waiting = new MutationObserver(() => mountMap() && waiting.disconnect());
  waiting.observe(document.documentElement, { childList: true, subtree: true });
}
// While the click goes down: what a button needs is known before Dash hears of it.
document.addEventListener(
  "click",
  (event) => {
    const button = event.target.closest("button");
    if (!button || !map) return;
    if (button.id === "export") keepFrame(map);
    else if (button.matches(".zoom-in")) zoomBy(map, 1);
    else if (button.matches(".zoom-out")) zoomBy(map, -1);
    else if (button.dataset.select) toggleSelection(button.dataset.select);
    else if (button.dataset.look) lookCloser(map, button.dataset.look.split(",").map(Number));
  },
  true
);
document.addEventListener("sitrep:show", (event) => show(event.detail));
document.addEventListener("sitrep:recount", (event) => recolour(event.detail));
document.addEventListener("sitrep:tell", (event) => map && hoverTold(map, event.detail));
if (window.sitrep?.state?.shown) state.shown = window.sitrep.state.shown; // Dash was faster
start();
