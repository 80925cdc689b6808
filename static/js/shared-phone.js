// On a phone that several people use, the browser is asked to remember nothing from the moment the box is ticked.
const tick = document.querySelector("[data-shared-phone]");

if (tick) {
  const fields = [...tick.form.querySelectorAll("[autocomplete]")].filter((field) => field !== tick);
  const usual = new Map(fields.map((field) => [field, field.getAttribute("autocomplete")]));
  const apply = () => {
    for (const field of fields) field.setAttribute("autocomplete", tick.checked ? "off" : usual.get(field));
  };
  tick.addEventListener("change", apply);
  apply();
}
