/* What the parts of the page know together: one object, `window.sitrep.state`. */
(function () {
  "use strict";

  const sitrep = (window.sitrep = window.sitrep ?? {});

  sitrep.state = {
    shown: null, // the map's part of the last answer; the map may come later than it and looks here
    mapSeen: false, // whether the map has shown its first marks
    request: 0, // the number of the last request
    requestedAt: -Infinity, // ms: when that was
    answered: 0, // the number of the last one that was answered
    unanswered: null, // the last request, if it was refused or not answered
    texts: {}, // what is only read, by id: it waits for the map's frame
    lastText: {}, // id -> what it says already
    // for what is chosen but the day: marks by stop of the slider, the choice, whether they load and are awaited
    ahead: { stops: {} },
    following: false, // whether the map draws a stop of the slider
    movedAt: -Infinity, // ms: when the slider moved last
    messages: 0, // makes each message to the server differ from the last: the same mark can be clicked twice
    chart: null, // the figure that is drawn
    drawnOf: null, // the server's figure that it was made of
  };

  sitrep.byId = (id) => document.getElementById(id);
  sitrep.send = (id, props) => window.dash_clientside.set_props(id, props);
  sitrep.tell = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));
})();
