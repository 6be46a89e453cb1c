// The pure parts of assets/map: `node --test tests/js/*.test.mjs`.
import assert from "node:assert/strict";
import test from "node:test";
import { cameraOf, frameOf, nearestLongitude, searchWith, wrapLongitude } from "../../assets/map/camera.mjs";
import { holdFrames } from "../../assets/map/frames.mjs";
import { bestHit } from "../../assets/map/hover.mjs";
import { setSourceData } from "../../assets/map/marks.mjs";
import { choiceOf, isClick, simplified, thinned } from "../../assets/map/select.mjs";
import { themeOf } from "../../assets/map/state.mjs";
import { fillTraces, placesOf, pointsByLayer } from "../../assets/map/traces.mjs";

const mark = (layer, geometry, pick) => ({ properties: { layer, pick }, geometry });
const point = (lon, lat) => ({ type: "Point", coordinates: [lon, lat] });

test("a place across 180 degrees is meant on the copy of the world that is looked at", () => {
  assert.equal(nearestLongitude(179, -170), -181);
  assert.equal(nearestLongitude(-179, 175), 181);
  assert.equal(nearestLongitude(67, 60), 67);
});

test("a longitude beyond the date line is written as one within it", () => {
  assert.deepEqual([190, -190, 540, -180, 0].map(wrapLongitude), [-170, 170, -180, -180, 0]);
});

test("the camera in an address keeps to the latitudes that a map can show, and leaves the commas readable", () => {
  assert.deepEqual(cameraOf({ lng: 200, lat: 89 }, 3), [-160, 85, 3]);
  assert.equal(searchWith("?event=E1", [70, 48, 4.4]), "?event=E1&at=70.0000,48.0000,4.40");
  assert.equal(searchWith("?area=1,2;3,4;5,1", [0, 0, 1]), "?area=1,2;3,4;5,1&at=0.0000,0.0000,1.00");
});

test("a frame of more than the whole world is the world once around", () => {
  assert.equal(frameOf({ west: -400, south: -90, east: 10, north: 90 }), "-180.0000,-85.0000,180.0000,85.0000");
  assert.equal(frameOf({ west: 170, south: 1, east: 190, north: 2 }), "170.0000,1.0000,-170.0000,2.0000");
  assert.equal(frameOf({ west: 10, south: 0, east: 369.99999, north: 1 }), "-180.0000,0.0000,180.0000,1.0000");
});

const lngLat = ([lng, lat]) => ({ lng, lat });

test("a thinned line keeps the points that stand out and its ends", () => {
  assert.deepEqual(thinned([[0, 0], [5, 0.5], [10, 0], [10, 10], [5, 10.9], [0, 10]], 1), [[0, 0], [10, 0], [10, 10], [0, 10]]);
  assert.deepEqual(thinned([[3, 3], [9, 3], [3, 3]], 1), [[3, 3], [9, 3], [3, 3]]);
});

test("a lasso has at most 60 corners, however it was drawn", () => {
  const jagged = Array.from({ length: 900 }, (_, i) => [300 + 200 * Math.cos(i / 143) + 9 * (i % 2), 300 + 200 * Math.sin(i / 143)]);
  const found = simplified(jagged);
  assert.ok(found.length <= 60 && found.length > 10);
  assert.deepEqual([found[0], found.at(-1)], [jagged[0], jagged.at(-1)]);
});

test("what was drawn is told as a box, a lasso or the region under a click", () => {
  assert.deepEqual(choiceOf("box", [[70, 50], [182, 40]], lngLat), { box: "70.0000,40.0000,-178.0000,50.0000" });
  assert.deepEqual(choiceOf("lasso", [[170, 5], [190, 5], [180, 20]], lngLat), { lasso: "170.0000,5.0000;190.0000,5.0000;180.0000,20.0000" });
  assert.deepEqual(choiceOf("lasso", [[76, 43], [77, 44]], lngLat), { region: [76, 43] });
  assert.ok(isClick([[0, 0], [3, 3]]) && !isClick([[0, 0], [3, 3], [9, 9]]));
});

test("the theme is the address's, or the system's where that has none that exists", () => {
  assert.deepEqual([themeOf("?theme=dark", false), themeOf("?theme=pink", false), themeOf("", true)], ["dark", "light", "dark"]);
});

test("a point stands for itself, a flow for its two ends, an area for the middle of its extent", () => {
  assert.deepEqual(placesOf(point(1, 2)), [[1, 2]]);
  assert.deepEqual(placesOf({ type: "LineString", coordinates: [[1, 2], [5, 6], [9, 4]] }), [[1, 2], [9, 4]]);
  assert.deepEqual(placesOf({ type: "Polygon", coordinates: [[[0, 0], [4, 0], [4, 2], [0, 0]]] }), [[2, 1]]);
});

