// What the tests need of node's assertions, for a browser.
const text = (value) => JSON.stringify(value, (_, inner) => (inner === undefined ? "undefined" : inner));

function equal(found, expected, message = "") {
  if (!Object.is(found, expected)) throw new Error(`${text(found)} is not ${text(expected)} ${message}`);
}
function deepEqual(found, expected) {
  const ordered = (value) =>
    value && typeof value === "object" && !Array.isArray(value)
      ? Object.fromEntries(Object.keys(value).sort().map((key) => [key, ordered(value[key])]))
      : Array.isArray(value) ? value.map(ordered) : value;
  equal(text(ordered(found)), text(ordered(expected)));
}
export default { equal, deepEqual };
