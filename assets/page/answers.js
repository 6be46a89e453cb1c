/* The server's answers: the map hears of its marks before Dash updates the rest of the page, so that both go on at
 * once. What is only read is filled in after the map's frame, which it would keep waiting. */
(function () {
  "use strict";

  const sitrep = (window.sitrep = window.sitrep ?? {});
  const PATIENCE = 400; // ms, if no frame comes
  const PATIENCE_AT_FIRST = 2000; // ms, the same of the first map, which the texts would delay
  const PATIENCE_OF_CHART = 5000; // ms, the same
  const REST = 150; // ms without a move of the slider: while it is dragged only the map follows
  const sent = new WeakMap(); // request -> its number, where the slider was, how much had been counted here

  // Texts: the controls are Dash's to set; set from here, they would count as gestures.
  const isText = (props) => Object.keys(props).every((name) => name === "children");

  // Takes the texts out of an answer, and gives those that are to be filled in: what stays the same is not laid out
  // again, but for the notices, which come from elsewhere too.
  function takeTexts(answer, lastText) {
    const fresh = {};
    for (const id of Object.keys(answer).filter((id) => isText(answer[id]))) {
      const text = JSON.stringify(answer[id]);
      if (lastText[id] !== text || id === "notices") fresh[id] = { props: answer[id], text };
      delete answer[id];
    }
    return fresh;
  }

  let waiting = null;
  function fillIn() {
    const { state } = sitrep;
    const rest = state.movedAt + REST - performance.now();
    clearTimeout(waiting);
    if (rest > 0) return (waiting = setTimeout(fillIn, rest));
    for (const [id, props] of Object.entries(state.texts)) sitrep.send(id, props);
    state.texts = {};
    requestAnimationFrame(() => requestAnimationFrame(sitrep.counts.leave)); // when Dash has written them
    // The chart comes after the frame with the texts, the first one not before the map is seen, which it would delay.
    if (state.mapSeen) requestAnimationFrame(() => setTimeout(sitrep.chart.draw));
  }

  function onRequest(request) {
    const { state, slider, counts } = sitrep;
    if (!request.output.includes("marks.data")) return;
    state.requestedAt = performance.now();
    sent.set(request, { number: ++state.request, stop: slider.stopNow(), asked: counts.asked() });
    // another choice, other marks
    if (!request.changedPropIds.includes("as-of-slider.value")) state.ahead = { stops: {} };
  }

  function onAnswer(request, answer) {
    const { state, slider, counts } = sitrep;
    const data = answer?.marks?.data;
    const { number, stop, asked } = sent.get(request) ?? {};
    state.answered = Math.max(state.answered, number ?? 0);
    if (number === state.request) state.unanswered = data ? null : request;
    if (!data && number === state.request) sitrep.dataWatch.look(); // perhaps the database is away
    if (!data || number < state.request) return; // Dash drops an answer that a later request has overtaken
    delete answer.marks;
    const overtaken = slider.isPast(stop) || counts.isPast(asked, data); // the hand is further on, and the map with it
    const fresh = takeTexts(answer, state.lastText);
    if (overtaken) return;
    for (const [id, { props, text }] of Object.entries(fresh)) {
      state.texts[id] = props;
      state.lastText[id] = text;
    }
    const known = state.ahead.stops[stop]?.marks ?? state.shown?.marks;
    if (JSON.stringify(known) === JSON.stringify(data.marks)) data.marks = known; // the map sees that it has them
    state.shown = data;
    counts.settle(data);
    sitrep.words.say(data.words);
    const { from, to } = counts.choiceOf(data.filter);
    sitrep.brush.show([from, to]);
    sitrep.tell("sitrep:show", data);
    setTimeout(fillIn, state.mapSeen ? PATIENCE : PATIENCE_AT_FIRST);
    setTimeout(sitrep.chart.draw, PATIENCE_OF_CHART);
  }

  sitrep.answers = { onRequest, onAnswer, takeTexts };
  if (typeof document === "undefined") return; // a test of the functions
  document.addEventListener("sitrep:kept", fillIn);
  document.addEventListener("sitrep:painted", () => {
    sitrep.state.mapSeen = true;
    fillIn();
  });
})();
