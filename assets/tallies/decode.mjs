/* The server's columns (dashboard/server/tallies.py) as typed arrays, in the order of the first days. */

const UNUSED_BITS = 18n; // of each cell, all set: digits finer than those that are kept

// A number for each row: the sum of its bytes, of which all the lowest come first.
function whole(bytes, planes, count) {
  const found = planes > 4 ? new Float64Array(count) : new Uint32Array(count);
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

// The numbers of some kinds of rows for each row, in the narrowest type that holds them.
function spread(kinds, kindOf) {
  const most = kinds.reduce((a, b) => Math.max(a, b), 0);
  const found = new (most < 2 ** 8 ? Uint8Array : most < 2 ** 16 ? Uint16Array : Uint32Array)(kindOf.length);
  for (let row = 0; row < kindOf.length; row++) found[row] = kinds[kindOf[row]];
  return found;
}

// {base, categories, news, cells (H3 indices), region and country (of each cell the number of its area from 1 on, 0 for
// none), order, and of each row first, last, known (days since base), cell (the number of one of `cells` from 1 on, 0 for
// none), category, apart, first_in, events, own}; `order` has where each row was sent.
export function decode(buffer) {
  const { base, categories, news, cells, region, country, cell, first, shape, ...shapes } = read(buffer);
  let total = 0;
  const indices = BigUint64Array.from(cells, (further) => ((BigInt((total += further)) + 1n) << UNUSED_BITS) - 1n);
  for (let row = 1; row < cell.length; row++) {
    if (!cell[row]) first[row] += first[row - 1];
    cell[row] += cell[row - 1];
  }
  const order = sorted(first, 1 + first.reduce((a, b) => Math.max(a, b), 0));
  const kind = order.map((row) => shape[row]);
  const lag = signed(shapes.lag);
  const begin = Int32Array.from(order, (row) => first[row]);
  const last = begin.map((day, row) => day + shapes.length[kind[row]]);
  return {
    base, categories, news, region, country, order, last,
    cells: indices,
    first: begin,
    known: last.map((day, row) => day + lag[kind[row]]),
    cell: order.map((row) => cell[row]),
    ...Object.fromEntries(["category", "apart", "first_in", "events", "own"].map((name) => [name, spread(shapes[name], kind)])),
  };
}

// How many were killed: the number of a `toll` for each row of the tallies (in their order), and what each of these says.
export function decodeTolls(buffer, order) {
  const { toll, ...kinds } = read(buffer);
  const { untold, left, low, above, open } = Object.fromEntries(Object.entries(kinds).map(([name, each]) => [name, signed(each)]));
  return { toll: order.map((row) => toll[row]), untold, left, low, high: low.map((each, at) => each + above[at]), open };
}

// Where each day begins in the order of the days of some rows, and behind it where the last one ends.
export function ends(days, count) {
  const found = new Uint32Array(count + 1);
  for (const day of days) found[day + 1]++;
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

const RESOLUTION_BITS = 52n;
const DIGITS = 15, DIGIT_BITS = 3;

// The cell of a coarser resolution around an H3 index: its resolution written anew, the finer digits "unused".
export function parentOf(cell, resolution) {
  const unused = (1n << BigInt(DIGIT_BITS * (DIGITS - resolution))) - 1n;
  return (cell & ~(0xfn << RESOLUTION_BITS)) | (BigInt(resolution) << RESOLUTION_BITS) | unused;
}
