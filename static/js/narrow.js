// Narrows a long list of boxes to those that hold every word typed; what is ticked always stays in sight.
// Accents and capitals are not minded. Without this module all boxes stand there.
const FEW = 8;

function fold(text) {
  return text.normalize("NFD").replace(/\p{Mark}/gu, "").toLowerCase();
}

function narrow(frame) {
  const rows = [...frame.querySelectorAll("input[type=checkbox]")].map((box) => {
    const label = box.closest("label");
    return { box, row: label.parentElement, text: fold(label.textContent) };
  });
  if (rows.length <= FEW) return;
  const field = document.createElement("input");
  const said = document.createElement("p");
  field.type = "search";
  field.autocomplete = "off";
  field.placeholder = frame.dataset.narrow;
  field.setAttribute("aria-label", frame.dataset.narrow);
  said.setAttribute("role", "status");
  said.className = "help";

  function show() {
    const words = fold(field.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const { box, row, text } of rows) {
      row.hidden = !box.checked && !words.every((word) => text.includes(word));
      if (!row.hidden) shown += 1;
    }
    const chosen = rows.filter(({ box }) => box.checked).length;
    const { shown: how, chosen: ticked } = frame.dataset;
    said.textContent = [
      how.replace("{shown}", shown).replace("{all}", rows.length),
      ticked.replace("{chosen}", chosen),
    ].join(" · ");
  }

  field.addEventListener("input", show);
  field.addEventListener("keydown", (event) => {
    // Whoever presses Enter here looks for a source and does not save the page.
    if (event.key === "Enter") event.preventDefault();
  });
  frame.addEventListener("change", show);
  frame.prepend(field, said);
  // The ticked ones first, in their order: they are what one comes to see.
  const first = rows.filter(({ box }) => box.checked);
  for (const { row } of first.reverse()) row.parentElement.prepend(row);
  show();
}

for (const frame of document.querySelectorAll("[data-narrow]")) narrow(frame);