test("each layer has the places and events of its own marks, and countries those of their tags", () => {
  const found = pointsByLayer({
    marks: { features: [
      mark("clashes", point(1, 2), 0), mark(undefined, point(7, 7), 0), mark("labels", point(3, 4)),
      mark("casualties", { type: "LineString", coordinates: [[1, 2], [3, 4]] }), // a spoke
    ] },
    picks: [{ ids: ["E1", "E2"] }],
    tags: [{ lon: 5, lat: 6, ids: ["E3"] }],
  });
  assert.deepEqual(found, {
    clashes: { lon: [1], lat: [2], customdata: [["E1", "E2"]] },
    labels: { lon: [3], lat: [4], customdata: [[]] },
    country: { lon: [5], lat: [6], customdata: [["E3"]] },
  });
});

test("a layer without marks has an empty trace, and the trace that only holds the map is left alone", () => {
  const traces = [{ legendgroup: "clashes", lon: [9] }, { legendgroup: "labels" }, { legendgroup: "", visible: true, lon: [] }];
  fillTraces(traces, { labels: { lon: [3], lat: [4], customdata: [[]] } });
  assert.deepEqual(traces.map(({ lon, visible }) => [lon, visible]), [[[], false], [[3], true], [[], true]]);
});

test("a symbol is hit before a disc and a disc before a line; what stands for nothing is not hit", () => {
  const feature = (id, pick) => ({ layer: { id: `marks-${id}` }, properties: { pick } });
  assert.equal(bestHit([feature("line", 1), feature("disc", 2), feature("glyph", null)]).properties.pick, 2);
  assert.equal(bestHit([feature("glyph", 0), feature("glyph", 1)]).properties.pick, 0);
  assert.equal(bestHit([]), null);
});

globalThis.window ??= globalThis;
await import("../../assets/page/tags.js");
const { haveRoom, keptInside } = globalThis.sitrep.tags;

test("a tag that lies over no other says all, those of the most events first, and none covers another's number", () => {
  const tag = (x, y) => ({ x, y, width: 200, height: 80 });
  assert.deepEqual(haveRoom([tag(100, 100)]), [true]);
  assert.deepEqual(haveRoom([tag(100, 100), tag(400, 100)]), [true, true]);
  assert.deepEqual(haveRoom([tag(100, 100), tag(250, 100)]), [true, false]);
  assert.deepEqual(haveRoom([tag(100, 100), tag(150, 90)]), [false, false]);
});

test("a tag that would stick out stays inside, and goes when its place is out of sight", () => {
  assert.deepEqual([keptInside(10, 60, 400), keptInside(390, 60, 400), keptInside(-5, 60, 400)], [60, 340, -5]);
});

test("only a source that has other data is given new data, after the call that announces it", () => {
  const said = [];
  const source = (data) => ({ serialize: () => ({ data }), setData: (next) => said.push(next) });
  const sources = { marks: source("old"), countries: source("fine") };
  const map = { getSource: (name) => sources[name] };
  setSourceData(map, { marks: "new", countries: "fine", nowhere: "x" }, () => said.push("before"));
  assert.deepEqual(said, ["before", "new"]);
});

// A map as far as `holdFrames` knows it.
function fakeMap(loaded) {
  const heard = {};
  class Fake {
    frames = 0;
    on(kind, listener) { heard[kind] = listener; }
    off(kind) { delete heard[kind]; }
    isSourceLoaded() { return loaded(); }
    triggerRepaint() { this.frames += 1; }
  }
  return { map: new Fake(), heard };
}

test("no frame is drawn while marks are cut into tiles, and the map draws again when they are there", () => {
  let there = false;
  let done = 0;
  const { map, heard } = fakeMap(() => there);
  holdFrames(map, "marks", () => (done += 1));
  map.triggerRepaint();
  heard.sourcedata({ sourceId: "marks", tile: {} });
  assert.deepEqual([map.frames, done], [0, 0]);
  there = true;
  heard.sourcedata({ sourceId: "marks" });
  assert.equal(done, 0, "an event without a tile says nothing of the tiles");
  heard.sourcedata({ sourceId: "marks", tile: {} });
  map.triggerRepaint();
  assert.deepEqual([map.frames, done, heard], [1, 1, {}]);
});

test("frames are held for a quarter of a second at most", async () => {
  const { map } = fakeMap(() => false);
  await new Promise((resolve) => holdFrames(map, "marks", resolve));
  map.triggerRepaint();
  assert.equal(map.frames, 1);
});
