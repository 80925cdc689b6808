// Saves an answer as soon as it is given. Without this module the button of the form does the same.
// One request at a time, so that answers arrive in the order in which they were given; after a lost
// connection it tries again by itself, and says so.
const FIRST_WAIT_MS = 3000;
const LONGEST_WAIT_MS = 30000;

const form = document.querySelector("form[data-quiz]");

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

  form.addEventListener("change", save);
  if (answeredAlready()) save();
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

if (form) start();
