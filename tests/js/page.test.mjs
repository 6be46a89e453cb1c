// The pure parts of assets/page: `node --test tests/js/*.test.mjs`. They are classic scripts, which write to `window`.
import assert from "node:assert/strict";
import test from "node:test";

globalThis.window ??= globalThis;
await import("../../assets/days.js");
for (const name of ["state", "bins", "zoom", "answers", "slider", "chart", "intake", "intake_names", "intake_proposal", "play", "table", "brush", "counts"]) await import(`../../assets/page/${name}.js`);
const { answers, bins, brush, chart, counts, intake, names, play, proposal, slider, table, zoom } = globalThis.sitrep;

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

test("rows are asked for by the filter, in the order of the header that is sorted, without the grid's own names", () => {
  const [first] = [{ start: 0 }];
  assert.equal(table.addressOf("rows", "", [], first), "/rows.json?start=0");
  const found = table.addressOf("row", "q=a%26b", [{ colId: "deaths", sort: "desc" }], { event: "E 1" });
  assert.equal(found, "/row.json?q=a%26b&order=deaths&descending=1&event=E+1");
  assert.equal(table.addressOf("rows", "", [{ colId: "title", sort: "asc" }], { start: 100 }), "/rows.json?order=title&start=100");
});

const FIGURE = { margin: { l: 34, r: 14 }, xaxis: { range: ["2022-01-01", "2022-01-11"] } };

test("days lie on the plot side by side, and a place on it is a day of the data", () => {
  const scale = brush.scaleOf(FIGURE, 148);
  assert.deepEqual([scale.left, scale.across, scale.first, scale.last], [34, 100, "2022-01-01", "2022-01-10"]);
  assert.deepEqual(["2021-12-01", "2022-01-02", "2022-01-11", "2023-01-01"].map(scale.xOf), [0, 10, 100, 100]);
  assert.deepEqual([-5, 0, 19.9, 20, 100, 900].map(scale.dayAt), ["2022-01-01", "2022-01-01", "2022-01-02", "2022-01-03", "2022-01-10", "2022-01-10"]);
});

test("a hand draws days whichever way, widens them past their other end, and moves them within the data", () => {
  const scale = brush.scaleOf(FIGURE, 148);
  const [days, from, to] = [["2022-01-03", "2022-01-05"], "2022-01-04", "2022-01-08"];
  assert.deepEqual(brush.daysOf("new", days, to, from, scale), [from, to]);
  assert.deepEqual(brush.daysOf("from", days, "2022-01-03", to, scale), ["2022-01-05", "2022-01-08"]);
  assert.deepEqual(brush.daysOf("to", days, "2022-01-05", to, scale), ["2022-01-03", "2022-01-08"]);
  assert.deepEqual(brush.daysOf("band", days, from, "2022-01-06", scale), ["2022-01-05", "2022-01-07"]);
  assert.deepEqual(brush.daysOf("band", days, from, "2022-01-10", scale), ["2022-01-08", "2022-01-10"]);
  assert.deepEqual(brush.daysOf("band", days, from, "2022-01-01", scale), ["2022-01-01", "2022-01-03"]);
});

test("keys lead an end of the days from bar to bar, and not beyond the data", () => {
  const weeks = ["2022-01-03", "2022-01-10", "2022-01-17"];
  const led = (key, end, day) => brush.dayOfKey(key, end, day, weeks, "2022-01-23");
  assert.deepEqual([led("ArrowRight", "from", "2022-01-05"), led("ArrowLeft", "from", "2022-01-12")], ["2022-01-10", "2022-01-10"]);
  assert.deepEqual([led("ArrowLeft", "from", "2022-01-03"), led("PageUp", "from", "2022-01-03")], ["2022-01-03", "2022-01-17"]);
  assert.deepEqual([led("ArrowLeft", "to", "2022-01-23"), led("ArrowRight", "to", "2022-01-09")], ["2022-01-16", "2022-01-16"]);
  assert.deepEqual([led("Home", "to", "2022-01-23"), led("End", "from", "2022-01-03")], ["2022-01-09", "2022-01-17"]);
  assert.equal(led("a", "to", "2022-01-23"), null);
});

