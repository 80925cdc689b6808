// Saves an answer as soon as it is given. Without this module the button of the form does the same.
// One request at a time, so that answers arrive in the order in which they were given; after a lost
// connection it tries again by itself, and says so.
const FIRST_WAIT_MS = 3000;
const LONGEST_WAIT_MS = 30000;
const PAUSE_MS = 4000;

const form = document.querySelector("form[data-quiz]");
const clock = document.querySelector("[data-clock]");

function token() {
  // The cookie is newer than the page after signing in again in another tab.
  const pair = document.cookie.split("; ").find((each) => each.startsWith("csrftoken="));
  return pair && pair.slice("csrftoken=".length);
}

function start() {
  const status = form.querySelector("[data-status]");
  let busy = false;
  let dirty = false;
  let lost = false;
  let handingOn = false;
  let wait = FIRST_WAIT_MS;
  let timer;
  // What this device calls the answer, and when it was given: sent again after a lost connection, it is the same.
  // How long ago is told, not at what time: many a phone's clock is wrong.
  let given = { id: "", at: performance.now() };

  function say(words, saved, link) {
    const line = document.createElement("p");
    line.className = saved ? "saved" : "small";
    line.textContent = words;
    if (link) {
      const anchor = document.createElement("a");
      anchor.href = link.url;
      anchor.textContent = link.words;
      line.append(" ", anchor);
    }
    status.replaceChildren(line);
  }

  function later() {
    lost = true;
    dirty = true;
    say(form.dataset.offline, false);
    clearTimeout(timer);
    timer = setTimeout(save, wait);
    wait = Math.min(wait * 2, LONGEST_WAIT_MS);
  }

  function answered(response, body) {
    lost = false;
    wait = FIRST_WAIT_MS;
    if (response.ok) {
      say(body.message, true);
      if (handingOn && !dirty) form.submit();
    } else if (response.status === 401) {
      say(body.message, false, { url: body.url, words: form.dataset.signIn });
    } else if (body.url) {
      say(body.message, false, { url: body.url, words: form.dataset.seeResult });
    } else {
      say(body.message, false);
    }
  }

  async function send() {
    const data = new FormData(form);
    data.set("answer", given.id);
    data.set("given_ago", Math.max(0, Math.round((performance.now() - given.at) / 1000)));
    const fresh = token();
    if (fresh) data.set("csrfmiddlewaretoken", fresh);
    const response = await fetch(form.action, {
      method: "POST",
      body: data,
      headers: { Accept: "application/json" },
      credentials: "same-origin",
    });
    if (response.status >= 500) throw new TypeError("the server is not there");
    const isJson = (response.headers.get("Content-Type") || "").includes("json");
    answered(response, isJson ? await response.json() : { message: form.dataset.failed });
  }

  function answer() {
    given = { id: crypto.randomUUID ? crypto.randomUUID() : "", at: performance.now() };
    return save();
  }

  async function save() {
    clearTimeout(timer);
    dirty = true;
    if (busy) return;
    busy = true;
    while (dirty) {
      dirty = false;
      if (!lost) say(form.dataset.saving, false);
      try {
        await send();
      } catch {
        later();
        break;
      }
    }
    busy = false;
  }

  // On a slow network an answer is given before this module is there.
  function answeredAlready() {
    const fields = form.querySelectorAll("input:not([type=hidden]), textarea");
    const options = form.querySelectorAll("option");
    return (
      [...fields].some((each) => each.checked !== each.defaultChecked || each.value !== each.defaultValue) ||
      [...options].some((each) => each.selected && !each.defaultSelected && each.value)
    );
  }

  // The time is up: what stands here is saved, and the server hands in. Its own clock decides, not this one.
  async function handIn() {
    await save();
    const data = new FormData();
    data.set("csrfmiddlewaretoken", token() || form.querySelector("[name=csrfmiddlewaretoken]").value);
    try {
      const response = await fetch(form.dataset.handIn, { method: "POST", body: data, credentials: "same-origin" });
      location.assign(response.url);
    } catch {
      later();
    }
  }

  // Two pages are not written in one go: after a pause what stands there is saved.
  let pause;
  for (const area of form.querySelectorAll("textarea")) {
    area.addEventListener("input", () => {
      clearTimeout(pause);
      pause = setTimeout(answer, PAUSE_MS);
    });
  }
  form.addEventListener("change", () => {
    clearTimeout(pause);
    answer();
  });
  document.addEventListener("quiz:time-is-up", handIn, { once: true });
  if (answeredAlready()) answer();
  window.addEventListener("online", () => {
    if (lost) save();
  });
  form.addEventListener("submit", (event) => {
    if (!lost) return;
    // The browser's own error page would take the answer with it: it stays here until it is saved.
    event.preventDefault();
    handingOn = true;
    save();
  });
  window.addEventListener("beforeunload", (event) => {
    if (lost) event.preventDefault();
  });
}

// Counts down quietly; a screen reader hears it at five minutes and at one. The device's clock may be wrong: what counts
// is how much time has passed since the page was made.
function count() {
  const began = performance.now();
  const whole = Date.parse(clock.dataset.clock) - Date.parse(clock.dataset.now);
  const shown = clock.querySelector("[data-clock-left]");
  const said = clock.querySelector("[data-clock-said]");
  const tellAt = [5, 1].filter((minutes) => minutes * 60 < whole / 1000);

  function tick() {
    const seconds = Math.max(0, Math.ceil((whole - (performance.now() - began)) / 1000));
    const time = seconds > 60 ? `${Math.ceil(seconds / 60)} min` : `${seconds} s`;
    shown.textContent = clock.dataset.words.replace("{time}", time);
    if (tellAt.length && seconds <= tellAt[0] * 60) {
      tellAt.shift();
      said.textContent = shown.textContent;
    }
    if (!seconds) document.dispatchEvent(new Event("quiz:time-is-up"));
    else setTimeout(tick, seconds > 75 ? 15000 : 1000);
  }

  tick();
}

if (form) start();
if (clock) count();
