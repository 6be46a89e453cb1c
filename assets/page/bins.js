/* The days of the timeline and the bars for them, as the server bins them (dashboard/charts/timeline.py). */
(function () {
  "use strict";

  const sitrep = (window.sitrep = window.sitrep ?? {});
  const { DAY, iso, at, plus } = sitrep.days;
  const MOST_BINS = 400;
  const LEAST = 7; // days on the timeline

  // The first day of a day's bin: the day itself, its Monday or its month's first.
  function startOf(day, step) {
    const date = new Date(at(day));
    if (step === "week") return plus(day, -((date.getUTCDay() + 6) % 7));
    return step === "month" ? iso(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1)) : day;
  }

  // The first day after a bin.
  const endOf = (start, step) => startOf(plus(start, { day: 1, week: 7, month: 31 }[step]), step);

  // The step of the bars for the days from one to another.
  function stepOf([first, last]) {
    const days = (at(last) - at(first)) / DAY + 1;
    return days <= MOST_BINS ? "day" : days <= 7 * MOST_BINS ? "week" : "month";
  }

  // The first days of the bars for the days from one to another, and the day after the last bar.
  function edgesOf([first, last], step) {
    const edges = [startOf(first, step)];
    while (edges.at(-1) <= last) edges.push(endOf(edges.at(-1), step));
    return edges;
  }

  // What is seen, [from, to) in ms, times as long around a moment that stays where it is; within the data's.
  function scaled([from, to], times, around, [start, end]) {
    const least = Math.min(LEAST * DAY, end - start);
    const length = Math.min(Math.max((to - from) * times, least), end - start);
    return within(around - ((around - from) / (to - from)) * length, length, [start, end]);
  }

  // What is seen moved by some ms, within the data's.
  const panned = ([from, to], far, all) => within(from + far, to - from, all);

  function within(from, length, [start, end]) {
    const begin = Math.min(Math.max(from, start), end - length);
    return [begin, begin + length];
  }

  // Whole days, [first, last], of what is seen.
  function daysOf([from, to]) {
    const first = Math.round(from / DAY);
    return [iso(first * DAY), iso((Math.max(Math.round(to / DAY), first + 1) - 1) * DAY)];
  }

  const rangeOf = ([first, last]) => [at(first), at(last) + DAY];

  sitrep.bins = { stepOf, edgesOf, scaled, panned, daysOf, rangeOf };
})();
