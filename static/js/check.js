// A knowledge check answered in place. Without this the form asks the server, which answers with the same words.
function answer(form) {
  const chosen = form.querySelector("input[type=radio]:checked");
  const words = chosen && form.querySelector(`template[data-option="${chosen.value}"]`);
  if (!words) return false;
  form.querySelector("[data-answer]").replaceChildren(words.content.cloneNode(true));
  return true;
}

for (const form of document.querySelectorAll("form[data-check]")) {
  form.addEventListener("submit", (event) => {
    if (answer(form)) event.preventDefault();
  });
  // The words belong to the answer that was checked, not to one chosen afterwards.
  form.addEventListener("change", () => form.querySelector("[data-answer]").replaceChildren());
}
