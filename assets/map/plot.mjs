/* The map is a Plotly figure. This is the one place that knows how Plotly holds it: MapLibre's own map inside the
 * figure's subplot, the camera that Plotly keeps beside it, and the figure that must say what the map shows, so that
 * whatever Plotly draws again later is the same.
 */
import { fillTraces, pointsByLayer } from "./traces.mjs";

// Plotly's script comes by itself, so that the figure is on its way while it is read.
function plotlyLoaded() {
  if (window.Plotly) return Promise.resolve();
  const script = document.getElementById("plotly-script");
  return new Promise((resolve, reject) => {
    script.addEventListener("load", resolve);
    script.addEventListener("error", () => reject(new Error("Plotly's script did not load.")));
  });
}

const figureOf = (theme) => fetch(`/map-figure/${theme}.json`).then((answer) => answer.json());

// Draws the figure of a theme into an element and gives MapLibre's map in it. Throws where there is no WebGL.
export async function newMap(element, theme, pixelRatio) {
  const [figure] = await Promise.all([figureOf(theme), plotlyLoaded()]);
  const drawn = window.Plotly.newPlot(element, figure.data, figure.layout, figure.config);
  const map = mapOf(element);
  if (!map) {
    // Plotly has several promises of a drawing, of which some are out of reach; all fail with the same error.
    drawn.catch((error) => {
      window.addEventListener("unhandledrejection", (event) => event.reason === error && event.preventDefault());
    });
    return drawn.then(() => Promise.reject(new Error("Plotly has made no map.")));
  }
  drawn.then(() => forgetCalculated(element)).catch((error) => console.warn(error));
  map.setPixelRatio(pixelRatio);
  setOptions(map);
  return map;
}

function mapOf(element) {
  return element._fullLayout?.map?._subplot?.map;
}

// What the page wants otherwise than Plotly, which gives MapLibre's constructor options of its own.
function setOptions(map) {
  map.setMinZoom(0);
  map._fadeDuration = 0; // data changes at once: a label that fades in is a label that is late
  map.dragRotate.disable();
  map.touchPitch.disable();
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.boxZoom.enable();
  // Plotly's double click goes back to the first camera; here it zooms in, and a button leads back.
  map._listeners.dblclick = [];
  map.doubleClickZoom.enable();
}

// The figure says where the map looks: Plotly turns it back to that whenever it draws.
export function noteCamera(element, map) {
  const { lng: lon, lat } = map.getCenter();
  const camera = { center: { lon, lat }, zoom: map.getZoom(), bearing: 0, pitch: 0 };
  Object.assign(element.layout.map, structuredClone(camera));
  Object.assign(element._fullLayout.map, camera);
}

// A source of the figure's style. MapLibre cannot say which file a source has: once it is read, its content is told.
export const styleSource = (element, name) => element.layout.map.style.sources[name];

// The figure has the marks that the map shows: the style's source, and each layer's trace. Nothing is drawn for it.
export function noteMarks(element, shown) {
  styleSource(element, "marks").data = shown.marks;
  fillTraces(element.data, pointsByLayer(shown));
  forgetCalculated(element);
}

// What Plotly has calculated of the traces is out of date: as in its own `redraw`, it calculates again when it draws.
// Not while its first drawing goes on, which reads it.
function forgetCalculated(element) {
  if (element.calcdata && !element._promises.length) element.calcdata = undefined;
}

// Gives the map the style of another theme; `still` says whether that one is still wanted when it is there.
export async function restyle(element, theme, still) {
  const { layout } = await figureOf(theme);
  if (!still()) return;
  // Plotly compares the style that it has with the new one: it must be another object.
  for (const [name, source] of Object.entries(layout.map.style.sources)) {
    source.data = styleSource(element, name)?.data ?? source.data;
  }
  await window.Plotly.relayout(element, { "map.style": layout.map.style });
}
