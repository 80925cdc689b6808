// Starts Wagtail's choosers, date fields and inline panels in the admin, in the place of their inline scripts.
// An element says what to start and with what (programme/desk_scripts.py); only what stands on this list is started.
(() => {
  const MARK = "template[data-desk-start]";
  const CLASSES = new Set([
    "Chooser", "PageChooser", "ImageChooser", "DocumentChooser", "SnippetChooser", "InlinePanel", "MultipleChooserPanel",
  ]);
  const FUNCTIONS = new Set(["initDateChooser", "initTimeChooser", "initDateTimeChooser", "createTaskChooser"]);

  const argumentsOf = ({ deskId, deskWith }) => {
    const given = JSON.parse(deskWith);
    if (deskId) return [deskId, given];
    return Array.isArray(given) ? given : [given];
  };

  const start = (mark) => {
    const name = mark.dataset.deskStart;
    const known = CLASSES.has(name) || FUNCTIONS.has(name);
    // What its file brings later is started when the page has been read.
    if (!known || !mark.isConnected || typeof window[name] !== "function") return;
    // Taken away first: a row that is moved comes into the page a second time.
    mark.remove();
    if (CLASSES.has(name)) new window[name](...argumentsOf(mark.dataset));
    else window[name](...argumentsOf(mark.dataset));
  };

  const startWithin = (node) => {
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    if (node.matches(MARK)) start(node);
    else node.querySelectorAll(MARK).forEach(start);
  };

  new MutationObserver((changes) => {
    changes.forEach((change) => change.addedNodes.forEach(startWithin));
  }).observe(document, { childList: true, subtree: true });
  // Jcrop tries out touch screens by writing a handler into the page, which the policy refuses: it is told instead.
  const tellJcrop = () => {
    if (window.jQuery?.Jcrop) window.jQuery.Jcrop.defaults.touchSupport = "ontouchstart" in window;
  };

  ["DOMContentLoaded", "load"].forEach((moment) => {
    window.addEventListener(moment, tellJcrop);
    window.addEventListener(moment, () => startWithin(document.documentElement));
  });
})();
