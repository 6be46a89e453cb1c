/* Choosing a part of the map: a box or a lasso that is drawn over it, or the region under a click. Meanwhile the map
 * holds still: a sheet over it takes the pointer.
 */
import { frameOf } from "./camera.mjs";

const MOST_CORNERS = 60; // of a lasso: they stand in the link
const CLICK = 6; // px that a pointer may move and has clicked
const SVG = "http://www.w3.org/2000/svg";

let kind = ""; // what is drawn, "box" or "lasso"; "" while the map can be moved
let points = []; // of the pointer while it is down, [x, y] in px of the sheet

const sheet = () => document.getElementById("drawing");

/* ---- What was drawn; nothing here knows a browser ---- */

// The points of a line but those within `reach` px of the lines between the others (Douglas and Peucker).
export function thinned(line, reach) {
  if (line.length < 3) return line;
  const [first, last] = [line[0], line.at(-1)];
  const distances = line.map((point) => distance(point, first, last));
  const farthest = distances.reduce((best, each, i) => (each > distances[best] ? i : best), 0);
  if (distances[farthest] <= reach) return [first, last];
  return [...thinned(line.slice(0, farthest + 1), reach).slice(0, -1), ...thinned(line.slice(farthest), reach)];
}

function distance([x, y], [ax, ay], [bx, by]) {
  const [dx, dy] = [bx - ax, by - ay];
  const along = dx || dy ? Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy))) : 0;
  return Math.hypot(x - ax - along * dx, y - ay - along * dy);
}

// A line with as few corners as a link can say, as near to the drawn one as that allows.
export function simplified(line, most = MOST_CORNERS) {
  let found = thinned(line, 1);
  for (let reach = 1.5; found.length > most; reach *= 1.5) found = thinned(line, reach);
  return found;
}

export function isClick(line) {
  return line.every(([x, y]) => Math.hypot(x - line[0][0], y - line[0][1]) < CLICK);
}

// What the page is told of a drawn line; `lngLat` gives the place of a point.
export function choiceOf(kind, line, lngLat) {
  const places = line.map(lngLat);
  if (isClick(line)) return { region: [places[0].lng, places[0].lat] };
  if (kind === "box") {
    const [lons, lats] = [places.map(({ lng }) => lng), places.map(({ lat }) => lat)];
    const [west, east] = [Math.min(...lons), Math.max(...lons)];
    return { box: frameOf({ west, east, south: Math.min(...lats), north: Math.max(...lats) }) };
  }
  return { lasso: places.map(({ lng, lat }) => `${lng.toFixed(4)},${lat.toFixed(4)}`).join(";") };
}

/* ---- The sheet ---- */

// Lays the sheet over the map, or takes it away again.
export function toggleSelection(wanted) {
  become(kind === wanted ? "" : wanted);
}

function become(wanted) {
  kind = wanted;
  points = [];
  sheet().hidden = !kind;
  sheet().querySelector(".drawing-hint span").textContent = sheet().dataset[kind] ?? "";
  for (const button of document.querySelectorAll("[data-select]")) {
    button.setAttribute("aria-pressed", button.dataset.select === kind);
  }
  draw();
}

function draw() {
  const path = sheet().querySelector("path") ?? newPath();
  const line = kind === "box" && points.length ? boxAround(points[0], points.at(-1)) : points;
  path.setAttribute("d", line.length > 1 ? `M${line.join("L")}Z` : "");
}

const boxAround = ([x, y], [z, w]) => [[x, y], [z, y], [z, w], [x, w]];

function newPath() {
  const [svg, path] = ["svg", "path"].map((name) => document.createElementNS(SVG, name));
  svg.append(path);
  sheet().prepend(svg);
  return path;
}

function at({ clientX, clientY }) {
  const { left, top, width, height } = sheet().getBoundingClientRect();
  return [Math.min(Math.max(clientX - left, 0), width), Math.min(Math.max(clientY - top, 0), height)];
}

function finish(map) {
  const line = kind === "box" ? [points[0], points.at(-1)] : simplified(points);
  const choice = choiceOf(kind, line, (point) => map.unproject(point));
  become("");
  document.dispatchEvent(new CustomEvent("sitrep:choose", { detail: choice }));
}

export function listenToSelection(map) {
  const isDrawing = (event) => kind && event.isPrimary && points.length;
  document.addEventListener("pointerdown", (event) => {
    if (!kind || !event.isPrimary || event.button || event.target.closest?.("#drawing") !== sheet()) return;
    event.preventDefault(); // no text is selected
    sheet().setPointerCapture(event.pointerId);
    points = [at(event)];
  });
  document.addEventListener("pointermove", (event) => {
    if (!isDrawing(event)) return;
    points.push(at(event));
    draw();
  });
  document.addEventListener("pointerup", (event) => isDrawing(event) && finish(map));
  document.addEventListener("pointercancel", (event) => isDrawing(event) && become(kind));
  document.addEventListener("keydown", (event) => event.key === "Escape" && kind && become(""));
}
