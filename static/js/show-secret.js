// Gives every password and PIN field a button that shows what was typed. Without this the field works as it is.
function button(field) {
  const toggle = document.createElement("button");
  toggle.type = "button";
  toggle.className = "btn btn-outline-secondary";
  toggle.textContent = field.dataset.show;
  toggle.setAttribute("aria-controls", field.id);
  toggle.setAttribute("aria-pressed", "false");
  toggle.addEventListener("click", () => {
    const shown = field.type === "text";
    field.type = shown ? "password" : "text";
    toggle.textContent = shown ? field.dataset.show : field.dataset.hide;
    toggle.setAttribute("aria-pressed", String(!shown));
  });
  return toggle;
}

for (const field of document.querySelectorAll("input[type=password][data-show]")) {
  const group = document.createElement("div");
  group.className = "input-group";
  field.before(group);
  group.append(field, button(field));
  // Sent as a password, so that no browser keeps it among the texts typed before.
  field.form?.addEventListener("submit", () => {
    field.type = "password";
  });
}
