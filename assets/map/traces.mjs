/* The layers' places as Plotly has them: for each layer's trace the positions of its marks and the events behind them.
 * Nothing here knows a browser. */

// Where a mark stands: a point itself, a line (a flow) at its two ends, an area in the middle of its extent.
export function placesOf({ type, coordinates }) {
  if (type === "Point") return [coordinates];
  if (type === "LineString") return [coordinates[0], coordinates.at(-1)];
  if (type !== "Polygon" && type !== "MultiPolygon") return []; // the edge of an area, which stands for itself
  const points = coordinates.flat(type === "Polygon" ? 1 : 2);
  const middle = (axis) => {
    const values = points.map((point) => point[axis]);
    return (values.reduce((a, b) => Math.min(a, b)) + values.reduce((a, b) => Math.max(a, b))) / 2;
  };
  return [[middle(0), middle(1)]];
}

// Layer -> {lon, lat, customdata: the ids of the events}; what no layer drew (the ring of a selection) is in none.
export function pointsByLayer({ marks, picks = [], tags = [] }) {
  const found = {};
  const add = (layer, [lon, lat], ids) => {
    const points = (found[layer] ??= { lon: [], lat: [], customdata: [] });
    points.lon.push(lon);
    points.lat.push(lat);
    points.customdata.push(ids);
  };
  for (const { properties, geometry } of marks?.features ?? []) {
    // Lines that stand for nothing lead from one mark to another, and a number is that of a symbol.
    if (!properties.layer || properties.kind === "count" || (properties.pick == null && geometry.type === "LineString")) continue;
    for (const place of placesOf(geometry)) add(properties.layer, place, picks[properties.pick]?.ids ?? []);
  }
  for (const { lon, lat, ids } of tags) add("country", [lon, lat], ids);
  return found;
}

// Writes the points into the layers' traces, whose `legendgroup` names the layer. A layer without any is empty.
export function fillTraces(traces, points) {
  for (const trace of traces.filter(({ legendgroup }) => legendgroup)) {
    const { lon, lat, customdata } = points[trace.legendgroup] ?? { lon: [], lat: [], customdata: [] };
    Object.assign(trace, { lon, lat, customdata, visible: lon.length > 0 });
  }
}
