/* Events counted by days, day of knowledge, category and cell, from columns that are here: a step of the days takes away
 * and adds what crossed their two ends, and a sum after many steps is the sum of a fresh count. All are whole numbers. */
import { afterLast, ends, indexOf, parentOf, sorted } from "./decode.mjs";

const FAR = 2 ** 30; // days: beyond all that there are

export class Tallies {
  constructor(columns, grid) {
    Object.assign(this, columns);
    this.days = Math.max(1, afterLast(this.last));
    this.rowsByLast = sorted(this.last, this.days);
    this.startsAt = ends(this.first, this.days);
    this.endsAt = ends(this.last, this.days);
    this.kinds = columns.categories.length;
    this.range = { from: 0, to: this.days - 1, must: false, asOf: FAR };
    this.kept = new Uint32Array(this.kinds); // events in the range, by category
    this.choose(grid);
  }

  // Where to count: in the cells of a resolution, or in "regions" or "countries". `parents` has the number of each by its
  // H3 index, or by the number of the area, which are BigInts.
  choose(grid) {
    const { cell, category, kinds } = this;
    const [area, bit] = { regions: [this.region, 1], countries: [this.country, 2] }[grid] ?? [];
    const numbers = area ? this.inAreas(area) : this.inParents(grid);
    // What has no cell, or is in this one with another of its points too, is counted in one behind all others.
    const nowhere = this.parents.size;
    const [counts, most] = area ? [this.first_in.map((bits) => (bits & bit ? 0 : 1)), 0] : [this.apart, grid];
    this.slot = new Uint32Array(cell.length);
    for (let row = 0; row < cell.length; row++) {
      const isHere = cell[row] > 0 && counts[row] <= most;
      this.slot[row] = (isHere ? numbers[cell[row] - 1] : nowhere) * kinds + category[row];
    }
    this.sums = new Int32Array((nowhere + 1) * kinds);
    this.lows = new Float64Array(this.sums.length);
    this.figures = new Int32Array(this.sums.length);
    this.recount();
  }

  // The number of its parent for each of the cells, which come in order, so that those of a parent follow each other.
  inParents(resolution) {
    this.parents = new Map();
    const numbers = new Uint32Array(this.cells.length);
    for (let at = 0, before = -1; at < numbers.length; at++) {
      const parent = parentOf(this.cells[at], resolution);
      if (parent !== before) this.parents.set(indexOf(parent, resolution), this.parents.size);
      before = parent;
      numbers[at] = this.parents.size - 1;
    }
    return numbers;
  }

  inAreas(area) {
    const found = new Map(), numbers = new Uint32Array(area.length);
    for (let at = 0; at < area.length; at++) {
      if (!found.has(area[at])) found.set(area[at], found.size);
      numbers[at] = found.get(area[at]);
    }
    this.parents = new Map([...found].map(([number, at]) => [BigInt(number) - 1n, at]));
    return numbers;
  }

  // Counts how many were killed too (see `decodeTolls`).
  know(tolls) {
    this.tolls = tolls;
    this.recount();
  }

  // Moves to other days (since `base`, both inclusive) and another day of knowledge.
  move({ from = 0, to = this.days - 1, must = false, asOf = FAR }) {
    const next = { from: within(from, 0, this.days), to: within(to, -1, this.days - 1), must, asOf };
    const now = this.range;
    if (must !== now.must || asOf !== now.asOf) return this.recount(next);
    // An event may lie in the days that it ends after their beginning, and must if it begins after it.
    const [atFrom, fromStarts] = must ? [null, this.startsAt] : [this.rowsByLast, this.endsAt];
    const [atTo, toStarts] = must ? [this.rowsByLast, this.endsAt] : [null, this.startsAt];
    const crossed = Math.abs(fromStarts[next.from] - fromStarts[now.from])
      + Math.abs(toStarts[next.to + 1] - toStarts[now.to + 1]);
    if (crossed > this.first.length / 2) return this.recount(next);
    this.cross(atFrom, fromStarts[now.from], fromStarts[next.from], -1, must ? this.last : this.first, -FAR, now.to);
    this.cross(atTo, toStarts[now.to + 1], toStarts[next.to + 1], 1, must ? this.first : this.last, next.from, FAR);
    this.range = next;
  }

