// Each tap on a mark is saved at once. Without this script, or without connection, the form's own button saves them all.
function read(cell, name) {
  return cell.querySelector(`[name="${name}-${cell.dataset.cell}"]`);
}

function tell(cell, words, strong) {
  const line = cell.querySelector("[data-told]");
  line.textContent = words;
  line.classList.toggle("muted", !strong);
}

function answer(cell, said, taken) {
  if (said.seen) read(cell, "seen").value = said.seen;
  if (taken) {
    if (said.was) read(cell, "was").value = said.was;
    if (said.by) tell(cell, said.by, false);
    return;
  }
  tell(cell, said.told, true);
  // Between two marks nothing is chosen until she chooses.
  if (said.seen) {
    read(cell, "was").value = "";
    for (const radio of cell.querySelectorAll("[type=radio]")) radio.checked = false;
  }
}

async function save(form, cell) {
  const sent = new FormData();
  const chosen = cell.querySelector("[type=radio]:checked");
  if (!chosen) return;
  const minutes = read(cell, "minutes");
  if (chosen.value === "partial" && !minutes.value) {
    tell(cell, form.dataset.minutes, true);
    minutes.focus();
    return;
  }
  sent.set(chosen.name, chosen.value);
  for (const name of ["was", "seen", "minutes"]) sent.set(read(cell, name).name, read(cell, name).value);
  for (const name of ["csrfmiddlewaretoken", "reason"]) if (form.elements[name]) sent.set(name, form.elements[name].value);
  tell(cell, form.dataset.saving, false);
  try {
    const got = await fetch(form.dataset.url, { method: "POST", body: sent, redirect: "error" });
    if (!got.ok && got.status !== 409) throw new Error(String(got.status));
    answer(cell, await got.json(), got.ok);
  } catch {
    tell(cell, form.dataset.lost, true);
  }
}

for (const form of document.querySelectorAll("[data-attendance]")) {
  // One after the other within a cell: two quick taps end as the second one.
  const waiting = new WeakMap();
  form.addEventListener("change", (event) => {
    const cell = event.target.closest("[data-cell]");
    // Minutes belong to the mark with which they were written.
    if (cell && event.target.type === "radio") read(cell, "minutes").value = "";
    if (cell) waiting.set(cell, (waiting.get(cell) ?? Promise.resolve()).then(() => save(form, cell)));
  });
}
