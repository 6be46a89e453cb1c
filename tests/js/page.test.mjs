// The pure parts of assets/page: `node --test tests/js/*.test.mjs`. They are classic scripts, which write to `window`.
import assert from "node:assert/strict";
import test from "node:test";

globalThis.window ??= globalThis;
for (const name of ["state", "answers", "slider", "chart"]) await import(`../../assets/page/${name}.js`);
const { answers, chart, slider } = globalThis.sitrep;

test("texts are taken out of an answer and controls are left to Dash; a text that is there already is not set again", () => {
  const answer = { sentence: { children: "9 of 29" }, panel: { children: "same" }, from: { value: "2022-01-06" } };
  const fresh = answers.takeTexts(answer, { panel: '{"children":"same"}' });
  assert.deepEqual(answer, { from: { value: "2022-01-06" } });
  assert.deepEqual(Object.keys(fresh), ["sentence"]);
});

test("notices are always set, because others set them too", () => {
  const fresh = answers.takeTexts({ notices: { children: [] } }, { notices: '{"children":[]}' });
  assert.deepEqual(Object.keys(fresh), ["notices"]);
});

test("a choice is the address without its day, in the theme that is shown", () => {
  const { choice, day } = slider.choiceOf("?categories=clash&as_of=2022-01-08", "dark");
  assert.deepEqual([choice, day], ["categories=clash&theme=dark", "2022-01-08"]);
  assert.equal(slider.choiceOf("", "light").day, null);
});

test("more stops are needed when fewer than four are left on a side, but none beyond the ends", () => {
  const stops = { 0: {}, 1: {}, 2: {}, 3: {}, 4: {}, 5: {} };
  assert.deepEqual([0, 1, 2].map((stop) => slider.hasNear(stops, stop, 9)), [true, true, false]);
  assert.equal(slider.hasNear(stops, 4, 5), true);
});

test("a brush gives the days that it touches, whichever way it was drawn", () => {
  assert.deepEqual(chart.daysOf(["2022-01-08 12:00", "2022-01-06 01:00"]), ["2022-01-06", "2022-01-08"]);
  assert.deepEqual(chart.daysOf(["2022-01-06", "2022-01-08 00:00:00.000"]), ["2022-01-06", "2022-01-07"]);
  assert.equal(chart.daysOf(undefined), null);
});
