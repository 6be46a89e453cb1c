/* The classes of cells' colours, as the server makes them (dashboard/scene/cells.py). */

const MOST_CLASSES = 6;

// The nearest of 1, 2, 5, 10, 20, 50, ..., as logarithms go.
function rounded(number) {
  const tens = 10 ** Math.floor(Math.log10(number));
  const far = (each) => Math.abs(Math.log(each / number));
  return [1, 2, 5, 10].map((each) => each * tens).reduce((a, b) => (far(b) < far(a) ? b : a));
}

// Where classes begin: every number of few; of more 1 and round numbers about equally far from each other.
function floorsOf(most, classes) {
  if (most <= classes) return Array.from({ length: most }, (_, number) => number + 1);
  const step = most ** (1 / classes);
  const floors = Array.from({ length: classes }, (_, number) => rounded(step ** number));
  return floors.filter((floor, number) => number === 0 || floor > floors[number - 1]);
}

// Instead of a class: of what is not seen, and of what is but has no number.
export const NONE = 255, UNKNOWN = 254;
export const NO_EVENT = -2, NO_NUMBER = -1; // instead of a number

// The number of each one's class, and [least, most] of each class; none is empty, and 0 has its own.
export function classesOf(values) {
  const most = values.reduce((a, b) => Math.max(a, b), 0);
  const zero = values.includes(0) ? [0] : [];
  const floors = [...zero, ...floorsOf(most, MOST_CLASSES - zero.length)];
  const classOf = (value) => floors.findLastIndex((floor) => floor <= value);
  const raw = Uint8Array.from(values, (value) => (value >= 0 ? classOf(value) : value === NO_NUMBER ? UNKNOWN : NONE));
  const tops = new Array(floors.length).fill(-1);
  values.forEach((value, at) => value >= 0 && (tops[raw[at]] = Math.max(tops[raw[at]], value)));
  const used = floors.map((_, number) => number).filter((number) => tops[number] >= 0);
  const numbers = Uint8Array.from({ length: 256 }, (_, number) => (number === UNKNOWN ? UNKNOWN : NONE));
  used.forEach((old, number) => (numbers[old] = number));
  const last = floors.length - 1;
  const bounds = used.map((old) => [floors[old], old === last ? tops[old] : floors[old + 1] - 1]);
  return { classes: raw.map((old) => numbers[old]), bounds };
}