  // The rows between two places of an order (null: their own): forwards they count by `sign`, backwards the other way, if
  // the other end of theirs is among the days from `least` to `most`.
  cross(rows, before, after, sign, days, least, most) {
    const [low, high, turn] = before < after ? [before, after, sign] : [after, before, -sign];
    const { known } = this, { asOf } = this.range;
    for (let at = low; at < high; at++) {
      const row = rows ? rows[at] : at;
      if (known[row] <= asOf && days[row] >= least && days[row] <= most) this.count(row, turn);
    }
  }

  count(row, sign) {
    this.sums[this.slot[row]] += sign * this.events[row];
    this.kept[this.category[row]] += sign * this.own[row];
    if (!this.tolls) return;
    const { toll, untold, left, low } = this.tolls;
    const number = toll[row];
    this.lows[this.slot[row]] += sign * low[number];
    this.figures[this.slot[row]] += sign * (this.events[row] - untold[number] - left[number]);
  }

  recount(range = this.range) {
    this.range = range;
    const { from, to, must, asOf } = range;
    const { known } = this, begin = must ? this.first : this.last, end = must ? this.last : this.first;
    for (const sums of [this.sums, this.lows, this.figures]) sums.fill(0);
    this.kept.fill(0);
    for (let row = 0; row < known.length; row++) {
      if (known[row] <= asOf && begin[row] >= from && end[row] <= to) this.count(row, 1);
    }
  }

  // Of some cells or areas, what the events of some categories (true or false by number) come to in each of some sums.
  inCells(cells, shown, ...of) {
    return Array.from(cells, (cell) => {
      const number = this.parents.get(cell);
      const found = of.map(() => 0);
      if (number === undefined) return found;
      for (let kind = 0; kind < this.kinds; kind++) {
        if (shown[kind]) of.forEach((sums, at) => (found[at] += sums[number * this.kinds + kind]));
      }
      return found;
    });
  }

  // What there is to say of a cell or an area with the events of some categories: these by category, their first and
  // last day, how many have no figure of killed (`untold`), one that is not added up (`left`), or one that is (`figures`),
  // and what the last come to. Null where there are none.
  about(cell, shown) {
    const number = this.parents.get(cell);
    const { from, to, must, asOf } = this.range;
    const begin = must ? this.first : this.last, end = must ? this.last : this.first;
    const { toll, ...kinds } = this.tolls;
    const found = { events: new Array(this.kinds).fill(0), first: Infinity, last: -Infinity, untold: 0, left: 0, low: 0, high: 0, open: 0 };
    const slots = Uint8Array.from({ length: this.sums.length }, (_, slot) => Math.floor(slot / this.kinds) === number && shown[slot % this.kinds]);
    for (let row = 0; row < this.first.length; row++) {
      if (!slots[this.slot[row]] || this.known[row] > asOf || begin[row] < from || end[row] > to) continue;
      found.events[this.category[row]] += this.events[row];
      found.first = Math.min(found.first, this.first[row]);
      found.last = Math.max(found.last, this.last[row]);
      for (const [name, each] of Object.entries(kinds)) found[name] += each[toll[row]];
    }
    const events = found.events.reduce((a, b) => a + b, 0);
    return events ? { ...found, figures: events - found.untold - found.left } : null;
  }

  // By category the events, known by a day, of any days in each of some bins. The bins begin on days in order, the last
  // of `edges` is the day after them.
  bins(edges, asOf = FAR) {
    const count = edges.length - 1;
    const of = new Uint32Array(this.days);
    for (let bin = 0, day = 0; day < this.days; day++) {
      while (bin + 1 < count && edges[bin + 1] <= day) bin++;
      of[day] = bin;
    }
    const width = count + 1;
    const steps = new Int32Array(this.kinds * width);
    const behind = this.startsAt[within(edges[count], 0, this.days)];
    for (let row = 0; row < behind; row++) {
      if (this.last[row] < edges[0] || this.known[row] > asOf) continue;
      steps[this.category[row] * width + of[this.first[row]]] += this.own[row];
      steps[this.category[row] * width + of[this.last[row]] + 1] -= this.own[row];
    }
    return Array.from({ length: this.kinds }, (_, kind) => {
      let sum = 0;
      return Array.from({ length: count }, (_, bin) => (sum += steps[kind * width + bin]));
    });
  }
}

const within = (value, least, most) => Math.min(Math.max(value, least), most);
