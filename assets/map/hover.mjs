/* What lies under the pointer, and the tip that tells of it. */
import { state } from "./state.mjs";

// A symbol before a disc, a disc before a line, a line before an area.
export const HIT_ORDER = ["marks-figure", "marks-count", "marks-pip", "marks-glyph", "marks-disc", "marks-line", "marks-dash", "marks-area", "marks-cell"];
const REACH = { mouse: 4, pen: 8, touch: 16, key: 24 }; // px around the pointer, or the middle of the map

// The first of the features in the hit order, of equals the first.
export function bestHit(features) {
  const rank = (feature) => HIT_ORDER.indexOf(feature.layer.id);
  return features
    .filter((feature) => feature.properties.pick != null)
    .reduce((a, b) => (a && rank(a) <= rank(b) ? a : b), null);
}

export function pickAt(map, { x, y }, by = "mouse") {
  const layers = HIT_ORDER.filter((id) => map.getLayer(id));
  const within = (reach) => bestHit(map.queryRenderedFeatures([[x - reach, y - reach], [x + reach, y + reach]], { layers }));
  const best = within(REACH.mouse) ?? within(REACH[by] ?? REACH.mouse);
  return best && state.picks[best.properties.pick];
}

// The cell under the pointer, also one that the server has not seen events in.
function cellAt(map, { x, y }) {
  const [found] = map.queryRenderedFeatures([x, y], { layers: ["marks-cell"] });
  return found && (found.properties.cell ?? state.picks[found.properties.pick].cell);
}

export function hover(map, point) {
  state.pointer = point;
  if (state.isAhead) return hoverAhead(map, point && cellAt(map, point));
  Object.assign(state, { told: null, lines: null });
  const pick = point && pickAt(map, point);
  map.getCanvas().style.cursor = pick ? "pointer" : "";
  show(map, pick?.lines);
}

// Cells of other colours hold other numbers than the server said: the page is asked for them.
function hoverAhead(map, cell) {
  if (cell && cell === state.told && state.lines) return show(map, state.lines); // as before, elsewhere in it
  if (!cell || cell !== state.told) show(map, null);
  Object.assign(state, { told: cell, lines: null });
  if (cell) document.dispatchEvent(new CustomEvent("sitrep:ask", { detail: cell }));
}

// What the page says of the cell that it was asked for.
export function hoverTold(map, { cell, lines }) {
  if (!state.isAhead || cell !== state.told || !state.pointer) return;
  state.lines = lines;
  show(map, lines);
}

function show(map, lines) {
  const [tip, point] = [document.getElementById("tip"), state.pointer];
  if (!tip) return;
  tip.hidden = !lines;
  if (!lines) return;
  tip.replaceChildren(...textNodes(lines));
  const { width, height } = map.getContainer().getBoundingClientRect();
  const left = point.x > width / 2 ? point.x - tip.offsetWidth - 14 : point.x + 14;
  const top = Math.min(Math.max(point.y - tip.offsetHeight / 2, 8), height - tip.offsetHeight - 8);
  tip.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
}

// The data's texts are text, never markup; the first line stands out.
export function textNodes(lines) {
  return lines.map((line, i) => {
    const node = document.createElement(i ? "span" : "strong");
    node.textContent = line;
    return node;
  });
}
