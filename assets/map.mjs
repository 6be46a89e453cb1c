/* The map: MapLibre over the bundled files, the server's marks on it, their hovers, tags and clicks, and the camera.
 *
 * It starts while Dash's own scripts still load. `page.js` passes on what the server says, by the event "sitrep:show".
 */
import { Map as MapLibre, setWorkerUrl } from "./vendor/maplibre-gl/maplibre-gl.mjs";

const byId = (id) => document.getElementById(id);
const send = (id, props) => window.dash_clientside.set_props(id, props);
const select = (ids) => document.dispatchEvent(new CustomEvent("sitrep:select", { detail: ids }));

// While its data comes in, MapLibre draws frame after frame that nobody needs. They are drawn small, unseen, and cost
// next to nothing; without a graphics card that is a second less to the first picture.
const SKETCH = 8;
// The first picture is drawn from coarse files; the whole ones follow when someone looks closely enough to see.
const CLOSE = 3.4; // zoom
const COARSE = ["countries", "borders", "labels"];
// What lies under the pointer: a symbol before a disc, a disc before a line, a line before an area.
const FELT = ["marks-figure", "marks-glyph", "marks-disc", "marks-line", "marks-dash", "marks-area"];
const REACH = 4; // px around the pointer

let picks = []; // what the marks that are drawn now stand for
let shown = {}; // what is to be on the map, as the server last said: theme, marks, picks, tags, lit, camera
let drawn = new URLSearchParams(window.location.search).get("theme"); // the theme of the style that the map has
if (drawn !== "light" && drawn !== "dark") {
  drawn = window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

setWorkerUrl(new URL("./vendor/maplibre-gl/maplibre-gl-worker.mjs", import.meta.url).href);
const container = document.createElement("div");
container.className = "map-canvas";
document.body.append(container);
const map = start();

/* ---- Start: unseen and small until there is something to see ---- */

function start() {
  try {
    return new MapLibre({
      container,
      style: `/map-style/${drawn}.json`,
      pixelRatio: window.devicePixelRatio / SKETCH,
      attributionControl: false,
      maplibreLogo: false,
      minZoom: 0,
      fadeDuration: 0, // data changes at once: a label that fades in is a label that is late
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
    });
  } catch (error) {
    container.className = "map-missing";
    container.textContent = "This browser cannot draw the map: it has no WebGL. Everything else works.";
    console.warn(error);
    return null;
  }
}

// The page's place for the map appears when Dash has drawn the page.
function settle() {
  const place = byId("map");
  if (!place) return false;
  place.append(container);
  map?.resize();
  return true;
}
if (!settle()) {
  const waiting = new MutationObserver(() => settle() && waiting.disconnect());
  waiting.observe(document.documentElement, { childList: true, subtree: true });
}

let seen = false;
let awaited = false; // a frame with marks that are on their way
function reveal() {
  if (seen || !shown.marks || !container.closest("#map")) return;
  seen = true;
  map.setPixelRatio(undefined); // the screen's own
  container.classList.add("seen");
  afterFrame();
}

if (map) {
  container.map = map; // for the tests, and for whoever looks at the page from the console
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.on("styledata", showMarks); // a new style brings new, empty sources
  map.on("idle", () => {
    refine();
    reveal();
  });
  map.on("move", placeTags);
  map.on("moveend", (event) => event.originalEvent && keepCamera());
  map.on("mousemove", (event) => hover(event.point));
  map.on("mouseout", () => hover(null));
  map.on("click", (event) => {
    const pick = pickAt(event.point);
    if (pick) select(pick.ids);
  });
}

/* ---- Marks: one source, whose data is swapped at every answer ---- */

function show(data) {
  const same = data.marks === shown.marks; // the slider had them before the answer, and no other frame is needed
  const still = same && data.theme === drawn && !data.camera;
  shown = data;
  if (!map) return painted();
  if (data.theme !== drawn) {
    drawn = data.theme;
    map.setStyle(`/map-style/${drawn}.json`);
  }
  if (!still) showMarks();
  if (data.camera) {
    const [lon, lat, zoom] = data.camera;
    map.jumpTo({ center: [lon, lat], zoom });
    send("camera", { data: null }); // where the reader had moved the map is no longer where it is
  }
  requestAnimationFrame(drawTags); // when the page is laid out anyway
  hover(null); // what was hovered may have moved; what is under the pointer is the old marks until the frame
  if (still && !awaited) unchanged();
  else if (same && !awaited) afterFrame();
}
// Gives sources their data. A new theme puts back what the style has, and MapLibre does not tell: what a source has
// is asked every time.
function supply(wares, before = () => {}) {
  const has = (name) => map.getSource(name).serialize().data;
  const stale = Object.entries(wares).filter(([name, data]) => map.getSource(name) && has(name) !== data);
  if (stale.length) before();
  for (const [name, data] of stale) map.getSource(name).setData(data);
}

function showMarks() {
  if (!shown.marks || !map.getSource("marks")) return;
  supply({ marks: shown.marks }, () => {
    awaited = true;
    if (map.loaded()) holdFrames();
    else map.once("idle", afterFrame);
    light(shown.lit);
  });
}

// The outlines of countries with country-wide events, out of the basemap itself.
function light(codes) {
  const filter = ["in", ["get", "iso2"], ["literal", codes]];
  if (JSON.stringify(map.getFilter("lit-line")) === JSON.stringify(filter)) return;
  for (const id of ["lit-area", "lit-line"]) map.setFilter(id, filter);
}

// MapLibre would draw frames while the new marks are still being cut into tiles. Each would show the old ones and keep
// the new ones waiting: no frame until they are there, or a quarter of a second has passed.
function holdFrames() {
  const release = () => {
    clearTimeout(patience);
    map.off("sourcedata", look);
    delete map.triggerRepaint; // ours gives way to MapLibre's own
    afterFrame();
  };
  const look = (event) => {
    if (event.tile && event.sourceId === "marks" && map.isSourceLoaded("marks")) release();
  };
  const patience = setTimeout(release, 250);
  map.on("sourcedata", look);
  map.triggerRepaint = () => {};
}

function afterFrame() {
  picks = shown.picks;
  if (!seen) return map.triggerRepaint(); // which leads to the idle map that `reveal` waits for
  map.once("render", () => requestAnimationFrame(painted));
  map.triggerRepaint();
}

// For `make bench` and the browser tests: a frame counts when the browser is ready for the one after it.
function painted() {
  awaited = false;
  performance.mark("sitrep:painted");
  document.dispatchEvent(new Event("sitrep:painted"));
}

// The map stays as it is: what counts is the rest of the page.
function unchanged() {
  document.dispatchEvent(new Event("sitrep:painted"));
  requestAnimationFrame(() => requestAnimationFrame(() => performance.mark("sitrep:painted")));
}

function refine() {
  if (map.getZoom() >= CLOSE) supply(Object.fromEntries(COARSE.map((name) => [name, `/basemap/${name}.geojson`])));
}

/* ---- Hover and click ---- */

function pickAt({ x, y }) {
  const layers = FELT.filter((id) => map.getLayer(id));
  const box = [[x - REACH, y - REACH], [x + REACH, y + REACH]];
  const rank = (feature) => FELT.indexOf(feature.layer.id);
  const best = map
    .queryRenderedFeatures(box, { layers })
    .filter((feature) => feature.properties.pick != null)
    .reduce((a, b) => (a && rank(a) <= rank(b) ? a : b), null);
  return best && picks[best.properties.pick];
}

function hover(point) {
  const tip = byId("tip");
  if (!tip) return;
  const pick = point && pickAt(point);
  map.getCanvas().style.cursor = pick ? "pointer" : "";
  tip.hidden = !pick;
  if (!pick) return;
  tip.replaceChildren(...pick.lines.map((line, i) => textNode(i ? "span" : "strong", line)));
  const { width, height } = container.getBoundingClientRect();
  const left = point.x > width / 2 ? point.x - tip.offsetWidth - 14 : point.x + 14;
  const top = Math.min(Math.max(point.y - tip.offsetHeight / 2, 8), height - tip.offsetHeight - 8);
  tip.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
}

// The data's texts are text, never markup.
function textNode(tag, text) {
  const node = document.createElement(tag);
  node.textContent = text;
  return node;
}

/* ---- Tags: countries as buttons over the map ---- */

function drawTags() {
  const buttons = (shown.tags ?? []).map((tag) => {
    const button = document.createElement("button");
    button.className = "tag";
    button.append(...tag.lines.map((line, i) => textNode(i ? "span" : "strong", line)));
    button.addEventListener("click", () => select(tag.ids));
    return button;
  });
  byId("tags")?.replaceChildren(...buttons);
  placeTags();
}

function placeTags() {
  const nodes = byId("tags")?.children;
  if (!nodes?.length || !map) return;
  const { width } = byId("tags").getBoundingClientRect();
  (shown.tags ?? []).forEach((tag, i) => {
    if (!nodes[i]) return;
    const place = map.project([tag.lon, tag.lat]);
    const half = nodes[i].offsetWidth / 2 + 8;
    // One that would stick out at a side stays inside; one whose place is out of sight goes with it.
    const inside = place.x > 0 && place.x < width && width > 2 * half;
    const x = inside ? Math.min(Math.max(place.x, half), width - half) : place.x;
    const y = place.y;
    nodes[i].style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px) translate(-50%, calc(-100% - 9px))`;
  });
}

/* ---- The camera ---- */

function turned(lon) {
  return ((((lon + 180) % 360) + 360) % 360) - 180;
}

function keepCamera() {
  const { lng, lat } = map.getCenter();
  const camera = [turned(lng), Math.max(-85, Math.min(85, lat)), map.getZoom()]; // what an address may say
  send("camera", { data: camera });
  const query = new URLSearchParams(window.location.search);
  query.set("at", [camera[0].toFixed(4), camera[1].toFixed(4), camera[2].toFixed(2)].join());
  const search = `?${query.toString().replaceAll("%2C", ",")}`;
  // In place: looking around is no choice that "back" should undo.
  window.history.replaceState(window.history.state, "", search);
}

function zoom(step) {
  map?.easeTo({ zoom: map.getZoom() + step, duration: 150 }, { originalEvent: {} });
}

// What the map shows, for the picture of "the area on screen".
function keepFrame() {
  if (!map) return;
  const bounds = map.getBounds();
  const whole = bounds.getEast() - bounds.getWest() >= 360;
  const [west, east] = whole ? [-180, 180] : [turned(bounds.getWest()), turned(bounds.getEast())];
  const frame = [west, Math.max(bounds.getSouth(), -85), east, Math.min(bounds.getNorth(), 85)];
  send("frame", { data: frame.map((degrees) => degrees.toFixed(4)).join() });
}

// While the click goes down: what a button needs is known before Dash hears of it.
document.addEventListener(
  "click",
  (event) => {
    const target = event.target.closest("button");
    if (!target) return;
    if (target.id === "export") keepFrame();
    else if (target.matches(".zoom-in")) zoom(1);
    else if (target.matches(".zoom-out")) zoom(-1);
  },
  true
);

document.addEventListener("sitrep:show", (event) => show(event.detail));
if (window.sitrep?.shown) show(window.sitrep.shown); // Dash was faster
