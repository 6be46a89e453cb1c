/* The server's columns (dashboard/server/tallies.py) as typed arrays, in the order of the first days. */

const DIGITS = 15, DIGIT_BITS = 3; // of an H3 index
const FINEST = 9; // the resolution of the cells, whose further digits are all set and not kept
const RESOLUTION_BITS = 52n;

// A number for each row: the sum of its bytes, of which all the lowest come first. Of one byte each these themselves.
function whole(bytes, planes, count) {
  if (planes === 1) return bytes;
  const found = new (planes === 2 ? Uint16Array : planes > 4 ? Float64Array : Uint32Array)(count);
  for (let plane = 0, at = 0, unit = 1; plane < planes; plane++, unit *= 256) {
    for (let row = 0; row < count; row++, at++) found[row] += bytes[at] * unit;
  }
  return found;
}

// 0, -1, 1, -2, 2, ...
const signed = (values) => Float64Array.from(values, (value) => (value % 2 ? -(value + 1) / 2 : value / 2));

function read(buffer) {
  const size = new DataView(buffer).getUint32(0, true);
  const { columns, ...about } = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, size)));
  let at = 4 + size;
  for (const [name, [planes, count]] of Object.entries(columns)) {
    about[name] = whole(new Uint8Array(buffer, at, planes * count), planes, count);
    at += planes * count;
  }
  return about;
}

// The number of the kind of each row. `kinds` are few beside the rows, of which there are millions: so here and below
// one plain pass over them, which takes a browser a tenth of what the arrays' own methods do.
function spread(kinds, kindOf) {
  const found = new kinds.constructor(kindOf.length);
  for (let row = 0; row < found.length; row++) found[row] = kinds[kindOf[row]];
  return found;
}

// {base, categories, news, cells (H3 indices without the digits that are not kept), region and country (of each cell the
// number of its area from 1 on, 0 for none), order, and of each row first, last, known (days since base), cell (the number
// of one of `cells` from 1 on, 0 for none), category, apart, first_in, events, own}; `order` has where each row was sent.
export function decode(buffer) {
  const about = read(buffer);
  const { base, categories, news, region, country, cell: further, first: since, shape, length, lag, ...shapes } = about;
  const cells = new Float64Array(about.cells);
  for (let at = 1; at < cells.length; at++) cells[at] += cells[at - 1];
  const sentCell = new Uint32Array(shape.length), sentFirst = new Int32Array(shape.length);
  for (let row = 0, of = 0, day = 0; row < shape.length; row++) {
    if (further[row]) day = 0;
    sentCell[row] = of += further[row];
    sentFirst[row] = day += since[row];
  }
  const order = sorted(sentFirst, afterLast(sentFirst));
  const [first, last, known, cell, kind] = [Int32Array, Int32Array, Int32Array, Uint32Array, shape.constructor].map((Type) => new Type(order.length));
  const lengths = Int32Array.from(length), lags = Int32Array.from(signed(lag));
  for (let at = 0; at < order.length; at++) {
    const row = order[at], of = shape[row];
    kind[at] = of;
    cell[at] = sentCell[row];
    first[at] = sentFirst[row];
    last[at] = first[at] + lengths[of];
    known[at] = last[at] + lags[of];
  }
  const spreads = Object.fromEntries(["category", "apart", "first_in", "events", "own"].map((name) => [name, spread(shapes[name], kind)]));
  return { base, categories, news, cells, region, country, order, first, last, known, cell, ...spreads };
}

// How many were killed: the number of a `toll` for each row of the tallies (in their order), and what each of these says.
export function decodeTolls(buffer, order) {
  const { toll, ...kinds } = read(buffer);
  const { untold, left, low, above, open } = Object.fromEntries(Object.entries(kinds).map(([name, each]) => [name, signed(each)]));
  return { toll: spread(toll, order), untold, left, low, high: low.map((each, at) => each + above[at]), open };
}

// The day after the last one.
export function afterLast(days) {
  let last = -1;
  for (let row = 0; row < days.length; row++) last = Math.max(last, days[row]);
  return last + 1;
}

// Where each day begins in the order of the days of some rows, and behind it where the last one ends.
export function ends(days, count) {
  const found = new Uint32Array(count + 1);
  for (let row = 0; row < days.length; row++) found[days[row] + 1]++;
  for (let day = 0; day < count; day++) found[day + 1] += found[day];
  return found;
}

// The rows in the order of their days.
export function sorted(days, count) {
  const at = ends(days, count);
  const rows = new Uint32Array(days.length);
  for (let row = 0; row < days.length; row++) rows[at[days[row]]++] = row;
  return rows;
}

// The cell of a coarser resolution around a cell, by the digits that it keeps; those of cells in order are in order.
export const parentOf = (cell, resolution) => Math.floor(cell / 2 ** (DIGIT_BITS * (FINEST - resolution)));

// The H3 index of such a parent: its resolution written anew, the finer digits "unused".
export function indexOf(parent, resolution) {
  const unused = BigInt(DIGIT_BITS * (DIGITS - resolution));
  const index = ((BigInt(parent) + 1n) << unused) - 1n;
  return (index & ~(0xfn << RESOLUTION_BITS)) | (BigInt(resolution) << RESOLUTION_BITS);
}
