/* Where the map looks, and what the address and the server hear of it. */

const MOST_LAT = 85;
const tell = (id, data) => window.dash_clientside.set_props(id, { data });

export function wrapLongitude(lon) {
  return ((((lon + 180) % 360) + 360) % 360) - 180;
}

// [lon, lat, zoom] as an address may say them.
export function cameraOf({ lng, lat }, zoom) {
  return [wrapLongitude(lng), Math.max(-MOST_LAT, Math.min(MOST_LAT, lat)), zoom];
}

// The query of an address with the camera in it.
export function searchWith(search, [lon, lat, zoom]) {
  const query = new URLSearchParams(search);
  query.set("at", [lon.toFixed(4), lat.toFixed(4), zoom.toFixed(2)].join());
  return `?${query.toString().replaceAll("%2C", ",").replaceAll("%3B", ";")}`;
}

// The longitude that means the same place on the copy of the world nearest to a map's middle.
export function nearestLongitude(lon, middle) {
  return lon + 360 * Math.round((middle - lon) / 360);
}

// "west,south,east,north" of what is seen; the whole world once around, however often it is. What is a hair less than
// that would be written as an area without width.
export function frameOf({ west, south, east, north }) {
  const [left, right] = east - west > 359.999 ? [-180, 180] : [wrapLongitude(west), wrapLongitude(east)];
  const frame = [left, Math.max(south, -MOST_LAT), right, Math.min(north, MOST_LAT)];
  return frame.map((degrees) => degrees.toFixed(4)).join();
}

export function lookAt(map, [lon, lat, zoom]) {
  map.jumpTo({ center: [lon, lat], zoom });
  tell("camera", null); // where the reader had moved the map is no longer where it is
}

export function keepCamera(map) {
  const camera = cameraOf(map.getCenter(), map.getZoom());
  tell("camera", camera);
  // In place: looking around is no choice that "back" should undo.
  window.history.replaceState(window.history.state, "", searchWith(window.location.search, camera));
  return camera;
}

// Where there are too many marks to be drawn at once, those of what is seen now are asked for.
export function askFor(camera) {
  tell("picked", { looked: camera });
}

export function zoomBy(map, step) {
  map.easeTo({ zoom: map.getZoom() + step, duration: 150 }, { originalEvent: {} });
}

// As if the reader had moved the map there.
export function lookCloser(map, [lon, lat, zoom]) {
  map.easeTo({ center: [nearestLongitude(lon, map.getCenter().lng), lat], zoom, duration: 300 }, { originalEvent: {} });
}

// What the map shows, for the picture of "the area on screen".
export function keepFrame(map) {
  const bounds = map.getBounds();
  tell("frame", frameOf({ west: bounds.getWest(), south: bounds.getSouth(), east: bounds.getEast(), north: bounds.getNorth() }));
}