test("the timeline is drawn with all bars lit and no band, and other bars have room and stand in their days' middle", () => {
  const bar = (name, y) => ({ type: "bar", name, y, marker: { color: "red", opacity: [1, 0.28] } });
  const figure = { data: [bar("clash", [1, 2]), { type: "scatter" }], layout: { shapes: [{}], yaxis: { range: [0, 2.2], dtick: 1 } } };
  const lit = chart.undimmed(figure);
  assert.deepEqual([lit.data[0].marker, lit.layout.shapes], [{ color: "red", opacity: 1 }, []]);
  const other = chart.withBars(figure, ["2022-01-03", "2022-01-10", "2022-01-17"], { clash: [0, 100] });
  assert.deepEqual([other.data[0].y, other.data[1].type, other.layout.yaxis], [[100], "scatter", { range: [0, 108] }]);
  assert.equal(chart.withBars(other, ["2022-01-03", "2022-01-10"], { clash: [4] }).layout.yaxis.dtick, 1);
  assert.deepEqual([other.data[0].x, other.data[0].customdata], [["2022-01-13T12:00"], ["2022-01-10"]]);
});

test("the timeline has a bar a day up to 400 days, a week up to 2,800, else a month, and bars to the end of its days", () => {
  const [first, ...lasts] = ["2021-01-01", "2022-02-04", "2022-02-05", "2028-08-31", "2028-09-01"];
  assert.deepEqual(lasts.map((last) => bins.stepOf([first, last])), ["day", "week", "week", "month"]);
  assert.deepEqual(bins.edgesOf(["2022-01-05", "2022-01-11"], "week"), ["2022-01-03", "2022-01-10", "2022-01-17"]);
  assert.deepEqual(bins.edgesOf(["2021-12-31", "2022-02-28"], "month"), ["2021-12-01", "2022-01-01", "2022-02-01", "2022-03-01"]);
  assert.deepEqual(bins.edgesOf(["2022-01-05", "2022-01-05"], "day"), ["2022-01-05", "2022-01-06"]);
});

test("the day under the pointer stays there while the timeline zooms, between a week and all of the data", () => {
  const day = 86_400_000;
  const all = [0, 100 * day];
  assert.deepEqual(bins.scaled(all, 0.5, 20 * day, all), [10 * day, 60 * day]);
  assert.deepEqual(bins.scaled([10 * day, 60 * day], 4, 20 * day, all), all);
  assert.deepEqual(bins.scaled(all, 0.001, 0, all), [0, 7 * day]);
  assert.deepEqual(bins.scaled([0, 3 * day], 0.5, day, [0, 3 * day]), [0, 3 * day]);
  assert.deepEqual([-30, 20, 90].map((far) => bins.panned([10 * day, 60 * day], far * day, all)[0] / day), [0, 30, 50]);
});

test("the timeline shows whole days", () => {
  const [from, to] = bins.rangeOf(["2022-01-05", "2022-01-11"]);
  assert.deepEqual(bins.daysOf([from, to]), ["2022-01-05", "2022-01-11"]);
  assert.deepEqual(bins.daysOf([from + 1e7, to - 1e7]), ["2022-01-05", "2022-01-11"]);
});

test("two fingers keep the moments that are under them, and a wheel turned back undoes its turn", () => {
  assert.deepEqual(zoom.pinched([100, 200], [50, 150], 300), [50, 350]);
  assert.deepEqual(zoom.pinched([200, 100], [150, 50], 300), [50, 350]);
  assert.deepEqual(zoom.pinched([100, 200], [0, 200], 400), [100, 300]);
  const turned = [120, -120].map((deltaY) => zoom.timesOf({ deltaY, deltaMode: 0 }));
  assert.ok(turned[0] > 1 && Math.abs(turned[0] * turned[1] - 1) < 1e-9);
});

test("a link keeps its other keys when the timeline is zoomed, and loses its own with all days", () => {
  const zoomed = zoom.searchWith("?categories=clash,protest", ["2022-01-05", "2022-01-11"]);
  assert.equal(zoomed, "?categories=clash,protest&timeline=2022-01-05,2022-01-11");
  assert.deepEqual([zoom.searchWith(zoomed, null), zoom.searchWith("", null)], ["?categories=clash,protest", ""]);
});

