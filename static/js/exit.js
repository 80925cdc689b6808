// «Salir rápido»: the link works without this. Here the page also leaves no step to come back to,
// and Shift pressed three times within a second and a half does the same as the link.
const PRESSES = 3;
const WITHIN_MS = 1500;

const link = document.querySelector("[data-exit]");

function leave() {
  document.documentElement.hidden = true;
  window.location.replace(link.href);
}

if (link) {
  let presses = [];
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  document.addEventListener("keydown", (event) => {
    if (event.repeat) return;
    if (event.key !== "Shift") {
      presses = [];
      return;
    }
    const now = Date.now();
    presses = [...presses.filter((moment) => now - moment < WITHIN_MS), now];
    if (presses.length >= PRESSES) leave();
  });
  // A page brought back from the browser's memory would still be hidden.
  window.addEventListener("pageshow", () => {
    document.documentElement.hidden = false;
  });
}
