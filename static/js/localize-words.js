// Says in the reader's language what wagtail-localize's editor of translations writes in English whatever she reads.
(() => {
  const TITLE = /^(.+) to (.+) translation$/;
  const ACTIONS = "More actions";

  const inHers = (said) => {
    const [, source, target] = said.match(TITLE) ?? [];
    if (source) return interpolate(gettext("%(source)s to %(target)s translation"), { source, target }, true);
    return said === ACTIONS ? gettext(ACTIONS) : said;
  };

  const say = (element) => {
    const said = element.textContent;
    const words = inHers(said);
    // Written only where it changes something: each change is seen by the observer again.
    if (words !== said) element.textContent = words;
  };

  const start = () => {
    const editor = document.querySelector(".js-translation-editor");
    if (!editor || typeof gettext !== "function") return;
    const sayAll = () => editor.querySelectorAll("section h3, .w-dropdown__toggle .w-sr-only").forEach(say);
    new MutationObserver(sayAll).observe(editor, { childList: true, subtree: true });
    sayAll();
  };

  document.addEventListener("DOMContentLoaded", start);
})();