test("two choices are the same in whatever order their categories come, and with nothing chosen as with none", () => {
  const one = counts.choiceOf("from=2022-01-01&categories=clash,protest&q=a%20b");
  assert.deepEqual(one, { from: "2022-01-01", to: null, dates: null, as_of: null, categories: ["clash", "protest"] });
  assert.equal(counts.isSame(one, { ...one, categories: ["protest", "clash"] }), true);
  assert.equal(counts.isSame(counts.choiceOf(""), { ...one, from: null, categories: null }), true);
  assert.equal(counts.isSame(one, { ...one, from: "2022-01-02" }), false);
});

test("a day is one of the calendar, with four digits, two and two", () => {
  assert.deepEqual(["2022-01-05", "0079-08-24", "2024-02-29"].map(counts.isDay), [true, true, true]);
  assert.deepEqual(["2022-02-30", "2023-02-29", "2022-1-5", "5 Jan 2022", "2022-01-05T00:00", ""].map(counts.isDay), Array(6).fill(false));
});

test("the cells of a map are those that are seen and those that are not yet", () => {
  const features = [{ properties: { kind: "cell", pick: 0 } }, { properties: { kind: "disc" } }, { properties: { kind: "cell", cell: "82b" } }];
  assert.deepEqual(counts.cellsOf({ marks: { features }, picks: [{ cell: "82a" }] }), ["82a", "82b"]);
});

test("the pieces of a file are all of it, once, and none is larger than it may be", () => {
  assert.deepEqual(intake.pieces(7, 3), [[0, 3], [3, 6], [6, 7]]);
  assert.deepEqual(intake.pieces(6, 3), [[0, 3], [3, 6]]);
  assert.deepEqual(intake.pieces(0, 3), []);
});

test("a meaning that one heading alone can have is taken from the other; one that several can have is not", () => {
  const columns = { a: "date_start", b: "date_start", c: "actors", d: "actors" };
  assert.deepEqual(proposal.settled(columns, "b", ["actors"]), { a: "", b: "date_start", c: "actors", d: "actors" });
  assert.deepEqual(proposal.settled(columns, "d", ["actors"]), columns);
});

test("a question of a column is answered by any column that will do, one of values by its own answer", () => {
  const asked = [
    { key: "date_start", columns: ["date_start", "date_parts"] },
    { key: "dates", columns: [] },
  ];
  assert.deepEqual(proposal.open(asked, { columns: { a: "" }, answers: {} }), ["date_start", "dates"]);
  assert.deepEqual(proposal.open(asked, { columns: { a: "date_parts" }, answers: { dates: "day first" } }), []);
});

test("how many names are settled is said in the words that the page has for it", () => {
  assert.equal(names.said("{count} of {all} settled", 1, 4), "1 of 4 settled");
});

test("time runs by days, by weeks that end on Sunday, and by months, up to the last day of the data", () => {
  const span = ["2022-01-05", "2022-02-10"]; // a Wednesday
  assert.deepEqual(play.nextOf([null, null], span, "day"), ["2022-01-05", "2022-01-05"]);
  assert.deepEqual(play.nextOf([null, null], span, "week"), ["2022-01-05", "2022-01-09"]);
  assert.deepEqual(play.nextOf(["2022-01-05", "2022-01-09"], span, "week"), ["2022-01-10", "2022-01-16"]);
  assert.deepEqual(play.nextOf([null, null], span, "month"), ["2022-01-05", "2022-01-31"]);
  assert.deepEqual(play.nextOf(["2022-01-05", "2022-01-31"], span, "month"), ["2022-02-01", "2022-02-10"]);
  assert.equal(play.nextOf(["2022-02-01", "2022-02-10"], span, "month"), null);
});

test("a step with all before it begins where the choice does", () => {
  const span = ["2022-01-05", "2022-02-10"];
  assert.deepEqual(play.nextOf(["2022-01-06", "2022-01-09"], span, "day", true), ["2022-01-06", "2022-01-10"]);
  assert.deepEqual(play.nextOf([null, null], span, "week", true), ["2022-01-05", "2022-01-09"]);
});

test("time goes on from the days that are chosen, and from the beginning where these reach to the end", () => {
  const span = ["2022-01-05", "2022-02-10"];
  assert.deepEqual(play.chosen("?from=2022-01-06&to=2022-01-07", span), ["2022-01-06", "2022-01-07"]);
  assert.deepEqual(play.chosen("?from=2022-01-06&to=2022-02-10", span), [null, null]);
  assert.deepEqual(play.chosen("?from=2022-01-06", span), [null, null]);
});
