/* The classes of cells' colours, as the server makes them (dashboard/scene/cells.py). */

const MOST_CLASSES = 6;

// The nearest of 1, 2, 5, 10, 20, 50, ..., as logarithms go.
function rounded(number) {
  const tens = 10 ** Math.floor(Math.log10(number));
  const far = (each) => Math.abs(Math.log(each / number));
  return [1, 2, 5, 10].map((each) => each * tens).reduce((a, b) => (far(b) < far(a) ? b : a));
}

// Where classes begin: every number of few; of more 1 and round numbers about equally far from each other.
export function floorsOf(most) {
  if (most <= MOST_CLASSES) return Array.from({ length: most }, (_, number) => number + 1);
  const step = most ** (1 / MOST_CLASSES);
  const floors = Array.from({ length: MOST_CLASSES }, (_, number) => rounded(step ** number));
  return floors.filter((floor, number) => number === 0 || floor > floors[number - 1]);
}

export const NONE = 255;

// The number of each count's class, `NONE` for 0, and [least, most] of each class; none is empty.
export function classesOf(counts) {
  const floors = floorsOf(counts.reduce((a, b) => Math.max(a, b), 0));
  const raw = Uint8Array.from(counts, (count) => (count ? floors.findLastIndex((floor) => floor <= count) : NONE));
  const most = new Array(floors.length).fill(0);
  counts.forEach((count, at) => count && (most[raw[at]] = Math.max(most[raw[at]], count)));
  const used = floors.map((_, number) => number).filter((number) => most[number]);
  const numbers = new Uint8Array(256).fill(NONE);
  used.forEach((old, number) => (numbers[old] = number));
  const last = floors.length - 1;
  const bounds = used.map((old) => [floors[old], old === last ? most[old] : floors[old + 1] - 1]);
  return { classes: raw.map((old) => numbers[old]), bounds };
}
