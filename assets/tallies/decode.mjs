/* The server's columns of tallies (dashboard/server/tallies.py) as typed arrays over the bytes that came. */

const TYPES = { uint8: Uint8Array, uint16: Uint16Array, uint32: Uint32Array, uint64: BigUint64Array,
                int8: Int8Array, int16: Int16Array, int32: Int32Array };
const ALIGN = 8; // bytes
const aligned = (at) => Math.ceil(at / ALIGN) * ALIGN;

// {base, categories, news, first, length, lag, category, cell, apart, events, own, cells}
export function decode(buffer) {
  const size = new DataView(buffer).getUint32(0, true);
  const { base, categories, news, columns } = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, size)));
  const found = { base, categories, news };
  let at = aligned(4 + size);
  for (const [name, [type, count]] of Object.entries(columns)) {
    found[name] = new TYPES[type](buffer, at, count);
    at = aligned(at + found[name].byteLength);
  }
  return found;
}

const RESOLUTION_BITS = 52n;
const DIGITS = 15, DIGIT_BITS = 3;

// The cell of a coarser resolution around an H3 index: its resolution written anew, the finer digits "unused".
export function parentOf(cell, resolution) {
  const unused = (1n << BigInt(DIGIT_BITS * (DIGITS - resolution))) - 1n;
  return (cell & ~(0xfn << RESOLUTION_BITS)) | (BigInt(resolution) << RESOLUTION_BITS) | unused;
}
